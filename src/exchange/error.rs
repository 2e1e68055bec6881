//! Defines everything that can be wrong with a file, each with its Danish sentence: what happened, what is safe, what
//! to do.

use std::fmt;

use crate::record::{Record, describe};

use super::file_kind::ForeignKind;

/// The reason why a file cannot be opened at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// The file is not JSON, or not text.
    NotJson {
        /// The line of the error, counted from 1; `None` if the file is not text.
        line: Option<usize>,
    },
    /// The file is JSON, but not a file of this app.
    NotThisFormat,
    /// The file begins as a file of this app, but is truncated.
    Incomplete,
    /// The JSON is nested deeper than in any file of this app.
    TooDeep,
    /// The file is larger, or holds more records, than is accepted.
    TooLarge,
    /// The file was made by a newer version of the app.
    TooNew {
        /// The version of the file.
        version: u64,
    },
    /// No migration leads from the version of the file to the current one.
    MigrationFailed {
        /// The version of the file.
        version: u64,
    },
    /// The file is locked, and was changed afterwards.
    ChangedSinceLocked,
    /// The file is locked, and no password was given.
    NoPassword,
    /// The password does not fit the locked file.
    WrongPassword,
    /// The browser offers no cryptography, because the page was not opened over https.
    CannotUnlock,
    /// The file is an archive that cannot be unpacked.
    ArchiveDamaged,
    /// The file holds records of the demo, and this is not the demo.
    FromDemo,
    /// The file holds no records of the demo, and this is the demo.
    NotFromDemo,
    /// The file is of a kind that this app does not open.
    Foreign(ForeignKind),
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson { line: Some(line) } => write!(
                f,
                "Filen kan ikke læses: den er ikke en hel JSON-tekst (fejlen står i linje {line}). Intet er ændret hos \
                 dig. Bed om at få filen sendt igen, som den blev gemt."
            ),
            Self::NotJson { line: None } => f.write_str(
                "Filen kan ikke læses: den er ikke en tekstfil. Intet er ændret hos dig. Vælg en fil, hvis navn ender \
                 på .kvalitetshjul.json.",
            ),
            Self::NotThisFormat => f.write_str(
                "Filen er ikke fra Kvalitetshjul. Intet er ændret hos dig. Vælg en fil, hvis navn ender på \
                 .kvalitetshjul.json.",
            ),
            Self::Incomplete => f.write_str(
                "Filen er ufuldstændig: den er klippet af undervejs. Intet er ændret hos dig. Bed om at få den sendt \
                 igen, eller hent den igen fra det sted, den ligger.",
            ),
            Self::TooDeep => f.write_str(
                "Filen er bygget op på en måde, som ingen fil fra Kvalitetshjul er. Den er ikke åbnet, og intet er \
                 ændret hos dig. Bed om at få en ny fil.",
            ),
            Self::TooLarge => f.write_str(
                "Filen er for stor: højst 64 MB og 200.000 poster kan åbnes. Intet er ændret hos dig. Bed afsenderen \
                 dele mindre ad gangen, for eksempel én enhed.",
            ),
            Self::TooNew { version } => write!(
                f,
                "Filen er gemt i en nyere udgave af Kvalitetshjul (filversion {version}). Intet er ændret hos dig. \
                 Genindlæs siden for at få den nye udgave, og åbn så filen igen."
            ),
            Self::MigrationFailed { version } => write!(
                f,
                "Filen er i en version, som ikke kan føres frem til i dag (filversion {version}). Intet er ændret hos \
                 dig. Bed afsenderen gemme filen igen fra en ny udgave."
            ),
            Self::ChangedSinceLocked => f.write_str(
                "Filen er ændret, efter at den blev låst med adgangskode, og kan ikke låses op. Intet er ændret hos dig. \
                 Bed om at få den sendt igen, som den blev gemt.",
            ),
            Self::NoPassword => {
                f.write_str("Filen er låst. Skriv den adgangskode, du har fået af afsenderen. Intet er ændret hos dig.")
            }
            Self::WrongPassword => f.write_str(
                "Adgangskoden passer ikke til filen. Intet er ændret hos dig. Prøv igen, og se efter store og små \
                 bogstaver; eller bed afsenderen om koden.",
            ),
            Self::CannotUnlock => f.write_str(
                "Filen er låst, og browseren kan ikke låse op her, fordi siden ikke er åbnet over https. Intet er ændret \
                 hos dig. Åbn siden på dens rigtige adresse, og prøv igen.",
            ),
            Self::ArchiveDamaged => f.write_str(
                "ZIP-filen kan ikke pakkes ud her: den er ufuldstændig, beskadiget eller pakket på en anden måde. Intet \
                 er ændret hos dig. Pak den ud på din enhed, og åbn filerne i den, eller bed om at få den sendt igen.",
            ),
            Self::FromDemo => f.write_str(
                "Filen er fra prøvekommunen, hvor alt er opdigtet, og kan kun åbnes der. Intet er ændret hos dig. Vil du \
                 se, hvad der er i den, så gå til prøvekommunen, og åbn den der.",
            ),
            Self::NotFromDemo => f.write_str(
                "Du er i prøvekommunen, og filen er ikke herfra. Intet er ændret. Forlad prøvekommunen, og åbn filen dér, \
                 hvor dit eget ligger.",
            ),
            Self::Foreign(kind) => write!(
                f,
                "{kind} Intet er ændret hos dig. Her kan du åbne filer fra Kvalitetshjul, også samlet i en ZIP, og \
                 tabeller med tal: Excel (.xlsx), ODS, CSV og JSON-stat."
            ),
        }
    }
}

