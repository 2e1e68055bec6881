//! The block in the section of the four views: when the unit takes up the views next, and what came of each time.
//!
//! A text belongs to a day. The field shows the text of the chosen day, and the list shows those of all other days.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::date::Date;
use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::domain::syn_review::SynReview;
use crate::record::edit::Focus;
use crate::record::path::Path;

use crate::ui::kit::components::{
    DeletedButChanged, Field, FieldEvent, FieldExtras, FieldType, RecordText, no_names_note,
};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_label, dynamic_text, dynamic_view, on_click, or_empty};
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements::edit;

/// The id of the section whose block this is.
pub(super) const SECTION: &str = "syn";
/// The id of the field that chooses the day whose text is written.
const DAY_FIELD: &str = "syn-day";

/// The record of a unit, and the day whose text is in the field.
#[derive(Clone)]
struct ReviewContext {
    app: AppContext,
    unit: Id,
    record: Id,
    chosen: RwSignal<Date>,
}

impl ReviewContext {
    /// Returns the record as it is now. Tracked.
    fn body(&self) -> SynReview {
        self.app.body(Some(&self.record))
    }

    /// Creates the record if it does not exist.
    fn ensure(&self) {
        let unit = self.unit.clone();
        self.app.workspace.ensure(&self.record, || SynReview { unit: Some(unit), ..SynReview::default() });
    }

    /// Changes the record.
    fn edit(&self, focus: &mut Focus, change: impl FnOnce(&mut SynReview)) {
        self.ensure();
        edit::<SynReview>(self.app.workspace, &self.record, focus, change);
    }
}

/// Returns the path of the text of a day.
fn visit(day: Date) -> Path {
    Path::root("visits").child(&day.to_string())
}

/// Builds the block for the current unit.
pub(super) fn syn_review(app: AppContext) -> BuiltView {
    dynamic_view(move || {
        let Some((unit, record)) = app.unit().and_then(|unit| Some((unit.clone(), SynReview::id(&unit)?))) else {
            return markup!(
                r##"<section class="part"><h2>Når I tager synene op igen</h2><p>Når du har <a href="#/enheder">valgt din enhed</a>, kan I her aftale, hvornår I tager synene op igen, og skrive, hvad der kom ud af det.</p></section>"##
            );
        };
        let ctx = ReviewContext { app, unit, record, chosen: RwSignal::new(app.today.get_untracked()) };
        block(&ctx)
    })
}

fn block(ctx: &ReviewContext) -> BuiltView {
    let workspace = ctx.app.workspace;
    let (app, unit) = (ctx.app, ctx.unit.clone());
    let name = dynamic_text(move || app.body::<Enhed>(Some(&unit)).name.0);
    let text = {
        let ctx = ctx.clone();
        dynamic_view(move || visit_field(&ctx, ctx.chosen.get()))
    };
    markup!(
        r#"
        <section class="part">
            <h2>Når I tager synene op igen</h2>
            <p>Synene tages op igen, når I sikrer og udvikler kvaliteten. Her står det for <strong>{}</strong>.</p>
            {}{}{}
            <h3>Når I har taget synene op</h3>
            {}{}{}{}
        </section>"#,
        name,
        build_view(view! { <DeletedButChanged workspace record=ctx.record.clone()/> }),
        next_field(ctx),
        overdue_note(ctx),
        no_names_note(),
        chosen_day_field(ctx),
        text,
        other_visits(ctx)
    )
}

/// Builds the field for the day on which the unit takes up the views next.
fn next_field(ctx: &ReviewContext) -> BuiltView {
    let leaf = inputs::LeafInput { workspace: ctx.app.workspace, record: ctx.record.clone(), path: Path::root("next") };
    let (read_ctx, write_ctx) = (ctx.clone(), ctx.clone());
    inputs::day_field(
        leaf,
        "syn-next".to_owned(),
        "Næste gang I tager synene op",
        move || read_ctx.body().next,
        move |day: Option<Date>, focus| write_ctx.edit(focus, |review| review.next = day),
    )
}

