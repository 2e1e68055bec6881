//! Operations on everything at once: import, restoring a snapshot, forgetting, reset. Import and restore take a snapshot
//! first.

use std::cell::Cell;

use js_sys::Promise;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::domain::cpr;
use crate::domain::id::Id;
use crate::domain::registry::Kind;
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
use crate::store::WriteBlock;
use crate::store::pause::TimeSlices;
use crate::store::report::report;
use crate::store::snapshot::{Occasion, Snapshot};

use super::Workspace;
use super::save::MIRROR_TIMEOUT;
use crate::ui::platform;

/// How many records are processed before the clock is checked.
const RECORDS_PER_STEP: usize = 20;

impl Workspace {
    /// Takes a snapshot of all records, unsaved changes included, if one is due.
    pub(crate) async fn take_snapshot(self, occasion: Occasion) {
        if let Some(saving) = self.save() {
            saving.await;
        }
        let inner = self.inner();
        inner.last_snapshot_check.set(platform::clock::now().seconds());
        let store = inner.store.borrow().clone();
        store.take_snapshot(platform::clock::now(), occasion).await;
        self.list_snapshots();
    }

    /// Takes a snapshot before an operation. Does not wait for an IndexedDB that does not answer: the operation must go on.
    async fn take_snapshot_first(self, occasion: Occasion) {
        let snapshot_or_timeout = Promise::new(&mut |resolve, _| {
            let resolve_on_timeout = resolve.clone();
            spawn_local(async move {
                self.take_snapshot(occasion).await;
                // Calling the resolve function of a promise does not fail.
                drop(resolve.call0(&JsValue::NULL));
            });
            set_timeout(move || drop(resolve_on_timeout.call0(&JsValue::NULL)), MIRROR_TIMEOUT);
        });
        drop(JsFuture::from(snapshot_or_timeout).await);
    }

    /// Updates the list of snapshots.
    pub(crate) fn list_snapshots(self) {
        spawn_local(async move {
            let store = self.inner().store.borrow().clone();
            self.snapshots.set(store.snapshots().await);
        });
    }

    /// Restores everything from a snapshot. Returns a report and the number of the action; `None` where the snapshot
    /// cannot be read.
    pub(crate) async fn restore(self, snapshot: &Snapshot) -> Option<(ImportReport, u64)> {
        let store = self.inner().store.borrow().clone();
        let then = in_sight(store.snapshot(snapshot).await?);
        self.take_snapshot_first(Occasion::Restore).await;
        // Records that were in sight then and are hidden now are restored as a whole.
        let lifted: Vec<Id> = then.keys().filter(|id| self.is_hidden(id)).cloned().collect();
        self.bring_into_sight(&lifted);
        // Records that came from others since go out of sight: deleting them here would delete them for the others too.
        let since = self.all_records().into_keys().filter(|id| !then.contains_key(id)).collect();
        let imported = self.unedited_imports(since).await;
        let mut records = self.all_records();
        let moved: Vec<Record> = imported.iter().filter_map(|id| records.remove(id)).collect();
        let mut report = apply::restore(&mut records, &then, &self.author());
        report.steps.retain(|step| !lifted.contains(&step.id));
        report.steps.extend(lifted.iter().filter_map(|id| Some(RecordDelta::between(None, records.get(id)?))));
        self.put_changed(&report, records, ChangeOrigin::Restore);
        let moment = platform::clock::danish(snapshot.at);
        self.move_out_of_sight(&moved, &format!("tiden efter {moment}"));
        report.changed.extend(lifted.into_iter().chain(imported));
        let action_name = format!("hentede alt tilbage, som det var {moment}");
        let moved = moved.iter().map(|record| RecordDelta::between(None, record)).collect();
        let number = self.record_bulk_action(action_name, std::mem::take(&mut report.steps), moved);
        Some((report, number))
    }

    /// Deletes all data of this app in this browser, and starts over.
    pub(crate) fn reset(self) {
        spawn_local(async move {
            let inner = self.inner();
            let store = inner.store.borrow().clone();
            if let Err(error) = store.reset().await {
                report("deleting everything", &error);
                let words = "Det kunne ikke slettes. Alt ligger her stadig. Hent siden igen, og prøv en gang til.";
                self.error_message.set(Some(words.to_owned()));
                return;
            }
            // Other tabs look into the stores, and find that everything is gone.
            if let Some(tabs) = &*inner.tabs.borrow() {
                tabs.announce(&[]);
            }
            self.drop_memory();
            inner.store.borrow_mut().close(WriteBlock::Reset);
            platform::navigation::restart();
        });
    }

