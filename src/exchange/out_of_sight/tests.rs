//! Tests what undoing an import does to the records of others, with files alone.

use super::*;
use crate::domain::date::Timestamp;
use crate::domain::enhed::Enhed;
use crate::domain::goal::{Goal, Initiative};
use crate::exchange::plan::{ImportStatus, Plan, PlanAction};
use crate::exchange::read;
use crate::exchange::scope::{Scope, SharedPart};
use crate::exchange::{apply, write};
use crate::record::dot::Actor;
use crate::record::life::Life;
use crate::record::undo_stack::{UndoDirection, UndoStack};

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn author(n: u8) -> Author {
    Author { actor: Actor::from_random([n; 10]), at: Timestamp::from_seconds(0).unwrap(), by: None }
}

/// A browser: its records, lists included, and its undo stack.
#[derive(Default)]
struct Device {
    records: Records,
    undo_stack: UndoStack,
    /// The number of list ids made so far.
    minted: u8,
    /// The number of the actor.
    n: u8,
}

impl Device {
    fn new(n: u8) -> Self {
        Self { n, ..Self::default() }
    }

    fn add(&mut self, record: Record) {
        self.records.insert(record.id().clone(), record);
    }

    fn in_sight(&self) -> Records {
        in_sight(self.records.clone())
    }

    fn file(&self, scope: &Scope) -> String {
        write::write(&self.in_sight(), scope, Timestamp::from_seconds(0).unwrap()).unwrap()
    }

    fn backup(&self) -> String {
        self.file(&Scope::Backup)
    }

    fn plan(&self, file: &str) -> Plan {
        Plan::make(&self.records, read::read(file.as_bytes()).unwrap())
    }

    fn apply(&mut self, plan: Plan) {
        let report = apply::apply(&mut self.records, plan, &author(self.n));
        assert!(report.faults.is_empty(), "{:?}", report.faults);
        self.undo_stack.record_bulk("flettede filen ind".to_owned(), report.steps, Vec::new());
    }

    fn import(&mut self, file: &str) {
        self.apply(self.plan(file));
    }

    fn undo_or_redo(&mut self, direction: UndoDirection) -> Vec<String> {
        let records = self.records.clone();
        let outcome =
            self.undo_stack.apply(direction, |id| records.get(id).cloned(), &author(self.n)).unwrap().unwrap();
        self.records.extend(outcome.records.into_iter().map(|record| (record.id().clone(), record)));
        let away: Vec<Record> = outcome.hidden.iter().map(|id| self.records[id].clone()).collect();
        let minted = &mut self.minted;
        let mut mint = || {
            *minted += 1;
            Id::parse(&format!("list{minted}")).unwrap()
        };
        for list in make_lists(&away, "fil.kvalitetshjul.json", &mut mint, &author(self.n)).unwrap() {
            self.add(list);
        }
        bring_all_into_sight(&mut self.records, &outcome.unhidden.iter().cloned().collect(), &author(self.n)).unwrap();
        outcome.skipped
    }
}

fn goal(name: &str, n: u8) -> Record {
    let mut goal = Goal { text: "Flere er med".into(), ..Goal::default() };
    goal.initiatives.insert(id("i1"), Initiative { text: "Vi spiser sammen".into(), ..Initiative::default() });
    Record::create(id(name), &goal, &author(n)).unwrap()
}

fn unit(name: &str, n: u8) -> Record {
    let unit = Enhed { name: "Skolen ved Søen".into(), ..Enhed::default() };
    Record::create(id(name), &unit, &author(n)).unwrap()
}

fn edit(device: &mut Device, name: &str, change: impl FnOnce(&mut Goal)) {
    let author = author(device.n);
    device.records.get_mut(&id(name)).unwrap().edit::<Goal>(&mut Focus::default(), &author, change).unwrap();
}

fn sender() -> Device {
    let mut sender = Device::new(1);
    sender.add(unit("enhed", 1));
    sender.add(goal("g1", 1));
    sender
}

