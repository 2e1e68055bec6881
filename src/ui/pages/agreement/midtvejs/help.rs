//! The help that units ask for: what other units offer that fits, and the offers that are made at the meeting.

use leptos::prelude::*;

use crate::domain::help_match::fitting_offers;
use crate::domain::id::Id;
use crate::domain::midtvejs::UnitMidtvejs;
use crate::record::Record;
use crate::record::leaf::Leaf;
use crate::record::path::Path;
use crate::record::value::LeafValue;

use super::fields::{delete_button, text, unit_field, write};
use super::{MeetingContext, unit_name};
use crate::ui::kit::components::{DeletedButChanged, FieldType, OpenChoice, no_names_note};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_text, dynamic_view, on_click, or_empty};
use crate::ui::platform;

/// A unit that asks for help, or that was offered help without asking.
#[derive(Clone, Debug, PartialEq)]
struct HelpRequest {
    unit: Id,
    name: String,
    /// What the unit asks for; empty if nobody in this browser knows.
    text: String,
    fitting: Vec<FittingOffer>,
}

/// What another unit offers in its status, and the words that fit a request.
#[derive(Clone, Debug, PartialEq)]
struct FittingOffer {
    unit: String,
    text: String,
    words: String,
}

/// Builds the section of requests and offers.
pub(super) fn help(ctx: &MeetingContext, statuses: Memo<Vec<UnitMidtvejs>>) -> BuiltView {
    // Only what the rows show of the statuses, so that typing in an offer rebuilds none.
    let requests = {
        let ctx = ctx.clone();
        Memo::new(move |_| statuses.with(|statuses| collect_requests(&ctx, statuses)))
    };
    let ctx = ctx.clone();
    let rows = dynamic_view(move || {
        let rows: Vec<_> =
            requests.with(|requests| requests.iter().map(|request| request_row(&ctx, request)).collect());
        if rows.is_empty() {
            return markup!(
                r#"<p class="help">Ingen enhed beder om hjælp endnu. Det skriver den i sin midtvejsstatus.</p>"#
            );
        }
        markup!(r#"<div>{}<ul class="help-requests">{}</ul></div>"#, no_names_note(), rows)
    });
    markup!(r#"<section class="part"><h2>Hjælp</h2>{}</section>"#, rows)
}

/// Collects the units that ask for help, in the order of the statuses, and then those that were offered help without
/// asking.
fn collect_requests(ctx: &MeetingContext, statuses: &[UnitMidtvejs]) -> Vec<HelpRequest> {
    let workspace = ctx.app.workspace;
    let unit_of = |status: &UnitMidtvejs| {
        let unit = status.bundle.head.unit.as_ref();
        unit.map(|unit| workspace.representative_id(unit))
    };
    let mut requests: Vec<HelpRequest> = Vec::new();
    for asking in statuses.iter().filter(|asking| !asking.status.asks.as_str().trim().is_empty()) {
        let Some(unit) = unit_of(asking) else { continue };
        let offering: Vec<&UnitMidtvejs> =
            statuses.iter().filter(|offering| unit_of(offering).as_ref() != Some(&unit)).collect();
        requests.push(HelpRequest {
            name: asking.bundle.unit.clone(),
            text: asking.status.asks.0.clone(),
            fitting: fitting(asking.status.asks.as_str(), &offering),
            unit,
        });
    }
    for unit in ctx.body().offers_in_order().into_iter().filter_map(|(_, offer)| offer.to.clone()) {
        if !requests.iter().any(|request| ctx.is_same_unit(&request.unit, &unit)) {
            let name = unit_name(ctx.app, &unit);
            requests.push(HelpRequest { unit, name, text: String::new(), fitting: Vec::new() });
        }
    }
    requests
}

/// Returns what the other units offer that fits a request.
fn fitting(request: &str, offering: &[&UnitMidtvejs]) -> Vec<FittingOffer> {
    let texts: Vec<&str> = offering.iter().map(|unit| unit.status.offers.as_str()).collect();
    let found = fitting_offers(request, &texts).into_iter();
    found
        .filter_map(|fit| {
            let unit = offering.get(fit.offer)?;
            Some(FittingOffer {
                unit: unit.bundle.unit.clone(),
                text: unit.status.offers.0.clone(),
                words: fit.words.join(", "),
            })
        })
        .collect()
}

/// Builds a request with what fits it, and the offers that are made.
fn request_row(ctx: &MeetingContext, request: &HelpRequest) -> BuiltView {
    let HelpRequest { unit, name, text, fitting } = request;
    let app = ctx.app;
    let fitting: Vec<_> = fitting
        .iter()
        .map(|fit| {
            markup!(
                r#"<li><strong>{}</strong><p class="text">{}</p><p class="help">Fælles ord: {}</p></li>"#,
                fit.unit.as_str(),
                fit.text.as_str(),
                fit.words.as_str()
            )
        })
        .collect();
    let fitting = (!fitting.is_empty()).then(|| {
        markup!(
            r#"<div class="help-fitting"><p>Det her passer måske. Tal om det:</p><ul class="voices">{}</ul></div>"#,
            fitting
        )
    });
    // Only the ids, so that typing in an offer does not rebuild the offers.
    let offers = {
        let (ctx, unit) = (ctx.clone(), unit.clone());
        Memo::new(move |_| {
            let is_unit = |other: &Id| ctx.is_same_unit(other, &unit);
            ctx.body().offers_to(&is_unit).into_iter().map(|(id, _)| id.clone()).collect::<Vec<_>>()
        })
    };
    let rows = {
        let (ctx, unit, name) = (ctx.clone(), unit.clone(), name.clone());
        dynamic_view(move || {
            let ids = offers.get();
            let row = |(index, id): (usize, &Id)| {
                let about = format!("tilbud {} til {name}", index + 1);
                offer_row(&ctx, &unit, &about, id)
            };
            let rows: Vec<_> = ids.iter().enumerate().map(row).collect();
            or_empty((!rows.is_empty()).then(|| markup!(r#"<ol class="topics">{}</ol>"#, rows)))
        })
    };
    let add = {
        let (ctx, unit) = (ctx.clone(), unit.clone());
        on_click(move || {
            let id = platform::ids::new_id();
            let own = untrack(|| app.unit().filter(|own| !ctx.is_same_unit(own, &unit)));
            ctx.edit(|meeting| meeting.add_offer(id.clone(), unit.clone(), own));
            inputs::focus_on(format!("{}-offers-{id}-text", ctx.record));
        })
    };
    let add_name = format!("Vi byder os til: {name}");
    let asks = (!text.is_empty()).then(|| markup!(r#"<p class="text help-asked">{}</p>"#, text.as_str()));
    markup!(
        r#"<li><h3>{}{}</h3>{}{}<div>{}</div><div class="buttons no-print">{}</div></li>"#,
        name.as_str(),
        if text.is_empty() { "" } else { " beder om hjælp til" },
        asks,
        fitting,
        rows,
        build_view(view! {
            <button type="button" id=add_button_id(unit) aria-label=add_name on:click=add>"Vi byder os til"</button>
        })
    )
}

/// Returns the id of the button that adds an offer to a unit.
fn add_button_id(unit: &Id) -> String {
    format!("offer-to-{unit}")
}

/// Builds the fields of an offer. `about` names the offer.
fn offer_row(ctx: &MeetingContext, to: &Id, about: &str, id: &Id) -> BuiltView {
    let path = Path::root("offers").child(id.as_str());
    let (workspace, record) = (ctx.app.workspace, ctx.record.clone());
    let deleted = build_view(view! { <DeletedButChanged workspace record entry=Some(path.clone())/> });
    markup!(
        r#"<li>{}<div class="field-row">{}{}</div>{}<div class="buttons">{}</div></li>"#,
        deleted,
        unit_field(ctx, path.child("from"), format!("Hvem byder sig til? ({about})"), "Vælg en enhed", Some(to)),
        text(ctx, path.child("text"), format!("Det kan vi gøre ({about})"), "", FieldType::Text),
        answer(ctx, id, about),
        delete_button(ctx, path, format!("Slet {about}"), add_button_id(to))
    )
}

/// Builds the answer to an offer: how it stands, and a button for each answer. A second press takes the answer back.
/// `about` names the offer.
pub(super) fn answer(ctx: &MeetingContext, offer: &Id, about: &str) -> BuiltView {
    let (workspace, record) = (ctx.app.workspace, ctx.record.clone());
    let path = Path::root("offers").child(offer.as_str()).child("accepted");
    let accepted = {
        let (record, path) = (record.clone(), path.clone());
        Memo::new(move |_| {
            let read = |record: &Record| record.leaf(&path).and_then(Leaf::shown)?.json().as_bool();
            workspace.read_at(&record, &path, read).flatten()
        })
    };
    let button = |label: &'static str, says_yes: bool| {
        let (ctx, path) = (ctx.clone(), path.clone());
        let is_pressed = move || if accepted.get() == Some(says_yes) { "true" } else { "false" };
        let press = on_click(move || {
            let is_taken_back = accepted.get_untracked() == Some(says_yes);
            write(&ctx, &path, if is_taken_back { LeafValue::NULL } else { LeafValue::new(says_yes.into()) });
        });
        let name = format!("{label}: {about}");
        build_view(view! {
            <button type="button" aria-label=name aria-pressed=is_pressed on:click=press>{label}</button>
        })
    };
    let words = dynamic_text(move || answer_in_words(accepted.get()).to_owned());
    let (yes, no) = (button("Ja tak", true), button("Nej tak", false));
    let choice = build_view(view! {
        <OpenChoice workspace record path about="svaret på tilbuddet" words=Some(value_in_words)/>
    });
    markup!(
        r#"<div class="offer-answer"><p class="offer-state">{}</p><div class="buttons no-print">{}{}</div>{}</div>"#,
        words,
        yes,
        no,
        choice
    )
}

/// Returns an answer in Danish.
pub(super) const fn answer_in_words(accepted: Option<bool>) -> &'static str {
    match accepted {
        None => "Ikke besvaret endnu",
        Some(true) => "Der er sagt ja tak",
        Some(false) => "Der er sagt nej tak",
    }
}

fn value_in_words(value: &serde_json::Value) -> String {
    answer_in_words(value.as_bool()).to_owned()
}
