//! Views of mostly static text, written as HTML with slots for dynamic parts.
//!
//! `view!` compiles every element into code of its own, some 250 bytes each. A page of text has hundreds of elements,
//! and none of them changes. Here they are one string, which compresses four times better than code and is parsed by
//! the browser. A slot takes a text, which is always escaped, or a view, so that everything that changes or reacts to
//! the user is built by Leptos.
//!
//! HTML text enters the page only through this module, and that text is always the app's own.

use leptos::prelude::*;
use leptos::tachys::renderer::types::{Element, Node as RendererNode};
use leptos::tachys::view::Mountable;
use wasm_bindgen::JsCast;
use web_sys::{HtmlTemplateElement, Node};

use crate::chart::escaped;
use crate::store::report::report;

use crate::ui::kit::view::{BuiltView, MountedView};

/// The content of a slot.
pub(crate) enum MarkupSlot {
    /// A text, between elements or in an attribute.
    Text(String),
    /// A view, between elements. At the outermost level the view is wrapped in an element that has no box of its own,
    /// because a view that is replaced over time must have a parent element.
    View(BuiltView),
}

impl From<&str> for MarkupSlot {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for MarkupSlot {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<BuiltView> for MarkupSlot {
    fn from(view: BuiltView) -> Self {
        Self::View(view)
    }
}

impl From<Option<BuiltView>> for MarkupSlot {
    fn from(view: Option<BuiltView>) -> Self {
        view.map_or_else(|| Self::Text(String::new()), Self::View)
    }
}

impl From<Vec<BuiltView>> for MarkupSlot {
    fn from(views: Vec<BuiltView>) -> Self {
        Self::View(crate::ui::kit::view::build_view(views))
    }
}

/// Builds a view from an HTML literal. Each `{}` is filled with the next argument, anything that converts into a
/// [`MarkupSlot`].
macro_rules! markup {
    ($html:literal $(, $slot:expr)* $(,)?) => {
        $crate::ui::kit::markup::fill_slots(
            // Evaluated at compile time: it adds no bytes.
            const {
                assert!(
                    $crate::ui::kit::markup::count_slots($html) == <[&str]>::len(&[$(stringify!($slot)),*]),
                    "the number of slots in the text must match the number of arguments",
                );
                $html
            },
            vec![$($crate::ui::kit::markup::MarkupSlot::from($slot)),*],
        )
    };
}
pub(crate) use markup;

/// Counts the slots `{}` of a text.
pub(crate) const fn count_slots(html: &str) -> usize {
    let (bytes, mut at, mut count) = (html.as_bytes(), 0, 0);
    while at + 1 < bytes.len() {
        if bytes[at] == b'{' && bytes[at + 1] == b'}' {
            count += 1;
        }
        at += 1;
    }
    count
}

/// Builds a view of a document. An [`Html`](crate::document::html::Html) holds only markup of the app and escaped text.
pub(crate) fn html_view(html: &crate::document::html::Html) -> BuiltView {
    BuiltView::from_state(MarkupState::parse(html.as_str(), Vec::new()))
}

/// The element that stands for a view until the view is mounted. A `template` is allowed anywhere in HTML.
const PLACEHOLDER: &str = "<template data-place></template>";

/// Fills the slots of a text and builds a view of the result. Called by the macro `markup!`.
pub(crate) fn fill_slots(html: &'static str, slots: Vec<MarkupSlot>) -> BuiltView {
    let mut text = String::with_capacity(html.len() * 2);
    let mut views = Vec::new();
    let mut segments = html.trim().split("{}");
    text.push_str(segments.next().unwrap_or_default());
    for (segment, slot) in segments.zip(slots) {
        match slot {
            MarkupSlot::Text(value) => text.push_str(&escaped(&value)),
            MarkupSlot::View(view) => {
                text.push_str(PLACEHOLDER);
                views.push(view);
            }
        }
        text.push_str(segment);
    }
    BuiltView::from_state(MarkupState::parse(&text, views))
}

/// The mounted nodes of a piece of markup.
struct MarkupState {
    roots: Vec<Node>,
    /// The views in the slots, kept alive as long as the nodes around them.
    _views: Vec<MountedView>,
}

impl MarkupState {
    fn parse(text: &str, views: Vec<BuiltView>) -> Self {
        let template: Option<HtmlTemplateElement> =
            document().create_element("template").ok().and_then(|template| template.dyn_into().ok());
        let Some(template) = template else { return Self { roots: Vec::new(), _views: Vec::new() } };
        template.set_inner_html(text);
        let content = template.content();
        let mut mounted = Vec::with_capacity(views.len());
        for view in views {
            let mut view = view.into_state();
            // Views and placeholders are in the same order, so each view takes the first remaining placeholder.
            if let Ok(Some(placeholder)) = content.query_selector("[data-place]") {
                if let Some(parent) = placeholder.parent_element() {
                    view.mount(&parent, Some(&placeholder));
                    placeholder.remove();
                } else if let Ok(wrapper) = document().create_element("div") {
                    wrapper.set_class_name("contents");
                    view.mount(&wrapper, None);
                    // Cannot fail: the placeholder has just been found in this parent.
                    drop(placeholder.replace_with_with_node_1(&wrapper));
                }
            }
            mounted.push(view);
        }
        let nodes = content.child_nodes();
        let roots = (0..nodes.length()).filter_map(|index| nodes.get(index)).collect();
        Self { roots, _views: mounted }
    }
}

impl Mountable for MarkupState {
    fn unmount(&mut self) {
        for root in &self.roots {
            if let Some(parent) = root.parent_node() {
                // Cannot fail: the node has just been found in this parent.
                drop(parent.remove_child(root));
            }
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&RendererNode>) {
        for root in &self.roots {
            if let Err(error) = parent.insert_before(root, marker) {
                report("inserting markup into the page", &error);
            }
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let Some(root) = self.roots.first() else { return false };
        let Some(parent) = root.parent_element() else { return false };
        child.mount(&parent, Some(root));
        true
    }

    fn elements(&self) -> Vec<Element> {
        self.roots.iter().filter_map(|root| root.dyn_ref::<Element>().cloned()).collect()
    }
}
