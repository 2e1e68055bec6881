//! The conversation between a unit and its counterpart: each party prepares, they meet, and the results go on.
//!
//! | file | contents |
//! | --- | --- |
//! | `mod` | chooses the page for an address; the record |
//! | `prepare` | the preparation: agenda, common themes, proposals from the data |
//! | `talk` | the meeting: one topic per screen |
//! | `outcome` | the results on one page, and the ways to turn them into a goal or a trial |

mod outcome;
mod prepare;
mod talk;

use leptos::prelude::*;

use crate::domain::cycle::Cycle;
use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::domain::samtale::Samtale;
use crate::domain::text::UserText;

use crate::ui::kit::components::needs_unit;
use crate::ui::kit::view::{BuiltView, dynamic_view};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// The conversation of the current page.
#[derive(Clone)]
pub(crate) struct SamtaleContext {
    app: AppContext,
    unit: Id,
    record: Id,
    cycle: Cycle,
}

impl SamtaleContext {
    /// Returns the conversation as it is now. Tracked.
    fn body(&self) -> Samtale {
        self.app.body(Some(&self.record))
    }

    /// Returns the unit's name. Tracked.
    fn unit_name(&self) -> String {
        self.app.body::<Enhed>(Some(&self.unit)).name.0
    }

    /// Creates the record if it does not exist.
    fn ensure(&self) {
        let title = UserText(format!("Kvalitetssamtale {}", self.cycle));
        let unit = self.unit.clone();
        self.app.workspace.ensure(&self.record, || Samtale { title, unit: Some(unit), ..Samtale::default() });
    }

    /// Returns the address of a part of the conversation; `None` for the preparation.
    fn part(&self, part: Option<&str>) -> String {
        Route::Samtale { unit: Some(self.unit.clone()), part: part.map(str::to_owned) }.to_string()
    }
}

/// Page of the conversation of a unit in the current cycle. `unit` defaults to the current unit.
#[component]
pub(crate) fn SamtalePage(app: AppContext, unit: Option<Id>, part: Option<String>) -> BuiltView {
    dynamic_view(move || {
        let Some(unit) = unit.clone().or_else(|| app.unit()) else { return needs_unit("samtalen") };
        let cycle = app.cycle();
        let Some(record) = Samtale::id(&unit, cycle) else { return needs_unit("samtalen") };
        let ctx = SamtaleContext { app, unit, record, cycle };
        match part.as_deref() {
            None => prepare::prepare(&ctx),
            Some("referat") => outcome::outcome(&ctx),
            Some(topic) => talk::topic(&ctx, topic),
        }
    })
}
