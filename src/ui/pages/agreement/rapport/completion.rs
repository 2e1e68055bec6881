//! The panel beside the chapters: gaps of the report, its title and writers, and the day on which it is final.

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::rapport::Rapport;
use crate::domain::rapport::missing::{ReportGapLocation, missing};
use crate::record::path::Path;

use super::chapters::{Unfolded, unfold};
use super::{Composed, RapportContext, scroll_to};
use crate::ui::kit::components::FieldType;
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, on_click};
use crate::ui::state::queries::agreements;

/// Builds the panel beside the chapters.
pub(crate) fn completion(ctx: &RapportContext, composed: Composed, unfolded: Unfolded) -> BuiltView {
    let leaf = inputs::LeafInput { workspace: ctx.app.workspace, record: ctx.id.clone(), path: Path::root("finished") };
    let (read_ctx, write_ctx) = (ctx.clone(), ctx.clone());
    let finished = inputs::day_field(
        leaf,
        "rapport-finished".to_owned(),
        "Endelig fra",
        move || read_ctx.body().finished,
        move |day, focus| {
            write_ctx.ensure();
            agreements::edit::<Rapport>(write_ctx.app.workspace, &write_ctx.id, focus, |report| report.finished = day);
        },
    );
    markup!(
        r#"
        <section class="aside-section"><h2>Det mangler</h2>{}</section>
        <section class="aside-section"><h2>Om rapporten</h2>{}{}{}
            <p class="help">Den færdige rapport hører til i kommunens ESDH-system. Tal, der hviler på færre end 5 personer, kommer aldrig med.</p>
        </section>"#,
        gaps(composed, unfolded, ctx.id.clone()),
        ctx.text(Path::root("title"), "Titel", "", FieldType::Line),
        ctx.text(Path::root("writers"), "Hvem er den fra?", "", FieldType::Line),
        finished
    )
}

/// Builds the list of gaps ("Det mangler"). Each line leads to where the gap can be closed.
fn gaps(composed: Composed, unfolded: Unfolded, record: Id) -> BuiltView {
    const SHOWN: usize = 6;
    let gaps = Memo::new(move |_| {
        composed.outline.with(|outline| {
            composed.chapters.with(|chapters| composed.sources.with(|sources| missing(outline, chapters, sources)))
        })
    });
    dynamic_view(move || {
        let gaps = gaps.get();
        if gaps.is_empty() {
            return markup!(r#"<p class="all-well">Ikke noget. Læs den igennem, og vælg en dag.</p>"#);
        }
        let rest = gaps.len().saturating_sub(SHOWN);
        let rows: Vec<_> = gaps
            .into_iter()
            .take(SHOWN)
            .map(|gap| {
                let go_to_gap = match gap.location {
                    ReportGapLocation::Chapter(id) => on_click(move || {
                        unfold(unfolded, &id);
                        scroll_to_chapter(&id);
                    }),
                    ReportGapLocation::Writers => {
                        let field = format!("{record}-writers");
                        on_click(move || inputs::focus_on(field.clone()))
                    }
                    ReportGapLocation::Files => return markup!(r##"<li><a href="#/filer">{}</a></li>"##, gap.text),
                };
                let label: String = gap.text;
                build_view(
                    view! { <li><button type="button" class="link-button" on:click=go_to_gap>{label}</button></li> },
                )
            })
            .collect();
        let rest = (rest > 0).then(|| markup!(r#"<p class="help">Og {} til.</p>"#, rest.to_string()));
        markup!(r#"<div><ul class="todo">{}</ul>{}</div>"#, rows, rest)
    })
}

/// Scrolls to an unfolded chapter and gives it focus, at once: a later change of focus could turn a typed space into a
/// press on the summary, which folds the chapter.
fn scroll_to_chapter(id: &Id) {
    scroll_to(&format!("#afsnit-{id} > summary"));
}
