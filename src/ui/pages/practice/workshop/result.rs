//! The result of a workshop: the answers, notes of the discussion, and decisions.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::instrument::{Instrument, Round};
use crate::domain::registry::Kind;
use crate::domain::workshop::{RoomItem, Workshop, spread};
use crate::exchange::scope::SharedPart as FilePart;
use crate::record::path::Path;

use super::charts::{answer_table, item_charts, item_heading, questions};
use super::follow_up::follow_up;
use super::held_workshops;
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

/// The views of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ResultView {
    /// All answers.
    Answers,
    /// One item, by its rank in [`ResultOutline::order`].
    Talk(usize),
    /// The decisions.
    Decide,
}

/// The part of a workshop that does not change while notes are typed. A page that follows it is not rebuilt by typing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ResultOutline {
    id: Id,
    pub(crate) instrument: &'static Instrument,
    pub(crate) total: RoomItem,
    pub(crate) groups: Vec<(String, RoomItem)>,
    /// The number of rooms whose answers count.
    rooms: usize,
    /// The indices of the items, sorted by the spread of their answers, the widest first.
    order: Vec<usize>,
}

impl ResultOutline {
    fn of(id: &Id, workshop: &Workshop) -> Option<Self> {
        let instrument = workshop.instrument()?;
        let (total, groups) = (workshop.total(), workshop.parts());
        let mut order: Vec<usize> = (0..instrument.items.len()).collect();
        order.sort_by_key(|index| std::cmp::Reverse(spread(total.item(Round::Now, *index))));
        let rooms = workshop.rooms.values().filter(|room| room.counts()).count();
        Some(Self { id: id.clone(), instrument, total, groups, rooms, order })
    }
}

