//! Patterns computed from the figures: for at least five units of a sector, how many moved in which direction. The
//! secretariat can take them into the package.

use leptos::prelude::*;

use crate::domain::enhed::{Enhed, EnhedKind, Sector};
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::pattern::Pattern;
use crate::domain::series_analysis::SeriesAnalysis;

use super::PackageContext;
use super::editor::add_pattern;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button, button_with_label, dynamic_view, on_click};
use crate::ui::state::queries;

/// Builds the button that computes the patterns, and the patterns found. Computing reads all figures, so it runs
/// on demand.
pub(crate) fn found_patterns(ctx: &PackageContext) -> BuiltView {
    let results = RwSignal::new(None::<Vec<String>>);
    let ctx = ctx.clone();
    let find_patterns = {
        let ctx = ctx.clone();
        move || results.set(Some(untrack(|| patterns(&ctx))))
    };
    dynamic_view(move || {
        let Some(patterns) = results.get() else {
            return markup!(
                r#"<div class="buttons">{}</div>"#,
                button("Se, hvad tallene peger på", find_patterns.clone())
            );
        };
        if patterns.is_empty() {
            return markup!(
                r##"<p class="help" role="status">Tallene viser ikke noget mønster endnu. Det kræver tal fra to perioder i mindst fem enheder af samme slags. <a href="#/indikatorer/hent">Hent tal ind</a></p>"##
            );
        }
        let rows: Vec<_> = patterns
            .into_iter()
            .map(|text| {
                let (ctx, pattern) = (ctx.clone(), text.clone());
                let take_in = on_click(move || {
                    add_pattern(&ctx, &pattern);
                    results.update(|patterns| {
                        if let Some(patterns) = patterns {
                            patterns.retain(|text| *text != pattern);
                        }
                    });
                });
                let name = format!("Tag med: {text}");
                markup!("<li><div><p>{}</p></div>{}</li>", text, button_with_label("", "Tag med", name, take_in))
            })
            .collect();
        markup!(r#"<h3>Tallene peger på</h3><ul class="proposals">{}</ul>"#, rows)
    })
}

/// Computes the patterns of each indicator for each sector, in Danish.
fn patterns(ctx: &PackageContext) -> Vec<String> {
    let app = ctx.app;
    let units: Vec<(Id, Enhed)> = app.units().into_iter().map(|(_, id)| (id.clone(), app.body(Some(&id)))).collect();
    // A unit's own indicators are left out: a pattern needs figures of many units.
    let first = units.first().map(|(id, _)| queries::figures::indicator_groups(app, id)).unwrap_or_default();
    let indicators = first.into_iter().flat_map(|group| group.indicators).filter(|indicator| !indicator.is_own);
    let mut found = Vec::new();
    for indicator in indicators {
        for sector in Sector::ALL.into_iter().filter(|sector| sector.is_compared()) {
            let of_sector = units.iter().filter(|(_, unit)| unit.kind.map(EnhedKind::sector) == Some(sector));
            let analyses: Vec<SeriesAnalysis> = of_sector.map(|(id, _)| analyse(ctx, id, &indicator)).collect();
            found.extend(
                Pattern::of(&analyses)
                    .map(|pattern| format!("{} – {}. {}.", sector.danish(), indicator.name, pattern.in_words())),
            );
        }
    }
    found
}

/// Analyses a unit's figures, with those hidden that may not be published.
fn analyse(ctx: &PackageContext, unit: &Id, indicator: &Indicator) -> SeriesAnalysis {
    let series = queries::figures::published_series(ctx.app, unit, &indicator.id);
    SeriesAnalysis::of(indicator, &series, ctx.app.today.get())
}
