//! The answers of a room counted, as they come in.

use serde::{Deserialize, Serialize};

use crate::domain::instrument::{Form, Round};
use crate::domain::svarkode::AnswerSheet;

/// How often each answer was given: of each group, each round and each item. No row is a person's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    /// Those of no group first, then each group's.
    pub groups: Vec<AnswerCounts>,
}

/// The counts of some persons.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerCounts {
    /// How many persons.
    pub people: u16,
    /// How it is: for each item how many chose each point.
    pub now: Vec<Vec<u16>>,
    /// How one would wish it.
    pub wanted: Vec<Vec<u16>>,
}

impl AnswerCounts {
    /// A round's counts.
    pub fn of(&self, round: Round) -> &[Vec<u16>] {
        match round {
            Round::Now => &self.now,
            Round::Wanted => &self.wanted,
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.people = self.people.saturating_add(other.people);
        for (own, others) in [(&mut self.now, &other.now), (&mut self.wanted, &other.wanted)] {
            own.resize(own.len().max(others.len()), Vec::new());
            for (own, others) in own.iter_mut().zip(others) {
                own.resize(own.len().max(others.len()), 0);
                for (own, others) in own.iter_mut().zip(others) {
                    *own = own.saturating_add(*others);
                }
            }
        }
    }
}

impl Tally {
    /// Counts the answers of one participant in.
    pub fn count(&mut self, form: Form, sheet: &AnswerSheet) {
        self.groups.resize(self.groups.len().max(sheet.group + 1), AnswerCounts::default());
        let counts = &mut self.groups[sheet.group];
        counts.people = counts.people.saturating_add(1);
        let none = Vec::new();
        let rounds = [(&mut counts.now, &sheet.now), (&mut counts.wanted, sheet.wanted.as_ref().unwrap_or(&none))];
        for (counts, answers) in rounds {
            counts.resize(counts.len().max(answers.len()), Vec::new());
            for (counts, answer) in counts.iter_mut().zip(answers) {
                counts.resize(form.points().count(), 0);
                let place = answer.and_then(|point| form.points().position(|own| own == point));
                if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
                    *count = count.saturating_add(1);
                }
            }
        }
    }

    /// Everyone's together.
    pub fn total(&self) -> AnswerCounts {
        let mut total = AnswerCounts::default();
        for counts in &self.groups {
            total.add(counts);
        }
        total
    }
}
