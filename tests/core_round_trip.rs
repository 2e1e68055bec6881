//! What goes out comes back: copies, shared parts, and the files of every version ever released.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that meets what it did not expect should stop there")]

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
    assert!(opened.faults.is_empty() && opened.cpr.is_empty() && !opened.head.changed_since);
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

fn take(records: &mut Records, file: &str) -> apply::ImportReport {
    let plan = Plan::make(records, read(file.as_bytes()).unwrap());
    apply::apply(records, plan, &author(99))
}

fn backup(records: &Records) -> String {
    write(records, &Scope::Backup, moment()).unwrap()
}

fn share(records: &Records, part: SharedPart) -> Records {
    let file = write(records, &Scope::Share { part, unmasked_for: None }, moment()).unwrap();
    read(file.as_bytes()).unwrap().records
}

fn ids(records: &Records) -> BTreeSet<&str> {
    records.keys().map(Id::as_str).collect()
}

#[test]
fn a_backup_taken_in_by_an_empty_app_is_the_same_records() {
    let mut all = fixture("v2/solstraalen-leder");
    take(&mut all, &backup(&fixture("v2/solstraalen-chef")));
    assert!(all.values().any(|record| !record.choices().is_empty()), "open choices are in it");
    all.get_mut(&id("proeve1")).unwrap().delete(None, &author(1)).unwrap();
    all.get_mut(&id("proeve1")).unwrap().forget(None).unwrap();
    all.get_mut(&id("kommentar1")).unwrap().withhold(|_, _| true);
    let mut empty = Records::new();
    let report = take(&mut empty, &backup(&all));
    assert_eq!(empty, all);
    assert_eq!(report.taken[&ImportStatus::New], all.len());
    assert_eq!(backup(&empty), backup(&all), "and the same text");
}

#[test]
fn what_this_version_does_not_know_is_carried_along() {
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

    let mut there = Records::new();
    take(&mut there, &backup(&records));
    let goal = there.get_mut(&id("maal1")).unwrap();
    goal.edit::<kvalitetshjul::domain::goal::Goal>(&mut Focus::default(), &author(2), |goal| goal.text = "Nyt".into())
        .unwrap();
    take(&mut records, &backup(&there));
    assert_eq!(records[&id("maal1")].leaf(&future).unwrap().shown(), Some(&value));
    assert_eq!(records[&id("maal1")].title(), "Nyt");
    assert_eq!(records[&id("moede1")], unknown);
}

