//! How answers come in: typed code by code, pasted as a whole chat, from a file, from paper, by the camera.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::domain::svarkode::{Refused, shown};
use crate::domain::workshop::{Run, Taken};

use super::camera::camera;
use super::change;
use super::paper_sheets::on_paper;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{Made, button, button_of, live, made, maybe, press, says};
use crate::ui::platform;
use crate::ui::state::app_context::Desk;

/// What was said of the last thing that came in; a code that is here already is asked about.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Said {
    pub(crate) words: String,
    pub(crate) is_wrong: bool,
    pub(crate) again: Vec<String>,
}

/// How answers come in.
#[component]
pub(crate) fn Gather(desk: Desk) -> Made {
    let said = RwSignal::new(Said::default());
    let run = desk.run;
    let setup = run.with_untracked(|run| run.as_ref().map(|run| run.setup.clone()));
    let people = says(move || run.with(|run| run.as_ref().map_or(0, Run::people)).to_string());
    let has_last = Memo::new(move |_| run.with(|run| run.as_ref().is_some_and(|run| run.people() > run.forgot())));
    let forgot = Memo::new(move |_| run.with(|run| run.as_ref().map_or(0, Run::forgot)));
    let take_back = move || {
        change(desk, Run::take_back);
        said.set(Said { words: "Det seneste svar er taget ud igen.".to_owned(), ..Said::default() });
    };
    let undo =
        live(move || maybe(has_last.get().then(|| button_of("quiet", "Fortryd det seneste svar", press(take_back)))));
    let reloaded = live(move || {
        maybe((forgot.get() > 0).then(|| {
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
        made(view! { <SaidView desk said/> }),
        camera(move |code| {
            take(desk, said, code, false);
        }),
        many(desk, said),
        setup.map(|setup| on_paper(desk, &setup, said)),
    )
}

pub(crate) fn taken(desk: Desk) -> String {
    let people = desk.run.with_untracked(|run| run.as_ref().map_or(0, Run::people));
    format!("Taget imod. {people} svar i alt.")
}

/// Takes one code, and says what came of it; whether it is done with.
fn take(desk: Desk, said: RwSignal<Said>, code: &str, is_another: bool) -> bool {
    let outcome = change(desk, |run| run.take(code, is_another));
    match outcome {
        Some(Ok(Taken::New)) => {
            said.set(Said { words: taken(desk), ..Said::default() });
            true
        }
        Some(Ok(Taken::Again)) => {
            said.set(Said { again: vec![code.to_owned()], ..Said::default() });
            true
        }
        Some(Err(refused)) => {
            said.set(Said { words: wrong(&refused), is_wrong: true, ..Said::default() });
            false
        }
        None => false,
    }
}

fn wrong(refused: &Refused) -> String {
    match refused {
        Refused::Length(0) => "Skriv en kode.".to_owned(),
        Refused::Length(found) => {
            format!("Koden har {found} tegn, og det har ingen af workshoppens koder. Mangler der et?")
        }
        Refused::Character(char) => format!("«{char}» findes ikke i en kode. Læs den igen."),
        Refused::Mistyped => "Et tegn i koden er forkert. Læs den igen, tegn for tegn.".to_owned(),
        Refused::Elsewhere => "Koden er fra en anden workshop, eller begyndelsen er skrevet forkert.".to_owned(),
    }
}

/// What was said of the last one.
#[component]
fn SaidView(desk: Desk, said: RwSignal<Said>) -> Made {
    live(move || {
        let Said { words, is_wrong, again } = said.get();
        let words = (!words.is_empty()).then(|| {
            if is_wrong {
                markup!(r#"<p class="error">{}</p>"#, words)
            } else {
                markup!(r#"<p class="taken">{}</p>"#, words)
            }
        });
        let asked: Vec<Made> = again
            .into_iter()
            .map(|code| {
                let yes = {
                    let code = code.clone();
                    move || {
                        change(desk, |run| run.take(&code, true));
                        settle(said, &code, taken(desk));
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
fn settle(said: RwSignal<Said>, code: &str, words: String) {
    said.update(|said| {
        if let Some(place) = said.again.iter().position(|again| again == code) {
            said.again.remove(place);
        }
        said.words = words;
        said.is_wrong = false;
    });
}

/// The field for one code. The keyboard stays in it.
fn one_code(desk: Desk, said: RwSignal<Said>) -> Made {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(input) = input("one-code") else { return };
        if take(desk, said, &input.value(), false) {
            input.set_value("");
        }
        drop(input.focus());
    };
    made(view! {
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
fn many(desk: Desk, said: RwSignal<Said>) -> Made {
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
                Err(_) => said.set(Said {
                    words: "Filen kunne ikke læses. Intet er talt med. Vælg den igen.".to_owned(),
                    is_wrong: true,
                    ..Said::default()
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
    markup!(r#"<details class="more"><summary>Flere på én gang</summary>{}</details>"#, made(field))
}

fn take_all(desk: Desk, said: RwSignal<Said>, text: &str) {
    let Some((new, again, unfit)) = change(desk, |run| run.take_all(text)) else { return };
    let mut words = match new {
        0 => "Der var ingen nye koder i teksten.".to_owned(),
        1 => format!("1 ny kode. {}", taken(desk)),
        new => format!("{new} nye koder. {}", taken(desk)),
    };
    if unfit > 0 {
        words.extend([format!(" {unfit} ligner koder, men passer ikke: skrevet forkert eller fra en anden workshop.")]);
    }
    said.set(Said { words, is_wrong: new == 0, again });
}
