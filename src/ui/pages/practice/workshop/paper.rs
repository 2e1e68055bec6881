//! The result of a workshop on paper, and as a document for a word processor.

use leptos::prelude::*;

use crate::document::html::Html;
use crate::document::workshop::{self, WorkshopPaper};
use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::domain::workshop::Workshop;
use crate::exchange::file;

use super::follow_up;
use crate::ui::kit::markup::{self, markup};
use crate::ui::kit::view::{BuiltView, button, dynamic_view, or_empty};
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;

/// The sheet of a workshop, as a part of its page. The sheet is hidden on screen; on paper it is all that is shown. Empty
/// without a result.
pub(crate) fn workshop_paper(app: AppContext, id: &Id) -> BuiltView {
    let id = id.clone();
    dynamic_view(move || {
        let document = named_document(app, &id).map(|(_, html)| markup::html_view(&html));
        or_empty(document.map(|document| markup!(r#"<div class="print-sheet">{}</div>"#, document)))
    })
}

/// The buttons that print the sheet, and save it as a document.
pub(crate) fn document_buttons(app: AppContext, id: &Id) -> BuiltView {
    let id = id.clone();
    let save = move || {
        let Some((name, html)) = untrack(|| named_document(app, &id)) else { return };
        let file_name = format!("{}.html", file::sanitized(&name));
        if platform::files::save_as(&file_name, "text/html", &html.page(&name)).is_err() {
            let message = "Filen kunne ikke gemmes. Resultatet er stadig her på siden. Prøv igen.";
            app.workspace.error_message.set(Some(message.to_owned()));
        }
    };
    markup!(
        r#"<div class="buttons no-print">{}{}</div>"#,
        button("Udskriv", platform::page::print),
        button("Gem som webside", save)
    )
}

/// The document of a workshop with its name. `None` without a result, or with an instrument that is not here.
fn named_document(app: AppContext, id: &Id) -> Option<(String, Html)> {
    let body: Workshop = app.body(Some(id));
    let instrument = body.instrument()?;
    let unit = body.unit.as_ref().map(|unit| app.workspace.representative_id(unit));
    let unit = app.body::<Enhed>(unit.as_ref()).name.0;
    let outcomes = instrument.items.iter().flat_map(|item| {
        let outcomes = follow_up::outcomes(app, id, item).into_iter();
        outcomes.map(move |outcome| (item.id.clone(), outcome))
    });
    let outcomes = outcomes.collect();
    let paper = WorkshopPaper { workshop: &body, instrument, unit: &unit, outcomes, today: app.today.get() };
    Some((file::subject(&unit, workshop::title(&body)), workshop::workshop(&paper)))
}
