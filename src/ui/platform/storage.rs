//! How much room the browser gives this site, and whether it may clear the data.

use std::cell::Cell;

use js_sys::Function;
use js_sys::Promise;
use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Returns how many bytes this site uses and how many it may use; `None` where the browser does not tell.
pub(crate) async fn space() -> Option<(u64, u64)> {
    let storage = Reflect::get(&web_sys::window()?.navigator(), &"storage".into()).ok()?;
    // The interface does not exist on a page without https.
    let estimate: Function = Reflect::get(&storage, &"estimate".into()).ok()?.dyn_into().ok()?;
    let promise: Promise = estimate.call0(&storage).ok()?.dyn_into().ok()?;
    let estimate_result = JsFuture::from(promise).await.ok()?;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a byte count is a non-negative integer"
    )]
    let bytes = |name: &str| Some(Reflect::get(&estimate_result, &name.into()).ok()?.as_f64()? as u64);
    Some((bytes("usage")?, bytes("quota")?))
}

/// Asks the browser, once, not to clear the data of this site when it needs room. Some browsers ask the user, most
/// decide by themselves; the answer is ignored.
pub(crate) fn ask_to_keep() {
    thread_local!(static IS_ASKED: Cell<bool> = const { Cell::new(false) });
    let ask = || {
        let navigator = web_sys::window()?.navigator();
        let storage = Reflect::get(&navigator, &"storage".into()).ok()?;
        // The interface does not exist on a page without https.
        let persist: Function = Reflect::get(&storage, &"persist".into()).ok()?.dyn_into().ok()?;
        persist.call0(&storage).ok()
    };
    if !IS_ASKED.replace(true) {
        ask();
    }
}
