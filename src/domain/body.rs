//! What a kind of record declares about itself and its fields, and the map type for leaves and entries.

use std::fmt;
use std::ops::{Deref, DerefMut};

use super::date::Date;
use super::fractional_index;
use super::id::Id;
use super::period::Period;
use super::slot::Fields;
use super::sorted::SortedMap;

/// The typed view of a kind of record: a plain struct whose fields are listed with the macro `fields!` of
/// [`slot`](super::slot).
///
/// A new kind needs such a struct, its list of fields, this trait, and one line in the table of
/// [`registry`](super::registry).
pub trait Body: FieldTable + Fields + Clone + Default + PartialEq + 'static {
    /// The Danish nouns for the kind.
    const WORDS: KindWords;
    /// The name of the field that titles a record of this kind in lists.
    const TITLE: &'static str;
    /// Whether a record of this kind leaves the device only if it is selected individually. True for reflections, which
    /// belong to one person.
    const PRIVATE: bool = false;
}

/// The table of fields of a body, or of an entry in a body.
pub trait FieldTable {
    /// The fields, in reading order. The first one titles an entry.
    const FIELDS: &'static [Field];
}

/// The Danish nouns for a kind of record.
#[derive(Clone, Copy, Debug)]
pub struct KindWords {
    /// The definite singular: `målet`.
    pub definite: &'static str,
    /// The indefinite singular, as after a number: `mål`.
    pub singular: &'static str,
    /// The plural: `mål`.
    pub plural: &'static str,
}

/// One field of a body, or of an entry in a body.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The name in a file: the step of the leaf's path that names the field.
    pub name: &'static str,
    /// The Danish name in the definite form, as it follows «ændrede …»: `målets tekst`.
    pub label: &'static str,
    /// How the field is split into leaves.
    pub shape: Shape,
    /// How the field is treated by merging and by the search for CPR numbers.
    pub role: FieldRole,
}

/// How a field is split into the leaves of a record.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// One leaf, whatever the size of its value. It is written, merged and chosen as a whole.
    Leaf,
    /// A map in which each value is one leaf.
    Leaves,
    /// A map of entries that have fields themselves. The first field titles the entry.
    Entries(&'static [Field]),
}

/// How a field is treated by merging and by the search for CPR numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldRole {
    /// No special treatment.
    Plain,
    /// Text that people write. It is searched for CPR numbers.
    Text,
    /// A compound value that contains text written by people. It is searched for CPR numbers too.
    ContainsText,
    /// The position in a list. Concurrent values never become an open choice; the value shown is used.
    Position,
    /// A reference to the record that this one belongs to.
    Parent,
}

impl Field {
    const fn new(name: &'static str, label: &'static str, shape: Shape, role: FieldRole) -> Self {
        Self { name, label, shape, role }
    }

    /// A field with a chosen or counted value.
    pub const fn value(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Shape::Leaf, FieldRole::Plain)
    }

    /// A field with text that people write.
    pub const fn text(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Shape::Leaf, FieldRole::Text)
    }

    /// A field with a compound value that contains text written by people.
    pub const fn text_inside(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Shape::Leaf, FieldRole::ContainsText)
    }

    /// A field with the position in a list, a [fractional index](super::fractional_index).
    pub const fn order(name: &'static str) -> Self {
        Self::new(name, "rækkefølgen", Shape::Leaf, FieldRole::Position)
    }

    /// A field that refers to the record which this one belongs to.
    pub const fn parent(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Shape::Leaf, FieldRole::Parent)
    }

    /// A field that is a map of leaves.
    pub const fn leaves(name: &'static str, label: &'static str, role: FieldRole) -> Self {
        Self::new(name, label, Shape::Leaves, role)
    }

    /// A field that is a map of entries. The label names one entry: `indsatsen`.
    pub const fn entries(name: &'static str, label: &'static str, fields: &'static [Field]) -> Self {
        Self::new(name, label, Shape::Entries(fields), FieldRole::Plain)
    }
}

/// A type that can be the key of a map of leaves or entries.
pub trait MapKey: Ord + Clone + fmt::Display {
    /// Reads a key; `None` for a key that this version of the app does not know.
    fn from_key(text: &str) -> Option<Self>;
}

impl MapKey for Id {
    fn from_key(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}

impl MapKey for Period {
    fn from_key(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}

impl MapKey for Date {
    fn from_key(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}

/// A map of leaves or entries inside a body. Bodies use it where other formats use arrays.
///
/// Emptied leaves, and keys that this version does not know, are left out of the map. They stay in the record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(inline, transparent))]
pub struct Map<K: MapKey, V>(
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "std::collections::BTreeMap<String, V>"))] SortedMap<K, V>,
);

impl<K: MapKey, V> Default for Map<K, V> {
    fn default() -> Self {
        Self(SortedMap::new())
    }
}

impl<K: MapKey, V> Deref for Map<K, V> {
    type Target = SortedMap<K, V>;
    fn deref(&self) -> &SortedMap<K, V> {
        &self.0
    }
}

impl<K: MapKey, V> DerefMut for Map<K, V> {
    fn deref_mut(&mut self) -> &mut SortedMap<K, V> {
        &mut self.0
    }
}

/// A map from ids to entries that have fields themselves.
pub type Entries<T> = Map<Id, T>;

impl<T> Map<Id, T> {
    /// Returns the entries sorted by position (a fractional index), then by id. Entries without a position come last.
    pub fn in_order(&self, position: fn(&T) -> Option<&str>) -> Vec<(&Id, &T)> {
        let sort_key = |entry: &(&Id, &T)| (position(entry.1).unwrap_or("~").to_owned(), entry.0.clone());
        fractional_index::sorted(self.iter().collect(), &|one, other| sort_key(one) < sort_key(other))
    }
}
