//! Reads the cells of a table as figures, or as errors at cells.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::cpr;
use crate::domain::number::{self, ParsedNumber};
use crate::domain::period::Period;
use crate::domain::series::ObservationState;

use super::layout::{ColumnRole, Layout};
use super::{Cells, cell_name, normalize_name};

/// One figure of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// The name of the unit, as in the table.
    pub unit: String,
    /// The name of the indicator, as in the table.
    pub indicator: String,
    /// The period.
    pub period: Period,
    /// The figure; `None` if there is none.
    pub value: Option<f64>,
    /// Whether there is a figure, and if not, why.
    pub state: ObservationState,
    /// The number of persons that the figure rests on.
    pub n: Option<u32>,
    /// The cell of the figure: row and column, counted from 0.
    pub place: (usize, usize),
}

/// An error at a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellError {
    /// Row and column, counted from 0.
    pub place: (usize, usize),
    /// The text of the cell, with CPR numbers masked.
    pub cell: String,
    /// What is wrong, as a Danish sentence.
    pub message: String,
}

/// The figures and errors read from a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadRows {
    /// The figures.
    pub rows: Vec<TableRow>,
    /// The errors at cells that could not be read.
    pub errors: Vec<CellError>,
    /// The rows of totals, each with name and row. They belong to no unit.
    pub totals: Vec<(String, usize)>,
    /// The number of figures in which a point was read as the decimal comma.
    pub decimal_points: usize,
    /// The first of these figures: the text of its cell, and how the text was read.
    pub first_decimal_point: Option<(String, f64)>,
}

/// Names of rows that are totals and belong to no unit.
const TOTALS: [&str; 9] =
    ["i alt", "ialt", "total", "sum", "hele kommunen", "kommunen", "hele landet", "landstal", "gennemsnit"];

/// The sentence for a cell that looks like a CPR number.
const CPR_SENTENCE: &str = "Det ligner et CPR-nummer. Cellen kommer ikke med.";

/// Whether a cell looks like a CPR number: in a text, or as a number whose leading zero a spreadsheet dropped.
fn is_cpr(cell: &str) -> bool {
    !cpr::find(cell).is_empty()
        || (!cell.contains(char::is_alphabetic) && cpr::assess_figure_text(cell) == cpr::DigitShape::Refused)
}

impl CellError {
    /// Makes the error at a cell. A CPR number in the cell is masked, and replaces any other error.
    fn new(place: (usize, usize), cell: &str, words: impl Into<String>) -> Self {
        if !is_cpr(cell) {
            return Self { place, cell: cell.to_owned(), message: words.into() };
        }
        let masked = cpr::mask_all(cell);
        let cell = if masked == cell { "••••••••••".to_owned() } else { masked };
        Self { place, cell, message: CPR_SENTENCE.to_owned() }
    }

    /// The name of the cell in a spreadsheet.
    pub fn name(&self) -> String {
        cell_name(self.place.0, self.place.1)
    }
}

/// Whether a cell is a mark for a missing figure, or blank.
pub fn is_mark(cell: &str) -> bool {
    state_of(cell).is_some()
}

/// The reason for a missing figure, from the mark in its place; `None` if the cell is no mark.
fn state_of(cell: &str) -> Option<ObservationState> {
    match &*normalize_name(cell) {
        "" | ".." | "..." | "." | "-" | "–" | "—" | "mangler" | "na" | "n/a" => Some(ObservationState::Missing),
        "*" | "x" | "ikke offentliggjort" | "diskretioneret" => Some(ObservationState::Unpublished),
        "skjult" | "<5" | "skjult (færre end 5)" => Some(ObservationState::Hidden),
        _ => None,
    }
}

/// Parses a figure. `has_points` tells that the column uses decimal points, and commas between thousands.
pub(super) fn parse(cell: &str, has_points: bool) -> Result<ParsedNumber, &'static str> {
    if !has_points {
        return number::parse(cell);
    }
    let read = number::parse(&cell.replace(',', "").replace('.', ","))?;
    Ok(ParsedNumber { has_decimal_point: cell.contains('.'), ..read })
}

/// The content of a cell: a figure, or why there is none; `None` if the cell is blank.
pub type CellContent = Option<(Option<f64>, ObservationState)>;

