//! The agreement of a school in the cycle before, with a finished midtvejs status: the report accounts for its effect.

use crate::domain::aftale::begin;
use crate::domain::aftale::state::AftaleEvent;
use crate::domain::enhed::Level;
use crate::domain::goal::{Goal, InitiativeStatus};
use crate::domain::midtvejs::{Difference, GoalCourse, GoalStatus, Midtvejsstatus};
use crate::domain::rapport::evaluated::evaluated_quarter;

use super::{Demo, DemoSink, HEAD, id, school};

/// The leader of the school.
const LEADER: &str = "Dorte Friis";

/// Adds the agreement, its goals and its status.
pub(super) fn add<S: DemoSink>(demo: &mut Demo<'_, S>) {
    let Some(aftale) = id("aftale-aaskolen") else { return };
    let quarter = evaluated_quarter(demo.cycle());
    let finished = quarter.first_day().plus_days(50);
    let mut status = Midtvejsstatus {
        title: "Midtvejsstatus".into(),
        aftale: Some(aftale.clone()),
        shares: "Vi begynder mandag med fælles morgenmad. Der er færre tomme stole bagefter.".into(),
        finished,
        ..Midtvejsstatus::default()
    };
    let mut goals = Vec::new();
    demo.goals(
        "aaskolen",
        &mut |index, goal: &mut Goal| {
            for (_, initiative) in goal.initiatives.iter_mut() {
                initiative.status = Some(InitiativeStatus::Done);
            }
            let Some(goal_id) = id(&format!("maal-aaskolen-{}", index + 1)) else { return };
            goals.push((goal_id.clone(), goal.clone()));
            let difference = [Difference::High, Difference::Some].get(index).copied();
            if difference.is_some() {
                let own = GoalStatus {
                    course: Some(GoalCourse::OnItsWay),
                    difference,
                    signs_seen: "Flere kommer til tiden, også om mandagen.".into(),
                    keep: "Den fælles begyndelse på ugen.".into(),
                    ..GoalStatus::default()
                };
                status.goals.insert(goal_id, own);
            }
        },
        LEADER,
    );
    let mut head = begin::head(id("aaskolen"), demo.cycle().previous(), Level::new(3));
    (head.leader, head.counterpart) = (LEADER.into(), HEAD.into());
    school::sign(demo, "aaskolen", &mut head, "Åskolen", goals);
    if let (Some(fact), Some(day)) = (id("aaskolen-midtvejs"), finished) {
        head.record_event(fact, AftaleEvent::Midterm, day, None);
    }
    demo.put_at(Some(aftale.clone()), &head, LEADER);
    demo.put_at(Midtvejsstatus::id(&aftale), &status, LEADER);
}
