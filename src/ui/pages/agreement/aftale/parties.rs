//! The page with the parties, the period and the involvement behind an agreement.

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
use crate::ui::kit::components::{FieldType, MenuItems, OpenChoice, RecordText, no_names_note};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, on_click};
use crate::ui::state::queries::agreements;

/// Builds the page.
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

/// Builds the read-only lines of an agreed agreement. Only a revision can change them.
fn locked(ctx: &AftaleContext) -> BuiltView {
    let lines_list = {
        let ctx = ctx.clone();
        dynamic_view(move || {
            let bundle = agreements::bundle(&ctx);
            let rows = lines::head(&bundle).into_iter().chain(lines::involved(&bundle.head));
            let rows: Vec<_> = rows
                .map(|line| markup!(r#"<div><dt>{}</dt><dd class="text">{}</dd></div>"#, line.label, line.text))
                .collect();
            markup!(r#"<dl class="field-values">{}</dl>"#, rows)
        })
    };
    markup!(
        r#"<div><p class="notice">Ordene ligger fast. Begynd en revision, eller træk versionen tilbage, hvis de skal ændres.</p>{}<div class="form-sections"><section><h2>Når det er slut</h2>{}</section></div></div>"#,
        lines_list,
        delete_by(ctx)
    )
}

/// Builds the form in which the lines are written.
fn form(ctx: &AftaleContext) -> BuiltView {
    let margin = Margin::of(ctx, &ctx.id);
    let workspace = ctx.app.workspace;
    let text = |name: &str, label: &'static str, help: &'static str, sort: FieldType| {
        let path = Path::root(name);
        let items = Some(margin.menu_item(&path, label));
        let field =
            build_view(view! { <RecordText workspace record=ctx.id.clone() path=path.clone() label help sort items/> });
        margin.wrap(&path, label, field)
    };
    markup!(
        r#"
        <div class="form-sections">
            <section><h2>Parter og periode</h2>{}{}{}{}</section>
            <section><h2>Det bygger vi på</h2>{}{}{}</section>
            <section><h2>Sådan har vi inddraget</h2>{}{}{}{}{}{}{}</section>
            <section><h2>Når det er slut</h2>{}</section>
        </div>"#,
        text("title", "Aftalens navn", "", FieldType::Line),
        text("leader", "Leder", "Den, der laver aftalen.", FieldType::Line),
        text("counterpart", "Modpart", "Lederen et niveau over, som aftalen indgås med.", FieldType::Line),
        margin.wrap(&Path::root("period"), "perioden", period(ctx, &margin)),
        no_names_note(),
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
        no_names_note(),
        margin.wrap(
            &Path::root("local_med"),
            "LokalMED",
            one_day(
                ctx,
                "local_med",
                "Drøftet i LokalMED",
                Some(margin.menu_item(&Path::root("local_med"), "LokalMED")),
                |head| &mut head.local_med
            )
        ),
        text("local_med_note", "Hvad kom der ud af drøftelsen?", "", FieldType::Text),
        text("employees", "Medarbejdere", "Hvordan har de været med?", FieldType::Text),
        text("parents", "Forældrebestyrelse", "Hvordan har de været med?", FieldType::Text),
        text("children", "Børn og unge", "Hvordan er de hørt?", FieldType::Text),
        text("involvement", "Andre", "Netværk, foreninger, samarbejdspartnere.", FieldType::Text),
        delete_by(ctx)
    )
}

/// Builds a button for each theme of the cycle that the text does not name yet. A button adds its theme to the text.
fn themes(ctx: &AftaleContext) -> BuiltView {
    let missing_titles = {
        let ctx = ctx.clone();
        Memo::new(move |_| {
            let text = agreements::head(&ctx).themes.0;
            let is_missing = |title: &String| text.lines().all(|line| line.trim() != title.trim());
            let themes = agreements::package(&ctx);
            let titles = themes.themes_for_units().into_iter().map(|(_, theme)| theme.title.0.clone());
            titles.filter(is_missing).collect::<Vec<_>>()
        })
    };
    let ctx = ctx.clone();
    dynamic_view(move || {
        let missing_titles = missing_titles.get();
        if missing_titles.is_empty() {
            return build_view(());
        }
        let buttons: Vec<_> = missing_titles
            .into_iter()
            .map(|title| {
                let (ctx, name) = (ctx.clone(), format!("Skriv ind: «{title}»"));
                let label = name.clone();
                let add_theme = on_click(move || {
                    agreements::edit::<Aftale>(ctx.app.workspace, &ctx.id, &mut Focus::default(), |head| {
                        let earlier = head.themes.as_str().trim_end().to_owned();
                        let separator = if earlier.is_empty() { "" } else { "\n" };
                        head.themes = UserText(format!("{earlier}{separator}{title}"));
                    });
                    ctx.app.workspace.save_now();
                });
                build_view(view! { <button type="button" aria-label=name on:click=add_theme>{label}</button> })
            })
            .collect();
        markup!(r#"<p class="help">Fra datapakken:</p><div class="buttons">{}</div>"#, buttons)
    })
}

/// Builds the field for the day on which shared files are to be deleted. The day is not part of the agreed text.
fn delete_by(ctx: &AftaleContext) -> BuiltView {
    one_day(ctx, "delete_by", "Filer med aftalen slettes igen", None, |head| &mut head.delete_by)
}

/// Builds the two day fields of the period. Both days are stored in one leaf.
fn period(ctx: &AftaleContext, margin: &Margin) -> BuiltView {
    let path = Path::root("period");
    let items = margin.menu_item(&path, "perioden");
    let leaf = inputs::LeafInput { workspace: ctx.app.workspace, record: ctx.id.clone(), path };
    let menu = inputs::leaf_menu(&leaf, "perioden", Some(items));
    let day_field = |id: &str, label: &'static str, menu, field_mut: fn(&mut Span) -> &mut Option<Date>| {
        let workspace = ctx.app.workspace;
        let leaf = leaf.clone();
        let (read_ctx, record_id) = (ctx.clone(), ctx.id.clone());
        let value = move || *field_mut(&mut agreements::head(&read_ctx).period.unwrap_or_default());
        inputs::day_input_with_menu(leaf, id.to_owned(), label, menu, value, move |day, focus: &mut Focus| {
            agreements::edit::<Aftale>(workspace, &record_id, focus, |head| {
                let mut span = head.period.unwrap_or_default();
                *field_mut(&mut span) = day;
                head.period = (span != Span::default()).then_some(span);
            });
        })
    };
    let (workspace, record) = (ctx.app.workspace, ctx.id.clone());
    let shown_ctx = ctx.clone();
    markup!(
        r#"<div><div class="date-fields">{}{}</div>{}{}</div>"#,
        day_field("period-from", "Gælder fra", None, |span| &mut span.from),
        day_field("period-to", "Gælder til", Some(menu), |span| &mut span.to),
        inputs::reversed_span_note(move || agreements::head(&shown_ctx).period),
        build_view(
            view! { <OpenChoice workspace record path=Path::root("period") about="perioden" words=Some(period_in_words)/> }
        )
    )
}

fn period_in_words(value: &serde_json::Value) -> String {
    serde_json::from_value::<Span>(value.clone()).map(lines::span).unwrap_or_default()
}

/// Builds the field for one day of the agreement's head, with its menu and open choice. `field_mut` gives the day.
fn one_day(
    ctx: &AftaleContext,
    name: &'static str,
    label: &'static str,
    items: Option<MenuItems>,
    field_mut: fn(&mut Aftale) -> &mut Option<Date>,
) -> BuiltView {
    let workspace = ctx.app.workspace;
    let leaf = inputs::LeafInput { workspace, record: ctx.id.clone(), path: Path::root(name) };
    let (read_ctx, record_id) = (ctx.clone(), ctx.id.clone());
    let value = move || *field_mut(&mut agreements::head(&read_ctx));
    let menu = Some(inputs::leaf_menu(&leaf, label, items));
    let (record, path) = (leaf.record.clone(), leaf.path.clone());
    let write = move |day, focus: &mut Focus| {
        agreements::edit::<Aftale>(workspace, &record_id, focus, |head| *field_mut(head) = day);
    };
    markup!(
        "<div>{}{}</div>",
        inputs::day_input_with_menu(leaf, name.to_owned(), label, menu, value, write),
        build_view(view! { <OpenChoice workspace record path about=label/> })
    )
}
