//! The head of an agreement (*sammenhængsaftale*): who, when and how it came about. Its goals are records of their own.

use super::body::{Body, Words};
use super::date::Date;
use super::enhed::Level;
use super::id::Id;
use super::kind::Kind;
use super::period::Span;
use super::slot::fields;
use super::text::Text;

/// The head of an agreement.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Aftale {
    /// What the agreement is called.
    pub title: Text,
    /// The unit it is for.
    pub unit: Option<Id>,
    /// From when to when it is in force: two years.
    pub period: Option<Span>,
    /// The level of the leader who makes it.
    pub level: Option<Level>,
    /// The leader who makes it.
    pub leader: Text,
    /// The leader a level above, who agrees to it.
    pub counterpart: Text,
    /// What it builds on: feedback, conversation, the themes of the cycle.
    pub background: Text,
    /// The day it was discussed in `LokalMED`.
    pub local_med: Option<Date>,
    /// How employees, parents, children and young people were involved.
    pub involvement: Text,
}

fields!(Aftale {
    title: words("titlen"),
    unit: parent("enheden"),
    period: value("perioden"),
    level: value("lederens niveau"),
    leader: words("lederen"),
    counterpart: words("modparten"),
    background: words("baggrunden"),
    local_med: value("datoen for LokalMED"),
    involvement: words("inddragelsen"),
});

impl Body for Aftale {
    const KIND: Kind = Kind::Aftale;
    const WORDS: Words = Words { definite: "aftalen", singular: "aftale", plural: "aftaler" };
    const TITLE: &'static str = "title";
}
