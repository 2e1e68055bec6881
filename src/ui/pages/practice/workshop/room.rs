//! The facilitator's page of a room: welcome, answering, collecting; and the button that shows the answers and closes
//! the room.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::chart::qr::qr;
use crate::domain::workshop::{FEWEST, Phase, Run, Setup, Workshop};
use crate::record::edit::Focus;

use super::collect::CollectAnswers;
use super::projector::projector;
use super::timer::timer;
use super::{WHO_SEES, change, end, running};
use crate::ui::kit::components::Figure;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, button_with_class, dynamic_text, dynamic_view, on_click};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// The page of the room that runs in this browser.
#[component]
pub(crate) fn RoomPage(app: AppContext) -> BuiltView {
    let run = running(app);
    let setup = Memo::new(move |_| run.with(|run| run.as_ref().map(|run| run.setup.clone())));
    dynamic_view(move || match setup.get() {
        Some(setup) => room(app, setup),
        None => markup!(
            r##"
            <header class="page-head">
                <h1>Der er ingen workshop i gang</h1>
                <p class="purpose">Når du åbner et rum, bliver det her, til svarene er vist.</p>
            </header>
            <p><a class="button primary" href="#/workshop">Til workshops</a></p>"##
        ),
    })
}

/// The page of a running room.
fn room(app: AppContext, setup: Setup) -> BuiltView {
    let run = app.run;
    let phase = Memo::new(move |_| run.with(|run| run.as_ref().map_or(Phase::Welcome, |run| run.phase)));
    let go = move |phase: Phase| {
        change(app, |run| run.phase = phase);
    };
    let minutes = setup.instrument().map_or(8, |instrument| instrument.minutes);
    let phases: Vec<BuiltView> = Phase::ALL
        .into_iter()
        .map(|target| {
            let (name, minutes) = target.danish(minutes);
            let current = move || (phase.get() == target).then_some("step");
            build_view(view! {
                <li><button type="button" class="quiet" aria-current=current on:click=on_click(move || go(target))>{name}<span class="help">" "{minutes}" min"</span></button></li>
            })
        })
        .collect();
    let people = dynamic_text(move || match run.with(|run| run.as_ref().map_or(0, Run::people)) {
        1 => "1 svar".to_owned(),
        people => format!("{people} svar"),
    });
    let title = setup.title.clone();
    let current_phase = dynamic_view(move || match phase.get() {
        Phase::Welcome => welcome_phase(&setup, go),
        Phase::Answer => answer_phase(&setup, go),
        Phase::Gather => build_view(view! { <CollectAnswers app/> }),
    });
    let clock = dynamic_view(move || timer(phase.get().danish(minutes).1));
    markup!(
        r##"
        <div class="workshop">
            <header class="workshop-head">
                <div>
                    <p class="eyebrow"><a href="#/workshop">Workshop</a> · {}</p>
                    <h1>{}</h1>
                </div>
                <div>{}</div><div>{}</div>
            </header>
            <nav aria-label="Faser"><ol class="phases">{}<li><span class="phase-ahead">Vis svarene</span></li><li><span class="phase-ahead">Drøft</span></li><li><span class="phase-ahead">Beslut</span></li></ol></nav>
            <div>{}</div>
            <footer class="workshop-foot"><h2>Vis svarene</h2>{}</footer>
        </div>"##,
        people,
        title,
        clock,
        projector(),
        phases,
        current_phase,
        build_view(view! { <CloseRoom app/> }),
    )
}

/// The welcome: what the workshop is about, and who sees the answers.
fn welcome_phase(setup: &Setup, go: impl Fn(Phase) + Copy + 'static) -> BuiltView {
    let about = setup.instrument().map(|instrument| instrument.about.as_str()).unwrap_or_default();
    markup!(
        r#"
        <section class="wall">
            <h2>Velkommen</h2>
            <p class="large-text">{}</p>
            <p>{}</p>
            <p>Det er frivilligt. Det er hverken APV eller trivselsmåling, og ingen svar er rigtige eller forkerte.</p>
            <div>{}</div>
        </section>"#,
        about,
        WHO_SEES,
        button_with_class("primary", "Gå til svar", on_click(move || go(Phase::Answer)))
    )
}

/// The address that a participant opens.
pub(crate) fn join_address(setup: &Setup) -> String {
    format!("{}{}", platform::navigation::page_address(), Route::Join { link: setup.link(), code: None })
}

