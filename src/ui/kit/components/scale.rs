//! A scale: a few points in a row, each with a text of its own.

use std::rc::Rc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_text, dynamic_view, on_click, or_empty};

/// A scale. The points are radio buttons, so the arrow keys and screen readers work. The text of the chosen point
/// stands under the scale, with a button to clear the choice.
#[component]
pub(crate) fn Scale(
    /// The name of the group, unique on the page.
    id: String,
    /// The question.
    legend: String,
    /// The points from left to right, each with its text.
    points: Vec<(i8, String)>,
    /// The CSS class: `pairs` for a scale between two poles, otherwise `steps`.
    class: &'static str,
    /// The chosen point.
    value: Rc<dyn Fn() -> Option<i8>>,
    /// Called with the point that the user chooses, or with `None` when the user clears the choice.
    on_pick: Rc<dyn Fn(Option<i8>)>,
) -> BuiltView {
    let words = points.clone();
    let chosen_value = SendWrapper::new(Rc::clone(&value));
    let chosen_text = dynamic_text(move || {
        let chosen = chosen_value();
        let words = words.iter().find(|(point, _)| Some(*point) == chosen);
        words.map_or_else(|| "Ikke besvaret".to_owned(), |(_, words)| words.clone())
    });
    let (current_value, on_clear) = (SendWrapper::new(Rc::clone(&value)), Rc::clone(&on_pick));
    let has_answer = Memo::new(move |_| current_value().is_some());
    let clear = dynamic_view(move || {
        let on_clear = Rc::clone(&on_clear);
        or_empty(has_answer.get().then(|| button_with_class("quiet", "Ryd", on_click(move || on_clear(None)))))
    });
    let points: Vec<_> = points
        .into_iter()
        .map(|(point, words)| {
            let (on_pick, value) = (Rc::clone(&on_pick), SendWrapper::new(Rc::clone(&value)));
            let name = format!("{legend}: {words}");
            build_view(view! {
                <input
                    type="radio"
                    name=id.clone()
                    aria-label=name
                    title=words
                    prop:checked=move || value() == Some(point)
                    on:change=move |_| on_pick(Some(point))
                />
            })
        })
        .collect();
    build_view(view! {
        <fieldset class=format!("scale {class}")>
            <legend>{legend}</legend>
            <div class="points">{points}</div>
            <div class="scale-answer"><span aria-hidden="true">{chosen_text}</span>{clear}</div>
        </fieldset>
    })
}
