//! A round of reflection: one item at a time, then the mirror.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::instrument::{Form, Instrument, InstrumentItem, InstrumentText, OwnInstrument, resolve_instrument};
use crate::domain::reflection::Reflection;
use crate::record::life::Life;

use super::item::item_view;
use super::mirror::mirror;
use super::weights::weights;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_text, dynamic_view, on_click, or_empty};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// A round and its instrument. All parts of the page share it.
#[derive(Clone)]
pub(crate) struct RoundContext {
    pub(crate) app: AppContext,
    /// The id of the round's record, which need not exist yet.
    pub(crate) id: Id,
    pub(crate) instrument: &'static Instrument,
    /// The questions, where the instrument is a unit's own.
    pub(crate) wording: Option<InstrumentText>,
}

impl RoundContext {
    /// The round as it is now.
    pub(crate) fn body(&self) -> Reflection {
        self.app.body(Some(&self.id))
    }

    /// Creates the record if there is none. A round has one from its first answer on.
    pub(crate) fn ensure(&self) {
        let (unit, today) = untrack(|| (self.app.unit(), self.app.today.get()));
        self.app.workspace.ensure(&self.id, || Reflection {
            title: format!("{} {}", self.instrument.title, today.danish()).as_str().into(),
            unit,
            instrument: Some(self.instrument.id.clone()),
            wording: self.wording.clone(),
            date: Some(today),
            ..Reflection::default()
        });
    }
}

/// The page of a round.
#[component]
pub(crate) fn ReflectionPage(app: AppContext, instrument: String, id: Option<Id>) -> BuiltView {
    let Some(id) = id else {
        // The address gets the id of a new round at once, so that a reload opens the same round. The address without an
        // id is replaced in the browser's history.
        let id = platform::ids::new_id();
        platform::navigation::replace_with(&Route::Reflection { instrument, id: Some(id) }.to_string());
        return build_view(());
    };
    let (round_id, record_id) = (id.clone(), id.clone());
    // A unit's own instrument may come later, with the records.
    let found = Memo::new(move |_| find_instrument(app, &instrument, &round_id));
    let is_deleted = Memo::new(move |_| {
        app.workspace.read(&record_id, |record| record.life(None) == Life::Deleted).unwrap_or(false)
    });
    dynamic_view(move || {
        let Some((instrument, wording)) = found.get() else { return unknown_instrument() };
        let ctx = RoundContext { app, id: id.clone(), instrument, wording };
        match (is_deleted.get(), instrument.form) {
            (true, _) => deleted_round(&ctx),
            (false, Form::Weights) => weights(&ctx),
            (false, _) => steps(&ctx),
        }
    })
}

/// Finds the instrument that an address names, with its wording if it is a unit's own. The wording that the round
/// itself stores comes before that of the unit's instrument.
fn find_instrument(
    app: AppContext,
    instrument: &str,
    round: &Id,
) -> Option<(&'static Instrument, Option<InstrumentText>)> {
    let instrument = Id::parse(instrument)?;
    let stored = app.workspace.read(round, |record| record.view::<Reflection>().ok()?.wording).flatten();
    let wording = stored.or_else(|| app.body::<OwnInstrument>(Some(&instrument)).in_use);
    Some((resolve_instrument(&instrument, wording.as_ref())?, wording))
}

fn unknown_instrument() -> BuiltView {
    markup!(
        r##"
        <header class="page-head">
            <h1>Redskabet findes ikke</h1>
            <p class="purpose">Adressen nævner et redskab, som ikke er her. Er det jeres eget, så åbn filen med det; ellers er adressen måske skrevet forkert.</p>
        </header>
        <p><a href="#/refleksion">Til refleksion</a></p>"##
    )
}

fn deleted_round(ctx: &RoundContext) -> BuiltView {
    let ctx = ctx.clone();
    let restore = move || {
        ctx.ensure();
        ctx.app.workspace.save_now();
    };
    markup!(
        r##"
        <header class="page-head">
            <h1>Refleksionen er slettet</h1>
            <p class="purpose">Den ligger i papirkurven her i browseren med alt, hvad der stod i den.</p>
            <div>{}</div>
        </header>
        <p><a href="#/refleksion">Til refleksion</a></p>"##,
        button_with_class("primary", "Hent den tilbage", on_click(restore))
    )
}

