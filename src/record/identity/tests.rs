//! How answers about units are read and written, and which ids they make the same.

use super::*;
use crate::record::fixtures::{author, deletion, id, lines, record_of};

/// Parses an answer: `=a` the same, with `a` as representative; `two`; `-` taken back.
fn answer(text: &str) -> Option<SameUnitAnswer> {
    match text {
        "-" => None,
        "two" => Some(SameUnitAnswer::Different),
        same => Some(SameUnitAnswer::Same(id(same.strip_prefix('=').unwrap()))),
    }
}

fn answer_text(answer: Option<&SameUnitAnswer>) -> String {
    match answer {
        None => "-".to_owned(),
        Some(SameUnitAnswer::Different) => "two".to_owned(),
        Some(SameUnitAnswer::Same(representative)) => format!("={representative}"),
    }
}

/// The unit `b`, with some leaves.
fn unit(leaves: &[&str]) -> Record {
    record_of("enhed", "b", leaves)
}

#[track_caller]
fn check_answers(leaves: &[&str], expected: &[&str]) {
    let answers = unit(leaves).read_unit_answers();
    let texts: Vec<_> =
        answers.iter().map(|(other, answer)| format!("{other} {}", answer_text(Some(answer)))).collect();
    assert_eq!(texts, expected, "{leaves:?}");
}

#[test]
fn answers_are_read_in_the_current_form() {
    check_answers(&["/name = 1a Skolen"], &[]);
    check_answers(&["/@same_as/c = 1a c"], &["c =c"]);
    check_answers(&["/@same_as/c = 1a b"], &["c =b"]);
    check_answers(&["/@same_as/c = 1a false", "/@same_as/d = 1a d"], &["c two", "d =d"]);
    check_answers(&["/@same_as/c = 2a c | 2d false"], &["c =c", "c two"]);
    // `true` leaves the representative open: the lower id.
    check_answers(&["/@same_as/a = 1a true", "/@same_as/c = 1a true"], &["a =a", "c =b"]);
}

#[test]
fn values_that_are_no_answers_are_ignored() {
    for value in ["-", "?", "x", "7", "{}", "[]", "d", r#""""#] {
        check_answers(&[&format!("/@same_as/c = 1a {value}")], &[]);
    }
    check_answers(&["/@same_as/ = 1a c", "/@same_as/__proto__ = 1a false"], &[]);
}

#[test]
fn answers_are_read_in_the_form_of_earlier_versions() {
    check_answers(&["/@same_as = 1a c"], &["c =c"]);
    check_answers(&["/@same_as = 2a a | 2d c", "/@same_as/a = 3a false"], &["a =a", "c =c", "a two"]);
    check_answers(&["/@same_as = 1a -"], &[]);
    check_answers(&["/@same_as = 1a true"], &[]);
}

#[track_caller]
fn check_answer(before: &[&str], other: &str, text: &str, after: &[&str]) {
    let mut record = unit(before);
    record.write_unit_answer(&id(other), answer(text).as_ref(), &author('z')).unwrap();
    assert_eq!(lines(&record), after);
    let mut about: Vec<_> = record.read_unit_answers().into_iter().filter(|(about, _)| *about == id(other)).collect();
    about.dedup();
    assert_eq!(about, answer(text).map(|answer| (id(other), answer)).into_iter().collect::<Vec<_>>(), "reads back");
}

#[test]
fn answer_replaces_all_answers_about_the_pair() {
    check_answer(&["/name = 1a S"], "c", "=c", &["/@same_as/c = 2z c", "/name = 1a S"]);
    check_answer(&["/name = 1a S"], "c", "two", &["/@same_as/c = 2z false", "/name = 1a S"]);
    check_answer(&["/@same_as/c = 2a c | 2d false"], "c", "=b", &["/@same_as/c = 3z b"]);
    check_answer(&["/@same_as/c = 2a c"], "c", "-", &["/@same_as/c = 3z -"]);
    check_answer(&["/@same_as/c = 2a c"], "d", "two", &["/@same_as/c = 2a c", "/@same_as/d = 3z false"]);
}

#[test]
fn answer_that_is_there_already_is_not_written() {
    check_answer(&["/@same_as/c = 2a c"], "c", "=c", &["/@same_as/c = 2a c"]);
    check_answer(&["/@same_as/c = 2a false | 2d false"], "c", "two", &["/@same_as/c = 2a false | 2d false"]);
    check_answer(&["/name = 1a S"], "c", "-", &["/name = 1a S"]);
    check_answer(&["/@same_as/c = 2a -"], "c", "-", &["/@same_as/c = 2a -"]);
}

