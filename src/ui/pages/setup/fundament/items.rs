//! A section of the foundation with its items, each displayed by its sort.

use leptos::prelude::*;

use crate::domain::fundament::{Edition, FundamentItem, Sort, SourceDocument};

use super::links::LinkSlot;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// Shows a section with all its items.
pub(crate) fn section(app: AppContext, edition: &'static Edition, section: &'static FundamentItem) -> BuiltView {
    markup!(
        r#"
        <div>
            <h1 id="{}">{}</h1>
            <p class="purpose">{}</p>
            <div class="fundament-items">{}</div>
            <p class="help source">{}</p>
        </div>"#,
        section.id.as_str(),
        section.label.as_str(),
        section.text.as_str(),
        items(app, edition, &section.parts, 2),
        sources(edition, section)
    )
}

/// Names the documents that a section is based on.
fn sources(edition: &Edition, section: &FundamentItem) -> String {
    let item_sources = |item: &FundamentItem| item.source.clone();
    let mut sources: Vec<SourceDocument> =
        if section.source.is_empty() { item_sources(edition.about()) } else { item_sources(section) };
    for source in section.all().flat_map(item_sources) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    let names: Vec<&str> = sources.into_iter().map(SourceDocument::danish).collect();
    format!("Teksten er skrevet til Kvalitetshjul. Indholdet bygger på: {}.", names.join("; "))
}

/// Shows items in a row. Where the sorts are mixed at level 2, items of one sort get a common heading.
fn items(app: AppContext, edition: &'static Edition, items: &'static [FundamentItem], level: u8) -> Vec<BuiltView> {
    let mut previous_sort = Sort::Unsaid;
    let mut views = Vec::new();
    let is_mixed = items.iter().any(|item| item.sort != items[0].sort);
    for item in items {
        // A task that depends on another is shown under that task.
        if item.sort == Sort::Task && !item.on.is_empty() {
            continue;
        }
        let sort_heading = plural_heading(item.sort);
        if level == 2 && is_mixed && item.sort != previous_sort && !sort_heading.is_empty() {
            views.push(markup!("<h2>{}</h2>", sort_heading));
        }
        previous_sort = item.sort;
        views.push(self::item(app, edition, item, level));
    }
    views
}

/// Returns the heading for several items of a sort; empty for sorts that need none.
const fn plural_heading(sort: Sort) -> &'static str {
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

/// Shows an item by its sort. `level` is the level of its heading.
fn item(app: AppContext, edition: &'static Edition, item: &'static FundamentItem, level: u8) -> BuiltView {
    let (id, text) = (item.id.as_str(), item.text.as_str());
    match item.sort {
        Sort::Vision => markup!(r#"<blockquote id="{}">{}</blockquote>"#, id, text),
        Sort::Slot => build_view(view! { <LinkSlot app item/> }),
        Sort::Pair => {
            let pole = |pole: &FundamentItem| {
                markup!(r#"<div class="pole"><h3>{}</h3><p>{}</p></div>"#, pole.label.as_str(), pole.text.as_str())
            };
            markup!(r#"<div class="pair" id="{}">{}</div>"#, id, item.parts.iter().map(pole).collect::<Vec<_>>())
        }
        Sort::Element => {
            let (route, heading) = (Route::Element(item.id.clone()).to_string(), heading(edition, item, level));
            markup!(
                r#"<section class="fundament-item" id="{}">{}<p>{}</p><p><a href="{}">Se, hvad du kan gøre</a></p></section>"#,
                id,
                heading,
                text,
                route
            )
        }
        Sort::Row => {
            let cells: Vec<_> = item.parts.iter().map(cell).collect();
            let heading = heading(edition, item, level);
            markup!(r#"<section id="{}">{}<p>{}</p><div class="cells">{}</div></section>"#, id, heading, text, cells)
        }
        _ => {
            let target_text = match item.wanted {
                Some(wanted) => format!("Ønsket retning: {}", wanted.danish()),
                None if item.target.is_empty() => String::new(),
                None => format!("Måltal: {}", item.target),
            };
            let children = match item.sort {
                Sort::Task => dependent_tasks(app, edition, item, level + 1),
                _ => items(app, edition, &item.parts, level + 1),
            };
            markup!(
                r#"<section class="fundament-item {}" id="{}">{}<p>{} {}</p>{}{}</section>"#,
                if item.sort == Sort::Pejlemaerke { id } else { "" },
                id,
                heading(edition, item, level),
                text,
                item.proposal.then(|| markup!(r#"<span class="tag">forslag</span>"#)),
                (!target_text.is_empty()).then(|| markup!(r#"<p class="pejlemaerke-target">{}</p>"#, target_text)),
                (!children.is_empty()).then(|| markup!(r#"<div class="below">{}</div>"#, children))
            )
        }
    }
}

/// Shows the tasks that depend on a task.
fn dependent_tasks(app: AppContext, edition: &'static Edition, above: &FundamentItem, level: u8) -> Vec<BuiltView> {
    let is_dependent = |task: &&FundamentItem| task.on.first() == Some(&above.id);
    edition.of_sort(Sort::Task).filter(is_dependent).map(|task| item(app, edition, task, level)).collect()
}

/// Builds a heading with a link to the item, for sharing.
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

/// Shows a cell of a row.
fn cell(cell: &FundamentItem) -> BuiltView {
    let points: Vec<_> = cell.parts.iter().map(|point| markup!("<li>{}</li>", point.label.as_str())).collect();
    let points = (!points.is_empty()).then(|| markup!("<ul>{}</ul>", points));
    markup!(r#"<div class="cell"><h3>{}</h3><p>{}</p>{}</div>"#, cell.label.as_str(), cell.text.as_str(), points)
}
