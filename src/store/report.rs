//! Reports unexpected errors with their context, and keeps them for the developers of the app.
//!
//! An expected error has words for the user and is handled where it occurs. Any other error comes here: none is
//! dropped.

use std::fmt::Debug;

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

/// The largest number of errors that are kept. The first errors tell most; later ones are often their consequences.
const MAX_LINES: u32 = 50;

/// The property of `window` that holds the errors of this page. `public/rescue.js` writes them into its file.
const LOG_PROPERTY: &str = "kvalitetshjulErrors";

/// Reports an unexpected error: to the browser's console, and to the list that the rescue file includes. An error that
/// is in the list already is not reported again: a save that fails is repeated every few seconds.
///
/// `context` names what the app was doing. Neither `context` nor `error` may contain what a user wrote; errors of
/// `serde_json` do, and go through [`report_json_error`].
pub fn report(context: &str, error: &dyn Debug) {
    let line = JsValue::from_str(&format!("{context}: {error:?}"));
    let Some(window) = web_sys::window() else {
        web_sys::console::warn_1(&line);
        return;
    };
    let property = JsValue::from_str(LOG_PROPERTY);
    // Reading a property of `window` does not fail; a value that is no list is replaced.
    let lines = Reflect::get(&window, &property).ok().and_then(|value| value.dyn_into::<Array>().ok());
    let lines = lines.unwrap_or_else(|| {
        let lines = Array::new();
        // Refused for a frozen object alone, which `window` is not; the console has the line in any case.
        drop(Reflect::set(&window, &property, &lines));
        lines
    });
    if lines.includes(&line, 0) {
        return;
    }
    web_sys::console::warn_1(&line);
    if lines.length() < MAX_LINES {
        lines.push(&line);
    }
}

/// Reports an unexpected error of `serde_json`. See [`report`].
pub fn report_json_error(context: &str, error: &serde_json::Error) {
    report(context, &describe_json_error(error));
}

/// Describes an error of `serde_json` by its category and position alone. Its own message may quote what a user wrote.
pub(super) fn describe_json_error(error: &serde_json::Error) -> String {
    format!("JSON: {:?} at line {}, column {}", error.classify(), error.line(), error.column())
}
