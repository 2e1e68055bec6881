//! The figures of an indicator: a field a year to write in, and all of them as a table.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use serde::Deserialize as _;

use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::number;
use crate::domain::period::{Period, PeriodKind};
use crate::domain::series::{Observation, Series};
use crate::domain::series_analysis::{AnalysisPoint, SeriesAnalysis};
use crate::record::edit::Focus;
use crate::record::path::Path;

use crate::ui::kit::components::{Authorship, Field, FieldEvent, FieldType, OpenChoice};
use crate::ui::kit::inputs::guarded;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view};
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;
use crate::ui::state::workspace::Workspace;

/// How many periods there is a field for: six years, or two years of quarters.
const fn count(kind: PeriodKind) -> u16 {
    match kind {
        PeriodKind::SchoolYear | PeriodKind::Year => 6,
        PeriodKind::Quarter => 8,
    }
}

/// The choice among kinds of period.
pub(crate) fn kinds(kind: RwSignal<PeriodKind>) -> BuiltView {
    let choose = move |name: String| {
        let chosen = PeriodKind::ALL.into_iter().find(|kind| kind.danish() == name);
        kind.set(chosen.unwrap_or(PeriodKind::SchoolYear));
    };
    let options: Vec<BuiltView> = PeriodKind::ALL
        .into_iter()
        .map(|own| {
            if own == kind.get_untracked() {
                markup!("<option selected>{}</option>", own.danish())
            } else {
                markup!("<option>{}</option>", own.danish())
            }
        })
        .collect();
    build_view(view! {
        <label class="choose-kind"><span>"Perioder"</span><select on:change:target=move |event| choose(event.target().value())>{options}</select></label>
    })
}

