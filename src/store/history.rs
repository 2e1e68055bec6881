//! The log of changes in the mirror: written in the transaction that changes what it tells of.

use wasm_bindgen::prelude::*;
use web_sys::IdbTransaction;

use crate::record::history::LogEntry;

use super::error::Failure;
use super::indexed_db::IndexedDb;
use super::log::LogExtent;
use super::pause::Pauses;
use super::request::{about, all, answer, key, reading, set_about};
use super::schema::{ABOUT, LOG};

/// What the log said last, where this tab said it: typing that goes on is told of as one change.
pub(super) type LastLogLine = Option<(u64, LogEntry)>;

impl IndexedDb {
    /// Tells the log of changes, and gives what is said last when the transaction is complete.
    pub(super) async fn append_log(
        &self,
        transaction: &IdbTransaction,
        entries: &[LogEntry],
    ) -> Result<LastLogLine, JsValue> {
        let last = self.last.take();
        if entries.is_empty() {
            return Ok(last);
        }
        let log = transaction.object_store(LOG)?;
        let mut extent = extent(transaction).await?;
        let joined = match (last, entries) {
            (Some((place, last)), [entry]) if place + 1 == extent.next => {
                last.joined(entry).map(|joined| (place, last.line().len() as u64, joined))
            }
            _ => None,
        };
        let (place, text, last) = if let Some((place, bytes, joined)) = joined {
            let text = joined.line();
            extent.bytes = extent.bytes.saturating_sub(bytes) + text.len() as u64;
            (place, text, Some(joined))
        } else {
            let text = entries.iter().map(LogEntry::line).collect::<Vec<_>>().join("\n");
            let last = if let [entry] = entries { Some(entry.clone()) } else { None };
            (extent.append(text.len() as u64), text, last)
        };
        log.put_with_key(&text.into(), &key(place))?;
        while let Some(first) = extent.too_much() {
            let text = answer(&log.get(&key(first))?).await?.as_string().unwrap_or_default();
            log.delete(&key(first))?;
            extent.drop_first(text.len() as u64);
        }
        set_extent(transaction, extent)?;
        Ok(last.map(|last| (place, last)))
    }

    /// The changes that the log tells of, the oldest first, and whether older ones were dropped for want of room.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn history(&self) -> Result<(Vec<LogEntry>, bool), Failure> {
        let transaction = reading(&self.database(), &[LOG, ABOUT])?;
        self.check(&transaction).await?;
        let extent = extent(&transaction).await?;
        let (_, texts) = all(&transaction.object_store(LOG)?).await?;
        let mut entries = Vec::new();
        let mut pauses = Pauses::begin();
        for text in texts.iter().filter_map(|text| text.as_string()) {
            entries.extend(text.lines().filter_map(LogEntry::parse));
            pauses.breathe().await;
        }
        Ok((entries, extent.first > 0))
    }
}

/// How far the log reaches.
pub(super) async fn extent(transaction: &IdbTransaction) -> Result<LogExtent, JsValue> {
    Ok(LogExtent::parse(&about(transaction, LOG).await?.as_string().unwrap_or_default()))
}

/// Keeps how far the log reaches.
pub(super) fn set_extent(transaction: &IdbTransaction, extent: LogExtent) -> Result<(), JsValue> {
    set_about(transaction, LOG, &extent.text().into())
}
