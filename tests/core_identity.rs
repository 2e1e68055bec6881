//! One institution under several ids: its records are shown and written as one, and nothing is copied.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use std::collections::{BTreeMap, BTreeSet};

use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::dialogue::Dialogue;
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::measure::Measure;
use kvalitetshjul::domain::period::Period;
use kvalitetshjul::domain::registry::Kind;
use kvalitetshjul::domain::samtale::{Agenda, Samtale};
use kvalitetshjul::domain::series::{Observation, Series};
use kvalitetshjul::exchange::apply::{self, ImportReport};
use kvalitetshjul::exchange::plan::{Plan, PlanAction};
use kvalitetshjul::exchange::read::read;
use kvalitetshjul::exchange::scope::{Scope, SharedPart};
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::record::choice::Resolution;
use kvalitetshjul::record::delta::{RecordDelta, undo_all};
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::{Author, EditError, Focus};
use kvalitetshjul::record::identity::{Identities, SameUnitAnswer, apart, kept, said, settle};
use kvalitetshjul::record::join::joined;
use kvalitetshjul::record::leaf::Leaf;
use kvalitetshjul::record::life::Life;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::value::LeafValue;
use kvalitetshjul::record::{Record, Records};
use proptest::prelude::*;
use serde::Deserialize as _;

const YEAR: Period = Period::SchoolYear(2024);
const EARLIER: Period = Period::SchoolYear(2023);

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn author(who: u8) -> Author {
    let at = Timestamp::from_seconds(1_790_000_000).unwrap();
    Author { actor: Actor::from_random([who; 10]), at, by: Some(format!("person {who}")) }
}

fn put(records: &mut Records, record: Record) {
    records.insert(record.id().clone(), record);
}

fn unit(name: &str, who: u8) -> Records {
    let body = Enhed { name: "Skolen".into(), ..Enhed::default() };
    Records::from([(id(name), Record::create(id(name), &body, &author(who)).unwrap())])
}

fn identities(records: &Records) -> Identities {
    Identities::living(records.values())
}

/// A record as it is shown.
fn shown(records: &Records, id: &Id) -> Option<Record> {
    let joined = joined(id, &identities(records), |id| records.get(id).cloned());
    joined.map(|joined| joined.record().clone()).or_else(|| records.get(id).cloned())
}

/// Changes what is shown, as a page does, and gives what changed where.
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

/// Types a figure where the page of a unit shows it.
fn figure(records: &mut Records, unit: &str, year: Period, value: f64, who: u8) -> Vec<RecordDelta> {
    let unit = identities(records).standing_id(&id(unit));
    let series = id(&format!("{unit}.fravaer"));
    if !records.contains_key(&series) {
        let body = Series { unit: Some(unit), indicator: Some(id("fravaer")), ..Series::default() };
        put(records, Record::create(series.clone(), &body, &author(who)).unwrap());
    }
    let write = |series: &mut Series| drop(series.observations.insert(year, observation(value, 40)));
    change(records, &series, |record| record.edit::<Series>(&mut Focus::default(), &author(who), write))
}

fn year_leaf(year: Period) -> Path {
    Path::root("observations").child(&year.to_string())
}

/// What stands at a year of a record, the one shown first.
fn figures_in(record: &Record, year: Period) -> Vec<f64> {
    let wordings = record.leaf(&year_leaf(year)).map(Leaf::wordings).unwrap_or_default();
    let value = |value: &LeafValue| Observation::deserialize(value.json()).ok()?.value;
    wordings.iter().filter_map(|wording| value(wording.value)).collect()
}

/// What the page of a unit shows of its figures in a year.
fn figures(records: &Records, unit: &str, year: Period) -> Vec<f64> {
    let unit = identities(records).standing_id(&id(unit));
    shown(records, &id(&format!("{unit}.fravaer"))).map(|series| figures_in(&series, year)).unwrap_or_default()
}

fn sorted(mut figures: Vec<f64>) -> Vec<f64> {
    figures.sort_by(f64::total_cmp);
    figures
}

fn plan(here: &Records, file: &Records, scope: &Scope) -> Plan {
    let moment = Timestamp::from_seconds(1_790_000_000).unwrap();
    let mut plan = Plan::make(here, read(write(file, scope, moment).unwrap().as_bytes()).unwrap());
    plan.same_units.iter_mut().for_each(|same| same.yes = true);
    plan
}

/// Takes a file of everything in, and says yes to the question.
fn take(here: &mut Records, file: &Records, who: u8) -> ImportReport {
    let plan = plan(here, file, &Scope::Backup);
    let report = apply::apply(here, plan, &author(who));
    assert!(report.faults.is_empty(), "{:?}", report.faults);
    report
}

/// Answers about two units, as a page does.
fn answer(records: &mut Records, one: &str, other: &str, answer: Option<SameUnitAnswer>, who: u8) {
    give(records, vec![(id(one), id(other), answer)], who);
}

fn give(records: &mut Records, given: Vec<(Id, Id, Option<SameUnitAnswer>)>, who: u8) {
    for (one, other, answer) in given {
        for (id, other, answer) in kept(&one, &other, answer) {
            if records.contains_key(&id) {
                change(records, &id, |record| record.answer(&other, answer.as_ref(), &author(who)));
            }
        }
    }
}

fn same(stands: &str) -> SameUnitAnswer {
    SameUnitAnswer::Same(id(stands))
}

