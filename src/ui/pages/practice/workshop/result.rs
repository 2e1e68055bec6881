//! The result of a workshop: the answers, notes of the discussion, and decisions.

use std::rc::Rc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::domain::id::Id;
use crate::domain::instrument::InstrumentItem;
use crate::domain::workshop::{Phase, RoomItem, Stage, Workshop};
use crate::exchange::scope::SharedPart as FilePart;
use crate::record::path::Path;

use super::charts::{answer_table, item_charts, item_heading, questions};
use super::follow_up::{follow_up, outcome_text};
use super::held_workshops;
use super::lead::{Lead, focus_phase, lead_frame};
use super::outline::ResultOutline;
use super::paper::{document_buttons, workshop_paper};
use super::session::open_session;
use crate::ui::kit::components::{DeletedButChanged, FieldType, RecordText};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_class, dynamic_text, dynamic_view, empty_view, on_click, or_empty,
};
use crate::ui::pages::practice::reflection::heading;
use crate::ui::state::app_context::AppContext;

/// The page of a workshop that was held.
#[component]
pub(crate) fn WorkshopResultPage(app: AppContext, id: Id) -> BuiltView {
    open_session(app);
    let outline = Memo::new(move |_| ResultOutline::of_record(app, &id));
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
    let instrument = outline.instrument;
    let lead = Lead { app, instrument, initial: Stage::new(outline.id.clone(), Phase::Show, instrument.minutes) };
    let id = outline.id.clone();
    let title = dynamic_text(move || app.body::<Workshop>(Some(&id)).title.0);
    let summary = outline.summary();
    let notice = build_view(view! { <DeletedButChanged workspace=app.workspace record=outline.id.clone()/> });
    let foot = file_section(app, &outline);
    let paper = workshop_paper(app, &outline.id);
    let content = result_phase(&lead, outline);
    let frame = lead_frame(&lead, [dynamic_text(move || summary.clone()), title, notice, content, foot]);
    build_view(view! { {frame} {paper} })
}

/// The part of the page for the phase that the result is in.
pub(super) fn result_phase(lead: &Lead, outline: Rc<ResultOutline>) -> BuiltView {
    let stage_lead = SendWrapper::new(lead.clone());
    let instrument = lead.instrument;
    // Turning the wall from question to question does not rebuild the page of an item.
    let place = Memo::new(move |_| {
        let stage = stage_lead.stage();
        let rank = (stage.phase == Phase::Talk).then(|| stage.item(instrument)).flatten().map(|(rank, _)| rank);
        (stage.phase, rank)
    });
    let lead = lead.clone();
    dynamic_view(move || match place.get() {
        (Phase::Talk, Some(rank)) => discussion(&lead, &outline, rank),
        (Phase::Decide, _) => decisions(lead.app, &outline),
        _ => all_answers(&lead, &outline),
    })
}

/// The answers of the earlier workshop that the stage compares with.
fn earlier_answers(lead: &Lead) -> Memo<Option<RoomItem>> {
    let lead = SendWrapper::new(lead.clone());
    Memo::new(move |_| {
        let earlier = lead.stage().earlier?;
        lead.app.workspace.get_unless_deleted(&earlier)?;
        Some(lead.app.body::<Workshop>(Some(&earlier)).total())
    })
}

