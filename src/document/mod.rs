//! Documents: an agreement as HTML text, for paper, for a file of its own, for a word processor. Pure.
//!
//! | file | idea |
//! | --- | --- |
//! | [`html`] | HTML text that holds people's words as words |
//! | [`aftale`] | an agreement |
//!
//! # Invariants
//!
//! * **What people wrote is text.** [`html::Html`] is made of the app's own markup and of escaped words, and of nothing else.
//! * A document says the same on screen, on paper and in a file: it has one text, and one sheet of style.

pub mod aftale;
pub mod html;
