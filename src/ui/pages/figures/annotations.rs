//! One figure: what it rests on, and what people say of it.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::cpr::{self, Allowed};
use crate::domain::date::Date;
use crate::domain::dialogue::Dialogue;
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::period::Period;
use crate::domain::series::{Observation, ObservationState, Series};
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::follow_up::follow_up;
use super::values::{figure_in_words, observation_leaf};
use crate::ui::kit::components::{Choices, Field, FieldEvent, FieldType, RecordText};
use crate::ui::kit::inputs::guarded;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, or_empty};
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;
use crate::ui::state::queries::figures::BodyChange;

/// What no text about practice may hold.
const NO_NAMES: &str = "Ingen navne eller initialer på børn.";

/// What there is to say of the figure of a period, which is chosen here.
#[component]
pub(crate) fn Annotations(desk: AppContext, unit: Id, indicator: Indicator) -> BuiltView {
    let Some(series) = queries::figures::series_id(&unit, &indicator.id) else { return build_view("") };
    let current = Period::school_year_of(desk.today.get_untracked());
    let periods = {
        let series = series.clone();
        Memo::new(move |_| {
            let known = desk.body::<Series>(Some(&series));
            let known = known.observations.keys().chain(known.breaks.keys()).copied();
            let mut periods = Period::without_holes(known);
            if !periods.contains(&current) {
                periods.push(current);
            }
            periods.sort();
            periods.reverse();
            periods
        })
    };
    let with_figure = desk.body::<Series>(Some(&series));
    let latest = with_figure.observations.iter().rev().find(|(_, own)| own.value.is_some()).map(|(period, _)| *period);
    let chosen = RwSignal::new(latest.unwrap_or(current));
    let choose = move |key: String| {
        if let Some(period) = Period::parse(&key) {
            chosen.set(period);
        }
    };
    let options = move || {
        let options: Vec<BuiltView> =
            periods.get().into_iter().map(|period| option(period, chosen.get_untracked())).collect();
        build_view(options)
    };
    // Of a hidden figure what is said is hidden as well. (A memo: a field must not be built anew by what is typed in it.)
    let is_hidden = {
        let (unit, id) = (unit.clone(), indicator.id.clone());
        Memo::new(move |_| {
            let of_period = |series: Series| series.observations.get(&chosen.get()).map(|own| own.state);
            desk.is_public.get()
                && of_period(queries::figures::series(desk, &unit, &id)) == Some(ObservationState::Hidden)
        })
    };
    let panel = dynamic_view(move || {
        let period = chosen.get();
        if is_hidden.get() {
            return markup!("<p>{}</p>", ObservationState::Hidden.danish());
        }
        markup!(
            r#"<div class="panel">{}{}</div>"#,
            build_view(
                view! { <RestsOn desk unit=unit.clone() indicator=indicator.clone() series=series.clone() period/> }
            ),
            build_view(
                view! { <Heard desk unit=unit.clone() indicator=indicator.id.clone() series=series.clone() period/> }
            ),
        )
    });
    build_view(view! {
        <section class="part said">
            <h2>"Det siger vi om tallet"</h2>
            <div class="field">
                <label for="said-period">"Periode"</label>
                <select id="said-period" on:change:target=move |event| choose(event.target().value())>{dynamic_view(options)}</select>
            </div>
            {panel}
        </section>
    })
}

