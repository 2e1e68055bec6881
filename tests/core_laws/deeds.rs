//! What people do, and the doing of it.

use crate::world::{PEOPLE, RECORDS, World, id, pick, texts, the_id};
use kvalitetshjul::domain::aftale::Aftale;
use kvalitetshjul::domain::body::{Body, Entries, Field, FieldTable, KindWords};
use kvalitetshjul::domain::comment::Comment;
use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::goal::{Anchor, Goal, Horizon, Initiative};
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::measure::Measure;
use kvalitetshjul::domain::period::Period;
use kvalitetshjul::domain::reflection::Reflection;
use kvalitetshjul::domain::registry::{Kind, RegisteredBody};
use kvalitetshjul::domain::series::{Observation, Series};
use kvalitetshjul::domain::slot::{FieldSlot, Fields};
use kvalitetshjul::domain::text::UserText;
use kvalitetshjul::exchange::out_of_sight::{self, in_sight};
use kvalitetshjul::exchange::plan::{Plan, PlanAction};
use kvalitetshjul::exchange::scope::{Scope, SharedPart};
use kvalitetshjul::exchange::{apply, read, write};
use kvalitetshjul::record::Records;
use kvalitetshjul::record::choice::{Choice, Resolution};
use kvalitetshjul::record::delta::RecordDelta;
use kvalitetshjul::record::edit::Focus;
use kvalitetshjul::record::leaf::LeafState;
use kvalitetshjul::record::life::Life;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::undo_stack::UndoDirection;
use kvalitetshjul::record::value::LeafValue;
use proptest::prelude::*;

/// The goal as an older version of the app knew it: fewer leaves, of the goal and of its initiatives.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OlderGoal {
    pub(crate) text: UserText,
    pub(crate) initiatives: Entries<OlderInitiative>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OlderInitiative {
    pub(crate) text: UserText,
}

impl RegisteredBody for OlderGoal {
    const KIND: Kind = Kind::Goal;
}

impl Body for OlderGoal {
    const WORDS: KindWords = Goal::WORDS;
    const TITLE: &'static str = "text";
}

impl FieldTable for OlderGoal {
    const FIELDS: &'static [Field] = &[
        Field::text("text", "målets tekst"),
        Field::entries("initiatives", "indsatsen", &[Field::text("text", "indsatsens tekst")]),
    ];
}

impl Fields for OlderGoal {
    fn each_field(&mut self, take: &mut dyn FnMut(&'static str, FieldSlot<'_>)) {
        take("text", FieldSlot::Leaf(&mut self.text));
        take("initiatives", FieldSlot::Entries(&mut self.initiatives));
    }
}

