//! CPR numbers are withheld while a file is read, wherever they are.

use kvalitetshjul::domain::goal::Goal;
use kvalitetshjul::domain::registry::Kind;
use kvalitetshjul::exchange::error::RecordFault;
use kvalitetshjul::exchange::read::read;
use kvalitetshjul::exchange::scope::Scope;
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::{Author, Focus};
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::value::LeafValue;
use kvalitetshjul::record::{Record, Records};
use serde_json::json;

use super::{author, id, moment, opened_with, record_of, text_leaves};

#[test]
fn cpr_number_in_a_text_leaf_is_withheld_and_reported() {
    let (number, text) = ("Barnet 150312-1234 trives.", Path::root("text"));
    for (kind, path) in text_leaves() {
        let title = kind.title();
        let record = record_of(kind, &[(path.clone(), number.into()), (Path::root("x1503121234"), number.into())]);
        let file = write(&Records::from([(id("r1"), record)]), &Scope::Backup, moment()).unwrap();
        let opened = read(file.as_bytes()).unwrap();
        // A leaf of a newer version may hold a text too.
        let unknown = Path::root("x1503121234");
        assert_eq!(opened.cpr, [(id("r1"), path.clone()), (id("r1"), unknown.clone())], "{kind}, title field {title}");
        for path in [&path, &unknown] {
            let leaf = opened.records[&id("r1")].leaf(path).unwrap();
            assert!(leaf.is_masked() && leaf.shown().is_none());
        }
    }
    // In each wording of an open choice, and inside a structured leaf.
    let mut one = record_of(Kind::Goal, &[(text.clone(), "Målet".into())]);
    let mut other = one.clone();
    let second = Author { actor: Actor::from_random([9; 10]), ..author() };
    one.write([(text.clone(), number.into())], &mut Focus::default(), &author()).unwrap();
    other.write([(text.clone(), "Et andet mål".into())], &mut Focus::default(), &second).unwrap();
    let both = one.merge(&other).unwrap();
    let opened = read(write(&Records::from([(id("r1"), both)]), &Scope::Backup, moment()).unwrap().as_bytes()).unwrap();
    assert_eq!(opened.cpr.len(), 1);
    assert_eq!(opened.records[&id("r1")].shown_text(&text), Some("Et andet mål"), "the other wording is shown");

    let observation = Path::root("observations").child("2024-25");
    let figure = LeafValue::new(json!({ "value": 6.1, "source": number }));
    let series = record_of(Kind::Series, &[(observation.clone(), figure)]);
    let file = write(&Records::from([(id("r1"), series)]), &Scope::Backup, moment()).unwrap();
    assert_eq!(read(file.as_bytes()).unwrap().cpr, [(id("r1"), observation)]);
}

#[test]
fn number_declared_not_to_be_cpr_is_read_in_its_record() {
    let text = "Ordre 1503121234";
    let record = record_of(Kind::Goal, &[(Path::root("text"), text.into()), Record::not_cpr_leaf("1503121234")]);
    let file = write(&Records::from([(id("r1"), record)]), &Scope::Backup, moment()).unwrap();
    let opened = read(file.as_bytes()).unwrap();
    assert!(opened.cpr.is_empty());
    assert_eq!(opened.records[&id("r1")].title(), text);
}

#[test]
fn cpr_number_is_withheld_in_every_kind_of_leaf() {
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
    // A kind of a newer version.
    let text = serde_json::to_string(&record_of(Kind::Goal, &[(Path::root("text"), "150312-1234".into())])).unwrap();
    let newer: Record = serde_json::from_str(&text.replace("\"goal\"", "\"en_ny_slags\"")).unwrap();
    assert_eq!(opened_with(&newer).cpr.len(), 1);
    // Ids, fingerprints, dates and figures are no CPR numbers.
    let accepted = [
        observation(
            json!({ "value": 1_234_567.5, "n": 120, "source": "Uddannelsesstatistik 2024", "retrieved": "2026-03-15" }),
        ),
        (Kind::Goal, "/origin", json!("7h1503121234xyz0")),
        (Kind::Goal, "/anchors/a1503121234b", json!({ "indicator": "a1503121234b" })),
        (Kind::Enhed, "/institution_number", json!("281065")),
        (Kind::Aftale, "/period", json!({ "from": "2026-08-01", "to": "2028-07-31" })),
    ];
    for (kind, path, value) in accepted {
        let opened = opened_with(&record_of(kind, &[(Path::parse(path).unwrap(), LeafValue::new(value.clone()))]));
        assert!(opened.cpr.is_empty() && opened.faults.is_empty(), "{kind}{path} {value}: {:?}", opened.faults);
    }
}

#[test]
fn cpr_number_in_an_authors_name_is_masked() {
    let by = Author { by: Some("Anne, mor til 150312-1234".to_owned()), ..author() };
    let goal = Record::create(id("r1"), &Goal::default(), &by).unwrap();
    let opened = opened_with(&goal);
    assert_eq!(opened.cpr, [(id("r1"), Path::root("@by"))]);
    let read = &opened.records[&id("r1")];
    assert!(read.stamps().all(|(_, stamp)| stamp.by.as_deref() == Some("Anne, mor til 150312-••••")));
    // Merged with the unmasked copy in either order, the name stays masked.
    assert_eq!(goal.merge(read).unwrap(), *read);
    assert_eq!(read.merge(&goal).unwrap(), *read);
}

#[test]
fn cpr_number_as_a_record_id_or_leaf_name_is_rejected() {
    let valid = serde_json::to_string(&record_of(Kind::Goal, &[(Path::root("text"), "Et mål".into())])).unwrap();
    let named = valid.replace("\"r1\"", "\"150312-1234\"");
    let keyed = serde_json::to_string(&record_of(
        Kind::Goal,
        &[(Path::root("initiatives").child("1503121234").child("text"), "x".into())],
    ))
    .unwrap();
    for text in [named, keyed] {
        let opened = opened_with(&serde_json::from_str(&text).unwrap());
        assert!(opened.records.is_empty(), "{text}");
        assert!(matches!(opened.faults[0].fault, RecordFault::Invalid { .. }));
        assert!(!opened.faults[0].text.contains("1234"), "the text of the fault holds no CPR number");
    }
}
