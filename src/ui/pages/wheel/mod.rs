//! The wheel: where it stands, drawn and in words.

mod drawing;
mod element;

use leptos::prelude::*;

use crate::domain::aftale::lines::span;
use crate::domain::fundament::{self, Sort};
use crate::domain::package::Package;
use crate::domain::progress::ProgressStage;
use crate::domain::wheel::{self, ElementStatus};

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_text, dynamic_view};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

pub(crate) use drawing::WheelDrawing;
pub(crate) use element::ElementPage;

/// The elements of the wheel as the person sees them today.
pub(crate) fn seen(desk: AppContext) -> Vec<ElementStatus<'static>> {
    let progress = desk.progress();
    fundament::at_hand()
        .map(|edition| wheel::element_statuses(edition, desk.today.get(), desk.level(), &progress))
        .unwrap_or_default()
}

/// The tracks of the earlier drawing of the wheel.
fn tracks() -> Vec<&'static str> {
    let edition = fundament::editions_at_hand().iter().find(|edition| edition.id() == "udkast");
    edition.into_iter().flat_map(|edition| edition.of_sort(Sort::Track)).map(|track| track.label.as_str()).collect()
}

/// The page of the wheel.
#[component]
pub(crate) fn WheelPage(desk: AppContext) -> BuiltView {
    let has_tracks = RwSignal::new(false);
    let cycle = dynamic_text(move || desk.cycle().to_string());
    let list = dynamic_view(move || {
        let cycle = desk.cycle();
        let sent: Package = desk.body(Package::id(cycle).as_ref());
        let when = |seen: &ElementStatus<'_>| match sent.turn(&seen.element.id).map(span) {
            Some(days) => format!("{}: {days}", seen.when(cycle)),
            None => seen.when(cycle),
        };
        let items: Vec<_> = seen(desk).into_iter().map(|seen| row(&seen, &when(&seen))).collect();
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
        <header class="page-head">
            <p class="eyebrow">Hjulet {}</p>
            <h1>Kvalitetshjulet</h1>
            <p class="purpose">To år fra data over samtaler til aftale og status. Viseren står på i dag; tryk på et element for at se, hvad det er, og hvad du kan gøre.</p>
        </header>
        <div class="beside">
            <div class="wheel-frame">
                {}{}
                <p class="help">Tidligere udgaver: <a href="#/fundament/bu-11/hjul">hjulet med 11 indikatorer</a> og <a href="#/fundament/udkast/hjul">tegningen med spor</a>.</p>
            </div>
            <section class="part"><h2>Elementerne i rækkefølge</h2>{}</section>
        </div>"##,
        cycle,
        build_view(view! { <WheelDrawing desk id="wheel" has_tracks/> }),
        show_tracks,
        list
    )
}

/// An element in words: all that the drawing says of it.
fn row(seen: &ElementStatus<'static>, when: &str) -> BuiltView {
    let class = match seen.moment {
        wheel::TurnPosition::Now => "now",
        wheel::TurnPosition::Past => "past",
        wheel::TurnPosition::Ahead => "ahead",
    };
    let mut said = vec![seen.moment.danish()];
    said.extend(seen.mark.map(|mark| match mark.stage {
        ProgressStage::Started => "begyndt hos jer",
        ProgressStage::Done => "gjort hos jer",
    }));
    said.extend(seen.is_mine.then_some("angår dig"));
    markup!(
        r#"<li class="{}"><a href="{}">{}</a><span class="when">{}</span><span class="said">{}</span></li>"#,
        class,
        Route::Element(seen.element.id.clone()).to_string(),
        seen.element.label.as_str(),
        when,
        said.join(" · ")
    )
}
