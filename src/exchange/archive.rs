//! Packs several files into one ZIP file, without compression, and lists the entries of a ZIP file.
//!
//! The secretariat sends files to many units at once. One ZIP is a single download, which every browser accepts and
//! every system can open. Browsers ask about several downloads in a row, or block them.

use crate::domain::date::Date;

use super::checksum::Crc32;
use super::error::FileError;
use super::format::{self, EXTENSION};

/// Flag bit 11: entry names are UTF-8.
const UTF_8: u16 = 1 << 11;
/// Version needed to extract: 2.0, the lowest for ordinary files.
const VERSION: u16 = 20;
/// The maximum number of files: ZIP without ZIP64 counts up to 65,535.
const MAX_FILES: usize = 60_000;
/// The maximum size in bytes: ZIP without ZIP64 counts up to 4 GiB.
const MAX_BYTES: usize = 4_000_000_000;

/// Packs files, each a name and a text, into a ZIP archive. `day` becomes the modification date of each file.
///
/// Returns `None` if the archive would exceed what ZIP without ZIP64 can count.
pub fn archive(files: &[(String, String)], day: Date) -> Option<Vec<u8>> {
    // Each name is written twice; 200 bytes cover the headers of an entry.
    if files.len() > MAX_FILES
        || files.iter().map(|(name, text)| name.len() * 2 + text.len() + 200).sum::<usize>() > MAX_BYTES
    {
        return None;
    }
    let date = dos_date(day);
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let mut checksum = Crc32::new();
        checksum.update(text.as_bytes());
        let mut header = Vec::with_capacity(26);
        push_u16s(&mut header, &[VERSION, UTF_8, 0, 0, date]);
        push_u32s(&mut header, &[usize::try_from(checksum.finish()).ok()?, text.len(), text.len()])?;
        push_u16s(&mut header, &[u16::try_from(name.len()).ok()?, 0]);
        let offset = bytes.len();
        bytes.extend_from_slice(b"PK\x03\x04");
        bytes.extend_from_slice(&header);
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(text.as_bytes());
        directory.extend_from_slice(b"PK\x01\x02");
        push_u16s(&mut directory, &[VERSION]);
        directory.extend_from_slice(&header);
        // Comment length, disk number and attributes are 0. The offset of the local header follows.
        push_u16s(&mut directory, &[0; 5]);
        push_u32s(&mut directory, &[offset])?;
        directory.extend_from_slice(name.as_bytes());
    }
    let (offset, count) = (bytes.len(), u16::try_from(files.len()).ok()?);
    bytes.extend_from_slice(&directory);
    bytes.extend_from_slice(b"PK\x05\x06");
    push_u16s(&mut bytes, &[0, 0, count, count]);
    push_u32s(&mut bytes, &[directory.len(), offset])?;
    push_u16s(&mut bytes, &[0]);
    Some(bytes)
}

/// An entry of a ZIP file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveEntry<'b> {
    /// The path in the archive.
    pub name: String,
    /// How the content is stored.
    pub compression: Compression,
    /// The size of the unpacked content in bytes, as the archive declares it.
    pub size: usize,
    /// The CRC-32 of the unpacked content, as the archive declares it.
    checksum: u32,
    /// The packed content.
    pub data: &'b [u8],
}

/// How the content of an entry is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// Without compression, as this app writes archives.
    Stored,
    /// With the method *deflate*, as most programs write archives. The browser unpacks the content.
    Deflated,
    /// By another method, or encrypted.
    Unknown,
}

impl ArchiveEntry<'_> {
    /// Returns whether unpacked content has the size and the CRC-32 that the archive declares.
    pub fn is_intact(&self, content: &[u8]) -> bool {
        let mut checksum = Crc32::new();
        checksum.update(content);
        content.len() == self.size && checksum.finish() == self.checksum
    }

    /// Returns the name without its folders.
    pub fn file_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or_default()
    }
}

