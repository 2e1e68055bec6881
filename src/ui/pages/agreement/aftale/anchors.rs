//! What a goal hangs on: an indicator, whose figures it follows, and the rest.

use leptos::prelude::*;

use crate::domain::aftale::progress::{IndicatorSource, figure_text};
use crate::domain::fundament::{self, Sort};
use crate::domain::goal::{Anchor, Figure, Goal};
use crate::domain::id::Id;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::AftaleContext;
use super::comments::Margin;
use crate::ui::kit::components::Choices;
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, or_empty};
use crate::ui::state::queries::agreements::{self, UnitIndicators};

/// What a goal hangs on.
pub(crate) fn anchors(ctx: &AftaleContext, id: &Id, goal: Memo<Goal>, margin: &Margin) -> BuiltView {
    let has_indicator = Memo::new(move |_| goal.with(|goal| goal.indicator().cloned()));
    let figures = {
        let (ctx, id, margin) = (ctx.clone(), id.clone(), margin.clone());
        dynamic_view(move || {
            let _: Option<Id> = has_indicator.get();
            let unit = untrack(|| UnitIndicators::of(&ctx).indicator_of(&ctx.desk.body(Some(&id))))
                .map(|indicator| indicator.measure.danish());
            figures(&ctx, &id, goal, &margin, unit.unwrap_or("tal"))
        })
    };
    markup!(
        r#"<div class="anchors">{}{}{}</div>"#,
        margin.at(&Path::root("anchors"), "det, målet hænger på", indicator(ctx, id, goal)),
        figures,
        others(ctx, id, goal)
    )
}

/// The indicator, of the unit's.
fn indicator(ctx: &AftaleContext, id: &Id, goal: Memo<Goal>) -> BuiltView {
    // Not followed: a record that comes must not build the page anew under its user's hands.
    let all = untrack(|| UnitIndicators::of(ctx).indicators());
    let workspace = ctx.desk.workspace;
    let (write, here) = (id.clone(), ctx.clone());
    let (names, places) = (all.clone(), all.clone());
    let value = move || {
        let own = goal.with(|goal| goal.indicator().cloned())?;
        places.iter().position(|indicator| indicator.id == own.as_str())
    };
    let pick = move |place: Option<usize>| {
        let chosen = place.and_then(|place| all.get(place)).and_then(|indicator| Id::parse(&indicator.id));
        agreements::edit::<Goal>(workspace, &write, &mut Focus::default(), |goal| {
            goal.anchors.retain(|_, anchor| !matches!(anchor, Anchor::Indicator(_)));
            if let Some(chosen) = chosen {
                goal.anchors.insert(chosen.clone(), Anchor::Indicator(chosen));
            }
        });
        workspace.save_now();
    };
    let names = names.into_iter().map(|indicator| indicator.name);
    let select = inputs::select_field(
        "indicator".to_owned(),
        "Indikator".to_owned(),
        std::iter::once("Ingen indikator".to_owned()).chain(names).collect(),
        value,
        pick,
    );
    // By what the figures hang on, and not by the goal's words.
    let hangs =
        Memo::new(move |_| goal.with(|goal| (goal.indicator().cloned(), goal.baseline.clone(), goal.wanted.clone())));
    let moves = dynamic_view(move || {
        hangs.track();
        let goal = goal.get_untracked();
        if goal.indicator().is_none() {
            return build_view(());
        }
        let Some(progress) = UnitIndicators::of(&here).progress(&goal, agreements::head(&here).period) else {
            return build_view(());
        };
        let words = progress.danish();
        if words.is_empty() {
            return markup!(
                r##"<p class="help">Der er ingen tal på den endnu. <a href="#/indikatorer">Skriv dem under Indikatorer</a>, så følger målet med.</p>"##
            );
        }
        markup!(
            r##"<p class="figures">Tallene: {} <strong>{}</strong> <a href="#/indikatorer">Se tallene</a></p>"##,
            words,
            progress.course().danish()
        )
    });
    markup!("<div>{}{}</div>", select, moves)
}

/// Where it begins, and where it should end.
fn figures(ctx: &AftaleContext, id: &Id, goal: Memo<Goal>, margin: &Margin, unit: &str) -> BuiltView {
    let workspace = ctx.desk.workspace;
    let one = |name: &'static str, label: &'static str, help: String, of: fn(&mut Goal) -> &mut Option<Figure>| {
        let path = Path::root(name);
        let at = inputs::LeafInput { workspace, record: id.clone(), path: path.clone() };
        let (write, here) = (id.clone(), untrack(|| UnitIndicators::of(ctx)));
        let value = move || of(&mut goal.get()).as_ref().and_then(|figure| figure.value);
        let field =
            inputs::figure_field(at, name.to_owned(), format!("{label} ({unit})"), help, value, move |value, focus| {
                agreements::edit::<Goal>(workspace, &write, focus, |goal| {
                    let measure = here.indicator_of(goal).map(|indicator| indicator.measure);
                    let figure = of(goal);
                    *figure = value.map(|value| Figure { value: Some(value), measure, ..Figure::default() });
                });
            });
        let choices = build_view(view! {
            <Choices workspace record=id.clone() path=path.clone() about=label words=figure_in_words/>
        });
        margin.at(&path, label, markup!("<div>{}{}</div>", field, choices))
    };
    // As a version would say it.
    let progress = untrack(|| {
        let goal: Goal = ctx.desk.body(Some(id));
        IndicatorSource::progress(&UnitIndicators::of(ctx), &goal, agreements::head(ctx).period).unwrap_or_default()
    });
    let followed = |figure: &Option<Figure>, follows: bool| figure.as_ref().filter(|_| follows).and_then(figure_text);
    let begins = match followed(&progress.from, progress.is_followed) {
        Some(figure) => format!("Følger indikatoren: {figure}. Skriv kun et tal, hvis I begynder et andet sted."),
        None => "Skriver I ikke noget, følger det indikatoren.".to_owned(),
    };
    let ends = match followed(&progress.wanted, progress.is_wanted_followed) {
        Some(figure) => {
            format!("Følger målet for indikatoren: {figure}. Skriv kun et tal, hvis I vil et andet sted hen.")
        }
        None => "Skriver I ikke noget, følger det målet for indikatoren, hvis der er sat et.".to_owned(),
    };
    markup!(
        r"<div>{}{}</div>",
        one("baseline", "Udgangspunkt", begins, |goal| &mut goal.baseline),
        one("wanted", "Ønsket ved aftalens slutning", ends, |goal| &mut goal.wanted)
    )
}

