//! localStorage: what is at hand at once, a key a record.

use std::cell::Cell;
use std::rc::Rc;

use gloo_storage::errors::StorageError;
use gloo_storage::{LocalStorage, Storage};
use web_sys::StorageEvent;

use crate::exchange::file::VERSION;
use crate::exchange::migrate::migrate;
use crate::record::{Record, Records};

use super::{Aside, prefix};

/// localStorage, where the browser grants it.
#[derive(Clone, Debug)]
pub struct Fast {
    records: String,
    aside: String,
    version: String,
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
pub enum Refused {
    /// The browser would not take it: there is no room, as a rule.
    Full,
    /// A newer version of the app has written here.
    Outdated,
    /// What stands there cannot be read, or contradicts what was to be put.
    Damaged,
}

impl Fast {
    /// Asks for localStorage, once and through a result: the wrapper panics where it is denied.
    pub fn open() -> Option<Self> {
        web_sys::window()?.local_storage().ok()??;
        let prefix = prefix();
        Some(Self {
            records: format!("{prefix}record/"),
            aside: format!("{prefix}aside/"),
            version: format!("{prefix}version"),
            used: Rc::default(),
        })
    }

    /// The id of the record that a key is of. (A deployment in a folder called `record` has keys that begin alike; an id
    /// has no slash.)
    fn id_of<'k>(&self, key: &'k str) -> Option<&'k str> {
        key.strip_prefix(&self.records).filter(|id| !id.contains('/'))
    }

    /// The version of what is here; this app's own where nothing says otherwise.
    fn version(&self) -> u64 {
        LocalStorage::get(&self.version).unwrap_or(VERSION)
    }

    /// The records at hand. What cannot be read is put aside, under another key; where there is no room for that it is
    /// left where it is.
    pub fn load(&self) -> Records {
        let mut loaded = Records::new();
        let version = self.version();
        if version > VERSION {
            return loaded;
        }
        let keys = (0..LocalStorage::length()).filter_map(|index| LocalStorage::raw().key(index).ok()?);
        let own: Vec<String> = keys.filter(|key| self.id_of(key).is_some()).collect();
        for key in own {
            match LocalStorage::get::<Record>(&key) {
                Ok(mut record) => {
                    let length = LocalStorage::raw().get_item(&key).ok().flatten().map_or(0, |text| text.len());
                    self.used.set(self.used.get() + key.len() + length);
                    migrate(&mut record, version);
                    loaded.insert(record.id().clone(), record);
                }
                Err(_) => self.put_aside(&key),
            }
        }
        loaded
    }

    fn put_aside(&self, key: &str) {
        let storage = LocalStorage::raw();
        let (Ok(Some(text)), Some(id)) = (storage.get_item(key), self.id_of(key)) else { return };
        // One that lies there already is not written over.
        let place = (1..).map(|number| format!("{}{id}/{number}", self.aside));
        let mut place = place.take(100).skip_while(|place| !matches!(storage.get_item(place), Ok(None)));
        if place.next().is_some_and(|place| storage.set_item(&place, &text).is_ok()) {
            LocalStorage::delete(key);
        }
    }

    /// What was put aside.
    pub fn aside(&self) -> Vec<Aside> {
        let keys = (0..LocalStorage::length()).filter_map(|index| LocalStorage::raw().key(index).ok()?);
        let aside = keys.filter_map(|key| {
            let name = key.strip_prefix(&self.aside)?;
            name.split_once('/').filter(|(_, number)| number.parse::<u16>().is_ok())?;
            let name = name.to_owned();
            Some(Aside { name, text: LocalStorage::raw().get_item(&key).ok()?? })
        });
        aside.collect()
    }

    /// Writes a record over what is there, merged with it: another tab may have put it there. One that may be spared is,
    /// when there are [`ENOUGH`]: `false`.
    ///
    /// # Errors
    /// See [`Refused`].
    pub fn put(&self, record: &Record, may_be_spared: bool) -> Result<bool, Refused> {
        if self.version() > VERSION {
            return Err(Refused::Outdated);
        }
        let key = format!("{}{}", self.records, record.id());
        let merged = match LocalStorage::get::<Record>(&key) {
            Ok(there) => there.merge(record).map_err(|_| Refused::Damaged)?,
            Err(StorageError::KeyNotFound(_)) if may_be_spared && self.used.get() > ENOUGH => return Ok(false),
            Err(StorageError::KeyNotFound(_)) => record.clone(),
            Err(_) => return Err(Refused::Damaged),
        };
        let text = serde_json::to_string(&merged).map(|text| in_latin1(&text)).map_err(|_| Refused::Damaged)?;
        LocalStorage::raw().set_item(&key, &text).map_err(|_| Refused::Full)?;
        self.used.set(self.used.get() + key.len() + text.len());
        if LocalStorage::get::<u64>(&self.version).ok() != Some(VERSION) {
            LocalStorage::set(&self.version, VERSION).map_err(|_| Refused::Full)?;
        }
        Ok(true)
    }

    /// The record that another tab has just put at hand, as the browser tells it.
    pub fn heard(&self, event: &StorageEvent) -> Option<Record> {
        event.key().filter(|key| self.id_of(key).is_some())?;
        serde_json::from_str(&event.new_value()?).ok()
    }
}
