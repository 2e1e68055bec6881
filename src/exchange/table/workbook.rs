//! The sheets of a workbook, XLSX or ODS, from its unpacked XML.

use crate::domain::number;

use super::xml::{Piece, attribute, pieces};
use super::{Cells, MAX_CELLS};

/// The files of a workbook that are read; the others need not be unpacked.
pub fn is_wanted(name: &str) -> bool {
    matches!(
        name,
        "content.xml" | "xl/workbook.xml" | "xl/sharedStrings.xml" | "xl/styles.xml" | "xl/_rels/workbook.xml.rels"
    ) || (name.starts_with("xl/worksheets/") && is_xml(name))
}

fn is_xml(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("xml"))
}

/// The sheets with their names, those with something in them. `files` are the wanted files by their names.
///
/// # Errors
/// It is no workbook that is known, or too large: a Danish sentence.
pub fn sheets(files: &[(String, String)]) -> Result<Vec<(String, Cells)>, String> {
    let file = |name: &str| files.iter().find(|(own, _)| own == name).map(|(_, text)| text.as_str());
    let sheets = match (file("content.xml"), file("xl/workbook.xml")) {
        (Some(content), _) => ods(content),
        (None, Some(book)) => {
            let texts = file("xl/sharedStrings.xml").map(shared_texts).unwrap_or_default();
            let percents = file("xl/styles.xml").map(percent_styles).unwrap_or_default();
            let places = file("xl/_rels/workbook.xml.rels").map(relations).unwrap_or_default();
            let sheet = |(name, relation): (String, String)| {
                let place = places
                    .iter()
                    .find(|(id, _)| *id == relation)
                    .map(|(_, place)| place.trim_start_matches('/').to_owned())?;
                let place = if place.starts_with("xl/") { place } else { format!("xl/{place}") };
                Some((name, xlsx(file(&place)?, &texts, &percents)))
            };
            sheet_names(book).into_iter().filter_map(sheet).collect()
        }
        (None, None) => {
            return Err(
                "Filen er ikke et regneark, vi kan læse. Gem den som Excel-projektmappe (.xlsx), ODS eller CSV."
                    .to_owned(),
            );
        }
    };
    let with_cells: Vec<(String, Cells)> = sheets.into_iter().filter(|(_, cells)| !cells.is_empty()).collect();
    if with_cells.is_empty() {
        return Err("Der er ingen tabel i filen.".to_owned());
    }
    Ok(with_cells)
}

/// The sheets of an XLSX book: the name of each, and its relation.
fn sheet_names(book: &str) -> Vec<(String, String)> {
    let sheet = |piece| match piece {
        Piece::Open("sheet", attributes, _) => Some((attribute(attributes, "name")?, relation(attributes)?)),
        _ => None,
    };
    pieces(book).filter_map(sheet).collect()
}

/// The id of a sheet's relation: `r:id`, beside a `sheetId` of another meaning.
fn relation(attributes: &str) -> Option<String> {
    attribute(attributes, "id")
}

/// Where the files are that relations lead to.
fn relations(text: &str) -> Vec<(String, String)> {
    let one = |piece| match piece {
        Piece::Open("Relationship", attributes, _) => {
            Some((attribute(attributes, "Id")?, attribute(attributes, "Target")?))
        }
        _ => None,
    };
    pieces(text).filter_map(one).collect()
}

/// The texts that cells share, in their order. How words are said aloud is no part of them.
fn shared_texts(text: &str) -> Vec<String> {
    let (mut texts, mut current, mut is_text, mut is_aloud) = (Vec::new(), String::new(), false, false);
    for piece in pieces(text) {
        match piece {
            Piece::Open("si", _, _) => current.clear(),
            Piece::Open("t", _, is_closed) => is_text = !is_closed,
            Piece::Close("t") => is_text = false,
            Piece::Open("rPh", _, is_closed) => is_aloud = !is_closed,
            Piece::Close("rPh") => is_aloud = false,
            Piece::Text(words) if is_text && !is_aloud => current.push_str(&words),
            Piece::Close("si") => texts.push(std::mem::take(&mut current)),
            _ => {}
        }
    }
    texts
}