/// Reads a single cell.
///
/// # Errors
/// The cell is neither figure, mark nor blank: a Danish sentence.
pub fn cell(text: &str) -> Result<CellContent, &'static str> {
    match (text.trim(), state_of(text)) {
        ("", _) => Ok(None),
        (_, Some(state)) => Ok(Some((None, state))),
        (text, None) => Ok(Some((Some(number::parse(text)?.value), ObservationState::Value))),
    }
}

/// Whether a column uses decimal points: some figure can be read in no other way, and no cell has a comma.
fn has_points(cells: &Cells, layout: &Layout, column: usize) -> bool {
    let column_cells =
        || cells.iter().skip(layout.heading + 1).filter_map(|row| row.get(column).map(|cell| cell.trim()));
    let has_decimal_point = |cell: &str| {
        cell.split_once('.').is_some_and(|(_, rest)| {
            rest.len() != 3 && rest.bytes().all(|byte| byte.is_ascii_digit()) && !rest.is_empty()
        })
    };
    column_cells().any(has_decimal_point) && !column_cells().any(|cell| cell.contains(','))
}

/// Reads the figures of a table in one go.
pub fn read(cells: &Cells, layout: &Layout) -> ReadRows {
    let mut reader = RowReader::begin(cells, layout);
    while reader.read_some(usize::MAX) {}
    reader.finish()
}

/// A column of figures.
#[derive(Debug)]
struct ValueColumn {
    column: usize,
    /// The period in the heading, if the heading is one.
    period: Option<Period>,
    /// Whether the figures use decimal points.
    has_points: bool,
}

/// A table being read to figures, a few rows at a time.
#[derive(Debug)]
pub struct RowReader<'t> {
    cells: &'t Cells,
    layout: &'t Layout,
    /// The columns of figures that are still to be looked at.
    pending: std::vec::IntoIter<usize>,
    /// The columns of figures that were looked at.
    values: Vec<ValueColumn>,
    /// The index of the next row.
    next_row: usize,
    read: ReadRows,
    /// A number for each normalised name of a unit or indicator.
    names: BTreeMap<String, usize>,
    /// The figures read so far: numbers of unit and indicator, and period.
    seen: BTreeSet<(usize, usize, Period)>,
}

impl<'t> RowReader<'t> {
    /// Begins to read a table.
    pub fn begin(cells: &'t Cells, layout: &'t Layout) -> Self {
        let is_value = |column: &usize| layout.roles[*column] == ColumnRole::Value;
        let columns: Vec<usize> = (0..layout.roles.len()).filter(is_value).collect();
        Self {
            cells,
            layout,
            pending: columns.into_iter(),
            values: Vec::new(),
            next_row: layout.heading + 1,
            read: ReadRows::default(),
            names: BTreeMap::new(),
            seen: BTreeSet::new(),
        }
    }

    /// The number of rows read, and the number of all.
    pub fn progress(&self) -> (usize, usize) {
        (self.next_row.min(self.cells.len()), self.cells.len())
    }

    /// Looks at one column of figures if any is pending, otherwise reads the next `count` rows. Returns `false` when
    /// all rows are read.
    pub fn read_some(&mut self, count: usize) -> bool {
        if let Some(column) = self.pending.next() {
            self.add_value_column(column);
            return true;
        }
        for _ in 0..count {
            let Some(row) = self.cells.get(self.next_row) else { return false };
            self.read_row(row, self.next_row);
            self.next_row += 1;
        }
        self.next_row < self.cells.len()
    }

    /// Returns the figures and errors read.
    pub fn finish(self) -> ReadRows {
        self.read
    }

