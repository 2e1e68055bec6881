//! Loads the code of pages on first use.
//!
//! A release splits the wasm module into chunks (the feature `split`, and `xtask/src/split.rs`): code that only one
//! chunk reaches lies in a file of its own. The first chunk holds what every visit needs: the drawing of the wheel,
//! editing, saving, exporting a file. Without the feature all code is in the first chunk, and nothing else changes.
//!
//! A visitor without records downloads only the pages they open. Where there are records, every chunk is loaded as soon
//! as the browser is idle, so the app also works without a network.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;
use wasm_bindgen_futures::JsFuture;

use crate::store::report::report;

use crate::ui::kit::lazy::lazy_fn;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button, empty_view};
use crate::ui::pages::data::import::Files;
use crate::ui::pages::{PageResult, agreement, data, figures, practice, setup, wheel};
use crate::ui::platform;
use crate::ui::platform::focus::move_focus_to_top;
use crate::ui::route::{Chunk, Route};
use crate::ui::state::app_context::AppContext;

/// The loading state of a chunk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LoadState {
    /// The chunk has not been loaded.
    NotLoaded,
    /// The pages of the chunk can be shown.
    Loaded,
    /// The chunk could not be fetched.
    Failed,
}

/// The chunks of the module and their loading states. A handle that is copied freely.
#[derive(Clone, Copy)]
pub(crate) struct LazyPages {
    app: AppContext,
    files: Files,
    states: [RwSignal<LoadState>; Chunk::ALL.len()],
}

impl LazyPages {
    pub(crate) fn new(app: AppContext, files: Files) -> Self {
        Self { app, files, states: Chunk::ALL.map(|_| RwSignal::new(LoadState::NotLoaded)) }
    }

