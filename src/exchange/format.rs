//! Defines the envelope of a file: one readable JSON object, one record on a line.
//!
//! ```json
//! {"format":"kvalitetshjul","version":3,"app":"0.1.0","exported":"2026-11-23T08:00:00Z","scope":"backup",
//! "records":[
//! {"kind":"enhed",…},
//! {"kind":"goal",…}
//! ],
//! "checksum":"crc32:0a1b2c3d"}
//! ```
//!
//! `format` comes first, so that a truncated file is recognised as one of this app's. `checksum` comes last. It is the
//! CRC-32 of everything before it except white space outside JSON strings, so mail programs and editors may change line
//! ends and indentation.

/// The value of `format`.
pub const FORMAT: &str = "kvalitetshjul";

/// The version of the files that this app writes. It is raised when older apps would misread a file. A new leaf or kind
/// does not raise it: older apps carry those along.
pub const VERSION: u64 = 3;

/// The extension of file names.
pub const EXTENSION: &str = ".kvalitetshjul.json";

/// The maximum size of a file, in bytes.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// The maximum nesting depth of the JSON.
pub const MAX_DEPTH: usize = 128;

/// The maximum number of records in a file.
pub const MAX_RECORDS: usize = 200_000;
