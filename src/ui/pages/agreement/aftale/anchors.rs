//! The anchors of a goal: an indicator whose figures it follows, and items of the foundation.

use leptos::prelude::*;

use crate::domain::aftale::progress::{IndicatorSource, figure_text};
use crate::domain::fundament::{self, Sort};
use crate::domain::goal::{Anchor, Figure, Goal};
use crate::domain::id::Id;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::AftaleContext;
use super::comments::Margin;
use crate::ui::kit::components::{FieldExtras, OpenChoice};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, or_empty};
use crate::ui::state::queries::agreements::{self, UnitIndicators};

/// Builds the fields for a goal's anchors.
pub(crate) fn anchors(ctx: &AftaleContext, id: &Id, goal: Memo<Goal>, margin: &Margin) -> BuiltView {
    let indicator_id = Memo::new(move |_| goal.with(|goal| goal.indicator().cloned()));
    let figures = {
        let (ctx, id, margin) = (ctx.clone(), id.clone(), margin.clone());
        dynamic_view(move || {
            let _: Option<Id> = indicator_id.get();
            let unit = untrack(|| UnitIndicators::of(&ctx).indicator_of(&ctx.app.body(Some(&id))))
                .map(|indicator| indicator.measure.danish());
            figures(&ctx, &id, goal, &margin, unit.unwrap_or("tal"))
        })
    };
    markup!(
        r#"<div class="anchors">{}{}{}</div>"#,
        margin.wrap(&Path::root("anchors"), "det, målet hænger på", indicator(ctx, id, goal, margin)),
        figures,
        others(ctx, id, goal)
    )
}

