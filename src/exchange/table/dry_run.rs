//! Compares the figures of a table with those here, and changes nothing: which are new, which change a figure here,
//! which are here already.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::measure::Measure;
use crate::domain::series::{Observation, ObservationState, Series};

use super::normalize_name;
use super::rows::{CellError, ReadRows, TableRow};

/// The units, indicators and series here that a table can refer to.
#[allow(missing_debug_implementations, reason = "it borrows a closure")]
pub struct KnownSeries<'k> {
    /// The units: id, name, institution number.
    pub units: &'k [(Id, String, String)],
    /// The indicators that a name can mean.
    pub indicators: &'k [Indicator],
    /// Looks up the series of a unit on an indicator.
    pub series: &'k dyn Fn(&Id, &str) -> Option<Series>,
}

/// The user's decisions on what names in a table mean. Names are normalised by [`normalize_name`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NameMeanings {
    /// The meanings of names of units.
    pub units: Vec<(String, NameMeaning)>,
    /// The meanings of names of indicators.
    pub indicators: Vec<(String, NameMeaning)>,
}

/// Looks up the meaning of a normalised name.
pub fn meaning_of<'m>(of: &'m [(String, NameMeaning)], plain: &str) -> Option<&'m NameMeaning> {
    of.iter().find(|(name, _)| name == plain).map(|(_, meaning)| meaning)
}

/// Sets the meaning of a normalised name, and replaces an earlier one.
pub fn set_meaning(of: &mut Vec<(String, NameMeaning)>, plain: String, meaning: NameMeaning) {
    of.retain(|(name, _)| *name != plain);
    of.push((plain, meaning));
}

/// Sets one meaning for many names, and replaces earlier ones. Normalises the names.
pub fn set_meanings(of: &mut Vec<(String, NameMeaning)>, names: &[String], meaning: &NameMeaning) {
    let names: BTreeSet<String> = names.iter().map(|name| normalize_name(name)).collect();
    of.retain(|(name, _)| !names.contains(name));
    of.extend(names.into_iter().map(|name| (name, meaning.clone())));
}

/// The meaning of a name in a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameMeaning {
    /// A unit or indicator here.
    Known(Id),
    /// A unit or indicator that is to be created.
    New,
    /// Nothing: its figures are not taken in.
    Nothing,
}

/// What a figure of a table would do here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellStatus {
    /// No figure is here, and this one would be added.
    New,
    /// The figure would replace another one.
    Changed,
    /// The figure is here already.
    Same,
    /// The table says that there is no figure, but one is here. The figure here stays.
    MissingInFile,
}

/// A figure of a table, compared with the one here.
#[derive(Clone, Debug, PartialEq)]
pub struct DryRunCell {
    /// The unit, or as `Err` the name of one that is to be created.
    pub unit: Result<Id, String>,
    /// The indicator, or as `Err` the name of one that is to be created.
    pub indicator: Result<Id, String>,
    /// The figure as it stands in the table.
    pub row: TableRow,
    /// What the figure would do.
    pub status: CellStatus,
    /// The observation here.
    pub before: Option<Observation>,
    /// Whether the figure is out of the range of its indicator. It is taken in, and does not count before a person has
    /// confirmed it.
    pub is_out_of_range: bool,
}

/// The outcome of comparing a table with the figures here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DryRun {
    /// The figures, in the order of the table.
    pub items: Vec<DryRunCell>,
    /// The errors at cells.
    pub errors: Vec<CellError>,
    /// The names of units without a meaning, as they stand in the table.
    pub unknown_units: Vec<String>,
    /// The names of indicators without a meaning, as they stand in the table.
    pub unknown_indicators: Vec<String>,
}

/// Compares the figures of a table with those here, in one go. `meant` are the user's decisions on names.
pub fn dry_run(read: &ReadRows, known: &KnownSeries<'_>, meant: &NameMeanings) -> DryRun {
    let mut run = DryRunWork::begin(read, known, meant);
    while run.run_some(usize::MAX) {}
    run.finish()
}

/// A comparison in progress, a few figures at a time. Each name is looked up once.
#[allow(missing_debug_implementations, reason = "it borrows a closure")]
pub struct DryRunWork<'r> {
    read: &'r ReadRows,
    known: &'r KnownSeries<'r>,
    /// The index of the next figure.
    next: usize,
    outcome: DryRun,
    /// The meanings of names of units, by normalised name. `None` is a name that was met and has no meaning.
    units: BTreeMap<String, Option<NameMeaning>>,
    /// The meanings of names of indicators, in the same form.
    indicators: BTreeMap<String, Option<NameMeaning>>,
    /// The indicators by id, to find figures out of range.
    by_id: BTreeMap<&'r str, &'r Indicator>,
    /// The series that were looked up, by unit and indicator.
    series: BTreeMap<(Id, Id), Option<Series>>,
}

