//! The form of a story. The record is created when the first text, day or choice is written.

use std::rc::Rc;

use leptos::prelude::*;
use web_sys::MouseEvent;

use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::indicator;
use crate::domain::period::Period;
use crate::domain::registry::Kind;
use crate::domain::unit_story::UnitStory;
use crate::record::edit::Focus;
use crate::record::life::Life;
use crate::record::path::Path;

use super::entries::{FigureOption, StoryEntry, figure_options};
use crate::ui::kit::components::{
    DeletedButChanged, FieldExtras, FieldType, RecordText, no_names_note, share_checkbox,
};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_view, on_click, or_empty};
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements;

/// The id of the heading that says that the story is deleted.
const DELETED_HEADING: &str = "story-deleted";

/// The story of a form. A handle that the parts of the form share.
#[derive(Clone)]
struct StoryContext {
    app: AppContext,
    id: Id,
    unit: Id,
}

impl StoryContext {
    /// Returns the story, tracked.
    fn story(&self) -> UnitStory {
        self.app.body(Some(&self.id))
    }

    /// Creates the story if it does not exist.
    fn ensure(&self) {
        let (unit, date) = (Some(self.unit.clone()), Some(self.app.today.get_untracked()));
        self.app.workspace.ensure(&self.id, || UnitStory { unit, date, ..UnitStory::default() });
    }

    /// Edits the story.
    fn edit(&self, focus: &mut Focus, change: impl FnOnce(&mut UnitStory)) {
        self.ensure();
        agreements::edit::<UnitStory>(self.app.workspace, &self.id, focus, change);
    }
}

/// Moves the focus to the title in the form of a story.
pub(super) fn focus_on_title(id: &Id) {
    inputs::focus_on(format!("{id}-title"));
}

/// Builds the form of a story of a unit; for a deleted story, the way to bring it back. `close` closes the form.
pub(super) fn story_form(app: AppContext, id: &Id, unit: &Id, close: Rc<dyn Fn()>) -> BuiltView {
    let ctx = StoryContext { app, id: id.clone(), unit: unit.clone() };
    let is_deleted = {
        let id = id.clone();
        Memo::new(move |_| app.workspace.read(&id, |record| record.life(None) == Life::Deleted).unwrap_or_default())
    };
    dynamic_view(move || if is_deleted.get() { deleted_notice(&ctx, &close) } else { fields(&ctx, &close) })
}

/// Builds the fields and the buttons of the form.
fn fields(ctx: &StoryContext, close: &Rc<dyn Fn()>) -> BuiltView {
    let (workspace, record, make_ctx) = (ctx.app.workspace, ctx.id.clone(), ctx.clone());
    let done = Rc::clone(close);
    markup!(
        r#"
        <section class="part">
            <h2>Skriv historien</h2>
            <div>{}</div>
            <div class="form">{}{}{}{}{}</div>
            {}
            <p class="help">En delt historie vises også i offentlig visning, på papir og forrest for udvalg og forældrebestyrelser.</p>
            <div class="buttons">{}{}</div>
        </section>"#,
        build_view(view! { <DeletedButChanged workspace record/> }),
        text(ctx, "title", "Overskrift", "Et par ord om det, der lykkedes.", FieldType::Line),
        text(
            ctx,
            "text",
            "Hvad skete der?",
            "Hvem gjorde hvad, og hvad blev bedre? Skriv, så en forælder forstår det.",
            FieldType::Text
        ),
        no_names_note(),
        date(ctx),
        figure(ctx),
        share_checkbox(workspace, &ctx.id, "historien", move || make_ctx.ensure()),
        button_with_class("primary", "Færdig", on_click(move || done())),
        button_with_class("quiet", "Slet historien", delete(ctx, close))
    )
}

