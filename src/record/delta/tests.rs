//! The difference between two states, and undoing it.

use super::*;
use crate::record::fixtures::{author, deletion, dot, dot_text, goal, id, lines, path, value_text};

const ENTRY: &str = "/initiatives/i1";

fn texts(values: &[LeafValue]) -> String {
    values.iter().map(value_text).collect::<Vec<_>>().join(" | ")
}

fn dot_texts(dots: &SortedSet<Dot>) -> String {
    dots.iter().map(|dot| dot_text(*dot)).collect::<Vec<_>>().join(" ")
}

/// The changes as `/path: before => after, +brought, -replaced`.
fn changes(delta: &RecordDelta) -> Vec<String> {
    let change = |(path, change): (&Path, &LeafDelta)| {
        let after = change.after.as_ref().map(value_text).unwrap_or_default();
        let (brought, replaced) = (dot_texts(&change.brought), dot_texts(&change.replaced));
        format!("{path}: {} => {after}, +{brought}, -{replaced}", texts(&change.before))
    };
    delta.leaves.iter().map(change).collect()
}

/// What was created: the paths of entries, the empty text for the record.
fn added(delta: &RecordDelta) -> Vec<&str> {
    delta.added.iter().map(|entry| entry.as_ref().map(Path::as_str).unwrap_or_default()).collect()
}

#[track_caller]
fn check_between(before: &[&str], after: &[&str], expected: &[&str], expected_added: &[&str]) {
    let delta = RecordDelta::between(Some(&goal(before)), &goal(after));
    assert_eq!(
        (changes(&delta), added(&delta)),
        (expected.iter().map(|&line| line.to_owned()).collect(), expected_added.to_vec())
    );
    assert_eq!(delta.is_empty(), expected.is_empty());
    assert!(delta.equivalents.is_empty());
}

#[test]
fn between_lists_leaves_whose_wordings_changed() {
    check_between(&["/text = 1a Et"], &["/text = 1a Et"], &[], &[]);
    check_between(&["/text = 1a Et"], &["/text = 2b To"], &["/text: Et => To, +2b, -1a"], &[]);
    check_between(&["/text = 1a Et"], &["/text = 1a Et | 2b To"], &["/text: Et => To, +2b, -"], &[]);
    check_between(&["/text = 1a Et | 2b To"], &["/text = 3c Et"], &["/text: To | Et => Et, +3c, -1a 2b"], &[]);
    check_between(&["/text = 1a Et"], &["/text = 1a x"], &["/text: Et => , +, -"], &[]);
    check_between(&["/text = 1a ?"], &["/text = 1a Et"], &["/text:  => Et, +, -"], &[]);
}

#[test]
fn between_leaves_out_equal_wordings_of_an_old_leaf() {
    check_between(&["/text = 1a Et"], &["/text = 2b Et"], &[], &[]);
    check_between(&["/text = 1a Et"], &["/text = 1a Et | 2b ?"], &[], &[]);
    check_between(&["/text = 1a Et"], &["/area = 2b ?", "/text = 1a Et"], &["/area:  => , +2b, -"], &[]);
}

#[test]
fn between_names_new_entries_and_a_new_record() {
    let sang = format!("{ENTRY}/text = 2b Sang");
    let change = format!("{ENTRY}/text:  => Sang, +2b, -");
    check_between(&["/text = 1a Et"], &[&sang, "/text = 1a Et"], &[&change], &[ENTRY]);
    let order = format!("{ENTRY}/order = 1a 7");
    check_between(&[&order], &[&order, &sang], &[&change], &[]);
    // A key of a map of leaves is no entry.
    check_between(&["/text = 1a Et"], &["/anchors/k1 = 2b 7", "/text = 1a Et"], &["/anchors/k1:  => 7, +2b, -"], &[]);
    let created = RecordDelta::between(None, &goal(&[&sang, "/text = 1a Et"]));
    assert_eq!((created.leaves.len(), added(&created)), (2, vec![""]));
}

