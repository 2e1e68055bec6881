//! The typed body as a view of the leaves, and the leaves of a typed body.

use serde_json::{Map, Value};

use crate::domain::body::{Body, Field, Role, Shape};
use crate::domain::kind::Kind;
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
    pub fn view<B: Body>(&self) -> Result<B, serde_json::Error> {
        if *self.kind != *B::KIND.name() {
            return Err(serde::de::Error::custom("another kind"));
        }
        serde_json::from_value(self.shown_body(B::FIELDS))
    }

    /// The shown values of the fields as one JSON object.
    fn shown_body(&self, fields: &[Field]) -> Value {
        let mut body = Map::new();
        for field in fields {
            let root = Path::root(field.name);
            match field.shape {
                Shape::Leaf => self.put_shown(&mut body, field.name, &root),
                Shape::Leaves => {
                    let mut map = Map::new();
                    for key in self.keys_below(&root) {
                        self.put_shown(&mut map, &key, &root.child(&key));
                    }
                    body.insert(field.name.to_owned(), Value::Object(map));
                }
                Shape::Entries(fields) => {
                    let mut entries = Map::new();
                    for key in self.keys_below(&root) {
                        let entry = root.child(&key);
                        if self.life(Some(&entry)) != Life::Deleted {
                            let mut values = Map::new();
                            for inner in fields {
                                self.put_shown(&mut values, inner.name, &entry.child(inner.name));
                            }
                            entries.insert(key, Value::Object(values));
                        }
                    }
                    body.insert(field.name.to_owned(), Value::Object(entries));
                }
            }
        }
        Value::Object(body)
    }

    fn put_shown(&self, object: &mut Map<String, Value>, name: &str, path: &Path) {
        if let Some(value) = self.leaf(path).and_then(Leaf::shown) {
            object.insert(name.to_owned(), value.json().clone());
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
///
/// # Errors
/// The body is no JSON object; no body type of the domain is.
pub(super) fn leaves_of<B: Body>(body: &B) -> Result<SortedMap<Path, LeafValue>, serde_json::Error> {
    let Value::Object(object) = serde_json::to_value(body)? else {
        return Err(serde::ser::Error::custom("a body is an object"));
    };
    let mut leaves = SortedMap::new();
    put_leaves(&mut leaves, B::FIELDS, None, object);
    Ok(leaves)
}

fn put_leaves(
    leaves: &mut SortedMap<Path, LeafValue>,
    fields: &[Field],
    above: Option<&Path>,
    mut object: Map<String, Value>,
) {
    for field in fields {
        let path = above.map_or_else(|| Path::root(field.name), |above| above.child(field.name));
        match (field.shape, object.remove(field.name).unwrap_or_default()) {
            (Shape::Leaves, Value::Object(map)) => {
                leaves.extend(map.into_iter().map(|(key, value)| (path.child(&key), LeafValue::new(value))));
            }
            (Shape::Entries(fields), Value::Object(map)) => {
                for (key, entry) in map {
                    if let Value::Object(entry) = entry {
                        put_leaves(leaves, fields, Some(&path.child(&key)), entry);
                    }
                }
            }
            (_, value) => {
                leaves.insert(path, LeafValue::new(value));
            }
        }
    }
}

/// A leaf's place in the body of a kind this version knows.
#[derive(Clone, Debug)]
pub struct Place {
    /// The field, of the body or of an entry.
    pub field: &'static Field,
    /// The entry or key it is under.
    pub key: Option<String>,
    /// The field of the body that holds the entries, where it is under one.
    pub entries: Option<&'static Field>,
}

/// The place of a leaf, where this version knows it.
pub fn place(kind: Kind, path: &Path) -> Option<Place> {
    let mut steps = path.steps();
    let find = |fields: &'static [Field], name: &str| fields.iter().find(|field| field.name == name);
    let field = find(kind.fields(), &steps.next()?)?;
    let place = match field.shape {
        Shape::Leaf => Place { field, key: None, entries: None },
        Shape::Leaves => Place { field, key: Some(steps.next()?.into_owned()), entries: None },
        Shape::Entries(fields) => {
            let key = steps.next()?.into_owned();
            Place { field: find(fields, &steps.next()?)?, key: Some(key), entries: Some(field) }
        }
    };
    steps.next().is_none().then_some(place)
}

/// Whether concurrent values of a leaf never ask: positions, and what the record keeps for itself.
pub fn is_quiet(kind: Option<Kind>, path: &Path) -> bool {
    path.is_own() || kind.and_then(|kind| place(kind, path)).is_some_and(|place| place.field.role == Role::Quiet)
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
        let alone = |path: &Path, place: &Place, value: &LeafValue| {
            let mut body = Map::new();
            place.put(&mut body, value.json().clone());
            kind.check(Value::Object(body)).map_err(|why| Misfit { path: path.clone(), why: why.to_string() })
        };
        // Value by value only what is not shown, or to name the one that misfits; else all at once.
        let mut shown = Map::new();
        let mut placed = Vec::new();
        for (path, leaf) in &self.leaves {
            let mut values = leaf.known().map(|(_, value)| value).filter(|value| !value.is_null()).rev().peekable();
            if values.peek().is_none() {
                continue;
            }
            let Some(place) = place(kind, path) else { continue };
            // Any text is words: the most of what there is, and nothing to look at.
            let mut values = values.filter(|value| !(place.field.role == Role::Words && value.json().is_string()));
            if let Some(value) = values.next() {
                place.put(&mut shown, value.json().clone());
                for other in values {
                    alone(path, &place, other)?;
                }
                placed.push((path, place, value));
            }
        }
        match kind.check(Value::Object(shown)) {
            Ok(()) => Ok(()),
            // What does not fit together fits nowhere alone either, so one of them is named.
            Err(_) => placed.iter().try_for_each(|(path, place, value)| alone(path, place, value)),
        }
    }
}

impl Place {
    /// Puts a value into a body at this place.
    fn put(&self, body: &mut Map<String, Value>, value: Value) {
        match (&self.key, self.entries) {
            (Some(key), Some(entries)) => {
                let map = object_in(body, entries.name);
                object_in(map, key).insert(self.field.name.to_owned(), value);
            }
            (Some(key), None) => {
                object_in(body, self.field.name).insert(key.clone(), value);
            }
            (None, _) => {
                body.insert(self.field.name.to_owned(), value);
            }
        }
    }
}

/// The object of a name in another, made where it is missing.
fn object_in<'m>(map: &'m mut Map<String, Value>, name: &str) -> &'m mut Map<String, Value> {
    let inner = map.entry(name).or_insert_with(|| Value::Object(Map::new()));
    if !inner.is_object() {
        *inner = Value::Object(Map::new());
    }
    match inner {
        Value::Object(inner) => inner,
        _ => unreachable!("it was made an object"),
    }
}
