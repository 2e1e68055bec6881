//! Which column of a table is what. Guessed from headings and cells; a person mends it where the guess is wrong.

use serde::{Deserialize, Serialize};

use crate::domain::cpr;
use crate::domain::period::Period;
use crate::domain::sorted::SortedSet;

use super::rows::{is_mark, parse};
use super::{Cells, plain};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnRole {
    /// The name of the unit.
    Unit,
    /// What was counted, where each row has one thing.
    Indicator,
    /// The period, where each row has one.
    Period,
    /// How many persons the row rests on.
    Count,
    /// Figures. Where the heading is a period, they are of that period; else the heading says what was counted.
    Value,
    /// Nothing that is wanted.
    Nothing,
}

impl ColumnRole {
    /// All, in the order they are offered.
    pub const ALL: [Self; 6] = [Self::Unit, Self::Indicator, Self::Period, Self::Value, Self::Count, Self::Nothing];

    /// In Danish, as it is offered.
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

/// Which column of a table is what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// The row of the headings, counted from nought.
    pub heading: usize,
    /// What stands above the headings.
    pub title: String,
    /// What each column holds.
    pub roles: Vec<ColumnRole>,
}

/// Headings that say what a column is, as they begin.
const UNITS: [&str; 8] = ["enhed", "institution", "skole", "dagtilbud", "børnehus", "afdeling", "område", "navn"];
const INDICATORS: [&str; 6] = ["måling", "indikator", "mål", "nøgletal", "emne", "variabel"];
const PERIODS: [&str; 6] = ["tid", "periode", "skoleår", "år", "kvartal", "termin"];
const COUNTS: [&str; 4] = ["antal", "besvarelser", "svar", "elevtal"];
/// So many rows are looked at.
const LOOKED_AT: usize = 200;

impl Layout {
    /// Guesses from headings and cells. `units` and `indicators` are the names that are known here, in plain form.
    pub fn guess(cells: &Cells, units: &[String], indicators: &[String]) -> Self {
        let filled = |row: &[String]| row.iter().filter(|cell| !cell.trim().is_empty()).count();
        let heading = cells.iter().position(|row| filled(row) > 1).unwrap_or_default();
        let title = cells.iter().take(heading).flatten().map(|cell| cell.trim()).find(|cell| !cell.is_empty());
        let title = cpr::masked(title.unwrap_or_default());
        // Looked up for every cell, and so not one by one.
        let [units, indicators]: [SortedSet<&str>; 2] =
            [units, indicators].map(|names| names.iter().map(String::as_str).collect());
        let headings = cells.get(heading).map(Vec::as_slice).unwrap_or_default();
        let mut roles: Vec<ColumnRole> = (0..headings.len())
            .map(|column| {
                let cells: Vec<&str> = cells
                    .iter()
                    .skip(heading + 1)
                    .take(LOOKED_AT)
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
        self.roles.iter().position(|own| *own == role)
    }

    /// The headings of a table, by which it is known again.
    pub fn signature(&self, cells: &Cells) -> String {
        let headings = cells.get(self.heading).map(Vec::as_slice).unwrap_or_default();
        // The next table of a kind has one more year.
        headings
            .iter()
            .map(
                |heading| {
                    if Period::read(heading).is_some() { "periode".to_owned() } else { plain(&cpr::masked(heading)) }
                },
            )
            .collect::<Vec<_>>()
            .join("|")
    }

    /// Whether the table can be read by it, or a Danish sentence on what it lacks.
    ///
    /// # Errors
    /// It lacks the units, the periods or the figures.
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
        if self.column(ColumnRole::Period).is_none() && !values.all(|column| Period::read(&headings[column]).is_some())
        {
            return Err("Vælg, hvilken kolonne der har perioden, eller skriv perioder som overskrifter over tallene.");
        }
        Ok(())
    }
}

fn guess_role(heading: &str, cells: &[&str], units: &SortedSet<&str>, indicators: &SortedSet<&str>) -> ColumnRole {
    let begins = |words: &[&str]| {
        let heading = plain(heading);
        words.iter().any(|word| heading == *word || (heading.starts_with(word) && word.len() > 3))
    };
    let most = |is: &dyn Fn(&str) -> bool| {
        !cells.is_empty() && cells.iter().filter(|cell| is(cell)).count() * 10 >= cells.len() * 8
    };
    let is_figure = |cell: &str| parse(cell, false).is_ok() || is_mark(cell);
    if Period::read(heading).is_some() && most(&is_figure) {
        return ColumnRole::Value;
    }
    if indicators.contains(&*plain(heading)) {
        return ColumnRole::Value;
    }
    let is_known = |names: &SortedSet<&str>, cell: &str| names.contains(&*plain(cell));
    if most(&|cell| is_known(indicators, cell)) {
        return ColumnRole::Indicator;
    }
    if most(&|cell| is_known(units, cell)) {
        return ColumnRole::Unit;
    }
    // A year is a figure as well; a heading tells them apart.
    if most(&|cell| Period::read(cell).is_some()) && (begins(&PERIODS) || !most(&is_figure)) {
        return ColumnRole::Period;
    }
    if most(&is_figure) {
        let is_count = begins(&COUNTS) || plain(heading) == "n";
        return if is_count { ColumnRole::Count } else { ColumnRole::Value };
    }
    match () {
        () if begins(&UNITS) => ColumnRole::Unit,
        () if begins(&INDICATORS) => ColumnRole::Indicator,
        () if begins(&PERIODS) => ColumnRole::Period,
        // A column of mixed marks and mistakes under a name is meant for figures.
        () if cells.iter().any(|cell| is_figure(cell)) => ColumnRole::Value,
        () => ColumnRole::Nothing,
    }
}

/// Of several columns of a role that there is one of, keeps the one whose heading says so, or the first.
fn keep_one_of(roles: &mut [ColumnRole], role: ColumnRole, headings: &[String], words: &[&str]) {
    let of_role: Vec<usize> = (0..roles.len()).filter(|&column| roles[column] == role).collect();
    let says_so = |column: &&usize| words.contains(&plain(&headings[**column]).as_str());
    let kept = of_role.iter().find(says_so).or(of_role.first()).copied();
    for column in of_role.into_iter().filter(|column| Some(*column) != kept) {
        roles[column] = ColumnRole::Nothing;
    }
    // A table of units names them in its first column of words, if it says so nowhere.
    if role == ColumnRole::Unit
        && kept.is_none()
        && let Some(first) = roles.iter().position(|own| *own == ColumnRole::Nothing)
    {
        roles[first] = ColumnRole::Unit;
    }
}
