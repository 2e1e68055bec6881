//! Creating, editing, writing and copying records.

use super::*;
use crate::domain::comment::Comment;
use crate::domain::goal::{Anchor, Goal, Horizon, Initiative};
use crate::domain::text::UserText;
use crate::record::dot::Seen;
use crate::record::fixtures::{author, deletion, dot, dots, goal, id, lines, path, record_of, value};

#[test]
fn create_writes_every_leaf_of_the_type_in_one_write() {
    let comment = Comment { text: "Husk".into(), ..Comment::default() };
    let record = Record::create(id("c1"), &comment, &author('a')).unwrap();
    assert_eq!(
        lines(&record),
        ["/author = 1a -", "/date = 1a -", "/field = 1a -", "/on = 1a -", "/settled = 1a -", "/text = 1a Husk"]
    );
    assert_eq!((record.seen().clone(), record.stamps().count()), (dots("1a"), 1));
}

/// Edits by the author `b`.
#[track_caller]
fn check_edit(before: &[&str], change: impl FnOnce(&mut Goal), after: &[&str]) {
    let mut record = goal(before);
    record.edit::<Goal>(&mut Focus::default(), &author('b'), change).unwrap();
    assert_eq!(lines(&record), after);
}

#[test]
fn edit_writes_only_leaves_that_changed() {
    check_edit(&["/text = 1a Et"], |_| (), &["/text = 1a Et"]);
    check_edit(&["/text = 1a Et"], |goal| goal.text = "Et".into(), &["/text = 1a Et"]);
    check_edit(&["/text = 1a Et"], |goal| goal.text = "To".into(), &["/text = 2b To"]);
    check_edit(&["/text = 1a Et"], |goal| goal.text = UserText::default(), &["/text = 2b -"]);
    check_edit(
        &["/horizon = 1a -", "/text = 4a Et"],
        |goal| goal.horizon = Some(Horizon::Short),
        &["/horizon = 5b short", "/text = 4a Et"],
    );
    check_edit(
        &["/future = 1a 7", "/text = 1a Et"],
        |goal| (goal.text, goal.expected_effect) = ("To".into(), "Ro".into()),
        &["/expected_effect = 2b Ro", "/future = 1a 7", "/text = 2b To"],
    );
}

#[test]
fn edit_replaces_all_wordings_but_masked_ones() {
    check_edit(&["/text = 1a Et | 2c To"], |goal| goal.text = "Ny".into(), &["/text = 3b Ny"]);
    check_edit(&["/text = 1a ?"], |goal| goal.text = "Ny".into(), &["/text = 1a ? | 2b Ny"]);
    check_edit(&["/text = 1a x"], |goal| goal.text = "Ny".into(), &["/text = 2b Ny"]);
}

#[test]
fn edit_sets_removed_leaves_of_a_map_to_null() {
    let theme = r#"{"theme":"t1"}"#;
    check_edit(
        &["/text = 1a Et"],
        |goal| drop(goal.anchors.insert(id("k1"), Anchor::Theme(id("t1")))),
        &[&format!("/anchors/k1 = 2b {theme}"), "/text = 1a Et"],
    );
    check_edit(
        &[&format!("/anchors/k1 = 1a {theme}")],
        |goal| drop(goal.anchors.remove(&id("k1"))),
        &["/anchors/k1 = 2b -"],
    );
}

fn initiative(text: &str) -> Initiative {
    Initiative { text: text.into(), ..Initiative::default() }
}

#[test]
fn edit_leaves_out_empty_fields_of_a_new_entry_with_a_value() {
    check_edit(
        &["/text = 1a Et"],
        |goal| drop(goal.initiatives.insert(id("i1"), initiative("Sang"))),
        &["/initiatives/i1/text = 2b Sang", "/text = 1a Et"],
    );
    // An entry without a value needs some leaf to exist.
    check_edit(
        &["/text = 1a Et"],
        |goal| drop(goal.initiatives.insert(id("i1"), initiative(""))),
        &[
            "/initiatives/i1/order = 2b -",
            "/initiatives/i1/origin = 2b -",
            "/initiatives/i1/period = 2b -",
            "/initiatives/i1/responsible = 2b -",
            "/initiatives/i1/status = 2b -",
            "/initiatives/i1/text = 2b -",
            "/text = 1a Et",
        ],
    );
}

