//! Blocks of cells from and to others: Excel, a text, another sheet.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Event;

use crate::exchange::table::csv;

use super::view::SheetState;
use crate::ui::sheet::CellPosition;

impl SheetState {
    /// Puts what is on the clipboard into the cells from the cursor on.
    pub(crate) fn on_paste(self, event: &Event) {
        if self.writing.get_value().is_some() {
            return;
        }
        let Some(text) = pasted(event) else { return };
        event.prevent_default();
        let block = csv::read_block(&text);
        let mut sheet = self.sheet.get_untracked();
        let (writes, outside) = sheet.paste(&block);
        let writes: Vec<(CellPosition, String)> =
            writes.into_iter().map(|(place, text)| (place, text.to_owned())).collect();
        let outside =
            if outside > 0 { format!(" {outside} celler var der ikke plads til i skemaet.") } else { String::new() };
        self.sheet.set(sheet);
        self.write(&writes, &format!("Indsat.{outside}"));
    }

    /// Puts what is selected on the clipboard; whether the event was ours to take.
    pub(crate) fn on_copy(self, event: &Event) -> bool {
        if self.writing.get_value().is_some() {
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
        copied(event, &csv::write_block(&block));
        true
    }
}

/// What an event brings of a clipboard.
fn pasted(event: &Event) -> Option<String> {
    event.dyn_ref::<web_sys::ClipboardEvent>()?.clipboard_data()?.get_data("text/plain").ok()
}

/// Gives an event what is to be on the clipboard.
fn copied(event: &Event, text: &str) {
    if let Some(data) = event.dyn_ref::<web_sys::ClipboardEvent>().and_then(web_sys::ClipboardEvent::clipboard_data) {
        drop(data.set_data("text/plain", text));
    }
}
