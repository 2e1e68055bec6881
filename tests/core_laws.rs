//! The laws of records, over random histories of five people who fill in files apart.
//!
//! If one of these fails, somebody's words can be lost, or two people who exchanged everything see different things.
//! How many histories: `PROPTEST_CASES`, 10 000 unless told. Failing histories are kept in `core_laws.regressions` and
//! tried first.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that meets what it did not expect should stop there")]

use std::collections::{BTreeMap, BTreeSet};

use kvalitetshjul::domain::body::{Body, Entries, Field, Words};
use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::goal::{Anchor, Goal, Horizon, Initiative};
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::kind::Kind;
use kvalitetshjul::domain::text::Text;
use kvalitetshjul::exchange::plan::{Act, Plan};
use kvalitetshjul::exchange::scope::Scope;
use kvalitetshjul::exchange::{apply, migrate, read, write};
use kvalitetshjul::record::choice::{Choice, Resolution};
use kvalitetshjul::record::dot::{Actor, Dot, Seen};
use kvalitetshjul::record::edit::{Author, Focus};
use kvalitetshjul::record::leaf::Held;
use kvalitetshjul::record::life::Life;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::step::Step;
use kvalitetshjul::record::value::LeafValue;
use kvalitetshjul::record::{Record, Records};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use serde::{Deserialize, Serialize};

const PEOPLE: usize = 5;

/// The goal as an older version of the app knew it: fewer leaves, of the goal and of its initiatives.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct OlderGoal {
    text: Text,
    initiatives: Entries<OlderInitiative>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct OlderInitiative {
    text: Text,
}

impl Body for OlderGoal {
    const KIND: Kind = Kind::Goal;
    const WORDS: Words = Goal::WORDS;
    const TITLE: &'static str = "text";
    const FIELDS: &'static [Field] = &[
        Field::words("text", "målets tekst"),
        Field::entries("initiatives", "indsatsen", &[Field::words("text", "indsatsens tekst")]),
    ];
}

/// One thing that somebody does. Numbers choose among what there is, and wrap.
#[derive(Clone, Debug)]
enum Deed {
    EditText(u8),
    EditEffect(u8),
    EditOrder(u8),
    EditHorizon(u8),
    ClearText,
    AddInitiative(u8),
    EditInitiative(u8, u8),
    RemoveInitiative(u8),
    SetAnchor(u8, u8),
    RemoveAnchor(u8),
    OlderVersion(u8, u8),
    Raw(u8, u8),
    Focus,
    TypeInFocus(u8),
    Delete,
    Restore,
    DeleteEntry(u8),
    RestoreEntry(u8),
    Purge(u8),
    Forget(u8),
    Undo(u8),
    Resolve(u8),
    Reload,
    KeepStore,
    OldStore(u8),
    Meet(u8),
    SaveFile(bool),
    OpenFile(u8, u8),
    UndoImport,
}

fn deeds() -> impl Strategy<Value = (u8, Deed)> {
    use Deed::*;
    let n = any::<u8>;
    let deed = prop_oneof![
        6 => n().prop_map(EditText),
        4 => n().prop_map(EditEffect),
        2 => n().prop_map(EditOrder),
        1 => n().prop_map(EditHorizon),
        2 => Just(ClearText),
        3 => n().prop_map(AddInitiative),
        3 => (n(), n()).prop_map(|(a, b)| EditInitiative(a, b)),
        2 => n().prop_map(RemoveInitiative),
        2 => (n(), n()).prop_map(|(a, b)| SetAnchor(a, b)),
        1 => n().prop_map(RemoveAnchor),
        3 => (n(), n()).prop_map(|(a, b)| OlderVersion(a, b)),
        3 => (n(), n()).prop_map(|(a, b)| Raw(a, b)),
        3 => Just(Focus),
        5 => n().prop_map(TypeInFocus),
        2 => Just(Delete),
        2 => Just(Restore),
        1 => n().prop_map(DeleteEntry),
        1 => n().prop_map(RestoreEntry),
        2 => n().prop_map(Purge),
        1 => n().prop_map(Forget),
        6 => n().prop_map(Undo),
        3 => n().prop_map(Resolve),
        2 => Just(Reload),
        2 => Just(KeepStore),
        2 => n().prop_map(OldStore),
        9 => n().prop_map(Meet),
        4 => any::<bool>().prop_map(SaveFile),
        6 => (n(), n()).prop_map(|(a, b)| OpenFile(a, b)),
        2 => Just(UndoImport),
    ];
    (any::<u8>(), deed)
}

