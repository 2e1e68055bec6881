//! Defines the messages between page and worker. The page sends the bytes of a workbook; the worker sends texts.

/// The version of the reader, a hash of its sources and its `Cargo.toml`. The page uses no worker of another version.
pub const VERSION: &str = env!("WORKBOOK_VERSION");

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkbookSheet {
    /// The name of the sheet.
    pub name: String,
    /// The texts of the cells, row by row. No row ends in an empty cell, and there is at least one row.
    pub cells: Vec<Vec<String>>,
}

/// A message of the worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The worker is ready, and has this version.
    Ready(String),
    /// The sheets of the workbook that are not empty.
    Sheets(Vec<WorkbookSheet>),
    /// The reason why the workbook was not read, as a Danish sentence.
    Refused(String),
}

/// The separators in a message: between sheets, between a name and its cells, between rows, between cells. These are
/// the separators of Unicode (U+001C to U+001F), and [`clean`] removes them from the text of cells.
const SHEET: char = '\u{1c}';
const NAME: char = '\u{1d}';
const ROW: char = '\u{1e}';
const CELL: char = '\u{1f}';

/// Removes the separators of messages from a text.
#[must_use]
pub fn clean(text: &str) -> String {
    text.replace([SHEET, NAME, ROW, CELL], "")
}

impl Message {
    /// Returns the text to send.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Ready(version) => format!("v{version}"),
            Self::Refused(words) => format!("r{words}"),
            Self::Sheets(sheets) => {
                let mut text = "s".to_owned();
                for (index, sheet) in sheets.iter().enumerate() {
                    text.extend((index > 0).then_some(SHEET));
                    text.push_str(&sheet.name);
                    text.push(NAME);
                    for (index, row) in sheet.cells.iter().enumerate() {
                        text.extend((index > 0).then_some(ROW));
                        for (index, cell) in row.iter().enumerate() {
                            text.extend((index > 0).then_some(CELL));
                            text.push_str(cell);
                        }
                    }
                }
                text
            }
        }
    }

    /// Parses a text that was sent; `None` if it is no message of the worker.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let rest = text.get(1..)?;
        match text.as_bytes().first()? {
            b'v' => Some(Self::Ready(rest.to_owned())),
            b'r' => Some(Self::Refused(rest.to_owned())),
            b's' => rest.split(SHEET).map(parse_sheet).collect::<Option<_>>().map(Self::Sheets),
            _ => None,
        }
    }
}

/// Parses a sheet in a message.
fn parse_sheet(text: &str) -> Option<WorkbookSheet> {
    let (name, cells) = text.split_once(NAME)?;
    let row = |row: &str| if row.is_empty() { Vec::new() } else { row.split(CELL).map(str::to_owned).collect() };
    Some(WorkbookSheet { name: name.to_owned(), cells: cells.split(ROW).map(row).collect() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sheets() -> impl Strategy<Value = Vec<WorkbookSheet>> {
        let cell = "[^\u{1c}-\u{1f}]{0,6}";
        let row = prop::collection::vec(cell, 0..5).prop_map(|mut row| {
            while row.last().is_some_and(String::is_empty) {
                row.pop();
            }
            row
        });
        let sheet = ("[^\u{1c}-\u{1f}]{0,8}", prop::collection::vec(row, 1..5));
        prop::collection::vec(sheet.prop_map(|(name, cells)| WorkbookSheet { name, cells }), 1..4)
    }

    proptest! {
        #[test]
        fn messages_round_trip(sheets in sheets(), words in ".{0,20}") {
            for message in [Message::Sheets(sheets.clone()), Message::Refused(words.clone()), Message::Ready(words.clone())] {
                prop_assert_eq!(Message::read(&message.text()), Some(message));
            }
        }

        #[test]
        fn read_refuses_other_texts(text in ".{0,20}") {
            // No text causes a panic.
            drop(Message::read(&text));
            prop_assert_eq!(Message::read(&format!("x{text}")), None);
        }
    }
}
