//! The status halfway: of one agreement, and many units' seen together by a lederforum.

mod forum;
mod status;

use leptos::prelude::*;

use crate::domain::id::Id;

use super::desk::Desk;
use super::made::{Made, live};

/// The page: of an agreement's status, or of all that are here.
#[component]
pub(super) fn MidtvejsPage(desk: Desk, aftale: Option<Id>) -> Made {
    live(move || match &aftale {
        Some(aftale) => status::status(desk, aftale),
        None => forum::forum(desk),
    })
}
