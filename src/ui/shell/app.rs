//! The app component: starts the app, listens to the browser, and shows the page of the current route.

use std::rc::Rc;

use leptos::ev;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{ClipboardEvent, HtmlElement, VisibilityState};

use crate::store;

use crate::ui::kit::components::listen_to_field_menus;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_view, empty_view, or_empty};
use crate::ui::pages::data::import::Files;
use crate::ui::pages::setup::overview::OverviewPage;
use crate::ui::platform;
use crate::ui::platform::focus::move_focus_to_top;
use crate::ui::route::{Chunk, Route, StyleArea};
use crate::ui::shell::find::listen_to_find_keys;
use crate::ui::shell::lazy::LazyPages;
use crate::ui::shell::notices::Notices;
use crate::ui::shell::sidebar::Sidebar;
use crate::ui::shell::status_bar::StatusBar;
use crate::ui::shell::undo::listen_to_keys;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::workspace::Workspace;

/// Mounts the app into the element `#app`, replacing the static shell that `index.html` shows while the app loads.
pub fn mount() {
    // Logs panic messages to the console, where whoever diagnoses a failure finds them.
    std::panic::set_hook(Box::new(|panic| leptos::leptos_dom::logging::console_error(&panic.to_string())));
    let root = document().document_element();
    // The rescue page is shown instead: the user asked for it, or needs it.
    if root.as_ref().is_some_and(|root| root.has_attribute("data-rescue")) {
        return;
    }
    let container = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"))
        .and_then(|container| container.dyn_into::<HtmlElement>().ok())
        .expect_throw("index.html has an element for the app");
    container.set_text_content(None);
    mount_to(container, App).forget();
    // Tells `public/rescue.js` that the app has started.
    if let Some(root) = root {
        drop(root.set_attribute("data-started", ""));
    }
}