/// What the records say, each by itself: the words, not who wrote them when.
fn words(records: &Records) -> BTreeMap<String, Vec<String>> {
    let mut words = BTreeMap::new();
    for (id, record) in records {
        for (path, leaf) in record.leaves().iter().filter(|(path, _)| !path.is_own()) {
            let said = leaf.wordings().into_iter().filter(|wording| !wording.value.is_null());
            let said: Vec<String> = said.map(|wording| wording.value.display_text()).collect();
            if !said.is_empty() {
                words.insert(format!("{id}{path}"), said);
            }
        }
    }
    words
}

#[test]
fn trust_two_units_that_are_the_same_are_seen_as_one_and_undone_as_two() {
    // Whichever of them has the lower id: the one that was here stands for both.
    for (own, other) in [("a", "b"), ("b", "a")] {
        let mut here = unit(own, 1);
        figure(&mut here, own, YEAR, 7.0, 1);
        let mut file = unit(other, 2);
        figure(&mut file, other, EARLIER, 9.0, 2);
        let body = Dialogue {
            series: Some(id(&format!("{other}.fravaer"))),
            period: Some(YEAR),
            question: format!("{other}.fravaer").as_str().into(),
            ..Dialogue::default()
        };
        put(&mut file, Record::create(id(&format!("{other}.fravaer.2024-25")), &body, &author(2)).unwrap());
        let before = here.clone();
        let report = take(&mut here, &file, 1);
        let of = |rest: &str| id(&format!("{own}.{rest}"));
        assert_eq!((figures(&here, own, YEAR), figures(&here, own, EARLIER)), (vec![7.0], vec![9.0]));
        assert_eq!((figures(&here, other, YEAR), figures(&here, other, EARLIER)), (vec![7.0], vec![9.0]));
        let dialogue: Dialogue = shown(&here, &of("fravaer.2024-25")).unwrap().view().unwrap();
        // What names the unit names the one that stands for both; people's own words are as they are.
        assert_eq!((dialogue.question.0, dialogue.series), (format!("{other}.fravaer"), Some(of("fravaer"))));
        let series = shown(&here, &of("fravaer")).unwrap();
        assert_eq!(series.view::<Series>().unwrap().unit, Some(id(own)));
        assert!(series.choices().is_empty() && report.new_choices == 0, "the same unit is no choice");
        assert!(series.stamps().any(|(_, stamp)| stamp.by.as_deref() == Some("person 2")), "who wrote it stays");
        // Nothing is copied.
        assert!(!here.contains_key(&of("fravaer.2024-25")));
        assert!(figures_in(&here[&of("fravaer")], EARLIER).is_empty());
        assert_eq!(here[&id(&format!("{other}.fravaer"))], file[&id(&format!("{other}.fravaer"))]);

        undo_all(&mut here, &report.steps, &author(3)).unwrap();
        assert!(identities(&here).is_empty());
        for (id, before) in &before {
            assert_eq!(
                words(&Records::from([(id.clone(), here[id].clone())])),
                words(&Records::from([(id.clone(), before.clone())]))
            );
        }
    }
}

#[test]
fn trust_what_is_the_same_is_joined_at_once_in_whatever_order_it_comes() {
    let mut all = unit("a", 1);
    figure(&mut all, "a", YEAR, 7.0, 1);
    take(&mut all, &unit("b", 2), 1);
    let mut of_b = unit("b", 2);
    figure(&mut of_b, "b", EARLIER, 9.0, 2);
    // The first unit with the answer, the second, and what is known under its id.
    let pieces = [
        all.iter().filter(|(own, _)| **own != id("b")).map(|(id, own)| (id.clone(), own.clone())).collect::<Records>(),
        Records::from([(id("b"), of_b[&id("b")].clone())]),
        Records::from([(id("b.fravaer"), of_b[&id("b.fravaer")].clone())]),
    ];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let mut here = Records::new();
        for piece in order {
            let mut plan = plan(&here, &pieces[piece], &Scope::Backup);
            plan.same_units.clear();
            apply::apply(&mut here, plan, &author(3));
        }
        assert_eq!((figures(&here, "b", YEAR), figures(&here, "a", EARLIER)), (vec![7.0], vec![9.0]), "{order:?}");
        assert_eq!(here.len(), 4);
    }
}

#[test]
fn trust_what_is_joined_parts_completely_on_every_device() {
    let mut here = unit("a", 1);
    figure(&mut here, "a", YEAR, 7.0, 1);
    let mut home = unit("b", 2);
    figure(&mut home, "b", EARLIER, 9.0, 2);
    let (own, other) = (words(&here), words(&home));
    take(&mut here, &home, 1);
    let mut third = unit("c", 3);
    take(&mut third, &here, 3);
    let given = apart(&here.values().filter_map(said).collect::<Vec<_>>(), &id("b"));
    give(&mut here, given, 1);
    for device in [&mut home, &mut third] {
        take(device, &here, 4);
        assert_eq!((figures(device, "a", YEAR), figures(device, "a", EARLIER)), (vec![7.0], vec![]));
        assert_eq!((figures(device, "b", YEAR), figures(device, "b", EARLIER)), (vec![], vec![9.0]));
        device.remove(&id("c"));
    }
    let both: BTreeMap<_, _> = own.into_iter().chain(other).collect();
    assert_eq!((words(&here), words(&home), words(&third)), (both.clone(), both.clone(), both));
    assert!(plan(&home, &here, &Scope::Backup).same_units.is_empty(), "it was answered, and is not asked again");
}

