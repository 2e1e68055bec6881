//! Compression of many texts into one value, by the browser's own gzip, which adds no bytes to the app.

use js_sys::{Array, ArrayBuffer, Function, JsString, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// Packs texts of one line each, and returns the packed value with its size: in bytes, or in UTF-16 units where the
/// browser cannot compress and the lines are stored as one text.
pub(super) async fn pack(texts: &Array) -> (JsValue, u64) {
    let lines = texts.join("\n");
    // Nothing is lost where compression fails: the lines are stored as they are, and `unpack` reads both.
    if let Ok(packed) = pipe_through("CompressionStream", "gzip", &lines, "arrayBuffer").await {
        let bytes = packed.unchecked_ref::<ArrayBuffer>().byte_length();
        return (packed, bytes.into());
    }
    let bytes = lines.length().into();
    (lines.into(), bytes)
}

/// Unpacks the lines that [`pack`] packed.
pub(super) async fn unpack(value: &JsValue) -> Result<String, JsValue> {
    let lines = if value.is_string() {
        value.clone()
    } else {
        pipe_through("DecompressionStream", "gzip", value, "text").await?
    };
    lines.as_string().ok_or_else(|| JsValue::from_str("unpacked to no text"))
}

/// Pipes a value through one of the browser's streams. `body` is the method of `Response` that reads the result:
/// `text` or `arrayBuffer`.
async fn pipe_through(stream: &str, format: &str, value: &JsValue, body: &str) -> Result<JsValue, JsValue> {
    let construct = |class: &str, argument: &JsValue| {
        let class: Function = Reflect::get(&js_sys::global(), &class.into())?.dyn_into()?;
        Reflect::construct(&class, &Array::of1(argument))
    };
    let call = |object: &JsValue, method: &str, argument: &JsValue| {
        let method: Function = Reflect::get(object, &method.into())?.dyn_into()?;
        method.call1(object, argument)
    };
    let blob = Blob::new_with_str_sequence(&Array::of1(value))?;
    let input = call(&blob, "stream", &JsValue::UNDEFINED)?;
    let output = call(&input, "pipeThrough", &construct(stream, &format.into())?)?;
    let result: Promise = call(&construct("Response", &output)?, body, &JsValue::UNDEFINED)?.dyn_into()?;
    JsFuture::from(result).await
}

/// Splits a text into the list of lines that [`pack`] takes.
pub(super) fn lines(text: &str) -> Array {
    text.lines().map(JsString::from).collect()
}
