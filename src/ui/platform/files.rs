//! Files that the user chooses, saves or shares.

use std::cell::RefCell;

use js_sys::Array;
use js_sys::Function;
use js_sys::Object;
use js_sys::Promise;
use js_sys::Reflect;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;
use web_sys::BlobPropertyBag;
use web_sys::CanvasRenderingContext2d;
use web_sys::HtmlAnchorElement;
use web_sys::HtmlCanvasElement;
use web_sys::HtmlElement;
use web_sys::HtmlImageElement;
use web_sys::Url;

use crate::store::report::{report, report_json_error};

/// A file could not be saved. The cause has been reported; the caller tells the user what is still safe.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotSaved;

/// A file that has been saved.
#[derive(Clone, Debug)]
pub(crate) struct SavedFile {
    /// The name of the file.
    pub(crate) name: String,
    /// The content of the file.
    blob: Blob,
    /// The element that had the focus when the file was saved.
    opener: Option<HtmlElement>,
}

/// A function that is called with each saved file.
type SaveListener = Box<dyn Fn(SavedFile)>;

thread_local! {
    static LISTENER: RefCell<Option<SaveListener>> = const { RefCell::new(None) };
}

/// Calls `listener` with every file that is saved from now on.
pub(crate) fn listen_to_saved_files(listener: SaveListener) {
    LISTENER.set(Some(listener));
}

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
    let opener = document.active_element().and_then(|element| element.dyn_into().ok());
    LISTENER.with_borrow(|listener| {
        if let Some(listener) = listener {
            listener(SavedFile { name: name.to_owned(), blob: blob.clone(), opener });
        }
    });
    Ok(())
}

/// How long the address of a saved file stays valid.
const REVOKE_AFTER: std::time::Duration = std::time::Duration::from_mins(1);

/// Reads the bytes of a file that the user chose, or of a part of one.
pub(crate) async fn read_file(file: &Blob) -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(file.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Unpacks deflated bytes to exactly `size` bytes.
///
/// # Errors
/// The browser cannot unpack, the bytes are damaged, or they unpack to more than `size` bytes.
pub(crate) async fn inflate(bytes: &[u8], size: usize) -> Result<Vec<u8>, JsValue> {
    let stream = construct("DecompressionStream", &Array::of1(&"deflate-raw".into()))?;
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)))?;
    let unpacked = call(&call(&blob, "stream", &Array::new())?, "pipeThrough", &Array::of1(&stream))?;
    let reader = call(&unpacked, "getReader", &Array::new())?;
    let mut content = Vec::new();
    loop {
        let part = JsFuture::from(call(&reader, "read", &Array::new())?.dyn_into::<Promise>()?).await?;
        if Reflect::get(&part, &"done".into())?.is_truthy() {
            break;
        }
        content.extend(Reflect::get(&part, &"value".into())?.dyn_into::<Uint8Array>()?.to_vec());
        if content.len() > size {
            return Err("more than the archive declares".into());
        }
    }
    Ok(content)
}

/// The outcome of sharing a file with the share sheet of the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShareOutcome {
    /// The file was handed over.
    Shared,
    /// The user closed the share sheet.
    Cancelled,
    /// The system did not take the file. The cause has been reported.
    Failed,
}

impl SavedFile {
    /// Returns the data of this file that the share sheet of the system accepts. `None` where there is no share sheet,
    /// or where the share sheet does not accept the file.
    ///
    /// Some systems accept no JSON. They are offered the same content as text, which this app opens as well.
    pub(crate) fn share_data(&self) -> Option<JsValue> {
        let navigator = web_sys::window()?.navigator();
        let as_text = (self.blob.type_() == "application/json").then(|| format!("{}.txt", self.name));
        let as_is = share_data(&self.name, &self.blob, &self.blob.type_()).ok();
        let text = as_text.and_then(|name| share_data(&name, &self.blob, "text/plain").ok());
        let can_share = |data: &JsValue| {
            call(&navigator, "canShare", &Array::of1(data)).is_ok_and(|can_share| can_share.is_truthy())
        };
        as_is.into_iter().chain(text).find(can_share)
    }

    /// Moves the focus back to the element that had it when the file was saved.
    pub(crate) fn return_focus(&self) {
        if let Some(opener) = &self.opener {
            // A removed element cannot take the focus; the page is still usable.
            drop(opener.focus());
        }
    }
}

/// Hands data of [`SavedFile::share_data`] to the share sheet of the system.
pub(crate) async fn share(data: &JsValue) -> ShareOutcome {
    let promise = web_sys::window()
        .ok_or(JsValue::NULL)
        .and_then(|window| call(&window.navigator(), "share", &Array::of1(data))?.dyn_into::<Promise>());
    let result = match promise {
        Ok(promise) => JsFuture::from(promise).await,
        Err(error) => Err(error),
    };
    match result {
        Ok(_) => ShareOutcome::Shared,
        Err(error) => {
            let name = Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
            if name.as_deref() == Some("AbortError") {
                return ShareOutcome::Cancelled;
            }
            report("sharing a file", &error);
            ShareOutcome::Failed
        }
    }
}

/// Makes the argument of `navigator.share` for one file.
fn share_data(name: &str, blob: &Blob, media_type: &str) -> Result<JsValue, JsValue> {
    let options = object("type", &media_type.into())?;
    let file = construct("File", &Array::of3(&Array::of1(blob), &name.into(), &options))?;
    object("files", &Array::of1(&file))
}

/// Creates a JavaScript object with one property.
fn object(name: &str, value: &JsValue) -> Result<JsValue, JsValue> {
    let object = Object::new();
    Reflect::set(&object, &name.into(), value)?;
    Ok(object.into())
}

/// Constructs an object of a class of the browser, which may lack that class.
fn construct(class: &str, arguments: &Array) -> Result<JsValue, JsValue> {
    let class: Function = Reflect::get(&js_sys::global(), &class.into())?.dyn_into()?;
    Reflect::construct(&class, arguments)
}

/// Calls a method of an object, which may lack that method.
fn call(object: &JsValue, method: &str, arguments: &Array) -> Result<JsValue, JsValue> {
    Reflect::get(object, &method.into())?.dyn_into::<Function>()?.apply(object, arguments)
}
