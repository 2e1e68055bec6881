//! The chapters of a report: the writers' own text, the order, and what is included.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlDetailsElement;

use crate::domain::fractional_index;
use crate::domain::id::Id;
use crate::domain::rapport::compose::{Chapter, ChapterItem, ChapterTopic, summarize_item};
use crate::domain::rapport::{Inclusion, ReportSection};
use crate::record::path::Path;

use super::{Composed, RapportContext, completion};
use crate::ui::kit::components::{DeletedButChanged, FieldExtras, FieldType};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, checkbox, dynamic_text, dynamic_view, on_click, or_empty};
use crate::ui::platform;

/// The ids of the unfolded chapters. They outlive the list, which is rebuilt when a chapter moves. The browser folds
/// and unfolds; this value only records the result, since setting the browser's state could race with its events.
pub(crate) type Unfolded = StoredValue<Vec<Id>>;

/// Unfolds a chapter: at once if it is in the page, otherwise when it is built.
pub(crate) fn unfold(unfolded: Unfolded, id: &Id) {
    remember(unfolded, id, true);
    let details = document().get_element_by_id(&format!("afsnit-{id}"));
    if let Some(details) = details.and_then(|details| details.dyn_into::<HtmlDetailsElement>().ok()) {
        details.set_open(true);
    }
}

/// Records whether a chapter is unfolded.
fn remember(unfolded: Unfolded, id: &Id, is_open: bool) {
    unfolded.update_value(|unfolded| {
        unfolded.retain(|unfolded_id| unfolded_id != id);
        if is_open {
            unfolded.push(id.clone());
        }
    });
}

/// Builds the page of a report.
pub(crate) fn page(ctx: &RapportContext) -> BuiltView {
    let composed = Composed::of(ctx);
    // Only ids, topics and their order, so that typing in a chapter does not rebuild the list.
    let order = Memo::new(move |_| {
        composed.chapters.with(|chapters| {
            chapters.iter().map(|chapter| (chapter.id.clone(), chapter.topic.clone())).collect::<Vec<_>>()
        })
    });
    let unfolded: Unfolded = StoredValue::new(Vec::new());
    let list = {
        let ctx = ctx.clone();
        dynamic_view(move || {
            let order = order.get();
            let rows: Vec<_> = order
                .iter()
                .enumerate()
                .map(|(index, (id, part))| chapter(&ctx, composed, unfolded, id, part, index, order.len()))
                .collect();
            markup!(r#"<ol class="chapters">{}</ol>"#, rows)
        })
    };
    let add_button = {
        let ctx = ctx.clone();
        button("Tilføj et eget afsnit", move || {
            let id = platform::ids::new_id();
            let last_order =
                composed.chapters.with_untracked(|chapters| chapters.last().map(|chapter| chapter.order.clone()));
            unfold(unfolded, &id);
            ctx.change(|report| {
                let order = Some(fractional_index::after(last_order.as_deref()));
                report.chapters.insert(id.clone(), ReportSection { order, ..ReportSection::default() });
            });
            inputs::focus_on(format!("{}-chapters-{id}-title", ctx.id));
        })
    };
    let title = {
        let ctx = ctx.clone();
        dynamic_text(move || {
            let title = ctx.body().title.0;
            if title.trim().is_empty() { format!("Kvalitetsrapport {}", ctx.cycle) } else { title }
        })
    };
    let subject = {
        let ctx = ctx.clone();
        dynamic_text(move || format!("Over {}", ctx.subject()))
    };
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow"><a href="#/rapport">Kvalitetsrapport</a> · {}</p>
            <h1>{}</h1>
            <p class="purpose">Vælg, hvad der er med, og i hvilken rækkefølge. Skriv jeres egne ord til hvert afsnit, uden navne eller initialer på børn. Resten følger det, I har skrevet andre steder.</p>
            <p class="buttons"><a class="button primary" href="{}">Se og udskriv</a><a class="button" href="{}">Gode historier</a></p>
        </header>
        <div>{}</div>
        <div class="report-layout">
            <div><h2>Afsnit</h2>{}<p class="buttons">{}</p></div>
            <aside aria-label="Om rapporten">{}</aside>
        </div>"##,
        subject,
        title,
        ctx.part(Some("udskrift")),
        ctx.part(Some("historier")),
        build_view(view! { <DeletedButChanged workspace=ctx.app.workspace record=ctx.id.clone()/> }),
        list,
        add_button,
        completion::completion(ctx, composed, unfolded)
    )
}

