//! The quality wheel: which of its elements are due on a day, and which comes next.
//!
//! The elements and their quarters are content of an edition. This module evaluates them for a day and a level of
//! leader.

use super::cycle::{Cycle, QUARTERS, QuarterIndex, Turn};
use super::date::Date;
use super::enhed::Level;
use super::fundament::{Edition, FundamentItem, Sort};
use super::id::Id;
use super::progress::{ProgressMark, WheelProgress};

/// An element that is due on a day.
#[derive(Clone, Copy, Debug)]
pub struct CurrentElement<'e> {
    /// The element.
    pub element: &'e FundamentItem,
    /// The turn that includes the day.
    pub turn: &'e Turn,
    /// The element that must be done first and is not done yet.
    pub blocked_by: Option<&'e FundamentItem>,
}

/// The element that is due next.
#[derive(Clone, Copy, Debug)]
pub struct NextElement<'e> {
    /// The element.
    pub element: &'e FundamentItem,
    /// The first day of its turn.
    pub from: Date,
    /// The last day of its turn.
    pub to: Date,
}

/// The state of the wheel on a day.
#[derive(Clone, Debug)]
pub struct WheelStatus<'e> {
    /// The cycle.
    pub cycle: Cycle,
    /// The position of the current quarter in the cycle.
    pub quarter_index: QuarterIndex,
    /// The elements that are due, in order. Empty in the quarters in which units work with their agreements.
    pub now: Vec<CurrentElement<'e>>,
    /// The element that is due next.
    pub next: Option<NextElement<'e>>,
}

/// Returns the state of an edition's wheel on a day, for a level of leader. `is_done` takes the id of an element and
/// says whether the unit has marked it as done in this cycle.
pub fn status<'e>(
    edition: &'e Edition,
    day: Date,
    level: Option<Level>,
    is_done: impl Fn(&str) -> bool,
) -> WheelStatus<'e> {
    let (cycle, place) = (Cycle::of(day), Cycle::quarter_index(day));
    let turns = || {
        let turns_of = |element: &'e FundamentItem| element.quarters.iter().map(move |turn| (element, turn));
        edition.of_sort(Sort::Element).flat_map(turns_of).filter(move |(_, turn)| turn.applies_to(level))
    };
    let mut now: Vec<CurrentElement<'e>> = Vec::new();
    for (element, turn) in turns().filter(|(_, turn)| (turn.from..=turn.to).contains(&place)) {
        let waits_for = turn.after.as_deref().filter(|after| !is_done(after)).and_then(|after| edition.find(after));
        // If the level is not known, an element can have two turns at once. It is listed once.
        if now.iter().all(|current| current.element.id != element.id) {
            now.push(CurrentElement { element, turn, blocked_by: waits_for });
        }
    }
    // The number of quarters until a turn begins, 1 to 8; possibly in the next cycle.
    let quarters_until = |turn: &Turn| (turn.from + QUARTERS - place - 1) % QUARTERS + 1;
    let next = turns().min_by_key(|(_, turn)| quarters_until(turn)).map(|(element, turn)| {
        let (from, to) = turn.days(if turn.from > place { cycle } else { cycle.next() });
        NextElement { element, from, to }
    });
    WheelStatus { cycle, quarter_index: place, now, next }
}

impl<'e> WheelStatus<'e> {
    /// Returns the due element that a leader of a level should see first. Elements that are not done come before done
    /// ones, then elements that wait for no other, then elements in which leaders of the level take part. Among equals
    /// the last one is returned, since it is the furthest in the cycle.
    pub fn first_for(&self, level: Option<Level>, is_done: impl Fn(&str) -> bool) -> Option<CurrentElement<'e>> {
        let rank = |current: &&CurrentElement<'_>| {
            (is_done(&current.element.id), current.blocked_by.is_some(), !concerns(current.element, level))
        };
        self.now.iter().rev().min_by_key(rank).copied()
    }
}

