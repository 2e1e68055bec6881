//! Deleting records and entries, emptying the trash, and forgetting.
//!
//! Deleting writes one leaf, `@deleted`, and changes no other. Its value lists what the author had been shown at that
//! moment. A write outside this list is a change that the author did not know of, and makes the deletion an open
//! choice.
//!
//! The value is the counts that the author had seen: `{"k3f9…": 4}`. If some of these writes were withheld from the
//! author, the value lists them as well: `{"seen": {"k3f9…": 4}, "withheld": ["2 k3f9… /values/2024"]}`. A version of
//! the app that cannot read this form treats it as a deletion that covers nothing, and shows an open choice.
//!
//! A scope of `None` is the record, of `Some(path)` the entry at that path.

use serde::Deserialize as _;
use serde_json::Value;

use crate::domain::sorted::SortedSet;

use super::dot::{Actor, Dot, Seen};
use super::edit::{Author, EditError, Focus};
use super::leaf::{Leaf, LeafState};
use super::path::Path;
use super::tree::Record;
use super::value::LeafValue;
use super::view::is_quiet;

/// The state of a record, or of an entry in it. Derived from the leaves, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// It is not deleted.
    Living,
    /// It is in the trash.
    Deleted,
    /// It was deleted by somebody who did not know of a change («slettet, men ændret»). It is shown until somebody
    /// resolves the choice.
    DeletedButChanged,
}

/// The record or entry is not in the trash, and the operation requires that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotDeleted;

/// Returns the path of the leaf that deletes the record, or an entry.
pub(crate) fn deletion_leaf(entry: Option<&Path>) -> Path {
    entry.map_or_else(|| Path::root("@deleted"), |entry| entry.child("@deleted"))
}

/// The value of a deletion: which writes its author was shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Deletion {
    /// What the author had seen.
    pub(super) seen: Seen,
    /// The writes in `seen` whose values were withheld, so the author was not shown them.
    withheld: Vec<(Path, Dot)>,
}

impl Deletion {
    /// Reads the value of a deletion leaf. Returns `None` for `null`, which deletes nothing.
    pub(super) fn read(value: &LeafValue) -> Option<Self> {
        match value.json() {
            Value::Null => None,
            // An unreadable value is a deletion that covers nothing, and so an open choice.
            json => Some(Self::read_json(json).unwrap_or_default()),
        }
    }

    fn read_json(json: &Value) -> Option<Self> {
        let Some(listed) = json.get("withheld") else {
            return Some(Self { seen: Seen::deserialize(json).ok()?, withheld: Vec::new() });
        };
        let write = |text: &Value| {
            let mut parts = text.as_str()?.splitn(3, ' ');
            let (n, actor) = (parts.next()?.parse().ok()?, Actor::parse(parts.next()?)?);
            Some((Path::parse(parts.next()?)?, Dot { n, actor }))
        };
        let withheld = listed.as_array()?.iter().map(write).collect::<Option<_>>()?;
        Some(Self { seen: Seen::deserialize(json.get("seen")?).ok()?, withheld })
    }

    /// Creates a deletion that covers `seen` except the withheld writes.
    pub(super) const fn new(seen: Seen, withheld: Vec<(Path, Dot)>) -> Self {
        Self { seen, withheld }
    }

    /// Returns the writes that were withheld from the author.
    pub(super) fn withheld(&self) -> &[(Path, Dot)] {
        &self.withheld
    }

    /// Returns the leaf value, which [`Deletion::read`] reads.
    pub(super) fn value(&self) -> LeafValue {
        // Serialising counts by actor cannot fail.
        let seen = serde_json::to_value(&self.seen).unwrap_or_default();
        if self.withheld.is_empty() {
            return LeafValue::new(seen);
        }
        let listed = self.withheld.iter().map(|(path, dot)| format!("{} {} {path}", dot.n, dot.actor).into());
        let withheld = Value::Array(listed.collect());
        // Inserting needs no code for sorting, which collecting would add to the download.
        let mut parts = serde_json::Map::new();
        parts.insert("seen".to_owned(), seen);
        parts.insert("withheld".to_owned(), withheld);
        LeafValue::new(Value::Object(parts))
    }

    /// Returns whether the deletion covers a write: its author was shown it.
    pub(super) fn covers(&self, path: &Path, dot: Dot) -> bool {
        self.seen.has(dot) && !self.withheld.iter().any(|(path_of, dot_of)| *dot_of == dot && path_of == path)
    }

    /// Returns whether a write does not dispute the deletion in this copy: the deletion covers it, or the author had
    /// seen it and it is withheld in this copy as well.
    fn settles(&self, path: &Path, dot: Dot, state: &LeafState) -> bool {
        if *state == LeafState::Withheld { self.seen.has(dot) } else { self.covers(path, dot) }
    }

