//! Bringing what a file brings, or what an earlier state had, and undoing that.

use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::domain::sorted::{SortedMap, SortedSet};
use crate::record::delta::RecordDelta;
use crate::record::edit::{Author, EditError, Focus};
use crate::record::identity::{Identities, SameUnitAnswer, kept};
use crate::record::join::joined;
use crate::record::path::Path;
use crate::record::{Record, Records, describe};

use super::error::RecordError;
use super::out_of_sight;
use super::plan::{ImportStatus, Plan, PlanAction, PlanItem, SameUnit, differing};

/// What an import did. It can be undone as long as it is kept.
#[derive(Clone, Debug)]
pub struct ImportReport {
    /// How many records of each standing were taken in.
    pub taken: SortedMap<ImportStatus, usize>,
    /// What changed, in plain Danish.
    pub lines: Vec<describe::ChangeLine>,
    /// What was put aside.
    pub faults: Vec<RecordError>,
    /// The leaves whose text was withheld for a CPR number in it.
    pub cpr: Vec<(Id, Path)>,
    /// How many open choices wait after it that did not wait before.
    pub new_choices: usize,
    /// What changed, a step a record: what undoing it goes by.
    pub steps: Vec<RecordDelta>,
    /// The records that are not what they were, be it in nothing but what has been seen of them.
    pub changed: SortedSet<Id>,
    /// The records that were out of sight here, and are to be brought in sight again.
    pub lifted: SortedSet<Id>,
}

impl ImportReport {
    const fn nothing() -> Self {
        Self {
            taken: SortedMap::new(),
            lines: Vec::new(),
            faults: Vec::new(),
            cpr: Vec::new(),
            new_choices: 0,
            steps: Vec::new(),
            changed: SortedSet::new(),
            lifted: SortedSet::new(),
        }
    }
}

/// Brings everything back to what it showed in an earlier state of this workspace: what has changed since is undone by
/// new writes, what was not there yet goes to the trash, what is here no more comes back. Nothing is rolled back: each
/// of it can be undone, and what others write meanwhile stays beside it.
pub fn restore(records: &mut Records, then: &Records, author: &Author) -> ImportReport {
    let mut report = ImportReport::nothing();
    let ids: SortedSet<Id> = records.keys().chain(then.keys()).cloned().collect();
    for id in ids.iter() {
        let (now, earlier) = (records.get(id), then.get(id));
        if now == earlier {
            continue;
        }
        match restored(now, earlier, author) {
            Ok(Some(after)) if now != Some(&after) => {
                note(&mut report, now, &after);
                records.insert(after.id().clone(), after);
            }
            Ok(_) => {}
            Err(why) => report.faults.extend(earlier.or(now).map(|record| RecordError::damaged(record, why))),
        }
    }
    report
}

const COUNTED_OUT: &str = "den kan ikke ændres mere";

fn restored(now: Option<&Record>, earlier: Option<&Record>, author: &Author) -> Result<Option<Record>, String> {
    let Some(now) = now else { return Ok(earlier.cloned()) };
    // The earlier state may know values that were withheld since.
    let merged = earlier.map(|earlier| now.merge(earlier)).transpose().map_err(|damage| damage.to_string())?;
    let mut after = merged.unwrap_or_else(|| now.clone());
    let since = RecordDelta::between(earlier, &after);
    after.undo(&since, author).map_err(|_| COUNTED_OUT.to_owned())?;
    Ok(Some(after))
}

/// A plan being carried out, a few records at a time, so that a page can go on answering. Nothing has happened before it
/// is finished and what it gives is taken.
#[derive(Debug)]
pub struct PlanApplier {
    report: ImportReport,
    waiting: std::vec::IntoIter<PlanItem>,
    same_units: Vec<SameUnit>,
    /// Those that are out of sight and stay so: merged, and not told of.
    unseen: SortedSet<Id>,
    changed: Records,
    all: usize,
}

/// What is here, as far as an import asks.
#[derive(Clone, Copy)]
pub struct CurrentRecords<'h> {
    /// A record.
    pub record: &'h dyn Fn(&Id) -> Option<Record>,
    /// The ids of a kind.
    pub ids: &'h dyn Fn(Kind) -> Vec<Id>,
}

