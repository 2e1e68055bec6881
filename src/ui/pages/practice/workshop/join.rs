//! The page of a participant, on a phone: one item at a time, then the code. Nothing is stored, and nothing but the
//! code leaves the page.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::chart::qr::qr;
use crate::domain::id::Id;
use crate::domain::instrument::Answer;
use crate::domain::instrument::{Form, Instrument, InstrumentItem, Round};
use crate::domain::reflection::{Reflection, Weights};
use crate::domain::svarkode::{AnswerSheet, format_code, spell_code};
use crate::domain::workshop::Setup;

use super::room::join_address;
use super::{WHO_SEES, begin, change, running};
use crate::ui::kit::components::Figure;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_class, dynamic_text, dynamic_view, on_click, or_empty,
};
use crate::ui::pages::practice::reflection::{answer_scale, focus_step, heading, weight_sliders};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// The steps of a participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum JoinStep {
    /// The welcome.
    Door,
    /// The item with this index; for weights all items.
    Item(usize),
    /// The code.
    Done,
}

/// A participant's answers and step. All parts of the page share it.
#[derive(Clone, Copy)]
struct ParticipantContext {
    app: AppContext,
    sheet: RwSignal<AnswerSheet>,
    step: RwSignal<JoinStep>,
}

/// The page of a participant.
#[component]
pub(crate) fn JoinPage(app: AppContext, link: String, code: Option<String>) -> BuiltView {
    let setup = Setup::parse(&link);
    let Some((setup, instrument)) = setup.and_then(|setup| Some((setup.clone(), setup.instrument()?))) else {
        return markup!(
            r##"
            <header class="page-head">
                <h1>Linket er ikke helt</h1>
                <p class="purpose">Det fører ikke til en workshop, som appen kender. Måske mangler der noget af det. Scan koden igen, eller bed om linket en gang til.</p>
            </header>
            <p><a href="#/refleksion">Til refleksion</a></p>"##
        );
    };
    // A code that this workshop cannot decode is left aside: the participant begins at the welcome.
    let decoded = code.and_then(|code| setup.codes()?.decode(&code).ok());
    let ctx = ParticipantContext {
        app,
        // A link with a code in it shows the code.
        step: RwSignal::new(if decoded.is_some() { JoinStep::Done } else { JoinStep::Door }),
        sheet: RwSignal::new(decoded.unwrap_or_else(|| blank_sheet(instrument))),
    };
    let run = running(app);
    let workshop = setup.id.clone();
    // Where the room runs in this very browser, the device is passed around, and answers are counted without a code.
    let is_passed_around = Memo::new(move |_| run.with(|run| run.as_ref().is_some_and(|run| run.setup.id == workshop)));
    let setup = Rc::new(setup);
    let title = setup.title.clone();
    let count = step_count(instrument);
    let progress = dynamic_text(move || match ctx.step.get() {
        JoinStep::Door => String::new(),
        JoinStep::Item(_) if count == 1 => String::new(),
        JoinStep::Item(index) => format!(" · {} af {count}", index + 1),
        JoinStep::Done => " · din kode".to_owned(),
    });
    let setup = send_wrapper::SendWrapper::new(setup);
    let current_step = dynamic_view(move || match ctx.step.get() {
        JoinStep::Door => welcome_step(ctx, &setup, instrument, is_passed_around.get()),
        JoinStep::Item(_) if instrument.form == Form::Weights => weights_step(ctx, &setup, instrument),
        JoinStep::Item(index) => match instrument.items.get(index) {
            Some(item) => item_step(ctx, &setup, instrument, index, item),
            None => build_view(()),
        },
        JoinStep::Done => code_step(ctx, &setup, instrument, is_passed_around.get()),
    });
    markup!(
        r#"
        <div class="round">
            <header class="round-head"><p class="eyebrow">{}{}</p><h1>{}</h1></header>
            <div>{}</div>
        </div>"#,
        instrument.title.as_str(),
        progress,
        title,
        current_step
    )
}

/// The number of steps with items: one for each item, but a single one for weights, which depend on each other.
const fn step_count(instrument: &Instrument) -> usize {
    if matches!(instrument.form, Form::Weights) { 1 } else { instrument.items.len() }
}

/// A sheet without answers.
fn blank_sheet(instrument: &Instrument) -> AnswerSheet {
    AnswerSheet { group: 0, now: vec![None; instrument.items.len()], wanted: None }
}

/// Opens a step.
fn go(ctx: ParticipantContext, step: JoinStep) {
    ctx.step.set(step);
    focus_step();
}

