//! Two ids, one institution: the answers to «Samme enhed?», resolved on reading. Ids are never rewritten, and nothing is
//! copied: see [`super::join`].
//!
//! An answer is about two units that are here, and a leaf of its own: `/@same_as/<the other's id>`, in the record of the
//! lower of the two ids, so that what several devices answer about one pair meets in one leaf. Its value is the id of the
//! one that stands for both (they are the same), `false` (they are two), or `null` (taken back). An answer about another
//! pair is another leaf, so no answer replaces one that is about something else.
//!
//! Earlier versions kept one answer a unit, as the other's id in `/@same_as`. It is read for ever, as one more answer about
//! that pair, and is taken away by the next answer about it. The file's version stays what it was: an earlier version leaves
//! the new leaves as they are, and shows the units apart.

use serde_json::Value;

use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::domain::sorted::{SortedMap, SortedSet};

use super::dot::Dot;
use super::edit::{Author, EditError};
use super::leaf::Leaf;
use super::life::Life;
use super::path::Path;
use super::tree::Record;
use super::value::LeafValue;

/// An answer to «Samme enhed?» about two units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SameUnitAnswer {
    /// They are the same, and the one of this id stands for both.
    Same(Id),
    /// They are two.
    Two,
}

/// Answers to be given: each about a pair, `None` where what was answered is taken back.
pub type Given = Vec<(Id, Id, Option<SameUnitAnswer>)>;

/// A unit that is here, and the answers in its record.
pub type UnitAnswers = (Id, Vec<(Id, SameUnitAnswer)>);

fn same_as_leaf() -> Path {
    Path::root("@same_as")
}

/// What an answer about two units says in each of their records: the record, the other unit, and the answer. The lower id's
/// record keeps it, and the other's has none.
pub fn kept(one: &Id, other: &Id, answer: Option<SameUnitAnswer>) -> [(Id, Id, Option<SameUnitAnswer>); 2] {
    let (low, high) = in_order(one, other);
    [(low.clone(), high.clone(), answer), (high, low, None)]
}

fn in_order(one: &Id, other: &Id) -> (Id, Id) {
    let (low, high) = if one <= other { (one, other) } else { (other, one) };
    (low.clone(), high.clone())
}

impl Record {
    /// The answers in this record, each with the unit it is about. Concurrent ones all count.
    pub fn answers(&self) -> Vec<(Id, SameUnitAnswer)> {
        let root = same_as_leaf();
        let mut answers = Vec::new();
        for (_, value) in self.leaf(&root).into_iter().flat_map(Leaf::known) {
            let other = value.json().as_str().and_then(Id::parse);
            answers.extend(other.map(|other| (other.clone(), SameUnitAnswer::Same(other))));
        }
        for (path, leaf) in self.leaves.from_key(&root.child("")).take_while(|(path, _)| path.is_below(&root)) {
            let Some(other) = path.steps().nth(1).and_then(|step| Id::parse(&step)) else { continue };
            let read = |value: &LeafValue| match value.json() {
                Value::Bool(false) => Some(SameUnitAnswer::Two),
                Value::Bool(true) => Some(SameUnitAnswer::Same(in_order(&self.id, &other).0)),
                Value::String(text) => [&self.id, &other]
                    .into_iter()
                    .find(|id| id.as_str() == text)
                    .map(|id| SameUnitAnswer::Same(id.clone())),
                _ => None,
            };
            answers.extend(leaf.known().filter_map(|(_, value)| Some((other.clone(), read(value)?))));
        }
        answers
    }

    /// Answers in this record about itself and another unit, over all that was answered in it about the two; `None` takes
    /// that back. Where the record says so already nothing is written.
    ///
    /// # Errors
    /// See [`EditError`].
    pub fn answer(&mut self, other: &Id, answer: Option<&SameUnitAnswer>, author: &Author) -> Result<(), EditError> {
        let (root, path) = (same_as_leaf(), same_as_leaf().child(other.as_str()));
        let value = match answer {
            None => LeafValue::NULL,
            Some(SameUnitAnswer::Two) => LeafValue::new(Value::Bool(false)),
            Some(SameUnitAnswer::Same(stands)) => LeafValue::from(stands.as_str()),
        };
        let mut writes = Vec::new();
        let earlier = self.leaf(&root).into_iter().flat_map(Leaf::known);
        let earlier = earlier.filter(|(_, value)| value.json().as_str() == Some(other.as_str())).map(|(dot, _)| dot);
        let earlier: SortedSet<Dot> = earlier.collect();
        if !earlier.is_empty() {
            writes.push((root, LeafValue::NULL, earlier));
        }
        let leaf = self.leaf(&path);
        let known: Vec<&LeafValue> = leaf.into_iter().flat_map(Leaf::known).map(|(_, own)| own).collect();
        let is_said = if known.is_empty() { answer.is_none() } else { known.iter().all(|own| **own == value) };
        if !is_said {
            let shown = leaf.map(Leaf::shown_dots).unwrap_or_default();
            writes.push((path, value, shown));
        }
        self.write_over(writes, author).map(drop)
    }

