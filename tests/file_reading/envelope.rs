//! The file as a whole: JSON, encodings, truncation, size limits, versions, error messages.

use std::path::PathBuf;
use std::process::Command;

use kvalitetshjul::exchange::error::FileError;
use kvalitetshjul::exchange::format::{MAX_BYTES, MAX_RECORDS};
use kvalitetshjul::exchange::read::read;

use super::{file_of, fixture, goal_with, plan};

/// Finds the source folder of a package that cargo has downloaded.
fn package_folder(name: &str) -> PathBuf {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo).args(["metadata", "--format-version", "1", "--locked"]).output().unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == name).unwrap();
    PathBuf::from(package["manifest_path"].as_str().unwrap()).parent().unwrap().to_owned()
}

#[test]
fn json_test_suite_leads_to_errors_or_plans() {
    let folder = package_folder("yyjson-sys").join("yyjson/test/data/json/test_parsing");
    let mut counts = [0; 3];
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap();
        let name = file.file_name().into_string().unwrap();
        let bytes = std::fs::read(file.path()).unwrap();
        let as_file = plan(&bytes);
        assert!(as_file.is_err(), "{name} is no file of this app");
        // The same text as the value of a leaf.
        let as_leaf = std::str::from_utf8(&bytes)
            .ok()
            .map(|text| plan(file_of(&goal_with(&format!(r#""/x":{text}"#))).as_bytes()));
        match name.as_bytes()[0] {
            b'y' => {
                counts[0] += 1;
                assert!(as_leaf.unwrap().is_ok(), "{name}: a JSON value is read, or its record is rejected");
            }
            b'n' => {
                counts[1] += 1;
                assert!(matches!(as_file, Err(FileError::NotJson { .. } | FileError::TooDeep)), "{name}: {as_file:?}");
                if let Some(Ok(plan)) = as_leaf {
                    assert_eq!(plan.faults.len(), 1, "{name}: the record is rejected");
                }
            }
            _ => counts[2] += 1,
        }
    }
    assert_eq!(counts, [95, 189, 35]);
    println!("JSONTestSuite: 95 y, 189 n, 35 i, each as a file and as a leaf");
}

#[test]
fn truncated_file_is_incomplete_at_every_byte() {
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
fn encodings_of_one_text_read_to_the_same_records() {
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
        // Pretty-printing sorts the members, so the checksum is no longer the last member. The other encodings keep it
        // valid.
        assert_eq!(opened.head.is_changed_after_export, name == "indented", "{name}");
    }
    let latin1 = text.replace('å', "\u{fffd}").replace('\u{fffd}', "X").into_bytes();
    let latin1: Vec<u8> = latin1.into_iter().map(|byte| if byte == b'X' { 0xe5 } else { byte }).collect();
    assert_eq!(read(&latin1).err(), Some(FileError::NotJson { line: None }));
}

#[test]
fn file_changed_by_hand_is_read_and_flagged() {
    let text = fixture();
    assert!(!read(text.as_bytes()).unwrap().head.is_changed_after_export);
    let changed = text.replacen("Morgenhilsen", "Aftenhilsen", 1);
    let opened = read(changed.as_bytes()).unwrap();
    assert!(opened.head.is_changed_after_export && opened.faults.is_empty());
}

#[test]
fn size_count_and_depth_limits_hold_before_parsing() {
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
    let exact = format!("{}]}}", many.trim_end_matches(','));
    assert_eq!(read(exact.as_bytes()).unwrap().faults.len(), MAX_RECORDS);

    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let deep = |depth: usize| format!(r#""/x":{}1{}"#, open.repeat(depth), close.repeat(depth));
        assert_eq!(read(file_of(&goal_with(&deep(10_000))).as_bytes()).err(), Some(FileError::TooDeep));
        assert_eq!(read(open.repeat(10_000).as_bytes()).err(), Some(FileError::TooDeep));
        let opened = read(file_of(&goal_with(&deep(120))).as_bytes()).unwrap();
        assert_eq!(opened.records.len(), 1, "120 deep is read");
    }
}

#[test]
fn newer_and_invalid_versions_are_errors() {
    let open =
        |version: &str| read(format!(r#"{{"format":"kvalitetshjul","version":{version},"records":[]}}"#).as_bytes());
    assert_eq!(open("4").err(), Some(FileError::TooNew { version: 4 }));
    assert_eq!(open("0").err(), Some(FileError::MigrationFailed { version: 0 }));
    for version in ["\"2\"", "2.5", "-1", "null", "{}"] {
        assert_eq!(open(version).err(), Some(FileError::NotThisFormat), "{version}");
    }
    let newer_shape = r#"{"format":"kvalitetshjul","version":4,"records":{"in":"another way"}}"#;
    assert_eq!(read(newer_shape.as_bytes()).err(), Some(FileError::TooNew { version: 4 }));
}

#[test]
fn foreign_files_are_not_this_format() {
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
fn each_error_message_says_what_is_safe_and_what_to_do() {
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
        assert!(["Bed ", "Vælg ", "Genindlæs "].iter().any(|advice| text.contains(advice)), "{text}");
    }
    let opened = read(file_of(r#"{"kind":"goal","id":"g1"}"#).as_bytes()).unwrap();
    let text = opened.faults[0].to_string();
    assert!(text.contains("goal g1") && text.contains("urørt") && text.contains("Bed afsenderen"), "{text}");
}
