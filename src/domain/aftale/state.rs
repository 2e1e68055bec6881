//! The state of an agreement, derived from its dated events, its assents and the number of open comments.
//!
//! # Invariants
//!
//! * The state must never be stored. It does not depend on the order in which files are merged.

use serde::{Deserialize, Serialize};

use crate::domain::body::Map;
use crate::domain::date::Date;
use crate::domain::fractional_index;
use crate::domain::id::Id;
use crate::domain::text::UserText;

use super::{Aftale, Party};

/// A dated event in the life of an agreement. One leaf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Fact"))]
pub struct AftaleFact {
    /// The kind of event.
    pub what: AftaleEvent,
    /// The sequence number: one more than the highest number its author knew of. Facts are ordered by it, because
    /// clocks cannot be trusted.
    pub n: u32,
    /// The day of the event.
    pub date: Date,
    /// The version that was frozen, if the event froze one.
    #[serde(default)]
    pub version: Option<Id>,
}

/// A kind of event in the life of an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "What"))]
#[serde(rename_all = "snake_case")]
pub enum AftaleEvent {
    /// The agreement was shared with the counterpart.
    Shared,
    /// The agreement, or the version that waits for assent, was taken back.
    Withdrawn,
    /// A version was frozen for both parties to agree to.
    Frozen,
    /// The yearly revision began.
    Revision,
    /// The midtvejs status began.
    Midterm,
    /// The agreement was closed.
    Closed,
    /// The agreement was opened again.
    Reopened,
}

/// The assent of a party to a version. One leaf.
///
/// The signature itself is on paper or in the municipality's own system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Assent {
    /// The fingerprint of the version.
    pub version: Id,
    /// The party that agrees.
    pub party: Party,
    /// The name of the party on that day.
    #[serde(default)]
    pub name: UserText,
    /// The day of the assent.
    pub date: Date,
}

/// The state of an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AftaleState {
    /// Only the author works on the agreement.
    Draft,
    /// The counterpart has the agreement.
    Shared,
    /// The agreement is shared and has comments to answer.
    Commented,
    /// A version waits for both parties to agree.
    ToSign,
    /// Both parties have agreed to a version.
    InForce,
    /// The next version is being written.
    UnderRevision,
    /// The midtvejs status is being written.
    Midterm,
    /// The agreement has ended.
    Closed,
}

impl AftaleState {
    /// All states, in the order of the process.
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::Shared,
        Self::Commented,
        Self::ToSign,
        Self::InForce,
        Self::UnderRevision,
        Self::Midterm,
        Self::Closed,
    ];

    /// The Danish name of the state.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Draft => "Kladde",
            Self::Shared => "Delt",
            Self::Commented => "Kommenteret",
            Self::ToSign => "Til underskrift",
            Self::InForce => "Indgået",
            Self::UnderRevision => "Under revision",
            Self::Midterm => "Midtvejs",
            Self::Closed => "Afsluttet",
        }
    }

    /// Whether the text of the agreement may be changed. An agreed text changes only through a revision.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Shared | Self::Commented | Self::UnderRevision)
    }
}

/// The derived status of an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementStatus {
    /// The state of the agreement.
    pub state: AftaleState,
    /// The day of the last event, or of the second assent for an agreement in force. `None` if there is no event yet.
    pub since: Option<Date>,
    /// Whether the text that is being written is shared with the counterpart.
    pub is_shared: bool,
    /// The version that waits for both parties to agree.
    pub to_sign: Option<Id>,
    /// The versions that both parties have agreed to, oldest first.
    pub agreed: Vec<Id>,
}

impl AgreementStatus {
    /// Whether a version that both parties have agreed to applies. Its initiatives are then carried out, also while the
    /// next version is being written.
    pub fn applies(&self) -> bool {
        !self.agreed.is_empty() && self.state != AftaleState::Closed
    }
}

impl Aftale {
    /// The assent of a party to a version.
    pub fn assent(&self, version: &Id, party: Party) -> Option<&Assent> {
        self.assents.values().find(|assent| assent.version == *version && assent.party == party)
    }

    /// Whether both parties have agreed to a version.
    pub fn is_agreed(&self, version: &Id) -> bool {
        Party::ALL.into_iter().all(|party| self.assent(version, party).is_some())
    }

