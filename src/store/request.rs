//! Requests and transactions of IndexedDB, and the values about the database that lie in its object store `META`.
//!
//! A read is awaited. A write is not: where one fails, its whole transaction fails, and [`completion`] says so.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction};

use super::schema::META;

/// Awaits the result of a request.
pub(super) async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await?;
    request.result()
}

/// A promise that is settled when the transaction is. It must be made before anything is awaited.
pub(super) fn completion(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
        transaction.set_onerror(Some(&reject));
    })
}

fn names(stores: &[&str]) -> Array {
    stores.iter().map(|&store| JsValue::from_str(store)).collect()
}

/// Begins a transaction that reads.
pub(super) fn read_transaction(database: &IdbDatabase, stores: &[&str]) -> Result<IdbTransaction, JsValue> {
    database.transaction_with_str_sequence(&names(stores))
}

/// Begins a transaction that writes, and is complete when its data is on the disk. The options are set through
/// reflection: `web-sys` still counts them as unstable. A browser that does not know them uses its default.
pub(super) fn write_transaction(database: &IdbDatabase, stores: &[&str]) -> Result<IdbTransaction, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let transaction: Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
    Ok(transaction.call3(database, &names(stores), &"readwrite".into(), &options)?.unchecked_into())
}

/// Reads all keys and all values of a store, in the same order.
pub(super) async fn all_entries(store: &IdbObjectStore) -> Result<(Array, Array), JsValue> {
    let (keys, values) = (store.get_all_keys()?, store.get_all()?);
    Ok((answer(&keys).await?.unchecked_into(), answer(&values).await?.unchecked_into()))
}

/// Reads a value about the database; `undefined` where there is none.
pub(super) async fn meta_value(transaction: &IdbTransaction, name: &str) -> Result<JsValue, JsValue> {
    answer(&transaction.object_store(META)?.get(&name.into())?).await
}

/// Writes a value about the database.
pub(super) fn set_meta_value(transaction: &IdbTransaction, name: &str, value: &JsValue) -> Result<(), JsValue> {
    transaction.object_store(META)?.put_with_key(value, &name.into()).map(drop)
}

/// Reads a count about the database; `None` where there is none.
pub(super) async fn count(transaction: &IdbTransaction, name: &str) -> Result<Option<u64>, JsValue> {
    Ok(as_count(&meta_value(transaction, name).await?))
}

/// Reads all values about the database: their names, and the values.
pub(super) async fn all_meta_values(transaction: &IdbTransaction) -> Result<(Array, Array), JsValue> {
    all_entries(&transaction.object_store(META)?).await
}

/// Finds a count among the values that [`all_meta_values`] read.
pub(super) fn count_in((names, values): &(Array, Array), name: &str) -> Option<u64> {
    // A name that is missing has the index -1.
    as_count(&values.get(u32::try_from(names.index_of(&name.into(), 0)).ok()?))
}

fn as_count(value: &JsValue) -> Option<u64> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count is a small whole number")]
    value.as_f64().map(|count| count as u64)
}

/// Writes a count about the database.
pub(super) fn set_count(transaction: &IdbTransaction, name: &str, count: u64) -> Result<(), JsValue> {
    set_meta_value(transaction, name, &key(count))
}

/// Converts a number to a key or a value.
pub(super) fn key(number: u64) -> JsValue {
    #[allow(clippy::cast_precision_loss, reason = "a count is a small whole number")]
    JsValue::from_f64(number as f64)
}
