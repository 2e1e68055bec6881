//! Changes in plain Danish, for the history, the import report and the undo buttons.

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

/// One line that describes a change.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeLine {
    /// The time by the author's clock.
    pub at: Option<Timestamp>,
    /// The author's name, if they gave one.
    pub by: Option<String>,
    /// The change, beginning with a verb: `ændrede forventet effekt i målet «Flere …»`.
    pub description: String,
    /// The leaf, if the line is about one.
    pub path: Option<Path>,
    /// The wordings of the leaf before, the shown one first.
    pub before: Vec<LeafValue>,
    /// The value of the leaf that is shown now.
    pub after: Option<LeafValue>,
}

/// The longest part of a title that a line quotes, in characters.
const MAX_QUOTE: usize = 40;

/// Names a record in Danish: `målet «Flere …»`, or the kind's word alone if the record has no title.
pub fn name(record: &Record) -> String {
    let words = record.kind().map_or(UNKNOWN, Kind::words);
    let title = record.title();
    // The title of a series is the id of its indicator.
    let title = if record.kind() == Some(Kind::Series) { indicator::name(title).unwrap_or(title) } else { title };
    quote(words.definite, title)
}

/// The words for a record of a kind that this version does not know.
const UNKNOWN: KindWords = KindWords { definite: "posten", singular: "post", plural: "poster" };

/// Returns a noun followed by a title in quotes, which is cut to [`MAX_QUOTE`] characters; the noun alone if the title
/// is empty.
fn quote(noun: &str, title: &str) -> String {
    // A title may be a long text: only as many words are read as may be quoted. (A character has four bytes at most.)
    let mut title_start = String::new();
    for word in title.split_whitespace() {
        if !title_start.is_empty() {
            title_start.push(' ');
        }
        title_start.push_str(word);
        if title_start.len() > 4 * MAX_QUOTE {
            break;
        }
    }
    if title_start.is_empty() {
        return noun.to_owned();
    }
    let mut short: String = title_start.chars().take(MAX_QUOTE).collect();
    if short.len() < title_start.len() {
        short = format!("{} …", short.trim_end());
    }
    format!("{noun} «{short}»")
}

/// Returns the line for a record that was created; `name` is from [`name`].
pub fn created(record: &Record, name: &str) -> ChangeLine {
    line(record, None, None, format!("oprettede {name}"))
}

/// Returns the lines for a delta that led to the record `after`: one per leaf, but a single line for a record or entry
/// that was created, deleted or restored.
pub fn lines(delta: &RecordDelta, after: &Record) -> Vec<ChangeLine> {
    let record_name = name(after);
    if delta.added.contains(&None) {
        return vec![created(after, &record_name)];
    }
    let mut lines = Vec::new();
    if let Some(change) = delta.leaves.get(&deletion_leaf(None)) {
        lines.push(life_line(after, None, change, &record_name));
    }
    for entry in delta.added.iter().flatten() {
        lines.push(line(after, None, None, format!("tilføjede {} i {record_name}", entry_name(after, entry))));
    }
    for (path, change) in &delta.leaves {
        let entry = after.entry_of(path);
        if entry.as_ref().is_some_and(|entry| delta.added.contains(&Some(entry.clone()))) {
            continue;
        }
        match &entry {
            Some(entry) if *path == deletion_leaf(Some(entry)) => {
                let entry_in_record = format!("{} i {record_name}", entry_name(after, entry));
                lines.push(life_line(after, Some(entry), change, &entry_in_record));
            }
            _ if path.is_own() => {
                if let Some(beginning) = own_leaf(path) {
                    lines.push(line(after, Some(path), Some(change), format!("{beginning} {record_name}")));
                }
            }
            _ => lines.push(line(after, Some(path), Some(change), leaf_line(after, path, change, &record_name))),
        }
    }
    lines
}

/// Returns the beginning of the line for a changed own leaf; `None` if users are not told of the change.
fn own_leaf(path: &Path) -> Option<&'static str> {
    match path.steps().next()?.as_ref() {
        "@same_as" => Some("ændrede, om en anden enhed er den samme som"),
        "@not_cpr" => Some("sagde, at et tal ikke er et CPR-nummer, i"),
        _ => None,
    }
}

fn life_line(after: &Record, entry: Option<&Path>, change: &LeafDelta, name: &str) -> ChangeLine {
    let verb = if after.life(entry) == Life::Living { "gendannede" } else { "slettede" };
    line(after, None, Some(change), format!("{verb} {name}"))
}

/// Names an entry of a record in Danish: `indsatsen «Vi spiser sammen»`.
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

fn leaf_line(record: &Record, path: &Path, change: &LeafDelta, record_name: &str) -> String {
    let is_empty = |value: Option<&LeafValue>| {
        value.is_none_or(|value| value.is_null() || *value.json() == Value::String(String::new()))
    };
    let verb = match (is_empty(change.before.first()), is_empty(change.after.as_ref())) {
        (true, false) => "skrev",
        (false, true) => "tømte",
        _ => "ændrede",
    };
    let Some(position) = record.kind().and_then(|kind| position(kind, path)) else {
        return format!("{verb} et felt, som denne version ikke kender, i {record_name}");
    };
    let of_period = match (&position.key, position.entries) {
        (Some(key), None) => Period::parse(key).map(|period| format!(" for {}", period.danish())),
        _ => None,
    };
    let within = record.entry_of(path).map(|entry| format!(" i {}", entry_name(record, &entry)));
    let label = position.field.label;
    format!("{verb} {label}{}{} i {record_name}", of_period.unwrap_or_default(), within.unwrap_or_default())
}

/// Returns a line with time and author of the change, or of the record's newest write if no change is given.
fn line(after: &Record, path: Option<&Path>, change: Option<&LeafDelta>, what: String) -> ChangeLine {
    let newest: Option<Dot> = match change {
        Some(change) => change.brought.iter().next_back().copied(),
        None => after.stamps().map(|(dot, _)| dot).last(),
    };
    let stamp = newest.and_then(|dot| after.stamp(dot));
    ChangeLine {
        at: stamp.map(|stamp| stamp.at),
        by: stamp.and_then(|stamp| stamp.by.clone()),
        description: what,
        path: path.cloned(),
        before: path.and(change).map(|change| change.before.clone()).unwrap_or_default(),
        after: path.and(change).and_then(|change| change.after.clone()),
    }
}
