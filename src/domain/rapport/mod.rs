//! The quality report (*kvalitetsrapport*): composed from what there is, in its writers' own order and words.
//!
//! | file | idea |
//! | --- | --- |
//! | `mod` | the record: what its writers chose and wrote |
//! | [`sources`] | what a report is composed from |
//! | [`figures`] | the patterns in the figures, as they may be published |
//! | [`compose`] | the record and its sources as chapters |
//! | [`missing`] | what would make it a better one |
//!
//! # Invariants
//!
//! * **Nothing that is composed is stored.** The record holds choices and own words; the rest follows what it comes from.
//! * **No figure gets in but through [`publish`](super::publish)**, and nothing of a conversation that was not released.
//! * Units stand in the order they are given: nothing here ranks them.

pub mod compose;
pub mod figures;
pub mod missing;
pub mod sources;

use serde::{Deserialize, Serialize};

use super::body::{Body, Entries, FieldRole, KindWords, Map};
use super::cycle::Cycle;
use super::date::Date;
use super::fractional_index;
use super::id::Id;
use super::slot::fields;
use super::text::UserText;

/// A report of a cycle, over all units or over one. Its id is derived from both, so that whoever begins it apart begins
/// the same.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Rapport {
    /// What it is called.
    pub title: UserText,
    /// The unit it is of; none: all of them.
    pub unit: Option<Id>,
    /// Who writes it.
    pub writers: UserText,
    /// What was chosen and written of its chapters, by their ids.
    pub chapters: Entries<ReportSection>,
    /// What of that which is there is in it, where its writers chose otherwise than is proposed. One leaf each.
    pub items: Map<Id, Inclusion>,
    /// The good stories, in plain words: a chapter of the report, and a catalogue of their own.
    pub stories: Entries<Story>,
    /// What the catalogue says to parents.
    pub to_parents: UserText,
    /// What it says to children and young people.
    pub to_children: UserText,
    /// What it says to staff.
    pub to_staff: UserText,
    /// The day it was final.
    pub finished: Option<Date>,
}

/// What was chosen and written of a chapter.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Section"), schemars(default))]
pub struct ReportSection {
    /// Its heading, where another than the proposed one was written.
    pub title: UserText,
    /// Its writers' own words.
    pub text: UserText,
    /// Whether it is in the report; it is where nobody said otherwise.
    pub shown: Option<Inclusion>,
    /// Its place among the chapters: a fractional index.
    pub order: Option<String>,
}

/// A good story.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Story {
    /// What it is called.
    pub title: UserText,
    /// The story.
    pub text: UserText,
    /// Whose it is.
    pub place: UserText,
    /// The record it was taken from.
    pub origin: Option<Id>,
    /// Its place among the stories: a fractional index.
    pub order: Option<String>,
}

/// Whether something is in the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Shown"))]
#[serde(rename_all = "snake_case")]
pub enum Inclusion {
    /// It is.
    In,
    /// It was left out.
    Out,
}

impl Inclusion {
    /// From a box that is ticked or not.
    pub const fn of(is_in: bool) -> Self {
        if is_in { Self::In } else { Self::Out }
    }
}

impl Rapport {
    /// The id of the report of a cycle: of a unit, or of all.
    pub fn id(unit: Option<&Id>, cycle: Cycle) -> Option<Id> {
        let own = Id::parse(&format!("rapport-{}", cycle.begins()))?;
        unit.map_or_else(|| Some(own.clone()), |unit| Id::derived(unit, &own))
    }

    /// What the report of an id is over, and of which cycle; `None` of an id that is no report's.
    pub fn of_id(id: &Id) -> Option<(Option<Id>, Cycle)> {
        let (unit, own) = id.as_str().rsplit_once('.').map_or((None, id.as_str()), |(unit, own)| (Some(unit), own));
        let begins = own.strip_prefix("rapport-")?.parse().ok()?;
        let cycle = Cycle::of(Date::new(begins, 10, 1)?);
        let unit = unit.map(Id::parse);
        (cycle.begins() == begins && unit != Some(None)).then(|| (unit.flatten(), cycle))
    }

    /// The same with its words cut to whether there are any: what is composed of it does not follow what is being typed.
    #[must_use]
    pub fn outline(&self) -> Self {
        let mut outline = self.clone();
        outline.chapters.iter_mut().for_each(|(_, section)| section.text.cut());
        outline.stories.iter_mut().for_each(|(_, story)| story.text.cut());
        for text in [&mut outline.writers, &mut outline.to_parents, &mut outline.to_children, &mut outline.to_staff] {
            text.cut();
        }
        outline
    }

    /// A new one, with its title.
    pub fn new(unit: Option<Id>, cycle: Cycle) -> Self {
        Self { title: UserText(format!("Kvalitetsrapport {cycle}")), unit, ..Self::default() }
    }

    /// Whether something is in it, where so much is proposed.
    pub fn has(&self, item: &Id, is_proposed: bool) -> bool {
        self.items.get(item).map_or(is_proposed, |shown| *shown == Inclusion::In)
    }

    /// The stories in their order.
    pub fn stories_in_order(&self) -> Vec<(&Id, &Story)> {
        let place = |own: &(&Id, &Story)| (own.1.order.clone().unwrap_or_else(|| "~".to_owned()), own.0.clone());
        fractional_index::sorted(self.stories.iter().collect(), &|one, other| place(one) < place(other))
    }
}

fields!(ReportSection {
    title: text("afsnittets overskrift"),
    text: text("afsnittets tekst"),
    shown: value("om afsnittet er med"),
    order: order(),
});

fields!(Story {
    title: text("historiens overskrift"),
    text: text("historien"),
    place: text("hvis historie det er"),
    origin: value("hvor historien kommer fra"),
    order: order(),
});

fields!(Rapport {
    title: text("titlen"),
    unit: parent("enheden"),
    writers: text("hvem der skriver rapporten"),
    chapters: entries("afsnittet", <ReportSection as super::body::FieldTable>::FIELDS),
    items: leaves("hvad der er med i rapporten", FieldRole::Plain),
    stories: entries("historien", <Story as super::body::FieldTable>::FIELDS),
    to_parents: text("ordene til forældre"),
    to_children: text("ordene til børn og unge"),
    to_staff: text("ordene til medarbejdere"),
    finished: value("dagen, rapporten blev endelig"),
});

impl Body for Rapport {
    const WORDS: KindWords = KindWords { definite: "rapporten", singular: "rapport", plural: "rapporter" };
    const TITLE: &'static str = "title";
}