#[test]
fn trust_the_same_author_in_both_records_loses_nothing_and_a_choice_is_open_where_both_wrote() {
    // One page load wrote in both: the counts in the two records are the same.
    let mut here = unit("a", 1);
    let mut file = unit("b", 1);
    figure(&mut here, "a", YEAR, 7.0, 1);
    figure(&mut file, "b", YEAR, 9.0, 1);
    figure(&mut here, "a", EARLIER, 6.0, 1);
    figure(&mut file, "b", Period::SchoolYear(2022), 4.0, 1);
    let report = take(&mut here, &file, 2);
    assert_eq!(sorted(figures(&here, "a", YEAR)), [7.0, 9.0]);
    assert_eq!(report.new_choices, 1);
    assert_eq!(figures(&here, "a", EARLIER), [6.0]);
    assert_eq!(figures(&here, "a", Period::SchoolYear(2022)), [4.0]);
    // Once it is chosen it stays chosen, and is chosen under both ids.
    let before = words(&here);
    let path = year_leaf(YEAR);
    let own = here[&id("a.fravaer")].leaf(&path).unwrap().dots().next().unwrap();
    let steps = change(&mut here, &id("a.fravaer"), |record| {
        record.resolve(&path, Resolution::Keep(own), &mut Focus::default(), &author(2))
    });
    take(&mut here, &file, 2);
    assert_eq!(figures(&here, "b", YEAR), [7.0]);
    assert_eq!(figures_in(&here[&id("b.fravaer")], YEAR), [7.0]);
    // And undone under both.
    undo_all(&mut here, &steps, &author(2)).unwrap();
    assert_eq!(words(&here), before);
}

#[test]
fn trust_of_the_unit_itself_the_standing_one_is_shown_and_written() {
    let of = |name: &str, network: &str, number: &str, (unit, who): (&str, u8)| {
        let number = number.into();
        let body = Enhed { name: name.into(), network: network.into(), institution_number: number, ..Enhed::default() };
        Records::from([(id(unit), Record::create(id(unit), &body, &author(who)).unwrap())])
    };
    let seen = |records: &Records| {
        let unit = shown(records, &id("a")).unwrap();
        assert!(unit.choices().is_empty(), "a second spelling is no choice");
        let unit: Enhed = unit.view().unwrap();
        (unit.name.0, unit.network.0, unit.institution_number.0)
    };
    let words = |name: &str, network: &str, number: &str| (name.to_owned(), network.to_owned(), number.to_owned());
    let mut here = of("Skolen", "Nord", "", ("a", 1));
    let mut file = of("SKOLEN ", "Syd", "123", ("b", 2));
    take(&mut here, &file, 1);
    assert_eq!(seen(&here), words("Skolen", "Nord", "123"));
    // What is written goes to the standing one, whatever the other says later.
    let edit = |records: &mut Records, unit: &str, who: u8, number: &str| {
        let write = |unit: &mut Enhed| unit.institution_number = number.into();
        change(records, &id(unit), |record| record.edit::<Enhed>(&mut Focus::default(), &author(who), write));
    };
    edit(&mut here, "a", 1, "125");
    edit(&mut file, "b", 2, "126");
    take(&mut here, &file, 1);
    assert_eq!(seen(&here), words("Skolen", "Nord", "125"));
    assert_eq!(here[&id("b")].view::<Enhed>().unwrap().institution_number.0, "126");
    // What is emptied on purpose stays empty.
    edit(&mut here, "a", 1, "");
    assert_eq!(seen(&here), words("Skolen", "Nord", ""));
}

#[test]
fn trust_what_lies_in_the_trash_is_not_joined_in() {
    let talk = |records: &mut Records, unit: &str, who: u8| {
        let mut body = Samtale { unit: Some(id(unit)), ..Samtale::default() };
        for topic in ["fravaer", "trivsel"] {
            let own = body.topics.get_or_default(id(topic));
            (own.title, own.agenda) = (topic.into(), Some(Agenda::On));
        }
        put(records, Record::create(id(&format!("{unit}.samtale-2025")), &body, &author(who)).unwrap());
    };
    let topic = Path::root("topics").child("trivsel");
    let mut here = unit("a", 1);
    let mut file = unit("b", 2);
    figure(&mut file, "b", YEAR, 9.0, 2);
    change(&mut file, &id("b.fravaer"), |record| record.delete(None, &author(2)));
    talk(&mut file, "b", 2);
    change(&mut file, &id("b.samtale-2025"), |record| record.delete(Some(&topic), &author(2)));
    take(&mut here, &file, 1);
    // All of it lies there: it is shown so, and brought back as one.
    assert_eq!(shown(&here, &id("a.fravaer")).unwrap().life(None), Life::Deleted);
    let of_file = shown(&here, &id("a.samtale-2025")).unwrap();
    assert_eq!(of_file.life(Some(&topic)), Life::Deleted);
    assert_eq!(of_file.view::<Samtale>().unwrap().topics.keys().collect::<Vec<_>>(), [&id("fravaer")]);
    // One's own stands beside what lies in the trash.
    figure(&mut here, "a", YEAR, 7.0, 1);
    talk(&mut here, "a", 1);
    assert_eq!(figures(&here, "a", YEAR), [7.0]);
    let both = shown(&here, &id("a.samtale-2025")).unwrap();
    assert_eq!((both.life(Some(&topic)), both.choices().len()), (Life::Living, 0));
    assert_eq!(figures_in(&here[&id("b.fravaer")], YEAR), [9.0], "and what lies there is untouched");
    // A unit in the trash is nobody's other.
    change(&mut here, &id("b"), |record| record.delete(None, &author(1)));
    assert!(identities(&here).is_empty());
    assert_eq!(figures(&here, "a", YEAR), [7.0]);
}

