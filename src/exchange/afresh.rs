//! A unit of a file taken in as another one (*Opret som ny*): it has the name, and the id, of one that is here, and is not it.
//!
//! The unit and everything that hangs on it in the file come under new ids, so that nothing of them meets what is here. What
//! was written keeps who wrote it and when. An agreement comes without its course and its assents, and without its frozen
//! versions: nobody has agreed to anything with the new unit.
//!
//! # Invariants
//!
//! * **An id is renamed only where an id stands**, and only where one of that kind can stand (`id_place`, `has_id_keys`):
//!   a record may have the id of a measure, of a period or of an indicator of the foundation, and these stay what they are.
//! * **What is made is checked** ([`Record::check`]). What does not check is named, with what it was, and not taken in.

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

/// Records of a file with one of their units, and all that hangs on it, under new ids.
#[derive(Debug)]
pub struct Afresh {
    /// The records.
    pub records: Records,
    /// Those that cannot be had under new ids.
    pub faults: Vec<RecordError>,
}

/// Gives a unit of some records, and all that hangs on it at any depth, new ids; `mint` brings them. The rest is as it was.
pub fn afresh(records: Records, unit: &Id, mint: &mut dyn FnMut() -> Id) -> Afresh {
    let hanging = hanging(&records, unit);
    let mut names = Names::default();
    // What a record follows from stands before it.
    for record in hanging.iter().filter_map(|id| records.get(id)) {
        let derived = record.parent().filter(|_| record.id() != unit).and_then(|parent| {
            let rest = record.id().as_str().strip_prefix(parent.as_str())?.strip_prefix('.')?;
            let new = names.get(parent.as_str()).map(|(new, _)| new.clone())?;
            Id::parse(&format!("{new}.{}", names.of_kind(rest, &[Kind::Indicator]).unwrap_or(rest)))
        });
        // What follows from nothing that is renamed was minted.
        let new = derived.unwrap_or_else(&mut *mint);
        names.put(record.id(), &new, record.kind());
    }
    let all: SortedSet<Id> = hanging.into_iter().collect();
    let mut made = Afresh { records: Records::new(), faults: Vec::new() };
    for record in records.into_values() {
        if !all.contains(record.id()) {
            made.records.insert(record.id().clone(), record);
            continue;
        }
        if record.kind() == Some(Kind::Version) {
            continue;
        }
        let renamed = under_new_names(&record, &names).ok_or_else(|| "two leaves of one name".to_owned());
        let checked = renamed.and_then(|own| match own.check() {
            Ok(()) => Ok(own),
            Err(misfit) => Err(format!("{}: {}", misfit.path, misfit.why)),
        });
        match checked {
            Ok(mut own) => {
                if own.kind() == Some(Kind::Aftale) {
                    let agreed =
                        |path: &Path| path.steps().next().is_some_and(|step| matches!(&*step, "facts" | "assents"));
                    own.withhold(|path, _| agreed(path));
                }
                made.records.insert(own.id().clone(), own);
            }
            Err(why) => made.faults.push(RecordError::not_as_new(&record, why)),
        }
    }
    made
}

/// The unit and what hangs on it, each after what it hangs on; indicators first among their like, since ids follow from them.
fn hanging(records: &Records, unit: &Id) -> Vec<Id> {
    let mut children: SortedMap<Id, Vec<&Record>> = SortedMap::new();
    for record in records.values() {
        if let Some(parent) = record.parent() {
            children.get_or_default(parent).push(record);
        }
    }
    let (mut ids, mut known, mut at) = (vec![unit.clone()], SortedSet::from([unit.clone()]), 0);
    while let Some(id) = ids.get(at).cloned() {
        at += 1;
        let mut own = children.get(&id).cloned().unwrap_or_default();
        own.sort_by_key(|record| record.kind() != Some(Kind::Indicator));
        for record in own {
            if known.insert(record.id().clone()) {
                ids.push(record.id().clone());
            }
        }
    }
    ids
}

/// New names by the old ones, each with the kind of its record.
#[derive(Default)]
pub(super) struct Names(SortedMap<String, (String, Option<Kind>)>);

impl Names {
    pub(super) fn put(&mut self, old: &Id, new: &Id, kind: Option<Kind>) {
        self.0.insert(old.to_string(), (new.to_string(), kind));
    }