/// One person's browser.
#[derive(Clone)]
struct Person {
    records: Records,
    actor: Actor,
    focus: Focus,
    /// What the focus was given, by the test's own book-keeping.
    focused: Option<(Path, BTreeSet<Dot>)>,
    steps: Vec<Step>,
    import: Vec<Step>,
    /// Earlier states of this very store, which merging again must not change.
    earlier: Vec<Record>,
}

/// What was written, by the test's own book-keeping: nothing here is asked of the code under test but leaf maps.
#[derive(Default)]
struct Book {
    born: BTreeMap<(Path, Dot), LeafValue>,
    replaced_by: BTreeMap<(Path, Dot), BTreeSet<Dot>>,
    forgotten: BTreeSet<(Path, Dot)>,
    /// What had been seen where something was deleted, by the deletion.
    deletions: BTreeMap<(Path, Dot), Seen>,
}

struct World {
    people: Vec<Person>,
    stores: Vec<Records>,
    files: Vec<String>,
    book: Book,
    minted: u64,
}

fn the_id() -> Id {
    Id::parse("goal1").unwrap()
}

fn texts() -> Path {
    Path::root("text")
}

fn pick<T>(items: &[T], n: u8) -> Option<&T> {
    items.get(usize::from(n).checked_rem(items.len())?)
}

impl World {
    fn new() -> Self {
        let mut world =
            Self { people: Vec::new(), stores: Vec::new(), files: Vec::new(), book: Book::default(), minted: 0 };
        for _ in 0..PEOPLE {
            let actor = world.mint();
            world.people.push(Person {
                records: Records::new(),
                actor,
                focus: Focus::default(),
                focused: None,
                steps: Vec::new(),
                import: Vec::new(),
                earlier: Vec::new(),
            });
        }
        world
    }

    fn mint(&mut self) -> Actor {
        self.minted += 1;
        // Scattered, so that the order of actors is not the order of their coming.
        let scattered = self.minted.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
        let mut bits = [0; 10];
        bits[..8].copy_from_slice(&scattered);
        Actor::from_random(bits)
    }

    fn all_states(&self) -> Vec<Record> {
        let stored = self.people.iter().map(|person| &person.records).chain(&self.stores);
        let filed = self.files.iter().map(|file| read::read(file.as_bytes()).unwrap().records);
        let id = the_id();
        stored.cloned().chain(filed).filter_map(|records| records.get(&id).cloned()).collect()
    }

    /// Somebody writes: whatever vanishes from a leaf must have been shown to them, and what comes is noted down.
    fn writes(&mut self, who: usize, write: impl FnOnce(&mut Record, &mut Focus, &Author)) {
        let person = &mut self.people[who];
        let author =
            Author { actor: person.actor, at: Timestamp::from_seconds(0).unwrap(), by: Some(format!("P{who}")) };
        let id = the_id();
        let before = person.records.get(&id).cloned();
        let record =
            person.records.entry(id.clone()).or_insert_with(|| Record::create(id, &Goal::default(), &author).unwrap());
        write(record, &mut person.focus, &author);
        let after = record.clone();
        self.note(who, before.as_ref(), &after);
    }

