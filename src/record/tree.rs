//! The record itself: its leaves, its causal header, and merging two copies.

use std::fmt;

use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::domain::sorted::{SortedMap, SortedSet};

use super::dot::{Dot, Seen, Stamp};
use super::leaf::{Leaf, LeafState};
use super::life::Deletion;
use super::path::Path;
use super::value::LeafValue;

/// A record: plain data in leaves, and for each leaf the writes that its values come from.
///
/// # Invariants
///
/// * Every dot in a leaf is in `seen`.
/// * `stamps` has exactly the dots that are in some leaf.
/// * No leaf is empty, and there is at least one leaf.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub(super) kind: Box<str>,
    pub(super) id: Id,
    pub(super) seen: Seen,
    pub(super) stamps: SortedMap<Dot, Stamp>,
    pub(super) leaves: SortedMap<Path, Leaf>,
}

/// Why two copies of a record cannot be merged. The incoming copy is quarantined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The copies have different values for one write: a copy was changed outside the app, or by a faulty disk.
    TwoValues {
        /// The leaf.
        path: Path,
        /// The write.
        dot: Dot,
    },
    /// The ids or the kinds differ.
    DifferentRecord,
    /// Each copy has seen, and no longer has, every write of the other. The app never produces such copies.
    NothingLeft,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TwoValues { path, .. } => write!(f, "{path} findes i to udgaver under samme ændring"),
            Self::DifferentRecord => f.write_str("samme id bruges til noget andet her"),
            Self::NothingLeft => f.write_str("af de to udgaver bliver der intet felt tilbage"),
        }
    }
}

impl Record {
    /// Creates a record without leaves; the caller must add some.
    pub(super) fn bare(kind: &str, id: Id) -> Self {
        Self { kind: kind.into(), id, seen: Seen::default(), stamps: SortedMap::new(), leaves: SortedMap::new() }
    }

    /// Returns the kind's name in the file. This version may not know the kind.
    pub const fn kind_name(&self) -> &str {
        &self.kind
    }

    /// Returns the kind, if this version knows it.
    pub fn kind(&self) -> Option<Kind> {
        Kind::parse(&self.kind)
    }

    /// Returns the id.
    pub const fn id(&self) -> &Id {
        &self.id
    }

    /// Returns which writes this copy has seen.
    pub const fn seen(&self) -> &Seen {
        &self.seen
    }

    /// Returns the time and author's name of a write, if some leaf still has its dot.
    pub fn stamp(&self, dot: Dot) -> Option<&Stamp> {
        self.stamps.get(&dot)
    }

    /// Returns the writes that some leaf still has, ascending by dot, with their stamps.
    pub fn stamps(&self) -> impl Iterator<Item = (Dot, &Stamp)> {
        self.stamps.iter().map(|(&dot, stamp)| (dot, stamp))
    }

    /// Returns the leaves, by path.
    pub const fn leaves(&self) -> &SortedMap<Path, Leaf> {
        &self.leaves
    }

    /// Returns the leaf at a path.
    pub fn leaf(&self, path: &Path) -> Option<&Leaf> {
        self.leaves.get(path)
    }

    /// Returns the shown value of a leaf, if it is a text.
    pub fn shown_text(&self, path: &Path) -> Option<&str> {
        self.leaf(path)?.shown()?.json().as_str()
    }

    /// Returns the text of the field that names the record; empty if the field is, or the kind is unknown.
    pub fn title(&self) -> &str {
        self.kind().and_then(|kind| self.shown_text(&Path::root(kind.title()))).unwrap_or_default()
    }

    /// Returns the id of the record that this one belongs to.
    pub fn parent(&self) -> Option<Id> {
        Id::parse(self.shown_text(&Path::root(self.kind()?.parent()?.name))?)
    }

    /// Merges two copies of the record. The operation is commutative, associative and idempotent. A value that either
    /// copy has and the other has not seen is kept.
    ///
    /// # Errors
    /// Fails if the copies are not of one record, or if one of them is damaged.
    pub fn merge(&self, other: &Self) -> Result<Self, Damage> {
        if self.kind != other.kind || self.id != other.id {
            return Err(Damage::DifferentRecord);
        }
        let (empty_leaf, nothing_seen) = (Leaf::default(), Seen::default());
        let mut merged = Self::bare(&self.kind, self.id.clone());
        for path in self.leaves.keys().chain(other.leaves.keys().filter(|path| !self.leaves.contains_key(path))) {
            let (ours, theirs) = (self.leaf(path).unwrap_or(&empty_leaf), other.leaf(path).unwrap_or(&empty_leaf));
            // Leaves under `@not_cpr` are only ever added, and a file may lack some (see `drop_not_cpr`): a copy
            // without such a leaf did not delete it.
            let is_add_only = is_not_cpr(path);
            let [seen, other_seen] =
                [&self.seen, &other.seen].map(|seen| if is_add_only { &nothing_seen } else { seen });
            let leaf =
                ours.merge(seen, theirs, other_seen).map_err(|dot| Damage::TwoValues { path: path.clone(), dot })?;
            if !leaf.is_empty() {
                merged.leaves.insert(path.clone(), leaf);
            }
        }
        // No reader accepts a record without leaves.
        if merged.leaves.is_empty() {
            return Err(Damage::NothingLeft);
        }
        merged.seen = self.seen.clone();
        merged.seen.join(&other.seen);
        merged.stamps = self.stamps.clone();
        for (&dot, stamp) in &other.stamps {
            // The stamps of undamaged copies agree. If they do not, every device takes the greater one.
            let merged_stamp = merged.stamps.get_or_insert_with(dot, || stamp.clone());
            if *merged_stamp < *stamp {
                merged_stamp.clone_from(stamp);
            }
        }
        merged.drop_dead_stamps();
        Ok(merged)
    }

