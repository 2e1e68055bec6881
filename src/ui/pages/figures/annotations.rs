//! The annotations of one figure: what the figure is based on, and what people say about it.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::cpr::{self, Allowed};
use crate::domain::date::Date;
use crate::domain::dialogue::Dialogue;
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::number;
use crate::domain::period::Period;
use crate::domain::series::{Observation, ObservationState, Series};
use crate::domain::text::UserText;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::follow_up::follow_up;
use super::parts::{self, fold, is_open_at_first};
use super::values::{figure_in_words, observation_leaf};
use crate::ui::kit::components::{Field, FieldEvent, FieldExtras, FieldType, RecordText};
use crate::ui::kit::inputs::guard_figure_input;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, checkbox, dynamic_view, or_empty};
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;
use crate::ui::state::queries::figures::BodyChange;

/// Help text of fields about practice.
const NO_NAMES: &str = "Ingen navne eller initialer på børn.";

/// Section with the annotations of a figure. The user chooses the period; the default is that of the latest figure.
#[component]
pub(crate) fn Annotations(app: AppContext, unit: Id, indicator: Indicator) -> BuiltView {
    let Some(series) = queries::figures::series_id(&unit, &indicator.id) else { return build_view("") };
    let current = Period::school_year_of(app.today.get_untracked());
    let periods = {
        let series = series.clone();
        Memo::new(move |_| {
            let body = app.body::<Series>(Some(&series));
            let keys = body.observations.keys().chain(body.breaks.keys()).copied();
            let mut periods = Period::fill_gaps(keys);
            if !periods.contains(&current) {
                periods.push(current);
            }
            periods.sort();
            periods.reverse();
            periods
        })
    };
    let series_body = app.body::<Series>(Some(&series));
    let latest = series_body
        .observations
        .iter()
        .rev()
        .find(|(_, observation)| observation.value.is_some())
        .map(|(period, _)| *period);
    let chosen = RwSignal::new(latest.unwrap_or(current));
    let choose = move |key: String| {
        if let Some(period) = Period::parse(&key) {
            chosen.set(period);
        }
    };
    let options = move || {
        let options: Vec<BuiltView> =
            periods.get().into_iter().map(|period| period_option(period, chosen.get_untracked())).collect();
        build_view(options)
    };
    // The annotations of a hidden figure are hidden as well. A memo, so that typing in a field does not rebuild it.
    let is_hidden = {
        let (unit, id) = (unit.clone(), indicator.id.clone());
        Memo::new(move |_| {
            let state_of_period =
                |series: Series| series.observations.get(&chosen.get()).map(|observation| observation.state);
            app.is_public.get()
                && state_of_period(queries::figures::series(app, &unit, &id)) == Some(ObservationState::Hidden)
        })
    };
    let panel = dynamic_view(move || {
        let period = chosen.get();
        if is_hidden.get() {
            return markup!("<p>{}</p>", ObservationState::Hidden.danish());
        }
        markup!(
            r#"<div class="annotation-panel">{}{}</div>"#,
            build_view(
                view! { <FigureBasis app unit=unit.clone() indicator=indicator.clone() series=series.clone() period/> }
            ),
            build_view(
                view! { <DialogueFields app unit=unit.clone() indicator=indicator.id.clone() series=series.clone() period/> }
            ),
        )
    });
    build_view(view! {
        <section class="part annotations" id=parts::DIALOGUE>
            <h2>"Det siger vi om tallet"</h2>
            <div class="field">
                <label for="said-period">"Periode"</label>
                <select id="said-period" on:change:target=move |event| choose(event.target().value())>{dynamic_view(options)}</select>
            </div>
            {panel}
        </section>
    })
}

