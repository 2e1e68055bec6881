//! How everything once was: which snapshots are kept. Pure.
//!
//! The last ten, and the last of each day for three weeks, as long as they take no more than [`MOST`] bytes together.

use crate::domain::date::Timestamp;

/// The most that all snapshots take, packed: 50 MB. A whole municipality takes some 3.
pub const MOST: u64 = 50_000_000;
/// So many of the last are kept, whenever they were taken.
const LAST: usize = 10;
/// For so many days the last snapshot of a day is kept.
const DAYS: i64 = 21;
/// How many seconds after the last snapshot another is taken while someone works.
const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

/// On what occasion a snapshot was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// While someone worked.
    Work,
    /// Before a file was taken in.
    File,
    /// Before something was brought back from an earlier snapshot.
    Restore,
}

/// How everything once was, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// How often the mirror had been written by then. Pictures are ordered by this: clocks are wrong.
    pub writes: u64,
    /// When, by this device's clock.
    pub at: Timestamp,
    /// How many records are in it.
    pub records: u64,
    /// How many bytes it takes.
    pub bytes: u64,
    /// The version of what is in it.
    pub version: u64,
    /// On what occasion it was taken.
    pub occasion: Occasion,
}

impl Snapshot {
    /// The name it lies under. It says all that a list shows, so that no snapshot is read for that.
    pub fn name(&self) -> String {
        let occasion = match self.occasion {
            Occasion::Work => 'w',
            Occasion::File => 'f',
            Occasion::Restore => 'r',
        };
        let Self { writes, at, records, bytes, version, .. } = self;
        // As long for much as for little, so that as much is written.
        format!("{writes:012} {:012} {records:08} {bytes:010} {version} {occasion}", at.seconds())
    }

    /// Reads a name; `None` where it is none.
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

/// Whether a snapshot is to be taken: there is none of just this, and where it is of work the last one is an hour old.
pub fn is_due(last: Option<&Snapshot>, writes: u64, now: Timestamp, occasion: Occasion) -> bool {
    last.is_none_or(|last| {
        let is_old = (now.seconds() - last.at.seconds()).abs() >= HOUR;
        last.writes != writes && (occasion != Occasion::Work || is_old)
    })
}

/// Which of the snapshots, the oldest first, are no longer kept.
pub fn outlived(kept: &[Snapshot], now: Timestamp) -> Vec<Snapshot> {
    let day = |moment: Timestamp| moment.seconds().div_euclid(DAY);
    let (mut bytes, mut last_day, mut is_full) = (0, None, false);
    let mut outlived = Vec::new();
    for (place, snapshot) in kept.iter().rev().enumerate() {
        let its_day = day(snapshot.at);
        // Three weeks on either side: a clock that was wrong once keeps nothing for ever.
        let is_of_a_day = last_day != Some(its_day) && (day(now) - its_day).abs() < DAYS;
        last_day = Some(its_day);
        let is_kept = (place < LAST || is_of_a_day) && !is_full && bytes + snapshot.bytes <= MOST;
        if is_kept {
            bytes += snapshot.bytes;
        } else {
            // Where one does not fit, none that is older is kept instead of it.
            is_full |= bytes + snapshot.bytes > MOST;
            outlived.push(snapshot.clone());
        }
    }
    outlived
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

    /// Takes snapshots one after the other, as a browser does, and gives what is kept at the end.
    fn taken(snapshots: impl IntoIterator<Item = Snapshot>) -> Vec<Snapshot> {
        let mut kept: Vec<Snapshot> = Vec::new();
        for snapshot in snapshots {
            let now = snapshot.at;
            kept.push(snapshot);
            let outlived = outlived(&kept, now);
            kept.retain(|snapshot| !outlived.contains(snapshot));
            assert!(kept.iter().map(|snapshot| snapshot.bytes).sum::<u64>() <= MOST);
        }
        kept
    }

    #[test]
    fn the_last_ten_and_one_a_day_for_three_weeks() {
        // Eight a day, for sixty days.
        let kept = taken((0..480).map(|n| snapshot(n, moment(i64::from(n) / 8, i64::from(n) % 8 * HOUR), 1_000)));
        let days: Vec<i64> = kept.iter().map(|snapshot| snapshot.at.seconds() / DAY - 20_000).collect();
        let last_ten: Vec<u64> = kept.iter().rev().take(10).map(|snapshot| snapshot.writes).collect();
        assert_eq!(last_ten, (470..480).rev().collect::<Vec<_>>());
        let mut each_day = days.clone();
        each_day.dedup();
        assert_eq!(each_day, (39..60).collect::<Vec<_>>(), "twenty-one days");
        assert_eq!(kept.len(), 10 + 19, "and of the days before the last ten one each");
        assert!(kept.iter().all(|snapshot| snapshot.writes >= 470 || snapshot.writes % 8 == 7), "the last of its day");
    }

    #[test]
    fn those_that_do_not_fit_are_the_oldest() {
        let kept = taken((0..40).map(|n| snapshot(n, moment(i64::from(n), 0), MOST / 4)));
        assert_eq!(kept.iter().map(|snapshot| snapshot.writes).collect::<Vec<_>>(), [36, 37, 38, 39]);
        assert_eq!(taken([snapshot(1, moment(0, 0), MOST + 1)]), [], "one that fits nowhere is not kept");
        let kept =
            taken([snapshot(1, moment(0, 0), 10), snapshot(2, moment(0, 1), MOST), snapshot(3, moment(0, 2), 10)]);
        assert_eq!(kept.iter().map(|snapshot| snapshot.writes).collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn a_clock_that_was_wrong_keeps_nothing_for_ever_and_stops_nothing() {
        let wrong = snapshot(1, moment(4_000, 0), 1_000);
        let kept =
            taken(std::iter::once(wrong.clone()).chain((2..30).map(|n| snapshot(n, moment(i64::from(n), 0), 1_000))));
        assert!(!kept.contains(&wrong));
        assert!(is_due(Some(&wrong), 2, moment(2, 0), Occasion::Work));
    }

    #[test]
    fn one_is_taken_once_an_hour_while_there_are_changes_and_before_a_file_at_once() {
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
    fn a_name_reads_back_and_sorts_by_the_writes() {
        let early = snapshot(99, moment(9, 0), 1_000);
        let late = Snapshot { occasion: Occasion::File, ..snapshot(100, moment(3, 0), 70) };
        assert!(early.name() < late.name(), "whatever the clock said");
        for snapshot in [early, late] {
            assert_eq!(Snapshot::parse(&snapshot.name()), Some(snapshot));
        }
        for bad in ["", "1 2 3 4 5", "1 2 3 4 5 x", "a 2 3 4 5 w", "1 2 3 4 5 w w"] {
            assert_eq!(Snapshot::parse(bad), None, "{bad}");
        }
    }
}
