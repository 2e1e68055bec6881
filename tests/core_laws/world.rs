//! Five people, their stores and files, and a book of what they wrote.

use std::collections::{BTreeMap, BTreeSet};

use crate::deeds::OlderGoal;
use kvalitetshjul::domain::aftale::Aftale;
use kvalitetshjul::domain::comment::Comment;
use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::goal::Goal;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::reflection::Reflection;
use kvalitetshjul::domain::registry::Kind;
use kvalitetshjul::domain::series::Series;
use kvalitetshjul::domain::text::UserText;
use kvalitetshjul::exchange::out_of_sight::{self, OutOfSight};
use kvalitetshjul::exchange::read;
use kvalitetshjul::record::delta::RecordDelta;
use kvalitetshjul::record::dot::{Actor, Dot, Seen};
use kvalitetshjul::record::edit::{Author, Focus};
use kvalitetshjul::record::leaf::LeafState;
use kvalitetshjul::record::life::Life;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::undo_stack::UndoStack;
use kvalitetshjul::record::value::LeafValue;
use kvalitetshjul::record::view::is_quiet;
use kvalitetshjul::record::{Record, Records};

pub(crate) const PEOPLE: usize = 5;

/// The records of this world. Two units are called the same, and each has a series whose id follows from its own.
pub(crate) const RECORDS: [&str; 9] =
    ["goal1", "goal2", "aftale1", "enhed1", "enhed2", "enhed1.fravaer", "enhed2.fravaer", "kommentar1", "refleksion1"];

/// One person's browser.
#[derive(Clone)]
pub(crate) struct Person {
    /// All that its stores hold, with the lists of what is out of sight.
    pub(crate) records: Records,
    pub(crate) actor: Actor,
    pub(crate) focus: Focus,
    /// What the focus was given, by the test's own book-keeping: of the first goal.
    pub(crate) focused: Option<(Path, BTreeSet<Dot>)>,
    pub(crate) steps: Vec<RecordDelta>,
    /// The imports, undone or not.
    pub(crate) imports: UndoStack,
    /// Earlier states of this very store, which merging again must not change.
    pub(crate) earlier: BTreeMap<Id, Record>,
}

/// A write in a record.
pub(crate) type Place = (Id, Path, Dot);

/// What was written, by the test's own book-keeping: nothing here is asked of the code under test but leaf maps.
#[derive(Default)]
pub(crate) struct Book {
    pub(crate) born: BTreeMap<Place, LeafValue>,
    pub(crate) replaced_by: BTreeMap<Place, BTreeSet<Dot>>,
    pub(crate) forgotten: BTreeSet<Place>,
    /// What those had been shown who stand behind a deletion: its author, and the authors of those that it took the place
    /// of or put back.
    pub(crate) deletions: BTreeMap<Place, BTreeSet<(Path, Dot)>>,
    /// What had been seen of a record when it was put out of sight, by the list that says so.
    pub(crate) away: BTreeMap<(Id, Id), Seen>,
    /// The deletions that came of undoing an import.
    pub(crate) by_import: BTreeSet<Place>,
}

pub(crate) struct World {
    pub(crate) people: Vec<Person>,
    pub(crate) stores: Vec<Records>,
    pub(crate) files: Vec<String>,
    pub(crate) book: Book,
    pub(crate) minted: u64,
    /// Whether what is written comes of undoing something, and of undoing an import.
    pub(crate) is_undo: bool,
    pub(crate) is_import: bool,
}

pub(crate) fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// The goal in whose fields people stay for long.
pub(crate) fn the_id() -> Id {
    id("goal1")
}

pub(crate) fn texts() -> Path {
    Path::root("text")
}

pub(crate) fn pick<T>(items: &[T], n: u8) -> Option<&T> {
    items.get(usize::from(n).checked_rem(items.len())?)
}

/// A record as it is when somebody makes it.
fn created(own: &Id, author: &Author) -> Record {
    let some = |text: &str| Some(id(text));
    let series = |unit: &str| Series { unit: some(unit), indicator: some("fravaer"), ..Series::default() };
    let own = own.clone();
    let made = match own.as_str() {
        "goal1" | "goal2" => Record::create(own, &Goal { aftale: some("aftale1"), ..Goal::default() }, author),
        "aftale1" => Record::create(own, &Aftale { unit: some("enhed1"), ..Aftale::default() }, author),
        "enhed1" | "enhed2" => {
            let unit = Enhed { name: "Skolen ved Søen".into(), network: "Nord".into(), ..Enhed::default() };
            Record::create(own, &unit, author)
        }
        "enhed1.fravaer" => Record::create(own, &series("enhed1"), author),
        "enhed2.fravaer" => Record::create(own, &series("enhed2"), author),
        "kommentar1" => Record::create(own, &Comment { on: some("goal1"), ..Comment::default() }, author),
        _ => Record::create(own, &Reflection::default(), author),
    };
    made.unwrap()
}

