//! The quality report (*kvalitetsrapport*): chapters composed from other records, with the order and texts that its
//! writers chose.
//!
//! | file | contents |
//! | --- | --- |
//! | `mod` | the record: choices and texts of the writers |
//! | [`sources`] | the data that a report is composed from |
//! | [`evaluated`] | the rule which agreements a report accounts for |
//! | [`figures`] | the patterns in published figures |
//! | `voices` | the released voices and assessments about published figures |
//! | `practice` | the practice that works |
//! | `feedback` | the secretariat's patterns and themes, with the positions of the forums |
//! | [`compose`] | the chapters, composed from the record and its sources |
//! | [`missing`] | suggestions for improving a report |
//!
//! # The cycle of a report
//!
//! A report belongs to the cycle in which it is written, in the 3rd quarter of an even year. It gathers the steps of
//! that cycle before it [FIF-12]: the data of the 4th quarter of the odd year, the feedback of the 1st quarter, and the
//! conversations of the 1st and 2nd quarter. The agreements whose effect it accounts for are those of the cycle before,
//! whose midtvejs status is the newest ([`evaluated`]). This holds on whatever day the report is opened.
//!
//! # Invariants
//!
//! * **Composed content must never be stored.** The record holds only the choices and texts of the writers; everything
//!   else is composed anew from the sources.
//! * **Figures enter a report through [`publish`](super::publish) alone.** Text of a conversation, or of the dialogue
//!   about a figure, that was not released must never enter a report. A dialogue about a hidden figure must never enter
//!   it, released or not.
//! * Units keep the order in which they are given. They must never be ranked.

pub mod compose;
pub mod evaluated;
mod feedback;
pub mod figures;
pub mod missing;
mod practice;
pub mod sources;
mod voices;

use serde::{Deserialize, Serialize};

use super::body::{Body, Entries, FieldRole, KindWords, Map};
use super::cycle::Cycle;
use super::date::Date;
use super::fractional_index;
use super::id::Id;
use super::slot::fields;
use super::text::UserText;

/// A report on a cycle, for all units or for one.
///
/// The id is derived from cycle and unit, so that people who begin a report on separate devices begin the same record.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Rapport {
    /// The title of the report.
    pub title: UserText,
    /// The unit that the report is about; `None` for all units.
    pub unit: Option<Id>,
    /// The people who write the report.
    pub writers: UserText,
    /// The choices and texts for each chapter, by chapter id.
    pub chapters: Entries<ReportSection>,
    /// Which items are in the report, where the writers chose differently from the proposal. One leaf per item.
    pub items: Map<Id, Inclusion>,
    /// The good stories in plain language. They are a chapter of the report and also a catalogue of their own.
    pub stories: Entries<Story>,
    /// The text of the catalogue for parents.
    pub to_parents: UserText,
    /// The text of the catalogue for children and young people.
    pub to_children: UserText,
    /// The text of the catalogue for staff.
    pub to_staff: UserText,
    /// The day on which the report became final.
    pub finished: Option<Date>,
}

/// The choices and the text of the writers for one chapter.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Section"), schemars(default))]
pub struct ReportSection {
    /// The heading; empty for the proposed heading.
    pub title: UserText,
    /// The text by the writers.
    pub text: UserText,
    /// Whether the chapter is in the report; `None` means that it is.
    pub shown: Option<Inclusion>,
    /// The position among the chapters: a fractional index.
    pub order: Option<String>,
}

/// A good story.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Story {
    /// The title of the story.
    pub title: UserText,
    /// The story.
    pub text: UserText,
    /// The name of the unit or group whose story it is.
    pub place: UserText,
    /// The record that the story was taken from.
    pub origin: Option<Id>,
    /// The position among the stories: a fractional index.
    pub order: Option<String>,
}

/// Whether a chapter or an item is in the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Shown"))]
#[serde(rename_all = "snake_case")]
pub enum Inclusion {
    /// It is in the report.
    In,
    /// It was left out.
    Out,
}

impl Inclusion {
    /// Converts the state of a tick box.
    pub const fn of(is_in: bool) -> Self {
        if is_in { Self::In } else { Self::Out }
    }
}

impl Rapport {
    /// The id of the report on a cycle, for a unit or for all units.
    pub fn id(unit: Option<&Id>, cycle: Cycle) -> Option<Id> {
        let suffix = Id::parse(&format!("rapport-{}", cycle.first_year()))?;
        unit.map_or_else(|| Some(suffix.clone()), |unit| Id::derived(unit, &suffix))
    }

    /// Reads unit and cycle from the id of a report; `None` if the id is not the id of a report.
    pub fn parse_id(id: &Id) -> Option<(Option<Id>, Cycle)> {
        let (unit, suffix) =
            id.as_str().rsplit_once('.').map_or((None, id.as_str()), |(unit, suffix)| (Some(unit), suffix));
        let begins = suffix.strip_prefix("rapport-")?.parse().ok()?;
        let cycle = Cycle::of(Date::new(begins, 10, 1)?);
        let unit = unit.map(Id::parse);
        (cycle.first_year() == begins && unit != Some(None)).then(|| (unit.flatten(), cycle))
    }

    /// A copy in which each text is replaced by a marker if it is not empty.
    ///
    /// The copy stays equal while somebody types, so that the chapters are not composed again at every keystroke.
    #[must_use]
    pub fn outline(&self) -> Self {
        let mut outline = self.clone();
        outline.chapters.iter_mut().for_each(|(_, section)| section.text.replace_by_ellipsis());
        outline.stories.iter_mut().for_each(|(_, story)| story.text.replace_by_ellipsis());
        for text in [&mut outline.writers, &mut outline.to_parents, &mut outline.to_children, &mut outline.to_staff] {
            text.replace_by_ellipsis();
        }
        outline
    }

    /// Creates an empty report with a title.
    pub fn new(unit: Option<Id>, cycle: Cycle) -> Self {
        Self { title: UserText(format!("Kvalitetsrapport {cycle}")), unit, ..Self::default() }
    }

    /// Whether an item is in the report. `is_proposed` applies where the writers made no choice.
    pub fn has(&self, item: &Id, is_proposed: bool) -> bool {
        self.items.get(item).map_or(is_proposed, |shown| *shown == Inclusion::In)
    }

    /// The stories in order. Stories without a position come last.
    pub fn stories_in_order(&self) -> Vec<(&Id, &Story)> {
        let sort_key =
            |entry: &(&Id, &Story)| (entry.1.order.clone().unwrap_or_else(|| "~".to_owned()), entry.0.clone());
        fractional_index::sorted(self.stories.iter().collect(), &|one, other| sort_key(one) < sort_key(other))
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
