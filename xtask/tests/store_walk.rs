//! The walks of what the browser keeps: tabs that race, stores that are full, denied or damaged, a browser that is
//! killed, an app that fails. On the release bundle.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use xtask::browser::{Browser, Engine};
use xtask::build::dist;
use xtask::server::Server;

/// How often the browser is killed; `DEATHS` says otherwise.
const DEATHS: u32 = 30;

fn server() -> Server {
    Server::watched(dist(), "/et/sted/").unwrap()
}

/// A person who has begun with a unit.
fn begun(engine: Engine, server: &Server) -> Browser {
    let person = Browser::start(engine).unwrap();
    person.open(&server.url()).unwrap();
    begin(&person);
    person
}

fn begin(person: &Browser) {
    person.write("Hvad hedder enheden?", "Skolen ved Søen").unwrap();
    person.press("Begynd").unwrap();
    person.see("Skriv jeres tal ind år for år.").unwrap();
}

/// The fields of figures of the first indicator, the oldest first.
fn years(person: &Browser) -> Vec<String> {
    person.see("Skriv jeres tal ind år for år.").unwrap();
    let labels = person
        .texts_of("return [...document.querySelector('.indicator').querySelectorAll('label')].map(text);")
        .unwrap();
    assert_eq!(labels.len(), 6, "{labels:?}");
    labels
}

/// Everything that stands in fields.
fn fields(person: &Browser) -> Vec<String> {
    person.values("main input").unwrap()
}

#[test]
fn two_tabs_write_and_both_have_it_all() {
    tabs_race(Engine::Chromium, 300);
}

#[test]
fn two_tabs_write_and_both_have_it_all_in_firefox() {
    tabs_race(Engine::Firefox, 50);
}

#[test]
fn two_tabs_write_and_both_have_it_all_in_webkit() {
    tabs_race(Engine::WebKit, 50);
}

/// Two tabs write in turn, in the same and in different fields; one is loaded again now and then.
fn tabs_race(engine: Engine, changes: usize) {
    let server = server();
    let person = begun(engine, &server);
    let address = person.address().unwrap();
    let first = person.this_tab().unwrap();
    let second = person.new_tab().unwrap();
    person.open(&address).unwrap();
    let years = years(&person);
    let mut last = vec![String::new(); years.len()];
    for change in 0..changes {
        person.tab(if change % 2 == 0 { &first } else { &second }).unwrap();
        let year = change * 5 % years.len();
        last[year] = format!("{},{}", change % 90 + 1, change % 9 + 1);
        person.write(&years[year], &last[year]).unwrap();
        if change % 40 == 39 {
            person.see("Gemt i denne browser").unwrap();
            person.reload().unwrap();
        }
    }
    person.see("Gemt i denne browser").unwrap();
    for tab in [&first, &second] {
        person.tab(tab).unwrap();
        for (year, figure) in years.iter().zip(&last) {
            person.see_in(year, figure).unwrap();
        }
        assert_eq!(person.count("[aria-label='Åbent valg']").unwrap(), 0, "each knew of what the other wrote");
    }
    let seen = fields(&person);
    person.reload().unwrap();
    person.see_in("Enhedens navn", "Skolen ved Søen").unwrap();
    assert_eq!(fields(&person), seen);
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn a_browser_that_is_killed_loses_nothing_that_was_said_to_be_saved() {
    let deaths = std::env::var("DEATHS").ok().and_then(|deaths| deaths.parse().ok()).unwrap_or(DEATHS);
    let server = server();
    let mut person = begun(Engine::Chromium, &server);
    let address = person.address().unwrap();
    for death in 0..deaths {
        let name = format!("Skolen {death}");
        person.write("Enhedens navn", &name).unwrap();
        person.see("Gemt i denne browser kl.").unwrap();
        // A different moment each time, somewhere in the typing of what was not yet said to be saved.
        person.type_on("Enhedens navn", &"x".repeat(usize::try_from(death % 7).unwrap())).unwrap();
        person.kill().unwrap();
        person.open(&address).unwrap();
        person.see("Skriv jeres tal ind år for år.").unwrap();
        let found = person.read_when_loaded("Enhedens navn").unwrap();
        assert!(found.starts_with(&name), "{found} after {name}");
    }
    println!("killed {deaths} times, and all that was said to be saved was there");
}

#[test]
fn where_everything_is_denied_the_page_says_so_and_the_file_works() {
    const DENY: &str = "
        Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });
        Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } });";
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    person.before_every_page(DENY).unwrap();
    person.open(&server.url()).unwrap();
    person.see("Browseren gemmer ikke noget her").unwrap();
    begin(&person);
    person.see("IKKE gemt").unwrap();
    let file = std::fs::read_to_string(person.save_with("Gem som fil").unwrap()).unwrap();
    assert!(file.contains("Skolen ved Søen"));
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn where_the_mirror_is_denied_local_storage_carries_it() {
    local_storage_carries_it(
        "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } });",
    );
}

