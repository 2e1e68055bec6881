//! The card of a trial: what is tried and why, what is expected, and what came of it.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::instrument::instrument;
use crate::domain::period::Span;
use crate::domain::proevehandling::{Proevehandling, Tek, TrialNext};
use crate::domain::registry::Kind;
use crate::record::edit::Focus;
use crate::record::life::Life;
use crate::record::path::Path;

use super::{in_words, named};
use crate::ui::kit::components::{
    Choices, DeletedButChanged, Field, FieldEvent, FieldType, RadioGroup, RecordText, Scale, shared,
};
use crate::ui::kit::markup::markup;
use crate::ui::kit::origin::origin_link;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_class, dynamic_text, dynamic_view, on_click, or_empty,
};
use crate::ui::state::app_context::AppContext;

/// The texts of the card before the trial, and what helps to fill them in.
const BEFORE: [(&str, &str, &str); 5] = [
    (
        "context",
        "Hvad er situationen?",
        "Hvad undrer I jer over, eller hvad vil I gerne have mere af? Ingen navne eller initialer på børn.",
    ),
    ("idea", "Hvad vil I prøve?", "Så konkret, at en kollega kunne gøre det i morgen."),
    ("signs_of_progression", "Tegn på progression", "Hvad kan I se eller høre undervejs, hvis det virker?"),
    ("expected_effect", "Forventet effekt", "Hvad er blevet anderledes, når tiden er gået?"),
    ("stop_rule", "Hvornår stopper I før tid?", "Et tegn på, at det gør mere skade end gavn."),
];

/// The texts after it.
const AFTER: [(&str, &str, &str); 2] = [
    ("happened", "Hvad skete der?", "Det, I så og hørte. Ingen navne eller initialer på børn."),
    ("learned", "Hvad lærte I?", "Også det, der ikke gik, som I troede."),
];

/// The page of a trial.
#[component]
pub(crate) fn TrialPage(desk: AppContext, id: Id) -> BuiltView {
    let workspace = desk.workspace;
    let life = {
        let id = id.clone();
        Memo::new(move |_| {
            let record = workspace.get(&id).filter(|record| record.kind() == Some(Kind::Proevehandling))?;
            Some(record.life(None) == Life::Deleted)
        })
    };
    dynamic_view(move || match life.get() {
        None => markup!(
            r##"
            <header class="page-head">
                <h1>Prøvehandlingen er her ikke</h1>
                <p class="purpose">Den ligger ikke i denne browser. Har du den i en fil, så åbn filen; ellers find den blandt jeres egne.</p>
            </header>
            <p><a href="#/praksis">Til praksis</a></p>"##
        ),
        Some(true) => {
            let id = id.clone();
            let restore = move || {
                let author = workspace.author();
                workspace.change(&id, |record| record.restore(None, &author));
                workspace.save_now();
            };
            markup!(
                r##"
                <header class="page-head">
                    <h1>Prøvehandlingen er slettet</h1>
                    <p class="purpose">Den ligger i papirkurven med alt, hvad der stod i den.</p>
                    <div>{}</div>
                </header>
                <p><a href="#/praksis">Til praksis</a></p>"##,
                button_with_class("primary", "Hent den tilbage", on_click(restore))
            )
        }
        Some(false) => card(desk, &id),
    })
}

