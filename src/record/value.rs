//! The value of a leaf: JSON in a canonical form.

use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Number, Value};

/// The value of a leaf: any JSON value in a canonical form, so that equal values have equal texts.
///
/// Keys are sorted, and a whole number is an integer (`1.0` is `1`, `-0.0` is `0`). Deserialising fails for what cannot
/// be kept exactly: a key that occurs twice, or a number of 2⁶⁴ and above.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct LeafValue(Value);

/// Below this, 2⁵³, every whole number is exact both as an integer and as a float.
const EXACT: f64 = 9_007_199_254_740_992.0;
/// From this on, 2⁶⁴, a number is read as a float, and digits of it may have been lost.
const TOO_LARGE: f64 = 18_446_744_073_709_551_616.0;

impl LeafValue {
    /// No value.
    pub const NULL: Self = Self(Value::Null);

    /// Creates a value; `value` is brought into canonical form.
    pub fn new(value: Value) -> Self {
        let mut value = value;
        make_canonical(&mut value);
        Self(value)
    }

    /// Returns the value as JSON.
    pub const fn json(&self) -> &Value {
        &self.0
    }

    /// Returns whether the value is `null`.
    pub fn is_null(&self) -> bool {
        self.0.is_null()
    }

    /// Returns the value as text in a line: a text as it is, `null` as the empty text, anything else as JSON.
    pub fn display_text(&self) -> String {
        match &self.0 {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            // Serialising a JSON value cannot fail.
            other => serde_json::to_string(other).unwrap_or_default(),
        }
    }
}

impl From<&str> for LeafValue {
    fn from(text: &str) -> Self {
        Self(Value::String(text.to_owned()))
    }
}

fn make_canonical(value: &mut Value) {
    match value {
        Value::Number(number) => *number = canonical_number(number.clone()),
        Value::Array(items) => items.iter_mut().for_each(make_canonical),
        Value::Object(map) => map.values_mut().for_each(make_canonical),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

fn canonical_number(number: Number) -> Number {
    match number.as_f64() {
        // The guard makes the cast exact.
        #[allow(clippy::cast_possible_truncation)]
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < EXACT => Number::from(float as i64),
        _ => number,
    }
}

impl<'de> Deserialize<'de> for LeafValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Canonical)
    }
}

struct Canonical;

impl<'de> Visitor<'de> for Canonical {
    type Value = LeafValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<LeafValue, E> {
        Ok(LeafValue::NULL)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<LeafValue, E> {
        Ok(LeafValue(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<LeafValue, E> {
        Ok(LeafValue(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<LeafValue, E> {
        Ok(LeafValue(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<LeafValue, E> {
        if value.abs() >= TOO_LARGE {
            return Err(E::custom("a number too large to keep exactly"));
        }
        Number::from_f64(value)
            .map(|number| LeafValue(Value::Number(canonical_number(number))))
            .ok_or_else(|| E::custom("not a number"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<LeafValue, E> {
        Ok(LeafValue(value.into()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<LeafValue, E> {
        Ok(LeafValue(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<LeafValue, A::Error> {
        let mut items = Vec::new();
        while let Some(LeafValue(item)) = seq.next_element()? {
            items.push(item);
        }
        Ok(LeafValue(Value::Array(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<LeafValue, A::Error> {
        let mut object = Map::new();
        while let Some((key, LeafValue(value))) = map.next_entry::<String, _>()? {
            if object.insert(key, value).is_some() {
                return Err(A::Error::custom("a key twice"));
            }
        }
        Ok(LeafValue(Value::Object(object)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, canonical: Option<&str>) {
        let read = serde_json::from_str::<LeafValue>(text).ok();
        assert_eq!(read.as_ref().map(|value| value.json().to_string()).as_deref(), canonical, "{text}");
        if let Some(value) = read {
            assert_eq!(LeafValue::new(value.json().clone()), value, "{text} is canonical both ways");
        }
    }

    #[test]
    fn numbers_are_canonical_or_refused() {
        check("1.0", Some("1"));
        check("-0.0", Some("0"));
        check("-0", Some("0"));
        check("1e3", Some("1000"));
        check("6.1", Some("6.1"));
        check("0.30000000000000004", Some("0.30000000000000004"));
        check("9007199254740993", Some("9007199254740993"));
        check("18446744073709551615", Some("18446744073709551615"));
        check("-9223372036854775808", Some("-9223372036854775808"));
        check("5e-324", Some("5e-324"));
        check("18446744073709551616", None);
        check("1e308", None);
        check("1e400", None);
    }

    #[test]
    fn keys_are_sorted_and_unique() {
        check(r#"{"b":1,"a":[1.0]}"#, Some(r#"{"a":[1],"b":1}"#));
        check(r#"{"a":1,"a":2}"#, None);
        check(r#"{"__proto__":{"x":1}}"#, Some(r#"{"__proto__":{"x":1}}"#));
    }
}
