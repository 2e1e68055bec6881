//! Five people, their stores and files, and a log of everything they wrote.

use std::collections::{BTreeMap, BTreeSet};

use kvalitetshjul::domain::aftale::Aftale;
use kvalitetshjul::domain::comment::Comment;
use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::deviation::Deviation;
use kvalitetshjul::domain::dialogue::Dialogue;
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::goal::Goal;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::meeting::Meeting;
use kvalitetshjul::domain::package::Package;
use kvalitetshjul::domain::period::Period;
use kvalitetshjul::domain::proevehandling::Proevehandling;
use kvalitetshjul::domain::prototype::Prototype;
use kvalitetshjul::domain::reflection::Reflection;
use kvalitetshjul::domain::registry::Kind;
use kvalitetshjul::domain::series::Series;
use kvalitetshjul::domain::syn_review::SynReview;
use kvalitetshjul::domain::text::UserText;
use kvalitetshjul::domain::unit_story::UnitStory;
use kvalitetshjul::domain::unit_task::UnitTask;
use kvalitetshjul::exchange::out_of_sight::{self, OutOfSight};
use kvalitetshjul::exchange::read;
use kvalitetshjul::record::delta::RecordDelta;
use kvalitetshjul::record::dot::{Actor, Dot, Seen};
use kvalitetshjul::record::edit::{Author, Focus};
use kvalitetshjul::record::leaf::{Leaf, LeafState};
use kvalitetshjul::record::life::Life;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::undo_stack::UndoStack;
use kvalitetshjul::record::value::LeafValue;
use kvalitetshjul::record::view::is_quiet;
use kvalitetshjul::record::{Record, Records};

use super::actions::OlderGoal;

/// The number of people.
pub(crate) const PEOPLE: usize = 5;

/// The ids of all records. Both units have the same name, and each has a series, a dialogue about one of its figures and
/// a review of the four views, whose ids derive from the unit's id.
pub(crate) const RECORDS: [&str; 20] = [
    "goal1",
    "goal2",
    "aftale1",
    "enhed1",
    "enhed2",
    "enhed1.fravaer",
    "enhed2.fravaer",
    "enhed1.fravaer.2024-25",
    "enhed2.fravaer.2024-25",
    "enhed1.syn",
    "enhed2.syn",
    "opgave1",
    "proeve1",
    "afvigelse1",
    "prototype1",
    "historie1",
    "kommentar1",
    "moede1",
    "datapakke-2025",
    "refleksion1",
];

/// One person's browser.
#[derive(Clone)]
pub(crate) struct Person {
    /// The stored records, including the lists of records out of sight.
    pub(crate) records: Records,
    pub(crate) actor: Actor,
    /// The focus in the first goal, under test.
    pub(crate) focus: Focus,
    /// The focused leaf and the dots shown on focus, as the test logs them.
    pub(crate) focused: Option<(Path, BTreeSet<Dot>)>,
    /// The person's edits, for undo.
    pub(crate) steps: Vec<RecordDelta>,
    /// The imports, including undone ones.
    pub(crate) imports: UndoStack,
    /// The last checked state of each record. Merging it in again must change nothing.
    pub(crate) earlier: BTreeMap<Id, Record>,
}

/// A write: record, leaf and dot.
pub(crate) type WriteKey = (Id, Path, Dot);

/// The log of all writes. It is computed from leaf maps alone, independently of the merge rules under test.
#[derive(Default)]
pub(crate) struct WriteLog {
    /// The value of every write.
    pub(crate) values: BTreeMap<WriteKey, LeafValue>,
    /// For each write, the writes that replaced it.
    pub(crate) replaced_by: BTreeMap<WriteKey, BTreeSet<Dot>>,
    /// The writes whose values were forgotten on purpose.
    pub(crate) forgotten: BTreeSet<WriteKey>,
    /// For each deletion, the writes that were shown to its author, and to the authors of the deletions that it
    /// replaced or put back.
    pub(crate) deletions: BTreeMap<WriteKey, BTreeSet<(Path, Dot)>>,
    /// What a record had seen when it was put out of sight, by the ids of the list and the record.
    pub(crate) hidden: BTreeMap<(Id, Id), Seen>,
    /// The deletions written by undoing an import.
    pub(crate) by_import: BTreeSet<WriteKey>,
}

