//! Random actions undone to the start and redone, and single rules.

use proptest::prelude::*;

use super::*;
use crate::domain::date::Timestamp;
use crate::domain::goal::{Anchor, Goal, Initiative};
use crate::domain::sorted::SortedMap;
use crate::record::choice::{Choice, Resolution};
use crate::record::dot::Actor;
use crate::record::edit::Focus;
use crate::record::life::Life;

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn author(actor: u8) -> Author {
    Author { actor: Actor::from_random([actor; 10]), at: Timestamp::from_seconds(0).unwrap(), by: None }
}

/// A page: its records and its undo stack.
#[derive(Default)]
struct Page {
    records: Records,
    stack: UndoStack,
    now: f64,
    turn: u64,
}

impl Page {
    /// Changes a record and records the change.
    fn change(&mut self, id: &Id, change: impl FnOnce(&mut Record, &Author)) {
        let Some(before) = self.records.get(id).cloned() else { return };
        let mut after = before.clone();
        change(&mut after, &author(1));
        self.store(Some(&before), after);
    }

    /// Stores a changed record and records the change.
    fn store(&mut self, before: Option<&Record>, after: Record) {
        let now = ActionMoment { turn: self.turn, at: self.now, is_field_undo: false };
        self.stack.record(|| "ændrede".to_owned(), &[RecordDelta::between(before, &after)], now);
        self.records.insert(after.id().clone(), after);
    }

    /// Undoes or redoes; returns the names of records in which something was left alone.
    fn undo(&mut self, which: UndoDirection) -> Option<Vec<String>> {
        let records = &self.records;
        let outcome = self.stack.apply(which, |id| records.get(id).cloned(), &author(1)).unwrap()?;
        self.records.extend(outcome.records.into_iter().map(|record| (record.id().clone(), record)));
        Some(outcome.skipped)
    }

    /// What a user is shown: bodies and open choices of the records outside the trash.
    fn shown(&self) -> SortedMap<Id, (Goal, Vec<Vec<String>>)> {
        let mut all = SortedMap::new();
        for record in self.records.values().filter(|record| record.life(None) != Life::Deleted) {
            let choices = record.choices().into_iter().map(|choice| match choice {
                Choice::Wordings { wordings, .. } => {
                    wordings.iter().map(|wording| wording.value.display_text()).collect::<Vec<_>>()
                }
                Choice::DeletedButChanged { .. } => Vec::new(),
            });
            let mut goal = record.view::<Goal>().unwrap();
            goal.initiatives.retain(|_, initiative| !initiative.text.as_str().is_empty());
            all.insert(record.id().clone(), (goal, choices.collect()));
        }
        all
    }
}

#[derive(Clone, Debug)]
enum Deed {
    Create(u8),
    Text(u8, u8),
    Effect(u8, u8),
    Anchor(u8, u8),
    Initiative(u8, u8),
    RemoveInitiative(u8),
    Delete(u8),
    Restore(u8),
    Choose(u8),
    Both(u8, u8),
    Pause,
    Undo,
    Redo,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    use Deed::*;
    let n = 0..3u8;
    let deed = prop_oneof![
        1 => n.clone().prop_map(Create),
        4 => (n.clone(), any::<u8>()).prop_map(|(a, b)| Text(a, b)),
        3 => (n.clone(), any::<u8>()).prop_map(|(a, b)| Effect(a, b)),
        2 => (n.clone(), 0..3u8).prop_map(|(a, b)| Anchor(a, b)),
        3 => (n.clone(), 0..3u8).prop_map(|(a, b)| Initiative(a, b)),
        2 => n.clone().prop_map(RemoveInitiative),
        1 => n.clone().prop_map(Delete),
        1 => n.clone().prop_map(Restore),
        1 => n.clone().prop_map(Choose),
        1 => (n.clone(), n).prop_map(|(a, b)| Both(a, b)),
        4 => Just(Pause),
        3 => Just(Undo),
        2 => Just(Redo),
    ];
    proptest::collection::vec(deed, 1..60)
}

fn goal(n: u8) -> Id {
    id(["g0", "g1", "g2"][usize::from(n) % 3])
}

/// Edits a goal, if it is living.
fn edit(page: &mut Page, n: u8, change: impl FnOnce(&mut Goal)) {
    if page.records.get(&goal(n)).is_some_and(|record| record.life(None) == Life::Living) {
        page.change(&goal(n), |record, author| {
            record.edit::<Goal>(&mut Focus::default(), author, change).unwrap();
        });
    }
}

