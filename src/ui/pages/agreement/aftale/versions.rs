//! The frozen versions of an agreement, and the changes between any two of them, or since one of them.

use leptos::prelude::*;

use crate::domain::aftale::bundle::AgreementBundle;
use crate::domain::aftale::compare::{ChangedLine, ChangedPart, ComparedAgreement, LineChange, RewordedPiece, compare};
use crate::domain::aftale::progress::IndicatorSource;
use crate::domain::aftale::version::{AgreedContent, Version, short_fingerprint};
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

/// A version whose content is in this browser.
struct FoundVersion {
    id: Id,
    agreed: AgreedContent,
    /// Whether the content matches its fingerprint.
    is_sound: bool,
}

/// Indicator data for one side of a comparison.
enum ComparedSide {
    /// The agreement as it is now.
    Current(UnitIndicators),
    /// A frozen version: names come from its content, progress from the figures written in its goals.
    Frozen(Box<AgreedContent>, UnitIndicators),
}

impl IndicatorSource for ComparedSide {
    fn name(&self, anchor: &Anchor) -> String {
        match self {
            Self::Current(indicators) => indicators.name(anchor),
            Self::Frozen(agreed, _) => {
                agreed.names.get(anchor.id()).cloned().unwrap_or_else(|| anchor.id().to_string())
            }
        }
    }

    fn progress(&self, goal: &Goal, period: Option<Span>) -> Option<PublishedProgress> {
        match self {
            Self::Current(indicators) => IndicatorSource::progress(indicators, goal, period),
            Self::Frozen(_, indicators) => indicators.progress_in_version(goal, period),
        }
    }
}

/// Returns the versions of an agreement whose content is in this browser, sorted by number, then by date.
fn found_versions(ctx: &AftaleContext) -> Vec<FoundVersion> {
    let records = agreements::children_of(ctx.app.workspace, Kind::Version, &ctx.id, Life::Living);
    let found: Vec<FoundVersion> = records
        .iter()
        .filter_map(|record| {
            let _: Version = record.view().ok()?;
            let (agreed, is_sound) = agreements::version_content(ctx, record.id())?;
            Some(FoundVersion { id: record.id().clone(), agreed, is_sound })
        })
        .collect();
    let key = |version: &FoundVersion| (version.agreed.number, version.agreed.date, version.id.clone());
    fractional_index::sorted(found, &|one, other| key(one) < key(other))
}

/// Builds the page.
pub(crate) fn versions(ctx: &AftaleContext) -> BuiltView {
    let ctx = ctx.clone();
    // Indices of the compared versions. `None` stands for the newest version in `earlier`, and for the agreement as it
    // is now in `later`.
    let (earlier, later) = (RwSignal::new(None::<usize>), RwSignal::new(None::<usize>));
    dynamic_view(move || {
        let head = agreements::head(&ctx);
        let found_list = found_versions(&ctx);
        let rows: Vec<_> = found_list
            .iter()
            .map(|version| {
                let state = if !version.is_sound {
                    "passer ikke til sit fingeraftryk"
                } else if head.is_agreed(&version.id) {
                    "begge har sagt ja"
                } else {
                    "ikke indgået"
                };
                markup!(
                    r#"<li><a href="{}">Version {}</a><span class="tag">{}</span><span class="help">låst {} · {}</span></li>"#,
                    ctx.part(version.id.as_str()),
                    version.agreed.number.to_string(),
                    short_fingerprint(&version.id),
                    version.agreed.date.map(crate::domain::date::Date::danish).unwrap_or_default(),
                    state
                )
            })
            .collect();
        let withheld = agreements::children_of(ctx.app.workspace, Kind::Version, &ctx.id, Life::Living);
        let withheld = withheld.iter().filter(|record| agreements::is_content_withheld(&ctx, record.id())).map(|record| {
            markup!(
                r#"<li><a href="{}">Version {}</a><span class="help">indholdet fulgte ikke med i filen</span></li>"#,
                ctx.part(record.id().as_str()),
                short_fingerprint(record.id())
            )
        });
        let rows: Vec<_> = rows.into_iter().chain(withheld.collect::<Vec<_>>()).collect();
        let empty_hint = rows.is_empty().then(|| {
            markup!(
                r#"<p class="help">Der er ingen endnu. Den første kommer, når aftalen gøres klar til underskrift.</p>"#
            )
        });
        let comparison = (!found_list.is_empty()).then(|| comparison(&ctx, &found_list, earlier, later));
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
            empty_hint,
            rows,
            comparison
        )
    })
}

