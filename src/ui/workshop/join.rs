//! A participant's phone: one item at a time, then the code. Nothing is stored, and nothing leaves the page but the code.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::chart::qr::qr;
use crate::domain::id::Id;
use crate::domain::instrument::{Instrument, Item, Round};
use crate::domain::reflection::{Answer, Reflection};
use crate::domain::svarkode::{Sheet, shown, spoken};
use crate::domain::workshop::Setup;

use super::super::components::Figure;
use super::super::desk::Desk;
use super::super::device;
use super::super::made::{Made, button, button_of, live, made, maybe, press, says};
use super::super::markup::markup;
use super::super::refleksion::{heading, scale_of};
use super::super::route::Route;
use super::room::join_address;
use super::{WHO_SEES, begin, change, running};

/// Where a participant is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// At the door.
    Door,
    /// At an item.
    Item(usize),
    /// At the code.
    Done,
}

/// A participant's answers: a handle that the parts of the page share.
#[derive(Clone, Copy)]
struct Answering {
    desk: Desk,
    sheet: RwSignal<Sheet>,
    place: RwSignal<Place>,
}

/// The page of a participant.
#[component]
pub(in super::super) fn Join(desk: Desk, link: String, code: Option<String>) -> Made {
    let setup = Setup::parse(&link);
    let Some((setup, instrument)) = setup.and_then(|setup| Some((setup.clone(), setup.of()?))) else {
        return markup!(
            r##"
            <header class="page-head">
                <h1>Linket er ikke helt</h1>
                <p class="purpose">Det fører ikke til en workshop, som appen kender. Måske mangler der noget af det. Scan koden igen, eller bed om linket en gang til.</p>
            </header>
            <p><a href="#/refleksion">Til refleksion</a></p>"##
        );
    };
    let given = code.and_then(|code| setup.codes()?.decode(&code).ok());
    let answering = Answering {
        desk,
        // Who opens a link with a code in it sees the code.
        place: RwSignal::new(if given.is_some() { Place::Done } else { Place::Door }),
        sheet: RwSignal::new(given.unwrap_or_else(|| blank(instrument))),
    };
    let run = running(desk);
    let own = setup.id.clone();
    // The room runs in this very browser: the device is passed round, and answers go straight into the pile.
    let is_passed = Memo::new(move |_| run.with(|run| run.as_ref().is_some_and(|run| run.setup.id == own)));
    let setup = Rc::new(setup);
    let title = setup.title.clone();
    let count = instrument.items.len();
    let where_we_are = says(move || match answering.place.get() {
        Place::Door => String::new(),
        Place::Item(place) => format!(" · {} af {count}", place + 1),
        Place::Done => " · din kode".to_owned(),
    });
    let setup_shown = send_wrapper::SendWrapper::new(setup);
    let shown = live(move || match answering.place.get() {
        Place::Door => door(answering, &setup_shown, instrument, is_passed.get()),
        Place::Item(place) => match instrument.items.get(place) {
            Some(item) => step(answering, &setup_shown, instrument, place, item),
            None => made(()),
        },
        Place::Done => done(answering, &setup_shown, instrument, is_passed.get()),
    });
    markup!(
        r#"
        <div class="round">
            <header class="round-head"><p class="eyebrow">{}{}</p><h1>{}</h1></header>
            <div>{}</div>
        </div>"#,
        instrument.title.as_str(),
        where_we_are,
        title,
        shown
    )
}

fn blank(instrument: &Instrument) -> Sheet {
    Sheet { group: 0, now: vec![None; instrument.items.len()], wanted: None }
}

