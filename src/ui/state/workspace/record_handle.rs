//! A shown record as a signal, tracked as a whole or by leaf.
//!
//! Nearly everything that a page shows of a record is a field, and every key writes. A view that tracks one leaf is
//! notified when that leaf changes only, so typing in one field does not rerun the views of the others.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::sorted::SortedMap;
use crate::record::Record;
use crate::record::path::Path;

/// A shown record. A handle that is cloned freely.
#[derive(Clone)]
pub(crate) struct RecordHandle {
    /// The record, in a reference-counted signal: a signal owned by a page would be disposed with the page.
    pub(crate) record: ArcRwSignal<Record>,
    /// Triggers for the leaves that are tracked singly, and for paths whose leaves are tracked together.
    leaves: Rc<RefCell<SortedMap<Path, ArcTrigger>>>,
}

impl RecordHandle {
    pub(crate) fn new(record: Record) -> Self {
        Self { record: ArcRwSignal::new(record), leaves: Rc::default() }
    }

    /// Tracks a leaf, or all leaves under a path.
    pub(crate) fn track(&self, path: &Path) {
        self.leaves.borrow_mut().get_or_insert_with(path.clone(), ArcTrigger::new).track();
    }

    /// Sets the record, and notifies whoever tracks the record or a changed leaf.
    pub(crate) fn set(&self, record: Record) {
        let changed = self.record.with_untracked(|before| changed_paths(before, &record));
        self.record.set(record);
        // Nothing is borrowed while notifying, since a notified view may track further leaves.
        for leaf in self.triggers(|tracked| changed.iter().any(|path| path == tracked || path.is_below(tracked))) {
            leaf.notify();
        }
    }

    /// Notifies all views that the record is not shown any more.
    pub(crate) fn notify_removed(&self) {
        self.record.notify();
        self.triggers(|_| true).iter().for_each(Notify::notify);
    }

    /// Returns the triggers of the paths that meet a condition.
    fn triggers(&self, matches: impl Fn(&Path) -> bool) -> Vec<ArcTrigger> {
        let leaves = self.leaves.borrow();
        leaves.iter().filter(|(path, _)| matches(path)).map(|(_, leaf)| leaf.clone()).collect()
    }
}

/// Returns the paths of the leaves that differ between two states of a record.
fn changed_paths(before: &Record, after: &Record) -> Vec<Path> {
    let is_new = |path: &&Path| before.leaf(path).is_none();
    let differs = before.leaves().iter().filter(|(path, leaf)| after.leaf(path) != Some(leaf)).map(|(path, _)| path);
    differs.chain(after.leaves().keys().filter(is_new)).cloned().collect()
}
