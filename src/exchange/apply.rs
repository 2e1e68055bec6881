//! Bringing what a file brings, or what an earlier state had, and undoing that.

use crate::domain::id::Id;
use crate::domain::sorted::{SortedMap, SortedSet};
use crate::record::edit::{Author, EditError, Focus};
use crate::record::path::Path;
use crate::record::step::{Step, Undone};
use crate::record::{Record, Records, describe};

use super::error::RecordError;
use super::plan::{Act, Plan, Standing, differing};

/// What an import did. It can be undone as long as it is kept.
#[derive(Clone, Debug)]
pub struct Report {
    /// How many records of each standing were taken in.
    pub taken: SortedMap<Standing, usize>,
    /// What changed, in plain Danish.
    pub lines: Vec<describe::Line>,
    /// What was put aside.
    pub faults: Vec<RecordError>,
    /// The leaves whose text was withheld for a CPR number in it.
    pub cpr: Vec<(Id, Path)>,
    /// How many open choices wait after it that did not wait before.
    pub new_choices: usize,
    /// What changed, a step a record: what undoing it goes by.
    pub steps: Vec<Step>,
    /// The records that are not what they were, be it in nothing but what has been seen of them.
    pub changed: SortedSet<Id>,
}

impl Report {
    const fn nothing() -> Self {
        Self {
            taken: SortedMap::new(),
            lines: Vec::new(),
            faults: Vec::new(),
            cpr: Vec::new(),
            new_choices: 0,
            steps: Vec::new(),
            changed: SortedSet::new(),
        }
    }
}

/// Brings everything back to what it showed in an earlier state of this workspace: what has changed since is undone by
/// new writes, what was not there yet goes to the trash, what is here no more comes back. Nothing is rolled back: each
/// of it can be undone, and what others write meanwhile stays beside it.
pub fn restore(records: &mut Records, then: &Records, author: &Author) -> Report {
    let mut report = Report::nothing();
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

fn restored(now: Option<&Record>, earlier: Option<&Record>, author: &Author) -> Result<Option<Record>, String> {
    let Some(now) = now else { return Ok(earlier.cloned()) };
    // The earlier state may know values that were withheld since.
    let merged = earlier.map(|earlier| now.merge(earlier)).transpose().map_err(|damage| damage.to_string())?;
    let mut after = merged.unwrap_or_else(|| now.clone());
    let since = Step::between(earlier, &after);
    after.undo(&since, author).map_err(|_| "den kan ikke ændres mere".to_owned())?;
    Ok(Some(after))
}

/// Does what a plan says. Records that have changed since the plan was made are merged as they are now; one that cannot
/// be merged, or not be written, is left as it is and named.
pub fn apply(records: &mut Records, plan: Plan, author: &Author) -> Report {
    let mut report = Report { faults: plan.faults, cpr: plan.cpr, ..Report::nothing() };
    for item in plan.items {
        if item.act == Act::Leave {
            continue;
        }
        let before = records.get(item.incoming.id());
        if item.act == Act::Take && before == Some(&item.incoming) {
            *report.taken.get_or_default(item.standing) += 1;
            continue;
        }
        match taken(before, &item.incoming, item.act, author) {
            Ok(after) => {
                *report.taken.get_or_default(item.standing) += 1;
                if before != Some(&after) {
                    note(&mut report, before, &after);
                    records.insert(after.id().clone(), after);
                }
            }
            Err(why) => report.faults.push(RecordError::damaged(&item.incoming, why)),
        }
    }
    for same in plan.same_units.iter().filter(|same| same.yes) {
        if let Some(unit) = records.get_mut(&same.incoming) {
            let before = unit.clone();
            if unit.set_same_as(Some(&same.local), author).is_ok() {
                let after = unit.clone();
                note(&mut report, Some(&before), &after);
            }
        }
    }
    report
}

fn taken(before: Option<&Record>, incoming: &Record, act: Act, author: &Author) -> Result<Record, String> {
    let Some(before) = before else { return Ok(incoming.clone()) };
    let mut after = before.merge(incoming).map_err(|damage| damage.to_string())?;
    if act == Act::WriteAgain {
        write_again(&mut after, incoming, author).map_err(|_| "den kan ikke ændres mere".to_owned())?;
    }
    Ok(after)
}

/// Writes the file's words over what is here, as a new write of the user's own.
fn write_again(record: &mut Record, incoming: &Record, author: &Author) -> Result<(), EditError> {
    let writes = differing(record, incoming);
    if writes.is_empty() { Ok(()) } else { record.write(writes, &mut Focus::default(), author) }
}

fn note(report: &mut Report, before: Option<&Record>, after: &Record) {
    report.changed.insert(after.id().clone());
    let step = Step::between(before, after);
    if step.is_empty() {
        return;
    }
    let choices = |record: Option<&Record>| record.map_or(0, |record| record.choices().len());
    report.new_choices += choices(Some(after)).saturating_sub(choices(before));
    report.lines.extend(describe::lines(&step, after));
    report.steps.push(step);
}

/// Undoes an import: new writes, only to leaves that still hold what it brought; the rest is named.
///
/// # Errors
/// See [`EditError`]; then nothing has changed.
pub fn undo(records: &mut Records, steps: &[Step], author: &Author) -> Result<Vec<(Id, Undone)>, EditError> {
    let mut changed = Vec::new();
    // The last first: a record may have changed twice, by its file and by an answer to «Samme enhed?».
    let mut work = Records::new();
    for step in steps.iter().rev() {
        let Some(record) = work.get(&step.id).or_else(|| records.get(&step.id)) else { continue };
        let mut record = record.clone();
        let undone = record.undo(step, author)?;
        work.insert(step.id.clone(), record);
        changed.push((step.id.clone(), undone));
    }
    records.extend(work);
    Ok(changed)
}
