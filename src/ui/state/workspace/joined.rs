//! Merged units: their records are stored separately and shown as one (see [`crate::record::join`]).
//!
//! Nearly always no two units are the same, and the shown record is the stored record. Where several records are shown
//! as one, their join is held under the id that represents them, and the stored record under that id is held beside it.
//! Stores, files and merging work with stored records; pages work with shown records.

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::domain::sorted::SortedSet;
use crate::record::Record;
use crate::record::identity::{
    Identities, SameUnitAnswer, UnitAnswerChanges, UnitAnswers, answers_by_record, unit_answers,
};
use crate::record::join::{Joined, joined};

use super::Workspace;

impl Workspace {
    /// Returns a copy of a stored record that is in sight.
    pub(crate) fn unjoined_record(self, id: &Id) -> Option<Record> {
        self.with_unjoined(id, Record::clone)
    }

    /// Reads from a stored record that is in sight, untracked.
    pub(crate) fn with_unjoined<T>(self, id: &Id, read: impl FnOnce(&Record) -> T) -> Option<T> {
        match self.inner().unjoined.borrow().get(id) {
            Some(stored) => stored.as_ref().map(read),
            None => self.record(id).map(|record| record.with_untracked(read)),
        }
    }

    /// Returns whether the record shown under an id is made only of records stored under other ids.
    pub(crate) fn is_shown_from_others(self, id: &Id) -> bool {
        self.inner().unjoined.borrow().get(id) == Some(&None)
    }

    /// Returns whether the record shown under an id is a join of several.
    pub(crate) fn is_joined(self, id: &Id) -> bool {
        self.inner().unjoined.borrow().contains_key(id)
    }

    /// Computes the join of the records that an id represents; `None` where there is nothing to join.
    pub(crate) fn joined(self, id: &Id) -> Option<Joined> {
        self.identities.with_untracked(|all| joined(id, all, |id| self.unjoined_record(id)))
    }

    /// Takes over a stored record, and updates what is shown of it.
    pub(crate) fn publish(self, record: Record) {
        let inner = self.inner();
        let id = record.id().clone();
        let is_unit = record.kind() == Some(Kind::Enhed);
        let Some(record) = self.hold_if_hidden(record) else { return self.publish_without(&id, is_unit) };
        let answers_of_unit = is_unit.then(|| unit_answers(&record).map(|(_, answers)| answers));
        if self.is_joined(&id) {
            inner.unjoined.borrow_mut().insert(id.clone(), Some(record));
        } else {
            self.set_shown(record);
        }
        if let Some(answers) = answers_of_unit {
            self.update_answers(&id, answers);
        }
        self.update_joined_with(&id);
    }

    /// Updates what is shown after a stored record has gone out of sight.
    fn publish_without(self, id: &Id, is_unit: bool) {
        if self.is_joined(id) {
            self.inner().unjoined.borrow_mut().insert(id.clone(), None);
        } else if self.record(id).is_some() {
            self.remove_shown(id);
        } else {
            return;
        }
        if is_unit {
            self.update_answers(id, None);
        }
        self.update_joined_with(id);
    }

    /// Updates the join that a record is part of, if any.
    fn update_joined_with(self, id: &Id) {
        if let Some(representative) =
            self.identities.with_untracked(|all| (!all.is_empty()).then(|| all.representative_id(id)))
        {
            self.update_joined(&representative);
        }
    }

    /// Shows the join of the records that an id represents; without a join, the stored record.
    fn update_joined(self, id: &Id) {
        let inner = self.inner();
        match self.joined(id) {
            Some(joined) => {
                if !self.is_joined(id) {
                    let stored = self.unjoined_record(id);
                    inner.unjoined.borrow_mut().insert(id.clone(), stored);
                }
                self.set_shown(joined.record().clone());
            }
            None if self.is_joined(id) => {
                let stored = inner.unjoined.borrow_mut().remove(id).flatten();
                match stored {
                    Some(stored) => self.set_shown(stored),
                    None => self.remove_shown(id),
                }
            }
            None => {}
        }
    }

    /// Takes over the answers of a unit about which others are the same, and updates all joins that change. `None`
    /// where the unit is not here.
    fn update_answers(self, id: &Id, answers: Option<Vec<(Id, SameUnitAnswer)>>) {
        let inner = self.inner();
        let before = match answers.clone() {
            Some(answers) => inner.units.borrow_mut().insert(id.clone(), answers),
            None => inner.units.borrow_mut().remove(id),
        };
        if before == answers
            || inner.units.borrow().values().all(Vec::is_empty) && before.is_none_or(|answers| answers.is_empty())
        {
            return;
        }
        let identities = Identities::from_units(&self.unit_answers());
        if self.identities.with_untracked(|current| *current == identities) {
            return;
        }
        let mut ids = SortedSet::new();
        ids.extend(inner.unjoined.borrow().keys().cloned());
        let representative =
            |id: &Id| Some(identities.representative_id(id)).filter(|representative| representative != id);
        ids.extend(inner.records.borrow().keys().filter_map(representative));
        self.identities.set(identities);
        for id in ids.iter() {
            self.update_joined(id);
        }
    }

    /// Returns the units that are not in the trash, each with the answers in its record.
    pub(crate) fn unit_answers(self) -> Vec<UnitAnswers> {
        self.inner().units.borrow().iter().map(|(id, answers)| (id.clone(), answers.clone())).collect()
    }

    /// Returns the pairs of units for which contradicting answers exist, and that are listed under an id. Tracked.
    pub(crate) fn doubtful_pairs(self, id: &Id) -> Vec<(Id, Id)> {
        self.identities.with(|all| all.doubts().iter().filter(|(one, _)| all.resolve(one) == id).cloned().collect())
    }

    /// Writes answers about which units are the same, as one action with a name.
    pub(crate) fn answer_same_unit(self, given: UnitAnswerChanges, name: String) {
        if given.is_empty() {
            return;
        }
        let author = self.author();
        for (one, other, answer) in given {
            for (id, other, answer) in answers_by_record(&one, &other, answer) {
                self.change(&id, |record| record.write_unit_answer(&other, answer.as_ref(), &author));
            }
        }
        self.rename_last_action(name);
        self.save_now();
    }
}
