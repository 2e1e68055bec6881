//! Notices about this browser: storage denied, page outdated or closed for writing, unreadable data quarantined.

use leptos::prelude::*;

use crate::store::{QuarantineEntry, WriteBlock};

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_view, or_empty};
use crate::ui::pages::data::files::save_quarantine;
use crate::ui::platform;
use crate::ui::state::workspace::{StorageStatus, Workspace, storage_notice};

/// Shows the notices about this browser.
#[component]
pub(crate) fn Notices(workspace: Workspace) -> BuiltView {
    let storage = dynamic_view(move || {
        or_empty(workspace.storage_status.get().map(|status| {
            let notice = storage_notice(status);
            let action = notice.action_label.map(|label| {
                button(label, move || {
                    if status == StorageStatus::Closed(WriteBlock::Outdated) {
                        platform::navigation::reload();
                    } else {
                        platform::navigation::restart();
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
                notice.heading,
                notice.text,
                action
            )
        }))
    });
    let is_closed = RwSignal::new(false);
    let quarantine = dynamic_view(move || {
        // Migrated texts are quarantined as well; they are no problem for the user.
        let is_damaged = workspace.quarantine.with(|quarantine| quarantine.iter().any(QuarantineEntry::is_damaged));
        or_empty((is_damaged && !is_closed.get()).then(|| {
            markup!(
                r#"
                <section class="report" role="status">
                    <h2>Noget kunne ikke læses</h2>
                    <p>Noget af det, der lå i browseren, var beskadiget. Det er lagt til side, og alt andet er her.</p>
                    <div class="buttons">{}{}</div>
                </section>"#,
                button("Gem det som fil", move || save_quarantine(workspace)),
                button("Luk", move || is_closed.set(true))
            )
        }))
    });
    build_view((storage, quarantine))
}
