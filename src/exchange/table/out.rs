//! Lays out published figures as tables, for a file or the clipboard.

use crate::domain::date::Date;
use crate::domain::indicator::Indicator;
use crate::domain::number;
use crate::domain::period::Period;
use crate::domain::publish::PublishedSeries;
use crate::domain::series::{ObservationState, Series};
use crate::domain::series_analysis::SeriesAnalysis;

use super::Cells;

/// The headings of the table of one series.
const HEADINGS: [&str; 9] =
    ["Enhed", "Indikator", "Periode", "Tal", "Måleenhed", "Antal personer", "Mål", "Kilde", "Bemærkning"];

/// Lays out the figures of a unit on an indicator, one period in each row.
pub fn of_series(unit: &str, indicator: &Indicator, series: &PublishedSeries, today: Date) -> Cells {
    let mut cells: Cells = vec![HEADINGS.map(str::to_owned).to_vec()];
    let analysis = SeriesAnalysis::of(indicator, series, today);
    for point in &analysis.points {
        let observation = &point.observation;
        let measure = observation.measure.unwrap_or(analysis.indicator.measure);
        let figure =
            observation.value.map_or_else(|| observation.state.danish().to_owned(), number::format_for_spreadsheet);
        let note = series.notes.get(&point.period).map(|note| note.0.clone());
        cells.push(vec![
            unit.to_owned(),
            analysis.indicator.name.clone(),
            point.period.danish(),
            figure,
            measure.danish().to_owned(),
            observation.n.map(|n| n.to_string()).unwrap_or_default(),
            point.target.map(number::format_for_spreadsheet).unwrap_or_default(),
            observation.source.0.clone(),
            note.unwrap_or_default(),
        ]);
    }
    cells
}

/// The period that most series have as their last with a figure; of several, the latest. A column of the matrix shows
/// this period.
pub fn column_period<'s>(series: impl IntoIterator<Item = &'s Series>) -> Option<Period> {
    let mut counts: Vec<(usize, Period)> = Vec::new();
    for series in series {
        let last = series
            .observations
            .iter()
            .rev()
            .find(|(_, observation)| observation.value.is_some())
            .map(|(period, _)| *period);
        if let Some(last) = last {
            match counts.iter_mut().find(|(_, period)| *period == last) {
                Some((count, _)) => *count += 1,
                None => counts.push((1, last)),
            }
        }
    }
    counts.into_iter().max().map(|(_, period)| period)
}

/// Lays out units side by side: one unit in each row, one indicator in each column, with the figures of the
/// [`column_period`]. `columns` holds the series of the units in the order of `units`.
pub fn matrix(units: &[String], columns: &[(&Indicator, Vec<PublishedSeries>)]) -> Cells {
    let periods: Vec<Option<Period>> =
        columns.iter().map(|(_, series)| column_period(series.iter().map(|series| &**series))).collect();
    let heading = |((indicator, _), period): (&(&Indicator, Vec<PublishedSeries>), &Option<Period>)| match period {
        Some(period) => format!("{} {}", indicator.name, period.danish()),
        None => indicator.name.clone(),
    };
    let headings = columns.iter().zip(&periods).map(heading);
    let mut cells: Cells = vec![std::iter::once("Enhed".to_owned()).chain(headings).collect()];
    for (index, name) in units.iter().enumerate() {
        let figure = |((_, series), period): (&(&Indicator, Vec<PublishedSeries>), &Option<Period>)| {
            let observation = period.and_then(|period| series.get(index)?.observations.get(&period));
            match observation {
                Some(observation) => observation
                    .value
                    .map_or_else(|| observation.state.danish().to_owned(), number::format_for_spreadsheet),
                None => ObservationState::Missing.danish().to_owned(),
            }
        };
        cells.push(std::iter::once(name.clone()).chain(columns.iter().zip(&periods).map(figure)).collect());
    }
    cells
}
