//! What the figures of a table would bring, before they bring it: which are new, which change what is here, which are
//! here already.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::measure::Measure;
use crate::domain::series::{Observation, ObservationState, Series};

use super::plain;
use super::rows::{CellError, ReadRows, TableRow};

/// What is known here that a table can speak of.
#[allow(missing_debug_implementations, reason = "a borrowed way in")]
pub struct KnownSeries<'k> {
    /// The units: id, name, institution number.
    pub units: &'k [(Id, String, String)],
    /// The indicators that can be meant.
    pub indicators: &'k [Indicator],
    /// A unit's series on an indicator.
    pub series: &'k dyn Fn(&Id, &str) -> Option<Series>,
}

/// What a person said of the names in a table, by their plain form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NameMeanings {
    /// What the names of units mean.
    pub units: Vec<(String, NameMeaning)>,
    /// What the names of indicators mean.
    pub indicators: Vec<(String, NameMeaning)>,
}

/// What a name means, by its plain form.
pub fn meaning<'m>(of: &'m [(String, NameMeaning)], plain: &str) -> Option<&'m NameMeaning> {
    of.iter().find(|(own, _)| own == plain).map(|(_, meaning)| meaning)
}

/// Says what a name means, whatever was said before.
pub fn mean(of: &mut Vec<(String, NameMeaning)>, plain: String, meaning: NameMeaning) {
    of.retain(|(own, _)| *own != plain);
    of.push((plain, meaning));
}

/// Says of many names that they mean the same, whatever was said before.
pub fn mean_all(of: &mut Vec<(String, NameMeaning)>, names: &[String], meaning: &NameMeaning) {
    let names: BTreeSet<String> = names.iter().map(|name| plain(name)).collect();
    of.retain(|(own, _)| !names.contains(own));
    of.extend(names.into_iter().map(|name| (name, meaning.clone())));
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameMeaning {
    /// One that is here.
    Known(Id),
    /// One that is to be made.
    New,
    /// None that is wanted.
    Nothing,
}

/// What a figure would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellStatus {
    /// There is none here.
    New,
    /// It would come in the place of another.
    Changed,
    /// It is here.
    Same,
    /// It says that there is none, and one is here: that stays.
    Kept,
}

/// What a figure of the table would do.
#[derive(Clone, Debug, PartialEq)]
pub struct DryRunCell {
    /// The unit, or the name of one that is to be made.
    pub unit: Result<Id, String>,
    /// The indicator, or the name of one that is to be made.
    pub indicator: Result<Id, String>,
    /// The figure as it stands in the table.
    pub row: TableRow,
    /// What it would do.
    pub standing: CellStatus,
    /// What stands here.
    pub before: Option<Observation>,
}

/// What a table would bring.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DryRun {
    /// Its figures, in their order.
    pub items: Vec<DryRunCell>,
    /// The cells in which something is wrong.
    pub errors: Vec<CellError>,
    /// The names of units that nobody has said the meaning of, as they stand there.
    pub unknown_units: Vec<String>,
    /// The names of indicators that nobody has said the meaning of.
    pub unknown_indicators: Vec<String>,
}

/// What the figures of a table would bring.
pub fn dry_run(read: &ReadRows, known: &KnownSeries<'_>, meant: &NameMeanings) -> DryRun {
    let mut run = DryRunWork::begin(read, known, meant);
    while run.run_some(usize::MAX) {}
    run.finish()
}

/// What the figures of a table would bring, being worked out a few at a time. Every name is looked up once.
#[allow(missing_debug_implementations, reason = "it borrows a way in")]
pub struct DryRunWork<'r> {
    read: &'r ReadRows,
    known: &'r KnownSeries<'r>,
    at: usize,
    found: DryRun,
    /// What the names mean that are known or were said the meaning of, in plain form; and those that were met and mean nothing.
    units: BTreeMap<String, Option<NameMeaning>>,
    indicators: BTreeMap<String, Option<NameMeaning>>,
    /// The indicators by their ids, where a figure can be out of their range.
    by_id: BTreeMap<&'r str, &'r Indicator>,
    series: BTreeMap<(Id, Id), Option<Series>>,
}

