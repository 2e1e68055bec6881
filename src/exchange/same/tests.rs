use proptest::prelude::*;

use super::*;
use crate::domain::date::Timestamp;
use crate::domain::dialogue::Dialogue;
use crate::domain::enhed::Enhed;
use crate::domain::period::Period;
use crate::domain::samtale::{Agenda, Samtale};
use crate::domain::series::{Measure, Observation, Series};
use crate::exchange::apply::{self, Report};
use crate::exchange::plan::{Act, Plan};
use crate::exchange::read::read;
use crate::exchange::scope::Scope;
use crate::exchange::write::write;
use crate::record::Records;
use crate::record::choice::Choice;
use crate::record::edit::{Author, Focus};
use crate::record::path::Path;
use crate::record::step::undo_all;

const YEAR: Period = Period::SchoolYear(2024);

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
    let mut records = Records::new();
    put(
        &mut records,
        Record::create(id(name), &Enhed { name: "Skolen".into(), ..Enhed::default() }, &author(who)).unwrap(),
    );
    records
}

fn figure(records: &mut Records, unit: &str, year: Period, value: f64, who: u8) {
    let series = id(&format!("{unit}.fravaer"));
    if !records.contains_key(&series) {
        let body = Series { unit: Some(id(unit)), indicator: Some(id("fravaer")), ..Series::default() };
        put(records, Record::create(series.clone(), &body, &author(who)).unwrap());
    }
    let own =
        Observation { value: Some(value), measure: Some(Measure::Percent), n: Some(40), ..Observation::default() };
    let series = records.get_mut(&series).unwrap();
    series
        .edit::<Series>(&mut Focus::default(), &author(who), |series| drop(series.observations.insert(year, own)))
        .unwrap();
}

/// What stands at a year in a unit's series, the one shown first.
fn figures(records: &Records, unit: &str, year: Period) -> Vec<f64> {
    let path = Path::root("observations").child(&year.to_string());
    let leaf = records.get(&id(&format!("{unit}.fravaer"))).and_then(|series| series.leaf(&path));
    let wordings = leaf.map(crate::record::leaf::Leaf::wordings).unwrap_or_default();
    wordings.iter().filter_map(|wording| wording.value.json()["value"].as_f64()).collect()
}

fn plan(here: &Records, file: &Records) -> Plan {
    let moment = Timestamp::from_seconds(1_790_000_000).unwrap();
    let mut plan = Plan::make(here, read(write(file, &Scope::Backup, moment).unwrap().as_bytes()).unwrap());
    plan.same_units.iter_mut().for_each(|same| same.yes = true);
    plan
}

/// Takes a file in, and says yes to the question.
fn take(here: &mut Records, file: &Records, who: u8) -> Report {
    let plan = plan(here, file);
    apply::apply(here, plan, &author(who))
}

#[test]
fn safety_two_units_that_are_the_same_are_seen_as_one_and_undone_as_two() {
    // Whichever of them has the lower id: the one that was here stands for both.
    for (own, other) in [("a", "b"), ("b", "a")] {
        let mut here = unit(own, 1);
        figure(&mut here, own, YEAR, 7.0, 1);
        let mut file = unit(other, 2);
        figure(&mut file, other, Period::SchoolYear(2023), 9.0, 2);
        let said = Dialogue {
            series: Some(id(&format!("{other}.fravaer"))),
            period: Some(YEAR),
            question: "Hvorfor?".into(),
            ..Dialogue::default()
        };
        put(&mut file, Record::create(id(&format!("{other}.fravaer.2024-25")), &said, &author(2)).unwrap());
        let before = here.clone();
        let report = take(&mut here, &file, 1);
        assert!(report.faults.is_empty(), "{:?}", report.faults);
        let of = |rest: &str| id(&format!("{own}.{rest}"));
        assert_eq!(figures(&here, own, YEAR), [7.0]);
        assert_eq!(figures(&here, own, Period::SchoolYear(2023)), [9.0]);
        let said: Dialogue = here[&of("fravaer.2024-25")].view().unwrap();
        assert_eq!((said.question.as_str(), said.series), ("Hvorfor?", Some(of("fravaer"))));
        let series: Series = here[&of("fravaer")].view().unwrap();
        assert_eq!(series.unit, Some(id(own)));
        assert_eq!(report.new_choices, 0, "the same unit is no choice");
        for (at, line) in report.lines.iter().enumerate() {
            assert!(!report.lines[..at].contains(line), "{} is told twice", line.what);
        }
        assert!(
            here[&of("fravaer")].stamps().any(|(_, stamp)| stamp.by.as_deref() == Some("person 2")),
            "who wrote it stays"
        );
        assert_eq!(
            here[&id(&format!("{other}.fravaer"))].view::<Series>().unwrap().unit,
            Some(id(other)),
            "nothing is renamed where it lies"
        );

        undo_all(&mut here, &report.steps, &author(3)).unwrap();
        for (id, record) in &here {
            match before.get(id) {
                Some(before) => {
                    let body = |record: &Record| {
                        (record.life(None), record.view::<Series>().ok(), record.view::<Enhed>().ok(), record.same_as())
                    };
                    assert_eq!(body(record), body(before), "{id}");
                }
                None => assert_eq!(record.life(None), Life::Deleted, "{id}"),
            }
        }
    }
}

