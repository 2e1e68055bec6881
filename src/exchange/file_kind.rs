//! Detects the kind of a file by its first bytes, and by its name where the bytes leave the kind open. Pure.

use std::fmt;

use super::archive;
use super::file::has_file_prefix;
use super::format::EXTENSION;

/// The number of bytes at the start of a text that the detection reads.
const HEAD: usize = 4_096;

/// The kind of a file, which decides which reader opens the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A file of this app, locked or not, or a text that only the reader of such files can tell from one.
    Own,
    /// A ZIP file with files of this app.
    Archive,
    /// A table of figures: a workbook, CSV or JSON-stat.
    Table,
    /// A file that this app does not open.
    Foreign(ForeignKind),
}

/// A kind of file that this app does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForeignKind {
    /// A photo or a drawing.
    Image,
    /// A PDF document.
    Pdf,
    /// A document of a word processor, or a mail.
    Document,
    /// Slides.
    Presentation,
    /// Sound or film.
    Media,
    /// A web page, such as a saved agreement or report.
    WebPage,
    /// An archive without files of this app.
    Archive,
    /// A file without content.
    Empty,
    /// Anything else.
    Other,
}

impl fmt::Display for ForeignKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Image => "Det er et billede.",
            Self::Pdf => "Det er en PDF.",
            Self::Document => "Det er et tekstdokument.",
            Self::Presentation => "Det er en præsentation.",
            Self::Media => "Det er lyd eller film.",
            Self::WebPage => {
                "Det er en webside. En aftale eller rapport, der er gemt som webside, er til at læse og kan ikke \
                 flettes ind."
            }
            Self::Archive => "Det er en pakket fil uden filer fra Kvalitetshjul.",
            Self::Empty => "Filen er tom.",
            Self::Other => "Det er ikke en fil fra Kvalitetshjul og ikke en tabel med tal.",
        })
    }
}

/// The first bytes of files that this app does not open.
const SIGNATURES: [(&[u8], ForeignKind); 15] = [
    (b"\x89PNG", ForeignKind::Image),
    (b"\xff\xd8\xff", ForeignKind::Image),
    (b"GIF8", ForeignKind::Image),
    (b"II*\0", ForeignKind::Image),
    (b"MM\0*", ForeignKind::Image),
    (b"\0\0\x01\0", ForeignKind::Image),
    (b"%PDF", ForeignKind::Pdf),
    (b"{\\rtf", ForeignKind::Document),
    (b"OggS", ForeignKind::Media),
    (b"\x1aE\xdf\xa3", ForeignKind::Media),
    (b"ID3\x03", ForeignKind::Media),
    (b"ID3\x04", ForeignKind::Media),
    (b"Rar!", ForeignKind::Archive),
    (b"7z\xbc\xaf", ForeignKind::Archive),
    (b"\x1f\x8b", ForeignKind::Archive),
];

/// Detects the kind of a file.
pub fn detect(name: &str, bytes: &[u8]) -> FileKind {
    if let Some(kind) = foreign_by_signature(bytes) {
        return FileKind::Foreign(kind);
    }
    let name = name.to_lowercase();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return in_zip(extension, bytes);
    }
    // The container of old Office files, and of workbooks that are locked.
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return match extension {
            "doc" | "dot" | "msg" => FileKind::Foreign(ForeignKind::Document),
            "ppt" | "pps" => FileKind::Foreign(ForeignKind::Presentation),
            _ => FileKind::Table,
        };
    }
    text_kind(&name, extension, bytes)
}

/// Recognises a file that this app does not open by its first bytes.
fn foreign_by_signature(bytes: &[u8]) -> Option<ForeignKind> {
    if let Some((_, kind)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Some(*kind);
    }
    match (bytes.get(..4)?, bytes.get(4..8)?, bytes.get(8..12)?) {
        (b"RIFF", _, b"WEBP") => Some(ForeignKind::Image),
        (b"RIFF", ..) => Some(ForeignKind::Media),
        // Photos of phones and films share a container.
        (_, b"ftyp", b"heic" | b"heix" | b"heif" | b"mif1" | b"msf1" | b"avif") => Some(ForeignKind::Image),
        (_, b"ftyp", _) => Some(ForeignKind::Media),
        // A bitmap: its size, and four bytes that are zero.
        (start, ..) if start.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]) => Some(ForeignKind::Image),
        _ => None,
    }
}

