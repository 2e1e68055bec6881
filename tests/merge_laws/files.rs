//! Writing and opening files, and undoing and redoing imports.

use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::exchange::out_of_sight;
use kvalitetshjul::exchange::plan::{Plan, PlanAction, PlanItem};
use kvalitetshjul::exchange::scope::Scope;
use kvalitetshjul::exchange::{apply, read, write};
use kvalitetshjul::record::Records;
use kvalitetshjul::record::life::Life;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::undo_stack::UndoDirection;

use super::world::{World, entries_of, id};

impl World {
    /// Writes a file. It must never hold a record that is out of sight.
    pub(crate) fn save_file(&mut self, user: usize, records: &Records, scope: &Scope) {
        let text = write::write(records, scope, Timestamp::from_seconds(0).unwrap()).unwrap();
        let written = read::read(text.as_bytes()).unwrap().records;
        let hidden =
            written.values().find(|record| out_of_sight::is_list(record) || !self.is_in_sight(user, record.id()));
        assert!(hidden.is_none(), "a record out of sight is in the file");
        self.files.push(text);
    }

    /// Opens a file. Without `chosen` everything is imported; otherwise the number chooses which records are left out
    /// or written again.
    pub(crate) fn open_file(&mut self, user: usize, file: &str, chosen: Option<u8>) {
        let opened = read::read(file.as_bytes()).unwrap();
        assert!(opened.faults.is_empty() && !opened.head.is_changed_after_export);
        let mut plan = Plan::make(&self.people[user].records, opened);
        assert!(plan.faults.is_empty());
        let mut written_again = Vec::new();
        let before_import = self.people[user].records.clone();
        for (index, item) in plan.items.iter_mut().enumerate() {
            self.check_deletions_named(user, item);
            let Some(n) = chosen else { continue };
            if item.can_write_again && n % 3 == 0 {
                item.action = PlanAction::WriteAgain;
                written_again.push(item.incoming.id().clone());
            } else if (index + usize::from(n)) % 4 == 0 {
                // The user unticks the box of the record.
                item.action = PlanAction::Leave;
            }
        }
        for same in &mut plan.same_units {
            same.is_same = chosen.is_some_and(|n| n % 2 == 0);
        }
        // The answer is stored in the record of one of the two units, which must be imported.
        let is_imported = |id: &Id| {
            let mut items = plan.items.iter().filter(|item| item.incoming.id() == id);
            items.any(|item| item.action != PlanAction::Leave && (!item.is_out_of_sight || item.brings_into_sight()))
        };
        let answered = plan.same_units.iter().filter(|same| same.is_same && is_imported(&same.incoming));
        let answered: Vec<Id> = answered.flat_map(|same| [same.incoming.clone(), same.local.clone()]).collect();
        let left_out: Vec<Id> = plan
            .items
            .iter()
            .filter(|item| item.action == PlanAction::Leave)
            .map(|item| item.incoming.id().clone())
            .collect();
        let author = self.author(user);
        // The records after merging alone, without writes in the user's name. What changes from here on are the user's
        // writes.
        let mut merge_plan = plan.clone();
        merge_plan.same_units.clear();
        merge_plan
            .items
            .iter_mut()
            .filter(|item| item.action == PlanAction::WriteAgain)
            .for_each(|item| item.action = PlanAction::Take);
        let mut merged = before_import.clone();
        apply::apply(&mut merged, merge_plan, &author);

        let returned: Vec<Id> =
            plan.items.iter().filter(|item| item.brings_into_sight()).map(|item| item.incoming.id().clone()).collect();
        let incoming: Vec<Id> = plan.items.iter().map(|item| item.incoming.id().clone()).collect();
        let report = apply::apply(&mut self.people[user].records, plan, &author);
        assert!(report.faults.is_empty(), "{:?}", report.faults);
        let steps = report.steps;
        for id in &returned {
            let is_added = steps.iter().any(|step| step.id == *id && step.added.contains(&None));
            assert!(is_added, "{id}: undo would write in a record that was out of sight");
        }
        for id in &left_out {
            assert!(self.people[user].records.get(id) == before_import.get(id), "{id}: a record left out was imported");
        }
        if !written_again.is_empty() {
            self.leave_field(user);
        }
        for id in written_again.iter().chain(&answered) {
            if let Some(after) = self.people[user].records.get(id).cloned() {
                let before = merged.get(id).cloned();
                if before.as_ref() != Some(&after) {
                    self.log_writes(user, before.as_ref(), &after);
                }
            }
        }
        for id in &incoming {
            self.check(user, id);
        }
        self.people[user].imports.record_bulk("flettede en fil ind".to_owned(), steps, Vec::new());
    }

    /// Checks that the plan names every deletion before the import makes it.
    fn check_deletions_named(&self, user: usize, item: &PlanItem) {
        let Some(local) = self.people[user].records.get(item.incoming.id()).filter(|_| !item.is_out_of_sight) else {
            return;
        };
        let merged = local.merge(&item.incoming).unwrap();
        let becomes_deleted =
            |scope: Option<&Path>| local.life(scope) != Life::Deleted && merged.life(scope) == Life::Deleted;
        let entries = entries_of(local);
        let deleted = if becomes_deleted(None) {
            1
        } else if merged.life(None) == Life::Deleted {
            0
        } else {
            entries.iter().filter(|entry| becomes_deleted(Some(entry))).count()
        };
        assert!(item.deletions.len() >= deleted, "{}: a deletion is not named", item.name);
    }

    /// Undoes or redoes an import.
    pub(crate) fn undo_import(&mut self, user: usize, direction: UndoDirection) {
        let author = self.author(user);
        let before = self.people[user].records.clone();
        let person = &mut self.people[user];
        let outcome = person.imports.apply(direction, |id| before.get(id).cloned(), &author).unwrap();
        let Some(outcome) = outcome else { return };
        self.leave_field(user);
        (self.is_undo, self.is_import) = (true, true);
        for record in outcome.records {
            let id = record.id().clone();
            self.people[user].records.insert(id.clone(), record.clone());
            self.log_writes(user, before.get(&id), &record);
            self.check(user, &id);
        }
        (self.is_undo, self.is_import) = (false, false);
        for id in outcome.hidden.iter().chain(&outcome.unhidden) {
            assert_eq!(
                self.people[user].records.get(id),
                before.get(id),
                "{id}: undo wrote in a record that came with the file"
            );
        }
        let hidden: Vec<_> = outcome.hidden.iter().map(|id| before[id].clone()).collect();
        let minted = &mut self.minted;
        let mut mint = || {
            *minted += 1;
            id(&format!("liste{minted}"))
        };
        for list in out_of_sight::make_lists(&hidden, "fil", &mut mint, &author).unwrap() {
            for id in &outcome.hidden {
                self.log.hidden.insert((list.id().clone(), id.clone()), before[id].seen().clone());
            }
            self.people[user].records.insert(list.id().clone(), list);
        }
        out_of_sight::bring_all_into_sight(
            &mut self.people[user].records,
            &outcome.unhidden.iter().cloned().collect(),
            &author,
        )
        .unwrap();
        assert!(outcome.hidden.iter().all(|id| !self.is_in_sight(user, id)));
        assert!(outcome.unhidden.iter().all(|id| self.is_in_sight(user, id)));
    }
}
