//! A file's bytes to records: caps, text, envelope, and then the records, a few at a time.

use std::borrow::Cow;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{DeserializeSeed as _, IgnoredAny};
use serde_json::error::Category;

use crate::domain::cpr::{self, Allowed};
use crate::domain::date::{Date, Timestamp};
use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::record::encoding::{MAX_LEAVES, NO_LEAVES};
use crate::record::path::Path;
use crate::record::value::LeafValue;
use crate::record::{Record, Records, describe};

use super::envelope::{Envelope, EnvelopeVisitor, unreadable};
use super::error::{FileError, RecordError, RecordFault};
use super::format::{MAX_BYTES, MAX_DEPTH};
use super::guard::{is_named_by_one, withhold_cpr};
use super::migrate::migrate;
use super::scan::{before_checksum, begins_as_ours, checksum_text, walk_to};
use super::scope::Scope;

/// The highest count of a write in a file: beyond what anyone will come to, and far from where counting ends, so that no
/// file can bring a record there.
const MAX_COUNT: u64 = 1 << 48;

/// What the envelope of a file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileHead {
    /// The file's version.
    pub version: u64,
    /// The version of the app that wrote it, as far as it says.
    pub app: Option<String>,
    /// When it was written, as far as it says.
    pub exported: Option<Timestamp>,
    /// What it is for, as it stands in the file: see [`Head::scope`].
    scope: Option<String>,
    /// Whether the text was changed after it was written (*ændret efter eksport*): a warning, no more.
    pub changed_since: bool,
    /// The day by which the sender asks for it to be deleted.
    pub delete_by: Option<Date>,
}

impl FileHead {
    /// What the file is for; `None` where it does not say, or says something this version does not know.
    pub fn scope(&self) -> Option<Scope> {
        serde_json::from_str(self.scope.as_deref()?).ok()
    }
}

/// What a file holds, read and checked.
#[derive(Clone, Debug)]
pub struct OpenedFile {
    /// The envelope.
    pub head: FileHead,
    /// The records, of this version.
    pub records: Records,
    /// What could not be read; it is put aside and named.
    pub faults: Vec<RecordError>,
    /// The leaves in which CPR numbers were found, and withheld; `@by` where they were masked in who wrote it.
    pub cpr: Vec<(Id, Path)>,
}

impl OpenedFile {
    /// Takes in what another file holds: two copies of one record in two files are two copies of one record anywhere. The
    /// envelope stays this one's.
    pub fn join(&mut self, other: Self) {
        self.faults.extend(other.faults);
        self.cpr.extend(other.cpr);
        for (id, record) in other.records {
            match self.records.get(&id).map(|own| own.merge(&record)) {
                None => drop(self.records.insert(id, record)),
                Some(Ok(merged)) => drop(self.records.insert(id, merged)),
                Some(Err(damage)) => self.faults.push(RecordError::damaged(&record, damage.to_string())),
            }
        }
    }
}

/// A file being read: opened whole, its records read a few at a time, so that a page can go on answering.
#[derive(Debug)]
pub struct FileReader {
    text: String,
    head: FileHead,
    records: Vec<Range<usize>>,
    next: usize,
    opened: Records,
    faults: Vec<RecordError>,
    cpr: Vec<(Id, Path)>,
}

