//! The units of this browser.
//!
//! | file | purpose |
//! | --- | --- |
//! | `mod.rs` | the page of units |
//! | `table` | the table of units, where a row can be edited |
//! | `bulk` | one change to all ticked units |
//! | `new_unit` | the form that adds a unit |
//! | `enhed` | the page of a unit |
//! | `removal` | archiving and deleting a unit |
//! | `tasks` | the unit's own core services |
//! | `same_unit` | units merged into one, and how to separate them |
//! | `below` | the units that a person follows |
//! | `about_you` | the first step of a new user |

mod about_you;
mod below;
mod bulk;
mod enhed;
mod new_unit;
mod removal;
mod same_unit;
mod table;
mod tasks;

use leptos::prelude::*;

use crate::domain::enhed::{EnhedKind, Level};

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::units::placed_units;

pub(crate) use about_you::AboutYou;
pub(crate) use below::{UnitsBelowPage, follows_several, unit_owner};
pub(crate) use enhed::EnhedPage;
use new_unit::NewUnit;
use table::UnitTable;

/// The levels that the leader of a unit can have.
const LEVELS: &[u8] = &[2, 3, 4];

/// The page of units.
#[component]
pub(crate) fn UnitsPage(app: AppContext) -> BuiltView {
    // Only the number of units decides which parts are shown. The parts themselves follow the records.
    let count = Memo::new(move |_| app.units_and_archived().len().min(2));
    let list = dynamic_view(move || match count.get() {
        0 => markup!(r#"<p class="purpose">Her kommer de enheder, du opretter eller får i en fil.</p>"#),
        1 => build_view(view! { <UnitTable app/> }),
        _ => markup!(
            r#"<div>{}<p><a class="button" href="{}">Se, hvor langt de er</a></p></div>"#,
            build_view(view! { <UnitTable app/> }),
            Route::MineEnheder.to_string()
        ),
    });
    markup!(
        r##"
        <header class="page-head">
            <h1>Enheder</h1>
            <p class="purpose">De enheder, der ligger i denne browser. Ret én ad gangen i tabellen, eller sæt kryds ved flere. <a href="#/indstillinger">Din rolle, dit navn og farverne</a> står for sig.</p>
        </header>
        <section class="part units-part"><h2>Dine enheder</h2>{}</section>
        <section class="part">{}</section>"##,
        list,
        build_view(view! { <NewUnit app/> })
    )
}

/// Returns the labels of the kinds of unit.
fn kinds() -> Vec<&'static str> {
    EnhedKind::ALL.into_iter().map(EnhedKind::danish).collect()
}

/// Returns the index of a kind in [`EnhedKind::ALL`].
fn kind_index(kind: Option<EnhedKind>) -> Option<usize> {
    EnhedKind::ALL.into_iter().position(|other| Some(other) == kind)
}

/// Returns the labels of some levels.
fn levels(levels: &[u8]) -> Vec<&'static str> {
    let words = |level: &u8| match level {
        1 => "Niveau 1 – direktør",
        2 => "Niveau 2 – chef",
        3 => "Niveau 3 – fx skoleleder eller områdeleder",
        _ => "Niveau 4 – fx børnehusleder",
    };
    levels.iter().map(words).collect()
}

/// Returns the index of a level in `levels`.
fn level_index(levels: &[u8], level: Option<Level>) -> Option<usize> {
    levels.iter().position(|level_number| Level::new(*level_number) == level)
}
