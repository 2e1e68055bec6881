//! From the bytes of a book to the texts of its cells.

use std::fmt;

use calamine::{Data, DataRef, ExcelDateTime, Ods, OdsError, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::message::{WorkbookSheet, clean};
use crate::{ods, unpack};

/// The most cells that a book may have, those counted that are empty before others: a municipality's ten years take a
/// tenth of it.
pub(crate) const MAX_CELLS: usize = 1_000_000;
/// The most columns that a sheet may have.
const MAX_COLUMNS: usize = 500;
/// The most that the texts of a book may come to, in bytes: a text that many cells share counts with each.
const MAX_TEXT: usize = 30_000_000;

/// Why a book is not read. As text it is a Danish sentence, and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkbookError {
    /// A password is needed.
    Locked,
    /// It is a book of an older format.
    Old,
    /// It is damaged.
    Broken,
    /// There is more in it than is read.
    TooLarge,
    /// A sheet has more columns than are read.
    TooWide,
    /// It is no book.
    Unknown,
    /// There is nothing in it.
    Empty,
}

impl fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Locked => "Regnearket er låst med en kode. Åbn det, fjern koden, og gem det igen.",
            Self::Old => {
                "Regnearket er i et ældre format (.xls). Åbn det i Excel, og gem det som Excel-projektmappe (.xlsx)."
            }
            Self::Broken => "Filen er beskadiget og kan ikke læses. Åbn den i regnearket, og gem den igen.",
            Self::TooLarge => "Regnearket er for stort: der læses højst en million celler. Hent et mindre udsnit.",
            Self::TooWide => {
                "Regnearket er for bredt: der læses højst 500 kolonner. Hent færre år eller indikatorer ad gangen."
            }
            Self::Unknown => {
                "Filen er ikke et regneark, vi kan læse. Gem den som Excel-projektmappe (.xlsx), ODS eller CSV."
            }
            Self::Empty => "Der er ingen tabel i filen.",
        })
    }
}

/// The sheets of a book that can be seen in it and have something in them, in their order.
///
/// # Errors
/// It is not read, and why.
pub fn sheets(bytes: &[u8]) -> Result<Vec<WorkbookSheet>, WorkbookError> {
    if bytes.starts_with(&COMPOUND) {
        return Err(if has_locked_package(bytes) { WorkbookError::Locked } else { WorkbookError::Old });
    }
    let mut files = unpack::files(bytes)?;
    let has = |name: &str| files.iter().any(|(own, _)| own == name);
    let sheets = if has("content.xml") {
        prepare(&mut files)?;
        ods_sheets(&files)?
    } else if has("[Content_Types].xml") && has("xl/workbook.xml") {
        xlsx_sheets(&files)?
    } else {
        return Err(WorkbookError::Unknown);
    };
    let sheets: Vec<WorkbookSheet> = sheets.into_iter().filter(|sheet| !sheet.cells.is_empty()).collect();
    if sheets.is_empty() { Err(WorkbookError::Empty) } else { Ok(sheets) }
}

/// How Microsoft's compound files begin: older books, and newer ones under a password.
const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Whether a compound file holds a book under a password, by the name of what is in it.
fn has_locked_package(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|own| own == name)
}

/// What is still free of what may be read.
struct ReadBudget {
    cells: usize,
    text: usize,
}

impl ReadBudget {
    const fn new() -> Self {
        Self { cells: MAX_CELLS, text: MAX_TEXT }
    }

    /// Puts a cell at its place; what is empty is left out.
    fn put(
        &mut self,
        cells: &mut Vec<Vec<String>>,
        (row, column): (u32, u32),
        text: &str,
    ) -> Result<(), WorkbookError> {
        let text = clean(text);
        if text.is_empty() {
            return Ok(());
        }
        let (row, column) = (row as usize, column as usize);
        if column >= MAX_COLUMNS {
            return Err(WorkbookError::TooWide);
        }
        let rows = (row + 1).saturating_sub(cells.len());
        let columns = (column + 1).saturating_sub(cells.get(row).map_or(0, Vec::len));
        self.cells = self.cells.checked_sub(rows + columns).ok_or(WorkbookError::TooLarge)?;
        self.text = self.text.checked_sub(text.len()).ok_or(WorkbookError::TooLarge)?;
        if rows > 0 {
            cells.resize(row + 1, Vec::new());
        }
        let row = &mut cells[row];
        if columns > 0 {
            row.resize(column + 1, String::new());
        }
        row[column] = text;
        Ok(())
    }
}

