//! A section of the foundation with its items, each displayed by its sort.

use leptos::prelude::*;

use crate::domain::fundament::{self, Edition, FundamentItem, Sort, SourceDocument};
use crate::domain::practice::DIGITAL_START;
use crate::domain::relations::item_name;

use super::links::LinkSlot;
use super::relations::item_relations;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// The surroundings of items.
#[derive(Clone, Copy)]
struct ItemContext {
    app: AppContext,
    edition: &'static Edition,
    /// The level of the items' headings.
    level: u8,
    /// The documents that are named above the items. An item names its documents only where they differ.
    named: &'static [SourceDocument],
}

impl ItemContext {
    /// Returns the surroundings of the items in an item.
    fn within(&self, item: &'static FundamentItem) -> Self {
        Self { level: self.level + 1, ..self.after_naming(item) }
    }

    /// Returns the same surroundings after the documents of an item have been named.
    fn after_naming(&self, item: &'static FundamentItem) -> Self {
        if item.source.is_empty() { *self } else { Self { named: &item.source, ..*self } }
    }
}

/// Shows a section with all its items.
pub(crate) fn section(app: AppContext, edition: &'static Edition, section: &'static FundamentItem) -> BuiltView {
    let context = ItemContext { app, edition, level: 2, named: &edition.about().source };
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
        items(&context.after_naming(section), &section.parts),
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
    format!(
        "Teksten er skrevet til Kvalitetshjul. Indholdet bygger på: {}. Ved «forslag» siger dokumenterne intet, og teksten er vores bud.",
        titles(&sources)
    )
}

/// Lists the titles of documents.
fn titles(sources: &[SourceDocument]) -> String {
    sources.iter().map(|source| source.danish()).collect::<Vec<_>>().join("; ")
}

