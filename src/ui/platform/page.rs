//! The document itself: colours, style sheets, focus, printing, sorting in Danish.

use std::cell::RefCell;

use js_sys::Array;
use js_sys::Function;
use js_sys::Intl::Collator;
use js_sys::Object;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::HtmlElement;

thread_local! {
    /// The load of the page styles, once it has begun.
    static PAGE_STYLES: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Fetches the style sheets of the pages outside the first chunk. `index.html` links them as `disabled`, so that a first
/// visit does not fetch them.
///
/// The promise is rejected when a sheet cannot be fetched. The next call then tries again.
pub(crate) fn load_page_styles() -> Promise {
    PAGE_STYLES.with_borrow_mut(|styles| styles.get_or_insert_with(|| future_to_promise(enable_styles())).clone())
}

async fn enable_styles() -> Result<JsValue, JsValue> {
    let links = leptos::prelude::document().query_selector_all("link[disabled]")?;
    let links = (0..links.length()).filter_map(|index| links.get(index)?.dyn_into::<HtmlElement>().ok());
    for link in links.collect::<Vec<_>>() {
        let loaded = Promise::new(&mut |resolve, reject| {
            link.set_onload(Some(&resolve));
            link.set_onerror(Some(&reject));
        });
        link.remove_attribute("disabled")?;
        if JsFuture::from(loaded).await.is_err() {
            link.set_attribute("disabled", "")?;
            PAGE_STYLES.set(None);
            return Err("a style sheet could not be fetched".into());
        }
    }
    Ok(JsValue::UNDEFINED)
}

/// The order of the Danish alphabet, provided by the browser: Æ, Ø and Å come last.
pub(crate) struct DanishOrder(Function);

impl DanishOrder {
    pub(crate) fn new() -> Self {
        Self(Collator::new(&Array::of1(&"da".into()), &Object::new()).compare())
    }

    /// Returns whether a text comes before another.
    pub(crate) fn is_before(&self, text: &str, other_text: &str) -> bool {
        let order = self.0.call2(&JsValue::NULL, &text.into(), &other_text.into());
        order.ok().and_then(|order| order.as_f64()).is_some_and(|order| order < 0.0)
    }
}

/// Sets the colour scheme, `light` or `dark`; `None` follows the device.
pub(crate) fn set_colours(colours: Option<&str>) {
    let root = web_sys::window().and_then(|window| window.document()?.document_element());
    if let Some(root) = root {
        // Fails for invalid attribute names only.
        drop(match colours {
            Some(colours) => root.set_attribute("data-colours", colours),
            None => root.remove_attribute("data-colours"),
        });
    }
}

/// Moves the focus to the element with an id, if the element exists.
pub(crate) fn focus_on(id: &str) {
    let element = leptos::prelude::document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A page that cannot take the focus is still usable.
        drop(element.focus());
    }
}

/// Returns whether the window is as narrow as a phone.
pub(crate) fn is_narrow() -> bool {
    const PHONE: f64 = 600.0;
    let width = web_sys::window().and_then(|window| window.inner_width().ok()?.as_f64());
    width.is_some_and(|width| width < PHONE)
}

/// Prints the page.
pub(crate) fn print() {
    if let Some(window) = web_sys::window() {
        // Does not fail for a page that is shown.
        drop(window.print());
    }
}
