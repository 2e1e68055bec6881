//! A choice of one among a few options, all of them visible.

use std::rc::Rc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::ui::kit::view::{BuiltView, build_view};

/// A group of radio buttons.
#[component]
pub(crate) fn RadioGroup(
    /// The name of the group, unique on the page.
    id: &'static str,
    /// The question.
    legend: &'static str,
    /// The options.
    options: Vec<&'static str>,
    /// The index of the chosen option.
    value: Rc<dyn Fn() -> Option<usize>>,
    /// Called with the index of the option that the user chooses.
    on_pick: Rc<dyn Fn(usize)>,
) -> BuiltView {
    let options: Vec<_> = options
        .into_iter()
        .enumerate()
        .map(|(index, label)| {
            let (on_pick, value) = (Rc::clone(&on_pick), SendWrapper::new(Rc::clone(&value)));
            build_view(view! {
                <label class="option">
                    <input
                        id=format!("{id}-{index}")
                        type="radio"
                        name=id
                        prop:checked=move || value() == Some(index)
                        on:change=move |_| on_pick(index)
                    />
                    <span>{label}</span>
                </label>
            })
        })
        .collect();
    build_view(
        view! { <fieldset class="one-of"><legend>{legend}</legend><div class="options">{options}</div></fieldset> },
    )
}
