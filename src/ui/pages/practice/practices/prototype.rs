//! A prototype: what it is to solve, and its numbered versions. One of them stands.

use std::rc::Rc;

use leptos::prelude::*;
use serde_json::Value;

use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::prototype::Prototype;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::parts::{PracticeContext, anchors_part, next_choice, participants_part, tek_part};
use crate::ui::kit::components::{DeletedButChanged, FieldExtras, FieldType};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_label, checkbox, dynamic_text, dynamic_view, on_click};
use crate::ui::platform;

/// The id of the button that adds a version.
const ADD_BUTTON: &str = "add-version";

/// Builds the parts of the page that are about the prototype itself.
pub(super) fn body(ctx: &PracticeContext) -> BuiltView {
    let need = ctx.field(
        Path::root("need"),
        "Hvad skal den løse?",
        "Situationen, og hvem den er svær for. Ingen navne eller initialer på børn.",
        FieldType::Text,
    );
    markup!(
        r#"
        <div>
            <section class="part">
                <h2>Det skal den løse</h2>
                <div class="form">{}{}</div>
            </section>
            <section class="part">
                <h2>Versioner</h2>
                <p class="help">Prøv en version, og skriv, hvad der skete. En ny version begynder med teksten fra den sidste.</p>
                {}
            </section>
            {}
            {}
            {}
            <section class="part"><h2>Det kom der ud af det</h2>{}</section>
        </div>"#,
        ctx.title(),
        need,
        versions(ctx),
        participants_part(ctx),
        anchors_part(ctx, true),
        tek_part(ctx),
        next_choice(ctx)
    )
}