    /// Says that this unit is the same as another, which stands for both; `None` takes all such answers back.
    ///
    /// # Errors
    /// See [`EditError`].
    pub fn set_same_as(&mut self, other: Option<&Id>, author: &Author) -> Result<(), EditError> {
        match other {
            Some(other) => self.answer(other, Some(&SameUnitAnswer::Same(other.clone())), author),
            None => self.answers().into_iter().try_for_each(|(other, _)| self.answer(&other, None, author)),
        }
    }
}

/// What a unit says to [`Identities::among`]. What lies in the trash, or is no unit, says nothing.
pub fn said(unit: &Record) -> Option<UnitAnswers> {
    let is_here = unit.kind() == Some(Kind::Enhed) && unit.life(None) != Life::Deleted;
    is_here.then(|| (unit.id().clone(), unit.answers()))
}

/// The pairs of units that something was answered about: whether anyone said that they are the same, and that they are two.
type Pairs = SortedMap<(Id, Id), [bool; 2]>;

fn pairs(units: &[UnitAnswers]) -> Pairs {
    let mut pairs = Pairs::new();
    for (id, answers) in units {
        for (other, answer) in answers.iter().filter(|(other, _)| other != id) {
            pairs.get_or_default(in_order(id, other))[usize::from(*answer == SameUnitAnswer::Two)] = true;
        }
    }
    pairs
}

/// Which ids mean the same, and which of them stands for all. Any chain or circle of answers resolves the same way wherever
/// the same answers are: of all that records speak of to the lowest id, among the units that are here to one of these
/// ([`Identities::among`]).
///
/// Two of which it was said that they are two are never the same: neither where it was also said that they are, nor by way of
/// a third. Where that keeps from one another what was said to be the same, it is in doubt, and somebody is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identities {
    standing: SortedMap<Id, Id>,
    doubts: Vec<(Id, Id)>,
}

impl Identities {
    /// The identities that records speak of.
    pub fn of<'a>(records: impl IntoIterator<Item = &'a Record>) -> Self {
        let said = |record: &Record| (record.id().clone(), record.answers());
        Self::lowest(&pairs(&records.into_iter().map(said).collect::<Vec<_>>()))
    }

    /// The identities among the units of some records: see [`Identities::among`].
    pub fn living<'a>(records: impl IntoIterator<Item = &'a Record>) -> Self {
        Self::among(&records.into_iter().filter_map(said).collect::<Vec<_>>())
    }

    fn lowest(pairs: &Pairs) -> Self {
        let mut all = Self::default();
        for ((one, other), [_, two]) in pairs.iter().filter(|(_, [same, _])| *same) {
            if *two || !all.take(one, other, pairs) {
                all.doubts.push((one.clone(), other.clone()));
            }
        }
        all
    }

    /// Takes two as the same, unless some that would be the same by it are two.
    fn take(&mut self, one: &Id, other: &Id, pairs: &Pairs) -> bool {
        let (low, high) = in_order(self.resolve(one), self.resolve(other));
        let parts = |((one, other), [_, two]): (&(Id, Id), &[bool; 2])| {
            *two && in_order(self.resolve(one), self.resolve(other)) == (low.clone(), high.clone())
        };
        if low != high && pairs.iter().any(parts) {
            return false;
        }
        if low != high {
            for (_, id) in self.standing.iter_mut().filter(|(_, id)| **id == high) {
                id.clone_from(&low);
            }
            self.standing.insert(high, low);
        }
        true
    }

    /// The identities among the units that are here, of each id the answers in its record. What lies in the trash, or in a
    /// file that nobody has opened here, stands for nobody.
    ///
    /// Of those that mean the same the one stands for all that was not said to go under another: the unit that was here when
    /// the answer was given. So whoever gave it goes on in the unit they had, and can take it back. Of several, or where
    /// answers go in a circle, it is the lowest.
    pub fn among(units: &[UnitAnswers]) -> Self {
        let all = Self::lowest(&pairs(units));
        let mut ids = SortedSet::new();
        ids.extend(units.iter().map(|(id, _)| id.clone()));
        let doubts = all.doubts.iter().filter(|(one, other)| ids.contains(one) && ids.contains(other));
        let doubts = doubts.cloned().collect();
        if all.is_empty() {
            return Self { standing: SortedMap::new(), doubts };
        }
        let mut under = SortedSet::new();
        for (id, answers) in units {
            for (other, answer) in answers.iter().filter(|(other, _)| all.same(id, other)) {
                let SameUnitAnswer::Same(stands) = answer else { continue };
                let goes = if stands == id { other } else { id };
                if goes != stands && ids.contains(stands) {
                    under.insert(goes.clone());
                }
            }
        }
        let mut standing: SortedMap<Id, (bool, Id)> = SortedMap::new();
        for id in ids.iter() {
            let own = (under.contains(id), id.clone());
            let first = standing.get_or_insert_with(all.resolve(id).clone(), || own.clone());
            if own < *first {
                *first = own;
            }
        }
        let own = |id: &Id| standing.get(all.resolve(id)).map(|(_, own)| own).filter(|own| *own != id).cloned();
        Self { standing: ids.iter().filter_map(|id| Some((id.clone(), own(id)?))).collect(), doubts }
    }

    /// Whether no two ids mean the same.
    pub const fn is_empty(&self) -> bool {
        self.standing.is_empty()
    }

    /// The pairs of which it was said that they are the same, and which are shown as two since something else was said too.
    pub fn doubts(&self) -> &[(Id, Id)] {
        &self.doubts
    }

    /// The ids that this one stands for: of a unit, or of what follows from a unit's id.
    pub fn merged_ids(&self, id: &Id) -> Vec<Id> {
        let (unit, rest) = id.as_str().split_at(id.as_str().find('.').unwrap_or(id.as_str().len()));
        let others = self.standing.iter().filter(|(_, own)| own.as_str() == unit);
        others.filter_map(|(other, _)| Id::parse(&format!("{other}{rest}"))).collect()
    }

    /// The id that stands for this one: of a unit, or of what follows from a unit's id.
    pub fn standing_id(&self, id: &Id) -> Id {
        let follows =
            |(unit, rest): (&str, &str)| Id::derived(self.standing.get(&Id::parse(unit)?)?, &Id::parse(rest)?);
        let derived = id.as_str().split_once('.').and_then(follows);
        derived.unwrap_or_else(|| self.resolve(id).clone())
    }

    /// The id that stands for all that mean the same as this one.
    pub fn resolve<'a>(&'a self, id: &'a Id) -> &'a Id {
        self.standing.get(id).unwrap_or(id)
    }

    /// Whether two ids mean the same.
    pub fn same(&self, one: &Id, other: &Id) -> bool {
        self.resolve(one) == self.resolve(other)
    }
}