fn xlsx_sheets(files: &[unpack::File]) -> Result<Vec<WorkbookSheet>, WorkbookError> {
    let refused = |error: XlsxError| match error {
        XlsxError::Password => WorkbookError::Locked,
        _ => WorkbookError::Broken,
    };
    let mut book: Xlsx<_> = Xlsx::new(unpack::book(files)?).map_err(refused)?;
    let (mut room, mut sheets) = (ReadBudget::new(), Vec::new());
    for name in seen(book.sheets_metadata()) {
        let mut reader = book.worksheet_cells_reader(&name).map_err(refused)?;
        let mut cells = Vec::new();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(refused)? {
            let format = || reader.styles().get(style).and_then(|style| style.number_format.as_ref());
            let text = match cell.get_value() {
                DataRef::Empty => continue,
                DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
                DataRef::SharedString(text) => (*text).to_owned(),
                DataRef::Float(value) if format().is_some_and(|format| is_percent(&format.format_code)) => {
                    percent(*value)
                }
                DataRef::Float(value) => number(*value),
                DataRef::Int(value) => value.to_string(),
                DataRef::Bool(value) => in_words(*value).to_owned(),
                DataRef::DateTime(moment) => day(*moment),
                DataRef::Error(error) => error.to_string(),
            };
            room.put(&mut cells, cell.get_position(), &text)?;
        }
        sheets.push(WorkbookSheet { name: clean(&name), cells });
    }
    Ok(sheets)
}

/// Sees to what `calamine` would not.
fn prepare(files: &mut [unpack::File]) -> Result<(), WorkbookError> {
    let is_locked = files.iter().any(|(name, text)| {
        name == "META-INF/manifest.xml" && String::from_utf8_lossy(text).contains("manifest:encryption-data")
    });
    if is_locked {
        return Err(WorkbookError::Locked);
    }
    for (_, content) in files.iter_mut().filter(|(name, _)| name == "content.xml") {
        *content = ods::prepared(std::str::from_utf8(content).map_err(|_| WorkbookError::Broken)?)?;
    }
    Ok(())
}

fn ods_sheets(files: &[unpack::File]) -> Result<Vec<WorkbookSheet>, WorkbookError> {
    let refused = |error: OdsError| match error {
        OdsError::Password => WorkbookError::Locked,
        OdsError::CellLimitExceeded { .. } => WorkbookError::TooLarge,
        OdsError::InvalidMime(_) | OdsError::FileNotFound(_) => WorkbookError::Unknown,
        _ => WorkbookError::Broken,
    };
    let mut book: Ods<_> = Ods::new(unpack::book(files)?).map_err(refused)?;
    let (mut room, mut sheets) = (ReadBudget::new(), Vec::new());
    for name in seen(book.sheets_metadata()) {
        let range = book.worksheet_range(&name).map_err(refused)?;
        let (mut cells, (from_row, from_column)) = (Vec::new(), range.start().unwrap_or_default());
        for (row, column, value) in range.used_cells() {
            let text = match value {
                Data::Empty => continue,
                Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
                Data::Float(value) => number(*value),
                Data::Int(value) => value.to_string(),
                Data::Bool(value) => in_words(*value).to_owned(),
                Data::DateTime(moment) => day(*moment),
                Data::Error(error) => error.to_string(),
            };
            let at = |from: u32, by: usize| u32::try_from(by).map_or(u32::MAX, |by| from.saturating_add(by));
            room.put(&mut cells, (at(from_row, row), at(from_column, column)), &text)?;
        }
        sheets.push(WorkbookSheet { name: clean(&name), cells });
    }
    Ok(sheets)
}

/// The names of the sheets with cells that can be seen.
fn seen(sheets: &[calamine::Sheet]) -> Vec<String> {
    let seen = sheets.iter().filter(|own| own.typ == SheetType::WorkSheet && own.visible == SheetVisible::Visible);
    seen.map(|own| own.name.clone()).collect()
}

/// A number as a Dane writes it, as exact as a spreadsheet is: fifteen digits.
fn number(value: f64) -> String {
    let rounded = format!("{value:.14e}").parse::<f64>().unwrap_or(value);
    rounded.to_string().replace('.', ",")
}

/// A share as it is shown: 0.074 is «7,4 %».
pub(crate) fn percent(value: f64) -> String {
    format!("{} %", number(value * 100.0))
}

/// Whether a format shows a number times a hundred: it has a per cent sign that is no mere letter.
fn is_percent(format: &str) -> bool {
    let (mut is_quoted, mut is_escaped) = (false, false);
    format.chars().any(|sign| {
        let is_letter = std::mem::take(&mut is_escaped) || is_quoted;
        match sign {
            '"' if !is_letter || is_quoted => is_quoted = !is_quoted,
            '\\' if !is_letter => is_escaped = true,
            _ => {}
        }
        sign == '%' && !is_letter
    })
}

const fn in_words(value: bool) -> &'static str {
    if value { "sand" } else { "falsk" }
}

/// A day as it is written everywhere; a length of time as the number it is.
fn day(moment: ExcelDateTime) -> String {
    if !moment.is_datetime() {
        return number(moment.as_f64());
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests;
