//! Collects answers: codes read by the camera, typed one by one, pasted as a whole chat or from a file; sheets of paper;
//! and the answers that other devices have collected.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::domain::svarkode::CodeError;
use crate::domain::workshop::{CodeOutcome, Run, Setup};

use super::camera::camera;
use super::devices::other_devices;
use super::paper_sheets::paper_answers;
use super::room::expected_field;
use super::session::{change, run_signal};
use crate::store::report::report;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_class, dynamic_text, dynamic_view, empty_view, on_click, or_empty,
};
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;

/// The message about the last answers that came in.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct CollectMessage {
    pub(crate) text: String,
    pub(crate) is_error: bool,
}

/// The part of the room where answers are collected.
#[component]
pub(crate) fn CollectAnswers(app: AppContext) -> BuiltView {
    let message = RwSignal::new(CollectMessage::default());
    let run = run_signal(app);
    let setup = run.with_untracked(|run| run.as_ref().map(|run| run.setup.clone()));
    let people = dynamic_text(move || run.with(|run| run.as_ref().map_or(0, Run::people)).to_string());
    let goal = dynamic_text(move || match run.with(|run| run.as_ref().and_then(|run| run.expected)) {
        Some(expected) => format!("af cirka {expected} svar"),
        None => "svar".to_owned(),
    });
    let has_last = Memo::new(move |_| run.with(|run| run.as_ref().is_some_and(Run::has_last)));
    let forgotten = Memo::new(move |_| run.with(|run| run.as_ref().map_or(0, Run::forgotten_count)));
    let take_back = move || {
        change(app, Run::remove_last);
        say(message, "Det seneste svar er taget ud igen.".to_owned(), false);
    };
    let undo = dynamic_view(move || {
        or_empty(has_last.get().then(|| button_with_class("quiet", "Fortryd det seneste svar", on_click(take_back))))
    });
    let reloaded = dynamic_view(move || {
        let words = match forgotten.get() {
            0 => return empty_view(),
            1 => "Et svar er kommet, før siden blev hentet igen, eller i et andet vindue. Det er talt med, men kommer dets kode igen, kan det ikke ses.".to_owned(),
            count => format!("{count} svar er kommet, før siden blev hentet igen, eller i et andet vindue. De er talt med, men kommer en af deres koder igen, kan det ikke ses."),
        };
        markup!(r#"<p class="help">{}</p>"#, words)
    });
    markup!(
        r#"
        <section class="workshop-part collect">
            <div class="answer-counter"><p class="answer-total">{}</p><p>{}</p><div>{}</div></div>
            <div class="answer-sources">
                <h2>Saml ind</h2>
                {}
                <div aria-live="polite">{}</div>
                <div>{}</div>
                {}
                <div>{}</div>
                {}
                {}
                {}
                {}
            </div>
        </section>"#,
        people,
        goal,
        undo,
        camera(move |code| { matches!(take(app, message, code), Some(CodeOutcome::New | CodeOutcome::Device(_))) }),
        build_view(view! { <MessageView message/> }),
        reloaded,
        code_field(app, message),
        build_view(view! { <RepeatedCodes app message/> }),
        many_codes(app, message),
        setup.map(|setup| paper_answers(app, &setup, message)),
        other_devices(app),
        expected_field(app),
    )
}

/// Sets the message.
pub(super) fn say(message: RwSignal<CollectMessage>, text: String, is_error: bool) {
    message.set(CollectMessage { text, is_error });
}

/// The text for answers that were accepted, with their number.
pub(crate) fn accepted_text(app: AppContext) -> String {
    let people = run_signal(app).with_untracked(|run| run.as_ref().map_or(0, Run::people));
    format!("Taget imod. {people} svar i alt.")
}

/// Takes one code, and sets the message. Returns what became of it; `None` if it is no code of this workshop.
fn take(app: AppContext, message: RwSignal<CollectMessage>, code: &str) -> Option<CodeOutcome> {
    // `None` where the room was closed in another window.
    let outcome = change(app, |run| run.take(code))?;
    match outcome {
        Ok(CodeOutcome::New) => say(message, accepted_text(app), false),
        Ok(CodeOutcome::Again) => {
            say(
                message,
                "Den kode er her allerede. Den er ikke talt med igen, og du kan afgøre det til sidst.".to_owned(),
                false,
            );
        }
        Ok(CodeOutcome::Device(people)) => {
            say(message, format!("{people} svar fra en anden enhed er med. {}", accepted_text(app)), false);
        }
        Ok(CodeOutcome::OlderDevice) => {
            say(
                message,
                "Den enhed har allerede sendt flere svar end dem i koden. De nyeste er talt med, og intet er ændret."
                    .to_owned(),
                false,
            );
        }
        Err(_) if Setup::from_code(code).is_ok() => {
            say(
                message,
                "Det er workshoppens egen kode. Her skriver du den kode, en deltager har fået til sidst.".to_owned(),
                true,
            );
        }
        Err(ref error) => say(message, error_text(error), true),
    }
    outcome.ok()
}

fn error_text(error: &CodeError) -> String {
    match error {
        CodeError::Length(0) => "Skriv en kode.".to_owned(),
        CodeError::Length(found) => {
            format!("Koden har {found} tegn, og det har ingen af workshoppens koder. Mangler der et?")
        }
        CodeError::Character(char) => format!("«{char}» findes ikke i en kode. Læs den igen."),
        CodeError::Mistyped => "Et tegn i koden er forkert. Læs den igen, tegn for tegn.".to_owned(),
        CodeError::Elsewhere => "Koden er fra en anden workshop, eller begyndelsen er skrevet forkert.".to_owned(),
    }
}

/// The message about the last answers.
#[component]
fn MessageView(message: RwSignal<CollectMessage>) -> BuiltView {
    dynamic_view(move || {
        let CollectMessage { text, is_error } = message.get();
        if text.is_empty() {
            empty_view()
        } else if is_error {
            markup!(r#"<p class="error">{}</p>"#, text)
        } else {
            markup!(r#"<p class="received-answers">{}</p>"#, text)
        }
    })
}

/// The questions about codes that came again. They can wait until everyone has given a code.
#[component]
fn RepeatedCodes(app: AppContext, message: RwSignal<CollectMessage>) -> BuiltView {
    let repeated = Memo::new(move |_| {
        run_signal(app).with(|run| run.as_ref().map(|run| run.repeated().to_vec())).unwrap_or_default()
    });
    dynamic_view(move || {
        let questions: Vec<BuiltView> = repeated
            .get()
            .into_iter()
            .map(|code| {
                let settle = {
                    let code = code.clone();
                    move |is_another: bool| {
                        change(app, |run| run.settle(&code, is_another));
                        let text = if is_another { accepted_text(app) } else { "Den er ikke talt med igen.".to_owned() };
                        say(message, text, false);
                    }
                };
                let leave_out = settle.clone();
                markup!(
                    r#"<div class="choice"><p>Koden, der ender på <strong>{}</strong>, er her allerede. Er det samme person? To kan godt have svaret ens.</p><div class="buttons">{}{}</div></div>"#,
                    // The whole code could be read off a projector.
                    code.get(code.len().saturating_sub(4)..).unwrap_or_default(),
                    button("Samme person", move || leave_out(false)),
                    button("En anden person", move || settle(true))
                )
            })
            .collect();
        or_empty((!questions.is_empty()).then(|| {
            markup!(r#"<section class="part"><h3>Koder, der kom igen</h3><p class="help">De er ikke talt med endnu. Afgør dem, når alle har givet deres kode.</p>{}</section>"#, questions)
        }))
    })
}

/// The field for one code. It keeps the focus, so that codes can be typed one after the other.
fn code_field(app: AppContext, message: RwSignal<CollectMessage>) -> BuiltView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(input) = input_by_id("one-code") else { return };
        take(app, message, &input.value());
        // A code that is not valid stays in the field, to be corrected.
        if !message.get_untracked().is_error {
            input.set_value("");
        }
        // Focusing an element of the page does not fail.
        drop(input.focus());
    };
    build_view(view! {
        <form class="field" on:submit=submit>
            <label for="one-code">"Kode"</label>
            <div class="with-button">
                <input id="one-code" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false"/>
                <button type="submit" class="primary">"Tag imod"</button>
            </div>
        </form>
    })
}

/// The input element with an id.
pub(crate) fn input_by_id(id: &str) -> Option<HtmlInputElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Many codes at once: from the text of a chat, or from a file with such a text.
fn many_codes(app: AppContext, message: RwSignal<CollectMessage>) -> BuiltView {
    let text = RwSignal::new(String::new());
    let find = move || {
        // The text is not kept, because a chat contains names and much else.
        let text = std::mem::take(&mut *text.write());
        take_all(app, message, &text);
    };
    let open_file = move |event: web_sys::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        input.set_value("");
        spawn_local(async move {
            match platform::files::read_file(&file).await {
                Ok(bytes) => take_all(app, message, &String::from_utf8_lossy(&bytes)),
                Err(reason) => {
                    report("reading a file with codes", &reason);
                    say(message, "Filen kunne ikke læses. Intet er talt med. Vælg den igen.".to_owned(), true);
                }
            }
        });
    };
    let field = view! {
        <div class="field">
            <label for="chat">"Indsæt en hel chat"</label>
            <textarea
                id="chat"
                rows="3"
                autocomplete="off"
                aria-describedby="chat-help"
                prop:value=move || text.get()
                on:input:target=move |event| text.set(event.target().value())
            ></textarea>
            <p class="help" id="chat-help">"Koderne findes, og resten af teksten glemmes med det samme."</p>
            <div class="buttons">
                {button("Find koderne", find)}
                <label class="button" for="code-file">"Åbn en tekstfil"</label>
                <input id="code-file" class="visually-hidden" type="file" accept=".txt,.csv,text/plain" on:change=open_file/>
            </div>
        </div>
    };
    markup!(r#"<details class="more"><summary>Flere på én gang</summary>{}</details>"#, build_view(field))
}

/// Takes all codes in a text, and sets the message.
fn take_all(app: AppContext, message: RwSignal<CollectMessage>, text: &str) {
    // The answers of another device are one long code, which is taken as if it were typed.
    if text.split_whitespace().count() == 1 && take(app, message, text).is_some() {
        return;
    }
    // `None` where the room was closed in another tab.
    let Some((new, again, unfit)) = change(app, |run| run.take_all(text)) else { return };
    let mut text = match new {
        0 => "Der var ingen nye koder i teksten.".to_owned(),
        1 => format!("1 ny kode. {}", accepted_text(app)),
        new => format!("{new} nye koder. {}", accepted_text(app)),
    };
    if again > 0 {
        text.extend([format!(" {again} var her allerede; afgør dem til sidst.")]);
    }
    if unfit > 0 {
        text.extend([format!(" {unfit} ligner koder, men passer ikke: skrevet forkert eller fra en anden workshop.")]);
    }
    say(message, text, new == 0 && again == 0);
}
