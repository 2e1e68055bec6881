//! The page on a wall: larger, and with nothing beside it; and the keys of a facilitator's hand.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::ui::kit::view::{BuiltView, button_with_class, on_click};

/// What the page is shown by on a wall.
const PROJECTOR: &str = "data-projector";

/// The way onto the wall and back. It ends with the page it stands on.
pub(crate) fn projector() -> BuiltView {
    on_key("f", toggle);
    on_key("Escape", leave);
    on_cleanup(leave);
    button_with_class("quiet", "Projektor (F)", on_click(toggle))
}

fn toggle() {
    if let Some(root) = document().document_element() {
        // Refused for no name that is ours.
        drop(root.toggle_attribute(PROJECTOR));
    }
}

fn leave() {
    if let Some(root) = document().document_element() {
        drop(root.remove_attribute(PROJECTOR));
    }
}

/// Does something on a key, as long as the page stands, and nobody is typing or choosing.
pub(crate) fn on_key(key: &'static str, act: impl Fn() + 'static) {
    let act: Box<dyn Fn()> = Box::new(act);
    let listener = window_event_listener(ev::keydown, move |event| {
        let is_ours =
            event.key().eq_ignore_ascii_case(key) && !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if is_ours && !is_typing() {
            act();
        }
    });
    on_cleanup(move || listener.remove());
}

fn is_typing() -> bool {
    let active = document().active_element().and_then(|active| active.dyn_into::<HtmlElement>().ok());
    active.is_some_and(|active| matches!(&*active.tag_name(), "INPUT" | "TEXTAREA" | "SELECT"))
}
