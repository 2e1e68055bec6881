//! Decides what may leave this device in a file for others.
//!
//! The table in `rules` has a row for each leaf and a column for each sort of file. It is the only way from records
//! to a file for others: only this module can make an [`Outgoing`], and only that can be written.
//!
//! | file | purpose |
//! | --- | --- |
//! | `mod` | the columns, the rules, and how a record is reduced to what may go |
//! | `rules` | the table |
//! | [`words`] | what a file includes and what it never includes, in Danish, derived from the table |
//!
//! # Invariants
//!
//! * A kind or a leaf without a row does not compile. A leaf that this version does not know stays.
//! * A value that stays keeps its dot, so a file that comes home deletes nothing ([`Record::merge`]).
//! * A write of which no value goes carries no author's name into the file.
//! * The answer of a forum carries no author's name at all.
//! * Of practice that a unit no longer shares, a network's file has the mark that says so, and nothing else.
//! * A *Sikkerhedskopi* (backup) is for its owner: it holds everything, and has no column.

use std::ops::Deref;

use serde::Serialize;

use crate::domain::body::{Field, Shape};
use crate::domain::cpr;
use crate::domain::fundament::indicator_name;
use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::domain::sorted::SortedSet;
use crate::record::leaf::Leaf;
use crate::record::path::Path;
use crate::record::view::{LeafPosition, position};
use crate::record::{Record, Records};

use super::mask::Mask;

mod rules;
pub mod words;

/// The rule for a leaf in a file for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReleaseRule {
    /// The leaf goes.
    Goes,
    /// The leaf goes, except figures that must be masked and what is written about them.
    Masked,
    /// The leaf goes if the authors have released it: see [`release_flag`].
    Shared,
    /// The leaf goes, masked, if the series is of an indicator that all units have (one from an edition of the
    /// foundation).
    Common,
    /// The leaf goes if a record that belongs to this one goes, because that record could not be placed without it.
    Placing,
    /// The leaf stays.
    Stays,
}

/// A column of the table: a sort of file for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A unit, for the people who work with it.
    Unit,
    /// A conversation (samtale), for the other party.
    Samtale,
    /// An agreement (aftale), for the other party.
    Agreement,
    /// The secretariat's package.
    Package,
    /// A geographic network.
    Network,
    /// The result of a workshop.
    Workshop,
    /// Records chosen one by one.
    Chosen,
    /// The position of a forum on the secretariat's package.
    Feedback,
    /// A meeting of units.
    Meeting,
}

impl Column {
    /// All columns, in the order of the table.
    pub const ALL: [Self; 9] = [
        Self::Unit,
        Self::Samtale,
        Self::Agreement,
        Self::Package,
        Self::Network,
        Self::Workshop,
        Self::Chosen,
        Self::Feedback,
        Self::Meeting,
    ];

    /// The leaves of a kind with their rules, in the order of the fields.
    pub fn rules(self, kind: Kind) -> Vec<LeafRule> {
        let leaves = kind.fields().iter().flat_map(|field| match field.shape {
            Shape::Entries(inner) => inner.iter().map(|inner| (Some(field), inner)).collect(),
            Shape::Leaf | Shape::Leaves => vec![(None, field)],
        });
        let rules = rules::rules(kind).iter().map(|row| row[self as usize]);
        leaves.zip(rules).map(|((entries, field), rule)| LeafRule { entries, field, rule }).collect()
    }

    /// Whether the file can hold any leaf of a kind.
    pub fn can_hold(self, kind: Kind) -> bool {
        rules::rules(kind).iter().any(|row| row[self as usize] != ReleaseRule::Stays)
    }
}

/// A leaf with its rule.
#[derive(Clone, Copy, Debug)]
pub struct LeafRule {
    /// The field whose entries hold the leaf; `None` if the leaf is in no entry.
    pub entries: Option<&'static Field>,
    /// The field of the leaf.
    pub field: &'static Field,
    /// The rule.
    pub rule: ReleaseRule,
}

impl LeafRule {
    /// Whether the row is that of a leaf at a position.
    fn matches(&self, position: &LeafPosition) -> bool {
        self.field.name == position.field.name
            && self.entries.map(|field| field.name) == position.entries.map(|field| field.name)
    }
}

