//! The chapters of a report: its writers' own words, their order, and what is in.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlDetailsElement;

use crate::domain::fractional_index;
use crate::domain::id::Id;
use crate::domain::rapport::compose::{Chapter, ChapterTopic, in_short};
use crate::domain::rapport::{Inclusion, ReportSection};
use crate::record::path::Path;

use super::{Composed, RapportContext, completion};
use crate::ui::kit::components::{Choices, DeletedButChanged, FieldType};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, checkbox, dynamic_text, dynamic_view, on_click, or_empty};
use crate::ui::platform;

/// The chapters that are unfolded: it outlives the list, which is built anew when a chapter moves. The browser folds and
/// unfolds, and this is told of it: what tells the browser back can race with what it tells.
pub(crate) type Unfolded = StoredValue<Vec<Id>>;

/// Unfolds a chapter: now, or as soon as it is there.
pub(crate) fn unfold(unfolded: Unfolded, id: &Id) {
    remember(unfolded, id, true);
    let details = document().get_element_by_id(&format!("afsnit-{id}"));
    if let Some(details) = details.and_then(|details| details.dyn_into::<HtmlDetailsElement>().ok()) {
        details.set_open(true);
    }
}

fn remember(unfolded: Unfolded, id: &Id, is_open: bool) {
    unfolded.update_value(|unfolded| {
        unfolded.retain(|own| own != id);
        if is_open {
            unfolded.push(id.clone());
        }
    });
}

