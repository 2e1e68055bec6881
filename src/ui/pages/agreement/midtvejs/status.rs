//! The status of one agreement: goal by goal, then what is shared, asked for and offered.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::aftale::Aftale;
use crate::domain::aftale::state::{AftaleEvent, AftaleState};
use crate::domain::aftale::step::{AftaleStep, StepConditions, may};
use crate::domain::id::Id;
use crate::domain::midtvejs::{Difference, GoalCourse, GoalStatus, Midtvejsstatus};
use crate::domain::registry::Kind;
use crate::domain::text::UserText;
use crate::record::edit::Focus;
use crate::record::path::Path;

use crate::ui::kit::components::{Choices, DeletedButChanged, FieldType, RecordText, shared};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_view, on_click};
use crate::ui::pages::agreement::aftale::AftaleContext;
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements;

/// The page of one status.
pub(crate) fn status(desk: AppContext, aftale: &Id) -> BuiltView {
    let ctx = AftaleContext { desk, id: aftale.clone() };
    let is_there = {
        let (workspace, id) = (desk.workspace, aftale.clone());
        Memo::new(move |_| workspace.has_living(&id, Kind::Aftale))
    };
    // By the goals that there are, and not by what is written of them.
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
            <div>{}{}</div>
            <div class="sheet">{}
                <section><h2>Til BU Lederforum</h2>{}{}{}{}</section>
            </div>
            <div class="buttons no-print">{}<a class="button" href="{}">Tilbage til aftalen</a></div>"#,
            ctx.address(),
            untrack(|| agreements::title(&agreements::head(&ctx))),
            standing(&ctx, state.get()),
            build_view(view! { <DeletedButChanged workspace=ctx.desk.workspace record=record.clone()/> }),
            rows,
            text(
                "shares",
                "Det deler vi",
                "Praksis, der virker, og de gode historier. Ingen navne eller initialer på børn."
            ),
            text("asks", "Det vil vi gerne have hjælp til", "Hvad er svært, og hvem kunne vide noget om det?"),
            text("offers", "Det kan vi hjælpe andre med", ""),
            shared(ctx.desk.workspace, &record, "det, I deler, beder om og tilbyder her,", {
                let (ctx, record) = (ctx.clone(), record.clone());
                move || ensure(&ctx, &record)
            }),
            button_with_class("primary", "Udskriv", on_click(platform::page::print)),
            ctx.address()
        )
    })
}

