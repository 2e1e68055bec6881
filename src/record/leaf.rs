//! A leaf: a set of values, each with the write it came from.

use super::dot::{Dot, Seen};
use super::value::LeafValue;
use crate::domain::sorted::SortedSet;

/// The state of one write's value in this copy. When two copies are merged the higher state wins:
/// withheld < known < forgotten.
#[derive(Clone, Debug, PartialEq)]
pub enum LeafState {
    /// The value was masked or left out. A copy that knows the value may be merged in later.
    Withheld,
    /// The value is here.
    Known(LeafValue),
    /// The value was erased for good, on purpose. No copy brings the value back.
    Forgotten,
}

impl LeafState {
    /// Returns the value, if known.
    pub const fn known(&self) -> Option<&LeafValue> {
        match self {
            Self::Known(value) => Some(value),
            Self::Withheld | Self::Forgotten => None,
        }
    }

    /// Returns whether a value other than `null` is known. Only such a value needs to be hidden.
    pub fn has_value(&self) -> bool {
        self.known().is_some_and(|value| !value.is_null())
    }

    /// Returns the higher of two states of one write; `None` if both are known and differ, which only a damaged copy
    /// does.
    fn join(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Forgotten, _) | (_, Self::Forgotten) => Some(Self::Forgotten),
            (Self::Known(left), Self::Known(right)) => (left == right).then(|| self.clone()),
            (Self::Known(_), Self::Withheld) => Some(self.clone()),
            (Self::Withheld, other) => Some(other.clone()),
        }
    }
}

/// One distinct value of a leaf, with the writes that hold it. Equal values are one wording.
#[derive(Clone, Debug, PartialEq)]
pub struct Wording<'a> {
    /// The value.
    pub value: &'a LeafValue,
    /// The dots of the writes, ascending.
    pub dots: Vec<Dot>,
}

/// A leaf: its surviving values, each with the dot of the write it came from. Concurrent writes leave several values,
/// rarely more than two.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leaf(
    /// Ascending by dot, each dot once. A list, because there are very many leaves and nearly all have one element.
    Vec<(Dot, LeafState)>,
);

impl Leaf {
    /// Returns the states with their dots, ascending.
    pub fn states(&self) -> impl DoubleEndedIterator<Item = (Dot, &LeafState)> {
        self.0.iter().map(|(dot, state)| (*dot, state))
    }

    /// Returns the state of a write's value, if the write survives in this leaf.
    pub fn get(&self, dot: Dot) -> Option<&LeafState> {
        self.index_of(dot).ok().map(|index| &self.0[index].1)
    }

    /// Returns the dots of the surviving writes, ascending.
    pub fn dots(&self) -> impl DoubleEndedIterator<Item = Dot> {
        self.0.iter().map(|(dot, _)| *dot)
    }

    /// Returns the known values with their dots, ascending.
    pub fn known(&self) -> impl DoubleEndedIterator<Item = (Dot, &LeafValue)> {
        self.states().filter_map(|(dot, state)| Some((dot, state.known()?)))
    }

    /// Returns the number of surviving writes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether no write survives.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the index of a dot in the list, or as `Err` the index to insert it at.
    fn index_of(&self, dot: Dot) -> Result<usize, usize> {
        self.0.binary_search_by_key(&dot, |(dot, _)| *dot)
    }

    /// Returns the dots of the writes that a user of this copy is shown: all but the withheld ones. Typing over a mask
    /// therefore replaces nothing, and a masked copy that is merged at home deletes nothing.
    pub fn shown_dots(&self) -> SortedSet<Dot> {
        self.states().filter(|(_, state)| **state != LeafState::Withheld).map(|(dot, _)| dot).collect()
    }

    /// Returns the known values that compete to be shown, ascending by dot. An untouched value (see [`is_untouched`])
    /// competes only if there is no other.
    fn contenders(&self) -> impl DoubleEndedIterator<Item = (Dot, &LeafValue)> {
        let only_untouched = self.known().all(is_untouched);
        self.known().filter(move |&write| only_untouched || !is_untouched(write))
    }

