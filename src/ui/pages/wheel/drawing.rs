//! The wheel as a drawing that the arrow keys move through.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, SvgElement};

use crate::chart::wheel::{Wheel, wheel};
use crate::domain::fundament::{self, Sort};

use super::{element_statuses, tracks};
use crate::ui::kit::components::show_svg;
use crate::ui::kit::view::{BuiltView, build_view};
use crate::ui::state::app_context::AppContext;

/// The selector of the elements in the drawing.
const ELEMENTS: &str = "[data-element]";

/// The drawing. It has one tab stop; the arrow keys move between elements, and Enter follows the link of an element.
#[component]
pub(crate) fn WheelDrawing(
    app: AppContext,
    /// The prefix of the ids in the drawing.
    id: &'static str,
    /// Whether the tracks of the earlier drawing are shown.
    #[prop(default = RwSignal::new(false))]
    has_tracks: RwSignal<bool>,
) -> BuiltView {
    let frame = NodeRef::<html::Div>::new();
    let svg = move || {
        let vision = fundament::present_at_hand().and_then(|edition| edition.of_sort(Sort::Vision).next());
        let tracks = if has_tracks.get() { tracks() } else { Vec::new() };
        let dates = app.wheel_dates().get();
        wheel(&Wheel {
            id,
            cycle: app.cycle(),
            today: app.today.get(),
            elements: &element_statuses(app),
            dates: &dates,
            hub: vision.map_or("", |vision| vision.text.as_str()),
            tracks: &tracks,
        })
    };
    Effect::new(move |_| {
        let Some(frame) = frame.get() else { return };
        // An element that has the focus keeps it when the wheel is redrawn.
        let focused_id = focused(&frame).and_then(|element| element.get_attribute("data-element"));
        show_svg(&frame, &svg());
        if let Some(focused_id) = focused_id {
            let all = elements(&frame);
            if let Some(index) =
                all.iter().position(|element| element.get_attribute("data-element").as_ref() == Some(&focused_id))
            {
                go_to(&all, index);
            }
        }
    });
    let on_key = move |event: KeyboardEvent| {
        let Some(frame) = frame.get() else { return };
        let all = elements(&frame);
        let Some(current) = focused(&frame).and_then(|current| all.iter().position(|element| *element == current))
        else {
            return;
        };
        let last = all.len() - 1;
        let next = match &*event.key() {
            "ArrowRight" | "ArrowDown" => {
                if current == last {
                    0
                } else {
                    current + 1
                }
            }
            "ArrowLeft" | "ArrowUp" => current.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        go_to(&all, next);
    };
    build_view(view! { <div class="wheel-drawing" node_ref=frame on:keydown=on_key></div> })
}

/// Returns the elements in the drawing, in order.
fn elements(frame: &HtmlElement) -> Vec<Element> {
    let Ok(nodes) = frame.query_selector_all(ELEMENTS) else { return Vec::new() };
    (0..nodes.length()).filter_map(|index| nodes.get(index)?.dyn_into().ok()).collect()
}

/// Returns the focused element, if it is in the drawing.
fn focused(frame: &HtmlElement) -> Option<Element> {
    document().active_element().filter(|active| frame.contains(Some(active)))
}

/// Moves the focus to an element, and makes it the tab stop of the drawing.
fn go_to(all: &[Element], focused_index: usize) {
    for (index, element) in all.iter().enumerate() {
        // Fails for invalid attribute names only.
        drop(element.set_attribute("tabindex", if index == focused_index { "0" } else { "-1" }));
    }
    if let Some(element) = all.get(focused_index).and_then(|element| element.dyn_ref::<SvgElement>()) {
        drop(element.focus());
    }
}
