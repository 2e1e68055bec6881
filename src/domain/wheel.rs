//! The quality wheel: which of its elements have their turn on a day, and what comes next.
//!
//! The elements and their quarters are content; here is what follows from them for a day and a level of leader.

use super::cycle::{Cycle, QUARTERS, QuarterIndex, Turn};
use super::date::Date;
use super::enhed::Level;
use super::fundament::{Edition, FundamentItem, Sort};
use super::id::Id;
use super::progress::{ProgressMark, WheelProgress};

/// An element that has its turn.
#[derive(Clone, Copy, Debug)]
pub struct CurrentElement<'e> {
    /// The element.
    pub element: &'e FundamentItem,
    /// Its turn.
    pub turn: &'e Turn,
    /// The element that it still waits for.
    pub waits_for: Option<&'e FundamentItem>,
}

/// What comes next.
#[derive(Clone, Copy, Debug)]
pub struct NextElement<'e> {
    /// The element.
    pub element: &'e FundamentItem,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
}

/// Where the wheel stands on a day.
#[derive(Clone, Debug)]
pub struct WheelStatus<'e> {
    /// The cycle.
    pub cycle: Cycle,
    /// The quarter of the cycle.
    pub place: QuarterIndex,
    /// The elements that have their turn, in order; none when the agreement is worked with.
    pub now: Vec<CurrentElement<'e>>,
    /// The element that has its turn next.
    pub next: Option<NextElement<'e>>,
}

/// Where an edition's wheel stands on a day, for a leader's level. `is_done` tells which elements the unit has said are
/// done in this cycle.
pub fn status<'e>(
    edition: &'e Edition,
    day: Date,
    level: Option<Level>,
    is_done: impl Fn(&str) -> bool,
) -> WheelStatus<'e> {
    let (cycle, place) = (Cycle::of(day), Cycle::place(day));
    let turns = || {
        let of = |element: &'e FundamentItem| element.quarters.iter().map(move |turn| (element, turn));
        edition.of_sort(Sort::Element).flat_map(of).filter(move |(_, turn)| turn.holds_for(level))
    };
    let mut now: Vec<CurrentElement<'e>> = Vec::new();
    for (element, turn) in turns().filter(|(_, turn)| (turn.from..=turn.to).contains(&place)) {
        let waits_for = turn.after.as_deref().filter(|after| !is_done(after)).and_then(|after| edition.find(after));
        // Where the level is not known an element may have two turns at once; it is one element all the same.
        if now.iter().all(|current| current.element.id != element.id) {
            now.push(CurrentElement { element, turn, waits_for });
        }
    }
    // How many quarters there are until a turn begins: at least one, and round to the next cycle.
    let distance = |turn: &Turn| (turn.from + QUARTERS - place - 1) % QUARTERS + 1;
    let next = turns().min_by_key(|(_, turn)| distance(turn)).map(|(element, turn)| {
        let (from, to) = turn.days(if turn.from > place { cycle } else { cycle.next() });
        NextElement { element, from, to }
    });
    WheelStatus { cycle, place, now, next }
}

impl<'e> WheelStatus<'e> {
    /// The element that comes first for a leader of a level: what is not done before what is, what can be done before
    /// what waits, their own before others'; of those that are equal the last, since the wheel goes on.
    pub fn leading(&self, level: Option<Level>, is_done: impl Fn(&str) -> bool) -> Option<CurrentElement<'e>> {
        let rank = |current: &&CurrentElement<'_>| {
            (is_done(&current.element.id), current.waits_for.is_some(), !concerns(current.element, level))
        };
        self.now.iter().rev().min_by_key(rank).copied()
    }
}

/// Whether leaders of a level take part in an element.
fn concerns(element: &FundamentItem, level: Option<Level>) -> bool {
    level.is_some_and(|level| element.concerns.contains(&level.into()))
}

/// An element of the wheel as it is seen on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct ElementStatus<'e> {
    /// Its number on the wheel, from 1.
    pub number: usize,
    /// The element.
    pub element: &'e FundamentItem,
    /// Its turns in the cycle: those of the leader's level, or all where it has none of theirs.
    pub turns: Vec<&'e Turn>,
    /// Where the day lies to its turns.
    pub moment: TurnPosition,
    /// Whether leaders of the level take part in it.
    pub is_mine: bool,
    /// What the unit has said of it.
    pub mark: Option<ProgressMark>,
}

/// Where a day lies to the turns of an element, in one cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnPosition {
    /// They are over.
    Past,
    /// It has its turn.
    Now,
    /// It comes later.
    Ahead,
}

impl TurnPosition {
    /// In Danish.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Past => "er gået",
            Self::Now => "i gang nu",
            Self::Ahead => "kommer",
        }
    }
}

impl ElementStatus<'_> {
    /// Its turns in a cycle, in Danish: `1. og 2. kvartal 2026`.
    pub fn when(&self, cycle: Cycle) -> String {
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

/// The elements of an edition's wheel as they are seen on a day, by a leader of a level and their unit's progress.
pub fn element_statuses<'e>(
    edition: &'e Edition,
    day: Date,
    level: Option<Level>,
    progress: &WheelProgress,
) -> Vec<ElementStatus<'e>> {
    let place = Cycle::place(day);
    let of = |(index, element): (usize, &'e FundamentItem)| {
        let mut turns: Vec<&Turn> = element.quarters.iter().filter(|turn| turn.holds_for(level)).collect();
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
        ElementStatus { number: index + 1, element, turns, moment, is_mine, mark }
    };
    edition.of_sort(Sort::Element).enumerate().map(of).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fundament::present;
    use super::*;

    fn on(day: &str, level: u8, done: &[&str]) -> (String, String) {
        let standing =
            status(present().unwrap(), Date::parse(day).unwrap(), Level::new(level), |id| done.contains(&id));
        let now = standing.now.iter().map(|current| match current.waits_for {
            None => current.element.id.clone(),
            Some(first) => format!("{} (after {})", current.element.id, first.id),
        });
        let next = standing.next.map(|next| format!("{} {} {}", next.element.id, next.from, next.to));
        (now.collect::<Vec<_>>().join(", "), next.unwrap_or_default())
    }

    /// The rules of the documents, a day of each quarter of a cycle.
    #[test]
    fn wheel_stands_where_the_documents_say() {
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
            assert_eq!(on(day, level, done), (now.to_owned(), next.to_owned()), "{day}, level {level}, {done:?}");
        }
    }

    #[test]
    fn wheel_leads_with_what_can_be_done_next() {
        for (day, level, done, leads) in [
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
            let standing = status(present().unwrap(), Date::parse(day).unwrap(), level, is_done);
            let found = standing.leading(level, is_done).map(|current| current.element.id.as_str());
            assert_eq!(found, leads, "{day}, {level:?}, {done:?}");
        }
    }

    proptest! {
        /// A day on which the page had nothing to say would be a dead end.
        #[test]
        fn wheel_always_has_something_next(days in 7_305i64..48_212, level in prop::option::of(1u8..=4)) {
            let day = Date::from_days_since_epoch(days).unwrap();
            let status = status(present().unwrap(), day, level.and_then(Level::new), |_| false);
            let next = status.next.unwrap();
            prop_assert!(next.from > day && next.from <= next.to);
            prop_assert!(next.from.year() - day.year() <= 2);
            let is_between = (5..=7).contains(&status.place);
            prop_assert_eq!(status.now.is_empty(), is_between);
            for current in &status.now {
                let (from, to) = current.turn.days(status.cycle);
                prop_assert!(from <= day && day <= to);
            }
        }
    }
}
