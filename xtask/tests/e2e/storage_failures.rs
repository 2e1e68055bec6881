//! Stores that are full, denied, silent, cleared or damaged.

use xtask::browser::{Browser, Engine};
use xtask::e2e::server;
use xtask::e2e::storage::{begin_at_school, idle, start_at_school, years};

use super::assert_opens_in_new_browser;

#[test]
fn silent_indexed_db_does_not_block_an_import() {
    // Holds a transaction open, as another tab could.
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
    let other = start_at_school(Engine::Chromium, &server);
    let file = other.save_with("Gem sikkerhedskopi").unwrap();
    let person = start_at_school(Engine::Chromium, &server);
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
fn private_window_saves_and_exports() {
    let server = server();
    let person = Browser::start_private().unwrap();
    person.open(&server.url()).unwrap();
    begin_at_school(&person);
    person.see("emt").unwrap();
    person.write("Enhedens navn", "Skolen ved Åen").unwrap();
    person.see("Gemt").unwrap();
    let file = person.save_with("Gem sikkerhedskopi").unwrap();
    assert_opens_in_new_browser(&server, &file, "Skolen ved Åen");
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn denied_stores_are_reported_and_files_work() {
    const DENY: &str = "
        Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });
        Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } });";
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    person.before_every_page(DENY).unwrap();
    person.open(&server.url()).unwrap();
    person.see("Browseren gemmer ikke noget her").unwrap();
    begin_at_school(&person);
    person.see("IKKE gemt").unwrap();
    let file = std::fs::read_to_string(person.save_with("Gem sikkerhedskopi").unwrap()).unwrap();
    assert!(file.contains("Skolen ved Søen"));
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn denied_indexed_db_leaves_local_storage() {
    check_local_storage_alone(
        "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } });",
    );
}

#[test]
fn unresponsive_indexed_db_leaves_local_storage() {
    check_local_storage_alone("indexedDB.open = () => new EventTarget();");
}

/// Checks that the page works with localStorage alone. The script disables IndexedDB.
fn check_local_storage_alone(script: &str) {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    person.before_every_page(script).unwrap();
    person.open(&server.url()).unwrap();
    begin_at_school(&person);
    person.see("Gemt uden reserve").unwrap();
    person.reload().unwrap();
    person.see_in("Enhedens navn", "Skolen ved Søen").unwrap();
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
}

/// Tests that measure time. `cargo xtask test` runs no other test beside them.
mod timing {
    use super::*;

    #[test]
    fn full_storage_is_reported_and_recovers() {
        // Another page of the same host fills localStorage.
        const FILL: &str = "
            for (let size = 2 ** 22; size >= 1; size /= 2) {
                try { for (let piece = 0; ; piece += 1) localStorage.setItem(`fyld-${size}-${piece}`, 'x'.repeat(size)); }
                catch { /* smaller */ }
            }";
        const EMPTY: &str = "Object.keys(localStorage).filter(key => key.startsWith('fyld')).forEach(key => localStorage.removeItem(key));";
        // The count of changes since the last backup is left out, since it keeps changing.
        const RECORDS: &str = "
            return Object.entries(localStorage).filter(([key]) => !key.startsWith('fyld') && !key.endsWith('backup'))
                .map(pair => pair.join(' ')).sort();";
        const BREAK_INDEXED_DB: &str = "
            window.ownPut = IDBObjectStore.prototype.put;
            IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };";
        const REPAIR_INDEXED_DB: &str = "IDBObjectStore.prototype.put = window.ownPut;";
        let server = server();
        let person = start_at_school(Engine::Chromium, &server);
        person.see("Gemt i denne browser").unwrap();
        let stored_records = || person.texts_of(RECORDS).unwrap();
        let old_copies = stored_records();
        assert!(old_copies.concat().contains("Skolen ved Søen"));
        person.run(FILL).unwrap();
        let long = "Skolen ved den lange sø ".repeat(8);
        person.write("Enhedens navn", long.trim()).unwrap();
        let start = std::time::Instant::now();
        person.see("hurtiglageret er fuldt").unwrap();
        let delay = start.elapsed();
        println!("full: reported after {} ms", delay.as_millis());
        assert!(delay.as_secs() < 1, "{delay:?}");
        assert_eq!(stored_records(), old_copies, "a stored record was removed to make room");
        person.run(BREAK_INDEXED_DB).unwrap();
        person.write("Enhedens navn", &format!("{}!", long.trim())).unwrap();
        person.see("IKKE gemt").unwrap();
        assert_eq!(stored_records(), old_copies);
        assert!(person.stored().unwrap().contains(long.trim()), "IndexedDB has lost its earlier copy");
        let file = std::fs::read_to_string(person.save_with("Gem sikkerhedskopi").unwrap()).unwrap();
        assert!(file.contains(&format!("{}!", long.trim())));
        person.run(EMPTY).unwrap();
        person.run(REPAIR_INDEXED_DB).unwrap();
        // The page saves again without another edit.
        person.see("Gemt i denne browser").unwrap();
        person.reload().unwrap();
        person.see_in("Enhedens navn", &format!("{}!", long.trim())).unwrap();
    }
}

