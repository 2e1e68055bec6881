//! The figures of units: an overview by pejlemærke, a page for each indicator, a sheet to write in, and comparisons
//! of units.
//!
//! | file | contents |
//! | --- | --- |
//! | `mod` | the overview |
//! | `indicator` | the page of an indicator |
//! | `parts` | the parts of the page of an indicator, and the buttons that lead to them |
//! | `values` | the figures of an indicator, to write and to read |
//! | `questions` | the questions about figures out of the range of their measure |
//! | `annotations` | one figure: what it is based on, and what people say about it |
//! | `follow_up` | turns the initiative of a dialogue note into a goal or a trial |
//! | `series_details` | targets, accepted deviations, events, breaks |
//! | `own_indicators` | a unit's own indicators |
//! | `export` | figures and charts as files |
//! | `sheet` | the sheet: all indicators over several periods, to write in |
//! | `table_import` | figures from a spreadsheet |
//! | `matrix` | the figures of all units side by side |
//! | `columns` | the order of the matrix' columns |
//! | `patterns` | the patterns in a unit's figures, as a document |

mod annotations;
mod columns;
mod export;
mod follow_up;
mod indicator;
mod matrix;
mod own_indicators;
mod parts;
mod patterns;
mod questions;
mod series_details;
mod sheet;
mod table_import;
mod values;

use std::rc::Rc;

use leptos::prelude::*;

use crate::chart::spark::{common_scale, spark};
use crate::domain::id::Id;
use crate::domain::indicator::{Group, Indicator};
use crate::domain::series_analysis::SeriesAnalysis;

use crate::ui::kit::components::Drawing;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, or_empty};
use crate::ui::pages::PageResult;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;
use indicator::IndicatorPage;
use matrix::MatrixPage;
use own_indicators::NewIndicator;
use patterns::PatternsPage;
use sheet::SheetPage;
use table_import::TableImportPage;

/// Builds a page of the chunk [`Figures`](crate::ui::route::Chunk::Figures).
pub(crate) fn page(app: AppContext, route: Route) -> PageResult {
    Ok(match route {
        Route::Indikator(id) => build_view(view! { <IndicatorPage app id/> }),
        Route::Skema => build_view(view! { <SheetPage app/> }),
        Route::Hent => build_view(view! { <TableImportPage app/> }),
        Route::Enhedstal => build_view(view! { <MatrixPage app/> }),
        Route::Moenstre => build_view(view! { <PatternsPage app/> }),
        Route::Indikatorer => build_view(view! { <IndicatorOverview app/> }),
        other => return Err(other),
    })
}

