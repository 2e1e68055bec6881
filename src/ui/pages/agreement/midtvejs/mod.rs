//! The status halfway: of one agreement, and many units' seen together by a lederforum.

mod forum;
mod status;

use leptos::prelude::*;

use crate::domain::id::Id;

use crate::ui::kit::view::{BuiltView, dynamic_view};
use crate::ui::state::app_context::AppContext;

/// The page: of an agreement's status, or of all that are here.
#[component]
pub(crate) fn MidtvejsPage(desk: AppContext, aftale: Option<Id>) -> BuiltView {
    dynamic_view(move || match &aftale {
        Some(aftale) => status::status(desk, aftale),
        None => forum::forum(desk),
    })
}
