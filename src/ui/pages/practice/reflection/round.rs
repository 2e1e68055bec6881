//! A round of reflection: one item at a time, and the mirror at the end.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::instrument::{Form, Instrument, InstrumentItem, InstrumentText, OwnInstrument, answered};
use crate::domain::reflection::Reflection;
use crate::record::life::Life;

use super::item::item_view;
use super::mirror::mirror;
use super::weights::weights;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_text, dynamic_view, on_click, or_empty};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// What a round is written in: a handle that its parts share.
#[derive(Clone)]
pub(crate) struct RoundContext {
    pub(crate) desk: AppContext,
    pub(crate) id: Id,
    pub(crate) instrument: &'static Instrument,
    /// What it asks, where it is a unit's own.
    pub(crate) wording: Option<InstrumentText>,
}

impl RoundContext {
    /// The round as it is now.
    pub(crate) fn body(&self) -> Reflection {
        self.desk.body(Some(&self.id))
    }

    /// Sees to it that there is a record to write in: a round is one from its first answer on.
    pub(crate) fn ensure(&self) {
        let (unit, today) = untrack(|| (self.desk.unit(), self.desk.today.get()));
        self.desk.workspace.ensure(&self.id, || Reflection {
            title: format!("{} {}", self.instrument.title, today.danish()).as_str().into(),
            unit,
            instrument: Some(self.instrument.id.clone()),
            wording: self.wording.clone(),
            date: Some(today),
            ..Reflection::default()
        });
    }
}

/// The page of a round.
#[component]
pub(crate) fn ReflectionPage(desk: AppContext, instrument: String, id: Option<Id>) -> BuiltView {
    let Some(id) = id else {
        // A new round has a name at once, so that a reload comes back to it; the way back leads past this address.
        let id = platform::ids::mint();
        platform::navigation::go_on_to(&Route::Reflection { instrument, id: Some(id) }.to_string());
        return build_view(());
    };
    let (of, at) = (id.clone(), id.clone());
    // A unit's own may come later, with the records.
    let asked = Memo::new(move |_| asked(desk, &instrument, &of));
    let is_deleted =
        Memo::new(move |_| desk.workspace.read(&at, |record| record.life(None) == Life::Deleted).unwrap_or(false));
    dynamic_view(move || {
        let Some((own, wording)) = asked.get() else { return unknown() };
        let writing = RoundContext { desk, id: id.clone(), instrument: own, wording };
        match (is_deleted.get(), own.form) {
            (true, _) => deleted(&writing),
            (false, Form::Weights) => weights(&writing),
            (false, _) => walk(&writing),
        }
    })
}

/// The instrument that an address names: of the content, of a unit's own, or as the round itself has it.
fn asked(desk: AppContext, instrument: &str, id: &Id) -> Option<(&'static Instrument, Option<InstrumentText>)> {
    let of = Id::parse(instrument)?;
    let own = desk.workspace.read(id, |record| record.view::<Reflection>().ok()?.wording).flatten();
    let wording = own.or_else(|| desk.body::<OwnInstrument>(Some(&of)).in_use);
    Some((answered(&of, wording.as_ref())?, wording))
}

fn unknown() -> BuiltView {
    markup!(
        r##"
        <header class="page-head">
            <h1>Redskabet findes ikke</h1>
            <p class="purpose">Adressen nævner et redskab, som ikke er her. Er det jeres eget, så åbn filen med det; ellers er adressen måske skrevet forkert.</p>
        </header>
        <p><a href="#/refleksion">Til refleksion</a></p>"##
    )
}

fn deleted(writing: &RoundContext) -> BuiltView {
    let writing = writing.clone();
    let restore = move || {
        writing.ensure();
        writing.desk.workspace.save_now();
    };
    markup!(
        r##"
        <header class="page-head">
            <h1>Refleksionen er slettet</h1>
            <p class="purpose">Den ligger i papirkurven her i browseren med alt, hvad der stod i den.</p>
            <div>{}</div>
        </header>
        <p><a href="#/refleksion">Til refleksion</a></p>"##,
        button_with_class("primary", "Hent den tilbage", on_click(restore))
    )
}

/// The walk through the items: where one is, the item, and the way on.
fn walk(writing: &RoundContext) -> BuiltView {
    let own = writing.instrument;
    let count = own.items.len();
    let body = untrack(|| writing.body());
    let open = own.items.iter().position(|item| body.answers.get(&item.id).is_none_or(|answer| answer.now.is_none()));
    // Who comes back goes on where they were; a round that is done opens as what it shows.
    let place = RwSignal::new(if body.answered() == 0 { 0 } else { open.unwrap_or(count) });
    let go = move |next: usize| {
        place.set(next.min(count));
        lead_to_step();
    };
    let marks = marks(writing, place, Rc::new(go));
    let here = writing.clone();
    let shown = dynamic_view(move || match own.items.get(place.get()) {
        Some(item) => build_view(vec![item_view(&here, place.get(), item), ways(place.get(), count, go)]),
        None => mirror(&here, go),
    });
    let where_we_are = dynamic_text(move || match place.get() {
        place if place < count => format!("{} af {count}", place + 1),
        _ => "Samlet".to_owned(),
    });
    markup!(
        r##"
        <div class="round">
            <header class="round-head">
                <p class="eyebrow"><a href="#/refleksion">Refleksion</a> · {}</p>
                <h1>{}</h1>
            </header>
            {}
            {}
        </div>"##,
        where_we_are,
        own.title.as_str(),
        marks,
        build_view(view! { <div>{shown}</div> }),
    )
}

/// A small mark an item: which are answered, and where one is. Each leads to its item.
fn marks(writing: &RoundContext, place: RwSignal<usize>, go: Rc<dyn Fn(usize)>) -> BuiltView {
    let own = writing.instrument;
    let names = own.items.iter().enumerate().map(|(at, item)| (at, Some(item)));
    let marks: Vec<BuiltView> = names
        .chain([(own.items.len(), None::<&InstrumentItem>)])
        .map(|(at, item)| {
            let (writing, go) = (writing.clone(), Rc::clone(&go));
            let is_answered = Memo::new(move |_| {
                item.is_some_and(|item| writing.body().answers.get(&item.id).is_some_and(|own| own.now.is_some()))
            });
            let name = move || match item {
                Some(item) => {
                    let answered = if is_answered.get() { ", besvaret" } else { "" };
                    format!("{}: {}{answered}", at + 1, item.label)
                }
                None => "Samlet".to_owned(),
            };
            let current = move || (place.get() == at).then_some("step");
            let class = if item.is_some() { "mark" } else { "mark last" };
            build_view(view! {
                <li><button type="button" class=class class:done=is_answered aria-label=name aria-current=current on:click=on_click(move || go(at))></button></li>
            })
        })
        .collect();
    markup!(r#"<nav aria-label="Trin"><ol class="marks">{}</ol></nav>"#, marks)
}

fn ways(place: usize, count: usize, go: impl Fn(usize) + Copy + 'static) -> BuiltView {
    let back = (place > 0).then(|| button_with_class("", "Forrige", on_click(move || go(place - 1))));
    let words = if place + 1 == count { "Se det samlet" } else { "Næste" };
    markup!(
        r#"<div class="ways">{}{}</div>"#,
        or_empty(back),
        button_with_class("primary", words, on_click(move || go(place + 1)))
    )
}

/// The eye and the keyboard go to the beginning of the step.
pub(crate) fn lead_to_step() {
    request_animation_frame(|| {
        platform::page::focus_on("step");
        window().scroll_to_with_x_and_y(0.0, 0.0);
    });
}
