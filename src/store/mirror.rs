//! IndexedDB: what holds everything, written so that it is on the disk when it says so.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

use crate::domain::id::Id;
use crate::exchange::file::VERSION;
use crate::exchange::migrate::migrate;
use crate::record::{Record, Records};

use super::pause::Pauses;
use super::{Aside, prefix};

/// The records, as text, by their ids.
const RECORDS: &str = "records";
/// What could not be read, and what an older version had written before it was migrated.
const ASIDE: &str = "aside";
/// The version of what is here, and how often it was written.
const ABOUT: &str = "about";
const STORES: [&str; 3] = [RECORDS, ASIDE, ABOUT];

/// The arrangement of the stores. A higher one makes the stores that are missing.
const ARRANGEMENT: u32 = 2;

/// The database, where the browser grants one.
#[derive(Clone, Debug)]
pub struct Mirror {
    database: IdbDatabase,
    /// How often the mirror had been written when all that is in it was known here.
    known: Rc<Cell<f64>>,
}

/// Why the mirror did not do what it was asked to. What it holds is as it was.
#[derive(Debug)]
pub enum Failure {
    /// The browser's reason, or a record that cannot be read or merged with.
    Refused(JsValue),
    /// A newer version of the app has written here.
    Outdated,
}

impl From<JsValue> for Failure {
    fn from(reason: JsValue) -> Self {
        Self::Refused(reason)
    }
}

impl Mirror {
    /// Opens the database, made where there is none.
    ///
    /// # Errors
    /// The browser's.
    pub async fn open() -> Result<Self, JsValue> {
        let factory = web_sys::window().and_then(|window| window.indexed_db().ok()?).ok_or(JsValue::NULL)?;
        let request: IdbOpenDbRequest = factory.open_with_u32(&prefix(), ARRANGEMENT)?;
        let making = request.clone();
        let make = Closure::once_into_js(move || {
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
        Ok(Self { database, known: Rc::default() })
    }

    /// All records, of this version. What cannot be read is put aside; what an older version wrote is migrated, after
    /// its text was put aside.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn load(&self) -> Result<Records, Failure> {
        let stores: Array = [RECORDS, ABOUT].into_iter().map(JsValue::from_str).collect();
        let transaction = self.database.transaction_with_str_sequence(&stores)?;
        let version = version(&transaction).await?;
        if version > VERSION {
            return Err(Failure::Outdated);
        }
        let records = transaction.object_store(RECORDS)?;
        let (keys, texts) = (records.get_all_keys()?, records.get_all()?);
        let keys: Array = answer(&keys).await?.unchecked_into();
        let texts: Array = answer(&texts).await?.unchecked_into();
        let writes = writes(&transaction).await?;
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
        if !aside.is_empty() {
            self.put_aside(aside).await?;
        }
        self.known.set(writes);
        Ok(loaded)
    }

    /// Puts values aside, and what they have become in their place; but for those that someone has changed meanwhile.
    async fn put_aside(&self, values: Vec<(JsValue, JsValue, Option<Record>)>) -> Result<(), Failure> {
        let transaction = durable_transaction(&self.database)?;
        let done = completion(&transaction);
        let (records, aside) = (transaction.object_store(RECORDS)?, transaction.object_store(ASIDE)?);
        for (key, value, record) in values {
            if answer(&records.get(&key)?).await? != value && value.is_string() {
                continue;
            }
            let name = format!("{}/{}", key.as_string().unwrap_or_default(), milliseconds());
            answer(&aside.put_with_key(&text_of(&value), &name.into())?).await?;
            match record {
                None => answer(&records.delete(&key)?).await?,
                Some(record) => answer(&records.put_with_key(&text(&record)?.into(), &key)?).await?,
            };
        }
        set_version(&transaction).await?;
        JsFuture::from(done).await?;
        Ok(())
    }

    /// Some records: those that are there and can be read.
    ///
    /// # Errors
    /// The browser's.
    pub async fn get(&self, ids: &[Id]) -> Result<Vec<Record>, JsValue> {
        let transaction = self.database.transaction_with_str(RECORDS)?;
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
    /// The browser's.
    pub async fn has_news(&self) -> Result<bool, JsValue> {
        let transaction = self.database.transaction_with_str(ABOUT)?;
        Ok(writes(&transaction).await?.total_cmp(&self.known.get()).is_ne())
    }

    /// What was put aside.
    ///
    /// # Errors
    /// The browser's.
    pub async fn aside(&self) -> Result<Vec<Aside>, JsValue> {
        let transaction = self.database.transaction_with_str(ASIDE)?;
        let store = transaction.object_store(ASIDE)?;
        let (keys, texts) = (store.get_all_keys()?, store.get_all()?);
        let keys: Array = answer(&keys).await?.unchecked_into();
        let texts: Array = answer(&texts).await?.unchecked_into();
        let pairs = keys.iter().zip(texts.iter());
        Ok(pairs.filter_map(|(name, text)| Some(Aside { name: name.as_string()?, text: text.as_string()? })).collect())
    }

    /// Writes records by get–merge–put in one transaction, and gives what was put when it is on the disk.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn put(&self, records: &[Record]) -> Result<Vec<Record>, Failure> {
        let transaction = durable_transaction(&self.database)?;
        // Listening begins before anything is awaited: an event that nobody listens to is gone.
        let done = completion(&transaction);
        match put_all(&transaction, records).await {
            Ok((put, writes)) => {
                JsFuture::from(done).await?;
                // Where nobody else has written in between, all is still known.
                if writes.total_cmp(&(self.known.get() + 1.0)).is_eq() {
                    self.known.set(writes);
                }
                Ok(put)
            }
            Err(failure) => {
                drop(transaction.abort());
                Err(failure)
            }
        }
    }
}

/// Puts records, and gives them with how often the mirror has then been written.
async fn put_all(transaction: &IdbTransaction, records: &[Record]) -> Result<(Vec<Record>, f64), Failure> {
    if version(transaction).await? > VERSION {
        return Err(Failure::Outdated);
    }
    let store = transaction.object_store(RECORDS)?;
    let mut put = Vec::with_capacity(records.len());
    for record in records {
        put.push(merge_into(&store, record).await?);
    }
    let now = writes(transaction).await? + 1.0;
    answer(&transaction.object_store(ABOUT)?.put_with_key(&now.into(), &"writes".into())?).await?;
    Ok((put, now))
}

/// How often the mirror has been written.
async fn writes(transaction: &IdbTransaction) -> Result<f64, JsValue> {
    let writes = answer(&transaction.object_store(ABOUT)?.get(&"writes".into())?).await?;
    Ok(writes.as_f64().unwrap_or(0.0))
}

/// The version of what is here; this app's own where nothing says otherwise.
async fn version(transaction: &IdbTransaction) -> Result<u64, JsValue> {
    let version = answer(&transaction.object_store(ABOUT)?.get(&"version".into())?).await?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a version is a small whole number")]
    Ok(version.as_f64().map_or(VERSION, |version| version as u64))
}

async fn set_version(transaction: &IdbTransaction) -> Result<(), JsValue> {
    #[allow(clippy::cast_precision_loss, reason = "a version is a small whole number")]
    let version = JsValue::from_f64(VERSION as f64);
    answer(&transaction.object_store(ABOUT)?.put_with_key(&version, &"version".into())?).await.map(drop)
}

/// A transaction that is complete when it is on the disk. (`web-sys` has its options among what may still change;
/// every browser has had them for years, and those that do not know them go by their default.)
fn durable_transaction(database: &IdbDatabase) -> Result<IdbTransaction, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let transaction: Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
    let stores: Array = STORES.iter().map(|&store| JsValue::from_str(store)).collect();
    Ok(transaction.call3(database, &stores, &"readwrite".into(), &options)?.unchecked_into())
}

