//! The foundation: read section by section, searched across all editions, and a ten-minute tour for newcomers.
//!
//! | file | purpose |
//! | --- | --- |
//! | `mod.rs` | the pages, the search, and the table of contents |
//! | `items` | a section with its items |
//! | `links` | links to pages of the municipality |
//! | `relations` | what an item hangs on, and what hangs on it |
//! | `syn_review` | when the unit takes up the four views again, in their section |

mod items;
mod links;
mod relations;
mod syn_review;

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::fundament::{self, Edition, FundamentItem, Sort, search};
use crate::domain::relations::item_name;

use crate::ui::kit::components::{Field, FieldEvent};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use items::{proposal_tag, section};

/// The steps of the ten-minute tour: a section, and the sorts of its items that are listed.
const TOUR: [(&str, &[Sort]); 11] = [
    ("formaal", &[Sort::Vision, Sort::Motto]),
    ("pejlemaerker", &[Sort::Pejlemaerke]),
    ("maaling", &[Sort::Data]),
    ("medlemskab", &[Sort::Field]),
    ("syn", &[Sort::Syn]),
    ("praksis", &[Sort::Practice]),
    ("adfaerd", &[Sort::Way, Sort::Expectation]),
    ("velfaerd", &[Sort::Pair]),
    ("almenomraadet", &[Sort::Method]),
    ("tek", &[Sort::Corner, Sort::Lever]),
    ("hjul", &[Sort::Element]),
];
/// The largest number of items that a step of the tour lists with their texts. A step fills at most one phone screen.
const MAX_TOUR_TEXTS: usize = 3;
/// The largest number of search results that is listed.
const MAX_RESULTS: usize = 30;

/// The page of the foundation.
#[component]
pub(crate) fn FundamentPage(app: AppContext, edition: Option<String>, item: Option<String>) -> BuiltView {
    let known = edition.as_deref().map_or_else(fundament::present_edition, fundament::edition);
    let shown = known.and_then(|edition| match item.as_deref() {
        None => Some(None),
        Some(item) => edition.section_of(item).map(Some),
    });
    let (Some(edition), Some(section)) = (known, shown) else {
        return markup!(
            r##"
            <header class="page-head">
                <h1>Det står ikke i fundamentet</h1>
                <p class="purpose">Adressen nævner noget, som ingen udgave har. Måske er den skrevet forkert.</p>
            </header>
            <p><a href="#/fundament">Til fundamentet</a></p>"##
        );
    };
    let query = RwSignal::new(String::new());
    let content = move || match section {
        Some(section) => section_view(app, edition, section),
        None => contents(edition),
    };
    let on_event = move |event: FieldEvent| {
        if let FieldEvent::Typed(text) = event {
            query.set(text);
        }
    };
    let field = view! {
        <Field id="search".to_owned() label="Søg i fundamentet" value=Rc::new(move || query.get()) on_event=Rc::new(on_event)/>
    };
    markup!(
        r#"<search class="search">{}</search><div>{}</div>"#,
        build_view(field),
        dynamic_view(move || if query.with(|query| query.trim().is_empty()) {
            content()
        } else {
            search_results(query)
        })
    )
}

/// Shows the results of a search.
fn search_results(query: RwSignal<String>) -> BuiltView {
    let results = query.with(|query| search(fundament::editions(), query));
    let count = match results.len() {
        0 => "Intet fundet. Prøv en del af et ord, for eksempel «ensom».".to_owned(),
        1 => "1 sted".to_owned(),
        count if count > MAX_RESULTS => format!("{count} steder; de første {MAX_RESULTS} vises"),
        count => format!("{count} steder"),
    };
    let items: Vec<_> = results
        .into_iter()
        .take(MAX_RESULTS)
        .map(|result| {
            let route = Route::item(result.edition.id(), &result.item.id).to_string();
            let section = result.edition.section_of(&result.item.id).map_or("", |section| section.label.as_str());
            let location = format!("{} · {section}", result.edition.about().label);
            markup!(
                r#"<li><a href="{}">{}</a><p>{}</p><p class="help">{}</p></li>"#,
                route,
                item_name(result.edition, result.item),
                result.item.text.as_str(),
                location
            )
        })
        .collect();
    markup!(
        r#"<header class="page-head"><h1>Det står i fundamentet</h1><p role="status">{}</p></header><ul class="search-results">{}</ul>"#,
        count,
        items
    )
}

