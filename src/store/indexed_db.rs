//! IndexedDB: what holds everything, written so that it is on the disk when it says so.

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

use super::error::Failure;
use super::history::LastLogLine;
use super::loss::{Finding, Mark};
use super::pause::Pauses;
use super::request::{all, all_about, answer, completion, count_in, durable, reading, set_count};
use super::schema::{ABOUT, ARRANGEMENT, ASIDE, BIRTH, EPOCH, RECORDS, STORES, WRITES, WRITTEN_BY};
use super::{Closed, FIRST_STORED, QuarantineEntry, prefix};

/// The database, where the browser grants one.
#[derive(Clone, Debug)]
pub struct IndexedDb {
    database: Rc<RefCell<IdbDatabase>>,
    /// How often the mirror had been written when all that is in it was known here.
    known: Rc<Cell<u64>>,
    /// What the mirror said of itself last, once it was asked.
    mark: Rc<Cell<Option<Mark>>>,
    /// Whether the mirror has lost what it held, and nobody was told yet.
    pub(super) is_lost: Rc<Cell<bool>>,
    /// What this tab said last in the log.
    pub(super) last: Rc<RefCell<LastLogLine>>,
}

/// A value that lies aside or is to: its key, itself, and what it has become where that is known.
type QuarantinedValue = (JsValue, JsValue, Option<Record>);

impl IndexedDb {
    /// Opens the database, made where there is none.
    ///
    /// # Errors
    /// The browser's.
    pub async fn open() -> Result<Self, JsValue> {
        Ok(Self::of(opened(factory()?.open_with_u32(&prefix(), ARRANGEMENT)?, true).await?))
    }

    /// Opens the database as it is. Where there is none, none is made.
    ///
    /// # Errors
    /// The browser's, or there is none.
    pub async fn open_to_read() -> Result<Self, JsValue> {
        Ok(Self::of(opened(factory()?.open(&prefix())?, false).await?))
    }

    fn of(database: IdbDatabase) -> Self {
        Self {
            database: Rc::new(RefCell::new(database)),
            known: Rc::default(),
            mark: Rc::default(),
            is_lost: Rc::default(),
            last: Rc::default(),
        }
    }

    /// The database.
    pub(super) fn database(&self) -> IdbDatabase {
        self.database.borrow().clone()
    }

    /// A transaction that writes. Where the browser has closed the database, it is opened again: it closes those of a site
    /// whose data is cleared.
    async fn writing(&self) -> Result<IdbTransaction, JsValue> {
        if let Ok(transaction) = durable(&self.database(), &STORES) {
            return Ok(transaction);
        }
        let database = opened(factory()?.open_with_u32(&prefix(), ARRANGEMENT)?, true).await?;
        self.database.replace(database);
        durable(&self.database(), &STORES)
    }

    /// Looks, in every transaction, whether this page may go on here, and gives the version of what is here, where one
    /// was written down.
    pub(super) async fn check(&self, transaction: &IdbTransaction) -> Result<Option<u64>, Failure> {
        let about = all_about(transaction).await?;
        let version = count_in(&about, WRITTEN_BY);
        if version.is_some_and(|version| version > VERSION) {
            return Err(Failure::Closed(Closed::Outdated));
        }
        let found = Mark {
            epoch: count_in(&about, EPOCH).unwrap_or_default(),
            birth: count_in(&about, BIRTH),
            writes: count_in(&about, WRITES).unwrap_or_default(),
        };
        match self.mark.get().map(|known| Mark::compare(known, found)) {
            Some(Finding::Reset) => return Err(Failure::Closed(Closed::Reset)),
            Some(Finding::Lost) => {
                self.is_lost.set(true);
                self.known.set(0);
            }
            Some(Finding::Whole) | None => {}
        }
        self.mark.set(Some(found));
        Ok(version)
    }

    /// What the mirror said of itself last.
    pub(super) fn mark(&self) -> Mark {
        self.mark.get().unwrap_or_default()
    }

