//! IndexedDB: holds all records. A write is on the disk when its transaction is complete.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbObjectStore, IdbOpenDbRequest, IdbTransaction};

use crate::domain::id::Id;
use crate::exchange::format::VERSION;
use crate::exchange::migrate::migrate;
use crate::exchange::out_of_sight::is_list;
use crate::record::history::{ChangeOrigin, LogEntry};
use crate::record::{Record, Records};

use super::error::StoreError;
use super::history::LastLogLine;
use super::loss::{Mark, MarkChange};
use super::pause::TimeSlices;
use super::report::{describe_json_error, report};
use super::request::{
    all_entries, all_meta_values, answer, completion, count_in, read_transaction, set_count, write_transaction,
};
use super::schema::{BIRTH, DATABASE_VERSION, EPOCH, META, QUARANTINE, RECORDS, STORES, WRITES, WRITTEN_BY};
use super::{FIRST_STORED_VERSION, QuarantineEntry, WriteBlock, prefix};

/// The database, where the browser grants one. Clones share one state.
#[derive(Clone, Debug)]
pub struct IndexedDb {
    database: Rc<RefCell<IdbDatabase>>,
    /// The database's count of writes when this page last knew all that is in the database.
    known_writes: Rc<Cell<u64>>,
    /// The mark that the database had last, once it was read.
    mark: Rc<Cell<Option<Mark>>>,
    /// Whether the database has lost its content, and the workspace has not been told yet.
    pub(super) is_lost: Rc<Cell<bool>>,
    /// The last line of the log of changes, if this tab wrote it.
    pub(super) last_log_line: Rc<RefCell<LastLogLine>>,
}

/// A value in quarantine or on its way there: its key, the value, and the migrated record if the value could be read.
type QuarantinedValue = (JsValue, JsValue, Option<Record>);

impl IndexedDb {
    /// Opens the database, and creates it where there is none.
    ///
    /// # Errors
    /// The browser's.
    pub async fn open() -> Result<Self, JsValue> {
        Ok(Self::new(open_database(factory()?.open_with_u32(&prefix(), DATABASE_VERSION)?, true).await?))
    }

    /// Opens the database as it is, and creates nothing.
    ///
    /// # Errors
    /// The browser's, or there is no database.
    pub async fn open_to_read() -> Result<Self, JsValue> {
        Ok(Self::new(open_database(factory()?.open(&prefix())?, false).await?))
    }

    fn new(database: IdbDatabase) -> Self {
        Self {
            database: Rc::new(RefCell::new(database)),
            known_writes: Rc::default(),
            mark: Rc::default(),
            is_lost: Rc::default(),
            last_log_line: Rc::default(),
        }
    }

    /// The database.
    pub(super) fn database(&self) -> IdbDatabase {
        self.database.borrow().clone()
    }

    /// Begins a transaction that writes. Opens the database again where the browser has closed it, as it does when a
    /// site's data is cleared.
    async fn begin_write(&self) -> Result<IdbTransaction, JsValue> {
        // The reason of a first failure is dropped: if opening again does not help, the second reason is returned.
        if let Ok(transaction) = write_transaction(&self.database(), &STORES) {
            return Ok(transaction);
        }
        let database = open_database(factory()?.open_with_u32(&prefix(), DATABASE_VERSION)?, true).await?;
        self.database.replace(database);
        write_transaction(&self.database(), &STORES)
    }

