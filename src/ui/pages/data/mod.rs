//! What is done with the data as a whole: export, import, open choices, history, trash.

pub(crate) mod conflicts;
pub(crate) mod files;
pub(crate) mod history;
pub(crate) mod import;
pub(crate) mod trash;
