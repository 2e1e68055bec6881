//! Combines the two stores of a browser, and rates how safe a saved record is.

use crate::domain::date::Timestamp;
use crate::domain::id::Id;
use crate::record::history::{ChangeOrigin, LogEntry};
use crate::record::path::Path;
use crate::record::{Record, Records};

use super::error::StoreError;
use super::indexed_db::{IndexedDb, now_in_milliseconds};
use super::local_storage::{LocalStorage, StorageRefusal};
use super::loss::next_epoch;
use super::report::report;
use super::snapshot::{Occasion, Snapshot};

/// The generation of the data, in the names of the stores.
const GENERATION: &str = "1";
/// What stands there in the names of the demo's stores.
const DEMO_GENERATION: &str = "demo";

/// The query of the address that opens the demo.
const DEMO: &str = "proevekommune";

/// The version of the first records that were ever stored. Such data has no version beside it.
pub(super) const FIRST_STORED_VERSION: u64 = 2;

/// How safe the latest save is, the safest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// IndexedDB has the record: it survives a crash of the browser.
    Durable,
    /// IndexedDB has the record; localStorage has no room for it.
    LocalStorageFull,
    /// Only localStorage has the record: IndexedDB is denied, failed or does not answer.
    LocalStorageOnly,
    /// Neither store has the record.
    NotSaved,
    /// This page may not write here any more.
    Closed(WriteBlock),
}

/// The reason why a page writes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WriteBlock {
    /// The page was started without saving.
    ReadOnly,
    /// Another tab has deleted everything. What this page has in memory must not come back.
    Reset,
    /// A newer version of the app has written here.
    Outdated,
}

/// A quarantined text: one that could not be read, or one from before its migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarantineEntry {
    /// The name of the entry: see [`QuarantineEntry::is_damaged`].
    pub name: String,
    /// The text as it was stored.
    pub text: String,
}

impl QuarantineEntry {
    /// Composes the name of an entry: the record's id, the version that it was migrated from (if it was), and a number.
    pub(super) fn name(id: &str, migrated_from: Option<u64>, number: i64) -> String {
        migrated_from.map_or_else(|| format!("{id}/{number}"), |version| format!("{id}/v{version}/{number}"))
    }

    /// Whether a name is that of an entry of the record.
    pub(super) fn is_of(name: &str, id: &Id) -> bool {
        name.strip_prefix(id.as_str()).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Whether the text could not be read. Otherwise an older version wrote it, and it has been migrated.
    pub fn is_damaged(&self) -> bool {
        // Two parts are the name of a damaged text, three that of a migrated one.
        self.name.split('/').count() == 2
    }
}

/// The two stores of this browser, as far as it grants them.
#[derive(Clone, Debug)]
pub struct Store {
    local_storage: Option<LocalStorage>,
    indexed_db: Option<IndexedDb>,
    closed: Option<WriteBlock>,
}

/// What [`Store::load_indexed_db`] found.
#[derive(Debug, Default)]
pub struct LoadOutcome {
    /// The records in IndexedDB.
    pub records: Records,
    /// Whether the records in localStorage belong to an epoch that is over.
    pub was_reset: bool,
}

impl Store {
    /// Opens localStorage. A browser that denies it is asked for IndexedDB alone, by [`Store::load_indexed_db`].
    pub fn open(is_read_only: bool) -> Self {
        Self {
            local_storage: LocalStorage::open(),
            indexed_db: None,
            closed: is_read_only.then_some(WriteBlock::ReadOnly),
        }
    }

    /// The reason why nothing is written, if nothing is. It holds for both stores, whichever gave it.
    pub fn closed(&self) -> Option<WriteBlock> {
        self.closed.or_else(|| self.local_storage.as_ref().and_then(LocalStorage::closed))
    }

    /// Forbids all writes from now on.
    pub const fn close(&mut self, why: WriteBlock) {
        self.closed = Some(why);
    }

    /// Whether the browser denies both stores.
    pub const fn is_denied(&self) -> bool {
        self.local_storage.is_none() && self.indexed_db.is_none()
    }

    /// Loads the records in localStorage, synchronously.
    pub fn load_local(&self) -> Records {
        self.local_storage.as_ref().map(|storage| storage.load(self.closed.is_none())).unwrap_or_default()
    }

    /// Whether IndexedDB is open, so that a failed save can be tried again.
    pub const fn has_indexed_db(&self) -> bool {
        self.indexed_db.is_some()
    }