    /// The facts, sorted by sequence number, then by day, then by id.
    fn facts_in_order(&self) -> Vec<&AftaleFact> {
        let key = |(id, fact): &(&Id, &AftaleFact)| (fact.n, fact.date, (*id).clone());
        fractional_index::sorted(self.facts.iter().collect(), &|one, other| key(one) < key(other))
            .into_iter()
            .map(|(_, fact)| fact)
            .collect()
    }

    /// Derives the status of the agreement. `open_comments` is the number of comments that are not settled.
    pub fn status(&self, open_comments: usize) -> AgreementStatus {
        let mut status = AgreementStatus {
            state: AftaleState::Draft,
            since: None,
            is_shared: false,
            to_sign: None,
            agreed: Vec::new(),
        };
        let (mut is_revised, mut is_midterm, mut is_closed) = (false, false, false);
        for fact in self.facts_in_order() {
            match (fact.what, &fact.version) {
                (AftaleEvent::Shared, _) => (status.is_shared, status.to_sign) = (true, None),
                (AftaleEvent::Withdrawn, _) => (status.is_shared, status.to_sign) = (false, None),
                (AftaleEvent::Frozen, Some(version)) if self.is_agreed(version) => {
                    status.agreed.retain(|agreed| agreed != version);
                    status.agreed.push(version.clone());
                    (status.to_sign, status.is_shared) = (None, true);
                    (is_revised, is_midterm) = (false, false);
                }
                (AftaleEvent::Frozen, version) => status.to_sign.clone_from(version),
                (AftaleEvent::Revision, _) => {
                    is_revised = !status.agreed.is_empty();
                    status.is_shared = false;
                }
                (AftaleEvent::Midterm, _) => is_midterm = !status.agreed.is_empty(),
                (AftaleEvent::Closed, _) => is_closed = true,
                (AftaleEvent::Reopened, _) => is_closed = false,
            }
            status.since = Some(fact.date);
        }
        status.state = if is_closed {
            AftaleState::Closed
        } else if status.to_sign.is_some() {
            AftaleState::ToSign
        } else if is_revised {
            AftaleState::UnderRevision
        } else if let Some(agreed) = status.agreed.last() {
            if is_midterm {
                AftaleState::Midterm
            } else {
                // The agreement is in force from the day of the second assent.
                status.since = Party::ALL.into_iter().filter_map(|party| Some(self.assent(agreed, party)?.date)).max();
                AftaleState::InForce
            }
        } else if status.is_shared {
            if open_comments > 0 { AftaleState::Commented } else { AftaleState::Shared }
        } else {
            AftaleState::Draft
        };
        status
    }

    /// Records an event as a new fact with the given id.
    pub fn record_event(&mut self, id: Id, event: AftaleEvent, date: Date, version: Option<Id>) {
        let n = self.facts.values().map(|fact| fact.n).max().unwrap_or_default().saturating_add(1);
        self.facts.insert(id, AftaleFact { what: event, n, date, version });
    }