    fn get(&self, name: &str) -> Option<&(String, Option<Kind>)> {
        self.0.get(name)
    }

    /// The new name of a record of one of some kinds; of any, where none is given.
    fn of_kind(&self, name: &str, kinds: &[Kind]) -> Option<&str> {
        let (new, kind) = self.get(name)?;
        let fits = kinds.is_empty() || kind.is_some_and(|kind| kinds.contains(&kind));
        fits.then_some(new.as_str())
    }

    /// The new name of what is a record of one of some kinds, or follows from a record.
    fn renamed(&self, name: &str, kinds: &[Kind]) -> Option<String> {
        if let Some(new) = self.of_kind(name, kinds) {
            return Some(new.to_owned());
        }
        let mut points = name.rmatch_indices('.');
        points.find_map(|(point, _)| {
            let (first, rest) = (self.of_kind(&name[..point], &[])?, &name[point + 1..]);
            Some(format!("{first}.{}", self.of_kind(rest, &[Kind::Indicator]).unwrap_or(rest)))
        })
    }
}

/// What stands at a leaf that names records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    /// The id of a record of one of these kinds; of any, where there is none.
    Id(&'static [Kind]),
    /// What a goal hangs on.
    Anchor,
    /// The name of a leaf of another record.
    Path,
}

/// What names records at a leaf, where anything does.
fn id_place(kind: Kind, path: &Path) -> Option<Holds> {
    if path.is_own() {
        // Answers to «Samme enhed?», in the one leaf of earlier versions and in one for each pair.
        return (path.steps().next().as_deref() == Some("@same_as")).then_some(Holds::Id(&[Kind::Enhed]));
    }
    let field = position(kind, path)?.field;
    Some(match (kind, field.name) {
        _ if field.role == FieldRole::Parent => Holds::Id(&[]),
        (Kind::Enhed, "above") => Holds::Id(&[Kind::Enhed]),
        (Kind::Series | Kind::Samtale, "indicator") => Holds::Id(&[Kind::Indicator]),
        (Kind::Aftale, "previous") => Holds::Id(&[Kind::Aftale]),
        (Kind::Reflection | Kind::Workshop, "instrument") => Holds::Id(&[Kind::Instrument]),
        (Kind::Dialogue, "became") | (Kind::Goal | Kind::Proevehandling | Kind::Rapport, "origin") => Holds::Id(&[]),
        (Kind::Goal, "anchors") => Holds::Anchor,
        (Kind::Comment, "field") => Holds::Path,
        _ => return None,
    })
}

/// The kinds of the records that the keys of a field name (of any, where there is none); `None` where they name none. Where
/// the kind is not known, it is one that can be commented on.
fn has_id_keys(kind: Option<Kind>, field: &str) -> Option<&'static [Kind]> {
    match (kind, field) {
        (Some(Kind::Goal) | None, "anchors") | (Some(Kind::Samtale) | None, "topics") => Some(&[Kind::Indicator]),
        (Some(Kind::Midtvejsstatus) | None, "goals") => Some(&[Kind::Goal]),
        (Some(Kind::Rapport), "items") => Some(&[]),
        (_, "@same_as") => Some(&[Kind::Enhed]),
        _ => None,
    }
}

/// A record with other names in it, its own among them; `None` where two of its leaves would become one.
pub(super) fn under_new_names(record: &Record, names: &Names) -> Option<Record> {
    let kind = record.kind();
    let id = names.renamed(record.id().as_str(), &[]).and_then(|id| Id::parse(&id));
    let value = |path: &Path, value: &LeafValue| {
        Some(match (id_place(kind?, path)?, value.json()) {
            (Holds::Id(kinds), Value::String(text)) => LeafValue::from(&*names.renamed(text, kinds)?),
            (Holds::Path, Value::String(text)) => {
                LeafValue::from(renamed_path(None, &Path::parse(text)?, names).as_str())
            }
            (Holds::Anchor, Value::Object(anchor)) => {
                let own = names.renamed(anchor.get("indicator")?.as_str()?, &[Kind::Indicator])?;
                LeafValue::new(serde_json::json!({ "indicator": own }))
            }
            _ => return None,
        })
    };
    record.rewritten(id.unwrap_or_else(|| record.id().clone()), &|path| renamed_path(kind, path, names), &value)
}