    /// All records, of this version. What cannot be read is put aside; what an older version wrote is migrated, after
    /// its text was put aside. Where nothing may be written, it all stays where it is.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn load(&self, may_write: bool) -> Result<Records, Failure> {
        loop {
            let transaction = reading(&self.database(), &[RECORDS, ABOUT])?;
            let version = self.check(&transaction).await?.unwrap_or(FIRST_STORED);
            let writes = self.mark().writes;
            let (keys, texts) = all(&transaction.object_store(RECORDS)?).await?;
            let mut loaded = Records::new();
            let mut aside = Vec::new();
            let mut pauses = Pauses::begin();
            for (key, value) in keys.iter().zip(texts.iter()) {
                let record = value.as_string().and_then(|text| serde_json::from_str::<Record>(&text).ok());
                let migrated = record.map(|mut record| {
                    migrate(&mut record, version);
                    record
                });
                if migrated.is_none() || version < VERSION {
                    aside.push((key, value, migrated.clone()));
                }
                loaded.extend(migrated.map(|record| (record.id().clone(), record)));
                pauses.breathe().await;
            }
            let is_to_be_written = may_write && (!aside.is_empty() || version < VERSION);
            if is_to_be_written && !self.put_aside(aside, version, writes).await? {
                // An older version has gone on writing meanwhile, or another tab has migrated.
                continue;
            }
            self.known.set(writes);
            return Ok(loaded);
        }
    }

    /// Puts values aside, and what they have become in their place; but for those that someone has changed meanwhile.
    /// `false` where they were to be migrated and someone has written meanwhile: then nothing was done.
    async fn put_aside(&self, values: Vec<QuarantinedValue>, version: u64, writes: u64) -> Result<bool, Failure> {
        let transaction = durable(&self.database(), &STORES)?;
        let done = completion(&transaction);
        let version_now = self.check(&transaction).await?.unwrap_or(FIRST_STORED);
        let writes_now = self.mark().writes;
        if version < VERSION && (version_now, writes_now) != (version, writes) {
            return Ok(false);
        }
        let (records, aside) = (transaction.object_store(RECORDS)?, transaction.object_store(ASIDE)?);
        for (key, value, record) in values {
            if answer(&records.get(&key)?).await? != value && value.is_string() {
                continue;
            }
            let was = if record.is_some() { Some(version) } else { None };
            let name = QuarantineEntry::name(&key.as_string().unwrap_or_default(), was, milliseconds());
            aside.put_with_key(&text_of(&value), &name.into())?;
            match record {
                None => records.delete(&key)?,
                Some(record) => records.put_with_key(&text(&record)?.into(), &key)?,
            };
        }
        set_count(&transaction, WRITTEN_BY, VERSION)?;
        JsFuture::from(done).await?;
        Ok(true)
    }

    /// Some records: those that are there and can be read.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn get(&self, ids: &[Id]) -> Result<Vec<Record>, Failure> {
        let transaction = reading(&self.database(), &[RECORDS, ABOUT])?;
        self.check(&transaction).await?;
        let store = transaction.object_store(RECORDS)?;
        let mut found = Vec::new();
        for id in ids {
            let text = answer(&store.get(&id.as_str().into())?).await?.as_string();
            found.extend(text.and_then(|text| serde_json::from_str(&text).ok()));
        }
        Ok(found)
    }

    /// Whether others have written since all was known here.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn has_news(&self) -> Result<bool, Failure> {
        let transaction = reading(&self.database(), &[ABOUT])?;
        self.check(&transaction).await?;
        Ok(self.mark().writes != self.known.get())
    }

    /// What was put aside.
    ///
    /// # Errors
    /// The browser's.
    pub async fn aside(&self) -> Result<Vec<QuarantineEntry>, JsValue> {
        let (keys, texts) = all(&reading(&self.database(), &[ASIDE])?.object_store(ASIDE)?).await?;
        let pairs = keys.iter().zip(texts.iter());
        Ok(pairs
            .filter_map(|(name, text)| Some(QuarantineEntry { name: name.as_string()?, text: text.as_string()? }))
            .collect())
    }

    /// Writes records by get–merge–put in one transaction, tells the log what changed with it, and gives what was put
    /// when it is on the disk.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn put(&self, records: &[Record], how: ChangeOrigin) -> Result<Vec<Record>, Failure> {
        let transaction = self.writing().await?;
        // Listening begins before anything is awaited: an event that nobody listens to is gone.
        let done = completion(&transaction);
        match self.put_all(&transaction, records, how).await {
            Ok((put, mark, last)) => {
                JsFuture::from(done).await?;
                self.mark.set(Some(mark));
                self.last.replace(last);
                // Where nobody else has written in between, all is still known.
                if mark.writes == self.known.get() + 1 {
                    self.known.set(mark.writes);
                }
                Ok(put)
            }
            Err(failure) => {
                drop(transaction.abort());
                Err(failure)
            }
        }
    }

    /// Puts records, and gives them with what the mirror says of itself then, and what its log says last.
    async fn put_all(
        &self,
        transaction: &IdbTransaction,
        records: &[Record],
        how: ChangeOrigin,
    ) -> Result<(Vec<Record>, Mark, LastLogLine), Failure> {
        let version = self.check(transaction).await?;
        let mut mark = self.mark();
        if version.is_some_and(|version| version < VERSION) && mark.writes > 0 {
            return Err(Failure::Refused("not migrated yet".into()));
        }
        let store = transaction.object_store(RECORDS)?;
        let (mut put, mut told) = (Vec::with_capacity(records.len()), Vec::new());
        for record in records {
            let (there, merged) = merge_into(&store, record).await?;
            // What is out of sight is a list of this device's, and no one's words.
            told.extend(LogEntry::of(there.as_ref(), &merged, how).filter(|_| !is_list(record)));
            put.push(merged);
        }
        let last = self.append_log(transaction, &told).await?;
        mark.writes += 1;
        set_count(transaction, WRITES, mark.writes)?;
        if mark.birth.is_none() {
            let birth = milliseconds().unsigned_abs();
            set_count(transaction, BIRTH, birth)?;
            mark.birth = Some(birth);
        }
        if version != Some(VERSION) {
            set_count(transaction, WRITTEN_BY, VERSION)?;
        }
        Ok((put, mark, last))
    }
}

