//! Errors of IndexedDB.

use wasm_bindgen::JsValue;

use super::WriteBlock;

/// The reason why an operation on IndexedDB failed. The data in IndexedDB is as it was before.
#[derive(Debug)]
pub enum StoreError {
    /// The browser's reason, or a description of a record that cannot be read or merged.
    Refused(JsValue),
    /// This page may not write here any more.
    Closed(WriteBlock),
}

impl From<JsValue> for StoreError {
    fn from(reason: JsValue) -> Self {
        Self::Refused(reason)
    }
}
