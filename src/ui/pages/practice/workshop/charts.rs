//! The answers to an item as bar charts, and all answers as a table.

use std::rc::Rc;

use leptos::prelude::*;

use crate::chart::distribution::distribution;
use crate::domain::instrument::{Form, Instrument, InstrumentItem, Round};
use crate::domain::workshop::{FEWEST, RoomItem};

use super::outline::ResultOutline;
use crate::ui::kit::components::Figure;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view};

/// The heading of an item above its charts: its two ends, or its statement.
pub(crate) fn item_heading(item: &InstrumentItem) -> BuiltView {
    match &item.poles {
        Some([left, right]) => markup!(
            r#"<h2 class="ends"><span class="left">{}</span><span class="visually-hidden"> til </span><span class="right">{}</span></h2>"#,
            left.label.as_str(),
            right.label.as_str()
        ),
        None => markup!("<h2>{}</h2>", item.label.as_str()),
    }
}

/// The charts of an item: now and wanted, of all and of each visible group. `earlier` are the answers of an earlier
/// workshop.
pub(crate) fn item_charts(
    outline: &ResultOutline,
    index: usize,
    item: &'static InstrumentItem,
    earlier: Option<&RoomItem>,
) -> BuiltView {
    let mut charts: Vec<BuiltView> = Round::BOTH
        .into_iter()
        .filter_map(|round| {
            let earlier_counts = earlier.map(|room| room.item(round, index)).unwrap_or_default();
            chart(outline.instrument, item, round.danish(), outline.total.item(round, index), earlier_counts)
        })
        .collect();
    if charts.is_empty() {
        let text = format!("Færre end {FEWEST} har svaret på dette, så det vises ikke.");
        return markup!(r#"<p class="help">{}</p>"#, text);
    }
    let groups: Vec<BuiltView> = outline
        .groups
        .iter()
        .filter_map(|(name, group)| {
            let name = format!("{name}, nu");
            chart(outline.instrument, item, &name, group.item(Round::Now, index), &[])
        })
        .collect();
    charts.extend(groups);
    markup!(r#"<div class="pictures">{}</div>"#, charts)
}

/// A chart with its caption and, where the item has no two ends, the names of the first and the last point. `None`
/// without answers.
fn chart(
    instrument: &Instrument,
    item: &InstrumentItem,
    name: &str,
    counts: &[u16],
    earlier: &[u16],
) -> Option<BuiltView> {
    if counts.is_empty() || counts.iter().sum::<u16>() == 0 {
        return None;
    }
    let has_ends = item.poles.is_some();
    let svg = distribution(counts, earlier, &described(instrument, item, name, counts), has_ends);
    let caption = format!("{name} · {} svar", counts.iter().sum::<u16>());
    let points = instrument.form.points();
    // The names of two ends are in the heading already.
    let ends = (!has_ends).then(|| {
        let [first, last] = [points.start(), points.end()].map(|point| instrument.point(item, *point));
        markup!(
            r#"<p class="ends help" aria-hidden="true"><span>{}</span><span class="right">{}</span></p>"#,
            first,
            last
        )
    });
    let figure = view! { <Figure svg=Rc::new(move || svg.clone()) caption=Rc::new(move || caption.clone())/> };
    Some(markup!(r#"<div class="picture">{}{}</div>"#, ends, build_view(figure)))
}

/// The answers to an item in words, after the `name` of a round or a group, for those who do not see a drawing.
pub(super) fn described(instrument: &Instrument, item: &InstrumentItem, name: &str, counts: &[u16]) -> String {
    let chosen = instrument.form.points().zip(counts).filter(|(_, count)| **count > 0);
    let words: Vec<String> =
        chosen.map(|(point, count)| format!("{count} {}", instrument.point(item, point))).collect();
    format!("{name}: {}", words.join(", "))
}

/// The instrument's questions for talking about an item.
pub(crate) fn questions(instrument: &Instrument) -> BuiltView {
    let questions: Vec<BuiltView> =
        instrument.talk.iter().map(|question| markup!("<li>{}</li>", question.as_str())).collect();
    markup!(r#"<ul class="steps questions">{}</ul>"#, questions)
}

/// All answers as a table, for those who do not see the charts.
pub(crate) fn answer_table(outline: &ResultOutline) -> BuiltView {
    let instrument = outline.instrument;
    let groups = || std::iter::once(("Alle".to_owned(), outline.total.clone())).chain(outline.groups.clone());
    // Weights have many points: only those that somebody chose get a column.
    let is_column = |column: usize| {
        let is_chosen = |group: &RoomItem| {
            Round::BOTH
                .iter()
                .flat_map(|round| group.counts_of(*round))
                .any(|counts| counts.get(column).is_some_and(|count| *count > 0))
        };
        instrument.form != Form::Weights || groups().any(|(_, group)| is_chosen(&group))
    };
    let columns: Vec<usize> = (0..instrument.form.points().count()).filter(|column| is_column(*column)).collect();
    let rows: Vec<BuiltView> = instrument
        .items
        .iter()
        .enumerate()
        .flat_map(|(index, item)| {
            let rounds = groups().flat_map(|(name, group)| {
                Round::BOTH.map(|round| {
                    (format!("{name}, {}", round.danish().to_lowercase()), group.item(round, index).to_vec())
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
    // A weight's points are steps of five.
    let number = |point: i8| if instrument.form == Form::Weights { i32::from(point) * 5 } else { i32::from(point) };
    let heads: Vec<BuiltView> = instrument
        .form
        .points()
        .enumerate()
        .filter(|(column, _)| columns.contains(column))
        .map(|(_, point)| markup!(r#"<th scope="col">{}</th>"#, number(point).to_string()))
        .collect();
    markup!(
        r#"<details class="more"><summary>Svarene som tabel</summary><div class="table-scroll" tabindex="0" role="group" aria-label="Svarene som tabel"><table><thead><tr><th scope="col">Spørgsmål</th><th scope="col">Hvem</th>{}</tr></thead><tbody>{}</tbody></table></div></details>"#,
        heads,
        rows
    )
}
