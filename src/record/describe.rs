//! A change in plain Danish, for the history, the import report and the buttons that undo.

use serde_json::Value;

use crate::domain::body::KindWords;
use crate::domain::date::Timestamp;
use crate::domain::indicator;
use crate::domain::period::Period;
use crate::domain::registry::Kind;

use super::delta::{LeafDelta, RecordDelta};
use super::dot::Dot;
use super::life::{Life, deletion_leaf};
use super::path::Path;
use super::tree::Record;
use super::value::LeafValue;
use super::view::position;

/// One line of history.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeLine {
    /// When, by the clock of the one who wrote.
    pub at: Option<Timestamp>,
    /// Who, where they gave a name.
    pub by: Option<String>,
    /// What, beginning with a verb: `ændrede forventet effekt i målet «Flere …»`.
    pub what: String,
    /// The leaf, where the line is of one.
    pub path: Option<Path>,
    /// What stood there before.
    pub before: Vec<LeafValue>,
    /// What stands there now.
    pub after: Option<LeafValue>,
}

/// The longest piece of a title that a line quotes, in characters.
const QUOTED: usize = 40;

/// A record in words: `målet «Flere …»`, or its kind's word alone where it has no name.
pub fn name(record: &Record) -> String {
    let words = record.kind().map_or(UNKNOWN, Kind::words);
    let title = record.title();
    // A series is named by its indicator, and an indicator by its name.
    let title = if record.kind() == Some(Kind::Series) { indicator::name(title).unwrap_or(title) } else { title };
    quote(words.definite, title)
}

/// What a record of a kind that this version does not know is called.
const UNKNOWN: KindWords = KindWords { definite: "posten", singular: "post", plural: "poster" };

fn quote(noun: &str, title: &str) -> String {
    // A title may be a whole text: not much more of it is read than is quoted. (A character has four bytes at most.)
    let mut words = String::new();
    for word in title.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
        if words.len() > 4 * QUOTED {
            break;
        }
    }
    let title = words;
    if title.is_empty() {
        return noun.to_owned();
    }
    let mut short: String = title.chars().take(QUOTED).collect();
    if short.len() < title.len() {
        short = format!("{} …", short.trim_end());
    }
    format!("{noun} «{short}»")
}

/// The line of a record that came into being, by what the record is called.
pub fn created(record: &Record, name: &str) -> ChangeLine {
    line(record, None, None, format!("oprettede {name}"))
}

/// The lines of a step that led to the record as it is now: one a leaf, but one for a whole thing that came, went to
/// the trash or came out of it.
pub fn lines(step: &RecordDelta, after: &Record) -> Vec<ChangeLine> {
    let whole = name(after);
    if step.added.contains(&None) {
        return vec![created(after, &whole)];
    }
    let mut lines = Vec::new();
    if let Some(change) = step.leaves.get(&deletion_leaf(None)) {
        lines.push(life_line(after, None, change, &whole));
    }
    for entry in step.added.iter().flatten() {
        lines.push(line(after, None, None, format!("tilføjede {} i {whole}", entry_name(after, entry))));
    }
    for (path, change) in &step.leaves {
        let entry = after.entry_of(path);
        if entry.as_ref().is_some_and(|entry| step.added.contains(&Some(entry.clone()))) {
            continue;
        }
        match &entry {
            Some(entry) if *path == deletion_leaf(Some(entry)) => {
                let what = format!("{} i {whole}", entry_name(after, entry));
                lines.push(life_line(after, Some(entry), change, &what));
            }
            _ if path.is_own() => {
                if let Some(what) = own_leaf(path) {
                    lines.push(line(after, Some(path), Some(change), format!("{what} {whole}")));
                }
            }
            _ => lines.push(line(after, Some(path), Some(change), leaf_line(after, path, change, &whole))),
        }
    }
    lines
}

fn own_leaf(path: &Path) -> Option<&'static str> {
    match path.steps().next()?.as_ref() {
        "@same_as" => Some("ændrede, om en anden enhed er den samme som"),
        "@not_cpr" => Some("sagde, at et tal ikke er et CPR-nummer, i"),
        _ => None,
    }
}

fn life_line(after: &Record, entry: Option<&Path>, change: &LeafDelta, what: &str) -> ChangeLine {
    let verb = if after.life(entry) == Life::Living { "gendannede" } else { "slettede" };
    line(after, None, Some(change), format!("{verb} {what}"))
}

/// An entry of a record in words: `indsatsen «Vi spiser sammen»`.
pub fn entry_name(record: &Record, entry: &Path) -> String {
    let field = record.kind().and_then(|kind| {
        let map = entry.steps().next()?;
        kind.fields().iter().find(|field| field.name == map)
    });
    let Some(field) = field else { return "en del".to_owned() };
    let title = match field.shape {
        crate::domain::body::Shape::Entries([first, ..]) => record.shown_text(&entry.child(first.name)),
        _ => None,
    };
    quote(field.label, title.unwrap_or_default())
}

fn leaf_line(record: &Record, path: &Path, change: &LeafDelta, whole: &str) -> String {
    let empty = |value: Option<&LeafValue>| {
        value.is_none_or(|value| value.is_null() || *value.json() == Value::String(String::new()))
    };
    let verb = match (empty(change.before.first()), empty(change.after.as_ref())) {
        (true, false) => "skrev",
        (false, true) => "tømte",
        _ => "ændrede",
    };
    let Some(place) = record.kind().and_then(|kind| position(kind, path)) else {
        return format!("{verb} et felt, som denne version ikke kender, i {whole}");
    };
    let of_period = match (&place.key, place.entries) {
        (Some(key), None) => Period::parse(key).map(|period| format!(" for {}", period.danish())),
        _ => None,
    };
    let within = record.entry_of(path).map(|entry| format!(" i {}", entry_name(record, &entry)));
    let label = place.field.label;
    format!("{verb} {label}{}{} i {whole}", of_period.unwrap_or_default(), within.unwrap_or_default())
}

fn line(after: &Record, path: Option<&Path>, change: Option<&LeafDelta>, what: String) -> ChangeLine {
    let newest: Option<Dot> = match change {
        Some(change) => change.brought.iter().next_back().copied(),
        None => after.stamps().map(|(dot, _)| dot).last(),
    };
    let stamp = newest.and_then(|dot| after.stamp(dot));
    ChangeLine {
        at: stamp.map(|stamp| stamp.at),
        by: stamp.and_then(|stamp| stamp.by.clone()),
        what,
        path: path.cloned(),
        before: path.and(change).map(|change| change.before.clone()).unwrap_or_default(),
        after: path.and(change).and_then(|change| change.after.clone()),
    }
}
