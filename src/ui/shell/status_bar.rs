//! The status bar at the foot: how safely the last change is stored, open choices, undo, and the age of the backup.

use leptos::prelude::*;

use crate::store::Safety;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_text, dynamic_view, on_click, or_empty};
use crate::ui::pages::data::import::Files;
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::shell::undo::Undo;
use crate::ui::state::workspace::{SaveStatus, StorageStatus, Workspace, save_status_text};

/// Shows the status bar.
#[component]
pub(crate) fn StatusBar(workspace: Workspace, files: Files) -> BuiltView {
    let text = dynamic_text(move || {
        let closed = match workspace.storage_status.get() {
            Some(StorageStatus::Closed(reason)) => Some(reason),
            _ => None,
        };
        save_status_text(closed, &workspace.save_status.get())
    });
    let is_unsafe = move || {
        matches!(workspace.storage_status.get(), Some(StorageStatus::Closed(_)))
            || matches!(workspace.save_status.get(), SaveStatus::Saved { safety, .. } if safety >= Safety::LocalStorageOnly)
    };
    build_view(view! {
        <footer class="status-bar" class:unsafe=is_unsafe>
            <p role="status">{text}</p>
            <OpenChoices workspace/>
            <Undo workspace/>
            <BackupStatus workspace files/>
        </footer>
    })
}

/// Shows the number of open choices, with a link to them.
#[component]
fn OpenChoices(workspace: Workspace) -> BuiltView {
    dynamic_view(move || {
        let count: usize = workspace.open_choices().into_iter().map(|(_, count)| count).sum();
        let noun = if count == 1 { "åbent valg" } else { "åbne valg" };
        or_empty((count > 0).then(|| {
            markup!(
                r#"<p class="open-choices"><a href="{}">{} {}</a></p>"#,
                Route::Valg.to_string(),
                count.to_string(),
                noun
            )
        }))
    })
}

/// Shows the age of the last backup and the number of changes since; where a backup is due, with a button that saves
/// it.
#[component]
fn BackupStatus(workspace: Workspace, files: Files) -> BuiltView {
    dynamic_view(move || {
        let backup = workspace.backup.get();
        let count = backup.changes;
        let noun = if count == 1 { "ændring" } else { "ændringer" };
        let backup_day = backup.saved.map(|saved| format!("filen fra {}", platform::clock::day_in_words(saved)));
        let text = match (count, backup_day) {
            (0, None) => return or_empty(None),
            (0, Some(backup_day)) => format!("Intet er ændret siden {backup_day}"),
            (_, None) => format!("{count} {noun}, og ingen sikkerhedskopi endnu"),
            (_, Some(backup_day)) => format!("{count} {noun} siden {backup_day}"),
        };
        let is_due = backup.is_due(platform::clock::now());
        // The sidebar has the permanent button.
        let button = is_due.then(|| button_with_class("primary", "Gem den nu", on_click(move || files.save())));
        markup!(
            r#"<div class="backup-status {}"><p>{}{}</p>{}</div>"#,
            if is_due { "due" } else { "" },
            if is_due { "Tid til en sikkerhedskopi: " } else { "" },
            text,
            button
        )
    })
}
