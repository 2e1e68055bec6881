//! Reads CSV as spreadsheets write it, and writes CSV as Danish Excel opens it.

use super::{Cells, MAX_CELLS, MAX_COLUMNS, TableError};

/// The known separators, the likeliest first. A comma comes last, because it is the Danish decimal separator.
const SEPARATORS: [char; 3] = ['\t', ';', ','];
/// The maximum number of lines that detection of the separator looks at.
const SAMPLE_LINES: usize = 50;
/// The maximum number of bytes that detection of the separator looks at.
const SAMPLE_BYTES: usize = 1 << 16;

/// Decodes the bytes of a file: UTF-8, with or without a byte order mark, otherwise Windows-1252.
pub fn text(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|&byte| windows_1252(byte)).collect(),
    }
}

/// Decodes a byte of Windows-1252, which is Latin-1 except for 32 characters.
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

/// Reads the cells of a file in one go.
///
/// # Errors
/// The table has too many columns or cells.
pub fn read(bytes: &[u8]) -> Result<Cells, TableError> {
    let mut reader = CsvReader::begin(bytes);
    while reader.read_some(usize::MAX)? {}
    Ok(reader.finish())
}

/// Reads the cells of a clipboard block, as spreadsheets put it there. A block that is too large is cut off.
pub fn read_block(text: &str) -> Cells {
    let mut reader = CsvReader::with_separator(text.to_owned(), '\t');
    while reader.read_some(usize::MAX) == Ok(true) {}
    reader.finish()
}

