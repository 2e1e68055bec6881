//! Plans an import: compares each record of a file with the one here, and changes nothing.

use std::sync::Arc;

use crate::domain::body::KindWords;
use crate::domain::id::Id;
use crate::domain::links::host;
use crate::domain::registry::Kind;
use crate::domain::sorted::{SortedMap, SortedSet};
use crate::domain::text::to_lowercase_danish;
use crate::record::delta::RecordDelta;
use crate::record::identity::{Identities, SameUnitAnswer};
use crate::record::leaf::Leaf;
use crate::record::life::{Life, deletion_leaf};
use crate::record::path::Path;
use crate::record::value::LeafValue;
use crate::record::{Record, Records, describe};

use super::error::RecordError;
use super::out_of_sight::{self, OutOfSight};
use super::read::{FileHead, OpenedFile};

/// The status of a record of the file, compared with the record here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImportStatus {
    /// The record deletes something that is here, and may bring more.
    Deletes,
    /// No such record is here.
    New,
    /// The record brings something new.
    Newer,
    /// The record brings something that conflicts with what is here. The user will be asked.
    OpenChoice,
    /// The record equals the one here.
    Same,
    /// Everything in the record was known here, and some of it has been replaced since.
    Older,
}

impl ImportStatus {
    /// The Danish word, the same for one record or several.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Deletes => "sletter",
            Self::New => "ny",
            Self::Newer => "nyere",
            Self::OpenChoice => "åbent valg",
            Self::Same => "uændret",
            Self::Older => "ældre",
        }
    }
}

/// One record of the file in a plan. Records are reference-counted, because a plan is copied when the user has chosen,
/// and may be 10 MB.
#[derive(Clone, Debug)]
pub struct PlanItem {
    /// The record as the file has it.
    pub incoming: Arc<Record>,
    /// The status, compared with the record here.
    pub status: ImportStatus,
    /// The display name: `målet «Flere …»`.
    pub name: String,
    /// The names of the authors of what the record brings, as far as they are given.
    pub authors: SortedSet<String>,
    /// What the record brings, in plain Danish.
    pub lines: Vec<describe::ChangeLine>,
    /// What the record deletes, in plain Danish: the record here, or entries of it.
    pub deletions: Vec<String>,
    /// What will be done with the record.
    pub action: PlanAction,
    /// The record here, if there is one in sight.
    pub local: Option<Arc<Record>>,
    /// Whether the record can be written again (*skriv igen*): it differs from the one here although all of it was
    /// known, for example after an import was undone.
    pub can_write_again: bool,
    /// Whether the record here is out of sight.
    pub is_out_of_sight: bool,
}

/// What is done with a record of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanAction {
    /// Merge the record. Does nothing if the record brings nothing.
    Take,
    /// Leave the record out.
    Leave,
    /// Write the values of the record again, over those here.
    WriteAgain,
}

/// A unit of the file that may be the same as a unit here with another id: «Samme enhed?»
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameUnit {
    /// The id of the unit in the file.
    pub incoming: Id,
    /// The id of the unit here.
    pub local: Id,
    /// The name of the unit in the file.
    pub name: String,
    /// The user's answer: whether the units are the same.
    pub is_same: bool,
}

/// What a file would bring. The user may change each [`PlanItem::action`] and answer each [`SameUnit`].
#[derive(Clone, Debug)]
pub struct Plan {
    /// The envelope of the file.
    pub head: FileHead,
    /// The records of the file.
    pub items: Vec<PlanItem>,
    /// The units that may be the same as units here.
    pub same_units: Vec<SameUnit>,
    /// The records that were quarantined.
    pub faults: Vec<RecordError>,
    /// The leaves whose text was withheld because of a CPR number.
    pub cpr: Vec<(Id, Path)>,
}

/// A plan being made. Compares a few records at a time, so that the page stays responsive.
#[derive(Debug)]
pub struct Planner {
    plan: Plan,
    /// The records still to be compared.
    pending: std::vec::IntoIter<Record>,
    /// The number of all records.
    total: usize,
    /// The records here that are out of sight.
    hidden: OutOfSight,
}

