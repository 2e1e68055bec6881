//! The midterm status of one agreement: each goal, then what the unit shares, asks for and offers.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::aftale::Aftale;
use crate::domain::aftale::state::{AftaleEvent, AftaleState};
use crate::domain::aftale::step::{AftaleStep, StepConditions, check_step};
use crate::domain::id::Id;
use crate::domain::midtvejs::{Difference, GoalCourse, GoalStatus, Midtvejsstatus};
use crate::domain::registry::Kind;
use crate::domain::text::UserText;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::own_unit;
use crate::ui::kit::components::{
    DeletedButChanged, FieldExtras, FieldType, RecordText, no_names_note, share_checkbox,
};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_view, on_click};
use crate::ui::pages::agreement::aftale::AftaleContext;
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements;

/// Builds the page with the status of one agreement.
pub(crate) fn status(app: AppContext, aftale: &Id) -> BuiltView {
    let ctx = AftaleContext { app, id: aftale.clone() };
    let is_there = {
        let (workspace, id) = (app.workspace, aftale.clone());
        Memo::new(move |_| workspace.has_living(&id, Kind::Aftale))
    };
    // Only the ids, so that a change of a goal's text does not rebuild the page.
    let goals = {
        let ctx = ctx.clone();
        Memo::new(move |_| agreements::bundle(&ctx).goals.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>())
    };
    let state = {
        let ctx = ctx.clone();
        Memo::new(move |_| agreements::state(&ctx))
    };
    dynamic_view(move || {
        let Some(record) = Midtvejsstatus::id(&ctx.id).filter(|_| is_there.get()) else {
            return markup!(
                r##"
                <header class="page-head"><h1>Aftalen er her ikke</h1>
                <p class="purpose">Den ligger ikke i denne browser. Har du den i en fil, så åbn filen.</p></header>
                <p><a href="#/aftale">Til dine aftaler</a></p>"##
            );
        };
        let rows: Vec<_> =
            goals.get().iter().enumerate().map(|(index, id)| goal(&ctx, &record, id, index + 1)).collect();
        let text = |name: &str, label: &'static str, help: &'static str| {
            field(&ctx, &record, Path::root(name), label.to_owned(), help)
        };
        markup!(
            r#"
            <p class="eyebrow no-print"><a href="{}">{}</a></p>
            <header class="page-head">
                <h1>Midtvejsstatus</h1>
                <p class="purpose">Hvad er sket, siden aftalen blev indgået? Gjorde det en forskel, og hvad tager I videre?</p>
            </header>
            <div>{}{}{}</div>
            <div class="form-sections">{}
                <section><h2>Til BU Lederforum</h2>{}{}{}{}<p class="help no-print">Det, I deler, følger også med i filen fra mødet i BU Lederforum.</p></section>
            </div>
            <div class="buttons no-print">{}<a class="button" href="{}">Tilbage til aftalen</a></div>"#,
            ctx.address(),
            untrack(|| agreements::title(&agreements::head(&ctx))),
            begin_notice(&ctx, state.get()),
            build_view(view! { <DeletedButChanged workspace=ctx.app.workspace record=record.clone()/> }),
            own_unit::own_results(&ctx),
            rows,
            text(
                "shares",
                "Det deler vi",
                "Praksis, der virker, og de gode historier. Ingen navne eller initialer på børn."
            ),
            text("asks", "Det vil vi gerne have hjælp til", "Hvad er svært, og hvem kunne vide noget om det?"),
            text("offers", "Det kan vi hjælpe andre med", ""),
            share_checkbox(ctx.app.workspace, &record, "det, I deler, beder om og tilbyder her,", {
                let (ctx, record) = (ctx.clone(), record.clone());
                move || ensure(&ctx, &record)
            }),
            button_with_class("primary", "Udskriv", on_click(platform::page::print)),
            ctx.address()
        )
    })
}

