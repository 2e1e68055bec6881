//! Records written as short texts, for the tests of this module.
//!
//! An actor is a letter, a dot a count and an actor: `2b`. A leaf lists its writes: `1a Et | 2b "7" | 2c ?`. After the
//! dot comes the value: `-` for `null`, `?` for withheld, `x` for forgotten, else JSON, or a text without quotes. A
//! record is a list of leaves, `/text = 1a Et`, and may have a line `seen = 3a 2b` with dots beyond those in the
//! leaves.

use serde_json::Value;

use crate::domain::date::Timestamp;
use crate::domain::id::Id;

use super::Record;
use super::dot::{Actor, Dot, Seen, Stamp};
use super::edit::Author;
use super::leaf::{Leaf, LeafState};
use super::path::Path;
use super::value::LeafValue;

pub(super) fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

pub(super) fn path(text: &str) -> Path {
    Path::parse(text).unwrap()
}

pub(super) fn actor(letter: char) -> Actor {
    Actor::from_random([u8::try_from(letter).unwrap(); 10])
}

fn letter(actor: Actor) -> char {
    ('a'..='z').find(|letter| self::actor(*letter) == actor).unwrap()
}

fn at() -> Timestamp {
    Timestamp::parse("2026-03-15T09:42:00Z").unwrap()
}

/// Returns an author without a name.
pub(super) fn author(letter: char) -> Author {
    Author { actor: actor(letter), at: at(), by: None }
}

/// Returns the stamp of a write: the author's name is the letter of the actor.
pub(super) fn stamp(letter: char) -> Stamp {
    Stamp { at: at(), by: Some(letter.to_string()) }
}

/// Parses `2b`.
pub(super) fn dot(text: &str) -> Dot {
    let (n, letter) = text.split_at(text.len() - 1);
    Dot { n: n.parse().unwrap(), actor: actor(letter.parse().unwrap()) }
}

/// Parses dots separated by spaces.
pub(super) fn dots<C: FromIterator<Dot>>(text: &str) -> C {
    text.split_whitespace().map(dot).collect()
}

pub(super) fn dot_text(dot: Dot) -> String {
    format!("{}{}", dot.n, letter(dot.actor))
}

pub(super) fn value(text: &str) -> LeafValue {
    match text {
        "-" => LeafValue::NULL,
        _ => LeafValue::new(serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))),
    }
}

pub(super) fn value_text(value: &LeafValue) -> String {
    match value.json() {
        Value::Null => "-".to_owned(),
        Value::String(text) if serde_json::from_str::<Value>(text).is_err() => text.clone(),
        json => json.to_string(),
    }
}

pub(super) fn state(text: &str) -> LeafState {
    match text {
        "?" => LeafState::Withheld,
        "x" => LeafState::Forgotten,
        _ => LeafState::Known(value(text)),
    }
}

/// Parses a leaf; the empty text is a leaf without writes.
pub(super) fn leaf(text: &str) -> Leaf {
    let mut leaf = Leaf::default();
    for write in text.split(" | ").filter(|write| !write.is_empty()) {
        let (dot_text, state_text) = write.split_once(' ').unwrap();
        leaf.insert(dot(dot_text), state(state_text)).unwrap();
    }
    leaf
}

pub(super) fn leaf_text(leaf: &Leaf) -> String {
    let write = |(dot, state): (Dot, &LeafState)| {
        let state = match state {
            LeafState::Withheld => "?".to_owned(),
            LeafState::Forgotten => "x".to_owned(),
            LeafState::Known(value) => value_text(value),
        };
        format!("{} {state}", dot_text(dot))
    };
    leaf.states().map(write).collect::<Vec<_>>().join(" | ")
}

/// Parses a record of any kind.
pub(super) fn record_of(kind: &str, id: &str, lines: &[&str]) -> Record {
    let mut record = Record::bare(kind, self::id(id));
    for line in lines {
        let (name, text) = line.split_once(" = ").unwrap();
        if name == "seen" {
            for dot in dots::<Vec<Dot>>(text) {
                record.seen.add(dot);
            }
            continue;
        }
        let leaf = leaf(text);
        for dot in leaf.dots() {
            record.seen.add(dot);
            record.stamps.insert(dot, stamp(letter(dot.actor)));
        }
        record.leaves.insert(path(name), leaf);
    }
    record
}

/// Parses a goal with the id `g1`.
pub(super) fn goal(lines: &[&str]) -> Record {
    record_of("goal", "g1", lines)
}

/// Returns the lines of a record's leaves, in the order of their paths.
pub(super) fn lines(record: &Record) -> Vec<String> {
    record.leaves().iter().map(|(path, leaf)| format!("{path} = {}", leaf_text(leaf))).collect()
}

/// Returns the value of a deletion whose author had seen some dots.
pub(super) fn deletion(seen: &str) -> String {
    serde_json::to_string(&dots::<Seen>(seen)).unwrap()
}

/// Returns the value of a deletion whose author had seen some dots, and from whom some writes were withheld: `2b
/// /text`.
pub(super) fn deletion_without(seen: &str, withheld: &[&str]) -> String {
    let write = |text: &&str| {
        let (dot_text, path) = text.split_once(' ').unwrap();
        let dot = dot(dot_text);
        Value::String(format!("{} {} {path}", dot.n, dot.actor))
    };
    let withheld = Value::Array(withheld.iter().map(write).collect());
    format!(r#"{{"seen":{},"withheld":{withheld}}}"#, deletion(seen))
}
