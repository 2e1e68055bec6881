//! What holds after everything has met everything.

use crate::world::World;
use kvalitetshjul::exchange::migrate;
use kvalitetshjul::record::Record;
use kvalitetshjul::record::dot::Dot;
use kvalitetshjul::record::leaf::Held;
use kvalitetshjul::record::life::Life;
use kvalitetshjul::record::path::Path;

impl World {
    /// After everything has met everything.
    pub(crate) fn settle(&self, seed: u8) {
        let states = self.all_states();
        let Some(all) = merge_all(&states) else { return };
        let mut shuffled = states.clone();
        shuffled.rotate_left(usize::from(seed) % states.len());
        shuffled.reverse();
        assert_eq!(merge_all(&shuffled).as_ref(), Some(&all), "the order of meeting does not matter");
        for state in &states {
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
            for (dot, _) in leaf.held().filter(|(_, held)| **held == Held::Forgotten) {
                let held = all.leaf(path).and_then(|leaf| leaf.get(dot));
                assert!(held.is_none_or(|held| *held == Held::Forgotten), "{path}: what was forgotten came back");
            }
        }
        self.nothing_lost(&all);
        self.nothing_buried(&all);
    }

    /// What lies in the trash was known to one who put it there.
    pub(crate) fn nothing_buried(&self, all: &Record) {
        if all.life(None) != Life::Deleted {
            return;
        }
        let deletion = Path::root("@deleted");
        let buriers: Vec<Dot> =
            all.leaf(&deletion).unwrap().known().filter(|(_, v)| !v.is_null()).map(|(dot, _)| dot).collect();
        for ((path, dot), value) in &self.book.born {
            let lives = all.leaf(path).and_then(|leaf| leaf.get(*dot)).is_some_and(|held| held.known().is_some());
            if lives && value.json().is_string() && !path.as_str().ends_with("/order") {
                let known = buriers.iter().any(|&by| self.book.deletions[&(deletion.clone(), by)].has(*dot));
                assert!(known, "{path}: «{}» lies in the trash, and nobody who put it there knew of it", value.plain());
            }
        }
    }

    /// No write vanishes: each is shown, open, withheld, forgotten on purpose, or overwritten by one whose author was
    /// shown it.
    pub(crate) fn nothing_lost(&self, all: &Record) {
        for ((path, dot), value) in &self.book.born {
            if !all.seen().has(*dot) {
                continue; // It was made in a store that was thrown away before anyone else had it.
            }
            let leaf = all.leaf(path).unwrap();
            match leaf.get(*dot) {
                Some(Held::Known(held)) => {
                    assert_eq!(held, value);
                    let is_wording = leaf.wordings().iter().any(|wording| wording.value == value);
                    assert!(is_wording || (dot.n == 1 && value.is_null()), "{path}: a living value is no wording");
                }
                Some(Held::Withheld) => {}
                Some(Held::Forgotten) => {
                    assert!(self.book.forgotten.contains(&(path.clone(), *dot)), "{path}: forgotten by nobody");
                }
                None => {
                    let by = self.book.replaced_by.get(&(path.clone(), *dot));
                    let known = by.is_some_and(|by| by.iter().any(|&dot| all.seen().has(dot)));
                    assert!(known, "{path}: «{}» is gone, and nobody replaced it", value.plain());
                }
            }
        }
    }
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