async fn merge_into(store: &IdbObjectStore, record: &Record) -> Result<Record, JsValue> {
    let key = JsValue::from_str(record.id().as_str());
    let reason = |error: String| JsValue::from_str(&error);
    let there = answer(&store.get(&key)?).await?;
    let merged = if there.is_undefined() {
        record.clone()
    } else {
        let there: Record =
            serde_json::from_str(&there.as_string().unwrap_or_default()).map_err(|error| reason(error.to_string()))?;
        there.merge(record).map_err(|damage| reason(damage.to_string()))?
    };
    answer(&store.put_with_key(&text(&merged)?.into(), &key)?).await?;
    Ok(merged)
}

fn text(record: &Record) -> Result<String, JsValue> {
    serde_json::to_string(record).map_err(|error| JsValue::from_str(&error.to_string()))
}

/// The moment, as a whole number: what is put aside twice lies there twice.
#[allow(clippy::cast_possible_truncation, reason = "a clock's milliseconds are far from the end of 64 bits")]
fn milliseconds() -> i64 {
    js_sys::Date::now() as i64
}

/// A value as text, be it what it may.
fn text_of(value: &JsValue) -> JsValue {
    if value.is_string() {
        return value.clone();
    }
    js_sys::JSON::stringify(value).map_or_else(|_| JsValue::from_str("?"), JsValue::from)
}

/// The answer to a request.
async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await?;
    request.result()
}

/// Settled when the transaction is.
fn completion(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
        transaction.set_onerror(Some(&reject));
    })
}