#[test]
fn answer_clears_the_earlier_form_about_the_same_pair_only() {
    check_answer(&["/@same_as = 2a c"], "c", "-", &["/@same_as = 3z -"]);
    check_answer(&["/@same_as = 2a c | 2d d"], "c", "two", &["/@same_as = 2d d | 3z -", "/@same_as/c = 3z false"]);
    check_answer(&["/@same_as = 2a d"], "c", "=c", &["/@same_as = 2a d", "/@same_as/c = 3z c"]);
}

#[test]
fn set_same_as_none_takes_every_answer_back() {
    let mut record = unit(&["/@same_as = 2a d", "/@same_as/c = 2a false"]);
    record.set_same_as(None, &author('z')).unwrap();
    assert_eq!(
        (lines(&record), record.read_unit_answers()),
        (vec!["/@same_as = 3z -".into(), "/@same_as/c = 4z -".into()], vec![])
    );
    record.set_same_as(Some(&id("c")), &author('z')).unwrap();
    assert_eq!(record.read_unit_answers(), [(id("c"), SameUnitAnswer::Same(id("c")))]);
}

#[test]
fn the_record_of_the_lower_id_gets_the_answer() {
    for (one, other) in [("a", "b"), ("b", "a")] {
        let texts = answers_by_record(&id(one), &id(other), answer("=b"))
            .map(|(record, about, answer)| format!("{record} {about} {}", answer_text(answer.as_ref())));
        assert_eq!(texts, ["a b =b", "b a -"]);
    }
}

#[test]
fn only_units_outside_the_trash_have_a_say() {
    let answer = "/@same_as/c = 2a c";
    assert_eq!(unit_answers(&unit(&[answer])), Some((id("b"), vec![(id("c"), SameUnitAnswer::Same(id("c")))])));
    let deleted = format!("/@deleted = 3a {}", deletion("2a"));
    assert_eq!(unit_answers(&unit(&[&deleted, answer, "/name = 1a S"])), None);
    assert!(unit_answers(&unit(&[&deleted, answer, "/name = 3d S"])).is_some(), "deleted but changed");
    assert_eq!(unit_answers(&record_of("goal", "b", &["/text = 1a Et"])), None);
}

/// Parses units and their answers: `a`, `b: a=a`, `c: a=c btwo`.
fn units(texts: &[&str]) -> Vec<UnitAnswers> {
    let unit = |text: &&str| {
        let (name, answers) = text.split_once(": ").unwrap_or((text, ""));
        let answer = |text: &str| (id(&text[..1]), self::answer(&text[1..]).unwrap());
        (id(name), answers.split_whitespace().map(answer).collect())
    };
    texts.iter().map(unit).collect()
}

/// `groups` lists for each group the representative id and the ids that it represents: `a: b c`.
#[track_caller]
fn check_among(texts: &[&str], groups: &[&str], doubts: &[&str]) {
    let mut units = units(texts);
    for _ in 0..units.len() {
        units.rotate_left(1);
        let identities = Identities::from_units(&units);
        let representative =
            identities.representative.iter().map(|(id, representative)| format!("{representative}: {id}"));
        let expected = groups.iter().flat_map(|group| {
            let (representative, others) = group.split_once(": ").unwrap();
            others.split(' ').map(move |id| format!("{representative}: {id}"))
        });
        let by_id = |text: &String| text.chars().next_back();
        let mut expected: Vec<_> = expected.collect();
        expected.sort_by_key(by_id);
        assert_eq!(representative.collect::<Vec<_>>(), expected, "{units:?}");
        let in_doubt: Vec<_> = identities.doubts().iter().map(|(one, other)| format!("{one} {other}")).collect();
        assert_eq!(in_doubt, doubts, "{units:?}");
        assert_eq!(identities.is_empty(), groups.is_empty());
    }
}

#[test]
fn the_unit_that_is_under_no_other_is_the_standing_one() {
    check_among(&["a", "b"], &[], &[]);
    check_among(&["a", "b: a=a"], &["a: b"], &[]);
    check_among(&["a: b=b", "b"], &["b: a"], &[]);
    check_among(&["a: b=b", "b: c=c", "c"], &["c: a b"], &[]);
    check_among(&["a: b=b c=c", "b", "c"], &["b: a c"], &[]);
    check_among(&["a: b=b", "b", "c: d=c", "d"], &["b: a", "c: d"], &[]);
    // Circles have no such unit: the lowest is taken.
    check_among(&["a: b=b", "b: a=a"], &["a: b"], &[]);
    check_among(&["a: b=b", "b: c=c", "c: a=a"], &["a: b c"], &[]);
}

#[test]
fn units_that_are_not_here_represent_nobody() {
    check_among(&["b: a=a"], &[], &[]);
    check_among(&["b: a=a", "c: a=a"], &["b: c"], &[]);
    check_among(&["b: a=a", "c: a=c"], &["b: c"], &[]);
    check_among(&["a", "b: b=b"], &[], &[]);
}

