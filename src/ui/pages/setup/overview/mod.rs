//! The front page: the items that wait for the person, the element of the quarter, and the wheel.
//!
//! | file | purpose |
//! | --- | --- |
//! | `mod.rs` | the frame of the page, which the first visit fetches: questions or first step, quarter, wheel |
//! | `agenda` | the waiting items and the person's own work, in a chunk of their own |
//! | `facts` | collects the records that the agenda is composed from |
//! | `own_dates` | the dates of the unit on the wheel, in the chunk of the agenda |

pub(crate) mod agenda;
mod facts;
pub(crate) mod own_dates;

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::aftale::lines::span;
use crate::domain::fundament::FundamentItem;
use crate::domain::package::Package;
use crate::domain::wheel::WheelStatus;
use crate::store;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, empty_view, or_empty};
use crate::ui::pages::setup::units::AboutYou;
use crate::ui::pages::wheel::WheelDrawing;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// The part of the front page that depends on the person's answers and records.
#[derive(Clone, Copy, PartialEq)]
enum FrontContent {
    /// Nothing yet: the demo is being filled, and has a person.
    Filling,
    /// The questions about the person and their unit.
    Questions,
    /// The first step of a person who answered no question and has no records.
    FirstStep,
    /// The agenda of the person.
    Agenda,
}

/// The front page.
#[component]
pub(crate) fn OverviewPage(
    app: AppContext,
    /// Builds the agenda, from its own chunk.
    agenda: Rc<dyn Fn() -> BuiltView>,
) -> BuiltView {
    let content = Memo::new(move |_| {
        let (is_asked, has_role) = app.person.with(|person| (person.is_asked, person.role.is_some()));
        match (is_asked || !app.units().is_empty(), has_role || app.workspace.has_records()) {
            (false, _) if store::is_demo() => FrontContent::Filling,
            (false, _) => FrontContent::Questions,
            (true, false) => FrontContent::FirstStep,
            (true, true) => FrontContent::Agenda,
        }
    });
    let content = dynamic_view(move || match content.get() {
        FrontContent::Filling => empty_view(),
        FrontContent::Questions => build_view(view! { <AboutYou app/> }),
        FrontContent::FirstStep => first_step(),
        FrontContent::Agenda => agenda(),
    });
    markup!(
        r##"
        <div class="beside front">
            <div class="front-main">
                {}
                <div class="front-agenda">{}</div>
                <p class="newcomer">Ny i Børn &amp; Unge? <a href="#/ny/1">Læs fundamentet på ti minutter</a>, eller <a href="?proevekommune">se dig om i en opdigtet kommune</a></p>
            </div>
            <aside class="front-wheel" aria-label="Hjulet i dag">{}{}</aside>
        </div>"##,
        dynamic_view(move || or_empty(app.wheel_status().map(|status| today(app, &status)))),
        content,
        build_view(view! { <WheelDrawing app id="front-wheel"/> }),
        dynamic_view(move || or_empty(app.wheel_status().map(|status| around_today(app, &status)))),
    )
}

/// Shows the first step of a person about whom nothing is known.
fn first_step() -> BuiltView {
    let route = Route::Enheder.to_string();
    markup!(
        r#"<section class="part"><h2>Det mangler</h2><ul class="todo"><li><a href="{}">Skriv, hvilken enhed du arbejder i</a></li></ul></section>"#,
        route
    )
}

/// Returns the leading element of today, for the level of the person and the progress of their unit.
fn leading<'e>(app: AppContext, status: &WheelStatus<'e>) -> Option<&'e FundamentItem> {
    let progress = app.progress();
    status.first_for(app.level(), |element| progress.is_done(element)).map(|current| current.element)
}

/// Shows the day, and the leading element of the wheel.
fn today(app: AppContext, status: &WheelStatus<'static>) -> BuiltView {
    let quarter = status.cycle.quarter(status.quarter_index).danish();
    let eyebrow = format!("{} · {quarter}", app.today.get().danish());
    let element = leading(app, status);
    let label = element.map_or("Vi arbejder med aftalen", |element| element.label.as_str());
    let address = element.map_or_else(|| Route::Hjulet.to_string(), element_address);
    markup!(
        r#"
        <header class="page-head">
            <p class="eyebrow">{}</p>
            <h1>Overblik</h1>
            <p class="purpose">Nu i hjulet: <a class="current-element" href="{}">{}</a></p>
        </header>"#,
        eyebrow,
        address,
        label
    )
}

/// Shows the days that the secretariat has set for the leading element, the other elements of today, and the next
/// element.
fn around_today(app: AppContext, status: &WheelStatus<'static>) -> BuiltView {
    let element = leading(app, status);
    let package: Package = app.body(Package::id(app.cycle()).as_ref());
    let set_days = element.and_then(|element| package.element_dates(&element.id)).map(span);
    let set_days = set_days.map(|words| markup!(r#"<li>I kalenderen: <span class="when">{}</span></li>"#, words));
    let others: Vec<_> = status
        .now
        .iter()
        .filter(|current| element.is_none_or(|element| element.id != current.element.id))
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
    markup!(r#"<ul class="overview-lines">{}{}{}</ul>"#, set_days, others, next)
}

/// Returns the address of the page of an element.
fn element_address(item: &FundamentItem) -> String {
    Route::Element(item.id.clone()).to_string()
}
