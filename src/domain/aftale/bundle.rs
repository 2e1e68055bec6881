//! An agreement together with its goals and the counts that rules need.

use crate::domain::fractional_index;
use crate::domain::goal::{Area, Goal};
use crate::domain::id::Id;
use crate::domain::sorted::SortedMap;

use super::Aftale;

/// The head of an agreement with its goals in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgreementBundle {
    /// The head of the agreement.
    pub head: Aftale,
    /// The name of the unit.
    pub unit: String,
    /// The goals, sorted by area, then by their own order. Goals without an area come last.
    pub goals: Vec<(Id, Goal)>,
    /// The number of fields with several concurrent values.
    pub open_choices: usize,
    /// The number of comments that are not settled.
    pub open_comments: usize,
    /// The number of comments that are not settled for each goal.
    pub comments: SortedMap<Id, usize>,
}

impl AgreementBundle {
    /// Sorts goals into reading order: by area, then by their own order, then by id.
    pub fn in_order(goals: Vec<(Id, Goal)>) -> Vec<(Id, Goal)> {
        let area_rank =
            |goal: &Goal| goal.area.and_then(|area| Area::ALL.iter().position(|listed| *listed == area)).unwrap_or(3);
        let sort_key = |(id, goal): &(Id, Goal)| {
            (area_rank(goal), goal.order.clone().unwrap_or_else(|| "~".to_owned()), id.clone())
        };
        fractional_index::sorted(goals, &|one, other| sort_key(one) < sort_key(other))
    }

    /// The goals of an area, each with its number in the whole agreement, counted from 1.
    pub fn of_area(&self, area: Option<Area>) -> impl Iterator<Item = (usize, &Id, &Goal)> {
        let numbered = self.goals.iter().enumerate().map(|(index, (id, goal))| (index + 1, id, goal));
        numbered.filter(move |(.., goal)| goal.area == area)
    }

    /// A goal with its number in the agreement, counted from 1.
    pub fn goal(&self, id: &Id) -> Option<(usize, &Goal)> {
        let index = self.goals.iter().position(|(goal_id, _)| goal_id == id)?;
        Some((index + 1, &self.goals[index].1))
    }
}
