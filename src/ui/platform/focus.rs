//! Where the keyboard and the eye are led after a change of page.

use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use crate::ui::route::Route;

/// After going somewhere, and when there is news at the top: the eye and the keyboard begin at the page's beginning, or
/// at the item that was asked for.
pub(crate) fn show_from_the_top(route: &Route) {
    let item = if let Route::Fundament { item, .. } = route { item.clone() } else { None };
    request_animation_frame(move || {
        let item = item.and_then(|item| document().get_element_by_id(&item)).filter(|item| item.tag_name() != "H1");
        if let Some(item) = item.and_then(|item| item.dyn_into::<HtmlElement>().ok()) {
            drop(item.set_attribute("tabindex", "-1"));
            drop(item.focus());
            item.scroll_into_view();
            return;
        }
        let main = document().get_element_by_id("main").and_then(|main| main.dyn_into::<HtmlElement>().ok());
        if let Some(main) = main {
            // A page without focus is still a page.
            drop(main.focus());
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    });
}