/// Names the documents of an item where they differ from those named above it.
fn source_line(context: &ItemContext, item: &FundamentItem) -> Option<BuiltView> {
    let differs = !item.source.is_empty() && item.source != context.named;
    differs.then(|| markup!(r#"<p class="help item-source">Kilde: {}</p>"#, titles(&item.source)))
}

/// Builds the tag of an item whose text is a proposal.
pub(super) fn proposal_tag(item: &FundamentItem) -> Option<BuiltView> {
    item.proposal.then(|| markup!(r#"<span class="tag">forslag</span>"#))
}

/// Shows items in a row. Where the sorts are mixed at level 2, items of one sort get a common heading, and documents
/// that they share are named there once.
fn items(context: &ItemContext, items: &'static [FundamentItem]) -> Vec<BuiltView> {
    let runs: Vec<&'static [FundamentItem]> = items.chunk_by(|one, next| one.sort == next.sort).collect();
    let mut views = Vec::new();
    for &run in &runs {
        let Some(first) = run.first() else { continue };
        let (mut context, sort_heading) = (*context, plural_heading(first.sort));
        if context.level == 2 && runs.len() > 1 && !sort_heading.is_empty() {
            views.push(markup!("<h2>{}</h2>", sort_heading));
            if run.iter().all(|item| item.source == first.source) {
                views.extend(source_line(&context, first));
                context = context.after_naming(first);
            }
        }
        if is_in_matrix(first) {
            views.push(matrix(context.edition, run));
            continue;
        }
        // A task that depends on another is shown under that task.
        let is_shown = |item: &&'static FundamentItem| item.sort != Sort::Task || item.on.is_empty();
        views.extend(run.iter().filter(is_shown).map(|item| self::item(&context, item)));
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
        Sort::Aim => "Tre ting at sigte efter",
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

/// Shows an item by its sort.
fn item(context: &ItemContext, item: &'static FundamentItem) -> BuiltView {
    let ItemContext { app, edition, .. } = *context;
    let (id, text) = (item.id.as_str(), item.text.as_str());
    match item.sort {
        Sort::Vision => markup!(r#"<blockquote id="{}">{}</blockquote>"#, id, text),
        Sort::Slot => build_view(view! { <LinkSlot app item/> }),
        Sort::Pair => markup!(
            r#"<div class="pair" id="{}">{}{}</div>"#,
            id,
            item.parts.iter().map(pole).collect::<Vec<_>>(),
            item_relations(app, edition, item)
        ),
        Sort::Element => markup!(
            r#"<section class="fundament-item" id="{}">{}<p>{}</p>{}<p><a href="{}">Se, hvad du kan gøre</a></p></section>"#,
            id,
            heading(context, item),
            text,
            source_line(context, item),
            Route::Element(item.id.clone()).to_string()
        ),
        Sort::Row => markup!(
            r#"<section id="{}">{}{}<div class="cells">{}</div></section>"#,
            id,
            heading(context, item),
            (!text.is_empty()).then(|| markup!("<p>{}</p>", text)),
            item.parts.iter().map(cell).collect::<Vec<_>>()
        ),
        _ => plain_item(context, item),
    }
}

/// Shows an item as a heading, its text, and the items in it.
fn plain_item(context: &ItemContext, item: &'static FundamentItem) -> BuiltView {
    let ItemContext { app, edition, .. } = *context;
    let id = item.id.as_str();
    let target_text = match item.wanted {
        Some(wanted) => format!("Ønsket retning: {}", wanted.danish()),
        None if item.target.is_empty() => String::new(),
        None => format!("Måltal: {}", item.target),
    };
    let past_year = item.past_year(app.today.get_untracked());
    let children = match item.sort {
        Sort::Task => dependent_tasks(&context.within(item), item),
        _ => items(&context.within(item), &item.parts),
    };
    markup!(
        r#"<section class="fundament-item {}" id="{}">{}<p>{} {}{}</p>{}{}{}{}{}</section>"#,
        if item.sort == Sort::Pejlemaerke { id } else { "" },
        id,
        heading(context, item),
        item.text.as_str(),
        proposal_tag(item),
        past_year.map(|year| markup!(r#"<span class="tag">historie: {}</span>"#, year.to_string())),
        (!target_text.is_empty()).then(|| markup!(r#"<p class="pejlemaerke-target">{}</p>"#, target_text)),
        (id == DIGITAL_START).then(|| markup!(r##"<p><a href="#/praksis">Svar på spørgsmålene i Praksis</a></p>"##)),
        source_line(context, item),
        item_relations(app, edition, item),
        (!children.is_empty()).then(|| markup!(r#"<div class="below">{}</div>"#, children))
    )
}

/// Shows the tasks that depend on a task.
fn dependent_tasks(context: &ItemContext, above: &FundamentItem) -> Vec<BuiltView> {
    let is_dependent = |task: &&FundamentItem| task.on.first() == Some(&above.id);
    context.edition.of_sort(Sort::Task).filter(is_dependent).map(|task| item(context, task)).collect()
}

/// Builds a heading with a link to the item, for sharing.
fn heading(context: &ItemContext, item: &'static FundamentItem) -> BuiltView {
    let (label, link) = (item_name(context.edition, item), anchor(context.edition, item));
    match context.level {
        2 => markup!("<h2>{} {}</h2>", label, link),
        3 => markup!("<h3>{} {}</h3>", label, link),
        _ => markup!("<h4>{} {}</h4>", label, link),
    }
}

/// Builds the link to an item that follows its name.
fn anchor(edition: &Edition, item: &FundamentItem) -> BuiltView {
    markup!(
        r#"<a class="anchor" href="{}" aria-label="Link til {}">#</a>"#,
        Route::item(edition.id(), &item.id).to_string(),
        item.label.as_str()
    )
}

/// Shows a pole of a pair.
fn pole(pole: &FundamentItem) -> BuiltView {
    markup!(
        r#"<div class="pole" id="{}"><h3>{}</h3><p>{} {}</p></div>"#,
        pole.id.as_str(),
        pole.label.as_str(),
        pole.text.as_str(),
        proposal_tag(pole)
    )
}

/// Shows a cell of a row. The place of the cell in its row is what a proposal is about.
fn cell(cell: &FundamentItem) -> BuiltView {
    markup!(
        r#"<div class="cell" id="{}"><h3>{} {}</h3><p>{}</p></div>"#,
        cell.id.as_str(),
        cell.label.as_str(),
        proposal_tag(cell),
        cell.text.as_str()
    )
}

/// Returns whether an item is a row whose cells hold several items each. Such rows are shown as one table.
fn is_in_matrix(item: &FundamentItem) -> bool {
    item.sort == Sort::Row && item.parts.iter().any(|cell| !cell.parts.is_empty())
}

/// Shows rows as a table. Each row has the columns of the first. On a phone a row is a card, and the label of a column
/// stands above each of its cells.
fn matrix(edition: &'static Edition, rows: &'static [FundamentItem]) -> BuiltView {
    let columns = rows.first().map(|row| row.parts.as_slice()).unwrap_or_default();
    let heads: Vec<_> =
        columns.iter().map(|column| markup!(r#"<th scope="col">{}</th>"#, column.label.as_str())).collect();
    let rows: Vec<_> = rows.iter().map(|row| matrix_row(edition, row)).collect();
    markup!(r#"<table class="goal-matrix"><thead><tr>{}</tr></thead>{}</table>"#, heads, rows)
}

/// Shows a row of the table. Its head stands above it, so that the cells have the whole width.
fn matrix_row(edition: &'static Edition, row: &'static FundamentItem) -> BuiltView {
    let point = |point: &'static FundamentItem| {
        markup!(r#"<li id="{}">{}{}</li>"#, point.id.as_str(), point.text.as_str(), followed_today(&point.on))
    };
    let cell = |cell: &'static FundamentItem| {
        markup!(
            r#"<td id="{}" data-label="{}"><ul class="matrix-goals">{}</ul></td>"#,
            cell.id.as_str(),
            cell.label.as_str(),
            cell.parts.iter().map(point).collect::<Vec<_>>()
        )
    };
    markup!(
        r#"<tbody id="{}"><tr><th scope="rowgroup" colspan="{}"><strong>{}</strong> {}<p>{}</p></th></tr><tr>{}</tr></tbody>"#,
        row.id.as_str(),
        row.parts.len().to_string(),
        row.label.as_str(),
        anchor(edition, row),
        row.text.as_str(),
        row.parts.iter().map(cell).collect::<Vec<_>>()
    )
}

/// Names the indicators that follow a goal of a draft, in the newest edition that has them.
fn followed_today(indicators: &'static [String]) -> BuiltView {
    let link = |id: &String| {
        let edition = fundament::editions().iter().find(|edition| edition.find(id).is_some())?;
        let is_present = fundament::present_edition().is_some_and(|present| present.id() == edition.id());
        Some(markup!(
            r#"<span class="help">{}: <a href="{}">{}</a></span>"#,
            if is_present { "I dag" } else { "Kun i udgaven med 11 indikatorer" },
            Route::item(edition.id(), id).to_string(),
            edition.find(id)?.label.as_str()
        ))
    };
    let links: Vec<_> = indicators.iter().filter_map(link).collect();
    if links.is_empty() { markup!(r#"<span class="help">Ingen indikator i dag</span>"#) } else { build_view(links) }
}