    /// The heading of a column.
    fn heading(&self, column: usize) -> &'t str {
        self.cells.get(self.layout.heading).and_then(|row| row.get(column)).map_or("", |text| text.trim())
    }

    /// Looks at a column of figures. A heading that looks like a CPR number is an error, and the column is left out.
    fn add_value_column(&mut self, column: usize) {
        let heading = self.heading(column);
        if is_cpr(heading) {
            self.add_error((self.layout.heading, column), heading, CPR_SENTENCE);
            return;
        }
        let has_points = has_points(self.cells, self.layout, column);
        self.values.push(ValueColumn { column, period: Period::parse_notation(heading), has_points });
    }

    fn add_error(&mut self, place: (usize, usize), cell: &str, words: &str) {
        self.read.errors.push(CellError::new(place, cell, words));
    }

    /// The number of a name; a new name gets the next number.
    fn name_number(&mut self, name: &str) -> usize {
        let next = self.names.len();
        *self.names.entry(normalize_name(name)).or_insert(next)
    }

    /// Reads the figures of a row.
    fn read_row(&mut self, row: &'t [String], row_index: usize) {
        let cell = |column: usize| row.get(column).map_or("", |cell| cell.trim());
        let role_cell = |role: ColumnRole| self.layout.column(role).map(|column| ((row_index, column), cell(column)));
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let (unit, period, count, indicator) = (
            role_cell(ColumnRole::Unit),
            role_cell(ColumnRole::Period),
            role_cell(ColumnRole::Count),
            role_cell(ColumnRole::Indicator),
        );
        let Some((unit_place, unit)) = unit else { return };
        if TOTALS.contains(&normalize_name(unit).as_str()) {
            self.read.totals.push((unit.to_owned(), row_index));
            return;
        }
        if unit.is_empty() {
            self.add_error(unit_place, unit, "Her mangler enhedens navn.");
            return;
        }
        // A P number looks like a CPR number, and may be the name of a unit.
        if is_cpr(unit) && !cpr::is_p_number_heading(self.heading(unit_place.1)) {
            self.add_error(unit_place, unit, CPR_SENTENCE);
            return;
        }
        let row_period = match period {
            Some((place, text)) if self.values.iter().any(|value| value.period.is_none()) => {
                let period = Period::parse_notation(text);
                if period.is_none() {
                    let sentence = "Det er ikke en periode. Skriv for eksempel 2024/25, 2024 eller 2024K1.";
                    self.add_error(place, text, sentence);
                    return;
                }
                period
            }
            _ => None,
        };
        let n = match count {
            Some((place, text)) if !is_mark(text) => {
                let n = number::parse(text).ok().and_then(|read| to_count(read.value));
                if n.is_none() {
                    self.add_error(place, text, "Antallet af personer er et helt tal, for eksempel 24.");
                    return;
                }
                n
            }
            _ => None,
        };
        let row_indicator = match indicator {
            Some((place, text)) if text.is_empty() || is_cpr(text) => {
                self.add_error(place, text, "Her mangler indikatorens navn.");
                return;
            }
            other => other.map(|(_, text)| text),
        };
        let unit_number = self.name_number(unit);
        for index in 0..self.values.len() {
            let ValueColumn { column, period: heading_period, has_points } = self.values[index];
            let Some(period) = heading_period.or(row_period) else { continue };
            let indicator = match (row_indicator, heading_period) {
                (Some(indicator), _) => indicator,
                (None, None) => self.heading(column),
                (None, Some(_)) => self.layout.title.as_str(),
            };
            let (place, text) = ((row_index, column), cell(column));
            let (read, state) = match (state_of(text), parse(text, has_points)) {
                (Some(state), _) => (None, state),
                (None, Ok(read)) => (Some(read), ObservationState::Value),
                (None, Err(sentence)) => {
                    self.add_error(place, text, sentence);
                    continue;
                }
            };
            // Of several figures of one unit, indicator and period, the first is taken, and the others are errors.
            let key = (unit_number, self.name_number(indicator), period);
            if state != ObservationState::Missing && !self.seen.insert(key) {
                let sentence = format!("Der står allerede et tal for {unit}, {}, længere oppe.", period.danish());
                self.add_error(place, text, &sentence);
                continue;
            }
            if let Some(ParsedNumber { value, has_decimal_point: true }) = read {
                self.read.decimal_points += 1;
                self.read.first_decimal_point.get_or_insert_with(|| (text.to_owned(), value));
            }
            let (unit, indicator, value) = (unit.to_owned(), indicator.to_owned(), read.map(|read| read.value));
            self.read.rows.push(TableRow { unit, indicator, period, value, state, n, place });
        }
    }
}

