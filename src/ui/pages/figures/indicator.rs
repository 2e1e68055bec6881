//! An indicator: what is seen, the figures, and everything that is said about them.

use std::rc::Rc;

use leptos::prelude::*;

use crate::chart::line::{Line, is_cut, line};
use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::series::Series;
use crate::domain::series_analysis::Reading;

use super::annotations::Said;
use super::export::Out;
use super::series_details::Steps;
use super::values::{Twin, Years};
use super::{PublicSwitch, own_indicators, public_words, sentence};
use crate::ui::kit::components::Figure;
use crate::ui::kit::components::needs_unit;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{Made, live, made, maybe, says};
use crate::ui::state::app_context::Desk;
use crate::ui::state::queries;

/// The page of an indicator.
#[component]
pub(crate) fn IndikatorPage(desk: Desk, id: String) -> Made {
    live(move || {
        let Some(unit) = desk.unit() else { return needs_unit("tal") };
        // It is built anew when what the indicator is changes, and not with every figure.
        let found = {
            let (unit, id) = (unit.clone(), id.clone());
            Memo::new(move |_| {
                queries::figures::find(desk, &unit, &id).map(|(group, indicator)| {
                    (group.map(|group| (group.id, group.label)), indicator.measure, indicator.wanted, indicator.is_own)
                })
            })
        };
        let id = id.clone();
        live(move || match found.get() {
            Some((group, _, _, _)) => page(desk, &unit, &id, group),
            None => markup!(
                r##"
                <header class="page-head">
                    <h1>Indikatoren findes ikke</h1>
                    <p class="purpose">Måske hører den til en anden enhed, eller den er slettet.</p>
                </header>
                <p><a href="#/indikatorer">Til indikatorerne</a></p>"##
            ),
        })
    })
}

fn page(desk: Desk, unit: &Id, id: &str, group: Option<(String, String)>) -> Made {
    let Some((_, indicator)) = untrack(|| queries::figures::find(desk, unit, id)) else { return made("") };
    let (class, eyebrow) = group.unwrap_or_else(|| (String::new(), "Fra en tidligere udgave".to_owned()));
    let class = format!("goal indicator-page {class}");
    let name = {
        let (unit, id) = (unit.clone(), id.to_owned());
        says(move || queries::figures::find(desk, &unit, &id).map(|(_, indicator)| indicator.name).unwrap_or_default())
    };
    let purpose = format!("Ønsket retning: {}. {}", indicator.wanted.danish(), indicator.about);
    markup!(
        r##"
        <article class="{}">
            <header class="page-head">
                <p class="eyebrow"><a href="#/indikatorer">Indikatorer</a> · {}</p>
                <h1>{}</h1>
                <p class="purpose">{}</p>
            </header>
            {}{}{}{}
        </article>"##,
        class,
        eyebrow,
        name,
        purpose,
        made(view! { <Seen desk unit=unit.clone() indicator=indicator.clone()/> }),
        made(view! { <Said desk unit=unit.clone() indicator=indicator.clone()/> }),
        made(view! { <Steps desk unit=unit.clone() indicator=indicator.clone()/> }),
        own_indicators::about(desk, indicator.is_own, id),
    )
}