#[test]
fn each_fixture_imports_to_its_expectation() {
    let fixtures = fixtures();
    let versions: BTreeSet<String> = fixtures
        .iter()
        .map(|file| file.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(versions, (1..=VERSION).map(|version| format!("v{version}")).collect(), "a file of every version");
    for file in fixtures {
        let opened = read(&std::fs::read(&file).unwrap()).unwrap();
        assert!(opened.faults.is_empty(), "{file:?}");
        let shown = |record: &Record| -> Map<String, Value> {
            let leaves = record.leaves().iter();
            leaves.map(|(path, leaf)| (path.to_string(), leaf.shown().unwrap().json().clone())).collect()
        };
        let is: Map<String, Value> = opened
            .records
            .values()
            .map(|record| (record.id().to_string(), json!({ "kind": record.kind_name(), "leaves": shown(record) })))
            .collect();
        let expected = file.to_string_lossy().replace(".kvalitetshjul.json", ".expected.json");
        let expected: Value = serde_json::from_str(&std::fs::read_to_string(expected).unwrap()).unwrap();
        assert_eq!(Value::Object(is), expected, "{file:?}");
    }
}

#[test]
fn files_of_today_are_what_the_published_schema_says() {
    let schema = schema::schema();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut mixed = fixture("v2/solstraalen-leder");
    take(&mut mixed, &backup(&fixture("v2/solstraalen-chef")));
    take(&mut mixed, &backup(&fixture("v1/klubben-dorte")));
    mixed.get_mut(&id("klubproeve")).unwrap().forget(None).unwrap();
    for file in fixtures().into_iter().filter(|file| file.starts_with("tests/fixtures/v2")) {
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
    // It says no as well.
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
fn what_each_part_takes_along_and_what_it_never_does() {
    let mut all = fixture("v2/solstraalen");
    take(&mut all, &backup(&fixture("v1/klubben")));
    let of = |part| share(&all, part);
    // Comments are between the parties of the agreement.
    let unit = ["aftale26", "maal1", "proeve1", "solstraalen", "solstraalen.fravaer"];
    assert_eq!(ids(&of(SharedPart::Enhed { id: id("solstraalen") })), BTreeSet::from(unit));
    assert_eq!(
        ids(&of(SharedPart::Aftale { id: id("aftale26") })),
        BTreeSet::from(["aftale26", "kommentar1", "maal1", "solstraalen", "solstraalen.fravaer"])
    );
    assert_eq!(
        ids(&of(SharedPart::DataPackage { units: vec![id("solstraalen"), id("klubben")], package: None })),
        BTreeSet::from(["klubben", "klubben.fritidsjob", "solstraalen", "solstraalen.fravaer"])
    );
    // A network gets what the unit chose to share, and the common figures.
    let network = || SharedPart::Network { name: "Netværk Øst".to_owned() };
    assert_eq!(ids(&of(network())), BTreeSet::from(["solstraalen", "solstraalen.fravaer"]));
    let mut shared = all.clone();
    for own in ["maal1", "proeve1"] {
        let yes = (Path::root("shared"), LeafValue::new(true.into()));
        shared.get_mut(&id(own)).unwrap().write([yes], &mut Focus::default(), &author(1)).unwrap();
    }
    assert_eq!(ids(&share(&shared, network())), BTreeSet::from(unit));
    assert_eq!(ids(&of(SharedPart::Chosen { ids: vec![id("refleksion1")] })), BTreeSet::from(["refleksion1"]));
    assert_eq!(read(backup(&all).as_bytes()).unwrap().records, all, "a backup is everything, private records too");
}

#[test]
fn a_unit_under_two_ids_is_shared_as_one() {
    let mut all = fixture("v2/solstraalen");
    take(&mut all, &backup(&fixture("v1/klubben")));
    all.get_mut(&id("klubben")).unwrap().set_same_as(Some(&id("solstraalen")), &author(1)).unwrap();
    let shared = share(&all, SharedPart::Enhed { id: id("solstraalen") });
    assert!(shared.contains_key(&id("klubben.fritidsjob")) && shared.contains_key(&id("maal1")));
}

#[test]
fn figures_of_fewer_than_five_are_masked_on_their_way_out_and_whole_when_they_come_home() {
    let mut home = fixture("v2/solstraalen");
    let series = id("solstraalen.fravaer");
    let small = Path::root("observations").child("2024-25");
    let sent = share(&home, SharedPart::Enhed { id: id("solstraalen") });
    assert!(sent[&series].leaf(&small).unwrap().is_masked());
    assert!(!write(&sent, &Scope::Backup, moment()).unwrap().contains(r#""n":4"#), "nowhere in the text");
    let before = home.clone();
    take(&mut home, &backup(&sent));
    assert_eq!(home, before, "a masked copy coming home deletes nothing");

    let open =
        Scope::Share { part: SharedPart::Enhed { id: id("solstraalen") }, unmasked_for: Some("Bo, chef".to_owned()) };
    assert!(!open.masks() && Scope::Share { part: SharedPart::Enhed { id: id("x") }, unmasked_for: None }.masks());
    let network = SharedPart::Network { name: "Netværk Øst".to_owned() };
    assert!(Scope::Share { part: network, unmasked_for: Some("Bo".to_owned()) }.masks(), "a network's never is lifted");
}

#[test]
fn two_people_edit_one_goal_apart_and_meet() {
    let mut leder = fixture("v2/solstraalen-leder");
    let mut chef = fixture("v2/solstraalen-chef");
    let plan = Plan::make(&leder, read(backup(&chef).as_bytes()).unwrap());
    let standing = |name: &str| plan.items.iter().find(|item| item.incoming.id().as_str() == name).unwrap().standing;
    assert_eq!(standing("maal1"), ImportStatus::OpenChoice);
    assert_eq!(standing("aftale26"), ImportStatus::Same);
    let goal = plan.items.iter().find(|item| item.standing == ImportStatus::OpenChoice).unwrap();
    assert_eq!(goal.from, SortedSet::from(["Bo, chef".to_owned()]));
    assert!(goal.lines.iter().any(|line| line.what.starts_with("ændrede forventet effekt i målet «")));

    let report = take(&mut leder, &backup(&chef));
    assert_eq!(report.new_choices, 2, "two wordings of the goal; an initiative deleted but changed");
    let choices = leder[&id("maal1")].choices();
    let entry = Path::root("initiatives").child("i2");
    assert!(choices.contains(&Choice::DeletedButChanged { entry: Some(entry) }));
    assert!(choices.iter().any(|choice| matches!(choice, Choice::Wordings { path, wordings } if path.as_str() == "/text" && wordings.len() == 2)));
    take(&mut chef, &backup(&fixture("v2/solstraalen-leder")));
    assert_eq!(chef[&id("maal1")], leder[&id("maal1")], "both see the same");
}

#[test]
fn an_import_is_undone_and_written_again() {
    let mut here = fixture("v2/solstraalen");
    let before: Vec<(Id, Value)> = here.values().map(|record| (record.id().clone(), shown(record))).collect();
    let mut file = fixture("v2/solstraalen-chef");
    take(&mut file, &backup(&fixture("v1/klubben")));
    let file = backup(&file);
    let report = take(&mut here, &file);
    let taken = here.clone();
    assert_eq!(here[&id("maal1")].title(), "Alle børn møder ind hver dag");

    let mut acts = UndoStack::default();
    acts.record_bulk("flettede filen ind".to_owned(), report.steps, Vec::new());
    let turned = acts.apply(UndoDirection::Last, |id| here.get(id).cloned(), &author(5)).unwrap().unwrap();
    assert!(turned.left.is_empty());
    here.extend(turned.records.into_iter().map(|record| (record.id().clone(), record)));
    let away: Vec<Record> = turned.away.iter().map(|id| here[id].clone()).collect();
    let lists = out_of_sight::lists(&away, "filen", &mut || id("liste"), &author(5)).unwrap();
    here.extend(lists.into_iter().map(|list| (list.id().clone(), list)));
    for (id, shown_before) in &before {
        assert_eq!(shown(&here[id]), *shown_before, "{id}");
    }
    assert_eq!(here[&id("klubben")], taken[&id("klubben")], "nothing is written in what came with the import");
    assert!(!in_sight(here.clone()).contains_key(&id("klubben")), "and it is out of sight");

    let mut plan = Plan::make(&here, read(file.as_bytes()).unwrap());
    assert!(plan.items.iter().all(|item| matches!(item.standing, ImportStatus::Older | ImportStatus::Same)));
    let goal = plan.items.iter_mut().find(|item| item.incoming.id().as_str() == "maal1").unwrap();
    assert!(goal.can_write_again);
    for item in plan.items.iter_mut().filter(|item| item.can_write_again) {
        item.act = PlanAction::WriteAgain;
    }
    apply::apply(&mut here, plan, &author(6));
    for record in taken.values() {
        assert_eq!(shown(&here[record.id()]), shown(record), "{}", record.id());
        assert_eq!(here[record.id()].life(None), record.life(None));
        assert!(in_sight(here.clone()).contains_key(record.id()));
    }
}

/// What a record shows: its leaves but those it keeps for itself.
fn shown(record: &Record) -> Value {
    let leaves = record.leaves().iter().filter(|(path, _)| !path.is_own());
    leaves.map(|(path, leaf)| (path.to_string(), json!(leaf.shown()))).collect::<Map<_, _>>().into()
}

#[test]
fn writing_again_empties_nothing_and_brings_entries_back() {
    let monday = backup(&fixture("v2/solstraalen"));
    let mut here = fixture("v2/solstraalen");
    let goal = here.get_mut(&id("maal1")).unwrap();
    let period = Path::root("initiatives").child("i1").child("period");
    let from = LeafValue::new(json!({ "from": "2026-01-01" }));
    goal.write([(period.clone(), from)], &mut Focus::default(), &author(1)).unwrap();
    let entry = Path::root("initiatives").child("i2");
    goal.delete(Some(&entry), &author(1)).unwrap();
    let mut plan = Plan::make(&here, read(monday.as_bytes()).unwrap());
    for item in plan.items.iter_mut().filter(|item| item.can_write_again) {
        item.act = PlanAction::WriteAgain;
    }
    apply::apply(&mut here, plan, &author(2));
    let goal = &here[&id("maal1")];
    assert_eq!(goal.life(Some(&entry)), Life::Living);
    assert!(!goal.leaf(&period).unwrap().shown().unwrap().is_null());
}

#[test]
fn an_import_that_changes_nothing_but_what_was_seen_is_kept() {
    let mut one = fixture("v2/solstraalen");
    let mut other = one.clone();
    for (records, n) in [(&mut one, 1), (&mut other, 2)] {
        let goal = records.get_mut(&id("maal1")).unwrap();
        goal.write([(Path::root("text"), "De samme ord".into())], &mut Focus::default(), &author(n)).unwrap();
    }
    let report = take(&mut one, &backup(&other));
    assert!(report.steps.is_empty() && report.changed.contains(&id("maal1")));
    let plan = Plan::make(&one, read(backup(&other).as_bytes()).unwrap());
    assert!(plan.items.iter().all(|item| item.standing != ImportStatus::Newer), "the second time it brings nothing");
}

#[test]
fn a_datapakke_has_figures_and_nothing_anyone_wrote() {
    let home = fixture("v2/solstraalen");
    let (series, note) = (id("solstraalen.fravaer"), Path::root("notes").child("2024-25"));
    let package = share(&home, SharedPart::DataPackage { units: vec![id("solstraalen")], package: None });
    assert!(package[&series].leaf(&note).unwrap().is_masked());
    // And what is said of a masked figure is masked with it, in any part.
    assert!(share(&home, SharedPart::Enhed { id: id("solstraalen") })[&series].leaf(&note).unwrap().is_masked());
}

#[test]
fn undoing_an_import_leaves_what_was_written_since() {
    let mut here = fixture("v2/solstraalen");
    let report = take(&mut here, &backup(&fixture("v2/solstraalen-chef")));
    let goal = here.get_mut(&id("maal1")).unwrap();
    goal.write([(Path::root("text"), "Mit eget".into())], &mut Focus::default(), &author(3)).unwrap();
    let undone = undo_all(&mut here, &report.steps, &author(4)).unwrap();
    assert_eq!(here[&id("maal1")].title(), "Mit eget");
    assert_eq!(undone[0].1.left, [Some(Path::root("text"))], "and it is named");
    assert_eq!(here[&id("maal1")].shown_text(&Path::root("expected_effect")), Some("Fraværet falder"));
}

#[test]
fn a_unit_that_came_under_another_id_is_asked_about() {
    let mut here = fixture("v2/solstraalen");
    let twin = serde_json::to_string(&here[&id("solstraalen")]).unwrap().replace("\"solstraalen\"", "\"tvilling\"");
    let twin: Record = serde_json::from_str(&twin.replace("Børnehuset", "BØRNEHUSET ")).unwrap();
    let file = backup(&Records::from([(id("tvilling"), twin)]));
    let mut plan = Plan::make(&here, read(file.as_bytes()).unwrap());
    assert_eq!(plan.same_units.len(), 1);
    plan.same_units[0].yes = true;
    apply::apply(&mut here, plan, &author(1));
    let said = (id("tvilling"), SameUnitAnswer::Same(id("solstraalen")));
    assert_eq!(here[&id("solstraalen")].answers(), [said], "the lower id's record keeps it");
    assert_eq!(here[&id("tvilling")].answers(), []);
    let plan = Plan::make(&here, read(file.as_bytes()).unwrap());
    assert!(plan.same_units.is_empty(), "it is asked once");
}

#[test]
fn a_left_record_is_left() {
    let mut here = fixture("v2/solstraalen");
    let mut plan = Plan::make(&here, read(backup(&fixture("v2/solstraalen-chef")).as_bytes()).unwrap());
    for item in &mut plan.items {
        item.act = PlanAction::Leave;
    }
    let before = here.clone();
    let report = apply::apply(&mut here, plan, &author(1));
    assert!(here == before && report.steps.is_empty() && report.taken.is_empty());
    assert_eq!(here[&id("maal1")].kind(), Some(Kind::Goal));
}
