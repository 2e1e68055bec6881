//! Units that are the same: their records lie as they are, and are shown as one (see [`crate::record::join`]).
//!
//! Nearly always no two units are the same, and a record is shown as it lies. Where several are shown as one, what is shown
//! is held under the id that stands for all, and that id's own record beneath it. Stores, files and merging know records as
//! they lie; pages know what is shown.

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::domain::sorted::SortedSet;
use crate::record::Record;
use crate::record::identity::{Given, Identities, SameUnitAnswer, UnitAnswers, kept, said};
use crate::record::join::{Joined, joined};

use super::Workspace;

impl Workspace {
    /// A record as it lies in this browser, whatever it is shown together with.
    pub(crate) fn alone(self, id: &Id) -> Option<Record> {
        self.with_alone(id, Record::clone)
    }

    /// What is read off a record as it lies.
    pub(crate) fn with_alone<T>(self, id: &Id, read: impl FnOnce(&Record) -> T) -> Option<T> {
        match self.inner().beneath.borrow().get(id) {
            Some(own) => own.as_ref().map(read),
            None => self.record(id).map(|record| record.with_untracked(read)),
        }
    }

    /// Whether what is shown under an id is made of records under others alone.
    pub(crate) fn is_of_others(self, id: &Id) -> bool {
        self.inner().beneath.borrow().get(id) == Some(&None)
    }

    /// Whether several records are shown as one under an id.
    pub(crate) fn is_joined(self, id: &Id) -> bool {
        self.inner().beneath.borrow().contains_key(id)
    }

    /// What is shown under an id, where it is made of several records.
    pub(crate) fn joined(self, id: &Id) -> Option<Joined> {
        self.identities.with_untracked(|all| joined(id, all, |id| self.alone(id)))
    }

    /// Takes a record as it lies, and shows what is to be shown of it.
    pub(crate) fn show(self, record: Record) {
        let inner = self.inner();
        let id = record.id().clone();
        let is_unit = record.kind() == Some(Kind::Enhed);
        let Some(record) = self.hide(record) else { return self.show_without(&id, is_unit) };
        let says = is_unit.then(|| said(&record).map(|(_, answers)| answers));
        if self.is_joined(&id) {
            inner.beneath.borrow_mut().insert(id.clone(), Some(record));
        } else {
            self.hold(record);
        }
        if let Some(answers) = says {
            self.hear_answers(&id, answers);
        }
        self.join_standing(&id);
    }

    /// Shows what is left to be shown without a record that has gone out of sight.
    fn show_without(self, id: &Id, is_unit: bool) {
        if self.is_joined(id) {
            self.inner().beneath.borrow_mut().insert(id.clone(), None);
        } else if self.record(id).is_some() {
            self.drop_out(id);
        } else {
            return;
        }
        if is_unit {
            self.hear_answers(id, None);
        }
        self.join_standing(id);
    }

    /// Shows anew what is made of a record and others, where it is shown with others.
    fn join_standing(self, id: &Id) {
        if let Some(standing) = self.identities.with_untracked(|all| (!all.is_empty()).then(|| all.standing_id(id))) {
            self.join(&standing);
        }
    }

    /// Shows under an id what is made of the records that are the same, or what lies there where none are.
    fn join(self, id: &Id) {
        let inner = self.inner();
        match self.joined(id) {
            Some(joined) => {
                if !self.is_joined(id) {
                    let own = self.alone(id);
                    inner.beneath.borrow_mut().insert(id.clone(), own);
                }
                self.hold(joined.record().clone());
            }
            None if self.is_joined(id) => {
                let own = inner.beneath.borrow_mut().remove(id).flatten();
                match own {
                    Some(own) => self.hold(own),
                    None => self.drop_out(id),
                }
            }
            None => {}
        }
    }

    /// What a unit answers now (nothing where it is not here) about which others are the same.
    fn hear_answers(self, id: &Id, answers: Option<Vec<(Id, SameUnitAnswer)>>) {
        let inner = self.inner();
        let before = match answers.clone() {
            Some(answers) => inner.units.borrow_mut().insert(id.clone(), answers),
            None => inner.units.borrow_mut().remove(id),
        };
        if before == answers || inner.units.borrow().values().all(Vec::is_empty) && before.is_none_or(|b| b.is_empty())
        {
            return;
        }
        let identities = Identities::among(&self.said());
        if self.identities.with_untracked(|own| *own == identities) {
            return;
        }
        let mut ids = SortedSet::new();
        ids.extend(inner.beneath.borrow().keys().cloned());
        let standing = |id: &Id| Some(identities.standing_id(id)).filter(|standing| standing != id);
        ids.extend(inner.records.borrow().keys().filter_map(standing));
        self.identities.set(identities);
        for id in ids.iter() {
            self.join(id);
        }
    }

    /// The units that do not lie in the trash, each with the answers in its record.
    pub(crate) fn said(self) -> Vec<UnitAnswers> {
        self.inner().units.borrow().iter().map(|(id, answers)| (id.clone(), answers.clone())).collect()
    }

    /// The pairs of units under an id that are in doubt. Followed.
    pub(crate) fn doubts(self, id: &Id) -> Vec<(Id, Id)> {
        self.identities.with(|all| all.doubts().iter().filter(|(one, _)| all.resolve(one) == id).cloned().collect())
    }

    /// Gives answers about which units are the same, as one act that is called so.
    pub(crate) fn answer(self, given: Given, what: String) {
        if given.is_empty() {
            return;
        }
        let author = self.author();
        for (one, other, answer) in given {
            for (id, other, answer) in kept(&one, &other, answer) {
                self.change(&id, |record| record.answer(&other, answer.as_ref(), &author));
            }
        }
        self.rename_last_action(what);
        self.save_now();
    }
}
