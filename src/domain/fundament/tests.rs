//! Tests of the embedded content and of the checks.

use std::collections::BTreeSet;

use super::*;

mod facts;
mod own_words;
mod sources;

fn count(edition: &str, sort: Sort) -> usize {
    super::edition(edition).unwrap().of_sort(sort).count()
}

#[test]
fn embedded_editions_load() {
    let loaded = load(&TEXTS, editions_at_hand()).map_err(|error| error.to_string());
    let ids: Vec<String> = loaded.unwrap().iter().map(|edition| edition.id().to_owned()).collect();
    assert_eq!(ids, ["bu-12", "bu-11", "udkast", "jv"]);
}

#[test]
fn sections_at_hand_equal_those_of_the_complete_editions() {
    let at_hand = read_editions(&TEXTS_AT_HAND, &[]).unwrap();
    assert_eq!(at_hand.len(), 3);
    for part in &at_hand {
        let complete = edition(part.id()).unwrap();
        assert_eq!(part.about().label, complete.about().label);
        for section in part.sections() {
            assert_eq!(complete.find(&section.id), Some(section), "{}/{}", part.id(), section.id);
        }
    }
    let of_sort = |sort| at_hand[0].of_sort(sort).count();
    assert_eq!([Sort::Element, Sort::Indicator, Sort::Vision].map(of_sort), [6, 12, 1]);
}

#[test]
fn content_has_as_many_items_of_each_sort_as_the_documents() {
    for (edition, sort, expected) in [
        ("bu-12", Sort::Pejlemaerke, 3),
        ("bu-11", Sort::Pejlemaerke, 3),
        ("bu-12", Sort::Indicator, 12),
        ("bu-11", Sort::Indicator, 11),
        ("bu-12", Sort::Syn, 4),
        ("bu-12", Sort::Statement, 14),
        ("bu-12", Sort::Practice, 4),
        ("bu-12", Sort::Way, 6),
        ("bu-12", Sort::Expectation, 4),
        ("bu-12", Sort::Pair, 9),
        ("bu-12", Sort::Pole, 18),
        ("bu-12", Sort::Element, 6),
        ("bu-11", Sort::Element, 6),
        ("udkast", Sort::Track, 5),
        ("udkast", Sort::Step, 6),
        ("bu-12", Sort::Level, 3),
        ("bu-12", Sort::System, 4),
        ("bu-12", Sort::Theme, 5),
        ("bu-12", Sort::Goal, 9),
        ("bu-12", Sort::Reason, 7),
        ("bu-12", Sort::Data, 3),
        ("bu-12", Sort::Field, 3),
        ("bu-12", Sort::Corner, 3),
        ("bu-12", Sort::Lever, 3),
        ("bu-12", Sort::Task, 11),
        ("bu-11", Sort::Goal, 9),
        ("udkast", Sort::Goal, 9),
        ("udkast", Sort::Reason, 7),
        ("bu-11", Sort::System, 4),
        ("bu-12", Sort::Aim, 3),
        ("bu-11", Sort::Aim, 6),
        ("bu-12", Sort::Row, 4),
        ("bu-12", Sort::Cell, 19),
        ("jv", Sort::Area, 3),
        ("jv", Sort::Criterion, 6),
    ] {
        assert_eq!(count(edition, sort), expected, "{sort:?} in {edition}");
    }
    let present = present_edition().unwrap();
    let statements: Vec<usize> = present.of_sort(Sort::Syn).map(|syn| syn.parts_of(Sort::Statement).count()).collect();
    assert_eq!(statements, [4, 3, 3, 4]);
    let per_goal: Vec<usize> = present.indicators().map(|(_, indicators)| indicators.len()).collect();
    assert_eq!(per_goal, [7, 3, 2]);
    for area in edition("jv").unwrap().of_sort(Sort::Area) {
        let labels: Vec<&str> = area.parts_of(Sort::Aspect).map(|aspect| aspect.label.as_str()).collect();
        assert_eq!(labels, ["Hvorfor", "Hvad", "Hvordan"], "{}", area.id);
    }
    let targets = present.of_sort(Sort::Goal).filter(|goal| !goal.target.is_empty()).count();
    assert!(targets >= 8, "{targets} goals have a target");
}

#[test]
fn nine_indicators_continue_from_the_edition_of_11_to_the_edition_of_12() {
    let (earlier, present) = (edition("bu-11").unwrap(), present_edition().unwrap());
    assert_eq!(earlier.shared(present, Sort::Indicator).count(), 9);
    let names = |edition: &'static Edition| -> BTreeSet<&str> {
        edition.of_sort(Sort::Indicator).map(|item| item.label.as_str()).collect()
    };
    let added: Vec<&str> = names(present).difference(&names(earlier)).copied().collect();
    let removed: Vec<&str> = names(earlier).difference(&names(present)).copied().collect();
    assert_eq!(
        added,
        ["Flere er aktive i idrætsforeninger", "Flere indgår i sunde fællesskaber", "Flere unge har et fritidsjob"]
    );
    assert_eq!(removed, ["Flere får en forebyggende/tidlig indsats", "Flere indgår i fritidstilbud"]);
}