/// The welcome: what the workshop is about, who sees the answers, and the choice of a group.
fn welcome_step(ctx: ParticipantContext, setup: &Setup, instrument: &Instrument, is_passed_around: bool) -> BuiltView {
    let groups = (!setup.groups.is_empty()).then(|| {
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
                            prop:checked=move || ctx.sheet.with(|sheet| sheet.group == number)
                            on:change=move |_| ctx.sheet.update(|sheet| sheet.group = number)
                        />
                        <span>{name}</span>
                    </label>
                })
            })
            .collect();
        markup!(
            r#"<fieldset class="one-of"><legend>Hvor hører du til?</legend><div class="options">{}</div></fieldset>"#,
            options
        )
    });
    let has_room = untrack(|| ctx.app.run.with(Option::is_some));
    let other_room = (!is_passed_around && !has_room).then(|| {
        let (app, setup) = (ctx.app, setup.clone());
        markup!(
            r#"<details class="more"><summary>Leder du workshoppen i et andet rum?</summary><p>Du kan samle svar til den samme workshop her. Bagefter lægges rummenes filer sammen.</p>{}</details>"#,
            button("Åbn et rum mere", move || begin(app, setup.clone()))
        )
    });
    let who_sees = if is_passed_around { "Svaret lægges direkte i bunken på denne enhed." } else { WHO_SEES };
    let minutes = instrument.minutes.to_string();
    markup!(
        r#"
        <section class="step">
            <h2 id="step" tabindex="-1" class="visually-hidden">Velkommen</h2>
            <p class="large-text">{}</p>
            <p>{}</p>
            <p class="help">Det er frivilligt, tager cirka {} minutter og er hverken APV eller trivselsmåling. Spring over, hvad du vil.</p>
            {}
            <div class="step-buttons">{}</div>
            {}
        </section>"#,
        instrument.about.as_str(),
        who_sees,
        minutes,
        groups,
        button_with_class("primary", "Begynd", on_click(move || go(ctx, JoinStep::Item(0)))),
        other_room
    )
}

/// An item with its scales.
fn item_step(
    ctx: ParticipantContext,
    setup: &Setup,
    instrument: &'static Instrument,
    index: usize,
    item: &'static InstrumentItem,
) -> BuiltView {
    let scales: Vec<BuiltView> = rounds(setup)
        .iter()
        .map(|&round| {
            let value = move || ctx.sheet.with(|sheet| answers(sheet, round)?.get(index).copied().flatten());
            let on_pick =
                move |point: Option<i8>| change_answers(ctx, instrument, round, |answers| answers[index] = point);
            answer_scale(instrument, item, round, Rc::new(value), Rc::new(on_pick))
        })
        .collect();
    let is_last = index + 1 == instrument.items.len();
    let back = match index.checked_sub(1) {
        Some(previous) => button("Forrige", move || go(ctx, JoinStep::Item(previous))),
        None => button("Forrige", move || go(ctx, JoinStep::Door)),
    };
    let next = if is_last { JoinStep::Done } else { JoinStep::Item(index + 1) };
    let next_label = if is_last { "Få min kode" } else { "Næste" };
    markup!(
        r#"<section class="step">{}{}<div class="step-buttons">{}{}</div></section>"#,
        heading(item, index),
        scales,
        back,
        button_with_class("primary", next_label, on_click(move || go(ctx, next)))
    )
}

/// The rounds that the workshop asks about.
const fn rounds(setup: &Setup) -> &'static [Round] {
    if setup.asks_wanted { &Round::BOTH } else { &[Round::Now] }
}

/// Changes the answers of a round.
fn change_answers(
    ctx: ParticipantContext,
    instrument: &Instrument,
    round: Round,
    change: impl FnOnce(&mut Vec<Option<i8>>),
) {
    ctx.sheet.update(|sheet| {
        change(match round {
            Round::Now => &mut sheet.now,
            Round::Wanted => sheet.wanted.get_or_insert_with(|| vec![None; instrument.items.len()]),
        });
        // Without any wanted answer the code is shorter.
        if sheet.wanted.as_ref().is_some_and(|wanted| wanted.iter().all(Option::is_none)) {
            sheet.wanted = None;
        }
    });
}

