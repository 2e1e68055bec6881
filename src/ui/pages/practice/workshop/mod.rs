//! Workshops: setting one up, running it in a room, taking part, and what came of it.
//!
//! No server: participants get the setup in a link, and give their answers as a short code. While a room gathers, its codes
//! are in memory alone and its counts under one key of this browser; «Vis svarene» closes the room and makes the record.
//!
//! | file | idea |
//! | --- | --- |
//! | `mod` | the page of workshops: a new one, the one that runs, those that were held |
//! | `room` | the facilitator's room, until the answers are shown |
//! | `collect` | how answers come in |
//! | `camera` | QR codes by the browser's own reader |
//! | `join` | a participant's phone |
//! | `result` | what came of it: shown, talked about, decided |
//! | `follow_up` | what a decision became: a goal, a trial |
//! | `paper_sheets` | a sheet to print, and its answers typed in |
//! | `charts` | how answers lie, drawn and as a table |
//! | `projector` | the page on a wall, and its keys |
//! | `timer` | the suggested minutes |

mod camera;
mod charts;
mod collect;
mod follow_up;
mod join;
mod paper_sheets;
mod projector;
mod result;
mod room;
mod timer;

use std::rc::Rc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::domain::cpr::{self, Allowed};
use crate::domain::id::Id;
use crate::domain::instrument::{Instrument, OwnInstrument, instruments};
use crate::domain::registry::Kind;
use crate::domain::svarkode::MOST_GROUPS;
use crate::domain::workshop::{Run, Setup, Workshop};
use crate::store::preferences::Preferences;

use crate::ui::kit::components::{Field, FieldEvent, FieldType, RadioGroup};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, or_empty};
use crate::ui::pages::practice::instrument;
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::workspace::StorageStatus;

pub(crate) use join::JoinPage;
pub(crate) use result::WorkshopResultPage;
pub(crate) use room::RoomPage;
pub(crate) use timer::timer;

/// The sentence on who can see what, which every participant reads and every room hears.
const WHO_SEES: &str = "Dine svar står i en kort kode, som du giver til den, der leder workshoppen. Den, der ser koden, kan læse svarene. \
    Når svarene er vist, er der kun antal tilbage, og grupper under fem vises ikke.";

/// The workshop that runs in this browser.
fn running(desk: AppContext) -> RwSignal<Option<Run>> {
    refresh(desk);
    desk.run
}

/// Reads the run from its one place, where it is not what is known here: after a reload, or since another tab goes on with it.
/// The codes are forgotten then, and the room says so.
fn refresh(desk: AppContext) {
    let place = Preferences::open("workshop");
    if !place.is_granted() || is_closed(desk) {
        return;
    }
    let there = place.read();
    if there != desk.run.with_untracked(|run| text(run.as_ref())) {
        desk.run.set(there.and_then(|text| serde_json::from_str::<Run>(&text).ok()).map(Run::go_on));
    }
}

fn text(run: Option<&Run>) -> Option<String> {
    serde_json::to_string(run?).ok()
}

/// Whether this page may not write.
fn is_closed(desk: AppContext) -> bool {
    matches!(desk.workspace.standing.get_untracked(), Some(StorageStatus::Closed(_)))
}

/// Changes the run, and writes over what is kept of it: the setup and the counts.
fn change<T>(desk: AppContext, change: impl FnOnce(&mut Run) -> T) -> Option<T> {
    refresh(desk);
    let changed = desk.run.try_update(|run| run.as_mut().map(change)).flatten();
    if let (false, Some(text)) = (is_closed(desk), desk.run.with_untracked(|run| text(run.as_ref()))) {
        Preferences::open("workshop").write(&text);
    }
    changed
}

/// Begins a room, and goes there.
fn begin(desk: AppContext, setup: Setup) {
    let run = Run::begin(setup, platform::ids::mint());
    if let (false, Ok(text)) = (is_closed(desk), serde_json::to_string(&run)) {
        Preferences::open("workshop").write(&text);
    }
    desk.run.set(Some(run));
    platform::navigation::go_to(&Route::Room.to_string());
}

/// The run is over: nothing of it is kept here.
fn end(desk: AppContext) {
    if !is_closed(desk) {
        Preferences::open("workshop").forget();
    }
    desk.run.set(None);
}

/// The instruments that a room can use, the unit's own among them.
fn for_rooms(desk: AppContext) -> Vec<&'static Instrument> {
    instruments().iter().chain(instrument::in_use(desk)).collect()
}