#[test]
fn trust_deleting_restoring_and_emptying_reach_every_source() {
    let mut here = unit("a", 1);
    let mut file = unit("b", 2);
    figure(&mut here, "a", YEAR, 7.0, 1);
    figure(&mut file, "b", EARLIER, 9.0, 2);
    take(&mut here, &file, 1);
    let before = words(&here);
    let series = id("a.fravaer");
    let deleted = change(&mut here, &series, |record| record.delete(None, &author(1)));
    for source in ["a.fravaer", "b.fravaer"] {
        assert_eq!(here[&id(source)].life(None), Life::Deleted, "{source}");
    }
    let mut undone = here.clone();
    undo_all(&mut undone, &deleted, &author(1)).unwrap();
    assert_eq!((figures(&undone, "a", YEAR), figures(&undone, "a", EARLIER)), (vec![7.0], vec![9.0]));
    let mut restored = here.clone();
    change(&mut restored, &series, |record| record.restore(None, &author(1)));
    assert_eq!(words(&restored), before);
    assert_eq!(shown(&restored, &series).unwrap().life(None), Life::Living);
    // What was written elsewhere meanwhile asks.
    figure(&mut file, "b", EARLIER, 8.0, 2);
    let mut changed = here.clone();
    take(&mut changed, &file, 1);
    assert_eq!(shown(&changed, &series).unwrap().life(None), Life::DeletedButChanged);
    let emptied = change(&mut here, &series, |record| record.empty(None, &author(1)));
    assert!(shown(&here, &series).unwrap().is_hollow() && shown(&here, &series).unwrap().life(None) == Life::Deleted);
    assert_eq!(emptied.len(), 2);
    undo_all(&mut here, &emptied, &author(1)).unwrap();
    undo_all(&mut here, &deleted, &author(1)).unwrap();
    assert_eq!(words(&here), before);
}

#[test]
fn trust_a_field_is_typed_in_key_by_key_without_a_choice_with_oneself() {
    let mut here = unit("a", 1);
    let mut file = unit("b", 2);
    let body = |unit: &str, words: &str| Dialogue {
        series: Some(id(&format!("{unit}.fravaer"))),
        period: Some(YEAR),
        question: words.into(),
        ..Dialogue::default()
    };
    let (own, other) = (id("a.fravaer.2024-25"), id("b.fravaer.2024-25"));
    put(&mut here, Record::create(own.clone(), &body("a", ""), &author(1)).unwrap());
    put(&mut file, Record::create(other.clone(), &body("b", "Hv"), &author(2)).unwrap());
    take(&mut here, &file, 1);
    let path = Path::root("question");
    let mut focus = Focus::default();
    focus.enter(&shown(&here, &own).unwrap(), path.clone());
    let type_in = |here: &mut Records, focus: &mut Focus, text: &str| {
        change(here, &own, |record| record.write([(path.clone(), text.into())], focus, &author(1)));
        assert_eq!(shown(here, &own).unwrap().shown_text(&path), Some(text));
        shown(here, &own).unwrap().choices().len()
    };
    for text in ["Hvo", "Hvor", "Hvorf"] {
        assert_eq!(type_in(&mut here, &mut focus, text), 0, "{text}");
    }
    assert_eq!(here[&other].shown_text(&path), Some("Hvorf"), "it is the other's text that was written on");
    // What arrives while one types stays beside it.
    change(&mut file, &other, |record| record.write([(path.clone(), "Nej".into())], &mut Focus::default(), &author(2)));
    take(&mut here, &file, 1);
    assert_eq!(type_in(&mut here, &mut focus, "Hvorfor"), 1);
}

#[test]
fn trust_an_import_that_was_undone_can_be_made_again() {
    let mut here = unit("a", 1);
    let mut file = unit("b", 2);
    figure(&mut file, "b", YEAR, 9.0, 2);
    let report = take(&mut here, &file, 1);
    undo_all(&mut here, &report.steps, &author(1)).unwrap();
    assert!(figures(&here, "a", YEAR).is_empty());
    let mut plan = plan(&here, &file, &Scope::Backup);
    assert_eq!(plan.same_units.len(), 1, "it is asked again");
    for item in plan.items.iter_mut().filter(|item| item.can_write_again) {
        item.act = PlanAction::WriteAgain;
    }
    apply::apply(&mut here, plan, &author(1));
    assert_eq!(figures(&here, "a", YEAR), [9.0]);
}