    /// localStorage.
    pub const fn local_storage(&self) -> Option<&LocalStorage> {
        self.local_storage.as_ref()
    }

    /// Opens IndexedDB and loads all its records. Where that fails, the records are empty, the reason is reported, and
    /// work goes on with localStorage alone.
    pub async fn load_indexed_db(&mut self) -> LoadOutcome {
        self.closed = self.closed();
        if self.closed.is_some_and(|why| why != WriteBlock::ReadOnly) {
            return LoadOutcome::default();
        }
        let may_write = self.closed.is_none();
        let opened = if may_write { IndexedDb::open().await } else { IndexedDb::open_to_read().await };
        let indexed_db = match opened {
            Ok(indexed_db) => indexed_db,
            Err(reason) => {
                report("opening IndexedDB", &reason);
                return LoadOutcome::default();
            }
        };
        match indexed_db.load(may_write).await {
            Ok(records) => {
                let epoch = indexed_db.mark().epoch;
                let was_reset = self.local_storage.as_ref().is_some_and(|storage| storage.epoch() < epoch);
                if was_reset && may_write {
                    // A reset was interrupted before it came to localStorage.
                    self.local_storage.iter().for_each(|storage| storage.begin_epoch(epoch));
                    self.local_storage = LocalStorage::open();
                }
                self.indexed_db = Some(indexed_db);
                LoadOutcome { records, was_reset }
            }
            Err(StoreError::Closed(why)) => {
                self.closed = Some(why);
                LoadOutcome::default()
            }
            Err(StoreError::Refused(reason)) => {
                report("loading IndexedDB", &reason);
                LoadOutcome::default()
            }
        }
    }

    /// The records with the given ids, as IndexedDB has them now. Empty where IndexedDB fails, which is reported.
    ///
    /// # Errors
    /// The reason why this page may not go on.
    pub async fn get(&self, ids: &[Id]) -> Result<Vec<Record>, WriteBlock> {
        match &self.indexed_db {
            Some(indexed_db) => or_default_unless_closed("reading what another tab wrote", indexed_db.get(ids).await),
            None => Ok(Vec::new()),
        }
    }

    /// All records, as IndexedDB has them now, if another page has written there. Empty if none has, and where
    /// IndexedDB fails, which is reported.
    ///
    /// # Errors
    /// The reason why this page may not go on.
    pub async fn changes_by_others(&self) -> Result<Records, WriteBlock> {
        if let Some(why) = self.closed().filter(|&why| why != WriteBlock::ReadOnly) {
            return Err(why);
        }
        let Some(indexed_db) = &self.indexed_db else { return Ok(Records::new()) };
        let has_news = or_default_unless_closed("looking for changes in IndexedDB", indexed_db.has_news().await)?;
        if has_news {
            or_default_unless_closed("loading changes from IndexedDB", indexed_db.load(self.closed.is_none()).await)
        } else {
            Ok(Records::new())
        }
    }

    /// All entries in quarantine, of both stores.
    pub async fn quarantine_entries(&self) -> Vec<QuarantineEntry> {
        let mut entries = self.local_storage.as_ref().map(LocalStorage::quarantine_entries).unwrap_or_default();
        if let Some(indexed_db) = &self.indexed_db {
            match indexed_db.quarantine_entries().await {
                Ok(others) => entries.extend(others),
                Err(reason) => report("listing the quarantine", &reason),
            }
        }
        entries
    }

    /// Writes a record to localStorage, synchronously: there is no time for more when a page is being left. With
    /// `may_be_spared`, a record that is not in localStorage yet is left to IndexedDB where localStorage holds enough.
    pub fn write_local(&self, record: &Record, may_be_spared: bool) -> LocalWrite {
        match (&self.local_storage, self.closed) {
            (_, Some(why)) => LocalWrite::Closed(why),
            (None, _) => LocalWrite::Denied,
            (Some(storage), _) => match storage.put(record, may_be_spared && self.indexed_db.is_some()) {
                Ok(true) => LocalWrite::Written,
                Ok(false) => LocalWrite::Skipped,
                Err(StorageRefusal::Closed(why)) => LocalWrite::Closed(why),
                Err(StorageRefusal::Full | StorageRefusal::Damaged) => LocalWrite::Refused,
            },
        }
    }

