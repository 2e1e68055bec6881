//! Reading the typed body of a record from its leaves, and the leaves of a typed body.

use serde_json::Value;

use crate::domain::body::{Field, FieldRole, Shape};
use crate::domain::registry::Kind;
use crate::domain::registry::RegisteredBody;
use crate::domain::slot::{FieldSlot, Fields};
use crate::domain::sorted::SortedMap;

use super::leaf::Leaf;
use super::life::Life;
use super::path::Path;
use super::tree::Record;
use super::value::LeafValue;

impl Record {
    /// Reads the typed body: the shown value of every leaf that the type knows. Deleted entries are left out.
    ///
    /// # Errors
    /// Fails if the record is of another kind, or if the type cannot hold the value of a leaf. The latter does not
    /// happen with a record that [`Record::check`] accepted.
    pub fn view<B: RegisteredBody>(&self) -> Result<B, serde_json::Error> {
        if *self.kind != *B::KIND.name() {
            return Err(serde::de::Error::custom("another kind"));
        }
        let mut body = B::default();
        self.fill(&mut body, None)?;
        Ok(body)
    }

    /// Fills the fields of the body (`above` is `None`) or of the entry at the path `above` with the shown values.
    fn fill(&self, fields: &mut dyn Fields, above: Option<&Path>) -> Result<(), serde_json::Error> {
        let mut outcome = Ok(());
        fields.each_field(&mut |name, slot| {
            if outcome.is_ok() {
                let path = above.map_or_else(|| Path::root(name), |above| above.child(name));
                outcome = self.fill_slot(slot, &path);
            }
        });
        outcome
    }

    /// Fills one field, whose path is given.
    fn fill_slot(&self, slot: FieldSlot<'_>, path: &Path) -> Result<(), serde_json::Error> {
        let shown = |path: &Path| self.leaf(path).and_then(Leaf::shown).map(LeafValue::json);
        match slot {
            FieldSlot::Leaf(leaf) => shown(path).map_or(Ok(()), |value| leaf.read(value)),
            FieldSlot::Leaves(leaves) => self
                .keys_below(path)
                .iter()
                .try_for_each(|key| shown(&path.child(key)).map_or(Ok(()), |value| leaves.read(key, value))),
            FieldSlot::Entries(entries) => self.keys_below(path).iter().try_for_each(|key| {
                let entry_path = path.child(key);
                if self.life(Some(&entry_path)) == Life::Deleted {
                    return Ok(());
                }
                entries.entry(key).map_or(Ok(()), |entry| self.fill(entry, Some(&entry_path)))
            }),
        }
    }

    /// Returns the keys of a map in the body, each once, including those of deleted entries.
    pub(super) fn keys_below(&self, map: &Path) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        for (path, _) in self.leaves.from_key(&map.child("")).take_while(|(path, _)| path.is_below(map)) {
            if let Some(key) = path.steps().nth(1)
                && keys.last().is_none_or(|last| *last != *key)
            {
                keys.push(key.into_owned());
            }
        }
        keys
    }
}

/// Returns the leaves of a body: every leaf of the type, empty ones as `null`.
pub(super) fn leaves_of(body: &mut dyn Fields) -> SortedMap<Path, LeafValue> {
    let mut leaves = SortedMap::new();
    put_leaves(&mut leaves, body, None);
    leaves
}

fn put_leaves(leaves: &mut SortedMap<Path, LeafValue>, fields: &mut dyn Fields, above: Option<&Path>) {
    fields.each_field(&mut |name, slot| {
        let path = above.map_or_else(|| Path::root(name), |above| above.child(name));
        match slot {
            FieldSlot::Leaf(leaf) => {
                leaves.insert(path, LeafValue::new(leaf.write()));
            }
            FieldSlot::Leaves(map) => map.write(&mut |key, value| {
                leaves.insert(path.child(key), LeafValue::new(value));
            }),
            FieldSlot::Entries(entries) => {
                entries.each_entry(&mut |key, entry| put_leaves(leaves, entry, Some(&path.child(key))));
            }
        }
    });
}

/// Where a leaf belongs in the typed body.
#[derive(Clone, Debug)]
pub struct LeafPosition {
    /// The field of the body, or of an entry.
    pub field: &'static Field,
    /// The key of the entry, or of the map of leaves, if any.
    pub key: Option<String>,
    /// The field of the body that holds the entries, if the leaf belongs to an entry.
    pub entries: Option<&'static Field>,
}

/// Finds where a leaf belongs in the body of a kind; `None` if this version knows no such leaf.
pub fn position(kind: Kind, path: &Path) -> Option<LeafPosition> {
    let mut steps = path.steps();
    let find = |fields: &'static [Field], name: &str| fields.iter().find(|field| field.name == name);
    let field = find(kind.fields(), &steps.next()?)?;
    let position = match field.shape {
        Shape::Leaf => LeafPosition { field, key: None, entries: None },
        Shape::Leaves => LeafPosition { field, key: Some(steps.next()?.into_owned()), entries: None },
        Shape::Entries(fields) => {
            let key = steps.next()?.into_owned();
            LeafPosition { field: find(fields, &steps.next()?)?, key: Some(key), entries: Some(field) }
        }
    };
    steps.next().is_none().then_some(position)
}

/// Returns whether concurrent values of a leaf are never an open choice: positions in an order, and own leaves (`@…`).
pub fn is_quiet(kind: Option<Kind>, path: &Path) -> bool {
    path.is_own()
        || kind.and_then(|kind| position(kind, path)).is_some_and(|position| position.field.role == FieldRole::Position)
}

/// A leaf with a value that its type cannot hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The leaf.
    pub path: Path,
    /// The error message, for developers.
    pub why: String,
}

impl Record {
    /// Checks that the typed body can hold every known value of every leaf, including values that are not shown now but
    /// are part of an open choice. Leaves that this version does not know are accepted.
    ///
    /// # Errors
    /// Returns the first leaf with a value that the body cannot hold.
    pub fn check(&self) -> Result<(), Misfit> {
        let Some(kind) = self.kind() else { return Ok(()) };
        let mut body = kind.blank();
        for (path, leaf) in &self.leaves {
            let mut values = leaf.known().map(|(_, value)| value).filter(|value| !value.is_null()).peekable();
            if values.peek().is_none() {
                continue;
            }
            let Some(position) = position(kind, path) else { continue };
            // A text field accepts every text. Most values are texts, so this saves most of the work.
            let values = values.filter(|value| !(position.field.role == FieldRole::Text && value.json().is_string()));
            for value in values {
                position
                    .read_into(&mut *body, value.json())
                    .map_err(|why| Misfit { path: path.clone(), why: why.to_string() })?;
            }
        }
        Ok(())
    }
}

impl LeafPosition {
    /// Reads a value into the field at this position.
    fn read_into(&self, body: &mut dyn Fields, value: &Value) -> Result<(), serde_json::Error> {
        let key = self.key.as_deref().unwrap_or_default();
        let mut outcome = Ok(());
        body.each_field(&mut |name, slot| match slot {
            FieldSlot::Entries(entries) if self.entries.is_some_and(|field| field.name == name) => {
                if let Some(entry) = entries.entry(key) {
                    let within = Self { field: self.field, key: None, entries: None };
                    outcome = within.read_into(entry, value);
                }
            }
            FieldSlot::Leaf(leaf) if self.entries.is_none() && name == self.field.name => outcome = leaf.read(value),
            FieldSlot::Leaves(leaves) if name == self.field.name => outcome = leaves.read(key, value),
            _ => {}
        });
        outcome
    }
}

#[cfg(test)]
mod tests;