impl Planner {
    /// Begins a plan for an opened file. `units` are the units here that are in sight, `hidden` the records here that
    /// are out of sight.
    pub fn begin(units: &[Record], hidden: OutOfSight, opened: OpenedFile) -> Self {
        let OpenedFile { head, mut records, faults, cpr } = opened;
        records.retain(|_, record| !out_of_sight::is_list(record));
        let same_units = find_same_units(units, &records);
        let pending: Vec<Record> = records.into_values().collect();
        let total = pending.len();
        let plan = Plan { head, items: Vec::with_capacity(total), same_units, faults, cpr };
        Self { plan, pending: pending.into_iter(), total, hidden }
    }

    /// Compares the next `count` records with those here, which `local_record` looks up. Returns `false` when all are
    /// compared.
    pub fn plan_some(&mut self, count: usize, local_record: &dyn Fn(&Id) -> Option<Record>) -> bool {
        for incoming in self.pending.by_ref().take(count) {
            let outcome = match local_record(incoming.id()) {
                Some(local) if self.hidden.contains(&local) => compare_hidden(&local, incoming),
                local => compare(local.as_ref(), incoming),
            };
            match outcome {
                Ok(item) => self.plan.items.push(item),
                Err(fault) => self.plan.faults.push(fault),
            }
        }
        self.pending.len() > 0
    }

    /// The number of records compared, and the number of all.
    pub fn progress(&self) -> (usize, usize) {
        (self.total - self.pending.len(), self.total)
    }

    /// Returns the plan of the records compared so far.
    pub fn finish(self) -> Plan {
        self.plan
    }
}

impl Plan {
    /// Plans what an opened file would bring to the local records, in one go.
    pub fn make(local: &Records, opened: OpenedFile) -> Self {
        let hidden = OutOfSight::of(local.values());
        let is_unit = |record: &&Record| record.kind() == Some(Kind::Enhed) && !hidden.contains(record);
        let units: Vec<Record> = local.values().filter(is_unit).cloned().collect();
        let mut planner = Planner::begin(&units, hidden, opened);
        while planner.plan_some(usize::MAX, &|id| local.get(id).cloned()) {}
        planner.finish()
    }

    /// The number of records of each status.
    pub fn counts(&self) -> SortedMap<ImportStatus, usize> {
        let mut counts = SortedMap::new();
        for item in &self.items {
            *counts.get_or_default(item.status) += 1;
        }
        counts
    }

    /// The number of records of each status and kind, in Danish: `ny: 3 mål`.
    pub fn summary(&self) -> Vec<String> {
        let mut counts: SortedMap<(ImportStatus, Option<Kind>), usize> = SortedMap::new();
        for item in &self.items {
            *counts.get_or_default((item.status, item.incoming.kind())) += 1;
        }
        let line = |((status, kind), count): ((ImportStatus, Option<Kind>), usize)| {
            let KindWords { singular, plural, .. } = kind.map_or(
                KindWords {
                    definite: "posten",
                    singular: "post af en ukendt slags",
                    plural: "poster af en ukendt slags",
                },
                Kind::words,
            );
            format!("{}: {count} {}", status.danish(), if count == 1 { singular } else { plural })
        };
        counts.into_iter().map(line).collect()
    }
}

