//! The difference between two states of a record, and undoing it by new writes.

use crate::domain::id::Id;
use crate::domain::sorted::{SortedMap, SortedSet};

use super::Records;
use super::dot::{Dot, Seen};
use super::edit::{Author, EditError};
use super::leaf::{Leaf, LeafState};
use super::life::{Deletion, Life};
use super::path::Path;
use super::tree::Record;
use super::value::LeafValue;

/// The difference between two states of a record, whatever caused it: an edit, an undo, an import.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordDelta {
    /// The record.
    pub id: Id,
    /// The changes, by leaf: leaves whose wordings changed, and new leaves.
    pub leaves: SortedMap<Path, LeafDelta>,
    /// What the change created: the record (`None`), or entries in it.
    pub added: SortedSet<Option<Path>>,
    /// Writes, by leaf and dot, that are equivalent to those in `brought`: undoing a later change wrote the same values
    /// again under new dots. They are treated as writes of this delta, so a chain of changes can be undone to its
    /// start.
    pub equivalents: SortedSet<(Path, Dot)>,
}

/// The change of one leaf.
#[derive(Clone, Debug, PartialEq)]
pub struct LeafDelta {
    /// The wordings before, the shown one first; none if the leaf did not exist.
    pub before: Vec<LeafValue>,
    /// The value shown afterwards.
    pub after: Option<LeafValue>,
    /// The dots that the change added.
    pub brought: SortedSet<Dot>,
    /// The dots that the change removed.
    pub replaced: SortedSet<Dot>,
}

/// The outcome of undoing a delta.
#[derive(Clone, Debug, PartialEq)]
pub struct DeltaUndo {
    /// The undo as a delta of its own. Undoing that delta is the redo.
    pub inverse: RecordDelta,
    /// What was left alone because it no longer holds what the delta wrote: leaves, entries, or the record (`None`).
    /// The user is told of these.
    pub skipped: Vec<Option<Path>>,
    /// The writes of the undo, by leaf and dot.
    pub(super) written: Vec<(Path, Dot)>,
}

/// Returns the values of a leaf's wordings, the shown one first.
fn wordings(leaf: Option<&Leaf>) -> Vec<LeafValue> {
    leaf.map(Leaf::wordings).unwrap_or_default().into_iter().map(|wording| wording.value.clone()).collect()
}

impl RecordDelta {
    /// Computes the delta from one state of a record to a later one; `before` is `None` for a creation.
    pub fn between(before: Option<&Record>, after: &Record) -> Self {
        let mut delta = Self {
            id: after.id().clone(),
            leaves: SortedMap::new(),
            added: SortedSet::new(),
            equivalents: SortedSet::new(),
        };
        let mut entries = SortedSet::new();
        for (path, leaf) in after.leaves() {
            let old = before.and_then(|before| before.leaf(path));
            // A delta is made at every keystroke, and nearly all leaves are unchanged.
            if old == Some(leaf) {
                continue;
            }
            let brought: SortedSet<Dot> =
                leaf.dots().filter(|dot| old.is_none_or(|old| old.get(*dot).is_none())).collect();
            let (wordings_before, wordings_after) = (wordings(old), wordings(Some(leaf)));
            if wordings_before != wordings_after || (old.is_none() && !brought.is_empty()) {
                let replaced = old.into_iter().flat_map(Leaf::dots).filter(|dot| leaf.get(*dot).is_none()).collect();
                let after = wordings_after.into_iter().next();
                delta.leaves.insert(path.clone(), LeafDelta { before: wordings_before, after, brought, replaced });
            }
            // An entry can be new only if it has a new leaf.
            if old.is_none() {
                entries.extend(after.entry_of(path));
            }
        }
        match before {
            None => {
                delta.added.insert(None);
            }
            Some(before) => delta.added.extend(entries.into_iter().filter(|e| !before.has_leaves_below(e)).map(Some)),
        }
        delta
    }

    /// Returns whether no leaf changed.
    pub fn is_empty(&self) -> bool {
        self.leaves.is_empty()
    }

    /// Combines this delta with the one that followed it on the same record.
    #[must_use]
    pub fn then(mut self, next: Self) -> Self {
        for (path, change) in next.leaves {
            match self.leaves.get_mut(&path) {
                Some(first) => {
                    first.after = change.after;
                    first.brought.extend(change.brought.iter().copied());
                }
                None => {
                    self.leaves.insert(path, change);
                }
            }
        }
        self.added.extend(next.added.iter().cloned());
        self
    }

