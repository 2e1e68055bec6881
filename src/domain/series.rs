//! A unit's figures on one indicator.

use serde::{Deserialize, Serialize};

use super::body::{Body, FieldRole, KindWords, Map};
use super::date::Date;
use super::id::Id;
use super::measure::Measure;
use super::period::Period;
use super::slot::fields;
use super::text::UserText;

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
    pub notes: Map<Period, UserText>,
    /// The periods from which on it is counted otherwise, and how: what lies before is not compared with what comes after.
    pub breaks: Map<Period, UserText>,
    /// What happened on a day that the figures may show: a new leader, a merger.
    pub events: Map<Date, UserText>,
    /// The figure that is aimed at, from a day on, until the next.
    pub targets: Map<Date, f64>,
    /// How far from the target a figure is still close to it, in the measure; by default as far as the measure says.
    pub near: Option<f64>,
    /// Why it is accepted that the target is not reached, by the last day on which it is.
    pub accepted: Map<Date, UserText>,
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
    pub source: UserText,
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

impl ObservationState {
    /// All, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Value, Self::Missing, Self::Unpublished, Self::Hidden];

    /// In Danish, in the place of a figure.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Value => "værdi",
            Self::Missing => "mangler",
            Self::Unpublished => "ikke offentliggjort",
            Self::Hidden => "skjult (færre end 5)",
        }
    }
}

impl Series {
    /// The figure of a period, where there is one.
    pub fn figure(&self, period: Period) -> Option<f64> {
        self.observations.get(&period)?.value
    }

    /// The target that the figure of a period is held against: the one that holds on its last day.
    pub fn target(&self, period: Period) -> Option<f64> {
        self.targets.iter().rev().find(|(day, _)| **day <= period.last_day()).map(|(_, target)| *target)
    }

    /// The accepted deviation that holds on a day, its last day included: that day, and why.
    pub fn accepted_on(&self, today: Date) -> Option<(Date, &UserText)> {
        self.accepted.iter().find(|(last, _)| **last >= today).map(|(last, why)| (*last, why))
    }

    /// Whether there is a figure in it.
    pub fn has_figures(&self) -> bool {
        self.observations.values().any(|observation| observation.value.is_some())
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
    observations: leaves("tallet", FieldRole::TextInside),
    notes: leaves("noten", FieldRole::Text),
    breaks: leaves("bruddet", FieldRole::Text),
    events: leaves("begivenheden", FieldRole::Text),
    targets: leaves("måltallet", FieldRole::Plain),
    near: value("hvad der er tæt på målet"),
    accepted: leaves("den accepterede afvigelse", FieldRole::Text),
});

impl Body for Series {
    const WORDS: KindWords = KindWords { definite: "talrækken", singular: "talrække", plural: "talrækker" };
    const TITLE: &'static str = "indicator";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indicators_a_target_is_a_step_and_holds_until_the_next() {
        let day = |text| Date::parse(text).unwrap();
        let mut series = Series::default();
        series.targets.insert(day("2023-08-01"), 6.0);
        series.targets.insert(day("2025-01-01"), 5.5);
        for (period, target) in [
            (Period::SchoolYear(2022), None),
            (Period::Year(2023), Some(6.0)),
            (Period::SchoolYear(2023), Some(6.0)),
            (Period::Year(2024), Some(6.0)),
            (Period::SchoolYear(2024), Some(5.5)),
            (Period::Quarter(2024, 4), Some(6.0)),
        ] {
            assert_eq!(series.target(period), target, "{period}");
        }
    }

    #[test]
    fn indicators_an_accepted_deviation_holds_on_its_last_day_too() {
        let day = |text| Date::parse(text).unwrap();
        let mut series = Series::default();
        series.accepted.insert(day("2026-06-30"), "Byggeri".into());
        series.accepted.insert(day("2027-06-30"), "Flytning".into());
        let on = |text| series.accepted_on(day(text)).map(|(_, why)| why.as_str());
        assert_eq!(on("2026-06-30"), Some("Byggeri"));
        assert_eq!(on("2026-07-01"), Some("Flytning"));
        assert_eq!(on("2027-07-01"), None);
    }

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
