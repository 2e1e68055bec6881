use super::*;
use crate::domain::aftale::bundle::AgreementBundle;
use crate::domain::aftale::state::AftaleState;
use crate::domain::date::Date;
use crate::domain::goal::Initiative;
use crate::domain::indicator::groups;
use crate::domain::measure::Measure;
use crate::domain::midtvejs::Midtvejsstatus;
use crate::domain::period::Period;
use crate::domain::proevehandling::Proevehandling;
use crate::domain::publish::KnownFigures;
use crate::domain::rapport::missing::missing;
use crate::domain::rapport::sources::{ReportAgreement, ReportUnit};
use crate::domain::rapport::{ReportSection, Story};
use crate::domain::samtale::{Agenda, Released, Samtale, Topic};
use crate::domain::series::Series;

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// A unit with content for every chapter, and with content that must not enter a report.
fn unit() -> ReportUnit {
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
    let mut bundle = AgreementBundle { goals: vec![(id("g"), goal)], ..AgreementBundle::default() };
    bundle.head.themes = "Fravær; Fællesskab".into();
    let mut status = Midtvejsstatus { shares: "Vi ringer hjem samme dag".into(), ..Midtvejsstatus::default() };
    let goal_status =
        GoalStatus { difference: Some(Difference::High), signs_seen: "Flere leger".into(), ..GoalStatus::default() };
    status.goals.insert(id("g"), goal_status);
    let trial =
        |next| Proevehandling { title: "Opkald".into(), learned: "Det virker".into(), next, ..Default::default() };
    let mut unit = ReportUnit {
        id: Some(id("u")),
        name: "Skolen".to_owned(),
        agreement: Some(ReportAgreement { id: id("aftale"), bundle, state: AftaleState::Midterm, is_agreed: true }),
        status,
        samtale: Some((id("u.samtale"), samtale)),
        trials: vec![
            (id("t1"), trial(Some(TrialNext::Scale))),
            (id("t2"), trial(Some(TrialNext::Stop))),
            (id("t3"), trial(None)),
        ],
        ..ReportUnit::default()
    };
    let mut known = KnownFigures::default();
    known.add_series(&id("u"), &id("fravaer"), &series, None);
    unit.series.insert("fravaer".to_owned(), known.publish().series(&id("u"), &series));
    unit
}

fn sources(units: Vec<ReportUnit>) -> Sources {
    let groups = groups(crate::domain::fundament::present_at_hand(), &[]);
    Sources { today: Date::new(2026, 8, 12).unwrap(), groups, themes: Vec::new(), units }
}

fn chapter<'c>(chapters: &'c [Chapter], id: &str) -> &'c Chapter {
    chapters.iter().find(|chapter| chapter.id.as_str() == id).unwrap()
}

#[test]
fn compose_fills_the_standard_chapters_from_the_sources() {
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
    let count = |id: &str| chapter(&chapters, id).items.iter().filter(|item| item.is_included).count();
    assert_eq!(
        [count("temaer"), count("samtaler"), count("effekt"), count("praksis"), count("aftaler")],
        [2, 1, 1, 1, 1]
    );
    let effect = &chapter(&chapters, "effekt").items[0];
    assert_eq!((effect.name.as_str(), summarize_item(effect).as_str()), ("Flere er med", "Skolen: I høj grad"));
    assert_eq!(degrees(&sources(vec![unit()])), "I høj grad: 1 mål");
}

#[test]
fn prioritised_themes_come_first_with_the_units_that_take_them_up() {
    let mut sources = sources(vec![unit()]);
    sources.themes = vec![
        (id("7f3b"), "Overgange".to_owned(), "Mange skifter".to_owned()),
        (id("7f3c"), "Fravær".to_owned(), String::new()),
    ];
    let chapters = compose(&Rapport::default(), &sources);
    let items = &chapter(&chapters, "temaer").items;
    let summaries: Vec<_> = items.iter().map(|item| (item.name.as_str(), summarize_item(item))).collect();
    let [unused, shared, local] = summaries.as_slice() else { panic!("{summaries:?}") };
    assert_eq!((unused.0, shared.0, local.0), ("Overgange", "Fravær", "Fællesskab"));
    assert!(unused.1.contains("Mange skifter") && !unused.1.contains("Skolen"));
    assert!(shared.1.contains("Skolen"));
}

