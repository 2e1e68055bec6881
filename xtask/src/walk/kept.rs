//! What the walks of the stores share: someone who writes figures, and what stands in the fields.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use super::{at_unit, to_unit};
use crate::browser::{Browser, Engine};
use crate::server::Server;

const UNIT: &str = "Skolen ved Søen";

/// Begins with a unit, and looks at what is known of it.
///
/// # Panics
/// They do not come to it.
pub fn begin(person: &Browser) {
    person.write("Hvad hedder enheden?", UNIT).unwrap();
    person.go("Begynd", "Det mangler").unwrap();
    to_unit(person, UNIT);
}

/// A person who has begun with a unit, and looks at what is known of it.
///
/// # Panics
/// They do not come to it.
#[must_use]
pub fn begun(engine: Engine, server: &Server) -> Browser {
    at_unit(engine, server, UNIT)
}

/// Goes to the first indicator of the unit, and gives the fields of its figures.
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

/// The same, and the fields of what is said of the last figure, which is another record.
///
/// # Panics
/// There are not six of each.
#[must_use]
pub fn in_two_records(person: &Browser) -> Vec<String> {
    let mut labels = years(person);
    // What is said of is the last period with a figure.
    person.write(&labels[5], "1,1").unwrap();
    person.see("1,1 % – det første tal").unwrap();
    labels.extend(person.texts(".heard-fields label").unwrap().into_iter().take(6));
    assert_eq!(labels.len(), 12, "{labels:?}");
    labels
}

/// Everything that stands in fields.
///
/// # Panics
/// The browser cannot say.
#[must_use]
pub fn fields(person: &Browser) -> Vec<String> {
    person.values("main input").unwrap()
}

/// A figure that tells one change from the next.
#[must_use]
pub fn figure(change: usize) -> String {
    format!("{},{}", change % 90 + 1, change % 9 + 1)
}

/// Waits until no tab is in the middle of a transaction: browsers put no tab to sleep that is.
///
/// # Panics
/// None comes to its end.
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

/// Deletes everything, from the page of files.
///
/// # Panics
/// It is not deleted.
pub fn delete_all(person: &Browser) {
    person.press("Filer").unwrap();
    person.see("Det, der forsvinder:").unwrap();
    person.press("Slet alt i denne browser").unwrap();
    person.see("Det kan ikke fortrydes").unwrap();
    person.press("Ja, slet alt").unwrap();
    person.see("Hvem er du?").unwrap();
}
