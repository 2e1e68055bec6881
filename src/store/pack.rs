//! Many texts as one small value: by the browser's own gzip, which weighs nothing here.

use js_sys::{Array, ArrayBuffer, Function, JsString, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// Packs texts of one line each, and says how many bytes they take. Where the browser cannot, they are as they were.
pub(super) async fn pack(texts: &Array) -> (JsValue, u64) {
    let lines = texts.join("\n");
    if let Ok(packed) = through("CompressionStream", "gzip", &lines, "arrayBuffer").await {
        let bytes = packed.unchecked_ref::<ArrayBuffer>().byte_length();
        return (packed, bytes.into());
    }
    let bytes = lines.length().into();
    (lines.into(), bytes)
}

/// The lines that were packed.
pub(super) async fn unpack(value: &JsValue) -> Result<String, JsValue> {
    let lines =
        if value.is_string() { value.clone() } else { through("DecompressionStream", "gzip", value, "text").await? };
    lines.as_string().ok_or(JsValue::NULL)
}

/// What comes out of one of the browser's streams when a value has gone through it.
async fn through(stream: &str, format: &str, value: &JsValue, form: &str) -> Result<JsValue, JsValue> {
    let made = |name: &str, of: &JsValue| {
        let make: Function = Reflect::get(&js_sys::global(), &name.into())?.dyn_into()?;
        Reflect::construct(&make, &Array::of1(of))
    };
    let does = |object: &JsValue, act: &str, with: &JsValue| {
        let act: Function = Reflect::get(object, &act.into())?.dyn_into()?;
        act.call1(object, with)
    };
    let whole = Blob::new_with_str_sequence(&Array::of1(value))?;
    let bytes = does(&whole, "stream", &JsValue::UNDEFINED)?;
    let out = does(&bytes, "pipeThrough", &made(stream, &format.into())?)?;
    let come: Promise = does(&made("Response", &out)?, form, &JsValue::UNDEFINED)?.dyn_into()?;
    JsFuture::from(come).await
}

/// Lines as the list that they are packed from.
pub(super) fn lines(text: &str) -> Array {
    text.lines().map(JsString::from).collect()
}
