//! Reads the tables of a file. The reader depends on the format; text formats are read in slices.

use leptos::prelude::*;
use workbook::message::WorkbookSheet;

use crate::exchange::table::{MAX_BYTES, TableError, TableFormat, csv, jsonstat};
use crate::store::pause::TimeSlices;

use super::TableImport;

/// Number of characters of a text read in one slice.
const SLICE_CHARS: usize = 20_000;
/// Number of rows of a JSON-stat table read in one slice.
const SLICE_ROWS: usize = 200;

/// Reads the sheets of a file. `None` if reading was stopped.
///
/// # Errors
/// A sentence in Danish on why the file has no tables.
pub(crate) async fn sheets(page: TableImport, name: &str, bytes: &[u8]) -> Option<Result<Vec<WorkbookSheet>, String>> {
    if bytes.len() > MAX_BYTES {
        return Some(Err(TableError::TooLarge.to_string()));
    }
    let cells = match TableFormat::of(name, bytes) {
        TableFormat::Workbook => return page.reader.read(bytes).await,
        TableFormat::JsonStat => {
            // The page is drawn first, since parsing the text is a single step.
            let mut pauses = TimeSlices::begin();
            pauses.yield_now().await;
            match jsonstat::JsonStatReader::begin(&csv::text(bytes)) {
                Err(error) => Err(error),
                Ok(mut reader) => {
                    while reader.read_some(SLICE_ROWS) {
                        page.continue_job(&mut pauses, reader.progress()).await?;
                    }
                    Ok(reader.finish())
                }
            }
        }
        TableFormat::Text => {
            let (mut pauses, mut reader) = (TimeSlices::begin(), csv::CsvReader::begin(bytes));
            loop {
                match reader.read_some(SLICE_CHARS) {
                    Ok(true) => page.continue_job(&mut pauses, reader.progress()).await?,
                    Ok(false) => break Ok(reader.finish()),
                    Err(error) => break Err(error),
                }
            }
        }
    };
    let is_table = |cells: &Vec<Vec<String>>| cells.iter().map(Vec::len).sum::<usize>() > 1;
    Some(match cells {
        Ok(cells) if is_table(&cells) => Ok(vec![WorkbookSheet { name: name.to_owned(), cells }]),
        Ok(_) => Err(TableError::NoTable.to_string()),
        Err(error) => Err(error.to_string()),
    })
}

/// Returns the index of the most likely sheet: the one with the most filled cells.
pub(crate) fn likeliest_sheet(sheets: &[WorkbookSheet]) -> usize {
    let filled_cells = |sheet: &WorkbookSheet| sheet.cells.iter().flatten().filter(|cell| !cell.is_empty()).count();
    let counts = sheets.iter().map(filled_cells).enumerate();
    // `max_by_key` returns the last maximum, so the order is reversed to get the first.
    counts.rev().max_by_key(|(_, count)| *count).map_or(0, |(index, _)| index)
}

impl TableImport {
    /// Lets the browser respond and reports the progress of the current job. `None` if the job was stopped.
    pub(crate) async fn continue_job(self, pauses: &mut TimeSlices, (done, total): (usize, usize)) -> Option<()> {
        let job = self.reader.current_job()?;
        let has_paused = pauses.yield_if_due().await;
        // The job may have been stopped meanwhile, or the page left.
        if self.reader.current_job() != Some(job) {
            return None;
        }
        if has_paused {
            self.reader.progress().set((done, total));
        }
        Some(())
    }
}
