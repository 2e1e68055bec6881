//! Kvalitetshjul: the way a children-and-youth department works with quality, wholly in the browser.
//!
//! The map of the house; imports run downward only.
//!
//! | room | what it holds |
//! | --- | --- |
//! | [`exchange`] | the file: format, versions, import plan. Bytes in, bytes out |
//! | [`record`] | a record = a plain domain value + who wrote which field; edit, merge, undo, history |
//! | [`domain`] | the words of the documents as types and rules. It imports nothing of the house |
//!
//! None of these rooms knows a browser, a clock, randomness or a disk: moments, random bits and bytes come in as
//! arguments. That is what lets every law of theirs be tested natively in milliseconds.

pub mod domain;
pub mod exchange;
pub mod record;
