use proptest::prelude::*;

use super::*;
use crate::domain::fundament;
use crate::domain::period::Span;

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn today() -> Date {
    Date::parse("2026-03-15").unwrap()
}

fn days(from: &str, to: &str) -> Span {
    Span { from: Date::parse(from), to: Date::parse(to) }
}

/// A prototype with two versions, «a» and «b». The second is tried from a day.
fn prototype(second_day: &str) -> Prototype {
    let mut prototype = Prototype { title: "Tavlen".into(), need: "Uro ved frokost".into(), ..Prototype::default() };
    for (name, text, outcome) in [("a", "Et skema", "Ingen så det"), ("b", "Billeder", "")] {
        prototype.add_version(id(name));
        let version = prototype.versions.get_mut(&id(name)).unwrap();
        (version.text, version.outcome) = (text.into(), outcome.into());
    }
    prototype.versions.get_mut(&id("b")).unwrap().date = Date::parse(second_day);
    prototype
}

/// Practice of a unit that builds on other practice.
fn practice(name: &str, unit: &str, built_on: Option<&str>) -> Practice {
    let trial = Proevehandling {
        title: name.into(),
        unit: Some(id(unit)),
        idea: "Vi ringer hjem".into(),
        built_on: built_on.map(id),
        ..Proevehandling::default()
    };
    Practice::of_trial(id(name), &trial, today())
}

fn ids(practices: &[&Practice]) -> Vec<String> {
    practices.iter().map(|practice| practice.id.to_string()).collect()
}

#[test]
fn view_takes_name_line_words_and_learning_from_each_sort() {
    #[track_caller]
    fn check(practice: &Practice, sort: PracticeSort, texts: [&str; 5]) {
        let [title, summary, idea, words, learned] = texts;
        assert_eq!(practice.sort, sort);
        assert_eq!((practice.title.as_str(), practice.summary.as_str()), (title, summary));
        assert_eq!((practice.idea.as_str(), practice.words.as_str()), (idea, words));
        assert_eq!(practice.learned, learned);
    }
    let mut deviation = Deviation {
        title: "Rolig garderobe".into(),
        place: "Rød stue".into(),
        practice: "Fem børn ad gangen.\nResten leger.".into(),
        reason: "Der er plads".into(),
        ..Deviation::default()
    };
    let of_deviation = |deviation: &Deviation| Practice::of_deviation(id("p"), deviation);
    check(
        &of_deviation(&deviation),
        PracticeSort::Deviation,
        [
            "Rolig garderobe",
            "Fem børn ad gangen.",
            "Fem børn ad gangen.\nResten leger.",
            "Rød stue\nFem børn ad gangen.\nResten leger.\nDer er plads",
            "Der er plads",
        ],
    );
    (deviation.title, deviation.practice) = (UserText::default(), UserText::default());
    check(
        &of_deviation(&deviation),
        PracticeSort::Deviation,
        ["Positiv afvigelse uden titel", "Rød stue", "", "Rød stue\nDer er plads", "Der er plads"],
    );
    let trial = Proevehandling {
        idea: "Vi ringer hjem".into(),
        context: "Fravær".into(),
        learned: "Det virker".into(),
        ..Proevehandling::default()
    };
    check(
        &Practice::of_trial(id("p"), &trial, today()),
        PracticeSort::Trial,
        ["Vi ringer hjem", "Vi ringer hjem", "Vi ringer hjem", "Fravær\nVi ringer hjem\nDet virker", "Det virker"],
    );
    let mut tavle = prototype("");
    let words = "Uro ved frokost\nEt skema\nIngen så det\nBilleder";
    let of_prototype = |prototype: &Prototype| Practice::of_prototype(id("p"), prototype, today());
    check(&of_prototype(&tavle), PracticeSort::Prototype, ["Tavlen", "Billeder", "Billeder", words, "Ingen så det"]);
    tavle.standing = Some(id("a"));
    check(&of_prototype(&tavle), PracticeSort::Prototype, ["Tavlen", "Et skema", "Et skema", words, "Ingen så det"]);
}

