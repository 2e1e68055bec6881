//! The actions of this page, for undo and redo. One action is one interaction of the user.
//!
//! An undo writes new values. Undoing a later action may therefore write the values of an earlier one again under new
//! dots. The earlier actions are told of these equivalent writes (see [`RecordDelta::equivalents`]), so a chain of
//! actions can be undone to its start.
//!
//! A record that came whole from others is an exception. Undoing its import writes nothing to it, since a deletion
//! would travel to its author. The record is put out of sight on this device instead, unless somebody here has changed
//! it.

use crate::domain::id::Id;

use super::delta::{RecordDelta, undo_all};
use super::dot::Dot;
use super::edit::{Author, EditError};
use super::path::Path;
use super::{Record, Records, describe};

/// The highest number of actions on the stack; the oldest are dropped.
const MAX_ACTIONS: usize = 500;
/// Typing in a field after a shorter pause than this, in milliseconds, continues the same action.
const TYPING_PAUSE: f64 = 2_000.0;

/// When something was done. Everything done in one turn of the event loop is one action.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ActionMoment {
    /// The number of the turn.
    pub turn: u64,
    /// Milliseconds of a monotonic clock.
    pub at: f64,
    /// Whether this is a field's own undo, which continues the action that typed in the field, however long ago.
    pub is_field_undo: bool,
}

/// One action, or the undo of one.
#[derive(Clone, Debug)]
struct Action {
    number: u64,
    description: String,
    /// The changes, in the order they were made.
    deltas: Vec<RecordDelta>,
    /// The creations of whole records that came from others. Undoing puts the records out of sight.
    arrived: Vec<RecordDelta>,
    /// The creations of whole records that were put out of sight. Undoing brings the records in sight again.
    hidden: Vec<RecordDelta>,
    /// When the action was last continued; `None` if it cannot be continued.
    last_moment: Option<ActionMoment>,
    /// The field that was written last, if it was a single one.
    field: Option<(Id, Path)>,
}

/// The actions of this page, and the actions that were undone: the newest last.
#[derive(Clone, Debug, Default)]
pub struct UndoStack {
    done: Vec<Action>,
    undone: Vec<Action>,
    count: u64,
}

/// The outcome of undoing or redoing an action.
#[derive(Debug)]
pub struct UndoOutcome {
    /// The changed records, in their new state.
    pub records: Vec<Record>,
    /// The names of records in which something was left alone, because it had been changed since.
    pub skipped: Vec<String>,
    /// The records to put out of sight on this device.
    pub hidden: Vec<Id>,
    /// The records to bring in sight again.
    pub unhidden: Vec<Id>,
}

/// Which action to undo or redo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UndoDirection {
    /// Undo the last action.
    Last,
    /// Redo the action that was undone last.
    LastUndone,
    /// Undo the action with this number.
    Number(u64),
}

impl UndoStack {
    /// Records what the user did by hand. There is one delta, or several where records are shown as one. `description`
    /// begins with a verb in Danish. Typing on in a field, and anything done in the same turn, continues the last
    /// action. Returns whether a new action was begun.
    pub fn record(&mut self, description: impl FnOnce() -> String, deltas: &[RecordDelta], now: ActionMoment) -> bool {
        let mut deltas = deltas.to_vec();
        deltas.retain(|delta| !delta.is_empty());
        let Some(id) = deltas.first().map(|first| first.id.clone()) else { return false };
        let field = |delta: &RecordDelta| match &*delta.leaves.keys().collect::<Vec<_>>() {
            [path] if delta.added.is_empty() && !path.is_own() => Some((delta.id.clone(), (*path).clone())),
            _ => None,
        };
        let fields: Option<Vec<(Id, Path)>> = deltas.iter().map(field).collect();
        let field = fields.and_then(|fields| fields.into_iter().next());
        if let Some(last) =
            self.done.last_mut().filter(|last| self.undone.is_empty() && last.is_continued_by(field.as_ref(), now))
        {
            for delta in deltas {
                match last.deltas.iter().position(|earlier| earlier.id == delta.id) {
                    Some(index) => {
                        let earlier = last.deltas.remove(index);
                        last.deltas.insert(index, earlier.then(delta));
                    }
                    None => last.deltas.push(delta),
                }
            }
            last.last_moment = Some(now);
            last.field = field;
            // The description follows the text as typed so far. Of several records, the first one describes the action.
            if last.deltas.first().is_some_and(|first| first.id == id) {
                last.description = description();
            }
            if last.deltas.iter().all(RecordDelta::has_no_effect)
                && let Some(removed) = self.done.pop()
            {
                // Nothing is left to undo, but the leaves now have the writes of the removed action.
                removed.deltas.iter().for_each(|delta| add_equivalents(&mut self.done, delta, &[]));
            }
            return false;
        }
        self.push(Action { field, last_moment: Some(now), ..Action::new(description(), deltas) });
        true
    }

