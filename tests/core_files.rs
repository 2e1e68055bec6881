//! Whatever bytes come in: a typed error or a plan, never a panic, and nothing changed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that meets what it did not expect should stop there")]

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;

use kvalitetshjul::domain::body::{FieldRole, Shape};
use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::goal::Goal;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::registry::Kind;
use kvalitetshjul::exchange::error::{FileError, RecordFault};
use kvalitetshjul::exchange::format::{MAX_BYTES, MAX_RECORDS};
use kvalitetshjul::exchange::plan::Plan;
use kvalitetshjul::exchange::read::{OpenedFile, read};
use kvalitetshjul::exchange::scope::Scope;
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::{Author, Focus};
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::value::LeafValue;
use kvalitetshjul::record::{Record, Records};

fn moment() -> Timestamp {
    Timestamp::parse("2026-03-15T09:42:00Z").unwrap()
}

fn author() -> Author {
    Author { actor: Actor::from_random([7; 10]), at: moment(), by: Some("Anne".to_owned()) }
}

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn fixture() -> String {
    std::fs::read_to_string("tests/fixtures/v2/solstraalen.kvalitetshjul.json").unwrap()
}

/// A file of one record, a goal, whose JSON text is given.
fn file_of(record: &str) -> String {
    format!(r#"{{"format":"kvalitetshjul","version":2,"records":[{record}]}}"#)
}

/// A goal with one leaf more, whose JSON text is given.
fn goal_with(leaf: &str) -> String {
    let actor = author().actor;
    format!(
        r#"{{"kind":"goal","id":"g1","leaves":{{"/text":"Målet",{leaf}}},"seen":{{"{actor}":1}},
           "writes":[{{"actor":"{actor}","n":1,"at":"2026-03-15T09:42:00Z","rest":true}}]}}"#
    )
}

/// Reads a file as a page does: into a plan for what is here. Neither reading nor planning may touch what is here.
fn plan(bytes: &[u8]) -> Result<Plan, FileError> {
    let here = read(fixture().as_bytes()).unwrap().records;
    let before = here.clone();
    let plan = read(bytes).map(|opened| Plan::make(&here, opened));
    assert_eq!(here, before);
    plan
}

#[track_caller]
fn the_only_fault<'o>(opened: &'o OpenedFile, what: &str) -> &'o RecordFault {
    assert_eq!(opened.faults.len(), 1, "{what}");
    &opened.faults[0].fault
}

/// The folder of a package that cargo has fetched, as it came.
fn package(name: &str) -> PathBuf {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo).args(["metadata", "--format-version", "1", "--locked"]).output().unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == name).unwrap();
    PathBuf::from(package["manifest_path"].as_str().unwrap()).parent().unwrap().to_owned()
}

