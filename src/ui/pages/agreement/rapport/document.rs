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

use super::{RapportContext, scroll_to, sources};
use crate::ui::kit::markup::markup;
use crate::ui::kit::paper;
use crate::ui::kit::view::{BuiltView, dynamic_view};

/// Builds the report as a document.
pub(crate) fn report(ctx: &RapportContext) -> BuiltView {
    follow_contents_links();
    document(ctx, "", rapport::rapport)
}

/// Builds the catalogue of the report's stories as a document.
pub(crate) fn catalogue(ctx: &RapportContext) -> BuiltView {
    document(ctx, " – gode historier", rapport::catalogue)
}

/// Composes the report and puts the document made by `render` on its page.
fn document(
    ctx: &RapportContext,
    ending: &'static str,
    render: fn(&Rapport, &[Chapter], &Sources) -> Html,
) -> BuiltView {
    let ctx = ctx.clone();
    dynamic_view(move || {
        let (report, sources) = (ctx.body(), sources::sources(&ctx));
        let html = render(&report, &compose(&report, &sources), &sources);
        let name = format!("{}{ending}", rapport::title(&report));
        let crumbs =
            markup!(r#"<p class="eyebrow no-print"><a href="{}">Tilbage til rapporten</a></p>"#, ctx.part(None));
        paper::document_page(ctx.app.workspace, crumbs, &name, &html, None)
    })
}

/// Handles clicks on links in the table of contents. In a saved file such a link works by itself. In the app a fragment
/// is the address of a page, so this listener scrolls to the target.
fn follow_contents_links() {
    let listener = window_event_listener(ev::click, move |event| {
        let link = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = link.and_then(|target| target.closest(".paper-contents a").ok().flatten());
        if let Some(selector) = link.and_then(|link| link.get_attribute("href")) {
            event.prevent_default();
            scroll_to(&selector);
        }
    });
    on_cleanup(move || listener.remove());
}
