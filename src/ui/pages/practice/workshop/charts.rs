//! How the answers to an item lie: pictures, and the same as a table.

use std::rc::Rc;

use leptos::prelude::*;

use crate::chart::distribution::distribution;
use crate::domain::instrument::{Form, Instrument, InstrumentItem, Round};
use crate::domain::workshop::{FEWEST, RoomItem};

use super::result::ResultOutline;
use crate::ui::kit::components::Figure;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view};

/// What an item is, over its pictures.
pub(crate) fn ends(item: &InstrumentItem) -> BuiltView {
    match &item.poles {
        Some([left, right]) => markup!(
            r#"<h2 class="ends"><span class="left">{}</span><span class="visually-hidden"> til </span><span class="right">{}</span></h2>"#,
            left.label.as_str(),
            right.label.as_str()
        ),
        None => markup!("<h2>{}</h2>", item.label.as_str()),
    }
}

pub(crate) fn pictures(
    shown: &ResultOutline,
    place: usize,
    item: &'static InstrumentItem,
    earlier: Option<&RoomItem>,
) -> BuiltView {
    let mut all: Vec<BuiltView> = Round::BOTH
        .into_iter()
        .filter_map(|round| {
            let before = earlier.map(|part| part.item(round, place)).unwrap_or_default();
            picture(shown.instrument, item, round.danish(), shown.total.item(round, place), before)
        })
        .collect();
    if all.is_empty() {
        let words = format!("Færre end {FEWEST} har svaret på dette, så det vises ikke.");
        return markup!(r#"<p class="help">{}</p>"#, words);
    }
    let groups: Vec<BuiltView> = shown
        .groups
        .iter()
        .filter_map(|(name, part)| {
            let name = format!("{name}, nu");
            picture(shown.instrument, item, &name, part.item(Round::Now, place), &[])
        })
        .collect();
    all.extend(groups);
    markup!(r#"<div class="pictures">{}</div>"#, all)
}

fn picture(own: &Instrument, item: &InstrumentItem, name: &str, counts: &[u16], before: &[u16]) -> Option<BuiltView> {
    if counts.is_empty() || counts.iter().sum::<u16>() == 0 {
        return None;
    }
    let said: Vec<String> = own
        .form
        .points()
        .zip(counts)
        .filter(|(_, count)| **count > 0)
        .map(|(point, count)| format!("{count} {}", own.point(item, point)))
        .collect();
    let has_ends = item.poles.is_some();
    let svg = distribution(counts, before, &format!("{name}: {}", said.join(", ")), has_ends);
    let caption = format!("{name} · {} svar", counts.iter().sum::<u16>());
    let points = own.form.points();
    // Two ends stand in the heading.
    let ends = (!has_ends).then(|| {
        let [first, last] = [points.start(), points.end()].map(|point| own.point(item, *point));
        markup!(
            r#"<p class="ends help" aria-hidden="true"><span>{}</span><span class="right">{}</span></p>"#,
            first,
            last
        )
    });
    let figure = view! { <Figure svg=Rc::new(move || svg.clone()) caption=Rc::new(move || caption.clone())/> };
    Some(markup!(r#"<div class="picture">{}{}</div>"#, ends, build_view(figure)))
}

pub(crate) fn questions(own: &Instrument) -> BuiltView {
    let questions: Vec<BuiltView> = own.talk.iter().map(|question| markup!("<li>{}</li>", question.as_str())).collect();
    markup!(r#"<ul class="steps talk">{}</ul>"#, questions)
}

/// The same as a table, for those who read rather than look.
pub(crate) fn list(shown: &ResultOutline) -> BuiltView {
    let own = shown.instrument;
    let parts = || std::iter::once(("Alle".to_owned(), shown.total.clone())).chain(shown.groups.clone());
    // Of many points those that somebody chose.
    let is_column = |column: usize| {
        let chosen = |part: &RoomItem| {
            Round::BOTH
                .iter()
                .flat_map(|round| part.of(*round))
                .any(|counts| counts.get(column).is_some_and(|n| *n > 0))
        };
        own.form != Form::Weights || parts().any(|(_, part)| chosen(&part))
    };
    let columns: Vec<usize> = (0..own.form.points().count()).filter(|column| is_column(*column)).collect();
    let rows: Vec<BuiltView> = own
        .items
        .iter()
        .enumerate()
        .flat_map(|(place, item)| {
            let rounds = parts().flat_map(|(name, part)| {
                Round::BOTH.map(|round| {
                    (format!("{name}, {}", round.danish().to_lowercase()), part.item(round, place).to_vec())
                })
            });
            rounds
                .filter(|(_, counts)| counts.iter().sum::<u16>() > 0)
                .map(|(name, counts)| {
                    let count = |column: &usize| counts.get(*column).copied().unwrap_or_default();
                    let cells: Vec<BuiltView> =
                        columns.iter().map(|column| markup!("<td>{}</td>", count(column).to_string())).collect();
                    markup!(r#"<tr><th scope="row">{}</th><td>{}</td>{}</tr>"#, item.label.as_str(), name, cells)
                })
                .collect::<Vec<_>>()
        })
        .collect();
    let named = |point: i8| if own.form == Form::Weights { i32::from(point) * 5 } else { i32::from(point) };
    let heads: Vec<BuiltView> = own
        .form
        .points()
        .enumerate()
        .filter(|(column, _)| columns.contains(column))
        .map(|(_, point)| markup!(r#"<th scope="col">{}</th>"#, named(point).to_string()))
        .collect();
    markup!(
        r#"<details class="more"><summary>Svarene som tabel</summary><div class="scrolls" tabindex="0" role="group" aria-label="Svarene som tabel"><table><thead><tr><th scope="col">Spørgsmål</th><th scope="col">Hvem</th>{}</tr></thead><tbody>{}</tbody></table></div></details>"#,
        heads,
        rows
    )
}
