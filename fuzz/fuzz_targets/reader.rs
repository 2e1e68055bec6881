//! Any bytes: a typed error or a plan, never a panic; and what was read is written and read again the same.
#![no_main]

use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::exchange::plan::Plan;
use kvalitetshjul::exchange::scope::Scope;
use kvalitetshjul::exchange::{apply, read, write};
use kvalitetshjul::record::Records;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::Author;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(opened) = read::read(bytes) else { return };
    let at = Timestamp::from_seconds(0).expect("the epoch is a moment");
    let author = Author { actor: Actor::from_random([1; 10]), at, by: None };
    let mut records = Records::new();
    let report = apply::apply(&mut records, Plan::make(&Records::new(), opened), &author);
    for record in records.values() {
        assert!(record.check().is_ok());
        assert_eq!(record.merge(record).as_ref(), Ok(record));
        let _ = record.choices();
    }
    let text = write::write(&records, &Scope::Backup, at).expect("records are JSON");
    let again = read::read(text.as_bytes()).expect("our own file is read");
    assert!(again.faults.is_empty() && again.records == records);
    let mut undone = records;
    let _ = apply::undo(&mut undone, &report.steps, &author);
    for record in undone.values() {
        assert!(record.check().is_ok());
    }
});
