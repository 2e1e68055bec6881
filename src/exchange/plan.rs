//! What a file would bring, before it brings it.

use std::sync::Arc;

use crate::domain::body::KindWords;
use crate::domain::id::Id;
use crate::domain::links::host;
use crate::domain::registry::Kind;
use crate::domain::sorted::{SortedMap, SortedSet};
use crate::domain::text::small_letters;
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

/// What a record of the file is to the one that is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImportStatus {
    /// It deletes something that is here, and may bring more.
    Deletes,
    /// There is none here.
    New,
    /// It brings something.
    Newer,
    /// It brings something that stands against what is here, and the user will be asked.
    OpenChoice,
    /// It is what is here.
    Same,
    /// All that is in it was known here, and some of it replaced since.
    Older,
}

impl ImportStatus {
    /// In Danish, for one or several.
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

/// One record of the file in the plan. Records are counted: a plan is copied when its user has chosen, and may be 10 MB.
#[derive(Clone, Debug)]
pub struct PlanItem {
    /// The record as the file has it.
    pub incoming: Arc<Record>,
    /// What it is to the one that is here.
    pub standing: ImportStatus,
    /// What it is called: `målet «Flere …»`.
    pub name: String,
    /// Who wrote what it brings, as far as they gave names.
    pub from: SortedSet<String>,
    /// What it brings, in plain Danish.
    pub lines: Vec<describe::ChangeLine>,
    /// What it deletes, in plain Danish: the record, or entries of it.
    pub deletes: Vec<String>,
    /// What will be done with it.
    pub act: PlanAction,
    /// The record that is here.
    pub here: Option<Arc<Record>>,
    /// Whether it says something else than what is here, though all of it was known: then it can be written again
    /// (*skriv igen*), as after an import was undone.
    pub can_write_again: bool,
    /// Whether the record that is here is out of sight.
    pub is_out_of_sight: bool,
}

/// What is done with a record of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanAction {
    /// It is taken in. (Where it brings nothing, that is nothing.)
    Take,
    /// It is left.
    Leave,
    /// Its words are written anew over what is here.
    WriteAgain,
}

/// A unit of the file that may be one that is here under another id: «Samme enhed?»
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameUnit {
    /// The file's unit.
    pub incoming: Id,
    /// The unit that is here.
    pub local: Id,
    /// What both are called.
    pub name: String,
    /// The user's answer: whether they are the same.
    pub yes: bool,
}

/// What a file would bring. The user may change each [`PlanItem::act`] and answer each [`SameUnit`].
#[derive(Clone, Debug)]
pub struct Plan {
    /// The file's envelope.
    pub head: FileHead,
    /// Its records.
    pub items: Vec<PlanItem>,
    /// Units that may be the same.
    pub same_units: Vec<SameUnit>,
    /// What was put aside.
    pub faults: Vec<RecordError>,
    /// The leaves whose text was withheld for a CPR number in it.
    pub cpr: Vec<(Id, Path)>,
}

/// A plan being made, a few records at a time, so that a page can go on answering.
#[derive(Debug)]
pub struct Planner {
    plan: Plan,
    waiting: std::vec::IntoIter<Record>,
    all: usize,
    out: OutOfSight,
}

impl Planner {
    /// Begins to plan what an opened file would bring. Of what is here it is told the units alone, and what is out of sight.
    pub fn begin(units: &[Record], out: OutOfSight, opened: OpenedFile) -> Self {
        let OpenedFile { head, mut records, faults, cpr } = opened;
        records.retain(|_, record| !out_of_sight::is_list(record));
        let same_units = same_units(units, &records);
        let waiting: Vec<Record> = records.into_values().collect();
        let all = waiting.len();
        let plan = Plan { head, items: Vec::with_capacity(all), same_units, faults, cpr };
        Self { plan, waiting: waiting.into_iter(), all, out }
    }

    /// Plans some more records, each beside the one that is here; `false` when there are no more.
    pub fn plan_some(&mut self, count: usize, here: &dyn Fn(&Id) -> Option<Record>) -> bool {
        for incoming in self.waiting.by_ref().take(count) {
            let outcome = match here(incoming.id()) {
                Some(local) if self.out.has(&local) => out_of_sight(&local, incoming),
                local => item(local.as_ref(), incoming),
            };
            match outcome {
                Ok(item) => self.plan.items.push(item),
                Err(fault) => self.plan.faults.push(fault),
            }
        }
        self.waiting.len() > 0
    }

