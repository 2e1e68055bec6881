//! The pages, in groups that share a lazy chunk, a style sheet, an end-to-end test file and sample pages.
//!
//! | group | pages |
//! | --- | --- |
//! | `wheel` | the wheel and its elements |
//! | `figures` | indicators, the sheet, table import, the matrix of units, patterns |
//! | `agreement` | data package, feedback, samtale, aftale, midtvejsstatus, rapport |
//! | `practice` | practice, its library and catalogue, stories, reflection, own instruments, pyramid, workshops |
//! | `data` | files, import, receipts, open choices, history, trash |
//! | `setup` | overview, units, settings, the foundation, the word list, palette and help, the component gallery |
//!
//! A group uses another group only through that group's `mod.rs`. Code that several groups need is in
//! [`kit`](super::kit) if it builds views, and in [`state`](super::state) if it is a query.

use crate::ui::kit::view::BuiltView;
use crate::ui::route::Route;

pub(crate) mod agreement;
pub(crate) mod data;
pub(crate) mod figures;
pub(crate) mod practice;
pub(crate) mod setup;
pub(crate) mod wheel;

/// The page of a route, or the route itself when the page group does not show it.
pub(crate) type PageResult = Result<BuiltView, Route>;
