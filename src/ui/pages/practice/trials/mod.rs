//! Trials: the unit's own, by where they are, and the card of each.

mod card;

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::period::Span;
use crate::domain::proevehandling::{Proevehandling, TrialState};
use crate::domain::registry::Kind;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button_with_class, dynamic_view, on_click};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

pub(crate) use card::TrialPage;

/// Makes a trial, of the unit that is looked at, and goes to its card.
pub(crate) fn begin_trial(desk: AppContext, trial: Proevehandling) {
    let id = platform::ids::mint();
    let unit = untrack(|| desk.unit());
    desk.workspace.create(id.clone(), &Proevehandling { unit, ..trial });
    desk.workspace.save_now();
    platform::navigation::go_to(&Route::Proevehandling(id).to_string());
}

/// The page of trials.
#[component]
pub(crate) fn TrialsPage(desk: AppContext) -> BuiltView {
    let list = dynamic_view(move || {
        let (unit, today) = (desk.unit(), desk.today.get());
        let trials = trials(desk, unit.as_ref());
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
                let of_it = trials.iter().filter(|(_, trial)| trial.state(today) == state);
                let rows: Vec<BuiltView> = of_it.map(|(id, trial)| row(id, trial)).collect();
                (!rows.is_empty()).then(|| {
                    markup!(
                        r#"<section class="part"><h2>{}</h2><ul class="units">{}</ul></section>"#,
                        state.danish(),
                        rows
                    )
                })
            })
            .collect();
        markup!("<div>{}</div>", parts)
    });
    let begin = button_with_class(
        "primary",
        "Ny prøvehandling",
        on_click(move || begin_trial(desk, Proevehandling::default())),
    );
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

/// The trials of a unit, and those that belong to none, the latest first.
fn trials(desk: AppContext, unit: Option<&Id>) -> Vec<(Id, Proevehandling)> {
    let mut trials: Vec<(Id, Proevehandling)> = desk
        .workspace
        .ids(Kind::Proevehandling)
        .into_iter()
        .filter_map(|id| {
            let trial = desk.workspace.living(&id)?.view::<Proevehandling>().ok()?;
            (trial.unit.is_none() || desk.workspace.is_same_unit(trial.unit.as_ref(), unit)).then_some((id, trial))
        })
        .collect();
    trials.sort_by_key(|(_, trial)| std::cmp::Reverse(trial.period.and_then(|period| period.from)));
    trials
}

fn row(id: &Id, trial: &Proevehandling) -> BuiltView {
    let days = trial.period.map(in_words).unwrap_or_default();
    markup!(
        r#"<li><a href="{}"><strong>{}</strong><span class="help">{}</span></a></li>"#,
        Route::Proevehandling(id.clone()).to_string(),
        named(trial),
        days
    )
}

/// What a trial is called: its title, else how its idea begins.
fn named(trial: &Proevehandling) -> String {
    let words = [trial.title.as_str(), trial.idea.as_str()].into_iter().find(|words| !words.is_empty());
    words.map_or_else(|| "Prøvehandling uden titel".to_owned(), |words| words.chars().take(80).collect())
}

fn in_words(Span { from, to }: Span) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{} – {}", from.danish(), to.danish()),
        (Some(from), None) => format!("fra {}", from.danish()),
        (None, Some(to)) => format!("til {}", to.danish()),
        (None, None) => String::new(),
    }
}
