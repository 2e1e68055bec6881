//! A unit's figures on one indicator: a row to type in, a line, and what it shows in words.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use serde::Deserialize as _;

use crate::chart::line::{Point, is_cut, line};
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::number;
use crate::domain::period::Period;
use crate::domain::series::{Observation, Series};
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
    let years = years();
    let points = {
        let years = years.clone();
        Memo::new(move |_| {
            let point =
                |&year: &Period| Point { label: year.danish(), figure: series.with(|series| series.figure(year)) };
            years.iter().map(point).collect::<Vec<_>>()
        })
    };
    let told = {
        let years = years.clone();
        Memo::new(move |_| {
            let known = |&year: &Period| Some((year, series.with(|series| series.figure(year))?));
            indicator.told(&years.iter().filter_map(known).collect::<Vec<_>>())
        })
    };
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
            series.figure(year).map(number::danish).unwrap_or_default()
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
        workspace.edit::<Series>(&series, focus, |series| series.set_figure(year, indicator.measure, figure));
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

/// The school years that are shown: the last of them is the one of today.
fn years() -> Vec<Period> {
    let Period::SchoolYear(current) = Period::school_year_of(device::today()) else { return Vec::new() };
    (current + 1 - YEARS..=current).map(Period::SchoolYear).collect()
}

fn observation_leaf(year: Period) -> Path {
    Path::root("observations").child(&year.to_string())
}

fn figure_in_words(value: &serde_json::Value) -> String {
    let figure = Observation::deserialize(value).ok().and_then(|figure| figure.value);
    figure.map(number::danish).unwrap_or_default()
}
