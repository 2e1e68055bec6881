//! Writes the texts of cells to records, and formats figures as texts of cells.

use leptos::prelude::*;

use crate::domain::cpr;
use crate::domain::number::{self, ParsedNumber};
use crate::domain::period::Period;
use crate::domain::series::{Observation, ObservationState, Series};
use crate::exchange::table::rows::{self, CellContent};
use crate::record::edit::Focus;

use super::view::SheetState;
use crate::ui::sheet::{CellPosition, RefusedText};
use crate::ui::state::queries;

/// A typed text that is no figure. It stays in its cell until it is corrected, or until the action that it came with is
/// undone.
#[derive(Clone, PartialEq)]
pub(crate) struct InvalidInput {
    /// The id of the indicator.
    indicator: String,
    period: Period,
    text: String,
    /// The number of the action that it came with; 0 if that action wrote no figure.
    action: u64,
    /// Whether the text looks like a CPR number.
    is_cpr: bool,
}

impl SheetState {
    /// Returns the text that a cell did not accept. Tracked.
    pub(crate) fn refused(self, (row, column): CellPosition) -> Option<RefusedText> {
        let period = self.periods.with_value(|periods| periods.get(column).copied())?;
        let is_of_cell = |input: &&InvalidInput| {
            input.period == period
                && self.is_row_of(row, &input.indicator)
                && (input.action == 0 || self.app.workspace.is_not_undone(input.action))
        };
        self.invalid.with(|invalid| {
            let InvalidInput { text, is_cpr, .. } = invalid.iter().find(is_of_cell)?;
            Some(RefusedText { period: period.danish(), text: text.clone(), is_cpr: *is_cpr })
        })
    }

    /// Returns whether a row shows the indicator with this id.
    fn is_row_of(self, row: usize, indicator: &str) -> bool {
        self.indicators.with_value(|indicators| indicators.get(row).is_some_and(|own| own.id == indicator))
    }

    /// Clears the selected cells.
    pub(crate) fn clear_selection(self) {
        let writes: Vec<(CellPosition, String)> =
            self.sheet.get_untracked().selected_cells().into_iter().map(|position| (position, String::new())).collect();
        self.write_cells(&writes, "");
    }

    /// Copies the first selected row into the other selected rows.
    pub(crate) fn fill_down(self) {
        let fills = self.sheet.get_untracked().fill_down();
        let text = |position: CellPosition| untrack(|| self.text(&self.series_of(position.0), position).0);
        let writes: Vec<(CellPosition, String)> = fills.into_iter().map(|(to, from)| (to, text(from))).collect();
        self.write_cells(&writes, "");
    }

    /// Writes texts into cells as one action, which is undone as a whole. Invalid texts stay in their cells and are not
    /// stored. `message` begins the message that is shown.
    pub(crate) fn write_cells(self, writes: &[(CellPosition, String)], message: &str) {
        let before = self.invalid.get_untracked();
        let mut invalid = before.clone();
        let mut refused: Vec<InvalidInput> = Vec::new();
        let mut read_points: Vec<f64> = Vec::new();
        let mut rows: Vec<usize> = writes.iter().map(|((row, _), _)| *row).collect();
        rows.dedup();
        let mut is_written = false;
        for row in rows.iter().copied() {
            let mut figures: Vec<(Period, CellContent)> = Vec::new();
            for (position, text) in writes.iter().filter(|((cell_row, _), _)| *cell_row == row) {
                let period = self.periods.with_value(|periods| periods[position.1]);
                invalid.retain(|input| input.period != period || !self.is_row_of(row, &input.indicator));
                match rows::cell(text) {
                    Ok(figure) => {
                        figures.push((period, figure));
                        if let Ok(ParsedNumber { value, has_decimal_point: true }) = number::parse(text) {
                            read_points.push(value);
                        }
                    }
                    Err(error) => refused.push(InvalidInput {
                        indicator: self.indicators.with_value(|indicators| indicators[row].id.clone()),
                        period,
                        text: text.trim().to_owned(),
                        action: 0,
                        is_cpr: error == cpr::REFUSED,
                    }),
                }
            }
            is_written |= self.write_row(row, &figures);
        }
        let workspace = self.app.workspace;
        let count = writes.len();
        let action = match is_written {
            false => 0,
            // The action of a single cell keeps its own name.
            true if count == 1 => workspace.last_action(),
            true => workspace.rename_last_action(format!("skrev {count} tal i skemaet")),
        };
        let mut addition = if refused.len() > 1 {
            format!(" {} celler er ikke tal; de er markeret.", refused.len())
        } else {
            String::new()
        };
        if refused.len() > 1 && refused.iter().any(|input| input.is_cpr) {
            addition.push_str(" Det, der ligner CPR-numre, er ikke gemt.");
        }
        addition.push_str(&points_message(&read_points));
        let out_of_range: usize = rows.iter().map(|row| self.count_out_of_range(*row, writes)).sum();
        if count > 1 && out_of_range > 0 {
            let message = format!(" {out_of_range} tal ligger uden for det mulige. Svar under rækken.");
            addition.push_str(&message);
        }
        invalid.extend(refused.into_iter().map(|input| InvalidInput { action, ..input }));
        if !is_written && invalid == before {
            return;
        }
        self.invalid.set(invalid);
        self.message.set(format!("{message}{addition}"));
        workspace.save_now();
    }

