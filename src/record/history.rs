//! Changes as lines of a log that stays on this device. A line has the leaves that changed, each with the values before
//! and after, time and author, and the origin of the change.
//!
//! ```json
//! ["7f3a…","goal","hand",[["/text","2026-03-15T09:42:00Z","Anne",["Flere …"],"Alle …"]]]
//! ```
//!
//! A line is about one record. The line for a new record lists no leaves: their values are in the record itself, and
//! the first change of a leaf logs the value before.

use serde_json::Value;

use crate::domain::date::Timestamp;
use crate::domain::id::Id;
use crate::domain::sorted::SortedMap;

use super::delta::RecordDelta;
use super::path::Path;
use super::tree::Record;
use super::value::LeafValue;

/// The origin of a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChangeOrigin {
    /// A user of this device wrote it.
    #[default]
    Hand,
    /// A file was imported.
    File,
    /// An earlier state of all records was restored.
    Restore,
    /// A change was undone.
    Undo,
}

impl ChangeOrigin {
    const ALL: [Self; 4] = [Self::Hand, Self::File, Self::Restore, Self::Undo];

    /// Returns the name in the log.
    const fn name(self) -> &'static str {
        match self {
            Self::Hand => "hand",
            Self::File => "file",
            Self::Restore => "restore",
            Self::Undo => "undo",
        }
    }
}

/// A change of one record, that is one line of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEntry {
    /// The id of the record.
    pub id: Id,
    /// The name of the record's kind. This version may not know the kind.
    pub kind: String,
    /// The origin of the change.
    pub origin: ChangeOrigin,
    /// The leaves that changed; none for a new record.
    pub leaves: Vec<LeafChange>,
}

/// The change of one leaf.
#[derive(Clone, Debug, PartialEq)]
pub struct LeafChange {
    /// The leaf.
    pub path: Path,
    /// The time by the author's clock.
    pub at: Option<Timestamp>,
    /// The author's name, if they gave one.
    pub by: Option<String>,
    /// The wordings before, the shown one first.
    pub before: Vec<LeafValue>,
    /// The value shown afterwards; `null` if none is known.
    pub after: LeafValue,
}

/// The longest pause between two changes that are joined, in seconds: text typed with pauses is one change.
const MAX_PAUSE: i64 = 60;

impl LogEntry {
    /// Builds the entry for a change from one state of a record to a later one; `before` is `None` for a new record.
    /// Returns `None` if no leaf changed.
    pub fn of(before: Option<&Record>, after: &Record, how: ChangeOrigin) -> Option<Self> {
        let changed = before.map(|before| RecordDelta::between(Some(before), after).leaves);
        if changed.as_ref().is_some_and(SortedMap::is_empty) {
            return None;
        }
        let leaves = changed.iter().flatten().map(|(path, change)| {
            let stamp = change.brought.iter().next_back().and_then(|&dot| after.stamp(dot));
            LeafChange {
                path: path.clone(),
                at: stamp.map(|stamp| stamp.at),
                by: stamp.and_then(|stamp| stamp.by.clone()),
                before: change.before.clone(),
                after: change.after.clone().unwrap_or(LeafValue::NULL),
            }
        });
        let leaves = leaves.collect();
        Some(Self { id: after.id().clone(), kind: after.kind_name().to_owned(), origin: how, leaves })
    }

    /// Joins this change with the next; `None` unless the next is by the same author in the same field, by hand, within
    /// a minute, and continues from this one's value.
    pub fn joined(&self, next: &Self) -> Option<Self> {
        let ([first], [second]) = (self.leaves.as_slice(), next.leaves.as_slice()) else { return None };
        let is_continued = self.id == next.id
            && (self.origin, next.origin) == (ChangeOrigin::Hand, ChangeOrigin::Hand)
            && (&first.path, &first.by) == (&second.path, &second.by)
            && second.before == std::slice::from_ref(&first.after)
            && first
                .at
                .zip(second.at)
                .is_some_and(|(first, second)| (second.seconds() - first.seconds()).abs() <= MAX_PAUSE);
        is_continued.then(|| {
            let mut joined = next.clone();
            for leaf in &mut joined.leaves {
                leaf.before.clone_from(&first.before);
            }
            joined
        })
    }

    /// Returns the line of the log, without a line break.
    pub fn line(&self) -> String {
        let text = |text: &str| Value::String(text.to_owned());
        let leaf = |leaf: &LeafChange| {
            Value::Array(vec![
                text(leaf.path.as_str()),
                leaf.at.map_or(Value::Null, |at| text(&at.to_string())),
                leaf.by.as_deref().map_or(Value::Null, text),
                Value::Array(leaf.before.iter().map(|value| value.json().clone()).collect()),
                leaf.after.json().clone(),
            ])
        };
        let leaves = Value::Array(self.leaves.iter().map(leaf).collect());
        let line = Value::Array(vec![text(self.id.as_str()), text(&self.kind), text(self.origin.name()), leaves]);
        // Serialising a JSON value cannot fail.
        serde_json::to_string(&line).unwrap_or_default()
    }