/// Returns whether leaders of a level take part in an element.
fn concerns(element: &FundamentItem, level: Option<Level>) -> bool {
    level.is_some_and(|level| element.concerns.contains(&level.into()))
}

/// An element of the wheel with its status on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct ElementStatus<'e> {
    /// Its number on the wheel, from 1.
    pub number: usize,
    /// The element.
    pub element: &'e FundamentItem,
    /// Its turns that apply to the leader's level; all its turns if none does.
    pub turns: Vec<&'e Turn>,
    /// Whether the day lies before, in or after its turns.
    pub position: TurnPosition,
    /// Whether leaders of the given level take part in the element.
    pub concerns_level: bool,
    /// The unit's mark: started or done, and when.
    pub mark: Option<ProgressMark>,
}

/// The position of a day relative to the turns of an element, within one cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnPosition {
    /// All turns are over.
    Past,
    /// The day lies in a turn.
    Now,
    /// A turn comes later in the cycle.
    Ahead,
}

impl TurnPosition {
    /// Returns the Danish words: `i gang nu`.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Past => "er gået",
            Self::Now => "i gang nu",
            Self::Ahead => "kommer",
        }
    }
}

impl ElementStatus<'_> {
    /// Returns the turns in a cycle in Danish: `1. og 2. kvartal 2026`.
    pub fn turns_in_words(&self, cycle: Cycle) -> String {
        let quarters = |turn: &&Turn| {
            let (from, to) = (cycle.quarter(turn.from), cycle.quarter(turn.to));
            let span = if from == to { to.danish() } else { format!("{}. og {}", from.number(), to.danish()) };
            let levels: Vec<String> = turn.levels.iter().map(ToString::to_string).collect();
            match (self.turns.len(), levels.is_empty()) {
                (0 | 1, _) | (_, true) => span,
                _ => format!("{span} (niveau {})", levels.join(" og ")),
            }
        };
        self.turns.iter().map(quarters).collect::<Vec<_>>().join(", ")
    }
}

