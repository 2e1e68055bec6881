//! The browser's stores: localStorage and IndexedDB. They hold records without knowing what the records mean.
//!
//! | file | purpose |
//! | --- | --- |
//! | [`snapshot`] | names snapshots and decides which of them are kept. Pure |
//! | [`log`] | bounds the log of changes. Pure |
//! | [`loss`] | tells a reset by the app from a loss of data in the browser. Pure |
//! | `stores` | combines both stores, and rates how safe a saved record is |
//! | `local_storage` | localStorage: some records, read synchronously for the first paint |
//! | `indexed_db` | IndexedDB: all records, and the one place where tabs are serialised |
//! | `history`, `snapshots`, `wipe` | IndexedDB's log of changes; its snapshots; reset and forgetting |
//! | `schema`, `error` | names of the object stores; errors of IndexedDB |
//! | `request`, `pack` | requests and transactions of IndexedDB; gzip compression of many texts |
//! | `pause` | splits long work into slices |
//! | `preferences` | small texts about this device and its user, outside the records |
//! | `tabs` | messages between tabs |
//! | `report` | reports unexpected errors |
//!
//! Modules that are not marked as pure exist in the browser only.
//!
//! # Invariants
//!
//! * Neither store is written before it has been read, or has not answered for 3 seconds.
//! * A save to IndexedDB reads, merges and writes inside one transaction, so that what another tab wrote is merged and
//!   never replaced. The log of changes is written in the same transaction.
//! * A record that is absent from localStorage is never taken for a deleted one.
//! * A value that cannot be read is never overwritten: it is moved to quarantine first.
//! * Data of a newer version of the app is neither read nor written. Data of an older version is migrated before it is
//!   merged.
//! * Every write compares epochs first: a page that has not heard of a reset writes nothing after it.
//! * The next save notices that the browser has emptied a store, and writes all records again.
//! * A page that was started without saving writes nothing at all.
//! * No error is dropped without a word: an expected one is handled where it occurs, any other is passed to
//!   `report::report` or to the caller.

pub mod log;
pub mod loss;
pub mod snapshot;

#[cfg(target_arch = "wasm32")]
pub mod error;
#[cfg(target_arch = "wasm32")]
mod history;
#[cfg(target_arch = "wasm32")]
pub mod indexed_db;
#[cfg(target_arch = "wasm32")]
pub mod local_storage;
#[cfg(target_arch = "wasm32")]
mod pack;
#[cfg(target_arch = "wasm32")]
pub mod pause;
#[cfg(target_arch = "wasm32")]
pub mod preferences;
#[cfg(target_arch = "wasm32")]
pub mod report;
#[cfg(target_arch = "wasm32")]
mod request;
#[cfg(target_arch = "wasm32")]
mod schema;
#[cfg(target_arch = "wasm32")]
mod snapshots;
#[cfg(target_arch = "wasm32")]
mod stores;
#[cfg(target_arch = "wasm32")]
pub mod tabs;
#[cfg(target_arch = "wasm32")]
mod wipe;

#[cfg(target_arch = "wasm32")]
use stores::{FIRST_STORED_VERSION, prefix};
#[cfg(target_arch = "wasm32")]
pub use stores::{IndexedDbWrite, LocalWrite, QuarantineEntry, Safety, Store, WriteBlock, is_demo};
