//! The records as signals, and the only way to write them.
//!
//! | file | idea |
//! | --- | --- |
//! | here | the handle, and looking things up |
//! | `held` | a record as it is followed: as a whole, or by a leaf |
//! | `start` | opening the stores, hearing other tabs, falling asleep and waking |
//! | `write` | editing, and undoing what was done in this page |
//! | `save` | what is written comes to rest, and how safely |
//! | `whole` | what is done to everything at once: files, earlier states, forgetting, reset |

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::kind::Kind;
use crate::domain::sorted::{SortedMap, SortedSet};
use crate::exchange::backup::Backup;
use crate::record::acts::Acts;
use crate::record::dot::Actor;
use crate::record::edit::Author;
use crate::record::history::How;
use crate::record::identity::Identities;
use crate::record::life::Life;
use crate::record::path::Path;
use crate::record::{Record, Records};
use crate::store::preferences::Preferences;
use crate::store::snapshot::Snapshot;
use crate::store::tabs::Tabs;
use crate::store::{Aside, Closed, Safety, Store};

use super::device;
use held::Held;

mod held;
mod save;
mod start;
mod whole;
mod write;

/// What the strip says of what was written last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Strip {
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
pub(super) struct Workspace {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
    ids: RwSignal<SortedMap<Kind, SortedSet<Id>>>,
    /// Which units are the same. It changes seldom, and so may be followed by what is built slowly.
    identities: Memo<Identities>,
    /// What the strip says.
    pub(super) strip: RwSignal<Strip>,
    /// What went wrong with a change, in words for the user.
    pub(super) trouble: RwSignal<Option<String>>,
    /// What holds of this browser as long as the page is open.
    pub(super) standing: RwSignal<Option<Standing>>,
    /// What could not be read in this browser, and was put aside.
    pub(super) aside: RwSignal<Vec<Aside>>,
    /// The snapshots, the oldest first.
    pub(super) snapshots: RwSignal<Vec<Snapshot>>,
    /// How many open choices wait in each record that has any.
    pub(super) open: RwSignal<SortedMap<Id, usize>>,
    /// What can be undone, and what can be done again, in words that begin with a verb.
    pub(super) acts: RwSignal<[Option<String>; 2]>,
    /// How old the last file of everything is, and what was done since.
    pub(super) backup: RwSignal<Backup>,
    /// Whether the browser has emptied a store while this page was open, set each time: what is kept outside the records is to
    /// be written again too.
    pub(super) is_emptied: RwSignal<bool>,
}

/// What holds of this browser as long as the page is open, and its user must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// The browser keeps nothing.
    Denied,
    /// This page writes nothing.
    Closed(Closed),
}

struct Inner {
    records: RefCell<SortedMap<Id, Held>>,
    store: RefCell<Store>,
    tabs: RefCell<Option<Tabs>>,
    actor: Cell<Option<Actor>>,
    /// The name that the user writes under.
    by: RefCell<Option<String>>,
    acts: RefCell<Acts>,
    /// The turns of the page in which something was done, counted; and whether this is still one.
    turn: Cell<u64>,
    is_turn: Cell<bool>,
    /// Whether what is done next goes on with what was typed last, whatever the clock says.
    goes_on: Cell<bool>,
    kept: Preferences,
    unsaved: RefCell<SortedSet<Id>>,
    /// By what way those came.
    how: Cell<How>,
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

    /// Whether there are records here, all of them read and saved.
    pub(super) fn is_in_use(self) -> bool {
        matches!(self.strip.get(), Strip::Unchanged | Strip::Saved { .. }) && self.ids.with(|ids| !ids.is_empty())
    }

    /// The ids of a kind, those in the trash among them.
    pub(super) fn ids(self, kind: Kind) -> Vec<Id> {
        self.ids.with(|ids| ids.get(&kind).into_iter().flatten().cloned().collect())
    }

    /// A record, as long as there is one.
    pub(super) fn record(self, id: &Id) -> Option<ArcRwSignal<Record>> {
        self.held(id).map(|held| held.whole)
    }

    fn held(self, id: &Id) -> Option<Held> {
        self.inner().records.borrow().get(id).cloned()
    }

    /// What is read off a record as it is now, followed: it may come later. The record is not copied.
    pub(super) fn read<T>(self, id: &Id, read: impl FnOnce(&Record) -> T) -> Option<T> {
        self.ids.track();
        self.record(id).map(|record| record.with(read))
    }

    /// What is read off one leaf of a record, or off those that lie under a place, followed by these alone: typing in one
    /// field of a page has none of the others looked at again.
    pub(super) fn read_at<T>(self, id: &Id, path: &Path, read: impl FnOnce(&Record) -> T) -> Option<T> {
        let Some(held) = self.held(id) else {
            // It may come.
            self.ids.track();
            return None;
        };
        held.track(path);
        Some(held.whole.with_untracked(read))
    }

    /// A text of a record as it is shown, followed; empty where there is none.
    pub(super) fn text(self, id: &Id, path: &Path) -> String {
        self.read_at(id, path, |record| record.shown_text(path).map(str::to_owned)).flatten().unwrap_or_default()
    }

    /// Whether there is a record of a kind that does not lie in the trash, followed.
    pub(super) fn has_living(self, id: &Id, kind: Kind) -> bool {
        self.read(id, |record| record.kind() == Some(kind) && record.life(None) != Life::Deleted).unwrap_or_default()
    }

