//! The outcome of the conversation: one printable page, and the ways to turn an agreed topic into a goal or a trial.

use leptos::prelude::*;

use crate::domain::date::Date;
use crate::domain::goal::Goal;
use crate::domain::id::Id;
use crate::domain::proevehandling::Proevehandling;
use crate::domain::registry::Kind;
use crate::domain::samtale::{Released, Samtale, Topic};
use crate::record::edit::Focus;
use crate::record::life::Life;
use crate::record::path::Path;

use super::SamtaleContext;
use super::prepare::text;
use crate::ui::kit::components::{FieldExtras, FieldType, no_names_note};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, checkbox, dynamic_view, on_click, or_empty};
use crate::ui::pages::agreement::aftale::newest_agreement;
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::queries::agreements;

/// The name of a topic without a title.
const UNNAMED_TOPIC: &str = "Emne uden navn";

/// Builds the page.
pub(crate) fn outcome(ctx: &SamtaleContext) -> BuiltView {
    let ids = {
        let ctx = ctx.clone();
        Memo::new(move |_| ctx.body().agenda().into_iter().map(|(id, _)| id.clone()).collect::<Vec<_>>())
    };
    let topics = {
        let ctx = ctx.clone();
        dynamic_view(move || {
            let item = |(index, id): (usize, &Id)| {
                markup!("<li>{}{}</li>", row(&ctx, id), release_fields(&ctx, id, index + 1))
            };
            let rows: Vec<_> = ids.get().iter().enumerate().map(item).collect();
            let none = rows.is_empty().then(|| markup!(r#"<p class="help">Der er ingen emner på dagsordenen.</p>"#));
            markup!(r#"<div>{}<ol class="minutes">{}</ol></div>"#, none, rows)
        })
    };
    let about = {
        let ctx = ctx.clone();
        dynamic_view(move || {
            let body = ctx.body();
            let parts = [ctx.unit_name(), body.date.map(Date::danish).unwrap_or_default(), body.participants.0];
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
            markup!(r#"<p class="purpose">{}</p>"#, parts.join(" · "))
        })
    };
    markup!(
        r#"
        <header class="page-head">
            <p class="eyebrow no-print"><a href="{}">Kvalitetssamtale {}</a></p>
            <h1>Opsamling</h1>
            {}
        </header>
        <div class="no-print">{}</div>
        <div>{}</div>
        <section class="part">{}</section>
        <div class="buttons no-print">{}</div>"#,
        ctx.part(None),
        ctx.cycle.to_string(),
        about,
        no_names_note(),
        topics,
        text(ctx, Path::root("conclusion"), "Det tager vi med fra samtalen", FieldType::Text),
        button_with_class("primary", "Udskriv på en side", on_click(platform::page::print))
    )
}

/// Builds the texts of a topic.
fn row(ctx: &SamtaleContext, id: &Id) -> BuiltView {
    let (ctx, id) = (ctx.clone(), id.clone());
    dynamic_view(move || {
        let topic = ctx.body().topics.get(&id).cloned().unwrap_or_default();
        let texts = [
            ("Rigets tilstand", &topic.state),
            ("Mekanismerne bag", &topic.mechanisms),
            ("Mulige indsatser", &topic.ideas),
            ("Det aftaler vi", &topic.agreed),
        ];
        let rows: Vec<_> = texts
            .into_iter()
            .filter(|(_, text)| !text.as_str().trim().is_empty())
            .map(|(label, text)| markup!(r#"<div><dt>{}</dt><dd class="text">{}</dd></div>"#, label, text.as_str()))
            .collect();
        let title = topic.title.as_str().trim();
        markup!(
            r#"<div><h2>{}</h2><dl class="field-values">{}</dl><div class="no-print">{}</div></div>"#,
            if title.is_empty() { UNNAMED_TOPIC } else { title },
            rows,
            follow_up(&ctx, &id, &topic)
        )
    })
}

/// Builds the field for what was learned from a topic, and the checkbox that releases this text to the quality report.
/// Nothing else of a conversation may appear in the report.
fn release_fields(ctx: &SamtaleContext, id: &Id, number: usize) -> BuiltView {
    let path = Path::root("topics").child(id.as_str());
    let learned_field = text(ctx, path.child("learned"), &format!("Det lærte vi af emne {number}"), FieldType::Text);
    let (read_ctx, topic_id) = (ctx.clone(), id.clone());
    let is_released = move || read_ctx.body().topics.get(&topic_id).is_some_and(|topic| topic.released.is_some());
    let (workspace, record) = (ctx.app.workspace, ctx.record.clone());
    let choices = build_view(
        view! { <FieldExtras workspace record path=path.child("released") about="om det må komme i rapporten"/> },
    );
    let (ctx, id) = (ctx.clone(), id.clone());
    let release_checkbox =
        checkbox(format!("Må komme i kvalitetsrapporten (emne {number})"), is_released, move |is_released| {
            ctx.ensure();
            agreements::edit::<Samtale>(ctx.app.workspace, &ctx.record, &mut Focus::default(), |samtale| {
                samtale.topics.get_or_default(id.clone()).released = is_released.then_some(Released::ToReport);
            });
            ctx.app.workspace.save_now();
        });
    markup!(
        r#"<div class="release-form no-print">{}{}{}<p class="help">Kun de ord, der står her, kommer med. Resten af samtalen bliver mellem jer.</p></div>"#,
        learned_field,
        release_checkbox,
        choices
    )
}

/// Builds the links to the goal that a topic became, or the buttons to make a goal or a trial of it. The new record
/// stores the topic as its origin.
fn follow_up(ctx: &SamtaleContext, id: &Id, topic: &Topic) -> BuiltView {
    let workspace = ctx.app.workspace;
    let Some(origin) = Id::derived(&ctx.record, id) else { return markup!("<span></span>") };
    let agreement = newest_agreement(ctx.app, &ctx.unit);
    let goal_address = agreement.as_ref().and_then(|aftale| {
        let goals = agreements::children_of(workspace, Kind::Goal, &aftale.id, Life::Living);
        goals
            .iter()
            .find(|record| {
                record.view::<Goal>().is_ok_and(|goal| workspace.is_same_unit(goal.origin.as_ref(), Some(&origin)))
            })
            .map(|record| aftale.part(record.id().as_str()))
    });
    let has_trial =
        agreements::children_of(workspace, Kind::Proevehandling, &ctx.unit, Life::Living).iter().any(|record| {
            record
                .view::<Proevehandling>()
                .is_ok_and(|trial| workspace.is_same_unit(trial.origin.as_ref(), Some(&origin)))
        });
    // An agreement that both parties have agreed to is not changed: the topic goes into a new one.
    let to_goal = match (goal_address, agreement.filter(agreements::is_open)) {
        (Some(address), _) => markup!(r#"<a class="button" href="{}">Se målet i aftalen</a>"#, address),
        (None, Some(aftale)) => {
            let (origin, topic) = (origin.clone(), topic.clone());
            button_with_class(
                "",
                "Skriv ind i aftalen",
                on_click(move || {
                    let bundle = untrack(|| agreements::bundle(&aftale));
                    let last = bundle.goals.iter().filter_map(|(_, goal)| goal.order.as_deref()).max();
                    workspace.create(platform::ids::new_id(), &topic.as_goal(&origin, &aftale.id, last));
                    workspace.save_now();
                }),
            )
        }
        (None, None) => markup!(
            r#"<a class="button" href="{}">Begynd en aftale at skrive det ind i</a>"#,
            Route::Aftale { id: None, part: None }.to_string()
        ),
    };
    let trial_note = has_trial.then(|| markup!(r#"<p class="help">Er blevet til en prøvehandling.</p>"#));
    let (unit, topic) = (ctx.unit.clone(), topic.clone());
    let to_trial = (!has_trial).then(|| {
        button_with_class(
            "",
            "Prøv det af",
            on_click(move || {
                let trial = Proevehandling {
                    title: topic.title.clone(),
                    unit: Some(unit.clone()),
                    context: topic.state.clone(),
                    idea: topic.outcome(),
                    origin: Some(origin.clone()),
                    ..Proevehandling::default()
                };
                let mut trial = trial.with_title();
                if trial.title.as_str().is_empty() {
                    trial.title = UNNAMED_TOPIC.into();
                }
                workspace.create(platform::ids::new_id(), &trial);
                workspace.save_now();
            }),
        )
    });
    markup!(r#"<div class="buttons">{}{}{}</div>"#, to_goal, or_empty(to_trial), or_empty(trial_note))
}