/// The answers that take a unit out of those that mean the same, of all units that are here. Those that were the same by way
/// of it still are.
pub fn apart(units: &[UnitAnswers], unit: &Id) -> Given {
    let all = Identities::among(units);
    let of_it: Vec<Id> =
        units.iter().map(|(id, _)| id).filter(|id| *id != unit && all.same(id, unit)).cloned().collect();
    let pairs = pairs(units);
    let is_said = |other: &&Id| pairs.get(&in_order(unit, other)).is_some_and(|[same, _]| *same);
    let mut given: Given =
        of_it.iter().filter(is_said).map(|other| (unit.clone(), other.clone(), Some(SameUnitAnswer::Two))).collect();
    let rest: Vec<UnitAnswers> = units
        .iter()
        .filter(|(id, _)| of_it.contains(id))
        .map(|(id, answers)| (id.clone(), answers.iter().filter(|(other, _)| other != unit).cloned().collect()))
        .collect();
    let rest = Identities::among(&rest);
    let heads: Vec<&Id> = of_it.iter().filter(|id| rest.resolve(id) == *id).collect();
    let stands = all.resolve(unit);
    if let Some(first) = heads.iter().find(|id| rest.same(id, stands)).or(heads.first()) {
        let others = heads.iter().filter(|id| *id != first);
        given.extend(others.map(|id| ((*first).clone(), (*id).clone(), Some(SameUnitAnswer::Same((*first).clone())))));
    }
    given
}

/// The answers that settle whether a pair in doubt is the same, of all units that are here. That they are the same takes back
/// what stands in the way of it: that some of those that mean the same as the one are not the same as some of the other.
pub fn settle(units: &[UnitAnswers], (one, other): (&Id, &Id), is_same: bool) -> Given {
    if !is_same {
        return vec![(one.clone(), other.clone(), Some(SameUnitAnswer::Two))];
    }
    let all = Identities::among(units);
    let ends = in_order(all.resolve(one), all.resolve(other));
    let is_in_the_way =
        |((own, its), [_, two]): &(&(Id, Id), &[bool; 2])| *two && in_order(all.resolve(own), all.resolve(its)) == ends;
    let pairs = pairs(units);
    let in_the_way = pairs.iter().filter(is_in_the_way).map(|((own, its), _)| (own.clone(), its.clone(), None));
    let own = in_order(one, other);
    let mut given: Given = in_the_way.filter(|(one, other, _)| (one, other) != (&own.0, &own.1)).collect();
    // Who stood for both in an answer that said so goes on standing for both.
    let said = units.iter().flat_map(|(id, answers)| answers.iter().map(move |(its, answer)| (id, its, answer)));
    let stands = said.filter(|(id, its, _)| in_order(id, its) == own).find_map(|(_, _, answer)| match answer {
        SameUnitAnswer::Same(stands) => Some(stands.clone()),
        SameUnitAnswer::Two => None,
    });
    let stands = stands.unwrap_or_else(|| own.0.clone());
    given.push((own.0, own.1, Some(SameUnitAnswer::Same(stands))));
    given
}
