//! Ids of records and of entries inside records.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// The alphabet of random ids and actors: 32 digits in ASCII order, without i, l, o and u, which look like others.
pub const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Writes 80 bits as 16 digits of [`ALPHABET`]. The texts sort in the same order as the bits.
pub fn base32(bits: [u8; 10]) -> String {
    let mut number = bits.iter().fold(0u128, |sum, &byte| (sum << 8) | u128::from(byte));
    let mut digits = [0u8; 16];
    for digit in digits.iter_mut().rev() {
        *digit = ALPHABET[(number & 31) as usize];
        number >>= 5;
    }
    digits.iter().map(|&digit| char::from(digit)).collect()
}

/// The id of a record or of an entry inside a record. It is assigned once, never changed and never reused.
///
/// Most ids are random. Ids that two people must arrive at independently (the series of a unit and an indicator) are
/// derived from other ids. The text is 1–100 ASCII letters, digits, `-`, `_` or `.`, and begins with a letter or digit.
/// An id therefore needs no escaping in an address, a file name or a JSON Pointer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Id(
    #[cfg_attr(not(target_arch = "wasm32"), schemars(regex(pattern = r"^[0-9A-Za-z][0-9A-Za-z._-]{0,99}$")))] String,
);

impl Id {
    /// The greatest length of an id, in characters.
    pub const MAX_LEN: usize = 100;

    /// Reads an id; `None` if the text does not have the form of an id.
    pub fn parse(text: &str) -> Option<Self> {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        let first = *text.as_bytes().first()?;
        (text.len() <= Self::MAX_LEN && first.is_ascii_alphanumeric() && text.bytes().all(is_allowed))
            .then(|| Self(text.to_owned()))
    }

    /// Makes an id from 80 random bits that the caller provides.
    pub fn from_random(bits: [u8; 10]) -> Self {
        Self(base32(bits))
    }

    /// Derives an id from two others, always the same one; `None` if the result would be too long.
    pub fn derived(first: &Self, second: &Self) -> Option<Self> {
        Self::parse(&format!("{first}.{second}"))
    }

    /// Returns the id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an id"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base32_texts_sort_as_their_bits() {
        assert_eq!(base32([0; 10]), "0000000000000000");
        assert_eq!(base32([255; 10]), "zzzzzzzzzzzzzzzz");
        assert!(base32([0, 0, 0, 0, 0, 0, 0, 0, 1, 0]) > base32([0, 0, 0, 0, 0, 0, 0, 0, 0, 255]));
    }

    #[test]
    fn parse_accepts_only_texts_safe_in_addresses_and_pointers() {
        for bad in ["", "__proto__", "a/b", "a b", "æ", "~", ".", "../x", &"a".repeat(101)] {
            assert_eq!(Id::parse(bad), None, "{bad}");
        }
        for good in ["a", "7f3a", "enhed1.fravaer", "constructor"] {
            assert!(Id::parse(good).is_some(), "{good}");
        }
    }
}
