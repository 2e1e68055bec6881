//! The agenda of the front page: its items for each role in each quarter of a cycle. An agenda must never be empty
//! while something waits.
//!
//! The expected texts are in `expected/`, one file for each role. `SNAPSHOTS=write` writes them; read them before you
//! commit.

mod samples;

use std::fmt::Write;
use std::path::Path;

use kvalitetshjul::domain::aftale::Party;
use kvalitetshjul::domain::aftale::bundle::AgreementBundle;
use kvalitetshjul::domain::aftale::due::{DueReason, due};
use kvalitetshjul::domain::aftale::next_move::expected_move;
use kvalitetshjul::domain::aftale::state::{AftaleEvent, AftaleState};
use kvalitetshjul::domain::agenda::facts::{AgendaFacts, AgreementFacts, UnitFacts};
use kvalitetshjul::domain::agenda::{AgendaLine, AgendaTarget, PersonAgenda, Urgency, agenda};
use kvalitetshjul::domain::date::{Date, Timestamp};
use kvalitetshjul::domain::enhed::EnhedKind;
use kvalitetshjul::domain::goal::{Goal, Initiative, InitiativeStatus};
use kvalitetshjul::domain::period::Span;
use kvalitetshjul::domain::person::Role;
use kvalitetshjul::domain::proevehandling::{Proevehandling, TrialState};
use proptest::prelude::*;

use samples::{day, facts_of, id};

/// A day of each quarter of a cycle.
const DAYS: [&str; 8] =
    ["2025-11-05", "2026-02-11", "2026-05-11", "2026-08-12", "2026-11-25", "2027-02-10", "2027-05-12", "2027-08-11"];

/// Writes an agenda as text.
fn text_of(agenda: &PersonAgenda) -> String {
    let words = |line: &AgendaLine| {
        let leads = if line.target.is_some() { "" } else { " (læses)" };
        if line.detail.is_empty() {
            format!("{}{leads}", line.text)
        } else {
            format!("{} – {}{leads}", line.text, line.detail)
        }
    };
    let mut text = String::new();
    for item in &agenda.items {
        writeln!(text, "{:?}: {}", item.urgency, words(&item.line)).unwrap();
    }
    if let Some(line) = &agenda.suggestion {
        writeln!(text, "Ro: {}", words(line)).unwrap();
    }
    for missing in &agenda.missing {
        writeln!(text, "Mangler: {}", missing.danish()).unwrap();
    }
    for section in &agenda.work {
        writeln!(text, "[{}]", section.heading).unwrap();
        for line in &section.lines {
            writeln!(text, "  {}", words(line)).unwrap();
        }
    }
    text
}

