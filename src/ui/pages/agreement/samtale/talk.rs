//! The page for the meeting: one topic per screen in large type, with the data beside the questions. Arrow keys go
//! to the next and the previous topic.

use std::rc::Rc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::chart::line::{LineChart, line_chart};
use crate::domain::id::Id;
use crate::domain::samtale::Topic;
use crate::record::path::Path;

use super::SamtaleContext;
use super::prepare::{back, text};
use crate::ui::kit::components::{FieldType, Figure, no_names_note};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_text, dynamic_view, or_empty};
use crate::ui::platform;
use crate::ui::state::queries;

/// Builds the screen of a topic, given its id.
pub(crate) fn topic(ctx: &SamtaleContext, topic: &str) -> BuiltView {
    let ids = {
        let ctx = ctx.clone();
        Memo::new(move |_| ctx.body().agenda().into_iter().map(|(id, _)| id.clone()).collect::<Vec<_>>())
    };
    let (ctx, topic) = (ctx.clone(), topic.to_owned());
    dynamic_view(move || {
        let ids = ids.get();
        let Some(index) = ids.iter().position(|id| id.as_str() == topic) else {
            return markup!(
                r#"
                <header class="page-head"><h1>Emnet er ikke på dagsordenen</h1></header>
                <p>{}</p>"#,
                back(&ctx)
            );
        };
        let id = &ids[index];
        let address =
            |index: Option<usize>| index.and_then(|index| ids.get(index)).map(|id| ctx.part(Some(id.as_str())));
        let before = address(index.checked_sub(1));
        let after = address(Some(index + 1)).unwrap_or_else(|| ctx.part(Some("referat")));
        navigate_by_arrow_keys(before.clone(), after.clone());
        let path = Path::root("topics").child(id.as_str());
        let topic_field = |name: &str, label: &str| text(&ctx, path.child(name), label, FieldType::Text);
        let read_ctx = ctx.clone();
        let topic_id = id.clone();
        let read_topic = move || read_ctx.body().topics.get(&topic_id).cloned().unwrap_or_default();
        let title = {
            let read_topic = read_topic.clone();
            dynamic_text(move || {
                let title = read_topic().title.0;
                if title.trim().is_empty() { "Emne uden navn".to_owned() } else { title }
            })
        };
        markup!(
            r#"
            <div class="talk">
                <p class="eyebrow">Emne {} af {} · {}</p>
                <h1>{}</h1>
                <div class="talk-beside">
                    <div class="talk-fields">{}{}{}{}{}</div>
                    <div class="talk-evidence">{}{}</div>
                </div>
                <nav class="buttons no-print" aria-label="Emner">{}<a class="button primary" href="{}">{}</a>{}</nav>
                <p class="help no-print">Pil til højre og venstre går videre og tilbage, når du ikke skriver.</p>
            </div>"#,
            (index + 1).to_string(),
            ids.len().to_string(),
            timer(),
            title,
            topic_field("state", "1. Rigets tilstand: hvordan ser det ud?"),
            topic_field("mechanisms", "2. Mekanismerne bag: hvorfor er det sådan?"),
            topic_field("ideas", "3. Mulige indsatser: hvad kunne vi gøre?"),
            topic_field("agreed", "Det aftaler vi"),
            no_names_note(),
            evidence(&ctx, untrack(&read_topic).indicator.as_ref()),
            dynamic_view(move || preparation(&read_topic())),
            before.map(|before| markup!(r#"<a class="button" href="{}">Forrige</a>"#, before)),
            after,
            if index + 1 < ids.len() { "Næste emne" } else { "Til opsamlingen" },
            back(&ctx)
        )
    })
}

/// Builds the preparation of both parties for a topic.
fn preparation(topic: &Topic) -> BuiltView {
    let texts = [("Lederen", &topic.leader), ("Modparten", &topic.counterpart)];
    let rows: Vec<_> = texts
        .into_iter()
        .filter(|(_, text)| !text.as_str().trim().is_empty())
        .map(|(party, text)| {
            markup!(r#"<div><dt>{} har forberedt</dt><dd class="text">{}</dd></div>"#, party, text.as_str())
        })
        .collect();
    or_empty((!rows.is_empty()).then(|| markup!(r"<dl>{}</dl>", rows)))
}

/// Builds the chart of the topic's indicator. Empty if the topic has none.
fn evidence(ctx: &SamtaleContext, indicator: Option<&Id>) -> BuiltView {
    let Some(id) = indicator else { return build_view(()) };
    let found = untrack(|| queries::figures::find_indicator(ctx.app, &ctx.unit, id.as_str()));
    let Some((_, indicator)) = found else { return build_view(()) };
    let (app, unit) = (ctx.app, ctx.unit.clone());
    let analysis = move || queries::figures::analysis(app, &unit, &indicator);
    let chart_analysis = analysis.clone();
    let svg = move || {
        let analysis = chart_analysis();
        if analysis.latest().is_some() {
            line_chart(&LineChart { analysis: &analysis, events: &[], medians: &[], shows_full_axis: false })
        } else {
            String::new()
        }
    };
    build_view(view! { <Figure svg=Rc::new(svg) caption=Rc::new(move || analysis().headline())/> })
}

/// Builds the text that says for how many minutes the topic has been on screen.
fn timer() -> BuiltView {
    let start = platform::clock::now().seconds();
    let minutes = RwSignal::new(0i64);
    let interval = set_interval_with_handle(
        move || {
            minutes.try_set((platform::clock::now().seconds() - start) / 60);
        },
        Duration::from_secs(5),
    );
    on_cleanup(move || {
        if let Ok(interval) = interval {
            interval.clear();
        }
    });
    dynamic_text(move || match minutes.get() {
        0 => "lige begyndt".to_owned(),
        1 => "1 minut".to_owned(),
        more => format!("{more} minutter"),
    })
}

/// Navigates by the arrow keys, except while an input has focus or a modifier key is held.
fn navigate_by_arrow_keys(before: Option<String>, after: String) {
    let listener = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let is_typing = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|target| matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"));
        let has_no_modifier = !(event.ctrl_key() || event.alt_key() || event.meta_key());
        match event.key().as_str() {
            "ArrowRight" if !is_typing && has_no_modifier => platform::navigation::go_to(&after),
            "ArrowLeft" if !is_typing && has_no_modifier => {
                if let Some(before) = &before {
                    platform::navigation::go_to(before);
                }
            }
            _ => {}
        }
    });
    on_cleanup(move || listener.remove());
}
