//! Several files as one: a ZIP file whose parts lie in it as they are. What the secretariat sends to many units is then one
//! download, which every browser takes and every system opens, where many in a row are asked about or stopped.

use crate::domain::date::Date;

use super::checksum::Crc32;
use super::format::EXTENSION;

/// The names of the parts are UTF-8.
const UTF_8: u16 = 1 << 11;
/// What is asked of who opens it: the plainest.
const VERSION: u16 = 20;
/// The most parts, and the most bytes, that the plain form can count.
const MOST_PARTS: usize = 60_000;
const MOST_BYTES: usize = 4_000_000_000;

/// Puts files together, each a name and its text; `None` where they are more than such a file can hold.
pub fn archive(files: &[(String, String)], day: Date) -> Option<Vec<u8>> {
    if files.len() > MOST_PARTS
        || files.iter().map(|(name, text)| name.len() * 2 + text.len() + 200).sum::<usize>() > MOST_BYTES
    {
        return None;
    }
    let day = day_of(day);
    let (mut all, mut folder) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let mut checksum = Crc32::new();
        checksum.update(text.as_bytes());
        let mut about = Vec::with_capacity(26);
        shorts(&mut about, &[VERSION, UTF_8, 0, 0, day]);
        longs(&mut about, &[usize::try_from(checksum.finish()).ok()?, text.len(), text.len()])?;
        shorts(&mut about, &[u16::try_from(name.len()).ok()?, 0]);
        let at = all.len();
        all.extend_from_slice(b"PK\x03\x04");
        all.extend_from_slice(&about);
        all.extend_from_slice(name.as_bytes());
        all.extend_from_slice(text.as_bytes());
        folder.extend_from_slice(b"PK\x01\x02");
        shorts(&mut folder, &[VERSION]);
        folder.extend_from_slice(&about);
        // No comment, the first disk, no marks; and where the part lies.
        shorts(&mut folder, &[0; 5]);
        longs(&mut folder, &[at])?;
        folder.extend_from_slice(name.as_bytes());
    }
    let (at, count) = (all.len(), u16::try_from(files.len()).ok()?);
    all.extend_from_slice(&folder);
    all.extend_from_slice(b"PK\x05\x06");
    shorts(&mut all, &[0, 0, count, count]);
    longs(&mut all, &[folder.len(), at])?;
    shorts(&mut all, &[0]);
    Some(all)
}

/// File names, each of them once: what is called as one before it is told apart by a number.
pub fn unique_names(names: Vec<String>) -> Vec<String> {
    let mut apart: Vec<String> = Vec::with_capacity(names.len());
    for name in names {
        let stem = name.strip_suffix(EXTENSION).unwrap_or(&name);
        let ending = &name[stem.len()..];
        let numbered = (2..).map(|number| format!("{stem} ({number}){ending}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| !apart.contains(name));
        apart.extend(free);
    }
    apart
}

/// A day as such a file says it: years from 1980, months, days.
fn day_of(day: Date) -> u16 {
    let year = day.year().clamp(1980, 2107) - 1980;
    (year << 9) | (u16::from(day.month()) << 5) | u16::from(day.day())
}

fn shorts(into: &mut Vec<u8>, numbers: &[u16]) {
    into.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}

fn longs(into: &mut Vec<u8>, numbers: &[usize]) -> Option<()> {
    for number in numbers {
        into.extend(u32::try_from(*number).ok()?.to_le_bytes());
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn package_two_units_of_one_name_are_two_files() {
        let names = ["Solen.kvalitetshjul.json", "Månen.kvalitetshjul.json", "Solen.kvalitetshjul.json", "x", "x"];
        let apart = unique_names(names.map(str::to_owned).to_vec());
        assert_eq!(
            apart,
            ["Solen.kvalitetshjul.json", "Månen.kvalitetshjul.json", "Solen (2).kvalitetshjul.json", "x", "x (2)"]
        );
    }

    #[test]
    fn package_what_was_put_together_is_found_again() {
        let files = [
            ("Børnehuset Æblet – datapakke.json".to_owned(), "{\"a\":1}\n".to_owned()),
            ("tom".to_owned(), String::new()),
            ("Skolen ved Søen".to_owned(), "å".repeat(70_000)),
        ];
        let all = archive(&files, Date::new(2026, 1, 15).unwrap()).unwrap();
        let mut found = zip::ZipArchive::new(std::io::Cursor::new(all)).unwrap();
        let read = (0..found.len()).map(|place| {
            let mut entry = found.by_index(place).unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            (entry.name().unwrap().into_owned(), text)
        });
        assert_eq!(read.collect::<Vec<_>>(), files);
        // «123456789» has a checksum that everyone knows, and it lies where readers look for it.
        let known = archive(&[("x".to_owned(), "123456789".to_owned())], Date::new(2026, 1, 15).unwrap()).unwrap();
        assert_eq!(known[14..18], 0xcbf4_3926_u32.to_le_bytes());
        assert_eq!(known[12..14], ((46_u16 << 9) | (1 << 5) | 15).to_le_bytes());
        assert!(archive(&[], Date::LAST).is_some());
    }
}