    /// Renames the listed leaves.
    pub(super) fn map_paths(mut self, map: &dyn Fn(Path) -> Path) -> Self {
        self.withheld = self.withheld.into_iter().map(|(path, dot)| (map(path), dot)).collect();
        self
    }

    /// Replaces the actors.
    pub(super) fn map_actors(&self, new_actor: &dyn Fn(Actor) -> Actor) -> Self {
        let new_dot = |dot: &Dot| Dot { actor: new_actor(dot.actor), ..*dot };
        let withheld = self.withheld.iter().map(|(path, dot)| (path.clone(), new_dot(dot)));
        Self { seen: self.seen.map_actors(new_actor), withheld: withheld.collect() }
    }
}

impl Record {
    /// Returns whether the record or entry is living, in the trash, or deleted but changed.
    pub fn life(&self, entry: Option<&Path>) -> Life {
        let deletions: Vec<Deletion> = self.deletions(entry).map(|(_, deletion)| deletion).collect();
        if deletions.is_empty() {
            return Life::Living;
        }
        let is_settled = |(path, dot, state)| deletions.iter().any(|deletion| deletion.settles(path, dot, state));
        if self.changes(entry).all(is_settled) { Life::Deleted } else { Life::DeletedButChanged }
    }

    /// Returns the known deletions of a scope that were not taken back, with their dots.
    fn deletions(&self, entry: Option<&Path>) -> impl Iterator<Item = (Dot, Deletion)> {
        let values = self.leaf(&deletion_leaf(entry)).into_iter().flat_map(Leaf::known);
        values.filter_map(|(dot, value)| Some((dot, Deletion::read(value)?)))
    }

    /// Returns the dots of the deletions, and the changes that no deletion settles. For a record or entry that is
    /// [`Life::DeletedButChanged`].
    pub fn deletions_and_changes(&self, entry: Option<&Path>) -> (Vec<Dot>, Vec<(Path, Dot)>) {
        let (dots, deletions): (Vec<Dot>, Vec<Deletion>) = self.deletions(entry).unzip();
        let is_open =
            |&(path, dot, state): &(&Path, Dot, &LeafState)| !deletions.iter().any(|one| one.settles(path, dot, state));
        let changes = self.changes(entry).filter(is_open);
        (dots, changes.map(|(path, dot, _)| (path.clone(), dot)).collect())
    }

    /// Returns the writes in the scope that count as changes. Left out are positions in an order, own leaves except
    /// restorations, and values that were forgotten or are untouched.
    pub(super) fn changes(&self, entry: Option<&Path>) -> impl Iterator<Item = (&Path, Dot, &LeafState)> {
        let kind = self.kind();
        self.leaves
            .iter()
            .filter(move |(path, _)| entry.is_none_or(|entry| path.is_below(entry)))
            .flat_map(move |(path, leaf)| leaf.states().map(move |(dot, state)| (path, dot, state)))
            .filter(move |(path, dot, state)| match state {
                LeafState::Forgotten => false,
                // A restoration counts as a change, a deletion does not.
                LeafState::Known(value) if path.is_deletion() => value.is_null(),
                LeafState::Known(value) if value.is_null() && dot.n == 1 => false,
                LeafState::Known(_) | LeafState::Withheld => !is_quiet(kind, path),
            })
    }

    /// Puts the record or entry into the trash.
    ///
    /// # Errors
    /// See [`EditError`].
    pub fn delete(&mut self, entry: Option<&Path>, author: &Author) -> Result<(), EditError> {
        self.delete_with_seen(entry, &self.seen.clone(), author)
    }

    /// Puts the record or entry into the trash; the deletion covers only writes in `seen`.
    ///
    /// # Errors
    /// See [`EditError`].
    pub(super) fn delete_with_seen(
        &mut self,
        entry: Option<&Path>,
        seen: &Seen,
        author: &Author,
    ) -> Result<(), EditError> {
        let value = self.deletion_value(entry, seen.clone());
        self.write([(deletion_leaf(entry), value)], &mut Focus::default(), author)
    }

    /// Returns the value of a deletion by an author who is shown this copy. The deletion does not cover writes that are
    /// withheld here, unless an earlier deletion, which the new one replaces, covers them.
    pub(super) fn deletion_value(&self, entry: Option<&Path>, seen: Seen) -> LeafValue {
        let earlier: Vec<Deletion> = self.deletions(entry).map(|(_, deletion)| deletion).collect();
        let withheld = self.changes(entry).filter(|&(path, dot, state)| {
            *state == LeafState::Withheld && seen.has(dot) && !earlier.iter().any(|earlier| earlier.covers(path, dot))
        });
        let withheld = withheld.map(|(path, dot, _)| (path.clone(), dot)).collect();
        Deletion { seen, withheld }.value()
    }