    /// Applies the plan of an import after taking a snapshot, and reports the progress.
    ///
    /// Returns a report and the number of the action (0 where there is nothing to undo). `None` where the user stopped
    /// the import; then nothing has been changed.
    pub(crate) async fn import_plan(
        self,
        plan: Plan,
        name: &str,
        on_progress: &dyn Fn(usize, usize),
        is_stopped: &Cell<bool>,
    ) -> Option<(ImportReport, u64)> {
        self.take_snapshot_first(Occasion::File).await;
        let record = |id: &Id| self.stored(id);
        let current = CurrentRecords { record: &record, ids: &|kind| self.ids(kind) };
        let author = self.author();
        let (mut applier, mut pauses) = (PlanApplier::begin(plan), TimeSlices::begin());
        while applier.apply_some(RECORDS_PER_STEP, current, &author) {
            if pauses.yield_if_due().await {
                let (done, all) = applier.progress();
                on_progress(done, all);
            }
            if is_stopped.get() {
                return None;
            }
        }
        let (mut report, changed) = applier.finish(current, &author);
        for record in changed.into_values() {
            // Merges with what was written while the import ran.
            let merged = self.stored(record.id()).and_then(|stored| stored.merge(&record).ok());
            self.put(merged.unwrap_or(record), ChangeOrigin::File);
            pauses.yield_if_due().await;
        }
        self.bring_into_sight(&report.back_in_sight.iter().cloned().collect::<Vec<_>>());
        let action_name = format!("flettede «{}» ind", cpr::mask_all(name));
        let number = self.record_bulk_action(action_name, std::mem::take(&mut report.steps), Vec::new());
        Some((report, number))
    }

    /// Saves a part as a file to share with others. The name of the file contains the unit that the part belongs to. If
    /// saving fails, shows an error message that contains `reassurance`, which says what is still safe.
    pub(crate) fn save_share_file(self, title: &str, type_word: &str, part: SharedPart, reassurance: &str) {
        let unit = self.unit_name_of_part(&part);
        let scope = Scope::Share { part, unmasked_for: None };
        let text = write::write(&self.all_records(), &scope, platform::clock::now());
        let name = file::name(&file::subject(&unit, title), type_word, platform::clock::today());
        if platform::files::save_export(&name, text).is_err() {
            self.error_message.set(Some(format!("Filen kunne ikke gemmes. {reassurance} Prøv igen.")));
        }
    }

    /// Returns the name of the unit that a part belongs to; empty if the part belongs to no unit.
    pub(crate) fn unit_name_of_part(self, part: &SharedPart) -> String {
        let id = match part {
            SharedPart::Samtale { id } | SharedPart::Aftale { id } | SharedPart::Workshop { id } => Some(id),
            SharedPart::Chosen { ids } => ids.first(),
            SharedPart::Enhed { .. }
            | SharedPart::DataPackage { .. }
            | SharedPart::Network { .. }
            | SharedPart::Feedback { .. }
            | SharedPart::Meeting { .. } => None,
        };
        let get = |id: &Id| untrack(|| self.get_unless_deleted(id));
        let unit = id.and_then(|id| get(id)?.parent()).and_then(|unit| get(&unit));
        unit.filter(|unit| unit.kind() == Some(Kind::Enhed)).map(|unit| unit.title().to_owned()).unwrap_or_default()
    }

    /// Saves the records that a report lists as changed.
    fn put_changed(self, report: &ImportReport, records: Records, origin: ChangeOrigin) {
        let mut records = records;
        for id in &report.changed {
            if let Some(record) = records.remove(id) {
                self.put(record, origin);
            }
        }
    }

    /// Removes the texts of a record in the trash, or of an entry of one, from everything this browser keeps, and from
    /// every copy that later meets this one. Returns `false` where some of the texts may remain.
    pub(crate) async fn forget(self, id: &Id, entry: Option<&Path>) -> bool {
        let inner = self.inner();
        let store = inner.store.borrow().clone();
        let (mut is_done, mut has_forgotten) = (true, false);
        // The same texts may be stored under another id of the unit.
        for id in std::iter::once(id.clone()).chain(untrack(|| self.same_unit_ids(id))) {
            let Some(mut record) = self.unjoined_record(&id) else { continue };
            if record.forget(entry).is_err() {
                // The record is not in the trash under this id, so its texts stay.
                continue;
            }
            has_forgotten = true;
            inner.undo_stack.borrow_mut().forget(Some(&id));
            self.put(record, ChangeOrigin::Hand);
            if let Some(saving) = self.save() {
                saving.await;
            }
            if let Err(error) = store.forget(&id, entry).await {
                report("forgetting a record", &error);
                is_done = false;
            }
        }
        if !has_forgotten {
            return false;
        }
        self.update_action_names();
        self.list_snapshots();
        self.quarantine.set(store.quarantine_entries().await);
        is_done
    }

    /// Returns the log of changes, oldest first, and whether older changes were dropped; `None` where the log cannot be
    /// read.
    pub(crate) async fn history(self) -> Option<(Vec<LogEntry>, bool)> {
        if let Some(saving) = self.save() {
            saving.await;
        }
        let store = self.inner().store.borrow().clone();
        store.history().await
    }

    /// Returns the records of a snapshot; `None` where the snapshot cannot be read.
    pub(crate) async fn read_snapshot(self, snapshot: &Snapshot) -> Option<Records> {
        let store = self.inner().store.borrow().clone();
        store.snapshot(snapshot).await.map(in_sight)
    }
}
