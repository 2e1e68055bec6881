//! The patterns in the figures (*foranalyse*): a document to read, to print and to talk about.

use leptos::prelude::*;

use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::domain::indicator::{Group, Indicator};
use crate::domain::pattern::Pattern;
use crate::domain::series_analysis::SeriesAnalysis;

use super::{sentence, ways};
use crate::ui::kit::components::needs_unit;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button, dynamic_view};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;

/// The page.
#[component]
pub(crate) fn PatternsPage(desk: AppContext) -> BuiltView {
    dynamic_view(move || {
        let Some(unit) = desk.unit() else { return needs_unit("mønstre i tal") };
        let name = desk.body::<Enhed>(Some(&unit)).name.0;
        let sections: Vec<BuiltView> = queries::figures::indicator_groups(desk, &unit)
            .into_iter()
            .filter_map(|group| section(desk, &unit, group))
            .collect();
        let empty = sections.is_empty().then(|| markup!("<p>Mønstrene kommer, når der er tal.</p>"));
        let day = desk.today.get().danish();
        markup!(
            r#"
            <article class="document">
                <header class="page-head">
                    <h1>Mønstre i tallene</h1>
                    <p class="purpose">Foranalyse for {}, {}. Tal, der hviler på færre end 5 personer, er ikke med. Mønstrene svarer på intet: de siger, hvor det er værd at spørge.</p>
                </header>
                <div class="bar">{}{}</div>
                {}
                <div>{}</div>
            </article>"#,
            name,
            day,
            ways(&Route::Moenstre),
            button("Udskriv", platform::page::print),
            empty,
            sections
        )
    })
}

fn section(desk: AppContext, unit: &Id, group: Group) -> Option<BuiltView> {
    let items: Vec<BuiltView> =
        group.indicators.iter().filter_map(|indicator| pattern(desk, unit, indicator)).collect();
    let class = format!("goal {}", group.id);
    (!items.is_empty()).then(|| {
        markup!(r#"<section class="{}"><h2>{}</h2><ul class="patterns">{}</ul></section>"#, class, group.label, items)
    })
}

/// What is seen of an indicator: in the unit, and in all units like it.
fn pattern(desk: AppContext, unit: &Id, indicator: &Indicator) -> Option<BuiltView> {
    let today = desk.today.get();
    let read = |unit: &Id| {
        SeriesAnalysis::of(indicator, &queries::figures::published_series(desk, unit, &indicator.id), today)
    };
    let own = read(unit);
    let latest = own.latest()?.period;
    let readings: Vec<SeriesAnalysis> = queries::figures::comparable_units(desk, unit).iter().map(read).collect();
    let across = Pattern::of(&readings).map(|pattern| markup!(r#"<p class="help">{}.</p>"#, pattern.in_words()));
    let aim = own.aim().map(|aim| {
        markup!(r#"<p class="aim {}">{}</p>"#, super::aim_class(&aim), sentence(&aim.in_words(own.measure())))
    });
    let series = queries::figures::series_id(unit, &indicator.id)?;
    let unheard: Vec<&str> =
        queries::figures::dialogue(desk, &series, latest).unheard().iter().map(|unheard| unheard.danish()).collect();
    let unheard = (!unheard.is_empty()).then(|| markup!(r#"<p class="help">Mangler: {}.</p>"#, unheard.join(", ")));
    Some(markup!(
        "<li><h3>{}</h3><p><strong>{}</strong> ({})</p><div>{}{}{}</div></li>",
        indicator.name.as_str(),
        own.headline(),
        latest.danish(),
        aim,
        across,
        unheard
    ))
}
