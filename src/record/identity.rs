//! Two ids, one institution: the `same_as` leaf, resolved on reading. Ids are never rewritten.

use crate::domain::id::Id;
use crate::domain::sorted::SortedMap;

use super::edit::{Author, EditError, Focus};
use super::leaf::Leaf;
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

/// Which ids mean the same. Any chain or circle of answers resolves the same way everywhere: to the lowest id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identities(SortedMap<Id, Id>);

impl Identities {
    /// The identities that records speak of.
    pub fn of<'a>(records: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut identities = Self::default();
        for record in records {
            for other in record.same_as() {
                let (one, two) = (identities.resolve(record.id()).clone(), identities.resolve(&other).clone());
                let (low, high) = if one <= two { (one, two) } else { (two, one) };
                if low != high {
                    for (_, id) in identities.0.iter_mut().filter(|(_, id)| **id == high) {
                        id.clone_from(&low);
                    }
                    identities.0.insert(high, low);
                }
            }
        }
        identities
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
