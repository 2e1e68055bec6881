//! Undoing and doing again: by buttons that name the step, and by the keys that everyone knows. A text field's own undoing
//! comes first.

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
use crate::ui::state::workspace::{Workspace, left_alone};

/// The buttons, where there is something to undo or to do again.
#[component]
pub(crate) fn Undo(workspace: Workspace) -> BuiltView {
    let button = move |place: usize, class: &'static str, verb: &'static str, which: UndoDirection| {
        // Typing changes what the step is called at every key: then the words change, and not the button.
        let is_there = Memo::new(move |_| workspace.acts.with(|acts| acts[place].is_some()));
        dynamic_view(move || {
            or_empty(is_there.get().then(|| {
                let act = on_click(move || turn(workspace, which));
                let words = dynamic_text(move || {
                    workspace
                        .acts
                        .with(|acts| acts[place].as_ref().map(|what| format!("{verb}: {what}")).unwrap_or_default())
                });
                build_view(view! { <button type="button" class=format!("act {class}") on:click=act>{words}</button> })
            }))
        })
    };
    build_view((
        button(0, "back", "Fortryd", UndoDirection::Last),
        button(1, "again", "Gentag", UndoDirection::LastUndone),
    ))
}

/// Undoes, or does again. A field with focus is left first, so that what is typed in it counts, and come back to.
fn turn(workspace: Workspace, which: UndoDirection) {
    let field = document().active_element().filter(is_text).and_then(|field| field.dyn_into::<HtmlElement>().ok());
    if let Some(field) = &field {
        drop(field.blur());
    }
    if let Some(left) = workspace.undo_or_redo(which).filter(|left| !left.is_empty()) {
        workspace.trouble.set(Some(left_alone(&left)));
    }
    if let Some(field) = &field {
        drop(field.focus());
    }
}

/// Whether one types text in it.
fn is_text(element: &web_sys::Element) -> bool {
    let kind = element.get_attribute("type").unwrap_or_else(|| "text".to_owned());
    match element.tag_name().as_str() {
        "TEXTAREA" => true,
        "INPUT" => matches!(kind.as_str(), "text" | "search" | "password"),
        _ => false,
    }
}

/// Hears the keys.
pub(crate) fn hear_keys(workspace: Workspace) {
    // Whether a field has just undone something of its own.
    let has_field_undone = Rc::new(Cell::new(false));
    let undone = Rc::clone(&has_field_undone);
    let before = RefCell::new(None::<String>);
    let heard = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        let part = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok().and_then(|part| part.as_string());
        if !part(&event, "inputType").is_some_and(|how| how.starts_with("history")) {
            return;
        }
        let field = document().active_element().map(JsValue::from).unwrap_or_default();
        let value = part(&field, "value");
        if event.type_() == "beforeinput" {
            // Some browsers go on in another field when this one has nothing more: that is no field's own.
            if event.target().map(JsValue::from).as_ref() != Some(&field) {
                event.prevent_default();
            }
            before.replace(value);
        } else if *before.borrow() != value {
            undone.set(true);
            workspace.continue_typing();
        }
    });
    let heard = heard.into_js_value();
    for event in ["beforeinput", "input"] {
        // Before the field's own listener, which writes.
        drop(window().add_event_listener_with_callback_and_bool(event, heard.unchecked_ref(), true));
    }
    // What is undone when the field turns out to have nothing of its own: a browser is done with a key before it is let go.
    let waits = Rc::new(Cell::new(None::<UndoDirection>));
    let fall_back: Rc<dyn Fn()> = {
        let (waits, has_field_undone) = (Rc::clone(&waits), Rc::clone(&has_field_undone));
        Rc::new(move || {
            if let Some(which) = waits.take().filter(|_| !has_field_undone.get()) {
                turn(workspace, which);
            }
        })
    };
    let let_go = Rc::clone(&fall_back);
    window_event_listener(ev::keyup, move |_| let_go());
    window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let key = event.key().to_ascii_lowercase();
        let which = match (key.as_str(), event.shift_key()) {
            ("z", false) => UndoDirection::Last,
            ("y", false) | ("z", true) => UndoDirection::LastUndone,
            _ => return,
        };
        if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
            return;
        }
        if !document().active_element().is_some_and(|element| is_text(&element)) {
            event.prevent_default();
            turn(workspace, which);
            return;
        }
        // One that is held down comes again before it is let go.
        fall_back();
        has_field_undone.set(false);
        waits.set(Some(which));
        let late = Rc::clone(&fall_back);
        set_timeout(move || late(), AFTER_FIELD);
    });
}

/// How long after a key a field has undone something of its own, if it has, and the key was not heard being let go.
const AFTER_FIELD: Duration = Duration::from_millis(500);
