//! Deletion, trash, and forgetting.
//!
//! Deleting writes one leaf, `@deleted`, that holds what its author had been shown at that moment; nothing else is
//! touched. What was written outside that is a change its author did not know of, and makes the deletion an open question.
//!
//! The value is the counts of what had been seen, `{"k3f9…": 4}`. Where writes among these were withheld from the author,
//! it also lists them: `{"seen": {"k3f9…": 4}, "withheld": ["2 k3f9… /values/2024"]}`. A version of the app that cannot
//! read this form takes it for a deletion that covers nothing, and asks.

use serde::Deserialize as _;
use serde_json::Value;

use crate::domain::sorted::SortedSet;

use super::dot::{Actor, Dot, Seen};
use super::edit::{Author, EditError, Focus};
use super::leaf::{Leaf, LeafState};
use super::path::Path;
use super::tree::Record;
use super::value::LeafValue;
use super::view::is_quiet;

/// Whether a record, or an entry in it, is there. Derived, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// It is.
    Living,
    /// It lies in the trash.
    Deleted,
    /// It was deleted by one who did not know of a change: «slettet, men ændret». It is shown until someone chooses.
    DeletedButChanged,
}

/// What can only be done to what lies in the trash was asked of something that does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotDeleted;

pub(crate) fn deletion_leaf(entry: Option<&Path>) -> Path {
    entry.map_or_else(|| Path::root("@deleted"), |entry| entry.child("@deleted"))
}

/// The value of a deletion: what its author had seen, but for what was withheld from them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Deletion {
    /// What had been seen.
    pub(super) seen: Seen,
    /// The writes among these whose value was withheld: nobody was shown them.
    withheld: Vec<(Path, Dot)>,
}

impl Deletion {
    /// Reads a deletion; `None` for a value that deletes nothing.
    pub(super) fn read(value: &LeafValue) -> Option<Self> {
        match value.json() {
            Value::Null => None,
            // A value that cannot be read deletes, but covers nothing: whoever looks is asked.
            json => Some(Self::read_json(json).unwrap_or_default()),
        }
    }

    fn read_json(json: &Value) -> Option<Self> {
        let Some(listed) = json.get("withheld") else {
            return Some(Self { seen: Seen::deserialize(json).ok()?, withheld: Vec::new() });
        };
        let write = |text: &Value| {
            let mut words = text.as_str()?.splitn(3, ' ');
            let (n, actor) = (words.next()?.parse().ok()?, Actor::parse(words.next()?)?);
            Some((Path::parse(words.next()?)?, Dot { n, actor }))
        };
        let withheld = listed.as_array()?.iter().map(write).collect::<Option<_>>()?;
        Some(Self { seen: Seen::deserialize(json.get("seen")?).ok()?, withheld })
    }

    /// A deletion by one who had seen so much, but for some writes that were withheld.
    pub(super) const fn new(seen: Seen, withheld: Vec<(Path, Dot)>) -> Self {
        Self { seen, withheld }
    }

    /// The writes whose value was withheld from its author.
    pub(super) fn withheld(&self) -> &[(Path, Dot)] {
        &self.withheld
    }

    /// The value that [`Deletion::read`] reads.
    pub(super) fn value(&self) -> LeafValue {
        // Counts by actor can always be written.
        let seen = serde_json::to_value(&self.seen).unwrap_or_default();
        if self.withheld.is_empty() {
            return LeafValue::new(seen);
        }
        let listed = self.withheld.iter().map(|(path, dot)| format!("{} {} {path}", dot.n, dot.actor).into());
        let parts = [("seen", seen), ("withheld", Value::Array(listed.collect()))];
        LeafValue::new(Value::Object(parts.into_iter().map(|(name, part)| (name.to_owned(), part)).collect()))
    }

    /// Whether the author was shown a write.
    pub(super) fn covers(&self, path: &Path, dot: Dot) -> bool {
        self.seen.has(dot) && !self.withheld.iter().any(|(at, other)| *other == dot && at == path)
    }

    /// Whether a write leaves the deletion undisputed here: its author was shown it, or it is withheld here as it was there.
    fn settles(&self, path: &Path, dot: Dot, held: &LeafState) -> bool {
        if *held == LeafState::Withheld { self.seen.has(dot) } else { self.covers(path, dot) }
    }

