//! Collects the figures of records, as input for the rule on what may be published ([`crate::domain::publish`]).

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

/// Works out which figures of the records may be published.
pub fn published(records: &Records) -> Published {
    known_figures(records, &Identities::of(records.values())).publish()
}

/// The id under which figures of a unit are counted. All ids of one unit give the same one.
pub(super) fn canonical_unit_id(identities: &Identities, unit: &Id) -> Id {
    identities.resolve(unit).clone()
}

/// Collects all figures of the records, and which unit lies under which.
pub(super) fn known_figures(records: &Records, identities: &Identities) -> KnownFigures {
    let canonical = |unit: &Id| canonical_unit_id(identities, unit);
    let mut known = KnownFigures::default();
    let of_kind = |kind: Kind| records.values().filter(move |record| record.kind() == Some(kind));
    // For a unit with several ids, the record that stands for it is added first: its place in the hierarchy counts.
    let representative = Identities::from_living_units(records.values());
    for is_representative in [true, false] {
        let units =
            of_kind(Kind::Enhed).filter(|unit| (representative.resolve(unit.id()) == unit.id()) == is_representative);
        units.for_each(|unit| add_unit(&mut known, unit, &canonical));
    }
    let measure = |record: &Record| Some((record.id().clone(), record.view::<OwnIndicator>().ok()?.measure?));
    let measures: SortedMap<Id, Measure> = of_kind(Kind::Indicator).filter_map(measure).collect();
    for series in of_kind(Kind::Series) {
        let indicator = series_of(series).map(|(_, indicator)| indicator);
        let measure = indicator.and_then(|indicator| measures.get(&indicator).copied());
        add_series(&mut known, series, &canonical, measure);
    }
    known
}

/// Adds the unit that a unit lies under. `canonical` returns the id under which figures of a unit are counted.
pub fn add_unit(known: &mut KnownFigures, unit: &Record, canonical: &dyn Fn(&Id) -> Id) {
    if let Some(above) = unit.view::<Enhed>().ok().and_then(|unit| unit.above) {
        known.put_under(canonical(unit.id()), canonical(&above));
    }
}

/// The unit and the indicator of a series; `None` if either is missing or the series lies in the trash.
pub fn series_of(series: &Record) -> Option<(Id, Id)> {
    let id = |name: &str| Id::parse(series.shown_text(&Path::root(name))?);
    let is_series = series.kind() == Some(Kind::Series) && series.life(None) != Life::Deleted;
    is_series.then(|| Some((id("unit")?, id("indicator")?))).flatten()
}

/// Adds the figures of a series. `canonical` returns the id under which figures of a unit are counted. `measure` is the
/// measure of the indicator, if known.
pub fn add_series(known: &mut KnownFigures, series: &Record, canonical: &dyn Fn(&Id) -> Id, measure: Option<Measure>) {
    let Some((unit, indicator)) = series_of(series) else { return };
    let unit = canonical(&unit);
    for (path, leaf) in series.leaves().iter().filter(|(path, _)| is_in_map(path, "observations")) {
        if let Some((period, cell)) = leaf_period(path).zip(leaf_cell(leaf, measure)) {
            known.add(&unit, &indicator, period, cell);
        }
    }
}

/// Combines all wordings of a figure into one cell. All wordings go into a file together, so if one must not be seen,
/// none may be.
///
/// A figure that was withheld from this device counts as protected: nobody may work it out here either.
fn leaf_cell(leaf: &Leaf, measure: Option<Measure>) -> Option<Cell> {
    let is_withheld = leaf.states().any(|(_, state)| *state == LeafState::Withheld);
    let cell = |value: &LeafValue| match Observation::deserialize(value.json()) {
        Ok(observation) => Cell::of(&observation, measure),
        Err(_) => Cell { is_protected: true, value: value.json()["value"].as_f64(), ..Cell::default() },
    };
    let wordings = leaf.wordings().into_iter().filter(|wording| !wording.value.is_null());
    let known = wordings.map(|wording| cell(wording.value)).reduce(Cell::join);
    let withheld = is_withheld.then(|| Cell { is_protected: true, ..Cell::default() });
    match (known, withheld) {
        (Some(known), Some(withheld)) => Some(known.join(withheld)),
        (known, withheld) => known.or(withheld),
    }
}

/// Whether a figure rests on fewer than five persons. Reads the raw JSON, so that a value which is not a valid
/// observation cannot slip through.
pub(super) fn rests_on_few(value: &LeafValue) -> bool {
    value.json()["n"].as_f64().is_some_and(|n| n < f64::from(FEWEST_SHOWN))
}

/// The period in the path of a leaf in one of the maps of a series.
pub(super) fn leaf_period(path: &Path) -> Option<Period> {
    Period::parse(&path.steps().nth(1)?)
}

/// Whether a leaf lies in the named map of a series.
pub(super) fn is_in_map(path: &Path, map: &str) -> bool {
    position(Kind::Series, path).is_some_and(|place| place.field.name == map)
}