/// The steps of a round: one for each item, then the mirror. A step is the index of its item, or the number of items
/// for the mirror.
fn steps(ctx: &RoundContext) -> BuiltView {
    let instrument = ctx.instrument;
    let count = instrument.items.len();
    let body = untrack(|| ctx.body());
    let is_open = |item: &InstrumentItem| body.answers.get(&item.id).is_none_or(|answer| answer.now.is_none());
    let first_open = instrument.items.iter().position(is_open);
    // A round that was begun opens at its first open item, a finished round at its mirror.
    let step = RwSignal::new(if body.answered() == 0 { 0 } else { first_open.unwrap_or(count) });
    let go = move |next: usize| {
        step.set(next.min(count));
        focus_step();
    };
    let marks = step_marks(ctx, step, Rc::new(go));
    let step_ctx = ctx.clone();
    let current_step = dynamic_view(move || match instrument.items.get(step.get()) {
        Some(item) => build_view(vec![item_view(&step_ctx, step.get(), item), step_buttons(step.get(), count, go)]),
        None => mirror(&step_ctx, go),
    });
    let progress = dynamic_text(move || match step.get() {
        step if step < count => format!("{} af {count}", step + 1),
        _ => "Samlet".to_owned(),
    });
    markup!(
        r##"
        <div class="round">
            <header class="round-head">
                <p class="eyebrow"><a href="#/refleksion">Refleksion</a> · {}</p>
                <h1>{}</h1>
            </header>
            {}
            {}
        </div>"##,
        progress,
        instrument.title.as_str(),
        marks,
        build_view(view! { <div>{current_step}</div> }),
    )
}

/// A small mark for each step, which opens it. Marks show which items are answered, and which step is open.
fn step_marks(ctx: &RoundContext, step: RwSignal<usize>, go: Rc<dyn Fn(usize)>) -> BuiltView {
    let items = &ctx.instrument.items;
    let steps = items.iter().enumerate().map(|(index, item)| (index, Some(item)));
    let marks: Vec<BuiltView> = steps
        .chain([(items.len(), None::<&InstrumentItem>)])
        .map(|(index, item)| {
            let (ctx, go) = (ctx.clone(), Rc::clone(&go));
            let is_answered = Memo::new(move |_| {
                item.is_some_and(|item| ctx.body().answers.get(&item.id).is_some_and(|answer| answer.now.is_some()))
            });
            let name = move || match item {
                Some(item) => {
                    let answered = if is_answered.get() { ", besvaret" } else { "" };
                    format!("{}: {}{answered}", index + 1, item.label)
                }
                None => "Samlet".to_owned(),
            };
            let current = move || (step.get() == index).then_some("step");
            let class = if item.is_some() { "round-step" } else { "round-step last" };
            build_view(view! {
                <li><button type="button" class=class class:done=is_answered aria-label=name aria-current=current on:click=on_click(move || go(index))></button></li>
            })
        })
        .collect();
    markup!(r#"<nav aria-label="Trin"><ol class="round-steps">{}</ol></nav>"#, marks)
}

/// The buttons to the previous and the next step.
fn step_buttons(step: usize, count: usize, go: impl Fn(usize) + Copy + 'static) -> BuiltView {
    let back = (step > 0).then(|| button_with_class("", "Forrige", on_click(move || go(step - 1))));
    let next_label = if step + 1 == count { "Se det samlet" } else { "Næste" };
    markup!(
        r#"<div class="step-buttons">{}{}</div>"#,
        or_empty(back),
        button_with_class("primary", next_label, on_click(move || go(step + 1)))
    )
}

/// Scrolls to the top and focuses the heading of the step that was just opened.
pub(crate) fn focus_step() {
    request_animation_frame(|| {
        platform::page::focus_on("step");
        window().scroll_to_with_x_and_y(0.0, 0.0);
    });
}
