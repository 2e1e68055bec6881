//! The figures of an indicator: a field for each period to write in, and a table of all figures.

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

use crate::ui::kit::components::{Field, FieldEvent, FieldMenu, FieldType, OpenChoice};
use crate::ui::kit::inputs::guard_figure_input;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view};
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;
use crate::ui::state::workspace::Workspace;

/// Returns how many periods have a field: six years, or eight quarters.
const fn period_count(kind: PeriodKind) -> u16 {
    match kind {
        PeriodKind::SchoolYear | PeriodKind::Year => 6,
        PeriodKind::Quarter => 8,
    }
}

/// Builds the select for the kind of period.
pub(crate) fn period_kind_select(kind: RwSignal<PeriodKind>) -> BuiltView {
    let choose = move |name: String| {
        let chosen = PeriodKind::ALL.into_iter().find(|kind| kind.danish() == name);
        kind.set(chosen.unwrap_or(PeriodKind::SchoolYear));
    };
    let options: Vec<BuiltView> = PeriodKind::ALL
        .into_iter()
        .map(|option| {
            if option == kind.get_untracked() {
                markup!("<option selected>{}</option>", option.danish())
            } else {
                markup!("<option>{}</option>", option.danish())
            }
        })
        .collect();
    build_view(view! {
        <label class="choose-kind"><span>"Perioder"</span><select on:change:target=move |event| choose(event.target().value())>{options}</select></label>
    })
}

