//! The file: its format and versions, what goes into it, and how one that comes in is planned before it is applied.
//! Pure: bytes in, bytes out.
//!
//! | file | idea |
//! | --- | --- |
//! | [`mod@file`] | the name of a file, and whether a text is one of this app's files |
//! | [`mod@format`] | the envelope: constants of the file, and its caps |
//! | [`scope`] | what a file is for, and which records it is about |
//! | [`release`] | the table of what may leave the device: the only way into a file for others |
//! | [`figures`] | the figures that records hold, for the rule on what may be published |
//! | [`mod@write`] | records to a file's text |
//! | `envelope` | a file's head, and its records as raw text, parsed once |
//! | [`read`] | a file's bytes to records: caps, text, envelope, records a few at a time |
//! | `guard` | what holds a CPR number is withheld on the way in |
//! | [`archive`] | several files as one |
//! | [`lock`] | the envelope of a file with a password |
//! | [`migrate`] | one pure step a version |
//! | [`plan`] | what a file would bring, before it brings it |
//! | [`afresh`] | a unit of a file under new ids: it is another one |
//! | [`apply`] | bringing it, and undoing that |
//! | [`out_of_sight`] | what came with an import that was undone: out of sight on this device, never deleted |
//! | [`backup`] | how old the last file of everything is |
//! | [`table`] | tables of figures: CSV, JSON-stat, blocks of a clipboard; what they would bring, cell by cell |
//! | [`error`] | all that can be wrong with a file, each with its Danish sentence |
//! | [`schema`] | the JSON Schema, made from the types (natively only) |
//!
//! # Invariants
//!
//! * **Bad input changes nothing.** Reading and planning touch no record of the workspace; applying takes what merged.
//! * **Nothing from a file is ever more than text.**
//! * Caps hold before anything is parsed: [`format::MAX_BYTES`], [`format::MAX_DEPTH`], [`format::MAX_RECORDS`].
//! * Every version ever released can be read, for ever: `tests/fixtures/` has a file of each.
//! * A file never holds history, and never a private record unless that very record was chosen.
//! * Links come with a copy of everything and with the secretariat's package; from any other file they are refused.

pub mod afresh;
pub mod apply;
pub mod archive;
pub mod backup;
mod checksum;
mod envelope;
pub mod error;
pub mod figures;
pub mod file;
pub mod format;
mod guard;
pub mod lock;
mod mask;
pub mod migrate;
pub mod out_of_sight;
pub mod plan;
pub mod read;
pub mod release;
mod scan;
#[cfg(not(target_arch = "wasm32"))]
pub mod schema;
pub mod scope;
pub mod table;
pub mod write;
