//! Collects the records that the agenda of the front page is composed from. All reads are tracked.

use leptos::prelude::*;

use crate::domain::agenda::facts::{AgendaFacts, AgreementFacts, ChangeCounts, FigureFacts, ReportFacts, UnitFacts};
use crate::domain::date::Date;
use crate::domain::dialogue::MissingVoice;
use crate::domain::enhed::Enhed;
use crate::domain::fractional_index;
use crate::domain::id::Id;
use crate::domain::midtvejs::Midtvejsstatus;
use crate::domain::package::Package;
use crate::domain::person::Role;
use crate::domain::proevehandling::Proevehandling;
use crate::domain::progress::WheelProgress;
use crate::domain::rapport::Rapport;
use crate::domain::registry::Kind;
use crate::domain::samtale::Samtale;
use crate::domain::series::Series;
use crate::domain::sorted::SortedSet;
use crate::domain::syn_review::SynReview;
use crate::domain::workshop::Workshop;
use crate::record::life::Life;

use crate::ui::pages::agreement::aftale::agreements_of_unit;
use crate::ui::pages::agreement::midtvejs::meeting_facts;
use crate::ui::pages::setup::units::unit_owner;
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::{agreements, figures};

/// Collects the facts of the person who uses this browser.
pub(super) fn collect_facts(app: AppContext) -> AgendaFacts {
    let role = app.person.with(|person| person.role);
    let owner = unit_owner(app);
    let is_secretariat = role == Some(Role::Secretariat);
    // A person with several units may look at one of them, which does not make it their own.
    let looked_at = app.unit().filter(|unit| {
        !role.is_some_and(Role::has_several_units)
            || app.body::<Enhed>(Some(unit)).level.is_none_or(|level| Some(level) == app.level())
    });
    let own = owner.own_unit.clone().or(looked_at).filter(|_| !is_secretariat);
    let units = app.units();
    let followed = match role {
        Some(Role::Secretariat) => units.clone(),
        Some(role) if role.has_several_units() => owner.units,
        _ if owner.is_declared => owner.units,
        _ => Vec::new(),
    };
    let with_figures = units_with_figures(app);
    let own_facts = own.as_ref().map(|id| {
        let name = units.iter().find(|(_, other)| other == id).map_or("", |(name, _)| name);
        let mut facts = unit_facts(app, name, id, &with_figures);
        // The pages of figures show the current unit only, so figures of another unit get no item.
        if app.unit().as_ref() == Some(id) {
            facts.figures = figure_facts(app, id);
        }
        facts
    });
    let followed: Vec<UnitFacts> = followed
        .iter()
        .filter(|(_, id)| own.as_ref() != Some(id))
        .map(|(name, id)| unit_facts(app, name, id, &with_figures))
        .collect();
    let backup = app.workspace.backup.get();
    AgendaFacts {
        role,
        level: app.level(),
        trials: trials(app, own.as_ref()),
        has_units: !units.is_empty(),
        package: app.body(Package::id(app.cycle()).as_ref()),
        report: newest_report(app),
        workshops: workshops(app),
        files: app.person.with(|person| person.files.clone()),
        change_counts: if role == Some(Role::Director) { change_counts(app, &followed) } else { Vec::new() },
        open_choices: app.workspace.open_choices().into_iter().map(|(_, count)| count).sum(),
        changes_without_backup: backup
            .is_due(platform::clock::now())
            .then(|| usize::try_from(backup.changes).unwrap_or_default()),
        meeting: own.as_ref().map(|unit| meeting_facts(app, unit)).unwrap_or_default(),
        own: own_facts,
        followed,
        ..AgendaFacts::new(app.today.get())
    }
}

/// Returns the units that have figures on any indicator.
fn units_with_figures(app: AppContext) -> SortedSet<Id> {
    let series = app.workspace.ids(Kind::Series).into_iter().map(|id| app.body::<Series>(Some(&id)));
    let units = series.filter(Series::has_figures).filter_map(|series| series.unit);
    units.map(|unit| app.workspace.representative_id(&unit)).collect()
}

