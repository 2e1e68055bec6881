//! The names and the arrangement of the object stores.

/// The records, as text, by their ids.
pub(super) const RECORDS: &str = "records";
/// What could not be read, and what an older version had written before it was migrated.
pub(super) const ASIDE: &str = "aside";
/// How everything once was: see [`super::snapshot`].
pub(super) const SNAPSHOTS: &str = "snapshots";
/// What changed: see [`super::log`]. About it stands how far it reaches, under the same name.
pub(super) const LOG: &str = "log";
/// What is kept about what is here: the version, and the counts below.
pub(super) const ABOUT: &str = "about";
pub(super) const STORES: [&str; 5] = [RECORDS, ASIDE, SNAPSHOTS, LOG, ABOUT];

/// How often the mirror was written.
pub(super) const WRITES: &str = "writes";
/// How often everything was deleted.
pub(super) const EPOCH: &str = "epoch";
/// How often something was forgotten.
pub(super) const FORGETTINGS: &str = "forgettings";
/// What tells this database from one that was made in its place: the time of its first record.
pub(super) const BIRTH: &str = "birth";
/// The version of what is here. It is written with the first record.
pub(super) const WRITTEN_BY: &str = "version";

/// The arrangement of the stores. A higher one makes the stores that are missing.
pub(super) const ARRANGEMENT: u32 = 3;
