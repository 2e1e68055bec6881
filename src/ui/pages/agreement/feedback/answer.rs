//! The answer of one forum: a weight for each pattern, a priority for each theme, reasons, themes that the forum
//! proposes, and the file to the secretariat.

use leptos::prelude::*;

use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::package::{FeedbackForum, Package};
use crate::exchange::scope::SharedPart;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::{paper, question};
use crate::ui::kit::components::{FieldType, no_names_note};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button_with_class, dynamic_text, dynamic_view, on_click, or_empty};
use crate::ui::pages::agreement::package::PackageContext;
use crate::ui::pages::agreement::package::choice::AnsweredEntry;
use crate::ui::pages::agreement::package::fields::{add_button, add_theme, delete_button, text};
use crate::ui::pages::agreement::package::forums::answer_status;
use crate::ui::platform;

/// Builds the page.
pub(crate) fn answer(ctx: &PackageContext, forum: FeedbackForum) -> BuiltView {
    let print = button_with_class("", "Udskriv ark til mødet", on_click(platform::page::print));
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow"><a href="#/feedback">Forummernes svar</a> · Datapakke {}</p>
            <h1>Svar fra {}</h1>
            <p class="purpose">{}</p>
            <div class="buttons no-print">{}</div>
        </header>
        <div class="form-sections feedback no-print">
            <section><h2>Mønstrene i tallene</h2>{}{}</section>
            <section><h2>Temaerne</h2>{}{}{}</section>
            <section><h2>Til hele datapakken</h2>{}{}</section>
            <section><h2>Send svaret</h2>{}</section>
        </div>
        {}"##,
        ctx.cycle.to_string(),
        forum.danish(),
        question(forum),
        print,
        no_names_note(),
        patterns(ctx, forum),
        no_names_note(),
        themes(ctx, forum),
        propose_button(ctx, forum),
        remark_field(ctx, forum),
        finished_field(ctx, forum),
        send(ctx, forum),
        paper::meeting_paper(ctx, forum)
    )
}

