//! Access to the fields of a body by name, without knowing the type of the body.
//!
//! One function converts leaves to a body of any kind, and one converts a body to leaves. Both visit the fields as
//! slots. (Derived deserialisers of whole bodies would be compiled once for each type; they made up a sixth of the
//! download.) The value inside one leaf is read and written by serde.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::body::{Entries, Map, MapKey};

/// A body, or an entry in a body, seen as a list of fields.
pub trait Fields {
    /// Calls `visit` with the name and slot of every field, in the order of
    /// [`FieldTable::FIELDS`](super::body::FieldTable::FIELDS).
    fn each_field(&mut self, visit: &mut dyn FnMut(&'static str, FieldSlot<'_>));
}

/// Mutable access to one field of a body.
#[allow(missing_debug_implementations, reason = "only borrows; the borrowed body implements Debug")]
pub enum FieldSlot<'a> {
    /// One leaf.
    Leaf(&'a mut dyn LeafSlot),
    /// A map in which each value is one leaf.
    Leaves(&'a mut dyn LeavesSlot),
    /// A map of entries that have fields themselves.
    Entries(&'a mut dyn EntriesSlot),
}

/// A field that is one leaf.
pub trait LeafSlot {
    /// Sets the field from the leaf's value.
    ///
    /// # Errors
    /// The value does not fit the type. The field keeps its old value.
    fn read(&mut self, value: &Value) -> Result<(), serde_json::Error>;

    /// Returns the leaf's value; `null` if the field is empty.
    fn write(&self) -> Value;
}

impl<T: Serialize + DeserializeOwned> LeafSlot for T {
    fn read(&mut self, value: &Value) -> Result<(), serde_json::Error> {
        *self = T::deserialize(value)?;
        Ok(())
    }

    fn write(&self) -> Value {
        // Cannot fail: maps inside leaves have text keys, and leaf types hold only what JSON can represent.
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// A field that is a map of leaves.
pub trait LeavesSlot {
    /// Sets one entry of the map from a leaf's value. A `null` value, and a key that this version does not know, are
    /// skipped.
    ///
    /// # Errors
    /// The value does not fit the type. The map is not changed.
    fn read(&mut self, key: &str, value: &Value) -> Result<(), serde_json::Error>;

    /// Calls `visit` with the key and value of every leaf.
    fn write(&self, visit: &mut dyn FnMut(&str, Value));
}

impl<K: MapKey, V: Serialize + DeserializeOwned> LeavesSlot for Map<K, V> {
    fn read(&mut self, key: &str, value: &Value) -> Result<(), serde_json::Error> {
        if let (Some(key), false) = (K::from_key(key), value.is_null()) {
            self.insert(key, V::deserialize(value)?);
        }
        Ok(())
    }

    fn write(&self, visit: &mut dyn FnMut(&str, Value)) {
        for (key, value) in self.iter() {
            visit(&key.to_string(), LeafSlot::write(value));
        }
    }
}

/// A field that is a map of entries.
pub trait EntriesSlot {
    /// Returns the entry of a key, creating an empty one if there is none; `None` for a key that this version does not
    /// know.
    fn entry(&mut self, key: &str) -> Option<&mut dyn Fields>;

    /// Calls `visit` with the key and fields of every entry.
    fn each_entry(&mut self, visit: &mut dyn FnMut(&str, &mut dyn Fields));
}

impl<T: Fields + Default> EntriesSlot for Entries<T> {
    fn entry(&mut self, key: &str) -> Option<&mut dyn Fields> {
        Some(self.get_or_default(MapKey::from_key(key)?))
    }

    fn each_entry(&mut self, visit: &mut dyn FnMut(&str, &mut dyn Fields)) {
        for (key, entry) in self.iter_mut() {
            visit(key.as_str(), entry);
        }
    }
}

/// Lists the fields of a body or entry, and implements [`FieldTable`](super::body::FieldTable) and [`Fields`] from it.
///
/// Each line is a field of the struct and a constructor of [`Field`](super::body::Field) with its arguments.
macro_rules! fields {
    ($type:ty { $($name:ident: $constructor:ident($($arguments:tt)*)),* $(,)? }) => {
        impl $crate::domain::body::FieldTable for $type {
            const FIELDS: &'static [$crate::domain::body::Field] =
                &[$($crate::domain::body::Field::$constructor(stringify!($name), $($arguments)*)),*];
        }

        impl $crate::domain::slot::Fields for $type {
            fn each_field(&mut self, visit: &mut dyn FnMut(&'static str, $crate::domain::slot::FieldSlot<'_>)) {
                $(visit(stringify!($name), $crate::domain::slot::slot!($constructor, &mut self.$name));)*
            }
        }
    };
}

/// Wraps a field in the slot that belongs to its constructor of [`Field`](super::body::Field).
macro_rules! slot {
    (leaves, $field:expr) => {
        $crate::domain::slot::FieldSlot::Leaves($field)
    };
    (entries, $field:expr) => {
        $crate::domain::slot::FieldSlot::Entries($field)
    };
    ($leaf:ident, $field:expr) => {
        $crate::domain::slot::FieldSlot::Leaf($field)
    };
}

pub(crate) use {fields, slot};
