//! The pages of an agreement between a unit and its counterpart.
//!
//! | file | contents |
//! | --- | --- |
//! | `mod` | chooses the page for an address |
//! | `start` | the unit's agreements, and the ways to begin a new one |
//! | `overview` | the agreement at a glance: due initiatives, goals, gaps |
//! | `workflow` | the state of the agreement, and the steps that change it |
//! | `goal`, `initiative`, `anchors` | the page of one goal, its initiatives, and its anchors |
//! | `parties` | parties, period, involvement |
//! | `comments` | comments in the margin of a field |
//! | `log` | the follow-up log |
//! | `versions` | the frozen versions, and the changes between two of them |
//! | `document` | the agreement as a document: print, file, word processor |

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
pub(crate) use start::agreements_of_unit;

/// Prefix of the address part that shows a second agreement beside this one. The id of the second agreement follows.
pub(crate) const COMPARE_PREFIX: &str = "ved-";

/// Returns the newest agreement of a unit, by the first day of its period.
pub(crate) fn newest_agreement(app: AppContext, unit: &Id) -> Option<AftaleContext> {
    agreements_of_unit(app, unit).into_iter().next()
}

/// Page of one agreement, or of the current unit's agreements if `id` is `None`.
#[component]
pub(crate) fn AftalePage(app: AppContext, id: Option<Id>, part: Option<String>) -> BuiltView {
    let workspace = app.workspace;
    let Some(id) = id else { return build_view(view! { <start::AftaleStart app/> }) };
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
        let ctx = AftaleContext { app, id: id.clone() };
        match part.as_deref() {
            None => overview::overview(&ctx),
            Some("om") => parties::parties(&ctx),
            Some("udskrift") => document::draft(&ctx),
            Some(part) if part.starts_with(COMPARE_PREFIX) => {
                document::side_by_side(&ctx, Id::parse(part.trim_start_matches(COMPARE_PREFIX)))
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

/// Builds the link back to the agreement, shown above a part of it.
fn crumbs(ctx: &AftaleContext) -> BuiltView {
    // The title is read inside the text, so that a change of it does not rebuild the surrounding page.
    let (address, ctx) = (ctx.address(), ctx.clone());
    let title = dynamic_text(move || agreements::title(&agreements::head(&ctx)));
    markup!(r#"<p class="eyebrow no-print"><a href="{}">{}</a></p>"#, address, title)
}
