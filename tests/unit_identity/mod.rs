//! One unit under several ids: pages show and write its records as one record, and nothing is copied between them.
//!
//! | file | content |
//! | --- | --- |
//! | `joined_view` | what a page shows and writes for a unit under two ids |
//! | `deletion` | deleted records of joined units |
//! | `imports` | undone, repeated and masked imports of such units |
//! | `answers` | answers to the question whether two units are the same |
//! | `histories` | a property test over random histories on three devices |

mod answers;
mod deletion;
mod histories;
mod imports;
mod joined_view;

use std::collections::BTreeMap;

use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::measure::Measure;
use kvalitetshjul::domain::period::Period;
use kvalitetshjul::domain::series::{Observation, Series};
use kvalitetshjul::exchange::apply::{self, ImportReport};
use kvalitetshjul::exchange::plan::Plan;
use kvalitetshjul::exchange::read::read;
use kvalitetshjul::exchange::scope::Scope;
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::record::delta::RecordDelta;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::{Author, EditError, Focus};
use kvalitetshjul::record::identity::{Identities, SameUnitAnswer, answers_by_record};
use kvalitetshjul::record::join::joined;
use kvalitetshjul::record::leaf::Leaf;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::value::LeafValue;
use kvalitetshjul::record::{Record, Records};
use serde::Deserialize as _;

const YEAR: Period = Period::SchoolYear(2024);
const EARLIER: Period = Period::SchoolYear(2023);

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn author(user: u8) -> Author {
    let at = Timestamp::from_seconds(1_790_000_000).unwrap();
    Author { actor: Actor::from_random([user; 10]), at, by: Some(format!("person {user}")) }
}

fn put(records: &mut Records, record: Record) {
    records.insert(record.id().clone(), record);
}

fn unit(name: &str, user: u8) -> Records {
    let body = Enhed { name: "Skolen".into(), ..Enhed::default() };
    Records::from([(id(name), Record::create(id(name), &body, &author(user)).unwrap())])
}

fn identities(records: &Records) -> Identities {
    Identities::from_living_units(records.values())
}

/// Returns a record as a page shows it: joined with the records of the same unit's other ids.
fn shown_record(records: &Records, id: &Id) -> Option<Record> {
    let joined = joined(id, &identities(records), |id| records.get(id).cloned());
    joined.map(|joined| joined.record().clone()).or_else(|| records.get(id).cloned())
}

/// Changes a shown record, writes the change back to the stored records, and returns the delta of each, as a page does.
fn change(
    records: &mut Records,
    id: &Id,
    change: impl FnOnce(&mut Record) -> Result<(), EditError>,
) -> Vec<RecordDelta> {
    let joined = joined(id, &identities(records), |id| records.get(id).cloned());
    let mut shown = joined.as_ref().map_or_else(|| &records[id], |joined| joined.record()).clone();
    change(&mut shown).unwrap();
    let after = joined.map_or_else(|| vec![shown.clone()], |joined| joined.write_back(&shown));
    after
        .into_iter()
        .map(|after| {
            let step = RecordDelta::between(records.get(after.id()), &after);
            put(records, after);
            step
        })
        .collect()
}

fn observation(value: f64, n: u32) -> Observation {
    Observation { value: Some(value), measure: Some(Measure::Percent), n: Some(n), ..Observation::default() }
}

/// Writes a figure on the page of a unit.
fn write_figure(records: &mut Records, unit: &str, year: Period, value: f64, user: u8) -> Vec<RecordDelta> {
    let unit = identities(records).representative_id(&id(unit));
    let series = id(&format!("{unit}.fravaer"));
    if !records.contains_key(&series) {
        let body = Series { unit: Some(unit), indicator: Some(id("fravaer")), ..Series::default() };
        put(records, Record::create(series.clone(), &body, &author(user)).unwrap());
    }
    let write = |series: &mut Series| drop(series.observations.insert(year, observation(value, 40)));
    change(records, &series, |record| record.edit::<Series>(&mut Focus::default(), &author(user), write))
}

fn year_leaf(year: Period) -> Path {
    Path::root("observations").child(&year.to_string())
}

/// Returns the values of a record's figure in a year, the shown one first; several are an open choice.
fn figures_in(record: &Record, year: Period) -> Vec<f64> {
    let wordings = record.leaf(&year_leaf(year)).map(Leaf::wordings).unwrap_or_default();
    let value = |value: &LeafValue| Observation::deserialize(value.json()).ok()?.value;
    wordings.iter().filter_map(|wording| value(wording.value)).collect()
}

/// Returns the values that the page of a unit shows for a year.
fn shown_figures(records: &Records, unit: &str, year: Period) -> Vec<f64> {
    let unit = identities(records).representative_id(&id(unit));
    shown_record(records, &id(&format!("{unit}.fravaer"))).map(|series| figures_in(&series, year)).unwrap_or_default()
}

fn sorted(mut figures: Vec<f64>) -> Vec<f64> {
    figures.sort_by(f64::total_cmp);
    figures
}

/// Plans the import of a file and answers that all units in question are the same.
fn plan(local: &Records, file: &Records, scope: &Scope) -> Plan {
    let moment = Timestamp::from_seconds(1_790_000_000).unwrap();
    let mut plan = Plan::make(local, read(write(file, scope, moment).unwrap().as_bytes()).unwrap());
    plan.same_units.iter_mut().for_each(|same| same.is_same = true);
    plan
}

/// Imports a backup and answers that all units in question are the same.
fn import(local: &mut Records, file: &Records, user: u8) -> ImportReport {
    let plan = plan(local, file, &Scope::Backup);
    let report = apply::apply(local, plan, &author(user));
    assert!(report.faults.is_empty(), "{:?}", report.faults);
    report
}

/// Answers the question whether two units are the same, as a page does; `None` takes the answer back.
fn answer(records: &mut Records, one: &str, other: &str, answer: Option<SameUnitAnswer>, user: u8) {
    store_answers(records, vec![(id(one), id(other), answer)], user);
}

/// Stores answers in the records of their units.
fn store_answers(records: &mut Records, answers: Vec<(Id, Id, Option<SameUnitAnswer>)>, user: u8) {
    for (one, other, answer) in answers {
        for (id, other, answer) in answers_by_record(&one, &other, answer) {
            if records.contains_key(&id) {
                change(records, &id, |record| record.write_unit_answer(&other, answer.as_ref(), &author(user)));
            }
        }
    }
}

/// The answer that two units are the same and are shown under an id.
fn same_unit(representative: &str) -> SameUnitAnswer {
    SameUnitAnswer::Same(id(representative))
}

/// Returns the texts of every leaf of the stored records, without authors and times.
fn texts(records: &Records) -> BTreeMap<String, Vec<String>> {
    let mut texts = BTreeMap::new();
    for (id, record) in records {
        for (path, leaf) in record.leaves().iter().filter(|(path, _)| !path.is_own()) {
            let wordings = leaf.wordings().into_iter().filter(|wording| !wording.value.is_null());
            let wordings: Vec<String> = wordings.map(|wording| wording.value.display_text()).collect();
            if !wordings.is_empty() {
                texts.insert(format!("{id}{path}"), wordings);
            }
        }
    }
    texts
}
