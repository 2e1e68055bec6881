//! A property test over random histories: three devices edit, answer, delete, undo and exchange files.
//!
//! The environment variable `PROPTEST_CASES` says how many histories are tried (2,000). Seeds of failed histories are
//! stored in `histories.regressions` and tried first.

use std::collections::BTreeSet;

use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::period::Period;
use kvalitetshjul::domain::registry::Kind;
use kvalitetshjul::domain::series::Series;
use kvalitetshjul::exchange::apply;
use kvalitetshjul::exchange::plan::Plan;
use kvalitetshjul::exchange::read::read;
use kvalitetshjul::exchange::scope::{Scope, SharedPart};
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::record::delta::{RecordDelta, undo_all};
use kvalitetshjul::record::edit::Focus;
use kvalitetshjul::record::identity::{Identities, SameUnitAnswer, resolve_doubt, separate_unit, unit_answers};
use kvalitetshjul::record::life::Life;
use kvalitetshjul::record::{Record, Records};
use proptest::prelude::*;

use super::{
    answer, author, change, figures_in, id, identities, observation, put, same_unit, shown_record, store_answers,
    texts, unit, year_leaf,
};

const UNITS: [&str; 3] = ["a", "b", "c"];

/// An action on one of three devices, each with a unit of its own. The first number is the device.
#[derive(Clone, Copy, Debug)]
enum Action {
    /// Writes a figure on the page of a unit: unit, year, whether it rests on few persons, and the file that is opened
    /// meanwhile.
    Figure(usize, usize, u16, bool, Option<usize>),
    /// Undoes the last written figure.
    Undo(usize),
    /// Answers about two units: they are two units (0), the answer is taken back (1), or they are the same and the
    /// first stands for both (others).
    Answer(usize, usize, usize, u8),
    /// Settles the first doubt as same or different.
    Settle(usize, bool),
    /// Separates a unit from those it is the same as.
    Apart(usize, usize),
    /// Deletes the figures of a unit, or restores them.
    Life(usize, usize),
    /// Writes a backup, or a masked file of a unit.
    Save(usize, Option<usize>),
    /// Opens one of the files and answers its questions with yes, or not at all.
    Open(usize, usize, bool),
}

fn actions() -> impl Strategy<Value = Vec<Action>> {
    let user = || 0..3usize;
    let action = prop_oneof![
        6 => (user(), user(), 2020..2022u16, any::<bool>(), prop::option::weighted(0.4, 0..50usize)).prop_map(
            |(user, unit, year, is_few, file)| Action::Figure(user, unit, year, is_few, file)
        ),
        1 => user().prop_map(Action::Undo),
        4 => (user(), user(), user(), 0..4u8).prop_map(|(user, one, other, says)| Action::Answer(user, one, other, says)),
        1 => (user(), any::<bool>()).prop_map(|(user, is_same)| Action::Settle(user, is_same)),
        1 => (user(), user()).prop_map(|(user, unit)| Action::Apart(user, unit)),
        1 => (user(), user()).prop_map(|(user, unit)| Action::Life(user, unit)),
        4 => (user(), prop::option::of(user())).prop_map(|(user, part)| Action::Save(user, part)),
        6 => (user(), any::<prop::sample::Index>(), any::<bool>()).prop_map(|(user, file, yes)| Action::Open(user, file.index(50), yes)),
    ];
    prop::collection::vec(action, 1..40)
}

/// The devices, their files, and a log of the written figures.
struct World {
    devices: Vec<Records>,
    files: Vec<String>,
    /// Every written figure. Each has a value of its own.
    written: Vec<(Period, f64)>,
    /// The bits of the values that were replaced by an author who was shown them.
    replaced: BTreeSet<u64>,
    /// The figures written on each device, for undo.
    undoable: [Vec<(Vec<RecordDelta>, f64)>; 3],
}

impl World {
    fn new() -> Self {
        let devices = UNITS.iter().zip(1..).map(|(name, user)| unit(name, user)).collect();
        Self {
            devices,
            files: Vec::new(),
            written: Vec::new(),
            replaced: BTreeSet::new(),
            undoable: Default::default(),
        }
    }

    /// The number of a device's author.
    fn author_number(user: usize) -> u8 {
        u8::try_from(user).unwrap() + 1
    }

    fn open(&mut self, user: usize, text: &str, yes: bool) {
        let local = &mut self.devices[user];
        let mut plan = Plan::make(local, read(text.as_bytes()).unwrap());
        plan.same_units.iter_mut().for_each(|same| same.is_same = yes);
        let report = apply::apply(local, plan, &author(Self::author_number(user)));
        assert!(report.faults.is_empty(), "copies contradict each other: {:?}", report.faults);
    }

