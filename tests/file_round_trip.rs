//! Files written and read again: backups, shared parts, files of every released version, and imports that are undone.

use std::collections::BTreeSet;
use std::path::PathBuf;

use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::registry::Kind;
use kvalitetshjul::domain::sorted::SortedSet;
use kvalitetshjul::exchange::format::VERSION;
use kvalitetshjul::exchange::out_of_sight::{self, in_sight};
use kvalitetshjul::exchange::plan::{ImportStatus, Plan, PlanAction};
use kvalitetshjul::exchange::read::read;
use kvalitetshjul::exchange::scope::{Scope, SharedPart};
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::exchange::{apply, schema};
use kvalitetshjul::record::choice::Choice;
use kvalitetshjul::record::delta::undo_all;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::{Author, Focus};
use kvalitetshjul::record::identity::SameUnitAnswer;
use kvalitetshjul::record::life::Life;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::undo_stack::{UndoDirection, UndoStack};
use kvalitetshjul::record::value::LeafValue;
use kvalitetshjul::record::{Record, Records};
use serde_json::{Map, Value, json};

fn moment() -> Timestamp {
    Timestamp::parse("2026-03-15T09:42:00Z").unwrap()
}

fn author(n: u8) -> Author {
    Author { actor: Actor::from_random([n; 10]), at: moment(), by: Some(format!("Person {n}")) }
}

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn fixture(name: &str) -> Records {
    let opened = read(&std::fs::read(format!("tests/fixtures/{name}.kvalitetshjul.json")).unwrap()).unwrap();
    assert!(opened.faults.is_empty() && opened.cpr.is_empty() && !opened.head.is_changed_after_export);
    opened.records
}

fn fixtures() -> Vec<PathBuf> {
    let folders = std::fs::read_dir("tests/fixtures").unwrap();
    let files = folders.flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap());
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.to_string_lossy().ends_with(".kvalitetshjul.json"));
    files.sort();
    files
}

/// Imports everything in a file.
fn import(records: &mut Records, file: &str) -> apply::ImportReport {
    let plan = Plan::make(records, read(file.as_bytes()).unwrap());
    apply::apply(records, plan, &author(99))
}

fn backup(records: &Records) -> String {
    write(records, &Scope::Backup, moment()).unwrap()
}

/// Writes a file of a part and reads it back.
fn share(records: &Records, part: SharedPart) -> Records {
    let file = write(records, &Scope::Share { part, unmasked_for: None }, moment()).unwrap();
    read(file.as_bytes()).unwrap().records
}

fn ids(records: &Records) -> BTreeSet<&str> {
    records.keys().map(Id::as_str).collect()
}

#[test]
fn backup_imported_into_an_empty_app_gives_equal_records() {
    let mut all = fixture("v2/solstraalen-leder");
    import(&mut all, &backup(&fixture("v2/solstraalen-chef")));
    assert!(all.values().any(|record| !record.choices().is_empty()), "the backup has open choices");
    all.get_mut(&id("proeve1")).unwrap().delete(None, &author(1)).unwrap();
    all.get_mut(&id("proeve1")).unwrap().forget(None).unwrap();
    all.get_mut(&id("kommentar1")).unwrap().withhold(|_, _| true);
    let mut empty = Records::new();
    let report = import(&mut empty, &backup(&all));
    assert_eq!(empty, all);
    assert_eq!(report.counts[&ImportStatus::New], all.len());
    assert_eq!(backup(&empty), backup(&all), "both write the same text");
}

