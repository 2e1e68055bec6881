//! A trial (*prøvehandling*): its idea, what is expected, and what was learned.

use leptos::prelude::*;

use crate::domain::aftale::lines;
use crate::domain::date::Date;
use crate::domain::period::Span;
use crate::domain::proevehandling::Proevehandling;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::parts::{PracticeContext, TextField, anchors_part, next_choice, participants_part, tek_part};
use crate::ui::kit::components::{FieldType, OpenChoice};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view};

/// The texts before the trial.
const BEFORE: [TextField; 5] = [
    (
        "context",
        "Hvad er situationen?",
        "Hvad undrer I jer over, eller hvad vil I gerne have mere af? Ingen navne eller initialer på børn.",
    ),
    ("idea", "Hvad vil I prøve?", "Så konkret, at en kollega kunne gøre det i morgen."),
    ("signs_of_progression", "Tegn på progression", "Hvad kan I se eller høre undervejs, hvis det virker?"),
    ("expected_effect", "Forventet effekt", "Hvad er blevet anderledes, når tiden er gået?"),
    ("stop_rule", "Hvornår stopper I før tid?", "Et tegn på, at det gør mere skade end gavn."),
];

/// The texts after the trial.
const AFTER: [TextField; 2] = [
    ("happened", "Hvad skete der?", "Det, I så og hørte. Ingen navne eller initialer på børn."),
    ("learned", "Hvad lærte I?", "Også det, der ikke gik, som I troede."),
];

/// Builds the parts of the page that are about the trial itself.
pub(super) fn body(ctx: &PracticeContext) -> BuiltView {
    let responsible = ctx.field(
        Path::root("responsible"),
        "Hvem er ansvarlig?",
        "En funktion eller navnet på en medarbejder, aldrig på et barn.",
        FieldType::Line,
    );
    markup!(
        r#"
        <div>
            <section class="part">
                <h2>Det vil vi prøve</h2>
                <div class="form">{}{}{}{}</div>
            </section>
            {}
            {}
            {}
            <section class="part">
                <h2>Det kom der ud af det</h2>
                <div class="form">{}{}</div>
            </section>
        </div>"#,
        ctx.title(),
        ctx.texts(&BEFORE),
        responsible,
        period(ctx),
        participants_part(ctx),
        anchors_part(ctx, true),
        tek_part(ctx),
        ctx.texts(&AFTER),
        next_choice(ctx)
    )
}

/// Builds the fields for the first and the last day.
fn period(ctx: &PracticeContext) -> BuiltView {
    let (app, id, path) = (ctx.app, &ctx.id, Path::root("period"));
    let leaf = inputs::LeafInput { workspace: app.workspace, record: id.clone(), path: path.clone() };
    let menu = inputs::leaf_menu(&leaf, "periode", None);
    let day = |end: &'static str, label: &'static str, menu, day_mut: fn(&mut Span) -> &mut Option<Date>| {
        let (shown, shown_path, edited_id) = (ctx.clone(), path.clone(), id.clone());
        let value = move || *day_mut(&mut shown.leaf::<Span>(&shown_path).unwrap_or_default());
        let write = move |day, focus: &mut Focus| {
            app.workspace.edit::<Proevehandling>(&edited_id, focus, |trial| {
                *day_mut(trial.period.get_or_insert_default()) = day;
            });
        };
        inputs::day_input_with_menu(leaf.clone(), format!("trial-{end}"), label, menu, value, write)
    };
    let ends = vec![
        day("from", "Første dag", None, |span| &mut span.from),
        day("to", "Sidste dag", Some(menu), |span| &mut span.to),
    ];
    let (shown, shown_path) = (ctx.clone(), path.clone());
    let warning = inputs::reversed_span_note(move || shown.leaf(&shown_path));
    let choices = view! { <OpenChoice workspace=app.workspace record=id.clone() path about="periode" words=Some(span_in_words)/> };
    markup!(r#"<div class="trial-dates">{}</div><div>{}</div><div>{}</div>"#, ends, warning, build_view(choices))
}

/// A stored span in Danish; empty for a value that is none, as an open choice between values may contain.
fn span_in_words(value: &serde_json::Value) -> String {
    serde_json::from_value(value.clone()).map(lines::span).unwrap_or_default()
}
