//! What of an agreement is on the table on a day: what one opens it for on a Tuesday.

use crate::domain::date::Date;
use crate::domain::fractional_index;
use crate::domain::goal::{Goal, Initiative, InitiativeStatus};
use crate::domain::id::Id;

use super::whole::AgreementBundle;

/// How soon something counts as close, in days.
const SOON: i64 = 30;
/// After how many days without a line in the log it is time for one.
const QUIET: i64 = 60;

/// Why an initiative is on the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DueReason {
    /// Its time is over, and nobody has said that it is done.
    Over,
    /// It should have begun, and nobody has said that it has.
    ShouldHaveBegun,
    /// It ends soon.
    EndsSoon,
    /// It is under way.
    Running,
    /// It begins soon.
    BeginsSoon,
    /// Nobody has said whether it is under way, or when it is to be.
    Unsaid,
}

/// An initiative on the table.
#[derive(Clone, Debug, PartialEq)]
pub struct DueInitiative<'w> {
    /// Why.
    pub why: DueReason,
    /// The number of its goal.
    pub number: usize,
    /// Its goal.
    pub goal: &'w Id,
    /// Its id.
    pub id: &'w Id,
    /// The initiative.
    pub initiative: &'w Initiative,
}

impl DueReason {
    /// In Danish, with the day it goes by.
    pub fn danish(self, initiative: &Initiative) -> String {
        let span = initiative.period.unwrap_or_default();
        let day = |day: Option<Date>| day.map(Date::danish).unwrap_or_default();
        match self {
            Self::Over => format!("skulle være slut {}", day(span.to)),
            Self::ShouldHaveBegun => format!("skulle være begyndt {}", day(span.from)),
            Self::EndsSoon => format!("slutter {}", day(span.to)),
            Self::Running => span.to.map_or_else(|| "i gang".to_owned(), |to| format!("i gang til {}", to.danish())),
            Self::BeginsSoon => format!("begynder {}", day(span.from)),
            Self::Unsaid => "hvor langt er I?".to_owned(),
        }
    }
}

/// The initiatives on the table on a day, what waits longest first.
pub fn due<'w>(whole: &'w AgreementBundle, day: Date) -> Vec<DueInitiative<'w>> {
    let has_begun = whole.head.period.and_then(|span| span.from).is_some_and(|from| from <= day);
    let of_goal = |(index, goal): (usize, &'w (Id, Goal))| {
        let initiatives = goal.1.initiatives.iter();
        initiatives.filter_map(move |(id, initiative)| {
            Some(DueInitiative {
                why: why(initiative, day).or_else(|| unsaid(initiative, has_begun))?,
                number: index + 1,
                goal: &goal.0,
                id,
                initiative,
            })
        })
    };
    let due: Vec<DueInitiative<'w>> = whole.goals.iter().enumerate().flat_map(of_goal).collect();
    let end = |due: &DueInitiative<'_>| due.initiative.period.and_then(|span| span.to).unwrap_or(Date::LAST);
    let key = |due: &DueInitiative<'w>| (due.why, end(due), due.number, due.id);
    fractional_index::sorted(due, &|one, other| key(one) < key(other))
}

/// What was neither said to be under way nor given a time, once the agreement holds.
fn unsaid(initiative: &Initiative, has_begun: bool) -> Option<DueReason> {
    let is_silent = initiative.status.is_none() && initiative.period.is_none();
    (has_begun && is_silent && !initiative.text.as_str().trim().is_empty()).then_some(DueReason::Unsaid)
}

fn why(initiative: &Initiative, day: Date) -> Option<DueReason> {
    let span = initiative.period.unwrap_or_default();
    let is_over = span.to.is_some_and(|to| to < day);
    let ends_soon = span.to.is_some_and(|to| (0..=SOON).contains(&to.days_since(day)));
    let has_begun = span.from.is_some_and(|from| from <= day);
    let begins_soon = span.from.is_some_and(|from| (1..=SOON).contains(&from.days_since(day)));
    match initiative.status {
        Some(InitiativeStatus::Done | InitiativeStatus::Stopped) => None,
        _ if initiative.text.as_str().trim().is_empty() => None,
        _ if is_over => Some(DueReason::Over),
        Some(InitiativeStatus::Running) if ends_soon => Some(DueReason::EndsSoon),
        Some(InitiativeStatus::Running) => Some(DueReason::Running),
        Some(InitiativeStatus::Planned) | None if has_begun => Some(DueReason::ShouldHaveBegun),
        Some(InitiativeStatus::Planned) | None if begins_soon => Some(DueReason::BeginsSoon),
        Some(InitiativeStatus::Planned) | None => None,
    }
}

