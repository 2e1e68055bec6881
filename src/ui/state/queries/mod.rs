//! Queries that several page groups need. Each query reads signals, so the caller follows what the query read.
//!
//! | file | purpose |
//! | --- | --- |
//! | `agreements` | an aftale with its goals, comments and versions |
//! | `figures` | indicators, series, and which figures may be published |

pub(crate) mod agreements;
pub(crate) mod figures;
