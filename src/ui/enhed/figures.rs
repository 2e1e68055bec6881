//! A unit's figures on one indicator: a row to type in, a line, and what it shows in words.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use serde::Deserialize as _;

use crate::chart::line::{Point, is_cut, line};
use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::indicator::{Indicator, Wanted};
use crate::domain::number;
use crate::domain::period::Period;
use crate::domain::series::{Observation, ObservationState, Series};
use crate::record::edit::Focus;
use crate::record::life::Life;
use crate::record::path::Path;

use super::super::components::{Choices, Field, FieldEvent, Figure};
use super::super::device;
use super::super::made::{Made, made};
use super::super::workspace::Workspace;

/// How many school years are shown.
const YEARS: u16 = 6;

/// A unit's figures on one indicator.
#[component]
pub(super) fn Figures(workspace: Workspace, unit: Id, indicator: Indicator) -> Made {
    let Some(indicator_id) = Id::parse(indicator.id) else { return made("") };
    let Some(series_id) = Id::derived(&unit, &indicator_id) else { return made("") };
    let series = {
        let series_id = series_id.clone();
        Memo::new(move |_| {
            workspace.living(&series_id).and_then(|record| record.view::<Series>().ok()).unwrap_or_default()
        })
    };
    let years = school_years(device::today());
    let points = {
        let years = years.clone();
        Memo::new(move |_| series.with(|series| points(series, &years)))
    };
    let told = Memo::new(move |_| points.with(|points| told(indicator, points)));
    let svg = Memo::new(move |_| points.with(|points| line(points, indicator.measure.range(), &told.get())));
    // Axes without figures say nothing.
    let has_figures = Memo::new(move |_| points.with(|points| points.iter().any(|point| point.figure.is_some())));
    let shown = Memo::new(move |_| if has_figures.get() { svg.get() } else { String::new() });
    let caption = Memo::new(move |_| {
        let unit = indicator.measure.danish();
        if has_figures.get() {
            let cut = points.with(|points| is_cut(points, indicator.measure.range()));
            let axis = if cut { " Aksen viser et udsnit." } else { "" };
            format!("{}. Måles i {unit}.{axis}", told.get())
        } else {
            format!("Måles i {unit}. Linjen kommer, når der er tal.")
        }
    });
    let heading = format!("{}-heading", indicator.id);
    let labelled_by = heading.clone();
    let cells: Vec<_> = years
        .iter()
        .map(|&year| view! { <Cell workspace unit=unit.clone() indicator series=series_id.clone() year/> })
        .collect();
    let choices: Vec<_> = years
        .iter()
        .map(|&year| {
            let (record, path) = (series_id.clone(), observation_leaf(year));
            view! { <Choices workspace record path about=year.danish() words=figure_in_words/> }
        })
        .collect();
    made(view! {
        <section class="indicator" aria-labelledby=labelled_by>
            <h2 id=heading>{indicator.name}</h2>
            <p class="pejlemaerke">{indicator.pejlemaerke}" · ønsket retning: "{indicator.wanted.danish()}</p>
            <div class="years">{cells}</div>
            {choices}
            <Figure svg=shown caption/>
        </section>
    })
}

/// One figure.
#[component]
fn Cell(workspace: Workspace, unit: Id, indicator: Indicator, series: Id, year: Period) -> Made {
    let path = observation_leaf(year);
    let value = {
        let series = series.clone();
        Memo::new(move |_| {
            let series = workspace.living(&series).and_then(|record| record.view::<Series>().ok()).unwrap_or_default();
            series.observations.get(&year).and_then(|figure| figure.value).map(number::danish).unwrap_or_default()
        })
    };
    let error = RwSignal::new(None::<String>);
    let (focus, entered) = (RefCell::new(Focus::default()), series.clone());
    let write = move |figure: Option<f64>, focus: &mut Focus| {
        match workspace.record(&series) {
            None => {
                let indicator = Id::parse(indicator.id);
                let empty = Series { unit: Some(unit.clone()), indicator, ..Series::default() };
                workspace.create(series.clone(), &empty);
            }
            // It came with a file and went when that was undone: who types in it wants it.
            Some(record) if record.with_untracked(|record| record.life(None)) == Life::Deleted => {
                let author = workspace.author();
                workspace.change(&series, |record| record.restore(None, &author));
            }
            Some(_) => {}
        }
        workspace.edit::<Series>(&series, focus, |series| set(series, year, indicator, figure));
    };
    let on_event = move |event: FieldEvent| match event {
        FieldEvent::Entered => {
            if let Some(record) = workspace.record(&entered) {
                record.with_untracked(|record| focus.borrow_mut().enter(record, path.clone()));
            }
        }
        FieldEvent::Typed(text) => {
            let figure = if text.trim().is_empty() { Ok(None) } else { number::parse(&text).map(Some) };
            error.set(figure.err().map(str::to_owned));
            if let Ok(figure) = figure {
                write(figure, &mut focus.borrow_mut());
            }
        }
        FieldEvent::Left(_) => {
            focus.borrow_mut().leave(&path);
            workspace.save_now();
        }
    };
    made(view! {
        <Field
            id=format!("{}-{year}", indicator.id)
            group=indicator.name
            label=year.danish()
            value
            error
            on_event=Rc::new(on_event)
            is_figure=true
        />
    })
}

fn set(series: &mut Series, year: Period, indicator: Indicator, figure: Option<f64>) {
    match figure {
        // What the figure was counted in, and how many it rested on, stays: it decides what may leave the device.
        None => {
            if let Some(observation) = series.observations.get_mut(&year) {
                observation.value = None;
                observation.state = ObservationState::Missing;
            }
        }
        Some(figure) => {
            let observation = series.observations.get_or_insert_with(year, Observation::default);
            observation.value = Some(figure);
            observation.measure = Some(indicator.measure);
            observation.state = ObservationState::Value;
        }
    }
}

fn observation_leaf(year: Period) -> Path {
    Path::root("observations").child(&year.to_string())
}

fn figure_in_words(value: &serde_json::Value) -> String {
    let figure = Observation::deserialize(value).ok().and_then(|figure| figure.value);
    figure.map(number::danish).unwrap_or_default()
}

/// The school years up to the one that a day lies in.
fn school_years(today: Date) -> Vec<Period> {
    let current = if today.month() >= 8 { today.year() } else { today.year() - 1 };
    (current + 1 - YEARS..=current).map(Period::SchoolYear).collect()
}

fn points(series: &Series, years: &[Period]) -> Vec<Point> {
    let figure = |year| series.observations.get(&year).and_then(|figure| figure.value);
    years.iter().map(|&year| Point { label: year.danish(), figure: figure(year) }).collect()
}

/// What the line shows, in words.
fn told(indicator: Indicator, points: &[Point]) -> String {
    let known: Vec<(&str, f64)> = points.iter().filter_map(|point| Some((&*point.label, point.figure?))).collect();
    match *known.as_slice() {
        [] => format!("{}: ingen tal endnu", indicator.name),
        [(year, figure)] => format!("{}, {year}: {}", indicator.name, number::danish(figure)),
        [(first, from), .., (last, to)] => {
            let way = match (to > from, to < from, indicator.wanted) {
                (false, false, _) => "uændret",
                (true, _, Wanted::Up) | (_, true, Wanted::Down) => "i den ønskede retning",
                _ => "mod den ønskede retning",
            };
            format!(
                "{}, {first} til {last}: fra {} til {}, {way}",
                indicator.name,
                number::danish(from),
                number::danish(to)
            )
        }
    }
}
