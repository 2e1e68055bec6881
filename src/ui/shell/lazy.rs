//! Loads the code of pages on first use.
//!
//! A release splits the wasm module into chunks (the feature `split`, and `xtask/src/split.rs`): code that only one chunk
//! reaches lies in a file of its own. The first chunk holds what every visit needs: the wheel, editing, saving, exporting a
//! file. Without the feature all code is in the first chunk, and nothing else changes.
//!
//! A visitor without records downloads only the pages they open. Where there are records, every chunk is loaded as soon
//! as the browser is idle, so the app also works without a network.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;

use crate::domain::id::Id;
use crate::store::report::report;

use crate::ui::kit::lazy::in_piece;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_view};
use crate::ui::pages::agreement::aftale::AftalePage;
use crate::ui::pages::agreement::midtvejs::MidtvejsPage;
use crate::ui::pages::agreement::package::PackagePage;
use crate::ui::pages::agreement::rapport::RapportPage;
use crate::ui::pages::agreement::samtale::SamtalePage;
use crate::ui::pages::data::conflicts::ConflictsPage;
use crate::ui::pages::data::files::FilesPage;
use crate::ui::pages::data::history::{HistoryPage, PastStatePage};
use crate::ui::pages::data::import::{Files, ImportReport};
use crate::ui::pages::data::trash::TrashPage;
use crate::ui::pages::figures;
use crate::ui::pages::practice::instrument::InstrumentPage;
use crate::ui::pages::practice::pyramid::PyramidPage;
use crate::ui::pages::practice::reflection::{ReflectionPage, ReflectionsPage};
use crate::ui::pages::practice::trials::{TrialPage, TrialsPage};
use crate::ui::pages::practice::workshop::{JoinPage, RoomPage, WorkshopResultPage, WorkshopsPage};
use crate::ui::pages::setup::fundament::{FundamentPage, FundamentTourPage};
use crate::ui::pages::setup::gallery::GalleryPage;
use crate::ui::pages::setup::units::{EnhedPage, UnitsBelowPage, UnitsPage};
use crate::ui::pages::wheel::ElementPage;
use crate::ui::platform;
use crate::ui::platform::focus::show_from_the_top;
use crate::ui::route::{Chunk, Route};
use crate::ui::state::app_context::AppContext;

/// What is known of a chunk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LoadState {
    /// Nobody has asked for it.
    NotLoaded,
    /// Its pages can be shown.
    Loaded,
    /// It could not be fetched.
    Failed,
}

/// The chunks of the module. A handle: it is copied freely.
#[derive(Clone, Copy)]
pub(crate) struct LazyPages {
    desk: AppContext,
    files: Files,
    states: [RwSignal<LoadState>; Chunk::ALL.len()],
}

impl LazyPages {
    pub(crate) fn new(desk: AppContext, files: Files) -> Self {
        Self { desk, files, states: Chunk::ALL.map(|_| RwSignal::new(LoadState::NotLoaded)) }
    }

