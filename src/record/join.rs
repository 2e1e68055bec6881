//! The records of one institution under several unit ids, shown and written as one.
//!
//! Some records have ids that derive from a unit's id: figures, dialogues about them, progress, conversations, reports
//! and reviews of the four views. If the unit has several ids, there may be one such record under each of them (the
//! *sources*). The app shows their *join*, under the representative id. The join is built anew on every reading, and is
//! never stored or exported. A write to the join becomes ordinary writes to the sources. Nothing is copied, so taking
//! the answer back separates the units completely.
//!
//! # Invariants
//!
//! * **Every write in the join is a write of some source.** The actors of a source are mapped to others in the join
//!   ([`Actor::under`]), because a dot is unique within one record only. The actors of the representative record are
//!   unchanged.
//! * **A write to the join goes to each source of which it replaced a shown value**, and replaces exactly these values.
//!   If it replaced none, it goes to the representative record (in an entry, to the first source that has the entry). The
//!   write has the same count in all sources, above every count seen in any of them. It is therefore one write in the
//!   join as well, and the author can continue typing over it.
//! * **What is in the trash is not joined**, neither records nor entries. Only if all sources are in the trash is the
//!   join built from them, and is itself in the trash.
//! * Of the unit itself the representative record is shown and written. In a field that nobody has filled in there, the value
//!   of another source is shown. A second spelling is therefore no open choice.

use std::borrow::Cow;

use serde_json::Value;

use crate::domain::body::FieldRole;
use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::domain::sorted::{SortedMap, SortedSet};

use super::dot::{Actor, Dot, Seen};
use super::identity::Identities;
use super::leaf::{Leaf, LeafState, is_untouched};
use super::life::{Deletion, Life};
use super::path::Path;
use super::tree::Record;
use super::value::LeafValue;
use super::view::position;

/// The kinds of record whose ids derive from a unit's id.
const DERIVED_KINDS: [Kind; 6] =
    [Kind::Series, Kind::Dialogue, Kind::Progress, Kind::Samtale, Kind::Rapport, Kind::SynReview];

/// The join of several records, with its sources.
#[derive(Debug)]
pub struct Joined {
    record: Record,
    sources: Vec<Source>,
    /// For each write in the join, by leaf and dot, the writes of sources it stands for.
    origins: SortedMap<(Path, Dot), Vec<Origin>>,
}

/// A record that the join is built from.
#[derive(Debug)]
struct Source {
    record: Record,
    /// The unit's id in this source, and the representative one; `None` for a record under the representative id.
    unit_ids: Option<(String, String)>,
}

/// A write of a source.
#[derive(Debug)]
struct Origin {
    /// The index of the source.
    source: usize,
    path: Path,
    dot: Dot,
}

/// Joins the records under all ids that a representative id represents; `None` if there is only one id, or no record under
/// another. `record` looks up a record.
pub fn joined(id: &Id, identities: &Identities, record: impl Fn(&Id) -> Option<Record>) -> Option<Joined> {
    if identities.is_empty() {
        return None;
    }
    let others = identities.merged_ids(id);
    let others: Vec<Record> = others.iter().filter_map(&record).collect();
    if others.is_empty() { None } else { Joined::of(id, record(id).into_iter().chain(others)) }
}

impl Joined {
    /// Joins records under the representative id. The record with that id, if there is one, comes first in `records`. Returns
    /// `None` if the kind cannot be joined, or if no record with another id is to be joined.
    pub fn of(id: &Id, records: impl IntoIterator<Item = Record>) -> Option<Self> {
        let mut records: Vec<Record> = records.into_iter().collect();
        let kind = records.first()?.kind()?;
        records.retain(|record| record.kind() == Some(kind));
        let is_unit = kind == Kind::Enhed;
        let can_be_joined = if is_unit { records.first()?.id() == id } else { DERIVED_KINDS.contains(&kind) };
        if !can_be_joined {
            return None;
        }
        let is_outside_trash = |record: &Record| record.life(None) != Life::Deleted;
        if records.iter().any(is_outside_trash) {
            records.retain(is_outside_trash);
        }
        if records.iter().all(|record| record.id() == id) {
            return None;
        }
        let unit_id = |id: &Id| id.as_str().split('.').next().unwrap_or_default().to_owned();
        let source = |record: Record| {
            let unit_ids = (record.id() != id).then(|| (unit_id(record.id()), unit_id(id)));
            Source { record, unit_ids }
        };
        let mut joined = Self {
            record: Record::bare(kind.name(), id.clone()),
            sources: records.into_iter().map(source).collect(),
            origins: SortedMap::new(),
        };
        for index in 0..joined.sources.len() {
            if is_unit && index > 0 {
                joined.fill_empty_fields(index);
            } else {
                joined.add_source(index);
            }
        }
        Some(joined)
    }

