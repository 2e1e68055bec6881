//! The good stories of units, rewritten in plain words for parents, children and staff.

use leptos::prelude::*;

use crate::domain::fractional_index;
use crate::domain::id::Id;
use crate::domain::rapport::sources::StoryCandidate;
use crate::domain::rapport::{Rapport, Story};
use crate::record::path::Path;

use super::{Composed, RapportContext};
use crate::ui::kit::components::FieldType;
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button, button_with_label, dynamic_view, on_click};
use crate::ui::platform;

/// Builds the page.
pub(crate) fn stories(ctx: &RapportContext) -> BuiltView {
    let composed = Composed::of(ctx);
    // Only the ids, so that typing in a story does not rebuild the list.
    let ids = {
        let ctx = ctx.clone();
        Memo::new(move |_| ctx.body().stories_in_order().into_iter().map(|(id, _)| id.clone()).collect::<Vec<_>>())
    };
    let list = {
        let ctx = ctx.clone();
        dynamic_view(move || {
            let ids = ids.get();
            if ids.is_empty() {
                return markup!(
                    r#"<p class="help">Ingen historier endnu. Tag en med fra det, enhederne har delt, eller skriv en selv.</p>"#
                );
            }
            let rows: Vec<_> = ids.iter().enumerate().map(|(index, id)| row(&ctx, &ids, id, index)).collect();
            markup!(r#"<ol class="stories">{}</ol>"#, rows)
        })
    };
    let add_button = {
        let ctx = ctx.clone();
        button("Skriv en historie", move || add_story(&ctx, &Story::default()))
    };
    let candidates_list = {
        let ctx = ctx.clone();
        dynamic_view(move || {
            let candidates = composed.outline.with(|report| composed.sources.with(|sources| sources.stories(report)));
            let rows: Vec<_> = candidates.iter().map(|candidate| candidate_row(&ctx, candidate)).collect();
            if rows.is_empty() {
                return markup!(
                    r#"<p class="help">Her kommer det, enhederne deler i midtvejsstatus, deres historier og de prøvehandlinger, de vil gøre mere af.</p>"#
                );
            }
            markup!(r#"<ul class="offered-stories">{}</ul>"#, rows)
        })
    };
    let greeting_field = |name: &str, label: &str, help| ctx.text(Path::root(name), label, help, FieldType::Text);
    markup!(
        r#"
        <header class="page-head">
            <p class="eyebrow"><a href="{}">Rapporten</a></p>
            <h1>Gode historier</h1>
            <p class="purpose">Skriv dem, så en forælder og et barn forstår dem: hvem gjorde hvad, og hvad blev bedre? Ingen navne eller initialer på børn. De står i rapporten og i et lille katalog for sig.</p>
            <p class="buttons"><a class="button primary" href="{}">Se kataloget</a></p>
        </header>
        <div class="report-layout">
            <div>
                <section class="part"><h2>Historierne</h2>{}<p class="buttons">{}</p></section>
                <section class="part"><h2>Fortalt af enhederne</h2>{}</section>
            </div>
            <aside aria-label="Kataloget"><section class="aside-section"><h2>Ord foran i kataloget</h2>{}{}{}</section></aside>
        </div>"#,
        ctx.part(None),
        ctx.part(Some("katalog")),
        list,
        add_button,
        candidates_list,
        greeting_field("to_parents", "Til forældre", "Hvad betyder det for jeres barn?"),
        greeting_field("to_children", "Til børn og unge", "Kort, og sagt direkte til dem."),
        greeting_field("to_staff", "Til medarbejdere", "Hvem kan I spørge, hvis I vil prøve det samme?")
    )
}

/// Adds a story after the last one and puts focus on its title.
fn add_story(ctx: &RapportContext, story: &Story) {
    let id = platform::ids::new_id();
    ctx.change(|report: &mut Rapport| {
        let last = report.stories_in_order().last().and_then(|(_, story)| story.order.clone());
        let order = Some(fractional_index::after(last.as_deref()));
        report.stories.insert(id.clone(), Story { order, ..story.clone() });
    });
    inputs::focus_on(format!("{}-stories-{id}-title", ctx.id));
}

/// Returns the id of the element of a story.
fn item_id(story: &Id) -> String {
    format!("historie-{story}")
}

/// Builds a pattern found in the units' records, with a button to take it into the report as a story.
fn candidate_row(ctx: &RapportContext, candidate: &StoryCandidate) -> BuiltView {
    let (ctx, pattern) = (ctx.clone(), candidate.clone());
    let name = format!("Tag med: {}", candidate.place);
    let take_in = on_click(move || {
        let StoryCandidate { origin, title, text, place } = &pattern;
        let story = Story {
            title: title.as_str().into(),
            text: text.as_str().into(),
            place: place.as_str().into(),
            origin: Some(origin.clone()),
            order: None,
        };
        add_story(&ctx, &story);
    });
    let title = if candidate.title.is_empty() { String::new() } else { format!(": {}", candidate.title) };
    markup!(
        r#"<li><div><h3>{}{}</h3><p class="text">{}</p></div>{}</li>"#,
        candidate.place.as_str(),
        title,
        candidate.text.as_str(),
        button_with_label("", "Tag med", name, take_in)
    )
}

/// Builds the fields of a story. `ids` are all stories in their order, `index` is the position of this one.
fn row(ctx: &RapportContext, ids: &[Id], id: &Id, index: usize) -> BuiltView {
    let path = Path::root("stories").child(id.as_str());
    let number = index + 1;
    let text = |name: &str, label: &str, sort| ctx.text(path.child(name), &format!("{label} {number}"), "", sort);
    let up_button = (index > 0).then(|| {
        let (ctx, story_id, ids) = (ctx.clone(), id.clone(), ids.to_vec());
        let move_up = on_click(move || {
            ctx.change(|report| {
                let orders: Vec<_> =
                    ids.iter().map(|id| report.stories.get(id).and_then(|story| story.order.clone())).collect();
                report.stories.get_or_default(story_id.clone()).order = Some(fractional_index::move_up(&orders, index));
            });
            // The list is rebuilt, and the button with it. A field would open the keyboard of a phone.
            inputs::focus_on(item_id(&story_id));
        });
        button_with_label("quiet", "Flyt op", format!("Flyt op: historie {number}"), move_up)
    });
    let (remove_ctx, story_id) = (ctx.clone(), id.clone());
    let beside = ids.get(index + 1).or_else(|| ids.get(index.checked_sub(1)?)).map(item_id);
    let remove = on_click(move || {
        remove_ctx.change(|report| drop(report.stories.remove(&story_id)));
        beside.clone().into_iter().for_each(inputs::focus_on);
    });
    markup!(
        r#"<li id="{}" tabindex="-1">{}{}{}<div class="buttons">{}{}</div></li>"#,
        item_id(id),
        text("title", "Overskrift på historie", FieldType::Line),
        text("text", "Historie", FieldType::Text),
        text("place", "Hvem fortæller historie", FieldType::Line),
        up_button,
        button_with_label("quiet", "Fjern", format!("Fjern historie {number}"), remove)
    )
}
