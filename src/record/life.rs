//! Deletion, trash, and forgetting.
//!
//! Deleting writes one leaf, `@deleted`, that holds what had been seen at that moment; nothing else is touched. What
//! was written outside that is a change its deleter did not know of, and makes the deletion an open question.

use serde::Deserialize as _;
use serde_json::Value;

use crate::domain::sorted::SortedSet;

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
pub(super) fn deletes(value: &LeafValue) -> Option<Seen> {
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
            Some(covered) if self.changes(entry).any(|(_, dot)| !covered.has(dot)) => Life::DeletedButChanged,
            Some(_) => Life::Deleted,
        }
    }

    /// Of what was deleted by one who did not know of a change: the deletions, and the changes that none of them knew.
    pub fn deletions_and_changes(&self, entry: Option<&Path>) -> (Vec<Dot>, Vec<(Path, Dot)>) {
        let mut covered = Seen::default();
        let mut deletions = Vec::new();
        for (dot, value) in self.leaf(&deletion_leaf(entry)).into_iter().flat_map(Leaf::known) {
            if let Some(seen) = deletes(value) {
                covered.join(&seen);
                deletions.push(dot);
            }
        }
        let changes = self.changes(entry).filter(|(_, dot)| !covered.has(*dot));
        let changes = changes.map(|(path, dot)| (path.clone(), dot)).collect();
        (deletions, changes)
    }

    /// The writes in the scope that say something: not positions, not deletions, not what was forgotten or never
    /// touched.
    pub(super) fn changes(&self, entry: Option<&Path>) -> impl Iterator<Item = (&Path, Dot)> {
        let kind = self.kind();
        self.leaves
            .iter()
            .filter(move |(path, _)| entry.is_none_or(|entry| path.is_below(entry)))
            .flat_map(move |(path, leaf)| leaf.held().map(move |(dot, held)| (path, dot, held)))
            .filter(move |(path, dot, held)| match held {
                Held::Forgotten => false,
                // A restoration is a change as well, and so is not told from others here.
                Held::Known(value) if path.is_deletion() => value.is_null(),
                Held::Known(value) if value.is_null() && dot.n == 1 => false,
                Held::Known(_) | Held::Withheld => !is_quiet(kind, path),
            })
            .map(|(path, dot, _)| (path, dot))
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

    /// Empties the trash of the record, or of an entry: nothing is written over its values, and its deletion knows of that.
    /// It is a write like others, so it holds wherever this copy meets another; what the other has that was not seen here
    /// asks there.
    ///
    /// # Errors
    /// It does not lie in the trash, or see [`EditError`].
    pub fn empty(&mut self, entry: Option<&Path>, author: &Author) -> Result<(), EditError> {
        if self.life(entry) != Life::Deleted {
            return Err(EditError::NotDeleted);
        }
        let is_in = |path: &Path| !path.is_own() && entry.is_none_or(|entry| path.is_below(entry));
        let says = |leaf: &Leaf| leaf.known().any(|(_, value)| !value.is_null());
        let said = self.leaves.iter().filter(|(path, leaf)| is_in(path) && says(leaf));
        let mut writes: Vec<_> = said.map(|(path, _)| (path.clone(), LeafValue::NULL)).collect();
        let mut seen = self.seen.clone();
        seen.add(Dot { n: self.seen.next_count().ok_or(EditError::CountedOut)?, actor: author.actor });
        writes.push((deletion_leaf(entry), LeafValue::new(serde_json::to_value(&seen)?)));
        self.write(writes, &mut Focus::default(), author)
    }

    /// Withholds the values of what lies in the trash, the record or entries of it: what a file for others does.
    pub fn withhold_trash(&mut self) {
        let entries: SortedSet<Path> = self.leaves.keys().filter_map(|path| self.entry_of(path)).collect();
        let deleted: Vec<Option<Path>> = std::iter::once(None)
            .chain(entries.iter().cloned().map(Some))
            .filter(|scope| self.life(scope.as_ref()) == Life::Deleted)
            .collect();
        for scope in deleted {
            self.lower_all(scope.as_ref(), |held| {
                if held.says_something() {
                    *held = Held::Withheld;
                }
            });
        }
    }

    /// Forgets the values of the record, or of an entry, for ever: no copy brings them back. (It does not reach copies
    /// in files already given away; those forget when they meet this one.)
    ///
    /// # Errors
    /// It does not lie in the trash.
    pub fn forget(&mut self, entry: Option<&Path>) -> Result<(), NotDeleted> {
        if self.life(entry) != Life::Deleted {
            return Err(NotDeleted);
        }
        self.lower_all(entry, |held| {
            if held.says_something() || *held == Held::Withheld {
                *held = Held::Forgotten;
            }
        });
        Ok(())
    }

    /// Forgets the values of an older copy of what has been [forgotten](Self::forget): it need not lie in the trash there.
    pub fn forget_in_copy(&mut self, entry: Option<&Path>) {
        self.lower_all(entry, |held| *held = Held::Forgotten);
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
