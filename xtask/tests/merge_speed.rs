//! The cost of reading, planning and merging a large file, as a ratio to parsing its JSON.

use std::time::{Duration, Instant};

use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::exchange::plan::{ImportStatus, Plan};
use kvalitetshjul::exchange::{apply, read};
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::Author;
use xtask::sample_data::municipality;

/// How often each work is timed.
const RUNS: usize = 9;

/// Measures how long some work takes. Dropping its result is not counted.
fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let result = work();
    let duration = start.elapsed();
    drop(result);
    duration
}

/// Tests that measure time. `cargo xtask test` runs no other test beside them.
mod timing {
    use super::*;

    #[test]
    fn municipality_merged_with_itself_is_unchanged_and_fast() {
        let file = municipality::file().unwrap();
        let records = municipality::records().unwrap();
        let nobody = Author { actor: Actor::from_random([0; 10]), at: Timestamp::from_seconds(0).unwrap(), by: None };

        let mut merged = records.clone();
        let plan = Plan::make(&merged, read::read(file.as_bytes()).unwrap());
        assert_eq!(plan.counts().into_iter().collect::<Vec<_>>(), [(ImportStatus::Same, records.len())]);
        let report = apply::apply(&mut merged, plan, &nobody);
        assert!(report.steps.is_empty() && report.faults.is_empty());
        assert!(merged == records);

        // In turns, taking the shortest time of each, which other load disturbs least.
        let (mut parsing, mut merging) = (Duration::MAX, Duration::MAX);
        for _ in 0..RUNS {
            parsing = parsing.min(timed(|| serde_json::from_str::<serde_json::Value>(&file).unwrap()));
            merging = merging.min(timed(|| {
                let plan = Plan::make(&merged, read::read(file.as_bytes()).unwrap());
                apply::apply(&mut merged, plan, &nobody)
            }));
        }
        let ratio = merging.as_secs_f64() / parsing.as_secs_f64();
        println!(
            "the municipality ({} records, {:.1} MB) merged with itself: {ratio:.1} × parsing its JSON (at most 12)",
            records.len(),
            f64::from(u32::try_from(file.len()).unwrap()) / 1e6
        );
        assert!(ratio <= 12.0, "{ratio:.1} ×");
    }
}
