//! Queries about what hangs on what: the foundation, and the records of a unit that hang on it.
//!
//! Facts are collected in parts. A page leaves out the part that holds the record it writes, and adds that record by
//! the leaves that matter, so that typing in a text does not build the map again.

use leptos::prelude::*;

use crate::domain::aftale::Aftale;
use crate::domain::aftale::bundle::AgreementBundle;
use crate::domain::anchor_choice::{AnchorOption, AnchorSet};
use crate::domain::fundament::{self, Edition};
use crate::domain::goal::Anchor;
use crate::domain::id::Id;
use crate::domain::indicator::{self, OwnIndicator};
use crate::domain::package::Package;
use crate::domain::practice::PracticeSort;
use crate::domain::registry::{Kind, RegisteredBody};
use crate::domain::relations::{LocalFacts, RelationMap, item_name};
use crate::domain::unit_task::UnitTask;
use crate::record::Record;
use crate::record::life::Life;

use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements::{children_of, theme_name};

/// Returns the present edition, or the newest one that has the item with an id.
pub(crate) fn edition_with(item: &str) -> Option<&'static Edition> {
    fundament::editions().iter().find(|edition| edition.find(item).is_some()).or_else(fundament::present_edition)
}

/// Returns the map of an edition and a unit with all its records.
pub(crate) fn map_of_unit(
    app: AppContext,
    edition: Option<&'static Edition>,
    unit: Memo<Option<Id>>,
) -> Memo<RelationMap> {
    map_of_facts(edition, vec![common(app, unit), goals(app, unit), practices(app, unit)])
}

/// Returns the map of an edition and of facts.
pub(crate) fn map_of_facts(edition: Option<&'static Edition>, parts: Vec<Memo<LocalFacts>>) -> Memo<RelationMap> {
    Memo::new(move |_| {
        let facts = joined(&parts);
        edition.map(|edition| RelationMap::of(edition, &facts)).unwrap_or_default()
    })
}

/// Joins facts.
pub(crate) fn joined(parts: &[Memo<LocalFacts>]) -> LocalFacts {
    let mut facts = LocalFacts::default();
    for part in parts {
        part.with(|part| facts.extend(part));
    }
    facts
}

/// Returns the facts that no page but that of the unit writes: its tasks and indicators, and the themes of all cycles.
pub(crate) fn common(app: AppContext, unit: Memo<Option<Id>>) -> Memo<LocalFacts> {
    Memo::new(move |_| {
        let unit = unit.get();
        let workspace = app.workspace;
        let is_of_unit =
            |own: &OwnIndicator| own.unit.is_none() || workspace.is_same_unit(own.unit.as_ref(), unit.as_ref());
        let ids = workspace.ids(Kind::Indicator);
        let indicators = ids.iter().filter_map(|id| workspace.get_unless_deleted(id)).collect();
        let packages = workspace.ids(Kind::Package).into_iter().map(|id| app.body::<Package>(Some(&id)));
        let themes = packages.flat_map(|package| {
            let titles = package.themes.iter().map(|(id, theme)| (id.clone(), theme.title.as_str().trim().to_owned()));
            titles.filter(|(_, title)| !title.is_empty()).collect::<Vec<_>>()
        });
        LocalFacts {
            tasks: unit.as_ref().map(|unit| tasks(app, unit)).unwrap_or_default(),
            indicators: bodies(indicators).into_iter().filter(|(_, own)| is_of_unit(own)).collect(),
            themes: themes.collect(),
            ..LocalFacts::default()
        }
    })
}

/// Returns the goals of all agreements of a unit.
pub(crate) fn goals(app: AppContext, unit: Memo<Option<Id>>) -> Memo<LocalFacts> {
    Memo::new(move |_| {
        let mut facts = LocalFacts::default();
        let agreements = unit.get().map(|unit| children_of(app.workspace, Kind::Aftale, &unit, Life::Living));
        let today = app.today.get();
        for (id, head) in bodies::<Aftale>(agreements.unwrap_or_default()) {
            let goals = AgreementBundle::in_order(bodies(children_of(app.workspace, Kind::Goal, &id, Life::Living)));
            facts.add_agreement(id, &head, goals, today);
        }
        facts
    })
}

/// Returns the practice of a unit and that of no unit: positive deviations, trials and prototypes.
pub(crate) fn practices(app: AppContext, unit: Memo<Option<Id>>) -> Memo<LocalFacts> {
    Memo::new(move |_| {
        let unit = unit.get();
        let of_sort = |sort: PracticeSort| practice_records(app, sort, unit.as_ref());
        LocalFacts {
            deviations: bodies(of_sort(PracticeSort::Deviation)),
            trials: bodies(of_sort(PracticeSort::Trial)),
            prototypes: bodies(of_sort(PracticeSort::Prototype)),
            ..LocalFacts::default()
        }
    })
}

/// Returns the records of a sort of practice that belong to a unit, or to no unit.
fn practice_records(app: AppContext, sort: PracticeSort, unit: Option<&Id>) -> Vec<Record> {
    let workspace = app.workspace;
    let of_unit = |id: &Id| {
        let signal = workspace.record(id)?;
        // A record never changes its parent.
        let parent = signal.with_untracked(Record::parent);
        (parent.is_none() || workspace.is_same_unit(parent.as_ref(), unit)).then(|| signal.get())
    };
    let records = workspace.ids(sort.kind()).into_iter().filter_map(|id| of_unit(&id));
    records.filter(|record| record.life(None) != Life::Deleted).collect()
}

/// Returns the own tasks of a unit, in order.
pub(crate) fn tasks(app: AppContext, unit: &Id) -> Vec<(Id, UnitTask)> {
    UnitTask::in_order(bodies(children_of(app.workspace, Kind::UnitTask, unit, Life::Living)))
}

/// Returns the name of what an anchor names. What is in the trash keeps its name.
pub(crate) fn anchor_name(app: AppContext, anchor: &Anchor) -> String {
    let id = anchor.id();
    let of_edition = |edition: &Edition| edition.find(id.as_str()).map(|item| item_name(edition, item));
    let found = fundament::editions().iter().find_map(of_edition);
    let found = found.or_else(|| indicator::name(id.as_str()).map(str::to_owned)).or_else(|| theme_name(app, id));
    // A task, an indicator or a goal of the unit.
    let title = || app.workspace.get(id).map(|record| record.title().trim().to_owned());
    let found = found.or_else(title).filter(|name| !name.is_empty());
    found.unwrap_or_else(|| "noget, der ikke ligger i denne browser".to_owned())
}

/// Returns the themes of a package that goals and practice can be anchored to.
pub(crate) fn theme_options(package: &Package) -> AnchorSet {
    let themes = package.themes_for_units().into_iter();
    let options =
        themes.map(|(id, theme)| AnchorOption { anchor: Anchor::Theme(id.clone()), name: theme.title.0.clone() });
    AnchorSet { legend: "De fælles temaer".to_owned(), options: options.collect() }
}

/// Returns the bodies of records with their ids.
fn bodies<B: RegisteredBody>(records: Vec<Record>) -> Vec<(Id, B)> {
    // A record that passed `Record::check` can always be viewed.
    records.into_iter().filter_map(|record| Some((record.id().clone(), record.view().ok()?))).collect()
}
