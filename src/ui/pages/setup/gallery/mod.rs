//! The component gallery: every component in all its states, on a page without incoming links, for judging the design
//! and for screenshots.

mod messages;

use std::rc::Rc;

use leptos::prelude::*;

use crate::chart::line::{LineChart, line_chart};
use crate::domain::date::Date;
use crate::domain::fundament::{self, Edition};
use crate::domain::period::Period;
use crate::domain::series::{Observation, ObservationState, Series};
use crate::domain::series_analysis::SeriesAnalysis;

use crate::ui::kit::components::{Field, FieldType, Figure, RadioGroup, icon};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view};
use crate::ui::route::NavItem;

/// The gallery.
#[component]
pub(crate) fn GalleryPage() -> BuiltView {
    let picked = RwSignal::new(Some(1));
    let field = |id: &str,
                 label: &'static str,
                 help: &'static str,
                 value: &str,
                 error: Option<&str>,
                 sort: FieldType| {
        let (value, error) = (value.to_owned(), RwSignal::new(error.map(str::to_owned)));
        build_view(
            view! { <Field id=id.to_owned() label help value=Rc::new(move || value.clone()) error sort on_event=Rc::new(|_| ())/> },
        )
    };
    let (chart, rows) = absence();
    let status = view! {
        <RadioGroup
            id="g6"
            legend="Status"
            options=vec!["Ikke begyndt", "Begyndt", "Gjort"]
            value=Rc::new(move || picked.get())
            on_pick=Rc::new(move |index| picked.set(Some(index)))
        />
    };
    let caption = || "Fravær, 2021/22 til 2025/26. Måles i %. Aksen viser et udsnit.".to_owned();
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow">Galleri</p>
            <h1>Det, siderne er lavet af</h1>
            <p class="purpose">Hver del i alle sine tilstande. Her bedømmes udseendet, lyst, mørkt og på papir.</p>
        </header>
        <div class="gallery">
            <section class="part">
                <h2>Knapper</h2>
                <div class="buttons">
                    <button type="button" class="primary">Gem sikkerhedskopi</button>
                    <button type="button">Åbn fil</button>
                    <button type="button" class="quiet">Spring over</button>
                    <button type="button" disabled>Kan ikke nu</button>
                    <a class="button" href="#/galleri">Et link</a>
                </div>
            </section>
            <section class="part form"><h2>Felter</h2>{}{}{}{}{}{}</section>
            <section class="part">
                <h2>Figur med tabel</h2>
                {}
                <table>
                    <caption>Fravær</caption>
                    <thead><tr><th scope="col">Skoleår</th><th scope="col">%</th></tr></thead>
                    <tbody>{}</tbody>
                </table>
            </section>
            <section class="part">
                <h2>Faner, mærker og tegn</h2>
                <nav aria-label="Faner"><ul class="tabs">
                    <li><a href="#/galleri" aria-current="page">12 indikatorer</a></li>
                    <li><a href="#/galleri">11 indikatorer</a></li>
                </ul></nav>
                <p>Noget, vi foreslår <span class="tag">forslag</span></p>
                <p class="icons">{}</p>
            </section>
            {}
        </div>"##,
        field("g1", "Enhedens navn", "", "Børnehuset Solstrålen", None, FieldType::Line),
        field(
            "g2",
            "Geografisk netværk",
            "De dagtilbud, skoler og familietilbud, I samarbejder med.",
            "",
            None,
            FieldType::Line
        ),
        field("g3", "2025/26", "", "seks", Some("Skriv et tal, for eksempel 6,1."), FieldType::Figure),
        field("g4", "Dato", "", "2026-03-15", None, FieldType::Day),
        field(
            "g5",
            "Note",
            "Ingen navne eller initialer på børn.",
            "Vi talte om, hvad der ligger bag tallene.",
            None,
            FieldType::Text
        ),
        build_view(status),
        build_view(view! { <Figure svg=Rc::new(move || chart.clone()) caption=Rc::new(caption)/> }),
        rows,
        NavItem::ALL.map(icon).into_iter().collect::<Vec<_>>(),
        messages::messages()
    )
}

/// Draws sample figures as a line chart, and lists them as table rows.
fn absence() -> (String, Vec<BuiltView>) {
    let mut series = Series::default();
    for (year, value) in (2021..).zip([Some(7.4), Some(7.1), None, Some(6.6), Some(6.1)]) {
        let state = if value.is_some() { ObservationState::Value } else { ObservationState::Missing };
        let observation = Observation { value, state, ..Observation::default() };
        series.observations.insert(Period::SchoolYear(year), observation);
    }
    let indicators =
        fundament::present_at_hand().into_iter().flat_map(Edition::indicators).flat_map(|(_, indicators)| indicators);
    let Some(indicator) = indicators.into_iter().next() else { return (String::new(), Vec::new()) };
    let series_analysis = SeriesAnalysis::of(&indicator, &series, Date::LAST);
    let chart =
        line_chart(&LineChart { analysis: &series_analysis, events: &[], medians: &[], shows_full_axis: false });
    let rows: Vec<_> = series_analysis
        .points
        .iter()
        .map(|point| {
            let observation = &point.observation;
            let figure = observation
                .value
                .map_or_else(|| observation.state.danish().to_owned(), crate::domain::number::format_danish);
            markup!(r#"<tr><th scope="row">{}</th><td>{}</td></tr>"#, point.period.danish(), figure)
        })
        .collect();
    (chart, rows)
}