/// Builds a chapter, folded or unfolded. `index` is its position among `count` chapters.
#[allow(clippy::too_many_arguments, reason = "the chapter and its position in the list")]
fn chapter(
    ctx: &RapportContext,
    composed: Composed,
    unfolded: Unfolded,
    id: &Id,
    topic: &ChapterTopic,
    index: usize,
    count: usize,
) -> BuiltView {
    let composed_chapter = {
        let id = id.clone();
        Memo::new(move |_| composed.chapters.with(|chapters| chapters.iter().find(|chapter| chapter.id == id).cloned()))
    };
    let heading = topic.heading();
    let title = {
        let (ctx, id, heading) = (ctx.clone(), id.clone(), heading.clone());
        dynamic_text(move || {
            let title =
                ctx.body().chapters.get(&id).map(|section| section.title.0.trim().to_owned()).unwrap_or_default();
            if title.is_empty() { heading.clone() } else { title }
        })
    };
    let state =
        dynamic_text(move || composed_chapter.with(|chapter| chapter.as_ref().map(summary).unwrap_or_default()));
    let is_out = move || composed_chapter.with(|chapter| chapter.as_ref().is_some_and(|chapter| !chapter.is_included));
    let is_open = unfolded.with_value(|unfolded| unfolded.contains(id));
    let toggled_id = id.clone();
    let toggle = move |is_open: bool| remember(unfolded, &toggled_id, is_open);
    let path = Path::root("chapters").child(id.as_str());
    let help = match topic {
        ChapterTopic::Own => "",
        _ => "Lad feltet stå tomt, så bruges den foreslåede overskrift.",
    };
    let content = markup!(
        r#"<div class="chapter">{}<div class="buttons">{}{}</div>{}{}{}</div>"#,
        inclusion_checkbox(ctx, composed, id, &heading),
        move_button(ctx, composed, id, &heading, (index, count), true),
        move_button(ctx, composed, id, &heading, (index, count), false),
        ctx.text(path.child("title"), &format!("Overskrift: {heading}"), help, FieldType::Line),
        ctx.text(path.child("text"), &format!("Jeres egne ord: {heading}"), hint(topic), FieldType::Text),
        items(ctx, id, topic, composed_chapter)
    );
    build_view(view! {
        <li class:excluded=is_out>
            <details
                id=format!("afsnit-{id}")
                prop:open=is_open
                on:toggle:target=move |event| toggle(event.target().open())
            >
                <summary>
                    <span class="chapter-number">{format!("{}.", index + 1)}</span>
                    <span class="chapter-title">{title}</span>
                    <span class="help">{state}</span>
                </summary>
                {content}
            </details>
        </li>
    })
}

/// Summarises a chapter in Danish: how many items are included, and whether it has own text.
fn summary(chapter: &Chapter) -> String {
    if !chapter.is_included {
        return "ikke med".to_owned();
    }
    let included = chapter.items.iter().filter(|item| item.is_included).count();
    let (one, several) = match chapter.topic {
        ChapterTopic::Introduction | ChapterTopic::Own => ("", ""),
        // Beside themes there are the remarks of the forums.
        ChapterTopic::Themes => ("punkt", "punkter"),
        ChapterTopic::FoundPatterns => ("mønster", "mønstre"),
        ChapterTopic::Patterns(_) => ("indikator", "indikatorer"),
        ChapterTopic::Voices => ("tal", "tal"),
        ChapterTopic::Conversations => ("emne", "emner"),
        ChapterTopic::Effects => ("mål", "mål"),
        // Trials, prototypes and positive deviations.
        ChapterTopic::Practice => ("eksempel", "eksempler"),
        ChapterTopic::Stories => ("historie", "historier"),
        // A unit without an agreement has a line too.
        ChapterTopic::Agreements => ("linje", "linjer"),
    };
    let counted = match included {
        0 => String::new(),
        1 => format!("1 {one}"),
        more => format!("{more} {several}"),
    };
    let own_text = if chapter.text.is_empty() { String::new() } else { "egne ord".to_owned() };
    let parts: Vec<String> = [counted, own_text].into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "tomt endnu".to_owned() } else { parts.join(" · ") }
}

/// Returns the Danish hint for writing a chapter.
const fn hint(topic: &ChapterTopic) -> &'static str {
    match topic {
        ChapterTopic::Introduction => "Hvad handler de to år om, og hvem er rapporten til?",
        ChapterTopic::Themes => "Hvorfor blev det disse temaer, og hvor var forummerne uenige?",
        ChapterTopic::FoundPatterns => "Hvilke mønstre vejer tungest, og hvad overraskede jer?",
        ChapterTopic::Patterns(_) => "Hvad ser I i tallene, og hvad kan ligge bag?",
        ChapterTopic::Voices => "Hvad siger stemmerne, som tallene ikke viser?",
        ChapterTopic::Conversations => "Hvad går igen på tværs af samtalerne?",
        ChapterTopic::Effects => "Hvad gjorde forskellen, og hvordan ved I det?",
        ChapterTopic::Practice => "Hvad kan andre gøre på samme måde?",
        ChapterTopic::Stories => "Hvad er I stolte af?",
        ChapterTopic::Agreements => "Hvad er de enige om, og hvor er de forskellige?",
        ChapterTopic::Own => "",
    }
}