#[test]
fn trust_writing_a_twin_again_loses_nothing_that_was_not_seen() {
    let mut here = unit("a", 1);
    let mut file = unit("b", 2);
    figure(&mut file, "b", YEAR, 9.0, 2);
    let older = file.clone();
    figure(&mut file, "b", YEAR, 8.0, 2);
    take(&mut here, &file, 1);
    // Written under the standing id, where the twin says nothing.
    figure(&mut here, "a", EARLIER, 5.0, 1);
    let mut plan = plan(&here, &older, &Scope::Backup);
    for item in plan.items.iter_mut().filter(|item| item.can_write_again) {
        item.act = PlanAction::WriteAgain;
    }
    apply::apply(&mut here, plan, &author(1));
    assert_eq!((figures(&here, "a", YEAR), figures(&here, "a", EARLIER)), (vec![9.0], vec![5.0]));
}

#[test]
fn trust_what_is_written_after_an_import_is_seen_when_it_is_undone() {
    // The file's unit has the lower id, and still does not take the place of the one that was here.
    let mut here = unit("b", 1);
    let mut file = unit("a", 2);
    figure(&mut file, "a", YEAR, 9.0, 2);
    let report = take(&mut here, &file, 1);
    assert_eq!(identities(&here).standing_id(&id("a")), id("b"));
    figure(&mut here, "b", EARLIER, 5.0, 1);
    undo_all(&mut here, &report.steps, &author(3)).unwrap();
    assert_eq!((figures(&here, "b", YEAR), figures(&here, "b", EARLIER)), (vec![], vec![5.0]));
}

#[test]
fn trust_what_was_written_of_a_figure_of_another_comes_home() {
    // One says that the other is theirs, and the other says the same.
    let (mut a, mut b) = (unit("a", 1), unit("b", 2));
    figure(&mut a, "a", YEAR, 7.0, 1);
    let file = a.clone();
    take(&mut b, &file, 2);
    figure(&mut b, "b", YEAR, 8.0, 2);
    take(&mut a, &b, 1);
    assert_eq!(figures(&a, "a", YEAR), [8.0], "it is known what the new figure replaced");
}

#[test]
fn trust_a_third_is_there_once_by_whatever_way_it_came() {
    let mut b = unit("b", 2);
    let mut c = unit("c", 3);
    figure(&mut c, "c", YEAR, 9.0, 3);
    take(&mut b, &c, 2);
    let mut a = unit("a", 1);
    take(&mut a, &b, 1);
    figure(&mut c, "c", YEAR, 8.0, 3);
    take(&mut a, &c, 1);
    assert_eq!(figures(&a, "a", YEAR), [8.0], "no choice between the old figure and the new one");
    assert_eq!(figures(&a, "c", YEAR), [8.0]);
}

#[test]
fn trust_a_masked_twin_that_comes_home_deletes_nothing() {
    let mut home = unit("b", 2);
    let series = Series { unit: Some(id("b")), indicator: Some(id("fravaer")), ..Series::default() };
    let mut series = Record::create(id("b.fravaer"), &series, &author(2)).unwrap();
    let write = |series: &mut Series| drop(series.observations.insert(YEAR, observation(9.0, 3)));
    series.edit::<Series>(&mut Focus::default(), &author(2), write).unwrap();
    put(&mut home, series);
    let mut here = unit("a", 1);
    let scope = Scope::Share { part: SharedPart::Enhed { id: id("b") }, unmasked_for: None };
    let masked = plan(&here, &home, &scope);
    apply::apply(&mut here, masked, &author(1));
    assert!(figures(&here, "a", YEAR).is_empty());
    figure(&mut here, "a", YEAR, 7.0, 1);
    assert_eq!(figures(&here, "a", YEAR), [7.0]);
    take(&mut home, &here, 2);
    assert_eq!(sorted(figures(&home, "b", YEAR)), [7.0, 9.0], "both stand, and somebody chooses");
}

#[test]
fn trust_an_answer_replaces_no_answer_about_another_pair() {
    let mut here = [unit("a", 1), unit("b", 2), unit("c", 3)].concat_records();
    answer(&mut here, "b", "a", Some(same("a")), 1);
    answer(&mut here, "b", "c", Some(same("c")), 1);
    let all = identities(&here);
    assert!(all.same(&id("a"), &id("b")) && all.same(&id("b"), &id("c")) && all.doubts().is_empty());
    answer(&mut here, "c", "b", None, 1);
    let all = identities(&here);
    assert!(all.same(&id("a"), &id("b")) && !all.same(&id("b"), &id("c")) && all.doubts().is_empty());
}

#[test]
fn trust_contradictory_answers_are_in_doubt_everywhere_until_somebody_chooses() {
    let base = [unit("a", 1), unit("b", 2)].concat_records();
    let (mut one, mut other) = (base.clone(), base);
    answer(&mut one, "b", "a", Some(same("b")), 1);
    answer(&mut other, "a", "b", Some(SameUnitAnswer::Two), 2);
    let files = (one.clone(), other.clone());
    take(&mut one, &files.1, 1);
    assert_eq!(take(&mut other, &files.0, 2).new_choices, 1);
    assert_eq!(one, other);
    let all = identities(&one);
    assert!(!all.same(&id("a"), &id("b")), "what is in doubt is two");
    assert_eq!(all.doubts(), [(id("a"), id("b"))]);
    let settled = |mut records: Records, is_same: bool| {
        let units: Vec<_> = records.values().filter_map(said).collect();
        give(&mut records, settle(&units, (&id("a"), &id("b")), is_same), 1);
        identities(&records)
    };
    let yes = settled(one.clone(), true);
    assert!(yes.doubts().is_empty() && yes.standing_id(&id("a")) == id("b"), "the one that stood for both does again");
    assert_eq!(settled(one, false), Identities::default());
}