/// Detects the kind of a ZIP file by the names of its entries, and by its own name where the entries cannot be read.
fn in_zip(extension: &str, bytes: &[u8]) -> FileKind {
    let entries = archive::entries(bytes).unwrap_or_default();
    let has = |is_it: &dyn Fn(&str) -> bool| entries.iter().any(|entry| is_it(&entry.name));
    // An OpenDocument file begins with an entry that names its type.
    let start = bytes.get(..200).unwrap_or(bytes);
    let is_open_document = |word: &[u8]| start.windows(word.len()).any(|window| window == word);
    if has(&archive::is_own_file) {
        return FileKind::Archive;
    }
    if has(&|name| name.starts_with("xl/")) || is_open_document(b"opendocument.spreadsheet") {
        return FileKind::Table;
    }
    if has(&|name| name.starts_with("word/")) || is_open_document(b"opendocument.text") {
        return FileKind::Foreign(ForeignKind::Document);
    }
    if has(&|name| name.starts_with("ppt/")) || is_open_document(b"opendocument.presentation") {
        return FileKind::Foreign(ForeignKind::Presentation);
    }
    match extension {
        "xlsx" | "xlsm" | "xltx" | "xlsb" | "ods" => FileKind::Table,
        "docx" | "odt" => FileKind::Foreign(ForeignKind::Document),
        "pptx" | "odp" => FileKind::Foreign(ForeignKind::Presentation),
        // A truncated archive has no list of entries. Unpacking the archive reports the damage.
        "zip" if entries.is_empty() && bytes.starts_with(b"PK\x03\x04") => FileKind::Archive,
        _ => FileKind::Foreign(ForeignKind::Archive),
    }
}

/// Detects the kind of a text. Other content is unknown, unless the name is that of a file of this app.
fn text_kind(name: &str, extension: &str, bytes: &[u8]) -> FileKind {
    let head = head_text(bytes);
    let text = head.trim_start();
    if has_file_prefix(&head) {
        return FileKind::Own;
    }
    if text.starts_with(['{', '[']) {
        return if contains(bytes, b"\"dimension\"") { FileKind::Table } else { FileKind::Own };
    }
    // The reader of such files explains best what is wrong with the file.
    if name.ends_with(EXTENSION) || extension == "json" {
        return FileKind::Own;
    }
    let lower: String = text.chars().take(500).collect::<String>().to_lowercase();
    let foreign = if text.is_empty() {
        ForeignKind::Empty
    } else if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        ForeignKind::WebPage
    } else if lower.starts_with('<') && lower.contains("<svg") {
        ForeignKind::Image
    } else if head.contains('\0') || lower.starts_with('<') {
        ForeignKind::Other
    } else if matches!(extension, "csv" | "tsv" | "tab") || has_columns(&head) {
        return FileKind::Table;
    } else {
        ForeignKind::Other
    };
    FileKind::Foreign(foreign)
}

/// Returns whether bytes contain a word.
fn contains(bytes: &[u8], word: &[u8; 11]) -> bool {
    // The second letter of the word is rarer in JSON than the quotation mark before it.
    memchr::memchr_iter(word[1], bytes).any(|at| at > 0 && bytes.get(at - 1..at + 10) == Some(word))
}

/// Decodes the start of a text: UTF-16 with a byte order mark, or UTF-8. Bytes that are neither become replacement
/// characters.
fn head_text(bytes: &[u8]) -> String {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let utf_16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match head {
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        _ => String::from_utf8_lossy(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head)).into_owned(),
    }
}