/// The charts of all items, in the order of the outline.
fn all_answers(lead: &Lead, outline: &Rc<ResultOutline>) -> BuiltView {
    let earlier = earlier_answers(lead);
    let comparison = comparison_choice(lead, outline);
    let items = {
        let outline = SendWrapper::new(Rc::clone(outline));
        dynamic_view(move || {
            let earlier = earlier.get();
            let items: Vec<BuiltView> = (0..outline.order.len())
                .filter_map(|rank| {
                    let (index, item) = outline.item(rank)?;
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
        <section class="workshop-part">
            <p class="help">Øverst står det, hvor I ligger længst fra hinanden. En gruppe vises kun, hvor den og resten hver er nul eller mindst fem; det samme gælder hvert spørgsmål.</p>
            {}{}{}
        </section>"#,
        comparison,
        build_view(view! { <div>{items}</div> }),
        answer_table(outline)
    )
}

/// The choice of another workshop on the same instrument to compare with; `None` where there is none.
fn comparison_choice(lead: &Lead, outline: &ResultOutline) -> Option<BuiltView> {
    let app = lead.app;
    let others: Vec<(Id, Workshop)> = untrack(|| held_workshops(app))
        .into_iter()
        .filter(|(id, workshop)| {
            *id != outline.id && workshop.instrument() == Some(outline.instrument) && workshop.total().people > 0
        })
        .collect();
    if others.is_empty() {
        return None;
    }
    let chosen = untrack(|| lead.stage().earlier);
    let options: Vec<BuiltView> = others
        .iter()
        .map(|(id, workshop)| {
            let day = workshop.date.map(crate::domain::date::Date::danish).unwrap_or_default();
            let is_chosen = chosen.as_ref() == Some(id);
            let (value, text) = (id.to_string(), format!("{} · {day}", workshop.title.as_str()));
            build_view(view! { <option value=value selected=is_chosen>{text}</option> })
        })
        .collect();
    let pick_lead = lead.clone();
    let pick = move |value: String| {
        let chosen = others.iter().map(|(id, _)| id).find(|id| id.as_str() == value).cloned();
        pick_lead.change(|stage| stage.earlier = chosen);
    };
    Some(build_view(view! {
        <div class="field">
            <label for="earlier">"Sammenlign med en tidligere workshop"</label>
            <select id="earlier" on:change:target=move |event| pick(event.target().value())>
                <option value="">"Ingen"</option>
                {options}
            </select>
            <p class="help">"De tidligere svar ses som en streg over hver søjle, her og på væggen. Søjlerne er andele, så antallet må gerne være forskelligt."</p>
        </div>
    }))
}

/// One item to discuss, with questions and fields for notes and a decision. `rank` is its position in the outline's
/// order.
fn discussion(lead: &Lead, outline: &Rc<ResultOutline>, rank: usize) -> BuiltView {
    let app = lead.app;
    let Some((index, item)) = outline.item(rank) else { return empty_view() };
    let earlier = earlier_answers(lead).get_untracked();
    let go = |rank: usize| {
        let lead = lead.clone();
        move || {
            lead.change(|stage| stage.step = Stage::talk_step(rank, lead.instrument));
            focus_phase();
        }
    };
    let count = outline.order.len();
    let back = rank.checked_sub(1).map(|rank| button("Forrige", go(rank)));
    let next = (rank + 1 < count).then(|| button_with_class("primary", "Næste", on_click(go(rank + 1))));
    markup!(
        r#"
        <section class="workshop-part single-result">
            <p class="eyebrow">{}</p>
            {}{}{}
            {}
            <div class="step-buttons">{}{}</div>
        </section>"#,
        format!("{} af {count}", rank + 1),
        heading(item, index),
        item_charts(outline, index, item, earlier.as_ref()),
        questions(outline.instrument),
        if outline.is_rehearsal { rehearsal_fields() } else { discussion_fields(app, &outline.id, item) },
        or_empty(back),
        or_empty(next),
    )
}

/// The fields for what was said and decided about an item.
fn discussion_fields(app: AppContext, workshop: &Id, item: &'static InstrumentItem) -> BuiltView {
    let text = |map: &str, label: &'static str, help: &'static str| {
        let path = Path::root(map).child(item.id.as_str());
        build_view(
            view! { <RecordText workspace=app.workspace record=workshop.clone() path label help sort=FieldType::Text/> },
        )
    };
    markup!(
        r#"<div class="form">{}{}</div><div>{}</div>"#,
        text(
            "notes",
            "Hvad blev der sagt?",
            "Det står på væggen, mens du skriver. Uden hvem der sagde det. Ingen navne eller initialer på børn."
        ),
        text("decisions", "Hvad beslutter I?", "Kan udelades."),
        follow_up(app, workshop, item)
    )
}

/// What stands in the place of the fields in a rehearsal, which stores nothing.
fn rehearsal_fields() -> BuiltView {
    markup!(
        r#"<p class="help">Her skriver du, hvad der blev sagt og besluttet, og gør en beslutning til en prøvehandling eller et mål. I en prøve gemmes intet, så felterne er væk.</p>"#
    )
}

/// All notes and decisions.
fn decisions(app: AppContext, outline: &Rc<ResultOutline>) -> BuiltView {
    if outline.is_rehearsal {
        return markup!(
            r#"<section class="workshop-part"><h2>Det har I besluttet</h2>{}</section>"#,
            rehearsal_fields()
        );
    }
    let outline = SendWrapper::new(Rc::clone(outline));
    let rows = dynamic_view(move || {
        let body = app.body::<Workshop>(Some(&outline.id));
        let rows: Vec<BuiltView> = (0..outline.order.len())
            .filter_map(|rank| {
                let (_, item) = outline.item(rank)?;
                let text = |map: &crate::domain::body::Map<Id, crate::domain::text::UserText>| {
                    map.get(&item.id).map(|text| text.0.clone()).filter(|text| !text.is_empty())
                };
                let (note, decision) = (text(&body.notes), text(&body.decisions));
                if note.is_none() && decision.is_none() {
                    return None;
                }
                let outcome = decision.as_ref().and_then(|_| outcome_text(app, &outline.id, item));
                let outcome = outcome.map(|outcome| markup!("<p>{}</p>", outcome));
                Some(markup!(
                    r#"<li><h3>{}</h3><p>{}</p>{}<p class="help">{}</p><div class="no-print">{}</div></li>"#,
                    item.label.as_str(),
                    decision.clone().unwrap_or_else(|| "Ingen beslutning.".to_owned()),
                    outcome,
                    note.unwrap_or_default(),
                    decision.map(|_| follow_up(app, &outline.id, item))
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
        r#"<section class="workshop-part"><h2>Det har I besluttet</h2>{}</section>"#,
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
        document_buttons(app, &outline.id)
    )
}
