//! Snapshots: their names, when one is due, and which of them are kept. Pure.
//!
//! A snapshot holds all records as they were at one moment. The last ten are kept, and the last of each day for three
//! weeks, as long as they take no more than [`MAX_BYTES`] together.

use crate::domain::date::Timestamp;

/// The largest size of all snapshots together, packed: 50 MB. Those of a whole municipality take about 3 MB each.
pub const MAX_BYTES: u64 = 50_000_000;
/// The number of latest snapshots that are kept, whenever they were taken.
const KEPT_LATEST: usize = 10;
/// The number of days for which the last snapshot of a day is kept.
const KEPT_DAYS: i64 = 21;
/// The least time between two snapshots while someone works, in seconds.
const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

/// The occasion on which a snapshot was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// While someone worked.
    Work,
    /// Before a file was imported.
    File,
    /// Before an earlier snapshot was restored.
    Restore,
}

/// What a list shows of a snapshot, without its records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// IndexedDB's count of writes at that moment. Snapshots are ordered by this count, because clocks are wrong.
    pub writes: u64,
    /// The time, by this device's clock.
    pub at: Timestamp,
    /// The number of records.
    pub records: u64,
    /// The packed size in bytes.
    pub bytes: u64,
    /// The version of the data.
    pub version: u64,
    /// The occasion on which the snapshot was taken.
    pub occasion: Occasion,
}

impl Snapshot {
    /// The name of the snapshot in IndexedDB. It contains everything that a list shows, so that listing reads no
    /// snapshot.
    pub fn name(&self) -> String {
        let occasion = match self.occasion {
            Occasion::Work => 'w',
            Occasion::File => 'f',
            Occasion::Restore => 'r',
        };
        let Self { writes, at, records, bytes, version, .. } = self;
        // Numbers have a fixed width: names sort by writes, and a save always writes the same amount.
        format!("{writes:012} {:012} {records:08} {bytes:010} {version} {occasion}", at.seconds())
    }

    /// Parses a name; `None` where it is no snapshot's.
    pub fn parse(name: &str) -> Option<Self> {
        let [writes, at, records, bytes, version, occasion] = *name.split(' ').collect::<Vec<_>>().as_slice() else {
            return None;
        };
        let number = |text: &str| text.parse().ok();
        Some(Self {
            writes: number(writes)?,
            at: Timestamp::from_seconds(at.parse().ok()?)?,
            records: number(records)?,
            bytes: number(bytes)?,
            version: number(version)?,
            occasion: match occasion {
                "w" => Occasion::Work,
                "f" => Occasion::File,
                "r" => Occasion::Restore,
                _ => return None,
            },
        })
    }
}

/// Whether a snapshot is to be taken: something was written since the last one, and that one is an hour old if the
/// occasion is [`Occasion::Work`].
pub fn is_due(last: Option<&Snapshot>, writes: u64, now: Timestamp, occasion: Occasion) -> bool {
    last.is_none_or(|last| {
        let is_old = (now.seconds() - last.at.seconds()).abs() >= HOUR;
        last.writes != writes && (occasion != Occasion::Work || is_old)
    })
}

