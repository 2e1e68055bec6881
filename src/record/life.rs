//! Deletion, trash, and forgetting.
//!
//! Deleting writes one leaf, `@deleted`, that holds what had been seen at that moment; nothing else is touched. What
//! was written outside that is a change its deleter did not know of, and makes the deletion an open question.

use serde::Deserialize as _;
use serde_json::Value;

use super::dot::{Dot, Seen};
use super::edit::{Author, EditError, Focus};
use super::leaf::{Held, Leaf};
use super::path::Path;
use super::tree::Record;
use super::value::LeafValue;
use super::view::is_quiet;

/// Whether a record, or an entry in it, is there. Derived, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// It is.
    Living,
    /// It lies in the trash.
    Deleted,
    /// It was deleted by one who did not know of a change: «slettet, men ændret». It is shown until someone chooses.
    DeletedButChanged,
}

/// What can only be done to what lies in the trash was asked of something that does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotDeleted;

pub(crate) fn deletion_leaf(entry: Option<&Path>) -> Path {
    entry.map_or_else(|| Path::root("@deleted"), |entry| entry.child("@deleted"))
}

/// What a deletion had seen; `None` for a value that deletes nothing.
fn deletes(value: &LeafValue) -> Option<Seen> {
    match value.json() {
        Value::Null => None,
        // A value that cannot be read deletes, but covers nothing: whoever looks is asked.
        json => Some(Seen::deserialize(json).unwrap_or_default()),
    }
}

impl Record {
    /// Whether the record (`None`), or the entry at a path, is there.
    pub fn life(&self, entry: Option<&Path>) -> Life {
        let deletions = self.leaf(&deletion_leaf(entry));
        let mut covered: Option<Seen> = None;
        for (_, value) in deletions.into_iter().flat_map(Leaf::known) {
            if let Some(seen) = deletes(value) {
                covered.get_or_insert_default().join(&seen);
            }
        }
        match covered {
            None => Life::Living,
            Some(covered) if self.changes(entry).any(|dot| !covered.has(dot)) => Life::DeletedButChanged,
            Some(_) => Life::Deleted,
        }
    }

    /// The writes in the scope that say something: not positions, not deletions, not what was forgotten or never
    /// touched.
    pub(super) fn changes(&self, entry: Option<&Path>) -> impl Iterator<Item = Dot> {
        let kind = self.kind();
        self.leaves
            .iter()
            .filter(move |(path, _)| entry.is_none_or(|entry| path.is_below(entry)))
            .flat_map(move |(path, leaf)| leaf.held().map(move |(dot, held)| (path, dot, held)))
            .filter(move |(path, dot, held)| match held {
                Held::Forgotten => false,
                // A restoration is a change as well, and so is not told from others here.
                Held::Known(value) if path.as_str().ends_with("/@deleted") => value.is_null(),
                Held::Known(value) if value.is_null() && dot.n == 1 => false,
                Held::Known(_) | Held::Withheld => !is_quiet(kind, path),
            })
            .map(|(_, dot, _)| dot)
    }

    /// Puts the record, or an entry of it, into the trash.
    ///
    /// # Errors
    /// See [`EditError`].
    pub fn delete(&mut self, entry: Option<&Path>, author: &Author) -> Result<(), EditError> {
        self.delete_having_seen(entry, &self.seen.clone(), author)
    }

    pub(super) fn delete_having_seen(
        &mut self,
        entry: Option<&Path>,
        seen: &Seen,
        author: &Author,
    ) -> Result<(), EditError> {
        let value = LeafValue::new(serde_json::to_value(seen)?);
        self.write([(deletion_leaf(entry), value)], &mut Focus::default(), author)
    }

    /// Takes the record, or an entry of it, out of the trash.
    ///
    /// # Errors
    /// See [`EditError`].
    pub fn restore(&mut self, entry: Option<&Path>, author: &Author) -> Result<(), EditError> {
        self.write([(deletion_leaf(entry), LeafValue::NULL)], &mut Focus::default(), author)
    }

    /// Empties the trash of the record, or of an entry: its values are withheld here. A copy that still has them brings
    /// them back, into the trash.
    ///
    /// # Errors
    /// It does not lie in the trash.
    pub fn purge(&mut self, entry: Option<&Path>) -> Result<(), NotDeleted> {
        self.lower(entry, |held| {
            if held.says_something() {
                *held = Held::Withheld;
            }
        })
    }

    /// Forgets the values of the record, or of an entry, for ever: no copy brings them back. (It does not reach copies
    /// in files already given away; those forget when they meet this one.)
    ///
    /// # Errors
    /// It does not lie in the trash.
    pub fn forget(&mut self, entry: Option<&Path>) -> Result<(), NotDeleted> {
        self.lower(entry, |held| {
            if held.says_something() || *held == Held::Withheld {
                *held = Held::Forgotten;
            }
        })
    }

    /// Forgets the values of an older copy of what has been [forgotten](Self::forget): it need not lie in the trash there.
    pub fn forget_in_copy(&mut self, entry: Option<&Path>) {
        self.lower_all(entry, |held| *held = Held::Forgotten);
    }

    fn lower(&mut self, entry: Option<&Path>, change: impl Fn(&mut Held)) -> Result<(), NotDeleted> {
        if self.life(entry) != Life::Deleted {
            return Err(NotDeleted);
        }
        self.lower_all(entry, change);
        Ok(())
    }

    fn lower_all(&mut self, entry: Option<&Path>, change: impl Fn(&mut Held)) {
        for (path, leaf) in self.leaves.iter_mut() {
            if !path.is_own() && entry.is_none_or(|entry| path.is_below(entry)) {
                leaf.each(&change);
            }
        }
    }

    /// Whether nothing is left of the record's words: it was forgotten, or its trash was emptied.
    pub fn is_hollow(&self) -> bool {
        self.leaves
            .iter()
            .filter(|(path, _)| !path.is_own())
            .all(|(_, leaf)| leaf.known().all(|(_, value)| value.is_null()))
    }
}
