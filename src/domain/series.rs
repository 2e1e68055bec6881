//! A unit's figures on one indicator.

use serde::{Deserialize, Serialize};

use super::body::{Body, Map, Role, Words};
use super::date::Date;
use super::id::Id;
use super::kind::Kind;
use super::period::Period;
use super::slot::fields;
use super::text::Text;

/// A unit's figures on one indicator. Its id is [`Id::derived`] from the two, so that whoever types first, and
/// wherever, types into the same record.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Series {
    /// The unit.
    pub unit: Option<Id>,
    /// The indicator, by its id in the edition or the unit's own.
    pub indicator: Option<Id>,
    /// One observation a period.
    pub observations: Map<Period, Observation>,
    /// What there is to say about the figure of a period; apart from the figure, since others write it.
    pub notes: Map<Period, Text>,
}

/// One figure, with all that it cannot be read without. One leaf: a value never meets another value's measure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Observation {
    /// The figure, in the measure; never there when the state is not [`ObservationState::Value`].
    pub value: Option<f64>,
    /// What the figure is counted in.
    pub measure: Option<Measure>,
    /// How many persons it rests on.
    pub n: Option<u32>,
    /// Whether there is a figure, and if not, why.
    pub state: ObservationState,
    /// Where it comes from.
    pub source: Text,
    /// The day it was fetched.
    pub retrieved: Option<Date>,
}

/// Whether there is a figure. Missing is never zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ObservationState {
    /// There is one.
    #[default]
    Value,
    /// It was never collected.
    Missing,
    /// Its source does not publish it.
    Unpublished,
    /// It rests on fewer than five and was hidden.
    Hidden,
}

/// What a figure is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Per cent.
    Percent,
    /// An index from 1 to 5.
    Index,
    /// Days.
    Days,
    /// A plain number.
    Number,
    /// Million kroner.
    MillionKroner,
}

/// Figures that rest on fewer persons than this are hidden when they leave the device.
pub const FEWEST_SHOWN: u32 = 5;

fields!(Series {
    unit: parent("enheden"),
    indicator: value("indikatoren"),
    observations: leaves("tallet", Role::WordsInside),
    notes: leaves("noten", Role::Words),
});

impl Body for Series {
    const KIND: Kind = Kind::Series;
    const WORDS: Words = Words { definite: "talrækken", singular: "talrække", plural: "talrækker" };
    const TITLE: &'static str = "indicator";
}
