//! Reads the bytes of a file into records: first caps, text and envelope, then the records, a few at a time.

use std::borrow::Cow;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{DeserializeSeed as _, IgnoredAny};
use serde_json::error::Category;

use crate::domain::cpr::{self, Allowed};
use crate::domain::date::{Date, Timestamp};
use crate::domain::demo;
use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::record::encoding::{MAX_LEAVES, NO_LEAVES};
use crate::record::path::Path;
use crate::record::value::LeafValue;
use crate::record::{Record, Records, describe};

use super::envelope::{Envelope, EnvelopeVisitor, version_error};
use super::error::{FileError, RecordError, RecordFault};
use super::format::{MAX_BYTES, MAX_DEPTH};
use super::guard::{has_cpr_in_name, withhold_cpr};
use super::migrate::migrate;
use super::scan::{before_checksum, checksum_text, has_format_prefix, walk_to};
use super::scope::Scope;

/// The highest count of a write that is accepted from a file. No author ever gets there, and it is far below the count
/// at which writing ends, so no file can bring a record to that point.
const MAX_COUNT: u64 = 1 << 48;

/// The envelope of a file, without its records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileHead {
    /// The version of the file format.
    pub version: u64,
    /// The version of the app that wrote the file, if given.
    pub app: Option<String>,
    /// When the file was written, if given.
    pub exported: Option<Timestamp>,
    /// The purpose of the file, as raw JSON: see [`FileHead::scope()`].
    scope: Option<String>,
    /// Whether the text was changed after it was written (*ændret efter eksport*). Only a warning.
    pub is_changed_after_export: bool,
    /// The day by which the sender asks for the file to be deleted.
    pub delete_by: Option<Date>,
}

impl FileHead {
    /// The purpose of the file; `None` if none is given, or one that this version does not know.
    pub fn scope(&self) -> Option<Scope> {
        serde_json::from_str(self.scope.as_deref()?).ok()
    }
}

/// The content of a file, read and checked.
#[derive(Clone, Debug)]
pub struct OpenedFile {
    /// The envelope.
    pub head: FileHead,
    /// The records, migrated to the current version.
    pub records: Records,
    /// The records that could not be read. They are quarantined and reported.
    pub faults: Vec<RecordError>,
    /// The leaves in which CPR numbers were found and withheld. The path is `@by` if numbers were masked in the names
    /// of authors.
    pub cpr: Vec<(Id, Path)>,
}

impl OpenedFile {
    /// Returns whether the file has records of the demo, or entries of the demo in a record whose id is the same in every
    /// municipality.
    pub fn is_of_demo(&self) -> bool {
        let has_entry_of_demo = |path: &Path| path.steps().any(|step| demo::is_of_demo(&step));
        let is_of_demo =
            |record: &Record| demo::is_of_demo(record.id().as_str()) || record.leaves().keys().any(has_entry_of_demo);
        self.records.values().any(is_of_demo)
    }

    /// Adds the records of another file. If both files have a copy of a record, the copies are merged. The envelope of
    /// `self` is kept.
    pub fn merge(&mut self, other: Self) {
        self.faults.extend(other.faults);
        self.cpr.extend(other.cpr);
        for (id, record) in other.records {
            match self.records.get(&id).map(|local| local.merge(&record)) {
                None => drop(self.records.insert(id, record)),
                Some(Ok(merged)) => drop(self.records.insert(id, merged)),
                Some(Err(damage)) => self.faults.push(RecordError::damaged(&record, damage.to_string())),
            }
        }
    }
}

/// A file being read. Its records are read a few at a time, so that the page stays responsive.
#[derive(Debug)]
pub struct FileReader {
    text: String,
    head: FileHead,
    /// Where each record stands in `text`, in bytes.
    ranges: Vec<Range<usize>>,
    /// The index of the next record to read.
    next: usize,
    /// The records read so far.
    records: Records,
    faults: Vec<RecordError>,
    cpr: Vec<(Id, Path)>,
}