impl<'r> DryRunWork<'r> {
    /// Begins a comparison.
    pub fn begin(read: &'r ReadRows, known: &'r KnownSeries<'r>, meant: &NameMeanings) -> Self {
        let decided = |(name, meaning): &(String, NameMeaning)| (name.clone(), Some(meaning.clone()));
        let mut units = known.units_by_name();
        units.extend(meant.units.iter().map(decided));
        let mut indicators = BTreeMap::new();
        // If two indicators have one name, the first is meant.
        for indicator in known.indicators.iter().rev() {
            if let Some(id) = Id::parse(&indicator.id) {
                indicators.insert(normalize_name(&indicator.name), Some(NameMeaning::Known(id)));
            }
        }
        indicators.extend(meant.indicators.iter().map(decided));
        Self {
            read,
            known,
            next: 0,
            outcome: DryRun { errors: read.errors.clone(), ..DryRun::default() },
            units,
            indicators,
            by_id: known.indicators.iter().map(|indicator| (indicator.id.as_str(), indicator)).collect(),
            series: BTreeMap::new(),
        }
    }

    /// The number of figures compared, and the number of all.
    pub const fn progress(&self) -> (usize, usize) {
        (self.next, self.read.rows.len())
    }

    /// Compares the next `count` figures. Returns `false` when all are compared.
    pub fn run_some(&mut self, count: usize) -> bool {
        for row in self.read.rows.iter().skip(self.next).take(count) {
            self.next += 1;
            self.compare(row);
        }
        self.next < self.read.rows.len()
    }

    /// Returns the outcome, with the errors sorted by cell.
    pub fn finish(mut self) -> DryRun {
        self.outcome.errors.sort_by_key(|error| error.place);
        self.outcome
    }

    /// Compares a figure with the one here.
    fn compare(&mut self, row: &TableRow) {
        let unit = resolve_name(&mut self.units, &row.unit, &mut self.outcome.unknown_units);
        let indicator = resolve_name(&mut self.indicators, &row.indicator, &mut self.outcome.unknown_indicators);
        let (Some(unit), Some(indicator)) = (unit, indicator) else { return };
        let known_indicator = indicator.as_ref().ok().and_then(|id| self.by_id.get(id.as_str()));
        let range = known_indicator.and_then(|known| known.range());
        let before = match (&unit, &indicator) {
            (Ok(unit), Ok(indicator)) => {
                let look_up = || (self.known.series)(unit, indicator.as_str());
                let series = self.series.entry((unit.clone(), indicator.clone())).or_insert_with(look_up);
                series.as_ref().and_then(|series| series.observations.get(&row.period).cloned())
            }
            _ => None,
        };
        if let Some(status) = cell_status(row, before.as_ref()) {
            let confirmed = is_confirmed(row, before.as_ref());
            let figure = Observation { value: row.value, confirmed, ..Observation::default() };
            let is_out_of_range = figure.value.is_some() && figure.counted(range).is_none();
            self.outcome.items.push(DryRunCell { unit, indicator, row: row.clone(), status, before, is_out_of_range });
        }
    }
}

/// Resolves a name to a unit or indicator here, or as `Err` to the name of one that is to be created; `None` if the
/// name means nothing. A name that is met for the first time and has no meaning is added to `unknown`.
fn resolve_name(
    meanings: &mut BTreeMap<String, Option<NameMeaning>>,
    name: &str,
    unknown: &mut Vec<String>,
) -> Option<Result<Id, String>> {
    let meaning = meanings.entry(normalize_name(name)).or_insert_with(|| {
        unknown.push(name.to_owned());
        None
    });
    match meaning {
        Some(NameMeaning::Known(id)) => Some(Ok(id.clone())),
        Some(NameMeaning::New) => Some(Err(name.to_owned())),
        Some(NameMeaning::Nothing) | None => None,
    }
}

/// The status of a figure; `None` if the table has no figure and none is here.
fn cell_status(row: &TableRow, before: Option<&Observation>) -> Option<CellStatus> {
    match (row.value, before) {
        (None, None) if row.state == ObservationState::Missing => None,
        (_, None) => Some(CellStatus::New),
        (None, Some(before)) if before.value.is_some() => Some(CellStatus::MissingInFile),
        (value, Some(before)) => {
            let is_same = before.value == value && before.state == row.state && (row.n.is_none() || row.n == before.n);
            Some(if is_same { CellStatus::Same } else { CellStatus::Changed })
        }
    }
}

