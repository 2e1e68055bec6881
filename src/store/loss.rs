//! Whether a store still holds what it held. Pure.
//!
//! A browser empties the stores of a site when its user clears the site's data, when it needs the room, or when it finds them
//! damaged. A page that is open then has every record in memory, and its next save writes them all again. A reset by this app must
//! not be taken for such a loss: it raises the epoch, which nothing lowers but a loss.

/// What a store says of itself beside its records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The epoch: how often everything was deleted by this app, or when. It only rises.
    pub epoch: u64,
    /// What tells this store from one that was made in its place; `None` where there is no such mark yet.
    pub birth: Option<u64>,
    /// How often the store was written. It only rises.
    pub writes: u64,
}

/// What a page that knew one mark finds by another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The store holds what it held, and whatever was written since.
    Whole,
    /// The store has lost what it held: what this page has in memory is to be written again.
    Lost,
    /// Everything was deleted on purpose: what this page has in memory must not come back.
    Reset,
}

impl Mark {
    /// Compares the mark that is found with the one that was known.
    pub fn compare(known: Self, found: Self) -> Finding {
        if found.epoch > known.epoch {
            Finding::Reset
        } else if found.epoch < known.epoch
            || found.writes < known.writes
            || (known.birth.is_some() && found.birth != known.birth)
        {
            Finding::Lost
        } else {
            Finding::Whole
        }
    }
}

/// The epoch that a reset begins. It lies above the one that is known and is no smaller than the time, in milliseconds: a page
/// that knew an epoch before the stores were lost takes a reset that came after for what it is.
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
    fn check(known: Mark, found: Mark, expected: Finding) {
        assert_eq!(Mark::compare(known, found), expected, "{known:?} {found:?}");
    }

    #[test]
    fn trust_a_store_that_was_only_written_is_whole() {
        for writes in [5, 6, 500] {
            check(mark(0, Some(1), 5), mark(0, Some(1), writes), Finding::Whole);
            check(mark(7, Some(1), 5), mark(7, Some(1), writes), Finding::Whole);
            // Written by a version that left no mark; then by one that does.
            check(mark(0, None, 5), mark(0, None, writes), Finding::Whole);
            check(mark(0, None, 5), mark(0, Some(1), writes), Finding::Whole);
        }
        check(Mark::default(), Mark::default(), Finding::Whole);
        check(Mark::default(), mark(0, Some(1), 1), Finding::Whole);
    }

    #[test]
    fn trust_a_store_that_was_emptied_is_lost() {
        for known in [mark(0, Some(1), 5), mark(7, Some(1), 5), mark(7, None, 5), mark(0, None, 5)] {
            check(known, Mark::default(), Finding::Lost);
        }
        // Another page has begun in its place, and has written more than there was.
        check(mark(0, Some(1), 5), mark(0, Some(2), 500), Finding::Lost);
        check(mark(7, Some(1), 5), mark(0, Some(2), 500), Finding::Lost);
    }

    #[test]
    fn trust_a_reset_is_never_taken_for_a_loss() {
        for known in [mark(0, Some(1), 5), mark(7, Some(1), 5), mark(0, None, 5), Mark::default()] {
            let epoch = next_epoch(known.epoch, 1_800_000_000_000);
            check(known, mark(epoch, known.birth, known.writes + 1), Finding::Reset);
            // The stores were lost, and everything was deleted in what came in their place.
            check(known, mark(next_epoch(0, 1_800_000_000_000), Some(2), 1), Finding::Reset);
        }
    }

    #[test]
    fn trust_each_epoch_lies_above_the_last_whatever_the_clock_says() {
        let mut epoch = 0;
        for now in [1_800_000_000_000, 1_800_000_000_001, 0, 5, 1_900_000_000_000] {
            let next = next_epoch(epoch, now);
            assert!(next > epoch && next >= now, "{epoch} {now}");
            epoch = next;
        }
    }
}
