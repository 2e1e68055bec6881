//! The page for the meeting: one topic per screen in large type. Beside the questions is what is known: the figure,
//! what people say about it, and how far the goals are that hang on it. Arrow keys go to the next and the previous
//! topic.

use std::rc::Rc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::chart::line::{LineChart, line_chart};
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::midtvejs::{GoalCourse, Midtvejsstatus};
use crate::domain::samtale::Topic;
use crate::domain::samtale::evidence::{FigureTexts, GoalEvidence, MidtermEvidence, last_midterm};
use crate::domain::series_analysis::SeriesAnalysis;
use crate::domain::text::{UserText, to_lowercase_danish};
use crate::record::path::Path;

use super::SamtaleContext;
use super::prepare::{back, text};
use crate::ui::kit::components::{FieldType, Figure, no_names_note};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_text, dynamic_view, or_empty};
use crate::ui::pages::agreement::aftale::{AftaleContext, agreements_of_unit};
use crate::ui::platform;
use crate::ui::state::queries;
use crate::ui::state::queries::agreements;

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
        let unit_ctx = ctx.clone();
        markup!(
            r#"
            <div class="talk">
                <p class="eyebrow"><strong>{}</strong> · Emne {} af {} · {}</p>
                <h1>{}</h1>
                <div class="talk-beside">
                    <div class="talk-fields">{}{}{}{}{}</div>
                    <div class="talk-evidence">{}</div>
                    <div class="talk-steps no-print">
                        <nav class="buttons" aria-label="Emner">{}<a class="button primary" href="{}">{}</a>{}</nav>
                        <p class="help">Pil til højre og venstre går videre og tilbage, når du ikke skriver.</p>
                    </div>
                </div>
            </div>"#,
            dynamic_text(move || unit_ctx.unit_name()),
            (index + 1).to_string(),
            ids.len().to_string(),
            timer(),
            title,
            topic_field("state", "1. Rigets tilstand: hvordan ser det ud?"),
            topic_field("mechanisms", "2. Mekanismerne bag: hvorfor er det sådan?"),
            topic_field("ideas", "3. Mulige indsatser: hvad kunne vi gøre?"),
            topic_field("agreed", "Det aftaler vi"),
            no_names_note(),
            evidence(
                &ctx,
                id,
                untrack(&read_topic).indicator.as_ref(),
                dynamic_view(move || preparation(&read_topic()))
            ),
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

/// Builds what is known about the subject of a topic, and the preparation of both parties. A topic without an indicator
/// has no figure.
fn evidence(ctx: &SamtaleContext, topic: &Id, indicator: Option<&Id>, preparation: BuiltView) -> BuiltView {
    let found = indicator.and_then(|id| untrack(|| queries::figures::find_indicator(ctx.app, &ctx.unit, id.as_str())));
    let indicator = found.map(|(_, indicator)| indicator);
    let has_figure = indicator.is_some();
    let chart = indicator.as_ref().map(|indicator| figure(ctx, indicator));
    let (ctx, topic) = (ctx.clone(), topic.clone());
    let known = Memo::new(move |_| {
        let texts = indicator.as_ref().map(|indicator| figure_texts(&ctx, indicator)).unwrap_or_default();
        (texts, midterm(&ctx, &topic, indicator.as_ref()))
    });
    let words = dynamic_view(move || known.with(|(texts, midterm)| words(texts, midterm.as_ref())));
    let missing = dynamic_view(move || {
        let missing = || known.with(|(texts, midterm)| missing(texts, midterm.is_some()));
        or_empty(has_figure.then(missing).flatten())
    });
    markup!(r#"<div class="contents">{}<div class="talk-words">{}{}</div>{}</div>"#, chart, words, preparation, missing)
}

/// Builds the headline and the chart of an indicator.
fn figure(ctx: &SamtaleContext, indicator: &Indicator) -> BuiltView {
    let (app, unit, indicator) = (ctx.app, ctx.unit.clone(), indicator.clone());
    let analysis = Memo::new(move |_| queries::figures::analysis(app, &unit, &indicator));
    let svg = move || {
        analysis.with(|analysis| {
            if analysis.latest().is_none() {
                return String::new();
            }
            line_chart(&LineChart { analysis, events: &[], medians: &[], shows_full_axis: false })
        })
    };
    let caption = move || analysis.with(caption);
    markup!(
        r#"<p class="talk-headline">{}</p>{}"#,
        dynamic_text(move || analysis.with(SeriesAnalysis::headline)),
        build_view(view! { <Figure svg=Rc::new(svg) caption=Rc::new(caption)/> })
    )
}

/// Returns the caption of a chart: the measure, and whether the target is reached. Empty without figures.
fn caption(analysis: &SeriesAnalysis) -> String {
    if analysis.latest().is_none() {
        return String::new();
    }
    let measure = analysis.measure();
    let mut words = ["Måles i ", measure.danish()].concat();
    if let Some(target) = analysis.target_status() {
        words.push_str(" · ");
        words.push_str(&target.in_words(measure));
    }
    words
}

/// Returns the texts about the latest figure of an indicator.
fn figure_texts(ctx: &SamtaleContext, indicator: &Indicator) -> FigureTexts {
    let (app, unit) = (ctx.app, &ctx.unit);
    let series = queries::figures::series(app, unit, &indicator.id);
    let latest = SeriesAnalysis::of(indicator, &series, app.today.get()).latest().map(|point| point.period);
    let figure = latest.zip(queries::figures::series_id(unit, &indicator.id));
    let dialogue = figure.map(|(period, id)| queries::figures::dialogue(app, &id, period)).unwrap_or_default();
    let note = latest.and_then(|period| series.notes.get(&period));
    FigureTexts::of(&dialogue, note.map_or("", UserText::as_str))
}

/// Returns the last midterm status about the goals that hang on a topic: on its indicator, or on the theme that it is.
fn midterm(ctx: &SamtaleContext, topic: &Id, indicator: Option<&Indicator>) -> Option<MidtermEvidence> {
    let own_id = indicator.and_then(|indicator| Id::parse(&indicator.id));
    let with_status = |aftale: AftaleContext| {
        let status: Midtvejsstatus = ctx.app.body(Midtvejsstatus::id(&aftale.id).as_ref());
        (agreements::bundle(&aftale).goals, status)
    };
    let all: Vec<_> = agreements_of_unit(ctx.app, &ctx.unit).into_iter().map(with_status).collect();
    last_midterm(&all, own_id.as_ref().unwrap_or(topic))
}

/// Builds the texts about the latest figure, and the last midterm status.
fn words(texts: &FigureTexts, midterm: Option<&MidtermEvidence>) -> BuiltView {
    let rows: Vec<BuiltView> = texts
        .written
        .iter()
        .map(|(label, text)| markup!(r#"<div><dt>{}</dt><dd class="text">{}</dd></div>"#, *label, text.as_str()))
        .collect();
    let midterm = midterm.map(|midterm| {
        let day = midterm.finished.map(|day| format!(", {}", day.danish())).unwrap_or_default();
        let goals: Vec<BuiltView> = midterm.goals.iter().map(goal_status).collect();
        markup!(r#"<div><dt>Midtvejsstatus{}</dt><dd><ul class="talk-goals">{}</ul></dd></div>"#, day, goals)
    });
    if rows.is_empty() && midterm.is_none() {
        return build_view(());
    }
    markup!("<dl>{}{}</dl>", rows, midterm)
}

/// Builds the statement of a midterm status about a goal.
fn goal_status(status: &GoalEvidence) -> BuiltView {
    let course = status.course.map(GoalCourse::danish);
    let difference = status
        .difference
        .map(|difference| format!("Gjorde det en forskel? {}", to_lowercase_danish(difference.danish())));
    let facts: Vec<&str> = course.into_iter().chain(difference.as_deref()).collect();
    let facts = (!facts.is_empty()).then(|| markup!("<p>{}</p>", facts.join(" · ")));
    let signs = status.signs.as_str();
    let signs = (!signs.is_empty()).then(|| markup!(r#"<p class="text">Tegn, vi så: {}</p>"#, signs));
    let goal = if status.goal.is_empty() { "Mål uden tekst" } else { status.goal.as_str() };
    markup!("<li><p><strong>{}</strong></p>{}{}</li>", goal, facts, signs)
}

/// Says quietly what is not written about the figure of a topic. `None` if nothing is missing.
fn missing(texts: &FigureTexts, has_midterm: bool) -> Option<BuiltView> {
    let midterm = (!has_midterm).then_some("midtvejsstatus på et mål, der hænger på tallet");
    let missing: Vec<&str> = texts.missing.iter().copied().chain(midterm).collect();
    (!missing.is_empty()).then(|| markup!(r#"<p class="help">Ikke skrevet her endnu: {}.</p>"#, missing.join(", ")))
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
