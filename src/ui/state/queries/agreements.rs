//! An agreement as it lies in the records: what is read is followed, so what shows it changes with it.

use leptos::prelude::*;

use crate::domain::aftale::progress::{IndicatorProgress, IndicatorSource, NoIndicators};
use crate::domain::aftale::state::{AftaleState, AgreementStatus};
use crate::domain::aftale::step::StepConditions;
use crate::domain::aftale::version::{self, AgreedContent, Version};
use crate::domain::aftale::whole::AgreementBundle;
use crate::domain::aftale::{Aftale, Party};
use crate::domain::comment::Comment;
use crate::domain::cycle::Cycle;
use crate::domain::enhed::Enhed;
use crate::domain::fractional_index;
use crate::domain::fundament;
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

/// An agreement that is looked at: a handle that all parts of its page share.
#[derive(Clone)]
pub(crate) struct AftaleContext {
    pub(crate) desk: AppContext,
    pub(crate) id: Id,
}

impl AftaleContext {
    /// The address of a part of it.
    pub(crate) fn part(&self, part: &str) -> String {
        Route::Aftale { id: Some(self.id.clone()), part: Some(part.to_owned()) }.to_string()
    }

    /// The address of it.
    pub(crate) fn address(&self) -> String {
        Route::Aftale { id: Some(self.id.clone()), part: None }.to_string()
    }
}

/// The head.
pub(crate) fn head(ctx: &AftaleContext) -> Aftale {
    ctx.desk.body(Some(&ctx.id))
}

/// The package of the cycle that an agreement belongs to: that in which it comes into force, else today's.
pub(crate) fn package(ctx: &AftaleContext) -> Package {
    let from = head(ctx).period.and_then(|span| span.from);
    ctx.desk.body(Package::id(from.map_or_else(|| ctx.desk.cycle(), Cycle::of)).as_ref())
}

/// What a theme of any cycle is called.
pub(crate) fn theme_name(desk: AppContext, id: &Id) -> Option<String> {
    let packages = desk.workspace.ids(Kind::Package).into_iter();
    packages.map(|own| desk.body::<Package>(Some(&own))).find_map(|package| {
        let title = package.themes.get(id)?.title.0.clone();
        (!title.trim().is_empty()).then_some(title)
    })
}

/// What an agreement is called.
pub(crate) fn title(head: &Aftale) -> String {
    let title = head.title.as_str().trim();
    if title.is_empty() { "Sammenhængsaftale".to_owned() } else { title.to_owned() }
}

/// The records of a kind that belong to another, those in the trash left out or alone. What belongs to another does not
/// change its place, so only those that do are followed.
pub(crate) fn children_of(workspace: Workspace, kind: Kind, parent: &Id, life: Life) -> Vec<Record> {
    let is_below = |id: &Id| {
        let signal = workspace.record(id)?;
        let own = signal.with_untracked(Record::parent);
        workspace.is_same_unit(own.as_ref(), Some(parent)).then(|| signal.get())
    };
    let found = workspace.ids(kind).iter().filter_map(is_below).collect::<Vec<_>>();
    found.into_iter().filter(|record| (record.life(None) == Life::Deleted) == (life == Life::Deleted)).collect()
}

/// How many wordings wait to be chosen between in a record.
fn choices(record: &Record) -> usize {
    record.choices().iter().filter(|choice| matches!(choice, Choice::Wordings { .. })).count()
}

/// The comments at a record.
pub(crate) fn comments(workspace: Workspace, on: &Id) -> Vec<(Id, Comment)> {
    let all = children_of(workspace, Kind::Comment, on, Life::Living).into_iter();
    let all: Vec<(Id, Comment)> =
        all.filter_map(|record| Some((record.id().clone(), record.view::<Comment>().ok()?))).collect();
    fractional_index::sorted(all, &|(id, one), (other_id, other)| (one.date, id) < (other.date, other_id))
}

