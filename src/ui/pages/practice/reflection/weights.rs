//! An instrument of weights: three things that are 100 together, now and as wanted, on one page.

use std::rc::Rc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::domain::instrument::{Instrument, Round};
use crate::domain::reflection::{Reflection, Weights};
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::mirror::{keep, prompt, try_next};
use super::round::RoundContext;
use crate::ui::kit::components::Choices;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_text};

/// What the weights are together.
const ALL: u32 = 100;

/// The page of a round on weights.
pub(crate) fn weights(writing: &RoundContext) -> BuiltView {
    let own = writing.instrument;
    let rounds: Vec<BuiltView> = Round::BOTH.into_iter().map(|round| weighed(writing, round)).collect();
    let choices = view! {
        <Choices workspace=writing.desk.workspace record=writing.id.clone() path=Path::root("weights") about="vægte" words=in_words/>
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
        own.title.as_str(),
        own.about.as_str(),
        rounds,
        build_view(choices),
        prompt(writing),
        try_next(writing),
        keep(writing),
    )
}

fn weighed(writing: &RoundContext, round: Round) -> BuiltView {
    let count = writing.instrument.items.len();
    let (shown, written) = (writing.clone(), writing.clone());
    let value = move || of(&shown.body(), round, count);
    let on_set = move |all: Vec<u8>| {
        written.ensure();
        written.desk.workspace.edit::<Reflection>(&written.id, &mut Focus::default(), |body| {
            let weights = body.weights.get_or_insert_default();
            match round {
                Round::Now => weights.now = Some(all),
                Round::Wanted => weights.wanted = Some(all),
            }
        });
    };
    weighing(writing.instrument, round, Rc::new(value), Rc::new(on_set))
}

/// The weights of a round, a slider each, and what they are together: in a reflection of one's own, and on a participant's
/// phone. Nothing at all is not answered.
pub(crate) fn weighing(
    own: &'static Instrument,
    round: Round,
    value: Rc<dyn Fn() -> Vec<u8>>,
    on_set: Rc<dyn Fn(Vec<u8>)>,
) -> BuiltView {
    let value = SendWrapper::new(value);
    let rows: Vec<BuiltView> = own
        .items
        .iter()
        .enumerate()
        .map(|(place, item)| {
            let (shown, said, before, on_set) = (value.clone(), value.clone(), value.clone(), Rc::clone(&on_set));
            let at = move |all: Vec<u8>| all.get(place).copied().unwrap_or_default();
            let words = dynamic_text(move || at(said()).to_string());
            let set = move |text: String| {
                let Ok(weight) = text.parse::<u8>() else { return };
                let mut all = untrack(&**before);
                if let Some(own) = all.get_mut(place) {
                    *own = weight.min(100);
                }
                on_set(all);
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
                    prop:value=move || at(shown()).to_string()
                    on:input:target=move |event| set(event.target().value())
                />
            };
            markup!(
                r#"<li><p><strong>{}</strong> <span class="help">{}</span></p><div class="weight">{}<span class="amount" aria-hidden="true">{}</span></div></li>"#,
                item.label.as_str(),
                item.text.as_str(),
                build_view(range),
                words
            )
        })
        .collect();
    let total = dynamic_text(move || match value().iter().map(|weight| u32::from(*weight)).sum() {
        0 => "Ikke besvaret".to_owned(),
        ALL => "De tre er 100 tilsammen.".to_owned(),
        sum if sum < ALL => format!("Tilsammen {sum}: der er {} tilbage.", ALL - sum),
        sum => format!("Tilsammen {sum}: det er {} for meget.", sum - ALL),
    });
    markup!(
        r#"<section class="part wide"><h2>{}</h2><ul class="weights">{}</ul><p class="help" role="status">{}</p></section>"#,
        round.danish(),
        rows,
        total
    )
}

/// The weights of a round, one an item.
fn of(body: &Reflection, round: Round, count: usize) -> Vec<u8> {
    let weights = body.weights.clone().unwrap_or_default();
    let mut all = match round {
        Round::Now => weights.now,
        Round::Wanted => weights.wanted,
    }
    .unwrap_or_default();
    all.resize(count, 0);
    all
}

fn in_words(value: &serde_json::Value) -> String {
    let Weights { now, wanted } = serde_json::from_value(value.clone()).unwrap_or_default();
    let words = |name: &str, weights: Option<Vec<u8>>| {
        weights.map(|weights| {
            let weights: Vec<String> = weights.iter().map(u8::to_string).collect();
            format!("{name} {}", weights.join(" / "))
        })
    };
    [words("nu", now), words("ønsket", wanted)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