/// Returns the action that deletes the story. A form in which nothing was written is closed.
fn delete(ctx: &StoryContext, close: &Rc<dyn Fn()>) -> Box<dyn FnMut(MouseEvent)> {
    let (ctx, close) = (ctx.clone(), Rc::clone(close));
    on_click(move || {
        let workspace = ctx.app.workspace;
        if !untrack(|| workspace.has_living(&ctx.id, Kind::UnitStory)) {
            close();
            return;
        }
        let author = workspace.author();
        workspace.change(&ctx.id, |record| record.delete(None, &author));
        workspace.save_now();
        inputs::focus_on(DELETED_HEADING.to_owned());
    })
}

/// Builds the notice that the story is deleted, with a button to bring it back.
fn deleted_notice(ctx: &StoryContext, close: &Rc<dyn Fn()>) -> BuiltView {
    let (ctx, close) = (ctx.clone(), Rc::clone(close));
    let restore = move || {
        let workspace = ctx.app.workspace;
        let author = workspace.author();
        workspace.change(&ctx.id, |record| record.restore(None, &author));
        workspace.save_now();
        focus_on_title(&ctx.id);
    };
    markup!(
        r#"
        <section class="part">
            <h2 id="{}" tabindex="-1">Historien er slettet</h2>
            <p>Den ligger i papirkurven med alt, hvad der stod i den.</p>
            <div class="buttons">{}{}</div>
        </section>"#,
        DELETED_HEADING,
        button_with_class("primary", "Hent den tilbage", on_click(restore)),
        button_with_class("quiet", "Færdig", on_click(move || close()))
    )
}

/// Builds a text field.
fn text(ctx: &StoryContext, name: &'static str, label: &'static str, help: &'static str, sort: FieldType) -> BuiltView {
    let (workspace, make_ctx) = (ctx.app.workspace, ctx.clone());
    let path = Path::root(name);
    build_view(view! {
        <RecordText workspace record=ctx.id.clone() path label help sort make=Rc::new(move || make_ctx.ensure())/>
    })
}

/// Builds the field for the day. Before anything is written it shows the day that a new story gets.
fn date(ctx: &StoryContext) -> BuiltView {
    let leaf = inputs::LeafInput { workspace: ctx.app.workspace, record: ctx.id.clone(), path: Path::root("date") };
    let (read_ctx, write_ctx) = (ctx.clone(), ctx.clone());
    let value = move || {
        let exists = read_ctx.app.workspace.has_living(&read_ctx.id, Kind::UnitStory);
        if exists { read_ctx.story().date } else { Some(read_ctx.app.today.get()) }
    };
    let write = move |day: Option<Date>, focus: &mut Focus| write_ctx.edit(focus, |story| story.date = day);
    inputs::day_field(leaf, format!("{}-date", ctx.id), "Dato", value, write)
}

/// Builds the choice of a figure, and the note that the chosen figure must not be shown to others.
fn figure(ctx: &StoryContext) -> BuiltView {
    let options = {
        let (app, unit) = (ctx.app, ctx.unit.clone());
        Memo::new(move |_| figure_options(app, &unit))
    };
    let is_hidden = {
        let ctx = ctx.clone();
        Memo::new(move |_| {
            let story = ctx.story();
            let is_chosen = story.series.is_some() && story.period.is_some();
            let entry = StoryEntry { id: ctx.id.clone(), unit: Some(ctx.unit.clone()), is_own: true, story };
            is_chosen && entry.figure_sentence(ctx.app).is_none()
        })
    };
    let (ctx, note_ctx) = (ctx.clone(), ctx.clone());
    markup!(
        "<div>{}{}</div>",
        dynamic_view(move || figure_fields(&ctx, &options.get())),
        dynamic_view(move || or_empty(is_hidden.get().then(|| hidden_note(&note_ctx))))
    )
}

/// Builds the note that the chosen figure must not be shown to others, with a button that removes the choice: the list
/// does not offer such a figure, so it cannot be given up there.
fn hidden_note(ctx: &StoryContext) -> BuiltView {
    let ctx = ctx.clone();
    let remove = move || {
        ctx.edit(&mut Focus::default(), |story| (story.series, story.period) = (None, None));
        ctx.app.workspace.save_now();
        focus_on_title(&ctx.id);
    };
    markup!(
        r#"<div><p class="help" role="status">Det valgte tal må ikke vises for andre nu, så historien står uden tal. Teksten er den samme.</p>{}</div>"#,
        button_with_class("quiet", "Fjern tallet", on_click(remove))
    )
}

