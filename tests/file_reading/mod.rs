//! Reading files: any bytes lead to a typed error or to a plan. Reading must never panic and never change a record.
//!
//! | file | content |
//! | --- | --- |
//! | `envelope` | JSON, encodings, truncation, size limits, versions |
//! | `faulty_records` | records that are rejected while the rest of the file is read |
//! | `texts` | hostile texts, names and numbers are read unchanged |
//! | `cpr` | CPR numbers are withheld |

mod cpr;
mod envelope;
mod faulty_records;
mod texts;

use std::fmt::Write as _;

use kvalitetshjul::domain::body::{FieldRole, Shape};
use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::registry::Kind;
use kvalitetshjul::exchange::error::{FileError, RecordFault};
use kvalitetshjul::exchange::plan::Plan;
use kvalitetshjul::exchange::read::{OpenedFile, read};
use kvalitetshjul::exchange::scope::Scope;
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::Author;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::value::LeafValue;
use kvalitetshjul::record::{Record, Records};

fn moment() -> Timestamp {
    Timestamp::parse("2026-03-15T09:42:00Z").unwrap()
}

fn author() -> Author {
    Author { actor: Actor::from_random([7; 10]), at: moment(), by: Some("Anne".to_owned()) }
}

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn fixture() -> String {
    std::fs::read_to_string("tests/fixtures/v2/solstraalen.kvalitetshjul.json").unwrap()
}

/// Builds a file of one record from the record's JSON text.
fn file_of(record: &str) -> String {
    format!(r#"{{"format":"kvalitetshjul","version":2,"records":[{record}]}}"#)
}

/// Builds the JSON text of a goal with one more leaf, which is given as JSON text.
fn goal_with(leaf: &str) -> String {
    let actor = author().actor;
    format!(
        r#"{{"kind":"goal","id":"g1","leaves":{{"/text":"Målet",{leaf}}},"seen":{{"{actor}":1}},
           "writes":[{{"actor":"{actor}","n":1,"at":"2026-03-15T09:42:00Z","rest":true}}]}}"#
    )
}

/// Reads a file and plans its import, as a page does. Checks that the existing records do not change.
fn plan(bytes: &[u8]) -> Result<Plan, FileError> {
    let local = read(fixture().as_bytes()).unwrap().records;
    let before = local.clone();
    let plan = read(bytes).map(|opened| Plan::make(&local, opened));
    assert_eq!(local, before);
    plan
}

/// Returns the fault of the one rejected record.
#[track_caller]
fn only_fault<'o>(opened: &'o OpenedFile, case: &str) -> &'o RecordFault {
    assert_eq!(opened.faults.len(), 1, "{case}");
    &opened.faults[0].fault
}

/// Lists every leaf of every kind that holds users' texts.
fn text_leaves() -> Vec<(Kind, Path)> {
    let key = |field: &str| match field {
        "observations" | "notes" | "breaks" => "2024-25",
        "events" | "accepted" | "visits" => "2026-06-30",
        _ => "e1",
    };
    let mut leaves = Vec::new();
    for &kind in Kind::ALL {
        for field in kind.fields() {
            let path = Path::root(field.name);
            match field.shape {
                Shape::Leaf if field.role == FieldRole::Text => leaves.push((kind, path)),
                Shape::Leaves if field.role == FieldRole::Text => {
                    leaves.push((kind, path.child(key(field.name))));
                }
                Shape::Entries(fields) => {
                    let inner = fields.iter().filter(|inner| inner.role == FieldRole::Text);
                    leaves.extend(inner.map(|inner| (kind, path.child("e1").child(inner.name))));
                }
                _ => {}
            }
        }
    }
    leaves
}

/// Builds a record of a kind from its leaves.
fn record_of(kind: Kind, leaves: &[(Path, LeafValue)]) -> Record {
    let actor = author().actor;
    let text = leaves.iter().fold(String::new(), |mut text, (path, value)| {
        let separator = if text.is_empty() { "" } else { "," };
        write!(text, "{separator}{}:{}", serde_json::json!(path.as_str()), value.json()).unwrap();
        text
    });
    let record = format!(
        r#"{{"kind":"{kind}","id":"r1","leaves":{{{text}}},"seen":{{"{actor}":1}},"writes":[{{"actor":"{actor}","n":1,"at":"2026-03-15T09:42:00Z","rest":true}}]}}"#
    );
    serde_json::from_str(&record).unwrap()
}

/// Writes a file with one record and reads it back.
fn opened_with(record: &Record) -> OpenedFile {
    let records = Records::from([(record.id().clone(), record.clone())]);
    read(write(&records, &Scope::Backup, moment()).unwrap().as_bytes()).unwrap()
}
