//! What `calamine` does not say of ODS: that a number is shown in per cent, and how much repeated cells come to before they
//! are there. Both are seen to in the content before `calamine` reads it.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

use crate::read::{MAX_CELLS, WorkbookError, percent};

/// How many times more cells than are read a sheet may span: what is empty between them is dropped later.
const SPARE: usize = 4;

/// The content of a book in which what is shown in per cent is said so.
pub(crate) fn prepared(content: &str) -> Result<Vec<u8>, WorkbookError> {
    let mut reader = Reader::from_str(content);
    reader.config_mut().check_end_names = false;
    let mut writer = Writer::new(Vec::with_capacity(content.len()));
    let mut extent = SheetExtent::default();
    loop {
        let event = match reader.read_event().map_err(|_| WorkbookError::Broken)? {
            Event::Eof => return Ok(writer.into_inner()),
            Event::Start(tag) => {
                extent.begin(&tag);
                Event::Start(in_per_cent(tag))
            }
            Event::Empty(tag) => {
                extent.begin(&tag);
                extent.end(tag.name().as_ref())?;
                Event::Empty(in_per_cent(tag))
            }
            Event::End(tag) => {
                extent.end(tag.name().as_ref())?;
                Event::End(tag)
            }
            other => other,
        };
        writer.write_event(event).map_err(|_| WorkbookError::Broken)?;
    }
}

/// How far the sheets reach, repeats counted.
#[derive(Default)]
struct SheetExtent {
    /// The cells that the sheets before this one span.
    before: usize,
    /// The rows so far, and those up to the last with something in it.
    rows: usize,
    height: usize,
    /// How many columns the rows with something in them reach over.
    width: usize,
    /// How often this row is repeated; its columns so far, and those up to the last with something in it.
    repeats: usize,
    columns: usize,
    filled: usize,
}

impl SheetExtent {
    fn begin(&mut self, tag: &BytesStart<'_>) {
        match tag.name().as_ref() {
            "table:table-row" => {
                (self.repeats, self.columns, self.filled) = (repeated(tag, "table:number-rows-repeated"), 0, 0);
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.columns = self.columns.saturating_add(repeated(tag, "table:number-columns-repeated"));
                if attribute(tag, "office:value-type").is_some() {
                    self.filled = self.columns;
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), WorkbookError> {
        match name {
            "table:table-row" => {
                self.rows = self.rows.saturating_add(self.repeats);
                if self.filled > 0 {
                    (self.height, self.width) = (self.rows, self.width.max(self.filled));
                }
            }
            "table:table" => {
                let before = self.before.saturating_add(self.height.saturating_mul(self.width));
                *self = Self { before, ..Self::default() };
            }
            _ => return Ok(()),
        }
        let all = self.before.saturating_add(self.height.saturating_mul(self.width));
        if all > MAX_CELLS * SPARE { Err(WorkbookError::TooLarge) } else { Ok(()) }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    Some(tag.try_get_attribute(name).ok()??.value.into_owned())
}

fn repeated(tag: &BytesStart<'_>, name: &str) -> usize {
    attribute(tag, name).and_then(|count| count.parse().ok()).unwrap_or(1)
}

/// A cell whose number is shown in per cent as a text that says so; any other as it is.
fn in_per_cent(tag: BytesStart<'_>) -> BytesStart<'_> {
    if attribute(&tag, "office:value-type").as_deref() != Some("percentage") {
        return tag;
    }
    let Some(value) = attribute(&tag, "office:value").and_then(|value| value.parse::<f64>().ok()) else { return tag };
    let mut own = BytesStart::new(tag.name().as_ref().to_owned());
    own.extend_attributes(tag.attributes().flatten().filter(|own| !own.key.as_ref().starts_with("office:")));
    own.push_attribute(("office:value-type", "string"));
    own.push_attribute(("office:string-value", percent(value).as_str()));
    own
}
