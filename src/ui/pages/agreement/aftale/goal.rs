//! A goal: its words, what it hangs on, and the initiatives that carry it. One goal a page, so that the eye has one thing.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::aftale::lines;
use crate::domain::goal::{Area, Goal, Horizon, Reach};
use crate::domain::id::Id;
use crate::domain::proevehandling::Tek;
use crate::domain::registry::Kind;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::anchors;
use super::comments::Margin;
use super::initiative;
use super::{AftaleContext, crumbs};
use crate::ui::kit::components::{Choices, DeletedButChanged, FieldType, RadioGroup, RecordText, shared};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::origin::origin_link;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_view, on_click, or_empty};
use crate::ui::platform;
use crate::ui::state::queries::agreements::{self, UnitIndicators};

/// The page of a goal.
pub(crate) fn page(ctx: &AftaleContext, goal: &Id) -> BuiltView {
    let (ctx, id) = (ctx.clone(), goal.clone());
    let workspace = ctx.desk.workspace;
    let is_there = {
        let id = id.clone();
        Memo::new(move |_| workspace.has_living(&id, Kind::Goal))
    };
    // Read once at each key, and all that is not a text goes by it: it is the same whatever is typed.
    let goal = {
        let (desk, id) = (ctx.desk, id.clone());
        Memo::new(move |_| desk.body::<Goal>(Some(&id)).outline())
    };
    let origin = Memo::new(move |_| goal.with(|goal| goal.origin.clone()));
    let is_open = {
        let ctx = ctx.clone();
        Memo::new(move |_| agreements::is_open(&ctx))
    };
    let places = {
        let ctx = ctx.clone();
        Memo::new(move |_| agreements::goal_places(&ctx))
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
        let from = {
            let ctx = ctx.clone();
            dynamic_view(move || or_empty(origin.get().map(|origin| origin_link(ctx.desk, &origin))))
        };
        markup!(
            r"<div>{}{}{}{}{}{}{}</div>",
            crumbs(&ctx),
            head(places, &id),
            from,
            build_view(view! { <DeletedButChanged workspace record=id.clone()/> }),
            body,
            shared(workspace, &id, "målet med indsatser, men uden navne og tal,", || ()),
            neighbours(&ctx, places, &id)
        )
    })
}

/// The number and area of the goal, kept true as it moves.
fn head(places: Memo<Places>, id: &Id) -> BuiltView {
    let id = id.clone();
    dynamic_view(move || {
        let (number, count, area) = places.with(|places| {
            let place = places.iter().position(|(own, _)| *own == id).unwrap_or_default();
            (place + 1, places.len(), places.get(place).and_then(|(_, area)| *area))
        });
        markup!(
            r#"<header class="page-head"><h1>{}</h1><p class="purpose">{}</p></header>"#,
            format!("Mål {number} af {count}"),
            area.map_or("Målet har ikke noget område endnu.", Area::danish)
        )
    })
}

/// The goals in their order, each with its area.
type Places = Vec<(Id, Option<Area>)>;

