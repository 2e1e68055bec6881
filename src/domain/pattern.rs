//! The pattern of an indicator across units: how many units moved in which direction. Units must never be ranked.

use super::measure::Wanted;
use super::publish::FEWEST_UNITS;
use super::series_analysis::{SeriesAnalysis, Trend};

/// The number of units that moved in each direction since their previous figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pattern {
    /// Units that moved in the wanted direction.
    pub wanted: usize,
    /// Units that moved against the wanted direction.
    pub against: usize,
    /// Units whose change may be due to chance.
    pub doubtful: usize,
    /// Units without a change.
    pub level: usize,
}

impl Pattern {
    /// Counts the units whose latest figure can be compared with the one before.
    ///
    /// Returns `None` for fewer units than [`FEWEST_UNITS`], because single units could be recognised in the pattern.
    pub fn of<'r>(analyses: impl IntoIterator<Item = &'r SeriesAnalysis>) -> Option<Self> {
        let mut pattern = Self::default();
        for analysis in analyses {
            let Some(change) = analysis.change() else { continue };
            let count = match (change.trend, change.may_be_chance, analysis.indicator.wanted) {
                (Trend::Level, ..) => &mut pattern.level,
                (_, Some(true), _) => &mut pattern.doubtful,
                (Trend::Up, _, Wanted::Up) | (Trend::Down, _, Wanted::Down) => &mut pattern.wanted,
                _ => &mut pattern.against,
            };
            *count += 1;
        }
        (pattern.units() >= FEWEST_UNITS).then_some(pattern)
    }

    /// The number of units counted.
    pub const fn units(self) -> usize {
        self.wanted + self.against + self.doubtful + self.level
    }

    /// The pattern in Danish: `Af 12 enheder: 7 i den ønskede retning, 2 mod den ønskede retning, 3 kan være tilfældige
    /// udsving`.
    pub fn in_words(self) -> String {
        let parts = [
            (self.wanted, "i den ønskede retning"),
            (self.against, "mod den ønskede retning"),
            (self.doubtful, "kan være tilfældige udsving"),
            (self.level, "uændret"),
        ];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}"));
        format!("Af {} enheder: {}", self.units(), parts.collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Date;
    use crate::domain::indicator::Indicator;
    use crate::domain::measure::Measure;
    use crate::domain::period::Period;
    use crate::domain::series::{Observation, Series};

    /// Analyses two figures, each with its number of persons.
    fn analysis(from: (f64, Option<u32>), to: (f64, Option<u32>)) -> SeriesAnalysis {
        let mut series = Series::default();
        for (year, (value, n)) in [(2023, from), (2024, to)] {
            series
                .observations
                .insert(Period::SchoolYear(year), Observation { value: Some(value), n, ..Observation::default() });
        }
        let indicator = Indicator {
            id: "fravaer".to_owned(),
            name: "Fravær reduceres".to_owned(),
            about: String::new(),
            measure: Measure::Percent,
            wanted: Wanted::Down,
            is_own: false,
        };
        SeriesAnalysis::of(&indicator, &series, Date::LAST)
    }

    #[test]
    fn pattern_counts_directions_and_needs_five_units() {
        let analyses = [
            analysis((7.0, None), (5.0, None)),
            analysis((5.0, None), (7.0, None)),
            analysis((5.0, Some(40)), (6.0, Some(40))),
            analysis((5.0, None), (5.0, None)),
            analysis((9.0, None), (5.0, None)),
        ];
        let pattern = Pattern::of(&analyses).unwrap();
        assert_eq!(
            pattern.in_words(),
            "Af 5 enheder: 2 i den ønskede retning, 1 mod den ønskede retning, 1 kan være tilfældige udsving, 1 uændret"
        );
        assert_eq!(Pattern::of(&analyses[..4]), None);
        // One known number of persons suffices to doubt a change.
        let doubtful = [((5.0, Some(40)), (6.0, None)), ((5.0, None), (6.0, Some(40)))];
        let analyses: Vec<SeriesAnalysis> =
            doubtful.iter().cycle().take(6).map(|(from, to)| analysis(*from, *to)).collect();
        assert_eq!(Pattern::of(&analyses).map(|pattern| pattern.doubtful), Some(6));
    }
}
