//! The records as signals, and the only code that writes records.
//!
//! | file | purpose |
//! | --- | --- |
//! | `mod.rs` | the handle [`Workspace`], and looking records up |
//! | `start` | opens the stores, listens to other tabs, handles freezing and resuming of the page |
//! | `record_handle` | a record as a signal, tracked as a whole or by leaf |
//! | `joined` | merged units: what is stored, and what is shown |
//! | `edit` | editing, and undo of what was done in this page |
//! | `save` | writes changes to the stores, and reports how safely they are stored |
//! | `out_of_sight` | records that are kept in the stores but hidden from pages |
//! | `bulk` | operations on everything at once: import, snapshots, forgetting, reset |
//! | `status` | texts about storage |
//!
//! # Terms
//!
//! * Both stores hold all records: localStorage, which is read and written synchronously, and IndexedDB.
//! * *Stored record*: a record under its own id. *Shown record*: what pages see under an id. The two differ only where
//!   units are merged (see `joined`).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use crate::domain::cpr;
use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::domain::sorted::{SortedMap, SortedSet};
use crate::exchange::backup::BackupAge;
use crate::record::dot::Actor;
use crate::record::edit::Author;
use crate::record::history::ChangeOrigin;
use crate::record::identity::{Identities, SameUnitAnswer};
use crate::record::life::Life;
use crate::record::path::Path;
use crate::record::undo_stack::UndoStack;
use crate::record::{Record, Records};
use crate::store::preferences::Preferences;
use crate::store::snapshot::Snapshot;
use crate::store::tabs::Tabs;
use crate::store::{QuarantineEntry, Safety, Store, WriteBlock};

use crate::ui::platform;
pub(crate) use edit::{UndoResult, left_alone_message};
use out_of_sight::Hidden;
pub(crate) use out_of_sight::OutOfSightList;
use record_handle::RecordHandle;
pub(crate) use status::{save_status_text, storage_notice};

mod bulk;
mod edit;
mod joined;
mod out_of_sight;
mod record_handle;
mod save;
mod start;
mod status;

/// The state of the latest change, as the status bar shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SaveStatus {
    /// The stores are being read.
    Loading,
    /// Nothing has changed since the page was opened.
    Unchanged,
    /// A change is being saved.
    Saving,
    /// The latest change has been saved.
    Saved {
        /// The time of day, in the time zone of the user.
        at: String,
        /// How safely the change is stored.
        safety: Safety,
    },
}

/// The records of this browser. A handle that is copied freely; its state lives as long as the page.
#[derive(Clone, Copy)]
pub(crate) struct Workspace {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
    ids: RwSignal<SortedMap<Kind, SortedSet<Id>>>,
    /// Which units are the same. Changes seldom, so views that are slow to build may depend on it.
    identities: RwSignal<Identities>,
    /// The state of the latest change.
    pub(crate) save_status: RwSignal<SaveStatus>,
    /// Why a change failed, as a text for the user.
    pub(crate) error_message: RwSignal<Option<String>>,
    /// A problem with the storage of this browser that lasts as long as the page is open.
    pub(crate) storage_status: RwSignal<Option<StorageStatus>>,
    /// Texts from the stores that could not be read or were migrated, and were quarantined.
    pub(crate) quarantine: RwSignal<Vec<QuarantineEntry>>,
    /// The snapshots, the oldest first.
    pub(crate) snapshots: RwSignal<Vec<Snapshot>>,
    /// The number of open choices in each shown record that has any.
    pub(crate) open_choice_counts: RwSignal<SortedMap<Id, usize>>,
    /// The names of the actions that undo and redo would apply, each beginning with a verb.
    pub(crate) action_names: RwSignal<[Option<String>; 2]>,
    /// The age of the last backup file, and the number of changes since.
    pub(crate) backup: RwSignal<BackupAge>,
}

/// A problem with the storage of this browser that lasts as long as the page is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StorageStatus {
    /// The browser stores nothing.
    Denied,
    /// This page must not write any more.
    Closed(WriteBlock),
}

