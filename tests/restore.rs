//! Restoring a snapshot (`exchange::apply::restore`): the earlier state is written again, concurrent writes are kept,
//! and the restoration can be undone.

use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::goal::{Goal, Initiative};
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::exchange::apply::restore;
use kvalitetshjul::record::delta::undo_all;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::{Author, Focus};
use kvalitetshjul::record::life::Life;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::{Record, Records};

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn author(n: u8) -> Author {
    Author { actor: Actor::from_random([n; 10]), at: Timestamp::from_seconds(0).unwrap(), by: None }
}

fn goal(name: &str) -> Record {
    let mut goal = Goal { text: "Flere er med".into(), ..Goal::default() };
    goal.initiatives.insert(id("i1"), Initiative { text: "Vi spiser sammen".into(), ..Initiative::default() });
    Record::create(id(name), &goal, &author(1)).unwrap()
}

fn workspace() -> Records {
    ["g1", "g2", "g3"].into_iter().map(|name| (id(name), goal(name))).collect()
}

fn edit(records: &mut Records, name: &str, n: u8, change: impl FnOnce(&mut Goal)) {
    records.get_mut(&id(name)).unwrap().edit::<Goal>(&mut Focus::default(), &author(n), change).unwrap();
}

fn body(records: &Records, name: &str) -> Goal {
    records[&id(name)].view().unwrap()
}

#[test]
fn restore_shows_the_earlier_state_and_undo_shows_the_later_state_again() {
    let snapshot = workspace();
    let mut records = snapshot.clone();
    edit(&mut records, "g1", 2, |goal| {
        goal.text = "Alle er med".into();
        goal.expected_effect = "Mere ro".into();
    });
    edit(&mut records, "g2", 2, |goal| {
        goal.initiatives.remove(&id("i1"));
        goal.initiatives.insert(id("i2"), Initiative { text: "Vi synger".into(), ..Initiative::default() });
    });
    records.get_mut(&id("g3")).unwrap().delete(None, &author(2)).unwrap();
    records.insert(id("g4"), goal("g4"));
    let later = records.clone();

    let report = restore(&mut records, &snapshot, &author(3));
    for name in ["g1", "g2", "g3"] {
        assert_eq!(body(&records, name), body(&snapshot, name), "{name}");
        assert_eq!(records[&id(name)].life(None), Life::Living, "{name}");
    }
    assert_eq!(
        records[&id("g4")].life(None),
        Life::Deleted,
        "a record made after the snapshot is in the trash, with its texts"
    );
    assert_eq!(report.changed.len(), 4);
    assert_eq!((report.new_choices, report.faults.len()), (0, 0));
    assert!(!report.lines.is_empty());

    undo_all(&mut records, &report.steps, &author(4)).unwrap();
    for name in ["g1", "g2"] {
        assert_eq!(body(&records, name), body(&later, name), "{name}");
    }
    assert_eq!(records[&id("g3")].life(None), Life::Deleted);
    assert_eq!(records[&id("g4")].life(None), Life::Living);
    assert_eq!(body(&records, "g4").text, "Flere er med".into());
}

#[test]
fn restore_keeps_concurrent_writes_of_another_tab() {
    let snapshot = workspace();
    let mut records = snapshot.clone();
    edit(&mut records, "g1", 2, |goal| goal.text = "Alle er med".into());
    let mut other_tab = records.clone();
    edit(&mut other_tab, "g1", 5, |goal| goal.text = "Alle vil være med".into());
    restore(&mut records, &snapshot, &author(3));
    let merged = records[&id("g1")].merge(&other_tab[&id("g1")]).unwrap();
    let wordings = merged.leaf(&Path::root("text")).unwrap().wordings();
    assert_eq!(wordings.len(), 2, "both texts are in an open choice");
    assert_eq!(
        records[&id("g1")].merge(&snapshot[&id("g1")]).unwrap(),
        records[&id("g1")],
        "merging the snapshot in changes nothing"
    );
}

#[test]
fn restore_brings_removed_records_back_but_not_forgotten_ones() {
    let snapshot = workspace();
    let mut records = snapshot.clone();
    records.remove(&id("g1"));
    let forgotten = records.get_mut(&id("g2")).unwrap();
    forgotten.delete(None, &author(2)).unwrap();
    forgotten.forget(None).unwrap();
    let report = restore(&mut records, &snapshot, &author(3));
    assert_eq!(records[&id("g1")], snapshot[&id("g1")]);
    assert!(records[&id("g2")].has_no_values(), "a forgotten record stays forgotten");
    undo_all(&mut records, &report.steps, &author(4)).unwrap();
    assert_eq!(records[&id("g1")].life(None), Life::Deleted);
}

#[test]
fn restore_of_an_unchanged_workspace_writes_nothing() {
    let snapshot = workspace();
    let mut records = snapshot.clone();
    let report = restore(&mut records, &snapshot, &author(3));
    assert!(report.changed.is_empty() && report.steps.is_empty());
    assert_eq!(records, snapshot);
}

#[test]
fn restore_skips_and_reports_a_record_that_contradicts_the_current_one() {
    let snapshot = workspace();
    let mut records = snapshot.clone();
    let other = Goal { text: "Noget andet".into(), ..Goal::default() };
    records.insert(id("g1"), Record::create(id("g1"), &other, &author(1)).unwrap());
    let before = records.clone();
    let report = restore(&mut records, &snapshot, &author(3));
    assert_eq!(report.faults.len(), 1);
    assert_eq!(records, before);
}
