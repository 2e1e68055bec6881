//! A meeting of units: offers of help, and decisions with who, what and when.

use super::body::{Body, Entries, KindWords};
use super::cycle::{Cycle, QUARTERS, QuarterIndex};
use super::date::Date;
use super::fractional_index;
use super::goal::Initiative;
use super::id::Id;
use super::period::Span;
use super::slot::fields;
use super::text::UserText;

/// A meeting of units.
///
/// The id of the meeting about the midtvejs statuses is derived from the cycle, so that the notes of several people are
/// merged into one record.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Meeting {
    /// The title of the meeting.
    pub title: UserText,
    /// The day of the meeting.
    pub date: Option<Date>,
    /// The offers of help that units make each other.
    pub offers: Entries<HelpOffer>,
    /// The decisions.
    pub decisions: Entries<MeetingDecision>,
    /// The notes of the meeting.
    pub notes: UserText,
}

/// An offer of help from one unit to another.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct HelpOffer {
    /// The unit that asks for help.
    pub to: Option<Id>,
    /// The unit that offers help.
    pub from: Option<Id>,
    /// The help that is offered.
    pub text: UserText,
    /// Whether the unit that asks has accepted the offer; `None` if it has not answered.
    pub accepted: Option<bool>,
    /// The position among the offers: a fractional index.
    pub order: Option<String>,
}

/// A decision of a meeting.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct MeetingDecision {
    /// What was decided.
    pub text: UserText,
    /// Who carries it out.
    pub who: UserText,
    /// The unit that it concerns; `None` for all units.
    pub unit: Option<Id>,
    /// The day by which it is done.
    pub by: Option<Date>,
    /// The position among the decisions: a fractional index.
    pub order: Option<String>,
}

impl Meeting {
    /// The last quarter of a cycle in which the midtvejs meeting of the cycle before is followed up.
    const LAST_FOLLOW_UP: QuarterIndex = 4;

    /// The id of the meeting about the midtvejs statuses of a cycle.
    pub fn midtvejs_id(cycle: Cycle) -> Option<Id> {
        Id::parse(&format!("midtvejsmoede-{}", cycle.first_year()))
    }

    /// Returns the cycle whose midtvejs meeting is prepared or followed up on a day.
    ///
    /// The meeting is held in the last quarter of a cycle [FIF-12]. It is followed up through the fourth quarter of the
    /// next cycle, in which the report accounts for the cycle of the meeting. Then the next meeting is prepared.
    pub const fn midtvejs_cycle(day: Date) -> Cycle {
        let cycle = Cycle::of(day);
        if Cycle::quarter_index(day) <= Self::LAST_FOLLOW_UP { cycle.previous() } else { cycle }
    }

    /// Returns the cycle whose midtvejs meeting reads the status of an agreement, by the agreement's first day.
    ///
    /// An agreement that begins in the last quarter of a cycle, in which the meeting is held, cannot be halfway in it.
    /// The first agreements did, on 1 August 2021.
    pub const fn cycle_of_agreement(first_day: Date) -> Cycle {
        let cycle = Cycle::of(first_day);
        if Cycle::quarter_index(first_day) == QUARTERS { cycle.next() } else { cycle }
    }

    /// Creates the meeting about the midtvejs statuses of a cycle, with its title. The year is that of its quarter.
    pub fn midtvejs(cycle: Cycle) -> Self {
        Self { title: UserText(format!("Midtvejsmøde {}", cycle.first_year() + 2)), ..Self::default() }
    }

    /// Returns the offers in their order.
    pub fn offers_in_order(&self) -> Vec<(&Id, &HelpOffer)> {
        self.offers.in_order(|offer| offer.order.as_deref())
    }

    /// Returns the decisions in their order.
    pub fn decisions_in_order(&self) -> Vec<(&Id, &MeetingDecision)> {
        self.decisions.in_order(|decision| decision.order.as_deref())
    }

    /// Returns the offers to a unit, in their order. `is_unit` says which ids mean the unit.
    pub fn offers_to(&self, is_unit: &dyn Fn(&Id) -> bool) -> Vec<(&Id, &HelpOffer)> {
        self.offers_in_order().into_iter().filter(|(_, offer)| offer.to.as_ref().is_some_and(is_unit)).collect()
    }

