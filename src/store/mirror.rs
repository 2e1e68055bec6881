//! IndexedDB: what holds everything, written so that it is on the disk when it says so.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

use crate::record::{Record, Records};

use super::prefix;

const RECORDS: &str = "records";

/// The database, where the browser grants one.
#[derive(Clone, Debug)]
pub struct Mirror {
    database: IdbDatabase,
}

impl Mirror {
    /// Opens the database, made where there is none.
    ///
    /// # Errors
    /// The browser's.
    pub async fn open() -> Result<Self, JsValue> {
        let factory = web_sys::window().and_then(|window| window.indexed_db().ok()?).ok_or(JsValue::NULL)?;
        let request: IdbOpenDbRequest = factory.open_with_u32(&prefix(), 1)?;
        let making = request.clone();
        let make = Closure::once_into_js(move || {
            let made = making.result().map(JsCast::unchecked_into::<IdbDatabase>);
            // Where this fails the opening fails, and is told there.
            drop(made.and_then(|database| database.create_object_store(RECORDS)));
        });
        request.set_onupgradeneeded(Some(make.unchecked_ref()));
        let database: IdbDatabase = answer(&request).await?.unchecked_into();
        Ok(Self { database })
    }

    /// All records. What cannot be read is left where it is.
    ///
    /// # Errors
    /// The browser's.
    pub async fn load(&self) -> Result<Records, JsValue> {
        let transaction = self.database.transaction_with_str(RECORDS)?;
        let texts: Array = answer(&transaction.object_store(RECORDS)?.get_all()?).await?.unchecked_into();
        let texts = texts.iter().filter_map(|text| text.as_string());
        let records = texts.filter_map(|text| serde_json::from_str::<Record>(&text).ok());
        let mut loaded = Records::new();
        loaded.extend(records.map(|record| (record.id().clone(), record)));
        Ok(loaded)
    }

    /// Writes records by get–merge–put in one transaction, and gives what was put when it is on the disk.
    ///
    /// # Errors
    /// The browser's; or what is there of one cannot be read or merged with. Then all is left as it is.
    pub async fn put(&self, records: &[Record]) -> Result<Vec<Record>, JsValue> {
        let transaction = durable_transaction(&self.database)?;
        // Listening begins before anything is awaited: an event that nobody listens to is gone.
        let done = completion(&transaction);
        let store = transaction.object_store(RECORDS)?;
        let mut put = Vec::with_capacity(records.len());
        for record in records {
            put.push(merge_into(&store, record).await.inspect_err(|_| drop(transaction.abort()))?);
        }
        JsFuture::from(done).await?;
        Ok(put)
    }
}

/// A transaction that is complete when it is on the disk. (`web-sys` has its options among what may still change;
/// every browser has had them for years, and those that do not know them go by their default.)
fn durable_transaction(database: &IdbDatabase) -> Result<IdbTransaction, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let transaction: Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
    Ok(transaction.call3(database, &RECORDS.into(), &"readwrite".into(), &options)?.unchecked_into())
}

async fn merge_into(store: &IdbObjectStore, record: &Record) -> Result<Record, JsValue> {
    let key = JsValue::from_str(record.id().as_str());
    let text = |error: String| JsValue::from_str(&error);
    let merged = match answer(&store.get(&key)?).await?.as_string() {
        None => record.clone(),
        Some(there) => {
            let there: Record = serde_json::from_str(&there).map_err(|error| text(error.to_string()))?;
            there.merge(record).map_err(|damage| text(damage.to_string()))?
        }
    };
    let put = serde_json::to_string(&merged).map_err(|error| text(error.to_string()))?;
    answer(&store.put_with_key(&put.into(), &key)?).await?;
    Ok(merged)
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
