//! Tells whether a store still holds what it held when this page last looked. Pure.
//!
//! A browser empties the stores of a site when its user clears the site's data, when it needs room, or when it finds
//! the stores damaged. A page that is open at that moment has every record in memory, and its next save writes them all
//! again. A reset by this app must never be taken for such a loss: a reset raises the epoch, and only a loss lowers it.

/// Values about a store that lie beside its records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The epoch: a number that every reset by this app raises. It is the time of the reset in milliseconds, or one more
    /// than before where the clock is behind.
    pub epoch: u64,
    /// Tells this store from one that was made in its place. `None` where no record has been written yet, or an older
    /// version of the app wrote the store.
    pub birth: Option<u64>,
    /// The number of saves to the store. It only rises.
    pub writes: u64,
}

/// What happened to a store between two marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkChange {
    /// Nothing but writes: the store still holds what it held.
    Intact,
    /// The store has lost its content. All records in memory are to be written again.
    Lost,
    /// The app deleted everything. The records in memory must not come back.
    Reset,
}

impl Mark {
    /// Compares the mark that a page knew with the mark that the store has now.
    pub fn compare(known: Self, found: Self) -> MarkChange {
        if found.epoch > known.epoch {
            MarkChange::Reset
        } else if found.epoch < known.epoch
            || found.writes < known.writes
            || (known.birth.is_some() && found.birth != known.birth)
        {
            MarkChange::Lost
        } else {
            MarkChange::Intact
        }
    }
}

/// The epoch that a reset begins: above the known one, and no smaller than the time `now` in milliseconds. A reset that
/// follows a loss therefore has a higher epoch than any page remembers from before the loss.
pub const fn next_epoch(known: u64, now: u64) -> u64 {
    if now > known { now } else { known + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn mark(epoch: u64, birth: Option<u64>, writes: u64) -> Mark {
        Mark { epoch, birth, writes }
    }

    #[track_caller]
    fn check(known: Mark, found: Mark, expected: MarkChange) {
        assert_eq!(Mark::compare(known, found), expected, "{known:?} {found:?}");
    }

    #[test]
    fn store_that_was_only_written_is_intact() {
        for writes in [5, 6, 500] {
            check(mark(0, Some(1), 5), mark(0, Some(1), writes), MarkChange::Intact);
            check(mark(7, Some(1), 5), mark(7, Some(1), writes), MarkChange::Intact);
            // An older version, which leaves no birth, wrote the store; then a newer one did.
            check(mark(0, None, 5), mark(0, None, writes), MarkChange::Intact);
            check(mark(0, None, 5), mark(0, Some(1), writes), MarkChange::Intact);
        }
        check(Mark::default(), Mark::default(), MarkChange::Intact);
        check(Mark::default(), mark(0, Some(1), 1), MarkChange::Intact);
    }

    #[test]
    fn emptied_or_replaced_store_is_lost() {
        for known in [mark(0, Some(1), 5), mark(7, Some(1), 5), mark(7, None, 5), mark(0, None, 5)] {
            check(known, Mark::default(), MarkChange::Lost);
        }
        // Another page has made a store in its place, with more writes than the lost one had.
        check(mark(0, Some(1), 5), mark(0, Some(2), 500), MarkChange::Lost);
        check(mark(7, Some(1), 5), mark(0, Some(2), 500), MarkChange::Lost);
    }

    #[test]
    fn reset_is_never_taken_for_loss() {
        for known in [mark(0, Some(1), 5), mark(7, Some(1), 5), mark(0, None, 5), Mark::default()] {
            let epoch = next_epoch(known.epoch, 1_800_000_000_000);
            check(known, mark(epoch, known.birth, known.writes + 1), MarkChange::Reset);
            // The store was lost, and the one made in its place was reset.
            check(known, mark(next_epoch(0, 1_800_000_000_000), Some(2), 1), MarkChange::Reset);
        }
    }

    #[test]
    fn next_epoch_rises_whatever_the_clock_says() {
        let mut epoch = 0;
        for now in [1_800_000_000_000, 1_800_000_000_001, 0, 5, 1_900_000_000_000] {
            let next = next_epoch(epoch, now);
            assert!(next > epoch && next >= now, "{epoch} {now}");
            epoch = next;
        }
    }
}