/// Compares a record of the file with the one here, if there is one in sight.
///
/// # Errors
/// The two records contradict each other, so one is damaged.
fn compare(local: Option<&Record>, incoming: Record) -> Result<PlanItem, RecordError> {
    let mut item = PlanItem {
        status: ImportStatus::New,
        name: display_name(&incoming),
        authors: SortedSet::new(),
        lines: Vec::new(),
        deletions: Vec::new(),
        action: PlanAction::Take,
        can_write_again: false,
        is_out_of_sight: false,
        local: local.cloned().map(Arc::new),
        incoming: Arc::new(incoming),
    };
    let Some(local) = local else {
        // The whole record is new, from everyone who wrote in it.
        item.authors = item.incoming.stamps().filter_map(|(_, stamp)| stamp.by.clone()).collect();
        item.lines = vec![describe::created(&item.incoming, &item.name)];
        return Ok(item);
    };
    if *local == *item.incoming {
        item.status = ImportStatus::Same;
        return Ok(item);
    }
    let merged =
        local.merge(&item.incoming).map_err(|damage| RecordError::damaged(&item.incoming, damage.to_string()))?;
    if *local == merged {
        item.status = ImportStatus::Older;
        item.can_write_again = !writes_to_match(local, &item.incoming).is_empty();
        return Ok(item);
    }
    let opens_choice = merged.choices().len() > local.choices().len();
    item.deletions = deletions(local, &merged);
    item.status = match (opens_choice, item.deletions.is_empty()) {
        (true, _) => ImportStatus::OpenChoice,
        (false, false) => ImportStatus::Deletes,
        (false, true) => ImportStatus::Newer,
    };
    item.name = display_name(&merged);
    item.set_changes(&RecordDelta::between(Some(local), &merged), &merged);
    Ok(item)
}

/// Compares a record of the file with the one here that is out of sight. If the file brings something new, the whole
/// record is offered as new. Otherwise the record here can be brought back into sight.
///
/// # Errors
/// The two records contradict each other, so one is damaged.
fn compare_hidden(local: &Record, incoming: Record) -> Result<PlanItem, RecordError> {
    local.merge(&incoming).map_err(|damage| RecordError::damaged(&incoming, damage.to_string()))?;
    let is_newer = !local.seen().covers(incoming.seen());
    let mut item = compare(None, incoming)?;
    item.is_out_of_sight = true;
    if !is_newer {
        item.status = ImportStatus::Older;
        item.can_write_again = true;
    }
    Ok(item)
}

/// Lists what goes to the trash when `local` becomes `merged`: the record, or entries of it, by their names here.
fn deletions(local: &Record, merged: &Record) -> Vec<String> {
    if !merged.leaves().keys().any(Path::is_deletion) {
        return Vec::new();
    }
    let deleted_name = |scope: Option<&Path>| {
        let record_name = describe::name(local);
        let name = scope.map_or_else(
            || record_name.clone(),
            |entry| format!("{} i {record_name}", describe::entry_name(local, entry)),
        );
        match (local.life(scope), merged.life(scope)) {
            (Life::Living | Life::DeletedButChanged, Life::Deleted) => Some(name),
            (Life::Living, Life::DeletedButChanged) => Some(format!("{name} – ændret her, så du bliver spurgt")),
            _ => None,
        }
    };
    let record = deleted_name(None);
    if record.is_some() || merged.life(None) == Life::Deleted {
        return record.into_iter().collect();
    }
    let entries: SortedSet<Path> = local.leaves().keys().filter_map(|path| local.entry_of(path)).collect();
    entries.iter().filter_map(|entry| deleted_name(Some(entry))).collect()
}

/// The name of a record in the plan. The name of links includes the hosts that they lead to, so that the user knows
/// before following one.
fn display_name(record: &Record) -> String {
    let name = describe::name(record);
    if record.kind() != Some(Kind::Links) {
        return name;
    }
    let values = record.leaves().values().flat_map(Leaf::known);
    let hosts: SortedSet<&str> = values.filter_map(|(_, value)| host(value.json().as_str()?)).collect();
    let hosts: Vec<&str> = hosts.iter().copied().collect();
    if hosts.is_empty() { name } else { format!("{name}, der fører til {}", hosts.join(", ")) }
}

impl PlanItem {
    /// Whether the record brings anything.
    pub const fn has_changes(&self) -> bool {
        matches!(
            self.status,
            ImportStatus::Deletes | ImportStatus::New | ImportStatus::Newer | ImportStatus::OpenChoice
        )
    }

