//! The few calls of the app whose form may change while what they mean stays.

use kvalitetshjul::domain::id::Id;
use kvalitetshjul::exchange::apply::{Applier, Here};
use kvalitetshjul::exchange::out_of_sight;
use kvalitetshjul::exchange::plan::{Act, Plan};
use kvalitetshjul::record::edit::Author;
use kvalitetshjul::record::step::Step;
use kvalitetshjul::record::{Record, Records};

/// Says that a unit is the same as another.
pub(crate) fn say_same(unit: &mut Record, other: &Id, author: &Author) {
    unit.set_same_as(Some(other), author).unwrap();
}

/// The units of a plan that come in sight with it, and are said to be the same as one that is here.
pub(crate) fn said_same(plan: &Plan) -> Vec<Id> {
    let comes = |id: &Id| {
        let mut items = plan.items.iter().filter(|item| item.incoming.id() == id);
        items.any(|item| item.act != Act::Leave && (!item.is_out_of_sight || item.lifts()))
    };
    plan.same_units.iter().filter(|same| same.yes && comes(&same.incoming)).map(|same| same.incoming.clone()).collect()
}

/// Takes in what a plan says, record by record, so that nothing is copied between units; gives the steps that undoing it goes
/// by.
pub(crate) fn take_in(records: &mut Records, plan: &Plan, author: &Author) -> Vec<Step> {
    let (items, said) = (plan.items.clone(), said_same(plan));
    let same_units = plan.same_units.clone();
    let whole = records.clone();
    let mut steps = Vec::new();
    for item in items {
        let lifts = item.lifts();
        let own = Plan { items: vec![item], same_units: Vec::new(), ..plan.clone() };
        let here = Here { record: &|id| whole.get(id).cloned(), ids: &|_| Vec::new() };
        let (report, changed) = Applier::begin(own).finish(here, author);
        assert!(report.faults.is_empty(), "{:?}", report.faults);
        records.extend(changed);
        steps.extend(report.steps);
        if lifts {
            out_of_sight::lift_in(records, &report.lifted, author);
        }
    }
    for same in same_units.into_iter().filter(|same| said.contains(&same.incoming)) {
        let Some(unit) = records.get_mut(&same.incoming) else { continue };
        say_same(unit, &same.local, author);
        let was_whole = steps.iter().any(|step| step.id == same.incoming && step.added.contains(&None));
        let before = whole.get(&same.incoming).filter(|_| !was_whole);
        let step = Step::between(before, unit);
        steps.retain(|step| step.id != same.incoming);
        steps.push(step);
    }
    steps
}