/// Collects the records of a unit.
fn unit_facts(app: AppContext, name: &str, id: &Id, with_figures: &SortedSet<Id>) -> UnitFacts {
    let samtale_id = Samtale::id(id, app.cycle());
    let agreements: Vec<AgreementFacts> = agreements_of_unit(app, id)
        .into_iter()
        .map(|ctx| {
            let midtvejs = Midtvejsstatus::id(&ctx.id);
            let midtvejs = midtvejs.filter(|id| app.workspace.has_living(id, Kind::Midtvejsstatus));
            AgreementFacts {
                bundle: agreements::bundle(&ctx),
                party: agreements::own_party(&ctx),
                midtvejs: midtvejs.map(|id| app.body(Some(&id))),
                id: ctx.id,
            }
        })
        .collect();
    let has_trials = !agreements::children_of(app.workspace, Kind::Proevehandling, id, Life::Living).is_empty();
    let has_samtale = samtale_id.as_ref().is_some_and(|id| app.workspace.has_living(id, Kind::Samtale));
    UnitFacts {
        body: app.body::<Enhed>(Some(id)),
        progress: app.body(WheelProgress::id(id, app.cycle()).as_ref()),
        samtale: app.body(samtale_id.as_ref()),
        syn_review: app.body(SynReview::id(id).as_ref()),
        has_figures: with_figures.contains(id),
        has_own_records: has_samtale || !agreements.is_empty() || has_trials,
        agreements,
        ..UnitFacts::new(id.clone(), name)
    }
}

/// Collects the indicators of a unit that have figures.
fn figure_facts(app: AppContext, unit: &Id) -> Vec<FigureFacts> {
    let indicators = figures::indicator_groups(app, unit).into_iter().flat_map(|group| group.indicators);
    indicators
        .filter_map(|indicator| {
            let analysis = figures::analysis(app, unit, &indicator);
            let period = analysis.latest()?.period;
            let series = figures::series_id(unit, &indicator.id)?;
            let missing = figures::dialogue(app, &series, period).missing_voices();
            Some(FigureFacts { analysis, has_assessment: !missing.contains(&MissingVoice::Assessment) })
        })
        .collect()
}

/// Counts the changes of the figures of units, for each group of indicators that all units have.
fn change_counts(app: AppContext, units: &[UnitFacts]) -> Vec<ChangeCounts> {
    let groups = figures::common_groups(app).into_iter();
    groups
        .map(|group| {
            let mut changes = ChangeCounts { name: group.label, ..ChangeCounts::default() };
            for indicator in &group.indicators {
                for unit in units.iter().filter(|unit| unit.has_figures) {
                    changes.count(&figures::analysis(app, &unit.id, indicator));
                }
            }
            changes
        })
        .collect()
}

/// Returns the trials of a unit, and those of no unit.
fn trials(app: AppContext, unit: Option<&Id>) -> Vec<(Id, Proevehandling)> {
    let ids = app.workspace.ids(Kind::Proevehandling).into_iter();
    let living = ids.filter(|id| app.workspace.has_living(id, Kind::Proevehandling));
    let all = living.map(|id| (app.body::<Proevehandling>(Some(&id)), id));
    let is_own = |trial: &Proevehandling| trial.unit.is_none() || app.workspace.is_same_unit(trial.unit.as_ref(), unit);
    all.filter(|(trial, _)| is_own(trial)).map(|(trial, id)| (id, trial)).collect()
}

/// Returns the newest report on all units.
fn newest_report(app: AppContext) -> Option<ReportFacts> {
    let ids = app.workspace.ids(Kind::Rapport).into_iter();
    let living = ids.filter(|id| app.workspace.has_living(id, Kind::Rapport));
    let on_all_units = living.filter_map(|id| match Rapport::parse_id(&id)? {
        (None, cycle) => Some((cycle, id)),
        (Some(_), _) => None,
    });
    let (cycle, id) = on_all_units.max()?;
    let Rapport { title, finished, .. } = app.body(Some(&id));
    Some(ReportFacts { id, title: title.0, cycle, finished })
}

/// Returns the results of workshops, the newest first.
fn workshops(app: AppContext) -> Vec<(Id, String, Option<Date>)> {
    let ids = app.workspace.ids(Kind::Workshop).into_iter();
    let living = ids.filter(|id| app.workspace.has_living(id, Kind::Workshop));
    let all = living.map(|id| {
        let workshop: Workshop = app.body(Some(&id));
        (id, workshop.title.0, workshop.date)
    });
    fractional_index::sorted(all.collect(), &|one, other| one.2 > other.2)
}
