//! What changed between two states of a record. Undoing it is a new write.

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

/// What changed between two states of a record, by whatever way: one person's edit, an undo, an import.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordDelta {
    /// The record.
    pub id: Id,
    /// The leaves whose wordings changed.
    pub leaves: SortedMap<Path, LeafDelta>,
    /// What came into being with it: the record (`None`), or entries in it.
    pub added: SortedSet<Option<Path>>,
    /// Writes that stand for what this step had brought, and where: those of a later undoing that put it back. They are as
    /// good as its own.
    pub stands_for: SortedSet<(Path, Dot)>,
}

/// How one leaf changed.
#[derive(Clone, Debug, PartialEq)]
pub struct LeafDelta {
    /// The wordings that stood before, the one shown first; none where the leaf did not exist.
    pub before: Vec<LeafValue>,
    /// The one shown afterwards.
    pub after: Option<LeafValue>,
    /// The writes that the step brought.
    pub brought: SortedSet<Dot>,
    /// The writes that it replaced.
    pub replaced: SortedSet<Dot>,
}

/// What came of undoing a step.
#[derive(Clone, Debug, PartialEq)]
pub struct DeltaUndo {
    /// The undoing as a step of its own: undoing that is the redo.
    pub step: RecordDelta,
    /// What no longer holds what the step wrote, and so was left alone: leaves, entries, or the record (`None`). It is
    /// named to the user.
    pub left: Vec<Option<Path>>,
    /// What was written, and where.
    pub(super) wrote: Vec<(Path, Dot)>,
}

fn wordings(leaf: Option<&Leaf>) -> Vec<LeafValue> {
    leaf.map(Leaf::wordings).unwrap_or_default().into_iter().map(|wording| wording.value.clone()).collect()
}

impl RecordDelta {
    /// The step from one state of a record to a later one; `None` before its creation.
    pub fn between(before: Option<&Record>, after: &Record) -> Self {
        let mut step = Self {
            id: after.id().clone(),
            leaves: SortedMap::new(),
            added: SortedSet::new(),
            stands_for: SortedSet::new(),
        };
        let mut entries = SortedSet::new();
        for (path, leaf) in after.leaves() {
            let old = before.and_then(|before| before.leaf(path));
            // Most of a record stands as it did, at every key that is typed in it.
            if old == Some(leaf) {
                continue;
            }
            let brought: SortedSet<Dot> =
                leaf.dots().filter(|dot| old.is_none_or(|old| old.get(*dot).is_none())).collect();
            let (was, is) = (wordings(old), wordings(Some(leaf)));
            if was != is || (old.is_none() && !brought.is_empty()) {
                let replaced = old.into_iter().flat_map(Leaf::dots).filter(|dot| leaf.get(*dot).is_none()).collect();
                let after = is.into_iter().next();
                step.leaves.insert(path.clone(), LeafDelta { before: was, after, brought, replaced });
            }
            // An entry that came has new leaves alone.
            if old.is_none() {
                entries.extend(after.entry_of(path));
            }
        }
        match before {
            None => {
                step.added.insert(None);
            }
            Some(before) => step.added.extend(entries.into_iter().filter(|e| !before.has_leaves_below(e)).map(Some)),
        }
        step
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.leaves.is_empty()
    }

    /// This step and one that followed on it, of the same record, as one.
    #[must_use]
    pub fn then(mut self, next: Self) -> Self {
        for (path, change) in next.leaves {
            match self.leaves.get_mut(&path) {
                Some(own) => {
                    own.after = change.after;
                    own.brought.extend(change.brought.iter().copied());
                }
                None => {
                    self.leaves.insert(path, change);
                }
            }
        }
        self.added.extend(next.added.iter().cloned());
        self
    }

    /// Whether nothing that is shown is changed by it: words typed and taken back.
    pub(super) fn is_idle(&self) -> bool {
        let is_idle = |change: &LeafDelta| change.before.len() < 2 && change.before.first() == change.after.as_ref();
        self.added.is_empty() && self.leaves.values().all(is_idle)
    }

