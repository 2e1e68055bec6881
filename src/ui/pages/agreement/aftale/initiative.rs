//! The initiatives of a goal: text, responsible person, period and status.

use leptos::prelude::*;

use crate::domain::aftale::lines;
use crate::domain::date::Date;
use crate::domain::fractional_index;
use crate::domain::goal::{Goal, Initiative};
use crate::domain::id::Id;
use crate::domain::period::Span;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::comments::Margin;
use super::{AftaleContext, overview};
use crate::ui::kit::components::{DeletedButChanged, FieldExtras, FieldType, MenuItems, OpenChoice, RecordText};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::origin::origin_link;
use crate::ui::kit::view::{BuiltView, build_view, button_with_label, dynamic_view, on_click, or_empty};
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements;

/// The id of the button that adds an initiative.
pub(crate) const ADD_BUTTON: &str = "add-initiative";

/// Builds the rows of initiatives in their order. Rows are rebuilt only when an initiative is added, removed or moved,
/// so typing in one rebuilds none.
pub(crate) fn list(ctx: &AftaleContext, goal: &Id, body: Memo<Goal>, margin: &Margin) -> BuiltView {
    let ids = Memo::new(move |_| {
        body.with(|goal| goal.initiatives_in_order().into_iter().map(|(id, _)| id.clone()).collect::<Vec<_>>())
    });
    let rows = {
        let (ctx, goal, margin) = (ctx.clone(), goal.clone(), margin.clone());
        dynamic_view(move || {
            let rows: Vec<_> = ids
                .get()
                .iter()
                .enumerate()
                .map(|(index, id)| row(&ctx, &goal, body, &margin, id, index + 1))
                .collect();
            let empty_hint = rows.is_empty().then(|| {
                markup!(
                    r#"<p class="help">En indsats er noget, I vil gøre: hvem gør hvad, fra hvornår til hvornår?</p>"#
                )
            });
            markup!(r#"<div>{}<ol class="initiative-rows">{}</ol></div>"#, empty_hint, rows)
        })
    };
    let (workspace, goal) = (ctx.app.workspace, goal.clone());
    let add = on_click(move || {
        let id = platform::ids::new_id();
        agreements::edit::<Goal>(workspace, &goal, &mut Focus::default(), |goal| {
            let last = goal.initiatives.values().filter_map(|initiative| initiative.order.as_deref()).max();
            let order = fractional_index::after(last);
            goal.initiatives.insert(id.clone(), Initiative { order: Some(order), ..Initiative::default() });
        });
        workspace.save_now();
        inputs::focus_on(format!("{goal}-initiatives-{id}-text"));
    });
    let add = build_view(view! { <button type="button" id=ADD_BUTTON on:click=add>"Tilføj en indsats"</button> });
    markup!("<div>{}{}</div>", rows, add)
}

/// Builds the fields of one initiative. `number` counts from 1.
fn row(ctx: &AftaleContext, goal: &Id, body: Memo<Goal>, margin: &Margin, id: &Id, number: usize) -> BuiltView {
    let workspace = ctx.app.workspace;
    let path = Path::root("initiatives").child(id.as_str());
    let text = |name: &str, label: String, sort: FieldType, items: Option<MenuItems>| {
        build_view(view! { <RecordText workspace record=goal.clone() path=path.child(name) label sort items/> })
    };
    let period = inputs::LeafInput { workspace, record: goal.clone(), path: path.child("period") };
    let menu = inputs::leaf_menu(&period, &format!("perioden for indsats {number}"), None);
    let day = |name: &str, label: &'static str, menu, field_mut: fn(&mut Span) -> &mut Option<Date>| {
        let (goal_id, read_key, write_key) = (goal.clone(), id.clone(), id.clone());
        let value =
            move || *field_mut(&mut body.with(|goal| goal.initiatives.get(&read_key)?.period).unwrap_or_default());
        inputs::day_input_with_menu(
            period.clone(),
            format!("{id}-{name}"),
            label,
            menu,
            value,
            move |day, focus: &mut Focus| {
                agreements::edit::<Goal>(workspace, &goal_id, focus, |goal| {
                    if let Some(initiative) = goal.initiatives.get_mut(&write_key) {
                        let mut span = initiative.period.unwrap_or_default();
                        *field_mut(&mut span) = day;
                        initiative.period = (span != Span::default()).then_some(span);
                    }
                });
            },
        )
    };
    let (goal_id, deleted_path) = (goal.clone(), path.clone());
    let remove = on_click(move || {
        let author = workspace.author();
        workspace.change(&goal_id, |record| record.delete(Some(&deleted_path), &author));
        workspace.save_now();
        inputs::focus_on(ADD_BUTTON.to_owned());
    });
    let name = format!("Slet indsats {number}");
    let remove = button_with_label("quiet", "Slet", name, remove);
    let choices = build_view(view! {
        <OpenChoice workspace record=goal.clone() path=path.child("period") about="perioden" words=Some(span_in_words)/>
    });
    let shown_key = id.clone();
    let reversed_note = inputs::reversed_span_note(move || body.with(|goal| goal.initiatives.get(&shown_key)?.period));
    let origin_key = id.clone();
    let origin = Memo::new(move |_| body.with(|goal| goal.initiatives.get(&origin_key)?.origin.clone()));
    let fields = markup!(
        r#"<div class="initiative">{}<div class="field-row">{}{}{}{}</div>{}{}{}{}</div>"#,
        text("text", format!("Indsats {number}"), FieldType::Text, Some(margin.menu_item(&path, "indsatsen"))),
        text("responsible", "Ansvarlig".to_owned(), FieldType::Line, None),
        day("from", "Fra", None, |span| &mut span.from),
        day("to", "Til", Some(menu), |span| &mut span.to),
        status_field(ctx, goal, id, &format!("indsats {number}")),
        reversed_note,
        choices,
        origin_line(ctx.app, move || origin.get()),
        remove
    );
    let deleted_notice =
        build_view(view! { <DeletedButChanged workspace record=goal.clone() entry=Some(path.clone())/> });
    markup!("<li>{}{}</li>", deleted_notice, margin.wrap(&path, "indsatsen", fields))
}

/// Builds the link to the practice that an initiative comes from. Empty for an initiative that comes from none.
pub(crate) fn origin_line(app: AppContext, origin: impl Fn() -> Option<Id> + 'static) -> BuiltView {
    dynamic_view(move || or_empty(origin().map(|origin| origin_link(app, &origin))))
}

/// Builds the select for the status of an initiative, with its open choices.
pub(crate) fn status_field(ctx: &AftaleContext, goal: &Id, id: &Id, about: &str) -> BuiltView {
    let path = Path::root("initiatives").child(id.as_str()).child("status");
    let choices = build_view(view! {
        <FieldExtras workspace=ctx.app.workspace record=goal.clone() path about=format!("status for {about}")/>
    });
    markup!("<div>{}{}</div>", overview::status_select(ctx, goal, id, format!("Status for {about}"), "goal"), choices)
}

fn span_in_words(value: &serde_json::Value) -> String {
    serde_json::from_value::<Span>(value.clone()).map(lines::span).unwrap_or_default()
}
