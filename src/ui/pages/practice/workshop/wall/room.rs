//! The wall of an open room: the welcome, the way to the answers, and the number of answers that have been collected.

use std::rc::Rc;

use leptos::prelude::*;

use crate::chart::qr::qr;
use crate::domain::workshop::{Phase, Run, Setup};

use crate::ui::kit::components::Drawing;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_text, empty_view};
use crate::ui::pages::practice::workshop::room::join_address;
use crate::ui::pages::practice::workshop::session::{minutes, run_signal};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// A phase before the answers are shown.
pub(super) fn phase(app: AppContext, setup: &Setup, phase: Phase) -> BuiltView {
    match phase {
        Phase::Welcome => welcome(setup),
        Phase::Answer => answer(setup),
        Phase::Gather => gather(app),
        Phase::Show | Phase::Talk | Phase::Decide => empty_view(),
    }
}

/// What happens, how long it takes, and that it is voluntary.
fn welcome(setup: &Setup) -> BuiltView {
    let about = setup.instrument().map(|instrument| instrument.about.as_str()).unwrap_or_default();
    let answering = minutes(setup);
    let all: u32 = Phase::ALL.iter().map(|phase| u32::from(phase.minutes(answering))).sum();
    // To the nearest five minutes.
    let all = (all + 2) / 5 * 5;
    markup!(
        r#"
        <div class="wall-welcome">
            <p class="wall-huge">{}</p>
            <p class="wall-large">{}</p>
            <ol class="wall-steps">
                <li>I svarer hver for sig på telefonen: cirka {} minutter.</li>
                <li>I ser svarene samlet, når alle, der vil, har givet deres kode.</li>
                <li>I taler om det vigtigste og beslutter jer. I alt cirka {} minutter.</li>
            </ol>
            <p>Det er frivilligt, og det er hverken APV eller trivselsmåling. Den, der ser din kode, kan læse dine svar. Bagefter er der kun antal, og grupper under fem vises ikke.</p>
        </div>"#,
        setup.title.as_str(),
        about,
        answering.to_string(),
        all.to_string()
    )
}

/// The QR code of the link, and the short address with the code of the workshop.
fn answer(setup: &Setup) -> BuiltView {
    let address = join_address(setup);
    let drawing = build_view(view! { <Drawing svg=Rc::new(move || qr(&address, "QR-kode til workshoppen"))/> });
    let typed = setup.code().map_or_else(|| markup!("<p>Kan du ikke scanne den, så bed om linket.</p>"), |code| {
        let groups: Vec<String> = setup.groups.iter().enumerate().map(|(index, group)| format!("{}: {group}", index + 1)).collect();
        let groups = (!groups.is_empty()).then(|| markup!("<p>Grupper · {}</p>", groups.join(" · ")));
        markup!(
            r#"<div><p>Eller skriv adressen</p><p class="wall-address">{}</p><p>og koden</p><p class="wall-code">{}</p>{}</div>"#,
            format!("{}{}", platform::navigation::typed_address(), Route::JoinByCode),
            code,
            groups
        )
    });
    markup!(
        r#"
        <div class="wall-answer">
            <div class="wall-qr">{}</div>
            <div class="wall-beside">
                <p class="wall-huge">Svar på din telefon</p>
                <p class="wall-large">Scan koden med kameraet.</p>
                {}
                <p>Dine svar forlader ikke telefonen, før du selv viser din kode.</p>
            </div>
        </div>"#,
        drawing,
        typed
    )
}

/// The number of answers, and about how many are expected.
fn gather(app: AppContext) -> BuiltView {
    let run = run_signal(app);
    let people = dynamic_text(move || run.with(|run| run.as_ref().map_or(0, Run::people)).to_string());
    let of = dynamic_text(move || match run.with(|run| run.as_ref().and_then(|run| run.expected)) {
        Some(expected) => format!("af cirka {expected} svar"),
        None => "svar".to_owned(),
    });
    markup!(
        r#"
        <div class="wall-center">
            <p class="wall-count">{}</p>
            <p class="wall-huge">{}</p>
            <p class="wall-large">Vis din kode til den, der samler ind.</p>
        </div>"#,
        people,
        of
    )
}
