//! The front page: the status of the wheel today, the next step of the person, and what is missing.

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
pub(crate) fn OverviewPage(app: AppContext) -> BuiltView {
    let is_asked = Memo::new(move |_| app.person.with(|person| person.is_asked) || !app.units().is_empty());
    markup!(
        r##"
        <div class="beside front">
            <div>
                {}{}{}
                <p class="newcomer">Ny i Børn &amp; Unge? <a href="#/ny/1">Læs fundamentet på ti minutter</a></p>
            </div>
            {}
        </div>"##,
        dynamic_view(move || or_empty(app.wheel_status().map(|status| today(app, &status)))),
        dynamic_view(move || if is_asked.get() { todo(app) } else { build_view(view! { <AboutYou app/> }) }),
        dynamic_view(move || or_empty(package(app))),
        build_view(view! { <WheelDrawing app id="front-wheel"/> }),
    )
}

/// Shows the status of the wheel today, and what comes next.
fn today(app: AppContext, status: &WheelStatus<'static>) -> BuiltView {
    let quarter = status.cycle.quarter(status.quarter_index).danish();
    let eyebrow = format!("{} · {quarter}", app.today.get().danish());
    let progress = app.progress();
    let leading = status.first_for(app.level(), |element| progress.is_done(element));
    let headline = leading.map_or("Vi arbejder med aftalen", |current| current.element.label.as_str());
    let purpose = leading.map_or(
        "Hjulet har intet element i dette kvartal. Det er tiden til jeres indsatser og til at følge tegnene på progression.",
        |current| current.element.text.as_str(),
    );
    let action = leading.map(|current| {
        markup!(
            r#"<p><a class="button primary" href="{}">Se, hvad du kan gøre</a></p>"#,
            element_address(current.element)
        )
    });
    // The days that the secretariat has set, if any.
    let secretariat_days = leading.and_then(|current| cycle_package(app).element_dates(&current.element.id)).map(span);
    let secretariat_days =
        secretariat_days.map(|words| markup!(r#"<li>I kalenderen: <span class="when">{}</span></li>"#, words));
    let others: Vec<_> = status
        .now
        .iter()
        .filter(|current| leading.is_none_or(|leading| leading.element.id != current.element.id))
        .map(|current| {
            let condition = current.blocked_by.map(|first| format!(" – når «{}» er gjort", first.label));
            markup!(
                r#"<li>Også nu: <a href="{}">{}</a>{}</li>"#,
                element_address(current.element),
                current.element.label.as_str(),
                condition.unwrap_or_default()
            )
        })
        .collect();
    let next = status.next.map(|next| {
        markup!(
            r#"<li>Næste: <a href="{}">{}</a><span class="when"> · {} – {}</span></li>"#,
            element_address(next.element),
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
            <ul class="overview-lines">{}{}{}</ul>
        </header>"#,
        eyebrow,
        headline,
        purpose,
        action,
        secretariat_days,
        others,
        next
    )
}

/// Returns the data package of the current cycle.
fn cycle_package(app: AppContext) -> Package {
    app.body(Package::id(app.cycle()).as_ref())
}

/// Shows the themes of the cycle, and links to what concerns several units.
fn package(app: AppContext) -> Option<BuiltView> {
    let (package, role) = (cycle_package(app), app.person.with(|person| person.role));
    let themes = package.themes_for_units().into_iter();
    let themes: Vec<_> = themes.map(|(_, theme)| markup!("<li>{}</li>", theme.title.as_str())).collect();
    let is_secretariat = role == Some(Role::Secretariat);
    let (address, label) = match (package.has_content(), is_secretariat) {
        (true, _) => (Route::Datapakke { is_editing: false }, "Læs datapakken"),
        (false, true) => (Route::Datapakke { is_editing: true }, "Lav datapakken"),
        (false, false) => (Route::MineEnheder, ""),
    };
    let units_link = role.is_some_and(Role::has_several_units).then(|| {
        markup!(r#"<li><a href="{}">Mine enheder: hvor langt er de?</a></li>"#, Route::MineEnheder.to_string())
    });
    let heading = if themes.is_empty() { "Fælles for enhederne" } else { "Temaerne i de to år" };
    let package_link =
        (!label.is_empty()).then(|| markup!(r#"<li><a href="{}">{}</a></li>"#, address.to_string(), label));
    (package_link.is_some() || units_link.is_some()).then(|| {
        markup!(
            r#"<section class="part shared-themes"><h2>{}</h2><ul class="themes">{}</ul><ul class="overview-lines">{}{}</ul></section>"#,
            heading,
            themes,
            package_link,
            units_link
        )
    })
}

/// Returns the address of the page of an element.
fn element_address(item: &FundamentItem) -> String {
    Route::Element(item.id.clone()).to_string()
}

/// Shows what is still missing, with links to where it can be entered.
fn todo(app: AppContext) -> BuiltView {
    let unit = app.unit();
    let body = unit.as_ref().map(|unit| app.body::<Enhed>(Some(unit)));
    let has_figures = unit.as_ref().is_some_and(|unit| has_figures(app, unit));
    let missing_items =
        missing(app.person.with(|person| person.role), body.as_ref(), !app.units().is_empty(), has_figures);
    let items: Vec<_> = missing_items
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

/// Returns whether the unit has figures for any indicator of the foundation.
fn has_figures(app: AppContext, unit: &Id) -> bool {
    let indicators = fundament::present_at_hand()
        .into_iter()
        .flat_map(|edition| edition.of_sort(Sort::Indicator))
        .filter_map(Indicator::of);
    let series = indicators.filter_map(|indicator| Id::derived(unit, &Id::parse(&indicator.id)?));
    let has_any = |id: Id| app.body::<Series>(Some(&id)).has_figures();
    series.into_iter().any(has_any)
}
