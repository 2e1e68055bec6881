//! The unit that a page is about: the notice while no unit is chosen, and the unit that represents merged ones.

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, dynamic_view};
use crate::ui::state::app_context::AppContext;

/// Builds a page for the id that represents a unit: an address may name a unit that is merged into another.
pub(crate) fn with_representative_id(
    app: AppContext,
    id: Option<Id>,
    page: impl Fn(Option<Id>) -> BuiltView + 'static,
) -> BuiltView {
    let representative = Memo::new(move |_| id.as_ref().map(|id| app.workspace.representative_id(id)));
    dynamic_view(move || page(representative.get()))
}

/// Asks the user to choose a unit. `what` names what the page shows for the unit, in Danish.
pub(crate) fn needs_unit(what: &str) -> BuiltView {
    markup!(
        r##"
        <header class="page-head">
            <h1>Vælg en enhed først</h1>
            <p class="purpose">Siden viser {} for den enhed, du arbejder med. Skriv, hvilken det er, vælg den øverst, eller åbn en fil.</p>
            <p><a class="button primary" href="#/enheder">Skriv din enhed</a></p>
        </header>"##,
        what
    )
}
