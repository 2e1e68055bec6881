//! The walks of the wheel and the foundation, on the release bundle.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use kvalitetshjul::domain::date::Date;
use xtask::browser::{Browser, Engine};
use xtask::in_every_engine;
use xtask::server::Server;
use xtask::walk::room::is_whole;
use xtask::walk::{Who, all_is_well, begun_as, on, server};

in_every_engine! {
    a_leader_finds_the_right_element_on_every_day_and_ticks_it
}

/// A day of each quarter of a cycle, and what the front page leads with then, as long as nothing is ticked.
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

/// What the front page leads with on a day.
fn leads_with(person: &Browser, server: &Server, day: &str, words: &str) {
    on(person, server, &format!("#/?dato={day}"));
    person.see(&format!("Du ser siden, som den er den {}.", Date::parse(day).unwrap().danish())).unwrap();
    person.see_heading(words).unwrap();
}

fn a_leader_finds_the_right_element_on_every_day_and_ticks_it(engine: Engine) {
    let server = server();
    let leader = begun_as(engine, &server, Who::leader(Who::LEVEL_3, "Skolen ved Søen"));
    for (day, words) in DAYS {
        leads_with(&leader, &server, day, words);
    }
    // Once the conversation is held, the agreement follows.
    on(&leader, &server, "#/?dato=2026-05-11");
    leader.see("Også nu: Sammenhængsaftale – når «Kvalitetssamtale» er gjort").unwrap();

    // The wheel by the keyboard alone: one tab stop, round with the arrows, Enter opens.
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

    // Ticked with a date and a note, and there after a reload.
    leader.pick("Gjort").unwrap();
    leader.write("Note", "Vi talte om fraværet i udskolingen.").unwrap();
    leader.see("Gemt i denne browser kl.").unwrap();
    leader.reload().unwrap();
    leader.see_in("Note", "Vi talte om fraværet i udskolingen.").unwrap();
    leader.see_in("Dato", "2026-05-11").unwrap();
    on(&leader, &server, "#/hjulet?dato=2026-05-11");
    leader.see("i gang nu · gjort hos jer · angår dig").unwrap();
    leads_with(&leader, &server, "2026-05-11", "Sammenhængsaftale");

    // The foundation is found by a part of a word.
    leader.press("Fundament").unwrap();
    leader.write("Søg i fundamentet", "ensom").unwrap();
    leader.see("· Pejlemærker").unwrap();
    leader.follow("a[href='#/fundament/bu-12/p-ensomme']").unwrap();
    leader.see_heading("Pejlemærker").unwrap();
    // The eye and the keyboard are at what was asked for.
    leader.see_focus("id", "p-ensomme").unwrap();
    all_is_well(&[&leader]);
}

/// Niveau 2 makes its agreement when the report is final, not when the conversation is held.
#[test]
fn a_head_is_led_otherwise() {
    let server = server();
    let head = begun_as(Engine::Chromium, &server, Who::chef("Skoleafdelingen"));
    for (day, words) in DAYS {
        leads_with(&head, &server, day, words);
    }
    on(&head, &server, "#/?dato=2026-05-11");
    head.see_heading("Kvalitetssamtale").unwrap();
    assert!(!head.sees("Sammenhængsaftale –").unwrap(), "a chef's agreement waits for the report");
    on(&head, &server, "#/?dato=2026-08-12");
    head.see("Også nu: Sammenhængsaftale – når «Kvalitetsrapport» er gjort").unwrap();
    on(&head, &server, "#/hjulet/kvalitetsrapport?dato=2026-08-12");
    head.pick("Gjort").unwrap();
    head.see("Gemt i denne browser kl.").unwrap();
    leads_with(&head, &server, "2026-08-12", "Sammenhængsaftale");
    all_is_well(&[&head]);
}

#[test]
fn the_question_of_who_one_is_can_be_passed_over_and_answered_later() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    person.open(&server.url()).unwrap();
    person.press("Spring over").unwrap();
    person.see("Skriv, hvilken enhed du arbejder i").unwrap();
    person.reload().unwrap();
    person.see("Skriv, hvilken enhed du arbejder i").unwrap();
    person.press("Indikatorer").unwrap();
    person.see("Vælg en enhed først").unwrap();
    person.press("Skriv din enhed").unwrap();
    person.pick("Sekretariatet").unwrap();
    person.write("Hvad hedder enheden?", "Børn & Unge").unwrap();
    person.pick("Administration").unwrap();
    person.press("Tilføj enheden").unwrap();
    person.see_in("Enhedens navn", "Børn & Unge").unwrap();
    all_is_well(&[&person]);
}

