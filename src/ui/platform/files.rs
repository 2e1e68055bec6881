//! Files that the user chooses or saves.

use js_sys::Array;
use js_sys::Function;
use js_sys::Promise;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;
use web_sys::BlobPropertyBag;
use web_sys::CanvasRenderingContext2d;
use web_sys::File;
use web_sys::HtmlAnchorElement;
use web_sys::HtmlCanvasElement;
use web_sys::HtmlImageElement;
use web_sys::Url;

use crate::store::report::{report, report_json_error};

/// A file could not be saved. The cause has been reported; the caller tells the user what is still safe.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotSaved;

/// Saves a text as a JSON file on the device of the user.
pub(crate) fn save_file(name: &str, text: &str) -> Result<(), NotSaved> {
    save_as(name, "application/json", text)
}

/// Saves the text of an export as a JSON file on the device of the user.
pub(crate) fn save_export(name: &str, text: Result<String, serde_json::Error>) -> Result<(), NotSaved> {
    let text = text.map_err(|error| {
        report_json_error("writing an export", &error);
        NotSaved
    })?;
    save_file(name, &text)
}

/// Saves a text as a file of a media type on the device of the user.
pub(crate) fn save_as(name: &str, media_type: &str, text: &str) -> Result<(), NotSaved> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options);
    blob.and_then(|blob| save_blob(name, &blob)).map_err(not_saved)
}

/// Saves bytes as a file of a media type on the device of the user.
pub(crate) fn save_bytes(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), NotSaved> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options);
    blob.and_then(|blob| save_blob(name, &blob)).map_err(not_saved)
}

#[allow(clippy::needless_pass_by_value, reason = "it is passed to map_err")]
fn not_saved(error: JsValue) -> NotSaved {
    report("saving a file", &error);
    NotSaved
}

/// Draws an SVG text as a picture of a size in CSS pixels, and saves it as a PNG file.
pub(crate) async fn save_picture(name: &str, svg: &str, (width, height): (i32, i32)) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let options = BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    let drawing = Blob::new_with_str_sequence_and_options(&Array::of1(&svg.into()), &options)?;
    let address = Url::create_object_url_with_blob(&drawing)?;
    let image = HtmlImageElement::new()?;
    image.set_src(&address);
    let decoded = JsFuture::from(image.decode()).await;
    drop(Url::revoke_object_url(&address));
    decoded?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
    canvas.set_width(width.unsigned_abs());
    canvas.set_height(height.unsigned_abs());
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.unchecked_into();
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width.into(), height.into())?;
    let painted = JsFuture::from(Promise::new(&mut |resolve, _| {
        // Fails only for a canvas with pictures from other sites; this picture is our own.
        drop(canvas.to_blob(&resolve));
    }));
    save_blob(name, &painted.await?.dyn_into()?)
}

/// Saves a blob as a file on the device of the user.
fn save_blob(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let address = Url::create_object_url_with_blob(blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The address must outlive the click: a browser fetches the blob later.
    let revoke = Closure::once_into_js(move || drop(Url::revoke_object_url(&address)));
    leptos::prelude::set_timeout(move || drop(revoke.unchecked_ref::<Function>().call0(&JsValue::NULL)), REVOKE_AFTER);
    Ok(())
}

/// How long the address of a saved file stays valid.
const REVOKE_AFTER: std::time::Duration = std::time::Duration::from_mins(1);

/// Reads the bytes of a file that the user chose.
pub(crate) async fn read_file(file: &File) -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(file.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
