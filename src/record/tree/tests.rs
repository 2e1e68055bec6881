//! Merging records, and what is done to a record on its way into and out of a file.

use super::*;
use crate::record::fixtures::{deletion_without, dot, dots, goal, id, lines, path, record_of, stamp, value};

#[track_caller]
fn check_invariants(record: &Record) {
    let in_leaves: SortedSet<Dot> = record.leaves.values().flat_map(Leaf::dots).collect();
    assert_eq!(
        record.stamps.keys().copied().collect::<SortedSet<_>>(),
        in_leaves,
        "stamps of exactly the dots in leaves"
    );
    assert!(in_leaves.iter().all(|dot| record.seen.has(*dot)), "every dot in a leaf is seen");
    assert!(record.leaves.values().all(|leaf| !leaf.is_empty()), "no leaf is empty");
}

#[track_caller]
fn check_merge(ours: &[&str], theirs: &[&str], expected: &[&str], seen: &str) {
    let (ours, theirs) = (goal(ours), goal(theirs));
    let merged = ours.merge(&theirs).unwrap();
    check_invariants(&merged);
    assert_eq!(lines(&merged), expected);
    assert_eq!(merged.seen, dots(seen));
    assert_eq!(theirs.merge(&ours).as_ref(), Ok(&merged), "commutative");
    assert_eq!(merged.merge(&theirs).as_ref(), Ok(&merged), "idempotent");
}

#[test]
fn merge_unites_leaves_and_seen() {
    check_merge(&["/text = 1a Et"], &["/text = 1a Et"], &["/text = 1a Et"], "1a");
    check_merge(
        &["/text = 2a Et", "/area = 1a -"],
        &["/text = 2b To", "/area = 1a -", "/future = 2b 7"],
        &["/area = 1a -", "/future = 2b 7", "/text = 2a Et | 2b To"],
        "2a 2b",
    );
    check_merge(
        &["/text = 3a Ny", "seen = 2b"],
        &["/text = 2b To", "/area = 1c -"],
        &["/area = 1c -", "/text = 3a Ny"],
        "3a 2b 1c",
    );
}

#[test]
fn merge_removes_a_leaf_whose_writes_were_all_replaced() {
    check_merge(&["/text = 1a Et", "/future = 2a 7"], &["/text = 1a Et", "seen = 2a"], &["/text = 1a Et"], "2a");
}

#[test]
fn merge_keeps_not_cpr_answers_of_either_side() {
    check_merge(
        &["/text = 1a Et", "/@not_cpr/0101011234 = 2a true"],
        &["/text = 1a Et", "seen = 2a"],
        &["/@not_cpr/0101011234 = 2a true", "/text = 1a Et"],
        "2a",
    );
}

#[test]
fn merge_takes_the_greater_of_two_stamps() {
    let (mut low, mut high) = (goal(&["/text = 1a Et"]), goal(&["/text = 1a Et"]));
    low.stamps.insert(dot("1a"), stamp('a'));
    high.stamps.insert(dot("1a"), stamp('b'));
    for merged in [low.merge(&high), high.merge(&low)] {
        assert_eq!(merged.unwrap().stamp(dot("1a")), Some(&stamp('b')));
    }
}

#[track_caller]
fn check_damage(ours: &Record, theirs: &Record, expected: &Damage, words: &str) {
    assert_eq!(ours.merge(theirs).as_ref(), Err(expected));
    assert_eq!(theirs.merge(ours).as_ref(), Err(expected));
    assert!(expected.to_string().contains(words), "{expected}");
}

#[test]
fn merge_refuses_other_records_and_damaged_copies() {
    let record = goal(&["/text = 1a Et"]);
    check_damage(&record, &record_of("goal", "g2", &["/text = 1a Et"]), &Damage::DifferentRecord, "samme id");
    check_damage(&record, &record_of("enhed", "g1", &["/text = 1a Et"]), &Damage::DifferentRecord, "samme id");
    let two_values = Damage::TwoValues { path: path("/text"), dot: dot("1a") };
    check_damage(&record, &goal(&["/text = 1a To"]), &two_values, "/text findes i to udgaver");
    let (one, other) = (goal(&["/text = 1a Et", "seen = 2a"]), goal(&["/area = 2a -"]));
    check_damage(&one, &other, &Damage::NothingLeft, "intet felt");
}

#[test]
fn accessors_read_shown_values() {
    let record = goal(&["/text = 1a Et | 2b To", "/aftale = 1a aftale1", "/wanted = 1a {}"]);
    assert_eq!((record.title(), record.parent()), ("To", Some(id("aftale1"))));
    assert_eq!(record.shown_text(&path("/wanted")), None, "no text");
    assert_eq!(record.shown_text(&path("/area")), None, "no leaf");
    let masked = goal(&["/text = 1a ?", "/aftale = 1a -"]);
    assert_eq!((masked.title(), masked.parent()), ("", None));
    let unknown = record_of("future", "f1", &["/text = 1a Et"]);
    assert_eq!((unknown.kind(), unknown.kind_name(), unknown.title()), (None, "future", ""));
}

