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

pub mod csv;
pub mod dry_run;
pub mod jsonstat;
pub mod layout;
pub mod out;
pub mod rows;

/// The cells of a table, row by row; rows may differ in length.
pub type Cells = Vec<Vec<String>>;

/// The most cells that a table may have: a municipality's ten years take a tenth of it.
pub const MAX_CELLS: usize = 1_000_000;

/// What a file with tables is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A workbook: XLSX, ODS, or one of the older ones, which are refused where books are read.
    Workbook,
    /// JSON-stat.
    JsonStat,
    /// Text: CSV, whatever stands between its cells.
    Text,
}

impl Sort {
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
            ("tal.csv", &b"PK\x03\x04"[..], Sort::Workbook),
            ("tal.xls", b"\xd0\xcf\x11\xe0\xa1", Sort::Workbook),
            ("tal.json", b"[", Sort::JsonStat),
            ("tal.txt", b" {\"version\"", Sort::JsonStat),
            ("tal.csv", b"PK;1", Sort::Text),
            ("", b"", Sort::Text),
        ] {
            assert_eq!(Sort::of(name, bytes), sort, "{name}");
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