#[test]
fn site_data_cleared_under_an_open_page_is_written_again() {
    check_rewritten_after(|person| person.clear_site_data().unwrap());
}

#[test]
fn stores_emptied_under_an_open_page_are_written_again() {
    const EMPTY: &str = "
        localStorage.clear();
        indexedDB.open('kvalitetshjul/1/et/sted/').onsuccess = event => {
            const database = event.target.result;
            const transaction = database.transaction([...database.objectStoreNames], 'readwrite');
            for (const name of database.objectStoreNames) transaction.objectStore(name).clear();
            transaction.oncomplete = () => { database.close(); window.isEmptied = 1; };
        };";
    check_rewritten_after(|person| {
        person.run(EMPTY).unwrap();
        person.number("return window.isEmptied ?? null;").unwrap();
    });
}

/// Empties the stores under an open page and types one key. When the page reports the text as saved, all records must
/// be in the stores again, for another tab too.
fn check_rewritten_after(empty: impl Fn(&Browser)) {
    let server = server();
    let person = start_at_school(Engine::Chromium, &server);
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
    assert!(!person.stored().unwrap().contains("Skolen"), "the stores are not empty");
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
    assert!(!person.sees("Hvem er du?").unwrap(), "the user's role was not written again");
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn damaged_record_is_quarantined_and_the_good_copy_used() {
    /// Replaces the text of the unit, in localStorage, in IndexedDB, or in both.
    const DAMAGE: &str = "
        const [damaged, where] = arguments;
        const prefix = 'kvalitetshjul/1/et/sted/';
        const key = Object.keys(localStorage).find(key => key.startsWith(`${prefix}record.3/`) && !key.slice(`${prefix}record.3/`.length).includes('.'));
        if (where !== 'mirror') localStorage.setItem(key, damaged);
        window.done = where === 'fast' ? 1 : null;
        if (where !== 'fast') {
            indexedDB.open(prefix).onsuccess = event => {
                const transaction = event.target.result.transaction('records', 'readwrite');
                transaction.objectStore('records').put(damaged, key.slice(`${prefix}record.3/`.length));
                transaction.oncomplete = () => { event.target.result.close(); window.done = 1; };
            };
        }";
    /// Puts the original text of the unit back into IndexedDB.
    const REPAIR: &str = "
        const [own, id] = arguments;
        window.done = null;
        indexedDB.open('kvalitetshjul/1/et/sted/').onsuccess = event => {
            const transaction = event.target.result.transaction('records', 'readwrite');
            transaction.objectStore('records').put(own, id);
            transaction.oncomplete = () => { event.target.result.close(); window.done = 1; };
        };";
    /// Replaces the text of the unit in IndexedDB by a value of another type.
    const WRONG_TYPE: &str = "
        const prefix = 'kvalitetshjul/1/et/sted/';
        const key = Object.keys(localStorage).find(key => key.startsWith(`${prefix}record.3/`) && !key.slice(`${prefix}record.3/`.length).includes('.'));
        window.done = null;
        indexedDB.open(prefix).onsuccess = event => {
            const transaction = event.target.result.transaction('records', 'readwrite');
            const value = [5, true, null, { kind: 'enhed' }, [1], new Date(0), new Uint8Array(3)][arguments[0]];
            transaction.objectStore('records').put(value, key.slice(`${prefix}record.3/`.length));
            transaction.oncomplete = () => { event.target.result.close(); window.done = 1; };
        };";
    let server = server();
    let person = start_at_school(Engine::Chromium, &server);
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
            "return [Object.entries(localStorage).find(([key]) => key.includes('record.3/') && !key.split('record.3/')[1].includes('.'))[1]];",
        )
        .unwrap()
        .remove(0);
    damages.extend((0..20).map(|cut| text.chars().take(text.chars().count() * cut / 20).collect::<String>()));
    for store in ["fast", "mirror"] {
        for damage in &damages {
            person.run_with(DAMAGE, &[damage, store]).unwrap();
            person.number("return window.done;").unwrap();
            person.reload().unwrap();
            person.see_in("Enhedens navn", "Skolen ved Søen").unwrap();
            person.see("Noget kunne ikke læses").unwrap();
            person.see("emt i denne browser").unwrap();
        }
    }
    for kind in ["0", "1", "2", "3", "4", "5", "6"] {
        person.run_with(WRONG_TYPE, &[kind]).unwrap();
        person.number("return window.done;").unwrap();
        person.reload().unwrap();
        person.see_in("Enhedens navn", "Skolen ved Søen").unwrap();
        person.see("emt i denne browser").unwrap();
    }
    // Damaged in both stores, the unit is quarantined and not shown. Nothing else is affected.
    let id = person.texts_of("return [location.hash.split('/').pop()];").unwrap().remove(0);
    for damage in &damages {
        person.run_with(DAMAGE, &[damage, "both"]).unwrap();
        person.number("return window.done;").unwrap();
        person.reload().unwrap();
        person.see("Noget kunne ikke læses").unwrap();
        person.see("Enheden er her ikke").unwrap();
        let stored = person.stored().unwrap();
        assert!(stored.contains("10.5"), "the unit's figures are gone");
        // Repairing the text brings the unit back.
        person.run_with(REPAIR, &[&text, &id]).unwrap();
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
