//! The figures of the units of the demo.

use crate::domain::enhed::{EnhedKind, Sector};
use crate::domain::fundament;
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::measure::Measure;
use crate::domain::period::Period;
use crate::domain::series::{Observation, Series};

use super::{Demo, DemoSink, SECRETARIAT, UNITS, id};

/// The number of school years with figures.
const YEARS: u16 = 5;

/// How the figures of an indicator develop: its id, whether daycare, schools and clubs have it, the first figure in
/// tenths, and the change a year in tenths.
type Development = (&'static str, [bool; 3], i32, i32);

const DEVELOPMENTS: [Development; 13] = [
    ("fravaer", [true, true, false], 62, 3),
    ("hoejt-fravaer", [false, true, false], 94, 11),
    ("faglig-trivsel", [false, true, false], 36, 0),
    ("almenomraadet-andel", [false, true, false], 948, -2),
    ("sproglig-udvikling", [true, false, false], 842, 9),
    ("unge-inddraget", [false, true, true], 610, 12),
    ("fritidsjob", [false, true, false], 380, 6),
    ("social-trivsel", [false, true, false], 41, 0),
    ("ven-netvaerk", [true, true, true], 880, 7),
    ("sunde-faellesskaber", [false, false, true], 700, 14),
    ("overvaegt", [true, true, false], 131, -2),
    ("idraetsforeninger", [false, true, true], 740, -6),
    ("sygefravaer", [true, true, true], 58, -3),
];

/// Adds the figures of all units.
pub(super) fn add<S: DemoSink>(demo: &mut Demo<'_, S>) {
    let Period::SchoolYear(last) = last_school_year(demo) else { return };
    for (unit_index, (unit, _, kind, ..)) in (0..).zip(UNITS) {
        let Some(sector_index) = sector_index(kind) else { continue };
        for (indicator, sectors, first, change) in DEVELOPMENTS {
            if !sectors[sector_index] {
                continue;
            }
            let mut series = Series { unit: id(unit), indicator: Id::parse(indicator), ..Series::default() };
            let measure = measure(indicator);
            for year in 0..YEARS {
                let tenths = first + change * i32::from(year) + deviation(unit_index, year, first);
                let figure = Observation {
                    value: Some(f64::from(tenths) / 10.0),
                    measure,
                    n: Some(u32::from(312 + 31 * unit_index + 5 * year)),
                    source: "Opdigtede tal".into(),
                    retrieved: Some(demo.day(-30)),
                    ..Observation::default()
                };
                series.observations.insert(Period::SchoolYear(last + 1 + year - YEARS), figure);
            }
            if indicator == "hoejt-fravaer" {
                series.targets.insert(demo.day(-800), 9.0);
            }
            let ids = series.unit.as_ref().zip(series.indicator.as_ref());
            demo.put_at(ids.and_then(|(unit, indicator)| Id::derived(unit, indicator)), &series, SECRETARIAT);
        }
    }
}

/// Returns the last school year that is over.
pub(super) fn last_school_year<S>(demo: &Demo<'_, S>) -> Period {
    let begun = demo.today.year() - u16::from(demo.today.month() < 8);
    Period::SchoolYear(begun - 1)
}

/// Returns the index of a kind's sector in [`Development`]; `None` for a sector without figures in the demo.
const fn sector_index(kind: EnhedKind) -> Option<usize> {
    match kind.sector() {
        Sector::Daycare => Some(0),
        Sector::School => Some(1),
        Sector::Club => Some(2),
        Sector::Family | Sector::HeadArea | Sector::Administration => None,
    }
}

/// Returns by how much a unit's figure of a year deviates from the development, in tenths: by a few per cent of the
/// figure, and not in the same direction each year.
fn deviation(unit_index: u16, year: u16, first: i32) -> i32 {
    let shift = i32::from((unit_index * 5 + year * 3) % 7) - 3;
    shift * (first / 60)
}

/// Returns the measure of an indicator.
fn measure(id: &str) -> Option<Measure> {
    let of_foundation = fundament::present_at_hand()?.find(id).and_then(Indicator::of);
    Some(of_foundation.map_or(Measure::Percent, |indicator| indicator.measure))
}