    /// Returns the join as a record, to be shown. It must not be stored.
    pub const fn record(&self) -> &Record {
        &self.record
    }

    /// Adds all leaves of a source. An entry in its trash is left out if another source has the entry living.
    fn add_source(&mut self, index: usize) {
        let source = &self.sources[index];
        let mut left_out = SortedSet::new();
        for path in source.record.leaves.keys().filter(|path| path.is_deletion()) {
            let Some(entry) = source.record.entry_of(path) else { continue };
            let joined_entry = source.path_in_join(&entry).into_owned();
            let has_living = |(other_index, other): (usize, &Source)| {
                other_index != index && other.has_living(&other.path_in_source(&joined_entry))
            };
            if !source.has_living(&entry) && self.sources.iter().enumerate().any(has_living) {
                left_out.insert(entry);
            }
        }
        let is_included = |path: &Path| left_out.is_empty() || !left_out.iter().any(|entry| path.is_below(entry));
        let leaves = source.record.leaves.iter().filter(|(path, _)| is_included(path));
        let writes =
            leaves.flat_map(|(path, leaf)| leaf.states().map(|(dot, state)| (path.clone(), dot, state.clone())));
        let writes: Vec<(Path, Dot, LeafState)> = writes.collect();
        let seen = source.record.seen.map_actors(&|actor| source.map_actor(actor));
        self.record.seen.join(&seen);
        for (path, dot, state) in writes {
            self.add_write(index, path, dot, &state);
        }
    }

    /// Adds the shown values of another unit's record in fields that are empty in the join. Filled fields are kept, so
    /// a second spelling opens no choice.
    fn fill_empty_fields(&mut self, index: usize) {
        let source = &self.sources[index].record;
        let mut writes = Vec::new();
        for (path, leaf) in source.leaves.iter().filter(|(path, _)| !path.is_own()) {
            // A field that was emptied on purpose is not untouched, and stays empty.
            let is_blank =
                |(dot, state): (Dot, &LeafState)| state.known().is_some_and(|value| is_untouched((dot, value)));
            let is_empty = self.record.leaf(path).is_none_or(|leaf| leaf.states().all(is_blank));
            // A unit must not name itself, as in the field of the unit above.
            let is_usable =
                |value: &LeafValue| !value.is_null() && value.json().as_str() != Some(self.record.id.as_str());
            let shown = leaf.wordings().into_iter().next().filter(|shown| is_empty && is_usable(shown.value));
            let shown = shown.and_then(|shown| Some((*shown.dots.last()?, LeafState::Known(shown.value.clone()))));
            writes.extend(shown.map(|(dot, state)| (path.clone(), dot, state)));
        }
        for (path, dot, state) in writes {
            self.add_write(index, path, dot, &state);
        }
    }

    /// Adds a write of a source to the join.
    fn add_write(&mut self, index: usize, path: Path, dot: Dot, state: &LeafState) {
        let source = &self.sources[index];
        let joined_path = source.path_in_join(&path).into_owned();
        let state = match state {
            LeafState::Known(value) => LeafState::Known(source.map_value(&path, value, Direction::ToJoin)),
            other => other.clone(),
        };
        let leaf = self.record.leaves.get_or_default(joined_path.clone());
        let mut joined_dot = Dot { actor: source.map_actor(dot.actor), ..dot };
        while !leaf.insert_or_join(joined_dot, &state) {
            joined_dot.actor = joined_dot.actor.rehash(source.record.id());
        }
        self.record.seen.add(joined_dot);
        if let Some(stamp) = source.record.stamp(dot) {
            self.record.stamps.get_or_insert_with(joined_dot, || stamp.clone());
        }
        self.origins.get_or_default((joined_path, joined_dot)).push(Origin { source: index, path, dot });
    }