#[test]
fn then_keeps_the_first_state_and_the_last() {
    let states = [&["/text = 1a Et"][..], &["/text = 2b To"], &["/area = 3b 7", "/text = 3b Tre"]];
    let [first, second, third] = states.map(goal);
    let both = RecordDelta::between(Some(&first), &second).then(RecordDelta::between(Some(&second), &third));
    assert_eq!(changes(&both), ["/area:  => 7, +3b, -", "/text: Et => Tre, +2b 3b, -1a"]);
    let created = RecordDelta::between(None, &first).then(RecordDelta::between(Some(&first), &second));
    assert_eq!((changes(&created), added(&created)), (vec!["/text:  => To, +1a 2b, -".to_owned()], vec![""]));
}

#[track_caller]
fn check_effect(states: &[&[&str]], expected: bool) {
    let states: Vec<Record> = states.iter().map(|leaves| goal(leaves)).collect();
    let deltas = states.windows(2).map(|pair| RecordDelta::between(Some(&pair[0]), &pair[1]));
    let delta = deltas.reduce(RecordDelta::then).unwrap();
    assert_eq!(delta.has_no_effect(), expected);
}

#[test]
fn typing_and_removing_has_no_effect() {
    check_effect(&[&["/text = 1a Et"], &["/text = 2b Ett"], &["/text = 3b Et"]], true);
    check_effect(&[&["/text = 1a Et"], &["/text = 2b Ett"]], false);
    // A choice was resolved, an entry created.
    check_effect(&[&["/text = 1a Et | 2c To"], &["/text = 3b To"]], false);
    let sang = format!("{ENTRY}/text = 2b Sang");
    let emptied = format!("{ENTRY}/text = 3b -");
    check_effect(&[&["/text = 1a Et"], &[&sang, "/text = 1a Et"], &[&emptied, "/text = 1a Et"]], false);
}

#[track_caller]
fn check_created_all(before: Option<&[&str]>, after: &[&str], now: &[&str], equivalents: &[&str], expected: bool) {
    let mut delta = RecordDelta::between(before.map(goal).as_ref(), &goal(after));
    delta.equivalents.extend(equivalents.iter().map(|text| (path("/text"), dot(text))));
    assert_eq!(delta.created_all_of(&goal(now)), expected);
}

#[test]
fn a_created_record_is_whole_until_somebody_changes_it() {
    let created = &["/text = 1a Et"][..];
    check_created_all(None, created, created, &[], true);
    check_created_all(None, created, &["/text = 2b To"], &[], false);
    check_created_all(None, created, &["/text = 2b To"], &["2b"], true);
    check_created_all(None, created, &["/order = 2b 7", "/text = 1a Et"], &[], true);
    check_created_all(Some(&["/area = 1a -"]), created, created, &[], false);
}

/// Undoes the delta between two states on a third one, as the author `z`.
#[track_caller]
fn check_undo(before: Option<&[&str]>, after: &[&str], now: &[&str], expected: &[&str], left: &[&str]) {
    let delta = RecordDelta::between(before.map(goal).as_ref(), &goal(after));
    let mut record = goal(now);
    let outcome = record.undo(&delta, &author('z')).unwrap();
    assert_eq!(lines(&record), expected);
    let names: Vec<_> = outcome.skipped.iter().map(|at| at.as_ref().map(Path::as_str).unwrap_or_default()).collect();
    assert_eq!(names, left);
    assert_eq!(outcome.inverse, RecordDelta::between(Some(&goal(now)), &record));
    let zs: Vec<_> =
        record.leaves().iter().flat_map(|(path, leaf)| leaf.dots().map(|dot| (path.clone(), dot))).collect();
    let zs: Vec<_> = zs.into_iter().filter(|(_, dot)| dot.actor == author('z').actor).collect();
    assert_eq!(outcome.written, zs);
}

