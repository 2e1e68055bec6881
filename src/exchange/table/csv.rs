//! CSV as spreadsheets write it, and as Danish Excel opens it.

use super::{Cells, MAX_CELLS, MAX_COLUMNS, TableError};

/// The separators that are known, the likeliest first: where two fit alike, a comma is the Danish decimal.
const SEPARATORS: [char; 3] = ['\t', ';', ','];
/// So many lines are looked at for the separator.
const LOOKED_AT: usize = 50;
/// So many bytes are, at most.
const LOOKED_IN: usize = 1 << 16;

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
///
/// # Errors
/// It has more columns or cells than are read.
pub fn read(bytes: &[u8]) -> Result<Cells, TableError> {
    let mut reader = CsvReader::begin(bytes);
    while reader.read_some(usize::MAX)? {}
    Ok(reader.finish())
}

/// The cells of a block from a clipboard, as spreadsheets put it there; of one beyond what is read, its beginning.
pub fn read_block(text: &str) -> Cells {
    let mut reader = CsvReader::of(text.to_owned(), '\t');
    while reader.read_some(usize::MAX) == Ok(true) {}
    reader.finish()
}

/// The separator that splits the largest part of the first lines into as many cells as each other. (The part, and not the
/// number: a wrong one may cut quoted lines in two, and so have more of them.)
fn separator(text: &str) -> char {
    let end = (0..=text.len().min(LOOKED_IN)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    // How many lines are alike, and of how many.
    let fits = |separator: char| {
        let mut reader = CsvReader { max_columns: usize::MAX, ..CsvReader::of(text[..end].to_owned(), separator) };
        while reader.rows.len() < LOOKED_AT && reader.read_some(1 << 10) == Ok(true) {}
        // A line that was cut off is none, but where there is no other.
        if end == text.len() || reader.rows.is_empty() {
            reader.end_row();
        }
        let counts: Vec<usize> = reader.rows.iter().take(LOOKED_AT).map(Vec::len).collect();
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

/// A text being split into cells, a part at a time. Quotes may hold separators and line ends, and doubled quotes; what is not
/// as it should be is taken as it stands.
#[derive(Debug)]
pub struct CsvReader {
    text: String,
    separator: char,
    max_columns: usize,
    /// How far it is, in bytes.
    at: usize,
    rows: Cells,
    row: Vec<String>,
    cell: String,
    is_quoted: bool,
    /// Whether there is something of a row, be it an empty cell.
    is_begun: bool,
    /// How many cells there are.
    cells: usize,
}

impl CsvReader {
    /// Begins to read the bytes of a file.
    pub fn begin(bytes: &[u8]) -> Self {
        let text = text(bytes);
        // Some spreadsheets say the separator themselves.
        if let Some((first, rest)) = text.split_once('\n')
            && let Some(separator) = first.trim_end().strip_prefix("sep=").and_then(|rest| rest.chars().next())
        {
            return Self::of(rest.to_owned(), separator);
        }
        let separator = separator(&text);
        Self::of(text, separator)
    }

    const fn of(text: String, separator: char) -> Self {
        Self {
            text,
            separator,
            max_columns: MAX_COLUMNS,
            at: 0,
            rows: Vec::new(),
            row: Vec::new(),
            cell: String::new(),
            is_quoted: false,
            is_begun: false,
            cells: 0,
        }
    }

    /// How many bytes have been read, and how many there are.
    pub const fn progress(&self) -> (usize, usize) {
        (self.at, self.text.len())
    }

    /// Reads some more letters; `false` when there are no more.
    ///
    /// # Errors
    /// There are more columns or cells than are read.
    pub fn read_some(&mut self, count: usize) -> Result<bool, TableError> {
        let text = std::mem::take(&mut self.text);
        let outcome = self.read_letters(&text, count);
        self.text = text;
        outcome.map(|()| self.at < self.text.len())
    }

    fn read_letters(&mut self, text: &str, count: usize) -> Result<(), TableError> {
        let mut letters = text[self.at..].chars().peekable();
        for _ in 0..count {
            let Some(letter) = letters.next() else { break };
            self.at += letter.len_utf8();
            match letter {
                '"' if self.is_quoted && letters.peek() == Some(&'"') => {
                    letters.next();
                    self.at += 1;
                    self.cell.push('"');
                }
                '"' if self.is_quoted => self.is_quoted = false,
                '"' if self.cell.is_empty() => (self.is_quoted, self.is_begun) = (true, true),
                _ if self.is_quoted => self.cell.push(letter),
                '\r' if letters.peek() == Some(&'\n') => {}
                '\n' | '\r' => {
                    self.end_cell()?;
                    self.rows.push(std::mem::take(&mut self.row));
                    self.is_begun = false;
                }
                _ if letter == self.separator => {
                    self.end_cell()?;
                    self.is_begun = true;
                }
                _ => {
                    self.cell.push(letter);
                    self.is_begun = true;
                }
            }
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), TableError> {
        let cell = live(std::mem::take(&mut self.cell));
        // Spreadsheets fill their lines up with empty cells; beyond the last column they are nothing.
        match (self.row.len() < self.max_columns, cell.is_empty()) {
            (false, true) => return Ok(()),
            (false, false) => return Err(TableError::TooManyColumns),
            (true, _) => self.row.push(cell),
        }
        self.cells += 1;
        if self.cells > MAX_CELLS { Err(TableError::TooManyCells) } else { Ok(()) }
    }

    /// Ends the last row, where it was begun. What is beyond the last column of it is left out.
    fn end_row(&mut self) {
        if self.is_begun || !self.cell.is_empty() {
            self.end_cell().unwrap_or_default();
            self.rows.push(std::mem::take(&mut self.row));
            self.is_begun = false;
        }
    }

    /// The cells that were read.
    pub fn finish(mut self) -> Cells {
        self.end_row();
        self.rows
    }
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
        assert_eq!(read(text.as_bytes()), Ok(cells), "{text:?}");
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
            assert_eq!(read(text.as_bytes()).unwrap(), [[cell, "x"]]);
        }
    }

    /// So many columns of so many rows.
    fn wide(columns: usize, rows: usize) -> String {
        let row = (0..columns).map(|column| column.to_string()).collect::<Vec<_>>().join(",");
        vec![row; rows].join("\n")
    }

    #[test]
    fn trust_tables_wider_or_larger_than_are_read_are_refused() {
        for columns in [MAX_COLUMNS + 1, 10_000, 50_000, 200_000] {
            assert_eq!(read(wide(columns, 2).as_bytes()), Err(TableError::TooManyColumns), "{columns}");
        }
        assert_eq!(read(wide(MAX_COLUMNS, 3).as_bytes()).unwrap()[2].len(), MAX_COLUMNS);
        assert_eq!(read(wide(MAX_COLUMNS, MAX_CELLS / MAX_COLUMNS + 1).as_bytes()), Err(TableError::TooManyCells));
        // What spreadsheets fill their lines up with is no width.
        let padded = format!("a;b{0}\n1;2{0}\n", ";".repeat(16_000));
        assert_eq!(read(padded.as_bytes()).unwrap().iter().map(Vec::len).max(), Some(MAX_COLUMNS));
        let block = read_block(&wide(900, 2).replace(',', "\t"));
        assert_eq!((block.len(), block[0].len()), (1, MAX_COLUMNS), "of a block its beginning is there");
    }

    /// No letter is looked at twice, and no reading goes further than it was asked to: what a page waits for.
    #[test]
    fn trust_tables_are_read_a_part_at_a_time_and_every_letter_once() {
        for (columns, rows) in [(3, 10), (3, 1000), (400, 10), (400, 1000)] {
            let text = wide(columns, rows);
            let mut reader = CsvReader::begin(text.as_bytes());
            let (mut parts, mut last) = (0, 0);
            while reader.read_some(1000).unwrap() {
                let (at, all) = reader.progress();
                assert!(at > last && at <= last + 1000 && all == text.len());
                (last, parts) = (at, parts + 1);
            }
            assert!(parts <= text.len() / 1000, "{parts} parts of {} letters", text.len());
            assert_eq!(reader.finish(), read(text.as_bytes()).unwrap());
        }
        // Cut between two quotes, it is read as in one go.
        let text = "\"a\"\"b\";\"c\nd\"\r\næ;ø\r\n";
        for count in 1..8 {
            let mut reader = CsvReader::begin(text.as_bytes());
            while reader.read_some(count).unwrap() {}
            assert_eq!(reader.finish(), [["a\"b", "c\nd"], ["æ", "ø"]], "{count}");
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
            prop_assert_eq!(&read(write(&rows).as_bytes()).unwrap(), &rows);
            prop_assert_eq!(&read_block(&write_block(&rows)), &rows);
        }
    }
}
