//! The walks of what the browser keeps: earlier states, other versions' data, a start that writes nothing. On the release
//! bundle.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use xtask::browser::Engine;
use xtask::walk::{
    kept::{begun, years},
    server, to_unit,
};

#[test]
fn how_it_was_can_be_brought_back_and_that_can_be_undone() {
    let server = server();
    let person = begun(Engine::Chromium, &server);
    let unit = person.address().unwrap();
    let years = years(&person);
    let figures = person.address().unwrap();
    person.write(&years[0], "10,5").unwrap();
    person.see("Gemt i denne browser").unwrap();
    let other = begun(Engine::Chromium, &server);
    let file = other.save_with("Gem som fil").unwrap();
    person.choose(&file).unwrap();
    person.see("Filen er flettet ind.").unwrap();
    person.press("Luk").unwrap();
    person.write(&years[0], "99,9").unwrap();
    person.open(&unit).unwrap();
    person.write("Enhedens navn", "Et andet navn").unwrap();
    person.see("Gemt i denne browser").unwrap();
    person.press("Filer").unwrap();
    person.see("Der er brugt").unwrap();
    // Each can be looked at, or brought back.
    let names =
        person.texts_of("return [...document.querySelectorAll('.rows button:not(.quiet)')].map(name);").unwrap();
    // The newest is what was there before the file was taken in.
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
fn a_start_without_saving_writes_nothing_and_the_file_works() {
    let server = server();
    let person = begun(Engine::Chromium, &server);
    person.see("Gemt i denne browser").unwrap();
    person.open(&format!("{}#/redning", server.url())).unwrap();
    person.reload().unwrap();
    person.press("Start uden at gemme").unwrap();
    person.see("Der gemmes ikke – gem som fil").unwrap();
    to_unit(&person, "Skolen ved Søen");
    let before = person.stored().unwrap();
    person.write("Enhedens navn", "Skolen ved Åen").unwrap();
    let file = std::fs::read_to_string(person.save_with("Gem som fil").unwrap()).unwrap();
    assert!(file.contains("Skolen ved Åen"));
    assert_eq!(person.stored().unwrap(), before, "not one character");
    person.press("Start almindeligt").unwrap();
    person.see("Skolen ved Søen").unwrap();
    person.see("Alt er gemt i denne browser").unwrap();
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn an_older_versions_data_is_migrated_after_its_text_was_set_aside() {
    /// What is there becomes what the first version would have written: school years were called `2024/25`.
    const AGE: &str = r"
        const prefix = 'kvalitetshjul/1/et/sted/';
        const aged = text => text.replace(/(observations\/\d{4})-(\d\d)/g, '$1~1$2');
        for (const key of Object.keys(localStorage).filter(key => key.startsWith(`${prefix}record/`))) {
            localStorage.setItem(key.replace('record/', 'record.1/'), aged(localStorage.getItem(key)));
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
    let person = begun(Engine::Chromium, &server);
    let years = years(&person);
    person.write(&years[0], "10,5").unwrap();
    person.see("Gemt i denne browser").unwrap();
    person.run(AGE).unwrap();
    person.number("return window.done;").unwrap();
    person.reload().unwrap();
    person.see_in(&years[0], "10,5").unwrap();
    person.see("emt i denne browser").unwrap();
    assert!(person.stored().unwrap().contains("~1"), "its text is there, to the letter");
    person.write(&years[1], "11,5").unwrap();
    person.see("Gemt i denne browser kl.").unwrap();
    person.reload().unwrap();
    person.see_in(&years[0], "10,5").unwrap();
    person.see_in(&years[1], "11,5").unwrap();
    assert_eq!(person.count(".report").unwrap(), 0, "nobody is told that something was damaged");
    person.press("Filer").unwrap();
    person.see("som en ældre udgave af Kvalitetshjul havde skrevet").unwrap();
    let aside = std::fs::read_to_string(person.save_text_with("Gem det, der er lagt til side").unwrap()).unwrap();
    assert!(aside.contains("~1"));
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn a_newer_versions_data_is_neither_shown_nor_written() {
    for where_ in ["fast", "mirror", "both"] {
        newer(where_);
    }
}

/// A newer version has written in one store, or in both.
fn newer(where_: &str) {
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
    let person = begun(Engine::Chromium, &server);
    person.see("Gemt i denne browser").unwrap();
    person.run_with(NEWER, &[where_]).unwrap();
    person.number("return window.done;").unwrap();
    // The tab that was open writes no more.
    person.write("Enhedens navn", "Overskrevet").unwrap();
    person.see("Siden er forældet").unwrap();
    // What was put at hand before the mirror could say so is of the older version, and no one's loss.
    let mirrored = person.stored().unwrap().lines().skip(1).collect::<String>();
    assert!(!mirrored.contains("Overskrevet"), "{where_}");
    assert_eq!(person.stored().unwrap().contains("Overskrevet"), where_ == "mirror", "{where_}");
    // Nor does one that is opened.
    person.reload().unwrap();
    person.see("Siden er forældet").unwrap();
    assert!(person.stored().unwrap().contains("Skolen ved Søen"), "what was there is there: {where_}");
}
