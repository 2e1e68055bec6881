//! Parties, period and involvement: what frames an agreement.

use leptos::prelude::*;

use crate::domain::aftale::Aftale;
use crate::domain::aftale::lines;
use crate::domain::date::Date;
use crate::domain::period::Span;
use crate::domain::text::UserText;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::comments::Margin;
use super::{AftaleContext, crumbs};
use crate::ui::kit::components::{Choices, FieldType, RecordText};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, on_click};
use crate::ui::state::queries::agreements;

/// The page.
pub(crate) fn parties(ctx: &AftaleContext) -> BuiltView {
    let ctx = ctx.clone();
    let is_open = {
        let ctx = ctx.clone();
        Memo::new(move |_| agreements::is_open(&ctx))
    };
    dynamic_view(move || {
        let body = if is_open.get() { form(&ctx) } else { locked(&ctx) };
        markup!(
            r#"
            <div>{}</div>
            <header class="page-head">
                <h1>Parter, periode og inddragelse</h1>
                <p class="purpose">Hvem indgår aftalen, hvornår gælder den, hvad bygger den på, og hvem har været med?</p>
            </header>
            <div>{}</div>
            <p class="no-print"><a class="button" href="{}">Tilbage til aftalen</a></p>"#,
            crumbs(&ctx),
            body,
            ctx.address()
        )
    })
}

