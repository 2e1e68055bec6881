//! Which agreements a report accounts for, by the dates of the agreements.
//!
//! A report is written in the 3rd quarter of an even year. It accounts for the effect of initiatives whose agreements
//! had their midtvejs status in the 3rd quarter of the odd year before, which is the last quarter of the previous cycle
//! [FIF-12]. Agreements that were made a few months before the report are new: nobody knows their effect yet.
//!
//! # Invariants
//!
//! * The rule must go by the periods of the agreements. The first ones, of 1 August 2021, are older than the calendar
//!   of the wheel, so their dates are never derived from it.

use crate::domain::cycle::{Cycle, QUARTERS, Quarter};
use crate::domain::date::Date;
use crate::domain::period::Span;

/// The dates of an agreement that decide whether a report accounts for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AgreementDates {
    /// The period in which the agreement is in force.
    pub period: Option<Span>,
    /// Whether both parties have agreed to a version.
    pub is_agreed: bool,
    /// The day on which the midtvejs status of the agreement was finished.
    pub status_finished: Option<Date>,
}

/// Returns the quarter of the midtvejs statuses that the report of a cycle builds on: the 3rd quarter of the odd year
/// in which the cycle begins.
pub fn evaluated_quarter(cycle: Cycle) -> Quarter {
    cycle.previous().quarter(QUARTERS)
}

/// Chooses from a unit's agreements the one that the report of a cycle accounts for, and the new one that was made in
/// the cycle. Returns their indices.
///
/// The first was in force in the [`evaluated_quarter`], or its midtvejs status was finished in it. The second is the
/// one that begins last in the cycle.
pub fn reported_agreements(cycle: Cycle, agreements: &[AgreementDates]) -> (Option<usize>, Option<usize>) {
    let quarter = evaluated_quarter(cycle);
    let begins = |dates: &AgreementDates| dates.period.and_then(|span| span.from);
    let numbered = || agreements.iter().enumerate();
    let candidates = numbered().filter_map(|(index, dates)| {
        let rank = strength(dates, quarter)?;
        Some((rank, dates.is_agreed, begins(dates), index))
    });
    let evaluated = candidates.max().map(|(.., index)| index);
    let new = numbered().filter(|(index, _)| Some(*index) != evaluated).filter_map(|(index, dates)| {
        let from = begins(dates).filter(|from| Cycle::of(*from) == cycle)?;
        Some((from, dates.is_agreed, index))
    });
    (evaluated, new.max().map(|(.., index)| index))
}

