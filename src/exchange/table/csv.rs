//! CSV as spreadsheets write it, and as Danish Excel opens it.

use super::Cells;

/// The separators that are known, the likeliest first: where two fit alike, a comma is the Danish decimal.
const SEPARATORS: [char; 3] = ['\t', ';', ','];
/// So many lines are looked at for the separator.
const LOOKED_AT: usize = 50;

/// The text of a file: UTF-8, with or without its mark; where it is none, Windows-1252.
pub fn text(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|&byte| windows_1252(byte)).collect(),
    }
}

/// A byte as Windows-1252 has it: Latin-1 but for 32 places.
fn windows_1252(byte: u8) -> char {
    const UPPER: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => UPPER[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The cells of a file.
pub fn read(bytes: &[u8]) -> Cells {
    let text = text(bytes);
    // Some spreadsheets say the separator themselves.
    if let Some((first, rest)) = text.split_once('\n')
        && let Some(separator) = first.trim_end().strip_prefix("sep=").and_then(|rest| rest.chars().next())
    {
        return cells(rest, separator);
    }
    cells(&text, separator(&text))
}

/// The cells of a block from a clipboard, as spreadsheets put it there.
pub fn read_block(text: &str) -> Cells {
    cells(text, '\t')
}

/// The separator that splits the largest part of the lines into as many cells as each other. (The part, and not the number:
/// a wrong one may cut quoted lines in two, and so have more of them.)
fn separator(text: &str) -> char {
    // How many lines are alike, and of how many.
    let fits = |separator: char| {
        let counts: Vec<usize> = cells(text, separator).iter().take(LOOKED_AT).map(Vec::len).collect();
        let alike = |count: &usize| counts.iter().filter(|other| *other == count).count();
        (counts.iter().filter(|count| **count > 1).map(alike).max().unwrap_or(0), counts.len())
    };
    let (mut best, mut best_fits) = (';', (0, 1));
    for separator in SEPARATORS {
        let fits = fits(separator);
        if fits.0 * best_fits.1 > best_fits.0 * fits.1 {
            (best, best_fits) = (separator, fits);
        }
    }
    best
}

/// Splits a text into cells. Quotes may hold separators and line ends, and doubled quotes; what is not as it should be is
/// taken as it stands.
fn cells(text: &str, separator: char) -> Cells {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut letters = text.chars().peekable();
    let (mut is_quoted, mut is_begun) = (false, false);
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if cell.is_empty() => (is_quoted, is_begun) = (true, true),
            _ if is_quoted => cell.push(letter),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                row.push(live(std::mem::take(&mut cell)));
                rows.push(std::mem::take(&mut row));
                is_begun = false;
            }
            _ if letter == separator => {
                row.push(live(std::mem::take(&mut cell)));
                is_begun = true;
            }
            _ => {
                cell.push(letter);
                is_begun = true;
            }
        }
    }
    if is_begun || !cell.is_empty() {
        row.push(live(cell));
        rows.push(row);
    }
    rows
}

/// Writes cells so that Danish Excel opens them right by a double click: UTF-8 with its mark, semicolons, CRLF.
pub fn write(cells: &Cells) -> String {
    let mut text = String::from("\u{feff}");
    for row in cells {
        let cells: Vec<String> = row.iter().map(|cell| quoted(&defused(cell))).collect();
        text.extend([cells.join(";").as_str(), "\r\n"]);
    }
    text
}

/// Writes cells as a block that spreadsheets paste.
pub fn write_block(cells: &Cells) -> String {
    let rows = cells.iter().map(|row| row.iter().map(|cell| quoted(&defused(cell))).collect::<Vec<_>>().join("\t"));
    rows.collect::<Vec<_>>().join("\r\n")
}

