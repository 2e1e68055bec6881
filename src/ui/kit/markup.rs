//! Views that are mostly words: HTML as it is written, with places for what is put in.
//!
//! `view!` compiles every element into code of its own, some 250 bytes each; a page to read is hundreds of elements, and
//! none of them changes. Here they are a text, which packs four times better than code and is parsed by the browser.
//! What is put in is text, always escaped, or a view: so what changes by itself, or can be pressed, is made by Leptos as
//! everywhere else. It is the only way by which HTML text enters the page, and the text is always the app's own.

use leptos::prelude::*;
use leptos::tachys::renderer::types::{Element, Node as PlaceNode};
use leptos::tachys::view::Mountable;
use wasm_bindgen::JsCast;
use web_sys::{HtmlTemplateElement, Node};

use crate::chart::escaped;

use crate::ui::kit::view::{BuiltView, MountedView};

/// What is put into a place.
pub(crate) enum MarkupSlot {
    /// Words, in a text or an attribute.
    Words(String),
    /// A view, among elements. At the outermost level it gets one around it, which has no box of its own: what comes and goes
    /// with its surroundings must lie in them.
    View(BuiltView),
}

impl From<&str> for MarkupSlot {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl From<String> for MarkupSlot {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<BuiltView> for MarkupSlot {
    fn from(view: BuiltView) -> Self {
        Self::View(view)
    }
}

impl From<Option<BuiltView>> for MarkupSlot {
    fn from(view: Option<BuiltView>) -> Self {
        view.map_or_else(|| Self::Words(String::new()), Self::View)
    }
}

impl From<Vec<BuiltView>> for MarkupSlot {
    fn from(views: Vec<BuiltView>) -> Self {
        Self::View(crate::ui::kit::view::build_view(views))
    }
}

/// A view of HTML as it is written, each `{}` filled in its turn.
macro_rules! markup {
    ($html:literal $(, $slot:expr)* $(,)?) => {
        $crate::ui::kit::markup::fill_slots(
            // Evaluated by the compiler alone: it costs no bytes.
            const {
                assert!(
                    $crate::ui::kit::markup::count_slots($html) == <[&str]>::len(&[$(stringify!($slot)),*]),
                    "the text must have as many places as there are slots",
                );
                $html
            },
            vec![$($crate::ui::kit::markup::MarkupSlot::from($slot)),*],
        )
    };
}
pub(crate) use markup;

/// Counts the places `{}` of a text.
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

/// A view of a document: its text is markup of the app's own and escaped words, by what it is.
pub(crate) fn html_view(html: &crate::document::html::Html) -> BuiltView {
    BuiltView::from_state(MarkupState::parse(html.as_str(), Vec::new()))
}

/// What a place for a view is, until the view has come: an element that may stand anywhere.
const PLACE: &str = "<template data-place></template>";

/// Fills the places of a text, and makes a view of it.
pub(crate) fn fill_slots(html: &'static str, slots: Vec<MarkupSlot>) -> BuiltView {
    let mut text = String::with_capacity(html.len() * 2);
    let mut views = Vec::new();
    let mut pieces = html.trim().split("{}");
    text.push_str(pieces.next().unwrap_or_default());
    for (piece, slot) in pieces.zip(slots) {
        match slot {
            MarkupSlot::Words(words) => text.push_str(&escaped(&words)),
            MarkupSlot::View(view) => {
                text.push_str(PLACE);
                views.push(view);
            }
        }
        text.push_str(piece);
    }
    BuiltView::from_state(MarkupState::parse(&text, views))
}

/// A view of markup in its place.
struct MarkupState {
    roots: Vec<Node>,
    /// Kept alive as long as their surroundings.
    _views: Vec<MountedView>,
}

impl MarkupState {
    fn parse(text: &str, views: Vec<BuiltView>) -> Self {
        let template: Option<HtmlTemplateElement> =
            document().create_element("template").ok().and_then(|template| template.dyn_into().ok());
        let Some(template) = template else { return Self { roots: Vec::new(), _views: Vec::new() } };
        template.set_inner_html(text);
        let content = template.content();
        let mut placed = Vec::with_capacity(views.len());
        for view in views {
            let mut view = view.into_state();
            // Each takes the first place that is left.
            if let Ok(Some(place)) = content.query_selector("[data-place]") {
                if let Some(parent) = place.parent_element() {
                    view.mount(&parent, Some(&place));
                    place.remove();
                } else if let Ok(around) = document().create_element("div") {
                    around.set_class_name("contents");
                    view.mount(&around, None);
                    // It was just found to lie there.
                    drop(place.replace_with_with_node_1(&around));
                }
            }
            placed.push(view);
        }
        let nodes = content.child_nodes();
        let roots = (0..nodes.length()).filter_map(|index| nodes.get(index)).collect();
        Self { roots, _views: placed }
    }
}

impl Mountable for MarkupState {
    fn unmount(&mut self) {
        for root in &self.roots {
            if let Some(parent) = root.parent_node() {
                // It was just found to lie there.
                drop(parent.remove_child(root));
            }
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&PlaceNode>) {
        for root in &self.roots {
            drop(parent.insert_before(root, marker));
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