    fn note(&mut self, who: usize, before: Option<&Record>, after: &Record) {
        let person = &mut self.people[who];
        for (path, leaf) in after.leaves() {
            let old = before.and_then(|before| before.leaf(path));
            let new: BTreeSet<Dot> =
                leaf.dots().filter(|&dot| before.is_none_or(|before| !before.seen().has(dot))).collect();
            for &dot in &new {
                assert_eq!(dot.actor, person.actor, "a write bears its author's actor");
                let value = leaf.get(dot).unwrap().known().unwrap().clone();
                if path.as_str().ends_with("/@deleted") && !value.is_null() {
                    let seen = before.map(|before| before.seen().clone()).unwrap_or_default();
                    self.book.deletions.insert((path.clone(), dot), seen);
                }
                assert!(self.book.born.insert((path.clone(), dot), value).is_none(), "a dot is used once");
            }
            let Some(old) = old else { continue };
            for (dot, held) in old.held().filter(|&(dot, _)| leaf.get(dot).is_none()) {
                assert!(!new.is_empty(), "{path}: a value vanished though nothing was written");
                assert_ne!(*held, Held::Withheld, "{path}: what was masked was replaced");
                if let Some((focused, shown)) = &person.focused
                    && focused == path
                {
                    let own = dot.actor == person.actor;
                    assert!(own || shown.contains(&dot), "{path}: a value was replaced that its author was not shown");
                }
                self.book.replaced_by.entry((path.clone(), dot)).or_default().extend(new.iter().copied());
            }
        }
        for path in before.into_iter().flat_map(|before| before.leaves().keys()) {
            assert!(after.leaf(path).is_some(), "{path}: no leaf is ever removed");
        }
    }

    fn edits(&mut self, who: usize, change: impl FnOnce(&mut Goal)) {
        let before = self.people[who].records.get(&the_id()).cloned();
        self.stepping(who, |record, focus, author| record.edit::<Goal>(focus, author, change).unwrap());
        let Some(before) = before else { return };
        for (path, leaf) in self.people[who].records[&the_id()].leaves() {
            if let Some(old) = before.leaf(path)
                && old != leaf
                && entry_was_there(&before, path)
            {
                assert_ne!(old.shown(), leaf.shown(), "{path}: a field was written that the edit did not change");
            }
        }
    }

    /// Somebody writes something that they can undo.
    fn stepping(&mut self, who: usize, write: impl FnOnce(&mut Record, &mut Focus, &Author)) {
        let before = self.people[who].records.get(&the_id()).cloned();
        self.writes(who, write);
        let step = Step::between(before.as_ref(), &self.people[who].records[&the_id()]);
        if !step.is_empty() {
            self.people[who].steps.push(step);
        }
    }

    fn word(&mut self, n: u8) -> Text {
        // Equal words now and then: equal values are one wording.
        self.minted += 1;
        if n < 40 { Text::from("samme ord") } else { Text(format!("ord {}", self.minted)) }
    }

    fn entries(&self, who: usize) -> Vec<Path> {
        let map = Path::root("initiatives");
        let record = self.people[who].records.get(&the_id());
        let paths = record.into_iter().flat_map(|record| record.leaves().keys());
        let keys: BTreeSet<String> =
            paths.filter(|path| path.is_below(&map)).filter_map(|path| path.steps().nth(1).map(String::from)).collect();
        keys.into_iter().map(|key| map.child(&key)).collect()
    }