#[test]
fn undo_restores_leaves_that_still_hold_what_was_written() {
    let after = &["/area = 2b To", "/text = 2b To"][..];
    check_undo(Some(&["/area = 1a Et", "/text = 1a Et"]), after, after, &["/area = 3z Et", "/text = 3z Et"], &[]);
    check_undo(
        Some(&["/area = 1a Et", "/text = 1a Et"]),
        after,
        &["/area = 2b To", "/text = 3c Tre"],
        &["/area = 4z Et", "/text = 3c Tre"],
        &["/text"],
    );
    // A concurrent value stays beside the restored one.
    check_undo(
        Some(&["/text = 1a Et"]),
        &["/text = 2b To"],
        &["/text = 2b To | 2c Tre"],
        &["/text = 2c Tre | 3z Et"],
        &[],
    );
    check_undo(Some(&["/text = 1a Et"]), &["/text = 2b To"], &["/text = 2b ?"], &["/text = 2b ?"], &["/text"]);
    check_undo(Some(&["/text = 1a Et"]), &["/text = 2b To"], &["/text = 2b x"], &["/text = 2b x"], &["/text"]);
    check_undo(Some(&["/area = 1a -"]), &["/area = 1a -", "/new = 2b 7"], &["/new = 2b 7"], &["/new = 3z -"], &[]);
}

#[test]
fn undo_opens_a_resolved_choice_with_the_same_wording_shown() {
    let resolved = &["/text = 3b Et"][..];
    check_undo(Some(&["/text = 2a Et | 2c To"]), resolved, resolved, &["/text = 4z Et | 5z To"], &[]);
    check_undo(Some(&["/text = 2a Et | 2c To | 2d Tre"]), resolved, resolved, &["/text = 4z Et | 5z To | 6z Tre"], &[]);
}

#[test]
fn undo_of_a_creation_moves_it_to_the_trash_unless_changed() {
    let created = &["/text = 1a Et"][..];
    let deleted = format!("/@deleted = 2z {}", deletion("1a"));
    check_undo(None, created, created, &[&deleted, "/text = 1a Et"], &[]);
    check_undo(None, created, &["/text = 2b To"], &["/text = 2b To"], &[""]);
    check_undo(
        None,
        created,
        &[&format!("/@deleted = 2b {}", deletion("1a")), "/text = 1a Et"],
        &[&format!("/@deleted = 2b {}", deletion("1a")), "/text = 1a Et"],
        &[],
    );
    let sang = format!("{ENTRY}/text = 2b Sang");
    let deleted = format!("{ENTRY}/@deleted = 3z {}", deletion("2b"));
    check_undo(
        Some(&["/text = 1a Et"]),
        &[&sang, "/text = 2b To"],
        &[&sang, "/text = 2b To"],
        &[&deleted, &sang, "/text = 4z Et"],
        &[],
    );
    let dans = format!("{ENTRY}/text = 3c Dans");
    check_undo(
        Some(&["/text = 1a Et"]),
        &[&sang, "/text = 1a Et"],
        &[&dans, "/text = 1a Et"],
        &[&dans, "/text = 1a Et"],
        &[ENTRY],
    );
}

#[test]
fn undo_of_a_deletion_restores_and_redo_deletes_again() {
    let before = goal(&["/text = 1a Et"]);
    let mut record = before.clone();
    record.delete(None, &author('b')).unwrap();
    let deleted = RecordDelta::between(Some(&before), &record);
    let undone = record.undo(&deleted, &author('b')).unwrap();
    assert_eq!(record.life(None), Life::Living);
    let redone = record.undo(&undone.inverse, &author('b')).unwrap();
    assert_eq!((record.life(None), redone.skipped.len()), (Life::Deleted, 0));
}

