//! Writing: a write replaces exactly what its author was shown.

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

/// Who writes, and when by their clock.
#[derive(Clone, Debug)]
pub struct Author {
    /// The page load.
    pub actor: Actor,
    /// The moment.
    pub at: Timestamp,
    /// A name the author chose, or nothing.
    pub by: Option<String>,
}

/// Why a write was not made. Nothing was changed.
#[derive(Debug)]
pub enum EditError {
    /// The record is of another kind, or holds what its type cannot.
    NotThisBody(serde_json::Error),
    /// The record's writes have been counted to the end: a file with a made-up count was taken in.
    CountedOut,
    /// A name in the body makes a path too long to write.
    PathTooLong,
    /// What can only be done to what lies in the trash was asked of something that does not.
    NotDeleted,
    /// A copy would have no field: all that is there is masked.
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

/// What an author was shown: for each field that has focus the writes that stood in it when it got it. What arrives
/// meanwhile is not in it, and so stays beside what the author writes, as an open choice. Fields that are not in it
/// were shown as they are.
#[derive(Clone, Debug, Default)]
pub struct Focus(SortedMap<Path, SortedSet<Dot>>);

impl Focus {
    /// The author is shown a field of a record from now on.
    pub fn enter(&mut self, record: &Record, path: Path) {
        let dots = record.leaf(&path).map(Leaf::shown_dots).unwrap_or_default();
        self.0.insert(path, dots);
    }

    /// The author has left a field.
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

    /// Creates a record of a kind that has no type, of its leaves.
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

    /// Edits the typed body. Only leaves that the change touched are written; a removed entry goes to the trash, a
    /// removed leaf of a map is emptied.
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
            let place = position(B::KIND, path)?;
            Some(Path::root(place.entries?.name).child(&place.key?))
        };
        let entries =
            |leaves: &SortedMap<Path, LeafValue>| leaves.keys().filter_map(entry_of).collect::<SortedSet<_>>();
        let (entries_before, entries_after) = (entries(&before), entries(&after));

        // What nobody has said anything of in a new entry is not written: two who make the same entry apart (a topic that
        // both take up) would otherwise each have emptied what the other wrote. Something of the entry must stand.
        let said: SortedSet<Path> =
            after.iter().filter(|(_, value)| !value.is_null()).filter_map(|(path, _)| entry_of(path)).collect();
        let is_unsaid = |path: &Path, value: &LeafValue| {
            value.is_null() && self.leaf(path).is_none() && entry_of(path).is_some_and(|entry| said.contains(&entry))
        };

        let mut writes = SortedMap::new();
        for (path, value) in &after {
            let is_new = entry_of(path).is_some_and(|entry| !entries_before.contains(&entry));
            if is_new && is_unsaid(path, value) {
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
            writes.insert(deletion_leaf(Some(entry)), self.deletion_having_seen(Some(entry), self.seen.clone()));
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

    /// Writes leaves in one transaction: what all other writing comes down to. Each write replaces what its author was
    /// shown, and the focus is moved on to what was written.
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

    /// Writes leaves in one transaction, each over exactly the given writes; its dot, or `None` where there was nothing
    /// to write.
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

    /// The same record under a new id, as its author's own: «Opret som ny».
    ///
    /// # Errors
    /// See [`EditError`].
    pub fn copy_as(&self, id: Id, author: &Author) -> Result<Self, EditError> {
        let mut copy = Self::bare(&self.kind, id);
        let is_copied = |path: &Path| {
            let living = self.entry_of(path).is_none_or(|entry| self.life(Some(&entry)) != Life::Deleted);
            // What was said to be no CPR number is none in the copy either.
            if path.is_own() { path.is_below(&Path::root("@not_cpr")) } else { living }
        };
        let shown = self.leaves.iter().filter(|(path, _)| is_copied(path));
        copy.write(
            shown.filter_map(|(path, leaf)| Some((path.clone(), leaf.shown()?.clone()))),
            &mut Focus::default(),
            author,
        )?;
        // A record of no leaves is none.
        if copy.leaves.is_empty() { Err(EditError::NothingToCopy) } else { Ok(copy) }
    }
}
