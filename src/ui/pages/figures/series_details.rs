//! What belongs to a series beside its figures: targets in steps, accepted deviations, breaks, events.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::cpr::{self, Allowed};
use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::measure::Measure;
use crate::domain::number;
use crate::domain::period::Period;
use crate::domain::series::Series;
use crate::record::edit::Focus;
use crate::record::path::Path;

use crate::ui::kit::components::{Choices, Field, FieldEvent, FieldType};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_view, on_click};
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;
use crate::ui::state::queries::figures::BodyChange;

/// A list of things with a place in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    Targets,
    Accepted,
    Breaks,
    Events,
}

/// What a list calls its things, and what it asks for each.
struct ListText {
    legend: &'static str,
    help: &'static str,
    when: &'static str,
    what: &'static str,
    add: &'static str,
}

impl List {
    const ALL: [Self; 4] = [Self::Targets, Self::Accepted, Self::Events, Self::Breaks];

    const fn asked(self) -> ListText {
        match self {
            Self::Targets => ListText {
                legend: "Mål",
                help: "Et mål gælder fra dagen og til det næste mål.",
                when: "Målet gælder fra",
                what: "Måltal",
                add: "Tilføj målet",
            },
            Self::Accepted => ListText {
                legend: "Accepterede afvigelser",
                help: "Når det er aftalt, at målet ikke nås for en tid. Den sidste dag er med.",
                when: "Accepteret til og med",
                what: "Begrundelse",
                add: "Tilføj afvigelsen",
            },
            Self::Events => ListText {
                legend: "Begivenheder",
                help: "Det, der kan ses i tallene: en ny leder, en sammenlægning. Ingen navne på børn.",
                when: "Dag",
                what: "Hvad skete der?",
                add: "Tilføj begivenheden",
            },
            Self::Breaks => ListText {
                legend: "Brud i opgørelsen",
                help: "Når der tælles anderledes, kan tallene før og efter ikke sammenlignes.",
                when: "Første periode, der tælles anderledes",
                what: "Hvad er anderledes?",
                add: "Tilføj bruddet",
            },
        }
    }

    /// The leaf of one.
    fn leaf(self, key: &str) -> Path {
        let name = match self {
            Self::Targets => "targets",
            Self::Accepted => "accepted",
            Self::Breaks => "breaks",
            Self::Events => "events",
        };
        Path::root(name).child(key)
    }

    /// What stands in it: the key of each, when it is, and what it says.
    fn listed(self, series: &Series, measure: Measure) -> Vec<(String, String, String)> {
        let day =
            |prefix: &str, day: &Date, words: String| (day.to_string(), format!("{prefix}{}", day.danish()), words);
        match self {
            Self::Targets => {
                series.targets.iter().map(|(at, figure)| day("Fra ", at, measure.figure(*figure))).collect()
            }
            Self::Accepted => series.accepted.iter().map(|(at, why)| day("Til og med ", at, why.0.clone())).collect(),
            Self::Events => series.events.iter().map(|(at, what)| day("", at, what.0.clone())).collect(),
            Self::Breaks => {
                let told = |(at, what): (&Period, &crate::domain::text::UserText)| {
                    (at.to_string(), format!("Fra {}", at.danish()), what.0.clone())
                };
                series.breaks.iter().map(told).collect()
            }
        }
    }

    /// Puts one into it.
    fn put(self, series: &mut Series, when: &str, what: &str) -> Result<(), &'static str> {
        const NO_DAY: &str = "Vælg en dag, for eksempel 15-03-2026.";
        if what.trim().is_empty() {
            return Err("Skriv også, hvad der er tale om.");
        }
        if self == Self::Breaks {
            let period = Period::read(when).ok_or("Skriv en periode, for eksempel 2025/26 eller 2025.")?;
            series.breaks.insert(period, what.into());
            return Ok(());
        }
        let day = Date::parse(when).ok_or(NO_DAY)?;
        match self {
            Self::Targets => drop(series.targets.insert(day, number::parse(what)?)),
            Self::Accepted => drop(series.accepted.insert(day, what.into())),
            Self::Events | Self::Breaks => drop(series.events.insert(day, what.into())),
        }
        Ok(())
    }

    /// Takes one out of it.
    fn take(self, series: &mut Series, key: &str) {
        if let Some(period) = Period::parse(key).filter(|_| self == Self::Breaks) {
            series.breaks.remove(&period);
        }
        if let Some(day) = Date::parse(key) {
            match self {
                Self::Targets => drop(series.targets.remove(&day)),
                Self::Accepted => drop(series.accepted.remove(&day)),
                Self::Events => drop(series.events.remove(&day)),
                Self::Breaks => {}
            }
        }
    }
}

