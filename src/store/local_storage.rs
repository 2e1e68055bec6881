//! localStorage: what is at hand at once, a key a record.
//!
//! Every version and every epoch has records of its own here: an older version's are read, never written over, and
//! lie where they lay until all is deleted; those of an epoch that is over are nobody's, whoever writes them still.

use std::cell::Cell;
use std::rc::Rc;

use gloo_storage::errors::StorageError;
use gloo_storage::{LocalStorage as BrowserStorage, Storage};
use web_sys::StorageEvent;

use crate::domain::id::Id;
use crate::exchange::format::VERSION;
use crate::exchange::migrate::migrate;
use crate::record::{Record, Records};

use super::loss::{Finding, Mark};
use super::preferences::Preferences;
use super::{Closed, FIRST_STORED, QuarantineEntry, prefix};

/// localStorage, where the browser grants it.
#[derive(Clone, Debug)]
pub struct LocalStorage {
    prefix: String,
    /// What localStorage said of itself last: its epoch, and whether anything was written here.
    mark: Rc<Cell<Mark>>,
    /// Whether localStorage has lost what it held, and nobody was told yet.
    pub(super) is_lost: Rc<Cell<bool>>,
    /// How much is here, in characters, and no less: what is written over is counted again.
    used: Rc<Cell<usize>>,
}

/// So many characters at hand are enough, but for what is edited by hand: no more than a start can read before it is
/// noticed. The mirror has everything. (The browsers that grant least grant 5 million.)
const ENOUGH: usize = 150_000;

