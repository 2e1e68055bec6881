//! Periods of figures (years, school years, quarters) and spans of days.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::date::{Date, as_text};

/// The period of an observation. In a file and as a key: `2024`, `2024-25` (a school year), `2024K1` (a quarter).
///
/// Periods are ordered by their first month; of two that begin together, the longer one comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// A calendar year.
    Year(u16),
    /// A school year, by the year in which it begins, on 1 August.
    SchoolYear(u16),
    /// A quarter of a calendar year: the year, and the number 1 to 4.
    Quarter(u16, u8),
}

/// The kinds of period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodKind {
    /// School years.
    SchoolYear,
    /// Calendar years.
    Year,
    /// Quarters.
    Quarter,
}

impl PeriodKind {
    /// All kinds, in the order of menus.
    pub const ALL: [Self; 3] = [Self::SchoolYear, Self::Year, Self::Quarter];

    /// Returns the Danish plural.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::SchoolYear => "Skoleår",
            Self::Year => "Kalenderår",
            Self::Quarter => "Kvartaler",
        }
    }

    /// Returns the last `count` periods of the kind up to the one that contains a day, in chronological order.
    pub fn last_periods(self, day: Date, count: u16) -> Vec<Period> {
        let back = |steps: u16| match self {
            Self::SchoolYear => match Period::school_year_of(day) {
                Period::SchoolYear(year) => Period::SchoolYear(year - steps),
                other => other,
            },
            Self::Year => Period::Year(day.year() - steps),
            Self::Quarter => {
                let quarters = day.year() * 4 + u16::from((day.month() - 1) / 3) - steps;
                Period::Quarter(quarters / 4, u8::try_from(quarters % 4).unwrap_or_default() + 1)
            }
        };
        (0..count).rev().map(back).collect()
    }
}

impl Period {
    /// Returns the kind of the period.
    pub const fn kind(self) -> PeriodKind {
        match self {
            Self::SchoolYear(_) => PeriodKind::SchoolYear,
            Self::Year(_) => PeriodKind::Year,
            Self::Quarter(..) => PeriodKind::Quarter,
        }
    }

    /// Returns the key that periods are sorted by: year and month of the beginning, then the longer period first.
    fn sort_key(self) -> (u16, u8, u8) {
        match self {
            Self::Year(year) => (year, 1, 0),
            Self::SchoolYear(year) => (year, 8, 1),
            Self::Quarter(year, quarter) => (year, quarter * 3 - 2, 2),
        }
    }

    /// Returns the school year that contains a day.
    pub const fn school_year_of(day: Date) -> Self {
        Self::SchoolYear(if day.month() >= 8 { day.year() } else { day.year() - 1 })
    }

