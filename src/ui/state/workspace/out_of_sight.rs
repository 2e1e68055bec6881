//! Records that are out of sight on this device: kept in the stores, hidden from pages, and brought back on demand.
//!
//! Pages and the export look records up in the workspace and find none of these. The stores hold them like any other
//! record.

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

/// The records that are out of sight, and the lists that name them.
#[derive(Default)]
pub(crate) struct Hidden {
    /// The hidden records, the lists themselves included.
    pub(crate) records: RefCell<Records>,
    /// What the lists name.
    pub(crate) out_of_sight: RefCell<OutOfSight>,
    /// Whether an update of the displayed lists is scheduled.
    is_update_scheduled: Cell<bool>,
}

/// A list of records that are out of sight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OutOfSightList {
    /// The id of the list.
    pub(crate) list: Id,
    /// Where the records came from, for display.
    pub(crate) from: String,
    /// The number of records.
    pub(crate) count: usize,
}

impl Workspace {
    /// Returns a copy of a stored record, in sight or not.
    pub(crate) fn stored(self, id: &Id) -> Option<Record> {
        self.unjoined_record(id).or_else(|| self.inner().hidden.records.borrow().get(id).cloned())
    }

    /// Returns whether a record is out of sight.
    pub(crate) fn is_hidden(self, id: &Id) -> bool {
        self.inner().hidden.records.borrow().contains_key(id)
    }

    /// Returns what is out of sight.
    pub(crate) fn out_of_sight(self) -> OutOfSight {
        self.inner().hidden.out_of_sight.borrow().clone()
    }

    /// Keeps a record that is to be out of sight, or is a list of such records. Returns the record where pages may see
    /// it.
    pub(crate) fn hold_if_hidden(self, record: Record) -> Option<Record> {
        let inner = self.inner();
        let (id, is_list) = (record.id().clone(), out_of_sight::is_list(&record));
        if !is_list && !inner.hidden.out_of_sight.borrow().contains(&record) {
            if inner.hidden.records.borrow_mut().remove(&id).is_some() {
                self.schedule_list_update();
            }
            return Some(record);
        }
        let before = inner.hidden.records.borrow_mut().insert(id.clone(), record.clone());
        if is_list {
            let named_records = OutOfSight::of(inner.hidden.records.borrow().values());
            inner.hidden.out_of_sight.replace(named_records);
            // Updates the records that the list has begun or ceased to name.
            let lists = before.iter().chain([&record]);
            let ids: Vec<Id> = lists.flat_map(out_of_sight::list_entries).map(|(id, _)| id).collect();
            let named = ids.iter().filter_map(|id| self.stored(id));
            named.filter(|record| !out_of_sight::is_list(record)).for_each(|record| self.publish(record));
            self.schedule_list_update();
            return None;
        }
        self.schedule_list_update();
        None
    }

    /// Schedules an update of the displayed lists, at most one in a task of the event loop.
    fn schedule_list_update(self) {
        if !self.inner().hidden.is_update_scheduled.replace(true) {
            set_timeout(move || self.update_lists(), std::time::Duration::ZERO);
        }
    }

    /// Updates the displayed lists.
    fn update_lists(self) {
        let inner = self.inner();
        inner.hidden.is_update_scheduled.set(false);
        let lists: Vec<OutOfSightList> = {
            let records = inner.hidden.records.borrow();
            let lists = records.values().filter(|record| out_of_sight::is_list(record)).map(|list| OutOfSightList {
                list: list.id().clone(),
                from: out_of_sight::origin(list).to_owned(),
                count: out_of_sight::list_entries(list).filter(|(id, _)| records.contains_key(id)).count(),
            });
            lists.filter(|list| list.count > 0).collect()
        };
        if inner.out_of_sight_lists.with_untracked(|shown| *shown != lists) {
            inner.out_of_sight_lists.set(lists);
        }
    }

    /// Moves records out of sight, noting where they came from.
    pub(crate) fn move_out_of_sight(self, records: &[Record], from: &str) {
        match out_of_sight::make_lists(records, from, &mut platform::ids::new_id, &self.author()) {
            Ok(lists) => lists.into_iter().for_each(|list| self.put(list, ChangeOrigin::Undo)),
            Err(error) => self.error_message.set(Some(error.to_string())),
        }
    }

    /// Brings records into sight again.
    pub(crate) fn bring_into_sight(self, ids: &[Id]) {
        if ids.is_empty() {
            return;
        }
        let wanted: SortedSet<Id> = ids.iter().cloned().collect();
        let is_wanted = |id: &Id| wanted.contains(id);
        let lists: Vec<Record> = {
            let inner = self.inner();
            let hidden = inner.hidden.records.borrow();
            hidden.values().filter(|record| out_of_sight::is_list(record)).cloned().collect()
        };
        for mut list in lists {
            match out_of_sight::bring_into_sight(&mut list, &is_wanted, &self.author()) {
                Ok(true) => self.put(list, ChangeOrigin::Undo),
                Ok(false) => {}
                Err(error) => self.error_message.set(Some(error.to_string())),
            }
        }
    }

    /// Brings records into sight again, as an action that can be undone.
    pub(crate) fn bring_back(self, ids: &[Id], from: &str) {
        self.bring_into_sight(ids);
        let deltas: Vec<RecordDelta> = ids
            .iter()
            .filter_map(|id| self.unjoined_record(id))
            .map(|record| RecordDelta::between(None, &record))
            .collect();
        let count = deltas.len();
        let count_text = if count == 1 { "1 post".to_owned() } else { format!("{count} poster") };
        self.record_bulk_action(format!("hentede {count_text} fra «{from}» frem igen"), deltas, Vec::new());
        self.save_now();
    }

    /// Brings all records of a list into sight again.
    pub(crate) fn bring_back_list(self, list: &Id) {
        let Some(list) = self.stored(list) else { return };
        let ids: Vec<Id> =
            out_of_sight::list_entries(&list).map(|(id, _)| id).filter(|id| self.is_hidden(id)).collect();
        self.bring_back(&ids, out_of_sight::origin(&list));
    }

    /// Returns those of some records that came with files and were not edited here, as far as the log of this browser
    /// tells.
    pub(crate) async fn unedited_imports(self, ids: Vec<Id>) -> Vec<Id> {
        if ids.is_empty() {
            return ids;
        }
        let (entries, _) = self.history().await.unwrap_or_default();
        let edited = entries.into_iter().filter(|entry| entry.origin != ChangeOrigin::File);
        let edited: SortedSet<Id> = edited.map(|entry| entry.id).collect();
        ids.into_iter().filter(|id| !edited.contains(id)).collect()
    }
}
