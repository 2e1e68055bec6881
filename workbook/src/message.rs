//! How the page and the worker talk. The page sends the bytes of a book; what the worker says is a text.

/// The version of the reader: it changes with whatever the reader is made of. A page takes no other's word.
pub const VERSION: &str = env!("WORKBOOK_VERSION");

/// A sheet of a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkbookSheet {
    /// What it is called.
    pub name: String,
    /// The texts of its cells, row by row. No row ends in an empty cell, and there is a row.
    pub cells: Vec<Vec<String>>,
}

/// What the worker says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// It can be asked, and is of this version.
    Ready(String),
    /// The sheets of the book, those with something in them.
    Sheets(Vec<WorkbookSheet>),
    /// Why the book is not read: a Danish sentence.
    Refused(String),
}

/// What stands between sheets, between a name and its cells, between rows, between cells: what Unicode has for it, and no
/// text of a cell holds.
const SHEET: char = '\u{1c}';
const NAME: char = '\u{1d}';
const ROW: char = '\u{1e}';
const CELL: char = '\u{1f}';

/// A text without what stands between texts.
#[must_use]
pub fn clean(text: &str) -> String {
    text.replace([SHEET, NAME, ROW, CELL], "")
}

impl Message {
    /// As it is sent.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Ready(version) => format!("v{version}"),
            Self::Refused(words) => format!("r{words}"),
            Self::Sheets(sheets) => {
                let mut text = "s".to_owned();
                for (at, sheet) in sheets.iter().enumerate() {
                    text.extend((at > 0).then_some(SHEET));
                    text.push_str(&sheet.name);
                    text.push(NAME);
                    for (at, row) in sheet.cells.iter().enumerate() {
                        text.extend((at > 0).then_some(ROW));
                        for (at, cell) in row.iter().enumerate() {
                            text.extend((at > 0).then_some(CELL));
                            text.push_str(cell);
                        }
                    }
                }
                text
            }
        }
    }

    /// What was sent; `None` where it was nothing of ours.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let rest = text.get(1..)?;
        match text.as_bytes().first()? {
            b'v' => Some(Self::Ready(rest.to_owned())),
            b'r' => Some(Self::Refused(rest.to_owned())),
            b's' => rest.split(SHEET).map(sheet).collect::<Option<_>>().map(Self::Sheets),
            _ => None,
        }
    }
}

fn sheet(text: &str) -> Option<WorkbookSheet> {
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
        let one = ("[^\u{1c}-\u{1f}]{0,8}", prop::collection::vec(row, 1..5));
        prop::collection::vec(one.prop_map(|(name, cells)| WorkbookSheet { name, cells }), 1..4)
    }

    proptest! {
        #[test]
        fn indicators_workbooks_are_sent_as_they_are(sheets in sheets(), words in ".{0,20}") {
            for message in [Message::Sheets(sheets.clone()), Message::Refused(words.clone()), Message::Ready(words.clone())] {
                prop_assert_eq!(Message::read(&message.text()), Some(message));
            }
        }

        #[test]
        fn indicators_workbooks_are_not_read_from_what_is_none(text in ".{0,20}") {
            // Whatever it is, it is told without a panic.
            drop(Message::read(&text));
            prop_assert_eq!(Message::read(&format!("x{text}")), None);
        }
    }
}
