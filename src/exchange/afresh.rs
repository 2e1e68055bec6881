//! A unit of a file taken in as another one (*Opret som ny*): it has the name, and the id, of one that is here, and is not it.
//!
//! The unit and everything that hangs on it in the file come under new ids, so that nothing of them meets what is here. What
//! was written keeps who wrote it and when. An agreement comes without its course and its assents, and without its frozen
//! versions: nobody has agreed to anything with the new unit.

use serde_json::{Map, Value};

use crate::domain::body::Role;
use crate::domain::id::Id;
use crate::domain::kind::Kind;
use crate::domain::sorted::{SortedMap, SortedSet};
use crate::record::path::Path;
use crate::record::view::place;
use crate::record::{Record, Records};

/// Gives a unit of some records, and all that hangs on it at any depth, new ids; `mint` brings them. The rest is as it was.
pub fn afresh(records: Records, unit: &Id, mint: &mut dyn FnMut() -> Id) -> Records {
    let hanging = hanging(&records, unit);
    let mut names = SortedMap::new();
    // What has no dot in it was minted. What follows from others follows from their new names.
    for id in hanging.iter() {
        if !id.as_str().contains('.') || id == unit {
            names.insert(id.as_str().to_owned(), mint().to_string());
        }
    }
    for id in hanging.iter().filter(|id| !names.contains_key(id.as_str())).cloned().collect::<Vec<_>>() {
        let new = renamed(id.as_str(), &names).unwrap_or_else(|| mint().to_string());
        names.insert(id.as_str().to_owned(), new);
    }
    let mut all = Records::new();
    for record in records.into_values() {
        if !hanging.contains(record.id()) {
            all.insert(record.id().clone(), record);
            continue;
        }
        if record.kind() == Some(Kind::Version) {
            continue;
        }
        if let Some(mut record) = under_new_names(&record, &names) {
            if record.kind() == Some(Kind::Aftale) {
                let agreed =
                    |path: &Path| path.steps().next().is_some_and(|step| matches!(&*step, "facts" | "assents"));
                record.withhold(|path, _| agreed(path));
            }
            all.insert(record.id().clone(), record);
        }
    }
    all
}

fn hanging(records: &Records, unit: &Id) -> SortedSet<Id> {
    let mut ids = SortedSet::from([unit.clone()]);
    loop {
        let is_on = |record: &&Record| {
            !ids.contains(record.id()) && record.parent().is_some_and(|parent| ids.contains(&parent))
        };
        let more: Vec<Id> = records.values().filter(is_on).map(|record| record.id().clone()).collect();
        if more.is_empty() {
            return ids;
        }
        ids.extend(more);
    }
}

/// New names by the old ones.
type Names = SortedMap<String, String>;

/// The new name of what is one of the names, or follows from them; `None` where it is neither.
fn renamed(text: &str, names: &Names) -> Option<String> {
    if let Some(new) = names.get(text) {
        return Some(new.clone());
    }
    let is_derived = text.contains('.') && text.split('.').any(|part| names.contains_key(part));
    is_derived
        .then(|| text.split('.').map(|part| names.get(part).map_or(part, String::as_str)).collect::<Vec<_>>().join("."))
}

/// A record with other names in it, its own among them.
fn under_new_names(record: &Record, names: &Names) -> Option<Record> {
    let kind = record.kind();
    let value = serde_json::to_value(record).ok()?;
    serde_json::from_value(rename(value, names, kind, false)).ok()
}

/// Renames in a record's JSON: in names of leaves and in values, but in people's own words.
fn rename(value: Value, names: &Names, kind: Option<Kind>, is_leaf: bool) -> Value {
    match value {
        Value::String(text) => {
            let new = match text.strip_prefix('/') {
                Some(_) if !is_leaf => Some(path(&text, names)),
                _ => renamed(&text, names),
            };
            Value::String(new.unwrap_or(text))
        }
        Value::Array(items) => items.into_iter().map(|item| rename(item, names, kind, is_leaf)).collect(),
        Value::Object(fields) => {
            let of_field = |(name, value): (String, Value)| {
                let is_words = Path::parse(&name)
                    .and_then(|path| place(kind?, &path))
                    .is_some_and(|place| place.field.role == Role::Words);
                let is_leaf = is_leaf || name.starts_with('/');
                let value = if is_words { value } else { rename(value, names, kind, is_leaf) };
                (path(&name, names), value)
            };
            Value::Object(fields.into_iter().map(of_field).collect::<Map<_, _>>())
        }
        other => other,
    }
}

/// A leaf's name, where it names one of the names.
fn path(name: &str, names: &Names) -> String {
    let steps = name.split('/').map(|step| renamed(step, names).unwrap_or_else(|| step.to_owned()));
    steps.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::aftale::Aftale;
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
        let after = afresh(before.clone(), &id("skolen1"), &mut mint);
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
}
