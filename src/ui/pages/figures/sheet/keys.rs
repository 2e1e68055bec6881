//! What keys do in the sheet, and the one input that is written in.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, KeyboardEvent};

use super::view::{SheetState, focus};
use crate::ui::sheet::{CellEditing, CellPosition, KeyPress, SheetAction};

impl SheetState {
    /// A key was pressed. Undoing is the page's, as everywhere.
    pub(crate) fn on_key(self, event: &KeyboardEvent, cell: &dyn Fn(CellPosition) -> Option<HtmlElement>) {
        let name = event.key();
        let key = KeyPress { name: &name, shift: event.shift_key(), control: event.ctrl_key() || event.meta_key() };
        // A sign that is put together of several is not finished.
        if event.alt_key() || event.is_composing() {
            return;
        }
        let mut sheet = self.sheet.get_untracked();
        let from = sheet.cursor;
        let act = sheet.on_key(key, self.writing.get_value());
        match act {
            SheetAction::Nothing => return,
            // The sign itself goes into the input, by the browser.
            SheetAction::Begin(CellEditing::Over) => return self.begin(CellEditing::Over, cell),
            SheetAction::Begin(writing) => self.begin(writing, cell),
            SheetAction::Keep => {
                self.keep(from, cell);
                self.sheet.set(sheet);
                focus(cell(sheet.cursor));
            }
            SheetAction::Drop => {
                self.writing.set_value(None);
                self.put_text_back(from, cell);
                focus(cell(from));
            }
            SheetAction::Empty => self.empty(),
            SheetAction::FillDown => self.fill_down(),
            SheetAction::Go | SheetAction::All => self.sheet.set(sheet),
        }
        event.prevent_default();
        // What a key does here it does nowhere else.
        event.stop_propagation();
    }

    /// Begins to write in the cell of the cursor.
    pub(crate) fn begin(self, writing: CellEditing, cell: &dyn Fn(CellPosition) -> Option<HtmlElement>) {
        let place = self.sheet.get_untracked().cursor;
        let Some(cell) = cell(place) else { return };
        if self.writing.get_value().is_some() {
            return;
        }
        let (text, _) = untrack(|| self.text(&self.series_of(place.0), place));
        let input = document().create_element("input").ok().and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        input.set_autocomplete("off");
        let (row, column) = place;
        let name = format!(
            "{}, {}",
            self.indicators.with_value(|indicators| indicators[row].name.clone()),
            self.periods.with_value(|periods| periods[column].danish())
        );
        drop(input.set_attribute("aria-label", &name));
        drop(input.set_attribute("inputmode", "decimal"));
        input.set_value(if writing == CellEditing::Within { &text } else { "" });
        cell.set_text_content(None);
        drop(cell.append_child(&input));
        self.writing.set_value(Some(writing));
        drop(input.focus());
        let end = u32::try_from(input.value().encode_utf16().count()).unwrap_or_default();
        drop(input.set_selection_range(end, end));
    }

    /// What was written in a cell is kept.
    pub(crate) fn keep(self, place: CellPosition, cell: &dyn Fn(CellPosition) -> Option<HtmlElement>) {
        if self.writing.get_value().is_none() {
            return;
        }
        let typed = cell(place).and_then(|cell| cell.query_selector("input").ok().flatten());
        let typed = typed.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()).map(|input| input.value());
        // Before the input goes: taking it away tells it that it was left.
        self.writing.set_value(None);
        self.put_text_back(place, cell);
        if let Some(text) = typed {
            let before = untrack(|| self.text(&self.series_of(place.0), place).0);
            if before != text.trim() {
                self.write(&[(place, text)], "");
            }
        }
    }

    /// The input is left by whatever way.
    pub(crate) fn leave_input(self, cell: &dyn Fn(CellPosition) -> Option<HtmlElement>) {
        if self.writing.get_value().is_some() {
            self.keep(self.sheet.get_untracked().cursor, cell);
        }
    }

    fn put_text_back(self, place: CellPosition, cell: &dyn Fn(CellPosition) -> Option<HtmlElement>) {
        let (text, _) = untrack(|| self.text(&self.series_of(place.0), place));
        if let Some(cell) = cell(place) {
            cell.set_text_content(Some(&text));
        }
    }
}