/// The link to the participant's page, as a QR code and as text.
fn answer_phase(setup: &Setup, go: impl Fn(Phase) + Copy + 'static) -> BuiltView {
    let address = join_address(setup);
    let (drawn_address, copied_address) = (address.clone(), address.clone());
    let message = RwSignal::new("");
    let copy = move || {
        let address = copied_address.clone();
        spawn_local(async move {
            let is_copied = platform::clipboard::copy(&address).await;
            message.set(if is_copied { "Linket er kopieret." } else { "Markér linket herunder, og kopiér det." });
        });
    };
    let code = view! {
        <Figure svg=Rc::new(move || qr(&drawn_address, "QR-kode til workshoppen")) caption=Rc::new(|| "Scan koden med telefonens kamera.".to_owned())/>
    };
    markup!(
        r#"
        <section class="wall scan">
            <div>{}</div>
            <div class="beside-code">
                <h2>Svar på din telefon</h2>
                <p>Scan koden, eller åbn linket. Dine svar forlader ikke telefonen, før du selv giver din kode videre.</p>
                <div class="buttons">{}<a class="button" href="{}">Svar på denne enhed</a></div>
                {}
                <p class="help address">{}</p>
                <details class="more"><summary>Uden telefon: lad en enhed gå rundt, eller brug papir</summary>
                    <p>Åbn «Svar på denne enhed» og giv den videre: hvert svar lægges i bunken, og den næste begynder forfra.
                    Eller udskriv skemaet under «Saml ind» og tast svarene ind bagefter.</p>
                </details>
                <div>{}</div>
            </div>
        </section>"#,
        build_view(code),
        button("Kopiér linket", copy),
        address.as_str(),
        build_view(view! { <p class="help" role="status">{dynamic_text(move || message.get().to_owned())}</p> }),
        address.as_str(),
        button_with_class("primary", "Gå til saml ind", on_click(move || go(Phase::Gather)))
    )
}

/// The button that shows the answers, which asks for confirmation since it closes the room; and the button that gives
/// the room up.
#[component]
fn CloseRoom(app: AppContext) -> BuiltView {
    let run = app.run;
    let is_confirming = RwSignal::new(false);
    let people = Memo::new(move |_| run.with(|run| run.as_ref().map_or(0, Run::people)));
    let show = move || {
        let (unit, today) = untrack(|| (app.unit(), app.today.get()));
        let closed = run.with_untracked(|run| {
            let run = run.as_ref()?;
            Some((run.setup.id.clone(), run.room.clone(), run.result(unit, today)?))
        });
        let Some((id, room, result)) = closed else { return };
        let room_result = result.rooms.get(&room).cloned().unwrap_or_default();
        app.workspace.ensure(&id, || result);
        // A record of the workshop may exist already, with the answers of another room.
        app.workspace.edit::<Workshop>(&id, &mut Focus::default(), |body| {
            body.rooms.insert(room, room_result);
        });
        app.workspace.save_now();
        end(app);
        platform::navigation::replace_with(&Route::Workshop(id).to_string());
    };
    let give_up = move || {
        end(app);
        platform::navigation::go_to(&Route::Workshops.to_string());
    };
    let show_buttons = dynamic_view(move || {
        if people.get() < FEWEST {
            return markup!(
                r#"<p class="help">Svarene kan vises, når der er mindst fem. Færre bliver hverken vist eller gemt, så ingen kan kendes på sit svar.</p>"#
            );
        }
        if is_confirming.get() {
            return markup!(
                r#"<p>Når svarene er vist, er rummet lukket: der kan ikke komme flere. Har alle, der vil, givet deres kode?</p><div class="buttons">{}{}</div>"#,
                button_with_class("primary", "Ja, vis svarene", on_click(show)),
                button("Nej, vent", move || is_confirming.set(false))
            );
        }
        markup!(
            r#"<p class="help">Svarene er hverken vist eller gemt endnu.</p><div>{}</div>"#,
            button_with_class("primary", "Vis svarene", on_click(move || is_confirming.set(true)))
        )
    });
    let is_giving_up = RwSignal::new(false);
    let give_up_buttons = dynamic_view(move || {
        if is_giving_up.get() {
            markup!(
                r#"<p>Alle svar i rummet går tabt, og de kan ikke hentes tilbage.</p><div class="buttons">{}{}</div>"#,
                button("Ja, opgiv workshoppen", give_up),
                button("Nej, bliv her", move || is_giving_up.set(false))
            )
        } else {
            button_with_class("quiet", "Opgiv workshoppen", on_click(move || is_giving_up.set(true)))
        }
    });
    build_view(view! { <div class="leader-actions">{show_buttons}{give_up_buttons}</div> })
}
