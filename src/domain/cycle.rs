//! Calendar quarters, and the two-year cycle of the quality wheel.

use std::fmt;

use super::date::Date;
use super::enhed::Level;
use super::period::Period;

/// A quarter of a calendar year, stored as the number of quarters since the first of year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter(u16);

impl Quarter {
    /// Returns the quarter that contains a day.
    pub const fn of(day: Date) -> Self {
        Self(day.year() * 4 + (day.month() as u16 - 1) / 3)
    }

    /// Returns the calendar year.
    pub const fn year(self) -> u16 {
        self.0 / 4
    }

    /// Returns the number of the quarter in its year, 1 to 4.
    pub const fn number(self) -> u8 {
        (self.0 % 4) as u8 + 1
    }

    /// Returns the first day of the quarter.
    pub fn first_day(self) -> Date {
        Date::new(self.year(), self.number() * 3 - 2, 1).unwrap_or(Date::LAST)
    }

    /// Returns the last day of the quarter.
    pub fn last_day(self) -> Date {
        let day = if matches!(self.number(), 1 | 4) { 31 } else { 30 };
        Date::new(self.year(), self.number() * 3, day).unwrap_or(Date::LAST)
    }

    /// Returns the quarter in Danish: `4. kvartal 2025`.
    pub fn danish(self) -> String {
        Period::Quarter(self.year(), self.number()).danish()
    }
}

/// The number of quarters in a cycle.
pub const QUARTERS: u8 = 8;

/// The position of a quarter in a cycle: 1 is the 4th quarter of the odd year in which the cycle begins, 8 is the 3rd
/// quarter of the next odd year.
pub type QuarterIndex = u8;

/// One round of the quality wheel: from the 4th quarter of an odd year to the 3rd quarter of the next odd year.
///
/// Every day lies in exactly one cycle. The first agreements, of 1 August 2021, are older than this calendar; their
/// dates are never derived from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cycle(u16);

impl Cycle {
    /// The first quarter of the first cycle: the 4th quarter of year 1. Earlier days count as part of this quarter.
    const FIRST: u16 = 7;

    /// Returns the cycle that contains a day.
    pub const fn of(day: Date) -> Self {
        Self(Quarter::of(day).0.saturating_sub(Self::FIRST) / QUARTERS as u16)
    }

    /// Returns the position of a day's quarter in the cycle, 1 to 8.
    #[allow(clippy::cast_possible_truncation, reason = "a remainder of eight is less than eight")]
    pub const fn quarter_index(day: Date) -> QuarterIndex {
        (Quarter::of(day).0.saturating_sub(Self::FIRST) % QUARTERS as u16) as u8 + 1
    }

    /// Returns the cycle before this one; the first cycle has none and returns itself.
    #[must_use]
    pub const fn previous(self) -> Self {
        Self(self.0.saturating_sub(1))
    }

    /// Returns the following cycle.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// Returns the odd year in which the cycle begins.
    pub const fn first_year(self) -> u16 {
        self.0 * 2 + 1
    }

    /// Returns the quarter at a position in the cycle.
    pub const fn quarter(self, index: QuarterIndex) -> Quarter {
        Quarter(self.0 * QUARTERS as u16 + Self::FIRST + index.saturating_sub(1) as u16)
    }
}

/// The name of the cycle: `2025–2027`.
impl fmt::Display for Cycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}–{}", self.first_year(), self.first_year() + 2)
    }
}

/// The quarters of a cycle in which an element of the wheel is due, for all leaders or for some levels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The first quarter.
    pub from: QuarterIndex,
    /// The last quarter.
    pub to: QuarterIndex,
    /// The levels of leader that the turn applies to; empty if it applies to all.
    pub levels: Vec<u8>,
    /// The id of the element that must be done first.
    pub after: Option<String>,
}

impl Turn {
    /// Returns whether the turn applies to a level of leader. Every turn applies if the level is not known.
    pub(super) fn applies_to(&self, level: Option<Level>) -> bool {
        level.is_none_or(|level| self.levels.is_empty() || self.levels.contains(&level.into()))
    }

    /// Returns the first and last day of the turn in a cycle.
    pub fn days(&self, cycle: Cycle) -> (Date, Date) {
        (cycle.quarter(self.from).first_day(), cycle.quarter(self.to).last_day())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn cycle_begins_in_the_fourth_quarter_of_an_odd_year() {
        for (text, cycle, index) in [
            ("2025-09-30", "2023–2025", 8),
            ("2025-10-01", "2025–2027", 1),
            ("2025-12-31", "2025–2027", 1),
            ("2026-01-01", "2025–2027", 2),
            ("2026-04-01", "2025–2027", 3),
            ("2026-07-01", "2025–2027", 4),
            ("2026-11-25", "2025–2027", 5),
            ("2027-01-01", "2025–2027", 6),
            ("2027-06-30", "2025–2027", 7),
            ("2027-09-30", "2025–2027", 8),
            ("2027-10-01", "2027–2029", 1),
            ("0001-01-01", "1–3", 1),
        ] {
            assert_eq!(
                (Cycle::of(day(text)).to_string().as_str(), Cycle::quarter_index(day(text))),
                (cycle, index),
                "{text}"
            );
        }
        assert_eq!(Cycle::of(day("2026-11-25")).quarter(1).danish(), "4. kvartal 2025");
        assert!(Cycle::of(Date::LAST).next().quarter(QUARTERS).last_day() <= Date::LAST);
    }

    proptest! {
        #![proptest_config(crate::property_test_config())]

        #[test]
        fn every_day_lies_in_exactly_one_quarter_of_one_cycle(days in 7_305i64..48_212) {
            let today = Date::from_days_since_epoch(days).unwrap();
            prop_assert!((1990..=2101).contains(&today.year()), "{}", today);
            let (quarter, cycle, index) = (Quarter::of(today), Cycle::of(today), Cycle::quarter_index(today));
            prop_assert!(quarter.first_day() <= today && today <= quarter.last_day());
            prop_assert_eq!(cycle.quarter(index), quarter);
            prop_assert!((1..=QUARTERS).contains(&index) && cycle.first_year() % 2 == 1);
            // The next quarter begins on the day after the last one.
            let tomorrow = Date::from_days_since_epoch(days + 1).unwrap();
            if tomorrow > quarter.last_day() {
                prop_assert_eq!(Quarter::of(tomorrow).first_day(), tomorrow);
                prop_assert_eq!(Cycle::quarter_index(tomorrow), index % QUARTERS + 1);
                prop_assert_eq!(Cycle::of(tomorrow) == cycle, index != QUARTERS);
            }
        }
    }
}
