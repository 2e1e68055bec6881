//! The records as signals, and the only way to write them.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use js_sys::Promise;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageEvent;

use crate::domain::body::Body;
use crate::domain::id::Id;
use crate::domain::kind::Kind;
use crate::domain::sorted::{SortedMap, SortedSet};
use crate::exchange::apply::{self, Report};
use crate::exchange::plan::Plan;
use crate::record::dot::Actor;
use crate::record::edit::{Author, EditError, Focus};
use crate::record::history::How;
use crate::record::life::Life;
use crate::record::{Record, Records, describe};
use crate::store::fast::Heard;
use crate::store::snapshot::{Occasion, Snapshot};
use crate::store::tabs::Tabs;
use crate::store::{Aside, AtHand, Closed, Mirrored, Safety, Store};

use super::device::{self, Measured};

/// How long the mirror may be silent before the user is told what is safe without it.
const SILENCE: Duration = Duration::from_secs(3);
/// So many records at once are edited by hand; more come from files.
const FEW: usize = 20;
/// After how long what could not be kept is tried again.
const AGAIN: Duration = Duration::from_secs(5);
/// How long after a snapshot was looked for it is looked for again, in seconds.
const SNAPSHOT_EVERY: i64 = 600;
/// How long after the last change it is written.
const PAUSE: Duration = Duration::from_millis(300);

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
    records: RefCell<SortedMap<Id, ArcRwSignal<Record>>>,
    store: RefCell<Store>,
    tabs: RefCell<Option<Tabs>>,
    actor: Cell<Option<Actor>>,
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
    /// Opens the browser's stores: paints from localStorage, then merges the mirror in. One that is to be read alone is
    /// never written.
    pub(super) fn start(is_read_only: bool) -> Self {
        let store = Store::open(is_read_only);
        let at_hand = store.at_hand();
        let store_standing = store.closed().map(Standing::Closed);
        let inner = Rc::new(Inner {
            records: RefCell::default(),
            store: RefCell::new(store),
            tabs: RefCell::default(),
            actor: Cell::new(None),
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
            strip: RwSignal::new(Strip::Loading),
            trouble: RwSignal::new(None),
            standing: RwSignal::new(store_standing),
            aside: RwSignal::new(Vec::new()),
            snapshots: RwSignal::new(Vec::new()),
        };
        workspace.merge_in(at_hand);
        workspace.hear_others();
        spawn_local(workspace.load());
        set_timeout(move || workspace.go_on_without_mirror(), SILENCE);
        workspace
    }

    /// Whether there are records here, all of them read and saved.
    pub(super) fn is_in_use(self) -> bool {
        matches!(self.strip.get(), Strip::Unchanged | Strip::Saved { .. }) && self.ids.with(|ids| !ids.is_empty())
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
        for (_, record) in mirrored.iter().filter(|(id, _)| at_hand.binary_search(id).is_err()) {
            store.put_at_hand(record, true);
        }
        // Another tab may have told something meanwhile that the store was not there for.
        if let Some(why) = inner.store.borrow().closed() {
            store.close(why);
        }
        let closed = store.closed();
        if store.is_denied() {
            self.standing.set(Some(Standing::Denied));
        }
        self.aside.set(store.aside().await);
        inner.store.replace(store);
        if let Some(why) = closed {
            self.close(why);
        }
        inner.is_loaded.set(true);
        self.list_snapshots();
        // What localStorage alone had is written to the mirror, so that it holds everything.
        let missing: Vec<Id> = {
            let records = inner.records.borrow();
            let differs = |(id, record): &(&Id, &ArcRwSignal<Record>)| {
                record.with_untracked(|record| mirrored.get(*id) != Some(record))
            };
            records.iter().filter(differs).map(|(id, _)| id.clone()).collect()
        };
        self.merge_in(mirrored);
        if missing.is_empty() && inner.unsaved.borrow().is_empty() {
            self.strip.set(Strip::Unchanged);
        } else {
            inner.unsaved.borrow_mut().extend(missing);
            self.save_now();
        }
        // What others wrote while all this was read: they told it to a page that could not look yet.
        self.come_back();
    }

    /// This page writes nothing from now on.
    fn close(self, why: Closed) {
        self.inner().store.borrow_mut().close(why);
        self.standing.set(Some(Standing::Closed(why)));
        if why == Closed::Reset {
            self.drop_memory();
        }
    }

    /// Forgets all records, written or not: they were deleted, and must not come back.
    fn drop_memory(self) {
        let inner = self.inner();
        inner.records.take();
        inner.unsaved.take();
        self.ids.set(SortedMap::new());
        self.aside.set(Vec::new());
        self.snapshots.set(Vec::new());
    }

    /// A mirror that says nothing may be one that never will: work goes on, and it is merged in whenever it comes.
    fn go_on_without_mirror(self) {
        let inner = self.inner();
        if !inner.is_loaded.replace(true) {
            self.strip.set(Strip::Saved { at: device::time_of_day(), safety: Safety::WithoutMirror });
            self.save_now();
        }
    }

    /// Hears from now on what other tabs write.
    fn hear_others(self) {
        let tabs = Tabs::open(move |ids| {
            spawn_local(async move {
                let store = self.inner().store.borrow().clone();
                match store.get(&ids).await {
                    Ok(records) => records.into_iter().for_each(|record| self.meet(record)),
                    Err(why) => self.close(why),
                }
            });
        });
        self.inner().tabs.replace(tabs);
    }

    /// What another tab has put into localStorage.
    pub(super) fn hear(self, event: &StorageEvent) {
        let heard = self.inner().store.borrow().fast().and_then(|fast| fast.heard(event));
        match heard {
            Some(Heard::Record(record)) => {
                let id = record.id().clone();
                self.meet((*record).clone());
                // Without a mirror nobody else brings together what two tabs have put there over one another.
                let has_mirror = self.inner().store.borrow().has_mirror();
                if let Some(here) = self.record(&id).filter(|_| self.inner().is_loaded.get() && !has_mirror) {
                    let here = here.get_untracked();
                    if here != *record {
                        self.put(here, How::Hand);
                    }
                }
            }
            Some(Heard::Closed(why)) => self.close(why),
            None => {}
        }
    }

    /// The page is being put away, or left: what there is no time for later is done.
    pub(super) fn leave(self) {
        self.save_now();
        if let Some(tabs) = self.inner().tabs.take() {
            tabs.close();
        }
    }

    /// The page is put to sleep. Nothing may be begun with the mirror, nor heard that would begin it: it would end only
    /// when the page wakes, and every other tab would wait for that.
    pub(super) fn sleep(self) {
        self.inner().is_asleep.set(true);
        self.put_at_hand();
        if let Some(tabs) = self.inner().tabs.take() {
            tabs.close();
        }
    }

    /// The page wakes, or is come back to.
    pub(super) fn wake(self) {
        self.inner().is_asleep.set(false);
        self.come_back();
    }

    /// The page is looked at again: what is not written yet is, and what others wrote meanwhile is merged in.
    pub(super) fn come_back(self) {
        if self.inner().is_asleep.get() {
            return;
        }
        self.save_now();
        if self.inner().tabs.borrow().is_none() {
            self.hear_others();
        }
        spawn_local(async move {
            let store = self.inner().store.borrow().clone();
            match store.news().await {
                Ok(news) => self.merge_in(news),
                Err(why) => self.close(why),
            }
        });
    }

    /// Takes a snapshot of all that is here, with what is not written yet, if one is due.
    async fn take_snapshot(self, occasion: Occasion) {
        if let Some(saving) = self.save() {
            saving.await;
        }
        let inner = self.inner();
        inner.looked.set(device::now().seconds());
        let store = inner.store.borrow().clone();
        store.take_snapshot(device::now(), occasion).await;
        self.list_snapshots();
    }

    /// The same, but a mirror that says nothing is not waited for: what comes after a snapshot must come.
    async fn take_snapshot_first(self, occasion: Occasion) {
        let taken = Promise::new(&mut |resolve, _| {
            let silent = resolve.clone();
            spawn_local(async move {
                self.take_snapshot(occasion).await;
                // No call of a promise's own fails.
                drop(resolve.call0(&JsValue::NULL));
            });
            set_timeout(move || drop(silent.call0(&JsValue::NULL)), SILENCE);
        });
        drop(JsFuture::from(taken).await);
    }

    /// Looks which snapshots there are.
    pub(super) fn list_snapshots(self) {
        spawn_local(async move {
            let store = self.inner().store.borrow().clone();
            self.snapshots.set(store.snapshots().await);
        });
    }

    /// Brings everything back to what it was in a snapshot; `None` where that cannot be read.
    pub(super) async fn restore(self, snapshot: &Snapshot) -> Option<Report> {
        let store = self.inner().store.borrow().clone();
        let then = store.snapshot(snapshot).await?;
        self.take_snapshot_first(Occasion::Restore).await;
        let mut records = self.all();
        let report = apply::restore(&mut records, &then, &self.author());
        self.put_changed(&report, records, How::Restore);
        Some(report)
    }

    /// Deletes all that this app has in this browser, and begins anew.
    pub(super) fn reset(self) {
        spawn_local(async move {
            let inner = self.inner();
            let store = inner.store.borrow().clone();
            if store.reset().await.is_err() {
                let words = "Det kunne ikke slettes. Alt ligger her stadig. Hent siden igen, og prøv en gang til.";
                self.trouble.set(Some(words.to_owned()));
                return;
            }
            // They look, and find that all is gone.
            if let Some(tabs) = &*inner.tabs.borrow() {
                tabs.tell(&[]);
            }
            self.drop_memory();
            inner.store.borrow_mut().close(Closed::Reset);
            device::begin_anew();
        });
    }

    fn inner(self) -> Rc<Inner> {
        self.inner.get_value()
    }

    /// The ids of a kind, those in the trash among them.
    pub(super) fn ids(self, kind: Kind) -> Vec<Id> {
        self.ids.with(|ids| ids.get(&kind).into_iter().flatten().cloned().collect())
    }

    /// A record, as long as there is one.
    pub(super) fn record(self, id: &Id) -> Option<ArcRwSignal<Record>> {
        self.inner().records.borrow().get(id).cloned()
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
        all.extend(records.iter().map(|(id, record)| (id.clone(), record.get_untracked())));
        all
    }

    /// The author of this page load; minted at its first write.
    pub(super) fn author(self) -> Author {
        let inner = self.inner();
        let actor = inner.actor.get().unwrap_or_else(|| Actor::from_random(device::random_bits()));
        inner.actor.set(Some(actor));
        Author { actor, at: device::now(), by: None }
    }

    /// Edits a record by its body.
    pub(super) fn edit<B: Body>(self, id: &Id, focus: &mut Focus, change: impl FnOnce(&mut B)) {
        let author = self.author();
        self.change(id, |record| record.edit::<B>(focus, &author, change));
    }

    /// Changes a record by whatever way records are changed, and saves it.
    pub(super) fn change(self, id: &Id, change: impl FnOnce(&mut Record) -> Result<(), EditError>) {
        let Some(signal) = self.record(id) else { return };
        let mut record = signal.get_untracked();
        match change(&mut record) {
            Ok(()) => self.put(record, How::Hand),
            Err(error) => self.trouble.set(Some(error.to_string())),
        }
    }

    /// Creates a record.
    pub(super) fn create<B: Body>(self, id: Id, body: &B) {
        match Record::create(id, body, &self.author()) {
            Ok(record) => self.put(record, How::Hand),
            Err(error) => self.trouble.set(Some(error.to_string())),
        }
    }

    /// Sees to it that a record is there to be written in: made where it is not, brought back where it lies in the trash.
    /// (It came with a file and went when that was undone: who writes in it wants it.)
    pub(super) fn ensure<B: Body>(self, id: &Id, body: impl FnOnce() -> B) {
        match self.record(id) {
            None => self.create(id.clone(), &body()),
            Some(record) if record.with_untracked(|record| record.life(None)) == Life::Deleted => {
                let author = self.author();
                self.change(id, |record| record.restore(None, &author));
            }
            Some(_) => {}
        }
    }

    /// Does what the plan of a file says, after a snapshot was taken.
    pub(super) async fn take_in(self, plan: Plan) -> Report {
        self.take_snapshot_first(Occasion::File).await;
        let mut records = self.all();
        let report = apply::apply(&mut records, plan, &self.author());
        self.put_changed(&report, records, How::File);
        report
    }

    fn put_changed(self, report: &Report, records: Records, how: How) {
        let mut records = records;
        for id in &report.changed {
            if let Some(record) = records.remove(id) {
                self.put(record, how);
            }
        }
    }

    /// Undoes an import, and names the records of which something was left alone, since it was written in since;
    /// `None` where it could not be undone.
    pub(super) fn undo_import(self, report: &Report) -> Option<Vec<String>> {
        let mut records = self.all();
        let undone = match apply::undo(&mut records, &report.steps, &self.author()) {
            Ok(undone) => undone,
            Err(error) => {
                self.trouble.set(Some(error.to_string()));
                return None;
            }
        };
        let mut left = Vec::new();
        for (id, undone) in undone {
            if let Some(record) = records.remove(&id) {
                if !undone.left.is_empty() {
                    left.push(describe::name(&record));
                }
                self.put(record, How::Undo);
            }
        }
        Some(left)
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
            Some(here) => here.with_untracked(|here| here.merge(&record).ok().filter(|merged| merged != here)),
            None => Some(record),
        };
        if let Some(merged) = merged {
            self.show(merged);
        }
    }

    /// Shows a record as it is.
    fn show(self, record: Record) {
        if let Some(signal) = self.record(record.id()) {
            signal.set(record);
            return;
        }
        let (id, kind) = (record.id().clone(), record.kind());
        self.inner().records.borrow_mut().insert(id.clone(), ArcRwSignal::new(record));
        if let Some(kind) = kind {
            self.ids.update(|ids| {
                ids.get_or_default(kind).insert(id);
            });
        }
    }

    /// Takes a record as it was written here, and saves it.
    fn put(self, record: Record, how: How) {
        let inner = self.inner();
        // What is saved together came by one way.
        if inner.how.get() != how {
            self.save_now();
            inner.how.set(how);
        }
        inner.changes.set(inner.changes.get() + 1);
        inner.unsaved.borrow_mut().insert(record.id().clone());
        self.show(record);
        self.strip.set(Strip::Saving);
        let timer = set_timeout_with_handle(move || self.save_now(), PAUSE).ok();
        if let Some(earlier) = inner.timer.replace(timer) {
            earlier.clear();
        }
    }

    /// Writes what is not written yet: when a pause comes, when a field is left, when the page is being left.
    pub(super) fn save_now(self) {
        if let Some(saving) = self.save() {
            spawn_local(saving);
        }
    }

    /// Puts at hand what is not written yet, which it remains.
    fn put_at_hand(self) {
        let inner = self.inner();
        for id in inner.unsaved.borrow().iter() {
            if let Some(record) = self.record(id) {
                record.with_untracked(|record| inner.store.borrow().put_at_hand(record, false));
            }
        }
    }

    /// Puts at hand, at once, what is not written yet, and gives what remains to be done with it.
    fn save(self) -> Option<Pin<Box<dyn Future<Output = ()>>>> {
        let inner = self.inner();
        if !inner.is_loaded.get() || inner.is_asleep.get() {
            // The mirror has not answered yet, or may not be asked; it gets them later. localStorage was read at the start.
            self.put_at_hand();
            return None;
        }
        let unsaved = inner.unsaved.take();
        let records: Vec<Record> = unsaved.iter().filter_map(|id| Some(self.record(id)?.get_untracked())).collect();
        if records.is_empty() {
            return None;
        }
        let store = inner.store.borrow().clone();
        let (how, changes) = (inner.how.get(), inner.changes.get());
        let measured = Measured::begin("save");
        // At once: there may be no later.
        let at_hand: Vec<AtHand> =
            records.iter().map(|record| store.put_at_hand(record, records.len() > FEW)).collect();
        let is_answered = Rc::new(Cell::new(false));
        let (answered, by_hand) = (Rc::clone(&is_answered), at_hand.clone());
        let unanswered = move || {
            if !answered.get() {
                let safety = by_hand.iter().map(|&at_hand| Safety::of(at_hand, Mirrored::No)).max();
                self.say_saved(safety.unwrap_or(Safety::NotKept), changes);
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
                self.meet(merged.clone());
                if written == Mirrored::Yes {
                    mirrored.push(merged);
                }
            }
            measured.end();
            is_answered.set(true);
            if let Some(tabs) = &*inner.tabs.borrow() {
                tabs.tell(&mirrored);
            }
            if safety >= Safety::WithoutMirror {
                set_timeout(move || self.save_now(), AGAIN);
            } else {
                device::ask_to_keep();
                let now = device::now().seconds();
                if (now - inner.looked.get()).abs() >= SNAPSHOT_EVERY {
                    spawn_local(self.take_snapshot(Occasion::Work));
                }
            }
            let is_one_waiting = safety < Safety::WithoutMirror && !inner.unsaved.borrow().is_empty();
            if !is_one_waiting {
                self.say_saved(safety, changes);
            }
        }))
    }

    /// Says how safe what was written is, unless something was written since: that is on its way.
    fn say_saved(self, safety: Safety, changes: u64) {
        if let Safety::Closed(why) = safety {
            self.close(why);
        }
        if self.inner().changes.get() == changes {
            self.strip.set(Strip::Saved { at: device::time_of_day(), safety });
        }
    }
}
