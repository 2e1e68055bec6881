//! The page of an element of the wheel: what the element is, who does it and when, what to do now, and how far the unit
//! has come.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::aftale::lines::span;
use crate::domain::date::Date;
use crate::domain::fundament::{self, FundamentItem, Sort};
use crate::domain::id::Id;
use crate::domain::package::Package;
use crate::domain::person::Role;
use crate::domain::progress::{ElementProgress, ProgressMark, ProgressStage, WheelProgress};
use crate::domain::wheel;
use crate::record::edit::Focus;
use crate::record::path::Path;

use crate::ui::kit::components::{Field, FieldEvent, FieldExtras, FieldType as FieldSort, RadioGroup, RecordText};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, or_empty};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// The page of an element.
#[component]
pub(crate) fn ElementPage(app: AppContext, element: String) -> BuiltView {
    dynamic_view(move || {
        // The page must not depend on the progress of the unit: it would be rebuilt while the user types in it.
        let statuses = fundament::present_at_hand()
            .map(|edition| wheel::element_statuses(edition, app.today.get(), app.level(), &WheelProgress::default()));
        let statuses = statuses.unwrap_or_default();
        let count = statuses.len();
        let Some(status) = statuses.into_iter().find(|status| status.element.id == element) else {
            return markup!(
                r##"
                <header class="page-head">
                    <h1>Elementet findes ikke</h1>
                    <p class="purpose">Adressen nævner et element, som hjulet ikke har. Måske er den skrevet forkert.</p>
                </header>
                <p><a href="#/hjulet">Til hjulet</a></p>"##
            );
        };
        let item = status.element;
        let cycle = app.cycle();
        let days = status.turns.iter().map(|turn| {
            let (from, to) = turn.days(cycle);
            format!("{} – {}", from.danish(), to.danish())
        });
        let when = format!("{} ({})", status.turns_in_words(cycle), days.collect::<Vec<_>>().join("; "));
        let secretariat_days = {
            let id = item.id.as_str();
            dynamic_view(move || {
                let package: Package = app.body(Package::id(app.cycle()).as_ref());
                or_empty(
                    package.element_dates(id).map(|days| markup!("<dd>Sekretariatets kalender: {}</dd>", span(days))),
                )
            })
        };
        let eyebrow = format!(
            "Element {} af {count} · {} · {}",
            status.number,
            status.turns_in_words(cycle),
            status.position.danish()
        );
        markup!(
            r##"
            <header class="page-head">
                <p class="eyebrow"><a href="#/hjulet">Hjulet</a> · {}</p>
                <h1>{}</h1>
                <p class="purpose">{}</p>
            </header>
            <div class="beside">
                <section class="part"><h2>Det kan du gøre</h2><ul class="steps">{}</ul>{}</section>
                <dl class="facts">
                    <dt>Hvem</dt>{}
                    <dt>Hvornår</dt><dd>{}</dd>{}
                    <dt>Det går ind</dt>{}
                    <dt>Det kommer ud</dt>{}
                </dl>
            </div>
            <div>{}</div>
            <nav class="neighbours" aria-label="Elementer ved siden af">{}</nav>"##,
            eyebrow,
            item.label.as_str(),
            item.text.as_str(),
            parts(item, Sort::Do),
            links_to_work(app, &item.id),
            parts(item, Sort::Who),
            when,
            secretariat_days,
            parts(item, Sort::Into),
            parts(item, Sort::OutOf),
            build_view(view! { <ElementProgress app element=item.id.as_str()/> }),
            neighbours(&item.id),
        )
    })
}

