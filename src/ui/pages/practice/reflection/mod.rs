//! Reflection alone: the instruments, the person's own rounds, and the way to a workshop.
//!
//! What a person writes here is theirs: the kind of record is private, and nothing of this page puts one into a file but
//! the button that says so.

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

pub(crate) use item::{heading, scale_of};
pub(crate) use round::{ReflectionPage, lead_to_step};
pub(crate) use weights::weighing;

/// The page of reflections.
#[component]
pub(crate) fn ReflectionsPage(desk: AppContext) -> BuiltView {
    let mut offered = instruments().iter();
    let first = offered.next().map(|own| {
        markup!(
            r#"
            <section class="part lead">
                <h2>{}</h2>
                <p>{}</p>
                <p class="help">Du placerer jeres praksis, som den er nu, og som du ønsker den. Til sidst ser du det hele samlet og kan vælge én ting at prøve.</p>
                <p><a class="button primary" href="{}">Begynd · cirka {} minutter</a></p>
            </section>"#,
            own.title.as_str(),
            own.about.as_str(),
            address(own),
            own.minutes.to_string()
        )
    });
    let others: Vec<BuiltView> = offered
        .map(|own| {
            markup!(
                r#"<li><a href="{}"><strong>{}</strong><span class="help">{} Cirka {} minutter.</span></a></li>"#,
                address(own),
                own.title.as_str(),
                own.about.as_str(),
                own.minutes.to_string()
            )
        })
        .collect();
    let rounds =
        dynamic_view(move || {
            let rounds = rounds(desk, None);
            let rows: Vec<BuiltView> = rounds.iter().filter_map(|(id, round)| row(id, round)).collect();
            or_empty((!rows.is_empty()).then(|| {
                markup!(r#"<section class="part"><h2>Dine runder</h2><ul class="units">{}</ul></section>"#, rows)
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
                <section class="part"><h2>Andre redskaber</h2><ul class="units">{}</ul></section>
                <section class="part">
                    <h2>Jeres egne redskaber</h2>
                    <p>Skriv de par eller udsagn, der betyder noget hos jer. De bruges som de andre, alene og i en workshop.</p>
                    <ul class="units">{}</ul>
                    <p><a class="button" href="#/redskab">Lav jeres eget redskab</a></p>
                </section>
                <section class="part">
                    <h2>Fra ord til handling</h2>
                    <p>Tag et udsagn fra synene ned til det, man kan se og høre jer gøre, og find på én ting at prøve.</p>
                    <ul class="units">{}</ul>
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
            let rows = instrument::all(desk).into_iter().map(|(id, own)| {
                let title = own.title.as_str().trim();
                markup!(
                    r#"<li><a href="{}"><strong>{}</strong><span class="help">{}</span></a></li>"#,
                    Route::OwnInstrument(Some(id)).to_string(),
                    if title.is_empty() { "Uden navn" } else { title },
                    if own.in_use.is_some() { "" } else { "Kladde" }
                )
            });
            build_view(rows.collect::<Vec<_>>())
        }),
        dynamic_view(move || {
            let rows = pyramid::all(desk).into_iter().map(|(id, statement)| {
                let words = if statement.is_empty() { "Uden udsagn".to_owned() } else { statement };
                markup!(r#"<li><a href="{}">{}</a></li>"#, Route::Pyramide(Some(id)).to_string(), words)
            });
            build_view(rows.collect::<Vec<_>>())
        }),
    )
}

fn address(instrument: &Instrument) -> String {
    Route::Reflection { instrument: instrument.id.to_string(), id: None }.to_string()
}

/// The person's rounds on an instrument, or on all, the latest first.
fn rounds(desk: AppContext, of: Option<&Id>) -> Vec<(Id, Reflection)> {
    let mut rounds: Vec<(Id, Reflection)> = desk
        .workspace
        .ids(Kind::Reflection)
        .into_iter()
        .filter_map(|id| {
            let round = desk.workspace.living(&id)?.view::<Reflection>().ok()?;
            (of.is_none() || round.instrument.as_ref() == of).then_some((id, round))
        })
        .collect();
    // Of the same day the one whose id is later, so that the order is the same everywhere.
    rounds.sort_by(|(id, one), (other_id, other)| (other.date, other_id).cmp(&(one.date, id)));
    rounds
}

fn row(id: &Id, round: &Reflection) -> Option<BuiltView> {
    let own = round.of()?;
    let route = Route::Reflection { instrument: own.id.to_string(), id: Some(id.clone()) };
    let day = round.date.map(Date::danish).unwrap_or_default();
    let answered = match own.form {
        Form::Weights => day,
        _ => format!("{day} · {} af {} besvaret", round.answered(), own.items.len()),
    };
    Some(markup!(
        r#"<li><a href="{}"><strong>{}</strong><span class="help">{}</span></a></li>"#,
        route.to_string(),
        own.title.as_str(),
        answered
    ))
}