/// The state behind the handle.
struct Inner {
    /// The shown records.
    records: RefCell<SortedMap<Id, RecordHandle>>,
    /// Records that are out of sight.
    hidden: Hidden,
    /// The lists of records that are out of sight, for display.
    out_of_sight_lists: ArcRwSignal<Vec<OutOfSightList>>,
    /// Whether the browser has emptied a store while the page was open.
    is_emptied: ArcRwSignal<bool>,
    /// The stored record under each id where the shown record is a join of several. `None` where no record is stored
    /// under that id itself.
    unjoined: RefCell<SortedMap<Id, Option<Record>>>,
    /// The units that are not in the trash, each with its answers about which other units are the same.
    units: RefCell<SortedMap<Id, Vec<(Id, SameUnitAnswer)>>>,
    store: RefCell<Store>,
    tabs: RefCell<Option<Tabs>>,
    actor: Cell<Option<Actor>>,
    /// The name that the user writes under.
    author_name: RefCell<Option<String>>,
    undo_stack: RefCell<UndoStack>,
    /// The number of the task of the event loop in which the latest change was made, and whether that task still runs.
    /// Changes in one task form one action.
    turn: Cell<u64>,
    is_task_running: Cell<bool>,
    /// Whether the next change continues the latest typing, however long ago that was.
    continues_typing: Cell<bool>,
    /// The saved age of the backup.
    backup_preferences: Preferences,
    /// The ids of records that have not been saved yet.
    unsaved: RefCell<SortedSet<Id>>,
    /// The origin of the unsaved changes.
    unsaved_origin: Cell<ChangeOrigin>,
    /// Counts writes. A finished save compares the count to find whether newer changes exist.
    changes: Cell<u64>,
    /// When a snapshot was last considered, in seconds since 1970.
    last_snapshot_check: Cell<i64>,
    /// The timer that saves after a pause.
    timer: Cell<Option<TimeoutHandle>>,
    /// Whether IndexedDB has been read, or was given up waiting for.
    is_loaded: Cell<bool>,
    /// Whether the browser has frozen the page.
    is_asleep: Cell<bool>,
}

impl Workspace {
    fn inner(self) -> Rc<Inner> {
        self.inner.get_value()
    }

    /// Returns the lists of records that are out of sight on this device, tracked.
    pub(crate) fn out_of_sight_lists(self) -> Vec<OutOfSightList> {
        self.inner().out_of_sight_lists.get()
    }

    /// Returns whether the browser has emptied a store while the page was open, tracked and notified each time. Data
    /// outside the records must then be written again too.
    pub(crate) fn is_emptied(self) -> bool {
        self.inner().is_emptied.get()
    }

    /// Returns whether there are records here, all of them read and saved.
    pub(crate) fn is_in_use(self) -> bool {
        matches!(self.save_status.get(), SaveStatus::Unchanged | SaveStatus::Saved { .. }) && self.has_records()
    }

    /// Returns whether this browser has records, including those in the trash, tracked.
    pub(crate) fn has_records(self) -> bool {
        self.ids.with(|ids| !ids.is_empty())
    }

    /// Returns the ids of a kind, those in the trash included.
    pub(crate) fn ids(self, kind: Kind) -> Vec<Id> {
        self.ids.with(|ids| ids.get(&kind).into_iter().flatten().cloned().collect())
    }

    /// Returns the signal of a shown record, if the record exists.
    pub(crate) fn record(self, id: &Id) -> Option<ArcRwSignal<Record>> {
        self.handle(id).map(|handle| handle.record)
    }

    fn handle(self, id: &Id) -> Option<RecordHandle> {
        self.inner().records.borrow().get(id).cloned()
    }

    /// Reads from a record without copying it, tracked. Tracks the list of ids too, since the record may arrive later.
    pub(crate) fn read<T>(self, id: &Id, read: impl FnOnce(&Record) -> T) -> Option<T> {
        self.ids.track();
        self.record(id).map(|record| record.with(read))
    }

