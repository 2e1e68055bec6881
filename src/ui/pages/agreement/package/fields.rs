//! Fields and buttons that the editor shares with the page on which a forum answers.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::fractional_index;
use crate::domain::package::{FeedbackForum, PackageTheme};
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::PackageContext;
use crate::ui::kit::components::{FieldType, RecordText};
use crate::ui::kit::inputs;
use crate::ui::kit::view::{BuiltView, build_view, button_with_label, on_click};
use crate::ui::platform;

/// Builds a text field of the package.
pub(crate) fn text(ctx: &PackageContext, path: Path, label: String, help: &'static str, sort: FieldType) -> BuiltView {
    let (ensure_ctx, workspace) = (ctx.clone(), ctx.app.workspace);
    build_view(view! {
        <RecordText workspace record=ctx.record.clone() path label help sort make=Rc::new(move || ensure_ctx.ensure())/>
    })
}

/// Returns the id of the button that adds an entry to a list of the package.
fn add_button_id(ctx: &PackageContext, list: &str) -> String {
    format!("{}-{list}-add", ctx.record)
}

/// Builds the button that adds an entry to a list of the package. The button gets the focus when an entry is deleted.
pub(crate) fn add_button(
    ctx: &PackageContext,
    list: &str,
    label: &'static str,
    add: impl FnMut() + 'static,
) -> BuiltView {
    let (id, add) = (add_button_id(ctx, list), on_click(add));
    build_view(view! { <button type="button" id=id on:click=add>{label}</button> })
}

/// Builds the button that deletes the entry at `path`. The deletion can be undone; the entry stays in the record's
/// trash.
pub(crate) fn delete_button(ctx: &PackageContext, path: Path, name: String) -> BuiltView {
    let ctx = ctx.clone();
    let delete = on_click(move || {
        let author = ctx.app.workspace.author();
        ctx.app.workspace.change(&ctx.record, |record| record.delete(Some(&path), &author));
        ctx.app.workspace.save_now();
        if let Some(list) = path.steps().next() {
            inputs::focus_on(add_button_id(&ctx, &list));
        }
    });
    button_with_label("quiet", "Slet", name, delete)
}

/// Adds a theme after the last one, and moves the focus to its name. `proposed_by` is the forum that proposes the
/// theme; `None` for the secretariat.
pub(crate) fn add_theme(ctx: &PackageContext, proposed_by: Option<FeedbackForum>) {
    let id = platform::ids::new_id();
    ctx.edit(&mut Focus::default(), |package| {
        let last = package.themes.values().filter_map(|theme| theme.order.as_deref()).max();
        let order = Some(fractional_index::after(last));
        package.themes.insert(id.clone(), PackageTheme { order, ..PackageTheme::new(proposed_by) });
    });
    ctx.app.workspace.save_now();
    inputs::focus_on(format!("{}-themes-{id}-title", ctx.record));
}
