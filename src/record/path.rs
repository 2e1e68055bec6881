//! The name of a leaf: a JSON Pointer.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// The name of a leaf: a JSON Pointer (RFC 6901) of at least one step, such as `/initiatives/7f3a/text`.
///
/// A path with a step that begins with `@` names an own leaf of the record (see [`super::life`] and
/// [`super::identity`]). No field of a body has such a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Path(Box<str>);

impl Path {
    /// The longest path, in bytes.
    pub const MAX_LEN: usize = 500;

    /// Parses a JSON Pointer; `None` if the text is none, has no step, or is longer than [`Self::MAX_LEN`].
    pub fn parse(text: &str) -> Option<Self> {
        let mut tildes = text.split('~');
        tildes.next();
        let is_valid =
            text.starts_with('/') && text.len() <= Self::MAX_LEN && tildes.all(|after| after.starts_with(['0', '1']));
        is_valid.then(|| Self(text.into()))
    }

    /// Creates a path of one step. The step is escaped.
    pub fn root(step: &str) -> Self {
        Self(format!("/{}", escape(step)).into())
    }

    /// Creates the path with one more step. The step is escaped.
    #[must_use]
    pub fn child(&self, step: &str) -> Self {
        Self(format!("{}/{}", self.0, escape(step)).into())
    }

    /// Returns the steps, unescaped.
    pub fn steps(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0[1..].split('/').map(
            |step| {
                if step.contains('~') { Cow::Owned(unescape(step)) } else { Cow::Borrowed(step) }
            },
        )
    }

    /// Returns whether the path has more steps than the other and begins with all steps of the other.
    pub fn is_below(&self, other: &Self) -> bool {
        self.0.strip_prefix(&*other.0).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Returns whether the path names an own leaf: a step begins with `@`, as in `/@deleted` and `/@not_cpr/…`.
    pub fn is_own(&self) -> bool {
        self.0.split('/').any(|step| step.starts_with('@'))
    }

    /// Returns whether the path names the deletion leaf of the record or of an entry.
    pub fn is_deletion(&self) -> bool {
        self.0.ends_with("/@deleted")
    }

    /// Returns the pointer as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Unescapes a step, in which every `~` is followed by `0` or `1`.
fn unescape(step: &str) -> String {
    let mut parts = step.split('~');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push(if part.starts_with('1') { '/' } else { '~' });
        plain.push_str(part.get(1..).unwrap_or_default());
    }
    plain
}

fn escape(step: &str) -> Cow<'_, str> {
    if step.contains(['~', '/']) { step.replace('~', "~0").replace('/', "~1").into() } else { step.into() }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Path {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a JSON Pointer"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_escaped_and_parse_back() {
        for step in ["a", "", "~", "/", "~1", "a/b~c", "æøå", "\0", "@x"] {
            let path = Path::root("first").child(step);
            assert_eq!(path.steps().collect::<Vec<_>>(), ["first", step]);
            assert_eq!(Path::parse(path.as_str()), Some(path));
        }
    }

    #[test]
    fn parse_rejects_what_is_no_pointer() {
        for text in ["", "a", "a/b", "/~", "/~2", "/a~", &format!("/{}", "x".repeat(500))] {
            assert_eq!(Path::parse(text), None, "{text}");
        }
    }

    #[test]
    fn is_below_compares_whole_steps() {
        let entry = Path::root("initiatives").child("a1");
        assert!(entry.child("text").is_below(&entry));
        assert!(!Path::root("initiatives").child("a12").is_below(&entry));
        assert!(!entry.is_below(&entry));
    }
}
