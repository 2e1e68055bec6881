//! The page that shows the wall alone: a window on the projector, or the only screen there is.

use std::rc::Rc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use crate::domain::workshop::{Setup, Stage};

use super::keys::{KeyUse, WallKey, on_wall_keys};
use super::lead::WALL_WINDOW;
use super::outline::ResultOutline;
use super::session::{open_session, put_stage, run_signal, stages_signal};
use super::wall::wall;
use crate::ui::kit::view::{BuiltView, build_view, button, or_empty};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// The time for which the buttons of the wall are shown after a movement.
const BUTTONS_SHOWN: Duration = Duration::from_secs(3);

/// The page of the wall.
#[component]
pub(crate) fn ScenePage(app: AppContext) -> BuiltView {
    open_session(app);
    platform::screen::keep_lit();
    // The browser lets go of the screen when the page is hidden.
    let visibility = window_event_listener(ev::visibilitychange, |_| platform::screen::keep_lit());
    on_cleanup(move || visibility.remove());
    let stages = stages_signal(app);
    let shown = move || stages.with(|stages| stages.on_wall().cloned());
    on_wall_keys(KeyUse::WallAlone, move |key| {
        match key {
            WallKey::Forward => turn(app, true),
            WallKey::Back => turn(app, false),
            WallKey::Blank => {
                if let Some(stage) = untrack(shown) {
                    put_stage(app, Stage { is_blank: !stage.is_blank, ..stage }, true);
                }
            }
            WallKey::FullScreen => platform::screen::toggle_full_screen(),
            // On the projector's own window nothing else is ever shown.
            WallKey::Leave if platform::screen::is_full_screen() || is_own_window() => return false,
            WallKey::Leave => leave(app),
        }
        true
    });
    // The number of the last movement. The buttons are hidden when no other has come for a while.
    let (movement, hidden_at) = (RwSignal::new(0_u32), RwSignal::new(0_u32));
    let show_buttons = move || {
        movement.update(|number| *number += 1);
        let number = movement.get_untracked();
        let hide = move || {
            if movement.try_get_untracked() == Some(number) {
                hidden_at.set(number);
            }
        };
        set_timeout(hide, BUTTONS_SHOWN);
    };
    let controls = build_view(view! {
        <div class="scene-controls" class:is-shown=move || movement.get() != hidden_at.get()>
            {button("Fuld skærm (F)", platform::screen::toggle_full_screen)}
            {or_empty((!is_own_window()).then(|| button("Til den, der leder (Esc)", move || leave(app))))}
        </div>
    });
    build_view(view! {
        <div class="scene" on:pointermove=move |_| show_buttons() on:pointerdown=move |_| show_buttons()>
            <h1 class="visually-hidden">"Væggen"</h1>
            {wall(app, Rc::new(shown))}
            {controls}
        </div>
    })
}

/// The stage that the wall shows.
fn on_wall(app: AppContext) -> Option<Stage> {
    stages_signal(app).with_untracked(|stages| stages.on_wall().cloned())
}

/// Whether the page is in the window that was opened for the wall.
fn is_own_window() -> bool {
    platform::screen::window_name().is_some_and(|name| name == WALL_WINDOW)
}

/// Goes a step forward or back.
fn turn(app: AppContext, is_forward: bool) {
    let Some(mut stage) = on_wall(app) else { return };
    let instrument = untrack(|| {
        let running = run_signal(app)
            .with(|run| run.as_ref().filter(|run| run.setup.id == stage.workshop).map(|run| run.setup.clone()));
        running
            .as_ref()
            .and_then(Setup::instrument)
            .or_else(|| Some(ResultOutline::of(app, &stage.workshop)?.instrument))
    });
    if let Some(instrument) = instrument {
        stage.turn(is_forward, instrument);
        put_stage(app, stage, true);
    }
}

/// Goes to the facilitator's page in this window.
fn leave(app: AppContext) {
    let stage = on_wall(app);
    let is_room = run_signal(app).with_untracked(|run| {
        run.as_ref().is_some_and(|run| stage.as_ref().is_none_or(|stage| run.setup.id == stage.workshop))
    });
    let route = match stage {
        _ if is_room => Route::Room,
        Some(stage) => Route::Workshop(stage.workshop),
        None => Route::Workshops,
    };
    platform::navigation::go_to(&route.to_string());
}