/// Builds the choice of an indicator of the unit, with its progress.
fn indicator(ctx: &AftaleContext, id: &Id, goal: Memo<Goal>, margin: &Margin) -> BuiltView {
    // Untracked: a record that arrives must not rebuild the page while the user works in it.
    let indicators = untrack(|| UnitIndicators::of(ctx).indicators());
    let workspace = ctx.app.workspace;
    let (goal_id, progress_ctx) = (id.clone(), ctx.clone());
    let (names, indicators_by_index) = (indicators.clone(), indicators.clone());
    let value = move || {
        let indicator_id = goal.with(|goal| goal.indicator().cloned())?;
        indicators_by_index.iter().position(|indicator| indicator.id == indicator_id.as_str())
    };
    let pick = move |index: Option<usize>| {
        let chosen = index.and_then(|index| indicators.get(index)).and_then(|indicator| Id::parse(&indicator.id));
        agreements::edit::<Goal>(workspace, &goal_id, &mut Focus::default(), |goal| {
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
    // Only the parts of the goal that the progress depends on, so that typing in its texts does not compute it again.
    let progress_inputs =
        Memo::new(move |_| goal.with(|goal| (goal.indicator().cloned(), goal.baseline.clone(), goal.wanted.clone())));
    let progress_line = dynamic_view(move || {
        progress_inputs.track();
        let goal = goal.get_untracked();
        if goal.indicator().is_none() {
            return build_view(());
        }
        let Some(progress) = UnitIndicators::of(&progress_ctx).progress(&goal, agreements::head(&progress_ctx).period)
        else {
            return build_view(());
        };
        let words = progress.danish();
        if words.is_empty() {
            return markup!(
                r##"<p class="help">Der er ingen tal på den endnu. <a href="#/indikatorer">Skriv dem under Indikatorer</a>, så følger målet med.</p>"##
            );
        }
        markup!(
            r##"<p class="goal-figures">Tallene: {} <strong>{}</strong> <a href="#/indikatorer">Se tallene</a></p>"##,
            words,
            progress.course().danish()
        )
    });
    let leaf = inputs::LeafInput { workspace, record: id.clone(), path: Path::root("anchors") };
    let items = margin.menu_item(&leaf.path, "det, målet hænger på");
    let menu = inputs::leaf_menu(&leaf, "Indikator", Some(items));
    markup!("<div>{}{}{}</div>", select, menu, progress_line)
}

/// Builds the fields for the goal's baseline and its wanted figure. `unit` names the unit of measurement.
fn figures(ctx: &AftaleContext, id: &Id, goal: Memo<Goal>, margin: &Margin, unit: &str) -> BuiltView {
    let workspace = ctx.app.workspace;
    let figure_input = |name: &'static str,
                        label: &'static str,
                        help: String,
                        figure_mut: fn(&mut Goal) -> &mut Option<Figure>| {
        let path = Path::root(name);
        let leaf = inputs::LeafInput { workspace, record: id.clone(), path: path.clone() };
        let (goal_id, indicators) = (id.clone(), untrack(|| UnitIndicators::of(ctx)));
        let value = move || figure_mut(&mut goal.get()).as_ref().and_then(|figure| figure.value);
        let field = inputs::figure_field(
            leaf,
            name.to_owned(),
            format!("{label} ({unit})"),
            help,
            value,
            move |value, focus| {
                agreements::edit::<Goal>(workspace, &goal_id, focus, |goal| {
                    let measure = indicators.indicator_of(goal).map(|indicator| indicator.measure);
                    let figure = figure_mut(goal);
                    *figure = value.map(|value| Figure { value: Some(value), measure, ..Figure::default() });
                });
            },
        );
        let choices = build_view(view! {
            <FieldExtras workspace record=id.clone() path=path.clone() about=label words=figure_in_words items=Some(margin.menu_item(&path, label))/>
        });
        margin.wrap(&path, label, markup!("<div>{}{}</div>", field, choices))
    };
    // The published progress, as a version would state it.
    let progress = untrack(|| {
        let goal: Goal = ctx.app.body(Some(id));
        IndicatorSource::progress(&UnitIndicators::of(ctx), &goal, agreements::head(ctx).period).unwrap_or_default()
    });
    let followed_figure =
        |figure: &Option<Figure>, follows: bool| figure.as_ref().filter(|_| follows).and_then(figure_text);
    let baseline_help = match followed_figure(&progress.from, progress.is_followed) {
        Some(figure) => format!("Følger indikatoren: {figure}. Skriv kun et tal, hvis I begynder et andet sted."),
        None => "Skriver I ikke noget, følger det indikatoren.".to_owned(),
    };
    let wanted_help = match followed_figure(&progress.wanted, progress.is_wanted_followed) {
        Some(figure) => {
            format!("Følger målet for indikatoren: {figure}. Skriv kun et tal, hvis I vil et andet sted hen.")
        }
        None => "Skriver I ikke noget, følger det målet for indikatoren, hvis der er sat et.".to_owned(),
    };
    markup!(
        r"<div>{}{}</div>",
        figure_input("baseline", "Udgangspunkt", baseline_help, |goal| &mut goal.baseline),
        figure_input("wanted", "Ønsket ved aftalens slutning", wanted_help, |goal| &mut goal.wanted)
    )
}

fn figure_in_words(value: &serde_json::Value) -> String {
    serde_json::from_value::<Figure>(value.clone()).ok().as_ref().and_then(figure_text).unwrap_or_default()
}

/// Builds the boxes for the other anchors: common themes, pejlemærker, core services, and themes and goals of the
/// council's model.
fn others(ctx: &AftaleContext, id: &Id, goal: Memo<Goal>) -> BuiltView {
    type MakeAnchor = fn(Id) -> Anchor;
    let sorts: [(&'static str, Sort, MakeAnchor); 4] = [
        ("Pejlemærker", Sort::Pejlemaerke, Anchor::Pejlemaerke),
        ("Kerneydelser", Sort::Task, Anchor::CoreService),
        ("Temaer i Sammenhængsmodellen", Sort::Theme, Anchor::Theme),
        ("Mål i Sammenhængsmodellen", Sort::Goal, Anchor::CouncilGoal),
    ];
    let groups: Vec<_> = sorts
        .into_iter()
        .map(|(legend, sort, make_anchor)| {
            // The core services are the four tasks directly under the common task (kerneopgave).
            let is_offered =
                |item: &&fundament::FundamentItem| sort != Sort::Task || item.on.iter().any(|on| on == "kerneopgave");
            let items: Vec<_> = fundament::present_edition()
                .into_iter()
                .flat_map(|edition| edition.of_sort(sort))
                .filter(is_offered)
                .collect();
            let checkboxes = items
                .into_iter()
                .filter_map(|item| {
                    Some(anchor_checkbox(ctx, id, goal, Id::parse(&item.id)?, item.label.clone(), make_anchor))
                })
                .collect();
            group(legend, checkboxes)
        })
        .collect();
    let workspace = ctx.app.workspace;
    let choices = build_view(
        view! { <OpenChoice workspace record=id.clone() path=Path::root("anchors") about="det, målet hænger på"/> },
    );
    markup!(
        r#"<div>{}<details class="fold"><summary>Mere, som målet hænger på</summary><div>{}{}</div></details></div>"#,
        themes(ctx, id, goal),
        groups,
        choices
    )
}

/// Builds a labelled group of boxes.
fn group(legend: &'static str, checkboxes: Vec<BuiltView>) -> BuiltView {
    build_view(
        view! { <fieldset class="one-of"><legend>{legend}</legend><div class="options">{checkboxes}</div></fieldset> },
    )
}

/// Builds the boxes for the themes of the cycle. They come with the secretariat's package.
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
        let checkboxes = offered
            .get()
            .into_iter()
            .map(|(theme, title)| anchor_checkbox(&ctx, &id, goal, theme, title, Anchor::Theme));
        let checkboxes: Vec<_> = checkboxes.collect();
        or_empty((!checkboxes.is_empty()).then(|| group("De fælles temaer", checkboxes)))
    })
}

/// Builds the checkbox for one anchor.
fn anchor_checkbox(
    ctx: &AftaleContext,
    id: &Id,
    goal: Memo<Goal>,
    anchor: Id,
    label: String,
    make_anchor: fn(Id) -> Anchor,
) -> BuiltView {
    let workspace = ctx.app.workspace;
    let (goal_id, anchor_key) = (id.clone(), anchor.clone());
    let is_on = move || goal.with(|goal| goal.anchors.get(&anchor_key).is_some());
    let change = move |is_on: bool| {
        agreements::edit::<Goal>(workspace, &goal_id, &mut Focus::default(), |goal| {
            if is_on {
                goal.anchors.insert(anchor.clone(), make_anchor(anchor.clone()));
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
