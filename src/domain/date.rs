//! Calendar days and timestamps. There is no clock here; callers pass the current time in.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar day in the years 1 to 9999. In a file: `2026-03-15`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

const fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Date {
    /// The last day that can be represented.
    pub const LAST: Self = Self { year: 9999, month: 12, day: 31 };

    /// Returns the day; `None` if the calendar has no such day.
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in(year, month) {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// Returns the year, 1 to 9999.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Returns the month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Returns the day of the month, 1 to 31.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Reads a day such as `2026-03-15`.
    pub fn parse(text: &str) -> Option<Self> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return None };
        Self::new(parse_digits(&[y1, y2, y3, y4])?, parse_two_digits([m1, m2])?, parse_two_digits([d1, d2])?)
    }

    /// Returns the number of days from another day to this one; negative if this one is earlier.
    pub fn days_since(self, other: Self) -> i64 {
        self.days_since_epoch() - other.days_since_epoch()
    }

    /// Returns the day a number of days after this one, or before it where the number is negative; `None` outside the
    /// years 1 to 9999.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        Self::from_days_since_epoch(self.days_since_epoch().checked_add(days)?)
    }

    /// Returns the number of days since 1 January 1970.
    fn days_since_epoch(self) -> i64 {
        // Howard Hinnant's days_from_civil. Years begin in March, so the leap day is the last day of a year.
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// Returns the day with a number of days since 1 January 1970; `None` outside the years 1 to 9999.
    pub(crate) fn from_days_since_epoch(days: i64) -> Option<Self> {
        let days = days.checked_add(719_468)?;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)
    }

    /// Returns the day in Danish: `15. marts 2026`.
    pub fn danish(self) -> String {
        format!("{}. {} {}", self.day, MONTHS[usize::from(self.month) - 1], self.year)
    }
}

fn parse_digits(digits: &[u8]) -> Option<u16> {
    digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u16::from(digit - b'0')))
}

fn parse_two_digits(digits: [u8; 2]) -> Option<u8> {
    parse_digits(&digits)?.try_into().ok()
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A point in time: whole seconds since 1 January 1970 UTC. In a file: `2026-03-15T09:42:00Z`.
///
/// A timestamp is only shown to people. No rule may order by it, since clocks can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// Returns the timestamp; `None` outside the years 1 to 9999.
    pub fn from_seconds(seconds: i64) -> Option<Self> {
        Date::from_days_since_epoch(seconds.div_euclid(86_400)).map(|_| Self(seconds))
    }

    /// Returns the seconds since 1 January 1970 UTC.
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// Returns the day in UTC.
    pub fn date(self) -> Date {
        Date::from_days_since_epoch(self.0.div_euclid(86_400)).unwrap_or(Date { year: 1970, month: 1, day: 1 })
    }

    /// Reads a timestamp such as `2026-03-15T09:42:00Z`.
    pub fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
        let [h1, h2, b':', m1, m2, b':', s1, s2] = *time.as_bytes() else { return None };
        let (hour, minute, second) =
            (parse_two_digits([h1, h2])?, parse_two_digits([m1, m2])?, parse_two_digits([s1, s2])?);
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let time = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
        Self::from_seconds(Date::parse(date)?.days_since_epoch() * 86_400 + time)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = self.0.rem_euclid(86_400);
        write!(f, "{}T{:02}:{:02}:{:02}Z", self.date(), time / 3600, time / 60 % 60, time % 60)
    }
}

/// Implements serde and the JSON Schema for a type that is a text in files. The type must have `Display` and `parse`.
macro_rules! as_text {
    ($type:ident, $noun:literal, $pattern:literal) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| serde::de::Error::custom(concat!("not ", $noun)))
            }
        }
        #[cfg(not(target_arch = "wasm32"))]
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": $pattern })
            }
        }
    };
}
pub(super) use as_text;

as_text!(Date, "a day", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
as_text!(Timestamp, "a moment", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$");

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parse_refuses_days_that_the_calendar_lacks() {
        for text in ["2025-02-29", "1900-02-29", "2025-13-01", "2025-00-10", "2025-04-31", "0000-01-01", "25-1-1", ""] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        assert_eq!(Date::parse("2000-02-29").map(Date::danish).as_deref(), Some("29. februar 2000"));
    }

    #[test]
    fn known_timestamps_parse_and_print() {
        let text = "2026-11-23T05:30:47Z";
        assert_eq!(Timestamp::parse(text).map(Timestamp::seconds), Some(1_795_411_847));
        assert_eq!(
            Timestamp::from_seconds(-1).map(|moment| moment.to_string()).as_deref(),
            Some("1969-12-31T23:59:59Z")
        );
        assert_eq!(Timestamp::from_seconds(i64::MAX), None);
    }

    proptest! {
        #![proptest_config(crate::property_test_config())]

        #[test]
        fn timestamps_parse_back(seconds in -62_135_596_800i64..=253_402_300_799) {
            let moment = Timestamp::from_seconds(seconds).unwrap();
            prop_assert_eq!(Timestamp::parse(&moment.to_string()), Some(moment));
        }
    }
}
