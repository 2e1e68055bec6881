//! From a file to its tables, by what it is.

use leptos::prelude::*;
use workbook::message::Sheet;

use crate::exchange::table::{MAX_CELLS, Sort, csv, jsonstat};

use super::{Page, Stage};

/// The largest file that is read, in bytes.
const MAX_BYTES: usize = 20_000_000;

/// The tables of a file, or a sentence on why there are none; `None` where it was stopped.
pub(super) async fn sheets(page: Page, name: &str, bytes: Vec<u8>) -> Option<Result<Vec<Sheet>, String>> {
    if bytes.len() > MAX_BYTES {
        return Some(Err("Filen er for stor. Hent et mindre udsnit.".to_owned()));
    }
    let cells = match Sort::of(name, &bytes) {
        Sort::Workbook => {
            page.stage.set(Stage::Reading(name.to_owned(), true));
            return page.reader.read(&bytes).await;
        }
        Sort::JsonStat => jsonstat::read(&csv::text(&bytes)),
        Sort::Text => Ok(csv::read(&bytes)),
    };
    Some(cells.and_then(|cells| match cells.iter().map(Vec::len).sum() {
        0..=1 => Err("Der er ingen tabel i filen.".to_owned()),
        count if count > MAX_CELLS => Err("Tabellen er for stor. Hent et mindre udsnit.".to_owned()),
        _ => Ok(vec![Sheet { name: name.to_owned(), cells }]),
    }))
}

/// The sheet that is meant, as far as can be told: the one with the most in it.
pub(super) fn likeliest(sheets: &[Sheet]) -> usize {
    let filled = |sheet: &Sheet| sheet.cells.iter().flatten().filter(|cell| !cell.is_empty()).count();
    let counts = sheets.iter().map(filled).enumerate();
    // Of two with as much the first.
    counts.rev().max_by_key(|(_, count)| *count).map_or(0, |(at, _)| at)
}
