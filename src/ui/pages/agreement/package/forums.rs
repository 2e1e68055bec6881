//! What the three forums say about the package: side by side in fields for the secretariat, and as text for readers.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::domain::id::Id;
use crate::domain::package::{FeedbackForum, ForumPosition, Package};
use crate::exchange::scope::SharedPart;
use crate::record::path::Path;

use super::PackageContext;
use super::choice::{AnsweredEntry, ChoiceLeaf};
use super::fields::text;
use crate::ui::kit::components::FieldType;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button, dynamic_text, dynamic_view};
use crate::ui::platform;
use crate::ui::route::Route;

/// Builds the sentence on whether the forums agree on the entry at a path.
pub(crate) fn agreement_line(ctx: &PackageContext, entry: AnsweredEntry, path: &Path) -> BuiltView {
    let (ctx, path) = (ctx.clone(), path.clone());
    let words = dynamic_text(move || entry.agreement(&ctx, &path));
    markup!(r#"<p class="forum-agreement">{}</p>"#, words)
}

/// Builds the fields for the positions of the three forums on the entry at a path, side by side. `number` counts from
/// 1.
pub(crate) fn forum_fields(ctx: &PackageContext, entry: AnsweredEntry, path: &Path, number: usize) -> BuiltView {
    let about = entry.label(number);
    let columns: Vec<_> = FeedbackForum::ALL
        .into_iter()
        .map(|forum| {
            let name = forum.danish();
            let choice = entry.choice(ctx, path, forum).select(format!("{name} ({about})"), "Ikke sagt endnu");
            let label = if forum.prioritises() {
                format!("{name}s begrundelse ({about})")
            } else {
                format!("{name}s feedback til {about}")
            };
            let reason = text(ctx, entry.reason(path, forum), label, "", FieldType::Text);
            markup!("<div>{}{}</div>", choice, reason)
        })
        .collect();
    markup!(r#"<div class="forum-columns">{}</div>"#, columns)
}

/// Builds the fields for the decision on a theme. Without a noted decision, the one that follows from the priorities
/// holds.
pub(crate) fn decision_fields(ctx: &PackageContext, id: &Id, path: &Path, number: usize) -> BuiltView {
    let decision = ChoiceLeaf::priority(ctx, path.child("decision"));
    let reason = text(
        ctx,
        path.child("decision_reason"),
        format!("Begrundelse for beslutningen (tema {number})"),
        "Enhederne læser den sammen med temaet.",
        FieldType::Text,
    );
    let (ctx, id) = (ctx.clone(), id.clone());
    let proposed = dynamic_text(move || {
        let theme = ctx.body().themes.get(&id).cloned().unwrap_or_default();
        format!("Prioriteringen siger: {}.", theme.outcome_of_priorities().danish())
    });
    markup!(
        r#"<div class="forum-columns"><div>{}<p class="help">{}</p></div><div>{}</div></div>"#,
        decision.select(format!("Beslutning (tema {number})"), "Følger prioriteringen"),
        proposed,
        reason
    )
}

/// Builds the section on the answers of the forums: the file to them, opening their files, and how far each has come.
pub(crate) fn answers(ctx: &PackageContext) -> BuiltView {
    let statuses = {
        let ctx = ctx.clone();
        Memo::new(move |_| {
            let package = ctx.body();
            FeedbackForum::ALL.map(|forum| (forum, answer_status(&package, forum), remark(&package, forum)))
        })
    };
    let rows = dynamic_view(move || {
        let row = |(forum, status, remark): (FeedbackForum, String, String)| {
            let address = Route::Feedback(Some(forum.name().to_owned())).to_string();
            markup!(
                r#"<li><h3>{}</h3><p class="help">{}</p><p class="text">{}</p><p><a href="{}">{}</a></p></li>"#,
                forum.danish(),
                status,
                remark,
                address,
                format!("Skriv svaret fra {}", forum.danish())
            )
        };
        markup!(r#"<ul class="forum-answers">{}</ul>"#, statuses.get().map(row).into_iter().collect::<Vec<_>>())
    });
    let save_ctx = ctx.clone();
    let save = move || {
        save_ctx.ensure();
        let part = SharedPart::DataPackage { units: Vec::new(), package: Some(save_ctx.record.clone()) };
        let title = format!("Datapakke {}", save_ctx.cycle);
        save_ctx.app.workspace.save_share_file(&title, "oplæg", part, "Datapakken er stadig her på siden.");
    };
    markup!(
        r#"
        <div class="stack">
            <p class="help">Send filen til forummerne; den har mønstre og temaer og ingen enheders tal. De skriver deres svar i den og sender en fil tilbage. Når du åbner den, står svaret ved hvert mønster og tema.</p>
            <div class="buttons">{}{}</div>
            {}
        </div>"#,
        button("Gem fil til forummerne", save),
        button("Tag imod et svar", choose_file),
        rows
    )
}

/// Says how far a forum has come with its answer.
pub(crate) fn answer_status(package: &Package, forum: FeedbackForum) -> String {
    if let Some(day) = package.finished(forum) {
        return format!("Svaret er færdigt: {}", day.danish());
    }
    if package.patterns.is_empty() && package.themes.is_empty() {
        return "Der er ikke noget at svare på endnu".to_owned();
    }
    let [patterns, themes] = package.unanswered(forum);
    let counts: Vec<String> = [(patterns, "mønster", "mønstre"), (themes, "tema", "temaer")]
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, several)| format!("{count} {}", if count == 1 { one } else { several }))
        .collect();
    if counts.is_empty() {
        "Der er svaret på alt".to_owned()
    } else {
        format!("Mangler svar på {}", counts.join(" og "))
    }
}

/// Returns what a forum says about the package as a whole; empty if it says nothing.
fn remark(package: &Package, forum: FeedbackForum) -> String {
    let answer = forum.id().and_then(|id| package.answers.get(&id));
    answer.map(|answer| answer.remark.0.clone()).unwrap_or_default()
}

/// Builds the list of the positions that are given, with their reasons. `None` if none is given.
pub(crate) fn positions_list(positions: &[ForumPosition<'_>]) -> Option<BuiltView> {
    let rows: Vec<_> = positions
        .iter()
        .filter(|position| position.is_given())
        .map(|position| {
            markup!(
                r#"<div><dt>{}</dt><dd><strong>{}</strong><p class="text">{}</p></dd></div>"#,
                position.forum.danish(),
                position.choice.unwrap_or_default(),
                position.reason.trim()
            )
        })
        .collect();
    (!rows.is_empty()).then(|| markup!(r#"<dl class="forum-positions">{}</dl>"#, rows))
}

/// Builds the section with the status of each forum, and the link to answer. `None` if there is nothing to answer.
pub(crate) fn forums_section(package: &Package) -> Option<BuiltView> {
    package.can_be_answered().then(|| {
        let rows: Vec<_> = FeedbackForum::ALL
            .into_iter()
            .map(|forum| {
                let (name, status) = (forum.danish(), answer_status(package, forum));
                let remark = remark(package, forum);
                markup!(r#"<div><dt>{}</dt><dd>{}<p class="text">{}</p></dd></div>"#, name, status, remark)
            })
            .collect();
        markup!(
            r##"<section class="aside-section"><h2>Forummernes svar</h2><dl class="calendar">{}</dl><p class="no-print"><a href="#/feedback">Tag stilling til mønstre og temaer</a></p></section>"##,
            rows
        )
    })
}

/// Lets the user choose a file to open, by the file button of the app.
pub(crate) fn choose_file() {
    let input = document().get_element_by_id("open-file").and_then(|input| input.dyn_into::<HtmlElement>().ok());
    match input {
        Some(input) => input.click(),
        None => platform::navigation::go_to(&Route::Filer.to_string()),
    }
}
