//! Why a store did not do what it was asked to.

use wasm_bindgen::JsValue;

use super::Closed;

/// Why the mirror did not do what it was asked to. What it holds is as it was.
#[derive(Debug)]
pub enum Failure {
    /// The browser's reason, or a record that cannot be read or merged with.
    Refused(JsValue),
    /// This page may not write here any more.
    Closed(Closed),
}

impl From<JsValue> for Failure {
    fn from(reason: JsValue) -> Self {
        Self::Refused(reason)
    }
}
