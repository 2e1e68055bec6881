//! Writing to a record: a write replaces exactly what its author was shown.

use std::fmt;

use crate::domain::date::Timestamp;
use crate::domain::id::Id;
use crate::domain::registry::RegisteredBody;
use crate::domain::sorted::{SortedMap, SortedSet};

use super::dot::{Actor, Dot, Stamp};
use super::leaf::Leaf;
use super::life::{Life, deletion_leaf};
use super::path::Path;
use super::tree::Record;
use super::value::LeafValue;
use super::view::{leaves_of, position};

/// The author of a write, and the time by the author's clock.
#[derive(Clone, Debug)]
pub struct Author {
    /// The page load that writes.
    pub actor: Actor,
    /// The time of the write.
    pub at: Timestamp,
    /// The name that the author chose, if any.
    pub by: Option<String>,
}

/// Why a write was refused. Nothing was changed.
#[derive(Debug)]
pub enum EditError {
    /// The record is of another kind, or has a value that its typed body cannot hold.
    NotThisBody(serde_json::Error),
    /// The record's count has reached [`Seen::MAX_COUNT`](super::dot::Seen::MAX_COUNT): a file with a forged count was
    /// imported.
    CountedOut,
    /// A key in the body makes a path longer than [`Path::MAX_LEN`].
    PathTooLong,
    /// The record or entry is not in the trash, and the operation requires that.
    NotDeleted,
    /// A copy would have no leaf: every value here is masked.
    NothingToCopy,
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotThisBody(_) => {
                "Ændringen kunne ikke skrives: posten har et indhold, som denne version ikke kan læse. \
                 Intet er ændret. Gem en sikkerhedskopi, og opdater siden."
            }
            Self::CountedOut => {
                "Ændringen kunne ikke skrives: posten kan ikke ændres mere. Intet er ændret. \
                 Opret den som ny, så følger teksten med."
            }
            Self::NothingToCopy => "Der er intet at kopiere: alt i posten er skjult her. Intet er ændret.",
            Self::NotDeleted => "Det ligger ikke i papirkurven mere. Intet er ændret.",
            Self::PathTooLong => "Ændringen kunne ikke skrives: et navn i den er for langt. Intet er ændret.",
        })
    }
}

impl std::error::Error for EditError {}

impl From<serde_json::Error> for EditError {
    fn from(error: serde_json::Error) -> Self {
        Self::NotThisBody(error)
    }
}

/// What an author was shown: for each field that has focus, the dots that were in it when it got focus. Values that
/// arrive meanwhile are not listed, so they stay beside the author's text as an open choice. A field that is not listed
/// is taken as shown in its present state.
#[derive(Clone, Debug, Default)]
pub struct Focus(SortedMap<Path, SortedSet<Dot>>);

impl Focus {
    /// Notes that the author is shown the field from now on.
    pub fn enter(&mut self, record: &Record, path: Path) {
        let dots = record.leaf(&path).map(Leaf::shown_dots).unwrap_or_default();
        self.0.insert(path, dots);
    }

    /// Notes that the author has left the field.
    pub fn leave(&mut self, path: &Path) {
        self.0.remove(path);
    }
}

impl Record {
    /// Creates a record with every leaf of its type.
    ///
    /// # Errors
    /// See [`EditError`].
    pub fn create<B: RegisteredBody>(id: Id, body: &B, author: &Author) -> Result<Self, EditError> {
        let mut record = Self::bare(B::KIND.name(), id);
        record.write(leaves_of(&mut body.clone()), &mut Focus::default(), author)?;
        Ok(record)
    }

    /// Creates a record from its leaves, for a kind without a typed body.
    ///
    /// # Errors
    /// See [`EditError`].
    pub(crate) fn of_leaves(
        kind: &str,
        id: Id,
        leaves: Vec<(Path, LeafValue)>,
        author: &Author,
    ) -> Result<Self, EditError> {
        let mut record = Self::bare(kind, id);
        record.write(leaves, &mut Focus::default(), author)?;
        Ok(record)
    }