/// What belongs to a series beside its figures.
#[component]
pub(crate) fn SeriesDetails(desk: AppContext, unit: Id, indicator: Indicator) -> BuiltView {
    let lists: Vec<BuiltView> = List::ALL
        .into_iter()
        .map(|list| build_view(view! { <OneList desk unit=unit.clone() indicator=indicator.clone() list/> }))
        .collect();
    markup!(
        r#"
        <section class="part steps-of">
            <h2>Mål, afvigelser, begivenheder og brud</h2>
            <div class="lists">{}</div>
        </section>"#,
        lists
    )
}

#[component]
fn OneList(desk: AppContext, unit: Id, indicator: Indicator, list: List) -> BuiltView {
    let workspace = desk.workspace;
    let Some(id) = queries::figures::series_id(&unit, &indicator.id) else { return build_view("") };
    let measure = indicator.measure;
    let asked = list.asked();
    let change: BodyChange<Series> = {
        let id = id.clone();
        Rc::new(move |change| {
            queries::figures::ensure_series(desk, &unit, &indicator.id);
            workspace.edit::<Series>(&id, &mut Focus::default(), |series| change(series));
            workspace.save_now();
        })
    };
    let (when, what, error) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let add = {
        let change = Rc::clone(&change);
        move || {
            let typed = cpr::mask(&what.get_untracked(), &Allowed::default());
            if !typed.masked.is_empty() {
                error.set(Some("Et CPR-nummer må ikke gemmes her. Skriv det uden.".to_owned()));
                return;
            }
            let put = list.put(&mut Series::default(), &when.get_untracked(), &typed.save);
            error.set(put.err().map(str::to_owned));
            if put.is_ok() {
                change(&|series| {
                    // The same was just put into an empty one.
                    list.put(series, &when.get_untracked(), &typed.save).unwrap_or_default();
                });
                when.set(String::new());
                what.set(String::new());
            }
        }
    };
    let rows = dynamic_view(move || {
        let rows: Vec<BuiltView> = list
            .listed(&desk.body(Some(&id)), measure)
            .into_iter()
            .map(|(key, when, what)| {
                let name = format!("Fjern: {when} {what}");
                let change = Rc::clone(&change);
                let (record, path, about) = (id.clone(), list.leaf(&key), when.clone());
                let choices = build_view(view! { <Choices workspace record path about/> });
                let remove = on_click(move || change(&|series| list.take(series, &key)));
                let button =
                    view! { <button type="button" class="quiet" aria-label=name on:click=remove>"Fjern"</button> };
                markup!(
                    r#"<li><span>{}: {}</span>{}<div class="under">{}</div></li>"#,
                    when,
                    what,
                    build_view(button),
                    choices
                )
            })
            .collect();
        markup!(r#"<ul class="rows">{}</ul>"#, rows)
    });
    let typed = |into: RwSignal<String>| -> Rc<dyn Fn(FieldEvent)> {
        Rc::new(move |event| {
            if let FieldEvent::Typed(text) = event {
                into.set(text);
            }
        })
    };
    let when_sort = if list == List::Breaks { FieldType::Line } else { FieldType::Day };
    let what_sort = if list == List::Targets { FieldType::Figure } else { FieldType::Line };
    let (when_id, what_id) = (format!("{list:?}-when"), format!("{list:?}-what"));
    markup!(
        r#"
        <section class="list">
            <h3>{}</h3>
            <p class="help">{}</p>
            {}
            <div class="asked">{}{}{}</div>
        </section>"#,
        asked.legend,
        asked.help,
        rows,
        build_view(
            view! { <Field id=when_id label=asked.when value=Rc::new(move || when.get()) on_event=typed(when) sort=when_sort/> }
        ),
        build_view(
            view! { <Field id=what_id label=asked.what value=Rc::new(move || what.get()) on_event=typed(what) error sort=what_sort/> }
        ),
        button(asked.add, add),
    )
}