/// How many comments say something and are not settled, at each of some records. All are gone through once.
fn open_comments(workspace: Workspace, on: &SortedSet<Id>) -> SortedMap<Id, usize> {
    let (text, settled) = (Path::root("text"), Path::root("settled"));
    let is_open = |record: &Record| {
        let says = record.shown_text(&text).is_some_and(|text| !text.trim().is_empty());
        says && record.shown_text(&settled).is_none() && record.life(None) != Life::Deleted
    };
    let mut open = SortedMap::new();
    for signal in workspace.ids(Kind::Comment).iter().filter_map(|id| workspace.record(id)) {
        let Some(parent) = signal.with_untracked(Record::parent).filter(|parent| on.contains(parent)) else { continue };
        if signal.with(is_open) {
            *open.get_or_default(parent) += 1;
        }
    }
    open
}

/// All of it.
pub(crate) fn bundle(ctx: &AftaleContext) -> AgreementBundle {
    let workspace = ctx.desk.workspace;
    let record = workspace.living(&ctx.id);
    let head: Aftale = ctx.desk.body(Some(&ctx.id));
    let unit = head.unit.as_ref().map(|unit| workspace.standing_id(unit));
    let unit = ctx.desk.body::<Enhed>(unit.as_ref()).name.0;
    let goals = children_of(workspace, Kind::Goal, &ctx.id, Life::Living);
    let open_choices = record.as_ref().map_or(0, choices) + goals.iter().map(choices).sum::<usize>();
    let mut on: SortedSet<Id> = goals.iter().map(|goal| goal.id().clone()).collect();
    on.insert(ctx.id.clone());
    let comments = open_comments(workspace, &on);
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

/// The goals in their order, each with its area, by these two leaves of each alone: whoever types in a goal has this read
/// again at every key.
pub(crate) fn goal_places(ctx: &AftaleContext) -> Vec<(Id, Option<Area>)> {
    let workspace = ctx.desk.workspace;
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

/// Whether its words may be changed; for that comments do not matter.
pub(crate) fn is_open(ctx: &AftaleContext) -> bool {
    head(ctx).standing(0).state.is_open()
}

/// How far it is, but for comments.
pub(crate) fn state(ctx: &AftaleContext) -> AftaleState {
    head(ctx).standing(0).state
}

/// What steps hang on beside the state.
pub(crate) fn conditions(
    ctx: &AftaleContext,
    whole: &AgreementBundle,
    standing: &AgreementStatus,
    party: Party,
) -> StepConditions {
    let is_named = |text: &str| !text.trim().is_empty();
    let version = standing.to_sign.as_ref().or(standing.agreed.last());
    StepConditions {
        open_choices: whole.open_choices,
        goals: whole.goals.iter().filter(|(_, goal)| is_named(goal.text.as_str())).count(),
        has_parties: is_named(whole.head.leader.as_str()) && is_named(whole.head.counterpart.as_str()),
        has_period: whole.head.period.is_some_and(|span| span.from.is_some() && span.to.is_some()),
        version_is_sound: version.is_some_and(|version| agreed(ctx, version).is_some_and(|(_, is_sound)| is_sound)),
        has_assented: version.is_some_and(|version| whole.head.assent(version, party).is_some()),
    }
}

/// What a version holds, and whether it is what its fingerprint says; `None` where it is not here, or no version.
pub(crate) fn agreed(ctx: &AftaleContext, version: &Id) -> Option<(AgreedContent, bool)> {
    let body = ctx.desk.workspace.living(version)?.view::<Version>().ok()?;
    let content = body.content.as_str();
    Some((version::read(content)?, version::is_sound(version, content)))
}

/// Whether a version is here and what it holds is not: a file for others left it out.
pub(crate) fn is_withheld(ctx: &AftaleContext, version: &Id) -> bool {
    let record = ctx.desk.workspace.living(version);
    record.is_some_and(|record| record.leaf(&Path::root("content")).is_some_and(Leaf::is_masked))
}

/// Which of the two the person is, where it can be told: by their level, and the agreement's.
pub(crate) fn own_party(ctx: &AftaleContext) -> Option<Party> {
    use crate::domain::person::Role;
    let (role, head) = (ctx.desk.person.with(|person| person.role), head(ctx));
    let is_above = match (role?, ctx.desk.level(), head.level) {
        (Role::Secretariat | Role::Employee | Role::Facilitator | Role::Board, ..) => return None,
        (_, Some(own), Some(of)) => own < of,
        (role, ..) => matches!(role, Role::Head | Role::Director),
    };
    Some(if is_above { Party::Counterpart } else { Party::Leader })
}

/// What this browser knows of what goals hang on.
#[derive(Clone)]
pub(crate) struct UnitIndicators {
    desk: AppContext,
    unit: Option<Id>,
}

impl UnitIndicators {
    pub(crate) fn of(ctx: &AftaleContext) -> Self {
        Self { desk: ctx.desk, unit: head(ctx).unit.map(|unit| ctx.desk.workspace.standing_id(&unit)) }
    }

    /// All indicators of the unit.
    pub(crate) fn indicators(&self) -> Vec<Indicator> {
        let groups =
            self.unit.as_ref().map(|unit| queries::figures::indicator_groups(self.desk, unit)).unwrap_or_default();
        groups.into_iter().flat_map(|group| group.indicators).collect()
    }

    /// The unit's indicator of an id, in the present edition or in an earlier one.
    fn indicator(&self, id: &Id) -> Option<Indicator> {
        queries::figures::find_indicator(self.desk, self.unit.as_ref()?, id.as_str()).map(|(_, indicator)| indicator)
    }

    /// How a goal's indicator moves, for whoever works here: as the figures are known, but in the public view and on paper.
    pub(crate) fn progress(&self, goal: &Goal, period: Option<Span>) -> Option<IndicatorProgress> {
        if self.desk.is_public.get() {
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
        self.desk.body(self.unit.as_ref().and_then(|unit| queries::figures::series_id(unit, &indicator.id)).as_ref())
    }

    /// A goal whose own figures say that they are hidden where they are.
    fn published(&self, goal: &Goal) -> Goal {
        let Some(unit) = &self.unit else { return goal.clone() };
        let indicators = goal.anchors.values().filter(|anchor| matches!(anchor, Anchor::Indicator(_)));
        indicators.fold(goal.clone(), |goal, anchor| self.desk.published(anchor.id().as_str()).goal(unit, goal))
    }

    /// How a goal moves by what is written in it alone, as it may be published: so it is in a version.
    pub(crate) fn written(&self, goal: &Goal, period: Option<Span>) -> Option<PublishedProgress> {
        NoIndicators.progress(&self.published(goal), period)
    }

    /// The indicator that a goal hangs on.
    pub(crate) fn indicator_of(&self, goal: &Goal) -> Option<Indicator> {
        goal.indicator().and_then(|id| self.indicator(id))
    }
}

impl IndicatorSource for UnitIndicators {
    fn name(&self, anchor: &Anchor) -> String {
        let id = anchor.id();
        if matches!(anchor, Anchor::Indicator(_)) {
            return self.indicator(id).map_or_else(|| id.to_string(), |indicator| indicator.name);
        }
        let found = fundament::editions().iter().find_map(|edition| edition.find(id.as_str()));
        let found = found.map(|item| item.label.clone()).or_else(|| theme_name(self.desk, id));
        found.unwrap_or_else(|| id.to_string())
    }

    fn progress(&self, goal: &Goal, period: Option<Span>) -> Option<PublishedProgress> {
        let goal = self.published(goal);
        let Some(indicator) = goal.indicator().and_then(|id| self.indicator(id)) else {
            return NoIndicators.progress(&goal, period);
        };
        let published = self.desk.published(&indicator.id);
        published.progress(self.unit.as_ref(), &goal, Some((&indicator, &self.series(&indicator))), period)
    }
}

/// Edits a record by its body. What is done comes in by reference: the code that finds out what was changed is there once
/// for each kind, and not once for each thing that can be changed. (It took a quarter off this piece.)
pub(crate) fn edit<B: RegisteredBody>(workspace: Workspace, id: &Id, focus: &mut Focus, change: impl FnOnce(&mut B)) {
    let mut change = Some(change);
    edit_once::<B>(workspace, id, focus, &mut |body| {
        if let Some(change) = change.take() {
            change(body);
        }
    });
}

#[inline(never)]
fn edit_once<B: RegisteredBody>(workspace: Workspace, id: &Id, focus: &mut Focus, change: &mut dyn FnMut(&mut B)) {
    workspace.edit::<B>(id, focus, change);
}
