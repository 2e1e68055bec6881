//! A drawing: the one way by which SVG text enters the page.

use std::rc::Rc;

use crate::ui::kit::view::{BuiltView, build_view, dynamic_text};
use leptos::html;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::{DomParser, Element, HtmlElement, SupportedType};

/// A drawing with its words. The text is parsed as SVG, never as HTML.
#[component]
pub(crate) fn Figure(
    /// The SVG text.
    svg: Rc<dyn Fn() -> String>,
    /// What it shows and where from, under it.
    caption: Rc<dyn Fn() -> String>,
) -> BuiltView {
    let frame = NodeRef::<html::Div>::new();
    let svg = SendWrapper::new(svg);
    Effect::new(move |_| {
        if let Some(frame) = frame.get() {
            show_svg(&frame, &svg());
        }
    });
    build_view(view! {
        <figure>
            <div node_ref=frame></div>
            <figcaption>{dynamic_text(move || caption())}</figcaption>
        </figure>
    })
}

/// A drawing without words of its own, beside words that say the same.
#[component]
pub(crate) fn Drawing(
    /// The SVG text.
    svg: Rc<dyn Fn() -> String>,
) -> BuiltView {
    let frame = NodeRef::<html::Div>::new();
    let svg = SendWrapper::new(svg);
    Effect::new(move |_| {
        if let Some(frame) = frame.get() {
            show_svg(&frame, &svg());
        }
    });
    build_view(view! { <div class="drawing" node_ref=frame></div> })
}

/// Puts a drawing into its frame, in the place of the one before.
pub(crate) fn show_svg(frame: &HtmlElement, svg: &str) {
    frame.replace_children_with_node_0();
    if let Some(drawing) = parsed(svg) {
        // Refused only for a node that already has a parent; this one was just made.
        drop(frame.append_child(&drawing));
    }
}

fn parsed(svg: &str) -> Option<Element> {
    // For what is no XML a parser makes a page of its own, with a style that our policy refuses and complains of.
    if svg.is_empty() {
        return None;
    }
    let document = DomParser::new().ok()?.parse_from_string(svg, SupportedType::ImageSvgXml).ok()?;
    let root = document.document_element()?;
    (root.local_name() == "svg").then(|| root.unchecked_into())
}
