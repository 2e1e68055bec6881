//! Patterns that the figures themselves show, to be taken in: of five units of a kind or more, how many went which way.

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

/// The way to look for them, and what was found. All figures are gone through, so it is done when asked for.
pub(crate) fn found_patterns(sent: &PackageContext) -> BuiltView {
    let looked = RwSignal::new(None::<Vec<String>>);
    let sent = sent.clone();
    let look = {
        let sent = sent.clone();
        move || looked.set(Some(untrack(|| patterns(&sent))))
    };
    dynamic_view(move || {
        let Some(found) = looked.get() else {
            return markup!(r#"<div class="buttons">{}</div>"#, button("Se, hvad tallene peger på", look.clone()));
        };
        if found.is_empty() {
            return markup!(
                r##"<p class="help" role="status">Tallene viser ikke noget mønster endnu. Det kræver tal fra to perioder i mindst fem enheder af samme slags. <a href="#/indikatorer/hent">Hent tal ind</a></p>"##
            );
        }
        let rows: Vec<_> = found
            .into_iter()
            .map(|words| {
                let (sent, own) = (sent.clone(), words.clone());
                let take = on_click(move || {
                    add_pattern(&sent, &own);
                    looked.update(|found| {
                        if let Some(found) = found {
                            found.retain(|words| *words != own);
                        }
                    });
                });
                let name = format!("Tag med: {words}");
                markup!("<li><div><p>{}</p></div>{}</li>", words, button_with_label("", "Tag med", name, take))
            })
            .collect();
        markup!(r#"<h3>Tallene peger på</h3><ul class="proposals">{}</ul>"#, rows)
    })
}

/// What the figures show, indicator by indicator, for each sort of unit.
fn patterns(sent: &PackageContext) -> Vec<String> {
    let desk = sent.desk;
    let units: Vec<(Id, Enhed)> = desk.units().into_iter().map(|(_, id)| (id.clone(), desk.body(Some(&id)))).collect();
    // An indicator of one unit's own is no pattern of many.
    let first = units.first().map(|(id, _)| queries::figures::indicator_groups(desk, id)).unwrap_or_default();
    let indicators = first.into_iter().flat_map(|group| group.indicators).filter(|indicator| !indicator.is_own);
    let mut found = Vec::new();
    for indicator in indicators {
        for sector in Sector::ALL {
            let of_sector = units.iter().filter(|(_, unit)| unit.kind.map(EnhedKind::sector) == Some(sector));
            let read: Vec<SeriesAnalysis> = of_sector.map(|(id, _)| read(sent, id, &indicator)).collect();
            found.extend(
                Pattern::of(&read)
                    .map(|pattern| format!("{} – {}. {}.", sector.danish(), indicator.name, pattern.in_words())),
            );
        }
    }
    found
}

/// A unit's figures as they may be published.
fn read(sent: &PackageContext, unit: &Id, indicator: &Indicator) -> SeriesAnalysis {
    let series = queries::figures::published_series(sent.desk, unit, &indicator.id);
    SeriesAnalysis::of(indicator, &series, sent.desk.today.get())
}
