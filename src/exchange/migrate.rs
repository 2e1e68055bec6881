//! Migrates records of older versions of the file format: one pure step for each version.
//!
//! A step maps leaves, each by its path and value alone: no clock, no new ids or dots, nothing across leaves. Migrating
//! and merging therefore commute: two old files may be merged and then migrated, or migrated and then merged.

use crate::domain::registry::Kind;
use crate::record::Record;
use crate::record::path::Path;

use super::format::VERSION;

/// Takes a record from one version to the next.
type MigrationStep = fn(&mut Record);

/// All steps, ascending and without a gap, each with the version that it starts from.
const STEPS: &[(u64, MigrationStep)] = &[(1, from_1), (2, from_2)];

/// Whether files of a version can be read: the version is the current one, or steps lead from it to the current one.
pub fn is_supported(version: u64) -> bool {
    version == VERSION || STEPS.iter().any(|&(from, _)| from == version)
}

/// Migrates a record from an older version to the current one.
pub fn migrate(record: &mut Record, version: u64) {
    for (_, step) in STEPS.iter().filter(|&&(from, _)| from >= version) {
        step(record);
    }
}

/// Migrates from version 1, which named the expected effect of goals and trials `/effect`, and wrote school years in
/// keys as `2024/25` instead of `2024-25`.
fn from_1(record: &mut Record) {
    match record.kind() {
        Some(Kind::Goal | Kind::Proevehandling) => rename(
            record,
            |path| (path.as_str() == "/effect").then(|| Path::root("expected_effect")),
            |path| path.as_str() == "/expected_effect",
        ),
        Some(Kind::Series) => rename(
            record,
            |path| school_year(path, '/').map(|(map, first, last)| Path::root(&map).child(&format!("{first}-{last}"))),
            |path| school_year(path, '-').is_some(),
        ),
        _ => {}
    }
}

/// Migrates from version 2, which knew fewer words in two lists of choices: what a goal can be anchored to, and the kinds
/// of unit. Every older word is still one, so nothing changes.
///
/// `public/rescue.js` relies on this: it puts the records of all stored versions into one file.
const fn from_2(_: &mut Record) {}

/// Splits the path of a leaf keyed by a school year into the name of its map and the two years. `separator` is the
/// character between the years.
fn school_year(path: &Path, separator: char) -> Option<(String, String, String)> {
    let mut steps = path.steps();
    let (map, key) = (steps.next()?, steps.next()?);
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let (first, last) = key.split_once(separator).filter(|(first, last)| digits(first, 4) && digits(last, 2))?;
    let is_of_period = steps.next().is_none() && matches!(&*map, "observations" | "notes");
    is_of_period.then(|| (map.to_string(), first.to_owned(), last.to_owned()))
}

/// Renames leaves and never brings two together.
///
/// A leaf that already has one of the new names gets the name `…@`, a leaf that has that name `…@@`, and so on. (No
/// older version wrote a leaf with a new name.)
///
/// The new name depends on the path alone, never on other leaves of the record, because two copies must be renamed
/// alike.
fn rename(record: &mut Record, new_name: impl Fn(&Path) -> Option<Path>, is_new_name: impl Fn(&Path) -> bool) {
    record.rename_leaves(|path| {
        new_name(path).or_else(|| {
            let bare = Path::parse(path.as_str().trim_end_matches('@'))?;
            is_new_name(&bare).then(|| Path::parse(&format!("{path}@"))).flatten()
        })
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_lead_from_version_1_to_the_current_one_without_a_gap() {
        let from: Vec<u64> = STEPS.iter().map(|&(from, _)| from).collect();
        assert_eq!(from, (1..VERSION).collect::<Vec<_>>());
        assert!(!is_supported(0) && is_supported(1) && is_supported(VERSION) && !is_supported(VERSION + 1));
    }
}
