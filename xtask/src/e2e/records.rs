//! Records and files of several authors, for tests of import and conflicts.

use std::path::PathBuf;

use kvalitetshjul::domain::aftale::Aftale;
use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::goal::Goal;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::measure::Measure;
use kvalitetshjul::domain::period::Period;
use kvalitetshjul::domain::reflection::Reflection;
use kvalitetshjul::domain::series::Series;
use kvalitetshjul::exchange::read;
use kvalitetshjul::exchange::scope::Scope;
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::{Author, Focus};
use kvalitetshjul::record::{Record, Records};

use super::own_file;
use crate::browser::Browser;

/// Parses an id.
///
/// # Panics
/// The text is no id.
#[must_use]
pub fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// An author with a number and a name. A higher number writes later.
///
/// # Panics
/// The time is out of range.
#[must_use]
pub fn author(actor: u8, by: &str) -> Author {
    let at = Timestamp::from_seconds(1_790_000_000 + i64::from(actor) * 3_600).unwrap();
    Author { actor: Actor::from_random([actor; 10]), at, by: Some(by.to_owned()) }
}

/// Writes records to a file in its own folder.
///
/// # Panics
/// A record is invalid, or a file cannot be read or written.
#[must_use]
pub fn file_of(name: &str, records: &Records) -> PathBuf {
    let text = write(records, &Scope::Backup, Timestamp::from_seconds(1_790_000_000).unwrap()).unwrap();
    own_file(&format!("{name}.kvalitetshjul.json"), text.as_bytes())
}

/// All records of a browser, by its exported file.
///
/// # Panics
/// A record is invalid, or a file cannot be read or written.
#[must_use]
pub fn exported_records(person: &Browser) -> Records {
    let file = person.save_with("Gem sikkerhedskopi").unwrap();
    read::read(&std::fs::read(file).unwrap()).unwrap().records
}

/// A unit with an agreement of two goals.
///
/// # Panics
/// A record is invalid, or a file cannot be read or written.
#[must_use]
pub fn agreement() -> Records {
    let first = author(1, "Sekretariatet");
    let unit = Enhed { name: "Skolen ved Søen".into(), ..Enhed::default() };
    let head = Aftale { title: "Aftale 2026".into(), unit: Some(id("skolen")), ..Aftale::default() };
    let goal = |text: &str| Goal { text: text.into(), aftale: Some(id("aftalen")), ..Goal::default() };
    let records = [
        Record::create(id("skolen"), &unit, &first).unwrap(),
        Record::create(id("aftalen"), &head, &first).unwrap(),
        Record::create(id("maal1"), &goal("Flere er med i fællesskabet"), &first).unwrap(),
        Record::create(id("maal2"), &goal("Flere læser hver dag"), &first).unwrap(),
    ];
    records.into_iter().map(|record| (record.id().clone(), record)).collect()
}

/// Edits the goal with an id.
///
/// # Panics
/// A record is invalid, or a file cannot be read or written.
pub fn edits(records: &mut Records, of: &str, author: &Author, change: impl FnOnce(&mut Goal)) {
    records.get_mut(&id(of)).unwrap().edit::<Goal>(&mut Focus::default(), author, change).unwrap();
}

/// Files of three authors who edited the same agreement separately: two change the same text, and one deletes a goal that
/// another edits.
///
/// # Panics
/// A record is invalid, or a file cannot be read or written.
#[must_use]
pub fn three_versions() -> [PathBuf; 3] {
    let (mut anne, mut bo, mut carl) = (agreement(), agreement(), agreement());
    let (by_anne, by_bo, by_carl) = (author(2, "Anne"), author(3, "Bo"), author(4, "Carl"));
    edits(&mut anne, "maal1", &by_anne, |goal| goal.text = "Flere børn er med i fællesskabet".into());
    edits(&mut anne, "maal2", &by_anne, |goal| goal.expected_effect = "Læselyst hos alle".into());
    edits(&mut bo, "maal1", &by_bo, |goal| {
        goal.text = "Alle er med i fællesskabet".into();
        goal.signs_of_progression = "De spørger efter hinanden".into();
    });
    carl.get_mut(&id("maal2")).unwrap().delete(None, &by_carl).unwrap();
    [("anne", anne), ("bo", bo), ("carl", carl)].map(|(name, records)| file_of(name, &records))
}

/// A unit with a figure on few persons, a private reflection, and a deleted agreement.
///
/// # Panics
/// A record is invalid, or a file cannot be read or written.
#[must_use]
pub fn with_private_things() -> Records {
    let first = author(1, "Anne");
    let unit = Enhed { name: "Skolen ved Søen".into(), network: "Vest".into(), ..Enhed::default() };
    let mut series = Series { unit: Some(id("skolen")), indicator: Some(id("fravaer")), ..Series::default() };
    let year = Period::SchoolYear(2024);
    series.set_figure(year, Measure::Percent, Some(61.0));
    series.observations.get_mut(&year).unwrap().n = Some(3);
    let own = Reflection { title: "Kun til mig".into(), unit: Some(id("skolen")), ..Reflection::default() };
    let head = Aftale { title: "Smidt ud".into(), unit: Some(id("skolen")), ..Aftale::default() };
    let mut thrown = Record::create(id("aftalen"), &head, &first).unwrap();
    thrown.delete(None, &first).unwrap();
    let records = [
        Record::create(id("skolen"), &unit, &first).unwrap(),
        Record::create(id("tallet"), &series, &first).unwrap(),
        Record::create(id("min"), &own, &first).unwrap(),
        thrown,
    ];
    records.into_iter().map(|record| (record.id().clone(), record)).collect()
}
