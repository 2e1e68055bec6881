//! How answers come in: typed code by code, pasted as a whole chat, from a file, from paper, by the camera.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::domain::svarkode::{CodeError, shown};
use crate::domain::workshop::{CodeOutcome, Run};

use super::camera::camera;
use super::change;
use super::paper_sheets::paper_answers;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_class, dynamic_text, dynamic_view, on_click, or_empty,
};
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;

/// What was said of the last thing that came in; a code that is here already is asked about.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct CollectMessage {
    pub(crate) words: String,
    pub(crate) is_wrong: bool,
    pub(crate) again: Vec<String>,
}

/// How answers come in.
#[component]
pub(crate) fn CollectAnswers(desk: AppContext) -> BuiltView {
    let said = RwSignal::new(CollectMessage::default());
    let run = desk.run;
    let setup = run.with_untracked(|run| run.as_ref().map(|run| run.setup.clone()));
    let people = dynamic_text(move || run.with(|run| run.as_ref().map_or(0, Run::people)).to_string());
    let has_last = Memo::new(move |_| run.with(|run| run.as_ref().is_some_and(|run| run.people() > run.forgot())));
    let forgot = Memo::new(move |_| run.with(|run| run.as_ref().map_or(0, Run::forgot)));
    let take_back = move || {
        change(desk, Run::take_back);
        said.set(CollectMessage {
            words: "Det seneste svar er taget ud igen.".to_owned(),
            ..CollectMessage::default()
        });
    };
    let undo = dynamic_view(move || {
        or_empty(has_last.get().then(|| button_with_class("quiet", "Fortryd det seneste svar", on_click(take_back))))
    });
    let reloaded = dynamic_view(move || {
        or_empty((forgot.get() > 0).then(|| {
            markup!(
                r#"<p class="help">Siden er hentet igen. De {} svar fra før er talt med, men kommer en af deres koder igen, kan det ikke ses.</p>"#,
                forgot.get().to_string()
            )
        }))
    });
    markup!(
        r#"
        <section class="wall gather">
            <div class="counted"><p class="number">{}</p><p>svar</p><div>{}</div></div>
            <div class="ways-in">
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
        one_code(desk, said),
        build_view(view! { <SaidView desk said/> }),
        camera(move |code| {
            take(desk, said, code, false);
        }),
        many(desk, said),
        setup.map(|setup| paper_answers(desk, &setup, said)),
    )
}

pub(crate) fn take_code(desk: AppContext) -> String {
    let people = desk.run.with_untracked(|run| run.as_ref().map_or(0, Run::people));
    format!("Taget imod. {people} svar i alt.")
}

/// Takes one code, and says what came of it; whether it is done with.
fn take(desk: AppContext, said: RwSignal<CollectMessage>, code: &str, is_another: bool) -> bool {
    let outcome = change(desk, |run| run.take(code, is_another));
    match outcome {
        Some(Ok(CodeOutcome::New)) => {
            said.set(CollectMessage { words: take_code(desk), ..CollectMessage::default() });
            true
        }
        Some(Ok(CodeOutcome::Again)) => {
            said.set(CollectMessage { again: vec![code.to_owned()], ..CollectMessage::default() });
            true
        }
        Some(Err(refused)) => {
            said.set(CollectMessage { words: wrong(&refused), is_wrong: true, ..CollectMessage::default() });
            false
        }
        None => false,
    }
}

fn wrong(refused: &CodeError) -> String {
    match refused {
        CodeError::Length(0) => "Skriv en kode.".to_owned(),
        CodeError::Length(found) => {
            format!("Koden har {found} tegn, og det har ingen af workshoppens koder. Mangler der et?")
        }
        CodeError::Character(char) => format!("«{char}» findes ikke i en kode. Læs den igen."),
        CodeError::Mistyped => "Et tegn i koden er forkert. Læs den igen, tegn for tegn.".to_owned(),
        CodeError::Elsewhere => "Koden er fra en anden workshop, eller begyndelsen er skrevet forkert.".to_owned(),
    }
}