#[test]
fn edit_moves_a_removed_entry_to_the_trash_and_restores_an_inserted_one() {
    let deleted = format!("/initiatives/i1/@deleted = 2b {}", deletion("1a"));
    check_edit(
        &["/initiatives/i1/text = 1a Sang"],
        |goal| drop(goal.initiatives.remove(&id("i1"))),
        &[&deleted, "/initiatives/i1/text = 1a Sang"],
    );
    check_edit(
        &[&deleted, "/initiatives/i1/responsible = 1a Alle", "/initiatives/i1/text = 1a Sang"],
        |goal| drop(goal.initiatives.insert(id("i1"), initiative("Dans"))),
        &["/initiatives/i1/@deleted = 3b -", "/initiatives/i1/responsible = 3b -", "/initiatives/i1/text = 3b Dans"],
    );
}

#[test]
fn edit_refuses_another_kind_and_a_value_that_the_body_cannot_hold() {
    for mut record in [record_of("enhed", "g1", &["/name = 1a Et"]), goal(&["/text = 1a 7"])] {
        let before = record.clone();
        let error = record.edit::<Goal>(&mut Focus::default(), &author('b'), |goal| goal.text = "To".into());
        assert!(matches!(error, Err(EditError::NotThisBody(_))), "{error:?}");
        assert_eq!(record, before);
    }
}

#[track_caller]
fn check_refused(before: &[&str], leaf: &str, expected: fn(&EditError) -> bool) {
    let mut record = goal(before);
    let unchanged = record.clone();
    let writes = [(path("/text"), value("Ny")), (Path::root(leaf), value("Ny"))];
    let error = record.write(writes, &mut Focus::default(), &author('b')).unwrap_err();
    assert!(expected(&error), "{error:?}");
    assert_eq!(record, unchanged, "nothing is written");
}

#[test]
fn write_refuses_long_paths_and_a_count_at_its_end() {
    let counted_out = format!("seen = {}a", Seen::MAX_COUNT);
    check_refused(&["/text = 1a Et", &counted_out], "area", |error| matches!(error, EditError::CountedOut));
    let long = "x".repeat(Path::MAX_LEN);
    check_refused(&["/text = 1a Et"], &long, |error| matches!(error, EditError::PathTooLong));
    let mut record = goal(&["/text = 1a Et"]);
    let longest = Path::root(&long[1..]);
    record.write([(longest.clone(), value("Ny"))], &mut Focus::default(), &author('b')).unwrap();
    assert!(Path::parse(longest.as_str()).is_some() && record.leaf(&longest).is_some());
}

#[test]
fn every_error_says_that_nothing_was_changed() {
    let not_this_body = serde_json::from_str::<u8>("x").unwrap_err();
    for error in [
        EditError::NotThisBody(not_this_body),
        EditError::CountedOut,
        EditError::PathTooLong,
        EditError::NotDeleted,
        EditError::NothingToCopy,
    ] {
        assert!(error.to_string().contains("Intet er ændret."), "{error}");
    }
}

#[test]
fn write_of_nothing_makes_no_write() {
    let mut record = goal(&["/text = 1a Et"]);
    let before = record.clone();
    record.write([], &mut Focus::default(), &author('b')).unwrap();
    assert_eq!(record, before);
}

#[test]
fn write_uses_one_dot_and_drops_stamps_of_replaced_writes() {
    let mut record = goal(&["/area = 2a -", "/text = 1a Et", "seen = 6c"]);
    record
        .write([(path("/text"), value("Ny")), (path("/new"), value("7"))], &mut Focus::default(), &author('b'))
        .unwrap();
    assert_eq!(lines(&record), ["/area = 2a -", "/new = 7b 7", "/text = 7b Ny"]);
    assert_eq!(record.stamps().map(|(dot, _)| dot).collect::<Vec<_>>(), [dot("2a"), dot("7b")]);
    assert_eq!(*record.seen(), dots("2a 6c 7b"));
}

/// Enters `/text` on one state, then lets another arrive, then types twice as `b`.
#[track_caller]
fn check_focus(entered: &[&str], arrived: &[&str], first: &str, second: &str) {
    let (mut record, mut focus) = (goal(entered), Focus::default());
    focus.enter(&record, path("/text"));
    record = record.merge(&goal(arrived)).unwrap();
    for (typed, expected) in [("N", first), ("Ny", second)] {
        record.write([(path("/text"), value(typed))], &mut focus, &author('b')).unwrap();
        let expected = format!("/text = {expected}");
        assert!(lines(&record).contains(&expected), "{expected}: {:?}", lines(&record));
    }
}

