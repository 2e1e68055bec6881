//! The figures of an indicator: a field for each period to write in, and a table of all figures.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use serde::Deserialize as _;

use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::number;
use crate::domain::out_of_range::OutOfRange;
use crate::domain::period::{Period, PeriodKind};
use crate::domain::series::{Observation, Series};
use crate::domain::series_analysis::{AnalysisPoint, SeriesAnalysis};
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::questions::{OnAnswer, answer_message, figure_question};
use crate::ui::kit::components::{Field, FieldEvent, FieldMenu, FieldType, OpenChoice};
use crate::ui::kit::inputs::{focus_on, guard_figure_input, read_as_note, read_figure};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_text, dynamic_view, or_empty};
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;
use crate::ui::state::workspace::Workspace;

/// The id of the questions about the figures.
const QUESTIONS: &str = "figure-questions";

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
    let questions = {
        let (series, measure) = (series.clone(), indicator.measure);
        Memo::new(move |_| app.body::<Series>(Some(&series)).out_of_range(measure))
    };
    let question_list = question_list(app, &indicator.name, &series, questions);
    let fields = dynamic_view(move || fields(workspace, app, &unit, &indicator, &series, (kind.get(), questions)));
    markup!(r#"<div><div class="toolbar">{}</div>{}{}</div>"#, period_kind_select(kind), fields, question_list)
}

/// Builds the questions about the figures of a series that are out of range, of all periods, and says what the last
/// answer did.
fn question_list(app: AppContext, name: &str, series: &Id, questions: Memo<Vec<OutOfRange>>) -> BuiltView {
    // The period, the figure that is there since the answer, and the message.
    let answered = RwSignal::new(None::<(Period, f64, String)>);
    let (workspace, answered_series) = (app.workspace, series.clone());
    let on_answer: OnAnswer = Rc::new(move |found, answer| {
        workspace.end_last_action();
        workspace.edit::<Series>(&answered_series, &mut Focus::default(), |series| match answer {
            Some(figure) => series.set_figure(found.period, found.measure, Some(figure)),
            None => series.confirm(found.period),
        });
        workspace.save_now();
        answered.set(Some((found.period, answer.unwrap_or(found.figure), answer_message(found, answer))));
        // The button is gone, so the focus goes to what is left.
        focus_on(QUESTIONS.to_owned());
    });
    let name = name.to_owned();
    let list = dynamic_view(move || {
        let build_question =
            |found: &OutOfRange| figure_question(&format!("question-{}", found.period), &name, *found, &on_answer);
        build_view(questions.with(|questions| questions.iter().map(build_question).collect::<Vec<_>>()))
    });
    // The message is out of date once the answer is undone, or another figure is written.
    let series = series.clone();
    let message = move || {
        let Some((period, figure, message)) = answered.get() else { return String::new() };
        let is_open = questions.with(|questions| questions.iter().any(|found| found.period == period));
        let series: Series = app.body(Some(&series));
        let written = series.observations.get(&period).and_then(|observation| observation.value);
        if is_open || written != Some(figure) { String::new() } else { message }
    };
    markup!(
        r#"<div class="figure-questions no-print" id="{}" tabindex="-1">{}<p class="help" role="status">{}</p></div>"#,
        QUESTIONS,
        list,
        dynamic_text(message)
    )
}

/// Builds the fields for the latest periods of a kind, with authorship and open choices. A field with a figure that is
/// asked about is marked.
fn fields(
    workspace: Workspace,
    app: AppContext,
    unit: &Id,
    indicator: &Indicator,
    series: &Id,
    (kind, questions): (PeriodKind, Memo<Vec<OutOfRange>>),
) -> BuiltView {
    let periods = kind.last_periods(app.today.get(), period_count(kind)).into_iter();
    let figure_fields: Vec<BuiltView> = periods
        .clone()
        .map(|period| {
            let is_asked = Memo::new(move |_| questions.with(|found| found.iter().any(|found| found.period == period)));
            let mark = dynamic_view(move || {
                or_empty(is_asked.get().then(|| markup!(r#"<p class="asked">Se spørgsmålet nedenfor</p>"#)))
            });
            let field = build_view(
                view! { <FigureField app unit=unit.clone() indicator=indicator.clone() series=series.clone() period/> },
            );
            markup!("<div>{}{}</div>", field, mark)
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
        // The figure as it was written, whether or not it counts.
        move || {
            let series = app.body::<Series>(Some(&series));
            let figure = series.observations.get(&period).and_then(|observation| observation.value);
            figure.map(number::format_danish).unwrap_or_default()
        }
    };
    let error = RwSignal::new(None::<String>);
    let read_as = RwSignal::new(None::<f64>);
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
        let write = |text: &str| read_figure(text, read_as).map(|figure| write(figure, &mut focus.borrow_mut()));
        guard_figure_input(&event, &text_on_enter, &*shown_text, &write, error);
        if let FieldEvent::Left(_) = event {
            focus.borrow_mut().leave(&path);
            workspace.save_now();
        }
    };
    let field = build_view(view! {
        <Field
            id=field_id
            group=name
            label=period.danish()
            value
            error
            on_event=Rc::new(on_event)
            sort=FieldType::Figure
        />
    });
    markup!("<div>{}{}</div>", field, read_as_note(read_as))
}

/// Returns the path of the leaf that holds a period's figure.
pub(crate) fn observation_leaf(period: Period) -> Path {
    Path::root("observations").child(&period.to_string())
}

/// Formats a figure of an open choice in Danish, and says if somebody has confirmed it. Empty if there is no value.
pub(crate) fn figure_in_words(value: &serde_json::Value) -> String {
    let Ok(observation) = Observation::deserialize(value) else { return String::new() };
    let mut words = observation.value.map(number::format_danish).unwrap_or_default();
    if observation.confirmed {
        words.push_str(", beholdt");
    }
    words
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
    let figure = match (observation.value, point.unconfirmed) {
        (Some(figure), _) => measure.format_figure(figure),
        (None, Some(figure)) => format!("{}, venter på svar", measure.format_figure(figure)),
        (None, None) => observation.state.danish().to_owned(),
    };
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