    /// Writes records to IndexedDB. Returns each as IndexedDB now has it, merged with what other tabs wrote, and
    /// whether it was written. Where one record makes the write fail, each is written alone.
    pub async fn put(&self, records: Vec<Record>, how: ChangeOrigin) -> Vec<(Record, IndexedDbWrite)> {
        let with = |records: Vec<Record>, result| records.into_iter().map(|record| (record, result)).collect();
        let indexed_db = match (&self.indexed_db, self.closed()) {
            (_, Some(why)) => return with(records, IndexedDbWrite::Closed(why)),
            (None, _) => return with(records, IndexedDbWrite::Failed),
            (Some(indexed_db), _) => indexed_db,
        };
        match indexed_db.put(&records, how).await {
            Ok(merged) => return with(merged, IndexedDbWrite::Written),
            Err(StoreError::Closed(why)) => return with(records, IndexedDbWrite::Closed(why)),
            Err(StoreError::Refused(reason)) => report("saving to IndexedDB", &reason),
        }
        let mut written = Vec::with_capacity(records.len());
        // Often the same reason refuses every record: the first one is enough to tell.
        let mut first_error = None;
        for record in records {
            let merged = match indexed_db.put(std::slice::from_ref(&record), how).await {
                Ok(mut merged) => merged.pop(),
                Err(error) => {
                    first_error.get_or_insert(error);
                    None
                }
            };
            let mirrored = if merged.is_some() { IndexedDbWrite::Written } else { IndexedDbWrite::Failed };
            written.push((merged.unwrap_or(record), mirrored));
        }
        if let Some(error) = first_error {
            report("saving single records to IndexedDB", &error);
        }
        written
    }

    /// Whether a store has lost its content since this was asked last. All records are then to be written again, to
    /// both stores.
    pub fn take_loss(&self) -> bool {
        let storage = self.local_storage.as_ref().filter(|storage| storage.is_lost.take());
        let is_lost = storage.is_some() | self.indexed_db.as_ref().is_some_and(|indexed_db| indexed_db.is_lost.take());
        if let (Some(storage), Some(indexed_db)) = (storage, &self.indexed_db)
            && indexed_db.mark().epoch > storage.epoch()
        {
            storage.raise_epoch(indexed_db.mark().epoch);
        }
        is_lost
    }

    /// Takes a snapshot of all records in IndexedDB, if one is due. Work goes on where that fails, which is reported.
    pub async fn take_snapshot(&self, now: Timestamp, occasion: Occasion) {
        if let (Some(indexed_db), None) = (&self.indexed_db, self.closed()) {
            ok_or_report("taking a snapshot", indexed_db.take_snapshot(now, occasion).await);
        }
    }

    /// The snapshots, the oldest first. Empty where they cannot be listed, which is reported.
    pub async fn snapshots(&self) -> Vec<Snapshot> {
        let Some(indexed_db) = &self.indexed_db else { return Vec::new() };
        ok_or_report("listing the snapshots", indexed_db.snapshots().await).unwrap_or_default()
    }

    /// The records in a snapshot; `None` where it cannot be read, which is reported.
    pub async fn snapshot(&self, snapshot: &Snapshot) -> Option<Records> {
        ok_or_report("reading a snapshot", self.indexed_db.as_ref()?.snapshot(snapshot).await)
    }

    /// The changes in the log, the oldest first, and whether older ones were dropped; `None` where the log cannot be
    /// read, which is reported.
    pub async fn history(&self) -> Option<(Vec<LogEntry>, bool)> {
        ok_or_report("reading the log of changes", self.indexed_db.as_ref()?.history().await)
    }

    /// Deletes everything. Every tab that was open before writes no more, this one included: its page must be loaded
    /// again.
    ///
    /// # Errors
    /// IndexedDB could not be emptied; then nothing was deleted.
    pub async fn reset(&self) -> Result<(), StoreError> {
        if let Some(why) = self.closed() {
            return Err(StoreError::Closed(why));
        }
        let mut epoch = self.local_storage.as_ref().map_or(0, LocalStorage::epoch);
        epoch = match &self.indexed_db {
            Some(indexed_db) => indexed_db.reset(epoch).await?,
            None => next_epoch(epoch, now_in_milliseconds().unsigned_abs()),
        };
        self.local_storage.iter().for_each(|storage| storage.begin_epoch(epoch));
        if !is_demo() {
            self.delete_demo();
        }
        Ok(())
    }

