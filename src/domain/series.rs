//! A series: a unit's figures on one indicator.

use serde::{Deserialize, Serialize};

use super::body::{Body, FieldRole, KindWords, Map};
use super::date::Date;
use super::id::Id;
use super::indicator;
use super::measure::Measure;
use super::period::Period;
use super::slot::fields;
use super::text::UserText;

/// A unit's figures on one indicator.
///
/// The id of the record is [`Id::derived`] from the ids of unit and indicator, so all people write to the same record.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Series {
    /// The unit.
    pub unit: Option<Id>,
    /// The id of the indicator: one of an edition, or the record of a unit's own indicator.
    pub indicator: Option<Id>,
    /// One observation for each period.
    pub observations: Map<Period, Observation>,
    /// A note about the figure of a period. Separate from the figure, since other people write it.
    pub notes: Map<Period, UserText>,
    /// The periods from which on the figures are counted differently, with the change in words. Figures before a break
    /// are not compared with figures after it.
    pub breaks: Map<Period, UserText>,
    /// Events that may explain the figures, such as a new leader or a merger, by day.
    pub events: Map<Date, UserText>,
    /// The target figure, by the first day on which it applies. It applies until the next one.
    pub targets: Map<Date, f64>,
    /// The distance from the target at which a figure still counts as close to it, in the measure. If empty,
    /// the default of the measure applies.
    pub near: Option<f64>,
    /// Why it is accepted that the target is missed, by the last day of the acceptance.
    pub accepted: Map<Date, UserText>,
}

/// One figure with everything needed to read it. One leaf, so merging never combines a value with another measure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Observation {
    /// The figure as it was written, in the measure. Empty unless the state is [`ObservationState::Value`]. Whether it
    /// counts is decided by [`Observation::counted`].
    pub value: Option<f64>,
    /// The measure of the figure; if empty, the indicator's.
    pub measure: Option<Measure>,
    /// The number of persons that the figure is based on.
    pub n: Option<u32>,
    /// Whether there is a figure, and if not, why.
    pub state: ObservationState,
    /// The source of the figure.
    pub source: UserText,
    /// The day on which the figure was retrieved.
    pub retrieved: Option<Date>,
    /// Whether a person has confirmed that a figure out of the range of its measure is right.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub confirmed: bool,
}

/// Whether there is a figure, and if not, why. A missing figure must never be treated as zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ObservationState {
    /// There is a figure.
    #[default]
    Value,
    /// The figure was never collected.
    Missing,
    /// The source does not publish the figure.
    Unpublished,
    /// The figure is hidden, since it is based on fewer than five persons or would reveal such a figure.
    Hidden,
}

impl ObservationState {
    /// All states, in the order of menus.
    pub const ALL: [Self; 4] = [Self::Value, Self::Missing, Self::Unpublished, Self::Hidden];

    /// Returns the Danish words shown instead of a figure.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Value => "værdi",
            Self::Missing => "mangler",
            Self::Unpublished => "ikke offentliggjort",
            Self::Hidden => "skjult (færre end 5)",
        }
    }
}

impl Observation {
    /// Returns the figure, if it counts. A figure out of `range` is never drawn, compared or published before a person
    /// has confirmed it. `range` is the lowest and the highest figure that is possible, if there are limits.
    pub fn counted(&self, range: Option<(f64, f64)>) -> Option<f64> {
        let is_possible = |value: &f64| range.is_none_or(|(least, most)| (least..=most).contains(value));
        self.value.filter(|value| self.confirmed || is_possible(value))
    }

    /// Takes out a figure that does not count, and marks the observation as missing. Returns that figure.
    pub fn take_uncounted(&mut self, range: Option<(f64, f64)>) -> Option<f64> {
        if self.value.is_none() || self.counted(range).is_some() {
            return None;
        }
        self.state = ObservationState::Missing;
        self.value.take()
    }
}

impl Series {
    /// Returns the figure of a period that counts, by its own measure. A figure without one counts here; where the
    /// measure of the indicator is known, [`counted`](Self::counted) decides.
    pub fn figure(&self, period: Period) -> Option<f64> {
        self.counted(period, None)
    }

    /// Returns the figure of a period that counts. `measure` is the measure of the indicator, if it is known.
    pub fn counted(&self, period: Period, measure: Option<Measure>) -> Option<f64> {
        let observation = self.observations.get(&period)?;
        observation.counted(self.range(observation, measure))
    }

    /// Returns the lowest and the highest figure that is possible for an observation of the series; `None` if there
    /// are no limits. `measure` is the measure of the indicator, if it is known.
    pub fn range(&self, observation: &Observation, measure: Option<Measure>) -> Option<(f64, f64)> {
        let measure = observation.measure.or(measure)?;
        match &self.indicator {
            Some(indicator) => indicator::range(indicator.as_str(), measure),
            None => measure.range(),
        }
    }

    /// Returns the target for the figure of a period: the one that applies on the period's last day.
    pub fn target(&self, period: Period) -> Option<f64> {
        self.targets.iter().rev().find(|(day, _)| **day <= period.last_day()).map(|(_, target)| *target)
    }

    /// Returns the accepted deviation that applies on a day: its last day (inclusive) and the reason.
    pub fn accepted_on(&self, today: Date) -> Option<(Date, &UserText)> {
        self.accepted.iter().find(|(last, _)| **last >= today).map(|(last, reason)| (*last, reason))
    }

    /// Returns whether the series has any figure that counts, by its own measure ([`figure`](Self::figure)).
    pub fn has_figures(&self) -> bool {
        self.observations.keys().any(|period| self.figure(*period).is_some())
    }

