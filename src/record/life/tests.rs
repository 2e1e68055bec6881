//! Deleting, emptying and forgetting. The first part is about masked copies: a deletion covers what its author was
//! shown, and no more.

use super::*;
use crate::domain::date::Timestamp;
use crate::domain::goal::{Goal, Initiative};
use crate::domain::id::Id;
use crate::record::delta::RecordDelta;
use crate::record::edit::Focus;
use crate::record::fixtures::{self, deletion, deletion_without, dot_text, goal, lines, path};

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

/// A goal as its author has it: created by one write, and its text changed by another of the same actor.
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

/// A copy from a masked file: the effect and the text of the initiative are withheld.
fn masked() -> Record {
    let mut copy = home();
    let withheld = copy.withhold(|path, _| *path == effect() || path.is_below(&entry()));
    assert_eq!(withheld.len(), 2);
    copy
}

#[track_caller]
fn check_is_open_choice_at_home(deleted: &Record, scope: Option<&Path>) {
    assert_eq!(deleted.life(scope), Life::Deleted, "in the trash in the copy of its author");
    let text = serde_json::to_string(deleted).unwrap();
    assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), *deleted, "decoding gives the record back");
    let merged = home().merge(deleted).unwrap();
    assert_eq!(merged, deleted.merge(&home()).unwrap());
    assert_eq!(merged.life(scope), Life::DeletedButChanged, "an open choice where the values are known");
    let (_, changes) = merged.deletions_and_changes(scope);
    assert!(changes.iter().all(|(path, _)| *path == effect() || path.is_below(&entry())), "{changes:?}");
    let (_, hidden) = deleted.deletions_and_changes(scope);
    assert!(hidden.is_empty());
    // In a copy that is masked again it is in the trash.
    let mut out = merged;
    out.withhold(|path, _| *path == effect() || path.is_below(&entry()));
    assert_eq!(out.life(scope), Life::Deleted);
}

#[test]
fn deletion_of_a_masked_copy_is_open_where_values_are_known() {
    let mut copy = masked();
    copy.delete(None, &author(2)).unwrap();
    check_is_open_choice_at_home(&copy, None);
    let mut copy = masked();
    copy.delete(Some(&entry()), &author(2)).unwrap();
    check_is_open_choice_at_home(&copy, Some(&entry()));
    let mut copy = masked();
    edit(&mut copy, 2, |goal| {
        goal.initiatives.remove(&id("i1"));
    });
    check_is_open_choice_at_home(&copy, Some(&entry()));
}

#[test]
fn empty_on_a_masked_copy_is_open_where_values_are_known() {
    let mut copy = masked();
    copy.delete(None, &author(2)).unwrap();
    copy.empty_trash(None, &author(2)).unwrap();
    check_is_open_choice_at_home(&copy, None);
    let merged = home().merge(&copy).unwrap();
    assert_eq!(merged.shown_text(&effect()), Some("Mere ro"));
}

