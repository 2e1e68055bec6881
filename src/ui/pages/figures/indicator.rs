//! An indicator: what is seen, the figures, and everything that is said about them.

use std::rc::Rc;

use leptos::prelude::*;

use crate::chart::line::{LineChart, is_cut, line};
use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::series::Series;
use crate::domain::series_analysis::SeriesAnalysis;

use super::annotations::Annotations;
use super::export::ExportActions;
use super::series_details::SeriesDetails;
use super::values::{Twin, Years};
use super::{PublicSwitch, own_indicators, public_words, sentence};
use crate::ui::kit::components::Figure;
use crate::ui::kit::components::needs_unit;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_text, dynamic_view, or_empty};
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;

/// The page of an indicator.
#[component]
pub(crate) fn IndicatorPage(desk: AppContext, id: String) -> BuiltView {
    dynamic_view(move || {
        let Some(unit) = desk.unit() else { return needs_unit("tal") };
        // It is built anew when what the indicator is changes, and not with every figure.
        let found = {
            let (unit, id) = (unit.clone(), id.clone());
            Memo::new(move |_| {
                queries::figures::find_indicator(desk, &unit, &id).map(|(group, indicator)| {
                    (group.map(|group| (group.id, group.label)), indicator.measure, indicator.wanted, indicator.is_own)
                })
            })
        };
        let id = id.clone();
        dynamic_view(move || match found.get() {
            Some((group, _, _, _)) => page(desk, &unit, &id, group),
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

fn page(desk: AppContext, unit: &Id, id: &str, group: Option<(String, String)>) -> BuiltView {
    let Some((_, indicator)) = untrack(|| queries::figures::find_indicator(desk, unit, id)) else {
        return build_view("");
    };
    let (class, eyebrow) = group.unwrap_or_else(|| (String::new(), "Fra en tidligere udgave".to_owned()));
    let class = format!("goal indicator-page {class}");
    let name = {
        let (unit, id) = (unit.clone(), id.to_owned());
        dynamic_text(move || {
            queries::figures::find_indicator(desk, &unit, &id).map(|(_, indicator)| indicator.name).unwrap_or_default()
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
            </header>
            {}{}{}{}
        </article>"##,
        class,
        eyebrow,
        name,
        purpose,
        build_view(view! { <Seen desk unit=unit.clone() indicator=indicator.clone()/> }),
        build_view(view! { <Annotations desk unit=unit.clone() indicator=indicator.clone()/> }),
        build_view(view! { <SeriesDetails desk unit=unit.clone() indicator=indicator.clone()/> }),
        own_indicators::about(desk, indicator.is_own, id),
    )
}

/// What is seen: the drawing under its headline, the figures, and the ways out.
#[component]
fn Seen(desk: AppContext, unit: Id, indicator: Indicator) -> BuiltView {
    let is_whole = RwSignal::new(false);
    let series: Rc<dyn Fn() -> Series> = {
        let (unit, id) = (unit.clone(), indicator.id.clone());
        Rc::new(move || queries::figures::series(desk, &unit, &id))
    };
    let reading: Rc<dyn Fn() -> SeriesAnalysis> = {
        let (series, indicator) = (Rc::clone(&series), indicator.clone());
        Rc::new(move || SeriesAnalysis::of(&indicator, &series(), desk.today.get()))
    };
    let svg = {
        let (series, reading, unit) = (Rc::clone(&series), Rc::clone(&reading), unit.clone());
        move || {
            let reading = reading();
            // Axes without figures say nothing.
            if reading.latest().is_none() {
                return String::new();
            }
            let events: Vec<Date> = series().events.keys().copied().collect();
            let medians = queries::figures::medians(desk, &unit, &reading);
            line(&LineChart { reading: &reading, events: &events, medians: &medians, is_whole: is_whole.get() })
        }
    };
    let caption = {
        let (reading, unit) = (Rc::clone(&reading), unit.clone());
        move || caption(desk, &unit, &reading(), is_whole.get())
    };
    let headline = {
        let reading = Rc::clone(&reading);
        dynamic_text(move || reading().headline())
    };
    let more = {
        let (series, reading) = (Rc::clone(&series), Rc::clone(&reading));
        dynamic_view(move || beside(&series(), &reading()))
    };
    let notes: Rc<dyn Fn(crate::domain::period::Period) -> String> = {
        let series = Rc::clone(&series);
        Rc::new(move |period| series().notes.get(&period).map(|note| note.0.clone()).unwrap_or_default())
    };
    let whole_switch = build_view(view! {
        <label class="option">
            <input type="checkbox" prop:checked=move || is_whole.get() on:change:target=move |event| is_whole.set(event.target().checked())/>
            <span>"Vis hele aksen"</span>
        </label>
    });
    markup!(
        r#"
        <section class="seen" aria-label="Udviklingen">
            <h2 class="headline">{}</h2>
            <div class="bar">{}{}</div>
            {}
            {}
            {}
            <h3 class="no-print">Skriv tal</h3>
            {}
            {}
            {}
        </section>"#,
        headline,
        build_view(view! { <PublicSwitch desk/> }),
        or_empty(indicator.measure.range().map(|_| whole_switch)),
        public_words(desk),
        build_view(view! { <Figure svg=Rc::new(svg) caption=Rc::new(caption)/> }),
        more,
        build_view(view! { <Years desk unit=unit.clone() indicator=indicator.clone()/> }),
        build_view(view! { <Twin reading=Rc::clone(&reading) notes/> }),
        build_view(view! { <ExportActions desk unit indicator/> }),
    )
}

/// What has to be known to read the drawing.
fn caption(desk: AppContext, unit: &Id, reading: &SeriesAnalysis, is_whole: bool) -> String {
    let measure = reading.measure().danish();
    if reading.latest().is_none() {
        return format!("Måles i {measure}. Linjen kommer, når der er tal.");
    }
    let mut words = format!("Måles i {measure}.");
    let plain = LineChart { reading, events: &[], medians: &[], is_whole };
    if is_cut(&plain) {
        words.push_str(" Aksen viser et udsnit.");
    }
    if reading.points.iter().any(|point| reading.interval(point).is_some()) {
        words.push_str(" De lodrette streger viser, hvor usikkert tallet er (95 %).");
    }
    if !queries::figures::medians(desk, unit, reading).is_empty() {
        words.push_str(" De grå linjer er medianen af enheder som jeres: fem eller flere.");
    }
    words
}

/// What the drawing's marks mean, and how the figure stands to its target.
fn beside(series: &Series, reading: &SeriesAnalysis) -> BuiltView {
    let measure = reading.measure();
    let aim = reading
        .aim()
        .map(|aim| markup!(r#"<p class="aim {}">{}</p>"#, super::aim_class(&aim), sentence(&aim.in_words(measure))));
    let events: Vec<BuiltView> = series
        .events
        .iter()
        .enumerate()
        .map(|(index, (day, what))| {
            markup!(
                r#"<li><span class="flag-number">{}</span> {}: {}</li>"#,
                (index + 1).to_string(),
                day.danish(),
                what.as_str()
            )
        })
        .collect();
    let events =
        (!events.is_empty()).then(|| markup!(r#"<ul class="marks" aria-label="Begivenheder">{}</ul>"#, events));
    let breaks: Vec<BuiltView> = series
        .breaks
        .iter()
        .map(|(period, what)| markup!("<li>Opgjort anderledes fra {}: {}</li>", period.danish(), what.as_str()))
        .collect();
    let breaks = (!breaks.is_empty()).then(|| markup!(r#"<ul class="marks" aria-label="Brud">{}</ul>"#, breaks));
    markup!(r#"<div class="beside-drawing">{}{}{}</div>"#, aim, events, breaks)
}
