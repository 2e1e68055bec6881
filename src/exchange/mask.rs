//! Withholds figures in a file for others: only figures that [`Published`] shows leave, and nothing that reveals
//! another one.

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

use super::figures::{canonical_unit_id, is_in_map, known_figures, leaf_period, rests_on_few, series_of};

/// Knows which figures may leave, and which records hold them.
pub(super) struct Mask {
    published: Published,
    /// The unit (its canonical id) and the indicator of each series.
    series: SortedMap<Id, (Id, Id)>,
    /// The unit (its canonical id) of each agreement.
    units: SortedMap<Id, Id>,
}

impl Mask {
    /// Works out which figures must stay, from all figures known on this device and not only those of one file. Two
    /// files together therefore never reveal what neither reveals alone.
    pub(super) fn of(records: &Records) -> Self {
        let identities = Identities::of(records.values());
        let published = known_figures(records, &identities).publish();
        let series_key = |record: &Record| {
            let (unit, indicator) = series_of(record)?;
            Some((record.id().clone(), (canonical_unit_id(&identities, &unit), indicator)))
        };
        let agreement_key = |record: &Record| {
            let unit = record.view::<Aftale>().ok().filter(|_| record.kind() == Some(Kind::Aftale))?.unit?;
            Some((record.id().clone(), canonical_unit_id(&identities, &unit)))
        };
        let series = records.values().filter_map(series_key).collect();
        Self { published, series, units: records.values().filter_map(agreement_key).collect() }
    }

    /// The ids of the dialogues about hidden figures.
    pub(super) fn hidden_dialogues(&self) -> SortedSet<Id> {
        let hidden = self.hidden();
        hidden.into_iter().filter_map(|(series, period)| Dialogue::id(series, period)).collect()
    }

    /// The hidden figures, as series and period. A unit with several ids has several series for one figure.
    fn hidden(&self) -> Vec<(&Id, Period)> {
        let mut series_ids: SortedMap<(&Id, &Id), Vec<&Id>> = SortedMap::new();
        for (series, (unit, indicator)) in &self.series {
            series_ids.get_or_default((unit, indicator)).push(series);
        }
        let hidden = self.published.hidden().flat_map(|(unit, indicator, period)| {
            let series = series_ids.get(&(unit, indicator)).into_iter().flatten();
            series.map(move |series| (*series, period)).collect::<Vec<_>>()
        });
        hidden.collect()
    }

    /// Withholds in a record everything that reveals a hidden figure: the figures in every wording and the notes on
    /// them, copies of figures in goals, and the content of versions.
    pub(super) fn withhold(&self, record: &mut Record) {
        match record.kind() {
            Some(Kind::Series) => self.withhold_figures(record),
            Some(Kind::Goal) => self.withhold_copies(record),
            Some(Kind::Version) => self.withhold_content(record),
            _ => {}
        }
    }

    /// Withholds the hidden figures of a series, and the notes on them.
    fn withhold_figures(&self, record: &mut Record) {
        let series = self.series.get(record.id()).cloned();
        // A figure of an unknown period (from a newer version of the app) is not shown: it could be part of any sum.
        let is_shown = |path: &Path| {
            let figure = series.as_ref().zip(leaf_period(path));
            figure.is_some_and(|((unit, indicator), period)| self.published.is_shown(unit, indicator, period))
        };
        let has_figure = |value: &LeafValue| !value.json()["value"].is_null();
        let withheld = record.withhold(|path, value| {
            is_in_map(path, "observations") && (rests_on_few(value) || (has_figure(value) && !is_shown(path)))
        });
        let keys: SortedSet<String> =
            withheld.iter().filter_map(|path| path.steps().nth(1).map(String::from)).collect();
        // For a unit with several ids, the figure may lie in one record and the note in another.
        let is_hidden = |path: &Path| {
            let figure = series.as_ref().zip(leaf_period(path));
            figure.is_some_and(|((unit, indicator), period)| self.published.is_hidden(unit, indicator, period))
                || path.steps().nth(1).is_some_and(|key| keys.contains(&*key))
        };
        record.withhold(|path, _| is_in_map(path, "notes") && is_hidden(path));
    }

    /// Withholds the figures in a goal that are copies of hidden ones.
    fn withhold_copies(&self, record: &mut Record) {
        let Ok(goal) = record.view::<Goal>() else { return };
        let Some(unit) = goal.aftale.as_ref().and_then(|agreement| self.units.get(agreement)) else { return };
        let fields = [Path::root("baseline"), Path::root("wanted")];
        let is_copy = |value: &LeafValue| {
            let figure = Figure::deserialize(value.json());
            figure.is_ok_and(|figure| self.published.hides_figure_of_goal(unit, &goal, &figure))
        };
        record.withhold(|path, value| fields.contains(path) && is_copy(value));
    }