#[test]
fn compose_leaves_out_unreleased_texts_and_small_figures() {
    let all = format!("{:?}", compose(&Rapport::default(), &sources(vec![unit()])));
    assert!(all.contains("Et opkald samme dag hjælper") && all.contains("7.0"));
    for secret in ["Fortroligt", "Endnu ikke frigivet", "66.6", "66,6"] {
        assert!(!all.contains(secret), "{secret}");
    }
}

#[test]
fn compose_follows_order_texts_and_choices_of_the_writers() {
    let mut report = Rapport::default();
    let section =
        ReportSection { text: "Et godt år".into(), order: Some("09".to_owned()), ..ReportSection::default() };
    report.chapters.insert(id("aftaler"), section);
    report.chapters.insert(id("samtaler"), ReportSection { shown: Some(Inclusion::Out), ..ReportSection::default() });
    let added = ReportSection { title: "Tak".into(), order: Some("a1".to_owned()), ..ReportSection::default() };
    report.chapters.insert(id("7f3a"), added);
    report.items.insert(id("t1"), Inclusion::Out);
    report.items.insert(id("fravaer"), Inclusion::Out);
    let story =
        |order: &str, text: &str| Story { text: text.into(), order: Some(order.to_owned()), ..Story::default() };
    report.stories.insert(id("s1"), story("a2", "To"));
    report.stories.insert(id("s2"), story("a1", "En"));
    report.stories.insert(id("s3"), story("a0", " "));
    let chapters = compose(&report, &sources(vec![unit()]));
    let first: Vec<_> = chapters.iter().take(3).map(|chapter| (chapter.id.as_str(), chapter.text.as_str())).collect();
    assert_eq!(first, [("aftaler", "Et godt år"), ("indledning", ""), ("7f3a", "")]);
    assert!(!chapter(&chapters, "samtaler").is_included);
    assert!(chapter(&chapters, "praksis").items.iter().all(|item| !item.is_included));
    let stories: Vec<_> = chapter(&chapters, "historier").items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(stories, ["s2", "s1"]);
}

/// A chapter on a group of another edition must not turn into a chapter that the writers added.
#[test]
fn pattern_chapter_of_another_edition_is_not_shown() {
    let mut report = Rapport::default();
    report.chapters.insert(id("moenstre-p9"), ReportSection { text: "Gemt".into(), ..ReportSection::default() });
    assert!(compose(&report, &sources(Vec::new())).iter().all(|chapter| chapter.text.is_empty()));
}

#[test]
fn missing_gives_at_most_one_suggestion_per_chapter() {
    let words = |report: &Rapport, sources: &Sources| -> Vec<String> {
        missing(report, &compose(report, sources), sources).into_iter().map(|gap| gap.text).collect()
    };
    let empty = words(&Rapport::default(), &sources(Vec::new()));
    assert_eq!(empty[0], "Åbn enhedernes filer, så rapporten har noget at bygge på");
    assert!(empty.len() <= 9, "{empty:?}");
    let one_unit = sources(vec![unit()]);
    let partial = words(&Rapport::default(), &one_unit);
    assert!(partial.contains(&"Tag en god historie med fra midtvejsstatus".to_owned()), "{partial:?}");
    assert!(!partial.iter().any(|words| words.contains("samtalerne")), "{partial:?}");
    // A chapter that was left out gives no suggestion.
    let mut report = Rapport { writers: "Sekretariatet".into(), ..Rapport::default() };
    for chapter in compose(&report, &one_unit) {
        report.chapters.insert(chapter.id, ReportSection { shown: Some(Inclusion::Out), ..ReportSection::default() });
    }
    assert_eq!(words(&report, &one_unit), Vec::<String>::new());
    assert_eq!(one_unit.stories(&report).len(), 2, "the shared text and the trial to scale up");
}

/// Composing goes through all figures, so it must not be repeated at every keystroke.
#[test]
fn outline_stays_equal_while_a_text_grows() {
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
fn id_is_derived_from_unit_and_cycle() {
    let cycle = crate::domain::cycle::Cycle::of(Date::new(2026, 8, 12).unwrap());
    assert_eq!(Rapport::id(None, cycle), Some(id("rapport-2025")));
    assert_eq!(Rapport::id(Some(&id("u")), cycle), Some(id("u.rapport-2025")));
    for unit in [None, Some(id("u")), Some(id("a.b"))] {
        assert_eq!(Rapport::parse_id(&Rapport::id(unit.as_ref(), cycle).unwrap()), Some((unit, cycle)));
    }
    for other in ["rapport", "rapport-2024", "rapport-x", "u.samtale-2025"] {
        assert_eq!(Rapport::parse_id(&id(other)), None, "{other}");
    }
}
