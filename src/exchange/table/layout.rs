//! Determines the role of each column of a table: guessed from headings and cells, and corrected by the user.

use serde::{Deserialize, Serialize};

use crate::domain::cpr;
use crate::domain::period::Period;
use crate::domain::sorted::SortedSet;

use super::rows::{is_mark, parse};
use super::{Cells, normalize_name};

/// The role of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnRole {
    /// The name of the unit.
    Unit,
    /// The name of the indicator, if each row has one.
    Indicator,
    /// The period, if each row has one.
    Period,
    /// The number of persons that the row rests on.
    Count,
    /// Figures. If the heading is a period, the figures are of that period. Otherwise the heading is the indicator.
    Value,
    /// The column is not used.
    Nothing,
}

impl ColumnRole {
    /// All roles, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Unit, Self::Indicator, Self::Period, Self::Value, Self::Count, Self::Nothing];

    /// The Danish name of the role.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Unit => "Enhed",
            Self::Indicator => "Indikator",
            Self::Period => "Periode",
            Self::Count => "Antal personer",
            Self::Value => "Tal",
            Self::Nothing => "Bruges ikke",
        }
    }
}

/// The role of each column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// The row of the headings, counted from 0.
    pub heading: usize,
    /// The first text above the headings.
    pub title: String,
    /// The role of each column.
    pub roles: Vec<ColumnRole>,
}

/// Beginnings of headings that tell the role of a column.
const UNITS: [&str; 8] = ["enhed", "institution", "skole", "dagtilbud", "børnehus", "afdeling", "område", "navn"];
const INDICATORS: [&str; 6] = ["måling", "indikator", "mål", "nøgletal", "emne", "variabel"];
const PERIODS: [&str; 6] = ["tid", "periode", "skoleår", "år", "kvartal", "termin"];
const COUNTS: [&str; 4] = ["antal", "besvarelser", "svar", "elevtal"];
/// The number of rows that guessing looks at.
const SAMPLE_ROWS: usize = 200;

impl Layout {
    /// Guesses the roles from headings and cells. `units` and `indicators` are the known names, normalised by
    /// [`normalize_name`].
    pub fn guess(cells: &Cells, units: &[String], indicators: &[String]) -> Self {
        let filled = |row: &[String]| row.iter().filter(|cell| !cell.trim().is_empty()).count();
        let heading = cells.iter().position(|row| filled(row) > 1).unwrap_or_default();
        let title = cells.iter().take(heading).flatten().map(|cell| cell.trim()).find(|cell| !cell.is_empty());
        let title = cpr::mask_all(title.unwrap_or_default());
        // Sorted sets, because every cell is looked up in them.
        let [units, indicators]: [SortedSet<&str>; 2] =
            [units, indicators].map(|names| names.iter().map(String::as_str).collect());
        let headings = cells.get(heading).map(Vec::as_slice).unwrap_or_default();
        let mut roles: Vec<ColumnRole> = (0..headings.len())
            .map(|column| {
                let cells: Vec<&str> = cells
                    .iter()
                    .skip(heading + 1)
                    .take(SAMPLE_ROWS)
                    .filter_map(|row| row.get(column).map(|cell| cell.trim()))
                    .filter(|cell| !cell.is_empty())
                    .collect();
                guess_role(headings[column].trim(), &cells, &units, &indicators)
            })
            .collect();
        keep_one_of(&mut roles, ColumnRole::Unit, headings, &UNITS);
        keep_one_of(&mut roles, ColumnRole::Indicator, headings, &INDICATORS);
        keep_one_of(&mut roles, ColumnRole::Period, headings, &PERIODS);
        keep_one_of(&mut roles, ColumnRole::Count, headings, &COUNTS);
        Self { heading, title, roles }
    }

    /// The first column of a role.
    pub fn column(&self, role: ColumnRole) -> Option<usize> {
        self.roles.iter().position(|other| *other == role)
    }

    /// Returns a text that identifies tables of the same form: the normalised headings, with every period replaced by
    /// `periode`.
    pub fn signature(&self, cells: &Cells) -> String {
        let headings = cells.get(self.heading).map(Vec::as_slice).unwrap_or_default();
        // The next table of the same form has one more year.
        headings
            .iter()
            .map(|heading| {
                if Period::parse_notation(heading).is_some() {
                    "periode".to_owned()
                } else {
                    normalize_name(&cpr::mask_all(heading))
                }
            })
            .collect::<Vec<_>>()
            .join("|")
    }