/// Builds the note that the day is past. Empty while it is not, or when the unit wrote what came of it.
fn overdue_note(ctx: &ReviewContext) -> BuiltView {
    let ctx = ctx.clone();
    let is_past = Memo::new(move |_| ctx.body().planned().is_some_and(|next| next < ctx.app.today.get()));
    dynamic_view(move || {
        or_empty(is_past.get().then(|| {
            markup!(
                r#"<p class="help" role="status">Dagen er gået. Skriv herunder, hvad der kom ud af det, og vælg den næste dag.</p>"#
            )
        }))
    })
}

/// Builds the field that chooses the day whose text is written.
fn chosen_day_field(ctx: &ReviewContext) -> BuiltView {
    let chosen = ctx.chosen;
    let error = RwSignal::new(None::<String>);
    let on_event = move |event: FieldEvent| {
        if let FieldEvent::Typed(text) = event {
            let day = Date::parse(&text);
            error.set(day.is_none().then(|| "Vælg en dag, for eksempel 15-03-2026.".to_owned()));
            if let Some(day) = day {
                chosen.set(day);
            }
        }
    };
    let value = Rc::new(move || chosen.get().to_string());
    build_view(view! {
        <Field
            id=DAY_FIELD.to_owned()
            label="Den dag, I tog synene op"
            help="Vælg dagen først. Hver dag har sin egen tekst."
            value
            error
            on_event=Rc::new(on_event)
            sort=FieldType::Day
        />
    })
}

/// Builds the field for the text of a day.
fn visit_field(ctx: &ReviewContext, day: Date) -> BuiltView {
    let ensure_ctx = ctx.clone();
    build_view(view! {
        <RecordText
            workspace=ctx.app.workspace
            record=ctx.record.clone()
            path=visit(day)
            label=format!("Hvad kom der ud af det {}?", day.danish())
            sort=FieldType::Text
            make=Rc::new(move || ensure_ctx.ensure())
        />
    })
}

/// Lists the texts of the other days, the newest first.
fn other_visits(ctx: &ReviewContext) -> BuiltView {
    let ctx = ctx.clone();
    let days = {
        let ctx = ctx.clone();
        // Only the days, so that typing in a text does not rebuild the list.
        Memo::new(move |_| {
            let chosen = ctx.chosen.get();
            ctx.body().visits.keys().rev().copied().filter(|day| *day != chosen).collect::<Vec<Date>>()
        })
    };
    dynamic_view(move || {
        let rows: Vec<BuiltView> = days.get().into_iter().map(|day| visit_row(&ctx, day)).collect();
        or_empty((!rows.is_empty()).then(|| markup!(r#"<h3>De andre gange</h3><ul class="rows">{}</ul>"#, rows)))
    })
}

/// Builds the row of a day, with its buttons.
fn visit_row(ctx: &ReviewContext, day: Date) -> BuiltView {
    let (workspace, path) = (ctx.app.workspace, visit(day));
    let (record, read_path) = (ctx.record.clone(), path.clone());
    let text = dynamic_text(move || workspace.text(&record, &read_path));
    let edit = {
        let ctx = ctx.clone();
        on_click(move || {
            ctx.chosen.set(day);
            inputs::focus_on(format!("{}-visits-{day}", ctx.record));
        })
    };
    let delete = {
        let ctx = ctx.clone();
        on_click(move || {
            ctx.edit(&mut Focus::default(), |review| drop(review.visits.remove(&day)));
            workspace.save_now();
            inputs::focus_on(DAY_FIELD.to_owned());
        })
    };
    let about = day.danish();
    let (edit_name, delete_name) = (format!("Ret: {about}"), format!("Slet: {about}"));
    let choices = build_view(view! { <FieldExtras workspace record=ctx.record.clone() path about=about.clone()/> });
    markup!(
        r#"<li><div><strong>{}</strong><p>{}</p></div><div class="buttons">{}{}</div><div class="row-choices">{}</div></li>"#,
        about,
        text,
        button_with_label("quiet", "Ret", edit_name, edit),
        button_with_label("quiet", "Slet", delete_name, delete),
        choices
    )
}
