//! The table of the sheet, the texts of its cells, the messages at refused texts, and the cursor.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::out_of_range::OutOfRange;
use crate::domain::period::Period;
use crate::domain::series::Series;

use super::asking::question_id;
use super::pointer::{is_input, position_of};
use super::write::{InvalidInput, cell_text};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_text, dynamic_view, or_empty};
use crate::ui::sheet::{CellEditing, CellPosition, SheetCursor, refusal_message};
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;

/// State of the sheet while it is shown. A handle that is cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct SheetState {
    pub(crate) app: AppContext,
    pub(crate) unit: StoredValue<Id, LocalStorage>,
    pub(crate) indicators: StoredValue<Vec<Indicator>, LocalStorage>,
    pub(crate) periods: StoredValue<Vec<Period>, LocalStorage>,
    pub(crate) sheet: RwSignal<SheetCursor>,
    /// Typed texts that are no figures. They stay in their cells until they are corrected, also while other periods are
    /// shown.
    pub(crate) invalid: RwSignal<Vec<InvalidInput>>,
    /// The result of the last action, in Danish.
    pub(crate) message: RwSignal<String>,
    /// How the cell at the cursor is being edited, if it is.
    pub(crate) editing: StoredValue<Option<CellEditing>, LocalStorage>,
    /// Whether the sheet was last touched with a finger or a pen. A tap then edits a cell at once, since there is no
    /// key to begin with.
    pub(crate) is_touched: StoredValue<bool, LocalStorage>,
}

/// The mark of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CellMark {
    /// None: the cell is blank, or shows a figure that counts.
    Plain,
    /// The text is not a figure.
    Refused,
    /// The figure is out of the range of its measure, and is asked about.
    OutOfRange,
}

/// What a row of the sheet shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct RowState {
    /// The text and the mark of each cell.
    pub(crate) texts: Vec<(String, CellMark)>,
    /// The figures that are asked about.
    pub(crate) questions: Vec<OutOfRange>,
}

/// The table of the sheet, with its handlers of keys, pointer and clipboard.
#[component]
pub(crate) fn SheetView(
    app: AppContext,
    unit: Id,
    indicators: Vec<Indicator>,
    periods: Vec<Period>,
    /// Typed texts that are no figures, of all periods.
    invalid: RwSignal<Vec<InvalidInput>>,
    /// Whether the sheet is scrolled to the newest period.
    shows_newest: bool,
) -> BuiltView {
    let mut cursor = SheetCursor::new(indicators.len(), periods.len());
    // Most figures are written for the newest period.
    cursor.go_to((0, periods.len().saturating_sub(1)), false);
    let state = SheetState {
        app,
        sheet: RwSignal::new(cursor),
        unit: StoredValue::new_local(unit),
        indicators: StoredValue::new_local(indicators),
        periods: StoredValue::new_local(periods),
        invalid,
        message: RwSignal::new(String::new()),
        editing: StoredValue::new_local(None),
        is_touched: StoredValue::new_local(false),
    };
    let frame = NodeRef::<html::Div>::new();
    let shown_texts = SendWrapper::new(Rc::new(RefCell::new(Vec::new())));
    // One memo for each row, so that writing in a row does not read the other rows again.
    let rows: Vec<_> =
        (0..state.sheet.get_untracked().rows).map(|row| Memo::new(move |_| state.row_state(row))).collect();
    let table = state.table(&rows);
    Effect::new(move |_| {
        if let Some(frame) = frame.get() {
            state.show_texts(&frame, &rows, &mut shown_texts.borrow_mut());
        }
    });
    Effect::new(move |before: Option<Option<SheetCursor>>| {
        let sheet = state.sheet.get();
        let frame = frame.get()?;
        SheetState::show_cursor(&frame, before.flatten(), sheet);
        Some(sheet)
    });
    if shows_newest {
        Effect::new(move |_| {
            if let Some(frame) = frame.get() {
                // The table has a width only from the next animation frame on.
                request_animation_frame(move || scroll_to_newest(&frame));
            }
        });
    }
    let cell = move |position: CellPosition| frame.get_untracked().and_then(|frame| cell_of(&frame, position));
    let on_key = move |event: KeyboardEvent| state.on_key(&event, &cell);
    build_view(view! {
        <div
            class="table-scroll sheet"
            node_ref=frame
            on:keydown=on_key
            on:pointerdown=move |event| state.on_pointer_down(&event)
            on:mousedown=move |event| state.on_mouse_down(&event, &cell)
            on:click=move |event| state.on_click(&event, &cell)
            on:mouseover=move |event| if event.buttons() == 1 { state.select_cell(&event, true, &cell) }
            on:dblclick=move |event| if position_of(&event).is_some() { state.begin_editing(CellEditing::Edit, &cell) }
            on:focusin=move |event| state.on_focus(&event)
            on:copy=move |event| { state.on_copy(&event); }
            on:cut=move |event| if state.on_copy(&event) { state.clear_selection() }
            on:paste=move |event| state.on_paste(&event, &cell)
            on:focusout=move |event: web_sys::FocusEvent| if is_input(&event) { state.leave_input(&cell) }
        >
            {table}
        </div>
        <div class="sheet-foot">
            <p class="help" role="status">{dynamic_text(move || state.message.get())}</p>
        </div>
    })
}