#[test]
fn undo_of_import_writes_nothing_into_imported_records() {
    let sender = sender();
    let mut device = Device::new(2);
    device.add(goal("own", 2));
    device.import(&sender.backup());
    assert_eq!(device.in_sight().len(), 3);
    assert!(device.undo_or_redo(UndoDirection::Last).is_empty());
    assert_eq!(device.in_sight().keys().collect::<Vec<_>>(), [&id("own")]);
    for name in ["enhed", "g1"] {
        assert_eq!(device.records[&id(name)], sender.records[&id(name)], "{name} was written to");
    }
    // The hidden records do not leave the device, and the sender receives no deletion.
    let backup = device.backup();
    assert!(!backup.contains("Skolen ved Søen") && !backup.contains("out_of_sight"), "{backup}");
    let mut sender = sender;
    let plan = sender.plan(&backup);
    assert!(plan.items.iter().all(|item| item.deletions.is_empty()));
    sender.apply(plan);
    assert!(["enhed", "g1"].iter().all(|name| sender.records[&id(name)].life(None) == Life::Living));
}

#[test]
fn undo_of_import_of_same_unit_deletes_nothing_at_the_sender() {
    let mut sender = sender();
    let mut device = Device::new(2);
    device.add(unit("egen", 2));
    let mut plan = device.plan(&sender.backup());
    assert_eq!(plan.same_units.len(), 1);
    plan.same_units.iter_mut().for_each(|same| same.is_same = true);
    device.apply(plan);
    device.undo_or_redo(UndoDirection::Last);
    let share = Scope::Share { part: SharedPart::Enhed { id: id("egen") }, unmasked_for: None };
    let file = device.file(&share);
    let plan = sender.plan(&file);
    assert!(plan.items.iter().all(|item| item.deletions.is_empty()));
    sender.apply(plan);
    for record in sender.records.values() {
        assert_eq!(record.life(None), Life::Living, "{}", record.id());
    }
}

#[test]
fn redo_brings_records_into_sight_and_undo_hides_them_again() {
    let sender = sender();
    let mut device = Device::new(2);
    device.import(&sender.backup());
    for _ in 0..3 {
        device.undo_or_redo(UndoDirection::Last);
        assert!(device.in_sight().is_empty());
        device.undo_or_redo(UndoDirection::LastUndone);
        assert_eq!(device.in_sight(), sender.records);
    }
}

#[test]
fn undo_of_import_keeps_and_names_records_edited_since() {
    let sender = sender();
    let mut device = Device::new(2);
    device.import(&sender.backup());
    edit(&mut device, "g1", |goal| goal.expected_effect = "Mere ro".into());
    let written = device.records[&id("g1")].clone();
    assert_eq!(device.undo_or_redo(UndoDirection::Last), ["målet «Flere er med»"]);
    assert_eq!(device.in_sight().keys().collect::<Vec<_>>(), [&id("g1")]);
    assert_eq!(device.records[&id("g1")], written, "the goal was written to");
}

#[test]
fn undo_of_second_import_reverts_an_existing_record_and_deletes_its_new_entry() {
    let mut sender = sender();
    let mut device = Device::new(2);
    device.import(&sender.backup());
    edit(&mut sender, "g1", |goal| {
        goal.text = "Alle er med".into();
        goal.initiatives.insert(id("i2"), Initiative { text: "Vi synger".into(), ..Initiative::default() });
    });
    device.import(&sender.backup());
    device.undo_or_redo(UndoDirection::Last);
    let goal = device.in_sight()[&id("g1")].view::<Goal>().unwrap();
    assert_eq!(goal.text.as_str(), "Flere er med");
    assert!(!goal.initiatives.contains_key(&id("i2")));
    // Undoing the first import still hides all of its records.
    device.undo_or_redo(UndoDirection::Last);
    assert!(device.in_sight().is_empty());
}

