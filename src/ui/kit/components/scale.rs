//! A scale: a few points in a row, each with words of its own.

use std::rc::Rc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_text, dynamic_view, on_click, or_empty};

/// A scale. Its points are radio buttons, so that the arrow keys and every reader of screens know it; what is chosen is said
/// in words under it, and can be taken back.
#[component]
pub(crate) fn Scale(
    /// The name of the group, unique on the page.
    id: String,
    /// What is asked.
    legend: String,
    /// The points, from left to right, and what each means.
    points: Vec<(i8, String)>,
    /// How it looks: `pairs` between two ends, else `steps`.
    class: &'static str,
    /// Which is chosen.
    value: Rc<dyn Fn() -> Option<i8>>,
    /// The user chooses one, or takes their choice back.
    on_pick: Rc<dyn Fn(Option<i8>)>,
) -> BuiltView {
    let words = points.clone();
    let shown = SendWrapper::new(Rc::clone(&value));
    let said = dynamic_text(move || {
        let chosen = shown();
        let words = words.iter().find(|(point, _)| Some(*point) == chosen);
        words.map_or_else(|| "Ikke besvaret".to_owned(), |(_, words)| words.clone())
    });
    let (is_chosen, cleared) = (SendWrapper::new(Rc::clone(&value)), Rc::clone(&on_pick));
    let has_answer = Memo::new(move |_| is_chosen().is_some());
    let clear = dynamic_view(move || {
        let cleared = Rc::clone(&cleared);
        or_empty(has_answer.get().then(|| button_with_class("quiet", "Ryd", on_click(move || cleared(None)))))
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
            <div class="said"><span aria-hidden="true">{said}</span>{clear}</div>
        </fieldset>
    })
}
