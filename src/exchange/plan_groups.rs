//! Groups the records of a plan by the unit they belong to, and by kind, for the preview of an import.

use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::domain::sorted::SortedMap;
use crate::record::Record;

use super::plan::PlanItem;

/// The maximum number of steps from a record up to its unit. The parents of a file's records may form a circle.
const MAX_STEPS: usize = 8;

/// The records of a plan that belong to one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedUnit {
    /// The name of the unit; `None` for records that belong to no unit.
    pub unit: Option<String>,
    /// The kinds, each with the indices of its records in the plan. `None` stands for kinds that this version does not
    /// know.
    pub kinds: Vec<(Option<Kind>, Vec<usize>)>,
}

impl PlannedUnit {
    /// Returns the number of records.
    pub fn len(&self) -> usize {
        self.kinds.iter().map(|(_, indices)| indices.len()).sum()
    }

    /// Returns whether the group has no records.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Counts the records of each kind in Danish: `1 enhed, 2 mål`.
    pub fn counts(&self) -> String {
        let count = |(kind, indices): &(Option<Kind>, Vec<usize>)| {
            let (singular, plural) = kind.map_or(("post", "poster"), |kind| {
                let words = kind.words();
                (words.singular, words.plural)
            });
            format!("{} {}", indices.len(), if indices.len() == 1 { singular } else { plural })
        };
        self.kinds.iter().map(count).collect::<Vec<_>>().join(", ")
    }
}

/// Groups the records at `indices` by unit, in the order of their first record, and within a unit by kind, in the order
/// of [`Kind`]. `items` are in the order of ids, as in a plan. `local` looks up a record of this browser, for parents
/// that the file lacks.
pub fn group_by_unit(items: &[PlanItem], indices: &[usize], local: &dyn Fn(&Id) -> Option<Record>) -> Vec<PlannedUnit> {
    let mut groups: Vec<PlannedUnit> = Vec::new();
    // The group of each unit, and of each parent that was looked up.
    let mut known: SortedMap<Id, usize> = SortedMap::new();
    let mut without_unit = None;
    for &index in indices {
        let Some(item) = items.get(index) else { continue };
        let parent = if is_unit(&item.incoming) { Some(item.incoming.id().clone()) } else { item.incoming.parent() };
        let known_group = parent.as_ref().and_then(|parent| known.get(parent)).copied();
        let group = known_group.unwrap_or_else(|| {
            let unit = parent.as_ref().and_then(|parent| unit_above(items, parent, local));
            let found = match &unit {
                Some((id, _)) => known.get(id).copied(),
                None => without_unit,
            };
            let group = found.unwrap_or_else(|| {
                groups.push(PlannedUnit { unit: unit.as_ref().map(|(_, name)| name.clone()), kinds: Vec::new() });
                groups.len() - 1
            });
            if unit.is_none() {
                without_unit = Some(group);
            }
            for id in unit.into_iter().map(|(id, _)| id).chain(parent) {
                known.insert(id, group);
            }
            group
        });
        let kinds = &mut groups[group].kinds;
        let kind = item.incoming.kind();
        match kinds.iter_mut().find(|(other, _)| *other == kind) {
            Some((_, indices)) => indices.push(index),
            None => kinds.push((kind, vec![index])),
        }
    }
    for group in &mut groups {
        group.kinds.sort_by_key(|(kind, _)| (kind.is_none(), *kind));
    }
    groups
}

/// Finds the unit that a record is or belongs to. Returns the id and the name of the unit.
fn unit_above(items: &[PlanItem], id: &Id, local: &dyn Fn(&Id) -> Option<Record>) -> Option<(Id, String)> {
    let mut id = id.clone();
    for _ in 0..MAX_STEPS {
        let in_file = items.binary_search_by(|item| item.incoming.id().cmp(&id)).ok().map(|index| &items[index]);
        let here;
        let record: &Record = if let Some(item) = in_file {
            &item.incoming
        } else {
            here = local(&id)?;
            &here
        };
        if is_unit(record) {
            return Some((id, record.title().to_owned()));
        }
        id = record.parent()?;
    }
    None
}

fn is_unit(record: &Record) -> bool {
    record.kind() == Some(Kind::Enhed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::aftale::Aftale;
    use crate::domain::date::Timestamp;
    use crate::domain::enhed::Enhed;
    use crate::domain::goal::Goal;
    use crate::domain::proevehandling::Proevehandling;
    use crate::exchange::plan::Plan;
    use crate::exchange::read;
    use crate::exchange::scope::Scope;
    use crate::exchange::write::write;
    use crate::record::Records;
    use crate::record::dot::Actor;
    use crate::record::edit::Author;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn records() -> Records {
        let author = Author { actor: Actor::from_random([1; 10]), at: Timestamp::from_seconds(0).unwrap(), by: None };
        let unit = |name: &str| Enhed { name: name.into(), ..Enhed::default() };
        let head = |unit: &str| Aftale { unit: Some(id(unit)), ..Aftale::default() };
        let goal = |head: &str, text: &str| Goal { text: text.into(), aftale: Some(id(head)), ..Goal::default() };
        let records = [
            Record::create(id("a-maal"), &goal("solen-aftale", "Ro"), &author),
            Record::create(id("b-maal"), &goal("solen-aftale", "Sprog"), &author),
            Record::create(id("c-maal"), &goal("borte", "Uden aftale"), &author),
            Record::create(id("maanen"), &unit("Månen"), &author),
            Record::create(id("maanen-aftale"), &head("maanen"), &author),
            Record::create(id("solen"), &unit("Solen"), &author),
            Record::create(id("solen-aftale"), &head("solen"), &author),
            Record::create(id("x-proeve"), &Proevehandling::default(), &author),
        ];
        records.into_iter().map(Result::unwrap).map(|record| (record.id().clone(), record)).collect()
    }

    /// Plans the import of a file, and groups all its records. Parents are also looked up in `here`.
    fn grouped(file: &Records, here: &Records) -> Vec<(Option<String>, String)> {
        let text = write(file, &Scope::Backup, Timestamp::from_seconds(0).unwrap()).unwrap();
        let plan = Plan::make(&Records::new(), read::read(text.as_bytes()).unwrap());
        let indices: Vec<usize> = (0..plan.items.len()).collect();
        let groups = group_by_unit(&plan.items, &indices, &|id| here.get(id).cloned());
        assert_eq!(groups.iter().map(PlannedUnit::len).sum::<usize>(), indices.len());
        groups.into_iter().map(|group| (group.unit.clone(), group.counts())).collect()
    }

    #[test]
    fn records_are_grouped_by_the_unit_above_them_and_counted_by_kind() {
        let own = |unit: Option<&str>, counts: &str| (unit.map(str::to_owned), counts.to_owned());
        assert_eq!(
            grouped(&records(), &Records::new()),
            [
                own(Some("Solen"), "1 enhed, 1 aftale, 2 mål"),
                own(None, "1 mål, 1 prøvehandling"),
                own(Some("Månen"), "1 enhed, 1 aftale"),
            ]
        );
    }

    #[test]
    fn parents_that_are_not_in_the_file_are_looked_up_here() {
        let (mut file, here) = (records(), records());
        file.retain(|id, _| id.as_str() == "b-maal");
        assert_eq!(grouped(&file, &here), [(Some("Solen".to_owned()), "1 mål".to_owned())]);
        assert_eq!(grouped(&file, &Records::new()), [(None, "1 mål".to_owned())]);
    }
}
