//! The initiatives of an agreement that need attention on a day, and reminders.

use crate::domain::date::Date;
use crate::domain::fractional_index;
use crate::domain::goal::{Goal, Initiative, InitiativeStatus};
use crate::domain::id::Id;

use super::bundle::AgreementBundle;

/// The number of days ahead that count as soon.
const SOON_DAYS: i64 = 30;
/// The number of days without a log entry after which a reminder is due.
const LOG_REMINDER_DAYS: i64 = 60;

/// The reason why an initiative needs attention, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DueReason {
    /// Its period is over, and it is not marked as done.
    Over,
    /// Its period has begun, and it is not marked as running.
    ShouldHaveBegun,
    /// It is running, and its period ends soon.
    EndsSoon,
    /// It is running.
    Running,
    /// Its period begins soon.
    BeginsSoon,
    /// It has neither a status nor a period.
    NoStatus,
}

/// An initiative that needs attention.
#[derive(Clone, Debug, PartialEq)]
pub struct DueInitiative<'w> {
    /// The reason.
    pub reason: DueReason,
    /// The number of its goal, counted from 1.
    pub number: usize,
    /// The id of its goal.
    pub goal: &'w Id,
    /// The id of the initiative.
    pub id: &'w Id,
    /// The initiative.
    pub initiative: &'w Initiative,
}

impl DueReason {
    /// The reason in Danish, with the day that it refers to.
    pub fn danish(self, initiative: &Initiative) -> String {
        let span = initiative.period.unwrap_or_default();
        let day = |day: Option<Date>| day.map(Date::danish).unwrap_or_default();
        match self {
            Self::Over => format!("skulle være slut {}", day(span.to)),
            Self::ShouldHaveBegun => format!("skulle være begyndt {}", day(span.from)),
            Self::EndsSoon => format!("slutter {}", day(span.to)),
            Self::Running => span.to.map_or_else(|| "i gang".to_owned(), |to| format!("i gang til {}", to.danish())),
            Self::BeginsSoon => format!("begynder {}", day(span.from)),
            Self::NoStatus => "hvor langt er I?".to_owned(),
        }
    }
}

/// The initiatives that need attention on a day, the most urgent reason first, then the earliest end.
pub fn due<'w>(bundle: &'w AgreementBundle, day: Date) -> Vec<DueInitiative<'w>> {
    let has_begun = bundle.head.period.and_then(|span| span.from).is_some_and(|from| from <= day);
    let of_goal = |(index, goal): (usize, &'w (Id, Goal))| {
        let initiatives = goal.1.initiatives.iter();
        initiatives.filter_map(move |(id, initiative)| {
            Some(DueInitiative {
                reason: due_reason(initiative, day).or_else(|| missing_status(initiative, has_begun))?,
                number: index + 1,
                goal: &goal.0,
                id,
                initiative,
            })
        })
    };
    let due: Vec<DueInitiative<'w>> = bundle.goals.iter().enumerate().flat_map(of_goal).collect();
    let end = |due: &DueInitiative<'_>| due.initiative.period.and_then(|span| span.to).unwrap_or(Date::LAST);
    let key = |due: &DueInitiative<'w>| (due.reason, end(due), due.number, due.id);
    fractional_index::sorted(due, &|one, other| key(one) < key(other))
}

/// The reason for an initiative without status and period, once the agreement is in force.
fn missing_status(initiative: &Initiative, has_begun: bool) -> Option<DueReason> {
    let is_silent = initiative.status.is_none() && initiative.period.is_none();
    (has_begun && is_silent && !initiative.text.as_str().trim().is_empty()).then_some(DueReason::NoStatus)
}

/// The reason that follows from status and period on a day.
fn due_reason(initiative: &Initiative, day: Date) -> Option<DueReason> {
    let span = initiative.period.unwrap_or_default();
    let is_over = span.to.is_some_and(|to| to < day);
    let ends_soon = span.to.is_some_and(|to| (0..=SOON_DAYS).contains(&to.days_since(day)));
    let has_begun = span.from.is_some_and(|from| from <= day);
    let begins_soon = span.from.is_some_and(|from| (1..=SOON_DAYS).contains(&from.days_since(day)));
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

/// The reminders of a day, in Danish. `since` is the day from which both parties have agreed.
pub fn reminders(bundle: &AgreementBundle, since: Option<Date>, day: Date) -> Vec<String> {
    let mut reminders = Vec::new();
    if let Some(since) = since {
        let last = bundle.head.log.values().filter_map(|entry| entry.date).max().unwrap_or(since).max(since);
        if day.days_since(last) > LOG_REMINDER_DAYS {
            reminders.push(format!("Der er ikke skrevet i logbogen siden {}", last.danish()));
        }
        // An agreement is revised once a year.
        if day.days_since(since) > 365 {
            reminders.push(format!("Den er fra {}: det er tid til den årlige revision", since.danish()));
        }
    }
    if let Some(to) = bundle.head.period.and_then(|span| span.to) {
        let left = to.days_since(day);
        if left < 0 {
            reminders.push(format!("Perioden sluttede {}", to.danish()));
        } else if left <= 3 * SOON_DAYS {
            reminders.push(format!("Perioden slutter {}", to.danish()));
        }
    }
    if let Some(delete) = bundle.head.delete_by.filter(|delete| *delete <= day) {
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
        assert_eq!(due_reason(&initiative, day("2026-11-24")), expected, "{from}–{to} {status:?}");
    }

    #[test]
    fn due_reason_follows_status_and_period() {
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
    fn missing_status_is_due_only_while_the_agreement_is_in_force() {
        let silent = Initiative { text: "x".into(), ..Initiative::default() };
        assert_eq!(missing_status(&silent, true), Some(DueReason::NoStatus));
        assert_eq!(missing_status(&silent, false), None);
        assert_eq!(missing_status(&Initiative { status: Some(InitiativeStatus::Planned), ..silent }, true), None);
    }

    #[test]
    fn reminders_name_revision_log_and_end_of_period() {
        let mut bundle = AgreementBundle::default();
        bundle.head.period = Some(Span { from: Date::parse("2026-08-01"), to: Date::parse("2028-07-31") });
        let since = Date::parse("2026-06-10");
        assert_eq!(reminders(&bundle, since, day("2026-07-01")), Vec::<String>::new());
        let later = reminders(&bundle, since, day("2027-06-20"));
        assert!(later.iter().any(|reminder| reminder.contains("revision")), "{later:?}");
        let id = Id::parse("l").unwrap();
        let entry = bundle.head.log.get_or_default(id);
        entry.date = Date::parse("2027-06-01");
        assert_eq!(reminders(&bundle, since, day("2027-06-20")).len(), 1);
        assert_eq!(reminders(&bundle, None, day("2028-07-01")), ["Perioden slutter 31. juli 2028"]);
    }
}