/// Builds the fields for the figure: the indicator, and the period of an indicator that is chosen.
fn figure_fields(ctx: &StoryContext, options: &[FigureOption]) -> BuiltView {
    if options.is_empty() {
        return markup!(
            r#"<p class="help">Har enheden tal, som må vises for andre, kan I sætte ét af dem ved siden af historien.</p>"#
        );
    }
    let chosen = {
        let (ctx, all) = (ctx.clone(), options.to_vec());
        Memo::new(move |_| {
            let series = ctx.app.workspace.representative_id(&ctx.story().series?);
            all.iter().position(|option| option.series == series)
        })
    };
    let pick = {
        let (ctx, all) = (ctx.clone(), options.to_vec());
        move |index: Option<usize>| {
            let option = index.and_then(|index| all.get(index));
            ctx.edit(&mut Focus::default(), |story| {
                story.series = option.map(|option| option.series.clone());
                story.period = option.and_then(|option| option.periods.first()).map(|(period, _)| *period);
            });
            ctx.app.workspace.save_now();
        }
    };
    let (list_id, label) = (format!("{}-series", ctx.id), "Et tal ved siden af");
    let names = std::iter::once("Intet tal".to_owned()).chain(options.iter().map(|option| option.name.clone()));
    let series = inputs::select_field(list_id, label.to_owned(), names.collect(), move || chosen.get(), pick);
    let (workspace, record) = (ctx.app.workspace, ctx.id.clone());
    let choices = build_view(
        view! { <FieldExtras workspace record path=Path::root("series") about="tallet" label words=series_in_words/> },
    );
    let (ctx, all) = (ctx.clone(), options.to_vec());
    let period = dynamic_view(move || {
        let option = chosen.get().and_then(|index| all.get(index));
        or_empty(option.map(|option| period_field(&ctx, &option.periods)))
    });
    markup!(
        r#"<div class="story-fields"><div>{}{}</div>{}<p class="help">Kun tal, der må vises for andre, kan vælges.</p></div>"#,
        series,
        choices,
        period
    )
}

/// Builds the choice of the period of the figure.
fn period_field(ctx: &StoryContext, periods: &[(Period, String)]) -> BuiltView {
    let (value_ctx, pick_ctx) = (ctx.clone(), ctx.clone());
    let all: Vec<Period> = periods.iter().map(|(period, _)| *period).collect();
    let pick_from = all.clone();
    let value = move || {
        let chosen = value_ctx.story().period?;
        all.iter().position(|period| *period == chosen)
    };
    let pick = move |index: Option<usize>| {
        let period = index.and_then(|index| pick_from.get(index)).copied();
        pick_ctx.edit(&mut Focus::default(), |story| story.period = period);
        pick_ctx.app.workspace.save_now();
    };
    let names = periods.iter().map(|(period, figure)| format!("{}: {figure}", period.danish()));
    let options = std::iter::once("Vælg en periode".to_owned()).chain(names).collect();
    let field = inputs::select_field(format!("{}-period", ctx.id), "Periode".to_owned(), options, value, pick);
    let (workspace, record) = (ctx.app.workspace, ctx.id.clone());
    let choices = build_view(
        view! { <FieldExtras workspace record path=Path::root("period") about="tallets periode" label="Periode" words=period_in_words/> },
    );
    markup!("<div>{}{}</div>", field, choices)
}

/// A stored series in Danish, by its indicator.
fn series_in_words(value: &serde_json::Value) -> String {
    let Some(series) = value.as_str() else { return "Intet tal".to_owned() };
    let indicator = series.rsplit('.').next().and_then(indicator::name);
    indicator.unwrap_or("En af enhedens egne indikatorer").to_owned()
}

/// A stored period in Danish; empty for a value that is none.
fn period_in_words(value: &serde_json::Value) -> String {
    value.as_str().and_then(Period::parse).map(Period::danish).unwrap_or_default()
}
