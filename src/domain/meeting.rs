//! A meeting of units: offers of help, and decisions with who, what and when.

use super::body::{Body, Entries, KindWords};
use super::cycle::Cycle;
use super::date::Date;
use super::id::Id;
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
    /// The id of the meeting about the midtvejs statuses of a cycle.
    pub fn midtvejs_id(cycle: Cycle) -> Option<Id> {
        Id::parse(&format!("midtvejsmoede-{}", cycle.first_year()))
    }
}

fields!(HelpOffer {
    to: value("hvem der beder om hjælp"),
    from: value("hvem der tilbyder hjælp"),
    text: text("tilbuddet"),
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
