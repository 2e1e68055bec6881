//! Packs several files into one ZIP file, without compression.
//!
//! The secretariat sends files to many units at once. One ZIP is a single download, which every browser accepts and
//! every system can open. Browsers ask about several downloads in a row, or block them.

use crate::domain::date::Date;

use super::checksum::Crc32;
use super::format::EXTENSION;

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
}
