//! From a file to its tables, by what it is, a part at a time.

use leptos::prelude::*;
use workbook::message::WorkbookSheet;

use crate::exchange::table::{MAX_BYTES, TableError, TableFormat, csv, jsonstat};
use crate::store::pause::Pauses;

use super::TableImport;

/// How many letters of a text, or rows of a table, are read before the clock is looked at.
const LETTERS: usize = 20_000;
const ROWS: usize = 200;

/// The tables of a file, or a sentence on why there are none; `None` where it was stopped.
pub(crate) async fn sheets(
    page: TableImport,
    name: &str,
    bytes: Vec<u8>,
) -> Option<Result<Vec<WorkbookSheet>, String>> {
    if bytes.len() > MAX_BYTES {
        return Some(Err(TableError::TooLarge.to_string()));
    }
    let cells = match TableFormat::of(name, &bytes) {
        TableFormat::Workbook => return page.reader.read(&bytes).await,
        TableFormat::JsonStat => {
            // What is being read is shown before it is parsed, which is one step.
            let mut pauses = Pauses::begin();
            pauses.breathe_now().await;
            match jsonstat::JsonStatReader::begin(&csv::text(&bytes)) {
                Err(error) => Err(error),
                Ok(mut reader) => {
                    while reader.read_some(ROWS) {
                        page.go_on(&mut pauses, reader.progress()).await?;
                    }
                    Ok(reader.finish())
                }
            }
        }
        TableFormat::Text => {
            let (mut pauses, mut reader) = (Pauses::begin(), csv::CsvReader::begin(&bytes));
            loop {
                match reader.read_some(LETTERS) {
                    Ok(true) => page.go_on(&mut pauses, reader.progress()).await?,
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

/// The sheet that is meant, as far as can be told: the one with the most in it.
pub(crate) fn likeliest(sheets: &[WorkbookSheet]) -> usize {
    let filled = |sheet: &WorkbookSheet| sheet.cells.iter().flatten().filter(|cell| !cell.is_empty()).count();
    let counts = sheets.iter().map(filled).enumerate();
    // Of two with as much the first.
    counts.rev().max_by_key(|(_, count)| *count).map_or(0, |(at, _)| at)
}

impl TableImport {
    /// Lets the page answer, says how far the work is, and whether it goes on: `None` where it was stopped.
    pub(crate) async fn go_on(self, pauses: &mut Pauses, (done, all): (usize, usize)) -> Option<()> {
        let turn = self.reader.turn()?;
        let has_paused = pauses.breathe().await;
        // Someone may have stopped it meanwhile, or have left the page.
        if self.reader.turn() != Some(turn) {
            return None;
        }
        if has_paused {
            self.reader.progress().set((done, all));
        }
        Some(())
    }
}
