//! The agreement as a document: to read, to print, to save as a file and to open in a word processor.

use crate::document::aftale::{VersionSeal, aftale};
use crate::document::html::Html;
use crate::domain::aftale::Party;
use crate::domain::aftale::bundle::AgreementBundle;
use crate::domain::aftale::progress::IndicatorSource;
use crate::domain::aftale::state::Assent;
use crate::domain::aftale::version::{AgreedContent, short_fingerprint};
use crate::domain::goal::{Anchor, Goal};
use crate::domain::id::Id;
use crate::domain::period::Span;
use crate::domain::publish::PublishedProgress;
use crate::exchange::file;

use super::{AftaleContext, crumbs};
use crate::ui::kit::markup::{self, markup};
use crate::ui::kit::view::{BuiltView, dynamic_view};
use crate::ui::route::Route;
use crate::ui::state::queries::agreements::{self, UnitIndicators};

/// Indicator data of a frozen version. Names come from the version; progress comes from the figures written in its
/// goals. Figures that may not be published today are hidden.
struct VersionIndicators<'a> {
    agreed: &'a AgreedContent,
    indicators: UnitIndicators,
}

impl IndicatorSource for VersionIndicators<'_> {
    fn name(&self, anchor: &Anchor) -> String {
        self.agreed.names.get(anchor.id()).cloned().unwrap_or_else(|| anchor.id().to_string())
    }

    fn progress(&self, goal: &Goal, period: Option<Span>) -> Option<PublishedProgress> {
        self.indicators.progress_in_version(goal, period)
    }
}

/// Builds the document of the agreement as it is now.
pub(crate) fn draft(ctx: &AftaleContext) -> BuiltView {
    let ctx = ctx.clone();
    dynamic_view(move || {
        let bundle = agreements::bundle(&ctx);
        let html = aftale(&bundle, &UnitIndicators::of(&ctx), None, &[]);
        page(&ctx, &bundle, &html, None)
    })
}

/// Builds the documents of two agreements side by side.
pub(crate) fn side_by_side(ctx: &AftaleContext, other: Option<Id>) -> BuiltView {
    let (ctx, other) = (ctx.clone(), other.map(|id| AftaleContext { app: ctx.app, id }));
    dynamic_view(move || {
        let sides: Vec<_> = [Some(&ctx), other.as_ref()]
            .into_iter()
            .flatten()
            .map(|ctx| {
                let bundle = agreements::bundle(ctx);
                let html = aftale(&bundle, &UnitIndicators::of(ctx), None, &[]);
                markup!(
                    r#"<section aria-label="{}"><p class="eyebrow"><a href="{}">Åbn aftalen</a></p>{}</section>"#,
                    bundle.unit.as_str(),
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

/// Builds the document of a frozen version, or says why it cannot be shown.
pub(crate) fn version(ctx: &AftaleContext, version: &Id) -> BuiltView {
    let (ctx, version) = (ctx.clone(), version.clone());
    dynamic_view(move || {
        let Some((agreed, is_sound)) = agreements::version_content(&ctx, &version) else {
            let reason = if agreements::is_content_withheld(&ctx, &version) {
                "Filen, den kom med, holdt indholdet tilbage, fordi et tal i det kan hvile på færre end 5 personer."
            } else {
                ""
            };
            return markup!(
                r#"
                <header class="page-head"><h1>Versionen er her ikke</h1>
                <p class="purpose">Fingeraftrykket er {}. {} Bed den, der låste versionen, om filen med den.</p></header>
                <p><a href="{}">Til aftalen</a></p>"#,
                short_fingerprint(&version),
                reason,
                ctx.address()
            );
        };
        let head = agreements::head(&ctx);
        let assents: Vec<&Assent> = Party::ALL.into_iter().filter_map(|party| head.assent(&version, party)).collect();
        let seal = VersionSeal { number: agreed.number, fingerprint: &version, date: agreed.date };
        let html = aftale(
            &agreed.bundle,
            &VersionIndicators { agreed: &agreed, indicators: UnitIndicators::of(&ctx) },
            Some(seal),
            &assents,
        );
        let warning = (!is_sound).then(|| {
            markup!(
                r#"<p class="warning" role="alert">Indholdet passer ikke til fingeraftrykket {}: versionen er ændret, efter at den blev låst. Det, der står her, er ikke det, der blev sagt ja til. Åbn filen fra den, der låste den.</p>"#,
                short_fingerprint(&version)
            )
        });
        page(&ctx, &agreed.bundle, &html, warning)
    })
}

/// Puts a document on its page. `warning` is shown if the content does not match its fingerprint.
fn page(ctx: &AftaleContext, bundle: &AgreementBundle, html: &Html, warning: Option<BuiltView>) -> BuiltView {
    let name = file::subject(bundle.unit.as_str(), &agreements::title(&bundle.head));
    crate::ui::kit::paper::document_page(ctx.app.workspace, crumbs(ctx), &name, html, warning)
}
