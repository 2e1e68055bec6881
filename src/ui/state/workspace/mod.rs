//! The records as signals, and the only way to write them.
//!
//! | file | idea |
//! | --- | --- |
//! | here | the handle, and looking things up |
//! | `joined` | units that are the same: what lies here, and what is shown |
//! | `record_handle` | a record as it is followed: as a whole, or by a leaf |
//! | `start` | opening the stores, hearing other tabs, falling asleep and waking |
//! | `edit` | editing, and undoing what was done in this page |
//! | `save` | what is written comes to rest, and how safely |
//! | `out_of_sight` | what is kept beside the records that pages see |
//! | `bulk` | what is done to everything at once: files, earlier states, forgetting, reset |

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
use crate::store::{Closed, QuarantineEntry, Safety, Store};

use crate::ui::platform;
pub(crate) use edit::left_alone;
pub(crate) use out_of_sight::Away;
use out_of_sight::Hidden;
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

/// What the strip says of what was written last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SaveStatus {
    /// The stores are being read.
    Loading,
    /// Nothing has been changed since the page was opened.
    Unchanged,
    /// A change is on its way.
    Saving,
    /// It has come to rest.
    Saved {
        /// When, by the user's clock.
        at: String,
        /// How safely.
        safety: Safety,
    },
}

/// The records of this browser. A handle: it is copied freely, and what it stands for lives as long as the page.
#[derive(Clone, Copy)]
pub(crate) struct Workspace {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
    ids: RwSignal<SortedMap<Kind, SortedSet<Id>>>,
    /// Which units are the same. It changes seldom, and so may be followed by what is built slowly.
    identities: RwSignal<Identities>,
    /// What the strip says.
    pub(crate) strip: RwSignal<SaveStatus>,
    /// What went wrong with a change, in words for the user.
    pub(crate) trouble: RwSignal<Option<String>>,
    /// What holds of this browser as long as the page is open.
    pub(crate) standing: RwSignal<Option<StorageStatus>>,
    /// What could not be read in this browser, and was put aside.
    pub(crate) aside: RwSignal<Vec<QuarantineEntry>>,
    /// The snapshots, the oldest first.
    pub(crate) snapshots: RwSignal<Vec<Snapshot>>,
    /// How many open choices wait in each record that has any.
    pub(crate) open: RwSignal<SortedMap<Id, usize>>,
    /// What can be undone, and what can be done again, in words that begin with a verb.
    pub(crate) acts: RwSignal<[Option<String>; 2]>,
    /// How old the last file of everything is, and what was done since.
    pub(crate) backup: RwSignal<BackupAge>,
}

/// What holds of this browser as long as the page is open, and its user must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StorageStatus {
    /// The browser keeps nothing.
    Denied,
    /// This page writes nothing.
    Closed(Closed),
}

struct Inner {
    /// What is shown.
    records: RefCell<SortedMap<Id, RecordHandle>>,
    hidden: Hidden,
    away: ArcRwSignal<Vec<Away>>,
    is_emptied: ArcRwSignal<bool>,
    /// What lies beneath what is made of several records: the own record of the id that stands for all, where there is one.
    beneath: RefCell<SortedMap<Id, Option<Record>>>,
    /// The units that do not lie in the trash, and what they answer about which are the same.
    units: RefCell<SortedMap<Id, Vec<(Id, SameUnitAnswer)>>>,
    store: RefCell<Store>,
    tabs: RefCell<Option<Tabs>>,
    actor: Cell<Option<Actor>>,
    /// The name that the user writes under.
    by: RefCell<Option<String>>,
    acts: RefCell<UndoStack>,
    /// The turns of the page in which something was done, counted; and whether this is still one.
    turn: Cell<u64>,
    is_turn: Cell<bool>,
    /// Whether what is done next goes on with what was typed last, whatever the clock says.
    goes_on: Cell<bool>,
    kept: Preferences,
    unsaved: RefCell<SortedSet<Id>>,
    /// By what way those came.
    how: Cell<ChangeOrigin>,
    /// How often something was written here: whether all was, when a save comes back.
    changes: Cell<u64>,
    /// When a snapshot was last looked for, in seconds.
    looked: Cell<i64>,
    timer: Cell<Option<TimeoutHandle>>,
    is_loaded: Cell<bool>,
    is_asleep: Cell<bool>,
}

