//! What came of a workshop: how the answers lie, what was said, and what was decided.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::instrument::{Instrument, Round};
use crate::domain::registry::Kind;
use crate::domain::workshop::{RoomItem, Workshop, spread};
use crate::exchange::scope::SharedPart as FilePart;
use crate::record::path::Path;

use super::charts::{ends, list, pictures, questions};
use super::follow_up::follow_up;
use super::held;
use super::projector::{on_key, projector};
use super::timer::timer;
use crate::ui::kit::components::{DeletedButChanged, FieldType, RecordText};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_class, dynamic_text, dynamic_view, on_click, or_empty,
};
use crate::ui::pages::practice::reflection::heading;
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;

/// What a room looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ResultView {
    /// All answers.
    Answers,
    /// One item after the other, by their order.
    Talk(usize),
    /// What was decided.
    Decide,
}

/// What stays as it is while words are typed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ResultOutline {
    id: Id,
    pub(crate) instrument: &'static Instrument,
    pub(crate) total: RoomItem,
    pub(crate) groups: Vec<(String, RoomItem)>,
    rooms: usize,
    /// The places of the items, what divides the room most first.
    order: Vec<usize>,
}

impl ResultOutline {
    fn of(id: &Id, workshop: &Workshop) -> Option<Self> {
        let instrument = workshop.of()?;
        let (total, groups) = (workshop.total(), workshop.parts());
        let mut order: Vec<usize> = (0..instrument.items.len()).collect();
        order.sort_by_key(|place| std::cmp::Reverse(spread(total.item(Round::Now, *place))));
        let rooms = workshop.rooms.values().filter(|room| room.counts()).count();
        Some(Self { id: id.clone(), instrument, total, groups, rooms, order })
    }
}

/// The page of a workshop that was held.
#[component]
pub(crate) fn WorkshopResultPage(desk: AppContext, id: Id) -> BuiltView {
    let own = id.clone();
    let shown = Memo::new(move |_| {
        let record = desk.workspace.living(&own).filter(|record| record.kind() == Some(Kind::Workshop))?;
        ResultOutline::of(&own, &record.view::<Workshop>().ok()?)
    });
    dynamic_view(move || match shown.get() {
        Some(shown) => page(desk, Rc::new(shown)),
        None => markup!(
            r##"
            <header class="page-head">
                <h1>Workshoppen er her ikke</h1>
                <p class="purpose">Dens svar ligger ikke i denne browser. Har du dem i en fil, så åbn filen.</p>
            </header>
            <p><a href="#/workshop">Til workshops</a></p>"##
        ),
    })
}

fn page(desk: AppContext, shown: Rc<ResultOutline>) -> BuiltView {
    let view = RwSignal::new(ResultView::Answers);
    let earlier = RwSignal::new(None::<RoomItem>);
    let count = shown.order.len();
    let turn = move |by: isize| {
        view.update(|view| match view {
            ResultView::Talk(place) => *place = place.saturating_add_signed(by).min(count - 1),
            ResultView::Answers if by > 0 => *view = ResultView::Talk(0),
            _ => {}
        });
    };
    on_key("ArrowRight", move || turn(1));
    on_key("ArrowLeft", move || turn(-1));
    let tabs: Vec<BuiltView> = [("Svarene", 5, ResultView::Answers), ("Drøft", 20, ResultView::Talk(0)), ("Beslut", 10, ResultView::Decide)]
        .into_iter()
        .map(|(name, minutes, own)| {
            let is_here = move || match (view.get(), own) {
                (ResultView::Talk(_), ResultView::Talk(_)) => true,
                (view, own) => view == own,
            };
            let current = move || is_here().then_some("step");
            build_view(view! {
                <li><button type="button" class="quiet" aria-current=current on:click=on_click(move || view.set(own))>{name}<span class="help">" "{minutes}" min"</span></button></li>
            })
        })
        .collect();
    let of = shown.id.clone();
    let title = dynamic_text(move || desk.body::<Workshop>(Some(&of)).title.0);
    let clock = dynamic_view(move || {
        timer(match view.get() {
            ResultView::Answers => 5,
            ResultView::Talk(_) => 20,
            ResultView::Decide => 10,
        })
    });
    let about = about(&shown);
    let revived = build_view(view! { <DeletedButChanged workspace=desk.workspace record=shown.id.clone()/> });
    let keeping = keeping(desk, &shown);
    let head = send_wrapper::SendWrapper::new(shown);
    let body = dynamic_view(move || match view.get() {
        ResultView::Answers => answers(desk, &head, earlier),
        ResultView::Talk(place) => talk(desk, &head, place, earlier, turn),
        ResultView::Decide => decide(desk, &head),
    });
    markup!(
        r##"
        <div class="workshop">
            <header class="room-head">
                <div><p class="eyebrow"><a href="#/workshop">Workshop</a> · {}</p><h1>{}</h1></div>
                <div>{}</div><div>{}</div>
            </header>
            <div>{}</div>
            <nav aria-label="Faser"><ol class="phases">{}</ol></nav>
            <div>{}</div>
            <footer class="close">{}</footer>
        </div>"##,
        about,
        title,
        clock,
        projector(),
        revived,
        tabs,
        body,
        keeping,
    )
}