    /// Parses a line; `None` if the line is not one of the log.
    pub fn parse(line: &str) -> Option<Self> {
        let line: LeafValue = serde_json::from_str(line).ok()?;
        let [id, kind, how, leaves] = line.json().as_array()?.as_slice() else { return None };
        let how = how.as_str()?;
        let leaf = |leaf: &Value| {
            let [path, at, by, before, after] = leaf.as_array()?.as_slice() else { return None };
            Some(LeafChange {
                path: Path::parse(path.as_str()?)?,
                at: at.as_str().and_then(Timestamp::parse),
                by: by.as_str().map(str::to_owned),
                before: before.as_array()?.iter().cloned().map(LeafValue::new).collect(),
                after: LeafValue::new(after.clone()),
            })
        };
        Some(Self {
            id: Id::parse(id.as_str()?)?,
            kind: kind.as_str()?.to_owned(),
            origin: ChangeOrigin::ALL.into_iter().find(|known| known.name() == how)?,
            leaves: leaves.as_array()?.iter().map(leaf).collect::<Option<_>>()?,
        })
    }
}

/// Removes a record, or one entry of it, from the lines of a log; `None` if nothing is to be removed. A line that
/// cannot be parsed is removed if it contains the record's id, since it may hold any of the record's text.
pub fn without_record(lines: &str, id: &Id, entry: Option<&Path>) -> Option<String> {
    if !lines.contains(id.as_str()) {
        return None;
    }
    let remaining = lines.lines().filter_map(|line| match LogEntry::parse(line) {
        Some(mut change) if change.id == *id => {
            let entry = entry?;
            change.leaves.retain(|leaf| !leaf.path.is_below(entry));
            (!change.leaves.is_empty()).then(|| change.line())
        }
        None if line.contains(id.as_str()) => None,
        _ => Some(line.to_owned()),
    });
    let remaining = remaining.collect::<Vec<_>>().join("\n");
    (remaining != lines).then_some(remaining)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::goal::{Goal, Initiative};
    use crate::record::dot::Actor;
    use crate::record::edit::{Author, Focus};

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn author(seconds: i64) -> Author {
        let at = Timestamp::from_seconds(1_800_000_000 + seconds).unwrap();
        Author { actor: Actor::from_random([1; 10]), at, by: Some("Anne".to_owned()) }
    }

    fn a_goal() -> Record {
        let mut goal = Goal { text: "Flere er med".into(), ..Goal::default() };
        goal.initiatives.insert(id("i1"), Initiative { text: "Vi spiser sammen".into(), ..Initiative::default() });
        Record::create(id("g1"), &goal, &author(0)).unwrap()
    }

    /// Edits the goal, and returns the entry of the log.
    fn edit_and_log(goal: &mut Record, seconds: i64, change: impl FnOnce(&mut Goal)) -> LogEntry {
        let before = goal.clone();
        goal.edit::<Goal>(&mut Focus::default(), &author(seconds), change).unwrap();
        LogEntry::of(Some(&before), goal, ChangeOrigin::Hand).unwrap()
    }

    #[test]
    fn line_has_values_before_and_after_and_parses_back() {
        let mut goal = a_goal();
        let entry = edit_and_log(&mut goal, 1, |goal| goal.text = "Alle «er»\nmed".into());
        assert_eq!(
            entry.line(),
            r#"["g1","goal","hand",[["/text","2027-01-15T08:00:01Z","Anne",["Flere er med"],"Alle «er»\nmed"]]]"#
        );
        assert_eq!(LogEntry::parse(&entry.line()), Some(entry));
        for bad in ["", "[]", "{}", r#"["g1","goal","guess",[]]"#, r#"["g1","goal","hand",[["text",0,0,[],0]]]"#] {
            assert_eq!(LogEntry::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn line_of_a_new_record_lists_no_leaves() {
        let goal = a_goal();
        let entry = LogEntry::of(None, &goal, ChangeOrigin::File).unwrap();
        assert_eq!(entry.line(), r#"["g1","goal","file",[]]"#);
        assert_eq!(LogEntry::of(Some(&goal), &goal, ChangeOrigin::File), None);
    }

    #[test]
    fn joined_unites_typing_with_short_pauses_in_one_field() {
        let mut goal = a_goal();
        let first = edit_and_log(&mut goal, 1, |goal| goal.text = "Alle".into());
        let second = edit_and_log(&mut goal, 30, |goal| goal.text = "Alle er".into());
        let joined = first.joined(&second).unwrap();
        assert_eq!(joined.leaves[0].before, ["Flere er med".into()]);
        assert_eq!(joined.leaves[0].after, "Alle er".into());
        let late = edit_and_log(&mut goal, 200, |goal| goal.text = "Alle er med".into());
        assert_eq!(joined.joined(&late), None, "a long pause");
        let elsewhere = edit_and_log(&mut goal, 201, |goal| goal.expected_effect = "Mere".into());
        assert_eq!(late.joined(&elsewhere), None, "another field");
        assert_eq!(first.joined(&late), None, "another value in between");
    }

    #[test]
    fn forgotten_removes_only_the_lines_of_the_record_or_entry() {
        let mut goal = a_goal();
        let of_text = edit_and_log(&mut goal, 1, |goal| goal.text = "Alle".into());
        let of_entry = edit_and_log(&mut goal, 2, |goal| {
            for (_, initiative) in goal.initiatives.iter_mut() {
                initiative.text = "Vi synger".into();
            }
        });
        let other = LogEntry { id: id("g10"), ..of_text.clone() };
        let damaged = "[\"g1\"";
        let log = [of_text.line(), of_entry.line(), other.line(), damaged.to_owned()].join("\n");
        let entry = Path::root("initiatives").child("i1");
        assert_eq!(
            without_record(&log, &id("g1"), Some(&entry)),
            Some([of_text.line(), other.line()].join("\n")),
            "the lines about the rest of the record stay"
        );
        assert_eq!(without_record(&log, &id("g1"), None), Some(other.line()));
        assert_eq!(without_record(&log, &id("g2"), None), None);
    }
}
