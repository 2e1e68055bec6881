//! The menu of a field: who wrote the content and when, and the items that a page adds.
//!
//! The button of the menu is no tab stop, so a form has one stop for each field. F2 opens the menu of the field that
//! has the focus, Escape closes the menu.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, Node};

use crate::domain::id::Id;
use crate::record::leaf::Leaf;
use crate::record::path::Path;
use crate::record::{Record, compare};

use super::authorship_text;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, dynamic_view, or_empty, toggle_button};
use crate::ui::state::workspace::Workspace;

/// Builds the items that a page adds to the menu of a field.
pub(crate) type MenuItems = Rc<dyn Fn() -> BuiltView>;

/// Shows the menu of a field: who wrote the content, and the items of the page. The menu is absent while the field has
/// neither content nor items. A field that is a map (tick boxes, a leaf each) has a line for each entry.
#[component]
pub(crate) fn FieldMenu(
    workspace: Workspace,
    record: Id,
    path: Path,
    label: String,
    #[prop(default = None)] items: Option<MenuItems>,
) -> BuiltView {
    let is_open = RwSignal::new(false);
    let (id, field_path) = (record.clone(), path.clone());
    let is_written = Memo::new(move |_| {
        workspace.read_at(&id, &field_path, |record| !filled_leaves(record, &field_path).is_empty()).unwrap_or(false)
    });
    let lines = move || {
        let describe = |record: &Record| {
            let all = filled_leaves(record, &path);
            let line = |(leaf_path, leaf): (&Path, &Leaf)| {
                let author =
                    leaf.dots().next_back().map(|dot| authorship_text(workspace, record, dot)).unwrap_or_default();
                let author = if author.is_empty() {
                    "Det ved browseren ikke.".to_owned()
                } else {
                    format!("Skrevet af {author}.")
                };
                let field_name = compare::label(record, leaf_path).filter(|_| *leaf_path != path);
                field_name.map_or_else(|| author.clone(), |field_name| format!("{field_name}: {author}"))
            };
            all.into_iter().map(line).collect::<Vec<_>>()
        };
        workspace.read_at(&record, &path, describe).unwrap_or_default()
    };
    dynamic_view(move || {
        let is_written = is_written.get();
        if !is_written && items.is_none() {
            return or_empty(None);
        }
        let authorship = is_written.then(|| {
            let lines = lines.clone();
            let button = toggle_button("Hvem skrev det?".to_owned(), format!("Hvem skrev det? {label}"), is_open);
            let details = dynamic_view(move || {
                or_empty(is_open.get().then(|| {
                    let lines: Vec<BuiltView> = lines().into_iter().map(|line| markup!("<p>{}</p>", line)).collect();
                    markup!(
                        r##"<div class="help" role="status">{}<p><a href="#/historik">Se historikken</a></p></div>"##,
                        lines
                    )
                }))
            });
            markup!("<div>{}{}</div>", button, details)
        });
        markup!(
            r#"<details class="field-menu" name="field-menu"><summary tabindex="-1" aria-label="Mere om feltet {}" aria-keyshortcuts="F2" title="Mere om feltet (F2)">…</summary><div>{}{}</div></details>"#,
            label.as_str(),
            authorship,
            items.as_ref().map(|items| items())
        )
    })
}

/// Returns the leaves of a field that have a value.
fn filled_leaves<'r>(record: &'r Record, path: &Path) -> Vec<(&'r Path, &'r Leaf)> {
    let has_value = |leaf: &Leaf| leaf.shown().is_some_and(|value| !value.is_null());
    let is_in_field = |leaf_path: &Path| leaf_path == path || leaf_path.is_below(path);
    record.leaves().iter().filter(|(leaf_path, leaf)| is_in_field(leaf_path) && has_value(leaf)).collect()
}

/// Listens to the keys of the menus, and closes an open menu when the user clicks or focuses something outside. Called
/// once.
pub(crate) fn listen_to_field_menus() {
    let listener = Closure::<dyn Fn(Event)>::new(|event: Event| handle_event(&event)).into_js_value();
    for event in ["keydown", "focusin", "pointerdown"] {
        // Adding a listener to a document does not fail.
        drop(document().add_event_listener_with_callback(event, listener.unchecked_ref()));
    }
}

fn handle_event(event: &Event) {
    let open_menu = || find(&document().document_element()?, ".field-menu[open]");
    let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key);
    match key.as_deref() {
        Some("F2") => {
            if let Some(menu) = document().active_element().and_then(|focused| menu_of(&focused)) {
                event.prevent_default();
                // Fails for invalid attribute names only.
                drop(menu.set_attribute("open", ""));
                focus_in(&menu, "button");
            }
        }
        Some("Escape") => {
            if let Some(menu) = open_menu() {
                drop(menu.remove_attribute("open"));
                let field = menu.parent_element().filter(|field| field.matches(".field").unwrap_or_default());
                // The menu stands before the input of its field.
                match field.and_then(|field| find(&field, "input, textarea, select")) {
                    Some(input) => focus(input),
                    None => focus_in(&menu, "summary"),
                }
            }
        }
        Some(_) => {}
        None => {
            let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
            if let Some(menu) = open_menu().filter(|menu| !menu.contains(target.as_ref())) {
                drop(menu.remove_attribute("open"));
            }
        }
    }
}

/// Returns the menu of the field that contains an element. The menu of a group of options is beside the group.
fn menu_of(focused: &Element) -> Option<Element> {
    let field = focused.closest(".field, fieldset, label").ok()??;
    let beside = |around: Element| find(&around, ":not(.field) > .field-menu");
    find(&field, ".field-menu").or_else(|| {
        // The menu beside a field of texts belongs to another field.
        if field.matches(".field:not(fieldset)").unwrap_or_default() {
            return None;
        }
        let parent = field.parent_element()?;
        beside(parent.clone()).or_else(|| beside(parent.parent_element()?))
    })
}

/// Returns the first descendant of an element that a selector matches.
fn find(around: &Element, selector: &str) -> Option<Element> {
    around.query_selector(selector).ok().flatten()
}

fn focus_in(around: &Element, selector: &str) {
    if let Some(element) = find(around, selector) {
        focus(element);
    }
}

fn focus(element: Element) {
    if let Ok(element) = element.dyn_into::<HtmlElement>() {
        // A page that cannot take the focus is still usable.
        drop(element.focus());
    }
}
