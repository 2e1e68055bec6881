//! What the core costs, as ratios: alone in its program, so that no other test runs beside it.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use std::time::{Duration, Instant};

use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::exchange::plan::{ImportStatus, Plan};
use kvalitetshjul::exchange::{apply, read};
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::Author;
use xtask::municipality;

/// How often each is timed.
const RUNS: usize = 9;

/// How long some work takes; what it made is let go outside the time.
fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let made = work();
    let took = start.elapsed();
    drop(made);
    took
}

#[test]
fn core_the_municipality_merged_with_itself_changes_nothing_and_is_quick() {
    let file = municipality::file().unwrap();
    let records = municipality::records().unwrap();
    let nobody = Author { actor: Actor::from_random([0; 10]), at: Timestamp::from_seconds(0).unwrap(), by: None };

    let mut merged = records.clone();
    let plan = Plan::make(&merged, read::read(file.as_bytes()).unwrap());
    assert_eq!(plan.counts().into_iter().collect::<Vec<_>>(), [(ImportStatus::Same, records.len())]);
    let report = apply::apply(&mut merged, plan, &nobody);
    assert!(report.steps.is_empty() && report.faults.is_empty());
    assert!(merged == records);

    // In turns, and the shortest of each: what the work takes when nothing disturbs it.
    let (mut bare, mut whole) = (Duration::MAX, Duration::MAX);
    for _ in 0..RUNS {
        bare = bare.min(timed(|| serde_json::from_str::<serde_json::Value>(&file).unwrap()));
        whole = whole.min(timed(|| {
            let plan = Plan::make(&merged, read::read(file.as_bytes()).unwrap());
            apply::apply(&mut merged, plan, &nobody)
        }));
    }
    let ratio = whole.as_secs_f64() / bare.as_secs_f64();
    println!(
        "the municipality ({} records, {:.1} MB) merged with itself: {ratio:.1} × a bare parse of it (at most 12)",
        records.len(),
        f64::from(u32::try_from(file.len()).unwrap()) / 1e6
    );
    assert!(ratio <= 12.0, "{ratio:.1} ×");
}
