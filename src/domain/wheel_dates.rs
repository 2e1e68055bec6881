//! The dates of a unit in a cycle, which the wheel shows as dots: its initiatives, its trials, its agreement and
//! conversation, and the secretariat's calendar.

use super::aftale::Aftale;
use super::aftale::state::AftaleState;
use super::agenda::AgendaTarget;
use super::cycle::Cycle;
use super::date::Date;
use super::fractional_index;
use super::fundament::{FundamentItem, Sort};
use super::goal::{Goal, InitiativeStatus};
use super::id::Id;
use super::package::Package;
use super::period::Span;
use super::proevehandling::Proevehandling;
use super::samtale::Samtale;

/// The kind of thing that a date on the wheel belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WheelDateKind {
    /// The first or last day of an initiative.
    Initiative,
    /// The first or last day of a trial.
    Trial,
    /// A day of the agreement, the conversation or the secretariat's calendar.
    Day,
}

/// A date on the wheel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WheelDate {
    /// The day.
    pub day: Date,
    /// The kind of thing that the date belongs to.
    pub kind: WheelDateKind,
    /// A description in Danish, such as «Aftalen begynder».
    pub text: String,
}

/// An agreement with its goals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DatedAgreement {
    /// The head of the agreement.
    pub head: Aftale,
    /// Its goals.
    pub goals: Vec<(Id, Goal)>,
}

/// The records that contain the dates of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct DatedRecords {
    /// The unit.
    pub unit: Id,
    /// Its agreements.
    pub agreements: Vec<(Id, DatedAgreement)>,
    /// Its trials.
    pub trials: Vec<(Id, Proevehandling)>,
    /// Its conversation in the cycle.
    pub samtale: Samtale,
    /// The data package of the cycle.
    pub package: Package,
}

/// Returns the dates of a unit in a cycle, the earliest first, each with a link to the page where the date is entered.
/// `items` are the items of the edition of the foundation; the elements of the wheel are among them.
///
/// A closed agreement has no dates, nor has an initiative that was stopped or that has no text.
pub fn wheel_dates<'e>(
    records: &DatedRecords,
    items: impl Iterator<Item = &'e FundamentItem>,
    cycle: Cycle,
) -> Vec<(WheelDate, AgendaTarget)> {
    let mut dates = Vec::new();
    let mut add = |day: Option<Date>, kind: WheelDateKind, text: String, target: &AgendaTarget| {
        if let Some(day) = day.filter(|day| Cycle::of(*day) == cycle) {
            dates.push((WheelDate { day, kind, text }, target.clone()));
        }
    };
    for (id, agreement) in &records.agreements {
        // Comments do not decide whether an agreement is closed.
        if agreement.head.status(0).state == AftaleState::Closed {
            continue;
        }
        let target = AgendaTarget::Agreement(id.clone());
        for (day, verb) in ends(agreement.head.period) {
            add(day, WheelDateKind::Day, format!("Aftalen{verb}"), &target);
        }
        add(agreement.head.local_med, WheelDateKind::Day, "Aftalen i LokalMED".to_owned(), &target);
        for (goal_id, goal) in &agreement.goals {
            let target = AgendaTarget::Goal(id.clone(), goal_id.clone());
            for initiative in goal.initiatives.values() {
                let text = initiative.text.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
                if text.is_empty() || initiative.status == Some(InitiativeStatus::Stopped) {
                    continue;
                }
                for (day, verb) in ends(initiative.period) {
                    add(day, WheelDateKind::Initiative, format!("Indsats{verb}: {text}"), &target);
                }
            }
        }
    }
    for (id, trial) in &records.trials {
        let target = AgendaTarget::Trial(id.clone());
        for (day, verb) in ends(trial.period) {
            add(day, WheelDateKind::Trial, format!("Prøvehandling{verb}: {}", trial.name()), &target);
        }
    }
    let conversation = AgendaTarget::Samtale(records.unit.clone());
    add(records.samtale.date, WheelDateKind::Day, "Jeres kvalitetssamtale".to_owned(), &conversation);
    for element in items.filter(|item| item.sort == Sort::Element) {
        for (day, verb) in ends(records.package.element_dates(&element.id)) {
            let text = format!("I kalenderen: {}{verb}", element.label);
            add(day, WheelDateKind::Day, text, &AgendaTarget::Package);
        }
    }
    fractional_index::sorted(dates, &|one, other| one.0.day < other.0.day)
}