#[test]
fn summary_is_one_short_line() {
    let long = "ord ".repeat(60);
    let trial = Proevehandling { idea: long.as_str().into(), ..Proevehandling::default() };
    let summary = Practice::of_trial(id("p"), &trial, today()).summary;
    assert!(summary.ends_with("ord…") && summary.chars().count() <= SUMMARY_LENGTH + 1, "{summary}");
}

#[test]
fn state_of_a_trial_follows_its_period_and_its_decision() {
    for (period, next, state) in [
        (None, None, PracticeState::Idea),
        (Some(days("2026-03-16", "")), None, PracticeState::Idea),
        (Some(days("2026-03-01", "2026-03-15")), None, PracticeState::Running),
        (Some(days("2026-03-01", "2026-03-14")), None, PracticeState::Due),
        (Some(days("2026-03-01", "2026-03-14")), Some(TrialNext::Scale), PracticeState::Scaled),
        (None, Some(TrialNext::Adjust), PracticeState::Adjusted),
        (Some(days("2026-03-01", "")), Some(TrialNext::Stop), PracticeState::Stopped),
    ] {
        let trial = Proevehandling { period, next, ..Proevehandling::default() };
        assert_eq!(Practice::of_trial(id("p"), &trial, today()).state, state, "{period:?} {next:?}");
    }
}

#[test]
fn state_of_a_prototype_follows_its_versions_and_its_decision() {
    for (day, standing, next, state) in [
        ("", None, None, PracticeState::Idea),
        ("2026-03-16", None, None, PracticeState::Idea),
        ("2026-03-15", None, None, PracticeState::Running),
        ("2026-03-15", Some("b"), None, PracticeState::Standing),
        // The version that stood was removed.
        ("2026-03-15", Some("fjernet"), None, PracticeState::Running),
        ("2026-03-15", Some("b"), Some(TrialNext::Scale), PracticeState::Scaled),
        ("2026-03-15", Some("b"), Some(TrialNext::Stop), PracticeState::Stopped),
    ] {
        let prototype = Prototype { standing: standing.map(id), next, ..prototype(day) };
        let view = Practice::of_prototype(id("p"), &prototype, today());
        assert_eq!(view.state, state, "{day} {standing:?} {next:?}");
    }
}

#[test]
fn practice_is_found_to_work_only_where_it_stays() {
    let in_state = |state: PracticeState| Practice { state, ..practice("a", "enhed", None) };
    let working: Vec<PracticeState> =
        PracticeState::ALL.into_iter().filter(|state| in_state(*state).is_found_to_work()).collect();
    assert_eq!(working, [PracticeState::Scaled, PracticeState::Standing, PracticeState::Working]);
    for state in PracticeState::ALL {
        let can_be_initiative = working.contains(&state) || state == PracticeState::Adjusted;
        assert_eq!(in_state(state).can_be_initiative(), can_be_initiative, "{state:?}");
    }
}

#[test]
fn positive_deviation_is_reported_only_where_the_unit_shares_it() {
    use PracticeState::{Adjusted, Scaled, Standing, Working};
    for shared in [None, Some(false), Some(true)] {
        for state in PracticeState::ALL {
            let practice = Practice { state, shared, ..practice("a", "enhed", None) };
            let may_be = matches!(state, Scaled | Standing | Adjusted) || (state == Working && shared == Some(true));
            assert_eq!(practice.may_be_reported(), may_be, "{state:?} {shared:?}");
        }
    }
}

#[test]
fn next_version_of_a_trial_counts_on_in_its_title() {
    for (title, next) in [
        ("Opkald", "Opkald, version 2"),
        ("Opkald, version 2", "Opkald, version 3"),
        ("Opkald, version 9", "Opkald, version 10"),
        ("Opkald, version to", "Opkald, version to, version 2"),
        ("", ""),
    ] {
        assert_eq!(next_version_title(title), next);
    }
}

