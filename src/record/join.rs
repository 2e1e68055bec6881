//! The records of one institution under several ids, shown and written as one.
//!
//! Of a record whose id follows from a unit's (its figures, what is said of them, its progress, conversations and reports)
//! there may be one under each id of the unit. What is shown is their join, under the id of the unit that stands for all. It
//! is made anew on every reading, and is stored and exported nowhere. A write to it becomes ordinary writes to the records
//! that it is made of. So nothing has to be copied, and what is joined parts completely when the answer is taken back.
//!
//! # Invariants
//!
//! * **Every write that is shown is one of some source.** A source's actors are others in the join ([`Actor::under`]), since
//!   a dot is somebody's own within one record alone; the standing record's actors stay who they are.
//! * **A write goes to each source of which it replaced a value that was shown**, and replaces exactly that. Where it
//!   replaced none it goes to the standing one (of an entry, to the first that has the entry). It has one count in all of
//!   them, above all that was seen in any, so it is one write in the join as well, and whoever typed it types on over it.
//! * **What lies in the trash is not joined in**, a record or an entry of one; only where all of it lies in the trash is it
//!   shown so, as one.
//! * Of the unit itself the standing record is shown, and written. Where nobody has said anything in a field of it, what
//!   another says there is shown: a second spelling is no open choice.

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

/// The kinds whose ids follow from a unit's.
const DERIVED: [Kind; 5] = [Kind::Series, Kind::Dialogue, Kind::Progress, Kind::Samtale, Kind::Rapport];

/// Records that are shown as one.
#[derive(Debug)]
pub struct Joined {
    record: Record,
    sources: Vec<Source>,
    /// For each write that is shown in a leaf, where it lies.
    origins: SortedMap<(Path, Dot), Vec<Origin>>,
}

#[derive(Debug)]
struct Source {
    record: Record,
    /// The unit that it is of, and the one that stands for it; nothing for the standing one's own.
    names: Option<(String, String)>,
}

#[derive(Debug)]
struct Origin {
    source: usize,
    path: Path,
    dot: Dot,
}

/// The records that are shown as one under an id, where there are several ids; `of` looks one up.
pub fn joined(id: &Id, identities: &Identities, of: impl Fn(&Id) -> Option<Record>) -> Option<Joined> {
    if identities.is_empty() {
        return None;
    }
    let others = identities.merged_ids(id);
    let others: Vec<Record> = others.iter().filter_map(&of).collect();
    if others.is_empty() { None } else { Joined::of(id, of(id).into_iter().chain(others)) }
}

impl Joined {
    /// The join of records under the id that stands for theirs: its own first, where there is one. `None` where there is
    /// nothing to join to it.
    pub fn of(id: &Id, records: impl IntoIterator<Item = Record>) -> Option<Self> {
        let mut records: Vec<Record> = records.into_iter().collect();
        let kind = records.first()?.kind()?;
        records.retain(|record| record.kind() == Some(kind));
        let is_unit = kind == Kind::Enhed;
        let can_be = if is_unit { records.first()?.id() == id } else { DERIVED.contains(&kind) };
        if !can_be {
            return None;
        }
        let is_there = |record: &Record| record.life(None) != Life::Deleted;
        if records.iter().any(is_there) {
            records.retain(is_there);
        }
        if records.iter().all(|record| record.id() == id) {
            return None;
        }
        let unit = |id: &Id| id.as_str().split('.').next().unwrap_or_default().to_owned();
        let source = |record: Record| {
            let names = (record.id() != id).then(|| (unit(record.id()), unit(id)));
            Source { record, names }
        };
        let mut joined = Self {
            record: Record::bare(kind.name(), id.clone()),
            sources: records.into_iter().map(source).collect(),
            origins: SortedMap::new(),
        };
        for at in 0..joined.sources.len() {
            if is_unit && at > 0 {
                joined.fill_from(at);
            } else {
                joined.take(at);
            }
        }
        Some(joined)
    }