    /// Returns the offers of a unit, in their order. `is_unit` says which ids mean the unit.
    pub fn offers_from(&self, is_unit: &dyn Fn(&Id) -> bool) -> Vec<(&Id, &HelpOffer)> {
        self.offers_in_order().into_iter().filter(|(_, offer)| offer.from.as_ref().is_some_and(is_unit)).collect()
    }

    /// Returns the decisions about a unit or all units that have a text, in their order. `is_unit` says which ids mean
    /// the unit.
    pub fn decisions_about(&self, is_unit: &dyn Fn(&Id) -> bool) -> Vec<(&Id, &MeetingDecision)> {
        let concerns = |decision: &MeetingDecision| decision.has_text() && decision.unit.as_ref().is_none_or(is_unit);
        self.decisions_in_order().into_iter().filter(|(_, decision)| concerns(decision)).collect()
    }

    /// Adds an offer after the last one.
    pub fn add_offer(&mut self, id: Id, to: Id, from: Option<Id>) {
        let last = self.offers.values().filter_map(|offer| offer.order.as_deref()).max();
        let order = Some(fractional_index::after(last));
        self.offers.insert(id, HelpOffer { to: Some(to), from, order, ..HelpOffer::default() });
    }

    /// Adds an empty decision after the last one.
    pub fn add_decision(&mut self, id: Id) {
        let last = self.decisions.values().filter_map(|decision| decision.order.as_deref()).max();
        let order = Some(fractional_index::after(last));
        self.decisions.insert(id, MeetingDecision { order, ..MeetingDecision::default() });
    }

    /// Moves a decision one step up. The first decision stays where it is.
    pub fn move_decision_up(&mut self, id: &Id) {
        let all = self.decisions_in_order();
        let index = all.iter().position(|(other, _)| *other == id).unwrap_or_default();
        if index == 0 {
            return;
        }
        let orders: Vec<Option<String>> = all.iter().map(|(_, decision)| decision.order.clone()).collect();
        if let Some(decision) = self.decisions.get_mut(id) {
            decision.order = Some(fractional_index::move_up(&orders, index));
        }
    }
}

impl HelpOffer {
    /// Returns whether the offer says what is offered.
    pub fn has_text(&self) -> bool {
        !self.text.as_str().trim().is_empty()
    }

    /// Returns whether the offer waits for an answer.
    pub fn is_unanswered(&self) -> bool {
        self.has_text() && self.accepted.is_none()
    }
}

impl MeetingDecision {
    /// Returns whether the decision says what was decided.
    pub fn has_text(&self) -> bool {
        !self.text.as_str().trim().is_empty()
    }

    /// Creates the initiative that the decision becomes, with its text, its responsible person and its last day.
    ///
    /// The initiative is stored under the id of the decision, so that one decision becomes one initiative of a goal, on
    /// whichever devices that happens.
    pub fn initiative(&self, order: String) -> Initiative {
        Initiative {
            text: self.text.clone(),
            responsible: self.who.clone(),
            period: self.by.map(|by| Span { from: None, to: Some(by) }),
            order: Some(order),
            ..Initiative::default()
        }
    }
}

fields!(HelpOffer {
    text: text("tilbuddet"),
    to: value("hvem der beder om hjælp"),
    from: value("hvem der tilbyder hjælp"),
    accepted: value("svaret på tilbuddet"),
    order: order(),
});

fields!(MeetingDecision {
    text: text("beslutningen"),
    who: text("hvem der gør det"),
    unit: value("hvilken enhed det gælder"),
    by: value("hvornår det er gjort"),
    order: order(),
});

fields!(Meeting {
    title: text("titlen"),
    date: value("datoen"),
    offers: entries("tilbuddet", HelpOffer::FIELDS),
    decisions: entries("beslutningen", MeetingDecision::FIELDS),
    notes: text("noterne"),
});