/// Builds the notice before the status has begun: a button to begin, or the reason why it cannot begin yet. Empty once
/// the agreement is in the midterm state.
fn begin_notice(ctx: &AftaleContext, state: AftaleState) -> BuiltView {
    if state == AftaleState::Midterm {
        return build_view(());
    }
    match check_step(AftaleStep::Midterm, state, &StepConditions::default()) {
        Ok(()) => {
            let ctx = ctx.clone();
            let begin = move || {
                let day = ctx.app.today.get_untracked();
                agreements::edit::<Aftale>(ctx.app.workspace, &ctx.id, &mut Focus::default(), |head| {
                    head.record_event(platform::ids::new_id(), AftaleEvent::Midterm, day, None);
                });
                ctx.app.workspace.save_now();
            };
            markup!(
                r#"<div class="notice no-print"><p>Aftalen er indgået. Begynd status, så kan modparten se, at I er i gang.</p>{}</div>"#,
                button_with_class("", "Begynd midtvejsstatus", on_click(begin))
            )
        }
        Err(reason) => markup!(r#"<p class="notice no-print">{}</p>"#, reason),
    }
}

/// Creates the record of the status if it does not exist.
fn ensure(ctx: &AftaleContext, record: &Id) {
    let aftale = ctx.id.clone();
    let title = untrack(|| agreements::title(&agreements::head(ctx)));
    ctx.app.workspace.ensure(record, || Midtvejsstatus {
        title: UserText(title),
        aftale: Some(aftale),
        ..Midtvejsstatus::default()
    });
}

/// Builds a text field of the status.
fn field(ctx: &AftaleContext, record: &Id, path: Path, label: String, help: &'static str) -> BuiltView {
    let (workspace, ensure_ctx, record_id) = (ctx.app.workspace, ctx.clone(), record.clone());
    build_view(view! {
        <RecordText workspace record=record.clone() path label help sort=FieldType::Text make=Rc::new(move || ensure(&ensure_ctx, &record_id))/>
    })
}

/// Builds the section of one goal. `number` counts from 1.
fn goal(ctx: &AftaleContext, record: &Id, id: &Id, number: usize) -> BuiltView {
    let bundle = untrack(|| agreements::bundle(ctx));
    let Some((_, goal)) = bundle.goal(id) else { return build_view(()) };
    let progress_line = {
        let (ctx, id) = (ctx.clone(), id.clone());
        dynamic_view(move || {
            let goal = ctx.app.body(Some(&id));
            let progress = agreements::UnitIndicators::of(&ctx).progress(&goal, agreements::head(&ctx).period);
            let Some(progress) = progress.filter(|progress| !progress.danish().is_empty()) else {
                return build_view(());
            };
            markup!(
                r#"<p class="goal-figures">{}: {} <strong>{}</strong></p>"#,
                progress.name.as_str(),
                progress.danish(),
                progress.course().danish()
            )
        })
    };
    let signs = goal.signs_of_progression.as_str().trim();
    let signs =
        (!signs.is_empty()).then(|| markup!(r#"<p class="goal-signs"><span>Vi ville se: </span>{}</p>"#, signs));
    let path = Path::root("goals").child(id.as_str());
    let text = |name: &str, label: &str, help| field(ctx, record, path.child(name), label.to_owned(), help);
    let course =
        select(ctx, record, id, number, "Status", &GoalCourse::ALL, GoalCourse::danish, |status| &mut status.course);
    let difference =
        select(ctx, record, id, number, "Gjorde det en forskel?", &Difference::ALL, Difference::danish, |status| {
            &mut status.difference
        });
    markup!(
        r#"<section class="halfway"><h2>{}</h2>{}{}<div class="field-row">{}{}</div>{}{}<div class="field-row">{}{}{}</div></section>"#,
        format!("{number}. {}", goal.name()),
        progress_line,
        signs,
        course,
        difference,
        no_names_note(),
        text("signs_seen", "Hvilke tegn har I set?", ""),
        text("keep", "Det fortsætter vi med", ""),
        text("change", "Det ændrer vi", ""),
        text("stop", "Det stopper vi med", "")
    )
}

/// Builds the select field for one choice of a goal's status. `field_mut` gives the field that holds the choice.
#[allow(clippy::too_many_arguments, reason = "the record, the field and the texts of the choice")]
fn select<T: Copy + PartialEq + 'static>(
    ctx: &AftaleContext,
    record: &Id,
    goal: &Id,
    number: usize,
    label: &'static str,
    values: &'static [T],
    danish: fn(T) -> &'static str,
    field_mut: fn(&mut GoalStatus) -> &mut Option<T>,
) -> BuiltView {
    let (app, read_id, goal_id) = (ctx.app, record.clone(), goal.clone());
    let value = move || {
        let status: Midtvejsstatus = app.body(Some(&read_id));
        let chosen = *field_mut(&mut status.goals.get(&goal_id)?.clone());
        values.iter().position(|value| Some(*value) == chosen)
    };
    let (write_ctx, write_id, goal_id) = (ctx.clone(), record.clone(), goal.clone());
    let pick = move |index: Option<usize>| {
        ensure(&write_ctx, &write_id);
        agreements::edit::<Midtvejsstatus>(write_ctx.app.workspace, &write_id, &mut Focus::default(), |status| {
            *field_mut(status.goals.get_or_default(goal_id.clone())) =
                index.and_then(|index| values.get(index).copied());
        });
        write_ctx.app.workspace.save_now();
    };
    let options = std::iter::once("Ikke sagt".to_owned()).chain(values.iter().map(|value| danish(*value).to_owned()));
    let name = if label == "Status" { "course" } else { "difference" };
    let input = inputs::select_field(
        format!("{name}-{goal}"),
        format!("{label} (mål {number})"),
        options.collect(),
        value,
        pick,
    );
    let path = Path::root("goals").child(goal.as_str()).child(name);
    let workspace = ctx.app.workspace;
    let choices = build_view(view! { <FieldExtras workspace record=record.clone() path about=label words=in_words/> });
    markup!("<div>{}{}</div>", input, choices)
}

/// Returns the Danish label of a choice, given its serialized name.
fn in_words(value: &serde_json::Value) -> String {
    let course = serde_json::from_value::<GoalCourse>(value.clone()).map(GoalCourse::danish);
    let difference = || serde_json::from_value::<Difference>(value.clone()).map(Difference::danish);
    course.or_else(|_| difference()).unwrap_or_default().to_owned()
}
