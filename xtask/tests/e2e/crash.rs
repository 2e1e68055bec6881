//! A browser that is killed, and an app that fails.

use xtask::browser::{Browser, Engine};
use xtask::e2e::server;
use xtask::e2e::storage::{begin_at_school, start_at_school};

use super::assert_opens_in_new_browser;

/// How often the browser is killed, unless `DEATHS` names another number.
const DEATHS: u32 = 30;

#[test]
fn killed_browser_loses_nothing_reported_as_saved() {
    let deaths = std::env::var("DEATHS").ok().and_then(|deaths| deaths.parse().ok()).unwrap_or(DEATHS);
    let server = server();
    let mut person = start_at_school(Engine::Chromium, &server);
    let address = person.address().unwrap();
    for death in 0..deaths {
        let name = format!("Skolen {death}");
        person.write("Enhedens navn", &name).unwrap();
        person.see("Gemt i denne browser kl.").unwrap();
        // Killed at a different moment each time, while text is typed that is not yet reported as saved.
        person.type_on("Enhedens navn", &"x".repeat(usize::try_from(death % 7).unwrap())).unwrap();
        person.kill().unwrap();
        person.open(&address).unwrap();
        let found = person.read_when_loaded("Enhedens navn").unwrap();
        assert!(found.starts_with(&name), "{found} after {name}");
    }
    println!("killed {deaths} times, and all text reported as saved was there");
}

#[test]
fn failure_at_start_offers_stored_data() {
    const FAIL: &str = "
        if (sessionStorage.fail) {
            const find = document.getElementById.bind(document);
            let asked = 0;
            document.getElementById = id => (asked++ === 0 ? null : find(id));
        }";
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    person.before_every_page(FAIL).unwrap();
    person.open(&server.url()).unwrap();
    begin_at_school(&person);
    person.see("Gemt i denne browser").unwrap();
    person.run("sessionStorage.fail = 1;").unwrap();
    person.reload().unwrap();
    person.see("Siden er gået i stå").unwrap();
    let file = person.save_with("Gem alt som fil").unwrap();
    assert_opens_in_new_browser(&server, &file, "Skolen ved Søen");
}

/// A text of an earlier version stays under its key until its record is written again.
#[test]
fn rescue_file_holds_what_only_an_earlier_version_had_stored() {
    /// Empties IndexedDB, and puts the records in localStorage under the keys of version 2.
    const AGE: &str = "
        const prefix = 'kvalitetshjul/1/et/sted/';
        for (const key of Object.keys(localStorage).filter(key => key.startsWith(`${prefix}record.3/`))) {
            localStorage.setItem(key.replace('record.3/', 'record/'), localStorage.getItem(key));
            localStorage.removeItem(key);
        }
        window.done = null;
        indexedDB.open(prefix).onsuccess = event => {
            const transaction = event.target.result.transaction('records', 'readwrite');
            transaction.objectStore('records').clear();
            transaction.oncomplete = () => { event.target.result.close(); window.done = 1; };
        };";
    let server = server();
    let person = start_at_school(Engine::Chromium, &server);
    person.see("Gemt i denne browser").unwrap();
    person.open(&format!("{}#/redning", server.url())).unwrap();
    person.reload().unwrap();
    person.see("Hent det, der ligger i browseren").unwrap();
    person.run(AGE).unwrap();
    person.number("return window.done;").unwrap();
    let file = person.save_with("Gem alt som fil").unwrap();
    assert_opens_in_new_browser(&server, &file, "Skolen ved Søen");
}

#[test]
fn failure_while_typing_offers_stored_data_and_field_texts() {
    let server = server();
    let person = start_at_school(Engine::Chromium, &server);
    person.write("Enhedens navn", "Skolen ved Åen").unwrap();
    person.see("Gemt i denne browser").unwrap();
    // Makes the app panic at its next use of the clock.
    person.run("Date.now = () => { throw new WebAssembly.RuntimeError('unreachable'); };").unwrap();
    person.type_on("Enhedens navn", " og Engen").unwrap();
    person.see("Siden er gået i stå").unwrap();
    person.see("Skolen ved Åen").unwrap();
    let file = person.save_with("Gem alt som fil").unwrap();
    assert_opens_in_new_browser(&server, &file, "Skolen ved Åen");
    person.press("Start uden at gemme").unwrap();
    person.see("Der gemmes ikke – gem en sikkerhedskopi").unwrap();
    person.see("Skolen ved Åen").unwrap();
}
