use proptest::prelude::*;

use super::*;
use crate::domain::date::Date;
use crate::domain::deviation::Deviation;
use crate::domain::fundament;
use crate::domain::goal::Goal;
use crate::domain::indicator::OwnIndicator;
use crate::domain::period::Span;
use crate::domain::proevehandling::{Tek, TrialNext};

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn edition() -> &'static Edition {
    fundament::present_edition().unwrap()
}

fn today() -> Date {
    Date::parse("2026-03-15").unwrap()
}

/// A trial with anchors.
fn trial(name: &str, anchors: &[Anchor]) -> Practice {
    let mut trial = Proevehandling { title: name.into(), ..Proevehandling::default() };
    trial.anchors.extend(anchors.iter().map(|anchor| (anchor.id().clone(), anchor.clone())));
    Practice::of_trial(id(name), &trial, today())
}

fn entry(practice: Practice, sector: Option<Sector>) -> LibraryEntry {
    let hangs_on = hangs_on(std::slice::from_ref(&practice), edition(), &LocalFacts::default()).remove(0);
    LibraryEntry { practice, unit_name: String::new(), sector, is_own: false, hangs_on }
}

/// Three practices: a trial of a school that is scaled, an idea of a daycare, and a positive deviation.
fn library() -> [LibraryEntry; 3] {
    let mut calls = trial("opkald", &[Anchor::Indicator(id("fravaer")), Anchor::Lever(id("gentaenke"))]);
    calls.state = PracticeState::Scaled;
    calls.tek_after = Some(Tek { trivsel: Some(1), effekt: Some(0), kvalitet: None });
    let mut walk = trial("gaatur", &[Anchor::Pejlemaerke(id("p-sunde")), Anchor::Theme(id("tema1"))]);
    walk.tek_before = Some(Tek { trivsel: Some(2), effekt: None, kvalitet: Some(2) });
    let quiet = Deviation { title: "Rolig garderobe".into(), ..Deviation::default() };
    [
        entry(calls, Some(Sector::School)),
        entry(walk, Some(Sector::Daycare)),
        entry(Practice::of_deviation(id("garderobe"), &quiet), None),
    ]
}

fn themes() -> Vec<(Id, String)> {
    vec![(id("tema1"), "Til stede hver dag".to_owned())]
}

/// The ids of the practices that pass a filter.
fn passing(address: &str) -> Vec<String> {
    let filter = PracticeFilter::parse(address);
    let library = library();
    let passing = library.iter().filter(|entry| filter.passes(entry));
    passing.map(|entry| entry.practice.id.to_string()).collect()
}

/// An address that was sent once must be understood for ever.
#[test]
fn address_names_the_choices_and_is_read_back() {
    #[track_caller]
    fn check(filter: &PracticeFilter, address: &str) {
        assert_eq!(filter.address(), address);
        assert_eq!(PracticeFilter::parse(address), *filter, "{address}");
    }
    let none = PracticeFilter::default();
    check(&none, "");
    for (facet, value, address) in [
        (Facet::Sort, "proevehandling", "slags=proevehandling"),
        (Facet::State, "i-gang", "trin=i-gang"),
        (Facet::UnitKind, "skoler", "enheder=skoler"),
        (Facet::Theme, "tema-sundhed", "tema=tema-sundhed"),
        (Facet::Pejlemaerke, "p-sunde", "pejlemaerke=p-sunde"),
        (Facet::Corner, "tek-trivsel", "stiger=tek-trivsel"),
        (Facet::Lever, "gentaenke", "greb=gentaenke"),
    ] {
        let filter = none.with(facet, Some(value));
        check(&filter, address);
        assert_eq!((filter.chosen(facet), filter.facets()), (Some(value), vec![facet]));
        check(&filter.with(facet, None), "");
    }
    let both = none.with(Facet::Lever, Some("mobilisere")).with(Facet::Theme, Some("tema-sundhed"));
    check(&PracticeFilter { words: "leg ude".to_owned(), ..both }, "tema=tema-sundhed~greb=mobilisere~ord=leg_ude");
    assert_eq!(PracticeFilter { words: "  ".to_owned(), ..none }.address(), "");
}

