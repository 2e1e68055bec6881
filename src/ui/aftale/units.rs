//! For whoever follows several units: where each is, its agreements by state, and what waits for one.

use leptos::prelude::*;

use crate::domain::aftale::lines::span;
use crate::domain::aftale::state::State;
use crate::domain::aftale::waits::waits;
use crate::domain::cycle::Cycle;
use crate::domain::id::Id;
use crate::domain::progress::Progress;
use crate::domain::samtale::Samtale;

use super::super::desk::Desk;
use super::super::device;
use super::super::hjulet;
use super::super::made::{Made, button, live, made, maybe};
use super::super::markup::markup;
use super::super::route::Route;
use super::{Ctx, gather, newest};

/// The units that are here, with their newest agreement.
fn rows(desk: Desk) -> Vec<(String, Id, Option<Ctx>)> {
    desk.units().into_iter().map(|(name, unit)| (name, unit.clone(), newest(desk, &unit))).collect()
}

/// All units at a glance.
pub(super) fn units(desk: Desk) -> Made {
    live(move || {
        let units = rows(desk);
        if units.len() < 2 {
            return made(());
        }
        let mut counts = [0usize; State::ALL.len()];
        let (mut lines, mut waiting) = (Vec::new(), Vec::new());
        for (name, unit, ctx) in &units {
            let told = ctx.as_ref().map(|ctx| {
                let whole = gather::whole(ctx);
                let standing = whole.head.standing(whole.open_comments);
                let waits = gather::me(ctx).and_then(|me| waits(&whole, &standing, me));
                (standing.state, whole, waits)
            });
            if let Some((state, _, waits)) = &told {
                if let Some(count) =
                    State::ALL.iter().position(|own| own == state).and_then(|place| counts.get_mut(place))
                {
                    *count += 1;
                }
                if let (Some(words), Some(ctx)) = (waits, ctx) {
                    waiting.push(markup!(
                        r#"<li><a href="{}">{}: {}</a></li>"#,
                        ctx.address(),
                        name.as_str(),
                        words.as_str()
                    ));
                }
            }
            lines.push(line(desk, name, unit, ctx.as_ref(), told.as_ref().map(|(state, whole, _)| (*state, whole))));
        }
        let by_state = State::ALL.iter().zip(counts).filter(|(_, count)| *count > 0);
        let by_state: Vec<String> = by_state.map(|(state, count)| format!("{}: {count}", state.danish())).collect();
        let waiting = if waiting.is_empty() {
            markup!(r#"<p class="all-well">Der venter ikke noget på dig.</p>"#)
        } else {
            markup!(r#"<ul class="todo">{}</ul>"#, waiting)
        };
        markup!(
            r#"
            <section class="part"><h2>Venter på dig</h2>{}</section>
            <section class="part">
                <h2>Alle enheder</h2>
                <p class="help">{}</p>
                <div class="scrolls" tabindex="0" role="region" aria-label="Alle enheder"><table class="units-table">
                    <thead><tr><th scope="col">Enhed</th><th scope="col">I hjulet</th><th scope="col">Samtale</th><th scope="col">Aftale</th></tr></thead>
                    <tbody>{}</tbody>
                </table></div>
            </section>
            <div>{}</div>"#,
            waiting,
            by_state.join(" · "),
            lines,
            beside(units)
        )
    })
}

fn line(
    desk: Desk,
    name: &str,
    unit: &Id,
    ctx: Option<&Ctx>,
    told: Option<(State, &crate::domain::aftale::whole::Whole)>,
) -> Made {
    let cycle: Cycle = desk.cycle();
    let progress: Progress = desk.body(Progress::id(unit, cycle).as_ref());
    let done: Vec<_> = hjulet::seen(desk)
        .into_iter()
        .filter(|seen| progress.is_done(&seen.element.id))
        .map(|seen| seen.element.label.as_str())
        .collect();
    let samtale = Samtale::id(unit, cycle);
    let body: Samtale = desk.body(samtale.as_ref());
    let held = match (body.date, progress.is_done("kvalitetssamtale")) {
        (_, true) => "holdt".to_owned(),
        (Some(day), _) if day <= desk.today.get() => format!("holdt {}", day.danish()),
        (Some(day), _) => day.danish(),
        (None, _) => "skal aftales".to_owned(),
    };
    let agreement = match (ctx, told) {
        (Some(ctx), Some((state, whole))) => markup!(
            r#"<span><a href="{}">{}</a> <span class="tag">{}</span></span>"#,
            ctx.address(),
            whole.head.period.map(span).filter(|words| !words.is_empty()).unwrap_or_else(|| gather::title(&whole.head)),
            state.danish()
        ),
        _ => markup!(r#"<span class="help">ingen endnu</span>"#),
    };
    markup!(
        r#"<tr><th scope="row">{}</th><td>{}</td><td><a href="{}">{}</a></td><td>{}</td></tr>"#,
        name,
        done.last().map_or("ikke begyndt".to_owned(), |last| format!("{last} er gjort")),
        Route::Samtale { unit: Some(unit.clone()), part: None }.to_string(),
        held,
        agreement
    )
}

/// Two agreements beside one another.
fn beside(units: Vec<(String, Id, Option<Ctx>)>) -> Made {
    let all: Vec<(String, Ctx)> = units.into_iter().filter_map(|(name, _, ctx)| Some((name, ctx?))).collect();
    maybe((all.len() > 1).then(|| {
        let (left, right) = (RwSignal::new(Some(0)), RwSignal::new(Some(1)));
        let names: Vec<String> = all.iter().map(|(name, _)| name.clone()).collect();
        let choice = |id: &str, label: &str, of: RwSignal<Option<usize>>| {
            let options = std::iter::once("Vælg".to_owned()).chain(names.clone()).collect();
            super::inputs::select(id.to_owned(), label.to_owned(), options, move || of.get(), move |place| of.set(place))
        };
        let (first, second) = (choice("beside-left", "Den ene aftale", left), choice("beside-right", "Den anden", right));
        let open = move || {
            let at = |place: RwSignal<Option<usize>>| all.get(place.get_untracked()?);
            if let (Some((_, one)), Some((_, other))) = (at(left), at(right)) {
                device::go_to(&one.part(&format!("{BESIDE}{}", other.id)));
            }
        };
        markup!(
            r#"<section class="part"><h2>To aftaler ved siden af hinanden</h2><div class="compared">{}{}</div>{}</section>"#,
            first,
            second,
            button("Vis dem", open)
        )
    }))
}

/// What the part of an address begins with that shows another agreement beside.
pub(super) const BESIDE: &str = "ved-";
