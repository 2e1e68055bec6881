//! The record itself: its leaves and its causal header, and how two copies are merged.

use std::fmt;

use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::domain::sorted::{SortedMap, SortedSet};

use super::dot::{Dot, Seen, Stamp};
use super::leaf::{Leaf, LeafState};
use super::life::Deletion;
use super::path::Path;
use super::value::LeafValue;

/// A record: plain data in leaves, and for each leaf the writes it comes from.
///
/// Invariants: every dot in a leaf is in `seen`; `stamps` has exactly the dots that stand in some leaf; no leaf is
/// empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub(super) kind: Box<str>,
    pub(super) id: Id,
    pub(super) seen: Seen,
    pub(super) stamps: SortedMap<Dot, Stamp>,
    pub(super) leaves: SortedMap<Path, Leaf>,
}

/// Why two copies of a record cannot be merged: what the incoming one is quarantined for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// One write with two different values: someone changed a copy outside the app, or a disk did.
    TwoValues {
        /// The leaf.
        path: Path,
        /// The write.
        dot: Dot,
    },
    /// The id is that of a record of another kind.
    OtherKind,
    /// Each copy says of all that the other has that it was replaced, and has nothing in its place: no honest writes do.
    NothingLeft,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TwoValues { path, .. } => write!(f, "{path} findes i to udgaver under samme ændring"),
            Self::OtherKind => f.write_str("samme id bruges til noget andet her"),
            Self::NothingLeft => f.write_str("af de to udgaver bliver der intet felt tilbage"),
        }
    }
}

impl Record {
    pub(super) fn bare(kind: &str, id: Id) -> Self {
        Self { kind: kind.into(), id, seen: Seen::default(), stamps: SortedMap::new(), leaves: SortedMap::new() }
    }

    /// The kind's name in the file; it may be one that this version does not know.
    pub const fn kind_name(&self) -> &str {
        &self.kind
    }

    /// The kind, where this version knows it.
    pub fn kind(&self) -> Option<Kind> {
        Kind::parse(&self.kind)
    }

    /// The id.
    pub const fn id(&self) -> &Id {
        &self.id
    }

    /// What has been seen of the record.
    pub const fn seen(&self) -> &Seen {
        &self.seen
    }

    /// When a write that still stands was made, and by whom.
    pub fn stamp(&self, dot: Dot) -> Option<&Stamp> {
        self.stamps.get(&dot)
    }

    /// The writes that still stand, ascending, with their labels.
    pub fn stamps(&self) -> impl Iterator<Item = (Dot, &Stamp)> {
        self.stamps.iter().map(|(&dot, stamp)| (dot, stamp))
    }

    /// The leaves.
    pub const fn leaves(&self) -> &SortedMap<Path, Leaf> {
        &self.leaves
    }

    /// A leaf.
    pub fn leaf(&self, path: &Path) -> Option<&Leaf> {
        self.leaves.get(path)
    }

    /// The shown value of a leaf as text, where it is one.
    pub fn shown_text(&self, path: &Path) -> Option<&str> {
        self.leaf(path)?.shown()?.json().as_str()
    }

    /// The field that names the record, as text; empty where nobody named it.
    pub fn title(&self) -> &str {
        self.kind().and_then(|kind| self.shown_text(&Path::root(kind.title()))).unwrap_or_default()
    }

    /// The record this one belongs to.
    pub fn parent(&self) -> Option<Id> {
        Id::parse(self.shown_text(&Path::root(self.kind()?.parent()?.name))?)
    }

    /// Merges two copies of the record. Commutative, associative and idempotent; neither copy's unread words are lost.
    ///
    /// # Errors
    /// The copies are not of one record, or one of them is damaged.
    pub fn merge(&self, other: &Self) -> Result<Self, Damage> {
        if self.kind != other.kind || self.id != other.id {
            return Err(Damage::OtherKind);
        }
        let (nothing, unseen) = (Leaf::default(), Seen::default());
        let mut merged = Self::bare(&self.kind, self.id.clone());
        for path in self.leaves.keys().chain(other.leaves.keys().filter(|path| !self.leaves.contains_key(path))) {
            let (ours, theirs) = (self.leaf(path).unwrap_or(&nothing), other.leaf(path).unwrap_or(&nothing));
            // A number that is no CPR number is only ever added, and a file may lack it: see `drop_not_cpr`.
            let is_added = is_not_cpr(path);
            let [seen, other_seen] = [&self.seen, &other.seen].map(|seen| if is_added { &unseen } else { seen });
            let leaf =
                ours.merge(seen, theirs, other_seen).map_err(|dot| Damage::TwoValues { path: path.clone(), dot })?;
            if !leaf.is_empty() {
                merged.leaves.insert(path.clone(), leaf);
            }
        }
        // A record of no leaves is none: no reader would take it.
        if merged.leaves.is_empty() {
            return Err(Damage::NothingLeft);
        }
        merged.seen = self.seen.clone();
        merged.seen.join(&other.seen);
        merged.stamps = self.stamps.clone();
        for (&dot, stamp) in &other.stamps {
            // Honest copies agree; of two that do not, the same one is taken everywhere.
            let taken = merged.stamps.get_or_insert_with(dot, || stamp.clone());
            if *taken < *stamp {
                taken.clone_from(stamp);
            }
        }
        merged.drop_dead_stamps();
        Ok(merged)
    }

