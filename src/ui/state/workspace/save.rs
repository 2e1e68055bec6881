//! Saves changes: in localStorage at once, in IndexedDB after a pause; and reports how safely they are
//! stored.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::set_timeout_with_handle;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::domain::id::Id;
use crate::exchange::backup::BackupAge;
use crate::exchange::out_of_sight;
use crate::record::Record;
use crate::record::history::ChangeOrigin;
use crate::store::snapshot::Occasion;
use crate::store::{IndexedDbWrite, LocalWrite, Safety, WriteBlock};

use super::{SaveStatus, Workspace};
use crate::ui::platform;
use crate::ui::platform::clock::Measured;

/// How long IndexedDB may fail to answer before the app continues without it.
pub(crate) const MIRROR_TIMEOUT: Duration = Duration::from_secs(3);
/// The largest number of unsaved records that counts as edited by hand. More come from files, and may be left out of
/// localStorage.
const MAX_EDITED_BY_HAND: usize = 20;
/// How many records are written in one transaction.
const BATCH_SIZE: usize = 50;
/// When a failed save is retried.
const RETRY_AFTER: Duration = Duration::from_secs(5);
/// How often a snapshot is considered, in seconds.
const SNAPSHOT_INTERVAL: i64 = 600;
/// How long after the latest change IndexedDB is written.
const SAVE_DELAY: Duration = Duration::from_millis(300);

impl Workspace {
    /// Takes over a stored record that was changed here, and schedules the save.
    pub(crate) fn put(self, record: Record, origin: ChangeOrigin) {
        let inner = self.inner();
        let hidden = inner.hidden.records.borrow().get(record.id()).and_then(|hidden| hidden.merge(&record).ok());
        let record = hidden.unwrap_or(record);
        // Records that are saved together must have one origin.
        if inner.unsaved_origin.get() != origin {
            self.save_now();
            inner.unsaved_origin.set(origin);
        }
        inner.changes.set(inner.changes.get() + 1);
        inner.unsaved.borrow_mut().insert(record.id().clone());
        self.publish(record);
        if self.save_status.with_untracked(|status| *status != SaveStatus::Saving) {
            self.save_status.set(SaveStatus::Saving);
        }
        let timer = set_timeout_with_handle(move || self.save_now(), SAVE_DELAY).ok();
        if let Some(earlier) = inner.timer.replace(timer) {
            earlier.clear();
        }
    }

    /// Saves what is unsaved. Called after a pause, when a field is left, and when the page is left.
    pub(crate) fn save_now(self) {
        if let Some(saving) = self.save() {
            spawn_local(saving);
        }
    }

    /// Writes the unsaved records to localStorage, and returns how safe they are there. They stay unsaved. With
    /// `may_be_spared`, records may be left out of localStorage where there are many.
    pub(crate) fn write_local(self, may_be_spared: bool) -> Safety {
        let inner = self.inner();
        let mut safety = Safety::Durable;
        let unsaved = inner.unsaved.borrow();
        let may_be_spared = may_be_spared && unsaved.len() > MAX_EDITED_BY_HAND;
        for id in unsaved.iter() {
            if let Some(record) = self.stored(id) {
                let may_be_spared = may_be_spared && !out_of_sight::is_list(&record);
                let at_hand = inner.store.borrow().write_local(&record, may_be_spared);
                safety = safety.max(Safety::of(at_hand, IndexedDbWrite::Failed));
            }
        }
        safety
    }

