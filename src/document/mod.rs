//! Agreements, quality reports and results of workshops as HTML text: for paper, for a file, for a word processor.
//! Pure.
//!
//! | file | purpose |
//! | --- | --- |
//! | [`html`] | builds HTML text in which users' text is always escaped |
//! | [`aftale`] | an agreement |
//! | [`rapport`] | a quality report, and its good stories as a catalogue |
//! | [`workshop`] | the result of a workshop |
//!
//! # Invariants
//!
//! * **Users' text is never markup.** [`html::Html`] must contain nothing but the app's own markup and drawings, and
//!   escaped text.
//! * A document is the same on screen, on paper and in a file: it has one text and one style sheet.

pub mod aftale;
pub mod html;
pub mod rapport;
pub mod workshop;