    /// Sets the figure of a period. `None` removes the figure and marks an existing observation as missing. Another
    /// figure than before is not confirmed.
    pub fn set_figure(&mut self, period: Period, measure: Measure, figure: Option<f64>) {
        match figure {
            Some(figure) => {
                let observation = self.observations.get_or_default(period);
                observation.confirmed &= observation.value == Some(figure);
                observation.value = Some(figure);
                observation.measure = Some(measure);
                observation.state = ObservationState::Value;
            }
            // Measure and number of persons stay, since they decide what may leave the device.
            None => {
                if let Some(observation) = self.observations.get_mut(&period) {
                    observation.value = None;
                    observation.confirmed = false;
                    observation.state = ObservationState::Missing;
                }
            }
        }
    }

    /// Notes that the figure of a period is right, though it is out of the range of its measure.
    pub fn confirm(&mut self, period: Period) {
        if let Some(observation) = self.observations.get_mut(&period) {
            observation.confirmed = observation.value.is_some();
        }
    }
}

/// The smallest number of persons whose figure is shown outside the device.
pub const FEWEST_SHOWN: u32 = 5;

fields!(Series {
    unit: parent("enheden"),
    indicator: value("indikatoren"),
    observations: leaves("tallet", FieldRole::ContainsText),
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
    fn target_applies_from_its_day_until_the_next() {
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
    fn accepted_deviation_includes_its_last_day() {
        let day = |text| Date::parse(text).unwrap();
        let mut series = Series::default();
        series.accepted.insert(day("2026-06-30"), "Byggeri".into());
        series.accepted.insert(day("2027-06-30"), "Flytning".into());
        let reason_on = |text| series.accepted_on(day(text)).map(|(_, reason)| reason.as_str());
        assert_eq!(reason_on("2026-06-30"), Some("Byggeri"));
        assert_eq!(reason_on("2026-07-01"), Some("Flytning"));
        assert_eq!(reason_on("2027-07-01"), None);
    }

    #[test]
    fn set_figure_to_none_marks_missing_and_keeps_measure_and_n() {
        let (year, mut series) = (Period::SchoolYear(2024), Series::default());
        series.set_figure(year, Measure::Percent, None);
        assert!(series.observations.is_empty(), "an absent observation stays absent");
        series.set_figure(year, Measure::Percent, Some(6.1));
        series.observations.get_mut(&year).unwrap().n = Some(4);
        series.set_figure(year, Measure::Percent, None);
        assert_eq!(series.figure(year), None);
        let observation = &series.observations[&year];
        assert_eq!(
            (observation.state, observation.n, observation.measure),
            (ObservationState::Missing, Some(4), Some(Measure::Percent))
        );
    }

    #[test]
    fn figure_counts_within_its_range_or_when_it_is_confirmed() {
        let year = Period::SchoolYear(2024);
        for (indicator, measure, value, counts) in [
            ("fravaer", Some(Measure::Percent), 7.12, true),
            ("fravaer", Some(Measure::Percent), 0.0, true),
            ("fravaer", Some(Measure::Percent), 100.0, true),
            ("fravaer", Some(Measure::Percent), 712.0, false),
            ("fravaer", Some(Measure::Percent), -3.0, false),
            ("fravaer", Some(Measure::Index), 9.0, false),
            ("fravaer", Some(Measure::Index), 0.5, false),
            ("fravaer", Some(Measure::Days), -3.0, true),
            ("fravaer", Some(Measure::Number), 1234.0, true),
            // The indicator's measure, per cent, applies to a figure without one.
            ("fravaer", None, 712.0, false),
            ("budgetafvigelse", Some(Measure::Percent), -2.5, true),
        ] {
            let mut series = Series { indicator: Id::parse(indicator), ..Series::default() };
            series.observations.insert(year, Observation { value: Some(value), measure, ..Observation::default() });
            let figure = |series: &Series| series.counted(year, Some(Measure::Percent));
            assert_eq!(figure(&series), counts.then_some(value), "{indicator} {measure:?} {value}");
            series.confirm(year);
            assert_eq!(figure(&series), Some(value), "{indicator} {measure:?} {value}, confirmed");
        }
    }

    #[test]
    fn confirmation_holds_for_one_figure_only() {
        let (year, mut series) = (Period::SchoolYear(2024), Series::default());
        series.confirm(year);
        assert!(series.observations.is_empty(), "there is nothing to confirm");
        series.set_figure(year, Measure::Percent, Some(112.0));
        assert_eq!((series.figure(year), series.has_figures()), (None, false));
        series.confirm(year);
        series.set_figure(year, Measure::Percent, Some(112.0));
        assert_eq!((series.figure(year), series.has_figures()), (Some(112.0), true));
        series.set_figure(year, Measure::Percent, Some(113.0));
        assert_eq!(series.figure(year), None, "another figure is asked about again");
        series.confirm(year);
        series.set_figure(year, Measure::Percent, None);
        let (measure, state) = (Some(Measure::Percent), ObservationState::Missing);
        assert_eq!(series.observations[&year], Observation { measure, state, ..Observation::default() });
    }

    #[test]
    fn observation_without_confirmation_is_stored_as_before() {
        let figure = Observation { value: Some(7.0), ..Observation::default() };
        let json = serde_json::to_value(&figure).unwrap();
        assert!(json.get("confirmed").is_none(), "{json}");
        assert_eq!(serde_json::from_value::<Observation>(json).unwrap(), figure);
        let confirmed = Observation { confirmed: true, ..figure };
        let json = serde_json::to_value(&confirmed).unwrap();
        assert_eq!(json["confirmed"], true);
        assert_eq!(serde_json::from_value::<Observation>(json).unwrap(), confirmed);
    }
}
