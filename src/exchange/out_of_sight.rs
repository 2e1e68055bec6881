//! Puts records out of sight on this device only, after the import that brought them was undone.
//!
//! A deletion is a write, and would travel to the author of the record. Undoing an import therefore writes nothing into
//! a record that came with it. The record stays in the stores unchanged, and a list on this device names it: its id,
//! and what had been seen of it. A record with a write beyond that is in sight again.
//!
//! The lists are records of their own kind, so the stores treat them like all others: on disk, merged between tabs, in
//! snapshots, removed by a reset.
//!
//! # Invariants
//!
//! * No file for anyone holds a list, or a record that is out of sight. Whoever writes a file leaves both out.
//! * A list in a file is not taken in.

use serde::Deserialize as _;

use crate::domain::id::Id;
use crate::domain::sorted::{SortedMap, SortedSet};
use crate::record::dot::Seen;
use crate::record::edit::{Author, EditError, Focus};
use crate::record::path::Path;
use crate::record::value::LeafValue;
use crate::record::{Record, Records};

/// The kind of a list in the stores.
const KIND: &str = "out_of_sight";
/// The maximum number of records in one list, so that lists stay as small as other records.
const MAX_LISTED: usize = 200;

/// Whether a record is a list of records that are out of sight.
pub fn is_list(record: &Record) -> bool {
    record.kind_name() == KIND
}

/// The parent path of the leaves that name the records of a list.
fn records_path() -> Path {
    Path::root("records")
}

/// Makes the lists that put records out of sight. `from` is a text on where the records came from; `mint` makes an id
/// for each list.
///
/// # Errors
/// See [`EditError`].
pub fn make_lists(
    records: &[Record],
    from: &str,
    mint: &mut dyn FnMut() -> Id,
    author: &Author,
) -> Result<Vec<Record>, EditError> {
    let make_list = |records: &[Record]| {
        let mut leaves = vec![(Path::root("from"), LeafValue::from(from))];
        for record in records {
            let seen = LeafValue::new(serde_json::to_value(record.seen())?);
            leaves.push((records_path().child(record.id().as_str()), seen));
        }
        Record::of_leaves(KIND, mint(), leaves, author)
    };
    records.chunks(MAX_LISTED).map(make_list).collect()
}

/// The text on where the records of a list came from.
pub fn origin(list: &Record) -> &str {
    list.shown_text(&Path::root("from")).unwrap_or_default()
}

/// The records of a list, each with what had been seen of it. If tabs listed one record concurrently, each of the
/// values counts.
pub fn list_entries(list: &Record) -> impl Iterator<Item = (Id, Seen)> {
    let parent = records_path();
    let leaves = list.leaves().iter().filter(move |(path, _)| path.is_below(&parent));
    leaves.flat_map(|(path, leaf)| {
        let id = path.steps().nth(1).and_then(|id| Id::parse(&id));
        leaf.known().filter_map(move |(_, value)| Some((id.clone()?, Seen::deserialize(value.json()).ok()?)))
    })
}

/// Removes the records that `ids` picks from a list, so they are in sight again. Returns `false` if the list has none
/// of them.
///
/// # Errors
/// See [`EditError`].
pub fn bring_into_sight(list: &mut Record, ids: &dyn Fn(&Id) -> bool, author: &Author) -> Result<bool, EditError> {
    let entries = list_entries(list).filter(|(id, _)| ids(id));
    let writes: Vec<_> = entries.map(|(id, _)| (records_path().child(id.as_str()), LeafValue::NULL)).collect();
    if writes.is_empty() {
        return Ok(false);
    }
    list.write(writes, &mut Focus::default(), author).map(|()| true)
}

/// The records that are out of sight, with what had been seen of each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutOfSight(SortedMap<Id, Vec<Seen>>);

impl OutOfSight {
    /// Collects what the lists among the records put out of sight.
    pub fn of<'a>(records: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut hidden = Self::default();
        for (id, seen) in records.into_iter().filter(|record| is_list(record)).flat_map(list_entries) {
            hidden.0.get_or_default(id).push(seen);
        }
        hidden
    }

    /// Whether a record is out of sight: it is listed, and has no write beyond what had been seen of it.
    pub fn contains(&self, record: &Record) -> bool {
        self.0.get(record.id()).is_some_and(|listed| listed.iter().any(|seen| seen.covers(record.seen())))
    }
}

/// Returns the records in sight: without lists, and without records that are out of sight.
pub fn in_sight(records: Records) -> Records {
    let hidden = OutOfSight::of(records.values());
    let mut visible = Records::new();
    visible.extend(records.into_iter().filter(|(_, record)| !is_list(record) && !hidden.contains(record)));
    visible
}

/// Brings records back into sight, in the lists among `records`.
///
/// # Errors
/// Returns the first [`EditError`]. A list that cannot be written stays unchanged; the other lists are still written.
pub fn bring_all_into_sight(records: &mut Records, ids: &SortedSet<Id>, author: &Author) -> Result<(), EditError> {
    let mut result = Ok(());
    for list in records.values_mut().filter(|record| is_list(record)) {
        if let Err(error) = bring_into_sight(list, &|id| ids.contains(id), author) {
            result = result.and(Err(error));
        }
    }
    result
}

#[cfg(test)]
mod tests;