/// What was agreed to, and may be changed by a revision alone.
fn locked(ctx: &AftaleContext) -> BuiltView {
    let said = {
        let ctx = ctx.clone();
        dynamic_view(move || {
            let whole = agreements::bundle(&ctx);
            let rows = lines::head(&whole).into_iter().chain(lines::involved(&whole.head));
            let rows: Vec<_> = rows
                .map(|line| markup!(r#"<div><dt>{}</dt><dd class="text">{}</dd></div>"#, line.label, line.text))
                .collect();
            markup!(r#"<dl class="said">{}</dl>"#, rows)
        })
    };
    markup!(
        r#"<div><p class="notice">Ordene ligger fast. Begynd en revision, eller træk versionen tilbage, hvis de skal ændres.</p>{}<div class="sheet"><section><h2>Når det er slut</h2>{}</section></div></div>"#,
        said,
        delete_by(ctx)
    )
}

fn form(ctx: &AftaleContext) -> BuiltView {
    let margin = Margin::of(ctx, &ctx.id);
    let workspace = ctx.desk.workspace;
    let text = |name: &str, label: &'static str, help: &'static str, sort: FieldType| {
        let path = Path::root(name);
        let field =
            build_view(view! { <RecordText workspace record=ctx.id.clone() path=path.clone() label help sort/> });
        margin.at(&path, label, field)
    };
    markup!(
        r#"
        <div class="sheet">
            <section><h2>Parter og periode</h2>{}{}{}{}</section>
            <section><h2>Det bygger vi på</h2>{}{}</section>
            <section><h2>Sådan har vi inddraget</h2>{}{}{}{}{}{}</section>
            <section><h2>Når det er slut</h2>{}</section>
        </div>"#,
        text("title", "Aftalens navn", "", FieldType::Line),
        text("leader", "Leder", "Den, der laver aftalen.", FieldType::Line),
        text("counterpart", "Modpart", "Lederen et niveau over, som aftalen indgås med.", FieldType::Line),
        margin.at(&Path::root("period"), "perioden", period(ctx)),
        markup!(
            "<div>{}{}</div>",
            text(
                "themes",
                "Temaer fra Børne- og Ungdomsudvalget og BU Lederforum",
                "De fælles temaer, I tager op.",
                FieldType::Text
            ),
            themes(ctx)
        ),
        text("background", "Baggrund", "Hvad kom der ud af kvalitetssamtalen og feedbacken?", FieldType::Text),
        margin.at(
            &Path::root("local_med"),
            "LokalMED",
            one_day(ctx, "local_med", "Drøftet i LokalMED", |head| &mut head.local_med)
        ),
        text("local_med_note", "Hvad kom der ud af drøftelsen?", "", FieldType::Text),
        text("employees", "Medarbejdere", "Hvordan har de været med?", FieldType::Text),
        text("parents", "Forældrebestyrelse", "Hvordan har de været med?", FieldType::Text),
        text("children", "Børn og unge", "Hvordan er de hørt? Ingen navne eller initialer på børn.", FieldType::Text),
        text("involvement", "Andre", "Netværk, foreninger, samarbejdspartnere.", FieldType::Text),
        delete_by(ctx)
    )
}

/// The themes of the cycle that are not written yet, each to be written in by a press.
fn themes(ctx: &AftaleContext) -> BuiltView {
    let left = {
        let ctx = ctx.clone();
        Memo::new(move |_| {
            let written = agreements::head(&ctx).themes.0;
            let is_left = |title: &String| written.lines().all(|line| line.trim() != title.trim());
            let themes = agreements::package(&ctx);
            let titles = themes.themes_for_units().into_iter().map(|(_, theme)| theme.title.0.clone());
            titles.filter(is_left).collect::<Vec<_>>()
        })
    };
    let ctx = ctx.clone();
    dynamic_view(move || {
        let left = left.get();
        if left.is_empty() {
            return build_view(());
        }
        let buttons: Vec<_> = left
            .into_iter()
            .map(|title| {
                let (ctx, name) = (ctx.clone(), format!("Skriv ind: «{title}»"));
                let words = name.clone();
                let take = on_click(move || {
                    agreements::edit::<Aftale>(ctx.desk.workspace, &ctx.id, &mut Focus::default(), |head| {
                        let before = head.themes.as_str().trim_end().to_owned();
                        let gap = if before.is_empty() { "" } else { "\n" };
                        head.themes = UserText(format!("{before}{gap}{title}"));
                    });
                    ctx.desk.workspace.save_now();
                });
                build_view(view! { <button type="button" aria-label=name on:click=take>{words}</button> })
            })
            .collect();
        markup!(r#"<p class="help">Fra datapakken:</p><div class="buttons">{}</div>"#, buttons)
    })
}

/// When the files of it should be deleted again: no part of what is agreed to.
fn delete_by(ctx: &AftaleContext) -> BuiltView {
    one_day(ctx, "delete_by", "Filer med aftalen slettes igen", |head| &mut head.delete_by)
}

/// From when to when: two days that are one leaf.
fn period(ctx: &AftaleContext) -> BuiltView {
    let end = |id: &str, label: &'static str, of: fn(&mut Span) -> &mut Option<Date>| {
        let workspace = ctx.desk.workspace;
        let at = inputs::LeafInput { workspace, record: ctx.id.clone(), path: Path::root("period") };
        let (read, record) = (ctx.clone(), ctx.id.clone());
        let value = move || *of(&mut agreements::head(&read).period.unwrap_or_default());
        inputs::day_input(String::new(), at, id.to_owned(), label, value, move |day, focus: &mut Focus| {
            agreements::edit::<Aftale>(workspace, &record, focus, |head| {
                let mut span = head.period.unwrap_or_default();
                *of(&mut span) = day;
                head.period = (span != Span::default()).then_some(span);
            });
        })
    };
    let (workspace, record) = (ctx.desk.workspace, ctx.id.clone());
    markup!(
        r#"<div><div class="days">{}{}</div>{}</div>"#,
        end("period-from", "Gælder fra", |span| &mut span.from),
        end("period-to", "Gælder til", |span| &mut span.to),
        build_view(
            view! { <Choices workspace record path=Path::root("period") about="perioden" words=period_in_words/> }
        )
    )
}

fn period_in_words(value: &serde_json::Value) -> String {
    serde_json::from_value::<Span>(value.clone()).map(lines::span).unwrap_or_default()
}

/// One day of the head.
fn one_day(
    ctx: &AftaleContext,
    name: &'static str,
    label: &'static str,
    of: fn(&mut Aftale) -> &mut Option<Date>,
) -> BuiltView {
    let workspace = ctx.desk.workspace;
    let at = inputs::LeafInput { workspace, record: ctx.id.clone(), path: Path::root(name) };
    let (read, record) = (ctx.clone(), ctx.id.clone());
    let value = move || *of(&mut agreements::head(&read));
    inputs::day_field(at, name.to_owned(), label, value, move |day, focus: &mut Focus| {
        agreements::edit::<Aftale>(workspace, &record, focus, |head| *of(head) = day);
    })
}
