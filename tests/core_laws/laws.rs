//! What holds after everything has met everything.

use crate::world::{World, entries_of, is_words};
use kvalitetshjul::exchange::migrate;
use kvalitetshjul::record::Record;
use kvalitetshjul::record::leaf::{Leaf, LeafState};
use kvalitetshjul::record::life::Life;
use kvalitetshjul::record::path::Path;

impl World {
    /// After everything has met everything.
    pub(crate) fn settle(&self, seed: u8) {
        for states in self.all_states().values() {
            let all = settle_record(states, seed);
            // Each device on its own, and all together.
            for state in states {
                self.nothing_lost(state);
                self.nothing_buried(state);
            }
            self.nothing_lost(&all);
            self.nothing_buried(&all);
            self.no_import_deletes(&all);
        }
    }

    /// What lies in the trash, a record or an entry of one, was shown to one who put it there.
    pub(crate) fn nothing_buried(&self, record: &Record) {
        if !record.leaves().keys().any(Path::is_deletion) {
            return;
        }
        let scopes = entries_of(record).into_iter().map(Some).chain([None]);
        for scope in scopes.filter(|scope| record.life(scope.as_ref()) == Life::Deleted) {
            let deletion = scope.as_ref().map_or_else(|| Path::root("@deleted"), |entry| entry.child("@deleted"));
            let standing = record.leaf(&deletion).into_iter().flat_map(Leaf::known);
            let standing: Vec<_> = standing.filter(|(_, value)| !value.is_null()).map(|(dot, _)| dot).collect();
            let known: Vec<_> = standing
                .iter()
                .filter_map(|dot| self.book.deletions.get(&(record.id().clone(), deletion.clone(), *dot)))
                .collect();
            for (path, leaf) in
                record.leaves().iter().filter(|(path, _)| scope.as_ref().is_none_or(|s| path.is_below(s)))
            {
                for (dot, held) in leaf.states().filter(|(dot, held)| is_words(record, path, *dot, held)) {
                    let place = (path.clone(), dot);
                    assert!(
                        known.iter().any(|known| known.contains(&place)),
                        "{}{path}: «{}» lies in the trash, and nobody who put it there was shown it",
                        record.id(),
                        held.known().unwrap().display_text()
                    );
                }
            }
        }
    }

    /// Undoing an import deletes nothing that came whole: no record lies in the trash for it.
    fn no_import_deletes(&self, all: &Record) {
        let deletion = Path::root("@deleted");
        for dot in all.leaf(&deletion).into_iter().flat_map(Leaf::dots) {
            let place = (all.id().clone(), deletion.clone(), dot);
            // Undoing an import that brought a restoration puts the deletion back that stood before.
            let by_hand = self.book.deletions.keys().filter(|place| !self.book.by_import.contains(*place));
            let is_put_back = by_hand.into_iter().any(|(id, path, _)| (id, path) == (all.id(), &deletion));
            assert!(!self.book.by_import.contains(&place) || is_put_back, "{}: deleted by undoing an import", all.id());
        }
    }

    /// No write vanishes: each is shown, open, withheld, forgotten on purpose, or overwritten by one whose author was
    /// shown it.
    pub(crate) fn nothing_lost(&self, record: &Record) {
        let id = record.id();
        for ((_, path, dot), value) in self.book.born.iter().filter(|((own, ..), _)| own == id) {
            if !record.seen().has(*dot) {
                continue; // It never came here, or was made in a store that was thrown away before anyone else had it.
            }
            let place = (id.clone(), path.clone(), *dot);
            let leaf = record.leaf(path).unwrap();
            match leaf.get(*dot) {
                Some(LeafState::Known(held)) => {
                    assert_eq!(held, value);
                    let is_wording = leaf.wordings().iter().any(|wording| wording.value == value);
                    assert!(is_wording || (dot.n == 1 && value.is_null()), "{path}: a living value is no wording");
                }
                Some(LeafState::Withheld) => {}
                Some(LeafState::Forgotten) => {
                    assert!(self.book.forgotten.contains(&place), "{path}: forgotten by nobody");
                }
                None => {
                    let by = self.book.replaced_by.get(&place);
                    let known = by.is_some_and(|by| by.iter().any(|&dot| record.seen().has(dot)));
                    assert!(known, "{id}{path}: «{}» is gone, and nobody replaced it", value.display_text());
                }
            }
        }
    }
}

/// The laws of merging one record.
fn settle_record(states: &[Record], seed: u8) -> Record {
    let all = merge_all(states).unwrap();
    let mut shuffled = states.to_vec();
    shuffled.rotate_left(usize::from(seed) % states.len());
    shuffled.reverse();
    assert_eq!(merge_all(&shuffled).as_ref(), Some(&all), "the order of meeting does not matter");
    for state in states {
        assert_eq!(all.merge(state).unwrap(), all, "what is known already changes nothing");
        assert_eq!(state.merge(state).unwrap(), *state, "idempotent");
        assert_eq!(decoded(&encoded(state)), *state, "the text gives the record back");
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
        for (dot, _) in leaf.states().filter(|(_, held)| **held == LeafState::Forgotten) {
            let held = all.leaf(path).and_then(|leaf| leaf.get(dot));
            assert!(held.is_none_or(|held| *held == LeafState::Forgotten), "{path}: what was forgotten came back");
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
