//! What people do, and the doing of it.

use crate::world::{PEOPLE, World, pick, texts, the_id};
use kvalitetshjul::domain::body::{Body, Entries, Field, Table, Words};
use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::goal::{Anchor, Goal, Horizon, Initiative};
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::kind::Kind;
use kvalitetshjul::domain::slot::{Fields, Slot};
use kvalitetshjul::domain::text::Text;
use kvalitetshjul::exchange::plan::{Act, Plan};
use kvalitetshjul::exchange::scope::Scope;
use kvalitetshjul::exchange::{apply, read, write};
use kvalitetshjul::record::choice::{Choice, Resolution};
use kvalitetshjul::record::edit::{Author, Focus};
use kvalitetshjul::record::leaf::Held;
use kvalitetshjul::record::life::Life;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::step::undo_all;
use kvalitetshjul::record::value::LeafValue;
use proptest::prelude::*;

/// The goal as an older version of the app knew it: fewer leaves, of the goal and of its initiatives.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OlderGoal {
    pub(crate) text: Text,
    pub(crate) initiatives: Entries<OlderInitiative>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OlderInitiative {
    pub(crate) text: Text,
}

impl Body for OlderGoal {
    const KIND: Kind = Kind::Goal;
    const WORDS: Words = Goal::WORDS;
    const TITLE: &'static str = "text";
}

impl Table for OlderGoal {
    const FIELDS: &'static [Field] = &[
        Field::words("text", "målets tekst"),
        Field::entries("initiatives", "indsatsen", &[Field::words("text", "indsatsens tekst")]),
    ];
}

impl Fields for OlderGoal {
    fn each_field(&mut self, take: &mut dyn FnMut(&'static str, Slot<'_>)) {
        take("text", Slot::Leaf(&mut self.text));
        take("initiatives", Slot::Entries(&mut self.initiatives));
    }
}

impl Fields for OlderInitiative {
    fn each_field(&mut self, take: &mut dyn FnMut(&'static str, Slot<'_>)) {
        take("text", Slot::Leaf(&mut self.text));
    }
}

/// One thing that somebody does. Numbers choose among what there is, and wrap.
#[derive(Clone, Debug)]
pub(crate) enum Deed {
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
    Empty(u8),
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

pub(crate) fn deeds() -> impl Strategy<Value = (u8, Deed)> {
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
        2 => n().prop_map(Empty),
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

impl World {
    #[allow(clippy::too_many_lines)]
    pub(crate) fn act(&mut self, who: u8, deed: &Deed) {
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
            Deed::Empty(k) => {
                let entry = if k % 2 == 0 { None } else { pick(&self.entries(who), k).cloned() };
                let life = self.people[who].records.get(&id).map(|record| record.life(entry.as_ref()));
                if life == Some(Life::Deleted) {
                    // Who goes to the trash has left the field.
                    self.people[who].focused = None;
                    self.people[who].focus = Focus::default();
                    self.stepping(who, |record, _, author| record.empty(entry.as_ref(), author).unwrap());
                    let record = &self.people[who].records[&id];
                    assert_eq!(record.life(entry.as_ref()), Life::Deleted, "what was emptied stays in the trash");
                }
            }
            Deed::Forget(k) => {
                let entry = if k % 2 == 0 { None } else { pick(&self.entries(who), k).cloned() };
                let person = &mut self.people[who];
                let Some(record) = person.records.get_mut(&id) else { return };
                let done = record.forget(entry.as_ref());
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
                    let author = self.author(who);
                    let person = &mut self.people[who];
                    let before = person.records.get(&id).cloned();
                    person.focused = None;
                    person.focus = Focus::default();
                    undo_all(&mut person.records, &steps, &author).unwrap();
                    let after = person.records[&id].clone();
                    self.note(who, before.as_ref(), &after);
                }
            }
        }
        self.look(who);
    }
}
