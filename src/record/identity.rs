//! One institution under several unit ids: the answers to «Samme enhed?», resolved on reading.
//!
//! Ids are never rewritten, and nothing is copied; [`super::join`] shows the records of the ids as one.
//!
//! An answer is about a pair of units and is a leaf of its own: `/@same_as/<id of the other unit>`, in the record of
//! the lower of the two ids. The answers of several devices about one pair therefore meet in one leaf, and no answer
//! replaces one about another pair. The value is
//!
//! * the id of the one that represents both: they are the same;
//! * `false`: they are two;
//! * `null`: the answer was taken back.
//!
//! Earlier versions of the app kept one answer per unit, as the other unit's id in `/@same_as`. Such a value is read as
//! one more answer about that pair, and is cleared by the next answer about the pair. The file's version is unchanged:
//! an earlier version of the app ignores the new leaves and shows the units separately.

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
    /// They are the same. The id, one of the two, represents both.
    Same(Id),
    /// They are two.
    Different,
}

/// Answers to be written: two units and the answer; `None` takes earlier answers back.
pub type UnitAnswerChanges = Vec<(Id, Id, Option<SameUnitAnswer>)>;

/// A unit, and the answers in its record, each with the other unit.
pub type UnitAnswers = (Id, Vec<(Id, SameUnitAnswer)>);

/// Returns the leaf of an earlier version's answer; today's answers are below it.
fn same_as_leaf() -> Path {
    Path::root("@same_as")
}

/// Returns what to write in the record of each unit for an answer about the two: the record's id, the other id, and the
/// answer. The answer goes into the record of the lower id; in the other record earlier answers are taken back.
pub fn answers_by_record(
    one: &Id,
    other: &Id,
    answer: Option<SameUnitAnswer>,
) -> [(Id, Id, Option<SameUnitAnswer>); 2] {
    let (low, high) = in_order(one, other);
    [(low.clone(), high.clone(), answer), (high, low, None)]
}

/// Returns the two ids, the lower first.
fn in_order(one: &Id, other: &Id) -> (Id, Id) {
    let (low, high) = if one <= other { (one, other) } else { (other, one) };
    (low.clone(), high.clone())
}