/// What is seen: the drawing under its headline, the figures, and the ways out.
#[component]
fn Seen(desk: Desk, unit: Id, indicator: Indicator) -> Made {
    let is_whole = RwSignal::new(false);
    let series: Rc<dyn Fn() -> Series> = {
        let (unit, id) = (unit.clone(), indicator.id.clone());
        Rc::new(move || queries::figures::series(desk, &unit, &id))
    };
    let reading: Rc<dyn Fn() -> Reading> = {
        let (series, indicator) = (Rc::clone(&series), indicator.clone());
        Rc::new(move || Reading::of(&indicator, &series(), desk.today.get()))
    };
    let svg = {
        let (series, reading, unit) = (Rc::clone(&series), Rc::clone(&reading), unit.clone());
        move || {
            let reading = reading();
            // Axes without figures say nothing.
            if reading.latest().is_none() {
                return String::new();
            }
            let events: Vec<Date> = series().events.keys().copied().collect();
            let medians = queries::figures::medians(desk, &unit, &reading);
            line(&Line { reading: &reading, events: &events, medians: &medians, is_whole: is_whole.get() })
        }
    };
    let caption = {
        let (reading, unit) = (Rc::clone(&reading), unit.clone());
        move || caption(desk, &unit, &reading(), is_whole.get())
    };
    let headline = {
        let reading = Rc::clone(&reading);
        says(move || reading().headline())
    };
    let more = {
        let (series, reading) = (Rc::clone(&series), Rc::clone(&reading));
        live(move || beside(&series(), &reading()))
    };
    let notes: Rc<dyn Fn(crate::domain::period::Period) -> String> = {
        let series = Rc::clone(&series);
        Rc::new(move |period| series().notes.get(&period).map(|note| note.0.clone()).unwrap_or_default())
    };
    let whole_switch = made(view! {
        <label class="option">
            <input type="checkbox" prop:checked=move || is_whole.get() on:change:target=move |event| is_whole.set(event.target().checked())/>
            <span>"Vis hele aksen"</span>
        </label>
    });
    markup!(
        r#"
        <section class="seen" aria-label="Udviklingen">
            <h2 class="headline">{}</h2>
            <div class="bar">{}{}</div>
            {}
            {}
            {}
            <h3 class="no-print">Skriv tal</h3>
            {}
            {}
            {}
        </section>"#,
        headline,
        made(view! { <PublicSwitch desk/> }),
        maybe(indicator.measure.range().map(|_| whole_switch)),
        public_words(desk),
        made(view! { <Figure svg=Rc::new(svg) caption=Rc::new(caption)/> }),
        more,
        made(view! { <Years desk unit=unit.clone() indicator=indicator.clone()/> }),
        made(view! { <Twin reading=Rc::clone(&reading) notes/> }),
        made(view! { <Out desk unit indicator/> }),
    )
}

/// What has to be known to read the drawing.
fn caption(desk: Desk, unit: &Id, reading: &Reading, is_whole: bool) -> String {
    let measure = reading.measure().danish();
    if reading.latest().is_none() {
        return format!("Måles i {measure}. Linjen kommer, når der er tal.");
    }
    let mut words = format!("Måles i {measure}.");
    let plain = Line { reading, events: &[], medians: &[], is_whole };
    if is_cut(&plain) {
        words.push_str(" Aksen viser et udsnit.");
    }
    if reading.points.iter().any(|point| reading.interval(point).is_some()) {
        words.push_str(" De lodrette streger viser, hvor usikkert tallet er (95 %).");
    }
    if !queries::figures::medians(desk, unit, reading).is_empty() {
        words.push_str(" De grå linjer er medianen af enheder som jeres: fem eller flere.");
    }
    words
}

/// What the drawing's marks mean, and how the figure stands to its target.
fn beside(series: &Series, reading: &Reading) -> Made {
    let measure = reading.measure();
    let aim = reading
        .aim()
        .map(|aim| markup!(r#"<p class="aim {}">{}</p>"#, super::aim_class(&aim), sentence(&aim.in_words(measure))));
    let events: Vec<Made> = series
        .events
        .iter()
        .enumerate()
        .map(|(index, (day, what))| {
            markup!(
                r#"<li><span class="flag-number">{}</span> {}: {}</li>"#,
                (index + 1).to_string(),
                day.danish(),
                what.as_str()
            )
        })
        .collect();
    let events =
        (!events.is_empty()).then(|| markup!(r#"<ul class="marks" aria-label="Begivenheder">{}</ul>"#, events));
    let breaks: Vec<Made> = series
        .breaks
        .iter()
        .map(|(period, what)| markup!("<li>Opgjort anderledes fra {}: {}</li>", period.danish(), what.as_str()))
        .collect();
    let breaks = (!breaks.is_empty()).then(|| markup!(r#"<ul class="marks" aria-label="Brud">{}</ul>"#, breaks));
    markup!(r#"<div class="beside-drawing">{}{}{}</div>"#, aim, events, breaks)
}
