//! What the pages of figures show: the indicators of a unit, its series as they are read, and what others have.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use crate::chart::line::Median;
use crate::domain::dialogue::Dialogue;
use crate::domain::enhed::{Enhed, EnhedKind};
use crate::domain::fundament;
use crate::domain::id::Id;
use crate::domain::indicator::{Group, Indicator, OwnIndicator, groups};
use crate::domain::package::Package;
use crate::domain::publish::{self, KnownFigures, Published, PublishedSeries};
use crate::domain::registry::Kind;
use crate::domain::series::Series;
use crate::domain::series_analysis::SeriesAnalysis;
use crate::exchange::figures::{add_series, add_unit, series_of};
use crate::record::Record;

use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// A way to change a body.
pub(crate) type BodyChange<B> = Rc<dyn Fn(&dyn Fn(&mut B))>;

/// The indicators of a unit, under their headings. What is nobody's own is everyone's: it came with a table of several units.
pub(crate) fn indicator_groups(desk: AppContext, unit: &Id) -> Vec<Group> {
    groups_with(desk, &|own| own.is_none_or(|own| desk.workspace.is_same_unit(Some(own), Some(unit))))
}

/// The indicators that no unit has for itself, under their headings.
pub(crate) fn common_groups(desk: AppContext) -> Vec<Group> {
    groups_with(desk, &|own| own.is_none())
}

fn groups_with(desk: AppContext, takes: &dyn Fn(Option<&Id>) -> bool) -> Vec<Group> {
    let own: Vec<(Id, OwnIndicator)> = desk
        .workspace
        .ids(Kind::Indicator)
        .into_iter()
        .map(|id| (desk.body::<OwnIndicator>(Some(&id)), id))
        .filter(|(own, id)| takes(own.unit.as_ref()) && desk.workspace.living(id).is_some())
        .map(|(own, id)| (id, own))
        .collect();
    // The secretariat says whose indicators hold in a cycle; where it has said nothing, the present edition's do.
    let package: Package = desk.body(Package::id(desk.cycle()).as_ref());
    let said = package.edition.as_ref();
    let said = fundament::editions_at_hand().iter().find(|edition| said.is_some_and(|id| id.as_str() == edition.id()));
    groups(said.or_else(fundament::at_hand), &own)
}

/// An indicator of a unit by its id, with the group that it stands in. One of an earlier edition has none.
pub(crate) fn find_indicator(desk: AppContext, unit: &Id, id: &str) -> Option<(Option<Group>, Indicator)> {
    for group in indicator_groups(desk, unit) {
        if let Some(indicator) = group.indicators.iter().find(|indicator| indicator.id == id) {
            let indicator = indicator.clone();
            return Some((Some(group), indicator));
        }
    }
    let earlier = fundament::editions_at_hand().iter().find_map(|edition| edition.find(id));
    Some((None, Indicator::of(earlier?)?))
}

/// The id of a unit's series on an indicator.
pub(crate) fn series_id(unit: &Id, indicator: &str) -> Option<Id> {
    Id::derived(unit, &Id::parse(indicator)?)
}

/// A unit's series as it is shown: as it is known here, or as it may be published.
pub(crate) fn series(desk: AppContext, unit: &Id, indicator: &str) -> Series {
    if desk.is_public.get() {
        return published_series(desk, unit, indicator).into();
    }
    desk.body(series_id(unit, indicator).as_ref())
}

/// A unit's series as it may be published: what leaves the device.
pub(crate) fn published_series(desk: AppContext, unit: &Id, indicator: &str) -> PublishedSeries {
    desk.published(indicator).series(unit, &desk.body(series_id(unit, indicator).as_ref()))
}

/// Works out which figures of an indicator may be published, over all units that are known here.
pub(crate) fn publish(desk: AppContext, indicator: &str) -> Arc<Published> {
    let workspace = desk.workspace;
    let named = |id: &Id| workspace.standing_id(id);
    let mut known = KnownFigures::default();
    let units = workspace.ids(Kind::Enhed);
    // Of a unit under two ids the one that stands for it says where it lies.
    for stands in [true, false] {
        for unit in units.iter().filter(|unit| (workspace.standing_id(unit) == **unit) == stands) {
            workspace.read(unit, |unit| add_unit(&mut known, unit, &named));
        }
    }
    let measure = desk.body::<OwnIndicator>(Id::parse(indicator).as_ref()).measure;
    for series in workspace.ids(Kind::Series).iter().filter_map(|id| workspace.record(id)) {
        // What a series is of never changes: only those of this indicator are followed.
        let is_of = |series: &Record| series_of(series).is_some_and(|(_, own)| own.as_str() == indicator);
        if series.with_untracked(is_of) {
            series.with(|series| add_series(&mut known, series, &named, measure));
        }
    }
    Arc::new(known.publish())
}

