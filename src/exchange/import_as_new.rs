//! Takes in a unit of a file as a new one (*Opret som ny*): it has the name, and the id, of a unit here, but is a
//! different one.
//!
//! The unit and everything that belongs to it in the file get new ids, so nothing of it is merged with records here.
//! Writes keep their authors and times. An aftale comes without its course of events, its assents and its frozen
//! versions, because nobody has agreed to anything with the new unit.
//!
//! # Invariants
//!
//! * **An id is renamed only where an id can stand**, and only an id of a kind that can stand there (`id_content`,
//!   `id_key_kinds`). A record may have the same id as a measure, a period or an indicator of the foundation; these
//!   stay what they are.
//! * **Every renamed record is checked** ([`Record::check`]). A record that fails is reported with its text, and not
//!   taken in.

use serde_json::Value;

use crate::domain::body::FieldRole;
use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::domain::sorted::{SortedMap, SortedSet};
use crate::record::path::Path;
use crate::record::value::LeafValue;
use crate::record::view::position;
use crate::record::{Record, Records};

use super::error::RecordError;

/// The records of a file, in which one unit and everything that belongs to it have new ids.
#[derive(Debug)]
pub struct ImportedAsNew {
    /// The records.
    pub records: Records,
    /// The records that could not be given new ids.
    pub faults: Vec<RecordError>,
}

/// Gives new ids to a unit and to everything that belongs to it, at any depth. Other records stay unchanged. `mint`
/// makes the new ids.
pub fn import_as_new(records: Records, unit: &Id, mint: &mut dyn FnMut() -> Id) -> ImportedAsNew {
    let ids = with_descendants(&records, unit);
    let mut new_ids = NewIds::default();
    // A parent stands before the records whose ids derive from its id.
    for record in ids.iter().filter_map(|id| records.get(id)) {
        let derived = record.parent().filter(|_| record.id() != unit).and_then(|parent| {
            let rest = record.id().as_str().strip_prefix(parent.as_str())?.strip_prefix('.')?;
            let new = new_ids.get(parent.as_str()).map(|(new, _)| new.clone())?;
            Id::parse(&format!("{new}.{}", new_ids.of_kind(rest, &[Kind::Indicator]).unwrap_or(rest)))
        });
        // An id that derives from no renamed id was minted, and gets a newly minted one.
        let new = derived.unwrap_or_else(&mut *mint);
        new_ids.put(record.id(), &new, record.kind());
    }
    let renamed_ids: SortedSet<Id> = ids.into_iter().collect();
    let mut imported = ImportedAsNew { records: Records::new(), faults: Vec::new() };
    for record in records.into_values() {
        if !renamed_ids.contains(record.id()) {
            imported.records.insert(record.id().clone(), record);
            continue;
        }
        if record.kind() == Some(Kind::Version) {
            continue;
        }
        let renamed = rename_ids(&record, &new_ids).ok_or_else(|| "two leaves of one name".to_owned());
        let checked = renamed.and_then(|record| match record.check() {
            Ok(()) => Ok(record),
            Err(misfit) => Err(format!("{}: {}", misfit.path, misfit.why)),
        });
        match checked {
            Ok(mut renamed) => {
                if renamed.kind() == Some(Kind::Aftale) {
                    let is_of_agreement =
                        |path: &Path| path.steps().next().is_some_and(|step| matches!(&*step, "facts" | "assents"));
                    renamed.withhold(|path, _| is_of_agreement(path));
                }
                imported.records.insert(renamed.id().clone(), renamed);
            }
            Err(why) => imported.faults.push(RecordError::not_as_new(&record, why)),
        }
    }
    imported
}

/// Lists the unit and everything that belongs to it, parents before children. Indicators come first among siblings,
/// because ids derive from them.
fn with_descendants(records: &Records, unit: &Id) -> Vec<Id> {
    let mut children: SortedMap<Id, Vec<&Record>> = SortedMap::new();
    for record in records.values() {
        if let Some(parent) = record.parent() {
            children.get_or_default(parent).push(record);
        }
    }
    let (mut ids, mut listed, mut index) = (vec![unit.clone()], SortedSet::from([unit.clone()]), 0);
    while let Some(id) = ids.get(index).cloned() {
        index += 1;
        let mut siblings = children.get(&id).cloned().unwrap_or_default();
        siblings.sort_by_key(|record| record.kind() != Some(Kind::Indicator));
        for record in siblings {
            if listed.insert(record.id().clone()) {
                ids.push(record.id().clone());
            }
        }
    }
    ids
}

