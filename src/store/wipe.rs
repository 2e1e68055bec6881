//! Deletion for good: everything at a reset, and all older text of what is forgotten.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::domain::id::Id;
use crate::exchange::format::VERSION;
use crate::record::path::Path;
use crate::record::{Record, history};

use super::QuarantineEntry;
use super::error::StoreError;
use super::history::{extent, set_extent};
use super::indexed_db::{IndexedDb, now_in_milliseconds};
use super::loss::next_epoch;
use super::pack::{lines, pack, unpack};
use super::report::report;
use super::request::{all_entries, answer, completion, count, read_transaction, set_count, write_transaction};
use super::schema::{EPOCH, FORGETTINGS, LOG, META, QUARANTINE, RECORDS, SNAPSHOTS, STORES, WRITES};
use super::snapshot::Snapshot;

impl IndexedDb {
    /// Deletes everything, and begins a new epoch above both the given and the stored one. Returns the new epoch. A
    /// page that knows an older epoch writes no more.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn reset(&self, known_epoch: u64) -> Result<u64, StoreError> {
        let transaction = write_transaction(&self.database(), &STORES)?;
        let done = completion(&transaction);
        self.check(&transaction).await?;
        for store in [RECORDS, QUARANTINE, SNAPSHOTS, LOG] {
            transaction.object_store(store)?.clear()?;
        }
        let epoch = next_epoch(self.mark().epoch.max(known_epoch), now_in_milliseconds().unsigned_abs());
        set_count(&transaction, EPOCH, epoch)?;
        set_extent(&transaction, super::log::LogExtent::default())?;
        set_count(&transaction, WRITES, self.mark().writes + 1)?;
        JsFuture::from(done).await?;
        Ok(epoch)
    }

    /// Deletes the older text of a record (`entry` is `None`) or of one of its entries from the log, the snapshots and
    /// the quarantine. [`IndexedDb::put`] writes the record as it is now, before this is called.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn forget(&self, id: &Id, entry: Option<&Path>) -> Result<(), StoreError> {
        // Repeats if another tab has taken a snapshot meanwhile.
        loop {
            let transaction = read_transaction(&self.database(), &[META, SNAPSHOTS])?;
            self.check(&transaction).await?;
            let (names, values) = all_entries(&transaction.object_store(SNAPSHOTS)?).await?;
            let mut rewritten = Vec::new();
            for (name, value) in names.iter().zip(values.iter()) {
                let Some(snapshot) = name.as_string().and_then(|name| Snapshot::parse(&name)) else {
                    report("forgetting text in a snapshot: unknown name", &name);
                    continue;
                };
                let text = unpack(&value).await?;
                if !text.contains(id.as_str()) {
                    continue;
                }
                // An older version may have used another path for the entry, so the whole record is cleared there.
                let entry = entry.filter(|_| snapshot.version == VERSION);
                let (packed, bytes) = pack(&lines(&without_text_of(&text, id, entry))).await;
                rewritten.push((name, Snapshot { bytes, ..snapshot }, packed));
            }
            if self.write_forgotten(id, entry, &names, rewritten).await? {
                return Ok(());
            }
        }
    }

    /// Does all writes of [`IndexedDb::forget`] in one transaction. `snapshot_names` are the names that `forget` read.
    /// Returns `false`, with nothing done, where a snapshot was taken meanwhile.
    async fn write_forgotten(
        &self,
        id: &Id,
        entry: Option<&Path>,
        snapshot_names: &Array,
        rewritten: Vec<(JsValue, Snapshot, JsValue)>,
    ) -> Result<bool, StoreError> {
        let transaction = write_transaction(&self.database(), &STORES)?;
        let done = completion(&transaction);
        self.check(&transaction).await?;
        let snapshots = transaction.object_store(SNAPSHOTS)?;
        let names_now: Array = answer(&snapshots.get_all_keys()?).await?.unchecked_into();
        if names_now.join("\n") != snapshot_names.join("\n") {
            return Ok(false);
        }
        for (name, snapshot, packed) in rewritten {
            snapshots.delete(&name)?;
            snapshots.put_with_key(&packed, &snapshot.name().into())?;
        }
        let log = transaction.object_store(LOG)?;
        let mut extent = extent(&transaction).await?;
        let (numbers, texts) = all_entries(&log).await?;
        for (number, text) in numbers.iter().zip(texts.iter()) {
            // The app writes texts alone into the log; another value holds none of the user's text.
            let text = text.as_string().unwrap_or_default();
            if let Some(rest) = history::without_record(&text, id, entry) {
                extent.bytes = extent.bytes.saturating_sub(text.len() as u64) + rest.len() as u64;
                log.put_with_key(&rest.into(), &number)?;
            }
        }
        // The next number is skipped, so that no tab continues the last line of the log, which may have been forgotten.
        extent.append(0);
        set_extent(&transaction, extent)?;
        let quarantine = transaction.object_store(QUARANTINE)?;
        let (names, _) = all_entries(&quarantine).await?;
        let is_of_record = |name: &JsValue| name.as_string().is_some_and(|name| QuarantineEntry::is_of(&name, id));
        for name in names.iter().filter(is_of_record) {
            quarantine.delete(&name)?;
        }
        let forgettings = count(&transaction, FORGETTINGS).await?.unwrap_or_default() + 1;
        set_count(&transaction, FORGETTINGS, forgettings)?;
        JsFuture::from(done).await?;
        Ok(true)
    }
}

/// The lines of a snapshot without the text of a record, or of one of its entries. A line that names the record and
/// cannot be read is deleted on purpose, since it may hold that text.
fn without_text_of(text: &str, id: &Id, entry: Option<&Path>) -> String {
    let lines = text.lines().filter_map(|line| {
        if !line.contains(id.as_str()) {
            return Some(line.to_owned());
        }
        let mut record = serde_json::from_str::<Record>(line).ok()?;
        if record.id() == id {
            record.forget_in_copy(entry);
        }
        serde_json::to_string(&record).ok()
    });
    lines.collect::<Vec<_>>().join("\n")
}
