//! The midterm status.
//!
//! | file | contents |
//! | --- | --- |
//! | `status` | the status of one agreement |
//! | `forum` | the statuses of many units by theme, for a lederforum |

mod forum;
mod status;

use leptos::prelude::*;

use crate::domain::id::Id;

use crate::ui::kit::view::{BuiltView, dynamic_view};
use crate::ui::state::app_context::AppContext;

/// Page of the midterm status of one agreement, or of all statuses in this browser if `aftale` is `None`.
#[component]
pub(crate) fn MidtvejsPage(app: AppContext, aftale: Option<Id>) -> BuiltView {
    dynamic_view(move || match &aftale {
        Some(aftale) => status::status(app, aftale),
        None => forum::forum(app),
    })
}
