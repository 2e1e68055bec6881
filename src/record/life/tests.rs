//! What a deletion of a masked copy covers: what its author was shown, and no more.

use super::*;
use crate::domain::date::Timestamp;
use crate::domain::goal::{Goal, Initiative};
use crate::domain::id::Id;
use crate::record::delta::RecordDelta;
use crate::record::edit::Focus;

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn author(n: u8) -> Author {
    Author { actor: Actor::from_random([n; 10]), at: Timestamp::from_seconds(0).unwrap(), by: None }
}

fn effect() -> Path {
    Path::root("expected_effect")
}

fn entry() -> Path {
    Path::root("initiatives").child("i1")
}

/// A goal as its author has it: two words of one write, and a later one of the same actor.
fn home() -> Record {
    let mut goal = Goal { text: "Flere er med".into(), expected_effect: "Mere ro".into(), ..Goal::default() };
    let initiative = Initiative { text: "Vi spiser sammen".into(), ..Initiative::default() };
    goal.initiatives.insert(id("i1"), initiative);
    let mut record = Record::create(id("g1"), &goal, &author(1)).unwrap();
    edit(&mut record, 1, |goal| goal.text = "Alle er med".into());
    record
}

fn edit(record: &mut Record, n: u8, change: impl FnOnce(&mut Goal)) {
    record.edit::<Goal>(&mut Focus::default(), &author(n), change).unwrap();
}

/// The copy that a masked file brings: the effect and the text of the initiative are withheld.
fn masked() -> Record {
    let mut copy = home();
    let withheld = copy.withhold(|path, _| *path == effect() || path.is_below(&entry()));
    assert_eq!(withheld.len(), 2);
    copy
}

#[track_caller]
fn check_asks_at_home(deleted: &Record, scope: Option<&Path>) {
    assert_eq!(deleted.life(scope), Life::Deleted, "it lies in the trash at the one who deleted it");
    let text = serde_json::to_string(deleted).unwrap();
    assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), *deleted, "the text gives it back");
    let met = home().merge(deleted).unwrap();
    assert_eq!(met, deleted.merge(&home()).unwrap());
    assert_eq!(met.life(scope), Life::DeletedButChanged, "where the words are known it is asked about");
    let (_, changes) = met.deletions_and_changes(scope);
    assert!(changes.iter().all(|(path, _)| *path == effect() || path.is_below(&entry())), "{changes:?}");
    let (_, hidden) = deleted.deletions_and_changes(scope);
    assert!(hidden.is_empty());
    // Whoever gets it masked again has it in the trash.
    let mut out = met;
    out.withhold(|path, _| *path == effect() || path.is_below(&entry()));
    assert_eq!(out.life(scope), Life::Deleted);
}

#[test]
fn trust_deleting_a_masked_copy_asks_where_the_words_are_known() {
    let mut copy = masked();
    copy.delete(None, &author(2)).unwrap();
    check_asks_at_home(&copy, None);
    let mut copy = masked();
    copy.delete(Some(&entry()), &author(2)).unwrap();
    check_asks_at_home(&copy, Some(&entry()));
    let mut copy = masked();
    edit(&mut copy, 2, |goal| {
        goal.initiatives.remove(&id("i1"));
    });
    check_asks_at_home(&copy, Some(&entry()));
}

#[test]
fn trust_emptying_the_trash_of_a_masked_copy_asks_where_the_words_are_known() {
    let mut copy = masked();
    copy.delete(None, &author(2)).unwrap();
    copy.empty(None, &author(2)).unwrap();
    check_asks_at_home(&copy, None);
    let met = home().merge(&copy).unwrap();
    assert_eq!(met.shown_text(&effect()), Some("Mere ro"));
}

#[test]
fn trust_forgetting_a_masked_copy_forgets_what_was_shown_alone() {
    let mut copy = masked();
    copy.delete(None, &author(2)).unwrap();
    copy.forget(None).unwrap();
    let met = home().merge(&copy).unwrap();
    assert_eq!(met.shown_text(&effect()), Some("Mere ro"));
    assert_eq!(met.shown_text(&Path::root("text")), None);
    // Nor a position that was masked, of which no deletion speaks.
    let mut placed = home();
    edit(&mut placed, 1, |goal| goal.order = Some("5".into()));
    let mut copy = placed.clone();
    copy.withhold(|path, _| *path == Path::root("order"));
    copy.delete(None, &author(2)).unwrap();
    copy.forget(None).unwrap();
    assert_eq!(placed.merge(&copy).unwrap().shown_text(&Path::root("order")), Some("5"));
    let mut older = masked();
    older.forget_in_copy(None);
    assert_eq!(home().merge(&older).unwrap().shown_text(&effect()), Some("Mere ro"));
}

