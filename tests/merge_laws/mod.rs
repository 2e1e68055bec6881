//! The laws of merging, over random histories of five people who edit the same records and exchange files.
//!
//! If this test fails, a text can be lost, or two people who exchanged all files see different records.
//!
//! | file | content |
//! | --- | --- |
//! | `world` | the people, their stores and files, and the log of all writes |
//! | `actions` | the actions of a history, and their random generation |
//! | `perform` | performs one action |
//! | `files` | writes and opens files, undoes and redoes imports |
//! | `laws` | what must hold during and after every history |
//! | `meeting_files` | a meeting between three people, by files |
//!
//! The environment variable `PROPTEST_CASES` says how many histories are tried (10,000). Seeds of failed histories are
//! stored in `mod.regressions` and tried first.

mod actions;
mod files;
mod laws;
mod meeting_files;
mod perform;
mod world;

use actions::actions;
use proptest::prelude::*;
use world::World;

proptest! {
    #![proptest_config(crate::property_test_config(10_000))]

    #[test]
    fn merge_loses_no_text_in_any_history(actions in prop::collection::vec(actions(), 1..60), seed in any::<u8>()) {
        let mut world = World::new();
        for (user, selector, action) in &actions {
            world.act(*user, *selector, action);
        }
        world.settle(seed);
    }
}
