//! What may leave this device in a file for others. The table of `answers` has a row a leaf and a column a sort of file; it is
//! the only way from records to such a file, since [`Outgoing`] is made here alone and nothing else can be written.
//!
//! | file | idea |
//! | --- | --- |
//! | `mod` | the columns, the answers, and how a record is cut to what goes |
//! | `answers` | the table itself |
//! | [`words`] | what goes and what never does, in Danish, made from the table |
//!
//! # Invariants
//!
//! * A kind or a leaf without an answer does not compile. A leaf that this version does not know stays.
//! * A value that stays keeps its dot, so a file that comes home deletes nothing ([`Record::merge`]).
//! * What stays leaves no name behind: a write of which nothing goes is not signed.
//! * A *Sikkerhedskopi* is for oneself: it has everything, and no column.

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

mod answers;
pub mod words;

/// What becomes of a leaf in a file for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReleaseRule {
    /// It goes.
    Goes,
    /// It goes, but for figures that rest on few and what is said of them.
    Masked,
    /// It goes where those who wrote it have said so: see [`flag`].
    Shared,
    /// It goes, masked, where it is of an indicator that all units have: one of the foundation's editions.
    Common,
    /// It goes where something that belongs to the record goes, which could not be placed without it.
    Placing,
    /// It stays.
    Stays,
}

/// A column of the table: a sort of file for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A unit, for those who work with it.
    Unit,
    /// A conversation, for the other party.
    Conversation,
    /// An agreement, for the other party.
    Agreement,
    /// The secretariat's package.
    Package,
    /// A geographic network.
    Network,
    /// The result of a workshop.
    Workshop,
    /// Records that were chosen one by one.
    Chosen,
}

impl Column {
    /// All, in the order of the table.
    pub const ALL: [Self; 7] =
        [Self::Unit, Self::Conversation, Self::Agreement, Self::Package, Self::Network, Self::Workshop, Self::Chosen];

    /// The leaves of a kind with their answers, in the order of its fields.
    pub fn answers(self, kind: Kind) -> Vec<Row> {
        let leaves = kind.fields().iter().flat_map(|field| match field.shape {
            Shape::Entries(inner) => inner.iter().map(|own| (Some(field), own)).collect(),
            Shape::Leaf | Shape::Leaves => vec![(None, field)],
        });
        let answers = answers::answers(kind).iter().map(|row| row[self as usize]);
        leaves.zip(answers).map(|((entries, field), answer)| Row { entries, field, answer }).collect()
    }

    /// Whether anything of a kind can be in the file.
    pub fn takes(self, kind: Kind) -> bool {
        answers::answers(kind).iter().any(|row| row[self as usize] != ReleaseRule::Stays)
    }
}

/// A leaf with its answer.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The field of the entries that it lies in, where it lies in some.
    pub entries: Option<&'static Field>,
    /// The leaf's field.
    pub field: &'static Field,
    /// The answer.
    pub answer: ReleaseRule,
}

impl Row {
    fn is_of(&self, place: &LeafPosition) -> bool {
        self.field.name == place.field.name
            && self.entries.map(|field| field.name) == place.entries.map(|field| field.name)
    }
}

/// The field by which those who wrote a record say that it may go: of the record, or of the entry that a leaf lies in.
pub const fn flag(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Goal | Kind::Midtvejsstatus | Kind::Proevehandling | Kind::Pyramid => Some("shared"),
        Kind::Samtale => Some("released"),
        _ => None,
    }
}

/// The leaves that a record keeps for itself: a deletion holds what its author had seen, an identity holds ids. A number that
/// is no CPR number goes with a text that has it, and is dealt with apart.
const OWN: [&str; 3] = ["@deleted", "@same_as", "@not_cpr"];

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

/// Everything, as it is: for oneself.
pub(super) fn everything(records: &Records) -> Vec<Outgoing> {
    records.values().cloned().map(Outgoing).collect()
}

/// Records cut to what may go. Figures are masked where there is a mask.
pub(super) fn release(column: Column, records: Vec<Record>, mask: Option<&Mask>) -> Vec<Outgoing> {
    let said = mask.map(Mask::hidden_dialogues).unwrap_or_default();
    let cut = records.into_iter().filter_map(|record| cut(column, record, mask, &said));
    let (mut going, mut placing): (Vec<_>, Vec<_>) = cut.partition(|(_, is_in)| *is_in);
    // What only places others goes where one of them does.
    loop {
        let parents: SortedSet<Id> = going.iter().filter_map(|(record, _)| record.parent()).collect();
        let (more, rest): (Vec<_>, Vec<_>) = placing.into_iter().partition(|(record, _)| parents.contains(record.id()));
        if more.is_empty() {
            break;
        }
        going.extend(more);
        placing = rest;
    }
    going.sort_by(|(one, _), (other, _)| one.id().cmp(other.id()));
    going.into_iter().map(|(record, _)| Outgoing(record)).collect()
}

