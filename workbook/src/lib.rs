//! Reads the sheets of workbooks, XLSX and ODS, with `calamine` in a web worker.
//!
//! In a worker, users who never open a workbook never download the reader, a large workbook does not block the page,
//! and a hostile one ends the worker alone.
//!
//! | file | purpose |
//! | --- | --- |
//! | [`message`] | messages between page and worker, and the version of the worker |
//! | `read` | the bytes of a workbook to the texts of its cells |
//! | `unpack` | the files in a workbook, with a cap on their size |
//! | `ods` | prepares ODS: what `calamine` does not report |
//!
//! # Invariants
//!
//! * The page uses [`message`] alone: nothing of `calamine` is in its module.
//! * The size of the result is capped before it is built, whatever the workbook says of itself.
//! * A cell is text as a Dane writes it. Nothing in a workbook is ever executed.

pub mod message;
#[cfg(feature = "read")]
mod ods;
#[cfg(feature = "read")]
mod read;
#[cfg(feature = "read")]
mod unpack;

#[cfg(feature = "read")]
pub use read::{WorkbookError, sheets};
