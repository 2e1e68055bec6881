//! Opening the stores, hearing other tabs, falling asleep and waking.

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
use crate::store::{Closed, Safety, Store};

use super::out_of_sight::Hidden;
use super::record_handle::RecordHandle;
use super::save::SILENCE;
use super::{Inner, SaveStatus, StorageStatus, Workspace};
use crate::ui::platform;

impl Workspace {
    /// Opens the browser's stores: paints from localStorage, then merges the mirror in. One that is to be read alone is
    /// never written.
    pub(crate) fn start(is_read_only: bool) -> Self {
        let store = Store::open(is_read_only);
        let at_hand = store.at_hand();
        let store_standing = store.closed().map(StorageStatus::Closed);
        let inner = Rc::new(Inner {
            records: RefCell::default(),
            hidden: Hidden::default(),
            away: ArcRwSignal::new(Vec::new()),
            is_emptied: ArcRwSignal::new(false),
            beneath: RefCell::default(),
            units: RefCell::default(),
            store: RefCell::new(store),
            tabs: RefCell::default(),
            actor: Cell::new(None),
            by: RefCell::default(),
            acts: RefCell::default(),
            turn: Cell::default(),
            is_turn: Cell::default(),
            goes_on: Cell::default(),
            kept: Preferences::open("backup"),
            unsaved: RefCell::default(),
            how: Cell::default(),
            changes: Cell::default(),
            looked: Cell::default(),
            timer: Cell::default(),
            is_loaded: Cell::new(false),
            is_asleep: Cell::new(false),
        });
        let workspace = Self {
            inner: StoredValue::new_local(inner),
            ids: RwSignal::new(SortedMap::new()),
            identities: RwSignal::new(Identities::default()),
            strip: RwSignal::new(SaveStatus::Loading),
            trouble: RwSignal::new(None),
            standing: RwSignal::new(store_standing),
            aside: RwSignal::new(Vec::new()),
            snapshots: RwSignal::new(Vec::new()),
            open: RwSignal::new(SortedMap::new()),
            acts: RwSignal::new([None, None]),
            backup: RwSignal::new(BackupAge::default()),
        };
        workspace.read_backup();
        workspace.merge_in(at_hand);
        workspace.hear_others();
        spawn_local(workspace.load());
        set_timeout(move || workspace.go_on_without_mirror(), SILENCE);
        workspace
    }

    async fn load(self) {
        let inner = self.inner();
        let mut store = inner.store.borrow().clone();
        let at_hand: Vec<Id> = inner.records.borrow().keys().cloned().collect();
        let loaded = store.load_mirror().await;
        if loaded.was_reset {
            self.drop_memory();
        }
        let mirrored = loaded.records;
        // What was damaged there, or is there no more, is at hand again the next time.
        for (_, record) in mirrored.iter().filter(|(id, _)| at_hand.binary_search(id).is_err() && !self.is_hidden(id)) {
            store.put_at_hand(record, true);
        }
        // Another tab may have told something meanwhile that the store was not there for.
        if let Some(why) = inner.store.borrow().closed() {
            store.close(why);
        }
        let closed = store.closed();
        if store.is_denied() {
            self.standing.set(Some(StorageStatus::Denied));
        }
        self.aside.set(store.quarantine().await);
        inner.store.replace(store);
        if let Some(why) = closed {
            self.close(why);
        }
        inner.is_loaded.set(true);
        self.list_snapshots();
        // What localStorage alone had is written to the mirror, so that it holds everything.
        let missing: Vec<Id> = {
            let mut ids: Vec<Id> = inner.records.borrow().keys().cloned().collect();
            ids.extend(inner.hidden.records.borrow().keys().cloned());
            let differs = |id: &Id| self.stored(id).is_some_and(|record| mirrored.get(id) != Some(&record));
            ids.into_iter().filter(differs).collect()
        };
        self.merge_in(mirrored);
        if missing.is_empty() && inner.unsaved.borrow().is_empty() {
            self.strip.set(SaveStatus::Unchanged);
        } else {
            inner.unsaved.borrow_mut().extend(missing);
            self.save_now();
        }
        // What others wrote while all this was read: they told it to a page that could not look yet.
        self.on_visible();
    }