/// Returns how strongly an agreement belongs to a quarter: 3 if its midtvejs status was finished in the quarter, 2 if
/// its period covers the quarter, 1 if it was in force when the quarter began. `None` if the agreement does not belong
/// to the quarter; one that began in the quarter cannot be halfway in it.
fn strength(dates: &AgreementDates, quarter: Quarter) -> Option<u8> {
    let (first, last) = (quarter.first_day(), quarter.last_day());
    if dates.status_finished.is_some_and(|day| (first..=last).contains(&day)) {
        return Some(3);
    }
    let span = dates.period.filter(|span| *span != Span::default() && !span.is_reversed())?;
    let is_in_force = |day: Date| span.from.is_none_or(|from| from <= day) && span.to.is_none_or(|to| day <= to);
    is_in_force(first).then(|| if is_in_force(last) { 2 } else { 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    /// An agreement that is agreed to, from its first and last day and the day of its status; an empty text for none.
    fn agreement((from, to, finished): (&str, &str, &str)) -> AgreementDates {
        let period = Some(Span { from: Date::parse(from), to: Date::parse(to) });
        AgreementDates { period, is_agreed: true, status_finished: Date::parse(finished) }
    }

    #[track_caller]
    fn check(written: &str, agreements: &[(&str, &str, &str)], expected: (Option<usize>, Option<usize>)) {
        let dates: Vec<AgreementDates> = agreements.iter().copied().map(agreement).collect();
        let chosen = reported_agreements(Cycle::of(day(written)), &dates);
        assert_eq!(chosen, expected, "{written}: {agreements:?}");
    }

    const FIRST: (&str, &str, &str) = ("2021-08-01", "2023-07-31", "");
    const OLD: (&str, &str, &str) = ("2024-08-01", "2026-07-31", "");
    const NEW: (&str, &str, &str) = ("2026-08-01", "2028-07-31", "");
    const OLD_OF_LEVEL_2: (&str, &str, &str) = ("2024-10-01", "2026-09-30", "");
    const NEW_OF_LEVEL_2: (&str, &str, &str) = ("2026-10-01", "2028-09-30", "");

    #[test]
    fn report_accounts_for_the_midterm_of_the_odd_year_before_all_through_its_cycle() {
        for written in [
            "2025-10-01",
            "2025-12-31",
            "2026-02-11",
            "2026-05-20",
            "2026-07-01",
            "2026-08-12",
            "2026-09-30",
            "2026-11-25",
            "2027-02-10",
            "2027-09-30",
        ] {
            assert_eq!(evaluated_quarter(Cycle::of(day(written))).danish(), "3. kvartal 2025", "{written}");
            check(written, &[NEW, OLD], (Some(1), Some(0)));
            check(written, &[OLD, NEW], (Some(0), Some(1)));
            check(written, &[NEW_OF_LEVEL_2, OLD_OF_LEVEL_2], (Some(1), Some(0)));
        }
        for (written, expected) in [
            ("2025-09-30", (None, Some(1))),
            ("2027-10-01", (Some(0), None)),
            ("2028-08-15", (Some(0), None)),
            ("2029-10-01", (None, None)),
        ] {
            check(written, &[NEW, OLD], expected);
        }
    }

    #[test]
    fn first_agreements_are_accounted_for_by_their_periods() {
        // In the summer of 2021 they had just begun; in the summer of 2023 they came to their end.
        check("2022-08-15", &[FIRST], (None, None));
        check("2024-08-15", &[FIRST], (Some(0), None));
        check("2024-08-15", &[OLD, FIRST], (Some(1), Some(0)));
        check("2026-08-15", &[OLD, FIRST], (Some(0), None));
        // A status that was finished in the quarter counts, whatever the period says.
        check("2022-08-15", &[("2021-08-01", "2023-07-31", "2021-09-15")], (Some(0), None));
        check("2026-08-15", &[("", "", "2025-08-20")], (Some(0), None));
    }

    #[test]
    fn agreement_with_a_finished_status_comes_before_others_of_the_quarter() {
        let ended = ("2023-08-01", "2025-07-31", "");
        let begun = ("2025-08-01", "2027-07-31", "");
        check("2026-08-12", &[begun], (None, None));
        check("2026-08-12", &[begun, ended], (Some(1), None));
        check("2026-08-12", &[OLD, ended], (Some(0), None));
        check("2026-08-12", &[OLD, ("2023-08-01", "2025-07-31", "2025-07-02")], (Some(1), None));
        check("2026-08-12", &[OLD, ("2023-08-01", "2025-07-31", "2025-06-30")], (Some(0), None));
    }

    #[test]
    fn agreement_with_open_or_reversed_dates_is_taken_for_what_it_says() {
        check("2026-08-12", &[("2024-08-01", "", "")], (Some(0), None));
        check("2026-08-12", &[("", "2026-07-31", "")], (Some(0), None));
        check("2026-08-12", &[("", "", "")], (None, None));
        check("2026-08-12", &[("2026-07-31", "2024-08-01", "")], (None, Some(0)));
        check("2026-08-12", &[], (None, None));
        // Of two drafts of the same period, the one that both parties have agreed to counts.
        let draft = AgreementDates { is_agreed: false, ..agreement(OLD) };
        let cycle = Cycle::of(day("2026-08-12"));
        assert_eq!(reported_agreements(cycle, &[agreement(OLD), draft]), (Some(0), None));
        assert_eq!(reported_agreements(cycle, &[draft, agreement(OLD)]), (Some(1), None));
        assert_eq!(reported_agreements(cycle, &[draft]), (Some(0), None));
    }
}