impl Record {
    /// Returns the answers in this record, each with the other unit. Concurrent answers are all listed.
    pub fn read_unit_answers(&self) -> Vec<(Id, SameUnitAnswer)> {
        let root = same_as_leaf();
        let mut answers = Vec::new();
        for (_, value) in self.leaf(&root).into_iter().flat_map(Leaf::known) {
            let other = value.json().as_str().and_then(Id::parse);
            answers.extend(other.map(|other| (other.clone(), SameUnitAnswer::Same(other))));
        }
        for (path, leaf) in self.leaves.from_key(&root.child("")).take_while(|(path, _)| path.is_below(&root)) {
            let Some(other) = path.steps().nth(1).and_then(|step| Id::parse(&step)) else { continue };
            let read = |value: &LeafValue| match value.json() {
                Value::Bool(false) => Some(SameUnitAnswer::Different),
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

    /// Writes an answer about this unit and another into this record. The answer replaces all answers about the two in
    /// this record; `None` takes them back. Nothing is written if the record has exactly this answer already.
    ///
    /// # Errors
    /// See [`EditError`].
    pub fn write_unit_answer(
        &mut self,
        other: &Id,
        answer: Option<&SameUnitAnswer>,
        author: &Author,
    ) -> Result<(), EditError> {
        let (root, path) = (same_as_leaf(), same_as_leaf().child(other.as_str()));
        let value = match answer {
            None => LeafValue::NULL,
            Some(SameUnitAnswer::Different) => LeafValue::new(Value::Bool(false)),
            Some(SameUnitAnswer::Same(representative)) => LeafValue::from(representative.as_str()),
        };
        let mut writes = Vec::new();
        let root_values = self.leaf(&root).into_iter().flat_map(Leaf::known);
        let about_other = root_values.filter(|(_, value)| value.json().as_str() == Some(other.as_str()));
        let old_form_dots: SortedSet<Dot> = about_other.map(|(dot, _)| dot).collect();
        if !old_form_dots.is_empty() {
            writes.push((root, LeafValue::NULL, old_form_dots));
        }
        let leaf = self.leaf(&path);
        let known: Vec<&LeafValue> = leaf.into_iter().flat_map(Leaf::known).map(|(_, known)| known).collect();
        let is_unchanged = if known.is_empty() { answer.is_none() } else { known.iter().all(|known| **known == value) };
        if !is_unchanged {
            let shown = leaf.map(Leaf::shown_dots).unwrap_or_default();
            writes.push((path, value, shown));
        }
        self.write_over(writes, author).map(drop)
    }

    /// Writes the answer that this unit is the same as another, which represents both; `None` takes all answers in this
    /// record back.
    ///
    /// # Errors
    /// See [`EditError`].
    pub fn set_same_as(&mut self, other: Option<&Id>, author: &Author) -> Result<(), EditError> {
        match other {
            Some(other) => self.write_unit_answer(other, Some(&SameUnitAnswer::Same(other.clone())), author),
            None => self
                .read_unit_answers()
                .into_iter()
                .try_for_each(|(other, _)| self.write_unit_answer(&other, None, author)),
        }
    }
}

/// Returns the answers in a unit's record, for [`Identities::from_units`]; `None` for a record that is in the trash or is no
/// unit.
pub fn unit_answers(unit: &Record) -> Option<UnitAnswers> {
    let is_here = unit.kind() == Some(Kind::Enhed) && unit.life(None) != Life::Deleted;
    is_here.then(|| (unit.id().clone(), unit.read_unit_answers()))
}

/// Which answers were given about a pair of units, by anyone.
#[derive(Clone, Copy, Default)]
struct PairAnswers {
    has_same: bool,
    has_two: bool,
}

/// The answers by pair; the lower id is first in the pair.
type Pairs = SortedMap<(Id, Id), PairAnswers>;

fn pairs(units: &[UnitAnswers]) -> Pairs {
    let mut pairs = Pairs::new();
    for (id, answers) in units {
        for (other, answer) in answers.iter().filter(|(other, _)| other != id) {
            let pair = pairs.get_or_default(in_order(id, other));
            match answer {
                SameUnitAnswer::Same(_) => pair.has_same = true,
                SameUnitAnswer::Different => pair.has_two = true,
            }
        }
    }
    pairs
}

/// Which unit ids mean the same institution, and which of them represents the others (the *representative id*).
///
/// The same answers give the same result on every device, whatever chains or circles they form. [`Identities::of`]
/// takes the lowest id as representative; [`Identities::from_units`] one of the units that are here.
///
/// Two units that somebody answered are two are never the same, not even if somebody else answered that they are the
/// same, nor by way of a third unit. A pair that was answered to be the same, and is kept separate by another answer,
/// is *in doubt*: the user is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identities {
    /// The representative id, for each id that is represented by another.
    representative: SortedMap<Id, Id>,
    /// The pairs in doubt.
    doubts: Vec<(Id, Id)>,
}

impl Identities {
    /// Resolves all answers in some records. Answers count whether or not the units are here or in the trash.
    pub fn of<'a>(records: impl IntoIterator<Item = &'a Record>) -> Self {
        let answers = |record: &Record| (record.id().clone(), record.read_unit_answers());
        Self::of_pairs(&pairs(&records.into_iter().map(answers).collect::<Vec<_>>()))
    }

    /// Resolves the answers of those records that are units and not in the trash. See [`Identities::from_units`].
    pub fn from_living_units<'a>(records: impl IntoIterator<Item = &'a Record>) -> Self {
        Self::from_units(&records.into_iter().filter_map(unit_answers).collect::<Vec<_>>())
    }

    /// Resolves answers; the lowest id of each group becomes the representative one.
    fn of_pairs(pairs: &Pairs) -> Self {
        let mut identities = Self::default();
        for ((one, other), answers) in pairs.iter().filter(|(_, answers)| answers.has_same) {
            if answers.has_two || !identities.unite(one, other, pairs) {
                identities.doubts.push((one.clone(), other.clone()));
            }
        }
        identities
    }

