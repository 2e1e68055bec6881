//! Open choices (*åbne valg*) between concurrent wordings, and resolving them.

use super::dot::Dot;
use super::edit::{Author, EditError, Focus};
use super::leaf::{Leaf, Wording};
use super::life::Life;
use super::path::Path;
use super::tree::Record;
use super::value::LeafValue;
use super::view::is_quiet;

/// An open choice: several people wrote without knowing of one another's writes.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice<'a> {
    /// A field has several wordings.
    Wordings {
        /// The leaf.
        path: &'a Path,
        /// The wordings. The first is the one shown.
        wordings: Vec<Wording<'a>>,
    },
    /// The record or an entry was deleted by somebody who did not know of a change.
    DeletedButChanged {
        /// The entry; `None` for the record.
        entry: Option<Path>,
    },
}

/// How a user resolves concurrent wordings.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolution {
    /// Keeps the wording that this write holds.
    Keep(Dot),
    /// Joins all wordings, with a blank line between. For texts only.
    All,
    /// Replaces the wordings with a value that the user wrote.
    Replace(LeafValue),
}

impl Record {
    /// Returns whether the record may have an open choice. A quick test: `false` means that [`Record::choices`] is
    /// empty.
    pub fn may_be_open(&self) -> bool {
        self.leaves().iter().any(|(path, leaf)| leaf.len() > 1 || path.is_deletion())
    }

    /// Returns the open choices, without those in a deleted record or entry.
    pub fn choices(&self) -> Vec<Choice<'_>> {
        let mut choices = Vec::new();
        match self.life(None) {
            Life::Deleted => return choices,
            Life::DeletedButChanged => choices.push(Choice::DeletedButChanged { entry: None }),
            Life::Living => {}
        }
        let mut last_entry = None;
        let mut last_life = Life::Living;
        for (path, leaf) in self.leaves() {
            let entry = self.entry_of(path);
            if entry != last_entry {
                last_life = entry.as_ref().map_or(Life::Living, |entry| self.life(Some(entry)));
                if last_life == Life::DeletedButChanged {
                    choices.push(Choice::DeletedButChanged { entry: entry.clone() });
                }
                last_entry = entry;
            }
            if last_life != Life::Deleted && leaf.len() > 1 && !is_quiet(self.kind(), path) {
                let wordings = leaf.wordings();
                if wordings.len() > 1 {
                    choices.push(Choice::Wordings { path, wordings });
                }
            }
        }
        choices
    }

    /// Resolves the wordings of a leaf by one write, which replaces those that its author was shown (see [`Focus`]).
    /// Does nothing if the kept wording is not there any more.
    ///
    /// # Errors
    /// See [`EditError`].
    pub fn resolve(
        &mut self,
        path: &Path,
        resolution: Resolution,
        focus: &mut Focus,
        author: &Author,
    ) -> Result<(), EditError> {
        let wordings = self.leaf(path).map(Leaf::wordings).unwrap_or_default();
        let value = match resolution {
            Resolution::Replace(value) => Some(value),
            Resolution::Keep(dot) => {
                wordings.iter().find(|wording| wording.dots.contains(&dot)).map(|wording| wording.value.clone())
            }
            Resolution::All => {
                let mut texts: Vec<String> = wordings.iter().map(|wording| wording.value.display_text()).collect();
                texts.retain(|text| !text.is_empty());
                Some(LeafValue::from(texts.join("\n\n").as_str()))
            }
        };
        match value {
            Some(value) => self.write([(path.clone(), value)], focus, author),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
