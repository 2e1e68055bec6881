//! The anchors of a goal: an indicator whose figures it follows, and other things that it hangs on.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::aftale::progress::{IndicatorSource, figure_text};
use crate::domain::anchor_choice;
use crate::domain::fundament;
use crate::domain::goal::{Anchor, Figure, Goal};
use crate::domain::id::Id;
use crate::domain::relations::LocalFacts;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::AftaleContext;
use super::comments::Margin;
use crate::ui::kit::anchors::{AnchorChoices, AnchorInput, anchor_picker, own_tasks_hint};
use crate::ui::kit::components::{FieldExtras, OpenChoice};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::relations::relations_part;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view};
use crate::ui::state::queries::agreements::{self, UnitIndicators};
use crate::ui::state::queries::relations;

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

/// Returns the indicators to choose from, each as its id and name. The one that the goal follows is among them, also if
/// it is of an earlier edition or deleted.
fn listed_indicators(ctx: &AftaleContext, goal: Memo<Goal>) -> Vec<(String, String)> {
    let of_unit = UnitIndicators::of(ctx);
    let indicators = of_unit.indicators().into_iter();
    let mut listed: Vec<(String, String)> = indicators.map(|indicator| (indicator.id, indicator.name)).collect();
    let followed = goal.with(|goal| goal.indicator().cloned());
    if let Some(followed) = followed.filter(|own| listed.iter().all(|(id, _)| id != own.as_str())) {
        let id = followed.to_string();
        listed.push((id, of_unit.name(&Anchor::Indicator(followed))));
    }
    listed
}

/// Builds the choice of an indicator of the unit, with its progress.
fn indicator(ctx: &AftaleContext, id: &Id, goal: Memo<Goal>, margin: &Margin) -> BuiltView {
    // Untracked: a record that arrives must not rebuild the page while the user works in it.
    let indicators = untrack(|| listed_indicators(ctx, goal));
    let workspace = ctx.app.workspace;
    let (goal_id, progress_ctx) = (id.clone(), ctx.clone());
    let (names, indicators_by_index) = (indicators.clone(), indicators.clone());
    let value = move || {
        let indicator_id = goal.with(|goal| goal.indicator().cloned())?;
        indicators_by_index.iter().position(|(id, _)| id == indicator_id.as_str())
    };
    let pick = move |index: Option<usize>| {
        let chosen = index.and_then(|index| indicators.get(index)).and_then(|(id, _)| Id::parse(id));
        agreements::edit::<Goal>(workspace, &goal_id, &mut Focus::default(), |goal| {
            goal.anchors.retain(|_, anchor| !matches!(anchor, Anchor::Indicator(_)));
            if let Some(chosen) = chosen {
                goal.anchors.insert(chosen.clone(), Anchor::Indicator(chosen));
            }
        });
        workspace.save_now();
    };
    let names = names.into_iter().map(|(_, name)| name);
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

/// Builds the boxes for the other anchors: the themes of the cycle, the foundation, and the unit's own tasks.
fn others(ctx: &AftaleContext, id: &Id, goal: Memo<Goal>) -> BuiltView {
    let workspace = ctx.app.workspace;
    let themes = {
        let ctx = ctx.clone();
        Memo::new(move |_| relations::theme_options(&agreements::package(&ctx)))
    };
    let unit = unit_of(ctx);
    let common = relations::common(ctx.app, unit);
    let groups = Memo::new(move |_| {
        let edition = fundament::present_edition();
        edition.map(|edition| common.with(|facts| anchor_choice::goal_groups(edition, facts))).unwrap_or_default()
    });
    let goal_id = id.clone();
    let write = move |anchor: &Anchor, is_on: bool| {
        agreements::edit::<Goal>(workspace, &goal_id, &mut Focus::default(), |goal| {
            if is_on {
                goal.anchors.insert(anchor.id().clone(), anchor.clone());
            } else {
                goal.anchors.remove(anchor.id());
            }
        });
        workspace.save_now();
    };
    // The indicator has a list of its own.
    let anchors = Memo::new(move |_| {
        let mut anchors = goal.with(|goal| goal.anchors.clone());
        anchors.retain(|_, anchor| !matches!(anchor, Anchor::Indicator(_)));
        anchors
    });
    let input = AnchorInput { anchors, write: Rc::new(write) };
    let choices = build_view(
        view! { <OpenChoice workspace record=id.clone() path=Path::root("anchors") about="det, målet hænger på"/> },
    );
    let picker = anchor_picker(ctx.app, AnchorChoices { themes, groups }, &input, own_tasks_hint(unit));
    markup!("<div>{}{}</div>", picker, choices)
}

/// Builds what the goal hangs on, and the practice that hangs on it.
pub(crate) fn goal_relations(ctx: &AftaleContext, id: &Id, goal: Memo<Goal>) -> BuiltView {
    let (app, unit) = (ctx.app, unit_of(ctx));
    let own = {
        let id = id.clone();
        Memo::new(move |_| LocalFacts { goals: vec![(id.clone(), goal.get())], ..LocalFacts::default() })
    };
    let parts = vec![relations::common(app, unit), relations::practices(app, unit), own];
    let map = relations::map_of_facts(fundament::present_edition(), parts);
    relations_part(
        app,
        map,
        id.as_str(),
        ("Målet hænger ikke på noget endnu.", "Ingen prøvehandling eller anden praksis hænger på målet endnu."),
    )
}

/// Returns the unit of the agreement.
fn unit_of(ctx: &AftaleContext) -> Memo<Option<Id>> {
    let ctx = ctx.clone();
    Memo::new(move |_| agreements::head(&ctx).unit.map(|unit| ctx.app.workspace.representative_id(&unit)))
}
