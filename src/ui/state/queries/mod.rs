//! Queries that several page groups need. Each query reads signals, so the caller follows what the query read.
//!
//! | file | purpose |
//! | --- | --- |
//! | `agreements` | an aftale with its goals, comments and versions |
//! | `figures` | indicators, series, and which figures may be published |
//! | `practice` | practice of all three sorts, of all units |
//! | `relations` | what hangs on what |
//! | `units` | where units are placed, and which ones are shown side by side |

pub(crate) mod agreements;
pub(crate) mod figures;
pub(crate) mod practice;
pub(crate) mod relations;
pub(crate) mod units;
