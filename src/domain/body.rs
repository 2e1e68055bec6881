//! What every kind of record says of itself, and the map that entries live in.

use std::fmt;
use std::ops::{Deref, DerefMut};

use super::date::Date;
use super::id::Id;
use super::period::Period;
use super::slot::Fields;
use super::sorted::SortedMap;

/// The typed view of a kind of record: a plain struct whose fields [`fields!`](super::slot) lists.
///
/// A new kind is such a struct, its list, this trait, and one line in the table of [`registry`](super::registry).
pub trait Body: FieldTable + Fields + Clone + Default + PartialEq + 'static {
    /// The kind's own words.
    const WORDS: KindWords;
    /// The field that names a record of this kind in lists.
    const TITLE: &'static str;
    /// Whether a record of this kind stays on the device unless it is chosen itself: reflections are a person's own.
    const PRIVATE: bool = false;
}

/// What there is to say of the fields of a body, or of an entry in one.
pub trait FieldTable {
    /// The fields, in the order a person reads them; the first names an entry.
    const FIELDS: &'static [Field];
}

/// What a kind of record is called in Danish.
#[derive(Clone, Copy, Debug)]
pub struct KindWords {
    /// The definite singular: `målet`.
    pub definite: &'static str,
    /// The singular after a number: `mål`.
    pub singular: &'static str,
    /// The plural: `mål`.
    pub plural: &'static str,
}

/// One field of a body, or of an entry in it.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The name in the file: the last step of the leaf's path.
    pub name: &'static str,
    /// What a person calls it, with its article, as in «ændrede …»: `målets tekst`.
    pub label: &'static str,
    /// How the field lies in the record.
    pub shape: Shape,
    /// What is special about it.
    pub role: FieldRole,
}

/// How a field lies in a record.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// One leaf, however large its value: it is written, merged and chosen between as a whole.
    Leaf,
    /// A map, each of whose values is one leaf.
    Leaves,
    /// A map of entries with fields of their own; the first field names the entry.
    Entries(&'static [Field]),
}

/// What is special about a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldRole {
    /// Nothing.
    Plain,
    /// A text of people's own words: looked through for CPR numbers.
    Text,
    /// A compound value that holds people's own words among others: looked through as well.
    TextInside,
    /// Position among its like: concurrent values never ask, the one shown is taken.
    Quiet,
    /// The record this one belongs to.
    Parent,
}

impl Field {
    const fn new(name: &'static str, label: &'static str, shape: Shape, role: FieldRole) -> Self {
        Self { name, label, shape, role }
    }

    /// A value that is chosen or counted.
    pub const fn value(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Shape::Leaf, FieldRole::Plain)
    }

    /// A text of people's own words.
    pub const fn text(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Shape::Leaf, FieldRole::Text)
    }

    /// A compound value with people's own words in it.
    pub const fn text_inside(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Shape::Leaf, FieldRole::TextInside)
    }

    /// The place in an order: a fractional index.
    pub const fn order(name: &'static str) -> Self {
        Self::new(name, "rækkefølgen", Shape::Leaf, FieldRole::Quiet)
    }

    /// The record this one belongs to.
    pub const fn parent(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Shape::Leaf, FieldRole::Parent)
    }

    /// A map of leaves.
    pub const fn leaves(name: &'static str, label: &'static str, role: FieldRole) -> Self {
        Self::new(name, label, Shape::Leaves, role)
    }

    /// A map of entries; the label is one entry's: `indsatsen`.
    pub const fn entries(name: &'static str, label: &'static str, fields: &'static [Field]) -> Self {
        Self::new(name, label, Shape::Entries(fields), FieldRole::Plain)
    }
}

/// What can key a map of leaves or entries.
pub trait MapKey: Ord + Clone + fmt::Display {
    /// Reads the key; `None` where this version of the app knows no such key.
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

/// A map of leaves or entries inside a body: what arrays are elsewhere.
///
/// Keys this version does not know are left out of the view (they stay in the record), and so are emptied leaves.
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

/// Entries with fields of their own, by their ids.
pub type Entries<T> = Map<Id, T>;
