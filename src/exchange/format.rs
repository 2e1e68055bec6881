//! The envelope of a file: one readable JSON object, a record a line.
//!
//! ```json
//! {"format":"kvalitetshjul","version":2,"app":"0.1.0","exported":"2026-11-23T08:00:00Z","scope":"backup",
//! "records":[
//! {"kind":"enhed",…},
//! {"kind":"goal",…}
//! ],
//! "checksum":"crc32:0a1b2c3d"}
//! ```
//!
//! `format` stands first, so that a cut-off file is known for what it is; `checksum` last. The checksum is the CRC-32 of
//! all that stands before it but white space outside texts, so that mail and editors may change line ends and indents.

/// What `format` says.
pub const FORMAT: &str = "kvalitetshjul";

/// The version of the files that this app writes. It goes up when older apps would misread a file, not when a leaf or a
/// kind is added: those they carry along.
pub const VERSION: u64 = 2;

/// The ending of the files' names.
pub const EXTENSION: &str = ".kvalitetshjul.json";

/// The largest file, in bytes.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// The deepest a file's parts may lie in one another.
pub const MAX_DEPTH: usize = 128;

/// The most records in a file.
pub const MAX_RECORDS: usize = 200_000;
