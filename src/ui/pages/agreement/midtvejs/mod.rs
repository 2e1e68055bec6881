//! The status halfway: of one agreement, and many units' seen together by a lederforum.

mod forum;
mod status;

use leptos::prelude::*;

use crate::domain::id::Id;

use crate::ui::kit::view::{Made, live};
use crate::ui::state::app_context::Desk;

/// The page: of an agreement's status, or of all that are here.
#[component]
pub(crate) fn MidtvejsPage(desk: Desk, aftale: Option<Id>) -> Made {
    live(move || match &aftale {
        Some(aftale) => status::status(desk, aftale),
        None => forum::forum(desk),
    })
}