/// JSON text in the characters up to U+00FF alone: Safari counts every character of a text double that has one above.
fn in_latin1(text: &str) -> String {
    let mut latin1 = String::with_capacity(text.len());
    for char in text.chars() {
        if char <= '\u{ff}' {
            latin1.push(char);
        } else {
            // Above it stand characters of texts alone, where they may be escaped.
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

/// Why a record was not put at hand. What stood there stands there still.
#[derive(Debug)]
pub enum StorageRefusal {
    /// The browser would not take it: there is no room, as a rule.
    Full,
    /// This page may not write here any more.
    Closed(Closed),
    /// What stands there cannot be read, or contradicts what was to be put.
    Damaged,
}

/// What another tab has done here.
#[derive(Debug)]
pub enum StorageEventKind {
    /// It has put a record at hand.
    Record(Box<Record>),
    /// It has done what this page may not go on after.
    Closed(Closed),
}

/// Whose record a key is of.
#[derive(Debug)]
struct RecordKey {
    id: String,
    version: u64,
    epoch: u64,
}

impl LocalStorage {
    /// Asks for localStorage, once and through a result: the wrapper panics where it is denied.
    pub fn open() -> Option<Self> {
        web_sys::window()?.local_storage().ok()??;
        let fast = Self { prefix: prefix(), mark: Rc::default(), is_lost: Rc::default(), used: Rc::default() };
        fast.mark.set(fast.mark_there());
        Some(fast)
    }

    /// Where a record lies: `record/7f3a`, with the version where it is not the first that was ever stored, and with the
    /// epoch where there was a reset: `record.3#1/7f3a`. A `#` is in no address, and so in no neighbour's keys.
    fn key(&self, id: &str) -> String {
        let version = if VERSION == FIRST_STORED { String::new() } else { format!(".{VERSION}") };
        let epoch = if self.epoch() == 0 { String::new() } else { format!("#{}", self.epoch()) };
        format!("{}record{version}{epoch}/{id}", self.prefix)
    }

    /// Whose record a key is of. (A deployment in a folder called `record` has keys that begin alike: an id has no slash,
    /// and none is called as what such a one says of itself.)
    fn place_of(&self, key: &str) -> Option<RecordKey> {
        let (folder, id) = key.strip_prefix(&self.prefix)?.strip_prefix("record")?.split_once('/')?;
        let (version, epoch) = folder.split_once('#').map_or((folder, Some(0)), |(v, epoch)| (v, epoch.parse().ok()));
        let version = if version.is_empty() { FIRST_STORED } else { version.strip_prefix('.')?.parse().ok()? };
        (Id::parse(id).is_some() && id != "version").then_some(RecordKey { id: id.to_owned(), version, epoch: epoch? })
    }

    fn version_key(&self) -> String {
        format!("{}version", self.prefix)
    }

    fn epoch_key(&self) -> String {
        format!("{}#epoch", self.prefix)
    }

    /// The version that wrote here last.
    fn version_there(&self) -> Option<u64> {
        BrowserStorage::get(self.version_key()).ok()
    }

    fn mark_there(&self) -> Mark {
        // The version is written before the first record, and stays.
        let birth = self.version_there().map(|_| 0);
        Mark { epoch: BrowserStorage::get(self.epoch_key()).unwrap_or_default(), birth, writes: 0 }
    }

    /// The epoch that is known here.
    pub fn epoch(&self) -> u64 {
        self.mark.get().epoch
    }

    /// Brings the epoch to that of the mirror, which is believed: localStorage has lost its own.
    pub(super) fn raise(&self, epoch: u64) {
        if BrowserStorage::set(self.epoch_key(), epoch).is_ok() {
            self.mark.set(Mark { epoch, ..self.mark.get() });
        }
    }

    /// Why this page may not write here any more, if it may not.
    pub fn closed(&self) -> Option<Closed> {
        if self.version_there().is_some_and(|version| version > VERSION) {
            Some(Closed::Outdated)
        } else {
            // Where localStorage was lost, another tab may have brought its epoch back; the mirror tells of a reset.
            let is_reset = Mark::compare(self.mark.get(), self.mark_there()) == Finding::Reset;
            (is_reset && !self.is_lost.get()).then_some(Closed::Reset)
        }
    }

    fn keys() -> Vec<String> {
        (0..BrowserStorage::length()).filter_map(|index| BrowserStorage::raw().key(index).ok()?).collect()
    }

    /// The records at hand. What cannot be read is put aside, under another key; where there is no room for that, or
    /// nothing may be written, it is left where it is.
    pub fn load(&self, may_write: bool) -> Records {
        let mut loaded = Records::new();
        if self.closed() == Some(Closed::Outdated) {
            return loaded;
        }
        for key in Self::keys() {
            let Some(place) = self.place_of(&key) else { continue };
            if place.epoch < self.epoch() && may_write {
                // Whoever put it there had not heard that all was deleted.
                BrowserStorage::delete(&key);
            }
            if place.epoch != self.epoch() || place.version > VERSION {
                continue;
            }
            match BrowserStorage::get::<Record>(&key) {
                Ok(mut record) => {
                    let length = BrowserStorage::raw().get_item(&key).ok().flatten().map_or(0, |text| text.len());
                    self.used.set(self.used.get() + key.len() + length);
                    migrate(&mut record, place.version);
                    // Two versions may have it at hand. Of two that contradict each other the mirror decides.
                    let merged = loaded.get(record.id()).and_then(|other| other.merge(&record).ok());
                    loaded.insert(record.id().clone(), merged.unwrap_or(record));
                }
                Err(_) if may_write => self.put_aside(&key, &place.id),
                Err(_) => {}
            }
        }
        loaded
    }

    fn put_aside(&self, key: &str, id: &str) {
        let storage = BrowserStorage::raw();
        let Ok(Some(text)) = storage.get_item(key) else { return };
        // One that lies there already is not written over.
        let place = (1..).map(|number| format!("{}aside/{}", self.prefix, QuarantineEntry::name(id, None, number)));
        let mut place = place.take(100).skip_while(|place| !matches!(storage.get_item(place), Ok(None)));
        if place.next().is_some_and(|place| storage.set_item(&place, &text).is_ok()) {
            BrowserStorage::delete(key);
        }
    }

    /// The keys of what was put aside, and what it was called where it lay.
    fn keys_aside(&self) -> impl Iterator<Item = (String, String)> {
        Self::keys().into_iter().filter_map(|key| {
            let name = key.strip_prefix(&self.prefix)?.strip_prefix("aside/")?.to_owned();
            name.split_once('/').filter(|(_, number)| number.parse::<u16>().is_ok())?;
            Some((key, name))
        })
    }

    /// What was put aside.
    pub fn aside(&self) -> Vec<QuarantineEntry> {
        let text = |key: &str| BrowserStorage::raw().get_item(key).ok()?;
        self.keys_aside().filter_map(|(key, name)| Some(QuarantineEntry { name, text: text(&key)? })).collect()
    }

    /// Writes a record over what is there, merged with it: another tab may have put it there. One that may be spared is,
    /// when there are [`ENOUGH`]: `false`.
    ///
    /// # Errors
    /// See [`Refused`].
    pub fn put(&self, record: &Record, may_be_spared: bool) -> Result<bool, StorageRefusal> {
        if let Some(why) = self.closed() {
            return Err(StorageRefusal::Closed(why));
        }
        let mark = self.mark_there();
        if Mark::compare(self.mark.get(), mark) == Finding::Lost {
            self.is_lost.set(true);
            self.used.set(0);
            self.mark.set(mark);
        }
        let key = self.key(record.id().as_str());
        let merged = match BrowserStorage::get::<Record>(&key) {
            Ok(there) => there.merge(record).map_err(|_| StorageRefusal::Damaged)?,
            Err(StorageError::KeyNotFound(_)) if may_be_spared && self.used.get() > ENOUGH => return Ok(false),
            Err(StorageError::KeyNotFound(_)) => record.clone(),
            Err(_) => return Err(StorageRefusal::Damaged),
        };
        let text = serde_json::to_string(&merged).map(|text| in_latin1(&text)).map_err(|_| StorageRefusal::Damaged)?;
        // Before anything of this version: an older one that is still open must not read it.
        if self.version_there() != Some(VERSION) {
            BrowserStorage::set(self.version_key(), VERSION).map_err(|_| StorageRefusal::Full)?;
        }
        self.mark.set(Mark { birth: Some(0), ..mark });
        BrowserStorage::raw().set_item(&key, &text).map_err(|_| StorageRefusal::Full)?;
        self.used.set(self.used.get() + key.len() + text.len());
        Ok(true)
    }

    /// What another tab has just done here, as the browser tells it.
    pub fn heard(&self, event: &StorageEvent) -> Option<StorageEventKind> {
        let key = event.key()?;
        if key == self.epoch_key() || key == self.version_key() {
            return self.closed().map(StorageEventKind::Closed);
        }
        self.place_of(&key).filter(|place| (place.version, place.epoch) == (VERSION, self.epoch()))?;
        serde_json::from_str(&event.new_value()?).ok().map(|record| StorageEventKind::Record(Box::new(record)))
    }

    /// Deletes everything, and begins an epoch: whoever knows an older one writes no more.
    pub fn begin(&self, epoch: u64) {
        // First, so that nobody comes in between. Where there is no room for so little, what is deleted makes it.
        let refused = BrowserStorage::set(self.epoch_key(), epoch).is_err();
        for key in Self::keys() {
            if self.place_of(&key).is_some() {
                BrowserStorage::delete(&key);
            }
        }
        self.keys_aside().for_each(|(key, _)| BrowserStorage::delete(&key));
        for name in Preferences::ALL {
            Preferences::open(name).forget();
        }
        if refused {
            drop(BrowserStorage::set(self.epoch_key(), epoch));
        }
    }

    /// Takes what a record once said out of what was put aside and what older versions had at hand.
    pub fn forget(&self, id: &Id) {
        for (key, name) in self.keys_aside() {
            if QuarantineEntry::is_of(&name, id) {
                BrowserStorage::delete(&key);
            }
        }
        for key in Self::keys() {
            if self.place_of(&key).is_some_and(|place| place.id == id.as_str() && place.version != VERSION) {
                BrowserStorage::delete(&key);
            }
        }
    }
}
