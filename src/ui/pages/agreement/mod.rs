//! The pages of a unit's two-year cycle: data package, feedback on it, conversation, agreement, midterm status, quality
//! report.
//!
//! | module | page |
//! | --- | --- |
//! | `package` | the data package (datapakke) of a cycle |
//! | `feedback` | the answer of a forum on the data package |
//! | `samtale` | the conversation between a unit and its counterpart |
//! | `aftale` | the agreement of a unit |
//! | `midtvejs` | the midterm status of one agreement, or of many units |
//! | `rapport` | the quality report of a unit, or of all units |

use leptos::prelude::*;

use crate::ui::kit::components::with_representative_id;
use crate::ui::kit::view::build_view;
use crate::ui::pages::PageResult;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

pub(crate) mod aftale;
pub(crate) mod feedback;
pub(crate) mod midtvejs;
pub(crate) mod package;
pub(crate) mod rapport;
pub(crate) mod samtale;

use aftale::AftalePage;
use feedback::FeedbackPage;
use midtvejs::MidtvejsPage;
use package::PackagePage;
use rapport::RapportPage;
use samtale::SamtalePage;

/// Builds a page of the chunk [`Agreement`](crate::ui::route::Chunk::Agreement).
pub(crate) fn page(app: AppContext, route: Route) -> PageResult {
    Ok(match route {
        Route::Aftale { id, part } => build_view(view! { <AftalePage app id part/> }),
        Route::Samtale { unit, part } => with_representative_id(app, unit, move |unit| {
            build_view(view! { <SamtalePage app unit part=part.clone()/> })
        }),
        Route::Midtvejs(about) => build_view(view! { <MidtvejsPage app about/> }),
        Route::Datapakke { is_editing } => build_view(view! { <PackagePage app is_editing/> }),
        Route::Feedback(forum) => build_view(view! { <FeedbackPage app forum/> }),
        other => return Err(other),
    })
}

/// Builds a page of the chunk [`Report`](crate::ui::route::Chunk::Report).
pub(crate) fn report_page(app: AppContext, route: Route) -> PageResult {
    match route {
        Route::Rapport { id, part } => {
            Ok(with_representative_id(app, id, move |id| build_view(view! { <RapportPage app id part=part.clone()/> })))
        }
        other => Err(other),
    }
}
