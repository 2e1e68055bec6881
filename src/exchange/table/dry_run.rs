//! What the figures of a table would bring, before they bring it: which are new, which change what is here, which are
//! here already.

use serde::{Deserialize, Serialize};

use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::series::{Measure, Observation, ObservationState, Series};
use crate::domain::sorted::SortedMap;

use super::plain;
use super::rows::{CellError, Read, Row};

/// What is known here that a table can speak of.
#[allow(missing_debug_implementations, reason = "a borrowed way in")]
pub struct Known<'k> {
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
pub struct Meant {
    /// What the names of units mean.
    pub units: Vec<(String, Name)>,
    /// What the names of indicators mean.
    pub indicators: Vec<(String, Name)>,
}

/// What a name means, by its plain form.
pub fn meaning<'m>(of: &'m [(String, Name)], plain: &str) -> Option<&'m Name> {
    of.iter().find(|(own, _)| own == plain).map(|(_, meaning)| meaning)
}

/// Says what a name means, whatever was said before.
pub fn mean(of: &mut Vec<(String, Name)>, plain: String, meaning: Name) {
    of.retain(|(own, _)| *own != plain);
    of.push((plain, meaning));
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Name {
    /// One that is here.
    Known(Id),
    /// One that is to be made.
    New,
    /// None that is wanted.
    Nothing,
}

/// What a figure would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
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
pub struct Item {
    /// The unit, or the name of one that is to be made.
    pub unit: Result<Id, String>,
    /// The indicator, or the name of one that is to be made.
    pub indicator: Result<Id, String>,
    /// The figure as it stands in the table.
    pub row: Row,
    /// What it would do.
    pub standing: Standing,
    /// What stands here.
    pub before: Option<Observation>,
}

/// What a table would bring.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DryRun {
    /// Its figures, in their order.
    pub items: Vec<Item>,
    /// The cells in which something is wrong.
    pub errors: Vec<CellError>,
    /// The names of units that nobody has said the meaning of, as they stand there.
    pub unknown_units: Vec<String>,
    /// The names of indicators that nobody has said the meaning of.
    pub unknown_indicators: Vec<String>,
}

/// What the figures of a table would bring.
pub fn dry_run(read: &Read, known: &Known<'_>, meant: &Meant) -> DryRun {
    let mut run = DryRun { errors: read.errors.clone(), ..DryRun::default() };
    let mut units: SortedMap<String, Option<Name>> = SortedMap::new();
    let mut indicators: SortedMap<String, Option<Name>> = SortedMap::new();
    let mut series: SortedMap<(Id, Id), Option<Series>> = SortedMap::new();
    for row in &read.rows {
        let (unit_name, indicator_name) = (plain(&row.unit), plain(&row.indicator));
        if !units.contains_key(&unit_name) {
            let found = meaning(&meant.units, &unit_name).cloned().or_else(|| known.unit(&unit_name).map(Name::Known));
            if found.is_none() {
                run.unknown_units.push(row.unit.clone());
            }
            units.insert(unit_name.clone(), found);
        }
        if !indicators.contains_key(&indicator_name) {
            let found = meaning(&meant.indicators, &indicator_name)
                .cloned()
                .or_else(|| known.indicator(&indicator_name).map(Name::Known));
            if found.is_none() {
                run.unknown_indicators.push(row.indicator.clone());
            }
            indicators.insert(indicator_name.clone(), found);
        }
        let meant_by = |found: Option<&Option<Name>>, name: &str| match found {
            Some(Some(Name::Known(id))) => Some(Ok(id.clone())),
            Some(Some(Name::New)) => Some(Err(name.to_owned())),
            _ => None,
        };
        let unit = meant_by(units.get(&unit_name), &row.unit);
        let indicator = meant_by(indicators.get(&indicator_name), &row.indicator);
        let (Some(unit), Some(indicator)) = (unit, indicator) else { continue };
        if let Some(words) = out_of_range(row, &indicator, known) {
            let cell = crate::domain::number::danish(row.value.unwrap_or_default());
            run.errors.push(CellError { place: row.place, cell, words });
            continue;
        }
        let before = match (&unit, &indicator) {
            (Ok(unit), Ok(indicator)) => {
                let key = (unit.clone(), indicator.clone());
                let there = series.get_or_insert_with(key, || (known.series)(unit, indicator.as_str()));
                there.as_ref().and_then(|series| series.observations.get(&row.period).cloned())
            }
            _ => None,
        };
        if let Some(standing) = standing(row, before.as_ref()) {
            run.items.push(Item { unit, indicator, row: row.clone(), standing, before });
        }
    }
    run.errors.sort_by_key(|error| error.place);
    run
}

/// What a figure would do; `None` where it says that there is none, and there is none.
fn standing(row: &Row, before: Option<&Observation>) -> Option<Standing> {
    match (row.value, before) {
        (None, None) if row.state == ObservationState::Missing => None,
        (_, None) => Some(Standing::New),
        (None, Some(before)) if before.value.is_some() => Some(Standing::Kept),
        (value, Some(before)) => {
            let is_same = before.value == value && before.state == row.state && (row.n.is_none() || row.n == before.n);
            Some(if is_same { Standing::Same } else { Standing::Changed })
        }
    }
}

/// Why a figure cannot be one of its indicator, where it cannot.
fn out_of_range(row: &Row, indicator: &Result<Id, String>, known: &Known<'_>) -> Option<String> {
    let id = indicator.as_ref().ok()?;
    let indicator = known.indicators.iter().find(|own| own.id == id.as_str())?;
    let (least, most) = indicator.range()?;
    let value = row.value?;
    let range = match indicator.measure {
        Measure::Percent => "mellem 0 og 100 %",
        _ => "mellem 1 og 5",
    };
    (!(least..=most).contains(&value)).then(|| format!("Et tal på «{}» ligger {range}.", indicator.name))
}

impl Known<'_> {
    fn unit(&self, name: &str) -> Option<Id> {
        let by_number = self.units.iter().find(|(_, _, number)| !number.is_empty() && plain(number) == name);
        let mut by_name = self.units.iter().filter(|(_, own, _)| plain(own) == name);
        // Of two of one name nobody can tell which is meant.
        let only = by_name.next().filter(|_| by_name.next().is_none());
        only.or(by_number).map(|(id, ..)| id.clone())
    }

    fn indicator(&self, name: &str) -> Option<Id> {
        self.indicators.iter().find(|own| plain(&own.name) == name).and_then(|own| Id::parse(&own.id))
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
    pub fn count(&self, standing: Standing) -> usize {
        self.items.iter().filter(|item| item.standing == standing).count()
    }
}

/// A figure of a table as it is kept: with its source, and what was known of it before where the table is silent.
pub fn observation(item: &Item, measure: Measure, source: &str, retrieved: crate::domain::date::Date) -> Observation {
    Observation {
        value: item.row.value,
        measure: Some(measure),
        n: item.row.n.or_else(|| item.before.as_ref().and_then(|before| before.n)),
        state: item.row.state,
        source: source.into(),
        retrieved: Some(retrieved),
    }
}