#[test]
fn every_state_and_sort_is_listed_once_and_has_words_of_its_own() {
    let mut headings: Vec<&str> = PracticeState::ALL.iter().map(|state| state.heading()).collect();
    let mut words: Vec<&str> = PracticeState::ALL.iter().map(|state| state.danish()).collect();
    for texts in [&mut headings, &mut words] {
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), PracticeState::ALL.len());
    }
    for sort in PracticeSort::ALL {
        assert_eq!(PracticeSort::of_kind(sort.kind()), Some(sort));
    }
    assert_eq!(PracticeSort::of_kind(Kind::UnitStory), None);
}

#[test]
fn only_another_units_practice_is_withdrawn_by_its_mark() {
    for (shared, is_own, is_withdrawn) in [
        (None, false, false),
        (Some(true), false, false),
        (Some(false), false, true),
        (Some(false), true, false),
        (None, true, false),
    ] {
        let practice = Practice { shared, ..practice("Opkald", "engen", None) };
        assert_eq!(practice.is_withdrawn(is_own), is_withdrawn, "{shared:?} {is_own}");
        assert_eq!(practice.is_in_library(is_own), !is_withdrawn, "{shared:?} {is_own}");
        let line = practice.withdrawn_line(is_own, "Engen");
        assert_eq!(line.as_deref(), is_withdrawn.then_some("Engen har trukket «Opkald» tilbage."));
        let untitled = Practice { has_title: false, ..practice };
        let line = untitled.withdrawn_line(is_own, "Engen");
        assert_eq!(line.as_deref(), is_withdrawn.then_some("Engen har trukket en prøvehandling tilbage."));
    }
}

/// Practice that was withdrawn before it came here is a mark without words. There is nothing to say about it.
#[test]
fn practice_without_words_is_neither_shown_nor_said_to_be_withdrawn() {
    for shared in [None, Some(true), Some(false)] {
        let deviation = Deviation { unit: Some(id("engen")), shared, ..Deviation::default() };
        let practice = Practice::of_deviation(id("p"), &deviation);
        assert!(practice.is_blank() && !practice.is_in_library(false), "{shared:?}");
        assert_eq!(practice.withdrawn_line(false, "Engen"), None, "{shared:?}");
    }
}

#[test]
fn rising_corners_are_those_that_were_seen_to_rise_or_else_are_expected_to() {
    let tek = |trivsel, effekt, kvalitet| Some(Tek { trivsel, effekt, kvalitet });
    for (before, after, rising) in [
        (None, None, vec![]),
        (tek(Some(2), Some(0), Some(-1)), None, vec!["tek-trivsel"]),
        (tek(Some(2), None, Some(1)), tek(Some(-1), Some(1), None), vec!["tek-effektivitet", "tek-kvalitet"]),
    ] {
        let practice = Practice { tek_before: before, tek_after: after, ..practice("a", "enhed", None) };
        assert_eq!(practice.rising_corners(), rising, "{before:?} {after:?}");
    }
    // How it was before a positive deviation or a prototype is no expectation.
    for sort in [PracticeSort::Deviation, PracticeSort::Prototype] {
        let before = tek(Some(2), None, None);
        let practice = Practice { sort, tek_before: before, ..practice("a", "enhed", None) };
        assert_eq!(practice.rising_corners(), Vec::<&str>::new(), "{sort:?}");
    }
}

