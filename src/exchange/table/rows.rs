//! From cells to figures, or to the cells in which something is wrong.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::cpr;
use crate::domain::number;
use crate::domain::period::Period;
use crate::domain::series::ObservationState;

use super::layout::{ColumnRole, Layout};
use super::{Cells, cell_name, plain};

/// One figure of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// The unit, by the name it has there.
    pub unit: String,
    /// What was counted, by the name it has there.
    pub indicator: String,
    /// The period.
    pub period: Period,
    /// The figure; `None` where it says why there is none.
    pub value: Option<f64>,
    /// Whether there is a figure, and if not, why.
    pub state: ObservationState,
    /// How many persons it rests on.
    pub n: Option<u32>,
    /// Its cell: row and column, counted from nought.
    pub place: (usize, usize),
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellError {
    /// Row and column, counted from nought.
    pub place: (usize, usize),
    /// What stands there.
    pub cell: String,
    /// What is wrong with it, a Danish sentence.
    pub words: String,
}

/// What was read of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadRows {
    /// The figures.
    pub rows: Vec<TableRow>,
    /// What could not be read.
    pub errors: Vec<CellError>,
    /// The lines that are totals, by their names and rows: they are no unit's.
    pub totals: Vec<(String, usize)>,
}

/// Names of lines that are no unit's.
const TOTALS: [&str; 9] =
    ["i alt", "ialt", "total", "sum", "hele kommunen", "kommunen", "hele landet", "landstal", "gennemsnit"];

/// What is said of a cell that looks like a CPR number.
const CPR: &str = "Det ligner et CPR-nummer. Cellen kommer ikke med.";

/// Whether a cell looks like a CPR number: in words, or as a number whose first nought a spreadsheet dropped.
fn is_cpr(cell: &str) -> bool {
    !cpr::find(cell).is_empty()
        || (!cell.contains(char::is_alphabetic) && cpr::in_figure(cell) == cpr::DigitShape::Refused)
}

impl CellError {
    /// A CPR number is masked, and said to be one, whatever else is wrong.
    fn new(place: (usize, usize), cell: &str, words: impl Into<String>) -> Self {
        if !is_cpr(cell) {
            return Self { place, cell: cell.to_owned(), words: words.into() };
        }
        let masked = cpr::masked(cell);
        let cell = if masked == cell { "••••••••••".to_owned() } else { masked };
        Self { place, cell, words: CPR.to_owned() }
    }

    /// What the cell is called in a spreadsheet.
    pub fn name(&self) -> String {
        cell_name(self.place.0, self.place.1)
    }
}

/// Whether a cell says that there is no figure.
pub fn is_mark(cell: &str) -> bool {
    state_of(cell).is_some()
}

/// Why there is no figure, by the mark that stands in its place.
fn state_of(cell: &str) -> Option<ObservationState> {
    match &*plain(cell) {
        "" | ".." | "..." | "." | "-" | "–" | "—" | "mangler" | "na" | "n/a" => Some(ObservationState::Missing),
        "*" | "x" | "ikke offentliggjort" | "diskretioneret" => Some(ObservationState::Unpublished),
        "skjult" | "<5" | "skjult (færre end 5)" => Some(ObservationState::Hidden),
        _ => None,
    }
}

/// A figure as it stands in a cell; where the column is written with decimal points, by those.
pub(super) fn parse(cell: &str, has_points: bool) -> Result<f64, &'static str> {
    if has_points { number::parse(&cell.replace(',', "").replace('.', ",")) } else { number::parse(cell) }
}

/// What a cell says: a figure, or why there is none; nothing where it is blank.
pub type CellContent = Option<(Option<f64>, ObservationState)>;

/// What a cell says by itself: a figure, why there is none, or nothing at all.
///
/// # Errors
/// It is neither: a Danish sentence.
pub fn cell(text: &str) -> Result<CellContent, &'static str> {
    match (text.trim(), state_of(text)) {
        ("", _) => Ok(None),
        (_, Some(state)) => Ok(Some((None, state))),
        (text, None) => Ok(Some((Some(number::parse(text)?), ObservationState::Value))),
    }
}

/// Whether a column is written with decimal points: some figure can be read in no other way, and none has a comma.
fn has_points(cells: &Cells, layout: &Layout, column: usize) -> bool {
    let below = || cells.iter().skip(layout.heading + 1).filter_map(|row| row.get(column).map(|cell| cell.trim()));
    let is_pointed = |cell: &str| {
        cell.split_once('.').is_some_and(|(_, rest)| {
            rest.len() != 3 && rest.bytes().all(|byte| byte.is_ascii_digit()) && !rest.is_empty()
        })
    };
    below().any(is_pointed) && !below().any(|cell| cell.contains(','))
}

