//! What was done in this page, to be undone and done again: one act is one interaction of its user.
//!
//! Undoing is new writes, as everywhere. So what an act brought may stand there again by the undoing of a later one; the
//! earlier acts are told (see [`RecordDelta`]), and a long row of acts can be undone to its beginning.
//!
//! A record that came whole from others is the exception: undoing that writes nothing in it, since a deletion would travel
//! to its author. It is put out of sight on this device instead, as long as nobody here has written in it.

use crate::domain::id::Id;

use super::delta::{RecordDelta, undo_all};
use super::dot::Dot;
use super::edit::{Author, EditError};
use super::path::Path;
use super::{Record, Records, describe};

/// So many acts are kept; the oldest are dropped.
const MOST: usize = 500;
/// For so long, in milliseconds, one who types on in a field goes on with the same act.
const PAUSE: f64 = 2_000.0;

/// When an act was done: what is done in one turn of the page is one act.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ActionMoment {
    /// The turn, counted.
    pub turn: u64,
    /// Milliseconds of a clock that never goes back.
    pub at: f64,
    /// Whether it is a field's own undoing, which goes on with what was typed in it however long ago.
    pub goes_on: bool,
}

/// Something that was done.
#[derive(Clone, Debug)]
struct Action {
    number: u64,
    what: String,
    /// In the order they were made.
    steps: Vec<RecordDelta>,
    /// Of whole records that came from others: undoing puts these out of sight.
    came: Vec<RecordDelta>,
    /// Of whole records that were put out of sight: undoing brings these in sight again.
    went: Vec<RecordDelta>,
    last: Option<ActionMoment>,
    /// The field that was written in last, where it was one alone.
    field: Option<(Id, Path)>,
}

/// What was done in this page, and what of it was undone: the newest last.
#[derive(Clone, Debug, Default)]
pub struct UndoStack {
    done: Vec<Action>,
    undone: Vec<Action>,
    count: u64,
}

/// What came of undoing an act, or of doing it again.
#[derive(Debug)]
pub struct UndoOutcome {
    /// The records as they are now.
    pub records: Vec<Record>,
    /// The names of those of which something was left alone, since it was written in since.
    pub left: Vec<String>,
    /// The records that are to be put out of sight on this device.
    pub away: Vec<Id>,
    /// The records that are to be brought in sight again.
    pub back: Vec<Id>,
}

/// Which act is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UndoDirection {
    /// The last that was done.
    Last,
    /// The last that was undone.
    LastUndone,
    /// The one of a number.
    Number(u64),
}

impl UndoStack {
    /// Something was done by hand, of a step (of several, where records are shown as one) and in words that begin with a
    /// verb. Typing on in a field, and what is done in one turn, goes on with the act before; else it is a new one: `true`.
    pub fn record(&mut self, what: impl FnOnce() -> String, steps: &[RecordDelta], now: ActionMoment) -> bool {
        let mut steps = steps.to_vec();
        steps.retain(|step| !step.is_empty());
        let Some(id) = steps.first().map(|first| first.id.clone()) else { return false };
        let field = |step: &RecordDelta| match &*step.leaves.keys().collect::<Vec<_>>() {
            [path] if step.added.is_empty() && !path.is_own() => Some((step.id.clone(), (*path).clone())),
            _ => None,
        };
        let fields: Option<Vec<(Id, Path)>> = steps.iter().map(field).collect();
        let field = fields.and_then(|fields| fields.into_iter().next());
        if let Some(last) =
            self.done.last_mut().filter(|last| self.undone.is_empty() && last.goes_on(field.as_ref(), now))
        {
            for step in steps {
                match last.steps.iter().position(|own| own.id == step.id) {
                    Some(place) => {
                        let own = last.steps.remove(place);
                        last.steps.insert(place, own.then(step));
                    }
                    None => last.steps.push(step),
                }
            }
            last.last = Some(now);
            last.field = field;
            // What is typed on is named by what it has become; of several records the first names the act.
            if last.steps.first().is_some_and(|first| first.id == id) {
                last.what = what();
            }
            if last.steps.iter().all(RecordDelta::is_idle)
                && let Some(idle) = self.done.pop()
            {
                // Nothing is left to undo; but what stands there now is its write.
                idle.steps.iter().for_each(|step| stand_for(&mut self.done, step, &[]));
            }
            return false;
        }
        self.add(Action { field, last: Some(now), ..Action::of(what(), steps) });
        true
    }

    /// Something was done as a whole: a file taken in, an earlier state brought back; and some records were put out of sight
    /// with it. Gives its number.
    pub fn record_bulk(&mut self, what: String, steps: Vec<RecordDelta>, away: Vec<RecordDelta>) -> u64 {
        if steps.is_empty() && away.is_empty() {
            return 0;
        }
        let (came, steps) = steps.into_iter().partition(|step| step.added.contains(&None));
        self.add(Action { came, went: away, ..Action::of(what, steps) })
    }

    /// What was done last is called so from now on: several records are named better by whoever did it than by the first of
    /// them. Gives its number; 0 where there is nothing.
    pub fn rename_last(&mut self, what: String) -> u64 {
        self.done.last_mut().map_or(0, |last| {
            last.what = what;
            last.number
        })
    }