/// Builds the whole app.
#[component]
fn App() -> BuiltView {
    // The rescue page links here with an address that opens the stores read-only.
    let workspace = Workspace::start(platform::navigation::fragment() == Route::WITHOUT_SAVING);
    let app = AppContext::new(workspace);
    let files = Files::new(app);
    let route = RwSignal::new(Route::parse(&platform::navigation::fragment()));
    window_event_listener(ev::hashchange, move |_| {
        let fragment = platform::navigation::fragment();
        app.update_today(&fragment);
        let next = Route::parse(&fragment);
        if route.get_untracked() != next {
            route.set(next.clone());
            files.leave_report();
            // A dialog belongs to the page that it was opened on.
            if app.dialog().get_untracked().is_some() {
                app.dialog().set(None);
            }
        }
        move_focus_to_top(&next);
    });
    Effect::new(move |_| platform::navigation::set_title(route.with(|route| route.page().title)));
    // A link may name an item within the page.
    move_focus_to_top(&route.get_untracked());
    listen_to_page_lifecycle(app);
    print_as_published(app);
    listen_to_keys(workspace);
    listen_to_field_menus();
    listen_to_find_keys(app);
    open_dropped_files(files);

    let pages = LazyPages::new(app, files);
    // Loads every chunk where there are records or a workshop is run, so the app also works without a network.
    Effect::new(move |previous: Option<bool>| {
        let has_started = previous == Some(true);
        let runs_workshop = route.with(|route| matches!(route, Route::Workshops | Route::Room | Route::Scene));
        if !has_started && (workspace.is_in_use() || runs_workshop) {
            pages.load_all();
            return true;
        }
        has_started
    });
    let page = dynamic_view(move || match route.get() {
        Route::Overblik => {
            let agenda = Rc::new(move || pages.show_part(Chunk::Front, Route::Overblik));
            build_view(view! { <OverviewPage app agenda/> })
        }
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
    // Style rules of a page group apply under its area name only.
    let area = move || route.with(|route| route.page().area.name());
    // Follows only whether a report exists: the report updates itself.
    let has_report = Memo::new(move |_| files.has_report());
    let report =
        dynamic_view(
            move || if has_report.get() { pages.show(Chunk::ImportReport, Route::Filer) } else { empty_view() },
        );
    let has_receipt = Memo::new(move |_| files.has_receipt());
    let receipt = dynamic_view(move || {
        if has_receipt.get() { pages.show_if_available(Chunk::Receipt, Route::Filer) } else { empty_view() }
    });
    // A page that is shown alone has the mark of the demo without the tour.
    let demo = or_empty(store::is_demo().then(|| {
        demo_bar(dynamic_view(move || match route.get() {
            route if route.page().area == StyleArea::Alone => empty_view(),
            route => pages.show_part(Chunk::Demo, route),
        }))
    }));
    let dialog = dynamic_view(move || match app.dialog().get() {
        Some(_) => pages.show_dialog(route.get_untracked()),
        None => empty_view(),
    });
    build_view(view! {
        <a class="skip" href="#main" on:click=|event| { event.prevent_default(); move_focus_to_top(&Route::Overblik); }>"Til indholdet"</a>
        <div class="sidebar-frame">
            <Sidebar app files route/>
            <StatusBar workspace files/>
        </div>
        <main id="main" tabindex="-1" data-area=area>
            {demo}
            <OtherDayNotice app/>
            <Notices workspace/>
            <ErrorMessage workspace/>
            {receipt}
            {report}
            {page}
        </main>
        {dialog}
    })
}

/// Builds the bar above every page of the demo: its mark and the way out, which need no chunk, and the tour.
fn demo_bar(tour: BuiltView) -> BuiltView {
    markup!(
        r#"<section class="demo-bar" aria-label="Prøvekommune"><p class="demo-mark"><strong>Prøvekommune</strong> <span>Alt her er opdigtet.</span> <a class="no-print" href="{}">Forlad prøvekommunen</a></p>{}</section>"#,
        platform::navigation::path(),
        tour
    )
}

/// Prints every page as it may be published (small figures hidden), since paper leaves the device.
fn print_as_published(app: AppContext) {
    let was_public = StoredValue::new_local(false);
    drop(window_event_listener(ev::beforeprint, move |_| {
        was_public.set_value(app.is_public.get_untracked());
        app.is_public.set(true);
    }));
    drop(window_event_listener(ev::afterprint, move |_| app.is_public.set(was_public.get_value())));
}

/// Listens to events after which the page may be discarded, put to sleep, or shown again.
fn listen_to_page_lifecycle(app: AppContext) {
    let workspace = app.workspace;
    window_event_listener(ev::pagehide, move |_| workspace.leave());
    window_event_listener(ev::pageshow, move |event| {
        if event.persisted() {
            workspace.wake();
        }
    });
    window_event_listener(ev::storage, move |event| {
        workspace.on_storage_event(&event);
        app.on_storage_event(&event);
    });
    // A tab in the background may be frozen. Other tabs may have written records by the time it resumes.
    listen_on_document("freeze", Box::new(move || workspace.sleep()));
    listen_on_document("resume", Box::new(move || workspace.wake()));
    // The event is fired at the document and bubbles up to the window.
    window_event_listener(ev::visibilitychange, move |_| {
        if document().visibility_state() == VisibilityState::Hidden {
            workspace.save_now();
        } else {
            workspace.on_visible();
            // A page may stay open past midnight.
            app.update_today("");
        }
    });
}

/// Listens to an event that only the document receives, and that only some browsers fire.
fn listen_on_document(event: &str, listener: Box<dyn Fn()>) {
    let listener = Closure::wrap(listener).into_js_value();
    // Adding a listener to a document does not fail.
    drop(document().add_event_listener_with_callback(event, listener.unchecked_ref()));
}

/// Opens files that are pasted or dropped anywhere on the page.
fn open_dropped_files(files: Files) {
    // Text pasted into a field belongs to the field, unless the text is a file of this app.
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

/// Shows why a change failed, until the user closes the message.
#[component]
fn ErrorMessage(workspace: Workspace) -> BuiltView {
    dynamic_view(move || {
        or_empty(workspace.error_message.get().map(|words| {
            markup!(
                r#"<section class="report refused" role="alert"><p>{}</p>{}</section>"#,
                words,
                button("Luk", move || workspace.error_message.set(None))
            )
        }))
    })
}

/// Shows a notice while the app displays another day than today, or where the requested day is invalid.
#[component]
fn OtherDayNotice(app: AppContext) -> BuiltView {
    dynamic_view(move || {
        or_empty(app.requested_day.get().map(|requested| {
            let words =
                requested.map_or_else(|error| error, |day| format!("Du ser siden, som den er den {}.", day.danish()));
            markup!(
                r#"<section class="notice no-print" role="status" aria-label="En anden dag"><p>{}</p>{}</section>"#,
                words,
                button("Tilbage til i dag", move || app.back_to_today())
            )
        }))
    })
}