/// What there is to be reminded of on a day, for an agreement that both have agreed to since a day.
pub fn reminders(whole: &AgreementBundle, since: Option<Date>, day: Date) -> Vec<String> {
    let mut reminders = Vec::new();
    if let Some(since) = since {
        let last = whole.head.log.values().filter_map(|entry| entry.date).max().unwrap_or(since).max(since);
        if day.days_since(last) > QUIET {
            reminders.push(format!("Der er ikke skrevet i logbogen siden {}", last.danish()));
        }
        // Revised once a year.
        if day.days_since(since) > 365 {
            reminders.push(format!("Den er fra {}: det er tid til den årlige revision", since.danish()));
        }
    }
    if let Some(to) = whole.head.period.and_then(|span| span.to) {
        let left = to.days_since(day);
        if left < 0 {
            reminders.push(format!("Perioden sluttede {}", to.danish()));
        } else if left <= 3 * SOON {
            reminders.push(format!("Perioden slutter {}", to.danish()));
        }
    }
    if let Some(delete) = whole.head.delete_by.filter(|delete| *delete <= day) {
        reminders.push(format!("Filerne skulle slettes igen {}", delete.danish()));
    }
    reminders
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::period::Span;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[track_caller]
    fn check(from: &str, to: &str, status: Option<InitiativeStatus>, expected: Option<DueReason>) {
        let span = Span { from: Date::parse(from), to: Date::parse(to) };
        let initiative = Initiative { text: "x".into(), period: Some(span), status, ..Initiative::default() };
        assert_eq!(why(&initiative, day("2026-11-24")), expected, "{from}–{to} {status:?}");
    }

    #[test]
    fn agreement_what_is_on_the_table_on_a_tuesday() {
        use InitiativeStatus::{Done, Planned, Running, Stopped};
        check("2026-08-01", "2027-06-01", Some(Running), Some(DueReason::Running));
        check("2026-08-01", "2026-12-10", Some(Running), Some(DueReason::EndsSoon));
        check("2026-08-01", "2026-11-01", Some(Running), Some(DueReason::Over));
        check("2026-08-01", "2026-11-01", None, Some(DueReason::Over));
        check("2026-08-01", "2027-06-01", Some(Planned), Some(DueReason::ShouldHaveBegun));
        check("2026-12-01", "2027-06-01", None, Some(DueReason::BeginsSoon));
        check("2027-03-01", "2027-06-01", None, None);
        check("", "", Some(Running), Some(DueReason::Running));
        check("", "", None, None);
        check("2026-08-01", "2026-11-01", Some(Done), None);
        check("2026-08-01", "2026-11-01", Some(Stopped), None);
    }

    #[test]
    fn agreement_asks_for_what_nobody_has_said_anything_of() {
        let silent = Initiative { text: "x".into(), ..Initiative::default() };
        assert_eq!(unsaid(&silent, true), Some(DueReason::Unsaid));
        assert_eq!(unsaid(&silent, false), None);
        assert_eq!(unsaid(&Initiative { status: Some(InitiativeStatus::Planned), ..silent }, true), None);
    }

    #[test]
    fn agreement_reminds_of_the_yearly_revision_and_the_end() {
        let mut whole = AgreementBundle::default();
        whole.head.period = Some(Span { from: Date::parse("2026-08-01"), to: Date::parse("2028-07-31") });
        let since = Date::parse("2026-06-10");
        assert_eq!(reminders(&whole, since, day("2026-07-01")), Vec::<String>::new());
        let later = reminders(&whole, since, day("2027-06-20"));
        assert!(later.iter().any(|words| words.contains("revision")), "{later:?}");
        let id = Id::parse("l").unwrap();
        let entry = whole.head.log.get_or_default(id);
        entry.date = Date::parse("2027-06-01");
        assert_eq!(reminders(&whole, since, day("2027-06-20")).len(), 1);
        assert_eq!(reminders(&whole, None, day("2028-07-01")), ["Perioden slutter 31. juli 2028"]);
    }
}
