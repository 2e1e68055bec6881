//! Five people, their stores and files, and a book of what they wrote.

use std::collections::{BTreeMap, BTreeSet};

use crate::deeds::OlderGoal;
use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::goal::Goal;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::text::Text;
use kvalitetshjul::exchange::read;
use kvalitetshjul::record::dot::{Actor, Dot, Seen};
use kvalitetshjul::record::edit::{Author, Focus};
use kvalitetshjul::record::leaf::Held;
use kvalitetshjul::record::life::Life;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::step::Step;
use kvalitetshjul::record::value::LeafValue;
use kvalitetshjul::record::{Record, Records};

pub(crate) const PEOPLE: usize = 5;

/// One person's browser.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) records: Records,
    pub(crate) actor: Actor,
    pub(crate) focus: Focus,
    /// What the focus was given, by the test's own book-keeping.
    pub(crate) focused: Option<(Path, BTreeSet<Dot>)>,
    pub(crate) steps: Vec<Step>,
    pub(crate) import: Vec<Step>,
    /// Earlier states of this very store, which merging again must not change.
    pub(crate) earlier: Vec<Record>,
}

/// What was written, by the test's own book-keeping: nothing here is asked of the code under test but leaf maps.
#[derive(Default)]
pub(crate) struct Book {
    pub(crate) born: BTreeMap<(Path, Dot), LeafValue>,
    pub(crate) replaced_by: BTreeMap<(Path, Dot), BTreeSet<Dot>>,
    pub(crate) forgotten: BTreeSet<(Path, Dot)>,
    /// What had been seen where something was deleted, by the deletion.
    pub(crate) deletions: BTreeMap<(Path, Dot), Seen>,
}

pub(crate) struct World {
    pub(crate) people: Vec<Person>,
    pub(crate) stores: Vec<Records>,
    pub(crate) files: Vec<String>,
    pub(crate) book: Book,
    pub(crate) minted: u64,
}

pub(crate) fn the_id() -> Id {
    Id::parse("goal1").unwrap()
}

pub(crate) fn texts() -> Path {
    Path::root("text")
}

pub(crate) fn pick<T>(items: &[T], n: u8) -> Option<&T> {
    items.get(usize::from(n).checked_rem(items.len())?)
}

impl World {
    pub(crate) fn new() -> Self {
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

    pub(crate) fn author(&self, who: usize) -> Author {
        let actor = self.people[who].actor;
        Author { actor, at: Timestamp::from_seconds(0).unwrap(), by: Some(format!("P{who}")) }
    }

    pub(crate) fn mint(&mut self) -> Actor {
        self.minted += 1;
        // Scattered, so that the order of actors is not the order of their coming.
        let scattered = self.minted.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
        let mut bits = [0; 10];
        bits[..8].copy_from_slice(&scattered);
        Actor::from_random(bits)
    }

    pub(crate) fn all_states(&self) -> Vec<Record> {
        let stored = self.people.iter().map(|person| &person.records).chain(&self.stores);
        let filed = self.files.iter().map(|file| read::read(file.as_bytes()).unwrap().records);
        let id = the_id();
        stored.cloned().chain(filed).filter_map(|records| records.get(&id).cloned()).collect()
    }

    /// Somebody writes: whatever vanishes from a leaf must have been shown to them, and what comes is noted down.
    pub(crate) fn writes(&mut self, who: usize, write: impl FnOnce(&mut Record, &mut Focus, &Author)) {
        let author = self.author(who);
        let person = &mut self.people[who];
        let id = the_id();
        let before = person.records.get(&id).cloned();
        let record =
            person.records.entry(id.clone()).or_insert_with(|| Record::create(id, &Goal::default(), &author).unwrap());
        write(record, &mut person.focus, &author);
        let after = record.clone();
        self.note(who, before.as_ref(), &after);
    }

    pub(crate) fn note(&mut self, who: usize, before: Option<&Record>, after: &Record) {
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

    pub(crate) fn edits(&mut self, who: usize, change: impl FnOnce(&mut Goal)) {
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
    pub(crate) fn stepping(&mut self, who: usize, write: impl FnOnce(&mut Record, &mut Focus, &Author)) {
        let before = self.people[who].records.get(&the_id()).cloned();
        self.writes(who, write);
        let step = Step::between(before.as_ref(), &self.people[who].records[&the_id()]);
        if !step.is_empty() {
            self.people[who].steps.push(step);
        }
    }

    pub(crate) fn word(&mut self, n: u8) -> Text {
        // Equal words now and then: equal values are one wording.
        self.minted += 1;
        if n < 40 { Text::from("samme ord") } else { Text(format!("ord {}", self.minted)) }
    }

    pub(crate) fn entries(&self, who: usize) -> Vec<Path> {
        let map = Path::root("initiatives");
        let record = self.people[who].records.get(&the_id());
        let paths = record.into_iter().flat_map(|record| record.leaves().keys());
        let keys: BTreeSet<String> =
            paths.filter(|path| path.is_below(&map)).filter_map(|path| path.steps().nth(1).map(String::from)).collect();
        keys.into_iter().map(|key| map.child(&key)).collect()
    }

    pub(crate) fn reload(&mut self, who: usize) {
        let actor = self.mint();
        let person = &mut self.people[who];
        person.actor = actor;
        person.focus = Focus::default();
        person.focused = None;
        person.steps.clear();
        person.import.clear();
    }

    /// What holds of every state at every moment.
    pub(crate) fn look(&mut self, who: usize) {
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
}

/// An entry that is put back is written whole; any other is written where it changed.
pub(crate) fn entry_was_there(before: &Record, path: &Path) -> bool {
    let entry = path.as_str().rsplit_once('/').and_then(|(entry, _)| Path::parse(entry));
    entry.is_none_or(|entry| before.life(Some(&entry)) == Life::Living)
}
