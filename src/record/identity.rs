//! Two ids, one institution: the `same_as` leaf, resolved on reading. Ids are never rewritten.

use crate::domain::id::Id;
use crate::domain::sorted::SortedMap;

use super::dot::{Actor, Dot};
use super::edit::{Author, EditError, Focus};
use super::leaf::{Held, Leaf};
use super::life::Deletion;
use super::path::Path;
use super::tree::Record;
use super::value::LeafValue;

fn same_as_leaf() -> Path {
    Path::root("@same_as")
}

impl Record {
    /// Says that this record and another are the same institution («Samme enhed?»: yes); `None` takes it back.
    ///
    /// # Errors
    /// See [`EditError`].
    pub fn set_same_as(&mut self, other: Option<&Id>, author: &Author) -> Result<(), EditError> {
        let value = other.map_or(LeafValue::NULL, |id| LeafValue::from(id.as_str()));
        self.write([(same_as_leaf(), value)], &mut Focus::default(), author)
    }

    /// The records that this one was said to be the same as. Concurrent answers all hold.
    pub fn same_as(&self) -> Vec<Id> {
        let known = self.leaf(&same_as_leaf()).into_iter().flat_map(Leaf::known);
        known.filter_map(|(_, value)| Id::parse(value.json().as_str()?)).collect()
    }
}

/// What one unit has, as a copy for another that is the same. The same actor may have written in both, and a dot is unique
/// within a record alone: so in the copy every actor is another one, that follows from who it was and under which id
/// ([`Actor::under`]). Then the same write has the same dot in every copy, whoever makes it and as often as one likes, and
/// copies merge as all else does.
impl Record {
    /// The record with other actors: in its writes, and in what its deletions had seen. `None` where two would become one.
    pub(crate) fn by(&self, other: &dyn Fn(Actor) -> Actor) -> Option<Self> {
        let dot = |dot: Dot| Dot { actor: other(dot.actor), ..dot };
        let mut copy = Self::bare(&self.kind, self.id.clone());
        copy.seen = self.seen.by(other);
        copy.stamps = self.stamps.iter().map(|(&own, stamp)| (dot(own), stamp.clone())).collect();
        for (path, leaf) in &self.leaves {
            let own = copy.leaves.get_or_default(path.clone());
            for (from, held) in leaf.held() {
                let deletion = held.known().filter(|_| path.is_deletion()).and_then(Deletion::read);
                let held = match deletion {
                    Some(deletion) => Held::Known(deletion.by(other).value()),
                    None => held.clone(),
                };
                own.insert(dot(from), held).ok()?;
            }
        }
        (copy.seen.len() == self.seen.len()).then_some(copy)
    }

    /// Writes of what another record says that of which this one says nothing: a second spelling is no open choice.
    pub(crate) fn fill_from(&mut self, other: &Self, author: &Author) -> Result<(), EditError> {
        // What was emptied here on purpose stays empty.
        let is_untouched = |(dot, held): (Dot, &Held)| dot.n == 1 && held.known().is_some_and(LeafValue::is_null);
        let is_empty = |path: &Path| self.leaf(path).is_none_or(|leaf| leaf.held().all(is_untouched));
        let said = other.leaves.iter().filter(|(path, _)| !path.is_own() && is_empty(path));
        let said = said.filter_map(|(path, leaf)| Some((path.clone(), leaf.shown()?.clone())));
        // It does not lie under itself.
        let is_said = |value: &LeafValue| !value.is_null() && value.json().as_str() != Some(self.id.as_str());
        let writes: Vec<_> = said.filter(|(_, value)| is_said(value)).collect();
        if writes.is_empty() { Ok(()) } else { self.write(writes, &mut Focus::default(), author) }
    }
}

/// Which ids mean the same, and which of them stands for all. Any chain or circle of answers resolves the same way everywhere:
/// of all that records speak of to the lowest id, among the units that are here to one of these ([`Identities::among`]).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identities(SortedMap<Id, Id>);

impl Identities {
    /// The identities that records speak of.
    pub fn of<'a>(records: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut identities = Self::default();
        for record in records {
            for other in record.same_as() {
                identities.say(record.id(), &other);
            }
        }
        identities
    }

    fn say(&mut self, one: &Id, other: &Id) {
        let (one, two) = (self.resolve(one).clone(), self.resolve(other).clone());
        let (low, high) = if one <= two { (one, two) } else { (two, one) };
        if low != high {
            for (_, id) in self.0.iter_mut().filter(|(_, id)| **id == high) {
                id.clone_from(&low);
            }
            self.0.insert(high, low);
        }
    }

    /// The identities among the units that are here, of each id those that it was said to be the same as. What lies in the
    /// trash, or in a file that nobody has opened here, stands for nobody.
    ///
    /// Of those that mean the same the one stands for all that was not said to be the same as another: the unit that was here
    /// when the answer was given. So whoever gave it goes on in the unit they had, and can take it back. Of several, or where
    /// answers go in a circle, it is the lowest.
    pub fn among(units: &[(Id, Vec<Id>)]) -> Self {
        let mut all = Self::default();
        for (id, others) in units {
            for other in others {
                all.say(id, other);
            }
        }
        if all.is_empty() {
            return all;
        }
        let is_here = |id: &Id| units.iter().any(|(own, _)| own == id);
        let mut standing: SortedMap<Id, (bool, Id)> = SortedMap::new();
        for (id, others) in units {
            let own = (others.iter().any(|other| other != id && is_here(other)), id.clone());
            let lowest = standing.get_or_insert_with(all.resolve(id).clone(), || own.clone());
            if own < *lowest {
                *lowest = own;
            }
        }
        let own = |id: &Id| standing.get(all.resolve(id)).map(|(_, own)| own).filter(|own| *own != id).cloned();
        Self(units.iter().filter_map(|(id, _)| Some((id.clone(), own(id)?))).collect())
    }

    /// Whether no two ids mean the same.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ids that this one stands for: of a unit, or of what follows from a unit's id.
    pub fn others(&self, id: &Id) -> Vec<Id> {
        let (unit, rest) = id.as_str().split_at(id.as_str().find('.').unwrap_or(id.as_str().len()));
        let others = self.0.iter().filter(|(_, own)| own.as_str() == unit);
        others.filter_map(|(other, _)| Id::parse(&format!("{other}{rest}"))).collect()
    }

    /// The id that stands for this one: of a unit, or of what follows from a unit's id.
    pub fn standing(&self, id: &Id) -> Id {
        let follows = |(unit, rest): (&str, &str)| Id::derived(self.0.get(&Id::parse(unit)?)?, &Id::parse(rest)?);
        let derived = id.as_str().split_once('.').and_then(follows);
        derived.unwrap_or_else(|| self.resolve(id).clone())
    }

    /// The id that stands for all that mean the same as this one.
    pub fn resolve<'a>(&'a self, id: &'a Id) -> &'a Id {
        self.0.get(id).unwrap_or(id)
    }

    /// Whether two ids mean the same.
    pub fn same(&self, one: &Id, other: &Id) -> bool {
        self.resolve(one) == self.resolve(other)
    }
}
