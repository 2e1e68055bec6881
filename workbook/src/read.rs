//! Reads the bytes of a workbook as the texts of its cells.

use std::fmt;

use calamine::{Data, DataRef, ExcelDateTime, Ods, OdsError, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::message::{WorkbookSheet, clean};
use crate::{ods, unpack};

/// The maximum number of cells in a workbook, including empty cells before filled ones. Ten years of a municipality
/// take a tenth of it.
pub(crate) const MAX_CELLS: usize = 1_000_000;
/// The maximum number of columns in a sheet.
const MAX_COLUMNS: usize = 500;
/// The maximum size of all cell texts, in bytes. A text that many cells share counts for each cell.
const MAX_TEXT: usize = 30_000_000;

/// The reason why a workbook is not read. Displays as a Danish sentence that says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkbookError {
    /// The workbook needs a password.
    Locked,
    /// The workbook is in an older format (.xls).
    Old,
    /// The file is damaged.
    Broken,
    /// The workbook has more cells or text than may be read.
    TooLarge,
    /// A sheet has more columns than may be read.
    TooWide,
    /// The file is no workbook.
    Unknown,
    /// The workbook has no filled cell in a visible sheet.
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

/// Reads the visible sheets of a workbook that are not empty, in order.
///
/// # Errors
/// See [`WorkbookError`].
pub fn sheets(bytes: &[u8]) -> Result<Vec<WorkbookSheet>, WorkbookError> {
    if bytes.starts_with(&COMPOUND_PREFIX) {
        return Err(if has_locked_package(bytes) { WorkbookError::Locked } else { WorkbookError::Old });
    }
    let mut files = unpack::unpack(bytes)?;
    let has_file = |name: &str| files.iter().any(|(other, _)| other == name);
    let sheets = if has_file("content.xml") {
        prepare_ods(&mut files)?;
        ods_sheets(&files)?
    } else if has_file("[Content_Types].xml") && has_file("xl/workbook.xml") {
        xlsx_sheets(&files)?
    } else {
        return Err(WorkbookError::Unknown);
    };
    let sheets: Vec<WorkbookSheet> = sheets.into_iter().filter(|sheet| !sheet.cells.is_empty()).collect();
    if sheets.is_empty() { Err(WorkbookError::Empty) } else { Ok(sheets) }
}

/// The first bytes of compound files of Microsoft: older workbooks, and newer ones with a password.
const COMPOUND_PREFIX: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Whether a compound file holds a workbook with a password, recognised by the name of the stream in it.
fn has_locked_package(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// How many cells, and how many bytes of text, may still be read.
struct ReadBudget {
    cells: usize,
    text: usize,
}

impl ReadBudget {
    /// The budget of a workbook.
    const fn new() -> Self {
        Self { cells: MAX_CELLS, text: MAX_TEXT }
    }

    /// Puts a text into the cell at a row and column, and subtracts it from the budget. Empty texts are left out.
    ///
    /// # Errors
    /// The budget is used up, or the column is too far right.
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

/// Reads the visible sheets of an XLSX workbook.
fn xlsx_sheets(files: &[unpack::File]) -> Result<Vec<WorkbookSheet>, WorkbookError> {
    let to_workbook_error = |error: XlsxError| match error {
        XlsxError::Password => WorkbookError::Locked,
        _ => WorkbookError::Broken,
    };
    let mut workbook: Xlsx<_> = Xlsx::new(unpack::pack(files)?).map_err(to_workbook_error)?;
    let (mut budget, mut sheets) = (ReadBudget::new(), Vec::new());
    for name in visible_sheet_names(workbook.sheets_metadata()) {
        let mut reader = workbook.worksheet_cells_reader(&name).map_err(to_workbook_error)?;
        let mut cells = Vec::new();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(to_workbook_error)? {
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
                DataRef::Bool(value) => bool_text(*value).to_owned(),
                DataRef::DateTime(moment) => date_text(*moment),
                DataRef::Error(error) => error.to_string(),
            };
            budget.put(&mut cells, cell.get_position(), &text)?;
        }
        sheets.push(WorkbookSheet { name: clean(&name), cells });
    }
    Ok(sheets)
}

/// Prepares the files of an ODS workbook for `calamine`, and refuses a workbook with a password.
fn prepare_ods(files: &mut [unpack::File]) -> Result<(), WorkbookError> {
    let is_locked = files.iter().any(|(name, text)| {
        name == "META-INF/manifest.xml" && String::from_utf8_lossy(text).contains("manifest:encryption-data")
    });
    if is_locked {
        return Err(WorkbookError::Locked);
    }
    for (_, content) in files.iter_mut().filter(|(name, _)| name == "content.xml") {
        *content = ods::prepare(std::str::from_utf8(content).map_err(|_| WorkbookError::Broken)?)?;
    }
    Ok(())
}

/// Reads the visible sheets of an ODS workbook.
fn ods_sheets(files: &[unpack::File]) -> Result<Vec<WorkbookSheet>, WorkbookError> {
    let to_workbook_error = |error: OdsError| match error {
        OdsError::Password => WorkbookError::Locked,
        OdsError::CellLimitExceeded { .. } => WorkbookError::TooLarge,
        OdsError::InvalidMime(_) | OdsError::FileNotFound(_) => WorkbookError::Unknown,
        _ => WorkbookError::Broken,
    };
    let mut workbook: Ods<_> = Ods::new(unpack::pack(files)?).map_err(to_workbook_error)?;
    let (mut budget, mut sheets) = (ReadBudget::new(), Vec::new());
    for name in visible_sheet_names(workbook.sheets_metadata()) {
        let range = workbook.worksheet_range(&name).map_err(to_workbook_error)?;
        let (mut cells, (from_row, from_column)) = (Vec::new(), range.start().unwrap_or_default());
        for (row, column, value) in range.used_cells() {
            let text = match value {
                Data::Empty => continue,
                Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
                Data::Float(value) => number(*value),
                Data::Int(value) => value.to_string(),
                Data::Bool(value) => bool_text(*value).to_owned(),
                Data::DateTime(moment) => date_text(*moment),
                Data::Error(error) => error.to_string(),
            };
            let add = |from: u32, by: usize| u32::try_from(by).map_or(u32::MAX, |by| from.saturating_add(by));
            budget.put(&mut cells, (add(from_row, row), add(from_column, column)), &text)?;
        }
        sheets.push(WorkbookSheet { name: clean(&name), cells });
    }
    Ok(sheets)
}

/// The names of the visible sheets with cells.
fn visible_sheet_names(sheets: &[calamine::Sheet]) -> Vec<String> {
    let visible =
        sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    visible.map(|sheet| sheet.name.clone()).collect()
}

/// Formats a number with a decimal comma, and with fifteen significant digits, as exact as a spreadsheet is.
fn number(value: f64) -> String {
    let rounded = format!("{value:.14e}").parse::<f64>().unwrap_or(value);
    rounded.to_string().replace('.', ",")
}

/// Formats a share as per cent: 0.074 is «7,4 %».
pub(crate) fn percent(value: f64) -> String {
    format!("{} %", number(value * 100.0))
}

/// Whether a number format shows a number times a hundred: it has a per cent sign outside quoted text and not escaped.
fn is_percent(format: &str) -> bool {
    let (mut is_quoted, mut is_escaped) = (false, false);
    format.chars().any(|char| {
        let is_literal = std::mem::take(&mut is_escaped) || is_quoted;
        match char {
            '"' if !is_literal || is_quoted => is_quoted = !is_quoted,
            '\\' if !is_literal => is_escaped = true,
            _ => {}
        }
        char == '%' && !is_literal
    })
}

/// A truth value in Danish.
const fn bool_text(value: bool) -> &'static str {
    if value { "sand" } else { "falsk" }
}

/// Formats a date as `2024-08-01`, and a duration as a number.
fn date_text(moment: ExcelDateTime) -> String {
    if !moment.is_datetime() {
        return number(moment.as_f64());
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests;
