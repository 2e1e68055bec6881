//! Queries that several page groups need. Each reads signals, so whatever calls it follows what it read.

pub(crate) mod agreements;
pub(crate) mod figures;
