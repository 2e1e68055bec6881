//! A sheet of cells as a spreadsheet's: where the cursor is, what is selected, what a key does. What is in the cells is
//! not its business.

/// A place: row and column, counted from nought.
pub type CellPosition = (usize, usize);

/// Where one is in a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetCursor {
    /// How many rows there are.
    pub rows: usize,
    /// How many columns there are.
    pub columns: usize,
    /// The cell that is written in.
    pub cursor: CellPosition,
    /// The other corner of what is selected.
    pub anchor: CellPosition,
}

/// A key as the browser names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyPress<'k> {
    /// Its name: `ArrowDown`, `Enter`, `7`.
    pub name: &'k str,
    /// Whether the shift key is held.
    pub shift: bool,
    /// Whether the control key is held, or the command key of a Mac.
    pub control: bool,
}

/// How a cell is being written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellEditing {
    /// Over what stood there: arrows go to another cell.
    Over,
    /// In what stands there: arrows go among its letters.
    Within,
}

/// What a key asks for, beside the cursor's going elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetAction {
    /// Nothing: the browser does what it does with the key.
    Nothing,
    /// The cursor went elsewhere, and nothing more.
    Go,
    /// The cell is written in from now on.
    Begin(CellEditing),
    /// What was written is kept, and the cursor went on.
    Keep,
    /// What was written is not kept.
    Drop,
    /// What is selected is emptied.
    Empty,
    /// The first selected row is written into the others.
    FillDown,
    /// All is selected.
    All,
}

impl SheetCursor {
    /// A sheet with the cursor in its first cell.
    pub const fn new(rows: usize, columns: usize) -> Self {
        Self { rows, columns, cursor: (0, 0), anchor: (0, 0) }
    }

    /// The corners of what is selected: the upper left and the lower right.
    pub fn selected(&self) -> (CellPosition, CellPosition) {
        let ((a, b), (c, d)) = (self.cursor, self.anchor);
        ((a.min(c), b.min(d)), (a.max(c), b.max(d)))
    }

    /// Whether a cell is selected.
    pub fn is_selected(&self, place: CellPosition) -> bool {
        let (from, to) = self.selected();
        (from.0..=to.0).contains(&place.0) && (from.1..=to.1).contains(&place.1)
    }

    /// The cells that are selected, row by row.
    pub fn selected_cells(&self) -> Vec<CellPosition> {
        let (from, to) = self.selected();
        (from.0..=to.0).flat_map(|row| (from.1..=to.1).map(move |column| (row, column))).collect()
    }

    /// Goes to a cell; with `extend` what is selected reaches to it.
    pub const fn go_to(&mut self, place: CellPosition, extend: bool) {
        self.cursor = place;
        if !extend {
            self.anchor = place;
        }
    }

    /// What a key does.
    pub fn on_key(&mut self, key: KeyPress<'_>, writing: Option<CellEditing>) -> SheetAction {
        if self.rows == 0 || self.columns == 0 {
            return SheetAction::Nothing;
        }
        match (writing, key.name) {
            (Some(_), "Escape") => SheetAction::Drop,
            (Some(_), "Enter" | "Tab") => {
                // At the edge one stays, and what was written is kept.
                self.step(key);
                SheetAction::Keep
            }
            (Some(CellEditing::Over), "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight") => {
                self.step(KeyPress { shift: false, ..key });
                SheetAction::Keep
            }
            (Some(_), _) => SheetAction::Nothing,
            (None, _) => self.press_idle(key),
        }
    }

    fn press_idle(&mut self, key: KeyPress<'_>) -> SheetAction {
        match (key.name, key.control) {
            ("d" | "D", true) => SheetAction::FillDown,
            ("a" | "A", true) => {
                (self.anchor, self.cursor) = ((0, 0), (self.rows - 1, self.columns - 1));
                SheetAction::All
            }
            ("Delete" | "Backspace", _) => SheetAction::Empty,
            ("F2", _) => SheetAction::Begin(CellEditing::Within),
            // Out of the sheet at its ends: nobody is held in it.
            ("Tab", _) if !self.step(key) => SheetAction::Nothing,
            ("Enter" | "Tab", _) => {
                if key.name == "Enter" {
                    self.step(key);
                }
                SheetAction::Go
            }
            ("ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight", _) => {
                self.step(key);
                SheetAction::Go
            }
            ("Home" | "End" | "PageUp" | "PageDown", _) => {
                let ((row, column), (last_row, last_column)) = (self.cursor, (self.rows - 1, self.columns - 1));
                let place = match (key.name, key.control) {
                    ("Home", true) => (0, 0),
                    ("End", true) => (last_row, last_column),
                    ("Home", false) => (row, 0),
                    ("End", false) => (row, last_column),
                    ("PageUp", _) => (0, column),
                    _ => (last_row, column),
                };
                self.go_to(place, key.shift);
                SheetAction::Go
            }
            // A sign that is typed begins a cell anew.
            (name, false) if name.chars().count() == 1 => SheetAction::Begin(CellEditing::Over),
            _ => SheetAction::Nothing,
        }
    }

