//! Snapshots in the mirror: taken of what it holds, listed, and read.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::IdbTransaction;

use crate::domain::date::Timestamp;
use crate::exchange::format::VERSION;
use crate::exchange::migrate::migrate;
use crate::record::{Record, Records};

use super::error::Failure;
use super::indexed_db::IndexedDb;
use super::pack::{pack, unpack};
use super::pause::Pauses;
use super::request::{answer, completion, count, durable, reading};
use super::schema::{ABOUT, FORGETTINGS, RECORDS, SNAPSHOTS};
use super::snapshot::{Occasion, Snapshot, is_due, outlived};

impl IndexedDb {
    /// Takes a snapshot of all that is here, if one is due, and drops those that are no longer kept.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn take_snapshot(&self, now: Timestamp, occasion: Occasion) -> Result<(), Failure> {
        let transaction = reading(&self.database(), &[RECORDS, ABOUT, SNAPSHOTS])?;
        let version = self.check(&transaction).await?.unwrap_or(VERSION);
        let writes = self.mark().writes;
        let forgettings = count(&transaction, FORGETTINGS).await?;
        if !is_due(listed(&transaction).await?.last(), writes, now, occasion) {
            return Ok(());
        }
        let texts: Array = answer(&transaction.object_store(RECORDS)?.get_all()?).await?.unchecked_into();
        let records = texts.length().into();
        if records == 0 {
            return Ok(());
        }
        let (packed, bytes) = pack(&texts).await;
        let transaction = durable(&self.database(), &[ABOUT, SNAPSHOTS])?;
        let done = completion(&transaction);
        self.check(&transaction).await?;
        // What was forgotten while it was packed must not come to lie in it.
        if count(&transaction, FORGETTINGS).await? != forgettings {
            return Ok(());
        }
        let store = transaction.object_store(SNAPSHOTS)?;
        let taken = Snapshot { writes, at: now, records, bytes, version, occasion };
        store.put_with_key(&packed, &taken.name().into())?;
        for snapshot in outlived(&listed(&transaction).await?, now) {
            store.delete(&snapshot.name().into())?;
        }
        JsFuture::from(done).await?;
        Ok(())
    }

    /// The snapshots, the oldest first.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn snapshots(&self) -> Result<Vec<Snapshot>, Failure> {
        Ok(listed(&reading(&self.database(), &[SNAPSHOTS])?).await?)
    }

    /// What is in a snapshot, of this version, as far as it can be read.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn snapshot(&self, snapshot: &Snapshot) -> Result<Records, Failure> {
        let transaction = reading(&self.database(), &[ABOUT, SNAPSHOTS])?;
        self.check(&transaction).await?;
        let packed = answer(&transaction.object_store(SNAPSHOTS)?.get(&snapshot.name().into())?).await?;
        let mut records = Records::new();
        let mut pauses = Pauses::begin();
        for line in unpack(&packed).await?.lines() {
            if let Ok(mut record) = serde_json::from_str::<Record>(line) {
                migrate(&mut record, snapshot.version);
                records.insert(record.id().clone(), record);
            }
            pauses.breathe().await;
        }
        Ok(records)
    }
}

/// The snapshots that are there, the oldest first: their names sort so.
async fn listed(transaction: &IdbTransaction) -> Result<Vec<Snapshot>, JsValue> {
    let names: Array = answer(&transaction.object_store(SNAPSHOTS)?.get_all_keys()?).await?.unchecked_into();
    Ok(names.iter().filter_map(|name| Snapshot::parse(&name.as_string()?)).collect())
}
