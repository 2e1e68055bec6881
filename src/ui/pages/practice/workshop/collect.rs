//! Collects answers: codes typed one by one, pasted as a whole chat, from a file or by the camera; and sheets of paper.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::domain::svarkode::{CodeError, format_code};
use crate::domain::workshop::{CodeOutcome, Run};

use super::camera::camera;
use super::change;
use super::paper_sheets::paper_answers;
use crate::store::report::report;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_class, dynamic_text, dynamic_view, on_click, or_empty,
};
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;

/// The message about the last answers that came in.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct CollectMessage {
    pub(crate) text: String,
    pub(crate) is_error: bool,
    /// Codes that were collected before. The page asks whether they are from the same person.
    pub(crate) repeated: Vec<String>,
}

/// The part of the room where answers are collected.
#[component]
pub(crate) fn CollectAnswers(app: AppContext) -> BuiltView {
    let message = RwSignal::new(CollectMessage::default());
    let run = app.run;
    let setup = run.with_untracked(|run| run.as_ref().map(|run| run.setup.clone()));
    let people = dynamic_text(move || run.with(|run| run.as_ref().map_or(0, Run::people)).to_string());
    let has_last =
        Memo::new(move |_| run.with(|run| run.as_ref().is_some_and(|run| run.people() > run.forgotten_count())));
    let forgotten = Memo::new(move |_| run.with(|run| run.as_ref().map_or(0, Run::forgotten_count)));
    let take_back = move || {
        change(app, Run::remove_last);
        message
            .set(CollectMessage { text: "Det seneste svar er taget ud igen.".to_owned(), ..CollectMessage::default() });
    };
    let undo = dynamic_view(move || {
        or_empty(has_last.get().then(|| button_with_class("quiet", "Fortryd det seneste svar", on_click(take_back))))
    });
    let reloaded = dynamic_view(move || {
        or_empty((forgotten.get() > 0).then(|| {
            markup!(
                r#"<p class="help">Siden er hentet igen. De {} svar fra før er talt med, men kommer en af deres koder igen, kan det ikke ses.</p>"#,
                forgotten.get().to_string()
            )
        }))
    });
    markup!(
        r#"
        <section class="wall collect">
            <div class="answer-counter"><p class="answer-total">{}</p><p>svar</p><div>{}</div></div>
            <div class="answer-sources">
                <h2>Saml ind</h2>
                <div>{}</div>
                {}
                <div aria-live="polite">{}</div>
                <div>{}</div>
                {}
                {}
            </div>
        </section>"#,
        people,
        undo,
        reloaded,
        code_field(app, message),
        build_view(view! { <MessageView app message/> }),
        camera(move |code| {
            take(app, message, code);
        }),
        many_codes(app, message),
        setup.map(|setup| paper_answers(app, &setup, message)),
    )
}

/// The text for answers that were accepted, with their number.
pub(crate) fn accepted_text(app: AppContext) -> String {
    let people = app.run.with_untracked(|run| run.as_ref().map_or(0, Run::people));
    format!("Taget imod. {people} svar i alt.")
}

/// Takes one code, and sets the message. Returns whether the code was valid, so that its field can be cleared.
fn take(app: AppContext, message: RwSignal<CollectMessage>, code: &str) -> bool {
    let outcome = change(app, |run| run.take(code, false));
    match outcome {
        Some(Ok(CodeOutcome::New)) => {
            message.set(CollectMessage { text: accepted_text(app), ..CollectMessage::default() });
            true
        }
        Some(Ok(CodeOutcome::Again)) => {
            message.set(CollectMessage { repeated: vec![code.to_owned()], ..CollectMessage::default() });
            true
        }
        Some(Err(error)) => {
            message.set(CollectMessage { text: error_text(&error), is_error: true, ..CollectMessage::default() });
            false
        }
        // The room was closed in another tab.
        None => false,
    }
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

/// The message, and the questions about repeated codes.
#[component]
fn MessageView(app: AppContext, message: RwSignal<CollectMessage>) -> BuiltView {
    dynamic_view(move || {
        let CollectMessage { text, is_error, repeated } = message.get();
        let paragraph = (!text.is_empty()).then(|| {
            if is_error {
                markup!(r#"<p class="error">{}</p>"#, text)
            } else {
                markup!(r#"<p class="received-answers">{}</p>"#, text)
            }
        });
        let questions: Vec<BuiltView> = repeated
            .into_iter()
            .map(|code| {
                let take_again = {
                    let code = code.clone();
                    move || {
                        change(app, |run| run.take(&code, true));
                        settle(message, &code, accepted_text(app));
                    }
                };
                let leave_out = {
                    let code = code.clone();
                    move || settle(message, &code, "Den er ikke talt med igen.".to_owned())
                };
                markup!(
                    r#"<div class="choice"><p><strong>{}</strong> er her allerede. Er det samme person? To kan godt have svaret ens.</p><div class="buttons">{}{}</div></div>"#,
                    format_code(&code.to_uppercase()),
                    button("Samme person", leave_out),
                    button("En anden person", take_again)
                )
            })
            .collect();
        markup!("<div>{}{}</div>", paragraph, questions)
    })
}

/// Removes the question about a repeated code, which is answered, and sets the text of the message.
fn settle(message: RwSignal<CollectMessage>, code: &str, text: String) {
    message.update(|message| {
        if let Some(index) = message.repeated.iter().position(|repeated| repeated == code) {
            message.repeated.remove(index);
        }
        message.text = text;
        message.is_error = false;
    });
}

/// The field for one code. It keeps the focus, so that codes can be typed one after the other.
fn code_field(app: AppContext, message: RwSignal<CollectMessage>) -> BuiltView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(input) = input_by_id("one-code") else { return };
        if take(app, message, &input.value()) {
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
                    message.set(CollectMessage {
                        text: "Filen kunne ikke læses. Intet er talt med. Vælg den igen.".to_owned(),
                        is_error: true,
                        ..CollectMessage::default()
                    });
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
    // `None` where the room was closed in another tab.
    let Some((new, repeated, unfit)) = change(app, |run| run.take_all(text)) else { return };
    let mut text = match new {
        0 => "Der var ingen nye koder i teksten.".to_owned(),
        1 => format!("1 ny kode. {}", accepted_text(app)),
        new => format!("{new} nye koder. {}", accepted_text(app)),
    };
    if unfit > 0 {
        text.extend([format!(" {unfit} ligner koder, men passer ikke: skrevet forkert eller fra en anden workshop.")]);
    }
    message.set(CollectMessage { text, is_error: new == 0, repeated });
}