    /// Takes the record or entry out of the trash.
    ///
    /// # Errors
    /// See [`EditError`].
    pub fn restore(&mut self, entry: Option<&Path>, author: &Author) -> Result<(), EditError> {
        self.write([(deletion_leaf(entry), LeafValue::NULL)], &mut Focus::default(), author)
    }

    /// Empties the trash of the record or entry: writes `null` over its values, and a deletion that covers this write.
    /// Being an ordinary write, it holds in every copy that is merged with this one. A change that was not seen here
    /// makes the deletion an open choice there.
    ///
    /// # Errors
    /// [`EditError::NotDeleted`] if the record or entry is not in the trash; else see [`EditError`].
    pub fn empty_trash(&mut self, entry: Option<&Path>, author: &Author) -> Result<(), EditError> {
        if self.life(entry) != Life::Deleted {
            return Err(EditError::NotDeleted);
        }
        let is_in_scope = |path: &Path| !path.is_own() && entry.is_none_or(|entry| path.is_below(entry));
        let has_value = |leaf: &Leaf| leaf.known().any(|(_, value)| !value.is_null());
        let filled = self.leaves.iter().filter(|(path, leaf)| is_in_scope(path) && has_value(leaf));
        let mut writes: Vec<_> = filled.map(|(path, _)| (path.clone(), LeafValue::NULL)).collect();
        let mut seen = self.seen.clone();
        seen.add(Dot { n: self.seen.next_count().ok_or(EditError::CountedOut)?, actor: author.actor });
        writes.push((deletion_leaf(entry), self.deletion_value(entry, seen)));
        self.write(writes, &mut Focus::default(), author)
    }

    /// Withholds the values of everything in the trash, for a file that goes to others: of the record, or of entries.
    pub fn withhold_trash(&mut self) {
        let entries: SortedSet<Path> = self.leaves.keys().filter_map(|path| self.entry_of(path)).collect();
        let deleted: Vec<Option<Path>> = std::iter::once(None)
            .chain(entries.iter().cloned().map(Some))
            .filter(|scope| self.life(scope.as_ref()) == Life::Deleted)
            .collect();
        for scope in deleted {
            self.update_states(scope.as_ref(), |_, _, state| {
                if state.has_value() {
                    *state = LeafState::Withheld;
                }
            });
        }
    }

    /// Erases the values of the record or entry for good: no copy brings them back. Copies in files given away earlier
    /// are erased when they are merged with this one. A value that is withheld here, and that no deletion covers, is
    /// not erased in copies that know it.
    ///
    /// # Errors
    /// Fails if the record or entry is not in the trash.
    pub fn forget(&mut self, entry: Option<&Path>) -> Result<(), NotDeleted> {
        if self.life(entry) != Life::Deleted {
            return Err(NotDeleted);
        }
        let deletions: Vec<Deletion> = self.deletions(entry).map(|(_, deletion)| deletion).collect();
        let kind = self.kind();
        self.update_states(entry, |path, dot, state| {
            // Deletions do not list positions, so whether a withheld position was shown to the author is not known.
            let is_covered = || !is_quiet(kind, path) && deletions.iter().any(|deletion| deletion.covers(path, dot));
            if state.has_value() || (*state == LeafState::Withheld && is_covered()) {
                *state = LeafState::Forgotten;
            }
        });
        Ok(())
    }

    /// Erases the values in an older copy of a record or entry that was [forgotten](Self::forget) elsewhere. It need
    /// not be in the trash in this copy. Withheld values stay withheld.
    pub fn forget_in_copy(&mut self, entry: Option<&Path>) {
        self.update_states(entry, |_, _, state| {
            if *state != LeafState::Withheld {
                *state = LeafState::Forgotten;
            }
        });
    }

    /// Calls a function on each state in the scope, own leaves excepted.
    fn update_states(&mut self, entry: Option<&Path>, update: impl Fn(&Path, Dot, &mut LeafState)) {
        for (path, leaf) in self.leaves.iter_mut() {
            if !path.is_own() && entry.is_none_or(|entry| path.is_below(entry)) {
                leaf.update_states(|dot, state| update(path, dot, state));
            }
        }
    }

    /// Returns whether no field of the record has a known value but `null`: the record was forgotten, or its trash was
    /// emptied.
    pub fn has_no_values(&self) -> bool {
        self.leaves
            .iter()
            .filter(|(path, _)| !path.is_own())
            .all(|(_, leaf)| leaf.known().all(|(_, value)| value.is_null()))
    }
}

#[cfg(test)]
mod tests;
