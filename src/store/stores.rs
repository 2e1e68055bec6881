//! The two stores of a browser together, and how safe a record is by where it is.

use crate::domain::date::Timestamp;
use crate::domain::id::Id;
use crate::record::history::{ChangeOrigin, LogEntry};
use crate::record::path::Path;
use crate::record::{Record, Records};

use super::error::Failure;
use super::indexed_db::{IndexedDb, milliseconds};
use super::local_storage::{LocalStorage, StorageRefusal};
use super::loss::next_epoch;
use super::snapshot::{Occasion, Snapshot};

/// The version of the first records that were ever stored. Nothing said so then.
pub(super) const FIRST_STORED: u64 = 2;

/// How safe what was last written is, the safest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// The mirror has it: it survives the death of the browser.
    Kept,
    /// The mirror has it; localStorage has no room for it.
    FastFull,
    /// localStorage alone has it: the mirror is denied, failed or silent.
    WithoutMirror,
    /// Neither has it.
    NotKept,
    /// This page may not write here any more.
    Closed(Closed),
}

/// Why a page writes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Closed {
    /// It was started to read alone.
    ReadOnly,
    /// Another tab has deleted everything: what this one remembers must not come back.
    Reset,
    /// A newer version of the app has written here.
    Outdated,
}

/// Something that was put aside, since it could not be read or was written by an older version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarantineEntry {
    /// What it was called where it lay.
    pub name: String,
    /// The text, as it lay there.
    pub text: String,
}

impl QuarantineEntry {
    /// What is put aside is called by the record, the version it was migrated from where that is why, and a number.
    pub(super) fn name(id: &str, was: Option<u64>, number: i64) -> String {
        was.map_or_else(|| format!("{id}/{number}"), |version| format!("{id}/v{version}/{number}"))
    }

    /// Whether a name is of a record.
    pub(super) fn is_of(name: &str, id: &Id) -> bool {
        name.strip_prefix(id.as_str()).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Whether it could not be read. Else it is what an older version wrote, and has been migrated.
    pub fn is_damaged(&self) -> bool {
        // Two words say that it could not, three what it was migrated from.
        self.name.split('/').count() == 2
    }
}

/// The two stores of this browser, as far as it grants them.
#[derive(Clone, Debug)]
pub struct Store {
    fast: Option<LocalStorage>,
    mirror: Option<IndexedDb>,
    closed: Option<Closed>,
}

/// What the mirror held at the start.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Its records.
    pub records: Records,
    /// Whether what was at hand is of an epoch that is over.
    pub was_reset: bool,
}

impl Store {
    /// Asks the browser for localStorage. What it denies is done without.
    pub fn open(is_read_only: bool) -> Self {
        Self { fast: LocalStorage::open(), mirror: None, closed: is_read_only.then_some(Closed::ReadOnly) }
    }

    /// Why nothing is written, if nothing is: whichever store says so, neither is.
    pub fn closed(&self) -> Option<Closed> {
        self.closed.or_else(|| self.fast.as_ref().and_then(LocalStorage::closed))
    }

    /// Nothing is written from now on.
    pub const fn close(&mut self, why: Closed) {
        self.closed = Some(why);
    }

    /// Whether the browser keeps nothing at all.
    pub const fn is_denied(&self) -> bool {
        self.fast.is_none() && self.mirror.is_none()
    }

    /// What is at hand at once.
    pub fn at_hand(&self) -> Records {
        self.fast.as_ref().map(|fast| fast.load(self.closed.is_none())).unwrap_or_default()
    }

    /// Whether there is a mirror to try again.
    pub const fn has_mirror(&self) -> bool {
        self.mirror.is_some()
    }

    /// localStorage.
    pub const fn local_storage(&self) -> Option<&LocalStorage> {
        self.fast.as_ref()
    }

    /// Opens the mirror and gives all that it holds.
    pub async fn load_mirror(&mut self) -> Loaded {
        self.closed = self.closed();
        if self.closed.is_some_and(|why| why != Closed::ReadOnly) {
            return Loaded::default();
        }
        let may_write = self.closed.is_none();
        let opened = if may_write { IndexedDb::open().await } else { IndexedDb::open_to_read().await };
        let Ok(mirror) = opened else { return Loaded::default() };
        match mirror.load(may_write).await {
            Ok(records) => {
                let was_reset = self.fast.as_ref().is_some_and(|fast| fast.epoch() < mirror.mark().epoch);
                if was_reset && may_write {
                    // A reset was cut off before it came to localStorage.
                    self.fast.iter().for_each(|fast| fast.begin(mirror.mark().epoch));
                    self.fast = LocalStorage::open();
                }
                self.mirror = Some(mirror);
                Loaded { records, was_reset }
            }
            Err(Failure::Closed(why)) => {
                self.closed = Some(why);
                Loaded::default()
            }
            Err(Failure::Refused(_)) => Loaded::default(),
        }
    }

