//! Counts the answers of a room as they arrive.

use serde::{Deserialize, Serialize};

use crate::domain::instrument::{Form, Round};
use crate::domain::svarkode::AnswerSheet;

/// The number of times each answer was given, by group, round and item. No row belongs to a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    /// The counts of people without a group, then the counts of each group.
    pub groups: Vec<AnswerCounts>,
}

/// The counts of the answers of a group of people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerCounts {
    /// The number of people.
    pub people: u16,
    /// The present state: for each item the number of answers for each point.
    pub now: Vec<Vec<u16>>,
    /// The wished state, in the same form.
    pub wanted: Vec<Vec<u16>>,
}

impl AnswerCounts {
    /// The counts of a round.
    pub fn counts_of(&self, round: Round) -> &[Vec<u16>] {
        match round {
            Round::Now => &self.now,
            Round::Wanted => &self.wanted,
        }
    }

    /// Adds other counts, item by item and point by point.
    pub(super) fn add(&mut self, other: &Self) {
        self.people = self.people.saturating_add(other.people);
        for (items, other_items) in [(&mut self.now, &other.now), (&mut self.wanted, &other.wanted)] {
            items.resize(items.len().max(other_items.len()), Vec::new());
            for (points, other_points) in items.iter_mut().zip(other_items) {
                points.resize(points.len().max(other_points.len()), 0);
                for (count, other_count) in points.iter_mut().zip(other_points) {
                    *count = count.saturating_add(*other_count);
                }
            }
        }
    }
}

impl Tally {
    /// Counts the answers of one participant.
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
                let index = answer.and_then(|answer| form.points().position(|point| point == answer));
                if let Some(count) = index.and_then(|index| counts.get_mut(index)) {
                    *count = count.saturating_add(1);
                }
            }
        }
    }

    /// Adds the counts of another device, group by group.
    pub(super) fn add(&mut self, other: &Self) {
        self.groups.resize(self.groups.len().max(other.groups.len()), AnswerCounts::default());
        for (counts, other_counts) in self.groups.iter_mut().zip(&other.groups) {
            counts.add(other_counts);
        }
    }

    /// The number of people who were counted.
    pub fn people(&self) -> u16 {
        self.groups.iter().fold(0, |people, group| people.saturating_add(group.people))
    }

    /// The counts of all groups together.
    pub fn total(&self) -> AnswerCounts {
        let mut total = AnswerCounts::default();
        for counts in &self.groups {
            total.add(counts);
        }
        total
    }
}