#[test]
fn forget_on_a_masked_copy_erases_only_shown_values() {
    let mut copy = masked();
    copy.delete(None, &author(2)).unwrap();
    copy.forget(None).unwrap();
    let merged = home().merge(&copy).unwrap();
    assert_eq!(merged.shown_text(&effect()), Some("Mere ro"));
    assert_eq!(merged.shown_text(&Path::root("text")), None);
    // A masked position is not erased either: deletions do not list positions.
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
fn redone_deletion_of_a_masked_copy_covers_no_more() {
    let before = masked();
    let mut copy = before.clone();
    copy.delete(None, &author(2)).unwrap();
    let delta = RecordDelta::between(Some(&before), &copy);
    let undone = copy.undo(&delta, &author(2)).unwrap();
    assert_eq!(copy.life(None), Life::Living);
    copy.undo(&undone.inverse, &author(2)).unwrap();
    check_is_open_choice_at_home(&copy, None);
}

#[test]
fn undone_import_of_a_masked_entry_is_open_where_values_are_known() {
    // An entry is imported with one value masked and a later write of its actor shown; then the import is undone.
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
    let delta = RecordDelta::between(Some(&before), &copy);
    copy.undo(&delta, &author(2)).unwrap();
    assert_eq!(copy.life(Some(&added)), Life::Deleted);
    assert_eq!(with_more.merge(&copy).unwrap().life(Some(&added)), Life::DeletedButChanged);
}

#[test]
fn second_deletion_covers_what_an_earlier_one_covered() {
    // Deleted at home by somebody who was shown everything; deleted again in a masked copy after another change.
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
fn deletion_value_reads_back_and_unreadable_value_covers_nothing() {
    let seen: Seen = [Dot { n: 3, actor: Actor::from_random([1; 10]) }].into_iter().collect();
    let plain = Deletion { seen: seen.clone(), withheld: Vec::new() };
    assert_eq!(plain.value(), LeafValue::new(serde_json::to_value(&seen).unwrap()), "the form of earlier versions");
    let with_withheld = Deletion { seen, withheld: vec![(effect(), Dot { n: 2, actor: Actor::from_random([1; 10]) })] };
    for deletion in [plain, with_withheld.clone()] {
        assert_eq!(Deletion::read(&deletion.value()), Some(deletion));
    }
    assert!(Seen::deserialize(with_withheld.value().json()).is_err(), "unreadable for an older version");
    for bad in [r#"{"withheld":["2 x /a"],"seen":{}}"#, r#"{"withheld":[],"seen":4}"#, r#"{"withheld":"x"}"#, "7"] {
        let value = serde_json::from_str(bad).unwrap();
        assert_eq!(Deletion::read(&LeafValue::new(value)), Some(Deletion::default()), "{bad}");
    }
    assert_eq!(Deletion::read(&LeafValue::NULL), None);
}

/// `scope` is empty for the record.
fn scope_of(scope: &str) -> Option<Path> {
    (!scope.is_empty()).then(|| path(scope))
}

const ENTRY: &str = "/initiatives/i1";

/// The record has a deletion of the scope with each of the given values, and some other leaves.
#[track_caller]
fn check_life(scope: &str, deletions: &[&str], leaves: &[&str], expected: Life) {
    let writes = deletions.iter().zip(["8d", "8e"]).map(|(value, dot)| format!("{dot} {value}"));
    let deletion_line = format!("{scope}/@deleted = {}", writes.collect::<Vec<_>>().join(" | "));
    let all: Vec<&str> = leaves.iter().copied().chain((!deletions.is_empty()).then_some(&*deletion_line)).collect();
    assert_eq!(goal(&all).life(scope_of(scope).as_ref()), expected, "{all:?}");
}

#[test]
fn life_is_living_without_a_deletion() {
    check_life("", &[], &["/text = 1a Et"], Life::Living);
    check_life("", &["-"], &["/text = 1a Et"], Life::Living);
    check_life("", &["?"], &["/text = 1a Et"], Life::Living);
    check_life(ENTRY, &[], &["/text = 1a Et"], Life::Living);
}

#[test]
fn life_is_deleted_if_every_change_is_covered() {
    let seen = deletion("2a");
    check_life("", &[&seen], &["/text = 1a Et", "/future = 2a 7"], Life::Deleted);
    check_life("", &[&seen], &["/text = 3a Et"], Life::DeletedButChanged);
    check_life("", &[&seen], &["/text = 2b Et"], Life::DeletedButChanged);
    check_life("", &[&seen], &["/text = 2b -"], Life::DeletedButChanged);
    check_life("", &[&seen, &deletion("2b")], &["/text = 2a Et | 2b To"], Life::Deleted);
    // A concurrent restoration is a change.
    check_life("", &[&seen, "-"], &["/text = 2a Et"], Life::DeletedButChanged);
}

#[test]
fn life_ignores_what_is_no_change() {
    let seen = deletion("2a");
    for other in ["/text = 1b -", "/order = 2b \"5\"", "/text = 2b x", "/@same_as/e1 = 2b e1", "/@not_cpr/1 = 2b true"]
    {
        check_life("", &[&seen], &["/area = 1a -", other], Life::Deleted);
    }
    // The deletion of an entry is no change of the record, its restoration is.
    let entry = format!("{ENTRY}/@deleted");
    check_life("", &[&seen], &[&format!("{entry} = 3b {}", deletion("2a"))], Life::Deleted);
    check_life("", &[&seen], &[&format!("{entry} = 3b -")], Life::DeletedButChanged);
}

#[test]
fn life_of_withheld_writes_depends_on_what_the_author_was_shown() {
    let without = deletion_without("2a", &["2a /text"]);
    check_life("", &[&deletion("2a")], &["/text = 2a ?"], Life::Deleted);
    check_life("", &[&deletion("2a")], &["/text = 2b ?"], Life::DeletedButChanged);
    check_life("", &[&without], &["/text = 2a ?"], Life::Deleted);
    check_life("", &[&without], &["/text = 2a Et"], Life::DeletedButChanged);
    check_life("", &[&without], &["/area = 2a Et"], Life::Deleted);
    check_life("", &["7"], &["/text = 1a Et"], Life::DeletedButChanged);
    check_life("", &["7"], &["/text = 1a -"], Life::Deleted);
}

#[test]
fn life_of_an_entry_depends_on_its_own_leaves() {
    let seen = deletion("2a");
    let text = format!("{ENTRY}/text");
    check_life(ENTRY, &[&seen], &[&format!("{text} = 2a Et"), "/text = 3b Et"], Life::Deleted);
    check_life(ENTRY, &[&seen], &[&format!("{text} = 3b Et")], Life::DeletedButChanged);
    check_life(ENTRY, &[&seen], &["/initiatives/i10/text = 3b Et"], Life::Deleted);
    check_life(ENTRY, &[&seen], &[&format!("{ENTRY}/order = 3b \"5\"")], Life::Deleted);
}

#[test]
fn deletions_and_changes_lists_what_no_deletion_settles() {
    let deleted = format!("/@deleted = 8d {} | 8e 7", deletion("2a"));
    let record = goal(&[&deleted, "/area = 2a quality", "/order = 3b \"5\"", "/text = 2a Et | 3c To"]);
    let (deletions, changes) = record.deletions_and_changes(None);
    assert_eq!(deletions.into_iter().map(dot_text).collect::<Vec<_>>(), ["8d", "8e"]);
    assert_eq!(changes, [(path("/text"), fixtures::dot("3c"))]);
}

#[track_caller]
fn check_change(before: &[&str], change: impl FnOnce(&mut Record, &Author), after: &[&str]) {
    let mut record = goal(before);
    change(&mut record, &fixtures::author('z'));
    assert_eq!(lines(&record), after);
}

#[test]
fn delete_writes_what_was_shown_and_changes_nothing_else() {
    let deleted = format!("/@deleted = 3z {}", deletion("1a 2b"));
    check_change(
        &["/text = 1a Et | 2b To"],
        |record, author| record.delete(None, author).unwrap(),
        &[&deleted, "/text = 1a Et | 2b To"],
    );
    let deleted = format!("{ENTRY}/@deleted = 3z {}", deletion_without("2a", &[&format!("2a {ENTRY}/text")]));
    check_change(
        &[&format!("{ENTRY}/text = 2a ?"), "/text = 1a ?"],
        |record, author| record.delete(scope_of(ENTRY).as_ref(), author).unwrap(),
        &[&deleted, &format!("{ENTRY}/text = 2a ?"), "/text = 1a ?"],
    );
}

#[test]
fn restore_takes_every_deletion_back() {
    check_change(
        &["/@deleted = 2a 7 | 2b 8", "/text = 1a Et"],
        |record, author| record.restore(None, author).unwrap(),
        &["/@deleted = 3z -", "/text = 1a Et"],
    );
}

#[test]
fn empty_clears_values_and_covers_its_own_write() {
    let deleted = format!("/@deleted = 2a {}", deletion("1a"));
    let emptied = format!("/@deleted = 3z {}", deletion("2a 3z"));
    check_change(
        &[&deleted, "/@not_cpr/1 = 1a true", "/area = 1a -", "/future = 1a x", "/text = 1a Et"],
        |record, author| {
            record.empty_trash(None, author).unwrap();
            assert_eq!(record.life(None), Life::Deleted);
        },
        &[&emptied, "/@not_cpr/1 = 1a true", "/area = 1a -", "/future = 1a x", "/text = 3z -"],
    );
    let deleted = format!("{ENTRY}/@deleted = 2a {}", deletion("1a"));
    let emptied = format!("{ENTRY}/@deleted = 3z {}", deletion("2a 3z"));
    check_change(
        &[&deleted, &format!("{ENTRY}/text = 1a Sang"), "/text = 1a Et"],
        |record, author| record.empty_trash(scope_of(ENTRY).as_ref(), author).unwrap(),
        &[&emptied, &format!("{ENTRY}/text = 3z -"), "/text = 1a Et"],
    );
}

#[test]
fn empty_and_forget_refuse_what_is_not_in_the_trash() {
    let changed = format!("/@deleted = 2a {}", deletion("1a"));
    let cases: [&[&str]; 2] = [&["/text = 1a Et"], &[&changed, "/text = 2b Et"]];
    for leaves in cases {
        let mut record = goal(leaves);
        let before = record.clone();
        assert!(matches!(record.empty_trash(None, &fixtures::author('z')), Err(EditError::NotDeleted)));
        assert_eq!(record.forget(None), Err(NotDeleted));
        assert_eq!(record, before);
    }
}

#[test]
fn forget_erases_values_and_covered_withheld_ones() {
    let deleted = format!("/@deleted = 3a {}", deletion_without("2a", &["2a /future"]));
    check_change(
        &[
            &deleted,
            "/@not_cpr/1 = 1a true",
            "/area = 1a ?",
            "/future = 2a ?",
            "/horizon = 1a -",
            "/order = 1a ?",
            "/text = 1a Et",
        ],
        |record, _| record.forget(None).unwrap(),
        &[
            &deleted,
            "/@not_cpr/1 = 1a true",
            "/area = 1a x",
            "/future = 2a ?",
            "/horizon = 1a -",
            "/order = 1a ?",
            "/text = 1a x",
        ],
    );
}

#[test]
fn forget_in_copy_erases_all_but_withheld_values() {
    check_change(
        &["/area = 1a ?", "/horizon = 1a -", &format!("{ENTRY}/text = 1a Sang"), "/text = 1a Et"],
        |record, _| record.forget_in_copy(None),
        &["/area = 1a ?", "/horizon = 1a x", &format!("{ENTRY}/text = 1a x"), "/text = 1a x"],
    );
    check_change(
        &[&format!("{ENTRY}/text = 1a Sang"), "/text = 1a Et"],
        |record, _| record.forget_in_copy(scope_of(ENTRY).as_ref()),
        &[&format!("{ENTRY}/text = 1a x"), "/text = 1a Et"],
    );
}

#[test]
fn withhold_trash_masks_deleted_records_and_entries_only() {
    let deleted = format!("{ENTRY}/@deleted = 2a {}", deletion("1a"));
    check_change(
        &[&deleted, &format!("{ENTRY}/text = 1a Sang"), "/initiatives/i2/text = 1a Dans", "/text = 1a Et"],
        |record, _| record.withhold_trash(),
        &[&deleted, &format!("{ENTRY}/text = 1a ?"), "/initiatives/i2/text = 1a Dans", "/text = 1a Et"],
    );
    let deleted = format!("/@deleted = 2a {}", deletion("1a"));
    check_change(
        &[&deleted, "/@not_cpr/1 = 1a true", "/area = 1a -", "/text = 1a Et"],
        |record, _| record.withhold_trash(),
        &[&deleted, "/@not_cpr/1 = 1a true", "/area = 1a -", "/text = 1a ?"],
    );
    let changed = [deleted.as_str(), "/text = 2b Et"];
    check_change(&changed, |record, _| record.withhold_trash(), &changed);
}

#[test]
fn hollow_is_a_record_without_a_known_value() {
    let cases: [(&[&str], bool); 4] = [
        (&["/text = 1a Et"], false),
        (&["/text = 1a - | 2b x", "/area = 1a ?"], true),
        (&["/@deleted = 2a 7", "/@not_cpr/1 = 1a true", "/text = 1a -"], true),
        (&["/area = 1a -", "/text = 1a 0"], false),
    ];
    for (leaves, expected) in cases {
        assert_eq!(goal(leaves).has_no_values(), expected, "{leaves:?}");
    }
}
