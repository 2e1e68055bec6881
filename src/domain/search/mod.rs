//! Finds entries by their words, however they are spelled: `moellehoej` finds Møllehøj, and `sygefravre` sygefravær.
//!
//! | file | contents |
//! | --- | --- |
//! | `mod` | entries and their kinds |
//! | `fold` | folds a text to words that compare equal however they are spelled |
//! | `edits` | counts the typing errors between two words |
//! | `matching` | compares a word of a query with a word of an entry |
//! | `index` | indexes all entries and searches the index |
//!
//! # Rules
//!
//! * An entry is found when every word of the query matches one of its words, in any order.
//! * Æ, ø and å may be written ae, oe and aa, or a and o. Case and accents do not count.
//! * A word matches a whole word, the beginning of one, a part of one (Danish compounds), or a word that it inflects
//!   (`aftalen` finds Aftale). Words of at least four letters may hold one typing error, those of at least eight two.
//!   Entries that match only with typing errors are left out if other entries match without.
//! * Order: a title that equals the query, a title that begins with the query, then by the worst matched word; then by
//!   kind, own entries first, and shorter titles first.

mod edits;
mod fold;
mod index;
mod matching;

pub use fold::is_in_danish_order;
pub use fold::meaningful_words;
pub use index::{SearchIndex, SearchOutcome};

/// Something that a search can find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchEntry {
    /// The kind of the entry.
    pub kind: SearchKind,
    /// The title. A match in the title ranks above a match elsewhere.
    pub title: String,
    /// Other names of the entry. A match in them ranks as high as a match in the title.
    pub aliases: String,
    /// The place that the entry belongs to, as shown beside the title. The place is searched too.
    pub place: String,
    /// Further text that is searched.
    pub details: String,
    /// Whether the entry belongs to the unit of the person who searches.
    pub is_own: bool,
    /// The action for a found entry.
    pub target: SearchTarget,
}

/// The action for a found entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchTarget {
    /// Open an address in the app.
    Address(String),
    /// Run the command at a position in the caller's list.
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
    /// A positive deviation.
    Deviation,
    /// A trial.
    Trial,
    /// A prototype.
    Prototype,
    /// A story that a unit tells.
    Story,
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
            Self::Deviation => "Positiv afvigelse",
            Self::Trial => "Prøvehandling",
            Self::Prototype => "Prototype",
            Self::Story => "Historie",
            Self::Note => "Note",
            Self::Reflection => "Refleksion",
            Self::Term => "Ord",
            Self::Foundation => "Fundament",
        }
    }
}