    /// Reads from one leaf of a record, or from the leaves under a path, and tracks only these: typing in one field
    /// must not rerun the views of the others.
    pub(crate) fn read_at<T>(self, id: &Id, path: &Path, read: impl FnOnce(&Record) -> T) -> Option<T> {
        let Some(handle) = self.handle(id) else {
            // The record may arrive later.
            self.ids.track();
            return None;
        };
        handle.track(path);
        Some(handle.record.with_untracked(read))
    }

    /// Returns a text of a record as it is shown, tracked; empty where there is none.
    pub(crate) fn text(self, id: &Id, path: &Path) -> String {
        self.read_at(id, path, |record| record.shown_text(path).map(str::to_owned)).flatten().unwrap_or_default()
    }

    /// Returns whether a record of a kind exists outside the trash, tracked.
    pub(crate) fn has_living(self, id: &Id, kind: Kind) -> bool {
        self.read(id, |record| record.kind() == Some(kind) && record.life(None) != Life::Deleted).unwrap_or_default()
    }

    /// Returns the id that represents a unit, tracked: where units are merged, the id of the one that stands for all.
    /// Ids derived from the id of a unit are mapped as well.
    pub(crate) fn representative_id(self, id: &Id) -> Id {
        self.identities.with(|all| if all.is_empty() { id.clone() } else { all.representative_id(id) })
    }

    /// Returns whether two ids are equal or belong to the same unit, tracked.
    pub(crate) fn is_same_unit(self, one: Option<&Id>, other: Option<&Id>) -> bool {
        let is_same = |all: &Identities| {
            !all.is_empty()
                && one.zip(other).is_some_and(|(one, other)| all.representative_id(one) == all.representative_id(other))
        };
        one == other || self.identities.with(is_same)
    }

    /// Returns the other ids that an id represents, tracked.
    pub(crate) fn merged_ids(self, id: &Id) -> Vec<Id> {
        self.identities.with(|all| all.merged_ids(id))
    }

    /// Returns the other ids of the same unit, whether shown or not, in the trash or not.
    fn same_unit_ids(self, id: &Id) -> Vec<Id> {
        let units: Vec<Record> = self.ids(Kind::Enhed).iter().filter_map(|id| self.unjoined_record(id)).collect();
        let identities = Identities::of(&units);
        let representative = identities.representative_id(id);
        let same_unit_ids = identities.merged_ids(&representative).into_iter().chain([representative]);
        same_unit_ids.filter(|other| other != id).collect()
    }

    /// Returns the number of open choices in each shown record that has any, tracked. Doubts about whether two units
    /// are the same count as choices.
    pub(crate) fn open_choices(self) -> Vec<(Id, usize)> {
        let mut waiting = self.open_choice_counts.get();
        self.identities.with(|all| {
            waiting.retain(|id, _| all.is_empty() || all.representative_id(id) == *id);
            for (one, _) in all.doubts() {
                *waiting.get_or_default(all.resolve(one).clone()) += 1;
            }
        });
        waiting.iter().map(|(id, count)| (id.clone(), *count)).collect()
    }

    /// Returns a copy of a record, tracked. The record may arrive later.
    pub(crate) fn get(self, id: &Id) -> Option<Record> {
        self.ids.track();
        self.record(id).map(|record| record.get())
    }

    /// Returns a copy of a record that is not in the trash, tracked.
    pub(crate) fn get_unless_deleted(self, id: &Id) -> Option<Record> {
        self.get(id).filter(|record| record.life(None) != Life::Deleted)
    }

    /// Returns copies of all stored records that are in sight.
    pub(crate) fn all_records(self) -> Records {
        let ids: Vec<Id> = self.inner().records.borrow().keys().cloned().collect();
        // Extending needs no code for sorting, which collecting would add to the download.
        let mut records = Records::new();
        records.extend(ids.into_iter().filter_map(|id| self.unjoined_record(&id).map(|record| (id, record))));
        records
    }