    /// The number of what was done last; 0 where there is nothing.
    pub fn last(&self) -> u64 {
        self.done.last().map_or(0, |last| last.number)
    }

    /// Whether the act of a number stands: it was done, and is not undone.
    pub fn is_not_undone(&self, number: u64) -> bool {
        self.place(UndoDirection::Number(number)).is_some()
    }

    fn add(&mut self, act: Action) -> u64 {
        self.undone.clear();
        self.count += 1;
        self.done.push(Action { number: self.count, ..act });
        if self.done.len() > MOST {
            self.done.remove(0);
        }
        self.count
    }

    /// What the act was, in words, if there is one.
    pub fn what(&self, which: UndoDirection) -> Option<&str> {
        self.place(which).map(|(list, place)| self.list(list)[place].what.as_str())
    }

    /// Forgets everything that was done, or all of one record: what it once said must be nowhere.
    pub fn forget(&mut self, id: Option<&Id>) {
        for list in [&mut self.done, &mut self.undone] {
            list.retain(|act| id.is_some_and(|id| act.all().all(|step| step.id != *id)));
        }
    }

    const fn list(&self, is_undone: bool) -> &Vec<Action> {
        if is_undone { &self.undone } else { &self.done }
    }

    fn place(&self, which: UndoDirection) -> Option<(bool, usize)> {
        let last = |list: &Vec<Action>| list.len().checked_sub(1);
        match which {
            UndoDirection::Last => Some((false, last(&self.done)?)),
            UndoDirection::LastUndone => Some((true, last(&self.undone)?)),
            UndoDirection::Number(number) => Some((false, self.done.iter().position(|act| act.number == number)?)),
        }
    }

    /// Undoes an act, or does one again that was undone. `None` where there is none.
    ///
    /// # Errors
    /// See [`EditError`]; then nothing has changed.
    pub fn apply(
        &mut self,
        which: UndoDirection,
        record: impl Fn(&Id) -> Option<Record>,
        author: &Author,
    ) -> Result<Option<UndoOutcome>, EditError> {
        let Some((is_undone, place)) = self.place(which) else { return Ok(None) };
        let act = self.list(is_undone)[place].clone();
        let mut records = Records::new();
        records.extend(act.steps.iter().filter_map(|step| Some((step.id.clone(), record(&step.id)?))));
        let turned = undo_all(&mut records, &act.steps, author)?;
        let (from, to) =
            if is_undone { (&mut self.undone, &mut self.done) } else { (&mut self.done, &mut self.undone) };
        from.remove(place);
        let (mut steps, mut left) = (Vec::new(), Vec::new());
        let (mut came, mut went) = (act.went.clone(), Vec::new());
        // What is not here any more is passed over.
        for step in &act.came {
            match record(&step.id) {
                Some(record) if step.is_all_of(&record) => went.push(step.clone()),
                Some(record) => left.push(describe::name(&record)),
                None => {}
            }
        }
        came.retain(|step| record(&step.id).is_some());
        let ids = |steps: &[RecordDelta]| steps.iter().map(|step| step.id.clone()).collect();
        let (away, back) = (ids(&went), ids(&came));
        for (id, outcome) in turned {
            let later = act.steps.iter().rev().find(|step| step.id == id);
            if let Some(later) = later {
                stand_for(from, later, &outcome.wrote);
                stand_for(to, later, &outcome.wrote);
            }
            if !outcome.left.is_empty() {
                left.extend(records.get(&id).map(describe::name));
            }
            if !outcome.step.is_empty() {
                steps.push(outcome.step);
            }
        }
        if !(steps.is_empty() && came.is_empty() && went.is_empty()) {
            to.push(Action { steps, came, went, last: None, field: None, ..act });
        }
        Ok(Some(UndoOutcome { records: records.into_values().collect(), left, away, back }))
    }
}

/// Tells acts of a later step of one of their records, which was undone by some writes.
fn stand_for(acts: &mut [Action], later: &RecordDelta, wrote: &[(Path, Dot)]) {
    for step in acts.iter_mut().flat_map(Action::all_mut).filter(|step| step.id == later.id) {
        step.is_stood_for(later, wrote);
    }
}

impl Action {
    const fn of(what: String, steps: Vec<RecordDelta>) -> Self {
        Self { number: 0, what, steps, came: Vec::new(), went: Vec::new(), last: None, field: None }
    }

    fn all(&self) -> impl Iterator<Item = &RecordDelta> {
        self.steps.iter().chain(&self.came).chain(&self.went)
    }

    fn all_mut(&mut self) -> impl Iterator<Item = &mut RecordDelta> {
        self.steps.iter_mut().chain(&mut self.came).chain(&mut self.went)
    }

    /// Whether what is written in a field goes on with this act: it is of the same turn, or of the field that was written in
    /// last.
    fn goes_on(&self, field: Option<&(Id, Path)>, now: ActionMoment) -> bool {
        let Some(last) = self.last else { return false };
        let types_on = field.is_some() && self.field.as_ref() == field;
        last.turn == now.turn || ((now.goes_on || now.at - last.at < PAUSE) && types_on)
    }
}

#[cfg(test)]
mod tests;
