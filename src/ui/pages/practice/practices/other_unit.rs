//! The page of another unit's practice: it is read here, and can be tried.

use leptos::prelude::*;

use crate::domain::aftale::lines::tek;
use crate::domain::body::{FieldRole, Shape};
use crate::domain::id::Id;
use crate::domain::practice::Practice;
use crate::domain::prototype::Prototype;
use crate::domain::registry::Kind;
use crate::record::Record;
use crate::record::path::Path;

use super::lines::{PracticeLines, lines_view, practice_lines};
use super::new::begin_trial;
use super::page::summary;
use super::parts::{PARTICIPANTS, PracticeContext, anchors_part, capitalised, unit_of};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button_with_class, dynamic_view, on_click, or_empty};
use crate::ui::route::Route;
use crate::ui::state::queries::practice::{practice, unit_name};

/// The texts that are shown elsewhere, or are not for other units.
const LEFT_OUT: [&str; 3] = ["title", "credit", "plain"];

/// Builds the page.
pub(super) fn other_unit_page(ctx: &PracticeContext) -> BuiltView {
    let (app, unit, lines) = (ctx.app, unit_of(ctx), practice_lines(ctx));
    let shown = {
        let id = ctx.id.clone();
        Memo::new(move |_| practice(app, &id))
    };
    let ctx = ctx.clone();
    dynamic_view(move || {
        let unit_name = unit_name(app, unit.get().as_ref());
        let Some(practice) = shown.get() else { return or_empty(None) };
        if practice.is_withdrawn(false) {
            let unit_name = capitalised(&unit_name);
            let line = practice.withdrawn_line(false, &unit_name);
            return withdrawn_page(&line.unwrap_or_else(|| format!("{unit_name} deler den ikke længere.")));
        }
        reading_page(&ctx, &practice, (unit.get().as_ref(), unit_name.as_str()), lines)
    })
}

/// Builds the page of practice that its unit has withdrawn. Its text is not shown.
fn withdrawn_page(line: &str) -> BuiltView {
    markup!(
        r#"
        <header class="page-head">
            <p class="eyebrow"><a href="{}">Bibliotek</a></p>
            <h1>Trukket tilbage</h1>
            <p class="purpose">{}</p>
        </header>
        <p>Det, I selv har bygget på den, har I stadig.</p>"#,
        Route::PracticeLibrary(String::new()).to_string(),
        line
    )
}

fn reading_page(
    ctx: &PracticeContext,
    practice: &Practice,
    (unit, unit_name): (Option<&Id>, &str),
    lines: Memo<PracticeLines>,
) -> BuiltView {
    let texts = ctx.app.workspace.read(&ctx.id, texts_of).unwrap_or_default();
    let weights = [("TEK før", practice.tek_before), ("TEK efter", practice.tek_after)];
    let weights = weights.map(|(label, weights)| (label.to_owned(), weights.map(tek).unwrap_or_default()));
    let texts: Vec<BuiltView> = texts
        .into_iter()
        .chain(weights)
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(label, text)| markup!(r#"<div><dt>{}</dt><dd class="text">{}</dd></div>"#, label, text))
        .collect();
    let own_page = unit.map(|unit| {
        markup!(
            r#"<p class="help no-print">Skal I skrive i den? <a href="{}">Vælg at arbejde med {}</a>.</p>"#,
            Route::Enhed(unit.clone()).to_string(),
            unit_name
        )
    });
    markup!(
        r#"
        <header class="page-head">
            <p class="eyebrow"><a href="{}">Bibliotek</a> · {}</p>
            <h1>{}</h1>
            <p class="purpose">Det gør {}. I kan læse den her og prøve den selv.</p>
            <div>{}</div>
            <div>{}</div>
        </header>
        <dl class="practice-texts">{}</dl>
        {}
        {}"#,
        Route::PracticeLibrary(String::new()).to_string(),
        summary(ctx.app, practice),
        practice.title.as_str(),
        unit_name,
        take_up(ctx, lines),
        lines_view(lines),
        texts,
        own_page,
        anchors_part(ctx, false)
    )
}

/// Returns the texts of a practice with their names, in reading order.
fn texts_of(record: &Record) -> Vec<(String, String)> {
    let fields = record.kind().map(Kind::fields).unwrap_or_default().iter();
    let is_shown = |name: &str, role: FieldRole| role == FieldRole::Text && !LEFT_OUT.contains(&name);
    let shown = fields.filter(|field| is_shown(field.name, field.role) && matches!(field.shape, Shape::Leaf));
    let text = |name: &str| record.shown_text(&Path::root(name)).unwrap_or_default().to_owned();
    let mut texts: Vec<(String, String)> = shown.map(|field| (capitalised(field.label), text(field.name))).collect();
    // A positive deviation has no participants, and the file of a network says nothing of them.
    let participants = Path::root("participants");
    texts.extend(PARTICIPANTS.map(|(key, label, _)| {
        (label.to_owned(), record.shown_text(&participants.child(key)).unwrap_or_default().to_owned())
    }));
    // Practice of another sort has no versions.
    let prototype = record.view::<Prototype>().unwrap_or_default();
    for (index, (id, version)) in prototype.versions_in_order().into_iter().enumerate() {
        let stands = if prototype.standing.as_ref() == Some(id) { " (gælder)" } else { "" };
        texts.push((format!("Version {}{stands}", index + 1), version.text.0.clone()));
        texts.push(("Det er ændret".to_owned(), version.change.0.clone()));
        texts.push(("Hvorfor".to_owned(), version.reason.0.clone()));
        texts.push(("Det skete".to_owned(), version.outcome.0.clone()));
    }
    texts
}

/// Builds the button that begins the unit's own trial of the practice; a link once there is one.
fn take_up(ctx: &PracticeContext, lines: Memo<PracticeLines>) -> BuiltView {
    let ctx = ctx.clone();
    dynamic_view(move || {
        let own = lines.with(|lines| lines.takers.iter().find(|taker| taker.is_own).cloned());
        if let Some(own) = own {
            return markup!(
                r#"<a class="button" href="{}">{}</a>"#,
                Route::Practice(own.id).to_string(),
                format!("I prøver den også: {}", own.title)
            );
        }
        if ctx.app.unit().is_none() {
            return markup!(
                r##"<p class="help"><a href="#/enheder">Vælg jeres enhed</a>, så kan I prøve det samme.</p>"##
            );
        }
        let ctx = ctx.clone();
        button_with_class("primary", "Vi prøver også", on_click(move || try_also(&ctx)))
    })
}

/// Creates the unit's own trial of the practice. Its idea is the start, and the credit is kept.
fn try_also(ctx: &PracticeContext) {
    let Some(practice) = untrack(|| practice(ctx.app, &ctx.id)) else { return };
    let from = untrack(|| unit_name(ctx.app, practice.unit.as_ref()));
    // The trial gets the unit that the user works with when it is created.
    begin_trial(ctx.app, practice.draft(Some(&from)).trial(None));
}
