//! Opens the stores, listens to other tabs, and handles freezing and resuming of the page.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::StorageEvent;

use crate::domain::id::Id;
use crate::domain::sorted::SortedMap;
use crate::exchange::backup::BackupAge;
use crate::record::history::ChangeOrigin;
use crate::record::identity::Identities;
use crate::store::local_storage::StorageEventKind;
use crate::store::preferences::Preferences;
use crate::store::tabs::Tabs;
use crate::store::{Safety, Store, WriteBlock};

use super::out_of_sight::Hidden;
use super::record_handle::RecordHandle;
use super::save::MIRROR_TIMEOUT;
use super::{Inner, SaveStatus, StorageStatus, Workspace};
use crate::ui::platform;

impl Workspace {
    /// Opens the stores: shows the records in localStorage at once, then merges in IndexedDB. A read-only store is
    /// never written.
    pub(crate) fn start(is_read_only: bool) -> Self {
        let store = Store::open(is_read_only);
        let at_hand = store.load_local();
        let closed_status = store.closed().map(StorageStatus::Closed);
        let inner = Rc::new(Inner {
            records: RefCell::default(),
            hidden: Hidden::default(),
            out_of_sight_lists: ArcRwSignal::new(Vec::new()),
            is_emptied: ArcRwSignal::new(false),
            unjoined: RefCell::default(),
            units: RefCell::default(),
            store: RefCell::new(store),
            tabs: RefCell::default(),
            actor: Cell::new(None),
            author_name: RefCell::default(),
            undo_stack: RefCell::default(),
            turn: Cell::default(),
            is_task_running: Cell::default(),
            continues_typing: Cell::default(),
            backup_preferences: Preferences::open("backup"),
            unsaved: RefCell::default(),
            unsaved_origin: Cell::default(),
            changes: Cell::default(),
            last_snapshot_check: Cell::default(),
            timer: Cell::default(),
            is_loaded: Cell::new(false),
            is_asleep: Cell::new(false),
        });
        let workspace = Self {
            inner: StoredValue::new_local(inner),
            ids: RwSignal::new(SortedMap::new()),
            identities: RwSignal::new(Identities::default()),
            save_status: RwSignal::new(SaveStatus::Loading),
            error_message: RwSignal::new(None),
            storage_status: RwSignal::new(closed_status),
            quarantine: RwSignal::new(Vec::new()),
            snapshots: RwSignal::new(Vec::new()),
            open_choice_counts: RwSignal::new(SortedMap::new()),
            action_names: RwSignal::new([None, None]),
            backup: RwSignal::new(BackupAge::default()),
        };
        workspace.read_backup();
        workspace.merge_all(at_hand);
        workspace.listen_to_tabs();
        spawn_local(workspace.load());
        set_timeout(move || workspace.continue_without_mirror(), MIRROR_TIMEOUT);
        workspace
    }

    /// Reads IndexedDB, merges its records, and saves what only localStorage had.
    async fn load(self) {
        let inner = self.inner();
        let mut store = inner.store.borrow().clone();
        let at_hand: Vec<Id> = inner.records.borrow().keys().cloned().collect();
        let loaded = store.load_indexed_db().await;
        if loaded.was_reset {
            self.drop_memory();
        }
        let mirrored = loaded.records;
        // Records that are damaged or missing in localStorage are written there again.
        for (_, record) in mirrored.iter().filter(|(id, _)| at_hand.binary_search(id).is_err() && !self.is_hidden(id)) {
            store.write_local(record, true);
        }
        // Another tab may have closed the store meanwhile.
        if let Some(reason) = inner.store.borrow().closed() {
            store.close(reason);
        }
        let closed = store.closed();
        if store.is_denied() {
            self.storage_status.set(Some(StorageStatus::Denied));
        }
        self.quarantine.set(store.quarantine_entries().await);
        inner.store.replace(store);
        if let Some(reason) = closed {
            self.close(reason);
        }
        inner.is_loaded.set(true);
        self.list_snapshots();
        // Records that only localStorage had are written to IndexedDB, so that it holds everything.
        let missing: Vec<Id> = {
            let mut ids: Vec<Id> = inner.records.borrow().keys().cloned().collect();
            ids.extend(inner.hidden.records.borrow().keys().cloned());
            let differs = |id: &Id| self.stored(id).is_some_and(|record| mirrored.get(id) != Some(&record));
            ids.into_iter().filter(differs).collect()
        };
        self.merge_all(mirrored);
        if missing.is_empty() && inner.unsaved.borrow().is_empty() {
            self.save_status.set(SaveStatus::Unchanged);
        } else {
            inner.unsaved.borrow_mut().extend(missing);
            self.save_now();
        }
        // Other tabs may have written meanwhile, and announced their changes before this page could listen.
        self.on_visible();
    }

