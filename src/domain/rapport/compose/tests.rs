use super::super::missing::missing;
use super::super::sources::{ReportAgreement, Unit};
use super::super::{ReportSection, Story};
use super::*;
use crate::domain::aftale::state::AftaleState;
use crate::domain::aftale::whole::AgreementBundle;
use crate::domain::date::Date;
use crate::domain::goal::Initiative;
use crate::domain::indicator::groups;
use crate::domain::measure::Measure;
use crate::domain::midtvejs::Midtvejsstatus;
use crate::domain::period::Period;
use crate::domain::proevehandling::Proevehandling;
use crate::domain::publish::KnownFigures;
use crate::domain::samtale::{Agenda, Released, Samtale, Topic};
use crate::domain::series::Series;

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// A unit with something of everything, and with what must stay out.
fn unit() -> Unit {
    let mut series = Series { indicator: Some(id("fravaer")), ..Series::default() };
    for (year, figure, n) in [(2023, 9.0, 80), (2024, 66.6, 3), (2025, 7.0, 80)] {
        series.set_figure(Period::SchoolYear(year), Measure::Percent, Some(figure));
        series.observations.get_or_default(Period::SchoolYear(year)).n = Some(n);
    }
    let mut samtale = Samtale::default();
    let topic = |learned: &str, released| Topic {
        title: "Fravær".into(),
        agenda: Some(Agenda::On),
        state: "Fortroligt om rigets tilstand".into(),
        agreed: "Fortroligt aftalt".into(),
        learned: learned.into(),
        released,
        ..Topic::default()
    };
    samtale.topics.insert(id("a"), topic("Et opkald samme dag hjælper", Some(Released::ToReport)));
    samtale.topics.insert(id("b"), topic("Endnu ikke frigivet", None));
    samtale.topics.insert(id("c"), topic(" ", Some(Released::ToReport)));
    let mut goal = Goal { text: "Flere er med".into(), area: Some(Area::Quality), ..Goal::default() };
    goal.initiatives.insert(id("i"), Initiative { text: "Legegrupper".into(), ..Initiative::default() });
    let mut whole = AgreementBundle { goals: vec![(id("g"), goal)], ..AgreementBundle::default() };
    whole.head.themes = "Fravær; Fællesskab".into();
    let mut status = Midtvejsstatus { shares: "Vi ringer hjem samme dag".into(), ..Midtvejsstatus::default() };
    let own =
        GoalStatus { difference: Some(Difference::High), signs_seen: "Flere leger".into(), ..GoalStatus::default() };
    status.goals.insert(id("g"), own);
    let trial =
        |next| Proevehandling { title: "Opkald".into(), learned: "Det virker".into(), next, ..Default::default() };
    let mut unit = Unit {
        id: Some(id("u")),
        name: "Skolen".to_owned(),
        agreement: Some(ReportAgreement { id: id("aftale"), whole, state: AftaleState::Midterm, is_agreed: true }),
        status,
        samtale: Some((id("u.samtale"), samtale)),
        trials: vec![
            (id("t1"), trial(Some(TrialNext::Scale))),
            (id("t2"), trial(Some(TrialNext::Stop))),
            (id("t3"), trial(None)),
        ],
        ..Unit::default()
    };
    let mut known = KnownFigures::default();
    known.add_series(&id("u"), &id("fravaer"), &series, None);
    unit.series.insert("fravaer".to_owned(), known.publish().series(&id("u"), &series));
    unit
}

fn sources(units: Vec<Unit>) -> Sources {
    let groups = groups(crate::domain::fundament::at_hand(), &[]);
    Sources { today: Date::new(2026, 8, 12).unwrap(), groups, themes: Vec::new(), units }
}

fn chapter<'c>(chapters: &'c [Chapter], id: &str) -> &'c Chapter {
    chapters.iter().find(|chapter| chapter.id.as_str() == id).unwrap()
}

#[test]
fn agreement_report_is_composed_of_what_there_is() {
    let chapters = compose(&Rapport::default(), &sources(vec![unit()]));
    let titles: Vec<_> = chapters.iter().map(|chapter| chapter.title.as_str()).collect();
    assert_eq!(
        titles[..3],
        [
            "Indledning",
            "Temaer, vi har arbejdet med",
            "Mønstre: Flere skal have en ungdomsuddannelse (og en tilknytning til arbejdsmarkedet)"
        ]
    );
    assert_eq!(titles.last(), Some(&"Aftalerne på et blik"));
    let count = |id: &str| chapter(&chapters, id).items.iter().filter(|item| item.is_in).count();
    assert_eq!(
        [count("temaer"), count("samtaler"), count("effekt"), count("praksis"), count("aftaler")],
        [2, 1, 1, 1, 1]
    );
    let effect = &chapter(&chapters, "effekt").items[0];
    assert_eq!((effect.name.as_str(), in_short(effect).as_str()), ("Flere er med", "Skolen: I høj grad"));
    assert_eq!(degrees(&sources(vec![unit()])), "I høj grad: 1 mål");
}

#[test]
fn agreement_report_has_the_themes_that_were_given_first_with_who_takes_them_up() {
    let mut sources = sources(vec![unit()]);
    sources.themes = vec![
        (id("7f3b"), "Overgange".to_owned(), "Mange skifter".to_owned()),
        (id("7f3c"), "Fravær".to_owned(), String::new()),
    ];
    let chapters = compose(&Rapport::default(), &sources);
    let items = &chapter(&chapters, "temaer").items;
    let said: Vec<_> = items.iter().map(|item| (item.name.as_str(), in_short(item))).collect();
    let [given, taken_up, own] = said.as_slice() else { panic!("{said:?}") };
    assert_eq!((given.0, taken_up.0, own.0), ("Overgange", "Fravær", "Fællesskab"));
    assert!(given.1.contains("Mange skifter") && !given.1.contains("Skolen"));
    assert!(taken_up.1.contains("Skolen"));
}