/// Of each style of a cell whether it shows a number in per cent.
fn percent_styles(text: &str) -> Vec<bool> {
    let (mut own, mut styles, mut is_cells) = (Vec::new(), Vec::new(), false);
    for piece in pieces(text) {
        match piece {
            Piece::Open("numFmt", attributes, _) => {
                let is_percent = attribute(attributes, "formatCode").is_some_and(|code| code.contains('%'));
                own.extend(attribute(attributes, "numFmtId").filter(|_| is_percent));
            }
            Piece::Open("cellXfs", ..) => is_cells = true,
            Piece::Close("cellXfs") => is_cells = false,
            Piece::Open("xf", attributes, _) if is_cells => {
                let format = attribute(attributes, "numFmtId").unwrap_or_default();
                styles.push(matches!(&*format, "9" | "10") || own.contains(&format));
            }
            _ => {}
        }
    }
    styles
}

/// A number of a file as a Dane writes it; in per cent where it is shown so.
fn written(value: &str, is_percent: bool) -> String {
    let Ok(value) = serde_json::from_str::<f64>(value.trim()) else { return value.to_owned() };
    if is_percent {
        // Times a hundred, and no more exact than it was.
        format!("{} %", number::danish((value * 1e12).round() / 1e10))
    } else {
        number::danish(value)
    }
}

/// Puts a cell at its place; what is empty and what has no room is left out.
fn put(cells: &mut Cells, (row, column): (usize, usize), text: String) {
    if text.is_empty() || row.saturating_add(column) > MAX_CELLS || column > 16_384 {
        return;
    }
    if cells.len() <= row {
        cells.resize(row + 1, Vec::new());
    }
    if cells[row].len() <= column {
        cells[row].resize(column + 1, String::new());
    }
    cells[row][column] = text;
}

/// The cells of an XLSX sheet.
fn xlsx(text: &str, texts: &[String], percents: &[bool]) -> Cells {
    let mut cells = Cells::new();
    let (mut row, mut column, mut kind, mut is_percent) = (0usize, 0usize, String::new(), false);
    let (mut value, mut is_value) = (String::new(), false);
    for piece in pieces(text) {
        match piece {
            Piece::Open("row", attributes, _) => {
                let number = attribute(attributes, "r").and_then(|number| number.parse::<usize>().ok());
                row = number.map_or(row + 1, |number| number.max(1));
                column = 0;
            }
            Piece::Open("c", attributes, is_closed) => {
                column = attribute(attributes, "r").and_then(|place| column_of(&place)).unwrap_or(column) + 1;
                kind = attribute(attributes, "t").unwrap_or_default();
                let style = attribute(attributes, "s").and_then(|style| style.parse::<usize>().ok()).unwrap_or(0);
                is_percent = percents.get(style).copied().unwrap_or_default();
                value.clear();
                if is_closed {
                    kind.clear();
                }
            }
            Piece::Open("v" | "t", _, is_closed) => is_value = !is_closed,
            Piece::Close("v" | "t") => is_value = false,
            Piece::Text(words) if is_value => value.push_str(&words),
            Piece::Close("c") => {
                let text = match &*kind {
                    "s" => value.trim().parse::<usize>().ok().and_then(|at| texts.get(at)).cloned().unwrap_or_default(),
                    "inlineStr" | "str" | "e" | "d" => value.clone(),
                    "b" => if value == "1" { "sand" } else { "falsk" }.to_owned(),
                    _ => written(&value, is_percent),
                };
                put(&mut cells, (row.saturating_sub(1), column.saturating_sub(1)), text);
            }
            _ => {}
        }
    }
    cells
}

/// The column of a place such as `C4`, counted from nought.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_uppercase);
    let column = letters.take(4).fold(0usize, |column, letter| column * 26 + usize::from(letter - b'A') + 1);
    column.checked_sub(1)
}

