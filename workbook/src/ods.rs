//! Prepares the content of an ODS workbook before `calamine` reads it.
//!
//! `calamine` does not report that a number is shown in per cent, and builds repeated cells before anyone can count
//! them. This module marks the former and caps the latter.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

use crate::read::{MAX_CELLS, WorkbookError, percent};

/// The factor by which a sheet may span more cells than may be read. Empty cells between filled ones are dropped later.
const SPARE: usize = 4;

/// Rewrites numbers shown in per cent as texts, and checks how many cells the sheets span.
pub(crate) fn prepare(content: &str) -> Result<Vec<u8>, WorkbookError> {
    let mut reader = Reader::from_str(content);
    reader.config_mut().check_end_names = false;
    let mut writer = Writer::new(Vec::with_capacity(content.len()));
    let mut extent = SheetExtent::default();
    loop {
        let event = match reader.read_event().map_err(|_| WorkbookError::Broken)? {
            Event::Eof => return Ok(writer.into_inner()),
            Event::Start(tag) => {
                extent.begin(&tag);
                Event::Start(percent_as_text(tag))
            }
            Event::Empty(tag) => {
                extent.begin(&tag);
                extent.end(tag.name().as_ref())?;
                Event::Empty(percent_as_text(tag))
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

/// The number of cells that the sheets span, repeats included.
#[derive(Default)]
struct SheetExtent {
    /// The cells that the sheets before this one span.
    before: usize,
    /// The rows of this sheet so far.
    rows: usize,
    /// The rows up to the last filled one.
    height: usize,
    /// The number of columns that the filled rows span.
    width: usize,
    /// How often the current row is repeated.
    repeats: usize,
    /// The columns of the current row so far.
    columns: usize,
    /// The columns of the current row up to the last filled one.
    filled: usize,
}

impl SheetExtent {
    /// Counts a row or cell that begins.
    fn begin(&mut self, tag: &BytesStart<'_>) {
        match tag.name().as_ref() {
            "table:table-row" => {
                (self.repeats, self.columns, self.filled) = (repeat_count(tag, "table:number-rows-repeated"), 0, 0);
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.columns = self.columns.saturating_add(repeat_count(tag, "table:number-columns-repeated"));
                if attribute(tag, "office:value-type").is_some() {
                    self.filled = self.columns;
                }
            }
            _ => {}
        }
    }

    /// Counts a row or sheet that ends.
    ///
    /// # Errors
    /// The sheets span too many cells.
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
        let total = self.before.saturating_add(self.height.saturating_mul(self.width));
        if total > MAX_CELLS * SPARE { Err(WorkbookError::TooLarge) } else { Ok(()) }
    }
}

/// The value of an attribute of a tag.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    Some(tag.try_get_attribute(name).ok()??.value.into_owned())
}

/// The number of repeats in an attribute; 1 without the attribute.
fn repeat_count(tag: &BytesStart<'_>, name: &str) -> usize {
    attribute(tag, name).and_then(|count| count.parse().ok()).unwrap_or(1)
}

/// Rewrites the tag of a cell shown in per cent: the number becomes a text such as «7,4 %». Other tags stay unchanged.
fn percent_as_text(tag: BytesStart<'_>) -> BytesStart<'_> {
    if attribute(&tag, "office:value-type").as_deref() != Some("percentage") {
        return tag;
    }
    let Some(value) = attribute(&tag, "office:value").and_then(|value| value.parse::<f64>().ok()) else { return tag };
    let mut rewritten = BytesStart::new(tag.name().as_ref().to_owned());
    rewritten.extend_attributes(
        tag.attributes().flatten().filter(|attribute| !attribute.key.as_ref().starts_with("office:")),
    );
    rewritten.push_attribute(("office:value-type", "string"));
    rewritten.push_attribute(("office:string-value", percent(value).as_str()));
    rewritten
}
