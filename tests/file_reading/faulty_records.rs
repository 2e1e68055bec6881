//! Records that contradict themselves or each other are rejected with their text; the rest of the file is read.

use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::registry::Kind;
use kvalitetshjul::exchange::error::RecordFault;
use kvalitetshjul::exchange::plan::Plan;
use kvalitetshjul::exchange::read::read;
use kvalitetshjul::exchange::scope::Scope;
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::{Record, Records};

use super::{author, file_of, goal_with, id, moment, only_fault, record_of};

#[test]
fn invalid_records_are_rejected_and_the_rest_is_read() {
    let valid = goal_with(r#""/x":1"#);
    let actor = author().actor;
    let with = |from: &str, to: &str| {
        let changed = valid.replacen(from, to, 1).replacen("\"g1\"", "\"g2\"", 1);
        assert_ne!(changed, valid.replacen("\"g1\"", "\"g2\"", 1), "{from} does not occur in the record");
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
        let opened = read(file_of(&format!("{valid},{bad}")).as_bytes()).unwrap();
        assert!(matches!(only_fault(&opened, &bad), RecordFault::Invalid { .. }), "{bad}");
        assert_eq!(opened.faults[0].text, bad, "the fault keeps the text of the record");
        assert_eq!(opened.records.len(), 1, "{bad}");
    }
}

#[test]
fn records_with_one_id_are_merged_or_rejected() {
    let one = goal_with(r#""/x":1"#);
    let opened = read(file_of(&format!("{one},{one}")).as_bytes()).unwrap();
    assert_eq!((opened.records.len(), opened.faults.len()), (1, 0), "equal records are merged");
    let contradicting = one.replace("Målet", "Et andet mål");
    let opened = read(file_of(&format!("{one},{contradicting}")).as_bytes()).unwrap();
    assert!(matches!(only_fault(&opened, &contradicting), RecordFault::Damaged { .. }));
    assert_eq!(opened.faults[0].text, contradicting);

    // A record of another kind has the id of an existing record.
    let local = read(file_of(&one).as_bytes()).unwrap().records;
    let other = Record::create(id("g1"), &Enhed::default(), &author()).unwrap();
    let file = write(&Records::from([(id("g1"), other)]), &Scope::Backup, moment()).unwrap();
    let plan = Plan::make(&local, read(file.as_bytes()).unwrap());
    assert!(plan.items.is_empty());
    assert!(matches!(plan.faults[0].fault, RecordFault::Damaged { .. }));
    assert!(plan.faults[0].to_string().contains("samme id"));
}

#[test]
fn record_without_leaves_is_rejected_and_cannot_be_created() {
    let actor = author().actor;
    let bare = format!(r#"{{"kind":"goal","id":"r1","leaves":{{}},"seen":{{"{actor}":1}},"writes":[]}}"#);
    assert!(serde_json::from_str::<Record>(&bare).is_err());
    // No app writes such a record, so the test puts it into the text of a file.
    let valid = record_of(Kind::Goal, &[(Path::root("text"), "Et mål".into())]);
    let file = write(&Records::from([(id("r1"), valid.clone())]), &Scope::Backup, moment()).unwrap();
    let text = serde_json::to_string(&valid).unwrap();
    assert!(file.contains(&text));
    let opened = read(file.replace(&text, &bare).as_bytes()).unwrap();
    assert!(opened.records.is_empty());
    assert_eq!(opened.faults[0].fault, RecordFault::NoLeaves);
    let message = opened.faults[0].to_string();
    assert!(message.contains("er tom") && message.contains("goal r1"), "{message}");
    // Two copies each say that the other's leaf was replaced, so that merging would leave nothing.
    let half = |leaf: &str, n: u64| {
        format!(
            r#"{{"kind":"goal","id":"r1","leaves":{{"/{leaf}":"x"}},"seen":{{"{actor}":2}},"writes":[{{"actor":"{actor}","n":{n},"at":"2026-03-15T09:42:00Z","rest":true}}]}}"#
        )
    };
    let (one, other) = (half("text", 1), half("expected_effect", 2));
    let opened = read(file.replace(&text, &format!("{one},{other}")).as_bytes()).unwrap();
    assert!(matches!(opened.faults[0].fault, RecordFault::Damaged { .. }));
    assert!(opened.records[&id("r1")].leaves().len() == 1, "the first copy is read");
    let backup = write(&opened.records, &Scope::Backup, moment()).unwrap();
    assert!(read(backup.as_bytes()).unwrap().faults.is_empty(), "a backup of the result is readable");
    // A copy of a fully masked record would have no leaves either.
    let mut masked = valid;
    masked.withhold(|_, _| true);
    assert!(masked.copy_as(id("r2"), &author()).is_err());
}