fn option(period: Period, chosen: Period) -> BuiltView {
    let (key, words) = (period.to_string(), period.danish());
    if period == chosen {
        markup!(r#"<option value="{}" selected>{}</option>"#, key, words)
    } else {
        markup!(r#"<option value="{}">{}</option>"#, key, words)
    }
}

/// What a figure rests on: how many, from where, and what there is to know of it.
#[component]
fn RestsOn(desk: AppContext, unit: Id, indicator: Indicator, series: Id, period: Period) -> BuiltView {
    let workspace = desk.workspace;
    let own = {
        let series = series.clone();
        move || desk.body::<Series>(Some(&series)).observations.get(&period).cloned().unwrap_or_default()
    };
    let write: BodyChange<Observation> = {
        let (series, unit, id) = (series.clone(), unit.clone(), indicator.id.clone());
        Rc::new(move |change| {
            queries::figures::ensure_series(desk, &unit, &id);
            workspace.edit::<Series>(&series, &mut Focus::default(), |series| {
                let has_it = series.observations.contains_key(&period);
                let own = series.observations.get_or_default(period);
                if !has_it {
                    // Nothing was counted yet: that it is not there is all there is to say.
                    own.state = ObservationState::Missing;
                }
                change(own);
            });
        })
    };
    let count = {
        let (own, write) = (own.clone(), Rc::clone(&write));
        let error = RwSignal::new(None::<String>);
        let value = Rc::new(move || own().n.map(|n| n.to_string()).unwrap_or_default());
        let (before, shown) = (RefCell::new(String::new()), Rc::clone(&value));
        let on_event = move |event: FieldEvent| {
            let write = |text: &str| {
                let n = number_of_persons(text)?;
                write(&move |own| own.n = n);
                Ok(())
            };
            guarded(&event, &before, &*shown, &write, error);
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
    let make: Rc<dyn Fn()> = Rc::new(move || queries::figures::ensure_series(desk, &unit, &indicator.id));
    markup!(
        r#"<div class="rests-on">{}{}{}{}{}{}</div>"#,
        build_view(
            view! { <Choices workspace record=series.clone() path=observation_leaf(period) about=period.danish() words=figure_in_words/> }
        ),
        count,
        state(own.clone(), Rc::clone(&write), period),
        source(desk, own.clone(), Rc::clone(&write)),
        retrieved(desk, own, write),
        build_view(
            view! { <RecordText workspace record=series path=note_path label="Bemærkning til tallet" help=NO_NAMES sort=FieldType::Text make=make/> }
        ),
    )
}

/// Why there is no figure, where there is none.
fn state(own: impl Fn() -> Observation + Clone + 'static, write: BodyChange<Observation>, period: Period) -> BuiltView {
    dynamic_view(move || {
        let own = own();
        if own.value.is_some() {
            return build_view("");
        }
        let write = Rc::clone(&write);
        let choose = move |name: String| {
            let state = ObservationState::ALL.into_iter().find(|state| state.danish() == name);
            write(&move |own| own.state = state.unwrap_or_default());
        };
        let states = ObservationState::ALL.into_iter().filter(|state| *state != ObservationState::Value);
        let options: Vec<BuiltView> = states
            .map(|state| {
                if state == own.state {
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

fn source(desk: AppContext, own: impl Fn() -> Observation + 'static, write: BodyChange<Observation>) -> BuiltView {
    let own = Rc::new(own);
    let keep = move |typed: cpr::TypedText| write(&move |own| own.source = typed.save.as_str().into());
    let (before, shown) = (RefCell::new(String::new()), Rc::clone(&own));
    let on_event = move |event: FieldEvent| match event {
        FieldEvent::Entered => drop(before.replace(untrack(|| shown().source.0))),
        FieldEvent::Typed(text) => {
            let last = before.replace(text.clone());
            keep(cpr::while_typing(&text, &last, &Allowed::default()));
        }
        FieldEvent::Left(text) => {
            if let Some(text) = text {
                keep(cpr::mask(&text, &Allowed::default()));
            }
            desk.workspace.save_now();
        }
    };
    let value = move || own().source.0;
    build_view(view! {
        <Field id="said-source".to_owned() label="Kilde" help="For eksempel uddannelsesstatistik eller egen optælling." value=Rc::new(value) on_event=Rc::new(on_event)/>
    })
}

fn retrieved(desk: AppContext, own: impl Fn() -> Observation + 'static, write: BodyChange<Observation>) -> BuiltView {
    let on_event = move |event: FieldEvent| match event {
        FieldEvent::Typed(text) => {
            let day = Date::parse(&text);
            if day.is_some() || text.is_empty() {
                write(&move |own| own.retrieved = day);
            }
        }
        FieldEvent::Left(_) => desk.workspace.save_now(),
        FieldEvent::Entered => {}
    };
    let value = move || own().retrieved.map(|day| day.to_string()).unwrap_or_default();
    build_view(
        view! { <Field id="said-retrieved".to_owned() label="Hentet den" value=Rc::new(value) on_event=Rc::new(on_event) sort=FieldType::Day/> },
    )
}

fn number_of_persons(text: &str) -> Result<Option<u32>, &'static str> {
    if cpr::in_figure(text) == cpr::DigitShape::Refused {
        return Err(cpr::REFUSED);
    }
    let text = text.trim().replace(['.', ' '], "");
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| "Skriv et helt antal, for eksempel 24.")
}

/// What people say: the assessment, the voices, the note of the conversation.
#[component]
fn Heard(desk: AppContext, unit: Id, indicator: String, series: Id, period: Period) -> BuiltView {
    let workspace = desk.workspace;
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
    markup!(
        r#"
        <div class="heard-fields">
            <section><h3>Faglig vurdering</h3>{}</section>
            <section>
                <h3>Stemmer</h3>
                <p class="help">Kort, og uden navne. Hvad oplever de, som tallet handler om?</p>
                <div class="voices">{}{}{}</div>
            </section>
            <section><h3>Dialognote</h3>{}{}{}</section>
            {}
        </div>"#,
        text("assessment", "Hvad læser I ud af tallet?", NO_NAMES),
        text("children", "Børn og unge", ""),
        text("parents", "Forældre", ""),
        text("professionals", "Fagprofessionelle", ""),
        text("question", "Spørgsmål", "Hvad vil vi gerne forstå?"),
        text("mechanism", "Mekanisme", "Hvad kan ligge bag? Flere forklaringer er bedre end én."),
        text("initiative", "Mulig indsats", "Hvad kunne vi prøve, og hvordan ville vi kunne se, at det virker?"),
        or_empty(Id::parse(&indicator).map(|indicator| follow_up(desk, unit, indicator, record.clone()))),
    )
}