/// Lists the entries of a ZIP file from the directory at its end. Returns `None` if the archive is truncated, damaged,
/// or so large that it needs ZIP64.
pub fn entries(bytes: &[u8]) -> Option<Vec<ArchiveEntry<'_>>> {
    // The end record has 22 bytes, and a comment of up to 65,535.
    let tail = bytes.len().saturating_sub(22 + 0xffff);
    let end = tail + bytes.get(tail..)?.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    bytes.get(end..end + 22)?;
    let count = usize::from(u16_at(bytes, end + 10)?);
    let mut at = u32_at(bytes, end + 16)?;
    let mut entries = Vec::new();
    for _ in 0..count {
        if bytes.get(at..at.checked_add(4)?)? != b"PK\x01\x02" {
            return None;
        }
        let is_encrypted = u16_at(bytes, at + 8)? & 1 == 1;
        let compression = match u16_at(bytes, at + 10)? {
            0 if !is_encrypted => Compression::Stored,
            8 if !is_encrypted => Compression::Deflated,
            _ => Compression::Unknown,
        };
        let [name_len, extra_len, comment_len] =
            [28, 30, 32].map(|offset| u16_at(bytes, at + offset).map_or(0, usize::from));
        let start = u32_at(bytes, at + 42)?;
        if bytes.get(start..start.checked_add(4)?)? != b"PK\x03\x04" {
            return None;
        }
        // The local header repeats the name, and has extra fields of its own.
        let data = start + 30 + usize::from(u16_at(bytes, start + 26)?) + usize::from(u16_at(bytes, start + 28)?);
        entries.push(ArchiveEntry {
            name: String::from_utf8_lossy(bytes.get(at + 46..at + 46 + name_len)?).into_owned(),
            compression,
            size: u32_at(bytes, at + 24)?,
            checksum: u32::try_from(u32_at(bytes, at + 16)?).ok()?,
            data: bytes.get(data..data.checked_add(u32_at(bytes, at + 20)?)?)?,
        });
        at += 46 + name_len + extra_len + comment_len;
    }
    Some(entries)
}

/// Lists the entries of a ZIP file that are files of this app.
///
/// # Errors
/// [`FileError::ArchiveDamaged`] if an entry cannot be unpacked, [`FileError::TooLarge`] if the files are larger
/// together than one file may be.
pub fn own_entries(bytes: &[u8]) -> Result<Vec<ArchiveEntry<'_>>, FileError> {
    if bytes.len() > format::MAX_BYTES {
        return Err(FileError::TooLarge);
    }
    let mut own = entries(bytes).ok_or(FileError::ArchiveDamaged)?;
    own.retain(|entry| is_own_file(&entry.name));
    if own.is_empty() || own.iter().any(|entry| entry.compression == Compression::Unknown) {
        return Err(FileError::ArchiveDamaged);
    }
    // The sum saturates, because `usize` has only 32 bits in the browser.
    let size = own.iter().fold(0_usize, |size, entry| size.saturating_add(entry.size));
    if size > format::MAX_BYTES { Err(FileError::TooLarge) } else { Ok(own) }
}

/// Returns whether an entry is a file of this app, by its name. The companion files that macOS adds to an archive have
/// the same ending and are left out.
pub fn is_own_file(name: &str) -> bool {
    let file_name = name.rsplit('/').next().unwrap_or_default();
    file_name.to_lowercase().ends_with(EXTENSION) && !file_name.starts_with("._") && !name.starts_with("__MACOSX/")
}

/// Reads a little-endian 16-bit integer.
fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// Reads a little-endian 32-bit integer.
fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?)).ok()
}

/// Makes file names unique by adding a number to a name that occurred before: `x (2)`. The number stands before the
/// extension.
pub fn unique_names(names: Vec<String>) -> Vec<String> {
    let mut unique: Vec<String> = Vec::with_capacity(names.len());
    for name in names {
        let stem = name.strip_suffix(EXTENSION).unwrap_or(&name);
        let ending = &name[stem.len()..];
        let numbered = (2..).map(|number| format!("{stem} ({number}){ending}"));
        let free_name = std::iter::once(name.clone()).chain(numbered).find(|name| !unique.contains(name));
        unique.extend(free_name);
    }
    unique
}

/// Encodes a day as an MS-DOS date: 7 bits for years since 1980, 4 for the month, 5 for the day.
fn dos_date(day: Date) -> u16 {
    let year = day.year().clamp(1980, 2107) - 1980;
    (year << 9) | (u16::from(day.month()) << 5) | u16::from(day.day())
}

