//! Queries about an aftale: its goals, comments, versions, state, and the indicators of its unit. All reads are
//! tracked.

use leptos::prelude::*;

use crate::domain::aftale::bundle::AgreementBundle;
use crate::domain::aftale::progress::{IndicatorProgress, IndicatorSource, NoIndicators};
use crate::domain::aftale::state::{AftaleState, AgreementStatus};
use crate::domain::aftale::step::StepConditions;
use crate::domain::aftale::version::{self, AgreedContent, Version};
use crate::domain::aftale::{Aftale, Party};
use crate::domain::comment::Comment;
use crate::domain::cycle::Cycle;
use crate::domain::enhed::Enhed;
use crate::domain::fractional_index;
use crate::domain::goal::{Anchor, Area, Goal};
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::package::Package;
use crate::domain::period::Span;
use crate::domain::publish::PublishedProgress;
use crate::domain::registry::Kind;
use crate::domain::registry::RegisteredBody;
use crate::domain::series::Series;
use crate::domain::sorted::{SortedMap, SortedSet};
use crate::record::Record;
use crate::record::choice::Choice;
use crate::record::edit::Focus;
use crate::record::leaf::Leaf;
use crate::record::life::Life;
use crate::record::path::Path;

use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;
use crate::ui::state::workspace::Workspace;

/// The aftale that a page shows. A handle that all parts of the page share.
#[derive(Clone)]
pub(crate) struct AftaleContext {
    pub(crate) app: AppContext,
    pub(crate) id: Id,
}

impl AftaleContext {
    /// Returns the address of a part of the page.
    pub(crate) fn part(&self, part: &str) -> String {
        Route::Aftale { id: Some(self.id.clone()), part: Some(part.to_owned()) }.to_string()
    }

    /// Returns the address of the page.
    pub(crate) fn address(&self) -> String {
        Route::Aftale { id: Some(self.id.clone()), part: None }.to_string()
    }
}

/// Returns the body of the aftale itself.
pub(crate) fn head(ctx: &AftaleContext) -> Aftale {
    ctx.app.body(Some(&ctx.id))
}

/// Returns the data package of the cycle in which the aftale comes into force; of the current cycle where the aftale
/// has no start.
pub(crate) fn package(ctx: &AftaleContext) -> Package {
    let from = head(ctx).period.and_then(|span| span.from);
    ctx.app.body(Package::id(from.map_or_else(|| ctx.app.cycle(), Cycle::of)).as_ref())
}

/// Returns the title of a theme of any cycle.
pub(crate) fn theme_name(app: AppContext, id: &Id) -> Option<String> {
    let packages = app.workspace.ids(Kind::Package).into_iter();
    packages.map(|package_id| app.body::<Package>(Some(&package_id))).find_map(|package| {
        let title = package.themes.get(id)?.title.0.clone();
        (!title.trim().is_empty()).then_some(title)
    })
}

/// Returns the title of an aftale, or a default one.
pub(crate) fn title(head: &Aftale) -> String {
    let title = head.title.as_str().trim();
    if title.is_empty() { "Sammenhængsaftale".to_owned() } else { title.to_owned() }
}

/// Returns the records of a kind that belong to a parent: those in the trash with [`Life::Deleted`], otherwise those
/// that are not.
///
/// A record never changes its parent, so only the children of `parent` are tracked.
pub(crate) fn children_of(workspace: Workspace, kind: Kind, parent: &Id, life: Life) -> Vec<Record> {
    let child = |id: &Id| {
        let signal = workspace.record(id)?;
        let own_parent = signal.with_untracked(Record::parent);
        workspace.is_same_unit(own_parent.as_ref(), Some(parent)).then(|| signal.get())
    };
    let children = workspace.ids(kind).iter().filter_map(child).collect::<Vec<_>>();
    children.into_iter().filter(|record| (record.life(None) == Life::Deleted) == (life == Life::Deleted)).collect()
}