    /// Forgets the labels of writes that stand in no leaf any more.
    pub(super) fn drop_dead_stamps(&mut self) {
        let mut living = SortedSet::new();
        living.extend(self.leaves.values().flat_map(Leaf::dots));
        self.stamps.retain(|dot, _| living.contains(dot));
    }

    /// Withholds the values that `masked` picks, and names their leaves: what a file that leaves the device does with
    /// small numbers, and an import with CPR numbers.
    pub fn withhold(&mut self, masked: impl Fn(&Path, &LeafValue) -> bool) -> Vec<Path> {
        let mut named = Vec::new();
        for (path, leaf) in self.leaves.iter_mut().filter(|(path, _)| !path.is_own()) {
            let mut any = false;
            leaf.each(|_, held| {
                if held.says_something() && held.known().is_some_and(|value| masked(path, value)) {
                    *held = LeafState::Withheld;
                    any = true;
                }
            });
            if any {
                named.push(path.clone());
            }
        }
        named
    }

    /// The record under another id, its leaves by other names and with other values, written by the same writes; `None` where
    /// two leaves would become one. `value` gives nothing where a value stays as it is.
    pub(crate) fn rewritten(
        &self,
        id: Id,
        name: &dyn Fn(&Path) -> Path,
        value: &dyn Fn(&Path, &LeafValue) -> Option<LeafValue>,
    ) -> Option<Self> {
        let mut copy = Self { id, leaves: SortedMap::new(), ..self.clone() };
        for (path, leaf) in &self.leaves {
            let mut leaf = leaf.clone();
            leaf.each(|_, held| {
                if let Some(new) = held.known().and_then(|old| value(path, old)) {
                    *held = LeafState::Known(new);
                }
            });
            if copy.leaves.insert(name(path), leaf).is_some() {
                return None;
            }
        }
        Some(copy)
    }

    /// Gives the names that writes are labelled with others, where `other` knows one; whether it did.
    pub(crate) fn relabel(&mut self, other: &dyn Fn(&str) -> Option<String>) -> bool {
        let mut any = false;
        for (_, stamp) in self.stamps.iter_mut() {
            if let Some(by) = stamp.by.as_deref().and_then(other) {
                stamp.by = Some(by);
                any = true;
            }
        }
        any
    }

    /// Cuts the record to the leaves that go into a file: the values of the others are withheld, and nobody is named who
    /// wrote nothing of what goes.
    pub(crate) fn keep_to(&mut self, goes: &dyn Fn(&Path) -> bool) {
        let mut going = SortedSet::new();
        for (path, leaf) in self.leaves.iter_mut() {
            if goes(path) {
                going.extend(leaf.known().map(|(dot, _)| dot));
            } else {
                leaf.each(|_, held| {
                    if held.says_something() {
                        *held = LeafState::Withheld;
                    }
                });
            }
        }
        for (dot, stamp) in self.stamps.iter_mut() {
            if !going.contains(dot) {
                stamp.by = None;
            }
        }
    }

    /// Drops the answers «it is no CPR number» for some digits, where the digits are in the name of the leaf. A copy that
    /// lacks them takes none from another: a merge keeps these leaves of either side.
    pub(crate) fn drop_not_cpr(&mut self, is_dropped: &dyn Fn(&str) -> bool) {
        self.leaves
            .retain(|path, _| !(is_not_cpr(path) && path.steps().nth(1).is_some_and(|digits| is_dropped(&digits))));
        self.drop_dead_stamps();
    }

    /// Gives every leaf another name: what a migration does. The mapping must never bring two leaves together.
    /// Deletions name leaves too.
    pub(crate) fn rename_leaves(&mut self, rename: impl Fn(&Path) -> Option<Path>) {
        let renamed = |path: Path| rename(&path).unwrap_or(path);
        self.leaves = std::mem::take(&mut self.leaves)
            .into_iter()
            .map(|(path, mut leaf)| {
                if path.is_deletion() {
                    leaf.each(|_, held| {
                        if let LeafState::Known(value) = held
                            && let Some(deletion) = Deletion::read(value)
                        {
                            *value = deletion.map_paths(&renamed).value();
                        }
                    });
                }
                (renamed(path), leaf)
            })
            .collect();
    }
}

/// Whether a leaf says of digits that they are no CPR number.
fn is_not_cpr(path: &Path) -> bool {
    path.as_str().starts_with("/@not_cpr/")
}
