//! The building blocks of pages. No file here refers to a page.
//!
//! | file | purpose |
//! | --- | --- |
//! | `anchors` | the boxes for what a goal or a trial is anchored to |
//! | `compare` | two states of a record side by side |
//! | `components` | the components that pages share |
//! | `inputs` | form fields for choices, days, figures and transient answers |
//! | `lazy` | functions whose code is loaded at the first call |
//! | `markup` | views from HTML text |
//! | `origin` | the link to the record that a goal or a trial was created from |
//! | `paper` | a document with print, save and copy buttons |
//! | `relations` | what a thing hangs on and what hangs on it, as links |
//! | `view` | view primitives |

pub(crate) mod anchors;
pub(crate) mod compare;
pub(crate) mod components;
pub(crate) mod inputs;
pub(crate) mod lazy;
pub(crate) mod markup;
pub(crate) mod origin;
pub(crate) mod paper;
pub(crate) mod relations;
pub(crate) mod view;