    /// This page writes nothing from now on.
    pub(crate) fn close(self, why: Closed) {
        self.inner().store.borrow_mut().close(why);
        self.standing.set(Some(StorageStatus::Closed(why)));
        if why == Closed::Reset {
            self.drop_memory();
        }
    }

    /// Forgets all records, written or not: they were deleted, and must not come back.
    pub(crate) fn drop_memory(self) {
        let inner = self.inner();
        let dropped = inner.records.take();
        inner.hidden.records.take();
        inner.hidden.out.take();
        inner.beneath.take();
        inner.units.take();
        inner.unsaved.take();
        inner.acts.borrow_mut().forget(None);
        self.ids.set(SortedMap::new());
        self.identities.set(Identities::default());
        self.open.set(SortedMap::new());
        self.backup.set(BackupAge::default());
        self.update_action_names();
        self.aside.set(Vec::new());
        inner.away.set(Vec::new());
        self.snapshots.set(Vec::new());
        dropped.values().for_each(RecordHandle::drop_out);
    }

    /// A mirror that says nothing may be one that never will: work goes on, and it is merged in whenever it comes.
    fn go_on_without_mirror(self) {
        let inner = self.inner();
        if !inner.is_loaded.replace(true) {
            self.strip.set(SaveStatus::Saved { at: platform::clock::time_of_day(), safety: Safety::WithoutMirror });
            self.save_now();
        }
    }

    /// Hears from now on what other tabs write.
    fn hear_others(self) {
        let tabs = Tabs::open(move |ids| {
            spawn_local(async move {
                let store = self.inner().store.borrow().clone();
                match store.get(&ids).await {
                    Ok(records) => records.into_iter().for_each(|record| self.merge_remote(record)),
                    Err(why) => self.close(why),
                }
            });
        });
        self.inner().tabs.replace(tabs);
    }

    /// What another tab has put into localStorage.
    pub(crate) fn on_storage_event(self, event: &StorageEvent) {
        if let Some(text) = self.inner().kept.heard(event) {
            self.backup.set(BackupAge::parse(&text));
        }
        let heard = self.inner().store.borrow().local_storage().and_then(|fast| fast.heard(event));
        match heard {
            Some(StorageEventKind::Record(record)) => {
                let id = record.id().clone();
                self.merge_remote((*record).clone());
                // Without a mirror nobody else brings together what two tabs have put there over one another.
                let has_mirror = self.inner().store.borrow().has_mirror();
                let is_alone = self.inner().is_loaded.get() && !has_mirror;
                if let Some(here) = self.stored(&id).filter(|here| is_alone && *here != *record) {
                    self.put(here, ChangeOrigin::Hand);
                }
            }
            Some(StorageEventKind::Closed(why)) => self.close(why),
            None => {}
        }
    }

    /// The page is being put away, or left: what there is no time for later is done.
    pub(crate) fn leave(self) {
        self.save_now();
        if let Some(tabs) = self.inner().tabs.take() {
            tabs.close();
        }
    }

    /// The page is put to sleep. Nothing may be begun with the mirror, nor heard that would begin it: it would end only
    /// when the page wakes, and every other tab would wait for that.
    pub(crate) fn sleep(self) {
        self.inner().is_asleep.set(true);
        self.put_at_hand(false);
        if let Some(tabs) = self.inner().tabs.take() {
            tabs.close();
        }
    }

    /// The page wakes, or is come back to.
    pub(crate) fn wake(self) {
        self.inner().is_asleep.set(false);
        self.on_visible();
    }

    /// The page is looked at again: what is not written yet is, and what others wrote meanwhile is merged in.
    pub(crate) fn on_visible(self) {
        if self.inner().is_asleep.get() {
            return;
        }
        self.save_now();
        if self.inner().tabs.borrow().is_none() {
            self.hear_others();
        }
        spawn_local(async move {
            let store = self.inner().store.borrow().clone();
            match store.changes_elsewhere().await {
                Ok(news) => self.merge_in(news),
                Err(why) => self.close(why),
            }
        });
    }
}
