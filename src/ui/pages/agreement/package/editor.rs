//! The page to make the package: patterns, themes with reasons and decisions, the answers of the forums, calendar,
//! letter, files to send, gaps.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::aftale::lines::span;
use crate::domain::date::Date;
use crate::domain::fractional_index;
use crate::domain::fundament::{self, FundamentItem};
use crate::domain::id::Id;
use crate::domain::package::{FoundPattern, Package};
use crate::domain::period::Span;
use crate::domain::registry::Kind;
use crate::domain::series::Series;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::choice::AnsweredEntry;
use super::fields::{add_button, add_theme, delete_button, text};
use super::{PackageContext, distribute, forums, found_patterns};
use crate::ui::kit::components::{DeletedButChanged, FieldExtras, FieldType, RadioGroup, no_names_note};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_text, dynamic_view, on_click, or_empty};
use crate::ui::pages::wheel;
use crate::ui::platform;
use crate::ui::route::Route;

/// Builds the page.
pub(crate) fn editor(ctx: &PackageContext) -> BuiltView {
    markup!(
        r#"
        <header class="page-head">
            <p class="eyebrow"><a href="{}">Datapakke {}</a></p>
            <h1>Lav datapakken</h1>
            <p class="purpose">Sekretariatet samler her det, som de to år begynder med. Tallene kommer med af sig selv, når de er hentet ind. Alt gemmes, mens du skriver.</p>
        </header>
        <div class="agreement">
            <div class="agreement-main form-sections">
                <section><h2>Mønstrene i tallene</h2>{}{}</section>
                <section><h2>Temaerne</h2><p class="help">Temaerne peges ud fra mønstrene. BU Lederforum og Børne- og Ungdomsudvalget prioriterer; FællesMED giver feedback. Ingen navne eller initialer på børn.</p>{}</section>
                <section id="forums"><h2>Forummernes svar</h2>{}</section>
                <section><h2>Kalender og indikatorsæt</h2>{}</section>
                <section><h2>Brevet</h2>{}</section>
                <section id="send"><h2>Send den ud</h2>{}</section>
            </div>
            <aside class="agreement-aside" aria-label="Om datapakken">{}</aside>
        </div>"#,
        Route::Datapakke { is_editing: false }.to_string(),
        ctx.cycle.to_string(),
        no_names_note(),
        patterns(ctx),
        themes(ctx),
        forums::answers(ctx),
        calendar(ctx),
        text(
            ctx,
            Path::root("letter"),
            "Det vil vi sige til enhederne".to_owned(),
            "Kan udelades. Ingen navne eller initialer på børn.",
            FieldType::Text
        ),
        distribute::distribute(ctx),
        gaps_section(ctx)
    )
}