impl FileReader {
    /// Opens a file: everything but the records themselves.
    ///
    /// # Errors
    /// Every [`FileError`] there is.
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
        if !walk.is_whole && begins_as_ours(text) {
            return Err(FileError::Incomplete);
        }
        let mut envelope = Envelope::default();
        let mut json = serde_json::Deserializer::from_str(text);
        let parsed = EnvelopeVisitor(&mut envelope).deserialize(&mut json).and_then(|()| json.end());
        if let Some(stop) = envelope.stop {
            return Err(stop);
        }
        if let Err(error) = parsed {
            // What was not as expected may still not be JSON further on; then that is what is wrong with it.
            let fault = match error.classify() {
                Category::Data => serde_json::from_str::<IgnoredAny>(text).err(),
                _ => Some(error),
            };
            return Err(fault.map_or(FileError::NotThisFormat, |fault| FileError::NotJson { line: Some(fault.line()) }));
        }
        let (Some(version), Some(records), true) = (envelope.version, envelope.records, envelope.is_ours) else {
            return Err(FileError::NotThisFormat);
        };
        if let Some(error) = unreadable(version) {
            return Err(error);
        }
        let start = text.as_ptr() as usize;
        let records = records
            .into_iter()
            .map(|record| {
                let from = record.get().as_ptr() as usize - start;
                from..from + record.get().len()
            })
            .collect();
        let sum = covered.map(|_| checksum_text(walk.checksum));
        let head = FileHead {
            version,
            app: envelope.app,
            exported: envelope.exported.as_deref().and_then(Timestamp::parse),
            scope: envelope.scope.map(|scope| scope.get().to_owned()),
            changed_since: sum != envelope.checksum,
            delete_by: envelope.delete_by.as_deref().and_then(Date::parse),
        };
        Ok(Self {
            head,
            records,
            next: 0,
            opened: Records::new(),
            faults: Vec::new(),
            cpr: Vec::new(),
            text: text.to_owned(),
        })
    }

    /// What the envelope says.
    pub const fn head(&self) -> &FileHead {
        &self.head
    }

    /// How many records have been read, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.next, self.records.len())
    }

    /// Reads some more records; `false` when there are no more.
    pub fn read_some(&mut self, count: usize) -> bool {
        for _ in 0..count {
            let Some(range) = self.records.get(self.next).cloned() else { return false };
            self.next += 1;
            if let Err(fault) = self.read_one(&range) {
                // What is put aside must hold no CPR number either.
                let text = cpr::masked(&self.text[range]);
                let name = heading(&text);
                self.faults.push(RecordError { number: Some(self.next), name, fault, text });
            }
        }
        self.next < self.records.len()
    }

    fn read_one(&mut self, range: &Range<usize>) -> Result<(), RecordFault> {
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
        if is_named_by_one(&record) {
            return Err(invalid("a name that looks like a CPR number".to_owned()));
        }
        let named = withhold_cpr(&mut record);
        self.cpr.extend(named.into_iter().map(|path| (record.id().clone(), path)));
        // Two copies of one record in a file are two copies of one record anywhere.
        match self.opened.get(record.id()) {
            Some(other) => {
                let merged = other.merge(&record).map_err(|damage| RecordFault::Damaged { why: damage.to_string() })?;
                if merged.leaves().len() > MAX_LEAVES {
                    return Err(invalid("too many leaves".to_owned()));
                }
                self.opened.insert(record.id().clone(), merged);
            }
            None => {
                self.opened.insert(record.id().clone(), record);
            }
        }
        Ok(())
    }

    /// Reads what is left, and gives it all.
    pub fn finish(mut self) -> OpenedFile {
        while self.read_some(usize::MAX) {}
        OpenedFile { head: self.head, records: self.opened, faults: self.faults, cpr: self.cpr }
    }
}

/// Reads a file whole.
///
/// # Errors
/// Every [`FileError`] there is.
pub fn read(bytes: &[u8]) -> Result<OpenedFile, FileError> {
    FileReader::open(bytes).map(FileReader::finish)
}

/// The bytes as text: UTF-8, or UTF-16 with a byte order mark. A cut in the middle of a character is a cut, no fault of
/// its own.
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
                    let (sound, _) = bytes.split_at(error.valid_up_to());
                    match std::str::from_utf8(sound) {
                        Ok(text) if error.error_len().is_none() && begins_as_ours(text) => Err(FileError::Incomplete),
                        _ => Err(FileError::NotJson { line: None }),
                    }
                }
            }
        }
    }
}

/// What a record that could not be read is called, as far as it can be told.
fn heading(text: &str) -> String {
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
    /// The numbers of which someone said, in this record, that they are no CPR numbers.
    pub fn not_cpr(&self) -> Allowed {
        let own = Path::root("@not_cpr");
        let said = self.leaves().iter().filter(|(path, _)| path.is_below(&own));
        let holds = said.filter(|(_, leaf)| leaf.shown().is_some_and(|value| *value.json() == true));
        holds.filter_map(|(path, _)| path.steps().nth(1).map(Cow::into_owned)).collect()
    }

    /// The leaf that says of ten digits that they are no CPR number in this record; it travels with the record, so that
    /// a receiver's guard knows as well.
    pub fn not_cpr_leaf(digits: &str) -> (Path, LeafValue) {
        (Path::root("@not_cpr").child(digits), LeafValue::new(true.into()))
    }
}
