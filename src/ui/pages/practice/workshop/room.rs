//! The facilitator's page of a room: welcome, answering, collecting; and the button that shows the answers and closes
//! the room. A rehearsal goes on here to its end, because it leaves no record.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::domain::workshop::{FEWEST, Phase, Run, Setup, Stage, Workshop};
use crate::record::edit::Focus;

use super::camera::prepare_reader;
use super::collect::CollectAnswers;
use super::lead::{Lead, give_up, lead_frame};
use super::outline::ResultOutline;
use super::result::result_phase;
use super::session::{change, end, minutes, open_session, put_stage, run_signal};
use crate::ui::kit::components::{Field, FieldEvent};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_class, dynamic_text, dynamic_view, empty_view, on_click, or_empty,
};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// The page of the room that runs in this browser.
#[component]
pub(crate) fn RoomPage(app: AppContext) -> BuiltView {
    let run = open_session(app);
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
    let Some(instrument) = setup.instrument() else { return empty_view() };
    let initial = Stage::new(setup.id.clone(), Phase::Welcome, minutes(&setup));
    let lead = Lead { app, instrument, initial };
    prepare_reader();
    let run = run_signal(app);
    let people = dynamic_text(move || match run.with(|run| run.as_ref().map_or(0, Run::people)) {
        1 => "1 svar".to_owned(),
        people => format!("{people} svar"),
    });
    let title = setup.title.clone();
    let (phase_lead, content_lead) = (send_wrapper::SendWrapper::new(lead.clone()), lead.clone());
    let phase = Memo::new(move |_| phase_lead.stage().phase);
    let rehearsed = setup.id.clone();
    let content = dynamic_view(move || match phase.get() {
        Phase::Welcome => welcome_phase(&content_lead, &setup),
        Phase::Answer => answer_phase(&content_lead, &setup),
        Phase::Gather => build_view(view! { <CollectAnswers app/> }),
        Phase::Show | Phase::Talk | Phase::Decide => match ResultOutline::of(app, &rehearsed) {
            Some(outline) => result_phase(&content_lead, Rc::new(outline)),
            None => empty_view(),
        },
    });
    let foot_lead = lead.clone();
    let foot = dynamic_view(move || {
        or_empty(phase.get().is_before_result().then(|| {
            let lead = foot_lead.clone();
            build_view(view! { <h2>"Vis svarene"</h2> {close_room(lead)} })
        }))
    });
    lead_frame(&lead, [people, dynamic_text(move || title.clone()), empty_view(), content, foot])
}

/// The welcome: what the workshop is about, who sees the answers, and a rehearsal.
fn welcome_phase(lead: &Lead, setup: &Setup) -> BuiltView {
    let about = setup.instrument().map(|instrument| instrument.about.as_str()).unwrap_or_default();
    let app = lead.app;
    let (next_lead, rehearse_lead) = (lead.clone(), lead.clone());
    let can_rehearse =
        Memo::new(move |_| run_signal(app).with(|run| run.as_ref().is_some_and(|run| run.people() == 0)));
    let rehearsal = dynamic_view(move || {
        let lead = rehearse_lead.clone();
        let rehearse = move || {
            change(app, Run::rehearse);
            lead.open(Phase::Gather);
        };
        or_empty(can_rehearse.get().then(|| {
            markup!(
                r#"<section class="part"><h3>Vil du øve dig først?</h3><p class="help">Du kan gå hele workshoppen igennem med opdigtede svar. De er mærket, gemmes ikke og smides væk med ét tryk.</p>{}</section>"#,
                button("Prøv med 12 opdigtede svar", rehearse)
            )
        }))
    });
    markup!(
        r#"
        <section class="workshop-part">
            <h2>Velkommen</h2>
            <p class="large-text">{}</p>
            <p>Hver deltagers svar står i en kort kode, som de giver til dig. Ser du koden, kan du læse svarene. Når de er vist, er der kun antal tilbage, og grupper under fem vises ikke.</p>
            <p>Det er frivilligt. Det er hverken APV eller trivselsmåling, og ingen svar er rigtige eller forkerte.</p>
            <div>{}</div>
            {}
        </section>"#,
        about,
        button_with_class("primary", "Gå til svar", on_click(move || next_lead.open(Phase::Answer))),
        build_view(view! { <div>{rehearsal}</div> })
    )
}