    /// Withholds the content of a version if it holds, or may hold, a hidden figure. The content is never changed in
    /// part.
    fn withhold_content(&self, record: &mut Record) {
        let agreement = record.view::<Version>().ok().and_then(|version| version.aftale);
        let content = Path::root("content");
        let is_revealing = |value: &LeafValue| {
            let Some(agreed) = value.json().as_str().and_then(version::parse_content) else { return false };
            let unit = agreement.as_ref().and_then(|agreement| self.units.get(agreement));
            let unit = unit.or(agreed.bundle.head.unit.as_ref());
            let goal_reveals = |(_, goal): &(Id, Goal)| {
                let mut figures = goal.baseline.iter().chain(&goal.wanted);
                unit.is_some_and(|unit| figures.any(|figure| self.published.hides_figure_of_goal(unit, goal, figure)))
            };
            agreed.has_raw_figures || agreed.bundle.goals.iter().any(goal_reveals)
        };
        record.withhold(|path, value| *path == content && is_revealing(value));
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

    /// An area above houses. `houses` has the number of persons behind the figure of each house.
    fn municipality(houses: &[u32]) -> Records {
        let author = Author { actor: Actor::from_random([1; 10]), at: Timestamp::from_seconds(0).unwrap(), by: None };
        let mut records = Records::new();
        let mut put = |record: Record| drop(records.insert(record.id().clone(), record));
        let total: u32 = houses.iter().sum();
        for (name, n, above) in std::iter::once(("omraade".to_owned(), total, None))
            .chain(houses.iter().enumerate().map(|(index, n)| (format!("hus{index}"), *n, Some(id("omraade")))))
        {
            let unit = id(&name);
            put(Record::create(unit.clone(), &Enhed { above, ..Enhed::default() }, &author).unwrap());
            let mut series = Series { unit: Some(unit.clone()), indicator: Some(id("fravaer")), ..Series::default() };
            let observation =
                Observation { value: Some(7.0), measure: Some(Measure::Percent), n: Some(n), ..Observation::default() };
            series.observations.insert(Period::SchoolYear(2024), observation);
            put(Record::create(Id::derived(&unit, &id("fravaer")).unwrap(), &series, &author).unwrap());
        }
        records
    }

    /// Checks the ids of the series whose figures are hidden.
    #[track_caller]
    fn check(houses: &[u32], expected: &[&str]) {
        let mut records = municipality(houses);
        let mask = Mask::of(&records);
        let mut hidden = Vec::new();
        for (id, record) in &mut records {
            mask.withhold(record);
            if record.leaves().iter().any(|(path, leaf)| is_in_map(path, "observations") && leaf.is_masked()) {
                hidden.push(id.to_string());
            }
        }
        assert_eq!(hidden, expected);
    }

    #[test]
    fn withhold_hides_figures_that_reveal_a_hidden_one() {
        check(&[20, 30], &[]);
        check(&[4, 30, 20], &["hus0.fravaer", "hus2.fravaer"]);
        // Two small figures hide each other if they rest on five persons together.
        check(&[4, 3, 20], &["hus0.fravaer", "hus1.fravaer"]);
        check(&[1, 1, 20], &["hus0.fravaer", "hus1.fravaer", "hus2.fravaer"]);
        // No other house can hide the figure, so the total is hidden too.
        check(&[4], &["hus0.fravaer", "omraade.fravaer"]);
    }

    /// A unit with two ids has one figure. If it is hidden, it is hidden in both records.
    #[test]
    fn unit_with_two_ids_is_counted_once_and_hidden_in_both_records() {
        let author = Author { actor: Actor::from_random([2; 10]), at: Timestamp::from_seconds(0).unwrap(), by: None };
        let hidden_series = |houses: &[u32], twin_persons: u32| {
            let mut records = municipality(houses);
            let twin_records = municipality(&[twin_persons]);
            for (from, to) in [("hus0", "hustvilling"), ("hus0.fravaer", "hustvilling.fravaer")] {
                let text = serde_json::to_string(&twin_records[&id(from)]).unwrap().replace("\"hus0", "\"hustvilling");
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
        assert_eq!(hidden_series(&[20, 30], 20), "");
        // The twin does not count as a third house that could hide the small one.
        assert_eq!(hidden_series(&[20, 4], 20), "hus0.fravaer hus1.fravaer hustvilling.fravaer");
        // If either copy rests on few persons, the figure does.
        assert_eq!(hidden_series(&[20, 30, 40], 4), "hus0.fravaer hus1.fravaer hustvilling.fravaer");
        assert_eq!(hidden_series(&[4, 30, 40], 20), "hus0.fravaer hus1.fravaer hustvilling.fravaer");
    }

    #[test]
    fn hidden_dialogues_lists_dialogues_about_hidden_figures() {
        let dialogues = Mask::of(&municipality(&[4, 30, 20])).hidden_dialogues();
        assert_eq!(
            dialogues.iter().map(Id::as_str).collect::<Vec<_>>(),
            ["hus0.fravaer.2024-25", "hus2.fravaer.2024-25"]
        );
    }
}
