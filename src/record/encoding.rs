//! A record as JSON text, in the same form in files and in the browser's stores.
//!
//! ```json
//! {"kind": "goal", "id": "7f3a…",
//!  "leaves": {"/text": "Flere …", "/expected_effect": null, …},
//!  "seen": {"k3f9…": 1, "p2ab…": 4},
//!  "writes": [
//!    {"actor": "k3f9…", "n": 1, "at": "2026-03-15T09:42:00Z", "by": "Anne", "rest": true},
//!    {"actor": "p2ab…", "n": 4, "at": "…", "leaves": ["/text"], "beside": {"/expected_effect": "…"},
//!     "withheld": ["/wanted"], "forgotten": []}]}
//! ```
//!
//! `leaves` has the shown value of every leaf with a known value. For each write are listed:
//!
//! * `leaves`: the leaves whose shown value it wrote;
//! * `beside`: its other values, which are concurrent with the shown ones;
//! * `withheld`, `forgotten`: the leaves in which its value is withheld or forgotten;
//! * `rest`: whether it is the only write of every leaf that no write lists. One write at most has this mark.
//!
//! Decoding gives back exactly the record that was encoded.

use std::fmt;

use serde::de::{DeserializeOwned, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::date::Timestamp;
use crate::domain::id::Id;
use crate::domain::sorted::{SortedMap, SortedSet};

use super::dot::{Actor, Dot, Seen, Stamp};
use super::leaf::{Leaf, LeafState};
use super::path::Path;
use super::tree::Record;
use super::value::LeafValue;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Encoded<'a> {
    #[serde(borrow)]
    kind: std::borrow::Cow<'a, str>,
    id: Id,
    leaves: Unique<LeafValue>,
    seen: Seen,
    writes: Vec<EncodedWrite>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EncodedWrite {
    actor: Actor,
    n: u64,
    at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    rest: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    leaves: Vec<Path>,
    #[serde(default, skip_serializing_if = "Unique::is_empty")]
    beside: Unique<LeafValue>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    withheld: Vec<Path>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    forgotten: Vec<Path>,
}

/// A map by path that refuses, when read, a path that occurs twice.
struct Unique<V>(SortedMap<Path, V>);

impl<V> Unique<V> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<V> Default for Unique<V> {
    fn default() -> Self {
        Self(SortedMap::new())
    }
}

impl<V: Serialize> Serialize for Unique<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(&self.0)
    }
}

impl<'de, V: DeserializeOwned> Deserialize<'de> for Unique<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct UniqueVisitor<V>(std::marker::PhantomData<V>);
        impl<'de, V: DeserializeOwned> Visitor<'de> for UniqueVisitor<V> {
            type Value = SortedMap<Path, V>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
                let mut map = SortedMap::new();
                while let Some((path, value)) = entries.next_entry::<Path, V>()? {
                    if map.len() == MAX_LEAVES {
                        return Err(A::Error::custom("too many leaves"));
                    }
                    if map.contains_key(&path) {
                        return Err(A::Error::custom(format_args!("{path} stands twice")));
                    }
                    map.insert(path, value);
                }
                Ok(map)
            }
        }
        deserializer.deserialize_map(UniqueVisitor(std::marker::PhantomData)).map(Self)
    }
}

/// The highest number of leaves of a record, far above what any real record has.
pub const MAX_LEAVES: usize = 5_000;

/// The error message for a record without leaves.
pub(crate) const NO_LEAVES: &str = "a record of no leaves";

/// The longest name of a kind, in bytes.
const MAX_KIND: usize = 40;