impl<'r> DryRunWork<'r> {
    /// Begins to work it out.
    pub fn begin(read: &'r ReadRows, known: &'r KnownSeries<'r>, meant: &NameMeanings) -> Self {
        let said = |(name, meaning): &(String, NameMeaning)| (name.clone(), Some(meaning.clone()));
        let mut units = known.units_by_name();
        units.extend(meant.units.iter().map(said));
        let mut indicators = BTreeMap::new();
        // Of two of one name the first is meant.
        for own in known.indicators.iter().rev() {
            if let Some(id) = Id::parse(&own.id) {
                indicators.insert(plain(&own.name), Some(NameMeaning::Known(id)));
            }
        }
        indicators.extend(meant.indicators.iter().map(said));
        Self {
            read,
            known,
            at: 0,
            found: DryRun { errors: read.errors.clone(), ..DryRun::default() },
            units,
            indicators,
            by_id: known.indicators.iter().map(|own| (own.id.as_str(), own)).collect(),
            series: BTreeMap::new(),
        }
    }

    /// How many figures have been looked at, and how many there are.
    pub const fn progress(&self) -> (usize, usize) {
        (self.at, self.read.rows.len())
    }

    /// Looks at some more figures; `false` when there are no more.
    pub fn run_some(&mut self, count: usize) -> bool {
        for row in self.read.rows.iter().skip(self.at).take(count) {
            self.at += 1;
            self.look_at(row);
        }
        self.at < self.read.rows.len()
    }

    /// What was worked out.
    pub fn finish(mut self) -> DryRun {
        self.found.errors.sort_by_key(|error| error.place);
        self.found
    }

    fn look_at(&mut self, row: &TableRow) {
        let unit = meant_by(&mut self.units, &row.unit, &mut self.found.unknown_units);
        let indicator = meant_by(&mut self.indicators, &row.indicator, &mut self.found.unknown_indicators);
        let (Some(unit), Some(indicator)) = (unit, indicator) else { return };
        let own = indicator.as_ref().ok().and_then(|id| self.by_id.get(id.as_str()));
        if let Some(words) = own.and_then(|own| out_of_range(row, own)) {
            let cell = crate::domain::number::danish(row.value.unwrap_or_default());
            self.found.errors.push(CellError { place: row.place, cell, words });
            return;
        }
        let before = match (&unit, &indicator) {
            (Ok(unit), Ok(indicator)) => {
                let there = || (self.known.series)(unit, indicator.as_str());
                let there = self.series.entry((unit.clone(), indicator.clone())).or_insert_with(there);
                there.as_ref().and_then(|series| series.observations.get(&row.period).cloned())
            }
            _ => None,
        };
        if let Some(standing) = standing(row, before.as_ref()) {
            self.found.items.push(DryRunCell { unit, indicator, row: row.clone(), standing, before });
        }
    }
}

/// What is meant by a name: one that is here, or the name of one that is to be made; `None` where nothing is. A name that is
/// met for the first time and means nothing is unknown.
fn meant_by(
    of: &mut BTreeMap<String, Option<NameMeaning>>,
    name: &str,
    unknown: &mut Vec<String>,
) -> Option<Result<Id, String>> {
    let found = of.entry(plain(name)).or_insert_with(|| {
        unknown.push(name.to_owned());
        None
    });
    match found {
        Some(NameMeaning::Known(id)) => Some(Ok(id.clone())),
        Some(NameMeaning::New) => Some(Err(name.to_owned())),
        Some(NameMeaning::Nothing) | None => None,
    }
}

/// What a figure would do; `None` where it says that there is none, and there is none.
fn standing(row: &TableRow, before: Option<&Observation>) -> Option<CellStatus> {
    match (row.value, before) {
        (None, None) if row.state == ObservationState::Missing => None,
        (_, None) => Some(CellStatus::New),
        (None, Some(before)) if before.value.is_some() => Some(CellStatus::Kept),
        (value, Some(before)) => {
            let is_same = before.value == value && before.state == row.state && (row.n.is_none() || row.n == before.n);
            Some(if is_same { CellStatus::Same } else { CellStatus::Changed })
        }
    }
}

/// Why a figure cannot be one of its indicator, where it cannot.
fn out_of_range(row: &TableRow, indicator: &Indicator) -> Option<String> {
    let (least, most) = indicator.range()?;
    let value = row.value?;
    let range = match indicator.measure {
        Measure::Percent => "mellem 0 og 100 %",
        _ => "mellem 1 og 5",
    };
    (!(least..=most).contains(&value)).then(|| format!("Et tal på «{}» ligger {range}.", indicator.name))
}

