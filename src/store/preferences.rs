//! What a person prefers on this device: one small text in localStorage, outside the records.
//!
//! It is never merged, mirrored or exported, and the last to write it is right: a preference is no work of anyone's.

use gloo_storage::{LocalStorage, Storage};
use web_sys::StorageEvent;

use super::prefix;

/// Where preferences lie, where the browser grants a place.
#[derive(Clone, Debug)]
pub struct Preferences {
    key: Option<String>,
}

impl Preferences {
    /// Asks for localStorage, once and through a result: the wrapper panics where it is denied.
    pub fn open() -> Self {
        Self::named("preferences")
    }

    /// The place of the workshop that is being run here: its setup and its counts, written over and over. They are no
    /// record, and so in no mirror, no history, no snapshot and no file.
    pub fn of_workshop() -> Self {
        Self::named("workshop")
    }

    fn named(name: &str) -> Self {
        let is_granted = web_sys::window().is_some_and(|window| matches!(window.local_storage(), Ok(Some(_))));
        Self { key: is_granted.then(|| format!("{}{name}", prefix())) }
    }

    /// Whether the browser grants the place.
    pub const fn is_granted(&self) -> bool {
        self.key.is_some()
    }

    /// The text, where there is one.
    pub fn read(&self) -> Option<String> {
        // The key first: where there is none, storage may not even be touched.
        let key = self.key.as_deref()?;
        LocalStorage::raw().get_item(key).ok()?
    }

    /// Writes the text. Where there is no room the preference holds as long as the page is open.
    pub fn write(&self, text: &str) {
        if let Some(key) = &self.key {
            drop(LocalStorage::raw().set_item(key, text));
        }
    }

    /// Takes the text away.
    pub fn forget(&self) {
        if let Some(key) = &self.key {
            LocalStorage::delete(key);
        }
    }

    /// The text that another tab has just written, as the browser tells it.
    pub fn heard(&self, event: &StorageEvent) -> Option<String> {
        event.key().filter(|key| Some(key) == self.key.as_ref())?;
        event.new_value()
    }
}