    /// Returns whether the shown record is the same before and after, as when text was typed and removed again.
    pub(super) fn has_no_effect(&self) -> bool {
        let has_no_effect =
            |change: &LeafDelta| change.before.len() < 2 && change.before.first() == change.after.as_ref();
        self.added.is_empty() && self.leaves.values().all(has_no_effect)
    }

    /// Returns the dots that the change added in the record (`None`) or in an entry, as counts.
    fn brought_below(&self, scope: Option<&Path>) -> Seen {
        let within = self.leaves.iter().filter(|(path, _)| scope.is_none_or(|entry| path.is_below(entry)));
        within.flat_map(|(_, change)| change.brought.iter().copied()).collect()
    }

    /// Returns whether the delta created the record and nobody has changed the record since.
    pub(super) fn created_all_of(&self, record: &Record) -> bool {
        let brought = self.brought_below(None);
        let is_of_delta = |path: &Path, dot| brought.has(dot) || self.equivalents.contains(&(path.clone(), dot));
        self.added.contains(&None) && record.changes(None).all(|(path, dot, _)| is_of_delta(path, dot))
    }

    /// Notes that a later delta was undone by the writes `written`. In leaves where the later delta replaced only
    /// writes of this one, the writes of both the later delta and its undo become equivalent to those of this one.
    pub(super) fn add_equivalents(&mut self, later: &Self, written: &[(Path, Dot)]) {
        let is_of_delta = |path: &Path, dot: Dot| {
            self.equivalents.contains(&(path.clone(), dot))
                || self.leaves.get(path).is_some_and(|change| change.brought.contains(&dot))
                || self.leaves.iter().any(|(deletion, change)| deletion.is_deletion() && change.covers(path, dot))
        };
        let replaced = |path: &Path| later.leaves.get(path).into_iter().flat_map(|change| change.replaced.iter());
        let replaced_only_ours = |path: &Path| replaced(path).all(|dot| is_of_delta(path, *dot));
        let brought =
            later.leaves.iter().flat_map(|(path, change)| change.brought.iter().map(|dot| (path.clone(), *dot)));
        let candidates = brought.chain(later.equivalents.iter().cloned()).chain(written.iter().cloned());
        let equivalents: Vec<_> = candidates.filter(|(path, _)| replaced_only_ours(path)).collect();
        self.equivalents.extend(equivalents);
    }
}

impl LeafDelta {
    /// Returns whether the leaf is a deletion, and its value before or after covers a write.
    fn covers(&self, path: &Path, dot: Dot) -> bool {
        self.before.iter().chain(&self.after).filter_map(Deletion::read).any(|deletion| deletion.covers(path, dot))
    }
}

impl Record {
    /// Returns the entry that a leaf belongs to, if this version knows the map of entries.
    pub(crate) fn entry_of(&self, path: &Path) -> Option<Path> {
        let mut steps = path.steps();
        let (map, key) = (steps.next()?, steps.next()?);
        let field = self.kind()?.fields().iter().find(|field| field.name == map)?;
        matches!(field.shape, crate::domain::body::Shape::Entries(_)).then(|| Path::root(&map).child(&key))
    }

    /// Returns whether the record has leaves of an entry.
    pub(super) fn has_leaves_below(&self, entry: &Path) -> bool {
        self.leaves.keys().any(|path| path.is_below(entry))
    }

    /// Returns the value to write when undoing restores `value`: the value itself, unless the leaf is a deletion.
    ///
    /// A restored deletion must cover the undoing write `undo_dot` and the delta's equivalents as well, or it would be
    /// disputed at once. It is therefore widened by these dots. But `seen` has one count per actor, so the wider
    /// deletion may also cover an earlier write that does not belong to the delta. In that case the deletion is
    /// restored unchanged, and becomes an open choice.
    fn restored_value(&self, path: &Path, value: &LeafValue, delta: &RecordDelta, undo_dot: Option<Dot>) -> LeafValue {
        let Some(deletion) = Deletion::read(value).filter(|_| path.is_deletion()) else { return value.clone() };
        let mut wider = deletion.clone();
        delta.equivalents.iter().map(|(_, dot)| *dot).chain(undo_dot).for_each(|dot| wider.seen.add(dot));
        let is_of_delta = |path: &Path, dot: Dot| {
            delta.leaves.get(path).is_some_and(|change| change.brought.contains(&dot))
                || delta.equivalents.contains(&(path.clone(), dot))
        };
        let scope = path.as_str().rsplit_once('/').and_then(|(entry, _)| Path::parse(entry));
        let mut changes = self.changes(scope.as_ref());
        let is_newly_covered = |path, dot| wider.covers(path, dot) && !deletion.covers(path, dot);
        if changes.any(|(path, dot, _)| is_newly_covered(path, dot) && !is_of_delta(path, dot)) {
            value.clone()
        } else {
            wider.value()
        }
    }

