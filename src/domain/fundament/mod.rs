//! Foundations (*fundament*) as content: purpose, goals, views and approaches of a directorate, in several editions.
//!
//! An edition is a tree of [`FundamentItem`]s. Each item has a [`Sort`]. The rules of each sort are checked when an
//! edition is loaded natively; an error names the place of the item. The same thing has the same id in all editions, so
//! that the app can continue a series from one edition to the next. The texts are the product's own; `source` names the
//! documents they are based on.
//!
//! | file | contents |
//! | --- | --- |
//! | `item` | items and their sorts |
//! | `check` | the rules of each sort |
//! | `load` | reading editions from JSON texts |
//! | `search` | finding items by parts of words |

use std::sync::LazyLock;

#[cfg(not(target_arch = "wasm32"))]
mod check;
mod item;
mod load;
mod search;

pub use item::{FundamentItem, Sort, SourceDocument};
use load::read_editions;
pub use load::{ContentError, load};
pub use search::{SearchHit, search};

/// The sections of the editions that a first visit downloads. The wheel, the figures and their names need them. Of the
/// edition itself, id and label are enough.
const TEXTS_AT_HAND: [&str; 3] = [
    include_str!("../../content/at-hand/boern-unge-12.json"),
    include_str!("../../content/at-hand/boern-unge-11.json"),
    include_str!("../../content/at-hand/udkast.json"),
];

/// The complete editions, the present one first. They refer to the sections at hand by id only.
const TEXTS: [&str; 4] = [
    include_str!("../../content/boern-unge-12.json"),
    include_str!("../../content/boern-unge-11.json"),
    include_str!("../../content/udkast.json"),
    include_str!("../../content/job-velfaerd.json"),
];

/// An edition of a foundation.
#[derive(Clone, Debug)]
pub struct Edition {
    root: FundamentItem,
}

/// Returns all editions, the present one first. Empty if the content cannot be read, which a test rules out.
pub fn editions() -> &'static [Edition] {
    static EDITIONS: LazyLock<Vec<Edition>> = LazyLock::new(|| load(&TEXTS, editions_at_hand()).unwrap_or_default());
    &EDITIONS
}

/// Returns the editions with only the sections at hand: the wheel, the pejlemærker with their indicators, the purpose.
/// Everything that a first visit shows must use these; the complete editions are in a lazily loaded chunk.
pub fn editions_at_hand() -> &'static [Edition] {
    static EDITIONS: LazyLock<Vec<Edition>> = LazyLock::new(|| read_editions(&TEXTS_AT_HAND, &[]).unwrap_or_default());
    &EDITIONS
}

/// Returns the sections at hand of the edition that Børn & Unge works by today.
pub fn present_at_hand() -> Option<&'static Edition> {
    editions_at_hand().first()
}

/// Returns the complete edition that Børn & Unge works by today.
pub fn present_edition() -> Option<&'static Edition> {
    editions().first()
}

/// Returns the edition with an id.
pub fn edition(id: &str) -> Option<&'static Edition> {
    editions().iter().find(|edition| edition.id() == id)
}

/// Returns the name of an indicator in the newest edition that has it. The few names are cached, since a name is looked
/// up for every series of a file.
pub fn indicator_name(id: &str) -> Option<&'static str> {
    static NAMES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
        let indicators = editions_at_hand().iter().flat_map(|edition| edition.of_sort(Sort::Indicator));
        indicators.map(|item| (item.id.as_str(), item.label.as_str())).collect()
    });
    NAMES.iter().find(|(candidate, _)| *candidate == id).map(|(_, name)| *name)
}

/// Returns the label of an item with an id in the sections at hand.
pub fn name(id: &str) -> Option<&'static str> {
    editions_at_hand().iter().find_map(|edition| edition.find(id)).map(|item| item.label.as_str())
}

impl Edition {
    /// Returns the edition's id.
    pub fn id(&self) -> &str {
        &self.root.id
    }

    /// Returns the root item, which names and describes the edition.
    pub const fn about(&self) -> &FundamentItem {
        &self.root
    }

    /// Returns the sections, in reading order.
    pub fn sections(&self) -> &[FundamentItem] {
        &self.root.parts
    }

    /// Returns the item with an id.
    pub fn find(&self, id: &str) -> Option<&FundamentItem> {
        self.root.all().find(|item| item.id == id)
    }

    /// Returns the section that contains an item or is the item.
    pub fn section_of(&self, id: &str) -> Option<&FundamentItem> {
        self.sections().iter().find(|section| section.all().any(|item| item.id == id))
    }

    /// Returns all items of a sort, in order.
    pub fn of_sort(&self, sort: Sort) -> impl Iterator<Item = &FundamentItem> {
        self.root.all().filter(move |item| item.sort == sort)
    }

    /// Returns the ids of the items of a sort that another edition has too.
    pub fn shared<'e>(&'e self, other: &'e Self, sort: Sort) -> impl Iterator<Item = &'e str> {
        let has = move |id: &str| other.of_sort(sort).any(|item| item.id == id);
        self.of_sort(sort).map(|item| item.id.as_str()).filter(move |id| has(id))
    }
}

#[cfg(test)]
mod tests;