/// The snapshots that are no longer kept. `snapshots` are sorted, the oldest first.
pub fn expired(snapshots: &[Snapshot], now: Timestamp) -> Vec<Snapshot> {
    let day_of = |moment: Timestamp| moment.seconds().div_euclid(DAY);
    let (mut bytes, mut last_day, mut is_full) = (0, None, false);
    let mut expired = Vec::new();
    for (rank, snapshot) in snapshots.iter().rev().enumerate() {
        let day = day_of(snapshot.at);
        // Days in the future count as well, so that a clock that was wrong once keeps nothing for ever.
        let is_last_of_day = last_day != Some(day) && (day_of(now) - day).abs() < KEPT_DAYS;
        last_day = Some(day);
        let is_kept = (rank < KEPT_LATEST || is_last_of_day) && !is_full && bytes + snapshot.bytes <= MAX_BYTES;
        if is_kept {
            bytes += snapshot.bytes;
        } else {
            // Once a snapshot does not fit, no older and smaller one is kept instead of it.
            is_full |= bytes + snapshot.bytes > MAX_BYTES;
            expired.push(snapshot.clone());
        }
    }
    expired
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(day: i64, second: i64) -> Timestamp {
        Timestamp::from_seconds((20_000 + day) * DAY + second).unwrap()
    }

    fn snapshot(writes: u32, at: Timestamp, bytes: u64) -> Snapshot {
        Snapshot { writes: writes.into(), at, records: 12, bytes, version: 2, occasion: Occasion::Work }
    }

    /// Takes snapshots one after the other, as a browser does, and returns those that are kept at the end.
    fn take_all(snapshots: impl IntoIterator<Item = Snapshot>) -> Vec<Snapshot> {
        let mut kept: Vec<Snapshot> = Vec::new();
        for snapshot in snapshots {
            let now = snapshot.at;
            kept.push(snapshot);
            let expired = expired(&kept, now);
            kept.retain(|snapshot| !expired.contains(snapshot));
            assert!(kept.iter().map(|snapshot| snapshot.bytes).sum::<u64>() <= MAX_BYTES);
        }
        kept
    }

    #[test]
    fn last_ten_and_last_of_each_day_for_three_weeks_are_kept() {
        // Eight snapshots a day, for sixty days.
        let kept = take_all((0..480).map(|n| snapshot(n, moment(i64::from(n) / 8, i64::from(n) % 8 * HOUR), 1_000)));
        let days: Vec<i64> = kept.iter().map(|snapshot| snapshot.at.seconds() / DAY - 20_000).collect();
        let last_ten: Vec<u64> = kept.iter().rev().take(10).map(|snapshot| snapshot.writes).collect();
        assert_eq!(last_ten, (470..480).rev().collect::<Vec<_>>());
        let mut each_day = days.clone();
        each_day.dedup();
        assert_eq!(each_day, (39..60).collect::<Vec<_>>(), "twenty-one days");
        assert_eq!(kept.len(), 10 + 19, "one of each day before those of the last ten");
        assert!(
            kept.iter().all(|snapshot| snapshot.writes >= 470 || snapshot.writes % 8 == 7),
            "the last snapshot of its day is kept"
        );
    }

    #[test]
    fn oldest_snapshots_expire_when_size_is_exceeded() {
        let kept = take_all((0..40).map(|n| snapshot(n, moment(i64::from(n), 0), MAX_BYTES / 4)));
        assert_eq!(kept.iter().map(|snapshot| snapshot.writes).collect::<Vec<_>>(), [36, 37, 38, 39]);
        assert_eq!(take_all([snapshot(1, moment(0, 0), MAX_BYTES + 1)]), [], "a snapshot above the limit is not kept");
        let kept = take_all([
            snapshot(1, moment(0, 0), 10),
            snapshot(2, moment(0, 1), MAX_BYTES),
            snapshot(3, moment(0, 2), 10),
        ]);
        assert_eq!(kept.iter().map(|snapshot| snapshot.writes).collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn snapshot_with_future_date_expires_and_does_not_delay_the_next() {
        let wrong = snapshot(1, moment(4_000, 0), 1_000);
        let kept = take_all(
            std::iter::once(wrong.clone()).chain((2..30).map(|n| snapshot(n, moment(i64::from(n), 0), 1_000))),
        );
        assert!(!kept.contains(&wrong));
        assert!(is_due(Some(&wrong), 2, moment(2, 0), Occasion::Work));
    }

    #[test]
    fn snapshot_is_due_hourly_during_work_and_at_once_before_a_file() {
        let last = snapshot(5, moment(0, 0), 1_000);
        for (writes, second, occasion, due) in [
            (6, HOUR - 1, Occasion::Work, false),
            (6, HOUR, Occasion::Work, true),
            (5, 9 * HOUR, Occasion::Work, false),
            (6, 1, Occasion::File, true),
            (5, 1, Occasion::File, false),
            (6, 1, Occasion::Restore, true),
        ] {
            assert_eq!(is_due(Some(&last), writes, moment(0, second), occasion), due, "{writes} {second} {occasion:?}");
        }
        assert!(is_due(None, 0, moment(0, 0), Occasion::Work));
    }

    #[test]
    fn name_parses_back_and_sorts_by_writes() {
        let early = snapshot(99, moment(9, 0), 1_000);
        let late = Snapshot { occasion: Occasion::File, ..snapshot(100, moment(3, 0), 70) };
        assert!(early.name() < late.name(), "the order does not depend on the clock");
        for snapshot in [early, late] {
            assert_eq!(Snapshot::parse(&snapshot.name()), Some(snapshot));
        }
        for bad in ["", "1 2 3 4 5", "1 2 3 4 5 x", "a 2 3 4 5 w", "1 2 3 4 5 w w"] {
            assert_eq!(Snapshot::parse(bad), None, "{bad}");
        }
    }
}
