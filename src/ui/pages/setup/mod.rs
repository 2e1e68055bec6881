//! Where a user starts and looks things up: the front page, the units, the foundation, the component gallery.

pub(crate) mod fundament;
pub(crate) mod gallery;
pub(crate) mod overview;
pub(crate) mod units;