#[test]
fn opposites_and_elements_are_in_the_order_of_the_documents() {
    let pairs: Vec<String> = present_edition()
        .unwrap()
        .of_sort(Sort::Pair)
        .map(|pair| pair.parts.iter().map(|pole| pole.label.as_str()).collect::<Vec<_>>().join(" / "))
        .collect();
    assert_eq!(
        pairs,
        [
            "Bureaukratisk / Transparent",
            "Akademisk / Personlig",
            "Distanceret / Nærværende",
            "Presset / Afslappet",
            "Baseret på regler / Baseret på samarbejde",
            "One size fits all / Fleksible løsninger",
            "Resultatorienteret / Løsningsorienteret",
            "Proces / Resultater",
            "Hjælper vs. modtager / Menneske til menneske",
        ]
    );
    let elements: Vec<&str> =
        present_edition().unwrap().of_sort(Sort::Element).map(|item| item.label.as_str()).collect();
    assert_eq!(
        elements,
        [
            "Dataindsamling og foranalyse",
            "Udvalgs-, FællesMED- og Ledelsesfeedback",
            "Kvalitetssamtale",
            "Kvalitetsrapport",
            "Sammenhængsaftale",
            "Midtvejsstatus – BU Lederforum",
        ]
    );
}

/// The JSON of an edition that has one section with some items.
fn edition_of(items: &str) -> String {
    format!(
        r#"{{"sort":"edition","id":"e","label":"E","text":"t","source":["EFF"],"parts":[
        {{"sort":"section","id":"s","label":"S","text":"t","parts":[{items}]}}]}}"#
    )
}

#[test]
fn load_reports_each_error_with_its_place() {
    let task = |id: &str, on: &str| format!(r#"{{"sort":"task","id":"{id}","label":"L","text":"t","on":[{on}]}}"#);
    let point = r#"{"sort":"point","id":"p","label":"P","text":"t"}"#;
    for (items, place, message) in [
        (point.replace("\"p\"", "\"s\""), "/e/s", "twice"),
        (point.replace("\"p\"", "\"På\""), "/e/s/På", "an id is"),
        (point.replace("\"t\"", "\"\""), "/e/s/p", "no text"),
        (point.replace("\"P\"", "\"\""), "/e/s/p", "no label"),
        (point.replace('}', r#","on":["x"]}"#), "/e/s/p", "«x», which is not there"),
        (point.replace('}', r#","from":"bu-13"}"#), "/e/s/p", "not in the edition «bu-13»"),
        (point.replace("point", "indicator"), "/e/s/p", "may not lie in"),
        (point.replace("point", "element"), "/e/s/p", "quarters"),
        (point.replace("point", "pair"), "/e/s/p", "two poles"),
        (point.replace('}', r#","quarters":[{"from":8,"to":1}]}"#).replace("point", "element"), "/e/s/p", "1 to 8"),
        (
            point.replace('}', r#","quarters":[{"from":1,"to":1,"after":"s"}]}"#).replace("point", "element"),
            "/e/s/p",
            "no element",
        ),
        (point.replace('}', r#","concerns":[5]}"#), "/e/s/p", "1 to 4"),
        (point.replace('}', r#","on":["s"]}"#), "/e/s/p", "may not hang on «s»"),
        ([task("a", ""), task("b", "")].join(","), "/e/s/b", "hangs on the level above"),
        ([task("a", ""), task("b", "\"c\""), task("c", "\"b\"")].join(","), "/e/s/b", "hangs on the level above"),
        ([task("a", ""), task("b", "\"s\"")].join(","), "/e/s/b", "may not hang on «s»"),
        (point.replace("sort", "sorte"), "edition 1", "sorte"),
    ] {
        let error = load(&[&edition_of(&items)], &[]).unwrap_err();
        assert!(error.place == place && error.what.contains(message), "{items}\n{error}");
    }
    let valid = edition_of(&[task("a", ""), task("b", "\"a\""), task("c", "\"b\"")].join(","));
    assert!(load(&[&valid], &[]).is_ok());
    assert!(load(&[&valid, &valid], &[]).unwrap_err().what.contains("of this id already"));
}

#[test]
fn search_finds_parts_of_words_and_ignores_case() {
    let hits = |query: &str| -> Vec<String> {
        search(editions(), query).iter().map(|found| format!("{}/{}", found.edition.id(), found.item.id)).collect()
    };
    assert!(hits("ensom").contains(&"bu-12/p-ensomme".to_owned()), "{:?}", hits("ensom"));
    assert_eq!(hits("FRAVÆR red").first().map(String::as_str), Some("bu-12/fravaer"));
    assert_eq!(
        hits("fravær reduceres").iter().filter(|id| id.ends_with("/fravaer")).count(),
        1,
        "a shared item is found once"
    );
    assert!(hits("børnesyn").iter().any(|id| id.starts_with("bu-12/")));
    assert!(hits("ungeledighed").iter().all(|id| id.starts_with("jv/")));
    for nothing in ["", "  ", "xyzzy"] {
        assert!(hits(nothing).is_empty(), "{nothing}");
    }
}