fn about(shown: &ResultOutline) -> String {
    let rooms = if shown.rooms > 1 { format!(" fra {} rum", shown.rooms) } else { String::new() };
    format!("{} · {} svar{rooms}", shown.instrument.title, shown.total.people)
}

/// All items, what divides the room most first.
fn answers(desk: AppContext, shown: &Rc<ResultOutline>, earlier: RwSignal<Option<RoomItem>>) -> BuiltView {
    let then = then_and_now(desk, shown, earlier);
    let items = {
        let shown = send_wrapper::SendWrapper::new(Rc::clone(shown));
        dynamic_view(move || {
            let earlier = earlier.get();
            let items: Vec<BuiltView> = shown
                .order
                .iter()
                .enumerate()
                .filter_map(|(rank, &place)| {
                    let item = shown.instrument.items.get(place)?;
                    let questions = (rank < 2).then(|| questions(shown.instrument));
                    Some(markup!(
                        r#"<section class="item">{}{}{}</section>"#,
                        ends(item),
                        pictures(&shown, place, item, earlier.as_ref()),
                        questions
                    ))
                })
                .collect();
            markup!(r#"<div class="items">{}</div>"#, items)
        })
    };
    markup!(
        r#"
        <section class="wall">
            <p class="help">Øverst står det, hvor I ligger længst fra hinanden. En gruppe vises kun, hvor den og resten hver er nul eller mindst fem; det samme gælder hvert spørgsmål.</p>
            {}{}{}
        </section>"#,
        then,
        build_view(view! { <div>{items}</div> }),
        list(shown)
    )
}

/// The choice of an earlier workshop on the same instrument.
fn then_and_now(desk: AppContext, shown: &ResultOutline, earlier: RwSignal<Option<RoomItem>>) -> Option<BuiltView> {
    let others: Vec<(Id, Workshop)> = untrack(|| held(desk))
        .into_iter()
        .filter(|(id, workshop)| {
            *id != shown.id && workshop.of() == Some(shown.instrument) && workshop.total().people > 0
        })
        .collect();
    if others.is_empty() {
        return None;
    }
    let options: Vec<BuiltView> = others
        .iter()
        .map(|(id, workshop)| {
            let day = workshop.date.map(crate::domain::date::Date::danish).unwrap_or_default();
            markup!(r#"<option value="{}">{}</option>"#, id.as_str(), format!("{} · {day}", workshop.title.as_str()))
        })
        .collect();
    let pick = move |value: String| {
        let chosen = others.iter().find(|(id, _)| id.as_str() == value);
        earlier.set(chosen.map(|(_, workshop)| workshop.total()));
    };
    Some(build_view(view! {
        <div class="field">
            <label for="earlier">"Sammenlign med en tidligere workshop"</label>
            <select id="earlier" on:change:target=move |event| pick(event.target().value())>
                <option value="">"Ingen"</option>
                {options}
            </select>
            <p class="help">"De tidligere svar ses som en streg over hver søjle. Søjlerne er andele, så antallet må gerne være forskelligt."</p>
        </div>
    }))
}

/// One item, large, with questions and a place for what is said and decided.
fn talk(
    desk: AppContext,
    shown: &Rc<ResultOutline>,
    at: usize,
    earlier: RwSignal<Option<RoomItem>>,
    turn: impl Fn(isize) + Copy + 'static,
) -> BuiltView {
    let Some((place, item)) = shown.order.get(at).and_then(|&place| Some((place, shown.instrument.items.get(place)?)))
    else {
        return build_view(());
    };
    let text = |map: &str, label: &'static str, help: &'static str| {
        let path = Path::root(map).child(item.id.as_str());
        build_view(
            view! { <RecordText workspace=desk.workspace record=shown.id.clone() path label help sort=FieldType::Text/> },
        )
    };
    let count = shown.order.len();
    let back = (at > 0).then(|| button("Forrige", move || turn(-1)));
    let on = (at + 1 < count).then(|| button_with_class("primary", "Næste", on_click(move || turn(1))));
    markup!(
        r#"
        <section class="wall one-item">
            <p class="eyebrow">{}</p>
            {}{}{}
            <div class="form">{}{}</div>
            <div>{}</div>
            <div class="ways">{}{}</div>
        </section>"#,
        format!("{} af {count}", at + 1),
        heading(item, place),
        pictures(shown, place, item, earlier.get_untracked().as_ref()),
        questions(shown.instrument),
        text("notes", "Hvad blev der sagt?", "Uden hvem der sagde det. Ingen navne eller initialer på børn."),
        text("decisions", "Hvad beslutter I?", "Kan udelades."),
        follow_up(desk, &shown.id, item),
        or_empty(back),
        or_empty(on),
    )
}

/// What was said and decided, gathered up.
fn decide(desk: AppContext, shown: &ResultOutline) -> BuiltView {
    let (of, own, order) = (shown.id.clone(), shown.instrument, shown.order.clone());
    let rows = dynamic_view(move || {
        let body = desk.body::<Workshop>(Some(&of));
        let rows: Vec<BuiltView> = order
            .iter()
            .filter_map(|place| {
                let item = own.items.get(*place)?;
                let text = |map: &crate::domain::body::Map<Id, crate::domain::text::UserText>| {
                    map.get(&item.id).map(|text| text.0.clone()).filter(|text| !text.is_empty())
                };
                let (note, decision) = (text(&body.notes), text(&body.decisions));
                if note.is_none() && decision.is_none() {
                    return None;
                }
                Some(markup!(
                    r#"<li><h3>{}</h3><p class="decided">{}</p><p class="help">{}</p><div class="no-print">{}</div></li>"#,
                    item.label.as_str(),
                    decision.clone().unwrap_or_else(|| "Ingen beslutning.".to_owned()),
                    note.unwrap_or_default(),
                    decision.map(|_| follow_up(desk, &of, item))
                ))
            })
            .collect();
        if rows.is_empty() {
            return markup!(
                r"<p>Her samles det, I skriver under «Drøft». Vælg helst én eller to ting, og gør dem til en prøvehandling eller et mål i aftalen.</p>"
            );
        }
        markup!(r#"<ul class="decisions">{}</ul>"#, rows)
    });
    markup!(
        r#"<section class="wall"><h2>Det har I besluttet</h2>{}</section>"#,
        build_view(view! { <div>{rows}</div> })
    )
}

/// The result as a file, and how rooms come together.
fn keeping(desk: AppContext, shown: &ResultOutline) -> BuiltView {
    let (id, instrument) = (shown.id.clone(), shown.instrument);
    let save = move || {
        let part = FilePart::Workshop { id: id.clone() };
        desk.workspace.save_share_file(&instrument.title, "workshop", part, "Resultatet er stadig her på siden.");
    };
    let rooms = if shown.rooms > 1 {
        "Om den samme kode er givet i to rum, kan ikke ses. Det samme rum tælles kun én gang, også hvis dets fil åbnes igen."
    } else {
        "Var I i flere rum, så åbn de andre rums filer her i browseren; de lægges sammen med dette."
    };
    markup!(
        r#"<h2>Resultatet</h2><p class="help">Filen har kun antal, noter og beslutninger. {}</p><div class="buttons">{}{}</div>"#,
        rooms,
        button_with_class("primary", "Gem resultatet som fil", on_click(save)),
        button("Udskriv", platform::page::print)
    )
}