#[test]
fn a_day_that_is_none_is_said_and_today_is_shown() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    on(&person, &server, "#/hjulet?dato=2026-02-30");
    person.see("Adressen beder om datoen «2026-02-30»").unwrap();
    person.see_heading("Kvalitetshjulet").unwrap();
    person.press("Tilbage til i dag").unwrap();
    assert!(!person.address().unwrap().contains("dato"));
    on(&person, &server, "#/hjulet?dato=2026-03-15");
    person.see("Du ser siden, som den er den 15. marts 2026.").unwrap();
    person.press("Overblik").unwrap();
    person.see("15. marts 2026 · 1. kvartal 2026").unwrap();
    all_is_well(&[&person]);
}

#[test]
fn the_short_way_leads_through_the_foundation() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    person.open(&server.url()).unwrap();
    person.press("Læs fundamentet på ti minutter").unwrap();
    for step in 1..=7 {
        person.see(&format!("{step} af 7")).unwrap();
        person.press("Næste").unwrap();
    }
    person.see("Nu kender du fundamentet").unwrap();
    person.press("Til overblikket").unwrap();
    person.see("Hvem er du?").unwrap();
    all_is_well(&[&person]);
}

/// The names of what is fetched on first use begin so.
const PIECE: &str = "/split_";

#[test]
fn a_page_that_cannot_be_fetched_says_so_and_comes_when_it_can() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    person.open(&server.url()).unwrap();
    person.press("Spring over").unwrap();
    person.see("Skriv, hvilken enhed du arbejder i").unwrap();
    person.press("Hjulet").unwrap();
    person.see_heading("Kvalitetshjulet").unwrap();
    assert_eq!(person.fetched(PIECE).unwrap(), Vec::<String>::new(), "a first visit takes what it looks at");
    person.cut_off(&["*/split_*"]).unwrap();
    person.press("Fundament").unwrap();
    person.see_heading("Siden kunne ikke hentes").unwrap();
    person.press("Overblik").unwrap();
    person.see("Skriv, hvilken enhed du arbejder i").unwrap();
    person.cut_off(&[]).unwrap();
    person.press("Fundament").unwrap();
    person.press("Prøv igen").unwrap();
    person.see_heading("Fundament").unwrap();
    assert_eq!(person.fetched(PIECE).unwrap().len(), 2, "the one that failed, and the one that came");
}

#[test]
fn whoever_works_here_has_every_page_without_a_network() {
    let server = server();
    let leader = begun_as(Engine::Chromium, &server, Who::leader(Who::LEVEL_4, "Solstrålen"));
    is_whole(&leader);
    leader.cut_off(&["*"]).unwrap();
    for (place, heading) in
        [("Fundament", "Fundament"), ("Filer", "Filer"), ("Enheder", "Enheder"), ("Indikatorer", "Indikatorer")]
    {
        leader.press(place).unwrap();
        leader.see_heading(heading).unwrap();
    }
    all_is_well(&[&leader]);
}

/// What has its place in the foundation, and only the municipality can fill.
#[test]
fn the_municipalitys_own_link_is_followed_only_where_it_is_one() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    on(&person, &server, "#/fundament/bu-12/faelles-grundlag");
    person.press("Skriv adressen").unwrap();
    person.write("Adresse", "javascript:alert(1)").unwrap();
    person.see("Der er ikke skrevet en adresse endnu.").unwrap();
    person.write("Adresse", "https://intra.example/grundlag").unwrap();
    person.see("Fælles grundlag for børns læring (åbner i et nyt vindue)").unwrap();
    let followed =
        person.texts_of("return [...document.querySelectorAll('a[target]')].map(link => link.href);").unwrap();
    assert_eq!(followed, ["https://intra.example/grundlag"]);
    all_is_well(&[&person]);
}

/// 320 px, and 200 % of 640: what a magnified page has left.
#[test]
fn nothing_is_cut_off_on_the_narrowest_screen() {
    let server = server();
    let person = begun_as(Engine::Chromium, &server, Who::leader(Who::LEVEL_4, "Børnehuset Solstrålen"));
    let mut pages = 0;
    for address in [
        "#/",
        "#/hjulet",
        "#/hjulet/sammenhaengsaftale",
        "#/indikatorer",
        "#/indikatorer/skema",
        "#/indikatorer/hent",
        "#/indikatorer/enheder",
        "#/indikatorer/moenstre",
        "#/indikator/fravaer",
        "#/fundament",
        "#/fundament/bu-12/velfaerd",
        "#/fundament/bu-12/procesplan",
        "#/fundament/udkast/maal-matrix",
        "#/ny/1",
        "#/enheder",
        "#/galleri",
    ] {
        on(&person, &server, address);
        person.arrive().unwrap();
        for (width, scale) in [(320, 1.0), (640, 2.0)] {
            let over = person.overflow(width, scale).unwrap();
            assert!(over <= 0.0, "{address} at {width} px, {scale} times: {over} px too wide");
        }
        pages += 1;
    }
    println!("{pages} pages at 320 px and at 200 %: none scrolls sideways");
}
