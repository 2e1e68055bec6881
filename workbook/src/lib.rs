//! The sheets of a workbook, XLSX or ODS: read by `calamine` in a worker of the page's, so that whoever never opens one
//! never downloads it, a large one does not hold the page up, and a hostile one ends the worker alone.
//!
//! | file | idea |
//! | --- | --- |
//! | [`message`] | how the page and the worker talk, and which version of the worker it must be |
//! | `read` | from the bytes of a book to the texts of its cells |
//! | `unpack` | the files of a book, no larger than they may be |
//! | `ods` | what `calamine` does not say of ODS |
//!
//! # Invariants
//!
//! * The page knows [`message`] alone: nothing of `calamine` is in its module.
//! * What a book comes to has a cap before it is there, whatever the book says of itself.
//! * A cell is text as a Dane writes it; nothing in a book is ever run.

pub mod message;
#[cfg(feature = "read")]
mod ods;
#[cfg(feature = "read")]
mod read;
#[cfg(feature = "read")]
mod unpack;

#[cfg(feature = "read")]
pub use read::{WorkbookError, sheets};
