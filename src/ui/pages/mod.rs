//! The pages, in groups that share a lazy chunk, a style sheet, an end-to-end test file and sample pages.
//!
//! | group | pages |
//! | --- | --- |
//! | `wheel` | the wheel and its elements |
//! | `figures` | indicators, the sheet, table import, the matrix of units, patterns |
//! | `agreement` | data package, conversation, agreement, midterm status, quality report |
//! | `practice` | trials, reflection, own instruments, pyramid, workshops |
//! | `data` | files, import, open choices, history, trash |
//! | `setup` | overview, units, the foundation, the component gallery |
//!
//! A group reaches another only through that group's `mod.rs`. What several groups need lies in [`kit`](super::kit) if it
//! is a view, in [`state`](super::state) if it is a query.

pub(crate) mod agreement;
pub(crate) mod data;
pub(crate) mod figures;
pub(crate) mod practice;
pub(crate) mod setup;
pub(crate) mod wheel;