#[track_caller]
fn check_withhold(before: &[&str], masked_paths: &[&str], after: &[&str]) {
    let mut record = goal(before);
    let is_one = |_: &Path, value: &LeafValue| *value == LeafValue::from("Et") || value.is_null();
    assert_eq!(record.withhold(is_one).iter().map(Path::as_str).collect::<Vec<_>>(), masked_paths);
    assert_eq!(lines(&record), after);
    check_invariants(&record);
}

#[test]
fn withhold_masks_accepted_values_one_by_one() {
    check_withhold(&["/area = 1a To", "/text = 1a Et"], &["/text"], &["/area = 1a To", "/text = 1a ?"]);
    check_withhold(&["/text = 1a To | 2a Et"], &["/text"], &["/text = 1a To | 2a ?"]);
    check_withhold(&["/future = 1a Et"], &["/future"], &["/future = 1a ?"]);
    // Neither empty nor forgotten nor own leaves.
    check_withhold(&["/text = 1a - | 2a x"], &[], &["/text = 1a - | 2a x"]);
    check_withhold(&["/@same_as = 1a Et", "/text = 1a To"], &[], &["/@same_as = 1a Et", "/text = 1a To"]);
}

#[test]
fn rewritten_renames_leaves_and_replaces_known_values() {
    let record = goal(&["/anchors/a = 1a Et", "/anchors/b = 1a ? | 2b Et", "/text = 1a Et"]);
    let rename = |old: &Path| if *old == path("/anchors/a") { path("/anchors/c") } else { old.clone() };
    let new_value = |path: &Path, _: &LeafValue| path.as_str().starts_with("/anchors").then(|| value("Ny"));
    let copy = record.rewritten(id("g2"), &rename, &new_value).unwrap();
    assert_eq!(lines(&copy), ["/anchors/b = 1a ? | 2b Ny", "/anchors/c = 1a Ny", "/text = 1a Et"]);
    assert_eq!((copy.id(), &copy.seen, &copy.stamps), (&id("g2"), &record.seen, &record.stamps));
    let collide = |_: &Path| path("/text");
    assert_eq!(record.rewritten(id("g2"), &collide, &new_value), None, "two leaves of one path");
}

#[test]
fn relabel_replaces_names_that_the_mapping_knows() {
    let mut record = goal(&["/area = 1a -", "/text = 2b To"]);
    assert!(!record.relabel(&|_| None));
    assert!(record.relabel(&|name| (name == "b").then(|| "…".to_owned())));
    let names: Vec<_> = record.stamps().map(|(_, stamp)| stamp.by.clone().unwrap()).collect();
    assert_eq!(names, ["a", "…"]);
}

#[test]
fn keep_to_withholds_other_leaves_and_names_of_their_authors() {
    let mut record = goal(&["/area = 1c -", "/expected_effect = 2b To | 3b x", "/text = 1a Et | 2d ?"]);
    record.keep_to(&|path| path.as_str() == "/text");
    assert_eq!(lines(&record), ["/area = 1c -", "/expected_effect = 2b ? | 3b x", "/text = 1a Et | 2d ?"]);
    let names: Vec<_> = record.stamps().map(|(dot, stamp)| (dot, stamp.by.as_deref())).collect();
    assert_eq!(
        names,
        [(dot("1a"), Some("a")), (dot("1c"), None), (dot("2b"), None), (dot("2d"), None), (dot("3b"), None)]
    );
    check_invariants(&record);
}

#[test]
fn drop_not_cpr_removes_the_answers_about_some_digits() {
    let mut record = goal(&["/@not_cpr/1 = 2a true", "/@not_cpr/2 = 3a true", "/text = 1a Et"]);
    record.drop_not_cpr(&|digits| digits == "1");
    assert_eq!(lines(&record), ["/@not_cpr/2 = 3a true", "/text = 1a Et"]);
    check_invariants(&record);
}

#[test]
fn rename_leaves_renames_paths_in_deletions_too() {
    let before = deletion_without("2a", &["2a /text", "1a /area"]);
    let after = deletion_without("2a", &["2a /words", "1a /area"]);
    let mut record = goal(&[&format!("/@deleted = 3a {before}"), "/area = 1a -", "/text = 2a ?"]);
    record.rename_leaves(|old| (*old == path("/text")).then(|| path("/words")));
    assert_eq!(lines(&record), [format!("/@deleted = 3a {after}"), "/area = 1a -".into(), "/words = 2a ?".into()]);
}
