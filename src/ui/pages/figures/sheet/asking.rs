//! The questions about figures out of range in the sheet, below their row.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::domain::number;
use crate::domain::out_of_range::OutOfRange;
use crate::domain::period::Period;
use crate::domain::series::Series;
use crate::record::edit::Focus;

use super::view::{RowState, SheetState, focus};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, dynamic_view, or_empty};
use crate::ui::pages::figures::questions::{OnAnswer, answer_message, figure_question};
use crate::ui::sheet::CellPosition;

impl SheetState {
    /// Builds the questions about the figures of a row, as a row of its own below. Empty without questions.
    pub(crate) fn questions(self, row: usize, state: Memo<RowState>) -> BuiltView {
        let columns = self.sheet.get_untracked().columns;
        let name = self.indicators.with_value(|indicators| indicators[row].name.clone());
        let on_answer: OnAnswer = Rc::new(move |found, answer| self.answer(row, found, answer));
        // A memo, so that a change of other cells does not rebuild the buttons.
        let questions = Memo::new(move |_| state.with(|state| state.questions.clone()));
        dynamic_view(move || {
            let questions = questions.get();
            let build_question =
                |found: &OutOfRange| figure_question(&question_id(row, found.period), &name, *found, &on_answer);
            or_empty((!questions.is_empty()).then(|| {
                markup!(
                    r#"<tr class="asking"><td colspan="{}"><div>{}</div></td></tr>"#,
                    (columns + 1).to_string(),
                    questions.iter().map(build_question).collect::<Vec<_>>()
                )
            }))
        })
    }

    /// Returns the figures of a row that are out of range. Tracked.
    pub(crate) fn out_of_range(self, row: usize, series: &Series) -> Vec<OutOfRange> {
        let measure = self.indicators.with_value(|indicators| indicators.get(row).map(|indicator| indicator.measure));
        measure.map(|measure| series.out_of_range(measure)).unwrap_or_default()
    }

    /// Carries out the answer to a question, and goes back to the cell.
    fn answer(self, row: usize, found: OutOfRange, answer: Option<f64>) {
        let is_of_cell = |period: &Period| *period == found.period;
        let Some(column) = self.periods.with_value(|periods| periods.iter().position(is_of_cell)) else { return };
        let workspace = self.app.workspace;
        workspace.end_last_action();
        if let Some(figure) = answer {
            self.write_cells(&[((row, column), number::format_danish(figure))], "");
        } else if let Some(id) = self.series_id(row) {
            workspace.edit::<Series>(&id, &mut Focus::default(), |series| series.confirm(found.period));
            workspace.save_now();
        }
        self.message.set(answer_message(found, answer));
        self.sheet.update(|sheet| sheet.go_to((row, column), false));
        // The question is removed first, and the focus with it.
        request_animation_frame(move || focus_cell((row, column)));
    }

    /// Moves the focus to the buttons of the question about the cell at the cursor. Without a question it stays in the
    /// cell.
    pub(crate) fn go_to_question(self) {
        let (row, column) = self.sheet.get_untracked().cursor;
        let Some(period) = self.periods.with_value(|periods| periods.get(column).copied()) else { return };
        // A text that has just been committed is asked about from the next animation frame on.
        request_animation_frame(move || {
            let question = document().get_element_by_id(&question_id(row, period));
            let buttons = question.and_then(|question| question.next_element_sibling());
            let button = buttons.and_then(|buttons| as_html(buttons.query_selector("button").ok().flatten()));
            if button.is_some() {
                focus(button);
            } else {
                // The input that was committed has taken the focus with it.
                focus_cell((row, column));
            }
        });
    }

    /// Moves the focus from a question back to the cell at the cursor.
    pub(crate) fn leave_question(self) {
        focus_cell(self.sheet.get_untracked().cursor);
    }
}

/// Returns the id of the question about the figure of a period.
pub(crate) fn question_id(row: usize, period: Period) -> String {
    format!("sheet-question-{row}-{period}")
}

/// Moves the focus to a cell.
fn focus_cell((row, column): CellPosition) {
    let cell = document().query_selector(&format!(".sheet [data-cell='{row}-{column}']"));
    focus(as_html(cell.ok().flatten()));
}

fn as_html(element: Option<web_sys::Element>) -> Option<HtmlElement> {
    element?.dyn_into().ok()
}