/// Counts the open choices between wordings in a record.
fn count_wording_choices(record: &Record) -> usize {
    record.choices().iter().filter(|choice| matches!(choice, Choice::Wordings { .. })).count()
}

/// Returns the comments on a record, ordered by date.
pub(crate) fn comments(workspace: Workspace, on: &Id) -> Vec<(Id, Comment)> {
    let records = children_of(workspace, Kind::Comment, on, Life::Living).into_iter();
    let records: Vec<(Id, Comment)> =
        records.filter_map(|record| Some((record.id().clone(), record.view::<Comment>().ok()?))).collect();
    fractional_index::sorted(records, &|(id, comment), (other_id, other_comment)| {
        (comment.date, id) < (other_comment.date, other_id)
    })
}

/// Counts the comments that have a text and are not settled, for each of some records. All comments are visited once.
fn open_comments(workspace: Workspace, subjects: &SortedSet<Id>) -> SortedMap<Id, usize> {
    let (text, settled) = (Path::root("text"), Path::root("settled"));
    let is_open = |record: &Record| {
        let has_text = record.shown_text(&text).is_some_and(|text| !text.trim().is_empty());
        has_text && record.shown_text(&settled).is_none() && record.life(None) != Life::Deleted
    };
    let mut open = SortedMap::new();
    for signal in workspace.ids(Kind::Comment).iter().filter_map(|id| workspace.record(id)) {
        let Some(parent) = signal.with_untracked(Record::parent).filter(|parent| subjects.contains(parent)) else {
            continue;
        };
        if signal.with(is_open) {
            *open.get_or_default(parent) += 1;
        }
    }
    open
}

/// Returns the aftale with its goals and the counts of open choices and comments.
pub(crate) fn bundle(ctx: &AftaleContext) -> AgreementBundle {
    let workspace = ctx.app.workspace;
    let record = workspace.get_unless_deleted(&ctx.id);
    let head: Aftale = ctx.app.body(Some(&ctx.id));
    let unit = head.unit.as_ref().map(|unit| workspace.representative_id(unit));
    let unit = ctx.app.body::<Enhed>(unit.as_ref()).name.0;
    let goals = children_of(workspace, Kind::Goal, &ctx.id, Life::Living);
    let open_choices =
        record.as_ref().map_or(0, count_wording_choices) + goals.iter().map(count_wording_choices).sum::<usize>();
    let mut subjects: SortedSet<Id> = goals.iter().map(|goal| goal.id().clone()).collect();
    subjects.insert(ctx.id.clone());
    let comments = open_comments(workspace, &subjects);
    let open_comments = comments.values().sum();
    let goals = goals.into_iter().filter_map(|record| Some((record.id().clone(), record.view::<Goal>().ok()?)));
    AgreementBundle {
        head,
        unit,
        goals: AgreementBundle::in_order(goals.collect()),
        open_choices,
        open_comments,
        comments,
    }
}

/// Returns the goals in order, each with its area. Reads only these two leaves of each goal, since it runs again at
/// every key typed in a goal.
pub(crate) fn ordered_goal_areas(ctx: &AftaleContext) -> Vec<(Id, Option<Area>)> {
    let workspace = ctx.app.workspace;
    let (area, place) = (Path::root("area"), Path::root("order"));
    let goals = workspace.ids(Kind::Goal).into_iter().filter_map(|id| {
        let signal = workspace.record(&id)?;
        let is_own = signal.with_untracked(|record| record.parent().as_ref() == Some(&ctx.id));
        let read = |record: &Record| {
            let area = record.leaf(&area)?.shown().and_then(|value| serde_json::from_value(value.json().clone()).ok());
            let order = record.shown_text(&place).map(str::to_owned);
            (record.life(None) != Life::Deleted).then(|| Goal { area, order, ..Goal::default() })
        };
        let goal = if is_own { signal.with(read)? } else { return None };
        Some((id, goal))
    });
    AgreementBundle::in_order(goals.collect()).into_iter().map(|(id, goal)| (id, goal.area)).collect()
}

