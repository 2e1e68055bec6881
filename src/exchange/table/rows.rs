//! From cells to figures, or to the cells in which something is wrong.

use crate::domain::number;
use crate::domain::period::Period;
use crate::domain::series::ObservationState;

use super::layout::{Layout, Role};
use super::{Cells, cell_name, plain};

/// One figure of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
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
pub struct Read {
    /// The figures.
    pub rows: Vec<Row>,
    /// What could not be read.
    pub errors: Vec<CellError>,
    /// The lines that are totals, by their names and rows: they are no unit's.
    pub totals: Vec<(String, usize)>,
}

/// Names of lines that are no unit's.
const TOTALS: [&str; 9] =
    ["i alt", "ialt", "total", "sum", "hele kommunen", "kommunen", "hele landet", "landstal", "gennemsnit"];

impl CellError {
    fn new(place: (usize, usize), cell: &str, words: impl Into<String>) -> Self {
        Self { place, cell: cell.to_owned(), words: words.into() }
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
pub type Said = Option<(Option<f64>, ObservationState)>;

/// What a cell says by itself: a figure, why there is none, or nothing at all.
///
/// # Errors
/// It is neither: a Danish sentence.
pub fn cell(text: &str) -> Result<Said, &'static str> {
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
pub fn read(cells: &Cells, layout: &Layout) -> Read {
    let mut read = Read::default();
    let headings = cells.get(layout.heading).map(Vec::as_slice).unwrap_or_default();
    let values: Vec<(usize, Option<Period>, bool)> = (0..layout.roles.len())
        .filter(|&column| layout.roles[column] == Role::Value)
        .map(|column| {
            (column, headings.get(column).and_then(|text| Period::read(text)), has_points(cells, layout, column))
        })
        .collect();
    for (at, row) in cells.iter().enumerate().skip(layout.heading + 1) {
        let cell = |column: usize| row.get(column).map_or("", |cell| cell.trim());
        let of = |role: Role| layout.column(role).map(|column| ((at, column), cell(column)));
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some((unit_place, unit)) = of(Role::Unit) else { continue };
        if TOTALS.contains(&plain(unit).as_str()) {
            read.totals.push((unit.to_owned(), at));
            continue;
        }
        if unit.is_empty() {
            read.errors.push(CellError::new(unit_place, unit, "Her mangler enhedens navn."));
            continue;
        }
        let row_period = match of(Role::Period) {
            Some((place, text)) if values.iter().any(|(_, period, _)| period.is_none()) => {
                let period = Period::read(text);
                if period.is_none() {
                    let words = "Det er ikke en periode. Skriv for eksempel 2024/25, 2024 eller 2024K1.";
                    read.errors.push(CellError::new(place, text, words));
                    continue;
                }
                period
            }
            _ => None,
        };
        let n = match of(Role::Count) {
            Some((place, text)) if !is_mark(text) => {
                let n = number::parse(text).ok().and_then(whole);
                if n.is_none() {
                    let words = "Antallet af personer er et helt tal, for eksempel 24.";
                    read.errors.push(CellError::new(place, text, words));
                    continue;
                }
                n
            }
            _ => None,
        };
        let row_indicator = match of(Role::Indicator) {
            Some((place, "")) => {
                read.errors.push(CellError::new(place, "", "Her mangler indikatorens navn."));
                continue;
            }
            other => other.map(|(_, text)| text),
        };
        for &(column, of_heading, has_points) in &values {
            let Some(period) = of_heading.or(row_period) else { continue };
            let indicator = match (row_indicator, of_heading) {
                (Some(indicator), _) => indicator,
                (None, None) => headings.get(column).map_or("", |heading| heading.trim()),
                (None, Some(_)) => layout.title.as_str(),
            };
            let (place, text) = ((at, column), cell(column));
            let (value, state) = match (state_of(text), parse(text, has_points)) {
                (Some(state), _) => (None, state),
                (None, Ok(value)) => (Some(value), ObservationState::Value),
                (None, Err(words)) => {
                    read.errors.push(CellError::new(place, text, words));
                    continue;
                }
            };
            read.rows.push(Row {
                unit: unit.to_owned(),
                indicator: indicator.to_owned(),
                period,
                value,
                state,
                n,
                place,
            });
        }
    }
    take_doubles_out(&mut read, cells);
    read
}

/// Of several figures of the same unit, indicator and period the first is taken, and the others are named.
fn take_doubles_out(read: &mut Read, cells: &Cells) {
    let says_something = |row: &&Row| row.state != ObservationState::Missing;
    let mut keys: Vec<_> = read
        .rows
        .iter()
        .filter(says_something)
        .map(|row| (plain(&row.unit), plain(&row.indicator), row.period, row.place))
        .collect();
    keys.sort();
    let is_like = |one: &(String, String, Period, _), other: &(String, String, Period, _)| {
        (&one.0, &one.1, one.2) == (&other.0, &other.1, other.2)
    };
    let doubles = keys.windows(2).filter(|pair| is_like(&pair[0], &pair[1])).map(|pair| pair[1].3);
    let doubles: Vec<(usize, usize)> = doubles.collect();
    if doubles.is_empty() {
        return;
    }
    for row in read.rows.iter().filter(|row| doubles.contains(&row.place)) {
        let cell = cells.get(row.place.0).and_then(|cells| cells.get(row.place.1)).map_or("", |cell| cell.trim());
        let words = format!("Der står allerede et tal for {}, {}, længere oppe.", row.unit, row.period.danish());
        read.errors.push(CellError::new(row.place, cell, words));
    }
    read.rows.retain(|row| !doubles.contains(&row.place));
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "looked at first")]
fn whole(number: f64) -> Option<u32> {
    (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number)).then_some(number as u32)
}