/// Builds the tabs between the pages of figures.
pub(crate) fn tabs(current: &Route) -> BuiltView {
    let tabs = [
        (Route::Indikatorer, "Oversigt"),
        (Route::Skema, "Skriv tal"),
        (Route::Hent, "Hent fra regneark"),
        (Route::Enhedstal, "På tværs"),
        (Route::Moenstre, "Mønstre"),
    ];
    let links: Vec<BuiltView> = tabs
        .into_iter()
        .map(|(route, words)| {
            let address = route.to_string();
            if route == *current {
                markup!(r#"<li><a href="{}" aria-current="page">{}</a></li>"#, address, words)
            } else {
                markup!(r#"<li><a href="{}">{}</a></li>"#, address, words)
            }
        })
        .collect();
    markup!(r#"<nav aria-label="Tal"><ul class="tabs">{}</ul></nav>"#, links)
}

/// Builds a page of figures while no unit is chosen. The tabs stay, since some of the pages concern all units. `what`
/// names the content that the page shows for a unit, in Danish.
fn without_unit(app: AppContext, current: &Route, what: &str) -> BuiltView {
    let is_any_here = !app.units().is_empty();
    let (address, label) = if is_any_here {
        (Route::Enhedstal, "Se alle enheder på tværs")
    } else {
        (Route::Enheder, "Skriv din enhed")
    };
    markup!(
        r##"
        <header class="page-head">
            <h1>Indikatorer</h1>
            <p class="purpose">Tallene står aldrig alene: de åbner en samtale.</p>
        </header>
        <div class="toolbar">{}</div>
        <section class="part">
            <h2>Vælg en enhed først</h2>
            <p>Her kommer {} for den enhed, du arbejder med. {}</p>
            <p class="buttons"><a class="button primary" href="{}">{}</a><a class="button" href="#/indikatorer/hent">Hent tal fra regneark</a></p>
        </section>"##,
        tabs(current),
        what,
        if is_any_here { "Vælg den øverst på siden." } else { "Skriv, hvilken det er, eller åbn en fil." },
        address.to_string(),
        label
    )
}

/// Checkbox that switches between all known figures and those that may be published.
#[component]
pub(crate) fn PublicSwitch(app: AppContext) -> BuiltView {
    build_view(view! {
        <label class="option public-switch">
            <input
                type="checkbox"
                prop:checked=move || app.is_public.get()
                on:change:target=move |event| app.is_public.set(event.target().checked())
            />
            <span>"Offentlig visning"</span>
        </label>
    })
}

/// Builds the note on what the public view leaves out. Empty while the public view is off.
pub(crate) fn public_view_note(app: AppContext) -> BuiltView {
    dynamic_view(move || {
        or_empty(app.is_public.get().then(|| {
            markup!(r#"<p class="help">Tal, der hviler på færre end 5 personer, er skjult. Sådan ser siden ud for andre.</p>"#)
        }))
    })
}

/// Page with all indicators of the unit.
#[component]
fn IndicatorOverview(app: AppContext) -> BuiltView {
    dynamic_view(move || {
        let Some(unit) = app.unit() else { return without_unit(app, &Route::Indikatorer, "tallene") };
        let groups = {
            let unit = unit.clone();
            Memo::new(move |_| queries::figures::indicator_groups(app, &unit))
        };
        let sections = {
            let unit = unit.clone();
            dynamic_view(move || {
                build_view(groups.get().into_iter().map(|group| group_section(app, &unit, group)).collect::<Vec<_>>())
            })
        };
        markup!(
            r#"
            <header class="page-head">
                <h1>Indikatorer</h1>
                <p class="purpose">Tallene står aldrig alene: de åbner en samtale. Vælg en indikator for at se udviklingen, skrive jeres tal og det, I siger om dem.</p>
            </header>
            <div class="toolbar">{}{}</div>
            <div>{}{}{}{}</div>"#,
            tabs(&Route::Indikatorer),
            build_view(view! { <PublicSwitch app/> }),
            area_link(app),
            public_view_note(app),
            sections,
            build_view(view! { <NewIndicator app unit/> }),
        )
    })
}

/// Builds the link from the area of a chef to the figures of the units below it. Empty for other units.
fn area_link(app: AppContext) -> BuiltView {
    let is_area = Memo::new(move |_| queries::units::current_head_area(app).is_some());
    let address = Route::Enhedstal.to_string();
    dynamic_view(move || {
        or_empty(
            is_area
                .get()
                .then(|| markup!(r#"<p><a href="{}">Se tallene for enhederne under jer</a></p>"#, address.as_str())),
        )
    })
}

/// Builds the cards of a group of indicators.
fn group_section(app: AppContext, unit: &Id, group: Group) -> BuiltView {
    let class = format!("pejlemaerke {}", group.id);
    let cards: Vec<BuiltView> = group
        .indicators
        .into_iter()
        .map(|indicator| {
            let unit = unit.clone();
            dynamic_view(move || card(app, &unit, &indicator))
        })
        .collect();
    markup!(r#"<section class="{}"><h2>{}</h2><div class="cards">{}</div></section>"#, class, group.label, cards)
}

/// Builds the card of an indicator: latest figure, change, target, and missing annotations.
fn card(app: AppContext, unit: &Id, indicator: &Indicator) -> BuiltView {
    let analysis = queries::figures::analysis(app, unit, indicator);
    let address = Route::Indikator(indicator.id.clone()).to_string();
    let waits = analysis.unconfirmed_in_words();
    let waits = (!waits.is_empty()).then(|| markup!(r#"<p class="asked">{}</p>"#, waits));
    let Some(latest) = analysis.latest() else {
        return markup!(
            r#"
            <article class="card empty">
                <h3><a href="{}">{}</a></h3>
                <p class="help">Ingen tal endnu.</p>
                {}
            </article>"#,
            address,
            indicator.name.as_str(),
            waits
        );
    };
    let measure = analysis.measure();
    let figure = measure.format_figure(latest.observation.value.unwrap_or_default());
    let change = analysis.change_in_words();
    let aim = analysis.target_status().map(|aim| {
        markup!(r#"<p class="target-status {}">{}</p>"#, target_class(&aim), capitalize(&aim.in_words(measure)))
    });
    let series = queries::figures::series_id(unit, &indicator.id);
    let unheard = series
        .map(|series| queries::figures::dialogue(app, &series, latest.period).missing_voices())
        .unwrap_or_default();
    let unheard: Vec<&str> = unheard.iter().map(|unheard| unheard.danish()).collect();
    let annotation_status = if unheard.is_empty() {
        markup!(r#"<p class="annotation-state">Vurdering, stemmer og dialognote er skrevet.</p>"#)
    } else {
        markup!(r#"<p class="annotation-state">Mangler: {}</p>"#, unheard.join(", "))
    };
    markup!(
        r#"
        <article class="card">
            <h3><a href="{}">{}</a></h3>
            <div class="at-a-glance"><p class="figure"><strong>{}</strong> <span>{}</span></p>{}</div>
            <p class="change">{}</p>
            {}{}{}
        </article>"#,
        address,
        indicator.name.as_str(),
        figure,
        latest.period.danish(),
        sparkline(analysis),
        change,
        waits,
        aim,
        annotation_status
    )
}

/// Builds a small chart. The text beside the chart says the same.
fn sparkline(analysis: SeriesAnalysis) -> BuiltView {
    let svg = move || spark(&analysis, common_scale([&analysis]), None);
    build_view(view! { <Drawing svg=Rc::new(svg)/> })
}

/// Returns the CSS class for the status of a target.
fn target_class(aim: &crate::domain::series_analysis::TargetStatus) -> &'static str {
    use crate::domain::series_analysis::TargetStatus;
    match aim {
        TargetStatus::Reached(_) => "reached",
        TargetStatus::Near(_) => "near",
        TargetStatus::Accepted(..) => "accepted",
        TargetStatus::Missed(_) => "missed",
    }
}

/// Capitalizes the first letter: `målet 6 % ikke nået` becomes `Målet 6 % ikke nået`.
pub(crate) fn capitalize(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
