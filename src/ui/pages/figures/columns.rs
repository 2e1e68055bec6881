//! The order of the matrix' columns, chosen by the user and stored on this device.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::domain::indicator::Indicator;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button, button_with_label, dynamic_view, on_click, or_empty};
use crate::ui::state::app_context::AppContext;

/// Builds the list of columns, each with buttons that move it one place forward or back.
pub(crate) fn columns(app: AppContext, indicators: Memo<Vec<Indicator>>) -> BuiltView {
    let list = dynamic_view(move || {
        let ids: Vec<String> = indicators.get().into_iter().map(|indicator| indicator.id).collect();
        let move_button = |from: usize, name: &str, label: &'static str, to: Option<usize>| {
            let ids = ids.clone();
            or_empty(to.filter(|to| *to < ids.len()).map(|to| {
                let move_column = move || {
                    let mut order = ids.clone();
                    let moved = order.remove(from);
                    order.insert(to, moved);
                    app.change_person(|person| person.columns = order);
                    // The list is rebuilt, so focus goes to the new position of the column.
                    request_animation_frame(move || focus(to));
                };
                button_with_label("quiet", label, format!("{label}: {name}"), on_click(move_column))
            }))
        };
        let rows: Vec<BuiltView> = indicators
            .get()
            .iter()
            .enumerate()
            .map(|(from, indicator)| {
                markup!(
                    r#"<li tabindex="-1"><span>{}</span>{}{}</li>"#,
                    indicator.name.as_str(),
                    move_button(from, &indicator.name, "Længere frem", from.checked_sub(1)),
                    move_button(from, &indicator.name, "Længere tilbage", Some(from + 1))
                )
            })
            .collect();
        let reset_button = app
            .person
            .with(|person| !person.columns.is_empty())
            .then(|| button("Som i fundamentet", move || app.change_person(|person| person.columns.clear())));
        markup!(r#"<div><ol class="column-order">{}</ol>{}</div>"#, rows, reset_button)
    });
    markup!(r#"<details class="more no-print"><summary>Rækkefølge af kolonner</summary>{}</details>"#, list)
}

/// Puts focus on a column of the list, counted from 0.
fn focus(index: usize) {
    let row = document().query_selector(&format!(".column-order li:nth-child({})", index + 1)).ok().flatten();
    if let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        drop(row.focus());
    }
}
