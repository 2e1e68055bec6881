//! The walks of stores that are full, denied, silent or damaged, of a browser that is killed and an app that fails. On the
//! release bundle.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use xtask::browser::{Browser, Engine};
use xtask::server::Server;
use xtask::walk::{
    kept::{begin, begun, idle, years},
    server, to_unit,
};

/// How often the browser is killed; `DEATHS` says otherwise.
const DEATHS: u32 = 30;

#[test]
fn a_mirror_that_says_nothing_does_not_hold_up_a_file() {
    // Some tab is in the middle of a transaction, and stays there.
    const HOLD: &str = "
        indexedDB.open('kvalitetshjul/1/et/sted/').onsuccess = event => {
            const database = event.target.result;
            const transaction = database.transaction([...database.objectStoreNames], 'readwrite');
            const again = () => {
                if (!window.isOver) transaction.objectStore('about').get('version').onsuccess = again;
                window.isHeld = 1;
            };
            again();
        };";
    let server = server();
    let other = begun(Engine::Chromium, &server);
    let file = other.save_with("Gem som fil").unwrap();
    let person = begun(Engine::Chromium, &server);
    person.see("Gemt i denne browser").unwrap();
    idle(&person);
    person.run(HOLD).unwrap();
    person.number("return window.isHeld;").unwrap();
    person.write("Enhedens navn", "Skolen ved Åen").unwrap();
    person.see("Gemt uden reserve").unwrap();
    person.choose(&file).unwrap();
    person.see("Filen er flettet ind.").unwrap();
    person.run("window.isOver = 1;").unwrap();
    person.see("Gemt i denne browser").unwrap();
    person.reload().unwrap();
    person.see_in("Enhedens navn", "Skolen ved Åen").unwrap();
    person.press("Kvalitetshjul").unwrap();
    person.see("Skolen ved Søen").unwrap();
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn in_a_private_window_all_works_and_the_file_too() {
    let server = server();
    let person = Browser::start_private().unwrap();
    person.open(&server.url()).unwrap();
    begin(&person);
    person.see("emt").unwrap();
    person.write("Enhedens navn", "Skolen ved Åen").unwrap();
    person.see("Gemt").unwrap();
    let file = person.save_with("Gem som fil").unwrap();
    opens_cleanly(&server, &file, "Skolen ved Åen");
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

/// What judges time runs with nothing beside it.
mod alone {
    use super::*;

    #[test]
    fn a_full_browser_is_told_of_and_healed_when_there_is_room() {
        // Another page of the host fills what there is.
        const FILL: &str = "
            for (let size = 2 ** 22; size >= 1; size /= 2) {
                try { for (let piece = 0; ; piece += 1) localStorage.setItem(`fyld-${size}-${piece}`, 'x'.repeat(size)); }
                catch { /* smaller */ }
            }";
        const EMPTY: &str = "Object.keys(localStorage).filter(key => key.startsWith('fyld')).forEach(key => localStorage.removeItem(key));";
        // The count of changes since the last file is no copy of anything, and goes on.
        const AT_HAND: &str = "
            return Object.entries(localStorage).filter(([key]) => !key.startsWith('fyld') && !key.endsWith('backup'))
                .map(pair => pair.join(' ')).sort();";
        const BREAK_MIRROR: &str = "
            window.ownPut = IDBObjectStore.prototype.put;
            IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };";
        const MEND_MIRROR: &str = "IDBObjectStore.prototype.put = window.ownPut;";
        let server = server();
        let person = begun(Engine::Chromium, &server);
        person.see("Gemt i denne browser").unwrap();
        let at_hand = || person.texts_of(AT_HAND).unwrap();
        let old_copies = at_hand();
        assert!(old_copies.concat().contains("Skolen ved Søen"));
        person.run(FILL).unwrap();
        let long = "Skolen ved den lange sø ".repeat(8);
        person.write("Enhedens navn", long.trim()).unwrap();
        let start = std::time::Instant::now();
        person.see("hurtiglageret er fuldt").unwrap();
        let told = start.elapsed();
        println!("full: told after {} ms", told.as_millis());
        assert!(told.as_secs() < 1, "{told:?}");
        assert_eq!(at_hand(), old_copies, "no old copy made room");
        person.run(BREAK_MIRROR).unwrap();
        person.write("Enhedens navn", &format!("{}!", long.trim())).unwrap();
        person.see("IKKE gemt").unwrap();
        assert_eq!(at_hand(), old_copies);
        assert!(person.stored().unwrap().contains(long.trim()), "the mirror has its old copy");
        let file = std::fs::read_to_string(person.save_with("Gem som fil").unwrap()).unwrap();
        assert!(file.contains(&format!("{}!", long.trim())));
        person.run(EMPTY).unwrap();
        person.run(MEND_MIRROR).unwrap();
        // By itself, without a further word typed.
        person.see("Gemt i denne browser").unwrap();
        person.reload().unwrap();
        person.see_in("Enhedens navn", &format!("{}!", long.trim())).unwrap();
    }
}

#[test]
fn trust_site_data_cleared_under_an_open_page_is_written_again_at_the_next_key() {
    written_again_after(|person| person.clear_site_data().unwrap());
}

#[test]
fn trust_stores_emptied_under_an_open_page_are_written_again_at_the_next_key() {
    const EMPTY: &str = "
        localStorage.clear();
        indexedDB.open('kvalitetshjul/1/et/sted/').onsuccess = event => {
            const database = event.target.result;
            const transaction = database.transaction([...database.objectStoreNames], 'readwrite');
            for (const name of database.objectStoreNames) transaction.objectStore(name).clear();
            transaction.oncomplete = () => { database.close(); window.isEmptied = 1; };
        };";
    written_again_after(|person| {
        person.run(EMPTY).unwrap();
        person.number("return window.isEmptied ?? null;").unwrap();
    });
}

/// Everything in the browser goes while the page is open, and one key is typed: when the page says that it is saved, all of it is
/// there, for another tab too.
fn written_again_after(empty: impl Fn(&Browser)) {
    let server = server();
    let person = begun(Engine::Chromium, &server);
    let unit = person.address().unwrap();
    let years = years(&person);
    let figures = person.address().unwrap();
    for (change, year) in years.iter().enumerate() {
        person.write(year, &format!("{},5", change + 10)).unwrap();
    }
    person.see("Gemt i denne browser kl.").unwrap();
    person.open(&unit).unwrap();
    person.see_in("Enhedens navn", "Skolen ved Søen").unwrap();
    idle(&person);
    empty(&person);
    assert!(!person.stored().unwrap().contains("Skolen"), "nothing is there");
    person.type_on("Enhedens navn", "!").unwrap();
    person.see("Gemt i denne browser kl.").unwrap();
    let stored = person.stored().unwrap();
    for words in ["Skolen ved Søen!", "10.5", "15.5"] {
        assert!(stored.contains(words), "{words} in {stored}");
    }
    person.new_tab().unwrap();
    person.open(&figures).unwrap();
    for (change, year) in years.iter().enumerate() {
        person.see_in(year, &format!("{},5", change + 10)).unwrap();
    }
    person.open(&unit).unwrap();
    person.see_in("Enhedens navn", "Skolen ved Søen!").unwrap();
    person.press("Kvalitetshjul").unwrap();
    person.see("Det mangler").unwrap();
    assert!(!person.sees("Hvem er du?").unwrap(), "who uses the browser is written again too");
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
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
    person.press("Start uden at gemme").unwrap();
    person.see("Der gemmes ikke – gem som fil").unwrap();
    person.see("Skolen ved Åen").unwrap();
}

/// A file opens in a fresh browser without a word of complaint.
fn opens_cleanly(server: &Server, file: &std::path::Path, unit: &str) {
    let other = Browser::start(Engine::Chromium).unwrap();
    other.open(&server.url()).unwrap();
    other.see("Hvem er du?").unwrap();
    other.choose(file).unwrap();
    other.see("Filen er flettet ind.").unwrap();
    assert_eq!(other.count(".faults li").unwrap(), 0);
    other.press("Luk").unwrap();
    to_unit(&other, unit);
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
    /// Puts the unit's own text back in the mirror.
    const MEND: &str = "
        const [own, id] = arguments;
        window.done = null;
        indexedDB.open('kvalitetshjul/1/et/sted/').onsuccess = event => {
            const transaction = event.target.result.transaction('records', 'readwrite');
            transaction.objectStore('records').put(own, id);
            transaction.oncomplete = () => { event.target.result.close(); window.done = 1; };
        };";
    /// Puts a value of another kind than text in the place of the unit's in the mirror.
    const WRONG: &str = "
        const prefix = 'kvalitetshjul/1/et/sted/';
        const key = Object.keys(localStorage).find(key => key.startsWith(`${prefix}record/`) && !key.includes('.'));
        window.done = null;
        indexedDB.open(prefix).onsuccess = event => {
            const transaction = event.target.result.transaction('records', 'readwrite');
            const value = [5, true, null, { kind: 'enhed' }, [1], new Date(0), new Uint8Array(3)][arguments[0]];
            transaction.objectStore('records').put(value, key.slice(`${prefix}record/`.length));
            transaction.oncomplete = () => { event.target.result.close(); window.done = 1; };
        };";
    let server = server();
    let person = begun(Engine::Chromium, &server);
    let unit = person.address().unwrap();
    person.see("Gemt i denne browser").unwrap();
    let years = years(&person);
    let figures = person.address().unwrap();
    person.write(&years[0], "10,5").unwrap();
    person.see("Gemt i denne browser").unwrap();
    person.open(&unit).unwrap();
    let mut damages: Vec<String> = ["[]", "{}", "null", "5", "\"x\"", "{\"kind\":5}"].map(str::to_owned).to_vec();
    let text = person
        .texts_of(
            "return [Object.entries(localStorage).find(([key]) => key.includes('record/') && !key.includes('.'))[1]];",
        )
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
    for kind in ["0", "1", "2", "3", "4", "5", "6"] {
        person.run_with(WRONG, &[kind]).unwrap();
        person.number("return window.done;").unwrap();
        person.reload().unwrap();
        person.see_in("Enhedens navn", "Skolen ved Søen").unwrap();
        person.see("emt i denne browser").unwrap();
    }
    // In both: the unit is gone from the page, but it was put aside, and nothing else suffers.
    let id = person.texts_of("return [location.hash.split('/').pop()];").unwrap().remove(0);
    for damage in &damages {
        person.run_with(DAMAGE, &[damage, "both"]).unwrap();
        person.number("return window.done;").unwrap();
        person.reload().unwrap();
        person.see("Noget kunne ikke læses").unwrap();
        person.see("Enheden er her ikke").unwrap();
        let stored = person.stored().unwrap();
        assert!(stored.contains("10.5"), "its figures are there");
        // Whoever mends it gets it back as it was.
        person.run_with(MEND, &[&text, &id]).unwrap();
        person.number("return window.done;").unwrap();
        person.reload().unwrap();
        person.see_in("Enhedens navn", "Skolen ved Søen").unwrap();
        person.see("emt i denne browser").unwrap();
    }
    person.open(&figures).unwrap();
    person.see_in(&years[0], "10,5").unwrap();
    let aside = std::fs::read_to_string(person.save_text_with("Gem det som fil").unwrap()).unwrap();
    for damage in damages.iter().filter(|damage| !damage.is_empty()) {
        assert!(aside.matches(damage.as_str()).count() >= 4, "{damage}");
    }
    println!("damaged {} times, and the good copy was used where there was one", damages.len() * 3 + 7);
}
