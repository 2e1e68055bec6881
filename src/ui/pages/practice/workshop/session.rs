//! The running workshop and its stage: stored in this browser, and in step between its windows.
//!
//! Two texts in localStorage hold them. Each change is also sent to the other windows over a channel, so that the
//! facilitator's page and the wall show the same at the same time, and each can be closed and opened again.
//!
//! # Invariants
//!
//! * The wall changes the stages and never the run: a window that is a moment behind must not write older counts.
//! * What is in memory is never replaced by something older: not by a stored text that this window has seen before, nor
//!   by a run with fewer changes.

use std::cell::{Cell, RefCell};

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::domain::id::Id;
use crate::domain::workshop::{Phase, Run, Setup, Stage, Stages};
use crate::store::preferences::Preferences;
use crate::store::report::report_json_error;
use crate::store::tabs::TextChannel;

use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::workspace::StorageStatus;

/// The state of the workshop that is led in this browser. The codes of its participants are held here only, and outlive
/// the page that shows them.
#[derive(Clone, Copy)]
struct Session {
    run: RwSignal<Option<Run>>,
    stages: RwSignal<Stages>,
}

/// The names of the stored texts, and of the channel between the windows.
const RUN: &str = "workshop";
const STAGE: &str = "stage";

thread_local! {
    /// The state, from the first page of a workshop on.
    static SESSION: Cell<Option<Session>> = const { Cell::new(None) };
    /// The text of the run in localStorage, as this window has last read or written it.
    static STORED_RUN: RefCell<Option<String>> = const { RefCell::new(None) };
    /// The text of the stages in localStorage, likewise.
    static STORED_STAGES: RefCell<Option<String>> = const { RefCell::new(None) };
    /// The channel to the other windows; open from the first page of a workshop on, as long as the app is open.
    static CHANNEL: RefCell<Option<TextChannel>> = const { RefCell::new(None) };
}

/// What a window tells the others.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SessionMessage {
    /// The workshop as it is now, without codes; `None` when it has ended.
    Run(Option<Box<Run>>),
    /// The stages as they are now.
    Stages(Stages),
}

/// The state of the app's session.
fn session(app: AppContext) -> Session {
    SESSION.get().unwrap_or_else(|| {
        let session =
            app.owner().with(|| Session { run: RwSignal::new(None), stages: RwSignal::new(Stages::default()) });
        SESSION.set(Some(session));
        session
    })
}

/// The workshop that is being run here.
pub(super) fn run_signal(app: AppContext) -> RwSignal<Option<Run>> {
    session(app).run
}

/// The stages of the workshops that are led here.
pub(super) fn stages_signal(app: AppContext) -> RwSignal<Stages> {
    session(app).stages
}

/// Opens the session: returns the workshop that runs in this browser, and keeps the page in step with the other windows
/// from then on.
pub(super) fn open_session(app: AppContext) -> RwSignal<Option<Run>> {
    CHANNEL.with_borrow_mut(|channel| {
        if channel.is_none() {
            *channel = TextChannel::open(RUN, move |text| hear(app, &text));
        }
    });
    refresh(app);
    refresh_stages(app);
    run_signal(app)
}

/// Reads the running workshop from localStorage, if its text has changed since this window last read or wrote it: after a
/// reload, or when another tab has changed it.
fn refresh(app: AppContext) {
    let preferences = Preferences::open(RUN);
    if !preferences.is_granted() || is_closed(app) {
        return;
    }
    let stored = preferences.read();
    if STORED_RUN.replace(stored.clone()) != stored {
        adopt(app, stored.and_then(|text| parse(&text, &preferences, "reading the running workshop")));
    }
}

/// Takes over a workshop that was stored or sent, unless this window knows something newer.
fn adopt(app: AppContext, stored: Option<Run>) {
    let adopted = run_signal(app).with_untracked(|own| match (own, stored) {
        (Some(own), Some(stored)) => Some(own.adopt(stored)),
        (None, Some(stored)) => Some(stored.resume()),
        (_, None) => None,
    });
    run_signal(app).set(adopted);
}

/// Reads the stages from localStorage.
fn refresh_stages(app: AppContext) {
    let preferences = Preferences::open(STAGE);
    if !preferences.is_granted() || is_closed(app) {
        return;
    }
    let stored = preferences.read();
    if STORED_STAGES.replace(stored.clone()) != stored {
        let stages = stored.and_then(|text| parse(&text, &preferences, "reading the stages"));
        show_stages(app, stages.unwrap_or_default());
    }
}

/// Shows stages in this window. Setting unchanged ones would rebuild what follows them.
fn show_stages(app: AppContext, stages: Stages) {
    if stages_signal(app).with_untracked(|shown| *shown != stages) {
        stages_signal(app).set(stages);
    }
}

