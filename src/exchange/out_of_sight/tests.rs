//! What undoing an import does to the records of others, with files alone.

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

/// A browser: its records with the lists among them, and what was done.
#[derive(Default)]
struct Device {
    records: Records,
    acts: UndoStack,
    minted: u8,
    n: u8,
}

impl Device {
    fn new(n: u8) -> Self {
        Self { n, ..Self::default() }
    }

    fn has(&mut self, record: Record) {
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

    fn takes(&mut self, plan: Plan) {
        let report = apply::apply(&mut self.records, plan, &author(self.n));
        assert!(report.faults.is_empty(), "{:?}", report.faults);
        self.acts.record_bulk("flettede filen ind".to_owned(), report.steps, Vec::new());
    }

    fn opens(&mut self, file: &str) {
        self.takes(self.plan(file));
    }

    fn turns(&mut self, which: UndoDirection) -> Vec<String> {
        let records = self.records.clone();
        let turned = self.acts.apply(which, |id| records.get(id).cloned(), &author(self.n)).unwrap().unwrap();
        self.records.extend(turned.records.into_iter().map(|record| (record.id().clone(), record)));
        let away: Vec<Record> = turned.away.iter().map(|id| self.records[id].clone()).collect();
        let minted = &mut self.minted;
        let mut mint = || {
            *minted += 1;
            Id::parse(&format!("list{minted}")).unwrap()
        };
        for list in lists(&away, "fil.kvalitetshjul.json", &mut mint, &author(self.n)).unwrap() {
            self.has(list);
        }
        lift_in(&mut self.records, &turned.back.iter().cloned().collect(), &author(self.n));
        turned.left
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
    sender.has(unit("enhed", 1));
    sender.has(goal("g1", 1));
    sender
}

#[test]
fn trust_undoing_an_import_writes_nothing_in_what_came_with_it() {
    let sender = sender();
    let mut device = Device::new(2);
    device.has(goal("own", 2));
    device.opens(&sender.backup());
    assert_eq!(device.in_sight().len(), 3);
    assert!(device.turns(UndoDirection::Last).is_empty());
    assert_eq!(device.in_sight().keys().collect::<Vec<_>>(), [&id("own")]);
    for name in ["enhed", "g1"] {
        assert_eq!(device.records[&id(name)], sender.records[&id(name)], "{name}: not a write more");
    }
    // Nothing of it leaves the device, and the sender is told of no deletion.
    let backup = device.backup();
    assert!(!backup.contains("Skolen ved Søen") && !backup.contains("out_of_sight"), "{backup}");
    let mut sender = sender;
    let plan = sender.plan(&backup);
    assert!(plan.items.iter().all(|item| item.deletes.is_empty()));
    sender.takes(plan);
    assert!(["enhed", "g1"].iter().all(|name| sender.records[&id(name)].life(None) == Life::Living));
}

#[test]
fn trust_undoing_an_import_of_the_same_unit_deletes_nothing_at_the_senders() {
    let mut sender = sender();
    let mut device = Device::new(2);
    device.has(unit("egen", 2));
    let mut plan = device.plan(&sender.backup());
    assert_eq!(plan.same_units.len(), 1);
    plan.same_units.iter_mut().for_each(|same| same.yes = true);
    device.takes(plan);
    device.turns(UndoDirection::Last);
    let share = Scope::Share { part: SharedPart::Enhed { id: id("egen") }, unmasked_for: None };
    let file = device.file(&share);
    let plan = sender.plan(&file);
    assert!(plan.items.iter().all(|item| item.deletes.is_empty()));
    sender.takes(plan);
    for record in sender.records.values() {
        assert_eq!(record.life(None), Life::Living, "{}", record.id());
    }
}

#[test]
fn trust_redo_brings_in_sight_again_and_undo_puts_away_again() {
    let sender = sender();
    let mut device = Device::new(2);
    device.opens(&sender.backup());
    for _ in 0..3 {
        device.turns(UndoDirection::Last);
        assert!(device.in_sight().is_empty());
        device.turns(UndoDirection::LastUndone);
        assert_eq!(device.in_sight(), sender.records);
    }
}

#[test]
fn trust_what_was_written_in_here_stays_in_sight_and_is_named() {
    let sender = sender();
    let mut device = Device::new(2);
    device.opens(&sender.backup());
    edit(&mut device, "g1", |goal| goal.expected_effect = "Mere ro".into());
    let written = device.records[&id("g1")].clone();
    assert_eq!(device.turns(UndoDirection::Last), ["målet «Flere er med»"]);
    assert_eq!(device.in_sight().keys().collect::<Vec<_>>(), [&id("g1")]);
    assert_eq!(device.records[&id("g1")], written, "not a write more");
}

#[test]
fn trust_a_record_that_was_here_before_is_undone_by_writes_and_an_entry_added_in_it_is_deleted() {
    let mut sender = sender();
    let mut device = Device::new(2);
    device.opens(&sender.backup());
    edit(&mut sender, "g1", |goal| {
        goal.text = "Alle er med".into();
        goal.initiatives.insert(id("i2"), Initiative { text: "Vi synger".into(), ..Initiative::default() });
    });
    device.opens(&sender.backup());
    device.turns(UndoDirection::Last);
    let goal = device.in_sight()[&id("g1")].view::<Goal>().unwrap();
    assert_eq!(goal.text.as_str(), "Flere er med");
    assert!(!goal.initiatives.contains_key(&id("i2")));
    // And the import before that still puts the whole out of sight.
    device.turns(UndoDirection::Last);
    assert!(device.in_sight().is_empty());
}

#[test]
fn trust_a_newer_version_asks_again_and_the_same_file_offers_to_bring_it_back() {
    let mut sender = sender();
    let mut device = Device::new(2);
    let first = sender.backup();
    device.opens(&first);
    device.turns(UndoDirection::Last);

    let plan = device.plan(&first);
    assert!(plan.items.iter().all(|item| !item.brings() && item.can_write_again && item.is_out_of_sight));
    device.takes(plan.clone());
    assert!(device.in_sight().is_empty(), "nothing comes in sight unasked");
    let mut again = plan;
    again.items.iter_mut().for_each(|item| item.act = PlanAction::WriteAgain);
    device.takes(again);
    assert_eq!(device.in_sight(), sender.records, "in sight again, with no write");
    device.turns(UndoDirection::Last);
    assert!(device.in_sight().is_empty(), "and undone as before");

    edit(&mut sender, "g1", |goal| goal.text = "Alle er med".into());
    let plan = device.plan(&sender.backup());
    let standings: Vec<_> = plan.items.iter().map(|item| (item.incoming.id().as_str(), item.standing)).collect();
    assert_eq!(standings, [("enhed", ImportStatus::Older), ("g1", ImportStatus::New)]);
    let mut left = plan.clone();
    left.items.iter_mut().for_each(|item| item.act = PlanAction::Leave);
    device.takes(left);
    assert!(device.in_sight().is_empty());
    device.takes(plan);
    assert_eq!(device.in_sight().keys().collect::<Vec<_>>(), [&id("g1")]);
    device.turns(UndoDirection::Last);
    assert!(device.in_sight().is_empty(), "a newer version that is undone is out of sight whole");
    assert_eq!(device.records[&id("g1")], sender.records[&id("g1")], "with no write");
}

#[test]
fn trust_a_list_in_a_file_is_not_taken_in() {
    let list = lists(&[goal("g1", 1)], "fil", &mut || id("list"), &author(3)).unwrap();
    let records: Records = list.into_iter().map(|list| (list.id().clone(), list)).collect();
    let file = write::write(&records, &Scope::Backup, Timestamp::from_seconds(0).unwrap()).unwrap();
    let mut device = Device::new(2);
    device.has(goal("g1", 1));
    device.opens(&file);
    assert_eq!(device.records.len(), 1);
    assert_eq!(device.in_sight().len(), 1);
}

#[test]
fn trust_two_tabs_lists_merge_and_long_ones_are_several_small_records() {
    let records: Vec<Record> = (0..450).map(|n| goal(&format!("g{n}"), 1)).collect();
    let mut minted = 0;
    let mut mint = || {
        minted += 1;
        id(&format!("list{minted}"))
    };
    let all = lists(&records, "fil", &mut mint, &author(2)).unwrap();
    assert_eq!(all.len(), 3);
    for list in &all {
        let text = serde_json::to_string(list).unwrap();
        assert!(text.len() <= 32_000, "{}", text.len());
        assert_eq!(&serde_json::from_str::<Record>(&text).unwrap(), list);
    }
    let (mut one, mut other) = (all[0].clone(), all[0].clone());
    lift(&mut one, &|own| *own == id("g1"), &author(3)).unwrap();
    lift(&mut other, &|own| *own == id("g2"), &author(4)).unwrap();
    let out = OutOfSight::of([&one.merge(&other).unwrap()]);
    assert!(!out.has(&records[1]) && !out.has(&records[2]) && out.has(&records[3]));
}

#[test]
fn trust_a_preview_names_what_is_deleted_and_calls_it_so() {
    let mut sender = sender();
    let mut device = Device::new(2);
    sender.has(goal("g2", 1));
    device.opens(&sender.backup());
    edit(&mut sender, "g1", |goal| {
        goal.initiatives.remove(&id("i1"));
    });
    sender.records.get_mut(&id("g2")).unwrap().delete(None, &author(1)).unwrap();
    let plan = device.plan(&sender.backup());
    let deletes: Vec<_> = plan.items.iter().map(|item| (item.standing, item.deletes.clone())).collect();
    assert_eq!(
        deletes,
        [
            (ImportStatus::Same, vec![]),
            (ImportStatus::Deletes, vec!["indsatsen «Vi spiser sammen» i målet «Flere er med»".to_owned()]),
            (ImportStatus::Deletes, vec!["målet «Flere er med»".to_owned()]),
        ]
    );
    assert_eq!(plan.summary()[0], "sletter: 2 mål", "before everything else");
    // Where it was changed here the user is asked, and told so.
    edit(&mut device, "g2", |goal| goal.text = "Alle er med".into());
    let item = device.plan(&sender.backup()).items.into_iter().find(|item| *item.incoming.id() == id("g2")).unwrap();
    assert_eq!(item.standing, ImportStatus::OpenChoice);
    assert_eq!(item.deletes, ["målet «Alle er med» – ændret her, så du bliver spurgt"]);
}
