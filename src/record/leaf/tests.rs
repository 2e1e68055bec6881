//! What a leaf shows, and how it is written and merged.

use super::*;
use crate::record::fixtures::{dot, dot_text, dots, leaf, leaf_text, state, value, value_text};

#[track_caller]
fn check_merge((ours, our_seen): (&str, &str), (theirs, their_seen): (&str, &str), expected: Result<&str, &str>) {
    let (ours, theirs) = (leaf(ours), leaf(theirs));
    let (our_seen, their_seen): (Seen, Seen) = (dots(our_seen), dots(their_seen));
    let merged = ours.merge(&our_seen, &theirs, &their_seen);
    assert_eq!(
        merged.as_ref().map(leaf_text).map_err(|dot| dot_text(*dot)),
        expected.map(str::to_owned).map_err(str::to_owned)
    );
    assert_eq!(theirs.merge(&their_seen, &ours, &our_seen), merged, "the other way round");
    if let Ok(merged) = merged {
        let mut seen = our_seen.clone();
        seen.join(&their_seen);
        assert_eq!(merged.merge(&seen, &ours, &our_seen).as_ref(), Ok(&merged), "merged again");
    }
}

#[test]
fn merge_keeps_what_both_have_or_one_has_not_seen() {
    check_merge(("1a Et", "1a"), ("1a Et", "1a"), Ok("1a Et"));
    check_merge(("", ""), ("1a Et", "1a"), Ok("1a Et"));
    check_merge(("2b To", "1a 2b"), ("2c Tre", "1a 2c"), Ok("2b To | 2c Tre"));
    check_merge(("1a Et | 3c Tre", "1a 3c"), ("1a Et | 2b To", "1a 2b"), Ok("1a Et | 2b To | 3c Tre"));
    check_merge(("", "1a"), ("2a To", "2a"), Ok("2a To"));
}

#[test]
fn merge_drops_what_the_other_has_seen_and_replaced() {
    check_merge(("2b To", "1a 2b"), ("1a Et", "1a"), Ok("2b To"));
    check_merge(("", "1a"), ("1a Et", "1a"), Ok(""));
    check_merge(("", "3a"), ("2a To", "2a"), Ok(""));
    check_merge(("3c Tre", "2a 2b 3c"), ("2a Et | 2b To", "2a 2b"), Ok("3c Tre"));
    check_merge(("3c Tre", "2a 3c"), ("2a Et | 2b To", "2a 2b"), Ok("2b To | 3c Tre"));
}

#[test]
fn merge_takes_the_higher_state_and_refuses_two_values() {
    check_merge(("1a ?", "1a"), ("1a Et", "1a"), Ok("1a Et"));
    check_merge(("1a ?", "1a"), ("1a ?", "1a"), Ok("1a ?"));
    check_merge(("1a ?", "1a"), ("1a x", "1a"), Ok("1a x"));
    check_merge(("1a Et", "1a"), ("1a x", "1a"), Ok("1a x"));
    check_merge(("1a Et | 2b To", "1a 2b"), ("1a Et | 2b Tre", "1a 2b"), Err("2b"));
    check_merge(("1a Et", "1a"), ("1a -", "1a"), Err("1a"));
}

/// `wordings`: the value and the dots of each wording.
#[track_caller]
fn check_shown(text: &str, wordings: &[(&str, &str)]) {
    let leaf = leaf(text);
    let texts = |wording: &Wording<'_>| {
        (value_text(wording.value), wording.dots.iter().map(|dot| dot_text(*dot)).collect::<Vec<_>>().join(" "))
    };
    let expected: Vec<_> = wordings.iter().map(|(value, dots)| ((*value).to_owned(), (*dots).to_owned())).collect();
    assert_eq!(leaf.wordings().iter().map(texts).collect::<Vec<_>>(), expected, "{text}");
    assert_eq!(leaf.shown().map(value_text), expected.into_iter().next().map(|(value, _)| value), "{text}");
}

