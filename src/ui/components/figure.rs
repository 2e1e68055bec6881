//! A drawing: the one way by which SVG text enters the page.

use super::super::made::{Made, made};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DomParser, Element, SupportedType};

/// A drawing with its words. The text is parsed as SVG, never as HTML.
#[component]
pub(in super::super) fn Figure(
    /// The SVG text.
    #[prop(into)]
    svg: Signal<String>,
    /// What it shows and where from, under it.
    #[prop(into)]
    caption: Signal<String>,
) -> Made {
    let frame = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let Some(frame) = frame.get() else { return };
        frame.replace_children_with_node_0();
        if let Some(drawing) = svg.with(|svg| parsed(svg)) {
            // Refused only for a node that already has a parent; this one was just made.
            drop(frame.append_child(&drawing));
        }
    });
    made(view! {
        <figure>
            <div node_ref=frame></div>
            <figcaption>{move || caption.get()}</figcaption>
        </figure>
    })
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