/// Builds the list of patterns with their fields.
fn patterns(ctx: &PackageContext) -> BuiltView {
    let ids = {
        let ctx = ctx.clone();
        Memo::new(move |_| ctx.body().patterns_in_order().into_iter().map(|(id, _)| id.clone()).collect::<Vec<_>>())
    };
    let rows = {
        let ctx = ctx.clone();
        dynamic_view(move || {
            let ids = ids.get();
            let rows: Vec<_> = ids
                .iter()
                .enumerate()
                .map(|(index, id)| pattern_row(&ctx, &AnsweredEntry::Pattern.root().child(id.as_str()), index + 1))
                .collect();
            markup!(r#"<ol class="topics">{}</ol>"#, rows)
        })
    };
    let add_ctx = ctx.clone();
    markup!(
        r#"<div class="stack">{}<div class="buttons">{}</div>{}</div>"#,
        rows,
        add_button(ctx, "patterns", "Skriv et mønster", move || {
            let id = add_pattern(&add_ctx, "");
            inputs::focus_on(format!("{}-patterns-{id}-text", add_ctx.record));
        }),
        found_patterns::found_patterns(ctx)
    )
}

/// Builds the fields of the pattern at a path. `number` counts from 1.
fn pattern_row(ctx: &PackageContext, path: &Path, number: usize) -> BuiltView {
    let entry = AnsweredEntry::Pattern;
    markup!(
        r#"<li>{}{}{}<details class="fold"><summary>{}</summary><div>{}</div></details>{}</li>"#,
        deleted_but_changed(ctx, path),
        text(ctx, path.child("text"), format!("Mønster {number}"), "", FieldType::Text),
        forums::agreement_line(ctx, entry, path),
        format!("Forummernes svar på mønster {number}"),
        forums::forum_fields(ctx, entry, path, number),
        delete_button(ctx, path.clone(), format!("Slet mønster {number}"))
    )
}

/// Builds the open choice of an entry that was deleted here while a forum answered on it, or the other way round.
fn deleted_but_changed(ctx: &PackageContext, path: &Path) -> BuiltView {
    let (workspace, record) = (ctx.app.workspace, ctx.record.clone());
    build_view(view! { <DeletedButChanged workspace record entry=Some(path.clone())/> })
}

/// Adds a pattern after the last one, and returns its id.
pub(crate) fn add_pattern(ctx: &PackageContext, text: &str) -> Id {
    let id = platform::ids::new_id();
    ctx.edit(&mut Focus::default(), |package| {
        let last = package.patterns.values().filter_map(|pattern| pattern.order.as_deref()).max();
        let pattern =
            FoundPattern { text: text.into(), order: Some(fractional_index::after(last)), ..FoundPattern::default() };
        package.patterns.insert(id.clone(), pattern);
    });
    ctx.app.workspace.save_now();
    id
}

/// Builds the list of themes with their fields.
fn themes(ctx: &PackageContext) -> BuiltView {
    let ids = {
        let ctx = ctx.clone();
        Memo::new(move |_| ctx.body().themes_in_order().into_iter().map(|(id, _)| id.clone()).collect::<Vec<_>>())
    };
    let rows = {
        let ctx = ctx.clone();
        dynamic_view(move || {
            let ids = ids.get();
            let rows: Vec<_> = ids.iter().enumerate().map(|(index, id)| theme_row(&ctx, &ids, id, index)).collect();
            markup!(r#"<ol class="topics">{}</ol>"#, rows)
        })
    };
    let add_ctx = ctx.clone();
    let add = add_button(ctx, "themes", "Tilføj et tema", move || add_theme(&add_ctx, None));
    markup!(r#"<div class="stack">{}<div class="buttons">{}</div></div>"#, rows, add)
}

/// Builds the fields of one theme. `ids` are all themes in their order, `index` is the position of this one.
fn theme_row(ctx: &PackageContext, ids: &[Id], id: &Id, index: usize) -> BuiltView {
    let entry = AnsweredEntry::Theme;
    let path = entry.root().child(id.as_str());
    let number = index + 1;
    let proposer = {
        let (ctx, id) = (ctx.clone(), id.clone());
        dynamic_text(move || {
            let proposer = ctx.body().themes.get(&id).and_then(|theme| theme.proposed_by);
            proposer.map(|forum| format!("Foreslået af {}", forum.danish())).unwrap_or_default()
        })
    };
    let field_id = |name: &str| format!("{}-themes-{id}-{name}", ctx.record);
    let up_button = (index > 0).then(|| {
        let (ctx, theme_id, ids) = (ctx.clone(), id.clone(), ids.to_vec());
        let (button_id, name, label) = (field_id("up"), format!("Flyt op: tema {number}"), "Flyt op");
        // The rows are built again, and the first one has no such button.
        let next_focus = if index == 1 { field_id("title") } else { button_id.clone() };
        let move_up = on_click(move || {
            ctx.edit(&mut Focus::default(), |package| {
                let orders: Vec<_> =
                    ids.iter().map(|id| package.themes.get(id).and_then(|theme| theme.order.clone())).collect();
                if let Some(theme) = package.themes.get_mut(&theme_id) {
                    theme.order = Some(fractional_index::move_up(&orders, index));
                }
            });
            ctx.app.workspace.save_now();
            inputs::focus_on(next_focus.clone());
        });
        build_view(view! {
            <button type="button" class="quiet" id=button_id aria-label=name on:click=move_up>{label}</button>
        })
    });
    let theme_text = |name: &str, label: &str, help: &'static str, sort: FieldType| {
        text(ctx, path.child(name), format!("{label} {number}"), help, sort)
    };
    markup!(
        r#"<li>{}{}<p class="help">{}</p>{}{}{}{}<div class="buttons">{}{}</div></li>"#,
        deleted_but_changed(ctx, &path),
        theme_text("title", "Tema", "Et par ord, som alle kan huske.", FieldType::Line),
        proposer,
        theme_text(
            "reason",
            "Hvorfor er det peget ud? Tema",
            "Hvad i tallene og i det, I har hørt, peger på det?",
            FieldType::Text
        ),
        forums::agreement_line(ctx, entry, &path),
        forums::forum_fields(ctx, entry, &path, number),
        forums::decision_fields(ctx, id, &path, number),
        or_empty(up_button),
        delete_button(ctx, path.clone(), format!("Slet tema {number}"))
    )
}

/// Builds the choice of the indicator set, and the dates of each element of the wheel.
fn calendar(ctx: &PackageContext) -> BuiltView {
    let elements: Vec<_> = untrack(|| wheel::element_statuses(ctx.app))
        .into_iter()
        .map(|status| {
            let days = days(ctx, status.element);
            markup!(
                r#"<div><h3>{}</h3><p class="help">Hjulet siger {}.</p>{}</div>"#,
                status.element.label.as_str(),
                status.turns_in_words(ctx.cycle),
                days
            )
        })
        .collect();
    markup!(
        r#"<div class="calendar-form">{}<details class="fold"><summary>Sæt datoer på kalenderen</summary><div>{}</div></details></div>"#,
        edition(ctx),
        elements
    )
}

/// Builds the two day fields of an element's dates. `None` if the element's id is not valid as a key.
fn days(ctx: &PackageContext, element: &'static FundamentItem) -> Option<BuiltView> {
    let key = Id::parse(&element.id)?;
    let path = Path::root("calendar").child(key.as_str());
    let workspace = ctx.app.workspace;
    let day_field = |name: &str, label: &'static str, field_mut: fn(&mut Span) -> &mut Option<Date>| {
        let leaf = inputs::LeafInput { workspace, record: ctx.record.clone(), path: path.clone() };
        let (read_ctx, write_ctx, key) = (ctx.clone(), ctx.clone(), key.clone());
        let read_key = key.clone();
        let value = move || *field_mut(&mut read_ctx.body().calendar.get(&read_key).copied().unwrap_or_default());
        inputs::day_input(
            element.label.clone(),
            leaf,
            format!("{key}-{name}"),
            label,
            value,
            move |day, focus: &mut Focus| {
                write_ctx.edit(focus, |package| {
                    let mut span = package.calendar.get(&key).copied().unwrap_or_default();
                    *field_mut(&mut span) = day;
                    if span == Span::default() {
                        package.calendar.remove(&key);
                    } else {
                        package.calendar.insert(key.clone(), span);
                    }
                });
            },
        )
    };
    let (from, to) = (day_field("from", "Fra", |span| &mut span.from), day_field("to", "Til", |span| &mut span.to));
    let record = ctx.record.clone();
    let choices =
        build_view(view! { <FieldExtras workspace record path=path.clone() about="datoerne" words=days_in_words/> });
    let shown_ctx = ctx.clone();
    let reversed_note = inputs::reversed_span_note(move || shown_ctx.body().calendar.get(&key).copied());
    Some(markup!(r#"<div><div class="date-fields">{}{}</div>{}{}</div>"#, from, to, choices, reversed_note))
}

fn days_in_words(value: &serde_json::Value) -> String {
    serde_json::from_value::<Span>(value.clone()).map(span).unwrap_or_default()
}

/// Builds the choice of the edition whose indicators apply.
fn edition(ctx: &PackageContext) -> BuiltView {
    let editions: Vec<_> =
        fundament::editions_at_hand().iter().filter(|edition| edition.indicators().next().is_some()).collect();
    let ids: Vec<Option<Id>> = editions.iter().map(|edition| Id::parse(edition.id())).collect();
    let options = editions.iter().map(|edition| edition.about().label.as_str()).collect();
    let (read_ctx, write_ctx, value_ids) = (ctx.clone(), ctx.clone(), ids.clone());
    let value = move || {
        let chosen = read_ctx.body().edition;
        // Without a choice the first edition, the present one, applies.
        if chosen.is_none() { Some(0) } else { value_ids.iter().position(|id| *id == chosen) }
    };
    let pick = move |index: usize| {
        write_ctx.edit(&mut Focus::default(), |package| package.edition = ids.get(index).cloned().flatten());
        write_ctx.app.workspace.save_now();
    };
    let (workspace, record) = (ctx.app.workspace, ctx.record.clone());
    build_view(view! {
        <RadioGroup id="edition" legend="Indikatorsæt" options value=Rc::new(value) on_pick=Rc::new(pick)/>
        <FieldExtras workspace record path=Path::root("edition") about="indikatorsættet"/>
    })
}

/// Builds the list of gaps to close before the package is sent.
fn gaps_section(ctx: &PackageContext) -> BuiltView {
    let gaps = {
        let ctx = ctx.clone();
        Memo::new(move |_| {
            let workspace = ctx.app.workspace;
            let has_figures = workspace.ids(Kind::Series).iter().any(|id| {
                let series = workspace
                    .record(id)
                    .and_then(|record| record.with_untracked(|record| record.view::<Series>().ok()));
                series.is_some_and(|series| series.has_figures())
            });
            let package: Package = ctx.body();
            package.gaps(has_figures)
        })
    };
    dynamic_view(move || {
        let gaps = gaps.get();
        if gaps.is_empty() {
            return markup!(
                r#"<section class="aside-section"><h2>Hvad mangler?</h2><p class="all-well">Ikke noget. Datapakken er klar til at blive sendt ud.</p></section>"#
            );
        }
        let items: Vec<_> = gaps
            .into_iter()
            .map(|gap| {
                // Figures are imported on another page; all other gaps are closed on this page.
                if gap.contains("Indikatorer") {
                    markup!(r##"<li><a href="#/indikatorer/hent">{}</a></li>"##, gap)
                } else {
                    markup!("<li>{}</li>", gap)
                }
            })
            .collect();
        markup!(r#"<section class="aside-section"><h2>Hvad mangler?</h2><ul class="todo">{}</ul></section>"#, items)
    })
}
