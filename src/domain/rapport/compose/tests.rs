use std::collections::BTreeSet;

use super::*;
use crate::domain::aftale::bundle::AgreementBundle;
use crate::domain::aftale::state::AftaleState;
use crate::domain::cycle::Cycle;
use crate::domain::date::Date;
use crate::domain::deviation::Deviation;
use crate::domain::dialogue::Dialogue;
use crate::domain::goal::Initiative;
use crate::domain::indicator::groups;
use crate::domain::measure::Measure;
use crate::domain::midtvejs::Midtvejsstatus;
use crate::domain::package::{FoundPattern, Package, PackageTheme, PatternWeight, Priority};
use crate::domain::period::Period;
use crate::domain::proevehandling::{Proevehandling, TrialNext};
use crate::domain::prototype::Prototype;
use crate::domain::publish::KnownFigures;
use crate::domain::rapport::missing::missing;
use crate::domain::rapport::{ReportSection, Story};
use crate::domain::samtale::{Agenda, Released, Samtale, Topic};
use crate::domain::series::Series;
use crate::domain::unit_story::UnitStory;

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
    // The figure of the first year is hidden, so what is said about it is hidden as well.
    for year in [2024, 2025] {
        let dialogue = Dialogue {
            series: Some(id("u.fravaer")),
            period: Some(Period::SchoolYear(year)),
            children: format!("Stemme fra {year}").as_str().into(),
            question: "Fortroligt spørgsmål".into(),
            released: Some(true),
            ..Dialogue::default()
        };
        unit.dialogues.push((id(&format!("u.fravaer.{year}")), dialogue));
    }
    let mut known = KnownFigures::default();
    known.add_series(&id("u"), &id("fravaer"), &series, None);
    unit.series.insert("fravaer".to_owned(), known.publish().series(&id("u"), &series));
    unit
}

fn sources(units: Vec<ReportUnit>) -> Sources {
    let groups = groups(crate::domain::fundament::present_at_hand(), &[]);
    let today = Date::new(2026, 8, 12).unwrap();
    Sources { today, cycle: Cycle::of(today), groups, package: Package::default(), units }
}

/// A package with a pattern, and three themes of which one is put off.
fn package() -> Package {
    let mut package = Package::default();
    let theme = |title: &str, reason: &str, committee: Priority, order: &str| PackageTheme {
        title: title.into(),
        reason: reason.into(),
        lederforum: Some(Priority::Prioritised),
        committee: Some(committee),
        committee_reason: "Udvalget mener".into(),
        joint_med: "MED mener".into(),
        order: Some(order.to_owned()),
        ..PackageTheme::default()
    };
    package.themes.insert(id("7f3a"), theme("Ro", "", Priority::NotNow, "a0"));
    package.themes.insert(id("7f3b"), theme("Overgange", "Mange skifter", Priority::Prioritised, "a1"));
    package.themes.insert(id("7f3c"), theme("Fravær", "", Priority::Prioritised, "a2"));
    let pattern = FoundPattern {
        text: "Fraværet stiger om mandagen".into(),
        lederforum: Some(PatternWeight::High),
        ..FoundPattern::default()
    };
    package.patterns.insert(id("7f3d"), pattern);
    package
}

fn chapter<'c>(chapters: &'c [Chapter], id: &str) -> &'c Chapter {
    chapters.iter().find(|chapter| chapter.id.as_str() == id).unwrap()
}

#[test]
fn compose_fills_the_standard_chapters_from_the_sources() {
    let chapters = compose(&Rapport::default(), &sources(vec![unit()]));
    let titles: Vec<_> = chapters.iter().map(|chapter| chapter.title.as_str()).collect();
    assert_eq!(
        titles[..4],
        [
            "Indledning",
            "Temaer og prioriteringer",
            "Mønstre, som sekretariatet ser dem",
            "Mønstre: Flere skal have en ungdomsuddannelse (og en tilknytning til arbejdsmarkedet)"
        ]
    );
    assert_eq!(titles.last(), Some(&"Aftalerne på et blik"));
    let count = |id: &str| chapter(&chapters, id).items.iter().filter(|item| item.is_included).count();
    assert_eq!(
        ["temaer", "fundne-moenstre", "stemmer", "samtaler", "effekt", "praksis", "aftaler"].map(count),
        [2, 0, 1, 1, 1, 1, 1]
    );
    let effect = &chapter(&chapters, "effekt").items[0];
    assert_eq!((effect.name.as_str(), summarize_item(effect).as_str()), ("Flere er med", "Skolen: I høj grad"));
    assert_eq!(degrees(&sources(vec![unit()])), "I høj grad: 1 mål");
}

