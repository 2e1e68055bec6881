//! Derives the content of a saved file from its name, and writes the mail to send the file with. Pure.
//!
//! The app names every file that it saves, so every file has a receipt, whichever page saved the file.

use crate::domain::date::Date;

use super::file;
use super::format::EXTENSION;

/// The content of a saved file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileContent {
    /// *Sikkerhedskopi*: everything, private records too.
    Backup,
    /// A unit with what belongs to it.
    Unit,
    /// A conversation, for the other party.
    Samtale,
    /// An agreement, for the other party.
    Agreement,
    /// The data package of one unit or several.
    DataPackage,
    /// All files of the data package in one ZIP.
    PackageArchive,
    /// The patterns and themes of the data package, for the forums that take a position on them.
    ForumPackage,
    /// The answer of a forum on the data package.
    Feedback,
    /// What a network shares.
    Network,
    /// The result of a workshop.
    Workshop,
    /// A meeting with offers of help and decisions.
    Meeting,
    /// An instrument for reflection.
    Instrument,
    /// A private reflection that the user chose to share.
    Reflection,
    /// An agreement or a report as a web page.
    Document,
    /// Figures as CSV.
    Table,
    /// A chart.
    Picture,
    /// Texts that could not be read.
    Quarantine,
}

/// A mail to send a file with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The subject.
    pub subject: String,
    /// The text, with line breaks.
    pub body: String,
}

/// The details of a mail that the name of the file does not contain.
#[derive(Clone, Copy, Debug, Default)]
pub struct MailDetails<'a> {
    /// The address of the app.
    pub address: &'a str,
    /// The name of the sender; may be empty.
    pub sender: &'a str,
    /// Whether the file is locked with a password.
    pub is_locked: bool,
    /// The day by which the recipient is asked to delete the file.
    pub delete_by: Option<Date>,
}

impl FileContent {
    /// Derives the content from the name of a file that this app saved.
    pub fn of(name: &str) -> Self {
        match file::name_parts(name) {
            Some((_, "sikkerhedskopi")) => Self::Backup,
            Some((_, "samtale")) => Self::Samtale,
            Some((_, "aftale")) => Self::Agreement,
            Some((_, "tal" | "datapakke")) => Self::DataPackage,
            Some((_, "oplæg")) => Self::ForumPackage,
            Some((_, "svar")) => Self::Feedback,
            Some((_, "netværk")) => Self::Network,
            Some((_, "workshop")) => Self::Workshop,
            Some((_, "møde")) => Self::Meeting,
            Some((_, "redskab")) => Self::Instrument,
            Some((_, "refleksion")) => Self::Reflection,
            Some(_) => Self::Unit,
            None => match name.rsplit('.').next().unwrap_or_default() {
                "zip" => Self::PackageArchive,
                "html" => Self::Document,
                "csv" => Self::Table,
                "svg" | "png" => Self::Picture,
                "txt" => Self::Quarantine,
                _ => Self::Unit,
            },
        }
    }

