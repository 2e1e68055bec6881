//! A record of the app: its fields, who wrote each of them, and how copies of it are merged. Pure.
//!
//! People fill in files independently and open each other's files in any order, any number of times. Every text that
//! anyone typed is then either shown, part of an open choice, or was replaced or undone knowingly.
//!
//! | file | contents |
//! | --- | --- |
//! | [`dot`] | actors, dots, stamps, and what has been seen: the causal header of a record |
//! | [`path`], [`value`], [`leaf`] | a leaf: its name, its values, and the writes they come from |
//! | [`tree`] | the record itself, and merging two copies of it |
//! | [`view`] | the typed body as a view of the leaves |
//! | [`edit`] | writing: a write replaces exactly what its author was shown |
//! | [`delta`] | the difference between two states of a record, and undoing it |
//! | [`undo_stack`] | the actions of this page, for undo and redo |
//! | [`life`] | deleting, emptying the trash, forgetting |
//! | [`belongings`] | the records that belong to a unit and are deleted with it |
//! | [`choice`] | open choices between concurrent wordings, and resolving them |
//! | [`compare`] | two states of a record side by side |
//! | [`difference`] | the words that one text has and another has not |
//! | [`describe`] | a change in plain Danish |
//! | [`history`] | a change as a line of this device's log |
//! | [`identity`] | which units are the same institution under several ids |
//! | [`join`] | the records of such a unit, shown and written as one |
//! | [`encoding`] | a record as JSON text |
//!
//! # Glossary
//!
//! | term | meaning |
//! | --- | --- |
//! | record | one domain value (a goal, a unit, …) with its causal header; identified by kind and id |
//! | leaf | the smallest part of a record that is written and merged as a whole; named by a path |
//! | path | a JSON Pointer, such as `/initiatives/7f3a/text` |
//! | body | the typed struct (`Goal`, `Series`, …) that a record's leaves are read into |
//! | own leaf | a leaf of the record, not of its body: its path has a step that begins with `@`, as `@deleted` |
//! | entry | an element with fields of its own in a map of the body, such as one initiative of a goal |
//! | scope | what a deletion is about: the record (`None`) or one of its entries (`Some(path)`) |
//! | actor | one page load as an author: 80 random bits |
//! | write | one transaction on one record; it may change several leaves |
//! | dot | the name of a write: a count and an actor. The count is one above the highest seen (Lamport) |
//! | stamp | time and author's name of a write, for people only |
//! | seen | per actor the highest count that a copy knows of; a copy that lacks a seen write knows it was replaced |
//! | shown | of a leaf: the value with the highest dot; of a write: its value is not withheld |
//! | wording | one distinct value of a leaf, with the dots that hold it |
//! | open choice (*åbent valg*) | several concurrent wordings of a leaf, or a deletion that does not cover a change |
//! | untouched | of a value: `null` with count 1, that is a field left empty at creation |
//! | withheld, masked | the value of a write is not in this copy (a small number, a CPR number); the dot is |
//! | forgotten | the value of a write was erased for good; merging erases the value in other copies |
//! | focus | for each field being edited, the dots that its author was shown on entering the field |
//! | cover | a deletion covers the writes that its author was shown |
//! | delta | the difference between two states of a record; undo applies its inverse as new writes |
//! | equivalent | of a write, to a delta: an undo wrote the delta's own value again under a new dot |
//! | representative id | of several ids of one institution, the one that represents them all |
//! | join | the derived record that shows the records under several ids as one |
//!
//! # Invariants
//!
//! * **The leaf map is the truth.** The typed body is a view of it. Leaves that this version does not know are kept.
//! * **Merging is commutative, associative and idempotent**, also through the file's text.
//! * **No clock decides.** Times are labels; causality is in the dots alone.
//! * **A deletion covers what its author was shown**, never a write that was withheld from them.
//! * **State is never rolled back.** Undo, restoring a snapshot and undoing an import are new writes. A record that
//!   came whole from others is not written to when its import is undone; it is put out of sight on this device.
//! * **`seen` is never pruned**, and no entry of a map is ever removed.
//! * Nothing here creates randomness or reads a clock: both come in with [`edit::Author`].

use std::collections::BTreeMap;

use crate::domain::id::Id;

pub mod belongings;
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

#[cfg(test)]
mod fixtures;

pub use tree::Record;

/// The records of a workspace, by id.
pub type Records = BTreeMap<Id, Record>;
