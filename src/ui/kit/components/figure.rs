//! Drawings. SVG text enters the page only through this module.

use std::rc::Rc;

use crate::ui::kit::view::{BuiltView, build_view, dynamic_text};
use leptos::html;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::{DomParser, Element, HtmlElement, SupportedType};

/// A drawing with a caption. The text is parsed as SVG, never as HTML.
#[component]
pub(crate) fn Figure(
    /// The SVG text.
    svg: Rc<dyn Fn() -> String>,
    /// The caption under the drawing: what it shows, and the source.
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

/// A drawing without a caption, for places where the text beside it says the same.
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

/// Replaces the drawing in a frame.
pub(crate) fn show_svg(frame: &HtmlElement, svg: &str) {
    frame.replace_children_with_node_0();
    if let Some(drawing) = parse_svg(svg) {
        // Appending fails only for a node that has a parent; this node has just been created.
        drop(frame.append_child(&drawing));
    }
}

/// Parses a text as SVG; `None` where the text is empty or no SVG.
fn parse_svg(svg: &str) -> Option<Element> {
    // For text that is no XML, the parser builds an error page with a style that our content security policy refuses
    // and reports.
    if svg.is_empty() {
        return None;
    }
    let document = DomParser::new().ok()?.parse_from_string(svg, SupportedType::ImageSvgXml).ok()?;
    let root = document.document_element()?;
    (root.local_name() == "svg").then(|| root.unchecked_into())
}
