//! The meeting itself: title, day, decisions, notes, and the file for the participants.

use leptos::prelude::*;

use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::meeting::Meeting;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::MeetingContext;
use super::fields::{delete_button, text, unit_field};
use crate::ui::kit::components::{DeletedButChanged, FieldExtras, FieldType, no_names_note};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_view, on_click, or_empty};
use crate::ui::platform;
use crate::ui::state::queries::agreements;

/// The id of the button that adds a decision.
const ADD_BUTTON: &str = "add-decision";

/// Builds the section of the meeting.
pub(super) fn decisions(ctx: &MeetingContext) -> BuiltView {
    let (add_ctx, save_ctx) = (ctx.clone(), ctx.clone());
    let add = on_click(move || {
        let id = platform::ids::new_id();
        add_ctx.edit(|meeting| meeting.add_decision(id.clone()));
        inputs::focus_on(format!("{}-decisions-{id}-text", add_ctx.record));
    });
    let (workspace, record) = (ctx.app.workspace, ctx.record.clone());
    markup!(
        r#"
        <section class="part meeting">
            <h2>Mødet</h2>
            <div>{}</div>
            <div class="field-row">{}{}</div>
            {}
            <h3>Beslutninger</h3>
            <p class="help no-print">Hvem gør hvad, og hvornår er det gjort? Enheden finder beslutningen på sin egen midtvejsstatus.</p>
            <div>{}</div>
            <div class="buttons no-print">{}</div>
            <h3>Noter</h3>
            {}
            <div class="meeting-file no-print">
                <div class="buttons">{}</div>
                <p class="help">Filen har tilbud, beslutninger og noter, og det, enhederne har valgt at dele af deres midtvejsstatus.</p>
                <p class="help">Alt andet i aftalerne bliver her. Hjemme kan deltagerne svare, byde sig til og sende filen tilbage.</p>
            </div>
        </section>"#,
        build_view(view! { <DeletedButChanged workspace record/> }),
        text(ctx, Path::root("title"), "Mødets titel".to_owned(), "", FieldType::Line),
        day(ctx),
        no_names_note(),
        rows(ctx),
        build_view(view! { <button type="button" id=ADD_BUTTON on:click=add>"Skriv en beslutning"</button> }),
        text(ctx, Path::root("notes"), "Noter fra mødet".to_owned(), "", FieldType::Text),
        button_with_class("primary", "Gem mødet som fil til deltagerne", on_click(move || save_ctx.save_file()))
    )
}

/// Builds the field for the day of the meeting.
fn day(ctx: &MeetingContext) -> BuiltView {
    let leaf = inputs::LeafInput { workspace: ctx.app.workspace, record: ctx.record.clone(), path: Path::root("date") };
    let (read_ctx, write_ctx) = (ctx.clone(), ctx.clone());
    inputs::day_field(
        leaf,
        format!("{}-date", ctx.record),
        "Mødets dato",
        move || read_ctx.body().date,
        move |day: Option<Date>, focus: &mut Focus| {
            write_ctx.ensure();
            agreements::edit::<Meeting>(write_ctx.app.workspace, &write_ctx.record, focus, |meeting| {
                meeting.date = day;
            });
        },
    )
}

/// Builds the list of decisions with their fields.
fn rows(ctx: &MeetingContext) -> BuiltView {
    // Only the ids, so that typing in a decision rebuilds none.
    let ids = {
        let ctx = ctx.clone();
        Memo::new(move |_| ctx.body().decisions_in_order().into_iter().map(|(id, _)| id.clone()).collect::<Vec<_>>())
    };
    let ctx = ctx.clone();
    dynamic_view(move || {
        let rows: Vec<_> = ids.get().iter().enumerate().map(|(index, id)| row(&ctx, id, index + 1)).collect();
        or_empty((!rows.is_empty()).then(|| markup!(r#"<ol class="topics">{}</ol>"#, rows)))
    })
}

/// Builds the fields of a decision. `number` counts from 1.
fn row(ctx: &MeetingContext, id: &Id, number: usize) -> BuiltView {
    let path = Path::root("decisions").child(id.as_str());
    let (workspace, record) = (ctx.app.workspace, ctx.record.clone());
    let deleted = build_view(view! { <DeletedButChanged workspace record entry=Some(path.clone())/> });
    let up_button = (number > 1).then(|| {
        let (ctx, id) = (ctx.clone(), id.clone());
        let element_id = |name: &str| format!("{}-decisions-{id}-{name}", ctx.record);
        let (button_id, name, label) = (element_id("up"), format!("Flyt op: beslutning {number}"), "Flyt op");
        // The rows are built again, and the first one has no such button.
        let next_focus = if number == 2 { element_id("text") } else { button_id.clone() };
        let move_up = on_click(move || {
            ctx.edit(|meeting| meeting.move_decision_up(&id));
            inputs::focus_on(next_focus.clone());
        });
        build_view(view! {
            <button type="button" class="quiet" id=button_id aria-label=name on:click=move_up>{label}</button>
        })
    });
    let field = |name: &str, label: String, sort: FieldType| text(ctx, path.child(name), label, "", sort);
    markup!(
        r#"<li>{}{}<div class="field-row">{}{}{}</div><div class="buttons">{}{}</div></li>"#,
        deleted,
        field("text", format!("Beslutning {number}"), FieldType::Text),
        field("who", format!("Hvem gør det? (beslutning {number})"), FieldType::Line),
        unit_field(ctx, path.child("unit"), format!("Enhed (beslutning {number})"), "Alle enheder", None),
        due_day(ctx, &path, id, number),
        up_button,
        delete_button(ctx, path.clone(), format!("Slet beslutning {number}"), ADD_BUTTON.to_owned())
    )
}

/// Builds the field for the day by which a decision is carried out.
fn due_day(ctx: &MeetingContext, path: &Path, id: &Id, number: usize) -> BuiltView {
    let (workspace, record, path) = (ctx.app.workspace, ctx.record.clone(), path.child("by"));
    let leaf = inputs::LeafInput { workspace, record: record.clone(), path: path.clone() };
    let (read_ctx, read_id) = (ctx.clone(), id.clone());
    let (write_record, write_id) = (record.clone(), id.clone());
    let day = inputs::day_input(
        format!("Beslutning {number}"),
        leaf,
        format!("{record}-{id}-by"),
        "Gjort senest",
        move || read_ctx.body().decisions.get(&read_id)?.by,
        move |day, focus: &mut Focus| {
            agreements::edit::<Meeting>(workspace, &write_record, focus, |meeting| {
                if let Some(decision) = meeting.decisions.get_mut(&write_id) {
                    decision.by = day;
                }
            });
        },
    );
    let choices = build_view(view! { <FieldExtras workspace record path about="fristen"/> });
    markup!("<div>{}{}</div>", day, choices)
}
