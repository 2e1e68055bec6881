//! The conversation held: one topic a screen, big, with the data beside the question. One writes; arrow keys go on.

use std::rc::Rc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::chart::line::{LineChart, line};
use crate::domain::id::Id;
use crate::domain::samtale::Topic;
use crate::record::path::Path;

use super::SamtaleContext;
use super::prepare::{back, text};
use crate::ui::kit::components::{FieldType, Figure};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_text, dynamic_view, or_empty};
use crate::ui::platform;
use crate::ui::state::queries;

/// A topic, by its id.
pub(crate) fn topic(talk: &SamtaleContext, topic: &str) -> BuiltView {
    let ids = {
        let talk = talk.clone();
        Memo::new(move |_| talk.body().agenda().into_iter().map(|(id, _)| id.clone()).collect::<Vec<_>>())
    };
    let (talk, topic) = (talk.clone(), topic.to_owned());
    dynamic_view(move || {
        let ids = ids.get();
        let Some(place) = ids.iter().position(|id| id.as_str() == topic) else {
            return markup!(
                r#"
                <header class="page-head"><h1>Emnet er ikke på dagsordenen</h1></header>
                <p>{}</p>"#,
                back(&talk)
            );
        };
        let id = &ids[place];
        let address =
            |place: Option<usize>| place.and_then(|place| ids.get(place)).map(|id| talk.part(Some(id.as_str())));
        let before = address(place.checked_sub(1));
        let after = address(Some(place + 1)).unwrap_or_else(|| talk.part(Some("referat")));
        by_keys(before.clone(), after.clone());
        let path = Path::root("topics").child(id.as_str());
        let move_on = |name: &str, label: &str| text(&talk, path.child(name), label, FieldType::Text);
        let read = talk.clone();
        let own = id.clone();
        let of = move || read.body().topics.get(&own).cloned().unwrap_or_default();
        let title = {
            let of = of.clone();
            dynamic_text(move || {
                let title = of().title.0;
                if title.trim().is_empty() { "Emne uden navn".to_owned() } else { title }
            })
        };
        markup!(
            r#"
            <div class="talk">
                <p class="eyebrow">Emne {} af {} · {}</p>
                <h1>{}</h1>
                <div class="talk-beside">
                    <div class="moves">{}{}{}{}</div>
                    <div class="evidence">{}{}</div>
                </div>
                <nav class="buttons no-print" aria-label="Emner">{}<a class="button primary" href="{}">{}</a>{}</nav>
                <p class="help no-print">Pil til højre og venstre går videre og tilbage, når du ikke skriver.</p>
            </div>"#,
            (place + 1).to_string(),
            ids.len().to_string(),
            timer(),
            title,
            move_on("state", "1. Rigets tilstand: hvordan ser det ud?"),
            move_on("mechanisms", "2. Mekanismerne bag: hvorfor er det sådan?"),
            move_on("ideas", "3. Mulige indsatser: hvad kunne vi gøre?"),
            move_on("agreed", "Det aftaler vi"),
            evidence(&talk, untrack(&of).indicator.as_ref()),
            dynamic_view(move || prepared(&of())),
            before.map(|before| markup!(r#"<a class="button" href="{}">Forrige</a>"#, before)),
            after,
            if place + 1 < ids.len() { "Næste emne" } else { "Til opsamlingen" },
            back(&talk)
        )
    })
}

/// What both have prepared for the topic.
fn prepared(topic: &Topic) -> BuiltView {
    let words = [("Lederen", &topic.leader), ("Modparten", &topic.counterpart)];
    let rows: Vec<_> = words
        .into_iter()
        .filter(|(_, text)| !text.as_str().trim().is_empty())
        .map(|(who, text)| {
            markup!(r#"<div><dt>{} har forberedt</dt><dd class="text">{}</dd></div>"#, who, text.as_str())
        })
        .collect();
    or_empty((!rows.is_empty()).then(|| markup!(r"<dl>{}</dl>", rows)))
}

/// The figures of the topic's indicator.
fn evidence(talk: &SamtaleContext, indicator: Option<&Id>) -> BuiltView {
    let Some(id) = indicator else { return build_view(()) };
    let found = untrack(|| queries::figures::find_indicator(talk.desk, &talk.unit, id.as_str()));
    let Some((_, indicator)) = found else { return build_view(()) };
    let (desk, unit) = (talk.desk, talk.unit.clone());
    let reading = move || queries::figures::analysis(desk, &unit, &indicator);
    let drawn = reading.clone();
    let svg = move || {
        let reading = drawn();
        if reading.latest().is_some() {
            line(&LineChart { reading: &reading, events: &[], medians: &[], is_whole: false })
        } else {
            String::new()
        }
    };
    build_view(view! { <Figure svg=Rc::new(svg) caption=Rc::new(move || reading().headline())/> })
}

/// How long the topic has been talked about.
fn timer() -> BuiltView {
    let begun = platform::clock::now().seconds();
    let minutes = RwSignal::new(0i64);
    let ticking = set_interval_with_handle(
        move || {
            minutes.try_set((platform::clock::now().seconds() - begun) / 60);
        },
        Duration::from_secs(5),
    );
    on_cleanup(move || {
        if let Ok(ticking) = ticking {
            ticking.clear();
        }
    });
    dynamic_text(move || match minutes.get() {
        0 => "lige begyndt".to_owned(),
        1 => "1 minut".to_owned(),
        more => format!("{more} minutter"),
    })
}

/// Goes on and back by the arrow keys, but where one writes.
fn by_keys(before: Option<String>, after: String) {
    let listener = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let writes = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|target| matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"));
        let is_alone = !(event.ctrl_key() || event.alt_key() || event.meta_key());
        match event.key().as_str() {
            "ArrowRight" if !writes && is_alone => platform::navigation::go_to(&after),
            "ArrowLeft" if !writes && is_alone => {
                if let Some(before) = &before {
                    platform::navigation::go_to(before);
                }
            }
            _ => {}
        }
    });
    on_cleanup(move || listener.remove());
}
