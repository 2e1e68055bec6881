//! What a page about a unit shows while no unit is chosen.

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::BuiltView;

/// Asks the user to choose a unit; `what` names what the page shows for it.
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
