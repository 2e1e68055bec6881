//! The good stories: told by units, written again in plain words for parents, children and staff.

use leptos::prelude::*;

use crate::domain::fractional_index;
use crate::domain::id::Id;
use crate::domain::rapport::sources::ReportPattern;
use crate::domain::rapport::{Rapport, Story};
use crate::record::path::Path;

use super::{Composed, RapportContext};
use crate::ui::kit::components::FieldType;
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button, button_with_label, dynamic_view, on_click};
use crate::ui::platform;

/// The page.
pub(crate) fn stories(ctx: &RapportContext) -> BuiltView {
    let composed = Composed::of(ctx);
    // By the stories there are, and not by their words.
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
            let rows: Vec<_> = ids.iter().enumerate().map(|(at, id)| row(&ctx, &ids, id, at)).collect();
            markup!(r#"<ol class="stories">{}</ol>"#, rows)
        })
    };
    let add = {
        let ctx = ctx.clone();
        button("Skriv en historie", move || put(&ctx, &Story::default()))
    };
    let found = {
        let ctx = ctx.clone();
        dynamic_view(move || {
            let found = composed.outline.with(|report| composed.sources.with(|sources| sources.stories(report)));
            let rows: Vec<_> = found.iter().map(|found| offered(&ctx, found)).collect();
            if rows.is_empty() {
                return markup!(
                    r#"<p class="help">Her kommer det, enhederne deler i deres midtvejsstatus, og de prøvehandlinger, de vil gøre mere af.</p>"#
                );
            }
            markup!(r#"<ul class="offered">{}</ul>"#, rows)
        })
    };
    let greeting = |name: &str, label: &str, help| ctx.text(Path::root(name), label, help, FieldType::Text);
    markup!(
        r#"
        <header class="page-head">
            <p class="eyebrow"><a href="{}">Rapporten</a></p>
            <h1>Gode historier</h1>
            <p class="purpose">Skriv dem, så en forælder og et barn forstår dem: hvem gjorde hvad, og hvad blev bedre? De står i rapporten og i et lille katalog for sig.</p>
            <p class="buttons"><a class="button primary" href="{}">Se kataloget</a></p>
        </header>
        <div class="report-desk">
            <div>
                <section class="part"><h2>Historierne</h2>{}<p class="buttons">{}</p></section>
                <section class="part"><h2>Fortalt af enhederne</h2>{}</section>
            </div>
            <aside aria-label="Kataloget"><section class="side"><h2>Ord foran i kataloget</h2>{}{}{}</section></aside>
        </div>"#,
        ctx.part(None),
        ctx.part(Some("katalog")),
        list,
        add,
        found,
        greeting("to_parents", "Til forældre", "Hvad betyder det for jeres barn?"),
        greeting("to_children", "Til børn og unge", "Kort, og sagt direkte til dem."),
        greeting("to_staff", "Til medarbejdere", "Hvem kan I spørge, hvis I vil prøve det samme?")
    )
}

/// Puts a story last, and goes there.
fn put(ctx: &RapportContext, story: &Story) {
    let id = platform::ids::mint();
    ctx.change(|report: &mut Rapport| {
        let last = report.stories_in_order().last().and_then(|(_, story)| story.order.clone());
        let place = Some(fractional_index::after(last.as_deref()));
        report.stories.insert(id.clone(), Story { order: place, ..story.clone() });
    });
    inputs::focus_on(format!("{}-stories-{id}-title", ctx.id));
}

fn offered(ctx: &RapportContext, found: &ReportPattern) -> BuiltView {
    let (ctx, own) = (ctx.clone(), found.clone());
    let name = format!("Tag med: {}", found.place);
    let take = on_click(move || {
        let ReportPattern { origin, title, text, place } = &own;
        let story = Story {
            title: title.as_str().into(),
            text: text.as_str().into(),
            place: place.as_str().into(),
            origin: Some(origin.clone()),
            order: None,
        };
        put(&ctx, &story);
    });
    let title = if found.title.is_empty() { String::new() } else { format!(": {}", found.title) };
    markup!(
        r#"<li><div><h3>{}{}</h3><p class="text">{}</p></div>{}</li>"#,
        found.place.as_str(),
        title,
        found.text.as_str(),
        button_with_label("", "Tag med", name, take)
    )
}

fn row(ctx: &RapportContext, ids: &[Id], id: &Id, at: usize) -> BuiltView {
    let path = Path::root("stories").child(id.as_str());
    let number = at + 1;
    let text = |name: &str, label: &str, sort| ctx.text(path.child(name), &format!("{label} {number}"), "", sort);
    let up = (at > 0).then(|| {
        let (ctx, own, ids) = (ctx.clone(), id.clone(), ids.to_vec());
        let act = on_click(move || {
            ctx.change(|report| {
                let places: Vec<_> =
                    ids.iter().map(|id| report.stories.get(id).and_then(|story| story.order.clone())).collect();
                report.stories.get_or_default(own.clone()).order = Some(fractional_index::one_up(&places, at));
            });
        });
        button_with_label("quiet", "Flyt op", format!("Flyt op: historie {number}"), act)
    });
    let (own_ctx, own) = (ctx.clone(), id.clone());
    let off = on_click(move || own_ctx.change(|report| drop(report.stories.remove(&own))));
    markup!(
        r#"<li>{}{}{}<div class="buttons">{}{}</div></li>"#,
        text("title", "Overskrift på historie", FieldType::Line),
        text("text", "Historie", FieldType::Text),
        text("place", "Hvem fortæller historie", FieldType::Line),
        up,
        button_with_label("quiet", "Fjern", format!("Fjern historie {number}"), off)
    )
}
