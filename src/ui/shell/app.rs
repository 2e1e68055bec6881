//! The shell around every page.

use leptos::ev;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{ClipboardEvent, HtmlElement, VisibilityState};

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_view, empty_view, or_empty};
use crate::ui::pages::data::import::Files;
use crate::ui::pages::setup::overview::OverviewPage;
use crate::ui::pages::wheel::WheelPage;
use crate::ui::platform;
use crate::ui::platform::focus::show_from_the_top;
use crate::ui::route::{Chunk, Route};
use crate::ui::shell::lazy::LazyPages;
use crate::ui::shell::notices::Notices;
use crate::ui::shell::sidebar::Sidebar;
use crate::ui::shell::status_bar::StatusBar;
use crate::ui::shell::undo::hear_keys;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::workspace::Workspace;

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
fn App() -> BuiltView {
    // Someone came from the rescue page, and is to see what there is without anything being written.
    let workspace = Workspace::start(platform::navigation::fragment() == Route::WITHOUT_SAVING);
    let desk = AppContext::new(workspace);
    let files = Files::new(workspace);
    let route = RwSignal::new(Route::parse(&platform::navigation::fragment()));
    window_event_listener(ev::hashchange, move |_| {
        let fragment = platform::navigation::fragment();
        desk.update_today(&fragment);
        let next = Route::parse(&fragment);
        if route.get_untracked() != next {
            route.set(next.clone());
        }
        show_from_the_top(&next);
    });
    Effect::new(move |_| platform::navigation::set_title(route.with(|route| route.page().title)));
    // Whoever comes by a link to an item is shown it.
    show_from_the_top(&route.get_untracked());
    save_when_left(desk);
    print_in_public(desk);
    hear_keys(workspace);
    open_dropped_files(files);

    let pages = LazyPages::new(desk, files);
    // Whoever has records here works here, and whoever runs a workshop may stand in a room without a network: the app is to
    // be whole.
    Effect::new(move |begun: Option<bool>| {
        let has_begun = begun == Some(true);
        let runs_workshop = route.with(|route| matches!(route, Route::Workshops | Route::Room));
        if !has_begun && (workspace.is_in_use() || runs_workshop) {
            pages.load_all();
            return true;
        }
        has_begun
    });
    let page = dynamic_view(move || match route.get() {
        Route::Overblik => build_view(view! { <OverviewPage desk/> }),
        Route::Hjulet => build_view(view! { <WheelPage desk/> }),
        Route::Unknown(_) => markup!(
            r##"
            <header class="page-head">
                <h1>Siden findes ikke</h1>
                <p class="purpose">Adressen fører ingen steder hen. Måske er den skrevet forkert, eller siden er flyttet.</p>
            </header>
            <p><a href="#/">Til overblikket</a></p>"##
        ),
        route => pages.show(route.page().chunk, route),
    });
    // Each area has style rules of its own, which apply nowhere else.
    let area = move || route.with(|route| route.page().area.name());
    // Only whether there is something to say: what is said changes by itself.
    let has_news = Memo::new(move |_| files.has_news());
    let report =
        dynamic_view(move || if has_news.get() { pages.show(Chunk::ImportReport, Route::Filer) } else { empty_view() });
    build_view(view! {
        <a class="skip" href="#main" on:click=|event| { event.prevent_default(); show_from_the_top(&Route::Overblik); }>"Til indholdet"</a>
        <div class="side">
            <Sidebar desk files route/>
            <StatusBar workspace files/>
        </div>
        <main id="main" tabindex="-1" data-area=area>
            <OtherDay desk/>
            <Notices workspace/>
            <ErrorMessage workspace/>
            {report}
            {page}
        </main>
    })
}

/// What is printed leaves the device, whatever page it is: so it is printed as it may be published.
fn print_in_public(desk: AppContext) {
    let was_public = StoredValue::new_local(false);
    drop(window_event_listener(ev::beforeprint, move |_| {
        was_public.set_value(desk.is_public.get_untracked());
        desk.is_public.set(true);
    }));
    drop(window_event_listener(ev::afterprint, move |_| desk.is_public.set(was_public.get_value())));
}

/// A page can be gone at any moment after these.
fn save_when_left(desk: AppContext) {
    let workspace = desk.workspace;
    window_event_listener(ev::pagehide, move |_| workspace.leave());
    window_event_listener(ev::pageshow, move |event| {
        if event.persisted() {
            workspace.wake();
        }
    });
    window_event_listener(ev::storage, move |event| {
        workspace.on_storage_event(&event);
        desk.on_storage_event(&event);
    });
    // A tab that has been out of sight for long is put to sleep, and wakes up to a world that has gone on.
    on_document("freeze", Box::new(move || workspace.sleep()));
    on_document("resume", Box::new(move || workspace.wake()));
    // It is told to the document, and comes up to the window from there.
    window_event_listener(ev::visibilitychange, move |_| {
        if document().visibility_state() == VisibilityState::Hidden {
            workspace.save_now();
        } else {
            workspace.on_visible();
            // A page may lie open over midnight.
            desk.update_today("");
        }
    });
}

/// Hears what is told to the document alone, and by some browsers only.
fn on_document(event: &str, act: Box<dyn Fn()>) {
    let act = Closure::wrap(act).into_js_value();
    // Every document can be listened to.
    drop(document().add_event_listener_with_callback(event, act.unchecked_ref()));
}

fn open_dropped_files(files: Files) {
    // What is pasted into a field is the field's, but for files.
    window_event_listener(ev::paste, move |event| {
        let pasted = event.unchecked_ref::<ClipboardEvent>().clipboard_data();
        if pasted.is_some_and(|pasted| files.paste(&pasted)) {
            event.prevent_default();
        }
    });
    window_event_listener(ev::dragover, |event| event.prevent_default());
    window_event_listener(ev::drop, move |event| {
        event.prevent_default();
        files.open(event.data_transfer().and_then(|dropped| dropped.files()).as_ref());
    });
}

/// What went wrong with a change, until the user has seen it.
#[component]
fn ErrorMessage(workspace: Workspace) -> BuiltView {
    dynamic_view(move || {
        or_empty(workspace.trouble.get().map(|words| {
            markup!(
                r#"<section class="report refused" role="alert"><p>{}</p>{}</section>"#,
                words,
                button("Luk", move || workspace.trouble.set(None))
            )
        }))
    })
}

/// That the page shows another day than it is.
#[component]
fn OtherDay(desk: AppContext) -> BuiltView {
    dynamic_view(move || {
        or_empty(desk.asked_day.get().map(|asked| {
            let words =
                asked.map_or_else(|wrong| wrong, |day| format!("Du ser siden, som den er den {}.", day.danish()));
            markup!(
                r#"<section class="notice no-print" role="status" aria-label="En anden dag"><p>{}</p>{}</section>"#,
                words,
                button("Tilbage til i dag", move || desk.back_to_today())
            )
        }))
    })
}