    /// Writes the unsaved records to localStorage at once. Returns the future that writes them to IndexedDB; `None`
    /// where there is nothing to write or IndexedDB cannot be used now.
    pub(crate) fn save(self) -> Option<Pin<Box<dyn Future<Output = ()>>>> {
        let inner = self.inner();
        if !inner.is_loaded.get() || inner.is_asleep.get() {
            // IndexedDB has not answered yet, or must not be used; it gets the records later. localStorage was read at
            // the start.
            self.write_local(false);
            return None;
        }
        // Few records at a time, so the page stays responsive; the rest follows.
        let mut unsaved: Vec<Id> = inner.unsaved.take().iter().cloned().collect();
        let rest = unsaved.split_off(unsaved.len().min(BATCH_SIZE));
        inner.unsaved.borrow_mut().extend(rest);
        let records: Vec<Record> = unsaved.iter().filter_map(|id| self.stored(id)).collect();
        if records.is_empty() {
            return None;
        }
        let store = inner.store.borrow().clone();
        let (origin, changes) = (inner.unsaved_origin.get(), inner.changes.get());
        let measured = Measured::begin("save");
        // Synchronously, since the page may be gone later. A list of what is out of sight is never left out: its
        // records must be hidden from the start.
        let may_be_spared = |record: &Record| records.len() > MAX_EDITED_BY_HAND && !out_of_sight::is_list(record);
        let at_hand: Vec<LocalWrite> =
            records.iter().map(|record| store.write_local(record, may_be_spared(record))).collect();
        let is_answered = Rc::new(Cell::new(false));
        let (has_answered, at_hand_results) = (Rc::clone(&is_answered), at_hand.clone());
        let report_if_unanswered = move || {
            if !has_answered.get() {
                let safety = at_hand_results.iter().map(|&at_hand| Safety::of(at_hand, IndexedDbWrite::Failed)).max();
                // The remaining records wait for IndexedDB too.
                self.report_saved(safety.unwrap_or(Safety::NotSaved).max(self.write_local(true)), changes);
            }
        };
        set_timeout(report_if_unanswered, MIRROR_TIMEOUT);
        Some(Box::pin(async move {
            let (mut safety, mut mirrored) = (Safety::Durable, Vec::new());
            for ((merged, written), at_hand) in store.put(records, origin).await.into_iter().zip(at_hand) {
                let record_safety = Safety::of(at_hand, written);
                safety = safety.max(record_safety);
                // Everything was deleted meanwhile: the record must not reappear.
                if inner.store.borrow().closed() == Some(WriteBlock::Reset) {
                    continue;
                }
                // The failure may be temporary, or room may become available.
                if record_safety == Safety::NotSaved || (written == IndexedDbWrite::Failed && store.has_indexed_db()) {
                    inner.unsaved.borrow_mut().insert(merged.id().clone());
                }
                self.merge_remote(merged.clone());
                if written == IndexedDbWrite::Written {
                    mirrored.push(merged);
                }
            }
            measured.end();
            is_answered.set(true);
            if let Some(tabs) = &*inner.tabs.borrow() {
                tabs.announce(&mirrored);
            }
            // After a reset nothing is written again: the data is gone from memory by the next save.
            let is_lost = !matches!(safety, Safety::Closed(_)) && store.take_loss();
            if is_lost {
                self.rewrite_all();
            }
            if safety >= Safety::LocalStorageOnly {
                set_timeout(move || self.save_now(), RETRY_AFTER);
            } else {
                platform::storage::ask_to_keep();
                let now = platform::clock::now().seconds();
                if (now - inner.last_snapshot_check.get()).abs() >= SNAPSHOT_INTERVAL {
                    spawn_local(self.take_snapshot(Occasion::Work));
                }
            }
            let has_more = safety < Safety::LocalStorageOnly && !inner.unsaved.borrow().is_empty();
            if has_more || is_lost {
                self.save_now();
            } else if safety >= Safety::LocalStorageOnly {
                // The same holds for the waiting records: IndexedDB is not available for them either.
                self.report_saved(safety.max(self.write_local(true)), changes);
            } else {
                self.report_saved(safety, changes);
            }
        }))
    }

    /// Writes all records in memory, and the data beside them, again after the browser has emptied a store.
    fn rewrite_all(self) {
        let inner = self.inner();
        inner.unsaved_origin.set(ChangeOrigin::Restore);
        let mut all: Vec<Id> = inner.records.borrow().keys().cloned().collect();
        all.extend(inner.hidden.records.borrow().keys().cloned());
        inner.unsaved.borrow_mut().extend(all);
        inner.backup_preferences.write(&self.backup.with_untracked(BackupAge::text));
        inner.is_emptied.set(true);
    }

    /// Sets the save status, unless something has changed since.
    fn report_saved(self, safety: Safety, changes: u64) {
        if let Safety::Closed(reason) = safety {
            self.close(reason);
        }
        if self.inner().changes.get() == changes {
            self.save_status.set(SaveStatus::Saved { at: platform::clock::time_of_day(), safety });
        }
    }

    /// Reads the age of the last backup from localStorage.
    pub(crate) fn read_backup(self) {
        if let Some(text) = self.inner().backup_preferences.read() {
            self.backup.set(BackupAge::parse(&text));
        }
    }

    /// Updates the age of the last backup: a change was made, or a backup was saved.
    pub(crate) fn note_backup(self, note: impl FnOnce(&mut BackupAge)) {
        // Another tab may have updated the value.
        self.read_backup();
        self.backup.update(note);
        if self.inner().store.borrow().closed().is_none() {
            self.inner().backup_preferences.write(&self.backup.with_untracked(BackupAge::text));
        }
    }
}
