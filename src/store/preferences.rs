//! Small texts in localStorage about this device and its user, outside the records.
//!
//! They are never merged, never copied to IndexedDB and never exported. The last write wins.

use gloo_storage::{LocalStorage, Storage};
use web_sys::StorageEvent;

use super::prefix;
use super::report::report;

/// One such text. Without localStorage it has no key, is always empty, and is never written.
#[derive(Clone, Debug)]
pub struct Preferences {
    key: Option<String>,
}

impl Preferences {
    /// The names of all such texts: the user of the browser; the age of the last file of everything; the workshop that
    /// runs in this browser, and its stage; the answers that a participant is giving here. The workshop (setup and
    /// counts) is rewritten with every answer, and the answers are deleted when the participant is done. None of these
    /// texts is a record, so they are in no IndexedDB, no history, no snapshot and no file.
    pub(super) const ALL: [&str; 5] = ["preferences", "backup", "workshop", "stage", "answers"];

    /// Probes localStorage once and through a result: the wrapper panics where localStorage is denied.
    pub fn open(name: &str) -> Self {
        // A refusal is expected: see `is_granted`.
        let is_granted = web_sys::window().is_some_and(|window| matches!(window.local_storage(), Ok(Some(_))));
        Self { key: is_granted.then(|| format!("{}{name}", prefix())) }
    }

    /// Whether the browser grants localStorage.
    pub const fn is_granted(&self) -> bool {
        self.key.is_some()
    }

    /// The text, if there is one.
    pub fn read(&self) -> Option<String> {
        // The key is looked at first: where there is none, `raw` would panic.
        let key = self.key.as_deref()?;
        match LocalStorage::raw().get_item(key) {
            Ok(text) => text,
            Err(error) => {
                report(&format!("reading {key}"), &error);
                None
            }
        }
    }

    /// Stores a text that cannot be read under a key of its own, before the place it lay in is overwritten. The rescue
    /// file includes that key.
    pub fn keep_unreadable(&self, text: &str) {
        if let Some(key) = &self.key
            && let Err(error) = LocalStorage::raw().set_item(&unreadable_key(key), text)
        {
            report(&format!("keeping unreadable {key}"), &error);
        }
    }

    /// Deletes the text that [`Preferences::keep_unreadable`] stored.
    pub(super) fn forget_unreadable(&self) {
        if let Some(key) = &self.key {
            LocalStorage::delete(unreadable_key(key));
        }
    }

    /// Writes the text. Where the browser has no room, the text is lost with the page.
    pub fn write(&self, text: &str) {
        if let Some(key) = &self.key
            && let Err(error) = LocalStorage::raw().set_item(key, text)
        {
            report(&format!("writing {key}"), &error);
        }
    }

    /// Deletes the text.
    pub fn delete(&self) {
        if let Some(key) = &self.key {
            LocalStorage::delete(key);
        }
    }

    /// The text that another tab has just written, if the browser's event is about this text.
    pub fn value_in_event(&self, event: &StorageEvent) -> Option<String> {
        event.key().filter(|key| Some(key) == self.key.as_ref())?;
        event.new_value()
    }
}

fn unreadable_key(key: &str) -> String {
    format!("{key}.unreadable")
}