/// Returns the first and the last day of a span, each with the verb for a description. A span of one day has one end,
/// without a verb; a reversed span, which is a mistake, has none.
fn ends(span: Option<Span>) -> [(Option<Date>, &'static str); 2] {
    let Span { from, to } = span.filter(|span| !span.is_reversed()).unwrap_or_default();
    if from == to { [(from, ""), (None, "")] } else { [(from, " begynder"), (to, " slutter")] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::aftale::state::AftaleEvent;
    use crate::domain::fundament::present_edition;
    use crate::domain::goal::Initiative;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    /// Parses a span; an empty text is an open end.
    fn span(from: &str, to: &str) -> Span {
        Span { from: Date::parse(from), to: Date::parse(to) }
    }

    fn records() -> DatedRecords {
        DatedRecords {
            unit: id("u"),
            agreements: Vec::new(),
            trials: Vec::new(),
            samtale: Samtale::default(),
            package: Package::default(),
        }
    }

    fn with_head(head: Aftale) -> DatedRecords {
        let agreement = DatedAgreement { head, goals: Vec::new() };
        DatedRecords { agreements: vec![(id("a"), agreement)], ..records() }
    }

    fn with_initiative(text: &str, period: Option<Span>, status: Option<InitiativeStatus>) -> DatedRecords {
        let mut goal = Goal::default();
        goal.initiatives.insert(id("i"), Initiative { text: text.into(), period, status, ..Initiative::default() });
        let agreement = DatedAgreement { head: Aftale::default(), goals: vec![(id("g"), goal)] };
        DatedRecords { agreements: vec![(id("a"), agreement)], ..records() }
    }

    fn with_trial(period: Option<Span>) -> DatedRecords {
        let trial = Proevehandling { title: "Gåmøder".into(), period, ..Proevehandling::default() };
        DatedRecords { trials: vec![(id("t"), trial)], ..records() }
    }

    /// Checks the dates in the cycle 2025–2027, each written as `day text`.
    #[track_caller]
    fn check(records: &DatedRecords, expected: &[&str]) {
        let cycle = Cycle::of(day("2026-11-25"));
        let dates = wheel_dates(records, present_edition().unwrap().of_sort(Sort::Element), cycle);
        let dates: Vec<String> = dates.iter().map(|(date, _)| format!("{} {}", date.day, date.text)).collect();
        assert_eq!(dates, expected);
    }

    #[test]
    fn dates_in_the_cycle_are_found_in_each_kind_of_record() {
        check(&records(), &[]);
        let period = Some(span("2026-10-01", "2027-03-31"));
        let begins_and_ends = ["2026-10-01 Indsats begynder: Læsebånd", "2027-03-31 Indsats slutter: Læsebånd"];
        check(&with_initiative(" Læsebånd\n", period, None), &begins_and_ends);
        check(&with_initiative("Læsebånd", period, Some(InitiativeStatus::Done)), &begins_and_ends);
        check(&with_initiative("Læsebånd", period, Some(InitiativeStatus::Stopped)), &[]);
        check(&with_initiative(" ", period, None), &[]);
        check(&with_initiative("Læsebånd", None, None), &[]);
        check(&with_initiative("Læsebånd", Some(span("2026-10-01", "")), None), &begins_and_ends[..1]);
        check(&with_trial(Some(span("2027-01-04", "2027-01-04"))), &["2027-01-04 Prøvehandling: Gåmøder"]);
        check(&with_trial(Some(span("", "2027-01-29"))), &["2027-01-29 Prøvehandling slutter: Gåmøder"]);
        let head = Aftale {
            period: Some(span("2026-08-01", "2028-07-31")),
            local_med: Some(day("2026-06-10")),
            ..Aftale::default()
        };
        check(&with_head(head.clone()), &["2026-06-10 Aftalen i LokalMED", "2026-08-01 Aftalen begynder"]);
        let mut closed = head;
        closed.record_event(id("e"), AftaleEvent::Closed, day("2026-09-01"), None);
        check(&with_head(closed), &[]);
        let samtale = Samtale { date: Some(day("2026-05-06")), ..Samtale::default() };
        check(&DatedRecords { samtale, ..records() }, &["2026-05-06 Jeres kvalitetssamtale"]);
        let mut package = Package::default();
        package.calendar.insert(id("kvalitetsrapport"), span("2026-08-10", "2026-09-18"));
        package.calendar.insert(id("ukendt"), span("2026-08-10", "2026-09-18"));
        check(
            &DatedRecords { package, ..records() },
            &[
                "2026-08-10 I kalenderen: Kvalitetsrapport begynder",
                "2026-09-18 I kalenderen: Kvalitetsrapport slutter",
            ],
        );
    }

    #[test]
    fn dates_outside_the_cycle_and_reversed_dates_are_left_out() {
        for (from, to, expected) in [
            ("2025-09-30", "2025-10-01", &["2025-10-01 Prøvehandling slutter: Gåmøder"][..]),
            ("2027-09-30", "2027-10-01", &["2027-09-30 Prøvehandling begynder: Gåmøder"]),
            ("2024-01-01", "2028-01-01", &[]),
            // The end lies before the beginning.
            ("2027-01-29", "2027-01-04", &[]),
        ] {
            check(&with_trial(Some(span(from, to))), expected);
        }
    }

    #[test]
    fn dates_are_ordered_by_day_and_lead_to_where_they_are_written() {
        let mut records = with_initiative("Læsebånd", Some(span("2026-12-01", "2027-02-01")), None);
        records.trials = with_trial(Some(span("2027-01-04", ""))).trials;
        records.samtale.date = Some(day("2026-05-06"));
        let dates = wheel_dates(&records, std::iter::empty(), Cycle::of(day("2026-11-25")));
        let found: Vec<_> = dates.into_iter().map(|(date, target)| (date.kind, target)).collect();
        let goal = AgendaTarget::Goal(id("a"), id("g"));
        assert_eq!(
            found,
            [
                (WheelDateKind::Day, AgendaTarget::Samtale(id("u"))),
                (WheelDateKind::Initiative, goal.clone()),
                (WheelDateKind::Trial, AgendaTarget::Trial(id("t"))),
                (WheelDateKind::Initiative, goal),
            ]
        );
    }
}
