//! The shell around every page.

use leptos::ev;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, HtmlInputElement, VisibilityState};

use crate::store::{Closed, Safety};

use super::device;
use super::enhed::EnhedPage;
use super::filer::Filer;
use super::import::{FileReport, Files};
use super::made::{Made, made};
use super::notices::Notices;
use super::overblik::Overblik;
use super::route::Route;
use super::workspace::{Standing, Strip, Workspace};

/// Puts the app where the page has been painting its shell.
pub fn mount() {
    // What a panic says is the first thing that whoever mends it asks for.
    std::panic::set_hook(Box::new(|panic| leptos::leptos_dom::logging::console_error(&panic.to_string())));
    let root = document().document_element();
    // Someone asked for the page of last resort instead, or needs it.
    if root.as_ref().is_some_and(|root| root.has_attribute("data-rescue")) {
        return;
    }
    let place = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"))
        .and_then(|place| place.dyn_into::<HtmlElement>().ok())
        .expect_throw("index.html has a place for the app");
    place.set_text_content(None);
    mount_to(place, App).forget();
    // What public/rescue.js goes by.
    if let Some(root) = root {
        drop(root.set_attribute("data-started", ""));
    }
}

#[component]
fn App() -> Made {
    // Someone came from the rescue page, and is to see what there is without anything being written.
    let workspace = Workspace::start(device::fragment() == Route::WITHOUT_SAVING);
    let files = Files::new(workspace);
    let route = RwSignal::new(Route::parse(&device::fragment()));
    window_event_listener(ev::hashchange, move |_| {
        route.set(Route::parse(&device::fragment()));
        show_from_the_top();
    });
    save_when_left(workspace);
    open_what_is_dropped(files);

    let page = move || match route.get() {
        Route::Overblik => made(view! { <Overblik workspace/> }),
        Route::Enhed(id) => made(view! { <EnhedPage workspace id/> }),
        Route::Filer => made(view! { <Filer workspace files/> }),
        Route::Unknown(_) => made(view! {
            <header class="page-head">
                <h1>"Siden findes ikke"</h1>
                <p class="purpose">"Adressen fører ingen steder hen. Måske er den skrevet forkert, eller siden er flyttet."</p>
            </header>
            <p><a href="#/">"Til overblikket"</a></p>
        }),
    };
    made(view! {
        <a class="skip" href="#main" on:click=|event| { event.prevent_default(); show_from_the_top(); }>"Til indholdet"</a>
        <header class="top">
            <a class="brand" href="#/">"Kvalitetshjul"</a>
            <nav class="files" aria-label="Filer">
                <a href=Route::Filer.to_string()>"Filer"</a>
                // On the page of files they stand in the page.
                {move || (route.get() != Route::Filer).then(|| made(view! { <FileButtons files/> }))}
            </nav>
        </header>
        <main id="main" tabindex="-1">
            <Notices workspace/>
            <Trouble workspace/>
            <FileReport files/>
            {page}
        </main>
        <StripView workspace/>
    })
}

/// After going somewhere, and when there is news at the top: the eye and the keyboard begin at the page's beginning.
pub(super) fn show_from_the_top() {
    request_animation_frame(|| {
        let main = document().get_element_by_id("main").and_then(|main| main.dyn_into::<HtmlElement>().ok());
        if let Some(main) = main {
            // A page without focus is still a page.
            drop(main.focus());
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    });
}

/// A page can be gone at any moment after these.
fn save_when_left(workspace: Workspace) {
    window_event_listener(ev::pagehide, move |_| workspace.leave());
    window_event_listener(ev::pageshow, move |event| {
        if event.persisted() {
            workspace.wake();
        }
    });
    window_event_listener(ev::storage, move |event| workspace.hear(&event));
    // A tab that has been out of sight for long is put to sleep, and wakes up to a world that has gone on.
    on_document("freeze", Box::new(move || workspace.sleep()));
    on_document("resume", Box::new(move || workspace.wake()));
    // It is told to the document, and comes up to the window from there.
    window_event_listener(ev::visibilitychange, move |_| {
        if document().visibility_state() == VisibilityState::Hidden {
            workspace.save_now();
        } else {
            workspace.come_back();
        }
    });
}

/// Hears what is told to the document alone, and by some browsers only.
fn on_document(event: &str, act: Box<dyn Fn()>) {
    let act = Closure::wrap(act).into_js_value();
    // Every document can be listened to.
    drop(document().add_event_listener_with_callback(event, act.unchecked_ref()));
}

fn open_what_is_dropped(files: Files) {
    window_event_listener(ev::dragover, |event| event.prevent_default());
    window_event_listener(ev::drop, move |event| {
        event.prevent_default();
        files.open(event.data_transfer().and_then(|dropped| dropped.files()).as_ref());
    });
}

/// Everything as a file, and files in.
#[component]
pub(super) fn FileButtons(files: Files) -> Made {
    let chosen = move |event: web_sys::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        files.open(input.files().as_ref());
        // So that choosing the same file again is a choice again.
        input.set_value("");
    };
    made(view! {
        <div class="files">
            <button type="button" class="primary" on:click=move |_| files.save("Kvalitetshjul")>"Gem som fil"</button>
            <label class="button" for="open-file">"Åbn fil"</label>
            <input id="open-file" class="visually-hidden" type="file" multiple accept=".json,.txt,application/json" on:change=chosen/>
        </div>
    })
}

/// What went wrong with a change, until the user has seen it.
#[component]
fn Trouble(workspace: Workspace) -> Made {
    made(move || {
        workspace.trouble.get().map(|words| {
            made(view! {
                <section class="report refused" role="alert">
                    <p>{words}</p>
                    <button type="button" on:click=move |_| workspace.trouble.set(None)>"Luk"</button>
                </section>
            })
        })
    })
}

/// How safe what was written is.
#[component]
fn StripView(workspace: Workspace) -> Made {
    let words = move || {
        let closed = match workspace.standing.get() {
            Some(Standing::Closed(why)) => Some(why),
            _ => None,
        };
        match (closed, workspace.strip.get()) {
            (Some(Closed::Outdated), _) => "Der gemmes ikke – siden er forældet".to_owned(),
            (Some(Closed::Reset), _) => "Der gemmes ikke – alt er slettet i en anden fane".to_owned(),
            (Some(Closed::ReadOnly), _) => "Der gemmes ikke – gem som fil".to_owned(),
            (_, Strip::Loading) => "Henter …".to_owned(),
            (_, Strip::Unchanged) => "Alt er gemt i denne browser".to_owned(),
            (_, Strip::Saving) => "Gemmer …".to_owned(),
            (_, Strip::Saved { at, safety: Safety::Kept }) => format!("Gemt i denne browser kl. {at}"),
            (_, Strip::Saved { safety: Safety::FastFull, at }) => format!("Gemt kl. {at} – hurtiglageret er fuldt"),
            (_, Strip::Saved { safety: Safety::WithoutMirror, .. }) => {
                "Gemt uden reserve – gem også som fil".to_owned()
            }
            (_, Strip::Saved { .. }) => "IKKE gemt – gem som fil nu".to_owned(),
        }
    };
    let is_unsafe = move || {
        matches!(workspace.standing.get(), Some(Standing::Closed(_)))
            || matches!(workspace.strip.get(), Strip::Saved { safety, .. } if safety >= Safety::WithoutMirror)
    };
    made(view! { <footer class="strip" class:unsafe=is_unsafe><p role="status">{words}</p></footer> })
}