/// Whether the figure here is the same as in the table, and a person has confirmed it.
fn is_confirmed(row: &TableRow, before: Option<&Observation>) -> bool {
    before.is_some_and(|before| before.confirmed && before.value == row.value)
}

impl KnownSeries<'_> {
    /// The meanings of the names and numbers of the units, normalised. A name of several units means none of them, but
    /// may still be the number of another unit.
    fn units_by_name(&self) -> BTreeMap<String, Option<NameMeaning>> {
        let mut names: BTreeMap<String, (&Id, bool)> = BTreeMap::new();
        for (id, name, _) in self.units {
            names.entry(normalize_name(name)).and_modify(|(_, is_unique)| *is_unique = false).or_insert((id, true));
        }
        let mut meanings = BTreeMap::new();
        for (id, _, number) in self.units.iter().rev().filter(|(_, _, number)| !number.is_empty()) {
            meanings.insert(normalize_name(number), Some(NameMeaning::Known(id.clone())));
        }
        for (name, (id, is_unique)) in names {
            if is_unique {
                meanings.insert(name, Some(NameMeaning::Known(id.clone())));
            }
        }
        meanings
    }

    /// Guesses the indicator that an unknown name means: the only one whose first word, of more than four bytes, is
    /// part of the name.
    pub fn likely_indicator(&self, name: &str) -> Option<&Indicator> {
        let name = normalize_name(name);
        let has_first_word = |indicator: &&Indicator| {
            let own_name = normalize_name(&indicator.name);
            own_name.split(' ').next().is_some_and(|word| word.len() > 4 && name.contains(word))
        };
        let mut likely = self.indicators.iter().filter(has_first_word);
        likely.next().filter(|_| likely.next().is_none())
    }
}

impl DryRun {
    /// The number of figures of a status.
    pub fn count(&self, status: CellStatus) -> usize {
        self.items.iter().filter(|item| item.status == status).count()
    }

    /// The figures that would be written though they are out of the range of their indicator.
    pub fn out_of_range(&self) -> impl Iterator<Item = &DryRunCell> {
        let is_written = |item: &&DryRunCell| matches!(item.status, CellStatus::New | CellStatus::Changed);
        self.items.iter().filter(|item| item.is_out_of_range).filter(is_written)
    }
}