    /// Unites the groups of two ids. Returns `false`, and changes nothing, if some id of the one group was answered to
    /// be two with some id of the other.
    fn unite(&mut self, one: &Id, other: &Id, pairs: &Pairs) -> bool {
        let (low, high) = in_order(self.resolve(one), self.resolve(other));
        if low == high {
            return true;
        }
        let is_obstacle = |((one, other), answers): (&(Id, Id), &PairAnswers)| {
            answers.has_two && in_order(self.resolve(one), self.resolve(other)) == (low.clone(), high.clone())
        };
        if pairs.iter().any(is_obstacle) {
            return false;
        }
        for (_, id) in self.representative.iter_mut().filter(|(_, id)| **id == high) {
            id.clone_from(&low);
        }
        self.representative.insert(high, low);
        true
    }

    /// Resolves the answers of the units that are here. A unit in the trash, or one that was never imported, represents
    /// no other, so it must not be in `units`.
    ///
    /// The representative id of a group is the one that no answer places under another unit that is here: the unit that was
    /// here when the answer was given. Whoever gave the answer continues in the unit they had, and can take the answer
    /// back. If there are several such ids, or none because answers go in a circle, the lowest is taken.
    pub fn from_units(units: &[UnitAnswers]) -> Self {
        let groups = Self::of_pairs(&pairs(units));
        let mut ids = SortedSet::new();
        ids.extend(units.iter().map(|(id, _)| id.clone()));
        let doubts = groups.doubts.iter().filter(|(one, other)| ids.contains(one) && ids.contains(other));
        let doubts = doubts.cloned().collect();
        if groups.is_empty() {
            return Self { representative: SortedMap::new(), doubts };
        }
        let mut placed_under = SortedSet::new();
        for (id, answers) in units {
            for (other, answer) in answers.iter().filter(|(other, _)| groups.is_same(id, other)) {
                let SameUnitAnswer::Same(upper) = answer else { continue };
                let lower = if upper == id { other } else { id };
                if lower != upper && ids.contains(upper) {
                    placed_under.insert(lower.clone());
                }
            }
        }
        // For each group, by its lowest id, the least candidate: first those that are not placed under another.
        let mut best: SortedMap<Id, (bool, Id)> = SortedMap::new();
        for id in ids.iter() {
            let candidate = (placed_under.contains(id), id.clone());
            let group_best = best.get_or_insert_with(groups.resolve(id).clone(), || candidate.clone());
            if candidate < *group_best {
                *group_best = candidate;
            }
        }
        let representative_of = |id: &Id| {
            best.get(groups.resolve(id))
                .map(|(_, representative)| representative)
                .filter(|representative| *representative != id)
        };
        let representative = ids.iter().filter_map(|id| Some((id.clone(), representative_of(id)?.clone())));
        Self { representative: representative.collect(), doubts }
    }

    /// Returns whether no two ids mean the same.
    pub const fn is_empty(&self) -> bool {
        self.representative.is_empty()
    }

    /// Returns the pairs in doubt: answered to be the same, but shown as two because of another answer. The lower id is
    /// first.
    pub fn doubts(&self) -> &[(Id, Id)] {
        &self.doubts
    }

    /// Returns the ids that a representative id represents. The id is a unit's, or derived from one (such as
    /// `enhed1.fravaer`).
    pub fn merged_ids(&self, id: &Id) -> Vec<Id> {
        let (unit, rest) = id.as_str().split_at(id.as_str().find('.').unwrap_or(id.as_str().len()));
        let represented = self.representative.iter().filter(|(_, representative)| representative.as_str() == unit);
        represented.filter_map(|(other, _)| Id::parse(&format!("{other}{rest}"))).collect()
    }

    /// Returns the representative id of an id, which is a unit's or derived from one (such as `enhed1.fravaer`).
    pub fn representative_id(&self, id: &Id) -> Id {
        let derive =
            |(unit, rest): (&str, &str)| Id::derived(self.representative.get(&Id::parse(unit)?)?, &Id::parse(rest)?);
        let derived = id.as_str().split_once('.').and_then(derive);
        derived.unwrap_or_else(|| self.resolve(id).clone())
    }

