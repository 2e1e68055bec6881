//! The causal header of a record: who wrote, and which writes a copy has seen.

use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::date::Timestamp;
use crate::domain::id::{ALPHABET, Id, base32};
use crate::domain::sorted::SortedMap;

/// One page load as an author: 80 random bits, created at its first write, never stored and never resumed. A cloned
/// profile or a restored backup that continued under an old actor would give one dot to two different writes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Actor([u8; 10]);

impl Actor {
    /// Creates an actor from 80 random bits.
    pub const fn from_random(bits: [u8; 10]) -> Self {
        Self(bits)
    }

    /// Parses the 16 digits that [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 16 {
            return None;
        }
        let number = text.bytes().try_fold(0u128, |sum, byte| {
            let digit = ALPHABET.iter().position(|&digit| digit == byte)?;
            Some((sum << 5) | digit as u128)
        })?;
        let mut bits = [0; 10];
        bits.copy_from_slice(&number.to_be_bytes()[6..]);
        Some(Self(bits))
    }

    /// Returns the actor that stands for this one in a join under another id (see [`super::join`]). The
    /// result is fixed for an actor and an id, and differs between ids, because a dot is unique within one record only.
    /// Applying the function twice returns the original actor, so writes to the join can be mapped back to their
    /// source.
    #[must_use]
    pub fn under(self, id: &Id) -> Self {
        let mut bits = digest(id.as_str().bytes());
        bits.iter_mut().zip(self.0).for_each(|(byte, actor_byte)| *byte ^= actor_byte);
        Self(bits)
    }

    /// Returns another actor, for a join in which this one already has a different value. Only damaged records need it.
    #[must_use]
    pub(super) fn rehash(self, id: &Id) -> Self {
        Self(digest(id.as_str().bytes().chain(self.0)))
    }
}

/// Hashes bytes to 80 bits (FNV-1a, 128 bits, truncated). Not for security: it only has to keep random actors distinct.
fn digest(bytes: impl Iterator<Item = u8>) -> [u8; 10] {
    let offset_basis = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    let hash = bytes.fold(offset_basis, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    });
    let mut bits = [0; 10];
    bits.copy_from_slice(&hash.to_be_bytes()[..10]);
    bits
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base32(self.0))
    }
}

impl fmt::Debug for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Actor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Actor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Digits;
        impl Visitor<'_> for Digits {
            type Value = Actor;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an actor")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Actor, E> {
                Actor::parse(text).ok_or_else(|| E::custom("not an actor"))
            }
        }
        deserializer.deserialize_str(Digits)
    }
}

/// The name of one write, that is one transaction on one record.
///
/// `n` is one more than the highest `n` that the author had seen in the record (a Lamport count). A write that knew of
/// another therefore has the higher `n`; a creation has 1, and no other write has. Dots are ordered by (n, actor).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dot {
    /// The count.
    pub n: u64,
    /// The author.
    pub actor: Actor,
}

/// Time and author's name of a write: labels for people, never used to decide between values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// The time by the clock of the author's device.
    pub at: Timestamp,
    /// The name that the author chose, if any.
    pub by: Option<String>,
}

/// Which writes of a record a copy has seen: per actor the highest count. Lists only actors who wrote the record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen(SortedMap<Actor, u64>);

impl Seen {
    /// The highest count: 2⁵³ − 1, the highest integer that every JSON reader holds exactly.
    pub const MAX_COUNT: u64 = (1 << 53) - 1;

    /// Returns whether a dot has been seen.
    pub fn has(&self, dot: Dot) -> bool {
        self.0.get(&dot.actor).is_some_and(|&n| dot.n <= n)
    }

    /// Marks a dot as seen, and with it all lower counts of the actor.
    pub fn add(&mut self, dot: Dot) {
        let n = self.0.get_or_default(dot.actor);
        *n = dot.n.max(*n);
    }