fn card(desk: AppContext, id: &Id) -> BuiltView {
    let workspace = desk.workspace;
    let text = |(name, label, help): (&str, &'static str, &'static str)| {
        let sort = if name == "title" { FieldType::Line } else { FieldType::Text };
        build_view(view! { <RecordText workspace record=id.clone() path=Path::root(name) label help sort/> })
    };
    let of = id.clone();
    let trial = move || desk.body::<Proevehandling>(Some(&of));
    let (title, state, from) = (trial.clone(), trial.clone(), trial.clone());
    let eyebrow = dynamic_text(move || {
        let trial = state();
        let days = trial.period.map(in_words).filter(|days| !days.is_empty());
        let state = trial.state(desk.today.get()).danish();
        days.map_or_else(|| state.to_owned(), |days| format!("{state} · {days}"))
    });
    let origin = Memo::new(move |_| from().origin);
    let delete = {
        let id = id.clone();
        move || {
            let author = workspace.author();
            workspace.change(&id, |record| record.delete(None, &author));
            workspace.save_now();
        }
    };
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow"><a href="#/praksis">Praksis</a> · {}</p>
            <h1>{}</h1>
            {}
        </header>
        <div>{}</div>
        <section class="part">
            <h2>Det vil vi prøve</h2>
            <div class="form">{}{}{}</div>
        </section>
        <section class="part"><h2>Trivsel, effektivitet, kvalitet</h2><p class="help">Hvad venter I, der sker med de tre hjørner? Når tiden er gået, ser I igen.</p><div class="tek">{}{}</div></section>
        <section class="part">
            <h2>Det kom der ud af det</h2>
            <div class="form">{}{}</div>
        </section>
        <section class="part">{}</section>
        <p class="part-end">{}</p>"##,
        eyebrow,
        dynamic_text(move || named(&title())),
        dynamic_view(move || or_empty(origin.get().map(|origin| origin_link(desk, &origin)))),
        build_view(view! { <DeletedButChanged workspace record=id.clone()/> }),
        text(("title", "Kort navn", "")),
        BEFORE.into_iter().map(text).collect::<Vec<_>>(),
        period(desk, id),
        tek(desk, id, "tek_before", "Før"),
        tek(desk, id, "tek_after", "Efter"),
        AFTER.into_iter().map(text).collect::<Vec<_>>(),
        next(desk, id),
        shared(workspace, id, "prøvehandlingen", || ()),
        button_with_class("quiet", "Slet prøvehandlingen", on_click(delete)),
    )
}