impl Fields for OlderInitiative {
    fn each_field(&mut self, take: &mut dyn FnMut(&'static str, FieldSlot<'_>)) {
        take("text", FieldSlot::Leaf(&mut self.text));
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
    Say(u8, u8),
    Figure(u8, u8),
    SayTheSame,
    Focus,
    TypeInFocus(u8),
    Delete,
    Restore,
    DeleteEntry(u8),
    RestoreEntry(u8),
    Empty(u8),
    Forget(u8),
    Undo(u8),
    UndoLast,
    DeleteAndMore(u8),
    Resolve(u8),
    Reload,
    KeepStore,
    OldStore(u8),
    Meet(u8),
    SaveFile(bool),
    SharePart(u8),
    OpenFile(u8, u8),
    OpenThree(u8, u8),
    UndoImport,
    RedoImport,
}

pub(crate) fn deeds() -> impl Strategy<Value = (u8, u8, Deed)> {
    use Deed::*;
    let n = any::<u8>;
    let deed = prop_oneof![
        5 => n().prop_map(EditText),
        3 => n().prop_map(EditEffect),
        1 => n().prop_map(EditOrder),
        1 => n().prop_map(EditHorizon),
        2 => Just(ClearText),
        3 => n().prop_map(AddInitiative),
        3 => (n(), n()).prop_map(|(a, b)| EditInitiative(a, b)),
        2 => n().prop_map(RemoveInitiative),
        1 => (n(), n()).prop_map(|(a, b)| SetAnchor(a, b)),
        1 => n().prop_map(RemoveAnchor),
        2 => (n(), n()).prop_map(|(a, b)| OlderVersion(a, b)),
        2 => (n(), n()).prop_map(|(a, b)| Raw(a, b)),
        6 => (n(), n()).prop_map(|(a, b)| Say(a, b)),
        3 => (n(), n()).prop_map(|(a, b)| Figure(a, b)),
        1 => Just(SayTheSame),
        3 => Just(Focus),
        4 => n().prop_map(TypeInFocus),
        3 => Just(Delete),
        2 => Just(Restore),
        2 => n().prop_map(DeleteEntry),
        1 => n().prop_map(RestoreEntry),
        2 => n().prop_map(Empty),
        1 => n().prop_map(Forget),
        5 => n().prop_map(Undo),
        3 => Just(UndoLast),
        4 => n().prop_map(DeleteAndMore),
        3 => n().prop_map(Resolve),
        2 => Just(Reload),
        2 => Just(KeepStore),
        2 => n().prop_map(OldStore),
        7 => n().prop_map(Meet),
        3 => any::<bool>().prop_map(SaveFile),
        6 => n().prop_map(SharePart),
        9 => (n(), n()).prop_map(|(a, b)| OpenFile(a, b)),
        1 => (n(), n()).prop_map(|(a, b)| OpenThree(a, b)),
        4 => Just(UndoImport),
        2 => Just(RedoImport),
    ];
    (any::<u8>(), any::<u8>(), deed)
}

impl World {
    /// Somebody does something, to one of the records where it is of one.
    #[allow(clippy::too_many_lines)]
    pub(crate) fn act(&mut self, who: u8, which: u8, deed: &Deed) {
        let who = usize::from(who) % PEOPLE;
        // Of goals the first, as a rule: much happens to it.
        let goal = if which.is_multiple_of(4) { id("goal2") } else { the_id() };
        let any = if which < 80 { the_id() } else { id(RECORDS[usize::from(which) % RECORDS.len()]) };
        match *deed {
            Deed::EditText(n) => {
                let word = self.word(n);
                self.edits(who, &goal, |goal| goal.text = word);
            }
            Deed::ClearText => self.edits(who, &goal, |goal| goal.text = UserText::default()),
            Deed::EditEffect(n) => {
                let word = self.word(n);
                self.edits(who, &goal, |goal| goal.expected_effect = word);
            }
            Deed::EditOrder(n) => self.edits(who, &goal, |goal| goal.order = Some(format!("{n:x}"))),
            Deed::EditHorizon(n) => {
                let horizon = [None, Some(Horizon::Short), Some(Horizon::Long)][usize::from(n) % 3];
                self.edits(who, &goal, |goal| goal.horizon = horizon);
            }
            Deed::AddInitiative(n) => {
                let text = self.word(n);
                self.minted += 1;
                let key = id(&format!("i{}", self.minted));
                self.edits(who, &goal, |goal| {
                    goal.initiatives.insert(key, Initiative { text, ..Initiative::default() });
                });
            }
            Deed::EditInitiative(k, n) => {
                let word = self.word(n);
                self.edits(who, &goal, |goal| {
                    let keys: Vec<Id> = goal.initiatives.keys().cloned().collect();
                    if let Some(key) = pick(&keys, k) {
                        let initiative = goal.initiatives.get_mut(key).unwrap();
                        *(if n % 3 == 0 { &mut initiative.responsible } else { &mut initiative.text }) = word;
                    }
                });
            }
            Deed::RemoveInitiative(k) => self.edits(who, &goal, |goal| {
                let keys: Vec<Id> = goal.initiatives.keys().cloned().collect();
                if let Some(key) = pick(&keys, k) {
                    goal.initiatives.remove(key);
                }
            }),
            Deed::SetAnchor(k, n) => self.edits(who, &goal, |goal| {
                goal.anchors.insert(id(&format!("k{}", k % 3)), Anchor::Theme(id(&format!("t{n}"))));
            }),
            Deed::RemoveAnchor(k) => self.edits(who, &goal, |goal| {
                goal.anchors.remove(&id(&format!("k{}", k % 3)));
            }),
            Deed::OlderVersion(k, n) => {
                let word = self.word(n);
                self.minted += 1;
                let key = id(&format!("i{}", self.minted));
                self.stepping(who, &goal, |record, focus, author| {
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
                self.stepping(who, &goal, |record, focus, author| {
                    record.write([(path, value)], focus, author).unwrap();
                });
            }
            Deed::Say(k, n) => {
                let word = self.word(n);
                self.stepping(who, &any, |record, focus, author| {
                    let said = match record.kind().unwrap() {
                        Kind::Goal => record.edit::<Goal>(focus, author, |goal| goal.expected_effect = word),
                        // A name now and then, and it is not asked whether it is the same any more.
                        Kind::Enhed => record.edit::<Enhed>(focus, author, |unit| {
                            *(if k < 30 { &mut unit.name } else { &mut unit.institution_number }) = word;
                        }),
                        Kind::Aftale => record.edit::<Aftale>(focus, author, |head| {
                            *(if k % 2 == 0 { &mut head.title } else { &mut head.background }) = word;
                        }),
                        Kind::Comment => record.edit::<Comment>(focus, author, |comment| comment.text = word),
                        Kind::Reflection => record.edit::<Reflection>(focus, author, |own| own.reply = word),
                        _ => record.edit::<Series>(focus, author, |series| {
                            series.notes.insert(Period::SchoolYear(2020 + u16::from(k % 3)), word);
                        }),
                    };
                    said.unwrap();
                });
            }
            Deed::Figure(k, n) => {
                let series = id(if which.is_multiple_of(2) { "enhed1.fravaer" } else { "enhed2.fravaer" });
                // Half of them rest on fewer than five, and are masked in what is shared.
                let own = Observation {
                    value: Some(f64::from(n)),
                    measure: Some(Measure::Percent),
                    n: Some(if n % 2 == 0 { 3 } else { 40 }),
                    ..Observation::default()
                };
                self.stepping(who, &series, |record, focus, author| {
                    let change = |series: &mut Series| {
                        series.observations.insert(Period::SchoolYear(2020 + u16::from(k % 3)), own);
                    };
                    record.edit::<Series>(focus, author, change).unwrap();
                });
            }
            Deed::SayTheSame => {
                let units = [id("enhed1"), id("enhed2")];
                let (one, other) = (&units[usize::from(which % 2)], &units[usize::from(1 - which % 2)]);
                self.stepping(who, one, |unit, _, author| unit.set_same_as(Some(other), author).unwrap());
            }
            Deed::Focus => {
                let id = the_id();
                if self.is_in_sight(who, &id)
                    && let Some(record) = self.people[who].records.get(&id).cloned()
                {
                    let person = &mut self.people[who];
                    person.focus.enter(&record, texts());
                    let dots = record.leaf(&texts()).map(|leaf| leaf.dots().collect()).unwrap_or_default();
                    person.focused = Some((texts(), dots));
                }
            }
            Deed::TypeInFocus(n) => {
                if self.people[who].focused.is_some() {
                    let word = self.word(n);
                    self.edits(who, &the_id(), |goal| goal.text = word);
                }
            }
            Deed::Delete => self.deletes(who, &any, None),
            Deed::Restore => {
                if self.people[who].records.get(&any).is_some_and(|record| record.life(None) != Life::Living) {
                    self.stepping(who, &any, |record, _, author| record.restore(None, author).unwrap());
                }
            }
            Deed::DeleteEntry(k) => {
                if let Some(entry) = pick(&self.entries(who, &goal), k).cloned() {
                    self.deletes(who, &goal, Some(&entry));
                }
            }
            Deed::RestoreEntry(k) => {
                if let Some(entry) = pick(&self.entries(who, &goal), k).cloned() {
                    self.stepping(who, &goal, |record, _, author| record.restore(Some(&entry), author).unwrap());
                }
            }
            Deed::Empty(k) => {
                let (of, entry) = self.in_trash(who, k, &any, &goal);
                let life = self.people[who].records.get(&of).map(|record| record.life(entry.as_ref()));
                if life == Some(Life::Deleted) && self.is_in_sight(who, &of) {
                    self.leaves_field(who);
                    self.stepping(who, &of, |record, _, author| record.empty(entry.as_ref(), author).unwrap());
                    let record = &self.people[who].records[&of];
                    assert_eq!(record.life(entry.as_ref()), Life::Deleted, "what was emptied stays in the trash");
                }
            }
            Deed::Forget(k) => {
                let (of, entry) = self.in_trash(who, k, &any, &goal);
                if !self.is_in_sight(who, &of) {
                    return;
                }
                let person = &mut self.people[who];
                let Some(record) = person.records.get_mut(&of) else { return };
                let before = record.clone();
                let done = record.forget(entry.as_ref());
                assert_eq!(done.is_ok(), before.life(entry.as_ref()) == Life::Deleted);
                if done.is_ok() {
                    person.earlier.remove(&of);
                    for (path, leaf) in record.leaves() {
                        for (dot, held) in leaf.states() {
                            let was = before.leaf(path).and_then(|leaf| leaf.get(dot));
                            if *held != LeafState::Forgotten || was == Some(&LeafState::Forgotten) {
                                continue;
                            }
                            let place = (of.clone(), path.clone(), dot);
                            // Nobody forgets for others what neither they nor whoever deleted it were shown.
                            if was == Some(&LeafState::Withheld) {
                                let is_known = self.book.deletions.iter().any(|((own, _, by), known)| {
                                    *own == of && before.seen().has(*by) && known.contains(&(path.clone(), dot))
                                });
                                assert!(is_known, "{of}{path}: forgotten by one who was not shown it");
                            }
                            self.book.forgotten.insert(place);
                        }
                    }
                }
            }
            Deed::Undo(k) => {
                if let Some(step) = pick(&self.people[who].steps, k).cloned() {
                    self.undoes(who, &step);
                }
            }
            Deed::UndoLast => {
                if let Some(step) = self.people[who].steps.last().cloned() {
                    self.undoes(who, &step);
                }
            }
            Deed::DeleteAndMore(k) => {
                // What is deleted at once after a file came is often masked.
                let whom = u8::try_from(who).unwrap();
                if k % 3 == 0 {
                    self.act(whom, which, &Deed::OpenFile(k, 1));
                }
                self.act(whom, which, &if k % 2 == 0 { Deed::Delete } else { Deed::DeleteEntry(k) });
                let more = match (k / 6) % 4 {
                    0 | 1 => vec![Deed::Empty(k)],
                    2 => vec![Deed::UndoLast, Deed::UndoLast],
                    _ => vec![Deed::Forget(k)],
                };
                for deed in &more {
                    self.act(whom, which, deed);
                }
            }
            Deed::Resolve(n) => self.resolves(who, n, if which.is_multiple_of(2) { &any } else { &goal }),
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
                let theirs = in_sight(self.people[usize::from(whom) % PEOPLE].records.clone());
                for (id, theirs) in theirs {
                    let ours = &mut self.people[who].records;
                    let merged = ours.get(&id).map_or_else(|| theirs.clone(), |ours| ours.merge(&theirs).unwrap());
                    ours.insert(id.clone(), merged);
                    self.look(who, &id);
                }
            }
            Deed::SaveFile(masked) => {
                let mut records = in_sight(self.people[who].records.clone());
                if masked {
                    for record in records.values_mut() {
                        record.withhold(|path, _| path.as_str().len() % 2 == 0);
                    }
                }
                self.saves(who, &records, &Scope::Backup);
            }
            Deed::SharePart(n) => {
                let part = match n % 6 {
                    0 => SharedPart::Enhed { id: id("enhed1") },
                    1 => SharedPart::Enhed { id: id("enhed2") },
                    2 => SharedPart::Aftale { id: id("aftale1") },
                    3 => SharedPart::DataPackage { units: vec![id("enhed1"), id("enhed2")], package: None },
                    4 => SharedPart::Network { name: "Nord".to_owned() },
                    _ => SharedPart::Chosen { ids: vec![id("goal1"), id("refleksion1"), id("enhed1.fravaer")] },
                };
                let unmasked_for = (n % 5 == 0).then(|| "Bo".to_owned());
                let records = in_sight(self.people[who].records.clone());
                self.saves(who, &records, &Scope::Share { part, unmasked_for });
            }
            Deed::OpenFile(k, n) => {
                let Some(file) = pick(&self.files, k).cloned() else { return };
                self.opens(who, &file, Some(n));
            }
            Deed::OpenThree(k, n) => {
                let file = |at: u8| pick(&self.files, k.wrapping_add(at.wrapping_mul(n))).cloned();
                let (Some(one), Some(two), Some(three)) = (file(0), file(1), file(2)) else { return };
                let before = self.people[who].clone();
                let mut outcomes = Vec::new();
                for order in [[&one, &two, &three], [&three, &one, &two], [&two, &three, &one]] {
                    self.people[who] = before.clone();
                    for file in order {
                        self.opens(who, file, None);
                    }
                    outcomes.push(in_sight(self.people[who].records.clone()));
                }
                assert!(outcomes.windows(2).all(|two| two[0] == two[1]), "the order of files does not matter");
            }
            Deed::UndoImport => self.turns(who, UndoDirection::Last),
            Deed::RedoImport => self.turns(who, UndoDirection::LastUndone),
        }
        self.look(who, &goal);
        self.look(who, &any);
    }

    /// Somebody undoes something they did.
    fn undoes(&mut self, who: usize, step: &RecordDelta) {
        let mut undone = None;
        self.is_undo = true;
        self.writes(who, &step.id, |record, _, author| undone = Some(record.undo(step, author).unwrap()));
        self.is_undo = false;
        let undone = undone.unwrap();
        for path in undone.left.iter().flatten() {
            assert!(!undone.step.leaves.contains_key(path), "{path}: what was left alone was written");
        }
        if !undone.step.is_empty() {
            self.people[who].steps.push(undone.step);
        }
        self.look(who, &step.id);
    }

    /// Somebody deletes a record or an entry: it lies in the trash, whatever is withheld from them.
    fn deletes(&mut self, who: usize, id: &Id, entry: Option<&Path>) {
        self.stepping(who, id, |record, _, author| {
            record.delete(entry, author).unwrap();
            assert_eq!(record.life(entry), Life::Deleted, "what was deleted lies in the trash");
        });
    }

    /// What of the trash is meant: a record, or an entry of a goal.
    fn in_trash(&self, who: usize, k: u8, any: &Id, goal: &Id) -> (Id, Option<Path>) {
        if k.is_multiple_of(2) {
            (any.clone(), None)
        } else {
            (goal.clone(), pick(&self.entries(who, goal), k).cloned())
        }
    }

    /// Who goes to the trash, or to a choice, has left the field.
    fn leaves_field(&mut self, who: usize) {
        self.people[who].focused = None;
        self.people[who].focus = Focus::default();
    }

    fn resolves(&mut self, who: usize, n: u8, id: &Id) {
        let word = self.word(n);
        let Some(record) = self.people[who].records.get(id).cloned().filter(|_| self.is_in_sight(who, id)) else {
            return;
        };
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
                self.leaves_field(who);
                self.stepping(who, id, |record, _, author| {
                    record.resolve(path, resolution, &mut shown, author).unwrap();
                });
            }
            Some(Choice::DeletedButChanged { entry }) => {
                self.stepping(who, id, |record, _, author| {
                    if n.is_multiple_of(2) {
                        record.restore(entry.as_ref(), author).unwrap();
                    } else {
                        record.delete(entry.as_ref(), author).unwrap();
                    }
                });
            }
            None => {}
        }
        self.look(who, id);
    }