fn apply_deed(page: &mut Page, deed: &Deed) {
    page.turn += 1;
    match *deed {
        Deed::Create(n) => {
            if !page.records.contains_key(&goal(n)) {
                let body = Goal { text: "Nyt".into(), ..Goal::default() };
                let created = Record::create(goal(n), &body, &author(1)).unwrap();
                page.store(None, created);
            }
        }
        Deed::Text(n, word) => edit(page, n, |goal| goal.text = format!("Tekst {word}").as_str().into()),
        Deed::Effect(n, word) => {
            edit(page, n, |goal| goal.expected_effect = format!("Effekt {word}").as_str().into());
        }
        Deed::Anchor(n, k) => edit(page, n, |goal| {
            goal.anchors.insert(id(&format!("a{k}")), Anchor::Indicator(id("fravaer")));
        }),
        Deed::Initiative(n, k) => {
            // As with random ids, no id is used twice.
            let new_id = id(&format!("i{}", page.turn));
            edit(page, n, |goal| {
                let text = format!("Indsats {k}").as_str().into();
                goal.initiatives.insert(new_id, Initiative { text, ..Initiative::default() });
            });
        }
        Deed::RemoveInitiative(n) => edit(page, n, |goal| {
            let first = goal.initiatives.keys().next().cloned();
            first.and_then(|first| goal.initiatives.remove(&first));
        }),
        Deed::Delete(n) => {
            if page.records.get(&goal(n)).is_some_and(|record| record.life(None) == Life::Living) {
                page.change(&goal(n), |record, author| record.delete(None, author).unwrap());
            }
        }
        Deed::Restore(n) => {
            if page.records.get(&goal(n)).is_some_and(|record| record.life(None) == Life::Deleted) {
                page.change(&goal(n), |record, author| record.restore(None, author).unwrap());
            }
        }
        Deed::Choose(n) => page.change(&goal(n), |record, author| {
            let path = Path::root("text");
            let open = record.choices().into_iter().find_map(|choice| match choice {
                Choice::Wordings { path: at, wordings } if *at == path => Some(wordings[1].dots[0]),
                _ => None,
            });
            if let Some(dot) = open {
                record.resolve(&path, Resolution::Keep(dot), &mut Focus::default(), author).unwrap();
            }
        }),
        Deed::Both(n, m) => {
            // One interaction that writes to two records.
            edit(page, n, |goal| goal.signs_of_progression = "Et".into());
            edit(page, m, |goal| goal.signs_of_progression = "To".into());
        }
        Deed::Pause => page.now += TYPING_PAUSE,
        Deed::Undo => drop(page.undo(UndoDirection::Last)),
        Deed::Redo => drop(page.undo(UndoDirection::LastUndone)),
    }
}

/// A page with a goal whose text is an open choice.
fn page() -> Page {
    let first = Record::create(goal(0), &Goal { text: "Fælles".into(), ..Goal::default() }, &author(2)).unwrap();
    let written = |actor: u8, words: &str| {
        let mut copy = first.clone();
        let change = |goal: &mut Goal| goal.text = words.into();
        copy.edit::<Goal>(&mut Focus::default(), &author(actor), change).unwrap();
        copy
    };
    let merged = written(2, "Den enes").merge(&written(3, "Den andens")).unwrap();
    let mut page = Page::default();
    page.records.insert(goal(0), merged);
    page
}

proptest! {
    #![proptest_config(crate::property_test_config())]

    #[test]
    fn undoing_all_actions_returns_to_the_start_and_redoing_to_the_end(deeds in deeds()) {
        let mut page = page();
        let start = page.shown();
        for deed in &deeds {
            apply_deed(&mut page, deed);
        }
        while let Some(left) = page.undo(UndoDirection::LastUndone) {
            prop_assert_eq!(left, Vec::<String>::new());
        }
        let end = page.shown();
        for round in 0..2 {
            let mut count = 0;
            while let Some(left) = page.undo(UndoDirection::Last) {
                prop_assert_eq!(left, Vec::<String>::new());
                count += 1;
            }
            prop_assert_eq!(page.shown(), start.clone(), "round {}", round);
            for _ in 0..count {
                prop_assert_eq!(page.undo(UndoDirection::LastUndone), Some(Vec::new()));
            }
            prop_assert_eq!(page.shown(), end.clone(), "round {}", round);
        }
    }

    #[test]
    fn undoing_keeps_writes_of_others(deeds in deeds(), at in 0..60usize, n in 0..3u8) {
        let mut page = page();
        let mut theirs = None;
        for (index, deed) in deeds.iter().enumerate() {
            apply_deed(&mut page, deed);
            if index == at && let Some(mut copy) = page.records.get(&goal(n)).cloned() {
                copy.edit::<Goal>(&mut Focus::default(), &author(9), |goal| {
                    goal.text = "En andens ord".into();
                    goal.baseline = None;
                }).unwrap();
                theirs = copy.stamps().map(|(dot, _)| dot).find(|dot| dot.actor == author(9).actor);
                let merged = page.records[&goal(n)].merge(&copy).unwrap();
                page.records.insert(goal(n), merged);
            }
        }
        let holds = |page: &Page| {
            let leaf = page.records.get(&goal(n)).and_then(|record| record.leaf(&Path::root("text")));
            theirs.is_some_and(|dot| leaf.is_some_and(|leaf| leaf.get(dot).is_some()))
        };
        let held_before = holds(&page);
        while page.undo(UndoDirection::Last).is_some() {
            prop_assert!(!held_before || holds(&page), "the write of another was removed");
        }
    }
}

