//! The agreement as a document: to read, to print, as a file of its own, and for a word processor.

use crate::document::aftale::{Seal, aftale};
use crate::document::html::Html;
use crate::domain::aftale::Party;
use crate::domain::aftale::progress::IndicatorSource;
use crate::domain::aftale::state::Assent;
use crate::domain::aftale::version::{AgreedContent, short};
use crate::domain::goal::{Anchor, Goal};
use crate::domain::id::Id;
use crate::domain::period::Span;
use crate::domain::publish::PublishedProgress;

use super::{AftaleContext, crumbs};
use crate::ui::kit::markup::{self, markup};
use crate::ui::kit::view::{BuiltView, dynamic_view};
use crate::ui::route::Route;
use crate::ui::state::queries::agreements::{self, UnitIndicators};

/// What was known when a version was laid down. Figures that have been hidden since are hidden in it, too.
struct VersionNames<'a> {
    agreed: &'a AgreedContent,
    here: UnitIndicators,
}

impl IndicatorSource for VersionNames<'_> {
    fn name(&self, anchor: &Anchor) -> String {
        self.agreed.names.get(anchor.id()).cloned().unwrap_or_else(|| anchor.id().to_string())
    }

    fn progress(&self, goal: &Goal, period: Option<Span>) -> Option<PublishedProgress> {
        self.here.written(goal, period)
    }
}

/// The agreement as it is now.
pub(crate) fn draft(ctx: &AftaleContext) -> BuiltView {
    let ctx = ctx.clone();
    dynamic_view(move || {
        let whole = agreements::bundle(&ctx);
        let html = aftale(&whole, &UnitIndicators::of(&ctx), None, &[]);
        page(&ctx, &agreements::title(&whole.head), &html, None)
    })
}

/// Two agreements beside one another.
pub(crate) fn beside(ctx: &AftaleContext, other: Option<Id>) -> BuiltView {
    let (ctx, other) = (ctx.clone(), other.map(|id| AftaleContext { desk: ctx.desk, id }));
    dynamic_view(move || {
        let sides: Vec<_> = [Some(&ctx), other.as_ref()]
            .into_iter()
            .flatten()
            .map(|ctx| {
                let whole = agreements::bundle(ctx);
                let html = aftale(&whole, &UnitIndicators::of(ctx), None, &[]);
                markup!(
                    r#"<section aria-label="{}"><p class="eyebrow"><a href="{}">Åbn aftalen</a></p>{}</section>"#,
                    whole.unit.as_str(),
                    ctx.address(),
                    markup::html_view(&html)
                )
            })
            .collect();
        markup!(
            r#"<div><p class="eyebrow no-print"><a href="{}">Mine enheder</a></p><div class="two-papers">{}</div></div>"#,
            Route::MineEnheder.to_string(),
            sides
        )
    })
}

/// A version as it was laid down.
pub(crate) fn version(ctx: &AftaleContext, version: &Id) -> BuiltView {
    let (ctx, version) = (ctx.clone(), version.clone());
    dynamic_view(move || {
        let Some((agreed, is_sound)) = agreements::agreed(&ctx, &version) else {
            let why = if agreements::is_withheld(&ctx, &version) {
                "Filen, den kom med, holdt indholdet tilbage, fordi et tal i det kan hvile på færre end 5 personer."
            } else {
                ""
            };
            return markup!(
                r#"
                <header class="page-head"><h1>Versionen er her ikke</h1>
                <p class="purpose">Fingeraftrykket er {}. {} Bed den, der låste versionen, om filen med den.</p></header>
                <p><a href="{}">Til aftalen</a></p>"#,
                short(&version),
                why,
                ctx.address()
            );
        };
        let head = agreements::head(&ctx);
        let assents: Vec<&Assent> = Party::ALL.into_iter().filter_map(|party| head.assent(&version, party)).collect();
        let seal = Seal { number: agreed.number, fingerprint: &version, date: agreed.date };
        let html = aftale(
            &agreed.whole,
            &VersionNames { agreed: &agreed, here: UnitIndicators::of(&ctx) },
            Some(seal),
            &assents,
        );
        let broken = (!is_sound).then(|| {
            markup!(
                r#"<p class="why" role="alert">Indholdet passer ikke til fingeraftrykket {}: versionen er ændret, efter at den blev låst. Det, der står her, er ikke det, der blev sagt ja til. Åbn filen fra den, der låste den.</p>"#,
                short(&version)
            )
        });
        page(&ctx, &agreements::title(&agreed.whole.head), &html, broken)
    })
}

fn page(ctx: &AftaleContext, title: &str, html: &Html, broken: Option<BuiltView>) -> BuiltView {
    crate::ui::kit::paper::document_page(ctx.desk.workspace, crumbs(ctx), title, html, broken)
}