#[test]
fn focus_keeps_what_arrived_beside_what_is_typed() {
    check_focus(&["/text = 1a Et"], &["/text = 1a Et"], "2b N", "3b Ny");
    check_focus(&["/text = 1a Et"], &["/text = 2c To", "seen = 1a"], "2c To | 3b N", "2c To | 4b Ny");
    check_focus(&["/text = 1a Et | 2d To"], &["/text = 1a Et"], "3b N", "4b Ny");
    check_focus(&["/area = 1a -"], &["/text = 1c To"], "1c To | 2b N", "1c To | 3b Ny");
    check_focus(&["/text = 1a ?"], &["/text = 1a Et"], "1a Et | 2b N", "1a Et | 3b Ny");
}

#[test]
fn focus_concerns_its_own_field_until_left() {
    let (mut record, mut focus) = (goal(&["/area = 1a -", "/text = 1a Et"]), Focus::default());
    focus.enter(&record, path("/text"));
    record = record.merge(&goal(&["/area = 2c To", "/text = 2c To", "seen = 1a"])).unwrap();
    record.write([(path("/area"), value("Ny"))], &mut focus, &author('b')).unwrap();
    record.write([(path("/text"), value("Ny"))], &mut focus, &author('b')).unwrap();
    assert_eq!(lines(&record), ["/area = 3b Ny", "/text = 2c To | 4b Ny"]);
    focus.leave(&path("/text"));
    record.write([(path("/text"), value("Alt"))], &mut focus, &author('b')).unwrap();
    assert_eq!(lines(&record), ["/area = 3b Ny", "/text = 5b Alt"]);
}

#[test]
fn write_over_replaces_the_given_dots_and_returns_its_own() {
    let mut record = goal(&["/text = 1a Et | 2c To"]);
    let over = |replaces: &str| vec![(path("/text"), value("Ny"), dots(replaces))];
    assert_eq!(record.write_over(Vec::new(), &author('b')).unwrap(), None);
    assert_eq!(record.write_over(over("2c"), &author('b')).unwrap(), Some(dot("3b")));
    assert_eq!(lines(&record), ["/text = 1a Et | 3b Ny"]);
}

/// Copies by the author `b`; `None` if there is nothing to copy.
#[track_caller]
fn check_copy(before: &[&str], expected: Option<&[&str]>) {
    let copy = goal(before).copy_as(id("g2"), &author('b'));
    match (copy, expected) {
        (Ok(copy), Some(expected)) => {
            assert_eq!(lines(&copy), expected);
            assert_eq!((copy.id(), copy.kind_name()), (&id("g2"), "goal"));
            assert_eq!(*copy.seen(), dots("1b"));
        }
        (Err(EditError::NothingToCopy), None) => {}
        (copy, _) => panic!("{copy:?}"),
    }
}

#[test]
fn copy_as_copies_shown_values_outside_the_trash() {
    check_copy(
        &["/area = 1a -", "/future = 1a 7", "/text = 1a Et | 2c To"],
        Some(&["/area = 1b -", "/future = 1b 7", "/text = 1b To"]),
    );
    check_copy(&["/area = 1a ?", "/text = 1a Et | 2c ?"], Some(&["/text = 1b Et"]));
    let deleted = format!("/initiatives/i1/@deleted = 2a {}", deletion("1a"));
    check_copy(&[&deleted, "/initiatives/i1/text = 1a Sang", "/text = 1a Et"], Some(&["/text = 1b Et"]));
    check_copy(
        &[&deleted, "/initiatives/i1/text = 2c Dans", "/text = 1a Et"],
        Some(&["/initiatives/i1/text = 1b Dans", "/text = 1b Et"]),
    );
    check_copy(&["/text = 1a ?"], None);
    check_copy(&["/@same_as/e2 = 1a e2", "/text = 1a x"], None);
}

#[test]
fn copy_as_leaves_out_own_leaves_but_not_cpr_answers() {
    check_copy(
        &[
            &format!("/@deleted = 3a {}", deletion("2a")),
            "/@not_cpr/1 = 2a true",
            "/@same_as/e2 = 2a e2",
            "/text = 1a Et",
        ],
        Some(&["/@not_cpr/1 = 1b true", "/text = 1b Et"]),
    );
}
