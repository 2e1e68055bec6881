//! The wheel, and the element that the front page names on each day.

use kvalitetshjul::domain::date::Date;
use xtask::browser::{Browser, Engine};
use xtask::e2e::{UserRole, assert_no_errors, go_to, server, start_as};
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
