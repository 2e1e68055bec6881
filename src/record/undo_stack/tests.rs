//! Acts of five people's pages at random, undone to the start and done again; and the rules one by one.

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

/// A page: its records, and what was done in it.
#[derive(Default)]
struct Page {
    records: Records,
    acts: UndoStack,
    now: f64,
    turn: u64,
}

impl Page {
    fn does(&mut self, id: &Id, act: impl FnOnce(&mut Record, &Author)) {
        let Some(before) = self.records.get(id).cloned() else { return };
        let mut after = before.clone();
        act(&mut after, &author(1));
        self.did(Some(&before), after);
    }

    fn did(&mut self, before: Option<&Record>, after: Record) {
        let now = ActionMoment { turn: self.turn, at: self.now, goes_on: false };
        self.acts.record(|| "ændrede".to_owned(), &[RecordDelta::between(before, &after)], now);
        self.records.insert(after.id().clone(), after);
    }

    fn turns(&mut self, which: UndoDirection) -> Option<Vec<String>> {
        let records = &self.records;
        let turned = self.acts.apply(which, |id| records.get(id).cloned(), &author(1)).unwrap()?;
        self.records.extend(turned.records.into_iter().map(|record| (record.id().clone(), record)));
        Some(turned.left)
    }

    /// What a user sees.
    fn shown(&self) -> SortedMap<Id, (Goal, Vec<Vec<String>>)> {
        let mut shown = SortedMap::new();
        for record in self.records.values().filter(|record| record.life(None) != Life::Deleted) {
            let choices = record.choices().into_iter().map(|choice| match choice {
                Choice::Wordings { wordings, .. } => {
                    wordings.iter().map(|wording| wording.value.display_text()).collect::<Vec<_>>()
                }
                Choice::DeletedButChanged { .. } => Vec::new(),
            });
            let mut goal = record.view::<Goal>().unwrap();
            goal.initiatives.retain(|_, initiative| !initiative.text.as_str().is_empty());
            shown.insert(record.id().clone(), (goal, choices.collect()));
        }
        shown
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

fn edits(page: &mut Page, n: u8, change: impl FnOnce(&mut Goal)) {
    if page.records.get(&goal(n)).is_some_and(|record| record.life(None) == Life::Living) {
        page.does(&goal(n), |record, author| {
            record.edit::<Goal>(&mut Focus::default(), author, change).unwrap();
        });
    }
}

fn does(page: &mut Page, deed: &Deed) {
    page.turn += 1;
    match *deed {
        Deed::Create(n) => {
            if !page.records.contains_key(&goal(n)) {
                let body = Goal { text: "Nyt".into(), ..Goal::default() };
                let made = Record::create(goal(n), &body, &author(1)).unwrap();
                page.did(None, made);
            }
        }
        Deed::Text(n, word) => edits(page, n, |goal| goal.text = format!("Tekst {word}").as_str().into()),
        Deed::Effect(n, word) => {
            edits(page, n, |goal| goal.expected_effect = format!("Effekt {word}").as_str().into());
        }
        Deed::Anchor(n, k) => edits(page, n, |goal| {
            goal.anchors.insert(id(&format!("a{k}")), Anchor::Indicator(id("fravaer")));
        }),
        Deed::Initiative(n, k) => {
            // Ids are random: none comes twice.
            let fresh = id(&format!("i{}", page.turn));
            edits(page, n, |goal| {
                let text = format!("Indsats {k}").as_str().into();
                goal.initiatives.insert(fresh, Initiative { text, ..Initiative::default() });
            });
        }
        Deed::RemoveInitiative(n) => edits(page, n, |goal| {
            let first = goal.initiatives.keys().next().cloned();
            first.and_then(|first| goal.initiatives.remove(&first));
        }),
        Deed::Delete(n) => {
            if page.records.get(&goal(n)).is_some_and(|record| record.life(None) == Life::Living) {
                page.does(&goal(n), |record, author| record.delete(None, author).unwrap());
            }
        }
        Deed::Restore(n) => {
            if page.records.get(&goal(n)).is_some_and(|record| record.life(None) == Life::Deleted) {
                page.does(&goal(n), |record, author| record.restore(None, author).unwrap());
            }
        }
        Deed::Choose(n) => page.does(&goal(n), |record, author| {
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
            // One press that writes in two records.
            edits(page, n, |goal| goal.signs_of_progression = "Et".into());
            edits(page, m, |goal| goal.signs_of_progression = "To".into());
        }
        Deed::Pause => page.now += PAUSE,
        Deed::Undo => drop(page.turns(UndoDirection::Last)),
        Deed::Redo => drop(page.turns(UndoDirection::LastUndone)),
    }
}

/// A page with a goal that two people have written differently in.
fn page() -> Page {
    let first = Record::create(goal(0), &Goal { text: "Fælles".into(), ..Goal::default() }, &author(2)).unwrap();
    let written = |actor: u8, words: &str| {
        let mut copy = first.clone();
        let change = |goal: &mut Goal| goal.text = words.into();
        copy.edit::<Goal>(&mut Focus::default(), &author(actor), change).unwrap();
        copy
    };
    let met = written(2, "Den enes").merge(&written(3, "Den andens")).unwrap();
    let mut page = Page::default();
    page.records.insert(goal(0), met);
    page
}

proptest! {
    #[test]
    fn safety_undoing_everything_returns_to_the_start_and_redoing_it_to_the_end(deeds in deeds()) {
        let mut page = page();
        let start = page.shown();
        for deed in &deeds {
            does(&mut page, deed);
        }
        while let Some(left) = page.turns(UndoDirection::LastUndone) {
            prop_assert_eq!(left, Vec::<String>::new());
        }
        let end = page.shown();
        for round in 0..2 {
            let mut acts = 0;
            while let Some(left) = page.turns(UndoDirection::Last) {
                prop_assert_eq!(left, Vec::<String>::new());
                acts += 1;
            }
            prop_assert_eq!(page.shown(), start.clone(), "round {}", round);
            for _ in 0..acts {
                prop_assert_eq!(page.turns(UndoDirection::LastUndone), Some(Vec::new()));
            }
            prop_assert_eq!(page.shown(), end.clone(), "round {}", round);
        }
    }

    #[test]
    fn safety_undoing_never_touches_what_another_wrote(deeds in deeds(), at in 0..60usize, n in 0..3u8) {
        let mut page = page();
        let mut theirs = None;
        for (place, deed) in deeds.iter().enumerate() {
            does(&mut page, deed);
            if place == at && let Some(mut copy) = page.records.get(&goal(n)).cloned() {
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
        let stood = holds(&page);
        while page.turns(UndoDirection::Last).is_some() {
            prop_assert!(!stood || holds(&page), "their write stands");
        }
    }
}

#[test]
fn safety_typing_on_is_one_act_and_a_pause_ends_it() {
    let mut page = page();
    let types = |page: &mut Page, words: &str| {
        page.turn += 1;
        edits(page, 0, |goal| goal.expected_effect = words.into());
    };
    let effect = |page: &Page| page.records[&goal(0)].view::<Goal>().unwrap().expected_effect.0;
    types(&mut page, "F");
    page.now += 300.0;
    types(&mut page, "Fl");
    page.now += PAUSE;
    types(&mut page, "Flere");
    assert_eq!(page.acts.what(UndoDirection::Last), Some("ændrede"));
    page.turns(UndoDirection::Last);
    assert_eq!(effect(&page), "Fl");
    page.turns(UndoDirection::Last);
    assert_eq!(effect(&page), "");
    assert_eq!(page.acts.what(UndoDirection::Last), None);
    page.turns(UndoDirection::LastUndone);
    assert_eq!(effect(&page), "Fl");
    // What is done anew is not followed by what was undone before.
    types(&mut page, "Færre");
    assert_eq!(page.acts.what(UndoDirection::LastUndone), None);
}

#[test]
fn safety_what_is_written_in_something_new_is_an_act_of_its_own_but_for_the_word_that_made_it() {
    let effect = |words: &'static str| move |goal: &mut Goal| goal.expected_effect = words.into();
    let mut page = page();
    does(&mut page, &Deed::Create(1));
    page.turn += 1;
    edits(&mut page, 1, effect("Mere"));
    page.turns(UndoDirection::Last);
    assert_eq!(page.records[&goal(1)].life(None), Life::Living, "it is still there");

    let mut page = super::tests::page();
    does(&mut page, &Deed::Create(1));
    edits(&mut page, 1, effect("M"));
    page.turn += 1;
    edits(&mut page, 1, effect("Mere"));
    page.turns(UndoDirection::Last);
    assert_eq!(page.records[&goal(1)].life(None), Life::Deleted, "made by the first word of what was typed");
}

#[test]
fn safety_one_act_of_a_number_is_undone_though_others_followed() {
    let mut page = page();
    let before = page.records[&goal(0)].clone();
    let mut theirs = before.clone();
    theirs.edit::<Goal>(&mut Focus::default(), &author(5), |goal| goal.expected_effect = "Fra filen".into()).unwrap();
    page.records.insert(goal(0), theirs.clone());
    let number = page.acts.record_bulk(
        "flettede filen ind".to_owned(),
        vec![RecordDelta::between(Some(&before), &theirs)],
        Vec::new(),
    );
    page.turn += 1;
    edits(&mut page, 0, |goal| goal.signs_of_progression = "Mit eget".into());
    assert_eq!(page.turns(UndoDirection::Number(number)), Some(Vec::new()));
    let shown = page.records[&goal(0)].view::<Goal>().unwrap();
    assert_eq!((shown.expected_effect.as_str(), shown.signs_of_progression.as_str()), ("", "Mit eget"));
    assert_eq!(page.turns(UndoDirection::Number(number)), None);
    assert_eq!(page.acts.what(UndoDirection::LastUndone), Some("flettede filen ind"));
}