    /// How many records have been planned, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.all - self.waiting.len(), self.all)
    }

    /// The plan, of what was planned.
    pub fn finish(self) -> Plan {
        self.plan
    }
}

impl Plan {
    /// Plans what an opened file would bring to the records that are here.
    pub fn make(local: &Records, opened: OpenedFile) -> Self {
        let out = OutOfSight::of(local.values());
        let is_unit = |record: &&Record| record.kind() == Some(Kind::Enhed) && !out.has(record);
        let units: Vec<Record> = local.values().filter(is_unit).cloned().collect();
        let mut planner = Planner::begin(&units, out, opened);
        while planner.plan_some(usize::MAX, &|id| local.get(id).cloned()) {}
        planner.finish()
    }

    /// How many records of each standing there are.
    pub fn counts(&self) -> SortedMap<ImportStatus, usize> {
        let mut counts = SortedMap::new();
        for item in &self.items {
            *counts.get_or_default(item.standing) += 1;
        }
        counts
    }

    /// How many records of each kind and standing, in Danish: `3 mål: ny`.
    pub fn summary(&self) -> Vec<String> {
        let mut counts: SortedMap<(ImportStatus, Option<Kind>), usize> = SortedMap::new();
        for item in &self.items {
            *counts.get_or_default((item.standing, item.incoming.kind())) += 1;
        }
        let line = |((standing, kind), count): ((ImportStatus, Option<Kind>), usize)| {
            let KindWords { singular, plural, .. } = kind.map_or(
                KindWords {
                    definite: "posten",
                    singular: "post af en ukendt slags",
                    plural: "poster af en ukendt slags",
                },
                Kind::words,
            );
            format!("{}: {count} {}", standing.danish(), if count == 1 { singular } else { plural })
        };
        counts.into_iter().map(line).collect()
    }
}

fn item(local: Option<&Record>, incoming: Record) -> Result<PlanItem, RecordError> {
    let mut item = PlanItem {
        standing: ImportStatus::New,
        name: named(&incoming),
        from: SortedSet::new(),
        lines: Vec::new(),
        deletes: Vec::new(),
        act: PlanAction::Take,
        can_write_again: false,
        is_out_of_sight: false,
        here: local.cloned().map(Arc::new),
        incoming: Arc::new(incoming),
    };
    let Some(local) = local else {
        // All of it is brought, by everyone who wrote in it.
        item.from = item.incoming.stamps().filter_map(|(_, stamp)| stamp.by.clone()).collect();
        item.lines = vec![describe::created(&item.incoming, &item.name)];
        return Ok(item);
    };
    if *local == *item.incoming {
        item.standing = ImportStatus::Same;
        return Ok(item);
    }
    let merged =
        local.merge(&item.incoming).map_err(|damage| RecordError::damaged(&item.incoming, damage.to_string()))?;
    if *local == merged {
        item.standing = ImportStatus::Older;
        item.can_write_again = !differing(local, &item.incoming).is_empty();
        return Ok(item);
    }
    let opens = merged.choices().len() > local.choices().len();
    item.deletes = deletes(local, &merged);
    item.standing = match (opens, item.deletes.is_empty()) {
        (true, _) => ImportStatus::OpenChoice,
        (false, false) => ImportStatus::Deletes,
        (false, true) => ImportStatus::Newer,
    };
    item.name = named(&merged);
    item.tell(&RecordDelta::between(Some(local), &merged), &merged);
    Ok(item)
}

/// A record of the file whose own is here, and out of sight: one that brings something new asks again, as a whole; any other
/// can be brought in sight again.
fn out_of_sight(local: &Record, incoming: Record) -> Result<PlanItem, RecordError> {
    local.merge(&incoming).map_err(|damage| RecordError::damaged(&incoming, damage.to_string()))?;
    let brings = !local.seen().covers(incoming.seen());
    let mut item = item(None, incoming)?;
    item.is_out_of_sight = true;
    if !brings {
        item.standing = ImportStatus::Older;
        item.can_write_again = true;
    }
    Ok(item)
}

/// What of a record comes to lie in the trash: the record, or entries of it, by the names they have here.
fn deletes(local: &Record, merged: &Record) -> Vec<String> {
    if !merged.leaves().keys().any(Path::is_deletion) {
        return Vec::new();
    }
    let named = |scope: Option<&Path>| {
        let whole = describe::name(local);
        let name =
            scope.map_or_else(|| whole.clone(), |entry| format!("{} i {whole}", describe::entry_name(local, entry)));
        match (local.life(scope), merged.life(scope)) {
            (Life::Living | Life::DeletedButChanged, Life::Deleted) => Some(name),
            (Life::Living, Life::DeletedButChanged) => Some(format!("{name} – ændret her, så du bliver spurgt")),
            _ => None,
        }
    };
    let record = named(None);
    if record.is_some() || merged.life(None) == Life::Deleted {
        return record.into_iter().collect();
    }
    let entries: SortedSet<Path> = local.leaves().keys().filter_map(|path| local.entry_of(path)).collect();
    entries.iter().filter_map(|entry| named(Some(entry))).collect()
}

