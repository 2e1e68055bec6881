//! The folder of a ZIP file: which files are in it, and where. Unpacking them is the browser's.

/// The largest file that is unpacked, in bytes: a sheet of a municipality's ten years takes a twentieth.
pub const MAX_UNPACKED: usize = 100_000_000;

/// A file in a ZIP file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name, with its folders.
    pub name: String,
    /// Its bytes as they lie there: from, to.
    pub place: (usize, usize),
    /// Whether they are packed (by deflate) or as they are.
    pub is_packed: bool,
    /// How many they come to.
    pub size: usize,
}

/// The files in a ZIP file; `None` where it is none, is damaged, or is kept in a way that spreadsheets never use.
pub fn entries(bytes: &[u8]) -> Option<Vec<Entry>> {
    const END: &[u8] = b"PK\x05\x06";
    // The end stands behind everything, but for a comment of at most 64 KB.
    let from = bytes.len().saturating_sub(22 + 65_535);
    let end = (from..bytes.len().saturating_sub(21)).rev().find(|&at| bytes[at..].starts_with(END))?;
    let (count, mut at) = (short(bytes, end + 10)?, long(bytes, end + 16)?);
    let mut entries = Vec::new();
    for _ in 0..count {
        if !bytes.get(at..)?.starts_with(b"PK\x01\x02") {
            return None;
        }
        let (method, packed, size) = (short(bytes, at + 10)?, long(bytes, at + 20)?, long(bytes, at + 24)?);
        let (name, extra, comment) = (short(bytes, at + 28)?, short(bytes, at + 30)?, short(bytes, at + 32)?);
        let head = long(bytes, at + 42)?;
        let name = String::from_utf8_lossy(bytes.get(at + 46..(at + 46).checked_add(name)?)?).into_owned();
        // What stands before the bytes themselves may differ from what the folder says.
        let begin = head.checked_add(30 + short(bytes, head + 26)? + short(bytes, head + 28)?)?;
        let place = (begin, begin.checked_add(packed)?);
        bytes.get(place.0..place.1)?;
        let is_known = matches!(method, 0 | 8) && size <= MAX_UNPACKED;
        if is_known {
            entries.push(Entry { place, is_packed: method == 8, size, name: name.clone() });
        }
        at += 46 + name.len().max(short(bytes, at + 28)?) + extra + comment;
    }
    Some(entries)
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..at.checked_add(2)?).map(|two| usize::from(two[0]) | usize::from(two[1]) << 8)
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    Some(short(bytes, at)? | short(bytes, at.checked_add(2)?)? << 16)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SAMPLE: &[u8] = include_bytes!("../../../tests/samples/trivsel.xlsx");

    #[test]
    fn indicators_workbooks_are_folders_of_files() {
        let names: Vec<String> = entries(SAMPLE).unwrap().into_iter().map(|entry| entry.name).collect();
        assert!(names.iter().any(|name| name == "xl/worksheets/sheet1.xml"), "{names:?}");
        assert_eq!(entries(b"PK"), None);
        assert_eq!(entries(b""), None);
    }

    proptest! {
        #[test]
        fn indicators_workbooks_that_are_damaged_are_none_or_lie_within(at in any::<prop::sample::Index>(), byte: u8, cut in any::<prop::sample::Index>()) {
            let mut bytes = SAMPLE.to_vec();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            bytes.truncate(bytes.len() - cut.index(40));
            for entry in entries(&bytes).into_iter().flatten() {
                prop_assert!(entry.place.0 <= entry.place.1 && entry.place.1 <= bytes.len());
            }
        }
    }
}