    /// Some records, as the mirror has them now.
    ///
    /// # Errors
    /// Why this page may not go on.
    pub async fn get(&self, ids: &[Id]) -> Result<Vec<Record>, Closed> {
        match &self.mirror {
            Some(mirror) => or_closed(mirror.get(ids).await),
            None => Ok(Vec::new()),
        }
    }

    /// All records, as the mirror has them now, if others have written there.
    ///
    /// # Errors
    /// Why this page may not go on.
    pub async fn changes_elsewhere(&self) -> Result<Records, Closed> {
        if let Some(why) = self.closed().filter(|&why| why != Closed::ReadOnly) {
            return Err(why);
        }
        let Some(mirror) = &self.mirror else { return Ok(Records::new()) };
        let has_news = or_closed(mirror.has_news().await)?;
        if has_news { or_closed(mirror.load(self.closed.is_none()).await) } else { Ok(Records::new()) }
    }

    /// All that was put aside.
    pub async fn quarantine(&self) -> Vec<QuarantineEntry> {
        let mut aside = self.fast.as_ref().map(LocalStorage::aside).unwrap_or_default();
        if let Some(mirror) = &self.mirror {
            aside.extend(mirror.aside().await.unwrap_or_default());
        }
        aside
    }

    /// Writes a record to localStorage: all there is time for when a page is being left. One of many may be spared.
    pub fn put_at_hand(&self, record: &Record, may_be_spared: bool) -> AtHand {
        match (&self.fast, self.closed) {
            (_, Some(why)) => AtHand::Closed(why),
            (None, _) => AtHand::Denied,
            (Some(fast), _) => match fast.put(record, may_be_spared && self.mirror.is_some()) {
                Ok(true) => AtHand::Put,
                Ok(false) => AtHand::Spared,
                Err(StorageRefusal::Closed(why)) => AtHand::Closed(why),
                Err(StorageRefusal::Full | StorageRefusal::Damaged) => AtHand::Refused,
            },
        }
    }

    /// Writes records that are at hand already to the mirror, and gives them as it now has them, merged with what other
    /// tabs put there, and whether it has them. Where one cannot be written with the others, each is written alone.
    pub async fn put(&self, records: Vec<Record>, how: ChangeOrigin) -> Vec<(Record, Mirrored)> {
        let all = |records: Vec<Record>, how| records.into_iter().map(|record| (record, how)).collect();
        let mirror = match (&self.mirror, self.closed()) {
            (_, Some(why)) => return all(records, Mirrored::Closed(why)),
            (None, _) => return all(records, Mirrored::No),
            (Some(mirror), _) => mirror,
        };
        match mirror.put(&records, how).await {
            Ok(merged) => return all(merged, Mirrored::Yes),
            Err(Failure::Closed(why)) => return all(records, Mirrored::Closed(why)),
            Err(Failure::Refused(_)) => {}
        }
        let mut written = Vec::with_capacity(records.len());
        for record in records {
            let merged = mirror.put(std::slice::from_ref(&record), how).await.ok().and_then(|mut merged| merged.pop());
            let mirrored = if merged.is_some() { Mirrored::Yes } else { Mirrored::No };
            written.push((merged.unwrap_or(record), mirrored));
        }
        written
    }

    /// Whether a store has lost what it held since this was asked last: then every record is to be written again, in both.
    pub fn take_loss(&self) -> bool {
        let fast = self.fast.as_ref().filter(|fast| fast.is_lost.take());
        let is_lost = fast.is_some() | self.mirror.as_ref().is_some_and(|mirror| mirror.is_lost.take());
        if let (Some(fast), Some(mirror)) = (fast, &self.mirror)
            && mirror.mark().epoch > fast.epoch()
        {
            fast.raise(mirror.mark().epoch);
        }
        is_lost
    }