#[test]
fn line_and_takers_follow_what_practice_builds_on() {
    // The meadow's trial grew into a prototype. The lake took the trial up, and the forest took it from the lake. The
    // lake then made a prototype of its own.
    let practices = [
        practice("engen-proeve", "engen", None),
        practice("engen-prototype", "engen", Some("engen-proeve")),
        practice("soeen-proeve", "soeen", Some("engen-proeve")),
        practice("soeen-prototype", "soeen", Some("soeen-proeve")),
        practice("skoven-proeve", "skoven", Some("soeen-proeve")),
        practice("aaen-proeve", "aaen", Some("ikke-her")),
    ];
    for (name, line, takers, grown) in [
        ("engen-proeve", vec![], vec!["soeen-proeve", "skoven-proeve"], vec!["engen-prototype"]),
        ("engen-prototype", vec!["engen-proeve"], vec![], vec![]),
        ("soeen-proeve", vec!["engen-proeve"], vec!["skoven-proeve"], vec!["soeen-prototype"]),
        ("soeen-prototype", vec!["soeen-proeve", "engen-proeve"], vec![], vec![]),
        ("skoven-proeve", vec!["soeen-proeve", "engen-proeve"], vec![], vec![]),
        ("aaen-proeve", vec![], vec![], vec![]),
        ("ikke-her", vec![], vec![], vec![]),
    ] {
        assert_eq!(ids(&line_of(&practices, &id(name))), line, "{name}");
        assert_eq!(ids(&takers_of(&practices, &id(name))), takers, "{name}");
        assert_eq!(ids(&grown_from(&practices, &id(name))), grown, "{name}");
    }
}

/// Two people of one unit who take practice up, each in their own browser, are one unit.
#[test]
fn units_that_take_practice_up_are_counted_once() {
    let practices = [
        practice("a", "engen", None),
        practice("b", "soeen", Some("a")),
        practice("c", "soeen", Some("a")),
        practice("d", "skoven", Some("c")),
    ];
    let takers = takers_of(&practices, &id("a"));
    assert_eq!((takers.len(), count_units(&takers)), (3, 2));
    assert_eq!(count_units(&[]), 0);
}

#[test]
fn circle_of_practices_ends_where_it_began() {
    let practices = [
        practice("a", "engen", Some("c")),
        practice("b", "soeen", Some("a")),
        practice("c", "skoven", Some("b")),
        practice("selv", "engen", Some("selv")),
    ];
    assert_eq!(ids(&line_of(&practices, &id("a"))), ["c", "b"]);
    assert_eq!(ids(&takers_of(&practices, &id("a"))), ["b", "c"]);
    assert_eq!(ids(&line_of(&practices, &id("selv"))), Vec::<String>::new());
    assert_eq!(ids(&takers_of(&practices, &id("selv"))), Vec::<String>::new());
    assert_eq!(ids(&grown_from(&practices, &id("selv"))), Vec::<String>::new());
}

#[test]
fn draft_for_another_unit_keeps_the_idea_and_says_whose_it_is() {
    let anchors = [
        Anchor::Goal(id("maal")),
        Anchor::CoreService(id("opgave")),
        Anchor::Indicator(id("fravaer")),
        Anchor::Indicator(id("eget")),
        Anchor::Lever(id("greb")),
    ];
    let mut trial = Proevehandling {
        title: "Opkald".into(),
        context: "Fravær hos os".into(),
        idea: "Vi ringer hjem".into(),
        credit: "efter en idé fra Søen".into(),
        ..Proevehandling::default()
    };
    trial.anchors.extend(anchors.iter().map(|anchor| (anchor.id().clone(), anchor.clone())));
    let practice = Practice::of_trial(id("proeven"), &trial, today());
    for (from, need, credit, kept) in
        [(None, "Fravær hos os", "efter en idé fra Søen", 5), (Some("Engen"), "", "efter en idé fra Engen", 2)]
    {
        let draft = practice.draft(from);
        assert_eq!((draft.title.as_str(), draft.idea.as_str()), ("Opkald", "Vi ringer hjem"));
        assert_eq!((draft.need.as_str(), draft.credit.as_str()), (need, credit));
        assert_eq!(draft.built_on, Some(id("proeven")));
        assert_eq!(draft.anchors.len(), kept, "{from:?}");
        let unit = Some(id("skoven"));
        let trial = Practice::of_trial(id("ny"), &draft.trial(unit.clone()), today());
        let prototype = Practice::of_prototype(id("ny"), &draft.prototype(unit.clone(), id("v1")), today());
        let deviation = Practice::of_deviation(id("ny"), &draft.deviation(unit.clone()));
        for made in [trial, prototype, deviation] {
            assert_eq!((made.title.as_str(), made.idea.as_str()), ("Opkald", "Vi ringer hjem"), "{:?}", made.sort);
            assert_eq!((&made.unit, &made.built_on), (&unit, &Some(id("proeven"))), "{:?}", made.sort);
            assert_eq!((made.credit.as_str(), made.anchors.len()), (credit, kept), "{:?}", made.sort);
            assert_eq!((made.shared, made.is_in_catalogue), (None, false), "{:?}", made.sort);
        }
    }
    let empty = PracticeDraft::default().prototype(None, id("v1"));
    assert!(empty.versions.is_empty(), "an empty idea is no version");
}