    /// Shows the page of a route from its chunk, as soon as the chunk is loaded.
    pub(crate) fn show(self, chunk: Chunk, route: Route) -> BuiltView {
        let state = self.states[chunk as usize];
        match state.get() {
            LoadState::Loaded => page(chunk, self.desk, self.files, route),
            LoadState::NotLoaded => {
                spawn_local(async move {
                    if !self.load(chunk).await {
                        state.set(LoadState::Failed);
                    }
                    // The item that the address names is in the page only now.
                    show_from_the_top(&Route::parse(&platform::navigation::fragment()));
                });
                markup!(r#"<p class="purpose coming" role="status">Henter siden …</p>"#)
            }
            LoadState::Failed => failed_page(Box::new(move || state.set(LoadState::NotLoaded))),
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

    /// Loads a chunk; `false` where it cannot be fetched.
    async fn load(self, chunk: Chunk) -> bool {
        let is_loaded = match fetch(chunk).await {
            Ok(()) => true,
            Err(error) => {
                report(&format!("chunk {chunk:?}"), &error);
                false
            }
        };
        let state = self.states[chunk as usize];
        // Setting the state again would build the page anew while its user works in it.
        if is_loaded && state.get_untracked() != LoadState::Loaded {
            state.set(LoadState::Loaded);
        }
        is_loaded
    }
}

/// What is shown in the place of a page that could not be loaded or shown.
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

/// A route came to a chunk that has no page for it. The table in [`Route::page`] and the chunk disagree.
fn misplaced(chunk: Chunk, route: &Route) -> BuiltView {
    report(&format!("chunk {chunk:?} has no page for"), route);
    failed_page(Box::new(platform::navigation::reload))
}

/// Makes, of one list of chunks with their pages, what is fetched and what is shown.
macro_rules! chunks {
    ($($chunk:ident in $module:ident: $show:ident, $fetch:ident = |$desk:ident, $files:ident, $route:ident| $page:expr;)*) => {
        async fn fetch(chunk: Chunk) -> Result<(), SplitLoaderError> {
            match chunk {
                Chunk::First => Ok(()),
                $(Chunk::$chunk => $fetch().await,)*
            }
        }

        /// Shows the page of a route. Its chunk must have been fetched.
        fn page(chunk: Chunk, desk: AppContext, files: Files, route: Route) -> BuiltView {
            match chunk {
                Chunk::First => misplaced(chunk, &route),
                $(Chunk::$chunk => poll_ready($show(desk, files, route)),)*
            }
        }

        $(
            in_piece!($module, fetched by $fetch: fn $show($desk: AppContext, $files: Files, $route: Route) -> BuiltView { $page });
        )*
    };
}

chunks! {
    Reading in reading: reading, fetch_reading = |desk, _files, route| match route {
        Route::Element(element) => build_view(view! { <ElementPage desk element/> }),
        Route::Fundament { edition, item } => build_view(view! { <FundamentPage desk edition item/> }),
        Route::Ny(step) => build_view(view! { <FundamentTourPage desk step/> }),
        other => misplaced(Chunk::Reading, &other),
    };
    Figures in work: figures, fetch_figures = |desk, _files, route| figures::page(desk, route);
    Practice in practice: practice, fetch_practice = |desk, _files, route| match route {
        Route::Praksis => build_view(view! { <TrialsPage desk/> }),
        Route::Proevehandling(id) => build_view(view! { <TrialPage desk id/> }),
        Route::OwnInstrument(id) => build_view(view! { <InstrumentPage desk id/> }),
        Route::Pyramide(id) => build_view(view! { <PyramidPage desk id/> }),
        Route::Reflection { instrument, id } => build_view(view! { <ReflectionPage desk instrument id/> }),
        Route::Refleksion => build_view(view! { <ReflectionsPage desk/> }),
        other => misplaced(Chunk::Practice, &other),
    };
    Workshop in practice: workshop, fetch_workshop = |desk, _files, route| match route {
        Route::Room => build_view(view! { <RoomPage desk/> }),
        Route::Workshop(id) => build_view(view! { <WorkshopResultPage desk id/> }),
        Route::Workshops => build_view(view! { <WorkshopsPage desk/> }),
        other => misplaced(Chunk::Workshop, &other),
    };
    Join in answer: answer, fetch_answer = |desk, _files, route| match route {
        Route::Join { link, code } => build_view(view! { <JoinPage desk link code/> }),
        other => misplaced(Chunk::Join, &other),
    };
    Units in work: units, fetch_units = |desk, _files, route| match route {
        Route::Enhed(id) => with_standing_id(desk, Some(id), move |id| match id {
            Some(id) => build_view(view! { <EnhedPage desk id/> }),
            None => build_view(view! { <UnitsPage desk/> }),
        }),
        Route::MineEnheder => build_view(view! { <UnitsBelowPage desk/> }),
        Route::Enheder => build_view(view! { <UnitsPage desk/> }),
        other => misplaced(Chunk::Units, &other),
    };
    Agreement in work: agreement, fetch_agreement = |desk, _files, route| match route {
        Route::Aftale { id, part } => build_view(view! { <AftalePage desk id part/> }),
        Route::Samtale { unit, part } => {
            with_standing_id(desk, unit, move |unit| build_view(view! { <SamtalePage desk unit part=part.clone()/> }))
        }
        Route::Midtvejs(aftale) => build_view(view! { <MidtvejsPage desk aftale/> }),
        Route::Datapakke { is_made } => build_view(view! { <PackagePage desk is_made/> }),
        other => misplaced(Chunk::Agreement, &other),
    };
    Report in work: quality, fetch_quality = |desk, _files, route| match route {
        Route::Rapport { id, part } => {
            with_standing_id(desk, id, move |id| build_view(view! { <RapportPage desk id part=part.clone()/> }))
        }
        other => misplaced(Chunk::Report, &other),
    };
    Files in files: filer, fetch_filer = |desk, files, _route| {
        build_view(view! { <FilesPage desk files/> })
    };
    Data in files: safety, fetch_safety = |desk, files, route| {
        let workspace = desk.workspace;
        match route {
            Route::Valg => build_view(view! { <ConflictsPage workspace/> }),
            Route::Historik => build_view(view! { <HistoryPage workspace/> }),
            Route::Dengang => build_view(view! { <PastStatePage files/> }),
            Route::Papirkurv => build_view(view! { <TrashPage workspace/> }),
            other => misplaced(Chunk::Data, &other),
        }
    };
    ImportReport in files: import_report, fetch_import_report = |_desk, files, _route| build_view(view! { <ImportReport files/> });
    Gallery in files: gallery, fetch_gallery = |_desk, _files, _route| build_view(view! { <GalleryPage/> });
}

/// The page that a loaded chunk gives: its future is ready at the first poll.
fn poll_ready(page: impl Future<Output = Result<BuiltView, SplitLoaderError>>) -> BuiltView {
    match pin!(page).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(page)) => page,
        Poll::Ready(Err(error)) => {
            report("a loaded chunk", &error);
            failed_page(Box::new(platform::navigation::reload))
        }
        Poll::Pending => {
            report("a loaded chunk", &"its page is not ready");
            failed_page(Box::new(platform::navigation::reload))
        }
    }
}

/// Shows a page for the standing id of a unit: an address may name a unit that is shown together with another.
fn with_standing_id(desk: AppContext, id: Option<Id>, page: impl Fn(Option<Id>) -> BuiltView + 'static) -> BuiltView {
    let meant = Memo::new(move |_| id.as_ref().map(|id| desk.workspace.standing_id(id)));
    dynamic_view(move || page(meant.get()))
}
