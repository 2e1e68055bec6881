//! The agreement at a glance: what is on the table today, the goals in their areas, what is missing, where it stands.

use leptos::prelude::*;

use crate::domain::aftale::gaps::{AftaleGap, AftaleGapLocation, gaps};
use crate::domain::aftale::lines;
use crate::domain::aftale::progress::ProgressCourse;
use crate::domain::aftale::state::AftaleState;
use crate::domain::aftale::today::{self, DueInitiative};
use crate::domain::aftale::whole::AgreementBundle;
use crate::domain::fractional_index;
use crate::domain::goal::{Area, Goal, InitiativeStatus};
use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::record::edit::Focus;
use crate::record::life::Life;
use crate::record::path::Path;

use super::{AftaleContext, log, workflow};
use crate::ui::kit::components::DeletedButChanged;
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_view, or_empty};
use crate::ui::platform;
use crate::ui::state::queries::agreements::{self, UnitIndicators};

/// So many things that are missing are shown; the rest is counted, since a wall helps nobody.
const SHOWN: usize = 4;
/// So many initiatives are on the table at a time; the rest on demand.
const ON_TABLE: usize = 6;

/// The page.
pub(crate) fn overview(ctx: &AftaleContext) -> BuiltView {
    let whole = {
        let ctx = ctx.clone();
        Memo::new(move |_| agreements::bundle(&ctx))
    };
    let of = |part: fn(&AftaleContext, &AgreementBundle) -> BuiltView| {
        let ctx = ctx.clone();
        dynamic_view(move || whole.with(|whole| part(&ctx, whole)))
    };
    markup!(
        r#"
        <div class="agreement">
            <div class="agreement-head">{}{}</div>
            <div class="agreement-main">{}{}{}</div>
            <aside class="agreement-aside" aria-label="Om aftalen">{}{}{}</aside>
        </div>"#,
        of(head),
        build_view(view! { <DeletedButChanged workspace=ctx.desk.workspace record=ctx.id.clone()/> }),
        of(table),
        of(goals),
        log::log(ctx),
        workflow::workflow(ctx, whole),
        of(missing),
        of(about),
    )
}

fn head(ctx: &AftaleContext, whole: &AgreementBundle) -> BuiltView {
    let standing = whole.head.standing(whole.open_comments);
    let parties = [whole.head.leader.as_str().trim(), whole.head.counterpart.as_str().trim()];
    let parties: Vec<&str> = parties.into_iter().filter(|name| !name.is_empty()).collect();
    let about = [whole.head.period.map(lines::span).unwrap_or_default(), parties.join(" og ")];
    let about: Vec<String> = about.into_iter().filter(|words| !words.is_empty()).collect();
    // Where words were laid down, they are what is shown and printed.
    let laid_down = standing.to_sign.as_ref().or(standing.agreed.last()).filter(|_| !standing.state.is_open());
    let paper = ctx.part(laid_down.map_or("udskrift", Id::as_str));
    let since = standing.since.map(|day| format!(" {}", day.danish())).unwrap_or_default();
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow"><a href="#/aftale">Aftaler</a> · {} · <span class="state">{}{}</span></p>
            <h1>{}</h1>
            <p class="purpose">{}</p>
        </header>
        <nav class="buttons no-print" aria-label="Aftalen som dokument"><a class="button" href="{}">Vis og udskriv</a><a class="button" href="{}">Parter og inddragelse</a></nav>"##,
        if whole.unit.is_empty() { "Enhed uden navn" } else { whole.unit.as_str() },
        standing.state.danish(),
        since,
        agreements::title(&whole.head),
        about.join(" · "),
        paper,
        ctx.part("om"),
    )
}

