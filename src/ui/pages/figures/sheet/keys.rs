//! Keys in the sheet, and the input in the cell that is being edited.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, KeyboardEvent};

use super::pointer::position_of;
use super::view::{SheetState, focus, refusal_id};
use crate::ui::sheet::{CellEditing, CellPosition, KeyPress, SheetAction};

impl SheetState {
    /// Handles a key. Undo and redo are handled by the page, as everywhere.
    pub(crate) fn on_key(self, event: &KeyboardEvent, cell: &dyn Fn(CellPosition) -> Option<HtmlElement>) {
        let name = event.key();
        let key = KeyPress { name: &name, shift: event.shift_key(), control: event.ctrl_key() || event.meta_key() };
        // The buttons of a question handle their own keys, except the one that leads back.
        let is_in_cell = position_of(event).is_some();
        match (&*name, is_in_cell) {
            ("ArrowDown", true) if event.alt_key() => {
                self.leave_input(cell);
                self.go_to_question();
                event.prevent_default();
                return;
            }
            ("Escape", false) => {
                self.leave_question();
                event.stop_propagation();
                return;
            }
            _ => {}
        }
        // Keys of a character that is still being composed are ignored.
        if !is_in_cell || event.alt_key() || event.is_composing() {
            return;
        }
        let mut sheet = self.sheet.get_untracked();
        let position = sheet.cursor;
        let action = sheet.on_key(key, self.editing.get_value());
        match action {
            SheetAction::Nothing => return,
            // Returns without `prevent_default`, so that the browser puts the character into the input.
            SheetAction::Begin(CellEditing::Replace) => return self.begin_editing(CellEditing::Replace, cell),
            SheetAction::Begin(editing) => self.begin_editing(editing, cell),
            SheetAction::Commit => {
                self.commit(position, cell);
                self.sheet.set(sheet);
                if self.is_touched.get_value() && sheet.cursor != position {
                    // The next cell is edited at once, so the keyboard on the screen stays open.
                    self.begin_editing(CellEditing::Edit, cell);
                } else {
                    focus(cell(sheet.cursor));
                }
            }
            SheetAction::Cancel => self.cancel(cell),
            SheetAction::Clear => self.clear_selection(),
            SheetAction::FillDown => self.fill_down(),
            SheetAction::Move | SheetAction::All => self.sheet.set(sheet),
        }
        event.prevent_default();
        // A key that the sheet handles must not be handled by the page as well.
        event.stop_propagation();
    }

    /// Edits the cell that was tapped.
    pub(crate) fn edit_tapped(self, position: CellPosition, cell: &dyn Fn(CellPosition) -> Option<HtmlElement>) {
        self.leave_input(cell);
        self.sheet.update(|sheet| sheet.go_to(position, false));
        self.begin_editing(CellEditing::Edit, cell);
    }

    /// Discards the text of the input and removes the input.
    pub(crate) fn cancel(self, cell: &dyn Fn(CellPosition) -> Option<HtmlElement>) {
        let position = self.sheet.get_untracked().cursor;
        self.editing.set_value(None);
        self.restore_text(position, cell);
        focus(cell(position));
    }

    /// Begins to edit the cell at the cursor. Does nothing if a cell is being edited already.
    pub(crate) fn begin_editing(self, editing: CellEditing, cell: &dyn Fn(CellPosition) -> Option<HtmlElement>) {
        let position = self.sheet.get_untracked().cursor;
        let Some(cell) = cell(position) else { return };
        if self.editing.get_value().is_some() {
            return;
        }
        let (text, is_invalid) = untrack(|| self.text(&self.series_of(position.0), position));
        let input = document().create_element("input").ok().and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        input.set_autocomplete("off");
        let (row, column) = position;
        let name = format!(
            "{}, {}",
            self.indicators.with_value(|indicators| indicators[row].name.clone()),
            self.periods.with_value(|periods| periods[column].danish())
        );
        let refusal_id = refusal_id(row);
        let attributes = [
            ("aria-label", &*name),
            ("inputmode", "decimal"),
            ("enterkeyhint", "enter"),
            ("aria-invalid", "true"),
            ("aria-describedby", &*refusal_id),
        ];
        for (name, value) in attributes.iter().take(if is_invalid { attributes.len() } else { 3 }) {
            // Cannot fail: the names of the attributes are valid.
            drop(input.set_attribute(name, value));
        }
        input.set_value(if editing == CellEditing::Edit { &text } else { "" });
        cell.set_text_content(None);
        drop(cell.append_child(&input));
        self.editing.set_value(Some(editing));
        drop(input.focus());
        if self.is_touched.get_value() {
            // The text is selected: the next key replaces it, and another tap sets the caret.
            input.select();
            return;
        }
        let end = u32::try_from(input.value().encode_utf16().count()).unwrap_or_default();
        drop(input.set_selection_range(end, end));
    }

    /// Commits the text of the input to its cell, if the text has changed, and removes the input.
    pub(crate) fn commit(self, position: CellPosition, cell: &dyn Fn(CellPosition) -> Option<HtmlElement>) {
        if self.editing.get_value().is_none() {
            return;
        }
        let typed = cell(position).and_then(|cell| cell.query_selector("input").ok().flatten());
        let typed = typed.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()).map(|input| input.value());
        // Must be cleared before the input is removed, since the removal fires a `focusout` event.
        self.editing.set_value(None);
        self.restore_text(position, cell);
        if let Some(text) = typed {
            let before = untrack(|| self.text(&self.series_of(position.0), position).0);
            if before != text.trim() {
                self.write_cells(&[(position, text)], "");
            }
        }
    }

    /// Commits the input, if there is one, when it loses focus.
    pub(crate) fn leave_input(self, cell: &dyn Fn(CellPosition) -> Option<HtmlElement>) {
        if self.editing.get_value().is_some() {
            self.commit(self.sheet.get_untracked().cursor, cell);
        }
    }

    /// Shows the stored text in a cell, in place of the input.
    fn restore_text(self, position: CellPosition, cell: &dyn Fn(CellPosition) -> Option<HtmlElement>) {
        let (text, _) = untrack(|| self.text(&self.series_of(position.0), position));
        if let Some(cell) = cell(position) {
            cell.set_text_content(Some(&text));
        }
    }
}
