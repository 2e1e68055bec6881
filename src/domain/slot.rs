//! The fields of a body, reached by their names.
//!
//! A record's leaves become a body, and a body leaves, by one walk for every kind: the walk is handed the fields as
//! slots, and knows no type. (Derived deserialisers of whole bodies do the same with code made anew for each type; they
//! weighed a sixth of what the page downloads.) What lies inside one leaf is read and written by serde.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::body::{Entries, Map, MapKey};

/// A body, or an entry in one, as its fields.
pub trait Fields {
    /// Hands over every field with its name, in the order of [`FieldTable::FIELDS`](super::body::FieldTable::FIELDS).
    fn each_field(&mut self, take: &mut dyn FnMut(&'static str, FieldSlot<'_>));
}

/// One field of a body.
#[allow(missing_debug_implementations, reason = "a borrowed way in; what it leads to can be printed")]
pub enum FieldSlot<'a> {
    /// One leaf.
    Leaf(&'a mut dyn LeafSlot),
    /// A map, each of whose values is one leaf.
    Leaves(&'a mut dyn LeavesSlot),
    /// A map of entries with fields of their own.
    Entries(&'a mut dyn EntriesSlot),
}

/// A field that is one leaf.
pub trait LeafSlot {
    /// Takes the leaf's value.
    ///
    /// # Errors
    /// The type cannot hold it; what stood there stands.
    fn read(&mut self, value: &Value) -> Result<(), serde_json::Error>;

    /// The leaf's value; `null` where there is none.
    fn write(&self) -> Value;
}

impl<T: Serialize + DeserializeOwned> LeafSlot for T {
    fn read(&mut self, value: &Value) -> Result<(), serde_json::Error> {
        *self = T::deserialize(value)?;
        Ok(())
    }

    fn write(&self) -> Value {
        // What is in a leaf has names for keys, and is no more than JSON can say.
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// A field that is a map of leaves.
pub trait LeavesSlot {
    /// Takes a leaf's value. A key that this version does not know is left out, and so is an emptied leaf.
    ///
    /// # Errors
    /// The type cannot hold it; what stood there stands.
    fn read(&mut self, key: &str, value: &Value) -> Result<(), serde_json::Error>;

    /// Hands over every leaf.
    fn write(&self, take: &mut dyn FnMut(&str, Value));
}

impl<K: MapKey, V: Serialize + DeserializeOwned> LeavesSlot for Map<K, V> {
    fn read(&mut self, key: &str, value: &Value) -> Result<(), serde_json::Error> {
        if let (Some(key), false) = (K::from_key(key), value.is_null()) {
            self.insert(key, V::deserialize(value)?);
        }
        Ok(())
    }

    fn write(&self, take: &mut dyn FnMut(&str, Value)) {
        for (key, value) in self.iter() {
            take(&key.to_string(), LeafSlot::write(value));
        }
    }
}

/// A field that is a map of entries.
pub trait EntriesSlot {
    /// The entry of a key, made where there is none; `None` for a key that this version does not know.
    fn entry(&mut self, key: &str) -> Option<&mut dyn Fields>;

    /// Hands over every entry.
    fn each_entry(&mut self, take: &mut dyn FnMut(&str, &mut dyn Fields));
}

impl<T: Fields + Default> EntriesSlot for Entries<T> {
    fn entry(&mut self, key: &str) -> Option<&mut dyn Fields> {
        Some(self.get_or_default(MapKey::from_key(key)?))
    }

    fn each_entry(&mut self, take: &mut dyn FnMut(&str, &mut dyn Fields)) {
        for (key, entry) in self.iter_mut() {
            take(key.as_str(), entry);
        }
    }
}

/// The fields of a body or an entry, once: from this come the table that is looked things up in, and the slots.
///
/// Each line is a field of the struct, and what it is: a constructor of [`Field`](super::body::Field).
macro_rules! fields {
    ($type:ty { $($name:ident: $is:ident($($words:tt)*)),* $(,)? }) => {
        impl $crate::domain::body::FieldTable for $type {
            const FIELDS: &'static [$crate::domain::body::Field] =
                &[$($crate::domain::body::Field::$is(stringify!($name), $($words)*)),*];
        }

        impl $crate::domain::slot::Fields for $type {
            fn each_field(&mut self, take: &mut dyn FnMut(&'static str, $crate::domain::slot::FieldSlot<'_>)) {
                $(take(stringify!($name), $crate::domain::slot::slot!($is, &mut self.$name));)*
            }
        }
    };
}

/// The slot of a field that is of a sort.
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