#[test]
fn trust_a_no_is_not_gone_round_by_way_of_a_third() {
    let mut here = [unit("a", 1), unit("b", 2), unit("c", 3)].concat_records();
    answer(&mut here, "b", "a", Some(same("a")), 1);
    answer(&mut here, "c", "b", Some(same("b")), 2);
    answer(&mut here, "a", "c", Some(SameUnitAnswer::Two), 3);
    let all = identities(&here);
    assert!(!all.same(&id("a"), &id("c")));
    assert_eq!(all.doubts(), [(id("b"), id("c"))], "it was said that they are the same, and they are shown as two");
    let units: Vec<_> = here.values().filter_map(said).collect();
    let mut yes = here.clone();
    give(&mut yes, settle(&units, (&id("b"), &id("c")), true), 1);
    let all = identities(&yes);
    assert!(all.same(&id("a"), &id("c")) && all.doubts().is_empty(), "what stood in the way is taken back");
    give(&mut here, settle(&units, (&id("b"), &id("c")), false), 1);
    let all = identities(&here);
    assert!(all.same(&id("a"), &id("b")) && !all.same(&id("b"), &id("c")) && all.doubts().is_empty());
}

#[test]
fn trust_an_answer_of_an_earlier_version_counts_until_the_next_about_the_pair() {
    let earlier = |record: &mut Record, other: &str| {
        record.write([(Path::root("@same_as"), other.into())], &mut Focus::default(), &author(9)).unwrap();
    };
    let mut here = [unit("a", 1), unit("b", 2), unit("c", 3)].concat_records();
    earlier(here.get_mut(&id("c")).unwrap(), "b");
    assert_eq!(identities(&here).standing_id(&id("c")), id("b"));
    // Another answer is beside it.
    answer(&mut here, "a", "c", Some(same("a")), 1);
    assert!(identities(&here).same(&id("a"), &id("b")));
    // One about the pair takes its place.
    answer(&mut here, "b", "c", Some(SameUnitAnswer::Two), 1);
    let all = identities(&here);
    assert!(!all.same(&id("b"), &id("c")) && all.same(&id("a"), &id("c")) && all.doubts().is_empty());
    // An earlier version that answers anew, knowing nothing of that, is heard.
    earlier(here.get_mut(&id("c")).unwrap(), "b");
    assert_eq!(identities(&here).doubts(), [(id("b"), id("c"))]);
}

#[test]
fn trust_a_unit_is_taken_out_and_the_others_stay_the_same() {
    let check = |said_of: &[(&str, &[&str])], unit_out: &str, expected: usize| {
        let mut here = Records::new();
        for (name, _) in said_of {
            here.extend(unit(name, 1));
        }
        for (name, others) in said_of {
            for other in *others {
                answer(&mut here, name, other, Some(same(other)), 1);
            }
        }
        let given = apart(&here.values().filter_map(said).collect::<Vec<_>>(), &id(unit_out));
        assert_eq!(given.len(), expected, "{said_of:?}: {given:?}");
        give(&mut here, given, 1);
        let all = identities(&here);
        let others: Vec<Id> = said_of.iter().map(|(own, _)| id(own)).filter(|own| *own != id(unit_out)).collect();
        assert!(others.iter().all(|own| all.same(own, &others[0])), "{said_of:?}");
        assert!(!all.same(&others[0], &id(unit_out)) && all.doubts().is_empty());
    };
    check(&[("a", &[]), ("b", &["a"])], "b", 1);
    check(&[("a", &["b"]), ("b", &[])], "a", 1);
    check(&[("a", &["b"]), ("b", &["a"])], "b", 1);
    check(&[("a", &[]), ("b", &["a"]), ("c", &["b"])], "b", 3);
    check(&[("a", &["b"]), ("b", &["c"]), ("c", &[])], "b", 3);
    check(&[("a", &[]), ("b", &["a"]), ("c", &["b"])], "c", 1);
    check(&[("a", &[]), ("b", &["a"]), ("c", &["b"])], "a", 1);
    check(&[("a", &[]), ("b", &["a"]), ("c", &["a"])], "a", 3);
}

/// Records of several together.
trait Together {
    fn concat_records(self) -> Records;
}

impl<const N: usize> Together for [Records; N] {
    fn concat_records(self) -> Records {
        self.into_iter().flatten().collect()
    }
}

const UNITS: [&str; 3] = ["a", "b", "c"];