    /// Stops all writing of this page.
    pub(crate) fn close(self, reason: WriteBlock) {
        self.inner().store.borrow_mut().close(reason);
        self.storage_status.set(Some(StorageStatus::Closed(reason)));
        if reason == WriteBlock::Reset {
            self.drop_memory();
        }
    }

    /// Removes all records from memory, saved or not: they were deleted and must not come back.
    pub(crate) fn drop_memory(self) {
        let inner = self.inner();
        let removed = inner.records.take();
        inner.hidden.records.take();
        inner.hidden.out_of_sight.take();
        inner.unjoined.take();
        inner.units.take();
        inner.unsaved.take();
        inner.undo_stack.borrow_mut().forget(None);
        self.ids.set(SortedMap::new());
        self.identities.set(Identities::default());
        self.open_choice_counts.set(SortedMap::new());
        self.backup.set(BackupAge::default());
        self.update_action_names();
        self.quarantine.set(Vec::new());
        inner.out_of_sight_lists.set(Vec::new());
        self.snapshots.set(Vec::new());
        removed.values().for_each(RecordHandle::notify_removed);
    }

    /// Continues without IndexedDB if it has not answered yet. It is merged in if it answers later.
    fn continue_without_mirror(self) {
        let inner = self.inner();
        if !inner.is_loaded.replace(true) {
            self.save_status
                .set(SaveStatus::Saved { at: platform::clock::time_of_day(), safety: Safety::LocalStorageOnly });
            self.save_now();
        }
    }

    /// Listens to the changes that other tabs announce.
    fn listen_to_tabs(self) {
        let tabs = Tabs::open(move |ids| {
            spawn_local(async move {
                let store = self.inner().store.borrow().clone();
                match store.get(&ids).await {
                    Ok(records) => records.into_iter().for_each(|record| self.merge_remote(record)),
                    Err(reason) => self.close(reason),
                }
            });
        });
        self.inner().tabs.replace(tabs);
    }

    /// Handles a change of localStorage by another tab.
    pub(crate) fn on_storage_event(self, event: &StorageEvent) {
        if let Some(text) = self.inner().backup_preferences.value_in_event(event) {
            self.backup.set(BackupAge::parse(&text));
        }
        let store_event =
            self.inner().store.borrow().local_storage().and_then(|local_storage| local_storage.parse_event(event));
        match store_event {
            Some(StorageEventKind::Record(record)) => {
                let id = record.id().clone();
                self.merge_remote((*record).clone());
                // Without IndexedDB nobody else merges what two tabs have written over each other.
                let has_mirror = self.inner().store.borrow().has_indexed_db();
                let is_without_mirror = self.inner().is_loaded.get() && !has_mirror;
                if let Some(stored) = self.stored(&id).filter(|stored| is_without_mirror && *stored != *record) {
                    self.put(stored, ChangeOrigin::Hand);
                }
            }
            Some(StorageEventKind::Closed(reason)) => self.close(reason),
            None => {}
        }
    }

    /// Saves everything, since the page is being left and may not run again.
    pub(crate) fn leave(self) {
        self.save_now();
        if let Some(tabs) = self.inner().tabs.take() {
            tabs.close();
        }
    }

    /// Prepares the page for being frozen. No transaction may be started, nor any message received that would start
    /// one: the transaction would block every other tab until the page resumes.
    pub(crate) fn sleep(self) {
        self.inner().is_asleep.set(true);
        self.write_local(false);
        if let Some(tabs) = self.inner().tabs.take() {
            tabs.close();
        }
    }

    /// Resumes after the page was frozen, or when the user comes back to it.
    pub(crate) fn wake(self) {
        self.inner().is_asleep.set(false);
        self.on_visible();
    }

    /// Saves what is unsaved, and merges what other tabs wrote while this page was not visible.
    pub(crate) fn on_visible(self) {
        if self.inner().is_asleep.get() {
            return;
        }
        self.save_now();
        if self.inner().tabs.borrow().is_none() {
            self.listen_to_tabs();
        }
        spawn_local(async move {
            let store = self.inner().store.borrow().clone();
            match store.changes_by_others().await {
                Ok(changed_records) => self.merge_all(changed_records),
                Err(reason) => self.close(reason),
            }
        });
    }
}