/// Detects the separator: the one that splits the largest share of the first lines into an equal number of cells. (The
/// share, not the number: a wrong separator may cut quoted cells in two, and so give more lines.)
fn detect_separator(text: &str) -> char {
    let end = (0..=text.len().min(SAMPLE_BYTES)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    // The number of lines with the most frequent number of cells, and the number of all lines.
    let score = |separator: char| {
        let mut reader =
            CsvReader { max_columns: usize::MAX, ..CsvReader::with_separator(text[..end].to_owned(), separator) };
        while reader.rows.len() < SAMPLE_LINES && reader.read_some(1 << 10) == Ok(true) {}
        // A line that was cut off does not count, unless it is the only one.
        if end == text.len() || reader.rows.is_empty() {
            reader.end_row();
        }
        let counts: Vec<usize> = reader.rows.iter().take(SAMPLE_LINES).map(Vec::len).collect();
        let same_count = |count: &usize| counts.iter().filter(|other| *other == count).count();
        (counts.iter().filter(|count| **count > 1).map(same_count).max().unwrap_or(0), counts.len())
    };
    let (mut best, mut best_score) = (';', (0, 1));
    for separator in SEPARATORS {
        let score = score(separator);
        if score.0 * best_score.1 > best_score.0 * score.1 {
            (best, best_score) = (separator, score);
        }
    }
    best
}

/// A text being split into cells, a part at a time. Quoted cells may hold separators, line ends and doubled quotes.
/// Malformed quotes are taken as they stand.
#[derive(Debug)]
pub struct CsvReader {
    text: String,
    separator: char,
    max_columns: usize,
    /// The position in the text, in bytes.
    position: usize,
    rows: Cells,
    row: Vec<String>,
    cell: String,
    is_quoted: bool,
    /// Whether the current row has begun, be it with an empty cell.
    has_row_begun: bool,
    /// The number of cells read.
    cell_count: usize,
}

impl CsvReader {
    /// Begins to read the bytes of a file.
    pub fn begin(bytes: &[u8]) -> Self {
        let text = text(bytes);
        // Some spreadsheets name the separator in the first line.
        if let Some((first, rest)) = text.split_once('\n')
            && let Some(separator) = first.trim_end().strip_prefix("sep=").and_then(|rest| rest.chars().next())
        {
            return Self::with_separator(rest.to_owned(), separator);
        }
        let separator = detect_separator(&text);
        Self::with_separator(text, separator)
    }

    /// Begins to read a text with a known separator.
    const fn with_separator(text: String, separator: char) -> Self {
        Self {
            text,
            separator,
            max_columns: MAX_COLUMNS,
            position: 0,
            rows: Vec::new(),
            row: Vec::new(),
            cell: String::new(),
            is_quoted: false,
            has_row_begun: false,
            cell_count: 0,
        }
    }

    /// The number of bytes read, and the number of all.
    pub const fn progress(&self) -> (usize, usize) {
        (self.position, self.text.len())
    }

    /// Reads the next `count` characters. Returns `false` when all are read.
    ///
    /// # Errors
    /// The table has too many columns or cells.
    pub fn read_some(&mut self, count: usize) -> Result<bool, TableError> {
        let text = std::mem::take(&mut self.text);
        let outcome = self.read_chars(&text, count);
        self.text = text;
        outcome.map(|()| self.position < self.text.len())
    }

    fn read_chars(&mut self, text: &str, count: usize) -> Result<(), TableError> {
        let mut chars = text[self.position..].chars().peekable();
        for _ in 0..count {
            let Some(char) = chars.next() else { break };
            self.position += char.len_utf8();
            match char {
                '"' if self.is_quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    self.position += 1;
                    self.cell.push('"');
                }
                '"' if self.is_quoted => self.is_quoted = false,
                '"' if self.cell.is_empty() => (self.is_quoted, self.has_row_begun) = (true, true),
                _ if self.is_quoted => self.cell.push(char),
                '\r' if chars.peek() == Some(&'\n') => {}
                '\n' | '\r' => {
                    self.end_cell()?;
                    self.rows.push(std::mem::take(&mut self.row));
                    self.has_row_begun = false;
                }
                _ if char == self.separator => {
                    self.end_cell()?;
                    self.has_row_begun = true;
                }
                _ => {
                    self.cell.push(char);
                    self.has_row_begun = true;
                }
            }
        }
        Ok(())
    }

    /// Adds the current cell to the current row.
    fn end_cell(&mut self) -> Result<(), TableError> {
        let cell = unescape_formula(std::mem::take(&mut self.cell));
        // Spreadsheets pad lines with empty cells. Those beyond the last column are ignored.
        match (self.row.len() < self.max_columns, cell.is_empty()) {
            (false, true) => return Ok(()),
            (false, false) => return Err(TableError::TooManyColumns),
            (true, _) => self.row.push(cell),
        }
        self.cell_count += 1;
        if self.cell_count > MAX_CELLS { Err(TableError::TooManyCells) } else { Ok(()) }
    }

    /// Ends the last row, if it has begun. Cells beyond the last column are left out.
    fn end_row(&mut self) {
        if self.has_row_begun || !self.cell.is_empty() {
            self.end_cell().unwrap_or_default();
            self.rows.push(std::mem::take(&mut self.row));
            self.has_row_begun = false;
        }
    }

    /// Returns the cells read.
    pub fn finish(mut self) -> Cells {
        self.end_row();
        self.rows
    }
}

/// Writes cells so that Danish Excel opens them right on a double click: UTF-8 with a byte order mark, semicolons,
/// CRLF.
pub fn write(cells: &Cells) -> String {
    let mut text = String::from("\u{feff}");
    for row in cells {
        let cells: Vec<String> = row.iter().map(|cell| quote(&escape_formula(cell))).collect();
        text.extend([cells.join(";").as_str(), "\r\n"]);
    }
    text
}

/// Writes cells as a block that spreadsheets can paste.
pub fn write_block(cells: &Cells) -> String {
    let rows =
        cells.iter().map(|row| row.iter().map(|cell| quote(&escape_formula(cell))).collect::<Vec<_>>().join("\t"));
    rows.collect::<Vec<_>>().join("\r\n")
}