impl Record {
    /// Builds the encoding of the record.
    fn encoded(&self) -> Encoded<'_> {
        let rest = self.write_of_most_leaves();
        let mut writes: SortedMap<Dot, EncodedWrite> = self
            .stamps
            .iter()
            .map(|(&dot, stamp)| {
                let write = EncodedWrite {
                    actor: dot.actor,
                    n: dot.n,
                    at: stamp.at,
                    by: stamp.by.clone(),
                    rest: Some(dot) == rest,
                    leaves: Vec::new(),
                    beside: Unique::default(),
                    withheld: Vec::new(),
                    forgotten: Vec::new(),
                };
                (dot, write)
            })
            .collect();
        let mut leaves = SortedMap::new();
        for (path, leaf) in &self.leaves {
            let shown = leaf.shown();
            if let Some(value) = shown {
                leaves.insert(path.clone(), value.clone());
            }
            if rest.is_some() && only_write(leaf) == rest {
                continue;
            }
            for (dot, state) in leaf.states() {
                let Some(write) = writes.get_mut(&dot) else { continue };
                match state {
                    LeafState::Withheld => write.withheld.push(path.clone()),
                    LeafState::Forgotten => write.forgotten.push(path.clone()),
                    LeafState::Known(value) if Some(value) == shown => write.leaves.push(path.clone()),
                    LeafState::Known(value) => {
                        write.beside.0.insert(path.clone(), value.clone());
                    }
                }
            }
        }
        Encoded {
            kind: (&*self.kind).into(),
            id: self.id.clone(),
            leaves: Unique(leaves),
            seen: self.seen.clone(),
            writes: writes.into_values().collect(),
        }
    }

    /// Returns the write that is the only one of the most leaves (normally the creation); of equals the lowest dot.
    fn write_of_most_leaves(&self) -> Option<Dot> {
        let mut counts: SortedMap<Dot, usize> = SortedMap::new();
        for dot in self.leaves.values().filter_map(only_write) {
            *counts.get_or_default(dot) += 1;
        }
        counts.into_iter().max_by_key(|&(dot, count)| (count, std::cmp::Reverse(dot))).map(|(dot, _)| dot)
    }

    /// Builds a record from its encoding.
    ///
    /// # Errors
    /// Returns a message for developers if the encoding contradicts itself or exceeds a limit.
    fn decoded(encoded: Encoded<'_>) -> Result<Self, String> {
        let kind = &*encoded.kind;
        if kind.is_empty()
            || kind.len() > MAX_KIND
            || !kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        {
            return Err("not a kind".to_owned());
        }
        let mut record = Self::bare(kind, encoded.id);
        record.seen = encoded.seen;
        let shown = encoded.leaves.0;
        let mut listed = SortedSet::new();
        let mut with_shown_value = SortedSet::new();
        let mut rest = None;
        for write in encoded.writes {
            let dot = Dot { n: write.n, actor: write.actor };
            if dot.n == 0 || !record.seen.has(dot) {
                return Err(format!("a write that was not seen: {} {}", dot.actor, dot.n));
            }
            if record.stamps.insert(dot, Stamp { at: write.at, by: write.by }).is_some() {
                return Err(format!("a write twice: {} {}", dot.actor, dot.n));
            }
            if write.rest && rest.replace(dot).is_some() {
                return Err("two writes hold the rest".to_owned());
            }
            let known = write.leaves.into_iter().map(|path| {
                let value = shown.get(&path).cloned().ok_or_else(|| format!("{path} is listed but not there"))?;
                Ok((path, LeafState::Known(value)))
            });
            let beside = write.beside.0.into_iter().map(|(path, value)| Ok((path, LeafState::Known(value))));
            let withheld = write.withheld.into_iter().map(|path| Ok((path, LeafState::Withheld)));
            let forgotten = write.forgotten.into_iter().map(|path| Ok((path, LeafState::Forgotten)));
            for item in known.chain(beside).chain(withheld).chain(forgotten) {
                let (path, state): (Path, LeafState) = item.map_err(|message: String| message)?;
                if matches!(&state, LeafState::Known(value) if shown.get(&path) == Some(value)) {
                    with_shown_value.insert(path.clone());
                }
                let leaf = record.leaves.get_or_default(path.clone());
                leaf.insert(dot, state).map_err(|_| format!("{path} stands twice in one write"))?;
                listed.insert(path);
            }
        }
        for (path, value) in shown {
            if listed.contains(&path) {
                if !with_shown_value.contains(&path) {
                    return Err(format!("{path} has a value that no write holds"));
                }
            } else {
                let dot = rest.ok_or_else(|| format!("{path} was written by nobody"))?;
                let leaf = record.leaves.get_or_default(path);
                leaf.insert(dot, LeafState::Known(value)).map_err(|_| "a leaf twice".to_owned())?;
            }
        }
        if record.leaves.len() > MAX_LEAVES {
            return Err("too many leaves".to_owned());
        }
        if record.leaves.is_empty() {
            return Err(NO_LEAVES.to_owned());
        }
        record.drop_dead_stamps();
        Ok(record)
    }
}

/// Returns the write of a leaf that has a single write with a known value.
fn only_write(leaf: &Leaf) -> Option<Dot> {
    let mut states = leaf.states();
    match (states.next(), states.next()) {
        (Some((dot, LeafState::Known(_))), None) => Some(dot),
        _ => None,
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.encoded().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::decoded(Encoded::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests;
