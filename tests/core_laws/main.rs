//! The laws of records, over random histories of five people who fill in files apart.
//!
//! If one of these fails, somebody's words can be lost, or two people who exchanged everything see different things.
//! How many histories: `PROPTEST_CASES`, 10 000 unless told. Failing histories are kept in `main.regressions` and
//! tried first.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that meets what it did not expect should stop there")]

mod deeds;
mod laws;
mod world;

use deeds::deeds;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use world::World;

fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(10_000);
    ProptestConfig {
        cases,
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_word_is_kept_in_any_history(deeds in prop::collection::vec(deeds(), 1..60), seed in any::<u8>()) {
        let mut world = World::new();
        for (who, which, deed) in &deeds {
            world.act(*who, *which, deed);
        }
        world.settle(seed);
    }
}
