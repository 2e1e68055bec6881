//! What is written comes to rest: at hand at once, in the mirror after a pause; and the strip says how safely.

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
use crate::store::{AtHand, Closed, Mirrored, Safety};

use super::{SaveStatus, Workspace};
use crate::ui::platform;
use crate::ui::platform::clock::Measured;

/// How long the mirror may be silent before the user is told what is safe without it.
pub(crate) const SILENCE: Duration = Duration::from_secs(3);
/// So many records at once are edited by hand; more come from files.
const FEW: usize = 20;
/// So many are written at a time: what comes back of them is met in one go.
const AT_A_TIME: usize = 50;
/// After how long what could not be kept is tried again.
const AGAIN: Duration = Duration::from_secs(5);
/// How long after a snapshot was looked for it is looked for again, in seconds.
const SNAPSHOT_EVERY: i64 = 600;
/// How long after the last change it is written.
const PAUSE: Duration = Duration::from_millis(300);

impl Workspace {
    /// Takes a record as it was written here, and saves it.
    pub(crate) fn put(self, record: Record, how: ChangeOrigin) {
        let inner = self.inner();
        let hidden = inner.hidden.records.borrow().get(record.id()).and_then(|hidden| hidden.merge(&record).ok());
        let record = hidden.unwrap_or(record);
        // What is saved together came by one way.
        if inner.how.get() != how {
            self.save_now();
            inner.how.set(how);
        }
        inner.changes.set(inner.changes.get() + 1);
        inner.unsaved.borrow_mut().insert(record.id().clone());
        self.show(record);
        if self.strip.with_untracked(|strip| *strip != SaveStatus::Saving) {
            self.strip.set(SaveStatus::Saving);
        }
        let timer = set_timeout_with_handle(move || self.save_now(), PAUSE).ok();
        if let Some(earlier) = inner.timer.replace(timer) {
            earlier.clear();
        }
    }

    /// Writes what is not written yet: when a pause comes, when a field is left, when the page is being left.
    pub(crate) fn save_now(self) {
        if let Some(saving) = self.save() {
            spawn_local(saving);
        }
    }

    /// Puts at hand what is not written yet, which it remains, and says how safe it is there. Some of many may be spared.
    pub(crate) fn put_at_hand(self, may_be_spared: bool) -> Safety {
        let inner = self.inner();
        let mut safety = Safety::Kept;
        let unsaved = inner.unsaved.borrow();
        let may_be_spared = may_be_spared && unsaved.len() > FEW;
        for id in unsaved.iter() {
            if let Some(record) = self.stored(id) {
                let may_be_spared = may_be_spared && !out_of_sight::is_list(&record);
                let at_hand = inner.store.borrow().put_at_hand(&record, may_be_spared);
                safety = safety.max(Safety::of(at_hand, Mirrored::No));
            }
        }
        safety
    }

