//! Figures and drawings out of the page: as files, to the clipboard, on paper. Always as they may be published.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::chart::line::{Line, line};
use crate::chart::standalone::{SIZE, standalone};
use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::number;
use crate::domain::publish;
use crate::domain::reading::Reading;
use crate::domain::series::Series;
use crate::exchange::table::{Cells, csv};

use super::super::desk::Desk;
use super::super::device;
use super::super::made::{Made, button, says};
use super::super::markup::markup;
use super::super::readings;

/// The ways out for an indicator.
#[component]
pub(super) fn Out(desk: Desk, unit: Id, indicator: Indicator) -> Made {
    let said = RwSignal::new(String::new());
    let series: Rc<dyn Fn() -> Series> = {
        let (unit, id) = (unit.clone(), indicator.id.clone());
        Rc::new(move || publish::series(&desk.body(readings::series_id(&unit, &id).as_ref())))
    };
    let reading: Rc<dyn Fn() -> Reading> = {
        let (series, indicator) = (Rc::clone(&series), indicator.clone());
        Rc::new(move || Reading::of(&indicator, &series(), desk.today.get_untracked()))
    };
    let drawing: Rc<dyn Fn() -> String> = {
        let (reading, series, unit) = (Rc::clone(&reading), Rc::clone(&series), unit.clone());
        Rc::new(move || {
            let (reading, series) = (reading(), series());
            let events: Vec<Date> = series.events.keys().copied().collect();
            let medians = readings::medians(desk, &unit, &reading);
            let svg = line(&Line { reading: &reading, events: &events, medians: &medians, is_whole: false });
            let title = format!("{} – {}", reading.indicator.name, name_of(desk, &unit));
            standalone(&svg, &title, &reading.headline(), &source(&reading, desk.today.get_untracked()))
        })
    };
    let name = {
        let (unit, indicator) = (unit.clone(), indicator.name.clone());
        move |ending: &str| format!("{} {}.{ending}", indicator, name_of(desk, &unit)).replace(['/', '\\', ':'], "-")
    };
    let failed = move |outcome: bool| {
        said.set(if outcome { String::new() } else { "Filen kunne ikke gemmes. Prøv igen.".to_owned() });
    };
    let table: Rc<dyn Fn() -> Cells> = Rc::new(move || cells(&reading(), &series(), &name_of(desk, &unit)));
    let (save_csv, copy) = (Rc::clone(&table), table);
    let (save_svg, save_png) = (Rc::clone(&drawing), drawing);
    let (name_csv, name_svg, name_png) = (name.clone(), name.clone(), name);
    markup!(
        r#"
        <div class="out">
            <div class="buttons">{}{}{}{}{}</div>
            <p class="help">Tal, der hviler på færre end 5 personer, kommer aldrig med ud.</p>
            <p class="help" role="status">{}</p>
        </div>"#,
        button("Gem tal (CSV)", move || failed(
            device::save_as(&name_csv("csv"), "text/csv", &csv::write(&save_csv())).is_ok()
        )),
        button("Kopiér tal", move || {
            let text = csv::write_block(&copy());
            spawn_local(async move {
                let words = if device::copy(&text).await {
                    "Tallene er kopieret."
                } else {
                    "Browseren tillod ikke at kopiere. Gem tallene som CSV."
                };
                said.set(words.to_owned());
            });
        }),
        button("Gem tegning (SVG)", move || failed(
            device::save_as(&name_svg("svg"), "image/svg+xml", &save_svg()).is_ok()
        )),
        button("Gem tegning (PNG)", move || {
            let (svg, name) = (save_png(), name_png("png"));
            spawn_local(async move { failed(device::save_picture(&name, &svg, SIZE).await.is_ok()) });
        }),
        button("Udskriv", move || {
            // Shown so first: a page that is printed by a script has no time to change.
            desk.is_public.set(true);
            request_animation_frame(device::print);
        }),
        says(move || said.get()),
    )
}

fn name_of(desk: Desk, unit: &Id) -> String {
    desk.workspace.get(unit).map(|unit| unit.title().to_owned()).unwrap_or_default()
}

/// Where the figures come from, and when they were taken out.
fn source(reading: &Reading, today: Date) -> String {
    let mut sources: Vec<&str> = Vec::new();
    for point in &reading.points {
        let source = point.observation.source.as_str();
        if !source.is_empty() && !sources.contains(&source) {
            sources.push(source);
        }
    }
    let from = if sources.is_empty() { String::new() } else { format!("Kilde: {}. ", sources.join(", ")) };
    format!("{from}Måles i {}. Trukket {}.", reading.measure().danish(), today.danish())
}

/// The figures as a table.
fn cells(reading: &Reading, series: &Series, unit: &str) -> Cells {
    let heading = ["Enhed", "Indikator", "Periode", "Tal", "Måleenhed", "Antal personer", "Mål", "Kilde", "Bemærkning"];
    let mut cells: Cells = vec![heading.map(str::to_owned).to_vec()];
    for point in &reading.points {
        let own = &point.observation;
        let measure = own.measure.unwrap_or(reading.indicator.measure);
        let figure = own.value.map_or_else(|| own.state.danish().to_owned(), number::plain);
        let note = series.notes.get(&point.period).map(|note| note.0.clone());
        cells.push(vec![
            unit.to_owned(),
            reading.indicator.name.clone(),
            point.period.danish(),
            figure,
            measure.danish().to_owned(),
            own.n.map(|n| n.to_string()).unwrap_or_default(),
            point.target.map(number::plain).unwrap_or_default(),
            own.source.0.clone(),
            note.unwrap_or_default(),
        ]);
    }
    cells
}
