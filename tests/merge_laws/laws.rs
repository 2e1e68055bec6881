//! The laws: what must hold of the records, during a history and after all copies are merged.

use kvalitetshjul::exchange::migrate;
use kvalitetshjul::record::Record;
use kvalitetshjul::record::leaf::{Leaf, LeafState};
use kvalitetshjul::record::life::Life;
use kvalitetshjul::record::path::Path;

use super::world::{World, entries_of, is_content};

impl World {
    /// Merges all copies of each record and checks the laws, for each copy and for the merged record.
    pub(crate) fn settle(&self, seed: u8) {
        for states in self.all_states().values() {
            let all = check_merge_laws(states, seed);
            for state in states {
                self.check_nothing_lost(state);
                self.check_deletions_known(state);
            }
            self.check_nothing_lost(&all);
            self.check_deletions_known(&all);
            self.check_undone_imports(&all);
        }
    }

    /// Checks that every value of a deleted record or entry had been shown to somebody who deleted it.
    pub(crate) fn check_deletions_known(&self, record: &Record) {
        if !record.leaves().keys().any(Path::is_deletion) {
            return;
        }
        let scopes = entries_of(record).into_iter().map(Some).chain([None]);
        for scope in scopes.filter(|scope| record.life(scope.as_ref()) == Life::Deleted) {
            let deletion = scope.as_ref().map_or_else(|| Path::root("@deleted"), |entry| entry.child("@deleted"));
            let current = record.leaf(&deletion).into_iter().flat_map(Leaf::known);
            let current: Vec<_> = current.filter(|(_, value)| !value.is_null()).map(|(dot, _)| dot).collect();
            let known: Vec<_> = current
                .iter()
                .filter_map(|dot| self.log.deletions.get(&(record.id().clone(), deletion.clone(), *dot)))
                .collect();
            for (path, leaf) in
                record.leaves().iter().filter(|(path, _)| scope.as_ref().is_none_or(|s| path.is_below(s)))
            {
                for (dot, state) in leaf.states().filter(|(dot, state)| is_content(record, path, *dot, state)) {
                    let write = (path.clone(), dot);
                    assert!(
                        known.iter().any(|known| known.contains(&write)),
                        "{}{path}: «{}» is deleted by nobody who was shown it",
                        record.id(),
                        state.known().unwrap().display_text()
                    );
                }
            }
        }
    }

    /// Checks that undoing an import has deleted no record.
    fn check_undone_imports(&self, all: &Record) {
        let deletion = Path::root("@deleted");
        for dot in all.leaf(&deletion).into_iter().flat_map(Leaf::dots) {
            let key = (all.id().clone(), deletion.clone(), dot);
            // Exception: undoing an import that restored a record puts back the deletion from before.
            let by_hand = self.log.deletions.keys().filter(|key| !self.log.by_import.contains(*key));
            let is_put_back = by_hand.into_iter().any(|(id, path, _)| (id, path) == (all.id(), &deletion));
            assert!(!self.log.by_import.contains(&key) || is_put_back, "{}: deleted by undoing an import", all.id());
        }
    }

    /// Checks that no write is lost: each is shown, in an open choice, withheld, forgotten on purpose, or replaced by
    /// an author who was shown it.
    pub(crate) fn check_nothing_lost(&self, record: &Record) {
        let id = record.id();
        for ((_, path, dot), value) in self.log.values.iter().filter(|((record_id, ..), _)| record_id == id) {
            if !record.seen().has(*dot) {
                continue; // The write never reached this copy, or its store was reverted before anyone else had it.
            }
            let key = (id.clone(), path.clone(), *dot);
            let leaf = record.leaf(path).unwrap();
            match leaf.get(*dot) {
                Some(LeafState::Known(current)) => {
                    assert_eq!(current, value);
                    let is_wording = leaf.wordings().iter().any(|wording| wording.value == value);
                    assert!(is_wording || (dot.n == 1 && value.is_null()), "{path}: a current value is in no wording");
                }
                Some(LeafState::Withheld) => {}
                Some(LeafState::Forgotten) => {
                    assert!(self.log.forgotten.contains(&key), "{path}: forgotten though nobody asked for it");
                }
                None => {
                    let by = self.log.replaced_by.get(&key);
                    let is_replaced = by.is_some_and(|by| by.iter().any(|&dot| record.seen().has(dot)));
                    assert!(is_replaced, "{id}{path}: «{}» is gone and nobody replaced it", value.display_text());
                }
            }
        }
    }
}

/// Checks the laws of merging for the copies of one record, and returns the merged record.
fn check_merge_laws(states: &[Record], seed: u8) -> Record {
    let all = merge_all(states).unwrap();
    let mut shuffled = states.to_vec();
    shuffled.rotate_left(usize::from(seed) % states.len());
    shuffled.reverse();
    assert_eq!(merge_all(&shuffled).as_ref(), Some(&all), "merging in another order differs");
    for state in states {
        assert_eq!(all.merge(state).unwrap(), all, "merging a known copy again changes the record");
        assert_eq!(state.merge(state).unwrap(), *state, "idempotent");
        assert_eq!(decoded(&encoded(state)), *state, "the encoded text decodes to another record");
    }
    let at = |n: usize| &states[(usize::from(seed) + n) % states.len()];
    let (a, b, c) = (at(0), at(1), at(2));
    assert_eq!(a.merge(b).unwrap(), b.merge(a).unwrap(), "commutative");
    assert_eq!(a.merge(&b.merge(c).unwrap()).unwrap(), a.merge(b).unwrap().merge(c).unwrap(), "associative");
    let migrated = |record: &Record| {
        let mut record = record.clone();
        migrate::migrate(&mut record, 1);
        record
    };
    assert_eq!(
        migrated(&a.merge(b).unwrap()),
        migrated(a).merge(&migrated(b)).unwrap(),
        "migrate∘merge = merge∘migrate"
    );
    for (path, leaf) in states.iter().flat_map(Record::leaves) {
        for (dot, _) in leaf.states().filter(|(_, state)| **state == LeafState::Forgotten) {
            let state = all.leaf(path).and_then(|leaf| leaf.get(dot));
            assert!(state.is_none_or(|state| *state == LeafState::Forgotten), "{path}: a forgotten value came back");
        }
    }
    all
}

fn merge_all(states: &[Record]) -> Option<Record> {
    let (first, rest) = states.split_first()?;
    Some(rest.iter().fold(first.clone(), |all, state| all.merge(state).unwrap()))
}

fn encoded(record: &Record) -> String {
    serde_json::to_string(record).unwrap()
}

fn decoded(text: &str) -> Record {
    serde_json::from_str(text).unwrap()
}
