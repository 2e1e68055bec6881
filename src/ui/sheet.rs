//! Cursor, selection and keys of a spreadsheet grid, and the message at refused texts. The content of the cells is
//! handled elsewhere.

use crate::domain::cpr;

/// The position of a cell: row and column, both counted from 0.
pub type CellPosition = (usize, usize);

/// The size of a sheet, its cursor and its selection. The selection is the rectangle between `cursor` and `anchor`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetCursor {
    /// The number of rows.
    pub rows: usize,
    /// The number of columns.
    pub columns: usize,
    /// The active cell, which typing changes.
    pub cursor: CellPosition,
    /// The corner of the selection opposite the cursor. Equal to `cursor` where only one cell is selected.
    pub anchor: CellPosition,
    /// The column in which a run of Tab keys began; `None` outside such a run. Enter returns to it.
    tab_start: Option<usize>,
}

/// A pressed key, as the browser reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyPress<'k> {
    /// The name of the key: `ArrowDown`, `Enter`, `7`.
    pub name: &'k str,
    /// Whether the shift key is held.
    pub shift: bool,
    /// Whether the control key, or the command key of a Mac, is held.
    pub control: bool,
}

/// How a cell is being edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellEditing {
    /// Typing replaces the previous content; arrow keys leave the cell.
    Replace,
    /// Typing changes the previous content; arrow keys move within the text.
    Edit,
}

/// What the caller must do after a key, beyond the cursor movement that [`SheetCursor::on_key`] has already done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetAction {
    /// Nothing. The browser handles the key.
    Nothing,
    /// Nothing more: the cursor has moved.
    Move,
    /// Start to edit the cell.
    Begin(CellEditing),
    /// Save the edited text. The cursor has moved on, except at the edge of the sheet.
    Commit,
    /// Discard the edited text.
    Cancel,
    /// Clear the selected cells.
    Clear,
    /// Copy the first selected row into the other selected rows.
    FillDown,
    /// Nothing more: all cells have been selected.
    All,
}

impl SheetCursor {
    /// Creates a cursor in the first cell of a sheet.
    pub const fn new(rows: usize, columns: usize) -> Self {
        Self { rows, columns, cursor: (0, 0), anchor: (0, 0), tab_start: None }
    }

    /// Returns the upper left and the lower right corner of the selection.
    pub fn selected(&self) -> (CellPosition, CellPosition) {
        let ((a, b), (c, d)) = (self.cursor, self.anchor);
        ((a.min(c), b.min(d)), (a.max(c), b.max(d)))
    }

    /// Returns whether a cell is selected.
    pub fn is_selected(&self, cell: CellPosition) -> bool {
        let (from, to) = self.selected();
        (from.0..=to.0).contains(&cell.0) && (from.1..=to.1).contains(&cell.1)
    }

    /// Returns the selected cells, row by row.
    pub fn selected_cells(&self) -> Vec<CellPosition> {
        let (from, to) = self.selected();
        (from.0..=to.0).flat_map(|row| (from.1..=to.1).map(move |column| (row, column))).collect()
    }

    /// Moves the cursor to a cell. With `extend` the selection is extended to the cell; without, the selection becomes
    /// that cell. A run of Tab keys ends.
    pub const fn go_to(&mut self, cell: CellPosition, extend: bool) {
        self.cursor = cell;
        self.tab_start = None;
        if !extend {
            self.anchor = cell;
        }
    }

    /// Moves the cursor as a key demands, and returns what the caller must do. `writing` is the editing mode while a
    /// cell is edited.
    pub fn on_key(&mut self, key: KeyPress<'_>, writing: Option<CellEditing>) -> SheetAction {
        if self.rows == 0 || self.columns == 0 {
            return SheetAction::Nothing;
        }
        match (writing, key.name) {
            (Some(_), "Escape") => SheetAction::Cancel,
            (Some(_), "Enter" | "Tab") => {
                // At the edge of the sheet the cursor stays; the text is saved all the same.
                self.step(key);
                SheetAction::Commit
            }
            (Some(CellEditing::Replace), "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight") => {
                self.step(KeyPress { shift: false, ..key });
                SheetAction::Commit
            }
            (Some(_), _) => SheetAction::Nothing,
            (None, _) => self.on_key_without_editing(key),
        }
    }

