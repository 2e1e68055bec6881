//! Records that are put out of sight on this device alone: what came with a file whose import was undone.
//!
//! A deletion is a write, and travels to the author of what it deletes. So undoing an import writes nothing in a record that
//! came with it. The record stays in the stores as it is, and a list of this device says how much of it is out of sight:
//! its id, and what had been seen of it. A record with a write outside that is in sight again.
//!
//! The lists are records of a kind of their own, so that the stores keep them as they keep all else: on the disk, merged
//! between tabs, in snapshots, gone with a reset.
//!
//! # Invariants
//!
//! * No file for anyone holds a list, or a record that is out of sight: whoever writes a file leaves them out.
//! * A list that comes in a file is not taken in.

use serde::Deserialize as _;

use crate::domain::id::Id;
use crate::domain::sorted::{SortedMap, SortedSet};
use crate::record::dot::Seen;
use crate::record::edit::{Author, EditError, Focus};
use crate::record::path::Path;
use crate::record::value::LeafValue;
use crate::record::{Record, Records};

/// The kind of a list, in the stores.
const KIND: &str = "out_of_sight";
/// So many records are in one list: it stays as small as other records are.
const AT_MOST: usize = 200;

/// Whether a record is a list of what is out of sight.
pub fn is_list(record: &Record) -> bool {
    record.kind_name() == KIND
}

fn records_leaf() -> Path {
    Path::root("records")
}

/// Lists of records to be put out of sight, and where these came from, in words.
///
/// # Errors
/// See [`EditError`].
pub fn lists(
    records: &[Record],
    from: &str,
    mint: &mut dyn FnMut() -> Id,
    author: &Author,
) -> Result<Vec<Record>, EditError> {
    let list = |some: &[Record]| {
        let mut leaves = vec![(Path::root("from"), LeafValue::from(from))];
        for record in some {
            let seen = LeafValue::new(serde_json::to_value(record.seen())?);
            leaves.push((records_leaf().child(record.id().as_str()), seen));
        }
        Record::of_leaves(KIND, mint(), leaves, author)
    };
    records.chunks(AT_MOST).map(list).collect()
}

/// Where the records of a list came from, in words.
pub fn from(list: &Record) -> &str {
    list.shown_text(&Path::root("from")).unwrap_or_default()
}

/// The records of a list, and what had been seen of each. Of some that tabs listed apart each holds.
pub fn listed(list: &Record) -> impl Iterator<Item = (Id, Seen)> {
    let below = records_leaf();
    let leaves = list.leaves().iter().filter(move |(path, _)| path.is_below(&below));
    leaves.flat_map(|(path, leaf)| {
        let id = path.steps().nth(1).and_then(|id| Id::parse(&id));
        leaf.known().filter_map(move |(_, value)| Some((id.clone()?, Seen::deserialize(value.json()).ok()?)))
    })
}

/// Takes records out of a list: they are in sight again. `false` where none of them is in it.
///
/// # Errors
/// See [`EditError`].
pub fn lift(list: &mut Record, ids: &dyn Fn(&Id) -> bool, author: &Author) -> Result<bool, EditError> {
    let listed = listed(list).filter(|(id, _)| ids(id));
    let writes: Vec<_> = listed.map(|(id, _)| (records_leaf().child(id.as_str()), LeafValue::NULL)).collect();
    if writes.is_empty() {
        return Ok(false);
    }
    list.write(writes, &mut Focus::default(), author).map(|()| true)
}

/// What some lists put out of sight.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutOfSight(SortedMap<Id, Vec<Seen>>);

impl OutOfSight {
    /// What the lists among some records put out of sight.
    pub fn of<'a>(records: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut all = Self::default();
        for (id, seen) in records.into_iter().filter(|record| is_list(record)).flat_map(listed) {
            all.0.get_or_default(id).push(seen);
        }
        all
    }

    /// Whether a record is out of sight: it is listed, and no write came to it that had not been seen.
    pub fn has(&self, record: &Record) -> bool {
        self.0.get(record.id()).is_some_and(|listed| listed.iter().any(|seen| seen.covers(record.seen())))
    }
}

/// The records that are in sight: without the lists, and without what they put out of sight.
pub fn in_sight(records: Records) -> Records {
    let out = OutOfSight::of(records.values());
    let mut seen = Records::new();
    seen.extend(records.into_iter().filter(|(_, record)| !is_list(record) && !out.has(record)));
    seen
}

/// Brings records in sight again, in the lists among some records. One that cannot be written is left as it is.
pub fn lift_in(records: &mut Records, ids: &SortedSet<Id>, author: &Author) {
    for list in records.values_mut().filter(|record| is_list(record)) {
        drop(lift(list, &|id| ids.contains(id), author));
    }
}

#[cfg(test)]
mod tests;
