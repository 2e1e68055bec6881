//! The questions about figures out of the range of their measure, with buttons to answer them. A figure must never be
//! changed without an answer.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::number;
use crate::domain::out_of_range::OutOfRange;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, on_click};

/// Handles the answer to a question: the figure to write instead, or `None` to keep the figure.
pub(crate) type OnAnswer = Rc<dyn Fn(OutOfRange, Option<f64>)>;

/// Builds the question about a figure with its buttons. `id` is the id of the sentence; `about` names the indicator,
/// for screen readers.
pub(crate) fn figure_question(id: &str, about: &str, found: OutOfRange, on_answer: &OnAnswer) -> BuiltView {
    let answer_button = |label: String, answer: Option<f64>| {
        let on_answer = Rc::clone(on_answer);
        let press = on_click(move || on_answer(found, answer));
        build_view(view! { <button type="button" on:click=press>{label}</button> })
    };
    let likely = found.likely.map(|likely| answer_button(label("Brug", likely), Some(likely)));
    let keep = answer_button(label("Behold", found.figure), None);
    let period = found.period.danish();
    markup!(
        r#"<div class="figure-question" role="group" aria-label="{}"><p id="{}" role="alert"><strong>{}</strong> {}</p><div class="buttons">{}{}</div></div>"#,
        format!("{about}, {period}"),
        id,
        format!("{period}:"),
        found.question(),
        likely,
        keep
    )
}

/// Returns a verb followed by a figure: `Brug 7,12`.
fn label(verb: &str, figure: f64) -> String {
    format!("{verb} {}", number::format_danish(figure))
}

/// Says in Danish what an answer did.
pub(crate) fn answer_message(found: OutOfRange, answer: Option<f64>) -> String {
    let period = found.period.danish();
    match answer {
        Some(figure) => format!("{period}: Tallet er nu {}.", number::format_danish(figure)),
        None => format!("{period}: {} er beholdt og tæller med.", number::format_danish(found.figure)),
    }
}
