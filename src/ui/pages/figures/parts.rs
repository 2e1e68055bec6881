//! The parts of the page of an indicator: buttons that lead to them, and parts that can be folded.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button_with_class, on_click};
use crate::ui::platform;

/// The id of the part with the figures.
pub(crate) const FIGURES: &str = "part-figures";
/// The id of the part with the dialogue on a figure.
pub(crate) const DIALOGUE: &str = "part-dialogue";
/// The id of the part with the basis of a figure.
pub(crate) const BASIS: &str = "part-basis";
/// The id of the part with targets, deviations, events and breaks.
pub(crate) const DETAILS: &str = "part-details";
/// The id of the part with the exports.
pub(crate) const EXPORT: &str = "part-export";
/// The id of the part with the definition of an own indicator.
pub(crate) const OWN: &str = "part-own";

/// Builds the buttons that lead to the parts of the page. The first one leads to the field of the newest period.
///
/// They are buttons and not links, because the fragment of the address names the page.
pub(crate) fn jump_buttons(is_own: bool) -> BuiltView {
    let mut parts = vec![
        ("Det siger vi", DIALOGUE),
        ("Kilde", BASIS),
        ("Mål og begivenheder", DETAILS),
        ("Gem og udskriv", EXPORT),
    ];
    if is_own {
        parts.push(("Om indikatoren", OWN));
    }
    let write_figures = on_click(|| jump_to(&format!("#{FIGURES} .years > :last-child input")));
    let first = button_with_class("primary", "Skriv tal", write_figures);
    let jump_button = |(label, id): (&'static str, &'static str)| {
        button_with_class("quiet", label, on_click(move || jump_to(&format!("#{id}"))))
    };
    let others: Vec<BuiltView> = parts.into_iter().map(jump_button).collect();
    markup!(r#"<div class="jump-buttons no-print" role="group" aria-label="Gå til">{}{}</div>"#, first, others)
}

/// Scrolls to the element that a CSS selector finds, and gives it the focus. A folded part is opened.
fn jump_to(selector: &str) {
    let element = document().query_selector(selector).ok().flatten();
    let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else { return };
    let mut target = element.clone();
    if element.tag_name() == "DETAILS" {
        // Fails for invalid attribute names only.
        drop(element.set_attribute("open", ""));
        let summary = element.query_selector("summary").ok().flatten();
        target = summary.and_then(|summary| summary.dyn_into().ok()).unwrap_or(target);
    } else if element.tab_index() < 0 {
        drop(element.set_attribute("tabindex", "-1"));
    }
    // An element that cannot take the focus is scrolled to all the same.
    drop(target.focus());
    element.scroll_into_view();
}

/// Builds a part that can be folded, with its heading. The id must be unique on the page.
pub(crate) fn fold(id: &str, heading: &str, is_open: bool, content: BuiltView) -> BuiltView {
    markup!(
        r#"<details class="indicator-fold" id="{}" {}><summary><h3>{}</h3></summary><div>{}</div></details>"#,
        id,
        if is_open { "open" } else { "" },
        heading,
        content
    )
}

/// Returns whether a part with a long form is open at first: on a phone only if something is written in it.
pub(crate) fn is_open_at_first(has_content: bool) -> bool {
    has_content || !platform::page::is_narrow()
}
