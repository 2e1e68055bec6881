//! Opens the palette and the help dialog, by buttons and by keys. The dialogs themselves are in a lazy chunk.

use leptos::ev;
use leptos::prelude::*;
use web_sys::{Element, KeyboardEvent};

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button_with_class, on_click};
use crate::ui::state::app_context::{AppContext, OpenDialog};

/// What keys are typed into. There `/` and `?` are characters.
const FIELDS: &str = "input, textarea, select, [contenteditable], [role=grid]";

/// Builds the buttons that open the palette and the help.
pub(crate) fn find_buttons(app: AppContext) -> BuiltView {
    let open = |dialog| on_click(move || app.dialog().set(Some(dialog)));
    markup!(
        r#"<div class="find-buttons">{}{}</div>"#,
        button_with_class("quiet find", "Find", open(OpenDialog::Palette)),
        button_with_class("quiet", "Hjælp", open(OpenDialog::Help))
    )
}

/// Listens to the keys that open a dialog: Ctrl+K or ⌘K and `/` the palette, `?` the help.
pub(crate) fn listen_to_find_keys(app: AppContext) {
    window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let has_control = event.ctrl_key() || event.meta_key();
        let dialog = match (&*event.key(), has_control) {
            ("k" | "K", true) | ("/", false) => OpenDialog::Palette,
            ("?", false) => OpenDialog::Help,
            _ => return,
        };
        let is_in_field = |element: Element| element.closest(FIELDS).is_ok_and(|field| field.is_some());
        if event.alt_key() || !has_control && document().active_element().is_some_and(is_in_field) {
            return;
        }
        event.prevent_default();
        // A dialog that is open is closed first, by its own keys.
        if app.dialog().get_untracked().is_none() {
            app.dialog().set(Some(dialog));
        }
    });
}
