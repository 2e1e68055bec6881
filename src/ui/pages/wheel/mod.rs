//! The wheel: where it stands today, as a drawing and as a list.
//!
//! | file | purpose |
//! | --- | --- |
//! | `drawing` | the wheel as a drawing |
//! | `element` | the page of an element |

mod drawing;
mod element;

use leptos::prelude::*;

use crate::domain::aftale::lines::span;
use crate::domain::fundament::{self, Sort};
use crate::domain::package::Package;
use crate::domain::progress::ProgressStage;
use crate::domain::wheel::{self, ElementStatus, TurnPosition};

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_text, dynamic_view};
use crate::ui::pages::PageResult;
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

pub(crate) use drawing::WheelDrawing;
use element::ElementPage;

/// Builds the page of an element.
pub(crate) fn page(app: AppContext, route: Route) -> PageResult {
    match route {
        Route::Element(element) => Ok(build_view(view! { <ElementPage app element/> })),
        other => Err(other),
    }
}

/// Returns the status of each element of the wheel today, for the person and their unit.
pub(crate) fn element_statuses(app: AppContext) -> Vec<ElementStatus<'static>> {
    let progress = app.progress();
    fundament::present_at_hand()
        .map(|edition| wheel::element_statuses(edition, app.today.get(), app.level(), &progress))
        .unwrap_or_default()
}

/// Returns the tracks of an earlier drawing of the wheel, the edition `udkast`.
fn tracks() -> Vec<&'static str> {
    let edition = fundament::editions_at_hand().iter().find(|edition| edition.id() == "udkast");
    edition.into_iter().flat_map(|edition| edition.of_sort(Sort::Track)).map(|track| track.label.as_str()).collect()
}

/// The page of the wheel.
#[component]
pub(crate) fn WheelPage(
    app: AppContext,
    /// The list of the unit's dates.
    own_dates: BuiltView,
) -> BuiltView {
    let has_tracks = RwSignal::new(false);
    let cycle = dynamic_text(move || app.cycle().to_string());
    let list = dynamic_view(move || {
        let cycle = app.cycle();
        let package: Package = app.body(Package::id(cycle).as_ref());
        let when = |status: &ElementStatus<'_>| match package.element_dates(&status.element.id).map(span) {
            Some(days) => format!("{}: {days}", status.turns_in_words(cycle)),
            None => status.turns_in_words(cycle),
        };
        let statuses = element_statuses(app);
        let is_now = statuses.iter().any(|status| status.position == TurnPosition::Now);
        let next = statuses.iter().position(|status| status.position != TurnPosition::Past);
        let mut items: Vec<_> = statuses.iter().map(|status| row(status, &when(status))).collect();
        let work = if is_now { "" } else { " · Vi arbejder med aftalen" };
        let today =
            markup!(r#"<li class="today">I dag <span class="when">{}{}</span></li>"#, app.today.get().danish(), work);
        items.insert(next.unwrap_or(items.len()), today);
        markup!(r#"<ol class="elements">{}</ol>"#, items)
    });
    let show_tracks = build_view(view! {
        <label class="option">
            <input type="checkbox" prop:checked=has_tracks on:change:target=move |event| has_tracks.set(event.target().checked())/>
            <span>"Vis de fem spor fra en tidligere tegning af hjulet"</span>
        </label>
    });
    markup!(
        r##"
        <div class="wheel-page">
            <div>
                <header class="page-head">
                    <p class="eyebrow">Hjulet {}</p>
                    <h1>Kvalitetshjulet</h1>
                    <p class="purpose">To år fra data over samtaler til aftale og status.</p>
                    <div class="no-print">{}</div>
                </header>
                <section class="part"><h2>Elementerne i rækkefølge</h2>{}</section>
                <div>{}</div>
            </div>
            <div class="wheel-frame">
                {}
                <p class="wheel-legend"><span><svg viewBox="0 0 16 16" aria-hidden="true"><g class="mine"><path class="slice" d="M2 2h12v12H2z"/></g></svg>angår dig</span><span><svg viewBox="0 0 16 16" aria-hidden="true"><g class="now"><path class="slice" d="M2 2h12v12H2z"/></g></svg>i gang nu</span><span><svg viewBox="0 0 16 16" aria-hidden="true"><g class="past"><path class="slice" d="M2 2h12v12H2z"/></g></svg>er gået</span></p>
                {}
                <p class="help">Tidligere udgaver: <a href="#/fundament/bu-11/hjul">hjulet med 11 indikatorer</a> og <a href="#/fundament/udkast/hjul">tegningen med spor</a>.</p>
            </div>
        </div>"##,
        cycle,
        button("Udskriv", platform::page::print),
        list,
        own_dates,
        build_view(view! { <WheelDrawing app id="wheel" has_tracks/> }),
        show_tracks,
    )
}

/// Builds the list item of an element. It says everything that the drawing shows of the element.
fn row(status: &ElementStatus<'static>, when: &str) -> BuiltView {
    let class = match status.position {
        TurnPosition::Now => "now",
        TurnPosition::Past => "past",
        TurnPosition::Ahead => "ahead",
    };
    let mut notes = vec![status.position.danish()];
    notes.extend(status.mark.map(|mark| match mark.stage {
        ProgressStage::Started => "begyndt hos jer",
        ProgressStage::Done => "gjort hos jer",
    }));
    notes.extend(status.concerns_level.then_some("angår dig"));
    markup!(
        r#"<li class="{}"><a href="{}">{}</a><span class="when">{}</span> <span class="element-notes">{}</span></li>"#,
        class,
        Route::Element(status.element.id.clone()).to_string(),
        status.element.label.as_str(),
        when,
        notes.join(" · ")
    )
}