/// From when to when.
fn period(desk: AppContext, id: &Id) -> BuiltView {
    let ends: Vec<BuiltView> = [("from", "Første dag"), ("to", "Sidste dag")]
        .into_iter()
        .map(|(end, label)| {
            let error = RwSignal::new(None::<String>);
            let (of, to) = (id.clone(), id.clone());
            let span = move || desk.body::<Proevehandling>(Some(&of)).period.unwrap_or_default();
            let value = move || {
                let Span { from, to } = span();
                (if end == "from" { from } else { to }).map(|day| day.to_string()).unwrap_or_default()
            };
            let on_event = move |event: FieldEvent| {
                let FieldEvent::Typed(text) = event else { return };
                let day = Date::parse(&text);
                let is_wrong = day.is_none() && !text.is_empty();
                error.set(is_wrong.then(|| "Vælg en dag, for eksempel 15-03-2026.".to_owned()));
                if !is_wrong {
                    desk.workspace.edit::<Proevehandling>(&to, &mut Focus::default(), |trial| {
                        let span = trial.period.get_or_insert_default();
                        *(if end == "from" { &mut span.from } else { &mut span.to }) = day;
                    });
                }
            };
            build_view(view! {
                <Field id=format!("trial-{end}") label value=Rc::new(value) error sort=FieldType::Day on_event=Rc::new(on_event)/>
            })
        })
        .collect();
    let of = id.clone();
    let order = Memo::new(move |_| {
        let span = desk.body::<Proevehandling>(Some(&of)).period.unwrap_or_default();
        span.from.zip(span.to).is_some_and(|(from, to)| to < from)
    });
    let words = dynamic_view(move || {
        or_empty(
            order.get().then(|| markup!(r#"<p class="error" role="alert">Den sidste dag ligger før den første.</p>"#)),
        )
    });
    let choices = view! { <Choices workspace=desk.workspace record=id.clone() path=Path::root("period") about="periode" words=span_in_words/> };
    markup!(r#"<div class="days">{}</div><div>{}</div><div>{}</div>"#, ends, words, build_view(choices))
}

fn span_in_words(value: &serde_json::Value) -> String {
    serde_json::from_value(value.clone()).map(in_words).unwrap_or_default()
}

/// The three corners, weighed before or after.
fn tek(desk: AppContext, id: &Id, leaf: &'static str, legend: &'static str) -> BuiltView {
    let Some(instrument) = instrument("tek") else { return build_view(()) };
    let corners: Vec<BuiltView> = instrument
        .items
        .iter()
        .enumerate()
        .map(|(place, item)| {
            let points = instrument.form.points().map(|point| (point, instrument.point(item, point))).collect();
            let (of, to) = (id.clone(), id.clone());
            let value = move || {
                let mut trial = desk.body::<Proevehandling>(Some(&of));
                *leaf_of(&mut trial, leaf).get_or_insert_default().corners()[place].1
            };
            let on_pick = move |point: Option<i8>| {
                desk.workspace.edit::<Proevehandling>(&to, &mut Focus::default(), |trial| {
                    let tek = leaf_of(trial, leaf);
                    *tek.get_or_insert_default().corners()[place].1 = point;
                    // All empty is as if nobody had touched it.
                    if *tek == Some(Tek::default()) {
                        *tek = None;
                    }
                });
            };
            build_view(view! {
                <Scale
                    id=format!("{leaf}-{place}")
                    legend=format!("{legend}: {}", item.label)
                    points
                    class="steps"
                    value=Rc::new(value)
                    on_pick=Rc::new(on_pick)
                />
            })
        })
        .collect();
    let choices = view! { <Choices workspace=desk.workspace record=id.clone() path=Path::root(leaf) about="vægtning" words=tek_in_words/> };
    markup!(
        r#"<div class="corners"><h3 class="visually-hidden">{}</h3>{}<div>{}</div></div>"#,
        legend,
        corners,
        build_view(choices)
    )
}

fn leaf_of<'t>(trial: &'t mut Proevehandling, leaf: &str) -> &'t mut Option<Tek> {
    if leaf == "tek_before" { &mut trial.tek_before } else { &mut trial.tek_after }
}

fn tek_in_words(value: &serde_json::Value) -> String {
    let (Ok(mut tek), Some(instrument)) = (serde_json::from_value::<Tek>(value.clone()), instrument("tek")) else {
        return String::new();
    };
    let corners = tek.corners().map(|(id, point)| (id, *point));
    let words = corners
        .iter()
        .zip(&instrument.items)
        .filter_map(|((_, point), item)| Some(format!("{}: {}", item.label, instrument.point(item, (*point)?))));
    words.collect::<Vec<_>>().join(", ")
}

/// What comes next.
fn next(desk: AppContext, id: &Id) -> BuiltView {
    let (of, to, cleared) = (id.clone(), id.clone(), id.clone());
    let value = move || {
        let next = desk.body::<Proevehandling>(Some(&of)).next;
        TrialNext::ALL.iter().position(|own| Some(*own) == next)
    };
    let is_said = value.clone();
    let has_next = Memo::new(move |_| is_said().is_some());
    let set = move |id: &Id, next: Option<TrialNext>| {
        desk.workspace.edit::<Proevehandling>(id, &mut Focus::default(), |trial| trial.next = next);
        desk.workspace.save_now();
    };
    let choice = view! {
        <RadioGroup
            id="next"
            legend="Hvad nu?"
            options=TrialNext::ALL.map(TrialNext::danish).to_vec()
            value=Rc::new(value)
            on_pick=Rc::new(move |place: usize| set(&to, TrialNext::ALL.get(place).copied()))
        />
        <Choices workspace=desk.workspace record=id.clone() path=Path::root("next") about="næste skridt" words=next_in_words/>
    };
    let clear = dynamic_view(move || {
        let id = cleared.clone();
        or_empty(has_next.get().then(|| button("Det er ikke afgjort endnu", move || set(&id, None))))
    });
    markup!("<div>{}{}</div>", build_view(choice), clear)
}

fn next_in_words(value: &serde_json::Value) -> String {
    serde_json::from_value::<TrialNext>(value.clone()).map(|next| next.danish().to_owned()).unwrap_or_default()
}
