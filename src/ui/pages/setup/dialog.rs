//! The modal dialog in which the palette and the help are shown.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, MouseEvent, PointerEvent};

use crate::store::report::report;

use crate::ui::kit::view::{BuiltView, build_view};
use crate::ui::state::app_context::{AppContext, OpenDialog};

/// A modal dialog. Escape, a click beside the dialog, and a click on a link in it close the dialog. The browser then
/// returns the focus to the element that had it before.
#[component]
pub(crate) fn ModalDialog(app: AppContext, which: OpenDialog, label: &'static str, content: BuiltView) -> BuiltView {
    let frame = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = frame.get()
            && let Err(error) = dialog.show_modal()
        {
            report("opening a dialog", &error);
        }
    });
    let on_close = move |_| {
        // The event arrives after the dialog is closed. Another dialog may have been opened by then.
        if app.dialog().get_untracked() == Some(which) {
            app.dialog().set(None);
        }
    };
    let element = |event: &Event| event.target().and_then(|target| target.dyn_into::<Element>().ok());
    // A drag that begins in the dialog and ends outside selects text. It does not close the dialog.
    let is_pressed_outside = StoredValue::new_local(false);
    let on_press = move |event: PointerEvent| {
        is_pressed_outside.set_value(element(&event).is_some_and(|target| target.tag_name() == "DIALOG"));
    };
    let on_click = move |event: MouseEvent| {
        let Some(target) = element(&event) else { return };
        let is_link = target.closest("a").is_ok_and(|link| link.is_some());
        if is_link || (target.tag_name() == "DIALOG" && is_pressed_outside.get_value()) {
            close_dialog();
        }
    };
    build_view(view! {
        <dialog class="modal" aria-label=label node_ref=frame on:close=on_close on:pointerdown=on_press on:click=on_click>
            <div class="modal-content">{content}</div>
        </dialog>
    })
}

/// Closes the dialog that is open. The browser returns the focus at once.
pub(crate) fn close_dialog() {
    let open = document().query_selector("dialog[open]").ok().flatten();
    if let Some(dialog) = open.and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok()) {
        dialog.close();
    }
}