/// A cell as it stands between separators. A tab is quoted between semicolons as well: it could be taken for one.
fn quoted(cell: &str) -> String {
    let is_plain = !cell.contains([';', '\t', '"', '\n', '\r']) && cell.trim() == cell;
    if is_plain { cell.to_owned() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
}

/// Whether a spreadsheet would run it: by its first sign, behind any number of apostrophes. A plain number is none.
fn is_like_formula(cell: &str) -> bool {
    let bare = cell.trim_start_matches('\'');
    bare.starts_with(['=', '+', '-', '@', '\t', '\r']) && crate::domain::number::parse(bare).is_err()
}

/// A cell with an apostrophe before it where a spreadsheet would run it: spreadsheets take that for a sign of text.
fn defused(cell: &str) -> String {
    if is_like_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// A cell without the apostrophe that it was defused with.
fn live(cell: String) -> String {
    match cell.strip_prefix('\'') {
        Some(bare) if is_like_formula(bare) => bare.to_owned(),
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::number;

    #[track_caller]
    fn check(text: &str, cells: &[&[&str]]) {
        let cells: Cells = cells.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        assert_eq!(read(text.as_bytes()), cells, "{text:?}");
    }

    #[test]
    fn indicators_tables_are_split_by_what_they_are_separated_with() {
        check("a;b\n1,5;2,5\n", &[&["a", "b"], &["1,5", "2,5"]]);
        check("a,b\n\"1,5\",2\n", &[&["a", "b"], &["1,5", "2"]]);
        check("a\tb\n1,5\t2,5", &[&["a", "b"], &["1,5", "2,5"]]);
        check("sep=,\r\na,b;c\r\n", &[&["a", "b;c"]]);
        check(
            "Titel;;\n\nx;1,0;2,0\ny;1,0;2,0",
            &[&["Titel", "", ""], &[""], &["x", "1,0", "2,0"], &["y", "1,0", "2,0"]],
        );
        check("\"a;\"\"b\nc\";d", &[&["a;\"b\nc", "d"]]);
        check("a;b\r\nc;\r\n", &[&["a", "b"], &["c", ""]]);
        check("", &[]);
        check("ene", &[&["ene"]]);
        check("a;\"uden slut", &[&["a", "uden slut"]]);
        check("5\" rør;x", &[&["5\" rør", "x"]]);
    }

    #[test]
    fn indicators_tables_of_old_spreadsheets_keep_their_letters() {
        assert_eq!(text(b"\xc6ble\x80\x96r\xf8d"), "Æble€–rød");
        assert_eq!(text("\u{feff}Æble".as_bytes()), "Æble");
    }

    #[test]
    fn indicators_tables_run_nothing_in_a_spreadsheet() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("+45 12", "'+45 12"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-x", "'-x"),
            ("-0,5", "-0,5"),
            ("-12,5 %", "-12,5 %"),
            ("'=1", "''=1"),
            ("'s", "'s"),
            ("\t=1", "\"'\t=1\""),
            ("Møllebakkeskolen", "Møllebakkeskolen"),
        ] {
            let text = write(&vec![vec![cell.to_owned(), "x".to_owned()]]);
            assert_eq!(text, format!("\u{feff}{written};x\r\n"));
            assert_eq!(read(text.as_bytes()), [[cell, "x"]]);
        }
    }

    fn any_cell() -> impl Strategy<Value = String> {
        prop_oneof![
            3 => "[a-zæøåA-ZÆØÅ0-9 .,;:'\"=+@%\t\n*-]{0,12}",
            2 => (-1_000_000i32..1_000_000).prop_map(|tenths| number::danish(f64::from(tenths) / 10.0)),
            1 => Just("..".to_owned()),
            1 => Just(String::new()),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn indicators_tables_survive_being_written_and_read(
            (width, cells) in (2usize..8).prop_flat_map(|width| (Just(width), prop::collection::vec(any_cell(), width..width * 12))),
        ) {
            // A table has a heading and rows of one width: what the separator is told by.
            let mut rows: Cells = vec![(0..width).map(|column| format!("kolonne {column}")).collect()];
            rows.extend(cells.chunks_exact(width).map(<[String]>::to_vec));
            prop_assert_eq!(&read(write(&rows).as_bytes()), &rows);
            prop_assert_eq!(&read_block(&write_block(&rows)), &rows);
        }
    }
}
