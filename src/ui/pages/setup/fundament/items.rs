//! A section as it is read: its items by what they are.

use leptos::prelude::*;

use crate::domain::fundament::{Edition, FundamentItem, Sort, SourceDocument};

use super::links::LinkSlot;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// A section with all that lies in it.
pub(crate) fn section(desk: AppContext, edition: &'static Edition, section: &'static FundamentItem) -> BuiltView {
    markup!(
        r#"
        <div class="section">
            <h1 id="{}">{}</h1>
            <p class="purpose">{}</p>
            <div class="items">{}</div>
            <p class="help source">{}</p>
        </div>"#,
        section.id.as_str(),
        section.label.as_str(),
        section.text.as_str(),
        items(desk, edition, &section.parts, 2),
        sources(edition, section)
    )
}

/// The documents that a section comes from, in words.
fn sources(edition: &Edition, section: &FundamentItem) -> String {
    let own = |item: &FundamentItem| item.source.clone();
    let mut sources: Vec<SourceDocument> = if section.source.is_empty() { own(edition.about()) } else { own(section) };
    for source in section.all().flat_map(own) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    let names: Vec<&str> = sources.into_iter().map(SourceDocument::danish).collect();
    format!("Teksten er skrevet til Kvalitetshjul. Indholdet bygger på: {}.", names.join("; "))
}

/// Items in a row; those of a sort that follow one another stand under one word for them.
fn items(desk: AppContext, edition: &'static Edition, items: &'static [FundamentItem], level: u8) -> Vec<BuiltView> {
    let mut said = Sort::Unsaid;
    let mut views = Vec::new();
    let mixed = items.iter().any(|item| item.sort != items[0].sort);
    for item in items {
        // What hangs on another stands under it.
        if item.sort == Sort::Task && !item.on.is_empty() {
            continue;
        }
        let word = plural(item.sort);
        if level == 2 && mixed && item.sort != said && !word.is_empty() {
            views.push(markup!(r#"<h2 class="sort">{}</h2>"#, word));
        }
        said = item.sort;
        views.push(self::item(desk, edition, item, level));
    }
    views
}

/// What several of a sort are called, where it is worth a heading of its own.
const fn plural(sort: Sort) -> &'static str {
    match sort {
        Sort::Theme => "De fem temaer",
        Sort::Goal => "De ni mål",
        Sort::Reason => "Derfor måler vi",
        Sort::Data => "Et bredt begreb om data",
        Sort::Tool => "To redskaber",
        Sort::Way => "Seks måder at arbejde på",
        Sort::Expectation => "Fire forventninger i hverdagen",
        Sort::Promise => "Det giver det os",
        Sort::Pair => "Ni modsætninger",
        Sort::Corner => "Tre hjørner",
        Sort::Lever => "Tre greb",
        Sort::Task => "Opgavehierarkiet",
        Sort::Track => "Spor",
        Sort::Step => "Trin",
        Sort::Slot => "Kommunens egne sider",
        _ => "",
    }
}

fn item(desk: AppContext, edition: &'static Edition, item: &'static FundamentItem, level: u8) -> BuiltView {
    let (id, text) = (item.id.as_str(), item.text.as_str());
    match item.sort {
        Sort::Vision => markup!(r#"<blockquote id="{}">{}</blockquote>"#, id, text),
        Sort::Slot => build_view(view! { <LinkSlot desk item/> }),
        Sort::Pair => {
            let pole = |pole: &FundamentItem| {
                markup!(r#"<div class="pole"><h3>{}</h3><p>{}</p></div>"#, pole.label.as_str(), pole.text.as_str())
            };
            markup!(r#"<div class="pair" id="{}">{}</div>"#, id, item.parts.iter().map(pole).collect::<Vec<_>>())
        }
        Sort::Element => {
            let (route, heading) = (Route::Element(item.id.clone()).to_string(), heading(edition, item, level));
            markup!(
                r#"<section class="item" id="{}">{}<p>{}</p><p><a href="{}">Se, hvad du kan gøre</a></p></section>"#,
                id,
                heading,
                text,
                route
            )
        }
        Sort::Row => {
            let cells: Vec<_> = item.parts.iter().map(cell).collect();
            let heading = heading(edition, item, level);
            markup!(
                r#"<section class="row" id="{}">{}<p>{}</p><div class="cells">{}</div></section>"#,
                id,
                heading,
                text,
                cells
            )
        }
        _ => {
            let aim = match item.wanted {
                Some(wanted) => format!("Ønsket retning: {}", wanted.danish()),
                None if item.target.is_empty() => String::new(),
                None => format!("Måltal: {}", item.target),
            };
            let below = match item.sort {
                Sort::Task => below(desk, edition, item, level + 1),
                _ => items(desk, edition, &item.parts, level + 1),
            };
            markup!(
                r#"<section class="item {}" id="{}">{}<p>{} {}</p>{}{}</section>"#,
                if item.sort == Sort::Pejlemaerke { id } else { "" },
                id,
                heading(edition, item, level),
                text,
                item.proposal.then(|| markup!(r#"<span class="tag">forslag</span>"#)),
                (!aim.is_empty()).then(|| markup!(r#"<p class="target">{}</p>"#, aim)),
                (!below.is_empty()).then(|| markup!(r#"<div class="below">{}</div>"#, below))
            )
        }
    }
}

/// The tasks that hang on a task.
fn below(desk: AppContext, edition: &'static Edition, above: &FundamentItem, level: u8) -> Vec<BuiltView> {
    let hangs_on = |task: &&FundamentItem| task.on.first() == Some(&above.id);
    edition.of_sort(Sort::Task).filter(hangs_on).map(|task| item(desk, edition, task, level)).collect()
}

/// A heading with a link to the item itself, to be handed on.
fn heading(edition: &Edition, item: &'static FundamentItem, level: u8) -> BuiltView {
    let link = markup!(
        r#"<a class="anchor" href="{}" aria-label="Link til {}">#</a>"#,
        Route::item(edition.id(), &item.id).to_string(),
        item.label.as_str()
    );
    let label = item.label.as_str();
    match level {
        2 => markup!("<h2>{} {}</h2>", label, link),
        3 => markup!("<h3>{} {}</h3>", label, link),
        _ => markup!("<h4>{} {}</h4>", label, link),
    }
}

fn cell(cell: &FundamentItem) -> BuiltView {
    let points: Vec<_> = cell.parts.iter().map(|point| markup!("<li>{}</li>", point.label.as_str())).collect();
    let points = (!points.is_empty()).then(|| markup!("<ul>{}</ul>", points));
    markup!(r#"<div class="cell"><h3>{}</h3><p>{}</p>{}</div>"#, cell.label.as_str(), cell.text.as_str(), points)
}