fn go(answering: Answering, place: Place) {
    answering.place.set(place);
    request_animation_frame(|| {
        let step = document().get_element_by_id("step").and_then(|step| step.dyn_into::<HtmlElement>().ok());
        if let Some(step) = step {
            drop(step.focus());
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    });
}

fn door(answering: Answering, setup: &Setup, instrument: &Instrument, is_passed: bool) -> Made {
    let groups = (!setup.groups.is_empty()).then(|| {
        let options: Vec<Made> = std::iter::once("Siger jeg ikke")
            .chain(setup.groups.iter().map(String::as_str))
            .enumerate()
            .map(|(place, name)| {
                let name = name.to_owned();
                made(view! {
                    <label class="option">
                        <input
                            type="radio"
                            name="group"
                            prop:checked=move || answering.sheet.with(|sheet| sheet.group == place)
                            on:change=move |_| answering.sheet.update(|sheet| sheet.group = place)
                        />
                        <span>{name}</span>
                    </label>
                })
            })
            .collect();
        markup!(
            r#"<fieldset class="one-of"><legend>Hvor hører du til?</legend><div class="options">{}</div></fieldset>"#,
            options
        )
    });
    let is_there = untrack(|| answering.desk.run.with(Option::is_some));
    let other_room = (!is_passed && !is_there).then(|| {
        let (desk, setup) = (answering.desk, setup.clone());
        markup!(
            r#"<details class="more"><summary>Leder du workshoppen i et andet rum?</summary><p>Du kan samle svar til den samme workshop her. Bagefter lægges rummenes filer sammen.</p>{}</details>"#,
            button("Åbn et rum mere", move || begin(desk, setup.clone()))
        )
    });
    let from = if is_passed { "Svaret lægges direkte i bunken på denne enhed." } else { WHO_SEES };
    let minutes = instrument.minutes.to_string();
    markup!(
        r#"
        <section class="step">
            <h2 id="step" tabindex="-1" class="visually-hidden">Velkommen</h2>
            <p class="large">{}</p>
            <p>{}</p>
            <p class="help">Det er frivilligt, tager cirka {} minutter og er hverken APV eller trivselsmåling. Spring over, hvad du vil.</p>
            {}
            <div class="ways">{}</div>
            {}
        </section>"#,
        instrument.about.as_str(),
        from,
        minutes,
        groups,
        button_of("primary", "Begynd", press(move || go(answering, Place::Item(0)))),
        other_room
    )
}

fn step(
    answering: Answering,
    setup: &Setup,
    instrument: &'static Instrument,
    place: usize,
    item: &'static Item,
) -> Made {
    let rounds: &[Round] = if setup.asks_wanted { &Round::BOTH } else { &[Round::Now] };
    let scales: Vec<Made> = rounds
        .iter()
        .map(|&round| {
            let value = move || answering.sheet.with(|sheet| answers(sheet, round)?.get(place).copied().flatten());
            let on_pick = move |point: Option<i8>| {
                answering.sheet.update(|sheet| {
                    let answers = match round {
                        Round::Now => &mut sheet.now,
                        Round::Wanted => sheet.wanted.get_or_insert_with(|| vec![None; instrument.items.len()]),
                    };
                    answers[place] = point;
                    // Nothing wished at all is the shorter code.
                    if sheet.wanted.as_ref().is_some_and(|wanted| wanted.iter().all(Option::is_none)) {
                        sheet.wanted = None;
                    }
                });
            };
            scale_of(instrument, item, round, Rc::new(value), Rc::new(on_pick))
        })
        .collect();
    let last = place + 1 == instrument.items.len();
    let back = match place.checked_sub(1) {
        Some(before) => button("Forrige", move || go(answering, Place::Item(before))),
        None => button("Forrige", move || go(answering, Place::Door)),
    };
    let next = if last { Place::Done } else { Place::Item(place + 1) };
    let words = if last { "Få min kode" } else { "Næste" };
    markup!(
        r#"<section class="step">{}{}<div class="ways">{}{}</div></section>"#,
        heading(item, place),
        scales,
        back,
        button_of("primary", words, press(move || go(answering, next)))
    )
}

fn answers(sheet: &Sheet, round: Round) -> Option<&Vec<Option<i8>>> {
    match round {
        Round::Now => Some(&sheet.now),
        Round::Wanted => sheet.wanted.as_ref(),
    }
}

fn done(answering: Answering, setup: &Setup, instrument: &'static Instrument, is_passed: bool) -> Made {
    let last = instrument.items.len() - 1;
    let correct = button("Ret mine svar", move || go(answering, Place::Item(last)));
    if is_passed {
        let put = move || {
            let sheet = answering.sheet.get_untracked();
            change(answering.desk, |run| run.take_sheet(sheet));
            answering.sheet.set(blank(instrument));
            go(answering, Place::Door);
        };
        return markup!(
            r#"
            <section class="step">
                <h2 id="step" tabindex="-1">Læg dit svar i bunken</h2>
                <p>Så kan ingen rette i det, og den næste begynder forfra.</p>
                <div class="ways">{}{}</div>
                <p class="help">Leder du workshoppen, så gå <a href="{}">til rummet</a>.</p>
            </section>"#,
            correct,
            button_of("primary", "Læg i bunken, og giv enheden videre", press(put)),
            Route::Room.to_string()
        );
    }
    let sheet = untrack(|| answering.sheet.get());
    let code = setup.codes().map(|codes| codes.encode(&sheet)).unwrap_or_default();
    let (written, aloud) = (shown(&code), spoken(&code));
    let link = format!("{}/{code}", join_address(setup));
    let (drawn, copied, linked) = (written.clone(), written.clone(), link);
    let said = RwSignal::new("");
    let copy = move |words: String| {
        spawn_local(async move {
            said.set(if device::copy(&words).await {
                "Kopieret. Indsæt den dér, hvor den, der leder workshoppen, har bedt om den."
            } else {
                "Markér koden, og kopiér den."
            });
        });
    };
    let drawing = view! {
        <Figure svg=Rc::new(move || qr(&drawn, "Din svarkode som QR-kode")) caption=Rc::new(|| "Vis den til den, der samler ind.".to_owned())/>
    };
    markup!(
        r#"
        <section class="step">
            <h2 id="step" tabindex="-1">Dine svar er klar</h2>
            <div class="your-code">{}<p class="code">{}</p></div>
            <details class="more"><summary>Læs den højt</summary><p class="large">{}</p></details>
            <div class="buttons">{}{}</div>
            <p class="help">Enhver, der ser koden i en chat, kan læse dine svar.</p>
            <p role="status">{}</p>
            <div class="ways">{}{}</div>
        </section>"#,
        made(drawing),
        written,
        aloud,
        button_of("primary", "Kopiér koden", press(move || copy(copied.clone()))),
        button("Kopiér som link", move || copy(linked.clone())),
        says(move || said.get().to_owned()),
        correct,
        own_reflection(answering, setup, instrument)
    )
}

/// What was answered can be kept as a reflection of one's own: the only thing that this page stores, and only if asked.
fn own_reflection(answering: Answering, setup: &Setup, instrument: &'static Instrument) -> Made {
    let (desk, title) = (answering.desk, setup.title.clone());
    let is_kept = RwSignal::new(None::<Id>);
    let keep = move || {
        let sheet = answering.sheet.get_untracked();
        let mut reflection = Reflection {
            title: title.as_str().into(),
            instrument: Some(instrument.id.clone()),
            date: Some(desk.today.get_untracked()),
            ..Reflection::default()
        };
        for (place, item) in instrument.items.iter().enumerate() {
            let of = |round| answers(&sheet, round).and_then(|answers| answers.get(place).copied().flatten());
            let answer = Answer { now: of(Round::Now), wanted: of(Round::Wanted) };
            if answer != Answer::default() {
                reflection.answers.insert(item.id.clone(), answer);
            }
        }
        let id = Id::from_random(device::random_bits());
        desk.workspace.create(id.clone(), &reflection);
        desk.workspace.save_now();
        is_kept.set(Some(id));
    };
    live(move || match is_kept.get() {
        None => maybe(Some(button("Behold dem også som min egen refleksion", keep.clone()))),
        Some(id) => {
            let route = Route::Reflection { instrument: instrument.id.to_string(), id: Some(id) };
            markup!(r#"<p><a href="{}">Se din refleksion</a></p>"#, route.to_string())
        }
    })
}
