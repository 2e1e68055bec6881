//! The pages that are fetched when they are first gone to.
//!
//! In a release the module is split where a piece begins: what only pieces reach lies in files of their own (the feature
//! `split`; `xtask/src/split.rs`). What is needed to see the wheel, to write, to save and to hand out a file is never in
//! a piece. Without the feature the pieces are there from the start, and nothing else is otherwise.
//!
//! Whoever looks in downloads what is looked at. Whoever works here, so that there are records, is given every piece as
//! soon as there is nothing else to do: the app is whole then, also without a network.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;

use crate::domain::id::Id;

use crate::ui::kit::lazy::in_piece;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{Made, button, live, made, nothing};
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
use crate::ui::route::Route;
use crate::ui::state::app_context::Desk;

/// What is known of a piece.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nobody has asked for it.
    Away,
    /// It can be shown.
    There,
    /// It could not be fetched.
    Missing,
}

/// The pieces of the module: a handle, as the workspace is.
#[derive(Clone, Copy)]
pub(crate) struct Pieces {
    desk: Desk,
    files: Files,
    states: [RwSignal<State>; Piece::ALL.len()],
}

impl Pieces {
    pub(crate) fn new(desk: Desk, files: Files) -> Self {
        Self { desk, files, states: Piece::ALL.map(|_| RwSignal::new(State::Away)) }
    }