    fn file(&self, user: usize, scope: &Scope) -> String {
        write(&self.devices[user], scope, Timestamp::from_seconds(1_790_000_000).unwrap()).unwrap()
    }

    /// Returns the shown series of a unit, after creating or restoring it if necessary.
    fn series_of(&mut self, user: usize, unit: usize) -> Record {
        let local = &mut self.devices[user];
        let representative = identities(local).representative_id(&id(UNITS[unit]));
        let series = id(&format!("{representative}.fravaer"));
        if !local.contains_key(&series) {
            let body = Series { unit: Some(representative), indicator: Some(id("fravaer")), ..Series::default() };
            put(local, Record::create(series.clone(), &body, &author(Self::author_number(user))).unwrap());
        } else if shown_record(local, &series).unwrap().life(None) == Life::Deleted {
            change(local, &series, |record| record.restore(None, &author(Self::author_number(user))));
        }
        shown_record(local, &series).unwrap()
    }

    /// Checks that every figure of a record that is not deleted is shown under the representative id.
    fn check_shown(&self, user: usize) {
        let local = &self.devices[user];
        let all = identities(local);
        let is_series = |record: &&Record| record.kind() == Some(Kind::Series) && record.life(None) != Life::Deleted;
        for record in local.values().filter(is_series) {
            let joined = shown_record(local, &all.representative_id(record.id())).unwrap();
            for year in [2020, 2021].map(Period::SchoolYear) {
                let values = figures_in(&joined, year);
                assert!(
                    figures_in(record, year).iter().all(|value| values.contains(value)),
                    "{} in {year}",
                    record.id()
                );
            }
        }
    }

    fn units(&self, user: usize) -> Vec<(Id, Vec<(Id, SameUnitAnswer)>)> {
        self.devices[user].values().filter_map(unit_answers).collect()
    }

    /// Performs an action and checks its outcome.
    fn perform(&mut self, action: Action) {
        match action {
            Action::Figure(user, unit, year, is_few, file) if self.devices[user].contains_key(&id(UNITS[unit])) => {
                let (year, value) = (Period::SchoolYear(year), f64::from(u16::try_from(self.written.len()).unwrap()));
                let mut focus = Focus::default();
                let before = self.series_of(user, unit);
                focus.enter(&before, year_leaf(year));
                if let Some(file) = file {
                    self.perform(Action::Open(user, file, true));
                }
                // A field writes to the record that it was built for, even after an import joined it with another.
                let series = before.id().clone();
                let shown_before = figures_in(&before, year);
                self.replaced.extend(shown_before.iter().map(|value| value.to_bits()));
                let figure = observation(value, if is_few { 3 } else { 40 });
                let local = &mut self.devices[user];
                let steps = change(local, &series, |record| {
                    record.edit::<Series>(&mut focus, &author(Self::author_number(user)), |series| {
                        series.observations.insert(year, figure);
                    })
                });
                let representative = identities(local).representative_id(&series);
                let values = figures_in(&shown_record(local, &representative).unwrap(), year);
                let is_deleted = local[&series].life(None) == Life::Deleted;
                assert!(values.contains(&value) || is_deleted, "the figure is not shown to its author");
                assert!(file.is_some() || values == [value], "a replaced figure is still shown");
                self.written.push((year, value));
                self.undoable[user].push((steps, value));
            }
            Action::Undo(user) => {
                if let Some((steps, value)) = self.undoable[user].pop() {
                    undo_all(&mut self.devices[user], &steps, &author(Self::author_number(user))).unwrap();
                    self.replaced.insert(value.to_bits());
                }
            }
            Action::Answer(user, one, other, says) if one != other => {
                let (one, other) = (UNITS[one], UNITS[other]);
                if [one, other].iter().all(|unit| self.devices[user].contains_key(&id(unit))) {
                    let answered = match says {
                        0 => Some(SameUnitAnswer::Different),
                        1 => None,
                        _ => Some(same_unit(one)),
                    };
                    answer(&mut self.devices[user], one, other, answered, Self::author_number(user));
                }
            }
            Action::Settle(user, is_same) => {
                let units = self.units(user);
                if let Some((one, other)) = Identities::from_units(&units).doubts().first() {
                    let answers = resolve_doubt(&units, (one, other), is_same);
                    store_answers(&mut self.devices[user], answers, Self::author_number(user));
                    let all = identities(&self.devices[user]);
                    assert_eq!(all.is_same(one, other), is_same);
                    assert!(!all.doubts().contains(&(one.clone(), other.clone())));
                }
            }
            Action::Apart(user, unit) => {
                let units = self.units(user);
                let (all, unit) = (Identities::from_units(&units), id(UNITS[unit]));
                let answers = separate_unit(&units, &unit);
                store_answers(&mut self.devices[user], answers, Self::author_number(user));
                let now = identities(&self.devices[user]);
                // Units that were in doubt with it may be the same now, since the contradicting answer is gone.
                let before = units.iter().map(|(id, _)| id).filter(|id| **id != unit && all.is_same(id, &unit));
                assert!(before.clone().all(|id| !now.is_same(id, &unit)));
                let rest: Vec<&Id> = before.collect();
                assert!(rest.iter().all(|id| now.is_same(id, rest[0])), "the others are no longer the same");
            }
            Action::Life(user, unit) => {
                let local = &mut self.devices[user];
                let series = id(&format!("{}.fravaer", identities(local).representative_id(&id(UNITS[unit]))));
                if let Some(record) = shown_record(local, &series) {
                    let author = author(Self::author_number(user));
                    if record.life(None) == Life::Deleted {
                        change(local, &series, |record| record.restore(None, &author));
                        assert_ne!(shown_record(local, &series).unwrap().life(None), Life::Deleted);
                    } else {
                        change(local, &series, |record| record.delete(None, &author));
                        let deleted = shown_record(local, &series).unwrap();
                        assert_eq!(deleted.life(None), Life::Deleted, "the deletion covers what was shown");
                    }
                }
            }
            Action::Save(user, part) => {
                let scope = match part {
                    None => Scope::Backup,
                    Some(unit) => Scope::Share { part: SharedPart::Enhed { id: id(UNITS[unit]) }, unmasked_for: None },
                };
                let file = self.file(user, &scope);
                self.files.push(file);
            }
            Action::Open(user, file, yes) if !self.files.is_empty() => {
                let file = self.files[file % self.files.len()].clone();
                self.open(user, &file, yes);
            }
            _ => {}
        }
    }

