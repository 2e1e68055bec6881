//! The report and the catalogue of stories as documents.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::document::html::Html;
use crate::document::rapport;
use crate::domain::rapport::Rapport;
use crate::domain::rapport::compose::{Chapter, compose};
use crate::domain::rapport::sources::Sources;

use super::{RapportContext, lead_to, sources};
use crate::ui::kit::markup::markup;
use crate::ui::kit::paper;
use crate::ui::kit::view::{BuiltView, dynamic_view};

/// The report.
pub(crate) fn report(ctx: &RapportContext) -> BuiltView {
    lead_within();
    document(ctx, "", rapport::rapport)
}

/// The catalogue of its stories.
pub(crate) fn catalogue(ctx: &RapportContext) -> BuiltView {
    document(ctx, " – gode historier", rapport::catalogue)
}

fn document(ctx: &RapportContext, ending: &'static str, of: fn(&Rapport, &[Chapter], &Sources) -> Html) -> BuiltView {
    let ctx = ctx.clone();
    dynamic_view(move || {
        let (report, sources) = (ctx.body(), sources::sources(&ctx));
        let html = of(&report, &compose(&report, &sources), &sources);
        let name = format!("{}{ending}", rapport::title(&report));
        let crumbs =
            markup!(r#"<p class="eyebrow no-print"><a href="{}">Tilbage til rapporten</a></p>"#, ctx.part(None));
        paper::document_page(ctx.desk.workspace, crumbs, &name, &html, None)
    })
}

/// A link in the contents leads within the document: in a file by itself, but here an address is a page of the app.
fn lead_within() {
    let listener = window_event_listener(ev::click, move |event| {
        let link = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = link.and_then(|target| target.closest(".paper-contents a").ok().flatten());
        if let Some(place) = link.and_then(|link| link.get_attribute("href")) {
            event.prevent_default();
            lead_to(&place);
        }
    });
    on_cleanup(move || listener.remove());
}
