//! The discussion on the wall, one question at a time with what was said, and the decisions.

use std::rc::Rc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::domain::body::Map;
use crate::domain::id::Id;
use crate::domain::text::UserText;
use crate::domain::workshop::Workshop;

use super::answers::{item_bars, item_heading};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_text, dynamic_view};
use crate::ui::pages::practice::workshop::follow_up::outcome_text;
use crate::ui::pages::practice::workshop::outline::ResultOutline;
use crate::ui::state::app_context::AppContext;

/// A question about an item, its answers, and what was said as it is written.
pub(super) fn discussion(app: AppContext, outline: &ResultOutline, rank: usize, question: usize) -> BuiltView {
    let Some((index, item)) = outline.item(rank) else { return build_view(()) };
    let talk = &outline.instrument.talk;
    let id = outline.id.clone();
    let note = dynamic_text(move || text_of(&app.body::<Workshop>(Some(&id)).notes, &item.id).unwrap_or_default());
    let number = if talk.len() > 1 { format!("Spørgsmål {} af {}", question + 1, talk.len()) } else { String::new() };
    markup!(
        r#"
        <div class="wall-talk">
            {}
            <div class="wall-charts">{}</div>
            <div class="wall-question">
                <p>{}</p>
                <p class="wall-huge">{}</p>
                <div class="wall-note"><p>{}</p></div>
            </div>
        </div>"#,
        item_heading(item),
        item_bars(outline, index, item, None),
        number,
        talk.get(question).map(String::as_str).unwrap_or_default(),
        note
    )
}

/// The decisions, as a list that grows.
pub(super) fn decisions(app: AppContext, outline: Rc<ResultOutline>) -> BuiltView {
    let outline = SendWrapper::new(outline);
    let list = dynamic_view(move || {
        let decisions = app.body::<Workshop>(Some(&outline.id)).decisions;
        let rows: Vec<BuiltView> = (0..outline.order.len())
            .filter_map(|rank| {
                let (_, item) = outline.item(rank)?;
                let decision = text_of(&decisions, &item.id)?;
                let outcome = outcome_text(app, &outline.id, item).map(|outcome| markup!("<p>{}</p>", outcome));
                Some(markup!(
                    r#"<li><p class="wall-label">{}</p><p class="wall-decision">{}</p>{}</li>"#,
                    item.label.as_str(),
                    decision,
                    outcome
                ))
            })
            .collect();
        if rows.is_empty() {
            return markup!(
                r#"<div class="wall-center"><p class="wall-huge">Hvad beslutter vi?</p><p class="wall-large">Vælg helst én eller to ting, og aftal, hvem der gør hvad, og hvornår vi ser på det igen.</p></div>"#
            );
        }
        let density = match rows.len() {
            0..=3 => "wall-decisions few",
            4..=6 => "wall-decisions some",
            _ => "wall-decisions many",
        };
        markup!(r#"<ol class="{}">{}</ol>"#, density, rows)
    });
    build_view(view! { <div class="wall-decide">{list}</div> })
}

/// The text of an item that is not empty.
fn text_of(texts: &Map<Id, UserText>, item: &Id) -> Option<String> {
    texts.get(item).map(|text| text.0.clone()).filter(|text| !text.trim().is_empty())
}