impl std::error::Error for FileError {}

/// A record of a file that cannot be taken in. The rest of the file is still offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordError {
    /// The number of the record in the file, counted from 1; `None` if the record was read, but conflicts with the
    /// records here.
    pub number: Option<usize>,
    /// The name of the record, as far as it could be read: `målet «Flere …»`, or its kind and id.
    pub name: String,
    /// What is wrong.
    pub fault: RecordFault,
    /// The text of the record, to be kept in quarantine so that nothing is lost: as in the file if the record could not
    /// be read, otherwise as it was read.
    pub text: String,
}

/// What is wrong with a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordFault {
    /// The record does not have the form of its kind.
    Invalid {
        /// Where and how, for a developer's eyes.
        why: String,
    },
    /// The record contradicts the copy here, or another copy in the same file.
    Damaged {
        /// How.
        why: String,
    },
    /// The record has no field. No app writes such a record.
    NoLeaves,
    /// The record cannot be given a new id («Opret som ny»).
    NotAsNew {
        /// Where and how, for a developer's eyes.
        why: String,
    },
    /// The record holds links in a sort of file that may carry none, because any link could mislead.
    Links,
}

impl RecordError {
    /// Makes the error for a record that contradicts what is here.
    pub(super) fn damaged(record: &Record, why: String) -> Self {
        Self {
            number: None,
            name: describe::name(record),
            fault: RecordFault::Damaged { why },
            text: serde_json::to_string(record).unwrap_or_default(),
        }
    }

    /// Makes the error for a record that cannot be given a new id.
    pub(super) fn not_as_new(record: &Record, why: String) -> Self {
        Self { fault: RecordFault::NotAsNew { why }, ..Self::damaged(record, String::new()) }
    }
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.number.map(|number| format!(", post nr. {number} i filen,")).unwrap_or_default();
        let name = &self.name;
        match &self.fault {
            RecordFault::Invalid { why } => write!(
                f,
                "Sat til side: {name}{place} kan ikke læses. Resten af filen kan åbnes, og din egen udgave er \
                 urørt. Bed afsenderen gemme filen igen. (Teknisk: {why})"
            ),
            RecordFault::Damaged { why } => write!(
                f,
                "Sat til side: {name}{place} er beskadiget ({why}). Resten af filen kan åbnes, og din egen udgave \
                 er urørt. Bed afsenderen om en ny fil."
            ),
            RecordFault::NoLeaves => write!(
                f,
                "Sat til side: {name}{place} er tom: der står ikke ét felt i den. Resten af filen kan åbnes, og din egen \
                 udgave er urørt. Bed afsenderen gemme filen igen."
            ),
            RecordFault::NotAsNew { why } => write!(
                f,
                "Sat til side: {name}{place} kan ikke oprettes som ny. Resten kan oprettes, og din egen udgave er urørt. \
                 Bed afsenderen gemme filen igen. (Teknisk: {why})"
            ),
            RecordFault::Links => f.write_str(
                "Sat til side: filen har links til kommunens sider med. De kommer kun fra sekretariatets datapakke. Resten \
                 af filen kan åbnes, og dine egne links er urørte.",
            ),
        }
    }
}
