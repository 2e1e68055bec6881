//! The card of a trial: its idea, what is expected, and what was learned.

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

use super::span_in_words;
use crate::ui::kit::components::{
    DeletedButChanged, FieldExtras, FieldType, OpenChoice, RadioGroup, RecordText, Scale, share_checkbox,
};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::origin::origin_link;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_class, dynamic_text, dynamic_view, on_click, or_empty,
};
use crate::ui::state::app_context::AppContext;

/// The texts before the trial: path, label and help of each.
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

/// The person or team responsible: path, label and help.
const RESPONSIBLE: (&str, &str, &str) =
    ("responsible", "Hvem er ansvarlig?", "En funktion eller navnet på en medarbejder, aldrig på et barn.");

/// The texts after the trial: path, label and help of each.
const AFTER: [(&str, &str, &str); 2] = [
    ("happened", "Hvad skete der?", "Det, I så og hørte. Ingen navne eller initialer på børn."),
    ("learned", "Hvad lærte I?", "Også det, der ikke gik, som I troede."),
];

/// The page of a trial.
#[component]
pub(crate) fn TrialPage(app: AppContext, id: Id) -> BuiltView {
    let workspace = app.workspace;
    // `None` where there is no such trial.
    let is_deleted = {
        let id = id.clone();
        Memo::new(move |_| {
            let record = workspace.get(&id).filter(|record| record.kind() == Some(Kind::Proevehandling))?;
            Some(record.life(None) == Life::Deleted)
        })
    };
    dynamic_view(move || match is_deleted.get() {
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
        Some(false) => card(app, &id),
    })
}

fn card(app: AppContext, id: &Id) -> BuiltView {
    let workspace = app.workspace;
    let field = |(name, label, help): (&str, &'static str, &'static str), sort: FieldType| {
        let path = Path::root(name);
        build_view(view! { <RecordText workspace record=id.clone() path label help sort/> })
    };
    let text = |names| field(names, FieldType::Text);
    let title = build_view(view! {
        <RecordText
            workspace
            record=id.clone()
            path=Path::root("title")
            label="Kort navn"
            required="Prøvehandlingen skal have et navn. Det gamle er gemt, indtil du skriver et nyt."
        />
    });
    let trial = {
        let id = id.clone();
        move || app.body::<Proevehandling>(Some(&id))
    };
    let (trial_of_title, trial_of_origin) = (trial.clone(), trial.clone());
    let eyebrow = dynamic_text(move || {
        let trial = trial();
        let days = trial.period.map(span_in_words).filter(|days| !days.is_empty());
        let state = trial.state(app.today.get()).danish();
        days.map_or_else(|| state.to_owned(), |days| format!("{state} · {days}"))
    });
    let origin = Memo::new(move |_| trial_of_origin().origin);
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
            <div class="form">{}{}{}{}</div>
        </section>
        <section class="part"><h2>Trivsel, effektivitet, kvalitet</h2><p class="help">Hvad venter I, der sker med de tre hjørner? Når tiden er gået, ser I igen.</p><div class="tek">{}{}</div></section>
        <section class="part">
            <h2>Det kom der ud af det</h2>
            <div class="form">{}{}</div>
        </section>
        <section class="part">{}</section>
        <p class="part-end">{}</p>"##,
        eyebrow,
        dynamic_text(move || trial_of_title().name()),
        dynamic_view(move || or_empty(origin.get().map(|origin| origin_link(app, &origin)))),
        build_view(view! { <DeletedButChanged workspace record=id.clone()/> }),
        title,
        BEFORE.into_iter().map(text).collect::<Vec<_>>(),
        field(RESPONSIBLE, FieldType::Line),
        period(app, id),
        tek(app, id, "tek_before", "Før"),
        tek(app, id, "tek_after", "Efter"),
        AFTER.into_iter().map(text).collect::<Vec<_>>(),
        next_choice(app, id),
        share_checkbox(workspace, id, "prøvehandlingen", || ()),
        button_with_class("quiet", "Slet prøvehandlingen", on_click(delete)),
    )
}