/// Builds the option of a period.
fn period_option(period: Period, chosen: Period) -> BuiltView {
    let (key, words) = (period.to_string(), period.danish());
    if period == chosen {
        markup!(r#"<option value="{}" selected>{}</option>"#, key, words)
    } else {
        markup!(r#"<option value="{}">{}</option>"#, key, words)
    }
}

/// Fields for what a figure is based on: number of persons, reason for a missing figure, source, day of retrieval, and
/// note.
#[component]
fn FigureBasis(app: AppContext, unit: Id, indicator: Indicator, series: Id, period: Period) -> BuiltView {
    let workspace = app.workspace;
    let read_observation = {
        let series = series.clone();
        move || app.body::<Series>(Some(&series)).observations.get(&period).cloned().unwrap_or_default()
    };
    let change_observation: BodyChange<Observation> = {
        let (series, unit, id) = (series.clone(), unit.clone(), indicator.id.clone());
        Rc::new(move |change| {
            queries::figures::ensure_series(app, &unit, &id);
            workspace.edit::<Series>(&series, &mut Focus::default(), |series| {
                let exists = series.observations.contains_key(&period);
                let observation = series.observations.get_or_default(period);
                if !exists {
                    // A new observation has no figure yet.
                    observation.state = ObservationState::Missing;
                }
                change(observation);
            });
        })
    };
    let persons_field = {
        let (read_observation, change_observation) = (read_observation.clone(), Rc::clone(&change_observation));
        let error = RwSignal::new(None::<String>);
        let value = Rc::new(move || read_observation().n.map(|n| n.to_string()).unwrap_or_default());
        let (text_on_enter, shown_text) = (RefCell::new(String::new()), Rc::clone(&value));
        let on_event = move |event: FieldEvent| {
            let write = |text: &str| {
                let n = number_of_persons(text)?;
                change_observation(&move |observation| observation.n = n);
                Ok(())
            };
            guard_figure_input(&event, &text_on_enter, &*shown_text, &write, error);
            if let FieldEvent::Left(_) = event {
                workspace.save_now();
            }
        };
        let help = "Børn eller ansatte. Færre end 5 vises aldrig uden for denne enhed.";
        build_view(view! {
            <Field id="said-n".to_owned() label="Antal personer bag tallet" help value error on_event=Rc::new(on_event) sort=FieldType::Figure/>
        })
    };
    let note_path = Path::root("notes").child(&period.to_string());
    let make: Rc<dyn Fn()> = Rc::new(move || queries::figures::ensure_series(app, &unit, &indicator.id));
    let is_written = untrack(|| {
        let Observation { n, source, retrieved, .. } = read_observation();
        n.is_some() || retrieved.is_some() || !source.as_str().is_empty()
    });
    let fields = markup!(
        r#"<div class="basis-list">{}{}{}{}{}{}</div>"#,
        build_view(
            view! { <FieldExtras workspace record=series.clone() path=observation_leaf(period) about=period.danish() words=figure_in_words/> }
        ),
        persons_field,
        missing_reason_select(read_observation.clone(), Rc::clone(&change_observation), period),
        source_field(app, read_observation.clone(), Rc::clone(&change_observation)),
        retrieved_field(app, read_observation, change_observation),
        build_view(
            view! { <RecordText workspace record=series path=note_path label="Bemærkning til tallet" help=NO_NAMES sort=FieldType::Text make=make/> }
        ),
    );
    markup!(
        r#"<div class="basis-fields">{}</div>"#,
        fold(parts::BASIS, "Kilde og grundlag", is_open_at_first(is_written), fields)
    )
}

/// Builds the select for the reason why there is no figure. Empty if there is a figure.
fn missing_reason_select(
    read_observation: impl Fn() -> Observation + Clone + 'static,
    change_observation: BodyChange<Observation>,
    period: Period,
) -> BuiltView {
    dynamic_view(move || {
        let observation = read_observation();
        if observation.value.is_some() {
            return build_view("");
        }
        let change_observation = Rc::clone(&change_observation);
        let choose = move |name: String| {
            let state = ObservationState::ALL.into_iter().find(|state| state.danish() == name);
            change_observation(&move |observation| observation.state = state.unwrap_or_default());
        };
        let states = ObservationState::ALL.into_iter().filter(|state| *state != ObservationState::Value);
        let options: Vec<BuiltView> = states
            .map(|state| {
                if state == observation.state {
                    markup!("<option selected>{}</option>", state.danish())
                } else {
                    markup!("<option>{}</option>", state.danish())
                }
            })
            .collect();
        let label = format!("Hvorfor er der intet tal for {}?", period.danish());
        build_view(view! {
            <div class="field">
                <label for="said-state">{label}</label>
                <select id="said-state" on:change:target=move |event| choose(event.target().value())>{options}</select>
            </div>
        })
    })
}

/// Builds the field for the source of the figure. CPR numbers are masked.
fn source_field(
    app: AppContext,
    read_observation: impl Fn() -> Observation + 'static,
    change_observation: BodyChange<Observation>,
) -> BuiltView {
    let read_observation = Rc::new(read_observation);
    let store = move |typed: cpr::TypedText| {
        change_observation(&move |observation| observation.source = typed.save.as_str().into());
    };
    let (last_text, read_shown) = (RefCell::new(String::new()), Rc::clone(&read_observation));
    let on_event = move |event: FieldEvent| match event {
        FieldEvent::Entered => drop(last_text.replace(untrack(|| read_shown().source.0))),
        FieldEvent::Typed(text) => {
            let previous = last_text.replace(text.clone());
            store(cpr::while_typing(&text, &previous, &Allowed::default()));
        }
        FieldEvent::Left(text) => {
            if let Some(text) = text {
                store(cpr::mask(&text, &Allowed::default()));
            }
            app.workspace.save_now();
        }
    };
    let value = move || read_observation().source.0;
    build_view(view! {
        <Field id="said-source".to_owned() label="Kilde" help="For eksempel uddannelsesstatistik eller egen optælling." value=Rc::new(value) on_event=Rc::new(on_event)/>
    })
}

/// Builds the field for the day on which the figure was retrieved.
fn retrieved_field(
    app: AppContext,
    read_observation: impl Fn() -> Observation + 'static,
    change_observation: BodyChange<Observation>,
) -> BuiltView {
    let on_event = move |event: FieldEvent| match event {
        FieldEvent::Typed(text) => {
            let day = Date::parse(&text);
            if day.is_some() || text.is_empty() {
                change_observation(&move |observation| observation.retrieved = day);
            }
        }
        FieldEvent::Left(_) => app.workspace.save_now(),
        FieldEvent::Entered => {}
    };
    let value = move || read_observation().retrieved.map(|day| day.to_string()).unwrap_or_default();
    build_view(
        view! { <Field id="said-retrieved".to_owned() label="Hentet den" value=Rc::new(value) on_event=Rc::new(on_event) sort=FieldType::Day/> },
    )
}

/// Parses the number of persons; `None` if the text is blank.
///
/// # Errors
/// A message in Danish, if the text is not a whole number or may be a CPR number.
fn number_of_persons(text: &str) -> Result<Option<u32>, &'static str> {
    const EXPECTED: &str = "Skriv et helt antal, for eksempel 24.";
    if cpr::assess_figure_text(text) == cpr::DigitShape::Refused {
        return Err(cpr::REFUSED);
    }
    // A point between thousands is left out. Any other point makes a fraction.
    if number::parse(text).is_ok_and(|read| read.has_decimal_point) {
        return Err(EXPECTED);
    }
    let text = text.trim().replace(['.', ' '], "");
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| EXPECTED)
}

