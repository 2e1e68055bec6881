//! Positive stories (EFF): a unit tells any day what went well, and reads what other units share.
//!
//! | file | purpose |
//! | --- | --- |
//! | this one | the page: the stories of the current unit, and those of other units |
//! | `entries` | collects the stories, and puts their figures into words |
//! | `form` | the form of a story |
//! | `large` | stories in large type: the public view, paper, the front page |
//!
//! # Invariants
//!
//! * Large type must never show a story that its unit does not share.
//! * The figure beside a story must be one that may be published.

mod entries;
mod form;
mod large;

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::id::Id;

use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_label, checkbox, dynamic_view, on_click, or_empty,
};
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;

use entries::{StoryEntry, others_heading, story_entries, unit_name};
use form::{focus_on_title, story_form};
use large::public_view;

pub(crate) use large::front_stories;

/// The id of the button that begins a story.
const BEGIN_BUTTON: &str = "begin-story";

/// The story whose form is open, with the unit that tells it.
type OpenForm = RwSignal<Option<(Id, Id)>>;

/// The page of stories.
#[component]
pub(crate) fn StoriesPage(app: AppContext) -> BuiltView {
    let entries = Memo::new(move |_| story_entries(app));
    // The form stays open while the page is printed, which shows the public view.
    let open_form: OpenForm = RwSignal::new(None);
    let content =
        dynamic_view(
            move || {
                if app.is_public.get() { public_view(app, entries) } else { unit_view(app, entries, open_form) }
            },
        );
    let public_switch =
        checkbox("Offentlig visning".to_owned(), move || app.is_public.get(), move |is_on| app.is_public.set(is_on));
    markup!(
        r#"
        <header class="page-head">
            <h1>Historier</h1>
            <p class="purpose">Det, der er lykkedes, fortalt kort: til glæde for børn, forældre og kolleger, og så andre kan gøre det samme.</p>
        </header>
        <div class="story-tools no-print">{}{}</div>
        <div>{}</div>"#,
        public_switch,
        button("Udskriv de delte historier", platform::page::print),
        content
    )
}

/// Builds the view for the people of a unit: the form, the unit's stories, and those of other units.
fn unit_view(app: AppContext, entries: Memo<Vec<StoryEntry>>, open_form: OpenForm) -> BuiltView {
    let form = dynamic_view(move || {
        let Some(unit) = app.unit() else {
            return markup!(
                r##"<p class="help">En historie fortælles af en enhed. <a href="#/enheder">Vælg en enhed</a>, så kan du skrive en.</p>"##
            );
        };
        match open_form.get().filter(|(_, of_unit)| *of_unit == unit) {
            Some((id, _)) => {
                let close = move || {
                    open_form.set(None);
                    inputs::focus_on(BEGIN_BUTTON.to_owned());
                };
                story_form(app, &id, &unit, Rc::new(close))
            }
            None => begin_button(unit, open_form),
        }
    });
    markup!("<div>{}{}{}</div>", form, own_stories(app, entries, open_form), other_stories(app, entries))
}

/// Builds the button that opens an empty form.
fn begin_button(unit: Id, open_form: OpenForm) -> BuiltView {
    let begin = on_click(move || open(open_form, platform::ids::new_id(), unit.clone()));
    build_view(
        view! { <button type="button" id=BEGIN_BUTTON class="primary" on:click=begin>"Skriv en historie"</button> },
    )
}

/// Opens the form of a story.
fn open(open_form: OpenForm, id: Id, unit: Id) {
    focus_on_title(&id);
    open_form.set(Some((id, unit)));
}

