//! Asking IndexedDB: a request's answer, a transaction's end, and the counts that are kept about what is there.
//!
//! What is read is waited for. What is written is not: where it fails, the whole transaction does, and its end says so.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction};

use super::schema::ABOUT;

/// The answer to a request.
pub(super) async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await?;
    request.result()
}

/// Settled when the transaction is.
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

/// A transaction that reads.
pub(super) fn reading(database: &IdbDatabase, stores: &[&str]) -> Result<IdbTransaction, JsValue> {
    database.transaction_with_str_sequence(&names(stores))
}

/// A transaction that is complete when it is on the disk. (`web-sys` has its options among what may still change;
/// every browser has had them for years, and those that do not know them go by their default.)
pub(super) fn durable(database: &IdbDatabase, stores: &[&str]) -> Result<IdbTransaction, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let transaction: Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
    Ok(transaction.call3(database, &names(stores), &"readwrite".into(), &options)?.unchecked_into())
}

/// All keys of a store, and all values.
pub(super) async fn all(store: &IdbObjectStore) -> Result<(Array, Array), JsValue> {
    let (keys, values) = (store.get_all_keys()?, store.get_all()?);
    Ok((answer(&keys).await?.unchecked_into(), answer(&values).await?.unchecked_into()))
}

/// Something that is kept about what is there.
pub(super) async fn about(transaction: &IdbTransaction, name: &str) -> Result<JsValue, JsValue> {
    answer(&transaction.object_store(ABOUT)?.get(&name.into())?).await
}

/// Keeps something about what is there.
pub(super) fn set_about(transaction: &IdbTransaction, name: &str, value: &JsValue) -> Result<(), JsValue> {
    transaction.object_store(ABOUT)?.put_with_key(value, &name.into()).map(drop)
}

/// A count that is kept about what is there.
pub(super) async fn count(transaction: &IdbTransaction, name: &str) -> Result<Option<u64>, JsValue> {
    Ok(as_count(&about(transaction, name).await?))
}

/// All that is kept about what is there: names, and values.
pub(super) async fn all_about(transaction: &IdbTransaction) -> Result<(Array, Array), JsValue> {
    all(&transaction.object_store(ABOUT)?).await
}

/// A count among them.
pub(super) fn count_in((names, values): &(Array, Array), name: &str) -> Option<u64> {
    as_count(&values.get(u32::try_from(names.index_of(&name.into(), 0)).ok()?))
}

fn as_count(value: &JsValue) -> Option<u64> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count is a small whole number")]
    value.as_f64().map(|count| count as u64)
}

/// Keeps a count about what is there.
pub(super) fn set_count(transaction: &IdbTransaction, name: &str, count: u64) -> Result<(), JsValue> {
    set_about(transaction, name, &key(count))
}

/// A number as a key or a value.
pub(super) fn key(number: u64) -> JsValue {
    #[allow(clippy::cast_precision_loss, reason = "a count is a small whole number")]
    JsValue::from_f64(number as f64)
}
