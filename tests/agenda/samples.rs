//! Two schools through a cycle. The facts of a day contain only events up to that day.

use kvalitetshjul::domain::aftale::Party;
use kvalitetshjul::domain::aftale::begin;
use kvalitetshjul::domain::aftale::bundle::AgreementBundle;
use kvalitetshjul::domain::aftale::state::AftaleEvent;
use kvalitetshjul::domain::agenda::facts::{
    AgendaFacts, AgreementFacts, ChangeCounts, FigureFacts, ReportFacts, UnitFacts,
};
use kvalitetshjul::domain::cycle::Cycle;
use kvalitetshjul::domain::date::Date;
use kvalitetshjul::domain::enhed::{Enhed, EnhedKind, Level};
use kvalitetshjul::domain::fundament;
use kvalitetshjul::domain::goal::{Goal, Initiative, InitiativeStatus};
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::indicator::Indicator;
use kvalitetshjul::domain::package::{FoundPattern, Package, PackageTheme, Priority};
use kvalitetshjul::domain::period::{Period, Span};
use kvalitetshjul::domain::person::Role;
use kvalitetshjul::domain::proevehandling::Proevehandling;
use kvalitetshjul::domain::progress::{ProgressMark, ProgressStage};
use kvalitetshjul::domain::series::{Observation, Series};
use kvalitetshjul::domain::series_analysis::SeriesAnalysis;

pub(super) fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

pub(super) fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn span(from: &str, to: &str) -> Span {
    Span { from: Date::parse(from), to: Date::parse(to) }
}

/// Returns the facts of a person with a role on a day.
pub(super) fn facts_of(role: Option<Role>, today: Date) -> AgendaFacts {
    let party = match role {
        Some(Role::Leader) => Some(Party::Leader),
        Some(Role::Head) => Some(Party::Counterpart),
        _ => None,
    };
    let schools = || vec![school_by_the_lake(today, party), school_by_the_stream()];
    let (own, followed) = match role {
        Some(Role::Secretariat) => (None, schools()),
        Some(Role::Board) => (None, Vec::new()),
        Some(Role::Head) => (Some(office("Skoleafdelingen", 2)), schools()),
        Some(Role::Director) => (Some(office("Børn & Unge", 1)), schools()),
        _ => (Some(school_by_the_lake(today, party)), Vec::new()),
    };
    let level = role.and_then(|role| role.level(own.as_ref().and_then(|unit| unit.body.level)));
    let changes = ChangeCounts { name: "Færre føler sig ensomme".to_owned(), better: 1, worse: 0, unsure: 1 };
    let change_counts = if role == Some(Role::Director) { vec![changes] } else { Vec::new() };
    let trials = if own.is_some() && followed.is_empty() { vec![lunch_outside()] } else { Vec::new() };
    let report = (today >= day("2026-07-20")).then(|| ReportFacts {
        id: id("rapport-2025"),
        title: "Kvalitetsrapport 2025–2027".to_owned(),
        cycle: Cycle::of(today),
        finished: Date::parse("2026-09-15").filter(|final_day| *final_day <= today),
    });
    let workshops = vec![(id("w1"), "Personaledag i oktober".to_owned(), Date::parse("2025-10-10"))];
    let package = package(today);
    let files = Date::parse("2026-05-10").filter(|opened| *opened <= today);
    AgendaFacts {
        files: files
            .map(|opened| ("Kvalitetshjul – Skolen ved Søen.kvalitetshjul.json".to_owned(), opened))
            .into_iter()
            .collect(),
        role,
        level,
        own,
        followed,
        trials,
        has_units: true,
        package,
        report,
        workshops,
        change_counts,
        ..AgendaFacts::new(today)
    }
}

/// An office above the schools, without an agreement of its own.
fn office(name: &str, level: u8) -> UnitFacts {
    let body = Enhed {
        name: name.into(),
        kind: Some(EnhedKind::Administration),
        level: Level::new(level),
        network: "Vest".into(),
        ..Enhed::default()
    };
    UnitFacts { body, has_figures: true, has_own_records: true, ..UnitFacts::new(id("kontoret"), name) }
}

/// A school about which only the name and the level are known.
fn school_by_the_stream() -> UnitFacts {
    let name = "Skolen ved Åen";
    let body = Enhed { name: name.into(), level: Level::new(3), ..Enhed::default() };
    UnitFacts { body, ..UnitFacts::new(id("aaen"), name) }
}