/// The sheets of an ODS book.
fn ods(text: &str) -> Vec<(String, Cells)> {
    let mut sheets: Vec<(String, Cells)> = Vec::new();
    let (mut row, mut column, mut rows, mut columns) = (0usize, 0usize, 1usize, 1usize);
    let (mut kind, mut value, mut words, mut is_words) = (String::new(), String::new(), String::new(), false);
    let (mut line, mut is_note): (Vec<(usize, usize, String)>, bool) = (Vec::new(), false);
    let repeated = |attributes: &str, name: &str| {
        attribute(attributes, name).and_then(|count| count.parse().ok()).unwrap_or(1usize)
    };
    for piece in pieces(text) {
        match piece {
            Piece::Open("table", attributes, _) => {
                sheets.push((attribute(attributes, "name").unwrap_or_default(), Cells::new()));
                row = 0;
            }
            Piece::Open("table-row", attributes, is_closed) => {
                (rows, column) = (repeated(attributes, "number-rows-repeated"), 0);
                line.clear();
                if is_closed {
                    row = row.saturating_add(rows);
                }
            }
            Piece::Open("table-cell" | "covered-table-cell", attributes, is_closed) => {
                columns = repeated(attributes, "number-columns-repeated");
                kind = attribute(attributes, "value-type").unwrap_or_default();
                value = attribute(attributes, "value").unwrap_or_default();
                words.clear();
                if is_closed {
                    column = column.saturating_add(columns);
                }
            }
            // What somebody noted at a cell is not in it.
            Piece::Open("annotation", _, is_closed) => is_note = !is_closed,
            Piece::Close("annotation") => is_note = false,
            Piece::Open("p", _, is_closed) if !is_note => {
                if !words.is_empty() {
                    words.push('\n');
                }
                is_words = !is_closed;
            }
            Piece::Close("p") => is_words = false,
            Piece::Open("s", ..) if is_words => words.push(' '),
            Piece::Text(text) if is_words => words.push_str(&text),
            Piece::Close("table-cell" | "covered-table-cell") => {
                let text = match &*kind {
                    "float" | "currency" => written(&value, false),
                    "percentage" => written(&value, true),
                    _ => words.clone(),
                };
                if !text.is_empty() {
                    line.push((column, columns.min(1_000), text));
                }
                column = column.saturating_add(columns);
            }
            Piece::Close("table-row") => {
                // An empty row that is repeated to the end of the sheet has no cells to be put.
                for at in row..row.saturating_add(if line.is_empty() { 0 } else { rows.min(1_000) }) {
                    for (column, columns, text) in &line {
                        for column in *column..column.saturating_add(*columns) {
                            if let Some((_, cells)) = sheets.last_mut() {
                                put(cells, (at, column), text.clone());
                            }
                        }
                    }
                }
                row = row.saturating_add(rows);
            }
            _ => {}
        }
    }
    sheets
}

/// The sheet that is meant, as far as can be told: the one with the most in it.
pub fn likeliest(sheets: Vec<(String, Cells)>) -> Option<(String, Cells)> {
    let filled = |cells: &Cells| cells.iter().flatten().filter(|cell| !cell.is_empty()).count();
    sheets.into_iter().max_by_key(|(_, cells)| filled(cells))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(sheet: &str, extra: &[(&str, &str)]) -> Vec<(String, Cells)> {
        let mut files = vec![
            (
                "xl/workbook.xml".to_owned(),
                "<workbook><sheets><sheet name=\"Ark1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>".to_owned(),
            ),
            (
                "xl/_rels/workbook.xml.rels".to_owned(),
                "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
                    .to_owned(),
            ),
            ("xl/worksheets/sheet1.xml".to_owned(), format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>")),
        ];
        files.extend(extra.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
        sheets(&files).unwrap_or_default()
    }

    #[test]
    fn indicators_workbooks_cells_stand_where_they_stood() {
        let sheet = "<row r=\"2\"><c r=\"B2\" t=\"s\"><v>1</v></c><c r=\"D2\" s=\"1\"><v>0.074</v></c></row><row><c><v>1234.5</v></c><c t=\"inlineStr\"><is><t>a&amp;b</t></is></c><c s=\"9\"/><c t=\"b\"><v>1</v></c></row>";
        let texts = "<sst><si><t>x</t></si><si><r><t>Mølle</t></r><r><t>bakken</t></r><rPh><t>uh</t></rPh></si></sst>";
        let styles = "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"10\"/></cellXfs></styleSheet>";
        let found = book(sheet, &[("xl/sharedStrings.xml", texts), ("xl/styles.xml", styles)]);
        let cells: Vec<Vec<&str>> = found[0].1.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        assert_eq!(found[0].0, "Ark1");
        assert_eq!(cells, [vec![], vec!["", "Møllebakken", "", "7,4 %"], vec!["1.234,5", "a&b", "", "sand"]]);
    }

    #[test]
    fn indicators_workbooks_with_repeats_to_the_end_of_the_sheet_stay_small() {
        let content = "<office:body><table:table table:name=\"A\"><table:table-row><table:table-cell office:value-type=\"percentage\" office:value=\"0.5\"><text:p>50 %</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"string\"><text:p>x<text:s/>y</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row><table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table></office:body>";
        let found = sheets(&[("content.xml".to_owned(), content.to_owned())]).unwrap();
        assert_eq!(found, [("A".to_owned(), vec![vec!["50 %".to_owned(), "x y".to_owned(), "x y".to_owned()]])]);
    }

    #[test]
    fn indicators_workbooks_of_other_kinds_are_refused_with_a_sentence() {
        assert!(sheets(&[]).unwrap_err().starts_with("Filen er ikke et regneark, vi kan læse."));
        assert!(book("", &[]).is_empty());
    }
}
