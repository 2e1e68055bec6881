//! How far an agreement is. Nothing of it is stored: it follows from what was done and when, who agreed to which version,
//! and what waits to be answered. So files may meet in any order.

use serde::{Deserialize, Serialize};

use crate::domain::body::Map;
use crate::domain::date::Date;
use crate::domain::fractional_index;
use crate::domain::id::Id;
use crate::domain::text::UserText;

use super::{Aftale, Party};

/// Something that was done with an agreement. One leaf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Fact"))]
pub struct AftaleFact {
    /// What.
    pub what: AftaleEvent,
    /// One more than the highest its author knew of: it orders facts, since clocks are wrong.
    pub n: u32,
    /// The day.
    pub date: Date,
    /// The version, where one was frozen.
    #[serde(default)]
    pub version: Option<Id>,
}

/// What can be done with an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "What"))]
#[serde(rename_all = "snake_case")]
pub enum AftaleEvent {
    /// It was shared with the counterpart.
    Shared,
    /// It was taken back.
    Withdrawn,
    /// A version was made for both to agree to.
    Frozen,
    /// The yearly revision began.
    Revision,
    /// The status halfway began.
    Midterm,
    /// It was ended.
    Closed,
    /// It was opened again.
    Reopened,
}

/// That a party agrees to a version. One leaf. (The signature itself is on paper, or in the municipality's own system.)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Assent {
    /// The version: its fingerprint.
    pub version: Id,
    /// Who.
    pub party: Party,
    /// Their name.
    #[serde(default)]
    pub name: UserText,
    /// The day.
    pub date: Date,
}

/// How far an agreement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AftaleState {
    /// Only its author works on it.
    Draft,
    /// The counterpart has it.
    Shared,
    /// There are comments to answer.
    Commented,
    /// A version waits for both to agree.
    ToSign,
    /// Both have agreed.
    InForce,
    /// The next version is being written.
    UnderRevision,
    /// Its status is made up halfway.
    Midterm,
    /// It is over.
    Closed,
}

impl AftaleState {
    /// All, in the order of their course.
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

    /// In Danish.
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

    /// Whether the words of the agreement may be changed: what was agreed to is changed by a revision alone.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Shared | Self::Commented | Self::UnderRevision)
    }
}

/// Where an agreement stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementStatus {
    /// How far it is.
    pub state: AftaleState,
    /// Since when, where a fact says so.
    pub since: Option<Date>,
    /// Whether the counterpart has what is being written.
    pub is_shared: bool,
    /// The version that waits for both to agree.
    pub to_sign: Option<Id>,
    /// The versions that both have agreed to, the first one first.
    pub agreed: Vec<Id>,
}

impl Aftale {
    /// What a party has agreed to in a version.
    pub fn assent(&self, version: &Id, party: Party) -> Option<&Assent> {
        self.assents.values().find(|assent| assent.version == *version && assent.party == party)
    }

    /// Whether both have agreed to a version.
    pub fn is_agreed(&self, version: &Id) -> bool {
        Party::ALL.into_iter().all(|party| self.assent(version, party).is_some())
    }

    /// The facts in their order.
    fn facts_in_order(&self) -> Vec<&AftaleFact> {
        let key = |(id, fact): &(&Id, &AftaleFact)| (fact.n, fact.date, (*id).clone());
        fractional_index::sorted(self.facts.iter().collect(), &|one, other| key(one) < key(other))
            .into_iter()
            .map(|(_, fact)| fact)
            .collect()
    }

    /// Where it stands, with so many comments that are not settled.
    pub fn standing(&self, open_comments: usize) -> AgreementStatus {
        let mut standing = AgreementStatus {
            state: AftaleState::Draft,
            since: None,
            is_shared: false,
            to_sign: None,
            agreed: Vec::new(),
        };
        let (mut is_revised, mut is_midterm, mut is_closed) = (false, false, false);
        for fact in self.facts_in_order() {
            match (fact.what, &fact.version) {
                (AftaleEvent::Shared, _) => (standing.is_shared, standing.to_sign) = (true, None),
                (AftaleEvent::Withdrawn, _) => (standing.is_shared, standing.to_sign) = (false, None),
                (AftaleEvent::Frozen, Some(version)) if self.is_agreed(version) => {
                    standing.agreed.retain(|own| own != version);
                    standing.agreed.push(version.clone());
                    (standing.to_sign, standing.is_shared) = (None, true);
                    (is_revised, is_midterm) = (false, false);
                }
                (AftaleEvent::Frozen, version) => standing.to_sign.clone_from(version),
                (AftaleEvent::Revision, _) => {
                    is_revised = !standing.agreed.is_empty();
                    standing.is_shared = false;
                }
                (AftaleEvent::Midterm, _) => is_midterm = !standing.agreed.is_empty(),
                (AftaleEvent::Closed, _) => is_closed = true,
                (AftaleEvent::Reopened, _) => is_closed = false,
            }
            standing.since = Some(fact.date);
        }
        standing.state = if is_closed {
            AftaleState::Closed
        } else if standing.to_sign.is_some() {
            AftaleState::ToSign
        } else if is_revised {
            AftaleState::UnderRevision
        } else if let Some(agreed) = standing.agreed.last() {
            if is_midterm {
                AftaleState::Midterm
            } else {
                // It is in force when the second has agreed.
                standing.since =
                    Party::ALL.into_iter().filter_map(|party| Some(self.assent(agreed, party)?.date)).max();
                AftaleState::InForce
            }
        } else if standing.is_shared {
            if open_comments > 0 { AftaleState::Commented } else { AftaleState::Shared }
        } else {
            AftaleState::Draft
        };
        standing
    }

