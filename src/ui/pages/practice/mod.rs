//! The pages on practice.
//!
//! | folder | purpose |
//! | --- | --- |
//! | `practices` | positive deviations, trials and prototypes: the unit's own, and the page of each |
//! | `library` | the library of practice here, and the unit's catalogue of it |
//! | `reflection` | a person's own reflection with an instrument |
//! | `workshop` | reflection of a group, in a workshop |
//! | `instrument` | a unit's own instruments of reflection |
//! | `pyramid` | the pyramid of concretisation, from a statement to ideas to try |
//! | `stories` | positive stories that units tell |

use leptos::prelude::*;

use crate::ui::kit::view::build_view;
use crate::ui::pages::PageResult;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

pub(crate) mod instrument;
pub(crate) mod library;
pub(crate) mod practices;
pub(crate) mod pyramid;
pub(crate) mod reflection;
pub(crate) mod stories;
pub(crate) mod workshop;

use instrument::InstrumentPage;
use library::{CataloguePage, LibraryPage};
use practices::{PracticePage, PracticesPage};
use pyramid::PyramidPage;
use reflection::{ReflectionPage, ReflectionsPage};
use stories::StoriesPage;
use workshop::{JoinByCodePage, JoinPage, RoomPage, ScenePage, WorkshopResultPage, WorkshopsPage};

/// Builds a page of the chunk [`Practice`](crate::ui::route::Chunk::Practice).
pub(crate) fn page(app: AppContext, route: Route) -> PageResult {
    Ok(match route {
        Route::Praksis => build_view(view! { <PracticesPage app/> }),
        Route::Practice(id) => build_view(view! { <PracticePage app id/> }),
        Route::PracticeLibrary(filters) => build_view(view! { <LibraryPage app filters/> }),
        Route::PracticeCatalogue => build_view(view! { <CataloguePage app/> }),
        Route::OwnInstrument(id) => build_view(view! { <InstrumentPage app id/> }),
        Route::Pyramide(id) => build_view(view! { <PyramidPage app id/> }),
        Route::Stories => build_view(view! { <StoriesPage app/> }),
        Route::Reflection { instrument, id } => build_view(view! { <ReflectionPage app instrument id/> }),
        Route::Refleksion => build_view(view! { <ReflectionsPage app/> }),
        other => return Err(other),
    })
}

/// Builds a page of the chunk [`Workshop`](crate::ui::route::Chunk::Workshop).
pub(crate) fn workshop_page(app: AppContext, route: Route) -> PageResult {
    Ok(match route {
        Route::Room => build_view(view! { <RoomPage app/> }),
        Route::Workshop(id) => build_view(view! { <WorkshopResultPage app id/> }),
        Route::Workshops => build_view(view! { <WorkshopsPage app/> }),
        Route::Scene => build_view(view! { <ScenePage app/> }),
        other => return Err(other),
    })
}

/// Builds the page of the chunk [`Join`](crate::ui::route::Chunk::Join).
pub(crate) fn join_page(app: AppContext, route: Route) -> PageResult {
    match route {
        Route::Join { link, code } => Ok(build_view(view! { <JoinPage app link code/> })),
        Route::JoinByCode => Ok(build_view(view! { <JoinByCodePage/> })),
        other => Err(other),
    }
}