/// The field with which the authors release a record of a kind. In a samtale the field is in each entry, and releases
/// that entry.
pub const fn release_flag(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Goal
        | Kind::Midtvejsstatus
        | Kind::Proevehandling
        | Kind::Pyramid
        | Kind::Deviation
        | Kind::Prototype
        | Kind::UnitStory => Some("shared"),
        Kind::Samtale => Some("released"),
        _ => None,
    }
}

/// Whether records of a kind are withdrawn from a network by their flag: practice, and stories. The network's units
/// hold earlier copies of them, which they leave out from then on.
const fn can_be_withdrawn(kind: Kind) -> bool {
    matches!(kind, Kind::Proevehandling | Kind::Deviation | Kind::Prototype | Kind::UnitStory)
}

/// Returns whether a unit has withdrawn a record from its network: the flag was set to false, in every wording. A flag
/// that was never set says nothing.
pub fn is_withdrawn(record: &Record) -> bool {
    let flag = record.kind().filter(|kind| can_be_withdrawn(*kind)).and_then(release_flag).map(Path::root);
    flag.is_some_and(|flag| all_wordings(record, &flag, |value| *value == false))
}

/// The reserved leaves that always go: a deletion holds what its author had seen, an identity holds ids. A number
/// declared not to be a CPR number goes with a text that contains it; [`drop_unused_not_cpr`] removes the others.
const RELEASED_RESERVED_LEAVES: [&str; 3] = ["@deleted", "@same_as", "@not_cpr"];

/// A record as it goes into a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Outgoing(Record);

impl Deref for Outgoing {
    type Target = Record;
    fn deref(&self) -> &Record {
        &self.0
    }
}

/// Passes on all records unchanged, for a backup.
pub(super) fn release_everything(records: &Records) -> Vec<Outgoing> {
    records.values().cloned().map(Outgoing).collect()
}

/// Reduces records to what may go, in their order. Figures are masked if a mask is given.
pub(super) fn release(column: Column, records: Vec<Record>, mask: Option<&Mask>) -> Vec<Outgoing> {
    let hidden = mask.map(Mask::hidden_dialogues).unwrap_or_default();
    let cut = records.into_iter().filter_map(|record| cut_record(column, record, mask, &hidden));
    let mut cut: Vec<(Record, bool)> = cut.collect();
    // A record that only places others goes if one of them does.
    loop {
        let released = cut.iter().filter(|(_, is_released)| *is_released);
        let parents: SortedSet<Id> = released.filter_map(|(record, _)| record.parent()).collect();
        let needed = cut.iter_mut().filter(|(record, is_released)| !is_released && parents.contains(record.id()));
        if needed.map(|(_, is_released)| *is_released = true).count() == 0 {
            break;
        }
    }
    cut.into_iter().filter(|(_, is_released)| *is_released).map(|(record, _)| Outgoing(record)).collect()
}

/// Reduces a record to what may go, and tells whether it goes for its own sake (not only to place others); `None` if
/// nothing of it goes.
///
/// `hidden_dialogues` are the ids of the dialogues about hidden figures.
fn cut_record(
    column: Column,
    record: Record,
    mask: Option<&Mask>,
    hidden_dialogues: &SortedSet<Id>,
) -> Option<(Record, bool)> {
    let mut record = record;
    let kind = record.kind()?;
    let rows = column.rules(kind);
    let needs_mask = rows.iter().any(|row| matches!(row.rule, ReleaseRule::Masked | ReleaseRule::Common));
    if rows.iter().all(|row| row.rule == ReleaseRule::Stays) || (needs_mask && hidden_dialogues.contains(record.id())) {
        return None;
    }
    let is_common = is_common(&record);
    let is_withdrawn = column == Column::Network && is_withdrawn(&record);
    let (mut released_paths, mut is_released) = (SortedSet::new(), false);
    for path in record.leaves().keys() {
        let answer = if path.is_own() { reserved_leaf_rule(path) } else { leaf_rule(&rows, kind, path) };
        let may_go = match answer {
            ReleaseRule::Goes | ReleaseRule::Masked | ReleaseRule::Placing => true,
            ReleaseRule::Shared if is_withdrawn => is_mark_of_withdrawal(kind, path),
            ReleaseRule::Shared => flag_path(kind, path).is_some_and(|flag| is_flag_set(&record, &flag)),
            ReleaseRule::Common => is_common,
            ReleaseRule::Stays => false,
        };
        if may_go {
            is_released |= !path.is_own() && answer != ReleaseRule::Placing;
            released_paths.insert(path.clone());
        }
    }
    if !is_released && rows.iter().all(|row| row.rule != ReleaseRule::Placing) {
        return None;
    }
    record.withhold_trash();
    if let Some(mask) = mask.filter(|_| needs_mask) {
        mask.withhold(&mut record);
    }
    record.keep_to(&|path| released_paths.contains(path));
    drop_unused_not_cpr(&mut record);
    if column == Column::Feedback {
        // The position is the forum's. Copies that know the names keep them: see `Record::merge`.
        record.drop_author_names();
    }
    Some((record, is_released))
}