#[test]
fn unknown_parts_of_an_address_are_left_out() {
    for address in ["x", "=", "~~", "ukendt=1", "tema", "tema=", "tema=<script>", "tema=../x", "ord=%FF", "ord=-z"] {
        assert_eq!(PracticeFilter::parse(address), PracticeFilter::default(), "{address}");
    }
    let filter = PracticeFilter::parse("ukendt=1~greb=gentaenke~ord=-z");
    assert_eq!(filter.address(), "greb=gentaenke");
}

#[test]
fn choices_that_are_not_offered_here_are_dropped() {
    for (address, left) in [
        ("tema=tema1~greb=gentaenke", None),
        ("tema=andres~greb=gentaenke", Some("greb=gentaenke")),
        ("trin=x~slags=prototype~ord=leg", Some("slags=prototype~ord=leg")),
    ] {
        let mut filter = PracticeFilter::parse(address);
        assert_eq!(filter.drop_unknown(edition(), &themes()), left.is_some(), "{address}");
        let expected = PracticeFilter::parse(left.unwrap_or(address));
        assert_eq!(filter, expected, "{address}");
    }
}

#[test]
fn every_facet_offers_values_that_an_address_can_hold() {
    for (facet, count) in Facet::ALL.into_iter().zip([3, 8, 6, 6, 3, 3, 3]) {
        let options = facet.options(edition(), &themes());
        assert_eq!(options.len(), count, "{facet:?}");
        for (index, option) in options.iter().enumerate() {
            let filter = PracticeFilter::default().with(facet, Some(&option.value));
            assert_eq!(PracticeFilter::parse(&filter.address()), filter, "{option:?}");
            assert!(!option.name.is_empty());
            assert!(options.iter().skip(index + 1).all(|other| other.value != option.value), "{option:?}");
        }
    }
    let names: Vec<&str> = Facet::ALL.iter().map(|facet| facet.name()).collect();
    assert!(names.iter().enumerate().all(|(index, name)| !names[..index].contains(name) && *name != WORDS));
}

#[test]
fn practice_passes_what_it_is_and_what_it_hangs_on() {
    for (address, expected) in [
        ("", vec!["opkald", "gaatur", "garderobe"]),
        ("slags=proevehandling", vec!["opkald", "gaatur"]),
        ("slags=afvigelse", vec!["garderobe"]),
        ("trin=skaleret", vec!["opkald"]),
        ("trin=ide", vec!["gaatur"]),
        ("trin=virker", vec!["garderobe"]),
        ("enheder=dagtilbud", vec!["gaatur"]),
        ("greb=gentaenke", vec!["opkald"]),
        // A corner that stays the same does not rise. What was seen counts, or else what is expected.
        ("stiger=tek-trivsel", vec!["opkald", "gaatur"]),
        ("stiger=tek-effektivitet", vec![]),
        ("stiger=tek-kvalitet", vec!["gaatur"]),
        // An indicator hangs on its pejlemærke, and that on themes.
        ("pejlemaerke=p-uddannelse", vec!["opkald"]),
        ("tema=tema-laering", vec!["opkald"]),
        ("tema=tema-sundhed", vec!["gaatur"]),
        ("tema=tema1", vec!["gaatur"]),
        ("tema=tema-sundhed~enheder=skoler", vec![]),
        ("tema=tema-laering~enheder=skoler~greb=gentaenke", vec!["opkald"]),
    ] {
        assert_eq!(passing(address), expected, "{address}");
    }
}

#[test]
fn count_of_a_value_leaves_the_present_choice_of_its_facet_out() {
    let library = library();
    let entries: Vec<&LibraryEntry> = library.iter().collect();
    let filter = PracticeFilter::parse("enheder=skoler~stiger=tek-trivsel");
    for (facet, value, count) in [
        (Facet::UnitKind, Some("skoler"), 1),
        (Facet::UnitKind, Some("dagtilbud"), 1),
        (Facet::UnitKind, Some("klubber"), 0),
        (Facet::UnitKind, None, 2),
        (Facet::Corner, Some("tek-kvalitet"), 0),
        (Facet::Corner, None, 1),
        (Facet::Sort, Some("proevehandling"), 1),
        (Facet::Sort, Some("afvigelse"), 0),
    ] {
        assert_eq!(filter.count_with(&entries, facet, value), count, "{facet:?} {value:?}");
    }
}

