//! A trial (*prøvehandling*): a small, time-limited try at a new practice.

use serde::{Deserialize, Serialize};

use super::body::{Body, Words};
use super::id::Id;
use super::kind::Kind;
use super::period::Span;
use super::slot::fields;
use super::text::Text;

/// A trial.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Proevehandling {
    /// What it is called.
    pub title: Text,
    /// The unit that tries it.
    pub unit: Option<Id>,
    /// The situation it comes out of.
    pub context: Text,
    /// What is tried.
    pub idea: Text,
    /// Signs that it is on its way.
    pub signs_of_progression: Text,
    /// What it is expected to bring.
    pub expected_effect: Text,
    /// From when to when. One leaf.
    pub period: Option<Span>,
    /// When to stop before time.
    pub stop_rule: Text,
    /// Its weight on the corners of the TEK triangle before it began. One leaf.
    pub tek_before: Option<Tek>,
    /// The same, afterwards. One leaf.
    pub tek_after: Option<Tek>,
    /// What happened.
    pub happened: Text,
    /// What was learned.
    pub learned: Text,
    /// What comes next.
    pub next: Option<Next>,
    /// The record it grew out of: a reflection, an indicator's series, a conversation.
    pub origin: Option<Id>,
}

/// A weighing on the three corners of the TEK triangle, each from −2 (falls) to 2 (rises).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Tek {
    /// Trivsel.
    pub trivsel: Option<i8>,
    /// Effekt(ivitet).
    pub effekt: Option<i8>,
    /// Kvalitet.
    pub kvalitet: Option<i8>,
}

/// What comes after a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Next {
    /// More of it.
    Scale,
    /// Once more, otherwise.
    Adjust,
    /// No more of it.
    Stop,
}

fields!(Proevehandling {
    title: words("titlen"),
    unit: parent("enheden"),
    context: words("situationen"),
    idea: words("idéen"),
    signs_of_progression: words("tegn på progression"),
    expected_effect: words("forventet effekt"),
    period: value("perioden"),
    stop_rule: words("stopreglen"),
    tek_before: value("TEK-vægtningen før"),
    tek_after: value("TEK-vægtningen efter"),
    happened: words("hvad der skete"),
    learned: words("det lærte"),
    next: value("næste skridt"),
    origin: value("hvor den kommer fra"),
});

impl Body for Proevehandling {
    const KIND: Kind = Kind::Proevehandling;
    const WORDS: Words = Words { definite: "prøvehandlingen", singular: "prøvehandling", plural: "prøvehandlinger" };
    const TITLE: &'static str = "title";
}