/// New ids by old ids, each with the kind of its record.
#[derive(Default)]
pub(super) struct NewIds(SortedMap<String, (String, Option<Kind>)>);

impl NewIds {
    /// Adds the new id of a record.
    pub(super) fn put(&mut self, old: &Id, new: &Id, kind: Option<Kind>) {
        self.0.insert(old.to_string(), (new.to_string(), kind));
    }

    fn get(&self, id: &str) -> Option<&(String, Option<Kind>)> {
        self.0.get(id)
    }

    /// The new id of a record of one of some kinds; of any kind if `kinds` is empty.
    fn of_kind(&self, id: &str, kinds: &[Kind]) -> Option<&str> {
        let (new, kind) = self.get(id)?;
        let fits = kinds.is_empty() || kind.is_some_and(|kind| kinds.contains(&kind));
        fits.then_some(new.as_str())
    }

    /// The new id for an id of a record of one of some kinds, or for an id that derives from that of a renamed record.
    fn renamed(&self, id: &str, kinds: &[Kind]) -> Option<String> {
        if let Some(new) = self.of_kind(id, kinds) {
            return Some(new.to_owned());
        }
        let mut separators = id.rmatch_indices('.');
        separators.find_map(|(index, _)| {
            let (parent, rest) = (self.of_kind(&id[..index], &[])?, &id[index + 1..]);
            Some(format!("{parent}.{}", self.of_kind(rest, &[Kind::Indicator]).unwrap_or(rest)))
        })
    }
}

/// The form in which a leaf holds ids of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum IdContent {
    /// The id of a record of one of these kinds; of any kind if there is none.
    Id(&'static [Kind]),
    /// An anchor of a goal or of practice.
    Anchor,
    /// The path of a leaf of another record.
    Path,
}

/// The form in which a leaf of a kind holds ids; `None` if it holds none.
fn id_content(kind: Kind, path: &Path) -> Option<IdContent> {
    if path.is_own() {
        // Answers to «Samme enhed?»: one leaf in earlier versions, one for each pair today.
        return (path.steps().next().as_deref() == Some("@same_as")).then_some(IdContent::Id(&[Kind::Enhed]));
    }
    let field = position(kind, path)?.field;
    Some(match (kind, field.name) {
        _ if field.role == FieldRole::Parent => IdContent::Id(&[]),
        (Kind::Enhed, "above") | (Kind::Meeting, "to" | "from" | "unit") => IdContent::Id(&[Kind::Enhed]),
        (Kind::Series | Kind::Samtale, "indicator") => IdContent::Id(&[Kind::Indicator]),
        (Kind::Aftale, "previous") => IdContent::Id(&[Kind::Aftale]),
        (Kind::Reflection | Kind::Workshop, "instrument") => IdContent::Id(&[Kind::Instrument]),
        (Kind::Dialogue, "became")
        | (Kind::Goal | Kind::Proevehandling | Kind::Rapport, "origin")
        | (Kind::Proevehandling | Kind::Deviation | Kind::Prototype, "built_on")
        | (Kind::UnitStory, "series") => IdContent::Id(&[]),
        (Kind::UnitTask, "above") => IdContent::Id(&[Kind::UnitTask]),
        (Kind::Goal | Kind::Proevehandling | Kind::Deviation | Kind::Prototype, "anchors") => IdContent::Anchor,
        (Kind::Comment, "field") => IdContent::Path,
        _ => return None,
    })
}

/// The kinds of the records whose ids are keys of a field (any kind if empty); `None` if the keys are no ids. If `kind`
/// is `None`, the record is of a kind that can be commented on.
fn id_key_kinds(kind: Option<Kind>, field: &str) -> Option<&'static [Kind]> {
    match (kind, field) {
        (Some(Kind::Goal | Kind::Proevehandling | Kind::Deviation | Kind::Prototype) | None, "anchors") => {
            Some(&[Kind::Indicator, Kind::UnitTask, Kind::Goal])
        }
        (Some(Kind::Samtale) | None, "topics") => Some(&[Kind::Indicator]),
        (Some(Kind::Midtvejsstatus) | None, "goals") => Some(&[Kind::Goal]),
        (Some(Kind::Rapport), "items") => Some(&[]),
        (_, "@same_as") => Some(&[Kind::Enhed]),
        _ => None,
    }
}

