//! What the room sees on the wall: the phase of the workshop, without anything that the room does not need.
//!
//! The wall fills its frame and never scrolls. All sizes follow the height of the frame, so the same view is the window on
//! a projector and the small preview on the facilitator's page.
//!
//! | file | purpose |
//! | --- | --- |
//! | `mod` | the frame of the wall: title, phase, time |
//! | `room` | the phases before the answers are shown |
//! | `answers` | the answers, one item or all together |
//! | `talk` | the discussion and the decisions |
//!
//! # Invariants
//!
//! * No code of a participant and no answer of an open room is on the wall.
//! * The wall has no ids, because it may be on a page twice.

mod answers;
mod room;
mod talk;

use std::rc::Rc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::domain::id::Id;
use crate::domain::workshop::{Phase, RoomItem, Setup, Stage, Workshop};
use crate::store;

use super::outline::ResultOutline;
use super::session::run_signal;
use super::timer::clock_seconds;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_text, dynamic_view, empty_view, or_empty};
use crate::ui::state::app_context::AppContext;

/// The part of a stage that the wall is built from. The time is no part of it, so the wall is not rebuilt each second.
#[derive(Clone, Debug, PartialEq)]
struct WallView {
    workshop: Id,
    phase: Phase,
    step: usize,
    earlier: Option<Id>,
    is_blank: bool,
}

/// The answers of an earlier workshop, to compare with.
struct EarlierAnswers {
    total: RoomItem,
    /// The name and the day of the workshop.
    name: String,
}

/// The wall of the stage that `stage` gives.
pub(super) fn wall(app: AppContext, stage: Rc<dyn Fn() -> Option<Stage>>) -> BuiltView {
    let (view_stage, time_stage) = (SendWrapper::new(Rc::clone(&stage)), SendWrapper::new(stage));
    let view = Memo::new(move |_| {
        let Stage { workshop, phase, step, earlier, is_blank, .. } = view_stage()?;
        Some(WallView { workshop, phase, step, earlier, is_blank })
    });
    let timer = Memo::new(move |_| time_stage().map(|stage| stage.timer));
    let workshop = Memo::new(move |_| view.with(|view| view.as_ref().map(|view| view.workshop.clone())));
    let setup = Memo::new(move |_| {
        let workshop = workshop.get()?;
        run_signal(app).with(|run| run.as_ref().filter(|run| run.setup.id == workshop).map(|run| run.setup.clone()))
    });
    let outline = Memo::new(move |_| {
        // An open room has no result yet.
        view.with(|view| view.as_ref().is_some_and(|view| !view.phase.is_before_result()))
            .then(|| ResultOutline::of(app, &workshop.get()?))
            .flatten()
    });
    let title = Memo::new(move |_| title(app, setup.get().as_ref(), workshop.get().as_ref()));
    let now = clock_seconds();
    let time = dynamic_text(move || match timer.get() {
        Some(timer) if timer.left(now.get()) == 0 => "Tiden er gået".to_owned(),
        Some(timer) => timer.danish(now.get()),
        None => String::new(),
    });
    let phase = dynamic_text(move || view.with(|view| view.as_ref().map_or("", |view| view.phase.danish()).to_owned()));
    let is_rehearsal = Memo::new(move |_| {
        run_signal(app).with(|run| {
            run.as_ref().is_some_and(|run| run.is_rehearsal() && Some(&run.setup.id) == workshop.get().as_ref())
        })
    });
    let content = dynamic_view(move || match view.get() {
        None => waiting_view(),
        Some(view) if view.is_blank => {
            markup!(r#"<div class="wall-dark"><p class="visually-hidden">Væggen er mørk.</p></div>"#)
        }
        Some(view) if view.phase.is_before_result() => match setup.get() {
            Some(setup) => room::phase(app, &setup, view.phase),
            None => waiting_view(),
        },
        Some(view) => match outline.get() {
            Some(outline) => result(app, &view, Rc::new(outline)),
            // The record is still being read, just after the answers are shown or the page is reloaded.
            None => empty_view(),
        },
    });
    let mark = dynamic_view(move || {
        let words = match (is_rehearsal.get(), store::is_demo()) {
            (true, _) => Some("Prøve: svarene er opdigtede"),
            (_, true) => Some("Prøvekommune: alt her er opdigtet"),
            _ => None,
        };
        or_empty(words.map(|words| markup!(r#"<p class="wall-mark">{}</p>"#, words)))
    });
    build_view(view! {
        <div class="wall" data-phase=move || view.with(|view| view.as_ref().map(|view| format!("{:?}", view.phase).to_lowercase()))>
            <div class="wall-head">
                <p class="wall-title">{dynamic_text(move || title.get())}</p>
                <p class="wall-phase">{phase}</p>
                <p class="wall-time">{time}</p>
            </div>
            <div class="wall-body">{content}</div>
            {mark}
        </div>
    })
}

/// The title of a workshop: of the open room, or of the record.
fn title(app: AppContext, setup: Option<&Setup>, workshop: Option<&Id>) -> String {
    match (setup, workshop) {
        (Some(setup), _) => setup.title.clone(),
        (None, Some(_)) => app.body::<Workshop>(workshop).title.0,
        (None, None) => String::new(),
    }
}

/// The wall while no workshop is led in this browser.
fn waiting_view() -> BuiltView {
    markup!(
        r#"<div class="wall-center"><p class="wall-large">Væggen venter</p><p>Den viser workshoppen, når den, der leder, åbner et rum i den samme browser.</p></div>"#
    )
}

/// The phases after the answers are shown.
fn result(app: AppContext, view: &WallView, outline: Rc<ResultOutline>) -> BuiltView {
    let stage = Stage { step: view.step, ..Stage::new(view.workshop.clone(), view.phase, 0) };
    let item = stage.item(outline.instrument);
    let earlier = view.earlier.as_ref().and_then(|id| {
        let workshop = app.workspace.get_unless_deleted(id)?.view::<Workshop>().ok()?;
        let day = workshop.date.map(crate::domain::date::Date::danish).unwrap_or_default();
        Some(EarlierAnswers { total: workshop.total(), name: format!("{} · {day}", workshop.title.as_str()) })
    });
    match (view.phase, item) {
        (Phase::Talk, Some((rank, question))) => talk::discussion(app, &outline, rank, question),
        (Phase::Decide, _) => talk::decisions(app, outline),
        (_, Some((rank, _))) => answers::one_item(&outline, rank, earlier.as_ref()),
        (_, None) => answers::all_items(&outline),
    }
}