/// Compares the agenda of a role in the eight quarters with the expected text.
#[track_caller]
fn check(name: &str, role: Option<Role>) {
    let mut found = String::new();
    for today in DAYS {
        writeln!(found, "== {today}\n{}", text_of(&agenda(&facts_of(role, day(today))))).unwrap();
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/agenda/expected/{name}.txt"));
    if std::env::var("SNAPSHOTS").is_ok_and(|wish| wish == "write") {
        std::fs::write(&file, &found).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(found == expected, "the front page of {name} says:\n{found}\n\nexpected:\n{expected}");
}

#[test]
fn front_page_of_a_leader_through_the_cycle() {
    check("leder", Some(Role::Leader));
}

#[test]
fn front_page_of_a_chef_through_the_cycle() {
    check("chef", Some(Role::Head));
}

#[test]
fn front_page_of_the_director_through_the_cycle() {
    check("direktoer", Some(Role::Director));
}

#[test]
fn front_page_of_the_secretariat_through_the_cycle() {
    check("sekretariat", Some(Role::Secretariat));
}

#[test]
fn front_page_of_an_employee_through_the_cycle() {
    check("medarbejder", Some(Role::Employee));
}

#[test]
fn front_page_of_a_facilitator_through_the_cycle() {
    check("facilitator", Some(Role::Facilitator));
}

#[test]
fn front_page_of_a_board_through_the_cycle() {
    check("udvalg", Some(Role::Board));
}

#[test]
fn front_page_without_a_role_through_the_cycle() {
    check("ukendt", None);
}

/// Items are ordered by urgency, and by day within the same urgency.
#[test]
fn front_items_are_ordered_by_urgency_and_day() {
    let mut facts = facts_of(Some(Role::Leader), day("2027-02-10"));
    facts.open_choices = 2;
    facts.changes_without_backup = Some(61);
    let agenda = agenda(&facts);
    let urgencies: Vec<Urgency> = agenda.items.iter().map(|item| item.urgency).collect();
    assert!(urgencies.is_sorted(), "{urgencies:?}");
    assert_eq!((urgencies.first(), urgencies.last()), (Some(&Urgency::Choice), Some(&Urgency::Backup)));
    let overdue: Vec<Option<Date>> =
        agenda.items.iter().filter(|item| item.urgency == Urgency::Overdue).map(|item| item.day).collect();
    assert!(overdue.is_sorted() && !overdue.is_empty(), "{overdue:?}");
}

/// Checks the item about the four views, for a leader who agreed on a day and took the views up before.
#[track_caller]
fn check_four_views(role: Role, today: &str, visits: &[&str], expected: Option<(Urgency, &str)>) {
    let mut facts = facts_of(Some(role), day(today));
    let own = facts.own.as_mut().unwrap();
    own.syn_review.next = Some(day("2027-02-10"));
    for visit in visits {
        own.syn_review.visits.insert(day(visit), "Vi øver os i at spørge, før vi svarer.".into());
    }
    let items = agenda(&facts).items;
    let found = items.iter().find(|item| item.line.target == Some(AgendaTarget::FourViews));
    assert!(found.is_none_or(|item| item.line.text == "Tag de fire syn op igen"));
    let found = found.map(|item| (item.urgency, item.line.detail.as_str()));
    assert_eq!(found, expected, "{role:?} {today} {visits:?}");
}

#[test]
fn four_views_wait_when_their_day_is_near_or_past() {
    let earlier = ["2025-03-03"];
    let (soon, past) = (
        "det er aftalt til 10. februar 2027 · sidst: «Vi øver os i at spørge, før vi svarer.»",
        "dagen var 10. februar 2027 · sidst: «Vi øver os i at spørge, før vi svarer.»",
    );
    check_four_views(Role::Leader, "2027-01-10", &earlier, None);
    check_four_views(Role::Leader, "2027-01-11", &earlier, Some((Urgency::Soon, soon)));
    check_four_views(Role::Leader, "2027-02-10", &earlier, Some((Urgency::Soon, soon)));
    check_four_views(Role::Leader, "2027-02-11", &earlier, Some((Urgency::Overdue, past)));
    check_four_views(Role::Head, "2027-02-11", &[], Some((Urgency::Overdue, "dagen var 10. februar 2027")));
    // The views were taken up on the day, and for employees the leader holds the day.
    check_four_views(Role::Leader, "2027-02-11", &["2025-03-03", "2027-02-10"], None);
    check_four_views(Role::Employee, "2027-02-11", &earlier, None);
}

#[test]
fn area_of_a_chef_lacks_no_figures_of_its_own() {
    let mut facts = facts_of(Some(Role::Secretariat), day("2026-11-25"));
    let lacks_figures =
        |facts: &AgendaFacts| agenda(facts).items.iter().any(|item| item.line.text == "Skolen ved Åen mangler tal");
    assert!(lacks_figures(&facts));
    facts.followed[1].body.kind = Some(EnhedKind::Chefomraade);
    assert!(!lacks_figures(&facts));
}

/// A random agreement of a school, with one initiative.
fn random_agreement() -> impl Strategy<Value = AgreementBundle> {
    let events = prop::collection::vec((0usize..7, any::<bool>()), 0..6);
    let initiative = (prop::option::of(0usize..4), prop::option::of(0u8..24), prop::option::of(0u8..24));
    (events, any::<[bool; 2]>(), 0usize..2, 0usize..2, initiative).prop_map(
        |(events, assents, open_comments, open_choices, (status, from, to))| {
            const EVENTS: [AftaleEvent; 7] = [
                AftaleEvent::Shared,
                AftaleEvent::Withdrawn,
                AftaleEvent::Frozen,
                AftaleEvent::Revision,
                AftaleEvent::Midterm,
                AftaleEvent::Closed,
                AftaleEvent::Reopened,
            ];
            let mut bundle = AgreementBundle { open_comments, open_choices, ..AgreementBundle::default() };
            for (number, (event, is_first)) in events.into_iter().enumerate() {
                let version = (EVENTS[event] == AftaleEvent::Frozen).then(|| id(if is_first { "v1" } else { "v2" }));
                bundle.head.record_event(id(&format!("f{number}")), EVENTS[event], day("2026-05-01"), version);
            }
            for (party, _) in Party::ALL.into_iter().zip(assents).filter(|(_, has_assented)| *has_assented) {
                bundle.head.record_assent(&id("v1"), party, day("2026-05-20"));
            }
            let month = |month: Option<u8>| Date::new(2026 + u16::from(month? / 12), month? % 12 + 1, 15);
            let initiative = Initiative {
                text: "Vi ringer hjem samme dag".into(),
                status: status.map(|index| InitiativeStatus::ALL[index]),
                period: (from.is_some() || to.is_some()).then(|| Span { from: month(from), to: month(to) }),
                ..Initiative::default()
            };
            let mut goal = Goal { text: "Flere er med".into(), ..Goal::default() };
            goal.initiatives.insert(id("i"), initiative);
            bundle.goals.push((id("g"), goal));
            bundle
        },
    )
}

/// Returns whether something about an agreement waits, by the rules of the agreement alone.
fn waits(bundle: &AgreementBundle, today: Date) -> bool {
    let status = bundle.head.status(bundle.open_comments);
    let is_over = status.state == AftaleState::Closed;
    let is_due = status.applies() && due(bundle, today).iter().any(|due| due.reason != DueReason::Running);
    let is_expected = Party::ALL.into_iter().any(|party| {
        let waits_for_choice = bundle.open_choices > 0 && status.state.is_open();
        !waits_for_choice && expected_move(bundle, &status, party).is_some()
    });
    !is_over && (is_due || is_expected || status.state == AftaleState::Midterm)
}

proptest! {
    #![proptest_config(crate::property_test_config(2_000))]

    #[test]
    fn front_never_says_that_nothing_waits_while_something_does(
        bundle in random_agreement(),
        role in prop::sample::select(vec![None, Some(Role::Leader), Some(Role::Head), Some(Role::Director)]),
        party in prop::option::of(prop::sample::select(Party::ALL.to_vec())),
        trial_end in prop::option::of(1u8..=12),
        (open_choices, changes, days) in (0usize..2, prop::option::of(1usize..99), 0i64..900),
    ) {
        let today = Timestamp::from_seconds(1_762_300_800 + days * 86_400).unwrap().date();
        let period = trial_end.map(|month| Span { from: None, to: Date::new(2026, month, 1) });
        let trial = Proevehandling { period, ..Proevehandling::default() };
        let is_waiting = waits(&bundle, today)
            || trial.state(today) == TrialState::Due
            || open_choices > 0
            || changes.is_some();
        let mut unit = UnitFacts::new(id("skolen"), "Skolen ved Søen");
        unit.agreements.push(AgreementFacts { id: id("aftalen"), bundle, party, midtvejs: None });
        let facts = AgendaFacts {
            role,
            own: Some(unit),
            trials: vec![(id("t"), trial)],
            open_choices,
            changes_without_backup: changes,
            has_units: true,
            ..AgendaFacts::new(today)
        };
        let agenda = agenda(&facts);
        prop_assert!(!is_waiting || !agenda.items.is_empty(), "{}", text_of(&agenda));
        prop_assert_eq!(agenda.items.is_empty(), agenda.suggestion.is_some());
        prop_assert!(agenda.items.is_sorted_by_key(|item| (item.urgency, item.day.unwrap_or(Date::LAST))));
        prop_assert!(agenda.items.iter().all(|item| item.line.target.is_some() && !item.line.text.is_empty()));
    }

    /// Trials, open choices and backups wait for every role that can act on them.
    #[test]
    fn front_of_every_role_names_choices_and_backups(
        role in prop::sample::select(Role::ALL.to_vec()),
        (open_choices, changes) in (0usize..2, prop::option::of(1usize..99)),
    ) {
        let facts = AgendaFacts {
            role: Some(role),
            open_choices,
            changes_without_backup: changes,
            ..AgendaFacts::new(day("2026-11-25"))
        };
        let agenda = agenda(&facts);
        prop_assert_eq!(agenda.items.len(), open_choices + usize::from(changes.is_some()));
        prop_assert_eq!(agenda.items.is_empty(), agenda.suggestion.is_some());
    }
}