#[test]
fn practice_becomes_one_initiative_of_a_goal() {
    let practice = practice("Opkald", "engen", None);
    let mut goal = Goal::default();
    goal.initiatives.insert(id("anden"), Initiative { text: "Opkald".into(), ..Initiative::default() });
    assert!(!practice.is_initiative_of(&goal), "an initiative with the same words is another one");
    let initiative = practice.initiative("a1".to_owned());
    assert_eq!((initiative.text.as_str(), initiative.order.as_deref()), ("Opkald", Some("a1")));
    goal.initiatives.insert(practice.id.clone(), initiative);
    assert!(practice.is_initiative_of(&goal));
}

#[test]
fn digital_trial_begins_with_four_questions_of_the_foundation() {
    let start = fundament::present_edition().unwrap().find(DIGITAL_START).unwrap();
    assert!(start.proposal && start.parts.len() == 4);
    assert!(start.parts.iter().all(|question| question.proposal && question.label.ends_with('?')));
    let lever = fundament::present_edition().unwrap().find(DIGITAL_LEVER).unwrap();
    assert_eq!(lever.sort, fundament::Sort::Lever);
}

proptest! {
    #![proptest_config(crate::property_test_config())]

    /// Merged files can make any practice build on any other, itself included.
    #[test]
    fn line_and_takers_end_and_agree_whatever_builds_on_what(
        entries in prop::collection::vec((prop::option::of(0usize..12), 0usize..4), 0..12)
    ) {
        let name = |index: usize| format!("p{index}");
        let practices: Vec<Practice> = entries
            .iter()
            .enumerate()
            .map(|(index, (above, unit))| {
                practice(&name(index), &format!("enhed{unit}"), above.map(name).as_deref())
            })
            .collect();
        let unique = |mut ids: Vec<String>| {
            let count = ids.len();
            ids.sort();
            ids.dedup();
            ids.len() == count
        };
        for one in &practices {
            let below = descendants(&practices, &one.id);
            prop_assert!(unique(ids(&below)) && unique(ids(&line_of(&practices, &one.id))));
            prop_assert!(!ids(&below).contains(&one.id.to_string()), "a practice takes itself up");
            for other in &practices {
                let is_below = below.iter().any(|practice| practice.id == other.id);
                let is_above = line_of(&practices, &other.id).iter().any(|practice| practice.id == one.id);
                prop_assert_eq!(is_below, is_above, "{} {}", one.id, other.id);
            }
            for taker in takers_of(&practices, &one.id) {
                prop_assert!(taker.unit != one.unit);
                prop_assert!(line_of(&practices, &taker.id).iter().any(|practice| practice.id == one.id));
            }
            for own in grown_from(&practices, &one.id) {
                prop_assert!(own.unit == one.unit && own.built_on.as_ref() == Some(&one.id));
            }
        }
    }
}