    /// The record as it is shown. It is stored nowhere.
    pub const fn record(&self) -> &Record {
        &self.record
    }

    fn take(&mut self, at: usize) {
        let source = &self.sources[at];
        let mut left_out = SortedSet::new();
        for path in source.record.leaves.keys().filter(|path| path.is_deletion()) {
            let Some(entry) = source.record.entry_of(path) else { continue };
            let name = source.name(&entry).into_owned();
            let has_it = |(other, own): (usize, &Source)| other != at && own.has_living(&own.path(&name));
            if !source.has_living(&entry) && self.sources.iter().enumerate().any(has_it) {
                left_out.insert(entry);
            }
        }
        let is_in = |path: &Path| left_out.is_empty() || !left_out.iter().any(|entry| path.is_below(entry));
        let leaves = source.record.leaves.iter().filter(|(path, _)| is_in(path));
        let held = leaves.flat_map(|(path, leaf)| leaf.states().map(|(dot, held)| (path.clone(), dot, held.clone())));
        let held: Vec<(Path, Dot, LeafState)> = held.collect();
        let seen = source.record.seen.by(&|actor| source.actor(actor));
        self.record.seen.join(&seen);
        for (path, dot, held) in held {
            self.put(at, path, dot, &held);
        }
    }

    /// Takes in what another unit's record says of which the standing one's says nothing.
    fn fill_from(&mut self, at: usize) {
        let source = &self.sources[at].record;
        let mut said = Vec::new();
        for (path, leaf) in source.leaves.iter().filter(|(path, _)| !path.is_own()) {
            // What was emptied here on purpose stays empty.
            let is_blank =
                |(dot, held): (Dot, &LeafState)| held.known().is_some_and(|value| is_untouched((dot, value)));
            let is_empty = self.record.leaf(path).is_none_or(|own| own.states().all(is_blank));
            // It does not lie under itself.
            let is_said =
                |value: &LeafValue| !value.is_null() && value.json().as_str() != Some(self.record.id.as_str());
            let shown = leaf.wordings().into_iter().next().filter(|shown| is_empty && is_said(shown.value));
            let shown = shown.and_then(|shown| Some((*shown.dots.last()?, LeafState::Known(shown.value.clone()))));
            said.extend(shown.map(|(dot, held)| (path.clone(), dot, held)));
        }
        for (path, dot, held) in said {
            self.put(at, path, dot, &held);
        }
    }

    /// Shows a write of a source.
    fn put(&mut self, at: usize, path: Path, dot: Dot, held: &LeafState) {
        let source = &self.sources[at];
        let name = source.name(&path).into_owned();
        let held = match held {
            LeafState::Known(value) => LeafState::Known(source.shown(&path, value, Way::Out)),
            other => other.clone(),
        };
        let leaf = self.record.leaves.get_or_default(name.clone());
        let mut own = Dot { actor: source.actor(dot.actor), ..dot };
        while !leaf.take_in(own, &held) {
            own.actor = own.actor.beside(source.record.id());
        }
        self.record.seen.add(own);
        if let Some(stamp) = source.record.stamp(dot) {
            self.record.stamps.get_or_insert_with(own, || stamp.clone());
        }
        self.origins.get_or_default((name, own)).push(Origin { source: at, path, dot });
    }

