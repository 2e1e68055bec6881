//! The details of a series beside its figures: targets, accepted deviations, events, breaks.

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

use super::parts;
use crate::ui::kit::components::{Field, FieldEvent, FieldExtras, FieldType};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_view, on_click};
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;
use crate::ui::state::queries::figures::BodyChange;

/// A list of dated details of a series. The ids of the input fields are built from the names of the variants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DetailList {
    Targets,
    Accepted,
    Breaks,
    Events,
}

/// The Danish texts of a list and of the fields for a new entry.
struct DetailListText {
    legend: &'static str,
    help: &'static str,
    date_label: &'static str,
    content_label: &'static str,
    /// The heading of the folded form.
    form_label: &'static str,
    add_label: &'static str,
}

impl DetailList {
    const ALL: [Self; 4] = [Self::Targets, Self::Accepted, Self::Events, Self::Breaks];

    /// Returns the texts of the list.
    const fn text(self) -> DetailListText {
        match self {
            Self::Targets => DetailListText {
                legend: "Mål",
                help: "Et mål gælder fra dagen og til det næste mål.",
                date_label: "Målet gælder fra",
                content_label: "Måltal",
                form_label: "Nyt mål",
                add_label: "Tilføj målet",
            },
            Self::Accepted => DetailListText {
                legend: "Accepterede afvigelser",
                help: "Når det er aftalt, at målet ikke nås for en tid. Den sidste dag er med.",
                date_label: "Accepteret til og med",
                content_label: "Begrundelse",
                form_label: "Ny accepteret afvigelse",
                add_label: "Tilføj afvigelsen",
            },
            Self::Events => DetailListText {
                legend: "Begivenheder",
                help: "Det, der kan ses i tallene: en ny leder, en sammenlægning. Ingen navne på børn.",
                date_label: "Dag",
                content_label: "Hvad skete der?",
                form_label: "Ny begivenhed",
                add_label: "Tilføj begivenheden",
            },
            Self::Breaks => DetailListText {
                legend: "Brud i opgørelsen",
                help: "Når der tælles anderledes, kan tallene før og efter ikke sammenlignes.",
                date_label: "Første periode, der tælles anderledes",
                content_label: "Hvad er anderledes?",
                form_label: "Nyt brud",
                add_label: "Tilføj bruddet",
            },
        }
    }

    /// Returns the path of the leaf of an entry.
    fn leaf(self, key: &str) -> Path {
        let name = match self {
            Self::Targets => "targets",
            Self::Accepted => "accepted",
            Self::Breaks => "breaks",
            Self::Events => "events",
        };
        Path::root(name).child(key)
    }

    /// Returns the entries of the list: key, date in Danish, content.
    fn entries(self, series: &Series, measure: Measure) -> Vec<(String, String, String)> {
        let day =
            |prefix: &str, day: &Date, words: String| (day.to_string(), format!("{prefix}{}", day.danish()), words);
        match self {
            Self::Targets => {
                series.targets.iter().map(|(date, figure)| day("Fra ", date, measure.format_figure(*figure))).collect()
            }
            Self::Accepted => {
                series.accepted.iter().map(|(date, reason)| day("Til og med ", date, reason.0.clone())).collect()
            }
            Self::Events => series.events.iter().map(|(date, text)| day("", date, text.0.clone())).collect(),
            Self::Breaks => {
                let break_entry = |(date, text): (&Period, &crate::domain::text::UserText)| {
                    (date.to_string(), format!("Fra {}", date.danish()), text.0.clone())
                };
                series.breaks.iter().map(break_entry).collect()
            }
        }
    }

