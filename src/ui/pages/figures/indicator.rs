//! The page of an indicator: chart, figures, annotations, and the details of its series.

use std::rc::Rc;

use leptos::prelude::*;

use crate::chart::line::{LineChart, is_cut, line_chart};
use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::series::Series;
use crate::domain::series_analysis::SeriesAnalysis;

use super::annotations::Annotations;
use super::export::ExportActions;
use super::parts::{self, fold, is_open_at_first, jump_buttons};
use super::series_details::SeriesDetails;
use super::values::{FigureTable, PeriodFields};
use super::{PublicSwitch, capitalize, own_indicators, public_view_note, without_unit};
use crate::ui::kit::components::Figure;
use crate::ui::kit::markup::markup;
use crate::ui::kit::relations::indicator_relations_part;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_text, dynamic_view, or_empty};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;

/// Page of the indicator with this id, for the current unit.
#[component]
pub(crate) fn IndicatorPage(app: AppContext, id: String) -> BuiltView {
    dynamic_view(move || {
        let Some(unit) = app.unit() else { return without_unit(app, &Route::Indikatorer, "indikatorens tal") };
        // The page is rebuilt when the definition of the indicator changes, but not when a figure changes.
        let found = {
            let (unit, id) = (unit.clone(), id.clone());
            Memo::new(move |_| {
                queries::figures::find_indicator(app, &unit, &id).map(|(group, indicator)| {
                    (group.map(|group| (group.id, group.label)), indicator.measure, indicator.wanted, indicator.is_own)
                })
            })
        };
        let id = id.clone();
        dynamic_view(move || match found.get() {
            Some((group, _, _, _)) => page(app, &unit, &id, group),
            None => markup!(
                r##"
                <header class="page-head">
                    <h1>Indikatoren findes ikke</h1>
                    <p class="purpose">Måske hører den til en anden enhed, eller den er slettet.</p>
                </header>
                <p><a href="#/indikatorer">Til indikatorerne</a></p>"##
            ),
        })
    })
}

/// Builds the page. `group` is id and label of the indicator's group; an indicator of an earlier edition has none.
fn page(app: AppContext, unit: &Id, id: &str, group: Option<(String, String)>) -> BuiltView {
    let Some((_, indicator)) = untrack(|| queries::figures::find_indicator(app, unit, id)) else {
        return build_view("");
    };
    let (class, eyebrow) = group.unwrap_or_else(|| (String::new(), "Fra en tidligere udgave".to_owned()));
    let class = format!("pejlemaerke indicator-page {class}");
    let name = {
        let (unit, id) = (unit.clone(), id.to_owned());
        dynamic_text(move || {
            queries::figures::find_indicator(app, &unit, &id).map(|(_, indicator)| indicator.name).unwrap_or_default()
        })
    };
    let purpose = format!("Ønsket retning: {}. {}", indicator.wanted.danish(), indicator.about);
    markup!(
        r##"
        <article class="{}">
            <header class="page-head">
                <p class="eyebrow"><a href="#/indikatorer">Indikatorer</a> · {}</p>
                <h1>{}</h1>
                <p class="purpose">{}</p>
                {}
            </header>
            {}{}{}{}{}
        </article>"##,
        class,
        eyebrow,
        name,
        purpose,
        jump_buttons(indicator.is_own),
        build_view(view! { <FigureSection app unit=unit.clone() indicator=indicator.clone()/> }),
        build_view(view! { <Annotations app unit=unit.clone() indicator=indicator.clone()/> }),
        build_view(view! { <SeriesDetails app unit=unit.clone() indicator=indicator.clone()/> }),
        indicator_relations_part(app, unit, id),
        own_indicators::own_indicator_form(app, indicator.is_own, id),
    )
}

