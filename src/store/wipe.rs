//! What must be gone afterwards: everything at a reset, and of what is forgotten every older word.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::domain::id::Id;
use crate::exchange::format::VERSION;
use crate::record::path::Path;
use crate::record::{Record, history};

use super::QuarantineEntry;
use super::error::Failure;
use super::history::{extent, set_extent};
use super::indexed_db::{IndexedDb, milliseconds};
use super::loss::next_epoch;
use super::pack::{lines, pack, unpack};
use super::request::{all, answer, completion, count, durable, reading, set_count};
use super::schema::{ABOUT, ASIDE, EPOCH, FORGETTINGS, LOG, RECORDS, SNAPSHOTS, STORES, WRITES};
use super::snapshot::Snapshot;

impl IndexedDb {
    /// Deletes everything, and begins a new epoch above the given one, which it gives: whoever knows an older one
    /// writes no more.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn reset(&self, above: u64) -> Result<u64, Failure> {
        let transaction = durable(&self.database(), &STORES)?;
        let done = completion(&transaction);
        self.check(&transaction).await?;
        for store in [RECORDS, ASIDE, SNAPSHOTS, LOG] {
            transaction.object_store(store)?.clear()?;
        }
        let epoch = next_epoch(self.mark().epoch.max(above), milliseconds().unsigned_abs());
        set_count(&transaction, EPOCH, epoch)?;
        set_extent(&transaction, super::log::LogExtent::default())?;
        set_count(&transaction, WRITES, self.mark().writes + 1)?;
        JsFuture::from(done).await?;
        Ok(epoch)
    }

    /// Takes what a record (`None`), or an entry of it, once said out of the log, the snapshots and what was put aside.
    /// The record as it is now is written by [`Mirror::put`], before.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn forget(&self, id: &Id, entry: Option<&Path>) -> Result<(), Failure> {
        loop {
            let transaction = reading(&self.database(), &[ABOUT, SNAPSHOTS])?;
            self.check(&transaction).await?;
            let (names, values) = all(&transaction.object_store(SNAPSHOTS)?).await?;
            let mut without = Vec::new();
            for (name, value) in names.iter().zip(values.iter()) {
                let Some(snapshot) = name.as_string().and_then(|name| Snapshot::parse(&name)) else { continue };
                let text = unpack(&value).await?;
                if !text.contains(id.as_str()) {
                    continue;
                }
                // An older version may have called the entry otherwise.
                let entry = entry.filter(|_| snapshot.version == VERSION);
                let (packed, bytes) = pack(&lines(&without_words(&text, id, entry))).await;
                without.push((name, Snapshot { bytes, ..snapshot }, packed));
            }
            if self.forget_at_once(id, entry, &names, without).await? {
                return Ok(());
            }
        }
    }

    /// All that [`Mirror::forget`] writes, in one transaction; `false` where a snapshot was taken meanwhile.
    async fn forget_at_once(
        &self,
        id: &Id,
        entry: Option<&Path>,
        names: &Array,
        without: Vec<(JsValue, Snapshot, JsValue)>,
    ) -> Result<bool, Failure> {
        let transaction = durable(&self.database(), &STORES)?;
        let done = completion(&transaction);
        self.check(&transaction).await?;
        let snapshots = transaction.object_store(SNAPSHOTS)?;
        let there: Array = answer(&snapshots.get_all_keys()?).await?.unchecked_into();
        if there.join("\n") != names.join("\n") {
            return Ok(false);
        }
        for (name, snapshot, packed) in without {
            snapshots.delete(&name)?;
            snapshots.put_with_key(&packed, &snapshot.name().into())?;
        }
        let log = transaction.object_store(LOG)?;
        let mut extent = extent(&transaction).await?;
        let (places, texts) = all(&log).await?;
        for (place, text) in places.iter().zip(texts.iter()) {
            let text = text.as_string().unwrap_or_default();
            if let Some(kept) = history::forgotten(&text, id, entry) {
                extent.bytes = extent.bytes.saturating_sub(text.len() as u64) + kept.len() as u64;
                log.put_with_key(&kept.into(), &place)?;
            }
        }
        // No tab goes on in what it said last: it may have been this.
        extent.append(0);
        set_extent(&transaction, extent)?;
        let aside = transaction.object_store(ASIDE)?;
        let (places, _) = all(&aside).await?;
        let is_of_it = |place: &JsValue| place.as_string().is_some_and(|name| QuarantineEntry::is_of(&name, id));
        for place in places.iter().filter(is_of_it) {
            aside.delete(&place)?;
        }
        let forgettings = count(&transaction, FORGETTINGS).await?.unwrap_or_default() + 1;
        set_count(&transaction, FORGETTINGS, forgettings)?;
        JsFuture::from(done).await?;
        Ok(true)
    }
}

/// The lines of a snapshot without the words of a record, or of an entry of it. A line that names it and cannot be read
/// goes: it may hold them.
fn without_words(text: &str, id: &Id, entry: Option<&Path>) -> String {
    let kept = text.lines().filter_map(|line| {
        if !line.contains(id.as_str()) {
            return Some(line.to_owned());
        }
        let mut record = serde_json::from_str::<Record>(line).ok()?;
        if record.id() == id {
            record.forget_in_copy(entry);
        }
        serde_json::to_string(&record).ok()
    });
    kept.collect::<Vec<_>>().join("\n")
}
