//! Undo and redo, by buttons that name the action and by the usual keys. The built-in undo of a text field takes
//! precedence.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use js_sys::Reflect;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::record::undo_stack::UndoDirection;

use crate::ui::kit::view::{BuiltView, build_view, dynamic_text, dynamic_view, on_click, or_empty};
use crate::ui::state::workspace::{UndoResult, Workspace, left_alone_message};

/// Shows the undo and redo buttons, where there is something to undo or redo.
#[component]
pub(crate) fn Undo(workspace: Workspace) -> BuiltView {
    let button = move |index: usize, class: &'static str, verb: &'static str, direction: UndoDirection| {
        // Typing renames the action at every key. Then only the text changes, and the button stays.
        let has_action = Memo::new(move |_| workspace.action_names.with(|names| names[index].is_some()));
        dynamic_view(move || {
            or_empty(has_action.get().then(|| {
                let on_press = on_click(move || undo_or_redo(workspace, direction));
                let words = dynamic_text(move || {
                    workspace
                        .action_names
                        .with(|names| names[index].as_ref().map(|name| format!(": {name}")).unwrap_or_default())
                });
                let class = format!("undo-button {class}");
                build_view(view! { <button type="button" class=class on:click=on_press>{verb}<span class="beyond-phone">{words}</span></button> })
            }))
        })
    };
    build_view((
        button(0, "undo", "Fortryd", UndoDirection::Last),
        button(1, "redo", "Gentag", UndoDirection::LastUndone),
    ))
}

/// Undoes or redoes an action. A focused text field loses the focus first, so that its text is saved, and then regains
/// it.
fn undo_or_redo(workspace: Workspace, direction: UndoDirection) {
    let field = document().active_element().filter(is_text).and_then(|field| field.dyn_into::<HtmlElement>().ok());
    if let Some(field) = &field {
        drop(field.blur());
    }
    if let UndoResult::Done(skipped) = workspace.undo_or_redo(direction)
        && !skipped.is_empty()
    {
        workspace.error_message.set(Some(left_alone_message(&skipped)));
    }
    if let Some(field) = &field {
        drop(field.focus());
    }
}

/// Returns whether the user types text in an element.
fn is_text(element: &web_sys::Element) -> bool {
    let kind = element.get_attribute("type").unwrap_or_else(|| "text".to_owned());
    match element.tag_name().as_str() {
        "TEXTAREA" => true,
        "INPUT" => matches!(kind.as_str(), "text" | "search" | "password"),
        _ => false,
    }
}

/// Listens to the undo and redo keys.
pub(crate) fn listen_to_keys(workspace: Workspace) {
    // Whether the focused field has just undone something itself.
    let has_field_undone = Rc::new(Cell::new(false));
    let field_undone = Rc::clone(&has_field_undone);
    let before = RefCell::new(None::<String>);
    let listener = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        let property =
            |object: &JsValue, name: &str| Reflect::get(object, &name.into()).ok().and_then(|value| value.as_string());
        if !property(&event, "inputType").is_some_and(|input_type| input_type.starts_with("history")) {
            return;
        }
        let field = document().active_element().map(JsValue::from).unwrap_or_default();
        let value = property(&field, "value");
        if event.type_() == "beforeinput" {
            // Some browsers continue in another field when the focused one has nothing more to undo. Prevent it.
            if event.target().map(JsValue::from).as_ref() != Some(&field) {
                event.prevent_default();
            }
            before.replace(value);
        } else if *before.borrow() != value {
            field_undone.set(true);
            workspace.continue_typing();
        }
    });
    let listener = listener.into_js_value();
    for event in ["beforeinput", "input"] {
        // In the capture phase, before the listener of the field, which writes the record.
        drop(window().add_event_listener_with_callback_and_bool(event, listener.unchecked_ref(), true));
    }
    // The action to take if the field turns out to have nothing to undo itself. A browser handles a key before the key
    // is released.
    let pending = Rc::new(Cell::new(None::<UndoDirection>));
    let undo_if_field_did_not: Rc<dyn Fn()> = {
        let (pending, has_field_undone) = (Rc::clone(&pending), Rc::clone(&has_field_undone));
        Rc::new(move || {
            if let Some(direction) = pending.take().filter(|_| !has_field_undone.get()) {
                undo_or_redo(workspace, direction);
            }
        })
    };
    let on_key_up = Rc::clone(&undo_if_field_did_not);
    window_event_listener(ev::keyup, move |_| on_key_up());
    window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let key = event.key().to_ascii_lowercase();
        let direction = match (key.as_str(), event.shift_key()) {
            ("z", false) => UndoDirection::Last,
            ("y", false) | ("z", true) => UndoDirection::LastUndone,
            _ => return,
        };
        if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
            return;
        }
        if !document().active_element().is_some_and(|element| is_text(&element)) {
            event.prevent_default();
            undo_or_redo(workspace, direction);
            return;
        }
        // A key that is held down repeats before it is released.
        undo_if_field_did_not();
        has_field_undone.set(false);
        pending.set(Some(direction));
        let on_timeout = Rc::clone(&undo_if_field_did_not);
        set_timeout(move || on_timeout(), AFTER_FIELD);
    });
}

/// How long to wait for a field to undo something itself, where the release of the key is not reported.
const AFTER_FIELD: Duration = Duration::from_millis(500);