/// Whether a value says something that nobody may bury unseen: what [`Record::life`] goes by, told from the leaf alone.
pub(crate) fn is_words(record: &Record, path: &Path, dot: Dot, held: &LeafState) -> bool {
    let is_untouched = |value: &LeafValue| value.is_null() && dot.n == 1;
    !is_quiet(record.kind(), path) && held.known().is_some_and(|value| !is_untouched(value))
}

/// What a person is shown of a record: every write whose value is known.
pub(crate) fn shown(record: &Record) -> impl Iterator<Item = (Path, Dot)> {
    let each = |(path, leaf): (&Path, &kvalitetshjul::record::leaf::Leaf)| {
        let known = leaf.states().filter(|(_, held)| **held != LeafState::Withheld);
        known.map(|(dot, _)| (path.clone(), dot)).collect::<Vec<_>>()
    };
    record.leaves().iter().flat_map(each)
}

impl World {
    pub(crate) fn new() -> Self {
        let mut world = Self {
            people: Vec::new(),
            stores: Vec::new(),
            files: Vec::new(),
            book: Book::default(),
            minted: 0,
            is_undo: false,
            is_import: false,
        };
        for _ in 0..PEOPLE {
            let actor = world.mint();
            world.people.push(Person {
                records: Records::new(),
                actor,
                focus: Focus::default(),
                focused: None,
                steps: Vec::new(),
                imports: UndoStack::default(),
                earlier: BTreeMap::new(),
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

    /// Every copy of a record that there is.
    pub(crate) fn all_states(&self) -> BTreeMap<Id, Vec<Record>> {
        let stored = self.people.iter().map(|person| &person.records).chain(&self.stores);
        let filed = self.files.iter().map(|file| read::read(file.as_bytes()).unwrap().records);
        let mut states: BTreeMap<Id, Vec<Record>> = BTreeMap::new();
        for (id, record) in stored.cloned().chain(filed).flatten().filter(|(_, record)| !out_of_sight::is_list(record))
        {
            states.entry(id).or_default().push(record);
        }
        states
    }

    /// Whether a person sees a record, or may make it.
    pub(crate) fn is_in_sight(&self, who: usize, id: &Id) -> bool {
        let records = &self.people[who].records;
        records.get(id).is_none_or(|record| !OutOfSight::of(records.values()).has(record))
    }

    /// Somebody writes: whatever vanishes from a leaf must have been shown to them, and what comes is noted down.
    pub(crate) fn writes(&mut self, who: usize, id: &Id, write: impl FnOnce(&mut Record, &mut Focus, &Author)) {
        let author = self.author(who);
        let person = &mut self.people[who];
        let before = person.records.get(id).cloned();
        let record = person.records.entry(id.clone()).or_insert_with(|| created(id, &author));
        let mut other = Focus::default();
        write(record, if *id == the_id() { &mut person.focus } else { &mut other }, &author);
        let after = record.clone();
        self.note(who, before.as_ref(), &after);
    }

    pub(crate) fn note(&mut self, who: usize, before: Option<&Record>, after: &Record) {
        let person = &mut self.people[who];
        let id = after.id().clone();
        for (path, leaf) in after.leaves() {
            let old = before.and_then(|before| before.leaf(path));
            let new: BTreeSet<Dot> =
                leaf.dots().filter(|&dot| before.is_none_or(|before| !before.seen().has(dot))).collect();
            for &dot in &new {
                assert_eq!(dot.actor, person.actor, "{id}{path}: a write bears its author's actor");
                let value = leaf.get(dot).unwrap().known().unwrap().clone();
                let place = (id.clone(), path.clone(), dot);
                if path.is_deletion() && !value.is_null() {
                    let is_new = |dot: Dot| before.is_none_or(|before| !before.seen().has(dot));
                    let with_it = shown(after).filter(|(_, dot)| is_new(*dot));
                    let mut known: BTreeSet<(Path, Dot)> = before.into_iter().flat_map(shown).chain(with_it).collect();
                    // What it takes the place of; undoing puts one back that stood here before.
                    for ((_, _, dot), earlier) in
                        self.book.deletions.iter().filter(|((own, at, _), _)| (own, at) == (&id, path))
                    {
                        let stood = before.is_some_and(|before| before.seen().has(*dot));
                        if old.is_some_and(|old| old.get(*dot).is_some()) || (self.is_undo && stood) {
                            known.extend(earlier.iter().cloned());
                        }
                    }
                    self.book.deletions.insert(place.clone(), known);
                    if self.is_import {
                        self.book.by_import.insert(place.clone());
                    }
                }
                assert!(self.book.born.insert(place, value).is_none(), "a dot is used once");
            }
            let Some(old) = old else { continue };
            for (dot, held) in old.states().filter(|&(dot, _)| leaf.get(dot).is_none()) {
                assert!(!new.is_empty(), "{id}{path}: a value vanished though nothing was written");
                assert_ne!(*held, LeafState::Withheld, "{id}{path}: what was masked was replaced");
                if let Some((focused, shown)) = &person.focused
                    && (&id, path) == (&the_id(), focused)
                {
                    let own = dot.actor == person.actor;
                    assert!(own || shown.contains(&dot), "{path}: a value was replaced that its author was not shown");
                }
                self.book.replaced_by.entry((id.clone(), path.clone(), dot)).or_default().extend(new.iter().copied());
            }
        }
        for path in before.into_iter().flat_map(|before| before.leaves().keys()) {
            assert!(after.leaf(path).is_some(), "{id}{path}: no leaf is ever removed");
        }
    }

    pub(crate) fn edits(&mut self, who: usize, id: &Id, change: impl FnOnce(&mut Goal)) {
        if !self.is_in_sight(who, id) {
            return;
        }
        let before = self.people[who].records.get(id).cloned();
        self.stepping(who, id, |record, focus, author| record.edit::<Goal>(focus, author, change).unwrap());
        let Some(before) = before else { return };
        for (path, leaf) in self.people[who].records[id].leaves() {
            if let Some(old) = before.leaf(path)
                && old != leaf
                && entry_was_there(&before, path)
            {
                assert_ne!(old.shown(), leaf.shown(), "{path}: a field was written that the edit did not change");
            }
        }
    }

    /// Somebody writes something that they can undo, in what they see.
    pub(crate) fn stepping(&mut self, who: usize, id: &Id, write: impl FnOnce(&mut Record, &mut Focus, &Author)) {
        if !self.is_in_sight(who, id) {
            return;
        }
        let before = self.people[who].records.get(id).cloned();
        self.writes(who, id, write);
        let step = RecordDelta::between(before.as_ref(), &self.people[who].records[id]);
        if !step.is_empty() {
            self.people[who].steps.push(step);
        }
    }

    pub(crate) fn word(&mut self, n: u8) -> UserText {
        // Equal words now and then: equal values are one wording.
        self.minted += 1;
        if n < 40 { UserText::from("samme ord") } else { UserText(format!("ord {}", self.minted)) }
    }

    pub(crate) fn entries(&self, who: usize, id: &Id) -> Vec<Path> {
        self.people[who].records.get(id).map(entries_of).unwrap_or_default()
    }

    pub(crate) fn reload(&mut self, who: usize) {
        let actor = self.mint();
        let person = &mut self.people[who];
        person.actor = actor;
        person.focus = Focus::default();
        person.focused = None;
        person.steps.clear();
        person.imports = UndoStack::default();
    }

    /// What holds of a record at every moment.
    pub(crate) fn look(&mut self, who: usize, id: &Id) {
        let person = &self.people[who];
        let Some(record) = person.records.get(id) else { return };
        record.check().unwrap();
        if record.kind() == Some(Kind::Goal) {
            record.view::<Goal>().unwrap();
            record.view::<OlderGoal>().unwrap();
        }
        if let Some(old) = person.earlier.get(id) {
            assert_eq!(&record.merge(old).unwrap(), record, "an older state of the same store changes nothing");
        }
        if !self.is_in_sight(who, id) {
            let lists = person.records.keys().filter_map(|list| self.book.away.get(&(list.clone(), id.clone())));
            let all: Vec<_> = lists.collect();
            assert!(
                all.iter().any(|seen| record.seen().iter().all(|(actor, n)| seen.has(Dot { n, actor }))),
                "{id}: something is out of sight that nobody put there"
            );
        }
        self.nothing_buried(record);
        let record = record.clone();
        self.people[who].earlier.insert(id.clone(), record);
    }
}

/// The entries of a goal.
pub(crate) fn entries_of(record: &Record) -> Vec<Path> {
    let map = Path::root("initiatives");
    let keys: BTreeSet<String> = record
        .leaves()
        .keys()
        .filter(|path| path.is_below(&map))
        .filter_map(|path| path.steps().nth(1).map(String::from))
        .collect();
    keys.into_iter().map(|key| map.child(&key)).collect()
}

/// An entry that is put back is written whole; any other is written where it changed.
pub(crate) fn entry_was_there(before: &Record, path: &Path) -> bool {
    let entry = path.as_str().rsplit_once('/').and_then(|(entry, _)| Path::parse(entry));
    entry.is_none_or(|entry| before.life(Some(&entry)) == Life::Living)
}
