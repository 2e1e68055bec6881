//! Beside the chapters: what would make the report better, who writes it, and when it is final.

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::rapport::Rapport;
use crate::domain::rapport::missing::{ReportGapLocation, missing};
use crate::record::path::Path;

use super::chapters::{Unfolded, unfold};
use super::{Composed, RapportContext, lead_to};
use crate::ui::kit::components::FieldType;
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, on_click};
use crate::ui::state::queries::agreements;

/// What stands beside the chapters.
pub(crate) fn completion(ctx: &RapportContext, composed: Composed, unfolded: Unfolded) -> BuiltView {
    let at = inputs::LeafInput { workspace: ctx.desk.workspace, record: ctx.id.clone(), path: Path::root("finished") };
    let (read, write) = (ctx.clone(), ctx.clone());
    let finished = inputs::day_field(
        at,
        "rapport-finished".to_owned(),
        "Endelig fra",
        move || read.body().finished,
        move |day, focus| {
            write.ensure();
            agreements::edit::<Rapport>(write.desk.workspace, &write.id, focus, |report| report.finished = day);
        },
    );
    markup!(
        r#"
        <section class="side"><h2>Det mangler</h2>{}</section>
        <section class="side"><h2>Om rapporten</h2>{}{}{}
            <p class="help">Den færdige rapport hører til i kommunens ESDH-system. Tal, der hviler på færre end 5 personer, kommer aldrig med.</p>
        </section>"#,
        gaps(composed, unfolded, ctx.id.clone()),
        ctx.text(Path::root("title"), "Titel", "", FieldType::Line),
        ctx.text(Path::root("writers"), "Hvem er den fra?", "", FieldType::Line),
        finished
    )
}

/// «Det mangler»: each line leads to its chapter.
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
                let lead = match gap.place {
                    ReportGapLocation::Chapter(id) => on_click(move || {
                        unfold(unfolded, &id);
                        show(&id);
                    }),
                    ReportGapLocation::Writers => {
                        let field = format!("{record}-writers");
                        on_click(move || inputs::focus_on(field.clone()))
                    }
                    ReportGapLocation::Files => return markup!(r##"<li><a href="#/filer">{}</a></li>"##, gap.words),
                };
                let words: String = gap.words;
                build_view(view! { <li><button type="button" class="link" on:click=lead>{words}</button></li> })
            })
            .collect();
        let rest = (rest > 0).then(|| markup!(r#"<p class="help">Og {} til.</p>"#, rest.to_string()));
        markup!(r#"<div><ul class="todo">{}</ul>{}</div>"#, rows, rest)
    })
}

/// Leads the eye and the keyboard to a chapter, once it is unfolded.
fn show(id: &Id) {
    let selector = format!("#afsnit-{id} > summary");
    request_animation_frame(move || lead_to(&selector));
}