impl KnownSeries<'_> {
    /// The units by their names and numbers, in plain form. Of two of one name nobody can tell which is meant; then the number
    /// of a third may still be it.
    fn units_by_name(&self) -> BTreeMap<String, Option<NameMeaning>> {
        let mut names: BTreeMap<String, (&Id, bool)> = BTreeMap::new();
        for (id, name, _) in self.units {
            names.entry(plain(name)).and_modify(|(_, is_only)| *is_only = false).or_insert((id, true));
        }
        let mut all = BTreeMap::new();
        for (id, _, number) in self.units.iter().rev().filter(|(_, _, number)| !number.is_empty()) {
            all.insert(plain(number), Some(NameMeaning::Known(id.clone())));
        }
        for (name, (id, is_only)) in names {
            if is_only {
                all.insert(name, Some(NameMeaning::Known(id.clone())));
            }
        }
        all
    }

    /// The indicator that an unknown name most likely means: whose first word is part of it.
    pub fn likely_indicator(&self, name: &str) -> Option<&Indicator> {
        let name = plain(name);
        let first_word = |own: &&Indicator| {
            let own = plain(&own.name);
            own.split(' ').next().is_some_and(|word| word.len() > 4 && name.contains(word))
        };
        let mut likely = self.indicators.iter().filter(first_word);
        likely.next().filter(|_| likely.next().is_none())
    }
}

impl DryRun {
    /// How many figures would do something.
    pub fn count(&self, standing: CellStatus) -> usize {
        self.items.iter().filter(|item| item.standing == standing).count()
    }
}

/// A figure of a table as it is kept: with its source, and what was known of it before where the table is silent.
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
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::domain::period::Period;

    /// Every name is looked up once, however many figures there are of it, and no step goes further than it was asked to.
    #[test]
    fn trust_tables_are_compared_with_what_is_here_a_few_figures_at_a_time() {
        let period = Period::Year(2024);
        for count in [10, 1000, 20_000] {
            let row = |at: usize| TableRow {
                unit: format!("Enhed {}", at % 100),
                indicator: format!("Mål {}", at / 100),
                period,
                value: Some(5.5),
                state: ObservationState::Value,
                n: None,
                place: (at, 0),
            };
            let read = ReadRows { rows: (0..count).map(row).collect(), ..ReadRows::default() };
            let units: Vec<(Id, String, String)> = (0..100)
                .filter_map(|unit| Some((Id::parse(&format!("u{unit}"))?, format!("ENHED  {unit}"), String::new())))
                .collect();
            let asked = Cell::new(0);
            let series = |_: &Id, _: &str| {
                asked.set(asked.get() + 1);
                None
            };
            let mut meant = NameMeanings::default();
            let names: Vec<String> = (0..=count / 100).map(|at| format!("Mål {at}")).collect();
            mean_all(&mut meant.indicators, &names, &NameMeaning::Known(Id::parse("fravaer").unwrap()));
            let known = KnownSeries { units: &units, indicators: &[], series: &series };
            let mut run = DryRunWork::begin(&read, &known, &meant);
            let (mut steps, mut last) = (1, 0);
            while run.run_some(50) {
                let (at, _) = run.progress();
                assert_eq!(at, last + 50);
                (last, steps) = (at, steps + 1);
            }
            assert_eq!(steps, count.div_ceil(50));
            let run = run.finish();
            assert_eq!((run.items.len(), run.count(CellStatus::New)), (count, count));
            assert_eq!(asked.get(), count.min(100), "each series is asked for once");
        }
    }

    #[test]
    fn trust_tables_name_an_unknown_name_once() {
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
        // Of two of one name nobody can tell which is meant, unless it is the number of a third.
        let units = [("u1", "A", ""), ("u2", "a", ""), ("u3", "B", "7")];
        let units = units.map(|(own, name, number)| (id(own), name.to_owned(), number.to_owned()));
        let known = KnownSeries { units: &units, indicators: &[], series: &|_, _| None };
        let run = dry_run(&read, &known, &NameMeanings::default());
        assert_eq!(run.unknown_units, ["A"]);
        let numbered = [units[0].clone(), units[1].clone(), (id("u3"), "C".to_owned(), "a".to_owned())];
        let known = KnownSeries { units: &numbered, ..known };
        assert_eq!(dry_run(&read, &known, &NameMeanings::default()).unknown_units, ["B"]);
    }
}
