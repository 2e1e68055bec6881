//! The head of an agreement (*sammenhængsaftale*): who, when and how it came about. Its goals are records of their own.

use serde::{Deserialize, Serialize};

use super::body::{Body, Field, Words};
use super::date::Date;
use super::enhed::Level;
use super::id::Id;
use super::kind::Kind;
use super::period::Span;
use super::text::Text;

/// The head of an agreement.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
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

impl Body for Aftale {
    const KIND: Kind = Kind::Aftale;
    const WORDS: Words = Words { definite: "aftalen", singular: "aftale", plural: "aftaler" };
    const TITLE: &'static str = "title";
    const FIELDS: &'static [Field] = &[
        Field::words("title", "titlen"),
        Field::parent("unit", "enheden"),
        Field::value("period", "perioden"),
        Field::value("level", "lederens niveau"),
        Field::words("leader", "lederen"),
        Field::words("counterpart", "modparten"),
        Field::words("background", "baggrunden"),
        Field::value("local_med", "datoen for LokalMED"),
        Field::words("involvement", "inddragelsen"),
    ];
}
