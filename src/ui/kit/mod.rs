//! What pages are built from: view primitives, markup, form fields, components. Knows no page.

pub(crate) mod compare;
pub(crate) mod components;
pub(crate) mod inputs;
pub(crate) mod lazy;
pub(crate) mod markup;
pub(crate) mod origin;
pub(crate) mod paper;
pub(crate) mod view;
