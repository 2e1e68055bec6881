//! The wheel, and the element that the front page names on each day.

use kvalitetshjul::domain::aftale::Aftale;
use kvalitetshjul::domain::date::Date;
use kvalitetshjul::domain::enhed::{Enhed, EnhedKind, Level};
use kvalitetshjul::domain::goal::{Goal, Initiative};
use kvalitetshjul::domain::period::Span;
use kvalitetshjul::domain::proevehandling::Proevehandling;
use kvalitetshjul::record::{Record, Records};
use xtask::browser::{Browser, Engine};
use xtask::e2e::records::{author, file_of, id};
use xtask::e2e::{UserRole, assert_no_errors, go_to, open_first_time, receive, server, start_as};
use xtask::in_every_engine;
use xtask::server::Server;

in_every_engine! {
    leader_sees_the_current_element_on_every_day_and_ticks_it
}

/// A day of each quarter of a cycle, with the element that the front page names on that day while nothing is ticked.
const DAYS: [(&str, &str); 8] = [
    ("2025-11-05", "Dataindsamling og foranalyse"),
    ("2026-02-11", "Kvalitetssamtale"),
    ("2026-05-11", "Kvalitetssamtale"),
    ("2026-08-12", "Kvalitetsrapport"),
    ("2026-11-25", "Vi arbejder med aftalen"),
    ("2027-02-10", "Vi arbejder med aftalen"),
    ("2027-05-12", "Vi arbejder med aftalen"),
    ("2027-08-11", "Midtvejsstatus – BU Lederforum"),
];

/// Opens the front page on a day and waits for the element that leads on it.
fn see_front_page(person: &Browser, server: &Server, day: &str, words: &str) {
    go_to(person, server, &format!("#/?dato={day}"));
    person.see(&format!("Du ser siden, som den er den {}.", Date::parse(day).unwrap().danish())).unwrap();
    person.see_texts(".current-element", &[words]).unwrap();
}

fn leader_sees_the_current_element_on_every_day_and_ticks_it(engine: Engine) {
    let server = server();
    let leader = start_as(engine, &server, UserRole::leader(UserRole::LEVEL_3, "Skolen ved Søen"));
    for (day, words) in DAYS {
        see_front_page(&leader, &server, day, words);
    }
    // The agreement follows after the conversation.
    go_to(&leader, &server, "#/?dato=2026-05-11");
    leader.see("Også nu: Sammenhængsaftale – når «Kvalitetssamtale» er gjort").unwrap();

    // The wheel by keyboard: one tab stop, arrows move between elements, Enter opens one.
    leader.press("Hjulet").unwrap();
    leader.see_heading("Kvalitetshjulet").unwrap();
    leader.focus("[data-element][tabindex='0']").unwrap();
    assert_eq!(leader.count("[data-element][tabindex='0']").unwrap(), 1);
    let mut round = Vec::new();
    for _ in 0..6 {
        round.push(leader.focused("data-element").unwrap());
        leader.key(Browser::RIGHT).unwrap();
    }
    let begins = round.iter().position(|element| element == "dataindsamling").unwrap();
    round.rotate_left(begins);
    assert_eq!(
        round,
        ["dataindsamling", "feedback", "kvalitetssamtale", "kvalitetsrapport", "sammenhaengsaftale", "midtvejsstatus"]
    );
    while leader.focused("data-element").unwrap() != "kvalitetssamtale" {
        leader.key(Browser::LEFT).unwrap();
    }
    leader.key(Browser::ENTER).unwrap();
    leader.see_heading("Kvalitetssamtale").unwrap();

    // The tick, its date and a note are there after a reload.
    leader.pick("Gjort").unwrap();
    leader.write("Note", "Vi talte om fraværet i udskolingen.").unwrap();
    leader.see("Gemt i denne browser kl.").unwrap();
    leader.reload().unwrap();
    leader.see_in("Note", "Vi talte om fraværet i udskolingen.").unwrap();
    leader.see_in("Dato", "2026-05-11").unwrap();
    go_to(&leader, &server, "#/hjulet?dato=2026-05-11");
    leader.see("i gang nu · gjort hos jer · angår dig").unwrap();
    see_front_page(&leader, &server, "2026-05-11", "Sammenhængsaftale");

    // Searching the foundation for a part of a word.
    leader.press("Fundament").unwrap();
    leader.write("Søg i fundamentet", "ensom").unwrap();
    leader.see("· Pejlemærker").unwrap();
    leader.follow("a[href='#/fundament/bu-12/p-ensomme']").unwrap();
    leader.see_heading("Pejlemærker").unwrap();
    // The found item has the focus.
    leader.see_focus("id", "p-ensomme").unwrap();
    assert_no_errors(&[&leader]);
}

