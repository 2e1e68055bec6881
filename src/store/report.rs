//! Unexpected errors: reported once, with their context, and kept for whoever mends the app.
//!
//! An expected error has words for the user and is handled where it occurs. Any other error comes here: nothing drops one.

use std::fmt::Debug;

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

/// The most errors that are kept. The first ones tell most; later ones are often their consequences.
const MOST_KEPT: u32 = 50;

/// The property of `window` that holds the errors of this page. `public/rescue.js` writes them into its file.
const LOG: &str = "kvalitetshjulErrors";

/// Reports an unexpected error: to the browser's console, and to the list that the rescue file includes. `context` names
/// what the app was doing. Neither may hold what a user wrote.
pub fn report(context: &str, error: &dyn Debug) {
    let line = JsValue::from_str(&format!("{context}: {error:?}"));
    web_sys::console::warn_1(&line);
    let Some(window) = web_sys::window() else { return };
    let name = JsValue::from_str(LOG);
    let kept = Reflect::get(&window, &name).ok().and_then(|kept| kept.dyn_into::<Array>().ok());
    let kept = kept.unwrap_or_else(|| {
        let made = Array::new();
        // Refused for a frozen object alone, which `window` is not; the console has the line in any case.
        drop(Reflect::set(&window, &name, &made));
        made
    });
    if kept.length() < MOST_KEPT {
        kept.push(&line);
    }
}
