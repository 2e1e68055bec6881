//! Parses the envelope of a file once, and keeps the records as raw text. A file of another format, or with too many
//! records, stops the parsing.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::error::FileError;
use super::format::MAX_RECORDS;
use super::format::{FORMAT, VERSION};
use super::migrate::is_supported;

/// The envelope while it is being parsed.
#[derive(Default)]
pub(super) struct Envelope<'t> {
    /// Whether `format` was read and is that of this app.
    pub(super) is_ours: bool,
    pub(super) version: Option<u64>,
    pub(super) app: Option<String>,
    pub(super) exported: Option<String>,
    pub(super) delete_by: Option<String>,
    pub(super) scope: Option<&'t RawValue>,
    pub(super) records: Option<Vec<&'t RawValue>>,
    pub(super) checksum: Option<String>,
    /// The error for which parsing was stopped on purpose.
    pub(super) stop: Option<FileError>,
}

/// Parses an envelope into the given [`Envelope`].
pub(super) struct EnvelopeVisitor<'e, 't>(pub(super) &'e mut Envelope<'t>);

impl<'t> DeserializeSeed<'t> for EnvelopeVisitor<'_, 't> {
    type Value = ();
    fn deserialize<D: serde::Deserializer<'t>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'t> EnvelopeVisitor<'_, 't> {
    /// Stops the parsing with an error of this app.
    fn stop<T, E: serde::de::Error>(&mut self, error: FileError) -> Result<T, E> {
        self.0.stop = Some(error);
        Err(E::custom("stopped"))
    }

    /// Reads the value of one member of the envelope.
    fn read_member<A: MapAccess<'t>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let text = |value: &RawValue| serde_json::from_str::<String>(value.get()).ok();
        let is_repeated = match name {
            "format" => self.0.is_ours,
            "version" => self.0.version.is_some(),
            "records" => self.0.records.is_some(),
            _ => false,
        };
        if is_repeated {
            return Err(A::Error::custom("a member twice"));
        }
        if name == "records" {
            let mut has_too_many = false;
            let records = map.next_value_seed(RecordTexts(&mut has_too_many));
            if has_too_many {
                return self.stop(FileError::TooLarge);
            }
            self.0.records = Some(records?);
            return Ok(());
        }
        let value: &'t RawValue = map.next_value()?;
        match name {
            "format" => {
                if text(value).as_deref() != Some(FORMAT) {
                    return Err(A::Error::custom("another format"));
                }
                self.0.is_ours = true;
            }
            "version" => {
                let version = serde_json::from_str(value.get()).map_err(|_| A::Error::custom("not a version"))?;
                // Checked at once, because the rest of a file of another version may be built differently. Only for a
                // file of this app.
                if let Some(error) = version_error(version).filter(|_| self.0.is_ours) {
                    return self.stop(error);
                }
                self.0.version = Some(version);
            }
            "app" => self.0.app = text(value),
            "exported" => self.0.exported = text(value),
            "delete_by" => self.0.delete_by = text(value),
            "scope" => self.0.scope = Some(value),
            "checksum" => self.0.checksum = text(value),
            _ => {}
        }
        Ok(())
    }
}

impl<'t> Visitor<'t> for EnvelopeVisitor<'_, 't> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a file of Kvalitetshjul")
    }
    fn visit_map<A: MapAccess<'t>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<Cow<'t, str>>()? {
            self.read_member(&name, &mut map)?;
        }
        Ok(())
    }
}

/// Parses the records as raw texts, at most [`MAX_RECORDS`]. Sets the flag if there are more.
struct RecordTexts<'c>(&'c mut bool);

impl<'t> DeserializeSeed<'t> for RecordTexts<'_> {
    type Value = Vec<&'t RawValue>;
    fn deserialize<D: serde::Deserializer<'t>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'t> Visitor<'t> for RecordTexts<'_> {
    type Value = Vec<&'t RawValue>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("records")
    }
    fn visit_seq<A: SeqAccess<'t>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut records = Vec::new();
        while records.len() < MAX_RECORDS {
            match seq.next_element()? {
                Some(record) => records.push(record),
                None => return Ok(records),
            }
        }
        *self.0 = seq.next_element::<IgnoredAny>()?.is_some();
        if *self.0 { Err(A::Error::custom("too many records")) } else { Ok(records) }
    }
}

/// Why files of a version cannot be read; `None` if they can.
pub(super) fn version_error(version: u64) -> Option<FileError> {
    match version {
        newer if newer > VERSION => Some(FileError::TooNew { version: newer }),
        known if is_supported(known) => None,
        other => Some(FileError::MigrationFailed { version: other }),
    }
}