/// Reads the figures of a table.
pub fn read(cells: &Cells, layout: &Layout) -> ReadRows {
    let mut reader = RowReader::begin(cells, layout);
    while reader.read_some(usize::MAX) {}
    reader.finish()
}

/// A column of figures.
#[derive(Debug)]
struct Values {
    column: usize,
    /// The period that its heading says, where it says one.
    period: Option<Period>,
    has_points: bool,
}

/// A table being read to its figures, a few rows at a time.
#[derive(Debug)]
pub struct RowReader<'t> {
    cells: &'t Cells,
    layout: &'t Layout,
    /// The columns of figures that are still to be looked at, and those that were.
    waiting: std::vec::IntoIter<usize>,
    values: Vec<Values>,
    /// The next row.
    at: usize,
    read: ReadRows,
    /// The names of units and indicators in plain form, numbered.
    names: BTreeMap<String, usize>,
    /// What there is a figure of: unit, indicator and period.
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
            waiting: columns.into_iter(),
            values: Vec::new(),
            at: layout.heading + 1,
            read: ReadRows::default(),
            names: BTreeMap::new(),
            seen: BTreeSet::new(),
        }
    }

    /// How many rows have been read, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.at.min(self.cells.len()), self.cells.len())
    }

    /// Reads some more rows, or looks at one column; `false` when there are no more.
    pub fn read_some(&mut self, count: usize) -> bool {
        if let Some(column) = self.waiting.next() {
            self.look_at(column);
            return true;
        }
        for _ in 0..count {
            let Some(row) = self.cells.get(self.at) else { return false };
            self.read_row(row, self.at);
            self.at += 1;
        }
        self.at < self.cells.len()
    }

    /// The figures that were read.
    pub fn finish(self) -> ReadRows {
        self.read
    }

    fn heading(&self, column: usize) -> &'t str {
        self.cells.get(self.layout.heading).and_then(|row| row.get(column)).map_or("", |text| text.trim())
    }

    fn look_at(&mut self, column: usize) {
        let heading = self.heading(column);
        if is_cpr(heading) {
            self.fault((self.layout.heading, column), heading, CPR);
            return;
        }
        let has_points = has_points(self.cells, self.layout, column);
        self.values.push(Values { column, period: Period::read(heading), has_points });
    }

    fn fault(&mut self, place: (usize, usize), cell: &str, words: &str) {
        self.read.errors.push(CellError::new(place, cell, words));
    }

    /// The number of a name.
    fn number(&mut self, name: &str) -> usize {
        let next = self.names.len();
        *self.names.entry(plain(name)).or_insert(next)
    }

    fn read_row(&mut self, row: &'t [String], at: usize) {
        let cell = |column: usize| row.get(column).map_or("", |cell| cell.trim());
        let of = |role: ColumnRole| self.layout.column(role).map(|column| ((at, column), cell(column)));
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let (unit, period, count, indicator) =
            (of(ColumnRole::Unit), of(ColumnRole::Period), of(ColumnRole::Count), of(ColumnRole::Indicator));
        let Some((unit_place, unit)) = unit else { return };
        if TOTALS.contains(&plain(unit).as_str()) {
            self.read.totals.push((unit.to_owned(), at));
            return;
        }
        if unit.is_empty() {
            self.fault(unit_place, unit, "Her mangler enhedens navn.");
            return;
        }
        // A P number looks like a CPR number, and may be what units are known by.
        if is_cpr(unit) && !cpr::is_p_number_heading(self.heading(unit_place.1)) {
            self.fault(unit_place, unit, CPR);
            return;
        }
        let row_period = match period {
            Some((place, text)) if self.values.iter().any(|own| own.period.is_none()) => {
                let period = Period::read(text);
                if period.is_none() {
                    let words = "Det er ikke en periode. Skriv for eksempel 2024/25, 2024 eller 2024K1.";
                    self.fault(place, text, words);
                    return;
                }
                period
            }
            _ => None,
        };
        let n = match count {
            Some((place, text)) if !is_mark(text) => {
                let n = number::parse(text).ok().and_then(whole);
                if n.is_none() {
                    self.fault(place, text, "Antallet af personer er et helt tal, for eksempel 24.");
                    return;
                }
                n
            }
            _ => None,
        };
        let row_indicator = match indicator {
            Some((place, text)) if text.is_empty() || is_cpr(text) => {
                self.fault(place, text, "Her mangler indikatorens navn.");
                return;
            }
            other => other.map(|(_, text)| text),
        };
        let unit_number = self.number(unit);
        for at_value in 0..self.values.len() {
            let Values { column, period: of_heading, has_points } = self.values[at_value];
            let Some(period) = of_heading.or(row_period) else { continue };
            let indicator = match (row_indicator, of_heading) {
                (Some(indicator), _) => indicator,
                (None, None) => self.heading(column),
                (None, Some(_)) => self.layout.title.as_str(),
            };
            let (place, text) = ((at, column), cell(column));
            let (value, state) = match (state_of(text), parse(text, has_points)) {
                (Some(state), _) => (None, state),
                (None, Ok(value)) => (Some(value), ObservationState::Value),
                (None, Err(words)) => {
                    self.fault(place, text, words);
                    continue;
                }
            };
            // Of several figures of the same unit, indicator and period the first is taken, and the others are named.
            let key = (unit_number, self.number(indicator), period);
            if state != ObservationState::Missing && !self.seen.insert(key) {
                let words = format!("Der står allerede et tal for {unit}, {}, længere oppe.", period.danish());
                self.fault(place, text, &words);
                continue;
            }
            let (unit, indicator) = (unit.to_owned(), indicator.to_owned());
            self.read.rows.push(TableRow { unit, indicator, period, value, state, n, place });
        }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "looked at first")]