    /// Handles a key while no cell is edited.
    fn on_key_without_editing(&mut self, key: KeyPress<'_>) -> SheetAction {
        match (key.name, key.control) {
            ("d" | "D", true) => SheetAction::FillDown,
            ("a" | "A", true) => {
                (self.anchor, self.cursor) = ((0, 0), (self.rows - 1, self.columns - 1));
                self.tab_start = None;
                SheetAction::All
            }
            ("Delete" | "Backspace", _) => SheetAction::Clear,
            ("F2", _) => SheetAction::Begin(CellEditing::Edit),
            // At the ends of the sheet the browser moves the focus out: the sheet must not trap the keyboard.
            ("Tab", _) if !self.step(key) => SheetAction::Nothing,
            ("Enter" | "Tab", _) => {
                if key.name == "Enter" {
                    self.step(key);
                }
                SheetAction::Move
            }
            ("ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight", _) => {
                self.step(key);
                SheetAction::Move
            }
            ("Home" | "End" | "PageUp" | "PageDown", _) => {
                let ((row, column), (last_row, last_column)) = (self.cursor, (self.rows - 1, self.columns - 1));
                let cell = match (key.name, key.control) {
                    ("Home", true) => (0, 0),
                    ("End", true) => (last_row, last_column),
                    ("Home", false) => (row, 0),
                    ("End", false) => (row, last_column),
                    ("PageUp", _) => (0, column),
                    _ => (last_row, column),
                };
                self.go_to(cell, key.shift);
                SheetAction::Move
            }
            // A typed character replaces the content of the cell.
            (name, false) if name.chars().count() == 1 => SheetAction::Begin(CellEditing::Replace),
            _ => SheetAction::Nothing,
        }
    }

    /// Moves the cursor by one cell, or with the control key to the edge of the sheet. Returns `false` where there is
    /// no further cell.
    ///
    /// Enter after Tab goes to the next row, in the column where the run of Tab keys began, because users fill in a
    /// table row by row. Tab at the end of a row begins a new run in the first column.
    fn step(&mut self, key: KeyPress<'_>) -> bool {
        let (row, column) = self.cursor;
        let tab_start = self.tab_start;
        let index_or_edge = |index: usize, last: usize| if key.control { last } else { index };
        let to = match (key.name, key.shift) {
            ("Tab", false) if column + 1 < self.columns => (row, column + 1),
            ("Tab", false) if row + 1 < self.rows => (row + 1, 0),
            ("Tab", true) if column > 0 => (row, column - 1),
            ("Tab", true) if row > 0 => (row - 1, self.columns - 1),
            ("Enter", false) if !key.control && row + 1 < self.rows => (row + 1, tab_start.unwrap_or(column)),
            ("Enter", false) | ("ArrowDown", _) => (index_or_edge((row + 1).min(self.rows - 1), self.rows - 1), column),
            ("Enter", true) | ("ArrowUp", _) => (index_or_edge(row.saturating_sub(1), 0), column),
            ("ArrowRight", _) => (row, index_or_edge((column + 1).min(self.columns - 1), self.columns - 1)),
            ("ArrowLeft", _) => (row, index_or_edge(column.saturating_sub(1), 0)),
            _ => return false,
        };
        self.go_to(to, key.shift && key.name.starts_with("Arrow"));
        if key.name == "Tab" {
            self.tab_start = match (tab_start, key.shift) {
                // The cursor has moved to another row, where a new run begins.
                _ if to.0 != row => (!key.shift).then_some(0),
                (Some(start), _) => Some(start.min(to.1)),
                (None, false) => Some(column),
                (None, true) => None,
            };
        }
        true
    }