impl FileReader {
    /// Opens a file: reads everything but the records.
    ///
    /// # Errors
    /// Any [`FileError`], except those about locked files.
    pub fn open(bytes: &[u8]) -> Result<Self, FileError> {
        if bytes.len() > MAX_BYTES {
            return Err(FileError::TooLarge);
        }
        let text = decode(bytes)?;
        let text = text.as_ref();
        let covered = before_checksum(text).map(str::len);
        let walk = walk_to(text.as_bytes(), covered.unwrap_or_default());
        if walk.depth > MAX_DEPTH {
            return Err(FileError::TooDeep);
        }
        if !walk.is_complete && has_format_prefix(text) {
            return Err(FileError::Incomplete);
        }
        let mut envelope = Envelope::default();
        let mut json = serde_json::Deserializer::from_str(text);
        let parsed = EnvelopeVisitor(&mut envelope).deserialize(&mut json).and_then(|()| json.end());
        if let Some(stop) = envelope.stop {
            return Err(stop);
        }
        if let Err(error) = parsed {
            // The JSON is valid so far but not an envelope. If the rest is not valid JSON, report that instead.
            let fault = match error.classify() {
                Category::Data => serde_json::from_str::<IgnoredAny>(text).err(),
                _ => Some(error),
            };
            return Err(fault.map_or(FileError::NotThisFormat, |fault| FileError::NotJson { line: Some(fault.line()) }));
        }
        let (Some(version), Some(records), true) = (envelope.version, envelope.records, envelope.is_ours) else {
            return Err(FileError::NotThisFormat);
        };
        if let Some(error) = version_error(version) {
            return Err(error);
        }
        let start = text.as_ptr() as usize;
        let ranges = records
            .into_iter()
            .map(|record| {
                let from = record.get().as_ptr() as usize - start;
                from..from + record.get().len()
            })
            .collect();
        let checksum = covered.map(|_| checksum_text(walk.checksum));
        let head = FileHead {
            version,
            app: envelope.app,
            exported: envelope.exported.as_deref().and_then(Timestamp::parse),
            scope: envelope.scope.map(|scope| scope.get().to_owned()),
            is_changed_after_export: checksum != envelope.checksum,
            delete_by: envelope.delete_by.as_deref().and_then(Date::parse),
        };
        Ok(Self {
            head,
            ranges,
            next: 0,
            records: Records::new(),
            faults: Vec::new(),
            cpr: Vec::new(),
            text: text.to_owned(),
        })
    }

    /// The envelope of the file.
    pub const fn head(&self) -> &FileHead {
        &self.head
    }

    /// The number of records read, and the number of all.
    pub fn progress(&self) -> (usize, usize) {
        (self.next, self.ranges.len())
    }

    /// Reads the next `count` records. Returns `false` when all are read.
    pub fn read_some(&mut self, count: usize) -> bool {
        for _ in 0..count {
            let Some(range) = self.ranges.get(self.next).cloned() else { return false };
            self.next += 1;
            if let Err(fault) = self.read_record(&range) {
                // A quarantined text must hold no CPR number either.
                let text = cpr::mask_all(&self.text[range]);
                let name = record_label(&text);
                self.faults.push(RecordError { number: Some(self.next), name, fault, text });
            }
        }
        self.next < self.ranges.len()
    }

