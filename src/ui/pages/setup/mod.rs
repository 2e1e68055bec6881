//! Pages where a user starts and looks things up, and the dialogs above all pages.
//!
//! | file | purpose |
//! | --- | --- |
//! | `overview` | the front page |
//! | `units` | the units, and the first step of a new user |
//! | `settings` | the settings of this browser |
//! | `fundament` | the foundation |
//! | `glossary` | the word list |
//! | `palette` | the palette, which finds pages, records, words and commands |
//! | `help` | the dialog with the help for a page |
//! | `dialog` | the modal dialog that `palette` and `help` are shown in |
//! | `demo` | the tour of the demo, and filling its stores |
//! | `gallery` | the component gallery |

use leptos::prelude::*;

use crate::ui::kit::components::with_representative_id;
use crate::ui::kit::view::{BuiltView, build_view, empty_view};
use crate::ui::pages::PageResult;
use crate::ui::pages::data::import::Files;
use crate::ui::pages::wheel::WheelPage;
use crate::ui::route::Route;
use crate::ui::state::app_context::{AppContext, OpenDialog};

mod demo;
mod dialog;
pub(crate) mod fundament;
pub(crate) mod gallery;
pub(crate) mod glossary;
pub(crate) mod help;
pub(crate) mod overview;
pub(crate) mod palette;
pub(crate) mod settings;
pub(crate) mod units;

use fundament::{FundamentPage, FundamentTourPage};
use gallery::GalleryPage;
use glossary::GlossaryPage;
use help::HelpDialog;
use overview::agenda::agenda_section;
use overview::own_dates::own_dates;
use palette::PaletteDialog;
use settings::SettingsPage;
use units::{EnhedPage, UnitsBelowPage, UnitsPage};

pub(crate) use demo::demo_tour;

/// Builds a page of the foundation, in the chunk [`Reading`](crate::ui::route::Chunk::Reading).
pub(crate) fn reading_page(app: AppContext, route: Route) -> PageResult {
    Ok(match route {
        Route::Fundament { edition, item } => build_view(view! { <FundamentPage app edition item/> }),
        Route::Ny(step) => build_view(view! { <FundamentTourPage step/> }),
        other => return Err(other),
    })
}

/// Builds the part of the front page that is in the chunk [`Front`](crate::ui::route::Chunk::Front), or the page of the
/// wheel.
pub(crate) fn front_part(app: AppContext, route: Route) -> PageResult {
    match route {
        Route::Overblik => Ok(agenda_section(app)),
        Route::Hjulet => Ok(build_view(view! { <WheelPage app own_dates=own_dates(app)/> })),
        other => Err(other),
    }
}

/// Builds a page of the chunk [`Units`](crate::ui::route::Chunk::Units).
pub(crate) fn units_page(app: AppContext, route: Route) -> PageResult {
    Ok(match route {
        Route::Enhed(id) => with_representative_id(app, Some(id), move |id| match id {
            Some(id) => build_view(view! { <EnhedPage app id/> }),
            None => build_view(view! { <UnitsPage app/> }),
        }),
        Route::MineEnheder => build_view(view! { <UnitsBelowPage app/> }),
        Route::Enheder => build_view(view! { <UnitsPage app/> }),
        Route::Indstillinger => build_view(view! { <SettingsPage app/> }),
        other => return Err(other),
    })
}

/// Builds the page of the chunk [`Glossary`](crate::ui::route::Chunk::Glossary).
pub(crate) fn glossary_page(route: Route) -> PageResult {
    match route {
        Route::Ordliste(_) => Ok(build_view(view! { <GlossaryPage/> })),
        other => Err(other),
    }
}

/// Builds the dialog that is open, in the chunk [`Palette`](crate::ui::route::Chunk::Palette).
pub(crate) fn open_dialog(app: AppContext, files: Files, route: &Route) -> BuiltView {
    match app.dialog().get_untracked() {
        Some(OpenDialog::Palette) => build_view(view! { <PaletteDialog app files/> }),
        Some(OpenDialog::Help) => build_view(view! { <HelpDialog app help=route.help()/> }),
        None => empty_view(),
    }
}

/// Builds the page of the chunk [`Gallery`](crate::ui::route::Chunk::Gallery).
pub(crate) fn gallery_page(route: Route) -> PageResult {
    match route {
        Route::Galleri => Ok(build_view(view! { <GalleryPage/> })),
        other => Err(other),
    }
}