    /// Returns the cells that a pasted block fills, each with its text, and the number of texts that fall outside the
    /// sheet.
    ///
    /// A block of one cell fills the whole selection. Otherwise the filled cells become the selection.
    pub fn paste<'b>(&mut self, block: &'b [Vec<String>]) -> (Vec<(CellPosition, &'b str)>, usize) {
        let (from, to) = self.selected();
        if let [row] = block
            && let [text] = &**row
            && from != to
        {
            return (self.selected_cells().into_iter().map(|cell| (cell, text.as_str())).collect(), 0);
        }
        let (mut writes, mut outside) = (Vec::new(), 0);
        let (mut last_row, mut last_column) = from;
        for (row, cells) in block.iter().enumerate() {
            for (column, text) in cells.iter().enumerate() {
                let cell = (from.0 + row, from.1 + column);
                if cell.0 < self.rows && cell.1 < self.columns {
                    (last_row, last_column) = (last_row.max(cell.0), last_column.max(cell.1));
                    writes.push((cell, text.as_str()));
                } else {
                    outside += 1;
                }
            }
        }
        (self.cursor, self.anchor) = (from, (last_row, last_column));
        self.tab_start = None;
        (writes, outside)
    }

    /// Returns pairs of a cell to fill and the cell to copy from: the cell of the same column in the first selected
    /// row.
    ///
    /// Where only one row is selected, each cell is filled from the row above. In the first row of the sheet nothing is
    /// filled.
    pub fn fill_down(&self) -> Vec<(CellPosition, CellPosition)> {
        let (from, to) = self.selected();
        let source = if from.0 == to.0 { from.0.checked_sub(1) } else { Some(from.0) };
        let Some(source) = source else { return Vec::new() };
        self.selected_cells()
            .into_iter()
            .filter(|(row, _)| *row != source)
            .map(|(row, column)| ((row, column), (source, column)))
            .collect()
    }
}

/// A text that a cell did not accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedText {
    /// The period of the cell, in Danish.
    pub period: String,
    /// The text, which stays in the cell.
    pub text: String,
    /// Whether the text looks like a CPR number.
    pub is_cpr: bool,
}