/// The address that a participant opens.
pub(crate) fn join_address(setup: &Setup) -> String {
    format!("{}{}", platform::navigation::page_address(), Route::Join { link: setup.link(), code: None })
}

/// The link to the participant's page, for those who do not see the wall; and about how many people are expected.
fn answer_phase(lead: &Lead, setup: &Setup) -> BuiltView {
    let address = join_address(setup);
    let copied_address = address.clone();
    let message = RwSignal::new("");
    let copy = move || {
        let address = copied_address.clone();
        spawn_local(async move {
            let is_copied = platform::clipboard::copy(&address).await;
            message.set(if is_copied { "Linket er kopieret." } else { "Markér linket herunder, og kopiér det." });
        });
    };
    let next_lead = lead.clone();
    let code = setup.code().map(|code| {
        let page = format!("{}{}", platform::navigation::typed_address(), Route::JoinByCode);
        markup!(
            r#"<p>Uden QR-kode: åbn <strong>{}</strong>, og skriv koden <strong class="workshop-code">{}</strong>.</p>"#,
            page,
            code
        )
    });
    markup!(
        r#"
        <section class="workshop-part">
            <h2>Svar på telefonen</h2>
            <p>QR-koden står på væggen. Dem, der ikke ser den, kan få linket.</p>
            <div class="buttons">{}<a class="button" href="{}">Svar på denne enhed</a></div>
            {}
            <p class="help address">{}</p>
            {}
            {}
            <details class="more"><summary>Uden telefon: lad en enhed gå rundt, eller brug papir</summary>
                <p>Åbn «Svar på denne enhed» og giv den videre: hvert svar lægges i bunken, og den næste begynder forfra.
                Eller udskriv skemaet under «Saml ind» og tast svarene ind bagefter.</p>
            </details>
            <div>{}</div>
        </section>"#,
        button("Kopiér linket", copy),
        address.as_str(),
        build_view(view! { <p class="help" role="status">{dynamic_text(move || message.get().to_owned())}</p> }),
        address.as_str(),
        code,
        expected_field(lead.app),
        button_with_class("primary", "Gå til saml ind", on_click(move || next_lead.open(Phase::Gather)))
    )
}

/// The field for about how many people are in the room.
pub(super) fn expected_field(app: AppContext) -> BuiltView {
    let run = run_signal(app);
    let error = RwSignal::new(None::<String>);
    let value = move || {
        run.with(|run| run.as_ref().and_then(|run| run.expected)).map(|count| count.to_string()).unwrap_or_default()
    };
    let on_event = move |event: FieldEvent| {
        let (FieldEvent::Typed(text) | FieldEvent::Left(Some(text))) = event else { return };
        let text = text.trim();
        let expected = text.parse::<u16>().ok().filter(|count| (1..1000).contains(count));
        error.set((expected.is_none() && !text.is_empty()).then(|| "Skriv et tal, for eksempel 40.".to_owned()));
        if expected.is_some() || text.is_empty() {
            change(app, |run| run.expected = expected);
        }
    };
    build_view(view! {
        <Field
            id="workshop-expected".to_owned()
            label="Cirka hvor mange er I?"
            help="Kan udelades. Så står der på væggen, hvor mange af dem der har svaret."
            value=Rc::new(value)
            error
            on_event=Rc::new(on_event)
        />
    })
}