#[test]
fn where_the_mirror_never_answers_local_storage_carries_it() {
    local_storage_carries_it("indexedDB.open = () => new EventTarget();");
}

fn local_storage_carries_it(without_mirror: &str) {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    person.before_every_page(without_mirror).unwrap();
    person.open(&server.url()).unwrap();
    begin(&person);
    person.see("Gemt uden reserve").unwrap();
    person.reload().unwrap();
    person.see_in("Enhedens navn", "Skolen ved Søen").unwrap();
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn a_full_browser_is_told_of_and_healed_when_there_is_room() {
    // Another page of the host fills what there is.
    const FILL: &str = "
        for (let size = 2 ** 22; size >= 1; size /= 2) {
            try { for (let piece = 0; ; piece += 1) localStorage.setItem(`fyld-${size}-${piece}`, 'x'.repeat(size)); }
            catch { /* smaller */ }
        }";
    const EMPTY: &str =
        "Object.keys(localStorage).filter(key => key.startsWith('fyld')).forEach(key => localStorage.removeItem(key));";
    const BREAK_MIRROR: &str = "
        window.ownPut = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };";
    const MEND_MIRROR: &str = "IDBObjectStore.prototype.put = window.ownPut;";
    let server = server();
    let person = begun(Engine::Chromium, &server);
    person.see("Gemt i denne browser").unwrap();
    person.run(FILL).unwrap();
    let long = "Skolen ved den lange sø ".repeat(8);
    person.write("Enhedens navn", long.trim()).unwrap();
    person.see("hurtiglageret er fuldt").unwrap();
    person.run(BREAK_MIRROR).unwrap();
    person.write("Enhedens navn", &format!("{}!", long.trim())).unwrap();
    person.see("IKKE gemt").unwrap();
    let file = std::fs::read_to_string(person.save_with("Gem som fil").unwrap()).unwrap();
    assert!(file.contains(&format!("{}!", long.trim())));
    person.run(EMPTY).unwrap();
    person.run(MEND_MIRROR).unwrap();
    // By itself, without a further word typed.
    person.see("Gemt i denne browser").unwrap();
    person.reload().unwrap();
    person.see_in("Enhedens navn", &format!("{}!", long.trim())).unwrap();
}

#[test]
fn a_newer_versions_data_is_neither_shown_nor_written() {
    const NEWER: &str = "
        localStorage.setItem('kvalitetshjul/1/et/sted/version', '99');
        window.done = null;
        indexedDB.open('kvalitetshjul/1/et/sted/').onsuccess = event => {
            const transaction = event.target.result.transaction('about', 'readwrite');
            transaction.objectStore('about').put(99, 'version');
            transaction.oncomplete = () => { event.target.result.close(); window.done = 1; };
        };";
    let server = server();
    let person = begun(Engine::Chromium, &server);
    person.see("Gemt i denne browser").unwrap();
    person.run(NEWER).unwrap();
    person.number("return window.done;").unwrap();
    // The tab that was open writes no more.
    person.write("Enhedens navn", "Overskrevet").unwrap();
    person.see("Siden er forældet").unwrap();
    assert!(!person.stored().unwrap().contains("Overskrevet"));
    // Nor does one that is opened.
    person.reload().unwrap();
    person.see("Siden er forældet").unwrap();
    assert!(person.stored().unwrap().contains("Skolen ved Søen"), "what was there is there");
}

#[test]
fn two_deployments_of_one_host_never_see_one_anothers_data() {
    let server = Server::watched_under(dist(), &["/et/sted/", "/et/", "/"]).unwrap();
    let person = Browser::start(Engine::Chromium).unwrap();
    for (number, url) in server.urls().iter().enumerate() {
        person.open(url).unwrap();
        person.see("Begynd med din enhed").unwrap();
        person.write("Hvad hedder enheden?", &format!("Skolen {number}")).unwrap();
        person.press("Begynd").unwrap();
        person.see("Gemt i denne browser").unwrap();
    }
    for (number, url) in server.urls().iter().enumerate() {
        person.open(url).unwrap();
        person.reload().unwrap();
        person.see(&format!("Skolen {number}")).unwrap();
        assert_eq!(person.count(".units a").unwrap(), 1, "{url}");
    }
}