/// Quotes a cell if needed. A tab is quoted between semicolons too, because it could be taken for the separator.
fn quote(cell: &str) -> String {
    let is_plain = !cell.contains([';', '\t', '"', '\n', '\r']) && cell.trim() == cell;
    if is_plain { cell.to_owned() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
}

/// Whether a spreadsheet would run a cell as a formula, judged by its first character after any apostrophes. A plain
/// number is no formula.
fn is_like_formula(cell: &str) -> bool {
    let bare = cell.trim_start_matches('\'');
    bare.starts_with(['=', '+', '-', '@', '\t', '\r']) && crate::domain::number::parse(bare).is_err()
}

/// Puts an apostrophe before a cell that a spreadsheet would run. Spreadsheets take the apostrophe for a mark of text.
fn escape_formula(cell: &str) -> String {
    if is_like_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// Removes the apostrophe that [`escape_formula`] put before a cell.
fn unescape_formula(cell: String) -> String {
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
    fn read_detects_the_separator() {
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
    fn text_decodes_windows_1252_and_utf_8() {
        assert_eq!(text(b"\xc6ble\x80\x96r\xf8d"), "Æble€–rød");
        assert_eq!(text("\u{feff}Æble".as_bytes()), "Æble");
    }

    #[test]
    fn write_escapes_formulas_and_read_restores_them() {
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

    /// A comma-separated table of numbers.
    fn comma_table(columns: usize, rows: usize) -> String {
        let row = (0..columns).map(|column| column.to_string()).collect::<Vec<_>>().join(",");
        vec![row; rows].join("\n")
    }

    #[test]
    fn read_refuses_tables_that_are_too_wide_or_too_large() {
        for columns in [MAX_COLUMNS + 1, 10_000, 50_000, 200_000] {
            assert_eq!(read(comma_table(columns, 2).as_bytes()), Err(TableError::TooManyColumns), "{columns}");
        }
        assert_eq!(read(comma_table(MAX_COLUMNS, 3).as_bytes()).unwrap()[2].len(), MAX_COLUMNS);
        assert_eq!(
            read(comma_table(MAX_COLUMNS, MAX_CELLS / MAX_COLUMNS + 1).as_bytes()),
            Err(TableError::TooManyCells)
        );
        // Empty cells that pad a line do not make it too wide.
        let padded = format!("a;b{0}\n1;2{0}\n", ";".repeat(16_000));
        assert_eq!(read(padded.as_bytes()).unwrap().iter().map(Vec::len).max(), Some(MAX_COLUMNS));
        let block = read_block(&comma_table(900, 2).replace(',', "\t"));
        assert_eq!((block.len(), block[0].len()), (1, MAX_COLUMNS), "a block that is too wide is cut off");
    }

    /// No character is read twice, and no call reads more than it was asked for: the page waits for each call.
    #[test]
    fn read_some_reads_at_most_the_given_count_and_each_character_once() {
        for (columns, rows) in [(3, 10), (3, 1000), (400, 10), (400, 1000)] {
            let text = comma_table(columns, rows);
            let mut reader = CsvReader::begin(text.as_bytes());
            let (mut parts, mut last) = (0, 0);
            while reader.read_some(1000).unwrap() {
                let (read, total) = reader.progress();
                assert!(read > last && read <= last + 1000 && total == text.len());
                (last, parts) = (read, parts + 1);
            }
            assert!(parts <= text.len() / 1000, "{parts} parts of {} characters", text.len());
            assert_eq!(reader.finish(), read(text.as_bytes()).unwrap());
        }
        // A text cut between two quotes is read as in one go.
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
            2 => (-1_000_000i32..1_000_000).prop_map(|tenths| number::format_danish(f64::from(tenths) / 10.0)),
            1 => Just("..".to_owned()),
            1 => Just(String::new()),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, ..crate::property_test_config() })]

        #[test]
        fn tables_survive_being_written_and_read(
            (width, cells) in (2usize..8).prop_flat_map(|width| (Just(width), prop::collection::vec(any_cell(), width..width * 12))),
        ) {
            // A heading and rows of equal width, by which the separator is detected.
            let mut rows: Cells = vec![(0..width).map(|column| format!("kolonne {column}")).collect()];
            rows.extend(cells.chunks_exact(width).map(<[String]>::to_vec));
            prop_assert_eq!(&read(write(&rows).as_bytes()).unwrap(), &rows);
            prop_assert_eq!(&read_block(&write_block(&rows)), &rows);
        }
    }
}
