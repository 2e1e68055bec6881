//! What changed between two states of a record. Undoing it is a new write.

use crate::domain::id::Id;
use crate::domain::sorted::{SortedMap, SortedSet};

use super::dot::{Dot, Seen};
use super::edit::{Author, EditError};
use super::leaf::{Held, Leaf};
use super::life::Life;
use super::path::Path;
use super::tree::Record;
use super::value::LeafValue;

/// What changed between two states of a record, by whatever way: one person's edit, an undo, an import.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The record.
    pub id: Id,
    /// The leaves whose wordings changed.
    pub leaves: SortedMap<Path, Change>,
    /// What came into being with it: the record (`None`), or entries in it.
    pub added: SortedSet<Option<Path>>,
}

/// How one leaf changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The wordings that stood before, the one shown first; none where the leaf did not exist.
    pub before: Vec<LeafValue>,
    /// The one shown afterwards.
    pub after: Option<LeafValue>,
    /// The writes that the step brought.
    pub brought: SortedSet<Dot>,
}

/// What came of undoing a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Undone {
    /// The undoing as a step of its own: undoing that is the redo.
    pub step: Step,
    /// What no longer holds what the step wrote, and so was left alone: leaves, entries, or the record (`None`). It is
    /// named to the user.
    pub left: Vec<Option<Path>>,
}

fn wordings(leaf: Option<&Leaf>) -> Vec<LeafValue> {
    leaf.map(Leaf::wordings).unwrap_or_default().into_iter().map(|wording| wording.value.clone()).collect()
}

impl Step {
    /// The step from one state of a record to a later one; `None` before its creation.
    pub fn between(before: Option<&Record>, after: &Record) -> Self {
        let mut step = Self { id: after.id().clone(), leaves: SortedMap::new(), added: SortedSet::new() };
        let mut entries = SortedSet::new();
        for (path, leaf) in after.leaves() {
            let old = before.and_then(|before| before.leaf(path));
            let brought: SortedSet<Dot> =
                leaf.dots().filter(|dot| old.is_none_or(|old| old.get(*dot).is_none())).collect();
            let (was, is) = (wordings(old), wordings(Some(leaf)));
            if was != is || (old.is_none() && !brought.is_empty()) {
                step.leaves.insert(path.clone(), Change { before: was, after: is.into_iter().next(), brought });
            }
            entries.extend(after.entry_of(path));
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
}

impl Record {
    /// The entry that a leaf lies in, where this version knows its map.
    pub(crate) fn entry_of(&self, path: &Path) -> Option<Path> {
        let mut steps = path.steps();
        let (map, key) = (steps.next()?, steps.next()?);
        let field = self.kind()?.fields().iter().find(|field| field.name == map)?;
        matches!(field.shape, crate::domain::body::Shape::Entries(_)).then(|| Path::root(&map).child(&key))
    }

    fn has_leaves_below(&self, entry: &Path) -> bool {
        self.leaves.keys().any(|path| path.is_below(entry))
    }

    /// Undoes a step: a new write, only to leaves that still hold what the step wrote. Nobody else's write is touched.
    ///
    /// # Errors
    /// See [`EditError`].
    pub fn undo(&mut self, step: &Step, author: &Author) -> Result<Undone, EditError> {
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
            let brought: Seen = step
                .leaves
                .iter()
                .filter(|(path, _)| within(path))
                .flat_map(|(_, change)| change.brought.iter().copied())
                .collect();
            if self.life(scope.as_ref()) == Life::Deleted {
                gone.push(scope.clone());
            } else if self.changes(scope.as_ref()).all(|dot| brought.has(dot)) {
                self.delete_having_seen(scope.as_ref(), &brought, author)?;
                gone.push(scope.clone());
            } else {
                left.push(scope.clone());
            }
        }
        let kept =
            |path: &Path| !step.added.iter().any(|scope| scope.as_ref().is_none_or(|entry| path.is_below(entry)));

        // Where an open choice was closed, opening it again takes one write a wording.
        let mut rounds: Vec<Vec<(Path, LeafValue, SortedSet<Dot>)>> = vec![Vec::new()];
        for (path, change) in step.leaves.iter().filter(|(path, _)| kept(path)) {
            let holds: SortedSet<Dot> = match before.leaf(path) {
                Some(leaf) => {
                    let known = |dot: &&Dot| matches!(leaf.get(**dot), Some(Held::Known(_)));
                    change.brought.iter().filter(known).copied().collect()
                }
                None => SortedSet::new(),
            };
            if holds.is_empty() {
                left.push(Some(path.clone()));
                continue;
            }
            // The one shown is written last, so that it is the one shown again.
            let mut wordings = change.before.iter().rev();
            let first = wordings.next().cloned().unwrap_or(LeafValue::NULL);
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
        Ok(Undone { step: Step::between(Some(&before), self), left })
    }
}
