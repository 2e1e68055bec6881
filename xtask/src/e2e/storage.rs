//! Shared steps of the storage tests: a user who writes figures, and the values of the fields.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use super::{finish_first_step, go_to_unit, start_at_unit};
use crate::browser::{Browser, Engine};
use crate::server::Server;

const UNIT: &str = "Skolen ved Søen";

/// Answers with the name of a school, and goes to the page of the school.
///
/// # Panics
/// The page is not reached.
pub fn begin_at_school(person: &Browser) {
    person.write("Hvad hedder enheden?", UNIT).unwrap();
    finish_first_step(person);
    go_to_unit(person, UNIT);
}

/// Opens the app in a fresh profile with a school, and goes to the page of the school.
///
/// # Panics
/// The page is not reached.
#[must_use]
pub fn start_at_school(engine: Engine, server: &Server) -> Browser {
    start_at_unit(engine, server, UNIT)
}

/// Goes to the first indicator of the unit, and returns the labels of its six fields of figures.
///
/// # Panics
/// There are not six of them.
#[must_use]
pub fn years(person: &Browser) -> Vec<String> {
    person.go("Indikatorer", "Tallene står aldrig alene").unwrap();
    person.go("Fravær reduceres", "Det siger vi om tallet").unwrap();
    let labels = person.texts(".years label").unwrap();
    assert_eq!(labels.len(), 6, "{labels:?}");
    labels
}

/// Returns the labels of [`years`], and of the fields of annotations of the last figure, which belong to another record.
///
/// # Panics
/// There are not six of each.
#[must_use]
pub fn fields_of_two_records(person: &Browser) -> Vec<String> {
    let mut labels = years(person);
    // Annotations belong to the last period that has a figure.
    person.write(&labels[5], "1,1").unwrap();
    person.see("1,1 % – det første tal").unwrap();
    labels.extend(person.texts(".annotation-fields label:not(:has(input))").unwrap().into_iter().take(6));
    assert_eq!(labels.len(), 12, "{labels:?}");
    labels
}

/// The values of all fields of the page.
///
/// # Panics
/// The driver reports an error.
#[must_use]
pub fn fields(person: &Browser) -> Vec<String> {
    person.values("main input").unwrap()
}

/// A figure that differs from change to change.
#[must_use]
pub fn figure(change: usize) -> String {
    format!("{},{}", change % 90 + 1, change % 9 + 1)
}

/// Waits until no transaction is open. Browsers do not freeze a tab that has one.
///
/// # Panics
/// A transaction does not end in time.
pub fn idle(person: &Browser) {
    const ASK: &str = "
        window.isIdle = null;
        indexedDB.open('kvalitetshjul/1/et/sted/').onsuccess = event => {
            const transaction = event.target.result.transaction([...event.target.result.objectStoreNames], 'readwrite');
            transaction.objectStore('about').get('version');
            transaction.oncomplete = () => { event.target.result.close(); window.isIdle = 1; };
        };";
    person.run(ASK).unwrap();
    person.number("return window.isIdle;").unwrap();
}

/// Deletes everything, on the page of files.
///
/// # Panics
/// The page does not offer it.
pub fn delete_all(person: &Browser) {
    person.press("Filer").unwrap();
    person.see("Det, der forsvinder:").unwrap();
    person.press("Slet alt i denne browser").unwrap();
    person.see("Det kan ikke fortrydes").unwrap();
    person.press("Ja, slet alt").unwrap();
    person.see("Hvem er du?").unwrap();
}