    /// The id that is meant by one, followed: where a unit is the same as another, that of the one that stands for both. So
    /// it is of what follows from a unit's id.
    pub(super) fn meant(self, id: &Id) -> Id {
        self.identities.with(|all| if all.is_empty() { id.clone() } else { all.standing(id) })
    }

    /// Whether what is of the one is of the other: it is, or they are the same unit. Followed.
    pub(super) fn is_of(self, one: Option<&Id>, other: Option<&Id>) -> bool {
        let is_same = |all: &Identities| {
            !all.is_empty() && one.zip(other).is_some_and(|(one, other)| all.standing(one) == all.standing(other))
        };
        one == other || self.identities.with(is_same)
    }

    /// The ids that another stands for. Followed.
    pub(super) fn others(self, id: &Id) -> Vec<Id> {
        self.identities.with(|all| all.others(id))
    }

    /// The other ids under which the same may lie, shown or not, in the trash or not.
    fn twins(self, id: &Id) -> Vec<Id> {
        let units = self.ids(Kind::Enhed).into_iter().filter_map(|id| self.record(&id));
        let units: Vec<Record> = units.map(|unit| unit.get_untracked()).collect();
        let all = Identities::of(&units);
        let lowest = all.standing(id);
        let twins = all.others(&lowest).into_iter().chain([lowest]);
        twins.filter(|other| other != id).collect()
    }

    /// The units that do not lie in the trash, and of each those that it was said to be the same as, followed.
    pub(super) fn same_units(self) -> Vec<(Id, Vec<Id>)> {
        let said = |unit: &Record| (unit.life(None) != Life::Deleted).then(|| unit.same_as());
        let ids = self.ids(Kind::Enhed).into_iter();
        ids.filter_map(|id| self.read(&id, said).flatten().map(|others| (id, others))).collect()
    }

    /// How many open choices wait in each record that is shown, where any do. Followed.
    pub(super) fn waiting(self) -> Vec<(Id, usize)> {
        self.open.with(|open| {
            let shown = open.iter().filter(|(id, _)| self.meant(id) == **id);
            shown.map(|(id, count)| (id.clone(), *count)).collect()
        })
    }

    /// A record as it is now, followed: it may come later.
    pub(super) fn get(self, id: &Id) -> Option<Record> {
        self.ids.track();
        self.record(id).map(|record| record.get())
    }

    /// A record as it is now, if it does not lie in the trash.
    pub(super) fn living(self, id: &Id) -> Option<Record> {
        self.get(id).filter(|record| record.life(None) != Life::Deleted)
    }

    /// All records, as they are now.
    pub(super) fn all(self) -> Records {
        let inner = self.inner();
        let records = inner.records.borrow();
        let mut all = Records::new();
        all.extend(records.iter().map(|(id, held)| (id.clone(), held.whole.get_untracked())));
        all
    }

    /// The author of this page load; minted at its first write.
    pub(super) fn author(self) -> Author {
        let inner = self.inner();
        let actor = inner.actor.get().unwrap_or_else(|| Actor::from_random(device::random_bits()));
        inner.actor.set(Some(actor));
        let by = inner.by.borrow().clone();
        Author { actor, at: device::now(), by }
    }

    /// The name that the user writes under, from now on.
    pub(super) fn sign(self, by: &str) {
        let by = by.trim();
        self.inner().by.replace((!by.is_empty()).then(|| by.to_owned()));
    }

    /// Whether a write is this page's own, or one under the user's name.
    pub(super) fn is_own(self, record: &Record, dot: crate::record::dot::Dot) -> bool {
        let inner = self.inner();
        let by = inner.by.borrow();
        inner.actor.get() == Some(dot.actor) || (by.is_some() && record.stamp(dot).is_some_and(|stamp| stamp.by == *by))
    }

    /// Merges what stores hold with what is here.
    fn merge_in(self, records: Records) {
        for record in records.into_values() {
            self.meet(record);
        }
    }

    /// Shows a copy of a record that comes from elsewhere: merged with the one that is here.
    fn meet(self, record: Record) {
        let merged = match self.record(record.id()) {
            // A copy that contradicts ours stays where it is; ours stands.
            // Nearly always it is the same, which is told far sooner than it is merged.
            Some(here) => here.with_untracked(|here| {
                if *here == record { None } else { here.merge(&record).ok().filter(|merged| merged != here) }
            }),
            None => Some(record),
        };
        if let Some(merged) = merged {
            self.show(merged);
        }
    }

    /// Shows a record as it is.
    fn show(self, record: Record) {
        let id = record.id().clone();
        let open = if record.may_be_open() { record.choices().len() } else { 0 };
        if self.open.with_untracked(|all| all.get(&id).copied().unwrap_or_default()) != open {
            self.open.update(|all| match open {
                0 => drop(all.remove(&id)),
                open => drop(all.insert(id.clone(), open)),
            });
        }
        if let Some(held) = self.held(&id) {
            held.show(record);
            return;
        }
        let kind = record.kind();
        self.inner().records.borrow_mut().insert(id.clone(), Held::new(record));
        if let Some(kind) = kind {
            self.ids.update(|ids| {
                ids.get_or_default(kind).insert(id);
            });
        }
    }
}