/// The page of a workshop that was held.
#[component]
pub(crate) fn WorkshopResultPage(app: AppContext, id: Id) -> BuiltView {
    let outline = Memo::new(move |_| {
        let record = app.workspace.get_unless_deleted(&id).filter(|record| record.kind() == Some(Kind::Workshop))?;
        // A record that passed `Record::check` can always be viewed.
        ResultOutline::of(&id, &record.view::<Workshop>().ok()?)
    });
    dynamic_view(move || match outline.get() {
        Some(outline) => page(app, Rc::new(outline)),
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

fn page(app: AppContext, outline: Rc<ResultOutline>) -> BuiltView {
    let view = RwSignal::new(ResultView::Answers);
    let earlier = RwSignal::new(None::<RoomItem>);
    let count = outline.order.len();
    // Moves by some items, forward or back.
    let turn = move |by: isize| {
        view.update(|view| match view {
            ResultView::Talk(rank) => *rank = rank.saturating_add_signed(by).min(count - 1),
            ResultView::Answers if by > 0 => *view = ResultView::Talk(0),
            _ => {}
        });
    };
    on_key("ArrowRight", move || turn(1));
    on_key("ArrowLeft", move || turn(-1));
    let tabs: Vec<BuiltView> = [("Svarene", 5, ResultView::Answers), ("Drøft", 20, ResultView::Talk(0)), ("Beslut", 10, ResultView::Decide)]
        .into_iter()
        .map(|(name, minutes, target)| {
            let is_current = move || match (view.get(), target) {
                (ResultView::Talk(_), ResultView::Talk(_)) => true,
                (view, target) => view == target,
            };
            let current = move || is_current().then_some("step");
            build_view(view! {
                <li><button type="button" class="quiet" aria-current=current on:click=on_click(move || view.set(target))>{name}<span class="help">" "{minutes}" min"</span></button></li>
            })
        })
        .collect();
    let id = outline.id.clone();
    let title = dynamic_text(move || app.body::<Workshop>(Some(&id)).title.0);
    let clock = dynamic_view(move || {
        timer(match view.get() {
            ResultView::Answers => 5,
            ResultView::Talk(_) => 20,
            ResultView::Decide => 10,
        })
    });
    let summary = summary(&outline);
    let notice = build_view(view! { <DeletedButChanged workspace=app.workspace record=outline.id.clone()/> });
    let file_section = file_section(app, &outline);
    let outline = send_wrapper::SendWrapper::new(outline);
    let body = dynamic_view(move || match view.get() {
        ResultView::Answers => all_answers(app, &outline, earlier),
        ResultView::Talk(rank) => discussion(app, &outline, rank, earlier, turn),
        ResultView::Decide => decisions(app, &outline),
    });
    markup!(
        r##"
        <div class="workshop">
            <header class="workshop-head">
                <div><p class="eyebrow"><a href="#/workshop">Workshop</a> · {}</p><h1>{}</h1></div>
                <div>{}</div><div>{}</div>
            </header>
            <div>{}</div>
            <nav aria-label="Faser"><ol class="phases">{}</ol></nav>
            <div>{}</div>
            <footer class="workshop-foot">{}</footer>
        </div>"##,
        summary,
        title,
        clock,
        projector(),
        notice,
        tabs,
        body,
        file_section,
    )
}

/// The line above the title: instrument, number of answers, number of rooms.
fn summary(outline: &ResultOutline) -> String {
    let rooms = if outline.rooms > 1 { format!(" fra {} rum", outline.rooms) } else { String::new() };
    format!("{} · {} svar{rooms}", outline.instrument.title, outline.total.people)
}

/// The charts of all items, in the order of the outline.
fn all_answers(app: AppContext, outline: &Rc<ResultOutline>, earlier: RwSignal<Option<RoomItem>>) -> BuiltView {
    let comparison = comparison_choice(app, outline, earlier);
    let items = {
        let outline = send_wrapper::SendWrapper::new(Rc::clone(outline));
        dynamic_view(move || {
            let earlier = earlier.get();
            let items: Vec<BuiltView> = outline
                .order
                .iter()
                .enumerate()
                .filter_map(|(rank, &index)| {
                    let item = outline.instrument.items.get(index)?;
                    let questions = (rank < 2).then(|| questions(outline.instrument));
                    Some(markup!(
                        r#"<section class="result-item">{}{}{}</section>"#,
                        item_heading(item),
                        item_charts(&outline, index, item, earlier.as_ref()),
                        questions
                    ))
                })
                .collect();
            markup!(r#"<div class="result-items">{}</div>"#, items)
        })
    };
    markup!(
        r#"
        <section class="wall">
            <p class="help">Øverst står det, hvor I ligger længst fra hinanden. En gruppe vises kun, hvor den og resten hver er nul eller mindst fem; det samme gælder hvert spørgsmål.</p>
            {}{}{}
        </section>"#,
        comparison,
        build_view(view! { <div>{items}</div> }),
        answer_table(outline)
    )
}

/// The choice of another workshop on the same instrument to compare with; `None` where there is none.
fn comparison_choice(
    app: AppContext,
    outline: &ResultOutline,
    earlier: RwSignal<Option<RoomItem>>,
) -> Option<BuiltView> {
    let others: Vec<(Id, Workshop)> = untrack(|| held_workshops(app))
        .into_iter()
        .filter(|(id, workshop)| {
            *id != outline.id && workshop.instrument() == Some(outline.instrument) && workshop.total().people > 0
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

/// One item to discuss, with questions and fields for notes and a decision. `rank` is its position in the outline's
/// order.
fn discussion(
    app: AppContext,
    outline: &Rc<ResultOutline>,
    rank: usize,
    earlier: RwSignal<Option<RoomItem>>,
    turn: impl Fn(isize) + Copy + 'static,
) -> BuiltView {
    let index = outline.order.get(rank).copied();
    let Some((index, item)) = index.and_then(|index| Some((index, outline.instrument.items.get(index)?))) else {
        return build_view(());
    };
    let text = |map: &str, label: &'static str, help: &'static str| {
        let path = Path::root(map).child(item.id.as_str());
        build_view(
            view! { <RecordText workspace=app.workspace record=outline.id.clone() path label help sort=FieldType::Text/> },
        )
    };
    let count = outline.order.len();
    let back = (rank > 0).then(|| button("Forrige", move || turn(-1)));
    let next = (rank + 1 < count).then(|| button_with_class("primary", "Næste", on_click(move || turn(1))));
    markup!(
        r#"
        <section class="wall single-result">
            <p class="eyebrow">{}</p>
            {}{}{}
            <div class="form">{}{}</div>
            <div>{}</div>
            <div class="step-buttons">{}{}</div>
        </section>"#,
        format!("{} af {count}", rank + 1),
        heading(item, index),
        item_charts(outline, index, item, earlier.get_untracked().as_ref()),
        questions(outline.instrument),
        text("notes", "Hvad blev der sagt?", "Uden hvem der sagde det. Ingen navne eller initialer på børn."),
        text("decisions", "Hvad beslutter I?", "Kan udelades."),
        follow_up(app, &outline.id, item),
        or_empty(back),
        or_empty(next),
    )
}

/// All notes and decisions.
fn decisions(app: AppContext, outline: &ResultOutline) -> BuiltView {
    let (id, instrument, order) = (outline.id.clone(), outline.instrument, outline.order.clone());
    let rows = dynamic_view(move || {
        let body = app.body::<Workshop>(Some(&id));
        let rows: Vec<BuiltView> = order
            .iter()
            .filter_map(|index| {
                let item = instrument.items.get(*index)?;
                let text = |map: &crate::domain::body::Map<Id, crate::domain::text::UserText>| {
                    map.get(&item.id).map(|text| text.0.clone()).filter(|text| !text.is_empty())
                };
                let (note, decision) = (text(&body.notes), text(&body.decisions));
                if note.is_none() && decision.is_none() {
                    return None;
                }
                Some(markup!(
                    r#"<li><h3>{}</h3><p>{}</p><p class="help">{}</p><div class="no-print">{}</div></li>"#,
                    item.label.as_str(),
                    decision.clone().unwrap_or_else(|| "Ingen beslutning.".to_owned()),
                    note.unwrap_or_default(),
                    decision.map(|_| follow_up(app, &id, item))
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

/// The buttons to save the result as a file and to print it, and how the results of several rooms are joined.
fn file_section(app: AppContext, outline: &ResultOutline) -> BuiltView {
    let (id, instrument) = (outline.id.clone(), outline.instrument);
    let save = move || {
        let part = FilePart::Workshop { id: id.clone() };
        app.workspace.save_share_file(&instrument.title, "workshop", part, "Resultatet er stadig her på siden.");
    };
    let rooms = if outline.rooms > 1 {
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