    /// The same of leaves with other names.
    pub(super) fn map_paths(mut self, map: &dyn Fn(Path) -> Path) -> Self {
        self.withheld = self.withheld.into_iter().map(|(path, dot)| (map(path), dot)).collect();
        self
    }

    /// The same with other actors.
    pub(super) fn by(&self, other: &dyn Fn(Actor) -> Actor) -> Self {
        let withheld = self.withheld.iter().map(|(path, dot)| (path.clone(), Dot { actor: other(dot.actor), ..*dot }));
        Self { seen: self.seen.by(other), withheld: withheld.collect() }
    }
}

impl Record {
    /// Whether the record (`None`), or the entry at a path, is there.
    pub fn life(&self, entry: Option<&Path>) -> Life {
        let deletions: Vec<Deletion> = self.deletions(entry).map(|(_, deletion)| deletion).collect();
        if deletions.is_empty() {
            return Life::Living;
        }
        let is_settled = |(path, dot, held)| deletions.iter().any(|deletion| deletion.settles(path, dot, held));
        if self.changes(entry).all(is_settled) { Life::Deleted } else { Life::DeletedButChanged }
    }

    /// The deletions that stand.
    fn deletions(&self, entry: Option<&Path>) -> impl Iterator<Item = (Dot, Deletion)> {
        let values = self.leaf(&deletion_leaf(entry)).into_iter().flat_map(Leaf::known);
        values.filter_map(|(dot, value)| Some((dot, Deletion::read(value)?)))
    }

    /// Of what was deleted by one who did not know of a change: the deletions, and the changes that none of them knew.
    pub fn deletions_and_changes(&self, entry: Option<&Path>) -> (Vec<Dot>, Vec<(Path, Dot)>) {
        let (dots, deletions): (Vec<Dot>, Vec<Deletion>) = self.deletions(entry).unzip();
        let is_open =
            |&(path, dot, held): &(&Path, Dot, &LeafState)| !deletions.iter().any(|own| own.settles(path, dot, held));
        let changes = self.changes(entry).filter(is_open);
        (dots, changes.map(|(path, dot, _)| (path.clone(), dot)).collect())
    }

    /// The writes in the scope that say something: not positions, not deletions, not what was forgotten or never
    /// touched.
    pub(super) fn changes(&self, entry: Option<&Path>) -> impl Iterator<Item = (&Path, Dot, &LeafState)> {
        let kind = self.kind();
        self.leaves
            .iter()
            .filter(move |(path, _)| entry.is_none_or(|entry| path.is_below(entry)))
            .flat_map(move |(path, leaf)| leaf.states().map(move |(dot, held)| (path, dot, held)))
            .filter(move |(path, dot, held)| match held {
                LeafState::Forgotten => false,
                // A restoration is a change as well, and so is not told from others here.
                LeafState::Known(value) if path.is_deletion() => value.is_null(),
                LeafState::Known(value) if value.is_null() && dot.n == 1 => false,
                LeafState::Known(_) | LeafState::Withheld => !is_quiet(kind, path),
            })
    }

    /// Puts the record, or an entry of it, into the trash.
    ///
    /// # Errors
    /// See [`EditError`].
    pub fn delete(&mut self, entry: Option<&Path>, author: &Author) -> Result<(), EditError> {
        self.delete_having_seen(entry, &self.seen.clone(), author)
    }

    pub(super) fn delete_having_seen(
        &mut self,
        entry: Option<&Path>,
        seen: &Seen,
        author: &Author,
    ) -> Result<(), EditError> {
        let value = self.deletion_having_seen(entry, seen.clone());
        self.write([(deletion_leaf(entry), value)], &mut Focus::default(), author)
    }

    /// The value of a deletion by one who is shown the record as it is here. What is withheld here they are not shown, and it
    /// does not cover; but where a deletion that this one replaces covers it, its author was.
    pub(super) fn deletion_having_seen(&self, entry: Option<&Path>, seen: Seen) -> LeafValue {
        let earlier: Vec<Deletion> = self.deletions(entry).map(|(_, deletion)| deletion).collect();
        let withheld = self.changes(entry).filter(|&(path, dot, held)| {
            *held == LeafState::Withheld && seen.has(dot) && !earlier.iter().any(|earlier| earlier.covers(path, dot))
        });
        let withheld = withheld.map(|(path, dot, _)| (path.clone(), dot)).collect();
        Deletion { seen, withheld }.value()
    }

