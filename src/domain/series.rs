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

impl Series {
    /// The figure of a period, where there is one.
    pub fn figure(&self, period: Period) -> Option<f64> {
        self.observations.get(&period)?.value
    }

    /// Writes the figure of a period, or that it is missing.
    pub fn set_figure(&mut self, period: Period, measure: Measure, figure: Option<f64>) {
        match figure {
            Some(figure) => {
                let observation = self.observations.get_or_default(period);
                observation.value = Some(figure);
                observation.measure = Some(measure);
                observation.state = ObservationState::Value;
            }
            // What it was counted in, and how many it rested on, stays: it decides what may leave the device.
            None => {
                if let Some(observation) = self.observations.get_mut(&period) {
                    observation.value = None;
                    observation.state = ObservationState::Missing;
                }
            }
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_taken_away_is_missing_and_keeps_what_it_rested_on() {
        let (year, mut series) = (Period::SchoolYear(2024), Series::default());
        series.set_figure(year, Measure::Percent, None);
        assert!(series.observations.is_empty(), "nothing was there, and nothing is said");
        series.set_figure(year, Measure::Percent, Some(6.1));
        series.observations.get_mut(&year).unwrap().n = Some(4);
        series.set_figure(year, Measure::Percent, None);
        assert_eq!(series.figure(year), None);
        let left = &series.observations[&year];
        assert_eq!((left.state, left.n, left.measure), (ObservationState::Missing, Some(4), Some(Measure::Percent)));
    }
}
