//! The period a figure speaks of, and a span of days.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::date::{Date, as_text};

/// The period an observation speaks of. In a file and as a key: `2024`, `2024-25` (a school year), `2024K1` (a quarter).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// A calendar year.
    Year(u16),
    /// A school year, named by the year it begins in, on 1 August.
    SchoolYear(u16),
    /// A quarter of a calendar year: the year, and 1 to 4.
    Quarter(u16, u8),
}

impl Period {
    /// Where the period stands in time: the year and month it begins in; where two begin together, the longer first.
    fn place(self) -> (u16, u8, u8) {
        match self {
            Self::Year(year) => (year, 1, 0),
            Self::SchoolYear(year) => (year, 8, 1),
            Self::Quarter(year, quarter) => (year, quarter * 3 - 2, 2),
        }
    }

    /// The school year that a day lies in.
    pub const fn school_year_of(day: Date) -> Self {
        Self::SchoolYear(if day.month() >= 8 { day.year() } else { day.year() - 1 })
    }

    /// Reads a key; `None` where the text is no period of this app (a newer one may know more).
    pub fn parse(text: &str) -> Option<Self> {
        let year = |text: &str| {
            let plain = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|&year: &u16| plain && (1900..=2200).contains(&year))
        };
        if let Some((first, last)) = text.split_once('-') {
            let first = year(first)?;
            return (last == format!("{:02}", (first + 1) % 100)).then_some(Self::SchoolYear(first));
        }
        if let Some((of, quarter)) = text.split_once('K') {
            let quarter = quarter.parse().ok().filter(|number| (1..=4).contains(number) && quarter.len() == 1)?;
            return Some(Self::Quarter(year(of)?, quarter));
        }
        year(text).map(Self::Year)
    }

    /// The period in Danish: `2024`, `2024/25`, `1. kvartal 2024`.
    pub fn danish(self) -> String {
        match self {
            Self::Year(year) => year.to_string(),
            Self::SchoolYear(year) => format!("{year}/{:02}", (year + 1) % 100),
            Self::Quarter(year, quarter) => format!("{quarter}. kvartal {year}"),
        }
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.place().cmp(&other.place())
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year}"),
            Self::SchoolYear(year) => write!(f, "{year}-{:02}", (year + 1) % 100),
            Self::Quarter(year, quarter) => write!(f, "{year}K{quarter}"),
        }
    }
}

as_text!(Period, "a period", "^[0-9]{4}(-[0-9]{2}|K[1-4])?$");

/// A span of days, both included; either end may be open. One leaf: its ends belong together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Span {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back_and_near_misses_do_not() {
        for text in ["2024", "2024-25", "1999-00", "2024K1", "2024K4"] {
            assert_eq!(Period::parse(text).map(|period| period.to_string()).as_deref(), Some(text));
        }
        for text in ["", "24", "2024-26", "2024/25", "2024K0", "2024K5", "2024K01", "K1", "20240", "+202", "2024M03"] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_school_year_begins_in_august() {
        for (day, year) in [("2026-07-31", 2025), ("2026-08-01", 2026), ("2027-01-01", 2026)] {
            assert_eq!(Period::school_year_of(Date::parse(day).unwrap()), Period::SchoolYear(year));
        }
    }

    #[test]
    fn periods_stand_in_the_order_of_time() {
        let mut periods: Vec<_> =
            ["2025K1", "2024-25", "2024K4", "2024K1"].into_iter().filter_map(Period::parse).collect();
        periods.sort();
        let words: Vec<_> = periods.into_iter().map(Period::danish).collect();
        assert_eq!(words, ["1. kvartal 2024", "2024/25", "4. kvartal 2024", "1. kvartal 2025"]);
    }
}
