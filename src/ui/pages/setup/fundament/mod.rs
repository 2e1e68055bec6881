//! The foundation: its sections read one at a time, searched across all editions, and the short way for who is new.

mod items;
mod links;

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::fundament::{self, Edition, FundamentItem, search};

use crate::ui::kit::components::{Field, FieldEvent};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use items::section;

/// The sections that someone new reads in ten minutes.
const SHORT_WAY: [&str; 7] = ["formaal", "pejlemaerker", "syn", "praksis", "adfaerd", "velfaerd", "hjul"];
/// So many finds are listed; more words find fewer.
const MOST_FOUND: usize = 30;

/// The page of the foundation.
#[component]
pub(crate) fn FundamentPage(desk: AppContext, edition: Option<String>, item: Option<String>) -> BuiltView {
    let known = edition.as_deref().map_or_else(fundament::present, fundament::edition);
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
    let question = RwSignal::new(String::new());
    let reading = move || match section {
        Some(section) => read(desk, edition, section),
        None => contents(edition),
    };
    let on_event = move |event: FieldEvent| {
        if let FieldEvent::Typed(text) = event {
            question.set(text);
        }
    };
    let field = view! {
        <Field id="search".to_owned() label="Søg i fundamentet" value=Rc::new(move || question.get()) on_event=Rc::new(on_event)/>
    };
    markup!(
        r#"<search class="search">{}</search><div>{}</div>"#,
        build_view(field),
        dynamic_view(move || if question.with(|question| question.trim().is_empty()) {
            reading()
        } else {
            found(question)
        })
    )
}

/// What a question finds.
fn found(question: RwSignal<String>) -> BuiltView {
    let found = question.with(|question| search(fundament::editions(), question));
    let count = match found.len() {
        0 => "Intet fundet. Prøv en del af et ord, for eksempel «ensom».".to_owned(),
        1 => "1 sted".to_owned(),
        count if count > MOST_FOUND => format!("{count} steder; de første {MOST_FOUND} vises"),
        count => format!("{count} steder"),
    };
    let items: Vec<_> = found
        .into_iter()
        .take(MOST_FOUND)
        .map(|found| {
            let route = Route::item(found.edition.id(), &found.item.id).to_string();
            let section = found.edition.section_of(&found.item.id).map_or("", |section| section.label.as_str());
            let place = format!("{} · {section}", found.edition.about().label);
            markup!(
                r#"<li><a href="{}">{}</a><p>{}</p><p class="help">{}</p></li>"#,
                route,
                found.item.label.as_str(),
                found.item.text.as_str(),
                place
            )
        })
        .collect();
    markup!(
        r#"<header class="page-head"><h1>Det står i fundamentet</h1><p role="status">{}</p></header><ul class="found">{}</ul>"#,
        count,
        items
    )
}

/// The editions, and the sections of one.
fn contents(edition: &'static Edition) -> BuiltView {
    let editions: Vec<_> = fundament::editions()
        .iter()
        .map(|other| {
            let route = Route::Fundament { edition: Some(other.id().to_owned()), item: None };
            place(&route, other.about(), other.id() == edition.id())
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
        <ul class="contents">{}</ul>"##,
        edition.about().text.as_str(),
        editions,
        sections
    )
}

/// One of several places, the one that is shown among them.
fn place(route: &Route, item: &FundamentItem, is_shown: bool) -> BuiltView {
    let current = if is_shown { "page" } else { "false" };
    markup!(r#"<li><a href="{}" aria-current="{}">{}</a></li>"#, route.to_string(), current, item.label.as_str())
}

/// One section, with the way to the others.
fn read(desk: AppContext, edition: &'static Edition, shown: &'static FundamentItem) -> BuiltView {
    let sections = edition.sections();
    let place = sections.iter().position(|other| other.id == shown.id).unwrap_or_default();
    let list: Vec<_> = sections
        .iter()
        .map(|other| self::place(&Route::item(edition.id(), &other.id), other, other.id == shown.id))
        .collect();
    let link = |other: Option<&'static FundamentItem>, words: &'static str| {
        let other = other?;
        let route = Route::item(edition.id(), &other.id).to_string();
        Some(markup!(r#"<a href="{}"><span class="help">{}</span>{}</a>"#, route, words, other.label.as_str()))
    };
    let before = place.checked_sub(1).and_then(|before| sections.get(before));
    markup!(
        r##"
        <div class="reading">
            <nav class="sections" aria-label="Afsnit"><ul>{}</ul></nav>
            <article>
                <p class="eyebrow"><a href="#/fundament/{}">{}</a></p>
                {}
                <nav class="neighbours" aria-label="Afsnit ved siden af">{}{}</nav>
            </article>
        </div>"##,
        list,
        edition.id(),
        edition.about().label.as_str(),
        section(desk, edition, shown),
        link(before, "Før"),
        link(sections.get(place + 1), "Efter")
    )
}

/// The foundation in ten minutes, a section a step.
#[component]
pub(crate) fn FundamentTourPage(desk: AppContext, step: usize) -> BuiltView {
    let edition = fundament::present();
    let found =
        step.checked_sub(1).and_then(|place| SHORT_WAY.get(place)).and_then(|id| Some((edition?, edition?.find(id)?)));
    let Some((edition, shown)) = found else {
        return markup!(
            r##"
            <header class="page-head">
                <h1>Nu kender du fundamentet</h1>
                <p class="purpose">Resten kan du slå op, når du får brug for det. Næste skridt er at se, hvor hjulet står i dag.</p>
                <p><a class="button primary" href="#/">Til overblikket</a></p>
            </header>"##
        );
    };
    let (last, done) = (SHORT_WAY.len().to_string(), step.to_string());
    let back =
        (step > 1).then(|| markup!(r#"<a class="button" href="{}">Tilbage</a>"#, Route::Ny(step - 1).to_string()));
    markup!(
        r#"
        <article class="short-way">
            <p class="eyebrow">Ny i Børn &amp; Unge · {} af {}</p>
            <progress class="steps-done" max="{}" value="{}" aria-label="Hvor langt du er"></progress>
            {}
            <nav class="buttons" aria-label="Videre">{}<a class="button primary" href="{}">Næste</a></nav>
        </article>"#,
        done.as_str(),
        last.as_str(),
        last.as_str(),
        done.as_str(),
        section(desk, edition, shown),
        back,
        Route::Ny(step + 1).to_string()
    )
}