impl SheetState {
    /// Builds the table with empty cells.
    fn table(self, states: &[Memo<RowState>]) -> BuiltView {
        let headings: Vec<BuiltView> = self.periods.with_value(|periods| {
            periods.iter().map(|period| markup!(r#"<th scope="col">{}</th>"#, period.danish())).collect()
        });
        let columns = self.periods.with_value(Vec::len);
        let rows: Vec<BuiltView> = self.indicators.with_value(|indicators| {
            let row = |(index, (indicator, state)): (usize, (&Indicator, &Memo<RowState>))| {
                let cells: Vec<BuiltView> = (0..columns)
                    .map(|column| markup!(r#"<td tabindex="-1" data-cell="{}"></td>"#, format!("{index}-{column}")))
                    .collect();
                let row = markup!(
                    r#"<tr><th scope="row">{} <span class="help">{}</span></th>{}</tr>"#,
                    indicator.name.as_str(),
                    indicator.measure.danish(),
                    cells
                );
                [row, self.refusal(index), self.questions(index, *state)]
            };
            indicators.iter().zip(states).enumerate().flat_map(row).collect()
        });
        markup!(
            r#"
            <table role="grid" aria-multiselectable="true" aria-label="Tal på indikatorerne">
                <thead><tr><th scope="col">Indikator</th>{}</tr></thead>
                <tbody>{}</tbody>
            </table>"#,
            headings,
            rows
        )
    }

    /// Builds the message at a row with refused texts, as a row of its own below, so that nothing covers it. Empty
    /// without such texts.
    fn refusal(self, row: usize) -> BuiltView {
        let columns = self.sheet.get_untracked().columns;
        let message = Memo::new(move |_| {
            let refused: Vec<_> = (0..columns).filter_map(|column| self.refused((row, column))).collect();
            refusal_message(&refused)
        });
        dynamic_view(move || {
            let message = message.get();
            or_empty((!message.is_empty()).then(|| {
                markup!(
                    r#"<tr class="refusal"><td colspan="{}"><p class="error" role="alert" id="{}">{}</p></td></tr>"#,
                    (columns + 1).to_string(),
                    refusal_id(row),
                    message
                )
            }))
        })
    }

    /// Returns the text of a cell, and whether the text is invalid. Tracked.
    pub(crate) fn text(self, series: &Series, (row, column): CellPosition) -> (String, bool) {
        if let Some(refused) = self.refused((row, column)) {
            return (refused.text, true);
        }
        let period = self.periods.with_value(|periods| periods[column]);
        let text = series.observations.get(&period).map(cell_text).unwrap_or_default();
        (text, false)
    }

    /// Returns the series of a row. Tracked.
    pub(crate) fn series_of(self, row: usize) -> Series {
        let id = self.series_id(row);
        self.app.body(id.as_ref())
    }

    /// Returns the id of the series of a row.
    pub(crate) fn series_id(self, row: usize) -> Option<Id> {
        let indicator =
            self.indicators.with_value(|indicators| indicators.get(row).map(|indicator| indicator.id.clone()))?;
        self.unit.with_value(|unit| queries::figures::series_id(unit, &indicator))
    }

    /// Returns what a row shows. Tracked.
    fn row_state(self, row: usize) -> RowState {
        self.invalid.track();
        let series = self.series_of(row);
        let mut questions = self.out_of_range(row, &series);
        let periods = self.periods.get_value();
        let mut texts = Vec::with_capacity(periods.len());
        for (column, period) in periods.iter().enumerate() {
            let (text, is_invalid) = self.text(&series, (row, column));
            let is_asked = questions.iter().any(|found| found.period == *period);
            if is_invalid {
                // The refused text covers the figure.
                questions.retain(|found| found.period != *period);
            }
            let mark = match (is_invalid, is_asked) {
                (true, _) => CellMark::Refused,
                (false, true) => CellMark::OutOfRange,
                (false, false) => CellMark::Plain,
            };
            texts.push((text, mark));
        }
        questions.retain(|found| periods.contains(&found.period));
        RowState { texts, questions }
    }

    /// Sets the texts and marks of the cells that have changed since `shown`, and updates `shown`.
    fn show_texts(self, frame: &HtmlElement, rows: &[Memo<RowState>], shown: &mut Vec<Vec<(String, CellMark)>>) {
        shown.resize(rows.len(), Vec::new());
        for (row, (state, shown)) in rows.iter().zip(shown).enumerate() {
            let texts = state.get().texts;
            shown.resize(texts.len(), (String::new(), CellMark::Plain));
            for (column, (cell_state, shown)) in texts.iter().zip(shown.iter()).enumerate() {
                if cell_state == shown {
                    continue;
                }
                let Some(cell) = cell_of(frame, (row, column)) else { continue };
                let (text, mark) = cell_state;
                // An input in the cell holds what is being typed. The cell shows its text when the input closes.
                if cell.first_element_child().is_none() {
                    cell.set_text_content(Some(text));
                }
                let period = self.periods.with_value(|periods| periods[column]);
                let (invalid, asked, description) = match mark {
                    CellMark::Plain => (None, None, None),
                    CellMark::Refused => (Some("true"), None, Some(refusal_id(row))),
                    CellMark::OutOfRange => (None, Some("true"), Some(question_id(row, period))),
                };
                set_attribute(&cell, "aria-invalid", invalid);
                set_attribute(&cell, "data-asked", asked);
                set_attribute(&cell, "aria-describedby", description.as_deref());
            }
            *shown = texts;
        }
    }

    /// Marks the cursor and the selection, in the cells that are or were selected. Moves focus with the cursor if focus
    /// is in the table.
    fn show_cursor(frame: &HtmlElement, before: Option<SheetCursor>, current: SheetCursor) {
        let cells_before = before.map(|before| before.selected_cells()).unwrap_or_default();
        for position in cells_before.iter().chain(&current.selected_cells()) {
            if let Some(cell) = cell_of(frame, *position) {
                let is_selected = current.is_selected(*position);
                drop(cell.set_attribute("aria-selected", if is_selected { "true" } else { "false" }));
                cell.set_tab_index(if *position == current.cursor { 0 } else { -1 });
            }
        }
        let Some(active) = document().active_element().filter(|active| frame.contains(Some(active))) else { return };
        if before.is_some_and(|before| before.cursor != current.cursor) {
            // An input that has just been put into the cell keeps the focus.
            focus(cell_of(frame, current.cursor).filter(|cell| !cell.contains(Some(&active))));
        }
    }
}

/// Sets an attribute of a cell, or removes it.
fn set_attribute(cell: &HtmlElement, name: &str, value: Option<&str>) {
    // Fails for invalid names of attributes only.
    drop(match value {
        Some(value) => cell.set_attribute(name, value),
        None => cell.remove_attribute(name),
    });
}

/// Returns the id of the message at a row with refused texts.
pub(crate) fn refusal_id(row: usize) -> String {
    format!("sheet-refusal-{row}")
}

/// Scrolls the table to its newest period, unless the user has already gone to a cell.
fn scroll_to_newest(frame: &HtmlElement) {
    if !document().active_element().is_some_and(|active| frame.contains(Some(&active))) {
        frame.set_scroll_left(frame.scroll_width());
    }
}

/// Returns the element of a cell.
pub(crate) fn cell_of(frame: &HtmlElement, (row, column): CellPosition) -> Option<HtmlElement> {
    frame.query_selector(&format!("[data-cell='{row}-{column}']")).ok().flatten()?.dyn_into().ok()
}

/// Puts focus on a cell.
pub(crate) fn focus(cell: Option<HtmlElement>) {
    if let Some(cell) = cell {
        // An error is ignored: the cell can be used without focus.
        drop(cell.focus());
    }
}
