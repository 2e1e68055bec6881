//! Texts, names and numbers are read unchanged and are never more than data.

use kvalitetshjul::domain::goal::Goal;
use kvalitetshjul::exchange::read::read;
use kvalitetshjul::exchange::scope::Scope;
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::record::edit::Focus;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::value::LeafValue;
use kvalitetshjul::record::{Record, Records};

use super::{author, file_of, goal_with, id, moment, record_of, text_leaves};

#[test]
fn hostile_texts_and_names_are_read_unchanged() {
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
        let hostile_path = Path::root(text).child("__proto__").child("constructor");
        record.write([(hostile_path.clone(), LeafValue::from(text))], &mut Focus::default(), &author()).unwrap();
        let records = Records::from([(id("g1"), record)]);
        let file = write(&records, &Scope::Backup, moment()).unwrap();
        let opened = read(file.as_bytes()).unwrap();
        assert_eq!(opened.records, records, "{text:?}");
        assert_eq!(opened.records[&id("g1")].shown_text(&hostile_path), Some(text));
    }
}

#[test]
fn extreme_numbers_are_written_back_unchanged() {
    for (number, written) in [
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
        assert!(text.contains(&format!(r#""/x":{written}}}"#)), "{number}");
    }
}

#[test]
fn naughty_strings_are_read_unchanged_in_every_text_leaf() {
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
            assert_eq!(
                write(&opened.records, &Scope::Backup, moment()).unwrap(),
                file,
                "the file written again is equal"
            );
        }
    }
    println!("{} naughty strings through {} text leaves", naughty_strings::BLNS.len(), leaves.len());
}
