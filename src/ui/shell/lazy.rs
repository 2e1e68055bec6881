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
use crate::ui::kit::view::{Made, button, live, made};
use crate::ui::pages::agreement::aftale::AftalePage;
use crate::ui::pages::agreement::midtvejs::MidtvejsPage;
use crate::ui::pages::agreement::package::DatapakkePage;
use crate::ui::pages::agreement::rapport::RapportPage;
use crate::ui::pages::agreement::samtale::SamtalePage;
use crate::ui::pages::data::conflicts::Valg;
use crate::ui::pages::data::files::Filer;
use crate::ui::pages::data::history::{Dengang, Historik};
use crate::ui::pages::data::import::{FileReport, Files};
use crate::ui::pages::data::trash::Papirkurv;
use crate::ui::pages::figures;
use crate::ui::pages::practice::instrument::Redskab;
use crate::ui::pages::practice::pyramid::Pyramide;
use crate::ui::pages::practice::reflection::{Refleksion, Round};
use crate::ui::pages::practice::trials::{Card, Praksis};
use crate::ui::pages::practice::workshop::{Held, Join, Room, Workshops};
use crate::ui::pages::setup::fundament::{Fundament, Ny};
use crate::ui::pages::setup::gallery::Galleri;
use crate::ui::pages::setup::units::{EnhedPage, Enheder, MineEnheder};
use crate::ui::pages::wheel::ElementPage;
use crate::ui::platform;
use crate::ui::platform::focus::show_from_the_top;
use crate::ui::route::{Chunk, Route};
use crate::ui::state::app_context::Desk;

/// What is known of a chunk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
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
    desk: Desk,
    files: Files,
    states: [RwSignal<State>; Chunk::ALL.len()],
}

impl LazyPages {
    pub(crate) fn new(desk: Desk, files: Files) -> Self {
        Self { desk, files, states: Chunk::ALL.map(|_| RwSignal::new(State::NotLoaded)) }
    }

    /// Shows the page of a route from its chunk, as soon as the chunk is loaded.
    pub(crate) fn show(self, chunk: Chunk, route: Route) -> Made {
        let state = self.states[chunk as usize];
        match state.get() {
            State::Loaded => page(chunk, self.desk, self.files, route),
            State::NotLoaded => {
                spawn_local(async move {
                    if !self.load(chunk).await {
                        state.set(State::Failed);
                    }
                    // The item that the address names is in the page only now.
                    show_from_the_top(&Route::parse(&platform::navigation::fragment()));
                });
                markup!(r#"<p class="purpose coming" role="status">Henter siden …</p>"#)
            }
            State::Failed => failed_page(Box::new(move || state.set(State::NotLoaded))),
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
        if is_loaded && state.get_untracked() != State::Loaded {
            state.set(State::Loaded);
        }
        is_loaded
    }
}

/// What is shown in the place of a page that could not be loaded or shown.
fn failed_page(retry: Box<dyn FnMut()>) -> Made {
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
fn misplaced(chunk: Chunk, route: &Route) -> Made {
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
        fn page(chunk: Chunk, desk: Desk, files: Files, route: Route) -> Made {
            match chunk {
                Chunk::First => misplaced(chunk, &route),
                $(Chunk::$chunk => poll_ready($show(desk, files, route)),)*
            }
        }

        $(
            in_piece!($module, fetched by $fetch: fn $show($desk: Desk, $files: Files, $route: Route) -> Made { $page });
        )*
    };
}

chunks! {
    Reading in reading: reading, fetch_reading = |desk, _files, route| match route {
        Route::Element(element) => made(view! { <ElementPage desk element/> }),
        Route::Fundament { edition, item } => made(view! { <Fundament desk edition item/> }),
        Route::Ny(step) => made(view! { <Ny desk step/> }),
        other => misplaced(Chunk::Reading, &other),
    };
    Figures in work: figures, fetch_figures = |desk, _files, route| figures::page(desk, route);
    Practice in practice: practice, fetch_practice = |desk, _files, route| match route {
        Route::Praksis => made(view! { <Praksis desk/> }),
        Route::Proevehandling(id) => made(view! { <Card desk id/> }),
        Route::OwnInstrument(id) => made(view! { <Redskab desk id/> }),
        Route::Pyramide(id) => made(view! { <Pyramide desk id/> }),
        Route::Reflection { instrument, id } => made(view! { <Round desk instrument id/> }),
        Route::Refleksion => made(view! { <Refleksion desk/> }),
        other => misplaced(Chunk::Practice, &other),
    };
    Workshop in practice: workshop, fetch_workshop = |desk, _files, route| match route {
        Route::Room => made(view! { <Room desk/> }),
        Route::Workshop(id) => made(view! { <Held desk id/> }),
        Route::Workshops => made(view! { <Workshops desk/> }),
        other => misplaced(Chunk::Workshop, &other),
    };
    Join in answer: answer, fetch_answer = |desk, _files, route| match route {
        Route::Join { link, code } => made(view! { <Join desk link code/> }),
        other => misplaced(Chunk::Join, &other),
    };
    Units in work: units, fetch_units = |desk, _files, route| match route {
        Route::Enhed(id) => with_standing_id(desk, Some(id), move |id| match id {
            Some(id) => made(view! { <EnhedPage desk id/> }),
            None => made(view! { <Enheder desk/> }),
        }),
        Route::MineEnheder => made(view! { <MineEnheder desk/> }),
        Route::Enheder => made(view! { <Enheder desk/> }),
        other => misplaced(Chunk::Units, &other),
    };
    Agreement in work: agreement, fetch_agreement = |desk, _files, route| match route {
        Route::Aftale { id, part } => made(view! { <AftalePage desk id part/> }),
        Route::Samtale { unit, part } => {
            with_standing_id(desk, unit, move |unit| made(view! { <SamtalePage desk unit part=part.clone()/> }))
        }
        Route::Midtvejs(aftale) => made(view! { <MidtvejsPage desk aftale/> }),
        Route::Datapakke { is_made } => made(view! { <DatapakkePage desk is_made/> }),
        other => misplaced(Chunk::Agreement, &other),
    };
    Report in work: quality, fetch_quality = |desk, _files, route| match route {
        Route::Rapport { id, part } => {
            with_standing_id(desk, id, move |id| made(view! { <RapportPage desk id part=part.clone()/> }))
        }
        other => misplaced(Chunk::Report, &other),
    };
    Files in files: filer, fetch_filer = |desk, files, _route| {
        made(view! { <Filer desk files/> })
    };
    Data in files: safety, fetch_safety = |desk, files, route| {
        let workspace = desk.workspace;
        match route {
            Route::Valg => made(view! { <Valg workspace/> }),
            Route::Historik => made(view! { <Historik workspace/> }),
            Route::Dengang => made(view! { <Dengang files/> }),
            Route::Papirkurv => made(view! { <Papirkurv workspace/> }),
            other => misplaced(Chunk::Data, &other),
        }
    };
    ImportReport in files: import_report, fetch_import_report = |_desk, files, _route| made(view! { <FileReport files/> });
    Gallery in files: gallery, fetch_gallery = |_desk, _files, _route| made(view! { <Galleri/> });
}

/// The page that a loaded chunk gives: its future is ready at the first poll.
fn poll_ready(page: impl Future<Output = Result<Made, SplitLoaderError>>) -> Made {
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
fn with_standing_id(desk: Desk, id: Option<Id>, page: impl Fn(Option<Id>) -> Made + 'static) -> Made {
    let meant = Memo::new(move |_| id.as_ref().map(|id| desk.workspace.meant(id)));
    live(move || page(meant.get()))
}
