//! The view for a projector, which is larger and shows the page alone; and the facilitator's keyboard shortcuts.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::ui::kit::view::{BuiltView, button_with_class, on_click};

/// The attribute of the root element that turns the view on.
const PROJECTOR: &str = "data-projector";

/// The button that turns the projector view on and off, with its keys. Leaving the page turns the view off.
pub(crate) fn projector() -> BuiltView {
    on_key("f", toggle);
    on_key("Escape", leave);
    on_cleanup(leave);
    button_with_class("quiet", "Projektor (F)", on_click(toggle))
}

fn toggle() {
    if let Some(root) = document().document_element() {
        // Refused for an invalid name alone, and ours is valid.
        drop(root.toggle_attribute(PROJECTOR));
    }
}

fn leave() {
    if let Some(root) = document().document_element() {
        // Removing an attribute does not fail, even if it is missing.
        drop(root.remove_attribute(PROJECTOR));
    }
}

/// Calls `action` whenever a key is pressed without modifiers, until the page is left. A key pressed in a field is
/// ignored.
pub(crate) fn on_key(key: &'static str, action: impl Fn() + 'static) {
    let action: Box<dyn Fn()> = Box::new(action);
    let listener = window_event_listener(ev::keydown, move |event| {
        let is_pressed =
            event.key().eq_ignore_ascii_case(key) && !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if is_pressed && !is_typing() {
            action();
        }
    });
    on_cleanup(move || listener.remove());
}

fn is_typing() -> bool {
    let active = document().active_element().and_then(|active| active.dyn_into::<HtmlElement>().ok());
    active.is_some_and(|active| matches!(&*active.tag_name(), "INPUT" | "TEXTAREA" | "SELECT"))
}
