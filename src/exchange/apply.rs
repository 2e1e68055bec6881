//! Carries out the plan of an import, and restores an earlier state. Both can be undone.

use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::domain::sorted::{SortedMap, SortedSet};
use crate::record::delta::RecordDelta;
use crate::record::edit::{Author, EditError, Focus};
use crate::record::identity::{Identities, SameUnitAnswer, answers_by_record};
use crate::record::join::joined;
use crate::record::path::Path;
use crate::record::{Record, Records, describe};

use super::error::RecordError;
use super::out_of_sight::{self, OutOfSight};
use super::plan::{ImportStatus, Plan, PlanAction, PlanItem, SameUnit, writes_to_match};

/// The outcome of an import or a restore. [`ImportReport::steps`] is what undo needs.
#[derive(Clone, Debug)]
pub struct ImportReport {
    /// The number of records taken in, by status.
    pub counts: SortedMap<ImportStatus, usize>,
    /// What changed, in plain Danish.
    pub lines: Vec<describe::ChangeLine>,
    /// The records that were quarantined.
    pub faults: Vec<RecordError>,
    /// The leaves whose text was withheld because of a CPR number.
    pub cpr: Vec<(Id, Path)>,
    /// The number of open choices that did not exist before.
    pub new_choices: usize,
    /// The changes, one delta for each record. Undo reverts these.
    pub steps: Vec<RecordDelta>,
    /// The ids of the records that changed, including those where only `seen` changed.
    pub changed: SortedSet<Id>,
    /// The ids of the records that were out of sight here and are to be brought back into sight.
    pub back_in_sight: SortedSet<Id>,
}

impl ImportReport {
    const fn empty() -> Self {
        Self {
            counts: SortedMap::new(),
            lines: Vec::new(),
            faults: Vec::new(),
            cpr: Vec::new(),
            new_choices: 0,
            steps: Vec::new(),
            changed: SortedSet::new(),
            back_in_sight: SortedSet::new(),
        }
    }
}

/// Restores what an earlier state of this workspace showed.
///
/// Later changes are undone by new writes, records that did not exist yet go to the trash, and records that no longer
/// exist come back. State is never rolled back: each part of the restore can be undone, and concurrent writes of others
/// stay beside it.
pub fn restore(records: &mut Records, then: &Records, author: &Author) -> ImportReport {
    let mut report = ImportReport::empty();
    let ids: SortedSet<Id> = records.keys().chain(then.keys()).cloned().collect();
    for id in ids.iter() {
        let (now, earlier) = (records.get(id), then.get(id));
        if now == earlier {
            continue;
        }
        match restore_record(now, earlier, author) {
            Ok(Some(after)) if now != Some(&after) => {
                add_change(&mut report, now, &after);
                records.insert(after.id().clone(), after);
            }
            Ok(_) => {}
            Err(why) => report.faults.extend(earlier.or(now).map(|record| RecordError::damaged(record, why))),
        }
    }
    report
}

/// The reason given for a record that cannot be written any more.
const COUNTED_OUT: &str = "den kan ikke ændres mere";

/// Restores the earlier state of one record; `None` if the record exists in neither state.
///
/// # Errors
/// The two states contradict each other, or the record cannot be written any more: a Danish reason.
fn restore_record(now: Option<&Record>, earlier: Option<&Record>, author: &Author) -> Result<Option<Record>, String> {
    let Some(now) = now else { return Ok(earlier.cloned()) };
    // The earlier state may hold values that have been withheld since.
    let merged = earlier.map(|earlier| now.merge(earlier)).transpose().map_err(|damage| damage.to_string())?;
    let mut after = merged.unwrap_or_else(|| now.clone());
    let delta = RecordDelta::between(earlier, &after);
    after.undo(&delta, author).map_err(|_| COUNTED_OUT.to_owned())?;
    Ok(Some(after))
}

/// A plan being carried out, a few records at a time, so that the page stays responsive. Nothing changes until the
/// caller takes the result of [`PlanApplier::finish`].
#[derive(Debug)]
pub struct PlanApplier {
    report: ImportReport,
    /// The items still to be carried out.
    pending: std::vec::IntoIter<PlanItem>,
    same_units: Vec<SameUnit>,
    /// The ids of the records that are out of sight and stay so: they are merged, but not reported.
    hidden: SortedSet<Id>,
    /// The records changed so far, as they will be.
    changed: Records,
    /// The number of all items.
    total: usize,
}

/// Access to the records here, as far as an import needs it.
#[derive(Clone, Copy)]
pub struct CurrentRecords<'h> {
    /// Looks up a record.
    pub record: &'h dyn Fn(&Id) -> Option<Record>,
    /// Lists the ids of the records of a kind.
    pub ids: &'h dyn Fn(Kind) -> Vec<Id>,
}