    /// Checks in a transaction whether this page may go on here, and returns the version of the data, if one was
    /// written. Every transaction must call this first.
    pub(super) async fn check(&self, transaction: &IdbTransaction) -> Result<Option<u64>, StoreError> {
        let meta = all_meta_values(transaction).await?;
        let version = count_in(&meta, WRITTEN_BY);
        if version.is_some_and(|version| version > VERSION) {
            return Err(StoreError::Closed(WriteBlock::Outdated));
        }
        let found = Mark {
            epoch: count_in(&meta, EPOCH).unwrap_or_default(),
            birth: count_in(&meta, BIRTH),
            writes: count_in(&meta, WRITES).unwrap_or_default(),
        };
        match self.mark.get().map(|known| Mark::compare(known, found)) {
            Some(MarkChange::Reset) => return Err(StoreError::Closed(WriteBlock::Reset)),
            Some(MarkChange::Lost) => {
                self.is_lost.set(true);
                self.known_writes.set(0);
            }
            Some(MarkChange::Intact) | None => {}
        }
        self.mark.set(Some(found));
        Ok(version)
    }

    /// The mark that the database had last.
    pub(super) fn mark(&self) -> Mark {
        self.mark.get().unwrap_or_default()
    }

    /// Loads all records, migrated to this version. A value that cannot be read is moved to quarantine. A text of
    /// an older version that the migration changes is copied there before its migrated record replaces it. Nothing is
    /// moved or replaced unless `may_write`.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn load(&self, may_write: bool) -> Result<Records, StoreError> {
        loop {
            let transaction = read_transaction(&self.database(), &[RECORDS, META])?;
            let version = self.check(&transaction).await?.unwrap_or(FIRST_STORED_VERSION);
            let writes = self.mark().writes;
            let (keys, texts) = all_entries(&transaction.object_store(RECORDS)?).await?;
            let mut loaded = Records::new();
            let mut quarantined = Vec::new();
            let mut pauses = TimeSlices::begin();
            for (key, value) in keys.iter().zip(texts.iter()) {
                // A value that is no record is quarantined below, and the user is told of it.
                let record = value.as_string().and_then(|text| serde_json::from_str::<Record>(&text).ok());
                let original = if version < VERSION { record.clone() } else { None };
                let migrated = record.map(|mut record| {
                    migrate(&mut record, version);
                    record
                });
                // A migration that changes nothing replaces nothing.
                let is_changed = original.is_some() && original != migrated;
                if migrated.is_none() || is_changed {
                    quarantined.push((key, value, migrated.clone()));
                }
                loaded.extend(migrated.map(|record| (record.id().clone(), record)));
                pauses.yield_if_due().await;
            }
            let is_to_be_written = may_write && (!quarantined.is_empty() || version < VERSION);
            if is_to_be_written && !self.quarantine(quarantined, version, writes).await? {
                // An older version of the app has written meanwhile, or another tab has migrated the data.
                continue;
            }
            self.known_writes.set(writes);
            return Ok(loaded);
        }
    }

    /// Moves values to quarantine, and puts their migrated records in their place. A text that another page has changed
    /// meanwhile is left alone. `version` and `writes` are those of the database when the values were read. Returns
    /// `false`, with nothing done, where a migration is due and either has changed since.
    async fn quarantine(&self, values: Vec<QuarantinedValue>, version: u64, writes: u64) -> Result<bool, StoreError> {
        let transaction = write_transaction(&self.database(), &STORES)?;
        let done = completion(&transaction);
        let version_now = self.check(&transaction).await?.unwrap_or(FIRST_STORED_VERSION);
        let writes_now = self.mark().writes;
        if version < VERSION && (version_now, writes_now) != (version, writes) {
            return Ok(false);
        }
        let (records, quarantine) = (transaction.object_store(RECORDS)?, transaction.object_store(QUARANTINE)?);
        for (key, value, record) in values {
            if answer(&records.get(&key)?).await? != value && value.is_string() {
                continue;
            }
            let migrated_from = if record.is_some() { Some(version) } else { None };
            // The app uses texts alone as keys. A value under another key gets a name without an id.
            let id = key.as_string().unwrap_or_default();
            let name = QuarantineEntry::name(&id, migrated_from, now_in_milliseconds());
            quarantine.put_with_key(&as_text(&value), &name.into())?;
            match record {
                None => records.delete(&key)?,
                Some(record) => records.put_with_key(&to_json(&record)?.into(), &key)?,
            };
        }
        set_count(&transaction, WRITTEN_BY, VERSION)?;
        JsFuture::from(done).await?;
        Ok(true)
    }

    /// The records with the given ids, as far as they exist and can be read.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn get(&self, ids: &[Id]) -> Result<Vec<Record>, StoreError> {
        let transaction = read_transaction(&self.database(), &[RECORDS, META])?;
        self.check(&transaction).await?;
        let store = transaction.object_store(RECORDS)?;
        let mut records = Vec::new();
        for id in ids {
            let text = answer(&store.get(&id.as_str().into())?).await?.as_string();
            // An unreadable text stays where it is: the next `load` quarantines it, and the user is told.
            records.extend(text.and_then(|text| serde_json::from_str(&text).ok()));
        }
        Ok(records)
    }

    /// Whether another page has written since this page last knew all that is in the database.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn has_news(&self) -> Result<bool, StoreError> {
        let transaction = read_transaction(&self.database(), &[META])?;
        self.check(&transaction).await?;
        Ok(self.mark().writes != self.known_writes.get())
    }

    /// The entries in quarantine.
    ///
    /// # Errors
    /// The browser's.
    pub async fn quarantine_entries(&self) -> Result<Vec<QuarantineEntry>, JsValue> {
        let transaction = read_transaction(&self.database(), &[QUARANTINE])?;
        let (names, texts) = all_entries(&transaction.object_store(QUARANTINE)?).await?;
        let pairs = names.iter().zip(texts.iter());
        // `quarantine` writes texts under texts alone, so none is skipped.
        Ok(pairs
            .filter_map(|(name, text)| Some(QuarantineEntry { name: name.as_string()?, text: text.as_string()? }))
            .collect())
    }

    /// Writes records in one transaction: reads what is stored, merges, writes, and appends to the log of changes.
    /// Returns the merged records when they are on the disk.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn put(&self, records: &[Record], how: ChangeOrigin) -> Result<Vec<Record>, StoreError> {
        let transaction = self.begin_write().await?;
        // Before anything is awaited: an event that nobody listens to is gone.
        let done = completion(&transaction);
        match self.merge_all(&transaction, records, how).await {
            Ok((merged, mark, last_log_line)) => {
                JsFuture::from(done).await?;
                self.mark.set(Some(mark));
                self.last_log_line.replace(last_log_line);
                // If nobody else has written in between, this page still knows all that is in the database.
                if mark.writes == self.known_writes.get() + 1 {
                    self.known_writes.set(mark.writes);
                }
                Ok(merged)
            }
            Err(error) => {
                // Refused where the transaction has ended already. The error that led here is returned in any case.
                drop(transaction.abort());
                Err(error)
            }
        }
    }

    /// Does the work of [`IndexedDb::put`] inside its transaction. Returns the merged records, and the database's mark
    /// and the log's last line as they are once the transaction is complete.
    async fn merge_all(
        &self,
        transaction: &IdbTransaction,
        records: &[Record],
        how: ChangeOrigin,
    ) -> Result<(Vec<Record>, Mark, LastLogLine), StoreError> {
        let version = self.check(transaction).await?;
        let mut mark = self.mark();
        if version.is_some_and(|version| version < VERSION) && mark.writes > 0 {
            return Err(StoreError::Refused("not migrated yet".into()));
        }
        let store = transaction.object_store(RECORDS)?;
        let (mut all_merged, mut log_entries) = (Vec::with_capacity(records.len()), Vec::new());
        for record in records {
            let (stored, merged) = merge_into(&store, record).await?;
            // The list of records out of sight belongs to this device, and is nobody's text.
            log_entries.extend(LogEntry::of(stored.as_ref(), &merged, how).filter(|_| !is_list(record)));
            all_merged.push(merged);
        }
        let last_log_line = self.append_log(transaction, &log_entries).await?;
        mark.writes += 1;
        set_count(transaction, WRITES, mark.writes)?;
        if mark.birth.is_none() {
            let birth = now_in_milliseconds().unsigned_abs();
            set_count(transaction, BIRTH, birth)?;
            mark.birth = Some(birth);
        }
        if version != Some(VERSION) {
            set_count(transaction, WRITTEN_BY, VERSION)?;
        }
        Ok((all_merged, mark, last_log_line))
    }
}