impl PlanApplier {
    /// Begins to carry out a plan.
    pub fn begin(plan: Plan) -> Self {
        let lifted = plan.items.iter().filter(|item| item.lifts()).map(|item| item.incoming.id().clone()).collect();
        let report = ImportReport { faults: plan.faults, cpr: plan.cpr, lifted, ..ImportReport::nothing() };
        let unseen = plan.items.iter().filter(|item| item.is_out_of_sight && !item.lifts());
        let unseen: SortedSet<Id> = unseen.map(|item| item.incoming.id().clone()).collect();
        // What is not taken in, or stays out of sight, is not said to be the same as anything.
        let left =
            plan.items.iter().filter(|item| item.act == PlanAction::Leave).map(|item| item.incoming.id().clone());
        let left: SortedSet<Id> = left.chain(unseen.iter().cloned()).collect();
        let same_units = plan.same_units.into_iter().filter(|same| !left.contains(&same.incoming)).collect();
        let all = plan.items.len();
        let waiting = plan.items.into_iter();
        Self { report, waiting, same_units, unseen, changed: Records::new(), all }
    }

    /// How many records have been looked at, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.all - self.waiting.len(), self.all)
    }

    /// Carries out some more; `false` when there are no more. Records that have changed since the plan was made are merged
    /// as they are now; one that cannot be merged, or not be written, is left as it is and named.
    pub fn apply_some(&mut self, count: usize, here: CurrentRecords<'_>, author: &Author) -> bool {
        let some: Vec<PlanItem> =
            self.waiting.by_ref().take(count).filter(|item| item.act != PlanAction::Leave).collect();
        for item in some {
            let before = (here.record)(item.incoming.id());
            if item.act == PlanAction::Take && before.as_ref() == Some(&*item.incoming) {
                *self.report.taken.get_or_default(item.standing) += 1;
                continue;
            }
            match taken(before.as_ref(), &item.incoming, item.act, author) {
                Ok(after) => {
                    *self.report.taken.get_or_default(item.standing) += 1;
                    self.put(before.as_ref(), after, here);
                }
                Err(why) => self.report.faults.push(RecordError::damaged(&item.incoming, why)),
            }
        }
        self.waiting.len() > 0
    }

    /// Writes down which units are the same, of those that are here.
    fn answer(&mut self, here: CurrentRecords<'_>, author: &Author) {
        for same in std::mem::take(&mut self.same_units).into_iter().filter(|same| same.yes) {
            if [&same.incoming, &same.local].into_iter().any(|id| self.record(id, here).is_none()) {
                continue;
            }
            let answer = Some(SameUnitAnswer::Same(same.local.clone()));
            for (id, other, answer) in kept(&same.incoming, &same.local, answer) {
                let Some(before) = self.record(&id, here) else { continue };
                let mut after = before.clone();
                match after.answer(&other, answer.as_ref(), author) {
                    Ok(()) => self.put(Some(&before), after, here),
                    Err(_) => self.report.faults.push(RecordError::damaged(&before, COUNTED_OUT.to_owned())),
                }
            }
        }
    }

    /// Counts the open choices between records that are shown as one, and which units are in doubt, as far as they did not
    /// wait before.
    fn count_joined(&mut self, here: CurrentRecords<'_>) {
        let of = |kind: Kind| {
            let changed = self.changed.values().filter(move |record| record.kind() == Some(kind));
            changed.map(|record| record.id().clone()).chain((here.ids)(kind))
        };
        let now = |id: &Id| self.record(id, here);
        let units: SortedSet<Id> = of(Kind::Enhed).collect();
        let among =
            |of: &dyn Fn(&Id) -> Option<Record>| Identities::living(&units.iter().filter_map(of).collect::<Vec<_>>());
        let (before, after) = (among(here.record), among(&now));
        let waiting = |id: &Id, identities: &Identities, of: &dyn Fn(&Id) -> Option<Record>| {
            let own = |id: &Id| of(id).map_or(0, |record| record.choices().len());
            let apart: usize = identities.merged_ids(id).iter().chain([id]).map(own).sum();
            joined(id, identities, of).map_or(0, |joined| joined.record().choices().len()).saturating_sub(apart)
        };
        let mut ids = SortedSet::new();
        if !after.is_empty() {
            ids.extend(self.changed.keys().map(|id| after.standing_id(id)));
        }
        if before != after {
            ids.extend(Kind::ALL.iter().flat_map(|kind| of(*kind)).map(|id| after.standing_id(&id)));
        }
        let choices = ids.iter().map(|id| waiting(id, &after, &now).saturating_sub(waiting(id, &before, here.record)));
        let choices: usize = choices.sum();
        self.report.new_choices += choices + after.doubts().len().saturating_sub(before.doubts().len());
    }

    /// A record as it will be.
    fn record(&self, id: &Id, here: CurrentRecords<'_>) -> Option<Record> {
        self.changed.get(id).cloned().or_else(|| (here.record)(id))
    }

    fn put(&mut self, before: Option<&Record>, after: Record, here: CurrentRecords<'_>) {
        // What was out of sight comes whole: undoing that puts it out of sight again.
        let is_lifted = self.report.lifted.contains(after.id());
        if before == Some(&after) && !is_lifted {
            return;
        }
        if self.unseen.contains(after.id()) {
            self.changed.insert(after.id().clone(), after);
            return;
        }
        note(&mut self.report, before.filter(|_| !is_lifted), &after);
        if self.changed.contains_key(after.id()) {
            // What a file brings and what is answered about it is one step: else undoing the one would be a change to the other.
            self.report.steps.retain(|step| step.id != *after.id());
            let before = (here.record)(after.id()).filter(|_| !is_lifted);
            self.report.steps.push(RecordDelta::between(before.as_ref(), &after));
        }
        self.changed.insert(after.id().clone(), after);
    }

    /// Carries out the rest, and gives what came of it, with the records that are not what they were.
    pub fn finish(mut self, here: CurrentRecords<'_>, author: &Author) -> (ImportReport, Records) {
        while self.apply_some(usize::MAX, here, author) {}
        self.answer(here, author);
        self.count_joined(here);
        (self.report, self.changed)
    }
}

