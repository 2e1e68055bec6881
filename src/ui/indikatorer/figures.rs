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
use crate::record::path::Path;

use super::super::components::{Choices, Field, FieldEvent, Figure, Sort};
use super::super::desk::Desk;
use super::super::made::{Made, made};
use super::super::markup::markup;

/// How many school years are shown.
const YEARS: u16 = 6;

/// A unit's figures on one indicator.
#[component]
pub(super) fn Figures(desk: Desk, unit: Id, indicator: Indicator<'static>) -> Made {
    let workspace = desk.workspace;
    let Some(indicator_id) = Id::parse(indicator.id) else { return made("") };
    let Some(series_id) = Id::derived(&unit, &indicator_id) else { return made("") };
    let years = years(desk);
    let figures = {
        let (series_id, years) = (series_id.clone(), years.clone());
        move || {
            let series = desk.body::<Series>(Some(&series_id));
            years.iter().map(|&year| (year, series.figure(year))).collect::<Vec<_>>()
        }
    };
    let points = |figures: &[(Period, Option<f64>)]| -> Vec<Point> {
        figures.iter().map(|&(year, figure)| Point { label: year.danish(), figure }).collect()
    };
    let told = move |figures: &[(Period, Option<f64>)]| {
        let known: Vec<_> = figures.iter().filter_map(|&(year, figure)| Some((year, figure?))).collect();
        indicator.told(&known)
    };
    // Axes without figures say nothing.
    let has_any = |figures: &[(Period, Option<f64>)]| figures.iter().any(|(_, figure)| figure.is_some());
    let range = indicator.measure.range();
    let svg = {
        let figures = figures.clone();
        move || {
            let figures = figures();
            if has_any(&figures) { line(&points(&figures), range, &told(&figures)) } else { String::new() }
        }
    };
    let caption = move || {
        let (unit, figures) = (indicator.measure.danish(), figures());
        if has_any(&figures) {
            let axis = if is_cut(&points(&figures), range) { " Aksen viser et udsnit." } else { "" };
            format!("{}. Måles i {unit}.{axis}", told(&figures))
        } else {
            format!("Måles i {unit}. Linjen kommer, når der er tal.")
        }
    };
    let heading = format!("{}-heading", indicator.id);
    let cells: Vec<_> = years
        .iter()
        .map(|&year| made(view! { <Cell desk unit=unit.clone() indicator series=series_id.clone() year/> }))
        .collect();
    let choices: Vec<_> = years
        .iter()
        .map(|&year| {
            let (record, path) = (series_id.clone(), observation_leaf(year));
            made(view! { <Choices workspace record path about=year.danish() words=figure_in_words/> })
        })
        .collect();
    markup!(
        r#"
        <section class="indicator" aria-labelledby="{}">
            <h3 id="{}">{}</h3>
            <p class="help">Ønsket retning: {}. {}</p>
            <div class="years">{}</div>
            {}{}
        </section>"#,
        heading.as_str(),
        heading.as_str(),
        indicator.name,
        indicator.wanted.danish(),
        indicator.about,
        cells,
        choices,
        made(view! { <Figure svg=Rc::new(svg) caption=Rc::new(caption)/> })
    )
}

/// One figure.
#[component]
fn Cell(desk: Desk, unit: Id, indicator: Indicator<'static>, series: Id, year: Period) -> Made {
    let workspace = desk.workspace;
    let path = observation_leaf(year);
    let value = {
        let series = series.clone();
        move || desk.body::<Series>(Some(&series)).figure(year).map(number::danish).unwrap_or_default()
    };
    let error = RwSignal::new(None::<String>);
    let (focus, entered) = (RefCell::new(Focus::default()), series.clone());
    let write = move |figure: Option<f64>, focus: &mut Focus| {
        workspace.ensure(&series, || Series {
            unit: Some(unit.clone()),
            indicator: Id::parse(indicator.id),
            ..Series::default()
        });
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
            value=Rc::new(value)
            error
            on_event=Rc::new(on_event)
            sort=Sort::Figure
        />
    })
}

/// The school years that are shown: the last of them is the one of today.
fn years(desk: Desk) -> Vec<Period> {
    let Period::SchoolYear(current) = Period::school_year_of(desk.today.get()) else { return Vec::new() };
    (current + 1 - YEARS..=current).map(Period::SchoolYear).collect()
}

fn observation_leaf(year: Period) -> Path {
    Path::root("observations").child(&year.to_string())
}

fn figure_in_words(value: &serde_json::Value) -> String {
    let figure = Observation::deserialize(value).ok().and_then(|figure| figure.value);
    figure.map(number::danish).unwrap_or_default()
}
