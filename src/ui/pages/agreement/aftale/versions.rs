//! What was agreed to, what was done when, and what has changed since: any version against any other.

use leptos::prelude::*;

use crate::domain::aftale::compare::{ChangedLine, ChangedPart, ComparedAgreement, LineChange, RewordedPiece, compare};
use crate::domain::aftale::progress::IndicatorSource;
use crate::domain::aftale::version::{AgreedContent, Version, short};
use crate::domain::aftale::whole::AgreementBundle;
use crate::domain::fractional_index;
use crate::domain::goal::{Anchor, Goal};
use crate::domain::id::Id;
use crate::domain::period::Span;
use crate::domain::publish::PublishedProgress;
use crate::domain::registry::Kind;
use crate::record::life::Life;

use super::{AftaleContext, crumbs};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view};
use crate::ui::state::queries::agreements::{self, UnitIndicators};

/// A version that is here.
struct FoundVersion {
    id: Id,
    agreed: AgreedContent,
    is_sound: bool,
}

/// What was known on one side of a comparison.
enum ComparedSide {
    Now(UnitIndicators),
    Then(Box<AgreedContent>, UnitIndicators),
}

impl IndicatorSource for ComparedSide {
    fn name(&self, anchor: &Anchor) -> String {
        match self {
            Self::Now(here) => here.name(anchor),
            Self::Then(agreed, _) => agreed.names.get(anchor.id()).cloned().unwrap_or_else(|| anchor.id().to_string()),
        }
    }

    fn progress(&self, goal: &Goal, period: Option<Span>) -> Option<PublishedProgress> {
        match self {
            Self::Now(here) => IndicatorSource::progress(here, goal, period),
            Self::Then(_, here) => here.written(goal, period),
        }
    }
}

/// The versions of an agreement that are here, the first one first.
fn found(ctx: &AftaleContext) -> Vec<FoundVersion> {
    let records = agreements::children_of(ctx.desk.workspace, Kind::Version, &ctx.id, Life::Living);
    let found: Vec<FoundVersion> = records
        .iter()
        .filter_map(|record| {
            let _: Version = record.view().ok()?;
            let (agreed, is_sound) = agreements::agreed(ctx, record.id())?;
            Some(FoundVersion { id: record.id().clone(), agreed, is_sound })
        })
        .collect();
    let key = |one: &FoundVersion| (one.agreed.number, one.agreed.date, one.id.clone());
    fractional_index::sorted(found, &|one, other| key(one) < key(other))
}

/// The page.
pub(crate) fn versions(ctx: &AftaleContext) -> BuiltView {
    let ctx = ctx.clone();
    // Which are compared: the place among the versions; none for the agreement as it is now.
    let (earlier, later) = (RwSignal::new(None::<usize>), RwSignal::new(None::<usize>));
    dynamic_view(move || {
        let head = agreements::head(&ctx);
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
        let withheld = agreements::children_of(ctx.desk.workspace, Kind::Version, &ctx.id, Life::Living);
        let withheld = withheld.iter().filter(|record| agreements::is_withheld(&ctx, record.id())).map(|record| {
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

fn comparison(
    ctx: &AftaleContext,
    found: &[FoundVersion],
    earlier: RwSignal<Option<usize>>,
    later: RwSignal<Option<usize>>,
) -> BuiltView {
    let names: Vec<String> =
        found.iter().map(|one| format!("Version {} ({})", one.agreed.number, short(&one.id))).collect();
    let choice = |id: &str, label: &str, first: &str, of: RwSignal<Option<usize>>| {
        let options = std::iter::once(first.to_owned()).chain(names.clone()).collect();
        inputs::select_field(id.to_owned(), label.to_owned(), options, move || of.get(), move |place| of.set(place))
    };
    let first = choice("earlier", "Sammenlign", "Den seneste version", earlier);
    let second = choice("later", "med", "Aftalen, som den er nu", later);
    let agreed: Vec<AgreedContent> = found.iter().map(|one| one.agreed.clone()).collect();
    let ctx = ctx.clone();
    let result = dynamic_view(move || {
        let at = |place: Option<usize>| place.and_then(|place| agreed.get(place)).cloned();
        let before = at(earlier.get()).or_else(|| agreed.last().cloned());
        let Some(before) = before else { return build_view(()) };
        let before_whole = before.whole.clone();
        let before_known = ComparedSide::Then(Box::new(before), UnitIndicators::of(&ctx));
        let (after_whole, after_known): (AgreementBundle, ComparedSide) = match at(later.get()) {
            Some(agreed) => (agreed.whole.clone(), ComparedSide::Then(Box::new(agreed), UnitIndicators::of(&ctx))),
            None => (agreements::bundle(&ctx), ComparedSide::Now(UnitIndicators::of(&ctx))),
        };
        let parts = compare(
            ComparedAgreement { whole: &before_whole, known: &before_known },
            ComparedAgreement { whole: &after_whole, known: &after_known },
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

fn part(part: &ChangedPart) -> BuiltView {
    let changes = |changes: &[ChangedLine]| -> Vec<BuiltView> { changes.iter().map(change).collect() };
    match part {
        ChangedPart::Head(all) => {
            markup!(r"<section><h3>Parter, periode og inddragelse</h3><ul>{}</ul></section>", changes(all))
        }
        ChangedPart::GoalAdded(number, words) => {
            markup!(r"<section><h3>Nyt: mål {}</h3><p><ins>{}</ins></p></section>", number.to_string(), words.as_str())
        }
        ChangedPart::GoalDropped(number, words) => {
            markup!(
                r"<section><h3>Udgået: mål {} før</h3><p><del>{}</del></p></section>",
                number.to_string(),
                words.as_str()
            )
        }
        ChangedPart::Goal(number, words, all) => markup!(
            r"<section><h3>Mål {}: {}</h3><ul>{}</ul></section>",
            number.to_string(),
            words.as_str(),
            changes(all)
        ),
    }
}

fn change(change: &ChangedLine) -> BuiltView {
    let (what, pieces): (&str, Vec<BuiltView>) = match &change.became {
        LineChange::Added(text) => ("tilføjet", vec![markup!("<ins>{}</ins>", text.as_str())]),
        LineChange::Dropped(text) => ("udgået", vec![markup!("<del>{}</del>", text.as_str())]),
        LineChange::Reworded(pieces) => ("omskrevet", pieces.iter().map(piece).collect()),
    };
    markup!(
        r#"<li><strong>{}</strong> <span class="help">{}</span><p class="text">{}</p></li>"#,
        change.label,
        what,
        pieces
    )
}

fn piece(piece: &RewordedPiece) -> BuiltView {
    match piece {
        RewordedPiece::Kept(text) => markup!("<span>{}</span>", text.as_str()),
        RewordedPiece::Added(text) => markup!("<ins>{}</ins>", text.as_str()),
        RewordedPiece::Dropped(text) => markup!("<del>{}</del>", text.as_str()),
    }
}
