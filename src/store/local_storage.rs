//! localStorage: records that can be read synchronously, each under a key of its own.
//!
//! Version and epoch are parts of a key. Records of an older version are read, never overwritten, and stay until
//! everything is deleted. Records of an earlier epoch are ignored and deleted, even if a page that missed the reset
//! still writes them.

use std::cell::Cell;
use std::fmt::Debug;
use std::rc::Rc;

use gloo_storage::errors::StorageError;
use gloo_storage::{LocalStorage as BrowserStorage, Storage};
use web_sys::StorageEvent;

use crate::domain::id::Id;
use crate::exchange::format::VERSION;
use crate::exchange::migrate::migrate;
use crate::record::{Record, Records};

use super::loss::{Mark, MarkChange};
use super::preferences::Preferences;
use super::report::{describe_json_error, report, report_json_error};
use super::{FIRST_STORED_VERSION, QuarantineEntry, WriteBlock, prefix};

/// localStorage, where the browser grants it. Clones share one state.
#[derive(Clone, Debug)]
pub struct LocalStorage {
    prefix: String,
    /// The mark that localStorage had last: its epoch, and whether anything was ever written here.
    mark: Rc<Cell<Mark>>,
    /// Whether localStorage has lost its content, and the workspace has not been told yet.
    pub(super) is_lost: Rc<Cell<bool>>,
    /// An upper bound of the characters in localStorage: a record that is overwritten is counted again.
    used: Rc<Cell<usize>>,
}

/// The number of characters above which localStorage takes new records only if they are edited by hand. A start can
/// read so much before the user notices. IndexedDB has everything. (The browsers that grant least grant 5 million.)
const ENOUGH: usize = 150_000;

/// Escapes the characters of a JSON text above U+00FF. Safari counts every character double in a text that has one.
fn in_latin1(text: &str) -> String {
    let mut latin1 = String::with_capacity(text.len());
    for char in text.chars() {
        if char <= '\u{ff}' {
            latin1.push(char);
        } else {
            // Such a character occurs inside JSON strings alone, where an escape is allowed.
            for unit in char.encode_utf16(&mut [0; 2]) {
                latin1.push_str("\\u");
                latin1.extend(
                    [12, 8, 4, 0].map(|shift| char::from(b"0123456789abcdef"[usize::from(*unit >> shift & 15)])),
                );
            }
        }
    }
    latin1
}

/// The reason why a record was not written. The text under its key is as it was before.
#[derive(Debug)]
pub enum StorageRefusal {
    /// The browser refused the text, as a rule because there is no room. The status bar tells the user.
    Full,
    /// This page may not write here any more.
    Closed(WriteBlock),
    /// The text under the record's key cannot be read, or contradicts the record.
    Damaged,
}

/// What another tab has done in localStorage.
#[derive(Debug)]
pub enum StorageEventKind {
    /// Another tab has written a record.
    Record(Box<Record>),
    /// Another tab has done something after which this page may not write.
    Closed(WriteBlock),
}

/// The parts of a record's key.
#[derive(Debug)]
struct RecordKey {
    id: String,
    version: u64,
    epoch: u64,
}

impl LocalStorage {
    /// Probes localStorage once and through a result: the wrapper panics where localStorage is denied. `None` then,
    /// which is expected: the status bar tells the user.
    pub fn open() -> Option<Self> {
        web_sys::window()?.local_storage().ok()??;
        let storage = Self { prefix: prefix(), mark: Rc::default(), is_lost: Rc::default(), used: Rc::default() };
        storage.mark.set(storage.stored_mark());
        Some(storage)
    }

    /// The key of a record: `record/7f3a`, with the version unless it is the first that was ever stored, and with the
    /// epoch if there was a reset: `record.3#1/7f3a`. No path of an address contains `#`, so no other deployment has
    /// such keys.
    fn key(&self, id: &str) -> String {
        let version = if VERSION == FIRST_STORED_VERSION { String::new() } else { format!(".{VERSION}") };
        let epoch = if self.epoch() == 0 { String::new() } else { format!("#{}", self.epoch()) };
        format!("{}record{version}{epoch}/{id}", self.prefix)
    }

    /// Parses the key of a record; `None` for any other key. A deployment in a folder called `record` has keys that
    /// begin in the same way. They are told apart because an id contains no slash, and because `version` is excluded.
    fn parse_key(&self, key: &str) -> Option<RecordKey> {
        let (folder, id) = key.strip_prefix(&self.prefix)?.strip_prefix("record")?.split_once('/')?;
        let (version, epoch) = folder.split_once('#').map_or((folder, Some(0)), |(v, epoch)| (v, epoch.parse().ok()));
        let version =
            if version.is_empty() { FIRST_STORED_VERSION } else { version.strip_prefix('.')?.parse().ok()? };
        (Id::parse(id).is_some() && id != "version").then_some(RecordKey { id: id.to_owned(), version, epoch: epoch? })
    }

    fn version_key(&self) -> String {
        format!("{}version", self.prefix)
    }

