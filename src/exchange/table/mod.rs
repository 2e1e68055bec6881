//! Tables in and out: what people have in their spreadsheets, and what they take from here. Pure: bytes in, bytes out.
//! (The sheets of workbooks, XLSX and ODS, are read by the package `workbook`.)
//!
//! | file | idea |
//! | --- | --- |
//! | [`csv`] | texts of cells to and from bytes: CSV, and blocks of a clipboard |
//! | [`jsonstat`] | JSON-stat 1 and 2 to cells |
//! | [`layout`] | which column is what: guessed, and mended by hand |
//! | [`rows`] | from cells to figures, or to the cells in which something is wrong |
//! | [`dry_run`] | what figures would bring, before they bring it |
//! | [`out`] | published figures as cells |
//!
//! # Invariants
//!
//! * A cell is text until it is read as a figure; nothing in it is ever run, and what is written is defused.
//! * What cannot be read is named by its cell, and the rest is offered.
//! * A mark for a missing figure is never nought.
//! * What a table comes to has a cap before it is there: [`MAX_BYTES`], [`MAX_COLUMNS`], [`MAX_CELLS`]. What is beyond is one
//!   of [`TableError`].
//! * What goes through all cells does so a part at a time ([`csv::CsvReader`], [`jsonstat::JsonStatReader`], [`rows::RowReader`],
//!   [`dry_run::DryRunWork`]), so that a page goes on answering; and looks at each cell, and at each name, once.
//! * What looks like a CPR number is no figure, no unit and no indicator; its cell is named, and masked where it is shown.

use std::fmt;

pub mod csv;
pub mod dry_run;
pub mod jsonstat;
pub mod layout;
pub mod out;
pub mod rows;

/// The cells of a table, row by row; rows may differ in length.
pub type Cells = Vec<Vec<String>>;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 20_000_000;
/// The most columns that a table may have: forty indicators over ten years take four fifths of it.
pub const MAX_COLUMNS: usize = 500;
/// The most cells that a table may have: a municipality's ten years take a tenth of it.
pub const MAX_CELLS: usize = 1_000_000;

/// Why there is no table in a file. As text it is a Danish sentence, and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableError {
    /// The file has more bytes than are read.
    TooLarge,
    /// It has more columns than are read.
    TooManyColumns,
    /// It has more cells than are read.
    TooManyCells,
    /// There is nothing in it.
    NoTable,
    /// It is called JSON and is none.
    NotJson,
    /// It is JSON, and no JSON-stat.
    NotJsonStat,
    /// It is JSON-stat, and a dimension has no categories.
    NoCategories,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "Filen er for stor: der læses højst 20 MB. Hent et mindre udsnit.",
            Self::TooManyColumns => {
                "Tabellen er for bred: der læses højst 500 kolonner. Hent færre år eller indikatorer ad gangen."
            }
            Self::TooManyCells => "Tabellen er for stor: der læses højst en million celler. Hent et mindre udsnit.",
            Self::NoTable => "Der er ingen tabel i filen.",
            Self::NotJson => "Filen er ikke JSON.",
            Self::NotJsonStat => "Filen er ikke JSON-stat: den har intet datasæt.",
            Self::NoCategories => "Filen er JSON-stat, men en dimension mangler sine kategorier.",
        })
    }
}

impl std::error::Error for TableError {}

/// What a file with tables is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// A workbook: XLSX, ODS, or one of the older ones, which are refused where books are read.
    Workbook,
    /// JSON-stat.
    JsonStat,
    /// Text: CSV, whatever stands between its cells.
    Text,
}

impl TableFormat {
    /// What a file is, by its name and its first bytes.
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        let is_book = [&b"PK\x03\x04"[..], b"\xd0\xcf\x11\xe0"].iter().any(|begin| bytes.starts_with(begin));
        let is_json = name.to_lowercase().ends_with(".json") || bytes.trim_ascii_start().starts_with(b"{");
        match (is_book, is_json) {
            (true, _) => Self::Workbook,
            (false, true) => Self::JsonStat,
            (false, false) => Self::Text,
        }
    }
}

/// What a cell is called in a spreadsheet: `C4`.
pub fn cell_name(row: usize, column: usize) -> String {
    let (mut letters, mut rest) = (Vec::new(), column + 1);
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters.iter().rev().chain((row + 1).to_string().chars().collect::<Vec<_>>().iter()).collect()
}

/// A name as names are compared: whatever the letters' case, and however much space stands between the words.
pub fn plain(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indicators_files_are_told_by_what_is_in_them() {
        for (name, bytes, sort) in [
            ("tal.csv", &b"PK\x03\x04"[..], TableFormat::Workbook),
            ("tal.xls", b"\xd0\xcf\x11\xe0\xa1", TableFormat::Workbook),
            ("tal.json", b"[", TableFormat::JsonStat),
            ("tal.txt", b" {\"version\"", TableFormat::JsonStat),
            ("tal.csv", b"PK;1", TableFormat::Text),
            ("", b"", TableFormat::Text),
        ] {
            assert_eq!(TableFormat::of(name, bytes), sort, "{name}");
        }
    }

    #[test]
    fn indicators_cells_have_the_names_of_a_spreadsheet() {
        for (row, column, name) in
            [(0, 0, "A1"), (3, 2, "C4"), (99, 25, "Z100"), (0, 26, "AA1"), (0, 701, "ZZ1"), (0, 702, "AAA1")]
        {
            assert_eq!(cell_name(row, column), name);
        }
    }
}