#[test]
fn safety_flowing_again_changes_nothing_and_what_comes_later_flows_as_well() {
    let mut here = unit("a", 1);
    let mut file = unit("b", 2);
    figure(&mut file, "b", YEAR, 9.0, 2);
    take(&mut here, &file, 1);
    let before = here.clone();
    let report = take(&mut here, &file, 1);
    assert!(report.changed.is_empty() && here == before);
    // An unrelated file brings nothing of it either.
    take(&mut here, &unit("c", 3), 1);
    figure(&mut file, "b", YEAR, 8.0, 2);
    figure(&mut file, "b", Period::SchoolYear(2023), 5.0, 2);
    take(&mut here, &file, 1);
    assert_eq!((figures(&here, "a", YEAR), figures(&here, "a", Period::SchoolYear(2023))), (vec![8.0], vec![5.0]));
}

#[test]
fn safety_the_same_actor_in_both_records_loses_nothing_and_a_choice_is_open_where_both_wrote() {
    // One page load wrote in both: the counts in the two records are the same.
    let mut here = unit("a", 1);
    let mut file = unit("b", 1);
    figure(&mut here, "a", YEAR, 7.0, 1);
    figure(&mut file, "b", YEAR, 9.0, 1);
    figure(&mut here, "a", Period::SchoolYear(2023), 6.0, 1);
    figure(&mut file, "b", Period::SchoolYear(2022), 4.0, 1);
    let report = take(&mut here, &file, 2);
    let mut both = figures(&here, "a", YEAR);
    both.sort_by(f64::total_cmp);
    assert_eq!(both, [7.0, 9.0]);
    assert_eq!(report.new_choices, 1);
    assert_eq!(figures(&here, "a", Period::SchoolYear(2023)), [6.0]);
    assert_eq!(figures(&here, "a", Period::SchoolYear(2022)), [4.0]);
    // Once it is chosen it stays chosen.
    figure(&mut here, "a", YEAR, 7.0, 2);
    take(&mut here, &file, 2);
    assert_eq!(figures(&here, "a", YEAR), [7.0]);
}

#[test]
fn safety_of_the_unit_itself_flows_only_what_is_empty() {
    let of = |name: &str, network: &str, number: &str, (unit, who): (&str, u8)| {
        let number = number.into();
        let body = Enhed { name: name.into(), network: network.into(), institution_number: number, ..Enhed::default() };
        Records::from([(id(unit), Record::create(id(unit), &body, &author(who)).unwrap())])
    };
    let shown = |records: &Records| {
        let unit: Enhed = records[&id("a")].view().unwrap();
        (unit.name.0, unit.network.0, unit.institution_number.0)
    };
    let words = |name: &str, network: &str, number: &str| (name.to_owned(), network.to_owned(), number.to_owned());
    let mut here = of("Skolen", "Nord", "", ("a", 1));
    let mut file = of("SKOLEN ", "Syd", "123", ("b", 2));
    take(&mut here, &file, 1);
    assert_eq!(shown(&here), words("Skolen", "Nord", "123"));
    assert!(here[&id("a")].choices().is_empty());
    // What is written here stands, whatever the other says later.
    let edit = |records: &mut Records, unit: &str, who: u8, number: &str| {
        let change = |unit: &mut Enhed| unit.institution_number = number.into();
        records.get_mut(&id(unit)).unwrap().edit::<Enhed>(&mut Focus::default(), &author(who), change).unwrap();
    };
    edit(&mut here, "a", 1, "125");
    edit(&mut file, "b", 2, "126");
    take(&mut here, &file, 1);
    assert_eq!(shown(&here), words("Skolen", "Nord", "125"));
    assert!(here[&id("a")].choices().is_empty());
    assert_eq!(here[&id("a")].same_as(), []);
}