    /// The writes that the step brought in the record (`None`) or an entry of it, as counts.
    fn brought_below(&self, scope: Option<&Path>) -> Seen {
        let within = self.leaves.iter().filter(|(path, _)| scope.is_none_or(|entry| path.is_below(entry)));
        within.flat_map(|(_, change)| change.brought.iter().copied()).collect()
    }

    /// Whether a whole record came with the step, and holds no more than that: nobody has written in it since.
    pub(super) fn is_all_of(&self, record: &Record) -> bool {
        let brought = self.brought_below(None);
        let is_own = |path: &Path, dot| brought.has(dot) || self.stands_for.contains(&(path.clone(), dot));
        self.added.contains(&None) && record.changes(None).all(|(path, dot, _)| is_own(path, dot))
    }

    /// A later step was undone, by some writes. Where it had replaced nothing but what this one brought, what it wrote, and
    /// what was written in undoing it, stands for that.
    pub(super) fn is_stood_for(&mut self, later: &Self, wrote: &[(Path, Dot)]) {
        let is_own = |path: &Path, dot: Dot| {
            self.stands_for.contains(&(path.clone(), dot))
                || self.leaves.get(path).is_some_and(|change| change.brought.contains(&dot))
                || self.leaves.iter().any(|(deletion, change)| deletion.is_deletion() && change.covers(path, dot))
        };
        let replaced = |path: &Path| later.leaves.get(path).into_iter().flat_map(|change| change.replaced.iter());
        let of_own = |path: &Path| replaced(path).all(|dot| is_own(path, *dot));
        let brought =
            later.leaves.iter().flat_map(|(path, change)| change.brought.iter().map(|dot| (path.clone(), *dot)));
        let all = brought.chain(later.stands_for.iter().cloned()).chain(wrote.iter().cloned());
        let stands_for: Vec<_> = all.filter(|(path, _)| of_own(path)).collect();
        self.stands_for.extend(stands_for);
    }
}

impl LeafDelta {
    /// Whether a deletion, in what stood before and after, knew of a write.
    fn covers(&self, path: &Path, dot: Dot) -> bool {
        self.before.iter().chain(&self.after).filter_map(Deletion::read).any(|deletion| deletion.covers(path, dot))
    }
}

impl Record {
    /// The entry that a leaf lies in, where this version knows its map.
    pub(crate) fn entry_of(&self, path: &Path) -> Option<Path> {
        let mut steps = path.steps();
        let (map, key) = (steps.next()?, steps.next()?);
        let field = self.kind()?.fields().iter().find(|field| field.name == map)?;
        matches!(field.shape, crate::domain::body::Shape::Entries(_)).then(|| Path::root(&map).child(&key))
    }

    pub(super) fn has_leaves_below(&self, entry: &Path) -> bool {
        self.leaves.keys().any(|path| path.is_below(entry))
    }

    /// A value to be put back by a write. A deletion put back knows of that write, and of what has been written since in the
    /// step's own name: but where it would thereby know of a write that is none of the step's (of an author one knows all
    /// writes up to the last, and the last may be the undoing itself) it knows what it knew, and it is asked about.
    fn put_back(&self, path: &Path, value: &LeafValue, step: &RecordDelta, by: Option<Dot>) -> LeafValue {
        let Some(deletion) = Deletion::read(value).filter(|_| path.is_deletion()) else { return value.clone() };
        let mut wider = deletion.clone();
        step.stands_for.iter().map(|(_, dot)| *dot).chain(by).for_each(|dot| wider.seen.add(dot));
        let is_own = |path: &Path, dot: Dot| {
            step.leaves.get(path).is_some_and(|change| change.brought.contains(&dot))
                || step.stands_for.contains(&(path.clone(), dot))
        };
        let scope = path.as_str().rsplit_once('/').and_then(|(entry, _)| Path::parse(entry));
        let mut changes = self.changes(scope.as_ref());
        let is_more = |path, dot| wider.covers(path, dot) && !deletion.covers(path, dot);
        if changes.any(|(path, dot, _)| is_more(path, dot) && !is_own(path, dot)) {
            value.clone()
        } else {
            wider.value()
        }
    }