/// The button that shows the answers, which asks for confirmation since it closes the room; and the button that gives
/// the room up.
fn close_room(lead: Lead) -> BuiltView {
    let app = lead.app;
    let run = run_signal(app);
    let is_confirming = RwSignal::new(false);
    // The buttons are not rebuilt with each answer.
    let has_enough = Memo::new(move |_| run.with(|run| run.as_ref().map_or(0, Run::people)) >= FEWEST);
    let left_behind = Memo::new(move |_| run.with(|run| run.as_ref().and_then(Run::left_behind)));
    let undecided = Memo::new(move |_| run.with(|run| run.as_ref().map_or(0, |run| run.repeated().len())));
    let show_buttons = dynamic_view(move || {
        if let Some(left) = left_behind.get() {
            return handed_over(app, left);
        }
        if !has_enough.get() {
            return markup!(
                r#"<p class="help">Svarene kan vises, når der er mindst fem. Færre bliver hverken vist eller gemt, så ingen kan kendes på sit svar.</p>"#
            );
        }
        let repeated = match undecided.get() {
            0 => None,
            1 => Some(
                "1 kode er kommet igen og er ikke talt med. Se den under «Saml ind», før du viser svarene.".to_owned(),
            ),
            count => Some(format!(
                "{count} koder er kommet igen og er ikke talt med. Se dem under «Saml ind», før du viser svarene."
            )),
        };
        let repeated = repeated.map(|words| markup!("<p>{}</p>", words));
        if is_confirming.get() {
            let lead = lead.clone();
            return markup!(
                r#"{}<p>Når svarene er vist, er rummet lukket: der kan ikke komme flere. Har alle, der vil, givet deres kode?</p><div class="buttons">{}{}</div>"#,
                repeated,
                button_with_class("primary", "Ja, vis svarene", on_click(move || show_answers(&lead))),
                button("Nej, vent", move || is_confirming.set(false))
            );
        }
        markup!(
            r#"{}<p class="help">Svarene er hverken vist eller gemt endnu.</p><div>{}</div>"#,
            repeated,
            button_with_class("primary", "Vis svarene", on_click(move || is_confirming.set(true)))
        )
    });
    let is_giving_up = RwSignal::new(false);
    let give_up_buttons = dynamic_view(move || {
        if is_giving_up.get() {
            markup!(
                r#"<p>Alle svar i rummet går tabt, og de kan ikke hentes tilbage.</p><div class="buttons">{}{}</div>"#,
                button("Ja, opgiv workshoppen", move || give_up(app)),
                button("Nej, bliv her", move || is_giving_up.set(false))
            )
        } else {
            button_with_class("quiet", "Opgiv workshoppen", on_click(move || is_giving_up.set(true)))
        }
    });
    build_view(view! { <div class="leader-actions">{show_buttons}{give_up_buttons}</div> })
}

/// What stands in the place of the button after the code for another device was shown: shown twice, the answers would be
/// counted twice, and those of a few people could be computed. `left` answers are not in the code.
fn handed_over(app: AppContext, left: u16) -> BuiltView {
    let words = match left {
        0 => "Koden med alle svar herfra er vist. Har en anden enhed talt dem med, så luk rummet her: ellers tælles svarene to gange, og så kan nogle få personers svar regnes ud.".to_owned(),
        _ => format!("Svar, der ikke er med i den kode, du har vist: {left}. De er kommet siden, eller fra en tredje enhed. Vis koden igen, og lad den anden enhed scanne den; svar fra en tredje enhed scannes fra den enhed selv."),
    };
    let close = (left == 0)
        .then(|| button_with_class("primary", "De er flyttet: luk rummet her", on_click(move || give_up(app))));
    let take_back = move || {
        change(app, Run::take_back_hand_over);
    };
    markup!(r#"<p>{}</p><div class="buttons">{}{}</div>"#, words, close, button("De blev ikke flyttet", take_back))
}

/// Shows the answers: closes the room, and creates the record of its result. A rehearsal goes on without a record.
fn show_answers(lead: &Lead) {
    let app = lead.app;
    // Another window may have counted since.
    open_session(app);
    if run_signal(app).with_untracked(|run| run.as_ref().is_some_and(Run::is_rehearsal)) {
        lead.open(Phase::Show);
        return;
    }
    let (unit, today) = untrack(|| (app.unit(), app.today.get()));
    let closed = run_signal(app).with_untracked(|run| {
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
    put_stage(app, Stage::new(id.clone(), Phase::Show, lead.instrument.minutes), true);
    end(app);
    platform::navigation::replace_with(&Route::Workshop(id).to_string());
}