/// What is on the table today: what one opens the page for, once the agreement is made.
fn table(ctx: &AftaleContext, whole: &AgreementBundle) -> BuiltView {
    let standing = whole.head.standing(whole.open_comments);
    if !matches!(standing.state, AftaleState::InForce | AftaleState::Midterm | AftaleState::UnderRevision) {
        return build_view(());
    }
    let day = ctx.desk.today.get();
    let due = today::due(whole, day);
    let since = if standing.state == AftaleState::InForce { standing.since } else { None };
    let reminders: Vec<_> = today::reminders(whole, since, day)
        .into_iter()
        .map(|words| markup!(r#"<li class="reminder">{}</li>"#, words))
        .collect();
    let count = due.len();
    let mut rows: Vec<_> = due.into_iter().map(|due| on_table(ctx, &due)).collect();
    let more = rows.split_off(count.min(ON_TABLE));
    let more = (!more.is_empty()).then(|| {
        markup!(
            r#"<details><summary>{}</summary><ul class="due">{}</ul></details>"#,
            format!("{} mere i gang", more.len()),
            more
        )
    });
    let calm = (rows.is_empty() && reminders.is_empty())
        .then(|| markup!(r#"<p class="all-well">Der er ikke noget, der venter på jer lige nu.</p>"#));
    markup!(
        r#"<section class="agreement-now"><h2>Lige nu</h2>{}<ul class="due">{}</ul>{}<ul class="reminders">{}</ul></section>"#,
        calm,
        rows,
        more,
        reminders
    )
}

fn on_table(ctx: &AftaleContext, due: &DueInitiative<'_>) -> BuiltView {
    let responsible = due.initiative.responsible.as_str().trim();
    let who = if responsible.is_empty() { String::new() } else { format!(" · {responsible}") };
    let class = if due.why <= today::DueReason::ShouldHaveBegun { "late" } else { "" };
    markup!(
        r#"<li><div><a href="{}">{}</a><span class="help">Mål {}{} · <span class="{}">{}</span></span></div>{}</li>"#,
        ctx.part(due.goal.as_str()),
        due.initiative.text.as_str(),
        due.number.to_string(),
        who,
        class,
        due.why.danish(due.initiative),
        status(ctx, due.goal, due.id, due.initiative.text.as_str(), "now")
    )
}

/// The status of an initiative, changed where it is seen. What is written is read again by whoever shows it.
pub(crate) fn status(ctx: &AftaleContext, goal: &Id, id: &Id, about: &str, place: &str) -> BuiltView {
    let workspace = ctx.desk.workspace;
    // By its own leaf: whoever types in the goal has this read again at every key.
    let (read, path) = (goal.clone(), Path::root("initiatives").child(id.as_str()).child("status"));
    let (goal, id) = (goal.clone(), id.clone());
    let value = move || {
        let status = workspace.read_at(&read, &path, |record| Some(record.leaf(&path)?.shown()?.json().clone()))??;
        let status = serde_json::from_value::<InitiativeStatus>(status).ok()?;
        InitiativeStatus::ALL.iter().position(|own| *own == status)
    };
    let input = format!("{place}-status-{id}");
    let again = input.clone();
    let options = ["Ikke sagt"].into_iter().chain(InitiativeStatus::ALL.map(InitiativeStatus::danish));
    inputs::select_field(
        input,
        format!("Status for {about}"),
        options.map(str::to_owned).collect(),
        value,
        move |chosen| {
            agreements::edit::<Goal>(workspace, &goal, &mut Focus::default(), |goal| {
                if let Some(own) = goal.initiatives.get_mut(&id) {
                    own.status = chosen.and_then(|place| InitiativeStatus::ALL.get(place).copied());
                }
            });
            workspace.save_now();
            // The list is made anew around it: the keyboard stays where it was.
            inputs::focus_on(again.clone());
        },
    )
}

/// The goals in their areas.
fn goals(ctx: &AftaleContext, whole: &AgreementBundle) -> BuiltView {
    let is_open = whole.head.standing(whole.open_comments).state.is_open();
    let here = UnitIndicators::of(ctx);
    let areas = Area::ALL.into_iter().map(Some).chain([None]).filter_map(|area| {
        let rows: Vec<_> =
            whole.of_area(area).map(|(number, id, goal)| row(ctx, &here, whole, number, id, goal)).collect();
        // What is of no area is shown where there is some.
        if area.is_none() && rows.is_empty() {
            return None;
        }
        let none = rows.is_empty().then(|| markup!(r#"<p class="help">Der er ikke noget mål her endnu.</p>"#));
        let add = area.filter(|_| is_open).map(|area| add(ctx, area));
        Some(markup!(
            r#"<section class="area"><h2>{}</h2>{}<ol class="goals">{}</ol>{}</section>"#,
            area.map_or("Mål uden område", Area::danish),
            none,
            rows,
            add
        ))
    });
    let areas: Vec<_> = areas.collect();
    markup!("<div>{}{}</div>", areas, trash(ctx))
}

fn row(
    ctx: &AftaleContext,
    here: &UnitIndicators,
    whole: &AgreementBundle,
    number: usize,
    id: &Id,
    goal: &Goal,
) -> BuiltView {
    let sort =
        [goal.reach.map(crate::domain::goal::Reach::danish), goal.horizon.map(crate::domain::goal::Horizon::danish)];
    let open = whole.comments.get(id).copied().unwrap_or_default();
    let mut about: Vec<String> = sort.into_iter().flatten().map(str::to_lowercase).collect();
    about.extend((open > 0).then(|| if open == 1 { "1 kommentar".to_owned() } else { format!("{open} kommentarer") }));
    let progress = here.progress(goal, whole.head.period).map(|progress| {
        let course = progress.course();
        let class = match course {
            ProgressCourse::Reached | ProgressCourse::Right => "course good",
            ProgressCourse::Away => "course away",
            ProgressCourse::Unknown | ProgressCourse::Still => "course",
        };
        let name = if progress.name.is_empty() { String::new() } else { format!("{}: ", progress.name) };
        let words = progress.danish();
        let words = if words.is_empty() { "ingen tal endnu".to_owned() } else { words };
        markup!(r#"<p class="figures">{}{} <span class="{}">{}</span></p>"#, name, words, class, course.danish())
    });
    let signs = goal.signs_of_progression.as_str().trim();
    let signs = (!signs.is_empty()).then(|| markup!(r#"<p class="signs"><span>Tegn: </span>{}</p>"#, signs));
    let initiatives: Vec<_> = goal
        .initiatives_in_order()
        .into_iter()
        .filter(|(_, own)| !own.text.as_str().trim().is_empty())
        .map(|(_, own)| {
            let status = own.status.unwrap_or(InitiativeStatus::Planned);
            let class = match status {
                InitiativeStatus::Planned => "planned",
                InitiativeStatus::Running => "running",
                InitiativeStatus::Done => "done",
                InitiativeStatus::Stopped => "stopped",
            };
            markup!(
                r#"<li class="{}"><span class="visually-hidden">{}: </span>{}</li>"#,
                class,
                status.danish(),
                own.text.as_str()
            )
        })
        .collect();
    let initiatives = (!initiatives.is_empty()).then(|| markup!(r#"<ul class="initiatives">{}</ul>"#, initiatives));
    let words = goal.text.as_str().trim();
    markup!(
        r#"<li value="{}"><h3><a href="{}">{}</a></h3><p class="help">{}</p>{}{}{}</li>"#,
        number.to_string(),
        ctx.part(id.as_str()),
        if words.is_empty() { "Mål uden ord endnu" } else { words },
        about.join(" · "),
        progress,
        signs,
        initiatives
    )
}

/// The way to a new goal in an area.
fn add(ctx: &AftaleContext, area: Area) -> BuiltView {
    let ctx = ctx.clone();
    let name = format!("Tilføj et mål for {}", area.danish().to_lowercase());
    let press = crate::ui::kit::view::on_click(move || {
        let last = untrack(|| agreements::bundle(&ctx));
        let last = last.goals.iter().filter_map(|(_, goal)| goal.order.as_deref()).max();
        let goal = Goal {
            aftale: Some(ctx.id.clone()),
            area: Some(area),
            order: Some(fractional_index::after(last)),
            ..Goal::default()
        };
        let id = platform::ids::mint();
        ctx.desk.workspace.create(id.clone(), &goal);
        platform::navigation::go_to(&ctx.part(id.as_str()));
    });
    build_view(view! { <button type="button" class="quiet add" on:click=press>{name}</button> })
}

/// The goals that were deleted: nothing anyone wrote is gone.
fn trash(ctx: &AftaleContext) -> BuiltView {
    let workspace = ctx.desk.workspace;
    let deleted = agreements::children_of(workspace, Kind::Goal, &ctx.id, Life::Deleted);
    or_empty((!deleted.is_empty()).then(|| {
        let rows: Vec<_> = deleted
            .iter()
            .map(|record| {
                let id = record.id().clone();
                let back = button("Hent tilbage", move || {
                    let author = workspace.author();
                    workspace.change(&id, |record| record.restore(None, &author));
                    workspace.save_now();
                });
                let title = record.title();
                markup!(r"<li><span>{}</span>{}</li>", if title.is_empty() { "Mål uden ord" } else { title }, back)
            })
            .collect();
        markup!(
            r#"<details class="trash"><summary>{}</summary><ul class="rows">{}</ul></details>"#,
            if rows.len() == 1 { "1 slettet mål".to_owned() } else { format!("{} slettede mål", rows.len()) },
            rows
        )
    }))
}

/// «Hvad mangler?»
fn missing(ctx: &AftaleContext, whole: &AgreementBundle) -> BuiltView {
    // What was agreed to is whole: a revision is the time to look again.
    if !whole.head.standing(whole.open_comments).state.is_open() {
        return build_view(());
    }
    let found = gaps(whole);
    let count = found.len();
    if count == 0 {
        return markup!(
            r#"<section class="side"><h2>Hvad mangler?</h2><p class="all-well">Ikke noget. Aftalen er klar til at blive delt.</p></section>"#
        );
    }
    let item = |AftaleGap { place, words }: AftaleGap| {
        let address = match place {
            AftaleGapLocation::Goals => ctx.address(),
            AftaleGapLocation::Goal(id) => ctx.part(id.as_str()),
            AftaleGapLocation::About => ctx.part("om"),
        };
        markup!(r#"<li><a href="{}">{}</a></li>"#, address, words)
    };
    let mut items: Vec<_> = found.into_iter().map(item).collect();
    let more = items.split_off(count.min(SHOWN));
    let more = (!more.is_empty()).then(|| {
        markup!(
            r#"<details><summary>{}</summary><ul class="todo">{}</ul></details>"#,
            format!("{} mere, når I når til det", more.len()),
            more
        )
    });
    markup!(r#"<section class="side"><h2>Hvad mangler?</h2><ul class="todo">{}</ul>{}</section>"#, items, more)
}

/// Who was involved, in short.
fn about(ctx: &AftaleContext, whole: &AgreementBundle) -> BuiltView {
    let involved: Vec<_> =
        lines::involved(&whole.head).into_iter().map(|line| markup!("<li>{}</li>", line.label)).collect();
    let none = involved.is_empty().then(|| markup!(r#"<p class="help">Ingen er skrevet på endnu.</p>"#));
    markup!(
        r#"<section class="side"><h2>Inddraget</h2>{}<ul class="involved">{}</ul><p><a href="{}">Parter, periode og inddragelse</a></p></section>"#,
        none,
        involved,
        ctx.part("om")
    )
}
