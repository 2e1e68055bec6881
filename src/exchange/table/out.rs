//! Lays out published figures as tables, for a file or the clipboard.

use crate::domain::date::Date;
use crate::domain::indicator::Indicator;
use crate::domain::measure::Measure;
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

/// The headings of a sheet, before its periods.
const SHEET_HEADINGS: [&str; 3] = ["Enhed", "Indikator", "Måleenhed"];

/// A row of a sheet: the name of the unit, the indicator, and the figures. A row of a template has no figures.
pub type SheetRow<'s> = (&'s str, &'s Indicator, Option<PublishedSeries>);

/// Lays out indicators over periods, one unit and indicator in each row, one period in each column. A cell without a
/// figure is blank.
///
/// [`Layout::guess`](super::layout::Layout::guess) recognises every column, also in a partly filled template.
pub fn sheet(rows: &[SheetRow<'_>], periods: &[Period]) -> Cells {
    // Spreadsheets read `2009/10` as a day in October, so the name of a school year begins with a word.
    let heading = |period: &Period| match period {
        Period::SchoolYear(_) => format!("Skoleår {}", period.danish()),
        other => other.danish(),
    };
    let headings = SHEET_HEADINGS.iter().map(|&heading| heading.to_owned());
    let mut cells: Cells = vec![headings.chain(periods.iter().map(heading)).collect()];
    for (unit, indicator, series) in rows {
        let figure = |period: &Period| {
            let Some(series) = series else { return String::new() };
            let state = series.observations.get(period).map(|observation| observation.state);
            match (series.counted(*period, Some(indicator.measure)), state) {
                (Some(value), _) => number::format_for_spreadsheet(value),
                (None, None | Some(ObservationState::Value | ObservationState::Missing)) => String::new(),
                (None, Some(state)) => state.danish().to_owned(),
            }
        };
        let names = [(*unit).to_owned(), indicator.name.clone(), indicator.measure.danish().to_owned()];
        cells.push(names.into_iter().chain(periods.iter().map(figure)).collect());
    }
    cells
}

/// The period that most series have as their last with a figure that counts; of several, the latest. A column of the
/// matrix shows this period. `measure` is the measure of the indicator.
pub fn column_period<'s>(series: impl IntoIterator<Item = &'s Series>, measure: Measure) -> Option<Period> {
    let mut counts: Vec<(usize, Period)> = Vec::new();
    for series in series {
        let last = series.observations.keys().rev().find(|period| series.counted(**period, Some(measure)).is_some());
        if let Some(last) = last.copied() {
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
    let period = |(indicator, series): &(&Indicator, Vec<PublishedSeries>)| {
        column_period(series.iter().map(|series| &**series), indicator.measure)
    };
    let periods: Vec<Option<Period>> = columns.iter().map(period).collect();
    let heading = |((indicator, _), period): (&(&Indicator, Vec<PublishedSeries>), &Option<Period>)| match period {
        Some(period) => format!("{} {}", indicator.name, period.danish()),
        None => indicator.name.clone(),
    };
    let headings = columns.iter().zip(&periods).map(heading);
    let mut cells: Cells = vec![std::iter::once("Enhed".to_owned()).chain(headings).collect()];
    for (index, name) in units.iter().enumerate() {
        let figure = |((indicator, series), period): (&(&Indicator, Vec<PublishedSeries>), &Option<Period>)| {
            let Some((series, period)) = series.get(index).zip(*period) else {
                return ObservationState::Missing.danish().to_owned();
            };
            let state = || {
                let state = series.observations.get(&period).map(|observation| observation.state);
                state.filter(|state| *state != ObservationState::Value).unwrap_or(ObservationState::Missing)
            };
            let counted = series.counted(period, Some(indicator.measure));
            counted.map_or_else(|| state().danish().to_owned(), number::format_for_spreadsheet)
        };
        cells.push(std::iter::once(name.clone()).chain(columns.iter().zip(&periods).map(figure)).collect());
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Id;
    use crate::domain::indicator::groups;
    use crate::domain::publish::KnownFigures;
    use crate::domain::series::Observation;
    use crate::exchange::table::dry_run::{CellStatus, DryRun, KnownSeries, NameMeanings, dry_run};
    use crate::exchange::table::layout::{ColumnRole, Layout};
    use crate::exchange::table::{csv, normalize_name, rows};

    const UNIT: &str = "Skolen ved Søen";

    fn unit() -> Id {
        Id::parse("skolen").unwrap()
    }

    fn indicators() -> Vec<Indicator> {
        let edition = crate::domain::fundament::present_at_hand();
        groups(edition, &[]).into_iter().flat_map(|group| group.indicators).collect()
    }

    /// Reads a sheet back from its file, as the page does. Names and layout are recognised without manual mapping.
    fn read_back(cells: &Cells, series: &dyn Fn(&Id, &str) -> Option<Series>) -> DryRun {
        let text = csv::write(cells);
        assert!(text.starts_with("\u{feff}Enhed;Indikator;Måleenhed;"), "{text}");
        let cells = csv::read(text.as_bytes()).unwrap();
        let indicators = indicators();
        let names: Vec<String> = indicators.iter().map(|indicator| normalize_name(&indicator.name)).collect();
        let layout = Layout::guess(&cells, &[normalize_name(UNIT)], &names);
        let mut roles = vec![ColumnRole::Unit, ColumnRole::Indicator, ColumnRole::Nothing];
        roles.resize(cells[0].len(), ColumnRole::Value);
        assert_eq!(layout.roles, roles);
        assert_eq!(layout.check(&cells), Ok(()));
        let units = [(unit(), UNIT.to_owned(), String::new())];
        let known = KnownSeries { units: &units, indicators: &indicators, series };
        let run = dry_run(&rows::read(&cells, &layout), &known, &NameMeanings::default());
        assert_eq!((run.unknown_units.len(), run.unknown_indicators.len(), &*run.errors), (0, 0, &[][..]));
        run
    }

    fn template(periods: &[Period]) -> Cells {
        let indicators = indicators();
        let rows: Vec<SheetRow<'_>> = indicators.iter().map(|indicator| (UNIT, indicator, None)).collect();
        sheet(&rows, periods)
    }

    #[test]
    fn template_is_recognised_blank_and_filled_in() {
        for periods in [
            [Period::SchoolYear(2009), Period::SchoolYear(2010), Period::SchoolYear(2011)],
            [Period::Year(2023), Period::Year(2024), Period::Year(2025)],
            [Period::Quarter(2025, 3), Period::Quarter(2025, 4), Period::Quarter(2026, 1)],
        ] {
            let mut cells = template(&periods);
            assert_eq!(cells.len(), indicators().len() + 1);
            assert_eq!(read_back(&cells, &|_, _| None).items, []);
            // Two figures and a mark in one column; the other columns stay blank.
            for (row, text) in [(1, "3,5"), (2, "2"), (3, "..")] {
                text.clone_into(&mut cells[row][5]);
            }
            let run = read_back(&cells, &|_, _| None);
            let new: Vec<_> = run.items.iter().map(|item| (item.row.period, item.row.value, item.status)).collect();
            let figure = |value| (periods[2], Some(value), CellStatus::New);
            assert_eq!(new, [figure(3.5), figure(2.0)]);
        }
    }

    #[test]
    fn template_names_school_years_so_that_no_spreadsheet_takes_them_for_days() {
        assert_eq!(template(&[Period::SchoolYear(2009)])[0][3], "Skoleår 2009/10");
    }

    #[test]
    fn sheet_that_is_read_back_changes_nothing_and_holds_no_figure_on_few_persons() {
        let (indicators, periods) = (indicators(), [Period::SchoolYear(2023), Period::SchoolYear(2024)]);
        let indicator = &indicators[0];
        let mut series = Series { unit: Some(unit()), indicator: Id::parse(&indicator.id), ..Series::default() };
        for (period, value, n) in [(periods[0], 3.5, 40), (periods[1], 4.25, 4)] {
            let observation = Observation { value: Some(value), n: Some(n), ..Observation::default() };
            series.observations.insert(period, observation);
        }
        let mut known = KnownFigures::default();
        known.add_series(&unit(), &Id::parse(&indicator.id).unwrap(), &series, None);
        let published = known.publish().series(&unit(), &series);
        let cells = sheet(&[(UNIT, indicator, Some(published))], &periods);
        assert_eq!(cells[1][3..], ["3,5", "skjult (færre end 5)"]);
        let run = read_back(&cells, &|_, _| Some(series.clone()));
        let statuses: Vec<CellStatus> = run.items.iter().map(|item| item.status).collect();
        assert_eq!(statuses, [CellStatus::Same, CellStatus::MissingInFile]);
    }

    /// A figure out of range does not leave the app as a figure, whether or not it has a measure of its own.
    #[test]
    fn figure_out_of_range_is_left_out_of_every_table() {
        let (indicators, period) = (indicators(), Period::SchoolYear(2024));
        let indicator = &indicators[0];
        assert_eq!(indicator.measure, Measure::Percent);
        for (measure, is_confirmed, [in_sheet, in_matrix, in_list]) in [
            (Some(Measure::Percent), false, ["", "mangler", "mangler"]),
            (None, false, ["", "mangler", "mangler"]),
            (Some(Measure::Percent), true, ["712"; 3]),
        ] {
            let mut series = Series { unit: Some(unit()), indicator: Id::parse(&indicator.id), ..Series::default() };
            series.set_figure(Period::SchoolYear(2023), Measure::Percent, Some(7.0));
            let figure = Observation { value: Some(712.0), measure, confirmed: is_confirmed, ..Observation::default() };
            series.observations.insert(period, figure);
            let mut known = KnownFigures::default();
            known.add_series(&unit(), &Id::parse(&indicator.id).unwrap(), &series, None);
            let published = known.publish().series(&unit(), &series);
            let cells = sheet(&[(UNIT, indicator, Some(published.clone()))], &[period]);
            assert_eq!(cells[1][3], in_sheet, "{measure:?} {is_confirmed}");
            let cells = of_series(UNIT, indicator, &published, period.last_day());
            assert_eq!(cells[2][3], in_list, "{measure:?} {is_confirmed}");
            // Alone, it does not make its period the one of the column either.
            let cells = matrix(&[UNIT.to_owned()], &[(indicator, vec![published.clone()])]);
            assert_eq!(cells[1][1], if is_confirmed { "712" } else { "7" }, "{measure:?}");
            // Another unit makes this period the one of the column.
            let mut other = Series { indicator: Id::parse(&indicator.id), ..Series::default() };
            other.set_figure(period, Measure::Percent, Some(6.0));
            known.add_series(&Id::parse("huset").unwrap(), &Id::parse(&indicator.id).unwrap(), &other, None);
            let other = known.publish().series(&Id::parse("huset").unwrap(), &other);
            let names = [UNIT, "Huset", "Hallen"].map(str::to_owned);
            let cells = matrix(&names, &[(indicator, vec![published, other.clone(), other])]);
            assert_eq!(cells[1][1], in_matrix, "{measure:?} {is_confirmed}");
        }
    }
}
