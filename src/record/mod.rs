//! A record: a plain domain value, and who wrote which field of it. Pure.
//!
//! Many people fill in files apart; the files are opened in any order, as often as one likes. What holds here is that
//! every word typed is shown, or waits as an open choice, or was undone on purpose.
//!
//! | file | idea |
//! | --- | --- |
//! | [`dot`] | who wrote, and what has been seen: the causal header |
//! | [`path`], [`value`], [`leaf`] | a leaf: its name, its values, and which writes they come from |
//! | [`tree`] | the record itself, and how it is merged |
//! | [`view`] | the typed body as a view of the leaves |
//! | [`edit`] | a write replaces exactly what its author was shown |
//! | [`delta`] | what changed between two states; undoing it is a new write |
//! | [`undo_stack`] | what was done in this page, to be undone and done again |
//! | [`life`] | deletion, trash, forgetting |
//! | [`choice`] | concurrent wordings, and choosing between them |
//! | [`compare`] | two states side by side |
//! | [`difference`] | what one wording has that another has not |
//! | [`describe`] | a change in plain Danish |
//! | [`history`] | a change as a line of this device's log |
//! | [`identity`] | two ids, one institution: the answers, and which id stands for both |
//! | [`join`] | the records of one institution under several ids, shown and written as one |
//! | [`encoding`] | a record as JSON text |
//!
//! # Invariants
//!
//! * **Truth is the leaf map.** The typed body is a view of it; leaves that this version does not know stay untouched.
//! * **Merge is commutative, associative and idempotent**, and so is merging through the file's text.
//! * **No clock decides.** Moments label; causality is in the dots alone.
//! * **A deletion covers what its author was shown**, never a write that was withheld from them.
//! * **State is never rolled back.** Undo, restore and the undoing of an import are new writes. A record that came whole
//!   from others is written nothing: it goes out of sight on this device.
//! * **`seen` is never pruned**, and no entry of a map is ever removed.
//! * Nothing here mints randomness or reads a clock: both come in with the [`edit::Author`].

use std::collections::BTreeMap;

use crate::domain::id::Id;

pub mod choice;
pub mod compare;
pub mod delta;
pub mod describe;
pub mod difference;
pub mod dot;
pub mod edit;
pub mod encoding;
pub mod history;
pub mod identity;
pub mod join;
pub mod leaf;
pub mod life;
pub mod path;
pub mod tree;
pub mod undo_stack;
pub mod value;
pub mod view;

pub use tree::Record;

/// Records by their ids: a workspace's truth.
pub type Records = BTreeMap<Id, Record>;