    fn epoch_key(&self) -> String {
        format!("{}#epoch", self.prefix)
    }

    /// The version of the app that wrote here last.
    fn stored_version(&self) -> Option<u64> {
        // A damaged number counts as none: the next write replaces it.
        BrowserStorage::get(self.version_key()).ok()
    }

    fn stored_mark(&self) -> Mark {
        // The version is written before the first record, and stays.
        let birth = self.stored_version().map(|_| 0);
        // A missing or damaged number counts as epoch 0, and IndexedDB's epoch is believed instead.
        Mark { epoch: BrowserStorage::get(self.epoch_key()).unwrap_or_default(), birth, writes: 0 }
    }

    /// The epoch that this page knows.
    pub fn epoch(&self) -> u64 {
        self.mark.get().epoch
    }

    /// Raises the epoch to that of IndexedDB, which is believed, after localStorage has lost its own.
    pub(super) fn raise_epoch(&self, epoch: u64) {
        match BrowserStorage::set(self.epoch_key(), epoch) {
            Ok(()) => self.mark.set(Mark { epoch, ..self.mark.get() }),
            Err(error) => report("raising the epoch of localStorage", &error),
        }
    }

    /// The reason why this page may not write here any more, if there is one.
    pub fn closed(&self) -> Option<WriteBlock> {
        if self.stored_version().is_some_and(|version| version > VERSION) {
            Some(WriteBlock::Outdated)
        } else {
            // After a loss another tab may have raised the epoch again. IndexedDB tells of a true reset then.
            let is_reset = Mark::compare(self.mark.get(), self.stored_mark()) == MarkChange::Reset;
            (is_reset && !self.is_lost.get()).then_some(WriteBlock::Reset)
        }
    }

    /// Deletes every text whose key begins with a prefix.
    pub(super) fn delete_all_of(prefix: &str) {
        Self::keys().iter().filter(|key| key.starts_with(prefix)).for_each(BrowserStorage::delete);
    }

    fn keys() -> Vec<String> {
        // Reading a key by its index does not fail in a storage that is granted.
        (0..BrowserStorage::length()).filter_map(|index| BrowserStorage::raw().key(index).ok()?).collect()
    }

    /// Loads the records of this epoch. A text that cannot be read is moved to quarantine, under another key. Where
    /// there is no room for that, or unless `may_write`, the text stays where it is.
    pub fn load(&self, may_write: bool) -> Records {
        let mut loaded = Records::new();
        if self.closed() == Some(WriteBlock::Outdated) {
            return loaded;
        }
        for key in Self::keys() {
            let Some(record_key) = self.parse_key(&key) else { continue };
            if record_key.epoch < self.epoch() && may_write {
                // A page wrote it that had not heard of the reset.
                BrowserStorage::delete(&key);
            }
            if record_key.epoch != self.epoch() || record_key.version > VERSION {
                continue;
            }
            match BrowserStorage::get::<Record>(&key) {
                Ok(mut record) => {
                    let length = BrowserStorage::raw().get_item(&key).ok().flatten().map_or(0, |text| text.len());
                    self.used.set(self.used.get() + key.len() + length);
                    migrate(&mut record, record_key.version);
                    // Two versions of the app may have written the record. Where the two contradict each other, both
                    // texts stay, and IndexedDB decides.
                    let merged = loaded.get(record.id()).map(|other| other.merge(&record)).transpose();
                    let merged = merged.unwrap_or_else(|damage| {
                        report(&format!("merging {key} in localStorage"), &damage);
                        None
                    });
                    loaded.insert(record.id().clone(), merged.unwrap_or(record));
                }
                // Nothing is lost: the text goes to quarantine, of which the user is told, or stays.
                Err(_) if may_write => self.quarantine(&key, &record_key.id),
                Err(_) => {}
            }
        }
        loaded
    }

    /// Moves the text under a key to quarantine. Where that fails, the text stays under its key, and the reason is
    /// reported.
    fn quarantine(&self, key: &str, id: &str) {
        let storage = BrowserStorage::raw();
        let text = match storage.get_item(key) {
            Ok(Some(text)) => text,
            Ok(None) => return,
            Err(error) => return report(&format!("reading {key} for the quarantine"), &error),
        };
        // A text that is in quarantine already is not overwritten.
        let names = (1..).map(|number| format!("{}aside/{}", self.prefix, QuarantineEntry::name(id, None, number)));
        let mut free = names.take(100).skip_while(|name| !matches!(storage.get_item(name), Ok(None)));
        match free.next().map(|name| storage.set_item(&name, &text)) {
            Some(Ok(())) => BrowserStorage::delete(key),
            Some(Err(error)) => report(&format!("moving {key} to quarantine"), &error),
            None => report(&format!("moving {key} to quarantine"), &"no free name"),
        }
    }

