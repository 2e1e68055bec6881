//! Quarters, and the two-year cycle that the quality wheel turns in.

use std::fmt;

use super::date::Date;
use super::enhed::Level;
use super::period::Period;

/// A quarter of a calendar year. Counted from the first of year 0, so that quarters can be reckoned with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter(u16);

impl Quarter {
    /// The quarter that a day lies in.
    pub const fn of(day: Date) -> Self {
        Self(day.year() * 4 + (day.month() as u16 - 1) / 3)
    }

    /// The calendar year.
    pub const fn year(self) -> u16 {
        self.0 / 4
    }

    /// 1 to 4.
    pub const fn number(self) -> u8 {
        (self.0 % 4) as u8 + 1
    }

    /// The first day.
    pub fn first_day(self) -> Date {
        Date::new(self.year(), self.number() * 3 - 2, 1).unwrap_or(Date::LAST)
    }

    /// The last day.
    pub fn last_day(self) -> Date {
        let day = if matches!(self.number(), 1 | 4) { 31 } else { 30 };
        Date::new(self.year(), self.number() * 3, day).unwrap_or(Date::LAST)
    }

    /// The quarter in Danish: `4. kvartal 2025`.
    pub fn danish(self) -> String {
        Period::Quarter(self.year(), self.number()).danish()
    }
}

/// How many quarters a cycle has.
pub const QUARTERS: u8 = 8;

/// A place in the cycle: 1 is the 4th quarter of the odd year it begins in, 8 the 3rd quarter of the next odd year.
pub type QuarterIndex = u8;

/// A turn of the quality wheel: from the 4th quarter of an odd year to the 3rd quarter of the next odd year.
///
/// The wheel has no beginning of its own: every day lies in a cycle. (The first agreements, of 1 August 2021, lie before
/// this calendar was drawn; they are never derived from it.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cycle(u16);

impl Cycle {
    /// The quarter that the first cycle begins with: the 4th of year 1. What lies before it counts to it.
    const FIRST: u16 = 7;

    /// The cycle that a day lies in.
    pub const fn of(day: Date) -> Self {
        Self(Quarter::of(day).0.saturating_sub(Self::FIRST) / QUARTERS as u16)
    }

    /// Where in its cycle a day lies.
    #[allow(clippy::cast_possible_truncation, reason = "what is left of eight is less than eight")]
    pub const fn place(day: Date) -> QuarterIndex {
        (Quarter::of(day).0.saturating_sub(Self::FIRST) % QUARTERS as u16) as u8 + 1
    }

    /// The cycle after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The odd year that it begins in.
    pub const fn begins(self) -> u16 {
        self.0 * 2 + 1
    }

    /// The quarter at a place.
    pub const fn quarter(self, place: QuarterIndex) -> Quarter {
        Quarter(self.0 * QUARTERS as u16 + Self::FIRST + place.saturating_sub(1) as u16)
    }
}

/// The cycle as it is called: `2025–2027`.
impl fmt::Display for Cycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}–{}", self.begins(), self.begins() + 2)
    }
}

/// When an element has its turn: some quarters of the cycle, for everyone or for some levels of leader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The first quarter.
    pub from: QuarterIndex,
    /// The last.
    pub to: QuarterIndex,
    /// The levels it holds for; none: for all.
    pub levels: Vec<u8>,
    /// The element that must be done first.
    pub after: Option<String>,
}

impl Turn {
    /// Whether it holds for a leader's level; where no level is known all hold.
    pub(super) fn holds_for(&self, level: Option<Level>) -> bool {
        level.is_none_or(|level| self.levels.is_empty() || self.levels.contains(&level.into()))
    }

    /// Its first and last day in a cycle.
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
    fn a_cycle_begins_in_the_fourth_quarter_of_an_odd_year() {
        for (text, cycle, place) in [
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
            assert_eq!((Cycle::of(day(text)).to_string().as_str(), Cycle::place(day(text))), (cycle, place), "{text}");
        }
        assert_eq!(Cycle::of(day("2026-11-25")).quarter(1).danish(), "4. kvartal 2025");
        assert!(Cycle::of(Date::LAST).next().quarter(QUARTERS).last_day() <= Date::LAST);
    }

    proptest! {
        /// A day that had no quarter, or two, would have no place on the wheel, or two.
        #[test]
        fn wheel_every_day_has_one_quarter_and_every_quarter_its_place(days in 7_305i64..48_212) {
            let today = Date::from_days_since_epoch(days).unwrap();
            prop_assert!((1990..=2101).contains(&today.year()), "{}", today);
            let (quarter, cycle, place) = (Quarter::of(today), Cycle::of(today), Cycle::place(today));
            prop_assert!(quarter.first_day() <= today && today <= quarter.last_day());
            prop_assert_eq!(cycle.quarter(place), quarter);
            prop_assert!((1..=QUARTERS).contains(&place) && cycle.begins() % 2 == 1);
            // What ends today begins again tomorrow, with nothing between.
            let tomorrow = Date::from_days_since_epoch(days + 1).unwrap();
            if tomorrow > quarter.last_day() {
                prop_assert_eq!(Quarter::of(tomorrow).first_day(), tomorrow);
                prop_assert_eq!(Cycle::place(tomorrow), place % QUARTERS + 1);
                prop_assert_eq!(Cycle::of(tomorrow) == cycle, place != QUARTERS);
            }
        }
    }
}
