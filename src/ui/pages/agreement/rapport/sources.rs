//! What a report is composed from, as it lies in the records.

use leptos::prelude::Get as _;

use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::domain::midtvejs::Midtvejsstatus;
use crate::domain::package::Package;
use crate::domain::proevehandling::Proevehandling;
use crate::domain::rapport::sources::{ReportAgreement, Sources, Unit};
use crate::domain::registry::Kind;
use crate::domain::samtale::Samtale;
use crate::domain::text::UserText;
use crate::record::life::Life;

use super::RapportContext;
use crate::ui::pages::agreement::aftale::newest;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;
use crate::ui::state::queries::agreements;

/// What is here of the units that the report is over.
pub(crate) fn sources(ctx: &RapportContext) -> Sources {
    let desk = ctx.desk;
    let (groups, units) = match &ctx.unit {
        Some(unit) => (queries::figures::indicator_groups(desk, unit), vec![unit.clone()]),
        None => (queries::figures::common_groups(desk), desk.units().into_iter().map(|(_, id)| id).collect()),
    };
    let is_of_all = ctx.unit.is_none();
    let units = units.into_iter().map(|id| {
        let body: Enhed = desk.body(Some(&id));
        let above = body.above.map(|above| desk.workspace.standing_id(&above));
        let mut unit = Unit { name: body.name.0, kind: body.kind, above, ..Unit::default() };
        for indicator in groups.iter().flat_map(|group| &group.indicators) {
            let series = queries::figures::published_series(desk, &id, &indicator.id);
            if series.has_figures() {
                unit.series.insert(indicator.id.clone(), series);
            }
        }
        words(ctx, &id, &mut unit);
        unit.id = Some(id);
        unit
    });
    // Who sees to the report often stands in a unit of which there is nothing to report.
    let units = units.filter(|unit| !is_of_all || has_something(unit)).collect();
    let package: Package = desk.body(Package::id(ctx.cycle).as_ref());
    let themes = package.themes_for_units().into_iter();
    let themes = themes.map(|(id, theme)| (id.clone(), trimmed(&theme.title), trimmed(&theme.reason))).collect();
    Sources { today: desk.today.get(), groups, themes, units }
}

fn trimmed(text: &UserText) -> String {
    text.as_str().trim().to_owned()
}

/// What a unit has written.
fn words(ctx: &RapportContext, id: &Id, unit: &mut Unit) {
    let desk: AppContext = ctx.desk;
    if let Some(own) = newest(desk, id) {
        let whole = agreements::bundle(&own);
        let standing = whole.head.standing(whole.open_comments);
        unit.status = desk.body(Midtvejsstatus::id(&own.id).as_ref());
        let is_agreed = !standing.agreed.is_empty();
        unit.agreement = Some(ReportAgreement { id: own.id, whole, state: standing.state, is_agreed });
    }
    unit.samtale = Samtale::id(id, ctx.cycle).and_then(|record| {
        let is_there = desk.workspace.living(&record).is_some();
        is_there.then(|| (record.clone(), desk.body(Some(&record))))
    });
    unit.trials = agreements::children_of(desk.workspace, Kind::Proevehandling, id, Life::Living)
        .into_iter()
        .filter_map(|record| Some((record.id().clone(), record.view::<Proevehandling>().ok()?)))
        .collect();
}

fn has_something(unit: &Unit) -> bool {
    !unit.series.is_empty() || unit.agreement.is_some() || unit.samtale.is_some() || !unit.trials.is_empty()
}
