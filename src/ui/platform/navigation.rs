//! The address of the page.

use wasm_bindgen::JsValue;

use crate::ui::platform::reflect::{call, get};

/// Reloads the page.
pub(crate) fn reload() {
    if let Some(window) = web_sys::window() {
        // Does not fail for a page that is shown.
        drop(window.location().reload());
    }
}

/// Goes to the front page and reloads.
pub(crate) fn restart() {
    go_to("#/");
    reload();
}

/// Returns the fragment of the address.
pub(crate) fn fragment() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Removes the query from the fragment, so that a reload does not apply it again.
pub(crate) fn remove_query() {
    let fragment = fragment();
    if let (Some((path, _)), Some(window)) = (fragment.split_once('?'), web_sys::window()) {
        // Fails for an invalid address only; this one has just been read.
        drop(window.location().set_hash(path));
    }
}

/// Sets the title of the page.
pub(crate) fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(&format!("{title} – Kvalitetshjul"));
    }
}

/// Navigates to an address in the app.
pub(crate) fn go_to(fragment: &str) {
    if let Some(window) = web_sys::window() {
        // Fails for an invalid address only; the addresses of this app are valid.
        drop(window.location().set_hash(fragment));
    }
}

/// Navigates to an address in the app, replacing the current entry of the browser history.
pub(crate) fn replace_with(fragment: &str) {
    if let Some(window) = web_sys::window() {
        // Fails for an invalid address only; the addresses of this app are valid.
        drop(window.location().replace(fragment));
    }
}

/// Opens the demo. See [`is_demo`](crate::store::is_demo).
pub(crate) fn open_demo() {
    if let Some(window) = web_sys::window() {
        // Fails for an invalid address only; this one is valid.
        drop(window.location().assign("?proevekommune"));
    }
}

/// Returns the path of the app: its address without the query, which leads out of the demo.
pub(crate) fn path() -> String {
    web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}

/// Returns the address of the app, without the fragment.
pub(crate) fn page_address() -> String {
    let address = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_owned()
}

/// Returns the address of the app as a person types it: without the scheme, and without the name of the page's file.
pub(crate) fn typed_address() -> String {
    let address = page_address();
    let address = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
    address.strip_suffix("index.html").unwrap_or(address).to_owned()
}

/// Replaces the fragment in the address bar and in the history, without a change of page.
pub(crate) fn rewrite_fragment(fragment: &str) {
    if let Some(history) = web_sys::window().and_then(|window| get(&window.into(), "history").ok()) {
        // Refused for an address of another site alone; this one is of this page.
        drop(call(&history, "replaceState", &[JsValue::NULL, "".into(), fragment.into()]));
    }
}