#[test]
fn unknown_leaves_and_kinds_are_carried_along() {
    let mut records = fixture("v2/solstraalen");
    let future = Path::parse("/initiatives/i1/future/~1deep").unwrap();
    let value = LeafValue::new(json!({ "b": [1, null, { "x": "<b>" }], "a": 0.1 }));
    let goal = records.get_mut(&id("maal1")).unwrap();
    goal.write([(future.clone(), value.clone())], &mut Focus::default(), &author(1)).unwrap();
    let unknown = serde_json::to_string(&*goal)
        .unwrap()
        .replace(r#""kind":"goal""#, r#""kind":"moede""#)
        .replace("maal1", "moede1");
    let unknown: Record = serde_json::from_str(&unknown).unwrap();
    records.insert(id("moede1"), unknown.clone());

    let mut other_app = Records::new();
    import(&mut other_app, &backup(&records));
    let goal = other_app.get_mut(&id("maal1")).unwrap();
    goal.edit::<kvalitetshjul::domain::goal::Goal>(&mut Focus::default(), &author(2), |goal| goal.text = "Nyt".into())
        .unwrap();
    import(&mut records, &backup(&other_app));
    assert_eq!(records[&id("maal1")].leaf(&future).unwrap().shown(), Some(&value));
    assert_eq!(records[&id("maal1")].title(), "Nyt");
    assert_eq!(records[&id("moede1")], unknown);
}

#[test]
fn every_fixture_reads_to_its_expected_leaves() {
    let fixtures = fixtures();
    let versions: BTreeSet<String> = fixtures
        .iter()
        .map(|file| file.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(
        versions,
        (1..=VERSION).map(|version| format!("v{version}")).collect(),
        "there is a fixture of every version"
    );
    for file in fixtures {
        let opened = read(&std::fs::read(&file).unwrap()).unwrap();
        assert!(opened.faults.is_empty(), "{file:?}");
        let shown_leaves = |record: &Record| -> Map<String, Value> {
            let leaves = record.leaves().iter();
            leaves.map(|(path, leaf)| (path.to_string(), leaf.shown().unwrap().json().clone())).collect()
        };
        let actual: Map<String, Value> = opened
            .records
            .values()
            .map(|record| {
                (record.id().to_string(), json!({ "kind": record.kind_name(), "leaves": shown_leaves(record) }))
            })
            .collect();
        let expected = file.to_string_lossy().replace(".kvalitetshjul.json", ".expected.json");
        if std::env::var_os("SNAPSHOTS").is_some_and(|mode| mode == "write") {
            std::fs::write(&expected, format!("{:#}\n", Value::Object(actual.clone()))).unwrap();
        }
        let expected: Value = serde_json::from_str(&std::fs::read_to_string(expected).unwrap()).unwrap();
        assert_eq!(Value::Object(actual), expected, "{file:?}");
    }
}

#[test]
fn written_files_match_the_published_schema() {
    let schema = schema::schema();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut mixed = fixture("v2/solstraalen-leder");
    import(&mut mixed, &backup(&fixture("v2/solstraalen-chef")));
    import(&mut mixed, &backup(&fixture("v1/klubben-dorte")));
    mixed.get_mut(&id("klubproeve")).unwrap().forget(None).unwrap();
    for file in fixtures().into_iter().filter(|file| !file.starts_with("tests/fixtures/v1")) {
        mixed.extend(
            read(&std::fs::read(file).unwrap())
                .unwrap()
                .records
                .into_iter()
                .map(|(id, record)| {
                    let merged = mixed.get(&id).map_or_else(|| record.clone(), |other| other.merge(&record).unwrap());
                    (id, merged)
                })
                .collect::<Vec<_>>(),
        );
    }
    let masked = write(
        &mixed,
        &Scope::Share { part: SharedPart::Enhed { id: id("solstraalen") }, unmasked_for: None },
        moment(),
    );
    for text in [backup(&mixed), masked.unwrap()] {
        let file: Value = serde_json::from_str(&text).unwrap();
        let faults: Vec<String> =
            validator.iter_errors(&file).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(faults.is_empty(), "{faults:#?}");
    }
    // The schema rejects wrong values.
    let text = backup(&mixed);
    for (from, to) in [
        (r#""/level":4"#, r#""/level":5"#),
        (r#""/area":"quality""#, r#""/area":"kvalitet""#),
        (r#""/text":"Hvad"#, r#""/text":["Hvad"],"/y":"#),
        (r#""state":"value""#, r#""state":"unheard of""#),
        (r#""/initiatives/i1/status":"running""#, r#""/initiatives/i1/status":7"#),
        (r#""kind":"enhed""#, r#""kind":"ENHED""#),
        (r#""n":1"#, r#""n":0"#),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        if let Ok(file) = serde_json::from_str::<Value>(&changed) {
            assert!(!validator.is_valid(&file), "{from} → {to}");
        }
    }
}

#[test]
fn each_part_selects_its_records_and_no_others() {
    let mut all = fixture("v2/solstraalen");
    import(&mut all, &backup(&fixture("v1/klubben")));
    let select = |part| share(&all, part);
    // Comments go with the agreement only.
    let unit_ids = ["aftale26", "maal1", "proeve1", "solstraalen", "solstraalen.fravaer"];
    assert_eq!(ids(&select(SharedPart::Enhed { id: id("solstraalen") })), BTreeSet::from(unit_ids));
    assert_eq!(
        ids(&select(SharedPart::Aftale { id: id("aftale26") })),
        BTreeSet::from(["aftale26", "kommentar1", "maal1", "solstraalen", "solstraalen.fravaer"])
    );
    assert_eq!(
        ids(&select(SharedPart::DataPackage { units: vec![id("solstraalen"), id("klubben")], package: None })),
        BTreeSet::from(["klubben", "klubben.fritidsjob", "solstraalen", "solstraalen.fravaer"])
    );
    // A network gets the records that the unit shares, and the common figures.
    let network = || SharedPart::Network { name: "Netværk Øst".to_owned() };
    assert_eq!(ids(&select(network())), BTreeSet::from(["solstraalen", "solstraalen.fravaer"]));
    let mut shared = all.clone();
    for name in ["maal1", "proeve1"] {
        let flag = (Path::root("shared"), LeafValue::new(true.into()));
        shared.get_mut(&id(name)).unwrap().write([flag], &mut Focus::default(), &author(1)).unwrap();
    }
    assert_eq!(ids(&share(&shared, network())), BTreeSet::from(unit_ids));
    let archived = (Path::root("archived"), LeafValue::new(true.into()));
    shared.get_mut(&id("solstraalen")).unwrap().write([archived], &mut Focus::default(), &author(1)).unwrap();
    assert_eq!(ids(&share(&shared, network())), BTreeSet::new(), "an archived unit is no longer in the network's file");
    assert_eq!(ids(&select(SharedPart::Chosen { ids: vec![id("refleksion1")] })), BTreeSet::from(["refleksion1"]));
    assert_eq!(read(backup(&all).as_bytes()).unwrap().records, all, "a backup holds all records, private ones too");
}

#[test]
fn unit_under_two_ids_is_shared_as_one() {
    let mut all = fixture("v2/solstraalen");
    import(&mut all, &backup(&fixture("v1/klubben")));
    all.get_mut(&id("klubben")).unwrap().set_same_as(Some(&id("solstraalen")), &author(1)).unwrap();
    let shared = share(&all, SharedPart::Enhed { id: id("solstraalen") });
    assert!(shared.contains_key(&id("klubben.fritidsjob")) && shared.contains_key(&id("maal1")));
}

#[test]
fn small_figures_are_masked_in_shared_files_and_kept_when_those_come_home() {
    let mut sender = fixture("v2/solstraalen");
    let series = id("solstraalen.fravaer");
    let small = Path::root("observations").child("2024-25");
    let sent = share(&sender, SharedPart::Enhed { id: id("solstraalen") });
    assert!(sent[&series].leaf(&small).unwrap().is_masked());
    assert!(
        !write(&sent, &Scope::Backup, moment()).unwrap().contains(r#""n":4"#),
        "the text does not hold the number of persons"
    );
    let before = sender.clone();
    import(&mut sender, &backup(&sent));
    assert_eq!(sender, before, "importing the masked copy changes nothing");

    let open =
        Scope::Share { part: SharedPart::Enhed { id: id("solstraalen") }, unmasked_for: Some("Bo, chef".to_owned()) };
    assert!(
        !open.is_masked() && Scope::Share { part: SharedPart::Enhed { id: id("x") }, unmasked_for: None }.is_masked()
    );
    let network = SharedPart::Network { name: "Netværk Øst".to_owned() };
    assert!(
        Scope::Share { part: network, unmasked_for: Some("Bo".to_owned()) }.is_masked(),
        "a network's file is always masked"
    );
}

#[test]
fn concurrent_edits_of_a_goal_become_open_choices_in_both_apps() {
    let mut leder = fixture("v2/solstraalen-leder");
    let mut chef = fixture("v2/solstraalen-chef");
    let plan = Plan::make(&leder, read(backup(&chef).as_bytes()).unwrap());
    let status = |name: &str| plan.items.iter().find(|item| item.incoming.id().as_str() == name).unwrap().status;
    assert_eq!(status("maal1"), ImportStatus::OpenChoice);
    assert_eq!(status("aftale26"), ImportStatus::Same);
    let goal = plan.items.iter().find(|item| item.status == ImportStatus::OpenChoice).unwrap();
    assert_eq!(goal.authors, SortedSet::from(["Bo, chef".to_owned()]));
    assert!(goal.lines.iter().any(|line| line.description.starts_with("ændrede forventet effekt i målet «")));

    let report = import(&mut leder, &backup(&chef));
    assert_eq!(report.new_choices, 2, "two wordings of the goal; an initiative deleted but changed");
    let choices = leder[&id("maal1")].choices();
    let entry = Path::root("initiatives").child("i2");
    assert!(choices.contains(&Choice::DeletedButChanged { entry: Some(entry) }));
    assert!(choices.iter().any(|choice| matches!(choice, Choice::Wordings { path, wordings } if path.as_str() == "/text" && wordings.len() == 2)));
    import(&mut chef, &backup(&fixture("v2/solstraalen-leder")));
    assert_eq!(chef[&id("maal1")], leder[&id("maal1")], "both apps hold the same record");
}

#[test]
fn undone_import_can_be_written_again() {
    let mut local = fixture("v2/solstraalen");
    let before: Vec<(Id, Value)> = local.values().map(|record| (record.id().clone(), shown_leaves(record))).collect();
    let mut file = fixture("v2/solstraalen-chef");
    import(&mut file, &backup(&fixture("v1/klubben")));
    let file = backup(&file);
    let report = import(&mut local, &file);
    let imported = local.clone();
    assert_eq!(local[&id("maal1")].title(), "Alle børn møder ind hver dag");

    let mut undo_stack = UndoStack::default();
    undo_stack.record_bulk("flettede filen ind".to_owned(), report.steps, Vec::new());
    let outcome = undo_stack.apply(UndoDirection::Last, |id| local.get(id).cloned(), &author(5)).unwrap().unwrap();
    assert!(outcome.skipped.is_empty());
    local.extend(outcome.records.into_iter().map(|record| (record.id().clone(), record)));
    let hidden: Vec<Record> = outcome.hidden.iter().map(|id| local[id].clone()).collect();
    let lists = out_of_sight::make_lists(&hidden, "filen", &mut || id("liste"), &author(5)).unwrap();
    local.extend(lists.into_iter().map(|list| (list.id().clone(), list)));
    for (id, shown_before) in &before {
        assert_eq!(shown_leaves(&local[id]), *shown_before, "{id}");
    }
    assert_eq!(
        local[&id("klubben")],
        imported[&id("klubben")],
        "undo writes nothing in records that came with the file"
    );
    assert!(!in_sight(local.clone()).contains_key(&id("klubben")), "the record is out of sight");

    let mut plan = Plan::make(&local, read(file.as_bytes()).unwrap());
    assert!(plan.items.iter().all(|item| matches!(item.status, ImportStatus::Older | ImportStatus::Same)));
    let goal = plan.items.iter_mut().find(|item| item.incoming.id().as_str() == "maal1").unwrap();
    assert!(goal.can_write_again);
    for item in plan.items.iter_mut().filter(|item| item.can_write_again) {
        item.action = PlanAction::WriteAgain;
    }
    apply::apply(&mut local, plan, &author(6));
    for record in imported.values() {
        assert_eq!(shown_leaves(&local[record.id()]), shown_leaves(record), "{}", record.id());
        assert_eq!(local[record.id()].life(None), record.life(None));
        assert!(in_sight(local.clone()).contains_key(record.id()));
    }
}

/// Returns the shown values of a record's leaves, without its internal leaves (`@…`).
fn shown_leaves(record: &Record) -> Value {
    let leaves = record.leaves().iter().filter(|(path, _)| !path.is_own());
    leaves.map(|(path, leaf)| (path.to_string(), json!(leaf.shown()))).collect::<Map<_, _>>().into()
}

#[test]
fn writing_again_restores_entries_and_empties_no_field() {
    let older_file = backup(&fixture("v2/solstraalen"));
    let mut local = fixture("v2/solstraalen");
    let goal = local.get_mut(&id("maal1")).unwrap();
    let period = Path::root("initiatives").child("i1").child("period");
    let from = LeafValue::new(json!({ "from": "2026-01-01" }));
    goal.write([(period.clone(), from)], &mut Focus::default(), &author(1)).unwrap();
    let entry = Path::root("initiatives").child("i2");
    goal.delete(Some(&entry), &author(1)).unwrap();
    let mut plan = Plan::make(&local, read(older_file.as_bytes()).unwrap());
    for item in plan.items.iter_mut().filter(|item| item.can_write_again) {
        item.action = PlanAction::WriteAgain;
    }
    apply::apply(&mut local, plan, &author(2));
    let goal = &local[&id("maal1")];
    assert_eq!(goal.life(Some(&entry)), Life::Living);
    assert!(!goal.leaf(&period).unwrap().shown().unwrap().is_null());
}

#[test]
fn import_of_equal_texts_records_the_new_dots() {
    let mut one = fixture("v2/solstraalen");
    let mut other = one.clone();
    for (records, n) in [(&mut one, 1), (&mut other, 2)] {
        let goal = records.get_mut(&id("maal1")).unwrap();
        goal.write([(Path::root("text"), "De samme ord".into())], &mut Focus::default(), &author(n)).unwrap();
    }
    let report = import(&mut one, &backup(&other));
    assert!(report.steps.is_empty() && report.changed.contains(&id("maal1")));
    let plan = Plan::make(&one, read(backup(&other).as_bytes()).unwrap());
    assert!(plan.items.iter().all(|item| item.status != ImportStatus::Newer), "importing again changes nothing");
}

#[test]
fn data_package_masks_notes_about_figures() {
    let sender = fixture("v2/solstraalen");
    let (series, note) = (id("solstraalen.fravaer"), Path::root("notes").child("2024-25"));
    let package = share(&sender, SharedPart::DataPackage { units: vec![id("solstraalen")], package: None });
    assert!(package[&series].leaf(&note).unwrap().is_masked());
    // In any part, the note about a masked figure is masked too.
    assert!(share(&sender, SharedPart::Enhed { id: id("solstraalen") })[&series].leaf(&note).unwrap().is_masked());
}

#[test]
fn undo_of_an_import_keeps_and_names_texts_written_since() {
    let mut local = fixture("v2/solstraalen");
    let report = import(&mut local, &backup(&fixture("v2/solstraalen-chef")));
    let goal = local.get_mut(&id("maal1")).unwrap();
    goal.write([(Path::root("text"), "Mit eget".into())], &mut Focus::default(), &author(3)).unwrap();
    let undone = undo_all(&mut local, &report.steps, &author(4)).unwrap();
    assert_eq!(local[&id("maal1")].title(), "Mit eget");
    assert_eq!(undone[0].1.skipped, [Some(Path::root("text"))], "the field is named");
    assert_eq!(local[&id("maal1")].shown_text(&Path::root("expected_effect")), Some("Fraværet falder"));
}

#[test]
fn unit_with_the_same_name_under_another_id_is_asked_about_once() {
    let mut local = fixture("v2/solstraalen");
    let twin = serde_json::to_string(&local[&id("solstraalen")]).unwrap().replace("\"solstraalen\"", "\"tvilling\"");
    let twin: Record = serde_json::from_str(&twin.replace("Børnehuset", "BØRNEHUSET ")).unwrap();
    let file = backup(&Records::from([(id("tvilling"), twin)]));
    let mut plan = Plan::make(&local, read(file.as_bytes()).unwrap());
    assert_eq!(plan.same_units.len(), 1);
    plan.same_units[0].is_same = true;
    apply::apply(&mut local, plan, &author(1));
    let answer = (id("tvilling"), SameUnitAnswer::Same(id("solstraalen")));
    assert_eq!(
        local[&id("solstraalen")].read_unit_answers(),
        [answer],
        "the record with the lower id stores the answer"
    );
    assert_eq!(local[&id("tvilling")].read_unit_answers(), []);
    let plan = Plan::make(&local, read(file.as_bytes()).unwrap());
    assert!(plan.same_units.is_empty(), "the question is not asked again");
}

#[test]
fn records_set_to_leave_are_not_imported() {
    let mut local = fixture("v2/solstraalen");
    let mut plan = Plan::make(&local, read(backup(&fixture("v2/solstraalen-chef")).as_bytes()).unwrap());
    for item in &mut plan.items {
        item.action = PlanAction::Leave;
    }
    let before = local.clone();
    let report = apply::apply(&mut local, plan, &author(1));
    assert!(local == before && report.steps.is_empty() && report.counts.is_empty());
    assert_eq!(local[&id("maal1")].kind(), Some(Kind::Goal));
}