/// Takes in what another window tells.
fn hear(app: AppContext, text: &str) {
    match serde_json::from_str(text) {
        Ok(SessionMessage::Run(Some(run))) => {
            // The end of a room is told before another one begins. A room with answers is not replaced otherwise.
            let holds_another = run_signal(app)
                .with_untracked(|own| own.as_ref().is_some_and(|own| own.room != run.room && own.people() > 0));
            if !holds_another {
                adopt(app, Some(*run));
            }
        }
        Ok(SessionMessage::Run(None)) => adopt(app, None),
        Ok(SessionMessage::Stages(stages)) => show_stages(app, stages),
        // A window with another version of the app.
        Err(error) => report_json_error("a message about the workshop", &error),
    }
}

/// Parses a stored text. A text that cannot be read is kept under a key of its own, and reported.
fn parse<T: for<'de> Deserialize<'de>>(text: &str, preferences: &Preferences, attempt: &str) -> Option<T> {
    match serde_json::from_str(text) {
        Ok(parsed) => Some(parsed),
        Err(error) => {
            preferences.keep_unreadable(text);
            report_json_error(attempt, &error);
            None
        }
    }
}

/// The text of a run for localStorage. It holds counts, and no codes.
fn run_text(run: &Run) -> Option<String> {
    to_text(run, "writing the running workshop")
}

fn to_text<T: Serialize>(value: &T, attempt: &str) -> Option<String> {
    match serde_json::to_string(value) {
        Ok(text) => Some(text),
        Err(error) => {
            report_json_error(attempt, &error);
            None
        }
    }
}

/// Stores a text, or deletes it where there is none; and tells the other windows.
fn store(app: AppContext, name: &str, text: Option<&str>, message: &SessionMessage) {
    if is_closed(app) {
        return;
    }
    match text {
        Some(text) => Preferences::open(name).write(text),
        None => Preferences::open(name).delete(),
    }
    CHANNEL.with_borrow(|channel| {
        if let (Some(channel), Some(message)) = (channel, to_text(message, "a message about the workshop")) {
            channel.send(&message);
        }
    });
}

/// Stores the run as it is now.
fn store_run(app: AppContext) {
    let run = run_signal(app).get_untracked();
    let text = run.as_ref().and_then(run_text);
    store(app, RUN, text.as_deref(), &SessionMessage::Run(run.map(Box::new)));
    // Where the browser has no room, the older text is still there. It must not replace what is in memory.
    STORED_RUN.set(Preferences::open(RUN).read());
}

/// Whether this page may not write.
pub(super) fn is_closed(app: AppContext) -> bool {
    matches!(app.workspace.storage_status.get_untracked(), Some(StorageStatus::Closed(_)))
}

/// Changes the running workshop, and stores its setup and counts. Returns `None` if no workshop runs.
pub(super) fn change<T>(app: AppContext, change: impl FnOnce(&mut Run) -> T) -> Option<T> {
    refresh(app);
    let changed = run_signal(app).try_update(|run| {
        run.as_mut().map(|run| {
            run.revision += 1;
            change(run)
        })
    });
    let changed = changed.flatten();
    // Without a run there is nothing to tell: its end is told by the window that ends it.
    if changed.is_some() {
        store_run(app);
    }
    changed
}

/// Begins a room, stores it, and opens its page. If a room is open already, its page is opened instead: its answers would
/// be lost otherwise.
pub(super) fn begin(app: AppContext, setup: Setup) {
    refresh(app);
    if run_signal(app).with_untracked(Option::is_none) {
        let minutes = minutes(&setup);
        put_stage(app, Stage::new(setup.id.clone(), Phase::Welcome, minutes), true);
        run_signal(app).set(Some(Run::begin(setup, platform::ids::new_id())));
        store_run(app);
    }
    platform::navigation::go_to(&Route::Room.to_string());
}

/// Ends the running workshop, and deletes what is stored about it. The stage goes on where the answers have been shown.
pub(super) fn end(app: AppContext) {
    run_signal(app).set(None);
    store_run(app);
}

/// The minutes that one person needs for the instrument of a workshop.
pub(super) fn minutes(setup: &Setup) -> u8 {
    setup.instrument().map_or(8, |instrument| instrument.minutes)
}

/// Replaces the stage of a workshop in all windows, and stores it. The wall goes over to it if `shows_it`.
pub(super) fn put_stage(app: AppContext, stage: Stage, shows_it: bool) {
    change_stages(app, |stages| stages.put(stage, shows_it));
}

/// Removes the stage of a workshop from all windows.
pub(super) fn remove_stage(app: AppContext, workshop: &Id) {
    change_stages(app, |stages| stages.remove(workshop));
}

/// Changes the stages in all windows, and stores them.
fn change_stages(app: AppContext, change: impl FnOnce(&mut Stages)) {
    let mut stages = stages_signal(app).get_untracked();
    change(&mut stages);
    let text = to_text(&stages, "writing the stages");
    show_stages(app, stages.clone());
    store(app, STAGE, text.as_deref(), &SessionMessage::Stages(stages));
    STORED_STAGES.set(Preferences::open(STAGE).read());
}
