//! The initiatives of a goal: what is done, by whom, from when to when, and how far it is.

use leptos::prelude::*;

use crate::domain::aftale::lines;
use crate::domain::date::Date;
use crate::domain::fractional_index;
use crate::domain::goal::{Goal, Initiative};
use crate::domain::id::Id;
use crate::domain::period::Span;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::comments::Margin;
use super::{AftaleContext, overview};
use crate::ui::kit::components::{Choices, DeletedButChanged, FieldType, RecordText};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_view, on_click};
use crate::ui::platform;
use crate::ui::state::queries::agreements;

/// The initiatives in their order. A row is built once, so that typing in one builds no other.
pub(crate) fn list(ctx: &AftaleContext, goal: &Id, body: Memo<Goal>, margin: &Margin) -> BuiltView {
    let ids = Memo::new(move |_| {
        body.with(|goal| goal.initiatives_in_order().into_iter().map(|(id, _)| id.clone()).collect::<Vec<_>>())
    });
    let rows = {
        let (ctx, goal, margin) = (ctx.clone(), goal.clone(), margin.clone());
        dynamic_view(move || {
            let rows: Vec<_> = ids
                .get()
                .iter()
                .enumerate()
                .map(|(index, id)| row(&ctx, &goal, body, &margin, id, index + 1))
                .collect();
            let none = rows.is_empty().then(|| {
                markup!(
                    r#"<p class="help">En indsats er noget, I vil gøre: hvem gør hvad, fra hvornår til hvornår?</p>"#
                )
            });
            markup!(r#"<div>{}<ol class="initiative-rows">{}</ol></div>"#, none, rows)
        })
    };
    let (workspace, goal) = (ctx.desk.workspace, goal.clone());
    let add = move || {
        agreements::edit::<Goal>(workspace, &goal, &mut Focus::default(), |goal| {
            let last = goal.initiatives.values().filter_map(|own| own.order.as_deref()).max();
            let place = fractional_index::after(last);
            goal.initiatives.insert(platform::ids::mint(), Initiative { order: Some(place), ..Initiative::default() });
        });
        workspace.save_now();
    };
    markup!("<div>{}{}</div>", rows, button("Tilføj en indsats", add))
}

fn row(ctx: &AftaleContext, goal: &Id, body: Memo<Goal>, margin: &Margin, id: &Id, number: usize) -> BuiltView {
    let workspace = ctx.desk.workspace;
    let path = Path::root("initiatives").child(id.as_str());
    let text = |name: &str, label: String, sort: FieldType| {
        build_view(view! { <RecordText workspace record=goal.clone() path=path.child(name) label sort/> })
    };
    let day = |name: &str, label: &'static str, of: fn(&mut Span) -> &mut Option<Date>| {
        let at = inputs::LeafInput { workspace, record: goal.clone(), path: path.child("period") };
        let (write, key, own) = (goal.clone(), id.clone(), id.clone());
        let value = move || *of(&mut body.with(|goal| goal.initiatives.get(&key)?.period).unwrap_or_default());
        inputs::day_input(String::new(), at, format!("{id}-{name}"), label, value, move |day, focus: &mut Focus| {
            agreements::edit::<Goal>(workspace, &write, focus, |goal| {
                if let Some(initiative) = goal.initiatives.get_mut(&own) {
                    let mut span = initiative.period.unwrap_or_default();
                    *of(&mut span) = day;
                    initiative.period = (span != Span::default()).then_some(span);
                }
            });
        })
    };
    let (record, gone) = (goal.clone(), path.clone());
    let remove = on_click(move || {
        let author = workspace.author();
        workspace.change(&record, |record| record.delete(Some(&gone), &author));
        workspace.save_now();
    });
    let name = format!("Slet indsats {number}");
    let remove =
        build_view(view! { <button type="button" class="quiet" aria-label=name on:click=remove>"Slet"</button> });
    let choices = build_view(view! {
        <Choices workspace record=goal.clone() path=path.child("period") about="perioden" words=span_in_words/>
    });
    let fields = markup!(
        r#"<div class="initiative">{}<div class="three">{}{}{}{}</div>{}{}</div>"#,
        text("text", format!("Indsats {number}"), FieldType::Text),
        text("responsible", "Ansvarlig".to_owned(), FieldType::Line),
        day("from", "Fra", |span| &mut span.from),
        day("to", "Til", |span| &mut span.to),
        status(ctx, goal, id, &format!("indsats {number}")),
        choices,
        remove
    );
    let revived = build_view(view! { <DeletedButChanged workspace record=goal.clone() entry=Some(path.clone())/> });
    markup!("<li>{}{}</li>", revived, margin.at(&path, "indsatsen", fields))
}

/// How far an initiative is, with what stands under each field.
pub(crate) fn status(ctx: &AftaleContext, goal: &Id, id: &Id, about: &str) -> BuiltView {
    let path = Path::root("initiatives").child(id.as_str()).child("status");
    let choices = build_view(view! {
        <Choices workspace=ctx.desk.workspace record=goal.clone() path about=format!("status for {about}")/>
    });
    markup!("<div>{}{}</div>", overview::status(ctx, goal, id, about, "goal"), choices)
}

fn span_in_words(value: &serde_json::Value) -> String {
    serde_json::from_value::<Span>(value.clone()).map(lines::span).unwrap_or_default()
}