#[test]
fn an_app_that_fails_at_its_start_hands_out_what_is_stored() {
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
    begin(&person);
    person.see("Gemt i denne browser").unwrap();
    person.run("sessionStorage.fail = 1;").unwrap();
    person.reload().unwrap();
    person.see("Siden er gået i stå").unwrap();
    let file = person.save_with("Gem alt som fil").unwrap();
    opens_cleanly(&server, &file, "Skolen ved Søen");
}

#[test]
fn an_app_that_fails_while_someone_types_hands_out_what_is_stored_and_what_stood_in_the_fields() {
    let server = server();
    let person = begun(Engine::Chromium, &server);
    person.write("Enhedens navn", "Skolen ved Åen").unwrap();
    person.see("Gemt i denne browser").unwrap();
    // The next thing the app asks for is refused, as no browser does.
    person.run("Date.now = () => { throw new WebAssembly.RuntimeError('unreachable'); };").unwrap();
    person.type_on("Enhedens navn", " og Engen").unwrap();
    person.see("Siden er gået i stå").unwrap();
    person.see("Skolen ved Åen").unwrap();
    let file = person.save_with("Gem alt som fil").unwrap();
    opens_cleanly(&server, &file, "Skolen ved Åen");
}

/// A file opens in a fresh browser without a word of complaint.
fn opens_cleanly(server: &Server, file: &std::path::Path, unit: &str) {
    let other = Browser::start(Engine::Chromium).unwrap();
    other.open(&server.url()).unwrap();
    other.see("Begynd med din enhed").unwrap();
    other.choose(file).unwrap();
    other.see("Filen er flettet ind.").unwrap();
    assert_eq!(other.count(".faults li").unwrap(), 0);
    other.press("Luk").unwrap();
    other.press(unit).unwrap();
    other.see_in("Enhedens navn", unit).unwrap();
}

#[test]
fn what_is_damaged_is_put_aside_and_the_good_copy_is_used() {
    /// Puts a text in the place of the unit's, in localStorage, in the mirror, or in both.
    const DAMAGE: &str = "
        const [damaged, where] = arguments;
        const prefix = 'kvalitetshjul/1/et/sted/';
        const key = Object.keys(localStorage).find(key => key.startsWith(`${prefix}record/`) && !key.includes('.'));
        if (where !== 'mirror') localStorage.setItem(key, damaged);
        window.done = where === 'fast' ? 1 : null;
        if (where !== 'fast') {
            indexedDB.open(prefix).onsuccess = event => {
                const transaction = event.target.result.transaction('records', 'readwrite');
                transaction.objectStore('records').put(damaged, key.slice(`${prefix}record/`.length));
                transaction.oncomplete = () => { event.target.result.close(); window.done = 1; };
            };
        }";
    let server = server();
    let person = begun(Engine::Chromium, &server);
    person.see("Gemt i denne browser").unwrap();
    let mut damages: Vec<String> = ["[]", "{}", "null", "5", "\"x\"", "{\"kind\":5}"].map(str::to_owned).to_vec();
    let text = person
        .texts_of("return [Object.entries(localStorage).find(([key]) => key.includes('record/'))[1]];")
        .unwrap()
        .remove(0);
    damages.extend((0..20).map(|cut| text.chars().take(text.chars().count() * cut / 20).collect::<String>()));
    for where_ in ["fast", "mirror"] {
        for damage in &damages {
            person.run_with(DAMAGE, &[damage, where_]).unwrap();
            person.number("return window.done;").unwrap();
            person.reload().unwrap();
            person.see_in("Enhedens navn", "Skolen ved Søen").unwrap();
            person.see("Noget kunne ikke læses").unwrap();
            person.see("emt i denne browser").unwrap();
        }
    }
    let aside = std::fs::read_to_string(person.save_text_with("Gem det som fil").unwrap()).unwrap();
    assert!(damages.iter().filter(|damage| !damage.is_empty()).all(|damage| aside.contains(damage.as_str())));
    // In both: what was there is gone from the page, but it was put aside, and nothing else suffers.
    person.run_with(DAMAGE, &["{", "both"]).unwrap();
    person.number("return window.done;").unwrap();
    person.reload().unwrap();
    person.see("Noget kunne ikke læses").unwrap();
    person.see("Enheden er her ikke").unwrap();
    println!("damaged {} times, and the good copy was used each time", damages.len() * 2);
}
