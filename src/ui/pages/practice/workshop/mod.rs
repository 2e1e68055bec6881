//! Workshops: setting one up, running it in a room, taking part, and discussing the result.
//!
//! There is no server. Participants get the setup in a link, and give their answers as a short code. While a room
//! collects answers, the codes are in memory alone, and the counts under one key of localStorage. «Vis svarene» closes
//! the room and creates the record.
//!
//! | file | purpose |
//! | --- | --- |
//! | `mod` | the list of workshops, the form for a new one, and the running workshop |
//! | `session` | the running workshop and its stage, stored and in step with other windows |
//! | `lead` | the frame of the facilitator's pages: phases, timer, preview of the wall |
//! | `room` | the facilitator's page, until the answers are shown |
//! | `collect` | collects answers |
//! | `devices` | brings the answers of several devices together |
//! | `camera` | reads QR codes with the camera |
//! | `scanner_worker` | the worker that reads QR codes where the browser does not |
//! | `join` | the participant's page |
//! | `join_by_code` | the page for a participant who has the code of a workshop and no link |
//! | `result` | the result: shown, discussed, decided on |
//! | `outline` | the part of a result that does not change while notes are typed |
//! | `follow_up` | turns a decision into a goal or a trial |
//! | `paper` | the result on paper and as a document |
//! | `paper_sheets` | a sheet to print, and a field for the answers on it |
//! | `charts` | the answers as charts and as a table |
//! | `wall` | what the room sees on the wall |
//! | `scene` | the page that shows the wall alone |
//! | `keys` | keyboard shortcuts and clickers |
//! | `timer` | a countdown of the suggested minutes |
//!
//! # Invariants
//!
//! * A participant's code must never be stored.
//! * The wall shows no code, and no answers before the facilitator shows them.
//! * A page that may not write must not change what is stored about the running workshop.

mod camera;
mod charts;
mod collect;
mod devices;
mod follow_up;
mod join;
mod join_by_code;
mod keys;
mod lead;
mod outline;
mod paper;
mod paper_sheets;
mod result;
mod room;
mod scanner_worker;
mod scene;
mod session;
mod timer;
mod wall;

use std::rc::Rc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::domain::cpr::{self, Allowed};
use crate::domain::id::Id;
use crate::domain::instrument::{Instrument, OwnInstrument, instruments};
use crate::domain::registry::Kind;
use crate::domain::svarkode::MOST_GROUPS;
use crate::domain::workshop::{Setup, Workshop};

use crate::ui::kit::components::{Field, FieldEvent, FieldType, RadioGroup};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, or_empty};
use crate::ui::pages::practice::instrument;
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use camera::prepare_reader;
use session::{begin, open_session};

pub(crate) use join::JoinPage;
pub(crate) use join_by_code::JoinByCodePage;
pub(crate) use result::WorkshopResultPage;
pub(crate) use room::RoomPage;
pub(crate) use scene::ScenePage;
pub(crate) use timer::timer;

/// The text on who can see the answers. Every participant and every room is shown it.
const WHO_SEES: &str = "Dine svar står i en kort kode, som du giver til den, der leder workshoppen. Den, der ser koden, kan læse svarene. \
    Når svarene er vist, er der kun antal tilbage, og grupper under fem vises ikke.";

/// The instruments that a workshop can use: the built-in ones and the unit's own.
fn available_instruments(app: AppContext) -> Vec<&'static Instrument> {
    instruments().iter().chain(instrument::own_instruments_in_use(app)).collect()
}

/// The page of workshops.
#[component]
pub(crate) fn WorkshopsPage(app: AppContext) -> BuiltView {
    let run = open_session(app);
    prepare_reader();
    let running_or_new = dynamic_view(move || match run.get() {
        Some(run) => {
            let words = if run.is_rehearsal() {
                format!("Du prøver «{}» med opdigtede svar.", run.setup.title)
            } else {
                format!("«{}» er i gang med {} svar. De er ikke vist eller gemt endnu.", run.setup.title, run.people())
            };
            markup!(
                r#"
                <section class="notice" aria-label="En workshop er i gang">
                    <p>{}</p>
                    <a class="button primary" href="{}">Gå til rummet</a>
                </section>"#,
                words,
                Route::Room.to_string()
            )
        }
        None => build_view(view! { <NewWorkshop app/> }),
    });
    let held = dynamic_view(move || {
        let rows: Vec<BuiltView> = held_workshops(app)
            .into_iter()
            .map(|(id, workshop)| {
                let day = workshop.date.map(crate::domain::date::Date::danish).unwrap_or_default();
                markup!(
                    r#"<li><a href="{}"><strong>{}</strong><span class="help">{} · {} svar</span></a></li>"#,
                    Route::Workshop(id).to_string(),
                    workshop.title.as_str(),
                    day,
                    workshop.total().people.to_string()
                )
            })
            .collect();
        or_empty((!rows.is_empty()).then(|| {
            markup!(r#"<section class="part"><h2>Holdte workshopper</h2><ul class="link-list">{}</ul></section>"#, rows)
        }))
    });
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow"><a href="#/refleksion">Refleksion</a></p>
            <h1>Workshop</h1>
            <p class="purpose">Alle svarer på deres egen telefon, I ser svarene samlet og taler om det vigtigste. Fra 5 til 60 deltagere. Ingen skal logge ind.</p>
            <p><a href="#/svar">Skal du svare i en workshop? Skriv dens kode</a></p>
        </header>
        <div class="beside"><div>{}</div><div>{}{}</div></div>"##,
        running_or_new,
        held,
        markup!(
            r#"
            <section class="part">
                <h2>Sådan foregår det</h2>
                <ol class="steps">
                    <li><strong>Velkommen. </strong>I hører, hvad der skal ske, og hvem der kan se hvad.</li>
                    <li><strong>Svar. </strong>Alle scanner en QR-kode og svarer hver for sig.</li>
                    <li><strong>Saml ind. </strong>Hver giver dig en kort kode: skannet, læst højt, skrevet eller i en chat.</li>
                    <li><strong>Vis svarene. </strong>Først nu ser I dem, og rummet lukker.</li>
                    <li><strong>Drøft og beslut. </strong>Begynd der, hvor svarene ligger længst fra hinanden.</li>
                </ol>
                <p class="help">Har siden været åbnet én gang, virker det hele uden net.</p>
            </section>"#
        ),
    )
}

