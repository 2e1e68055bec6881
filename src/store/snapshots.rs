//! Snapshots in IndexedDB: taken, listed and read.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::IdbTransaction;

use crate::domain::date::Timestamp;
use crate::exchange::format::VERSION;
use crate::exchange::migrate::migrate;
use crate::record::{Record, Records};

use super::error::StoreError;
use super::indexed_db::IndexedDb;
use super::pack::{pack, unpack};
use super::pause::TimeSlices;
use super::report::report_json_error;
use super::request::{answer, completion, count, read_transaction, write_transaction};
use super::schema::{FORGETTINGS, META, RECORDS, SNAPSHOTS};
use super::snapshot::{Occasion, Snapshot, expired, is_due};

impl IndexedDb {
    /// Takes a snapshot of all records, if one is due, and deletes the snapshots that are no longer kept.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn take_snapshot(&self, now: Timestamp, occasion: Occasion) -> Result<(), StoreError> {
        let transaction = read_transaction(&self.database(), &[RECORDS, META, SNAPSHOTS])?;
        let version = self.check(&transaction).await?.unwrap_or(VERSION);
        let writes = self.mark().writes;
        let forgettings = count(&transaction, FORGETTINGS).await?;
        if !is_due(list_snapshots(&transaction).await?.last(), writes, now, occasion) {
            return Ok(());
        }
        let texts: Array = answer(&transaction.object_store(RECORDS)?.get_all()?).await?.unchecked_into();
        let records = texts.length().into();
        if records == 0 {
            return Ok(());
        }
        let (packed, bytes) = pack(&texts).await;
        let transaction = write_transaction(&self.database(), &[META, SNAPSHOTS])?;
        let done = completion(&transaction);
        self.check(&transaction).await?;
        // Text that was forgotten while the records were being packed must not end up in the snapshot.
        if count(&transaction, FORGETTINGS).await? != forgettings {
            return Ok(());
        }
        let store = transaction.object_store(SNAPSHOTS)?;
        let snapshot = Snapshot { writes, at: now, records, bytes, version, occasion };
        store.put_with_key(&packed, &snapshot.name().into())?;
        for snapshot in expired(&list_snapshots(&transaction).await?, now) {
            store.delete(&snapshot.name().into())?;
        }
        JsFuture::from(done).await?;
        Ok(())
    }

    /// The snapshots, the oldest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn snapshots(&self) -> Result<Vec<Snapshot>, StoreError> {
        Ok(list_snapshots(&read_transaction(&self.database(), &[SNAPSHOTS])?).await?)
    }

    /// The records in a snapshot, migrated to the current version. A record that cannot be read is left out and
    /// reported.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn snapshot(&self, snapshot: &Snapshot) -> Result<Records, StoreError> {
        let transaction = read_transaction(&self.database(), &[META, SNAPSHOTS])?;
        self.check(&transaction).await?;
        let packed = answer(&transaction.object_store(SNAPSHOTS)?.get(&snapshot.name().into())?).await?;
        let mut records = Records::new();
        let mut pauses = TimeSlices::begin();
        for (index, line) in unpack(&packed).await?.lines().enumerate() {
            match serde_json::from_str::<Record>(line) {
                Ok(mut record) => {
                    migrate(&mut record, snapshot.version);
                    records.insert(record.id().clone(), record);
                }
                Err(error) => {
                    report_json_error(&format!("reading record {index} of snapshot {}", snapshot.name()), &error);
                }
            }
            pauses.yield_if_due().await;
        }
        Ok(records)
    }
}

/// Lists the snapshots, the oldest first: their names sort in this order. A name that is none of a snapshot is skipped.
async fn list_snapshots(transaction: &IdbTransaction) -> Result<Vec<Snapshot>, JsValue> {
    let names: Array = answer(&transaction.object_store(SNAPSHOTS)?.get_all_keys()?).await?.unchecked_into();
    Ok(names.iter().filter_map(|name| Snapshot::parse(&name.as_string()?)).collect())
}