    /// Puts at hand, at once, what is not written yet, and gives what remains to be done with it.
    pub(crate) fn save(self) -> Option<Pin<Box<dyn Future<Output = ()>>>> {
        let inner = self.inner();
        if !inner.is_loaded.get() || inner.is_asleep.get() {
            // The mirror has not answered yet, or may not be asked; it gets them later. localStorage was read at the start.
            self.put_at_hand(false);
            return None;
        }
        // So many at a time that the page goes on answering; the rest follows.
        let mut unsaved: Vec<Id> = inner.unsaved.take().iter().cloned().collect();
        let rest = unsaved.split_off(unsaved.len().min(AT_A_TIME));
        inner.unsaved.borrow_mut().extend(rest);
        let records: Vec<Record> = unsaved.iter().filter_map(|id| self.stored(id)).collect();
        if records.is_empty() {
            return None;
        }
        let store = inner.store.borrow().clone();
        let (how, changes) = (inner.how.get(), inner.changes.get());
        let measured = Measured::begin("save");
        // At once: there may be no later.
        // What is out of sight must be so from the first: its lists are never spared.
        let may_be_spared = |record: &Record| records.len() > FEW && !out_of_sight::is_list(record);
        let at_hand: Vec<AtHand> =
            records.iter().map(|record| store.put_at_hand(record, may_be_spared(record))).collect();
        let is_answered = Rc::new(Cell::new(false));
        let (answered, by_hand) = (Rc::clone(&is_answered), at_hand.clone());
        let unanswered = move || {
            if !answered.get() {
                let safety = by_hand.iter().map(|&at_hand| Safety::of(at_hand, Mirrored::No)).max();
                // The rest waits for the mirror too.
                self.say_saved(safety.unwrap_or(Safety::NotKept).max(self.put_at_hand(true)), changes);
            }
        };
        set_timeout(unanswered, SILENCE);
        Some(Box::pin(async move {
            let (mut safety, mut mirrored) = (Safety::Kept, Vec::new());
            for ((merged, written), at_hand) in store.put(records, how).await.into_iter().zip(at_hand) {
                let how_safe = Safety::of(at_hand, written);
                safety = safety.max(how_safe);
                // Deleted meanwhile: it is not to be seen again.
                if inner.store.borrow().closed() == Some(Closed::Reset) {
                    continue;
                }
                // It may be a moment's weakness, or room may come.
                if how_safe == Safety::NotKept || (written == Mirrored::No && store.has_mirror()) {
                    inner.unsaved.borrow_mut().insert(merged.id().clone());
                }
                self.merge_remote(merged.clone());
                if written == Mirrored::Yes {
                    mirrored.push(merged);
                }
            }
            measured.end();
            is_answered.set(true);
            if let Some(tabs) = &*inner.tabs.borrow() {
                tabs.tell(&mirrored);
            }
            // What must not come back after a reset is not in memory by the next save.
            let is_lost = !matches!(safety, Safety::Closed(_)) && store.take_loss();
            if is_lost {
                self.write_all_again();
            }
            if safety >= Safety::WithoutMirror {
                set_timeout(move || self.save_now(), AGAIN);
            } else {
                platform::storage::ask_to_keep();
                let now = platform::clock::now().seconds();
                if (now - inner.looked.get()).abs() >= SNAPSHOT_EVERY {
                    spawn_local(self.take_snapshot(Occasion::Work));
                }
            }
            let is_one_waiting = safety < Safety::WithoutMirror && !inner.unsaved.borrow().is_empty();
            if is_one_waiting || is_lost {
                self.save_now();
            } else if safety >= Safety::WithoutMirror {
                // So are those that wait: the mirror is not there for them either.
                self.say_saved(safety.max(self.put_at_hand(true)), changes);
            } else {
                self.say_saved(safety, changes);
            }
        }))
    }

    /// The browser has emptied a store: all that is in memory is written again, and what is kept beside the records.
    fn write_all_again(self) {
        let inner = self.inner();
        inner.how.set(ChangeOrigin::Restore);
        let mut all: Vec<Id> = inner.records.borrow().keys().cloned().collect();
        all.extend(inner.hidden.records.borrow().keys().cloned());
        inner.unsaved.borrow_mut().extend(all);
        inner.kept.write(&self.backup.with_untracked(BackupAge::text));
        inner.is_emptied.set(true);
    }

    /// Says how safe what was written is, unless something was written since: that is on its way.
    fn say_saved(self, safety: Safety, changes: u64) {
        if let Safety::Closed(why) = safety {
            self.close(why);
        }
        if self.inner().changes.get() == changes {
            self.strip.set(SaveStatus::Saved { at: platform::clock::time_of_day(), safety });
        }
    }

    /// The last file of everything as it is known in this browser.
    pub(crate) fn read_backup(self) {
        if let Some(text) = self.inner().kept.read() {
            self.backup.set(BackupAge::parse(&text));
        }
    }

    /// Something was done, or everything was saved as a file: it is written down how old the file is.
    pub(crate) fn note_backup(self, note: impl FnOnce(&mut BackupAge)) {
        // Another tab may have written it since.
        self.read_backup();
        self.backup.update(note);
        if self.inner().store.borrow().closed().is_none() {
            self.inner().kept.write(&self.backup.with_untracked(BackupAge::text));
        }
    }
}
