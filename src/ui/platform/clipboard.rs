//! The clipboard.

use js_sys::Function;
use js_sys::Promise;
use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::ClipboardEvent;

/// Puts a text on the clipboard; whether the browser let it.
pub(crate) async fn copy(text: &str) -> bool {
    let Some(clipboard) =
        web_sys::window().and_then(|window| Reflect::get(&window.navigator(), &"clipboard".into()).ok())
    else {
        return false;
    };
    // Not there on a page without https.
    let write = Reflect::get(&clipboard, &"writeText".into()).ok().and_then(|write| write.dyn_into::<Function>().ok());
    let promise = write
        .and_then(|write| write.call1(&clipboard, &text.into()).ok())
        .and_then(|given| given.dyn_into::<Promise>().ok());
    match promise {
        Some(promise) => JsFuture::from(promise).await.is_ok(),
        None => false,
    }
}

/// Copies what a CSS selector finds, as HTML for a word processor; whether the browser did. By the way that is there on
/// every page: the newer one needs https.
pub(crate) fn copy_html(html: &str, selector: &str) -> bool {
    let copied = || {
        let window = web_sys::window()?;
        let document = window.document()?;
        let selection = window.get_selection().ok()??;
        let copied = document.query_selector(selector).ok()??;
        selection.select_all_children(&copied).ok()?;
        let html = html.to_owned();
        let on_copy = Closure::<dyn Fn(ClipboardEvent)>::new(move |event: ClipboardEvent| {
            if let Some(clipboard) = event.clipboard_data()
                && clipboard.set_data("text/html", &html).is_ok()
            {
                // With the words beside it, where no HTML is taken.
                drop(clipboard.set_data("text/plain", &copied.text_content().unwrap_or_default()));
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
    copied().unwrap_or(false)
}
