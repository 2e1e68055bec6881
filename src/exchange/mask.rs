//! What of figures may leave in a file for others: not those that rest on few, nor those that would give them away.

use serde::Deserialize as _;

use crate::domain::dialogue::Dialogue;
use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::domain::kind::Kind;
use crate::domain::period::Period;
use crate::domain::publish::{self, Total};
use crate::domain::series::{FEWEST_SHOWN, Observation, ObservationState, Series};
use crate::domain::sorted::{SortedMap, SortedSet};
use crate::record::identity::Identities;
use crate::record::leaf::Leaf;
use crate::record::life::Life;
use crate::record::path::Path;
use crate::record::value::LeafValue;
use crate::record::view::place;
use crate::record::{Record, Records};

/// The figures that stay here, by their series and their period.
pub(super) struct Mask {
    hidden: SortedSet<(Id, Period)>,
}

/// A figure among those of its indicator and period. Of a unit under two ids it is one figure, wherever it stands.
struct Cell {
    series: Vec<Id>,
    unit: Id,
    own: Observation,
}

impl Cell {
    /// The same figure as it stands in another series of the unit. Where one of them rests on few, it does.
    fn join(&mut self, series: &Id, own: Observation) {
        self.series.push(series.clone());
        if own.state == ObservationState::Hidden || self.own.state == ObservationState::Hidden {
            self.own.state = ObservationState::Hidden;
        } else if self.own.value.is_none() {
            self.own = own;
        }
    }
}

impl Mask {
    /// Works out what must stay here, over all figures that are known here and not only those of a file: so no two files
    /// give away together what neither does alone.
    pub(super) fn of(records: &Records) -> Self {
        let identities = Identities::of(records.values());
        let standing = Identities::living(records.values());
        let mut above: SortedMap<Id, Id> = SortedMap::new();
        for record in records.values().filter(|record| record.kind() == Some(Kind::Enhed)) {
            if let Some(area) = record.view::<Enhed>().ok().and_then(|unit| unit.above) {
                let (unit, area) = (identities.resolve(record.id()), identities.resolve(&area));
                // Of a unit under two ids the one that stands for it says where it lies.
                let stands = standing.resolve(record.id()) == record.id();
                if unit != area && (stands || !above.contains_key(unit)) {
                    above.insert(unit.clone(), area.clone());
                }
            }
        }
        let mut beside: SortedMap<(Id, Period), Vec<Cell>> = SortedMap::new();
        let is_series = |record: &&Record| record.kind() == Some(Kind::Series) && record.life(None) != Life::Deleted;
        for record in records.values().filter(is_series) {
            let Ok(Series { unit: Some(unit), indicator: Some(indicator), .. }) = record.view() else { continue };
            for (period, own) in figures(record) {
                let unit = identities.resolve(&unit).clone();
                let cells = beside.get_or_default((indicator.clone(), period));
                // Nearly always no two are the same, and nothing is looked for.
                match cells.iter_mut().find(|cell| !identities.is_empty() && cell.unit == unit) {
                    Some(cell) => cell.join(record.id(), own),
                    None => cells.push(Cell { series: vec![record.id().clone()], unit, own }),
                }
            }
        }
        let mut hidden = SortedSet::default();
        for ((_, period), cells) in &beside {
            for cell in published(cells, &above) {
                hidden.extend(cell.series.iter().map(|series| (series.clone(), *period)));
            }
        }
        Self { hidden }
    }

    /// The records of what people say of figures that stay here.
    pub(super) fn said(&self) -> SortedSet<Id> {
        self.hidden.iter().filter_map(|(series, period)| Dialogue::id(series, *period)).collect()
    }

    /// Withholds the figures of a record that stay here, in every wording, and what is noted at them.
    pub(super) fn withhold(&self, record: &mut Record) {
        if record.kind() != Some(Kind::Series) {
            return;
        }
        let series = record.id().clone();
        let is_hidden =
            |path: &Path| period(path).is_some_and(|period| self.hidden.contains(&(series.clone(), period)));
        let small = record.withhold(|path, value| is_in(path, "observations") && (is_small(value) || is_hidden(path)));
        let keys: SortedSet<String> = small.iter().filter_map(|path| path.steps().nth(1).map(String::from)).collect();
        record.withhold(|path, _| is_in(path, "notes") && path.steps().nth(1).is_some_and(|key| keys.contains(&*key)));
    }
}

/// Those of the figures of one indicator and period that must not be seen. The figure of an area above others is their
/// total.
fn published<'c>(cells: &'c [Cell], above: &SortedMap<Id, Id>) -> Vec<&'c Cell> {
    let below = |area: &Cell| -> Vec<usize> {
        (0..cells.len()).filter(|&at| above.get(&cells[at].unit) == Some(&area.unit)).collect()
    };
    let totals = cells.iter().enumerate().map(|(at, area)| Total { cell: Some(at), parts: below(area) });
    let totals: Vec<Total> = totals.filter(|total| !total.parts.is_empty()).collect();
    let own: Vec<Observation> = cells.iter().map(|cell| cell.own.clone()).collect();
    let shown = publish::publish(&own, &totals).cells;
    cells.iter().zip(shown).filter(|(_, shown)| shown.state == ObservationState::Hidden).map(|(cell, _)| cell).collect()
}

