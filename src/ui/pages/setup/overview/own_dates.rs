//! The dates of the unit on the wheel: collects them for the drawing, and lists them on the page of the wheel.

use leptos::prelude::*;

use crate::domain::agenda::AgendaTarget;
use crate::domain::fundament;
use crate::domain::goal::Goal;
use crate::domain::package::Package;
use crate::domain::proevehandling::Proevehandling;
use crate::domain::registry::Kind;
use crate::domain::samtale::Samtale;
use crate::domain::wheel_dates::{DatedAgreement, DatedRecords, WheelDate, WheelDateKind, wheel_dates};
use crate::record::life::Life;

use super::agenda::route;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, dynamic_view, empty_view};
use crate::ui::pages::agreement::aftale::agreements_of_unit;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements;

/// Shows the dates of the unit in the drawing of the wheel for as long as the caller's owner lives. Returns the dates.
pub(super) fn follow_own_dates(app: AppContext) -> Memo<Vec<(WheelDate, AgendaTarget)>> {
    let dates = Memo::new(move |_| collect_dates(app));
    Effect::new(move |_| {
        app.wheel_dates().set(dates.with(|dates| dates.iter().map(|(date, _)| date.clone()).collect()));
    });
    on_cleanup(move || app.wheel_dates().set(Vec::new()));
    dates
}

/// Collects the dates of the current unit in the current cycle. All reads are tracked.
fn collect_dates(app: AppContext) -> Vec<(WheelDate, AgendaTarget)> {
    let (Some(unit), Some(edition)) = (app.unit(), fundament::present_at_hand()) else { return Vec::new() };
    let (workspace, cycle) = (app.workspace, app.cycle());
    let agreements = agreements_of_unit(app, &unit).into_iter().map(|ctx| {
        let goals = agreements::children_of(workspace, Kind::Goal, &ctx.id, Life::Living).into_iter();
        let goals = goals.filter_map(|record| Some((record.id().clone(), record.view::<Goal>().ok()?))).collect();
        let head = app.body(Some(&ctx.id));
        (ctx.id, DatedAgreement { head, goals })
    });
    let trials = agreements::children_of(workspace, Kind::Proevehandling, &unit, Life::Living).into_iter();
    let records = DatedRecords {
        agreements: agreements.collect(),
        trials: trials
            .filter_map(|record| Some((record.id().clone(), record.view::<Proevehandling>().ok()?)))
            .collect(),
        samtale: app.body(Samtale::id(&unit, cycle).as_ref()),
        package: app.body(Package::id(cycle).as_ref()),
        unit,
    };
    wheel_dates(&records, edition.of_sort(fundament::Sort::Element), cycle)
}

/// Lists the dates of the unit: the coming dates, and below a fold the past ones. Empty without a unit.
pub(crate) fn own_dates(app: AppContext) -> BuiltView {
    let dates = follow_own_dates(app);
    dynamic_view(move || {
        if app.unit().is_none() {
            return empty_view();
        }
        let today = app.today.get();
        let (past, coming): (Vec<_>, Vec<_>) = dates.get().into_iter().partition(|(date, _)| date.day < today);
        let none = coming.is_empty().then(|| {
            markup!(
                r##"<p class="help">Ingen datoer foran jer i dette hjul. Her kommer dagene for jeres indsatser, prøvehandlinger og samtale, når de er skrevet. <a href="#/aftale">Se jeres aftale</a></p>"##
            )
        });
        let past = (!past.is_empty()).then(|| {
            markup!(
                r#"<details><summary>{}</summary><ul class="own-dates">{}</ul></details>"#,
                format!("Datoer, der er gået ({})", past.len()),
                past.iter().map(row).collect::<Vec<_>>()
            )
        });
        markup!(
            r#"<section class="part"><h2>Jeres datoer</h2>{}<ul class="own-dates">{}</ul>{}</section>"#,
            none,
            coming.iter().map(row).collect::<Vec<_>>(),
            past
        )
    })
}

/// Builds the row of a date, with the mark that the date has in the drawing.
fn row((date, target): &(WheelDate, AgendaTarget)) -> BuiltView {
    let mark = match date.kind {
        WheelDateKind::Initiative => {
            markup!(r#"<svg viewBox="-10 -10 20 20" aria-hidden="true"><circle class="dot" r="7"/></svg>"#)
        }
        WheelDateKind::Trial => {
            markup!(r#"<svg viewBox="-10 -10 20 20" aria-hidden="true"><circle class="dot trial" r="7"/></svg>"#)
        }
        WheelDateKind::Day => {
            markup!(
                r#"<svg viewBox="-10 -10 20 20" aria-hidden="true"><path class="dot" d="M0-9l9 9-9 9-9-9z"/></svg>"#
            )
        }
    };
    markup!(
        r#"<li>{}<span class="when">{}</span> <a href="{}">{}</a></li>"#,
        mark,
        date.day.danish(),
        route(target).to_string(),
        date.text.as_str()
    )
}
