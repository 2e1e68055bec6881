//! localStorage: what is at hand at once, a key a record.

use gloo_storage::errors::StorageError;
use gloo_storage::{LocalStorage, Storage};

use crate::record::{Record, Records};

use super::prefix;

/// localStorage, where the browser grants it.
#[derive(Clone, Debug)]
pub struct Fast {
    prefix: String,
}

impl Fast {
    /// Asks for localStorage, once and through a result: the wrapper panics where it is denied.
    pub fn open() -> Option<Self> {
        web_sys::window()?.local_storage().ok()??;
        Some(Self { prefix: format!("{}record/", prefix()) })
    }

    /// The records at hand. What cannot be read is left where it is.
    pub fn load(&self) -> Records {
        let keys = (0..LocalStorage::length()).filter_map(|index| LocalStorage::raw().key(index).ok()?);
        let own = keys.filter(|key| key.starts_with(&self.prefix));
        let records = own.filter_map(|key| LocalStorage::get::<Record>(key).ok());
        let mut loaded = Records::new();
        loaded.extend(records.map(|record| (record.id().clone(), record)));
        loaded
    }

    /// Writes a record over what is there, merged with it: another tab may have put it there.
    ///
    /// # Errors
    /// The browser refused (there is no room, as a rule), or what is there cannot be read or merged with. What stood
    /// there stands there still.
    pub fn put(&self, record: &Record) -> Result<(), StorageError> {
        let key = format!("{}{}", self.prefix, record.id());
        let merged = match LocalStorage::get::<Record>(&key) {
            Ok(there) => there.merge(record).map_err(|_| StorageError::KeyNotFound(key.clone()))?,
            Err(StorageError::KeyNotFound(_)) => record.clone(),
            Err(unreadable) => return Err(unreadable),
        };
        LocalStorage::set(key, merged)
    }
}
