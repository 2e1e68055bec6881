//! Queries about figures: the indicators of a unit, its series and their analysis, and the medians of comparable units.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use crate::chart::line::Median;
use crate::domain::dialogue::Dialogue;
use crate::domain::enhed::{Enhed, EnhedKind};
use crate::domain::fundament;
use crate::domain::id::Id;
use crate::domain::indicator::{self, Group, Indicator, OwnIndicator, groups};
use crate::domain::package::Package;
use crate::domain::publish::{self, KnownFigures, Published, PublishedSeries};
use crate::domain::registry::Kind;
use crate::domain::series::Series;
use crate::domain::series_analysis::SeriesAnalysis;
use crate::exchange::figures::{add_series, add_unit, series_of};
use crate::record::Record;

use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// A function that changes the body of a record.
pub(crate) type BodyChange<B> = Rc<dyn Fn(&dyn Fn(&mut B))>;

/// Returns the indicators of a unit in groups. An indicator without an owner came with a table of several units, and
/// belongs to every unit.
pub(crate) fn indicator_groups(app: AppContext, unit: &Id) -> Vec<Group> {
    groups_with(app, &|own| own.is_none_or(|own| app.workspace.is_same_unit(Some(own), Some(unit))))
}

/// Returns the indicators that belong to every unit, in groups.
pub(crate) fn common_groups(app: AppContext) -> Vec<Group> {
    groups_with(app, &|own| own.is_none())
}

/// Returns the indicators of the edition and those own indicators whose owner is accepted, in groups.
fn groups_with(app: AppContext, is_accepted: &dyn Fn(Option<&Id>) -> bool) -> Vec<Group> {
    let own: Vec<(Id, OwnIndicator)> = app
        .workspace
        .ids(Kind::Indicator)
        .into_iter()
        .map(|id| (app.body::<OwnIndicator>(Some(&id)), id))
        .filter(|(own, id)| is_accepted(own.unit.as_ref()) && app.workspace.get_unless_deleted(id).is_some())
        .map(|(own, id)| (id, own))
        .collect();
    // The secretariat chooses the edition whose indicators hold in a cycle; without a choice, the current edition
    // holds.
    let package: Package = app.body(Package::id(app.cycle()).as_ref());
    let chosen_id = package.edition.as_ref();
    let chosen =
        fundament::editions_at_hand().iter().find(|edition| chosen_id.is_some_and(|id| id.as_str() == edition.id()));
    groups(chosen.or_else(fundament::present_at_hand), &own)
}

/// Returns an indicator of a unit by its id, with its group. An indicator of an earlier edition has no group.
pub(crate) fn find_indicator(app: AppContext, unit: &Id, id: &str) -> Option<(Option<Group>, Indicator)> {
    for group in indicator_groups(app, unit) {
        if let Some(indicator) = group.indicators.iter().find(|indicator| indicator.id == id) {
            let indicator = indicator.clone();
            return Some((Some(group), indicator));
        }
    }
    let earlier = fundament::editions_at_hand().iter().find_map(|edition| edition.find(id));
    Some((None, Indicator::of(earlier?)?))
}

/// Returns the id of the series of a unit and an indicator.
pub(crate) fn series_id(unit: &Id, indicator: &str) -> Option<Id> {
    Id::derived(unit, &Id::parse(indicator)?)
}

/// Returns the series to show: as it is known here, or in the public view as it may be published.
pub(crate) fn series(app: AppContext, unit: &Id, indicator: &str) -> Series {
    if app.is_public.get() {
        return published_series(app, unit, indicator).into();
    }
    app.body(series_id(unit, indicator).as_ref())
}

/// Returns the series as it may be published. Only this form may leave the device.
pub(crate) fn published_series(app: AppContext, unit: &Id, indicator: &str) -> PublishedSeries {
    app.published(indicator).series(unit, &app.body(series_id(unit, indicator).as_ref()))
}

/// Computes which figures of an indicator may be published, over all units that are known here.
pub(crate) fn publish(app: AppContext, indicator: &str) -> Arc<Published> {
    let workspace = app.workspace;
    let representative = |id: &Id| workspace.representative_id(id);
    let mut known = KnownFigures::default();
    let units = workspace.ids(Kind::Enhed);
    // Of merged units the representative comes first: its place in the hierarchy counts.
    for is_representative in [true, false] {
        for unit in units.iter().filter(|unit| (workspace.representative_id(unit) == **unit) == is_representative) {
            workspace.read(unit, |unit| add_unit(&mut known, unit, &representative));
        }
    }
    let measure = app.body::<OwnIndicator>(Id::parse(indicator).as_ref()).measure;
    for series in workspace.ids(Kind::Series).iter().filter_map(|id| workspace.record(id)) {
        // A series never changes its indicator, so only the series of this indicator are tracked.
        let is_of_indicator =
            |series: &Record| series_of(series).is_some_and(|(_, own_indicator)| own_indicator.as_str() == indicator);
        if series.with_untracked(is_of_indicator) {
            series.with(|series| add_series(&mut known, series, &representative, measure));
        }
    }
    Arc::new(known.publish())
}

