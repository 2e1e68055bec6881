//! Pages whose code is fetched when they are first opened.

use xtask::browser::{Browser, Engine};
use xtask::e2e::workshop::wait_until_loaded;
use xtask::e2e::{UserRole, assert_no_errors, server, start_as};

/// How the names of lazily fetched files begin.
const CHUNK_PREFIX: &str = "/split_";

#[test]
fn failed_page_fetch_is_reported_and_can_be_retried() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    person.open(&server.url()).unwrap();
    person.press("Spring over").unwrap();
    person.see("Skriv, hvilken enhed du arbejder i").unwrap();
    assert_eq!(person.fetched(CHUNK_PREFIX).unwrap(), Vec::<String>::new(), "a first visit fetched a lazy page");
    person.press("Hjulet").unwrap();
    person.see_heading("Kvalitetshjulet").unwrap();
    let of_wheel = person.fetched(CHUNK_PREFIX).unwrap().len();
    assert!(of_wheel > 0, "the page of the wheel is in the first chunk");
    person.cut_off(&["*/split_*"]).unwrap();
    person.press("Fundament").unwrap();
    person.see_heading("Siden kunne ikke hentes").unwrap();
    person.press("Overblik").unwrap();
    person.see("Skriv, hvilken enhed du arbejder i").unwrap();
    person.cut_off(&[]).unwrap();
    person.press("Fundament").unwrap();
    person.press("Prøv igen").unwrap();
    person.see_heading("Fundament").unwrap();
    let of_fundament = person.fetched(CHUNK_PREFIX).unwrap().len() - of_wheel;
    assert_eq!(of_fundament, 2, "the failed request and the successful one");
}

#[test]
fn all_pages_work_offline_once_records_exist() {
    let server = server();
    let leader = start_as(Engine::Chromium, &server, UserRole::leader(UserRole::LEVEL_4, "Solstrålen"));
    wait_until_loaded(&leader);
    leader.cut_off(&["*"]).unwrap();
    for (place, heading) in
        [("Fundament", "Fundament"), ("Filer", "Filer"), ("Enheder", "Enheder"), ("Indikatorer", "Indikatorer")]
    {
        leader.press(place).unwrap();
        leader.see_heading(heading).unwrap();
    }
    assert_no_errors(&[&leader]);
}