    /// Parses, migrates, checks and guards the record at `range`, and adds it to `self.records`.
    fn read_record(&mut self, range: &Range<usize>) -> Result<(), RecordFault> {
        let text = &self.text[range.clone()];
        let invalid = |why: String| RecordFault::Invalid { why };
        let mut record: Record = serde_json::from_str(text).map_err(|error| match error.to_string() {
            why if why.starts_with(NO_LEAVES) => RecordFault::NoLeaves,
            why => invalid(why),
        })?;
        migrate(&mut record, self.head.version);
        if record.kind() == Some(Kind::Links) && !self.head.scope().is_some_and(|scope| scope.carries_links()) {
            return Err(RecordFault::Links);
        }
        if record.seen().iter().any(|(_, n)| n > MAX_COUNT) {
            return Err(invalid("a count that nobody has come to".to_owned()));
        }
        record.check().map_err(|misfit| invalid(format!("{}: {}", misfit.path, misfit.why)))?;
        if has_cpr_in_name(&record) {
            return Err(invalid("a name that looks like a CPR number".to_owned()));
        }
        let withheld = withhold_cpr(&mut record);
        self.cpr.extend(withheld.into_iter().map(|path| (record.id().clone(), path)));
        // Two copies of a record in one file are merged, like any two copies.
        match self.records.get(record.id()) {
            Some(other) => {
                let merged = other.merge(&record).map_err(|damage| RecordFault::Damaged { why: damage.to_string() })?;
                if merged.leaves().len() > MAX_LEAVES {
                    return Err(invalid("too many leaves".to_owned()));
                }
                self.records.insert(record.id().clone(), merged);
            }
            None => {
                self.records.insert(record.id().clone(), record);
            }
        }
        Ok(())
    }

    /// Reads the remaining records and returns the content of the file.
    pub fn finish(mut self) -> OpenedFile {
        while self.read_some(usize::MAX) {}
        OpenedFile { head: self.head, records: self.records, faults: self.faults, cpr: self.cpr }
    }
}

/// Reads a file in one go.
///
/// # Errors
/// See [`FileReader::open`].
pub fn read(bytes: &[u8]) -> Result<OpenedFile, FileError> {
    FileReader::open(bytes).map(FileReader::finish)
}

/// Decodes bytes as text: UTF-8, or UTF-16 with a byte order mark. Bytes that end in the middle of a character are a
/// truncated file, not an encoding error.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, FileError> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16(&units).map(Cow::Owned).map_err(|_| FileError::NotJson { line: None })
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            match std::str::from_utf8(bytes) {
                Ok(text) => Ok(Cow::Borrowed(text)),
                Err(error) => {
                    let (valid, _) = bytes.split_at(error.valid_up_to());
                    match std::str::from_utf8(valid) {
                        Ok(text) if error.error_len().is_none() && has_format_prefix(text) => {
                            Err(FileError::Incomplete)
                        }
                        _ => Err(FileError::NotJson { line: None }),
                    }
                }
            }
        }
    }
}

/// Names a record that could not be read, as far as its text can be parsed.
fn record_label(text: &str) -> String {
    #[derive(Deserialize)]
    struct RecordHeading {
        kind: Option<String>,
        id: Option<String>,
    }
    let short = |text: String| text.chars().take(40).collect::<String>();
    if let Ok(record) = serde_json::from_str::<Record>(text) {
        return describe::name(&record);
    }
    match serde_json::from_str::<RecordHeading>(text) {
        Ok(RecordHeading { kind: Some(kind), id: Some(id) }) => format!("{} {}", short(kind), short(id)),
        Ok(RecordHeading { id: Some(id), .. }) => short(id),
        _ => "uden navn".to_owned(),
    }
}

impl Record {
    /// The ten-digit numbers that users have declared in this record not to be CPR numbers.
    pub fn not_cpr(&self) -> Allowed {
        let parent = Path::root("@not_cpr");
        let leaves = self.leaves().iter().filter(|(path, _)| path.is_below(&parent));
        let confirmed = leaves.filter(|(_, leaf)| leaf.shown().is_some_and(|value| *value.json() == true));
        confirmed.filter_map(|(path, _)| path.steps().nth(1).map(Cow::into_owned)).collect()
    }

    /// Returns the leaf that declares ten digits not to be a CPR number in this record. The leaf travels with the
    /// record, so the guard of a receiver knows it too.
    pub fn not_cpr_leaf(digits: &str) -> (Path, LeafValue) {
        (Path::root("@not_cpr").child(digits), LeafValue::new(true.into()))
    }
}
