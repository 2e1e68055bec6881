//! The rule that a figure gets worse: several changes in a row against the wanted direction.
//!
//! The conversation and the patterns in a unit's figures share this rule. The rule holds even if chance can explain
//! each change, and where the numbers of persons are not known: a course that goes on is worth a conversation.

use crate::domain::measure::Wanted;
use crate::domain::number;
use crate::domain::series_analysis::{SeriesAnalysis, Trend};

/// The smallest number of changes in a row that counts.
pub const MIN_CHANGES: usize = 3;

/// The largest number of figures that the words list. Of more figures, the first one and the latest ones are listed.
const MAX_LISTED: usize = 6;

/// The Danish numbers from [`MIN_CHANGES`] on.
const NUMBERS: [&str; 10] = ["tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"];

/// Describes in Danish that the latest figures got worse in a row, and lists these figures. `None` if fewer than
/// [`MIN_CHANGES`] of the latest changes went against the wanted direction.
pub fn worsening_in_words(analysis: &SeriesAnalysis) -> Option<String> {
    let figures = worsening_figures(analysis)?;
    let changes = figures.len() - 1;
    let mut listed = with_equal_decimals(&figures);
    if listed.len() > MAX_LISTED {
        let latest = listed.len() - (MAX_LISTED - 2);
        drop(listed.splice(1..latest, ["…".to_owned()]));
    }
    let count = NUMBERS.get(changes - MIN_CHANGES).map_or_else(|| changes.to_string(), |word| (*word).to_owned());
    let mut words = "Tallet er gået mod den ønskede retning ".to_owned();
    for part in [count.as_str(), " gange i træk: ", listed.join(" → ").as_str(), "."] {
        words.push_str(part);
    }
    Some(words)
}

/// Returns the figures that got worse in a row, in chronological order: at least one more than [`MIN_CHANGES`].
fn worsening_figures(analysis: &SeriesAnalysis) -> Option<Vec<f64>> {
    let change = analysis.change()?;
    let is_worse =
        matches!((change.trend, analysis.indicator.wanted), (Trend::Up, Wanted::Down) | (Trend::Down, Wanted::Up));
    if !is_worse || change.in_a_row < MIN_CHANGES {
        return None;
    }
    let latest = change.to.0;
    let ends_with_latest = |run: &Vec<usize>| run.last().is_some_and(|&index| analysis.points[index].period == latest);
    let run = analysis.runs().into_iter().find(ends_with_latest)?;
    let first = run.len().checked_sub(change.in_a_row + 1)?;
    let figures: Vec<f64> = run[first..].iter().filter_map(|&index| analysis.points[index].observation.value).collect();
    (figures.len() > MIN_CHANGES).then_some(figures)
}

/// Writes figures in Danish, all with the same number of decimals: `6,3` and `7,0`.
fn with_equal_decimals(figures: &[f64]) -> Vec<String> {
    let mut texts: Vec<String> = figures.iter().map(|figure| number::format_danish(*figure)).collect();
    let decimals = |text: &String| text.split_once(',').map_or(0, |(_, decimals)| decimals.len());
    let most = texts.iter().map(decimals).max().unwrap_or_default();
    for text in &mut texts {
        let own = decimals(text);
        if own == 0 && most > 0 {
            text.push(',');
        }
        text.extend(std::iter::repeat_n('0', most - own));
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Date;
    use crate::domain::indicator::Indicator;
    use crate::domain::measure::Measure;
    use crate::domain::period::Period;
    use crate::domain::series::Series;

    /// Checks the words about a figure of each school year from 2016 on; `None` for a year without a figure. The words
    /// do not depend on the numbers of persons.
    #[track_caller]
    fn check(wanted: Wanted, figures: &[Option<f64>], breaks: &[u16], expected: Option<&str>) {
        let indicator = Indicator {
            id: "fravaer".to_owned(),
            name: "Fravær reduceres".to_owned(),
            about: String::new(),
            measure: Measure::Percent,
            wanted,
            is_own: false,
        };
        for n in [None, Some(12), Some(9_000)] {
            let mut series = Series::default();
            for (year, figure) in (2016..).zip(figures) {
                if let Some(figure) = figure {
                    series.set_figure(Period::SchoolYear(year), Measure::Percent, Some(*figure));
                    series.observations.get_or_default(Period::SchoolYear(year)).n = n;
                }
            }
            for year in breaks {
                series.breaks.insert(Period::SchoolYear(*year), "Opgøres pr. måned".into());
            }
            let analysis = SeriesAnalysis::of(&indicator, &series, Date::LAST);
            let list = expected.map(|list| format!("Tallet er gået mod den ønskede retning {list}."));
            assert_eq!(worsening_in_words(&analysis), list, "{wanted:?} {figures:?} {n:?}");
        }
    }

    #[test]
    fn worsening_takes_three_changes_in_a_row_against_the_wanted_direction() {
        let [a, b, c, d] = [Some(5.1), Some(5.8), Some(6.3), Some(7.0)];
        let rising = Some("tre gange i træk: 5,1 → 5,8 → 6,3 → 7,0");
        check(Wanted::Down, &[a, b, c, d], &[], rising);
        check(Wanted::Up, &[a, b, c, d], &[], None);
        check(Wanted::Up, &[d, c, b, a], &[], Some("tre gange i træk: 7,0 → 6,3 → 5,8 → 5,1"));
        check(Wanted::Down, &[d, c, b, a], &[], None);
        // Two changes are too few, and so are three that were not in a row.
        check(Wanted::Down, &[b, c, d], &[], None);
        check(Wanted::Down, &[a, b, b, c, d], &[], None);
        check(Wanted::Down, &[a, b, None, c, d], &[], None);
        // The latest figure decides.
        check(Wanted::Down, &[a, b, c, d, c], &[], None);
        check(Wanted::Down, &[a, b, c, d, d], &[], None);
        check(Wanted::Down, &[a, b, c, d, None], &[], rising);
        // Only the changes in a row are listed.
        check(Wanted::Down, &[d, None, a, b, c, d], &[], rising);
        check(Wanted::Down, &[d, a, b, c, d], &[], rising);
        // Figures before a break are not compared with figures after it.
        check(Wanted::Down, &[a, b, c, d], &[2017], None);
        check(Wanted::Down, &[d, a, b, c, d], &[2017], rising);
        check(Wanted::Down, &[], &[], None);
        check(Wanted::Down, &[a], &[], None);
    }

    #[test]
    fn worsening_lists_the_first_and_the_latest_of_many_figures() {
        let figures = |count: u16| (0..count).map(|number| Some(f64::from(number) * 0.5)).collect::<Vec<_>>();
        check(Wanted::Down, &figures(6), &[], Some("fem gange i træk: 0,0 → 0,5 → 1,0 → 1,5 → 2,0 → 2,5"));
        check(Wanted::Down, &figures(7), &[], Some("seks gange i træk: 0,0 → … → 1,5 → 2,0 → 2,5 → 3,0"));
        check(Wanted::Down, &figures(14), &[], Some("13 gange i træk: 0,0 → … → 5,0 → 5,5 → 6,0 → 6,5"));
        let whole = [3.0, 4.0, 5.0, 6.0].map(Some);
        check(Wanted::Down, &whole, &[], Some("tre gange i træk: 3 → 4 → 5 → 6"));
    }
}