/// The rule for a leaf of a kind. An unknown leaf stays.
fn leaf_rule(rows: &[LeafRule], kind: Kind, path: &Path) -> ReleaseRule {
    let row = position(kind, path).and_then(|place| rows.iter().find(|row| row.matches(&place)));
    row.map_or(ReleaseRule::Stays, |row| row.rule)
}

/// The rule for a reserved leaf (with an `@` in its path). An unknown one stays.
fn reserved_leaf_rule(path: &Path) -> ReleaseRule {
    let is_known =
        path.steps().find(|step| step.starts_with('@')).is_some_and(|step| RELEASED_RESERVED_LEAVES.contains(&&*step));
    if is_known { ReleaseRule::Goes } else { ReleaseRule::Stays }
}

/// The path of the flag that releases a leaf; `None` if the kind has no flag.
fn flag_path(kind: Kind, path: &Path) -> Option<Path> {
    let entry = position(kind, path).and_then(|place| Some(Path::root(place.entries?.name).child(&place.key?)));
    let flag = release_flag(kind)?;
    Some(match (kind, entry) {
        (Kind::Samtale, Some(entry)) => entry.child(flag),
        _ => Path::root(flag),
    })
}

/// Whether a flag is set in every wording. While two authors disagree, nothing is released.
pub(super) fn is_flag_set(record: &Record, flag: &Path) -> bool {
    all_wordings(record, flag, |value| !value.is_null() && *value != false)
}

/// Whether a leaf has a wording, and all its wordings meet a condition.
fn all_wordings(record: &Record, path: &Path, condition: fn(&serde_json::Value) -> bool) -> bool {
    let wordings = record.leaf(path).map(Leaf::wordings).unwrap_or_default();
    !wordings.is_empty() && wordings.iter().all(|wording| condition(wording.value.json()))
}

/// Whether a leaf of a withdrawn record goes: the flag, and the unit that places the record.
fn is_mark_of_withdrawal(kind: Kind, path: &Path) -> bool {
    let parent = kind.parent().map(|field| field.name);
    [release_flag(kind), parent].into_iter().flatten().any(|name| *path == Path::root(name))
}

/// Whether a series is of an indicator that all units have, in every known wording.
fn is_common(series: &Record) -> bool {
    let leaf = series.leaf(&Path::root("indicator"));
    let mut indicators = leaf.into_iter().flat_map(Leaf::known).filter(|(_, value)| !value.is_null()).peekable();
    indicators.peek().is_some()
        && indicators.all(|(_, value)| value.json().as_str().is_some_and(|id| indicator_name(id).is_some()))
}

/// Removes declarations of numbers that are no CPR numbers if no text in the record contains the number.
fn drop_unused_not_cpr(record: &mut Record) {
    if !record.leaves().keys().any(|path| path.as_str().starts_with("/@not_cpr/")) {
        return;
    }
    let texts = record.leaves().values().flat_map(Leaf::known).map(|(_, value)| value.display_text());
    let numbers: Vec<_> = texts.flat_map(|text| cpr::find(&text)).map(|found| found.digits).collect();
    record.drop_not_cpr(&|digits| numbers.iter().all(|number| *number != digits));
}