/// Builds the list of the stories of the current unit. Each row follows its own story, so that typing rebuilds one row.
fn own_stories(app: AppContext, entries: Memo<Vec<StoryEntry>>, open_form: OpenForm) -> BuiltView {
    let ids = Memo::new(move |_| {
        let own_id = |entry: &StoryEntry| entry.is_own.then(|| entry.id.clone());
        entries.with(|entries| entries.iter().filter_map(own_id).collect::<Vec<_>>())
    });
    dynamic_view(move || {
        let rows: Vec<BuiltView> = ids.get().into_iter().map(|id| own_row(app, entries, id, open_form)).collect();
        if rows.is_empty() {
            return or_empty(app.unit().map(|_| {
                markup!(
                    r#"<section class="part"><h2>Jeres historier</h2><p class="help">Her kommer jeres historier. Begynd med den, I fortalte hinanden sidst: hvem gjorde hvad, og hvad blev bedre?</p></section>"#
                )
            }));
        }
        markup!(r#"<section class="part"><h2>Jeres historier</h2><ul class="story-list">{}</ul></section>"#, rows)
    })
}

/// Builds the row of an own story.
fn own_row(app: AppContext, entries: Memo<Vec<StoryEntry>>, id: Id, open_form: OpenForm) -> BuiltView {
    let entry = Memo::new(move |_| entries.with(|entries| entries.iter().find(|entry| entry.id == id).cloned()));
    let content = dynamic_view(move || {
        or_empty(entry.get().map(|entry| {
            let state = if entry.story.is_shared() { "Deles med netværket" } else { "Kun hos jer" };
            let line = entry.story.date.map_or_else(|| state.to_owned(), |day| format!("{} · {state}", day.danish()));
            let name = format!("Ret: {}", entry.story.name());
            let edit = on_click({
                let id = entry.id.clone();
                move || {
                    if let Some(unit) = untrack(|| app.unit()) {
                        open(open_form, id.clone(), unit);
                    }
                }
            });
            markup!(
                r#"<div class="contents">{}<p class="buttons no-print">{}</p></div>"#,
                story_parts(app, &entry, line),
                button_with_label("", "Ret", name, edit)
            )
        }))
    });
    markup!(r#"<li class="story">{}</li>"#, content)
}

/// Builds the stories that other units share, and the lines about those that were withdrawn.
fn other_stories(app: AppContext, entries: Memo<Vec<StoryEntry>>) -> BuiltView {
    let others = Memo::new(move |_| {
        let is_of_other = |entry: &&StoryEntry| {
            let StoryEntry { story, is_own, .. } = entry;
            !is_own && (story.is_shared() || story.is_withdrawn(*is_own))
        };
        entries.with(|entries| entries.iter().filter(is_of_other).cloned().collect::<Vec<_>>())
    });
    dynamic_view(move || {
        let (shared, withdrawn): (Vec<StoryEntry>, Vec<StoryEntry>) =
            others.get().into_iter().partition(|entry| entry.story.is_shared());
        if shared.is_empty() && withdrawn.is_empty() {
            return markup!(
                r#"<section class="part"><h2>{}</h2><p class="help">Åbn en fil fra jeres netværk, så står de historier her, som de andre har delt.</p></section>"#,
                others_heading(app)
            );
        }
        let rows = shared.iter().map(|entry| {
            let parts = story_parts(app, entry, entry.unit_and_day(app));
            markup!(r#"<li class="story">{}</li>"#, parts)
        });
        let lines = withdrawn.iter().filter_map(|entry| {
            let line = entry.story.withdrawn_line(entry.is_own, &unit_name(app, entry.unit.as_ref()))?;
            Some(markup!(r#"<p class="help">{}</p>"#, line))
        });
        let rows: Vec<BuiltView> = rows.collect();
        let rows = (!rows.is_empty()).then(|| markup!(r#"<ul class="story-list">{}</ul>"#, rows));
        markup!(
            r#"<section class="part"><h2>{}</h2>{}{}</section>"#,
            others_heading(app),
            rows,
            lines.collect::<Vec<_>>()
        )
    })
}

/// Builds the heading, a line under it, the text and the figure of a story.
fn story_parts(app: AppContext, entry: &StoryEntry, line: String) -> BuiltView {
    let text = entry.story.text.as_str().trim();
    markup!(
        r#"<div class="contents"><h3>{}</h3><p class="help">{}</p>{}{}</div>"#,
        entry.story.name(),
        line,
        (!text.is_empty()).then(|| markup!(r#"<p class="story-text">{}</p>"#, text)),
        entry.figure_sentence(app).map(|sentence| markup!(r#"<p class="story-figure">{}</p>"#, sentence))
    )
}