fn whole(number: f64) -> Option<u32> {
    (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number)).then_some(number as u32)
}

#[cfg(test)]
mod tests {
    use super::super::csv;
    use super::*;

    fn table(text: &str) -> ReadRows {
        let cells = csv::read(text.as_bytes()).unwrap();
        read(&cells, &Layout::guess(&cells, &[], &[]))
    }

    #[test]
    fn trust_cpr_number_in_a_table_is_no_unit_no_figure_and_no_count() {
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
            assert_eq!(error.words, CPR);
            assert!(!error.cell.contains("1234"), "{error:?}");
        }
        // Headings over figures, and a name of what was counted.
        let read = table("Enhed;2023/24;Anna 150312-1234\nSkolen;6,1;5\n");
        assert_eq!((read.errors.len(), read.errors[0].name()), (1, "C1".to_owned()));
        let read = table("Enhed;Indikator;Skoleår;Tal\nSkolen;Anna 1503121234;2024/25;5\n");
        assert_eq!((read.rows.len(), read.errors[0].name()), (0, "B2".to_owned()));
        // Units may be known by their P numbers, where the heading says so.
        for (heading, rows) in [("P-nummer", 1), ("Nummer", 0)] {
            let read = table(&format!("{heading};Skoleår;Fravær\n1003123456;2024/25;5\n"));
            assert_eq!((read.rows.len(), read.errors.len()), (rows, 1 - rows), "{heading}");
        }
    }

    /// What there is to do grows as the table does: every row is read once, and every column is looked at once.
    #[test]
    fn trust_tables_are_read_to_their_figures_a_few_rows_at_a_time() {
        for (columns, rows) in [(3, 100), (300, 100), (3, 10_000)] {
            let heads: Vec<String> = (0..columns).map(|column| format!("Mål {column}")).collect();
            let mut cells: Cells = vec![[vec!["Enhed".to_owned(), "År".to_owned()], heads].concat()];
            // Every figure is there twice: what finds doubles goes by names, not by all that came before.
            for row in 0..rows {
                let head = vec![format!("Enhed {}", row / 2), "2024".to_owned()];
                cells.push([head, vec!["5,5".to_owned(); columns]].concat());
            }
            let roles = [vec![ColumnRole::Unit, ColumnRole::Period], vec![ColumnRole::Value; columns]].concat();
            let layout = Layout { heading: 0, title: String::new(), roles };
            let mut reader = RowReader::begin(&cells, &layout);
            let (mut looks, mut last) = (0, 1);
            while reader.read_some(10) {
                let (at, _) = reader.progress();
                assert!(at <= last + 10);
                (last, looks) = (at, looks + 1);
            }
            assert!(looks <= columns + rows / 10 + 1, "{looks} of {columns} columns and {rows} rows");
            assert_eq!(reader.names.len(), rows / 2 + columns);
            let read = reader.finish();
            assert_eq!((read.rows.len(), read.errors.len()), (columns * rows / 2, columns * rows / 2));
        }
    }
}