/// Returns the elements of an edition's wheel with their status on a day, for a level of leader and a unit's progress.
pub fn element_statuses<'e>(
    edition: &'e Edition,
    day: Date,
    level: Option<Level>,
    progress: &WheelProgress,
) -> Vec<ElementStatus<'e>> {
    let place = Cycle::quarter_index(day);
    let status_of = |(index, element): (usize, &'e FundamentItem)| {
        let mut turns: Vec<&Turn> = element.quarters.iter().filter(|turn| turn.applies_to(level)).collect();
        if turns.is_empty() {
            turns = element.quarters.iter().collect();
        }
        let moment = if turns.iter().any(|turn| (turn.from..=turn.to).contains(&place)) {
            TurnPosition::Now
        } else if turns.iter().any(|turn| turn.from > place) {
            TurnPosition::Ahead
        } else {
            TurnPosition::Past
        };
        let is_mine = concerns(element, level);
        let mark = Id::parse(&element.id).and_then(|id| progress.elements.get(&id)?.mark);
        ElementStatus { number: index + 1, element, turns, position: moment, concerns_level: is_mine, mark }
    };
    edition.of_sort(Sort::Element).enumerate().map(status_of).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::fundament::present_edition;

    /// The due elements and the next one as text.
    fn describe(day: &str, level: u8, done: &[&str]) -> (String, String) {
        let status =
            status(present_edition().unwrap(), Date::parse(day).unwrap(), Level::new(level), |id| done.contains(&id));
        let now = status.now.iter().map(|current| match current.blocked_by {
            None => current.element.id.clone(),
            Some(first) => format!("{} (after {})", current.element.id, first.id),
        });
        let next = status.next.map(|next| format!("{} {} {}", next.element.id, next.from, next.to));
        (now.collect::<Vec<_>>().join(", "), next.unwrap_or_default())
    }

    #[test]
    fn status_follows_the_documents_in_each_quarter_of_a_cycle() {
        const REPORT: &str = "kvalitetsrapport 2026-07-01 2026-09-30";
        const MIDTERM: &str = "midtvejsstatus 2027-07-01 2027-09-30";
        const DATA: &str = "dataindsamling 2027-10-01 2027-12-31";
        let agreement_after_talk = "feedback, kvalitetssamtale, sammenhaengsaftale (after kvalitetssamtale)";
        for (day, level, done, now, next) in [
            ("2025-11-01", 3, &[][..], "dataindsamling", "feedback 2026-01-01 2026-03-31"),
            ("2025-11-01", 2, &[], "dataindsamling", "feedback 2026-01-01 2026-03-31"),
            ("2026-02-01", 3, &[], agreement_after_talk, REPORT),
            ("2026-02-01", 4, &["kvalitetssamtale"], "feedback, kvalitetssamtale, sammenhaengsaftale", REPORT),
            ("2026-02-01", 2, &["kvalitetssamtale"], "feedback, kvalitetssamtale", REPORT),
            ("2026-05-01", 3, &["kvalitetssamtale"], "kvalitetssamtale, sammenhaengsaftale", REPORT),
            ("2026-05-01", 2, &[], "kvalitetssamtale", REPORT),
            ("2026-08-01", 3, &["kvalitetssamtale"], "kvalitetsrapport", MIDTERM),
            ("2026-08-01", 2, &[], "kvalitetsrapport, sammenhaengsaftale (after kvalitetsrapport)", MIDTERM),
            ("2026-08-01", 2, &["kvalitetsrapport"], "kvalitetsrapport, sammenhaengsaftale", MIDTERM),
            ("2026-11-25", 3, &[], "", MIDTERM),
            ("2027-02-01", 2, &[], "", MIDTERM),
            ("2027-05-01", 4, &[], "", MIDTERM),
            ("2027-08-01", 3, &[], "midtvejsstatus", DATA),
        ] {
            assert_eq!(describe(day, level, done), (now.to_owned(), next.to_owned()), "{day}, level {level}, {done:?}");
        }
    }

    #[test]
    fn leading_prefers_elements_that_can_be_done_now() {
        for (day, level, done, expected) in [
            ("2026-02-01", Some(3), &[][..], Some("kvalitetssamtale")),
            ("2026-02-01", Some(1), &[], Some("feedback")),
            ("2026-02-01", None, &[], Some("kvalitetssamtale")),
            ("2026-05-01", Some(3), &["kvalitetssamtale"], Some("sammenhaengsaftale")),
            ("2026-05-01", Some(2), &["kvalitetssamtale"], Some("kvalitetssamtale")),
            ("2026-08-01", Some(2), &[], Some("kvalitetsrapport")),
            ("2026-08-01", Some(2), &["kvalitetsrapport"], Some("sammenhaengsaftale")),
            ("2026-11-25", Some(3), &[], None),
        ] {
            let level = level.and_then(Level::new);
            let is_done = |id: &str| done.contains(&id);
            let status = status(present_edition().unwrap(), Date::parse(day).unwrap(), level, is_done);
            let leading = status.first_for(level, is_done).map(|current| current.element.id.as_str());
            assert_eq!(leading, expected, "{day}, {level:?}, {done:?}");
        }
    }

    proptest! {
        #![proptest_config(crate::property_test_config())]

        #[test]
        fn every_day_has_a_next_element(days in 7_305i64..48_212, level in prop::option::of(1u8..=4)) {
            let day = Date::from_days_since_epoch(days).unwrap();
            let status = status(present_edition().unwrap(), day, level.and_then(Level::new), |_| false);
            let next = status.next.unwrap();
            prop_assert!(next.from > day && next.from <= next.to);
            prop_assert!(next.from.year() - day.year() <= 2);
            let has_none_due = (5..=7).contains(&status.quarter_index);
            prop_assert_eq!(status.now.is_empty(), has_none_due);
            for current in &status.now {
                let (from, to) = current.turn.days(status.cycle);
                prop_assert!(from <= day && day <= to);
            }
        }
    }
}