/// What a record is called in the plan; of links also where they lead, so that it is known before one is followed.
fn named(record: &Record) -> String {
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
    /// Whether it brings anything.
    pub const fn brings(&self) -> bool {
        matches!(
            self.standing,
            ImportStatus::Deletes | ImportStatus::New | ImportStatus::Newer | ImportStatus::OpenChoice
        )
    }

    /// Whether what is done with it brings the record that is here in sight again.
    pub fn lifts(&self) -> bool {
        self.is_out_of_sight && (self.act == PlanAction::WriteAgain || (self.act == PlanAction::Take && self.brings()))
    }

    /// Says what a step towards a record brings, and from whom.
    fn tell(&mut self, step: &RecordDelta, after: &Record) {
        let brought = step.leaves.values().flat_map(|change| &change.brought);
        let from = brought.filter_map(|&dot| after.stamp(dot)?.by.clone()).collect();
        let lines = describe::lines(step, after);
        (self.from, self.lines) = (from, lines);
    }
}

/// What it takes to have the file's words here again: the values that it shows otherwise, and life for what lies in the
/// trash here and not there. A field that the file leaves empty says nothing against what was written here.
pub fn differing(local: &Record, incoming: &Record) -> Vec<(Path, LeafValue)> {
    let mut writes: Vec<(Path, LeafValue)> = Vec::new();
    let entries: SortedSet<Option<Path>> = incoming.leaves().keys().map(|path| incoming.entry_of(path)).collect();
    for scope in &entries {
        if local.life(scope.as_ref()) == Life::Deleted && incoming.life(scope.as_ref()) != Life::Deleted {
            writes.push((deletion_leaf(scope.as_ref()), LeafValue::NULL));
        }
    }
    for (path, leaf) in incoming.leaves().iter().filter(|(path, _)| !path.is_own()) {
        let theirs = leaf.wordings();
        let Some(first) = theirs.first().filter(|first| !first.value.is_null()) else { continue };
        let ours = local.leaf(path).map(Leaf::wordings).unwrap_or_default();
        let is_shown = ours.first().is_some_and(|shown| shown.value == first.value);
        // What is an open choice here and settled there is said otherwise there, whatever is shown here.
        let is_open_here_alone = ours.len() > 1 && theirs.len() == 1;
        if !is_shown || is_open_here_alone {
            writes.push((path.clone(), first.value.clone()));
        }
    }
    writes
}

fn same_units(here: &[Record], incoming: &Records) -> Vec<SameUnit> {
    let plain = |text: &str| small_letters(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    let text = |record: &Record, field: &str| plain(record.shown_text(&Path::root(field)).unwrap_or_default());
    // A unit alone is said to be the same as another.
    let is_unit = |record: &&Record| record.kind() == Some(Kind::Enhed) && record.life(None) != Life::Deleted;
    let units: Vec<&Record> = incoming.values().filter(is_unit).collect();
    let mut same = Vec::new();
    // What lies in the trash is not here: it may come again, and be asked about again.
    let here: Vec<&Record> = here.iter().filter(|unit| unit.life(None) != Life::Deleted).collect();
    let identities = Identities::of(here.iter().copied().chain(units.iter().copied()));
    let is_here = |unit: &Record| here.iter().any(|other| other.id() == unit.id());
    for unit in units.into_iter().filter(|unit| !is_here(unit)) {
        let likely = here.iter().find(|other| {
            let alike = |field| !text(unit, field).is_empty() && text(unit, field) == text(other, field);
            let is_two =
                |one: &Record, other: &Record| one.answers().contains(&(other.id().clone(), SameUnitAnswer::Two));
            let is_answered = identities.same(unit.id(), other.id()) || is_two(unit, other) || is_two(other, unit);
            !is_answered && (alike("institution_number") || alike("name"))
        });
        if let Some(other) = likely {
            same.push(SameUnit {
                incoming: unit.id().clone(),
                local: other.id().clone(),
                name: unit.title().to_owned(),
                yes: false,
            });
        }
    }
    same
}
