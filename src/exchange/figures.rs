//! The figures that records hold, for the rule on what may be published.

use serde::Deserialize as _;

use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::domain::indicator::OwnIndicator;
use crate::domain::measure::Measure;
use crate::domain::period::Period;
use crate::domain::publish::{Cell, KnownFigures, Published};
use crate::domain::registry::Kind;
use crate::domain::series::{FEWEST_SHOWN, Observation};
use crate::domain::sorted::SortedMap;
use crate::record::identity::Identities;
use crate::record::leaf::{Leaf, LeafState};
use crate::record::life::Life;
use crate::record::path::Path;
use crate::record::value::LeafValue;
use crate::record::view::position;
use crate::record::{Record, Records};

/// Works out which figures of some records may be published.
pub fn published(records: &Records) -> Published {
    known_figures(records, &Identities::of(records.values())).publish()
}

/// The one id that figures of a unit are counted under, whichever of its ids they lie under.
pub(super) fn named(identities: &Identities, unit: &Id) -> Id {
    identities.resolve(unit).clone()
}

/// What is known of figures in some records.
pub(super) fn known_figures(records: &Records, identities: &Identities) -> KnownFigures {
    let named = |unit: &Id| named(identities, unit);
    let mut known = KnownFigures::default();
    let of_kind = |kind: Kind| records.values().filter(move |record| record.kind() == Some(kind));
    // Of a unit under two ids the one that stands for it says where it lies.
    let standing = Identities::living(records.values());
    for stands in [true, false] {
        let units = of_kind(Kind::Enhed).filter(|unit| (standing.resolve(unit.id()) == unit.id()) == stands);
        units.for_each(|unit| add_unit(&mut known, unit, &named));
    }
    let measure = |own: &Record| Some((own.id().clone(), own.view::<OwnIndicator>().ok()?.measure?));
    let measures: SortedMap<Id, Measure> = of_kind(Kind::Indicator).filter_map(measure).collect();
    for series in of_kind(Kind::Series) {
        let indicator = series_of(series).map(|(_, indicator)| indicator);
        let measure = indicator.and_then(|indicator| measures.get(&indicator).copied());
        add_series(&mut known, series, &named, measure);
    }
    known
}

/// Says which unit a unit lies under. `named` gives the one id that figures of a unit are counted under, whichever of its ids
/// they lie under.
pub fn add_unit(known: &mut KnownFigures, unit: &Record, named: &dyn Fn(&Id) -> Id) {
    if let Some(above) = unit.view::<Enhed>().ok().and_then(|unit| unit.above) {
        known.put_under(named(unit.id()), named(&above));
    }
}

/// The unit and indicator that a series is of, where it says both and does not lie in the trash.
pub fn series_of(series: &Record) -> Option<(Id, Id)> {
    let id = |name: &str| Id::parse(series.shown_text(&Path::root(name))?);
    let is_series = series.kind() == Some(Kind::Series) && series.life(None) != Life::Deleted;
    is_series.then(|| Some((id("unit")?, id("indicator")?))).flatten()
}

/// Adds the figures of a series. `measure` is what its indicator is counted in, where that is known.
pub fn add_series(known: &mut KnownFigures, series: &Record, named: &dyn Fn(&Id) -> Id, measure: Option<Measure>) {
    let Some((unit, indicator)) = series_of(series) else { return };
    let unit = named(&unit);
    for (path, leaf) in series.leaves().iter().filter(|(path, _)| is_in(path, "observations")) {
        if let Some((period, cell)) = period(path).zip(cell(leaf, measure)) {
            known.add(&unit, &indicator, period, cell);
        }
    }
}

/// A figure with all its wordings, which go along in a file: where one must not be seen, none is. One that was withheld
/// from here must not be worked out here either.
fn cell(leaf: &Leaf, measure: Option<Measure>) -> Option<Cell> {
    let is_withheld = leaf.states().any(|(_, held)| *held == LeafState::Withheld);
    let of = |value: &LeafValue| match Observation::deserialize(value.json()) {
        Ok(own) => Cell::of(&own, measure),
        Err(_) => Cell { is_protected: true, value: value.json()["value"].as_f64(), ..Cell::default() },
    };
    let wordings = leaf.wordings().into_iter().filter(|wording| !wording.value.is_null());
    let known = wordings.map(|wording| of(wording.value)).reduce(Cell::join);
    let withheld = is_withheld.then(|| Cell { is_protected: true, ..Cell::default() });
    match (known, withheld) {
        (Some(known), Some(withheld)) => Some(known.join(withheld)),
        (known, withheld) => known.or(withheld),
    }
}

/// Whether a figure rests on fewer than five persons. Read off the value as it lies: one that is no whole observation must
/// not slip through.
pub(super) fn is_small(value: &LeafValue) -> bool {
    value.json()["n"].as_f64().is_some_and(|n| n < f64::from(FEWEST_SHOWN))
}

/// The period of a leaf in one of a series' maps.
pub(super) fn period(path: &Path) -> Option<Period> {
    Period::parse(&path.steps().nth(1)?)
}

/// Whether a leaf lies in one of a series' maps.
pub(super) fn is_in(path: &Path, map: &str) -> bool {
    position(Kind::Series, path).is_some_and(|place| place.field.name == map)
}
