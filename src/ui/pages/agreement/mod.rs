//! The two-year cycle of a unit: data package, conversation, agreement, midterm status, quality report.

pub(crate) mod aftale;
pub(crate) mod midtvejs;
pub(crate) mod package;
pub(crate) mod rapport;
pub(crate) mod samtale;