/// The anchors that name a record: their names in a file, and the kind of the record.
const ANCHORED: [(&str, Kind); 3] =
    [("indicator", Kind::Indicator), ("core_service", Kind::UnitTask), ("goal", Kind::Goal)];

/// Renames the ids in a record, its own included; `None` if two leaves would get the same path.
pub(super) fn rename_ids(record: &Record, new_ids: &NewIds) -> Option<Record> {
    let kind = record.kind();
    let id = new_ids.renamed(record.id().as_str(), &[]).and_then(|id| Id::parse(&id));
    let value = |path: &Path, value: &LeafValue| {
        Some(match (id_content(kind?, path)?, value.json()) {
            (IdContent::Id(kinds), Value::String(text)) => LeafValue::from(&*new_ids.renamed(text, kinds)?),
            (IdContent::Path, Value::String(text)) => {
                LeafValue::from(renamed_path(None, &Path::parse(text)?, new_ids).as_str())
            }
            (IdContent::Anchor, Value::Object(anchor)) => {
                let (name, kind) = ANCHORED.iter().find(|(name, _)| anchor.contains_key(*name))?;
                let id = new_ids.renamed(anchor.get(*name)?.as_str()?, &[*kind])?;
                let mut renamed = serde_json::Map::new();
                renamed.insert((*name).to_owned(), id.into());
                LeafValue::new(Value::Object(renamed))
            }
            _ => return None,
        })
    };
    record.rewritten(id.unwrap_or_else(|| record.id().clone()), &|path| renamed_path(kind, path, new_ids), &value)
}

