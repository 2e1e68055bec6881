//! Random bits and new ids.

use wasm_bindgen::prelude::*;

use crate::domain::id::Id;

/// Creates a new random id, unique among all devices.
pub(crate) fn new_id() -> Id {
    Id::from_random(random_bits())
}

/// Returns 80 random bits. (`randomUUID` would require https; `getRandomValues` does not.)
pub(crate) fn random_bits() -> [u8; 10] {
    let mut bits = [0; 10];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    crypto
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bits).ok())
        .expect_throw("every browser provides random values");
    bits
}
