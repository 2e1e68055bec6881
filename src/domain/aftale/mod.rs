//! The agreement (*sammenhængsaftale*): its record, and the rules that apply to the agreement and its goals together.
//!
//! | file | contents |
//! | --- | --- |
//! | `mod` | the head of an agreement: parties, period, involvement. Goals are separate records |
//! | [`bundle`] | the head together with its goals: the input of most rules |
//! | [`state`] | the state of an agreement, derived from dated facts |
//! | [`step`] | which steps a state allows, and why it refuses the others |
//! | [`version`] | a version: verbatim bytes with their fingerprint |
//! | [`lines`] | an agreement as labelled lines, for printing and comparing |
//! | [`compare`] | the differences between two versions |
//! | [`gaps`] | «Hvad mangler?»: suggestions for improving an agreement |
//! | [`due`] | initiatives that are due on a day, and reminders |
//! | [`next_move`] | what the agreement expects from each party next |
//! | [`progress`] | how the indicator of a goal develops |
//! | [`moment`] | which step of the process a day calls for, according to the wheel |
//! | [`begin`] | new agreements: empty, from examples, or from the previous cycle |
//! | `examples` | example goals for each kind of unit |
//!
//! # Invariants
//!
//! * **State is derived and must never be stored**: people add facts, assents and versions on separate devices, and the
//!   records are merged in any order.
//! * **The content of a version must never be changed or migrated.** Only the code that reads a version may change.

pub mod begin;
pub mod bundle;
pub mod compare;
pub mod due;
mod examples;
pub mod gaps;
pub mod lines;
pub mod moment;
pub mod next_move;
pub mod progress;
pub mod state;
pub mod step;
pub mod version;

use super::body::{Body, Entries, FieldRole, KindWords, Map};
use super::date::Date;
use super::enhed::Level;
use super::id::Id;
use super::period::Span;
use super::slot::fields;
use super::text::UserText;
use state::{AftaleFact, Assent};

/// The head of an agreement: parties, period, involvement, and the facts that its state is derived from.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Aftale {
    /// The title of the agreement.
    pub title: UserText,
    /// The unit that the agreement is for.
    pub unit: Option<Id>,
    /// The period in which the agreement is in force: two years.
    pub period: Option<Span>,
    /// The level of the leader who makes the agreement.
    pub level: Option<Level>,
    /// The name of the leader who makes the agreement.
    pub leader: UserText,
    /// The name of the leader one level above, who agrees to it.
    pub counterpart: UserText,
    /// What the agreement builds on: feedback, the conversation, the themes of the cycle.
    pub background: UserText,
    /// The day the agreement was discussed in `LokalMED`.
    pub local_med: Option<Date>,
    /// The outcome of the discussion in `LokalMED`.
    pub local_med_note: UserText,
    /// How employees were involved.
    pub employees: UserText,
    /// How the board of parents was involved.
    pub parents: UserText,
    /// How children and young people were involved.
    pub children: UserText,
    /// Which other people were involved, and how.
    pub involvement: UserText,
    /// The themes of the cycle that the agreement takes up.
    pub themes: UserText,
    /// The agreement of the previous cycle, if the plan was copied from one.
    pub previous: Option<Id>,
    /// The dated events of the agreement, from which its state is derived. One leaf per fact.
    pub facts: Map<Id, AftaleFact>,
    /// Which party has agreed to which version. One leaf per assent, so that two people who agree on separate devices
    /// never conflict.
    pub assents: Map<Id, Assent>,
    /// The follow-up log: dated notes on what happened.
    pub log: Entries<FollowUpEntry>,
    /// The day by which files of the agreement should be deleted.
    pub delete_by: Option<Date>,
}

/// An entry of the follow-up log.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Entry"), schemars(default))]
pub struct FollowUpEntry {
    /// What happened.
    pub text: UserText,
    /// The day it happened.
    pub date: Option<Date>,
}

/// One of the two parties to an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The leader who makes the agreement.
    Leader,
    /// The leader one level above.
    Counterpart,
}

impl Party {
    /// Both parties.
    pub const ALL: [Self; 2] = [Self::Leader, Self::Counterpart];

    /// The Danish term for the party, used where no name is known.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Leader => "lederen",
            Self::Counterpart => "modparten",
        }
    }

    /// The key of the party as a part of ids.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Leader => "leader",
            Self::Counterpart => "counterpart",
        }
    }
}

impl Aftale {
    /// The name of a party, or the Danish term for the party if no name is given.
    pub fn party(&self, party: Party) -> &str {
        let name = match party {
            Party::Leader => self.leader.as_str(),
            Party::Counterpart => self.counterpart.as_str(),
        };
        if name.trim().is_empty() { party.danish() } else { name }
    }
}

fields!(FollowUpEntry { text: text("logbogens tekst"), date: value("logbogens dato") });

fields!(Aftale {
    title: text("titlen"),
    unit: parent("enheden"),
    period: value("perioden"),
    level: value("lederens niveau"),
    leader: text("lederen"),
    counterpart: text("modparten"),
    background: text("baggrunden"),
    local_med: value("datoen for LokalMED"),
    local_med_note: text("drøftelsen i LokalMED"),
    employees: text("inddragelsen af medarbejdere"),
    parents: text("inddragelsen af forældrebestyrelsen"),
    children: text("inddragelsen af børn og unge"),
    involvement: text("inddragelsen af andre"),
    themes: text("temaerne"),
    previous: value("aftalen før"),
    facts: leaves("aftalens vej", FieldRole::Plain),
    assents: leaves("tilsagnet", FieldRole::ContainsText),
    log: entries("logbogen", FollowUpEntry::FIELDS),
    delete_by: value("datoen for sletning"),
});

impl Body for Aftale {
    const WORDS: KindWords = KindWords { definite: "aftalen", singular: "aftale", plural: "aftaler" };
    const TITLE: &'static str = "title";
}
