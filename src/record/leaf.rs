//! A leaf: a set of values, each with the write it came from.

use super::dot::{Dot, Seen};
use super::value::LeafValue;
use crate::domain::sorted::SortedSet;

/// What is held of one write's value. Meeting another copy, the higher wins: withheld < known < forgotten.
#[derive(Clone, Debug, PartialEq)]
pub enum LeafState {
    /// The value was masked or left out: a copy that knows it may come.
    Withheld,
    /// The value.
    Known(LeafValue),
    /// The value was forgotten for ever, on purpose: no copy brings it back.
    Forgotten,
}

impl LeafState {
    /// The value, where it is known.
    pub const fn known(&self) -> Option<&LeafValue> {
        match self {
            Self::Known(value) => Some(value),
            Self::Withheld | Self::Forgotten => None,
        }
    }

    /// Whether there is a known value in it, and not nothing: only that needs hiding.
    pub fn says_something(&self) -> bool {
        self.known().is_some_and(|value| !value.is_null())
    }

    /// The higher of two; `None` where both are known and differ, which no honest copies do.
    fn join(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Forgotten, _) | (_, Self::Forgotten) => Some(Self::Forgotten),
            (Self::Known(left), Self::Known(right)) => (left == right).then(|| self.clone()),
            (Self::Known(_), Self::Withheld) => Some(self.clone()),
            (Self::Withheld, other) => Some(other.clone()),
        }
    }
}

/// A wording: one value that survives in a leaf, with the writes that hold it. Equal values are one wording.
#[derive(Clone, Debug, PartialEq)]
pub struct Wording<'a> {
    /// The value.
    pub value: &'a LeafValue,
    /// The writes, ascending.
    pub dots: Vec<Dot>,
}

/// A leaf: the values that survive, each with the write it came from. More than one may; hardly ever more than two.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leaf(
    /// Ascending by write, each once. A list, since nearly all have one element and there are very many leaves.
    Vec<(Dot, LeafState)>,
);

impl Leaf {
    /// The values with their writes, ascending.
    pub fn states(&self) -> impl DoubleEndedIterator<Item = (Dot, &LeafState)> {
        self.0.iter().map(|(dot, held)| (*dot, held))
    }

    /// What is held of a write.
    pub fn get(&self, dot: Dot) -> Option<&LeafState> {
        self.place(dot).ok().map(|place| &self.0[place].1)
    }

    /// The writes whose values survive, ascending.
    pub fn dots(&self) -> impl DoubleEndedIterator<Item = Dot> {
        self.0.iter().map(|(dot, _)| *dot)
    }

    /// The known values with their writes, ascending.
    pub fn known(&self) -> impl DoubleEndedIterator<Item = (Dot, &LeafValue)> {
        self.states().filter_map(|(dot, held)| Some((dot, held.known()?)))
    }

    /// How many values survive.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing survives in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where a write stands in the list, or where it would.
    fn place(&self, dot: Dot) -> Result<usize, usize> {
        self.0.binary_search_by_key(&dot, |(dot, _)| *dot)
    }

    /// The writes that a person who is shown this leaf is shown. A withheld value is not: typing over a mask replaces
    /// nothing, so that a masked copy coming home deletes nothing.
    pub fn shown_dots(&self) -> SortedSet<Dot> {
        self.states().filter(|(_, held)| **held != LeafState::Withheld).map(|(dot, _)| dot).collect()
    }

    /// The known values that stand against each other. A `null` written at creation is an untouched field, no
    /// wording of anyone's: it stands only where there is nothing else.
    fn contenders(&self) -> impl DoubleEndedIterator<Item = (Dot, &LeafValue)> {
        let only_untouched = self.known().all(is_untouched);
        self.known().filter(move |&write| only_untouched || !is_untouched(write))
    }

    /// The value that is shown: that of the highest (n, actor), the same everywhere. `None` where none is known.
    pub fn shown(&self) -> Option<&LeafValue> {
        self.contenders().next_back().map(|(_, value)| value)
    }

    /// The wordings, the one shown first.
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

    /// Whether some value is withheld and none is known: the leaf is masked here.
    pub fn is_masked(&self) -> bool {
        self.known().next().is_none() && self.states().any(|(_, held)| *held == LeafState::Withheld)
    }

    /// Takes a value in, as an encoding lists it.
    ///
    /// # Errors
    /// The write is there already.
    pub(super) fn insert(&mut self, dot: Dot, held: LeafState) -> Result<(), Dot> {
        let place = self.place(dot).err().ok_or(dot)?;
        self.0.insert(place, (dot, held));
        Ok(())
    }

    /// Takes in what is held of a write in another leaf that is shown as one with this; `false` where both know a value and
    /// they differ.
    pub(super) fn take_in(&mut self, dot: Dot, held: &LeafState) -> bool {
        match self.place(dot) {
            Err(place) => self.0.insert(place, (dot, held.clone())),
            Ok(place) => match self.0[place].1.join(held) {
                Some(both) => self.0[place].1 = both,
                None => return false,
            },
        }
        true
    }

    /// Writes a value that replaces exactly the given writes. Its write is above all that are there.
    pub(super) fn write(&mut self, dot: Dot, value: LeafValue, replaces: &SortedSet<Dot>) {
        self.0.retain(|(dot, held)| *held == LeafState::Withheld || !replaces.contains(dot));
        self.0.push((dot, LeafState::Known(value)));
    }

    /// Changes what is held of each write, in place.
    pub(super) fn each(&mut self, mut change: impl FnMut(Dot, &mut LeafState)) {
        self.0.iter_mut().for_each(|(dot, held)| change(*dot, held));
    }

    /// Merges with the other side's copy of the leaf: a value survives if both sides hold it, or if the side that
    /// lacks it has not seen its write.
    ///
    /// # Errors
    /// The write of which the sides hold different values.
    pub(super) fn merge(&self, seen: &Seen, other: &Self, other_seen: &Seen) -> Result<Self, Dot> {
        let mut kept = Vec::with_capacity(self.len().max(other.len()));
        for (dot, held) in self.states() {
            match other.get(dot) {
                Some(theirs) => kept.push((dot, held.join(theirs).ok_or(dot)?)),
                None if !other_seen.has(dot) => kept.push((dot, held.clone())),
                None => {}
            }
        }
        let mut merged = Self(kept);
        for (dot, held) in other.states().filter(|&(dot, _)| self.get(dot).is_none() && !seen.has(dot)) {
            merged.insert(dot, held.clone())?;
        }
        Ok(merged)
    }
}

/// Whether a write left the field as it was at the record's creation. (A creation alone has the count 1.)
pub(super) fn is_untouched((dot, value): (Dot, &LeafValue)) -> bool {
    dot.n == 1 && value.is_null()
}