    /// Returns the representative id of a unit's id; the id itself if it stands alone.
    pub fn resolve<'a>(&'a self, id: &'a Id) -> &'a Id {
        self.representative.get(id).unwrap_or(id)
    }

    /// Returns whether two unit ids mean the same institution.
    pub fn is_same(&self, one: &Id, other: &Id) -> bool {
        self.resolve(one) == self.resolve(other)
    }
}

/// Returns the answers that take a unit out of its group, given the answers of all units that are here. The other units
/// of the group remain the same as each other, even if only answers about `unit` connected them.
pub fn separate_unit(units: &[UnitAnswers], unit: &Id) -> UnitAnswerChanges {
    let identities = Identities::from_units(units);
    let others: Vec<Id> =
        units.iter().map(|(id, _)| id).filter(|id| *id != unit && identities.is_same(id, unit)).cloned().collect();
    let pairs = pairs(units);
    let has_answer_same = |other: &&Id| pairs.get(&in_order(unit, other)).is_some_and(|answers| answers.has_same);
    let mut given: UnitAnswerChanges = others
        .iter()
        .filter(has_answer_same)
        .map(|other| (unit.clone(), other.clone(), Some(SameUnitAnswer::Different)))
        .collect();
    let answers_without_unit: Vec<UnitAnswers> = units
        .iter()
        .filter(|(id, _)| others.contains(id))
        .map(|(id, answers)| (id.clone(), answers.iter().filter(|(other, _)| other != unit).cloned().collect()))
        .collect();
    // The groups that the others fall into without the unit, and the representative id of each.
    let remaining = Identities::from_units(&answers_without_unit);
    let heads: Vec<&Id> = others.iter().filter(|id| remaining.resolve(id) == *id).collect();
    let representative = identities.resolve(unit);
    if let Some(first) = heads.iter().find(|id| remaining.is_same(id, representative)).or(heads.first()) {
        let others = heads.iter().filter(|id| *id != first);
        given.extend(others.map(|id| ((*first).clone(), (*id).clone(), Some(SameUnitAnswer::Same((*first).clone())))));
    }
    given
}

/// Returns the answers that settle a pair in doubt, given the answers of all units that are here.
///
/// If the pair is two, one answer says so. If the pair is the same, all answers of [`SameUnitAnswer::Different`] between the
/// group of the one and the group of the other are taken back as well.
pub fn resolve_doubt(units: &[UnitAnswers], (one, other): (&Id, &Id), is_same: bool) -> UnitAnswerChanges {
    if !is_same {
        return vec![(one.clone(), other.clone(), Some(SameUnitAnswer::Different))];
    }
    let identities = Identities::from_units(units);
    let groups_of = |one: &Id, other: &Id| in_order(identities.resolve(one), identities.resolve(other));
    let is_obstacle = |low: &Id, high: &Id| groups_of(low, high) == groups_of(one, other);
    let pair = in_order(one, other);
    let pairs = pairs(units);
    let obstacles = pairs.iter().filter(|((low, high), answers)| answers.has_two && is_obstacle(low, high));
    let taken_back = obstacles.filter(|(obstacle, _)| **obstacle != pair);
    let mut given: UnitAnswerChanges = taken_back.map(|((low, high), _)| (low.clone(), high.clone(), None)).collect();
    // An earlier answer that the two are the same decides which of them represents both.
    let answers = units.iter().flat_map(|(id, answers)| answers.iter().map(move |(other, answer)| (id, other, answer)));
    let about_pair = answers.filter(|(id, other, _)| in_order(id, other) == pair);
    let mut representatives = about_pair.filter_map(|(_, _, answer)| match answer {
        SameUnitAnswer::Same(representative) => Some(representative.clone()),
        SameUnitAnswer::Different => None,
    });
    let representative = representatives.next().unwrap_or_else(|| pair.0.clone());
    given.push((pair.0, pair.1, Some(SameUnitAnswer::Same(representative))));
    given
}

#[cfg(test)]
mod tests;