    /// Checks whether figures can be read with this layout.
    ///
    /// # Errors
    /// The column of the units, of the periods or of the figures is missing: a Danish sentence.
    pub fn check(&self, cells: &Cells) -> Result<(), &'static str> {
        let headings = cells.get(self.heading).map(Vec::as_slice).unwrap_or_default();
        let is_value = |column: &usize| self.roles[*column] == ColumnRole::Value;
        let mut values = (0..self.roles.len().min(headings.len())).filter(is_value);
        if self.column(ColumnRole::Unit).is_none() {
            return Err("Vælg, hvilken kolonne der har enhedernes navne.");
        }
        if !values.clone().any(|_| true) {
            return Err("Vælg, hvilke kolonner der har tal.");
        }
        if self.column(ColumnRole::Period).is_none()
            && !values.all(|column| Period::parse_notation(&headings[column]).is_some())
        {
            return Err("Vælg, hvilken kolonne der har perioden, eller skriv perioder som overskrifter over tallene.");
        }
        Ok(())
    }
}

/// Guesses the role of a column from its heading and its cells that are not blank.
fn guess_role(heading: &str, cells: &[&str], units: &SortedSet<&str>, indicators: &SortedSet<&str>) -> ColumnRole {
    let heading_begins_with = |words: &[&str]| {
        let heading = normalize_name(heading);
        words.iter().any(|word| heading == *word || (heading.starts_with(word) && word.len() > 3))
    };
    let most_cells = |test: &dyn Fn(&str) -> bool| {
        !cells.is_empty() && cells.iter().filter(|cell| test(cell)).count() * 10 >= cells.len() * 8
    };
    let is_figure = |cell: &str| parse(cell, false).is_ok() || is_mark(cell);
    // A blank column under a period is one to fill in, as in a template.
    if Period::parse_notation(heading).is_some() && (cells.is_empty() || most_cells(&is_figure)) {
        return ColumnRole::Value;
    }
    if indicators.contains(&*normalize_name(heading)) {
        return ColumnRole::Value;
    }
    let is_known = |names: &SortedSet<&str>, cell: &str| names.contains(&*normalize_name(cell));
    if most_cells(&|cell| is_known(indicators, cell)) {
        return ColumnRole::Indicator;
    }
    if most_cells(&|cell| is_known(units, cell)) {
        return ColumnRole::Unit;
    }
    // A year is a figure too. The heading tells whether it is a period.
    if most_cells(&|cell| Period::parse_notation(cell).is_some())
        && (heading_begins_with(&PERIODS) || !most_cells(&is_figure))
    {
        return ColumnRole::Period;
    }
    if most_cells(&is_figure) {
        let is_count = heading_begins_with(&COUNTS) || normalize_name(heading) == "n";
        return if is_count { ColumnRole::Count } else { ColumnRole::Value };
    }
    match () {
        () if heading_begins_with(&UNITS) => ColumnRole::Unit,
        () if heading_begins_with(&INDICATORS) => ColumnRole::Indicator,
        () if heading_begins_with(&PERIODS) => ColumnRole::Period,
        // A named column that mixes figures with marks and mistakes is meant for figures.
        () if cells.iter().any(|cell| is_figure(cell)) => ColumnRole::Value,
        () => ColumnRole::Nothing,
    }
}

/// Keeps one column of a role that only one column may have: the one whose heading is one of `words`, otherwise the
/// first. The others become unused.
fn keep_one_of(roles: &mut [ColumnRole], role: ColumnRole, headings: &[String], words: &[&str]) {
    let columns: Vec<usize> = (0..roles.len()).filter(|&column| roles[column] == role).collect();
    let has_heading = |column: &&usize| words.contains(&normalize_name(&headings[**column]).as_str());
    let chosen = columns.iter().find(has_heading).or(columns.first()).copied();
    for column in columns.into_iter().filter(|column| Some(*column) != chosen) {
        roles[column] = ColumnRole::Nothing;
    }
    // If no column holds the units, the first unused column does.
    if role == ColumnRole::Unit
        && chosen.is_none()
        && let Some(first) = roles.iter().position(|other| *other == ColumnRole::Nothing)
    {
        roles[first] = ColumnRole::Unit;
    }
}