/// A school that holds its conversation in March and whose agreement is agreed on in June.
fn school_by_the_lake(today: Date, party: Option<Party>) -> UnitFacts {
    let name = "Skolen ved Søen";
    let mut unit = UnitFacts::new(id("soeen"), name);
    unit.body = Enhed {
        name: name.into(),
        kind: Some(EnhedKind::Skole),
        level: Level::new(3),
        network: "Vest".into(),
        ..Enhed::default()
    };
    for (element, on) in [("kvalitetssamtale", "2026-03-20"), ("sammenhaengsaftale", "2026-06-03")] {
        if day(on) <= today {
            let mark = ProgressMark { stage: ProgressStage::Done, date: day(on) };
            unit.progress.elements.get_or_default(id(element)).mark = Some(mark);
        }
    }
    unit.samtale.date = Date::parse("2026-03-18").filter(|_| today >= day("2026-03-01"));
    if today >= day("2026-04-01") {
        unit.agreements.push(AgreementFacts { id: id("aftalen"), bundle: agreement(today), party, midtvejs: None });
        unit.has_own_records = true;
    }
    unit.figures = vec![absence(today)];
    unit.has_figures = true;
    unit
}

/// The agreement with two goals. One initiative runs and is never marked as done; nobody says when the other begins.
fn agreement(today: Date) -> AgreementBundle {
    let mut head = begin::head(Some(id("soeen")), Cycle::of(today), Level::new(3));
    (head.leader, head.counterpart) = ("Anne Holm".into(), "Bo Lund".into());
    for (name, event, on) in [("f1", AftaleEvent::Shared, "2026-04-20"), ("f2", AftaleEvent::Frozen, "2026-05-20")] {
        if day(on) <= today {
            head.record_event(id(name), event, day(on), (event == AftaleEvent::Frozen).then(|| id("v1")));
        }
    }
    for (party, on) in [(Party::Leader, "2026-05-21"), (Party::Counterpart, "2026-06-03")] {
        if day(on) <= today {
            head.record_assent(&id("v1"), party, day(on));
        }
    }
    let goal = |text: &str, signs: &str, initiative: Initiative| {
        let mut goal = Goal { text: text.into(), signs_of_progression: signs.into(), ..Goal::default() };
        goal.initiatives.insert(id("indsats"), initiative);
        goal
    };
    let calls = Initiative {
        text: "En voksen ringer hjem samme dag".into(),
        period: Some(span("2026-08-10", "2027-01-31")),
        status: Some(InitiativeStatus::Running),
        ..Initiative::default()
    };
    let reads = Initiative {
        text: "Makkerlæsning hver dag".into(),
        period: Some(span("2026-10-01", "2027-08-31")),
        ..Initiative::default()
    };
    AgreementBundle {
        head,
        unit: "Skolen ved Søen".to_owned(),
        goals: vec![
            (id("maal1"), goal("Færre har højt fravær", "Flere hilser om morgenen", calls)),
            (id("maal2"), goal("Flere læser hver dag", "", reads)),
        ],
        ..AgreementBundle::default()
    }
}

/// A trial of six weeks that nobody sums up.
fn lunch_outside() -> (Id, Proevehandling) {
    let trial = Proevehandling {
        title: "Frokost ude".into(),
        period: Some(span("2026-09-01", "2026-11-30")),
        ..Proevehandling::default()
    };
    (id("frokost"), trial)
}

/// The share with high absence, which rose more than chance explains.
fn absence(today: Date) -> FigureFacts {
    let item = fundament::present_at_hand().unwrap().find("hoejt-fravaer").unwrap();
    let mut series = Series::default();
    for (year, value) in [(2023, 10.0), (2024, 18.0)] {
        let figure = Observation { value: Some(value), n: Some(400), ..Observation::default() };
        series.observations.insert(Period::SchoolYear(year), figure);
    }
    let analysis = SeriesAnalysis::of(&Indicator::of(item).unwrap(), &series, today);
    FigureFacts { analysis, has_assessment: today >= day("2026-03-18") }
}

/// The data package: begun in January, decided on in March.
fn package(today: Date) -> Package {
    let mut package = Package::default();
    if today >= day("2026-01-15") {
        package.patterns.insert(id("p"), FoundPattern { text: "Højt fravær stiger".into(), ..FoundPattern::default() });
        let is_decided = today >= day("2026-03-01");
        let priority = is_decided.then_some(Priority::Prioritised);
        let theme = PackageTheme {
            title: "Til stede hver dag".into(),
            reason: "Højt fravær er steget to år i træk".into(),
            joint_med: if is_decided { "Vi er enige".into() } else { "".into() },
            lederforum: priority,
            committee: priority,
            ..PackageTheme::default()
        };
        package.themes.insert(id("t"), theme);
    }
    package
}
