//! The agreement at a glance: due initiatives, goals by area, gaps, and the state of the agreement.

use leptos::prelude::*;

use crate::domain::aftale::bundle::AgreementBundle;
use crate::domain::aftale::due::{self, DueInitiative};
use crate::domain::aftale::gaps::{AftaleGap, AftaleGapLocation, gaps};
use crate::domain::aftale::lines;
use crate::domain::aftale::progress::ProgressCourse;
use crate::domain::aftale::state::AftaleState;
use crate::domain::fractional_index;
use crate::domain::goal::{Area, Goal, InitiativeStatus};
use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::record::edit::Focus;
use crate::record::life::Life;
use crate::record::path::Path;

use super::initiative::ADD_BUTTON as ADD_INITIATIVE;
use super::{AftaleContext, log, workflow};
use crate::ui::kit::components::DeletedButChanged;
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_view, on_click, or_empty};
use crate::ui::platform;
use crate::ui::platform::focus::focus_after_navigation;
use crate::ui::route::Route;
use crate::ui::state::queries::agreements::{self, UnitIndicators};

/// Number of gaps shown at once. The rest is folded away.
const SHOWN_GAPS: usize = 4;
/// Number of due initiatives shown at once. The rest is folded away.
const SHOWN_DUE: usize = 6;

/// Builds the page.
pub(crate) fn overview(ctx: &AftaleContext) -> BuiltView {
    let bundle = {
        let ctx = ctx.clone();
        Memo::new(move |_| agreements::bundle(&ctx))
    };
    let section = |part: fn(&AftaleContext, &AgreementBundle) -> BuiltView| {
        let ctx = ctx.clone();
        dynamic_view(move || bundle.with(|bundle| part(&ctx, bundle)))
    };
    markup!(
        r#"
        <div class="agreement">
            <div class="agreement-head">{}{}</div>
            <div class="agreement-main">{}{}{}</div>
            <aside class="agreement-aside" aria-label="Om aftalen">{}{}{}</aside>
        </div>"#,
        section(head),
        build_view(view! { <DeletedButChanged workspace=ctx.app.workspace record=ctx.id.clone()/> }),
        section(due_section),
        section(goals),
        log::log(ctx),
        workflow::workflow(ctx, bundle),
        section(gaps_section),
        section(involved_section),
    )
}

/// Builds the page head: unit, state, title, period, parties, and links to the document and the parties.
fn head(ctx: &AftaleContext, bundle: &AgreementBundle) -> BuiltView {
    let status = bundle.head.status(bundle.open_comments);
    let parties = [bundle.head.leader.as_str().trim(), bundle.head.counterpart.as_str().trim()];
    let parties: Vec<&str> = parties.into_iter().filter(|name| !name.is_empty()).collect();
    let details = [bundle.head.period.map(lines::span).unwrap_or_default(), parties.join(" og ")];
    let details: Vec<String> = details.into_iter().filter(|words| !words.is_empty()).collect();
    // A frozen version, where there is one, is shown and printed instead of the draft.
    let version = status.to_sign.as_ref().or(status.agreed.last()).filter(|_| !status.state.is_open());
    let document_address = ctx.part(version.map_or("udskrift", Id::as_str));
    let since = status.since.map(|day| format!(" {}", day.danish())).unwrap_or_default();
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow"><a href="#/aftale">Aftaler</a> · {} · <span class="agreement-state">{}{}</span></p>
            <h1>{}</h1>
            <p class="purpose">{}</p>
        </header>
        <nav class="buttons no-print" aria-label="Aftalen som dokument"><a class="button" href="{}">Vis og udskriv</a><a class="button" href="{}">Parter og inddragelse</a></nav>"##,
        if bundle.unit.is_empty() { "Enhed uden navn" } else { bundle.unit.as_str() },
        status.state.danish(),
        since,
        agreements::title(&bundle.head),
        details.join(" · "),
        document_address,
        ctx.part("om"),
    )
}