/// Whether it is the time for it, and the way to begin.
fn standing(ctx: &AftaleContext, state: AftaleState) -> BuiltView {
    if state == AftaleState::Midterm {
        return build_view(());
    }
    match may(AftaleStep::Midterm, state, &StepConditions::default()) {
        Ok(()) => {
            let ctx = ctx.clone();
            let begin = move || {
                let day = ctx.desk.today.get_untracked();
                agreements::edit::<Aftale>(ctx.desk.workspace, &ctx.id, &mut Focus::default(), |head| {
                    head.note(platform::ids::mint(), AftaleEvent::Midterm, day, None);
                });
                ctx.desk.workspace.save_now();
            };
            markup!(
                r#"<div class="notice no-print"><p>Aftalen er indgået. Begynd status, så kan modparten se, at I er i gang.</p>{}</div>"#,
                button_with_class("", "Begynd midtvejsstatus", on_click(begin))
            )
        }
        Err(why) => markup!(r#"<p class="notice no-print">{}</p>"#, why),
    }
}

/// Makes the record where it is not there yet.
fn ensure(ctx: &AftaleContext, record: &Id) {
    let aftale = ctx.id.clone();
    let title = untrack(|| agreements::title(&agreements::head(ctx)));
    ctx.desk.workspace.ensure(record, || Midtvejsstatus {
        title: UserText(title),
        aftale: Some(aftale),
        ..Midtvejsstatus::default()
    });
}

fn field(ctx: &AftaleContext, record: &Id, path: Path, label: String, help: &'static str) -> BuiltView {
    let (workspace, make, own) = (ctx.desk.workspace, ctx.clone(), record.clone());
    build_view(view! {
        <RecordText workspace record=record.clone() path label help sort=FieldType::Text make=Rc::new(move || ensure(&make, &own))/>
    })
}

fn goal(ctx: &AftaleContext, record: &Id, id: &Id, number: usize) -> BuiltView {
    let whole = untrack(|| agreements::bundle(ctx));
    let Some((_, goal)) = whole.goal(id) else { return build_view(()) };
    let moved = {
        let (ctx, id) = (ctx.clone(), id.clone());
        dynamic_view(move || {
            let goal = ctx.desk.body(Some(&id));
            let progress = agreements::UnitIndicators::of(&ctx).progress(&goal, agreements::head(&ctx).period);
            let Some(progress) = progress.filter(|progress| !progress.danish().is_empty()) else {
                return build_view(());
            };
            markup!(
                r#"<p class="figures">{}: {} <strong>{}</strong></p>"#,
                progress.name.as_str(),
                progress.danish(),
                progress.course().danish()
            )
        })
    };
    let signs = goal.signs_of_progression.as_str().trim();
    let signs = (!signs.is_empty()).then(|| markup!(r#"<p class="signs"><span>Vi ville se: </span>{}</p>"#, signs));
    let path = Path::root("goals").child(id.as_str());
    let text = |name: &str, label: &str, help| field(ctx, record, path.child(name), label.to_owned(), help);
    let course = select(ctx, record, id, number, "Status", &GoalCourse::ALL, GoalCourse::danish, |own| &mut own.course);
    let difference =
        select(ctx, record, id, number, "Gjorde det en forskel?", &Difference::ALL, Difference::danish, |own| {
            &mut own.difference
        });
    let words = goal.text.as_str().trim();
    markup!(
        r#"<section class="halfway"><h2>{}</h2>{}{}<div class="three">{}{}</div>{}<div class="three">{}{}{}</div></section>"#,
        format!("{number}. {}", if words.is_empty() { "Mål uden ord endnu" } else { words }),
        moved,
        signs,
        course,
        difference,
        text("signs_seen", "Hvilke tegn har I set?", ""),
        text("keep", "Det fortsætter vi med", ""),
        text("change", "Det ændrer vi", ""),
        text("stop", "Det stopper vi med", "")
    )
}

#[allow(clippy::too_many_arguments, reason = "a choice is what it is of, and how it is called")]
fn select<T: Copy + PartialEq + 'static>(
    ctx: &AftaleContext,
    record: &Id,
    goal: &Id,
    number: usize,
    label: &'static str,
    all: &'static [T],
    danish: fn(T) -> &'static str,
    of: fn(&mut GoalStatus) -> &mut Option<T>,
) -> BuiltView {
    let (desk, read, key) = (ctx.desk, record.clone(), goal.clone());
    let value = move || {
        let status: Midtvejsstatus = desk.body(Some(&read));
        let chosen = *of(&mut status.goals.get(&key)?.clone());
        all.iter().position(|own| Some(*own) == chosen)
    };
    let (make, write, key) = (ctx.clone(), record.clone(), goal.clone());
    let pick = move |place: Option<usize>| {
        ensure(&make, &write);
        agreements::edit::<Midtvejsstatus>(make.desk.workspace, &write, &mut Focus::default(), |status| {
            *of(status.goals.get_or_default(key.clone())) = place.and_then(|place| all.get(place).copied());
        });
        make.desk.workspace.save_now();
    };
    let options = std::iter::once("Ikke sagt".to_owned()).chain(all.iter().map(|own| danish(*own).to_owned()));
    let name = if label == "Status" { "course" } else { "difference" };
    let input = inputs::select_field(
        format!("{name}-{goal}"),
        format!("{label} (mål {number})"),
        options.collect(),
        value,
        pick,
    );
    let path = Path::root("goals").child(goal.as_str()).child(name);
    let workspace = ctx.desk.workspace;
    let choices = build_view(view! { <Choices workspace record=record.clone() path about=label words=in_words/> });
    markup!("<div>{}{}</div>", input, choices)
}

/// A choice as it is called, from its name in the file.
fn in_words(value: &serde_json::Value) -> String {
    let course = serde_json::from_value::<GoalCourse>(value.clone()).map(GoalCourse::danish);
    let difference = || serde_json::from_value::<Difference>(value.clone()).map(Difference::danish);
    course.or_else(|_| difference()).unwrap_or_default().to_owned()
}
