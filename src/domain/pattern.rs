//! What units have in common on an indicator: how many went which way. Never who went farthest.

use super::measure::Wanted;
use super::publish::FEWEST_UNITS;
use super::series_analysis::{SeriesAnalysis, Trend};

/// How many units went which way since the figure before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pattern {
    /// The wanted way.
    pub wanted: usize,
    /// The other way.
    pub against: usize,
    /// Whose change chance alone could have made.
    pub doubtful: usize,
    /// Neither way.
    pub level: usize,
}

impl Pattern {
    /// The pattern of units whose figures can be compared with the ones before; `None` of fewer than five, who could be
    /// told from it.
    pub fn of<'r>(readings: impl IntoIterator<Item = &'r SeriesAnalysis>) -> Option<Self> {
        let mut pattern = Self::default();
        for reading in readings {
            let Some(change) = reading.change() else { continue };
            let count = match (change.way, change.may_be_chance, reading.indicator.wanted) {
                (Trend::Level, ..) => &mut pattern.level,
                (_, Some(true), _) => &mut pattern.doubtful,
                (Trend::Up, _, Wanted::Up) | (Trend::Down, _, Wanted::Down) => &mut pattern.wanted,
                _ => &mut pattern.against,
            };
            *count += 1;
        }
        (pattern.units() >= FEWEST_UNITS).then_some(pattern)
    }

    /// How many units it is of.
    pub const fn units(self) -> usize {
        self.wanted + self.against + self.doubtful + self.level
    }

    /// In Danish: `Af 12 enheder: 7 i den ønskede retning, 2 mod den, 3 kan være tilfældige udsving`.
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

    fn reading(from: f64, to: f64, n: Option<u32>) -> SeriesAnalysis {
        let mut series = Series::default();
        for (year, value) in [(2023, from), (2024, to)] {
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
    fn indicators_patterns_count_and_never_rank() {
        let readings = [
            reading(7.0, 5.0, None),
            reading(5.0, 7.0, None),
            reading(5.0, 6.0, Some(40)),
            reading(5.0, 5.0, None),
            reading(9.0, 5.0, None),
        ];
        let pattern = Pattern::of(&readings).unwrap();
        assert_eq!(
            pattern.in_words(),
            "Af 5 enheder: 2 i den ønskede retning, 1 mod den ønskede retning, 1 kan være tilfældige udsving, 1 uændret"
        );
        assert_eq!(Pattern::of(&readings[..4]), None);
    }
}