    /// Goes one cell on, by a key; whether there was one to go to.
    fn step(&mut self, key: KeyPress<'_>) -> bool {
        let (row, column) = self.cursor;
        let far = |place: usize, last: usize| if key.control { last } else { place };
        let to = match (key.name, key.shift) {
            ("Tab", false) if column + 1 < self.columns => (row, column + 1),
            ("Tab", false) if row + 1 < self.rows => (row + 1, 0),
            ("Tab", true) if column > 0 => (row, column - 1),
            ("Tab", true) if row > 0 => (row - 1, self.columns - 1),
            ("Enter", false) | ("ArrowDown", _) => (far((row + 1).min(self.rows - 1), self.rows - 1), column),
            ("Enter", true) | ("ArrowUp", _) => (far(row.saturating_sub(1), 0), column),
            ("ArrowRight", _) => (row, far((column + 1).min(self.columns - 1), self.columns - 1)),
            ("ArrowLeft", _) => (row, far(column.saturating_sub(1), 0)),
            _ => return false,
        };
        self.go_to(to, key.shift && key.name.starts_with("Arrow"));
        true
    }

    /// Where the cells of a pasted block come to stand, and how many have no place. One cell alone fills what is selected;
    /// what comes to stand is selected afterwards.
    pub fn paste<'b>(&mut self, block: &'b [Vec<String>]) -> (Vec<(CellPosition, &'b str)>, usize) {
        let (from, to) = self.selected();
        if let [row] = block
            && let [only] = &**row
            && from != to
        {
            return (self.selected_cells().into_iter().map(|place| (place, only.as_str())).collect(), 0);
        }
        let (mut writes, mut outside) = (Vec::new(), 0);
        let (mut last_row, mut last_column) = from;
        for (row, cells) in block.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let place = (from.0 + row, from.1 + column);
                if place.0 < self.rows && place.1 < self.columns {
                    (last_row, last_column) = (last_row.max(place.0), last_column.max(place.1));
                    writes.push((place, cell.as_str()));
                } else {
                    outside += 1;
                }
            }
        }
        (self.cursor, self.anchor) = (from, (last_row, last_column));
        (writes, outside)
    }

    /// Which cell each selected one is filled from, but for those of the first row, which fill the others. Of a single
    /// row each is filled from above.
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const fn key(name: &str) -> KeyPress<'_> {
        KeyPress { name, shift: false, control: false }
    }

    /// Presses keys written as `Shift+ArrowDown`, and gives where the cursor is.
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
    fn indicators_sheet_goes_as_a_spreadsheet_does() {
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
    fn indicators_sheet_holds_nobody_in_it() {
        let mut sheet = SheetCursor::new(2, 2);
        assert_eq!(sheet.on_key(KeyPress { shift: true, ..key("Tab") }, None), SheetAction::Nothing);
        sheet.go_to((1, 1), false);
        assert_eq!(sheet.on_key(key("Tab"), None), SheetAction::Nothing);
        assert_eq!(SheetCursor::new(0, 0).on_key(key("Enter"), None), SheetAction::Nothing);
    }

    #[test]
    fn indicators_sheet_knows_what_a_key_asks_for() {
        let control = |name| KeyPress { control: true, ..key(name) };
        let mut sheet = SheetCursor::new(3, 3);
        for (key, writing, act) in [
            (key("7"), None, SheetAction::Begin(CellEditing::Over)),
            (key("-"), None, SheetAction::Begin(CellEditing::Over)),
            (key("F2"), None, SheetAction::Begin(CellEditing::Within)),
            (key("Delete"), None, SheetAction::Empty),
            (control("z"), None, SheetAction::Nothing),
            (control("d"), None, SheetAction::FillDown),
            (control("c"), None, SheetAction::Nothing),
            (key("Shift"), None, SheetAction::Nothing),
            (key("7"), Some(CellEditing::Over), SheetAction::Nothing),
            (key("Escape"), Some(CellEditing::Within), SheetAction::Drop),
            (key("Enter"), Some(CellEditing::Within), SheetAction::Keep),
            (key("ArrowLeft"), Some(CellEditing::Within), SheetAction::Nothing),
            (key("ArrowRight"), Some(CellEditing::Over), SheetAction::Keep),
            (control("z"), Some(CellEditing::Over), SheetAction::Nothing),
        ] {
            assert_eq!(sheet.on_key(key, writing), act, "{key:?} {writing:?}");
        }
    }

    #[test]
    fn indicators_sheet_fills_down() {
        let mut sheet = SheetCursor::new(4, 2);
        sheet.go_to((2, 1), false);
        assert_eq!(sheet.fill_down(), [((2, 1), (1, 1))]);
        sheet.go_to((3, 1), true);
        assert_eq!(sheet.fill_down(), [((3, 1), (2, 1))]);
        sheet.go_to((0, 0), false);
        assert_eq!(sheet.fill_down(), []);
    }

    #[test]
    fn indicators_sheet_pastes_one_cell_into_all_that_is_selected() {
        let mut sheet = SheetCursor::new(4, 4);
        sheet.go_to((1, 1), false);
        sheet.go_to((2, 2), true);
        let block = [vec!["7".to_owned()]];
        assert_eq!(sheet.paste(&block).0.len(), 4);
    }

    proptest! {
        #[test]
        fn indicators_sheet_never_leaves_its_cells(
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