    /// Shows the page of a route from its chunk, as soon as the chunk is loaded.
    pub(crate) fn show(self, chunk: Chunk, route: Route) -> BuiltView {
        let state = self.states[chunk as usize];
        match state.get() {
            LoadState::Loaded => page(chunk, self.app, self.files, route),
            LoadState::NotLoaded => {
                spawn_local(async move {
                    self.load_or_fail(chunk).await;
                    // The item that the address names exists only now.
                    move_focus_to_top(&Route::parse(&platform::navigation::fragment()));
                });
                markup!(r#"<p class="purpose loading" role="status">Henter siden …</p>"#)
            }
            LoadState::Failed => failed_page(Box::new(move || state.set(LoadState::NotLoaded))),
        }
    }

    /// Shows an optional part from its chunk. Shows nothing while the chunk is loading, or if the chunk cannot be
    /// loaded.
    pub(crate) fn show_if_available(self, chunk: Chunk, route: Route) -> BuiltView {
        if self.states[chunk as usize].get() == LoadState::Loaded {
            return page(chunk, self.app, self.files, route);
        }
        spawn_local(async move {
            self.load(chunk).await;
        });
        empty_view()
    }

    /// Shows the dialog that is open, as soon as the chunk of dialogs is loaded. If the chunk cannot be fetched, the
    /// dialog closes and a message says so.
    pub(crate) fn show_dialog(self, route: Route) -> BuiltView {
        if self.states[Chunk::Palette as usize].get() == LoadState::Loaded {
            return page(Chunk::Palette, self.app, self.files, route);
        }
        spawn_local(async move {
            if !self.load(Chunk::Palette).await {
                self.app.dialog().set(None);
                self.app.workspace.error_message.set(Some(
                    "Søgning og hjælp kunne ikke hentes. Det, du har skrevet, er der stadig. Prøv igen, når du har net.".to_owned(),
                ));
            }
        });
        empty_view()
    }

    /// Shows a part of a page from its chunk, as soon as the chunk is loaded. The page around the part keeps the focus,
    /// and can be used while the part is missing.
    pub(crate) fn show_part(self, chunk: Chunk, route: Route) -> BuiltView {
        let state = self.states[chunk as usize];
        match state.get() {
            LoadState::Loaded => page(chunk, self.app, self.files, route),
            LoadState::NotLoaded => {
                spawn_local(self.load_or_fail(chunk));
                markup!(r#"<p class="help loading" role="status">Henter …</p>"#)
            }
            LoadState::Failed => markup!(
                r#"
                <section class="report refused" role="alert">
                    <p>En del af siden kunne ikke hentes. Det, du har skrevet, er der stadig, og resten af siden virker. Måske er du uden net lige nu.</p>
                    {}
                </section>"#,
                button("Prøv igen", move || state.set(LoadState::NotLoaded))
            ),
        }
    }

    /// Loads every chunk, one after the other. A chunk that fails is asked for again when one of its pages is shown.
    pub(crate) fn load_all(self) {
        spawn_local(async move {
            for chunk in Chunk::ALL {
                self.load(chunk).await;
            }
        });
    }

    /// Loads a chunk, and marks it as failed where it cannot be fetched.
    async fn load_or_fail(self, chunk: Chunk) {
        if !self.load(chunk).await {
            self.states[chunk as usize].set(LoadState::Failed);
        }
    }

    /// Loads a chunk and the style sheets of its pages; `false` where one of them cannot be fetched.
    async fn load(self, chunk: Chunk) -> bool {
        // Both are fetched at the same time.
        let styles = platform::page::load_page_styles();
        let code = fetch(chunk).await;
        let styles = JsFuture::from(styles).await;
        let is_loaded = code.is_ok() && styles.is_ok();
        if !is_loaded {
            report(&format!("chunk {}", chunk as usize), &(code, styles));
        }
        let state = self.states[chunk as usize];
        // Setting an unchanged state would rebuild the page while the user works in it.
        if is_loaded && state.get_untracked() != LoadState::Loaded {
            state.set(LoadState::Loaded);
        }
        is_loaded
    }
}

/// Builds the page that is shown where a page cannot be loaded or shown.
fn failed_page(retry: Box<dyn FnMut()>) -> BuiltView {
    markup!(
        r#"
        <header class="page-head">
            <h1>Siden kunne ikke hentes</h1>
            <p class="purpose">Det, du har skrevet, er der stadig. Måske er du uden net lige nu, eller appen er kommet i en ny udgave, mens du havde den åben.</p>
        </header>
        <p class="buttons">{}{}</p>"#,
        button("Prøv igen", retry),
        button("Genindlæs siden", platform::navigation::reload)
    )
}

/// Reports that a chunk has no page for a route: the table in [`Route::page`] and the page group disagree.
fn misplaced(chunk: Chunk, route: &Route) -> BuiltView {
    report(&format!("chunk {} has no page", chunk as usize), &route.to_string());
    failed_page(Box::new(platform::navigation::reload))
}

/// Generates the functions `fetch` and `page` from one list of chunks with their pages.
macro_rules! chunks {
    ($($chunk:ident in $module:ident: $show:ident, $fetch:ident = |$app:ident, $files:ident, $route:ident| $page:expr;)*) => {
        /// Fetches the code of a chunk.
        async fn fetch(chunk: Chunk) -> Result<(), SplitLoaderError> {
            match chunk {
                Chunk::First => Ok(()),
                $(Chunk::$chunk => $fetch().await,)*
            }
        }

        /// Shows the page of a route. Its chunk must have been fetched.
        fn page(chunk: Chunk, app: AppContext, files: Files, route: Route) -> BuiltView {
            match chunk {
                Chunk::First => misplaced(chunk, &route),
                $(Chunk::$chunk => poll_ready($show(app, files, route)).unwrap_or_else(|route| misplaced(chunk, &route)),)*
            }
        }

        $(
            lazy_fn!($module, fetched by $fetch: fn $show($app: AppContext, $files: Files, $route: Route) -> PageResult { $page });
        )*
    };
}

chunks! {
    Front in front: front, fetch_front = |app, _files, route| setup::front_part(app, route);
    Reading in reading: reading, fetch_reading = |app, _files, route| match route {
        route @ Route::Element(_) => wheel::page(app, route),
        route => setup::reading_page(app, route),
    };
    Figures in work: figures, fetch_figures = |app, _files, route| figures::page(app, route);
    Agreement in work: agreement, fetch_agreement = |app, _files, route| agreement::page(app, route);
    Report in work: report_pages, fetch_report = |app, _files, route| agreement::report_page(app, route);
    Units in work: units, fetch_units = |app, _files, route| setup::units_page(app, route);
    Practice in practice: practice, fetch_practice = |app, _files, route| practice::page(app, route);
    Workshop in practice: workshop, fetch_workshop = |app, _files, route| practice::workshop_page(app, route);
    Join in join: join, fetch_join = |app, _files, route| practice::join_page(app, route);
    Files in data: files, fetch_files = |app, files, route| data::files_page(app, files, route);
    Data in data: data, fetch_data = |app, files, route| data::page(app, files, route);
    ImportReport in data: import_report, fetch_import_report = |_app, files, _route| Ok(data::import_report(files));
    Receipt in data: receipt, fetch_receipt = |_app, files, _route| Ok(data::receipt(files));
    Glossary in reading: glossary, fetch_glossary = |_app, _files, route| setup::glossary_page(route);
    Palette in reading: palette, fetch_palette = |app, files, route| Ok(setup::open_dialog(app, files, &route));
    Demo in reading: demo, fetch_demo = |app, _files, route| Ok(setup::demo_tour(app, &route));
    Gallery in data: gallery, fetch_gallery = |_app, _files, route| setup::gallery_page(route);
}

/// Returns the page of a loaded chunk. The future is ready at its first poll.
fn poll_ready(page: impl Future<Output = Result<PageResult, SplitLoaderError>>) -> PageResult {
    match pin!(page).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(page)) => page,
        Poll::Ready(Err(error)) => {
            report("a loaded chunk", &error);
            Ok(failed_page(Box::new(platform::navigation::reload)))
        }
        Poll::Pending => {
            report("a loaded chunk", &"its page is not ready");
            Ok(failed_page(Box::new(platform::navigation::reload)))
        }
    }
}
