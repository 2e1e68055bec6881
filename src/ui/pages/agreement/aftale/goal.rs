//! The page of one goal: its texts, its anchors, and its initiatives. Each goal has its own page, so that the
//! user attends to one goal at a time.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::aftale::lines;
use crate::domain::goal::{Area, Goal, Horizon, Reach};
use crate::domain::id::Id;
use crate::domain::instrument::CORNER_WORDS;
use crate::domain::proevehandling::Tek;
use crate::domain::registry::Kind;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::anchors;
use super::comments::Margin;
use super::initiative;
use super::{AftaleContext, crumbs};
use crate::ui::kit::components::{
    DeletedButChanged, FieldExtras, FieldType, RadioGroup, RecordText, no_names_note, share_checkbox,
};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::origin::origin_link;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_view, on_click, or_empty};
use crate::ui::platform;
use crate::ui::state::queries::agreements::{self, UnitIndicators};

/// Builds the page of a goal.
pub(crate) fn page(ctx: &AftaleContext, goal: &Id) -> BuiltView {
    let (ctx, id) = (ctx.clone(), goal.clone());
    let workspace = ctx.app.workspace;
    let is_there = {
        let id = id.clone();
        Memo::new(move |_| workspace.has_living(&id, Kind::Goal))
    };
    // The outline shortens texts, so typing in a text does not change the memo and rebuilds nothing that reads it.
    let goal = {
        let (app, id) = (ctx.app, id.clone());
        Memo::new(move |_| app.body::<Goal>(Some(&id)).outline())
    };
    let origin = Memo::new(move |_| goal.with(|goal| goal.origin.clone()));
    let is_open = {
        let ctx = ctx.clone();
        Memo::new(move |_| agreements::is_open(&ctx))
    };
    let goal_order = {
        let ctx = ctx.clone();
        Memo::new(move |_| agreements::ordered_goal_areas(&ctx))
    };
    dynamic_view(move || {
        if !is_there.get() {
            return markup!(
                r#"
                <header class="page-head"><h1>Målet er her ikke</h1><p class="purpose">Måske er det slettet. På aftalens side kan slettede mål hentes tilbage.</p></header>
                <p><a href="{}">Til aftalen</a></p>"#,
                ctx.address()
            );
        }
        let body = if is_open.get() { form(&ctx, &id, goal) } else { locked(&ctx, &id) };
        let origin_line = {
            let ctx = ctx.clone();
            dynamic_view(move || or_empty(origin.get().map(|origin| origin_link(ctx.app, &origin))))
        };
        markup!(
            r"<div>{}{}{}{}{}{}{}{}</div>",
            crumbs(&ctx),
            head(goal_order, &id),
            origin_line,
            build_view(view! { <DeletedButChanged workspace record=id.clone()/> }),
            body,
            anchors::goal_relations(&ctx, &id, goal),
            share_checkbox(workspace, &id, "målet med indsatser, men uden navne og tal,", || ()),
            neighbours(&ctx, goal_order, &id)
        )
    })
}

/// Builds the page head with the goal's number and area. Both follow when the goal moves.
fn head(goals: Memo<GoalOrder>, id: &Id) -> BuiltView {
    let id = id.clone();
    dynamic_view(move || {
        let (number, count, area) = goals.with(|goals| {
            let index = goals.iter().position(|(goal_id, _)| *goal_id == id).unwrap_or_default();
            (index + 1, goals.len(), goals.get(index).and_then(|(_, area)| *area))
        });
        markup!(
            r#"<header class="page-head"><h1>{}</h1><p class="purpose">{}</p></header>"#,
            format!("Mål {number} af {count}"),
            area.map_or("Målet har ikke noget område endnu.", Area::danish)
        )
    })
}

/// The goals in their order, each with its area.
type GoalOrder = Vec<(Id, Option<Area>)>;