/// Converts a whole number to a count; `None` if it has decimals or is out of range.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked first")]
fn to_count(number: f64) -> Option<u32> {
    (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number)).then_some(number as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::table::csv;

    fn table(text: &str) -> ReadRows {
        let cells = csv::read(text.as_bytes()).unwrap();
        read(&cells, &Layout::guess(&cells, &[], &[]))
    }

    #[test]
    fn cpr_number_is_no_unit_figure_or_count() {
        let read = table(
            "Enhed;Skoleår;Fravær;Antal børn\n\
             Skolen;2023/24;6,1;40\n\
             1503121234;2024/25;6,2;40\n\
             Anna 150312-1234;2024/25;6,2;40\n\
             101901234;2024/25;6,2;40\n\
             Huset;2024/25;1503121234;40\n\
             Huset;2023/24;150312,1234;40\n\
             Huset;2022/23;6,3;1503121234\n\
             Huset;150312-1234;6,3;40\n",
        );
        assert_eq!(read.rows.len(), 1, "{:?}", read.rows);
        let cells: Vec<String> = read.errors.iter().map(CellError::name).collect();
        assert_eq!(cells, ["A3", "A4", "A5", "C6", "C7", "D8", "B9"]);
        for error in &read.errors {
            assert_eq!(error.message, CPR_SENTENCE);
            assert!(!error.cell.contains("1234"), "{error:?}");
        }
        // Headings of figures, and the name of an indicator.
        let read = table("Enhed;2023/24;Anna 150312-1234\nSkolen;6,1;5\n");
        assert_eq!((read.errors.len(), read.errors[0].name()), (1, "C1".to_owned()));
        let read = table("Enhed;Indikator;Skoleår;Tal\nSkolen;Anna 1503121234;2024/25;5\n");
        assert_eq!((read.rows.len(), read.errors[0].name()), (0, "B2".to_owned()));
        // Units may be known by their P numbers if the heading says so.
        for (heading, rows) in [("P-nummer", 1), ("Nummer", 0)] {
            let read = table(&format!("{heading};Skoleår;Fravær\n1003123456;2024/25;5\n"));
            assert_eq!((read.rows.len(), read.errors.len()), (rows, 1 - rows), "{heading}");
        }
    }

    #[test]
    fn decimal_points_are_read_and_reported() {
        for (figures, values, reported) in [
            (["6.1", "94,5"], [6.1, 94.5], Some((1, "6.1", 6.1))),
            // Without commas the whole column uses decimal points, so `1.234` has one too.
            (["1.234", "94.5"], [1.234, 94.5], Some((2, "1.234", 1.234))),
            (["1.234", "94"], [1234.0, 94.0], None),
            (["6,1", "94,5"], [6.1, 94.5], None),
        ] {
            let [first, second] = figures;
            let read = table(&format!("Enhed;Skoleår;Fravær\nSkolen;2023/24;{first}\nSkolen;2024/25;{second}\n"));
            assert_eq!(read.errors, [], "{figures:?}");
            assert_eq!(read.rows.iter().filter_map(|row| row.value).collect::<Vec<_>>(), values, "{figures:?}");
            let found = read.first_decimal_point.as_ref().map(|(cell, value)| (read.decimal_points, &**cell, *value));
            assert_eq!(found, reported, "{figures:?}");
        }
    }

    /// Work is linear in the size of the table: each row is read once, and each column is looked at once.
    #[test]
    fn read_some_reads_at_most_the_given_count_of_rows() {
        for (columns, rows) in [(3, 100), (300, 100), (3, 10_000)] {
            let headings: Vec<String> = (0..columns).map(|column| format!("Mål {column}")).collect();
            let mut cells: Cells = vec![[vec!["Enhed".to_owned(), "År".to_owned()], headings].concat()];
            // Every figure occurs twice: duplicates are found by name, not by comparing with all earlier rows.
            for row in 0..rows {
                let row_names = vec![format!("Enhed {}", row / 2), "2024".to_owned()];
                cells.push([row_names, vec!["5,5".to_owned(); columns]].concat());
            }
            let roles = [vec![ColumnRole::Unit, ColumnRole::Period], vec![ColumnRole::Value; columns]].concat();
            let layout = Layout { heading: 0, title: String::new(), roles };
            let mut reader = RowReader::begin(&cells, &layout);
            let (mut steps, mut last) = (0, 1);
            while reader.read_some(10) {
                let (read, _) = reader.progress();
                assert!(read <= last + 10);
                (last, steps) = (read, steps + 1);
            }
            assert!(steps <= columns + rows / 10 + 1, "{steps} steps for {columns} columns and {rows} rows");
            assert_eq!(reader.names.len(), rows / 2 + columns);
            let read = reader.finish();
            assert_eq!((read.rows.len(), read.errors.len()), (columns * rows / 2, columns * rows / 2));
        }
    }
}
