//! Editing records by body or by leaf, and undo of what was done in this page.

use std::time::Duration;

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::registry::RegisteredBody;
use crate::exchange::plan::writes_to_match;
use crate::record::delta::RecordDelta;
use crate::record::edit::{EditError, Focus};
use crate::record::history::ChangeOrigin;
use crate::record::life::Life;
use crate::record::path::Path;
use crate::record::undo_stack::{ActionMoment, UndoDirection};
use crate::record::{Record, describe};

use super::Workspace;
use crate::ui::platform;

impl Workspace {
    /// Edits a record by its body.
    pub(crate) fn edit<B: RegisteredBody>(self, id: &Id, focus: &mut Focus, change: impl FnOnce(&mut B)) {
        let author = self.author();
        self.change(id, |record| record.edit::<B>(focus, &author, change));
    }

    /// Changes a shown record and saves the result. A change to a join is written back to the stored records.
    pub(crate) fn change(self, id: &Id, change: impl FnOnce(&mut Record) -> Result<(), EditError>) {
        let Some(signal) = self.record(id) else { return };
        // The only copy of the record that a change makes.
        let mut record = signal.get_untracked();
        match change(&mut record) {
            Ok(()) => {
                let changed = match self.joined(id) {
                    Some(joined) => joined.write_back(&record),
                    None => vec![record],
                };
                self.record_action(changed);
            }
            Err(error) => self.error_message.set(Some(error.to_string())),
        }
    }

    /// Changes a stored record, whether or not it is shown as part of a join.
    pub(crate) fn change_unjoined(self, id: &Id, change: impl FnOnce(&mut Record) -> Result<(), EditError>) {
        let Some(mut record) = self.unjoined_record(id) else { return };
        match change(&mut record) {
            Ok(()) => self.record_action(vec![record]),
            Err(error) => self.error_message.set(Some(error.to_string())),
        }
    }

    /// Creates a record.
    pub(crate) fn create<B: RegisteredBody>(self, id: Id, body: &B) {
        match Record::create(id, body, &self.author()) {
            Ok(record) => self.record_action(vec![record]),
            Err(error) => self.error_message.set(Some(error.to_string())),
        }
    }

    /// Ensures that a record exists, is in sight and is not in the trash. (A record that came with a file disappears
    /// when the import is undone; a user who writes in it wants it back.)
    pub(crate) fn ensure<B: RegisteredBody>(self, id: &Id, body: impl FnOnce() -> B) {
        if self.is_hidden(id) {
            self.bring_into_sight(std::slice::from_ref(id));
        }
        let is_gone = |record: &Record| record.life(None) == Life::Deleted;
        let Some(shown) = self.record(id).filter(|_| !self.is_shown_from_others(id)) else {
            // Only records under other ids are shown here. New text must go into a record of its own.
            return self.create(id.clone(), &body());
        };
        let author = self.author();
        if shown.with_untracked(is_gone) {
            self.change(id, |record| record.restore(None, &author));
        } else if self.with_unjoined(id, is_gone) == Some(true) {
            self.change_unjoined(id, |record| record.restore(None, &author));
        }
    }

    /// Saves records that one action has changed, and adds the action to the undo stack.
    fn record_action(self, records: Vec<Record>) {
        let delta = |record: &Record| {
            let delta = self.with_unjoined(record.id(), |before| RecordDelta::between(Some(before), record));
            delta.unwrap_or_else(|| RecordDelta::between(None, record))
        };
        let (deltas, changed): (Vec<RecordDelta>, Vec<&Record>) =
            records.iter().map(|record| (delta(record), record)).filter(|(delta, _)| !delta.is_empty()).unzip();
        if let Some((delta, record)) = deltas.first().zip(changed.first()) {
            let name =
                || describe::lines(delta, record).into_iter().next().map(|line| line.description).unwrap_or_default();
            let inner = self.inner();
            let is_new = inner.undo_stack.borrow_mut().record(name, &deltas, self.action_moment());
            if is_new {
                self.note_backup(|backup| backup.count_change(platform::clock::now()));
            }
            self.update_action_names();
        }
        for record in records {
            self.put(record, ChangeOrigin::Hand);
        }
    }

    /// Returns the moment of an action. All changes in one task of the event loop form one action.
    fn action_moment(self) -> ActionMoment {
        let inner = self.inner();
        if !inner.is_task_running.replace(true) {
            inner.turn.set(inner.turn.get() + 1);
            set_timeout(move || self.inner().is_task_running.set(false), Duration::ZERO);
        }
        ActionMoment {
            turn: inner.turn.get(),
            at: platform::clock::monotonic_ms(),
            is_field_undo: inner.continues_typing.replace(false),
        }
    }