/// The name of a leaf, where a key in it names a record.
fn renamed_path(kind: Option<Kind>, path: &Path, names: &Names) -> Path {
    let mut steps = path.steps();
    let (Some(field), Some(key)) = (steps.next(), steps.next()) else { return path.clone() };
    let new = has_id_keys(kind, &field).and_then(|kinds| names.renamed(&key, kinds));
    match new {
        Some(new) => steps.fold(Path::root(&field).child(&new), |path, step| path.child(&step)),
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
        let own = OwnIndicator { name: "Leg".into(), unit: Some(id("skolen1")), ..OwnIndicator::default() };
        let head = Aftale { title: "Aftale".into(), unit: Some(id("skolen1")), ..Aftale::default() };
        let all = [
            Record::create(id("skolen1"), &unit("Skolen"), &author).unwrap(),
            Record::create(id("anden1"), &unit("En anden"), &author).unwrap(),
            Record::create(id("aftale1"), &head, &author).unwrap(),
            Record::create(id("maal1"), &goal, &author).unwrap(),
            Record::create(id("eget1"), &own, &author).unwrap(),
            Record::create(id("skolen1.eget1"), &series, &author).unwrap(),
        ];
        all.into_iter().map(|record| (record.id().clone(), record)).collect()
    }

    #[test]
    fn safety_a_unit_comes_under_new_ids_with_all_that_hangs_on_it() {
        let before = records();
        let mut count = 0;
        let mut mint = || {
            count += 1;
            id(&format!("ny{count}"))
        };
        let Afresh { records: after, faults } = afresh(before.clone(), &id("skolen1"), &mut mint);
        assert!(faults.is_empty());
        assert_eq!(after.len(), before.len());
        assert_eq!(after.get(&id("anden1")), before.get(&id("anden1")), "the rest is as it was");
        let shared: Vec<&Id> = after.keys().filter(|id| before.contains_key(*id)).collect();
        assert_eq!(shared, [&id("anden1")]);
        let of = |kind: Kind, name: &str| {
            let found = after.values().find(|record| record.kind() == Some(kind) && record.title() == name);
            found.unwrap_or_else(|| panic!("{kind} {name}")).clone()
        };
        let unit = of(Kind::Enhed, "Skolen");
        let head = of(Kind::Aftale, "Aftale");
        let own = of(Kind::Indicator, "Leg");
        assert_eq!(head.parent().as_ref(), Some(unit.id()));
        // Words stay words, even those that look like an id.
        let goal = of(Kind::Goal, "skolen1").view::<Goal>().unwrap();
        assert_eq!(goal.aftale.as_ref(), Some(head.id()));
        assert_eq!(goal.anchors.get(own.id()), Some(&Anchor::Indicator(own.id().clone())));
        // What follows from two ids follows from their new ones.
        let series = Id::derived(unit.id(), own.id()).unwrap();
        let series = after.get(&series).unwrap().view::<Series>().unwrap();
        assert_eq!((series.unit.as_ref(), series.indicator.as_ref()), (Some(unit.id()), Some(own.id())));
        assert!(unit.stamps().all(|(_, stamp)| stamp.by.as_deref() == Some("Anne")), "who wrote it stays");
    }

    /// What a field of a kind can hold, by its schema: whether there is an id in it, at any depth.
    fn has_ids(schema: &Value, all: &Value, depth: usize) -> bool {
        let refers = |text: &str| {
            let name = text.rsplit('/').next().unwrap_or_default();
            name == "Id" || (depth < 8 && has_ids(&all[name], all, depth + 1))
        };
        match schema {
            Value::Object(own) => own.iter().any(|(key, value)| match (key.as_str(), value) {
                ("$ref", Value::String(text)) => refers(text),
                (_, value) => has_ids(value, all, depth),
            }),
            Value::Array(items) => items.iter().any(|item| has_ids(item, all, depth)),
            _ => false,
        }
    }

    /// A field with ids in it that is not decided on would keep the old unit's.
    #[test]
    fn trust_afresh_knows_every_field_that_can_hold_an_id() {
        // Ids of the foundation, of the wheel, of other entries of the record, and what comes to nobody.
        let never = [
            (Kind::Aftale, "facts"),
            (Kind::Aftale, "assents"),
            (Kind::Indicator, "pejlemaerke"),
            (Kind::Package, "edition"),
            (Kind::Pyramid, "ideas"),
        ];
        let mut generator = schemars::SchemaGenerator::default();
        let mut found = 0;
        for &kind in Kind::ALL {
            let schema = kind.schema(&mut generator).to_value();
            let all = serde_json::to_value(generator.definitions()).unwrap();
            for field in kind.fields() {
                let paths: Vec<Path> = match field.shape {
                    Shape::Leaf => vec![Path::root(field.name)],
                    Shape::Leaves => vec![Path::root(field.name).child("a1")],
                    Shape::Entries(inner) => {
                        inner.iter().map(|inner| Path::root(field.name).child("a1").child(inner.name)).collect()
                    }
                };
                if has_ids(&schema["properties"][field.name], &all, 0) {
                    found += 1;
                    let is_decided = paths.iter().any(|path| id_place(kind, path).is_some());
                    assert!(is_decided || never.contains(&(kind, field.name)), "{kind}/{}", field.name);
                }
            }
        }
        assert!(found > 20, "{found}");
    }

    /// A record may have the name of a measure, a state, a period, a kind or a leaf; none of them is it.
    #[test]
    fn trust_afresh_renames_ids_only_where_ids_stand() {
        use crate::domain::measure::Measure;
        use crate::domain::period::Period;
        use crate::domain::series::{Observation, ObservationState};
        let at = Timestamp::from_seconds(1_790_000_000).unwrap();
        let author = Author { actor: Actor::from_random([7; 10]), at, by: Some("percent".to_owned()) };
        let words = ["percent", "value", "2024-25", "observations", "indicator", "enhed", "series", "quality", "text"];
        for name in words {
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
            let made = afresh(all, &id(name), &mut mint);
            assert!(made.faults.is_empty(), "{name}: {:?}", made.faults);
            for record in made.records.values() {
                record.check().unwrap();
                let text = serde_json::to_string(record).unwrap();
                assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), *record, "{name}");
                assert_eq!(record.stamps().next().unwrap().1.by.as_deref(), Some("percent"));
            }
            let series = made.records[&id("ny1.percent")].view::<Series>().unwrap();
            assert_eq!(series.observations.get(&Period::SchoolYear(2024)), Some(&figure), "{name}");
            assert_eq!((series.unit, series.indicator), (Some(id("ny1")), Some(id("percent"))), "{name}");
            assert_eq!(
                series.notes.get(&Period::SchoolYear(2024)).map(crate::domain::text::UserText::as_str),
                Some(name)
            );
            let goal = made.records.values().find(|record| record.kind() == Some(Kind::Goal)).unwrap();
            let goal = goal.view::<Goal>().unwrap();
            assert_eq!(goal.anchors.get(&id("percent")), Some(&Anchor::Indicator(id("percent"))), "{name}");
            assert_eq!(goal.anchors.get(&id("theme1")), Some(&Anchor::Theme(id("theme1"))), "{name}");
        }
    }

    /// What cannot be had under a new id is named, and the rest comes.
    #[test]
    fn trust_afresh_refuses_what_does_not_check() {
        let at = Timestamp::from_seconds(1_790_000_000).unwrap();
        let author = Author { actor: Actor::from_random([7; 10]), at, by: None };
        let goal = Goal { text: "Et mål".into(), aftale: Some(id("aftale1")), ..Goal::default() };
        let mut broken = Record::create(id("maal1"), &goal, &author).unwrap();
        let wrong = [(Path::root("baseline"), LeafValue::from("mange"))];
        broken.write(wrong, &mut crate::record::edit::Focus::default(), &author).unwrap();
        let mut all = records();
        all.insert(id("maal1"), broken);
        let mut count = 0;
        let made = afresh(all, &id("skolen1"), &mut || {
            count += 1;
            id(&format!("ny{count}"))
        });
        let faults: Vec<String> = made.faults.iter().map(ToString::to_string).collect();
        assert_eq!(faults.len(), 1);
        assert!(faults[0].contains("Et mål") && faults[0].contains("oprettes som ny"), "{faults:?}");
        assert!(!made.faults[0].text.is_empty());
        assert!(made.records.values().all(|record| record.kind() != Some(Kind::Goal)));
        assert_eq!(made.records.len(), 5);
    }
}
