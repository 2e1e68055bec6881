//! A text that a person wrote.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text that a person wrote; empty when none was. It is always text: never markup, never a formula, never a number.
///
/// In a record an empty text is `null`, so that a field nobody has touched is no wording of anyone's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(transparent))]
pub struct Text(#[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))] pub String);

impl Text {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_empty() { serializer.serialize_none() } else { serializer.serialize_str(&self.0) }
    }
}

impl<'de> Deserialize<'de> for Text {
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