impl PlanApplier {
    /// Begins to carry out a plan.
    pub fn begin(plan: Plan) -> Self {
        let lifted =
            plan.items.iter().filter(|item| item.brings_into_sight()).map(|item| item.incoming.id().clone()).collect();
        let report =
            ImportReport { faults: plan.faults, cpr: plan.cpr, back_in_sight: lifted, ..ImportReport::empty() };
        let hidden = plan.items.iter().filter(|item| item.is_out_of_sight && !item.brings_into_sight());
        let hidden: SortedSet<Id> = hidden.map(|item| item.incoming.id().clone()).collect();
        // The answer about a unit that is left out, or stays out of sight, is not recorded.
        let excluded =
            plan.items.iter().filter(|item| item.action == PlanAction::Leave).map(|item| item.incoming.id().clone());
        let excluded: SortedSet<Id> = excluded.chain(hidden.iter().cloned()).collect();
        let same_units = plan.same_units.into_iter().filter(|same| !excluded.contains(&same.incoming)).collect();
        let total = plan.items.len();
        let pending = plan.items.into_iter();
        Self { report, pending, same_units, hidden, changed: Records::new(), total }
    }

    /// The number of records handled, and the number of all.
    pub fn progress(&self) -> (usize, usize) {
        (self.total - self.pending.len(), self.total)
    }

    /// Carries out the next `count` items. Returns `false` when all are done.
    ///
    /// A record that has changed since the plan was made is merged as it is now. A record that cannot be merged or
    /// written is left unchanged and reported.
    pub fn apply_some(&mut self, count: usize, here: CurrentRecords<'_>, author: &Author) -> bool {
        let items: Vec<PlanItem> =
            self.pending.by_ref().take(count).filter(|item| item.action != PlanAction::Leave).collect();
        for item in items {
            let before = (here.record)(item.incoming.id());
            if item.action == PlanAction::Take && before.as_ref() == Some(&*item.incoming) {
                *self.report.counts.get_or_default(item.status) += 1;
                continue;
            }
            match merge_or_write_again(before.as_ref(), &item.incoming, item.action, author) {
                Ok(after) => {
                    *self.report.counts.get_or_default(item.status) += 1;
                    self.put(before.as_ref(), after, here);
                }
                Err(why) => self.report.faults.push(RecordError::damaged(&item.incoming, why)),
            }
        }
        self.pending.len() > 0
    }

    /// Records the answers that units are the same, for pairs of units that exist here.
    fn record_same_units(&mut self, here: CurrentRecords<'_>, author: &Author) {
        for same in std::mem::take(&mut self.same_units).into_iter().filter(|same| same.is_same) {
            if [&same.incoming, &same.local].into_iter().any(|id| self.record(id, here).is_none()) {
                continue;
            }
            let answer = Some(SameUnitAnswer::Same(same.local.clone()));
            for (id, other, answer) in answers_by_record(&same.incoming, &same.local, answer) {
                let Some(before) = self.record(&id, here) else { continue };
                let mut after = before.clone();
                match after.write_unit_answer(&other, answer.as_ref(), author) {
                    Ok(()) => self.put(Some(&before), after, here),
                    Err(_) => self.report.faults.push(RecordError::damaged(&before, COUNTED_OUT.to_owned())),
                }
            }
        }
    }

    /// Adds to the report the open choices between joined records, and the units in doubt, that did not exist before.
    fn count_choices_in_joins(&mut self, here: CurrentRecords<'_>) {
        let ids_of_kind = |kind: Kind| {
            let changed = self.changed.values().filter(move |record| record.kind() == Some(kind));
            changed.map(|record| record.id().clone()).chain((here.ids)(kind))
        };
        let updated = |id: &Id| self.record(id, here);
        let units: SortedSet<Id> = ids_of_kind(Kind::Enhed).collect();
        let identities_among = |look_up: &dyn Fn(&Id) -> Option<Record>| {
            Identities::from_living_units(&units.iter().filter_map(look_up).collect::<Vec<_>>())
        };
        let (before, after) = (identities_among(here.record), identities_among(&updated));
        let joined_choices = |id: &Id, identities: &Identities, look_up: &dyn Fn(&Id) -> Option<Record>| {
            let choice_count = |id: &Id| look_up(id).map_or(0, |record| record.choices().len());
            let separate: usize = identities.merged_ids(id).iter().chain([id]).map(choice_count).sum();
            joined(id, identities, look_up).map_or(0, |joined| joined.record().choices().len()).saturating_sub(separate)
        };
        let mut ids = SortedSet::new();
        if !after.is_empty() {
            ids.extend(self.changed.keys().map(|id| after.representative_id(id)));
        }
        if before != after {
            ids.extend(Kind::ALL.iter().flat_map(|kind| ids_of_kind(*kind)).map(|id| after.representative_id(&id)));
        }
        let choices = ids
            .iter()
            .map(|id| joined_choices(id, &after, &updated).saturating_sub(joined_choices(id, &before, here.record)));
        let choices: usize = choices.sum();
        self.report.new_choices += choices + after.doubts().len().saturating_sub(before.doubts().len());
    }

