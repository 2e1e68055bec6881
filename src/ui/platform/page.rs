//! The document itself: colours, focus, printing, sorting in Danish.

use js_sys::Array;
use js_sys::Function;
use js_sys::Intl::Collator;
use js_sys::Object;
use wasm_bindgen::prelude::*;

/// The order of the Danish alphabet, as the browser knows it: Æ, Ø and Å stand last.
pub(crate) struct DanishOrder(Function);

impl DanishOrder {
    pub(crate) fn new() -> Self {
        Self(Collator::new(&Array::of1(&"da".into()), &Object::new()).compare())
    }

    /// Whether a word stands before another.
    pub(crate) fn is_before(&self, one: &str, other: &str) -> bool {
        let order = self.0.call2(&JsValue::NULL, &one.into(), &other.into());
        order.ok().and_then(|order| order.as_f64()).is_some_and(|order| order < 0.0)
    }
}

/// Shows the page in some colours, `light` or `dark`; with nothing in those of the device.
pub(crate) fn set_colours(colours: Option<&str>) {
    let root = web_sys::window().and_then(|window| window.document()?.document_element());
    if let Some(root) = root {
        // Refused for no name that is ours.
        drop(match colours {
            Some(colours) => root.set_attribute("data-colours", colours),
            None => root.remove_attribute("data-colours"),
        });
    }
}

/// Leads the keyboard to what has an id on the page, if it is there.
pub(crate) fn focus_on(id: &str) {
    let found = leptos::prelude::document().get_element_by_id(id);
    if let Some(found) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A page without focus is still a page.
        drop(found.focus());
    }
}

/// Prints the page.
pub(crate) fn print() {
    if let Some(window) = web_sys::window() {
        // Refused to no page that is shown.
        drop(window.print());
    }
}
