//! State that pages share: the records as signals, the app context, and queries that several page groups need.

pub(crate) mod app_context;
pub(crate) mod queries;
pub(crate) mod workspace;