    /// Whether the chosen action brings the record here back into sight.
    pub fn brings_into_sight(&self) -> bool {
        self.is_out_of_sight
            && (self.action == PlanAction::WriteAgain || (self.action == PlanAction::Take && self.has_changes()))
    }

    /// Sets the lines and authors of what a delta brings. `after` is the record with the delta.
    fn set_changes(&mut self, delta: &RecordDelta, after: &Record) {
        let brought = delta.leaves.values().flat_map(|change| &change.brought);
        let from = brought.filter_map(|&dot| after.stamp(dot)?.by.clone()).collect();
        let lines = describe::lines(delta, after);
        (self.authors, self.lines) = (from, lines);
    }
}

/// The writes that bring the values of the file back here: the values that differ from those shown here, and an
/// undeletion for whatever lies in the trash here but not in the file. A field that is empty in the file writes
/// nothing.
pub fn writes_to_match(local: &Record, incoming: &Record) -> Vec<(Path, LeafValue)> {
    let mut writes: Vec<(Path, LeafValue)> = Vec::new();
    let entries: SortedSet<Option<Path>> = incoming.leaves().keys().map(|path| incoming.entry_of(path)).collect();
    for scope in &entries {
        if local.life(scope.as_ref()) == Life::Deleted && incoming.life(scope.as_ref()) != Life::Deleted {
            writes.push((deletion_leaf(scope.as_ref()), LeafValue::NULL));
        }
    }
    for (path, leaf) in incoming.leaves().iter().filter(|(path, _)| !path.is_own()) {
        let incoming_wordings = leaf.wordings();
        let Some(first) = incoming_wordings.first().filter(|first| !first.value.is_null()) else { continue };
        let local_wordings = local.leaf(path).map(Leaf::wordings).unwrap_or_default();
        let is_shown = local_wordings.first().is_some_and(|shown| shown.value == first.value);
        // An open choice here that is settled in the file differs, whatever is shown here.
        let is_open_here_alone = local_wordings.len() > 1 && incoming_wordings.len() == 1;
        if !is_shown || is_open_here_alone {
            writes.push((path.clone(), first.value.clone()));
        }
    }
    writes
}

/// Finds units of the file that may be the same as a unit here with another id: the institution numbers or names agree,
/// and nobody has answered the question yet.
fn find_same_units(local_units: &[Record], incoming: &Records) -> Vec<SameUnit> {
    let normalized = |text: &str| to_lowercase_danish(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    let text = |record: &Record, field: &str| normalized(record.shown_text(&Path::root(field)).unwrap_or_default());
    // Only units can be the same as another.
    let is_unit = |record: &&Record| record.kind() == Some(Kind::Enhed) && record.life(None) != Life::Deleted;
    let units: Vec<&Record> = incoming.values().filter(is_unit).collect();
    let mut same = Vec::new();
    // A unit in the trash does not count as here: it may come again, and be asked about again.
    let local_units: Vec<&Record> = local_units.iter().filter(|unit| unit.life(None) != Life::Deleted).collect();
    let identities = Identities::of(local_units.iter().copied().chain(units.iter().copied()));
    let is_here = |unit: &Record| local_units.iter().any(|other| other.id() == unit.id());
    for unit in units.into_iter().filter(|unit| !is_here(unit)) {
        let candidate = local_units.iter().find(|other| {
            let matches = |field| !text(unit, field).is_empty() && text(unit, field) == text(other, field);
            let is_declared_different = |one: &Record, other: &Record| {
                one.read_unit_answers().contains(&(other.id().clone(), SameUnitAnswer::Different))
            };
            let is_answered = identities.is_same(unit.id(), other.id())
                || is_declared_different(unit, other)
                || is_declared_different(other, unit);
            !is_answered && (matches("institution_number") || matches("name"))
        });
        if let Some(other) = candidate {
            same.push(SameUnit {
                incoming: unit.id().clone(),
                local: other.id().clone(),
                name: unit.title().to_owned(),
                is_same: false,
            });
        }
    }
    same
}