fn figure_in_words(value: &serde_json::Value) -> String {
    serde_json::from_value::<Figure>(value.clone()).ok().as_ref().and_then(figure_text).unwrap_or_default()
}

/// The rest of what it can hang on: pejlemærker, core services, goals of the council's model and its themes.
fn others(ctx: &AftaleContext, id: &Id, goal: Memo<Goal>) -> BuiltView {
    type Makes = fn(Id) -> Anchor;
    let sorts: [(&'static str, Sort, Makes); 4] = [
        ("Pejlemærker", Sort::Pejlemaerke, Anchor::Pejlemaerke),
        ("Kerneydelser", Sort::Task, Anchor::CoreService),
        ("Temaer i Sammenhængsmodellen", Sort::Theme, Anchor::Theme),
        ("Mål i Sammenhængsmodellen", Sort::Goal, Anchor::CouncilGoal),
    ];
    let groups: Vec<_> = sorts
        .into_iter()
        .map(|(legend, sort, makes)| {
            // Of the tasks the four right under the common one are the core services.
            let is_offered =
                |item: &&fundament::FundamentItem| sort != Sort::Task || item.on.iter().any(|on| on == "kerneopgave");
            let items: Vec<_> =
                fundament::present().into_iter().flat_map(|edition| edition.of_sort(sort)).filter(is_offered).collect();
            let boxes = items
                .into_iter()
                .filter_map(|item| Some(tick(ctx, id, goal, Id::parse(&item.id)?, item.label.clone(), makes)))
                .collect();
            group(legend, boxes)
        })
        .collect();
    let workspace = ctx.desk.workspace;
    let who = build_view(
        view! { <Choices workspace record=id.clone() path=Path::root("anchors") about="det, målet hænger på"/> },
    );
    markup!(
        r#"<div>{}<details class="others"><summary>Mere, som målet hænger på</summary><div>{}{}</div></details></div>"#,
        themes(ctx, id, goal),
        groups,
        who
    )
}

fn group(legend: &'static str, boxes: Vec<BuiltView>) -> BuiltView {
    build_view(
        view! { <fieldset class="one-of"><legend>{legend}</legend><div class="options">{boxes}</div></fieldset> },
    )
}

/// The themes of the cycle, which come with the secretariat's package.
fn themes(ctx: &AftaleContext, id: &Id, goal: Memo<Goal>) -> BuiltView {
    let offered = {
        let ctx = ctx.clone();
        Memo::new(move |_| {
            let package = agreements::package(&ctx);
            let themes = package.themes_for_units().into_iter();
            themes.map(|(id, theme)| (id.clone(), theme.title.0.clone())).collect::<Vec<_>>()
        })
    };
    let (ctx, id) = (ctx.clone(), id.clone());
    dynamic_view(move || {
        let boxes = offered.get().into_iter().map(|(theme, title)| tick(&ctx, &id, goal, theme, title, Anchor::Theme));
        let boxes: Vec<_> = boxes.collect();
        or_empty((!boxes.is_empty()).then(|| group("De fælles temaer", boxes)))
    })
}

fn tick(
    ctx: &AftaleContext,
    id: &Id,
    goal: Memo<Goal>,
    anchor: Id,
    label: String,
    makes: fn(Id) -> Anchor,
) -> BuiltView {
    let workspace = ctx.desk.workspace;
    let (write, own) = (id.clone(), anchor.clone());
    let is_on = move || goal.with(|goal| goal.anchors.get(&own).is_some());
    let change = move |is_on: bool| {
        agreements::edit::<Goal>(workspace, &write, &mut Focus::default(), |goal| {
            if is_on {
                goal.anchors.insert(anchor.clone(), makes(anchor.clone()));
            } else {
                goal.anchors.remove(&anchor);
            }
        });
        workspace.save_now();
    };
    let change: Box<dyn Fn(bool)> = Box::new(change);
    build_view(view! {
        <label class="option">
            <input type="checkbox" prop:checked=is_on on:change:target=move |event| change(event.target().checked())/>
            <span>{label}</span>
        </label>
    })
}