#[test]
fn safety_nothing_in_the_trash_flows_and_a_deleted_topic_stays_deleted() {
    let talk = |records: &mut Records, unit: &str, who: u8| {
        let mut body = Samtale { unit: Some(id(unit)), ..Samtale::default() };
        for topic in ["fravaer", "trivsel"] {
            let own = body.topics.get_or_default(id(topic));
            (own.title, own.agenda) = (topic.into(), Some(Agenda::On));
        }
        put(records, Record::create(id(&format!("{unit}.samtale-2025")), &body, &author(who)).unwrap());
    };
    let mut here = unit("a", 1);
    let mut file = unit("b", 2);
    figure(&mut file, "b", YEAR, 9.0, 2);
    file.get_mut(&id("b.fravaer")).unwrap().delete(None, &author(2)).unwrap();
    talk(&mut file, "b", 2);
    let entry = Path::root("topics").child("trivsel");
    file.get_mut(&id("b.samtale-2025")).unwrap().delete(Some(&entry), &author(2)).unwrap();
    take(&mut here, &file, 1);
    assert!(!here.contains_key(&id("a.fravaer")));
    let flowed = &here[&id("a.samtale-2025")];
    assert_eq!(flowed.life(Some(&entry)), Life::Deleted, "it had seen what it deleted");
    assert_eq!(flowed.view::<Samtale>().unwrap().topics.keys().collect::<Vec<_>>(), [&id("fravaer")]);
    // A unit in the trash is nobody's other.
    let mut here = unit("a", 1);
    let mut file = unit("b", 2);
    figure(&mut file, "b", YEAR, 9.0, 2);
    file.get_mut(&id("b")).unwrap().set_same_as(Some(&id("a")), &author(2)).unwrap();
    file.get_mut(&id("b")).unwrap().delete(None, &author(2)).unwrap();
    take(&mut here, &file, 1);
    assert!(!here.contains_key(&id("a.fravaer")));
}

#[test]
fn safety_an_import_that_was_undone_can_be_made_again() {
    let mut here = unit("a", 1);
    let mut file = unit("b", 2);
    figure(&mut file, "b", YEAR, 9.0, 2);
    let report = take(&mut here, &file, 1);
    undo_all(&mut here, &report.steps, &author(1)).unwrap();
    assert_eq!(here[&id("a.fravaer")].life(None), Life::Deleted);
    let mut plan = plan(&here, &file);
    assert_eq!(plan.same_units.len(), 1, "it is asked again");
    for item in plan.items.iter_mut().filter(|item| item.can_write_again) {
        item.act = Act::WriteAgain;
    }
    apply::apply(&mut here, plan, &author(1));
    assert_eq!(here[&id("a.fravaer")].life(None), Life::Living);
    assert_eq!(figures(&here, "a", YEAR), [9.0]);
}

#[test]
fn safety_a_third_that_comes_by_two_ways_is_there_once() {
    // The third flowed into the second before the first was known.
    let mut b = unit("b", 2);
    let mut c = unit("c", 3);
    figure(&mut c, "c", YEAR, 9.0, 3);
    take(&mut b, &c, 2);
    assert_eq!(figures(&b, "b", YEAR), [9.0]);
    let mut a = unit("a", 1);
    take(&mut a, &b, 1);
    figure(&mut c, "c", YEAR, 8.0, 3);
    take(&mut a, &c, 1);
    assert_eq!(figures(&a, "a", YEAR), [8.0], "no choice between the old figure and the new one");
    assert_eq!(
        a[&id("a.fravaer")].choices().into_iter().filter(|choice| matches!(choice, Choice::Wordings { .. })).count(),
        0
    );
}

#[test]
fn safety_a_unit_is_taken_out_and_the_others_stay_the_same() {
    let units = |said: &[(&str, &[&str])]| {
        said.iter().map(|(own, others)| (id(own), others.iter().map(|other| id(other)).collect())).collect::<Vec<_>>()
    };
    let check = |said: &[(&str, &[&str])], unit: &str, expected: &[(&str, Option<&str>)]| {
        let all = units(said);
        let anew = apart(&all, &id(unit));
        assert_eq!(anew, expected.iter().map(|(own, other)| (id(own), other.map(id))).collect::<Vec<_>>());
        let after: Vec<_> = all
            .into_iter()
            .map(|(own, others)| match anew.iter().find(|(id, _)| *id == own) {
                Some((_, other)) => (own, other.iter().cloned().collect()),
                None => (own, others),
            })
            .collect();
        let identities = Identities::among(&after);
        let others: Vec<&Id> = after.iter().map(|(own, _)| own).filter(|own| **own != id(unit)).collect();
        assert!(others.iter().all(|own| identities.same(own, others[0])), "{said:?}");
        assert!(!identities.same(others[0], &id(unit)));
    };
    check(&[("a", &[]), ("b", &["a"])], "b", &[("b", None)]);
    check(&[("a", &["b"]), ("b", &[])], "a", &[("a", None)]);
    check(&[("a", &["b"]), ("b", &["a"])], "b", &[("a", None), ("b", None)]);
    check(&[("a", &[]), ("b", &["a"]), ("c", &["b"])], "b", &[("b", None), ("c", Some("a"))]);
    check(&[("a", &["b"]), ("b", &["c"]), ("c", &[])], "b", &[("a", Some("c")), ("b", None)]);
    check(&[("a", &[]), ("b", &["a"]), ("c", &["b"])], "c", &[("c", None)]);
}

