//! The text of a record, and texts that are refused.

use super::*;
use crate::record::fixtures::{actor, dot, goal, lines, path, record_of};

/// The text of a goal. In `leaves`, `seen` and `writes` a letter in single quotes is an actor, and other single quotes
/// are double quotes.
fn text(leaves: &str, seen: &str, writes: &str) -> String {
    let text = format!("{{'kind':'goal','id':'g1','leaves':{{{leaves}}},'seen':{{{seen}}},'writes':[{writes}]}}");
    let text =
        ('a'..='d').fold(text, |text, letter| text.replace(&format!("'{letter}'"), &format!("'{}'", actor(letter))));
    text.replace('\'', "\"")
}

/// A write at the usual time, with more members: `(1, 'a', "'rest':true")`.
fn write(n: u64, letter: char, members: &str) -> String {
    let comma = if members.is_empty() { "" } else { "," };
    format!("{{'actor':'{letter}','n':{n},'at':'2026-03-15T09:42:00Z','by':'{letter}.'{comma}{members}}}")
}

/// The record's authors are named as in the texts of [`write`].
fn record(leaves: &[&str]) -> Record {
    let mut record = goal(leaves);
    record.relabel(&|name| Some(format!("{name}.")));
    record
}

#[track_caller]
fn check_encoding(leaves: &[&str], expected: &str) {
    let record = record(leaves);
    assert_eq!(serde_json::to_string(&record).unwrap(), expected);
    assert_eq!(serde_json::from_str::<Record>(expected).unwrap(), record, "decoded");
}

#[test]
fn leaves_of_one_write_are_its_rest() {
    check_encoding(&["/text = 1a Et"], &text("'/text':'Et'", "'a':1", &write(1, 'a', "'rest':true")));
    check_encoding(
        &["/area = 1a -", "/text = 1a Et"],
        &text("'/area':null,'/text':'Et'", "'a':1", &write(1, 'a', "'rest':true")),
    );
    // Dots that are seen and in no leaf.
    check_encoding(
        &["/text = 1a Et", "seen = 7b"],
        &text("'/text':'Et'", "'a':1,'b':7", &write(1, 'a', "'rest':true")),
    );
}

#[test]
fn the_write_of_most_leaves_is_the_rest_and_the_lowest_of_equals() {
    let writes = [write(1, 'a', "'leaves':['/area']"), write(2, 'b', "'rest':true")].join(",");
    check_encoding(
        &["/area = 1a -", "/reach = 2b -", "/text = 2b Et"],
        &text("'/area':null,'/reach':null,'/text':'Et'", "'a':1,'b':2", &writes),
    );
    let writes = [write(1, 'a', "'rest':true"), write(2, 'b', "'leaves':['/text']")].join(",");
    check_encoding(&["/area = 1a -", "/text = 2b Et"], &text("'/area':null,'/text':'Et'", "'a':1,'b':2", &writes));
}

#[test]
fn concurrent_values_stand_beside_the_shown_one() {
    let writes = [write(2, 'a', "'beside':{'/text':'Et'}"), write(2, 'b', "'leaves':['/text']")].join(",");
    check_encoding(&["/text = 2a Et | 2b To"], &text("'/text':'To'", "'a':2,'b':2", &writes));
    let writes = [write(2, 'a', "'leaves':['/text']"), write(2, 'b', "'leaves':['/text']")].join(",");
    check_encoding(&["/text = 2a Et | 2b Et"], &text("'/text':'Et'", "'a':2,'b':2", &writes));
    // The untouched value is not shown.
    let writes = [write(1, 'a', "'leaves':['/text']"), write(1, 'b', "'beside':{'/text':null}")].join(",");
    check_encoding(&["/text = 1a Et | 1b -"], &text("'/text':'Et'", "'a':1,'b':1", &writes));
}

#[test]
fn withheld_and_forgotten_values_are_listed_without_value() {
    check_encoding(&["/text = 1a ?"], &text("", "'a':1", &write(1, 'a', "'withheld':['/text']")));
    let writes = [write(1, 'a', "'leaves':['/text']"), write(2, 'b', "'forgotten':['/text']")].join(",");
    check_encoding(&["/text = 1a Et | 2b x"], &text("'/text':'Et'", "'a':1,'b':2", &writes));
    let writes = write(1, 'a', "'rest':true,'withheld':['/area']");
    check_encoding(&["/area = 1a ?", "/text = 1a Et"], &text("'/text':'Et'", "'a':1", &writes));
}

