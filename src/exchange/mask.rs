//! What of figures may leave in a file for others: those that [`Published`] shows, and nothing that names another.

use serde::Deserialize as _;

use crate::domain::aftale::Aftale;
use crate::domain::aftale::version::{self, Version};
use crate::domain::dialogue::Dialogue;
use crate::domain::goal::{Figure, Goal};
use crate::domain::id::Id;
use crate::domain::period::Period;
use crate::domain::publish::Published;
use crate::domain::registry::Kind;
use crate::domain::sorted::{SortedMap, SortedSet};
use crate::record::identity::Identities;
use crate::record::path::Path;
use crate::record::value::LeafValue;
use crate::record::{Record, Records};

use super::figures::{is_in, is_small, known_figures, named, period, series_of};

/// The figures that may leave, and where they lie.
pub(super) struct Mask {
    published: Published,
    /// Which figures each series holds: the unit, named by one of its ids, and the indicator.
    series: SortedMap<Id, (Id, Id)>,
    /// The unit of each agreement, named so too.
    units: SortedMap<Id, Id>,
}

impl Mask {
    /// Works out what must stay here, over all figures that are known here and not only those of a file: so no two files
    /// give away together what neither does alone.
    pub(super) fn of(records: &Records) -> Self {
        let identities = Identities::of(records.values());
        let published = known_figures(records, &identities).publish();
        let of_series = |record: &Record| {
            let (unit, indicator) = series_of(record)?;
            Some((record.id().clone(), (named(&identities, &unit), indicator)))
        };
        let of_agreement = |record: &Record| {
            let unit = record.view::<Aftale>().ok().filter(|_| record.kind() == Some(Kind::Aftale))?.unit?;
            Some((record.id().clone(), named(&identities, &unit)))
        };
        let series = records.values().filter_map(of_series).collect();
        Self { published, series, units: records.values().filter_map(of_agreement).collect() }
    }

    /// The records of what people say of figures that stay here.
    pub(super) fn hidden_dialogues(&self) -> SortedSet<Id> {
        let hidden = self.hidden();
        hidden.into_iter().filter_map(|(series, period)| Dialogue::id(series, period)).collect()
    }

    /// The figures that stay here, by their series.
    fn hidden(&self) -> Vec<(&Id, Period)> {
        let mut of_unit: SortedMap<(&Id, &Id), Vec<&Id>> = SortedMap::new();
        for (series, (unit, indicator)) in &self.series {
            of_unit.get_or_default((unit, indicator)).push(series);
        }
        let hidden = self.published.hidden().flat_map(|(unit, indicator, period)| {
            let series = of_unit.get(&(unit, indicator)).into_iter().flatten();
            series.map(move |series| (*series, period)).collect::<Vec<_>>()
        });
        hidden.collect()
    }

    /// Withholds the figures of a record that stay here, in every wording, and what is noted at them; and where a figure was
    /// copied into another record, the copy.
    pub(super) fn withhold(&self, record: &mut Record) {
        match record.kind() {
            Some(Kind::Series) => self.withhold_figures(record),
            Some(Kind::Goal) => self.withhold_copies(record),
            Some(Kind::Version) => self.withhold_content(record),
            _ => {}
        }
    }

    fn withhold_figures(&self, record: &mut Record) {
        let of = self.series.get(record.id()).cloned();
        // A figure of a period that only a newer version of the app knows could be part of any sum.
        let is_shown = |path: &Path| {
            let own = of.as_ref().zip(period(path));
            own.is_some_and(|((unit, indicator), period)| self.published.is_shown(unit, indicator, period))
        };
        let has_figure = |value: &LeafValue| !value.json()["value"].is_null();
        let small = record.withhold(|path, value| {
            is_in(path, "observations") && (is_small(value) || (has_figure(value) && !is_shown(path)))
        });
        let keys: SortedSet<String> = small.iter().filter_map(|path| path.steps().nth(1).map(String::from)).collect();
        // A unit that has several ids may have the figure in one record and the note in another.
        let is_hidden = |path: &Path| {
            let own = of.as_ref().zip(period(path));
            own.is_some_and(|((unit, indicator), period)| self.published.is_hidden(unit, indicator, period))
                || path.steps().nth(1).is_some_and(|key| keys.contains(&*key))
        };
        record.withhold(|path, _| is_in(path, "notes") && is_hidden(path));
    }

    /// The figures that a goal names itself.
    fn withhold_copies(&self, record: &mut Record) {
        let Ok(goal) = record.view::<Goal>() else { return };
        let Some(unit) = goal.aftale.as_ref().and_then(|agreement| self.units.get(agreement)) else { return };
        let fields = [Path::root("baseline"), Path::root("wanted")];
        let is_copy = |value: &LeafValue| {
            let figure = Figure::deserialize(value.json());
            figure.is_ok_and(|figure| self.published.conceals_of_goal(unit, &goal, &figure))
        };
        record.withhold(|path, value| fields.contains(path) && is_copy(value));
    }

    /// A version's content is never changed: where it holds a figure that stays here, or may do, all of it stays.
    fn withhold_content(&self, record: &mut Record) {
        let agreement = record.view::<Version>().ok().and_then(|version| version.aftale);
        let content = Path::root("content");
        let stays = |value: &LeafValue| {
            let Some(agreed) = value.json().as_str().and_then(version::read) else { return false };
            let unit = agreement.as_ref().and_then(|agreement| self.units.get(agreement));
            let unit = unit.or(agreed.whole.head.unit.as_ref());
            let of_goal = |(_, goal): &(Id, Goal)| {
                let mut figures = goal.baseline.iter().chain(&goal.wanted);
                unit.is_some_and(|unit| figures.any(|figure| self.published.conceals_of_goal(unit, goal, figure)))
            };
            agreed.has_raw_figures || agreed.whole.goals.iter().any(of_goal)
        };
        record.withhold(|path, value| *path == content && stays(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Timestamp;
    use crate::domain::enhed::Enhed;
    use crate::domain::measure::Measure;
    use crate::domain::series::{Observation, Series};
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
        // Two hidden ones hide each other, where they are five together.
        check(&[4, 3, 20], &["hus0.fravaer", "hus1.fravaer"]);
        check(&[1, 1, 20], &["hus0.fravaer", "hus1.fravaer", "hus2.fravaer"]);
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
            mask.hidden()
                .into_iter()
                .map(|(series, _)| series.to_string())
                .collect::<SortedSet<_>>()
                .iter()
                .cloned()
                .collect::<Vec<_>>()
                .join(" ")
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
        let said = Mask::of(&municipality(&[4, 30, 20])).hidden_dialogues();
        assert_eq!(said.iter().map(Id::as_str).collect::<Vec<_>>(), ["hus0.fravaer.2024-25", "hus2.fravaer.2024-25"]);
    }
}