    /// Takes the record, or an entry of it, out of the trash.
    ///
    /// # Errors
    /// See [`EditError`].
    pub fn restore(&mut self, entry: Option<&Path>, author: &Author) -> Result<(), EditError> {
        self.write([(deletion_leaf(entry), LeafValue::NULL)], &mut Focus::default(), author)
    }

    /// Empties the trash of the record, or of an entry: nothing is written over its values, and its deletion knows of that.
    /// It is a write like others, so it holds wherever this copy meets another; what the other has that was not seen here
    /// asks there.
    ///
    /// # Errors
    /// It does not lie in the trash, or see [`EditError`].
    pub fn empty(&mut self, entry: Option<&Path>, author: &Author) -> Result<(), EditError> {
        if self.life(entry) != Life::Deleted {
            return Err(EditError::NotDeleted);
        }
        let is_in = |path: &Path| !path.is_own() && entry.is_none_or(|entry| path.is_below(entry));
        let says = |leaf: &Leaf| leaf.known().any(|(_, value)| !value.is_null());
        let said = self.leaves.iter().filter(|(path, leaf)| is_in(path) && says(leaf));
        let mut writes: Vec<_> = said.map(|(path, _)| (path.clone(), LeafValue::NULL)).collect();
        let mut seen = self.seen.clone();
        seen.add(Dot { n: self.seen.next_count().ok_or(EditError::CountedOut)?, actor: author.actor });
        writes.push((deletion_leaf(entry), self.deletion_having_seen(entry, seen)));
        self.write(writes, &mut Focus::default(), author)
    }

    /// Withholds the values of what lies in the trash, the record or entries of it: what a file for others does.
    pub fn withhold_trash(&mut self) {
        let entries: SortedSet<Path> = self.leaves.keys().filter_map(|path| self.entry_of(path)).collect();
        let deleted: Vec<Option<Path>> = std::iter::once(None)
            .chain(entries.iter().cloned().map(Some))
            .filter(|scope| self.life(scope.as_ref()) == Life::Deleted)
            .collect();
        for scope in deleted {
            self.lower_all(scope.as_ref(), |_, _, held| {
                if held.says_something() {
                    *held = LeafState::Withheld;
                }
            });
        }
    }

    /// Forgets the values of the record, or of an entry, for ever: no copy brings them back. (It does not reach copies
    /// in files already given away; those forget when they meet this one.) What is withheld here, and was so from whoever
    /// deleted it, is not forgotten where it is known.
    ///
    /// # Errors
    /// It does not lie in the trash.
    pub fn forget(&mut self, entry: Option<&Path>) -> Result<(), NotDeleted> {
        if self.life(entry) != Life::Deleted {
            return Err(NotDeleted);
        }
        let deletions: Vec<Deletion> = self.deletions(entry).map(|(_, deletion)| deletion).collect();
        let kind = self.kind();
        self.lower_all(entry, |path, dot, held| {
            // A deletion does not list positions: of one that is withheld nobody knows whether it was shown.
            let is_deleted = || !is_quiet(kind, path) && deletions.iter().any(|deletion| deletion.covers(path, dot));
            if held.says_something() || (*held == LeafState::Withheld && is_deleted()) {
                *held = LeafState::Forgotten;
            }
        });
        Ok(())
    }

    /// Forgets the values of an older copy of what has been [forgotten](Self::forget): it need not lie in the trash there.
    pub fn forget_in_copy(&mut self, entry: Option<&Path>) {
        self.lower_all(entry, |_, _, held| {
            if *held != LeafState::Withheld {
                *held = LeafState::Forgotten;
            }
        });
    }

    fn lower_all(&mut self, entry: Option<&Path>, change: impl Fn(&Path, Dot, &mut LeafState)) {
        for (path, leaf) in self.leaves.iter_mut() {
            if !path.is_own() && entry.is_none_or(|entry| path.is_below(entry)) {
                leaf.each(|dot, held| change(path, dot, held));
            }
        }
    }

    /// Whether nothing is left of the record's words: it was forgotten, or its trash was emptied.
    pub fn is_hollow(&self) -> bool {
        self.leaves
            .iter()
            .filter(|(path, _)| !path.is_own())
            .all(|(_, leaf)| leaf.known().all(|(_, value)| value.is_null()))
    }
}

#[cfg(test)]
mod tests;