#[test]
fn safety_what_is_written_after_an_import_is_seen_when_it_is_undone() {
    // The file's unit has the lower id, and still does not take the place of the one that was here.
    let mut here = unit("b", 1);
    let mut file = unit("a", 2);
    figure(&mut file, "a", YEAR, 9.0, 2);
    let report = take(&mut here, &file, 1);
    let shown = identities(here.values()).standing(&id("b")).to_string();
    figure(&mut here, &shown, Period::SchoolYear(2023), 5.0, 1);
    undo_all(&mut here, &report.steps, &author(3)).unwrap();
    assert_eq!(here[&id(&shown)].life(None), Life::Living);
    assert_eq!(figures(&here, &shown, Period::SchoolYear(2023)), [5.0]);
}

#[test]
fn safety_what_was_written_in_a_copy_comes_home() {
    // One says that the other is theirs, and the other says the same.
    let (mut a, mut b) = (unit("a", 1), unit("b", 2));
    figure(&mut a, "a", YEAR, 7.0, 1);
    let file = a.clone();
    take(&mut b, &file, 2);
    figure(&mut b, "b", YEAR, 8.0, 2);
    take(&mut a, &b, 1);
    let stands = identities(a.values()).standing(&id("a")).to_string();
    assert_eq!(figures(&a, &stands, YEAR), [8.0], "it is known what the new figure replaced");
}

/// What somebody does on one of three devices, each with a unit of its own that is the same.
#[derive(Clone, Debug)]
enum Deed {
    /// Writes a figure where the page shows it.
    Figure(usize, u16),
    /// Takes in a file of all that another device has.
    Take(usize, usize),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        3 => (0..3usize, 2020..2022u16).prop_map(|(who, year)| Deed::Figure(who, year)),
        2 => (0..3usize, 0..3usize).prop_map(|(who, from)| Deed::Take(who, from)),
    ];
    prop::collection::vec(deed, 1..30)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]
    /// In whatever order files are opened: all come to the same, no merge is damaged, doing it again changes nothing, and no
    /// figure is gone but those that somebody was shown who wrote another.
    #[test]
    fn safety_devices_that_flow_in_another_order_come_to_the_same(deeds in deeds()) {
        let names = ["a", "b", "c"];
        let number = |who: usize| u8::try_from(who).unwrap();
        let mut devices: Vec<Records> = (0..3).map(|who| unit(names[who], number(who))).collect();
        let stands = |records: &Records, who: usize| identities(records.values()).standing(&id(names[who])).to_string();
        let take_from = |devices: &mut Vec<Records>, who: usize, from: usize| {
            let file = devices[from].clone();
            let report = take(&mut devices[who], &file, number(who));
            assert!(report.faults.is_empty(), "{:?}", report.faults);
        };
        let (mut written, mut replaced) = (Vec::new(), Vec::new());
        for deed in deeds {
            match deed {
                Deed::Figure(who, year) => {
                    let (unit, year) = (stands(&devices[who], who), Period::SchoolYear(year));
                    replaced.extend(figures(&devices[who], &unit, year));
                    written.push((year, f64::from(u8::try_from(written.len()).unwrap())));
                    figure(&mut devices[who], &unit, year, written.last().unwrap().1, number(who));
                }
                Deed::Take(who, from) => take_from(&mut devices, who, from),
            }
        }
        for _ in 0..3 {
            for (who, from) in [(0, 1), (1, 2), (2, 0), (0, 2), (1, 0), (2, 1)] {
                take_from(&mut devices, who, from);
            }
        }
        prop_assert_eq!(&devices[0], &devices[1]);
        prop_assert_eq!(&devices[1], &devices[2]);
        let before = devices[0].clone();
        take_from(&mut devices, 0, 1);
        prop_assert_eq!(&devices[0], &before);
        let shown = stands(&devices[0], 0);
        prop_assert!((0..3).all(|who| stands(&devices[0], who) == shown));
        for (year, value) in written {
            let is_seen = figures(&devices[0], &shown, year).contains(&value);
            prop_assert_eq!(is_seen, !replaced.contains(&value), "{} in {}", value, year);
        }
    }
}