/// Renames the id in a path whose second step is one; returns other paths unchanged.
fn renamed_path(kind: Option<Kind>, path: &Path, new_ids: &NewIds) -> Path {
    let mut steps = path.steps();
    let (Some(field), Some(key)) = (steps.next(), steps.next()) else { return path.clone() };
    let new_key = id_key_kinds(kind, &field).and_then(|kinds| new_ids.renamed(&key, kinds));
    match new_key {
        Some(new_key) => steps.fold(Path::root(&field).child(&new_key), |path, step| path.child(&step)),
        None => path.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::aftale::Aftale;
    use crate::domain::body::Shape;
    use crate::domain::date::Timestamp;
    use crate::domain::enhed::Enhed;
    use crate::domain::goal::{Anchor, Goal};
    use crate::domain::indicator::OwnIndicator;
    use crate::domain::series::Series;
    use crate::record::dot::Actor;
    use crate::record::edit::Author;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn records() -> Records {
        let at = Timestamp::from_seconds(1_790_000_000).unwrap();
        let author = Author { actor: Actor::from_random([7; 10]), at, by: Some("Anne".to_owned()) };
        let unit = |name: &str| Enhed { name: name.into(), ..Enhed::default() };
        let mut goal = Goal { text: "skolen1".into(), aftale: Some(id("aftale1")), ..Goal::default() };
        goal.anchors.insert(id("eget1"), Anchor::Indicator(id("eget1")));
        let series = Series { unit: Some(id("skolen1")), indicator: Some(id("eget1")), ..Series::default() };
        let indicator = OwnIndicator { name: "Leg".into(), unit: Some(id("skolen1")), ..OwnIndicator::default() };
        let head = Aftale { title: "Aftale".into(), unit: Some(id("skolen1")), ..Aftale::default() };
        let all = [
            Record::create(id("skolen1"), &unit("Skolen"), &author).unwrap(),
            Record::create(id("anden1"), &unit("En anden"), &author).unwrap(),
            Record::create(id("aftale1"), &head, &author).unwrap(),
            Record::create(id("maal1"), &goal, &author).unwrap(),
            Record::create(id("eget1"), &indicator, &author).unwrap(),
            Record::create(id("skolen1.eget1"), &series, &author).unwrap(),
        ];
        all.into_iter().map(|record| (record.id().clone(), record)).collect()
    }

    #[test]
    fn unit_and_its_descendants_get_new_ids() {
        let before = records();
        let mut count = 0;
        let mut mint = || {
            count += 1;
            id(&format!("ny{count}"))
        };
        let ImportedAsNew { records: after, faults } = import_as_new(before.clone(), &id("skolen1"), &mut mint);
        assert!(faults.is_empty());
        assert_eq!(after.len(), before.len());
        assert_eq!(after.get(&id("anden1")), before.get(&id("anden1")), "an unrelated record was changed");
        let shared: Vec<&Id> = after.keys().filter(|id| before.contains_key(*id)).collect();
        assert_eq!(shared, [&id("anden1")]);
        let of = |kind: Kind, name: &str| {
            let found = after.values().find(|record| record.kind() == Some(kind) && record.title() == name);
            found.unwrap_or_else(|| panic!("{kind} {name}")).clone()
        };
        let unit = of(Kind::Enhed, "Skolen");
        let head = of(Kind::Aftale, "Aftale");
        let indicator = of(Kind::Indicator, "Leg");
        assert_eq!(head.parent().as_ref(), Some(unit.id()));
        // Text stays unchanged, even text that looks like an id.
        let goal = of(Kind::Goal, "skolen1").view::<Goal>().unwrap();
        assert_eq!(goal.aftale.as_ref(), Some(head.id()));
        assert_eq!(goal.anchors.get(indicator.id()), Some(&Anchor::Indicator(indicator.id().clone())));
        // An id that derives from two ids derives from their new ones.
        let series = Id::derived(unit.id(), indicator.id()).unwrap();
        let series = after.get(&series).unwrap().view::<Series>().unwrap();
        assert_eq!((series.unit.as_ref(), series.indicator.as_ref()), (Some(unit.id()), Some(indicator.id())));
        assert!(unit.stamps().all(|(_, stamp)| stamp.by.as_deref() == Some("Anne")), "the author was lost");
    }

    /// Whether the schema of a field allows an id, at any depth. `definitions` are those of the schema.
    fn has_ids(schema: &Value, definitions: &Value, depth: usize) -> bool {
        let refers = |text: &str| {
            let name = text.rsplit('/').next().unwrap_or_default();
            name == "Id" || (depth < 8 && has_ids(&definitions[name], definitions, depth + 1))
        };
        match schema {
            Value::Object(members) => members.iter().any(|(key, value)| match (key.as_str(), value) {
                ("$ref", Value::String(text)) => refers(text),
                (_, value) => has_ids(value, definitions, depth),
            }),
            Value::Array(items) => items.iter().any(|item| has_ids(item, definitions, depth)),
            _ => false,
        }
    }

    /// A field with ids that the rules do not know would keep the ids of the old unit.
    #[test]
    fn id_content_knows_every_field_that_can_hold_an_id() {
        // Fields whose ids are never renamed: ids of the foundation, of the wheel, of other entries of the record, and
        // fields that are not taken in.
        let never = [
            (Kind::Aftale, "facts"),
            (Kind::Aftale, "assents"),
            (Kind::Indicator, "pejlemaerke"),
            (Kind::Package, "edition"),
            (Kind::Pyramid, "ideas"),
            (Kind::Prototype, "standing"),
        ];
        let mut generator = schemars::SchemaGenerator::default();
        let mut found = 0;
        for &kind in Kind::ALL {
            let schema = kind.schema(&mut generator).to_value();
            let definitions = serde_json::to_value(generator.definitions()).unwrap();
            for field in kind.fields() {
                let paths: Vec<Path> = match field.shape {
                    Shape::Leaf => vec![Path::root(field.name)],
                    Shape::Leaves => vec![Path::root(field.name).child("a1")],
                    Shape::Entries(inner) => {
                        inner.iter().map(|inner| Path::root(field.name).child("a1").child(inner.name)).collect()
                    }
                };
                if has_ids(&schema["properties"][field.name], &definitions, 0) {
                    found += 1;
                    let is_decided = paths.iter().any(|path| id_content(kind, path).is_some());
                    assert!(is_decided || never.contains(&(kind, field.name)), "{kind}/{}", field.name);
                }
            }
        }
        assert!(found > 20, "{found}");
    }

    /// A record may have an id that is also the name of a measure, a state, a period, a kind or a leaf. None of these
    /// is renamed.
    #[test]
    fn import_as_new_renames_ids_only_where_ids_stand() {
        use crate::domain::measure::Measure;
        use crate::domain::period::Period;
        use crate::domain::series::{Observation, ObservationState};
        let at = Timestamp::from_seconds(1_790_000_000).unwrap();
        let author = Author { actor: Actor::from_random([7; 10]), at, by: Some("percent".to_owned()) };
        let ids = ["percent", "value", "2024-25", "observations", "indicator", "enhed", "series", "quality", "text"];
        for name in ids {
            let unit = Enhed { name: name.into(), network: name.into(), ..Enhed::default() };
            let mut series = Series { unit: Some(id(name)), indicator: Some(id("percent")), ..Series::default() };
            let figure = Observation {
                value: Some(6.1),
                measure: Some(Measure::Percent),
                state: ObservationState::Value,
                source: name.into(),
                ..Observation::default()
            };
            series.observations.insert(Period::SchoolYear(2024), figure.clone());
            series.notes.insert(Period::SchoolYear(2024), name.into());
            let mut goal = Goal { text: name.into(), aftale: Some(id("aftale1")), ..Goal::default() };
            goal.anchors.insert(id("percent"), Anchor::Indicator(id("percent")));
            goal.anchors.insert(id("theme1"), Anchor::Theme(id("theme1")));
            let head = Aftale { unit: Some(id(name)), ..Aftale::default() };
            let all = [
                Record::create(id(name), &unit, &author).unwrap(),
                Record::create(id(&format!("{name}.percent")), &series, &author).unwrap(),
                Record::create(id("aftale1"), &head, &author).unwrap(),
                Record::create(id("maal1"), &goal, &author).unwrap(),
            ];
            let all: Records = all.into_iter().map(|record| (record.id().clone(), record)).collect();
            let mut count = 0;
            let mut mint = || {
                count += 1;
                id(&format!("ny{count}"))
            };
            let imported = import_as_new(all, &id(name), &mut mint);
            assert!(imported.faults.is_empty(), "{name}: {:?}", imported.faults);
            for record in imported.records.values() {
                record.check().unwrap();
                let text = serde_json::to_string(record).unwrap();
                assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), *record, "{name}");
                assert_eq!(record.stamps().next().unwrap().1.by.as_deref(), Some("percent"));
            }
            let series = imported.records[&id("ny1.percent")].view::<Series>().unwrap();
            assert_eq!(series.observations.get(&Period::SchoolYear(2024)), Some(&figure), "{name}");
            assert_eq!((series.unit, series.indicator), (Some(id("ny1")), Some(id("percent"))), "{name}");
            assert_eq!(
                series.notes.get(&Period::SchoolYear(2024)).map(crate::domain::text::UserText::as_str),
                Some(name)
            );
            let goal = imported.records.values().find(|record| record.kind() == Some(Kind::Goal)).unwrap();
            let goal = goal.view::<Goal>().unwrap();
            assert_eq!(goal.anchors.get(&id("percent")), Some(&Anchor::Indicator(id("percent"))), "{name}");
            assert_eq!(goal.anchors.get(&id("theme1")), Some(&Anchor::Theme(id("theme1"))), "{name}");
        }
    }

    /// A record that cannot be given a new id is reported, and the others are taken in.
    #[test]
    fn import_as_new_reports_records_that_fail_the_check() {
        let at = Timestamp::from_seconds(1_790_000_000).unwrap();
        let author = Author { actor: Actor::from_random([7; 10]), at, by: None };
        let goal = Goal { text: "Et mål".into(), aftale: Some(id("aftale1")), ..Goal::default() };
        let mut broken = Record::create(id("maal1"), &goal, &author).unwrap();
        let wrong = [(Path::root("baseline"), LeafValue::from("mange"))];
        broken.write(wrong, &mut crate::record::edit::Focus::default(), &author).unwrap();
        let mut all = records();
        all.insert(id("maal1"), broken);
        let mut count = 0;
        let imported = import_as_new(all, &id("skolen1"), &mut || {
            count += 1;
            id(&format!("ny{count}"))
        });
        let faults: Vec<String> = imported.faults.iter().map(ToString::to_string).collect();
        assert_eq!(faults.len(), 1);
        assert!(faults[0].contains("Et mål") && faults[0].contains("oprettes som ny"), "{faults:?}");
        assert!(!imported.faults[0].text.is_empty());
        assert!(imported.records.values().all(|record| record.kind() != Some(Kind::Goal)));
        assert_eq!(imported.records.len(), 5);
    }
}
