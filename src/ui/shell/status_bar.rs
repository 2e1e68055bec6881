//! The strip at the foot: how safe what was written is, what waits to be chosen, what can be undone, and how old the last
//! file of everything is.

use leptos::prelude::*;

use crate::store::Safety;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_text, dynamic_view, on_click, or_empty};
use crate::ui::pages::data::import::Files;
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::shell::undo::Undo;
use crate::ui::state::workspace::{SaveStatus, StorageStatus, Workspace, save_status_text};

/// The strip.
#[component]
pub(crate) fn StatusBar(workspace: Workspace, files: Files) -> BuiltView {
    let words = dynamic_text(move || {
        let closed = match workspace.standing.get() {
            Some(StorageStatus::Closed(why)) => Some(why),
            _ => None,
        };
        save_status_text(closed, &workspace.strip.get())
    });
    let is_unsafe = move || {
        matches!(workspace.standing.get(), Some(StorageStatus::Closed(_)))
            || matches!(workspace.strip.get(), SaveStatus::Saved { safety, .. } if safety >= Safety::WithoutMirror)
    };
    build_view(view! {
        <footer class="strip" class:unsafe=is_unsafe>
            <p role="status">{words}</p>
            <OpenChoices workspace/>
            <Undo workspace/>
            <BackupStatus workspace files/>
        </footer>
    })
}

/// How many choices wait, and the way to them.
#[component]
fn OpenChoices(workspace: Workspace) -> BuiltView {
    dynamic_view(move || {
        let count: usize = workspace.open_choices().into_iter().map(|(_, count)| count).sum();
        let noun = if count == 1 { "åbent valg" } else { "åbne valg" };
        or_empty((count > 0).then(|| {
            markup!(r#"<p class="open"><a href="{}">{} {}</a></p>"#, Route::Valg.to_string(), count.to_string(), noun)
        }))
    })
}

/// How old the last file of everything is, what was done since, and the button that saves another.
#[component]
fn BackupStatus(workspace: Workspace, files: Files) -> BuiltView {
    dynamic_view(move || {
        let backup = workspace.backup.get();
        let count = backup.changes;
        let noun = if count == 1 { "ændring" } else { "ændringer" };
        let file = backup.saved.map(|saved| format!("filen fra {}", platform::clock::day_in_words(saved)));
        let words = match (count, file) {
            (0, None) => return or_empty(None),
            (0, Some(file)) => format!("Intet er ændret siden {file}"),
            (_, None) => format!("{count} {noun}, og ingen sikkerhedskopi endnu"),
            (_, Some(file)) => format!("{count} {noun} siden {file}"),
        };
        let is_due = backup.is_due(platform::clock::now());
        let save = on_click(move || files.save("Kvalitetshjul"));
        let button =
            (count > 0).then(|| button_with_class(if is_due { "primary" } else { "" }, "Gem sikkerhedskopi", save));
        markup!(
            r#"<div class="keep {}"><p>{}{}</p>{}</div>"#,
            if is_due { "due" } else { "" },
            if is_due { "Tid til en sikkerhedskopi: " } else { "" },
            words,
            button
        )
    })
}