    /// Deletes the stores of the demo, in which the user may have written too.
    fn delete_demo(&self) {
        let prefix = prefix_of(DEMO_GENERATION);
        self.local_storage.iter().for_each(|_| LocalStorage::delete_all_of(&prefix));
        if self.indexed_db.is_some()
            && let Err(error) = super::indexed_db::delete_database(&prefix)
        {
            report("deleting the demo", &error);
        }
    }

    /// Deletes the older text of a record (`entry` is `None`) or of one of its entries from everything but the record
    /// itself: the log, the snapshots, the quarantine. The caller [forgets](Record::forget) the record and
    /// [writes](Store::put) it before.
    ///
    /// # Errors
    /// IndexedDB's: some of the text may be there still.
    pub async fn forget(&self, id: &Id, entry: Option<&Path>) -> Result<(), StoreError> {
        if let Some(why) = self.closed() {
            return Err(StoreError::Closed(why));
        }
        self.local_storage.iter().for_each(|storage| storage.forget(id));
        match &self.indexed_db {
            Some(indexed_db) => indexed_db.forget(id, entry).await,
            None => Ok(()),
        }
    }
}

/// The value of an outcome; the default where the operation failed, which is reported with `context`.
///
/// # Errors
/// The reason why this page may not go on.
fn or_default_unless_closed<T: Default>(context: &str, outcome: Result<T, StoreError>) -> Result<T, WriteBlock> {
    match outcome {
        Ok(value) => Ok(value),
        Err(StoreError::Closed(why)) => Err(why),
        Err(StoreError::Refused(reason)) => {
            report(context, &reason);
            Ok(T::default())
        }
    }
}

/// The value of an outcome; `None` where the operation failed, which is reported with `context`. A closed page is not
/// reported: its next save finds the same, and tells the user.
fn ok_or_report<T>(context: &str, outcome: Result<T, StoreError>) -> Option<T> {
    match outcome {
        Ok(value) => Some(value),
        Err(StoreError::Closed(_)) => None,
        Err(StoreError::Refused(reason)) => {
            report(context, &reason);
            None
        }
    }
}

/// The result of writing a record to localStorage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalWrite {
    /// The record was written.
    Written,
    /// There is no room, or the text that is stored under the record's key is damaged.
    Refused,
    /// The record is left to IndexedDB: localStorage holds enough.
    Skipped,
    /// The browser denies localStorage.
    Denied,
    /// This page may not write here any more.
    Closed(WriteBlock),
}

/// The result of writing a record to IndexedDB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexedDbWrite {
    /// The record is on the disk.
    Written,
    /// The record was not written.
    Failed,
    /// This page may not write there any more.
    Closed(WriteBlock),
}

impl Safety {
    /// Rates how safe a record is by where it was written.
    pub const fn of(at_hand: LocalWrite, mirrored: IndexedDbWrite) -> Self {
        match (mirrored, at_hand) {
            (IndexedDbWrite::Closed(why), _) | (_, LocalWrite::Closed(why)) => Self::Closed(why),
            (IndexedDbWrite::Written, LocalWrite::Refused) => Self::LocalStorageFull,
            (IndexedDbWrite::Written, LocalWrite::Written | LocalWrite::Skipped | LocalWrite::Denied) => Self::Durable,
            (IndexedDbWrite::Failed, LocalWrite::Written) => Self::LocalStorageOnly,
            (IndexedDbWrite::Failed, LocalWrite::Refused | LocalWrite::Skipped | LocalWrite::Denied) => Self::NotSaved,
        }
    }
}

/// The prefix of every key and name: the app, the generation of its data or the demo, and the path of this deployment,
/// so that neither the demo nor a preview under another path ever touches the same data.
pub(super) fn prefix() -> String {
    prefix_of(if is_demo() { DEMO_GENERATION } else { GENERATION })
}

fn prefix_of(generation: &str) -> String {
    let path = location_part("pathname");
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("kvalitetshjul/{generation}{folder}/")
}

/// Returns whether this page shows the demo, which has stores of its own. The query of the address says so.
pub fn is_demo() -> bool {
    location_part("search")
        .trim_start_matches('?')
        .split('&')
        .any(|parameter| parameter.split('=').next() == Some(DEMO))
}

/// Returns a part of the address. A page always has one.
fn location_part(name: &str) -> String {
    js_sys::Reflect::get(&js_sys::global(), &"location".into())
        .and_then(|location| js_sys::Reflect::get(&location, &name.into()))
        .ok()
        .and_then(|part| part.as_string())
        .unwrap_or_default()
}