    /// Undoes a delta by new writes, only in leaves that still hold what the delta wrote. Other writes are left alone.
    /// What the delta created goes to the trash as a whole, unless somebody has changed it since.
    ///
    /// # Errors
    /// See [`EditError`].
    pub fn undo(&mut self, delta: &RecordDelta, author: &Author) -> Result<DeltaUndo, EditError> {
        let before = self.clone();
        let mut left = Vec::new();

        let mut trashed: Vec<Option<Path>> = Vec::new();
        for scope in &delta.added {
            let is_in_scope = |path: &Path| scope.as_ref().is_none_or(|entry| path.is_below(entry));
            if trashed
                .iter()
                .any(|outer| outer.as_ref().is_none_or(|outer| scope.as_ref().is_some_and(|s| s.is_below(outer))))
            {
                continue;
            }
            let brought = delta.brought_below(scope.as_ref());
            let is_of_delta = |(path, dot, _): (&Path, Dot, &LeafState)| {
                brought.has(dot) || delta.equivalents.contains(&(path.clone(), dot))
            };
            if self.life(scope.as_ref()) == Life::Deleted {
                trashed.push(scope.clone());
            } else if self.changes(scope.as_ref()).all(is_of_delta) {
                let equivalents = delta.equivalents.iter().filter(|(path, _)| is_in_scope(path)).map(|(_, dot)| *dot);
                let mut seen = brought.clone();
                equivalents.for_each(|dot| seen.add(dot));
                self.delete_with_seen(scope.as_ref(), &seen, author)?;
                trashed.push(scope.clone());
            } else {
                left.push(scope.clone());
            }
        }
        let is_outside_added =
            |path: &Path| !delta.added.iter().any(|scope| scope.as_ref().is_none_or(|entry| path.is_below(entry)));

        let undo_dot = self.seen.next_count().map(|n| Dot { n, actor: author.actor });
        // To open a resolved choice again, each wording needs a write of its own: one round of writes per wording.
        let mut rounds: Vec<Vec<(Path, LeafValue, SortedSet<Dot>)>> = vec![Vec::new()];
        for (path, change) in delta.leaves.iter().filter(|(path, _)| is_outside_added(path)) {
            let present: SortedSet<Dot> = match before.leaf(path) {
                Some(leaf) => {
                    let known = |dot: &&Dot| matches!(leaf.get(**dot), Some(LeafState::Known(_)));
                    let equivalents = delta.equivalents.iter().filter(|(at, _)| at == path).map(|(_, dot)| dot);
                    change.brought.iter().chain(equivalents).filter(known).copied().collect()
                }
                None => SortedSet::new(),
            };
            if present.is_empty() {
                left.push(Some(path.clone()));
                continue;
            }
            // The wording that was shown is written last, so that it is shown again.
            let mut wordings = change.before.iter().rev();
            let first =
                wordings.next().map_or(LeafValue::NULL, |first| before.restored_value(path, first, delta, undo_dot));
            rounds[0].push((path.clone(), first, present));
            for (round, wording) in (1..).zip(wordings) {
                if rounds.len() == round {
                    rounds.push(Vec::new());
                }
                rounds[round].push((path.clone(), wording.clone(), SortedSet::new()));
            }
        }
        for writes in rounds {
            self.write_over(writes, author)?;
        }
        let mut written = Vec::new();
        for (path, leaf) in &self.leaves {
            let is_new = |dot: &Dot| dot.actor == author.actor && !before.seen.has(*dot);
            written.extend(leaf.dots().filter(is_new).map(|dot| (path.clone(), dot)));
        }
        Ok(DeltaUndo { inverse: RecordDelta::between(Some(&before), self), skipped: left, written })
    }
}

/// Undoes deltas, the last first, and returns the outcomes in that order. Deltas of records that are not here are
/// skipped.
///
/// # Errors
/// See [`EditError`]. In that case no record is changed.
pub fn undo_all(
    records: &mut Records,
    deltas: &[RecordDelta],
    author: &Author,
) -> Result<Vec<(Id, DeltaUndo)>, EditError> {
    let mut outcomes = Vec::new();
    let mut changed = Records::new();
    for delta in deltas.iter().rev() {
        let Some(record) = changed.get(&delta.id).or_else(|| records.get(&delta.id)) else { continue };
        let mut record = record.clone();
        let outcome = record.undo(delta, author)?;
        changed.insert(delta.id.clone(), record);
        outcomes.push((delta.id.clone(), outcome));
    }
    records.extend(changed);
    Ok(outcomes)
}

#[cfg(test)]
mod tests;