    /// What a change of the record that is shown takes: the sources that it changes, as they are afterwards.
    pub fn write_back(&self, after: &Record) -> Vec<Record> {
        // In the order they were made.
        let mut writes: SortedMap<(Dot, &Path), (&LeafValue, Vec<Dot>)> = SortedMap::new();
        for (path, leaf) in after.leaves() {
            let before = self.record.leaf(path);
            if before == Some(leaf) {
                continue;
            }
            let gone = before.into_iter().flat_map(Leaf::dots).filter(|dot| leaf.get(*dot).is_none());
            let mut gone: Vec<Dot> = gone.collect();
            for (dot, value) in leaf.known().filter(|(dot, _)| before.is_none_or(|before| before.get(*dot).is_none())) {
                writes.insert((dot, path), (value, std::mem::take(&mut gone)));
            }
        }
        let mut records: Vec<Record> = self.sources.iter().map(|source| source.record.clone()).collect();
        for (&(dot, path), (value, gone)) in &writes {
            for (at, path, replaces) in self.targets(path, value, gone) {
                let (source, record) = (&self.sources[at], &mut records[at]);
                let own = Dot { actor: source.actor(dot.actor), ..dot };
                record.seen.add(own);
                let value = match Deletion::read(value).filter(|_| path.is_deletion()) {
                    // It covers what its author was shown of this source.
                    Some(deletion) => self.deletion_of(at, &record.seen, &deletion).value(),
                    None => source.shown(&path, value, Way::Back),
                };
                record.leaves.get_or_default(path).write(own, value, &replaces);
                if let Some(stamp) = after.stamp(dot) {
                    record.stamps.insert(own, stamp.clone());
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

    /// A deletion of what is shown as one of a source that has seen so much: it covers what its author was shown of that.
    fn deletion_of(&self, at: usize, seen: &Seen, deletion: &Deletion) -> Deletion {
        let of_source = |(path, dot): &(Path, Dot)| {
            let origins = self.origins.get(&(path.clone(), *dot)).into_iter().flatten();
            origins
                .filter(|origin| origin.source == at)
                .map(|origin| (origin.path.clone(), origin.dot))
                .collect::<Vec<_>>()
        };
        let withheld = deletion.withheld().iter().flat_map(of_source).collect();
        Deletion::new(self.sources[at].seen_of(seen, &deletion.seen), withheld)
    }

    /// Where a write goes that replaces some of what is shown: each source with its own name of the leaf, and what it
    /// replaces there.
    fn targets(&self, name: &Path, value: &LeafValue, gone: &[Dot]) -> Vec<(usize, Path, SortedSet<Dot>)> {
        let mut targets = Vec::new();
        for (at, source) in self.sources.iter().enumerate() {
            let origins = gone.iter().filter_map(|dot| self.origins.get(&(name.clone(), *dot))).flatten();
            let (mut path, mut replaces, mut is_said) = (source.path(name).into_owned(), SortedSet::new(), false);
            for origin in origins.filter(|origin| origin.source == at) {
                path.clone_from(&origin.path);
                replaces.insert(origin.dot);
                let held = source.record.leaf(&origin.path).and_then(|leaf| leaf.get(origin.dot));
                is_said |= held.and_then(LeafState::known).is_some_and(|value| !is_untouched((origin.dot, value)));
            }
            if name.is_deletion() && !value.is_null() {
                let entry = source.record.entry_of(&path);
                is_said |= entry.map_or(source.record.life(None) != Life::Deleted, |entry| source.has_living(&entry));
            }
            targets.push((at, path, replaces, is_said));
        }
        let is_unit = self.record.kind() == Some(Kind::Enhed);
        if is_unit || !targets.iter().any(|(.., is_said)| *is_said) {
            let home = self
                .record
                .entry_of(name)
                .filter(|_| !is_unit)
                .and_then(|entry| self.sources.iter().position(|source| source.has_living(&source.path(&entry))));
            for (at, .., is_said) in &mut targets {
                *is_said = *at == home.unwrap_or_default();
            }
        }
        let targets = targets.into_iter().filter(|(.., is_said)| *is_said);
        targets.map(|(at, path, replaces, _)| (at, path, replaces)).collect()
    }
}

/// Whether names go from a source to what is shown, or back.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Out,
    Back,
}

impl Source {
    /// Who stands for an actor of this source in what is shown, and the other way round.
    fn actor(&self, actor: Actor) -> Actor {
        if self.names.is_some() { actor.under(self.record.id()) } else { actor }
    }

    /// Whether it has an entry that does not lie in the trash.
    fn has_living(&self, entry: &Path) -> bool {
        self.record.has_leaves_below(entry) && self.record.life(Some(entry)) != Life::Deleted
    }

    /// What of its own somebody had seen who had seen so much of what is shown.
    fn seen_of(&self, own: &Seen, shown: &Seen) -> Seen {
        let had = |(actor, n): (Actor, u64)| {
            let name = self.actor(actor);
            let (_, shown) = shown.iter().find(|(shown, _)| *shown == name)?;
            Some(Dot { n: n.min(shown), actor })
        };
        own.iter().filter_map(had).collect()
    }

    /// The names of the unit on a way: the one that is there, and the one it becomes.
    fn names(&self, way: Way) -> Option<(&str, &str)> {
        let (own, standing) = self.names.as_ref()?;
        Some(if way == Way::Out { (own, standing) } else { (standing, own) })
    }

    /// The name in what is shown of a place in this source.
    fn name<'p>(&self, path: &'p Path) -> Cow<'p, Path> {
        self.renamed(path, Way::Out)
    }

    /// The place in this source of a name in what is shown.
    fn path<'p>(&self, name: &'p Path) -> Cow<'p, Path> {
        self.renamed(name, Way::Back)
    }

    fn renamed<'p>(&self, path: &'p Path, way: Way) -> Cow<'p, Path> {
        let Some((from, to)) = self.names(way).filter(|(from, _)| path.as_str().contains(from)) else {
            return Cow::Borrowed(path);
        };
        let steps = path.as_str().split('/').map(|step| renamed(step, from, to).unwrap_or_else(|| step.to_owned()));
        Path::parse(&steps.collect::<Vec<_>>().join("/")).map_or(Cow::Borrowed(path), Cow::Owned)
    }

    /// A value of a leaf of this source as it is shown, or one that is shown as it lies here: a deletion knows what it knew,
    /// and what names the unit names the one that is meant. People's own words are as they are.
    fn shown(&self, path: &Path, value: &LeafValue, way: Way) -> LeafValue {
        if path.is_deletion() {
            let deletion = Deletion::read(value).map(|deletion| deletion.by(&|actor| self.actor(actor)));
            let deletion = deletion.map(|deletion| deletion.map_paths(&|path| self.name(&path).into_owned()));
            return deletion.map_or_else(|| value.clone(), |deletion| deletion.value());
        }
        let is_words = || {
            self.record
                .kind()
                .and_then(|kind| position(kind, path))
                .is_some_and(|place| place.field.role == FieldRole::Text)
        };
        match self.names(way) {
            Some((from, to)) if names_it(value.json(), from) && !is_words() => {
                let mut value = value.json().clone();
                rename(&mut value, from, to);
                LeafValue::new(value)
            }
            _ => value.clone(),
        }
    }
}

/// The other name of a unit, or of what follows from a unit's id; `None` where a text is neither.
fn renamed(text: &str, from: &str, to: &str) -> Option<String> {
    let rest = text.strip_prefix(from).filter(|rest| rest.is_empty() || rest.starts_with('.'))?;
    Some(format!("{to}{rest}"))
}

fn names_it(value: &Value, name: &str) -> bool {
    match value {
        Value::String(text) => text.starts_with(name),
        Value::Array(items) => items.iter().any(|item| names_it(item, name)),
        Value::Object(fields) => fields.values().any(|item| names_it(item, name)),
        _ => false,
    }
}

fn rename(value: &mut Value, from: &str, to: &str) {
    match value {
        Value::String(text) => {
            if let Some(new) = renamed(text, from, to) {
                *text = new;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, from, to)),
        Value::Object(fields) => fields.values_mut().for_each(|item| rename(item, from, to)),
        _ => {}
    }
}
