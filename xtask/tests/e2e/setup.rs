//! The first visit and the foundation.

use xtask::browser::{Browser, Engine};
use xtask::e2e::{assert_no_errors, go_to, server};

#[test]
fn role_question_can_be_skipped_and_answered_later() {
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
    assert_no_errors(&[&person]);
}

#[test]
fn short_tour_leads_through_the_foundation() {
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
    assert_no_errors(&[&person]);
}

/// The foundation has places for links that only the municipality can fill in.
#[test]
fn municipality_link_is_shown_only_for_web_addresses() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    go_to(&person, &server, "#/fundament/bu-12/faelles-grundlag");
    person.press("Skriv adressen").unwrap();
    person.write("Adresse", "javascript:alert(1)").unwrap();
    person.see("Der er ikke skrevet en adresse endnu.").unwrap();
    person.write("Adresse", "https://intra.example/grundlag").unwrap();
    person.see("Fælles grundlag for børns læring (åbner i et nyt vindue)").unwrap();
    let followed =
        person.texts_of("return [...document.querySelectorAll('a[target]')].map(link => link.href);").unwrap();
    assert_eq!(followed, ["https://intra.example/grundlag"]);
    assert_no_errors(&[&person]);
}