#[test]
fn own_and_unknown_leaves_are_encoded_like_others() {
    let leaves = "'/@not_cpr/1':true,'/future':[1,{'x':null}],'/initiatives/i~11/text':'Et'";
    check_encoding(
        &["/@not_cpr/1 = 1a true", r#"/future = 1a [1,{"x":null}]"#, "/initiatives/i~11/text = 1a Et"],
        &text(leaves, "'a':1", &write(1, 'a', "'rest':true")),
    );
    let unknown = record_of("future_kind", "f1", &["/x = 1a 7"]);
    assert_eq!(serde_json::from_str::<Record>(&serde_json::to_string(&unknown).unwrap()).unwrap(), unknown);
}

#[track_caller]
fn check_decoded(text: &str, expected: &[&str]) {
    let record: Record = serde_json::from_str(text).unwrap();
    assert_eq!(lines(&record), expected);
    assert!(record.stamps().all(|(dot, _)| record.leaves().values().any(|leaf| leaf.get(dot).is_some())));
}

#[test]
fn decoding_accepts_other_forms_of_the_same_record() {
    // A mark of the rest that is not needed, and writes that are in no leaf.
    let writes = [write(1, 'a', "'rest':true"), write(2, 'b', "'leaves':['/text']"), write(3, 'c', "")].join(",");
    check_decoded(&text("'/text':'Et'", "'a':1,'b':2,'c':3", &writes), &["/text = 2b Et"]);
    let writes = [write(2, 'b', "'leaves':['/text']"), write(1, 'a', "'rest':true,'beside':{}")].join(",");
    check_decoded(&text("'/text':'Et','/area':1.0", "'b':2,'a':1", &writes), &["/area = 1a 1", "/text = 2b Et"]);
    // A value beside that equals the shown one.
    let beside = write(2, 'a', "'beside':{'/text':'Et'}");
    check_decoded(&text("'/text':'Et'", "'a':2", &beside), &["/text = 2a Et"]);
}

#[track_caller]
fn check_refused(text: &str, message: &str) {
    let error = serde_json::from_str::<Record>(text).unwrap_err().to_string();
    assert!(error.contains(message), "{error}: {text}");
}

#[test]
fn decoding_refuses_a_text_that_contradicts_itself() {
    let rest = write(1, 'a', "'rest':true");
    let seen = "'a':1";
    let leaf = "'/text':'Et'";
    check_refused(&text(leaf, "", &rest), "a write that was not seen");
    check_refused(&text(leaf, "'a':2", &write(0, 'a', "'rest':true")), "a write that was not seen");
    check_refused(&text(leaf, "'a':1,'b':9", &write(2, 'a', "'rest':true")), "a write that was not seen");
    check_refused(&text(leaf, seen, &format!("{rest},{}", write(1, 'a', ""))), "a write twice");
    check_refused(&text(leaf, "'a':1,'b':1", &format!("{rest},{}", write(1, 'b', "'rest':true"))), "two writes hold");
    check_refused(&text(leaf, seen, &write(1, 'a', "'leaves':['/text','/area']")), "/area is listed but not there");
    check_refused(&text(leaf, seen, &write(1, 'a', "'leaves':['/text'],'withheld':['/text']")), "twice in one write");
    check_refused(&text(leaf, seen, &write(1, 'a', "'withheld':['/text']")), "a value that no write holds");
    check_refused(&text(leaf, seen, &write(1, 'a', "'beside':{'/text':'To'}")), "a value that no write holds");
    check_refused(&text(leaf, seen, &write(1, 'a', "")), "/text was written by nobody");
    check_refused(&text(&format!("{leaf},{leaf}"), seen, &rest), "/text stands twice");
    check_refused(&text(leaf, seen, &write(1, 'a', "'rest':true,'beside':{'/x':1,'/x':1}")), "/x stands twice");
    check_refused(&text("", seen, &rest), NO_LEAVES);
}

#[test]
fn decoding_refuses_malformed_members() {
    let good = text("'/text':'Et'", "'a':1", &write(1, 'a', "'rest':true"));
    assert!(serde_json::from_str::<Record>(&good).is_ok());
    for (old, new, message) in [
        (r#""kind":"goal""#, r#""kind":"""#, "not a kind"),
        (r#""kind":"goal""#, r#""kind":"Goal""#, "not a kind"),
        (r#""kind":"goal""#, r#""kind":"go al""#, "not a kind"),
        (r#""kind":"goal","#, "", "missing field `kind`"),
        (r#""id":"g1""#, r#""id":"g 1""#, "not an id"),
        (r#""id":"g1""#, r#""id":"g1","more":1"#, "unknown field `more`"),
        (r#""rest":true"#, r#""more":true"#, "unknown field `more`"),
        (r#""/text":"#, r#""text":"#, "not a JSON Pointer"),
        (":1}", ":0}", "a count out of range"),
        (":1}", ":9007199254740992}", "a count out of range"),
        ("09:42", "25:42", ""),
    ] {
        let bad = good.replacen(old, new, 1);
        assert_ne!(bad, good, "{old}");
        check_refused(&bad, message);
    }
    let kind = |length: usize| good.replacen("goal", &"k".repeat(length), 1);
    assert!(serde_json::from_str::<Record>(&kind(MAX_KIND)).is_ok());
    check_refused(&kind(MAX_KIND + 1), "not a kind");
}

#[test]
fn decoding_caps_the_number_of_leaves() {
    let leaves = |count: usize| (0..count).map(|n| format!("'/l{n}':null")).collect::<Vec<_>>().join(",");
    let rest = write(1, 'a', "'rest':true");
    let most: Record = serde_json::from_str(&text(&leaves(MAX_LEAVES), "'a':1", &rest)).unwrap();
    assert_eq!(most.leaves().len(), MAX_LEAVES);
    check_refused(&text(&leaves(MAX_LEAVES + 1), "'a':1", &rest), "too many leaves");
    // Withheld leaves count as well.
    let withheld = write(1, 'a', "'rest':true,'withheld':['/x']");
    check_refused(&text(&leaves(MAX_LEAVES), "'a':1", &withheld), "too many leaves");
}

#[test]
fn only_write_is_that_of_a_leaf_with_one_known_value() {
    let record = goal(&["/a = 1a Et", "/b = 1a Et | 2b To", "/c = 1a ?", "/d = 1a x", "/e = 1a -"]);
    for (leaf, expected) in [("/a", Some("1a")), ("/b", None), ("/c", None), ("/d", None), ("/e", Some("1a"))] {
        assert_eq!(only_write(record.leaf(&path(leaf)).unwrap()), expected.map(dot), "{leaf}");
    }
    assert_eq!(record.write_of_most_leaves(), Some(dot("1a")));
    assert_eq!(goal(&["/a = 1a ?"]).write_of_most_leaves(), None);
}
