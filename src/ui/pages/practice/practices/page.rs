//! The page of practice of any sort.

use leptos::prelude::*;

use crate::domain::aftale::lines::span;
use crate::domain::id::Id;
use crate::domain::period::Span;
use crate::domain::practice::{Practice, PracticeSort};
use crate::record::life::Life;
use crate::record::path::Path;

use super::lines::{lines_view, practice_lines};
use super::onward::{onward_part, telling_part};
use super::other_unit::other_unit_page;
use super::parts::{DELETED_HEADING, PracticeContext, delete_button, read_leaf};
use super::words::words;
use super::{deviation, prototype, trial};
use crate::ui::kit::components::DeletedButChanged;
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::origin::origin_link;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_text, dynamic_view, on_click, or_empty};
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;

/// What the page depends on as a whole.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PracticePageState {
    /// No practice has the id.
    Unknown,
    /// The practice is in the trash.
    Deleted(PracticeSort),
    /// The practice belongs to another unit than the one that the person works with. It is read, not written.
    OfOtherUnit(PracticeSort),
    /// The practice can be written.
    Own(PracticeSort),
}

/// The page of practice.
#[component]
pub(crate) fn PracticePage(app: AppContext, id: Id) -> BuiltView {
    let state = {
        let id = id.clone();
        Memo::new(move |_| page_state(app, &id))
    };
    dynamic_view(move || {
        let ctx = |sort| PracticeContext { app, id: id.clone(), sort };
        match state.get() {
            PracticePageState::Unknown => markup!(
                r##"
                <header class="page-head">
                    <h1>Denne praksis er her ikke</h1>
                    <p class="purpose">Den ligger ikke i denne browser. Har du den i en fil, så åbn filen; ellers find den blandt jeres egne.</p>
                </header>
                <p><a href="#/praksis">Til praksis</a></p>"##
            ),
            PracticePageState::Deleted(sort) => deleted_page(&ctx(sort)),
            PracticePageState::OfOtherUnit(sort) => other_unit_page(&ctx(sort)),
            PracticePageState::Own(sort) => own_page(&ctx(sort)),
        }
    })
}

fn page_state(app: AppContext, id: &Id) -> PracticePageState {
    let known = app.workspace.read(id, |record| (record.kind(), record.life(None), record.parent()));
    let Some((kind, life, unit)) = known else { return PracticePageState::Unknown };
    let Some(sort) = kind.and_then(PracticeSort::of_kind) else { return PracticePageState::Unknown };
    let is_of_other_unit = unit.is_some() && !app.workspace.is_same_unit(unit.as_ref(), app.unit().as_ref());
    match life {
        Life::Deleted => PracticePageState::Deleted(sort),
        _ if is_of_other_unit => PracticePageState::OfOtherUnit(sort),
        _ => PracticePageState::Own(sort),
    }
}

fn deleted_page(ctx: &PracticeContext) -> BuiltView {
    let (workspace, id) = (ctx.app.workspace, ctx.id.clone());
    let restore = move || {
        let author = workspace.author();
        workspace.change(&id, |record| record.restore(None, &author));
        workspace.save_now();
        inputs::focus_on(format!("{id}-title"));
    };
    markup!(
        r##"
        <header class="page-head">
            <h1 id="{}" tabindex="-1">{}</h1>
            <p class="purpose">Den ligger i papirkurven med alt, hvad der stod i den.</p>
            <div>{}</div>
        </header>
        <p><a href="#/praksis">Til praksis</a></p>"##,
        DELETED_HEADING,
        words(ctx.sort).deleted,
        button_with_class("primary", "Hent den tilbage", on_click(restore))
    )
}

fn own_page(ctx: &PracticeContext) -> BuiltView {
    let (app, lines) = (ctx.app, practice_lines(ctx));
    let practice = {
        let id = ctx.id.clone();
        Memo::new(move |_| queries::practice::practice(app, &id))
    };
    let origin = {
        let ctx = ctx.clone();
        Memo::new(move |_| ctx.leaf::<Id>(&Path::root("origin")))
    };
    let eyebrow = move || practice.with(|practice| practice.as_ref().map(|practice| summary(app, practice)));
    let title = move || practice.with(|practice| practice.as_ref().map(|practice| practice.title.clone()));
    let body = match ctx.sort {
        PracticeSort::Deviation => deviation::body(ctx),
        PracticeSort::Trial => trial::body(ctx),
        PracticeSort::Prototype => prototype::body(ctx),
    };
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow"><a href="#/praksis">Praksis</a> · {}</p>
            <h1>{}</h1>
            {}
            <div>{}</div>
        </header>
        <div>{}</div>
        {}
        {}
        {}
        <p class="part-end">{}</p>"##,
        dynamic_text(move || eyebrow().unwrap_or_default()),
        dynamic_text(move || title().unwrap_or_default()),
        dynamic_view(move || or_empty(origin.get().map(|origin| origin_link(app, &origin)))),
        lines_view(lines),
        build_view(view! { <DeletedButChanged workspace=app.workspace record=ctx.id.clone()/> }),
        body,
        onward_part(ctx, practice, lines),
        telling_part(ctx, practice),
        delete_button(ctx)
    )
}

/// Returns the sort of a practice, its state, and the days of a trial: `Prøvehandling · I gang · fra 15. marts 2027`.
pub(super) fn summary(app: AppContext, practice: &Practice) -> String {
    let days = read_leaf::<Span>(app, &practice.id, &Path::root("period")).map(span).unwrap_or_default();
    let parts = [practice.sort.danish(), practice.state.heading(), &days];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
