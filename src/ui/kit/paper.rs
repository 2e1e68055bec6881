//! A document in the page, with buttons to print it, save it as a file, and copy it to a word processor.

use leptos::prelude::*;

use crate::document::html::Html;
use crate::exchange::file;

use crate::ui::kit::markup::{self, markup};
use crate::ui::kit::view::{BuiltView, button, button_with_class, dynamic_view, on_click, or_empty};
use crate::ui::platform;
use crate::ui::state::workspace::Workspace;

/// Builds the page of a document: `crumbs`, the buttons, an optional notice, and the document itself.
pub(crate) fn document_page(
    workspace: Workspace,
    crumbs: BuiltView,
    name: &str,
    html: &Html,
    notice: Option<BuiltView>,
) -> BuiltView {
    let (name, text) = (format!("{}.html", file::sanitized(name)), html.page(name));
    let save = move || {
        if platform::files::save_as(&name, "text/html", &text).is_err() {
            workspace
                .error_message
                .set(Some("Filen kunne ikke gemmes. Alt er stadig her på siden. Prøv igen.".to_owned()));
        }
    };
    let is_copied = RwSignal::new(None::<bool>);
    let html_text = html.as_str().to_owned();
    let copy =
        button("Kopiér til Word", move || is_copied.set(Some(platform::clipboard::copy_html(&html_text, ".paper"))));
    let copy_result = dynamic_view(move || {
        or_empty(is_copied.get().map(|is_copied| {
            let words = if is_copied {
                "Kopieret. Sæt ind i Word, så følger overskrifter og tabeller med."
            } else {
                "Browseren ville ikke kopiere. Markér teksten, og kopiér den selv, eller gem den som webside."
            };
            markup!(r#"<p class="help" role="status">{}</p>"#, words)
        }))
    });
    markup!(
        r#"
        <div class="paper-page">
            {}
            <div class="buttons no-print">{}{}{}</div>
            <div class="no-print">{}</div>
            {}{}
        </div>"#,
        crumbs,
        button_with_class("primary", "Udskriv", on_click(platform::page::print)),
        button("Gem som webside", save),
        copy,
        copy_result,
        notice,
        markup::html_view(html)
    )
}