/// The same, read.
pub(crate) fn analysis(desk: AppContext, unit: &Id, indicator: &Indicator) -> SeriesAnalysis {
    SeriesAnalysis::of(indicator, &series(desk, unit, &indicator.id), desk.today.get())
}

/// What was said of a series in a period.
pub(crate) fn dialogue(desk: AppContext, series: &Id, period: crate::domain::period::Period) -> Dialogue {
    desk.body(Dialogue::id(series, period).as_ref())
}

/// The figure that a note was made on, and the way back to it: what a goal or a trial says that grew out of the note.
pub(crate) fn note_origin(desk: AppContext, note: &Id) -> Option<(Route, String)> {
    let said: Dialogue = desk.workspace.get(note)?.view().ok()?;
    let (unit, indicator) = said.about()?;
    let (_, indicator) = find_indicator(desk, &unit, indicator.as_str())?;
    let period = said.period.map(|period| format!(", {}", period.danish())).unwrap_or_default();
    Some((Route::Indikator(indicator.id), format!("dialogen om {}{period}", indicator.name)))
}

/// Sees to it that there is a series to write in.
pub(crate) fn ensure_series(desk: AppContext, unit: &Id, indicator: &str) {
    if let Some(id) = series_id(unit, indicator) {
        desk.workspace.ensure(&id, || Series {
            unit: Some(unit.clone()),
            indicator: Id::parse(indicator),
            ..Series::default()
        });
    }
}

/// The medians of the units like this one: those of its network, and all. Always of figures that may be published, and
/// of five units at least.
pub(crate) fn medians(desk: AppContext, unit: &Id, reading: &SeriesAnalysis) -> Vec<Median> {
    let own: Enhed = desk.body(Some(unit));
    let measure = reading.measure();
    let published = desk.published(&reading.indicator.id);
    let like: Vec<(String, PublishedSeries)> = comparable_units(desk, unit)
        .into_iter()
        .filter_map(|id| {
            let series: Series = desk.body(series_id(&id, &reading.indicator.id).as_ref());
            series.has_figures().then(|| (desk.body::<Enhed>(Some(&id)).network.0, published.series(&id, &series)))
        })
        .collect();
    let of = |label: &str, is_in: &dyn Fn(&str) -> bool| Median {
        label: label.to_owned(),
        figures: reading
            .points
            .iter()
            .map(|point| {
                let there = like.iter().filter(|(network, _)| is_in(network));
                let figures = there.filter_map(|(_, series)| series.observations.get(&point.period));
                publish::median(
                    figures
                        .filter(|own| own.measure.unwrap_or(reading.indicator.measure) == measure)
                        .filter_map(|own| own.value),
                )
            })
            .collect(),
    };
    let network = own.network.as_str().trim();
    let of_network = (!network.is_empty()).then(|| of(NETWORK, &|other| other.trim() == network));
    let all = of_network.into_iter().chain([of("kommunen", &|_| true)]);
    all.filter(|median| median.figures.iter().any(Option::is_some)).collect()
}

/// The median of the unit's network alone.
pub(crate) fn network_median(desk: AppContext, unit: &Id, reading: &SeriesAnalysis) -> Option<Median> {
    medians(desk, unit, reading).into_iter().find(|median| median.label == NETWORK)
}

const NETWORK: &str = "netværket";

/// The units like one, itself among them.
pub(crate) fn comparable_units(desk: AppContext, unit: &Id) -> Vec<Id> {
    let sector = |id: &Id| desk.body::<Enhed>(Some(id)).kind.map(EnhedKind::sector);
    let own = sector(unit);
    desk.units().into_iter().map(|(_, id)| id).filter(|id| sector(id) == own).collect()
}