    #[allow(clippy::too_many_lines)]
    fn act(&mut self, who: u8, deed: &Deed) {
        let who = usize::from(who) % PEOPLE;
        let id = the_id();
        match *deed {
            Deed::EditText(n) => {
                let word = self.word(n);
                self.edits(who, |goal| goal.text = word);
            }
            Deed::ClearText => self.edits(who, |goal| goal.text = Text::default()),
            Deed::EditEffect(n) => {
                let word = self.word(n);
                self.edits(who, |goal| goal.expected_effect = word);
            }
            Deed::EditOrder(n) => self.edits(who, |goal| goal.order = Some(format!("{n:x}"))),
            Deed::EditHorizon(n) => {
                let horizon = [None, Some(Horizon::Short), Some(Horizon::Long)][usize::from(n) % 3];
                self.edits(who, |goal| goal.horizon = horizon);
            }
            Deed::AddInitiative(n) => {
                let text = self.word(n);
                self.minted += 1;
                let key = Id::parse(&format!("i{}", self.minted)).unwrap();
                self.edits(who, |goal| {
                    goal.initiatives.insert(key, Initiative { text, ..Initiative::default() });
                });
            }
            Deed::EditInitiative(k, n) => {
                let word = self.word(n);
                self.edits(who, |goal| {
                    let keys: Vec<Id> = goal.initiatives.keys().cloned().collect();
                    if let Some(key) = pick(&keys, k) {
                        goal.initiatives.get_mut(key).unwrap().text = word;
                    }
                });
            }
            Deed::RemoveInitiative(k) => self.edits(who, |goal| {
                let keys: Vec<Id> = goal.initiatives.keys().cloned().collect();
                if let Some(key) = pick(&keys, k) {
                    goal.initiatives.remove(key);
                }
            }),
            Deed::SetAnchor(k, n) => self.edits(who, |goal| {
                let key = Id::parse(&format!("k{}", k % 3)).unwrap();
                goal.anchors.insert(key, Anchor::Theme(Id::parse(&format!("t{n}")).unwrap()));
            }),
            Deed::RemoveAnchor(k) => self.edits(who, |goal| {
                goal.anchors.remove(&Id::parse(&format!("k{}", k % 3)).unwrap());
            }),
            Deed::OlderVersion(k, n) => {
                let word = self.word(n);
                self.minted += 1;
                let key = Id::parse(&format!("i{}", self.minted)).unwrap();
                self.stepping(who, |record, focus, author| {
                    let change = |goal: &mut OlderGoal| match k % 4 {
                        0 => goal.text = word,
                        1 => {
                            goal.initiatives.insert(key, OlderInitiative { text: word });
                        }
                        2 => {
                            goal.initiatives.retain({
                                let mut is_first = true;
                                move |_, _| !std::mem::take(&mut is_first)
                            });
                        }
                        _ => {
                            if let Some((_, first)) = goal.initiatives.iter_mut().next() {
                                first.text = word;
                            }
                        }
                    };
                    record.edit::<OlderGoal>(focus, author, change).unwrap();
                });
            }
            Deed::Raw(k, n) => {
                let word = self.word(n);
                let path =
                    ["/future/deep/leaf", "/effect", "/expected_effect@", "/expected_effect", "/initiatives/i1/future"];
                let path = Path::parse(path[usize::from(k) % path.len()]).unwrap();
                let value = LeafValue::from(word.as_str());
                self.stepping(who, |record, focus, author| record.write([(path, value)], focus, author).unwrap());
            }
            Deed::Focus => {
                let person = &mut self.people[who];
                if let Some(record) = person.records.get(&id) {
                    person.focus.enter(record, texts());
                    let dots = record.leaf(&texts()).map(|leaf| leaf.dots().collect()).unwrap_or_default();
                    person.focused = Some((texts(), dots));
                }
            }
            Deed::TypeInFocus(n) => {
                if self.people[who].focused.is_some() {
                    let word = self.word(n);
                    self.edits(who, |goal| goal.text = word);
                }
            }
            Deed::Delete => self.stepping(who, |record, _, author| record.delete(None, author).unwrap()),
            Deed::Restore => {
                if self.people[who].records.get(&id).is_some_and(|record| record.life(None) != Life::Living) {
                    self.stepping(who, |record, _, author| record.restore(None, author).unwrap());
                }
            }
            Deed::DeleteEntry(k) => {
                if let Some(entry) = pick(&self.entries(who), k).cloned() {
                    self.stepping(who, |record, _, author| record.delete(Some(&entry), author).unwrap());
                }
            }
            Deed::RestoreEntry(k) => {
                if let Some(entry) = pick(&self.entries(who), k).cloned() {
                    self.stepping(who, |record, _, author| record.restore(Some(&entry), author).unwrap());
                }
            }
            Deed::Purge(k) | Deed::Forget(k) => {
                let forgets = matches!(deed, Deed::Forget(_));
                let entry = if k % 2 == 0 { None } else { pick(&self.entries(who), k).cloned() };
                let person = &mut self.people[who];
                let Some(record) = person.records.get_mut(&id) else { return };
                let done = if forgets { record.forget(entry.as_ref()) } else { record.purge(entry.as_ref()) };
                assert_eq!(done.is_ok(), record.life(entry.as_ref()) == Life::Deleted);
                if done.is_ok() {
                    person.earlier.clear();
                    for (path, leaf) in record.leaves() {
                        for (dot, held) in leaf.held() {
                            if *held == Held::Forgotten {
                                self.book.forgotten.insert((path.clone(), dot));
                            }
                        }
                    }
                }
            }
            Deed::Undo(k) => {
                if let Some(step) = pick(&self.people[who].steps, k).cloned() {
                    let mut undone = None;
                    self.writes(who, |record, _, author| undone = Some(record.undo(&step, author).unwrap()));
                    let undone = undone.unwrap();
                    for path in undone.left.iter().flatten() {
                        assert!(!undone.step.leaves.contains_key(path), "{path}: what was left alone was written");
                    }
                    if !undone.step.is_empty() {
                        self.people[who].steps.push(undone.step);
                    }
                }
            }
            Deed::Resolve(n) => {
                let word = self.word(n);
                let Some(record) = self.people[who].records.get(&id).cloned() else { return };
                let choices = record.choices();
                match pick(&choices, n) {
                    Some(Choice::Wordings { path, wordings }) => {
                        let resolution = match n % 3 {
                            0 => Resolution::Keep(pick(wordings, n).unwrap().dots[0]),
                            1 if texts() == **path => Resolution::All,
                            _ if texts() == **path => Resolution::Own(LeafValue::from(word.as_str())),
                            _ => Resolution::Keep(wordings[0].dots[0]),
                        };
                        let mut shown = Focus::default();
                        shown.enter(&record, (*path).clone());
                        // A choice shows what is there now, whatever the field showed when it got focus.
                        self.people[who].focused = None;
                        self.people[who].focus = Focus::default();
                        self.stepping(who, |record, _, author| {
                            record.resolve(path, resolution, &mut shown, author).unwrap();
                        });
                    }
                    Some(Choice::DeletedButChanged { entry }) => {
                        self.stepping(who, |record, _, author| {
                            if n % 2 == 0 {
                                record.restore(entry.as_ref(), author).unwrap();
                            } else {
                                record.delete(entry.as_ref(), author).unwrap();
                            }
                        });
                    }
                    None => {}
                }
            }
            Deed::Reload => self.reload(who),
            Deed::KeepStore => {
                let records = self.people[who].records.clone();
                self.stores.push(records);
            }
            Deed::OldStore(k) => {
                if let Some(records) = pick(&self.stores, k).cloned() {
                    self.people[who].records = records;
                    self.people[who].earlier.clear();
                    self.reload(who);
                }
            }
            Deed::Meet(whom) => {
                let theirs = self.people[usize::from(whom) % PEOPLE].records.get(&id).cloned();
                let ours = &mut self.people[who].records;
                if let Some(theirs) = theirs {
                    let merged = ours.get(&id).map_or_else(|| theirs.clone(), |ours| ours.merge(&theirs).unwrap());
                    ours.insert(id, merged);
                }
            }
            Deed::SaveFile(masked) => {
                let mut records = self.people[who].records.clone();
                if masked {
                    for record in records.values_mut() {
                        record.withhold(|path, _| path.as_str().len() % 2 == 0);
                    }
                }
                self.files.push(write::write(&records, &Scope::Backup, Timestamp::from_seconds(0).unwrap()).unwrap());
            }
            Deed::OpenFile(k, n) => {
                let Some(file) = pick(&self.files, k) else { return };
                let opened = read::read(file.as_bytes()).unwrap();
                assert!(opened.faults.is_empty() && !opened.head.changed_since);
                let mut plan = Plan::make(&self.people[who].records, opened);
                assert!(plan.faults.is_empty());
                let mut again = false;
                for item in &mut plan.items {
                    if item.can_write_again && n % 3 == 0 {
                        item.act = Act::WriteAgain;
                        again = true;
                    }
                }
                let person = &mut self.people[who];
                let author = Author {
                    actor: person.actor,
                    at: Timestamp::from_seconds(0).unwrap(),
                    by: Some(format!("P{who}")),
                };
                let before = person.records.get(&id).cloned();
                let report = apply::apply(&mut person.records, plan, &author);
                assert!(report.faults.is_empty());
                person.import = report.steps;
                if again {
                    let after = person.records[&id].clone();
                    person.focused = None;
                    person.focus = Focus::default();
                    self.note(who, before.as_ref(), &after);
                }
            }
            Deed::UndoImport => {
                let steps = std::mem::take(&mut self.people[who].import);
                if !steps.is_empty() {
                    let person = &mut self.people[who];
                    let author = Author {
                        actor: person.actor,
                        at: Timestamp::from_seconds(0).unwrap(),
                        by: Some(format!("P{who}")),
                    };
                    let before = person.records.get(&id).cloned();
                    person.focused = None;
                    person.focus = Focus::default();
                    apply::undo(&mut person.records, &steps, &author).unwrap();
                    let after = person.records[&id].clone();
                    self.note(who, before.as_ref(), &after);
                }
            }
        }
        self.look(who);
    }

