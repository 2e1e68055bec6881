//! What the browser stores: snapshots, data of other versions, a start without saving.

use xtask::browser::Engine;
use xtask::e2e::storage::{start_at_school, years};
use xtask::e2e::{go_to_unit, server};

#[test]
fn snapshot_is_restored_and_the_restoration_undone() {
    let server = server();
    let person = start_at_school(Engine::Chromium, &server);
    let unit = person.address().unwrap();
    let years = years(&person);
    let figures = person.address().unwrap();
    person.write(&years[0], "10,5").unwrap();
    person.see("Gemt i denne browser").unwrap();
    let other = start_at_school(Engine::Chromium, &server);
    let file = other.save_with("Gem sikkerhedskopi").unwrap();
    person.choose(&file).unwrap();
    person.see("Filen er flettet ind.").unwrap();
    person.press("Luk").unwrap();
    person.write(&years[0], "99,9").unwrap();
    person.open(&unit).unwrap();
    person.write("Enhedens navn", "Et andet navn").unwrap();
    person.see("Gemt i denne browser").unwrap();
    person.press("Filer").unwrap();
    person.see("Der er brugt").unwrap();
    // The page lists the snapshots, the newest first.
    let names =
        person.texts_of("return [...document.querySelectorAll('.rows button:not(.quiet)')].map(name);").unwrap();
    // The newest snapshot was taken before the import.
    person.press(&names[0]).unwrap();
    person.see("Alt er bragt tilbage").unwrap();
    person.see("Gemt i denne browser").unwrap();
    person.open(&unit).unwrap();
    person.see_in("Enhedens navn", "Skolen ved Søen").unwrap();
    person.open(&figures).unwrap();
    person.see_in(&years[0], "10,5").unwrap();
    person.press("Fortryd det").unwrap();
    person.see_in(&years[0], "99,9").unwrap();
    person.open(&unit).unwrap();
    person.see_in("Enhedens navn", "Et andet navn").unwrap();
    person.see("Gemt i denne browser").unwrap();
    person.press("Filer").unwrap();
    person.see("før noget blev hentet tilbage").unwrap();
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn start_without_saving_writes_nothing_and_saves_files() {
    let server = server();
    let person = start_at_school(Engine::Chromium, &server);
    person.see("Gemt i denne browser").unwrap();
    person.open(&format!("{}#/redning", server.url())).unwrap();
    person.reload().unwrap();
    person.press("Start uden at gemme").unwrap();
    person.see("Der gemmes ikke – gem en sikkerhedskopi").unwrap();
    go_to_unit(&person, "Skolen ved Søen");
    let before = person.stored().unwrap();
    person.write("Enhedens navn", "Skolen ved Åen").unwrap();
    let file = std::fs::read_to_string(person.save_with("Gem sikkerhedskopi").unwrap()).unwrap();
    assert!(file.contains("Skolen ved Åen"));
    assert_eq!(person.stored().unwrap(), before, "the stores changed");
    person.press("Start almindeligt").unwrap();
    person.see("Skolen ved Søen").unwrap();
    person.see("Alt er gemt i denne browser").unwrap();
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn older_data_is_migrated_after_its_text_was_quarantined() {
    /// Rewrites the stores as version 1 wrote them, with school years as `2024/25`.
    const AGE: &str = r"
        const prefix = 'kvalitetshjul/1/et/sted/';
        const aged = text => text.replace(/(observations\/\d{4})-(\d\d)/g, '$1~1$2');
        for (const key of Object.keys(localStorage).filter(key => key.startsWith(`${prefix}record.3/`))) {
            localStorage.setItem(key.replace('record.3/', 'record.1/'), aged(localStorage.getItem(key)));
            localStorage.removeItem(key);
        }
        localStorage.setItem(`${prefix}version`, '1');
        window.done = null;
        indexedDB.open(prefix).onsuccess = event => {
            const transaction = event.target.result.transaction(['records', 'about'], 'readwrite');
            transaction.objectStore('about').put(1, 'version');
            const records = transaction.objectStore('records');
            records.openCursor().onsuccess = ({ target: { result: cursor } }) => {
                if (cursor === null) return;
                cursor.update(aged(cursor.value));
                cursor.continue();
            };
            transaction.oncomplete = () => { event.target.result.close(); window.done = 1; };
        };";
    let server = server();
    let person = start_at_school(Engine::Chromium, &server);
    let years = years(&person);
    person.write(&years[0], "10,5").unwrap();
    person.see("Gemt i denne browser").unwrap();
    person.run(AGE).unwrap();
    person.number("return window.done;").unwrap();
    person.reload().unwrap();
    person.see_in(&years[0], "10,5").unwrap();
    person.see("emt i denne browser").unwrap();
    assert!(person.stored().unwrap().contains("~1"), "the older text is gone");
    person.write(&years[1], "11,5").unwrap();
    person.see("Gemt i denne browser kl.").unwrap();
    person.reload().unwrap();
    person.see_in(&years[0], "10,5").unwrap();
    person.see_in(&years[1], "11,5").unwrap();
    assert_eq!(person.count(".report").unwrap(), 0, "the page reports damaged data");
    person.press("Filer").unwrap();
    person.see("som en ældre udgave af Kvalitetshjul havde skrevet").unwrap();
    let aside = std::fs::read_to_string(person.save_text_with("Gem det, der er lagt til side").unwrap()).unwrap();
    assert!(aside.contains("~1"));
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn newer_data_is_neither_shown_nor_written() {
    for stores in ["fast", "mirror", "both"] {
        check_newer_data(stores);
    }
}

/// Marks one store or both as written by a newer version, and checks that the page reads and writes nothing.
fn check_newer_data(stores: &str) {
    const NEWER: &str = "
        const [where] = arguments;
        if (where !== 'mirror') localStorage.setItem('kvalitetshjul/1/et/sted/version', '99');
        window.done = where === 'fast' ? 1 : null;
        if (where === 'fast') return;
        indexedDB.open('kvalitetshjul/1/et/sted/').onsuccess = event => {
            const transaction = event.target.result.transaction('about', 'readwrite');
            transaction.objectStore('about').put(99, 'version');
            transaction.oncomplete = () => { event.target.result.close(); window.done = 1; };
        };";
    let server = server();
    let person = start_at_school(Engine::Chromium, &server);
    person.see("Gemt i denne browser").unwrap();
    person.run_with(NEWER, &[stores]).unwrap();
    person.number("return window.done;").unwrap();
    // The open tab writes no more.
    person.write("Enhedens navn", "Overskrevet").unwrap();
    person.see("Siden er forældet").unwrap();
    // The open tab may write to localStorage, in the older version's key, before it has read IndexedDB's version.
    let in_indexed_db = person.stored().unwrap().lines().skip(1).collect::<String>();
    assert!(!in_indexed_db.contains("Overskrevet"), "{stores}");
    assert_eq!(person.stored().unwrap().contains("Overskrevet"), stores == "mirror", "{stores}");
    // A tab that is opened now writes nothing either.
    person.reload().unwrap();
    person.see("Siden er forældet").unwrap();
    assert!(person.stored().unwrap().contains("Skolen ved Søen"), "the older data is gone: {stores}");
}