/// Builds the list of due initiatives and reminders. Empty unless a version of the agreement applies.
fn due_section(ctx: &AftaleContext, bundle: &AgreementBundle) -> BuiltView {
    let status = bundle.head.status(bundle.open_comments);
    if !status.applies() {
        return build_view(());
    }
    let day = ctx.app.today.get();
    let due = due::due(bundle, day);
    let since = if status.state == AftaleState::InForce { status.since } else { None };
    let reminders: Vec<_> = due::reminders(bundle, since, day)
        .into_iter()
        .map(|reminder| markup!(r#"<li class="reminder">{}</li>"#, reminder))
        .collect();
    let count = due.len();
    let mut rows: Vec<_> = due.into_iter().map(|due| due_row(ctx, &due)).collect();
    let more = rows.split_off(count.min(SHOWN_DUE));
    let more = (!more.is_empty()).then(|| {
        markup!(
            r#"<details><summary>{}</summary><ul class="due-initiatives">{}</ul></details>"#,
            format!("{} mere i gang", more.len()),
            more
        )
    });
    let empty_note = (rows.is_empty() && reminders.is_empty())
        .then(|| markup!(r#"<p class="all-well">Der er ikke noget, der venter på jer lige nu.</p>"#));
    markup!(
        r#"<section class="agreement-now"><h2>Lige nu</h2>{}<ul class="due-initiatives">{}</ul>{}<ul class="reminders">{}</ul></section>"#,
        empty_note,
        rows,
        more,
        reminders
    )
}

/// Builds the row of a due initiative.
fn due_row(ctx: &AftaleContext, due: &DueInitiative<'_>) -> BuiltView {
    let responsible = due.initiative.responsible.as_str().trim();
    let responsible_text = if responsible.is_empty() { String::new() } else { format!(" · {responsible}") };
    let class = if due.reason <= due::DueReason::ShouldHaveBegun { "late" } else { "" };
    markup!(
        r#"<li><div><a href="{}">{}</a><span class="help">Mål {}{} · <span class="{}">{}</span></span></div>{}</li>"#,
        ctx.part(due.goal.as_str()),
        due.initiative.text.as_str(),
        due.number.to_string(),
        responsible_text,
        class,
        due.reason.danish(due.initiative),
        status_select(ctx, due.goal, due.id, format!("Status lige nu for {}", due.initiative.text.as_str()), "now")
    )
}

/// Builds the select for the status of an initiative. `input_prefix` keeps the input's id unique where a page shows an
/// initiative twice.
pub(crate) fn status_select(ctx: &AftaleContext, goal: &Id, id: &Id, label: String, input_prefix: &str) -> BuiltView {
    let workspace = ctx.app.workspace;
    // Reads the leaf of the status alone: reading the goal's body would run again at every keystroke in the goal.
    let (goal_id, path) = (goal.clone(), Path::root("initiatives").child(id.as_str()).child("status"));
    let (goal, id) = (goal.clone(), id.clone());
    let value = move || {
        let status =
            workspace.read_at(&goal_id, &path, |record| Some(record.leaf(&path)?.shown()?.json().clone()))??;
        let status = serde_json::from_value::<InitiativeStatus>(status).ok()?;
        InitiativeStatus::ALL.iter().position(|value| *value == status)
    };
    let input_id = format!("{input_prefix}-status-{id}");
    let refocus_id = input_id.clone();
    let options = ["Ikke sagt"].into_iter().chain(InitiativeStatus::ALL.map(InitiativeStatus::danish));
    inputs::select_field(input_id, label, options.map(str::to_owned).collect(), value, move |chosen| {
        agreements::edit::<Goal>(workspace, &goal, &mut Focus::default(), |goal| {
            if let Some(initiative) = goal.initiatives.get_mut(&id) {
                initiative.status = chosen.and_then(|index| InitiativeStatus::ALL.get(index).copied());
            }
        });
        workspace.save_now();
        // The list around the select may be rebuilt, so focus is put back.
        inputs::focus_on(refocus_id.clone());
    })
}

/// Builds the sections of goals by area, and the deleted goals.
fn goals(ctx: &AftaleContext, bundle: &AgreementBundle) -> BuiltView {
    let status = bundle.head.status(bundle.open_comments);
    let (is_open, has_status) = (status.state.is_open(), status.applies());
    let indicators = UnitIndicators::of(ctx);
    let areas = Area::ALL.into_iter().map(Some).chain([None]).filter_map(|area| {
        let rows: Vec<_> = bundle
            .of_area(area)
            .map(|(number, id, goal)| goal_row(ctx, &indicators, bundle, (number, id, goal), has_status))
            .collect();
        // The section for goals without an area is shown only if there are such goals.
        if area.is_none() && rows.is_empty() {
            return None;
        }
        let empty_hint = rows.is_empty().then(|| markup!(r#"<p class="help">Der er ikke noget mål her endnu.</p>"#));
        let add_button = area.filter(|_| is_open).map(|area| add_goal_button(ctx, area));
        Some(markup!(
            r#"<section class="goal-area"><h2>{}</h2>{}<ol class="goals">{}</ol>{}</section>"#,
            area.map_or("Mål uden område", Area::danish),
            empty_hint,
            rows,
            add_button
        ))
    });
    let areas: Vec<_> = areas.collect();
    markup!("<div>{}{}</div>", areas, deleted_goals(ctx))
}

/// Builds the row of a goal: number, text, progress, signs of progression, initiatives. With `has_status` the status of
/// each initiative can be chosen.
fn goal_row(
    ctx: &AftaleContext,
    indicators: &UnitIndicators,
    bundle: &AgreementBundle,
    (number, id, goal): (usize, &Id, &Goal),
    has_status: bool,
) -> BuiltView {
    let kinds =
        [goal.reach.map(crate::domain::goal::Reach::danish), goal.horizon.map(crate::domain::goal::Horizon::danish)];
    let comment_count = bundle.comments.get(id).copied().unwrap_or_default();
    let mut details: Vec<String> = kinds.into_iter().flatten().map(str::to_lowercase).collect();
    details.extend(
        (comment_count > 0).then(|| {
            if comment_count == 1 { "1 kommentar".to_owned() } else { format!("{comment_count} kommentarer") }
        }),
    );
    let progress = indicators.progress(goal, bundle.head.period).map(|progress| {
        let course = progress.course();
        let class = match course {
            ProgressCourse::Reached | ProgressCourse::Improving => "course good",
            ProgressCourse::Worsening => "course away",
            ProgressCourse::Unknown | ProgressCourse::Unchanged => "course",
        };
        let name = if progress.name.is_empty() { String::new() } else { format!("{}: ", progress.name) };
        let text = progress.danish();
        let text = if text.is_empty() { "ingen tal endnu".to_owned() } else { text };
        markup!(r#"<p class="goal-figures">{}{} <span class="{}">{}</span></p>"#, name, text, class, course.danish())
    });
    let signs = goal.signs_of_progression.as_str().trim();
    let signs = (!signs.is_empty()).then(|| markup!(r#"<p class="goal-signs"><span>Tegn: </span>{}</p>"#, signs));
    let initiatives = initiative_list(ctx, id, goal, has_status);
    let text = goal.text.as_str().trim();
    markup!(
        r#"<li value="{}"><h3><a href="{}">{}</a></h3><p class="help">{}</p>{}{}{}</li>"#,
        number.to_string(),
        ctx.part(id.as_str()),
        if text.is_empty() { "Mål uden ord endnu" } else { text },
        details.join(" · "),
        progress,
        signs,
        initiatives
    )
}

/// Builds the list of a goal's initiatives, each with its status. `None` if there are none.
fn initiative_list(ctx: &AftaleContext, goal_id: &Id, goal: &Goal, has_status: bool) -> Option<BuiltView> {
    let rows: Vec<_> = goal
        .initiatives_in_order()
        .into_iter()
        .filter(|(_, initiative)| !initiative.text.as_str().trim().is_empty())
        .map(|(id, initiative)| {
            let text = initiative.text.as_str();
            if has_status {
                let select = status_select(ctx, goal_id, id, format!("Status for {text}"), "goal");
                return markup!("<li><div>{}</div>{}</li>", text, select);
            }
            let status = initiative.status.unwrap_or(InitiativeStatus::Planned);
            let class = match status {
                InitiativeStatus::Planned => "planned",
                InitiativeStatus::Running => "running",
                InitiativeStatus::Done => "done",
                InitiativeStatus::Stopped => "stopped",
            };
            markup!(r#"<li class="{}"><span class="visually-hidden">{}: </span>{}</li>"#, class, status.danish(), text)
        })
        .collect();
    let class = if has_status { "due-initiatives" } else { "initiatives" };
    (!rows.is_empty()).then(|| markup!(r#"<ul class="{}">{}</ul>"#, class, rows))
}

/// Returns the id of the button that adds a goal to an area.
const fn add_goal_id(area: Area) -> &'static str {
    match area {
        Area::Quality => "add-quality",
        Area::Economy => "add-economy",
        Area::StaffWellbeing => "add-staff-wellbeing",
    }
}

/// Builds the button that adds a goal to an area and opens it.
fn add_goal_button(ctx: &AftaleContext, area: Area) -> BuiltView {
    let ctx = ctx.clone();
    let name = format!("Tilføj et mål for {}", area.danish().to_lowercase());
    let add_goal = on_click(move || {
        let bundle = untrack(|| agreements::bundle(&ctx));
        let last = bundle.goals.iter().filter_map(|(_, goal)| goal.order.as_deref()).max();
        let goal = Goal {
            aftale: Some(ctx.id.clone()),
            area: Some(area),
            order: Some(fractional_index::after(last)),
            ..Goal::default()
        };
        let id = platform::ids::new_id();
        ctx.app.workspace.create(id.clone(), &goal);
        focus_after_navigation(format!("{id}-text"));
        platform::navigation::go_to(&ctx.part(id.as_str()));
    });
    build_view(view! {
        <button type="button" class="quiet add-goal" id=add_goal_id(area) on:click=add_goal>{name}</button>
    })
}

/// Builds the list of deleted goals, each with a button to restore it.
fn deleted_goals(ctx: &AftaleContext) -> BuiltView {
    let workspace = ctx.app.workspace;
    let deleted = agreements::children_of(workspace, Kind::Goal, &ctx.id, Life::Deleted);
    or_empty((!deleted.is_empty()).then(|| {
        let rows: Vec<_> = deleted
            .iter()
            .map(|record| {
                let id = record.id().clone();
                let restore_button = button("Hent tilbage", move || {
                    let author = workspace.author();
                    workspace.change(&id, |record| record.restore(None, &author));
                    workspace.save_now();
                });
                let title = record.title();
                markup!(
                    r"<li><span>{}</span>{}</li>",
                    if title.is_empty() { "Mål uden ord" } else { title },
                    restore_button
                )
            })
            .collect();
        markup!(
            r#"<details><summary>{}</summary><ul class="rows">{}</ul></details>"#,
            if rows.len() == 1 { "1 slettet mål".to_owned() } else { format!("{} slettede mål", rows.len()) },
            rows
        )
    }))
}

/// Builds the list of gaps ("Hvad mangler?"). Empty while the agreement is not open for changes.
fn gaps_section(ctx: &AftaleContext, bundle: &AgreementBundle) -> BuiltView {
    if !bundle.head.status(bundle.open_comments).state.is_open() {
        return build_view(());
    }
    let gaps = gaps(bundle);
    if gaps.is_empty() {
        return markup!(
            r#"<section class="aside-section"><h2>Hvad mangler?</h2><p class="all-well">Ikke noget. Aftalen er klar til at blive delt.</p></section>"#
        );
    }
    markup!(r#"<section class="aside-section"><h2>Hvad mangler?</h2>{}</section>"#, gap_list(ctx, gaps))
}

/// Builds a list of gaps, each a link to the field to write. All but the first are folded away.
pub(crate) fn gap_list(ctx: &AftaleContext, gaps: Vec<AftaleGap>) -> BuiltView {
    let count = gaps.len();
    let mut items: Vec<_> = gaps.into_iter().map(|gap| gap_link(ctx, gap)).collect();
    let more = items.split_off(count.min(SHOWN_GAPS));
    let more = (!more.is_empty()).then(|| {
        markup!(
            r#"<details><summary>{}</summary><ul class="todo">{}</ul></details>"#,
            format!("{} mere, når I når til det", more.len()),
            more
        )
    });
    markup!(r#"<div class="gaps"><ul class="todo">{}</ul>{}</div>"#, items, more)
}

/// Builds the link to the field of a gap.
fn gap_link(ctx: &AftaleContext, gap: AftaleGap) -> BuiltView {
    let AftaleGap { location, field, text, .. } = gap;
    let input_of = |record: &Id| match field.as_str() {
        "/area" | "/reach" => format!("{}-0", &field[1..]),
        "/anchors" => "indicator".to_owned(),
        "/initiatives" => ADD_INITIATIVE.to_owned(),
        "/local_med" => "local_med".to_owned(),
        "/period/from" => "period-from".to_owned(),
        "/period/to" => "period-to".to_owned(),
        _ => format!("{record}{}", field.replace('/', "-")),
    };
    let (address, input) = match location {
        AftaleGapLocation::OpenChoices => (Route::Valg.to_string(), String::new()),
        AftaleGapLocation::Goals => (ctx.address(), add_goal_id(Area::Quality).to_owned()),
        AftaleGapLocation::Area(area) => (ctx.address(), add_goal_id(area).to_owned()),
        AftaleGapLocation::Goal(id) => (ctx.part(id.as_str()), input_of(&id)),
        AftaleGapLocation::About => (ctx.part("om"), input_of(&ctx.id)),
    };
    let is_here = address == ctx.address();
    let go_to_input = on_click(move || {
        if is_here {
            inputs::focus_on(input.clone());
        } else {
            focus_after_navigation(input.clone());
        }
    });
    build_view(view! { <li><a href=address on:click=go_to_input>{text}</a></li> })
}

/// Builds the short list of those who were involved.
fn involved_section(ctx: &AftaleContext, bundle: &AgreementBundle) -> BuiltView {
    let involved: Vec<_> =
        lines::involved(&bundle.head).into_iter().map(|line| markup!("<li>{}</li>", line.label)).collect();
    let empty_hint = involved.is_empty().then(|| markup!(r#"<p class="help">Ingen er skrevet på endnu.</p>"#));
    markup!(
        r#"<section class="aside-section"><h2>Inddraget</h2>{}<ul class="involved">{}</ul><p><a href="{}">Parter, periode og inddragelse</a></p></section>"#,
        empty_hint,
        involved,
        ctx.part("om")
    )
}
