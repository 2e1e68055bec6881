//! What came of the conversation: a page on paper, and the way on for what was agreed: into the agreement, or a trial.

use leptos::prelude::*;

use crate::domain::date::Date;
use crate::domain::fractional_index;
use crate::domain::goal::{Anchor, Area, Goal};
use crate::domain::id::Id;
use crate::domain::proevehandling::Proevehandling;
use crate::domain::registry::Kind;
use crate::domain::samtale::{Released, Samtale, Topic};
use crate::record::edit::Focus;
use crate::record::life::Life;
use crate::record::path::Path;

use super::SamtaleContext;
use super::prepare::text;
use crate::ui::kit::components::{Choices, FieldType};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, checkbox, dynamic_view, on_click, or_empty};
use crate::ui::pages::agreement::aftale::newest;
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::queries::agreements;

/// The page.
pub(crate) fn outcome(talk: &SamtaleContext) -> BuiltView {
    let ids = {
        let talk = talk.clone();
        Memo::new(move |_| talk.body().agenda().into_iter().map(|(id, _)| id.clone()).collect::<Vec<_>>())
    };
    let topics = {
        let talk = talk.clone();
        dynamic_view(move || {
            let item = |(at, id): (usize, &Id)| markup!("<li>{}{}</li>", row(&talk, id), released(&talk, id, at + 1));
            let rows: Vec<_> = ids.get().iter().enumerate().map(item).collect();
            let none = rows.is_empty().then(|| markup!(r#"<p class="help">Der er ingen emner på dagsordenen.</p>"#));
            markup!(r#"<div>{}<ol class="minutes">{}</ol></div>"#, none, rows)
        })
    };
    let about = {
        let talk = talk.clone();
        dynamic_view(move || {
            let body = talk.body();
            let parts = [talk.unit_name(), body.date.map(Date::danish).unwrap_or_default(), body.participants.0];
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
        <div>{}</div>
        <section class="part">{}</section>
        <div class="buttons no-print">{}</div>"#,
        talk.part(None),
        talk.cycle.to_string(),
        about,
        topics,
        text(talk, Path::root("conclusion"), "Det tager vi med fra samtalen", FieldType::Text),
        button_with_class("primary", "Udskriv på en side", on_click(platform::page::print))
    )
}

fn row(talk: &SamtaleContext, id: &Id) -> BuiltView {
    let (talk, id) = (talk.clone(), id.clone());
    dynamic_view(move || {
        let topic = talk.body().topics.get(&id).cloned().unwrap_or_default();
        let said = [
            ("Rigets tilstand", &topic.state),
            ("Mekanismerne bag", &topic.mechanisms),
            ("Mulige indsatser", &topic.ideas),
            ("Det aftaler vi", &topic.agreed),
        ];
        let rows: Vec<_> = said
            .into_iter()
            .filter(|(_, text)| !text.as_str().trim().is_empty())
            .map(|(label, text)| markup!(r#"<div><dt>{}</dt><dd class="text">{}</dd></div>"#, label, text.as_str()))
            .collect();
        let title = topic.title.as_str().trim();
        markup!(
            r#"<div><h2>{}</h2><dl class="said">{}</dl><div class="no-print">{}</div></div>"#,
            if title.is_empty() { "Emne uden navn" } else { title },
            rows,
            taken_on(&talk, &id, &topic)
        )
    })
}

/// What was learned, and whether it may be read in the quality report: the one thing of a conversation that leaves it.
fn released(talk: &SamtaleContext, id: &Id, number: usize) -> BuiltView {
    let path = Path::root("topics").child(id.as_str());
    let learned = text(talk, path.child("learned"), &format!("Det lærte vi af emne {number}"), FieldType::Text);
    let (read, own) = (talk.clone(), id.clone());
    let is_released = move || read.body().topics.get(&own).is_some_and(|topic| topic.released.is_some());
    let (workspace, record) = (talk.desk.workspace, talk.record.clone());
    let choices = build_view(
        view! { <Choices workspace record path=path.child("released") about="om det må komme i rapporten"/> },
    );
    let (talk, id) = (talk.clone(), id.clone());
    let release = checkbox(format!("Må komme i kvalitetsrapporten (emne {number})"), is_released, move |is_released| {
        talk.ensure();
        agreements::edit::<Samtale>(talk.desk.workspace, &talk.record, &mut Focus::default(), |samtale| {
            samtale.topics.get_or_default(id.clone()).released = is_released.then_some(Released::ToReport);
        });
        talk.desk.workspace.save_now();
    });
    markup!(
        r#"<div class="released no-print">{}{}{}<p class="help">Kun de ord, der står her, kommer med. Resten af samtalen bliver mellem jer.</p></div>"#,
        learned,
        release,
        choices
    )
}

/// What a topic was taken on as, and the ways to take it on. What is made knows where it comes from.
fn taken_on(talk: &SamtaleContext, id: &Id, topic: &Topic) -> BuiltView {
    let workspace = talk.desk.workspace;
    let Some(origin) = Id::derived(&talk.record, id) else { return markup!("<span></span>") };
    let agreement = newest(talk.desk, &talk.unit);
    let goal = agreement.as_ref().and_then(|ctx| {
        let goals = agreements::children_of(workspace, Kind::Goal, &ctx.id, Life::Living);
        goals
            .iter()
            .find(|record| {
                record.view::<Goal>().is_ok_and(|goal| workspace.is_same_unit(goal.origin.as_ref(), Some(&origin)))
            })
            .map(|record| ctx.part(record.id().as_str()))
    });
    let is_tried =
        agreements::children_of(workspace, Kind::Proevehandling, &talk.unit, Life::Living).iter().any(|record| {
            record.view::<Proevehandling>().is_ok_and(|own| workspace.is_same_unit(own.origin.as_ref(), Some(&origin)))
        });
    let words = [&topic.agreed, &topic.ideas, &topic.title];
    let words = words.into_iter().find(|text| !text.as_str().trim().is_empty()).cloned().unwrap_or_default();
    let to_goal = match (goal, agreement) {
        (Some(address), _) => markup!(r#"<a class="button" href="{}">Se målet i aftalen</a>"#, address),
        (None, Some(ctx)) => {
            let (origin, words, topic) = (origin.clone(), words.clone(), topic.clone());
            button_with_class(
                "",
                "Skriv ind i aftalen",
                on_click(move || {
                    let last = untrack(|| agreements::bundle(&ctx));
                    let last = last.goals.iter().filter_map(|(_, goal)| goal.order.as_deref()).max();
                    let mut goal = Goal {
                        text: words.clone(),
                        aftale: Some(ctx.id.clone()),
                        area: Some(Area::Quality),
                        origin: Some(origin.clone()),
                        order: Some(fractional_index::after(last)),
                        ..Goal::default()
                    };
                    if let Some(indicator) = topic.indicator.clone() {
                        goal.anchors.insert(indicator.clone(), Anchor::Indicator(indicator));
                    }
                    workspace.create(platform::ids::mint(), &goal);
                    workspace.save_now();
                }),
            )
        }
        (None, None) => markup!(
            r#"<a class="button" href="{}">Begynd en aftale at skrive det ind i</a>"#,
            Route::Aftale { id: None, part: None }.to_string()
        ),
    };
    let tried = is_tried.then(|| markup!(r#"<p class="help">Er blevet til en prøvehandling.</p>"#));
    let (unit, title, context) = (talk.unit.clone(), topic.title.clone(), topic.state.clone());
    let to_trial = (!is_tried).then(|| {
        button_with_class(
            "",
            "Prøv det af",
            on_click(move || {
                let trial = Proevehandling {
                    title: title.clone(),
                    unit: Some(unit.clone()),
                    context: context.clone(),
                    idea: words.clone(),
                    origin: Some(origin.clone()),
                    ..Proevehandling::default()
                };
                workspace.create(platform::ids::mint(), &trial);
                workspace.save_now();
            }),
        )
    });
    markup!(r#"<div class="buttons">{}{}{}</div>"#, to_goal, or_empty(to_trial), or_empty(tried))
}
