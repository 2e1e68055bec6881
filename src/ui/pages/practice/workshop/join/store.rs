//! The answers of a participant in localStorage, from the first answer until the participant is done.
//!
//! They lie beside the preferences of the device, which are in no record, no file, no snapshot and no log.
//!
//! # Invariants
//!
//! * The svarkode must never be stored.
//! * Answers of another workshop, and answers that are too old, must never be shown. They are deleted when found.
//! * A page that may not write reads no answers either, because it could not delete them.

use crate::domain::workshop::{ParticipantAnswers, Setup};
use crate::store::preferences::Preferences;
use crate::store::report::report_json_error;

use crate::ui::pages::practice::workshop::session::is_closed;
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;

/// The text with the answers. Returns `None` where this page may not write, or where the browser refuses localStorage.
fn preferences(app: AppContext) -> Option<Preferences> {
    Some(Preferences::open("answers")).filter(|preferences| preferences.is_granted() && !is_closed(app))
}

/// Whether answers are kept through a reload of the page.
pub(super) fn can_store(app: AppContext) -> bool {
    preferences(app).is_some()
}

/// Reads the answers to a workshop. Any others are deleted.
pub(super) fn read(app: AppContext, setup: &Setup) -> Option<ParticipantAnswers> {
    let preferences = preferences(app)?;
    let text = preferences.read()?;
    let answers = ParticipantAnswers::parse(&text, platform::clock::now()).filter(|answers| answers.is_of(setup));
    if answers.is_none() {
        preferences.delete();
    }
    // The names of title and groups are those of the link or the code that was opened now.
    answers.map(|answers| ParticipantAnswers { setup: setup.clone(), ..answers })
}

/// Stores the answers.
pub(super) fn write(app: AppContext, answers: &ParticipantAnswers) {
    let Some(preferences) = preferences(app) else { return };
    match answers.to_text() {
        Ok(text) => preferences.write(&text),
        Err(error) => report_json_error("writing the answers of a participant", &error),
    }
}

/// Deletes the answers.
pub(super) fn delete(app: AppContext) {
    if let Some(preferences) = preferences(app) {
        preferences.delete();
    }
}
