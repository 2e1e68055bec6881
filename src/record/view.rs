//! The typed body as a view of the leaves, and the leaves of a typed body.

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
    /// The body: the shown value of every leaf that the type knows, without deleted entries.
    ///
    /// # Errors
    /// The record is of another kind, or a leaf holds what its type cannot; a record that [`Record::check`] passed
    /// never does.
    pub fn view<B: RegisteredBody>(&self) -> Result<B, serde_json::Error> {
        if *self.kind != *B::KIND.name() {
            return Err(serde::de::Error::custom("another kind"));
        }
        let mut body = B::default();
        self.fill(&mut body, None)?;
        Ok(body)
    }

    /// Fills the fields of the body, or of the entry at a path, with the shown values.
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

    fn fill_slot(&self, slot: FieldSlot<'_>, path: &Path) -> Result<(), serde_json::Error> {
        let shown = |path: &Path| self.leaf(path).and_then(Leaf::shown).map(LeafValue::json);
        match slot {
            FieldSlot::Leaf(leaf) => shown(path).map_or(Ok(()), |value| leaf.read(value)),
            FieldSlot::Leaves(leaves) => self
                .keys_below(path)
                .iter()
                .try_for_each(|key| shown(&path.child(key)).map_or(Ok(()), |value| leaves.read(key, value))),
            FieldSlot::Entries(entries) => self.keys_below(path).iter().try_for_each(|key| {
                let place = path.child(key);
                if self.life(Some(&place)) == Life::Deleted {
                    return Ok(());
                }
                entries.entry(key).map_or(Ok(()), |entry| self.fill(entry, Some(&place)))
            }),
        }
    }

    /// The keys of a map in the body, each once.
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

/// The leaves of a body: every leaf of the type, empty ones as `null`.
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

/// A leaf's place in the body of a kind this version knows.
#[derive(Clone, Debug)]
pub struct LeafPosition {
    /// The field, of the body or of an entry.
    pub field: &'static Field,
    /// The entry or key it is under.
    pub key: Option<String>,
    /// The field of the body that holds the entries, where it is under one.
    pub entries: Option<&'static Field>,
}

/// The place of a leaf, where this version knows it.
pub fn position(kind: Kind, path: &Path) -> Option<LeafPosition> {
    let mut steps = path.steps();
    let find = |fields: &'static [Field], name: &str| fields.iter().find(|field| field.name == name);
    let field = find(kind.fields(), &steps.next()?)?;
    let place = match field.shape {
        Shape::Leaf => LeafPosition { field, key: None, entries: None },
        Shape::Leaves => LeafPosition { field, key: Some(steps.next()?.into_owned()), entries: None },
        Shape::Entries(fields) => {
            let key = steps.next()?.into_owned();
            LeafPosition { field: find(fields, &steps.next()?)?, key: Some(key), entries: Some(field) }
        }
    };
    steps.next().is_none().then_some(place)
}

/// Whether concurrent values of a leaf never ask: positions, and what the record keeps for itself.
pub fn is_quiet(kind: Option<Kind>, path: &Path) -> bool {
    path.is_own()
        || kind.and_then(|kind| position(kind, path)).is_some_and(|place| place.field.role == FieldRole::Quiet)
}

/// A leaf that holds what its type cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The leaf.
    pub path: Path,
    /// What it should have been, for a developer's eyes.
    pub why: String,
}

impl Record {
    /// Looks whether every value of every leaf is what its type can hold, those that wait in open choices too: any of
    /// them may be shown one day. Leaves of no place in the body are a newer version's, and pass.
    ///
    /// # Errors
    /// The first leaf that is not.
    pub fn check(&self) -> Result<(), Misfit> {
        let Some(kind) = self.kind() else { return Ok(()) };
        let mut body = kind.blank();
        for (path, leaf) in &self.leaves {
            let mut values = leaf.known().map(|(_, value)| value).filter(|value| !value.is_null()).peekable();
            if values.peek().is_none() {
                continue;
            }
            let Some(place) = position(kind, path) else { continue };
            // Any text is words: the most of what there is, and nothing to look at.
            let values = values.filter(|value| !(place.field.role == FieldRole::Text && value.json().is_string()));
            for value in values {
                place
                    .read_into(&mut *body, value.json())
                    .map_err(|why| Misfit { path: path.clone(), why: why.to_string() })?;
            }
        }
        Ok(())
    }
}

impl LeafPosition {
    /// Reads a value into the field at this place.
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
