//! An agreement as the rules look at it: the head, its goals in their order, and what there is at them.

use crate::domain::fractional_index;
use crate::domain::goal::{Area, Goal};
use crate::domain::id::Id;
use crate::domain::sorted::SortedMap;

use super::Aftale;

/// The head with its goals, in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgreementBundle {
    /// The head.
    pub head: Aftale,
    /// What the unit is called.
    pub unit: String,
    /// The goals: by area, then by their order; those of no area last.
    pub goals: Vec<(Id, Goal)>,
    /// How many fields have several wordings.
    pub open_choices: usize,
    /// How many comments are not settled.
    pub open_comments: usize,
    /// How many of them there are at each goal.
    pub comments: SortedMap<Id, usize>,
}

impl AgreementBundle {
    /// Puts goals in the order they are read in.
    pub fn in_order(goals: Vec<(Id, Goal)>) -> Vec<(Id, Goal)> {
        let area = |goal: &Goal| goal.area.and_then(|own| Area::ALL.iter().position(|area| *area == own)).unwrap_or(3);
        let key =
            |(id, goal): &(Id, Goal)| (area(goal), goal.order.clone().unwrap_or_else(|| "~".to_owned()), id.clone());
        fractional_index::sorted(goals, &|one, other| key(one) < key(other))
    }

    /// The goals of an area, with the number each has in the whole agreement, from 1.
    pub fn of_area(&self, area: Option<Area>) -> impl Iterator<Item = (usize, &Id, &Goal)> {
        let numbered = self.goals.iter().enumerate().map(|(index, (id, goal))| (index + 1, id, goal));
        numbered.filter(move |(.., goal)| goal.area == area)
    }

    /// A goal with its number.
    pub fn goal(&self, id: &Id) -> Option<(usize, &Goal)> {
        let place = self.goals.iter().position(|(own, _)| own == id)?;
        Some((place + 1, &self.goals[place].1))
    }
}