impl Body for Meeting {
    const WORDS: KindWords = KindWords { definite: "mødet", singular: "møde", plural: "møder" };
    const TITLE: &'static str = "title";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    #[test]
    fn midtvejs_cycle_is_that_of_the_nearest_midtvejs_quarter() {
        for (day, id_of_meeting, title) in [
            ("2025-07-01", "midtvejsmoede-2023", "Midtvejsmøde 2025"),
            ("2025-09-30", "midtvejsmoede-2023", "Midtvejsmøde 2025"),
            ("2025-10-01", "midtvejsmoede-2023", "Midtvejsmøde 2025"),
            ("2026-09-30", "midtvejsmoede-2023", "Midtvejsmøde 2025"),
            ("2026-10-01", "midtvejsmoede-2025", "Midtvejsmøde 2027"),
            ("2027-08-20", "midtvejsmoede-2025", "Midtvejsmøde 2027"),
            ("2027-12-31", "midtvejsmoede-2025", "Midtvejsmøde 2027"),
        ] {
            let cycle = Meeting::midtvejs_cycle(Date::parse(day).unwrap());
            assert_eq!(Meeting::midtvejs_id(cycle), Some(id(id_of_meeting)), "{day}");
            assert_eq!(Meeting::midtvejs(cycle).title.as_str(), title, "{day}");
        }
    }

    #[test]
    fn meeting_of_an_agreement_lies_at_least_a_quarter_after_its_first_day() {
        for (first_day, id_of_meeting) in [
            ("2021-06-30", "midtvejsmoede-2019"),
            ("2021-08-01", "midtvejsmoede-2021"),
            ("2024-10-01", "midtvejsmoede-2023"),
            ("2026-08-01", "midtvejsmoede-2025"),
            ("2027-10-01", "midtvejsmoede-2027"),
        ] {
            let cycle = Meeting::cycle_of_agreement(Date::parse(first_day).unwrap());
            assert_eq!(Meeting::midtvejs_id(cycle), Some(id(id_of_meeting)), "{first_day}");
        }
    }

    #[test]
    fn decisions_are_added_last_and_moved_up() {
        let mut meeting = Meeting::default();
        for name in ["b", "a", "c"] {
            meeting.add_decision(id(name));
        }
        let order = |meeting: &Meeting| {
            let ids = meeting.decisions_in_order().into_iter();
            ids.map(|(id, _)| id.to_string()).collect::<Vec<_>>().concat()
        };
        assert_eq!(order(&meeting), "bac");
        meeting.move_decision_up(&id("c"));
        assert_eq!(order(&meeting), "bca");
        meeting.move_decision_up(&id("b"));
        meeting.move_decision_up(&id("x"));
        assert_eq!(order(&meeting), "bca");
    }

    #[test]
    fn offers_and_decisions_are_those_of_the_unit() {
        let mut meeting = Meeting::default();
        meeting.add_offer(id("o1"), id("soeen"), Some(id("aaen")));
        meeting.add_offer(id("o2"), id("aaen"), Some(id("soeen")));
        meeting.add_offer(id("o3"), id("soeen"), None);
        for (name, text, unit) in [
            ("b1", "For alle", None),
            ("b2", "For Søen", Some(id("soeen"))),
            ("b3", "For Åen", Some(id("aaen"))),
            ("b4", " ", None),
        ] {
            meeting.add_decision(id(name));
            let decision = meeting.decisions.get_mut(&id(name)).unwrap();
            (decision.text, decision.unit) = (text.into(), unit);
        }
        let is_unit = |other: &Id| *other == id("soeen");
        let offers = |found: Vec<(&Id, &HelpOffer)>| found.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>();
        assert_eq!(offers(meeting.offers_to(&is_unit)), ["o1", "o3"]);
        assert_eq!(offers(meeting.offers_from(&is_unit)), ["o2"]);
        let decisions: Vec<String> = meeting.decisions_about(&is_unit).iter().map(|(id, _)| id.to_string()).collect();
        assert_eq!(decisions, ["b1", "b2"]);
    }

    #[test]
    fn initiative_of_a_decision_keeps_text_person_and_day() {
        let by = Date::parse("2027-10-01");
        let decision =
            MeetingDecision { text: "Vi ringer hjem".into(), who: "Anne".into(), by, ..MeetingDecision::default() };
        let initiative = decision.initiative("a0".to_owned());
        assert_eq!((initiative.text.as_str(), initiative.responsible.as_str()), ("Vi ringer hjem", "Anne"));
        assert_eq!(initiative.period, Some(Span { from: None, to: by }));
        assert_eq!(MeetingDecision::default().initiative("a0".to_owned()).period, None);
    }
}
