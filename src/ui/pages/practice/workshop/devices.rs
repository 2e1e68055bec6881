//! Brings the answers of several devices together: each device shows what it has collected as one QR code.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::chart::qr::qr;
use crate::domain::workshop::Run;

use super::session::{change, run_signal};
use crate::ui::kit::components::Figure;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, button_with_class, dynamic_text, dynamic_view, on_click};
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;

/// How several people collect at the same time, what came from other devices, and the code with everything that was
/// collected here.
pub(super) fn other_devices(app: AppContext) -> BuiltView {
    let run = run_signal(app);
    let is_shown = RwSignal::new(false);
    let received = Memo::new(move |_| run.with(|run| run.as_ref().map(Run::received)).unwrap_or_default());
    let rows = dynamic_view(move || {
        let rows: Vec<BuiltView> = received
            .get()
            .into_iter()
            .map(|(device, people)| {
                let remove = move || {
                    change(app, |run| run.remove_received(&device));
                };
                markup!(
                    "<li>{} svar fra en anden enhed {}</li>",
                    people.to_string(),
                    button_with_class("quiet", "Tag dem ud igen", on_click(remove))
                )
            })
            .collect();
        build_view(view! { <ul>{rows}</ul> })
    });
    let show = move || {
        change(app, Run::hand_over);
        is_shown.set(true);
    };
    let state = Memo::new(move |_| run.with(|run| run.as_ref().map(|run| (run.has_own_answers(), run.transfer()))));
    let code = dynamic_view(move || match (is_shown.get(), state.get()) {
        (false, Some((true, _))) => button("Vis koden med alle svar herfra", show),
        (true, Some((true, Some(code)))) => transfer_code(code, is_shown),
        (true, Some((true, None))) => markup!(
            r#"<p class="help">Der er for mange svar til én kode. Vis svarene her, gem resultatet som fil, og åbn filen på den anden enhed: den lægger dem sammen.</p>"#
        ),
        _ => markup!(r#"<p class="help">Der er ikke samlet svar ind på denne enhed, så der er intet at flytte.</p>"#),
    });
    markup!(
        r#"
        <details class="more"><summary>Saml ind på flere enheder</summary>
            <p>Åbn deltagernes link på den anden enhed, fold «Leder du workshoppen i et andet rum?» ud, vælg «Åbn et rum mere», og saml ind dér. Når den er færdig, viser den sin kode, og du scanner den her som en hvilken som helst anden.</p>
            {}
            <div>{}</div>
        </details>"#,
        build_view(view! { <div>{rows}</div> }),
        code
    )
}

/// The code as a drawing and as a text, and what to do afterwards.
fn transfer_code(code: String, is_shown: RwSignal<bool>) -> BuiltView {
    let message = RwSignal::new("");
    let (drawn, copied) = (code.clone(), code);
    let copy = move || {
        let code = copied.clone();
        spawn_local(async move {
            let is_copied = platform::clipboard::copy(&code).await;
            message.set(if is_copied {
                "Kopieret. Indsæt den i feltet «Kode» på den anden enhed."
            } else {
                "Kunne ikke kopieres. Lad den anden enhed scanne koden."
            });
        });
    };
    let drawing = view! {
        <Figure svg=Rc::new(move || qr(&drawn, "QR-kode med alle svar herfra")) caption=Rc::new(|| "Scan den på den enhed, der skal vise svarene.".to_owned())/>
    };
    markup!(
        r#"
        <div class="transfer">
            {}
            <p class="help">Koden har antal, også for grupper under fem, og ingen navne. Den gemmes ikke. Svar, der er kommet fra en tredje enhed, er ikke med: scan dem fra den enhed selv.</p>
            <div class="buttons">{}{}</div>
            <p class="help" role="status">{}</p>
            <p>Når den anden enhed har sagt, hvor mange svar der kom med, så luk rummet her nederst på siden.</p>
        </div>"#,
        build_view(drawing),
        button("Kopiér koden", copy),
        button_with_class("quiet", "Skjul koden", on_click(move || is_shown.set(false))),
        dynamic_text(move || message.get().to_owned())
    )
}
