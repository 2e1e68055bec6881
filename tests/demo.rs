//! The demo: its records are valid on every day, are told from real ones, and leave something to do for its visitor.

use kvalitetshjul::domain::aftale::Aftale;
use kvalitetshjul::domain::aftale::bundle::AgreementBundle;
use kvalitetshjul::domain::aftale::due::{DueReason, due};
use kvalitetshjul::domain::aftale::state::AftaleState;
use kvalitetshjul::domain::aftale::version::{Version, is_sound};
use kvalitetshjul::domain::cpr::{self, Allowed};
use kvalitetshjul::domain::cycle::Cycle;
use kvalitetshjul::domain::date::{Date, Timestamp};
use kvalitetshjul::domain::demo::tour::STATIONS;
use kvalitetshjul::domain::demo::{DemoSink, authorship, build, is_of_demo, visitor};
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::goal::Goal;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::midtvejs::Midtvejsstatus;
use kvalitetshjul::domain::proevehandling::{Proevehandling, TrialState};
use kvalitetshjul::domain::rapport::evaluated::{AgreementDates, reported_agreements};
use kvalitetshjul::domain::registry::{Kind, RegisteredBody};
use kvalitetshjul::exchange::read;
use kvalitetshjul::exchange::scope::{Scope, SharedPart};
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::Author;
use kvalitetshjul::record::{Record, Records};
use kvalitetshjul::ui::route::Route;

/// Collects the records of the demo.
#[derive(Default)]
struct Collected(Records);

impl DemoSink for Collected {
    fn put<B: RegisteredBody>(&mut self, id: Id, body: &B, author: &str) {
        let at = Timestamp::parse("2026-03-15T09:42:00Z").unwrap();
        let author = Author { actor: Actor::from_random([1; 10]), at, by: Some(author.to_owned()) };
        let record = Record::create(id.clone(), body, &author).unwrap();
        assert!(self.0.insert(id.clone(), record).is_none(), "{id} is there twice");
    }
}

fn demo(day: &str) -> Records {
    let mut collected = Collected::default();
    build(Date::parse(day).unwrap(), &mut collected);
    collected.0
}

fn bodies<B: RegisteredBody>(records: &Records) -> Vec<(Id, B)> {
    let of_kind = records.values().filter(|record| record.kind() == Some(B::KIND));
    of_kind.map(|record| (record.id().clone(), record.view::<B>().unwrap())).collect()
}

/// A day of each quarter of a cycle, a leap day, and the days around the change of agreements.
const DAYS: [&str; 12] = [
    "2025-11-05",
    "2026-02-11",
    "2026-05-11",
    "2026-07-31",
    "2026-08-01",
    "2026-11-25",
    "2027-02-10",
    "2027-05-12",
    "2027-09-30",
    "2027-10-01",
    "2028-02-29",
    "2030-12-31",
];

#[test]
fn records_are_valid_and_complete_on_every_day() {
    let counts: Vec<usize> = DAYS.map(|day| demo(day).len()).to_vec();
    assert!(counts.iter().all(|count| *count == counts[0] && *count > 50), "{counts:?}");
    for day in DAYS {
        let records = demo(day);
        let text = write(&records, &Scope::Backup, Timestamp::parse("2026-11-23T08:00:00Z").unwrap()).unwrap();
        let opened = read::read(text.as_bytes()).unwrap();
        assert!(opened.faults.is_empty(), "{day}: {:?}", opened.faults);
        assert_eq!(opened.records, records, "{day}");
        assert_eq!(cpr::mask(&text, &Allowed::new()).save, text, "{day}");
    }
}

/// What belongs to the municipality as a whole has the same id everywhere, and only that.
#[test]
fn records_are_told_from_those_of_a_real_municipality() {
    let records = demo("2026-11-25");
    let others: Vec<&Id> = records.keys().filter(|id| !is_of_demo(id.as_str())).collect();
    let versions: Vec<Id> = bodies::<Version>(&records).into_iter().map(|(id, _)| id).collect();
    let common = ["datapakke-2025", "midtvejsmoede-2025", "rapport-2025"].map(|id| Id::parse(id).unwrap());
    assert!(others.iter().all(|id| versions.contains(id) || common.contains(id)), "{others:?}");
    for (id, unit) in bodies::<Enhed>(&records) {
        assert!(is_of_demo(id.as_str()) && !unit.name.as_str().is_empty());
        assert!(unit.above.is_none_or(|above| records.contains_key(&above)), "{id}");
    }
    assert!(records.contains_key(&visitor().unit.unwrap()));
}

