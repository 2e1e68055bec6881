//! Text that a person wrote, and how texts are encoded in addresses.

use std::borrow::Borrow;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text that a person wrote, possibly empty. It is only ever treated as text, never as markup, a formula or a number.
///
/// In a record an empty text is `null`, so an untouched field does not count as somebody's wording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Text"), schemars(transparent))]
pub struct UserText(#[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))] pub String);

impl UserText {
    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Replaces a text that is not blank by `…`. An outline uses this so that it does not change while someone types.
    pub fn replace_by_ellipsis(&mut self) {
        if !self.0.trim().is_empty() {
            "…".clone_into(&mut self.0);
        }
    }
}

impl From<&str> for UserText {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Serialize for UserText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_empty() { serializer.serialize_none() } else { serializer.serialize_str(&self.0) }
    }
}

impl<'de> Deserialize<'de> for UserText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<String>::deserialize(deserializer).map(|text| Self(text.unwrap_or_default()))
    }
}

/// Joins names into a Danish list: `a, b og c`.
pub fn join_names<S: Borrow<str>>(names: &[S]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => format!("{} og {}", first.join(", "), last.borrow()),
        _ => names.concat(),
    }
}

/// Converts a text to lower case, for ASCII letters and `Æ`, `Ø`, `Å`, `É` only. This is enough for searching Danish
/// texts; the tables for all of Unicode would enlarge the download.
pub fn to_lowercase_danish(text: &str) -> String {
    let small = |char| match char {
        'Æ' => 'æ',
        'Ø' => 'ø',
        'Å' => 'å',
        'É' => 'é',
        char => char.to_ascii_lowercase(),
    };
    text.chars().map(small).collect()
}

/// Encodes a text for one step of an address, compactly for Danish: a space becomes `_`, a frequent character that is
/// not allowed in addresses becomes `-` and a letter (see `ESCAPES`), and every other character is percent-encoded. The
/// result never contains `.` or `~`, which separate texts.
pub fn encode_for_address(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for char in text.chars() {
        match ESCAPES.iter().find(|(escaped, _)| *escaped == char) {
            Some((_, letter)) => encoded.extend(['-', *letter]),
            None if char == ' ' => encoded.push('_'),
            None if char.is_ascii_alphanumeric() => encoded.push(char),
            None => encoded.extend(char.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("%{byte:02X}"))),
        }
    }
    encoded
}

/// Decodes a text that [`encode_for_address`] encoded; `None` if the text is not a valid encoding.
pub fn decode_from_address(encoded: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        let hex_value = |digit: Option<u8>| char::from(digit?).to_digit(16);
        match byte {
            b'_' => bytes.push(b' '),
            b'-' => {
                let letter = char::from(rest.next()?);
                let (escaped, _) = ESCAPES.iter().find(|(_, escape)| *escape == letter)?;
                bytes.extend(escaped.encode_utf8(&mut [0; 4]).bytes());
            }
            b'%' => bytes.push(u8::try_from(hex_value(rest.next())? * 16 + hex_value(rest.next())?).ok()?),
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

/// The characters with a short escape in addresses, and the letter that follows `-` in the escape.
const ESCAPES: [(char, char); 12] = [
    ('-', '-'),
    ('æ', 'e'),
    ('ø', 'o'),
    ('å', 'a'),
    ('Æ', 'E'),
    ('Ø', 'O'),
    ('Å', 'A'),
    ('é', 'x'),
    ('.', 'p'),
    (',', 'c'),
    ('?', 'q'),
    ('/', 's'),
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn danish_text_is_encoded_compactly_and_invalid_encodings_are_refused() {
        assert_eq!(encode_for_address("Børn & unge er på vej."), "B-orn_%26_unge_er_p-a_vej-p");
        for bad in ["-", "-z", "%", "%4", "%zz", "%FF"] {
            assert_eq!(decode_from_address(bad), None, "{bad}");
        }
        // The form of older links.
        assert_eq!(decode_from_address("Personaledag%20i%20maj").as_deref(), Some("Personaledag i maj"));
    }

    proptest! {
        #![proptest_config(crate::property_test_config())]

        #[test]
        fn encoded_text_is_safe_in_an_address_and_decodes_back(text in ".*") {
            let encoded = encode_for_address(&text);
            let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-_%".contains(&byte);
            prop_assert!(encoded.bytes().all(is_safe), "{}", encoded);
            prop_assert_eq!(decode_from_address(&encoded), Some(text));
        }
    }
}