    /// What a piece shows at a route, as soon as it is there.
    pub(crate) fn show(self, piece: Piece, route: Route) -> Made {
        let state = self.states[piece as usize];
        match state.get() {
            State::There => piece.page(self.desk, self.files, route),
            State::Away => {
                spawn_local(async move {
                    if !self.fetch(piece).await {
                        state.set(State::Missing);
                    }
                    // What was asked for is in the page only now.
                    show_from_the_top(&Route::parse(&platform::navigation::fragment()));
                });
                markup!(r#"<p class="purpose coming" role="status">Henter siden …</p>"#)
            }
            State::Missing => markup!(
                r#"
                <header class="page-head">
                    <h1>Siden kunne ikke hentes</h1>
                    <p class="purpose">Det, du har skrevet, er der stadig. Måske er du uden net lige nu, eller appen er kommet i en ny udgave, mens du havde den åben.</p>
                </header>
                <p class="buttons">{}{}</p>"#,
                button("Prøv igen", move || state.set(State::Away)),
                button("Genindlæs siden", platform::navigation::reload)
            ),
        }
    }

    /// Fetches what is not there yet, one piece after the other. What does not come is asked for again when it is needed.
    pub(crate) fn fetch_all(self) {
        spawn_local(async move {
            for piece in Piece::ALL {
                self.fetch(piece).await;
            }
        });
    }

    /// Whether a piece came.
    async fn fetch(self, piece: Piece) -> bool {
        let came = piece.fetch().await.is_ok();
        let state = self.states[piece as usize];
        // A page that is shown already must not be built anew under its user's hands.
        if came && state.get_untracked() != State::There {
            state.set(State::There);
        }
        came
    }
}

macro_rules! pieces {
    ($($(#[$doc:meta])* $piece:ident in $module:ident: $show:ident, $fetch:ident = |$desk:ident, $files:ident, $route:ident| $page:expr;)*) => {
        /// What is fetched together, and shown at one place.
        #[derive(Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Piece {
            $($(#[$doc])* $piece,)*
        }

        impl Piece {
            const ALL: [Self; [$(Self::$piece),*].len()] = [$(Self::$piece),*];

            async fn fetch(self) -> Result<(), SplitLoaderError> {
                match self {
                    $(Self::$piece => $fetch().await,)*
                }
            }

            /// What it shows. It must have been fetched.
            fn page(self, desk: Desk, files: Files, route: Route) -> Made {
                match self {
                    $(Self::$piece => at_once($show(desk, files, route)),)*
                }
            }
        }

        $(
            in_piece!($module, fetched by $fetch: fn $show($desk: Desk, $files: Files, $route: Route) -> Made { $page });
        )*
    };
}

pieces! {
    /// An element of the wheel.
    Element in reading: element, fetch_element = |desk, _files, route| match route {
        Route::Element(element) => made(view! { <ElementPage desk element/> }),
        _ => nothing(),
    };
    /// The foundation, and the short path through it.
    Reading in reading: reading, fetch_reading = |desk, _files, route| match route {
        Route::Fundament { edition, item } => made(view! { <Fundament desk edition item/> }),
        Route::Ny(step) => made(view! { <Ny desk step/> }),
        _ => nothing(),
    };
    /// The figures.
    Figures in work: figures, fetch_figures = |desk, _files, route| figures::page(desk, route);
    /// Trials and reflections.
    Practice in practice: practice, fetch_practice = |desk, _files, route| match route {
        Route::Praksis => made(view! { <Praksis desk/> }),
        Route::Proevehandling(id) => made(view! { <Card desk id/> }),
        Route::OwnInstrument(id) => made(view! { <Redskab desk id/> }),
        Route::Pyramide(id) => made(view! { <Pyramide desk id/> }),
        Route::Reflection { instrument, id } => made(view! { <Round desk instrument id/> }),
        _ => made(view! { <Refleksion desk/> }),
    };
    /// Setting a workshop up, running it, and what came of it.
    Workshop in practice: workshop, fetch_workshop = |desk, _files, route| match route {
        Route::Room => made(view! { <Room desk/> }),
        Route::Workshop(id) => made(view! { <Held desk id/> }),
        _ => made(view! { <Workshops desk/> }),
    };
    /// Taking part in a workshop: what a phone fetches that does nothing else.
    Answer in answer: answer, fetch_answer = |desk, _files, route| match route {
        Route::Join { link, code } => made(view! { <Join desk link code/> }),
        _ => nothing(),
    };
    /// The units.
    Units in work: units, fetch_units = |desk, _files, route| match route {
        Route::Enhed(id) => of_meant(desk, Some(id), move |id| match id {
            Some(id) => made(view! { <EnhedPage desk id/> }),
            None => nothing(),
        }),
        Route::MineEnheder => made(view! { <MineEnheder desk/> }),
        _ => made(view! { <Enheder desk/> }),
    };
    /// The package that the cycle begins with, the conversation, the agreement that comes from it, and what follows.
    Agreement in work: agreement, fetch_agreement = |desk, _files, route| match route {
        Route::Aftale { id, part } => made(view! { <AftalePage desk id part/> }),
        Route::Samtale { unit, part } => {
            of_meant(desk, unit, move |unit| made(view! { <SamtalePage desk unit part=part.clone()/> }))
        }
        Route::Midtvejs(aftale) => made(view! { <MidtvejsPage desk aftale/> }),
        Route::Datapakke { is_made } => made(view! { <DatapakkePage desk is_made/> }),
        _ => nothing(),
    };
    /// The quality report, from figures, conversations and agreements.
    Quality in work: quality, fetch_quality = |desk, _files, route| match route {
        Route::Rapport { id, part } => {
            of_meant(desk, id, move |id| made(view! { <RapportPage desk id part=part.clone()/> }))
        }
        _ => nothing(),
    };
    /// The page of files.
    Filer in files: filer, fetch_filer = |desk, files, _route| {
        made(view! { <Filer desk files/> })
    };
    /// The open choices, the history, other times, the trash.
    Safety in files: safety, fetch_safety = |desk, files, route| {
        let workspace = desk.workspace;
        match route {
            Route::Valg => made(view! { <Valg workspace/> }),
            Route::Historik => made(view! { <Historik workspace/> }),
            Route::Dengang => made(view! { <Dengang files/> }),
            Route::Papirkurv => made(view! { <Papirkurv workspace/> }),
            _ => nothing(),
        }
    };
    /// What came of opening a file.
    Report in files: report, fetch_report = |_desk, files, _route| made(view! { <FileReport files/> });
    /// Every component in all its states.
    Gallery in files: gallery, fetch_gallery = |_desk, _files, _route| made(view! { <Galleri/> });
}

/// What a piece that is there gives: its future has nothing to wait for.
fn at_once(page: impl Future<Output = Result<Made, SplitLoaderError>>) -> Made {
    match pin!(page).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(page)) => page,
        Poll::Ready(Err(_)) | Poll::Pending => nothing(),
    }
}

/// The page of what an address names, by the id that is meant: an address may be of a unit that is shown with another.
fn of_meant(desk: Desk, id: Option<Id>, page: impl Fn(Option<Id>) -> Made + 'static) -> Made {
    let meant = Memo::new(move |_| id.as_ref().map(|id| desk.workspace.meant(id)));
    live(move || page(meant.get()))
}
