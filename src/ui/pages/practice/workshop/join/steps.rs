//! The steps before the code: the welcome, an item with its scales, and all weights on one page.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::instrument::{InstrumentItem, Round};
use crate::domain::workshop::{AnswerStep, Setup};

use super::{ParticipantContext, store};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, button_with_class, dynamic_view, on_click, or_empty};
use crate::ui::pages::practice::reflection::{answer_scale, heading, weight_sliders};
use crate::ui::pages::practice::workshop::WHO_SEES;
use crate::ui::pages::practice::workshop::session::{begin, run_signal};

/// The welcome: what the workshop is about, who sees the answers, and the choice of a group.
pub(super) fn welcome_step(ctx: ParticipantContext, setup: &Setup, is_passed_around: bool) -> BuiltView {
    let has_room = untrack(|| run_signal(ctx.app).with(Option::is_some));
    // Another room needs the whole id of the workshop, which only its link has.
    let other_room = (setup.is_whole() && !is_passed_around && !has_room).then(|| {
        let (app, setup) = (ctx.app, setup.clone());
        markup!(
            r#"<details class="more"><summary>Leder du workshoppen i et andet rum?</summary><p>Du kan samle svar til den samme workshop her. Bagefter lægges rummenes filer sammen.</p>{}</details>"#,
            button("Åbn et rum mere", move || begin(app, setup.clone()))
        )
    });
    let who_sees = if is_passed_around { "Svaret lægges direkte i bunken på denne enhed." } else { WHO_SEES };
    let storage = if store::can_store(ctx.app) {
        "Genindlæser du siden, er dine svar her stadig. De slettes, når du er færdig."
    } else {
        "Browseren gemmer ikke noget her. Genindlæser du siden, er dine svar væk, og du begynder forfra."
    };
    markup!(
        r#"
        <section class="step">
            <h2 id="step" tabindex="-1" class="visually-hidden">Velkommen</h2>
            <p class="large-text">{}</p>
            <p>{}</p>
            <p class="help">Det er frivilligt, tager cirka {} minutter og er hverken APV eller trivselsmåling. Spring over, hvad du vil.</p>
            <p class="help">{}</p>
            {}
            {}
            <div class="step-buttons">{}</div>
        </section>"#,
        ctx.instrument.about.as_str(),
        who_sees,
        ctx.instrument.minutes.to_string(),
        storage,
        group_choice(ctx, setup),
        other_room,
        button_with_class("primary", "Begynd", on_click(move || ctx.go(AnswerStep::Item(0))))
    )
}

/// The choice of a group; `None` for a workshop without groups.
fn group_choice(ctx: ParticipantContext, setup: &Setup) -> Option<BuiltView> {
    if setup.groups.is_empty() {
        return None;
    }
    let options: Vec<BuiltView> = std::iter::once("Siger jeg ikke")
        .chain(setup.groups.iter().map(String::as_str))
        .enumerate()
        .map(|(number, name)| {
            let name = name.to_owned();
            build_view(view! {
                <label class="option">
                    <input
                        type="radio"
                        name="group"
                        prop:checked=move || ctx.answers.with(|answers| answers.sheet.group == number)
                        on:change=move |_| ctx.change(|answers| answers.sheet.group = number)
                    />
                    <span>{name}</span>
                </label>
            })
        })
        .collect();
    Some(markup!(
        r#"<fieldset class="one-of"><legend>Hvor hører du til?</legend><div class="options">{}</div></fieldset>"#,
        options
    ))
}

/// An item with its scales.
pub(super) fn item_step(
    ctx: ParticipantContext,
    setup: &Setup,
    index: usize,
    item: &'static InstrumentItem,
) -> BuiltView {
    let scales: Vec<BuiltView> = rounds(setup)
        .iter()
        .map(|&round| {
            let value = move || ctx.answers.with(|answers| answers.item(round, index));
            let on_pick = move |point: Option<i8>| ctx.change(|answers| answers.set_item(round, index, point));
            answer_scale(ctx.instrument, item, round, Rc::new(value), Rc::new(on_pick))
        })
        .collect();
    let is_last = index + 1 == ctx.instrument.items.len();
    let previous = index.checked_sub(1).map_or(AnswerStep::Welcome, AnswerStep::Item);
    let next = if is_last { AnswerStep::Code } else { AnswerStep::Item(index + 1) };
    let next_label = if is_last { "Få min kode" } else { "Næste" };
    markup!(
        r#"<section class="step">{}{}<div class="step-buttons">{}{}</div></section>"#,
        heading(item, index),
        scales,
        button("Forrige", move || ctx.go(previous)),
        button_with_class("primary", next_label, on_click(move || ctx.go(next)))
    )
}

/// The rounds that the workshop asks about.
const fn rounds(setup: &Setup) -> &'static [Round] {
    if setup.asks_wanted { &Round::BOTH } else { &[Round::Now] }
}

/// All weights on one page: their sum is 100.
pub(super) fn weights_step(ctx: ParticipantContext, setup: &Setup) -> BuiltView {
    /// A point of the sheet stands for five of a weight.
    const STEP: i8 = 5;
    let instrument = ctx.instrument;
    let count = instrument.items.len();
    let sliders: Vec<BuiltView> = rounds(setup)
        .iter()
        .map(|&round| {
            let value = move || {
                let points = ctx.answers.with(|answers| answers.round(round).map(<[_]>::to_vec)).unwrap_or_default();
                let weights = points.iter().map(|point| point.unwrap_or_default().unsigned_abs() * STEP.unsigned_abs());
                let mut weights: Vec<u8> = weights.collect();
                weights.resize(count, 0);
                weights
            };
            let on_set = move |weights: Vec<u8>| {
                // Weights of 0 alone mean that the question is not answered.
                let is_answered = weights.iter().any(|weight| *weight != 0);
                let points = weights.iter().map(|weight| i8::try_from(*weight).ok().map(|weight| weight / STEP));
                let points = points.map(|point| point.filter(|_| is_answered)).collect();
                ctx.change(|answers| answers.set_round(round, points));
            };
            weight_sliders(instrument, round, Rc::new(value), Rc::new(on_set))
        })
        .collect();
    let is_refused = RwSignal::new(false);
    let finish = move || {
        if ctx.answers.with_untracked(|answers| answers.has_code(instrument.form)) {
            ctx.go(AnswerStep::Code);
        } else {
            is_refused.set(true);
        }
    };
    let refused = dynamic_view(move || {
        or_empty(is_refused.get().then(|| {
            markup!(
                r#"<p class="error" role="alert">De tre skal være 100 tilsammen, eller alle stå på 0, hvis du springer over.</p>"#
            )
        }))
    });
    markup!(
        r#"
        <section class="step">
            <h2 id="step" tabindex="-1">Fordel 100 på de tre</h2>
            {}
            <div>{}</div>
            <div class="step-buttons">{}{}</div>
        </section>"#,
        sliders,
        refused,
        button("Forrige", move || ctx.go(AnswerStep::Welcome)),
        button_with_class("primary", "Få min kode", on_click(finish))
    )
}