    /// Ends the last action: what is done next is an action of its own, also in the field that was written last.
    pub fn end_last(&mut self) {
        if let Some(last) = self.done.last_mut() {
            last.last_moment = None;
        }
    }

    /// Records an action on many records, such as an import or the restoring of a snapshot. `hidden` are the creations
    /// of records that the action put out of sight. Returns the action's number; 0 if there is nothing to record.
    pub fn record_bulk(&mut self, description: String, deltas: Vec<RecordDelta>, hidden: Vec<RecordDelta>) -> u64 {
        if deltas.is_empty() && hidden.is_empty() {
            return 0;
        }
        let (arrived, deltas) = deltas.into_iter().partition(|delta| delta.added.contains(&None));
        self.push(Action { arrived, hidden, ..Action::new(description, deltas) })
    }

    /// Replaces the description of the last action. For an action on several records, whose description would otherwise
    /// be that of the first. Returns the action's number; 0 if there is none.
    pub fn rename_last(&mut self, description: String) -> u64 {
        self.done.last_mut().map_or(0, |last| {
            last.description = description;
            last.number
        })
    }

    /// Returns the number of the last action; 0 if there is none.
    pub fn last(&self) -> u64 {
        self.done.last().map_or(0, |last| last.number)
    }

    /// Returns whether the action with a number is on the stack and was not undone.
    pub fn is_undoable(&self, number: u64) -> bool {
        self.find(UndoDirection::Number(number)).is_some()
    }

    /// Pushes a new action, after which nothing can be redone. Returns the action's number.
    fn push(&mut self, action: Action) -> u64 {
        self.undone.clear();
        self.count += 1;
        self.done.push(Action { number: self.count, ..action });
        if self.done.len() > MAX_ACTIONS {
            self.done.remove(0);
        }
        self.count
    }

    /// Returns the description of an action, if there is such an action.
    pub fn description(&self, which: UndoDirection) -> Option<&str> {
        self.find(which).map(|(is_undone, index)| self.list(is_undone)[index].description.as_str())
    }

    /// Removes all actions, or those that changed a record. For a record that is forgotten: its text must be nowhere.
    pub fn forget(&mut self, id: Option<&Id>) {
        for list in [&mut self.done, &mut self.undone] {
            list.retain(|action| id.is_some_and(|id| action.all_deltas().all(|delta| delta.id != *id)));
        }
    }

    /// Returns the list of undone actions, or of the others.
    const fn list(&self, is_undone: bool) -> &Vec<Action> {
        if is_undone { &self.undone } else { &self.done }
    }

    /// Finds an action: whether it is undone, and its index in that list.
    fn find(&self, which: UndoDirection) -> Option<(bool, usize)> {
        let last = |list: &Vec<Action>| list.len().checked_sub(1);
        match which {
            UndoDirection::Last => Some((false, last(&self.done)?)),
            UndoDirection::LastUndone => Some((true, last(&self.undone)?)),
            UndoDirection::Number(number) => {
                Some((false, self.done.iter().position(|action| action.number == number)?))
            }
        }
    }

