//! Names for life: of a record, or of an entry inside one.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// The alphabet of minted ids and actors: 32 digits in ASCII order, without the look-alikes i, l, o and u.
pub const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Writes 80 bits as 16 digits of [`ALPHABET`], so that texts sort as the bits do.
pub fn base32(bits: [u8; 10]) -> String {
    let mut number = bits.iter().fold(0u128, |sum, &byte| (sum << 8) | u128::from(byte));
    let mut digits = [0u8; 16];
    for digit in digits.iter_mut().rev() {
        *digit = ALPHABET[(number & 31) as usize];
        number >>= 5;
    }
    digits.iter().map(|&digit| char::from(digit)).collect()
}

/// The name of a record or of an entry inside one: given once, never changed, never used again.
///
/// Minted ids are random. Ids that two people must arrive at apart (a series of a unit and an indicator) are derived.
/// The text is 1–100 ASCII letters, digits, `-`, `_` or `.`, and begins with a letter or digit; so an id can stand in
/// an address, a file name and a JSON Pointer as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Id(
    #[cfg_attr(not(target_arch = "wasm32"), schemars(regex(pattern = r"^[0-9A-Za-z][0-9A-Za-z._-]{0,99}$")))] String,
);

impl Id {
    /// The longest id, in characters.
    pub const MAX_LEN: usize = 100;

    /// Reads an id; `None` where the text is not of an id's form.
    pub fn parse(text: &str) -> Option<Self> {
        let inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        let first = *text.as_bytes().first()?;
        (text.len() <= Self::MAX_LEN && first.is_ascii_alphanumeric() && text.bytes().all(inner))
            .then(|| Self(text.to_owned()))
    }

    /// Mints an id from 80 random bits, which the caller brings.
    pub fn from_random(bits: [u8; 10]) -> Self {
        Self(base32(bits))
    }

    /// The id that follows from two others, the same wherever it is worked out; `None` if it would be too long.
    pub fn derived(first: &Self, second: &Self) -> Option<Self> {
        Self::parse(&format!("{first}.{second}"))
    }

    /// The id as text.
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
    fn minted_ids_sort_as_their_bits() {
        assert_eq!(base32([0; 10]), "0000000000000000");
        assert_eq!(base32([255; 10]), "zzzzzzzzzzzzzzzz");
        assert!(base32([0, 0, 0, 0, 0, 0, 0, 0, 1, 0]) > base32([0, 0, 0, 0, 0, 0, 0, 0, 0, 255]));
    }

    #[test]
    fn an_id_is_safe_in_an_address_and_a_pointer() {
        for bad in ["", "__proto__", "a/b", "a b", "æ", "~", ".", "../x", &"a".repeat(101)] {
            assert_eq!(Id::parse(bad), None, "{bad}");
        }
        for good in ["a", "7f3a", "enhed1.fravaer", "constructor"] {
            assert!(Id::parse(good).is_some(), "{good}");
        }
    }
}
