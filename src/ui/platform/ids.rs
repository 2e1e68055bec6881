//! Random bits and new ids.

use wasm_bindgen::prelude::*;

use crate::domain::id::Id;

/// An id that nobody else comes to.
pub(crate) fn mint() -> Id {
    Id::from_random(random_bits())
}

/// 80 random bits. (`randomUUID` needs https; this does not.)
pub(crate) fn random_bits() -> [u8; 10] {
    let mut bits = [0; 10];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    crypto
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bits).ok())
        .expect_throw("every browser has random bits");
    bits
}