    /// Writes a changed join back: returns the sources that change, in their new state. `after` is [`Self::record`]
    /// with new writes.
    pub fn write_back(&self, after: &Record) -> Vec<Record> {
        // The new writes in the order they were made, each with the dots it replaced.
        let mut writes: SortedMap<(Dot, &Path), (&LeafValue, Vec<Dot>)> = SortedMap::new();
        for (path, leaf) in after.leaves() {
            let before = self.record.leaf(path);
            if before == Some(leaf) {
                continue;
            }
            let replaced = before.into_iter().flat_map(Leaf::dots).filter(|dot| leaf.get(*dot).is_none());
            let mut replaced: Vec<Dot> = replaced.collect();
            for (dot, value) in leaf.known().filter(|(dot, _)| before.is_none_or(|before| before.get(*dot).is_none())) {
                writes.insert((dot, path), (value, std::mem::take(&mut replaced)));
            }
        }
        let mut records: Vec<Record> = self.sources.iter().map(|source| source.record.clone()).collect();
        for (&(dot, path), (value, replaced)) in &writes {
            for Target { source: index, path, replaces } in self.targets(path, value, replaced) {
                let (source, record) = (&self.sources[index], &mut records[index]);
                let source_dot = Dot { actor: source.map_actor(dot.actor), ..dot };
                record.seen.add(source_dot);
                let value = match Deletion::read(value).filter(|_| path.is_deletion()) {
                    Some(deletion) => self.source_deletion(index, &record.seen, &deletion).value(),
                    None => source.map_value(&path, value, Direction::ToSource),
                };
                record.leaves.get_or_default(path).write(source_dot, value, &replaces);
                if let Some(stamp) = after.stamp(dot) {
                    record.stamps.insert(source_dot, stamp.clone());
                }
            }
        }
        let changed = records.into_iter().zip(&self.sources).filter(|(record, source)| *record != source.record);
        let changed = changed.map(|(mut record, _)| {
            record.drop_dead_stamps();
            record
        });
        changed.collect()
    }

    /// Translates a deletion in the join to one in a source, whose `seen` is given: it covers those writes of the
    /// source that the deletion's author was shown in the join.
    fn source_deletion(&self, index: usize, seen: &Seen, deletion: &Deletion) -> Deletion {
        let writes_of_source = |(path, dot): &(Path, Dot)| {
            let origins = self.origins.get(&(path.clone(), *dot)).into_iter().flatten();
            origins
                .filter(|origin| origin.source == index)
                .map(|origin| (origin.path.clone(), origin.dot))
                .collect::<Vec<_>>()
        };
        let withheld = deletion.withheld().iter().flat_map(writes_of_source).collect();
        Deletion::new(self.sources[index].seen_of(seen, &deletion.seen), withheld)
    }

    /// Finds the sources that a write to the join goes to. `joined_path` is the leaf in the join, `replaced` are the
    /// dots that the write replaced there.
    fn targets(&self, joined_path: &Path, value: &LeafValue, replaced: &[Dot]) -> Vec<Target> {
        // One candidate for each source, and whether the write has to go there.
        let mut candidates: Vec<(Target, bool)> = Vec::new();
        for (index, source) in self.sources.iter().enumerate() {
            let origins = replaced.iter().filter_map(|dot| self.origins.get(&(joined_path.clone(), *dot))).flatten();
            let mut target = Target {
                source: index,
                path: source.path_in_source(joined_path).into_owned(),
                replaces: SortedSet::new(),
            };
            let mut is_target = false;
            for origin in origins.filter(|origin| origin.source == index) {
                target.path.clone_from(&origin.path);
                target.replaces.insert(origin.dot);
                let state = source.record.leaf(&origin.path).and_then(|leaf| leaf.get(origin.dot));
                is_target |= state.and_then(LeafState::known).is_some_and(|value| !is_untouched((origin.dot, value)));
            }
            if joined_path.is_deletion() && !value.is_null() {
                let entry = source.record.entry_of(&target.path);
                is_target |= entry.map_or(source.record.life(None) != Life::Deleted, |entry| source.has_living(&entry));
            }
            candidates.push((target, is_target));
        }
        let is_unit = self.record.kind() == Some(Kind::Enhed);
        if is_unit || !candidates.iter().any(|(_, is_target)| *is_target) {
            let source_of_entry = self.record.entry_of(joined_path).filter(|_| !is_unit).and_then(|entry| {
                self.sources.iter().position(|source| source.has_living(&source.path_in_source(&entry)))
            });
            for (target, is_target) in &mut candidates {
                *is_target = target.source == source_of_entry.unwrap_or_default();
            }
        }
        candidates.into_iter().filter(|(_, is_target)| *is_target).map(|(target, _)| target).collect()
    }
}

/// Where a write to the join goes.
struct Target {
    /// The index of the source.
    source: usize,
    /// The leaf in the source.
    path: Path,
    /// The dots that the write replaces there.
    replaces: SortedSet<Dot>,
}

/// The direction in which ids are renamed.
#[derive(Clone, Copy, PartialEq)]
enum Direction {
    ToJoin,
    ToSource,
}

