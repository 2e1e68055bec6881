//! The order of the matrix' columns: the user's own, kept on this device.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::domain::indicator::Indicator;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button, button_with_label, dynamic_view, on_click, or_empty};
use crate::ui::state::app_context::AppContext;

/// The columns as a list, in which each goes a place on or back.
pub(crate) fn columns(desk: AppContext, indicators: Memo<Vec<Indicator>>) -> BuiltView {
    let list = dynamic_view(move || {
        let ids: Vec<String> = indicators.get().into_iter().map(|own| own.id).collect();
        let way = |at: usize, name: &str, words: &'static str, to: Option<usize>| {
            let ids = ids.clone();
            or_empty(to.filter(|to| *to < ids.len()).map(|to| {
                let go = move || {
                    let mut order = ids.clone();
                    let moved = order.remove(at);
                    order.insert(to, moved);
                    desk.change_person(|person| person.columns = order);
                    // The list is built anew: whoever goes on finds the column where it is now.
                    request_animation_frame(move || focus(to));
                };
                button_with_label("quiet", words, format!("{words}: {name}"), on_click(go))
            }))
        };
        let rows: Vec<BuiltView> = indicators
            .get()
            .iter()
            .enumerate()
            .map(|(at, own)| {
                markup!(
                    r#"<li tabindex="-1"><span>{}</span>{}{}</li>"#,
                    own.name.as_str(),
                    way(at, &own.name, "Længere frem", at.checked_sub(1)),
                    way(at, &own.name, "Længere tilbage", Some(at + 1))
                )
            })
            .collect();
        let back = desk
            .person
            .with(|person| !person.columns.is_empty())
            .then(|| button("Som i fundamentet", move || desk.change_person(|person| person.columns.clear())));
        markup!(r#"<div><ol class="columns">{}</ol>{}</div>"#, rows, back)
    });
    markup!(r#"<details class="more no-print"><summary>Rækkefølge af kolonner</summary>{}</details>"#, list)
}

fn focus(place: usize) {
    let row = document().query_selector(&format!(".columns li:nth-child({})", place + 1)).ok().flatten();
    if let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        drop(row.focus());
    }
}
