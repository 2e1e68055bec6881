//! Search that forgives spelling: `moellehoej` finds Møllehøj, and `sygefravre` finds sygefravær.
//!
//! | file | contents |
//! | --- | --- |
//! | `mod` | entries and their kinds |
//! | `fold` | folding of a text to words that compare equal however they are spelled |
//! | `edits` | how many typing errors lie between two words |
//! | `matching` | how well a word of a query matches a word of an entry |
//! | `index` | the index of all entries, and searching it |
//!
//! # Rules
//!
//! * An entry is found when every word of the query matches one of its words, in any order.
//! * Æ, ø and å may be written ae, oe and aa, or a and o. Case and accents do not count.
//! * A word matches a whole word, the beginning of one, a part of one (Danish compounds), or a word that it inflects
//!   (`aftalen` finds Aftale). Words of at least four
//!   letters may hold one typing error, those of at least eight two. Entries that match only by typing errors are left
//!   out where others match without.
//! * Order: a title that equals the query, a title that begins with it, then by the worst matched word; then by
//!   kind, own entries first, and shorter titles first.

mod edits;
mod fold;
mod index;
mod matching;

pub use fold::is_in_danish_order;
pub use index::{SearchIndex, SearchOutcome};

/// Something that a search can find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchEntry {
    /// The kind of thing.
    pub kind: SearchKind,
    /// The title. Words in it count more than others.
    pub title: String,
    /// Other names of the entry. They count as much as the title.
    pub aliases: String,
    /// Where the entry belongs, as shown beside the title. It is searched too.
    pub place: String,
    /// Further text that is searched.
    pub also: String,
    /// Whether the entry belongs to the unit of the person who searches.
    pub is_own: bool,
    /// What is done with a found entry.
    pub target: SearchTarget,
}

/// What is done with a found entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchTarget {
    /// An address in the app is opened.
    Address(String),
    /// A command is run: its position in the caller's list.
    Command(usize),
}

/// The kind of an entry. Of entries that match equally well, earlier kinds come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SearchKind {
    /// A page.
    Page,
    /// A command.
    Command,
    /// A unit.
    Unit,
    /// An agreement.
    Agreement,
    /// An indicator.
    Indicator,
    /// A goal of an agreement.
    Goal,
    /// An initiative of a goal.
    Initiative,
    /// A trial.
    Trial,
    /// A note: a comment, or a part of the dialogue on a figure.
    Note,
    /// A reflection, alone or in a workshop, or a statement made concrete.
    Reflection,
    /// A word of the word list.
    Term,
    /// An item of the foundation.
    Foundation,
}

impl SearchKind {
    /// Returns the Danish name.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Page => "Side",
            Self::Command => "Handling",
            Self::Unit => "Enhed",
            Self::Agreement => "Aftale",
            Self::Indicator => "Indikator",
            Self::Goal => "Mål",
            Self::Initiative => "Indsats",
            Self::Trial => "Prøvehandling",
            Self::Note => "Note",
            Self::Reflection => "Refleksion",
            Self::Term => "Ord",
            Self::Foundation => "Fundament",
        }
    }
}
