//! The last steps: the code in all forms in which it can be given, the pile of a device that is passed around, and the
//! thanks.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::chart::qr::qr;
use crate::domain::id::Id;
use crate::domain::instrument::{Answer, Form, Round};
use crate::domain::reflection::{Reflection, Weights};
use crate::domain::svarkode::{format_code, spell_code};
use crate::domain::workshop::{AnswerStep, ParticipantAnswers, Setup};

use super::{ParticipantContext, Visit, store};
use crate::ui::kit::components::Figure;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_class, dynamic_text, dynamic_view, on_click, or_empty,
};
use crate::ui::pages::practice::workshop::session::change;
use crate::ui::platform;
use crate::ui::route::Route;

/// The code of the answers, in all forms in which it can be given.
pub(super) fn code_step(ctx: ParticipantContext, setup: &Setup) -> BuiltView {
    let code = ctx.answers.with_untracked(|answers| setup.codes().map(|codes| codes.encode(&answers.sheet)));
    let code = code.unwrap_or_default();
    let (written, aloud) = (format_code(&code), spell_code(&code));
    let route = Route::Join { link: setup.link(), code: Some(code) };
    let link = format!("{}{route}", platform::navigation::page_address());
    let (drawn_code, copied_code) = (written.clone(), written.clone());
    // A long code may be broken after each hyphen. Browsers do not break between a hyphen and a digit by themselves.
    let groups: Vec<BuiltView> = written.split_inclusive('-').map(|group| markup!("{}<wbr>", group)).collect();
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
            <div class="code-drawing">{}</div>
            <p class="code">{}</p>
            <details class="more"><summary>Læs den højt</summary><p class="large-text">{}</p></details>
            <div class="buttons">{}{}</div>
            <p role="status">{}</p>
            <p class="help">Enhver, der ser koden i en chat, kan læse dine svar.</p>
            <div>{}</div>
            <p class="help">Har du givet koden videre, så tryk på «Jeg er færdig». Så slettes dine svar på denne enhed.</p>
            <div class="step-buttons">{}{}</div>
        </section>"#,
        build_view(drawing),
        groups,
        aloud,
        button("Kopiér koden", move || copy(copied_code.clone())),
        button("Kopiér som link", move || copy(link.clone())),
        dynamic_text(move || message.get().to_owned()),
        keep_as_reflection(ctx, setup),
        correct_button(ctx, setup),
        button_with_class("primary", "Jeg er færdig", on_click(move || ctx.clear(true)))
    )
}

/// The button that opens the last item again.
fn correct_button(ctx: ParticipantContext, setup: &Setup) -> BuiltView {
    let last = AnswerStep::item_count(ctx.instrument) - 1;
    let link = setup.link();
    button("Ret mine svar", move || {
        let is_with_code = ctx.visit.get_untracked() == Visit::WithCode;
        ctx.go(AnswerStep::Item(last));
        // Otherwise a reload would show the code in the address again, and not the corrected answers.
        if is_with_code && store::can_store(ctx.app) {
            let route = Route::Join { link: link.clone(), code: None };
            platform::navigation::replace_with(&route.to_string());
        }
    })
}

/// On a device that is passed around, the button that counts the answers. The next participant gets a blank sheet.
pub(super) fn pile_step(ctx: ParticipantContext, setup: &Setup) -> BuiltView {
    let workshop = setup.clone();
    let hand_in = move || {
        let sheet = ctx.answers.with_untracked(|answers| answers.sheet.clone());
        let is_counted = change(ctx.app, |run| {
            let is_open = run.setup.is_same_workshop(&workshop);
            if is_open {
                run.take_sheet(sheet);
            }
            is_open
        });
        // If the room was closed in another window, the answers stay, and the step shows their code.
        if is_counted == Some(true) {
            ctx.clear(false);
        }
    };
    markup!(
        r#"
        <section class="step">
            <h2 id="step" tabindex="-1">Læg dit svar i bunken</h2>
            <p>Så kan ingen rette i det, og den næste begynder forfra.</p>
            <p class="help">Leder du workshoppen, så gå <a href="{}">til rummet</a>.</p>
            <div class="step-buttons">{}{}</div>
        </section>"#,
        Route::Room.to_string(),
        correct_button(ctx, setup),
        button_with_class("primary", "Læg i bunken, og giv enheden videre", on_click(hand_in))
    )
}

/// The thanks, when the answers are deleted: what happens now, and the button for another sheet.
pub(super) fn thanks_step(ctx: ParticipantContext) -> BuiltView {
    markup!(
        r#"
        <section class="step">
            <h2 id="step" tabindex="-1">Tak for dine svar</h2>
            <p class="large-text">Nu samler den, der leder workshoppen, koderne ind. Bagefter ser I svarene samlet og taler om dem.</p>
            <p>Dine svar er slettet her på siden. Du kan lukke den.</p>
            <p class="help">Skal en anden svare på denne enhed, eller nåede du ikke at give din kode videre? Så svar igen på et tomt skema.</p>
            <div class="step-buttons">{}</div>
        </section>"#,
        button("Svar igen", move || ctx.clear(false))
    )
}

/// The button that stores the answers as the participant's own reflection.
fn keep_as_reflection(ctx: ParticipantContext, setup: &Setup) -> BuiltView {
    let (app, instrument) = (ctx.app, ctx.instrument);
    let (title, wording) = (setup.title.clone(), setup.wording.clone());
    let kept_id = RwSignal::new(None::<Id>);
    let keep = move || {
        let mut reflection = Reflection {
            title: title.as_str().into(),
            instrument: Some(instrument.id.clone()),
            wording: wording.clone(),
            date: Some(app.today.get_untracked()),
            ..Reflection::default()
        };
        ctx.answers.with_untracked(|answers| {
            if instrument.form == Form::Weights {
                reflection.weights = Some(weights_of(answers));
                return;
            }
            for (index, item) in instrument.items.iter().enumerate() {
                let [now, wanted] = Round::BOTH.map(|round| answers.item(round, index));
                let answer = Answer { now, wanted };
                if answer != Answer::default() {
                    reflection.answers.insert(item.id.clone(), answer);
                }
            }
        });
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

/// The weights of the answers, whose points are steps of five; `None` for a round that is not answered completely.
fn weights_of(answers: &ParticipantAnswers) -> Weights {
    let [now, wanted] = Round::BOTH.map(|round| -> Option<Vec<u8>> {
        answers.round(round)?.iter().map(|point| Some(point.as_ref()?.unsigned_abs() * 5)).collect()
    });
    Weights { now, wanted }
}
