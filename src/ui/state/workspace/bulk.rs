//! What is done to everything at once: files taken in, earlier states brought back, forgetting, reset. A snapshot comes
//! first.

use std::cell::Cell;

use js_sys::Promise;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::domain::cpr;
use crate::domain::id::Id;
use crate::exchange::apply::{self, CurrentRecords, ImportReport, PlanApplier};
use crate::exchange::file;
use crate::exchange::out_of_sight::in_sight;
use crate::exchange::plan::Plan;
use crate::exchange::scope::{Scope, SharedPart};
use crate::exchange::write;
use crate::record::delta::RecordDelta;
use crate::record::history::{ChangeOrigin, LogEntry};
use crate::record::path::Path;
use crate::record::{Record, Records};
use crate::store::Closed;
use crate::store::pause::Pauses;
use crate::store::snapshot::{Occasion, Snapshot};

use super::Workspace;
use super::save::SILENCE;
use crate::ui::platform;

/// How many records are worked through before the clock is looked at.
const SOME: usize = 20;

impl Workspace {
    /// Takes a snapshot of all that is here, with what is not written yet, if one is due.
    pub(crate) async fn take_snapshot(self, occasion: Occasion) {
        if let Some(saving) = self.save() {
            saving.await;
        }
        let inner = self.inner();
        inner.looked.set(platform::clock::now().seconds());
        let store = inner.store.borrow().clone();
        store.take_snapshot(platform::clock::now(), occasion).await;
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
    pub(crate) fn list_snapshots(self) {
        spawn_local(async move {
            let store = self.inner().store.borrow().clone();
            self.snapshots.set(store.snapshots().await);
        });
    }

    /// Brings everything back to what it was in a snapshot, and gives what came of it and the number that
    /// it can be undone by; `None` where the snapshot cannot be read.
    pub(crate) async fn restore(self, snapshot: &Snapshot) -> Option<(ImportReport, u64)> {
        let store = self.inner().store.borrow().clone();
        let then = in_sight(store.snapshot(snapshot).await?);
        self.take_snapshot_first(Occasion::Restore).await;
        // What was in sight then and is not now comes whole.
        let lifted: Vec<Id> = then.keys().filter(|id| self.is_hidden(id)).cloned().collect();
        self.lift(&lifted);
        // What has come from others since goes out of sight: to delete it here would delete it at theirs.
        let since = self.all_records().into_keys().filter(|id| !then.contains_key(id)).collect();
        let came = self.that_came(since).await;
        let mut records = self.all_records();
        let away: Vec<Record> = came.iter().filter_map(|id| records.remove(id)).collect();
        let mut report = apply::restore(&mut records, &then, &self.author());
        report.steps.retain(|step| !lifted.contains(&step.id));
        report.steps.extend(lifted.iter().filter_map(|id| Some(RecordDelta::between(None, records.get(id)?))));
        self.put_changed(&report, records, ChangeOrigin::Restore);
        let moment = platform::clock::danish(snapshot.at);
        self.put_away(&away, &format!("tiden efter {moment}"));
        report.changed.extend(lifted.into_iter().chain(came));
        let what = format!("hentede alt tilbage, som det var {moment}");
        let away = away.iter().map(|record| RecordDelta::between(None, record)).collect();
        let number = self.record_bulk_action(what, std::mem::take(&mut report.steps), away);
        Some((report, number))
    }

    /// Deletes all that this app has in this browser, and begins anew.
    pub(crate) fn reset(self) {
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
            platform::navigation::begin_anew();
        });
    }

    /// Does what the plan of a file says, after a snapshot was taken, and says how far it is. Gives what came of it, and the
    /// number that it can be undone by (0 where there is nothing to undo); `None` where it was stopped, and nothing done.
    pub(crate) async fn import_plan(
        self,
        plan: Plan,
        name: &str,
        says: &dyn Fn(usize, usize),
        is_stopped: &Cell<bool>,
    ) -> Option<(ImportReport, u64)> {
        self.take_snapshot_first(Occasion::File).await;
        let record = |id: &Id| self.stored(id);
        let here = CurrentRecords { record: &record, ids: &|kind| self.ids(kind) };
        let author = self.author();
        let (mut applier, mut pauses) = (PlanApplier::begin(plan), Pauses::begin());
        while applier.apply_some(SOME, here, &author) {
            if pauses.breathe().await {
                let (done, all) = applier.progress();
                says(done, all);
            }
            if is_stopped.get() {
                return None;
            }
        }
        let (mut report, changed) = applier.finish(here, &author);
        for record in changed.into_values() {
            // What was written while the page answered stays beside it.
            let met = self.stored(record.id()).and_then(|here| here.merge(&record).ok());
            self.put(met.unwrap_or(record), ChangeOrigin::File);
            pauses.breathe().await;
        }
        self.lift(&report.lifted.iter().cloned().collect::<Vec<_>>());
        let what = format!("flettede «{}» ind", cpr::masked(name));
        let number = self.record_bulk_action(what, std::mem::take(&mut report.steps), Vec::new());
        Some((report, number))
    }

    /// Hands a part to the user as a file of its own. Where that fails it is said, with what is safe.
    pub(crate) fn save_share_file(self, title: &str, is: &str, part: SharedPart, safe: &str) {
        let scope = Scope::Share { part, unmasked_for: None };
        let text = write::write(&self.all_records(), &scope, platform::clock::now());
        let name = file::name(title, is, platform::clock::today());
        if text.map_err(drop).and_then(|text| platform::files::save_file(&name, &text).map_err(drop)).is_err() {
            self.trouble.set(Some(format!("Filen kunne ikke gemmes. {safe} Prøv igen.")));
        }
    }

    fn put_changed(self, report: &ImportReport, records: Records, how: ChangeOrigin) {
        let mut records = records;
        for id in &report.changed {
            if let Some(record) = records.remove(id) {
                self.put(record, how);
            }
        }
    }

    /// Takes the words of what lies in the trash, a record or an entry of it, out of everything this browser keeps, and
    /// out of every copy that this one meets. `false` where some of it may be there still.
    pub(crate) async fn forget(self, id: &Id, entry: Option<&Path>) -> bool {
        let inner = self.inner();
        let store = inner.store.borrow().clone();
        let (mut is_done, mut is_any) = (true, false);
        // The same words may lie under another id of the unit.
        for id in std::iter::once(id.clone()).chain(untrack(|| self.twins(id))) {
            let Some(mut record) = self.alone(&id) else { continue };
            if record.forget(entry).is_err() {
                // It is shown, and in use there.
                continue;
            }
            is_any = true;
            inner.acts.borrow_mut().forget(Some(&id));
            self.put(record, ChangeOrigin::Hand);
            if let Some(saving) = self.save() {
                saving.await;
            }
            is_done &= store.forget(&id, entry).await.is_ok();
        }
        if !is_any {
            return false;
        }
        self.update_action_names();
        self.list_snapshots();
        self.aside.set(store.quarantine().await);
        is_done
    }

    /// What this browser's log tells of, the oldest first, and whether older changes were dropped; `None` where it
    /// cannot be read.
    pub(crate) async fn history(self) -> Option<(Vec<LogEntry>, bool)> {
        if let Some(saving) = self.save() {
            saving.await;
        }
        let store = self.inner().store.borrow().clone();
        store.history().await
    }

    /// What is in a snapshot; `None` where it cannot be read.
    pub(crate) async fn read_snapshot(self, snapshot: &Snapshot) -> Option<Records> {
        let store = self.inner().store.borrow().clone();
        store.snapshot(snapshot).await.map(in_sight)
    }
}
