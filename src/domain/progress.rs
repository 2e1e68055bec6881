//! The progress of a unit through one cycle of the wheel.

use serde::{Deserialize, Serialize};

use super::body::{Body, Entries, KindWords};
use super::cycle::Cycle;
use super::date::Date;
use super::id::Id;
use super::slot::fields;
use super::text::UserText;

/// The progress of a unit through one cycle, with one entry per element of the wheel, by element id.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct WheelProgress {
    /// The unit.
    pub unit: Option<Id>,
    /// The name of the cycle: `2025–2027`.
    pub cycle: UserText,
    /// The progress of each element.
    pub elements: Entries<ElementProgress>,
}

/// The progress of one element.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Step"), schemars(default))]
pub struct ElementProgress {
    /// The mark that the element was started or done, with its day; `None` if there is no mark. One leaf.
    pub mark: Option<ProgressMark>,
    /// A note on the element.
    pub note: UserText,
}

/// A mark that an element was started or done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Mark"))]
pub struct ProgressMark {
    /// The stage that was reached.
    pub stage: ProgressStage,
    /// The day on which the stage was reached.
    pub date: Date,
}

/// A stage of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Stage"))]
#[serde(rename_all = "snake_case")]
pub enum ProgressStage {
    /// Started.
    Started,
    /// Done.
    Done,
}

impl WheelProgress {
    /// The id of a unit's progress through a cycle. It is derived, so that people who begin it on separate devices
    /// begin the same record.
    pub fn id(unit: &Id, cycle: Cycle) -> Option<Id> {
        Id::derived(unit, &Id::parse(&format!("hjul-{}", cycle.first_year()))?)
    }

    /// Whether an element is marked as done.
    pub fn is_done(&self, element: &str) -> bool {
        let entry = self.elements.iter().find(|(id, _)| id.as_str() == element);
        entry.and_then(|(_, entry)| entry.mark).is_some_and(|mark| mark.stage == ProgressStage::Done)
    }
}

fields!(ElementProgress { mark: value("status"), note: text("noten") });

fields!(WheelProgress {
    unit: parent("enheden"),
    cycle: value("perioden"),
    elements: entries("elementet i hjulet", <ElementProgress as super::body::FieldTable>::FIELDS),
});

impl Body for WheelProgress {
    const WORDS: KindWords =
        KindWords { definite: "status i hjulet", singular: "status i hjulet", plural: "statusser i hjulet" };
    const TITLE: &'static str = "cycle";
}