/// Appends numbers as little-endian 16-bit integers.
fn push_u16s(bytes: &mut Vec<u8>, numbers: &[u16]) {
    bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}

/// Appends numbers as little-endian 32-bit integers; `None` if one does not fit.
fn push_u32s(bytes: &mut Vec<u8>, numbers: &[usize]) -> Option<()> {
    for number in numbers {
        bytes.extend(u32::try_from(*number).ok()?.to_le_bytes());
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn unique_names_numbers_repeated_names() {
        let names = ["Solen.kvalitetshjul.json", "Månen.kvalitetshjul.json", "Solen.kvalitetshjul.json", "x", "x"];
        let unique = unique_names(names.map(str::to_owned).to_vec());
        assert_eq!(
            unique,
            ["Solen.kvalitetshjul.json", "Månen.kvalitetshjul.json", "Solen (2).kvalitetshjul.json", "x", "x (2)"]
        );
    }

    #[test]
    fn archive_is_read_back_by_a_zip_reader() {
        let files = [
            ("Børnehuset Æblet – datapakke.json".to_owned(), "{\"a\":1}\n".to_owned()),
            ("tom".to_owned(), String::new()),
            ("Skolen ved Søen".to_owned(), "å".repeat(70_000)),
        ];
        let bytes = archive(&files, Date::new(2026, 1, 15).unwrap()).unwrap();
        let mut unpacked = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let entries = (0..unpacked.len()).map(|index| {
            let mut entry = unpacked.by_index(index).unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            (entry.name().unwrap().into_owned(), text)
        });
        assert_eq!(entries.collect::<Vec<_>>(), files);
        // «123456789» has a well-known CRC-32. The checksum and the date stand at fixed offsets.
        let checked = archive(&[("x".to_owned(), "123456789".to_owned())], Date::new(2026, 1, 15).unwrap()).unwrap();
        assert_eq!(checked[14..18], 0xcbf4_3926_u32.to_le_bytes());
        assert_eq!(checked[12..14], ((46_u16 << 9) | (1 << 5) | 15).to_le_bytes());
        assert!(archive(&[], Date::LAST).is_some());
    }

    #[test]
    fn entries_of_an_archive_are_those_that_were_packed() {
        let files = [
            ("a/Solen – tal.kvalitetshjul.json".to_owned(), "{\"a\":1}".to_owned()),
            ("læs mig.txt".to_owned(), "x".to_owned()),
            ("__MACOSX/._Solen.kvalitetshjul.json".to_owned(), "x".to_owned()),
        ];
        let bytes = archive(&files, Date::new(2026, 1, 15).unwrap()).unwrap();
        let listed = entries(&bytes).unwrap();
        let contents = listed.iter().map(|entry| (entry.name.clone(), String::from_utf8(entry.data.to_vec()).unwrap()));
        assert_eq!(contents.collect::<Vec<_>>(), files);
        let own = own_entries(&bytes).unwrap();
        assert_eq!(own.iter().map(ArchiveEntry::file_name).collect::<Vec<_>>(), ["Solen – tal.kvalitetshjul.json"]);
        assert_eq!(own[0].compression, Compression::Stored);
        assert!(own[0].is_intact(own[0].data) && !own[0].is_intact(b"{\"a\":2}"));
    }

    #[test]
    fn damaged_archives_have_no_entries() {
        let files = [("x.kvalitetshjul.json".to_owned(), "1234567890".to_owned())];
        let whole = archive(&files, Date::new(2026, 1, 15).unwrap()).unwrap();
        // An archive that is cut at any byte is damaged, and reading it does not panic.
        for length in 0..whole.len() {
            assert_eq!(own_entries(&whole[..length]), Err(FileError::ArchiveDamaged), "{length}");
        }
        // Sizes and positions that point far outside the archive.
        let directory = whole.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
        for offset in [20, 24, 28, 42] {
            let mut changed = whole.clone();
            changed[directory + offset..directory + offset + 4].copy_from_slice(&[0xff; 4]);
            assert!(own_entries(&changed).is_err(), "{offset}");
        }
        assert_eq!(own_entries(&archive(&[], Date::LAST).unwrap()), Err(FileError::ArchiveDamaged));
    }
}
