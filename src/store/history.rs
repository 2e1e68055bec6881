//! The log of changes in IndexedDB. It is written in the transaction that makes the changes.

use wasm_bindgen::prelude::*;
use web_sys::IdbTransaction;

use crate::record::history::LogEntry;

use super::error::StoreError;
use super::indexed_db::IndexedDb;
use super::log::LogExtent;
use super::pause::TimeSlices;
use super::request::{all_entries, answer, key, meta_value, read_transaction, set_meta_value};
use super::schema::{LOG, META};

/// The number and the entry of the log's last line, if this tab wrote it as a single entry. Continued typing is joined
/// to it.
pub(super) type LastLogLine = Option<(u64, LogEntry)>;

impl IndexedDb {
    /// Appends entries to the log of changes, and returns what the last line is once the transaction is complete.
    pub(super) async fn append_log(
        &self,
        transaction: &IdbTransaction,
        entries: &[LogEntry],
    ) -> Result<LastLogLine, JsValue> {
        let last = self.last_log_line.take();
        if entries.is_empty() {
            return Ok(last);
        }
        let log = transaction.object_store(LOG)?;
        let mut extent = extent(transaction).await?;
        let joined = match (last, entries) {
            (Some((number, last)), [entry]) if number + 1 == extent.next => {
                last.joined(entry).map(|joined| (number, last.line().len() as u64, joined))
            }
            _ => None,
        };
        let (number, text, last) = if let Some((number, bytes, joined)) = joined {
            let text = joined.line();
            extent.bytes = extent.bytes.saturating_sub(bytes) + text.len() as u64;
            (number, text, Some(joined))
        } else {
            let text = entries.iter().map(LogEntry::line).collect::<Vec<_>>().join("\n");
            let last = if let [entry] = entries { Some(entry.clone()) } else { None };
            (extent.append(text.len() as u64), text, last)
        };
        log.put_with_key(&text.into(), &key(number))?;
        while let Some(first) = extent.oldest_if_too_large() {
            // A number without a text takes no room: it is dropped as a text of no bytes.
            let text = answer(&log.get(&key(first))?).await?.as_string().unwrap_or_default();
            log.delete(&key(first))?;
            extent.drop_first(text.len() as u64);
        }
        set_extent(transaction, extent)?;
        Ok(last.map(|last| (number, last)))
    }

    /// The changes in the log, the oldest first, and whether older ones were dropped for want of room.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn history(&self) -> Result<(Vec<LogEntry>, bool), StoreError> {
        let transaction = read_transaction(&self.database(), &[LOG, META])?;
        self.check(&transaction).await?;
        let extent = extent(&transaction).await?;
        let (_, texts) = all_entries(&transaction.object_store(LOG)?).await?;
        let mut entries = Vec::new();
        let mut pauses = TimeSlices::begin();
        for text in texts.iter().filter_map(|text| text.as_string()) {
            // A line that cannot be read is left out of the list alone: it stays in the log.
            entries.extend(text.lines().filter_map(LogEntry::parse));
            pauses.yield_if_due().await;
        }
        Ok((entries, extent.first > 0))
    }
}

/// Reads the extent of the log. A log that was never written has none, and is empty.
pub(super) async fn extent(transaction: &IdbTransaction) -> Result<LogExtent, JsValue> {
    Ok(LogExtent::parse(&meta_value(transaction, LOG).await?.as_string().unwrap_or_default()))
}

/// Writes the extent of the log.
pub(super) fn set_extent(transaction: &IdbTransaction, extent: LogExtent) -> Result<(), JsValue> {
    set_meta_value(transaction, LOG, &extent.text().into())
}
