//! The figures of a unit: an overview by pejlemærke, a page for each indicator, a sheet to write in.
//!
//! | file | idea |
//! | --- | --- |
//! | `mod` | the overview |
//! | `indicator` | an indicator: drawing, figures, what is said of it |
//! | `sheet` | the sheet: all indicators over several periods, to write in |
//! | `table_import` | figures from a spreadsheet |
//! | `patterns` | the patterns, as a document |
//! | `matrix` | units beside one another |
//! | `values` | the figures of an indicator, to write and to read |
//! | `annotations` | one figure: what it rests on, and what people say of it |
//! | `series_details` | targets, breaks, events, accepted deviations |
//! | `export` | figures and drawings as files |

mod annotations;
mod columns;
mod export;
mod follow_up;
mod indicator;
mod matrix;
mod own_indicators;
mod patterns;
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
use crate::ui::kit::components::needs_unit;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, or_empty};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;
use indicator::IndicatorPage;
use matrix::MatrixPage;
use own_indicators::NewIndicator;
use patterns::PatternsPage;
use sheet::SheetPage;
use table_import::TableImportPage;

/// The page of figures at a route.
pub(crate) fn page(desk: AppContext, route: Route) -> BuiltView {
    match route {
        Route::Indikator(id) => build_view(view! { <IndicatorPage desk id/> }),
        Route::Skema => build_view(view! { <SheetPage desk/> }),
        Route::Hent => build_view(view! { <TableImportPage desk/> }),
        Route::Enhedstal => build_view(view! { <MatrixPage desk/> }),
        Route::Moenstre => build_view(view! { <PatternsPage desk/> }),
        _ => build_view(view! { <Indikatorer desk/> }),
    }
}

/// The pages of figures, as one goes from one to another.
pub(crate) fn ways(current: &Route) -> BuiltView {
    let ways = [
        (Route::Indikatorer, "Oversigt"),
        (Route::Skema, "Skriv tal"),
        (Route::Hent, "Hent fra regneark"),
        (Route::Enhedstal, "På tværs"),
        (Route::Moenstre, "Mønstre"),
    ];
    let links: Vec<BuiltView> = ways
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

/// The switch between what is known here and what may be published.
#[component]
pub(crate) fn PublicSwitch(desk: AppContext) -> BuiltView {
    build_view(view! {
        <label class="option public-switch">
            <input
                type="checkbox"
                prop:checked=move || desk.is_public.get()
                on:change:target=move |event| desk.is_public.set(event.target().checked())
            />
            <span>"Offentlig visning"</span>
        </label>
    })
}

/// What the public view leaves out, while it is on.
pub(crate) fn public_words(desk: AppContext) -> BuiltView {
    dynamic_view(move || {
        or_empty(desk.is_public.get().then(|| {
            markup!(r#"<p class="help">Tal, der hviler på færre end 5 personer, er skjult. Sådan ser siden ud for andre.</p>"#)
        }))
    })
}

/// The overview.
#[component]
fn Indikatorer(desk: AppContext) -> BuiltView {
    dynamic_view(move || {
        let Some(unit) = desk.unit() else { return needs_unit("tal") };
        let groups = {
            let unit = unit.clone();
            Memo::new(move |_| queries::figures::indicator_groups(desk, &unit))
        };
        let sections = {
            let unit = unit.clone();
            dynamic_view(move || {
                build_view(groups.get().into_iter().map(|group| section(desk, &unit, group)).collect::<Vec<_>>())
            })
        };
        markup!(
            r#"
            <header class="page-head">
                <h1>Indikatorer</h1>
                <p class="purpose">Tallene står aldrig alene: de åbner en samtale. Vælg en indikator for at se udviklingen, skrive jeres tal og det, I siger om dem.</p>
            </header>
            <div class="bar">{}{}</div>
            <div>{}{}{}</div>"#,
            ways(&Route::Indikatorer),
            build_view(view! { <PublicSwitch desk/> }),
            public_words(desk),
            sections,
            build_view(view! { <NewIndicator desk unit/> }),
        )
    })
}

fn section(desk: AppContext, unit: &Id, group: Group) -> BuiltView {
    let class = format!("goal {}", group.id);
    let cards: Vec<BuiltView> = group
        .indicators
        .into_iter()
        .map(|indicator| {
            let unit = unit.clone();
            dynamic_view(move || card(desk, &unit, &indicator))
        })
        .collect();
    markup!(r#"<section class="{}"><h2>{}</h2><div class="cards">{}</div></section>"#, class, group.label, cards)
}

/// An indicator at a glance.
fn card(desk: AppContext, unit: &Id, indicator: &Indicator) -> BuiltView {
    let reading = queries::figures::analysis(desk, unit, indicator);
    let address = Route::Indikator(indicator.id.clone()).to_string();
    let Some(latest) = reading.latest() else {
        return markup!(
            r#"
            <article class="card empty">
                <h3><a href="{}">{}</a></h3>
                <p class="help">Ingen tal endnu.</p>
            </article>"#,
            address,
            indicator.name.as_str()
        );
    };
    let measure = reading.measure();
    let figure = measure.figure(latest.observation.value.unwrap_or_default());
    let change = reading.change_in_words();
    let aim = reading
        .aim()
        .map(|aim| markup!(r#"<p class="aim {}">{}</p>"#, aim_class(&aim), sentence(&aim.in_words(measure))));
    let series = queries::figures::series_id(unit, &indicator.id);
    let unheard =
        series.map(|series| queries::figures::dialogue(desk, &series, latest.period).unheard()).unwrap_or_default();
    let unheard: Vec<&str> = unheard.iter().map(|unheard| unheard.danish()).collect();
    let heard = if unheard.is_empty() {
        markup!(r#"<p class="heard">Vurdering, stemmer og dialognote er skrevet.</p>"#)
    } else {
        markup!(r#"<p class="heard missing">Mangler: {}</p>"#, unheard.join(", "))
    };
    markup!(
        r#"
        <article class="card">
            <h3><a href="{}">{}</a></h3>
            <div class="at-a-glance"><p class="figure"><strong>{}</strong> <span>{}</span></p>{}</div>
            <p class="change">{}</p>
            {}{}
        </article>"#,
        address,
        indicator.name.as_str(),
        figure,
        latest.period.danish(),
        small_drawing(reading),
        change,
        aim,
        heard
    )
}

/// A drawing beside words that say the same.
fn small_drawing(reading: SeriesAnalysis) -> BuiltView {
    let svg = move || spark(&reading, common_scale([&reading]), None);
    build_view(view! { <Drawing svg=Rc::new(svg)/> })
}

fn aim_class(aim: &crate::domain::series_analysis::TargetStatus) -> &'static str {
    use crate::domain::series_analysis::TargetStatus;
    match aim {
        TargetStatus::Reached(_) => "reached",
        TargetStatus::Near(_) => "near",
        TargetStatus::Accepted(..) => "accepted",
        TargetStatus::Missed(_) => "missed",
    }
}

/// Words as a sentence of their own: `Målet 6 % ikke nået`.
pub(crate) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
