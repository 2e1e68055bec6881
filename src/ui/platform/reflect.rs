//! Interfaces of the browser that are called by name: new ones without a binding, and rare ones, whose bindings would be
//! part of the script that every first visit fetches.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Returns a property of an object.
///
/// # Errors
/// The value is no object.
pub(crate) fn get(object: &JsValue, property: &str) -> Result<JsValue, JsValue> {
    Reflect::get(object, &property.into())
}

/// Calls a method of an object.
///
/// # Errors
/// The object has no such method, or the method throws.
pub(crate) fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = get(object, method)?.dyn_into()?;
    function.apply(object, &arguments.iter().collect::<Array>())
}

/// Awaits a promise.
///
/// # Errors
/// The value is no promise, or the promise is rejected.
pub(crate) async fn resolve(promise: JsValue) -> Result<JsValue, JsValue> {
    JsFuture::from(promise.dyn_into::<Promise>()?).await
}
