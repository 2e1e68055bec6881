//! From the texts of cells to records, and back.

use leptos::prelude::*;

use crate::domain::cpr;
use crate::domain::number;
use crate::domain::period::Period;
use crate::domain::series::{Observation, ObservationState, Series};
use crate::exchange::table::rows::{self, CellContent};
use crate::record::edit::Focus;

use super::view::SheetState;
use crate::ui::sheet::CellPosition;
use crate::ui::state::queries;

/// What was typed and is no figure: it stays in its cell until it is mended, or what it came with is undone.
#[derive(Clone, PartialEq)]
pub(crate) struct Unread {
    place: CellPosition,
    text: String,
    /// The number of the act that it came with; 0 where it came alone.
    act: u64,
    /// Whether it looks like a CPR number.
    is_cpr: bool,
}

impl SheetState {
    /// What stands unread in a cell. Followed.
    pub(crate) fn unread(self, place: CellPosition) -> Option<String> {
        self.unread_with(place).map(|(text, _)| text)
    }

    /// The same, and whether it looks like a CPR number. Followed.
    pub(crate) fn unread_with(self, place: CellPosition) -> Option<(String, bool)> {
        let stands = |own: &&Unread| own.place == place && (own.act == 0 || self.desk.workspace.is_not_undone(own.act));
        self.unread.with(|unread| unread.iter().find(stands).map(|own| (own.text.clone(), own.is_cpr)))
    }

    /// Empties what is selected.
    pub(crate) fn empty(self) {
        let writes: Vec<(CellPosition, String)> =
            self.sheet.get_untracked().selected_cells().into_iter().map(|place| (place, String::new())).collect();
        self.write(&writes, "");
    }

    /// Writes the first selected row into the others.
    pub(crate) fn fill_down(self) {
        let fills = self.sheet.get_untracked().fill_down();
        let text = |place: CellPosition| untrack(|| self.text(&self.series_of(place.0), place).0);
        let writes: Vec<(CellPosition, String)> = fills.into_iter().map(|(to, from)| (to, text(from))).collect();
        self.write(&writes, "");
    }

    /// Writes texts into cells, as one act.
    pub(crate) fn write(self, writes: &[(CellPosition, String)], said: &str) {
        let before = self.unread.get_untracked();
        let mut unread = before.clone();
        let mut wrong: Vec<(CellPosition, String, bool)> = Vec::new();
        let mut rows: Vec<usize> = writes.iter().map(|((row, _), _)| *row).collect();
        rows.dedup();
        let mut is_written = false;
        for row in rows {
            let mut figures: Vec<(Period, CellContent)> = Vec::new();
            for (place, text) in writes.iter().filter(|((own, _), _)| *own == row) {
                unread.retain(|own| own.place != *place);
                let period = self.periods.with_value(|periods| periods[place.1]);
                match rows::cell(text) {
                    Ok(figure) => figures.push((period, figure)),
                    Err(words) => wrong.push((*place, text.clone(), words == cpr::REFUSED)),
                }
            }
            is_written |= self.write_row(row, &figures);
        }
        let workspace = self.desk.workspace;
        let count = writes.len();
        let act = match is_written {
            false => 0,
            // One cell is named by what it is.
            true if count == 1 => workspace.last_action(),
            true => workspace.rename_last_action(format!("skrev {count} tal i skemaet")),
        };
        let mut words = if wrong.len() > 1 {
            format!(" {} celler er ikke tal; de er markeret.", wrong.len())
        } else {
            String::new()
        };
        if wrong.len() > 1 && wrong.iter().any(|(.., is_cpr)| *is_cpr) {
            words.push_str(" Det, der ligner CPR-numre, er ikke gemt.");
        }
        unread.extend(wrong.into_iter().map(|(place, text, is_cpr)| Unread { place, text, act, is_cpr }));
        if !is_written && unread == before {
            return;
        }
        self.unread.set(unread);
        self.said.set(format!("{said}{words}"));
        workspace.save_now();
    }

    /// Writes the figures of a row; whether there was anything to write.
    fn write_row(self, row: usize, figures: &[(Period, CellContent)]) -> bool {
        let Some(id) = self.series_id(row) else { return false };
        let workspace = self.desk.workspace;
        let (name, measure) = self.indicators.with_value(|own| (own[row].id.clone(), own[row].measure));
        let before = workspace.record(&id).map(|record| record.get_untracked());
        // A blank where nothing was is nothing to write.
        let is_change = |(period, figure): &&(Period, CellContent)| {
            let there = before
                .as_ref()
                .and_then(|record| record.view::<Series>().ok())
                .and_then(|series| series.observations.get(period).cloned());
            match (figure, there) {
                (None, None) => false,
                (None, Some(there)) => there.value.is_some() || there.state != ObservationState::Missing,
                (Some(_), None) => true,
                (Some((value, state)), Some(there)) => there.value != *value || there.state != *state,
            }
        };
        let figures: Vec<_> = figures.iter().filter(is_change).collect();
        if figures.is_empty() {
            return false;
        }
        self.unit.with_value(|unit| queries::figures::ensure_series(self.desk, unit, &name));
        workspace.edit::<Series>(&id, &mut Focus::default(), |series| {
            for (period, figure) in figures {
                let own = series.observations.get_or_default(*period);
                let (value, state) = figure.unwrap_or((None, ObservationState::Missing));
                (own.value, own.state) = (value, state);
                own.measure = own.measure.or(Some(measure));
            }
        });
        true
    }
}

/// A figure as it is written in its cell.
pub(crate) fn written(own: &Observation) -> String {
    match (own.value, own.state) {
        (Some(value), _) => number::danish(value),
        (None, ObservationState::Unpublished) => "*".to_owned(),
        (None, ObservationState::Hidden) => "skjult".to_owned(),
        (None, _) => String::new(),
    }
}
