//! What is out of sight on this device: kept beside the records that pages see, and brought in sight again.
//!
//! Pages, and whoever writes a file, look records up in the workspace and find none of these. The stores have them as they
//! have all else.

use std::cell::{Cell, RefCell};

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::sorted::SortedSet;
use crate::exchange::out_of_sight::{self, OutOfSight};
use crate::record::delta::RecordDelta;
use crate::record::history::ChangeOrigin;
use crate::record::{Record, Records};

use super::Workspace;
use crate::ui::platform;

/// The lists of what is out of sight, and the records that are.
#[derive(Default)]
pub(crate) struct Hidden {
    pub(crate) records: RefCell<Records>,
    pub(crate) out: RefCell<OutOfSight>,
    /// Whether the page is about to be told what changed.
    is_telling: Cell<bool>,
}

/// Some records that are out of sight: the list they stand in, where they came from, and how many they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Away {
    pub(crate) list: Id,
    pub(crate) from: String,
    pub(crate) count: usize,
}

impl Workspace {
    /// A record as this browser has it, in sight or not.
    pub(crate) fn stored(self, id: &Id) -> Option<Record> {
        self.alone(id).or_else(|| self.inner().hidden.records.borrow().get(id).cloned())
    }

    pub(crate) fn is_hidden(self, id: &Id) -> bool {
        self.inner().hidden.records.borrow().contains_key(id)
    }

    /// What is out of sight.
    pub(crate) fn out_of_sight(self) -> OutOfSight {
        self.inner().hidden.out.borrow().clone()
    }

    /// Keeps a record that is not for the pages; gives it back where it is for them.
    pub(crate) fn hide(self, record: Record) -> Option<Record> {
        let inner = self.inner();
        let (id, is_list) = (record.id().clone(), out_of_sight::is_list(&record));
        if !is_list && !inner.hidden.out.borrow().has(&record) {
            if inner.hidden.records.borrow_mut().remove(&id).is_some() {
                self.tell_hidden();
            }
            return Some(record);
        }
        let before = inner.hidden.records.borrow_mut().insert(id.clone(), record.clone());
        if is_list {
            let out = OutOfSight::of(inner.hidden.records.borrow().values());
            inner.hidden.out.replace(out);
            // Those that the list has come to speak of, and those that it speaks of no more.
            let lists = before.iter().chain([&record]);
            let ids: Vec<Id> = lists.flat_map(out_of_sight::listed).map(|(id, _)| id).collect();
            let spoken_of = ids.iter().filter_map(|id| self.stored(id));
            spoken_of.filter(|record| !out_of_sight::is_list(record)).for_each(|record| self.show(record));
            self.tell_hidden();
            return None;
        }
        self.tell_hidden();
        None
    }

    /// Tells the page, once for all that happens in one turn of it.
    fn tell_hidden(self) {
        if !self.inner().hidden.is_telling.replace(true) {
            set_timeout(move || self.list_away(), std::time::Duration::ZERO);
        }
    }

    fn list_away(self) {
        let inner = self.inner();
        inner.hidden.is_telling.set(false);
        let away: Vec<Away> = {
            let records = inner.hidden.records.borrow();
            let away = records.values().filter(|record| out_of_sight::is_list(record)).map(|list| Away {
                list: list.id().clone(),
                from: out_of_sight::from(list).to_owned(),
                count: out_of_sight::listed(list).filter(|(id, _)| records.contains_key(id)).count(),
            });
            away.filter(|away| away.count > 0).collect()
        };
        if inner.away.with_untracked(|shown| *shown != away) {
            inner.away.set(away);
        }
    }

    /// Puts records out of sight, and says where they came from.
    pub(crate) fn put_away(self, records: &[Record], from: &str) {
        match out_of_sight::lists(records, from, &mut platform::ids::mint, &self.author()) {
            Ok(lists) => lists.into_iter().for_each(|list| self.put(list, ChangeOrigin::Undo)),
            Err(error) => self.trouble.set(Some(error.to_string())),
        }
    }

    /// Brings records in sight again.
    pub(crate) fn lift(self, ids: &[Id]) {
        if ids.is_empty() {
            return;
        }
        let meant: SortedSet<Id> = ids.iter().cloned().collect();
        let is_meant = |id: &Id| meant.contains(id);
        let lists: Vec<Record> = {
            let inner = self.inner();
            let hidden = inner.hidden.records.borrow();
            hidden.values().filter(|record| out_of_sight::is_list(record)).cloned().collect()
        };
        for mut list in lists {
            match out_of_sight::lift(&mut list, &is_meant, &self.author()) {
                Ok(true) => self.put(list, ChangeOrigin::Undo),
                Ok(false) => {}
                Err(error) => self.trouble.set(Some(error.to_string())),
            }
        }
    }

    /// Brings records in sight again, as something that can be undone.
    pub(crate) fn bring_forth(self, ids: &[Id], from: &str) {
        self.lift(ids);
        let steps: Vec<RecordDelta> =
            ids.iter().filter_map(|id| self.alone(id)).map(|own| RecordDelta::between(None, &own)).collect();
        let count = steps.len();
        let words = if count == 1 { "1 post".to_owned() } else { format!("{count} poster") };
        self.record_bulk_action(format!("hentede {words} fra «{from}» frem igen"), steps, Vec::new());
        self.save_now();
    }

    /// Brings all records of a list in sight again.
    pub(crate) fn bring_forth_all(self, list: &Id) {
        let Some(list) = self.stored(list) else { return };
        let ids: Vec<Id> = out_of_sight::listed(&list).map(|(id, _)| id).filter(|id| self.is_hidden(id)).collect();
        self.bring_forth(&ids, out_of_sight::from(&list));
    }

    /// Those of some records that came with files and were not written in here, as far as this browser's log tells.
    pub(crate) async fn that_came(self, ids: Vec<Id>) -> Vec<Id> {
        if ids.is_empty() {
            return ids;
        }
        let (told, _) = self.history().await.unwrap_or_default();
        let written = told.into_iter().filter(|entry| entry.how != ChangeOrigin::File);
        let written: SortedSet<Id> = written.map(|entry| entry.id).collect();
        ids.into_iter().filter(|id| !written.contains(id)).collect()
    }
}