/// A chef (level 2) makes the agreement after the report is final, not after the conversation.
#[test]
fn chef_makes_the_agreement_after_the_report() {
    let server = server();
    let head = start_as(Engine::Chromium, &server, UserRole::chef("Skoleafdelingen"));
    for (day, words) in DAYS {
        see_front_page(&head, &server, day, words);
    }
    go_to(&head, &server, "#/?dato=2026-05-11");
    head.see_texts(".current-element", &["Kvalitetssamtale"]).unwrap();
    assert!(!head.sees("Sammenhængsaftale –").unwrap(), "a chef's agreement waits for the report");
    go_to(&head, &server, "#/?dato=2026-08-12");
    head.see("Også nu: Sammenhængsaftale – når «Kvalitetsrapport» er gjort").unwrap();
    go_to(&head, &server, "#/hjulet/kvalitetsrapport?dato=2026-08-12");
    head.pick("Gjort").unwrap();
    head.see("Gemt i denne browser kl.").unwrap();
    see_front_page(&head, &server, "2026-08-12", "Sammenhængsaftale");
    assert_no_errors(&[&head]);
}

/// A school with an agreement: an initiative, a trial and a conversation in the cycle 2025–2027.
fn school_with_dates() -> Records {
    let span = |from: &str, to: &str| Some(Span { from: Date::parse(from), to: Date::parse(to) });
    let unit = Enhed {
        name: "Skolen ved Søen".into(),
        kind: Some(EnhedKind::Skole),
        level: Level::new(3),
        ..Enhed::default()
    };
    let aftale = Aftale { unit: Some(id("skolen")), ..Aftale::default() };
    let mut goal = Goal { text: "Færre har højt fravær".into(), aftale: Some(id("aftalen")), ..Goal::default() };
    let initiative =
        Initiative { text: "Læsebånd".into(), period: span("2026-10-05", "2027-03-31"), ..Initiative::default() };
    goal.initiatives.insert(id("indsats"), initiative);
    let trial = Proevehandling {
        title: "Frokost ude".into(),
        unit: Some(id("skolen")),
        period: span("2027-01-11", "2027-02-19"),
        ..Proevehandling::default()
    };
    let author = author(1, "Anne");
    let mut records = Records::new();
    records.insert(id("skolen"), Record::create(id("skolen"), &unit, &author).unwrap());
    records.insert(id("aftalen"), Record::create(id("aftalen"), &aftale, &author).unwrap());
    records.insert(id("maal1"), Record::create(id("maal1"), &goal, &author).unwrap());
    records.insert(id("frokost"), Record::create(id("frokost"), &trial, &author).unwrap());
    records
}

#[test]
fn own_dates_are_dots_in_the_drawing_and_links_in_the_list() {
    let server = server();
    let leader = open_first_time(Engine::Chromium, &server);
    leader.pick("Leder").unwrap();
    receive(&leader, &file_of("datoer", &school_with_dates()));
    go_to(&leader, &server, "#/hjulet?dato=2026-11-25");
    let coming =
        ["Prøvehandling begynder: Frokost ude", "Prøvehandling slutter: Frokost ude", "Indsats slutter: Læsebånd"];
    leader.see_texts(".own-dates > li > a", &[&coming[..], &["Indsats begynder: Læsebånd"]].concat()).unwrap();
    leader.see_count(".wheel .dot", 4).unwrap();
    leader.see_count(".wheel .dot.trial", 2).unwrap();
    leader.see("I dag 25. november 2026 · Vi arbejder med aftalen").unwrap();
    leader.press("Datoer, der er gået (1)").unwrap();
    leader.press("Indsats begynder: Læsebånd").unwrap();
    leader.wait_for("the goal", || Ok(leader.address()?.contains("#/aftale/aftalen/maal1"))).unwrap();
    assert_no_errors(&[&leader]);
}

#[test]
fn today_stands_in_its_place_in_the_list() {
    let server = server();
    let leader = start_as(Engine::Chromium, &server, UserRole::leader(UserRole::LEVEL_3, "Skolen ved Søen"));
    for (day, after) in [("2025-11-05", 0), ("2026-05-11", 2), ("2026-11-25", 5), ("2027-08-11", 5)] {
        go_to(&leader, &server, &format!("#/hjulet?dato={day}"));
        leader.see(&Date::parse(day).unwrap().danish()).unwrap();
        leader.see_count(&format!(".elements > li:nth-child({}).today", after + 1), 1).unwrap();
    }
    assert_no_errors(&[&leader]);
}

#[test]
fn invalid_date_in_the_address_is_reported_and_today_shown() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    go_to(&person, &server, "#/hjulet?dato=2026-02-30");
    person.see("Adressen beder om datoen «2026-02-30»").unwrap();
    person.see_heading("Kvalitetshjulet").unwrap();
    person.press("Tilbage til i dag").unwrap();
    assert!(!person.address().unwrap().contains("dato"));
    go_to(&person, &server, "#/hjulet?dato=2026-03-15");
    person.see("Du ser siden, som den er den 15. marts 2026.").unwrap();
    person.press("Overblik").unwrap();
    person.see("15. marts 2026 · 1. kvartal 2026").unwrap();
    assert_no_errors(&[&person]);
}
