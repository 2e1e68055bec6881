//! Migrations: one pure step a version, from each version to the next.
//!
//! A step maps leaves, each by its path and value alone: no clock, no minted ids or dots, nothing across leaves. So it
//! does not matter whether two old files are merged and then migrated, or migrated and then merged.

use crate::domain::registry::Kind;
use crate::record::Record;
use crate::record::path::Path;

use super::format::VERSION;

/// What leads from a version to the next.
type MigrationStep = fn(&mut Record);

/// All steps, in order, without a gap, with the version each leads from.
const STEPS: &[(u64, MigrationStep)] = &[(1, from_1)];

/// Whether there is a way from a version to this one.
pub fn knows(version: u64) -> bool {
    version == VERSION || STEPS.iter().any(|&(from, _)| from == version)
}

/// Takes a record of an older version to this one.
pub fn migrate(record: &mut Record, version: u64) {
    for (_, step) in STEPS.iter().filter(|&&(from, _)| from >= version) {
        step(record);
    }
}

/// Version 1 called the expected effect of goals and trials `/effect`, and keyed school years `2024/25`, not `2024-25`.
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

/// The parts of a leaf keyed by a school year: its map and the two years.
fn school_year(path: &Path, between: char) -> Option<(String, String, String)> {
    let mut steps = path.steps();
    let (map, key) = (steps.next()?, steps.next()?);
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let (first, last) = key.split_once(between).filter(|(first, last)| digits(first, 4) && digits(last, 2))?;
    let is_of_period = steps.next().is_none() && matches!(&*map, "observations" | "notes");
    is_of_period.then(|| (map.to_string(), first.to_owned(), last.to_owned()))
}

/// Renames leaves, without ever bringing two together: a leaf that has a name which others get (no older version wrote
/// such a one) steps aside as `…@`, one that is called so as `…@@`, and so on.
///
/// It goes by the path alone, never by what else is in the record: two copies must rename alike.
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
    fn the_steps_lead_from_the_first_version_to_this_one_without_a_gap() {
        let from: Vec<u64> = STEPS.iter().map(|&(from, _)| from).collect();
        assert_eq!(from, (1..VERSION).collect::<Vec<_>>());
        assert!(!knows(0) && knows(1) && knows(VERSION) && !knows(VERSION + 1));
    }
}
