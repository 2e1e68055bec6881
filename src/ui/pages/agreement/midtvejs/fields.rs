//! Fields of the meeting: texts, units, and the button that deletes an entry.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::record::edit::Focus;
use crate::record::path::Path;
use crate::record::value::LeafValue;

use super::{MeetingContext, unit_name};
use crate::ui::kit::components::{FieldExtras, FieldType, RecordText};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_label, on_click};

/// Builds a text field of the meeting.
pub(super) fn text(ctx: &MeetingContext, path: Path, label: String, help: &'static str, sort: FieldType) -> BuiltView {
    let (ensure_ctx, workspace) = (ctx.clone(), ctx.app.workspace);
    build_view(view! {
        <RecordText workspace record=ctx.record.clone() path label help sort make=Rc::new(move || ensure_ctx.ensure())/>
    })
}

/// Writes a leaf of the meeting, and saves the meeting.
pub(super) fn write(ctx: &MeetingContext, path: &Path, value: LeafValue) {
    let workspace = ctx.app.workspace;
    let author = workspace.author();
    workspace.change(&ctx.record, |record| record.write([(path.clone(), value)], &mut Focus::default(), &author));
    workspace.save_now();
}

/// Builds the choice of the unit that a leaf names. `none` is the label of no unit; `except` is not offered.
pub(super) fn unit_field(
    ctx: &MeetingContext,
    path: Path,
    label: String,
    none: &'static str,
    except: Option<&Id>,
) -> BuiltView {
    let (workspace, record) = (ctx.app.workspace, ctx.record.clone());
    let is_except = |id: &Id| except.is_some_and(|except| ctx.is_same_unit(id, except));
    let mut units: Vec<(String, Id)> = ctx.units.get().into_iter().filter(|(_, id)| !is_except(id)).collect();
    // A unit that is archived, or not in this browser, stays chosen.
    let chosen = Id::parse(&untrack(|| workspace.text(&record, &path)));
    if let Some(chosen) = chosen.filter(|chosen| !units.iter().any(|(_, id)| ctx.is_same_unit(id, chosen))) {
        units.push((unit_name(ctx.app, &chosen), chosen));
    }
    let (names, ids): (Vec<String>, Vec<Id>) = units.into_iter().unzip();
    let value = {
        let (ids, record, path) = (ids.clone(), record.clone(), path.clone());
        move || {
            let chosen = Id::parse(&workspace.text(&record, &path))?;
            ids.iter().position(|id| workspace.is_same_unit(Some(id), Some(&chosen)))
        }
    };
    let (write_ctx, write_path) = (ctx.clone(), path.clone());
    let pick = move |index: Option<usize>| {
        let unit = index.and_then(|index| ids.get(index));
        write(&write_ctx, &write_path, unit.map_or(LeafValue::NULL, |unit| LeafValue::from(unit.as_str())));
    };
    let options = std::iter::once(none.to_owned()).chain(names).collect();
    let select = inputs::select_field(
        format!("{record}{}", path.as_str().replace('/', "-")),
        label.clone(),
        options,
        value,
        pick,
    );
    let app = ctx.app;
    let name_of = move |value: &serde_json::Value| {
        value.as_str().and_then(Id::parse).map_or_else(|| none.to_owned(), |id| unit_name(app, &id))
    };
    let choices =
        build_view(view! { <FieldExtras workspace record path about="enheden" label name_of=Rc::new(name_of)/> });
    markup!("<div>{}{}</div>", select, choices)
}

/// Builds the button that deletes the entry at `path`, and then moves the focus to an element. The deletion can be
/// undone; the entry stays in the record's trash.
pub(super) fn delete_button(ctx: &MeetingContext, path: Path, name: String, next_focus: String) -> BuiltView {
    let ctx = ctx.clone();
    let delete = on_click(move || {
        let workspace = ctx.app.workspace;
        let author = workspace.author();
        workspace.change(&ctx.record, |record| record.delete(Some(&path), &author));
        workspace.save_now();
        inputs::focus_on(next_focus.clone());
    });
    button_with_label("quiet", "Slet", name, delete)
}