/// All weights on one page: their sum is 100.
fn weights_step(ctx: ParticipantContext, setup: &Setup, instrument: &'static Instrument) -> BuiltView {
    /// A point of the sheet stands for five of a weight.
    const STEP: i8 = 5;
    let count = instrument.items.len();
    let sliders: Vec<BuiltView> = rounds(setup)
        .iter()
        .map(|&round| {
            let value = move || {
                let points = ctx.sheet.with(|sheet| answers(sheet, round).cloned()).unwrap_or_default();
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
                change_answers(ctx, instrument, round, |answers| *answers = points);
            };
            weight_sliders(instrument, round, Rc::new(value), Rc::new(on_set))
        })
        .collect();
    let is_refused = RwSignal::new(false);
    let is_valid = move || {
        ctx.sheet.with_untracked(|sheet| {
            std::iter::once(&sheet.now).chain(&sheet.wanted).all(|answers| instrument.form.are_answers_valid(answers))
        })
    };
    let finish = move || {
        if is_valid() {
            go(ctx, JoinStep::Done);
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
        button("Forrige", move || go(ctx, JoinStep::Door)),
        button_with_class("primary", "Få min kode", on_click(finish))
    )
}

/// The answers of a round.
fn answers(sheet: &AnswerSheet, round: Round) -> Option<&Vec<Option<i8>>> {
    match round {
        Round::Now => Some(&sheet.now),
        Round::Wanted => sheet.wanted.as_ref(),
    }
}

/// The code of the answers, in all forms in which it can be given; or, on a device that is passed around, the button
/// that counts the answers.
fn code_step(
    ctx: ParticipantContext,
    setup: &Setup,
    instrument: &'static Instrument,
    is_passed_around: bool,
) -> BuiltView {
    let last = step_count(instrument) - 1;
    let correct = button("Ret mine svar", move || go(ctx, JoinStep::Item(last)));
    if is_passed_around {
        let hand_in = move || {
            let sheet = ctx.sheet.get_untracked();
            change(ctx.app, |run| run.take_sheet(sheet));
            ctx.sheet.set(blank_sheet(instrument));
            go(ctx, JoinStep::Door);
        };
        return markup!(
            r#"
            <section class="step">
                <h2 id="step" tabindex="-1">Læg dit svar i bunken</h2>
                <p>Så kan ingen rette i det, og den næste begynder forfra.</p>
                <div class="step-buttons">{}{}</div>
                <p class="help">Leder du workshoppen, så gå <a href="{}">til rummet</a>.</p>
            </section>"#,
            correct,
            button_with_class("primary", "Læg i bunken, og giv enheden videre", on_click(hand_in)),
            Route::Room.to_string()
        );
    }
    let sheet = untrack(|| ctx.sheet.get());
    let code = setup.codes().map(|codes| codes.encode(&sheet)).unwrap_or_default();
    let (written, aloud) = (format_code(&code), spell_code(&code));
    let link = format!("{}/{code}", join_address(setup));
    let (drawn_code, copied_code) = (written.clone(), written.clone());
    let message = RwSignal::new("");
    let copy = move |text: String| {
        spawn_local(async move {
            message.set(if platform::clipboard::copy(&text).await {
                "Kopieret. Indsæt den dér, hvor den, der leder workshoppen, har bedt om den."
            } else {
                "Markér koden, og kopiér den."
            });
        });
    };
    let drawing = view! {
        <Figure svg=Rc::new(move || qr(&drawn_code, "Din svarkode som QR-kode")) caption=Rc::new(|| "Vis den til den, der samler ind.".to_owned())/>
    };
    markup!(
        r#"
        <section class="step">
            <h2 id="step" tabindex="-1">Dine svar er klar</h2>
            <div class="your-code">{}<p class="code">{}</p></div>
            <details class="more"><summary>Læs den højt</summary><p class="large-text">{}</p></details>
            <div class="buttons">{}{}</div>
            <p class="help">Enhver, der ser koden i en chat, kan læse dine svar.</p>
            <p role="status">{}</p>
            <div class="step-buttons">{}{}</div>
        </section>"#,
        build_view(drawing),
        written,
        aloud,
        button_with_class("primary", "Kopiér koden", on_click(move || copy(copied_code.clone()))),
        button("Kopiér som link", move || copy(link.clone())),
        dynamic_text(move || message.get().to_owned()),
        correct,
        keep_as_reflection(ctx, setup, instrument)
    )
}

/// The weights of a sheet, whose points are steps of five; `None` for a round that is not answered completely.
fn weights_of(sheet: &AnswerSheet) -> Weights {
    let weights = |answers: Option<&Vec<Option<i8>>>| -> Option<Vec<u8>> {
        answers?.iter().map(|point| Some(point.as_ref()?.unsigned_abs() * 5)).collect()
    };
    Weights { now: weights(Some(&sheet.now)), wanted: weights(sheet.wanted.as_ref()) }
}

/// The button that stores the answers as the participant's own reflection. Nothing else on this page stores anything.
fn keep_as_reflection(ctx: ParticipantContext, setup: &Setup, instrument: &'static Instrument) -> BuiltView {
    let (app, title, wording) = (ctx.app, setup.title.clone(), setup.wording.clone());
    let kept_id = RwSignal::new(None::<Id>);
    let keep = move || {
        let sheet = ctx.sheet.get_untracked();
        let mut reflection = Reflection {
            title: title.as_str().into(),
            instrument: Some(instrument.id.clone()),
            wording: wording.clone(),
            date: Some(app.today.get_untracked()),
            ..Reflection::default()
        };
        if instrument.form == Form::Weights {
            reflection.weights = Some(weights_of(&sheet));
        }
        let items_with_scale = instrument.items.iter().filter(|_| instrument.form != Form::Weights);
        for (index, item) in items_with_scale.enumerate() {
            let point = |round| answers(&sheet, round).and_then(|answers| answers.get(index).copied().flatten());
            let answer = Answer { now: point(Round::Now), wanted: point(Round::Wanted) };
            if answer != Answer::default() {
                reflection.answers.insert(item.id.clone(), answer);
            }
        }
        let id = platform::ids::new_id();
        app.workspace.create(id.clone(), &reflection);
        app.workspace.save_now();
        kept_id.set(Some(id));
    };
    dynamic_view(move || match kept_id.get() {
        None => or_empty(Some(button("Behold dem også som min egen refleksion", keep.clone()))),
        Some(id) => {
            let route = Route::Reflection { instrument: instrument.id.to_string(), id: Some(id) };
            markup!(r#"<p><a href="{}">Se din refleksion</a></p>"#, route.to_string())
        }
    })
}