    fn reload(&mut self, who: usize) {
        let actor = self.mint();
        let person = &mut self.people[who];
        person.actor = actor;
        person.focus = Focus::default();
        person.focused = None;
        person.steps.clear();
        person.import.clear();
    }

    /// What holds of every state at every moment.
    fn look(&mut self, who: usize) {
        let person = &mut self.people[who];
        let Some(record) = person.records.get(&the_id()) else { return };
        record.check().unwrap();
        record.view::<Goal>().unwrap();
        record.view::<OlderGoal>().unwrap();
        if let Some(old) = person.earlier.last() {
            assert_eq!(&record.merge(old).unwrap(), record, "an older state of the same store changes nothing");
        }
        person.earlier.push(record.clone());
    }

    /// After everything has met everything.
    fn settle(&self, seed: u8) {
        let states = self.all_states();
        let Some(all) = merge_all(&states) else { return };
        let mut shuffled = states.clone();
        shuffled.rotate_left(usize::from(seed) % states.len());
        shuffled.reverse();
        assert_eq!(merge_all(&shuffled).as_ref(), Some(&all), "the order of meeting does not matter");
        for state in &states {
            assert_eq!(all.merge(state).unwrap(), all, "what is known already changes nothing");
            assert_eq!(state.merge(state).unwrap(), *state, "idempotent");
            assert_eq!(decoded(&encoded(state)), *state, "the text gives the record back");
        }
        let at = |n: usize| &states[(usize::from(seed) + n) % states.len()];
        let (a, b, c) = (at(0), at(1), at(2));
        assert_eq!(a.merge(b).unwrap(), b.merge(a).unwrap(), "commutative");
        assert_eq!(a.merge(&b.merge(c).unwrap()).unwrap(), a.merge(b).unwrap().merge(c).unwrap(), "associative");
        let migrated = |record: &Record| {
            let mut record = record.clone();
            migrate::migrate(&mut record, 1);
            record
        };
        assert_eq!(
            migrated(&a.merge(b).unwrap()),
            migrated(a).merge(&migrated(b)).unwrap(),
            "migrate∘merge = merge∘migrate"
        );
        for (path, leaf) in states.iter().flat_map(Record::leaves) {
            for (dot, _) in leaf.held().filter(|(_, held)| **held == Held::Forgotten) {
                let held = all.leaf(path).and_then(|leaf| leaf.get(dot));
                assert!(held.is_none_or(|held| *held == Held::Forgotten), "{path}: what was forgotten came back");
            }
        }
        self.nothing_lost(&all);
        self.nothing_buried(&all);
    }

