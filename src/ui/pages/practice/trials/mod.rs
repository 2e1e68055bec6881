//! Trials (*prøvehandlinger*): the list of the unit's trials by their state, and the card of each.
//!
//! Each trial has a title. The page asks for the title of a trial without one before it creates the trial.

mod card;

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use web_sys::SubmitEvent;

use crate::domain::cpr::{self, Allowed};
use crate::domain::id::Id;
use crate::domain::period::Span;
use crate::domain::proevehandling::{Proevehandling, TrialState};
use crate::domain::registry::Kind;

use crate::ui::kit::components::{Field, FieldEvent};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_view, on_click};
use crate::ui::platform;
use crate::ui::platform::focus::focus_after_navigation;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

pub(crate) use card::TrialPage;

/// The id of the field for the title of a new trial.
const TITLE_INPUT: &str = "new-trial-title";

thread_local! {
    /// A trial without any text that another page began. The page of trials asks for its title.
    static UNNAMED_TRIAL: RefCell<Option<Proevehandling>> = const { RefCell::new(None) };
}

/// Creates a trial that belongs to the chosen unit, saves it, and opens its card. For a trial without any text, opens
/// the page of trials, which asks for a title first.
pub(crate) fn begin_trial(app: AppContext, trial: Proevehandling) {
    let trial = trial.with_title();
    if trial.title.as_str().is_empty() {
        UNNAMED_TRIAL.set(Some(trial));
        focus_after_navigation(TITLE_INPUT.to_owned());
        platform::navigation::go_to(&Route::Praksis.to_string());
        return;
    }
    let id = platform::ids::new_id();
    let unit = untrack(|| app.unit());
    app.workspace.create(id.clone(), &Proevehandling { unit, ..trial });
    app.workspace.save_now();
    focus_after_navigation(format!("{id}-context"));
    platform::navigation::go_to(&Route::Proevehandling(id).to_string());
}

/// The page of trials.
#[component]
pub(crate) fn TrialsPage(app: AppContext) -> BuiltView {
    let list = dynamic_view(move || {
        let (unit, today) = (app.unit(), app.today.get());
        let trials = trials(app, unit.as_ref());
        if trials.is_empty() {
            return markup!(
                r##"
                <section class="part">
                    <h2>Her kommer jeres prøvehandlinger</h2>
                    <p>En prøvehandling er noget lille, I prøver i en kort tid: en anden måde at sige godmorgen på, et bord mindre i
                    rummet, et møde udenfor. I skriver, hvad I venter, og ser efter, om det skete.</p>
                    <p class="help">De kan komme af en refleksion, en workshop eller en samtale om tal, eller begynde her.</p>
                    <p><a class="button" href="#/refleksion">Begynd med en refleksion</a></p>
                </section>"##
            );
        }
        let parts: Vec<BuiltView> = TrialState::ALL
            .into_iter()
            .filter_map(|state| {
                let of_state = trials.iter().filter(|(_, trial)| trial.state(today) == state);
                let rows: Vec<BuiltView> = of_state.map(|(id, trial)| row(id, trial)).collect();
                (!rows.is_empty()).then(|| {
                    markup!(
                        r#"<section class="part"><h2>{}</h2><ul class="link-list">{}</ul></section>"#,
                        state.danish(),
                        rows
                    )
                })
            })
            .collect();
        markup!("<div>{}</div>", parts)
    });
    // The trial for which the page asks a title.
    let draft = RwSignal::new(UNNAMED_TRIAL.take());
    let begin = dynamic_view(move || match draft.get() {
        Some(trial) => title_form(app, trial, draft),
        None => button_with_class(
            "primary",
            "Ny prøvehandling",
            on_click(move || {
                draft.set(Some(Proevehandling::default()));
                inputs::focus_on(TITLE_INPUT.to_owned());
            }),
        ),
    });
    markup!(
        r#"
        <header class="page-head">
            <h1>Praksis</h1>
            <p class="purpose">Det, I prøver af, og det, I har lært. Øverst står det, der venter på jer.</p>
            <div>{}</div>
        </header>
        <div>{}</div>"#,
        begin,
        list
    )
}

/// The form that asks for the title of a new trial.
fn title_form(app: AppContext, trial: Proevehandling, draft: RwSignal<Option<Proevehandling>>) -> BuiltView {
    let (title, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let on_event = move |event: FieldEvent| {
        if let FieldEvent::Typed(text) = event {
            error.set(None);
            title.set(text);
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let title = cpr::mask(title.get_untracked().trim(), &Allowed::new()).save;
        if title.is_empty() {
            error.set(Some("Skriv et kort navn, så I kan finde prøvehandlingen igen.".to_owned()));
            inputs::focus_on(TITLE_INPUT.to_owned());
            return;
        }
        begin_trial(app, Proevehandling { title: title.as_str().into(), ..trial.clone() });
    };
    let field = build_view(view! {
        <Field
            id=TITLE_INPUT.to_owned()
            label="Hvad skal prøvehandlingen hedde?"
            help="Et par ord, som I alle kan kende igen."
            value=Rc::new(move || title.get())
            error
            on_event=Rc::new(on_event)
        />
    });
    let fields = markup!(
        r#"<div class="form"><h2>Ny prøvehandling</h2>{}<div class="buttons"><button type="submit" class="primary">Opret den</button>{}</div></div>"#,
        field,
        button_with_class("quiet", "Vent med det", on_click(move || draft.set(None)))
    );
    build_view(view! { <form on:submit=submit novalidate>{fields}</form> })
}

/// The trials of a unit and those that belong to no unit, the latest first.
fn trials(app: AppContext, unit: Option<&Id>) -> Vec<(Id, Proevehandling)> {
    let mut trials: Vec<(Id, Proevehandling)> = app
        .workspace
        .ids(Kind::Proevehandling)
        .into_iter()
        .filter_map(|id| {
            // A record that passed `Record::check` can always be viewed.
            let trial = app.workspace.get_unless_deleted(&id)?.view::<Proevehandling>().ok()?;
            (trial.unit.is_none() || app.workspace.is_same_unit(trial.unit.as_ref(), unit)).then_some((id, trial))
        })
        .collect();
    trials.sort_by_key(|(_, trial)| std::cmp::Reverse(trial.period.and_then(|period| period.from)));
    trials
}

fn row(id: &Id, trial: &Proevehandling) -> BuiltView {
    let days = trial.period.map(span_in_words).unwrap_or_default();
    markup!(
        r#"<li><a href="{}"><strong>{}</strong><span class="help">{}</span></a></li>"#,
        Route::Proevehandling(id.clone()).to_string(),
        trial.name(),
        days
    )
}

/// A span of days in Danish; empty without any day.
fn span_in_words(Span { from, to }: Span) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{} – {}", from.danish(), to.danish()),
        (Some(from), None) => format!("fra {}", from.danish()),
        (None, Some(to)) => format!("til {}", to.danish()),
        (None, None) => String::new(),
    }
}