/// A file that the demo makes for a unit of its visitor still holds the package of the demo.
#[test]
fn every_file_with_something_of_the_demo_is_told_from_others() {
    #[track_caller]
    fn check(records: &Records, part: SharedPart, expected: bool) {
        let scope = Scope::Share { part, unmasked_for: None };
        let text = write(records, &scope, Timestamp::parse("2026-11-23T08:00:00Z").unwrap()).unwrap();
        assert_eq!(read::read(text.as_bytes()).unwrap().is_of_demo(), expected, "{scope:?}");
    }
    let mut records = demo("2026-11-25");
    let own = Id::parse("0123456789abcdef").unwrap();
    let mut collected = Collected::default();
    collected.put(own.clone(), &Enhed { name: "Skolen ved Dammen".into(), ..Enhed::default() }, "Anne");
    records.extend(collected.0);
    let (unit, package) = (own.clone(), Id::parse("datapakke-2025"));
    check(&records, SharedPart::DataPackage { units: vec![unit.clone()], package }, true);
    check(&records, SharedPart::DataPackage { units: vec![unit], package: None }, false);
    check(&records, SharedPart::Enhed { id: own }, false);
    check(&records, SharedPart::Enhed { id: visitor().unit.unwrap() }, true);
}

/// Two demos of one day have the same authors, and nothing is written after the day.
#[test]
fn authors_of_one_day_are_the_same_and_write_the_day_before() {
    let today = Date::parse("2026-03-01").unwrap();
    assert_eq!(authorship(today, 1), authorship(today, 1));
    assert_ne!(authorship(today, 1).unwrap().1, authorship(today, 2).unwrap().1);
    assert_ne!(authorship(today, 1).unwrap().1, authorship(today.plus_days(1).unwrap(), 1).unwrap().1);
    assert_eq!(authorship(today, 0).unwrap().0.to_string(), "2026-02-28");
}

#[test]
fn agreement_is_in_force_and_something_waits_on_every_day() {
    for day in DAYS {
        let (records, today) = (demo(day), Date::parse(day).unwrap());
        let school = visitor().unit;
        let (id, head) = bodies::<Aftale>(&records).into_iter().find(|(_, head)| head.unit == school).unwrap();
        let status = head.status(0);
        assert_eq!(status.state, AftaleState::InForce, "{day}");
        let span = head.period.unwrap();
        assert!(span.from.unwrap() <= today && today <= span.to.unwrap(), "{day}: {span:?}");
        let mut versions = bodies::<Version>(&records).into_iter();
        let (version, frozen) = versions.find(|(_, version)| version.aftale.as_ref() == Some(&id)).unwrap();
        assert!(status.agreed == [version.clone()] && is_sound(&version, frozen.content.as_str()), "{day}");
        let goals =
            bodies::<Goal>(&records).into_iter().filter(|(_, goal)| goal.aftale.as_ref() == Some(&id)).collect();
        let bundle = AgreementBundle { head, goals, ..AgreementBundle::default() };
        let reasons: Vec<DueReason> = due(&bundle, today).into_iter().map(|due| due.reason).collect();
        assert!(reasons.contains(&DueReason::Over) && reasons.contains(&DueReason::BeginsSoon), "{day}: {reasons:?}");
        let waits = |trial: &Proevehandling| trial.unit == school && trial.state(today) == TrialState::Due;
        assert!(bodies::<Proevehandling>(&records).iter().any(|(_, trial)| waits(trial)), "{day}");
    }
}

/// The report of the cycle has something to account for, whatever the season in which the demo is opened.
#[test]
fn report_has_an_agreement_with_an_effect_on_every_day() {
    for day in DAYS {
        let (records, cycle) = (demo(day), Cycle::of(Date::parse(day).unwrap()));
        let statuses = bodies::<Midtvejsstatus>(&records);
        let has_effect = |(id, head): &(Id, Aftale)| {
            let status = statuses.iter().find(|(_, status)| status.aftale.as_ref() == Some(id));
            let dates = AgreementDates {
                period: head.period,
                is_agreed: !head.status(0).agreed.is_empty(),
                status_finished: status.and_then(|(_, status)| status.finished),
            };
            let is_answered = |status: &Midtvejsstatus| status.goals.values().any(|goal| goal.difference.is_some());
            dates.is_agreed
                && status.is_some_and(|(_, status)| is_answered(status))
                && reported_agreements(cycle, &[dates]).0.is_some()
        };
        assert!(bodies::<Aftale>(&records).iter().any(has_effect), "{day}");
    }
}

#[test]
fn every_station_of_the_tour_is_a_page_with_a_record_of_the_demo() {
    let records = demo("2026-11-25");
    for station in STATIONS {
        let named = match Route::parse(station.address) {
            Route::Unknown(_) => panic!("{} is no page", station.address),
            Route::Aftale { id, .. } | Route::Reflection { id, .. } => id,
            _ => None,
        };
        assert!(named.is_none_or(|id| records.contains_key(&id)), "{}", station.address);
        assert!(station.text.len() < 200, "{} is told at length", station.title);
    }
    assert_eq!(records.values().filter(|record| record.kind() == Some(Kind::Reflection)).count(), 1);
}
