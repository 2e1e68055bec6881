//! All units side by side: a matrix of units and indicators, or one indicator as a small chart for each unit.
//!
//! Units must never be ranked: they are listed in alphabetical order, never by a figure.

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
use super::{PublicSwitch, public_view_note, tabs};
use crate::ui::kit::components::Drawing;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_view, or_empty};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;

/// A unit in the matrix.
#[derive(Clone, PartialEq)]
struct MatrixRow {
    id: Id,
    name: String,
}

/// Page with the matrix, or with the charts of the chosen indicator.
#[component]
pub(crate) fn MatrixPage(app: AppContext) -> BuiltView {
    let chosen = RwSignal::new(String::new());
    let rows = Memo::new(move |_| rows(app));
    let indicators = Memo::new(move |_| {
        let unit = app.unit().or_else(|| Id::parse("ingen"));
        let groups = unit.map(|unit| queries::figures::indicator_groups(app, &unit)).unwrap_or_default();
        let all = groups.into_iter().flat_map(|group| group.indicators).collect();
        app.person.with(|person| indicator::in_order(all, &person.columns))
    });
    let body = dynamic_view(move || {
        let (rows, indicators, chosen) = (rows.get(), indicators.get(), chosen.get());
        if rows.is_empty() {
            return markup!(
                "<p>Her kommer enhederne, når der er nogen: hent et regneark med dem, eller åbn en fil.</p>"
            );
        }
        match indicators.iter().find(|indicator| indicator.id == chosen) {
            Some(indicator) => small_multiples(app, &rows, indicator),
            None => matrix(app, &rows, &indicators),
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
        <div class="toolbar">{}{}</div>
        <div class="toolbar">{}{}</div>
        <div>{}{}{}</div>"#,
        tabs(&Route::Enhedstal),
        build_view(view! { <PublicSwitch app/> }),
        build_view(view! {
            <label class="choose-kind"><span>"Vis"</span><select on:change:target=move |event| chosen.set(event.target().value())>{options}</select></label>
        }),
        area_note(app, rows),
        public_view_note(app),
        dynamic_view(move || {
            let is_matrix = chosen.with(String::is_empty) && !rows.with(Vec::is_empty);
            or_empty(is_matrix.then(|| columns(app, indicators)))
        }),
        body
    )
}

/// Returns the units in alphabetical order: all, or those of the chef's area that is the current unit.
fn rows(app: AppContext) -> Vec<MatrixRow> {
    queries::units::units_side_by_side(app).into_iter().map(|(name, id)| MatrixRow { id, name }).collect()
}

/// Builds the note that only the units of a chef's area are shown. Empty while all units are.
fn area_note(app: AppContext, rows: Memo<Vec<MatrixRow>>) -> BuiltView {
    let is_area = Memo::new(move |_| rows.with(Vec::len) < app.units().len());
    dynamic_view(move || {
        or_empty(is_area.get().then(|| {
            markup!(
                r#"<p class="help">Her står chefområdet og enhederne under det. Vælg en anden enhed øverst for at se alle.</p>"#
            )
        }))
    })
}

/// Returns the period of an indicator's column and one figure for each row. In the public view figures that may not be
/// published are hidden.
fn column(app: AppContext, rows: &[MatrixRow], indicator: &Indicator) -> (Option<Period>, Vec<Observation>) {
    let series: Vec<Series> = rows.iter().map(|row| queries::figures::series(app, &row.id, &indicator.id)).collect();
    let period = out::column_period(&series, indicator.measure);
    let missing = || Observation { state: ObservationState::Missing, ..Observation::default() };
    let figure =
        |series: &Series| period.and_then(|period| series.observations.get(&period).cloned()).unwrap_or_else(missing);
    (period, series.iter().map(figure).collect())
}

/// Builds the matrix with its export buttons.
fn matrix(app: AppContext, rows: &[MatrixRow], indicators: &[Indicator]) -> BuiltView {
    let columns: Vec<(&Indicator, Option<Period>, Vec<Observation>)> = indicators
        .iter()
        .map(|indicator| {
            let (period, cells) = column(app, rows, indicator);
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
    let table_rows: Vec<BuiltView> = rows
        .iter()
        .enumerate()
        .map(|(index, row)| {
            let cells: Vec<BuiltView> =
                columns.iter().map(|(indicator, _, cells)| figure_cell(indicator, &cells[index])).collect();
            markup!(r#"<tr><th scope="row">{}</th>{}</tr>"#, row.name.as_str(), cells)
        })
        .collect();
    let save = {
        let rows = rows.to_vec();
        let indicators = indicators.to_vec();
        move || {
            let cells = untrack(|| published_cells(app, &rows, &indicators));
            let name = "Indikatorer alle enheder.csv";
            if platform::files::save_as(name, "text/csv", &csv::write(&cells)).is_err() {
                let message = "Filen kunne ikke gemmes. Tallene er uændrede. Prøv igen.";
                app.workspace.error_message.set(Some(message.to_owned()));
            }
        }
    };
    markup!(
        r#"
        <div>
            <div class="table-scroll matrix" tabindex="0" role="group" aria-label="Enheder og indikatorer">
                <table><thead><tr><th scope="col">Enhed</th>{}</tr></thead><tbody>{}</tbody></table>
            </div>
            <div class="export"><div class="buttons">{}{}</div><p class="help">Tal, der hviler på færre end 5 personer, og tal, de kan regnes ud af, kommer aldrig med ud.</p></div>
        </div>"#,
        heads,
        table_rows,
        button("Gem tal (CSV)", save),
        button("Udskriv offentlig visning", move || {
            app.is_public.set(true);
            request_animation_frame(platform::page::print);
        })
    )
}

/// Builds the cell of a figure, or of the reason why there is none. A figure that does not count is marked.
fn figure_cell(indicator: &Indicator, observation: &Observation) -> BuiltView {
    let measure = observation.measure.unwrap_or(indicator.measure);
    let range = indicator::range(&indicator.id, measure);
    match observation.value {
        Some(value) if observation.counted(range).is_none() => {
            markup!(
                r#"<td class="none">{} <span class="asked">venter på svar</span></td>"#,
                measure.format_figure(value)
            )
        }
        Some(value) => markup!(r#"<td class="number">{}</td>"#, measure.format_figure(value)),
        None => markup!(r#"<td class="none">{}</td>"#, observation.state.danish()),
    }
}

/// Returns the matrix as a table for export, with the figures that may be published.
fn published_cells(app: AppContext, rows: &[MatrixRow], indicators: &[Indicator]) -> Cells {
    let column = |indicator: &Indicator| {
        rows.iter().map(|row| queries::figures::published_series(app, &row.id, &indicator.id)).collect::<Vec<_>>()
    };
    let columns: Vec<_> = indicators.iter().map(|indicator| (indicator, column(indicator))).collect();
    let names: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
    out::matrix(&names, &columns)
}

/// Builds a small chart of one indicator for each unit. All charts share one scale.
fn small_multiples(app: AppContext, rows: &[MatrixRow], indicator: &Indicator) -> BuiltView {
    let unit_analyses: Vec<(String, SeriesAnalysis)> = rows
        .iter()
        .map(|row| (row.name.clone(), queries::figures::analysis(app, &row.id, indicator)))
        .filter(|(_, analysis)| analysis.latest().is_some())
        .collect();
    if unit_analyses.is_empty() {
        return markup!("<p>Ingen enheder har tal på indikatoren endnu.</p>");
    }
    let scale = common_scale(unit_analyses.iter().map(|(_, analysis)| analysis));
    let items: Vec<BuiltView> = unit_analyses
        .into_iter()
        .map(|(name, analysis)| {
            let measure = analysis.measure();
            let then_and_now = analysis.overall().map_or_else(
                || {
                    analysis
                        .latest()
                        .map(|last| {
                            format!(
                                "{}: {}",
                                last.period.danish(),
                                measure.format_figure(last.observation.value.unwrap_or_default())
                            )
                        })
                        .unwrap_or_default()
                },
                |change| {
                    format!(
                        "{}: {} → {}: {}",
                        change.from.0.danish(),
                        measure.format_figure(change.from.1),
                        change.to.0.danish(),
                        measure.format_figure(change.to.1)
                    )
                },
            );
            let change_text = analysis.change_in_words();
            let svg = move || spark(&analysis, scale, None);
            markup!(
                r#"<li class="card"><h3>{}</h3>{}<p class="change-figures">{}</p><p class="change">{}</p></li>"#,
                name,
                build_view(view! { <Drawing svg=Rc::new(svg)/> }),
                then_and_now,
                change_text
            )
        })
        .collect();
    let from = indicator.measure.format_figure(scale.from);
    let caption =
        format!("Alle tegninger har samme akse, fra {from} til {}.", indicator.measure.format_figure(scale.to));
    markup!(
        r#"<section><h2>{}</h2><p class="help">{}</p><ul class="cards small-multiples">{}</ul></section>"#,
        indicator.name.as_str(),
        caption,
        items
    )
}
