//! Figures out, as tables: for a file or the clipboard. Always as they may be published.

use crate::domain::date::Date;
use crate::domain::indicator::Indicator;
use crate::domain::number;
use crate::domain::period::Period;
use crate::domain::publish::PublishedSeries;
use crate::domain::series::{ObservationState, Series};
use crate::domain::series_analysis::SeriesAnalysis;

use super::Cells;

/// The heads of a table of one series.
const HEADS: [&str; 9] =
    ["Enhed", "Indikator", "Periode", "Tal", "Måleenhed", "Antal personer", "Mål", "Kilde", "Bemærkning"];

/// The figures of a unit on an indicator, period by period.
pub fn of_series(unit: &str, indicator: &Indicator, series: &PublishedSeries, today: Date) -> Cells {
    let mut cells: Cells = vec![HEADS.map(str::to_owned).to_vec()];
    let reading = SeriesAnalysis::of(indicator, series, today);
    for point in &reading.points {
        let own = &point.observation;
        let measure = own.measure.unwrap_or(reading.indicator.measure);
        let figure = own.value.map_or_else(|| own.state.danish().to_owned(), number::plain);
        let note = series.notes.get(&point.period).map(|note| note.0.clone());
        cells.push(vec![
            unit.to_owned(),
            reading.indicator.name.clone(),
            point.period.danish(),
            figure,
            measure.danish().to_owned(),
            own.n.map(|n| n.to_string()).unwrap_or_default(),
            point.target.map(number::plain).unwrap_or_default(),
            own.source.0.clone(),
            note.unwrap_or_default(),
        ]);
    }
    cells
}

/// The last period in which most units have a figure on an indicator: what a column of the matrix shows.
pub fn column_period<'s>(series: impl IntoIterator<Item = &'s Series>) -> Option<Period> {
    let mut counts: Vec<(usize, Period)> = Vec::new();
    for series in series {
        let last = series.observations.iter().rev().find(|(_, own)| own.value.is_some()).map(|(period, _)| *period);
        if let Some(last) = last {
            match counts.iter_mut().find(|(_, period)| *period == last) {
                Some((count, _)) => *count += 1,
                None => counts.push((1, last)),
            }
        }
    }
    counts.into_iter().max().map(|(_, period)| period)
}

/// Units beside one another: a row a unit, a column an indicator, with the figures of its [`column_period`]. `columns` holds
/// the units' series in the order of their names.
pub fn matrix(units: &[String], columns: &[(&Indicator, Vec<PublishedSeries>)]) -> Cells {
    let periods: Vec<Option<Period>> =
        columns.iter().map(|(_, series)| column_period(series.iter().map(|series| &**series))).collect();
    let head = |((indicator, _), period): (&(&Indicator, Vec<PublishedSeries>), &Option<Period>)| match period {
        Some(period) => format!("{} {}", indicator.name, period.danish()),
        None => indicator.name.clone(),
    };
    let heads = columns.iter().zip(&periods).map(head);
    let mut cells: Cells = vec![std::iter::once("Enhed".to_owned()).chain(heads).collect()];
    for (at, name) in units.iter().enumerate() {
        let figure = |((_, series), period): (&(&Indicator, Vec<PublishedSeries>), &Option<Period>)| {
            let own = period.and_then(|period| series.get(at)?.observations.get(&period));
            match own {
                Some(own) => own.value.map_or_else(|| own.state.danish().to_owned(), number::plain),
                None => ObservationState::Missing.danish().to_owned(),
            }
        };
        cells.push(std::iter::once(name.clone()).chain(columns.iter().zip(&periods).map(figure)).collect());
    }
    cells
}
