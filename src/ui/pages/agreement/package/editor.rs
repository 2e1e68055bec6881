//! The page to make the package: patterns, themes with reasons and priorities, calendar, letter, files to send, gaps.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::aftale::lines::span;
use crate::domain::date::Date;
use crate::domain::fractional_index;
use crate::domain::fundament::{self, FundamentItem};
use crate::domain::id::Id;
use crate::domain::package::{FoundPattern, Package, PackageTheme, Priority};
use crate::domain::period::Span;
use crate::domain::registry::Kind;
use crate::domain::series::Series;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::{PackageContext, distribute, found_patterns};
use crate::ui::kit::components::{FieldExtras, FieldType, RadioGroup, RecordText, no_names_note};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, button_with_label, dynamic_view, on_click, or_empty};
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

/// Builds a text field of the package.
fn text(ctx: &PackageContext, path: Path, label: String, help: &'static str, sort: FieldType) -> BuiltView {
    let (ensure_ctx, workspace) = (ctx.clone(), ctx.app.workspace);
    build_view(view! {
        <RecordText workspace record=ctx.record.clone() path label help sort make=Rc::new(move || ensure_ctx.ensure())/>
    })
}

/// Builds the button that deletes the entry at `path`. The deletion can be undone; the entry stays in the
/// record's trash.
fn delete_button(ctx: &PackageContext, path: Path, name: String) -> BuiltView {
    let ctx = ctx.clone();
    let delete = on_click(move || {
        let author = ctx.app.workspace.author();
        ctx.app.workspace.change(&ctx.record, |record| record.delete(Some(&path), &author));
        ctx.app.workspace.save_now();
    });
    button_with_label("quiet", "Slet", name, delete)
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
                .map(|(index, id)| {
                    let path = Path::root("patterns").child(id.as_str());
                    let number = index + 1;
                    let field = text(&ctx, path.child("text"), format!("Mønster {number}"), "", FieldType::Text);
                    markup!("<li>{}{}</li>", field, delete_button(&ctx, path, format!("Slet mønster {number}")))
                })
                .collect();
            markup!(r#"<ol class="topics">{}</ol>"#, rows)
        })
    };
    let add_ctx = ctx.clone();
    markup!(
        r#"<div class="stack">{}<div class="buttons">{}</div>{}</div>"#,
        rows,
        button("Skriv et mønster", move || {
            let id = add_pattern(&add_ctx, "");
            inputs::focus_on(format!("{}-patterns-{id}-text", add_ctx.record));
        }),
        found_patterns::found_patterns(ctx)
    )
}

/// Adds a pattern after the last one, and returns its id.
pub(crate) fn add_pattern(ctx: &PackageContext, text: &str) -> Id {
    let id = platform::ids::new_id();
    ctx.edit(&mut Focus::default(), |package| {
        let last = package.patterns.values().filter_map(|pattern| pattern.order.as_deref()).max();
        let pattern = FoundPattern {
            text: text.into(),
            order: Some(fractional_index::after(last)),
            ..FoundPattern::default()
        };
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
    let ctx = ctx.clone();
    let add_theme = move || {
        let id = platform::ids::new_id();
        ctx.edit(&mut Focus::default(), |package| {
            let last = package.themes.values().filter_map(|theme| theme.order.as_deref()).max();
            let theme = PackageTheme { order: Some(fractional_index::after(last)), ..PackageTheme::default() };
            package.themes.insert(id.clone(), theme);
        });
        ctx.app.workspace.save_now();
        inputs::focus_on(format!("{}-themes-{id}-title", ctx.record));
    };
    markup!(r#"<div class="stack">{}<div class="buttons">{}</div></div>"#, rows, button("Tilføj et tema", add_theme))
}

/// Builds the fields of one theme. `ids` are all themes in their order, `index` is the position of this one.
fn theme_row(ctx: &PackageContext, ids: &[Id], id: &Id, index: usize) -> BuiltView {
    let path = Path::root("themes").child(id.as_str());
    let number = index + 1;
    let priority_select =
        |name: &'static str, body: &'static str, priority_mut: fn(&mut PackageTheme) -> &mut Option<Priority>| {
            let (read_ctx, write_ctx, read_id, write_id) = (ctx.clone(), ctx.clone(), id.clone(), id.clone());
            let value = move || {
                let chosen = (*priority_mut(read_ctx.body().themes.get_mut(&read_id)?))?;
                Priority::ALL.iter().position(|priority| *priority == chosen)
            };
            let options = ["Ikke sagt endnu"].into_iter().chain(Priority::ALL.map(Priority::danish));
            let select = inputs::select_field(
                format!("{id}-{name}"),
                format!("{body} (tema {number})"),
                options.map(str::to_owned).collect(),
                value,
                move |index| {
                    write_ctx.edit(&mut Focus::default(), |package| {
                        if let Some(theme) = package.themes.get_mut(&write_id) {
                            *priority_mut(theme) = index.and_then(|index| Priority::ALL.get(index).copied());
                        }
                    });
                    write_ctx.app.workspace.save_now();
                },
            );
            let (workspace, record, path) = (ctx.app.workspace, ctx.record.clone(), path.child(name));
            let choices = build_view(view! { <FieldExtras workspace record path about=body words=priority_in_words/> });
            markup!("<div>{}{}</div>", select, choices)
        };
    let up_button = (index > 0).then(|| {
        let (ctx, theme_id, ids) = (ctx.clone(), id.clone(), ids.to_vec());
        let move_up = on_click(move || {
            ctx.edit(&mut Focus::default(), |package| {
                let orders: Vec<_> =
                    ids.iter().map(|id| package.themes.get(id).and_then(|theme| theme.order.clone())).collect();
                if let Some(theme) = package.themes.get_mut(&theme_id) {
                    theme.order = Some(fractional_index::move_up(&orders, index));
                }
            });
            ctx.app.workspace.save_now();
        });
        button_with_label("quiet", "Flyt op", format!("Flyt op: tema {number}"), move_up)
    });
    let theme_text = |name: &str, label: &str, help: &'static str, sort: FieldType| {
        text(ctx, path.child(name), format!("{label} {number}"), help, sort)
    };
    markup!(
        r#"<li>{}{}<div class="field-row">{}{}</div>{}<div class="buttons">{}{}</div></li>"#,
        theme_text("title", "Tema", "Et par ord, som alle kan huske.", FieldType::Line),
        theme_text(
            "reason",
            "Hvorfor er det peget ud? Tema",
            "Hvad i tallene og i det, I har hørt, peger på det?",
            FieldType::Text
        ),
        priority_select("lederforum", "BU Lederforum", |theme| &mut theme.lederforum),
        priority_select("committee", "Børne- og Ungdomsudvalget", |theme| &mut theme.committee),
        theme_text("joint_med", "FællesMEDs feedback til tema", "", FieldType::Text),
        or_empty(up_button),
        delete_button(ctx, path.clone(), format!("Slet tema {number}"))
    )
}

fn priority_in_words(value: &serde_json::Value) -> String {
    serde_json::from_value::<Priority>(value.clone()).map(Priority::danish).unwrap_or_default().to_owned()
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
        let value = move || *field_mut(&mut read_ctx.body().element_dates(&element.id).unwrap_or_default());
        inputs::day_input(
            element.label.clone(),
            leaf,
            format!("{key}-{name}"),
            label,
            value,
            move |day, focus: &mut Focus| {
                write_ctx.edit(focus, |package| {
                    let mut span = package.element_dates(&element.id).unwrap_or_default();
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
    Some(markup!(r#"<div><div class="date-fields">{}{}</div>{}</div>"#, from, to, choices))
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