    /// Writes down that something was done; the id is the caller's.
    pub fn note(&mut self, id: Id, what: AftaleEvent, date: Date, version: Option<Id>) {
        let n = self.facts.values().map(|fact| fact.n).max().unwrap_or_default().saturating_add(1);
        self.facts.insert(id, AftaleFact { what, n, date, version });
    }

    /// Writes down that a party agrees to a version.
    pub fn agree(&mut self, version: &Id, party: Party, date: Date) {
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

    /// Follows an agreement through steps, and looks at its state after each.
    #[test]
    fn agreement_walks_through_its_states() {
        let mut aftale = Aftale::default();
        let v1 = id("v1");
        let mut count = 0;
        let mut check = |aftale: &mut Aftale, what: Option<AftaleEvent>, version: Option<&Id>, comments, state| {
            count += 1;
            if let Some(what) = what {
                aftale.note(id(&format!("f{count}")), what, day("2026-05-01"), version.cloned());
            }
            assert_eq!(aftale.standing(comments).state, state, "step {count}");
        };
        check(&mut aftale, None, None, 3, AftaleState::Draft);
        check(&mut aftale, Some(AftaleEvent::Shared), None, 0, AftaleState::Shared);
        check(&mut aftale, None, None, 2, AftaleState::Commented);
        check(&mut aftale, Some(AftaleEvent::Withdrawn), None, 2, AftaleState::Draft);
        check(&mut aftale, Some(AftaleEvent::Shared), None, 0, AftaleState::Shared);
        check(&mut aftale, Some(AftaleEvent::Frozen), Some(&v1), 0, AftaleState::ToSign);
        aftale.agree(&v1, Party::Leader, day("2026-06-01"));
        check(&mut aftale, None, None, 0, AftaleState::ToSign);
        aftale.agree(&v1, Party::Counterpart, day("2026-06-03"));
        check(&mut aftale, None, None, 1, AftaleState::InForce);
        assert_eq!(aftale.standing(0).since, Some(day("2026-06-03")));
        check(&mut aftale, Some(AftaleEvent::Revision), None, 0, AftaleState::UnderRevision);
        let v2 = id("v2");
        check(&mut aftale, Some(AftaleEvent::Frozen), Some(&v2), 0, AftaleState::ToSign);
        check(&mut aftale, Some(AftaleEvent::Withdrawn), None, 0, AftaleState::UnderRevision);
        check(&mut aftale, Some(AftaleEvent::Frozen), Some(&v2), 0, AftaleState::ToSign);
        for party in Party::ALL {
            aftale.agree(&v2, party, day("2027-06-10"));
        }
        check(&mut aftale, None, None, 0, AftaleState::InForce);
        assert_eq!(aftale.standing(0).agreed, [v1, v2]);
        check(&mut aftale, Some(AftaleEvent::Midterm), None, 0, AftaleState::Midterm);
        check(&mut aftale, Some(AftaleEvent::Closed), None, 0, AftaleState::Closed);
        check(&mut aftale, Some(AftaleEvent::Reopened), None, 0, AftaleState::Midterm);
    }

    /// An assent to something else than what was frozen is none.
    #[test]
    fn agreement_is_in_force_only_by_both_and_for_that_version() {
        let mut aftale = Aftale::default();
        aftale.note(id("f1"), AftaleEvent::Frozen, day("2026-05-01"), Some(id("v1")));
        aftale.agree(&id("v1"), Party::Leader, day("2026-05-02"));
        aftale.agree(&id("v0"), Party::Counterpart, day("2026-05-02"));
        assert_eq!(aftale.standing(0).state, AftaleState::ToSign);
        assert!(!aftale.is_agreed(&id("v1")));
    }

    proptest! {
        /// Facts come with files in any order: the state is the same.
        #[test]
        fn agreement_state_does_not_hang_on_the_order_of_files(steps in prop::collection::vec((0usize..7, 0u8..28), 0..9), turn in 0usize..9) {
            const WHATS: [AftaleEvent; 7] = [AftaleEvent::Shared, AftaleEvent::Withdrawn, AftaleEvent::Frozen, AftaleEvent::Revision, AftaleEvent::Midterm, AftaleEvent::Closed, AftaleEvent::Reopened];
            let mut made = Aftale::default();
            made.agree(&id("v"), Party::Leader, day("2026-01-01"));
            made.agree(&id("v"), Party::Counterpart, day("2026-01-01"));
            for (index, (what, on)) in steps.iter().enumerate() {
                let version = (WHATS[*what] == AftaleEvent::Frozen).then(|| id(if on % 2 == 0 { "v" } else { "w" }));
                made.note(id(&format!("f{index}")), WHATS[*what], Date::new(2026, 1, on + 1).unwrap(), version);
            }
            let mut facts: Vec<_> = made.facts.iter().map(|(id, fact)| (id.clone(), fact.clone())).collect();
            let length = facts.len().max(1);
            facts.rotate_left(turn % length);
            let mut other = Aftale { assents: made.assents.clone(), ..Aftale::default() };
            for (id, fact) in facts {
                other.facts.insert(id, fact);
            }
            prop_assert_eq!(made.standing(1), other.standing(1));
        }
    }
}