/// Returns the analysis of the series to show.
pub(crate) fn analysis(app: AppContext, unit: &Id, indicator: &Indicator) -> SeriesAnalysis {
    SeriesAnalysis::of(indicator, &series(app, unit, &indicator.id), app.today.get())
}

/// Returns the dialogue on a series in a period.
pub(crate) fn dialogue(app: AppContext, series: &Id, period: crate::domain::period::Period) -> Dialogue {
    app.body(Dialogue::id(series, period).as_ref())
}

/// Returns the link from a goal or a trial back to the figure whose dialogue note it was created from.
pub(crate) fn note_origin(app: AppContext, note: &Id) -> Option<(Route, String)> {
    let dialogue: Dialogue = app.workspace.get(note)?.view().ok()?;
    let (unit, indicator) = dialogue.about()?;
    let (_, indicator) = find_indicator(app, &unit, indicator.as_str())?;
    let period = dialogue.period.map(|period| format!(", {}", period.danish())).unwrap_or_default();
    Some((Route::Indikator(indicator.id), format!("dialogen om {}{period}", indicator.name)))
}

/// Creates a series where it does not exist yet.
pub(crate) fn ensure_series(app: AppContext, unit: &Id, indicator: &str) {
    if let Some(id) = series_id(unit, indicator) {
        app.workspace.ensure(&id, || Series {
            unit: Some(unit.clone()),
            indicator: Id::parse(indicator),
            ..Series::default()
        });
    }
}

/// Returns the medians of the comparable units: those of the network of the unit, and all. The medians use only figures
/// that may be published, and at least five units.
pub(crate) fn medians(app: AppContext, unit: &Id, analysis: &SeriesAnalysis) -> Vec<Median> {
    let own: Enhed = app.body(Some(unit));
    let measure = analysis.measure();
    let range = indicator::range(&analysis.indicator.id, measure);
    let published = app.published(&analysis.indicator.id);
    let peers: Vec<(String, PublishedSeries)> = comparable_units(app, unit)
        .into_iter()
        .filter_map(|id| {
            let series: Series = app.body(series_id(&id, &analysis.indicator.id).as_ref());
            series.has_figures().then(|| (app.body::<Enhed>(Some(&id)).network.0, published.series(&id, &series)))
        })
        .collect();
    let median_of = |label: &str, is_in: &dyn Fn(&str) -> bool| Median {
        label: label.to_owned(),
        figures: analysis
            .points
            .iter()
            .map(|point| {
                let in_group = peers.iter().filter(|(network, _)| is_in(network));
                let figures = in_group.filter_map(|(_, series)| series.observations.get(&point.period));
                publish::median(
                    figures
                        .filter(|own| own.measure.unwrap_or(analysis.indicator.measure) == measure)
                        .filter_map(|own| own.counted(range)),
                )
            })
            .collect(),
    };
    let network = own.network.as_str().trim();
    let of_network = (!network.is_empty()).then(|| median_of(NETWORK, &|other| other.trim() == network));
    let all = of_network.into_iter().chain([median_of("kommunen", &|_| true)]);
    all.filter(|median| median.figures.iter().any(Option::is_some)).collect()
}

/// Returns the median of the network of the unit.
pub(crate) fn network_median(app: AppContext, unit: &Id, analysis: &SeriesAnalysis) -> Option<Median> {
    medians(app, unit, analysis).into_iter().find(|median| median.label == NETWORK)
}

/// The label of the median of the network.
const NETWORK: &str = "netværket";

/// Returns the units of the same sector as a unit, that unit included. In a sector that is not compared, that unit
/// alone.
pub(crate) fn comparable_units(app: AppContext, unit: &Id) -> Vec<Id> {
    let sector = |id: &Id| app.body::<Enhed>(Some(id)).kind.map(EnhedKind::sector);
    let own = sector(unit);
    if own.is_some_and(|sector| !sector.is_compared()) {
        return vec![unit.clone()];
    }
    app.units().into_iter().map(|(_, id)| id).filter(|id| sector(id) == own).collect()
}