    /// Marks everything as seen that the other has seen.
    pub fn join(&mut self, other: &Self) {
        for (&actor, &n) in &other.0 {
            self.add(Dot { n, actor });
        }
    }

    /// Returns whether this has seen everything that the other has.
    pub fn covers(&self, other: &Self) -> bool {
        other.iter().all(|(actor, n)| self.has(Dot { n, actor }))
    }

    /// Returns the count of the next write; `None` if it would exceed [`Self::MAX_COUNT`].
    pub fn next_count(&self) -> Option<u64> {
        let next = self.0.values().max().map_or(1, |n| n.saturating_add(1));
        (next <= Self::MAX_COUNT).then_some(next)
    }

    /// Replaces the actors; the counts stay.
    pub(super) fn map_actors(&self, new_actor: &dyn Fn(Actor) -> Actor) -> Self {
        self.iter().map(|(actor, n)| Dot { n, actor: new_actor(actor) }).collect()
    }

    /// Returns the number of actors.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there is no actor.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the actors with the highest count of each.
    pub fn iter(&self) -> impl Iterator<Item = (Actor, u64)> + '_ {
        self.0.iter().map(|(&actor, &n)| (actor, n))
    }
}

impl FromIterator<Dot> for Seen {
    fn from_iter<I: IntoIterator<Item = Dot>>(dots: I) -> Self {
        let mut seen = Self::default();
        dots.into_iter().for_each(|dot| seen.add(dot));
        seen
    }
}

impl Serialize for Seen {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(&self.0)
    }
}

impl<'de> Deserialize<'de> for Seen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Counts;
        impl<'de> Visitor<'de> for Counts {
            type Value = Seen;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("counts by actor")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Seen, A::Error> {
                let mut counts = SortedMap::new();
                while let Some((actor, n)) = map.next_entry::<Actor, u64>()? {
                    if !(1..=Seen::MAX_COUNT).contains(&n) || counts.insert(actor, n).is_some() {
                        return Err(A::Error::custom("a count out of range, or twice"));
                    }
                }
                Ok(Seen(counts))
            }
        }
        deserializer.deserialize_map(Counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actor_text_parses_back_and_sorts_as_the_actor() {
        let (low, high) = (Actor::from_random([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), Actor::from_random([200; 10]));
        for actor in [low, high] {
            assert_eq!(Actor::parse(&actor.to_string()), Some(actor));
        }
        assert!(low < high && low.to_string() < high.to_string());
        for bad in ["", "0123456789abcde", "0123456789abcdei", "0123456789ABCDEF", "0123456789abcdefg"] {
            assert_eq!(Actor::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn under_is_stable_and_distinct_for_each_id_and_actor() {
        let ids = ["a", "b", "ab", "skolen.fravaer", "skolen.fravaer2"].map(|id| Id::parse(id).unwrap());
        let actors = [[0; 10], [255; 10], [1, 0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]];
        let mut actors_so_far = std::collections::BTreeSet::from(actors.map(Actor::from_random));
        for (id, actor) in ids.iter().flat_map(|id| actors.map(|bits| (id, Actor::from_random(bits)))) {
            assert_eq!(actor.under(id), actor.under(id));
            assert!(actors_so_far.insert(actor.under(id)), "{actor} under {id}");
        }
        // A fixed result: devices with different versions of the app must agree on it.
        let actor = Actor::from_random([7; 10]);
        assert_eq!(actor.under(&ids[3]).to_string(), "2rdwys1htgdyzxtd");
        assert_eq!(actor.under(&ids[3]).under(&ids[3]), actor, "applied twice gives the original");
    }

    #[test]
    fn next_count_is_none_at_the_maximum() {
        let actor = Actor::from_random([1; 10]);
        let seen: Seen = [Dot { n: Seen::MAX_COUNT, actor }].into_iter().collect();
        assert_eq!(seen.next_count(), None);
        assert_eq!(Seen::default().next_count(), Some(1));
    }
}