    /// Lets every device open a backup of every other, twice, so that all have everything.
    fn exchange_all(&mut self, yes: bool) {
        for _ in 0..2 {
            for user in 0..3 {
                for from in (0..3).filter(|from| *from != user) {
                    let file = self.file(from, &Scope::Backup);
                    self.open(user, &file, yes);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(crate::property_test_config(2_000))]

    /// After any history, devices with equal records show the same, no copies contradict each other, and each figure is
    /// shown, is deleted, or was replaced by an author who was shown it.
    #[test]
    fn figures_under_several_ids_are_shown_deleted_or_replaced_knowingly(
        is_joined in any::<bool>(),
        actions in actions(),
    ) {
        let mut world = World::new();
        if is_joined {
            world.exchange_all(true);
        }
        for action in actions {
            world.perform(action);
            (0..3).for_each(|user| world.check_shown(user));
        }
        world.exchange_all(false);
        let local = &world.devices[0];
        for device in &world.devices {
            prop_assert_eq!(local, device);
            prop_assert_eq!(identities(local), identities(device));
        }
        let all = identities(local);
        for (year, value) in &world.written {
            let holds = |record: &&Record| record.kind() == Some(Kind::Series) && figures_in(record, *year).contains(value);
            let holders: Vec<&Record> = local.values().filter(holds).collect();
            prop_assert!(!holders.is_empty() || world.replaced.contains(&value.to_bits()), "{} in {}", value, year);
            for holder in holders {
                let joined = shown_record(local, &all.representative_id(holder.id())).unwrap();
                let is_shown = figures_in(&joined, *year).contains(value);
                prop_assert!(is_shown || holder.life(None) == Life::Deleted, "{} in {}", value, year);
            }
        }
        // Taking back all answers separates the units completely.
        let mut separated = local.clone();
        for (one, other) in [("a", "b"), ("a", "c"), ("b", "c")] {
            answer(&mut separated, one, other, None, 9);
        }
        prop_assert!(identities(&separated).is_empty() && identities(&separated).doubts().is_empty());
        for (id, record) in &separated {
            let shown_alone = shown_record(&separated, id);
            prop_assert_eq!(shown_alone.as_ref(), Some(record));
        }
        prop_assert_eq!(texts(&separated), texts(local));
    }
}
