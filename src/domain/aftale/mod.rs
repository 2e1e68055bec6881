//! The agreement (*sammenhængsaftale*): its head, and the rules of the whole.
//!
//! | file | idea |
//! | --- | --- |
//! | `mod` | the head: who, when and how it came about. Its goals are records of their own |
//! | [`whole`] | the head with its goals, as rules look at it |
//! | [`state`] | how far it is, derived from dated facts |
//! | [`step`] | which steps make sense where it stands, and why not |
//! | [`version`] | a version: verbatim bytes with their fingerprint |
//! | [`lines`] | the agreement as labelled lines: what is printed and compared |
//! | [`compare`] | what two versions say otherwise |
//! | [`gaps`] | «Hvad mangler?» |
//! | [`today`] | what of it is on the table on a day |
//! | [`waits`] | what it waits for, from which party |
//! | [`progress`] | how a goal's indicator moves |
//! | [`moment`] | which step has its moment, by the wheel |
//! | [`begin`] | a new one: empty, from examples, from the last cycle |
//!
//! # Invariants
//!
//! * **State is derived, never stored**: facts, assents and versions are added by people apart, in any order.
//! * **A version's content is never changed**, and never migrated: only what reads it may.

pub mod begin;
pub mod compare;
mod examples;
pub mod gaps;
pub mod lines;
pub mod moment;
pub mod progress;
pub mod state;
pub mod step;
pub mod today;
pub mod version;
pub mod waits;
pub mod whole;

use super::body::{Body, Entries, FieldRole, KindWords, Map};
use super::date::Date;
use super::enhed::Level;
use super::id::Id;
use super::period::Span;
use super::slot::fields;
use super::text::UserText;
use state::{AftaleFact, Assent};

/// The head of an agreement.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Aftale {
    /// What the agreement is called.
    pub title: UserText,
    /// The unit it is for.
    pub unit: Option<Id>,
    /// From when to when it is in force: two years.
    pub period: Option<Span>,
    /// The level of the leader who makes it.
    pub level: Option<Level>,
    /// The leader who makes it.
    pub leader: UserText,
    /// The leader a level above, who agrees to it.
    pub counterpart: UserText,
    /// What it builds on: feedback, conversation, the themes of the cycle.
    pub background: UserText,
    /// The day it was discussed in `LokalMED`.
    pub local_med: Option<Date>,
    /// What came out of the discussion there.
    pub local_med_note: UserText,
    /// How employees were involved.
    pub employees: UserText,
    /// How the board of parents was involved.
    pub parents: UserText,
    /// How children and young people were involved.
    pub children: UserText,
    /// Who else was involved, and how.
    pub involvement: UserText,
    /// The themes of the cycle that it takes up.
    pub themes: UserText,
    /// The agreement of the cycle before, which its plan was copied from.
    pub previous: Option<Id>,
    /// What was done with it, and when: what its state is derived from. One leaf each.
    pub facts: Map<Id, AftaleFact>,
    /// Who has agreed to which version. One leaf each; two who agree apart never meet.
    pub assents: Map<Id, Assent>,
    /// What happened on the way, with dates.
    pub log: Entries<FollowUpEntry>,
    /// The day its files should be deleted again.
    pub delete_by: Option<Date>,
}

/// A line of the follow-up log.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Entry"), schemars(default))]
pub struct FollowUpEntry {
    /// What happened.
    pub text: UserText,
    /// The day.
    pub date: Option<Date>,
}

/// One of the two who make an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The leader who makes it.
    Leader,
    /// The leader a level above.
    Counterpart,
}

impl Party {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Leader, Self::Counterpart];

    /// In Danish, where no name is known.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Leader => "lederen",
            Self::Counterpart => "modparten",
        }
    }

    /// The name in an id.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Leader => "leader",
            Self::Counterpart => "counterpart",
        }
    }
}

impl Aftale {
    /// What a party is called: by name, or by what they are.
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
    assents: leaves("tilsagnet", FieldRole::TextInside),
    log: entries("logbogen", FollowUpEntry::FIELDS),
    delete_by: value("datoen for sletning"),
});

impl Body for Aftale {
    const WORDS: KindWords = KindWords { definite: "aftalen", singular: "aftale", plural: "aftaler" };
    const TITLE: &'static str = "title";
}
