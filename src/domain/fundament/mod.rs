//! A foundation as content: what a directorate works by, in editions that stand side by side.
//!
//! An edition is a tree of [`FundamentItem`]s. What an item is, is its [`Sort`]; what must hold of each sort is checked when an
//! edition is loaded, and an error names the place. The same thing has the same id in every edition that has it: so the
//! app knows that an indicator goes on. The texts are the product's own; where a thing comes from is its source.
//!
//! | file | idea |
//! | --- | --- |
//! | `item` | an item, and what it can be |
//! | `check` | what must hold of an item, for each sort |
//! | `load` | from text to editions, or to the place where something is wrong |
//! | `search` | finding items by a part of a word |

use std::sync::LazyLock;

#[cfg(not(target_arch = "wasm32"))]
mod check;
mod item;
mod load;
mod search;

pub use item::{FundamentItem, Sort, SourceDocument};
use load::take;
pub use load::{ContentError, load};
pub use search::{SearchHit, search};

/// What of the editions is in what a first visit downloads: the sections that the wheel, the figures and their names are
/// made from.
const TEXTS_AT_HAND: [&str; 3] = [
    include_str!("../../content/at-hand/boern-unge-12.json"),
    include_str!("../../content/at-hand/boern-unge-11.json"),
    include_str!("../../content/at-hand/udkast.json"),
];

/// The editions as they are embedded, the present one first. A section that lies at hand is named here alone.
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

/// All editions, the present one first. That they load is a test's to say, before they are ever shown.
pub fn editions() -> &'static [Edition] {
    static EDITIONS: LazyLock<Vec<Edition>> = LazyLock::new(|| load(&TEXTS, editions_at_hand()).unwrap_or_default());
    &EDITIONS
}

/// Of each edition the sections that lie at hand, if any: the wheel, the pejlemærker with their indicators, the purpose.
/// What a first visit shows must go by these alone; the whole is a piece of its own.
pub fn editions_at_hand() -> &'static [Edition] {
    static EDITIONS: LazyLock<Vec<Edition>> = LazyLock::new(|| take(&TEXTS_AT_HAND, &[]).unwrap_or_default());
    &EDITIONS
}

/// What lies at hand of the edition that Børn & Unge works by today.
pub fn at_hand() -> Option<&'static Edition> {
    editions_at_hand().first()
}

/// The edition that Børn & Unge works by today.
pub fn present() -> Option<&'static Edition> {
    editions().first()
}

/// The edition of an id.
pub fn edition(id: &str) -> Option<&'static Edition> {
    editions().iter().find(|edition| edition.id() == id)
}

/// The name of an indicator, in the newest edition that has it. It is asked for every series of a file, so the few there
/// are lie ready.
pub fn indicator_name(id: &str) -> Option<&'static str> {
    static NAMES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
        let indicators = editions_at_hand().iter().flat_map(|edition| edition.of_sort(Sort::Indicator));
        indicators.map(|item| (item.id.as_str(), item.label.as_str())).collect()
    });
    NAMES.iter().find(|(own, _)| *own == id).map(|(_, name)| *name)
}

/// What something of the foundation is called, in the editions that are read.
pub fn name(id: &str) -> Option<&'static str> {
    editions_at_hand().iter().find_map(|edition| edition.find(id)).map(|item| item.label.as_str())
}

impl Edition {
    /// Its id.
    pub fn id(&self) -> &str {
        &self.root.id
    }

    /// What it is called, and what it is.
    pub const fn about(&self) -> &FundamentItem {
        &self.root
    }

    /// Its sections, in the order they are read.
    pub fn sections(&self) -> &[FundamentItem] {
        &self.root.parts
    }

    /// The item of an id.
    pub fn find(&self, id: &str) -> Option<&FundamentItem> {
        self.root.all().find(|item| item.id == id)
    }

    /// The section that an item lies in, or is.
    pub fn section_of(&self, id: &str) -> Option<&FundamentItem> {
        self.sections().iter().find(|section| section.all().any(|item| item.id == id))
    }

    /// All items of a sort, in order.
    pub fn of_sort(&self, sort: Sort) -> impl Iterator<Item = &FundamentItem> {
        self.root.all().filter(move |item| item.sort == sort)
    }

    /// The ids of the items of a sort that another edition has too: what goes on from one to the other.
    pub fn shared<'e>(&'e self, other: &'e Self, sort: Sort) -> impl Iterator<Item = &'e str> {
        let has = move |id: &str| other.of_sort(sort).any(|item| item.id == id);
        self.of_sort(sort).map(|item| item.id.as_str()).filter(move |id| has(id))
    }
}

#[cfg(test)]
mod tests;
