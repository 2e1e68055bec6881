//! The table of the sheet, and what is put into it.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent};

use crate::domain::cpr;
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::period::Period;
use crate::domain::series::Series;

use super::write::{Unread, written};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_text};
use crate::ui::sheet::{CellEditing, CellPosition, SheetCursor};
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;

/// All that the sheet keeps while it is looked at.
#[derive(Clone, Copy)]
pub(crate) struct SheetState {
    pub(crate) desk: AppContext,
    pub(crate) unit: StoredValue<Id, LocalStorage>,
    pub(crate) indicators: StoredValue<Vec<Indicator>, LocalStorage>,
    pub(crate) periods: StoredValue<Vec<Period>, LocalStorage>,
    pub(crate) sheet: RwSignal<SheetCursor>,
    /// What was typed and is no figure: it stays in its cell until it is mended.
    pub(crate) unread: RwSignal<Vec<Unread>>,
    /// What happened last, in words.
    pub(crate) said: RwSignal<String>,
    pub(crate) writing: StoredValue<Option<CellEditing>, LocalStorage>,
}

#[component]
pub(crate) fn SheetView(desk: AppContext, unit: Id, indicators: Vec<Indicator>, periods: Vec<Period>) -> BuiltView {
    let state = SheetState {
        desk,
        sheet: RwSignal::new(SheetCursor::new(indicators.len(), periods.len())),
        unit: StoredValue::new_local(unit),
        indicators: StoredValue::new_local(indicators),
        periods: StoredValue::new_local(periods),
        unread: RwSignal::new(Vec::new()),
        said: RwSignal::new(String::new()),
        writing: StoredValue::new_local(None),
    };
    let frame = NodeRef::<html::Div>::new();
    let shown_texts = SendWrapper::new(Rc::new(RefCell::new(Vec::new())));
    // A row each: what is written in one has no other read again.
    let rows: Vec<_> = (0..state.sheet.get_untracked().rows).map(|row| Memo::new(move |_| state.texts(row))).collect();
    Effect::new(move |_| {
        if let Some(frame) = frame.get() {
            SheetState::show_texts(&frame, &rows, &mut shown_texts.borrow_mut());
        }
    });
    Effect::new(move |before: Option<Option<SheetCursor>>| {
        let sheet = state.sheet.get();
        let frame = frame.get()?;
        SheetState::show_cursor(&frame, before.flatten(), sheet);
        Some(sheet)
    });
    let cell = move |place: CellPosition| frame.get_untracked().and_then(|frame| cell_of(&frame, place));
    let on_key = move |event: KeyboardEvent| state.on_key(&event, &cell);
    let on_press = move |event: MouseEvent, extend: bool| {
        if let Some(place) = place_of(&event) {
            state.leave_input(&cell);
            state.sheet.update(|sheet| sheet.go_to(place, extend));
            focus(cell(place));
            event.prevent_default();
        }
    };
    let table = state.table();
    build_view(view! {
        <div
            class="wide sheet"
            node_ref=frame
            on:keydown=on_key
            on:mousedown=move |event| {
                // Inside the input a press places the caret.
                if event.button() == 0 && !is_input(&event) { on_press(event.clone(), event.shift_key()) }
            }
            on:mouseover=move |event| if event.buttons() == 1 && !is_input(&event) { on_press(event, true) }
            on:dblclick=move |event| if place_of(&event).is_some() { state.begin(CellEditing::Within, &cell) }
            on:copy=move |event| { state.on_copy(&event); }
            on:cut=move |event| if state.on_copy(&event) { state.empty() }
            on:paste=move |event| state.on_paste(&event)
            on:focusout=move |event: web_sys::FocusEvent| if is_input(&event) { state.leave_input(&cell) }
        >
            {table}
        </div>
        <div class="sheet-foot">
            <p class="help" role="status">{dynamic_text(move || state.said_of_cursor())}</p>
        </div>
    })
}

