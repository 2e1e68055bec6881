//! Documents: an agreement, a report as HTML text, for paper, for a file of its own, for a word processor. Pure.
//!
//! | file | idea |
//! | --- | --- |
//! | [`html`] | HTML text that holds people's words as words |
//! | [`aftale`] | an agreement |
//! | [`rapport`] | a quality report, and its good stories as a catalogue |
//!
//! # Invariants
//!
//! * **What people wrote is text.** [`html::Html`] is made of the app's own markup and drawings and of escaped words, and of
//!   nothing else.
//! * A document says the same on screen, on paper and in a file: it has one text, and one sheet of style.

pub mod aftale;
pub mod html;
pub mod rapport;
