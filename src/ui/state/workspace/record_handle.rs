//! A record as the page holds it: followed as a whole, or by one leaf.
//!
//! Nearly all that a page shows of a record is a field each, and every key writes. Who follows one leaf is told when that
//! leaf changes, so that typing in one field has none of the others looked at again.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::sorted::SortedMap;
use crate::record::Record;
use crate::record::path::Path;

/// A record as the page holds it. A handle.
#[derive(Clone)]
pub(crate) struct RecordHandle {
    /// Behind a counted signal: one that a page owned would die with it.
    pub(crate) whole: ArcRwSignal<Record>,
    /// The leaves that are followed each by itself, and places that leaves lie under.
    leaves: Rc<RefCell<SortedMap<Path, ArcTrigger>>>,
}

impl RecordHandle {
    pub(crate) fn new(record: Record) -> Self {
        Self { whole: ArcRwSignal::new(record), leaves: Rc::default() }
    }

    /// Follows a leaf, or all that lie under a place.
    pub(crate) fn track(&self, path: &Path) {
        self.leaves.borrow_mut().get_or_insert_with(path.clone(), ArcTrigger::new).track();
    }

    /// Holds the record as it is now.
    pub(crate) fn show(&self, record: Record) {
        let changed = self.whole.with_untracked(|before| changed(before, &record));
        self.whole.set(record);
        // Told when nothing is borrowed: whoever is told may ask for more.
        for leaf in self.followed(|followed| changed.iter().any(|path| path == followed || path.is_below(followed))) {
            leaf.notify();
        }
    }

    /// It is held no more.
    pub(crate) fn drop_out(&self) {
        self.whole.notify();
        self.followed(|_| true).iter().for_each(Notify::notify);
    }

    fn followed(&self, is_meant: impl Fn(&Path) -> bool) -> Vec<ArcTrigger> {
        let leaves = self.leaves.borrow();
        leaves.iter().filter(|(path, _)| is_meant(path)).map(|(_, leaf)| leaf.clone()).collect()
    }
}

/// The leaves that are not the same in two states of a record.
fn changed(before: &Record, after: &Record) -> Vec<Path> {
    let is_new = |path: &&Path| before.leaf(path).is_none();
    let differs = before.leaves().iter().filter(|(path, leaf)| after.leaf(path) != Some(leaf)).map(|(path, _)| path);
    differs.chain(after.leaves().keys().filter(is_new)).cloned().collect()
}