#[test]
fn trust_undoing_and_redoing_a_deletion_of_a_masked_copy_covers_no_more() {
    let before = masked();
    let mut copy = before.clone();
    copy.delete(None, &author(2)).unwrap();
    let step = RecordDelta::between(Some(&before), &copy);
    let undone = copy.undo(&step, &author(2)).unwrap();
    assert_eq!(copy.life(None), Life::Living);
    copy.undo(&undone.step, &author(2)).unwrap();
    check_asks_at_home(&copy, None);
}

#[test]
fn trust_undoing_what_was_added_masked_asks_where_the_words_are_known() {
    // An entry that came masked, with a later write of its actor shown: its import is undone.
    let mut with_more = home();
    edit(&mut with_more, 1, |goal| {
        let initiative =
            Initiative { text: "Vi synger".into(), responsible: "Alle voksne".into(), ..Initiative::default() };
        goal.initiatives.insert(id("i2"), initiative);
    });
    edit(&mut with_more, 1, |goal| goal.initiatives.get_mut(&id("i2")).unwrap().text = "Vi danser".into());
    let mut incoming = with_more.clone();
    let added = Path::root("initiatives").child("i2");
    assert_eq!(incoming.withhold(|path, _| *path == added.child("responsible")).len(), 1);
    let before = home();
    let mut copy = before.merge(&incoming).unwrap();
    let step = RecordDelta::between(Some(&before), &copy);
    copy.undo(&step, &author(2)).unwrap();
    assert_eq!(copy.life(Some(&added)), Life::Deleted);
    assert_eq!(with_more.merge(&copy).unwrap().life(Some(&added)), Life::DeletedButChanged);
}

#[test]
fn trust_deleting_again_keeps_what_an_earlier_deletion_covered() {
    // At home it was deleted by one who knew all; another deletes it once more, after a change of somebody's.
    let mut at_home = home();
    at_home.delete(None, &author(1)).unwrap();
    let mut copy = at_home.clone();
    copy.withhold_trash();
    assert!(copy.leaf(&effect()).unwrap().is_masked());
    let mut changed = masked();
    edit(&mut changed, 3, |goal| goal.signs_of_progression = "De spørger".into());
    copy = copy.merge(&changed).unwrap();
    assert_eq!(copy.life(None), Life::DeletedButChanged);
    copy.delete(None, &author(2)).unwrap();
    assert_eq!(at_home.merge(&copy).unwrap().life(None), Life::Deleted);
}

#[test]
fn trust_a_deletion_reads_back_and_one_that_cannot_be_read_covers_nothing() {
    let seen: Seen = [Dot { n: 3, actor: Actor::from_random([1; 10]) }].into_iter().collect();
    let whole = Deletion { seen: seen.clone(), withheld: Vec::new() };
    assert_eq!(whole.value(), LeafValue::new(serde_json::to_value(&seen).unwrap()), "as it always was");
    let but = Deletion { seen, withheld: vec![(effect(), Dot { n: 2, actor: Actor::from_random([1; 10]) })] };
    for deletion in [whole, but.clone()] {
        assert_eq!(Deletion::read(&deletion.value()), Some(deletion));
    }
    assert!(Seen::deserialize(but.value().json()).is_err(), "an older version takes it for one that covers nothing");
    for bad in [r#"{"withheld":["2 x /a"],"seen":{}}"#, r#"{"withheld":[],"seen":4}"#, r#"{"withheld":"x"}"#, "7"] {
        let value = serde_json::from_str(bad).unwrap();
        assert_eq!(Deletion::read(&LeafValue::new(value)), Some(Deletion::default()), "{bad}");
    }
    assert_eq!(Deletion::read(&LeafValue::NULL), None);
}
