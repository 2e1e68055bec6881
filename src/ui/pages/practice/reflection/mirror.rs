//! The mirror at the end of a round: what it shows, what it could lead to, and where it stays.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::instrument::Answer;
use crate::domain::instrument::{Instrument, InstrumentItem};
use crate::domain::proevehandling::Proevehandling;
use crate::domain::reflection::Reflection;
use crate::exchange::scope::SharedPart;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::round::RoundContext;
use super::rounds;
use crate::ui::kit::components::{Choices, FieldType, RadioGroup, RecordText};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, button_with_class, dynamic_view, on_click, or_empty};
use crate::ui::pages::practice::trials::begin_trial;
use crate::ui::route::Route;

/// So many of the widest ways are named, and so many earlier rounds stand behind.
const FEW: usize = 3;

/// The mirror. What is typed in it does not build it anew.
pub(crate) fn mirror(writing: &RoundContext, go: impl Fn(usize) + Copy + 'static) -> BuiltView {
    let own = writing.instrument;
    let shown = writing.clone();
    // The answers alone: the words below are being typed.
    let answers = Memo::new(move |_| shown.body().answers);
    let earlier = earlier(writing);
    let profile = dynamic_view(move || {
        let answers = answers.get();
        let rows: Vec<BuiltView> = own
            .items
            .iter()
            .enumerate()
            .map(|(place, item)| {
                let behind: Vec<Answer> =
                    earlier.iter().filter_map(|round| round.answers.get(&item.id).copied()).collect();
                let name = format!("Ret {}: {}", place + 1, item.label);
                let change = build_view(view! {
                    <button type="button" class="row" aria-label=name on:click=on_click(move || go(place))></button>
                });
                row(own, item, answers.get(&item.id).copied().unwrap_or_default(), &behind, change)
            })
            .collect();
        let key = (!earlier.is_empty()).then(|| markup!(r#"<li><span class="dot ghost"></span> før</li>"#));
        markup!(
            r#"<ul class="key" aria-hidden="true"><li><span class="dot now"></span> nu</li><li><span class="dot wanted"></span> ønsket</li>{}</ul><ol class="profile">{}</ol>"#,
            or_empty(key),
            rows
        )
    });
    let widest = dynamic_view(move || widest(own, &Reflection { answers: answers.get(), ..Reflection::default() }));
    markup!(
        r#"
        <section class="step mirror">
            <h2 id="step" tabindex="-1">Sådan ser det ud</h2>
            {}
            {}
            {}
            {}
            {}
        </section>"#,
        build_view(view! { <div>{profile}</div> }),
        build_view(view! { <div>{widest}</div> }),
        prompt(writing),
        try_next(writing),
        keep(writing),
    )
}

/// The other rounds up to the day of this one, the latest first.
fn earlier(writing: &RoundContext) -> Vec<Reflection> {
    untrack(|| {
        let day = writing.body().date.unwrap_or_else(|| writing.desk.today.get());
        let others = rounds(writing.desk, Some(&writing.instrument.id)).into_iter().filter(|(id, _)| *id != writing.id);
        let earlier = others.map(|(_, round)| round).filter(|round| round.date.is_none_or(|own| own <= day));
        earlier.filter(|round| round.answered() > 0).take(FEW).collect()
    })
}

/// An item in the profile: where it is, where it is wished, and quietly where it was.
fn row(own: &Instrument, item: &InstrumentItem, answer: Answer, earlier: &[Answer], change: BuiltView) -> BuiltView {
    let place = |point: i8| point - own.form.points().start() + 1;
    let dot = |class: &str, point: Option<i8>| {
        point.map(|point| markup!(r#"<span class="dot {} at-{}"></span>"#, class, place(point).to_string()))
    };
    let way = answer.now.zip(answer.wanted).filter(|(now, wanted)| now != wanted).map(|(now, wanted)| {
        let (from, to) = (place(now.min(wanted)), place(now.max(wanted)));
        markup!(r#"<span class="way from-{} to-{}"></span>"#, from.to_string(), to.to_string())
    });
    let ghosts: Vec<BuiltView> = earlier.iter().filter_map(|round| dot("ghost", round.now)).collect();
    let (left, right) = match &item.poles {
        Some([left, right]) => (left.label.as_str(), right.label.as_str()),
        None => (item.label.as_str(), ""),
    };
    let points = if own.form.points().count() > 5 { "track seven" } else { "track" };
    markup!(
        r#"
        <li class="line">
            <span class="left">{}</span><span class="right">{}</span>
            <span class="{}" aria-hidden="true">{}{}{}{}</span>
            <span class="visually-hidden">{}</span>
            {}
        </li>"#,
        left,
        right,
        points,
        ghosts,
        or_empty(way),
        or_empty(dot("wanted", answer.wanted)),
        or_empty(dot("now", answer.now)),
        own.answer(item, answer),
        change
    )
}

/// Where it is furthest from now to wanted.
fn widest(own: &'static Instrument, round: &Reflection) -> BuiltView {
    let widest = round.widest(own.items.iter().map(|item| &item.id));
    let rows: Vec<BuiltView> = widest
        .into_iter()
        .take(FEW)
        .filter_map(|(id, _)| {
            let item = own.items.iter().find(|item| item.id == *id)?;
            let answer = round.answers.get(id)?;
            let (now, wanted) = (own.point(item, answer.now?), own.point(item, answer.wanted?));
            Some(markup!(
                r#"<li><strong>{}</strong><span class="help">{} → {}</span></li>"#,
                item.label.as_str(),
                now,
                wanted
            ))
        })
        .collect();
    if rows.is_empty() {
        return markup!(
            r#"<p class="help">Når du også siger, hvad du ønsker, ser du her, hvor der er længst imellem.</p>"#
        );
    }
    markup!(r#"<section class="part"><h2>Længst fra nu til ønsket</h2><ul class="rows">{}</ul></section>"#, rows)
}

/// Three questions, of which one is chosen.
pub(crate) fn prompt(writing: &RoundContext) -> BuiltView {
    let (shown, written, make) = (writing.clone(), writing.clone(), writing.clone());
    let value = move || shown.body().prompt.map(|prompt| usize::from(prompt.saturating_sub(1)));
    let on_pick = move |place: usize| {
        written.ensure();
        written.desk.workspace.edit::<Reflection>(&written.id, &mut Focus::default(), |body| {
            body.prompt = u8::try_from(place + 1).ok();
        });
    };
    let prompts = &writing.instrument.prompts;
    let in_words = move |chosen: &serde_json::Value| {
        let place = chosen.as_u64().and_then(|chosen| usize::try_from(chosen).ok()?.checked_sub(1));
        place.and_then(|place| prompts.get(place)).cloned().unwrap_or_default()
    };
    markup!(
        r#"<section class="part wide"><h2>Tænk videre</h2>{}</section>"#,
        build_view(view! {
            <RadioGroup
                id="prompt"
                legend="Vælg det spørgsmål, der siger dig mest"
                options=prompts.iter().map(String::as_str).collect()
                value=Rc::new(value)
                on_pick=Rc::new(on_pick)
            />
            <Choices
                workspace=writing.desk.workspace
                record=writing.id.clone()
                path=Path::root("prompt")
                about="spørgsmålet"
                name_of=Rc::new(in_words)
            />
            <RecordText
                workspace=writing.desk.workspace
                record=writing.id.clone()
                path=Path::root("reply")
                label="Dit svar"
                help="Ingen navne eller initialer på børn."
                sort=FieldType::Text
                make=Rc::new(move || make.ensure())
            />
        })
    )
}

/// One thing to try, and the way to make a trial of it.
pub(crate) fn try_next(writing: &RoundContext) -> BuiltView {
    let (make, begins) = (writing.clone(), writing.clone());
    let begin = move || {
        let idea = untrack(|| begins.body().try_next);
        let trial = Proevehandling { idea, origin: Some(begins.id.clone()), ..Proevehandling::default() };
        begin_trial(begins.desk, trial);
    };
    markup!(
        r#"
        <section class="part wide">
            <h2>Én ting at prøve</h2>
            {}
            <div class="buttons">{}</div>
            <p class="help">En prøvehandling er jeres fælles: den kan følge med i enhedens filer. Af refleksionen følger kun den linje med, du har skrevet her.</p>
        </section>"#,
        build_view(view! {
            <RecordText
                workspace=writing.desk.workspace
                record=writing.id.clone()
                path=Path::root("try_next")
                label="Det mindste skridt, der kunne gøre en forskel"
                help="Ingen navne eller initialer på børn."
                sort=FieldType::Text
                make=Rc::new(move || make.ensure())
            />
        }),
        button_with_class("primary", "Gør det til en prøvehandling", on_click(begin))
    )
}

/// Where the round stays, and what can be done with it.
pub(crate) fn keep(writing: &RoundContext) -> BuiltView {
    let (saved, deleted, own) = (writing.clone(), writing.clone(), writing.instrument);
    let save = move || {
        let part = SharedPart::Chosen { ids: vec![saved.id.clone()] };
        saved.desk.workspace.save_share_file(&own.title, "refleksion", part, "Refleksionen er stadig her på siden.");
    };
    let delete = move || {
        let workspace = deleted.desk.workspace;
        let author = workspace.author();
        workspace.change(&deleted.id, |record| record.delete(None, &author));
        workspace.save_now();
    };
    let there = writing.clone();
    let exists = Memo::new(move |_| there.desk.workspace.get(&there.id).is_some());
    let acts = dynamic_view(move || {
        let (save, delete) = (save.clone(), delete.clone());
        or_empty(exists.get().then(|| {
            markup!(
                r#"<div class="buttons">{}<a class="button" href="{}">Ny runde</a>{}</div>"#,
                button("Gem netop denne refleksion som fil", save),
                Route::Reflection { instrument: own.id.to_string(), id: None }.to_string(),
                button_with_class("quiet", "Slet refleksionen", on_click(delete))
            )
        }))
    });
    markup!(
        r#"
        <section class="part">
            <h2>Den er din</h2>
            <p>Refleksionen bliver i denne browser. Den er kun med i en fil, hvis du vælger netop den her, og i din egen sikkerhedskopi.</p>
            {}
        </section>"#,
        acts
    )
}