/// Lists the parts of an element that are of a sort.
fn parts(item: &'static FundamentItem, sort: Sort) -> Vec<BuiltView> {
    let line = |part: &FundamentItem| {
        let tag = part.proposal.then(|| markup!(r#"<span class="tag">forslag</span>"#));
        let (label, text) = (part.label.as_str(), part.text.as_str());
        if sort == Sort::Do {
            markup!("<li><strong>{}</strong><span>{} </span>{}</li>", label, text, tag)
        } else {
            markup!("<dd><strong>{}</strong><span>{} </span>{}</dd>", label, text, tag)
        }
    };
    item.parts_of(sort).map(line).collect()
}

/// Links to the pages where the work of an element is done.
fn links_to_work(app: AppContext, element: &str) -> Option<BuiltView> {
    let is_secretariat = untrack(|| app.person.with(|person| person.role)) == Some(Role::Secretariat);
    let package = Route::Datapakke { is_editing: is_secretariat };
    let package = (package, if is_secretariat { "Lav datapakken" } else { "Læs datapakken" });
    let links = match element {
        "dataindsamling" => vec![package, (Route::Indikatorer, "Se jeres tal")],
        "kvalitetssamtale" => vec![(Route::Samtale { unit: None, part: None }, "Forbered samtalen")],
        "feedback" => vec![
            (Route::Feedback(None), "Tag stilling til mønstre og temaer"),
            package,
            (Route::item("bu-12", "pejlemaerker"), "Læs pejlemærkerne"),
        ],
        "kvalitetsrapport" => vec![(Route::Rapport { id: None, part: None }, "Skriv rapporten")],
        "sammenhaengsaftale" => vec![(Route::Aftale { id: None, part: None }, "Arbejd med aftalen")],
        "midtvejsstatus" => {
            let own = untrack(|| app.unit()).map(|unit| (Route::Midtvejs(Some(unit)), "Skriv jeres midtvejsstatus"));
            own.into_iter().chain([(Route::Midtvejs(None), "Se midtvejsstatus på tværs")]).collect()
        }
        _ => return None,
    };
    let link = |(route, label): (Route, &'static str)| {
        markup!(r#"<a class="button" href="{}">{}</a>"#, route.to_string(), label)
    };
    let links: Vec<_> = links.into_iter().map(link).collect();
    Some(markup!(r#"<p class="buttons">{}</p>"#, links))
}

/// Links to the previous and the next element.
fn neighbours(element: &str) -> Vec<BuiltView> {
    let elements: Vec<&FundamentItem> =
        fundament::present_at_hand().into_iter().flat_map(|edition| edition.of_sort(Sort::Element)).collect();
    let index = elements.iter().position(|item| item.id == element).unwrap_or_default();
    let link = |index: Option<usize>, label: &'static str| {
        let item = elements.get(index?)?;
        let route = Route::Element(item.id.clone()).to_string();
        Some(markup!(r#"<a href="{}"><span class="help">{}</span>{}</a>"#, route, label, item.label.as_str()))
    };
    [link(index.checked_sub(1), "Før"), link(Some(index + 1), "Efter")].into_iter().flatten().collect()
}

/// Shows how far the unit has come with the element in this cycle, and lets the user change it.
#[component]
fn ElementProgress(app: AppContext, element: &'static str) -> BuiltView {
    const STAGES: [Option<ProgressStage>; 3] = [None, Some(ProgressStage::Started), Some(ProgressStage::Done)];
    let workspace = app.workspace;
    let mark = move || {
        let id = Id::parse(element)?;
        app.progress().elements.get(&id)?.mark
    };
    let ensure = move || {
        if let (Some(unit), Some(record)) = untrack(|| (app.unit(), app.progress_id())) {
            let cycle = untrack(|| app.cycle().to_string());
            workspace.ensure(&record, || WheelProgress {
                unit: Some(unit),
                cycle: cycle.as_str().into(),
                ..WheelProgress::default()
            });
        }
    };
    let edit_progress = move |change: &dyn Fn(&mut ElementProgress)| {
        ensure();
        if let (Some(record), Some(id)) = (untrack(|| app.progress_id()), Id::parse(element)) {
            workspace.edit::<WheelProgress>(&record, &mut Focus::default(), |progress| {
                change(progress.elements.get_or_default(id));
            });
            workspace.save_now();
        }
    };
    let pick = move |index: usize| {
        let stage = STAGES.get(index).copied().flatten();
        let date = untrack(mark).map_or_else(|| app.today.get_untracked(), |mark| mark.date);
        edit_progress(&|element_progress| element_progress.mark = stage.map(|stage| ProgressMark { stage, date }));
    };
    let error = RwSignal::new(None::<String>);
    let on_date = move |event: FieldEvent| {
        if let (FieldEvent::Typed(text), Some(ProgressMark { stage, .. })) = (event, untrack(mark)) {
            let date = Date::parse(&text);
            error.set(date.is_none().then(|| "Vælg en dag, for eksempel 15-03-2026.".to_owned()));
            if let Some(date) = date {
                edit_progress(&|element_progress| element_progress.mark = Some(ProgressMark { stage, date }));
            }
        }
    };
    let date = move || mark().map(|mark| mark.date.to_string()).unwrap_or_default();
    let has_mark = Memo::new(move |_| mark().is_some());
    let path = Path::root("elements").child(element);
    dynamic_view(move || {
        let Some(record) = app.progress_id() else {
            return markup!(
                r##"
                <section class="part element-progress">
                    <h2>Hvor langt er I?</h2>
                    <p>Når du har skrevet, hvilken enhed du arbejder i, kan du her sætte kryds ved det, I har gjort.</p>
                    <p><a class="button" href="#/enheder">Skriv din enhed</a></p>
                </section>"##
            );
        };
        build_view(view! {
            <section class="part element-progress">
                <h2>"Hvor langt er I?"</h2>
                <RadioGroup
                    id="stage"
                    legend="Status"
                    options=vec!["Ikke begyndt", "Begyndt", "Gjort"]
                    value=Rc::new(move || STAGES.iter().position(|stage| *stage == mark().map(|mark| mark.stage)))
                    on_pick=Rc::new(pick)
                />
                <FieldExtras workspace record=record.clone() path=path.child("mark") about="status" words=mark_text/>
                {dynamic_view(move || {
                    or_empty(has_mark.get().then(|| build_view(view! {
                        <Field
                            id="mark-date".to_owned()
                            label="Dato"
                            value=Rc::new(date)
                            error
                            sort=FieldSort::Day
                            on_event=Rc::new(on_date)
                        />
                    })))
                })}
                <RecordText
                    workspace
                    record=record
                    path=path.child("note")
                    label="Note"
                    help="Ingen navne eller initialer på børn."
                    sort=FieldSort::Text
                    make=Rc::new(ensure)
                />
            </section>
        })
    })
}

/// Formats a progress mark for an open choice.
fn mark_text(value: &serde_json::Value) -> String {
    let Ok(mark) = serde_json::from_value::<ProgressMark>(value.clone()) else { return "Ikke begyndt".to_owned() };
    let stage = if mark.stage == ProgressStage::Done { "Gjort" } else { "Begyndt" };
    format!("{stage} {}", mark.date.danish())
}