/// Makes the observation to store for a figure of a table. If the table has no number of persons, the earlier one is
/// kept. A figure out of range stays confirmed only if it is the same as before.
pub fn observation(
    item: &DryRunCell,
    measure: Measure,
    source: &str,
    retrieved: crate::domain::date::Date,
) -> Observation {
    Observation {
        value: item.row.value,
        measure: Some(measure),
        n: item.row.n.or_else(|| item.before.as_ref().and_then(|before| before.n)),
        state: item.row.state,
        source: source.into(),
        retrieved: Some(retrieved),
        confirmed: is_confirmed(&item.row, item.before.as_ref()),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::domain::date::Date;
    use crate::domain::measure::Wanted;
    use crate::domain::period::Period;

    /// Each name is looked up once, however many figures it has, and no call compares more figures than it was asked
    /// for.
    #[test]
    fn run_some_compares_at_most_the_given_count_and_looks_up_each_series_once() {
        let period = Period::Year(2024);
        for count in [10, 1000, 20_000] {
            let row = |index: usize| TableRow {
                unit: format!("Enhed {}", index % 100),
                indicator: format!("Mål {}", index / 100),
                period,
                value: Some(5.5),
                state: ObservationState::Value,
                n: None,
                place: (index, 0),
            };
            let read = ReadRows { rows: (0..count).map(row).collect(), ..ReadRows::default() };
            let units: Vec<(Id, String, String)> = (0..100)
                .filter_map(|unit| Some((Id::parse(&format!("u{unit}"))?, format!("ENHED  {unit}"), String::new())))
                .collect();
            let lookups = Cell::new(0);
            let series = |_: &Id, _: &str| {
                lookups.set(lookups.get() + 1);
                None
            };
            let mut meant = NameMeanings::default();
            let names: Vec<String> = (0..=count / 100).map(|index| format!("Mål {index}")).collect();
            set_meanings(&mut meant.indicators, &names, &NameMeaning::Known(Id::parse("fravaer").unwrap()));
            let known = KnownSeries { units: &units, indicators: &[], series: &series };
            let mut run = DryRunWork::begin(&read, &known, &meant);
            let (mut steps, mut last) = (1, 0);
            while run.run_some(50) {
                let (compared, _) = run.progress();
                assert_eq!(compared, last + 50);
                (last, steps) = (compared, steps + 1);
            }
            assert_eq!(steps, count.div_ceil(50));
            let run = run.finish();
            assert_eq!((run.items.len(), run.count(CellStatus::New)), (count, count));
            assert_eq!(lookups.get(), count.min(100), "lookups of series");
        }
    }

    #[test]
    fn figure_out_of_range_is_taken_in_unconfirmed() {
        let (unit, period, day) = (Id::parse("u1").unwrap(), Period::Year(2024), Date::parse("2026-03-15").unwrap());
        let indicator = |id: &str, measure: Measure| Indicator {
            id: id.to_owned(),
            name: id.to_owned(),
            about: String::new(),
            measure,
            wanted: Wanted::Down,
            is_own: false,
        };
        let indicators = [
            indicator("fravaer", Measure::Percent),
            indicator("trivsel", Measure::Index),
            indicator("budgetafvigelse", Measure::Percent),
        ];
        let here = |confirmed: bool| {
            let observation = Observation { value: Some(712.0), n: Some(20), confirmed, ..Observation::default() };
            let mut series = Series::default();
            series.observations.insert(period, observation);
            series
        };
        for (name, value, n, before, is_out_of_range, confirmed) in [
            ("fravaer", 7.12, None, None, false, false),
            ("fravaer", 712.0, None, None, true, false),
            ("trivsel", 9.0, None, None, true, false),
            ("budgetafvigelse", -2.5, None, None, false, false),
            // The figure is here already, with another number of persons.
            ("fravaer", 712.0, Some(24), Some(here(false)), true, false),
            ("fravaer", 712.0, Some(24), Some(here(true)), false, true),
            ("fravaer", 713.0, Some(24), Some(here(true)), true, false),
        ] {
            let row = TableRow {
                unit: "Skolen".to_owned(),
                indicator: name.to_owned(),
                period,
                value: Some(value),
                state: ObservationState::Value,
                n,
                place: (1, 1),
            };
            let read = ReadRows { rows: vec![row], ..ReadRows::default() };
            let units = [(unit.clone(), "Skolen".to_owned(), String::new())];
            let series = |_: &Id, _: &str| before.clone();
            let known = KnownSeries { units: &units, indicators: &indicators, series: &series };
            let run = dry_run(&read, &known, &NameMeanings::default());
            assert_eq!((run.errors.len(), run.items.len()), (0, 1), "{name} {value}");
            assert_eq!(run.out_of_range().count(), usize::from(is_out_of_range), "{name} {value}");
            let stored = observation(&run.items[0], Measure::Percent, "tal.csv", day);
            assert_eq!((stored.value, stored.confirmed), (Some(value), confirmed), "{name} {value}");
        }
    }

    #[test]
    fn dry_run_lists_each_unknown_name_once() {
        let row = |unit: &str| TableRow {
            unit: unit.to_owned(),
            indicator: "Fravær".to_owned(),
            period: Period::Year(2024),
            value: Some(5.5),
            state: ObservationState::Value,
            n: None,
            place: (1, 1),
        };
        let read = ReadRows { rows: ["A", "a", "B", "A"].map(row).into(), ..ReadRows::default() };
        let id = |text: &str| Id::parse(text).unwrap();
        let run = dry_run(
            &read,
            &KnownSeries { units: &[], indicators: &[], series: &|_, _| None },
            &NameMeanings::default(),
        );
        assert_eq!(
            (run.unknown_units, run.unknown_indicators),
            (vec!["A".to_owned(), "B".to_owned()], vec!["Fravær".to_owned()])
        );
        // A name of two units is ambiguous, unless it is the number of a third.
        let units = [("u1", "A", ""), ("u2", "a", ""), ("u3", "B", "7")];
        let units = units.map(|(unit, name, number)| (id(unit), name.to_owned(), number.to_owned()));
        let known = KnownSeries { units: &units, indicators: &[], series: &|_, _| None };
        let run = dry_run(&read, &known, &NameMeanings::default());
        assert_eq!(run.unknown_units, ["A"]);
        let numbered = [units[0].clone(), units[1].clone(), (id("u3"), "C".to_owned(), "a".to_owned())];
        let known = KnownSeries { units: &numbered, ..known };
        assert_eq!(dry_run(&read, &known, &NameMeanings::default()).unknown_units, ["B"]);
    }
}