    /// Removes the stamps of writes that no leaf has any more.
    pub(super) fn drop_dead_stamps(&mut self) {
        let mut surviving = SortedSet::new();
        surviving.extend(self.leaves.values().flat_map(Leaf::dots));
        self.stamps.retain(|dot, _| surviving.contains(dot));
    }

    /// Withholds the known values, other than `null`, that `is_masked` accepts, and returns the paths of their leaves.
    /// Used for small numbers in a file that leaves the device, and for CPR numbers on import. Own leaves
    /// are kept.
    pub fn withhold(&mut self, is_masked: impl Fn(&Path, &LeafValue) -> bool) -> Vec<Path> {
        let mut masked_paths = Vec::new();
        for (path, leaf) in self.leaves.iter_mut().filter(|(path, _)| !path.is_own()) {
            let mut has_masked = false;
            leaf.update_states(|_, state| {
                if state.has_value() && state.known().is_some_and(|value| is_masked(path, value)) {
                    *state = LeafState::Withheld;
                    has_masked = true;
                }
            });
            if has_masked {
                masked_paths.push(path.clone());
            }
        }
        masked_paths
    }

    /// Copies the record to another id, with leaves renamed by `rename` and values replaced by `new_value`. The dots
    /// and stamps stay. Returns `None` if two leaves would get the same path. `new_value` returns `None` to keep a
    /// value.
    pub(crate) fn rewritten(
        &self,
        id: Id,
        rename: &dyn Fn(&Path) -> Path,
        new_value: &dyn Fn(&Path, &LeafValue) -> Option<LeafValue>,
    ) -> Option<Self> {
        let mut copy = Self { id, leaves: SortedMap::new(), ..self.clone() };
        for (path, leaf) in &self.leaves {
            let mut leaf = leaf.clone();
            leaf.update_states(|_, state| {
                if let Some(value) = state.known().and_then(|old| new_value(path, old)) {
                    *state = LeafState::Known(value);
                }
            });
            if copy.leaves.insert(rename(path), leaf).is_some() {
                return None;
            }
        }
        Some(copy)
    }

    /// Replaces authors' names in the stamps where `new_name` returns one. Returns whether any was replaced.
    pub(crate) fn relabel(&mut self, new_name: &dyn Fn(&str) -> Option<String>) -> bool {
        let mut is_changed = false;
        for (_, stamp) in self.stamps.iter_mut() {
            if let Some(by) = stamp.by.as_deref().and_then(new_name) {
                stamp.by = Some(by);
                is_changed = true;
            }
        }
        is_changed
    }

    /// Removes the names of all authors, for a file. Dots and times stay. A copy that knows a name keeps it:
    /// [`Record::merge`] takes the greater stamp.
    pub(crate) fn drop_author_names(&mut self) {
        for (_, stamp) in self.stamps.iter_mut() {
            stamp.by = None;
        }
    }

    /// Withholds the values of all leaves but those that `is_included` accepts, for a file. Removes the names of
    /// authors who wrote none of the included values. The dots stay.
    pub(crate) fn keep_to(&mut self, is_included: &dyn Fn(&Path) -> bool) {
        let mut included_dots = SortedSet::new();
        for (path, leaf) in self.leaves.iter_mut() {
            if is_included(path) {
                included_dots.extend(leaf.known().map(|(dot, _)| dot));
            } else {
                leaf.update_states(|_, state| {
                    if state.has_value() {
                        *state = LeafState::Withheld;
                    }
                });
            }
        }
        for (dot, stamp) in self.stamps.iter_mut() {
            if !included_dots.contains(dot) {
                stamp.by = None;
            }
        }
    }

    /// Removes the leaves `/@not_cpr/<digits>` (the user's answers «it is no CPR number») whose digits `is_dropped`
    /// accepts. Merging such a copy removes the leaf nowhere else: [`Record::merge`] keeps these leaves of either side.
    pub(crate) fn drop_not_cpr(&mut self, is_dropped: &dyn Fn(&str) -> bool) {
        self.leaves
            .retain(|path, _| !(is_not_cpr(path) && path.steps().nth(1).is_some_and(|digits| is_dropped(&digits))));
        self.drop_dead_stamps();
    }

    /// Renames leaves, for a migration; `rename` returns `None` to keep a path. Paths listed in deletions are renamed
    /// too. Two leaves must never be given one path.
    pub(crate) fn rename_leaves(&mut self, rename: impl Fn(&Path) -> Option<Path>) {
        let new_path = |path: Path| rename(&path).unwrap_or(path);
        self.leaves = std::mem::take(&mut self.leaves)
            .into_iter()
            .map(|(path, mut leaf)| {
                if path.is_deletion() {
                    leaf.update_states(|_, state| {
                        if let LeafState::Known(value) = state
                            && let Some(deletion) = Deletion::read(value)
                        {
                            *value = deletion.map_paths(&new_path).value();
                        }
                    });
                }
                (new_path(path), leaf)
            })
            .collect();
    }
}

/// Returns whether a leaf is the user's answer that some digits are no CPR number.
fn is_not_cpr(path: &Path) -> bool {
    path.as_str().starts_with("/@not_cpr/")
}

#[cfg(test)]
mod tests;
