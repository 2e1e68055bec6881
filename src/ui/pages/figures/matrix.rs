//! Units beside one another: a matrix of units and indicators, and one indicator for all units in small drawings.
//!
//! Nothing here is ever ranked: units stand in the order of the alphabet, or as the user puts them, never by a figure.

use std::rc::Rc;

use leptos::prelude::*;

use crate::chart::spark::{common_scale, spark};
use crate::domain::id::Id;
use crate::domain::indicator::{self, Indicator};
use crate::domain::period::Period;
use crate::domain::series::{Observation, ObservationState, Series};
use crate::domain::series_analysis::SeriesAnalysis;
use crate::exchange::table::{Cells, csv, out};

use super::columns::columns;
use super::{PublicSwitch, public_words, ways};
use crate::ui::kit::components::Drawing;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_view, or_empty};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;

/// A unit as it stands in the matrix.
#[derive(Clone, PartialEq)]
struct MatrixRow {
    id: Id,
    name: String,
}

/// The page.
#[component]
pub(crate) fn MatrixPage(desk: AppContext) -> BuiltView {
    let chosen = RwSignal::new(String::new());
    let rows = Memo::new(move |_| rows(desk));
    let indicators = Memo::new(move |_| {
        let unit = desk.unit().or_else(|| Id::parse("ingen"));
        let groups = unit.map(|unit| queries::figures::indicator_groups(desk, &unit)).unwrap_or_default();
        let all = groups.into_iter().flat_map(|group| group.indicators).collect();
        desk.person.with(|person| indicator::in_order(all, &person.columns))
    });
    let body = dynamic_view(move || {
        let (rows, indicators, chosen) = (rows.get(), indicators.get(), chosen.get());
        if rows.is_empty() {
            return markup!(
                "<p>Her kommer enhederne, når der er nogen: hent et regneark med dem, eller åbn en fil.</p>"
            );
        }
        match indicators.iter().find(|indicator| indicator.id == chosen) {
            Some(indicator) => multiples(desk, &rows, indicator),
            None => matrix(desk, &rows, &indicators),
        }
    });
    let options = dynamic_view(move || {
        let all = std::iter::once((String::new(), "Alle indikatorer".to_owned()))
            .chain(indicators.get().into_iter().map(|indicator| (indicator.id, indicator.name)));
        build_view(all.map(|(id, name)| markup!(r#"<option value="{}">{}</option>"#, id, name)).collect::<Vec<_>>())
    });
    markup!(
        r#"
        <header class="page-head">
            <h1>Enheder ved siden af hinanden</h1>
            <p class="purpose">Se mønstre på tværs, og find nogen at spørge. Enhederne står alfabetisk og bliver aldrig rangordnet: tallene kender ikke børnene, vilkårene eller historien bag.</p>
        </header>
        <div class="bar">{}{}</div>
        <div class="bar">{}{}</div>
        <div>{}{}</div>"#,
        ways(&Route::Enhedstal),
        build_view(view! { <PublicSwitch desk/> }),
        build_view(view! {
            <label class="choose-kind"><span>"Vis"</span><select on:change:target=move |event| chosen.set(event.target().value())>{options}</select></label>
        }),
        public_words(desk),
        dynamic_view(move || {
            let is_matrix = chosen.with(String::is_empty) && !rows.with(Vec::is_empty);
            or_empty(is_matrix.then(|| columns(desk, indicators)))
        }),
        body
    )
}

fn rows(desk: AppContext) -> Vec<MatrixRow> {
    desk.units().into_iter().map(|(name, id)| MatrixRow { id, name }).collect()
}

/// The figures of a column as they are shown: as they are known here, or as they may be published.
fn column(desk: AppContext, rows: &[MatrixRow], indicator: &Indicator) -> (Option<Period>, Vec<Observation>) {
    let series: Vec<Series> = rows.iter().map(|row| queries::figures::series(desk, &row.id, &indicator.id)).collect();
    let period = out::column_period(&series);
    let nothing = || Observation { state: ObservationState::Missing, ..Observation::default() };
    let figure =
        |series: &Series| period.and_then(|period| series.observations.get(&period).cloned()).unwrap_or_else(nothing);
    (period, series.iter().map(figure).collect())
}

fn matrix(desk: AppContext, rows: &[MatrixRow], indicators: &[Indicator]) -> BuiltView {
    let columns: Vec<(&Indicator, Option<Period>, Vec<Observation>)> = indicators
        .iter()
        .map(|indicator| {
            let (period, cells) = column(desk, rows, indicator);
            (indicator, period, cells)
        })
        .filter(|(indicator, period, _)| period.is_some() || !indicator.is_own)
        .collect();
    let heads: Vec<BuiltView> = columns
        .iter()
        .map(|(indicator, period, _)| {
            markup!(
                r#"<th scope="col">{} <span class="help">{} {}</span></th>"#,
                indicator.name.as_str(),
                period.map(Period::danish).unwrap_or_default(),
                indicator.measure.danish()
            )
        })
        .collect();
    let lines: Vec<BuiltView> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let cells: Vec<BuiltView> =
                columns.iter().map(|(indicator, _, cells)| figure_cell(indicator, &cells[at])).collect();
            markup!(r#"<tr><th scope="row">{}</th>{}</tr>"#, row.name.as_str(), cells)
        })
        .collect();
    let saved = {
        let rows = rows.to_vec();
        let indicators = indicators.to_vec();
        move || {
            let cells = untrack(|| cells(desk, &rows, &indicators));
            // A file that could not be handed out is asked for again.
            drop(platform::files::save_as("Indikatorer alle enheder.csv", "text/csv", &csv::write(&cells)));
        }
    };
    markup!(
        r#"
        <div>
            <div class="wide matrix" tabindex="0" role="group" aria-label="Enheder og indikatorer">
                <table><thead><tr><th scope="col">Enhed</th>{}</tr></thead><tbody>{}</tbody></table>
            </div>
            <div class="out"><div class="buttons">{}{}</div><p class="help">Tal, der hviler på færre end 5 personer, og tal, de kan regnes ud af, kommer aldrig med ud.</p></div>
        </div>"#,
        heads,
        lines,
        button("Gem tal (CSV)", saved),
        button("Udskriv offentlig visning", move || {
            desk.is_public.set(true);
            request_animation_frame(platform::page::print);
        })
    )
}

fn figure_cell(indicator: &Indicator, own: &Observation) -> BuiltView {
    let measure = own.measure.unwrap_or(indicator.measure);
    match own.value {
        Some(value) => markup!(r#"<td class="number">{}</td>"#, measure.figure(value)),
        None => markup!(r#"<td class="none">{}</td>"#, own.state.danish()),
    }
}

/// The matrix as a table, as it may be published.
fn cells(desk: AppContext, rows: &[MatrixRow], indicators: &[Indicator]) -> Cells {
    let column = |indicator: &Indicator| {
        rows.iter().map(|row| queries::figures::published_series(desk, &row.id, &indicator.id)).collect::<Vec<_>>()
    };
    let columns: Vec<_> = indicators.iter().map(|indicator| (indicator, column(indicator))).collect();
    let names: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
    out::matrix(&names, &columns)
}

/// One indicator for all units: small drawings in one scale, and then beside now.
fn multiples(desk: AppContext, rows: &[MatrixRow], indicator: &Indicator) -> BuiltView {
    let readings: Vec<(String, SeriesAnalysis)> = rows
        .iter()
        .map(|row| (row.name.clone(), queries::figures::analysis(desk, &row.id, indicator)))
        .filter(|(_, reading)| reading.latest().is_some())
        .collect();
    if readings.is_empty() {
        return markup!("<p>Ingen enheder har tal på indikatoren endnu.</p>");
    }
    let scale = common_scale(readings.iter().map(|(_, reading)| reading));
    let items: Vec<BuiltView> = readings
        .into_iter()
        .map(|(name, reading)| {
            let measure = reading.measure();
            let then_and_now = reading.overall().map_or_else(
                || {
                    reading
                        .latest()
                        .map(|last| {
                            format!(
                                "{}: {}",
                                last.period.danish(),
                                measure.figure(last.observation.value.unwrap_or_default())
                            )
                        })
                        .unwrap_or_default()
                },
                |change| {
                    format!(
                        "{}: {} → {}: {}",
                        change.from.0.danish(),
                        measure.figure(change.from.1),
                        change.to.0.danish(),
                        measure.figure(change.to.1)
                    )
                },
            );
            let words = reading.change_in_words();
            let svg = move || spark(&reading, scale, None);
            markup!(
                r#"<li class="card"><h3>{}</h3>{}<p class="then">{}</p><p class="change">{}</p></li>"#,
                name,
                build_view(view! { <Drawing svg=Rc::new(svg)/> }),
                then_and_now,
                words
            )
        })
        .collect();
    let from = indicator.measure.figure(scale.from);
    let caption = format!("Alle tegninger har samme akse, fra {from} til {}.", indicator.measure.figure(scale.to));
    markup!(
        r#"<section><h2>{}</h2><p class="help">{}</p><ul class="cards multiples">{}</ul></section>"#,
        indicator.name.as_str(),
        caption,
        items
    )
}