impl Workspace {
    fn inner(self) -> Rc<Inner> {
        self.inner.get_value()
    }

    /// What is out of sight here, by the list it stands in. Followed.
    pub(crate) fn away(self) -> Vec<Away> {
        self.inner().away.get()
    }

    /// Whether the browser has emptied a store while this page was open, told each time: what is kept outside the records is
    /// to be written again too. Followed.
    pub(crate) fn is_emptied(self) -> bool {
        self.inner().is_emptied.get()
    }

    /// Whether there are records here, all of them read and saved.
    pub(crate) fn is_in_use(self) -> bool {
        matches!(self.strip.get(), SaveStatus::Unchanged | SaveStatus::Saved { .. })
            && self.ids.with(|ids| !ids.is_empty())
    }

    /// The ids of a kind, those in the trash among them.
    pub(crate) fn ids(self, kind: Kind) -> Vec<Id> {
        self.ids.with(|ids| ids.get(&kind).into_iter().flatten().cloned().collect())
    }

    /// A record, as long as there is one.
    pub(crate) fn record(self, id: &Id) -> Option<ArcRwSignal<Record>> {
        self.held(id).map(|held| held.whole)
    }

    fn held(self, id: &Id) -> Option<RecordHandle> {
        self.inner().records.borrow().get(id).cloned()
    }

    /// What is read off a record as it is now, followed: it may come later. The record is not copied.
    pub(crate) fn read<T>(self, id: &Id, read: impl FnOnce(&Record) -> T) -> Option<T> {
        self.ids.track();
        self.record(id).map(|record| record.with(read))
    }

    /// What is read off one leaf of a record, or off those that lie under a place, followed by these alone: typing in one
    /// field of a page has none of the others looked at again.
    pub(crate) fn read_at<T>(self, id: &Id, path: &Path, read: impl FnOnce(&Record) -> T) -> Option<T> {
        let Some(held) = self.held(id) else {
            // It may come.
            self.ids.track();
            return None;
        };
        held.track(path);
        Some(held.whole.with_untracked(read))
    }

    /// A text of a record as it is shown, followed; empty where there is none.
    pub(crate) fn text(self, id: &Id, path: &Path) -> String {
        self.read_at(id, path, |record| record.shown_text(path).map(str::to_owned)).flatten().unwrap_or_default()
    }

    /// Whether there is a record of a kind that does not lie in the trash, followed.
    pub(crate) fn has_living(self, id: &Id, kind: Kind) -> bool {
        self.read(id, |record| record.kind() == Some(kind) && record.life(None) != Life::Deleted).unwrap_or_default()
    }

    /// The id that is meant by one, followed: where a unit is the same as another, that of the one that stands for both. So
    /// it is of what follows from a unit's id.
    pub(crate) fn standing_id(self, id: &Id) -> Id {
        self.identities.with(|all| if all.is_empty() { id.clone() } else { all.standing_id(id) })
    }

    /// Whether what is of the one is of the other: it is, or they are the same unit. Followed.
    pub(crate) fn is_same_unit(self, one: Option<&Id>, other: Option<&Id>) -> bool {
        let is_same = |all: &Identities| {
            !all.is_empty() && one.zip(other).is_some_and(|(one, other)| all.standing_id(one) == all.standing_id(other))
        };
        one == other || self.identities.with(is_same)
    }

    /// The ids that another stands for. Followed.
    pub(crate) fn merged_ids(self, id: &Id) -> Vec<Id> {
        self.identities.with(|all| all.merged_ids(id))
    }

    /// The other ids under which the same may lie, shown or not, in the trash or not.
    fn twins(self, id: &Id) -> Vec<Id> {
        let units: Vec<Record> = self.ids(Kind::Enhed).iter().filter_map(|id| self.alone(id)).collect();
        let all = Identities::of(&units);
        let lowest = all.standing_id(id);
        let twins = all.merged_ids(&lowest).into_iter().chain([lowest]);
        twins.filter(|other| other != id).collect()
    }

    /// How many open choices wait in each record that is shown, where any do. Followed.
    pub(crate) fn open_choices(self) -> Vec<(Id, usize)> {
        let mut waiting = self.open.get();
        self.identities.with(|all| {
            waiting.retain(|id, _| all.is_empty() || all.standing_id(id) == *id);
            for (one, _) in all.doubts() {
                *waiting.get_or_default(all.resolve(one).clone()) += 1;
            }
        });
        waiting.iter().map(|(id, count)| (id.clone(), *count)).collect()
    }