#[test]
fn json_test_suite() {
    let folder = package("yyjson-sys").join("yyjson/test/data/json/test_parsing");
    let mut counts = [0; 3];
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap();
        let name = file.file_name().into_string().unwrap();
        let bytes = std::fs::read(file.path()).unwrap();
        let as_file = plan(&bytes);
        assert!(as_file.is_err(), "{name} is no file of ours");
        // And the same text where a leaf of ours should have its value.
        let as_leaf = std::str::from_utf8(&bytes)
            .ok()
            .map(|text| plan(file_of(&goal_with(&format!(r#""/x":{text}"#))).as_bytes()));
        match name.as_bytes()[0] {
            b'y' => {
                counts[0] += 1;
                assert!(as_leaf.unwrap().is_ok(), "{name}: a JSON value is a value, or its record is put aside");
            }
            b'n' => {
                counts[1] += 1;
                assert!(matches!(as_file, Err(FileError::NotJson { .. } | FileError::TooDeep)), "{name}: {as_file:?}");
                if let Some(Ok(plan)) = as_leaf {
                    assert_eq!(plan.faults.len(), 1, "{name}: no value, no record");
                }
            }
            _ => counts[2] += 1,
        }
    }
    assert_eq!(counts, [95, 189, 35]);
    println!("JSONTestSuite: 95 y, 189 n, 35 i, each as a file and as a leaf");
}

#[test]
fn a_file_cut_anywhere_is_known_for_what_it_is() {
    let text = fixture();
    let end = text.rfind('}').unwrap();
    let after_format = text.find("\"kvalitetshjul\"").unwrap() + "\"kvalitetshjul\"".len();
    for cut in 0..text.len() {
        let error = plan(&text.as_bytes()[..cut]).err();
        if cut > end {
            assert_eq!(error, None, "cut at {cut}: only the last line end is missing");
        } else if cut >= after_format {
            assert_eq!(error, Some(FileError::Incomplete), "cut at {cut}");
        } else {
            assert!(matches!(error, Some(FileError::NotJson { .. })), "cut at {cut}: {error:?}");
        }
    }
    println!("cut at each of {} bytes", text.len());
}

#[test]
fn other_encodings_of_the_same_text_are_the_same_file() {
    let text = fixture();
    let expected = read(text.as_bytes()).unwrap();
    let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
    };
    for (name, bytes) in [
        ("BOM", format!("\u{feff}{text}").into_bytes()),
        ("CRLF", text.replace('\n', "\r\n").into_bytes()),
        ("UTF-16, little end first", utf16(u16::to_le_bytes)),
        ("UTF-16, big end first", utf16(u16::to_be_bytes)),
        (
            "indented",
            serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(&text).unwrap()).unwrap().into(),
        ),
    ] {
        let opened = read(&bytes).unwrap();
        assert_eq!(opened.records, expected.records, "{name}");
        // Pretty-printing sorts the members, so the checksum no longer stands last; all else keeps it.
        assert_eq!(opened.head.changed_since, name == "indented", "{name}");
    }
    let latin1 = text.replace('å', "\u{fffd}").replace('\u{fffd}', "X").into_bytes();
    let latin1: Vec<u8> = latin1.into_iter().map(|byte| if byte == b'X' { 0xe5 } else { byte }).collect();
    assert_eq!(read(&latin1).err(), Some(FileError::NotJson { line: None }));
}

#[test]
fn a_file_changed_by_hand_is_read_and_said_to_be() {
    let text = fixture();
    assert!(!read(text.as_bytes()).unwrap().head.changed_since);
    let changed = text.replacen("Morgenhilsen", "Aftenhilsen", 1);
    let opened = read(changed.as_bytes()).unwrap();
    assert!(opened.head.changed_since && opened.faults.is_empty());
}

#[test]
fn what_is_too_much_is_refused_before_it_is_parsed() {
    let padded = |bytes: usize| {
        let text = fixture();
        let (head, rest) = text.split_at(1);
        format!("{head}{}{rest}", " ".repeat(bytes - text.len()))
    };
    let large = padded(60 * 1024 * 1024);
    assert_eq!(read(large.as_bytes()).unwrap().records.len(), 7, "60 MB is read");
    assert_eq!(read(padded(MAX_BYTES + 1).as_bytes()).err(), Some(FileError::TooLarge));

    let one_text = file_of(&goal_with(&format!(r#""/x":"{}""#, "x".repeat(60_000_000))));
    assert_eq!(read(one_text.as_bytes()).unwrap().records.len(), 1, "one text of 60 MB is read");

    let mut many = String::from(r#"{"format":"kvalitetshjul","version":2,"records":["#);
    for _ in 0..MAX_RECORDS {
        many.push_str("0,");
    }
    let too_many = format!("{many}0]}}");
    assert_eq!(read(too_many.as_bytes()).err(), Some(FileError::TooLarge));
    let just = format!("{}]}}", many.trim_end_matches(','));
    assert_eq!(read(just.as_bytes()).unwrap().faults.len(), MAX_RECORDS);

    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let deep = |depth: usize| format!(r#""/x":{}1{}"#, open.repeat(depth), close.repeat(depth));
        assert_eq!(read(file_of(&goal_with(&deep(10_000))).as_bytes()).err(), Some(FileError::TooDeep));
        assert_eq!(read(open.repeat(10_000).as_bytes()).err(), Some(FileError::TooDeep));
        let opened = read(file_of(&goal_with(&deep(120))).as_bytes()).unwrap();
        assert_eq!(opened.records.len(), 1, "120 deep is read");
    }
}

#[test]
fn versions_that_are_not_ours_to_read() {
    let of =
        |version: &str| read(format!(r#"{{"format":"kvalitetshjul","version":{version},"records":[]}}"#).as_bytes());
    assert_eq!(of("3").err(), Some(FileError::TooNew { version: 3 }));
    assert_eq!(of("0").err(), Some(FileError::MigrationFailed { version: 0 }));
    for version in ["\"2\"", "2.5", "-1", "null", "{}"] {
        assert_eq!(of(version).err(), Some(FileError::NotThisFormat), "{version}");
    }
    let newer_shape = r#"{"format":"kvalitetshjul","version":3,"records":{"in":"another way"}}"#;
    assert_eq!(read(newer_shape.as_bytes()).err(), Some(FileError::TooNew { version: 3 }));
}

#[test]
fn json_that_is_not_ours() {
    for text in [
        "null",
        "[]",
        "{}",
        r#"{"format":"excalidraw","version":2,"records":[]}"#,
        r#"{"format":"kvalitetshjul"}"#,
        r#"{"format":"kvalitetshjul","version":2}"#,
        r#"{"format":"kvalitetshjul","version":2,"records":{}}"#,
        r#"{"version":9,"format":"excalidraw","records":[]}"#,
        r#"{"format":["kvalitetshjul"],"version":2,"records":[]}"#,
        r#"{"format":"kvalitetshjul","version":2,"records":[],"records":[]}"#,
        r#"{"format":"kvalitetshjul","format":"kvalitetshjul","version":2,"records":[]}"#,
    ] {
        assert_eq!(read(text.as_bytes()).err(), Some(FileError::NotThisFormat), "{text}");
    }
    for bytes in
        [&b"<!doctype html><html></html>"[..], b"", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"\xff\xfe\x00", b"//"]
    {
        assert!(matches!(read(bytes), Err(FileError::NotJson { .. })), "{bytes:?}");
    }
}

#[test]
fn each_error_says_what_happened_what_is_safe_and_what_to_do() {
    let errors = [
        FileError::NotJson { line: Some(3) },
        FileError::NotJson { line: None },
        FileError::NotThisFormat,
        FileError::Incomplete,
        FileError::TooDeep,
        FileError::TooLarge,
        FileError::TooNew { version: 9 },
        FileError::MigrationFailed { version: 0 },
    ];
    for error in errors {
        let text = error.to_string();
        assert!(text.contains("ntet er ændret hos"), "{text}");
        assert!(["Bed ", "Vælg ", "Genindlæs "].iter().any(|way| text.contains(way)), "{text}");
    }
    let opened = read(file_of(r#"{"kind":"goal","id":"g1"}"#).as_bytes()).unwrap();
    let text = opened.faults[0].to_string();
    assert!(text.contains("goal g1") && text.contains("urørt") && text.contains("Bed afsenderen"), "{text}");
}

#[test]
fn records_that_contradict_themselves_are_put_aside_and_the_rest_is_read() {
    let sound = goal_with(r#""/x":1"#);
    let actor = author().actor;
    let with = |from: &str, to: &str| {
        let changed = sound.replacen(from, to, 1).replacen("\"g1\"", "\"g2\"", 1);
        assert_ne!(changed, sound.replacen("\"g1\"", "\"g2\"", 1), "{from} is there to be changed");
        changed
    };
    for bad in [
        with(r#""id":"g1""#, r#""id":"__proto__""#),
        with(r#""id":"g1""#, r#""id":"../x""#),
        with(r#""kind":"goal""#, r#""kind":"<b>""#),
        with(r#""kind":"goal""#, r#""kind":"goal","kind":"goal""#),
        with(r#""/x":1"#, r#""/x":1,"/x":2"#),
        with(r#""/x":1"#, r#""x":1"#),
        with(r#""/x":1"#, r#""/x":{"a":1,"a":2}"#),
        with(r#""/x":1"#, r#""/x":"\ud800""#),
        with(r#""/x":1"#, r#""/x":1e400"#),
        with(r#""/x":1"#, r#""/x":123456789012345678901234567890"#),
        with(r#""/text":"Målet""#, r#""/text":7"#),
        with(r#""/text":"Målet""#, r#""/text":{"a":"b"}"#),
        with(r#""n":1"#, r#""n":2"#),
        with(r#""n":1"#, r#""n":0"#),
        with(r#""n":1"#, r#""n":-1"#),
        with(&format!(r#""{actor}":1}}"#), &format!(r#""{actor}":9007199254740992}}"#)),
        with(r#","rest":true"#, ""),
        with(r#""rest":true"#, r#""rest":true,"leaves":["/nowhere"]"#),
        with(r#""rest":true"#, r#""rest":true,"withheld":["/x"]"#),
        with(&format!(r#""{actor}":1}}"#), &format!(r#""{actor}":1125899906842624}}"#)),
        with(r#""rest":true"#, r#""rest":true,"leaves":["/x","/x"]"#),
        with(r#""rest":true"#, r#""rest":true,"surprise":1"#),
        with("2026-03-15T09:42:00Z", "2026-02-30T09:42:00Z"),
        with(&format!(r#""seen":{{"{actor}":1}}"#), r#""seen":{}"#),
        "null".to_owned(),
        "[]".to_owned(),
        "\"\"".to_owned(),
    ] {
        let opened = read(file_of(&format!("{sound},{bad}")).as_bytes()).unwrap();
        assert!(matches!(the_only_fault(&opened, &bad), RecordFault::Invalid { .. }), "{bad}");
        assert_eq!(opened.faults[0].text, bad, "what is put aside is kept to the letter");
        assert_eq!(opened.records.len(), 1, "{bad}");
    }
}

#[test]
fn two_records_of_one_id() {
    let one = goal_with(r#""/x":1"#);
    let opened = read(file_of(&format!("{one},{one}")).as_bytes()).unwrap();
    assert_eq!((opened.records.len(), opened.faults.len()), (1, 0), "twice the same is once");
    let contradicting = one.replace("Målet", "Et andet mål");
    let opened = read(file_of(&format!("{one},{contradicting}")).as_bytes()).unwrap();
    assert!(matches!(the_only_fault(&opened, &contradicting), RecordFault::Damaged { .. }));
    assert_eq!(opened.faults[0].text, contradicting);

    // One that has the id of something else here.
    let here = read(file_of(&one).as_bytes()).unwrap().records;
    let other = Record::create(id("g1"), &Enhed::default(), &author()).unwrap();
    let file = write(&Records::from([(id("g1"), other)]), &Scope::Backup, moment()).unwrap();
    let plan = Plan::make(&here, read(file.as_bytes()).unwrap());
    assert!(plan.items.is_empty());
    assert!(matches!(plan.faults[0].fault, RecordFault::Damaged { .. }));
    assert!(plan.faults[0].to_string().contains("samme id"));
}

#[test]
fn hostile_texts_and_names_are_nothing_but_text() {
    let texts = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "=HYPERLINK(\"x\")",
        "a\0b",
        "\u{202e}bagvendt",
        "\u{feff}",
        "linje\r\nskift\u{2028}",
        "__proto__",
        "\\\"",
    ];
    for text in texts {
        let body = Goal { text: text.into(), ..Goal::default() };
        let mut record = Record::create(id("g1"), &body, &author()).unwrap();
        let odd = Path::root(text).child("__proto__").child("constructor");
        record.write([(odd.clone(), LeafValue::from(text))], &mut Focus::default(), &author()).unwrap();
        let records = Records::from([(id("g1"), record)]);
        let file = write(&records, &Scope::Backup, moment()).unwrap();
        let opened = read(file.as_bytes()).unwrap();
        assert_eq!(opened.records, records, "{text:?}");
        assert_eq!(opened.records[&id("g1")].shown_text(&odd), Some(text));
    }
}

#[test]
fn numbers_at_the_edges_come_back_as_they_are() {
    for (number, back) in [
        ("9007199254740993", "9007199254740993"),
        ("18446744073709551615", "18446744073709551615"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("5e-324", "5e-324"),
        ("-0.0", "0"),
        ("1e2", "100"),
    ] {
        let opened = read(file_of(&goal_with(&format!(r#""/x":{number}"#))).as_bytes()).unwrap();
        let text = write(&opened.records, &Scope::Backup, moment()).unwrap();
        assert!(text.contains(&format!(r#""/x":{back}}}"#)), "{number}");
    }
}

/// Every leaf that holds people's own words, of every kind.
fn text_leaves() -> Vec<(Kind, Path)> {
    let key = |field: &str| match field {
        "observations" | "notes" | "breaks" => "2024-25",
        "events" | "accepted" => "2026-06-30",
        _ => "e1",
    };
    let mut leaves = Vec::new();
    for &kind in Kind::ALL {
        for field in kind.fields() {
            let path = Path::root(field.name);
            match field.shape {
                Shape::Leaf if field.role == FieldRole::Text => leaves.push((kind, path)),
                Shape::Leaves if field.role == FieldRole::Text => {
                    leaves.push((kind, path.child(key(field.name))));
                }
                Shape::Entries(fields) => {
                    let inner = fields.iter().filter(|inner| inner.role == FieldRole::Text);
                    leaves.extend(inner.map(|inner| (kind, path.child("e1").child(inner.name))));
                }
                _ => {}
            }
        }
    }
    leaves
}

/// A record of a kind with nothing but the given leaves.
fn record_of(kind: Kind, leaves: &[(Path, LeafValue)]) -> Record {
    let actor = author().actor;
    let text = leaves.iter().fold(String::new(), |mut text, (path, value)| {
        let separator = if text.is_empty() { "" } else { "," };
        write!(text, "{separator}{}:{}", serde_json::json!(path.as_str()), value.json()).unwrap();
        text
    });
    let record = format!(
        r#"{{"kind":"{kind}","id":"r1","leaves":{{{text}}},"seen":{{"{actor}":1}},"writes":[{{"actor":"{actor}","n":1,"at":"2026-03-15T09:42:00Z","rest":true}}]}}"#
    );
    serde_json::from_str(&record).unwrap()
}

#[test]
fn the_big_list_of_naughty_strings_through_every_text_leaf() {
    let leaves = text_leaves();
    assert!(leaves.len() > 20, "{}", leaves.len());
    for text in naughty_strings::BLNS {
        for (kind, path) in &leaves {
            let record = record_of(*kind, &[(path.clone(), LeafValue::from(*text))]);
            record.check().unwrap();
            let records = Records::from([(id("r1"), record)]);
            let file = write(&records, &Scope::Backup, moment()).unwrap();
            let opened = read(file.as_bytes()).unwrap();
            assert!(opened.cpr.is_empty() && opened.faults.is_empty(), "{text:?}");
            assert_eq!(opened.records[&id("r1")].shown_text(path), Some(*text), "{kind}{path}");
            assert_eq!(write(&opened.records, &Scope::Backup, moment()).unwrap(), file, "byte for byte");
        }
    }
    println!("{} naughty strings through {} text leaves", naughty_strings::BLNS.len(), leaves.len());
}

#[test]
fn a_cpr_number_on_its_way_in_is_withheld_and_named() {
    let (number, place) = ("Barnet 150312-1234 trives.", Path::root("text"));
    for (kind, path) in text_leaves() {
        let sound = kind.title();
        let record = record_of(kind, &[(path.clone(), number.into()), (Path::root("x1503121234"), number.into())]);
        let file = write(&Records::from([(id("r1"), record)]), &Scope::Backup, moment()).unwrap();
        let opened = read(file.as_bytes()).unwrap();
        // A leaf that a newer version may know holds words as well.
        let newer = Path::root("x1503121234");
        assert_eq!(opened.cpr, [(id("r1"), path.clone()), (id("r1"), newer.clone())], "{kind}, named by {sound}");
        for path in [&path, &newer] {
            let leaf = opened.records[&id("r1")].leaf(path).unwrap();
            assert!(leaf.is_masked() && leaf.shown().is_none());
        }
    }
    // In every wording of an open choice, and inside what is one leaf.
    let mut one = record_of(Kind::Goal, &[(place.clone(), "Målet".into())]);
    let mut other = one.clone();
    let second = Author { actor: Actor::from_random([9; 10]), ..author() };
    one.write([(place.clone(), number.into())], &mut Focus::default(), &author()).unwrap();
    other.write([(place.clone(), "Et andet mål".into())], &mut Focus::default(), &second).unwrap();
    let both = one.merge(&other).unwrap();
    let opened = read(write(&Records::from([(id("r1"), both)]), &Scope::Backup, moment()).unwrap().as_bytes()).unwrap();
    assert_eq!(opened.cpr.len(), 1);
    assert_eq!(opened.records[&id("r1")].shown_text(&place), Some("Et andet mål"), "the other wording stands");

    let observation = Path::root("observations").child("2024-25");
    let figure = LeafValue::new(serde_json::json!({ "value": 6.1, "source": number }));
    let opened_figure = record_of(Kind::Series, &[(observation.clone(), figure)]);
    let file = write(&Records::from([(id("r1"), opened_figure)]), &Scope::Backup, moment()).unwrap();
    assert_eq!(read(file.as_bytes()).unwrap().cpr, [(id("r1"), observation)]);
}

#[test]
fn a_number_said_to_be_no_cpr_number_passes_in_its_record() {
    let text = "Ordre 1503121234";
    let record = record_of(Kind::Goal, &[(Path::root("text"), text.into()), Record::not_cpr_leaf("1503121234")]);
    let file = write(&Records::from([(id("r1"), record)]), &Scope::Backup, moment()).unwrap();
    let opened = read(file.as_bytes()).unwrap();
    assert!(opened.cpr.is_empty());
    assert_eq!(opened.records[&id("r1")].title(), text);
}

/// What is read of a file with one record.
fn opened_with(record: &Record) -> kvalitetshjul::exchange::read::OpenedFile {
    let records = Records::from([(record.id().clone(), record.clone())]);
    read(write(&records, &Scope::Backup, moment()).unwrap().as_bytes()).unwrap()
}

#[test]
fn trust_cpr_number_is_withheld_in_every_leaf_that_can_hold_one() {
    use serde_json::json;
    let observation = |value| (Kind::Series, "/observations/2024-25", value);
    let cases = [
        observation(json!({ "value": 1_503_121_234_u64 })),
        observation(json!({ "value": 150_312.123_4 })),
        observation(json!({ "value": 6.1, "n": 1_503_121_234_u64 })),
        observation(json!({ "value": 6.1, "n": 101_901_234 })),
        observation(json!({ "value": 6.1, "source": "barn 150312 1234" })),
        (Kind::Series, "/targets/2024-08-01", json!(1_503_121_234_u64)),
        (Kind::Series, "/near", json!(1_503_121_234_u64)),
        (Kind::Series, "/notes/2024-25", json!("15-03-12-1234")),
        (Kind::Enhed, "/institution_number", json!("150312-1234")),
        (Kind::Comment, "/field", json!("/text 150312-1234")),
        (Kind::Goal, "/baseline", json!({ "value": 1_503_121_234_u64 })),
        (Kind::Goal, "/origin", json!("1503121234")),
        (Kind::Goal, "/anchors/a1", json!({ "indicator": "1503121234" })),
        (Kind::Package, "/cycle", json!("150312 - 1234")),
        (Kind::Version, "/content", json!("{\"head\":{\"title\":\"150312-1234\"}}")),
        (Kind::Goal, "/from_a_newer_version", json!([["150312-1234"]])),
        (Kind::Goal, "/from_a_newer_version", json!({ "150312-1234": true })),
    ];
    for (kind, path, value) in cases {
        let path = Path::parse(path).unwrap();
        let opened = opened_with(&record_of(kind, &[(path.clone(), LeafValue::new(value.clone()))]));
        assert_eq!(opened.cpr, [(id("r1"), path.clone())], "{kind}{path} {value}");
        assert!(opened.records[&id("r1")].leaf(&path).unwrap().is_masked(), "{kind}{path} {value}");
        assert!(!serde_json::to_string(&opened.records[&id("r1")]).unwrap().contains("1234"), "{kind}{path}");
    }
    // A kind that a newer version knows.
    let text = serde_json::to_string(&record_of(Kind::Goal, &[(Path::root("text"), "150312-1234".into())])).unwrap();
    let newer: Record = serde_json::from_str(&text.replace("\"goal\"", "\"en_ny_slags\"")).unwrap();
    assert_eq!(opened_with(&newer).cpr.len(), 1);
    // Ids, fingerprints, days and figures as they are everywhere.
    let fine = [
        observation(
            json!({ "value": 1_234_567.5, "n": 120, "source": "Uddannelsesstatistik 2024", "retrieved": "2026-03-15" }),
        ),
        (Kind::Goal, "/origin", json!("7h1503121234xyz0")),
        (Kind::Goal, "/anchors/a1503121234b", json!({ "indicator": "a1503121234b" })),
        (Kind::Enhed, "/institution_number", json!("281065")),
        (Kind::Aftale, "/period", json!({ "from": "2026-08-01", "to": "2028-07-31" })),
    ];
    for (kind, path, value) in fine {
        let opened = opened_with(&record_of(kind, &[(Path::parse(path).unwrap(), LeafValue::new(value.clone()))]));
        assert!(opened.cpr.is_empty() && opened.faults.is_empty(), "{kind}{path} {value}: {:?}", opened.faults);
    }
}

#[test]
fn trust_cpr_number_in_the_name_of_who_wrote_is_masked() {
    let by = Author { by: Some("Anne, mor til 150312-1234".to_owned()), ..author() };
    let goal = Record::create(id("r1"), &kvalitetshjul::domain::goal::Goal::default(), &by).unwrap();
    let opened = opened_with(&goal);
    assert_eq!(opened.cpr, [(id("r1"), Path::root("@by"))]);
    let read = &opened.records[&id("r1")];
    assert!(read.stamps().all(|(_, stamp)| stamp.by.as_deref() == Some("Anne, mor til 150312-••••")));
    // Met by the copy that has the number, it stays masked, whoever merges.
    assert_eq!(goal.merge(read).unwrap(), *read);
    assert_eq!(read.merge(&goal).unwrap(), *read);
}

#[test]
fn trust_cpr_number_as_a_name_of_a_record_or_a_leaf_is_refused() {
    let sound = serde_json::to_string(&record_of(Kind::Goal, &[(Path::root("text"), "Et mål".into())])).unwrap();
    let named = sound.replace("\"r1\"", "\"150312-1234\"");
    let keyed = serde_json::to_string(&record_of(
        Kind::Goal,
        &[(Path::root("initiatives").child("1503121234").child("text"), "x".into())],
    ))
    .unwrap();
    for text in [named, keyed] {
        let opened = opened_with(&serde_json::from_str(&text).unwrap());
        assert!(opened.records.is_empty(), "{text}");
        assert!(matches!(opened.faults[0].fault, RecordFault::Invalid { .. }));
        assert!(!opened.faults[0].text.contains("1234"), "what is put aside holds none either");
    }
}

#[test]
fn trust_a_record_without_leaves_is_refused_and_cannot_come_into_being() {
    let actor = author().actor;
    let bare = format!(r#"{{"kind":"goal","id":"r1","leaves":{{}},"seen":{{"{actor}":1}},"writes":[]}}"#);
    assert!(serde_json::from_str::<Record>(&bare).is_err());
    // A copy of the file's text with the record in it: no app writes one.
    let sound = record_of(Kind::Goal, &[(Path::root("text"), "Et mål".into())]);
    let file = write(&Records::from([(id("r1"), sound.clone())]), &Scope::Backup, moment()).unwrap();
    let text = serde_json::to_string(&sound).unwrap();
    assert!(file.contains(&text));
    let opened = read(file.replace(&text, &bare).as_bytes()).unwrap();
    assert!(opened.records.is_empty());
    assert_eq!(opened.faults[0].fault, RecordFault::NoLeaves);
    let words = opened.faults[0].to_string();
    assert!(words.contains("er tom") && words.contains("goal r1"), "{words}");
    // Two copies of which each says that what the other has was replaced: of them nothing would be left.
    let half = |leaf: &str, n: u64| {
        format!(
            r#"{{"kind":"goal","id":"r1","leaves":{{"/{leaf}":"x"}},"seen":{{"{actor}":2}},"writes":[{{"actor":"{actor}","n":{n},"at":"2026-03-15T09:42:00Z","rest":true}}]}}"#
        )
    };
    let (one, other) = (half("text", 1), half("expected_effect", 2));
    let opened = read(file.replace(&text, &format!("{one},{other}")).as_bytes()).unwrap();
    assert!(matches!(opened.faults[0].fault, RecordFault::Damaged { .. }));
    assert!(opened.records[&id("r1")].leaves().len() == 1, "the first stands");
    let backup = write(&opened.records, &Scope::Backup, moment()).unwrap();
    assert!(read(backup.as_bytes()).unwrap().faults.is_empty(), "the app's own file is sound");
    // Nor as a copy of what is masked here.
    let mut masked = sound;
    masked.withhold(|_, _| true);
    assert!(masked.copy_as(id("r2"), &author()).is_err());
}