    /// Somebody saves a file. Nothing that is out of sight is in it.
    fn saves(&mut self, who: usize, records: &Records, scope: &Scope) {
        let text = write::write(records, scope, Timestamp::from_seconds(0).unwrap()).unwrap();
        let written = read::read(text.as_bytes()).unwrap().records;
        let hidden = written.values().find(|own| out_of_sight::is_list(own) || !self.is_in_sight(who, own.id()));
        assert!(hidden.is_none(), "what is out of sight left the device");
        self.files.push(text);
    }

    /// Somebody opens a file: takes it all in, or, chosen by a number, some of it, or writes again what says otherwise.
    fn opens(&mut self, who: usize, file: &str, chosen: Option<u8>) {
        let opened = read::read(file.as_bytes()).unwrap();
        assert!(opened.faults.is_empty() && !opened.head.changed_since);
        let mut plan = Plan::make(&self.people[who].records, opened);
        assert!(plan.faults.is_empty());
        let mut again = Vec::new();
        let here = self.people[who].records.clone();
        for (place, item) in plan.items.iter_mut().enumerate() {
            self.is_named(who, item);
            let Some(n) = chosen else { continue };
            if item.can_write_again && n % 3 == 0 {
                item.act = PlanAction::WriteAgain;
                again.push(item.incoming.id().clone());
            } else if (place + usize::from(n)) % 4 == 0 {
                // The box is not ticked.
                item.act = PlanAction::Leave;
            }
        }
        for same in &mut plan.same_units {
            same.yes = chosen.is_some_and(|n| n % 2 == 0);
        }
        // The answer is written in the record of one of the two.
        let comes = |id: &Id| {
            let mut items = plan.items.iter().filter(|item| item.incoming.id() == id);
            items.any(|item| item.act != PlanAction::Leave && (!item.is_out_of_sight || item.lifts()))
        };
        let said = plan.same_units.iter().filter(|same| same.yes && comes(&same.incoming));
        let said: Vec<Id> = said.flat_map(|same| [same.incoming.clone(), same.local.clone()]).collect();
        let left: Vec<Id> = plan
            .items
            .iter()
            .filter(|item| item.act == PlanAction::Leave)
            .map(|item| item.incoming.id().clone())
            .collect();
        let author = self.author(who);
        // What is taken in, before anything is said in its user's own name: known to be no write of theirs.
        let mut taken = plan.clone();
        taken.same_units.clear();
        taken
            .items
            .iter_mut()
            .filter(|item| item.act == PlanAction::WriteAgain)
            .for_each(|item| item.act = PlanAction::Take);
        let mut between = here.clone();
        apply::apply(&mut between, taken, &author);

        let lifted: Vec<Id> =
            plan.items.iter().filter(|item| item.lifts()).map(|item| item.incoming.id().clone()).collect();
        let incoming: Vec<Id> = plan.items.iter().map(|item| item.incoming.id().clone()).collect();
        let report = apply::apply(&mut self.people[who].records, plan, &author);
        assert!(report.faults.is_empty(), "{:?}", report.faults);
        let steps = report.steps;
        for id in &lifted {
            let comes_whole = steps.iter().any(|step| step.id == *id && step.added.contains(&None));
            assert!(comes_whole, "{id}: undoing would write in what was out of sight");
        }
        for id in &left {
            assert!(self.people[who].records.get(id) == here.get(id), "{id}: what was left was taken in");
        }
        if !again.is_empty() {
            self.leaves_field(who);
        }
        for id in again.iter().chain(&said) {
            if let Some(after) = self.people[who].records.get(id).cloned() {
                let before = between.get(id).cloned();
                if before.as_ref() != Some(&after) {
                    self.note(who, before.as_ref(), &after);
                }
            }
        }
        for id in &incoming {
            self.look(who, id);
        }
        self.people[who].imports.record_bulk("flettede en fil ind".to_owned(), steps, Vec::new());
    }

