//! When a unit takes up the four views (*de fire syn*) again, and what came of the earlier times [FIF-11, FIF-12].

use super::body::{Body, FieldRole, KindWords, Map};
use super::date::Date;
use super::id::Id;
use super::slot::fields;
use super::text::UserText;

/// A unit's conversations about the four views.
///
/// The id is derived from the unit, so that all people of the unit write to the same record.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct SynReview {
    /// The unit.
    pub unit: Option<Id>,
    /// The day on which the unit takes up the views next.
    pub next: Option<Date>,
    /// What came of each time the unit took them up, by day.
    pub visits: Map<Date, UserText>,
}

impl SynReview {
    /// The id of a unit's record.
    pub fn id(unit: &Id) -> Option<Id> {
        Id::derived(unit, &Id::parse("syn")?)
    }
}

fields!(SynReview {
    unit: parent("enheden"),
    next: value("hvornår I tager synene op igen"),
    visits: leaves("det, der kom ud af det", FieldRole::Text),
});

impl Body for SynReview {
    const WORDS: KindWords =
        KindWords { definite: "samtalen om synene", singular: "samtale om synene", plural: "samtaler om synene" };
    const TITLE: &'static str = "unit";
}