/// Builds the choice of two sides, and the changes between them.
fn comparison(
    ctx: &AftaleContext,
    versions: &[FoundVersion],
    earlier: RwSignal<Option<usize>>,
    later: RwSignal<Option<usize>>,
) -> BuiltView {
    let names: Vec<String> = versions
        .iter()
        .map(|version| format!("Version {} ({})", version.agreed.number, short_fingerprint(&version.id)))
        .collect();
    let choice = |id: &str, label: &str, default: &str, chosen: RwSignal<Option<usize>>| {
        let options = std::iter::once(default.to_owned()).chain(names.clone()).collect();
        inputs::select_field(
            id.to_owned(),
            label.to_owned(),
            options,
            move || chosen.get(),
            move |index| chosen.set(index),
        )
    };
    let earlier_choice = choice("earlier", "Sammenlign", "Den seneste version", earlier);
    let later_choice = choice("later", "med", "Aftalen, som den er nu", later);
    let agreed: Vec<AgreedContent> = versions.iter().map(|version| version.agreed.clone()).collect();
    let ctx = ctx.clone();
    let result = dynamic_view(move || {
        let version_at = |index: Option<usize>| index.and_then(|index| agreed.get(index)).cloned();
        let before = version_at(earlier.get()).or_else(|| agreed.last().cloned());
        let Some(before) = before else { return build_view(()) };
        let before_bundle = before.bundle.clone();
        let before_source = ComparedSide::Frozen(Box::new(before), UnitIndicators::of(&ctx));
        let (after_bundle, after_source): (AgreementBundle, ComparedSide) = match version_at(later.get()) {
            Some(agreed) => (agreed.bundle.clone(), ComparedSide::Frozen(Box::new(agreed), UnitIndicators::of(&ctx))),
            None => (agreements::bundle(&ctx), ComparedSide::Current(UnitIndicators::of(&ctx))),
        };
        let parts = compare(
            ComparedAgreement { bundle: &before_bundle, indicators: &before_source },
            ComparedAgreement { bundle: &after_bundle, indicators: &after_source },
        );
        if parts.is_empty() {
            return markup!(r#"<p class="all-well">Ingen forskel: de siger det samme.</p>"#);
        }
        let parts: Vec<_> = parts.iter().map(part_section).collect();
        markup!(r#"<div class="comparison">{}</div>"#, parts)
    });
    markup!(
        r#"<section class="part"><h2>Hvad er ændret?</h2><div class="version-choice">{}{}</div><div>{}</div></section>"#,
        earlier_choice,
        later_choice,
        result
    )
}

fn part_section(part: &ChangedPart) -> BuiltView {
    let rows = |lines: &[ChangedLine]| -> Vec<BuiltView> { lines.iter().map(change_row).collect() };
    match part {
        ChangedPart::Head(lines) => {
            markup!(r"<section><h3>Parter, periode og inddragelse</h3><ul>{}</ul></section>", rows(lines))
        }
        ChangedPart::GoalAdded(number, text) => {
            markup!(r"<section><h3>Nyt: mål {}</h3><p><ins>{}</ins></p></section>", number.to_string(), text.as_str())
        }
        ChangedPart::GoalDropped(number, text) => {
            markup!(
                r"<section><h3>Udgået: mål {} før</h3><p><del>{}</del></p></section>",
                number.to_string(),
                text.as_str()
            )
        }
        ChangedPart::Goal(number, text, lines) => markup!(
            r"<section><h3>Mål {}: {}</h3><ul>{}</ul></section>",
            number.to_string(),
            text.as_str(),
            rows(lines)
        ),
    }
}

fn change_row(change: &ChangedLine) -> BuiltView {
    let (label, pieces): (&str, Vec<BuiltView>) = match &change.change {
        LineChange::Added(text) => ("tilføjet", vec![markup!("<ins>{}</ins>", text.as_str())]),
        LineChange::Dropped(text) => ("udgået", vec![markup!("<del>{}</del>", text.as_str())]),
        LineChange::Reworded(pieces) => ("omskrevet", pieces.iter().map(piece_view).collect()),
    };
    markup!(
        r#"<li><strong>{}</strong> <span class="help">{}</span><p class="text">{}</p></li>"#,
        change.label,
        label,
        pieces
    )
}

fn piece_view(piece: &RewordedPiece) -> BuiltView {
    match piece {
        RewordedPiece::Unchanged(text) => markup!("<span>{}</span>", text.as_str()),
        RewordedPiece::Added(text) => markup!("<ins>{}</ins>", text.as_str()),
        RewordedPiece::Dropped(text) => markup!("<del>{}</del>", text.as_str()),
    }
}
