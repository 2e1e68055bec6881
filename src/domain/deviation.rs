//! A positive deviation (*positiv afvigelse*): practice that already works somewhere, against the odds [FIF-12].

use super::body::{Body, FieldRole, KindWords, Map};
use super::goal::Anchor;
use super::id::Id;
use super::proevehandling::{Tek, name_of};
use super::slot::fields;
use super::text::UserText;

/// Practice that already works somewhere, against the odds.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Deviation {
    /// The title.
    pub title: UserText,
    /// The unit that has found it.
    pub unit: Option<Id>,
    /// Where it works.
    pub place: UserText,
    /// What people do there.
    pub practice: UserText,
    /// Why the unit thinks that it works.
    pub reason: UserText,
    /// What could be tried elsewhere.
    pub elsewhere: UserText,
    /// What it is anchored to: an indicator, a pair of opposites, a statement, a lever. One leaf per anchor.
    pub anchors: Map<Id, Anchor>,
    /// The weights on the TEK triangle before people worked in this way. One leaf.
    pub tek_before: Option<Tek>,
    /// The weights on the TEK triangle as it is now. One leaf.
    pub tek_after: Option<Tek>,
    /// The practice that it builds on.
    pub built_on: Option<Id>,
    /// Whose idea it builds on, in words.
    pub credit: UserText,
    /// The practice in plain words, for the catalogue.
    pub plain: UserText,
    /// Whether the unit has put it in its catalogue for parents, children and staff.
    pub in_catalogue: Option<bool>,
    /// Whether the unit shares it with its network.
    pub shared: Option<bool>,
}

impl Deviation {
    /// The name of a positive deviation without words.
    pub const UNTITLED: &'static str = "Positiv afvigelse uden titel";

    /// Returns the name of the positive deviation: its title, or else the beginning of what people do.
    pub fn name(&self) -> String {
        name_of(&self.title, &self.practice, Self::UNTITLED)
    }
}

fields!(Deviation {
    title: text("titlen"),
    unit: parent("enheden"),
    place: text("hvor det virker"),
    practice: text("det, de gør"),
    reason: text("hvorfor det virker"),
    elsewhere: text("det, der kan prøves andre steder"),
    anchors: leaves("det, den hænger på", FieldRole::Plain),
    tek_before: value("TEK-vægtningen før"),
    tek_after: value("TEK-vægtningen efter"),
    built_on: value("den praksis, den bygger på"),
    credit: text("hvis idé det er"),
    plain: text("praksis med enkle ord"),
    in_catalogue: value("om den er i kataloget"),
    shared: value("om den deles med netværket"),
});

impl Body for Deviation {
    const WORDS: KindWords =
        KindWords { definite: "den positive afvigelse", singular: "positiv afvigelse", plural: "positive afvigelser" };
    const TITLE: &'static str = "title";
}
