//! A record as JSON text, the same in a file and in a store.
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
//! `leaves` has the shown value of every leaf of which some value is known. A write lists the leaves it holds that
//! value of (`leaves`), the values of its that stand beside it (`beside`), and what is withheld or forgotten of it. One
//! write may hold the `rest`: every leaf that no write lists, alone. It is an encoding and nothing more: decoding gives
//! the leaf map back exactly.

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

/// A map from paths that no path is in twice: which of two values was meant, nobody could say.
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
        struct Once<V>(std::marker::PhantomData<V>);
        impl<'de, V: DeserializeOwned> Visitor<'de> for Once<V> {
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
        deserializer.deserialize_map(Once(std::marker::PhantomData)).map(Self)
    }
}

/// The most leaves of a record: far more than any has.
pub const MAX_LEAVES: usize = 5_000;

/// What is wrong with a record of no leaves.
pub(crate) const NO_LEAVES: &str = "a record of no leaves";

/// The longest kind name.
const MAX_KIND: usize = 40;

impl Record {
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
            for (dot, held) in leaf.states() {
                let Some(write) = writes.get_mut(&dot) else { continue };
                match held {
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

    /// The write that holds the most leaves alone: the creation, as a rule.
    fn write_of_most_leaves(&self) -> Option<Dot> {
        let mut counts: SortedMap<Dot, usize> = SortedMap::new();
        for dot in self.leaves.values().filter_map(only_write) {
            *counts.get_or_default(dot) += 1;
        }
        counts.into_iter().max_by_key(|&(dot, count)| (count, std::cmp::Reverse(dot))).map(|(dot, _)| dot)
    }

    /// Puts a record together from its encoding.
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
        let mut held_by_a_write = SortedSet::new();
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
            for leaf in known.chain(beside).chain(withheld).chain(forgotten) {
                let (path, held): (Path, LeafState) = leaf.map_err(|why: String| why)?;
                if matches!(&held, LeafState::Known(value) if shown.get(&path) == Some(value)) {
                    held_by_a_write.insert(path.clone());
                }
                let leaf = record.leaves.get_or_default(path.clone());
                leaf.insert(dot, held).map_err(|_| format!("{path} stands twice in one write"))?;
                listed.insert(path);
            }
        }
        for (path, value) in shown {
            if listed.contains(&path) {
                if !held_by_a_write.contains(&path) {
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

/// The write of a leaf that has one alone, and knows its value.
fn only_write(leaf: &Leaf) -> Option<Dot> {
    let mut held = leaf.states();
    match (held.next(), held.next()) {
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
