//! How far a unit has come in one turn of the wheel.

use serde::{Deserialize, Serialize};

use super::body::{Body, Entries, KindWords};
use super::cycle::Cycle;
use super::date::Date;
use super::id::Id;
use super::slot::fields;
use super::text::UserText;

/// A unit's progress through one cycle: an entry an element of the wheel, by the element's id.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct WheelProgress {
    /// The unit.
    pub unit: Option<Id>,
    /// The cycle, as it is called: `2025–2027`.
    pub cycle: UserText,
    /// How far each element has come.
    pub elements: Entries<ElementProgress>,
}

/// How far one element has come.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Step"), schemars(default))]
pub struct ElementProgress {
    /// That it was begun or done, and when; none where neither was said. One leaf.
    pub mark: Option<ProgressMark>,
    /// What there is to say of it.
    pub note: UserText,
}

/// That something was begun or done, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Mark"))]
pub struct ProgressMark {
    /// Which of them.
    pub stage: ProgressStage,
    /// The day.
    pub date: Date,
}

/// How far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Stage"))]
#[serde(rename_all = "snake_case")]
pub enum ProgressStage {
    /// Begun.
    Started,
    /// Done.
    Done,
}

impl WheelProgress {
    /// The id of a unit's progress through a cycle: two people who begin it apart begin the same.
    pub fn id(unit: &Id, cycle: Cycle) -> Option<Id> {
        Id::derived(unit, &Id::parse(&format!("hjul-{}", cycle.begins()))?)
    }

    /// Whether an element was said to be done.
    pub fn is_done(&self, element: &str) -> bool {
        let step = self.elements.iter().find(|(id, _)| id.as_str() == element);
        step.and_then(|(_, step)| step.mark).is_some_and(|mark| mark.stage == ProgressStage::Done)
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