/// A field for each of the last periods, of the kind that the series has.
#[component]
pub(crate) fn Years(desk: AppContext, unit: Id, indicator: Indicator) -> BuiltView {
    let workspace = desk.workspace;
    let Some(series) = queries::figures::series_id(&unit, &indicator.id) else { return build_view("") };
    let known: Series = untrack(|| desk.body(Some(&series)));
    let latest = known.observations.keys().next_back().map(|period| period.kind());
    let kind = RwSignal::new(latest.unwrap_or(PeriodKind::SchoolYear));
    let fields = dynamic_view(move || fields(workspace, desk, &unit, &indicator, &series, kind.get()));
    markup!(r#"<div><div class="bar">{}</div>{}</div>"#, kinds(kind), fields)
}

fn fields(
    workspace: Workspace,
    desk: AppContext,
    unit: &Id,
    indicator: &Indicator,
    series: &Id,
    kind: PeriodKind,
) -> BuiltView {
    let years = kind.last(desk.today.get(), count(kind)).into_iter();
    let cells: Vec<BuiltView> = years
        .clone()
        .map(|year| {
            build_view(view! { <Cell desk unit=unit.clone() indicator=indicator.clone() series=series.clone() year/> })
        })
        .collect();
    let choices: Vec<BuiltView> = years
        .map(|year| {
            let (record, path) = (series.clone(), observation_leaf(year));
            build_view(view! { <OpenChoice workspace record path about=year.danish() words=Some(figure_in_words)/> })
        })
        .collect();
    // The figures are one row: who wrote them is asked once, and said of each.
    let path = Path::root("observations");
    let written = build_view(view! { <Authorship workspace record=series.clone() path label="tallene".to_owned()/> });
    markup!(r#"<div><div class="years">{}</div>{}<div>{}</div></div>"#, cells, written, choices)
}

/// One figure.
#[component]
fn Cell(desk: AppContext, unit: Id, indicator: Indicator, series: Id, year: Period) -> BuiltView {
    let workspace = desk.workspace;
    let path = observation_leaf(year);
    let value = {
        let series = series.clone();
        move || desk.body::<Series>(Some(&series)).figure(year).map(number::danish).unwrap_or_default()
    };
    let error = RwSignal::new(None::<String>);
    let (focus, entered) = (RefCell::new(Focus::default()), series.clone());
    let (measure, name, id) = (indicator.measure, indicator.name, indicator.id);
    let field_id = format!("{id}-{year}");
    let write = move |figure: Option<f64>, focus: &mut Focus| {
        queries::figures::ensure_series(desk, &unit, &id);
        workspace.edit::<Series>(&series, focus, |series| series.set_figure(year, measure, figure));
    };
    let (before, value) = (RefCell::new(String::new()), Rc::new(value));
    let shown = Rc::clone(&value);
    let on_event = move |event: FieldEvent| {
        if let (FieldEvent::Entered, Some(record)) = (&event, workspace.record(&entered)) {
            record.with_untracked(|record| focus.borrow_mut().enter(record, path.clone()));
        }
        let write = |text: &str| {
            let figure = if text.trim().is_empty() { None } else { Some(number::parse(text)?) };
            write(figure, &mut focus.borrow_mut());
            Ok(())
        };
        guarded(&event, &before, &*shown, &write, error);
        if let FieldEvent::Left(_) = event {
            focus.borrow_mut().leave(&path);
            workspace.save_now();
        }
    };
    build_view(view! {
        <Field
            id=field_id
            group=name
            label=year.danish()
            value
            error
            on_event=Rc::new(on_event)
            sort=FieldType::Figure
        />
    })
}

/// The leaf of a period's figure.
pub(crate) fn observation_leaf(period: Period) -> Path {
    Path::root("observations").child(&period.to_string())
}

/// A figure of an open choice, in words.
pub(crate) fn figure_in_words(value: &serde_json::Value) -> String {
    let figure = Observation::deserialize(value).ok().and_then(|figure| figure.value);
    figure.map(number::danish).unwrap_or_default()
}

/// All that a drawing shows, as a table: its twin.
#[component]
pub(crate) fn Twin(
    /// The series as it is shown.
    reading: Rc<dyn Fn() -> SeriesAnalysis>,
    /// What is said of a period.
    notes: Rc<dyn Fn(Period) -> String>,
) -> BuiltView {
    dynamic_view(move || {
        let reading = reading();
        let rows: Vec<BuiltView> = reading.points.iter().rev().map(|point| row(&reading, point, &notes)).collect();
        let caption = format!("{} i tal", reading.indicator.name);
        markup!(
            r#"
            <div class="wide" tabindex="0" role="group" aria-label="{}">
            <table class="twin">
                <caption>{}</caption>
                <thead><tr><th scope="col">Periode</th><th scope="col">Tal</th><th scope="col">Antal personer</th><th scope="col">Usikkerhed (95 %)</th><th scope="col">Mål</th><th scope="col">Kilde</th><th scope="col">Bemærkning</th></tr></thead>
                <tbody>{}</tbody>
            </table>
            </div>"#,
            caption.as_str(),
            caption.as_str(),
            rows
        )
    })
}

fn row(reading: &SeriesAnalysis, point: &AnalysisPoint, notes: &Rc<dyn Fn(Period) -> String>) -> BuiltView {
    let own = &point.observation;
    let measure = own.measure.unwrap_or(reading.indicator.measure);
    let figure = own.value.map_or_else(|| own.state.danish().to_owned(), |figure| measure.figure(figure));
    let interval = reading
        .interval(point)
        .map(|(low, high)| format!("{}–{} %", number::danish(tenths(low)), number::danish(tenths(high))));
    let source = match (own.source.as_str(), own.retrieved) {
        (source, Some(day)) => format!("{source} ({})", day.danish()),
        (source, None) => source.to_owned(),
    };
    let is_break = if point.is_break { "Opgjort anderledes fra her. " } else { "" };
    markup!(
        r#"<tr><th scope="row">{}</th><td class="number">{}</td><td class="number">{}</td><td class="number">{}</td><td class="number">{}</td><td>{}</td><td>{}{}</td></tr>"#,
        point.period.danish(),
        figure,
        own.n.map(|n| n.to_string()).unwrap_or_default(),
        interval.unwrap_or_default(),
        point.target.map(|target| measure.figure(target)).unwrap_or_default(),
        source,
        is_break,
        notes(point.period)
    )
}

fn tenths(figure: f64) -> f64 {
    (figure * 10.0).round() / 10.0
}
