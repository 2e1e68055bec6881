//! A round on an instrument of weights: 100 is divided between three items, now and as wanted, on one page.

use std::rc::Rc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::domain::instrument::{Instrument, Round};
use crate::domain::reflection::{Reflection, Weights};
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::mirror::{file_section, next_step_section, prompt_section};
use super::round::RoundContext;
use crate::ui::kit::components::FieldExtras;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_text};

/// The sum of all weights.
const TOTAL: u32 = 100;

/// The page of a round on weights.
pub(crate) fn weights(ctx: &RoundContext) -> BuiltView {
    let instrument = ctx.instrument;
    let rounds: Vec<BuiltView> = Round::BOTH.into_iter().map(|round| weights_of_round(ctx, round)).collect();
    let choices = view! {
        <FieldExtras workspace=ctx.app.workspace record=ctx.id.clone() path=Path::root("weights") about="vægte" words=in_words/>
    };
    markup!(
        r##"
        <div class="round">
            <header class="round-head">
                <p class="eyebrow"><a href="#/refleksion">Refleksion</a></p>
                <h1>{}</h1>
                <p class="purpose">{}</p>
            </header>
            <div class="step mirror">{}<div>{}</div>{}{}{}</div>
        </div>"##,
        instrument.title.as_str(),
        instrument.about.as_str(),
        rounds,
        build_view(choices),
        prompt_section(ctx),
        next_step_section(ctx),
        file_section(ctx),
    )
}

/// The sliders of this record, now or wanted.
fn weights_of_round(ctx: &RoundContext, round: Round) -> BuiltView {
    let count = ctx.instrument.items.len();
    let (value_ctx, edit_ctx) = (ctx.clone(), ctx.clone());
    let value = move || weights_in(&value_ctx.body(), round, count);
    let on_set = move |weights: Vec<u8>| {
        edit_ctx.ensure();
        edit_ctx.app.workspace.edit::<Reflection>(&edit_ctx.id, &mut Focus::default(), |body| {
            let stored = body.weights.get_or_insert_default();
            match round {
                Round::Now => stored.now = Some(weights),
                Round::Wanted => stored.wanted = Some(weights),
            }
        });
    };
    weight_sliders(ctx.instrument, round, Rc::new(value), Rc::new(on_set))
}

/// A slider for each weight, and their sum. It is used in a person's own reflection and on a participant's phone. A sum
/// of 0 means that the question is not answered.
pub(crate) fn weight_sliders(
    instrument: &'static Instrument,
    round: Round,
    value: Rc<dyn Fn() -> Vec<u8>>,
    on_set: Rc<dyn Fn(Vec<u8>)>,
) -> BuiltView {
    let value = SendWrapper::new(value);
    let rows: Vec<BuiltView> = instrument
        .items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let (slider_value, text_value, current, on_set) =
                (value.clone(), value.clone(), value.clone(), Rc::clone(&on_set));
            let weight_in = move |weights: Vec<u8>| weights.get(index).copied().unwrap_or_default();
            let amount = dynamic_text(move || weight_in(text_value()).to_string());
            let set = move |text: String| {
                // The value of a slider is always a number from 0 to 100.
                let Ok(weight) = text.parse::<u8>() else { return };
                let mut weights = untrack(&**current);
                if let Some(old) = weights.get_mut(index) {
                    *old = weight.min(100);
                }
                on_set(weights);
            };
            let (id, name) = (format!("{}-{}", item.id, round.danish()), format!("{}: {}", round.danish(), item.label));
            let range = view! {
                <input
                    type="range"
                    id=id
                    min="0"
                    max="100"
                    step="5"
                    aria-label=name
                    prop:value=move || weight_in(slider_value()).to_string()
                    on:input:target=move |event| set(event.target().value())
                />
            };
            markup!(
                r#"<li><p><strong>{}</strong> <span class="help">{}</span></p><div class="weight">{}<span class="amount" aria-hidden="true">{}</span></div></li>"#,
                item.label.as_str(),
                item.text.as_str(),
                build_view(range),
                amount
            )
        })
        .collect();
    let total = dynamic_text(move || match value().iter().map(|weight| u32::from(*weight)).sum() {
        0 => "Ikke besvaret".to_owned(),
        TOTAL => "De tre er 100 tilsammen.".to_owned(),
        sum if sum < TOTAL => format!("Tilsammen {sum}: der er {} tilbage.", TOTAL - sum),
        sum => format!("Tilsammen {sum}: det er {} for meget.", sum - TOTAL),
    });
    markup!(
        r#"<section class="part wide"><h2>{}</h2><ul class="weights">{}</ul><p class="help" role="status">{}</p></section>"#,
        round.danish(),
        rows,
        total
    )
}

/// The weights of a record, now or wanted, one for each of `count` items.
fn weights_in(body: &Reflection, round: Round, count: usize) -> Vec<u8> {
    let weights = body.weights.clone().unwrap_or_default();
    let mut weights = match round {
        Round::Now => weights.now,
        Round::Wanted => weights.wanted,
    }
    .unwrap_or_default();
    weights.resize(count, 0);
    weights
}

/// Stored weights in Danish; empty for a value that is none.
fn in_words(value: &serde_json::Value) -> String {
    let Weights { now, wanted } = serde_json::from_value(value.clone()).unwrap_or_default();
    let part = |name: &str, weights: Option<Vec<u8>>| {
        weights.map(|weights| {
            let weights: Vec<String> = weights.iter().map(u8::to_string).collect();
            format!("{name} {}", weights.join(" / "))
        })
    };
    [part("nu", now), part("ønsket", wanted)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
