//! Keyboard shortcuts and clickers. A clicker sends the keys Page Up and Page Down.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WallKey {
    /// A step forward.
    Forward,
    /// A step back.
    Back,
    /// The wall dark, or lit again.
    Blank,
    /// Full screen, or out of it.
    FullScreen,
    /// Away from the wall.
    Leave,
}

/// Where the keys are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyUse {
    /// The wall fills the window, and nothing scrolls.
    WallAlone,
    /// The keys belong to a page as well, which scrolls by the arrows up and down.
    BesideAPage,
}

impl WallKey {
    /// The request of a key, by its name in the browser.
    fn of(key: &str, place: KeyUse) -> Option<Self> {
        Some(match key {
            "ArrowRight" | "PageDown" => Self::Forward,
            "ArrowLeft" | "PageUp" => Self::Back,
            "ArrowDown" if place == KeyUse::WallAlone => Self::Forward,
            "ArrowUp" if place == KeyUse::WallAlone => Self::Back,
            "b" | "B" | "." => Self::Blank,
            "f" | "F" => Self::FullScreen,
            "Escape" => Self::Leave,
            _ => return None,
        })
    }
}

/// Calls `act` for each key that asks for something, until the page is left.
///
/// `act` returns whether it has used the key; the browser does nothing with such a key. A key with a modifier, or pressed
/// in a control that uses it, is ignored.
pub(super) fn on_wall_keys(place: KeyUse, act: impl Fn(WallKey) -> bool + 'static) {
    let act: Box<dyn Fn(WallKey) -> bool> = Box::new(act);
    let listener = window_event_listener(ev::keydown, move |event| {
        let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
        if has_modifier || is_in_control() {
            return;
        }
        if WallKey::of(&event.key(), place).is_some_and(&act) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Whether the focus is in a control that uses keys itself.
fn is_in_control() -> bool {
    let active = document().active_element().and_then(|active| active.dyn_into::<HtmlElement>().ok());
    active.is_some_and(|active| {
        matches!(&*active.tag_name(), "INPUT" | "TEXTAREA" | "SELECT")
            || active.closest("dialog, [role=menu], [tabindex='0']").is_ok_and(|found| found.is_some())
    })
}