    /// Undoes or redoes an action. `record` looks up a record. Returns `None` if there is no such action.
    ///
    /// # Errors
    /// See [`EditError`]. In that case nothing is changed.
    pub fn apply(
        &mut self,
        which: UndoDirection,
        record: impl Fn(&Id) -> Option<Record>,
        author: &Author,
    ) -> Result<Option<UndoOutcome>, EditError> {
        let Some((is_undone, index)) = self.find(which) else { return Ok(None) };
        let action = self.list(is_undone)[index].clone();
        let mut records = Records::new();
        records.extend(action.deltas.iter().filter_map(|delta| Some((delta.id.clone(), record(&delta.id)?))));
        let undone = undo_all(&mut records, &action.deltas, author)?;
        let (from, to) =
            if is_undone { (&mut self.undone, &mut self.done) } else { (&mut self.done, &mut self.undone) };
        from.remove(index);
        let (mut deltas, mut left) = (Vec::new(), Vec::new());
        // The inverse action: hidden records arrive again, arrived ones are hidden.
        let (mut arrived, mut hidden) = (action.hidden.clone(), Vec::new());
        // Records that are not here any more are skipped.
        for delta in &action.arrived {
            match record(&delta.id) {
                Some(record) if delta.created_all_of(&record) => hidden.push(delta.clone()),
                Some(record) => left.push(describe::name(&record)),
                None => {}
            }
        }
        arrived.retain(|delta| record(&delta.id).is_some());
        let ids = |deltas: &[RecordDelta]| deltas.iter().map(|delta| delta.id.clone()).collect();
        let (away, back) = (ids(&hidden), ids(&arrived));
        for (id, outcome) in undone {
            let delta = action.deltas.iter().rev().find(|delta| delta.id == id);
            if let Some(delta) = delta {
                add_equivalents(from, delta, &outcome.written);
                add_equivalents(to, delta, &outcome.written);
            }
            if !outcome.skipped.is_empty() {
                left.extend(records.get(&id).map(describe::name));
            }
            if !outcome.inverse.is_empty() {
                deltas.push(outcome.inverse);
            }
        }
        if !(deltas.is_empty() && arrived.is_empty() && hidden.is_empty()) {
            to.push(Action { deltas, arrived, hidden, last_moment: None, field: None, ..action });
        }
        Ok(Some(UndoOutcome { records: records.into_values().collect(), skipped: left, hidden: away, unhidden: back }))
    }
}

/// Notes in all actions that a later delta of a record was undone by the writes `written`.
fn add_equivalents(actions: &mut [Action], later: &RecordDelta, written: &[(Path, Dot)]) {
    for delta in actions.iter_mut().flat_map(Action::all_deltas_mut).filter(|delta| delta.id == later.id) {
        delta.add_equivalents(later, written);
    }
}

impl Action {
    const fn new(description: String, deltas: Vec<RecordDelta>) -> Self {
        Self { number: 0, description, deltas, arrived: Vec::new(), hidden: Vec::new(), last_moment: None, field: None }
    }

    fn all_deltas(&self) -> impl Iterator<Item = &RecordDelta> {
        self.deltas.iter().chain(&self.arrived).chain(&self.hidden)
    }

    fn all_deltas_mut(&mut self) -> impl Iterator<Item = &mut RecordDelta> {
        self.deltas.iter_mut().chain(&mut self.arrived).chain(&mut self.hidden)
    }

    /// Returns whether something done now continues this action: it is done in the same turn, or in the field that was
    /// written last. `field` is the field that is written now, if it is a single one.
    fn is_continued_by(&self, field: Option<&(Id, Path)>, now: ActionMoment) -> bool {
        let Some(last) = self.last_moment else { return false };
        let is_same_field = field.is_some() && self.field.as_ref() == field;
        last.turn == now.turn || ((now.is_field_undo || now.at - last.at < TYPING_PAUSE) && is_same_field)
    }
}

#[cfg(test)]
mod tests;