    /// The keys of the quarantine, each with the name of its entry.
    fn quarantined_keys(&self) -> impl Iterator<Item = (String, String)> {
        Self::keys().into_iter().filter_map(|key| {
            let name = key.strip_prefix(&self.prefix)?.strip_prefix("aside/")?.to_owned();
            name.split_once('/').filter(|(_, number)| number.parse::<u16>().is_ok())?;
            Some((key, name))
        })
    }

    /// The entries in quarantine.
    pub fn quarantine_entries(&self) -> Vec<QuarantineEntry> {
        // Reading a text does not fail in a storage that is granted; one that another tab has deleted meanwhile is left
        // out.
        let text = |key: &str| BrowserStorage::raw().get_item(key).ok()?;
        self.quarantined_keys().filter_map(|(key, name)| Some(QuarantineEntry { name, text: text(&key)? })).collect()
    }

    /// Writes a record, merged with the one that is stored: another tab may have written it. Returns `false`, with
    /// nothing written, if the record `may_be_spared`, is not stored here yet, and localStorage holds `ENOUGH`.
    ///
    /// # Errors
    /// See [`StorageRefusal`]. Damage is reported here.
    pub fn put(&self, record: &Record, may_be_spared: bool) -> Result<bool, StorageRefusal> {
        if let Some(why) = self.closed() {
            return Err(StorageRefusal::Closed(why));
        }
        let mark = self.stored_mark();
        if Mark::compare(self.mark.get(), mark) == MarkChange::Lost {
            self.is_lost.set(true);
            self.used.set(0);
            self.mark.set(mark);
        }
        let key = self.key(record.id().as_str());
        let damaged = |reason: &dyn Debug| {
            report(&format!("writing {key} to localStorage"), reason);
            StorageRefusal::Damaged
        };
        let merged = match BrowserStorage::get::<Record>(&key) {
            Ok(stored) => stored.merge(record).map_err(|damage| damaged(&damage))?,
            Err(StorageError::KeyNotFound(_)) if may_be_spared && self.used.get() > ENOUGH => return Ok(false),
            Err(StorageError::KeyNotFound(_)) => record.clone(),
            Err(StorageError::SerdeError(error)) => return Err(damaged(&describe_json_error(&error))),
            Err(StorageError::JsError(error)) => return Err(damaged(&error)),
        };
        let text = serde_json::to_string(&merged).map_err(|error| damaged(&describe_json_error(&error)))?;
        let text = in_latin1(&text);
        // The version comes before its first record: an older version of the app that is still open must not read that.
        // Refusals below are expected in a full storage, of which the status bar tells the user.
        if self.stored_version() != Some(VERSION) {
            BrowserStorage::set(self.version_key(), VERSION).map_err(|_| StorageRefusal::Full)?;
        }
        self.mark.set(Mark { birth: Some(0), ..mark });
        BrowserStorage::raw().set_item(&key, &text).map_err(|_| StorageRefusal::Full)?;
        self.used.set(self.used.get() + key.len() + text.len());
        Ok(true)
    }

    /// What another tab has just done in localStorage, according to the browser's event.
    pub fn parse_event(&self, event: &StorageEvent) -> Option<StorageEventKind> {
        let key = event.key()?;
        if key == self.epoch_key() || key == self.version_key() {
            return self.closed().map(StorageEventKind::Closed);
        }
        self.parse_key(&key).filter(|parts| (parts.version, parts.epoch) == (VERSION, self.epoch()))?;
        match serde_json::from_str(&event.new_value()?) {
            Ok(record) => Some(StorageEventKind::Record(Box::new(record))),
            Err(error) => {
                // The text stays where it is: the next start quarantines it.
                report_json_error(&format!("reading {key} from another tab"), &error);
                None
            }
        }
    }

    /// Deletes everything, and begins an epoch. A page that knows an older epoch writes no more.
    pub fn begin_epoch(&self, epoch: u64) {
        // The epoch is written first, so that no other page writes in between. Where there is no room for it, it is
        // written again below, when the deletion has made room.
        let is_refused = BrowserStorage::set(self.epoch_key(), epoch).is_err();
        for key in Self::keys() {
            if self.parse_key(&key).is_some() {
                BrowserStorage::delete(&key);
            }
        }
        self.quarantined_keys().for_each(|(key, _)| BrowserStorage::delete(&key));
        for name in Preferences::ALL {
            let preferences = Preferences::open(name);
            preferences.delete();
            preferences.forget_unreadable();
        }
        if is_refused && let Err(error) = BrowserStorage::set(self.epoch_key(), epoch) {
            report("beginning an epoch in localStorage", &error);
        }
    }

    /// Deletes the older text of a record from the quarantine and from the keys of older versions.
    pub fn forget(&self, id: &Id) {
        for (key, name) in self.quarantined_keys() {
            if QuarantineEntry::is_of(&name, id) {
                BrowserStorage::delete(&key);
            }
        }
        for key in Self::keys() {
            if self.parse_key(&key).is_some_and(|parts| parts.id == id.as_str() && parts.version != VERSION) {
                BrowserStorage::delete(&key);
            }
        }
    }
}