/// The fields for the first and the last day.
fn period(app: AppContext, id: &Id) -> BuiltView {
    let leaf = inputs::LeafInput { workspace: app.workspace, record: id.clone(), path: Path::root("period") };
    let menu = inputs::leaf_menu(&leaf, "periode", None);
    let day = |end: &'static str, label: &'static str, menu, day_mut: fn(&mut Span) -> &mut Option<Date>| {
        let (shown_id, edited_id) = (id.clone(), id.clone());
        let value = move || *day_mut(&mut app.body::<Proevehandling>(Some(&shown_id)).period.unwrap_or_default());
        let write = move |day, focus: &mut Focus| {
            app.workspace.edit::<Proevehandling>(&edited_id, focus, |trial| {
                *day_mut(trial.period.get_or_insert_default()) = day;
            });
        };
        inputs::day_input_with_menu(leaf.clone(), format!("trial-{end}"), label, menu, value, write)
    };
    let ends = vec![
        day("from", "Første dag", None, |span| &mut span.from),
        day("to", "Sidste dag", Some(menu), |span| &mut span.to),
    ];
    let shown_id = id.clone();
    let is_reversed = Memo::new(move |_| {
        let span = app.body::<Proevehandling>(Some(&shown_id)).period.unwrap_or_default();
        span.from.zip(span.to).is_some_and(|(from, to)| to < from)
    });
    let warning = dynamic_view(move || {
        or_empty(
            is_reversed
                .get()
                .then(|| markup!(r#"<p class="error" role="alert">Den sidste dag ligger før den første.</p>"#)),
        )
    });
    let choices = view! { <OpenChoice workspace=app.workspace record=id.clone() path=Path::root("period") about="periode" words=Some(span_value_in_words)/> };
    markup!(r#"<div class="trial-dates">{}</div><div>{}</div><div>{}</div>"#, ends, warning, build_view(choices))
}

/// A stored span in Danish; empty for a value that is none, as an open choice between values may contain.
fn span_value_in_words(value: &serde_json::Value) -> String {
    serde_json::from_value(value.clone()).map(span_in_words).unwrap_or_default()
}

/// The scales of the three corners (*trivsel, effektivitet, kvalitet*). `leaf` is `tek_before` or `tek_after`.
fn tek(app: AppContext, id: &Id, leaf: &'static str, legend: &'static str) -> BuiltView {
    let Some(instrument) = instrument("tek") else { return build_view(()) };
    let corners: Vec<BuiltView> = instrument
        .items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let points = instrument.form.points().map(|point| (point, instrument.point(item, point))).collect();
            let (shown_id, edited_id) = (id.clone(), id.clone());
            let value = move || {
                let mut trial = app.body::<Proevehandling>(Some(&shown_id));
                *tek_of(&mut trial, leaf).get_or_insert_default().corners()[index].1
            };
            let on_pick = move |point: Option<i8>| {
                app.workspace.edit::<Proevehandling>(&edited_id, &mut Focus::default(), |trial| {
                    let tek = tek_of(trial, leaf);
                    *tek.get_or_insert_default().corners()[index].1 = point;
                    // Three empty corners are stored as no value.
                    if *tek == Some(Tek::default()) {
                        *tek = None;
                    }
                });
            };
            build_view(view! {
                <Scale
                    id=format!("{leaf}-{index}")
                    legend=format!("{legend}: {}", item.label)
                    points
                    class="degrees"
                    value=Rc::new(value)
                    on_pick=Rc::new(on_pick)
                />
            })
        })
        .collect();
    let choices = view! { <FieldExtras workspace=app.workspace record=id.clone() path=Path::root(leaf) about="vægtning" words=tek_value_in_words/> };
    markup!(
        r#"<div class="corners"><h3 class="visually-hidden">{}</h3>{}<div>{}</div></div>"#,
        legend,
        corners,
        build_view(choices)
    )
}

fn tek_of<'t>(trial: &'t mut Proevehandling, leaf: &str) -> &'t mut Option<Tek> {
    if leaf == "tek_before" { &mut trial.tek_before } else { &mut trial.tek_after }
}

/// A stored weighing of the three corners in Danish; empty for a value that is none.
fn tek_value_in_words(value: &serde_json::Value) -> String {
    let (Ok(mut tek), Some(instrument)) = (serde_json::from_value::<Tek>(value.clone()), instrument("tek")) else {
        return String::new();
    };
    let corners = tek.corners().map(|(id, point)| (id, *point));
    let parts = corners
        .iter()
        .zip(&instrument.items)
        .filter_map(|((_, point), item)| Some(format!("{}: {}", item.label, instrument.point(item, (*point)?))));
    parts.collect::<Vec<_>>().join(", ")
}

/// The choice of what to do after the trial.
fn next_choice(app: AppContext, id: &Id) -> BuiltView {
    let (shown_id, edited_id, cleared_id) = (id.clone(), id.clone(), id.clone());
    let value = move || {
        let next = app.body::<Proevehandling>(Some(&shown_id)).next;
        TrialNext::ALL.iter().position(|option| Some(*option) == next)
    };
    let chosen = value.clone();
    let has_next = Memo::new(move |_| chosen().is_some());
    let set = move |id: &Id, next: Option<TrialNext>| {
        app.workspace.edit::<Proevehandling>(id, &mut Focus::default(), |trial| trial.next = next);
        app.workspace.save_now();
    };
    let choice = view! {
        <RadioGroup
            id="next"
            legend="Hvad nu?"
            options=TrialNext::ALL.map(TrialNext::danish).to_vec()
            value=Rc::new(value)
            on_pick=Rc::new(move |index: usize| set(&edited_id, TrialNext::ALL.get(index).copied()))
        />
        <FieldExtras workspace=app.workspace record=id.clone() path=Path::root("next") about="næste skridt" words=next_value_in_words/>
    };
    let clear = dynamic_view(move || {
        let id = cleared_id.clone();
        or_empty(has_next.get().then(|| button("Det er ikke afgjort endnu", move || set(&id, None))))
    });
    markup!("<div>{}{}</div>", build_view(choice), clear)
}

/// A stored next step in Danish; empty for a value that is none.
fn next_value_in_words(value: &serde_json::Value) -> String {
    serde_json::from_value::<TrialNext>(value.clone()).map(|next| next.danish().to_owned()).unwrap_or_default()
}
