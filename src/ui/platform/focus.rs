//! Moves the focus and the scroll position after a change of page.

use std::cell::RefCell;

use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

use crate::ui::platform::page;
use crate::ui::route::Route;

thread_local! {
    /// The id of the element that the next change of page focuses.
    static NEXT_FOCUS: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Makes the next change of page focus the element with an id, if the new page has that element.
pub(crate) fn focus_after_navigation(id: String) {
    NEXT_FOCUS.set(Some(id));
}

/// Moves the focus to the top of the page, or to the item that the route names, in the next animation frame.
///
/// A user who has meanwhile focused something on the page keeps that focus.
pub(crate) fn move_focus_to_top(route: &Route) {
    let item = if let Route::Fundament { item, .. } | Route::Ordliste(item) = route { item.clone() } else { None };
    let focused_before = document().active_element();
    let next_focus = NEXT_FOCUS.take();
    request_animation_frame(move || {
        if let Some(id) = next_focus.filter(|id| document().get_element_by_id(id).is_some()) {
            page::focus_on(&id);
            return;
        }
        let main = document().get_element_by_id("main").and_then(|main| main.dyn_into::<HtmlElement>().ok());
        let focused = document().active_element();
        let is_inside =
            |focused: &Element| main.as_ref().is_some_and(|main| **main != *focused && main.contains(Some(focused)));
        if focused != focused_before && focused.as_ref().is_some_and(is_inside) {
            return;
        }
        let item = item.and_then(|item| document().get_element_by_id(&item)).filter(|item| item.tag_name() != "H1");
        if let Some(item) = item.and_then(|item| item.dyn_into::<HtmlElement>().ok()) {
            // An item that cannot take the focus is still scrolled to.
            drop(item.set_attribute("tabindex", "-1"));
            drop(item.focus());
            item.scroll_into_view();
            return;
        }
        if let Some(main) = main {
            // A page that cannot take the focus is still usable.
            drop(main.focus());
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    });
}