impl SheetState {
    fn table(self) -> BuiltView {
        let heads: Vec<BuiltView> = self.periods.with_value(|periods| {
            periods.iter().map(|period| markup!(r#"<th scope="col">{}</th>"#, period.danish())).collect()
        });
        let columns = self.periods.with_value(Vec::len);
        let rows: Vec<BuiltView> = self.indicators.with_value(|indicators| {
            let row = |(at, indicator): (usize, &Indicator)| {
                let cells: Vec<BuiltView> = (0..columns)
                    .map(|column| markup!(r#"<td tabindex="-1" data-cell="{}"></td>"#, format!("{at}-{column}")))
                    .collect();
                markup!(
                    r#"<tr><th scope="row">{} <span class="help">{}</span></th>{}</tr>"#,
                    indicator.name.as_str(),
                    indicator.measure.danish(),
                    cells
                )
            };
            indicators.iter().enumerate().map(row).collect()
        });
        markup!(
            r#"
            <table role="grid" aria-multiselectable="true" aria-label="Tal på indikatorerne">
                <thead><tr><th scope="col">Indikator</th>{}</tr></thead>
                <tbody>{}</tbody>
            </table>"#,
            heads,
            rows
        )
    }

    /// What stands in a cell, and whether it could not be read.
    pub(crate) fn text(self, series: &Series, (row, column): CellPosition) -> (String, bool) {
        if let Some(text) = self.unread((row, column)) {
            return (text, true);
        }
        let period = self.periods.with_value(|periods| periods[column]);
        let text = series.observations.get(&period).map(written).unwrap_or_default();
        (text, false)
    }

    pub(crate) fn series_of(self, row: usize) -> Series {
        let id = self.series_id(row);
        self.desk.body(id.as_ref())
    }

    pub(crate) fn series_id(self, row: usize) -> Option<Id> {
        let indicator = self.indicators.with_value(|indicators| indicators.get(row).map(|own| own.id.clone()))?;
        self.unit.with_value(|unit| queries::figures::series_id(unit, &indicator))
    }

    /// What stands in the cells of a row, and whether it could not be read.
    fn texts(self, row: usize) -> Vec<(String, bool)> {
        self.unread.track();
        let series = self.series_of(row);
        (0..self.sheet.get_untracked().columns).map(|column| self.text(&series, (row, column))).collect()
    }

    /// Puts the texts that have changed into their cells.
    fn show_texts(frame: &HtmlElement, rows: &[Memo<Vec<(String, bool)>>], shown: &mut Vec<Vec<(String, bool)>>) {
        shown.resize(rows.len(), Vec::new());
        for (row, (texts, shown)) in rows.iter().zip(shown).enumerate() {
            let texts = texts.get();
            shown.resize(texts.len(), (String::new(), false));
            for (column, (own, shown)) in texts.iter().zip(shown.iter()).enumerate() {
                if own == shown {
                    continue;
                }
                let Some(cell) = cell_of(frame, (row, column)) else { continue };
                let (text, is_unread) = own;
                cell.set_text_content(Some(text));
                // Refused for no name that is ours.
                drop(if *is_unread {
                    cell.set_attribute("aria-invalid", "true")
                } else {
                    cell.remove_attribute("aria-invalid")
                });
            }
            *shown = texts;
        }
    }

    /// Shows where the cursor is and what is selected, in the cells where that has changed.
    fn show_cursor(frame: &HtmlElement, before: Option<SheetCursor>, now: SheetCursor) {
        let were = before.map(|before| before.selected_cells()).unwrap_or_default();
        for place in were.iter().chain(&now.selected_cells()) {
            if let Some(cell) = cell_of(frame, *place) {
                let is_selected = now.is_selected(*place);
                drop(cell.set_attribute("aria-selected", if is_selected { "true" } else { "false" }));
                cell.set_tab_index(if *place == now.cursor { 0 } else { -1 });
            }
        }
        let is_inside = document().active_element().is_some_and(|active| frame.contains(Some(&active)));
        if is_inside && before.is_some_and(|before| before.cursor != now.cursor) {
            focus(cell_of(frame, now.cursor));
        }
    }

    /// What is wrong with the cell of the cursor; else what happened last.
    fn said_of_cursor(self) -> String {
        match self.unread_with(self.sheet.get().cursor) {
            Some((_, true)) => cpr::REFUSED.to_owned(),
            Some((text, false)) => format!("«{text}» er ikke et tal og er ikke gemt. Skriv et tal, for eksempel 6,1."),
            None => self.said.get(),
        }
    }
}

pub(crate) fn cell_of(frame: &HtmlElement, (row, column): CellPosition) -> Option<HtmlElement> {
    frame.query_selector(&format!("[data-cell='{row}-{column}']")).ok().flatten()?.dyn_into().ok()
}

pub(crate) fn focus(cell: Option<HtmlElement>) {
    if let Some(cell) = cell {
        // A cell without focus is still a cell.
        drop(cell.focus());
    }
}

fn is_input(event: &Event) -> bool {
    event.target().is_some_and(|target| target.dyn_ref::<HtmlInputElement>().is_some())
}

/// The cell that an event happened in.
fn place_of(event: &Event) -> Option<CellPosition> {
    let cell = event.target()?.dyn_into::<Element>().ok()?.closest("[data-cell]").ok().flatten()?;
    let (row, column) =
        cell.get_attribute("data-cell")?.split_once('-').map(|(row, column)| (row.parse(), column.parse()))?;
    Some((row.ok()?, column.ok()?))
}
