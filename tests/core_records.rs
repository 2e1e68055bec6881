//! What records do, as short stories: typing, undoing, choosing, deleting, and how a change is told.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that meets what it did not expect should stop there")]

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

fn a_goal() -> Record {
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

/// Types into the goal's text, and gives the step.
fn types(record: &mut Record, words: &str, focus: &mut Focus, author: &Author) -> RecordDelta {
    let before = record.clone();
    record.edit::<Goal>(focus, author, |goal| goal.text = words.into()).unwrap();
    RecordDelta::between(Some(&before), record)
}

fn wordings(record: &Record, path: &Path) -> Vec<String> {
    record.leaf(path).unwrap().wordings().iter().map(|wording: &Wording<'_>| wording.value.display_text()).collect()
}

#[test]
fn what_arrives_while_a_person_types_stays_beside_what_they_type() {
    let (mut ours, mut theirs) = (a_goal(), a_goal());
    let mut focus = Focus::default();
    focus.enter(&ours, text());
    types(&mut ours, "Fl", &mut focus, &anne());
    types(&mut theirs, "Alle er med", &mut Focus::default(), &bo());
    ours = ours.merge(&theirs).unwrap();
    types(&mut ours, "Flere vil", &mut focus, &anne());
    assert_eq!(
        wordings(&ours, &text()),
        ["Flere vil", "Alle er med"],
        "their own «Fl» is gone, the other's words are not"
    );
    focus.leave(&text());
    types(&mut ours, "Alle vil", &mut focus, &anne());
    assert_eq!(wordings(&ours, &text()), ["Alle vil"], "shown both, they replaced both");
}

#[test]
fn the_same_series_begun_apart_is_one_without_questions() {
    let begun = |author: &Author, year: u16| {
        let mut series = Series { unit: Some(id("e1")), indicator: Some(id("fravaer")), ..Series::default() };
        series.observations.insert(Period::Year(year), Observation { value: Some(6.1), ..Observation::default() });
        Record::create(Id::derived(&id("e1"), &id("fravaer")).unwrap(), &series, author).unwrap()
    };
    let met = begun(&anne(), 2024).merge(&begun(&bo(), 2025)).unwrap();
    assert!(met.choices().is_empty());
    assert_eq!(met.view::<Series>().unwrap().observations.len(), 2);

    // What one left empty is no rival of what the other wrote; what one emptied is.
    let unit = |name: &str, author: &Author| {
        Record::create(id("e1"), &Enhed { name: name.into(), ..Enhed::default() }, author).unwrap()
    };
    let met = unit("", &bo()).merge(&unit("Skolen", &anne())).unwrap();
    assert!(met.choices().is_empty());
    assert_eq!(met.title(), "Skolen");
    let mut emptied = met.clone();
    emptied.edit::<Enhed>(&mut Focus::default(), &bo(), |unit| unit.name = UserText::default()).unwrap();
    let mut renamed = met;
    renamed.edit::<Enhed>(&mut Focus::default(), &anne(), |unit| unit.name = "Skolen ved Åen".into()).unwrap();
    assert_eq!(emptied.merge(&renamed).unwrap().choices().len(), 1);
}

#[test]
fn undo_and_redo_are_new_writes() {
    let mut record = a_goal();
    let first = types(&mut record, "Et", &mut Focus::default(), &anne());
    let second = types(&mut record, "To", &mut Focus::default(), &anne());
    let undone = record.undo(&second, &anne()).unwrap();
    assert_eq!((record.title(), undone.left.len()), ("Et", 0));
    let redone = record.undo(&undone.step, &anne()).unwrap();
    assert_eq!(record.title(), "To");
    // The first step no longer stands: its text was replaced, and putting it back brought a new one.
    assert_eq!(record.undo(&first, &anne()).unwrap().left, [Some(text())]);
    assert_eq!(record.title(), "To");
    record.undo(&redone.step, &anne()).unwrap();
    assert_eq!(record.title(), "Et");
}

#[test]
fn undo_leaves_what_another_wrote_since_and_names_it() {
    let mut record = a_goal();
    let before = record.clone();
    record
        .edit::<Goal>(&mut Focus::default(), &anne(), |goal| {
            goal.text = "Mit".into();
            goal.horizon = Some(Horizon::Long);
        })
        .unwrap();
    let step = RecordDelta::between(Some(&before), &record);
    types(&mut record, "Bos", &mut Focus::default(), &bo());
    let undone = record.undo(&step, &anne()).unwrap();
    assert_eq!(undone.left, [Some(text())]);
    let goal = record.view::<Goal>().unwrap();
    assert_eq!((goal.text.as_str(), goal.horizon), ("Bos", Some(Horizon::Short)));
}

#[test]
fn undoing_a_choice_opens_it_again() {
    let (mut ours, mut theirs) = (a_goal(), a_goal());
    types(&mut ours, "Mit", &mut Focus::default(), &anne());
    types(&mut theirs, "Dit", &mut Focus::default(), &bo());
    let mut met = ours.merge(&theirs).unwrap();
    let open = wordings(&met, &text());
    let before = met.clone();
    met.resolve(&text(), Resolution::All, &mut Focus::default(), &anne()).unwrap();
    assert_eq!(met.title(), open.join("\n\n"));
    assert!(met.choices().is_empty());
    met.undo(&RecordDelta::between(Some(&before), &met), &anne()).unwrap();
    assert_eq!(wordings(&met, &text()), open, "with the same one shown");
}

#[test]
fn a_choice_settled_on_both_sides_settles_once() {
    let (mut ours, mut theirs) = (a_goal(), a_goal());
    types(&mut ours, "Mit", &mut Focus::default(), &anne());
    types(&mut theirs, "Dit", &mut Focus::default(), &bo());
    let met = ours.merge(&theirs).unwrap();
    let dot = |words: &str| {
        let leaf = met.leaf(&text()).unwrap();
        leaf.known().find(|(_, value)| value.display_text() == words).unwrap().0
    };
    let (mut one, mut other) = (met.clone(), met.clone());
    one.resolve(&text(), Resolution::Keep(dot("Mit")), &mut Focus::default(), &anne()).unwrap();
    other.resolve(&text(), Resolution::Keep(dot("Mit")), &mut Focus::default(), &bo()).unwrap();
    assert!(one.merge(&other).unwrap().choices().is_empty(), "the same answer twice is no new question");
}

#[test]
fn undoing_a_creation_puts_it_in_the_trash_unless_somebody_wrote_in_it() {
    let created = RecordDelta::between(None, &a_goal());
    let mut record = a_goal();
    let undone = record.undo(&created, &anne()).unwrap();
    assert_eq!(record.life(None), Life::Deleted);
    record.undo(&undone.step, &anne()).unwrap();
    assert_eq!(record.life(None), Life::Living);

    let mut record = a_goal();
    types(&mut record, "Bos", &mut Focus::default(), &bo());
    assert_eq!(record.undo(&created, &anne()).unwrap().left, [None]);
    assert_eq!(record.life(None), Life::Living);
}

#[test]
fn what_was_deleted_by_one_who_did_not_know_of_a_change_is_asked_about() {
    let (mut ours, mut theirs) = (a_goal(), a_goal());
    ours.delete(None, &anne()).unwrap();
    assert_eq!(ours.life(None), Life::Deleted);
    assert!(ours.choices().is_empty(), "nothing in the trash is asked about");
    theirs.edit::<Goal>(&mut Focus::default(), &bo(), |goal| goal.order = Some("b".to_owned())).unwrap();
    let moved = ours.merge(&theirs).unwrap();
    assert_eq!(moved.life(None), Life::Deleted, "a place in an order is no change");
    types(&mut theirs, "Nye ord", &mut Focus::default(), &bo());
    let mut met = ours.merge(&theirs).unwrap();
    assert_eq!(met.choices(), [Choice::DeletedButChanged { entry: None }]);
    assert_eq!(met.view::<Goal>().unwrap().text, UserText::from("Nye ord"), "it is shown until someone chooses");
    let mut kept = met.clone();
    kept.restore(None, &anne()).unwrap();
    assert_eq!(kept.life(None), Life::Living);
    met.delete(None, &bo()).unwrap();
    assert_eq!(met.life(None), Life::Deleted);
    let both = kept.merge(&met).unwrap();
    assert_eq!(both.life(None), Life::DeletedButChanged, "and asked again where the answers differ");
}

#[test]
fn an_entry_taken_out_lies_in_the_trash_and_comes_back_whole() {
    let mut record = a_goal();
    let change = |goal: &mut Goal| drop(goal.initiatives.remove(&id("i1")));
    record.edit::<Goal>(&mut Focus::default(), &anne(), change).unwrap();
    assert_eq!(record.life(Some(&entry())), Life::Deleted);
    assert!(record.view::<Goal>().unwrap().initiatives.is_empty());
    assert_eq!(record.shown_text(&entry().child("text")), Some("Vi spiser sammen"));
    record.restore(Some(&entry()), &anne()).unwrap();
    assert_eq!(record.view::<Goal>().unwrap().initiatives[&id("i1")].text, UserText::from("Vi spiser sammen"));
}

#[test]
fn the_trash_once_emptied_stays_empty_whatever_is_met() {
    let mut record = a_goal();
    assert!(matches!(record.empty(None, &anne()), Err(EditError::NotDeleted)));
    let living = record.clone();
    record.delete(None, &anne()).unwrap();
    let copy = record.clone();
    record.empty(None, &anne()).unwrap();
    assert!(record.is_hollow() && record.life(None) == Life::Deleted);
    for older in [&living, &copy] {
        // Another tab, the stores, a file: whoever still holds the words.
        let met = older.merge(&record).unwrap();
        assert_eq!(met, record);
        assert!(!serde_json::to_string(&met).unwrap().contains("Vi spiser"), "nothing of them is left");
    }
    // What the other wrote meanwhile was not seen, and asks.
    let mut theirs = living;
    types(&mut theirs, "Bos", &mut Focus::default(), &bo());
    let met = theirs.merge(&record).unwrap();
    assert!(met.choices().contains(&Choice::DeletedButChanged { entry: None }));
    assert!(wordings(&met, &text()).contains(&"Bos".to_owned()));
}

#[test]
fn an_entry_of_the_trash_is_emptied_alone() {
    let mut record = a_goal();
    record.delete(Some(&entry()), &anne()).unwrap();
    record.empty(Some(&entry()), &anne()).unwrap();
    assert_eq!(record.shown_text(&entry().child("text")), None);
    assert_eq!((record.life(None), record.life(Some(&entry()))), (Life::Living, Life::Deleted));
    assert!(!record.title().is_empty());
}

#[test]
fn forgetting_reaches_every_copy() {
    let mut record = a_goal();
    assert_eq!(record.forget(None), Err(NotDeleted));
    record.delete(None, &anne()).unwrap();
    let copy = record.clone();
    record.forget(None).unwrap();
    let met = copy.merge(&record).unwrap();
    assert!(met.is_hollow() && met.life(None) == Life::Deleted);
    assert!(!serde_json::to_string(&met).unwrap().contains("Vi spiser"), "nothing of them is left");
}

#[test]
fn circles_and_chains_of_same_units_resolve_to_one() {
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
        for turn in 0..units.len() {
            let mut units = units.clone();
            units.rotate_left(turn);
            let identities = Identities::of(&units);
            for name in ["a", "b", "c"] {
                assert_eq!(identities.resolve(&id(name)), &id("a"));
            }
        }
    }
    let mut taken_back = unit("b", &["a"]);
    taken_back.set_same_as(None, &anne()).unwrap();
    assert!(!Identities::of([&taken_back]).same(&id("a"), &id("b")));
}

#[test]
fn a_copy_as_new_has_the_words_and_no_past() {
    let mut record = a_goal();
    types(&mut record, "Flere vil", &mut Focus::default(), &bo());
    let copy = record.copy_as(id("g2"), &anne()).unwrap();
    assert_eq!(copy.view::<Goal>().unwrap(), record.view::<Goal>().unwrap());
    assert_eq!(copy.seen().len(), 1);
    record.delete(Some(&entry()), &bo()).unwrap();
    let copy = record.copy_as(id("g3"), &anne()).unwrap();
    assert!(copy.view::<Goal>().unwrap().initiatives.is_empty(), "what lies in the trash stays behind");
    assert!(record.merge(&copy).is_err());
}

#[test]
fn a_record_counted_to_its_end_says_so_and_stays_as_it_is() {
    let text = serde_json::to_string(&a_goal()).unwrap();
    let counted = text.replace(":1}", &format!(":{}}}", Seen::MAX_COUNT));
    let mut record: Record = serde_json::from_str(&counted).unwrap();
    let before = record.clone();
    let error = record.edit::<Goal>(&mut Focus::default(), &anne(), |goal| goal.text = "x".into());
    assert!(matches!(error, Err(EditError::CountedOut)));
    assert!(error.unwrap_err().to_string().contains("Intet er ændret"));
    assert_eq!(record, before);
}

#[track_caller]
fn tells(change: impl FnOnce(&mut Record), expected: &[&str]) {
    let before = a_goal();
    let mut after = before.clone();
    change(&mut after);
    let lines = describe::lines(&RecordDelta::between(Some(&before), &after), &after);
    assert_eq!(lines.iter().map(|line| line.what.as_str()).collect::<Vec<_>>(), expected);
    assert!(lines.iter().all(|line| line.by.as_deref() == Some("Anne")));
}

fn edits(change: impl FnOnce(&mut Goal)) -> impl FnOnce(&mut Record) {
    move |record| record.edit::<Goal>(&mut Focus::default(), &anne(), change).unwrap()
}

#[test]
fn changes_are_told_in_plain_danish() {
    tells(edits(|goal| goal.expected_effect = "Ro".into()), &["skrev forventet effekt i målet «Flere er med»"]);
    tells(edits(|goal| goal.text = "Alle".into()), &["ændrede målets tekst i målet «Alle»"]);
    tells(edits(|goal| goal.horizon = None), &["tømte sigtet i målet «Flere er med»"]);
    tells(edits(|goal| goal.text = UserText::default()), &["tømte målets tekst i målet"]);
    tells(
        edits(|goal| goal.initiatives.get_mut(&id("i1")).unwrap().responsible = "Stue 2".into()),
        &["skrev den ansvarlige i indsatsen «Vi spiser sammen» i målet «Flere er med»"],
    );
    tells(
        edits(|goal| {
            goal.initiatives.insert(id("i2"), Initiative { text: "Ud i skoven".into(), ..Initiative::default() });
        }),
        &["tilføjede indsatsen «Ud i skoven» i målet «Flere er med»"],
    );
    tells(
        edits(|goal| drop(goal.initiatives.remove(&id("i1")))),
        &["slettede indsatsen «Vi spiser sammen» i målet «Flere er med»"],
    );
    tells(|record| record.delete(None, &anne()).unwrap(), &["slettede målet «Flere er med»"]);
    let long = "Et meget langt mål, som ingen kan læse på én linje i en historik";
    tells(
        edits(|goal| goal.text = long.into()),
        &["ændrede målets tekst i målet «Et meget langt mål, som ingen kan læse p …»"],
    );
    tells(
        |record| {
            record.write([(Path::root("future"), LeafValue::new(1.into()))], &mut Focus::default(), &anne()).unwrap();
        },
        &["skrev et felt, som denne version ikke kender, i målet «Flere er med»"],
    );

    let unit = Record::create(id("e1"), &Enhed { kind: Some(EnhedKind::Klub), ..Enhed::default() }, &anne()).unwrap();
    let created = describe::lines(&RecordDelta::between(None, &unit), &unit);
    assert_eq!(created.len(), 1);
    assert_eq!(created[0].what, "oprettede enheden");

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
    assert_eq!(line.what, "skrev tallet for 2024/25 i talrækken «Fravær reduceres»");
    assert!(line.before.is_empty() && line.after.is_some());
}

/// Of an author a deletion knows all writes up to the last one; the undoing is one of theirs, and comes after what they wrote.
#[test]
fn core_an_emptied_trash_that_is_put_back_buries_nothing_written_since() {
    let mut goal = a_goal();
    goal.delete(None, &anne()).unwrap();
    let before = goal.clone();
    goal.empty(None, &anne()).unwrap();
    let emptied = RecordDelta::between(Some(&before), &goal);
    goal.edit::<Goal>(&mut Focus::default(), &anne(), |goal| goal.expected_effect = "Skrevet siden".into()).unwrap();
    goal.undo(&emptied, &anne()).unwrap();
    assert_eq!(goal.life(None), Life::DeletedButChanged, "it is asked about");
    assert_eq!(goal.view::<Goal>().unwrap().text.as_str(), "Flere er med", "what was emptied is there again");
    assert_eq!(goal.view::<Goal>().unwrap().expected_effect.as_str(), "Skrevet siden");
}

/// Two deleted it apart, each without knowing of what the other had written: to take back that it was fetched deletes it again
/// for both.
#[test]
fn core_two_deletions_are_put_back_both() {
    let first = a_goal();
    let (mut of_anne, mut of_bo) = (first.clone(), first);
    of_anne.delete(None, &anne()).unwrap();
    of_bo.edit::<Goal>(&mut Focus::default(), &bo(), |goal| goal.expected_effect = "Bos".into()).unwrap();
    of_bo.delete(None, &bo()).unwrap();
    let mut goal = of_anne.merge(&of_bo).unwrap();
    assert_eq!(goal.life(None), Life::Deleted);
    let before = goal.clone();
    let carla = author(3, "Carla");
    goal.restore(None, &carla).unwrap();
    let fetched = RecordDelta::between(Some(&before), &goal);
    goal.undo(&fetched, &carla).unwrap();
    assert_eq!(goal.life(None), Life::Deleted);
}

/// «Slet alligevel» taken back: it is asked about again, as it was.
#[test]
fn core_a_deletion_that_was_confirmed_is_asked_about_again() {
    let first = a_goal();
    let (mut of_anne, mut of_bo) = (first.clone(), first);
    of_anne.edit::<Goal>(&mut Focus::default(), &anne(), |goal| goal.expected_effect = "Annes".into()).unwrap();
    of_bo.delete(None, &bo()).unwrap();
    let mut goal = of_anne.merge(&of_bo).unwrap();
    let before = goal.clone();
    assert_eq!(goal.life(None), Life::DeletedButChanged);
    goal.delete(None, &anne()).unwrap();
    let confirmed = RecordDelta::between(Some(&before), &goal);
    let undone = goal.undo(&confirmed, &anne()).unwrap();
    assert!(undone.left.is_empty(), "{:?}", undone.left);
    assert_eq!(goal.life(None), Life::DeletedButChanged);
}

/// Whoever compares two wordings reads no word of the file's own language.
#[test]
fn core_every_choice_that_a_file_can_hold_is_said_in_danish() {
    let schema = kvalitetshjul::exchange::schema::schema();
    let record = a_goal();
    let mut count = 0;
    // The scope is the envelope's, and the record's own are the kinds.
    for (name, of) in
        schema["$defs"].as_object().unwrap().iter().filter(|(name, _)| *name != "Scope" && *name != "record")
    {
        let listed = of["enum"].as_array().into_iter().flatten();
        let described = of["oneOf"].as_array().into_iter().flatten().filter_map(|one| one.get("const"));
        // Where there is a figure, it says so itself.
        for word in listed.chain(described).filter(|word| **word != "value") {
            let said = compare::words(&record, &Path::root("area"), &LeafValue::from(word.as_str().unwrap()));
            assert_ne!(said, word.as_str().unwrap(), "of {name}");
            count += 1;
        }
    }
    assert!(count > 50, "{count}");
}