/// The figures of a series with their periods. One of which any wording rests on few counts as hidden.
fn figures(series: &Record) -> Vec<(Period, Observation)> {
    let observations = series.leaves().iter().filter(|(path, _)| is_in(path, "observations"));
    let figure = |(path, leaf): (&Path, &Leaf)| {
        let mut own = Observation::deserialize(leaf.shown()?.json()).unwrap_or_default();
        if leaf.known().any(|(_, value)| is_small(value)) {
            own.state = ObservationState::Hidden;
        }
        Some((period(path)?, own))
    };
    observations.filter_map(figure).collect()
}

/// Whether a figure rests on fewer than five persons. Read off the value as it lies: one that is no whole observation must
/// not slip through.
fn is_small(value: &LeafValue) -> bool {
    value.json()["n"].as_f64().is_some_and(|n| n < f64::from(FEWEST_SHOWN))
}

/// The period of a leaf in one of a series' maps.
fn period(path: &Path) -> Option<Period> {
    Period::parse(&path.steps().nth(1)?)
}

/// Whether a leaf lies in one of a series' maps.
pub(super) fn is_in(path: &Path, map: &str) -> bool {
    place(Kind::Series, path).is_some_and(|place| place.field.name == map)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Timestamp;
    use crate::domain::series::Measure;
    use crate::record::dot::Actor;
    use crate::record::edit::Author;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    /// An area above houses, each with so many persons behind its figure.
    fn municipality(houses: &[u32]) -> Records {
        let author = Author { actor: Actor::from_random([1; 10]), at: Timestamp::from_seconds(0).unwrap(), by: None };
        let mut records = Records::new();
        let mut put = |record: Record| drop(records.insert(record.id().clone(), record));
        let all: u32 = houses.iter().sum();
        for (name, n, above) in std::iter::once(("omraade".to_owned(), all, None))
            .chain(houses.iter().enumerate().map(|(at, n)| (format!("hus{at}"), *n, Some(id("omraade")))))
        {
            let unit = id(&name);
            put(Record::create(unit.clone(), &Enhed { above, ..Enhed::default() }, &author).unwrap());
            let mut series = Series { unit: Some(unit.clone()), indicator: Some(id("fravaer")), ..Series::default() };
            let own =
                Observation { value: Some(7.0), measure: Some(Measure::Percent), n: Some(n), ..Observation::default() };
            series.observations.insert(Period::SchoolYear(2024), own);
            put(Record::create(Id::derived(&unit, &id("fravaer")).unwrap(), &series, &author).unwrap());
        }
        records
    }

    /// Whose figures stay here.
    #[track_caller]
    fn check(houses: &[u32], expected: &[&str]) {
        let mut records = municipality(houses);
        let mask = Mask::of(&records);
        let mut hidden = Vec::new();
        for (id, record) in &mut records {
            mask.withhold(record);
            if record.leaves().iter().any(|(path, leaf)| is_in(path, "observations") && leaf.is_masked()) {
                hidden.push(id.to_string());
            }
        }
        assert_eq!(hidden, expected);
    }

    #[test]
    fn indicators_figures_that_give_a_hidden_one_away_stay_here_with_it() {
        check(&[20, 30], &[]);
        check(&[4, 30, 20], &["hus0.fravaer", "hus2.fravaer"]);
        // Two hidden ones hide each other.
        check(&[4, 3, 20], &["hus0.fravaer", "hus1.fravaer"]);
        // Nothing to hide behind: the total goes.
        check(&[4], &["hus0.fravaer", "omraade.fravaer"]);
    }

    /// A unit under two ids is one figure, and what is hidden is hidden in both records.
    #[test]
    fn safety_a_unit_under_two_ids_is_counted_once_and_hidden_twice() {
        let author = Author { actor: Actor::from_random([2; 10]), at: Timestamp::from_seconds(0).unwrap(), by: None };
        let with_twin = |houses: &[u32], twins: u32| {
            let mut records = municipality(houses);
            let of_twin = municipality(&[twins]);
            for (from, to) in [("hus0", "hustvilling"), ("hus0.fravaer", "hustvilling.fravaer")] {
                let text = serde_json::to_string(&of_twin[&id(from)]).unwrap().replace("\"hus0", "\"hustvilling");
                records.insert(id(to), serde_json::from_str(&text).unwrap());
            }
            records.get_mut(&id("hustvilling")).unwrap().set_same_as(Some(&id("hus0")), &author).unwrap();
            let mask = Mask::of(&records);
            mask.hidden.iter().map(|(series, _)| series.to_string()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(with_twin(&[20, 30], 20), "");
        // The twin is no third house for the small one to hide behind.
        assert_eq!(with_twin(&[20, 4], 20), "hus0.fravaer hus1.fravaer hustvilling.fravaer");
        // Where either of them rests on few, the figure does.
        assert_eq!(with_twin(&[20, 30, 40], 4), "hus0.fravaer hus1.fravaer hustvilling.fravaer");
        assert_eq!(with_twin(&[4, 30, 40], 20), "hus0.fravaer hus1.fravaer hustvilling.fravaer");
    }

    #[test]
    fn indicators_what_is_said_of_a_figure_that_stays_here_stays_here() {
        let said = Mask::of(&municipality(&[4, 30, 20])).said();
        assert_eq!(said.iter().map(Id::as_str).collect::<Vec<_>>(), ["hus0.fravaer.2024-25", "hus2.fravaer.2024-25"]);
    }
}