    /// Parses an entry and adds it to the series.
    ///
    /// # Errors
    /// A message in Danish, if the date or the content cannot be read.
    fn insert(self, series: &mut Series, date: &str, content: &str) -> Result<(), &'static str> {
        const NO_DAY: &str = "Vælg en dag, for eksempel 15-03-2026.";
        if content.trim().is_empty() {
            return Err("Skriv også, hvad der er tale om.");
        }
        if self == Self::Breaks {
            let period = Period::parse_notation(date).ok_or("Skriv en periode, for eksempel 2025/26 eller 2025.")?;
            series.breaks.insert(period, content.into());
            return Ok(());
        }
        let day = Date::parse(date).ok_or(NO_DAY)?;
        match self {
            Self::Targets => drop(series.targets.insert(day, number::parse(content)?.value)),
            Self::Accepted => drop(series.accepted.insert(day, content.into())),
            Self::Events | Self::Breaks => drop(series.events.insert(day, content.into())),
        }
        Ok(())
    }

    /// Removes an entry, given its key.
    fn remove(self, series: &mut Series, key: &str) {
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

/// Section with all lists of a series.
#[component]
pub(crate) fn SeriesDetails(app: AppContext, unit: Id, indicator: Indicator) -> BuiltView {
    let lists: Vec<BuiltView> = DetailList::ALL
        .into_iter()
        .map(|list| build_view(view! { <DetailListSection app unit=unit.clone() indicator=indicator.clone() list/> }))
        .collect();
    markup!(
        r#"
        <section class="part series-details" id="{}">
            <h2>Mål, afvigelser, begivenheder og brud</h2>
            <div class="detail-lists">{}</div>
        </section>"#,
        parts::DETAILS,
        lists
    )
}

/// One list with its entries and the fields for a new entry.
#[component]
fn DetailListSection(app: AppContext, unit: Id, indicator: Indicator, list: DetailList) -> BuiltView {
    let workspace = app.workspace;
    let Some(id) = queries::figures::series_id(&unit, &indicator.id) else { return build_view("") };
    let measure = indicator.measure;
    let text = list.text();
    let change: BodyChange<Series> = {
        let id = id.clone();
        Rc::new(move |change| {
            queries::figures::ensure_series(app, &unit, &indicator.id);
            workspace.edit::<Series>(&id, &mut Focus::default(), |series| change(series));
            workspace.save_now();
        })
    };
    let (date_id, content_id) = (format!("{list:?}-when"), format!("{list:?}-what"));
    let (date, content, error) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let add_entry = {
        let (change, content_id) = (Rc::clone(&change), content_id.clone());
        move || {
            let typed = cpr::mask(&content.get_untracked(), &Allowed::default());
            if !typed.masked.is_empty() {
                error.set(Some("Et CPR-nummer må ikke gemmes her. Skriv det uden.".to_owned()));
                inputs::focus_on(content_id.clone());
                return;
            }
            let result = list.insert(&mut Series::default(), &date.get_untracked(), &typed.save);
            error.set(result.err().map(str::to_owned));
            if result.is_ok() {
                change(&|series| {
                    // Cannot fail: the same entry was just added to an empty series.
                    list.insert(series, &date.get_untracked(), &typed.save).unwrap_or_default();
                });
                date.set(String::new());
                content.set(String::new());
            } else {
                inputs::focus_on(content_id.clone());
            }
        }
    };
    let rows = dynamic_view(move || {
        let rows: Vec<BuiltView> = list
            .entries(&app.body(Some(&id)), measure)
            .into_iter()
            .map(|(key, date, content)| {
                let label = format!("Fjern: {date} {content}");
                let change = Rc::clone(&change);
                let (record, path, about) = (id.clone(), list.leaf(&key), date.clone());
                let choices = build_view(view! { <FieldExtras workspace record path about/> });
                let remove = on_click(move || change(&|series| list.remove(series, &key)));
                let remove_button =
                    view! { <button type="button" class="quiet" aria-label=label on:click=remove>"Fjern"</button> };
                markup!(
                    r#"<li><span>{}: {}</span>{}<div class="row-choices">{}</div></li>"#,
                    date,
                    content,
                    build_view(remove_button),
                    choices
                )
            })
            .collect();
        markup!(r#"<ul class="rows">{}</ul>"#, rows)
    });
    let store_typed = |target: RwSignal<String>| -> Rc<dyn Fn(FieldEvent)> {
        Rc::new(move |event| {
            if let FieldEvent::Typed(text) = event {
                target.set(text);
            }
        })
    };
    let date_sort = if list == DetailList::Breaks { FieldType::Line } else { FieldType::Day };
    let content_sort = if list == DetailList::Targets { FieldType::Figure } else { FieldType::Line };
    markup!(
        r#"
        <section class="detail-list">
            <h3>{}</h3>
            {}
            <details class="indicator-fold">
                <summary>{}</summary>
                <div><p class="help">{}</p><div class="detail-form">{}{}{}</div></div>
            </details>
        </section>"#,
        text.legend,
        rows,
        text.form_label,
        text.help,
        build_view(
            view! { <Field id=date_id label=text.date_label value=Rc::new(move || date.get()) on_event=store_typed(date) sort=date_sort/> }
        ),
        build_view(
            view! { <Field id=content_id label=text.content_label value=Rc::new(move || content.get()) on_event=store_typed(content) error sort=content_sort/> }
        ),
        button(text.add_label, add_entry),
    )
}