/// The state of a history.
pub(crate) struct World {
    pub(crate) people: Vec<Person>,
    /// Snapshots of stores, which a browser may revert to.
    pub(crate) stores: Vec<Records>,
    pub(crate) files: Vec<String>,
    pub(crate) log: WriteLog,
    /// Counts the ids, actors and texts made so far.
    pub(crate) minted: u64,
    /// Whether the current writes are made by undo or redo.
    pub(crate) is_undo: bool,
    /// Whether they undo or redo an import.
    pub(crate) is_import: bool,
}

pub(crate) fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// The id of the first goal, whose fields people focus.
pub(crate) fn first_goal() -> Id {
    id("goal1")
}

/// The path of a goal's text.
pub(crate) fn text_path() -> Path {
    Path::root("text")
}

/// Selects an item by a number, modulo the count.
pub(crate) fn pick<T>(items: &[T], n: u8) -> Option<&T> {
    items.get(usize::from(n).checked_rem(items.len())?)
}

/// Creates the record of an id.
fn create(id_of_record: &Id, author: &Author) -> Record {
    let some = |text: &str| Some(id(text));
    let series = |unit: &str| Series { unit: some(unit), indicator: some("fravaer"), ..Series::default() };
    let dialogue =
        |series: &str| Dialogue { series: some(series), period: Some(Period::SchoolYear(2024)), ..Dialogue::default() };
    let review = |unit: &str| SynReview { unit: some(unit), ..SynReview::default() };
    let new_id = id_of_record.clone();
    let record = match new_id.as_str() {
        "goal1" | "goal2" => Record::create(new_id, &Goal { aftale: some("aftale1"), ..Goal::default() }, author),
        "aftale1" => Record::create(new_id, &Aftale { unit: some("enhed1"), ..Aftale::default() }, author),
        "enhed1" | "enhed2" => {
            let unit = Enhed { name: "Skolen ved Søen".into(), network: "Nord".into(), ..Enhed::default() };
            Record::create(new_id, &unit, author)
        }
        "enhed1.fravaer" => Record::create(new_id, &series("enhed1"), author),
        "enhed2.fravaer" => Record::create(new_id, &series("enhed2"), author),
        "enhed1.fravaer.2024-25" => Record::create(new_id, &dialogue("enhed1.fravaer"), author),
        "enhed2.fravaer.2024-25" => Record::create(new_id, &dialogue("enhed2.fravaer"), author),
        "enhed1.syn" => Record::create(new_id, &review("enhed1"), author),
        "enhed2.syn" => Record::create(new_id, &review("enhed2"), author),
        "moede1" => Record::create(new_id, &Meeting { title: "Mødet".into(), ..Meeting::default() }, author),
        "datapakke-2025" => {
            Record::create(new_id, &Package { title: "Datapakke".into(), ..Package::default() }, author)
        }
        "opgave1" => Record::create(new_id, &UnitTask { unit: some("enhed1"), ..UnitTask::default() }, author),
        "proeve1" => {
            Record::create(new_id, &Proevehandling { unit: some("enhed2"), ..Proevehandling::default() }, author)
        }
        "afvigelse1" => Record::create(new_id, &Deviation { unit: some("enhed1"), ..Deviation::default() }, author),
        "prototype1" => Record::create(new_id, &Prototype { unit: some("enhed2"), ..Prototype::default() }, author),
        "historie1" => Record::create(new_id, &UnitStory { unit: some("enhed1"), ..UnitStory::default() }, author),
        "kommentar1" => Record::create(new_id, &Comment { on: some("goal1"), ..Comment::default() }, author),
        _ => Record::create(new_id, &Reflection::default(), author),
    };
    record.unwrap()
}

/// Returns whether a value counts as content that a deletion must have known. [`Record::life`] follows the same rule;
/// this function derives it from the leaf alone.
pub(crate) fn is_content(record: &Record, path: &Path, dot: Dot, state: &LeafState) -> bool {
    let is_untouched = |value: &LeafValue| value.is_null() && dot.n == 1;
    !is_quiet(record.kind(), path) && state.known().is_some_and(|value| !is_untouched(value))
}