/// What somebody does on one of three devices, each with a unit of its own.
#[derive(Clone, Copy, Debug)]
enum Deed {
    /// Types a figure where the page of a unit shows it: one of few persons, or of many. A file may be opened in between.
    Figure(usize, usize, u16, bool, Option<usize>),
    /// Undoes the last figure that was typed.
    Undo(usize),
    /// Answers about a pair of units that are here: the same, and which stands; two; or takes it back.
    Answer(usize, usize, usize, u8),
    /// Settles a doubt, where one waits.
    Settle(usize, bool),
    /// Takes a unit out of those that are the same.
    Apart(usize, usize),
    /// Deletes a unit's figures, or brings them back.
    Life(usize, usize),
    /// Makes a file of everything, or one of a unit that is masked.
    Save(usize, Option<usize>),
    /// Opens one of the files, in whatever order, and says yes or nothing to its questions.
    Open(usize, usize, bool),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let who = || 0..3usize;
    let deed = prop_oneof![
        6 => (who(), who(), 2020..2022u16, any::<bool>(), prop::option::weighted(0.4, 0..50usize)).prop_map(
            |(who, unit, year, is_few, file)| Deed::Figure(who, unit, year, is_few, file)
        ),
        1 => who().prop_map(Deed::Undo),
        4 => (who(), who(), who(), 0..4u8).prop_map(|(who, one, other, says)| Deed::Answer(who, one, other, says)),
        1 => (who(), any::<bool>()).prop_map(|(who, is_same)| Deed::Settle(who, is_same)),
        1 => (who(), who()).prop_map(|(who, unit)| Deed::Apart(who, unit)),
        1 => (who(), who()).prop_map(|(who, unit)| Deed::Life(who, unit)),
        4 => (who(), prop::option::of(who())).prop_map(|(who, part)| Deed::Save(who, part)),
        6 => (who(), any::<prop::sample::Index>(), any::<bool>()).prop_map(|(who, file, yes)| Deed::Open(who, file.index(50), yes)),
    ];
    prop::collection::vec(deed, 1..40)
}

/// The devices, the files they gave away, and the book of what was written.
struct World {
    devices: Vec<Records>,
    files: Vec<String>,
    written: Vec<(Period, f64)>,
    replaced: BTreeSet<u64>,
    /// What each device typed, to be undone.
    typed: [Vec<(Vec<RecordDelta>, f64)>; 3],
}

impl World {
    fn begin() -> Self {
        let devices = UNITS.iter().zip(1..).map(|(name, who)| unit(name, who)).collect();
        Self { devices, files: Vec::new(), written: Vec::new(), replaced: BTreeSet::new(), typed: Default::default() }
    }

    fn who(who: usize) -> u8 {
        u8::try_from(who).unwrap() + 1
    }

    fn open(&mut self, who: usize, text: &str, yes: bool) {
        let here = &mut self.devices[who];
        let mut plan = Plan::make(here, read(text.as_bytes()).unwrap());
        plan.same_units.iter_mut().for_each(|same| same.yes = yes);
        let report = apply::apply(here, plan, &author(Self::who(who)));
        assert!(report.faults.is_empty(), "no honest copies differ: {:?}", report.faults);
    }

    fn file(&self, who: usize, scope: &Scope) -> String {
        write(&self.devices[who], scope, Timestamp::from_seconds(1_790_000_000).unwrap()).unwrap()
    }

    /// The figures that the page of a unit shows, begun or brought back where there are none.
    fn series_of(&mut self, who: usize, unit: usize) -> Record {
        let here = &mut self.devices[who];
        let stands = identities(here).standing_id(&id(UNITS[unit]));
        let series = id(&format!("{stands}.fravaer"));
        if !here.contains_key(&series) {
            let body = Series { unit: Some(stands), indicator: Some(id("fravaer")), ..Series::default() };
            put(here, Record::create(series.clone(), &body, &author(Self::who(who))).unwrap());
        } else if shown(here, &series).unwrap().life(None) == Life::Deleted {
            change(here, &series, |record| record.restore(None, &author(Self::who(who))));
        }
        shown(here, &series).unwrap()
    }

    /// Whatever stands in a record that does not lie in the trash is shown under the id that stands for it.
    fn look(&self, who: usize) {
        let here = &self.devices[who];
        let all = identities(here);
        let is_series = |record: &&Record| record.kind() == Some(Kind::Series) && record.life(None) != Life::Deleted;
        for record in here.values().filter(is_series) {
            let standing = shown(here, &all.standing_id(record.id())).unwrap();
            for year in [2020, 2021].map(Period::SchoolYear) {
                let seen = figures_in(&standing, year);
                assert!(figures_in(record, year).iter().all(|own| seen.contains(own)), "{} in {year}", record.id());
            }
        }
    }

    fn units(&self, who: usize) -> Vec<(Id, Vec<(Id, SameUnitAnswer)>)> {
        self.devices[who].values().filter_map(said).collect()
    }