/// Fields for what people say about a figure: professional assessment, voices, dialogue note.
#[component]
fn DialogueFields(app: AppContext, unit: Id, indicator: String, series: Id, period: Period) -> BuiltView {
    let workspace = app.workspace;
    let Some(record) = Dialogue::id(&series, period) else { return build_view("") };
    let make: Rc<dyn Fn()> = {
        let record = record.clone();
        Rc::new(move || {
            workspace.ensure(&record, || Dialogue {
                series: Some(series.clone()),
                period: Some(period),
                ..Dialogue::default()
            });
        })
    };
    let text = |name: &'static str, label: &'static str, help: &'static str| {
        build_view(view! {
            <RecordText workspace record=record.clone() path=Path::root(name) label help sort=FieldType::Text make=Rc::clone(&make)/>
        })
    };
    let written: Dialogue = untrack(|| app.body(Some(&record)));
    let is_written = |texts: &[&UserText]| texts.iter().any(|text| !text.as_str().trim().is_empty());
    let Dialogue { children, parents, professionals, question, mechanism, initiative, .. } = &written;
    let has_voices = is_written(&[children, parents, professionals]);
    let has_note = is_written(&[question, mechanism, initiative]);
    let assessment = text("assessment", "Hvad læser I ud af tallet?", NO_NAMES);
    let voices = markup!(
        r#"
        <p class="help">Kort, og uden navne. Hvad oplever de, som tallet handler om?</p>
        <div class="voice-fields">{}{}{}</div>
        {}"#,
        text("children", "Børn og unge", ""),
        text("parents", "Forældre", ""),
        text("professionals", "Fagprofessionelle", ""),
        release_checkbox(app, record.clone(), Rc::clone(&make)),
    );
    let note = markup!(
        r#"<div class="note-fields">{}{}{}</div>"#,
        text("question", "Spørgsmål", "Hvad vil vi gerne forstå? Ingen navne eller initialer på børn."),
        text("mechanism", "Mekanisme", "Hvad kan ligge bag? Flere forklaringer er bedre end én."),
        text("initiative", "Mulig indsats", "Hvad kunne vi prøve, og hvordan ville vi kunne se, at det virker?"),
    );
    markup!(
        r#"
        <div class="annotation-fields">
            <section>{}</section>
            <section>{}</section>
            <section>{}</section>
            {}
        </div>"#,
        fold("part-assessment", "Faglig vurdering", true, assessment),
        fold("part-voices", "Stemmer", is_open_at_first(has_voices), voices),
        fold("part-note", "Dialognote", is_open_at_first(has_note), note),
        or_empty(Id::parse(&indicator).map(|indicator| follow_up(app, unit, indicator, record.clone()))),
    )
}

/// Formats whether the voices are released.
fn release_text(value: &serde_json::Value) -> String {
    let text = if value.as_bool() == Some(true) { "må komme med" } else { "må ikke komme med" };
    text.to_owned()
}

/// Builds the checkbox that releases the assessment and the voices to the quality report. Nothing else of a dialogue
/// may appear in the report.
fn release_checkbox(app: AppContext, record: Id, make: Rc<dyn Fn()>) -> BuiltView {
    let (workspace, read_record) = (app.workspace, record.clone());
    let path = Path::root("released");
    let choices = build_view(view! {
        <FieldExtras workspace record=record.clone() path about="om stemmerne må komme i rapporten" words=release_text/>
    });
    let is_released = move || app.body::<Dialogue>(Some(&read_record)).released == Some(true);
    let label = "Vurderingen og stemmerne må komme i kvalitetsrapporten".to_owned();
    let tick = checkbox(label, is_released, move |is_released| {
        make();
        workspace.edit::<Dialogue>(&record, &mut Focus::default(), |dialogue| {
            dialogue.released = Some(is_released);
        });
        workspace.save_now();
    });
    markup!(
        r#"<div class="no-print">{}{}<p class="help">Kun sammen med et tal, der må vises. Dialognoten kommer ikke med.</p></div>"#,
        tick,
        choices
    )
}