    /// Reads a key; `None` if this version of the app knows no such period.
    pub fn parse(text: &str) -> Option<Self> {
        let year = |text: &str| {
            let has_four_digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|&year: &u16| has_four_digits && (1900..=2200).contains(&year))
        };
        if let Some((first, last)) = text.split_once('-') {
            let first = year(first)?;
            return (last == format!("{:02}", (first + 1) % 100)).then_some(Self::SchoolYear(first));
        }
        if let Some((of_year, quarter)) = text.split_once('K') {
            let quarter = quarter.parse().ok().filter(|number| (1..=4).contains(number) && quarter.len() == 1)?;
            return Some(Self::Quarter(year(of_year)?, quarter));
        }
        year(text).map(Self::Year)
    }

    /// Reads a period in one of the notations of people and data sources: `2024`, `2019/20`, `2019/2020`,
    /// `Skoleåret 2019-20`, `2024K1`, `2024Q1`, `1. kvartal 2024`. `None` if the text is not a period or is ambiguous.
    pub fn parse_notation(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let (mut numbers, mut letters) = (Vec::new(), String::new());
        for part in text.split_inclusive(|letter: char| !letter.is_ascii_digit()) {
            let digits = part.trim_end_matches(|letter: char| !letter.is_ascii_digit());
            numbers.extend((!digits.is_empty()).then(|| digits.to_owned()));
            letters.extend(part[digits.len()..].chars().filter(|letter| !letter.is_whitespace()));
        }
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        match (&*letters, &*numbers) {
            ("" | "år", [year]) => Self::parse(year),
            ("/" | "-" | "–" | "skoleår/" | "skoleåret/" | "skoleår-" | "skoleåret-", [first, last]) => {
                let next_year = format!("{}", first.parse::<u16>().ok()?.checked_add(1)?);
                let short = if *last == next_year { next_year.get(2..)? } else { last };
                Self::parse(&format!("{first}-{short}"))
            }
            ("k" | "q" | "kvartal" | ".kvartal", [first, second]) => {
                let (year, quarter) = if first.len() == 4 { (first, second) } else { (second, first) };
                Self::parse(&format!("{year}K{quarter}"))
            }
            _ => None,
        }
    }

    /// Returns the first day of the period.
    pub fn first_day(self) -> Date {
        let (year, month, _) = self.sort_key();
        Date::new(year, month, 1).unwrap_or(Date::LAST)
    }

    /// Returns the last day of the period.
    pub fn last_day(self) -> Date {
        let (year, month) = match self {
            Self::Year(year) => (year, 12),
            Self::SchoolYear(year) => (year + 1, 7),
            Self::Quarter(year, quarter) => (year, quarter * 3),
        };
        let last = |day| Date::new(year, month, day);
        last(31).or_else(|| last(30)).unwrap_or(Date::LAST)
    }

    /// Returns the following period of the same kind.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Year(year) => Self::Year(year + 1),
            Self::SchoolYear(year) => Self::SchoolYear(year + 1),
            Self::Quarter(year, 4) => Self::Quarter(year + 1, 1),
            Self::Quarter(year, quarter) => Self::Quarter(year, quarter + 1),
        }
    }

    /// Returns whether two periods are of the same kind, so that their figures can be compared.
    pub const fn is_same_kind(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Year(_), Self::Year(_))
                | (Self::SchoolYear(_), Self::SchoolYear(_))
                | (Self::Quarter(..), Self::Quarter(..))
        )
    }

    /// Adds the missing periods between the first and last period of each kind, removes duplicates, and returns all
    /// periods in chronological order. A drawing needs the missing periods to show a gap.
    pub fn fill_gaps(periods: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let mut periods: Vec<Self> = periods.into_iter().collect();
        periods.sort();
        let mut all: Vec<Self> = Vec::new();
        for period in periods {
            let mut next = all.iter().rev().find(|last| last.is_same_kind(period)).map_or(period, |last| last.next());
            while next <= period {
                all.push(next);
                next = next.next();
            }
        }
        all.sort();
        all
    }

    /// Returns the period in Danish: `2024`, `2024/25`, `1. kvartal 2024`.
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
        self.sort_key().cmp(&other.sort_key())
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

/// A span of days, both ends inclusive. Either end can be open. One leaf, since the two ends are only valid together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Span {
    /// The first day; open if empty.
    pub from: Option<Date>,
    /// The last day; open if empty.
    pub to: Option<Date>,
}

impl Span {
    /// The sentence that a page shows beside a reversed span.
    pub const REVERSED: &'static str = "Slutdatoen ligger før startdatoen. Ret den ene.";

