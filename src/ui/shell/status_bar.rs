//! The strip at the foot: how safe what was written is, what waits to be chosen, what can be undone, and how old the last
//! file of everything is.

use leptos::prelude::*;

use crate::store::Safety;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{Made, button_of, live, made, maybe, press, says};
use crate::ui::pages::data::import::Files;
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::shell::undo::Undo;
use crate::ui::state::workspace::{Standing, Strip, Workspace, save_status_text};

/// The strip.
#[component]
pub(crate) fn StripView(workspace: Workspace, files: Files) -> Made {
    let words = says(move || {
        let closed = match workspace.standing.get() {
            Some(Standing::Closed(why)) => Some(why),
            _ => None,
        };
        save_status_text(closed, &workspace.strip.get())
    });
    let is_unsafe = move || {
        matches!(workspace.standing.get(), Some(Standing::Closed(_)))
            || matches!(workspace.strip.get(), Strip::Saved { safety, .. } if safety >= Safety::WithoutMirror)
    };
    made(view! {
        <footer class="strip" class:unsafe=is_unsafe>
            <p role="status">{words}</p>
            <Open workspace/>
            <Undo workspace/>
            <Keep workspace files/>
        </footer>
    })
}

/// How many choices wait, and the way to them.
#[component]
fn Open(workspace: Workspace) -> Made {
    live(move || {
        let count: usize = workspace.waiting().into_iter().map(|(_, count)| count).sum();
        let noun = if count == 1 { "åbent valg" } else { "åbne valg" };
        maybe((count > 0).then(|| {
            markup!(r#"<p class="open"><a href="{}">{} {}</a></p>"#, Route::Valg.to_string(), count.to_string(), noun)
        }))
    })
}

/// How old the last file of everything is, what was done since, and the button that saves another.
#[component]
fn Keep(workspace: Workspace, files: Files) -> Made {
    live(move || {
        let backup = workspace.backup.get();
        let count = backup.changes;
        let noun = if count == 1 { "ændring" } else { "ændringer" };
        let file = backup.saved.map(|saved| format!("filen fra {}", platform::clock::day_in_words(saved)));
        let words = match (count, file) {
            (0, None) => return maybe(None),
            (0, Some(file)) => format!("Intet er ændret siden {file}"),
            (_, None) => format!("{count} {noun}, og ingen sikkerhedskopi endnu"),
            (_, Some(file)) => format!("{count} {noun} siden {file}"),
        };
        let is_due = backup.is_due(platform::clock::now());
        let save = press(move || files.save("Kvalitetshjul"));
        let button = (count > 0).then(|| button_of(if is_due { "primary" } else { "" }, "Gem sikkerhedskopi", save));
        markup!(
            r#"<div class="keep {}"><p>{}{}</p>{}</div>"#,
            if is_due { "due" } else { "" },
            if is_due { "Tid til en sikkerhedskopi: " } else { "" },
            words,
            button
        )
    })
}