    /// Takes a snapshot of all that the mirror holds, if one is due. Where it cannot be taken, work goes on.
    pub async fn take_snapshot(&self, now: Timestamp, occasion: Occasion) {
        if let (Some(mirror), None) = (&self.mirror, self.closed()) {
            drop(mirror.take_snapshot(now, occasion).await);
        }
    }

    /// The snapshots, the oldest first.
    pub async fn snapshots(&self) -> Vec<Snapshot> {
        match &self.mirror {
            Some(mirror) => mirror.snapshots().await.unwrap_or_default(),
            None => Vec::new(),
        }
    }

    /// What is in a snapshot; `None` where it cannot be read.
    pub async fn snapshot(&self, snapshot: &Snapshot) -> Option<Records> {
        self.mirror.as_ref()?.snapshot(snapshot).await.ok()
    }

    /// The changes that the log tells of, the oldest first, and whether older ones were dropped; `None` where it cannot be
    /// read.
    pub async fn history(&self) -> Option<(Vec<LogEntry>, bool)> {
        self.mirror.as_ref()?.history().await.ok()
    }

    /// Deletes everything. Every tab that was open before, this one too, writes no more: its page is to be loaded again.
    ///
    /// # Errors
    /// The mirror could not be emptied; then nothing was deleted.
    pub async fn reset(&self) -> Result<(), Failure> {
        if let Some(why) = self.closed() {
            return Err(Failure::Closed(why));
        }
        let mut epoch = self.fast.as_ref().map_or(0, LocalStorage::epoch);
        epoch = match &self.mirror {
            Some(mirror) => mirror.reset(epoch).await?,
            None => next_epoch(epoch, milliseconds().unsigned_abs()),
        };
        self.fast.iter().for_each(|fast| fast.begin(epoch));
        Ok(())
    }

    /// Takes what a record (`None`), or an entry of it, once said out of everything but the record itself: the log, the
    /// snapshots, what was put aside. The record is [forgotten](Record::forget) and [put](Store::put) before.
    ///
    /// # Errors
    /// The mirror's: then it may be there still.
    pub async fn forget(&self, id: &Id, entry: Option<&Path>) -> Result<(), Failure> {
        if let Some(why) = self.closed() {
            return Err(Failure::Closed(why));
        }
        self.fast.iter().for_each(|fast| fast.forget(id));
        match &self.mirror {
            Some(mirror) => mirror.forget(id, entry).await,
            None => Ok(()),
        }
    }
}

/// What the mirror said; nothing where it failed. Only that this page may not go on is told.
fn or_closed<T: Default>(outcome: Result<T, Failure>) -> Result<T, Closed> {
    match outcome {
        Ok(found) => Ok(found),
        Err(Failure::Closed(why)) => Err(why),
        Err(Failure::Refused(_)) => Ok(T::default()),
    }
}

/// Whether a record is at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtHand {
    /// It is.
    Put,
    /// There is no room, or what is there is damaged.
    Refused,
    /// It is left to the mirror alone: what is at hand is enough.
    Spared,
    /// There is no localStorage.
    Denied,
    /// This page may not write here any more.
    Closed(Closed),
}

/// Whether the mirror has a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mirrored {
    /// It has, on the disk.
    Yes,
    /// It has not.
    No,
    /// This page may not write there any more.
    Closed(Closed),
}

impl Safety {
    /// How safe a record is by where it is.
    pub const fn of(at_hand: AtHand, mirrored: Mirrored) -> Self {
        match (mirrored, at_hand) {
            (Mirrored::Closed(why), _) | (_, AtHand::Closed(why)) => Self::Closed(why),
            (Mirrored::Yes, AtHand::Refused) => Self::FastFull,
            (Mirrored::Yes, AtHand::Put | AtHand::Spared | AtHand::Denied) => Self::Kept,
            (Mirrored::No, AtHand::Put) => Self::WithoutMirror,
            (Mirrored::No, AtHand::Refused | AtHand::Spared | AtHand::Denied) => Self::NotKept,
        }
    }
}

/// What every key and name begins with: the app, the generation of its data, and the path of this deployment, so that
/// a preview under another path never touches it.
pub(super) fn prefix() -> String {
    let path = js_sys::global();
    let path = js_sys::Reflect::get(&path, &"location".into())
        .and_then(|location| js_sys::Reflect::get(&location, &"pathname".into()))
        .ok()
        .and_then(|path| path.as_string())
        .unwrap_or_default();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("kvalitetshjul/1{folder}/")
}