/// Lists the writes of a record that a person is shown: those with a known value.
pub(crate) fn shown_writes(record: &Record) -> impl Iterator<Item = (Path, Dot)> {
    let each = |(path, leaf): (&Path, &Leaf)| {
        let known = leaf.states().filter(|(_, state)| **state != LeafState::Withheld);
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
            log: WriteLog::default(),
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

    pub(crate) fn author(&self, user: usize) -> Author {
        let actor = self.people[user].actor;
        Author { actor, at: Timestamp::from_seconds(0).unwrap(), by: Some(format!("P{user}")) }
    }

    pub(crate) fn mint(&mut self) -> Actor {
        self.minted += 1;
        // Scattered, so that actors do not sort by the order of creation.
        let scattered = self.minted.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
        let mut bits = [0; 10];
        bits[..8].copy_from_slice(&scattered);
        Actor::from_random(bits)
    }

    /// Collects every copy of each record: of all people, store snapshots and files.
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

    /// Returns whether a record is in sight of a person, or does not exist there yet.
    pub(crate) fn is_in_sight(&self, user: usize, id: &Id) -> bool {
        let records = &self.people[user].records;
        records.get(id).is_none_or(|record| !OutOfSight::of(records.values()).contains(record))
    }

    /// Lets a person write in a record, and logs and checks the writes.
    pub(crate) fn write(&mut self, user: usize, id: &Id, write: impl FnOnce(&mut Record, &mut Focus, &Author)) {
        let author = self.author(user);
        let person = &mut self.people[user];
        let before = person.records.get(id).cloned();
        let record = person.records.entry(id.clone()).or_insert_with(|| create(id, &author));
        let mut other = Focus::default();
        write(record, if *id == first_goal() { &mut person.focus } else { &mut other }, &author);
        let after = record.clone();
        self.log_writes(user, before.as_ref(), &after);
    }

    /// Logs the writes between two states of a record. Checks that every replaced value had been shown to the author.
    pub(crate) fn log_writes(&mut self, user: usize, before: Option<&Record>, after: &Record) {
        let person = &mut self.people[user];
        let id = after.id().clone();
        for (path, leaf) in after.leaves() {
            let old = before.and_then(|before| before.leaf(path));
            let new: BTreeSet<Dot> =
                leaf.dots().filter(|&dot| before.is_none_or(|before| !before.seen().has(dot))).collect();
            for &dot in &new {
                assert_eq!(dot.actor, person.actor, "{id}{path}: a write has another actor than its author's");
                let value = leaf.get(dot).unwrap().known().unwrap().clone();
                let key = (id.clone(), path.clone(), dot);
                if path.is_deletion() && !value.is_null() {
                    let is_new = |dot: Dot| before.is_none_or(|before| !before.seen().has(dot));
                    let new_writes = shown_writes(after).filter(|(_, dot)| is_new(*dot));
                    let mut known: BTreeSet<(Path, Dot)> =
                        before.into_iter().flat_map(shown_writes).chain(new_writes).collect();
                    // Inherits from the deletions that it replaces, and with undo from those that were in the leaf
                    // before.
                    for ((_, _, dot), earlier) in
                        self.log.deletions.iter().filter(|((deleted, at, _), _)| (deleted, at) == (&id, path))
                    {
                        let was_there = before.is_some_and(|before| before.seen().has(*dot));
                        if old.is_some_and(|old| old.get(*dot).is_some()) || (self.is_undo && was_there) {
                            known.extend(earlier.iter().cloned());
                        }
                    }
                    self.log.deletions.insert(key.clone(), known);
                    if self.is_import {
                        self.log.by_import.insert(key.clone());
                    }
                }
                assert!(self.log.values.insert(key, value).is_none(), "a dot is used twice");
            }
            let Some(old) = old else { continue };
            for (dot, state) in old.states().filter(|&(dot, _)| leaf.get(dot).is_none()) {
                assert!(!new.is_empty(), "{id}{path}: a value vanished without a write");
                assert_ne!(*state, LeafState::Withheld, "{id}{path}: a masked value was replaced");
                if let Some((focused, shown)) = &person.focused
                    && (&id, path) == (&first_goal(), focused)
                {
                    let is_own = dot.actor == person.actor;
                    assert!(
                        is_own || shown.contains(&dot),
                        "{path}: a value was replaced that its author was not shown"
                    );
                }
                self.log.replaced_by.entry((id.clone(), path.clone(), dot)).or_default().extend(new.iter().copied());
            }
        }
        for path in before.into_iter().flat_map(|before| before.leaves().keys()) {
            assert!(after.leaf(path).is_some(), "{id}{path}: a leaf was removed");
        }
    }

    /// Edits a goal, and checks that only changed fields are written.
    pub(crate) fn edit_goal(&mut self, user: usize, id: &Id, change: impl FnOnce(&mut Goal)) {
        if !self.is_in_sight(user, id) {
            return;
        }
        let before = self.people[user].records.get(id).cloned();
        self.edit_undoable(user, id, |record, focus, author| record.edit::<Goal>(focus, author, change).unwrap());
        let Some(before) = before else { return };
        for (path, leaf) in self.people[user].records[id].leaves() {
            if let Some(old) = before.leaf(path)
                && old != leaf
                && entry_was_living(&before, path)
            {
                assert_ne!(old.shown(), leaf.shown(), "{path}: an unchanged field was written");
            }
        }
    }

    /// Lets a person write in a record in sight, and keeps the delta for undo.
    pub(crate) fn edit_undoable(&mut self, user: usize, id: &Id, write: impl FnOnce(&mut Record, &mut Focus, &Author)) {
        if !self.is_in_sight(user, id) {
            return;
        }
        let before = self.people[user].records.get(id).cloned();
        self.write(user, id, write);
        let step = RecordDelta::between(before.as_ref(), &self.people[user].records[id]);
        if !step.is_empty() {
            self.people[user].steps.push(step);
        }
    }

    /// Makes a text: mostly a new one, sometimes the same one.
    pub(crate) fn word(&mut self, n: u8) -> UserText {
        // Equal texts of several authors are one wording.
        self.minted += 1;
        if n < 40 { UserText::from("samme ord") } else { UserText(format!("ord {}", self.minted)) }
    }

    /// Lists the entries of a goal as a person has it.
    pub(crate) fn entries(&self, user: usize, id: &Id) -> Vec<Path> {
        self.people[user].records.get(id).map(entries_of).unwrap_or_default()
    }

    /// Reloads the page of a person: a new actor, and no undo history.
    pub(crate) fn reload(&mut self, user: usize) {
        let actor = self.mint();
        let person = &mut self.people[user];
        person.actor = actor;
        person.focus = Focus::default();
        person.focused = None;
        person.steps.clear();
        person.imports = UndoStack::default();
    }

    /// Checks what must hold of a record at any moment.
    pub(crate) fn check(&mut self, user: usize, id: &Id) {
        let person = &self.people[user];
        let Some(record) = person.records.get(id) else { return };
        record.check().unwrap();
        if record.kind() == Some(Kind::Goal) {
            record.view::<Goal>().unwrap();
            record.view::<OlderGoal>().unwrap();
        }
        if let Some(old) = person.earlier.get(id) {
            assert_eq!(
                &record.merge(old).unwrap(),
                record,
                "merging an older state of the same store changed the record"
            );
        }
        if !self.is_in_sight(user, id) {
            let lists = person.records.keys().filter_map(|list| self.log.hidden.get(&(list.clone(), id.clone())));
            let seen_when_hidden: Vec<_> = lists.collect();
            assert!(
                seen_when_hidden.iter().any(|seen| record.seen().iter().all(|(actor, n)| seen.has(Dot { n, actor }))),
                "{id}: a record with newer writes is out of sight"
            );
        }
        self.check_deletions_known(record);
        let record = record.clone();
        self.people[user].earlier.insert(id.clone(), record);
    }
}

/// Lists the entries of a goal.
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

/// Returns whether the entry of a leaf was living before. An entry that is added or restored is written as a whole.
pub(crate) fn entry_was_living(before: &Record, path: &Path) -> bool {
    let entry = path.as_str().rsplit_once('/').and_then(|(entry, _)| Path::parse(entry));
    entry.is_none_or(|entry| before.life(Some(&entry)) == Life::Living)
}
