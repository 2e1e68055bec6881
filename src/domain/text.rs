//! A text that a person wrote.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text that a person wrote; empty when none was. It is always text: never markup, never a formula, never a number.
///
/// In a record an empty text is `null`, so that a field nobody has touched is no wording of anyone's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Text"), schemars(transparent))]
pub struct UserText(#[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))] pub String);

impl UserText {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Cuts it to whether there is any: for an outline, which is the same whatever words are being typed.
    pub fn cut(&mut self) {
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

/// A text in small letters: those of the Danish alphabet, which is what is searched for. (The tables for all alphabets
/// weigh more than a search.)
pub fn small_letters(text: &str) -> String {
    let small = |char| match char {
        'Æ' => 'æ',
        'Ø' => 'ø',
        'Å' => 'å',
        'É' => 'é',
        char => char.to_ascii_lowercase(),
    };
    text.chars().map(small).collect()
}

/// A text as it stands in a step of an address, and short there: a blank is `_`; `-` and a letter stand for what is usual in
/// Danish and not in an address; the rest is percent-encoded. What stands between texts (`.` and `~`) is never in it.
pub fn in_address(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for char in text.chars() {
        match SHORT.iter().find(|(own, _)| *own == char) {
            Some((_, letter)) => written.extend(['-', *letter]),
            None if char == ' ' => written.push('_'),
            None if char.is_ascii_alphanumeric() => written.push(char),
            None => written.extend(char.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("%{byte:02X}"))),
        }
    }
    written
}

/// Reads what [`in_address`] wrote; `None` where it is no such text.
pub fn from_address(written: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written.bytes();
    while let Some(byte) = rest.next() {
        let of = |digit: Option<u8>| char::from(digit?).to_digit(16);
        match byte {
            b'_' => bytes.push(b' '),
            b'-' => {
                let letter = char::from(rest.next()?);
                let (own, _) = SHORT.iter().find(|(_, short)| *short == letter)?;
                bytes.extend(own.encode_utf8(&mut [0; 4]).bytes());
            }
            b'%' => bytes.push(u8::try_from(of(rest.next())? * 16 + of(rest.next())?).ok()?),
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

/// What is usual in Danish and not in an address, and the letter that stands for it.
const SHORT: [(char, char); 12] = [
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
    fn reflection_a_danish_text_is_short_in_an_address() {
        assert_eq!(in_address("Børn & unge er på vej."), "B-orn_%26_unge_er_p-a_vej-p");
        for bad in ["-", "-z", "%", "%4", "%zz", "%FF"] {
            assert_eq!(from_address(bad), None, "{bad}");
        }
        // As older links have it.
        assert_eq!(from_address("Personaledag%20i%20maj").as_deref(), Some("Personaledag i maj"));
    }

    proptest! {
        #[test]
        fn reflection_every_text_goes_through_an_address(text in ".*") {
            let written = in_address(&text);
            prop_assert!(written.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_%".contains(&byte)), "{}", written);
            prop_assert_eq!(from_address(&written), Some(text));
        }
    }
}