#[test]
fn shown_is_the_highest_dot_and_equal_values_are_one_wording() {
    check_shown("", &[]);
    check_shown("1a Et", &[("Et", "1a")]);
    check_shown("2a Et | 2b To", &[("To", "2b"), ("Et", "2a")]);
    check_shown("2b To | 10a Et", &[("Et", "10a"), ("To", "2b")]);
    check_shown("2a Et | 2b Et", &[("Et", "2a 2b")]);
    check_shown("2a Et | 2b To | 3c Et", &[("Et", "2a 3c"), ("To", "2b")]);
    check_shown(r#"2a 7 | 2b "7""#, &[(r#""7""#, "2b"), ("7", "2a")]);
}

#[test]
fn untouched_values_compete_with_no_other() {
    check_shown("1a -", &[("-", "1a")]);
    check_shown("1a - | 1b -", &[("-", "1a 1b")]);
    check_shown("1a Et | 1b -", &[("Et", "1a")]);
    check_shown("1a - | 1b ?", &[("-", "1a")]);
    // A field that was emptied later is a wording.
    check_shown("1a Et | 2b -", &[("-", "2b"), ("Et", "1a")]);
    check_shown("1a - | 2b -", &[("-", "2b")]);
}

#[test]
fn withheld_and_forgotten_values_are_no_wordings() {
    check_shown("1a ?", &[]);
    check_shown("1a x", &[]);
    check_shown("1a Et | 2b ? | 2c x", &[("Et", "1a")]);
}

#[track_caller]
fn check_mask(text: &str, shown_dots: &str, is_masked: bool) {
    let leaf = leaf(text);
    assert_eq!(leaf.shown_dots(), dots(shown_dots), "{text}");
    assert_eq!(leaf.is_masked(), is_masked, "{text}");
}

#[test]
fn withheld_writes_are_not_shown() {
    check_mask("", "", false);
    check_mask("1a -", "1a", false);
    check_mask("1a Et | 2b ? | 2c x", "1a 2c", false);
    check_mask("1a ?", "", true);
    check_mask("1a x", "1a", false);
    check_mask("1a ? | 2b x", "2b", true);
}

#[test]
fn only_a_known_value_but_null_says_something() {
    for (text, expected) in
        [("Et", true), ("0", true), ("false", true), (r#""""#, true), ("-", false), ("?", false), ("x", false)]
    {
        assert_eq!(state(text).has_value(), expected, "{text}");
    }
}

#[track_caller]
fn check_write(before: &str, replaces: &str, after: &str) {
    let mut leaf = leaf(before);
    leaf.write(dot("9z"), value("Ny"), &dots(replaces));
    assert_eq!(leaf_text(&leaf), after);
}

#[test]
fn write_replaces_exactly_the_given_dots_but_withheld_ones() {
    check_write("", "", "9z Ny");
    check_write("1a Et", "1a", "9z Ny");
    check_write("1a Et", "", "1a Et | 9z Ny");
    check_write("1a Et", "2b", "1a Et | 9z Ny");
    check_write("1a Et | 2b To", "2b", "1a Et | 9z Ny");
    check_write("1a x", "1a", "9z Ny");
    check_write("1a ? | 2b To", "1a 2b", "1a ? | 9z Ny");
}

#[track_caller]
fn check_insert_or_join(before: &str, write: (&str, &str), after: &str, is_joined: bool) {
    let mut leaf = leaf(before);
    assert_eq!(leaf.insert_or_join(dot(write.0), &state(write.1)), is_joined);
    assert_eq!(leaf_text(&leaf), after);
}

#[test]
fn insert_or_join_refuses_a_second_value_only() {
    check_insert_or_join("", ("1a", "Et"), "1a Et", true);
    check_insert_or_join("1a Et | 3a Tre", ("2a", "To"), "1a Et | 2a To | 3a Tre", true);
    check_insert_or_join("1a Et", ("1a", "Et"), "1a Et", true);
    check_insert_or_join("1a ?", ("1a", "Et"), "1a Et", true);
    check_insert_or_join("1a Et", ("1a", "?"), "1a Et", true);
    check_insert_or_join("1a Et", ("1a", "x"), "1a x", true);
    check_insert_or_join("1a Et", ("1a", "To"), "1a Et", false);
}

#[test]
fn insert_refuses_a_dot_that_is_there() {
    let mut leaf = leaf("1a Et | 3a ?");
    assert_eq!(leaf.insert(dot("3a"), state("Tre")), Err(dot("3a")));
    assert_eq!(leaf.insert(dot("2b"), state("x")), Ok(()));
    assert_eq!(leaf_text(&leaf), "1a Et | 2b x | 3a ?");
    assert_eq!(leaf.get(dot("2b")), Some(&state("x")));
    assert_eq!(leaf.get(dot("2a")), None);
}

#[test]
fn untouched_is_null_with_count_1() {
    for (dot_text, value_text, expected) in
        [("1a", "-", true), ("2a", "-", false), ("1a", "Et", false), ("1a", r#""""#, false)]
    {
        assert_eq!(is_untouched((dot(dot_text), &value(value_text))), expected, "{dot_text} {value_text}");
    }
}