/// Does what a plan says: see [`PlanApplier`].
pub fn apply(records: &mut Records, plan: Plan, author: &Author) -> ImportReport {
    let of_kind =
        |kind: Kind| records.iter().filter(move |(_, own)| own.kind() == Some(kind)).map(|(id, _)| id.clone());
    let here = CurrentRecords { record: &|id| records.get(id).cloned(), ids: &|kind| of_kind(kind).collect() };
    let (report, changed) = PlanApplier::begin(plan).finish(here, author);
    records.extend(changed);
    out_of_sight::lift_in(records, &report.lifted, author);
    report
}

fn taken(before: Option<&Record>, incoming: &Record, act: PlanAction, author: &Author) -> Result<Record, String> {
    let Some(before) = before else { return Ok(incoming.clone()) };
    let mut after = before.merge(incoming).map_err(|damage| damage.to_string())?;
    if act == PlanAction::WriteAgain {
        write_again(&mut after, incoming, author).map_err(|_| COUNTED_OUT.to_owned())?;
    }
    Ok(after)
}

/// Writes the file's words over what is here, as a new write of the user's own.
fn write_again(record: &mut Record, incoming: &Record, author: &Author) -> Result<(), EditError> {
    let writes = differing(record, incoming);
    if writes.is_empty() { Ok(()) } else { record.write(writes, &mut Focus::default(), author) }
}

fn note(report: &mut ImportReport, before: Option<&Record>, after: &Record) {
    report.changed.insert(after.id().clone());
    let step = RecordDelta::between(before, after);
    if step.is_empty() {
        return;
    }
    let choices = |record: Option<&Record>| record.map_or(0, |record| record.choices().len());
    report.new_choices += choices(Some(after)).saturating_sub(choices(before));
    report.lines.extend(describe::lines(&step, after));
    report.steps.push(step);
}