/// The page of workshops.
#[component]
pub(crate) fn WorkshopsPage(desk: AppContext) -> BuiltView {
    let run = running(desk);
    let here = dynamic_view(move || match run.get() {
        Some(run) => markup!(
            r#"
            <section class="notice" aria-label="En workshop er i gang">
                <p>«{}» er i gang med {} svar. De er ikke vist eller gemt endnu.</p>
                <a class="button primary" href="{}">Gå til rummet</a>
            </section>"#,
            run.setup.title.as_str(),
            run.people().to_string(),
            Route::Room.to_string()
        ),
        None => build_view(view! { <New desk/> }),
    });
    let held = dynamic_view(move || {
        let rows: Vec<BuiltView> = held(desk)
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
            markup!(r#"<section class="part"><h2>Holdte workshopper</h2><ul class="units">{}</ul></section>"#, rows)
        }))
    });
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow"><a href="#/refleksion">Refleksion</a></p>
            <h1>Workshop</h1>
            <p class="purpose">Alle svarer på deres egen telefon, I ser svarene samlet og taler om det vigtigste. Fra 5 til 60 deltagere. Ingen skal logge ind.</p>
        </header>
        <div class="beside"><div>{}</div><div>{}{}</div></div>"##,
        here,
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
fn held(desk: AppContext) -> Vec<(Id, Workshop)> {
    let all = desk.workspace.ids(Kind::Workshop).into_iter();
    let mut held: Vec<(Id, Workshop)> =
        all.filter_map(|id| Some((id.clone(), desk.workspace.living(&id)?.view::<Workshop>().ok()?))).collect();
    held.sort_by(|(id, one), (other_id, other)| (other.date, other_id).cmp(&(one.date, id)));
    held
}

/// A new workshop: set up in a minute.
#[component]
fn New(desk: AppContext) -> BuiltView {
    let (title, groups) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (place, asks_wanted) = (RwSignal::new(0_usize), RwSignal::new(1_usize));
    let error = RwSignal::new(None::<String>);
    let text = move |signal: RwSignal<String>| {
        Rc::new(move |event: FieldEvent| {
            if let FieldEvent::Typed(text) | FieldEvent::Left(Some(text)) = event {
                error.set(None);
                signal.set(text);
            }
        })
    };
    // The unit's own may come later, with the records.
    let rooms = Memo::new(move |_| for_rooms(desk));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let named = title.get_untracked().trim().to_owned();
        let named = if named.is_empty() { "Workshop".to_owned() } else { named };
        let groups: Vec<String> =
            groups.with_untracked(|groups| groups.split([',', '\n']).map(|group| group.trim().to_owned()).collect());
        let groups: Vec<String> = groups.into_iter().filter(|group| !group.is_empty()).collect();
        if groups.len() > MOST_GROUPS {
            error.set(Some(format!("Der kan være {MOST_GROUPS} grupper. Slå nogle af dem sammen.")));
            return;
        }
        let all = std::iter::once(&named).chain(&groups).cloned().collect::<Vec<_>>().join("\n");
        if !cpr::mask(&all, &Allowed::new()).masked.is_empty() {
            error.set(Some("Et CPR-nummer må ikke stå i et link. Tag det ud.".to_owned()));
            return;
        }
        let chosen = rooms.with_untracked(|rooms| rooms.get(place.get_untracked()).copied());
        let Some(instrument) = chosen else { return };
        let setup = Setup {
            id: platform::ids::mint(),
            title: named.chars().take(60).collect(),
            instrument: instrument.id.clone(),
            wording: untrack(|| desk.body::<OwnInstrument>(Some(&instrument.id))).in_use,
            groups,
            asks_wanted: asks_wanted.get_untracked() == 1,
        };
        if !setup.fits() {
            let words = "Linket bliver for langt til en QR-kode, der kan læses på en væg. Gør titlen eller gruppernes navne kortere.";
            error.set(Some(words.to_owned()));
            return;
        }
        begin(desk, setup);
    };
    let fields = view! {
        <Field
            id="workshop-title".to_owned()
            label="Hvad hedder workshoppen?"
            help="For eksempel: Personaledag i maj. Deltagerne ser det."
            value=Rc::new(move || title.get())
            on_event=text(title)
        />
        {dynamic_view(move || {
            let options = rooms.with(|rooms| rooms.iter().map(|own| own.title.as_str()).collect());
            build_view(view! {
                <RadioGroup
                    id="workshop-instrument"
                    legend="Hvad skal I se på?"
                    options
                    value=Rc::new(move || Some(place.get()))
                    on_pick=Rc::new(move |picked| place.set(picked))
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
            on_event=text(groups)
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
