//! Records to a file's text.

use serde::Serialize;

use crate::domain::date::{Date, Timestamp};
use crate::record::Records;

use super::format::{FORMAT, VERSION};
use super::release::{self, Outgoing};
use super::scan::{checksum_text, walk};
use super::scope::Scope;

#[derive(Serialize)]
struct WrittenHead<'a> {
    format: &'a str,
    version: u64,
    app: &'a str,
    exported: Timestamp,
    scope: &'a Scope,
    #[serde(skip_serializing_if = "Option::is_none")]
    delete_by: Option<Date>,
}

/// Writes a backup: every record as it is, a record a line, in the order of their ids. Apart from [`write()`], so that
/// whoever can only save a backup does not carry the rules on what may leave.
///
/// # Errors
/// None that records of this app can bring about; what serde would say.
pub fn write_backup(records: &Records, exported: Timestamp) -> Result<String, serde_json::Error> {
    text(&Scope::Backup, &release::everything(records), exported, None)
}

/// Writes a file: the part of the records that the scope selects, a record a line, in the order of their ids; so the
/// same records are the same text.
///
/// # Errors
/// See [`write_backup`].
pub fn write(records: &Records, scope: &Scope, exported: Timestamp) -> Result<String, serde_json::Error> {
    write_to_be_deleted(records, scope, exported, None)
}

/// The same, with the day by which its receiver is asked to delete the file.
///
/// # Errors
/// See [`write_backup`].
pub fn write_to_be_deleted(
    records: &Records,
    scope: &Scope,
    exported: Timestamp,
    delete_by: Option<Date>,
) -> Result<String, serde_json::Error> {
    text(scope, &scope.select(records), exported, delete_by)
}

fn text(
    scope: &Scope,
    records: &[Outgoing],
    exported: Timestamp,
    delete_by: Option<Date>,
) -> Result<String, serde_json::Error> {
    let head =
        WrittenHead { format: FORMAT, version: VERSION, app: env!("CARGO_PKG_VERSION"), exported, scope, delete_by };
    let mut text = serde_json::to_string(&head)?;
    text.pop();
    text.push_str(",\n\"records\":[");
    for (index, record) in records.iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&line(record)?);
    }
    text.push_str("\n]");
    let checksum = checksum_text(walk(text.as_bytes()).checksum);
    text.push_str(",\n\"checksum\":\"");
    text.push_str(&checksum);
    text.push_str("\"}\n");
    Ok(text)
}

/// The line of a record: of one that was let go, and of no other.
fn line(record: &Outgoing) -> Result<String, serde_json::Error> {
    serde_json::to_string(record)
}
