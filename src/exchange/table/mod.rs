//! Reads and writes tables of figures: what people have in spreadsheets, and what they take from here. Pure: bytes in,
//! bytes out. (The package `workbook` reads the sheets of workbooks, XLSX and ODS.)
//!
//! | file | purpose |
//! | --- | --- |
//! | [`csv`] | cells to and from text: CSV, and clipboard blocks |
//! | [`jsonstat`] | JSON-stat 1 and 2 to cells |
//! | [`layout`] | the role of each column: guessed, and corrected by the user |
//! | [`rows`] | cells to figures, or to errors at cells |
//! | [`dry_run`] | compares figures with those here, and changes nothing |
//! | [`out`] | published figures, and templates to fill in, to cells |
//!
//! # Invariants
//!
//! * A cell is text until it is read as a figure. Nothing in a cell is ever executed, and cells that are written are
//!   made harmless.
//! * What cannot be read is reported by its cell, and the rest is offered.
//! * A mark for a missing figure is never zero.
//! * The size of a table is capped before the table is built: [`MAX_BYTES`], [`MAX_COLUMNS`], [`MAX_CELLS`]. Anything
//!   beyond is a [`TableError`].
//! * Work on all cells runs a part at a time ([`csv::CsvReader`], [`jsonstat::JsonStatReader`], [`rows::RowReader`],
//!   [`dry_run::DryRunWork`]), so that the page stays responsive. Each cell, and each name, is looked at once.
//! * A cell that looks like a CPR number is no figure, unit or indicator. The cell is reported, and masked where it is
//!   shown.

use std::fmt;

pub mod csv;
pub mod dry_run;
pub mod jsonstat;
pub mod layout;
pub mod out;
pub mod rows;

/// The cells of a table, row by row. Rows may differ in length.
pub type Cells = Vec<Vec<String>>;

/// The maximum size of a file, in bytes.
pub const MAX_BYTES: usize = 20_000_000;
/// The maximum number of columns. Forty indicators over ten years take four fifths of it.
pub const MAX_COLUMNS: usize = 500;
/// The maximum number of cells. Ten years of a municipality take a tenth of it.
pub const MAX_CELLS: usize = 1_000_000;

/// The reason why a file gives no table. Displays as a Danish sentence that says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableError {
    /// The file is larger than [`MAX_BYTES`].
    TooLarge,
    /// The table has more than [`MAX_COLUMNS`] columns.
    TooManyColumns,
    /// The table has more than [`MAX_CELLS`] cells.
    TooManyCells,
    /// The file holds no table.
    NoTable,
    /// The file should be JSON and is not.
    NotJson,
    /// The file is JSON, but not JSON-stat.
    NotJsonStat,
    /// The file is JSON-stat, but a dimension has no categories.
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

/// The format of a file with tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// A workbook: XLSX, ODS, or an older format, which the package `workbook` refuses.
    Workbook,
    /// JSON-stat.
    JsonStat,
    /// Text: CSV with any separator.
    Text,
}

impl TableFormat {
    /// Detects the format of a file from its name and its first bytes.
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        let is_workbook = [&b"PK\x03\x04"[..], b"\xd0\xcf\x11\xe0"].iter().any(|prefix| bytes.starts_with(prefix));
        let is_json = name.to_lowercase().ends_with(".json") || bytes.trim_ascii_start().starts_with(b"{");
        match (is_workbook, is_json) {
            (true, _) => Self::Workbook,
            (false, true) => Self::JsonStat,
            (false, false) => Self::Text,
        }
    }
}

/// The name of a cell in a spreadsheet: `C4`. Row and column are counted from 0.
pub fn cell_name(row: usize, column: usize) -> String {
    let (mut letters, mut rest) = (Vec::new(), column + 1);
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters.iter().rev().chain((row + 1).to_string().chars().collect::<Vec<_>>().iter()).collect()
}

/// Normalises a name for comparison: lower case, single spaces between words.
pub fn normalize_name(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_is_detected_from_name_and_content() {
        for (name, bytes, format) in [
            ("tal.csv", &b"PK\x03\x04"[..], TableFormat::Workbook),
            ("tal.xls", b"\xd0\xcf\x11\xe0\xa1", TableFormat::Workbook),
            ("tal.json", b"[", TableFormat::JsonStat),
            ("tal.txt", b" {\"version\"", TableFormat::JsonStat),
            ("tal.csv", b"PK;1", TableFormat::Text),
            ("", b"", TableFormat::Text),
        ] {
            assert_eq!(TableFormat::of(name, bytes), format, "{name}");
        }
    }

    #[test]
    fn cell_name_is_that_of_a_spreadsheet() {
        for (row, column, name) in
            [(0, 0, "A1"), (3, 2, "C4"), (99, 25, "Z100"), (0, 26, "AA1"), (0, 701, "ZZ1"), (0, 702, "AAA1")]
        {
            assert_eq!(cell_name(row, column), name);
        }
    }
}