/// The workshops that were held, the latest first.
fn held_workshops(app: AppContext) -> Vec<(Id, Workshop)> {
    let ids = app.workspace.ids(Kind::Workshop).into_iter();
    // A record that passed `Record::check` can always be viewed.
    let mut workshops: Vec<(Id, Workshop)> = ids
        .filter_map(|id| Some((id.clone(), app.workspace.get_unless_deleted(&id)?.view::<Workshop>().ok()?)))
        .collect();
    workshops.sort_by(|(id, workshop), (other_id, other)| (other.date, other_id).cmp(&(workshop.date, id)));
    workshops
}

/// The form for a new workshop.
#[component]
fn NewWorkshop(app: AppContext) -> BuiltView {
    let (title, groups) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (chosen_index, asks_wanted) = (RwSignal::new(0_usize), RwSignal::new(1_usize));
    let error = RwSignal::new(None::<String>);
    let store_in = move |signal: RwSignal<String>| {
        Rc::new(move |event: FieldEvent| {
            if let FieldEvent::Typed(text) | FieldEvent::Left(Some(text)) = event {
                error.set(None);
                signal.set(text);
            }
        })
    };
    // The unit's own instruments may come later, with the records.
    let available = Memo::new(move |_| available_instruments(app));
    // The error is shown at the field of the groups.
    let refuse = move |words: String| {
        error.set(Some(words));
        inputs::focus_on("workshop-groups".to_owned());
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let title = title.get_untracked().trim().to_owned();
        let title = if title.is_empty() { "Workshop".to_owned() } else { title };
        let groups: Vec<String> =
            groups.with_untracked(|groups| groups.split([',', '\n']).map(|group| group.trim().to_owned()).collect());
        let groups: Vec<String> = groups.into_iter().filter(|group| !group.is_empty()).collect();
        if groups.len() > MOST_GROUPS {
            refuse(format!("Der kan være {MOST_GROUPS} grupper. Slå nogle af dem sammen."));
            return;
        }
        let texts = std::iter::once(&title).chain(&groups).cloned().collect::<Vec<_>>().join("\n");
        if !cpr::mask(&texts, &Allowed::new()).masked.is_empty() {
            refuse("Et CPR-nummer må ikke stå i et link. Tag det ud.".to_owned());
            return;
        }
        let chosen = available.with_untracked(|instruments| instruments.get(chosen_index.get_untracked()).copied());
        let Some(instrument) = chosen else { return };
        let setup = Setup {
            id: platform::ids::new_id(),
            title: title.chars().take(60).collect(),
            instrument: instrument.id.clone(),
            wording: untrack(|| app.body::<OwnInstrument>(Some(&instrument.id))).in_use,
            groups,
            asks_wanted: asks_wanted.get_untracked() == 1,
        };
        if !setup.fits() {
            let text = "Linket bliver for langt til en QR-kode, der kan læses på en væg. Gør titlen eller gruppernes navne kortere.";
            refuse(text.to_owned());
            return;
        }
        begin(app, setup);
    };
    let fields = view! {
        <Field
            id="workshop-title".to_owned()
            label="Hvad hedder workshoppen?"
            help="For eksempel: Personaledag i maj. Deltagerne ser det."
            value=Rc::new(move || title.get())
            on_event=store_in(title)
        />
        {dynamic_view(move || {
            let title = |instrument: &&'static Instrument| instrument.title.as_str();
            let options = available.with(|instruments| instruments.iter().map(title).collect());
            build_view(view! {
                <RadioGroup
                    id="workshop-instrument"
                    legend="Hvad skal I se på?"
                    options
                    value=Rc::new(move || Some(chosen_index.get()))
                    on_pick=Rc::new(move |picked| chosen_index.set(picked))
                />
            })
        })}
        <RadioGroup
            id="workshop-wanted"
            legend="Hvad spørger I om?"
            options=vec!["Kun hvordan det er nu", "Både nu og ønsket"]
            value=Rc::new(move || Some(asks_wanted.get()))
            on_pick=Rc::new(move |picked| asks_wanted.set(picked))
        />
        <Field
            id="workshop-groups".to_owned()
            label="Grupper"
            help="Kan udelades. Skriv dem med komma imellem: Dagtilbud, Skole, Familie. En gruppe under fem vises ikke for sig."
            value=Rc::new(move || groups.get())
            error
            sort=FieldType::Line
            on_event=store_in(groups)
        />
    };
    build_view(view! {
        <form class="part" on:submit=submit>
            <h2>"Ny workshop"</h2>
            {build_view(fields)}
            <button type="submit" class="primary">"Åbn rummet"</button>
        </form>
    })
}
