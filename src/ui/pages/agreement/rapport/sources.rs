//! Reads the records that a report is composed from.

use leptos::prelude::Get as _;

use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::domain::midtvejs::Midtvejsstatus;
use crate::domain::package::Package;
use crate::domain::proevehandling::Proevehandling;
use crate::domain::rapport::sources::{ReportAgreement, ReportUnit, Sources};
use crate::domain::registry::Kind;
use crate::domain::samtale::Samtale;
use crate::domain::text::UserText;
use crate::record::life::Life;

use super::RapportContext;
use crate::ui::pages::agreement::aftale::newest_agreement;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;
use crate::ui::state::queries::agreements;

/// Reads everything in this browser about the units of the report: figures, themes, agreements, conversations, trials.
pub(crate) fn sources(ctx: &RapportContext) -> Sources {
    let app = ctx.app;
    let (groups, units) = match &ctx.unit {
        Some(unit) => (queries::figures::indicator_groups(app, unit), vec![unit.clone()]),
        None => (queries::figures::common_groups(app), app.units().into_iter().map(|(_, id)| id).collect()),
    };
    let is_about_all_units = ctx.unit.is_none();
    let units = units.into_iter().map(|id| {
        let body: Enhed = app.body(Some(&id));
        let above = body.above.map(|above| app.workspace.representative_id(&above));
        let mut unit = ReportUnit { name: body.name.0, kind: body.kind, above, ..ReportUnit::default() };
        for indicator in groups.iter().flat_map(|group| &group.indicators) {
            let series = queries::figures::published_series(app, &id, &indicator.id);
            if series.has_figures() {
                unit.series.insert(indicator.id.clone(), series);
            }
        }
        add_records(ctx, &id, &mut unit);
        unit.id = Some(id);
        unit
    });
    // The person who writes the report often belongs to a unit without anything to report.
    let units = units.filter(|unit| !is_about_all_units || has_content(unit)).collect();
    let package: Package = app.body(Package::id(ctx.cycle).as_ref());
    let themes = package.themes_for_units().into_iter();
    let themes = themes.map(|(id, theme)| (id.clone(), trimmed(&theme.title), trimmed(&theme.reason))).collect();
    Sources { today: app.today.get(), groups, themes, units }
}

fn trimmed(text: &UserText) -> String {
    text.as_str().trim().to_owned()
}

/// Adds the agreement, midterm status, conversation and trials of a unit.
fn add_records(ctx: &RapportContext, id: &Id, unit: &mut ReportUnit) {
    let app: AppContext = ctx.app;
    if let Some(aftale) = newest_agreement(app, id) {
        let bundle = agreements::bundle(&aftale);
        let status = bundle.head.status(bundle.open_comments);
        unit.status = app.body(Midtvejsstatus::id(&aftale.id).as_ref());
        let is_agreed = !status.agreed.is_empty();
        unit.agreement = Some(ReportAgreement { id: aftale.id, bundle, state: status.state, is_agreed });
    }
    unit.samtale = Samtale::id(id, ctx.cycle).and_then(|samtale_id| {
        let is_there = app.workspace.get_unless_deleted(&samtale_id).is_some();
        is_there.then(|| (samtale_id.clone(), app.body(Some(&samtale_id))))
    });
    unit.trials = agreements::children_of(app.workspace, Kind::Proevehandling, id, Life::Living)
        .into_iter()
        .filter_map(|record| Some((record.id().clone(), record.view::<Proevehandling>().ok()?)))
        .collect();
}

fn has_content(unit: &ReportUnit) -> bool {
    !unit.series.is_empty() || unit.agreement.is_some() || unit.samtale.is_some() || !unit.trials.is_empty()
}