/// The page of a report.
pub(crate) fn page(ctx: &RapportContext) -> BuiltView {
    let composed = Composed::of(ctx);
    // By the chapters and their order, and by nothing that is written in them.
    let order = Memo::new(move |_| {
        composed
            .chapters
            .with(|chapters| chapters.iter().map(|own| (own.id.clone(), own.part.clone())).collect::<Vec<_>>())
    });
    let unfolded: Unfolded = StoredValue::new(Vec::new());
    let list = {
        let ctx = ctx.clone();
        dynamic_view(move || {
            let order = order.get();
            let rows: Vec<_> = order
                .iter()
                .enumerate()
                .map(|(at, (id, part))| chapter(&ctx, composed, unfolded, id, part, at, order.len()))
                .collect();
            markup!(r#"<ol class="chapters">{}</ol>"#, rows)
        })
    };
    let add = {
        let ctx = ctx.clone();
        button("Tilføj et eget afsnit", move || {
            let id = platform::ids::mint();
            let before = composed.chapters.with_untracked(|chapters| chapters.last().map(|own| own.order.clone()));
            unfold(unfolded, &id);
            ctx.change(|report| {
                let place = Some(fractional_index::after(before.as_deref()));
                report.chapters.insert(id.clone(), ReportSection { order: place, ..ReportSection::default() });
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
    let over = {
        let ctx = ctx.clone();
        dynamic_text(move || format!("Over {}", ctx.over()))
    };
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow"><a href="#/rapport">Kvalitetsrapport</a> · {}</p>
            <h1>{}</h1>
            <p class="purpose">Vælg, hvad der er med, og i hvilken rækkefølge. Skriv jeres egne ord til hvert afsnit. Resten følger det, I har skrevet andre steder.</p>
            <p class="buttons"><a class="button primary" href="{}">Se og udskriv</a><a class="button" href="{}">Gode historier</a></p>
        </header>
        <div>{}</div>
        <div class="report-desk">
            <div><h2>Afsnit</h2>{}<p class="buttons">{}</p></div>
            <aside aria-label="Om rapporten">{}</aside>
        </div>"##,
        over,
        title,
        ctx.part(Some("udskrift")),
        ctx.part(Some("historier")),
        build_view(view! { <DeletedButChanged workspace=ctx.desk.workspace record=ctx.id.clone()/> }),
        list,
        add,
        completion::completion(ctx, composed, unfolded)
    )
}

/// A chapter, folded or not.
#[allow(clippy::too_many_arguments, reason = "a chapter among others")]
fn chapter(
    ctx: &RapportContext,
    composed: Composed,
    unfolded: Unfolded,
    id: &Id,
    part: &ChapterTopic,
    at: usize,
    all: usize,
) -> BuiltView {
    let own = {
        let id = id.clone();
        Memo::new(move |_| composed.chapters.with(|all| all.iter().find(|own| own.id == id).cloned()))
    };
    let heading = part.heading();
    let title = {
        let (ctx, id, heading) = (ctx.clone(), id.clone(), heading.clone());
        dynamic_text(move || {
            let title = ctx.body().chapters.get(&id).map(|own| own.title.0.trim().to_owned()).unwrap_or_default();
            if title.is_empty() { heading.clone() } else { title }
        })
    };
    let state = dynamic_text(move || own.with(|own| own.as_ref().map(in_words).unwrap_or_default()));
    let is_out = move || own.with(|own| own.as_ref().is_some_and(|own| !own.is_in));
    let is_open = unfolded.with_value(|unfolded| unfolded.contains(id));
    let toggled = id.clone();
    let toggle = move |is_open: bool| remember(unfolded, &toggled, is_open);
    let path = Path::root("chapters").child(id.as_str());
    let help = match part {
        ChapterTopic::Own => "",
        _ => "Lad feltet stå tomt, så bruges den foreslåede overskrift.",
    };
    let inner = markup!(
        r#"<div class="chapter">{}<div class="buttons">{}{}</div>{}{}{}</div>"#,
        shown(ctx, composed, id, &heading),
        mover(ctx, composed, id, &heading, (at, all), true),
        mover(ctx, composed, id, &heading, (at, all), false),
        ctx.text(path.child("title"), &format!("Overskrift: {heading}"), help, FieldType::Line),
        ctx.text(path.child("text"), &format!("Jeres egne ord: {heading}"), hint(part), FieldType::Text),
        items(ctx, id, part, own)
    );
    build_view(view! {
        <li class:out=is_out>
            <details
                id=format!("afsnit-{id}")
                prop:open=is_open
                on:toggle:target=move |event| toggle(event.target().open())
            >
                <summary>
                    <span class="number">{format!("{}.", at + 1)}</span>
                    <span class="title">{title}</span>
                    <span class="help">{state}</span>
                </summary>
                {inner}
            </details>
        </li>
    })
}

/// What there is of a chapter, in a few words.
fn in_words(chapter: &Chapter) -> String {
    if !chapter.is_in {
        return "ikke med".to_owned();
    }
    let shown = chapter.items.iter().filter(|item| item.is_in).count();
    let (one, several) = match chapter.part {
        ChapterTopic::Introduction | ChapterTopic::Own => ("", ""),
        ChapterTopic::Themes => ("tema", "temaer"),
        ChapterTopic::Patterns(_) => ("indikator", "indikatorer"),
        ChapterTopic::Conversations => ("emne", "emner"),
        ChapterTopic::Effects => ("mål", "mål"),
        ChapterTopic::Practice => ("prøvehandling", "prøvehandlinger"),
        ChapterTopic::Stories => ("historie", "historier"),
        ChapterTopic::Agreements => ("aftale", "aftaler"),
    };
    let counted = match shown {
        0 => String::new(),
        1 => format!("1 {one}"),
        more => format!("{more} {several}"),
    };
    let written = if chapter.words.is_empty() { String::new() } else { "egne ord".to_owned() };
    let parts: Vec<String> = [counted, written].into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "tomt endnu".to_owned() } else { parts.join(" · ") }
}

/// What helps to write a chapter.
const fn hint(part: &ChapterTopic) -> &'static str {
    match part {
        ChapterTopic::Introduction => "Hvad handler de to år om, og hvem er rapporten til?",
        ChapterTopic::Themes => "Hvorfor blev det disse temaer?",
        ChapterTopic::Patterns(_) => "Hvad ser I i tallene, og hvad kan ligge bag?",
        ChapterTopic::Conversations => "Hvad går igen på tværs af samtalerne?",
        ChapterTopic::Effects => "Hvad gjorde forskellen, og hvordan ved I det?",
        ChapterTopic::Practice => "Hvad kan andre gøre på samme måde?",
        ChapterTopic::Stories => "Hvad er I stolte af?",
        ChapterTopic::Agreements => "Hvad er de enige om, og hvor er de forskellige?",
        ChapterTopic::Own => "",
    }
}

/// Whether it is in the report.
fn shown(ctx: &RapportContext, composed: Composed, id: &Id, heading: &str) -> BuiltView {
    let read = id.clone();
    let is_in =
        move || composed.chapters.with(|all| all.iter().find(|own| own.id == read).is_some_and(|own| own.is_in));
    let path = Path::root("chapters").child(id.as_str()).child("shown");
    let choices = who(ctx, path, format!("«{heading}» er med"));
    let (ctx, id) = (ctx.clone(), id.clone());
    let tick = checkbox(format!("«{heading}» er med i rapporten"), is_in, move |is_in| {
        ctx.change(|report| report.chapters.get_or_default(id.clone()).shown = Some(Inclusion::of(is_in)));
    });
    markup!("<div>{}{}</div>", tick, choices)
}

/// What stands under a box.
fn who(ctx: &RapportContext, path: Path, about: String) -> BuiltView {
    build_view(view! { <Choices workspace=ctx.desk.workspace record=ctx.id.clone() path about/> })
}

/// Moves a chapter up or down.
fn mover(
    ctx: &RapportContext,
    composed: Composed,
    id: &Id,
    heading: &str,
    (at, all): (usize, usize),
    is_up: bool,
) -> BuiltView {
    if (is_up && at == 0) || (!is_up && at + 1 == all) {
        return build_view(());
    }
    let words = if is_up { "Flyt op" } else { "Flyt ned" };
    let button_id = format!("{}-{id}", if is_up { "op" } else { "ned" });
    let (ctx, id, focus) = (ctx.clone(), id.clone(), button_id.clone());
    let act = on_click(move || {
        let place = composed.chapters.with_untracked(|chapters| {
            let place = |at: Option<usize>| Some(chapters.get(at?)?.order.clone());
            // Between the two that it comes to lie between.
            let (before, behind) =
                if is_up { (at.checked_sub(2), at.checked_sub(1)) } else { (Some(at + 1), Some(at + 2)) };
            fractional_index::between(&place(before).unwrap_or_default(), place(behind).as_deref())
        });
        ctx.change(|report| report.chapters.get_or_default(id.clone()).order = Some(place));
        inputs::focus_on(focus.clone());
    });
    let name = format!("{words}: {heading}");
    build_view(view! { <button type="button" class="quiet" id=button_id aria-label=name on:click=act>{words}</button> })
}

/// What there is for a chapter, each with a box to tick.
fn items(ctx: &RapportContext, id: &Id, part: &ChapterTopic, own: Memo<Option<Chapter>>) -> BuiltView {
    let (ctx, id, part) = (ctx.clone(), id.clone(), part.clone());
    dynamic_view(move || {
        let items = own.with(|own| own.as_ref().map(|own| own.items.clone()).unwrap_or_default());
        let rows: Vec<_> = items
            .into_iter()
            .map(|item| {
                let (ctx, key, is_in) = (ctx.clone(), item.id.clone(), item.is_in);
                let name = if item.name.is_empty() { "Uden overskrift".to_owned() } else { item.name.clone() };
                let short = in_short(&item);
                let write = ctx.clone();
                let choose = move |is_in: bool| {
                    write.change(|report| {
                        report.items.insert(key.clone(), Inclusion::of(is_in));
                    });
                };
                let choices = who(&ctx, Path::root("items").child(item.id.as_str()), name.clone());
                let tick = checkbox(name, move || is_in, choose);
                markup!(r#"<li>{}<p class="help">{}</p>{}</li>"#, tick, short, choices)
            })
            .collect();
        let list = (!rows.is_empty()).then(|| markup!(r#"<ul class="in-report">{}</ul>"#, rows));
        let to_stories = (part == ChapterTopic::Stories)
            .then(|| markup!(r#"<p><a href="{}">Skriv historierne</a></p>"#, ctx.part(Some("historier"))));
        let to_remove = (part == ChapterTopic::Own).then(|| {
            let (ctx, id) = (ctx.clone(), id.clone());
            button("Fjern afsnittet", move || ctx.change(|report| drop(report.chapters.remove(&id))))
        });
        markup!("<div>{}{}{}</div>", or_empty(list), or_empty(to_stories), or_empty(to_remove))
    })
}
