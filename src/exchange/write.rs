//! Writes records as the text of a file.

use serde::Serialize;

use crate::domain::date::{Date, Timestamp};
use crate::record::Records;

use super::format::{FORMAT, VERSION};
use super::release::{self, Outgoing};
use super::scan::{checksum_text, walk};
use super::scope::Scope;

/// The members of the envelope that stand before the records.
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

/// Writes a backup: all records, unmasked, one on a line, in the order of their ids.
///
/// Separate from [`write()`], so that code which only saves backups does not include the rules on what may leave.
///
/// # Errors
/// Passes on errors of serde. No record of this app causes one.
pub fn write_backup(records: &Records, exported: Timestamp) -> Result<String, serde_json::Error> {
    file_text(&Scope::Backup, &release::release_everything(records), exported, None)
}

/// Writes a file: the records that the scope selects, one on a line, in the order of their ids. The same records give
/// the same text.
///
/// # Errors
/// See [`write_backup`].
pub fn write(records: &Records, scope: &Scope, exported: Timestamp) -> Result<String, serde_json::Error> {
    write_to_be_deleted(records, scope, exported, None)
}

/// Writes a file as [`write()`] does, with the day by which the receiver is asked to delete it.
///
/// # Errors
/// See [`write_backup`].
pub fn write_to_be_deleted(
    records: &Records,
    scope: &Scope,
    exported: Timestamp,
    delete_by: Option<Date>,
) -> Result<String, serde_json::Error> {
    file_text(scope, &scope.select(records), exported, delete_by)
}

/// Builds the text of a file: head, records, checksum.
fn file_text(
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
        text.push_str(&record_line(record)?);
    }
    text.push_str("\n]");
    let checksum = checksum_text(walk(text.as_bytes()).checksum);
    text.push_str(",\n\"checksum\":\"");
    text.push_str(&checksum);
    text.push_str("\"}\n");
    Ok(text)
}

/// Serialises a record on one line. Takes only [`Outgoing`], so a record that was not released cannot be written.
fn record_line(record: &Outgoing) -> Result<String, serde_json::Error> {
    serde_json::to_string(record)
}
