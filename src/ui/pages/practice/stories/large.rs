//! Stories in large, calm type, each with its figure as a sentence: the public view, paper, and the front page.

use leptos::prelude::*;

use crate::domain::person::Role;

use super::entries::{StoryEntry, others_heading, story_entries};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, dynamic_view, or_empty};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// The number of stories on the front page.
const FRONT_STORIES: usize = 3;

/// Builds the public view: the shared stories of the current unit, then those of other units.
pub(super) fn public_view(app: AppContext, entries: Memo<Vec<StoryEntry>>) -> BuiltView {
    dynamic_view(move || {
        let (own, others) = entries.with(|entries| shared(entries));
        if own.is_empty() && others.is_empty() {
            return markup!(
                "<p>Ingen historier er delt endnu. Slå offentlig visning fra, og sæt kryds ved «Del med netværket» på en historie, så står den her.</p>"
            );
        }
        markup!("<div>{}{}</div>", section(app, "Hos os", &own), section(app, others_heading(app), &others))
    })
}

/// Builds the newest shared stories for the front page, those of the current unit first. Shown to committees and boards
/// of parents, and to everyone in the public view; otherwise empty.
pub(crate) fn front_stories(app: AppContext) -> BuiltView {
    let is_shown =
        Memo::new(move |_| app.is_public.get() || app.person.with(|person| person.role) == Some(Role::Board));
    let newest: Memo<Vec<StoryEntry>> = Memo::new(move |_| {
        if !is_shown.get() {
            return Vec::new();
        }
        let (own, others) = shared(&story_entries(app));
        own.into_iter().chain(others).take(FRONT_STORIES).collect()
    });
    dynamic_view(move || {
        newest.with(|newest| {
            or_empty((!newest.is_empty()).then(|| {
                markup!(
                    r#"<section class="part stories-first"><h2>Det lykkes</h2>{}<p class="no-print"><a href="{}">Alle historier</a></p></section>"#,
                    newest.iter().map(|entry| large_story(app, entry)).collect::<Vec<_>>(),
                    Route::Stories.to_string()
                )
            }))
        })
    })
}

/// Returns the shared stories: those of the current unit, and those of other units.
fn shared(entries: &[StoryEntry]) -> (Vec<StoryEntry>, Vec<StoryEntry>) {
    entries.iter().filter(|entry| entry.story.is_shared()).cloned().partition(|entry| entry.is_own)
}

/// Builds stories under a heading; nothing where there are none.
fn section(app: AppContext, heading: &str, entries: &[StoryEntry]) -> BuiltView {
    or_empty((!entries.is_empty()).then(|| {
        markup!(
            r#"<section class="part"><h2>{}</h2>{}</section>"#,
            heading,
            entries.iter().map(|entry| large_story(app, entry)).collect::<Vec<_>>()
        )
    }))
}

/// Builds a story in large type. A story without a title has no heading.
fn large_story(app: AppContext, entry: &StoryEntry) -> BuiltView {
    let title = entry.story.title.as_str().trim();
    markup!(
        r#"<article class="story-large"><p class="eyebrow">{}</p>{}<p class="story-text">{}</p>{}</article>"#,
        entry.unit_and_day(app),
        (!title.is_empty()).then(|| markup!("<h3>{}</h3>", title)),
        entry.story.text.as_str().trim(),
        entry.figure_sentence(app).map(|sentence| markup!(r#"<p class="story-figure">{}</p>"#, sentence))
    )
}
