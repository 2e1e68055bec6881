//! The agreement: what one opens on a Tuesday because it helps.
//!
//! | file | idea |
//! | --- | --- |
//! | `mod` | which part of the page an address asks for |
//! | `start` | no agreement yet, or several |
//! | `overview` | the agreement at a glance: what is on the table, the goals, what is missing |
//! | `workflow` | its state, and the steps that are taken with it |
//! | `goal`, `initiative`, `anchors` | a goal, written |
//! | `parties` | parties, period, involvement |
//! | `comments` | notes in the margin of a field |
//! | `log` | what happened on the way |
//! | `versions` | what was agreed to, and what has changed since |
//! | `document` | the document: print, file, Word |

mod anchors;
mod comments;
mod document;
mod goal;
mod initiative;
mod log;
mod overview;
mod parties;
mod start;
mod versions;
mod workflow;

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::registry::Kind;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_text, dynamic_view};
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements;
pub(crate) use crate::ui::state::queries::agreements::AftaleContext;

/// What the part of an address begins with that shows another agreement beside.
pub(crate) const BESIDE: &str = "ved-";

/// The newest agreement of a unit.
pub(crate) fn newest(desk: AppContext, unit: &Id) -> Option<AftaleContext> {
    start::of_unit(desk, unit).into_iter().next()
}

/// The page of agreements: of one, or of the unit that is looked at.
#[component]
pub(crate) fn AftalePage(desk: AppContext, id: Option<Id>, part: Option<String>) -> BuiltView {
    let workspace = desk.workspace;
    let Some(id) = id else { return build_view(view! { <start::AftaleStart desk/> }) };
    let is_there = {
        let id = id.clone();
        Memo::new(move |_| workspace.has_living(&id, Kind::Aftale))
    };
    dynamic_view(move || {
        if !is_there.get() {
            return markup!(
                r##"
                <header class="page-head">
                    <h1>Aftalen er her ikke</h1>
                    <p class="purpose">Den ligger ikke i denne browser. Har du den i en fil, så åbn filen.</p>
                </header>
                <p><a href="#/aftale">Til dine aftaler</a></p>"##
            );
        }
        let ctx = AftaleContext { desk, id: id.clone() };
        match part.as_deref() {
            None => overview::overview(&ctx),
            Some("om") => parties::parties(&ctx),
            Some("udskrift") => document::draft(&ctx),
            Some(part) if part.starts_with(BESIDE) => {
                document::beside(&ctx, Id::parse(part.trim_start_matches(BESIDE)))
            }
            Some("versioner") => versions::versions(&ctx),
            Some(part) => match Id::parse(part) {
                Some(version) if part.len() == 64 => document::version(&ctx, &version),
                Some(goal) => goal::page(&ctx, &goal),
                None => overview::overview(&ctx),
            },
        }
    })
}

/// The way back to the agreement, over a part of it.
fn crumbs(ctx: &AftaleContext) -> BuiltView {
    // Of its own: what is read here must not build the page around it anew.
    let (address, ctx) = (ctx.address(), ctx.clone());
    let title = dynamic_text(move || agreements::title(&agreements::head(&ctx)));
    markup!(r#"<p class="eyebrow no-print"><a href="{}">{}</a></p>"#, address, title)
}
