//! Concurrent wordings (*åbne valg*), and choosing between them.

use super::dot::Dot;
use super::edit::{Author, EditError, Focus};
use super::leaf::Wording;
use super::life::Life;
use super::path::Path;
use super::tree::Record;
use super::value::LeafValue;
use super::view::is_quiet;

/// Something that several people wrote without knowing of one another.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice<'a> {
    /// A field has several wordings; the one shown is the first.
    Wordings {
        /// The field.
        path: &'a Path,
        /// The wordings.
        wordings: Vec<Wording<'a>>,
    },
    /// The record (`None`) or an entry was deleted by one who did not know of a change.
    DeletedButChanged {
        /// The entry.
        entry: Option<Path>,
    },
}

/// How a user settles concurrent wordings.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolution {
    /// The wording that holds this write.
    Keep(Dot),
    /// All of them, one after the other: texts alone can be put together.
    All,
    /// What the user wrote instead.
    Own(LeafValue),
}

impl Record {
    /// Whether a choice may wait: `false` where none does, told without looking far. Nearly all records have none.
    pub fn may_be_open(&self) -> bool {
        self.leaves().iter().any(|(path, leaf)| leaf.len() > 1 || path.is_deletion())
    }

    /// The choices that wait, those at deleted things not among them.
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

    /// Settles the wordings of a field, for those that its author was shown (see [`Focus`]).
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
        let wordings = self.leaf(path).map(super::leaf::Leaf::wordings).unwrap_or_default();
        let value = match resolution {
            Resolution::Own(value) => Some(value),
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