#[test]
fn equivalent_writes_let_a_chain_be_undone_to_its_start() {
    let [first, second] = [&["/text = 1a Et"][..], &["/text = 2a To"]].map(goal);
    let mut record = goal(&["/text = 3a Tre"]);
    let mut earlier = RecordDelta::between(Some(&first), &second);
    let later = RecordDelta::between(Some(&second), &record);
    let undone = record.undo(&later, &author('a')).unwrap();
    assert_eq!(lines(&record), ["/text = 4a To"]);
    assert_eq!(
        record.clone().undo(&earlier, &author('a')).unwrap().skipped,
        [Some(path("/text"))],
        "not known to be equal"
    );
    earlier.add_equivalents(&later, &undone.written);
    assert_eq!(earlier.equivalents, [(path("/text"), dot("3a")), (path("/text"), dot("4a"))].into());
    assert!(record.undo(&earlier, &author('a')).unwrap().skipped.is_empty());
    assert_eq!(lines(&record), ["/text = 5a Et"]);
}

#[test]
fn writes_over_another_authors_value_are_not_equivalent() {
    let [first, second, theirs] = [&["/text = 1a Et"][..], &["/text = 2a To"], &["/text = 3b Hans"]].map(goal);
    let mut record = goal(&["/text = 4a Tre"]);
    let mut earlier = RecordDelta::between(Some(&first), &second);
    let later = RecordDelta::between(Some(&theirs), &record);
    let undone = record.undo(&later, &author('a')).unwrap();
    earlier.add_equivalents(&later, &undone.written);
    assert!(earlier.equivalents.is_empty());
}

#[test]
fn undo_all_undoes_the_last_delta_first_and_skips_missing_records() {
    let states = [&["/text = 1a Et"][..], &["/text = 2a To"], &["/area = 3a 7", "/text = 2a To"]].map(goal);
    let deltas: Vec<_> = states.windows(2).map(|pair| RecordDelta::between(Some(&pair[0]), &pair[1])).collect();
    let mut missing = deltas[0].clone();
    missing.id = id("g2");
    let mut records = Records::from([(id("g1"), states[2].clone())]);
    let deltas = [deltas[0].clone(), missing, deltas[1].clone()];
    let outcomes = undo_all(&mut records, &deltas, &author('a')).unwrap();
    assert_eq!(lines(&records[&id("g1")]), ["/area = 4a -", "/text = 5a Et"]);
    let undone: Vec<_> = outcomes.iter().map(|(id, outcome)| (id.as_str(), changes(&outcome.inverse))).collect();
    assert_eq!(
        undone,
        [("g1", vec!["/area: 7 => -, +4a, -3a".to_owned()]), ("g1", vec!["/text: To => Et, +5a, -2a".to_owned()])]
    );
}

#[test]
fn undo_all_changes_no_record_on_an_error() {
    let (before, after) = (goal(&["/text = 1a Et"]), goal(&["/text = 2a To"]));
    let delta = RecordDelta::between(Some(&before), &after);
    let mut counted_out = goal(&["/text = 2a To", &format!("seen = {}b", Seen::MAX_COUNT)]);
    counted_out.id = id("g0");
    let deltas = [RecordDelta { id: id("g0"), ..delta.clone() }, delta];
    let mut records = Records::from([(id("g0"), counted_out), (id("g1"), after)]);
    let unchanged = records.clone();
    assert!(matches!(undo_all(&mut records, &deltas, &author('a')), Err(EditError::CountedOut)));
    assert_eq!(records, unchanged);
}

#[test]
fn entry_of_finds_entries_of_known_maps_only() {
    let record = goal(&["/text = 1a Et"]);
    for (leaf, expected) in [
        ("/initiatives/i1/text", Some(ENTRY)),
        ("/initiatives/i1/future", Some(ENTRY)),
        ("/initiatives/i1", Some(ENTRY)),
        ("/initiatives", None),
        ("/anchors/k1", None),
        ("/text", None),
        ("/future/i1/text", None),
    ] {
        assert_eq!(record.entry_of(&path(leaf)), expected.map(path), "{leaf}");
    }
    assert!(!record.has_leaves_below(&path(ENTRY)));
}