/// A record cut to what may go, and whether it goes by itself; `None` where nothing of it does.
fn cut(column: Column, record: Record, mask: Option<&Mask>, said: &SortedSet<Id>) -> Option<(Record, bool)> {
    let mut record = record;
    let kind = record.kind()?;
    let rows = column.answers(kind);
    let masks = rows.iter().any(|row| matches!(row.answer, ReleaseRule::Masked | ReleaseRule::Common));
    if rows.iter().all(|row| row.answer == ReleaseRule::Stays) || (masks && said.contains(record.id())) {
        return None;
    }
    let is_common = is_common(&record);
    let (mut goes, mut is_in) = (SortedSet::new(), false);
    for path in record.leaves().keys() {
        let answer = if path.is_own() { own(path) } else { answer(&rows, kind, path) };
        let may_go = match answer {
            ReleaseRule::Goes | ReleaseRule::Masked | ReleaseRule::Placing => true,
            ReleaseRule::Shared => flag_of(kind, path).is_some_and(|flag| says_yes(&record, &flag)),
            ReleaseRule::Common => is_common,
            ReleaseRule::Stays => false,
        };
        if may_go {
            is_in |= !path.is_own() && answer != ReleaseRule::Placing;
            goes.insert(path.clone());
        }
    }
    if !is_in && rows.iter().all(|row| row.answer != ReleaseRule::Placing) {
        return None;
    }
    record.withhold_trash();
    if let Some(mask) = mask.filter(|_| masks) {
        mask.withhold(&mut record);
    }
    record.keep_to(&|path| goes.contains(path));
    drop_numbers(&mut record);
    Some((record, is_in))
}

fn answer(rows: &[Row], kind: Kind, path: &Path) -> ReleaseRule {
    let row = position(kind, path).and_then(|place| rows.iter().find(|row| row.is_of(&place)));
    row.map_or(ReleaseRule::Stays, |row| row.answer)
}

fn own(path: &Path) -> ReleaseRule {
    let is_known = path.steps().find(|step| step.starts_with('@')).is_some_and(|step| OWN.contains(&&*step));
    if is_known { ReleaseRule::Goes } else { ReleaseRule::Stays }
}

/// The leaf by which it is said that another may go.
fn flag_of(kind: Kind, path: &Path) -> Option<Path> {
    let entry = position(kind, path).and_then(|place| Some(Path::root(place.entries?.name).child(&place.key?)));
    let flag = flag(kind)?;
    Some(match (kind, entry) {
        (Kind::Samtale, Some(entry)) => entry.child(flag),
        _ => Path::root(flag),
    })
}

/// Whether a leaf says yes, in every wording: while two disagree, nothing goes.
fn says_yes(record: &Record, flag: &Path) -> bool {
    let wordings = record.leaf(flag).map(Leaf::wordings).unwrap_or_default();
    let says = |value: &serde_json::Value| !value.is_null() && *value != false;
    !wordings.is_empty() && wordings.iter().all(|wording| says(wording.value.json()))
}

/// Whether a series is of an indicator that all units have.
fn is_common(series: &Record) -> bool {
    let indicator = series.leaf(&Path::root("indicator"));
    let mut names = indicator.into_iter().flat_map(Leaf::known).filter(|(_, value)| !value.is_null()).peekable();
    names.peek().is_some()
        && names.all(|(_, value)| value.json().as_str().is_some_and(|id| indicator_name(id).is_some()))
}

/// Leaves out the numbers that are no CPR numbers and stand in no text that goes.
fn drop_numbers(record: &mut Record) {
    if !record.leaves().keys().any(|path| path.as_str().starts_with("/@not_cpr/")) {
        return;
    }
    let texts = record.leaves().values().flat_map(Leaf::known).map(|(_, value)| value.display_text());
    let numbers: Vec<_> = texts.flat_map(|text| cpr::find(&text)).map(|found| found.digits).collect();
    record.drop_not_cpr(&|digits| numbers.iter().all(|number| *number != digits));
}