    /// Looks up a record as it will be after the import.
    fn record(&self, id: &Id, here: CurrentRecords<'_>) -> Option<Record> {
        self.changed.get(id).cloned().or_else(|| (here.record)(id))
    }

    /// Stores a changed record and adds the change to the report.
    fn put(&mut self, before: Option<&Record>, after: Record, here: CurrentRecords<'_>) {
        // A record that was out of sight counts as new: undoing the import puts it out of sight again.
        let is_lifted = self.report.back_in_sight.contains(after.id());
        if before == Some(&after) && !is_lifted {
            return;
        }
        if self.hidden.contains(after.id()) {
            self.changed.insert(after.id().clone(), after);
            return;
        }
        add_change(&mut self.report, before.filter(|_| !is_lifted), &after);
        if self.changed.contains_key(after.id()) {
            // A record may be changed by the file and by an answer. Both make one delta, otherwise undoing one would
            // change the other.
            self.report.steps.retain(|step| step.id != *after.id());
            let before = (here.record)(after.id()).filter(|_| !is_lifted);
            self.report.steps.push(RecordDelta::between(before.as_ref(), &after));
        }
        self.changed.insert(after.id().clone(), after);
    }

    /// Carries out the remaining items. Returns the report and the changed records.
    pub fn finish(mut self, here: CurrentRecords<'_>, author: &Author) -> (ImportReport, Records) {
        while self.apply_some(usize::MAX, here, author) {}
        self.record_same_units(here, author);
        self.count_choices_in_joins(here);
        (self.report, self.changed)
    }
}

/// Carries out a plan in one go: see [`PlanApplier`].
pub fn apply(records: &mut Records, plan: Plan, author: &Author) -> ImportReport {
    let of_kind =
        |kind: Kind| records.iter().filter(move |(_, record)| record.kind() == Some(kind)).map(|(id, _)| id.clone());
    let here = CurrentRecords { record: &|id| records.get(id).cloned(), ids: &|kind| of_kind(kind).collect() };
    let (mut report, changed) = PlanApplier::begin(plan).finish(here, author);
    records.extend(changed);
    if out_of_sight::bring_all_into_sight(records, &report.back_in_sight, author).is_err() {
        let hidden = OutOfSight::of(records.values());
        let still_hidden =
            report.back_in_sight.iter().filter_map(|id| records.get(id)).filter(|record| hidden.contains(record));
        report.faults.extend(still_hidden.map(|record| RecordError::damaged(record, COUNTED_OUT.to_owned())));
    }
    report
}

/// Returns the record after an action; `before` is the record here, if any.
///
/// # Errors
/// The records contradict each other, or the record cannot be written any more: a Danish reason.
fn merge_or_write_again(
    before: Option<&Record>,
    incoming: &Record,
    action: PlanAction,
    author: &Author,
) -> Result<Record, String> {
    let Some(before) = before else { return Ok(incoming.clone()) };
    let mut after = before.merge(incoming).map_err(|damage| damage.to_string())?;
    if action == PlanAction::WriteAgain {
        write_again(&mut after, incoming, author).map_err(|_| COUNTED_OUT.to_owned())?;
    }
    Ok(after)
}

/// Writes the values of the file over those here, as new writes of the user.
fn write_again(record: &mut Record, incoming: &Record, author: &Author) -> Result<(), EditError> {
    let writes = writes_to_match(record, incoming);
    if writes.is_empty() { Ok(()) } else { record.write(writes, &mut Focus::default(), author) }
}

/// Adds a changed record to a report.
fn add_change(report: &mut ImportReport, before: Option<&Record>, after: &Record) {
    report.changed.insert(after.id().clone());
    let delta = RecordDelta::between(before, after);
    if delta.is_empty() {
        return;
    }
    let choices = |record: Option<&Record>| record.map_or(0, |record| record.choices().len());
    report.new_choices += choices(Some(after)).saturating_sub(choices(before));
    report.lines.extend(describe::lines(&delta, after));
    report.steps.push(delta);
}