#[test]
fn prioritised_themes_come_first_with_the_units_that_take_them_up() {
    let mut sources = sources(vec![unit()]);
    sources.package = package();
    let chapters = compose(&Rapport::default(), &sources);
    let items = &chapter(&chapters, "temaer").items;
    let names: Vec<_> = items.iter().map(|item| (item.id.as_str(), item.name.as_str())).collect();
    let local = ("tema-f-llesskab", "Fællesskab");
    assert_eq!(names, [("7f3b", "Overgange"), ("7f3c", "Fravær"), ("7f3a", "Ro"), local]);
    let summaries: Vec<_> = items.iter().map(summarize_item).collect();
    assert_eq!(summaries[0], "Mange skifter");
    assert!(summaries[1].starts_with("Skolen: "), "{summaries:?}");
    assert!(!summaries[2].contains("Skolen"), "{summaries:?}");
}

/// The three steps before the report stand in it: patterns, feedback with reasons, and released voices.
#[test]
fn patterns_feedback_and_voices_are_in_the_report() {
    let mut sources = sources(vec![unit()]);
    sources.package = package();
    let chapters = compose(&Rapport::default(), &sources);
    let text = |id: &str| format!("{:?}", chapter(&chapters, id).items);
    for words in ["Ikke denne gang. Udvalget mener", "Prioriteret. Udvalget mener", "MED mener"] {
        assert!(text("temaer").contains(words), "{words}: {}", text("temaer"));
    }
    let patterns = text("fundne-moenstre");
    assert!(patterns.contains("Fraværet stiger om mandagen") && patterns.contains("Vejer tungt"), "{patterns}");
    assert!(text("stemmer").contains("Stemme fra 2025"), "{}", text("stemmer"));
    // The chapters stand in the order of the steps.
    let order = |id: &str| chapters.iter().position(|chapter| chapter.id.as_str() == id).unwrap();
    let figures = chapters.iter().position(|chapter| matches!(chapter.topic, ChapterTopic::Patterns(_))).unwrap();
    assert!(order("temaer") < order("fundne-moenstre") && order("fundne-moenstre") < figures);
    assert!(figures < order("stemmer") && order("stemmer") < order("samtaler"));
}

#[test]
fn agreements_are_listed_as_the_previous_and_the_new_one() {
    let rows = |units: Vec<ReportUnit>| -> Vec<(String, bool, Vec<String>)> {
        let chapters = compose(&Rapport::default(), &sources(units));
        let row = |item: &ChapterItem| match &item.content {
            ItemContent::Row(row) => (item.name.clone(), item.is_included, row[..4].to_vec()),
            other => panic!("{other:?}"),
        };
        chapter(&chapters, "aftaler").items.iter().map(row).collect()
    };
    let mut with_both = unit();
    let bundle = AgreementBundle::default();
    with_both.new_agreement =
        Some(ReportAgreement { id: id("ny"), bundle, state: AftaleState::Draft, is_agreed: false });
    let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
    let previous = ("Skolen: den forrige (midtvejs)".to_owned(), true, row(["Skolen", "Den forrige", "", "Midtvejs"]));
    let new = ("Skolen: den nye (kladde)".to_owned(), false, row(["Skolen", "Den nye", "", "Kladde"]));
    assert_eq!(rows(vec![with_both.clone()]), [previous, new.clone()]);
    // A unit without an agreement of that time says so, and shows its new one.
    with_both.agreement = None;
    let none = row(["Skolen", "Den forrige", "", "Ingen aftale fra den periode i denne browser"]);
    assert_eq!(rows(vec![with_both]), [("Skolen: den forrige".to_owned(), true, none), new]);
}

#[test]
fn effects_say_which_agreements_they_are_about_and_who_has_none() {
    let note = |units: Vec<ReportUnit>| {
        let chapters = compose(&Rapport::default(), &sources(units));
        assert_eq!(chapter(&chapters, "aftaler").note, "Den forrige er den, der gjaldt i 3. kvartal 2025.");
        assert_eq!(chapters.iter().filter(|chapter| !chapter.note.is_empty()).count(), 2);
        chapter(&chapters, "effekt").note.clone()
    };
    let about = "Afsnittet ser tilbage på aftalerne fra 3. kvartal 2025, da midtvejsstatus blev gjort.";
    assert_eq!(note(vec![unit()]), about);
    let without = ReportUnit { name: "Klubben".to_owned(), agreement: None, ..unit() };
    let missing = "Ingen aftale fra den periode i denne browser: Klubben.";
    assert_eq!(note(vec![unit(), without]), format!("{about} {missing}"));
}

/// A report that was written before the chapters on patterns and voices existed keeps its texts and its order.
#[test]
fn stored_report_without_the_newer_chapters_keeps_its_order() {
    let mut report = Rapport::default();
    for (chapter, order) in [("samtaler", "b4"), ("temaer", "c1"), ("effekt", "a5"), ("7f3a", "h1")] {
        let section = ReportSection { text: "Gemt".into(), order: Some(order.to_owned()), ..ReportSection::default() };
        report.chapters.insert(id(chapter), section);
    }
    let chapters = compose(&report, &sources(vec![unit()]));
    let written: Vec<_> = chapters.iter().filter(|chapter| !chapter.text.is_empty()).collect();
    let ids: Vec<_> = written.iter().map(|chapter| chapter.id.as_str()).collect();
    assert_eq!(ids, ["effekt", "samtaler", "temaer", "7f3a"]);
    assert_eq!(written.iter().filter(|chapter| chapter.topic == ChapterTopic::Own).count(), 1);
    assert!(chapters.iter().any(|chapter| chapter.topic == ChapterTopic::Voices));
}