/// Builds the patterns with the forum's weight and reason.
fn patterns(ctx: &PackageContext, forum: FeedbackForum) -> BuiltView {
    // Only the ids, so that typing does not rebuild the fields.
    let ids = {
        let ctx = ctx.clone();
        Memo::new(move |_| {
            let package = ctx.body();
            let described = package.patterns_in_order().into_iter().filter(|(_, pattern)| pattern.has_text());
            described.map(|(id, _)| id.clone()).collect::<Vec<_>>()
        })
    };
    let ctx = ctx.clone();
    dynamic_view(move || {
        let ids = ids.get();
        if ids.is_empty() {
            return markup!(r#"<p class="help">Sekretariatet har ikke skrevet mønstre i datapakken.</p>"#);
        }
        let rows: Vec<_> = ids
            .iter()
            .zip(1..)
            .map(|(id, number)| {
                let entry = AnsweredEntry::Pattern;
                let path = entry.root().child(id.as_str());
                let words = follow_text(&ctx, path.child("text"));
                let fields = position_fields(&ctx, forum, entry, &path, number);
                let number = number.to_string();
                markup!(r#"<li><p class="feedback-subject"><strong>{}. </strong>{}</p>{}</li>"#, number, words, fields)
            })
            .collect();
        markup!(r#"<ol class="feedback-items">{}</ol>"#, rows)
    })
}

/// Builds the themes with the forum's priority and reason. The forum writes the name of a theme that it proposed
/// itself.
fn themes(ctx: &PackageContext, forum: FeedbackForum) -> BuiltView {
    let items = {
        let ctx = ctx.clone();
        Memo::new(move |_| theme_items(&ctx.body(), forum))
    };
    let ctx = ctx.clone();
    dynamic_view(move || {
        let items = items.get();
        if items.is_empty() {
            return markup!(r#"<p class="help">Sekretariatet har ikke peget temaer ud endnu. I kan foreslå et.</p>"#);
        }
        let rows: Vec<_> = items
            .into_iter()
            .zip(1..)
            .map(|((id, proposed_by), number)| {
                let entry = AnsweredEntry::Theme;
                let path = entry.root().child(id.as_str());
                let is_own = proposed_by == Some(forum);
                let subject =
                    if is_own { own_theme(&ctx, &path, number) } else { theme(&ctx, &path, proposed_by, number) };
                let fields = position_fields(&ctx, forum, entry, &path, number);
                let delete = is_own.then(|| delete_button(&ctx, path.clone(), format!("Slet tema {number}")));
                markup!("<li>{}{}{}</li>", subject, fields, or_empty(delete))
            })
            .collect();
        markup!(r#"<ol class="feedback-items">{}</ol>"#, rows)
    })
}

/// Returns the themes to answer, each with the forum that proposed it. A theme without a name is listed for its own
/// forum only, which may be about to write the name.
fn theme_items(package: &Package, forum: FeedbackForum) -> Vec<(Id, Option<FeedbackForum>)> {
    let themes = package.themes_in_order().into_iter();
    let listed = themes.filter(|(_, theme)| theme.has_title() || theme.proposed_by == Some(forum));
    listed.map(|(id, theme)| (id.clone(), theme.proposed_by)).collect()
}

/// Builds the name and the reason of a theme that the forum reads. `number` counts from 1.
fn theme(ctx: &PackageContext, path: &Path, proposed_by: Option<FeedbackForum>, number: usize) -> BuiltView {
    let proposer = proposed_by.map(|forum| markup!(r#"<p class="help">Foreslået af {}</p>"#, forum.danish()));
    markup!(
        r#"<div class="feedback-subject"><h3>{}. {}</h3>{}<p class="text">{}</p></div>"#,
        number.to_string(),
        follow_text(ctx, path.child("title")),
        proposer,
        follow_text(ctx, path.child("reason"))
    )
}

/// Builds the fields of a theme that the forum proposes. `number` counts from 1.
fn own_theme(ctx: &PackageContext, path: &Path, number: usize) -> BuiltView {
    markup!(
        r#"<div class="feedback-subject"><p class="help">Jeres eget forslag</p>{}{}</div>"#,
        text(ctx, path.child("title"), format!("Tema {number}"), "Et par ord, som alle kan huske.", FieldType::Line),
        text(
            ctx,
            path.child("reason"),
            format!("Hvorfor foreslår I det? Tema {number}"),
            "Hvad i mønstrene peger på det?",
            FieldType::Text
        )
    )
}

/// Builds the choice and the reason of the forum on the entry at a path. `number` counts from 1.
fn position_fields(
    ctx: &PackageContext,
    forum: FeedbackForum,
    entry: AnsweredEntry,
    path: &Path,
    number: usize,
) -> BuiltView {
    let about = entry.label(number);
    let legend = match entry {
        AnsweredEntry::Pattern => "Hvor tungt vejer det?",
        AnsweredEntry::Theme if forum.prioritises() => "Skal det være et tema de næste to år?",
        AnsweredEntry::Theme => "Hvad siger I? Det er feedback og afgør det ikke.",
    };
    let choice = entry.choice(ctx, path, forum).radio_group(legend, &about);
    let reason = text(ctx, entry.reason(path, forum), format!("Begrundelse ({about})"), "", FieldType::Text);
    markup!(r#"<div class="feedback-position">{}<div>{}</div></div>"#, choice, reason)
}

/// Builds a text of the record that is read, and follows the record.
fn follow_text(ctx: &PackageContext, path: Path) -> BuiltView {
    let (workspace, record) = (ctx.app.workspace, ctx.record.clone());
    dynamic_text(move || workspace.text(&record, &path))
}

/// Builds the button with which the forum proposes a theme.
fn propose_button(ctx: &PackageContext, forum: FeedbackForum) -> BuiltView {
    let add_ctx = ctx.clone();
    let propose = add_button(ctx, "themes", "Foreslå et tema", move || add_theme(&add_ctx, Some(forum)));
    markup!(r#"<div class="buttons">{}</div>"#, propose)
}

/// Builds the field for what the forum says about the package as a whole.
fn remark_field(ctx: &PackageContext, forum: FeedbackForum) -> BuiltView {
    let path = Path::root("answers").child(forum.name()).child("remark");
    let help = "Kan udelades. Ingen navne eller initialer på børn.";
    text(ctx, path, "Bemærkning".to_owned(), help, FieldType::Text)
}

/// Builds the field for the day on which the answer is finished.
fn finished_field(ctx: &PackageContext, forum: FeedbackForum) -> BuiltView {
    let path = Path::root("answers").child(forum.name()).child("finished");
    let leaf = inputs::LeafInput { workspace: ctx.app.workspace, record: ctx.record.clone(), path };
    let (read_ctx, write_ctx) = (ctx.clone(), ctx.clone());
    inputs::day_field(
        leaf,
        format!("finished-{}", forum.name()),
        "Svaret er færdigt (dato)",
        move || read_ctx.body().finished(forum),
        move |day: Option<Date>, focus: &mut Focus| {
            write_ctx.edit(focus, |package| {
                if let Some(id) = forum.id() {
                    package.answers.get_or_default(id).finished = day;
                }
            });
        },
    )
}

/// Builds the status of the answer, and the button that saves it as a file.
fn send(ctx: &PackageContext, forum: FeedbackForum) -> BuiltView {
    let status = {
        let ctx = ctx.clone();
        dynamic_text(move || format!("{}.", answer_status(&ctx.body(), forum)))
    };
    let ctx = ctx.clone();
    let save = on_click(move || {
        let title = format!("{} {}", forum.danish(), ctx.cycle);
        let part = SharedPart::Feedback { id: ctx.record.clone() };
        ctx.app.workspace.save_share_file(&title, "svar", part, "Svaret er stadig her på siden.");
    });
    markup!(
        r#"
        <p>{}</p>
        <div class="buttons">{}</div>
        <p class="help">Filen har mønstrene, temaerne og det, forummerne siger om dem. Enhedernes tal og navnene på jer, der har skrevet, er ikke med: svaret er forummets. Retter I noget bagefter, så gem en ny fil.</p>"#,
        status,
        button_with_class("primary", "Gem svaret som fil til sekretariatet", save)
    )
}