/// Section with the headline and the chart, and section with the figures and the export buttons.
#[component]
fn FigureSection(app: AppContext, unit: Id, indicator: Indicator) -> BuiltView {
    let shows_full_axis = RwSignal::new(false);
    let series: Rc<dyn Fn() -> Series> = {
        let (unit, id) = (unit.clone(), indicator.id.clone());
        Rc::new(move || queries::figures::series(app, &unit, &id))
    };
    let analysis: Rc<dyn Fn() -> SeriesAnalysis> = {
        let (series, indicator) = (Rc::clone(&series), indicator.clone());
        Rc::new(move || SeriesAnalysis::of(&indicator, &series(), app.today.get()))
    };
    let svg = {
        let (series, analysis, unit) = (Rc::clone(&series), Rc::clone(&analysis), unit.clone());
        move || {
            let analysis = analysis();
            // Without figures there is no chart.
            if analysis.latest().is_none() {
                return String::new();
            }
            let events: Vec<Date> = series().events.keys().copied().collect();
            let medians = queries::figures::medians(app, &unit, &analysis);
            line_chart(&LineChart {
                analysis: &analysis,
                events: &events,
                medians: &medians,
                shows_full_axis: shows_full_axis.get(),
            })
        }
    };
    let caption = {
        let (analysis, unit) = (Rc::clone(&analysis), unit.clone());
        move || caption(app, &unit, &analysis(), shows_full_axis.get())
    };
    let headline = {
        let analysis = Rc::clone(&analysis);
        dynamic_text(move || analysis().headline())
    };
    let legend = {
        let (series, analysis) = (Rc::clone(&series), Rc::clone(&analysis));
        dynamic_view(move || chart_legend(&series(), &analysis()))
    };
    let notes: Rc<dyn Fn(crate::domain::period::Period) -> String> = {
        let series = Rc::clone(&series);
        Rc::new(move |period| series().notes.get(&period).map(|note| note.0.clone()).unwrap_or_default())
    };
    let full_axis_switch = build_view(view! {
        <label class="option">
            <input type="checkbox" prop:checked=move || shows_full_axis.get() on:change:target=move |event| shows_full_axis.set(event.target().checked())/>
            <span>"Vis hele aksen"</span>
        </label>
    });
    markup!(
        r#"
        <section class="indicator-chart" aria-label="Udviklingen">
            <h2 class="headline">{}</h2>
            {}
            {}
            {}
            <div class="toolbar">{}{}</div>
        </section>
        <section class="part" id="{}">
            <h2 class="no-print">Skriv tal</h2>
            {}
            {}
            {}
        </section>"#,
        headline,
        public_view_note(app),
        build_view(view! { <Figure svg=Rc::new(svg) caption=Rc::new(caption)/> }),
        legend,
        build_view(view! { <PublicSwitch app/> }),
        or_empty(indicator.measure.range().map(|_| full_axis_switch)),
        parts::FIGURES,
        build_view(view! { <PeriodFields app unit=unit.clone() indicator=indicator.clone()/> }),
        fold(
            "part-table",
            "Tallene i en tabel",
            is_open_at_first(false),
            build_view(view! { <FigureTable analysis=Rc::clone(&analysis) notes/> })
        ),
        build_view(view! { <ExportActions app unit indicator/> }),
    )
}

/// Returns the caption of the chart: unit of measurement, figures that wait for an answer, cut axis, uncertainty,
/// medians.
fn caption(app: AppContext, unit: &Id, analysis: &SeriesAnalysis, shows_full_axis: bool) -> String {
    let measure = analysis.measure().danish();
    let mut words = format!("Måles i {measure}.");
    let waits = analysis.unconfirmed_in_words();
    if !waits.is_empty() {
        words.extend([" ", &waits, "."]);
    }
    if analysis.latest().is_none() {
        words.push_str(" Linjen kommer, når der er tal.");
        return words;
    }
    let unmarked_chart = LineChart { analysis, events: &[], medians: &[], shows_full_axis };
    if is_cut(&unmarked_chart) {
        words.push_str(" Aksen viser et udsnit.");
    }
    if analysis.points.iter().any(|point| analysis.interval(point).is_some()) {
        words.push_str(" De lodrette streger viser, hvor usikkert tallet er (95 %).");
    }
    if !queries::figures::medians(app, unit, analysis).is_empty() {
        words.push_str(" De grå linjer er medianen af enheder som jeres: fem eller flere.");
    }
    words
}

/// Builds the status of the target, and the legend of the chart's marks for events and breaks.
fn chart_legend(series: &Series, analysis: &SeriesAnalysis) -> BuiltView {
    let measure = analysis.measure();
    let aim = analysis.target_status().map(|aim| {
        markup!(r#"<p class="target-status {}">{}</p>"#, super::target_class(&aim), capitalize(&aim.in_words(measure)))
    });
    let events: Vec<BuiltView> = series
        .events
        .iter()
        .enumerate()
        .map(|(index, (day, text))| {
            markup!(
                r#"<li><span class="flag-number">{}</span> {}: {}</li>"#,
                (index + 1).to_string(),
                day.danish(),
                text.as_str()
            )
        })
        .collect();
    let events =
        (!events.is_empty()).then(|| markup!(r#"<ul class="chart-notes" aria-label="Begivenheder">{}</ul>"#, events));
    let breaks: Vec<BuiltView> = series
        .breaks
        .iter()
        .map(|(period, text)| markup!("<li>Opgjort anderledes fra {}: {}</li>", period.danish(), text.as_str()))
        .collect();
    let breaks = (!breaks.is_empty()).then(|| markup!(r#"<ul class="chart-notes" aria-label="Brud">{}</ul>"#, breaks));
    markup!(r#"<div class="beside-drawing">{}{}{}</div>"#, aim, events, breaks)
}