#[test]
fn compose_leaves_out_unreleased_texts_and_small_figures() {
    let all = format!("{:?}", compose(&Rapport::default(), &sources(vec![unit()])));
    assert!(all.contains("Et opkald samme dag hjælper") && all.contains("7.0") && all.contains("Stemme fra 2025"));
    for secret in ["Fortroligt", "Endnu ikke frigivet", "66.6", "66,6", "Stemme fra 2024"] {
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

/// Practice of each sort: what works is proposed, what is changed can be chosen, and the rest is not offered.
#[test]
fn practice_that_works_is_proposed_whatever_its_sort() {
    let mut unit = unit();
    for (name, shared) in [("d1", Some(true)), ("d2", Some(false)), ("d3", None)] {
        let deviation = Deviation { practice: "Fem ad gangen".into(), shared, ..Deviation::default() };
        unit.deviations.push((id(name), deviation));
    }
    let mut prototype = Prototype { title: "Tavlen".into(), ..Prototype::default() };
    prototype.add_version(id("v1"));
    prototype.versions.get_mut(&id("v1")).unwrap().text = "Billeder".into();
    let standing = Prototype { standing: Some(id("v1")), ..prototype.clone() };
    let adjusted = Prototype { next: Some(TrialNext::Adjust), ..standing.clone() };
    let stopped = Prototype { next: Some(TrialNext::Stop), ..standing.clone() };
    unit.prototypes = vec![(id("p1"), standing), (id("p2"), prototype), (id("p3"), adjusted), (id("p4"), stopped)];
    // Practice without words has nothing to show.
    unit.deviations.push((id("d4"), Deviation { shared: Some(true), ..Deviation::default() }));
    let chapters = compose(&Rapport::default(), &sources(vec![unit]));
    let items = &chapter(&chapters, "praksis").items;
    let offered: Vec<_> = items.iter().map(|item| (item.id.as_str(), item.is_included)).collect();
    assert_eq!(offered, [("t1", true), ("p1", true), ("p3", false), ("d1", true)]);
    assert_eq!((items[1].name.as_str(), summarize_item(&items[1]).as_str()), ("Tavlen", "Skolen: Billeder"));
}

#[test]
fn stories_that_a_unit_shares_are_offered_to_the_report() {
    let mut unit = unit();
    let story = |text: &str, shared| UnitStory { text: text.into(), shared, ..UnitStory::default() };
    unit.stories = vec![
        (id("h1"), story("De ringede", Some(true))),
        (id("h2"), story("Endnu ikke delt", None)),
        (id("h3"), story("Trukket tilbage", Some(false))),
        (id("h4"), story(" ", Some(true))),
    ];
    let candidates = sources(vec![unit]).stories(&Rapport::default());
    let texts: Vec<_> = candidates.iter().map(|candidate| candidate.text.as_str()).collect();
    assert_eq!(texts, ["Vi ringer hjem samme dag", "De ringede", "Det virker"]);
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
    let distinct: BTreeSet<&String> = empty.iter().collect();
    assert!(empty.len() <= 9 && distinct.len() == empty.len(), "{empty:?}");
    let one_unit = sources(vec![unit()]);
    let partial = words(&Rapport::default(), &one_unit);
    assert!(partial.contains(&"Tag en god historie med fra enhederne".to_owned()), "{partial:?}");
    let package_gap = "Åbn sekretariatets datapakke, så mønstrene og forummernes svar kommer med";
    assert!(partial.contains(&package_gap.to_owned()), "{partial:?}");
    for word in ["samtalerne", "stemmer om tallene", "midtvejsstatus, om", "aftale"] {
        assert!(!partial.iter().any(|words| words.contains(word)), "{word}: {partial:?}");
    }
    // A new agreement has no status yet, and nobody is asked for one.
    let mut only_new = unit();
    only_new.status = Midtvejsstatus::default();
    only_new.new_agreement = only_new.agreement.take();
    let gaps = words(&Rapport::default(), &sources(vec![only_new.clone()]));
    assert!(!gaps.iter().any(|words| words.contains("midtvejsstatus, om")), "{gaps:?}");
    assert!(gaps.contains(&"1 enhed: ingen aftale fra den periode i denne browser".to_owned()), "{gaps:?}");
    only_new.agreement = only_new.new_agreement.take();
    let gaps = words(&Rapport::default(), &sources(vec![only_new]));
    let unanswered = "1 enhed: det er ikke sagt i midtvejsstatus, om indsatserne gjorde en forskel";
    assert!(gaps.contains(&unanswered.to_owned()), "{gaps:?}");
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
