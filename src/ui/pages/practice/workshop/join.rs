//! A participant's phone: one item at a time, then the code. Nothing is stored, and nothing leaves the page but the code.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::chart::qr::qr;
use crate::domain::id::Id;
use crate::domain::instrument::Answer;
use crate::domain::instrument::{Form, Instrument, InstrumentItem, Round};
use crate::domain::reflection::{Reflection, Weights};
use crate::domain::svarkode::{AnswerSheet, shown, spoken};
use crate::domain::workshop::Setup;

use super::room::join_address;
use super::{WHO_SEES, begin, change, running};
use crate::ui::kit::components::Figure;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_class, dynamic_text, dynamic_view, on_click, or_empty,
};
use crate::ui::pages::practice::reflection::{heading, lead_to_step, scale_of, weighing};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// Where a participant is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum JoinStep {
    /// At the door.
    Door,
    /// At an item.
    Item(usize),
    /// At the code.
    Done,
}

/// A participant's answers: a handle that the parts of the page share.
#[derive(Clone, Copy)]
struct ParticipantContext {
    desk: AppContext,
    sheet: RwSignal<AnswerSheet>,
    place: RwSignal<JoinStep>,
}

/// The page of a participant.
#[component]
pub(crate) fn JoinPage(desk: AppContext, link: String, code: Option<String>) -> BuiltView {
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
    let answering = ParticipantContext {
        desk,
        // Who opens a link with a code in it sees the code.
        place: RwSignal::new(if given.is_some() { JoinStep::Done } else { JoinStep::Door }),
        sheet: RwSignal::new(given.unwrap_or_else(|| blank(instrument))),
    };
    let run = running(desk);
    let own = setup.id.clone();
    // The room runs in this very browser: the device is passed round, and answers go straight into the pile.
    let is_passed = Memo::new(move |_| run.with(|run| run.as_ref().is_some_and(|run| run.setup.id == own)));
    let setup = Rc::new(setup);
    let title = setup.title.clone();
    let count = steps(instrument);
    let where_we_are = dynamic_text(move || match answering.place.get() {
        JoinStep::Door => String::new(),
        JoinStep::Item(_) if count == 1 => String::new(),
        JoinStep::Item(place) => format!(" · {} af {count}", place + 1),
        JoinStep::Done => " · din kode".to_owned(),
    });
    let setup_shown = send_wrapper::SendWrapper::new(setup);
    let shown = dynamic_view(move || match answering.place.get() {
        JoinStep::Door => door(answering, &setup_shown, instrument, is_passed.get()),
        JoinStep::Item(_) if instrument.form == Form::Weights => weigh(answering, &setup_shown, instrument),
        JoinStep::Item(place) => match instrument.items.get(place) {
            Some(item) => step(answering, &setup_shown, instrument, place, item),
            None => build_view(()),
        },
        JoinStep::Done => done(answering, &setup_shown, instrument, is_passed.get()),
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

/// How many steps it takes: an item each, but for weights, which hang together.
const fn steps(instrument: &Instrument) -> usize {
    if matches!(instrument.form, Form::Weights) { 1 } else { instrument.items.len() }
}

fn blank(instrument: &Instrument) -> AnswerSheet {
    AnswerSheet { group: 0, now: vec![None; instrument.items.len()], wanted: None }
}

fn go(answering: ParticipantContext, place: JoinStep) {
    answering.place.set(place);
    lead_to_step();
}

fn door(answering: ParticipantContext, setup: &Setup, instrument: &Instrument, is_passed: bool) -> BuiltView {
    let groups = (!setup.groups.is_empty()).then(|| {
        let options: Vec<BuiltView> = std::iter::once("Siger jeg ikke")
            .chain(setup.groups.iter().map(String::as_str))
            .enumerate()
            .map(|(place, name)| {
                let name = name.to_owned();
                build_view(view! {
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
        button_with_class("primary", "Begynd", on_click(move || go(answering, JoinStep::Item(0)))),
        other_room
    )
}

fn step(
    answering: ParticipantContext,
    setup: &Setup,
    instrument: &'static Instrument,
    place: usize,
    item: &'static InstrumentItem,
) -> BuiltView {
    let scales: Vec<BuiltView> = rounds(setup)
        .iter()
        .map(|&round| {
            let value = move || answering.sheet.with(|sheet| answers(sheet, round)?.get(place).copied().flatten());
            let on_pick = move |point: Option<i8>| answer(answering, instrument, round, |all| all[place] = point);
            scale_of(instrument, item, round, Rc::new(value), Rc::new(on_pick))
        })
        .collect();
    let last = place + 1 == instrument.items.len();
    let back = match place.checked_sub(1) {
        Some(before) => button("Forrige", move || go(answering, JoinStep::Item(before))),
        None => button("Forrige", move || go(answering, JoinStep::Door)),
    };
    let next = if last { JoinStep::Done } else { JoinStep::Item(place + 1) };
    let words = if last { "Få min kode" } else { "Næste" };
    markup!(
        r#"<section class="step">{}{}<div class="ways">{}{}</div></section>"#,
        heading(item, place),
        scales,
        back,
        button_with_class("primary", words, on_click(move || go(answering, next)))
    )
}

/// What is asked about.
const fn rounds(setup: &Setup) -> &'static [Round] {
    if setup.asks_wanted { &Round::BOTH } else { &[Round::Now] }
}

/// Changes the answers of a round.
fn answer(
    answering: ParticipantContext,
    instrument: &Instrument,
    round: Round,
    change: impl FnOnce(&mut Vec<Option<i8>>),
) {
    answering.sheet.update(|sheet| {
        change(match round {
            Round::Now => &mut sheet.now,
            Round::Wanted => sheet.wanted.get_or_insert_with(|| vec![None; instrument.items.len()]),
        });
        // Nothing wished at all is the shorter code.
        if sheet.wanted.as_ref().is_some_and(|wanted| wanted.iter().all(Option::is_none)) {
            sheet.wanted = None;
        }
    });
}

/// Weights, all on one page: they are 100 together.
fn weigh(answering: ParticipantContext, setup: &Setup, instrument: &'static Instrument) -> BuiltView {
    /// A weight's steps are of five.
    const STEP: i8 = 5;
    let count = instrument.items.len();
    let all: Vec<BuiltView> = rounds(setup)
        .iter()
        .map(|&round| {
            let value = move || {
                let given = answering.sheet.with(|sheet| answers(sheet, round).cloned()).unwrap_or_default();
                let weights = given.iter().map(|point| point.unwrap_or_default().unsigned_abs() * STEP.unsigned_abs());
                let mut weights: Vec<u8> = weights.collect();
                weights.resize(count, 0);
                weights
            };
            let on_set = move |weights: Vec<u8>| {
                let is_none = weights.iter().all(|weight| *weight == 0);
                let steps = weights.iter().map(|weight| i8::try_from(*weight).ok().map(|weight| weight / STEP));
                answer(answering, instrument, round, |all| *all = steps.map(|own| own.filter(|_| !is_none)).collect());
            };
            weighing(instrument, round, Rc::new(value), Rc::new(on_set))
        })
        .collect();
    let is_refused = RwSignal::new(false);
    let hang_together = move || {
        answering.sheet.with_untracked(|sheet| {
            std::iter::once(&sheet.now).chain(&sheet.wanted).all(|answers| instrument.form.hang_together(answers))
        })
    };
    let on = move || {
        if hang_together() {
            go(answering, JoinStep::Done);
        } else {
            is_refused.set(true);
        }
    };
    let refused = dynamic_view(move || {
        or_empty(is_refused.get().then(|| {
            markup!(
                r#"<p class="error" role="alert">De tre skal være 100 tilsammen, eller alle stå på 0, hvis du springer over.</p>"#
            )
        }))
    });
    markup!(
        r#"
        <section class="step">
            <h2 id="step" tabindex="-1">Fordel 100 på de tre</h2>
            {}
            <div>{}</div>
            <div class="ways">{}{}</div>
        </section>"#,
        all,
        refused,
        button("Forrige", move || go(answering, JoinStep::Door)),
        button_with_class("primary", "Få min kode", on_click(on))
    )
}

fn answers(sheet: &AnswerSheet, round: Round) -> Option<&Vec<Option<i8>>> {
    match round {
        Round::Now => Some(&sheet.now),
        Round::Wanted => sheet.wanted.as_ref(),
    }
}

fn done(answering: ParticipantContext, setup: &Setup, instrument: &'static Instrument, is_passed: bool) -> BuiltView {
    let last = steps(instrument) - 1;
    let correct = button("Ret mine svar", move || go(answering, JoinStep::Item(last)));
    if is_passed {
        let put = move || {
            let sheet = answering.sheet.get_untracked();
            change(answering.desk, |run| run.take_sheet(sheet));
            answering.sheet.set(blank(instrument));
            go(answering, JoinStep::Door);
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
            button_with_class("primary", "Læg i bunken, og giv enheden videre", on_click(put)),
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
            said.set(if platform::clipboard::copy(&words).await {
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
        build_view(drawing),
        written,
        aloud,
        button_with_class("primary", "Kopiér koden", on_click(move || copy(copied.clone()))),
        button("Kopiér som link", move || copy(linked.clone())),
        dynamic_text(move || said.get().to_owned()),
        correct,
        own_reflection(answering, setup, instrument)
    )
}

fn in_hundredths(sheet: &AnswerSheet) -> Weights {
    let weights = |answers: Option<&Vec<Option<i8>>>| {
        let all: Option<Vec<u8>> = answers?.iter().map(|point| Some(point.as_ref()?.unsigned_abs() * 5)).collect();
        all
    };
    Weights { now: weights(Some(&sheet.now)), wanted: weights(sheet.wanted.as_ref()) }
}

/// What was answered can be kept as a reflection of one's own: the only thing that this page stores, and only if asked.
fn own_reflection(answering: ParticipantContext, setup: &Setup, instrument: &'static Instrument) -> BuiltView {
    let (desk, title, wording) = (answering.desk, setup.title.clone(), setup.wording.clone());
    let is_kept = RwSignal::new(None::<Id>);
    let keep = move || {
        let sheet = answering.sheet.get_untracked();
        let mut reflection = Reflection {
            title: title.as_str().into(),
            instrument: Some(instrument.id.clone()),
            wording: wording.clone(),
            date: Some(desk.today.get_untracked()),
            ..Reflection::default()
        };
        if instrument.form == Form::Weights {
            reflection.weights = Some(in_hundredths(&sheet));
        }
        let scaled = instrument.items.iter().filter(|_| instrument.form != Form::Weights);
        for (place, item) in scaled.enumerate() {
            let of = |round| answers(&sheet, round).and_then(|answers| answers.get(place).copied().flatten());
            let answer = Answer { now: of(Round::Now), wanted: of(Round::Wanted) };
            if answer != Answer::default() {
                reflection.answers.insert(item.id.clone(), answer);
            }
        }
        let id = platform::ids::mint();
        desk.workspace.create(id.clone(), &reflection);
        desk.workspace.save_now();
        is_kept.set(Some(id));
    };
    dynamic_view(move || match is_kept.get() {
        None => or_empty(Some(button("Behold dem også som min egen refleksion", keep.clone()))),
        Some(id) => {
            let route = Route::Reflection { instrument: instrument.id.to_string(), id: Some(id) };
            markup!(r#"<p><a href="{}">Se din refleksion</a></p>"#, route.to_string())
        }
    })
}
