//! What a thing hangs on and what hangs on it, as links that can be followed both ways.

use leptos::prelude::*;

use crate::domain::fundament::{Edition, Sort};
use crate::domain::id::Id;
use crate::domain::relations::{RelatedSort, RelatedThing, RelationMap, Relations};

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, on_click, or_empty};
use crate::ui::platform::focus::focus_after_navigation;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;

/// What is said where nothing is above a thing, and where nothing is below it.
type EmptyWords = (&'static str, &'static str);

/// The words for an item of the foundation, or an indicator.
const OF_ITEM: EmptyWords = ("Det hænger ikke på andet i fundamentet.", "Der hænger ikke noget på det endnu.");

/// Builds the part of a page with what its thing hangs on, and what hangs on it.
pub(crate) fn relations_part(app: AppContext, map: Memo<RelationMap>, id: &str, empty: EmptyWords) -> BuiltView {
    markup!(
        r#"<section class="part no-print"><h2>Sådan hænger det sammen</h2>{}</section>"#,
        relations(app, map, id, empty)
    )
}

/// Builds the part of the page of an indicator.
pub(crate) fn indicator_relations_part(app: AppContext, unit: &Id, id: &str) -> BuiltView {
    let unit = unit.clone();
    let unit = Memo::new(move |_| Some(unit.clone()));
    let map = queries::relations::map_of_unit(app, queries::relations::edition_with(id), unit);
    relations_part(app, map, id, OF_ITEM)
}

/// Builds what an item of an edition hangs on, and what hangs on it in the edition and in the current unit.
pub(crate) fn item_relations(app: AppContext, edition: &'static Edition, id: &str) -> BuiltView {
    let unit = Memo::new(move |_| app.unit());
    let no_unit = dynamic_view(move || {
        or_empty(unit.with(Option::is_none).then(|| {
            markup!(
                r##"<p class="help"><a href="#/enheder">Vælg en enhed</a>, så står jeres egne mål og jeres praksis her også.</p>"##
            )
        }))
    });
    let map = queries::relations::map_of_unit(app, Some(edition), unit);
    markup!("<div>{}{}</div>", relations(app, map, id, OF_ITEM), no_unit)
}

/// Builds what a thing hangs on, and what hangs on it.
pub(crate) fn relations(app: AppContext, map: Memo<RelationMap>, id: &str, empty: EmptyWords) -> BuiltView {
    let id = id.to_owned();
    let related = Memo::new(move |_| {
        let mut related = map.with(|map| map.relations(&id));
        // The page of a goal shows its initiatives itself.
        let is_own = |sort: &RelatedSort| matches!(sort, RelatedSort::Initiative { goal, .. } if goal.as_str() == id);
        related.local.retain(|local| !is_own(&local.thing.sort));
        related
    });
    dynamic_view(move || {
        let has_unit = app.unit().is_some();
        related.with(|related| both_sides(related, has_unit, empty))
    })
}

fn both_sides(related: &Relations, has_unit: bool, empty: EmptyWords) -> BuiltView {
    let mut up = related.up.iter().map(|thing| (thing, None::<&str>));
    let down = related.down.iter().map(|thing| (thing, None::<&str>));
    let mut below = down.chain(related.local.iter().map(|local| (&local.thing, local.through.as_deref())));
    markup!(
        r#"<div class="relations">{}{}</div>"#,
        side("Hænger på", &mut up, has_unit, empty.0),
        side("Hænger her", &mut below, has_unit, empty.1)
    )
}

/// Builds one side: links under the headings of their sorts.
fn side(
    label: &'static str,
    things: &mut dyn Iterator<Item = (&RelatedThing, Option<&str>)>,
    has_unit: bool,
    empty: &'static str,
) -> BuiltView {
    let mut groups: Vec<(&'static str, Vec<BuiltView>)> = Vec::new();
    for (thing, through) in things {
        let (heading, link) = (thing.sort.heading(), link(thing, through, has_unit));
        match groups.iter_mut().find(|(other, _)| *other == heading) {
            Some((_, links)) => links.push(link),
            None => groups.push((heading, vec![link])),
        }
    }
    if groups.is_empty() {
        return markup!(r#"<div><p class="relations-label">{}</p><p class="help">{}</p></div>"#, label, empty);
    }
    let groups = groups.into_iter().map(|(heading, links)| {
        markup!(r#"<div><dt>{}</dt><dd><ul class="relation-links">{}</ul></dd></div>"#, heading, links)
    });
    let groups: Vec<BuiltView> = groups.collect();
    markup!(r#"<div><p class="relations-label">{}</p><dl>{}</dl></div>"#, label, groups)
}

/// Builds the link to a thing, and says what the thing hangs through.
fn link(thing: &RelatedThing, through: Option<&str>, has_unit: bool) -> BuiltView {
    let (route, field) = target(thing, has_unit);
    let (address, name) = (route.to_string(), thing.name.clone());
    let go = on_click(move || {
        if let Some(field) = &field {
            focus_after_navigation(field.clone());
        }
    });
    let mut note = through.map(|through| format!("gennem {through}")).unwrap_or_default();
    if thing.is_past {
        note.push_str(if note.is_empty() { "tidligere aftale" } else { " · tidligere aftale" });
    }
    let note = (!note.is_empty()).then(|| markup!(r#"<span class="help">{}</span>"#, note));
    markup!("<li>{}{}</li>", build_view(view! { <a href=address on:click=go>{name}</a> }), note)
}

/// Returns the route to a thing, and the id of the field on that page that shows it, if it has no page of its own.
fn target(thing: &RelatedThing, has_unit: bool) -> (Route, Option<String>) {
    let id = thing.id.as_str();
    let goal_page = |aftale: &Option<Id>, goal: &str| Route::Aftale { id: aftale.clone(), part: Some(goal.to_owned()) };
    match &thing.sort {
        // The page of an indicator shows the figures of a unit.
        RelatedSort::Item { sort: Sort::Indicator, .. } if has_unit => (Route::Indikator(id.to_owned()), None),
        RelatedSort::Item { edition, .. } => (Route::item(edition, id), None),
        RelatedSort::Indicator => (Route::Indikator(id.to_owned()), None),
        RelatedSort::Theme => (Route::Datapakke { is_editing: false }, None),
        RelatedSort::Task { unit } => (unit.clone().map_or(Route::Enheder, Route::Enhed), Some(format!("{id}-title"))),
        RelatedSort::Goal { aftale } => (goal_page(aftale, id), None),
        RelatedSort::Initiative { aftale, goal } => {
            let own_id = id.strip_prefix(goal.as_str()).unwrap_or(id).trim_start_matches('.');
            (goal_page(aftale, goal.as_str()), Some(format!("{goal}-initiatives-{own_id}-text")))
        }
        RelatedSort::Practice(_) => (Id::parse(id).map_or(Route::Praksis, Route::Practice), None),
    }
}