#[test]
fn units_answered_to_be_two_are_in_doubt_not_the_same() {
    check_among(&["a: btwo", "b"], &[], &[]);
    check_among(&["a: btwo", "b: a=a"], &[], &["a b"]);
    check_among(&["a: b=b btwo", "b"], &[], &["a b"]);
    // The last pair of a chain is separated, as the others are united in the order of their ids.
    check_among(&["a: b=a ctwo", "b: c=b", "c"], &["a: b"], &["b c"]);
    check_among(&["a: b=a dtwo", "b", "c: d=c", "d: b=b"], &["a: b", "c: d"], &["b d"]);
    // A doubt about a unit that is not here is nobody's question.
    check_among(&["b: a=a atwo"], &[], &[]);
}

#[test]
fn of_resolves_to_the_lowest_id_wherever_the_units_are() {
    let records = [unit(&["/@same_as/c = 1a c"]), record_of("enhed", "d", &["/@same_as/c = 1a d"])];
    let identities = Identities::of(&records);
    for name in ["b", "c", "d"] {
        assert_eq!(identities.resolve(&id(name)), &id("b"));
    }
    assert_eq!(identities.resolve(&id("e")), &id("e"));
    let among = Identities::from_living_units(&records);
    assert_eq!(among.resolve(&id("c")), &id("c"), "not here");
    assert!(among.is_same(&id("b"), &id("d")));
}

#[test]
fn derived_ids_follow_the_unit() {
    let identities = Identities::from_units(&units(&["a: b=b", "b", "c: b=b", "d"]));
    for (one, expected) in [
        ("a", "b"),
        ("b", "b"),
        ("d", "d"),
        ("a.fravaer", "b.fravaer"),
        ("a.fravaer.2024-25", "b.fravaer.2024-25"),
        ("d.fravaer", "d.fravaer"),
        ("fravaer.a", "fravaer.a"),
        ("ab.fravaer", "ab.fravaer"),
    ] {
        assert_eq!(identities.representative_id(&id(one)), id(expected), "{one}");
    }
    let merged = |text: &str| identities.merged_ids(&id(text)).iter().map(Id::to_string).collect::<Vec<_>>().join(" ");
    assert_eq!(merged("b"), "a c");
    assert_eq!(merged("b.fravaer.2024-25"), "a.fravaer.2024-25 c.fravaer.2024-25");
    assert_eq!((merged("a"), merged("d.fravaer"), merged("bb")), (String::new(), String::new(), String::new()));
}

#[track_caller]
fn check_given(given: &UnitAnswerChanges, expected: &[&str]) {
    let texts: Vec<_> =
        given.iter().map(|(one, other, answer)| format!("{one} {other} {}", answer_text(answer.as_ref()))).collect();
    assert_eq!(texts, expected);
}

#[test]
fn apart_answers_two_and_keeps_the_others_together() {
    check_given(&separate_unit(&units(&["a", "b: a=a"]), &id("b")), &["b a two"]);
    check_given(&separate_unit(&units(&["a", "b: a=a", "c"]), &id("c")), &[]);
    check_given(&separate_unit(&units(&["a", "b: a=a", "c: b=b"]), &id("c")), &["c b two"]);
    check_given(&separate_unit(&units(&["a", "b: a=a", "c: b=b"]), &id("b")), &["b a two", "b c two", "a c =a"]);
    check_given(&separate_unit(&units(&["a", "b: a=a", "c: a=a"]), &id("a")), &["a b two", "a c two", "b c =b"]);
    // The representative unit stands for the rest as well.
    check_given(&separate_unit(&units(&["a: b=b", "b: c=c", "c"]), &id("b")), &["b a two", "b c two", "c a =c"]);
}

#[test]
fn settle_answers_a_pair_and_takes_obstacles_back() {
    let pair = (&id("a"), &id("b"));
    check_given(&resolve_doubt(&units(&["a: btwo", "b: a=b"]), pair, false), &["a b two"]);
    check_given(&resolve_doubt(&units(&["a: btwo", "b: a=b"]), pair, true), &["a b =b"]);
    check_given(&resolve_doubt(&units(&["a: btwo", "b"]), pair, true), &["a b =a"]);
    let chain = units(&["a: b=a ctwo", "b: c=c", "c"]);
    check_given(&resolve_doubt(&chain, (&id("c"), &id("b")), true), &["a c -", "b c =c"]);
    let far = units(&["a: b=a ctwo dtwo", "b: c=c", "c", "d"]);
    check_given(&resolve_doubt(&far, (&id("b"), &id("c")), true), &["a c -", "b c =c"]);
}