/// Returns whether the texts of the aftale may be changed. Comments do not affect this.
pub(crate) fn is_open(ctx: &AftaleContext) -> bool {
    head(ctx).status(0).state.is_open()
}

/// Returns the state of the aftale, comments left aside.
pub(crate) fn state(ctx: &AftaleContext) -> AftaleState {
    head(ctx).status(0).state
}

/// Returns the conditions of workflow steps that depend on more than the state.
pub(crate) fn conditions(
    ctx: &AftaleContext,
    bundle: &AgreementBundle,
    status: &AgreementStatus,
    party: Party,
) -> StepConditions {
    let is_named = |text: &str| !text.trim().is_empty();
    let version = status.to_sign.as_ref().or(status.agreed.last());
    StepConditions {
        open_choices: bundle.open_choices,
        goals: bundle.goals.iter().filter(|(_, goal)| is_named(goal.text.as_str())).count(),
        has_parties: is_named(bundle.head.leader.as_str()) && is_named(bundle.head.counterpart.as_str()),
        has_period: bundle
            .head
            .period
            .is_some_and(|span| span.from.is_some() && span.to.is_some() && !span.is_reversed()),
        version_is_sound: version
            .is_some_and(|version| version_content(ctx, version).is_some_and(|(_, is_sound)| is_sound)),
        has_assented: version.is_some_and(|version| bundle.head.assent(version, party).is_some()),
    }
}

/// Returns the content of a version, and whether the content matches the fingerprint of the version. `None` where the
/// version is not here or is no version.
pub(crate) fn version_content(ctx: &AftaleContext, version: &Id) -> Option<(AgreedContent, bool)> {
    let body = ctx.app.workspace.get_unless_deleted(version)?.view::<Version>().ok()?;
    let content = body.content.as_str();
    Some((version::parse_content(content)?, version::is_sound(version, content)))
}

/// Returns whether a version is here without its content, because the file it came with left the content out.
pub(crate) fn is_content_withheld(ctx: &AftaleContext, version: &Id) -> bool {
    let record = ctx.app.workspace.get_unless_deleted(version);
    record.is_some_and(|record| record.leaf(&Path::root("content")).is_some_and(Leaf::is_masked))
}

/// Returns which party of the aftale the person is, judged by their level and the level of the aftale. `None` where
/// this cannot be told.
pub(crate) fn own_party(ctx: &AftaleContext) -> Option<Party> {
    use crate::domain::person::Role;
    let (role, head) = (ctx.app.person.with(|person| person.role), head(ctx));
    let is_above = match (role?, ctx.app.level(), head.level) {
        (Role::Secretariat | Role::Employee | Role::Facilitator | Role::Board, ..) => return None,
        (_, Some(own_level), Some(aftale_level)) => own_level < aftale_level,
        (role, ..) => matches!(role, Role::Head | Role::Director),
    };
    Some(if is_above { Party::Counterpart } else { Party::Leader })
}

/// The indicators and series of the unit of an aftale, as this browser has them.
#[derive(Clone)]
pub(crate) struct UnitIndicators {
    app: AppContext,
    unit: Option<Id>,
}

impl UnitIndicators {
    pub(crate) fn of(ctx: &AftaleContext) -> Self {
        Self { app: ctx.app, unit: head(ctx).unit.map(|unit| ctx.app.workspace.representative_id(&unit)) }
    }

    /// Returns all indicators of the unit.
    pub(crate) fn indicators(&self) -> Vec<Indicator> {
        let groups =
            self.unit.as_ref().map(|unit| queries::figures::indicator_groups(self.app, unit)).unwrap_or_default();
        groups.into_iter().flat_map(|group| group.indicators).collect()
    }