    /// Returns the recipient, as the end of «Send den til …»; `None` for a file that is for the user alone.
    pub const fn recipient(self) -> Option<&'static str> {
        Some(match self {
            Self::Backup | Self::Quarantine => return None,
            Self::Unit => "en kollega eller din leder",
            Self::Samtale | Self::Agreement => "den anden part",
            Self::DataPackage => "lederen",
            Self::PackageArchive => "sekretariatet eller cheferne",
            Self::ForumPackage => "forummerne",
            Self::Feedback => "sekretariatet",
            Self::Network => "netværket",
            Self::Workshop => "dem, der var med",
            Self::Meeting => "deltagerne",
            Self::Instrument => "en kollega",
            Self::Reflection => "den, du vil vise den",
            Self::Document => "dem, der skal læse den",
            Self::Table | Self::Picture => "den, der skal bruge den",
        })
    }

    /// Returns advice for the user about passing the file on, if there is any.
    pub const fn advice(self) -> Option<&'static str> {
        match self {
            Self::Backup => Some(
                "Den er kun til dig: dine private refleksioner er med. Læg den et sted, hvor kun du kan læse den. Vil du \
                 vise andre noget, så brug Del.",
            ),
            Self::Reflection => Some("Refleksionen er privat. Filen er kun til den, du selv giver den til."),
            Self::Quarantine => {
                Some("Der kan stå noget privat i den. Giv den kun til en, du stoler på, og som kan hjælpe dig.")
            }
            _ => None,
        }
    }

    /// Describes the file to the recipient, as the end of «Her er».
    const fn presented(self) -> &'static str {
        match self {
            Self::Backup => "en sikkerhedskopi",
            Self::Unit => "det, vi har skrevet i Kvalitetshjul",
            Self::Samtale => "samtalen, som jeg har forberedt den",
            Self::Agreement => "aftalen, som den ser ud nu",
            Self::DataPackage => "datapakken med tal og temaer",
            Self::PackageArchive => "datapakken: en fil til hver enhed og én med det hele",
            Self::ForumPackage => "mønstrene og temaerne i datapakken",
            Self::Feedback => "vores svar på datapakken",
            Self::Network => "det, vi deler i netværket",
            Self::Workshop => "resultatet af vores workshop",
            Self::Meeting => "mødet med tilbud om hjælp og beslutninger",
            Self::Instrument => "et redskab til refleksion",
            Self::Reflection => "en refleksion, jeg gerne vil vise dig",
            Self::Document => "dokumentet",
            Self::Table => "tallene som tabel",
            Self::Picture => "en tegning af tallene",
            Self::Quarantine => "tekster, der ikke kunne læses",
        }
    }

    /// Returns the request to the recipient.
    const fn request(self) -> &'static str {
        match self {
            Self::Samtale => "Skriv dit i den, og send mig din fil tilbage, så har vi begge det hele.",
            Self::Agreement => "Læs den, skriv dine kommentarer, og send mig din fil tilbage.",
            Self::DataPackage => "Se på tallene, og skriv, hvad I ser i dem, før samtalen.",
            Self::PackageArchive => "Send hver leder enhedens egen fil. Filen med det hele er til jer selv.",
            Self::ForumPackage => {
                "Skriv jeres svar under «Tag stilling til mønstre og temaer», og send mig filen med det."
            }
            Self::Feedback => "Åbn den, så står svaret ved hvert mønster og tema i datapakken.",
            Self::Workshop => "Den har kun antal, noter og beslutninger.",
            Self::Meeting => "Svar på tilbuddene, og send mig din fil tilbage.",
            Self::Instrument => "Når du har åbnet filen, finder du redskabet under Refleksion.",
            Self::Reflection => "Den er kun til dig. Send den ikke videre.",
            Self::Unit | Self::Network => "Skriver du videre i det, så send mig din fil tilbage.",
            Self::Document => "Du kan åbne filen i en browser og skrive den ud derfra.",
            Self::Table => "Du kan åbne filen i et regneark. Tal, der hviler på færre end 5 personer, er ikke med.",
            Self::Picture => "Tal, der hviler på færre end 5 personer, er ikke med.",
            Self::Backup | Self::Quarantine => "",
        }
    }

    /// Returns whether the recipient opens the file in this app.
    const fn is_opened_here(self) -> bool {
        !matches!(self, Self::Document | Self::Table | Self::Picture | Self::Quarantine)
    }
}

/// Writes the mail to send a file with; `None` for a file that is for the user alone.
pub fn mail(name: &str, details: MailDetails<'_>) -> Option<Mail> {
    let content = FileContent::of(name);
    content.recipient()?;
    let presented = content.presented();
    let subject = file_subject(name);
    let mut paragraphs =
        vec!["Hej".to_owned(), format!("Her er {presented}: {subject}."), content.request().to_owned()];
    if content.is_opened_here() {
        paragraphs.push(format!(
            "Gem den vedhæftede fil, åbn Kvalitetshjul på {}, og vælg «Åbn fil». Du ser først, hvad filen kommer med. Intet \
             ændres, før du siger ja.",
            details.address
        ));
    }
    if details.is_locked {
        paragraphs.push("Filen er låst med en adgangskode. Den får du ad en anden vej.".to_owned());
    }
    if let Some(day) = details.delete_by {
        paragraphs.push(format!("Slet filen senest den {}.", day.danish()));
    }
    paragraphs.push(format!("Venlig hilsen\n{}", details.sender.trim()).trim_end().to_owned());
    let kind = match content {
        FileContent::Samtale => "samtalen",
        FileContent::Agreement => "aftalen",
        FileContent::Meeting => "mødet",
        FileContent::DataPackage | FileContent::PackageArchive => "datapakken",
        FileContent::ForumPackage => "mønstre og temaer",
        FileContent::Feedback => "svar på datapakken",
        FileContent::Network => "fra netværket",
        FileContent::Workshop => "resultatet af workshoppen",
        FileContent::Instrument => "redskab til refleksion",
        FileContent::Reflection => "refleksion",
        FileContent::Table => "tal",
        FileContent::Picture => "tegning",
        _ => "fra Kvalitetshjul",
    };
    Some(Mail { subject: format!("{subject}: {kind}"), body: paragraphs.join("\n\n") })
}

