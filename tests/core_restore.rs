//! Bringing everything back to what it was: new writes, that take nothing from anyone and can be undone.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

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
fn all_shows_what_it_showed_then_and_undoing_that_brings_back_what_it_showed_since() {
    let then = workspace();
    let mut now = then.clone();
    edit(&mut now, "g1", 2, |goal| {
        goal.text = "Alle er med".into();
        goal.expected_effect = "Mere ro".into();
    });
    edit(&mut now, "g2", 2, |goal| {
        goal.initiatives.remove(&id("i1"));
        goal.initiatives.insert(id("i2"), Initiative { text: "Vi synger".into(), ..Initiative::default() });
    });
    now.get_mut(&id("g3")).unwrap().delete(None, &author(2)).unwrap();
    now.insert(id("g4"), goal("g4"));
    let since = now.clone();

    let report = restore(&mut now, &then, &author(3));
    for name in ["g1", "g2", "g3"] {
        assert_eq!(body(&now, name), body(&then, name), "{name}");
        assert_eq!(now[&id(name)].life(None), Life::Living, "{name}");
    }
    assert_eq!(now[&id("g4")].life(None), Life::Deleted, "what was not there then lies in the trash, whole");
    assert_eq!(report.changed.len(), 4);
    assert_eq!((report.new_choices, report.faults.len()), (0, 0));
    assert!(!report.lines.is_empty());

    undo_all(&mut now, &report.steps, &author(4)).unwrap();
    for name in ["g1", "g2"] {
        assert_eq!(body(&now, name), body(&since, name), "{name}");
    }
    assert_eq!(now[&id("g3")].life(None), Life::Deleted);
    assert_eq!(now[&id("g4")].life(None), Life::Living);
    assert_eq!(body(&now, "g4").text, "Flere er med".into());
}

#[test]
fn nothing_is_rolled_back_so_what_another_tab_writes_meanwhile_is_kept() {
    let then = workspace();
    let mut now = then.clone();
    edit(&mut now, "g1", 2, |goal| goal.text = "Alle er med".into());
    let mut elsewhere = now.clone();
    edit(&mut elsewhere, "g1", 5, |goal| goal.text = "Alle vil være med".into());
    restore(&mut now, &then, &author(3));
    let merged = now[&id("g1")].merge(&elsewhere[&id("g1")]).unwrap();
    let wordings = merged.leaf(&Path::root("text")).unwrap().wordings();
    assert_eq!(wordings.len(), 2, "both stand, as an open choice");
    assert_eq!(now[&id("g1")].merge(&then[&id("g1")]).unwrap(), now[&id("g1")], "the earlier state is in its past");
}

#[test]
fn what_is_here_no_more_comes_back_and_what_was_forgotten_does_not() {
    let then = workspace();
    let mut now = then.clone();
    now.remove(&id("g1"));
    let forgotten = now.get_mut(&id("g2")).unwrap();
    forgotten.delete(None, &author(2)).unwrap();
    forgotten.forget(None).unwrap();
    let report = restore(&mut now, &then, &author(3));
    assert_eq!(now[&id("g1")], then[&id("g1")]);
    assert!(now[&id("g2")].is_hollow(), "forgotten for ever is for ever");
    undo_all(&mut now, &report.steps, &author(4)).unwrap();
    assert_eq!(now[&id("g1")].life(None), Life::Deleted);
}

#[test]
fn where_nothing_has_changed_nothing_is_written() {
    let then = workspace();
    let mut now = then.clone();
    let report = restore(&mut now, &then, &author(3));
    assert!(report.changed.is_empty() && report.steps.is_empty());
    assert_eq!(now, then);
}

#[test]
fn a_copy_that_contradicts_what_is_here_is_left_and_named() {
    let then = workspace();
    let mut now = then.clone();
    let other = Goal { text: "Noget andet".into(), ..Goal::default() };
    now.insert(id("g1"), Record::create(id("g1"), &other, &author(1)).unwrap());
    let before = now.clone();
    let report = restore(&mut now, &then, &author(3));
    assert_eq!(report.faults.len(), 1);
    assert_eq!(now, before);
}