    /// Returns the shown value: that of the highest dot (n, actor), so the same on every device. `None` if no value is
    /// known.
    pub fn shown(&self) -> Option<&LeafValue> {
        self.contenders().next_back().map(|(_, value)| value)
    }

    /// Returns the wordings. The first is the one shown.
    pub fn wordings(&self) -> Vec<Wording<'_>> {
        let mut wordings: Vec<Wording<'_>> = Vec::new();
        for (dot, value) in self.contenders().rev() {
            match wordings.iter_mut().find(|wording| wording.value == value) {
                Some(wording) => wording.dots.insert(0, dot),
                None => wordings.push(Wording { value, dots: vec![dot] }),
            }
        }
        wordings
    }

    /// Returns whether the leaf is masked: some value is withheld and none is known.
    pub fn is_masked(&self) -> bool {
        self.known().next().is_none() && self.states().any(|(_, state)| *state == LeafState::Withheld)
    }

    /// Inserts the state of a write.
    ///
    /// # Errors
    /// Returns the dot if the leaf has it already.
    pub(super) fn insert(&mut self, dot: Dot, state: LeafState) -> Result<(), Dot> {
        let index = self.index_of(dot).err().ok_or(dot)?;
        self.0.insert(index, (dot, state));
        Ok(())
    }

    /// Inserts the state of a write, or merges the state with the one here. Returns `false`, and changes nothing, if
    /// both are known and differ. Used for joins (see [`super::join`]).
    pub(super) fn insert_or_join(&mut self, dot: Dot, state: &LeafState) -> bool {
        match self.index_of(dot) {
            Err(index) => self.0.insert(index, (dot, state.clone())),
            Ok(index) => match self.0[index].1.join(state) {
                Some(joined) => self.0[index].1 = joined,
                None => return false,
            },
        }
        true
    }

    /// Writes a value that replaces exactly the given dots, except withheld ones. The new dot must be above every dot
    /// here.
    pub(super) fn write(&mut self, dot: Dot, value: LeafValue, replaces: &SortedSet<Dot>) {
        self.0.retain(|(dot, state)| *state == LeafState::Withheld || !replaces.contains(dot));
        self.0.push((dot, LeafState::Known(value)));
    }

    /// Calls a function on the state of each write, which may change the state.
    pub(super) fn update_states(&mut self, mut update: impl FnMut(Dot, &mut LeafState)) {
        self.0.iter_mut().for_each(|(dot, state)| update(*dot, state));
    }

    /// Merges two copies of the leaf. A write survives if both copies have it, or if the copy that lacks it has not
    /// seen it (a copy that has seen the write knows that it was replaced).
    ///
    /// # Errors
    /// Returns the dot of a write whose known values differ.
    pub(super) fn merge(&self, seen: &Seen, other: &Self, other_seen: &Seen) -> Result<Self, Dot> {
        let mut survivors = Vec::with_capacity(self.len().max(other.len()));
        for (dot, state) in self.states() {
            match other.get(dot) {
                Some(theirs) => survivors.push((dot, state.join(theirs).ok_or(dot)?)),
                None if !other_seen.has(dot) => survivors.push((dot, state.clone())),
                None => {}
            }
        }
        let mut merged = Self(survivors);
        for (dot, state) in other.states().filter(|&(dot, _)| self.get(dot).is_none() && !seen.has(dot)) {
            merged.insert(dot, state.clone())?;
        }
        Ok(merged)
    }
}

/// Returns whether a value is untouched: `null` with count 1, that is a field left empty at the record's creation.
/// (Only a creation has count 1.)
pub(super) fn is_untouched((dot, value): (Dot, &LeafValue)) -> bool {
    dot.n == 1 && value.is_null()
}

#[cfg(test)]
mod tests;
