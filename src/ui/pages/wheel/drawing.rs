//! The wheel as a drawing that can be walked by the arrow keys.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, SvgElement};

use crate::chart::wheel::{Wheel, wheel};
use crate::domain::fundament::{self, Sort};

use super::{seen, tracks};
use crate::ui::kit::components::show_svg;
use crate::ui::kit::view::{BuiltView, build_view};
use crate::ui::state::app_context::AppContext;

/// What every element of the drawing is found by.
const ELEMENTS: &str = "[data-element]";

/// The drawing. It has one tab stop; the arrow keys go round, Enter follows, as on any link.
#[component]
pub(crate) fn WheelDrawing(
    desk: AppContext,
    /// Begins the ids in the drawing.
    id: &'static str,
    /// Whether the tracks of the earlier drawing are shown.
    #[prop(default = RwSignal::new(false))]
    has_tracks: RwSignal<bool>,
) -> BuiltView {
    let frame = NodeRef::<html::Div>::new();
    let svg = move || {
        let vision = fundament::at_hand().and_then(|edition| edition.of_sort(Sort::Vision).next());
        let tracks = if has_tracks.get() { tracks() } else { Vec::new() };
        wheel(&Wheel {
            id,
            cycle: desk.cycle(),
            today: desk.today.get(),
            elements: &seen(desk),
            hub: vision.map_or("", |vision| vision.text.as_str()),
            tracks: &tracks,
        })
    };
    Effect::new(move |_| {
        let Some(frame) = frame.get() else { return };
        // Who stands on an element stands on it still when the wheel is drawn anew.
        let stood_on = focused(&frame).and_then(|element| element.get_attribute("data-element"));
        show_svg(&frame, &svg());
        if let Some(stood_on) = stood_on {
            let all = elements(&frame);
            if let Some(place) =
                all.iter().position(|element| element.get_attribute("data-element").as_ref() == Some(&stood_on))
            {
                go_to(&all, place);
            }
        }
    });
    let on_key = move |event: KeyboardEvent| {
        let Some(frame) = frame.get() else { return };
        let all = elements(&frame);
        let Some(here) = focused(&frame).and_then(|here| all.iter().position(|element| *element == here)) else {
            return;
        };
        let last = all.len() - 1;
        let next = match &*event.key() {
            "ArrowRight" | "ArrowDown" => {
                if here == last {
                    0
                } else {
                    here + 1
                }
            }
            "ArrowLeft" | "ArrowUp" => here.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        go_to(&all, next);
    };
    build_view(view! { <div class="wheel-drawing" node_ref=frame on:keydown=on_key></div> })
}

fn elements(frame: &HtmlElement) -> Vec<Element> {
    let Ok(found) = frame.query_selector_all(ELEMENTS) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
}

fn focused(frame: &HtmlElement) -> Option<Element> {
    document().active_element().filter(|active| frame.contains(Some(active)))
}

/// Goes to an element; it is then the one that the tab key comes back to.
fn go_to(all: &[Element], place: usize) {
    for (index, element) in all.iter().enumerate() {
        // Refused for no name that is ours.
        drop(element.set_attribute("tabindex", if index == place { "0" } else { "-1" }));
    }
    if let Some(element) = all.get(place).and_then(|element| element.dyn_ref::<SvgElement>()) {
        drop(element.focus());
    }
}
