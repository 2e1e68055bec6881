//! The items that the meeting about the midterm statuses left for the person's own unit: offers of help to answer, and
//! decisions whose day is near.
//!
//! Nobody can mark a decision as done. A decision whose day was over a month ago, or that became an initiative, is no
//! longer named: the initiative has an item of its own.

use crate::domain::date::Date;

use super::facts::{AgendaFacts, MeetingFacts};
use super::own_unit::{SOON_DAYS, push};
use super::{AgendaItem, AgendaTarget, Urgency, leads, names_in_words};

/// Adds the items.
pub(super) fn add(items: &mut Vec<AgendaItem>, facts: &AgendaFacts) {
    let Some(unit) = facts.own.as_ref().filter(|_| leads(facts.role)) else { return };
    let newest = unit.agreements.first().map(|agreement| agreement.id.clone());
    let target = || AgendaTarget::Midtvejs(newest.clone());
    let MeetingFacts { offers, decisions } = &facts.meeting;
    if !offers.is_empty() {
        let mut names: Vec<&str> = Vec::new();
        for name in offers {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        let detail = format!("fra {}", names_in_words(&names));
        push(items, Urgency::Reply, None, target(), "Svar på tilbud om hjælp", detail);
    }
    for (id, decision) in decisions {
        let is_initiative = unit
            .agreements
            .iter()
            .any(|agreement| agreement.bundle.goals.iter().any(|(_, goal)| goal.initiatives.contains_key(id)));
        let Some(by) = decision.by.filter(|by| !is_initiative && is_near(*by, facts.day)) else { continue };
        let (urgency, words) =
            if by < facts.day { (Urgency::Overdue, "skulle være gjort") } else { (Urgency::Soon, "senest") };
        let detail = format!("besluttet på mødet om midtvejs, {words} {}", by.danish());
        push(items, urgency, Some(by), target(), decision.text.as_str().trim(), detail);
    }
}

/// Returns whether a day lies within a month before or after another.
fn is_near(by: Date, day: Date) -> bool {
    by.days_since(day).abs() <= SOON_DAYS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::aftale::bundle::AgreementBundle;
    use crate::domain::agenda::agenda;
    use crate::domain::agenda::facts::{AgreementFacts, UnitFacts};
    use crate::domain::goal::{Goal, Initiative};
    use crate::domain::id::Id;
    use crate::domain::meeting::MeetingDecision;
    use crate::domain::person::Role;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn facts(role: Role, offers: &[&str], by: Option<&str>, is_initiative: bool) -> AgendaFacts {
        let decision = MeetingDecision {
            text: "Vi besøger hinanden".into(),
            by: by.map(|by| Date::parse(by).unwrap()),
            ..MeetingDecision::default()
        };
        let mut goal = Goal::default();
        if is_initiative {
            goal.initiatives.insert(id("b1"), Initiative::default());
        }
        let bundle = AgreementBundle { goals: vec![(id("maal"), goal)], ..AgreementBundle::default() };
        let mut unit = UnitFacts::new(id("soeen"), "Skolen ved Søen");
        unit.agreements.push(AgreementFacts { id: id("aftalen"), bundle, party: None, midtvejs: None });
        AgendaFacts {
            role: Some(role),
            own: Some(unit),
            meeting: MeetingFacts {
                offers: offers.iter().map(|name| (*name).to_owned()).collect(),
                decisions: vec![(id("b1"), decision)],
            },
            ..AgendaFacts::new(Date::parse("2027-09-01").unwrap())
        }
    }

    /// Checks the urgencies of the items that lead to the midterm status.
    #[track_caller]
    fn check(facts: &AgendaFacts, expected: &[Urgency]) {
        let items = agenda(facts).items;
        let target = AgendaTarget::Midtvejs(Some(id("aftalen")));
        let of_meeting = items.iter().filter(|item| item.line.target.as_ref() == Some(&target));
        assert_eq!(of_meeting.map(|item| item.urgency).collect::<Vec<_>>(), expected, "{items:?}");
    }

    #[test]
    fn decision_waits_in_the_months_around_its_day() {
        for (by, expected) in [
            (None, None),
            (Some("2027-10-02"), None),
            (Some("2027-10-01"), Some(Urgency::Soon)),
            (Some("2027-09-01"), Some(Urgency::Soon)),
            (Some("2027-08-31"), Some(Urgency::Overdue)),
            (Some("2027-08-02"), Some(Urgency::Overdue)),
            (Some("2027-08-01"), None),
        ] {
            check(&facts(Role::Leader, &[], by, false), expected.as_slice());
            check(&facts(Role::Leader, &[], by, true), &[]);
            check(&facts(Role::Employee, &[], by, false), &[]);
        }
    }

    #[test]
    fn unanswered_offers_are_one_item_with_each_name_once() {
        let facts = facts(Role::Leader, &["Bakkeskolen", "Åskolen", "Bakkeskolen"], None, false);
        check(&facts, &[Urgency::Reply]);
        let items = agenda(&facts).items;
        assert!(items.iter().any(|item| item.line.detail == "fra Bakkeskolen og Åskolen"), "{items:?}");
    }
}