    /// Edits the typed body. Only leaves that `change` changed are written. A removed entry goes to the trash, an entry
    /// that was in the trash and is inserted again is restored, and a removed leaf of a map is set to `null`.
    ///
    /// # Errors
    /// See [`EditError`].
    pub fn edit<B: RegisteredBody>(
        &mut self,
        focus: &mut Focus,
        author: &Author,
        change: impl FnOnce(&mut B),
    ) -> Result<(), EditError> {
        let mut body = self.view::<B>()?;
        let before = leaves_of(&mut body);
        change(&mut body);
        let after = leaves_of(&mut body);

        let entry_of = |path: &Path| {
            let position = position(B::KIND, path)?;
            Some(Path::root(position.entries?.name).child(&position.key?))
        };
        let entries =
            |leaves: &SortedMap<Path, LeafValue>| leaves.keys().filter_map(entry_of).collect::<SortedSet<_>>();
        let (entries_before, entries_after) = (entries(&before), entries(&after));

        // Empty fields of a new entry are not written: two people who independently create the entry under the same key
        // (such as a topic) would otherwise each empty what the other wrote. An entry without any value is written in
        // full, since it must have some leaf.
        let entries_with_value: SortedSet<Path> =
            after.iter().filter(|(_, value)| !value.is_null()).filter_map(|(path, _)| entry_of(path)).collect();
        let can_be_left_out = |path: &Path, value: &LeafValue| {
            value.is_null()
                && self.leaf(path).is_none()
                && entry_of(path).is_some_and(|entry| entries_with_value.contains(&entry))
        };

        let mut writes = SortedMap::new();
        for (path, value) in &after {
            let is_new = entry_of(path).is_some_and(|entry| !entries_before.contains(&entry));
            if is_new && can_be_left_out(path, value) {
                continue;
            }
            if is_new || before.get(path) != Some(value) {
                writes.insert(path.clone(), value.clone());
            }
        }
        for path in before.keys().filter(|path| !after.contains_key(path) && entry_of(path).is_none()) {
            writes.insert(path.clone(), LeafValue::NULL);
        }
        for entry in entries_before.difference(&entries_after) {
            writes.insert(deletion_leaf(Some(entry)), self.deletion_value(Some(entry), self.seen.clone()));
        }
        for entry in entries_after.difference(&entries_before) {
            if self.life(Some(entry)) != Life::Living {
                writes.insert(deletion_leaf(Some(entry)), LeafValue::NULL);
            }
        }
        if writes.is_empty() {
            return Ok(());
        }
        self.write(writes, focus, author)
    }

    /// Writes leaves in one transaction, under one dot. Each value replaces what its author was shown: the dots in
    /// `focus`, or else all shown dots of the leaf. The new dot is added to `focus`.
    ///
    /// # Errors
    /// See [`EditError`].
    pub fn write(
        &mut self,
        writes: impl IntoIterator<Item = (Path, LeafValue)>,
        focus: &mut Focus,
        author: &Author,
    ) -> Result<(), EditError> {
        self.write_shown(writes.into_iter().collect(), focus, author)
    }

    /// Writes leaves over the dots in `focus`; not generic, to keep the compiled code small.
    fn write_shown(
        &mut self,
        writes: Vec<(Path, LeafValue)>,
        focus: &mut Focus,
        author: &Author,
    ) -> Result<(), EditError> {
        let writes: Vec<_> = writes
            .into_iter()
            .map(|(path, value)| {
                let shown = match focus.0.get(&path) {
                    Some(dots) => dots.clone(),
                    None => self.leaf(&path).map(Leaf::shown_dots).unwrap_or_default(),
                };
                (path, value, shown)
            })
            .collect();
        let written = self.write_over(writes, author)?;
        for (path, dots) in focus.0.iter_mut() {
            if let Some(dot) = written.filter(|&dot| self.leaf(path).is_some_and(|leaf| leaf.get(dot).is_some())) {
                dots.insert(dot);
            }
        }
        Ok(())
    }

    /// Writes leaves in one transaction, each over exactly the given dots. Returns the new dot, or `None` if there was
    /// nothing to write.
    ///
    /// # Errors
    /// See [`EditError`].
    pub(super) fn write_over(
        &mut self,
        writes: Vec<(Path, LeafValue, SortedSet<Dot>)>,
        author: &Author,
    ) -> Result<Option<Dot>, EditError> {
        if writes.is_empty() {
            return Ok(None);
        }
        if writes.iter().any(|(path, ..)| path.as_str().len() > Path::MAX_LEN) {
            return Err(EditError::PathTooLong);
        }
        let dot = Dot { n: self.seen.next_count().ok_or(EditError::CountedOut)?, actor: author.actor };
        for (path, value, replaces) in writes {
            self.leaves.get_or_default(path).write(dot, value, &replaces);
        }
        self.seen.add(dot);
        self.stamps.insert(dot, Stamp { at: author.at, by: author.by.clone() });
        self.drop_dead_stamps();
        Ok(Some(dot))
    }

    /// Copies the shown values to a new record under a new id, in one write by the author (*Opret som ny*). Entries in
    /// the trash and own leaves are left out, except the answers under `@not_cpr`.
    ///
    /// # Errors
    /// See [`EditError`].
    pub fn copy_as(&self, id: Id, author: &Author) -> Result<Self, EditError> {
        let mut copy = Self::bare(&self.kind, id);
        let is_copied = |path: &Path| {
            let is_in_trash = self.entry_of(path).is_some_and(|entry| self.life(Some(&entry)) == Life::Deleted);
            // The answer that a number is no CPR number holds for the copied text too.
            if path.is_own() { path.is_below(&Path::root("@not_cpr")) } else { !is_in_trash }
        };
        let copied = self.leaves.iter().filter(|(path, _)| is_copied(path));
        copy.write(
            copied.filter_map(|(path, leaf)| Some((path.clone(), leaf.shown()?.clone()))),
            &mut Focus::default(),
            author,
        )?;
        if copy.leaves.is_empty() { Err(EditError::NothingToCopy) } else { Ok(copy) }
    }
}

#[cfg(test)]
mod tests;
