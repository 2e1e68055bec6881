//! Reads and writes the app's files, and plans and applies imports. Pure: bytes in, bytes out.
//!
//! | file | purpose |
//! | --- | --- |
//! | [`mod@file`] | file names, and recognising the texts of this app's files |
//! | [`mod@format`] | the envelope: constants of the format, and caps |
//! | [`scope`] | what a file is for, and which records go into it |
//! | [`release`] | the table of what may leave the device: the only way into a file for others |
//! | `mask` | withholds the figures that must not leave |
//! | [`figures`] | collects the figures of records, as input for the rule on what may be published |
//! | [`mod@write`] | records to the text of a file |
//! | `scan`, `checksum` | a walk over a text without parsing: depth, completeness, CRC-32 |
//! | `envelope` | parses the head of a file once, and keeps the records as raw text |
//! | [`read`] | the bytes of a file to records: caps, text, envelope, records a few at a time |
//! | `guard` | withholds CPR numbers in records that come in |
//! | [`archive`] | several files in one ZIP |
//! | [`file_kind`] | the kind of an opened file, by its first bytes and by its name |
//! | [`receipt`] | the content of a saved file, by its name, and the mail to send the file with |
//! | [`lock`] | the envelope of a file with a password |
//! | [`migrate`] | one pure step for each version of the format |
//! | [`plan`] | compares a file with the records here, and changes nothing |
//! | [`plan_groups`] | the records of a plan by unit and kind |
//! | [`import_as_new`] | gives new ids to a unit of a file that the user declared to be a different one |
//! | [`apply`] | carries out a plan, and restores an earlier state |
//! | [`out_of_sight`] | hides on this device the records of an undone import, and deletes nothing |
//! | [`backup`] | the age of the last backup |
//! | [`table`] | tables of figures: CSV, JSON-stat and clipboard blocks, compared cell by cell |
//! | [`error`] | everything that can be wrong with a file, each with its Danish sentence |
//! | `schema` | the JSON Schema, generated from the types (natively only) |
//!
//! # Invariants
//!
//! * **Bad input changes nothing.** Reading and planning change no record of the workspace. Applying takes in only what
//!   could be merged.
//! * **Nothing from a file is ever more than text.**
//! * Caps hold before anything is parsed: [`format::MAX_BYTES`], [`format::MAX_DEPTH`], [`format::MAX_RECORDS`].
//! * Files of every released version can be read, for ever: `tests/fixtures/` has a file of each.
//! * A file never holds history, and holds a private record only if the user chose that very record.
//! * Links come with a backup and with the secretariat's package. In any other file they are refused.

pub mod apply;
pub mod archive;
pub mod backup;
mod checksum;
mod envelope;
pub mod error;
pub mod figures;
pub mod file;
pub mod file_kind;
pub mod format;
mod guard;
pub mod import_as_new;
pub mod lock;
mod mask;
pub mod migrate;
pub mod out_of_sight;
pub mod plan;
pub mod plan_groups;
pub mod read;
pub mod receipt;
pub mod release;
mod scan;
#[cfg(not(target_arch = "wasm32"))]
pub mod schema;
pub mod scope;
pub mod table;
pub mod write;