    /// Returns the author of changes. The actor of this page load is created at its first write.
    pub(crate) fn author(self) -> Author {
        let inner = self.inner();
        let actor = inner.actor.get().unwrap_or_else(|| Actor::from_random(platform::ids::random_bits()));
        inner.actor.set(Some(actor));
        let by = inner.author_name.borrow().clone();
        Author { actor, at: platform::clock::now(), by }
    }

    /// Sets the name that the user writes under.
    pub(crate) fn set_author_name(self, name: &str) {
        // The name was masked when it was typed, but perhaps by an older version of the guard.
        let name = cpr::mask_all(name.trim());
        self.inner().author_name.replace((!name.is_empty()).then_some(name));
    }

    /// Returns whether a write was made by this page, or under the name of the user.
    pub(crate) fn is_own(self, record: &Record, dot: crate::record::dot::Dot) -> bool {
        let inner = self.inner();
        let own_name = inner.author_name.borrow();
        let is_own_actor = |actor: Actor| {
            let merged_ids = || self.identities.with_untracked(|all| all.merged_ids(record.id()));
            actor == dot.actor || merged_ids().iter().any(|id| actor.under(id) == dot.actor)
        };
        inner.actor.get().is_some_and(is_own_actor)
            || (own_name.is_some() && record.stamp(dot).is_some_and(|stamp| stamp.by == *own_name))
    }

    /// Merges records from a store into the records here.
    fn merge_all(self, records: Records) {
        // The lists of what is out of sight come first, so the records they name are never shown for a moment.
        let (lists, records): (Vec<_>, Vec<_>) =
            records.into_values().partition(crate::exchange::out_of_sight::is_list);
        lists.into_iter().chain(records).for_each(|record| self.merge_remote(record));
    }

    /// Merges a copy of a record that comes from elsewhere, and publishes the result.
    fn merge_remote(self, record: Record) {
        // Nearly always the copies are equal, and comparing is far cheaper than merging. A copy that contradicts the
        // record here is ignored.
        let merge_into = |stored: &Record| {
            if *stored == record { None } else { stored.merge(&record).ok().filter(|merged| merged != stored) }
        };
        let merged = match self.with_unjoined(record.id(), merge_into) {
            Some(merged) => merged,
            None if self.is_hidden(record.id()) => self.stored(record.id()).and_then(|stored| merge_into(&stored)),
            None => Some(record),
        };
        if let Some(merged) = merged {
            self.publish(merged);
        }
    }

    /// Sets the shown record under its id.
    fn set_shown(self, record: Record) {
        let id = record.id().clone();
        let open = if record.may_be_open() { record.choices().len() } else { 0 };
        self.count_open(&id, open);
        if let Some(handle) = self.handle(&id) {
            handle.set(record);
            return;
        }
        let kind = record.kind();
        self.inner().records.borrow_mut().insert(id.clone(), RecordHandle::new(record));
        if let Some(kind) = kind {
            self.ids.update(|ids| {
                ids.get_or_default(kind).insert(id);
            });
        }
    }

    /// Updates the number of open choices of a record.
    fn count_open(self, id: &Id, open: usize) {
        if self.open_choice_counts.with_untracked(|all| all.get(id).copied().unwrap_or_default()) != open {
            self.open_choice_counts.update(|all| match open {
                0 => drop(all.remove(id)),
                open => drop(all.insert(id.clone(), open)),
            });
        }
    }

    /// Removes the shown record under an id.
    fn remove_shown(self, id: &Id) {
        let removed = self.inner().records.borrow_mut().remove(id);
        self.count_open(id, 0);
        let Some(handle) = removed else { return };
        if let Some(kind) = handle.record.with_untracked(Record::kind) {
            self.ids.update(|ids| {
                let of_kind = ids.get_or_default(kind);
                *of_kind = of_kind.iter().filter(|own| *own != id).cloned().collect();
            });
        }
        handle.notify_removed();
    }
}