/// Explains in Danish why texts of a row were not accepted. Empty without texts. A text that looks like a CPR number is
/// not repeated.
pub fn refusal_message(refused: &[RefusedText]) -> String {
    match refused {
        [] => String::new(),
        [RefusedText { period, is_cpr: true, .. }] => format!("{period}: {}", cpr::REFUSED),
        [RefusedText { period, text, .. }] => {
            format!("{period}: «{text}» er ikke et tal og er ikke gemt. Skriv et tal, for eksempel 6,1.")
        }
        several => {
            let periods: Vec<&str> = several.iter().map(|refused| refused.period.as_str()).collect();
            let is_any_cpr = several.iter().any(|refused| refused.is_cpr);
            let cpr_note = if is_any_cpr { " Noget af det ligner CPR-numre, og de må ikke stå her." } else { "" };
            format!("{}: det er ikke tal og er ikke gemt.{cpr_note} Skriv tal, for eksempel 6,1.", periods.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const fn key(name: &str) -> KeyPress<'_> {
        KeyPress { name, shift: false, control: false }
    }

    /// Presses keys written as `Shift+ArrowDown`, then compares the cursor and the selection.
    #[track_caller]
    fn check(sheet: &mut SheetCursor, keys: &str, cursor: CellPosition, selected: (CellPosition, CellPosition)) {
        for name in keys.split(' ') {
            let (modifier, name) = name.rsplit_once('+').unwrap_or(("", name));
            let key = KeyPress { name, shift: modifier.contains("Shift"), control: modifier.contains("Control") };
            sheet.on_key(key, None);
        }
        assert_eq!((sheet.cursor, sheet.selected()), (cursor, selected), "{keys}");
    }

    #[test]
    fn keys_move_the_cursor_as_in_a_spreadsheet() {
        let mut sheet = SheetCursor::new(12, 6);
        check(&mut sheet, "ArrowDown ArrowRight ArrowRight", (1, 2), ((1, 2), (1, 2)));
        check(&mut sheet, "Enter", (2, 2), ((2, 2), (2, 2)));
        check(&mut sheet, "Shift+ArrowDown Shift+ArrowLeft", (3, 1), ((2, 1), (3, 2)));
        check(&mut sheet, "Tab", (3, 2), ((3, 2), (3, 2)));
        check(&mut sheet, "End Tab", (4, 0), ((4, 0), (4, 0)));
        check(&mut sheet, "Shift+Tab", (3, 5), ((3, 5), (3, 5)));
        check(&mut sheet, "Control+Home Control+Shift+End", (11, 5), ((0, 0), (11, 5)));
        check(&mut sheet, "Control+ArrowUp Control+ArrowLeft", (0, 0), ((0, 0), (0, 0)));
        check(&mut sheet, "ArrowUp ArrowLeft PageUp", (0, 0), ((0, 0), (0, 0)));
    }

    #[test]
    fn enter_after_tab_returns_to_the_column_where_tabbing_began() {
        let cursor_after = |start: CellPosition, keys: &str| {
            let mut sheet = SheetCursor::new(5, 6);
            sheet.go_to(start, false);
            let mut writing = None;
            for name in keys.split(' ') {
                let (modifier, name) = name.rsplit_once('+').unwrap_or(("", name));
                let key = KeyPress { name, shift: modifier == "Shift", control: modifier == "Control" };
                writing = match sheet.on_key(key, writing) {
                    SheetAction::Begin(editing) => Some(editing),
                    SheetAction::Nothing => writing,
                    _ => None,
                };
            }
            sheet.cursor
        };
        for (start, keys, cursor) in [
            ((0, 1), "Tab Tab Enter", (1, 1)),
            // The keys do the same while a cell is edited.
            ((0, 1), "7 Tab 8 Tab 9 Enter", (1, 1)),
            ((0, 1), "Tab Tab Enter Tab Tab Tab Enter", (2, 1)),
            // The second Enter stays in its column, as does Enter after any other movement.
            ((0, 1), "Tab Tab Enter Enter", (2, 1)),
            ((0, 1), "Tab Tab ArrowRight Enter", (1, 4)),
            ((0, 1), "Tab Tab Home Enter", (1, 0)),
            ((0, 1), "7 Tab 8 ArrowLeft Enter", (1, 1)),
            ((0, 1), "Tab Tab Control+a Home Enter", (4, 0)),
            // Tab at the end of a row begins a run in the first column of the next row.
            ((0, 4), "Tab Tab Tab Enter", (2, 0)),
            ((0, 1), "Tab Tab Shift+Tab Enter", (1, 1)),
            ((0, 2), "Tab Shift+Tab Shift+Tab Enter", (1, 1)),
            // Shift and Tab alone begin no run.
            ((0, 2), "Shift+Tab Enter", (1, 1)),
            ((1, 0), "Tab Shift+Tab Shift+Tab Enter", (1, 5)),
            // Shift and Enter goes up. In the last row Enter stays.
            ((2, 1), "Tab Tab Shift+Enter", (1, 3)),
            ((4, 1), "Tab Tab Enter", (4, 3)),
            ((0, 1), "Tab Tab Control+Enter", (4, 3)),
        ] {
            assert_eq!(cursor_after(start, keys), cursor, "{keys} from {start:?}");
        }
    }

    #[test]
    fn refusal_message_names_period_and_text_but_no_cpr_number() {
        let refused =
            |period: &str, text: &str, is_cpr| RefusedText { period: period.to_owned(), text: text.to_owned(), is_cpr };
        for (texts, message) in [
            (vec![], ""),
            (
                vec![refused("2025/26", "seks", false)],
                "2025/26: «seks» er ikke et tal og er ikke gemt. Skriv et tal, for eksempel 6,1.",
            ),
            (
                vec![refused("2025/26", "150312-1234", true)],
                "2025/26: Det ligner et CPR-nummer. Intet er gemt: CPR-numre må ikke stå her.",
            ),
            (
                vec![refused("2024/25", "a", false), refused("2025/26", "150312-1234", true)],
                "2024/25, 2025/26: det er ikke tal og er ikke gemt. Noget af det ligner CPR-numre, og de må ikke stå her. Skriv tal, for eksempel 6,1.",
            ),
        ] {
            assert_eq!(refusal_message(&texts), message);
        }
    }

    #[test]
    fn tab_and_enter_at_the_ends_are_left_to_the_browser() {
        let mut sheet = SheetCursor::new(2, 2);
        assert_eq!(sheet.on_key(KeyPress { shift: true, ..key("Tab") }, None), SheetAction::Nothing);
        sheet.go_to((1, 1), false);
        assert_eq!(sheet.on_key(key("Tab"), None), SheetAction::Nothing);
        assert_eq!(SheetCursor::new(0, 0).on_key(key("Enter"), None), SheetAction::Nothing);
    }

    #[test]
    fn keys_yield_the_expected_action() {
        let control = |name| KeyPress { control: true, ..key(name) };
        let mut sheet = SheetCursor::new(3, 3);
        for (key, writing, act) in [
            (key("7"), None, SheetAction::Begin(CellEditing::Replace)),
            (key("-"), None, SheetAction::Begin(CellEditing::Replace)),
            (key("F2"), None, SheetAction::Begin(CellEditing::Edit)),
            (key("Delete"), None, SheetAction::Clear),
            (control("z"), None, SheetAction::Nothing),
            (control("d"), None, SheetAction::FillDown),
            (control("c"), None, SheetAction::Nothing),
            (key("Shift"), None, SheetAction::Nothing),
            (key("7"), Some(CellEditing::Replace), SheetAction::Nothing),
            (key("Escape"), Some(CellEditing::Edit), SheetAction::Cancel),
            (key("Enter"), Some(CellEditing::Edit), SheetAction::Commit),
            (key("ArrowLeft"), Some(CellEditing::Edit), SheetAction::Nothing),
            (key("ArrowRight"), Some(CellEditing::Replace), SheetAction::Commit),
            (control("z"), Some(CellEditing::Replace), SheetAction::Nothing),
        ] {
            assert_eq!(sheet.on_key(key, writing), act, "{key:?} {writing:?}");
        }
    }

    #[test]
    fn fill_down_copies_the_first_row_or_the_row_above() {
        let mut sheet = SheetCursor::new(4, 2);
        sheet.go_to((2, 1), false);
        assert_eq!(sheet.fill_down(), [((2, 1), (1, 1))]);
        sheet.go_to((3, 1), true);
        assert_eq!(sheet.fill_down(), [((3, 1), (2, 1))]);
        sheet.go_to((0, 0), false);
        assert_eq!(sheet.fill_down(), []);
    }

    #[test]
    fn paste_of_one_cell_fills_the_selection() {
        let mut sheet = SheetCursor::new(4, 4);
        sheet.go_to((1, 1), false);
        sheet.go_to((2, 2), true);
        let block = [vec!["7".to_owned()]];
        assert_eq!(sheet.paste(&block).0.len(), 4);
    }

    proptest! {
        #![proptest_config(crate::property_test_config())]

        #[test]
        fn cursor_and_paste_stay_inside_the_sheet(
            rows in 1usize..20, columns in 1usize..10,
            keys in prop::collection::vec((prop::sample::select(vec!["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Tab", "Enter", "Home", "End", "PageUp", "PageDown", "a", "Delete"]), any::<bool>(), any::<bool>()), 0..60),
            height in 0usize..30, width in 1usize..12,
        ) {
            let mut sheet = SheetCursor::new(rows, columns);
            for (name, shift, control) in keys {
                sheet.on_key(KeyPress { name, shift, control }, None);
                let within = |(row, column): CellPosition| row < rows && column < columns;
                prop_assert!(within(sheet.cursor) && within(sheet.anchor));
                prop_assert!(sheet.is_selected(sheet.cursor) && sheet.selected_cells().contains(&sheet.cursor));
            }
            let block = vec![vec!["1".to_owned(); width]; height];
            let before = sheet.selected().0;
            let (writes, outside) = sheet.paste(&block);
            if (height, width) != (1, 1) {
                prop_assert_eq!(writes.len() + outside, height * width);
                prop_assert!(writes.iter().all(|((row, column), _)| *row < rows && *column < columns && *row >= before.0 && *column >= before.1));
            }
        }
    }
}