    /// Declares that the next change is the undo of a text field itself, and so continues the typing in that field.
    pub(crate) fn continue_typing(self) {
        self.inner().continues_typing.set(true);
    }

    /// Ends the last action: the next change is undone by itself, also if it continues the typing in a field.
    pub(crate) fn end_last_action(self) {
        self.inner().undo_stack.borrow_mut().end_last();
    }

    /// Restores a record from another state: all fields, or one.
    pub(crate) fn restore_from(self, then: &Record, path: Option<&Path>) {
        if self.is_hidden(then.id()) {
            self.bring_back(&[then.id().clone()], "andre");
        }
        let Some(current) = self.record(then.id()) else {
            return self.record_action(vec![then.clone()]);
        };
        let all = current.with_untracked(|current| writes_to_match(current, then));
        let is_deletion = |path: &Path| path.is_deletion();
        let writes: Vec<_> = match path {
            None => all,
            Some(path) => all.into_iter().filter(|(at, _)| at == path || is_deletion(at)).collect(),
        };
        let author = self.author();
        if !writes.is_empty() {
            self.change(then.id(), |record| record.write(writes, &mut Focus::default(), &author));
        }
    }

    /// Adds an action on many records to the undo stack, together with the records that it put out of sight. Returns
    /// the number of the action.
    pub(crate) fn record_bulk_action(self, name: String, deltas: Vec<RecordDelta>, away: Vec<RecordDelta>) -> u64 {
        if !deltas.is_empty() {
            self.note_backup(|backup| backup.count_change(platform::clock::now()));
        }
        let number = self.inner().undo_stack.borrow_mut().record_bulk(name, deltas, away);
        self.update_action_names();
        number
    }

    /// Renames the latest action. Returns the number of the action.
    pub(crate) fn rename_last_action(self, name: String) -> u64 {
        let number = self.inner().undo_stack.borrow_mut().rename_last(name);
        self.update_action_names();
        number
    }

    /// Returns the number of the latest action.
    pub(crate) fn last_action(self) -> u64 {
        self.inner().undo_stack.borrow().last()
    }

    /// Returns whether an action has not been undone, tracked.
    pub(crate) fn is_not_undone(self, number: u64) -> bool {
        self.action_names.track();
        self.inner().undo_stack.borrow().is_undoable(number)
    }

    /// Undoes or redoes an action of this page.
    ///
    /// Shows an error message where it fails.
    pub(crate) fn undo_or_redo(self, direction: UndoDirection) -> UndoResult {
        let inner = self.inner();
        let name = inner.undo_stack.borrow().description(direction).unwrap_or_default().to_owned();
        let outcome = inner.undo_stack.borrow_mut().apply(direction, |id| self.stored(id), &self.author());
        let outcome = match outcome {
            Ok(Some(outcome)) => outcome,
            Ok(None) => return UndoResult::NothingToUndo,
            Err(error) => {
                self.error_message.set(Some(error.to_string()));
                return UndoResult::Failed;
            }
        };
        for record in outcome.records {
            self.put(record, ChangeOrigin::Undo);
        }
        // The name of an import action quotes the file name.
        let from = name.find('«').zip(name.rfind('»')).and_then(|(begin, end)| name.get(begin..end)).unwrap_or("andre");
        let away: Vec<Record> = outcome.hidden.iter().filter_map(|id| self.stored(id)).collect();
        self.move_out_of_sight(&away, from.trim_start_matches('«'));
        self.bring_into_sight(&outcome.unhidden);
        self.note_backup(|backup| backup.count_change(platform::clock::now()));
        self.update_action_names();
        self.save_now();
        UndoResult::Done(outcome.skipped)
    }

    /// Updates the names of the actions that undo and redo would apply.
    pub(crate) fn update_action_names(self) {
        let inner = self.inner();
        let undo_stack = inner.undo_stack.borrow();
        let names = [UndoDirection::Last, UndoDirection::LastUndone]
            .map(|direction| undo_stack.description(direction).map(str::to_owned));
        if self.action_names.with_untracked(|shown| *shown != names) {
            self.action_names.set(names);
        }
    }
}

/// The result of undoing or redoing an action.
#[derive(Debug)]
pub(crate) enum UndoResult {
    /// It is undone, except in the named records, whose values have been changed since.
    Done(Vec<String>),
    /// No such action is left.
    NothingToUndo,
    /// It failed, and nothing is changed. The error message is shown.
    Failed,
}

/// Formats the message that parts of an undo were left alone.
pub(crate) fn left_alone_message(left: &[String]) -> String {
    format!("Noget er skrevet om siden, og det er ladt i fred: {}.", left.join(", "))
}
