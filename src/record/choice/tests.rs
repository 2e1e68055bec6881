//! Which choices are open, and how they are resolved.

use super::*;
use crate::record::fixtures::{author, deletion, dot, goal, lines, path, value, value_text};

const ENTRY: &str = "/initiatives/i1";

/// Wordings are given as `/path: first | second`, a deletion as `slettet` and the path of the entry.
#[track_caller]
fn check_choices(leaves: &[&str], expected: &[&str]) {
    let record = goal(leaves);
    let text = |choice: &Choice<'_>| match choice {
        Choice::Wordings { path, wordings } => {
            let values: Vec<String> = wordings.iter().map(|wording| value_text(wording.value)).collect();
            format!("{path}: {}", values.join(" | "))
        }
        Choice::DeletedButChanged { entry } => {
            format!("slettet {}", entry.as_ref().map(Path::as_str).unwrap_or_default())
        }
    };
    assert_eq!(record.choices().iter().map(text).collect::<Vec<_>>(), expected, "{leaves:?}");
    assert!(record.may_be_open() || expected.is_empty(), "the quick test must not miss an open choice");
}

#[test]
fn several_wordings_of_a_leaf_are_a_choice() {
    check_choices(&["/text = 1a Et"], &[]);
    check_choices(&["/text = 2a Et | 2b To"], &["/text: To | Et"]);
    check_choices(&["/text = 2a Et | 2b Et"], &[]);
    check_choices(&["/text = 1a - | 1b Et"], &[]);
    check_choices(&["/text = 1a Et | 2b -"], &["/text: - | Et"]);
    check_choices(&["/text = 1a Et | 2b ? | 2c x"], &[]);
    check_choices(&["/future = 2a 7 | 2b 8"], &["/future: 8 | 7"]);
}

#[test]
fn positions_and_own_leaves_are_no_choice() {
    check_choices(&["/order = 2a Et | 2b To"], &[]);
    check_choices(&["/initiatives/i1/order = 2a Et | 2b To"], &[]);
    check_choices(&["/@same_as/e1 = 2a e1 | 2b false", "/text = 1a Et"], &[]);
}

#[test]
fn a_deletion_that_does_not_cover_a_change_is_a_choice() {
    let of_record = format!("/@deleted = 3a {}", deletion("2a"));
    check_choices(&[&of_record, "/text = 2a Et"], &[]);
    check_choices(&[&of_record, "/text = 2a Et | 2b To"], &["slettet ", "/text: To | Et"]);
    let of_entry = format!("{ENTRY}/@deleted = 3a {}", deletion("2a"));
    let text = format!("{ENTRY}/text = 2a Sang | 2b Dans");
    let text_choice = format!("{ENTRY}/text: Dans | Sang");
    check_choices(&[&of_entry, &text], &[&format!("slettet {ENTRY}"), &text_choice]);
    check_choices(
        &[&of_entry, &text, "/initiatives/i2/text = 2a Et | 2b To"],
        &[&format!("slettet {ENTRY}"), &text_choice, "/initiatives/i2/text: To | Et"],
    );
}

#[test]
fn nothing_in_the_trash_is_a_choice() {
    let of_record = format!("/@deleted = 3a {}", deletion("2a 2b"));
    check_choices(&[&of_record, "/text = 2a Et | 2b To"], &[]);
    let of_entry = format!("{ENTRY}/@deleted = 3a {}", deletion("2a 2b"));
    check_choices(&[&of_entry, &format!("{ENTRY}/text = 2a Et | 2b To")], &[]);
}

#[test]
fn may_be_open_needs_a_second_write_or_a_deletion() {
    let cases: [(&[&str], bool); 4] = [
        (&["/text = 1a Et", "/area = 2b To"], false),
        (&["/text = 1a Et | 1b Et"], true),
        (&["/@deleted = 2a -", "/text = 1a Et"], true),
        (&["/initiatives/i1/@deleted = 2a -"], true),
    ];
    for (leaves, expected) in cases {
        assert_eq!(goal(leaves).may_be_open(), expected, "{leaves:?}");
    }
}

#[track_caller]
fn check_resolve(before: &str, resolution: Resolution, after: &str) {
    let mut record = goal(&[&format!("/text = {before}")]);
    record.resolve(&path("/text"), resolution, &mut Focus::default(), &author('z')).unwrap();
    assert_eq!(lines(&record), [format!("/text = {after}")]);
}

#[test]
fn resolve_writes_one_value_over_the_shown_ones() {
    check_resolve("2a Et | 2b To", Resolution::Keep(dot("2a")), "3z Et");
    check_resolve("2a Et | 2b To | 3c Et", Resolution::Keep(dot("2a")), "4z Et");
    check_resolve("2a Et | 2b To", Resolution::All, "3z To\n\nEt");
    check_resolve("1a Et | 2b -", Resolution::All, "3z Et");
    check_resolve("2a Et | 2b To", Resolution::Replace(value("Ny")), "3z Ny");
    check_resolve("2a Et | 2b ?", Resolution::Replace(value("Ny")), "2b ? | 3z Ny");
}

#[test]
fn resolve_does_nothing_if_the_kept_wording_is_gone() {
    check_resolve("2a Et | 2b To", Resolution::Keep(dot("1c")), "2a Et | 2b To");
    check_resolve("2a Et | 2b ?", Resolution::Keep(dot("2b")), "2a Et | 2b ?");
    check_resolve("1a - | 1b Et", Resolution::Keep(dot("1a")), "1a - | 1b Et");
}

#[test]
fn resolve_keeps_what_arrived_after_the_choice_was_shown() {
    let (mut record, mut focus) = (goal(&["/text = 2a Et | 2b To"]), Focus::default());
    focus.enter(&record, path("/text"));
    record = record.merge(&goal(&["/text = 2c Tre"])).unwrap();
    record.resolve(&path("/text"), Resolution::Keep(dot("2a")), &mut focus, &author('z')).unwrap();
    assert_eq!(lines(&record), ["/text = 2c Tre | 3z Et"]);
}