    /// Undoes a step: a new write, only to leaves that still hold what the step wrote. Nobody else's write is touched.
    ///
    /// # Errors
    /// See [`EditError`].
    pub fn undo(&mut self, step: &RecordDelta, author: &Author) -> Result<DeltaUndo, EditError> {
        let before = self.clone();
        let mut left = Vec::new();

        // What came into being with the step goes to the trash whole, unless somebody has written in it since.
        let mut gone: Vec<Option<Path>> = Vec::new();
        for scope in &step.added {
            let within = |path: &Path| scope.as_ref().is_none_or(|entry| path.is_below(entry));
            if gone
                .iter()
                .any(|outer| outer.as_ref().is_none_or(|outer| scope.as_ref().is_some_and(|s| s.is_below(outer))))
            {
                continue;
            }
            let brought = step.brought_below(scope.as_ref());
            let is_own = |(path, dot, _): (&Path, Dot, &LeafState)| {
                brought.has(dot) || step.stands_for.contains(&(path.clone(), dot))
            };
            if self.life(scope.as_ref()) == Life::Deleted {
                gone.push(scope.clone());
            } else if self.changes(scope.as_ref()).all(is_own) {
                let stood_for = step.stands_for.iter().filter(|(path, _)| within(path)).map(|(_, dot)| *dot);
                let mut seen = brought.clone();
                stood_for.for_each(|dot| seen.add(dot));
                self.delete_having_seen(scope.as_ref(), &seen, author)?;
                gone.push(scope.clone());
            } else {
                left.push(scope.clone());
            }
        }
        let kept =
            |path: &Path| !step.added.iter().any(|scope| scope.as_ref().is_none_or(|entry| path.is_below(entry)));

        let by = self.seen.next_count().map(|n| Dot { n, actor: author.actor });
        // Where an open choice was closed, opening it again takes one write a wording.
        let mut rounds: Vec<Vec<(Path, LeafValue, SortedSet<Dot>)>> = vec![Vec::new()];
        for (path, change) in step.leaves.iter().filter(|(path, _)| kept(path)) {
            let holds: SortedSet<Dot> = match before.leaf(path) {
                Some(leaf) => {
                    let known = |dot: &&Dot| matches!(leaf.get(**dot), Some(LeafState::Known(_)));
                    let stood_for = step.stands_for.iter().filter(|(at, _)| at == path).map(|(_, dot)| dot);
                    change.brought.iter().chain(stood_for).filter(known).copied().collect()
                }
                None => SortedSet::new(),
            };
            if holds.is_empty() {
                left.push(Some(path.clone()));
                continue;
            }
            // The one shown is written last, so that it is the one shown again.
            let mut wordings = change.before.iter().rev();
            let first = wordings.next().map_or(LeafValue::NULL, |first| before.put_back(path, first, step, by));
            rounds[0].push((path.clone(), first, holds));
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
        let mut wrote = Vec::new();
        for (path, leaf) in &self.leaves {
            let is_new = |dot: &Dot| dot.actor == author.actor && !before.seen.has(*dot);
            wrote.extend(leaf.dots().filter(is_new).map(|dot| (path.clone(), dot)));
        }
        Ok(DeltaUndo { step: RecordDelta::between(Some(&before), self), left, wrote })
    }
}

/// Undoes steps, the last first, and gives what came of each in that order. Of several steps of one record each is undone
/// on what the one before left.
///
/// # Errors
/// See [`EditError`]; then nothing has changed.
pub fn undo_all(
    records: &mut Records,
    steps: &[RecordDelta],
    author: &Author,
) -> Result<Vec<(Id, DeltaUndo)>, EditError> {
    let mut changed = Vec::new();
    let mut work = Records::new();
    for step in steps.iter().rev() {
        let Some(record) = work.get(&step.id).or_else(|| records.get(&step.id)) else { continue };
        let mut record = record.clone();
        let undone = record.undo(step, author)?;
        work.insert(step.id.clone(), record);
        changed.push((step.id.clone(), undone));
    }
    records.extend(work);
    Ok(changed)
}
