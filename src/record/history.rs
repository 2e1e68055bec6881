//! What changed, as a line of a log that stays on this device: what stood in each leaf before and after, when and by
//! whom it was written, and by what way it came.
//!
//! ```json
//! ["7f3a…","goal","hand",[["/text","2026-03-15T09:42:00Z","Anne",["Flere …"],"Alle …"]]]
//! ```
//!
//! A line is of one record. Of one that came into being it lists no leaves: its words stand in the record, and the first
//! change to a leaf says them as what stood there before.

use serde_json::Value;

use crate::domain::date::Timestamp;
use crate::domain::id::Id;
use crate::domain::sorted::SortedMap;

use super::delta::RecordDelta;
use super::path::Path;
use super::tree::Record;
use super::value::LeafValue;

/// By what way a change came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChangeOrigin {
    /// Someone wrote it here.
    #[default]
    Hand,
    /// A file brought it.
    File,
    /// It was brought back from how everything once was.
    Restore,
    /// A change was undone.
    Undo,
}

impl ChangeOrigin {
    const ALL: [Self; 4] = [Self::Hand, Self::File, Self::Restore, Self::Undo];

    const fn name(self) -> &'static str {
        match self {
            Self::Hand => "hand",
            Self::File => "file",
            Self::Restore => "restore",
            Self::Undo => "undo",
        }
    }
}

/// A change of one record.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEntry {
    /// The record.
    pub id: Id,
    /// Its kind's name; it may be one that this version does not know.
    pub kind: String,
    /// By what way it came.
    pub how: ChangeOrigin,
    /// The leaves that changed; none for a record that came into being.
    pub leaves: Vec<LeafChange>,
}

/// A leaf that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct LeafChange {
    /// The leaf.
    pub path: Path,
    /// When, by the clock of the one who wrote.
    pub at: Option<Timestamp>,
    /// Who, where they gave a name.
    pub by: Option<String>,
    /// What stood there before: all wordings, the one shown first.
    pub before: Vec<LeafValue>,
    /// What stands there since; nothing where none is known.
    pub after: LeafValue,
}

/// For how many seconds a change goes on: words typed with pauses are one change.
const GOES_ON: i64 = 60;

impl LogEntry {
    /// What the log says of a change from one state of a record to a later one (`None` before it came into being);
    /// nothing where nothing that is shown changed.
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
        Some(Self { id: after.id().clone(), kind: after.kind_name().to_owned(), how, leaves })
    }

    /// This change and the next as one, where the next is the same person going on in the same field.
    pub fn joined(&self, next: &Self) -> Option<Self> {
        let ([one], [other]) = (self.leaves.as_slice(), next.leaves.as_slice()) else { return None };
        let goes_on = self.id == next.id
            && (self.how, next.how) == (ChangeOrigin::Hand, ChangeOrigin::Hand)
            && (&one.path, &one.by) == (&other.path, &other.by)
            && other.before == std::slice::from_ref(&one.after)
            && one.at.zip(other.at).is_some_and(|(one, other)| (other.seconds() - one.seconds()).abs() <= GOES_ON);
        goes_on.then(|| {
            let mut joined = next.clone();
            for leaf in &mut joined.leaves {
                leaf.before.clone_from(&one.before);
            }
            joined
        })
    }

    /// The line.
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
        let line = Value::Array(vec![text(self.id.as_str()), text(&self.kind), text(self.how.name()), leaves]);
        // Any value that was read can be written.
        serde_json::to_string(&line).unwrap_or_default()
    }

    /// Reads a line; `None` where it is none.
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
            how: ChangeOrigin::ALL.into_iter().find(|known| known.name() == how)?,
            leaves: leaves.as_array()?.iter().map(leaf).collect::<Option<_>>()?,
        })
    }
}

/// The lines of a log without what a record (`None`), or an entry of it, once said; `None` where they say nothing of it.
/// A line that cannot be read goes with it where it names the record: it may hold anything.
pub fn forgotten(lines: &str, id: &Id, entry: Option<&Path>) -> Option<String> {
    if !lines.contains(id.as_str()) {
        return None;
    }
    let kept = lines.lines().filter_map(|line| match LogEntry::parse(line) {
        Some(mut change) if change.id == *id => {
            let entry = entry?;
            change.leaves.retain(|leaf| !leaf.path.is_below(entry));
            (!change.leaves.is_empty()).then(|| change.line())
        }
        None if line.contains(id.as_str()) => None,
        _ => Some(line.to_owned()),
    });
    let kept = kept.collect::<Vec<_>>().join("\n");
    (kept != lines).then_some(kept)
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

    /// Writes, and gives what the log says of it.
    fn writes(goal: &mut Record, seconds: i64, change: impl FnOnce(&mut Goal)) -> LogEntry {
        let before = goal.clone();
        goal.edit::<Goal>(&mut Focus::default(), &author(seconds), change).unwrap();
        LogEntry::of(Some(&before), goal, ChangeOrigin::Hand).unwrap()
    }

    #[test]
    fn a_line_says_what_stood_there_before_and_after_and_reads_back() {
        let mut goal = a_goal();
        let entry = writes(&mut goal, 1, |goal| goal.text = "Alle «er»\nmed".into());
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
    fn a_record_that_came_into_being_lists_no_leaves() {
        let goal = a_goal();
        let entry = LogEntry::of(None, &goal, ChangeOrigin::File).unwrap();
        assert_eq!(entry.line(), r#"["g1","goal","file",[]]"#);
        assert_eq!(LogEntry::of(Some(&goal), &goal, ChangeOrigin::File), None);
    }

    #[test]
    fn words_typed_with_pauses_are_one_change() {
        let mut goal = a_goal();
        let first = writes(&mut goal, 1, |goal| goal.text = "Alle".into());
        let second = writes(&mut goal, 30, |goal| goal.text = "Alle er".into());
        let joined = first.joined(&second).unwrap();
        assert_eq!(joined.leaves[0].before, ["Flere er med".into()]);
        assert_eq!(joined.leaves[0].after, "Alle er".into());
        let late = writes(&mut goal, 200, |goal| goal.text = "Alle er med".into());
        assert_eq!(joined.joined(&late), None, "a long pause");
        let elsewhere = writes(&mut goal, 201, |goal| goal.expected_effect = "Mere".into());
        assert_eq!(late.joined(&elsewhere), None, "another field");
        assert_eq!(first.joined(&late), None, "something stood there in between that the first does not know");
    }

    #[test]
    fn what_is_forgotten_leaves_the_log_and_nothing_else_does() {
        let mut goal = a_goal();
        let own = writes(&mut goal, 1, |goal| goal.text = "Alle".into());
        let within = writes(&mut goal, 2, |goal| {
            for (_, initiative) in goal.initiatives.iter_mut() {
                initiative.text = "Vi synger".into();
            }
        });
        let other = LogEntry { id: id("g10"), ..own.clone() };
        let damaged = "[\"g1\"";
        let log = [own.line(), within.line(), other.line(), damaged.to_owned()].join("\n");
        let entry = Path::root("initiatives").child("i1");
        assert_eq!(
            forgotten(&log, &id("g1"), Some(&entry)),
            Some([own.line(), other.line()].join("\n")),
            "an entry: the rest of its record is still told of"
        );
        assert_eq!(forgotten(&log, &id("g1"), None), Some(other.line()));
        assert_eq!(forgotten(&log, &id("g2"), None), None);
    }
}
