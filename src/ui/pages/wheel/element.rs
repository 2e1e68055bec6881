//! An element of the wheel: what it is, who does it and when, what to do now, and how far the unit has come.

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

use crate::ui::kit::components::{Choices, Field, FieldEvent, FieldType as FieldSort, RadioGroup, RecordText};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, or_empty};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// The page of an element.
#[component]
pub(crate) fn ElementPage(desk: AppContext, element: String) -> BuiltView {
    dynamic_view(move || {
        // Not by the unit's progress: what is written in it must not build the page anew under the writer's hands.
        let found = fundament::at_hand()
            .map(|edition| wheel::element_statuses(edition, desk.today.get(), desk.level(), &WheelProgress::default()));
        let all = found.unwrap_or_default();
        let count = all.len();
        let Some(seen) = all.into_iter().find(|seen| seen.element.id == element) else {
            return markup!(
                r##"
                <header class="page-head">
                    <h1>Elementet findes ikke</h1>
                    <p class="purpose">Adressen nævner et element, som hjulet ikke har. Måske er den skrevet forkert.</p>
                </header>
                <p><a href="#/hjulet">Til hjulet</a></p>"##
            );
        };
        let item = seen.element;
        let cycle = desk.cycle();
        let days = seen.turns.iter().map(|turn| {
            let (from, to) = turn.days(cycle);
            format!("{} – {}", from.danish(), to.danish())
        });
        let when = format!("{} ({})", seen.when(cycle), days.collect::<Vec<_>>().join("; "));
        let own = {
            let id = item.id.as_str();
            dynamic_view(move || {
                let sent: Package = desk.body(Package::id(desk.cycle()).as_ref());
                or_empty(sent.turn(id).map(|days| markup!("<dd>Sekretariatets kalender: {}</dd>", span(days))))
            })
        };
        let eyebrow = format!("Element {} af {count} · {} · {}", seen.number, seen.when(cycle), seen.moment.danish());
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
            ways_on(desk, &item.id),
            parts(item, Sort::Who),
            when,
            own,
            parts(item, Sort::Into),
            parts(item, Sort::OutOf),
            build_view(view! { <ElementProgress desk element=item.id.as_str()/> }),
            neighbours(&item.id),
        )
    })
}

/// What an element has of a sort, a line each.
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

