//! Collects the records that belong to a unit and are deleted with it.

use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::domain::sorted::SortedSet;

use super::Records;
use super::identity::Identities;
use super::life::Life;

/// The records of a unit and all records that belong to them at any depth, private ones included. Records in the trash
/// are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Belongings {
    /// The ids of the records, including those of the unit itself.
    pub ids: Vec<Id>,
    /// The number of records of each kind, without the unit itself. Records that are shown as one count as one.
    pub counts: Vec<(Kind, usize)>,
}

impl Belongings {
    /// Collects the records that belong to a unit.
    pub fn of(records: &Records, unit: &Id) -> Self {
        let identities = Identities::of(records.values());
        let shown_id = |id: &Id| identities.representative_id(id);
        let mut included = SortedSet::from([shown_id(unit)]);
        loop {
            let is_new = |record: &&super::Record| {
                record.parent().is_some_and(|parent| included.contains(&shown_id(&parent)))
                    && !included.contains(&shown_id(record.id()))
            };
            let found: Vec<Id> = records.values().filter(is_new).map(|record| shown_id(record.id())).collect();
            if found.is_empty() {
                break;
            }
            included.extend(found);
        }
        let mut belongings = Self::default();
        let mut counted: Vec<(Kind, SortedSet<Id>)> = Vec::new();
        let living = records.values().filter(|record| record.life(None) != Life::Deleted);
        for record in living.filter(|record| included.contains(&shown_id(record.id()))) {
            belongings.ids.push(record.id().clone());
            let Some(kind) = record.kind().filter(|kind| *kind != Kind::Enhed) else { continue };
            let id = shown_id(record.id());
            match counted.iter_mut().find(|(other, _)| *other == kind) {
                Some((_, ids)) => drop(ids.insert(id)),
                None => counted.push((kind, SortedSet::from([id]))),
            }
        }
        let counts = Kind::ALL.iter().filter_map(|kind| counted.iter().find(|(other, _)| other == kind));
        belongings.counts = counts.map(|(kind, ids)| (*kind, ids.len())).collect();
        belongings
    }

    /// Lists the numbers of records in Danish: `2 aftaler, 1 samtale og 14 talrækker`. Empty if there are none.
    pub fn danish(&self) -> String {
        let part = |(kind, count): &(Kind, usize)| {
            let words = kind.words();
            format!("{count} {}", if *count == 1 { words.singular } else { words.plural })
        };
        let parts: Vec<String> = self.counts.iter().map(part).collect();
        match &*parts {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => format!("{} og {last}", first.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::aftale::Aftale;
    use crate::domain::enhed::Enhed;
    use crate::domain::goal::Goal;
    use crate::domain::reflection::Reflection;
    use crate::record::Record;
    use crate::record::fixtures::{author, id};

    use super::*;

    fn records() -> Records {
        let unit = |name: &str| Enhed { name: name.into(), ..Enhed::default() };
        let aftale = |unit: &str| Aftale { unit: Some(id(unit)), ..Aftale::default() };
        let goal = |aftale: &str| Goal { aftale: Some(id(aftale)), ..Goal::default() };
        let a = author('a');
        let mut deleted = Record::create(id("slettet"), &goal("aftale1"), &a).unwrap();
        deleted.delete(None, &a).unwrap();
        let below = Enhed { above: Some(id("skolen")), ..unit("Klubben") };
        let records = [
            Record::create(id("skolen"), &unit("Skolen"), &a).unwrap(),
            Record::create(id("klubben"), &below, &a).unwrap(),
            Record::create(id("aftale1"), &aftale("skolen"), &a).unwrap(),
            Record::create(id("aftale2"), &aftale("klubben"), &a).unwrap(),
            Record::create(id("maal1"), &goal("aftale1"), &a).unwrap(),
            Record::create(id("maal2"), &goal("aftale1"), &a).unwrap(),
            Record::create(id("maal3"), &goal("aftale2"), &a).unwrap(),
            Record::create(id("refleksion"), &Reflection { unit: Some(id("skolen")), ..Reflection::default() }, &a)
                .unwrap(),
            deleted,
        ];
        records.into_iter().map(|record| (record.id().clone(), record)).collect()
    }

    #[track_caller]
    fn check(records: &Records, unit: &str, ids: &str, words: &str) {
        let belongings = Belongings::of(records, &id(unit));
        let found: Vec<&str> = belongings.ids.iter().map(Id::as_str).collect();
        assert_eq!((found.join(" ").as_str(), belongings.danish().as_str()), (ids, words));
    }

    #[test]
    fn everything_below_a_unit_belongs_to_it_but_not_the_units_under_it() {
        let records = records();
        check(&records, "skolen", "aftale1 maal1 maal2 refleksion skolen", "1 aftale, 2 mål og 1 refleksion");
        check(&records, "klubben", "aftale2 klubben maal3", "1 aftale og 1 mål");
    }

    #[test]
    fn records_of_merged_units_belong_to_the_unit_they_are_shown_as() {
        let mut records = records();
        records.get_mut(&id("klubben")).unwrap().set_same_as(Some(&id("skolen")), &author('a')).unwrap();
        let all = "aftale1 aftale2 klubben maal1 maal2 maal3 refleksion skolen";
        check(&records, "skolen", all, "2 aftaler, 3 mål og 1 refleksion");
        check(&records, "klubben", all, "2 aftaler, 3 mål og 1 refleksion");
    }

    #[test]
    fn unit_without_belongings_is_named_by_nothing() {
        let unit = Record::create(id("ny"), &Enhed::default(), &author('a')).unwrap();
        check(&std::iter::once((id("ny"), unit)).collect(), "ny", "ny", "");
    }
}
