//! Pages where a user starts and looks things up: the front page, the units, the settings, the foundation, the component
//! gallery.

use leptos::prelude::*;

use crate::ui::kit::components::with_representative_id;
use crate::ui::kit::view::build_view;
use crate::ui::pages::PageResult;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

pub(crate) mod fundament;
pub(crate) mod gallery;
pub(crate) mod overview;
pub(crate) mod settings;
pub(crate) mod units;

use fundament::{FundamentPage, FundamentTourPage};
use gallery::GalleryPage;
use settings::SettingsPage;
use units::{EnhedPage, UnitsBelowPage, UnitsPage};

/// Builds a page of the foundation, in the chunk [`Reading`](crate::ui::route::Chunk::Reading).
pub(crate) fn reading_page(app: AppContext, route: Route) -> PageResult {
    Ok(match route {
        Route::Fundament { edition, item } => build_view(view! { <FundamentPage app edition item/> }),
        Route::Ny(step) => build_view(view! { <FundamentTourPage app step/> }),
        other => return Err(other),
    })
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

/// Builds the page of the chunk [`Gallery`](crate::ui::route::Chunk::Gallery).
pub(crate) fn gallery_page(route: Route) -> PageResult {
    match route {
        Route::Galleri => Ok(build_view(view! { <GalleryPage/> })),
        other => Err(other),
    }
}