/// Where in the app what the element asks for is done.
fn ways_on(desk: AppContext, element: &str) -> Option<BuiltView> {
    let makes = untrack(|| desk.person.with(|person| person.role)) == Some(Role::Secretariat);
    let package = Route::Datapakke { is_made: makes };
    let package = (package, if makes { "Lav datapakken" } else { "Læs datapakken" });
    let ways = match element {
        "dataindsamling" => vec![package, (Route::Indikatorer, "Se jeres tal")],
        "kvalitetssamtale" => vec![(Route::Samtale { unit: None, part: None }, "Forbered samtalen")],
        "feedback" => vec![package, (Route::item("bu-12", "pejlemaerker"), "Læs pejlemærkerne")],
        "kvalitetsrapport" => vec![(Route::Rapport { id: None, part: None }, "Skriv rapporten")],
        "sammenhaengsaftale" => vec![(Route::Aftale { id: None, part: None }, "Arbejd med aftalen")],
        "midtvejsstatus" => vec![(Route::Midtvejs(None), "Se midtvejsstatus på tværs")],
        _ => return None,
    };
    let link = |(route, words): (Route, &'static str)| {
        markup!(r#"<a class="button" href="{}">{}</a>"#, route.to_string(), words)
    };
    let ways: Vec<_> = ways.into_iter().map(link).collect();
    Some(markup!(r#"<p class="buttons">{}</p>"#, ways))
}

/// The elements before and after, as one reads on.
fn neighbours(element: &str) -> Vec<BuiltView> {
    let elements: Vec<&FundamentItem> =
        fundament::at_hand().into_iter().flat_map(|edition| edition.of_sort(Sort::Element)).collect();
    let place = elements.iter().position(|item| item.id == element).unwrap_or_default();
    let link = |place: Option<usize>, words: &'static str| {
        let item = elements.get(place?)?;
        let route = Route::Element(item.id.clone()).to_string();
        Some(markup!(r#"<a href="{}"><span class="help">{}</span>{}</a>"#, route, words, item.label.as_str()))
    };
    [link(place.checked_sub(1), "Før"), link(Some(place + 1), "Efter")].into_iter().flatten().collect()
}

/// How far the unit has come with the element in this cycle.
#[component]
fn ElementProgress(desk: AppContext, element: &'static str) -> BuiltView {
    const STAGES: [Option<ProgressStage>; 3] = [None, Some(ProgressStage::Started), Some(ProgressStage::Done)];
    let workspace = desk.workspace;
    let mark = move || {
        let id = Id::parse(element)?;
        desk.progress().elements.get(&id)?.mark
    };
    let ensure = move || {
        if let (Some(unit), Some(record)) = untrack(|| (desk.unit(), desk.progress_id())) {
            let cycle = untrack(|| desk.cycle().to_string());
            workspace.ensure(&record, || WheelProgress {
                unit: Some(unit),
                cycle: cycle.as_str().into(),
                ..WheelProgress::default()
            });
        }
    };
    let set = move |change: &dyn Fn(&mut ElementProgress)| {
        ensure();
        if let (Some(record), Some(id)) = (untrack(|| desk.progress_id()), Id::parse(element)) {
            workspace.edit::<WheelProgress>(&record, &mut Focus::default(), |progress| {
                change(progress.elements.get_or_default(id));
            });
            workspace.save_now();
        }
    };
    let pick = move |place: usize| {
        let stage = STAGES.get(place).copied().flatten();
        let date = untrack(mark).map_or_else(|| desk.today.get_untracked(), |mark| mark.date);
        set(&|step| step.mark = stage.map(|stage| ProgressMark { stage, date }));
    };
    let error = RwSignal::new(None::<String>);
    let on_date = move |event: FieldEvent| {
        if let (FieldEvent::Typed(text), Some(ProgressMark { stage, .. })) = (event, untrack(mark)) {
            let date = Date::parse(&text);
            error.set(date.is_none().then(|| "Vælg en dag, for eksempel 15-03-2026.".to_owned()));
            if let Some(date) = date {
                set(&|step| step.mark = Some(ProgressMark { stage, date }));
            }
        }
    };
    let date = move || mark().map(|mark| mark.date.to_string()).unwrap_or_default();
    let has_mark = Memo::new(move |_| mark().is_some());
    let path = Path::root("elements").child(element);
    dynamic_view(move || {
        let Some(record) = desk.progress_id() else {
            return markup!(
                r##"
                <section class="part progress">
                    <h2>Hvor langt er I?</h2>
                    <p>Når du har skrevet, hvilken enhed du arbejder i, kan du her sætte kryds ved det, I har gjort.</p>
                    <p><a class="button" href="#/enheder">Skriv din enhed</a></p>
                </section>"##
            );
        };
        build_view(view! {
            <section class="part progress">
                <h2>"Hvor langt er I?"</h2>
                <RadioGroup
                    id="stage"
                    legend="Status"
                    options=vec!["Ikke begyndt", "Begyndt", "Gjort"]
                    value=Rc::new(move || STAGES.iter().position(|stage| *stage == mark().map(|mark| mark.stage)))
                    on_pick=Rc::new(pick)
                />
                <Choices workspace record=record.clone() path=path.child("mark") about="status" words=mark_in_words/>
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

fn mark_in_words(value: &serde_json::Value) -> String {
    let Ok(mark) = serde_json::from_value::<ProgressMark>(value.clone()) else { return "Ikke begyndt".to_owned() };
    let stage = if mark.stage == ProgressStage::Done { "Gjort" } else { "Begyndt" };
    format!("{stage} {}", mark.date.danish())
}