fn factory() -> Result<IdbFactory, JsValue> {
    web_sys::window().and_then(|window| window.indexed_db().ok()?).ok_or(JsValue::NULL)
}

/// The database that a request opens, made where there is none and it may be.
async fn opened(request: IdbOpenDbRequest, makes: bool) -> Result<IdbDatabase, JsValue> {
    let making = request.clone();
    let make = Closure::once_into_js(move || {
        if !makes {
            // The opening fails with it.
            drop(making.transaction().map(|transaction| transaction.abort()));
            return;
        }
        let Ok(database) = making.result().map(JsCast::unchecked_into::<IdbDatabase>) else { return };
        for store in STORES {
            // Refused where it is there already. Where it fails otherwise the opening fails, and is told there.
            drop(database.create_object_store(store));
        }
    });
    request.set_onupgradeneeded(Some(make.unchecked_ref()));
    let database: IdbDatabase = answer(&request).await?.unchecked_into();
    // A tab with a newer arrangement must not wait for this one to be closed.
    let closing = database.clone();
    let close = Closure::once_into_js(move || closing.close());
    database.set_onversionchange(Some(close.unchecked_ref()));
    Ok(database)
}

/// Merges a record into the one that is there, and gives both: that, and what stands there now.
async fn merge_into(store: &IdbObjectStore, record: &Record) -> Result<(Option<Record>, Record), JsValue> {
    let key = JsValue::from_str(record.id().as_str());
    let reason = |error: String| JsValue::from_str(&error);
    let there = answer(&store.get(&key)?).await?;
    let (there, merged) = if there.is_undefined() {
        (None, record.clone())
    } else {
        let there: Record =
            serde_json::from_str(&there.as_string().unwrap_or_default()).map_err(|error| reason(error.to_string()))?;
        let merged = there.merge(record).map_err(|damage| reason(damage.to_string()))?;
        (Some(there), merged)
    };
    store.put_with_key(&text(&merged)?.into(), &key)?;
    Ok((there, merged))
}

fn text(record: &Record) -> Result<String, JsValue> {
    serde_json::to_string(record).map_err(|error| JsValue::from_str(&error.to_string()))
}

/// The moment, as a whole number: what is put aside twice lies there twice.
#[allow(clippy::cast_possible_truncation, reason = "a clock's milliseconds are far from the end of 64 bits")]
pub(super) fn milliseconds() -> i64 {
    js_sys::Date::now() as i64
}

/// A value as text, be it what it may.
fn text_of(value: &JsValue) -> JsValue {
    if value.is_string() {
        return value.clone();
    }
    js_sys::JSON::stringify(value).map_or_else(|_| JsValue::from_str("?"), JsValue::from)
}