    fn does(&mut self, deed: Deed) {
        match deed {
            Deed::Figure(who, unit, year, is_few, file) if self.devices[who].contains_key(&id(UNITS[unit])) => {
                let (year, value) = (Period::SchoolYear(year), f64::from(u16::try_from(self.written.len()).unwrap()));
                let mut focus = Focus::default();
                let before = self.series_of(who, unit);
                focus.enter(&before, year_leaf(year));
                if let Some(file) = file {
                    self.does(Deed::Open(who, file, true));
                }
                // A field goes on with the record that it was built for.
                let series = before.id().clone();
                let shown_before = figures_in(&before, year);
                self.replaced.extend(shown_before.iter().map(|own| own.to_bits()));
                let own = observation(value, if is_few { 3 } else { 40 });
                let here = &mut self.devices[who];
                let steps = change(here, &series, |record| {
                    record.edit::<Series>(&mut focus, &author(Self::who(who)), |series| {
                        series.observations.insert(year, own);
                    })
                });
                let stands = identities(here).standing_id(&series);
                let seen = figures_in(&shown(here, &stands).unwrap(), year);
                let is_gone = here[&series].life(None) == Life::Deleted;
                assert!(seen.contains(&value) || is_gone, "it is shown to its author");
                assert!(file.is_some() || seen == [value], "and nothing that was shown is beside it");
                self.written.push((year, value));
                self.typed[who].push((steps, value));
            }
            Deed::Undo(who) => {
                if let Some((steps, value)) = self.typed[who].pop() {
                    undo_all(&mut self.devices[who], &steps, &author(Self::who(who))).unwrap();
                    self.replaced.insert(value.to_bits());
                }
            }
            Deed::Answer(who, one, other, says) if one != other => {
                let (one, other) = (UNITS[one], UNITS[other]);
                if [one, other].iter().all(|unit| self.devices[who].contains_key(&id(unit))) {
                    let says = match says {
                        0 => Some(SameUnitAnswer::Two),
                        1 => None,
                        _ => Some(same(one)),
                    };
                    answer(&mut self.devices[who], one, other, says, Self::who(who));
                }
            }
            Deed::Settle(who, is_same) => {
                let units = self.units(who);
                if let Some((one, other)) = Identities::among(&units).doubts().first() {
                    let given = settle(&units, (one, other), is_same);
                    give(&mut self.devices[who], given, Self::who(who));
                    let all = identities(&self.devices[who]);
                    assert_eq!(all.same(one, other), is_same);
                    assert!(!all.doubts().contains(&(one.clone(), other.clone())));
                }
            }
            Deed::Apart(who, unit) => {
                let units = self.units(who);
                let (all, unit) = (Identities::among(&units), id(UNITS[unit]));
                let given = apart(&units, &unit);
                give(&mut self.devices[who], given, Self::who(who));
                let now = identities(&self.devices[who]);
                // (What was in doubt with it may be the same now: nothing stands in its way any more.)
                let before = units.iter().map(|(id, _)| id).filter(|id| **id != unit && all.same(id, &unit));
                assert!(before.clone().all(|id| !now.same(id, &unit)));
                let rest: Vec<&Id> = before.collect();
                assert!(rest.iter().all(|id| now.same(id, rest[0])), "the others stay the same");
            }
            Deed::Life(who, unit) => {
                let here = &mut self.devices[who];
                let series = id(&format!("{}.fravaer", identities(here).standing_id(&id(UNITS[unit]))));
                if let Some(record) = shown(here, &series) {
                    let author = author(Self::who(who));
                    if record.life(None) == Life::Deleted {
                        change(here, &series, |record| record.restore(None, &author));
                        assert_ne!(shown(here, &series).unwrap().life(None), Life::Deleted);
                    } else {
                        change(here, &series, |record| record.delete(None, &author));
                        let own = shown(here, &series).unwrap();
                        assert_eq!(own.life(None), Life::Deleted, "what it knew of is covered");
                    }
                }
            }
            Deed::Save(who, part) => {
                let scope = match part {
                    None => Scope::Backup,
                    Some(unit) => Scope::Share { part: SharedPart::Enhed { id: id(UNITS[unit]) }, unmasked_for: None },
                };
                let file = self.file(who, &scope);
                self.files.push(file);
            }
            Deed::Open(who, file, yes) if !self.files.is_empty() => {
                let file = self.files[file % self.files.len()].clone();
                self.open(who, &file, yes);
            }
            _ => {}
        }
    }

    /// All open what all others have, until everyone has everything.
    fn meet(&mut self, yes: bool) {
        for _ in 0..2 {
            for who in 0..3 {
                for from in (0..3).filter(|from| *from != who) {
                    let file = self.file(from, &Scope::Backup);
                    self.open(who, &file, yes);
                }
            }
        }
    }
}

fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(2_000);
    ProptestConfig { cases, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]
    /// Whatever is done, and in whatever order files are opened: devices with the same records show the same; no honest
    /// copies differ; and each word is shown, lies in the trash, or was replaced by someone who was shown it.
    #[test]
    fn trust_words_under_several_ids_are_shown_open_or_replaced_knowingly(
        is_joined in any::<bool>(),
        deeds in deeds(),
    ) {
        let mut world = World::begin();
        if is_joined {
            world.meet(true);
        }
        for deed in deeds {
            world.does(deed);
            (0..3).for_each(|who| world.look(who));
        }
        world.meet(false);
        let here = &world.devices[0];
        for device in &world.devices {
            prop_assert_eq!(here, device);
            prop_assert_eq!(identities(here), identities(device));
        }
        let all = identities(here);
        for (year, value) in &world.written {
            let holds = |record: &&Record| record.kind() == Some(Kind::Series) && figures_in(record, *year).contains(value);
            let holders: Vec<&Record> = here.values().filter(holds).collect();
            prop_assert!(!holders.is_empty() || world.replaced.contains(&value.to_bits()), "{} in {}", value, year);
            for holder in holders {
                let standing_id = shown(here, &all.standing_id(holder.id())).unwrap();
                let is_shown = figures_in(&standing_id, *year).contains(value);
                prop_assert!(is_shown || holder.life(None) == Life::Deleted, "{} in {}", value, year);
            }
        }
        // Answers that all are taken back part them completely.
        let mut parted = here.clone();
        for (one, other) in [("a", "b"), ("a", "c"), ("b", "c")] {
            answer(&mut parted, one, other, None, 9);
        }
        prop_assert!(identities(&parted).is_empty() && identities(&parted).doubts().is_empty());
        for (id, record) in &parted {
            let own = shown(&parted, id);
            prop_assert_eq!(own.as_ref(), Some(record));
        }
        prop_assert_eq!(words(&parted), words(here));
    }
}
