//! What the user must know of this browser: that it keeps nothing, that this page writes nothing and why, that something
//! was put aside.

use leptos::prelude::*;

use crate::store::{Closed, QuarantineEntry};

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_view, or_empty};
use crate::ui::pages::data::files::save_aside;
use crate::ui::platform;
use crate::ui::state::workspace::{StorageStatus, Workspace, storage_notice};

/// What the user must know of this browser.
#[component]
pub(crate) fn Notices(workspace: Workspace) -> BuiltView {
    let standing = dynamic_view(move || {
        or_empty(workspace.standing.get().map(|standing| {
            let said = storage_notice(standing);
            let way = said.way.map(|label| {
                button(label, move || {
                    if standing == StorageStatus::Closed(Closed::Outdated) {
                        platform::navigation::reload();
                    } else {
                        platform::navigation::begin_anew();
                    }
                })
            });
            markup!(
                r#"
                <section class="report refused" role="alert">
                    <h2>{}</h2>
                    <p>{}</p>
                    <div class="buttons">{}</div>
                </section>"#,
                said.heading,
                said.words,
                way
            )
        }))
    });
    let is_closed = RwSignal::new(false);
    let aside = dynamic_view(move || {
        // What was migrated lies aside too, and is nobody's trouble.
        let is_damaged = workspace.aside.with(|aside| aside.iter().any(QuarantineEntry::is_damaged));
        or_empty((is_damaged && !is_closed.get()).then(|| {
            markup!(
                r#"
                <section class="report" role="status">
                    <h2>Noget kunne ikke læses</h2>
                    <p>Noget af det, der lå i browseren, var beskadiget. Det er lagt til side, og alt andet er her.</p>
                    <div class="buttons">{}{}</div>
                </section>"#,
                button("Gem det som fil", move || save_aside(workspace)),
                button("Luk", move || is_closed.set(true))
            )
        }))
    });
    build_view((standing, aside))
}
