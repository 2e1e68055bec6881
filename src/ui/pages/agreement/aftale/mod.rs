//! The agreement: what one opens on a Tuesday because it helps.
//!
//! | file | idea |
//! | --- | --- |
//! | `mod` | which part of the page an address asks for |
//! | `gather` | an agreement as it lies in the records |
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
pub(crate) mod gather;
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
use crate::ui::kit::view::{Made, live, made, says};
use crate::ui::route::Route;
use crate::ui::state::app_context::Desk;

/// What the part of an address begins with that shows another agreement beside.
pub(crate) const BESIDE: &str = "ved-";

/// The newest agreement of a unit.
pub(crate) fn newest(desk: Desk, unit: &Id) -> Option<Ctx> {
    start::of_unit(desk, unit).into_iter().next()
}

/// An agreement that is looked at: a handle that all parts of its page share.
#[derive(Clone)]
pub(crate) struct Ctx {
    pub(crate) desk: Desk,
    pub(crate) id: Id,
}

impl Ctx {
    /// The address of a part of it.
    pub(crate) fn part(&self, part: &str) -> String {
        Route::Aftale { id: Some(self.id.clone()), part: Some(part.to_owned()) }.to_string()
    }

    /// The address of it.
    pub(crate) fn address(&self) -> String {
        Route::Aftale { id: Some(self.id.clone()), part: None }.to_string()
    }
}

/// The page of agreements: of one, or of the unit that is looked at.
#[component]
pub(crate) fn AftalePage(desk: Desk, id: Option<Id>, part: Option<String>) -> Made {
    let workspace = desk.workspace;
    let Some(id) = id else { return made(view! { <start::Start desk/> }) };
    let is_there = {
        let id = id.clone();
        Memo::new(move |_| workspace.has_living(&id, Kind::Aftale))
    };
    live(move || {
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
        let ctx = Ctx { desk, id: id.clone() };
        match part.as_deref() {
            None => overview::overview(&ctx),
            Some("om") => parties::about(&ctx),
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
fn crumbs(ctx: &Ctx) -> Made {
    // Of its own: what is read here must not build the page around it anew.
    let (address, ctx) = (ctx.address(), ctx.clone());
    let title = says(move || gather::title(&gather::head(&ctx)));
    markup!(r#"<p class="eyebrow no-print"><a href="{}">{}</a></p>"#, address, title)
}
