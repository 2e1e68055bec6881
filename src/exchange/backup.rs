//! Tracks the age of the last *Sikkerhedskopi* (backup) and the changes since, to remind the user in time. Belongs to
//! one device and never goes into a file.

use crate::domain::date::Timestamp;

/// The number of changes since the last backup that makes a new one due.
const MAX_CHANGES: u32 = 50;
/// The age in seconds (one week) at which a backup is due if anything was changed.
const MAX_AGE: i64 = 7 * 86_400;

/// The time of the last backup, and the changes since.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BackupAge {
    /// When the last backup was saved; `None` if there is none yet.
    pub saved: Option<Timestamp>,
    /// When the first change after the backup was made.
    pub first_change: Option<Timestamp>,
    /// The number of changes after the backup.
    pub changes: u32,
}

impl BackupAge {
    /// Counts a change.
    pub fn count_change(&mut self, now: Timestamp) {
        self.first_change.get_or_insert(now);
        self.changes = self.changes.saturating_add(1);
    }

    /// Notes that a backup was saved.
    pub const fn record_backup(&mut self, now: Timestamp) {
        *self = Self { saved: Some(now), first_change: None, changes: 0 };
    }

    /// Whether a backup is due: after fifty changes, or if there is a change and the last backup is a week old. Without
    /// a backup the week counts from the first change. A backup dated in the future, from a wrong clock, is not old.
    pub fn is_due(&self, now: Timestamp) -> bool {
        let is_old = self.saved.or(self.first_change).is_some_and(|then| now.seconds() - then.seconds() >= MAX_AGE);
        self.changes >= MAX_CHANGES || (self.changes > 0 && is_old)
    }

    /// Returns the text that [`BackupAge::parse`] reads.
    pub fn text(&self) -> String {
        let moment = |moment: Option<Timestamp>| moment.map_or_else(|| "-".to_owned(), |moment| moment.to_string());
        format!("{} {} {}", moment(self.saved), moment(self.first_change), self.changes)
    }

    /// Parses the text. Parts that cannot be read count as unknown.
    pub fn parse(text: &str) -> Self {
        let mut words = text.split(' ');
        let mut next = || words.next().unwrap_or_default();
        let (saved, since) = (Timestamp::parse(next()), Timestamp::parse(next()));
        Self { saved, first_change: since, changes: next().parse().unwrap_or_default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i64) -> Timestamp {
        Timestamp::from_seconds(1_800_000_000 + day * 86_400).unwrap()
    }

    fn backup_after(saved: Option<i64>, changes: &[i64]) -> BackupAge {
        let mut backup = BackupAge::default();
        if let Some(saved) = saved {
            backup.record_backup(day(saved));
        }
        for change in changes {
            backup.count_change(day(*change));
        }
        backup
    }

    #[test]
    fn is_due_after_a_week_or_fifty_changes_and_not_before() {
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
            let backup = backup_after(saved, &changes);
            assert_eq!(backup.is_due(day(now)), due, "{saved:?} {} {now}", changes.len());
            assert_eq!(BackupAge::parse(&backup.text()), backup);
        }
        for text in ["", "x", "- -"] {
            assert_eq!(BackupAge::parse(text), BackupAge::default());
        }
    }
}