/// What was said of the last one.
#[component]
fn SaidView(desk: AppContext, said: RwSignal<CollectMessage>) -> BuiltView {
    dynamic_view(move || {
        let CollectMessage { words, is_wrong, again } = said.get();
        let words = (!words.is_empty()).then(|| {
            if is_wrong {
                markup!(r#"<p class="error">{}</p>"#, words)
            } else {
                markup!(r#"<p class="taken">{}</p>"#, words)
            }
        });
        let asked: Vec<BuiltView> = again
            .into_iter()
            .map(|code| {
                let yes = {
                    let code = code.clone();
                    move || {
                        change(desk, |run| run.take(&code, true));
                        settle(said, &code, take_code(desk));
                    }
                };
                let no = {
                    let code = code.clone();
                    move || settle(said, &code, "Den er ikke talt med igen.".to_owned())
                };
                markup!(
                    r#"<div class="choice"><p><strong>{}</strong> er her allerede. Er det samme person? To kan godt have svaret ens.</p><div class="buttons">{}{}</div></div>"#,
                    shown(&code.to_uppercase()),
                    button("Samme person", no),
                    button("En anden person", yes)
                )
            })
            .collect();
        markup!("<div>{}{}</div>", words, asked)
    })
}

/// The question about a code is answered.
fn settle(said: RwSignal<CollectMessage>, code: &str, words: String) {
    said.update(|said| {
        if let Some(place) = said.again.iter().position(|again| again == code) {
            said.again.remove(place);
        }
        said.words = words;
        said.is_wrong = false;
    });
}

/// The field for one code. The keyboard stays in it.
fn one_code(desk: AppContext, said: RwSignal<CollectMessage>) -> BuiltView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(input) = input("one-code") else { return };
        if take(desk, said, &input.value(), false) {
            input.set_value("");
        }
        drop(input.focus());
    };
    build_view(view! {
        <form class="field one-line" on:submit=submit>
            <label for="one-code">"Kode"</label>
            <div class="with-button">
                <input id="one-code" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false"/>
                <button type="submit" class="primary">"Tag imod"</button>
            </div>
        </form>
    })
}

pub(crate) fn input(id: &str) -> Option<HtmlInputElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Many codes at once: a chat, or a file with one.
fn many(desk: AppContext, said: RwSignal<CollectMessage>) -> BuiltView {
    let text = RwSignal::new(String::new());
    let find = move || {
        // The text is not kept: names and chatter stand in it.
        let text = std::mem::take(&mut *text.write());
        take_all(desk, said, &text);
    };
    let opened = move |event: web_sys::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        input.set_value("");
        spawn_local(async move {
            match platform::files::read_file(&file).await {
                Ok(bytes) => take_all(desk, said, &String::from_utf8_lossy(&bytes)),
                Err(_) => said.set(CollectMessage {
                    words: "Filen kunne ikke læses. Intet er talt med. Vælg den igen.".to_owned(),
                    is_wrong: true,
                    ..CollectMessage::default()
                }),
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
                <input id="code-file" class="visually-hidden" type="file" accept=".txt,.csv,text/plain" on:change=opened/>
            </div>
        </div>
    };
    markup!(r#"<details class="more"><summary>Flere på én gang</summary>{}</details>"#, build_view(field))
}

fn take_all(desk: AppContext, said: RwSignal<CollectMessage>, text: &str) {
    let Some((new, again, unfit)) = change(desk, |run| run.take_all(text)) else { return };
    let mut words = match new {
        0 => "Der var ingen nye koder i teksten.".to_owned(),
        1 => format!("1 ny kode. {}", take_code(desk)),
        new => format!("{new} nye koder. {}", take_code(desk)),
    };
    if unfit > 0 {
        words.extend([format!(" {unfit} ligner koder, men passer ikke: skrevet forkert eller fra en anden workshop.")]);
    }
    said.set(CollectMessage { words, is_wrong: new == 0, again });
}
