//! The patterns in a unit's figures (*foranalyse*): a document to read, to print and to discuss. It must never
//! show a figure that may not be published.

use leptos::prelude::*;

use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::domain::indicator::{Group, Indicator};
use crate::domain::pattern::Pattern;
use crate::domain::samtale::worsening::worsening_in_words;
use crate::domain::series_analysis::SeriesAnalysis;

use super::{capitalize, tabs, without_unit};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button, dynamic_view};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;

/// Page of the document for the current unit.
#[component]
pub(crate) fn PatternsPage(app: AppContext) -> BuiltView {
    dynamic_view(move || {
        let Some(unit) = app.unit() else { return without_unit(app, &Route::Moenstre, "mønstrene i tallene") };
        let name = app.body::<Enhed>(Some(&unit)).name.0;
        let sections: Vec<BuiltView> = queries::figures::indicator_groups(app, &unit)
            .into_iter()
            .filter_map(|group| group_section(app, &unit, group))
            .collect();
        let empty = sections.is_empty().then(|| markup!("<p>Mønstrene kommer, når der er tal.</p>"));
        let day = app.today.get().danish();
        markup!(
            r#"
            <article>
                <header class="page-head">
                    <h1>Mønstre i tallene</h1>
                    <p class="purpose">Foranalyse for {}, {}. Tal, der hviler på færre end 5 personer, er ikke med. Mønstrene svarer på intet: de siger, hvor det er værd at spørge.</p>
                </header>
                <div class="toolbar">{}{}</div>
                {}
                <div>{}</div>
            </article>"#,
            name,
            day,
            tabs(&Route::Moenstre),
            button("Udskriv", platform::page::print),
            empty,
            sections
        )
    })
}

/// Builds the patterns of a group of indicators. `None` if none has figures.
fn group_section(app: AppContext, unit: &Id, group: Group) -> Option<BuiltView> {
    let items: Vec<BuiltView> = group.indicators.iter().filter_map(|indicator| pattern(app, unit, indicator)).collect();
    let class = format!("pejlemaerke {}", group.id);
    (!items.is_empty()).then(|| {
        markup!(r#"<section class="{}"><h2>{}</h2><ul class="patterns">{}</ul></section>"#, class, group.label, items)
    })
}

/// Builds the pattern of an indicator: the unit's figures, the comparable units, the target, and missing annotations.
/// `None` if the unit has no figures.
fn pattern(app: AppContext, unit: &Id, indicator: &Indicator) -> Option<BuiltView> {
    let today = app.today.get();
    let analyse =
        |unit: &Id| SeriesAnalysis::of(indicator, &queries::figures::published_series(app, unit, &indicator.id), today);
    let analysis = analyse(unit);
    let latest = analysis.latest()?.period;
    let comparable_analyses: Vec<SeriesAnalysis> =
        queries::figures::comparable_units(app, unit).iter().map(analyse).collect();
    let comparison =
        Pattern::of(&comparable_analyses).map(|pattern| markup!(r#"<p class="help">{}.</p>"#, pattern.in_words()));
    let aim = analysis.target_status().map(|aim| {
        markup!(
            r#"<p class="target-status {}">{}</p>"#,
            super::target_class(&aim),
            capitalize(&aim.in_words(analysis.measure()))
        )
    });
    let worsening = worsening_in_words(&analysis).map(|words| markup!("<p>{}</p>", words));
    let series = queries::figures::series_id(unit, &indicator.id)?;
    let unheard: Vec<&str> = queries::figures::dialogue(app, &series, latest)
        .missing_voices()
        .iter()
        .map(|unheard| unheard.danish())
        .collect();
    let unheard = (!unheard.is_empty()).then(|| markup!(r#"<p class="help">Mangler: {}.</p>"#, unheard.join(", ")));
    Some(markup!(
        "<li><h3>{}</h3><p><strong>{}</strong> ({})</p><div>{}{}{}{}</div></li>",
        indicator.name.as_str(),
        analysis.headline(),
        latest.danish(),
        worsening,
        aim,
        comparison,
        unheard
    ))
}
