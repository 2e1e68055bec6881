//! Editing one record: typing, undo, open choices, deletion and forgetting, and the Danish description of changes.

use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::enhed::{Enhed, EnhedKind};
use kvalitetshjul::domain::goal::{Goal, Horizon, Initiative};
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::period::Period;
use kvalitetshjul::domain::series::{Observation, Series};
use kvalitetshjul::domain::text::UserText;
use kvalitetshjul::record::choice::{Choice, Resolution};
use kvalitetshjul::record::delta::RecordDelta;
use kvalitetshjul::record::dot::{Actor, Seen};
use kvalitetshjul::record::edit::{Author, EditError, Focus};
use kvalitetshjul::record::identity::Identities;
use kvalitetshjul::record::leaf::Wording;
use kvalitetshjul::record::life::{Life, NotDeleted};
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::value::LeafValue;
use kvalitetshjul::record::{Record, compare, describe};

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn author(n: u8, by: &str) -> Author {
    let at = Timestamp::parse("2026-03-15T09:42:00Z").unwrap();
    Author { actor: Actor::from_random([n; 10]), at, by: Some(by.to_owned()) }
}

fn anne() -> Author {
    author(1, "Anne")
}

fn bo() -> Author {
    author(2, "Bo")
}

fn goal() -> Record {
    let mut goal = Goal { text: "Flere er med".into(), horizon: Some(Horizon::Short), ..Goal::default() };
    let initiative = Initiative { text: "Vi spiser sammen".into(), ..Initiative::default() };
    goal.initiatives.insert(id("i1"), initiative);
    Record::create(id("g1"), &goal, &author(9, "Carl")).unwrap()
}

fn text() -> Path {
    Path::root("text")
}

fn entry() -> Path {
    Path::root("initiatives").child("i1")
}

/// Writes the goal's text and returns the delta.
fn write_text(record: &mut Record, words: &str, focus: &mut Focus, author: &Author) -> RecordDelta {
    let before = record.clone();
    record.edit::<Goal>(focus, author, |goal| goal.text = words.into()).unwrap();
    RecordDelta::between(Some(&before), record)
}

