//! The name of a leaf: a JSON Pointer.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// The name of a leaf: a JSON Pointer (RFC 6901) of at least one step, such as `/initiatives/7f3a/text`.
///
/// Steps that begin with `@` are the record's own (see [`super::life`] and [`super::identity`]); no body has such a
/// field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Path(Box<str>);

impl Path {
    /// The longest path, in bytes.
    pub const MAX_LEN: usize = 500;

    /// Reads a JSON Pointer; `None` where the text is none, or one of no steps.
    pub fn parse(text: &str) -> Option<Self> {
        let mut tildes = text.split('~');
        tildes.next();
        let sound =
            text.starts_with('/') && text.len() <= Self::MAX_LEN && tildes.all(|after| after.starts_with(['0', '1']));
        sound.then(|| Self(text.into()))
    }

    /// The path of one step.
    pub fn root(step: &str) -> Self {
        Self(format!("/{}", escape(step)).into())
    }

    /// The path one step further.
    #[must_use]
    pub fn child(&self, step: &str) -> Self {
        Self(format!("{}/{}", self.0, escape(step)).into())
    }

    /// The steps, as they were before they were escaped.
    pub fn steps(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0[1..].split('/').map(
            |step| {
                if step.contains('~') { Cow::Owned(unescape(step)) } else { Cow::Borrowed(step) }
            },
        )
    }

    /// Whether the path lies below another, at any depth.
    pub fn is_below(&self, other: &Self) -> bool {
        self.0.strip_prefix(&*other.0).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Whether a step of it is the record's own: `@deleted`, `@not_cpr/…`.
    pub fn is_own(&self) -> bool {
        self.0.split('/').any(|step| step.starts_with('@'))
    }

    /// Whether it names a deletion, of the record or of an entry.
    pub fn is_deletion(&self) -> bool {
        self.0.ends_with("/@deleted")
    }

    /// The pointer as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The step as it was: every `~` in it is followed by a 0 or a 1.
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
    fn any_step_survives() {
        for step in ["a", "", "~", "/", "~1", "a/b~c", "æøå", "\0", "@x"] {
            let path = Path::root("first").child(step);
            assert_eq!(path.steps().collect::<Vec<_>>(), ["first", step]);
            assert_eq!(Path::parse(path.as_str()), Some(path));
        }
    }

    #[test]
    fn what_is_no_pointer() {
        for text in ["", "a", "a/b", "/~", "/~2", "/a~", &format!("/{}", "x".repeat(500))] {
            assert_eq!(Path::parse(text), None, "{text}");
        }
    }

    #[test]
    fn below_means_by_whole_steps() {
        let entry = Path::root("initiatives").child("a1");
        assert!(entry.child("text").is_below(&entry));
        assert!(!Path::root("initiatives").child("a12").is_below(&entry));
        assert!(!entry.is_below(&entry));
    }
}
