//! What an item of the foundation hangs on and what hangs on it, folded under the item.

use leptos::prelude::*;

use crate::domain::fundament::{Edition, FundamentItem, Sort};
use crate::domain::relations::is_related;

use crate::ui::kit::relations;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, or_empty};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// Builds the fold of an item. It is open for the item that the address names, and built when it is opened. `None` for
/// items that nothing hangs on, and in the tour.
///
/// A statement has a fold only where the address names it: its view lists what hangs on all statements.
pub(super) fn item_relations(
    app: AppContext,
    edition: &'static Edition,
    item: &'static FundamentItem,
) -> Option<BuiltView> {
    let Route::Fundament { item: addressed, .. } = Route::parse(&platform::navigation::fragment()) else { return None };
    let is_addressed = addressed.is_some_and(|id| id == item.id);
    if !is_related(item.sort) || (item.sort == Sort::Statement && !is_addressed) {
        return None;
    }
    let is_open = RwSignal::new(is_addressed);
    // Set only when it changes: setting it again would build the content again.
    let toggle = move |now: bool| {
        if is_open.get_untracked() != now {
            is_open.set(now);
        }
    };
    let content =
        dynamic_view(move || or_empty(is_open.get().then(|| relations::item_relations(app, edition, &item.id))));
    let label = item.label.as_str();
    Some(build_view(view! {
        <details
            class="relations-fold no-print"
            prop:open=is_addressed
            on:toggle:target=move |event| toggle(event.target().open())
        >
            <summary>"Sådan hænger det sammen"<span class="visually-hidden">": "{label}</span></summary>
            <div>{content}</div>
        </details>
    }))
}
