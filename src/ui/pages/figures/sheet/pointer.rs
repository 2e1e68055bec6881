//! Mouse, finger and focus in the sheet: the selected cell, and the cell that a tap edits.
//!
//! A mouse click selects a cell, and a double click edits it. A tap with a finger edits a cell at once, because a phone
//! shows its keyboard only for an input.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusEvent, HtmlElement, HtmlInputElement, MouseEvent, PointerEvent};

use super::view::{SheetState, focus};
use crate::ui::sheet::CellPosition;

/// Looks up the element of a cell.
type CellElement<'c> = &'c dyn Fn(CellPosition) -> Option<HtmlElement>;

impl SheetState {
    /// Notes whether the sheet is touched with a finger or a pen.
    pub(crate) fn on_pointer_down(self, event: &PointerEvent) {
        self.is_touched.set_value(matches!(&*event.pointer_type(), "touch" | "pen"));
    }

    /// Selects the cell under the mouse. A finger selects nothing when it touches the sheet, since it may begin to
    /// scroll.
    pub(crate) fn on_mouse_down(self, event: &MouseEvent, cell: CellElement<'_>) {
        if event.button() != 0 {
            return;
        }
        if !self.is_touched.get_value() {
            self.select_cell(event, event.shift_key(), cell);
        } else if position_of(event).is_some() && !is_input(event) {
            // An input keeps the focus until the tap is complete, so that the keyboard on the screen stays open.
            event.prevent_default();
        }
    }

    /// Selects the cell of an event. With `extend` the selection is extended to the cell.
    pub(crate) fn select_cell(self, event: &MouseEvent, extend: bool, cell: CellElement<'_>) {
        // Inside the input a press sets the caret.
        if let Some(position) = position_of(event).filter(|_| !is_input(event)) {
            self.leave_input(cell);
            self.sheet.update(|sheet| sheet.go_to(position, extend));
            focus(cell(position));
            event.prevent_default();
        }
    }

    /// Edits the cell that was tapped. Does nothing for a click of the mouse.
    pub(crate) fn on_click(self, event: &MouseEvent, cell: CellElement<'_>) {
        // A click without a pointer comes from an assistive technology.
        let is_tap = self.is_touched.get_value() || event.detail() == 0;
        if let Some(position) = position_of(event).filter(|_| is_tap && !is_input(event)) {
            self.edit_tapped(position, cell);
        }
    }

    /// Moves the cursor to a cell that received the focus in another way than by key or pointer, as from a screen
    /// reader.
    pub(crate) fn on_focus(self, event: &FocusEvent) {
        let cursor = self.sheet.get_untracked().cursor;
        if let Some(position) = position_of(event).filter(|position| *position != cursor) {
            self.sheet.update(|sheet| sheet.go_to(position, false));
        }
    }
}

/// Returns whether an event happened in the input of a cell.
pub(crate) fn is_input(event: &Event) -> bool {
    event.target().is_some_and(|target| target.dyn_ref::<HtmlInputElement>().is_some())
}

/// Returns the position of the cell in which an event happened.
pub(crate) fn position_of(event: &Event) -> Option<CellPosition> {
    let cell = event.target()?.dyn_into::<Element>().ok()?.closest("[data-cell]").ok().flatten()?;
    let (row, column) =
        cell.get_attribute("data-cell")?.split_once('-').map(|(row, column)| (row.parse(), column.parse()))?;
    Some((row.ok()?, column.ok()?))
}