    /// A record as it is now, followed: it may come later.
    pub(crate) fn get(self, id: &Id) -> Option<Record> {
        self.ids.track();
        self.record(id).map(|record| record.get())
    }

    /// A record as it is now, if it does not lie in the trash.
    pub(crate) fn living(self, id: &Id) -> Option<Record> {
        self.get(id).filter(|record| record.life(None) != Life::Deleted)
    }

    /// All records, as they lie here now.
    pub(crate) fn all_records(self) -> Records {
        let ids: Vec<Id> = self.inner().records.borrow().keys().cloned().collect();
        ids.into_iter().filter_map(|id| self.alone(&id).map(|record| (id, record))).collect()
    }

    /// The author of this page load; minted at its first write.
    pub(crate) fn author(self) -> Author {
        let inner = self.inner();
        let actor = inner.actor.get().unwrap_or_else(|| Actor::from_random(platform::ids::random_bits()));
        inner.actor.set(Some(actor));
        let by = inner.by.borrow().clone();
        Author { actor, at: platform::clock::now(), by }
    }

    /// The name that the user writes under, from now on.
    pub(crate) fn set_author_name(self, by: &str) {
        // It was masked when it was written, but by an older guard perhaps.
        let by = cpr::masked(by.trim());
        self.inner().by.replace((!by.is_empty()).then_some(by));
    }

    /// Whether a write is this page's own, or one under the user's name.
    pub(crate) fn is_own(self, record: &Record, dot: crate::record::dot::Dot) -> bool {
        let inner = self.inner();
        let by = inner.by.borrow();
        let is_mine = |actor: Actor| {
            let others = || self.identities.with_untracked(|all| all.merged_ids(record.id()));
            actor == dot.actor || others().iter().any(|id| actor.under(id) == dot.actor)
        };
        inner.actor.get().is_some_and(is_mine)
            || (by.is_some() && record.stamp(dot).is_some_and(|stamp| stamp.by == *by))
    }

    /// Merges what stores hold with what is here.
    fn merge_in(self, records: Records) {
        // The lists of what is out of sight first: what they speak of is not to be seen for a moment.
        let (lists, records): (Vec<_>, Vec<_>) =
            records.into_values().partition(crate::exchange::out_of_sight::is_list);
        lists.into_iter().chain(records).for_each(|record| self.merge_remote(record));
    }

    /// Shows a copy of a record that comes from elsewhere: merged with the one that is here.
    fn merge_remote(self, record: Record) {
        // A copy that contradicts ours stays where it is; ours stands.
        // Nearly always it is the same, which is told far sooner than it is merged.
        let met = |here: &Record| {
            if *here == record { None } else { here.merge(&record).ok().filter(|merged| merged != here) }
        };
        let merged = match self.with_alone(record.id(), met) {
            Some(merged) => merged,
            None if self.is_hidden(record.id()) => self.stored(record.id()).and_then(|here| met(&here)),
            None => Some(record),
        };
        if let Some(merged) = merged {
            self.show(merged);
        }
    }

    /// Holds a record as it is shown.
    fn hold(self, record: Record) {
        let id = record.id().clone();
        let open = if record.may_be_open() { record.choices().len() } else { 0 };
        self.count_open(&id, open);
        if let Some(held) = self.held(&id) {
            held.show(record);
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
    fn count_open(self, id: &Id, open: usize) {
        if self.open.with_untracked(|all| all.get(id).copied().unwrap_or_default()) != open {
            self.open.update(|all| match open {
                0 => drop(all.remove(id)),
                open => drop(all.insert(id.clone(), open)),
            });
        }
    }

    /// Nothing is shown under an id any more.
    fn drop_out(self, id: &Id) {
        let dropped = self.inner().records.borrow_mut().remove(id);
        self.count_open(id, 0);
        let Some(held) = dropped else { return };
        if let Some(kind) = held.whole.with_untracked(Record::kind) {
            self.ids.update(|ids| {
                let of_kind = ids.get_or_default(kind);
                *of_kind = of_kind.iter().filter(|own| *own != id).cloned().collect();
            });
        }
        held.drop_out();
    }
}
