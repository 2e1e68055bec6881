//! Editing: by the body, by the leaf, by whatever way records are changed; and undoing what was done in this page.

use std::time::Duration;

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::registry::RegisteredBody;
use crate::exchange::plan::differing;
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

    /// Changes a record by whatever way records are changed, and saves it.
    pub(crate) fn change(self, id: &Id, change: impl FnOnce(&mut Record) -> Result<(), EditError>) {
        let Some(signal) = self.record(id) else { return };
        // The one copy that a change takes: what was there is looked at where it lies.
        let mut record = signal.get_untracked();
        match change(&mut record) {
            Ok(()) => {
                let changed = match self.joined(id) {
                    Some(joined) => joined.write_back(&record),
                    None => vec![record],
                };
                self.record_action(changed);
            }
            Err(error) => self.trouble.set(Some(error.to_string())),
        }
    }

    /// Changes a record as it lies, whatever it is shown together with.
    pub(crate) fn change_alone(self, id: &Id, change: impl FnOnce(&mut Record) -> Result<(), EditError>) {
        let Some(mut record) = self.alone(id) else { return };
        match change(&mut record) {
            Ok(()) => self.record_action(vec![record]),
            Err(error) => self.trouble.set(Some(error.to_string())),
        }
    }

    /// Creates a record.
    pub(crate) fn create<B: RegisteredBody>(self, id: Id, body: &B) {
        match Record::create(id, body, &self.author()) {
            Ok(record) => self.record_action(vec![record]),
            Err(error) => self.trouble.set(Some(error.to_string())),
        }
    }

    /// Sees to it that a record is there to be written in: made where it is not, brought back where it lies in the trash.
    /// (It came with a file and went when that was undone: who writes in it wants it.)
    pub(crate) fn ensure<B: RegisteredBody>(self, id: &Id, body: impl FnOnce() -> B) {
        if self.is_hidden(id) {
            self.lift(std::slice::from_ref(id));
        }
        let is_gone = |record: &Record| record.life(None) == Life::Deleted;
        let Some(shown) = self.record(id).filter(|_| !self.is_of_others(id)) else {
            // What others show there is theirs: what is written from now on is to be this one's own.
            return self.create(id.clone(), &body());
        };
        let author = self.author();
        if shown.with_untracked(is_gone) {
            self.change(id, |record| record.restore(None, &author));
        } else if self.with_alone(id, is_gone) == Some(true) {
            self.change_alone(id, |record| record.restore(None, &author));
        }
    }

    /// Takes records as they were written here by hand in one go, to be saved and to be undone.
    fn record_action(self, records: Vec<Record>) {
        let step = |record: &Record| {
            let step = self.with_alone(record.id(), |before| RecordDelta::between(Some(before), record));
            step.unwrap_or_else(|| RecordDelta::between(None, record))
        };
        let (steps, changed): (Vec<RecordDelta>, Vec<&Record>) =
            records.iter().map(|record| (step(record), record)).filter(|(step, _)| !step.is_empty()).unzip();
        if let Some((step, record)) = steps.first().zip(changed.first()) {
            let what = || describe::lines(step, record).into_iter().next().map(|line| line.what).unwrap_or_default();
            let inner = self.inner();
            let is_new = inner.acts.borrow_mut().record(what, &steps, self.action_moment());
            if is_new {
                self.note_backup(|backup| backup.changed(platform::clock::now()));
            }
            self.update_action_names();
        }
        for record in records {
            self.put(record, ChangeOrigin::Hand);
        }
    }

    /// The turn of the page that this is: what is done in one is one act.
    fn action_moment(self) -> ActionMoment {
        let inner = self.inner();
        if !inner.is_turn.replace(true) {
            inner.turn.set(inner.turn.get() + 1);
            set_timeout(move || self.inner().is_turn.set(false), Duration::ZERO);
        }
        ActionMoment { turn: inner.turn.get(), at: platform::clock::clock(), goes_on: inner.goes_on.replace(false) }
    }

    /// What is done next is a field's own undoing: it goes on with what was typed in it.
    pub(crate) fn continue_typing(self) {
        self.inner().goes_on.set(true);
    }

    /// Brings back what a record said in another state: all of it, or one field.
    pub(crate) fn restore_from(self, then: &Record, path: Option<&Path>) {
        if self.is_hidden(then.id()) {
            self.bring_forth(&[then.id().clone()], "andre");
        }
        let Some(here) = self.record(then.id()) else {
            return self.record_action(vec![then.clone()]);
        };
        let all = here.with_untracked(|here| differing(here, then));
        let life = |written: &Path| written.is_deletion();
        let writes: Vec<_> = match path {
            None => all,
            Some(path) => all.into_iter().filter(|(at, _)| at == path || life(at)).collect(),
        };
        let author = self.author();
        if !writes.is_empty() {
            self.change(then.id(), |record| record.write(writes, &mut Focus::default(), &author));
        }
    }

    /// Something was done to many records at once, and some were put out of sight with it. Gives the number that it can be
    /// undone by.
    pub(crate) fn record_bulk_action(self, what: String, steps: Vec<RecordDelta>, away: Vec<RecordDelta>) -> u64 {
        if !steps.is_empty() {
            self.note_backup(|backup| backup.changed(platform::clock::now()));
        }
        let number = self.inner().acts.borrow_mut().record_bulk(what, steps, away);
        self.update_action_names();
        number
    }

    /// Calls what was done last so. Gives the number that it can be undone by.
    pub(crate) fn rename_last_action(self, what: String) -> u64 {
        let number = self.inner().acts.borrow_mut().rename_last(what);
        self.update_action_names();
        number
    }

    /// The number that what was done last can be undone by.
    pub(crate) fn last_action(self) -> u64 {
        self.inner().acts.borrow().last()
    }

    /// Whether what was done under a number is not undone. Followed.
    pub(crate) fn is_not_undone(self, number: u64) -> bool {
        self.acts.track();
        self.inner().acts.borrow().is_not_undone(number)
    }

    /// Undoes something that was done in this page, or does it again, and gives the names of the records of which
    /// something was left alone, since it was written in since; `None` where there was nothing, or it could not be.
    pub(crate) fn undo_or_redo(self, which: UndoDirection) -> Option<Vec<String>> {
        let inner = self.inner();
        let what = inner.acts.borrow().what(which).unwrap_or_default().to_owned();
        let turned = inner.acts.borrow_mut().apply(which, |id| self.stored(id), &self.author());
        let turned = match turned {
            Ok(turned) => turned?,
            Err(error) => {
                self.trouble.set(Some(error.to_string()));
                return None;
            }
        };
        for record in turned.records {
            self.put(record, ChangeOrigin::Undo);
        }
        // What came with a file is called by that.
        let from = what.find('«').zip(what.rfind('»')).and_then(|(begin, end)| what.get(begin..end)).unwrap_or("andre");
        let away: Vec<Record> = turned.away.iter().filter_map(|id| self.stored(id)).collect();
        self.put_away(&away, from.trim_start_matches('«'));
        self.lift(&turned.back);
        self.note_backup(|backup| backup.changed(platform::clock::now()));
        self.update_action_names();
        self.save_now();
        Some(turned.left)
    }

    /// Says what can be undone now, and what can be done again.
    pub(crate) fn update_action_names(self) {
        let inner = self.inner();
        let acts = inner.acts.borrow();
        let names = [UndoDirection::Last, UndoDirection::LastUndone].map(|which| acts.what(which).map(str::to_owned));
        if self.acts.with_untracked(|shown| *shown != names) {
            self.acts.set(names);
        }
    }
}

/// That something was left alone.
pub(crate) fn left_alone(left: &[String]) -> String {
    format!("Noget er skrevet om siden, og det er ladt i fred: {}.", left.join(", "))
}