    /// Counts the written cells of a row whose figures are out of range.
    fn count_out_of_range(self, row: usize, writes: &[(CellPosition, String)]) -> usize {
        let found = untrack(|| self.out_of_range(row, &self.series_of(row)));
        let periods = self.periods.get_value();
        let is_found = |column: usize| found.iter().any(|found| periods.get(column) == Some(&found.period));
        writes.iter().filter(|((cell_row, column), _)| *cell_row == row && is_found(*column)).count()
    }

    /// Writes the figures of a row. Returns whether anything changed.
    fn write_row(self, row: usize, figures: &[(Period, CellContent)]) -> bool {
        let Some(id) = self.series_id(row) else { return false };
        let workspace = self.app.workspace;
        let (indicator_id, measure) =
            self.indicators.with_value(|indicators| (indicators[row].id.clone(), indicators[row].measure));
        let before = workspace.record(&id).map(|record| record.get_untracked());
        // A blank cell without an observation is no change.
        let is_change = |(period, figure): &&(Period, CellContent)| {
            let stored = before
                .as_ref()
                .and_then(|record| record.view::<Series>().ok())
                .and_then(|series| series.observations.get(period).cloned());
            match (figure, stored) {
                (None, None) => false,
                (None, Some(stored)) => stored.value.is_some() || stored.state != ObservationState::Missing,
                (Some(_), None) => true,
                (Some((value, state)), Some(stored)) => stored.value != *value || stored.state != *state,
            }
        };
        let figures: Vec<_> = figures.iter().filter(is_change).collect();
        if figures.is_empty() {
            return false;
        }
        self.unit.with_value(|unit| queries::figures::ensure_series(self.app, unit, &indicator_id));
        workspace.edit::<Series>(&id, &mut Focus::default(), |series| {
            for (period, figure) in figures {
                let (value, state) = figure.unwrap_or((None, ObservationState::Missing));
                series.set_figure(*period, measure, value);
                if value.is_none() {
                    // A mark is stored where there is no observation yet.
                    let observation = series.observations.get_or_default(*period);
                    observation.state = state;
                    observation.measure = observation.measure.or(Some(measure));
                }
            }
        });
        true
    }
}

/// Says in Danish that points were read as decimal commas. Empty without such figures.
fn points_message(figures: &[f64]) -> String {
    match figures {
        [] => String::new(),
        [only] => format!(" Læst som {}.", number::format_danish(*only)),
        [first, ..] => {
            let first = number::format_danish(*first);
            format!(" {} tal med punktum er læst med komma, for eksempel {first}.", figures.len())
        }
    }
}

/// Formats a figure as the text of its cell.
pub(crate) fn cell_text(observation: &Observation) -> String {
    match (observation.value, observation.state) {
        (Some(value), _) => number::format_danish(value),
        (None, ObservationState::Unpublished) => "*".to_owned(),
        (None, ObservationState::Hidden) => "skjult".to_owned(),
        (None, _) => String::new(),
    }
}
