//! The clipboard.

use js_sys::Function;
use js_sys::Promise;
use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::ClipboardEvent;

/// Copies a text to the clipboard. Returns `false` where the browser refuses.
pub(crate) async fn copy(text: &str) -> bool {
    let Some(clipboard) =
        web_sys::window().and_then(|window| Reflect::get(&window.navigator(), &"clipboard".into()).ok())
    else {
        return false;
    };
    // `navigator.clipboard` does not exist on a page without https.
    let write = Reflect::get(&clipboard, &"writeText".into()).ok().and_then(|write| write.dyn_into::<Function>().ok());
    let promise = write
        .and_then(|write| write.call1(&clipboard, &text.into()).ok())
        .and_then(|value| value.dyn_into::<Promise>().ok());
    match promise {
        Some(promise) => JsFuture::from(promise).await.is_ok(),
        None => false,
    }
}

/// Copies HTML to the clipboard for a word processor, with the plain text of the element that `selector` finds. Returns
/// `false` where the browser refuses.
///
/// Uses `execCommand`, which works on every page: the newer clipboard interface requires https.
pub(crate) fn copy_html(html: &str, selector: &str) -> bool {
    let try_copy = || {
        let window = web_sys::window()?;
        let document = window.document()?;
        let selection = window.get_selection().ok()??;
        let element = document.query_selector(selector).ok()??;
        selection.select_all_children(&element).ok()?;
        let html = html.to_owned();
        let on_copy = Closure::<dyn Fn(ClipboardEvent)>::new(move |event: ClipboardEvent| {
            if let Some(clipboard) = event.clipboard_data()
                && clipboard.set_data("text/html", &html).is_ok()
            {
                // Programs that take no HTML paste the plain text.
                drop(clipboard.set_data("text/plain", &element.text_content().unwrap_or_default()));
                event.prevent_default();
            }
        });
        let listener: &Function = on_copy.as_ref().unchecked_ref();
        document.add_event_listener_with_callback("copy", listener).ok()?;
        let command: Function = Reflect::get(&document, &"execCommand".into()).ok()?.dyn_into().ok()?;
        let is_done = command.call1(&document, &"copy".into()).ok()?.as_bool();
        document.remove_event_listener_with_callback("copy", listener).ok()?;
        selection.remove_all_ranges().ok()?;
        is_done
    };
    try_copy().unwrap_or(false)
}
