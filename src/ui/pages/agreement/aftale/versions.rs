//! What was agreed to, what was done when, and what has changed since: any version against any other.

use leptos::prelude::*;

use crate::domain::aftale::compare::{Became, Change, Part, Piece, Side, compare};
use crate::domain::aftale::progress::Known;
use crate::domain::aftale::version::{Agreed, Version, short};
use crate::domain::aftale::whole::Whole;
use crate::domain::fractional_index;
use crate::domain::goal::{Anchor, Goal};
use crate::domain::id::Id;
use crate::domain::period::Span;
use crate::domain::publish::PublishedProgress;
use crate::domain::registry::Kind;
use crate::record::life::Life;

use super::gather::{self, Here};
use super::{Ctx, crumbs};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{Made, live, made};

/// A version that is here.
struct Found {
    id: Id,
    agreed: Agreed,
    is_sound: bool,
}

/// What was known on one side of a comparison.
enum Around {
    Now(Here),
    Then(Box<Agreed>, Here),
}

impl Known for Around {
    fn name(&self, anchor: &Anchor) -> String {
        match self {
            Self::Now(here) => here.name(anchor),
            Self::Then(agreed, _) => agreed.names.get(anchor.id()).cloned().unwrap_or_else(|| anchor.id().to_string()),
        }
    }

    fn progress(&self, goal: &Goal, period: Option<Span>) -> Option<PublishedProgress> {
        match self {
            Self::Now(here) => Known::progress(here, goal, period),
            Self::Then(_, here) => here.written(goal, period),
        }
    }
}

/// The versions of an agreement that are here, the first one first.
fn found(ctx: &Ctx) -> Vec<Found> {
    let records = gather::below(ctx.desk.workspace, Kind::Version, &ctx.id, Life::Living);
    let found: Vec<Found> = records
        .iter()
        .filter_map(|record| {
            let _: Version = record.view().ok()?;
            let (agreed, is_sound) = gather::agreed(ctx, record.id())?;
            Some(Found { id: record.id().clone(), agreed, is_sound })
        })
        .collect();
    let key = |one: &Found| (one.agreed.number, one.agreed.date, one.id.clone());
    fractional_index::sorted(found, &|one, other| key(one) < key(other))
}

/// The page.
pub(crate) fn versions(ctx: &Ctx) -> Made {
    let ctx = ctx.clone();
    // Which are compared: the place among the versions; none for the agreement as it is now.
    let (earlier, later) = (RwSignal::new(None::<usize>), RwSignal::new(None::<usize>));
    live(move || {
        let head = gather::head(&ctx);
        let found = found(&ctx);
        let rows: Vec<_> = found
            .iter()
            .map(|one| {
                let state = if !one.is_sound {
                    "passer ikke til sit fingeraftryk"
                } else if head.is_agreed(&one.id) {
                    "begge har sagt ja"
                } else {
                    "ikke indgået"
                };
                markup!(
                    r#"<li><a href="{}">Version {}</a><span class="tag">{}</span><span class="help">låst {} · {}</span></li>"#,
                    ctx.part(one.id.as_str()),
                    one.agreed.number.to_string(),
                    short(&one.id),
                    one.agreed.date.map(crate::domain::date::Date::danish).unwrap_or_default(),
                    state
                )
            })
            .collect();
        let withheld = gather::below(ctx.desk.workspace, Kind::Version, &ctx.id, Life::Living);
        let withheld = withheld.iter().filter(|record| gather::is_withheld(&ctx, record.id())).map(|record| {
            markup!(
                r#"<li><a href="{}">Version {}</a><span class="help">indholdet fulgte ikke med i filen</span></li>"#,
                ctx.part(record.id().as_str()),
                short(record.id())
            )
        });
        let rows: Vec<_> = rows.into_iter().chain(withheld.collect::<Vec<_>>()).collect();
        let none = rows.is_empty().then(|| {
            markup!(
                r#"<p class="help">Der er ingen endnu. Den første kommer, når aftalen gøres klar til underskrift.</p>"#
            )
        });
        let comparison = (!found.is_empty()).then(|| comparison(&ctx, &found, earlier, later));
        markup!(
            r#"
            <div>{}</div>
            <header class="page-head">
                <h1>Versioner og ændringer</h1>
                <p class="purpose">En version er ordene, som begge siger ja til. Den bliver aldrig ændret; en revision bliver til den næste.</p>
            </header>
            <section class="part"><h2>Versioner</h2>{}<ul class="rows">{}</ul></section>
            <div>{}</div>"#,
            crumbs(&ctx),
            none,
            rows,
            comparison
        )
    })
}