fn wordings(record: &Record, path: &Path) -> Vec<String> {
    record.leaf(path).unwrap().wordings().iter().map(|wording: &Wording<'_>| wording.value.display_text()).collect()
}

#[test]
fn text_merged_while_a_person_types_stays_beside_their_text() {
    let (mut local, mut remote) = (goal(), goal());
    let mut focus = Focus::default();
    focus.enter(&local, text());
    write_text(&mut local, "Fl", &mut focus, &anne());
    write_text(&mut remote, "Alle er med", &mut Focus::default(), &bo());
    local = local.merge(&remote).unwrap();
    write_text(&mut local, "Flere vil", &mut focus, &anne());
    assert_eq!(
        wordings(&local, &text()),
        ["Flere vil", "Alle er med"],
        "typing on replaces the person's own text only"
    );
    focus.leave(&text());
    write_text(&mut local, "Alle vil", &mut focus, &anne());
    assert_eq!(
        wordings(&local, &text()),
        ["Alle vil"],
        "after leaving the field, the person has seen both texts and replaces both"
    );
}

#[test]
fn series_created_twice_merges_without_choices() {
    let series_with = |author: &Author, year: u16| {
        let mut series = Series { unit: Some(id("e1")), indicator: Some(id("fravaer")), ..Series::default() };
        series.observations.insert(Period::Year(year), Observation { value: Some(6.1), ..Observation::default() });
        Record::create(Id::derived(&id("e1"), &id("fravaer")).unwrap(), &series, author).unwrap()
    };
    let merged = series_with(&anne(), 2024).merge(&series_with(&bo(), 2025)).unwrap();
    assert!(merged.choices().is_empty());
    assert_eq!(merged.view::<Series>().unwrap().observations.len(), 2);

    // A field that was never filled is no rival of a text; a field that was emptied is.
    let unit = |name: &str, author: &Author| {
        Record::create(id("e1"), &Enhed { name: name.into(), ..Enhed::default() }, author).unwrap()
    };
    let merged = unit("", &bo()).merge(&unit("Skolen", &anne())).unwrap();
    assert!(merged.choices().is_empty());
    assert_eq!(merged.title(), "Skolen");
    let mut emptied = merged.clone();
    emptied.edit::<Enhed>(&mut Focus::default(), &bo(), |unit| unit.name = UserText::default()).unwrap();
    let mut renamed = merged;
    renamed.edit::<Enhed>(&mut Focus::default(), &anne(), |unit| unit.name = "Skolen ved Åen".into()).unwrap();
    assert_eq!(emptied.merge(&renamed).unwrap().choices().len(), 1);
}

#[test]
fn undo_and_redo_are_new_writes() {
    let mut record = goal();
    let first = write_text(&mut record, "Et", &mut Focus::default(), &anne());
    let second = write_text(&mut record, "To", &mut Focus::default(), &anne());
    let undone = record.undo(&second, &anne()).unwrap();
    assert_eq!((record.title(), undone.skipped.len()), ("Et", 0));
    let redone = record.undo(&undone.inverse, &anne()).unwrap();
    assert_eq!(record.title(), "To");
    // The dot of the first delta was replaced; undoing the second delta restored the text under a new dot.
    assert_eq!(record.undo(&first, &anne()).unwrap().skipped, [Some(text())]);
    assert_eq!(record.title(), "To");
    record.undo(&redone.inverse, &anne()).unwrap();
    assert_eq!(record.title(), "Et");
}

#[test]
fn undo_skips_and_names_fields_that_another_changed_since() {
    let mut record = goal();
    let before = record.clone();
    record
        .edit::<Goal>(&mut Focus::default(), &anne(), |goal| {
            goal.text = "Mit".into();
            goal.horizon = Some(Horizon::Long);
        })
        .unwrap();
    let step = RecordDelta::between(Some(&before), &record);
    write_text(&mut record, "Bos", &mut Focus::default(), &bo());
    let undone = record.undo(&step, &anne()).unwrap();
    assert_eq!(undone.skipped, [Some(text())]);
    let goal = record.view::<Goal>().unwrap();
    assert_eq!((goal.text.as_str(), goal.horizon), ("Bos", Some(Horizon::Short)));
}

#[test]
fn undo_of_a_resolved_choice_opens_it_again() {
    let (mut local, mut remote) = (goal(), goal());
    write_text(&mut local, "Mit", &mut Focus::default(), &anne());
    write_text(&mut remote, "Dit", &mut Focus::default(), &bo());
    let mut merged = local.merge(&remote).unwrap();
    let open = wordings(&merged, &text());
    let before = merged.clone();
    merged.resolve(&text(), Resolution::All, &mut Focus::default(), &anne()).unwrap();
    assert_eq!(merged.title(), open.join("\n\n"));
    assert!(merged.choices().is_empty());
    merged.undo(&RecordDelta::between(Some(&before), &merged), &anne()).unwrap();
    assert_eq!(wordings(&merged, &text()), open, "in the same order");
}

#[test]
fn same_resolution_on_both_sides_opens_no_new_choice() {
    let (mut local, mut remote) = (goal(), goal());
    write_text(&mut local, "Mit", &mut Focus::default(), &anne());
    write_text(&mut remote, "Dit", &mut Focus::default(), &bo());
    let merged = local.merge(&remote).unwrap();
    let dot = |words: &str| {
        let leaf = merged.leaf(&text()).unwrap();
        leaf.known().find(|(_, value)| value.display_text() == words).unwrap().0
    };
    let (mut one, mut other) = (merged.clone(), merged.clone());
    one.resolve(&text(), Resolution::Keep(dot("Mit")), &mut Focus::default(), &anne()).unwrap();
    other.resolve(&text(), Resolution::Keep(dot("Mit")), &mut Focus::default(), &bo()).unwrap();
    assert!(one.merge(&other).unwrap().choices().is_empty(), "equal resolutions do not conflict");
}

#[test]
fn undo_of_a_creation_deletes_the_record_unless_another_edited_it() {
    let created = RecordDelta::between(None, &goal());
    let mut record = goal();
    let undone = record.undo(&created, &anne()).unwrap();
    assert_eq!(record.life(None), Life::Deleted);
    record.undo(&undone.inverse, &anne()).unwrap();
    assert_eq!(record.life(None), Life::Living);

    let mut record = goal();
    write_text(&mut record, "Bos", &mut Focus::default(), &bo());
    assert_eq!(record.undo(&created, &anne()).unwrap().skipped, [None]);
    assert_eq!(record.life(None), Life::Living);
}

#[test]
fn deletion_concurrent_with_a_change_is_an_open_choice() {
    let (mut local, mut remote) = (goal(), goal());
    local.delete(None, &anne()).unwrap();
    assert_eq!(local.life(None), Life::Deleted);
    assert!(local.choices().is_empty(), "a deleted record has no choices");
    remote.edit::<Goal>(&mut Focus::default(), &bo(), |goal| goal.order = Some("b".to_owned())).unwrap();
    let moved = local.merge(&remote).unwrap();
    assert_eq!(moved.life(None), Life::Deleted, "a change of the order alone does not count");
    write_text(&mut remote, "Nye ord", &mut Focus::default(), &bo());
    let mut merged = local.merge(&remote).unwrap();
    assert_eq!(merged.choices(), [Choice::DeletedButChanged { entry: None }]);
    assert_eq!(
        merged.view::<Goal>().unwrap().text,
        UserText::from("Nye ord"),
        "the record stays visible until the choice is resolved"
    );
    let mut restored = merged.clone();
    restored.restore(None, &anne()).unwrap();
    assert_eq!(restored.life(None), Life::Living);
    merged.delete(None, &bo()).unwrap();
    assert_eq!(merged.life(None), Life::Deleted);
    let both = restored.merge(&merged).unwrap();
    assert_eq!(both.life(None), Life::DeletedButChanged, "different resolutions open the choice again");
}

#[test]
fn removed_entry_is_deleted_and_restore_brings_it_back() {
    let mut record = goal();
    let remove = |goal: &mut Goal| drop(goal.initiatives.remove(&id("i1")));
    record.edit::<Goal>(&mut Focus::default(), &anne(), remove).unwrap();
    assert_eq!(record.life(Some(&entry())), Life::Deleted);
    assert!(record.view::<Goal>().unwrap().initiatives.is_empty());
    assert_eq!(record.shown_text(&entry().child("text")), Some("Vi spiser sammen"));
    record.restore(Some(&entry()), &anne()).unwrap();
    assert_eq!(record.view::<Goal>().unwrap().initiatives[&id("i1")].text, UserText::from("Vi spiser sammen"));
}

#[test]
fn emptied_record_stays_empty_after_merging_older_copies() {
    let mut record = goal();
    assert!(matches!(record.empty_trash(None, &anne()), Err(EditError::NotDeleted)));
    let living = record.clone();
    record.delete(None, &anne()).unwrap();
    let copy = record.clone();
    record.empty_trash(None, &anne()).unwrap();
    assert!(record.has_no_values() && record.life(None) == Life::Deleted);
    for older in [&living, &copy] {
        // A tab, a store or a file may still hold the texts.
        let merged = older.merge(&record).unwrap();
        assert_eq!(merged, record);
        assert!(!serde_json::to_string(&merged).unwrap().contains("Vi spiser"), "no text is left");
    }
    // A concurrent write was not known to the deletion, so it opens a choice.
    let mut remote = living;
    write_text(&mut remote, "Bos", &mut Focus::default(), &bo());
    let merged = remote.merge(&record).unwrap();
    assert!(merged.choices().contains(&Choice::DeletedButChanged { entry: None }));
    assert!(wordings(&merged, &text()).contains(&"Bos".to_owned()));
}

#[test]
fn emptying_a_deleted_entry_leaves_the_record() {
    let mut record = goal();
    record.delete(Some(&entry()), &anne()).unwrap();
    record.empty_trash(Some(&entry()), &anne()).unwrap();
    assert_eq!(record.shown_text(&entry().child("text")), None);
    assert_eq!((record.life(None), record.life(Some(&entry()))), (Life::Living, Life::Deleted));
    assert!(!record.title().is_empty());
}

#[test]
fn forgetting_removes_the_texts_from_merged_copies() {
    let mut record = goal();
    assert_eq!(record.forget(None), Err(NotDeleted));
    record.delete(None, &anne()).unwrap();
    let copy = record.clone();
    record.forget(None).unwrap();
    let merged = copy.merge(&record).unwrap();
    assert!(merged.has_no_values() && merged.life(None) == Life::Deleted);
    assert!(!serde_json::to_string(&merged).unwrap().contains("Vi spiser"), "no text is left");
}

#[test]
fn same_unit_chains_and_cycles_resolve_to_one_id() {
    let unit = |name: &str, same: &[&str]| {
        let mut unit = Record::create(id(name), &Enhed::default(), &anne()).unwrap();
        for other in same {
            unit.set_same_as(Some(&id(other)), &anne()).unwrap();
        }
        unit
    };
    for units in [
        vec![unit("b", &["c"]), unit("c", &["a"]), unit("a", &[])],
        vec![unit("c", &["a"]), unit("a", &["b"]), unit("b", &["c"])],
        vec![unit("a", &[]), unit("b", &["a"]), unit("c", &["b"])],
    ] {
        for offset in 0..units.len() {
            let mut units = units.clone();
            units.rotate_left(offset);
            let identities = Identities::of(&units);
            for name in ["a", "b", "c"] {
                assert_eq!(identities.resolve(&id(name)), &id("a"));
            }
        }
    }
    let mut unlinked = unit("b", &["a"]);
    unlinked.set_same_as(None, &anne()).unwrap();
    assert!(!Identities::of([&unlinked]).is_same(&id("a"), &id("b")));
}

#[test]
fn copy_as_new_has_the_texts_and_one_author() {
    let mut record = goal();
    write_text(&mut record, "Flere vil", &mut Focus::default(), &bo());
    let copy = record.copy_as(id("g2"), &anne()).unwrap();
    assert_eq!(copy.view::<Goal>().unwrap(), record.view::<Goal>().unwrap());
    assert_eq!(copy.seen().len(), 1);
    record.delete(Some(&entry()), &bo()).unwrap();
    let copy = record.copy_as(id("g3"), &anne()).unwrap();
    assert!(copy.view::<Goal>().unwrap().initiatives.is_empty(), "deleted entries are not copied");
    assert!(record.merge(&copy).is_err());
}

#[test]
fn edit_past_the_last_dot_is_an_error_and_changes_nothing() {
    let text = serde_json::to_string(&goal()).unwrap();
    let counted = text.replace(":1}", &format!(":{}}}", Seen::MAX_COUNT));
    let mut record: Record = serde_json::from_str(&counted).unwrap();
    let before = record.clone();
    let error = record.edit::<Goal>(&mut Focus::default(), &anne(), |goal| goal.text = "x".into());
    assert!(matches!(error, Err(EditError::CountedOut)));
    assert!(error.unwrap_err().to_string().contains("Intet er ændret"));
    assert_eq!(record, before);
}

/// Checks the Danish lines that describe a change of the goal.
#[track_caller]
fn check_lines(change: impl FnOnce(&mut Record), expected: &[&str]) {
    let before = goal();
    let mut after = before.clone();
    change(&mut after);
    let lines = describe::lines(&RecordDelta::between(Some(&before), &after), &after);
    assert_eq!(lines.iter().map(|line| line.description.as_str()).collect::<Vec<_>>(), expected);
    assert!(lines.iter().all(|line| line.by.as_deref() == Some("Anne")));
}

/// Makes a change of a record from a change of the goal.
fn edit(change: impl FnOnce(&mut Goal)) -> impl FnOnce(&mut Record) {
    move |record| record.edit::<Goal>(&mut Focus::default(), &anne(), change).unwrap()
}

#[test]
fn changes_are_described_in_danish() {
    check_lines(edit(|goal| goal.expected_effect = "Ro".into()), &["skrev forventet effekt i målet «Flere er med»"]);
    check_lines(edit(|goal| goal.text = "Alle".into()), &["ændrede målets tekst i målet «Alle»"]);
    check_lines(edit(|goal| goal.horizon = None), &["tømte sigtet i målet «Flere er med»"]);
    check_lines(edit(|goal| goal.text = UserText::default()), &["tømte målets tekst i målet"]);
    check_lines(
        edit(|goal| goal.initiatives.get_mut(&id("i1")).unwrap().responsible = "Stue 2".into()),
        &["skrev den ansvarlige i indsatsen «Vi spiser sammen» i målet «Flere er med»"],
    );
    check_lines(
        edit(|goal| {
            goal.initiatives.insert(id("i2"), Initiative { text: "Ud i skoven".into(), ..Initiative::default() });
        }),
        &["tilføjede indsatsen «Ud i skoven» i målet «Flere er med»"],
    );
    check_lines(
        edit(|goal| drop(goal.initiatives.remove(&id("i1")))),
        &["slettede indsatsen «Vi spiser sammen» i målet «Flere er med»"],
    );
    check_lines(|record| record.delete(None, &anne()).unwrap(), &["slettede målet «Flere er med»"]);
    let long = "Et meget langt mål, som ingen kan læse på én linje i en historik";
    check_lines(
        edit(|goal| goal.text = long.into()),
        &["ændrede målets tekst i målet «Et meget langt mål, som ingen kan læse p …»"],
    );
    check_lines(
        |record| {
            record.write([(Path::root("future"), LeafValue::new(1.into()))], &mut Focus::default(), &anne()).unwrap();
        },
        &["skrev et felt, som denne version ikke kender, i målet «Flere er med»"],
    );

    let unit = Record::create(id("e1"), &Enhed { kind: Some(EnhedKind::Klub), ..Enhed::default() }, &anne()).unwrap();
    let created = describe::lines(&RecordDelta::between(None, &unit), &unit);
    assert_eq!(created.len(), 1);
    assert_eq!(created[0].description, "oprettede enheden");

    let empty = Series { indicator: Some(id("fravaer")), ..Series::default() };
    let before = Record::create(id("e1.fravaer"), &empty, &anne()).unwrap();
    let mut after = before.clone();
    let figure = Observation { value: Some(6.1), ..Observation::default() };
    after
        .edit::<Series>(&mut Focus::default(), &anne(), |series| {
            series.observations.insert(Period::SchoolYear(2024), figure);
        })
        .unwrap();
    let line = &describe::lines(&RecordDelta::between(Some(&before), &after), &after)[0];
    assert_eq!(line.description, "skrev tallet for 2024/25 i talrækken «Fravær reduceres»");
    assert!(line.before.is_empty() && line.after.is_some());
}

/// A deletion covers all writes of an author up to the last one known. The undo of an emptying is itself a later write
/// of that author and must not make the deletion cover the texts written in between.
#[test]
fn undo_of_emptying_does_not_delete_texts_written_since() {
    let mut goal = goal();
    goal.delete(None, &anne()).unwrap();
    let before = goal.clone();
    goal.empty_trash(None, &anne()).unwrap();
    let emptied = RecordDelta::between(Some(&before), &goal);
    goal.edit::<Goal>(&mut Focus::default(), &anne(), |goal| goal.expected_effect = "Skrevet siden".into()).unwrap();
    goal.undo(&emptied, &anne()).unwrap();
    assert_eq!(goal.life(None), Life::DeletedButChanged, "the later text opens a choice");
    assert_eq!(goal.view::<Goal>().unwrap().text.as_str(), "Flere er med", "the emptied text is restored");
    assert_eq!(goal.view::<Goal>().unwrap().expected_effect.as_str(), "Skrevet siden");
}

/// Each of two concurrent deletions does not know of the other's text. Undoing the restoration must put back both
/// deletions.
#[test]
fn undo_of_a_restoration_puts_back_both_deletions() {
    let first = goal();
    let (mut annes_copy, mut bos_copy) = (first.clone(), first);
    annes_copy.delete(None, &anne()).unwrap();
    bos_copy.edit::<Goal>(&mut Focus::default(), &bo(), |goal| goal.expected_effect = "Bos".into()).unwrap();
    bos_copy.delete(None, &bo()).unwrap();
    let mut goal = annes_copy.merge(&bos_copy).unwrap();
    assert_eq!(goal.life(None), Life::Deleted);
    let before = goal.clone();
    let carla = author(3, "Carla");
    goal.restore(None, &carla).unwrap();
    let restoration = RecordDelta::between(Some(&before), &goal);
    goal.undo(&restoration, &carla).unwrap();
    assert_eq!(goal.life(None), Life::Deleted);
}

/// «Slet alligevel», undone.
#[test]
fn undo_of_a_confirmed_deletion_opens_the_choice_again() {
    let first = goal();
    let (mut annes_copy, mut bos_copy) = (first.clone(), first);
    annes_copy.edit::<Goal>(&mut Focus::default(), &anne(), |goal| goal.expected_effect = "Annes".into()).unwrap();
    bos_copy.delete(None, &bo()).unwrap();
    let mut goal = annes_copy.merge(&bos_copy).unwrap();
    let before = goal.clone();
    assert_eq!(goal.life(None), Life::DeletedButChanged);
    goal.delete(None, &anne()).unwrap();
    let confirmation = RecordDelta::between(Some(&before), &goal);
    let undone = goal.undo(&confirmation, &anne()).unwrap();
    assert!(undone.skipped.is_empty(), "{:?}", undone.skipped);
    assert_eq!(goal.life(None), Life::DeletedButChanged);
}

/// The page that compares two wordings must never show a word of the file format.
#[test]
fn every_enum_value_of_the_schema_has_a_danish_text() {
    let schema = kvalitetshjul::exchange::schema::schema();
    let record = goal();
    let mut count = 0;
    // `Scope` belongs to the envelope, and the values of `record` are the kinds.
    for (name, definition) in
        schema["$defs"].as_object().unwrap().iter().filter(|(name, _)| *name != "Scope" && *name != "record")
    {
        let listed = definition["enum"].as_array().into_iter().flatten();
        let described = definition["oneOf"].as_array().into_iter().flatten().filter_map(|one| one.get("const"));
        // An observation in the state `value` shows its figure instead.
        for word in listed.chain(described).filter(|word| **word != "value") {
            let text = compare::danish_value(&record, &Path::root("area"), &LeafValue::from(word.as_str().unwrap()));
            assert_ne!(text, word.as_str().unwrap(), "{name}");
            count += 1;
        }
    }
    assert!(count > 50, "{count}");
}