/// Returns the subject of a file: its name without the kind of content, the day and the ending.
fn file_subject(name: &str) -> &str {
    if let Some((subject, _)) = file::name_parts(name) {
        return subject;
    }
    let stem = name.strip_suffix(EXTENSION).unwrap_or(name);
    stem.rsplit_once('.').map_or(stem, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DETAILS: MailDetails<'_> =
        MailDetails { address: "https://eksempel.dk/hjul/", sender: "Anne", is_locked: false, delete_by: None };

    fn day() -> Date {
        Date::new(2026, 3, 15).unwrap()
    }

    #[track_caller]
    fn check(name: &str, content: FileContent, subject: Option<&str>) {
        assert_eq!(FileContent::of(name), content, "{name}");
        assert_eq!(mail(name, DETAILS).map(|mail| mail.subject).as_deref(), subject, "{name}");
        assert_eq!(content.recipient().is_some(), subject.is_some(), "{name}");
    }

    #[test]
    fn content_and_subject_come_from_the_name() {
        let own = |content: &str| file::name("Solen – Anne", content, day());
        check(&own("sikkerhedskopi"), FileContent::Backup, None);
        check(&own("enhed"), FileContent::Unit, Some("Solen – Anne: fra Kvalitetshjul"));
        check(&own("samtale"), FileContent::Samtale, Some("Solen – Anne: samtalen"));
        check(&own("aftale"), FileContent::Agreement, Some("Solen – Anne: aftalen"));
        check(&own("tal"), FileContent::DataPackage, Some("Solen – Anne: datapakken"));
        check(&own("datapakke"), FileContent::DataPackage, Some("Solen – Anne: datapakken"));
        check(&own("oplæg"), FileContent::ForumPackage, Some("Solen – Anne: mønstre og temaer"));
        check(&own("svar"), FileContent::Feedback, Some("Solen – Anne: svar på datapakken"));
        check(&own("netværk"), FileContent::Network, Some("Solen – Anne: fra netværket"));
        check(&own("workshop"), FileContent::Workshop, Some("Solen – Anne: resultatet af workshoppen"));
        check(&own("møde"), FileContent::Meeting, Some("Solen – Anne: mødet"));
        check(&own("redskab"), FileContent::Instrument, Some("Solen – Anne: redskab til refleksion"));
        check(&own("refleksion"), FileContent::Reflection, Some("Solen – Anne: refleksion"));
        check(
            "Datapakke 2026–2027 – 2026-01-20.zip",
            FileContent::PackageArchive,
            Some("Datapakke 2026–2027 – 2026-01-20: datapakken"),
        );
        check("Kvalitetsrapport 2026.html", FileContent::Document, Some("Kvalitetsrapport 2026: fra Kvalitetshjul"));
        check("Fravær Solen.csv", FileContent::Table, Some("Fravær Solen: tal"));
        check("Fravær Solen.png", FileContent::Picture, Some("Fravær Solen: tegning"));
        check("Kvalitetshjul – lagt til side – 2026-03-15.txt", FileContent::Quarantine, None);
    }

    #[test]
    fn mail_says_what_to_do_and_only_what_is_true_of_the_file() {
        let name = file::name("Solen", "aftale", day());
        let plain = mail(&name, DETAILS).unwrap().body;
        assert!(plain.starts_with("Hej\n\nHer er aftalen, som den ser ud nu: Solen."), "{plain}");
        assert!(plain.contains("https://eksempel.dk/hjul/") && plain.ends_with("Venlig hilsen\nAnne"), "{plain}");
        assert!(!plain.contains("adgangskode") && !plain.contains("Slet filen"), "{plain}");
        let details = MailDetails { is_locked: true, delete_by: Some(day()), sender: "", ..DETAILS };
        let locked = mail(&name, details).unwrap().body;
        assert!(locked.contains("låst med en adgangskode") && locked.contains("senest den 15. marts 2026"), "{locked}");
        assert!(locked.ends_with("Venlig hilsen"), "{locked}");
        let table = mail("Fravær Solen.csv", DETAILS).unwrap().body;
        assert!(!table.contains("«Åbn fil»"), "{table}");
    }
}