fn comparison(ctx: &Ctx, found: &[Found], earlier: RwSignal<Option<usize>>, later: RwSignal<Option<usize>>) -> Made {
    let names: Vec<String> =
        found.iter().map(|one| format!("Version {} ({})", one.agreed.number, short(&one.id))).collect();
    let choice = |id: &str, label: &str, first: &str, of: RwSignal<Option<usize>>| {
        let options = std::iter::once(first.to_owned()).chain(names.clone()).collect();
        inputs::select(id.to_owned(), label.to_owned(), options, move || of.get(), move |place| of.set(place))
    };
    let first = choice("earlier", "Sammenlign", "Den seneste version", earlier);
    let second = choice("later", "med", "Aftalen, som den er nu", later);
    let agreed: Vec<Agreed> = found.iter().map(|one| one.agreed.clone()).collect();
    let ctx = ctx.clone();
    let result = live(move || {
        let at = |place: Option<usize>| place.and_then(|place| agreed.get(place)).cloned();
        let before = at(earlier.get()).or_else(|| agreed.last().cloned());
        let Some(before) = before else { return made(()) };
        let before_whole = before.whole.clone();
        let before_known = Around::Then(Box::new(before), Here::of(&ctx));
        let (after_whole, after_known): (Whole, Around) = match at(later.get()) {
            Some(agreed) => (agreed.whole.clone(), Around::Then(Box::new(agreed), Here::of(&ctx))),
            None => (gather::whole(&ctx), Around::Now(Here::of(&ctx))),
        };
        let parts = compare(
            Side { whole: &before_whole, known: &before_known },
            Side { whole: &after_whole, known: &after_known },
        );
        if parts.is_empty() {
            return markup!(r#"<p class="all-well">Ingen forskel: de siger det samme.</p>"#);
        }
        let parts: Vec<_> = parts.iter().map(part).collect();
        markup!(r#"<div class="comparison">{}</div>"#, parts)
    });
    markup!(
        r#"<section class="part"><h2>Hvad er ændret?</h2><div class="compared">{}{}</div><div>{}</div></section>"#,
        first,
        second,
        result
    )
}

fn part(part: &Part) -> Made {
    let changes = |changes: &[Change]| -> Vec<Made> { changes.iter().map(change).collect() };
    match part {
        Part::Head(all) => {
            markup!(r"<section><h3>Parter, periode og inddragelse</h3><ul>{}</ul></section>", changes(all))
        }
        Part::GoalAdded(number, words) => {
            markup!(r"<section><h3>Nyt: mål {}</h3><p><ins>{}</ins></p></section>", number.to_string(), words.as_str())
        }
        Part::GoalDropped(number, words) => {
            markup!(
                r"<section><h3>Udgået: mål {} før</h3><p><del>{}</del></p></section>",
                number.to_string(),
                words.as_str()
            )
        }
        Part::Goal(number, words, all) => markup!(
            r"<section><h3>Mål {}: {}</h3><ul>{}</ul></section>",
            number.to_string(),
            words.as_str(),
            changes(all)
        ),
    }
}

fn change(change: &Change) -> Made {
    let (what, pieces): (&str, Vec<Made>) = match &change.became {
        Became::Added(text) => ("tilføjet", vec![markup!("<ins>{}</ins>", text.as_str())]),
        Became::Dropped(text) => ("udgået", vec![markup!("<del>{}</del>", text.as_str())]),
        Became::Reworded(pieces) => ("omskrevet", pieces.iter().map(piece).collect()),
    };
    markup!(
        r#"<li><strong>{}</strong> <span class="help">{}</span><p class="text">{}</p></li>"#,
        change.label,
        what,
        pieces
    )
}

fn piece(piece: &Piece) -> Made {
    match piece {
        Piece::Kept(text) => markup!("<span>{}</span>", text.as_str()),
        Piece::Added(text) => markup!("<ins>{}</ins>", text.as_str()),
        Piece::Dropped(text) => markup!("<del>{}</del>", text.as_str()),
    }
}