    /// Returns whether the last day lies before the first. Such a span is a mistake and is shown only where it can be
    /// corrected.
    pub fn is_reversed(self) -> bool {
        self.from.zip(self.to).is_some_and(|(from, to)| to < from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_returns_consecutive_periods_up_to_the_day() {
        let day = Date::new(2026, 2, 11).unwrap();
        let last = |kind: PeriodKind| {
            kind.last_periods(day, 3).into_iter().map(|period| period.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(last(PeriodKind::SchoolYear), ["2023-24", "2024-25", "2025-26"]);
        assert_eq!(last(PeriodKind::Year), ["2024", "2025", "2026"]);
        assert_eq!(last(PeriodKind::Quarter), ["2025K3", "2025K4", "2026K1"]);
        for kind in PeriodKind::ALL {
            assert!(kind.last_periods(day, 9).iter().all(|period| period.kind() == kind));
            assert!(kind.last_periods(day, 9).windows(2).all(|two| two[0].next() == two[1]), "a period is skipped");
        }
    }

    #[test]
    fn parse_reads_back_keys_and_refuses_other_texts() {
        for text in ["2024", "2024-25", "1999-00", "2024K1", "2024K4"] {
            assert_eq!(Period::parse(text).map(|period| period.to_string()).as_deref(), Some(text));
        }
        for text in ["", "24", "2024-26", "2024/25", "2024K0", "2024K5", "2024K01", "K1", "20240", "+202", "2024M03"] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn read_accepts_common_notations_and_refuses_other_texts() {
        for (text, key) in [
            ("2024", "2024"),
            (" 2019/20", "2019-20"),
            ("2019/2020", "2019-20"),
            ("1999/2000", "1999-00"),
            ("Skoleåret 2019-20", "2019-20"),
            ("2019–2020", "2019-20"),
            ("2024K1", "2024K1"),
            ("2024Q4", "2024K4"),
            ("1. kvartal 2024", "2024K1"),
            ("K3 2024", "2024K3"),
        ] {
            assert_eq!(Period::parse_notation(text).map(|period| period.to_string()).as_deref(), Some(key), "{text}");
        }
        for text in [
            "",
            "I alt",
            "2019/2021",
            "2019/1920",
            "24",
            "2024K5",
            "2024/",
            "01-02-2024",
            "7,4",
            "uge 3 2024",
            "2024 7",
        ] {
            assert_eq!(Period::parse_notation(text), None, "{text}");
        }
    }

    #[test]
    fn without_holes_adds_missing_periods_of_each_kind() {
        let filled = Period::fill_gaps([Period::SchoolYear(2022), Period::SchoolYear(2019), Period::Quarter(2021, 4)]);
        let filled: Vec<_> = filled.into_iter().map(Period::danish).collect();
        assert_eq!(filled, ["2019/20", "2020/21", "2021/22", "4. kvartal 2021", "2022/23"]);
        assert_eq!(Period::fill_gaps([]), []);
        let all = Period::fill_gaps([Period::Quarter(2023, 3), Period::Quarter(2024, 2), Period::Quarter(2024, 2)]);
        assert_eq!(all.len(), 4);
    }

    #[test]
    fn period_begins_and_ends_on_its_first_and_last_day() {
        for (period, first, last) in [
            (Period::Year(2024), "2024-01-01", "2024-12-31"),
            (Period::SchoolYear(2024), "2024-08-01", "2025-07-31"),
            (Period::Quarter(2024, 2), "2024-04-01", "2024-06-30"),
            (Period::Quarter(2024, 4), "2024-10-01", "2024-12-31"),
        ] {
            assert_eq!((period.first_day().to_string(), period.last_day().to_string()), (first.into(), last.into()));
        }
    }

    #[test]
    fn span_is_reversed_if_it_ends_before_it_begins() {
        for (from, to, is_reversed) in [
            ("2026-08-02", "2026-08-01", true),
            ("2026-08-01", "2026-08-01", false),
            ("2026-08-01", "2026-08-02", false),
            ("2026-08-01", "", false),
            ("", "2026-08-01", false),
            ("", "", false),
        ] {
            let span = Span { from: Date::parse(from), to: Date::parse(to) };
            assert_eq!(span.is_reversed(), is_reversed, "{from} {to}");
        }
    }

    #[test]
    fn school_year_begins_in_august() {
        for (day, year) in [("2026-07-31", 2025), ("2026-08-01", 2026), ("2027-01-01", 2026)] {
            assert_eq!(Period::school_year_of(Date::parse(day).unwrap()), Period::SchoolYear(year));
        }
    }

    #[test]
    fn periods_sort_chronologically() {
        let mut periods: Vec<_> =
            ["2025K1", "2024-25", "2024K4", "2024K1"].into_iter().filter_map(Period::parse).collect();
        periods.sort();
        let sorted: Vec<_> = periods.into_iter().map(Period::danish).collect();
        assert_eq!(sorted, ["1. kvartal 2024", "2024/25", "4. kvartal 2024", "1. kvartal 2025"]);
    }
}