/// Builds the body of the page of an agreed goal: texts are read-only, the status of initiatives can be changed.
fn locked(ctx: &AftaleContext, id: &Id) -> BuiltView {
    let margin = Margin::of(ctx, id);
    let texts = {
        let (ctx, id) = (ctx.clone(), id.clone());
        dynamic_view(move || agreed_texts(&ctx, &id))
    };
    // Without the status of the initiatives: it is chosen in this list and must not rebuild the list.
    let initiatives = {
        let (app, id) = (ctx.app, id.clone());
        Memo::new(move |_| {
            let goal: Goal = app.body(Some(&id));
            let initiatives = goal.initiatives_in_order().into_iter();
            initiatives
                .map(|(id, initiative)| {
                    let (text, origin) = (initiative.text.0.clone(), initiative.origin.clone());
                    (id.clone(), lines::initiative(initiative), text, origin)
                })
                .collect::<Vec<_>>()
        })
    };
    let (ctx, goal) = (ctx.clone(), id.clone());
    let initiatives = dynamic_view(move || {
        let rows: Vec<_> = initiatives
            .get()
            .iter()
            .map(|(id, line, text, origin)| {
                let origin = origin.clone();
                markup!(
                    r"<li><div>{}{}</div>{}</li>",
                    line.as_str(),
                    initiative::origin_line(ctx.app, move || origin.clone()),
                    initiative::status_field(&ctx, &goal, id, text)
                )
            })
            .collect();
        markup!(r#"<ul class="due-initiatives">{}</ul>"#, rows)
    });
    markup!(
        r#"
        <div>
            <p class="notice">Ordene ligger fast. Begynd en revision, eller træk versionen tilbage, hvis de skal ændres.</p>
            <div class="form-sections"><section>{}<p class="no-print">{}</p></section><section><h2>Indsatser</h2>{}</section></div>
        </div>"#,
        margin.wrap(&Path::root("text"), "Målet", texts),
        margin.menu_item(&Path::root("text"), "Målet")(),
        initiatives
    )
}

/// Builds the agreed texts of a goal, and the progress of its indicator.
fn agreed_texts(ctx: &AftaleContext, id: &Id) -> BuiltView {
    let goal: Goal = ctx.app.body(Some(id));
    let head = agreements::head(ctx);
    let rows: Vec<_> = lines::goal(&goal, &UnitIndicators::of(ctx), head.period)
        .into_iter()
        .filter(|line| !line.key.starts_with("initiatives/"))
        .map(|line| markup!(r#"<div><dt>{}</dt><dd class="text">{}</dd></div>"#, line.label, line.text))
        .collect();
    let progress = UnitIndicators::of(ctx).progress(&goal, head.period).map(|progress| {
        markup!(
            r#"<p class="goal-figures">{}: {} <strong>{}</strong></p>"#,
            progress.name.as_str(),
            progress.danish(),
            progress.course().danish()
        )
    });
    markup!(r#"<div>{}<dl class="field-values">{}</dl></div>"#, progress, rows)
}

/// Builds the form in which the goal is written.
fn form(ctx: &AftaleContext, id: &Id, goal: Memo<Goal>) -> BuiltView {
    let margin = Margin::of(ctx, id);
    let workspace = ctx.app.workspace;
    let text = |name: &str, label: &'static str, help: &'static str| {
        let path = Path::root(name);
        let items = Some(margin.menu_item(&path, label));
        let field = build_view(
            view! { <RecordText workspace record=id.clone() path=path.clone() label help sort=FieldType::Text items/> },
        );
        margin.wrap(&path, label, field)
    };
    markup!(
        r#"
        <div class="form-sections">
            <section>{}{}<div class="field-row">{}{}{}</div></section>
            <section><h2>Hvad hænger målet på?</h2>{}</section>
            <section><h2>Hvordan ser vi, at det lykkes?</h2>{}{}{}</section>
            <section><h2>Hvad gør vi?</h2>{}{}{}</section>
            <section class="form-end">{}</section>
        </div>"#,
        no_names_note(),
        text("text", "Målet", "Hvad vil I opnå? Én sætning er nok."),
        choice_field(ctx, id, goal, "area", "Område", &Area::ALL, Area::danish, |goal| &mut goal.area),
        choice_field(ctx, id, goal, "reach", "Fælles eller lokalt", &Reach::ALL, Reach::danish, |goal| &mut goal
            .reach),
        choice_field(ctx, id, goal, "horizon", "Sigt", &Horizon::ALL, Horizon::danish, |goal| &mut goal.horizon),
        anchors::anchors(ctx, id, goal, &margin),
        no_names_note(),
        text(
            "signs_of_progression",
            "Tegn på progression",
            "Hvad vil I se og høre undervejs, når det går den rigtige vej?"
        ),
        text(
            "expected_effect",
            "Forventet effekt",
            "Hvad er blevet anderledes for børn, unge eller medarbejdere, når målet er nået?"
        ),
        no_names_note(),
        initiative::list(ctx, id, goal, &margin),
        tek(ctx, id, goal),
        delete(ctx, id)
    )
}

/// Builds the radio group for one choice of a goal. `field_mut` gives the field that holds the choice.
#[allow(clippy::too_many_arguments, reason = "the record, the field and the texts of the choice")]
fn choice_field<T: Copy + PartialEq + Send + Sync + 'static>(
    ctx: &AftaleContext,
    id: &Id,
    goal: Memo<Goal>,
    name: &'static str,
    legend: &'static str,
    values: &'static [T],
    danish: fn(T) -> &'static str,
    field_mut: fn(&mut Goal) -> &mut Option<T>,
) -> BuiltView {
    let (workspace, goal_id) = (ctx.app.workspace, id.clone());
    let chosen = Memo::new(move |_| {
        let chosen = *field_mut(&mut goal.get());
        values.iter().position(|value| Some(*value) == chosen)
    });
    let value = move || chosen.get();
    let pick = move |index: usize| {
        agreements::edit::<Goal>(workspace, &goal_id, &mut Focus::default(), |goal| {
            *field_mut(goal) = values.get(index).copied();
        });
        workspace.save_now();
    };
    let options = values.iter().map(|value| danish(*value)).collect();
    choice_group(ctx, id, name, legend, options, (Rc::new(value), Rc::new(pick)))
}

/// Getter and setter of a choice, by the index of the option.
type ChoiceHandlers = (Rc<dyn Fn() -> Option<usize>>, Rc<dyn Fn(usize)>);

/// Builds a radio group with the open choices of its field.
fn choice_group(
    ctx: &AftaleContext,
    id: &Id,
    name: &'static str,
    legend: &'static str,
    options: Vec<&'static str>,
    handlers: ChoiceHandlers,
) -> BuiltView {
    let (workspace, (value, on_pick)) = (ctx.app.workspace, handlers);
    build_view(view! {
        <div>
            <RadioGroup id=name legend options value on_pick/>
            <FieldExtras workspace record=id.clone() path=Path::root(name) about=legend words=choice_in_words/>
        </div>
    })
}

/// Returns the Danish label of a choice, given its serialized name.
fn choice_in_words(value: &serde_json::Value) -> String {
    fn label<T: serde::de::DeserializeOwned>(
        value: &serde_json::Value,
        danish: fn(T) -> &'static str,
    ) -> Option<String> {
        serde_json::from_value::<T>(value.clone()).ok().map(|choice| danish(choice).to_owned())
    }
    label(value, Area::danish)
        .or_else(|| label(value, Reach::danish))
        .or_else(|| label(value, Horizon::danish))
        .unwrap_or_default()
}

/// Builds the select fields that weigh the corners of the TEK triangle.
fn tek(ctx: &AftaleContext, id: &Id, goal: Memo<Goal>) -> BuiltView {
    const WEIGHTS: [(i8, &str); 5] = [
        (2, CORNER_WORDS[4]),
        (1, CORNER_WORDS[3]),
        (0, CORNER_WORDS[2]),
        (-1, CORNER_WORDS[1]),
        (-2, CORNER_WORDS[0]),
    ];
    type Corner = fn(&mut Tek) -> &mut Option<i8>;
    let corners: [(&'static str, &'static str, Corner); 3] = [
        ("tek-trivsel", "Trivsel", |tek| &mut tek.trivsel),
        ("tek-effekt", "Effekt", |tek| &mut tek.effekt),
        ("tek-kvalitet", "Kvalitet", |tek| &mut tek.kvalitet),
    ];
    let workspace = ctx.app.workspace;
    let selects: Vec<_> = corners
        .into_iter()
        .map(|(input, label, corner_mut)| {
            let goal_id = id.clone();
            let value = move || {
                let weight = *corner_mut(&mut goal.with(|goal| goal.tek).unwrap_or_default());
                WEIGHTS.iter().position(|(value, _)| Some(*value) == weight)
            };
            let options = ["Ikke vejet"].into_iter().chain(WEIGHTS.map(|(_, words)| words));
            inputs::select_field(
                input.to_owned(),
                label.to_owned(),
                options.map(str::to_owned).collect(),
                value,
                move |index| {
                    agreements::edit::<Goal>(workspace, &goal_id, &mut Focus::default(), |goal| {
                        let mut tek = goal.tek.unwrap_or_default();
                        *corner_mut(&mut tek) = index.and_then(|index| WEIGHTS.get(index)).map(|(weight, _)| *weight);
                        goal.tek = (tek != Tek::default()).then_some(tek);
                    });
                    workspace.save_now();
                },
            )
        })
        .collect();
    let choices = build_view(view! {
        <FieldExtras workspace record=id.clone() path=Path::root("tek") about="TEK" words=tek_in_words/>
    });
    markup!(
        r#"
        <details class="tek">
            <summary>Vej indsatserne i TEK-trekanten</summary>
            <p class="help">Hvad venter I, at indsatserne gør ved trivsel, effekt (effektivitet) og kvalitet? De tre skal helst stige sammen.</p>
            <div class="field-row">{}</div>{}
        </details>"#,
        selects,
        choices
    )
}

fn tek_in_words(value: &serde_json::Value) -> String {
    serde_json::from_value::<Tek>(value.clone()).map(lines::tek).unwrap_or_default()
}

/// The id of the button that asks whether to delete the goal.
const DELETE_BUTTON: &str = "delete-goal";
/// The id of the button that keeps the goal.
const KEEP_BUTTON: &str = "keep-goal";

/// Builds the delete button, which asks for confirmation. A deleted goal can be restored on the agreement's page.
fn delete(ctx: &AftaleContext, id: &Id) -> BuiltView {
    let is_confirming = RwSignal::new(false);
    let (ctx, id) = (ctx.clone(), id.clone());
    dynamic_view(move || {
        // The pressed button goes away, so the focus moves to one that comes.
        let ask = move |is_asked: bool| {
            on_click(move || {
                is_confirming.set(is_asked);
                inputs::focus_on(if is_asked { KEEP_BUTTON } else { DELETE_BUTTON }.to_owned());
            })
        };
        if !is_confirming.get() {
            let ask = ask(true);
            return build_view(
                view! { <button type="button" class="quiet" id=DELETE_BUTTON on:click=ask>"Slet målet"</button> },
            );
        }
        let keep = ask(false);
        let keep = build_view(
            view! { <button type="button" class="quiet" id=KEEP_BUTTON on:click=keep>"Behold det"</button> },
        );
        let (ctx, id) = (ctx.clone(), id.clone());
        let delete_goal = move || {
            let workspace = ctx.app.workspace;
            let author = workspace.author();
            workspace.change(&id, |record| record.delete(None, &author));
            workspace.save_now();
            platform::navigation::go_to(&ctx.address());
        };
        markup!(
            r#"<div class="delete-question"><p>Slet målet med dets indsatser? Det kan hentes tilbage på aftalens side.</p><div class="buttons">{}{}</div></div>"#,
            button_with_class("", "Ja, slet målet", on_click(delete_goal)),
            keep
        )
    })
}

/// Builds the links to the agreement, the previous goal and the next goal.
fn neighbours(ctx: &AftaleContext, goal_order: Memo<GoalOrder>, id: &Id) -> BuiltView {
    let (ctx, id) = (ctx.clone(), id.clone());
    dynamic_view(move || {
        let goals = goal_order.get();
        let index = goals.iter().position(|(goal_id, _)| *goal_id == id).unwrap_or_default();
        let link = |index: Option<usize>, words: &'static str| {
            let index = index?;
            let (id, _) = goals.get(index)?;
            Some(markup!(
                r#"<a href="{}"><span class="help">{}</span>{}</a>"#,
                ctx.part(id.as_str()),
                words,
                format!("Mål {}", index + 1)
            ))
        };
        let links: Vec<_> =
            [link(index.checked_sub(1), "Før"), link(Some(index + 1), "Efter")].into_iter().flatten().collect();
        markup!(
            r#"<div><p class="back-link"><a class="button" href="{}">Tilbage til aftalen</a></p><nav class="neighbours" aria-label="Mål ved siden af">{}</nav></div>"#,
            ctx.address(),
            links
        )
    })
}
