//! Names and version of the object stores in IndexedDB.

/// The records, as JSON texts under their ids.
pub(super) const RECORDS: &str = "records";
/// The quarantine: values that could not be read, and texts of an older version from before their migration.
pub(super) const QUARANTINE: &str = "aside";
/// The snapshots: see [`super::snapshot`].
pub(super) const SNAPSHOTS: &str = "snapshots";
/// The log of changes: see [`super::log`]. Its extent lies in [`META`] under the same name.
pub(super) const LOG: &str = "log";
/// Values about the database itself: the version of its data, and the counts below.
pub(super) const META: &str = "about";
/// All object stores.
pub(super) const STORES: [&str; 5] = [RECORDS, QUARANTINE, SNAPSHOTS, LOG, META];

/// The number of saves to this database.
pub(super) const WRITES: &str = "writes";
/// The epoch, which every reset raises.
pub(super) const EPOCH: &str = "epoch";
/// The number of times that something was forgotten.
pub(super) const FORGETTINGS: &str = "forgettings";
/// The time of the first save, in milliseconds. It tells this database from one that was made in its place.
pub(super) const BIRTH: &str = "birth";
/// The version of the data. It is written with the first record.
pub(super) const WRITTEN_BY: &str = "version";

/// The version of the arrangement of object stores. A higher version creates the stores that are missing.
pub(super) const DATABASE_VERSION: u32 = 3;