/// Builds the versions in order, and the button that adds one. Versions are rebuilt only when one is added or removed.
fn versions(ctx: &PracticeContext) -> BuiltView {
    let ids = {
        let ctx = ctx.clone();
        Memo::new(move |_| {
            let prototype: Prototype = ctx.app.body(Some(&ctx.id));
            prototype.versions_in_order().into_iter().map(|(id, _)| id.clone()).collect::<Vec<Id>>()
        })
    };
    let list = {
        let ctx = ctx.clone();
        dynamic_view(move || {
            let ids = ids.get();
            let standing = untrack(|| standing(&ctx));
            let last = ids.last().cloned();
            let is_open = |id: &Id| last.as_ref() == Some(id) || standing.as_ref() == Some(id);
            let views = ids.iter().enumerate().map(|(index, id)| version(&ctx, id, index + 1, is_open(id)));
            build_view(views.collect::<Vec<_>>())
        })
    };
    let (workspace, record) = (ctx.app.workspace, ctx.id.clone());
    let add = on_click(move || {
        let id = platform::ids::new_id();
        let is_first = ids.with_untracked(Vec::is_empty);
        workspace.edit::<Prototype>(&record, &mut Focus::default(), |prototype| prototype.add_version(id.clone()));
        workspace.save_now();
        let field = if is_first { "text" } else { "change" };
        inputs::focus_on(format!("{record}-versions-{id}-{field}"));
    });
    let label = move || if ids.with(Vec::is_empty) { "Lav den første version" } else { "Lav en ny version" };
    let add = build_view(view! { <button id=ADD_BUTTON type="button" on:click=add>{label}</button> });
    let extras = {
        let (ctx, path) = (ctx.clone(), Path::root("standing"));
        let name_of = move |value: &Value| {
            let id = value.as_str().and_then(Id::parse);
            let index = ids.with_untracked(|ids| ids.iter().position(|other| Some(other) == id.as_ref()));
            index.map_or_else(|| "Ingen version".to_owned(), |index| format!("Version {}", index + 1))
        };
        build_view(view! {
            <FieldExtras
                workspace
                record=ctx.id.clone()
                path
                about="hvilken version der gælder"
                name_of=Rc::new(name_of)
            />
        })
    };
    markup!(r#"<div class="versions">{}<div>{}</div>{}</div>"#, list, extras, add)
}

/// Returns the id of the version that stands, tracked.
fn standing(ctx: &PracticeContext) -> Option<Id> {
    ctx.leaf(&Path::root("standing"))
}

/// Builds the fields of one version. `number` counts from 1.
fn version(ctx: &PracticeContext, id: &Id, number: usize, is_open: bool) -> BuiltView {
    let workspace = ctx.app.workspace;
    let path = Path::root("versions").child(id.as_str());
    let text = |name: &str, label: String, help| ctx.field(path.child(name), &label, help, FieldType::Text);
    // The first version changes nothing. A version that became the first one keeps its texts.
    let is_change = |name: &str| number > 1 || !untrack(|| workspace.text(&ctx.id, &path.child(name))).is_empty();
    let change = is_change("change")
        .then(|| text("change", format!("Hvad er ændret i version {number}?"), "Siden versionen før."));
    let reason = is_change("reason").then(|| {
        text("reason", format!("Hvorfor blev det til version {number}?"), "Det, I så, som fik jer til at lave den om.")
    });
    let (shown, written) = (ctx.clone(), ctx.clone());
    let (shown_id, written_id) = (id.clone(), id.clone());
    let stands = checkbox(
        format!("Version {number} gælder"),
        move || standing(&shown).is_some_and(|standing| standing == shown_id),
        move |is_on| {
            let is_standing = untrack(|| standing(&written)).is_some_and(|standing| standing == written_id);
            if is_on || is_standing {
                let value = if is_on { Value::from(written_id.as_str()) } else { Value::Null };
                written.write(&Path::root("standing"), value);
            }
        },
    );
    let (record, removed) = (ctx.id.clone(), path.clone());
    let remove = on_click(move || {
        let author = workspace.author();
        workspace.change(&record, |record| record.delete(Some(&removed), &author));
        workspace.save_now();
        inputs::focus_on(ADD_BUTTON.to_owned());
    });
    let fields = markup!(
        r#"<div class="form">{}{}{}{}{}<div>{}</div><div>{}</div></div>"#,
        text(
            "text",
            format!("Hvordan er version {number}?"),
            "Så konkret, at en kollega kunne lave den. Ingen navne eller initialer på børn."
        ),
        change,
        reason,
        text("outcome", format!("Hvad skete der med version {number}?"), "Det, I så og hørte, da I prøvede den."),
        first_day(ctx, id, number),
        stands,
        button_with_label("quiet", "Slet", format!("Slet version {number}"), remove)
    );
    let deleted = view! { <DeletedButChanged workspace record=ctx.id.clone() entry=Some(path.clone())/> };
    let summary = summary(ctx, id, number);
    build_view(
        view! { <details class="version" open=is_open><summary>{summary}</summary>{build_view(deleted)}{fields}</details> },
    )
}

/// Builds the heading of a version: its number, its day, and whether it stands.
fn summary(ctx: &PracticeContext, id: &Id, number: usize) -> BuiltView {
    let (ctx, id, day) = (ctx.clone(), id.clone(), Path::root("versions").child(id.as_str()).child("date"));
    dynamic_text(move || {
        let mut words = format!("Version {number}");
        if let Some(day) = ctx.leaf::<Date>(&day) {
            words.push_str(" · fra ");
            words.push_str(&day.danish());
        }
        if standing(&ctx).as_ref() == Some(&id) {
            words.push_str(" · gælder");
        }
        words
    })
}

/// Builds the field for the day from which a version is tried.
fn first_day(ctx: &PracticeContext, id: &Id, number: usize) -> BuiltView {
    let path = Path::root("versions").child(id.as_str()).child("date");
    let (workspace, record, group) = (ctx.app.workspace, ctx.id.clone(), format!("Version {number}"));
    let leaf = inputs::LeafInput { workspace, record: record.clone(), path: path.clone() };
    let extras =
        view! { <FieldExtras workspace record path=path.clone() about="dagen" label=format!("{group}, prøves fra")/> };
    let (shown, edited, edited_id) = (ctx.clone(), ctx.clone(), id.clone());
    let write = move |day, focus: &mut Focus| {
        edited.app.workspace.edit::<Prototype>(&edited.id, focus, |prototype| {
            if let Some(version) = prototype.versions.get_mut(&edited_id) {
                version.date = day;
            }
        });
    };
    let value = move || shown.leaf(&path);
    let field = inputs::day_input(group, leaf, format!("{id}-date"), "Prøves fra", value, write);
    markup!("<div>{}{}</div>", field, build_view(extras))
}