#[test]
fn agreement_report_holds_nothing_that_was_not_released_and_no_small_figure() {
    let all = format!("{:?}", compose(&Rapport::default(), &sources(vec![unit()])));
    assert!(all.contains("Et opkald samme dag hjælper") && all.contains("7.0"));
    for secret in ["Fortroligt", "Endnu ikke frigivet", "66.6", "66,6"] {
        assert!(!all.contains(secret), "{secret}");
    }
}

#[test]
fn agreement_report_follows_its_writers() {
    let mut report = Rapport::default();
    let section =
        ReportSection { text: "Et godt år".into(), order: Some("09".to_owned()), ..ReportSection::default() };
    report.chapters.insert(id("aftaler"), section);
    report.chapters.insert(id("samtaler"), ReportSection { shown: Some(Inclusion::Out), ..ReportSection::default() });
    let own = ReportSection { title: "Tak".into(), order: Some("a1".to_owned()), ..ReportSection::default() };
    report.chapters.insert(id("7f3a"), own);
    report.items.insert(id("t1"), Inclusion::Out);
    report.items.insert(id("fravaer"), Inclusion::Out);
    let story =
        |order: &str, text: &str| Story { text: text.into(), order: Some(order.to_owned()), ..Story::default() };
    report.stories.insert(id("s1"), story("a2", "To"));
    report.stories.insert(id("s2"), story("a1", "En"));
    report.stories.insert(id("s3"), story("a0", " "));
    let chapters = compose(&report, &sources(vec![unit()]));
    let first: Vec<_> = chapters.iter().take(3).map(|chapter| (chapter.id.as_str(), chapter.words.as_str())).collect();
    assert_eq!(first, [("aftaler", "Et godt år"), ("indledning", ""), ("7f3a", "")]);
    assert!(!chapter(&chapters, "samtaler").is_in);
    assert!(chapter(&chapters, "praksis").items.iter().all(|item| !item.is_in));
    let stories: Vec<_> = chapter(&chapters, "historier").items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(stories, ["s2", "s1"]);
}

/// A chapter of an edition's group that is not here any more is no chapter of its writers' own.
#[test]
fn agreement_report_of_another_edition_s_pejlemaerke_is_kept_and_not_shown() {
    let mut report = Rapport::default();
    report.chapters.insert(id("moenstre-p9"), ReportSection { text: "Gemt".into(), ..ReportSection::default() });
    assert!(compose(&report, &sources(Vec::new())).iter().all(|chapter| chapter.words.is_empty()));
}

#[test]
fn agreement_report_names_what_is_missing_in_a_line_a_chapter() {
    let words = |report: &Rapport, sources: &Sources| -> Vec<String> {
        missing(report, &compose(report, sources), sources).into_iter().map(|gap| gap.words).collect()
    };
    let empty = words(&Rapport::default(), &sources(Vec::new()));
    assert_eq!(empty[0], "Åbn enhedernes filer, så rapporten har noget at bygge på");
    assert!(empty.len() <= 9, "{empty:?}");
    let whole = sources(vec![unit()]);
    let some = words(&Rapport::default(), &whole);
    assert!(some.contains(&"Tag en god historie med fra midtvejsstatus".to_owned()), "{some:?}");
    assert!(!some.iter().any(|words| words.contains("samtalerne")), "{some:?}");
    // What was left out is not asked for.
    let mut report = Rapport { writers: "Sekretariatet".into(), ..Rapport::default() };
    for chapter in compose(&report, &whole) {
        report.chapters.insert(chapter.id, ReportSection { shown: Some(Inclusion::Out), ..ReportSection::default() });
    }
    assert_eq!(words(&report, &whole), Vec::<String>::new());
    assert_eq!(whole.stories(&report).len(), 2, "what is shared, and the trial they want more of");
}

/// To compose is to go through all figures: it must not be done again at every key.
#[test]
fn agreement_report_s_outline_stands_still_while_one_types() {
    let with = |words: &str| {
        let mut report = Rapport { writers: words.into(), to_staff: words.into(), ..Rapport::default() };
        report.chapters.insert(id("praksis"), ReportSection { text: words.into(), ..ReportSection::default() });
        report.stories.insert(id("s"), Story { text: words.into(), ..Story::default() });
        report.outline()
    };
    assert_eq!(with("Vi"), with("Vi ringer"));
    assert_ne!(with(""), with("V"));
}

#[test]
fn agreement_report_s_id_is_the_same_wherever_it_is_begun() {
    let cycle = crate::domain::cycle::Cycle::of(Date::new(2026, 8, 12).unwrap());
    assert_eq!(Rapport::id(None, cycle), Some(id("rapport-2025")));
    assert_eq!(Rapport::id(Some(&id("u")), cycle), Some(id("u.rapport-2025")));
    for unit in [None, Some(id("u")), Some(id("a.b"))] {
        assert_eq!(Rapport::of_id(&Rapport::id(unit.as_ref(), cycle).unwrap()), Some((unit, cycle)));
    }
    for none in ["rapport", "rapport-2024", "rapport-x", "u.samtale-2025"] {
        assert_eq!(Rapport::of_id(&id(none)), None, "{none}");
    }
}