#[test]
fn practice_hangs_on_themes_through_the_units_own_records() {
    let goal = |anchor: Anchor| {
        let mut goal = Goal { text: "Alle har en ven".into(), ..Goal::default() };
        goal.anchors.insert(anchor.id().clone(), anchor);
        goal
    };
    let own = OwnIndicator { name: "Legegrupper".into(), pejlemaerke: Some(id("p-sunde")), ..OwnIndicator::default() };
    let facts = LocalFacts {
        goals: vec![(id("maal1"), goal(Anchor::Indicator(id("social-trivsel"))))],
        indicators: vec![(id("eget1"), own)],
        ..LocalFacts::default()
    };
    let practices = [
        trial("a", &[Anchor::Goal(id("maal1"))]),
        trial("b", &[Anchor::Indicator(id("eget1"))]),
        // The goal and the indicator of a unit whose records are not here.
        trial("c", &[Anchor::Goal(id("andres")), Anchor::Indicator(id("andres2"))]),
        trial("d", &[]),
    ];
    let found = hangs_on(&practices, edition(), &facts);
    for (found, pejlemaerke) in found.iter().zip([Some("p-ensomme"), Some("p-sunde"), None, None]) {
        let above = found.iter().map(String::as_str).find(|id| id.starts_with("p-"));
        assert_eq!(above, pejlemaerke, "{found:?}");
    }
    assert_eq!(found[2], ["andres", "andres2"]);
    assert_eq!(found[3], Vec::<String>::new());
}

#[test]
fn what_works_comes_first_and_then_the_latest() {
    let began = |name: &str, day: &str, next: Option<TrialNext>| {
        let period = Some(Span { from: Date::parse(day), to: None });
        let trial = Proevehandling { title: name.into(), period, next, ..Proevehandling::default() };
        entry(Practice::of_trial(id(name), &trial, today()), None)
    };
    let quiet = Deviation { title: "stille".into(), ..Deviation::default() };
    let entries = vec![
        began("aale", "", None),
        began("zebra", "", None),
        began("oel", "", None),
        began("ide2", "", None),
        began("stoppet", "2026-03-01", Some(TrialNext::Stop)),
        began("ide1", "", None),
        entry(Practice::of_deviation(id("stille"), &quiet), None),
        began("gammel", "2025-03-01", Some(TrialNext::Scale)),
        began("ny", "2026-02-01", Some(TrialNext::Scale)),
        began("i-gang", "2026-03-10", None),
    ];
    let titles: Vec<String> = in_library_order(entries).into_iter().map(|entry| entry.practice.title).collect();
    // «aa» and «oe» are read as å and ø, which come last.
    let expected = ["ny", "gammel", "stille", "i-gang", "stoppet", "ide1", "ide2", "zebra", "oel", "aale"];
    assert_eq!(titles, expected);
}

#[test]
fn words_find_practice_by_title_unit_sort_and_text() {
    let [mut calls, walk, quiet] = library();
    calls.unit_name = "Møllehøj Skole".to_owned();
    calls.practice.words = "Vi ringer hjem samme dag".to_owned();
    let entries = [calls, walk, quiet];
    let index = index(&entries);
    for (words, expected) in [
        ("opkald", vec![0]),
        ("moellehoej", vec![0]),
        ("samme dag ringer", vec![0]),
        ("garderoben", vec![2]),
        ("garderbe", vec![2]),
        ("positiv afvigelse", vec![2]),
        ("prøvehandling", vec![0, 1]),
        // No practice is a note.
        ("note", vec![]),
        ("findes ikke her", vec![]),
        (" – ", vec![]),
    ] {
        let mut found = find(&index, words);
        found.sort_unstable();
        assert_eq!(found, expected, "{words}");
    }
}

proptest! {
    #![proptest_config(crate::property_test_config())]

    #[test]
    fn words_in_an_address_are_read_back(words in ".*") {
        let filter = PracticeFilter { words: words.trim().to_owned(), ..PracticeFilter::default() };
        let address = filter.address();
        prop_assert!(!address.contains(['/', '?', '#', ' ']), "{}", address);
        prop_assert_eq!(PracticeFilter::parse(&address), filter);
    }

    #[test]
    fn any_address_is_read(address in ".*") {
        let filter = PracticeFilter::parse(&address);
        let again = PracticeFilter::parse(&filter.address());
        prop_assert_eq!(again.address(), filter.address());
    }
}
