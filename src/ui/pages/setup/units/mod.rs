//! The units of this browser, and who uses it.
//!
//! | file | purpose |
//! | --- | --- |
//! | `mod.rs` | the list of units, the person, and the colours |
//! | `about_you` | the questions about the person and a new unit |
//! | `below` | the units that a person follows |
//! | `enhed` | the page of a unit |
//! | `same_unit` | units merged into one, and how to separate them |

mod about_you;
mod below;
mod enhed;
mod same_unit;

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::enhed::{Enhed, EnhedKind, Level};
use crate::domain::hierarchy::PlacedUnit;
use crate::domain::person::Colours;

use crate::ui::kit::components::RadioGroup;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

use about_you::role_choice;
pub(crate) use about_you::{AboutYou, name_field};
pub(crate) use below::{UnitsBelowPage, follows_several};
pub(crate) use enhed::EnhedPage;

/// The colour schemes a user can choose.
const COLOURS: [Option<Colours>; 3] = [None, Some(Colours::Light), Some(Colours::Dark)];

/// The page of units.
#[component]
pub(crate) fn UnitsPage(app: AppContext) -> BuiltView {
    let list = dynamic_view(move || {
        let units = app.units();
        if units.is_empty() {
            return markup!(r#"<p class="purpose">Her kommer de enheder, du opretter eller får i en fil.</p>"#);
        }
        let items: Vec<_> = units
            .into_iter()
            .map(|(title, id)| markup!(r#"<li><a href="{}">{}</a></li>"#, Route::Enhed(id).to_string(), title))
            .collect();
        let several = (items.len() > 1).then(|| {
            markup!(r#"<p><a class="button" href="{}">Se, hvor langt de er</a></p>"#, Route::MineEnheder.to_string())
        });
        markup!(r#"<div><ul class="link-list">{}</ul>{}</div>"#, items, several)
    });
    let pick = move |index: usize| app.change_person(|person| person.colours = COLOURS.get(index).copied().flatten());
    let chosen = move || COLOURS.iter().position(|colours| *colours == app.person.with(|person| person.colours));
    let colours = build_view(view! {
        <RadioGroup
            id="colours"
            legend="Siden vises"
            options=vec!["Som din telefon eller computer", "Lyst", "Mørkt"]
            value=Rc::new(chosen)
            on_pick=Rc::new(pick)
        />
    });
    markup!(
        r#"
        <header class="page-head">
            <h1>Enheder</h1>
            <p class="purpose">De enheder, der ligger i denne browser, og hvem du er. Begge dele kan altid ændres.</p>
        </header>
        <section class="part"><h2>Dine enheder</h2>{}</section>
        <section class="part"><h2>Hvem du er</h2>{}{}</section>
        <section class="part">{}</section>
        <section class="part"><h2>Farver</h2>{}</section>"#,
        list,
        role_choice(app),
        name_field(app),
        build_view(view! { <AboutYou app is_more=true/> }),
        colours
    )
}

/// Returns the units with their level and the unit above them.
fn placed_units(app: AppContext) -> Vec<PlacedUnit> {
    let units = app.units().into_iter();
    units
        .map(|(_, id)| {
            let Enhed { above, level, .. } = app.body(Some(&id));
            PlacedUnit { above: above.map(|above| app.workspace.representative_id(&above)), id, level }
        })
        .collect()
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
