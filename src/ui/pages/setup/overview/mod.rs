//! The front page: where the wheel stands today, the person's next step, and what is missing.

use leptos::prelude::*;

use crate::domain::aftale::lines::span;
use crate::domain::enhed::Enhed;
use crate::domain::fundament::{self, FundamentItem, Sort};
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::missing::{Missing, missing};
use crate::domain::package::Package;
use crate::domain::person::Role;
use crate::domain::series::Series;
use crate::domain::wheel::WheelStatus;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, or_empty};
use crate::ui::pages::setup::units::AboutYou;
use crate::ui::pages::wheel::WheelDrawing;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// The front page.
#[component]
pub(crate) fn OverviewPage(desk: AppContext) -> BuiltView {
    let is_asked = Memo::new(move |_| desk.person.with(|person| person.is_asked) || !desk.units().is_empty());
    markup!(
        r##"
        <div class="beside front">
            <div>
                {}{}{}
                <p class="newcomer">Ny i Børn &amp; Unge? <a href="#/ny/1">Læs fundamentet på ti minutter</a></p>
            </div>
            {}
        </div>"##,
        dynamic_view(move || or_empty(desk.standing().map(|standing| today(desk, &standing)))),
        dynamic_view(move || if is_asked.get() { todo(desk) } else { build_view(view! { <AboutYou desk/> }) }),
        dynamic_view(move || or_empty(package(desk))),
        build_view(view! { <WheelDrawing desk id="front-wheel"/> }),
    )
}

/// Where the wheel stands today, and what comes next.
fn today(desk: AppContext, standing: &WheelStatus<'static>) -> BuiltView {
    let quarter = standing.cycle.quarter(standing.place).danish();
    let eyebrow = format!("{} · {quarter}", desk.today.get().danish());
    let progress = desk.progress();
    let leading = standing.leading(desk.level(), |element| progress.is_done(element));
    let headline = leading.map_or("Vi arbejder med aftalen", |current| current.element.label.as_str());
    let purpose = leading.map_or(
        "Hjulet har intet element i dette kvartal. Det er tiden til jeres indsatser og til at følge tegnene på progression.",
        |current| current.element.text.as_str(),
    );
    let action = leading.map(|current| {
        markup!(r#"<p><a class="button primary" href="{}">Se, hvad du kan gøre</a></p>"#, element(current.element))
    });
    // The secretariat's own days, where it has set some.
    let own_days = leading.and_then(|current| sent(desk).turn(&current.element.id)).map(span);
    let own_days = own_days.map(|words| markup!(r#"<li>I kalenderen: <span class="when">{}</span></li>"#, words));
    let others: Vec<_> = standing
        .now
        .iter()
        .filter(|current| leading.is_none_or(|leading| leading.element.id != current.element.id))
        .map(|current| {
            let waits = current.waits_for.map(|first| format!(" – når «{}» er gjort", first.label));
            markup!(
                r#"<li>Også nu: <a href="{}">{}</a>{}</li>"#,
                element(current.element),
                current.element.label.as_str(),
                waits.unwrap_or_default()
            )
        })
        .collect();
    let next = standing.next.map(|next| {
        markup!(
            r#"<li>Næste: <a href="{}">{}</a><span class="when"> · {} – {}</span></li>"#,
            element(next.element),
            next.element.label.as_str(),
            next.from.danish(),
            next.to.danish()
        )
    });
    markup!(
        r#"
        <header class="page-head">
            <p class="eyebrow">{}</p>
            <h1>{}</h1>
            <p class="purpose">{}</p>
            {}
            <ul class="also">{}{}{}</ul>
        </header>"#,
        eyebrow,
        headline,
        purpose,
        action,
        own_days,
        others,
        next
    )
}

/// What the secretariat has sent for the cycle.
fn sent(desk: AppContext) -> Package {
    desk.body(Package::id(desk.cycle()).as_ref())
}

/// The themes of the cycle, and the ways to what concerns several units.
fn package(desk: AppContext) -> Option<BuiltView> {
    let (package, role) = (sent(desk), desk.person.with(|person| person.role));
    let themes = package.themes_for_units().into_iter();
    let themes: Vec<_> = themes.map(|(_, theme)| markup!("<li>{}</li>", theme.title.as_str())).collect();
    let makes = role == Some(Role::Secretariat);
    let (address, words) = match (package.says_something(), makes) {
        (true, _) => (Route::Datapakke { is_made: false }, "Læs datapakken"),
        (false, true) => (Route::Datapakke { is_made: true }, "Lav datapakken"),
        (false, false) => (Route::MineEnheder, ""),
    };
    let units = role.is_some_and(Role::has_several_units).then(|| {
        markup!(r#"<li><a href="{}">Mine enheder: hvor langt er de?</a></li>"#, Route::MineEnheder.to_string())
    });
    let heading = if themes.is_empty() { "Fælles for enhederne" } else { "Temaerne i de to år" };
    let read = (!words.is_empty()).then(|| markup!(r#"<li><a href="{}">{}</a></li>"#, address.to_string(), words));
    (read.is_some() || units.is_some()).then(|| {
        markup!(
            r#"<section class="part common"><h2>{}</h2><ul class="themes">{}</ul><ul class="also">{}{}</ul></section>"#,
            heading,
            themes,
            read,
            units
        )
    })
}

fn element(item: &FundamentItem) -> String {
    Route::Element(item.id.clone()).to_string()
}

/// What is still missing, and the way to it.
fn todo(desk: AppContext) -> BuiltView {
    let unit = desk.unit();
    let body = unit.as_ref().map(|unit| desk.body::<Enhed>(Some(unit)));
    let has_figures = unit.as_ref().is_some_and(|unit| has_figures(desk, unit));
    let found = missing(desk.person.with(|person| person.role), body.as_ref(), !desk.units().is_empty(), has_figures);
    let items: Vec<_> = found
        .into_iter()
        .map(|missing| {
            let route = match (missing, &unit) {
                (Missing::Unit | Missing::ChosenUnit | Missing::Role, _) | (_, None) => Route::Enheder,
                (Missing::Figures, _) => Route::Indikatorer,
                (_, Some(unit)) => Route::Enhed(unit.clone()),
            };
            markup!(r#"<li><a href="{}">{}</a></li>"#, route.to_string(), missing.danish())
        })
        .collect();
    if items.is_empty() {
        return markup!(r#"<p class="all-well">Der mangler ikke noget lige nu.</p>"#);
    }
    markup!(r#"<section class="part"><h2>Det mangler</h2><ul class="todo">{}</ul></section>"#, items)
}

fn has_figures(desk: AppContext, unit: &Id) -> bool {
    let indicators =
        fundament::at_hand().into_iter().flat_map(|edition| edition.of_sort(Sort::Indicator)).filter_map(Indicator::of);
    let series = indicators.filter_map(|indicator| Id::derived(unit, &Id::parse(&indicator.id)?));
    let has_any = |id: Id| desk.body::<Series>(Some(&id)).has_figures();
    series.into_iter().any(has_any)
}
