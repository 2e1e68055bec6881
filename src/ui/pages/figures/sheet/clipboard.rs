//! Copying and pasting blocks of cells, to and from spreadsheets, texts and other sheets.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

use crate::exchange::table::csv;

use super::view::{SheetState, focus};
use crate::ui::sheet::CellPosition;

impl SheetState {
    /// Pastes the clipboard into the cells, starting at the upper left cell of the selection.
    ///
    /// While a cell is being edited, a single cell goes into the input. A block replaces the input: on a phone an input
    /// is the only place where one can paste.
    pub(crate) fn on_paste(self, event: &Event, cell: &dyn Fn(CellPosition) -> Option<HtmlElement>) {
        let Some(text) = clipboard_text(event) else { return };
        let block = csv::read_block(&text);
        if self.editing.get_value().is_some() {
            if block.len() < 2 && block.iter().all(|row| row.len() < 2) {
                return;
            }
            // What was typed is kept, since the block may go to other cells.
            let position = self.sheet.get_untracked().cursor;
            self.commit(position, cell);
            focus(cell(position));
        }
        event.prevent_default();
        let mut sheet = self.sheet.get_untracked();
        let (writes, outside) = sheet.paste(&block);
        let writes: Vec<(CellPosition, String)> =
            writes.into_iter().map(|(position, text)| (position, text.to_owned())).collect();
        let outside_note =
            if outside > 0 { format!(" {outside} celler var der ikke plads til i skemaet.") } else { String::new() };
        self.sheet.set(sheet);
        self.write_cells(&writes, &format!("Indsat.{outside_note}"));
    }

    /// Copies the selected cells to the clipboard. Returns `false` while a cell is being edited: the browser copies
    /// from the input then.
    pub(crate) fn on_copy(self, event: &Event) -> bool {
        if self.editing.get_value().is_some() {
            return false;
        }
        let (from, to) = self.sheet.get_untracked().selected();
        let block = (from.0..=to.0)
            .map(|row| {
                let series = untrack(|| self.series_of(row));
                (from.1..=to.1).map(|column| self.text(&series, (row, column)).0).collect()
            })
            .collect();
        event.prevent_default();
        set_clipboard_text(event, &csv::write_block(&block));
        true
    }
}

/// Returns the text that a paste event carries.
fn clipboard_text(event: &Event) -> Option<String> {
    event.dyn_ref::<web_sys::ClipboardEvent>()?.clipboard_data()?.get_data("text/plain").ok()
}

/// Sets the text that a copy event puts on the clipboard.
fn set_clipboard_text(event: &Event, text: &str) {
    if let Some(data) = event.dyn_ref::<web_sys::ClipboardEvent>().and_then(web_sys::ClipboardEvent::clipboard_data) {
        drop(data.set_data("text/plain", text));
    }
}