    /// Returns an indicator of the unit, of the current edition or of an earlier one.
    fn indicator(&self, id: &Id) -> Option<Indicator> {
        queries::figures::find_indicator(self.app, self.unit.as_ref()?, id.as_str()).map(|(_, indicator)| indicator)
    }

    /// Returns the progress of the indicator of a goal, with the figures as they are known here. In the public view and
    /// on paper, with the figures as they may be published.
    pub(crate) fn progress(&self, goal: &Goal, period: Option<Span>) -> Option<IndicatorProgress> {
        if self.app.is_public.get() {
            return IndicatorSource::progress(self, goal, period).map(IndicatorProgress::from);
        }
        let Some(indicator) = goal.indicator().and_then(|id| self.indicator(id)) else {
            let is_written = goal.baseline.is_some() || goal.wanted.is_some();
            let (from, wanted) = (goal.baseline.clone(), goal.wanted.clone());
            return is_written.then(|| IndicatorProgress { from, wanted, ..IndicatorProgress::default() });
        };
        let Indicator { name, measure, wanted, .. } = &indicator;
        Some(IndicatorProgress::of(name, *measure, *wanted, goal, &self.series(&indicator), period))
    }

    fn series(&self, indicator: &Indicator) -> Series {
        self.app.body(self.unit.as_ref().and_then(|unit| queries::figures::series_id(unit, &indicator.id)).as_ref())
    }

    /// Returns a copy of a goal in which figures of its own are hidden where the series hides them.
    fn published_goal(&self, goal: &Goal) -> Goal {
        let Some(unit) = &self.unit else { return goal.clone() };
        let indicators = goal.anchors.values().filter(|anchor| matches!(anchor, Anchor::Indicator(_)));
        indicators.fold(goal.clone(), |goal, anchor| self.app.published(anchor.id().as_str()).goal(unit, goal))
    }

    /// Returns the progress of a goal from the figures written in the goal alone, as it may be published. Versions use
    /// this.
    pub(crate) fn progress_in_version(&self, goal: &Goal, period: Option<Span>) -> Option<PublishedProgress> {
        NoIndicators.progress(&self.published_goal(goal), period)
    }

    /// Returns the indicator that a goal is anchored to.
    pub(crate) fn indicator_of(&self, goal: &Goal) -> Option<Indicator> {
        goal.indicator().and_then(|id| self.indicator(id))
    }
}

impl IndicatorSource for UnitIndicators {
    fn name(&self, anchor: &Anchor) -> String {
        let own = if let Anchor::Indicator(id) = anchor { self.indicator(id) } else { None };
        own.map_or_else(|| queries::relations::anchor_name(self.app, anchor), |indicator| indicator.name)
    }

    fn progress(&self, goal: &Goal, period: Option<Span>) -> Option<PublishedProgress> {
        let goal = self.published_goal(goal);
        let Some(indicator) = goal.indicator().and_then(|id| self.indicator(id)) else {
            return NoIndicators.progress(&goal, period);
        };
        let published = self.app.published(&indicator.id);
        published.progress(self.unit.as_ref(), &goal, Some((&indicator, &self.series(&indicator))), period)
    }
}

/// Edits a record by its body.
///
/// The change is passed on by reference, so the code that detects the differences is compiled once for each record kind
/// and not once for each caller. This saved a quarter of the chunk.
pub(crate) fn edit<B: RegisteredBody>(workspace: Workspace, id: &Id, focus: &mut Focus, change: impl FnOnce(&mut B)) {
    let mut change = Some(change);
    edit_dyn::<B>(workspace, id, focus, &mut |body| {
        if let Some(change) = change.take() {
            change(body);
        }
    });
}

#[inline(never)]
fn edit_dyn<B: RegisteredBody>(workspace: Workspace, id: &Id, focus: &mut Focus, change: &mut dyn FnMut(&mut B)) {
    workspace.edit::<B>(id, focus, change);
}
