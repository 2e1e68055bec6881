//! Kvalitetshjul: the way a children-and-youth department works with quality, wholly in the browser.
//!
//! The map of the house; imports run downward only.
//!
//! | room | what it holds |
//! | --- | --- |
//! | [`ui`] | the page: shell, route, components, one folder a page. In the browser only, but for [`ui::route`] |
//! | [`store`] | the browser's stores: localStorage, the mirror in IndexedDB. In the browser only, but for its rules |
//! | [`exchange`] | the file: format, versions, import plan. Bytes in, bytes out |
//! | [`record`] | a record = a plain domain value + who wrote which field; edit, merge, undo, history |
//! | [`chart`] | plotters → SVG text, from domain values |
//! | [`document`] | an agreement, a report as HTML text: for paper, a file, a word processor |
//! | [`domain`] | the words of the documents as types and rules. It imports nothing of the house |
//!
//! Below `store` no room knows a browser, a clock, randomness or a disk: moments, random bits and bytes come in as
//! arguments. That is what lets every law of theirs be tested natively in milliseconds.

pub mod chart;
pub mod document;
pub mod domain;
pub mod exchange;
pub mod record;
pub mod store;
pub mod ui;