#[test]
fn plan_after_undo_offers_newer_version_as_new_and_same_file_to_write_again() {
    let mut sender = sender();
    let mut device = Device::new(2);
    let first = sender.backup();
    device.import(&first);
    device.undo_or_redo(UndoDirection::Last);

    let plan = device.plan(&first);
    assert!(plan.items.iter().all(|item| !item.has_changes() && item.can_write_again && item.is_out_of_sight));
    device.apply(plan.clone());
    assert!(device.in_sight().is_empty(), "a record came into sight unasked");
    let mut again = plan;
    again.items.iter_mut().for_each(|item| item.action = PlanAction::WriteAgain);
    device.apply(again);
    assert_eq!(device.in_sight(), sender.records, "the records are not in sight unchanged");
    device.undo_or_redo(UndoDirection::Last);
    assert!(device.in_sight().is_empty(), "the second import was not undone");

    edit(&mut sender, "g1", |goal| goal.text = "Alle er med".into());
    let plan = device.plan(&sender.backup());
    let statuses: Vec<_> = plan.items.iter().map(|item| (item.incoming.id().as_str(), item.status)).collect();
    assert_eq!(statuses, [("enhed", ImportStatus::Older), ("g1", ImportStatus::New)]);
    let mut rejected = plan.clone();
    rejected.items.iter_mut().for_each(|item| item.action = PlanAction::Leave);
    device.apply(rejected);
    assert!(device.in_sight().is_empty());
    device.apply(plan);
    assert_eq!(device.in_sight().keys().collect::<Vec<_>>(), [&id("g1")]);
    device.undo_or_redo(UndoDirection::Last);
    assert!(device.in_sight().is_empty(), "the newer version is still in sight");
    assert_eq!(device.records[&id("g1")], sender.records[&id("g1")], "the goal was written to by the undo");
}

#[test]
fn import_ignores_lists_in_a_file() {
    let list = make_lists(&[goal("g1", 1)], "fil", &mut || id("list"), &author(3)).unwrap();
    let records: Records = list.into_iter().map(|list| (list.id().clone(), list)).collect();
    let file = write::write(&records, &Scope::Backup, Timestamp::from_seconds(0).unwrap()).unwrap();
    let mut device = Device::new(2);
    device.add(goal("g1", 1));
    device.import(&file);
    assert_eq!(device.records.len(), 1);
    assert_eq!(device.in_sight().len(), 1);
}

#[test]
fn lists_are_split_into_small_records_and_merge_between_tabs() {
    let records: Vec<Record> = (0..450).map(|n| goal(&format!("g{n}"), 1)).collect();
    let mut minted = 0;
    let mut mint = || {
        minted += 1;
        id(&format!("list{minted}"))
    };
    let all = make_lists(&records, "fil", &mut mint, &author(2)).unwrap();
    assert_eq!(all.len(), 3);
    for list in &all {
        let text = serde_json::to_string(list).unwrap();
        assert!(text.len() <= 32_000, "{}", text.len());
        assert_eq!(&serde_json::from_str::<Record>(&text).unwrap(), list);
    }
    let (mut one, mut other) = (all[0].clone(), all[0].clone());
    bring_into_sight(&mut one, &|listed| *listed == id("g1"), &author(3)).unwrap();
    bring_into_sight(&mut other, &|listed| *listed == id("g2"), &author(4)).unwrap();
    let hidden = OutOfSight::of([&one.merge(&other).unwrap()]);
    assert!(!hidden.contains(&records[1]) && !hidden.contains(&records[2]) && hidden.contains(&records[3]));
}

#[test]
fn plan_names_what_is_deleted_and_counts_it_first() {
    let mut sender = sender();
    let mut device = Device::new(2);
    sender.add(goal("g2", 1));
    device.import(&sender.backup());
    edit(&mut sender, "g1", |goal| {
        goal.initiatives.remove(&id("i1"));
    });
    sender.records.get_mut(&id("g2")).unwrap().delete(None, &author(1)).unwrap();
    let plan = device.plan(&sender.backup());
    let deletes: Vec<_> = plan.items.iter().map(|item| (item.status, item.deletions.clone())).collect();
    assert_eq!(
        deletes,
        [
            (ImportStatus::Same, vec![]),
            (ImportStatus::Deletes, vec!["indsatsen «Vi spiser sammen» i målet «Flere er med»".to_owned()]),
            (ImportStatus::Deletes, vec!["målet «Flere er med»".to_owned()]),
        ]
    );
    assert_eq!(plan.summary()[0], "sletter: 2 mål", "deletions are not counted first");
    // If the goal was changed here, the user is asked.
    edit(&mut device, "g2", |goal| goal.text = "Alle er med".into());
    let item = device.plan(&sender.backup()).items.into_iter().find(|item| *item.incoming.id() == id("g2")).unwrap();
    assert_eq!(item.status, ImportStatus::OpenChoice);
    assert_eq!(item.deletions, ["målet «Alle er med» – ændret her, så du bliver spurgt"]);
}