/// Returns whether the first two lines of a text are split into columns by the same character.
fn has_columns(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    [';', '\t'].iter().any(|&separator| first.contains(separator) && second.contains(separator))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Date;

    fn zip(names: &[&str]) -> Vec<u8> {
        let files: Vec<_> = names.iter().map(|name| ((*name).to_owned(), "application/x".to_owned())).collect();
        archive::archive(&files, Date::new(2026, 1, 15).unwrap()).unwrap()
    }

    #[track_caller]
    fn check(name: &str, bytes: &[u8], expected: FileKind) {
        assert_eq!(detect(name, bytes), expected, "{name}");
    }

    #[test]
    fn content_decides_before_the_name() {
        use ForeignKind as F;
        let own = br#"{"format":"kvalitetshjul","version":2,"records":[]}"#;
        check("billede.png", own, FileKind::Own);
        check("uden navn", own, FileKind::Own);
        check("tal.csv", br#" {"format":"kvalitetshjul-locked","version":1"#, FileKind::Own);
        let utf_16: Vec<u8> = [0xff, 0xfe].into_iter().chain(own.iter().flat_map(|byte| [*byte, 0])).collect();
        check("noter.txt", &utf_16, FileKind::Own);
        check("x.kvalitetshjul.json", b"\x89PNG\r\n", FileKind::Foreign(F::Image));
        check("x.json", b"\xff\xd8\xff\xe0", FileKind::Foreign(F::Image));
        check("x", b"RIFF\0\0\0\0WEBPVP8 ", FileKind::Foreign(F::Image));
        check("IMG_1.HEIC", b"\0\0\0\x18ftypheic\0\0", FileKind::Foreign(F::Image));
        check("film.mp4", b"\0\0\0\x18ftypmp42\0\0", FileKind::Foreign(F::Media));
        check("tegning.svg", b"<?xml version=\"1.0\"?>\n<svg xmlns=\"x\">", FileKind::Foreign(F::Image));
        check("aftale.json", b"%PDF-1.7", FileKind::Foreign(F::Pdf));
        check("brev.rtf", b"{\\rtf1", FileKind::Foreign(F::Document));
        check("rapport.html", b"<!DOCTYPE html><html>", FileKind::Foreign(F::WebPage));
        check("data.xml", b"<?xml version=\"1.0\"?><root/>", FileKind::Foreign(F::Other));
        check("tom.txt", b" \n", FileKind::Foreign(F::Empty));
        check("x.bin", b"a;b\0\nc;d", FileKind::Foreign(F::Other));
        check("BM.csv", b"BM;Enhed\n1;2", FileKind::Table);
        check("ID3.csv", b"ID3;Enhed\n1;2", FileKind::Table);
    }

    #[test]
    fn texts_are_told_apart_by_their_content_and_last_by_their_name() {
        check("tal.json", br#"{"version":"2.0","class":"dataset","dimension":{}}"#, FileKind::Table);
        check("andet.json", br#"{"a":1}"#, FileKind::Own);
        check("klippet.kvalitetshjul.json", b"", FileKind::Own);
        check("klippet.json", b"noget", FileKind::Own);
        check("tal.csv", b"Enhed", FileKind::Table);
        check("tal.txt", b"Enhed\tTal\n\nSkolen\t3", FileKind::Table);
        check("tal.txt", b"Enhed;Tal\nSkolen\xf8en;3", FileKind::Table);
        check(
            "noter.txt",
            b"Vi talte om, hvad vi vil.\nOg s\xc3\xa5 gik vi hjem, alle.",
            FileKind::Foreign(ForeignKind::Other),
        );
    }

    #[test]
    fn zip_is_told_by_its_entries_and_last_by_its_name() {
        use ForeignKind as F;
        check("Datapakke.zip", &zip(&["a/Solen – tal – 2026-01-15.kvalitetshjul.json"]), FileKind::Archive);
        check("x.kvalitetshjul.json", &zip(&["Solen.kvalitetshjul.json"]), FileKind::Archive);
        check("tal.zip", &zip(&["[Content_Types].xml", "xl/workbook.xml"]), FileKind::Table);
        check("tal.xlsx", &zip(&["word/document.xml"]), FileKind::Foreign(F::Document));
        check("oplæg.pptx", &zip(&["ppt/presentation.xml"]), FileKind::Foreign(F::Presentation));
        check("andet.zip", &zip(&["tal.csv"]), FileKind::Foreign(F::Archive));
        check("mac.zip", &zip(&["__MACOSX/._Solen.kvalitetshjul.json"]), FileKind::Foreign(F::Archive));
        check("tom.zip", &zip(&[]), FileKind::Foreign(F::Archive));
        check("beskadiget.xlsx", b"PK\x03\x04 og saa ikke mere", FileKind::Table);
        check("beskadiget.zip", b"PK\x03\x04 og saa ikke mere", FileKind::Archive);
        check("laast.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1", FileKind::Table);
        check("brev.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", FileKind::Foreign(F::Document));
        let ods = [&b"PK\x03\x04"[..], &[0; 26], b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"].concat();
        check("tal", &ods, FileKind::Table);
    }
}