    /// Records the assent of a party to a version, with the name of the party in the agreement.
    pub fn record_assent(&mut self, version: &Id, party: Party, date: Date) {
        let name = UserText::from(match party {
            Party::Leader => self.leader.as_str(),
            Party::Counterpart => self.counterpart.as_str(),
        });
        if let Some(id) = Id::parse(party.key()).and_then(|key| Id::derived(version, &key)) {
            let assents: &mut Map<Id, Assent> = &mut self.assents;
            assents.insert(id, Assent { version: version.clone(), party, name, date });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    /// Follows an agreement through its events and checks the state after each.
    #[test]
    fn state_follows_the_events() {
        let mut aftale = Aftale::default();
        let v1 = id("v1");
        let mut count = 0;
        let mut check = |aftale: &mut Aftale, event: Option<AftaleEvent>, version: Option<&Id>, comments, state| {
            count += 1;
            if let Some(event) = event {
                aftale.record_event(id(&format!("f{count}")), event, day("2026-05-01"), version.cloned());
            }
            assert_eq!(aftale.status(comments).state, state, "step {count}");
            assert_eq!(aftale.status(comments).applies(), count >= 8 && count != 15, "step {count}");
        };
        check(&mut aftale, None, None, 3, AftaleState::Draft);
        check(&mut aftale, Some(AftaleEvent::Shared), None, 0, AftaleState::Shared);
        check(&mut aftale, None, None, 2, AftaleState::Commented);
        check(&mut aftale, Some(AftaleEvent::Withdrawn), None, 2, AftaleState::Draft);
        check(&mut aftale, Some(AftaleEvent::Shared), None, 0, AftaleState::Shared);
        check(&mut aftale, Some(AftaleEvent::Frozen), Some(&v1), 0, AftaleState::ToSign);
        aftale.record_assent(&v1, Party::Leader, day("2026-06-01"));
        check(&mut aftale, None, None, 0, AftaleState::ToSign);
        aftale.record_assent(&v1, Party::Counterpart, day("2026-06-03"));
        check(&mut aftale, None, None, 1, AftaleState::InForce);
        assert_eq!(aftale.status(0).since, Some(day("2026-06-03")));
        check(&mut aftale, Some(AftaleEvent::Revision), None, 0, AftaleState::UnderRevision);
        let v2 = id("v2");
        check(&mut aftale, Some(AftaleEvent::Frozen), Some(&v2), 0, AftaleState::ToSign);
        check(&mut aftale, Some(AftaleEvent::Withdrawn), None, 0, AftaleState::UnderRevision);
        check(&mut aftale, Some(AftaleEvent::Frozen), Some(&v2), 0, AftaleState::ToSign);
        for party in Party::ALL {
            aftale.record_assent(&v2, party, day("2027-06-10"));
        }
        check(&mut aftale, None, None, 0, AftaleState::InForce);
        assert_eq!(aftale.status(0).agreed, [v1, v2]);
        check(&mut aftale, Some(AftaleEvent::Midterm), None, 0, AftaleState::Midterm);
        check(&mut aftale, Some(AftaleEvent::Closed), None, 0, AftaleState::Closed);
        check(&mut aftale, Some(AftaleEvent::Reopened), None, 0, AftaleState::Midterm);
    }

    /// An assent to another version than the frozen one does not count.
    #[test]
    fn state_stays_to_sign_until_both_assent_to_the_frozen_version() {
        let mut aftale = Aftale::default();
        aftale.record_event(id("f1"), AftaleEvent::Frozen, day("2026-05-01"), Some(id("v1")));
        aftale.record_assent(&id("v1"), Party::Leader, day("2026-05-02"));
        aftale.record_assent(&id("v0"), Party::Counterpart, day("2026-05-02"));
        assert_eq!(aftale.status(0).state, AftaleState::ToSign);
        assert!(!aftale.is_agreed(&id("v1")));
    }

    proptest! {
        #![proptest_config(crate::property_test_config())]

        /// Files bring facts in any order; the state must be the same.
        #[test]
        fn state_is_independent_of_the_order_of_facts(steps in prop::collection::vec((0usize..7, 0u8..28), 0..9), turn in 0usize..9) {
            const EVENTS: [AftaleEvent; 7] = [AftaleEvent::Shared, AftaleEvent::Withdrawn, AftaleEvent::Frozen, AftaleEvent::Revision, AftaleEvent::Midterm, AftaleEvent::Closed, AftaleEvent::Reopened];
            let mut aftale = Aftale::default();
            aftale.record_assent(&id("v"), Party::Leader, day("2026-01-01"));
            aftale.record_assent(&id("v"), Party::Counterpart, day("2026-01-01"));
            for (index, (event, on)) in steps.iter().enumerate() {
                let version = (EVENTS[*event] == AftaleEvent::Frozen).then(|| id(if on % 2 == 0 { "v" } else { "w" }));
                aftale.record_event(id(&format!("f{index}")), EVENTS[*event], Date::new(2026, 1, on + 1).unwrap(), version);
            }
            let mut facts: Vec<_> = aftale.facts.iter().map(|(id, fact)| (id.clone(), fact.clone())).collect();
            let length = facts.len().max(1);
            facts.rotate_left(turn % length);
            let mut other = Aftale { assents: aftale.assents.clone(), ..Aftale::default() };
            for (id, fact) in facts {
                other.facts.insert(id, fact);
            }
            prop_assert_eq!(aftale.status(1), other.status(1));
        }
    }
}