    /// What lies in the trash was known to one who put it there.
    fn nothing_buried(&self, all: &Record) {
        if all.life(None) != Life::Deleted {
            return;
        }
        let deletion = Path::root("@deleted");
        let buriers: Vec<Dot> =
            all.leaf(&deletion).unwrap().known().filter(|(_, v)| !v.is_null()).map(|(dot, _)| dot).collect();
        for ((path, dot), value) in &self.book.born {
            let lives = all.leaf(path).and_then(|leaf| leaf.get(*dot)).is_some_and(|held| held.known().is_some());
            if lives && value.json().is_string() && !path.as_str().ends_with("/order") {
                let known = buriers.iter().any(|&by| self.book.deletions[&(deletion.clone(), by)].has(*dot));
                assert!(known, "{path}: «{}» lies in the trash, and nobody who put it there knew of it", value.plain());
            }
        }
    }

    /// No write vanishes: each is shown, open, withheld, forgotten on purpose, or overwritten by one whose author was
    /// shown it.
    fn nothing_lost(&self, all: &Record) {
        for ((path, dot), value) in &self.book.born {
            if !all.seen().has(*dot) {
                continue; // It was made in a store that was thrown away before anyone else had it.
            }
            let leaf = all.leaf(path).unwrap();
            match leaf.get(*dot) {
                Some(Held::Known(held)) => {
                    assert_eq!(held, value);
                    let is_wording = leaf.wordings().iter().any(|wording| wording.value == value);
                    assert!(is_wording || (dot.n == 1 && value.is_null()), "{path}: a living value is no wording");
                }
                Some(Held::Withheld) => {}
                Some(Held::Forgotten) => {
                    assert!(self.book.forgotten.contains(&(path.clone(), *dot)), "{path}: forgotten by nobody");
                }
                None => {
                    let by = self.book.replaced_by.get(&(path.clone(), *dot));
                    let known = by.is_some_and(|by| by.iter().any(|&dot| all.seen().has(dot)));
                    assert!(known, "{path}: «{}» is gone, and nobody replaced it", value.plain());
                }
            }
        }
    }
}

/// An entry that is put back is written whole; any other is written where it changed.
fn entry_was_there(before: &Record, path: &Path) -> bool {
    let entry = path.as_str().rsplit_once('/').and_then(|(entry, _)| Path::parse(entry));
    entry.is_none_or(|entry| before.life(Some(&entry)) == Life::Living)
}

fn merge_all(states: &[Record]) -> Option<Record> {
    let (first, rest) = states.split_first()?;
    Some(rest.iter().fold(first.clone(), |all, state| all.merge(state).unwrap()))
}

fn encoded(record: &Record) -> String {
    serde_json::to_string(record).unwrap()
}

fn decoded(text: &str) -> Record {
    serde_json::from_str(text).unwrap()
}

fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(10_000);
    ProptestConfig {
        cases,
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_word_is_kept_in_any_history(deeds in prop::collection::vec(deeds(), 1..60), seed in any::<u8>()) {
        let mut world = World::new();
        for (who, deed) in &deeds {
            world.act(*who, deed);
        }
        world.settle(seed);
    }
}
