//! The conversation: prepared apart, held together, and what came of it taken on.
//!
//! | file | idea |
//! | --- | --- |
//! | `mod` | which part of the page an address asks for; the record |
//! | `prepare` | what to talk about: proposed from the data, and one's own |
//! | `talk` | one topic a screen, at the meeting |
//! | `outcome` | what was agreed, taken on into the agreement or a trial; one page on paper |

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

/// A conversation that is looked at.
#[derive(Clone)]
pub(crate) struct SamtaleContext {
    desk: AppContext,
    unit: Id,
    record: Id,
    cycle: Cycle,
}

impl SamtaleContext {
    /// The conversation as it is now.
    fn body(&self) -> Samtale {
        self.desk.body(Some(&self.record))
    }

    /// What the unit is called.
    fn unit_name(&self) -> String {
        self.desk.body::<Enhed>(Some(&self.unit)).name.0
    }

    /// Makes the record where it is not there yet.
    fn ensure(&self) {
        let title = UserText(format!("Kvalitetssamtale {}", self.cycle));
        let unit = self.unit.clone();
        self.desk.workspace.ensure(&self.record, || Samtale { title, unit: Some(unit), ..Samtale::default() });
    }

    /// The address of a part of it.
    fn part(&self, part: Option<&str>) -> String {
        Route::Samtale { unit: Some(self.unit.clone()), part: part.map(str::to_owned) }.to_string()
    }
}

/// The page of a conversation.
#[component]
pub(crate) fn SamtalePage(desk: AppContext, unit: Option<Id>, part: Option<String>) -> BuiltView {
    dynamic_view(move || {
        let Some(unit) = unit.clone().or_else(|| desk.unit()) else { return needs_unit("samtalen") };
        let cycle = desk.cycle();
        let Some(record) = Samtale::id(&unit, cycle) else { return needs_unit("samtalen") };
        let talk = SamtaleContext { desk, unit, record, cycle };
        match part.as_deref() {
            None => prepare::prepare(&talk),
            Some("referat") => outcome::outcome(&talk),
            Some(topic) => talk::topic(&talk, topic),
        }
    })
}
