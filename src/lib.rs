//! Kvalitetshjul: a local-first web app for the quality work of a municipal children-and-youth department.
//!
//! Everything runs in the browser; there is no server. Imports between these modules point downward only:
//!
//! | module | contents |
//! | --- | --- |
//! | [`ui`] | the page: shell, pages, components, state. Browser only, except [`ui::route`] and `ui::sheet` |
//! | [`store`] | the browser's stores: localStorage and IndexedDB. Browser only, except its pure rules |
//! | [`exchange`] | the file: format, versions, import plan. Bytes in, bytes out |
//! | [`record`] | a record is a domain value together with who wrote which field; edit, merge, undo, history |
//! | [`chart`] | drawings of domain values as SVG text |
//! | [`document`] | an agreement or a report as HTML text for paper, file and word processor |
//! | [`domain`] | types and rules of the documents. Imports no other module of this crate |
//!
//! No module below [`store`] uses a browser, a clock, randomness or a disk. Moments, random bits and bytes come in as
//! arguments, so the rules of these modules can be tested natively within milliseconds.

pub mod chart;
pub mod document;
pub mod domain;
pub mod exchange;
pub mod record;
pub mod store;
pub mod ui;

/// Configures the property tests: seeds of failed cases are stored beside the source file of the test, as `NAME.regressions`.
#[cfg(test)]
pub(crate) fn property_test_config() -> proptest::test_runner::Config {
    use proptest::test_runner::{Config, FileFailurePersistence};

    let failure_persistence = Some(Box::new(FileFailurePersistence::WithSource("regressions")) as _);
    Config { failure_persistence, ..Config::default() }
}
