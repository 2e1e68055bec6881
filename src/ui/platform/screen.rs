//! The screen: full screen, and a screen that stays lit.

use leptos::prelude::document;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::ui::platform::reflect::{call, get, resolve};

/// Shows the page in full screen, or leaves it. A browser without full screen goes on showing the page in its window.
pub(crate) fn toggle_full_screen() {
    let document = JsValue::from(document());
    drop(if is_full_screen() {
        call(&document, "exitFullscreen", &[])
    } else {
        get(&document, "documentElement").and_then(|root| call(&root, "requestFullscreen", &[]))
    });
}

/// Returns whether the page is shown in full screen.
pub(crate) fn is_full_screen() -> bool {
    get(&document(), "fullscreenElement").is_ok_and(|element| element.is_object())
}

/// Asks the device not to dim its screen while the page is shown. The browser ends that by itself when the page is hidden
/// or closed. A device that refuses is used as it is.
pub(crate) fn keep_lit() {
    spawn_local(async {
        let request = || {
            let wake_lock = get(&web_sys::window()?.navigator(), "wakeLock").ok()?;
            call(&wake_lock, "request", &["screen".into()]).ok()
        };
        if let Some(promise) = request() {
            // A refused lock is no error.
            drop(resolve(promise).await);
        }
    });
}

/// Returns the name that the window was opened with.
pub(crate) fn window_name() -> Option<String> {
    get(&web_sys::window()?.into(), "name").ok()?.as_string()
}
