//! A person's own reflection: the instruments, the person's rounds, and links to workshops.
//!
//! | file | purpose |
//! | --- | --- |
//! | `mod` | the list of instruments and rounds |
//! | `round` | a round: one item at a time, then the mirror |
//! | `item` | an item of a round, with its scales |
//! | `weights` | a round on an instrument of weights, all on one page |
//! | `mirror` | the end of a round: profile, questions, next step, file |
//!
//! # Invariants
//!
//! * What a person writes here is private. A round must never get into a file except through the button that saves it,
//!   or the person's own backup.

mod item;
mod mirror;
mod round;
mod weights;

use leptos::prelude::*;

use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::instrument::{Form, Instrument, instruments};
use crate::domain::reflection::Reflection;
use crate::domain::registry::Kind;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, or_empty};
use crate::ui::pages::practice::instrument;
use crate::ui::pages::practice::pyramid;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

pub(crate) use item::{answer_scale, heading};
pub(crate) use round::{ReflectionPage, focus_step};
pub(crate) use weights::weight_sliders;

/// The page of reflections.
#[component]
pub(crate) fn ReflectionsPage(app: AppContext) -> BuiltView {
    let mut offered = instruments().iter();
    let first = offered.next().map(|instrument| {
        markup!(
            r#"
            <section class="part lead">
                <h2>{}</h2>
                <p>{}</p>
                <p class="help">Du placerer jeres praksis, som den er nu, og som du ønsker den. Til sidst ser du det hele samlet og kan vælge én ting at prøve.</p>
                <p><a class="button primary" href="{}">Begynd · cirka {} minutter</a></p>
            </section>"#,
            instrument.title.as_str(),
            instrument.about.as_str(),
            address(instrument),
            instrument.minutes.to_string()
        )
    });
    let others: Vec<BuiltView> = offered
        .map(|instrument| {
            markup!(
                r#"<li><a href="{}"><strong>{}</strong><span class="help">{} Cirka {} minutter.</span></a></li>"#,
                address(instrument),
                instrument.title.as_str(),
                instrument.about.as_str(),
                instrument.minutes.to_string()
            )
        })
        .collect();
    let rounds = dynamic_view(move || {
        let rounds = rounds(app, None);
        let rows: Vec<BuiltView> = rounds.iter().filter_map(|(id, round)| round_row(id, round)).collect();
        or_empty((!rows.is_empty()).then(|| {
            markup!(r#"<section class="part"><h2>Dine runder</h2><ul class="link-list">{}</ul></section>"#, rows)
        }))
    });
    markup!(
        r##"
        <header class="page-head">
            <h1>Refleksion</h1>
            <p class="purpose">Se jeres praksis med ro, alene eller sammen. Det er frivilligt, og det er hverken APV eller trivselsmåling.</p>
        </header>
        <div class="beside">
            <div>{}{}</div>
            <div>
                <section class="part"><h2>Andre redskaber</h2><ul class="link-list">{}</ul></section>
                <section class="part">
                    <h2>Jeres egne redskaber</h2>
                    <p>Skriv de par eller udsagn, der betyder noget hos jer. De bruges som de andre, alene og i en workshop.</p>
                    <ul class="link-list">{}</ul>
                    <p><a class="button" href="#/redskab">Lav jeres eget redskab</a></p>
                </section>
                <section class="part">
                    <h2>Fra ord til handling</h2>
                    <p>Tag et udsagn fra synene ned til det, man kan se og høre jer gøre, og find på én ting at prøve.</p>
                    <ul class="link-list">{}</ul>
                    <p><a class="button" href="#/pyramide">Begynd med et udsagn</a></p>
                </section>
                <section class="part">
                    <h2>Sammen med andre</h2>
                    <p>Hold en workshop, hvor hver svarer på sin egen telefon, og I ser svarene samlet.</p>
                    <p><a class="button" href="#/workshop">Hold en workshop</a></p>
                    <p class="help">Har du fået et link eller en QR-kode til en workshop, så åbn den på din telefon.</p>
                </section>
            </div>
        </div>"##,
        first,
        rounds,
        others,
        dynamic_view(move || {
            let rows = instrument::own_instruments(app).into_iter().map(|(id, body)| {
                let title = body.title.as_str().trim();
                markup!(
                    r#"<li><a href="{}"><strong>{}</strong><span class="help">{}</span></a></li>"#,
                    Route::OwnInstrument(Some(id)).to_string(),
                    if title.is_empty() { "Uden navn" } else { title },
                    if body.in_use.is_some() { "" } else { "Kladde" }
                )
            });
            build_view(rows.collect::<Vec<_>>())
        }),
        dynamic_view(move || {
            let rows = pyramid::pyramids(app).into_iter().map(|(id, statement)| {
                let name = if statement.is_empty() { "Uden udsagn".to_owned() } else { statement };
                markup!(r#"<li><a href="{}">{}</a></li>"#, Route::Pyramide(Some(id)).to_string(), name)
            });
            build_view(rows.collect::<Vec<_>>())
        }),
    )
}

/// The address of a new round on an instrument.
fn address(instrument: &Instrument) -> String {
    Route::Reflection { instrument: instrument.id.to_string(), id: None }.to_string()
}

/// The person's rounds on an instrument, or on all instruments, the latest first.
fn rounds(app: AppContext, instrument: Option<&Id>) -> Vec<(Id, Reflection)> {
    let mut rounds: Vec<(Id, Reflection)> = app
        .workspace
        .ids(Kind::Reflection)
        .into_iter()
        .filter_map(|id| {
            // A record that passed `Record::check` can always be viewed.
            let round = app.workspace.get_unless_deleted(&id)?.view::<Reflection>().ok()?;
            (instrument.is_none() || round.instrument.as_ref() == instrument).then_some((id, round))
        })
        .collect();
    // Rounds of one day are sorted by id, so that the order is the same on every device.
    rounds.sort_by(|(id, round), (other_id, other)| (other.date, other_id).cmp(&(round.date, id)));
    rounds
}

/// A round in the list; `None` where its instrument is unknown here.
fn round_row(id: &Id, round: &Reflection) -> Option<BuiltView> {
    let instrument = round.of()?;
    let route = Route::Reflection { instrument: instrument.id.to_string(), id: Some(id.clone()) };
    let day = round.date.map(Date::danish).unwrap_or_default();
    let details = match instrument.form {
        Form::Weights => day,
        _ => format!("{day} · {} af {} besvaret", round.answered(), instrument.items.len()),
    };
    Some(markup!(
        r#"<li><a href="{}"><strong>{}</strong><span class="help">{}</span></a></li>"#,
        route.to_string(),
        instrument.title.as_str(),
        details
    ))
}
