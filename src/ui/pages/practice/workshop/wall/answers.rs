//! The answers on the wall: one item over the full width, or all items on one screen.

use std::rc::Rc;

use leptos::prelude::*;

use crate::chart::wall::{answer_bars, answer_spread};
use crate::domain::instrument::{Instrument, InstrumentItem, Round};
use crate::domain::workshop::{FEWEST, Quartiles};

use super::EarlierAnswers;
use crate::ui::kit::components::Drawing;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view};
use crate::ui::pages::practice::workshop::charts::described;
use crate::ui::pages::practice::workshop::outline::ResultOutline;

/// The heading of an item: its two poles at the ends, or its statement.
pub(super) fn item_heading(item: &InstrumentItem) -> BuiltView {
    match &item.poles {
        Some([left, right]) => markup!(
            r#"<p class="wall-poles"><span class="left">{}</span><span class="visually-hidden"> til </span><span class="right">{}</span></p>"#,
            left.label.as_str(),
            right.label.as_str()
        ),
        None => markup!(r#"<p class="wall-statement">{}</p>"#, item.label.as_str()),
    }
}

/// An item with the answers now and wanted, and those of the groups that may be shown.
pub(super) fn one_item(outline: &ResultOutline, rank: usize, earlier: Option<&EarlierAnswers>) -> BuiltView {
    let Some((index, item)) = outline.item(rank) else { return build_view(()) };
    let charts = item_bars(outline, index, item, earlier);
    let groups: Vec<BuiltView> = outline
        .groups
        .iter()
        .filter_map(|(name, group)| {
            let counts = group.item(Round::Now, index);
            let caption = format!("{name} · {}", total(counts));
            Some(markup!(
                r#"<div class="wall-group"><p>{}</p>{}</div>"#,
                caption,
                bars(outline.instrument, item, name, counts, &[])?
            ))
        })
        .collect();
    let groups =
        (!groups.is_empty()).then(|| markup!(r#"<div class="wall-groups"><p>Nu, i hver gruppe</p>{}</div>"#, groups));
    let before = earlier.map(|earlier| markup!("<p>Stregen er {}.</p>", earlier.name.as_str()));
    markup!(
        r#"
        <div class="wall-item">
            {}
            <div class="wall-charts"><div class="wall-rounds">{}</div>{}</div>
            <p class="wall-foot">{}</p>
            {}
        </div>"#,
        item_heading(item),
        charts,
        groups,
        format!("{} af {} · størst spredning først", rank + 1, outline.order.len()),
        before
    )
}

/// The bars of an item, now and wanted. A text says why there are none.
pub(super) fn item_bars(
    outline: &ResultOutline,
    index: usize,
    item: &InstrumentItem,
    earlier: Option<&EarlierAnswers>,
) -> Vec<BuiltView> {
    let instrument = outline.instrument;
    let charts: Vec<BuiltView> = Round::BOTH
        .into_iter()
        .filter_map(|round| {
            let counts = outline.total.item(round, index);
            let earlier_counts = earlier.map(|earlier| earlier.total.item(round, index)).unwrap_or_default();
            let drawing = bars(instrument, item, round.danish(), counts, earlier_counts)?;
            let numbers: Vec<BuiltView> = counts
                .iter()
                .map(|count| markup!("<span>{}</span>", if *count == 0 { String::new() } else { count.to_string() }))
                .collect();
            Some(markup!(
                r#"<div class="wall-chart"><p>{}</p>{}<p class="wall-numbers" aria-hidden="true">{}</p>{}</div>"#,
                format!("{} · {} svar", round.danish(), total(counts)),
                drawing,
                numbers,
                point_names(instrument, item)
            ))
        })
        .collect();
    if charts.is_empty() {
        return vec![markup!("<p>{}</p>", format!("Færre end {FEWEST} har svaret på dette, så det vises ikke."))];
    }
    charts
}

/// The names of the first and the last point, where the heading does not hold them.
fn point_names(instrument: &Instrument, item: &InstrumentItem) -> Option<BuiltView> {
    if item.poles.is_some() {
        return None;
    }
    let points = instrument.form.points();
    let [first, last] = [points.start(), points.end()].map(|point| instrument.point(item, *point));
    Some(markup!(
        r#"<p class="wall-poles small" aria-hidden="true"><span class="left">{}</span><span class="right">{}</span></p>"#,
        first,
        last
    ))
}

/// The bars of some answers. `None` without answers.
fn bars(
    instrument: &Instrument,
    item: &InstrumentItem,
    name: &str,
    counts: &[u16],
    earlier: &[u16],
) -> Option<BuiltView> {
    if total(counts) == 0 {
        return None;
    }
    let svg = answer_bars(counts, earlier, &described(instrument, item, name, counts), item.poles.is_some());
    Some(build_view(view! { <Drawing svg=Rc::new(move || svg.clone())/> }))
}

/// All items: where the middle half of the room lies now, and the person in the middle now and as wished.
pub(super) fn all_items(outline: &ResultOutline) -> BuiltView {
    let instrument = outline.instrument;
    let rows: Vec<BuiltView> = outline
        .order
        .iter()
        .filter_map(|&index| {
            let item = instrument.items.get(index)?;
            let [now, wanted] = Round::BOTH.map(|round| outline.total.item(round, index));
            let svg = answer_spread(
                now,
                wanted,
                &format!("{}: {}", item.label, described_middle(instrument, item, now, wanted)),
            );
            let drawing = build_view(view! { <Drawing svg=Rc::new(move || svg.clone())/> });
            Some(match &item.poles {
                Some([left, right]) => markup!(
                    r#"<li><span class="left">{}</span>{}<span class="right">{}</span></li>"#,
                    left.label.as_str(),
                    drawing,
                    right.label.as_str()
                ),
                None => markup!(
                    r#"<li class="one-sided"><span class="left">{}</span>{}</li>"#,
                    item.label.as_str(),
                    drawing
                ),
            })
        })
        .collect();
    // Statements share the names of their points; weights have none.
    let ends =
        instrument.items.first().filter(|item| item.poles.is_none()).and_then(|item| point_names(instrument, item));
    let density = if rows.len() > 9 { "wall-overview dense" } else { "wall-overview" };
    markup!(
        r#"
        <div class="wall-all">
            <p class="wall-legend" aria-hidden="true"><span class="key now"></span>nu <span class="key wanted"></span>ønsket <span class="key band"></span>den midterste halvdel af svarene</p>
            {}
            <ol class="{}">{}</ol>
        </div>"#,
        ends,
        density,
        rows
    )
}

/// Where the person in the middle is, in words.
fn described_middle(instrument: &Instrument, item: &InstrumentItem, now: &[u16], wanted: &[u16]) -> String {
    let middle = |counts: &[u16]| {
        let position = Quartiles::of(counts)?.median;
        instrument.form.points().nth(position).map(|point| instrument.point(item, point))
    };
    let rounds = Round::BOTH.into_iter().zip([middle(now), middle(wanted)]);
    let rounds: Vec<String> =
        rounds.filter_map(|(round, words)| Some(format!("{} i midten: {}", round.danish(), words?))).collect();
    rounds.join(". ")
}

/// The number of answers.
fn total(counts: &[u16]) -> u16 {
    counts.iter().sum()
}