/// A goal that was agreed to: its words stand, its initiatives are followed.
fn locked(ctx: &AftaleContext, id: &Id) -> BuiltView {
    let margin = Margin::of(ctx, id);
    let said = {
        let (ctx, id) = (ctx.clone(), id.clone());
        dynamic_view(move || said(&ctx, &id))
    };
    // By the words of the initiatives, and not by how far they are: that is chosen here.
    let initiatives = {
        let (desk, id) = (ctx.desk, id.clone());
        Memo::new(move |_| {
            let goal: Goal = desk.body(Some(&id));
            let all = goal.initiatives_in_order().into_iter();
            all.map(|(own, initiative)| (own.clone(), lines::initiative(initiative), initiative.text.0.clone()))
                .collect::<Vec<_>>()
        })
    };
    let (ctx, goal) = (ctx.clone(), id.clone());
    let initiatives = dynamic_view(move || {
        let rows: Vec<_> = initiatives
            .get()
            .iter()
            .map(|(own, words, text)| {
                markup!(r"<li><div>{}</div>{}</li>", words.as_str(), initiative::status(&ctx, &goal, own, text))
            })
            .collect();
        markup!(r#"<ul class="due">{}</ul>"#, rows)
    });
    markup!(
        r#"
        <div>
            <p class="notice">Ordene ligger fast. Begynd en revision, eller træk versionen tilbage, hvis de skal ændres.</p>
            <div class="sheet"><section>{}</section><section><h2>Indsatser</h2>{}</section></div>
        </div>"#,
        margin.at(&Path::root("text"), "Målet", said),
        initiatives
    )
}

/// What was agreed to of a goal, and how its indicator moves.
fn said(ctx: &AftaleContext, id: &Id) -> BuiltView {
    let goal: Goal = ctx.desk.body(Some(id));
    let head = agreements::head(ctx);
    let rows: Vec<_> = lines::goal(&goal, &UnitIndicators::of(ctx), head.period)
        .into_iter()
        .filter(|line| !line.key.starts_with("initiatives/"))
        .map(|line| markup!(r#"<div><dt>{}</dt><dd class="text">{}</dd></div>"#, line.label, line.text))
        .collect();
    let progress = UnitIndicators::of(ctx).progress(&goal, head.period).map(|progress| {
        markup!(
            r#"<p class="figures">{}: {} <strong>{}</strong></p>"#,
            progress.name.as_str(),
            progress.danish(),
            progress.course().danish()
        )
    });
    markup!(r#"<div>{}<dl class="said">{}</dl></div>"#, progress, rows)
}

fn form(ctx: &AftaleContext, id: &Id, goal: Memo<Goal>) -> BuiltView {
    let margin = Margin::of(ctx, id);
    let workspace = ctx.desk.workspace;
    let text = |name: &str, label: &'static str, help: &'static str| {
        let path = Path::root(name);
        let field = build_view(
            view! { <RecordText workspace record=id.clone() path=path.clone() label help sort=FieldType::Text/> },
        );
        margin.at(&path, label, field)
    };
    markup!(
        r#"
        <div class="sheet">
            <section>{}<div class="three">{}{}{}</div></section>
            <section><h2>Hvad hænger målet på?</h2>{}</section>
            <section><h2>Hvordan ser vi, at det lykkes?</h2>{}{}</section>
            <section><h2>Hvad gør vi?</h2>{}{}</section>
            <section class="end">{}</section>
        </div>"#,
        text("text", "Målet", "Hvad vil I opnå? Én sætning er nok."),
        one_of(ctx, id, goal, "area", "Område", &Area::ALL, Area::danish, |goal| &mut goal.area),
        one_of(ctx, id, goal, "reach", "Fælles eller lokalt", &Reach::ALL, Reach::danish, |goal| &mut goal.reach),
        one_of(ctx, id, goal, "horizon", "Sigt", &Horizon::ALL, Horizon::danish, |goal| &mut goal.horizon),
        anchors::anchors(ctx, id, goal, &margin),
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
        initiative::list(ctx, id, goal, &margin),
        tek(ctx, id, goal),
        delete(ctx, id)
    )
}

/// A choice of one of a goal's sorts.
#[allow(clippy::too_many_arguments, reason = "a choice is what it is of, and how it is called")]
fn one_of<T: Copy + PartialEq + Send + Sync + 'static>(
    ctx: &AftaleContext,
    id: &Id,
    goal: Memo<Goal>,
    name: &'static str,
    legend: &'static str,
    all: &'static [T],
    danish: fn(T) -> &'static str,
    of: fn(&mut Goal) -> &mut Option<T>,
) -> BuiltView {
    let (workspace, write) = (ctx.desk.workspace, id.clone());
    let chosen = Memo::new(move |_| {
        let chosen = *of(&mut goal.get());
        all.iter().position(|own| Some(*own) == chosen)
    });
    let value = move || chosen.get();
    let pick = move |place: usize| {
        agreements::edit::<Goal>(workspace, &write, &mut Focus::default(), |goal| *of(goal) = all.get(place).copied());
        workspace.save_now();
    };
    let options = all.iter().map(|own| danish(*own)).collect();
    one_of_named(ctx, id, name, legend, options, (Rc::new(value), Rc::new(pick)))
}

/// What there is chosen, and the choosing.
type Choosing = (Rc<dyn Fn() -> Option<usize>>, Rc<dyn Fn(usize)>);

fn one_of_named(
    ctx: &AftaleContext,
    id: &Id,
    name: &'static str,
    legend: &'static str,
    options: Vec<&'static str>,
    choosing: Choosing,
) -> BuiltView {
    let (workspace, (value, on_pick)) = (ctx.desk.workspace, choosing);
    build_view(view! {
        <div>
            <RadioGroup id=name legend options value on_pick/>
            <Choices workspace record=id.clone() path=Path::root(name) about=legend words=choice_in_words/>
        </div>
    })
}

/// A choice as it is called, from its name in the file.
fn choice_in_words(value: &serde_json::Value) -> String {
    fn named<T: serde::de::DeserializeOwned>(
        value: &serde_json::Value,
        danish: fn(T) -> &'static str,
    ) -> Option<String> {
        serde_json::from_value::<T>(value.clone()).ok().map(|own| danish(own).to_owned())
    }
    named(value, Area::danish)
        .or_else(|| named(value, Reach::danish))
        .or_else(|| named(value, Horizon::danish))
        .unwrap_or_default()
}

/// The weighing on the corners of the TEK triangle.
fn tek(ctx: &AftaleContext, id: &Id, goal: Memo<Goal>) -> BuiltView {
    const WEIGHTS: [(i8, &str); 5] = [(2, "Meget op"), (1, "Op"), (0, "Uændret"), (-1, "Ned"), (-2, "Meget ned")];
    type Corner = fn(&mut Tek) -> &mut Option<i8>;
    let corners: [(&'static str, &'static str, Corner); 3] = [
        ("tek-trivsel", "Trivsel", |tek| &mut tek.trivsel),
        ("tek-effekt", "Effekt", |tek| &mut tek.effekt),
        ("tek-kvalitet", "Kvalitet", |tek| &mut tek.kvalitet),
    ];
    let workspace = ctx.desk.workspace;
    let selects: Vec<_> = corners
        .into_iter()
        .map(|(input, label, of)| {
            let write = id.clone();
            let value = move || {
                let weight = *of(&mut goal.with(|goal| goal.tek).unwrap_or_default());
                WEIGHTS.iter().position(|(own, _)| Some(*own) == weight)
            };
            let options = ["Ikke vejet"].into_iter().chain(WEIGHTS.map(|(_, words)| words));
            inputs::select_field(
                input.to_owned(),
                label.to_owned(),
                options.map(str::to_owned).collect(),
                value,
                move |place| {
                    agreements::edit::<Goal>(workspace, &write, &mut Focus::default(), |goal| {
                        let mut tek = goal.tek.unwrap_or_default();
                        *of(&mut tek) = place.and_then(|place| WEIGHTS.get(place)).map(|(weight, _)| *weight);
                        goal.tek = (tek != Tek::default()).then_some(tek);
                    });
                    workspace.save_now();
                },
            )
        })
        .collect();
    let choices = build_view(view! {
        <Choices workspace record=id.clone() path=Path::root("tek") about="TEK" words=tek_in_words/>
    });
    markup!(
        r#"
        <details class="tek">
            <summary>Vej indsatserne i TEK-trekanten</summary>
            <p class="help">Hvad venter I, at indsatserne gør ved trivsel, effekt og kvalitet? De tre skal helst stige sammen.</p>
            <div class="three">{}</div>{}
        </details>"#,
        selects,
        choices
    )
}

fn tek_in_words(value: &serde_json::Value) -> String {
    serde_json::from_value::<Tek>(value.clone()).map(lines::tek).unwrap_or_default()
}

/// The way to delete a goal: asked once, and never for good.
fn delete(ctx: &AftaleContext, id: &Id) -> BuiltView {
    let is_asked = RwSignal::new(false);
    let (ctx, id) = (ctx.clone(), id.clone());
    dynamic_view(move || {
        if !is_asked.get() {
            return button_with_class("quiet", "Slet målet", on_click(move || is_asked.set(true)));
        }
        let (ctx, id) = (ctx.clone(), id.clone());
        let yes = move || {
            let workspace = ctx.desk.workspace;
            let author = workspace.author();
            workspace.change(&id, |record| record.delete(None, &author));
            workspace.save_now();
            platform::navigation::go_to(&ctx.address());
        };
        markup!(
            r#"<div class="asked"><p>Slet målet med dets indsatser? Det kan hentes tilbage på aftalens side.</p><div class="buttons">{}{}</div></div>"#,
            button_with_class("", "Ja, slet målet", on_click(yes)),
            button_with_class("quiet", "Behold det", on_click(move || is_asked.set(false)))
        )
    })
}

/// The goals before and after, as one reads on.
fn neighbours(ctx: &AftaleContext, places: Memo<Places>, id: &Id) -> BuiltView {
    let (ctx, id) = (ctx.clone(), id.clone());
    dynamic_view(move || {
        let ids = places.get();
        let place = ids.iter().position(|(own, _)| *own == id).unwrap_or_default();
        let link = |place: Option<usize>, words: &'static str| {
            let place = place?;
            let (id, _) = ids.get(place)?;
            Some(markup!(
                r#"<a href="{}"><span class="help">{}</span>{}</a>"#,
                ctx.part(id.as_str()),
                words,
                format!("Mål {}", place + 1)
            ))
        };
        let links: Vec<_> =
            [link(place.checked_sub(1), "Før"), link(Some(place + 1), "Efter")].into_iter().flatten().collect();
        markup!(
            r#"<div><p class="back"><a class="button" href="{}">Tilbage til aftalen</a></p><nav class="neighbours" aria-label="Mål ved siden af">{}</nav></div>"#,
            ctx.address(),
            links
        )
    })
}