/// Shows the editions, and the sections of one of them.
fn contents(edition: &'static Edition) -> BuiltView {
    let editions: Vec<_> = fundament::editions()
        .iter()
        .map(|other| {
            let route = Route::Fundament { edition: Some(other.id().to_owned()), item: None };
            tab(&route, other.about(), other.id() == edition.id())
        })
        .collect();
    let sections: Vec<_> = edition
        .sections()
        .iter()
        .map(|section| {
            let route = Route::item(edition.id(), &section.id).to_string();
            markup!(r#"<li><a href="{}">{}</a><p>{}</p></li>"#, route, section.label.as_str(), section.text.as_str())
        })
        .collect();
    markup!(
        r##"
        <header class="page-head">
            <h1>Fundament</h1>
            <p class="purpose">{}</p>
            <p><a class="button primary" href="#/ny/1">Ny i Børn &amp; Unge: læs på ti minutter</a></p>
        </header>
        <nav aria-label="Udgaver"><ul class="tabs">{}</ul></nav>
        <ul class="table-of-contents">{}</ul>"##,
        edition.about().text.as_str(),
        editions,
        sections
    )
}

/// Builds a list item that links to an edition or a section, and marks the one that is shown.
fn tab(route: &Route, item: &FundamentItem, is_shown: bool) -> BuiltView {
    let current = if is_shown { "page" } else { "false" };
    markup!(r#"<li><a href="{}" aria-current="{}">{}</a></li>"#, route.to_string(), current, item.label.as_str())
}

/// Shows a section, with links to the others.
fn section_view(app: AppContext, edition: &'static Edition, shown: &'static FundamentItem) -> BuiltView {
    let sections = edition.sections();
    let index = sections.iter().position(|other| other.id == shown.id).unwrap_or_default();
    let list: Vec<_> =
        sections.iter().map(|other| tab(&Route::item(edition.id(), &other.id), other, other.id == shown.id)).collect();
    let link = |other: Option<&'static FundamentItem>, label: &'static str| {
        let other = other?;
        let route = Route::item(edition.id(), &other.id).to_string();
        Some(markup!(r#"<a href="{}"><span class="help">{}</span>{}</a>"#, route, label, other.label.as_str()))
    };
    let previous = index.checked_sub(1).and_then(|index| sections.get(index));
    markup!(
        r##"
        <div class="reading">
            <nav class="sections" aria-label="Afsnit"><ul>{}</ul></nav>
            <article>
                <p class="eyebrow"><a href="#/fundament/{}">{}</a></p>
                {}{}
                <nav class="neighbours" aria-label="Afsnit ved siden af">{}{}</nav>
            </article>
        </div>"##,
        list,
        edition.id(),
        edition.about().label.as_str(),
        section(app, edition, shown),
        (shown.id == syn_review::SECTION).then(|| syn_review::syn_review(app)),
        link(previous, "Før"),
        link(sections.get(index + 1), "Efter")
    )
}

/// The tour of the foundation in ten minutes, one section a step.
#[component]
pub(crate) fn FundamentTourPage(step: usize) -> BuiltView {
    let edition = fundament::present_edition();
    let shown = step
        .checked_sub(1)
        .and_then(|index| TOUR.get(index))
        .and_then(|(id, sorts)| Some((edition?, edition?.find(id)?, *sorts)));
    let Some((edition, section, sorts)) = shown else {
        return markup!(
            r##"
            <header class="page-head">
                <h1>Nu kender du fundamentet</h1>
                <p class="purpose">Resten kan du slå op, når du får brug for det. Næste skridt er at se, hvor hjulet står i dag.</p>
                <p><a class="button primary" href="#/">Til overblikket</a></p>
            </header>"##
        );
    };
    let (last_step, current_step) = (TOUR.len().to_string(), step.to_string());
    let back_link =
        (step > 1).then(|| markup!(r#"<a class="button" href="{}">Tilbage</a>"#, Route::Ny(step - 1).to_string()));
    markup!(
        r#"
        <article class="introduction">
            <p class="eyebrow">Ny i Børn &amp; Unge · {} af {}</p>
            <progress class="reading-progress" max="{}" value="{}" aria-label="Hvor langt du er"></progress>
            {}
            <nav class="buttons" aria-label="Videre">{}<a class="button primary" href="{}">Næste</a><a class="button" href="{}">Læs hele afsnittet</a></nav>
        </article>"#,
        current_step.as_str(),
        last_step.as_str(),
        last_step.as_str(),
        current_step.as_str(),
        short_section(section, sorts),
        back_link,
        Route::Ny(step + 1).to_string(),
        Route::item(edition.id(), &section.id).to_string()
    )
}

/// Shows a section in short: its text, and its items of some sorts.
fn short_section(section: &FundamentItem, sorts: &[Sort]) -> BuiltView {
    let listed: Vec<&FundamentItem> = section.parts.iter().filter(|item| sorts.contains(&item.sort)).collect();
    let has_texts = listed.len() <= MAX_TOUR_TEXTS;
    let line = |item: &&FundamentItem| {
        let text = has_texts.then(|| markup!("<span> {} {}</span>", item.text.as_str(), proposal_tag(item)));
        markup!("<li><strong>{}</strong>{}</li>", item.label.as_str(), text)
    };
    markup!(
        r#"<h1>{}</h1><p class="purpose">{}</p><ul class="tour-items">{}</ul>"#,
        section.label.as_str(),
        section.text.as_str(),
        listed.iter().map(line).collect::<Vec<_>>()
    )
}
