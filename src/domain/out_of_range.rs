//! Figures out of the range of their measure, such as 712 %. A figure that was written so stays as it was written, and
//! does not count ([`Observation::counted`]). The app asks whether it is right, and which figure was likely meant.

use super::measure::Measure;
use super::number;
use super::period::Period;
use super::series::{Observation, Series};

/// A figure out of the range of its measure that nobody has confirmed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OutOfRange {
    /// The period of the figure.
    pub period: Period,
    /// The figure.
    pub figure: f64,
    /// The measure of the figure.
    pub measure: Measure,
    /// The figure that was likely meant, if one fits.
    pub likely: Option<f64>,
}

impl OutOfRange {
    /// Asks about the figure in Danish: `712 % ligger ikke mellem 0 og 100 % og tæller ikke med endnu. Mente du 7,12?`.
    pub fn question(&self) -> String {
        let (least, most) = self.measure.range().unwrap_or_default();
        let (figure, most) = (self.measure.format_figure(self.figure), self.measure.format_figure(most));
        let least = number::format_danish(least);
        let question = match self.likely {
            Some(likely) => format!("Mente du {}?", number::format_danish(likely)),
            None => "Er tallet rigtigt?".to_owned(),
        };
        format!("{figure} ligger ikke mellem {least} og {most} og tæller ikke med endnu. {question}")
    }
}

impl Series {
    /// Returns the figures out of range that nobody has confirmed, in chronological order. `measure` is the measure of
    /// the indicator.
    pub fn out_of_range(&self, measure: Measure) -> Vec<OutOfRange> {
        let measure_of = |observation: &Observation| observation.measure.unwrap_or(measure);
        let found = self.observations.iter().filter_map(|(period, observation)| {
            let range = self.range(observation, Some(measure))?;
            let figure = observation.value.filter(|_| observation.counted(Some(range)).is_none())?;
            let is_comparable = |(other_period, other): &(&Period, &Observation)| {
                other_period.is_same_kind(*period) && measure_of(other) == measure_of(observation)
            };
            let others = self.observations.iter().filter(is_comparable);
            let others: Vec<f64> = others.filter_map(|(_, other)| other.counted(Some(range))).collect();
            let likely = likely_meant(figure, range, &others);
            Some(OutOfRange { period: *period, figure, measure: measure_of(observation), likely })
        });
        found.collect()
    }
}

/// Guesses which figure was meant by one out of range: the same digits without a minus, or with the decimal comma in
/// another place. Of several that fit, the nearest to the other figures of the series is chosen. Without other figures
/// a point between thousands is taken for the decimal comma; otherwise the largest that fits is chosen. `None` if
/// nothing fits.
fn likely_meant(figure: f64, (least, most): (f64, f64), others: &[f64]) -> Option<f64> {
    let fits = |guess: &f64| (least..=most).contains(guess);
    let size = figure.abs();
    if fits(&size) {
        return Some(size);
    }
    // Rounded to nine decimals, since powers of ten are inexact in binary.
    let shifted = |places: i32| (size * 10f64.powi(9 - places)).round() / 1e9;
    let has_one_point = size.fract() == 0.0 && (1e3..1e6).contains(&size);
    if others.is_empty() && has_one_point && fits(&shifted(3)) {
        return Some(shifted(3));
    }
    let distance = |guess: f64| others.iter().map(|other| (other - guess).abs()).fold(f64::INFINITY, f64::min);
    // From the largest to the smallest.
    let guesses = (-2..=6).map(shifted).filter(fits);
    guesses.reduce(|nearest, guess| if distance(guess) < distance(nearest) { guess } else { nearest })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Id;

    #[test]
    fn likely_meant_moves_the_comma_or_drops_the_minus() {
        let (percent, index) = ((0.0, 100.0), (1.0, 5.0));
        for (figure, range, others, likely) in [
            (712.0, percent, &[7.4, 6.9][..], Some(7.12)),
            (712.0, percent, &[70.0, 68.5], Some(71.2)),
            (712.0, percent, &[], Some(71.2)),
            (104.2, percent, &[9.8], Some(10.42)),
            (-3.0, percent, &[], Some(3.0)),
            (-712.0, percent, &[6.9], Some(7.12)),
            // `1.234`, which is read as thousands, and `12.345`.
            (1234.0, percent, &[], Some(1.234)),
            (12_345.0, percent, &[], Some(12.345)),
            (1234.0, percent, &[12.1], Some(12.34)),
            (1234.5, percent, &[], Some(12.345)),
            (45.0, index, &[3.8], Some(4.5)),
            (39.0, index, &[], Some(3.9)),
            (0.38, index, &[], Some(3.8)),
            (1234.0, index, &[], Some(1.234)),
            (9.0, index, &[], None),
            (51.0, index, &[], None),
            (0.0, index, &[], None),
            (1e15, percent, &[], None),
        ] {
            assert_eq!(likely_meant(figure, range, others), likely, "{figure} in {range:?} beside {others:?}");
        }
    }

    #[test]
    fn figures_out_of_range_are_listed_until_they_are_confirmed() {
        let mut series = Series { indicator: Id::parse("fravaer"), ..Series::default() };
        for (year, figure) in [(2021, 7.4), (2022, 712.0), (2023, -3.0), (2024, 6.9)] {
            series.set_figure(Period::SchoolYear(year), Measure::Percent, Some(figure));
        }
        // Figures of another kind of period and in another measure say nothing about what was meant.
        series.set_figure(Period::Year(2021), Measure::Percent, Some(71.0));
        series.set_figure(Period::SchoolYear(2020), Measure::Days, Some(71.0));
        let questions = |series: &Series| -> Vec<String> {
            let found = series.out_of_range(Measure::Percent);
            found.iter().map(|found| format!("{}: {}", found.period, found.question())).collect()
        };
        let [first, second] = [
            "2022-23: 712 % ligger ikke mellem 0 og 100 % og tæller ikke med endnu. Mente du 7,12?",
            "2023-24: \u{2212}3 % ligger ikke mellem 0 og 100 % og tæller ikke med endnu. Mente du 3?",
        ];
        assert_eq!(questions(&series), [first, second]);
        series.confirm(Period::SchoolYear(2022));
        assert_eq!(questions(&series), [second]);
        series.set_figure(Period::SchoolYear(2023), Measure::Percent, Some(3.0));
        assert!(questions(&series).is_empty());
        series.set_figure(Period::SchoolYear(2023), Measure::Index, Some(9.0));
        assert_eq!(
            questions(&series),
            ["2023-24: 9 ligger ikke mellem 1 og 5 og tæller ikke med endnu. Er tallet rigtigt?"]
        );
    }
}
