//! A round of reflection: one item at a time, and the mirror at the end.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::instrument::{Form, Instrument, Item, OwnInstrument, Wording, answered};
use crate::domain::reflection::Reflection;
use crate::record::life::Life;

use super::item::step;
use super::mirror::mirror;
use super::weights::weights;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{Made, button_of, live, made, maybe, press, says};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::Desk;

/// What a round is written in: a handle that its parts share.
#[derive(Clone)]
pub(crate) struct Writing {
    pub(crate) desk: Desk,
    pub(crate) id: Id,
    pub(crate) instrument: &'static Instrument,
    /// What it asks, where it is a unit's own.
    pub(crate) wording: Option<Wording>,
}

impl Writing {
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
pub(crate) fn Round(desk: Desk, instrument: String, id: Option<Id>) -> Made {
    let Some(id) = id else {
        // A new round has a name at once, so that a reload comes back to it; the way back leads past this address.
        let id = platform::ids::mint();
        platform::navigation::go_on_to(&Route::Reflection { instrument, id: Some(id) }.to_string());
        return made(());
    };
    let (of, at) = (id.clone(), id.clone());
    // A unit's own may come later, with the records.
    let asked = Memo::new(move |_| asked(desk, &instrument, &of));
    let is_deleted =
        Memo::new(move |_| desk.workspace.read(&at, |record| record.life(None) == Life::Deleted).unwrap_or(false));
    live(move || {
        let Some((own, wording)) = asked.get() else { return unknown() };
        let writing = Writing { desk, id: id.clone(), instrument: own, wording };
        match (is_deleted.get(), own.form) {
            (true, _) => deleted(&writing),
            (false, Form::Weights) => weights(&writing),
            (false, _) => walk(&writing),
        }
    })
}

/// The instrument that an address names: of the content, of a unit's own, or as the round itself has it.
fn asked(desk: Desk, instrument: &str, id: &Id) -> Option<(&'static Instrument, Option<Wording>)> {
    let of = Id::parse(instrument)?;
    let own = desk.workspace.read(id, |record| record.view::<Reflection>().ok()?.wording).flatten();
    let wording = own.or_else(|| desk.body::<OwnInstrument>(Some(&of)).in_use);
    Some((answered(&of, wording.as_ref())?, wording))
}

fn unknown() -> Made {
    markup!(
        r##"
        <header class="page-head">
            <h1>Redskabet findes ikke</h1>
            <p class="purpose">Adressen nævner et redskab, som ikke er her. Er det jeres eget, så åbn filen med det; ellers er adressen måske skrevet forkert.</p>
        </header>
        <p><a href="#/refleksion">Til refleksion</a></p>"##
    )
}

fn deleted(writing: &Writing) -> Made {
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
        button_of("primary", "Hent den tilbage", press(restore))
    )
}

/// The walk through the items: where one is, the item, and the way on.
fn walk(writing: &Writing) -> Made {
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
    let shown = live(move || match own.items.get(place.get()) {
        Some(item) => made(vec![step(&here, place.get(), item), ways(place.get(), count, go)]),
        None => mirror(&here, go),
    });
    let where_we_are = says(move || match place.get() {
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
        made(view! { <div>{shown}</div> }),
    )
}

/// A small mark an item: which are answered, and where one is. Each leads to its item.
fn marks(writing: &Writing, place: RwSignal<usize>, go: Rc<dyn Fn(usize)>) -> Made {
    let own = writing.instrument;
    let names = own.items.iter().enumerate().map(|(at, item)| (at, Some(item)));
    let marks: Vec<Made> = names
        .chain([(own.items.len(), None::<&Item>)])
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
            made(view! {
                <li><button type="button" class=class class:done=is_answered aria-label=name aria-current=current on:click=press(move || go(at))></button></li>
            })
        })
        .collect();
    markup!(r#"<nav aria-label="Trin"><ol class="marks">{}</ol></nav>"#, marks)
}

fn ways(place: usize, count: usize, go: impl Fn(usize) + Copy + 'static) -> Made {
    let back = (place > 0).then(|| button_of("", "Forrige", press(move || go(place - 1))));
    let words = if place + 1 == count { "Se det samlet" } else { "Næste" };
    markup!(r#"<div class="ways">{}{}</div>"#, maybe(back), button_of("primary", words, press(move || go(place + 1))))
}

/// The eye and the keyboard go to the beginning of the step.
pub(crate) fn lead_to_step() {
    request_animation_frame(|| {
        platform::page::focus_on("step");
        window().scroll_to_with_x_and_y(0.0, 0.0);
    });
}
