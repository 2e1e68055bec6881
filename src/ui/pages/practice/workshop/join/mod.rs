//! The page of a participant, on a phone: one item at a time, then the code.
//!
//! | file | purpose |
//! | --- | --- |
//! | `mod` | the page, and the way from step to step |
//! | `steps` | the welcome, an item, the weights |
//! | `code` | the code, the pile of a device that is passed around, the thanks |
//! | `store` | the answers in localStorage, until the participant is done |
//!
//! # Invariants
//!
//! * Nothing but the code leaves the page.
//! * The answers are stored under one key of localStorage alone, and are deleted there when the participant is done.
//!   They must never be in a record, a file, a snapshot or the log, unless the participant keeps them as a reflection.
//! * The svarkode must never be stored.

mod code;
mod steps;
mod store;

use leptos::prelude::*;

use crate::domain::instrument::{Form, Instrument};
use crate::domain::workshop::{AnswerStep, ParticipantAnswers, Setup};

use super::session::open_session;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button_with_class, dynamic_view, empty_view, on_click, or_empty};
use crate::ui::pages::practice::reflection::focus_step;
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use code::{code_step, pile_step, thanks_step};
use steps::{item_step, weights_step, welcome_step};

/// A participant's answers and step. All parts of the page share it.
#[derive(Clone, Copy)]
struct ParticipantContext {
    app: AppContext,
    instrument: &'static Instrument,
    answers: RwSignal<ParticipantAnswers>,
    visit: RwSignal<Visit>,
}

/// The part of their visit that a participant is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Visit {
    /// The participant answers.
    Answering,
    /// The page was reloaded, and shows the step that was open before.
    Back,
    /// The answers came with a code in the address.
    WithCode,
    /// The participant is done, and the answers are deleted.
    Done,
}

/// The page of a participant.
#[component]
pub(crate) fn JoinPage(app: AppContext, link: String, code: Option<String>) -> BuiltView {
    let setup = Setup::parse(&link);
    let Some((setup, instrument)) = setup.and_then(|setup| Some((setup.clone(), setup.instrument()?))) else {
        return unknown_workshop();
    };
    let ctx = ParticipantContext::open(app, &setup, instrument, code.as_deref());
    let run = open_session(app);
    let workshop = setup.clone();
    // Where the room runs in this very browser, the device is passed around, and answers are counted without a code.
    let is_passed_around =
        Memo::new(move |_| run.with(|run| run.as_ref().is_some_and(|run| run.setup.is_same_workshop(&workshop))));
    let step = Memo::new(move |_| ctx.answers.with(|answers| answers.step));
    let title = setup.title.clone();
    let current_step = dynamic_view(move || match step.get() {
        _ if ctx.visit.get() == Visit::Done => thanks_step(ctx),
        AnswerStep::Welcome => welcome_step(ctx, &setup, is_passed_around.get()),
        AnswerStep::Item(_) if instrument.form == Form::Weights => weights_step(ctx, &setup),
        AnswerStep::Item(index) => match instrument.items.get(index) {
            Some(item) => item_step(ctx, &setup, index, item),
            None => empty_view(),
        },
        // Answers that came with a code are given as a code, so that they are counted once.
        AnswerStep::Code if is_passed_around.get() && ctx.visit.get() != Visit::WithCode => pile_step(ctx, &setup),
        AnswerStep::Code => code_step(ctx, &setup),
    });
    markup!(
        r#"
        <div class="join">
            <header class="join-head"><p class="eyebrow">{}</p><h1>{}</h1><div class="join-progress">{}</div></header>
            <div class="join-back">{}</div>
            <div class="join-body">{}</div>
        </div>"#,
        instrument.title.as_str(),
        title,
        progress(instrument, step),
        back_notice(ctx),
        current_step
    )
}

/// The page for a link that leads to no workshop.
fn unknown_workshop() -> BuiltView {
    markup!(
        r##"
        <div class="join">
            <header class="page-head">
                <h1>Linket er ikke helt</h1>
                <p class="purpose">Det fører ikke til en workshop, som appen kender. Måske mangler der noget af det. Scan koden igen, eller bed om linket en gang til.</p>
            </header>
            <p><a href="#/svar">Skriv workshoppens kode i stedet</a></p>
        </div>"##
    )
}

/// The number of the item that is shown, in words and as a line.
fn progress(instrument: &'static Instrument, step: Memo<AnswerStep>) -> BuiltView {
    let count = AnswerStep::item_count(instrument);
    dynamic_view(move || match step.get() {
        AnswerStep::Item(index) if count > 1 => markup!(
            r#"<p>{} af {}</p><progress max="{}" value="{}" aria-hidden="true"></progress>"#,
            (index + 1).to_string(),
            count.to_string(),
            count.to_string(),
            (index + 1).to_string()
        ),
        _ => empty_view(),
    })
}

/// The line that tells a participant after a reload that the answers are kept.
fn back_notice(ctx: ParticipantContext) -> BuiltView {
    dynamic_view(move || {
        or_empty((ctx.visit.get() == Visit::Back).then(|| {
            markup!(
                r#"<p class="help">Du er tilbage, hvor du slap.</p>{}"#,
                button_with_class("quiet", "Begynd forfra", on_click(move || ctx.clear(false)))
            )
        }))
    })
}

impl ParticipantContext {
    /// Opens the answers: those of a code in the address, those from before the page was reloaded, or a blank sheet.
    fn open(app: AppContext, setup: &Setup, instrument: &'static Instrument, code: Option<&str>) -> Self {
        // A code that this workshop cannot decode is left aside.
        let decoded = code.and_then(|code| setup.codes()?.decode(code).ok());
        let stored = if decoded.is_some() { None } else { store::read(app, setup) };
        let visit = match &stored {
            _ if decoded.is_some() => Visit::WithCode,
            Some(answers) if answers.step != AnswerStep::Welcome => Visit::Back,
            _ => Visit::Answering,
        };
        let blank = || ParticipantAnswers::begin(setup.clone(), instrument, platform::clock::now());
        let answers = match decoded {
            Some(sheet) => ParticipantAnswers { step: AnswerStep::Code, sheet, ..blank() },
            None => stored.unwrap_or_else(blank),
        };
        Self { app, instrument, answers: RwSignal::new(answers), visit: RwSignal::new(visit) }
    }

    /// Changes the answers, and stores them.
    fn change(self, change: impl FnOnce(&mut ParticipantAnswers)) {
        self.answers.update(change);
        self.answers.with_untracked(|answers| store::write(self.app, answers));
    }

    /// Opens a step.
    fn go(self, step: AnswerStep) {
        self.visit.set(Visit::Answering);
        self.change(|answers| answers.go_to(step, platform::clock::now()));
        focus_step();
    }

    /// Deletes the answers, here and in localStorage. Then a participant who `is_done` is thanked; otherwise a blank
    /// sheet begins.
    fn clear(self, is_done: bool) {
        store::delete(self.app);
        if matches!(Route::parse(&platform::navigation::fragment()), Route::Join { code: Some(_), .. }) {
            // Otherwise a reload, or whoever looks at the address, would find the answers again.
            let link = self.answers.with_untracked(|answers| answers.setup.link());
            platform::navigation::rewrite_fragment(&Route::Join { link, code: None }.to_string());
        }
        self.visit.set(if is_done { Visit::Done } else { Visit::Answering });
        self.answers.update(|answers| answers.begin_again(platform::clock::now()));
        focus_step();
    }
}
