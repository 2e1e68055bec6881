//! What the browser keeps. It knows records, and nothing of what they mean.
//!
//! | file | idea |
//! | --- | --- |
//! | [`snapshot`] | how everything once was: which snapshots are kept. Pure |
//! | [`log`] | how far the log of changes reaches. Pure |
//! | [`loss`] | whether a store still holds what it held. Pure |
//! | `stores` | the two stores together, and how safe a record is |
//! | `local_storage` | localStorage: what is at hand at once |
//! | `indexed_db` | IndexedDB: what holds everything, and the one place where tabs meet |
//! | `history`, `taken`, `wipe` | the mirror's log of changes; its snapshots; reset and forgetting |
//! | `schema`, `error` | the names of the object stores; why a store did not do what it was asked to |
//! | `request`, `pack` | asking IndexedDB; many texts as one small value |
//! | `pause` | long work a little at a time |
//! | `preferences` | what is known of this device and its user, outside the records |
//! | `tabs` | what tabs tell one another |
//! | `report` | unexpected errors, kept for whoever mends the app |
//!
//! All but the pure ones are there in the browser only.
//!
//! # Invariants
//!
//! * Neither store is written before it has been read, or has been silent for long.
//! * The mirror is written by get–merge–put inside one transaction: whatever another tab put there is merged, never
//!   replaced. What changed is told to the log in the same transaction.
//! * Absence from localStorage never means deletion.
//! * A value that cannot be read is never written over: it is put aside first.
//! * What a newer version of the app has written is neither read nor written, and what an older one has written is never
//!   merged with before it was migrated.
//! * Who does not know of a reset writes nothing after it: every write looks at the epoch first.
//! * A store that the browser has emptied is noticed by the next save, which writes all records again.
//! * A page that was started without saving writes nothing at all.

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
mod stores;
#[cfg(target_arch = "wasm32")]
pub mod tabs;
#[cfg(target_arch = "wasm32")]
mod taken;
#[cfg(target_arch = "wasm32")]
mod wipe;

#[cfg(target_arch = "wasm32")]
pub use stores::{AtHand, Closed, Mirrored, QuarantineEntry, Safety, Store};
#[cfg(target_arch = "wasm32")]
use stores::{FIRST_STORED, prefix};