/// Builds the checkbox that includes a chapter in the report.
fn inclusion_checkbox(ctx: &RapportContext, composed: Composed, id: &Id, heading: &str) -> BuiltView {
    let read_id = id.clone();
    let is_in = move || {
        composed.chapters.with(|chapters| {
            chapters.iter().find(|chapter| chapter.id == read_id).is_some_and(|chapter| chapter.is_included)
        })
    };
    let path = Path::root("chapters").child(id.as_str()).child("shown");
    let choices = open_choices(ctx, path, format!("«{heading}» er med"));
    let (ctx, id) = (ctx.clone(), id.clone());
    let checkbox_view = checkbox(format!("«{heading}» er med i rapporten"), is_in, move |is_in| {
        ctx.change(|report| report.chapters.get_or_default(id.clone()).shown = Some(Inclusion::of(is_in)));
    });
    markup!("<div>{}{}</div>", checkbox_view, choices)
}

/// Builds the open choices under a checkbox.
fn open_choices(ctx: &RapportContext, path: Path, about: String) -> BuiltView {
    build_view(view! { <FieldExtras workspace=ctx.app.workspace record=ctx.id.clone() path about/> })
}

/// Builds the button that moves a chapter up or down. Empty where the chapter cannot move.
fn move_button(
    ctx: &RapportContext,
    composed: Composed,
    id: &Id,
    heading: &str,
    (index, count): (usize, usize),
    is_up: bool,
) -> BuiltView {
    if (is_up && index == 0) || (!is_up && index + 1 == count) {
        return build_view(());
    }
    let label = if is_up { "Flyt op" } else { "Flyt ned" };
    let button_id = format!("{}-{id}", if is_up { "op" } else { "ned" });
    let (ctx, id, focus_id) = (ctx.clone(), id.clone(), button_id.clone());
    let move_chapter = on_click(move || {
        let order = composed.chapters.with_untracked(|chapters| {
            let order_at = |index: Option<usize>| Some(chapters.get(index?)?.order.clone());
            // The new order value lies between the two chapters that become neighbours.
            let (before, behind) =
                if is_up { (index.checked_sub(2), index.checked_sub(1)) } else { (Some(index + 1), Some(index + 2)) };
            fractional_index::between(&order_at(before).unwrap_or_default(), order_at(behind).as_deref())
        });
        ctx.change(|report| report.chapters.get_or_default(id.clone()).order = Some(order));
        inputs::focus_on(focus_id.clone());
    });
    let name = format!("{label}: {heading}");
    build_view(
        view! { <button type="button" class="quiet" id=button_id aria-label=name on:click=move_chapter>{label}</button> },
    )
}

/// Builds the items of a chapter, each with a checkbox that includes it.
fn items(ctx: &RapportContext, id: &Id, topic: &ChapterTopic, chapter: Memo<Option<Chapter>>) -> BuiltView {
    let (ctx, id, topic) = (ctx.clone(), id.clone(), topic.clone());
    // Without what is ticked, so that a tick does not rebuild the list and take the focus from the checkbox.
    let listed = Memo::new(move |_| {
        chapter.with(|chapter| {
            let Some(chapter) = chapter else { return (String::new(), Vec::new()) };
            let item = |item: &ChapterItem| (item.id.clone(), item.name.clone(), summarize_item(item));
            (chapter.note.clone(), chapter.items.iter().map(item).collect::<Vec<_>>())
        })
    });
    dynamic_view(move || {
        let (note, items) = listed.get();
        let rows: Vec<_> = items
            .into_iter()
            .map(|(item_id, name, summary)| {
                let name = if name.is_empty() { "Uden overskrift".to_owned() } else { name };
                let choices = open_choices(&ctx, Path::root("items").child(item_id.as_str()), name.clone());
                let read_id = item_id.clone();
                let is_in = move || {
                    let is_ticked = |item: &ChapterItem| item.id == read_id && item.is_included;
                    chapter.with(|chapter| chapter.as_ref().is_some_and(|chapter| chapter.items.iter().any(is_ticked)))
                };
                let write_ctx = ctx.clone();
                let include = move |is_in: bool| {
                    write_ctx.change(|report| {
                        report.items.insert(item_id.clone(), Inclusion::of(is_in));
                    });
                };
                let checkbox_view = checkbox(name, is_in, include);
                markup!(r#"<li>{}<p class="help">{}</p>{}</li>"#, checkbox_view, summary, choices)
            })
            .collect();
        let list = (!rows.is_empty()).then(|| markup!(r#"<ul class="in-report">{}</ul>"#, rows));
        let note = (!note.is_empty()).then(|| markup!(r#"<p class="help">{}</p>"#, note));
        let stories_link = (topic == ChapterTopic::Stories)
            .then(|| markup!(r#"<p><a href="{}">Skriv historierne</a></p>"#, ctx.part(Some("historier"))));
        let remove_button = (topic == ChapterTopic::Own).then(|| {
            let (ctx, id) = (ctx.clone(), id.clone());
            button("Fjern afsnittet", move || ctx.change(|report| drop(report.chapters.remove(&id))))
        });
        markup!("<div>{}{}{}{}</div>", or_empty(note), or_empty(list), or_empty(stories_link), or_empty(remove_button))
    })
}