#[test]
fn typing_is_one_action_until_a_pause() {
    let mut page = page();
    let type_text = |page: &mut Page, words: &str| {
        page.turn += 1;
        edit(page, 0, |goal| goal.expected_effect = words.into());
    };
    let effect = |page: &Page| page.records[&goal(0)].view::<Goal>().unwrap().expected_effect.0;
    type_text(&mut page, "F");
    page.now += 300.0;
    type_text(&mut page, "Fl");
    page.now += TYPING_PAUSE;
    type_text(&mut page, "Flere");
    assert_eq!(page.stack.description(UndoDirection::Last), Some("ændrede"));
    page.undo(UndoDirection::Last);
    assert_eq!(effect(&page), "Fl");
    page.undo(UndoDirection::Last);
    assert_eq!(effect(&page), "");
    assert_eq!(page.stack.description(UndoDirection::Last), None);
    page.undo(UndoDirection::LastUndone);
    assert_eq!(effect(&page), "Fl");
    // After a new action nothing can be redone.
    type_text(&mut page, "Færre");
    assert_eq!(page.stack.description(UndoDirection::LastUndone), None);
}

#[test]
fn ended_action_is_not_continued_by_the_same_field() {
    let mut page = page();
    let effect = |page: &Page| page.records[&goal(0)].view::<Goal>().unwrap().expected_effect.0;
    page.stack.end_last();
    edit(&mut page, 0, |goal| goal.expected_effect = "712".into());
    page.stack.end_last();
    page.turn += 1;
    edit(&mut page, 0, |goal| goal.expected_effect = "7,12".into());
    page.undo(UndoDirection::Last);
    assert_eq!(effect(&page), "712");
    page.undo(UndoDirection::Last);
    assert_eq!(effect(&page), "");
}

#[test]
fn writing_in_a_new_record_is_an_action_of_its_own_unless_in_the_same_turn() {
    let effect = |words: &'static str| move |goal: &mut Goal| goal.expected_effect = words.into();
    let mut page = page();
    apply_deed(&mut page, &Deed::Create(1));
    page.turn += 1;
    edit(&mut page, 1, effect("Mere"));
    page.undo(UndoDirection::Last);
    assert_eq!(page.records[&goal(1)].life(None), Life::Living, "the creation is not undone");

    let mut page = super::tests::page();
    apply_deed(&mut page, &Deed::Create(1));
    edit(&mut page, 1, effect("M"));
    page.turn += 1;
    edit(&mut page, 1, effect("Mere"));
    page.undo(UndoDirection::Last);
    assert_eq!(page.records[&goal(1)].life(None), Life::Deleted, "created in the turn of the first letter");
}

#[test]
fn an_action_is_undone_by_number_after_later_actions() {
    let mut page = page();
    let before = page.records[&goal(0)].clone();
    let mut theirs = before.clone();
    theirs.edit::<Goal>(&mut Focus::default(), &author(5), |goal| goal.expected_effect = "Fra filen".into()).unwrap();
    page.records.insert(goal(0), theirs.clone());
    let number = page.stack.record_bulk(
        "flettede filen ind".to_owned(),
        vec![RecordDelta::between(Some(&before), &theirs)],
        Vec::new(),
    );
    page.turn += 1;
    edit(&mut page, 0, |goal| goal.signs_of_progression = "Mit eget".into());
    assert_eq!(page.undo(UndoDirection::Number(number)), Some(Vec::new()));
    let shown = page.records[&goal(0)].view::<Goal>().unwrap();
    assert_eq!((shown.expected_effect.as_str(), shown.signs_of_progression.as_str()), ("", "Mit eget"));
    assert_eq!(page.undo(UndoDirection::Number(number)), None);
    assert_eq!(page.stack.description(UndoDirection::LastUndone), Some("flettede filen ind"));
}