impl Source {
    /// Maps an actor of this source to that in the join, or back.
    fn map_actor(&self, actor: Actor) -> Actor {
        if self.unit_ids.is_some() { actor.under(self.record.id()) } else { actor }
    }

    /// Returns whether the source has an entry, outside the trash.
    fn has_living(&self, entry: &Path) -> bool {
        self.record.has_leaves_below(entry) && self.record.life(Some(entry)) != Life::Deleted
    }

    /// Of the writes `seen` in this source, those that somebody had seen who had seen `seen_in_join` of the join.
    fn seen_of(&self, seen: &Seen, seen_in_join: &Seen) -> Seen {
        let lower_count = |(actor, n): (Actor, u64)| {
            let joined_actor = self.map_actor(actor);
            let (_, joined_n) = seen_in_join.iter().find(|(other, _)| *other == joined_actor)?;
            Some(Dot { n: n.min(joined_n), actor })
        };
        seen.iter().filter_map(lower_count).collect()
    }

    /// Returns the unit's id to replace, and its replacement; `None` if nothing is renamed.
    fn renaming(&self, direction: Direction) -> Option<(&str, &str)> {
        let (id_in_source, standing_id) = self.unit_ids.as_ref()?;
        Some(match direction {
            Direction::ToJoin => (id_in_source, standing_id),
            Direction::ToSource => (standing_id, id_in_source),
        })
    }

    /// Returns the path in the join of a leaf or entry of this source.
    fn path_in_join<'p>(&self, path: &'p Path) -> Cow<'p, Path> {
        self.map_path(path, Direction::ToJoin)
    }

    /// Returns the path in this source of a leaf or entry of the join.
    fn path_in_source<'p>(&self, path: &'p Path) -> Cow<'p, Path> {
        self.map_path(path, Direction::ToSource)
    }

    fn map_path<'p>(&self, path: &'p Path, direction: Direction) -> Cow<'p, Path> {
        let Some((from, to)) = self.renaming(direction).filter(|(from, _)| path.as_str().contains(from)) else {
            return Cow::Borrowed(path);
        };
        let steps = path.as_str().split('/').map(|step| renamed_id(step, from, to).unwrap_or_else(|| step.to_owned()));
        Path::parse(&steps.collect::<Vec<_>>().join("/")).map_or(Cow::Borrowed(path), Cow::Owned)
    }

    /// Maps the value of a leaf between this source and the join. A deletion covers the mapped writes, and the unit's
    /// id is renamed. Texts that people typed are unchanged.
    fn map_value(&self, path: &Path, value: &LeafValue, direction: Direction) -> LeafValue {
        if path.is_deletion() {
            let deletion = Deletion::read(value).map(|deletion| deletion.map_actors(&|actor| self.map_actor(actor)));
            let deletion = deletion.map(|deletion| deletion.map_paths(&|path| self.path_in_join(&path).into_owned()));
            return deletion.map_or_else(|| value.clone(), |deletion| deletion.value());
        }
        let is_text = || {
            self.record
                .kind()
                .and_then(|kind| position(kind, path))
                .is_some_and(|position| position.field.role == FieldRole::Text)
        };
        match self.renaming(direction) {
            Some((from, to)) if may_have_id(value.json(), from) && !is_text() => {
                let mut value = value.json().clone();
                rename_ids(&mut value, from, to);
                LeafValue::new(value)
            }
            _ => value.clone(),
        }
    }
}

/// Renames a unit's id, or an id derived from it; `None` if the text is neither.
fn renamed_id(text: &str, from: &str, to: &str) -> Option<String> {
    let rest = text.strip_prefix(from).filter(|rest| rest.is_empty() || rest.starts_with('.'))?;
    Some(format!("{to}{rest}"))
}

/// Returns whether some text in a value begins with an id. A quick test before the value is copied.
fn may_have_id(value: &Value, id: &str) -> bool {
    match value {
        Value::String(text) => text.starts_with(id),
        Value::Array(items) => items.iter().any(|item| may_have_id(item, id)),
        Value::Object(fields) => fields.values().any(|item| may_have_id(item, id)),
        _ => false,
    }
}

/// Renames a unit's id, and ids derived from it, wherever a text in a value is one.
fn rename_ids(value: &mut Value, from: &str, to: &str) {
    match value {
        Value::String(text) => {
            if let Some(new) = renamed_id(text, from, to) {
                *text = new;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename_ids(item, from, to)),
        Value::Object(fields) => fields.values_mut().for_each(|item| rename_ids(item, from, to)),
        _ => {}
    }
}