fn factory() -> Result<IdbFactory, JsValue> {
    let window = web_sys::window().ok_or_else(|| JsValue::from_str("no window"))?;
    window.indexed_db()?.ok_or_else(|| JsValue::from_str("this browser has no IndexedDB"))
}

/// Deletes a database. The browser does it as soon as no page uses it any more.
///
/// # Errors
/// The browser refuses.
pub(super) fn delete_database(name: &str) -> Result<(), JsValue> {
    factory()?.delete_database(name).map(drop)
}

/// Awaits the database that a request opens. A database that does not exist is created if `may_create`; else opening
/// fails.
async fn open_database(request: IdbOpenDbRequest, may_create: bool) -> Result<IdbDatabase, JsValue> {
    let upgrading = request.clone();
    let upgrade = Closure::once_into_js(move || {
        if !may_create {
            // Opening fails as a consequence, which is returned below.
            drop(upgrading.transaction().map(|transaction| transaction.abort()));
            return;
        }
        // An upgrade event always has a database. Without its stores every later transaction fails, and is reported.
        let Ok(database) = upgrading.result().map(JsCast::unchecked_into::<IdbDatabase>) else { return };
        for store in STORES {
            // Refused where the store exists already. Any other failure lets the opening fail, which is returned below.
            drop(database.create_object_store(store));
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    let database: IdbDatabase = answer(&request).await?.unchecked_into();
    // A tab with a newer arrangement of stores must not have to wait until this one is closed.
    let closing = database.clone();
    let close = Closure::once_into_js(move || closing.close());
    database.set_onversionchange(Some(close.unchecked_ref()));
    Ok(database)
}

/// Merges a record into the stored one and writes the result. Returns the record that was stored before, and the
/// result.
async fn merge_into(store: &IdbObjectStore, record: &Record) -> Result<(Option<Record>, Record), JsValue> {
    let key = JsValue::from_str(record.id().as_str());
    let reason = |error: String| JsValue::from_str(&error);
    let value = answer(&store.get(&key)?).await?;
    let (stored, merged) = if value.is_undefined() {
        (None, record.clone())
    } else {
        // A value that is no text cannot be read either, and refuses the write in the same way.
        let stored: Record = serde_json::from_str(&value.as_string().unwrap_or_default())
            .map_err(|error| reason(describe_json_error(&error)))?;
        let merged = stored.merge(record).map_err(|damage| reason(damage.to_string()))?;
        (Some(stored), merged)
    };
    store.put_with_key(&to_json(&merged)?.into(), &key)?;
    Ok((stored, merged))
}

fn to_json(record: &Record) -> Result<String, JsValue> {
    serde_json::to_string(record).map_err(|error| JsValue::from_str(&describe_json_error(&error)))
}

/// The current time as a whole number of milliseconds. It makes the names of quarantined values differ.
#[allow(clippy::cast_possible_truncation, reason = "a clock's milliseconds are far from the end of 64 bits")]
pub(super) fn now_in_milliseconds() -> i64 {
    js_sys::Date::now() as i64
}

/// Converts any value to text, so that the quarantine holds texts alone.
fn as_text(value: &JsValue) -> JsValue {
    if value.is_string() {
        return value.clone();
    }
    js_sys::JSON::stringify(value).map_or_else(
        |error| {
            report("quarantining a value that JSON cannot express", &error);
            JsValue::from_str("?")
        },
        JsValue::from,
    )
}
