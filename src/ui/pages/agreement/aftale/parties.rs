//! Parties, period and involvement: what frames an agreement.

use leptos::prelude::*;

use crate::domain::aftale::Aftale;
use crate::domain::aftale::lines;
use crate::domain::date::Date;
use crate::domain::period::Span;
use crate::domain::text::Text;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::comments::Margin;
use super::{Ctx, crumbs, gather};
use crate::ui::kit::components::{Choices, RecordText, Sort};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{Made, live, made, press};

/// The page.
pub(crate) fn about(ctx: &Ctx) -> Made {
    let ctx = ctx.clone();
    let is_open = {
        let ctx = ctx.clone();
        Memo::new(move |_| gather::is_open(&ctx))
    };
    live(move || {
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
fn locked(ctx: &Ctx) -> Made {
    let said = {
        let ctx = ctx.clone();
        live(move || {
            let whole = gather::whole(&ctx);
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

fn form(ctx: &Ctx) -> Made {
    let margin = Margin::of(ctx, &ctx.id);
    let workspace = ctx.desk.workspace;
    let text = |name: &str, label: &'static str, help: &'static str, sort: Sort| {
        let path = Path::root(name);
        let field = made(view! { <RecordText workspace record=ctx.id.clone() path=path.clone() label help sort/> });
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
        text("title", "Aftalens navn", "", Sort::Line),
        text("leader", "Leder", "Den, der laver aftalen.", Sort::Line),
        text("counterpart", "Modpart", "Lederen et niveau over, som aftalen indgås med.", Sort::Line),
        margin.at(&Path::root("period"), "perioden", period(ctx)),
        markup!(
            "<div>{}{}</div>",
            text(
                "themes",
                "Temaer fra Børne- og Ungdomsudvalget og BU Lederforum",
                "De fælles temaer, I tager op.",
                Sort::Text
            ),
            themes(ctx)
        ),
        text("background", "Baggrund", "Hvad kom der ud af kvalitetssamtalen og feedbacken?", Sort::Text),
        margin.at(
            &Path::root("local_med"),
            "LokalMED",
            one_day(ctx, "local_med", "Drøftet i LokalMED", |head| &mut head.local_med)
        ),
        text("local_med_note", "Hvad kom der ud af drøftelsen?", "", Sort::Text),
        text("employees", "Medarbejdere", "Hvordan har de været med?", Sort::Text),
        text("parents", "Forældrebestyrelse", "Hvordan har de været med?", Sort::Text),
        text("children", "Børn og unge", "Hvordan er de hørt? Ingen navne eller initialer på børn.", Sort::Text),
        text("involvement", "Andre", "Netværk, foreninger, samarbejdspartnere.", Sort::Text),
        delete_by(ctx)
    )
}

/// The themes of the cycle that are not written yet, each to be written in by a press.
fn themes(ctx: &Ctx) -> Made {
    let left = {
        let ctx = ctx.clone();
        Memo::new(move |_| {
            let written = gather::head(&ctx).themes.0;
            let is_left = |title: &String| written.lines().all(|line| line.trim() != title.trim());
            let themes = gather::package(&ctx);
            let titles = themes.themes_for_units().into_iter().map(|(_, theme)| theme.title.0.clone());
            titles.filter(is_left).collect::<Vec<_>>()
        })
    };
    let ctx = ctx.clone();
    live(move || {
        let left = left.get();
        if left.is_empty() {
            return made(());
        }
        let buttons: Vec<_> = left
            .into_iter()
            .map(|title| {
                let (ctx, name) = (ctx.clone(), format!("Skriv ind: «{title}»"));
                let words = name.clone();
                let take = press(move || {
                    gather::edit::<Aftale>(ctx.desk.workspace, &ctx.id, &mut Focus::default(), |head| {
                        let before = head.themes.as_str().trim_end().to_owned();
                        let gap = if before.is_empty() { "" } else { "\n" };
                        head.themes = Text(format!("{before}{gap}{title}"));
                    });
                    ctx.desk.workspace.save_now();
                });
                made(view! { <button type="button" aria-label=name on:click=take>{words}</button> })
            })
            .collect();
        markup!(r#"<p class="help">Fra datapakken:</p><div class="buttons">{}</div>"#, buttons)
    })
}

/// When the files of it should be deleted again: no part of what is agreed to.
fn delete_by(ctx: &Ctx) -> Made {
    one_day(ctx, "delete_by", "Filer med aftalen slettes igen", |head| &mut head.delete_by)
}

/// From when to when: two days that are one leaf.
fn period(ctx: &Ctx) -> Made {
    let end = |id: &str, label: &'static str, of: fn(&mut Span) -> &mut Option<Date>| {
        let workspace = ctx.desk.workspace;
        let at = inputs::At { workspace, record: ctx.id.clone(), path: Path::root("period") };
        let (read, record) = (ctx.clone(), ctx.id.clone());
        let value = move || *of(&mut gather::head(&read).period.unwrap_or_default());
        inputs::bare_day(String::new(), at, id.to_owned(), label, value, move |day, focus: &mut Focus| {
            gather::edit::<Aftale>(workspace, &record, focus, |head| {
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
        made(view! { <Choices workspace record path=Path::root("period") about="perioden" words=period_in_words/> })
    )
}

fn period_in_words(value: &serde_json::Value) -> String {
    serde_json::from_value::<Span>(value.clone()).map(lines::span).unwrap_or_default()
}

/// One day of the head.
fn one_day(ctx: &Ctx, name: &'static str, label: &'static str, of: fn(&mut Aftale) -> &mut Option<Date>) -> Made {
    let workspace = ctx.desk.workspace;
    let at = inputs::At { workspace, record: ctx.id.clone(), path: Path::root(name) };
    let (read, record) = (ctx.clone(), ctx.id.clone());
    let value = move || *of(&mut gather::head(&read));
    inputs::day(at, name.to_owned(), label, value, move |day, focus: &mut Focus| {
        gather::edit::<Aftale>(workspace, &record, focus, |head| *of(head) = day);
    })
}