/// Fields for the latest periods. The kind of period at first is that of the latest figure.
#[component]
pub(crate) fn PeriodFields(app: AppContext, unit: Id, indicator: Indicator) -> BuiltView {
    let workspace = app.workspace;
    let Some(series) = queries::figures::series_id(&unit, &indicator.id) else { return build_view("") };
    let series_body: Series = untrack(|| app.body(Some(&series)));
    let latest = series_body.observations.keys().next_back().map(|period| period.kind());
    let kind = RwSignal::new(latest.unwrap_or(PeriodKind::SchoolYear));
    let fields = dynamic_view(move || fields(workspace, app, &unit, &indicator, &series, kind.get()));
    markup!(r#"<div><div class="toolbar">{}</div>{}</div>"#, period_kind_select(kind), fields)
}

/// Builds the fields for the latest periods of a kind, with authorship and open choices.
fn fields(
    workspace: Workspace,
    app: AppContext,
    unit: &Id,
    indicator: &Indicator,
    series: &Id,
    kind: PeriodKind,
) -> BuiltView {
    let periods = kind.last_periods(app.today.get(), period_count(kind)).into_iter();
    let figure_fields: Vec<BuiltView> = periods
        .clone()
        .map(|period| {
            build_view(
                view! { <FigureField app unit=unit.clone() indicator=indicator.clone() series=series.clone() period/> },
            )
        })
        .collect();
    let choices: Vec<BuiltView> = periods
        .map(|period| {
            let (record, path) = (series.clone(), observation_leaf(period));
            build_view(view! { <OpenChoice workspace record path about=period.danish() words=Some(figure_in_words)/> })
        })
        .collect();
    // All figures are shown in one row, so authorship is shown once for all of them.
    let path = Path::root("observations");
    let authorship = build_view(view! { <FieldMenu workspace record=series.clone() path label="tallene".to_owned()/> });
    markup!(r#"<div><div class="years">{}</div>{}<div>{}</div></div>"#, figure_fields, authorship, choices)
}

/// Field for the figure of one period.
#[component]
fn FigureField(app: AppContext, unit: Id, indicator: Indicator, series: Id, period: Period) -> BuiltView {
    let workspace = app.workspace;
    let path = observation_leaf(period);
    let value = {
        let series = series.clone();
        move || app.body::<Series>(Some(&series)).figure(period).map(number::format_danish).unwrap_or_default()
    };
    let error = RwSignal::new(None::<String>);
    let (focus, record_id) = (RefCell::new(Focus::default()), series.clone());
    let (measure, name, id) = (indicator.measure, indicator.name, indicator.id);
    let field_id = format!("{id}-{period}");
    let write = move |figure: Option<f64>, focus: &mut Focus| {
        queries::figures::ensure_series(app, &unit, &id);
        workspace.edit::<Series>(&series, focus, |series| series.set_figure(period, measure, figure));
    };
    let (text_on_enter, value) = (RefCell::new(String::new()), Rc::new(value));
    let shown_text = Rc::clone(&value);
    let on_event = move |event: FieldEvent| {
        if let (FieldEvent::Entered, Some(record)) = (&event, workspace.record(&record_id)) {
            record.with_untracked(|record| focus.borrow_mut().enter(record, path.clone()));
        }
        let write = |text: &str| {
            let figure = if text.trim().is_empty() { None } else { Some(number::parse(text)?) };
            write(figure, &mut focus.borrow_mut());
            Ok(())
        };
        guard_figure_input(&event, &text_on_enter, &*shown_text, &write, error);
        if let FieldEvent::Left(_) = event {
            focus.borrow_mut().leave(&path);
            workspace.save_now();
        }
    };
    build_view(view! {
        <Field
            id=field_id
            group=name
            label=period.danish()
            value
            error
            on_event=Rc::new(on_event)
            sort=FieldType::Figure
        />
    })
}

/// Returns the path of the leaf that holds a period's figure.
pub(crate) fn observation_leaf(period: Period) -> Path {
    Path::root("observations").child(&period.to_string())
}

/// Formats a figure of an open choice in Danish. Empty if there is no value.
pub(crate) fn figure_in_words(value: &serde_json::Value) -> String {
    let figure = Observation::deserialize(value).ok().and_then(|figure| figure.value);
    figure.map(number::format_danish).unwrap_or_default()
}

/// Table with everything that the chart shows.
#[component]
pub(crate) fn FigureTable(
    /// The analysed series as it is shown.
    analysis: Rc<dyn Fn() -> SeriesAnalysis>,
    /// The note on the figure of a period.
    notes: Rc<dyn Fn(Period) -> String>,
) -> BuiltView {
    dynamic_view(move || {
        let analysis = analysis();
        let rows: Vec<BuiltView> = analysis.points.iter().rev().map(|point| row(&analysis, point, &notes)).collect();
        let caption = format!("{} i tal", analysis.indicator.name);
        markup!(
            r#"
            <div class="table-scroll" tabindex="0" role="group" aria-label="{}">
            <table class="chart-table">
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

/// Builds the row of one period.
fn row(analysis: &SeriesAnalysis, point: &AnalysisPoint, notes: &Rc<dyn Fn(Period) -> String>) -> BuiltView {
    let observation = &point.observation;
    let measure = observation.measure.unwrap_or(analysis.indicator.measure);
    let figure =
        observation.value.map_or_else(|| observation.state.danish().to_owned(), |figure| measure.format_figure(figure));
    let interval = analysis.interval(point).map(|(low, high)| {
        format!("{}–{} %", number::format_danish(round_to_tenths(low)), number::format_danish(round_to_tenths(high)))
    });
    let source = match (observation.source.as_str(), observation.retrieved) {
        (source, Some(day)) => format!("{source} ({})", day.danish()),
        (source, None) => source.to_owned(),
    };
    let is_break = if point.is_break { "Opgjort anderledes fra her. " } else { "" };
    markup!(
        r#"<tr><th scope="row">{}</th><td class="number">{}</td><td class="number">{}</td><td class="number">{}</td><td class="number">{}</td><td>{}</td><td>{}{}</td></tr>"#,
        point.period.danish(),
        figure,
        observation.n.map(|n| n.to_string()).unwrap_or_default(),
        interval.unwrap_or_default(),
        point.target.map(|target| measure.format_figure(target)).unwrap_or_default(),
        source,
        is_break,
        notes(point.period)
    )
}

/// Rounds to one decimal.
fn round_to_tenths(figure: f64) -> f64 {
    (figure * 10.0).round() / 10.0
}
