//! How old the last *Sikkerhedskopi* is, and how much was done since: when to remind of it. Of one device, never in a file.

use crate::domain::date::Timestamp;

/// After so many changes one is reminded.
const MANY: u32 = 50;
/// After so many seconds, if anything was changed: a week.
const LONG: i64 = 7 * 86_400;

/// The last file of everything, and what was done since.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BackupAge {
    /// When it was saved; `None` where there is none yet.
    pub saved: Option<Timestamp>,
    /// When the first change after it was made.
    pub since: Option<Timestamp>,
    /// How many changes there were.
    pub changes: u32,
}

impl BackupAge {
    /// Something was changed.
    pub fn changed(&mut self, now: Timestamp) {
        self.since.get_or_insert(now);
        self.changes = self.changes.saturating_add(1);
    }

    /// Everything was saved as a file.
    pub const fn save(&mut self, now: Timestamp) {
        *self = Self { saved: Some(now), since: None, changes: 0 };
    }

    /// Whether it is time for another: fifty changes, or a change a week after the file (after the first change, where
    /// there is no file yet). A clock that was wrong reminds of nothing.
    pub fn is_due(&self, now: Timestamp) -> bool {
        let old = self.saved.or(self.since).is_some_and(|then| now.seconds() - then.seconds() >= LONG);
        self.changes >= MANY || (self.changes > 0 && old)
    }

    /// The text that [`BackupAge::parse`] reads.
    pub fn text(&self) -> String {
        let moment = |moment: Option<Timestamp>| moment.map_or_else(|| "-".to_owned(), |moment| moment.to_string());
        format!("{} {} {}", moment(self.saved), moment(self.since), self.changes)
    }

    /// Reads the text; where it is none, nothing is known.
    pub fn parse(text: &str) -> Self {
        let mut words = text.split(' ');
        let mut next = || words.next().unwrap_or_default();
        let (saved, since) = (Timestamp::parse(next()), Timestamp::parse(next()));
        Self { saved, since, changes: next().parse().unwrap_or_default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i64) -> Timestamp {
        Timestamp::from_seconds(1_800_000_000 + day * 86_400).unwrap()
    }

    fn after(saved: Option<i64>, changes: &[i64]) -> BackupAge {
        let mut backup = BackupAge::default();
        if let Some(saved) = saved {
            backup.save(day(saved));
        }
        for change in changes {
            backup.changed(day(*change));
        }
        backup
    }

    #[test]
    fn safety_one_is_reminded_after_a_week_or_fifty_changes_and_not_before() {
        for (saved, changes, now, due) in [
            (None, vec![], 100, false),
            (None, vec![0], 6, false),
            (None, vec![0], 7, true),
            (None, vec![0; 49], 0, false),
            (None, vec![0; 50], 0, true),
            (Some(0), vec![], 100, false),
            (Some(0), vec![6], 6, false),
            (Some(0), vec![6], 7, true),
            (Some(0), vec![8], 8, true),
            (Some(90), vec![3], 3, false),
        ] {
            let backup = after(saved, &changes);
            assert_eq!(backup.is_due(day(now)), due, "{saved:?} {} {now}", changes.len());
            assert_eq!(BackupAge::parse(&backup.text()), backup);
        }
        for none in ["", "x", "- -"] {
            assert_eq!(BackupAge::parse(none), BackupAge::default());
        }
    }
}
