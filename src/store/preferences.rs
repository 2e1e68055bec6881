//! What is known of this device, or of the one who uses it: small texts in localStorage, outside the records.
//!
//! They are never merged, mirrored or exported, and the last to write one is right: they are no work of anyone's.

use gloo_storage::{LocalStorage, Storage};
use web_sys::StorageEvent;

use super::prefix;
use super::report::report;

/// Where such a text lies, where the browser grants a place.
#[derive(Clone, Debug)]
pub struct Preferences {
    key: Option<String>,
}

impl Preferences {
    /// All that there are: who uses the browser; how old the last file of everything is; the workshop that is being run
    /// here, its setup and its counts, written over and over: no record, and so in no mirror, no history, no snapshot and
    /// no file.
    pub(super) const ALL: [&str; 3] = ["preferences", "backup", "workshop"];

    /// Asks for localStorage, once and through a result: the wrapper panics where it is denied.
    pub fn open(name: &str) -> Self {
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

    /// Keeps a text that cannot be read beside the place, before anything is written in its place. The rescue page and
    /// whoever mends the app find it there.
    pub fn keep_unreadable(&self, text: &str) {
        if let Some(key) = &self.key
            && let Err(error) = LocalStorage::raw().set_item(&format!("{key}.unreadable"), text)
        {
            report(&format!("keeping unreadable {key}"), &error);
        }
    }

    /// Writes the text. Where there is no room the preference holds as long as the page is open.
    pub fn write(&self, text: &str) {
        if let Some(key) = &self.key
            && let Err(error) = LocalStorage::raw().set_item(key, text)
        {
            report(&format!("writing {key}"), &error);
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