    /// What a file deletes is named before it does.
    fn is_named(&self, who: usize, item: &kvalitetshjul::exchange::plan::PlanItem) {
        let Some(local) = self.people[who].records.get(item.incoming.id()).filter(|_| !item.is_out_of_sight) else {
            return;
        };
        let merged = local.merge(&item.incoming).unwrap();
        let goes = |scope: Option<&Path>| local.life(scope) != Life::Deleted && merged.life(scope) == Life::Deleted;
        let entries = crate::world::entries_of(local);
        let deleted = if goes(None) {
            1
        } else if merged.life(None) == Life::Deleted {
            0
        } else {
            entries.iter().filter(|entry| goes(Some(entry))).count()
        };
        assert!(item.deletes.len() >= deleted, "{}: a deletion is not named", item.name);
    }

    /// Somebody undoes an import, or does it again.
    fn turns(&mut self, who: usize, which: UndoDirection) {
        let author = self.author(who);
        let before = self.people[who].records.clone();
        let person = &mut self.people[who];
        let turned = person.imports.apply(which, |id| before.get(id).cloned(), &author).unwrap();
        let Some(turned) = turned else { return };
        self.leaves_field(who);
        (self.is_undo, self.is_import) = (true, true);
        for record in turned.records {
            let own = record.id().clone();
            self.people[who].records.insert(own.clone(), record.clone());
            self.note(who, before.get(&own), &record);
            self.look(who, &own);
        }
        (self.is_undo, self.is_import) = (false, false);
        for id in turned.away.iter().chain(&turned.back) {
            assert_eq!(self.people[who].records.get(id), before.get(id), "{id}: undoing wrote in what came whole");
        }
        let away: Vec<_> = turned.away.iter().map(|id| before[id].clone()).collect();
        let minted = &mut self.minted;
        let mut mint = || {
            *minted += 1;
            id(&format!("liste{minted}"))
        };
        for list in out_of_sight::lists(&away, "fil", &mut mint, &author).unwrap() {
            for id in &turned.away {
                self.book.away.insert((list.id().clone(), id.clone()), before[id].seen().clone());
            }
            self.people[who].records.insert(list.id().clone(), list);
        }
        out_of_sight::lift_in(&mut self.people[who].records, &turned.back.iter().cloned().collect(), &author);
        assert!(turned.away.iter().all(|id| !self.is_in_sight(who, id)));
        assert!(turned.back.iter().all(|id| self.is_in_sight(who, id)));
    }
}
